//! Reports in passing: "wie X am Abend mitteilte", "comme l'a annoncé X", "según informó X".

use std::borrow::Cow;

use super::super::super::found::FoundAttribution;
use super::super::super::lexicon::{class, frame};
use super::super::super::other::found;
use super::super::super::para::{Para, Segment, here};
use super::super::super::phrase::Phrase;
use super::super::super::token::Pos;
use super::super::np::{adverbials, left, right, voice};
use super::{PASSING, floor, parts};
use crate::core::vocabulary::Stance;

/// A report in passing: who says it, its cue, and the token behind it.
pub(super) struct Passing {
    who: Phrase,
    verb: usize,
    end: usize,
}

/// "wie X am Abend mitteilte", "comme l'a annoncé X", "como dijo X", "según informó X".
pub(super) fn passing(p: &Para<'_>, seg: &Segment, k: usize, words: usize) -> Option<Passing> {
    let from = k + words;
    let border = (from..seg.hi.min(from + PASSING))
        .find(|q| {
            here(p, seg, *q).is_some_and(|t| {
                matches!(
                    t.pos,
                    Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Colon | Pos::Dash
                ) || t.depth > seg.level
            })
        })
        .unwrap_or(seg.hi.min(from + PASSING));
    let reports = |q: &usize| {
        let t = &p.toks[*q];
        t.depth == seg.level
            && matches!(t.pos, Pos::Verb | Pos::Participle)
            && p.cue(*q).is_some_and(|c| {
                c.frames & (frame::QUOTE | frame::CLAUSE) != 0 || !c.particle.is_empty()
            })
    };
    if p.lexicon.language.verb_second() {
        // The verb stands last in its clause.
        let verb = (from..border).rev().take(2).find(reports)?;
        let start = adverbials(p, seg, from, verb);
        let who = right(p, seg, start)
            .filter(|s| voice(p, *s))
            .or_else(|| inside(p, seg, from))
            .filter(|s| s.end <= verb)?;
        return Some(Passing {
            who,
            verb,
            end: border,
        });
    }
    let verb = (from..border).take(8).find(reports)?;
    if (from..verb).any(|q| p.toks[q].is(class::THAT)) {
        return None;
    }
    // Verb and subject, or subject and verb.
    let before = left(p, seg, from, group_start(p, from, verb), false);
    let who = match before {
        Some(s) => s,
        None => {
            let at = adverbials(p, seg, verb + 1, border.max(verb + 1));
            right(p, seg, verb + 1)
                .or_else(|| right(p, seg, at))
                .or_else(|| inside(p, seg, verb + 1))?
        }
    };
    voice(p, who).then_some(Passing {
        who,
        verb,
        end: who.end.max(verb + 1),
    })
}

/// "aus den Akten", "en el sumario": the document that the preposition at `k` leads to.
fn inside(p: &Para<'_>, seg: &Segment, k: usize) -> Option<Phrase> {
    here(p, seg, k).filter(|t| t.pos == Pos::Preposition)?;
    right(p, seg, k + 1).filter(|s| {
        p.toks[s.start..s.end]
            .iter()
            .any(|t| t.is(class::DOCUMENT | class::DATASET | class::MEDIA))
    })
}

/// Where the pronouns and auxiliaries before the verb at `verb` begin.
fn group_start(p: &Para<'_>, from: usize, verb: usize) -> usize {
    let mut k = verb;
    while k > from
        && matches!(
            p.toks[k - 1].pos,
            Pos::Auxiliary | Pos::Pronoun | Pos::Not | Pos::Adverb
        )
    {
        k -= 1;
    }
    k
}

pub(super) fn as_said(
    p: &Para<'_>,
    seg: &Segment,
    k: usize,
    words: usize,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) -> Option<usize> {
    let led = k == seg.lo
        || matches!(
            p.toks[k - 1].pos,
            Pos::Comma | Pos::Dash | Pos::Open | Pos::Coordinator
        )
        || p.toks[k - 1].depth > seg.level;
    if !led {
        return None;
    }
    let told = passing(p, seg, k, words)?;
    let cue = Phrase {
        start: told.verb,
        end: told.verb + 1,
    };
    let mut f = found(seg, told.verb, "as-said", "the rest of the sentence");
    f.source = Some(told.who);
    f.cue = Some(cue);
    f.speech = true;
    if let Some(c) = p.cue(told.verb) {
        f.certainty = c.certainty;
        f.stance = match c.stance {
            Stance::Denies | Stance::Questions => c.stance,
            _ => Stance::Asserts,
        };
    }
    let floor = floor(seg, k, first, out);
    parts(p, &Segment { lo: floor, ..*seg }, k, told.end, &mut f);
    if f.content.is_empty() {
        return None;
    }
    f.place = Cow::Borrowed("the rest of the sentence");
    out.push(f);
    Some(told.end)
}
