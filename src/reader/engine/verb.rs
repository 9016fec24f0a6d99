//! Reporting verbs: "Oduya said that …", "…, said Oduya", "…, Oduya said, …", "denied …", "accused … of …".

mod behind;
mod content;
mod group;
mod object;
mod passive;
mod source;

use super::found::FoundAttribution;
use super::lexicon::{class, form, frame};
use super::para::{Para, Segment};
use super::phrase::{Phrase, phrase_right, subject_left};
use super::token::Pos;
use behind::*;
use content::*;
use group::*;
use object::*;
use passive::*;
use source::*;

pub(crate) use content::quote_end;
pub(crate) use group::group;
pub(crate) use source::{narrator, speaker, subject_of_verb};

/// "“Berries,” my father guessed", "“Love it,” beamed Ana Reyes": a quotation that ends with a comma takes any verb for
/// one of saying, where nothing but its subject stands beside it.
pub(crate) fn beside_quotation(
    p: &Para<'_>,
    seg: &Segment,
    i: usize,
    out: &mut Vec<FoundAttribution>,
) {
    let told = p.toks[i].forms & (form::PAST | form::THIRD) != 0;
    let comma = |k: usize| {
        k > 0
            && p.toks[k].depth > seg.level
            && p.toks[k].pos == Pos::Quote
            && p.toks[k - 1].pos == Pos::Comma
            || k > 0 && p.toks[k].pos == Pos::Comma && p.toks[k - 1].depth > seg.level
    };
    let known = p.cue(i).is_some_and(|c| c.frames & frame::QUOTE != 0);
    if !told || known || i < seg.lo + 3 {
        return;
    }
    let g = group(p, seg, i);
    if g.start != i || g.negated {
        return;
    }
    let stop = |k: usize| {
        k >= seg.hi
            || matches!(
                p.toks[k].pos,
                Pos::Comma
                    | Pos::Stop
                    | Pos::Preposition
                    | Pos::Subordinator
                    | Pos::Adverb
                    | Pos::Dash
            )
            || p.toks[k].is(class::PREP)
    };
    let who = if comma(i - 1) {
        let end = phrase_right(p, seg, i + 1);
        (end > i + 1 && stop(end)).then_some(FoundSource {
            phrase: Some(Phrase { start: i + 1, end }),
            inverted: true,
            front: i,
            after: end,
            participle: false,
        })
    } else {
        subject_left(p, seg, i)
            .filter(|s| s.start > seg.lo + 1 && comma(s.start - 1) && stop(i + 1) && voice(p, *s))
            .map(|s| FoundSource {
                phrase: Some(s),
                inverted: false,
                front: s.start,
                after: i + 1,
                participle: false,
            })
    };
    let Some(who) = who.filter(|w| w.phrase.is_some_and(|s| voice(p, s))) else {
        return;
    };
    let _ = active(p, seg, &g, &p.lexicon.quotative, who, out);
}

/// What the cue at `i` attributes, if it does. `out` holds what the segment gave from `first` on.
pub(crate) fn report(
    p: &Para<'_>,
    seg: &Segment,
    i: usize,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) {
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
