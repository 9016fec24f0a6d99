//! Who a reporting verb lets speak: the subject before it, behind it, or of another verb.

use super::super::found::FoundAttribution;
use super::super::lexicon::{Cue, class, form, frame};
use super::super::para::{Para, Segment};
use super::super::phrase::{Phrase, phrase_right, subject_left};
use super::super::token::Pos;
use super::*;

/// The source of a cue and how it was found.
#[derive(Clone, Copy)]
pub(super) struct FoundSource {
    pub(super) phrase: Option<Phrase>,
    pub(super) inverted: bool,
    /// The first token of source and verb group together.
    pub(super) front: usize,
    /// The token behind both.
    pub(super) after: usize,
    pub(super) participle: bool,
}

pub(super) fn source(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    cue: &Cue,
    so_far: &[FoundAttribution],
) -> Option<FoundSource> {
    use class::*;
    let i = g.verb;
    let after = i + 1 + p.tail(i, cue).unwrap_or(0);
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
                && cue.frames & (frame::OBJECT | frame::MENTAL | frame::ADDRESSEE) == 0
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
                return Some(FoundSource {
                    phrase: Some(Phrase { start: after, end }),
                    inverted: true,
                    front: g.start,
                    after: end,
                    participle: false,
                });
            }
        }
    }
    let ahead = |s: Phrase, front: usize| {
        Some(FoundSource {
            phrase: Some(s),
            inverted: false,
            front,
            after,
            participle: false,
        })
    };
    // The subject of another verb, or nobody in particular.
    let shared = |phrase: Option<Phrase>| FoundSource {
        phrase,
        inverted: false,
        front: g.start,
        after,
        participle: true,
    };
    let here = |s: Phrase| Some(shared(Some(s)));
    let bare_ing = t.pos == Pos::Ing && !g.finite;
    // "accused Pell of criticising the board": what somebody is said to do is no report of whoever says it.
    if bare_ing
        && cue.frames & frame::ACCUSE != 0
        && prev.is_some_and(|b| b.pos == Pos::Preposition)
    {
        return None;
    }
    if g.finite && !g.infinitive {
        // "Do you think", "Nor did she realise": the subject stands between auxiliary and verb.
        if let Some(s) = subject_left(p, seg, g.start) {
            return ahead(s, s.start.min(g.start));
        }
        let border = g.start.saturating_sub(1);
        // "declined to say what it cost but did say that": whoever declined goes on, not the subject of the question.
        if p.is(border, "but")
            && p.is(g.start, "did")
            && let Some(f) = so_far
                .iter()
                .rev()
                .find(|f| f.negated && f.source.is_some() && f.level == seg.level)
        {
            return here(f.source?);
        }
        // "and said" behind a report that ends there: its speaker goes on.
        if prev.is_some_and(|b| b.pos == Pos::Coordinator)
            && let Some(f) = so_far.iter().find(|f| {
                f.source.is_some()
                    && f.level == seg.level
                    && f.content
                        .iter()
                        .any(|c| c.end == border || c.end + 1 == border)
            })
        {
            return here(f.source?);
        }
        // "and said", ", denied": the subject is the one of the verb before.
        if prev.is_some_and(|b| matches!(b.pos, Pos::Coordinator | Pos::Comma)) || g.start == seg.lo
        {
            let s = verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))?;
            return here(s);
        }
        return None;
    }
    if t.pos == Pos::Infinitive && !g.infinitive || t.pos == Pos::Verb {
        // A base form behind a pronoun in a question: "Do you think".
        let s = subject_left(p, seg, g.start)?;
        return ahead(s, s.start);
    }
    if bare_ing {
        // "heard him saying that"
        if prev.is_some_and(|b| {
            b.depth == seg.level && b.pos == Pos::Pronoun && b.is(OBJ) && !b.is(SUBJ)
        }) {
            return here(Phrase {
                start: g.start - 1,
                end: g.start,
            });
        }
        if prev.is_some_and(|b| b.pos == Pos::Comma) {
            // "…," said one of those who fled, adding that": the comma ends the words that name the speaker.
            let names =
                |f: &&FoundAttribution| f.rule == "quote-inverted" && ends_at(f, g.start - 1);
            // "…, criticising it as": the speaker of the report that this comma ends goes on.
            let ends = |f: &&FoundAttribution| {
                f.source.is_some() && f.content.iter().any(|c| c.end + 1 == g.start)
            };
            let spoken = so_far
                .iter()
                .find(names)
                .or_else(|| so_far.iter().find(ends));
            if let Some(f) = spoken {
                return here(f.source?);
            }
        }
        match prev {
            // ", saying that": the subject of the main verb; at the start of a sentence that of the clause behind.
            Some(b)
                if b.depth == seg.level
                    && (b.nominal() && !b.is(PERS))
                    && cue.frames & frame::MENTAL == 0 =>
            {
                // "dismissed the allegations saying": allegations do not speak, whoever dismissed them does.
                if b.is(SPEECHNOUN)
                    && !b.is(DOCUMENT)
                    && let Some(v) = verb_before(p, seg, g.start).filter(|v| p.toks[*v].cue != 0)
                {
                    return subject_of_verb(p, seg, v).and_then(here);
                }
                // "a message stating", "with one poster writing".
                let s = subject_left(p, seg, g.start)?;
                return here(s);
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
                // "Citing the law, the board said", "By saying so, we mean"
                if let Some(s) = subject_behind(p, seg, g.start) {
                    return here(s);
                }
                return (cue.frames & frame::MENTAL == 0).then(|| shared(None));
            }
            _ => return None,
        }
    }
    if t.pos == Pos::Participle && !g.finite {
        return None;
    }
    // "wants us to believe": the object of the verb that it hangs on.
    if g.infinitive
        && g.start > seg.lo + 2
        && p.toks[g.start - 2].is(OBJ)
        && p.toks[g.start - 2].pos == Pos::Pronoun
        && p.toks[g.start - 2].depth == seg.level
    {
        return here(Phrase {
            start: g.start - 2,
            end: g.start - 1,
        });
    }
    // An infinitive: the subject of the verb that it hangs on.
    let s = verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))?;
    here(s)
}

/// Whether the source of `f`, with a clause behind it, reaches up to token `end`.
fn ends_at(f: &FoundAttribution, end: usize) -> bool {
    f.source.is_some_and(|s| s.end <= end && end - s.end <= 4)
}

/// The subject of the clause behind the comma, of what a participle at the head of the segment opens.
fn subject_behind(p: &Para<'_>, seg: &Segment, at: usize) -> Option<Phrase> {
    if at > seg.lo + 3 {
        return None;
    }
    let comma = (at + 1..seg.hi.min(at + 40))
        .find(|k| p.toks[*k].pos == Pos::Comma && p.toks[*k].depth <= seg.level)?;
    let verb = (comma + 1..seg.hi.min(comma + 14)).find(|k| p.toks[*k].finite())?;
    subject_left(p, seg, verb).filter(|s| s.start == comma + 1)
}

/// The nearest finite verb before `end` on the segment's level.
pub(super) fn verb_before(p: &Para<'_>, seg: &Segment, end: usize) -> Option<usize> {
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
        Some((who.phrase?, cue_span(p, &g, cue)))
    })
}

/// The person or body that the clause before the colon at `colon` is about.
pub(crate) fn narrator(p: &Para<'_>, seg: &Segment, colon: usize) -> Option<Phrase> {
    let verb = (seg.lo..colon)
        .rev()
        .find(|k| p.toks[*k].depth == seg.level && p.toks[*k].finite())?;
    let s = subject_left(p, seg, verb)?;
    let first = &p.toks[s.start];
    let person = matches!(p.word(s.start), "he" | "she" | "He" | "She")
        || !first.is(class::PERS | class::REL)
            && p.toks[s.start..s.end].iter().any(|t| {
                t.pos == Pos::Name || t.is(class::ROLE | class::ANONYMOUS | class::DOCUMENT)
            });
    person.then_some(s)
}

/// Whether a source is named or a body or a kind of people rather than a thing or a pronoun.
pub(super) fn named(p: &Para<'_>, s: Phrase) -> bool {
    p.toks[s.start..s.end].iter().any(|t| {
        t.pos == Pos::Name || t.is(class::ROLE | class::ANONYMOUS | class::ORG | class::PLACE)
    })
}

/// Whether a source can know and tell: a person, a body, a document; no "it", no "this", no bare thing.
pub(super) fn voice(p: &Para<'_>, s: Phrase) -> bool {
    let first = &p.toks[s.start];
    if first.is(class::PERS) {
        return !p.is(s.start, "it");
    }
    let some = s.end == s.start + 1
        && matches!(
            p.word(s.start).to_ascii_lowercase().as_str(),
            "another" | "some" | "many" | "others" | "several" | "few" | "most" | "both"
        );
    named(p, s)
        || some
        || p.toks[s.start..s.end]
            .iter()
            .any(|t| t.is(class::DOCUMENT | class::MEDIA))
        || p.is(s.end - 1, "who")
}
