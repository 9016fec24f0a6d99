//! What is said, behind a reporting verb: a clause, a question, a quotation, an infinitive, an object.

use std::borrow::Cow;

use super::super::clause::trim;
use super::super::found::Found;
use super::super::lexicon::{class, frame};
use super::super::para::{Para, Segment};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use super::group::Group;
use super::np::{adverbials, extent, here, speaks};
use crate::core::vocabulary::Stance;

/// How far into an object its quotation may begin, in tokens.
const NEAR_OBJECT: usize = 14;
/// How far behind the verb its content may begin, in tokens.
const AHEAD: usize = 28;

/// Adds the content that begins at or behind `from`; says whether there is one.
pub(super) fn right(p: &Para<'_>, seg: &Segment, g: &Group, from: usize, f: &mut Found) -> bool {
    let frames = g.cue.frames;
    let said = if p.lexicon.language.verb_second() {
        second(p, seg, g, frames, from, f)
    } else {
        first(p, seg, g, frames, from, f)
    };
    // "demande pourquoi", "wollte wissen, ob"; but not "weiß, ob".
    let wanted = frames & frame::MENTAL == 0 || g.finite != g.verb;
    if said && frames & frame::ASKS != 0 && f.rule == "verb-question" && wanted && !g.negated {
        f.stance = Stance::Questions;
        f.certainty = g.certainty.unwrap_or_default();
    }
    said
}

fn take(
    p: &Para<'_>,
    seg: &Segment,
    f: &mut Found,
    from: usize,
    rule: &'static str,
    place: &'static str,
) -> bool {
    let end = clause_end(p, seg, from);
    if end < from + 1 {
        return false;
    }
    f.add(Phrase { start: from, end });
    f.rule = rule;
    f.place = Cow::Borrowed(place);
    true
}

/// A quotation that opens at `k`, or a colon with something behind it.
fn marked(p: &Para<'_>, seg: &Segment, frames: u16, k: usize, f: &mut Found) -> bool {
    let Some(t) = p.toks.get(k).filter(|_| k < seg.hi) else {
        return false;
    };
    if frames & frame::QUOTE == 0 {
        return false;
    }
    if t.pos == Pos::Colon && t.depth == seg.level && k + 2 < seg.hi {
        return take(
            p,
            seg,
            f,
            k + 1,
            "quote-behind",
            "what stands behind the colon",
        );
    }
    if t.depth > seg.level
        && t.pos == Pos::Quote
        && let Some(q) = p.quote_from(k)
    {
        let end = if p.toks[k..q.end].len() < 4 {
            return false;
        } else {
            q.end.min(seg.hi)
        };
        f.add(Phrase { start: k, end });
        f.rule = "quote-behind";
        f.place = Cow::Borrowed("the quotation behind it");
        return true;
    }
    false
}

/// Whether a question begins at `k`.
fn asks(p: &Para<'_>, seg: &Segment, k: usize) -> bool {
    here(p, seg, k).is_some_and(|t| {
        t.is(class::WH)
            && (!t.is(class::PREP) || here(p, seg, k + 1).is_some_and(|n| n.is(class::WH)))
    })
}

/// German: a comma stands before every clause.
fn second(p: &Para<'_>, seg: &Segment, g: &Group, frames: u16, from: usize, f: &mut Found) -> bool {
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
fn inside(p: &Para<'_>, seg: &Segment, g: &Group, frames: u16, from: usize, f: &mut Found) -> bool {
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
fn about(p: &Para<'_>, seg: &Segment, g: &Group, from: usize, f: &mut Found) {
    let from = from.max(g.end);
    let end = extent(p, seg, from);
    if end > from {
        f.about = Some(Phrase { start: from, end });
    }
}

/// French and Spanish.
fn first(p: &Para<'_>, seg: &Segment, g: &Group, frames: u16, from: usize, f: &mut Found) -> bool {
    use class::*;
    let mut k = adverbials(p, seg, from, seg.hi);
    // "a affirmé, lundi, que".
    if here(p, seg, k).is_some_and(|t| t.pos == Pos::Comma)
        && let Some(c) = (k + 1..seg.hi.min(k + 12))
            .find(|q| here(p, seg, *q).is_some_and(|t| t.pos == Pos::Comma))
        && here(p, seg, c + 1).is_some_and(|t| t.is(THAT))
    {
        k = c + 1;
    }
    // "duda de que", "está convencido de que".
    let tied = here(p, seg, k).is_some_and(|t| t.is(LINK | PREP))
        && here(p, seg, k + 1).is_some_and(|t| t.is(THAT));
    let that = k + usize::from(tied);
    if marked(p, seg, frames, k, f) {
        return true;
    }
    // "cuenta con una línea que une": the clause belongs to the noun.
    let bound = !tied
        && k > from
        && p.toks[from..k]
            .iter()
            .any(|t| t.is(OBLIQUE | LINK) && t.pos == Pos::Preposition)
        && matches!(p.toks[k - 1].pos, Pos::Noun | Pos::Name | Pos::Adjective);
    if frames & (frame::CLAUSE | frame::THAT) != 0
        && !bound
        && here(p, seg, that).is_some_and(|t| t.is(THAT))
    {
        return take(p, seg, f, that, "verb-that", "the clause behind it");
    }
    if frames & frame::WH != 0 && asks(p, seg, k) && k + 2 < seg.hi {
        return take(p, seg, f, k, "verb-question", "the question behind it");
    }
    if frames & frame::INFINITIVE != 0 && !g.reflexive {
        let tie = usize::from(here(p, seg, from).is_some_and(|t| t.is(LINK)));
        let mut v = from + tie;
        while here(p, seg, v)
            .is_some_and(|t| t.pos == Pos::Not || t.pos == Pos::Pronoun && t.is(CLITIC))
        {
            v += 1;
        }
        let bare = here(p, seg, v).is_some_and(|t| {
            t.pos == Pos::Infinitive
                || t.is(INFINITIVE) && !t.capital
                || t.forms & super::super::lexicon::form::BASE != 0
        });
        if bare {
            return take(
                p,
                seg,
                f,
                from,
                "verb-infinitive",
                "the infinitive behind it",
            );
        }
    }
    if frames & frame::ACCUSE != 0 {
        return accuse(p, seg, from, f);
    }
    object(p, seg, g, frames, from, f) || k > from && object(p, seg, g, frames, k, f)
}

/// "accuse le gouvernement de …", "acusó al Gobierno de …".
fn accuse(p: &Para<'_>, seg: &Segment, from: usize, f: &mut Found) -> bool {
    use class::*;
    let to = usize::from(here(p, seg, from).is_some_and(|t| t.is(PREP) && !t.is(LINK)));
    let end = extent_of_target(p, seg, from + to);
    let target = Phrase {
        start: from + to,
        end,
    };
    let charged = here(p, seg, end).is_some_and(|t| t.is(LINK));
    // A Spanish "a" before an object is a person's.
    let person = to == 1 || super::np::voice(p, target);
    if end == from + to || !charged || !person {
        return false;
    }
    let end = clause_end(p, seg, from);
    f.add(Phrase { start: from, end });
    f.about = Some(target);
    f.rule = "verb-accuse";
    f.place = Cow::Borrowed("whom it accuses and of what");
    true
}

/// The target of an accusation: up to the last "de" before an infinitive, or the first one.
fn extent_of_target(p: &Para<'_>, seg: &Segment, from: usize) -> usize {
    let cap = extent(p, seg, from);
    let mut k = from;
    while k < cap {
        if k > from && p.toks[k].is(class::LINK) {
            let named = here(p, seg, k + 1).is_some_and(|n| n.capital && n.pos == Pos::Name);
            if !named {
                return k;
            }
        }
        k += 1;
    }
    cap
}

/// An object that is content: something denied or taken back, or words quoted.
fn object(p: &Para<'_>, seg: &Segment, g: &Group, frames: u16, from: usize, f: &mut Found) -> bool {
    use class::*;
    if frames & frame::OBJECT == 0 {
        return false;
    }
    let Some(t) = p.toks.get(from).filter(|_| from < seg.hi) else {
        return false;
    };
    let starts = t.depth > seg.level
        || matches!(
            t.pos,
            Pos::Determiner
                | Pos::Noun
                | Pos::Name
                | Pos::Adjective
                | Pos::Number
                | Pos::Participle
        ) && !t.is(TIME)
        || t.is(DET);
    let mut end = clause_end(p, seg, from);
    // "balaie ces arguments : « … »"
    if let Some(colon) = (from..end).find(|k| here(p, seg, *k).is_some_and(|t| t.pos == Pos::Colon))
    {
        end = colon;
    }
    let particle = g.cue.particle;
    if !particle.is_empty() && end > from && p.word(end - 1).eq_ignore_ascii_case(particle) {
        end -= 1;
    }
    let end = trim(p, seg, from, end);
    if !starts || end <= from {
        return false;
    }
    let quoted = (from..end.min(from + NEAR_OBJECT))
        .find(|k| p.toks[*k].pos == Pos::Quote && p.toks[*k].depth > seg.level)
        .filter(|k| !p.toks[from..*k].iter().any(|t| t.cue != 0))
        .and_then(|k| p.quote_from(k))
        .is_some_and(|q| q.end.min(end) >= q.open + 5)
        && f.source.is_some_and(|s| speaks(p, s));
    let hard = matches!(f.stance, Stance::Denies | Stance::Retracts)
        || matches!(g.cue.stance, Stance::Denies | Stance::Retracts);
    // Who denies having done something can speak, whatever word names him.
    let denier = frames & frame::INFINITIVE != 0 || f.source.is_some_and(|s| speaks(p, s));
    if !quoted && !(hard && denier) {
        return false;
    }
    f.add(Phrase { start: from, end });
    f.rule = "verb-object";
    f.place = Cow::Borrowed(if hard { "what is denied" } else { "its object" });
    true
}

/// Where the content that begins at `from` ends: before another report, a contrast, or the sentence's end.
pub(super) fn clause_end(p: &Para<'_>, seg: &Segment, from: usize) -> usize {
    use class::*;
    let mut k = from;
    let mut parens = 0usize;
    while k < seg.hi {
        let t = &p.toks[k];
        if t.depth <= seg.level {
            match t.pos {
                Pos::Open => parens += 1,
                Pos::Close if parens == 0 => break,
                Pos::Close => parens -= 1,
                Pos::Semicolon if k > from => break,
                Pos::Comma if k > from => {
                    let n = here(p, seg, k + 1);
                    let contrast = n.is_some_and(|n| n.is(CONTRAST));
                    let reports = n.is_some_and(|n| n.pos == Pos::Ing && n.cue != 0);
                    let tail =
                        n.is_some_and(|n| n.is(OPENS)) && super::phrases::opens(p, seg, k + 1);
                    if reports
                        || tail
                        || contrast && (k + 2..seg.hi.min(k + 14)).any(|q| p.toks[q].finite())
                    {
                        break;
                    }
                }
                // "y añadió que", "und fügte hinzu": the same speaker goes on.
                Pos::Coordinator if k > from && t.is(COORD) => {
                    let verb = (k + 1..seg.hi.min(k + 5)).find(|q| {
                        !matches!(
                            p.toks[*q].pos,
                            Pos::Auxiliary | Pos::Adverb | Pos::Pronoun | Pos::Not
                        )
                    });
                    let again = verb.is_some_and(|q| {
                        let t = &p.toks[q];
                        t.cue != 0
                            && t.depth == seg.level
                            && matches!(t.pos, Pos::Verb | Pos::Participle)
                            && p.cue(q).is_some_and(|c| {
                                c.frames & frame::QUOTE != 0 && c.frames & frame::MENTAL == 0
                            })
                            && (q + 1..seg.hi.min(q + 8)).any(|z| {
                                p.toks[z].is(THAT)
                                    || p.toks[z].pos == Pos::Colon
                                    || p.toks[z].depth > seg.level
                            })
                    });
                    if again {
                        break;
                    }
                }
                _ => {}
            }
        }
        k += 1;
    }
    trim(p, seg, from, k)
}
