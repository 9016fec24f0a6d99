//! Finding things: the search in the article, the filter on the rows.

use crate::app::input::action::Action;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::bench::{ArticleSearch, Bench};
use crate::app::state::laid::{Overlay, Prompt};
use crate::app::state::working::Working;
use crate::app::state::{Program, State};
use crate::core::filter::Filter;
use crate::core::search::Pattern;

/// At most so many hits are counted.
const COUNTED: usize = 10_000;

/// Asks what to search for; hits show while one types.
pub fn search(state: &mut Working<'_>) -> Done {
    let b = &mut *state.bench;
    let from = b.article.byte_of(b.check().text(), b.article.top);
    b.search_from = Some((from, b.article.top, b.search.clone()));
    let prompt = Prompt::line("search", "Search", "", |s, text| {
        accept_search(&mut s.working()?, text)
    })
    .hint("ignores case unless a capital is typed · Enter keeps the hit · Esc goes back")
    .live(
        |s, text| {
            typed_search(&mut s.working()?, text);
            DONE
        },
        |s| cancel_search(&mut s.working()?),
    );
    state.open(Overlay::Prompt(prompt))
}

fn typed_search(state: &mut Working<'_>, text: String) {
    let bench = &mut *state.bench;
    let (from, top, _) = bench
        .search_from
        .clone()
        .unwrap_or((0, bench.article.top, None));
    bench.article.top = top;
    bench.search = (!text.is_empty()).then_some(ArticleSearch {
        text,
        hit: None,
        count: None,
    });
    find(bench, from, true);
}

fn accept_search(state: &mut Working<'_>, text: String) -> Done {
    if text.is_empty() {
        return cancel_search(state);
    }
    typed_search(state, text);
    state.bench.search_from = None;
    land(state.bench)
}

fn cancel_search(state: &mut Working<'_>) -> Done {
    let bench = &mut *state.bench;
    if let Some((_, top, search)) = bench.search_from.take() {
        bench.article.top = top;
        bench.search = search;
    }
    DONE
}

/// Goes to the next (or previous) hit.
pub fn next_hit(state: &mut Working<'_>, forward: bool) -> Done {
    let hit = state.bench.search.as_ref().and_then(|s| s.hit.clone());
    let from = hit.map_or(0, |h| if forward { h.end } else { h.start });
    if find(state.bench, from, forward) {
        let said = match forward {
            true => "The search went on from the top.",
            false => "The search went on from the end.",
        };
        state.say(Level::Info, said);
    }
    land(state.bench)
}

/// Why there is no next hit, one sentence; none where there may be one.
pub(in crate::app) fn nothing_searched(bench: &Bench, program: &Program) -> Option<String> {
    bench.search.is_none().then(|| {
        let key = program.keymap.shown(Action::Search);
        format!("Nothing has been searched for; {key} begins.")
    })
}

/// Finds the next hit from byte `from` and brings it into view; whether it went round the end for that.
fn find(bench: &mut Bench, from: usize, forward: bool) -> bool {
    let Some(search) = &mut bench.search else {
        return false;
    };
    let Some(pattern) = Pattern::new(&search.text) else {
        return false;
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
        return false;
    };
    let tally = pattern.tally(text, hit.bytes.start, COUNTED);
    search.count = Some((tally.nth.unwrap_or(0), tally.total));
    search.hit = Some(hit.bytes.clone());
    bench
        .article
        .reveal(bench.desk.check().text(), hit.bytes.start, hit.bytes.end);
    hit.wrapped
}

/// Puts the cursor on the row at the hit, keeping the hit in view.
fn land(bench: &mut Bench) -> Done {
    let Some(hit) = bench.search.as_ref().and_then(|s| s.hit.clone()) else {
        let what = bench.search.take().map(|s| s.text).unwrap_or_default();
        let why = format!("“{what}” does not stand in the article.");
        return Err(Refusal::mild(why));
    };
    let top = bench.article.top;
    bench.go_near(bench.desk.check().text().scalar(hit.start));
    bench.article.top = top;
    bench
        .article
        .reveal(bench.desk.check().text(), hit.start, hit.end);
    DONE
}

/// Asks for a filter; the list follows while one types.
pub fn filter(state: &mut Working<'_>) -> Done {
    let bench = &mut *state.bench;
    let text = bench.filter.as_ref().map(|(t, _)| t.clone());
    let text = text.unwrap_or_default();
    bench.filter_before = Some((text.clone(), bench.cursor().clone()));
    let prompt = Prompt::line("filter", "Filter", &text, |s, t| {
        let mut working = s.working()?;
        let done = set_filter(&mut working, &t);
        working.bench.filter_before = None;
        done
    })
    .hint("status:open source:name evidence:none worth:high tag:… -word \"two words\" · empty shows all")
    .live(typed_filter, cancel_filter);
    state.open(Overlay::Prompt(prompt))
}

fn typed_filter(state: &mut State, text: String) -> Done {
    // What is not complete yet is said when it is accepted.
    apply_filter(state.working()?.bench, &text);
    DONE
}

fn cancel_filter(state: &mut State) -> Done {
    let bench = state.working()?.bench;
    if let Some((before, _)) = bench.filter_before.clone() {
        apply_filter(bench, &before);
    }
    bench.filter_before = None;
    DONE
}

/// Sets the filter; what is wrong with it comes back, one sentence each.
fn apply_filter(bench: &mut Bench, text: &str) -> Vec<String> {
    // While one types, the row that the cursor was on at the beginning counts, so that a filter that is not complete yet
    // and lets nothing through does not lose it.
    let cursor = match &bench.filter_before {
        Some((_, row)) => row.clone(),
        None => bench.cursor().clone(),
    };
    let at = bench.start_of(&cursor);
    let (filter, problems) = Filter::parse(text);
    let before = bench.filter.as_ref().map_or("", |(text, _)| text);
    if before != text.trim() {
        bench.marked_rows.clear();
    }
    bench.filter = (!text.trim().is_empty()).then(|| (text.trim().to_string(), filter));
    bench.rows_changed(None);
    if !(bench.shows(&cursor) && bench.go_to(cursor)) {
        bench.go_near(at);
    }
    problems.into_iter().map(|p| p.message).collect()
}

/// Sets the filter, or takes it away where `text` is blank.
pub fn set_filter(state: &mut Working<'_>, text: &str) -> Done {
    let problems = apply_filter(state.bench, text);
    let bench = &*state.bench;
    let (shown, all) = (bench.passing(), bench.check().row_count());
    if !problems.is_empty() {
        return Err(Refusal::new(problems.join(" ")));
    }
    let said = match bench.filter.is_some() {
        true => format!("{shown} of {all} rows pass the filter."),
        false => format!("All {all} rows show."),
    };
    state.say(Level::Info, said);
    DONE
}

/// Why there is no filter to take away, one sentence; none where there is one.
pub(in crate::app) fn no_filter(bench: &Bench, _: &Program) -> Option<String> {
    let none = bench.filter.is_none();
    none.then(|| "No filter is set.".into())
}

/// Esc in the panes: takes the marks of rows away, else the search, else the filter; it never leaves.
pub fn escape(state: &mut Working<'_>) -> Done {
    if !state.bench.marked_rows.is_empty() {
        // They come first, because they change what other keys do.
        state.bench.marked_rows.clear();
        return DONE;
    }
    if state.bench.search.take().is_none() && state.bench.filter.is_some() {
        return set_filter(state, "");
    }
    DONE
}
