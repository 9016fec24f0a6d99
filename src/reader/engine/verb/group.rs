//! The words around a reporting verb that belong to it, and the tone that they set.

use super::super::lexicon::{Cue, class, form};
use super::super::para::{Para, Segment};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use crate::core::vocabulary::{Certainty, Stance};

/// The words around a verb that belong to it: auxiliaries, adverbs, negations, "declined to".
#[derive(Clone, Copy, Debug)]
pub(crate) struct VerbGroup {
    /// Its first token.
    pub start: usize,
    /// The verb that reports.
    pub verb: usize,
    pub negated: bool,
    pub passive: bool,
    /// Whether the verb or an auxiliary is finite.
    pub finite: bool,
    /// Whether a bare "to" stands before the verb.
    pub infinitive: bool,
    /// Whether it says that the source declines to ("declined to confirm").
    pub declined: bool,
    /// A hedge or a strong adverb among the words.
    pub certainty: Option<Certainty>,
}

/// The verb group that ends with the verb at `verb`.
pub(crate) fn group(p: &Para<'_>, seg: &Segment, verb: usize) -> VerbGroup {
    use class::*;
    let mut g = VerbGroup {
        start: verb,
        verb,
        negated: false,
        passive: false,
        finite: p.toks[verb].pos == Pos::Verb,
        infinitive: false,
        declined: false,
        certainty: None,
    };
    let mut near = true;
    let mut k = verb;
    while k > seg.lo && verb - k < 14 {
        let t = &p.toks[k - 1];
        if t.depth != seg.level {
            break;
        }
        match t.pos {
            Pos::Auxiliary => {
                if near
                    && t.is(BE)
                    && p.toks[verb].forms & form::PARTICIPLE != 0
                    && p.toks[verb].pos != Pos::Ing
                    && g.start == k
                {
                    g.passive = true;
                }
                near = near && t.is(BE) && !t.is(MODAL) && g.passive;
                if p.word(k - 1).ends_with("not") || t.is(NEG) {
                    g.negated = true;
                }
                g.finite = true;
                if g.certainty.is_none() {
                    g.certainty = hedge(t.class)
                }
            }
            Pos::Not => g.negated = true,
            Pos::Adverb => {
                if t.is(NEG) {
                    g.negated = true;
                }
                if g.certainty.is_none() {
                    g.certainty = hedge(t.class)
                }
                // An adverb that opens the sentence is not the verb's.
                if k - 1 == seg.lo || p.toks[k - 2].pos == Pos::Comma && t.is(ADV) && !g.finite {
                    break;
                }
            }
            Pos::To => {
                let control = k >= seg.lo + 2
                    && (p.toks[k - 2].is(CONTROL)
                        || p.toks[k - 2].is(AUX)
                        || lemma_control(p, k - 2));
                if !control {
                    g.infinitive = true;
                    break;
                }
                let c = &p.toks[k - 2];
                if c.is(NEGCONTROL) || negative_control(p, k - 2) {
                    g.negated = true;
                    g.declined = true;
                }
                g.finite = g.finite || c.pos == Pos::Verb || c.pos == Pos::Auxiliary;
                g.start = k - 2;
                near = false;
                k -= 2;
                continue;
            }
            _ => break,
        }
        k -= 1;
        g.start = k;
    }
    // An adverb at the group's start belongs to the sentence rather than the verb; the subject is sought beyond it anyway.
    g
}

pub(super) fn hedge(class: u64) -> Option<Certainty> {
    if class & class::HEDGE_POSSIBLE != 0 {
        Some(Certainty::Possible)
    } else if class & class::HEDGE_PROBABLE != 0 {
        Some(Certainty::Probable)
    } else if class & class::STRONG != 0 {
        Some(Certainty::Certain)
    } else {
        None
    }
}

/// Whether the verb at `k` takes an infinitive that another verb fills ("declined to", "tries to").
pub(super) fn lemma_control(p: &Para<'_>, k: usize) -> bool {
    let t = &p.toks[k];
    if t.forms == 0 {
        return false;
    }
    let w = p.word(k);
    [
        "declin", "refus", "want", "tr", "seem", "appear", "beg", "start", "continu", "lik",
        "need", "fail", "wish", "hop", "attempt", "hesitat", "intend", "plan", "manag", "go",
        "pledg",
    ]
    .iter()
    .any(|stem| {
        w.len() <= stem.len() + 4
            && w.get(..stem.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(stem))
    })
}

pub(super) fn negative_control(p: &Para<'_>, k: usize) -> bool {
    let w = p.word(k);
    ["declin", "refus", "fail", "hesitat"].iter().any(|stem| {
        w.get(..stem.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(stem))
    })
}

/// The stance and the rest that a cue and its group express together.
pub(super) struct Tone {
    pub(super) stance: Stance,
    pub(super) certainty: Certainty,
    pub(super) negated: bool,
}

pub(super) fn tone(
    p: &Para<'_>,
    g: &VerbGroup,
    cue: &Cue,
    who: Option<Phrase>,
    front: usize,
) -> Tone {
    use class::*;
    let mut negated = g.negated;
    if let Some(s) = who {
        let first = &p.toks[s.start];
        negated |= first.is(NEGSUBJ) && s.end - s.start <= 6 || first.is(NEG) && first.is(DET);
    }
    if front > 0 {
        // "Don't you think", "Nor did she realise".
        let b = &p.toks[front - 1];
        let back = front.saturating_sub(3);
        if b.pos == Pos::Auxiliary || b.pos == Pos::Not {
            negated |= p.toks[back..front]
                .iter()
                .any(|t| t.pos == Pos::Not || t.is(NEG) && t.is(COORD));
        }
    }
    let denial = cue.stance == Stance::Denies;
    let stance = match (cue.stance, negated) {
        (Stance::Denies, true) if !g.declined && !denial => Stance::Denies,
        (Stance::Denies, true) => Stance::None,
        (Stance::Asserts, true) if raises(cue) => Stance::Denies,
        (Stance::Asserts, true) => Stance::None,
        (s, _) => s,
    };
    Tone {
        stance,
        certainty: g.certainty.unwrap_or(cue.certainty),
        negated: negated || denial,
    }
}

/// Whether a negation of the cue is one of its content: "do not think that it is" says that it is not.
pub(super) fn raises(cue: &Cue) -> bool {
    matches!(
        cue.lemma,
        "think"
            | "believe"
            | "expect"
            | "suppose"
            | "guess"
            | "imagine"
            | "feel"
            | "anticipate"
            | "reckon"
    )
}

pub(super) fn cue_span(p: &Para<'_>, g: &VerbGroup, cue: &Cue) -> Phrase {
    let start = if g.negated || g.declined || g.passive {
        g.start
    } else {
        g.verb
    };
    Phrase {
        start,
        end: g.verb + 1 + p.tail(g.verb, cue).unwrap_or(0),
    }
}
