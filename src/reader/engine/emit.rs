//! From tokens to bytes: what leaves a block, with who quotes whom, hedges and the reason.

use std::borrow::Cow;

use super::first::Attributed;
use super::found::FoundAttribution;
use super::lexicon::class;
use super::para::Para;
use super::phrase::Phrase;
use super::settle::NEAR;
use super::token::Pos;
use crate::core::vocabulary::{Certainty, QuotationType, Stance};

pub(super) fn is_mark(pos: Pos) -> bool {
    matches!(
        pos,
        Pos::Comma
            | Pos::Stop
            | Pos::Colon
            | Pos::Semicolon
            | Pos::Dash
            | Pos::Open
            | Pos::Close
            | Pos::Quote
    )
}

/// How the content is given, from the share of its letters inside quotation marks.
pub(super) fn kind_of(p: &Para<'_>, content: &[Phrase]) -> QuotationType {
    let (mut all, mut inside) = (0usize, 0usize);
    for c in content {
        for t in &p.toks[c.start..c.end] {
            if !is_mark(t.pos) {
                let n = (t.end - t.start) as usize;
                all += n;
                inside += if t.depth > 0 { n } else { 0 };
            }
        }
    }
    if inside == 0 {
        QuotationType::Indirect
    } else if inside * 10 >= all * 9 {
        QuotationType::Direct
    } else {
        QuotationType::Mixed
    }
}

pub(super) fn emit(p: &Para<'_>, found: &[FoundAttribution]) -> Vec<Attributed> {
    let mut out: Vec<Attributed> = Vec::with_capacity(found.len());
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|n| found[*n].place_at());
    for (place, &n) in order.iter().enumerate() {
        let f = &found[n];
        let near = place.saturating_sub(NEAR)..(place + NEAR).min(order.len());
        let via = order[near.clone()]
            .iter()
            .enumerate()
            .map(|(k, m)| (k + near.start, m))
            .filter(|(_, m)| **m != n && encloses(&found[**m], f))
            .min_by_key(|(_, m)| {
                found[**m]
                    .content
                    .iter()
                    .map(|c| c.end - c.start)
                    .sum::<usize>()
            })
            .map(|(k, _)| k);
        let bytes = |s: Phrase| p.bytes(s.start..s.end);
        let certainty = match f.certainty {
            c if f.stance == Stance::None => c,
            Certainty::Probable | Certainty::Possible => f.certainty,
            c => content_hedge(p, &f.content).unwrap_or(c),
        };
        out.push(Attributed {
            source: f.source.map(bytes),
            cue: f.cue.map(bytes),
            content: f.content.iter().copied().map(bytes).collect(),
            about: f.about.map(bytes),
            kind: if f.rule == "credit" {
                QuotationType::Free
            } else {
                kind_of(p, &f.content)
            },
            stance: f.stance,
            certainty,
            negated: f.negated,
            via,
            rule: f.rule,
            why: why(p, f),
            at: p.toks.get(f.place_at()).map_or(0, |t| t.start),
        });
    }
    out
}

/// Whether `outer` quotes `f`: its content holds cue and source of `f`.
pub(super) fn encloses(outer: &FoundAttribution, f: &FoundAttribution) -> bool {
    if f.rule == "cited" {
        return outer.rule != "cited" && outer.speech && outer.content == f.content;
    }
    let Some(cue) = f.cue.filter(|_| f.rule != "quote-continued") else {
        return false;
    };
    if outer.rule == "relay"
        && f.rule == "quoted-as-saying"
        && outer.at < f.at
        && f.at - outer.at < 30
    {
        return true;
    }
    outer.holds(cue.start)
        && outer.holds(f.at)
        && f.source.is_none_or(|s| outer.holds(s.start))
        && !f.holds(outer.at)
}

/// A hedge at the head of the content: "may", "is likely", "reportedly".
pub(super) fn content_hedge(p: &Para<'_>, content: &[Phrase]) -> Option<Certainty> {
    let c = content.first()?;
    for t in p.toks[c.start..c.end].iter().take(14) {
        if t.is(class::HEDGE_POSSIBLE) && !t.capital {
            return Some(Certainty::Possible);
        }
        if t.is(class::HEDGE_PROBABLE) && t.pos != Pos::Verb {
            return Some(Certainty::Probable);
        }
    }
    None
}

pub(super) fn why(p: &Para<'_>, f: &FoundAttribution) -> Box<str> {
    if f.cue.is_none() || f.rule == "quote-continued" {
        let Some(s) = f.source else {
            return f.place.as_ref().into();
        };
        let who = p.words(s.start..s.end);
        return format!("{}; source \"{}\"", f.place, one_line(who)).into();
    }
    let cue: Cow<'_, str> = f
        .cue
        .map_or(Cow::Borrowed(""), |c| one_line(p.words(c.start..c.end)));
    let mut why = if f.place.is_empty() {
        format!("cue \"{cue}\"")
    } else {
        format!("cue \"{cue}\", then {}", f.place)
    };
    if let Some(s) = f.source {
        why.push_str("; source \"");
        why.push_str(&one_line(p.words(s.start..s.end)));
        why.push('"');
    }
    why.into()
}

/// `words` without line ends and no longer than 80 bytes.
pub(super) fn one_line(words: &str) -> Cow<'_, str> {
    let end = words.floor_char_boundary(80);
    let cut = if end < words.len() { "…" } else { "" };
    if cut.is_empty() && !words.contains(['\n', '\r']) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words[..end].replace(['\n', '\r'], " ") + cut)
}
