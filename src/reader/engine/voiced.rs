//! Blocks that are somebody's words by the layout alone: turns, answers, questions, posts; and corrections, by which the
//! article takes its own words back.

use std::ops::Range;

use super::first::{Attributed, BlockResult, CARRY};
use crate::core::proposal::Block;
use crate::core::text::ArticleText;
use crate::core::vocabulary::{BlockKind, Certainty, QuotationType, Stance};
use crate::reader::blocks::{Labelled, post_head, turn_label};

/// How many blocks a post may stand under its head.
const UNDER: usize = 64;
/// Bytes of the text in which it is said who is interviewed.
const INTRO: usize = 4096;

/// What comes before the name of whom an interview is with.
const INTERVIEWS: &[&str] = &[
    "interview with ",
    "interviewed ",
    "sat down with ",
    "spoke to ",
    "spoke with ",
    "talked to ",
    "talked with ",
    "talks to ",
    "speaks to ",
    "asked ",
    "Gespräch mit ",
    "Interview mit ",
    "entretien avec ",
    "entrevista a ",
    "entrevista con ",
];

/// Whose words a block is.
pub(super) struct LaidVoice {
    /// The words that name the speaker, bytes of the text; none where nobody is named.
    source: Option<Range<u32>>,
    /// The colon behind the name.
    cue: Option<Range<u32>>,
    /// The byte at which the words begin.
    pub said: usize,
    rule: &'static str,
    why: &'static str,
}

/// Whose words block `n` is; none where the layout does not tell. Looks back over a bounded number of blocks only.
pub(super) fn voice(text: &ArticleText, blocks: &[Block], n: usize) -> Option<LaidVoice> {
    let start = |m: usize| text.bytes(blocks[m].span).start;
    let words = |m: usize| &text.as_str()[text.bytes(blocks[m].span)];
    let nobody = |rule, why| LaidVoice {
        source: None,
        cue: None,
        said: start(n),
        rule,
        why,
    };
    match blocks[n].kind {
        BlockKind::Turn | BlockKind::Question | BlockKind::Answer => {
            let mut voice = nobody("transcript", "a turn of the conversation");
            let back = n.saturating_sub(CARRY)..n;
            let label = match turn_label(words(n)) {
                Some(label) => {
                    voice.said += label.said;
                    Some((n, label))
                }
                // A speaker goes on; whoever answers a question without a label is not the one who asked it.
                None => back
                    .rev()
                    .filter(|m| blocks[*m].kind == blocks[n].kind)
                    .find_map(|m| Some((m, turn_label(words(m))?))),
            };
            match label {
                Some((m, label)) if label.speaker == Labelled::Named => {
                    let at =
                        |r: Range<usize>| (start(m) + r.start) as u32..(start(m) + r.end) as u32;
                    voice.source = Some(at(label.name));
                    voice.cue = label.colon.filter(|_| m == n).map(|c| at(c..c + 1));
                }
                _ if blocks[n].kind == BlockKind::Answer => {
                    voice.source = interviewed(text, blocks);
                }
                _ => {}
            }
            Some(voice)
        }
        BlockKind::ThreadPost => {
            let head = (n.saturating_sub(UNDER)..n)
                .rev()
                .filter(|m| blocks[*m].kind == BlockKind::Byline)
                .find_map(|m| Some((m, post_head(words(m))?)));
            let mut voice = nobody("post", "a post; its author stands over it");
            if let Some((m, head)) = head {
                // Over a handle alone the name has a line of its own.
                let name = m.checked_sub(1).filter(|k| {
                    head.bare
                        && blocks[*k].kind == BlockKind::Byline
                        && post_head(words(*k)).is_none()
                });
                let range = match name {
                    Some(k) => text.bytes(blocks[k].span),
                    None => start(m) + head.name.start..start(m) + head.name.end,
                };
                voice.source = Some(range.start as u32..range.end as u32);
            }
            Some(voice)
        }
        BlockKind::Correction => Some(nobody(
            "correction",
            "the article takes back what an earlier version said",
        )),
        BlockKind::Headline
        | BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Paragraph
        | BlockKind::QuoteBlock
        | BlockKind::ListItem
        | BlockKind::Boilerplate
        | BlockKind::LivePost
        | BlockKind::SelfDescription => None,
    }
}

/// The name of whom the interview is with, as the words before it say.
fn interviewed(text: &ArticleText, blocks: &[Block]) -> Option<Range<u32>> {
    let text_str = text.as_str();
    let asked = blocks.iter().find(|b| b.kind == BlockKind::Question);
    let until = asked.map_or(INTRO, |b| text.bytes(b.span).start);
    let intro = &text_str[..text_str.floor_char_boundary(until.min(INTRO))];
    INTERVIEWS.iter().find_map(|before| {
        let from = intro.find(before)? + before.len();
        let mut end = from;
        for word in intro[from..].split(' ') {
            let name = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !name.starts_with(char::is_uppercase) {
                break;
            }
            end += usize::from(end > from) + name.len();
            if name.len() < word.len() {
                break;
            }
        }
        intro[from..end]
            .contains(' ')
            .then_some(from as u32..end as u32)
    })
}

/// Adds that the sentences `parts` of a block are `voice`'s: what is asked is asked, all else asserted.
pub(super) fn speak(
    text: &str,
    voice: &LaidVoice,
    parts: &[Range<usize>],
    result: &mut BlockResult,
) {
    let asks = |s: &Range<usize>| {
        text[s.clone()]
            .trim_end_matches(['"', '”', '»', ')', ' '])
            .ends_with(['?', '？'])
    };
    if voice.rule == "correction" {
        // What an earlier version said is nobody's claim any more.
        result.attributions.clear();
    }
    let mut made = Vec::new();
    for asked in [false, true] {
        let content = joined(parts.iter().filter(|s| asks(s) == asked));
        let stance = match (voice.rule, asked) {
            ("correction", _) => Stance::Retracts,
            (_, true) => Stance::Questions,
            (_, false) => Stance::Asserts,
        };
        let Some(first) = content.first() else {
            continue;
        };
        made.push(Attributed {
            source: voice.source.clone(),
            cue: voice.cue.clone().filter(|_| made.is_empty()),
            at: first.start,
            content,
            about: None,
            kind: match voice.rule {
                "correction" => QuotationType::None,
                _ => QuotationType::Direct,
            },
            stance,
            certainty: Certainty::Unspecified,
            negated: false,
            via: None,
            rule: voice.rule,
            why: voice.why.into(),
        });
    }
    // Whom the speaker quotes is quoted by the speaker.
    let speaker = made.iter().position(|a| a.stance == Stance::Asserts);
    let more = made.len();
    for a in &mut result.attributions {
        a.via = a.via.map(|v| v + more).or(speaker);
    }
    result.attributions.splice(0..0, made);
}

/// The ranges, those that only white space parts as one.
fn joined<'r>(parts: impl Iterator<Item = &'r Range<usize>>) -> Vec<Range<u32>> {
    let mut out: Vec<Range<u32>> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(last) if part.start as u32 <= last.end + 2 => last.end = part.end as u32,
            _ => out.push(part.start as u32..part.end as u32),
        }
    }
    out
}
