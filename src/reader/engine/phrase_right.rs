//! Noun phrases to the right: the inverted subject, the object, with apposition.

use super::lexicon::class;
use super::para::{Para, Segment};
use super::phrase::{APPOSITION, LONGEST};
use super::token::Pos;

/// The noun phrase that begins at `start`, with its apposition; `start` itself where there is none.
pub(crate) fn phrase_right(p: &Para<'_>, seg: &Segment, start: usize) -> usize {
    use class::*;
    let cap = seg.hi.min(start + LONGEST);
    let first = |k: usize| {
        p.toks.get(k).is_some_and(|t| {
            t.depth == seg.level
                && (t.nominal()
                    || matches!(t.pos, Pos::Determiner | Pos::Adjective)
                    || t.is(ROLE | ANONYMOUS | UNNAMED)
                    || t.pos == Pos::Participle && t.capital
                    // "blamed rising prices"
                    || t.pos == Pos::Ing
                        && k == start
                        && t.cue == 0
                        && p.toks.get(k + 1).is_some_and(|n| n.pos == Pos::Noun))
        })
    };
    if start >= cap || !first(start) {
        return start;
    }
    let mut k = start;
    while k < cap {
        let t = &p.toks[k];
        if t.depth > seg.level {
            break;
        }
        match t.pos {
            Pos::Noun | Pos::Name | Pos::Number | Pos::Adjective | Pos::Genitive => {
                if t.is(WEEKDAY)
                    && k > start
                    && p.toks.get(k + 1).is_none_or(|n| n.pos != Pos::Genitive)
                {
                    break;
                }
                k += 1;
            }
            Pos::Determiner if k == start || !p.toks[k - 1].nominal() => k += 1,
            Pos::Pronoun => {
                if k == start {
                    k += 1;
                    // "one of the men", "some of them"
                    if p.is(k, "of") && first(k + 1) {
                        continue;
                    }
                }
                break;
            }
            Pos::Participle | Pos::Ing if k > start && !p.toks[k - 1].nominal() || k == start => {
                k += 1
            }
            Pos::Preposition | Pos::To => {
                let word = p.word(k);
                let ties = matches!(word, "of" | "for" | "at" | "from" | "with" | "to" | "in")
                    && first(k + 1);
                let timed = p.toks.get(k + 1).is_some_and(|n| n.is(TIME))
                    || p.toks
                        .get(k + 2)
                        .is_some_and(|n| n.is(TIME) || n.is(SPEECHNOUN | DOCUMENT) && word == "in");
                let adverbial = word == "in"
                    && p.toks
                        .get(k + 1)
                        .is_some_and(|n| n.is(DET) && !n.is(REL) || n.is(DOCUMENT | SPEECHNOUN))
                    && !p.toks[k - 1].is(ROLE | ANONYMOUS);
                let late = matches!(word, "in" | "with" | "to")
                    && p.toks[start].pos == Pos::Name
                    && p.toks[k - 1].pos == Pos::Name
                    && !(start..k).any(|q| p.toks[q].is(ROLE | ANONYMOUS | ORG));
                if !ties || timed || adverbial || late {
                    break;
                }
                k += 1;
            }
            Pos::Coordinator if matches!(p.word(k), "and" | "&" | "or") && first(k + 1) => {
                // A clause may follow instead: "said Pell and the council agreed".
                let clause = (k + 1..cap.min(k + 8))
                    .take_while(|q| !matches!(p.toks[*q].pos, Pos::Comma | Pos::Stop))
                    .any(|q| p.toks[q].finite());
                if clause {
                    break;
                }
                k += 1;
            }
            Pos::Open => {
                let Some(close) = (k..cap).take(14).find(|q| p.toks[*q].pos == Pos::Close) else {
                    break;
                };
                k = close + 1;
            }
            Pos::Other if matches!(p.word(k), "/" | "&") => k += 1,
            _ => break,
        }
    }
    while k > start
        && (p.toks[k - 1].is(PREP) && p.toks[k - 1].pos != Pos::Name
            || matches!(p.toks[k - 1].pos, Pos::Determiner | Pos::To) && k - 1 > start)
    {
        k -= 1;
    }
    apposition_right(p, seg, k)
}

/// Takes in ", apposition" behind a phrase that ends at `end`.
pub(crate) fn apposition_right(p: &Para<'_>, seg: &Segment, end: usize) -> usize {
    use class::*;
    let mut end = end;
    for _ in 0..2 {
        if end + 1 >= seg.hi || p.toks[end].pos != Pos::Comma || p.toks[end].depth > seg.level {
            return end;
        }
        let t = &p.toks[end + 1];
        let opens = t.depth == seg.level
            && (t.is(DET | ROLE | ANONYMOUS) && !t.is(PERS | REL | COORD | NEG)
                || t.is(REL) && matches!(p.word(end + 1), "who" | "whose" | "which")
                || t.pos == Pos::Name && !t.is(TIME)
                || t.pos == Pos::Number && t.end - t.start <= 3);
        if !opens {
            return end;
        }
        let stop = (end + 1..seg.hi.min(end + APPOSITION)).find(|k| {
            p.toks[*k].depth > seg.level
                || matches!(
                    p.toks[*k].pos,
                    Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Colon | Pos::Dash
                )
        });
        let stop = stop.unwrap_or(if seg.hi < end + APPOSITION {
            seg.hi
        } else {
            return end;
        });
        if p.toks.get(stop).is_some_and(|s| s.depth > seg.level) || stop == end + 1 {
            return end;
        }
        // A clause is no apposition.
        let relative = p.toks[end + 1].is(REL);
        if !relative
            && p.toks[end + 1..stop].iter().any(|t| {
                t.finite() && t.forms & super::lexicon::form::PARTICIPLE == 0
                    || t.pos == Pos::Auxiliary
            })
        {
            return end;
        }
        end = stop;
    }
    end
}
