//! Where the statements of a file stand in the text of the session.

use std::collections::HashMap;

use super::anchor::{MarkWords, Places};
use super::{Imported, ReadReport};
use crate::core::anchor::anchor;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::ops;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::exchange::protect::MASK;

/// Whether `read` is the text of the session, as it is or with masks in it: its offsets count in that.
pub(super) fn is_of(read: &ArticleText, text: &ArticleText) -> bool {
    let (read, text) = (read.as_str(), text.as_str());
    let alike = |(r, t)| r == t || r == MASK && t != '\n';
    read == text
        || read.chars().count() == text.chars().count() && read.chars().zip(text.chars()).all(alike)
}

/// The file's statements by what they are called here; those whose words are not here are listed.
pub(super) fn statements(
    imported: &Imported,
    text: &ArticleText,
    same: bool,
    tx: &mut Tx<'_>,
    report: &mut ReadReport,
) -> HashMap<StatementId, StatementId> {
    let version = tx.session.version();
    let old = imported.text.as_ref();
    // Whether the offsets count in the text that was read, which alone tells the pieces of a statement apart.
    let read = imported.session.version();
    let current = |s: &Statement| s.anchor.version == read;
    let lost = imported.session.statements.values();
    let lost = lost.filter(|s| !s.anchor.orphaned && !(same && current(s)));
    let quotes = lost.flat_map(|s| {
        let pieces = old.filter(|_| current(s)).into_iter();
        let pieces = pieces.flat_map(|old| s.anchor.spans.iter().map(|span| old.slice(*span)));
        pieces.chain([s.anchor.exact.as_str()])
    });
    let places = Places::new(text, quotes);
    let mut map = HashMap::new();
    for s in imported.session.statements.values() {
        let spans = if s.anchor.orphaned {
            None
        } else if same && current(s) {
            Some(s.anchor.spans.clone())
        } else {
            again(&places, old.filter(|_| current(s)), text, s)
        };
        let Some(spans) = spans else {
            if tx.session.statements.contains_key(&s.id) {
                map.insert(s.id.clone(), s.id.clone());
            } else {
                report.lose(s.anchor.exact.clone(), "its words are not in the article");
            }
            continue;
        };
        let id = ops::id_at(tx, text, &spans);
        map.insert(s.id.clone(), id.clone());
        if !tx.session.statements.contains_key(&id) {
            tx.create_statement(Statement {
                id,
                anchor: anchor(text, version, &spans),
                ..s.clone()
            });
        }
    }
    map
}

/// Where the statement's words stand in another text: the whole of one span, or each of several in the `old` text.
fn again(
    places: &Places<'_>,
    old: Option<&ArticleText>,
    text: &ArticleText,
    s: &Statement,
) -> Option<Vec<Span>> {
    let near = s.anchor.spans.first().map(|s| s.start);
    if let [_] = s.anchor.spans[..] {
        let quote = MarkWords {
            exact: &s.anchor.exact,
            prefix: &s.anchor.prefix,
            suffix: &s.anchor.suffix,
        };
        return places.of(text, quote, near).map(|s| vec![s]);
    }
    let old = old?;
    let pieces = s.anchor.spans.iter().map(|span| {
        let quote = MarkWords {
            exact: old.slice(*span),
            ..MarkWords::default()
        };
        places.of(text, quote, Some(span.start))
    });
    let mut spans: Vec<Span> = pieces.collect::<Option<_>>()?;
    super::marks::tidy(&mut spans);
    Some(spans)
}

/// Whether the offsets of a statement, and of what hangs on it, count in the session's text, which is the `same` as the
/// one that was read or not; of a lost one they count nowhere.
pub(super) fn laid(imported: &Imported, same: bool, id: &StatementId) -> bool {
    let read = imported.session.version();
    let statement = imported.session.statements.get(id);
    statement.is_none_or(|s| s.anchor.orphaned || same && s.anchor.version == read)
}
