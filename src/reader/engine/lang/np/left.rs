//! The subject before a verb: a noun phrase with what is tied to it.

use super::super::super::lexicon::class;
use super::super::super::para::{Para, Segment, here};
use super::super::super::phrase::Phrase;
use super::super::super::token::Pos;
use super::{LONGEST, adverbials, timely, voice};

/// The subject that ends just before `end`, not further left than `floor`. `plural`: the verb lets two speak.
pub(in super::super) fn left(
    p: &Para<'_>,
    seg: &Segment,
    floor: usize,
    end: usize,
    plural: bool,
) -> Option<Phrase> {
    let mut k = end;
    while k > floor
        && here(p, seg, k - 1).is_some_and(|t| {
            matches!(t.pos, Pos::Adverb | Pos::Not)
                || t.pos == Pos::Pronoun && t.is(class::CLITIC) && !t.is(class::PERS)
        })
    {
        k -= 1;
    }
    if k <= floor {
        return None;
    }
    // "la vecina, que dijo", "le maire qui affirme": what the relative word stands for.
    if let Some(t) = here(p, seg, k - 1)
        && t.is(class::REL)
        && !p.lexicon.language.verb_second()
        && k >= floor + 2
    {
        let comma = usize::from(p.toks[k - 2].pos == Pos::Comma);
        return match p.toks[k - 2 - comma.min(k - 2)].pos {
            Pos::Noun | Pos::Name | Pos::Adjective | Pos::Number => {
                plain(p, seg, floor, k - 1 - comma, plural)
            }
            _ => None,
        };
    }
    if here(p, seg, k - 1)?.pos == Pos::Comma {
        return apposed(p, seg, floor, k - 1, plural);
    }
    plain(p, seg, floor, k, plural)
}

fn plain(p: &Para<'_>, seg: &Segment, floor: usize, end: usize, plural: bool) -> Option<Phrase> {
    use class::*;
    let mut s = end;
    while s > floor && end - s < LONGEST {
        let Some(t) = here(p, seg, s - 1) else { break };
        match t.pos {
            Pos::Comma
            | Pos::Colon
            | Pos::Semicolon
            | Pos::Dash
            | Pos::Stop
            | Pos::Subordinator
            | Pos::Relative
            | Pos::Infinitive
            | Pos::Ing
            | Pos::Open => break,
            Pos::Verb | Pos::Auxiliary => {
                // "una vecina que vio el choque": a relative clause inside the subject.
                let opener = relative_before(p, seg, floor, s - 1).filter(|_| s < end);
                let np = opener.and_then(|r| plain(p, seg, floor, r, plural));
                return match np {
                    Some(np) => Some(Phrase {
                        start: np.start,
                        end,
                    }),
                    None => finish(p, seg, s, end),
                };
            }
            Pos::Coordinator if !plural || !t.is(COORD) => break,
            Pos::Pronoun if t.is(PERS | SUBJ) && s == end => {
                return Some(Phrase { start: s - 1, end });
            }
            Pos::Pronoun => break,
            Pos::Close => {
                let open = (floor..s - 1)
                    .rev()
                    .take(9)
                    .find(|q| p.toks[*q].pos == Pos::Open)?;
                s = open;
            }
            _ => s -= 1,
        }
    }
    finish(p, seg, s, end)
}

/// The word that opens the relative clause whose verb stands at `verb`, if the clause hangs on a noun.
fn relative_before(p: &Para<'_>, seg: &Segment, floor: usize, verb: usize) -> Option<usize> {
    if p.lexicon.language.verb_second() {
        return None;
    }
    let from = verb.saturating_sub(5).max(floor + 1);
    (from..verb)
        .rev()
        .take_while(|k| {
            here(p, seg, *k).is_some_and(|t| {
                matches!(
                    t.pos,
                    Pos::Relative
                        | Pos::Subordinator
                        | Pos::Auxiliary
                        | Pos::Pronoun
                        | Pos::Not
                        | Pos::Adverb
                )
            })
        })
        .find(|k| {
            p.toks[*k].is(class::REL)
                && matches!(p.toks[*k - 1].pos, Pos::Noun | Pos::Name | Pos::Adjective)
        })
}

/// The subject in the words from `s` to `end`, without the adverbials that stand before it.
fn finish(p: &Para<'_>, seg: &Segment, s: usize, end: usize) -> Option<Phrase> {
    use class::*;
    let language = p.lexicon.language;
    let mut start = adverbials(p, seg, s, end);
    if language.verb_second() && start > s {
        // One constituent stands before the verb: where that is an adverbial, the subject follows the verb.
        let only = p.toks[s..start].iter().all(|t| t.pos == Pos::Adverb) && start < end;
        if !only {
            return None;
        }
    }
    while start < end && matches!(p.toks[start].pos, Pos::Not | Pos::Adverb | Pos::Coordinator) {
        start += 1;
    }
    let (first, last) = (p.toks.get(start)?, p.toks.get(end.checked_sub(1)?)?);
    let begins = matches!(
        first.pos,
        Pos::Determiner | Pos::Noun | Pos::Name | Pos::Adjective | Pos::Number
    ) || first.is(NEGSUBJ | DET);
    let ends = matches!(
        last.pos,
        Pos::Noun | Pos::Name | Pos::Adjective | Pos::Number | Pos::Close | Pos::Participle
    ) || last.is(NEGSUBJ | SUBJ);
    // A small noun without an article is more likely a verb in no list.
    let odd =
        !language.capital_nouns() && first.pos == Pos::Noun && !first.capital && first.class == 0;
    let core = !odd
        && p.toks[start..end.max(start)].iter().any(|t| {
            matches!(t.pos, Pos::Noun | Pos::Name) && !timely(t) || t.is(NEGSUBJ | SUBJ | ANONYMOUS)
        });
    (start < end && begins && ends && core).then_some(Phrase { start, end })
}

/// The subject whose apposition or relative clause ends with the comma at `comma`.
fn apposed(
    p: &Para<'_>,
    seg: &Segment,
    floor: usize,
    comma: usize,
    plural: bool,
) -> Option<Phrase> {
    let from = comma.saturating_sub(LONGEST).max(floor);
    let before = (from..comma)
        .rev()
        .find(|k| here(p, seg, *k).is_some_and(|t| t.pos == Pos::Comma))?;
    let np = plain(p, seg, floor, before, plural)?;
    let inner = &p.toks[before + 1..comma];
    let verbal = inner
        .iter()
        .any(|t| matches!(t.pos, Pos::Verb | Pos::Auxiliary));
    let nominal = !verbal
        && inner.first().is_some_and(|t| {
            matches!(
                t.pos,
                Pos::Noun | Pos::Name | Pos::Determiner | Pos::Adjective | Pos::Number
            )
        });
    // "Lundi, …, a dit": what stands before must be able to speak.
    let relative = inner.first().is_some_and(|t| t.is(class::REL));
    (relative && verbal || voice(p, np)).then_some(Phrase {
        start: np.start,
        end: if nominal { comma } else { np.end },
    })
}
