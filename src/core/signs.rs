//! The signs on the screen that are no value of a vocabulary, and the legend of all signs of the workbench.
//!
//! No sign has two meanings: neither in the legend, nor in a column of the claims panel, in Unicode or in ASCII.

use super::vocabulary::{
    CheckWorthiness, Decision, Entry, EvidenceStance, Meaning, Stance, VerificationStatus,
    Vocabulary, vocabulary,
};

vocabulary! {
    /// A sign that says something about a row without being one of its values.
    Sign "sign", default Open;
    Open "open" "open" "○" "o" 'o' Open "still to be done: not taken up, or without a finding";
    Block "block" "block" "¶" "[" 'k' Plain "a block without rows of its own, such as a caption";
    More "more" "more" "+" "+" 'm' Plain "more of them: voices of a row, statements that begin on a line";
    Proposed "proposed" "proposed" "~" "~" 'p' Plain "proposed by the reader, not yet taken up";
    Marked "marked" "marked" "*" "*" 'z' Active "marked, for what is done to many rows at once";
    Protected "protected" "protected" "▮" "&" 'x' Plain "a source whose identity is protected";
    Conflict "conflict" "conflict" "≠" "#" 'c' Warning "two people's steps say different things";
    MustChange "must_change" "must change" "!" "!" 't' Warning "a change of the text that has to be made";
    Reopened "reopened" "reopened" "↻" "@" 'r' Warning "open again after it was closed";
    Waiting "waiting" "waiting" "w" "w" 'w' Plain "waits for a source or for the author";
    Note "note" "note" "n" "n" 'n' Plain "the checker's note";
}

/// A heading of the legend with its signs.
pub type LegendPart = (&'static str, Vec<&'static Entry>);

/// Every sign that the workbench shows, by what it is about.
pub fn legend() -> Vec<LegendPart> {
    fn all<V: Vocabulary>() -> Vec<&'static Entry> {
        V::ALL.iter().map(|v| v.entry()).collect()
    }
    // An open row has one sign, whether it is undecided or taken up and unchecked.
    let mut findings = vec![Sign::Open.entry()];
    findings.extend(
        all::<VerificationStatus>()
            .into_iter()
            .filter(|e| e.word != VerificationStatus::Unchecked.word()),
    );
    findings.push(Decision::Dismissed.entry());
    findings.push(Sign::Block.entry());
    findings.push(Sign::Marked.entry());
    let signs = |signs: &[Sign]| signs.iter().map(|s| s.entry()).collect();
    vec![
        ("Finding", findings),
        ("Worth", all::<CheckWorthiness>()),
        (
            "Voices",
            signs(&[Sign::More, Sign::Protected, Sign::Proposed]),
        ),
        ("Stance of a voice", all::<Stance>()),
        ("Evidence", all::<EvidenceStance>()),
        (
            "Flags",
            signs(&[
                Sign::Conflict,
                Sign::MustChange,
                Sign::Reopened,
                Sign::Waiting,
                Sign::Note,
            ]),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_sign_has_two_meanings() {
        for of in [|e: &Entry| e.glyph, |e: &Entry| e.ascii] {
            let mut seen: HashMap<&str, &str> = HashMap::new();
            for entry in legend().into_iter().flat_map(|(_, all)| all) {
                let before = seen.insert(of(entry), entry.about);
                assert_eq!(before, None, "{} also {}", of(entry), entry.about);
            }
        }
        assert_eq!(Sign::Open.entry().glyph, Decision::Undecided.entry().glyph);
        let unchecked = VerificationStatus::Unchecked.entry();
        assert_eq!(Sign::Open.entry().glyph, unchecked.glyph);
        assert_eq!(Sign::Open.entry().ascii, unchecked.ascii);
    }

    #[test]
    fn every_sign_is_in_the_legend_and_one_cell_wide() {
        let shown: Vec<_> = legend().into_iter().flat_map(|(_, all)| all).collect();
        for sign in Sign::ALL {
            assert!(shown.contains(&sign.entry()), "{sign:?}");
            assert_eq!(crate::core::display::width(sign.entry().glyph), 1);
            assert!(sign.entry().ascii.is_ascii() && sign.entry().ascii.len() == 1);
        }
    }
}
