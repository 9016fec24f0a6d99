//! What the values of vocabularies are called: as the house calls them, else by their default labels.

use super::vocabulary::*;

/// The labels of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// By vocabulary and word; a rating's word is its number.
    words: Vec<((String, String), String)>,
}

/// The name of the ratings among the vocabularies.
const RATING: &str = "rating";

/// The default labels.
pub static DEFAULT: Labels = Labels { words: Vec::new() };

impl Labels {
    /// Calls the value of `vocabulary` with `word` on disk `label` from now on.
    pub fn rename(&mut self, vocabulary: &str, word: &str, label: String) {
        self.words.push(((vocabulary.into(), word.into()), label));
    }

    /// Calls a rating `label` from now on.
    pub fn rename_rating(&mut self, rating: Rating, label: String) {
        self.rename(RATING, &rating.number().to_string(), label);
    }

    /// The label of a value.
    pub fn of<V: Vocabulary>(&self, value: V) -> &str {
        self.of_entry(V::NAME, value.entry())
    }

    /// The label of the value of `vocabulary` that `entry` describes.
    pub fn of_entry(&self, vocabulary: &str, entry: &'static Entry) -> &str {
        self.renamed(vocabulary, entry.word).unwrap_or(entry.label)
    }

    /// What the house calls a value; none where it did not rename it.
    pub fn renamed(&self, vocabulary: &str, word: &str) -> Option<&str> {
        let mut all = self.words.iter();
        let found = all.find(|((v, w), _)| v == vocabulary && w == word);
        found.map(|(_, label)| label.as_str())
    }

    /// The label of a rating, without its number.
    pub fn of_rating(&self, rating: Rating) -> &str {
        let renamed = self.renamed(RATING, &rating.number().to_string());
        renamed.unwrap_or(rating.label())
    }

    /// A rating with its number: `4 Mostly true`.
    pub fn numbered(&self, rating: Rating) -> String {
        format!("{} {}", rating.number(), self.of_rating(rating))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_house_renames_what_it_likes() {
        let mut labels = Labels::default();
        labels.rename("verification_status", "accurate", "confirmed".into());
        let four = Rating::new(4).unwrap();
        labels.rename_rating(four, "Nearly so".into());
        assert_eq!(labels.of(VerificationStatus::Accurate), "confirmed");
        assert_eq!(labels.of(VerificationStatus::Inaccurate), "inaccurate");
        assert_eq!(labels.numbered(four), "4 Nearly so");
        assert_eq!(DEFAULT.of(VerificationStatus::Accurate), "accurate");
    }
}
