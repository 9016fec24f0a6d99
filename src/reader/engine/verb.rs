//! Reporting verbs: "Oduya said that …", "…, said Oduya", "…, Oduya said, …", "denied …", "accused … of …".

use std::borrow::Cow;

use super::clause::{clause_end, clause_start, is_clause, skip_adverbials, trim};
use super::found::Found;
use super::lexicon::{Cue, class, form, frame};
use super::para::{Para, Segment};
use super::phrase::{Phrase, phrase_right, subject_left};
use super::token::Pos;
use crate::core::vocabulary::{Certainty, Stance};

/// The words around a verb that belong to it: auxiliaries, adverbs, negations, "declined to".
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
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
pub(crate) fn group(p: &Para<'_>, seg: &Segment, verb: usize) -> Group {
    use class::*;
    let mut g = Group {
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

fn hedge(class: u64) -> Option<Certainty> {
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
fn lemma_control(p: &Para<'_>, k: usize) -> bool {
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

fn negative_control(p: &Para<'_>, k: usize) -> bool {
    let w = p.word(k);
    ["declin", "refus", "fail", "hesitat"].iter().any(|stem| {
        w.get(..stem.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(stem))
    })
}

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
    if cue.frames & frame::OUT != 0 && !p.is(i + 1, "out") {
        return;
    }
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
    if p.is(i + 1, "as")
        && p.toks
            .get(i + 2)
            .is_some_and(|n| n.pos == Pos::Ing && n.cue != 0)
        && g.passive
    {
        quoted_as(p, seg, &g, out);
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

/// The last voice that segment `seg` lets speak, with its cue: for a content that stands in the next block.
pub(crate) fn speaker(p: &Para<'_>, seg: &Segment) -> Option<(Phrase, Phrase)> {
    (seg.lo..seg.hi).rev().find_map(|i| {
        let t = &p.toks[i];
        let cue = p
            .cue(i)
            .filter(|c| c.frames & frame::QUOTE != 0 && c.frames & frame::MENTAL == 0)?;
        if t.depth > 0 || !matches!(t.pos, Pos::Verb | Pos::Participle | Pos::Ing) {
            return None;
        }
        let g = group(p, seg, i);
        let who = source(p, seg, &g, cue, &[]).filter(|w| !w.inverted && !g.passive)?;
        Some((who.phrase?, cue_span(&g, cue)))
    })
}

/// The source of a cue and how it was found.
#[derive(Clone, Copy)]
struct Who {
    phrase: Option<Phrase>,
    inverted: bool,
    /// The first token of source and verb group together.
    front: usize,
    /// The token behind both.
    after: usize,
    participle: bool,
}

fn source(p: &Para<'_>, seg: &Segment, g: &Group, cue: &Cue, so_far: &[Found]) -> Option<Who> {
    use class::*;
    let i = g.verb;
    let after = i + 1 + usize::from(cue.frames & frame::OUT != 0);
    let t = &p.toks[i];
    let prev = g
        .start
        .checked_sub(1)
        .filter(|k| *k >= seg.lo || *k + 1 == seg.lo)
        .map(|k| p.toks[k]);
    let quoted = prev.is_some_and(|b| b.depth > seg.level);
    // "…," said Oduya.
    if g.start == i && t.forms & (form::PAST | form::THIRD) != 0 && cue.frames & frame::QUOTE != 0 {
        let comma =
            prev.is_some_and(|b| matches!(b.pos, Pos::Comma | Pos::Dash)) && g.start > seg.lo + 1;
        let behind_quote = quoted || comma && p.toks[g.start - 2].depth > seg.level;
        if behind_quote
            || comma
                && cue.frames & frame::CLAUSE != 0
                && cue.frames & (frame::OBJECT | frame::MENTAL) == 0
        {
            let end = phrase_right(p, seg, after);
            let stops = end >= seg.hi
                || matches!(
                    p.toks[end].pos,
                    Pos::Comma
                        | Pos::Stop
                        | Pos::Colon
                        | Pos::Semicolon
                        | Pos::Preposition
                        | Pos::Adverb
                        | Pos::To
                        | Pos::Subordinator
                        | Pos::Ing
                        | Pos::Dash
                        | Pos::Relative
                        | Pos::Quote
                        | Pos::Coordinator
                        | Pos::Close
                )
                || p.toks[end].is(TIME);
            let stops = stops
                && (behind_quote
                    || end >= seg.hi
                    || matches!(p.toks[end].pos, Pos::Comma | Pos::Stop | Pos::Semicolon)
                    || p.toks[end].is(TIME | PREP));
            if end > after && stops && !p.toks[after].is(OBJ) | p.toks[after].is(PERS) {
                return Some(Who {
                    phrase: Some(Phrase { start: after, end }),
                    inverted: true,
                    front: g.start,
                    after: end,
                    participle: false,
                });
            }
        }
    }
    let bare_ing = t.pos == Pos::Ing && !g.finite;
    if g.finite && !g.infinitive {
        // "Do you think", "Nor did she realise": the subject stands between auxiliary and verb.
        if let Some(s) = subject_left(p, seg, g.start) {
            return Some(Who {
                phrase: Some(s),
                inverted: false,
                front: s.start.min(g.start),
                after,
                participle: false,
            });
        }
        // "and said" behind a report that ends there: its speaker goes on.
        let border = g.start.saturating_sub(1);
        if prev.is_some_and(|b| b.pos == Pos::Coordinator)
            && let Some(f) = so_far.iter().find(|f| {
                f.source.is_some()
                    && f.level == seg.level
                    && f.content
                        .iter()
                        .any(|c| c.end == border || c.end + 1 == border)
            })
        {
            return Some(Who {
                phrase: f.source,
                inverted: false,
                front: g.start,
                after,
                participle: true,
            });
        }
        // "and said", ", denied": the subject is the one of the verb before.
        if prev.is_some_and(|b| matches!(b.pos, Pos::Coordinator | Pos::Comma)) || g.start == seg.lo
        {
            let s = verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))?;
            return Some(Who {
                phrase: Some(s),
                inverted: false,
                front: g.start,
                after,
                participle: true,
            });
        }
        return None;
    }
    if t.pos == Pos::Infinitive && !g.infinitive || t.pos == Pos::Verb {
        // A base form behind a pronoun in a question: "Do you think".
        let s = subject_left(p, seg, g.start)?;
        return Some(Who {
            phrase: Some(s),
            inverted: false,
            front: s.start,
            after,
            participle: false,
        });
    }
    if bare_ing {
        let here = |s: Phrase| {
            Some(Who {
                phrase: Some(s),
                inverted: false,
                front: g.start,
                after,
                participle: true,
            })
        };
        match prev {
            // ", saying that": the subject of the main verb; at the start of a sentence that of the clause behind.
            Some(b)
                if b.depth == seg.level
                    && (b.nominal() && !b.is(PERS))
                    && cue.frames & frame::MENTAL == 0 =>
            {
                // "a message stating", "with one poster writing".
                let s = subject_left(p, seg, g.start)?;
                return here(s);
            }
            Some(b)
                if b.pos == Pos::Comma
                    && so_far.iter().any(|f| {
                        f.source.is_some() && f.content.iter().any(|c| c.end + 1 == g.start)
                    }) =>
            {
                // The speaker of the report that this comma ends goes on: "…, criticising it as".
                let f = so_far.iter().find(|f| {
                    f.source.is_some() && f.content.iter().any(|c| c.end + 1 == g.start)
                })?;
                return here(f.source?);
            }
            Some(b)
                if b.depth > seg.level
                    || matches!(
                        b.pos,
                        Pos::Comma
                            | Pos::Coordinator
                            | Pos::Preposition
                            | Pos::Subordinator
                            | Pos::Dash
                            | Pos::Not
                            | Pos::Adverb
                            | Pos::Pronoun
                    )
                    || g.start == seg.lo =>
            {
                if let Some(s) =
                    verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))
                {
                    return here(s);
                }
                if let Some(f) = so_far
                    .iter()
                    .rev()
                    .find(|f| f.at >= seg.lo && f.source.is_some())
                {
                    return here(f.source?);
                }
                return Some(Who {
                    phrase: None,
                    inverted: false,
                    front: g.start,
                    after,
                    participle: true,
                })
                .filter(|_| cue.frames & frame::MENTAL == 0);
            }
            _ => return None,
        }
    }
    if t.pos == Pos::Participle && !g.finite {
        return None;
    }
    // An infinitive: the subject of the verb that it hangs on.
    let s = verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))?;
    Some(Who {
        phrase: Some(s),
        inverted: false,
        front: g.start,
        after,
        participle: true,
    })
}

/// The nearest finite verb before `end` on the segment's level.
fn verb_before(p: &Para<'_>, seg: &Segment, end: usize) -> Option<usize> {
    let from = end.saturating_sub(45).max(seg.lo);
    (from..end)
        .rev()
        .find(|k| p.toks[*k].depth == seg.level && p.toks[*k].finite())
}

/// The subject of the finite verb at `verb`, going on to the left where verbs share one ("came and said").
pub(crate) fn subject_of_verb(p: &Para<'_>, seg: &Segment, verb: usize) -> Option<Phrase> {
    let mut v = verb;
    for _ in 0..4 {
        let g = group(p, seg, v);
        if let Some(s) = subject_left(p, seg, g.start) {
            return Some(s);
        }
        v = verb_before(p, seg, g.start)?;
    }
    None
}

/// The stance and the rest that a cue and its group express together.
struct Tone {
    stance: Stance,
    certainty: Certainty,
    negated: bool,
}

fn tone(p: &Para<'_>, g: &Group, cue: &Cue, who: Option<Phrase>, front: usize) -> Tone {
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
fn raises(cue: &Cue) -> bool {
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

fn cue_span(g: &Group, cue: &Cue) -> Phrase {
    let start = if g.negated || g.declined || g.passive {
        g.start
    } else {
        g.verb
    };
    Phrase {
        start,
        end: g.verb + 1 + usize::from(cue.frames & frame::OUT != 0),
    }
}

fn active(
    p: &Para<'_>,
    seg: &Segment,
    g: &Group,
    cue: &Cue,
    who: Who,
    out: &mut Vec<Found>,
) -> Option<()> {
    let tone = tone(p, g, cue, who.phrase, who.front);
    let mut found = Found {
        source: who.phrase,
        cue: Some(cue_span(g, cue)),
        content: Vec::new(),
        about: None,
        at: g.verb,
        level: seg.level,
        stance: tone.stance,
        certainty: tone.certainty,
        negated: tone.negated,
        rule: "verb",
        place: Cow::Borrowed(""),
        speech: cue.frames & frame::QUOTE != 0 && cue.frames & frame::MENTAL == 0,
    };
    let done = through_relative(p, seg, cue, &who, &mut found)
        || quoted(p, seg, cue, &who, &mut found)
        || beside(p, seg, cue, &who, &mut found)
        || right(p, seg, cue, &who, &mut found);
    if done && !found.content.is_empty() {
        out.push(found);
    }
    Some(())
}

/// A quotation right before or behind source and cue.
fn quoted(p: &Para<'_>, seg: &Segment, cue: &Cue, who: &Who, found: &mut Found) -> bool {
    if cue.frames & (frame::QUOTE | frame::OBJECT | frame::ACCUSE) == 0 {
        return false;
    }
    let deep = |k: usize| p.toks.get(k).is_some_and(|t| t.depth > seg.level);
    let front = who.front;
    // Before: directly, or with a comma outside.
    let mut before = front.checked_sub(1).filter(|k| deep(*k));
    if before.is_none() && front >= 2 && p.toks[front - 1].pos == Pos::Comma && deep(front - 2) {
        before = Some(front - 2);
    }
    let next = who.after;
    let at_end = next >= seg.hi
        || matches!(
            p.toks[next].pos,
            Pos::Stop | Pos::Comma | Pos::Colon | Pos::Dash | Pos::Semicolon | Pos::Quote
        );
    if let Some(b) = before.filter(|b| *b >= seg.lo || at_end || who.inverted) {
        if cue.frames & frame::QUOTE != 0 && !(who.participle && !at_end && b + 1 < front) {
            let open = (0..=b).rev().take_while(|k| deep(*k)).last().unwrap_or(b);
            let open = if seg.level == 0 {
                p.quote_at(b).map_or(open, |q| q.open)
            } else {
                open
            };
            let ended = matches!(p.toks[b].pos, Pos::Quote)
                && b > open
                && matches!(p.toks[b - 1].pos, Pos::Comma | Pos::Stop)
                || p.toks[front - 1].pos == Pos::Comma
                || at_end
                || who.inverted;
            if ended {
                let start = if open > seg.lo {
                    clause_start(p, seg, open)
                } else {
                    open
                };
                // The words before a partial quotation belong to the content too, unless they report themselves.
                let start = if start < open
                    && p.toks[start..open]
                        .iter()
                        .any(|t| t.cue != 0 && t.pos == Pos::Verb && t.depth == seg.level)
                {
                    open
                } else {
                    start
                };
                found.add(Phrase { start, end: b + 1 });
                found.place = Cow::Borrowed("the quotation before it");
                found.rule = if who.inverted {
                    "quote-inverted"
                } else {
                    "quote-before"
                };
                // Split around the cue: "…," he said, "…".
                let k = skip_adverbials(p, seg, next);
                if k < seg.hi && p.toks[k].pos == Pos::Comma && deep(k + 1) {
                    let end = quote_end(p, seg, k + 1);
                    found.add(Phrase { start: k + 1, end });
                    found.rule = "quote-split";
                    found.place = Cow::Borrowed("the quotation around it");
                }
                return true;
            }
        }
    }
    if cue.frames & frame::QUOTE == 0 || who.inverted {
        return false;
    }
    // Behind: he said, "…"; he told reporters on Friday: "…".
    let mut k = skip_adverbials(p, seg, next);
    if !deep(k) && cue.frames & frame::ADDRESSEE != 0 && k < seg.hi && p.toks[k].pos != Pos::Comma {
        k = skip_adverbials(p, seg, phrase_right(p, seg, k));
    }
    let direct = k == next;
    let marked = k < seg.hi && matches!(p.toks[k].pos, Pos::Comma | Pos::Colon);
    if marked {
        k += 1;
        // "said, in a statement, "…""
        if !deep(k) && p.toks[k - 1].pos == Pos::Comma {
            let z = skip_adverbials(p, seg, k);
            if z > k && z < seg.hi && p.toks[z].pos == Pos::Comma && deep(z + 1) {
                k = z + 1;
            }
        }
    }
    if !deep(k) || k >= p.toks.len() || k >= seg.hi && !marked {
        return false;
    }
    let end = quote_end(p, seg, k);
    if !marked && end - k < 5 && !direct {
        return false;
    }
    let rest = end < seg.hi && !matches!(p.toks[end].pos, Pos::Stop | Pos::Comma | Pos::Semicolon);
    let end = if rest && !p.toks[end - 2].pos.eq(&Pos::Stop) {
        clause_end(p, seg, k, seg.hi)
    } else {
        end
    };
    found.add(Phrase {
        start: k,
        end: end.max(k + 1),
    });
    found.rule = "quote-behind";
    found.place = Cow::Borrowed("the quotation behind it");
    true
}

/// Where the quotation that token `k` opens ends.
pub(crate) fn quote_end(p: &Para<'_>, seg: &Segment, k: usize) -> usize {
    if seg.level == 0 {
        if let Some(q) = p.quote_at(k) {
            return q.end;
        }
    }
    (k..p.toks.len())
        .find(|q| p.toks[*q].depth <= seg.level)
        .unwrap_or(p.toks.len())
}

/// Content on the left or on both sides: "…, Oduya said.", "The bridge, he says, leaks.", "As Pell told us, …".
fn beside(p: &Para<'_>, seg: &Segment, cue: &Cue, who: &Who, found: &mut Found) -> bool {
    use class::*;
    if cue.frames & (frame::CLAUSE | frame::QUOTE) == 0 || who.participle || who.front <= seg.lo {
        return false;
    }
    let front = who.front;
    let mut next = skip_adverbials(p, seg, who.after);
    let told = cue.frames & frame::ADDRESSEE != 0
        && next < seg.hi
        && p.toks[next].depth == seg.level
        && p.toks[next].pos != Pos::Comma
        && !matches!(p.toks[next].pos, Pos::Relative | Pos::Stop);
    if told {
        let after = skip_adverbials(p, seg, phrase_right(p, seg, next));
        if after >= seg.hi || matches!(p.toks[after].pos, Pos::Stop | Pos::Comma) {
            next = after
        }
    }
    let ends = next >= seg.hi
        || p.toks[next].pos == Pos::Stop && p.toks[next].depth == seg.level && next + 2 >= seg.hi
        || p.toks[next].pos == Pos::Semicolon;
    let comma = !ends && p.toks[next].pos == Pos::Comma;
    let before = &p.toks[front - 1];
    if p.is(front - 1, "as")
        && (front - 1 == seg.lo || p.toks[front - 2].pos == Pos::Comma)
        && (ends || comma)
    {
        found.rule = "as-said";
        if front - 1 == seg.lo && comma {
            found.add(Phrase {
                start: next + 1,
                end: clause_end(p, seg, next + 1, seg.hi),
            });
            found.place = Cow::Borrowed("the clause behind it");
        } else {
            let start = clause_start(p, seg, front - 1);
            if !has_verb(
                p,
                Phrase {
                    start,
                    end: front - 1,
                },
            ) {
                return false;
            }
            found.add(Phrase {
                start,
                end: trim(p, seg, start, front - 1),
            });
            found.place = Cow::Borrowed("the clause before it");
        }
        return true;
    }
    if !matches!(before.pos, Pos::Comma | Pos::Dash) || before.depth > seg.level {
        // "The bridge I think leaks": rare in writing, common in speech; not taken.
        return false;
    }
    if !(ends || comma) || p.toks[who.after.min(p.toks.len() - 1)].is(REL) && who.after < seg.hi {
        return false;
    }
    // What speakers put in while they talk, and verbs that only come last in a clause of their own.
    let group = &p.toks[who.front..found.at.max(who.front)];
    if matches!(
        cue.lemma,
        "know"
            | "mean"
            | "see"
            | "inform"
            | "learn"
            | "remember"
            | "continue"
            | "convince"
            | "teach"
            | "notice"
            | "figure"
            | "ask"
    ) || group.iter().any(|t| t.pos == Pos::To)
        || p.toks[found.at].pos == Pos::Ing
    {
        return false;
    }
    let start = clause_start(p, seg, front - 1);
    let left = Phrase {
        start,
        end: trim(p, seg, start, front - 1),
    };
    if left.end <= left.start {
        return false;
    }
    if ends {
        if !has_verb(p, left) {
            return false;
        }
        found.add(left);
        found.rule = "verb-tail";
        found.place = Cow::Borrowed("the clause before it");
        return true;
    }
    // Both sides.
    let end = clause_end(p, seg, next + 1, seg.hi);
    let filler = matches!(cue.lemma, "know" | "see" | "mean" | "remember")
        || !is_finite_near(p, next + 1, end) && !has_verb(p, left);
    if filler || end <= next + 1 {
        return false;
    }
    // A subordinate clause alone on the left belongs to the author: "When he came, he said, …" is rare; keep both.
    found.add(left);
    found.add(Phrase {
        start: next + 1,
        end,
    });
    found.rule = "verb-inside";
    found.place = Cow::Borrowed("the clause around it");
    true
}

/// "which he stressed was not a breach": the relative word is the subject of what is said.
fn through_relative(p: &Para<'_>, seg: &Segment, cue: &Cue, who: &Who, found: &mut Found) -> bool {
    let Some(s) = who
        .phrase
        .filter(|s| !who.inverted && !who.participle && s.start > seg.lo)
    else {
        return false;
    };
    let relative = s.start - 1;
    let opens = p.toks[relative].depth == seg.level
        && matches!(p.word(relative), "which" | "who" | "that")
        && cue.frames & frame::CLAUSE != 0;
    if !opens || who.after >= seg.hi || !p.toks[who.after].finite() {
        return false;
    }
    found.add(Phrase {
        start: relative,
        end: s.start,
    });
    found.add(Phrase {
        start: who.after,
        end: clause_end(p, seg, who.after, seg.hi),
    });
    found.rule = "verb-relative";
    found.place = Cow::Borrowed("the relative clause around it");
    true
}

fn has_verb(p: &Para<'_>, part: Phrase) -> bool {
    p.toks[part.start..part.end]
        .iter()
        .any(|t| t.finite() || t.pos == Pos::Participle)
}

fn is_finite_near(p: &Para<'_>, from: usize, to: usize) -> bool {
    p.toks[from.min(to)..to]
        .iter()
        .take(14)
        .any(|t| t.finite() || t.depth > 0)
}

/// Content to the right: a clause, a question, an infinitive, an object.
fn right(p: &Para<'_>, seg: &Segment, cue: &Cue, who: &Who, found: &mut Found) -> bool {
    use class::*;
    let f = cue.frames;
    let mental = f & frame::MENTAL != 0;
    if who.inverted && who.after < seg.hi && p.toks[who.after].pos != Pos::Relative {
        return false;
    }
    let mut j = who.after;
    if j < seg.hi && matches!(p.toks[j].pos, Pos::Colon) {
        j += 1;
    }
    let here = |k: usize| p.toks.get(k).filter(|t| k < seg.hi && t.depth == seg.level);
    let that = |k: usize| here(k).is_some() && p.is(k, "that");
    let question = |k: usize| {
        here(k).is_some_and(|t| {
            t.is(WH) && (t.pos == Pos::Relative || t.is(SUB)) && !p.is(k, "when") | !mental
        })
    };
    let take = |found: &mut Found, from: usize, rule: &'static str, place: &'static str| {
        let end = clause_end(p, seg, from, seg.hi);
        if end < from + 2 {
            return false;
        }
        found.add(Phrase { start: from, end });
        found.rule = rule;
        found.place = Cow::Borrowed(place);
        true
    };
    if f & (frame::THAT | frame::CLAUSE) != 0 {
        // "said on Friday that", "told the court, in tears, that".
        let mut k = skip_adverbials(p, seg, j);
        if f & frame::ADDRESSEE != 0
            && !that(k)
            && here(k)
                .is_some_and(|t| t.nominal() || t.pos == Pos::Determiner || t.pos == Pos::Adjective)
        {
            let np = phrase_right(p, seg, k);
            let end = skip_adverbials(p, seg, np);
            let to = if end < seg.hi && p.toks[end].pos == Pos::Comma {
                end + 1
            } else {
                end
            };
            let person = np == k + 1 && p.toks[k].is(OBJ | ADDRESSEE) && !p.is(k, "it");
            if that(to)
                || question(end) && f & frame::WH != 0
                || end < seg.hi
                    && (person || !is_finite_at(p, end))
                    && is_clause(p, seg, end, false)
                    && !p.toks[end].is(PREP)
            {
                k = if that(to) { to } else { end };
                return take(found, k, "verb-clause", "the clause behind it");
            }
            if f & frame::URGE != 0 && end < seg.hi && p.toks[end].pos == Pos::To {
                return take(found, k, "verb-urge", "what is asked of whom");
            }
        }
        // A parenthesis between cue and "that".
        if !that(k) && here(k).is_some_and(|t| t.pos == Pos::Comma) {
            let z = (k + 1..seg.hi.min(k + 10)).find(|z| p.toks[*z].pos == Pos::Comma);
            if let Some(z) = z.filter(|z| that(*z + 1)) {
                k = z + 1;
            } else if that(k + 1) && !mental {
                k += 1;
            }
        }
        if that(k)
            && p.toks.get(k + 1).is_some_and(|n| {
                !matches!(n.pos, Pos::Stop | Pos::Comma) || n.pos == Pos::Comma && k + 2 < seg.hi
            })
        {
            // "think that way" is no clause.
            if !mental || is_clause(p, seg, k + 1, false) {
                return take(found, k, "verb-that", "the that-clause behind it");
            }
        }
        if f & frame::WH != 0 && question(k) && asks(p, seg, who, found, k) {
            return take(found, k, "verb-question", "the question behind it");
        }
        if f & frame::CLAUSE != 0 || mental {
            let strict = !matches!(
                cue.lemma,
                "say"
                    | "add"
                    | "claim"
                    | "state"
                    | "write"
                    | "argue"
                    | "insist"
                    | "warn"
                    | "report"
            );
            let from = if k > j && is_clause(p, seg, k, true) && !mental {
                k
            } else {
                j
            };
            let filler = who.phrase.is_some_and(|s| {
                s.end == s.start + 1
                    && (p.is(s.start, "you") && matches!(cue.lemma, "know" | "see")
                        || p.is(s.start, "i") && cue.lemma == "mean")
            });
            let bare = !filler
                && here(from).is_some_and(|t| {
                    (t.pos != Pos::Relative || p.is(from, "what") && !mental)
                        && !(t.is(PREP) && t.pos != Pos::Name && !t.is(SUB) && !t.is(DET))
                        && t.pos != Pos::To
                        && t.pos != Pos::Comma
                        && !(mental && (t.is(OBJ) && !t.is(SUBJ) && !t.is(POSS)))
                })
                || p.toks
                    .get(from)
                    .is_some_and(|t| from < seg.hi && t.depth > seg.level);
            // "estimated by 2050, growth would": a fronted time before the clause.
            if !mental && skipped_to_comma(p, seg, j).is_some_and(|c| is_clause(p, seg, c, true)) {
                return take(found, j, "verb-clause", "the clause behind it");
            }
            let plain = f & frame::CLAUSE != 0 || here(from).is_some_and(|t| t.is(PERS));
            if bare
                && plain
                && !p.toks[from].is(ADV | TIME)
                    | p.toks[from].is(DET | SUBJ)
                    | (from + 1 < seg.hi
                        && p.toks[from].pos == Pos::Adverb
                        && is_clause(p, seg, from + 1, true))
                && is_clause(p, seg, from, strict)
                && !object_reading(p, seg, cue, from)
            {
                return take(found, from, "verb-clause", "the clause behind it");
            }
            // "he said, the bridge leaks" with a comma and nothing before.
            if !mental
                && here(j).is_some_and(|t| matches!(t.pos, Pos::Comma | Pos::Dash))
                && is_clause(p, seg, j + 1, true)
                && f & frame::QUOTE != 0
                && who.front == seg.lo
            {
                return take(found, j + 1, "verb-clause", "the clause behind it");
            }
        }
    }
    if f & frame::WH != 0 {
        let k = skip_adverbials(p, seg, j);
        let k = if f & frame::ADDRESSEE != 0 && !question(k) {
            phrase_right(p, seg, k)
        } else {
            k
        };
        if question(k) && asks(p, seg, who, found, k) {
            return take(found, k, "verb-question", "the question behind it");
        }
    }
    let finite = p.toks[found.at].pos == Pos::Verb
        || found
            .cue
            .is_some_and(|c| p.toks[c.start..c.end].iter().any(|t| t.finite()))
        || p.toks[found.at].pos == Pos::Participle;
    if f & frame::URGE != 0 && finite && here(j).is_some() {
        let np = phrase_right(p, seg, j);
        let to = np + usize::from(p.toks.get(np).is_some_and(|t| t.pos == Pos::Not));
        if np > j && to < seg.hi && p.toks[to].pos == Pos::To {
            return take(found, j, "verb-urge", "what is asked of whom");
        }
    }
    if f & frame::INFINITIVE != 0
        && finite
        && who.phrase.is_some_and(|s| voice(p, s))
        && here(j).is_some_and(|t| t.pos == Pos::To)
        && here(j + 1).is_some_and(|t| {
            t.forms != 0
                || t.is(AUX)
                || matches!(t.pos, Pos::Infinitive | Pos::Adverb | Pos::Noun) && !t.capital
        })
    {
        return take(found, j, "verb-infinitive", "the infinitive behind it");
    }
    if f & frame::ACCUSE != 0
        && (finite || who.participle && p.toks[found.at].pos == Pos::Ing)
        && here(j)
            .is_some_and(|t| t.nominal() || t.pos == Pos::Determiner || t.pos == Pos::Adjective)
    {
        let np = phrase_right(p, seg, j);
        if np > j {
            let charged = matches!(p.word(np), "of" | "for" | "as" | "over" | "with");
            if !charged && !(finite && who.phrase.is_some_and(|s| named(p, s))) {
                return false;
            }
            if !(np == j + 1 && p.is(j, "it")) {
                found.about = Some(Phrase {
                    start: j,
                    end: trim(p, seg, j, np),
                });
            }
            return take(found, j, "verb-accuse", "whom it accuses and of what") || {
                found.add(Phrase { start: j, end: np });
                found.rule = "verb-accuse";
                found.place = Cow::Borrowed("whom it is about");
                true
            };
        }
    }
    if f & frame::OBJECT != 0 && !mental {
        let k = j;
        let object = here(k).is_some_and(|t| {
            (t.nominal()
                || matches!(
                    t.pos,
                    Pos::Determiner | Pos::Adjective | Pos::Ing | Pos::Participle
                ))
                && !(t.is(TIME) && t.is(ADV) || t.is(WEEKDAY))
        }) || p
            .toks
            .get(k)
            .is_some_and(|t| k < seg.hi && t.depth > seg.level);
        if object && weighty(p, seg, found, who, cue, k, finite) {
            return take(
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

/// The token behind the comma that ends a prepositional phrase at `j`.
fn skipped_to_comma(p: &Para<'_>, seg: &Segment, j: usize) -> Option<usize> {
    let t = p.toks.get(j).filter(|t| {
        j < seg.hi && t.is(class::PREP) && t.pos != Pos::Name && t.depth == seg.level
    })?;
    let _ = t;
    let k = skip_adverbials(p, seg, j);
    (k > j && k + 1 < seg.hi && p.toks[k].pos == Pos::Comma).then_some(k + 1)
}

/// Whether the question word at `k` opens a question that the source asks or answers, rather than "what to say".
fn asks(p: &Para<'_>, seg: &Segment, who: &Who, found: &Found, k: usize) -> bool {
    // "to see what": a purpose, not a report.
    let at = found.at;
    if at > seg.lo
        && p.toks[at - 1].pos == Pos::To
        && !(at > seg.lo + 1
            && (p.toks[at - 2].is(class::CONTROL | class::AUX) || lemma_control(p, at - 2)))
    {
        return false;
    }
    if who.phrase.is_none_or(|s| !voice(p, s)) {
        return false;
    }
    let mut owed = 0;
    for q in k + 1..seg.hi.min(k + 14) {
        let t = &p.toks[q];
        if t.finite() {
            if owed == 0 {
                return true;
            }
            owed -= 1;
        }
        match t.pos {
            Pos::To if q <= k + 3 => return false,
            Pos::Relative if q > k + 1 => owed += 1,
            Pos::Stop | Pos::Semicolon | Pos::Comma if t.depth <= seg.level => return false,
            _ => {}
        }
    }
    false
}

/// Whether an object can be taken for what somebody says: something denied, taken back, quoted, or a plan made known.
fn weighty(
    p: &Para<'_>,
    seg: &Segment,
    found: &Found,
    who: &Who,
    cue: &Cue,
    from: usize,
    finite: bool,
) -> bool {
    use class::*;
    let end = clause_end(p, seg, from, seg.hi);
    let quoted = p.toks[from..end]
        .iter()
        .filter(|t| t.depth > seg.level && t.pos != Pos::Quote)
        .count()
        >= 2;
    let ing = p.toks[found.at].pos == Pos::Ing && who.participle;
    if quoted && (finite || ing) {
        return true;
    }
    // "denied Washington's claims", "rejected accusations that", "denied taking part".
    let person = who
        .phrase
        .is_some_and(|s| named(p, s) || p.toks[s.start].is(PERS) && !p.is(s.start, "it"));
    let hard = matches!(cue.stance, Stance::Denies | Stance::Retracts);
    if hard {
        let said = p.toks[from..end]
            .iter()
            .any(|t| t.is(SPEECHNOUN | DOCUMENT))
            || p.toks[from].pos == Pos::Ing;
        return person && (finite || ing) && (said || matches!(cue.lemma, "deny" | "retract"));
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

/// Whether a source is named or a body or a kind of people rather than a thing or a pronoun.
fn named(p: &Para<'_>, s: Phrase) -> bool {
    p.toks[s.start..s.end].iter().any(|t| {
        t.pos == Pos::Name || t.is(class::ROLE | class::ANONYMOUS | class::ORG | class::PLACE)
    })
}

/// Whether a source can know and tell: a person, a body, a document; no "it", no "this", no bare thing.
fn voice(p: &Para<'_>, s: Phrase) -> bool {
    let first = &p.toks[s.start];
    if first.is(class::PERS) {
        return !p.is(s.start, "it");
    }
    named(p, s)
        || p.toks[s.start..s.end]
            .iter()
            .any(|t| t.is(class::DOCUMENT | class::MEDIA))
        || p.is(s.end - 1, "who")
}

fn is_finite_at(p: &Para<'_>, k: usize) -> bool {
    p.toks.get(k).is_some_and(|t| t.finite())
}

/// Whether what stands behind a verb that takes an object or a clause is only an object: "announced a plan to".
fn object_reading(p: &Para<'_>, seg: &Segment, cue: &Cue, from: usize) -> bool {
    if cue.frames & frame::OBJECT == 0 {
        return false;
    }
    let end = phrase_right(p, seg, from);
    end > from
        && p.toks.get(end).is_none_or(|t| {
            end >= seg.hi
                || matches!(
                    t.pos,
                    Pos::To | Pos::Relative | Pos::Preposition | Pos::Ing | Pos::Stop | Pos::Comma
                )
        })
}

/// "was quoted as saying …", "quoted by the agency as saying …".
fn quoted_as(p: &Para<'_>, seg: &Segment, g: &Group, out: &mut Vec<Found>) {
    let saying = g.verb + 2;
    let Some(cue) = p.cue(saying) else { return };
    let Some(s) = subject_left(p, seg, g.start) else {
        return;
    };
    let who = Who {
        phrase: Some(s),
        inverted: false,
        front: s.start,
        after: saying + 1,
        participle: false,
    };
    let inner = Group {
        start: g.start,
        verb: saying,
        passive: false,
        ..*g
    };
    let n = out.len();
    let _ = active(p, seg, &inner, cue, who, out);
    if let Some(f) = out.get_mut(n) {
        f.cue = Some(Phrase {
            start: g.start,
            end: saying + 1,
        });
        f.rule = "quoted-as-saying";
    }
}

/// A voice that quotes another: "KCNA quoted a spokesman as saying", "citing an internal memo".
fn relay(p: &Para<'_>, seg: &Segment, g: &Group, cue: &Cue, out: &mut Vec<Found>) {
    let np_start = g.verb + 1;
    let np = phrase_right(p, seg, np_start);
    if np == np_start {
        return;
    }
    let as_saying = p.is(np, "as")
        && p.toks
            .get(np + 1)
            .is_some_and(|t| t.pos == Pos::Ing && t.cue != 0);
    if !as_saying || g.passive {
        return;
    }
    let Some(inner_cue) = p.cue(np + 1) else {
        return;
    };
    let who = Who {
        phrase: Some(Phrase {
            start: np_start,
            end: np,
        }),
        inverted: false,
        front: g.verb,
        after: np + 2,
        participle: false,
    };
    let said = Group {
        start: np,
        verb: np + 1,
        negated: false,
        passive: false,
        finite: true,
        infinitive: false,
        declined: false,
        certainty: None,
    };
    let outer = if g.finite {
        subject_left(p, seg, g.start)
    } else {
        verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))
    };
    let n = out.len();
    // The quotation may stand before the whole: "…," KCNA quoted a spokesman as saying.
    let front = outer.map_or(g.start, |o| o.start.min(g.start));
    let _ = active(p, seg, &said, inner_cue, Who { front, ..who }, out);
    if out.len() == n {
        return;
    }
    let mut via = out[n].clone();
    out[n].cue = Some(Phrase {
        start: np,
        end: np + 2,
    });
    out[n].rule = "quoted-as-saying";
    out[n].at = np + 1;
    via.source = outer;
    via.cue = Some(Phrase {
        start: g.verb,
        end: g.verb + 1,
    });
    via.stance = cue.stance;
    via.rule = "relay";
    via.at = g.verb;
    via.place = Cow::Borrowed("the voice that it quotes");
    via.speech = false;
    out.push(via);
}

/// Passives: "is believed to have fled", "it was reported that", "was denied by the council".
fn passive(p: &Para<'_>, seg: &Segment, g: &Group, cue: &Cue, out: &mut Vec<Found>) {
    let t = tone(p, g, cue, None, g.start);
    let mut found = Found {
        source: None,
        cue: Some(cue_span(g, cue)),
        content: Vec::new(),
        about: None,
        at: g.verb,
        level: seg.level,
        stance: t.stance,
        certainty: if g.certainty.is_some() {
            t.certainty
        } else if cue.certainty == Certainty::Unspecified {
            Certainty::Unspecified
        } else {
            t.certainty
        },
        negated: t.negated,
        rule: "passive",
        place: Cow::Borrowed("the clause behind it"),
        speech: false,
    };
    let mut j = g.verb + 1;
    if p.is(j, "by") && j < seg.hi {
        let end = phrase_right(p, seg, j + 1);
        if end > j + 1 {
            found.source = Some(Phrase { start: j + 1, end });
            j = end;
        }
    }
    let k = skip_adverbials(p, seg, j);
    let subject = subject_left(p, seg, g.start);
    let told = cue.frames & frame::PASSIVE != 0
        || matches!(
            cue.lemma,
            "announce"
                | "claim"
                | "confirm"
                | "state"
                | "suggest"
                | "rumor"
                | "assert"
                | "argue"
                | "agree"
                | "determine"
                | "reveal"
                | "disclose"
                | "insist"
        )
        || cue.frames & frame::ADDRESSEE != 0;
    let known = matches!(cue.lemma, "know" | "understand" | "note");
    if p.is(k, "that")
        && k < seg.hi
        && told
        && (!known || found.source.is_some())
        && cue.frames & (frame::THAT | frame::CLAUSE) != 0
    {
        found.add(Phrase {
            start: k,
            end: clause_end(p, seg, k, seg.hi),
        });
    } else if p
        .toks
        .get(j)
        .is_some_and(|t| j < seg.hi && t.pos == Pos::To)
        && cue.frames & frame::PASSIVE != 0
        && p.toks
            .get(j + 1)
            .is_some_and(|t| t.forms != 0 || t.is(class::AUX))
    {
        let Some(s) = subject else { return };
        found.add(s);
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
        found.place = Cow::Borrowed("subject and infinitive");
    } else if found.source.is_some_and(|s| voice(p, s))
        && (cue.frames & frame::ACCUSE != 0
            || matches!(cue.stance, Stance::Denies | Stance::Retracts))
        && (g.finite || g.infinitive)
    {
        let Some(s) = subject else { return };
        found.add(s);
        if cue.frames & frame::ACCUSE != 0 {
            found.about = Some(s);
        }
        found.place = Cow::Borrowed("its subject");
    } else if cue.frames & frame::ACCUSE != 0
        && p.toks.get(j).is_some_and(|t| {
            j < seg.hi && t.is(class::PREP) && matches!(p.word(j), "of" | "for" | "with")
        })
        && matches!(cue.lemma, "accuse" | "blame" | "criticize" | "criticise")
        && g.finite
    {
        let Some(s) = subject else { return };
        found.add(s);
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
        found.about = Some(s);
        found.rule = "passive-accuse";
        found.place = Cow::Borrowed("whom it accuses and of what");
    } else if cue.frames & frame::ADDRESSEE != 0 && is_clause(p, seg, j, true) {
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
    } else {
        return;
    }
    if found.content.iter().any(|c| c.end <= c.start) {
        return;
    }
    out.push(found);
}
