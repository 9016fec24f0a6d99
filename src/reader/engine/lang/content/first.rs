//! Content behind a French or Spanish verb.

use std::borrow::Cow;

use super::super::super::found::FoundAttribution;
use super::super::super::lexicon::{class, form, frame};
use super::super::super::para::{Para, Segment, here};
use super::super::super::phrase::Phrase;
use super::super::super::token::Pos;
use super::super::group::ReportingGroup;
use super::super::np::{adverbials, extent, voice};
use super::{asks, clause_end, marked, object, take};

/// French and Spanish.
pub(super) fn first(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    frames: u16,
    from: usize,
    f: &mut FoundAttribution,
) -> bool {
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
            t.pos == Pos::Infinitive || t.is(INFINITIVE) && !t.capital || t.forms & form::BASE != 0
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
fn accuse(p: &Para<'_>, seg: &Segment, from: usize, f: &mut FoundAttribution) -> bool {
    use class::*;
    let to = usize::from(here(p, seg, from).is_some_and(|t| t.is(PREP) && !t.is(LINK)));
    let end = extent_of_target(p, seg, from + to);
    let target = Phrase {
        start: from + to,
        end,
    };
    let charged = here(p, seg, end).is_some_and(|t| t.is(LINK));
    // A Spanish "a" before an object is a person's.
    let person = to == 1 || voice(p, target);
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
