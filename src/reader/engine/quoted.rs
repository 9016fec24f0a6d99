//! Quotations of languages without word lists: who says them is left open.

use super::found::FoundAttribution;
use super::other::found;
use super::para::{Para, Segment};
use super::phrase::Phrase;
use super::token::{Pos, Token};

/// How many letters and digits a quotation must have, in bytes, to be something said rather than a title or a word held
/// at a distance; and how many words where it does not end with a stop.
const LONG: usize = 12;
const WORDS: usize = 5;

/// Adds every quotation that nobody says yet and that reads like a sentence: with a stop at its end, behind a colon or
/// at the block's start, or of many words. `taken` is where a quotation goes on from a block before.
pub(super) fn unsaid(p: &Para<'_>, taken: Option<u32>, out: &mut Vec<FoundAttribution>) {
    let first = out.len();
    for q in p.quotes.iter().filter(|q| q.depth == 1) {
        let inside = &p.toks[q.open..q.end];
        let words = inside.iter().filter(|t| is_word(t)).count();
        let letters: u32 = inside
            .iter()
            .filter(|t| is_word(t))
            .map(|t| t.end - t.start)
            .sum();
        let ends = inside.iter().rev().find(|t| t.pos != Pos::Quote);
        let stopped = ends.is_some_and(|t| t.pos == Pos::Stop)
            || p.toks.get(q.end).is_some_and(|t| t.pos == Pos::Stop) && q.open == 0;
        let led = q.open == 0 || p.toks[q.open - 1].pos == Pos::Colon;
        // What was found before is in order, and a quotation has few parts.
        let at = out[..first].partition_point(|f| f.level == 0 && f.at < q.open);
        let near = at.saturating_sub(super::settle::NEAR)..(at + super::settle::NEAR).min(first);
        if (letters as usize) < LONG
            || !(stopped || led || words >= WORDS)
            || taken == Some(p.toks[q.open].start)
            || out[near].iter().any(|f| f.touches(q.open..q.end))
        {
            continue;
        }
        let seg = Segment {
            lo: 0,
            hi: p.toks.len(),
            level: 0,
        };
        let mut f = found(
            &seg,
            q.open,
            "quotation",
            "a quotation; who says it is left open",
        );
        f.add(Phrase {
            start: q.open,
            end: q.end,
        });
        out.push(f);
    }
    out.sort_by_key(|f| (f.level, f.at));
}

fn is_word(t: &Token) -> bool {
    matches!(t.pos, Pos::Noun | Pos::Name | Pos::Number)
}
