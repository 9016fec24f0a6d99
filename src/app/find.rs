//! Finding things: the search in the article, the filter on the rows.

use super::bench::Search;
use super::msg::Effect;
use super::notices::Level;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::state::State;
use crate::core::filter::Filter;
use crate::core::search::Pattern;

/// At most so many hits are counted.
const COUNTED: usize = 10_000;

/// Asks what to search for; hits show while one types.
pub fn search(state: &mut State) -> Vec<Effect> {
    if let Some(b) = &mut state.bench {
        let from = b.article.byte_of(b.check().text(), b.article.top);
        b.search_from = Some((from, b.article.top, b.search.clone()));
    }
    let prompt = Prompt::line("search", "Search", "", accept_search)
        .hint("ignores case unless a capital is typed · Enter keeps the hit · Esc goes back")
        .live(typed_search, cancel_search);
    state.open(Overlay::Prompt(prompt))
}

fn typed_search(state: &mut State, text: String) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    let (from, top, _) = bench
        .search_from
        .clone()
        .unwrap_or((0, bench.article.top, None));
    bench.article.top = top;
    bench.search = (!text.is_empty()).then_some(Search {
        text,
        hit: None,
        count: None,
    });
    find(state, from, true, false);
    Vec::new()
}

fn accept_search(state: &mut State, text: String) -> Vec<Effect> {
    if text.is_empty() {
        return cancel_search(state);
    }
    typed_search(state, text);
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    bench.search_from = None;
    land(state);
    Vec::new()
}

fn cancel_search(state: &mut State) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench
        && let Some((_, top, search)) = bench.search_from.take()
    {
        bench.article.top = top;
        bench.search = search;
    }
    Vec::new()
}

/// Goes to the next (or previous) hit.
pub fn next_hit(state: &mut State, forward: bool) -> Vec<Effect> {
    let from = state
        .bench
        .as_ref()
        .and_then(|b| b.search.as_ref()?.hit.clone())
        .map_or(0, |h| if forward { h.end } else { h.start });
    find(state, from, forward, true);
    land(state);
    Vec::new()
}

/// Finds the next hit from byte `from` and brings it into view.
fn find(state: &mut State, from: usize, forward: bool, tell: bool) {
    let Some(bench) = &mut state.bench else {
        return;
    };
    let Some(search) = &mut bench.search else {
        return;
    };
    let Some(pattern) = Pattern::new(&search.text) else {
        return;
    };
    let text = bench.desk.check().text().as_str();
    let hit = if forward {
        pattern.next(text, from)
    } else {
        pattern.previous(text, from)
    };
    let Some(hit) = hit else {
        search.hit = None;
        search.count = Some((0, 0));
        return;
    };
    let tally = pattern.tally(text, hit.bytes.start, COUNTED);
    search.count = Some((tally.nth.unwrap_or(0), tally.total));
    search.hit = Some(hit.bytes.clone());
    bench
        .article
        .reveal(bench.desk.check().text(), hit.bytes.start, hit.bytes.end);
    if tell && hit.wrapped {
        state.say(
            Level::Info,
            if forward {
                "The search went on from the top."
            } else {
                "The search went on from the end."
            },
        );
    }
}

/// Puts the cursor on the row at the hit, keeping the hit in view.
fn land(state: &mut State) {
    let Some(bench) = &mut state.bench else {
        return;
    };
    match bench.search.as_ref().and_then(|s| s.hit.clone()) {
        Some(hit) => {
            let top = bench.article.top;
            bench.go_near(bench.desk.check().text().scalar(hit.start));
            bench.article.top = top;
            bench
                .article
                .reveal(bench.desk.check().text(), hit.start, hit.end);
        }
        None => {
            let what = bench.search.take().map(|s| s.text).unwrap_or_default();
            state.say(
                Level::Info,
                format!("“{what}” does not stand in the article."),
            );
        }
    }
}

/// Asks for a filter; the list follows while one types.
pub fn filter(state: &mut State) -> Vec<Effect> {
    let text = state
        .bench
        .as_ref()
        .and_then(|b| b.filter.as_ref())
        .map(|(t, _)| t.clone())
        .unwrap_or_default();
    if let Some(b) = &mut state.bench {
        b.filter_before = Some((text.clone(), b.cursor().clone()));
    }
    let prompt = Prompt::line("filter", "Filter", &text, |s, t| {
        let effects = set_filter(s, t);
        if let Some(b) = &mut s.bench {
            b.filter_before = None;
        }
        effects
    })
    .hint("status:open source:name evidence:none worth:high tag:… -word \"two words\" · empty shows all")
    .live(|s, t| {
        apply_filter(s, &t);
        Vec::new()
    }, |s| {
        let before = s.bench.as_ref().and_then(|b| b.filter_before.clone());
        if let Some((before, _)) = before {
            apply_filter(s, &before);
        }
        if let Some(b) = &mut s.bench {
            b.filter_before = None;
        }
        Vec::new()
    });
    state.open(Overlay::Prompt(prompt))
}

fn apply_filter(state: &mut State, text: &str) -> Vec<String> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    // While one types, the row that the cursor was on at the beginning counts, so that a filter that is not complete yet
    // and lets nothing through does not lose it.
    let cursor = match &bench.filter_before {
        Some((_, row)) => row.clone(),
        None => bench.cursor().clone(),
    };
    let at = bench.start_of(&cursor);
    let (filter, problems) = Filter::parse(text);
    bench.filter = (!text.trim().is_empty()).then(|| (text.trim().to_string(), filter));
    bench.rows_changed(None);
    if !(bench.shows(&cursor) && bench.go_to(cursor)) {
        bench.go_near(at);
    }
    problems.into_iter().map(|p| p.message).collect()
}

/// Sets the filter, or takes it away where `text` is blank.
pub fn set_filter(state: &mut State, text: String) -> Vec<Effect> {
    let problems = apply_filter(state, &text);
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let (shown, all) = (bench.passing(), bench.check().rows().rows.len());
    let said = match (problems.is_empty(), bench.filter.is_some()) {
        (false, _) => (Level::Warning, problems.join(" ")),
        (true, true) => (
            Level::Info,
            format!("{shown} of {all} rows pass the filter."),
        ),
        (true, false) => (Level::Info, format!("All {all} rows show.")),
    };
    state.say(said.0, said.1);
    Vec::new()
}

/// Esc in the panes: takes the search away, else the filter; it never leaves.
pub fn escape(state: &mut State) -> Vec<Effect> {
    let Some(bench) = &mut state.bench else {
        return Vec::new();
    };
    if bench.search.take().is_some() {
        return Vec::new();
    }
    if bench.filter.is_some() {
        return set_filter(state, String::new());
    }
    Vec::new()
}
