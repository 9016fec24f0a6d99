//! Nouns that report: "der Vorwurf der Anwohner, dass …", "l'affirmation du maire selon laquelle …".

use super::super::found::FoundAttribution;
use super::super::lexicon::class;
use super::super::other::found;
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use super::content::clause_end;
use super::np::{extent, voice};
use crate::core::vocabulary::Stance;

/// What the noun at `i` attributes, if its holder and a clause follow.
pub(super) fn nominal(p: &Para<'_>, seg: &Segment, i: usize, out: &mut Vec<FoundAttribution>) {
    use class::*;
    if !matches!(p.toks[i].pos, Pos::Noun | Pos::Name) {
        return;
    }
    let german = p.lexicon.language.verb_second();
    let link = here(p, seg, i + 1);
    let from = match link {
        Some(t) if t.is(LINK) => i + 2,
        Some(t) if german && t.pos == Pos::Determiner => i + 1,
        _ => return,
    };
    let mut end = extent(p, seg, from);
    // "du maire de que": the last link belongs to the clause.
    if here(p, seg, end).is_some_and(|t| t.is(LINK)) && end > from {
        end += 1;
    }
    let close = end - usize::from(end > from && p.toks[end - 1].is(LINK));
    let who = Phrase {
        start: from,
        end: close,
    };
    if close <= from || !voice(p, who) {
        return;
    }
    let comma = usize::from(here(p, seg, end).is_some_and(|t| t.pos == Pos::Comma));
    let at = end + comma;
    let that = here(p, seg, at).is_some_and(|t| t.is(THAT)) && (!german || comma > 0);
    let which =
        super::phrases::names_source(p, at) && here(p, seg, at + 1).is_some_and(|t| t.is(REL));
    if !that && !which {
        return;
    }
    let mut stop = clause_end(p, seg, at);
    if german
        && let Some(c) =
            (at + 1..stop).find(|k| here(p, seg, *k).is_some_and(|t| t.pos == Pos::Comma))
        && here(p, seg, c + 1).is_some_and(|t| t.finite())
    {
        stop = c;
    }
    let start = i - usize::from(i > seg.lo && p.toks[i - 1].pos == Pos::Determiner);
    let mut f = found(seg, i, "noun-that", "the clause behind it");
    f.source = Some(who);
    f.cue = Some(Phrase { start, end: i + 1 });
    f.add(Phrase {
        start: at,
        end: stop,
    });
    if p.toks[i].is(DENIALNOUN) {
        f.stance = Stance::Denies;
        f.negated = true;
    }
    out.push(f);
}
