//! The phrases of `lexicon/layout.txt`, found at the start of a block in one step.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

/// What a phrase at the start of a block shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The heading of a list of links.
    Related,
    /// A line of the page: subscription, cookies, sharing, advertising, comments.
    Furniture,
    /// Who may copy, where it first stood.
    Rights,
    /// Who reported and edited.
    Signed,
    /// The words under a picture.
    Caption,
    /// An agency or a photographer alone.
    Credit,
    /// What takes back a part of an earlier version.
    Correction,
    /// The heading of what lawyers have a release say.
    Legal,
    /// The heading of a paid message.
    Sponsor,
}

impl Class {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "related" => Self::Related,
            "furniture" => Self::Furniture,
            "rights" => Self::Rights,
            "signed" => Self::Signed,
            "caption" => Self::Caption,
            "credit" => Self::Credit,
            "correction" => Self::Correction,
            "legal" => Self::Legal,
            "sponsor" => Self::Sponsor,
            _ => return None,
        })
    }
}

struct Phrases {
    search: AhoCorasick,
    entries: Vec<(Class, bool)>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut words, mut entries) = (Vec::new(), Vec::new());
    for (class, phrase) in lines(include_str!("../lexicon/layout.txt")) {
        // A class that does not exist is found by the test; here its phrases just do nothing.
        let Some(class) = Class::from_name(class) else {
            continue;
        };
        let whole = phrase.strip_suffix('$');
        words.push(whole.unwrap_or(phrase));
        entries.push((class, whole.is_some()));
    }
    let search = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Anchored)
        .build(words)
        .expect("a few hundred short phrases fit every limit of the automaton");
    Phrases { search, entries }
});

/// The entries of a lexicon with their classes.
fn lines(lexicon: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut class = "";
    lexicon.lines().filter_map(move |line| {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            class = name;
            return None;
        }
        Some((class, line))
    })
}

/// A phrase found at the start of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leading<'a> {
    /// What it shows.
    pub class: Class,
    /// The words behind it.
    pub rest: &'a str,
    /// Whether it is set off from what follows, by a colon or the like, or by the block's end.
    pub apart: bool,
}

/// The longest phrase of the lexicon that `block` starts with.
pub(super) fn leading(block: &str) -> Option<Leading<'_>> {
    let phrases = &*PHRASES;
    let found = phrases
        .search
        .find(Input::new(block).anchored(Anchored::Yes))?;
    let (class, whole) = *phrases.entries.get(found.pattern().as_usize())?;
    let behind = &block[found.end()..];
    let ends_in_letter = block[..found.end()]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    if ends_in_letter && behind.starts_with(char::is_alphanumeric) {
        return None;
    }
    let marks = [':', '.', '…', '»', '>', '|', '–', '—', '-'];
    let gap = behind.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c));
    let apart = gap.is_empty() || behind.trim_start().starts_with(marks);
    (!whole || gap.is_empty()).then_some(Leading {
        class,
        rest: gap,
        apart,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_has_known_classes_and_no_phrase_twice() {
        let mut seen = std::collections::HashSet::new();
        for (class, phrase) in lines(include_str!("../lexicon/layout.txt")) {
            assert!(Class::from_name(class).is_some(), "[{class}]");
            assert!(seen.insert(phrase), "{phrase} stands twice");
            assert_eq!(phrase, phrase.to_lowercase(), "{phrase}");
        }
        assert!(seen.len() > 300);
    }

    #[test]
    fn a_phrase_counts_at_the_start_and_at_a_words_end_only() {
        let found = |s: &'static str| leading(s).map(|l| (l.class, l.rest, l.apart));
        for (block, want) in [
            ("Related coverage:", Some((Class::Related, "", true))),
            (
                "READ MORE: Ferry fares to rise",
                Some((Class::Related, "Ferry fares to rise", true)),
            ),
            (
                "Related to the mayor, she stayed away.",
                Some((Class::Related, "to the mayor, she stayed away.", false)),
            ),
            ("Relatedness is a measure.", None),
            (
                "Photo taken on Oct. 3 shows the pier.",
                Some((Class::Caption, "on Oct. 3 shows the pier.", false)),
            ),
            ("Share", Some((Class::Furniture, "", true))),
            ("Share prices fell on Monday.", None),
            ("Reuters", Some((Class::Credit, "", true))),
            ("Reuters reported the loss first.", None),
        ] {
            assert_eq!(found(block), want, "{block}");
        }
    }
}
