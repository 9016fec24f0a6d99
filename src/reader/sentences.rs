//! Sentences: where one ends and the next begins.

use std::ops::Range;

use super::language::primary;

/// The sentences of `text`, a block's or a whole article's, as byte ranges in order, disjoint, without the white space
/// around them.
///
/// `language` is a BCP 47 tag; empty means English. A blank line always ends a sentence.
pub fn split(text: &str, language: &str) -> Vec<Range<usize>> {
    let language = match primary(language) {
        "" => "en",
        known => known,
    };
    sentencex::get_sentence_boundaries(language, text)
        .iter()
        .filter(|b| !b.is_paragraph_break)
        .filter_map(|b| trim(text, b.start_byte..b.end_byte))
        .collect()
}

/// `range` without the white space at its ends; none if nothing is left.
fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        split(text, "en").into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_are_trimmed_and_in_order() {
        assert_eq!(
            parts("  The pier closed. It cost 4.2 million.\n\nNobody came. "),
            ["The pier closed.", "It cost 4.2 million.", "Nobody came."]
        );
        assert!(parts(" \n\n ").is_empty());
    }
}
