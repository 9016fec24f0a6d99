//! What became of a source's letters: each one is in the stored text, or left out for a reason.
//!
//! Whoever builds a text counts here and nowhere else, so that nothing can be dropped without saying why. Only letters and
//! digits count: white space and marks change when words are put into another form.

use serde::{Deserialize, Serialize};

/// Why letters of a source are not in the stored text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Omission {
    /// Menus, and lists of links to other pages.
    Navigation,
    /// What is advertised, by others or by the page itself.
    Advertising,
    /// What readers wrote under the article.
    Comments,
    /// The page around the article: its head, its foot, its margins.
    Surroundings,
    /// Buttons and fields to fill in.
    Controls,
    /// Running heads, page numbers, stamps in the margin.
    RunningHeads,
    /// What is in the file and not shown.
    Hidden,
    /// Words that are struck out.
    Struck,
    /// Words that stand elsewhere in the text already.
    Repeated,
    /// What the file says of itself and not to its readers.
    Metadata,
    /// What could not be turned into letters.
    Unreadable,
}

impl Omission {
    /// All reasons, as they are told where shares are equal.
    pub const ALL: [Self; 11] = [
        Self::Navigation,
        Self::Advertising,
        Self::Comments,
        Self::Surroundings,
        Self::Controls,
        Self::RunningHeads,
        Self::Hidden,
        Self::Struck,
        Self::Repeated,
        Self::Metadata,
        Self::Unreadable,
    ];

    /// What it is called in a note.
    pub fn label(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Advertising => "advertising",
            Self::Comments => "comments",
            Self::Surroundings => "the page around the article",
            Self::Controls => "buttons and fields",
            Self::RunningHeads => "running heads",
            Self::Hidden => "hidden text",
            Self::Struck => "struck out",
            Self::Repeated => "repeated",
            Self::Metadata => "metadata",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Where words stood that were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OmissionPlace {
    /// Before, after or beside what was kept.
    Around,
    /// Between words that were kept, and they may belong to them: a reader is warned.
    Within,
}

/// Words that were left out together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    why: Omission,
    place: OmissionPlace,
    /// How many letters were kept before them.
    after: u64,
    letters: u64,
    words: String,
}

/// What became of a source's letters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    kept: u64,
    parts: Vec<Part>,
}

/// What a checker is told of an [`Account`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OmissionNote {
    /// One sentence, or two.
    pub sentence: String,
    /// Whether words of the article itself may be missing.
    pub is_warning: bool,
}

/// Less than one letter in so many kept is little.
const LITTLE: u64 = 4;

impl Account {
    /// Counts words that went into the text.
    pub(super) fn keep(&mut self, words: &str) {
        self.kept += letters(words);
    }

    /// Counts words that did not; `apart` says that they do not go on from those before.
    pub(super) fn leave_out(
        &mut self,
        why: Omission,
        place: OmissionPlace,
        apart: bool,
        words: &str,
    ) {
        let (count, after) = (letters(words), self.kept);
        match self.parts.last_mut() {
            Some(last) if (last.why, last.place, last.after) == (why, place, after) => {
                if apart && count > 0 {
                    last.words.push('\n');
                }
                last.letters += count;
                last.words.push_str(words);
            }
            _ if count == 0 => {}
            _ => self.parts.push(Part {
                why,
                place,
                after,
                letters: count,
                words: words.to_string(),
            }),
        }
    }

    /// Counts letters that were there and could not be told.
    pub(super) fn unreadable(&mut self, letters: u64) {
        self.untold(Omission::Unreadable, OmissionPlace::Within, letters);
    }

    /// Counts letters that the file does not show, and of which nobody knows more.
    pub(super) fn unshown(&mut self, letters: u64) {
        self.untold(Omission::Hidden, OmissionPlace::Around, letters);
    }

    fn untold(&mut self, why: Omission, place: OmissionPlace, letters: u64) {
        if letters > 0 {
            self.parts.push(Part {
                why,
                place,
                after: self.kept,
                letters,
                words: String::new(),
            });
        }
    }

    /// Takes words back that were counted as kept, and leaves them out.
    pub(super) fn take_back(&mut self, why: Omission, words: &str) {
        self.kept -= letters(words).min(self.kept);
        self.leave_out(why, OmissionPlace::Around, true, words);
    }

    /// Letters in the stored text.
    pub fn kept(&self) -> u64 {
        self.kept
    }

    /// Letters that were left out.
    pub fn left_out(&self) -> u64 {
        self.parts.iter().map(|p| p.letters).sum()
    }

    /// Letters that were left out for one reason.
    pub fn left_out_as(&self, why: Omission) -> u64 {
        let parts = self.parts.iter().filter(|p| p.why == why);
        parts.map(|p| p.letters).sum()
    }

    /// What was left out, in the order of the source.
    pub fn parts(&self) -> impl Iterator<Item = (Omission, &str)> {
        let told = self.parts.iter().filter(|p| !p.words.is_empty());
        told.map(|p| (p.why, p.words.as_str()))
    }

    /// What a checker is told; none where nothing was left out.
    pub fn note(&self) -> Option<OmissionNote> {
        let (out, all) = (self.left_out(), self.left_out() + self.kept);
        if out == 0 {
            return None;
        }
        let mut reasons: Vec<(Omission, u64)> = Omission::ALL
            .map(|why| (why, self.left_out_as(why)))
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .collect();
        reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(why, n)| format!("{} {}", why.label(), share(*n, all)))
            .collect();
        let about = if out * 100 < all { "Under" } else { "About" };
        let share_out = share(out, all).replace("under ", "");
        let mut sentence = format!(
            "{about} {share_out} of the letters were left out: {}.",
            reasons.join(", ")
        );
        let within = self
            .parts
            .iter()
            .filter(|p| p.place == OmissionPlace::Within);
        let within: u64 = within.map(|p| p.letters).sum();
        let little = self.kept * LITTLE < all;
        if within > 0 {
            sentence += &format!(
                " {} of them stood between words that were kept: look whether they belong to the article.",
                capital(&share(within, all))
            );
        }
        if little {
            sentence += " Little was kept: look whether it is the article.";
        }
        Some(OmissionNote {
            sentence,
            is_warning: within > 0 || little,
        })
    }
}

/// Letters and digits of `words`.
pub(super) fn letters(words: &str) -> u64 {
    // Most words are ASCII, whose letters can be told without decoding.
    let count = match words.is_ascii() {
        true => words.bytes().filter(u8::is_ascii_alphanumeric).count(),
        false => words.chars().filter(|c| c.is_alphanumeric()).count(),
    };
    count as u64
}

/// `12 %`, `under 1 %`.
fn share(part: u64, all: u64) -> String {
    match part * 100 < all {
        true => "under 1 %".into(),
        false => format!("{} %", (part * 100 + all / 2) / all.max(1)),
    }
}

fn capital(words: &str) -> String {
    words.replacen("under", "Under", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_tells_shares_and_reasons_the_largest_first() {
        let mut account = Account::default();
        assert_eq!(account.note(), None);
        account.keep(&"word ".repeat(22));
        account.leave_out(Omission::Comments, OmissionPlace::Around, true, "abc");
        account.leave_out(Omission::Navigation, OmissionPlace::Around, true, "abcd ");
        account.leave_out(Omission::Navigation, OmissionPlace::Around, false, "efghi");
        let note = account.note();
        let told = note.as_ref().map(|n| (n.sentence.as_str(), n.is_warning));
        let want = "About 12 % of the letters were left out: navigation 9 %, comments 3 %.";
        assert_eq!(told, Some((want, false)));
        let parts: Vec<_> = account.parts().collect();
        let want = [
            (Omission::Comments, "abc"),
            (Omission::Navigation, "abcd efghi"),
        ];
        assert_eq!(parts, want);
    }

    #[test]
    fn little_that_is_kept_and_a_gap_within_it_are_warnings() {
        let mut little = Account::default();
        little.keep("ab");
        little.leave_out(
            Omission::Surroundings,
            OmissionPlace::Around,
            true,
            "abcdefgh",
        );
        let note = little.note().unwrap_or(OmissionNote {
            sentence: String::new(),
            is_warning: false,
        });
        assert!(note.is_warning && note.sentence.contains("Little was kept"));
        let mut gap = Account::default();
        gap.keep(&"a".repeat(300));
        gap.leave_out(Omission::Advertising, OmissionPlace::Within, true, "b");
        let note = gap.note().map(|n| (n.sentence, n.is_warning));
        let want = "Under 1 % of the letters were left out: advertising under 1 %. Under 1 % of them stood between words \
                    that were kept: look whether they belong to the article.";
        assert_eq!(note, Some((want.to_string(), true)));
    }

    #[test]
    fn marks_and_white_space_are_no_letters() {
        assert_eq!(letters("A 1, é — ⁶ 東!"), 5);
        let mut account = Account::default();
        account.leave_out(Omission::Hidden, OmissionPlace::Around, true, " – ");
        assert_eq!(account.parts().count(), 0);
    }

    #[test]
    fn what_is_taken_back_changes_its_bucket_only() {
        let mut account = Account::default();
        account.keep("Pier shut today");
        account.take_back(Omission::Repeated, "Pier shut");
        assert_eq!((account.kept(), account.left_out()), (5, 8));
        assert_eq!(account.left_out_as(Omission::Repeated), 8);
    }

    #[test]
    fn words_that_were_left_out_in_two_places_do_not_run_together() {
        let mut account = Account::default();
        for (kept, struck) in [("It was", "denied"), ("confirmed at", "41")] {
            account.keep(kept);
            account.leave_out(Omission::Struck, OmissionPlace::Around, false, struck);
        }
        let words: Vec<_> = account.parts().map(|(_, words)| words).collect();
        assert_eq!(words, ["denied", "41"]);
    }
}
