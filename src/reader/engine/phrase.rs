//! Noun phrases: the subject to the left of a verb, the inverted subject to its right, with apposition.

use super::lexicon::class;
use super::para::{Para, Segment};
use super::phrase_left::{Edge, left};
use super::token::Pos;

pub(crate) use super::phrase_right::phrase_right;

/// How many tokens a noun phrase may have.
pub(super) const LONGEST: usize = 40;
/// How many tokens may stand between the commas of an apposition.
pub(super) const APPOSITION: usize = 40;

/// Token range of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Its first token.
    pub start: usize,
    /// The token behind its last.
    pub end: usize,
}

/// The subject that ends just before token `end`, which is the first of a verb group.
pub(crate) fn subject_left(p: &Para<'_>, seg: &Segment, end: usize) -> Option<Phrase> {
    if end <= seg.lo {
        return None;
    }
    let mut j = end;
    // Adverbs set off by commas or not: "Oduya, however, said", "Oduya also said".
    while j > seg.lo
        && matches!(p.toks[j - 1].pos, Pos::Adverb | Pos::Not)
        && !p.toks[j - 1].nominal()
    {
        j -= 1;
    }
    if j <= seg.lo {
        return None;
    }
    let last = &p.toks[j - 1];
    if last.depth > seg.level {
        return None;
    }
    match last.pos {
        Pos::Comma | Pos::Dash => apposed(p, seg, j - 1),
        Pos::Close => {
            // "Rep. Pell (D-Kell) said"
            let open = (seg.lo..j - 1)
                .rev()
                .take(12)
                .find(|k| p.toks[*k].pos == Pos::Open)?;
            let (np, _) = left(p, seg, open)?;
            Some(Phrase {
                start: np.start,
                end: j,
            })
        }
        Pos::Relative => relative(p, seg, j - 1),
        _ => {
            let (np, edge) = left(p, seg, j)?;
            Some(widen(p, seg, np, edge))
        }
    }
}

/// "…, NP, apposition, verb": the comma before the verb stands at `comma`.
fn apposed(p: &Para<'_>, seg: &Segment, comma: usize) -> Option<Phrase> {
    let mut best: Option<Phrase> = None;
    let mut at = comma;
    for _ in 0..4 {
        let from = at.saturating_sub(APPOSITION).max(seg.lo);
        let Some(c) = (from..at).rev().find(|k| {
            p.toks[*k].depth == seg.level && matches!(p.toks[*k].pos, Pos::Comma | Pos::Dash)
        }) else {
            break;
        };
        // A clause of its own between the commas is no apposition, unless a relative word opens it.
        let inner = &p.toks[c + 1..comma];
        let opens_relative = inner
            .first()
            .is_some_and(|t| t.pos == Pos::Relative || t.is(class::REL))
            || inner.get(1).is_some_and(|t| t.pos == Pos::Relative);
        let verbal = inner.iter().enumerate().any(|(n, t)| {
            t.pos == Pos::Auxiliary
                || t.pos == Pos::Verb && n > 0 && t.forms & super::lexicon::form::PARTICIPLE == 0
        });
        if verbal && !opens_relative && best.is_none() {
            at = c;
            if inner.iter().any(|t| t.is(class::REL)) {
                continue;
            }
            break;
        }
        if let Some((np, edge)) = left(p, seg, c) {
            let adverbial = p.toks[c + 1].pos == Pos::Adverb
                || p.toks[c + 1].is(class::PREP | class::SUB) && !opens_relative
                || p.toks[c + 1].pos == Pos::Ing
                || p.toks[c + 1].pos == Pos::Relative && !opens_relative;
            let temporal = np.end - np.start <= 2
                && p.toks[np.start].is(class::TIME)
                && !p.toks[np.start].is(class::PERS);
            if !temporal && edge != Edge::Preposition {
                let np = widen(p, seg, np, edge);
                best = Some(Phrase {
                    start: np.start,
                    end: if adverbial && best.is_none() {
                        np.end
                    } else {
                        comma
                    },
                });
                if !matches!(edge, Edge::Comma | Edge::Coordinator) {
                    break;
                }
            } else if best.is_some() {
                break;
            }
        } else if best.is_some() {
            break;
        }
        at = c;
    }
    // "Secunia.com, has said": a stray comma between subject and verb.
    if best.is_none()
        && at == comma
        && let Some((np, Edge::Clause)) = left(p, seg, comma)
        && np.start == seg.lo
    {
        best = Some(Phrase {
            start: np.start,
            end: comma,
        });
    }
    best
}

/// "people who do not believe that": the relative word stands at `at`.
fn relative(p: &Para<'_>, seg: &Segment, at: usize) -> Option<Phrase> {
    if p.toks[at].class & class::WH != 0 && p.toks[at].class & class::REL == 0 && at == seg.lo {
        return None;
    }
    let mut j = at;
    if j > seg.lo && p.toks[j - 1].pos == Pos::Comma {
        j -= 1;
    }
    match left(p, seg, j) {
        Some((np, _)) => Some(Phrase {
            start: np.start,
            end: at + 1,
        }),
        None => Some(Phrase {
            start: at,
            end: at + 1,
        }),
    }
}

/// Takes in what belongs to a subject beyond its last name: "Kell's mayor, Ada Brandt", "Pell, Brandt and Oduya".
fn widen(p: &Para<'_>, seg: &Segment, np: Phrase, edge: Edge) -> Phrase {
    if edge == Edge::Comma && np.start > seg.lo + 1 {
        let comma = np.start - 1;
        if let Some((outer, out_edge)) = left(p, seg, comma) {
            let named = p.toks[np.start..np.end].iter().all(|t| t.pos == Pos::Name);
            let role = p.toks[outer.start..outer.end]
                .iter()
                .any(|t| t.is(class::ROLE | class::ANONYMOUS));
            if named && role && matches!(out_edge, Edge::Clause | Edge::Comma) {
                return Phrase {
                    start: outer.start,
                    end: np.end,
                };
            }
        }
    }
    if edge == Edge::Coordinator && np.start > seg.lo + 1 {
        let mut k = np.start - 1;
        if p.toks[k - 1].pos == Pos::Comma && k > seg.lo + 1 {
            k -= 1;
        }
        if let Some((outer, out_edge)) = left(p, seg, k) {
            let paired = outer.start > seg.lo
                && matches!(
                    p.word(outer.start - 1),
                    "both" | "Both" | "either" | "neither" | "Neither"
                );
            // "Mum and I say", but "my whole life, and I say".
            let alone = p.toks[np.start].is(class::PERS) && np.end == np.start + 1;
            let people = k == np.start - 1
                && p.toks[outer.start..outer.end].iter().all(|t| {
                    t.pos == Pos::Name
                        || t.is(class::POSS | class::PERS | class::DET)
                        || t.is(class::ROLE | class::ANONYMOUS | class::MALE | class::FEMALE)
                });
            if alone && !people {
                return np;
            }
            if out_edge == Edge::Clause
                || paired
                || out_edge == Edge::Comma && p.toks[outer.start].pos == Pos::Name
            {
                return Phrase {
                    start: outer.start,
                    end: np.end,
                };
            }
        }
    }
    np
}
