//! Whom a pronoun stands for where no voice is near: the person or body that a sentence before it is about.
//!
//! "Chief executive Ola Berg blamed the weather. “It was too hot,” he said.": nobody reports in the first sentence, but
//! its subject is who speaks in the second.

use std::ops::Range;

use super::lexicon::{Lexicon, class};
use super::mention::{Mention, Reference, read};
use super::token::{Pos, Token, tokenize};
use crate::core::vocabulary::SourceType;

/// How far back a pronoun is followed, in bytes; work stays linear.
const REACH: usize = 700;
/// The longest subject, in tokens.
const LONGEST: usize = 16;
/// How many bytes of a sentence are read for its subject.
const HEAD: usize = 160;

/// The subject of the last sentence that begins in `text[from..at]` (bytes) and is about a person, or with `thing` about
/// a body; and where it stands.
pub(super) fn subject(
    text: &str,
    from: usize,
    at: usize,
    thing: bool,
    lexicon: &'static Lexicon,
    tokens: &mut Vec<Token>,
) -> Option<(Range<usize>, Mention)> {
    let from = text.ceil_char_boundary(from.max(at.saturating_sub(REACH)));
    let starts = sentence_starts(text.get(from..at)?);
    starts.into_iter().rev().find_map(|start| {
        let start = from + start;
        let end = text.floor_char_boundary(at.min(start + HEAD));
        tokenize(text, start, end, lexicon, tokens);
        let n = subject_length(tokens);
        let words = start..tokens.get(n.checked_sub(1)?)?.end as usize;
        let m = read(&text[words.clone()], lexicon, tokens);
        let fits = match m.kind {
            SourceType::Person => !thing && m.name.contains(' '),
            SourceType::Organisation | SourceType::Media => thing,
            _ => false,
        };
        (fits && matches!(m.reference, Reference::Own | Reference::Definite)).then_some((words, m))
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
fn subject_length(tokens: &[Token]) -> usize {
    let n = tokens
        .iter()
        .take(LONGEST)
        .take_while(|t| {
            t.nominal() && !t.is(class::PERS)
                || matches!(t.pos, Pos::Determiner | Pos::Adjective | Pos::Genitive)
                || t.is(class::ROLE | class::HONORIFIC)
                || t.pos == Pos::Preposition && t.is(class::PREP)
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

    fn found(text: &str, thing: bool) -> Option<String> {
        let lexicon = Lexicon::english();
        subject(text, 0, text.len(), thing, lexicon, &mut Vec::new()).map(|(_, m)| m.name.clone())
    }

    #[test]
    fn the_last_sentence_about_a_person_gives_the_antecedent() {
        for (text, thing, name) in [
            (
                "\nChief executive Ola Berg blamed the weather. ",
                false,
                Some("Ola Berg"),
            ),
            (
                "\nDr Ane Holm, who leads the team, came. The lake froze. ",
                false,
                Some("Ane Holm"),
            ),
            (
                "\nAna Pell came. Mayor Tomas Brandt left early. ",
                false,
                Some("Tomas Brandt"),
            ),
            ("\nThe ministry closed the pier. ", true, Some("ministry")),
            ("\nThe ministry closed the pier. ", false, None),
            ("\nIt rained on Monday. ", false, None),
            ("\nThe weather in Kell County was bad. ", false, None),
        ] {
            assert_eq!(found(text, thing).as_deref(), name, "{text}");
        }
    }
}
