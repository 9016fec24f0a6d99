//! Blocks that are somebody's: turns of a transcript, questions and answers, posts of a thread, entries of a live report.

use std::collections::{HashMap, HashSet};

use super::RawBlock;
use super::labels::{Labelled, PostHead, TurnLabel, post_head, turn_label};
use super::shape::{is_clock, is_date_line, is_running_text, is_title};
use crate::core::vocabulary::BlockKind;

/// Bytes of the text on which it is decided whether it is a conversation; less than what a first screen holds.
const SAMPLE: usize = 128 * 1024;
/// Turns that make a conversation.
const TURNS: usize = 3;
/// How many blocks without a label one speaker goes on for.
const ON: usize = 8;

/// Gives the heads of posts their kind, before a headline is looked for.
pub(super) fn heads(text: &str, raws: &mut [RawBlock]) {
    let found: Vec<(usize, PostHead)> = raws
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == BlockKind::Paragraph)
        .filter_map(|(n, r)| Some((n, post_head(&text[r.range.clone()])?)))
        .collect();
    // One handle alone may be the paper's own, at the end of the page.
    if found.len() < 2 && found.iter().all(|(_, h)| h.bare) {
        return;
    }
    for (n, head) in found {
        raws[n].kind = BlockKind::Byline;
        if head.bare
            && let Some(name) = n.checked_sub(1).map(|m| &mut raws[m])
            && name.kind == BlockKind::Paragraph
            && is_name(&text[name.range.clone()])
        {
            name.kind = BlockKind::Byline;
        }
    }
}

/// Whether `s` is the name of somebody and no more.
fn is_name(s: &str) -> bool {
    (1..=5).contains(&s.split_whitespace().count())
        && is_title(s)
        && s.split_whitespace()
            .all(|w| w.starts_with(char::is_uppercase) || !w.contains(char::is_alphanumeric))
}

/// What stands under the head of a post is the author's: all of a thread, one paragraph in an article.
pub(super) fn posts(text: &str, raws: &mut [RawBlock]) {
    let head = |r: &RawBlock| {
        (r.kind == BlockKind::Byline)
            .then(|| post_head(&text[r.range.clone()]))
            .flatten()
    };
    let running = |r: &RawBlock| r.kind.is_running() && is_running_text(&text[r.range.clone()]);
    let Some(first) = raws.iter().position(|r| head(r).is_some()) else {
        return;
    };
    let thread = !raws[..first].iter().any(running);
    let mut left = 0;
    for raw in &mut raws[first..] {
        match raw.kind {
            BlockKind::Byline => match head(raw) {
                Some(head) => {
                    left = if thread && !head.announces {
                        usize::MAX
                    } else {
                        1
                    }
                }
                None if !thread => left = 0,
                None => {}
            },
            BlockKind::Headline if left < usize::MAX => left = 0,
            BlockKind::Paragraph | BlockKind::Headline if left > 0 => {
                raw.kind = BlockKind::ThreadPost;
                left -= usize::from(left < usize::MAX);
            }
            _ => {}
        }
    }
}

/// Entries of a live report: each has its time over it. Lines of the times at the top lead to them.
pub(super) fn live(text: &str, raws: &mut [RawBlock]) {
    let is_time = |r: &RawBlock| r.kind == BlockKind::Byline && is_clock(&text[r.range.clone()]);
    let times: Vec<usize> = (0..raws.len()).filter(|n| is_time(&raws[*n])).collect();
    let [first, _, ..] = times[..] else { return };
    let clocks: Vec<&str> = times
        .iter()
        .map(|n| &text[raws[*n].range.clone()])
        .collect();
    for n in 0..first {
        let words = &text[raws[n].range.clone()];
        let clock = words.split_whitespace().next().unwrap_or_default();
        if is_title(words) && clock.len() < words.len() && clocks.contains(&clock) {
            raws[n].kind = BlockKind::Boilerplate;
            if let Some(over) = n.checked_sub(1).map(|m| &mut raws[m])
                && over.kind == BlockKind::Paragraph
                && is_title(&text[over.range.clone()])
            {
                over.kind = BlockKind::Boilerplate;
            }
        }
    }
    for n in first + 1..raws.len() {
        let words = &text[raws[n].range.clone()];
        if raws[n].kind != BlockKind::Paragraph {
            continue;
        }
        raws[n].kind = match is_time(&raws[n - 1]) && is_title(words) && !is_date_line(words) {
            true => BlockKind::Headline,
            false => BlockKind::LivePost,
        };
    }
}

/// Turns of a transcript or an interview, where labels come again and hold a good part of the text.
pub(super) fn conversation(text: &str, raws: &mut [RawBlock]) {
    let turns: Vec<(usize, TurnLabel)> = raws
        .iter()
        .enumerate()
        .filter(|(_, r)| r.kind == BlockKind::Paragraph)
        .filter_map(|(n, r)| Some((n, turn_label(&text[r.range.clone()])?)))
        .collect();
    let Some(kept) = conversing(text, raws, &turns) else {
        return;
    };
    let answered = kept.iter().any(|(_, l)| l.speaker != Labelled::Asks);
    let transcript = kept.iter().any(|(_, l)| l.shouted);
    let mut last: Option<(usize, BlockKind)> = None;
    let mut kept = kept.into_iter().peekable();
    for n in 0..raws.len() {
        if let Some((_, label)) = kept.next_if(|(m, _)| *m == n) {
            let words = &text[raws[n].range.clone()];
            raws[n].kind = match label.speaker {
                Labelled::Asks => BlockKind::Question,
                Labelled::Answers => BlockKind::Answer,
                Labelled::Named if only_asks(&words[label.said..]) => BlockKind::Question,
                Labelled::Named => BlockKind::Turn,
            };
            last = Some((n, raws[n].kind));
            continue;
        }
        let Some((at, kind)) = last.filter(|(at, _)| transcript && n - at <= ON) else {
            continue;
        };
        match raws[n].kind {
            BlockKind::Paragraph => {
                raws[n].kind = match kind {
                    BlockKind::Question if !answered => BlockKind::Answer,
                    kind => kind,
                };
            }
            BlockKind::Headline => last = None,
            _ => last = Some((at, kind)),
        }
    }
}

/// The labels among `found` that are speakers'; none where the text is no conversation. That is decided on the start of
/// the text, so that its first screen shows what the whole does.
fn conversing(
    text: &str,
    raws: &[RawBlock],
    found: &[(usize, TurnLabel)],
) -> Option<Vec<(usize, TurnLabel)>> {
    let words = |n: usize| &text[raws[n].range.clone()];
    // "Price: …", "Size: …" are no speakers: a name in full, or capitals, is.
    let telling = |n: usize, l: &TurnLabel| l.shouted || words(n)[l.name.clone()].contains(' ');
    let mut count: HashMap<String, usize> = HashMap::new();
    let mut told: HashSet<String> = HashSet::new();
    for (n, label) in found {
        let key = label.key(words(*n));
        if telling(*n, label) {
            told.insert(key.clone());
        }
        if raws[*n].range.start < SAMPLE {
            *count.entry(key).or_default() += 1;
        }
    }
    let is_speaker = |n: usize, l: &TurnLabel| told.contains(&l.key(words(n)));
    count.retain(|key, _| told.contains(key));
    let lettered = found.iter().any(|(_, l)| l.speaker == Labelled::Asks);
    let running = raws
        .iter()
        .filter(|r| r.kind == BlockKind::Paragraph && r.range.start < SAMPLE)
        .count();
    let turns: usize = count.values().sum();
    let share = match lettered {
        true => 5,
        false => 3,
    };
    let holds = turns >= TURNS
        && (count.len() >= 2 || lettered)
        && count.values().any(|n| *n > 1)
        && turns * share >= running;
    holds.then(|| {
        let speakers = found.iter().filter(|(n, l)| is_speaker(*n, l));
        speakers.cloned().collect()
    })
}

/// Whether `words` are questions and nothing else.
fn only_asks(words: &str) -> bool {
    words.trim_end_matches(['"', '”', ')']).ends_with('?')
        && !words.contains(". ")
        && !words.contains("! ")
}
