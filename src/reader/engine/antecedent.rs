//! Whom a pronoun stands for where no voice is near: the person or body that a sentence before it is about.
//!
//! "Chief executive Ola Berg blamed the weather. “It was too hot,” he said.": nobody reports in the first sentence, but
//! its subject is who speaks in the second.

use std::ops::Range;

use super::lexicon::{AttributionLexicon, class};
use super::mention::{HowMentioned, Mention, fold, read};
use super::token::{Pos, Token, tokenize};
use crate::core::vocabulary::SourceType;

/// How far back a pronoun is followed, in bytes; work stays linear.
const REACH: usize = 700;
/// The longest subject, in tokens.
const LONGEST: usize = 16;
/// How many bytes of a sentence are read for its subject.
const HEAD: usize = 160;

/// What a pronoun can stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// "he", "she"
    Person,
    /// "it"
    Body,
    /// "they": two people with their names.
    People,
}

/// The subject of the last sentence that begins in `text[from..at]` (bytes) and is about what is `wanted`; and where it
/// stands.
pub(super) fn subject(
    text: &str,
    from: usize,
    at: usize,
    wanted: Wanted,
    lexicon: &'static AttributionLexicon,
    tokens: &mut Vec<Token>,
) -> Option<(Range<usize>, Mention)> {
    let from = text.ceil_char_boundary(from.max(at.saturating_sub(REACH)));
    let starts = sentence_starts(text.get(from..at)?);
    starts.into_iter().rev().find_map(|start| {
        let start = from + start;
        let end = text.floor_char_boundary(at.min(start + HEAD));
        tokenize(text, start, end, lexicon, tokens);
        let n = subject_length(tokens, wanted);
        let words = start..tokens.get(n.checked_sub(1)?)?.end as usize;
        let pair = tokens[..n].iter().any(|t| t.pos == Pos::Coordinator);
        let mut m = read(&text[words.clone()], lexicon, tokens);
        let person = m.kind == SourceType::Person && m.name.contains(' ');
        let fits = match wanted {
            Wanted::Person => person && !pair,
            Wanted::Body => matches!(m.kind, SourceType::Organisation | SourceType::Media) && !pair,
            Wanted::People => person && pair,
        };
        if wanted == Wanted::People {
            // The pair is one record, under the words that name both.
            m.name = text[words.clone()].to_owned();
            m.key = fold(&m.name);
            m.role.clear();
            m.affiliation.clear();
            (m.male, m.female) = (false, false);
        }
        (fits && matches!(m.reference, HowMentioned::Own | HowMentioned::Definite))
            .then_some((words, m))
    })
}

/// Where sentences begin in `part`, in bytes: behind a line end, and behind a stop, a space and before a capital.
fn sentence_starts(part: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut stopped, mut line) = (false, false);
    for (i, c) in part.char_indices() {
        match c {
            '\n' => line = true,
            '.' | '!' | '?' => stopped = true,
            ' ' | '"' | '”' | '’' | ')' => {}
            _ => {
                let spaced = part[..i].ends_with(' ');
                if c.is_uppercase() && (line || stopped && spaced) {
                    starts.push(i);
                }
                (stopped, line) = (false, false);
            }
        }
    }
    starts
}

/// How many of `tokens`, which begin a sentence, are its subject; 0 where they do not look like one.
fn subject_length(tokens: &[Token], wanted: Wanted) -> usize {
    let n = tokens
        .iter()
        .take(LONGEST)
        .take_while(|t| {
            t.nominal() && !t.is(class::PERS)
                || matches!(t.pos, Pos::Determiner | Pos::Adjective | Pos::Genitive)
                || t.is(class::ROLE | class::HONORIFIC)
                || t.pos == Pos::Preposition && t.is(class::PREP)
                || t.pos == Pos::Coordinator && wanted == Wanted::People
        })
        .count();
    let followed = tokens.get(n).is_some_and(|t| {
        t.finite() || matches!(t.pos, Pos::Comma | Pos::Adverb | Pos::Relative | Pos::Open)
    });
    if followed { n } else { 0 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(text: &str, wanted: Wanted) -> Option<String> {
        let lexicon = AttributionLexicon::english();
        subject(text, 0, text.len(), wanted, lexicon, &mut Vec::new()).map(|(_, m)| m.name.clone())
    }

    #[test]
    fn the_last_sentence_about_a_person_gives_the_antecedent() {
        use Wanted::*;
        for (text, wanted, name) in [
            (
                "\nChief executive Ola Berg blamed the weather. ",
                Person,
                Some("Ola Berg"),
            ),
            (
                "\nDr Ane Holm, who leads the team, came. The lake froze. ",
                Person,
                Some("Ane Holm"),
            ),
            (
                "\nAna Pell came. Mayor Tomas Brandt left early. ",
                Person,
                Some("Tomas Brandt"),
            ),
            ("\nThe ministry closed the pier. ", Body, Some("ministry")),
            ("\nThe ministry closed the pier. ", Person, None),
            (
                "\nMayor Ana Pell and Chairman Jon Reed met. ",
                People,
                Some("Mayor Ana Pell and Chairman Jon Reed"),
            ),
            ("\nIt rained on Monday. ", Person, None),
            ("\nThe weather in Kell County was bad. ", Person, None),
        ] {
            assert_eq!(found(text, wanted).as_deref(), name, "{text}");
        }
    }
}
