//! Reporting verbs: "Oduya said that …", "…, said Oduya", "…, Oduya said, …", "denied …", "accused … of …".

mod behind;
mod content;
mod group;
mod passive;
mod source;

use super::found::Found;
use super::lexicon::frame;
use super::para::{Para, Segment};
use super::phrase::phrase_right;
use super::token::Pos;
use behind::*;
use content::*;
use group::*;
use passive::*;
use source::*;

pub(crate) use content::quote_end;
pub(crate) use group::group;
pub(crate) use source::{narrator, speaker, subject_of_verb};

/// What the cue at `i` attributes, if it does. `out` holds what the segment gave from `first` on.
pub(crate) fn report(p: &Para<'_>, seg: &Segment, i: usize, first: usize, out: &mut Vec<Found>) {
    let t = &p.toks[i];
    if !matches!(
        t.pos,
        Pos::Verb | Pos::Infinitive | Pos::Ing | Pos::Participle
    ) {
        return;
    }
    let Some(cue) = p.cue(i) else { return };
    // "quoted … as saying" is found from "quoted".
    if t.pos == Pos::Ing
        && i > seg.lo + 1
        && p.is(i - 1, "as")
        && (seg.lo..i - 1)
            .rev()
            .take(14)
            .any(|k| p.cue(k).is_some_and(|c| c.lemma == "quote"))
    {
        return;
    }
    let g = group(p, seg, i);
    // "was quoted by the Herald as saying"
    let mut saying = i + 1;
    if g.passive && p.is(saying, "by") {
        saying = phrase_right(p, seg, saying + 1);
    }
    if p.is(saying, "as")
        && p.toks
            .get(saying + 1)
            .is_some_and(|n| n.pos == Pos::Ing && n.cue != 0)
        && g.passive
    {
        quoted_as(p, seg, &g, saying + 1, out);
        return;
    }
    if cue.frames & frame::RELAY != 0 {
        relay(p, seg, &g, cue, out);
        if cue.frames & !(frame::RELAY) == 0 {
            return;
        }
    }
    if g.passive {
        passive(p, seg, &g, cue, out);
        return;
    }
    let Some(who) = source(p, seg, &g, cue, &out[first..]) else {
        return;
    };
    // "Let's say": nobody has said it yet.
    if who
        .phrase
        .is_some_and(|s| s.end == s.start + 1 && p.word(s.start).starts_with(['\'', '’']))
    {
        return;
    }
    // "That said, …"
    if who
        .phrase
        .is_some_and(|s| s.end == s.start + 1 && p.is(s.start, "that"))
    {
        return;
    }
    // "it is reasonable to assume that": nobody in particular.
    let nobody = who
        .phrase
        .is_some_and(|s| s.end == s.start + 1 && (p.is(s.start, "it") || p.is(s.start, "there")));
    if g.infinitive && nobody {
        return;
    }
    let _ = active(p, seg, &g, cue, who, out);
}
