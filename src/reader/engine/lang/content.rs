//! What is said, behind a reporting verb: a clause, a question, a quotation, an infinitive, an object.

mod first;
mod second;

use std::borrow::Cow;

use super::super::clause::trim;
use super::super::found::FoundAttribution;
use super::super::lexicon::{class, frame};
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use super::group::ReportingGroup;
use super::np::speaks;
use crate::core::vocabulary::Stance;

/// How far into an object its quotation may begin, in tokens.
const NEAR_OBJECT: usize = 14;
/// How far behind the verb its content may begin, in tokens.
const AHEAD: usize = 28;

/// Adds the content that begins at or behind `from`; says whether there is one.
pub(super) fn right(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    from: usize,
    f: &mut FoundAttribution,
) -> bool {
    let frames = g.cue.frames;
    let said = if p.lexicon.language.verb_second() {
        second::second(p, seg, g, frames, from, f)
    } else {
        first::first(p, seg, g, frames, from, f)
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
    f: &mut FoundAttribution,
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
fn marked(p: &Para<'_>, seg: &Segment, frames: u16, k: usize, f: &mut FoundAttribution) -> bool {
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

/// An object that is content: something denied or taken back, or words quoted.
fn object(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    frames: u16,
    from: usize,
    f: &mut FoundAttribution,
) -> bool {
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
    // "calls it „a farce“": two words are enough where nothing else can follow.
    let only = frames & (frame::QUOTE | frame::CLAUSE) == 0;
    let least = if only { 4 } else { 5 };
    let quoted = (from..end.min(from + NEAR_OBJECT))
        .find(|k| p.toks[*k].pos == Pos::Quote && p.toks[*k].depth > seg.level)
        .filter(|k| !p.toks[from..*k].iter().any(|t| t.cue != 0))
        .and_then(|k| p.quote_from(k))
        .is_some_and(|q| q.end.min(end) >= q.open + least)
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
