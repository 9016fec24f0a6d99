//! Pairs what was found with what was marked, and counts.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::super::{blocks, propose};
use super::marks::{Doc, GoldMark};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::Vocabulary;

/// Word tokens as scalar offsets: runs of letters and digits, with inner apostrophes and points.
fn words(text: &[char], spans: &[Span]) -> BTreeSet<u32> {
    let mut out = BTreeSet::new();
    for s in spans {
        let end = (s.end as usize).min(text.len());
        let mut i = s.start as usize;
        while i < end {
            if !text[i].is_alphanumeric() {
                i += 1;
                continue;
            }
            out.insert(i as u32);
            while i < end
                && (text[i].is_alphanumeric()
                    || matches!(text[i], '\'' | '’' | '.')
                        && i + 1 < end
                        && text[i + 1].is_alphanumeric())
            {
                i += 1;
            }
        }
    }
    out
}

/// The head word of a source: the last before the first comma, bracket or preposition.
fn head(text: &[char], spans: &[Span], stops: &[&str]) -> Option<String> {
    let s = spans.first()?;
    let words: String = text[s.start as usize..s.end as usize].iter().collect();
    let cut = words
        .find([',', ';', ':', '(', '[', '—'])
        .unwrap_or(words.len());
    let mut last = None;
    for (n, w) in words[..cut].split_whitespace().enumerate() {
        if n > 0 && stops.contains(&w.to_lowercase().as_str()) {
            break;
        }
        last = Some(
            w.trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_lowercase(),
        );
    }
    last
}

fn dice(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> f64 {
    let both = a.intersection(b).count();
    if a.is_empty() && b.is_empty() {
        0.0
    } else {
        2.0 * both as f64 / (a.len() + b.len()) as f64
    }
}

#[derive(Default)]
pub(super) struct Count {
    pub right: usize,
    pub system: usize,
    pub gold: usize,
}

impl Count {
    /// F1 in percent.
    pub(super) fn f1(&self) -> f64 {
        if self.system + self.gold == 0 {
            100.0
        } else {
            200.0 * self.right as f64 / (self.system + self.gold) as f64
        }
    }
}

#[derive(Default)]
pub(super) struct Score {
    pub triple: Count,
    pub negated: Count,
    pub speaker: Count,
    /// Stance, voice between and whom an accusation names, of the pairs whose triple is right.
    pub around: Count,
    pub misses: String,
}

pub(super) fn score(docs: &[Doc], language: &str, stops: &[&str]) -> Score {
    let mut total = Score::default();
    for d in docs {
        let text = ArticleText::new(d.text.clone());
        let layout = blocks::plain(text.as_str());
        let p = propose(&text, &layout, language, 0..layout.len(), true, &|| false);
        let found: Vec<GoldMark> = p
            .attributions
            .iter()
            .map(|a| GoldMark {
                source: a.source.to_vec(),
                cue: a.cue.to_vec(),
                content: a.content.to_vec(),
                about: a.about.to_vec(),
                negative: a.negated,
                stance: a.stance.word(),
                via: a.via.map(|v| v as usize),
            })
            .collect();
        one(d, &found, stops, &mut total);
    }
    total
}

fn one(d: &Doc, found: &[GoldMark], stops: &[&str], total: &mut Score) {
    let text: Vec<char> = d.text.chars().collect();
    let mut pairs = Vec::new();
    for (i, g) in d.marks.iter().enumerate() {
        for (j, s) in found.iter().enumerate() {
            let overlap = dice(&words(&text, &g.content), &words(&text, &s.content));
            let cue = words(&text, &g.cue)
                .intersection(&words(&text, &s.cue))
                .next()
                .is_some();
            if overlap > 0.0 {
                pairs.push((overlap + if cue { 0.05 } else { 0.0 }, overlap, i, j, cue));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
    total.triple.gold += d.marks.len();
    total.triple.system += found.len();
    let (mut gold, mut system) = (BTreeSet::new(), BTreeSet::new());
    let mut right = BTreeSet::new();
    for (_, overlap, i, j, cue) in pairs {
        if gold.contains(&i) || system.contains(&j) {
            continue;
        }
        gold.insert(i);
        system.insert(j);
        if overlap < 0.5 {
            continue;
        }
        let (g, s) = (&d.marks[i], &found[j]);
        total.negated.right += usize::from(g.negative && s.negative);
        total.negated.gold += usize::from(g.negative);
        total.negated.system += usize::from(s.negative);
        let same = head(&text, &g.source, stops) == head(&text, &s.source, stops);
        // The scorer takes marks without letters for no cue at all.
        let cue = cue || words(&text, &g.cue).is_empty();
        let quoted = text[g.content[0].start as usize..g.content[0].end as usize]
            .iter()
            .any(|c| "“\"«»„‘".contains(*c));
        total.speaker.gold += usize::from(quoted);
        total.speaker.system += usize::from(quoted);
        total.speaker.right += usize::from(quoted && same);
        if same && cue {
            total.triple.right += 1;
            right.insert((i, j));
        }
    }
    for &(i, j) in &right {
        let (g, s) = (&d.marks[i], &found[j]);
        let via = s.via.map(|v| right.iter().find(|r| r.1 == v).map(|r| r.0));
        let parts = [
            g.stance == s.stance,
            g.via.map(Some) == via,
            g.about.is_empty() == s.about.is_empty()
                && (g.about.is_empty()
                    || dice(&words(&text, &g.about), &words(&text, &s.about)) >= 0.5),
        ];
        total.around.right += parts.iter().filter(|p| **p).count();
        total.around.system += parts.len();
        total.around.gold += parts.len();
        if parts.contains(&false) {
            writeln!(
                total.misses,
                "{} around {i}: {} or {}, via {:?} or {:?}",
                d.name, g.stance, s.stance, g.via, via
            )
            .unwrap();
        }
    }
    let show = |spans: &[Span]| -> String {
        spans
            .iter()
            .map(|s| {
                text[s.start as usize..s.end as usize]
                    .iter()
                    .collect::<String>()
            })
            .collect::<Vec<_>>()
            .join(" … ")
    };
    let mut tell = |what: String, m: &GoldMark| {
        let (source, cue) = (show(&m.source), show(&m.cue));
        let content = show(&m.content);
        writeln!(
            total.misses,
            "{} {what}: {source} | {cue} | {content}",
            d.name
        )
        .unwrap();
    };
    for (i, g) in d.marks.iter().enumerate() {
        if !right.iter().any(|r| r.0 == i) {
            tell(format!("missed {i}"), g);
        }
    }
    for (j, s) in found.iter().enumerate() {
        if !right.iter().any(|r| r.1 == j) {
            tell("not there".into(), s);
        }
    }
}
