//! Masking: a character for a character, so that every offset stands.

use std::ops::Range;

use super::search::NamingPlace;
use crate::core::model::Session;
use crate::core::text::{ArticleText, Span};

/// One mask character stands for one scalar value.
pub(in crate::exchange) const MASK: char = '█';

/// `text` with what stands at `places` masked; line breaks stay.
pub(super) fn mask(text: &str, places: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut masked = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for r in places {
        let r = r.start.max(from)..r.end;
        masked.push_str(&text[from..r.start]);
        let hidden = text[r.clone()].chars();
        masked.extend(hidden.map(|c| if c == '\n' { c } else { MASK }));
        from = r.end.max(from);
    }
    masked.push_str(&text[from..]);
    masked
}

/// `found` and the known `spans` of `text` together, in order, disjoint.
pub(super) fn with_spans(
    text: &ArticleText,
    found: Vec<NamingPlace>,
    spans: &[Span],
) -> Vec<NamingPlace> {
    let known = spans.iter().map(|s| NamingPlace {
        range: text.bytes(*s),
        common: None,
        doubtful: false,
    });
    super::search::merged(
        found
            .into_iter()
            .chain(known)
            .filter(|f| !f.range.is_empty())
            .collect(),
    )
}

/// Takes the quotes of standing anchors from the masked text, since a name may reach beyond the border of a span.
pub(super) fn renew_anchors(session: &mut Session, text: &ArticleText) {
    let version = session.version();
    for s in session.statements.values_mut() {
        let a = &mut s.anchor;
        let (Some(first), Some(last)) = (a.spans.first(), a.spans.last()) else {
            continue;
        };
        if a.orphaned || a.version != version {
            continue;
        }
        let (start, end) = (first.start, last.end);
        let before = a.prefix.chars().count() as u32;
        let after = a.suffix.chars().count() as u32;
        let from = Span::new(start.saturating_sub(before), start);
        let to = Span::new(end, end.saturating_add(after));
        a.exact = text.exact(&a.spans);
        a.prefix = text.slice(from).into();
        a.suffix = text.slice(to).into();
    }
}
