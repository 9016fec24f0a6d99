//! Noun phrases to the left: the walk from a verb back over the words of its subject.

use super::lexicon::class;
use super::para::{Para, Segment};
use super::phrase::{LONGEST, Phrase};
use super::ties::{inner_participle, joins, reduced, reduced_at, relative_before, short_pair};
use super::token::{Pos, Token};

/// Why the walk to the left ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// At the segment's start, a subordinator, a colon: a clause begins here.
    Clause,
    Comma,
    Coordinator,
    Preposition,
    Verb,
}

/// The noun phrase that ends just before `end`, and what stands before it.
pub(super) fn left(p: &Para<'_>, seg: &Segment, end: usize) -> Option<(Phrase, Edge)> {
    use class::*;
    let floor = end.saturating_sub(LONGEST).max(seg.lo);
    let end = without_adverbials(p, floor, end);
    let mut k = end;
    let mut edge = Edge::Clause;
    // Where the phrase would begin if what comes further left does not join it.
    let mut start = None;
    while k > floor {
        let t = &p.toks[k - 1];
        if t.depth > seg.level {
            // Scare quotes inside a phrase: the "History" section.
            let open = (floor..k)
                .rev()
                .take_while(|q| p.toks[*q].depth > seg.level)
                .last()?;
            if k - open <= 6
                && k < end
                && p.toks[k].nominal()
                && p.toks[k].spaced
                && !matches!(p.toks[k - 2].pos, Pos::Comma | Pos::Stop)
            {
                k = open;
                start = Some(k);
                continue;
            }
            break;
        }
        match t.pos {
            Pos::Noun | Pos::Name | Pos::Number | Pos::Adjective | Pos::Genitive => {
                if t.is(WEEKDAY | MONTH)
                    && start.is_some()
                    && !p.toks[k.min(end - 1)].is(PREP)
                    && p.toks[k].pos != Pos::Number
                    && p.toks[k].pos != Pos::Genitive
                {
                    break;
                }
                k -= 1;
                start = Some(k);
            }
            // "Cooking is thought to"
            Pos::Ing if start.is_none() && k - 1 == seg.lo && t.capital => {
                k -= 1;
                return Some((Phrase { start: k, end }, Edge::Clause));
            }
            Pos::Participle | Pos::Ing
                if start.is_some() && inner_participle(p, seg, k - 1, end) =>
            {
                k -= 1;
                if k > floor
                    && (p.toks[k - 1].nominal()
                        || p.toks[k - 1].pos == Pos::Determiner
                        || p.toks[k - 1].pos == Pos::Adjective)
                {
                    continue;
                }
                start = Some(k);
            }
            Pos::Verb if start.is_some() && reduced(p, seg, k - 1, end) => k -= 1,
            // "a man accused of stealing it", "two people charged with arson"
            Pos::Ing
                if start.is_some()
                    && k > floor + 3
                    && p.toks[k - 2].is(PREP)
                    && reduced_at(p, k - 3, floor) =>
            {
                k -= 3;
            }
            Pos::Pronoun => {
                // "the striker himself", "she herself"
                if start.is_none() && k - 1 > floor && emphatic(p.word(k - 1)) {
                    let before = &p.toks[k - 2];
                    if before.pos == Pos::Pronoun && before.is(PERS) {
                        return Some((Phrase { start: k - 2, end }, edge_at(p, seg, k - 2)));
                    }
                    if before.nominal() && before.depth == seg.level {
                        k -= 1;
                        start = Some(k);
                        continue;
                    }
                }
                if start.is_none() {
                    return Some((Phrase { start: k - 1, end }, edge_at(p, seg, k - 1)));
                }
                edge = Edge::Verb;
                break;
            }
            Pos::Determiner => {
                k -= 1;
                start = Some(k);
                if p.is(k, "such") {
                    continue;
                }
                // "all of the officials", "both the council and …" go on; else a determiner opens its phrase.
                if k > floor && p.toks[k - 1].is(PREP) && joins(p, seg, k - 1, floor) {
                    k -= 1;
                    continue;
                }
                if k > floor && matches!(p.toks[k - 1].pos, Pos::Determiner | Pos::Genitive) {
                    continue;
                }
                if k > floor
                    && (p.toks[k - 1].pos == Pos::Ing || p.toks[k - 1].pos == Pos::Verb)
                    && (inner_participle(p, seg, k - 1, end) || reduced(p, seg, k - 1, end))
                    && k - 1 > floor
                    && p.toks[k - 2].nominal()
                {
                    k -= 1;
                    continue;
                }
                if k > floor
                    && (p.toks[k - 1].is(PREP) && p.toks[k - 1].pos != Pos::Name
                        || p.toks[k - 1].pos == Pos::To)
                {
                    return prepositional(p, seg, k, end);
                }
                if k > floor
                    && matches!(
                        p.toks[k - 1].pos,
                        Pos::Verb | Pos::Auxiliary | Pos::Participle | Pos::Infinitive
                    )
                    && let Some(r) = relative_before(p, seg, k - 1)
                {
                    return hung_on(p, seg, r, end);
                }
                edge = edge_at(p, seg, k);
                break;
            }
            Pos::Preposition | Pos::To if start.is_some() => {
                if joins(p, seg, k - 1, floor) {
                    k -= 1;
                    continue;
                }
                return prepositional(p, seg, k, end);
            }
            Pos::Dash if start.is_some() && !t.spaced => {
                k -= 1;
            }
            Pos::Other
                if start.is_some()
                    && matches!(p.word(k - 1), "/" | "%" | "–" | "£" | "$" | "€" | "#") =>
            {
                k -= 1;
            }
            Pos::Close => {
                let Some(open) = (floor..k - 1)
                    .rev()
                    .take(12)
                    .find(|q| p.toks[*q].pos == Pos::Open)
                else {
                    break;
                };
                k = open;
            }
            Pos::Coordinator if start.is_some() && k - 1 > floor => {
                let word = p.word(k - 1);
                if word == "&" || matches!(word, "and" | "or") && short_pair(p, k - 1, seg) {
                    k -= 1;
                    continue;
                }
                edge = Edge::Coordinator;
                break;
            }
            Pos::Comma => {
                edge = Edge::Comma;
                break;
            }
            Pos::Verb | Pos::Auxiliary | Pos::Infinitive | Pos::Participle | Pos::Ing => {
                // "the officials who leaked it said": a relative clause without commas inside the subject.
                if start.is_some()
                    && let Some(r) = relative_before(p, seg, k - 1)
                {
                    return hung_on(p, seg, r, end);
                }
                edge = Edge::Verb;
                break;
            }
            _ => break,
        }
    }
    let mut start = start?;
    if k > start {
        start = k.max(start);
    }
    // "Both the …" keeps its noun phrase; adverbs and time words in front do not belong to it.
    while start < end
        && (p.toks[start].pos == Pos::Genitive
            || p.toks[start].pos == Pos::Adverb
            || matches!(p.toks[start].pos, Pos::Comma | Pos::Dash))
    {
        start += 1;
    }
    if start >= end
        || !p.toks[start..end].iter().any(Token::nominal) && !p.toks[start].is(DET | ANONYMOUS)
    {
        return None;
    }
    // "has said reports Boris Pell lied were untrue": a clause begins behind "reports".
    let reported = |k: &usize| {
        let (a, b) = (&p.toks[*k - 1], &p.toks[*k]);
        a.is(SPEECHNOUN) && !a.capital && b.pos == Pos::Name && p.word(*k - 1).ends_with('s')
    };
    if let Some(k) = (start + 1..end).rev().find(reported) {
        return Some((Phrase { start: k, end }, Edge::Clause));
    }
    // "Monday officials": the time is not the subject.
    if end - start > 1 && p.toks[start].is(WEEKDAY) && p.toks[start + 1].pos != Pos::Genitive {
        start += 1;
    }
    if p.toks[start..end]
        .iter()
        .all(|t| t.is(TIME | DET) || t.pos == Pos::Number)
        && p.toks[start..end]
            .iter()
            .any(|t| t.is(TIME) && !t.is(DOCUMENT))
    {
        return None;
    }
    Some((
        Phrase { start, end },
        if start > k { Edge::Clause } else { edge },
    ))
}

/// Whether `word` can stand behind a subject to stress it.
fn emphatic(word: &str) -> bool {
    word.len() > 5 && (word.ends_with("self") || word.ends_with("selves"))
}

/// The noun phrase with the relative clause that opens at `relative` and goes on to `end`.
fn hung_on(p: &Para<'_>, seg: &Segment, relative: usize, end: usize) -> Option<(Phrase, Edge)> {
    let (np, edge) = left(p, seg, relative)?;
    let start = np.start;
    Some((Phrase { start, end }, edge))
}

/// `end` without what stands between a subject and its verb: a time, "in a statement", "in his report".
fn without_adverbials(p: &Para<'_>, floor: usize, end: usize) -> usize {
    let end = without_time(p, floor, end);
    let mut k = end;
    while k > floor && matches!(p.toks[k - 1].pos, Pos::Noun | Pos::Adjective) {
        k -= 1;
    }
    let opened = k < end && p.toks[end - 1].is(class::DOCUMENT | class::SPEECHNOUN);
    let article = |k: usize| {
        matches!(p.toks[k].pos, Pos::Determiner)
            && !matches!(p.word(k), "the" | "this" | "that" | "these" | "those")
    };
    if opened
        && k > floor + 2
        && article(k - 1)
        && matches!(p.word(k - 2), "in" | "via" | "through")
        && p.toks[k - 3].nominal()
    {
        return without_time(p, floor, k - 2);
    }
    end
}

/// `end` without the time that stands behind a subject: "KCNA on Friday quoted", "officials Monday said".
fn without_time(p: &Para<'_>, floor: usize, end: usize) -> usize {
    let mut k = end;
    while k > floor
        && (p.toks[k - 1].is(class::WEEKDAY | class::MONTH) || p.toks[k - 1].pos == Pos::Number)
    {
        k -= 1;
    }
    if k == end
        || k <= floor + 1
        || !p.toks[k..end]
            .iter()
            .any(|t| t.is(class::WEEKDAY | class::MONTH))
    {
        return end;
    }
    if matches!(p.word(k - 1), "on" | "in" | "late" | "early" | "last") {
        k -= 1;
        if k > floor + 1 && matches!(p.word(k - 1), "on" | "late" | "early") {
            k -= 1;
        }
    }
    if k > floor && p.toks[k - 1].nominal() {
        k
    } else {
        end
    }
}

/// A phrase in a preposition's hands is no subject, but the name behind it may be: "In an interview Oduya said".
fn prepositional(p: &Para<'_>, seg: &Segment, start: usize, end: usize) -> Option<(Phrase, Edge)> {
    // "A man who lives near the pier said": the phrase ends the relative clause of the subject.
    if let Some(r) = relative_before(p, seg, start - 1)
        && p.toks[r..start].iter().any(Token::finite)
        && let Some((np, edge)) = left(p, seg, r)
    {
        return Some((
            Phrase {
                start: np.start,
                end,
            },
            edge,
        ));
    }
    if p.toks[start - 1].is(class::SUB) || p.word(start - 1).eq_ignore_ascii_case("with") {
        return Some((Phrase { start, end }, Edge::Preposition));
    }
    let cut = (start + 1..end).rev().find(|k| {
        let (a, b) = (&p.toks[*k - 1], &p.toks[*k]);
        (b.pos == Pos::Name || b.is(class::DET))
            && (a.pos == Pos::Noun || a.is(class::TIME) || a.pos == Pos::Number)
            && !a.is(class::ROLE | class::HONORIFIC | class::ORG)
    })?;
    Some((Phrase { start: cut, end }, Edge::Clause))
}

fn edge_at(p: &Para<'_>, seg: &Segment, start: usize) -> Edge {
    if start <= seg.lo {
        return Edge::Clause;
    }
    match p.toks[start - 1].pos {
        Pos::Comma => Edge::Comma,
        Pos::Coordinator => Edge::Coordinator,
        Pos::Preposition => Edge::Preposition,
        Pos::Verb | Pos::Auxiliary | Pos::Infinitive => Edge::Verb,
        _ => Edge::Clause,
    }
}
