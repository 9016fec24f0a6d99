//! Phrases that attribute without a verb of their own: "laut X", "X zufolge", "selon X", "según X", "wie X mitteilte",
//! "…, so X".

mod passing;

use super::super::clause::trim;
use super::super::found::FoundAttribution;
use super::super::lexicon::{Expresses, Expression, class, same};
use super::super::other::found;
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::token::Pos;
use super::content::clause_end;
use super::np::{adverbials, extent, right, speaks, voice};

use passing::{as_said, passing};

/// How many tokens a report in passing may have.
const PASSING: usize = 16;

/// The phrases whose words stand at `k`, the longest first.
fn at<'p>(
    p: &'p Para<'_>,
    seg: &'p Segment,
    k: usize,
) -> impl Iterator<Item = &'static Expression> + 'p {
    let lexicon = p.lexicon;
    lexicon.phrases.iter().filter(move |e| {
        e.words
            .iter()
            .enumerate()
            .all(|(n, w)| here(p, seg, k + n).is_some() && same(p.word(k + n).as_bytes(), w))
    })
}

/// Whether a phrase that ends the content before it begins at `k`: ", selon X", ", so X".
pub(super) fn opens(p: &Para<'_>, seg: &Segment, k: usize) -> bool {
    at(p, seg, k).any(|e| match e.kind {
        Expresses::Source => right(p, seg, k + e.words.len()).is_some_and(|s| speaks(p, s)),
        Expresses::Voice => right(p, seg, k + e.words.len()).is_some(),
        Expresses::As => passing(p, seg, k, e.words.len()).is_some(),
        Expresses::So => so(p, seg, k).is_some(),
        Expresses::SourceBefore => false,
    })
}

/// Whether the word at `k` alone names a source: "selon", "según".
pub(super) fn names_source(p: &Para<'_>, k: usize) -> bool {
    p.toks.get(k).is_some_and(|t| t.is(class::OPENS))
        && p.lexicon.phrases.iter().any(|e| {
            e.kind == Expresses::Source
                && e.words.len() == 1
                && same(p.word(k).as_bytes(), e.words[0])
        })
}

/// What the phrase at `k` attributes. Returns the token behind what it used.
pub(super) fn phrase(
    p: &Para<'_>,
    seg: &Segment,
    k: usize,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) -> Option<usize> {
    let list: Vec<&'static Expression> = at(p, seg, k).collect();
    for e in list {
        let end = k + e.words.len();
        let done = match e.kind {
            Expresses::Source => source(p, seg, k, end, false, first, out),
            Expresses::Voice => source(p, seg, k, end, true, first, out),
            Expresses::SourceBefore => source_before(p, seg, k, end, out),
            Expresses::As => as_said(p, seg, k, e.words.len(), first, out),
            Expresses::So => so(p, seg, k).and_then(|who| {
                let f = tail(p, seg, k, Phrase { start: k, end }, who, first, out)?;
                out.push(f);
                Some(who.end)
            }),
        };
        if done.is_some() {
            return done;
        }
    }
    None
}

/// "laut Polizei", "selon une source proche du dossier". `sure`: whatever stands behind the phrase can speak.
fn source(
    p: &Para<'_>,
    seg: &Segment,
    k: usize,
    end: usize,
    sure: bool,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) -> Option<usize> {
    use class::*;
    let german = p.lexicon.language.verb_second();
    let mut who = right(p, seg, end)?;
    // "de source policière": the phrase's own last word is who says it.
    let mut end = end;
    if p.toks[end - 1].is(ANONYMOUS) {
        end -= 1;
        who.start = end;
    }
    // At the head of a sentence a comma ends the phrase, unless an apposition and another comma follow.
    if who.end < seg.hi && p.toks[who.end].pos != Pos::Comma {
        let short = extent(p, seg, end);
        if short < who.end && k == seg.lo {
            who.end = short;
        }
    }
    // German names every noun with a capital: what stands right behind "laut" is taken for a voice if no list knows it.
    let named = german && end == k + 1 && p.toks[who.end - 1].pos == Pos::Name;
    let known = sure || named || speaks(p, who);
    if !known || p.toks[who.start].pos == Pos::Number {
        return None;
    }
    // "zu laut für", "sehr laut": the adjective.
    if k > seg.lo && p.toks[k - 1].pos == Pos::Adverb && german && end == k + 1 {
        return None;
    }
    let cue = Phrase { start: k, end };
    // "nach Angaben der Polizei vom Montag"
    let timed = here(p, seg, who.end).is_some_and(|t| t.pos == Pos::Preposition)
        && here(p, seg, who.end + 1).is_some_and(|t| t.is(TIME));
    let mut after = who.end + if timed { 2 } else { 0 };
    // "Selon un audit commandé par la région, …": what else describes the source, up to the comma.
    if k == seg.lo
        && here(p, seg, after).is_some_and(|t| matches!(t.pos, Pos::Participle | Pos::Adjective))
        && let Some(comma) = (after..seg.hi.min(after + PASSING))
            .find(|q| here(p, seg, *q).is_some_and(|t| t.pos == Pos::Comma))
        && !german
        && !p.toks[after..comma].iter().any(|t| t.finite())
    {
        who.end = comma;
        after = comma;
    }
    let mut f = found(seg, cue.start, "according-to", "the rest of the clause");
    f.source = Some(who);
    f.cue = Some(cue);
    let lo = floor(seg, cue.start, first, out);
    parts(p, &Segment { lo, ..*seg }, cue.start, after, &mut f);
    if f.content.is_empty() {
        return None;
    }
    out.push(f);
    Some(after)
}

/// "Dem Bericht zufolge", wherever it stands.
fn source_before(
    p: &Para<'_>,
    seg: &Segment,
    k: usize,
    end: usize,
    out: &mut Vec<FoundAttribution>,
) -> Option<usize> {
    let floor = k.saturating_sub(20).max(seg.lo);
    let mut start = k;
    while start > floor {
        let t = here(p, seg, start - 1)?;
        match t.pos {
            Pos::Noun | Pos::Name | Pos::Number | Pos::Adjective => start -= 1,
            Pos::Determiner => {
                start -= 1;
                // "dem Bericht der Behörde zufolge": a genitive goes on.
                let more = start > floor
                    && matches!(p.toks[start - 1].pos, Pos::Noun | Pos::Name)
                    && matches!(p.word(start), "der" | "des" | "eines" | "einer");
                if !more {
                    break;
                }
            }
            _ => break,
        }
    }
    if start == k {
        return None;
    }
    let who = Phrase { start, end: k };
    let cue = Phrase { start: k, end };
    let mut f = found(seg, k, "according-to", "the rest of the clause");
    f.source = Some(who);
    f.cue = Some(cue);
    parts(p, seg, start, end, &mut f);
    if f.content.is_empty() {
        return None;
    }
    out.push(f);
    Some(end)
}

/// Behind the reports that the segment gave before `at`.
fn floor(seg: &Segment, at: usize, first: usize, out: &[FoundAttribution]) -> usize {
    out[first..]
        .iter()
        .flat_map(|f| f.source.into_iter().chain(f.cue))
        .map(|s| s.end)
        .filter(|e| *e <= at)
        .fold(seg.lo, usize::max)
}

/// The clause around the words `from..to`, without them.
fn parts(p: &Para<'_>, seg: &Segment, from: usize, to: usize, f: &mut FoundAttribution) {
    let mark = |k: usize| {
        k < seg.hi
            && p.toks[k].depth <= seg.level
            && matches!(p.toks[k].pos, Pos::Comma | Pos::Dash | Pos::Colon)
    };
    // What stands before, from the clause's start on.
    let mut lo = from;
    while lo > seg.lo
        && !(p.toks[lo - 1].depth <= seg.level && p.toks[lo - 1].pos == Pos::Semicolon)
    {
        lo -= 1;
    }
    while lo < from && matches!(p.toks[lo].pos, Pos::Comma | Pos::Dash | Pos::Coordinator) {
        lo += 1;
    }
    let comma_before = from > seg.lo && mark(from - 1);
    let left = trim(p, seg, lo, from);
    let stops = to >= seg.hi || matches!(p.toks[to].pos, Pos::Stop | Pos::Semicolon);
    let fronted = left <= lo || left - lo <= 1 && !p.toks[lo].nominal();
    if fronted {
        let start = to + usize::from(mark(to));
        let end = clause_end(p, seg, start);
        if end > start {
            f.add(Phrase { start, end });
        }
        return;
    }
    f.add(Phrase {
        start: lo,
        end: left,
    });
    // Between commas, or without any: the clause goes on behind. A comma before and none behind ends it.
    if !stops && comma_before == mark(to) {
        let start = to + usize::from(mark(to));
        let end = clause_end(p, seg, start);
        if end > start {
            f.add(Phrase { start, end });
        }
    }
}

/// What stands before the words that begin at `k`, as said by `who`.
fn tail(
    p: &Para<'_>,
    seg: &Segment,
    k: usize,
    cue: Phrase,
    who: Phrase,
    first: usize,
    out: &[FoundAttribution],
) -> Option<FoundAttribution> {
    let mut f = found(seg, k, "verb-tail", "the words before it");
    f.source = Some(who);
    f.cue = Some(cue);
    f.speech = true;
    let lo = floor(seg, k, first, out);
    let mut start = k;
    while start > lo
        && !(p.toks[start - 1].depth <= seg.level && p.toks[start - 1].pos == Pos::Semicolon)
    {
        start -= 1;
    }
    while start < k && matches!(p.toks[start].pos, Pos::Comma | Pos::Dash | Pos::Coordinator) {
        start += 1;
    }
    let end = trim(p, seg, start, k);
    if end < start + 2 {
        return None;
    }
    f.add(Phrase { start, end });
    Some(f)
}

/// The speaker of "…, so X": a voice with nothing but the sentence's end or a comma behind it.
fn so(p: &Para<'_>, seg: &Segment, k: usize) -> Option<Phrase> {
    if k <= seg.lo || !(p.toks[k - 1].pos == Pos::Comma || p.toks[k - 1].depth > seg.level) {
        return None;
    }
    let who = right(p, seg, k + 1).filter(|s| voice(p, *s))?;
    let after = adverbials(p, seg, who.end, seg.hi);
    here(p, seg, after)
        .is_none_or(|t| {
            matches!(
                t.pos,
                Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Dash | Pos::Close
            )
        })
        .then_some(who)
}
