//! Walking what a finished check still lacks: findings without ground, captions and sentences that nobody has looked at.

use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::Bench;
use crate::app::state::marking::{Marking, Purpose};
use crate::app::state::working::Working;
use crate::core::loose_ends::LooseEnd;
use crate::core::place::Pane;
use crate::core::rows::RowKey;
use crate::core::unseen::Unseen;
use crate::core::vocabulary::{BlockKind, Vocabulary};

/// Goes to the next loose end after the cursor, going round the end once.
pub fn next(state: &mut Working<'_>) -> Done {
    let ends = state.bench.check().loose_ends();
    let Some(n) = after_cursor(state.bench, &ends) else {
        return Err(Refusal::mild(
            "There are no loose ends: every finding has its ground, and every sentence was looked at.",
        ));
    };
    let (at, end) = ends[n].clone();
    let count = format!("{} of {}", n + 1, ends.len());
    let said = match end {
        LooseEnd::NoGround(claim) => {
            state.bench.go_to(RowKey::Claim(claim));
            "the finding has no ground: hold evidence against the claim, or say why".to_string()
        }
        LooseEnd::Unseen(unseen) => visit(state.bench, unseen),
    };
    state.bench.loose_end = Some((state.bench.cursor().clone(), at));
    state.say(Level::Info, format!("Loose end {count}: {said}."));
    DONE
}

/// Which of `ends` comes after the cursor; none where there is none at all.
fn after_cursor(bench: &Bench, ends: &[(u32, LooseEnd)]) -> Option<usize> {
    let is_here = |end: &LooseEnd| match end {
        LooseEnd::NoGround(claim) => *bench.cursor() == RowKey::Claim(*claim),
        LooseEnd::Unseen(_) => false,
    };
    // A sentence has no row to stand on: there the last visit tells how far the walk has come.
    let visited = bench.loose_end.as_ref();
    let visited = visited.filter(|(row, _)| row == bench.cursor());
    let from = match (ends.iter().position(|(_, end)| is_here(end)), visited) {
        (Some(here), _) => here + 1,
        (None, Some((_, at))) => ends.partition_point(|(start, _)| start <= at),
        (None, None) => ends.partition_point(|(start, _)| *start < bench.cursor_start()),
    };
    match ends.len() {
        0 => None,
        count => Some(from % count),
    }
}

/// Goes to words that nobody has looked at: to their block, or where it has rows, by marking them; says what can be done.
fn visit(bench: &mut Bench, unseen: Unseen) -> String {
    let what = match unseen.block {
        BlockKind::Caption | BlockKind::Headline => unseen.block.label(),
        _ => "sentence",
    };
    let block = bench.check().proposals().block_at(unseen.span.start);
    let alone = block.filter(|n| {
        let blocks = &bench.check().proposals().blocks;
        let span = blocks.get(*n).map(|b| b.span);
        span.is_some_and(|s| bench.check().marks_in(s).is_empty())
    });
    match alone {
        Some(n) => {
            bench.go_to(RowKey::Block(n as u32));
        }
        None => {
            let bytes = bench.text().bytes(unseen.span);
            bench.pane = Pane::Article;
            let mark = Marking::new(Purpose::Statement, bytes.start, bytes.end);
            bench.marking = Some(mark);
            bench.reveal_mark();
        }
    }
    format!("nobody has looked at this {what}")
}
