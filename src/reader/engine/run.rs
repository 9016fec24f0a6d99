//! From blocks to proposals.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::first::{Attributed, CARRY, FirstPass};
use super::layout;
use super::lexicon::AttributionLexicon;
use super::voiced;
use crate::core::proposal::{Block, Proposals, ProposedAttribution, ProposedStatement, Spans};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::{BlockKind, CheckWorthiness};
use crate::reader::blocks::mark_len;
use crate::reader::{sentences, worth};

/// So long are sentences where they are short; hardly any text has more of them.
const SHORT: u32 = 32;

/// Proposes statements and attributions for the blocks of `range`; see [`crate::reader::propose`].
pub(crate) fn run(
    text: &ArticleText,
    blocks: &[Block],
    language: &str,
    range: Range<usize>,
    cancelled: &dyn Fn() -> bool,
) -> Proposals {
    let mut out = Proposals {
        reader: crate::reader::READER.into(),
        blocks: blocks.to_vec(),
        ..Proposals::default()
    };
    let range = range.start.min(blocks.len())..range.end.min(blocks.len());
    let words: u32 = blocks[range.clone()].iter().map(|b| b.span.len()).sum();
    // A list that grows leaves the room behind that it grew out of; room that is never used costs nothing.
    out.statements.reserve((words / SHORT) as usize);
    out.attributions.reserve((words / SHORT) as usize);
    let mut pass = FirstPass::new(text.as_str(), AttributionLexicon::of(language));
    // The blocks before only bring the quotation that may be carried on.
    let first = range.start.saturating_sub(CARRY + 1);
    for (n, block) in blocks.iter().enumerate().take(range.end).skip(first) {
        if n % 64 == 0 && cancelled() {
            break;
        }
        let bytes = text.bytes(block.span);
        if !block.kind.holds_statements() || bytes.is_empty() {
            continue;
        }
        let voice = voiced::voice(text, blocks, n);
        // A label is no part of what is said.
        let said = voice.as_ref().map_or(bytes.start, |v| v.said)..bytes.end;
        let mut parts = sentences::split(&text.as_str()[said.clone()], language);
        for s in &mut parts {
            *s = s.start + said.start..s.end + said.start;
        }
        if block.kind == BlockKind::ThreadPost {
            parts.retain(|s| says_something(&text.as_str()[s.clone()]));
        }
        let mark = said.start + mark_len(&text.as_str()[said.clone()], block.kind);
        let labelled = voice.is_none() && turn(text, blocks, n);
        let mut result = pass.block(said, block.kind, labelled, &parts);
        if n < range.start {
            continue;
        }
        if let Some(voice) = &voice {
            voiced::speak(text.as_str(), voice, &parts, &mut result);
        }
        if matches!(block.kind, BlockKind::Headline | BlockKind::ListItem)
            && result.attributions.is_empty()
            && (!result.verbal || result.words < 3)
        {
            continue;
        }
        let first = out.statements.len();
        for s in &parts {
            // The number of an item is no number that it tells.
            let words = &text.as_str()[s.start.max(mark).min(s.end)..s.end];
            let worth = worth::judge(words, language);
            let plain = block.kind == BlockKind::SelfDescription || result.is_fragment(s);
            out.statements.push(ProposedStatement {
                spans: span(text, s).into(),
                block: n as u32,
                check_worthiness: match worth.check_worthiness {
                    CheckWorthiness::High if plain => CheckWorthiness::Routine,
                    worth => worth,
                },
                claim_type: worth.claim_type,
                why: worth.why,
            });
        }
        let base = out.attributions.len();
        let mut made: Vec<(u32, usize, ProposedAttribution)> =
            Vec::with_capacity(result.attributions.len());
        for (k, a) in result.attributions.iter().enumerate() {
            let at = parts
                .partition_point(|s| s.end <= a.at as usize)
                .min(parts.len().saturating_sub(1));
            let statement = (first + at) as u32;
            made.push((statement, k, proposed(text, a, statement)));
        }
        // Snapping to clusters may make spans meet where marks combine across words: such a one is no attribution.
        made.retain(|m| disjoint(&m.2));
        made.sort_by_key(|m| (m.0, m.1));
        let place: Vec<Option<usize>> = {
            let mut place = vec![None; result.attributions.len()];
            for (to, m) in made.iter().enumerate() {
                place[m.1] = Some(to);
            }
            place
        };
        for (_, k, mut a) in made {
            a.via = result.attributions[k]
                .via
                .and_then(|v| place.get(v).copied().flatten())
                .map(|v| (base + v) as u32);
            out.attributions.push(a);
        }
    }
    out
}

/// Whether a sentence of a post is more than a sign or a link.
fn says_something(sentence: &str) -> bool {
    let link = !sentence.contains(char::is_whitespace) && sentence.contains('/');
    !link && sentence.contains(char::is_alphanumeric)
}

/// Whether block `n` is a turn of a conversation, by its label and those of the blocks near it.
fn turn(text: &ArticleText, blocks: &[Block], n: usize) -> bool {
    let words = |b: &Block| &text.as_str()[text.bytes(b.span)];
    let Some(label) = layout::label(words(&blocks[n])) else {
        return false;
    };
    let near = n.saturating_sub(CARRY)..(n + CARRY + 1).min(blocks.len());
    layout::converses(label, near.filter(|k| *k != n).map(|k| words(&blocks[k])))
}

fn proposed(text: &ArticleText, a: &Attributed, statement: u32) -> ProposedAttribution {
    let one = |r: &Option<Range<u32>>| {
        r.as_ref()
            .map_or(Spans::None, |r| Spans::One(span(text, &wide(r))))
    };
    ProposedAttribution {
        statement,
        source: one(&a.source),
        cue: one(&a.cue),
        content: a
            .content
            .iter()
            .map(|r| span(text, &wide(r)))
            .collect::<Vec<_>>()
            .into(),
        quotation_type: a.kind,
        stance: a.stance,
        certainty: a.certainty,
        negated: a.negated,
        via: None,
        about: one(&a.about),
        source_record: None,
        rule: Cow::Borrowed(a.rule),
        why: a.why.clone(),
    }
}

/// Whether source, cue and content share no character.
fn disjoint(a: &ProposedAttribution) -> bool {
    let mut all: Vec<Span> = [&a.source, &a.cue, &a.content]
        .iter()
        .flat_map(|s| s.as_slice())
        .copied()
        .collect();
    all.sort_unstable();
    all.windows(2).all(|w| w[0].end <= w[1].start)
}

fn wide(r: &Range<u32>) -> Range<usize> {
    r.start as usize..r.end as usize
}

/// The span of the bytes `r`, widened to grapheme borders where wide characters stand at its ends.
fn span(text: &ArticleText, r: &Range<usize>) -> Span {
    let s = text.as_str();
    let start = snap(s, r.start, true);
    text.span(start..snap(s, r.end, false).max(start))
}

fn snap(text: &str, at: usize, back: bool) -> usize {
    let wide = |k: Option<&u8>| k.is_some_and(|b| !b.is_ascii());
    let bytes = text.as_bytes();
    let near = wide(bytes.get(at)) || at > 0 && wide(bytes.get(at - 1)) && back;
    if !near || at == 0 || at >= text.len() {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    let found = if back {
        cursor.prev_boundary(text, 0)
    } else {
        cursor.next_boundary(text, 0)
    };
    found.ok().flatten().unwrap_or(at)
}
