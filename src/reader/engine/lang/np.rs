//! Noun phrases: the subject before a verb and behind it, with appositions, and what stands between verb and content.

mod left;

use super::super::lexicon::{Language, class};
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::token::{Pos, Token};

pub(super) use left::left;

/// How many tokens a noun phrase may have.
const LONGEST: usize = 30;

fn timely(t: &Token) -> bool {
    t.is(class::TIME) && !t.is(class::ROLE | class::ORG | class::MEDIA)
}

/// Whether a noun follows at `k` with nothing but adjectives before it.
fn noun_ahead(p: &Para<'_>, seg: &Segment, k: usize) -> bool {
    (k..k + 4)
        .map_while(|q| here(p, seg, q))
        .find(|t| !matches!(t.pos, Pos::Adjective | Pos::Participle | Pos::Number))
        .is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Name))
}

/// Where the noun phrase that begins at `from` ends, without apposition; `from` where there is none.
pub(super) fn extent(p: &Para<'_>, seg: &Segment, from: usize) -> usize {
    use class::*;
    let capital = p.lexicon.language.capital_nouns();
    let Some(t) = here(p, seg, from) else {
        return from;
    };
    if t.pos == Pos::Pronoun {
        return if t.is(PERS | SUBJ) { from + 1 } else { from };
    }
    if t.is(NEGSUBJ) && !t.is(DET) {
        return from + 1;
    }
    let (mut k, mut end) = (from, from);
    while k < seg.hi.min(from + LONGEST) {
        let Some(t) = here(p, seg, k) else { break };
        let last = (k > from).then(|| &p.toks[k - 1]);
        let seen = end > from;
        let tied = last
            .is_some_and(|l| l.is(LINK) || l.pos == Pos::Determiner || l.pos == Pos::Coordinator);
        let next = here(p, seg, k + 1);
        let opens = next.is_some_and(|n| {
            matches!(
                n.pos,
                Pos::Noun | Pos::Name | Pos::Determiner | Pos::Number | Pos::Adjective
            ) || n.is(DET)
        });
        match t.pos {
            Pos::Noun | Pos::Name | Pos::Number => {
                // "el martes": a time begins something else; so does a person behind a name: "a EFE fuentes".
                let next_one = !capital
                    && !t.capital
                    && t.is(ROLE | ANONYMOUS)
                    && last.is_some_and(|l| l.pos == Pos::Name);
                if timely(t) || next_one {
                    break;
                }
                end = k + 1;
            }
            Pos::Adjective | Pos::Participle if capital => {
                if seen && !tied || !noun_ahead(p, seg, k) {
                    break;
                }
            }
            Pos::Adjective => {
                if seen {
                    end = k + 1;
                }
            }
            _ if k == from && (t.pos == Pos::Determiner || t.is(DET)) => {}
            // "el diario El Eco": an article of a name.
            Pos::Determiner
                if seen && !capital && t.capital && next.is_some_and(|n| n.pos == Pos::Name) => {}
            // "des" is an article and a link.
            Pos::Determiner if seen && t.is(LINK) && opens && !capital => {}
            Pos::Determiner => {
                let timed = next.is_some_and(timely);
                let genitive = capital
                    && seen
                    && noun_ahead(p, seg, k + 1)
                    && matches!(
                        p.word(k),
                        "der"
                            | "des"
                            | "eines"
                            | "einer"
                            | "dieser"
                            | "ihrer"
                            | "seiner"
                            | "seines"
                            | "ihres"
                    );
                if timed || !(tied || genitive) {
                    break;
                }
            }
            Pos::Preposition if seen && t.is(LINK) && opens => {}
            // "l'adjointe aux finances": what a role is for.
            Pos::Preposition
                if p.lexicon.language == Language::French
                    && last.is_some_and(|l| l.is(ROLE))
                    && opens
                    && matches!(p.word(k), "à" | "au" | "aux")
                    && !(k + 1..k + 3).any(|q| {
                        here(p, seg, q)
                            .is_none_or(|t| t.is(ADDRESSEE | MEDIA | ORG | TIME) || t.capital)
                    }) => {}
            Pos::Coordinator
                if seen
                    && t.is(COORD)
                    && next.is_some_and(|n| {
                        n.capital || n.pos == Pos::Determiner || n.is(ROLE | ANONYMOUS)
                    }) => {}
            Pos::Open if seen => {
                let Some(close) = (k + 1..seg.hi.min(k + 9)).find(|q| p.toks[*q].pos == Pos::Close)
                else {
                    break;
                };
                k = close;
                end = close + 1;
            }
            _ => break,
        }
        k += 1;
    }
    // A coordinator that leads to a clause rather than to another name.
    if here(p, seg, end).is_some_and(|t| matches!(t.pos, Pos::Verb | Pos::Auxiliary)) && end > from
    {
        let cut = (from + 1..end)
            .rev()
            .find(|q| p.toks[*q].pos == Pos::Coordinator && p.toks[*q].depth == seg.level);
        if let Some(c) = cut.filter(|_| !p.lexicon.language.verb_second()) {
            return c;
        }
    }
    end
}

/// The noun phrase that begins at `from`, with an apposition between commas.
pub(super) fn right(p: &Para<'_>, seg: &Segment, from: usize) -> Option<Phrase> {
    let end = extent(p, seg, from);
    if end == from {
        return None;
    }
    let mut np = Phrase { start: from, end };
    if p.toks[from].pos != Pos::Pronoun
        && let Some(more) = apposition(p, seg, end)
    {
        np.end = more;
    }
    Some(np)
}

/// Where the apposition that the comma at `comma` opens ends: "…, porte-parole du port".
fn apposition(p: &Para<'_>, seg: &Segment, comma: usize) -> Option<usize> {
    use class::*;
    here(p, seg, comma).filter(|t| t.pos == Pos::Comma)?;
    let from = comma + 1;
    let end = extent(p, seg, from);
    let closes = here(p, seg, end).is_none_or(|t| {
        matches!(
            t.pos,
            Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Preposition | Pos::Colon | Pos::Dash
        )
    });
    let inner = &p.toks[from..end.max(from)];
    let named = inner.iter().all(|t| t.pos == Pos::Name)
        || inner
            .iter()
            .any(|t| t.is(ROLE | ANONYMOUS | HONORIFIC) && t.pos != Pos::Determiner);
    (end > from && closes && named && inner[0].pos != Pos::Pronoun).then_some(end)
}

/// Skips adverbs, times and prepositional phrases from `from` on, not beyond `hi`. Returns where that ends.
pub(super) fn adverbials(p: &Para<'_>, seg: &Segment, from: usize, hi: usize) -> usize {
    let mut k = from;
    for _ in 0..6 {
        let Some(t) = here(p, seg, k).filter(|_| k < hi) else {
            break;
        };
        let next_timely = here(p, seg, k + 1).is_some_and(timely);
        let end = match t.pos {
            Pos::Adverb | Pos::Not => k + 1,
            Pos::Noun | Pos::Name | Pos::Number if timely(t) => times(p, seg, k),
            Pos::Determiner | Pos::Number if next_timely => times(p, seg, k + 1),
            Pos::Preposition if !t.is(class::THAT) => {
                let from = k + 1;
                let det = usize::from(here(p, seg, from).is_some_and(|t| t.pos == Pos::Determiner));
                if here(p, seg, from + det).is_some_and(timely) {
                    times(p, seg, from + det)
                } else {
                    match extent(p, seg, from) {
                        e if e > from => e,
                        _ => break,
                    }
                }
            }
            _ => break,
        };
        if end <= k || end > hi {
            break;
        }
        k = end;
    }
    k
}

/// The end of the words of time that begin at `k`: "lundi soir", "3 mai 2024".
fn times(p: &Para<'_>, seg: &Segment, k: usize) -> usize {
    let mut end = k;
    while here(p, seg, end).is_some_and(|t| timely(t) || t.pos == Pos::Number) && end < k + 5 {
        end += 1;
    }
    end.max(k + 1)
}

/// Whether a phrase can say something: a person, a body, a document; a name.
pub(super) fn voice(p: &Para<'_>, s: Phrase) -> bool {
    use class::*;
    p.toks[s.start..s.end].iter().any(|t| {
        t.is(VOICES)
            || t.is(PERS | SUBJ) && t.pos == Pos::Pronoun && !t.is(THING)
            || t.pos == Pos::Name
    })
}

/// What can say something by its class.
const VOICES: u64 = class::ROLE
    | class::ANONYMOUS
    | class::ORG
    | class::MEDIA
    | class::DOCUMENT
    | class::DATASET
    | class::PLACE
    | class::HONORIFIC
    | class::NEGSUBJ;

/// Whether the head of a phrase, and not only a word tied to it, can say something. A German noun with an article is no
/// name.
pub(super) fn speaks(p: &Para<'_>, s: Phrase) -> bool {
    use class::*;
    let capital = p.lexicon.language.capital_nouns();
    let head = (s.start..s.end).find(|k| {
        let t = &p.toks[*k];
        matches!(t.pos, Pos::Noun | Pos::Name | Pos::Pronoun) && !t.is(DET | ADJ)
    });
    let Some(head) = head else {
        return voice(p, s);
    };
    // "le ministre", "SPD-Chef Venn", "dem Ifo-Institut": the words up to the first tie.
    let end = (head + 1..s.end)
        .find(|k| {
            let t = &p.toks[*k];
            t.is(LINK | PREP) || matches!(t.pos, Pos::Determiner | Pos::Comma | Pos::Open)
        })
        .unwrap_or(s.end);
    let bare = head == s.start;
    p.toks[head..end].iter().any(|t| {
        t.is(VOICES)
            || t.is(PERS | SUBJ) && t.pos == Pos::Pronoun && !t.is(THING)
            || t.pos == Pos::Name && (bare || !capital)
    })
}
