//! Words compared as a person reads them: letter case aside, and however their accents are written.
//!
//! An accent is a part of its letter ("é") or a mark that follows it ("e" and U+0301); files, keyboards and systems differ,
//! and nobody sees which it is.

use std::borrow::Cow;

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, is_combining_mark,
};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `words` with each accent as a part of its letter (NFC).
pub fn composed(words: &str) -> Cow<'_, str> {
    if words.is_ascii() || is_nfc_quick(words.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.nfc().collect())
}

/// What words have in common that a person takes for the same: letter case and the writing of accents do not count.
pub fn folded(words: &str) -> String {
    composed(words).to_lowercase()
}

/// Whether a person takes `a` and `b` for the same words.
pub fn same(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
}

/// Whether the letter `c` is what somebody means who types `wanted`, in lower case: the case of `c` does not count, nor do
/// its accents where `wanted` has none.
pub fn fits(c: char, wanted: char) -> bool {
    let is_wanted = |c: char| c.to_lowercase().next() == Some(wanted);
    let mut bare = None;
    decompose_canonical(c, |part| {
        bare.get_or_insert(part);
    });
    is_wanted(c) || bare.is_some_and(is_wanted)
}

/// Every way to write the letter `c` with its accents, the shortest first; `c` alone where there is only one.
pub fn spellings(c: char) -> Vec<String> {
    let mut ways = vec![c.to_string()];
    // One accent after the other leaves its letter: "ấ", "â" and the acute, "a" and both marks.
    let mut parts: Vec<char> = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    for from in (1..parts.len()).rev() {
        let head = parts[..from]
            .iter()
            .try_fold(None, |head, part| match head {
                None => Some(Some(*part)),
                Some(head) => compose(head, *part).map(Some),
            });
        let Some(Some(head)) = head else { continue };
        let way: String = std::iter::once(head)
            .chain(parts[from..].iter().copied())
            .collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// Whether `c` belongs to the letter before it, so that no word ends between the two.
pub fn carries_on(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c) && canonical_combining_class(c) != 0
}

/// `text` with every run of white space as one space, and none around it.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_case_do_not_count() {
        assert!(same(
            "Jos\u{e9} GON\u{c7}ALVES",
            "Jose\u{301} gonc\u{327}alves"
        ));
        assert!(
            same("Vi\u{1ec7}t", "Vie\u{323}\u{302}t") && same("Vi\u{1ec7}t", "Vi\u{1eb9}\u{302}t")
        );
        assert!(!same("Jose", "Jos\u{e9}"));
        assert!(matches!(composed("Kell"), Cow::Borrowed(_)));
        assert!(carries_on('\u{301}') && !carries_on('\u{fe0f}') && !carries_on('e'));
    }

    #[test]
    fn an_accent_that_is_typed_counts_and_one_that_is_not_does_not() {
        assert!(fits('\u{c9}', 'e') && fits('\u{c9}', '\u{e9}') && fits('E', 'e'));
        assert!(!fits('e', '\u{e9}') && !fits('\u{e8}', '\u{e9}'));
    }

    #[test]
    fn a_letter_is_written_in_each_way_that_is_the_same() {
        assert_eq!(spellings('e'), ["e"]);
        assert_eq!(spellings('\u{e9}'), ["\u{e9}", "e\u{301}"]);
        assert_eq!(
            spellings('\u{1ea5}'),
            ["\u{1ea5}", "\u{e2}\u{301}", "a\u{302}\u{301}"]
        );
    }

    proptest! {
        #[test]
        fn all_spellings_are_the_same_letter(c in any::<char>()) {
            for way in spellings(c) {
                prop_assert!(way.nfc().eq(c.to_string().nfc()), "{:?}", way);
            }
        }

        #[test]
        fn both_forms_fold_alike(s in "[a-zé\u{301}\u{327}çÅşế ]{0,20}") {
            let (nfc, nfd): (String, String) = (s.nfc().collect(), s.nfd().collect());
            prop_assert_eq!(folded(&nfc), folded(&nfd));
        }
    }
}
