//! Plain text: the stored text is the file's, but for its line ends.

use super::InputHint;
use super::decode::{declared_in_type, decode, normalise};
use super::draft::DocumentDraft;
use crate::reader::blocks;

/// Reads plain text.
pub(super) fn read(bytes: Vec<u8>, hint: &InputHint) -> DocumentDraft {
    let declared = hint.content_type.as_deref().and_then(declared_in_type);
    let decoded = decode(bytes, declared);
    let (text, left_out, same) = normalise(decoded.text);
    let blocks = blocks::plain(&text);
    let mut draft = DocumentDraft {
        text,
        blocks,
        notes: decoded.notes,
        verbatim: decoded.verbatim && same,
        ..DocumentDraft::default()
    };
    draft.left_out(left_out);
    draft
}
