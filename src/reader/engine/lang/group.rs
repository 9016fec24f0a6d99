//! The words around a reporting verb that belong to it, and the tone that they set.

use super::super::lexicon::{Cue, class, form, frame};
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use crate::core::vocabulary::{Certainty, Stance};

/// A reporting verb with its auxiliaries, negations and particle.
#[derive(Clone, Copy)]
pub(super) struct ReportingGroup {
    /// Its first token.
    pub start: usize,
    /// The verb that reports.
    pub verb: usize,
    /// The token behind its last, where content or subject may begin.
    pub end: usize,
    /// The finite word.
    pub finite: usize,
    pub cue: &'static Cue,
    pub negated: bool,
    /// "Was accused": who says so is not the subject.
    pub passive: bool,
    /// "Se dice", "s'assurer": with a pronoun for its own subject.
    pub reflexive: bool,
    /// Whether it hangs on another verb's subject ("…, ajoutant que").
    pub hanging: bool,
    /// A subject inside it: "a-t-il dit".
    pub inner: Option<Phrase>,
    pub certainty: Option<Certainty>,
    pub plural: bool,
    /// Where its clause begins and ends.
    pub lo: usize,
    pub hi: usize,
}

/// How far a group may reach, in tokens.
const REACH: usize = 40;

/// The group of the cue at `i`; none where the word reports nothing here.
pub(super) fn group(p: &Para<'_>, seg: &Segment, i: usize) -> Option<ReportingGroup> {
    let border = |t: Pos| {
        matches!(
            t,
            Pos::Comma | Pos::Colon | Pos::Semicolon | Pos::Dash | Pos::Subordinator | Pos::Stop
        )
    };
    let floor = i.saturating_sub(REACH).max(seg.lo);
    let lo = (floor..i)
        .rev()
        .find(|k| p.toks[*k].depth != seg.level || border(p.toks[*k].pos))
        .map_or(floor, |k| k + 1);
    let ceiling = seg.hi.min(i + REACH);
    let hi = (i + 1..ceiling)
        .find(|k| p.toks[*k].depth == seg.level && border(p.toks[*k].pos))
        .unwrap_or(ceiling);
    let cue = p.cue(i)?;
    let g = ReportingGroup {
        start: i,
        verb: i,
        end: i + 1,
        finite: i,
        cue,
        negated: false,
        passive: false,
        reflexive: false,
        hanging: false,
        inner: None,
        certainty: None,
        plural: false,
        lo,
        hi,
    };
    let mut g = if p.lexicon.language.verb_second() {
        second(p, seg, g)?
    } else {
        first(p, seg, g)?
    };
    let f = &p.toks[g.finite];
    let word = p.word(g.finite);
    g.plural = f.is(class::PLURAL) || word.ends_with(p.lexicon.language.plural_ending());
    // "a fait valoir": words that belong to the cue.
    let tail = p.tail(g.verb, g.cue)?;
    if tail > 0 {
        g.end = g.end.max(g.verb + 1 + tail);
    }
    (g.cue.frames != 0).then_some(g)
}

/// Verb groups of German: the finite word second, participle or infinitive and particle last.
fn second(p: &Para<'_>, seg: &Segment, mut g: ReportingGroup) -> Option<ReportingGroup> {
    use class::*;
    let i = g.verb;
    let t = &p.toks[i];
    let level = |k: &usize| p.toks[*k].depth == seg.level;
    let helper = (g.lo..i)
        .rev()
        .filter(level)
        .find(|k| p.toks[*k].pos == Pos::Auxiliary);
    let behind = here(p, seg, i + 1);
    let last =
        i + 1 >= g.hi || behind.is_none_or(|n| n.pos == Pos::Auxiliary || n.pos == Pos::Quote);
    let state = g.cue.frames & frame::STATE != 0;
    let tied = t.forms & (form::PARTICIPLE | form::BASE) != 0;
    if let Some(h) = helper.filter(|_| tied && (last || state)) {
        let aux = &p.toks[h];
        let has = !aux.is(BE) || aux.is(MODAL);
        if t.forms & form::PARTICIPLE != 0 || aux.is(MODAL) {
            g.passive =
                !has && !state || behind.is_some_and(|n| n.is(BE) && n.pos == Pos::Auxiliary);
            g.start = h;
            g.finite = h;
            g.cue = joined(p, i)?;
        } else {
            return None;
        }
    } else if state || t.forms & (form::THIRD | form::PAST) == 0 {
        return None;
    } else {
        g.cue = with_particle(p, seg, &g)?;
    }
    let from = g.finite;
    for k in (from..g.hi.max(i)).filter(level) {
        let n = &p.toks[k];
        if n.pos == Pos::Not {
            g.negated = true;
        }
        if g.certainty.is_none() && k != i && (n.pos == Pos::Adverb || k == g.finite) {
            g.certainty = hedge(n.class);
        }
    }
    if here(p, seg, g.end).is_some_and(|t| t.pos == Pos::Not) {
        g.end += 1;
    }
    Some(g)
}

/// The cue whose particle is written with the verb at `i`, or that has none.
fn joined(p: &Para<'_>, i: usize) -> Option<&'static Cue> {
    let word = p.word(i).to_lowercase();
    chain(p, i).find(|c| c.particle.is_empty() || word.starts_with(c.particle))
}

fn chain<'p>(p: &'p Para<'_>, i: usize) -> impl Iterator<Item = &'static Cue> + 'p {
    let mut next = p.toks[i].cue;
    (0..12).map_while(move |_| {
        let cue = p.lexicon.cue(next)?;
        next = cue.next;
        Some(cue)
    })
}

/// The cue that the verb and the particle at the end of its clause make together.
fn with_particle(p: &Para<'_>, seg: &Segment, g: &ReportingGroup) -> Option<&'static Cue> {
    let word = p.word(g.verb).to_lowercase();
    let last = (g.verb + 1..g.hi)
        .rev()
        .find(|k| p.toks[*k].depth == seg.level && p.toks[*k].pos != Pos::Quote)
        .map_or("", |k| p.word(k));
    // A particle that no cue has makes another verb of it: "schrieb … fest".
    let other = p.toks[g.verb + 1..g.hi.max(g.verb + 1)]
        .iter()
        .rfind(|t| t.depth == seg.level && t.pos != Pos::Quote)
        .is_some_and(|t| t.is(class::PARTICLE));
    let mut plain = None;
    for c in chain(p, g.verb) {
        if c.particle.is_empty() {
            plain = plain.or(Some(c));
        } else if last.eq_ignore_ascii_case(c.particle)
            || word.len() > c.particle.len() + 3 && word.starts_with(c.particle)
        {
            return Some(c);
        }
    }
    plain.filter(|_| !other)
}

/// Verb groups of French and Spanish: auxiliaries, pronouns and negations right before the verb, some behind it.
fn first(p: &Para<'_>, seg: &Segment, mut g: ReportingGroup) -> Option<ReportingGroup> {
    use class::*;
    let i = g.verb;
    let t = &p.toks[i];
    let mut k = i;
    let mut helped = false;
    let mut reflexive = false;
    let mut controlled = false;
    while k > g.lo && i - k < 12 {
        let b = here(p, seg, k - 1)?;
        match b.pos {
            Pos::Auxiliary => {
                if !helped && b.is(BE) && t.forms & form::PARTICIPLE != 0 {
                    g.passive = true;
                }
                helped = true;
                g.finite = k - 1;
                g.certainty = g.certainty.or_else(|| hedge(b.class));
                g.start = k - 1;
            }
            Pos::Not => {
                g.negated = true;
                g.start = k - 1;
            }
            Pos::Adverb => g.certainty = g.certainty.or_else(|| hedge(b.class)),
            // "Souchon nous rappelle": an object, since the subject stands before it.
            Pos::Pronoun
                if b.is(PERS)
                    && b.is(CLITIC)
                    && k >= 2
                    && here(p, seg, k - 2)
                        .is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Name)) =>
            {
                g.start = k - 1;
            }
            Pos::Pronoun if b.is(PERS) => {
                // "a-t-il": the pronoun hangs on the auxiliary before it.
                let tie = k >= 2 && here(p, seg, k - 2).is_some_and(|t| !t.spaced && t.is(CLITIC));
                if !tie || k < 3 {
                    break;
                }
                g.inner = Some(Phrase {
                    start: k - 1,
                    end: k,
                });
                k -= 1;
            }
            Pos::Pronoun if b.is(CLITIC) => {
                reflexive |= matches!(p.word(k - 1), "se" | "s'" | "s’");
                g.start = k - 1;
            }
            Pos::Preposition if !helped && k >= 2 && p.toks[k - 2].is(CONTROL) => {}
            _ if b.is(CONTROL) && !controlled && (t.pos == Pos::Infinitive || k < i) => {
                controlled = true;
                helped |= matches!(b.pos, Pos::Verb);
                g.negated |= b.is(NEGCONTROL);
                g.finite = k - 1;
                g.start = k - 1;
            }
            _ => break,
        }
        k -= 1;
    }
    g.reflexive = reflexive;
    if reflexive || g.cue.frames & frame::STATE != 0 {
        g.passive = false;
    }
    g.hanging = t.pos == Pos::Ing && !helped;
    let fits = match t.pos {
        Pos::Verb => true,
        Pos::Ing => true,
        Pos::Participle | Pos::Infinitive => helped || controlled,
        _ => false,
    };
    if !fits {
        return None;
    }
    // Behind it: "dit-elle", "ne dit pas".
    if here(p, seg, g.end).is_some_and(|t| !t.spaced && t.is(CLITIC))
        && here(p, seg, g.end + 1).is_some_and(|t| t.is(PERS))
    {
        g.inner = Some(Phrase {
            start: g.end + 1,
            end: g.end + 2,
        });
        g.end += 2;
    }
    while here(p, seg, g.end).is_some_and(|t| t.pos == Pos::Not) {
        g.negated = true;
        g.end += 1;
    }
    Some(g)
}

fn hedge(bits: u64) -> Option<Certainty> {
    if bits & class::HEDGE_POSSIBLE != 0 {
        Some(Certainty::Possible)
    } else if bits & class::HEDGE_PROBABLE != 0 {
        Some(Certainty::Probable)
    } else if bits & class::STRONG != 0 {
        Some(Certainty::Certain)
    } else {
        None
    }
}

/// Stance, certainty and negation that the group and its source express together.
pub(super) fn tone(
    p: &Para<'_>,
    g: &ReportingGroup,
    who: Option<Phrase>,
) -> (Stance, Certainty, bool) {
    let nobody = who.is_some_and(|s| p.toks[s.start].is(class::NEGSUBJ) && s.end - s.start <= 6);
    let negated = g.negated || nobody;
    let denial = g.cue.stance == Stance::Denies;
    let stance = match (g.cue.stance, negated) {
        (Stance::Asserts, true) if g.cue.frames & frame::RAISES != 0 => Stance::Denies,
        (Stance::Asserts | Stance::Denies, true) => Stance::None,
        (s, _) => s,
    };
    (
        stance,
        g.certainty.unwrap_or(g.cue.certainty),
        negated || denial,
    )
}

/// The words of the group that show the report: with its negation all of them, else the verb.
pub(super) fn cue_span(g: &ReportingGroup) -> Phrase {
    let start = if g.negated && g.inner.is_none() && g.verb - g.start < 8 {
        g.start
    } else {
        g.verb
    };
    Phrase {
        start,
        end: if g.inner.is_some() { g.verb + 1 } else { g.end },
    }
}
