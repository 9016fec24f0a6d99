//! The last look at an annotated JSON: whether its words are those of its offsets.

use crate::exchange::ExchangeError;
use crate::exchange::shape as out;

/// Checks that the words written with a statement are those that its offsets cut out of the written text.
///
/// Offsets are counted anew from the start of the text, in one pass over all borders in order.
pub(super) fn words(document: &out::Document<'_>) -> Result<(), ExchangeError> {
    let text = document.article.text.as_ref();
    let mut borders: Vec<u32> = Vec::new();
    let current =
        |x: &&out::Statement<'_>| !x.orphaned && x.article_version == document.article.version;
    for x in document.statements.iter().filter(current) {
        borders.extend(x.spans.iter().flatten());
    }
    borders.sort_unstable();
    borders.dedup();
    let mut bytes = Vec::with_capacity(borders.len());
    let mut chars = text.char_indices().map(|(b, _)| b).chain([text.len()]);
    let mut next = 0;
    for at in &borders {
        let found = chars.nth((*at - next) as usize);
        next = *at + 1;
        bytes.push(found);
    }
    let byte = |at: u32| {
        borders
            .binary_search(&at)
            .ok()
            .and_then(|i| bytes.get(i).copied().flatten())
    };
    for x in document.statements.iter().filter(current) {
        let cuts: Option<Vec<&str>> = x
            .spans
            .iter()
            .map(|[s, e]| text.get(byte(*s)?..byte(*e)?))
            .collect();
        let same = match cuts.as_deref() {
            Some([one]) => *one == x.exact,
            Some(many) => many.join(" … ") == x.exact,
            None => false,
        };
        if !same {
            return Err(ExchangeError::Internal {
                format: "json",
                what: format!("statement {}", x.id),
            });
        }
    }
    Ok(())
}
