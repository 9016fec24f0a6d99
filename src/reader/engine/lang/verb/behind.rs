//! What was said stands before the verb: "„…“, sagte X", "La situation est grave, a prévenu X".

use std::borrow::Cow;

use super::super::super::found::FoundAttribution;
use super::super::super::lexicon::{class, frame};
use super::super::super::other::found;
use super::super::super::para::{Para, Segment, here};
use super::super::super::phrase::Phrase;
use super::super::super::token::Pos;
use super::super::group::ReportingGroup;
use super::super::np::{adverbials, right, speaks, voice};
use super::{make, recent, subject_behind};

/// Where the words that stand before the group begin: behind the last border or report.
fn start_before(
    p: &Para<'_>,
    seg: &Segment,
    end: usize,
    first: usize,
    out: &[FoundAttribution],
) -> usize {
    let mut lo = seg.lo;
    for f in &out[first..] {
        for s in [f.source, f.cue].into_iter().flatten() {
            if s.end <= end {
                lo = lo.max(s.end);
            }
        }
    }
    let mut k = end;
    while k > lo {
        let t = &p.toks[k - 1];
        // A colon parts what it announces, unless a quotation follows.
        let colon = t.pos == Pos::Colon && k < end && p.toks[k].depth <= seg.level;
        if t.depth <= seg.level && (t.pos == Pos::Semicolon || colon) {
            break;
        }
        k -= 1;
    }
    while k < end
        && matches!(
            p.toks[k].pos,
            Pos::Comma | Pos::Dash | Pos::Other | Pos::Coordinator
        )
    {
        k += 1;
    }
    k
}

/// "„…“, sagte X", "La situation est grave, a prévenu X": what was said stands before the verb.
pub(super) fn behind(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    first: usize,
    out: &[FoundAttribution],
) -> Option<FoundAttribution> {
    let language = p.lexicon.language;
    let frames = g.cue.frames;
    if frames & frame::QUOTE == 0 || g.start <= seg.lo || g.hanging {
        return None;
    }
    let prev = &p.toks[g.start - 1];
    let mark = matches!(prev.pos, Pos::Comma | Pos::Dash | Pos::Stop) && prev.depth <= seg.level;
    let last = if mark {
        g.start.checked_sub(2)?
    } else {
        g.start - 1
    };
    if last < seg.lo {
        return None;
    }
    let quoted = p.toks[last].depth > seg.level;
    if !quoted && !(mark && prev.pos != Pos::Stop) {
        return None;
    }
    let start = start_before(p, seg, last + 1, first, out);
    let subject = subject_behind(p, seg, g).filter(|s| voice(p, *s) || quoted);
    // "«…», confesó al diario": the speaker before goes on.
    let who = match subject {
        Some(s) => Some(s),
        None if quoted && language.drops_subjects() => recent(p, seg, g, out),
        None => return None,
    };
    let after = match subject {
        Some(s) if g.inner.is_none() => s.end,
        _ => g.end,
    };
    if !quoted {
        let words = last + 1 - start.min(last + 1);
        let head = &p.toks[start];
        let verbal = p.toks[start..=last].iter().any(|t| t.finite());
        let timed =
            adverbials(p, seg, after, seg.hi) > after || g.finite < g.verb && after > g.finite;
        let ends = timed
            || here(p, seg, after).is_none_or(|t| {
                matches!(
                    t.pos,
                    Pos::Comma
                        | Pos::Stop
                        | Pos::Preposition
                        | Pos::Semicolon
                        | Pos::Adverb
                        | Pos::Close
                        | Pos::Coordinator
                ) || t.is(class::TIME | class::PREP)
            });
        let asked = frames & frame::WH != 0 && head.is(class::WH) && language.verb_second();
        let hangs = !asked
            && head.is(class::SUB | class::OPENS | class::REL)
            && head.pos != Pos::Determiner
            || matches!(head.pos, Pos::Preposition | Pos::Subordinator) && !verbal;
        if words < 3
            || hangs
            || !ends
            || frames & (frame::CLAUSE) == 0
            || !verbal && !plain(p, start, last)
            || !who.is_some_and(|s| speaks(p, s))
        {
            return None;
        }
    }
    let mut f = make(p, seg, g, who);
    (f.rule, f.place) = if quoted {
        ("quote-inverted", Cow::Borrowed("the quotation before it"))
    } else {
        ("verb-tail", Cow::Borrowed("the words before it"))
    };
    // A quotation that is only a part of the clause before takes the rest of it along.
    f.add(Phrase {
        start,
        end: last + 1,
    });
    // "…, sagte X, „…“": the quotation goes on.
    let mut k = adverbials(p, seg, after, seg.hi);
    while here(p, seg, k)
        .is_some_and(|t| matches!(t.pos, Pos::Comma | Pos::Dash | Pos::Colon | Pos::Stop))
        && k < after + 12
    {
        k += 1;
    }
    // What is said between dashes goes on behind them, in the next sentence too.
    let dashed = k == seg.hi && p.toks[after..k].iter().any(|t| t.pos == Pos::Dash);
    if (k < seg.hi || dashed)
        && k > after
        && let Some(q) = p.quote_from(k)
    {
        f.rule = "quote-split";
        f.place = Cow::Borrowed("the quotation around it");
        f.add(Phrase {
            start: q.open,
            end: if dashed { q.end } else { q.end.min(seg.hi) },
        });
    }
    Some(f)
}

/// "« … », s'est indignée X": right between a quotation and a voice even a verb in no list is one of saying. Says whether
/// `at` is one.
pub(in super::super) fn unknown(
    p: &Para<'_>,
    seg: &Segment,
    at: usize,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) -> bool {
    let language = p.lexicon.language;
    let t = &p.toks[at];
    let ending = || {
        let w = p.word(at);
        !t.capital
            && language.verb_second()
            && t.pos == Pos::Adjective
            && w.ends_with(['t', 'e', 'n'])
    };
    let verb = matches!(t.pos, Pos::Verb) || t.pos == Pos::Participle || ending();
    if !verb || at < seg.lo + 3 || language.verb_second() && t.pos == Pos::Participle {
        return false;
    }
    // The auxiliaries before it.
    let mut start = at;
    while start > seg.lo
        && here(p, seg, start - 1).is_some_and(|b| {
            b.pos == Pos::Auxiliary
                || b.pos == Pos::Pronoun && b.is(class::CLITIC)
                || b.pos == Pos::Adverb
        })
    {
        start -= 1;
    }
    if t.pos == Pos::Participle && start == at || start < seg.lo + 2 {
        return false;
    }
    let comma = here(p, seg, start - 1).is_some_and(|b| matches!(b.pos, Pos::Comma | Pos::Dash));
    let last = start - 1 - usize::from(comma);
    let Some(q) = p
        .quote_at(last)
        .filter(|q| q.end == last + 1 && seg.level == 0 && q.open >= seg.lo)
    else {
        return false;
    };
    let mut from = at + 1;
    while here(p, seg, from)
        .is_some_and(|t| t.pos == Pos::Pronoun && t.is(class::CLITIC) && !t.is(class::PERS))
    {
        from += 1;
    }
    let who = right(p, seg, from)
        .or_else(|| right(p, seg, adverbials(p, seg, from, seg.hi)))
        .filter(|s| speaks(p, *s));
    let Some(who) = who.filter(|_| q.end - q.open >= 5) else {
        return false;
    };
    let after = adverbials(p, seg, who.end, seg.hi);
    if !here(p, seg, after).is_none_or(|t| {
        matches!(
            t.pos,
            Pos::Comma | Pos::Stop | Pos::Dash | Pos::Semicolon | Pos::Preposition
        )
    }) {
        return false;
    }
    let begin = start_before(p, seg, last + 1, first, out);
    let mut f = found(seg, at, "quote-inverted", "the quotation before it");
    f.source = Some(who);
    f.cue = Some(Phrase {
        start: at,
        end: at + 1,
    });
    f.speech = true;
    f.add(Phrase {
        start: begin,
        end: last + 1,
    });
    out.push(f);
    true
}

/// Whether the words from `start` to `last` may be a clause although no verb of it is known.
fn plain(p: &Para<'_>, start: usize, last: usize) -> bool {
    let words = &p.toks[start..=last];
    let german = p.lexicon.language.capital_nouns();
    let likely = !german
        || words.windows(2).any(|w| {
            matches!(w[0].pos, Pos::Noun | Pos::Name | Pos::Pronoun)
                && w[1].pos == Pos::Adjective
                && !w[1].capital
        });
    likely
        && words.len() > 3
        && matches!(
            words[0].pos,
            Pos::Determiner | Pos::Noun | Pos::Name | Pos::Pronoun
        )
        && !words
            .iter()
            .any(|t| t.is(class::TIME) && !german || t.pos == Pos::Comma)
}
