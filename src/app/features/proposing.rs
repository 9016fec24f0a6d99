//! Asking the reader for proposals: when an article is opened, again when somebody wants it, and in another language.

use std::sync::Arc;

use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::app::state::bench::Bench;
use crate::app::state::working::Writing;
use crate::core::proposal::Proposals;

/// Asks the reader for proposals.
pub fn ask(bench: &Bench, again: bool) -> Effect {
    let text = bench.check().text().clone();
    let bytes = bench.article.visible_bytes(&text);
    let blocks = bench.check().proposals().blocks.clone();
    let first = bench
        .check()
        .proposals()
        .block_at(text.scalar(bytes.start))
        .unwrap_or(0);
    let last = bench
        .check()
        .proposals()
        .block_at(text.scalar(bytes.end))
        .map_or(blocks.len(), |n| n + 1);
    Effect::Propose {
        text,
        blocks,
        language: bench.session().article.language.clone(),
        visible: first..last.max(first),
        again,
    }
}

/// Lets the present reader propose anew.
pub fn again(state: &mut Writing<'_>) -> Done {
    Ok(vec![ask(state.bench, true)])
}

/// `proposals`, made again by the reader that the session names, under a name of their own where they are others: what it
/// proposed first is kept under its name and never replaced. The language is what mostly makes them others.
pub fn told_apart(bench: &Bench, mut proposals: Arc<Proposals>) -> Arc<Proposals> {
    let session = bench.session();
    let Some(named) = session.current().map(|v| v.reader.as_str()) else {
        return proposals;
    };
    let base = named.split(APART).next().unwrap_or_default();
    if base != proposals.reader {
        return proposals;
    }
    let now = bench.check().proposals();
    let kept = match now.reader == named {
        true => Some(now),
        false => bench.other_proposals.get(named),
    };
    let same = |kept: &Proposals| {
        kept.statements == proposals.statements
            && kept.attributions == proposals.attributions
            && kept.sources == proposals.sources
    };
    let name = match kept.is_some_and(|kept| same(kept)) {
        true => named.to_string(),
        false => {
            let language = session.article.language.split('-').next();
            let language = language.filter(|l| !l.is_empty()).unwrap_or("en");
            format!("{base}{APART}{}", language.to_ascii_lowercase())
        }
    };
    Arc::make_mut(&mut proposals).reader = name;
    proposals
}

/// What parts a reader's name and the language in its other name.
const APART: char = '_';
