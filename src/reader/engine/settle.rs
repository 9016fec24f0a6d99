//! Makes what the rules found agree, and gives quotations that nobody says a speaker.

use std::borrow::Cow;

use super::found::FoundAttribution;
use super::para::{Para, Segment};
use super::phrase::Phrase;
use super::quote::titled;
use super::token::{Pos, Token};
use super::verb;
use crate::core::vocabulary::{Certainty, Stance};

/// Makes what was found agree: content never runs into another attribution's source and cue at its end, and never
/// into its own.
pub(super) fn settle(toks: &[Token], found: &mut Vec<FoundAttribution>) {
    cite(toks, found);
    // A later attribution that has the whole clause before it cuts the earlier content short.
    let mut tails: Vec<(usize, Phrase)> = found
        .iter()
        .filter(|f| {
            matches!(
                f.rule,
                "verb-tail"
                    | "according-to"
                    | "quote-before"
                    | "quote-inverted"
                    | "relay"
                    | "quoted-as-saying"
            )
        })
        .filter_map(|f| {
            let cue = f.cue?;
            let start = f.source.map_or(cue.start, |s| s.start.min(cue.start));
            let end = f.source.map_or(cue.end, |s| s.end.max(cue.end));
            let last = f.content.last()?;
            (last.end <= start).then_some((
                start,
                Phrase {
                    start: last.start.min(f.content[0].start),
                    end,
                },
            ))
        })
        .collect();
    tails.sort_unstable_by_key(|t| t.0);
    let mut next = 0;
    for f in found.iter_mut() {
        // Both lists are in order, so that only tails near by matter.
        let from = f.content.first().map_or(f.at, |c| c.start);
        while next > 0 && tails[next - 1].0 > from {
            next -= 1;
        }
        while tails.get(next).is_some_and(|t| t.0 <= from) {
            next += 1;
        }
        for (start, whole) in tails.iter().skip(next).take(NEAR) {
            if f.cue
                .is_some_and(|c| c.start >= *start && c.start < whole.end)
            {
                continue;
            }
            for c in &mut f.content {
                if c.start < *start && c.end > *start && c.start >= whole.start {
                    c.end = *start;
                }
            }
        }
        let own: Vec<Phrase> = f.source.iter().chain(f.cue.iter()).copied().collect();
        for o in own {
            let mut cut = Vec::new();
            for c in &f.content {
                if c.start < o.end && o.start < c.end {
                    if c.start < o.start {
                        cut.push(Phrase {
                            start: c.start,
                            end: o.start,
                        });
                    }
                    if o.end < c.end {
                        cut.push(Phrase {
                            start: o.end,
                            end: c.end,
                        });
                    }
                } else {
                    cut.push(*c);
                }
            }
            f.content = cut;
        }
        let level = f.level;
        for c in &mut f.content {
            let border =
                |t: &Token| matches!(t.pos, Pos::Comma | Pos::Semicolon) && t.depth <= level;
            while c.end > c.start && border(&toks[c.end - 1]) {
                c.end -= 1;
            }
            while c.end > c.start && border(&toks[c.start]) {
                c.start += 1;
            }
        }
        f.content.retain(|c| c.end > c.start);
    }
    found.retain(|f| !f.content.is_empty());
    found.sort_by_key(|f| (f.level, f.at));
    found.dedup_by(|b, a| a.at == b.at && a.level == b.level && a.rule == b.rule);
}

/// Gives the voices that a report cites ("…, the Herald reported, citing two officials") what the report says.
fn cite(toks: &[Token], found: &mut [FoundAttribution]) {
    for n in 0..found.len() {
        if found[n].rule != "cited" || !found[n].content.is_empty() {
            continue;
        }
        let (at, level) = (found[n].at, found[n].level);
        // Reporting verb and source both before it, or the source before and the verb behind.
        let near = n.saturating_sub(NEAR)..(n + NEAR).min(found.len());
        let report = found[near]
            .iter()
            .filter(|f| {
                f.level == level
                    && f.speech
                    && f.rule != "cited"
                    && !f.content.is_empty()
                    && !f.holds(at)
                    && f.source.is_some_and(|s| s.start.abs_diff(at) < 40)
                    && !toks[f.at.min(at)..f.at.max(at)]
                        .iter()
                        .any(|t| t.pos == Pos::Stop && t.depth <= level)
            })
            .min_by_key(|f| f.at.abs_diff(at))
            .map(|f| f.content.clone());
        found[n].content = report.unwrap_or_default();
    }
}

/// How many attributions before and behind one are looked at for what ties them together.
pub(super) const NEAR: usize = 24;

/// "“The pier leaks.” — Mara Oduya": a quotation signed with a dash.
pub(super) fn signed(p: &Para<'_>, found: &mut Vec<FoundAttribution>) {
    let n = p.toks.len();
    let Some(q) = p.quotes.iter().rfind(|q| q.depth == 1) else {
        return;
    };
    let names = q.end + 1..n;
    let dash = p.toks.get(q.end).is_some_and(|t| t.pos == Pos::Dash);
    let signed = dash
        && (1..=10).contains(&names.len())
        && p.toks[names.start].pos == Pos::Name
        && p.toks[names.clone()]
            .iter()
            .all(|t| !t.finite() && t.pos != Pos::Stop);
    if !signed
        || q.end - q.open < 4
        || found
            .iter()
            .any(|f| f.level == 0 && f.touches(q.open..q.end))
    {
        return;
    }
    found.push(FoundAttribution {
        source: Some(Phrase {
            start: names.start,
            end: n,
        }),
        cue: None,
        content: vec![Phrase {
            start: q.open,
            end: q.end,
        }],
        about: None,
        at: q.open,
        level: 0,
        stance: Stance::Asserts,
        certainty: Certainty::Unspecified,
        negated: false,
        rule: "quote-signed",
        place: Cow::Borrowed("the quotation is signed with a dash"),
        speech: true,
    });
    found.sort_by_key(|f| (f.level, f.at));
}

/// Gives quotations that nobody says to the speaker of the block that they go with. `found` is in order of level and
/// place.
pub(super) fn adopt(
    p: &Para<'_>,
    segments: &[Segment],
    taken: Option<u32>,
    found: &mut Vec<FoundAttribution>,
) {
    let outer = found.partition_point(|f| f.level == 0);
    let mut more = Vec::new();
    for q in p
        .quotes
        .iter()
        .filter(|q| q.depth == 1 && q.end - q.open >= 6)
    {
        let here = found[..outer].partition_point(|f| f.at < q.open);
        let near = here.saturating_sub(NEAR)..(here + NEAR).min(outer);
        if taken == Some(p.toks[q.open].start)
            || found[near.clone()].iter().any(|f| f.touches(q.open..q.end))
        {
            continue;
        }
        // A quotation that is a sentence of its own goes with the nearest speaker before, else the next one.
        let seg = segments.partition_point(|s| s.hi <= q.open);
        let opens = segments.get(seg).is_some_and(|s| q.open <= s.lo + 1)
            || p.toks.get(q.open + 1).is_some_and(|t| t.capital);
        if !opens || titled(&p.toks[q.open..q.end]) {
            continue;
        }
        if let Some(f) = segments
            .get(seg)
            .and_then(|s| announced(p, s, q.open, q.end))
        {
            more.push(f);
            continue;
        }
        let before = (near.start..here).rev().find(|n| found[*n].speech);
        let after = (here..near.end).find(|n| found[*n].speech && quoting(p, &found[*n]));
        let part = Phrase {
            start: q.open,
            end: q.end,
        };
        match (before, after) {
            (Some(n), _) if quoting(p, &found[n]) => found[n].add(part),
            (None, Some(n)) if q.open <= 1 => found[n].add(part),
            (Some(n), _) if found[n].source.is_some() => more.push(FoundAttribution {
                content: vec![part],
                about: None,
                at: q.open,
                negated: false,
                stance: Stance::Asserts,
                rule: "quote-continued",
                place: Cow::Borrowed("the quotation goes on from the speaker before"),
                ..found[n].clone()
            }),
            _ => {}
        }
    }
    found.append(&mut more);
    found.sort_by_key(|f| (f.level, f.at));
}

/// "Danek was defiant: “We will hold.”": a quotation behind a colon is the subject's, without any cue.
fn announced(p: &Para<'_>, seg: &Segment, open: usize, end: usize) -> Option<FoundAttribution> {
    let colon = open
        .checked_sub(1)
        .filter(|k| *k > seg.lo && p.toks[*k].pos == Pos::Colon && p.toks[open + 1].capital)?;
    let who = verb::narrator(p, seg, colon)?;
    Some(FoundAttribution {
        source: Some(who),
        cue: None,
        content: vec![Phrase { start: open, end }],
        about: None,
        at: open,
        level: 0,
        stance: Stance::Asserts,
        certainty: Certainty::Unspecified,
        negated: false,
        rule: "quote-announced",
        place: Cow::Borrowed("the quotation behind the colon"),
        speech: true,
    })
}

pub(super) fn quoting(p: &Para<'_>, f: &FoundAttribution) -> bool {
    f.content
        .iter()
        .any(|c| p.toks[c.start..c.end].iter().any(|t| t.depth > 0))
}
