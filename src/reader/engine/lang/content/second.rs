//! Content behind a German verb: a comma stands before every clause.

use std::borrow::Cow;

use super::super::super::found::FoundAttribution;
use super::super::super::lexicon::{class, frame};
use super::super::super::para::{Para, Segment, here};
use super::super::super::phrase::Phrase;
use super::super::super::token::Pos;
use super::super::group::ReportingGroup;
use super::super::np::{adverbials, extent};
use super::{AHEAD, asks, clause_end, marked, object, take};
use crate::core::vocabulary::Stance;

/// German: a comma stands before every clause.
pub(super) fn second(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    frames: u16,
    from: usize,
    f: &mut FoundAttribution,
) -> bool {
    let clausal = frames & (frame::CLAUSE | frame::INFINITIVE | frame::WH | frame::THAT) != 0;
    let mut commas = 0;
    let mut k = from;
    while k < seg.hi.min(from + AHEAD) {
        let t = &p.toks[k];
        if t.depth > seg.level {
            if t.pos == Pos::Quote {
                if frames & frame::OBJECT != 0 && k > adverbials(p, seg, from, seg.hi) {
                    break;
                }
                if marked(p, seg, frames, k, f) {
                    return true;
                }
            }
            k += 1;
            continue;
        }
        match t.pos {
            Pos::Colon => return marked(p, seg, frames, k, f),
            Pos::Comma if clausal => {
                commas += 1;
                if commas > 3 {
                    break;
                }
                if let Some(at) = clause(p, seg, frames, k + 1) {
                    // A relative clause or apposition before the clause that is meant.
                    let later = (k + 2..seg.hi.min(k + AHEAD)).find(|q| {
                        p.toks[*q].pos == Pos::Comma
                            && here(p, seg, q + 1).is_some_and(|t| t.is(class::THAT))
                    });
                    let at = match later {
                        Some(q)
                            if !here(p, seg, at).is_some_and(|t| t.is(class::THAT | class::WH)) =>
                        {
                            q + 1
                        }
                        _ => at,
                    };
                    if frames & frame::ACCUSE != 0 {
                        about(p, seg, g, from, f);
                    }
                    let (rule, place) = match &p.toks[at] {
                        t if t.is(class::THAT) => ("verb-that", "the clause behind it"),
                        t if t.is(class::WH) => ("verb-question", "the question behind it"),
                        _ => ("verb-clause", "the clause behind it"),
                    };
                    return take(p, seg, f, at, rule, place);
                }
            }
            Pos::Stop | Pos::Semicolon => break,
            _ => {}
        }
        k += 1;
    }
    object(p, seg, g, frames, from, f) || inside(p, seg, g, frames, from, f)
}

/// "hat die Vorwürfe zurückgewiesen": the object stands between the finite word and the verb.
fn inside(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    frames: u16,
    from: usize,
    f: &mut FoundAttribution,
) -> bool {
    let hard = matches!(g.cue.stance, Stance::Denies | Stance::Retracts);
    if frames & frame::OBJECT == 0 || g.finite >= g.verb || !hard {
        return false;
    }
    let behind_subject = f
        .source
        .filter(|s| s.start > g.finite)
        .map_or(g.finite + 1, |s| s.end);
    let start = adverbials(p, seg, behind_subject, g.verb);
    let end = extent(p, seg, start);
    if end <= start || end > g.verb {
        return false;
    }
    f.add(Phrase { start, end: g.verb });
    // "…, wonach das Werk schließt".
    if here(p, seg, from).is_some_and(|t| t.pos == Pos::Comma)
        && here(p, seg, from + 1).is_some_and(|t| t.is(class::REL | class::THAT))
    {
        f.add(Phrase {
            start: from + 1,
            end: clause_end(p, seg, from + 1),
        });
    }
    f.rule = "verb-object";
    f.place = Cow::Borrowed("what is denied");
    true
}

/// Where a clause that can be content begins at `k`.
fn clause(p: &Para<'_>, seg: &Segment, frames: u16, k: usize) -> Option<usize> {
    use class::*;
    let t = p.toks.get(k).filter(|_| k < seg.hi)?;
    if t.depth > seg.level {
        return (frames & frame::CLAUSE != 0).then_some(k);
    }
    if t.is(THAT) {
        return (frames & (frame::CLAUSE | frame::THAT) != 0).then_some(k);
    }
    if asks(p, seg, k) {
        // "wie" and "wo" open other clauses too.
        return (frames & frame::WH != 0).then_some(k);
    }
    if t.is(SUB | CONTRAST | COORD) {
        return None;
    }
    if t.is(OPENS) && t.is(PREP) && frames & frame::CLAUSE == 0 {
        return None;
    }
    let words = (k..seg.hi.min(k + 40)).take_while(|q| {
        p.toks[*q].depth > seg.level
            || !matches!(
                p.toks[*q].pos,
                Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Colon
            )
    });
    let (mut finite, mut zu, mut last) = (None, false, k);
    for q in words {
        let t = &p.toks[q];
        if t.finite() && t.depth == seg.level && finite.is_none() {
            finite = Some(q);
        }
        zu |= p.is(q, "zu") || t.pos == Pos::Infinitive;
        last = q;
    }
    // Too short, or an apposition: no verb at all.
    if last < k + 1 {
        return None;
    }
    if frames & frame::CLAUSE != 0 {
        let relative = t.pos == Pos::Determiner
            && !p.toks.get(k + 1).is_some_and(|n| {
                matches!(
                    n.pos,
                    Pos::Noun | Pos::Name | Pos::Adjective | Pos::Number | Pos::Participle
                )
            })
            && finite.is_none_or(|v| v == last);
        let known = finite.is_some_and(|v| v > k || t.is(AUX));
        // Without a known verb a lower-case word in second place may be one.
        let likely = (k + 1..=last).any(|q| {
            let t = &p.toks[q];
            t.pos == Pos::Adjective
                && !t.capital
                && matches!(
                    p.toks[q - 1].pos,
                    Pos::Noun | Pos::Name | Pos::Pronoun | Pos::Number
                )
        });
        if !relative && (known || likely) {
            return Some(k);
        }
    }
    (frames & frame::INFINITIVE != 0 && zu).then_some(k)
}

/// Whom an accusation names: the first noun phrase behind the verb.
fn about(p: &Para<'_>, seg: &Segment, g: &ReportingGroup, from: usize, f: &mut FoundAttribution) {
    let from = from.max(g.end);
    let end = extent(p, seg, from);
    if end > from {
        f.about = Some(Phrase { start: from, end });
    }
}
