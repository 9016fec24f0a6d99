//! Content that is the object of the cue: whom it accuses, what it denies, quotes or makes known.

use std::borrow::Cow;

use super::super::clause::{clause_end, trim};
use super::super::found::FoundAttribution;
use super::super::lexicon::{Cue, class, form, frame};
use super::super::para::{Para, Segment, here};
use super::super::phrase::{Phrase, phrase_right};
use super::super::quote::titled;
use super::super::token::Pos;
use super::*;
use crate::core::vocabulary::Stance;

/// Whom the verb accuses, from token `j`: whether it accuses them; none where nobody stands there.
pub(super) fn accused(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
    j: usize,
    finite: bool,
) -> Option<bool> {
    let here = |k: usize| here(p, seg, k);
    if cue.frames & frame::ACCUSE != 0
        && (finite || who.participle && p.toks[found.at].pos == Pos::Ing)
        && here(j).is_some_and(|t| {
            t.nominal() || matches!(t.pos, Pos::Determiner | Pos::Adjective | Pos::Ing)
        })
    {
        let np = phrase_right(p, seg, j);
        if np > j {
            let charged = matches!(p.word(np), "of" | "for" | "as" | "over" | "with");
            if !charged && !(finite && who.phrase.is_some_and(|s| named(p, s))) {
                return Some(false);
            }
            if !(np == j + 1 && p.is(j, "it")) {
                found.about = Some(Phrase {
                    start: j,
                    end: trim(p, seg, j, np),
                });
            }
            let charge = take(
                p,
                seg,
                found,
                j,
                "verb-accuse",
                "whom it accuses and of what",
            ) || {
                found.add(Phrase { start: j, end: np });
                found.rule = "verb-accuse";
                found.place = Cow::Borrowed("whom it is about");
                true
            };
            return Some(charge);
        }
    }
    None
}

/// What the verb denies, quotes, makes known or saw done, from token `j`.
pub(super) fn object(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
    j: usize,
    finite: bool,
) -> bool {
    use class::*;
    let here = |k: usize| here(p, seg, k);
    // "Witnesses reported hearing shots."
    let witnessed = matches!(
        cue.lemma,
        "report" | "describe" | "recall" | "recount" | "admit"
    );
    if witnessed
        && finite
        && who.phrase.is_some_and(|s| voice(p, s))
        && here(j).is_some_and(|t| t.forms & form::ING != 0)
        && here(j + 1).is_some_and(|t| t.pos != Pos::Noun)
    {
        return take(p, seg, found, j, "verb-object", "its object");
    }
    if cue.frames & frame::OBJECT != 0 && cue.frames & frame::MENTAL == 0 {
        let k = called(p, seg, found, j);
        let object = here(k).is_some_and(|t| {
            (t.nominal()
                || matches!(
                    t.pos,
                    Pos::Determiner | Pos::Adjective | Pos::Ing | Pos::Participle
                ))
                && !(t.is(TIME) && t.is(ADV) || t.is(WEEKDAY))
                || t.forms & form::ING != 0
        }) || p
            .toks
            .get(k)
            .is_some_and(|t| k < seg.hi && t.depth > seg.level);
        if object && weighty(p, seg, found, who, cue, k, finite) {
            // "He denies theft."
            if p.toks[k].nominal() && clause_end(p, seg, k, seg.hi) == k + 1 {
                found.add(Phrase {
                    start: k,
                    end: k + 1,
                });
                found.rule = "verb-object";
                found.place = Cow::Borrowed("what is denied");
                return true;
            }
            return take(
                p,
                seg,
                found,
                k,
                "verb-object",
                if found.stance == Stance::Denies {
                    "what is denied"
                } else {
                    "its object"
                },
            );
        }
    }
    false
}

/// The object behind what it is called: "dismissed as nonsense a report that"; `j` where nothing is called anything.
fn called(p: &Para<'_>, seg: &Segment, found: &FoundAttribution, j: usize) -> usize {
    if found.stance != Stance::Denies || !p.is(j, "as") {
        return j;
    }
    let object = |k: &usize| {
        let t = &p.toks[*k];
        t.depth == seg.level
            && (t.pos == Pos::Determiner || t.is(class::SPEECHNOUN))
            && t.pos != Pos::Quote
    };
    (j + 2..seg.hi.min(j + 8)).find(object).unwrap_or(j)
}

/// Whether an object can be taken for what somebody says: something denied, taken back, quoted, or a plan made known.
pub(super) fn weighty(
    p: &Para<'_>,
    seg: &Segment,
    found: &FoundAttribution,
    who: &FoundSource,
    cue: &Cue,
    from: usize,
    finite: bool,
) -> bool {
    use class::*;
    let end = clause_end(p, seg, from, seg.hi);
    let inside = || {
        p.toks[from..end]
            .iter()
            .filter(|t| t.depth > seg.level && t.pos != Pos::Quote)
    };
    // "called the plan “heartless”": one word can be a judgement.
    let judged = naming(cue)
        && finite
        && who.phrase.is_some_and(|s| voice(p, s))
        && inside().next().is_some_and(|t| !t.capital);
    let quoted = inside().count() >= if judged { 1 } else { 2 } && !titles(p, from..end);
    let ing = p.toks[found.at].pos == Pos::Ing && who.participle;
    if quoted && (finite || ing) {
        return true;
    }
    // "denied Washington's claims", "rejected accusations that", "denied taking part".
    let person = who
        .phrase
        .is_some_and(|s| named(p, s) || p.toks[s.start].is(PERS) && !p.is(s.start, "it"));
    // "could not verify the report"
    if found.negated
        && matches!(
            cue.lemma,
            "verify" | "confirm" | "corroborate" | "substantiate" | "authenticate"
        )
    {
        let said = p.toks[from..end]
            .iter()
            .take(6)
            .any(|t| t.is(SPEECHNOUN | DOCUMENT));
        return said && finite && who.phrase.is_some_and(|s| voice(p, s));
    }
    let hard = matches!(cue.stance, Stance::Denies | Stance::Retracts);
    if hard {
        let said = p.toks[from..end]
            .iter()
            .any(|t| t.is(SPEECHNOUN | DOCUMENT))
            || p.toks[from].forms & form::ING != 0;
        return person && (finite || ing) && (said || matches!(cue.lemma, "deny" | "retract"));
    }
    // "admitted taking bribes", "recalled having seen her"
    if p.toks[from].forms & form::ING != 0 {
        return person
            && (finite || ing)
            && matches!(
                cue.lemma,
                "admit" | "recall" | "acknowledge" | "confess" | "concede" | "regret"
            );
    }
    let plan = p.toks[from..end].iter().take(10).any(|t| t.pos == Pos::To);
    finite
        && plan
        && who.phrase.is_some_and(|s| named(p, s))
        && matches!(
            cue.lemma,
            "announce"
                | "reveal"
                | "disclose"
                | "unveil"
                | "confirm"
                | "outline"
                | "propose"
                | "predict"
                | "detail"
        )
}

/// Whether the verb gives its object a name or a judgement: a single quoted word is one.
fn naming(cue: &Cue) -> bool {
    matches!(
        cue.lemma,
        "call"
            | "label"
            | "brand"
            | "term"
            | "describe"
            | "characterize"
            | "characterise"
            | "denounce"
            | "dismiss"
            | "condemn"
            | "hail"
            | "praise"
    )
}

/// Whether all that is quoted in `range` are titles and names.
fn titles(p: &Para<'_>, range: std::ops::Range<usize>) -> bool {
    let first = p.quotes.partition_point(|q| q.open < range.start);
    let mut inside = p.quotes[first..]
        .iter()
        .take_while(|q| q.open < range.end)
        .filter(|q| q.depth == 1)
        .peekable();
    inside.peek().is_some() && inside.all(|q| titled(&p.toks[q.open..q.end]))
}
