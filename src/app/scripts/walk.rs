//! Walking rows, open rows, blocks and panes; search and filter.

use super::Script;
use crate::core::place::Pane;

#[track_caller]
fn at(keys: &str, row: &str) {
    let mut s = Script::new();
    s.keys(keys);
    assert_eq!(s.row(), row, "{keys}");
    assert_eq!(s.steps(), 0, "walking changes nothing");
}

#[test]
fn the_first_row_is_the_first() {
    let s = Script::new();
    insta::assert_snapshot!(s.rows(), @r#"
    > undecided | the article asserts | Kell Bridge opens at last
      undecided | its minutes asserts | The council approved 80 mill…
      undecided | Mara Oduya asserts | “This bridge has cost the ci…
      undecided | Kell Ferry Operators denies | Kell Ferry Operators denied …
      undecided | Officials asserts | Officials said the ferry may…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
}

#[test]
fn j_and_k_walk_the_rows_and_stop_at_the_ends() {
    at(
        "j",
        "undecided | its minutes asserts | The council approved 80 mill…",
    );
    at(
        "Down j",
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…",
    );
    at(
        "j k",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
    at(
        "k",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
    at(
        "G",
        "undecided | Mara Oduya asserts | The bridge was approved by t…",
    );
    at(
        "G j",
        "undecided | Mara Oduya asserts | The bridge was approved by t…",
    );
    at(
        "End Home",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
    at(
        "G g",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
    at(
        "G Up",
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…",
    );
}

#[test]
fn pages_go_by_the_height_of_the_list() {
    at(
        "PgDn",
        "undecided | Mara Oduya asserts | The bridge was approved by t…",
    );
    at(
        "PgDn PgUp",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
}

#[test]
fn open_rows_are_visited_and_the_end_leads_to_the_beginning() {
    let mut s = Script::new();
    s.keys("g V a g ]");
    assert_eq!(
        s.row(),
        "undecided | its minutes asserts | The council approved 80 mill…"
    );
    s.keys("[ [");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…"
    );
}

#[test]
fn nothing_open_is_said() {
    let mut s = Script::new();
    s.keys("d j d j d j d j d j d j d ]");
    assert_eq!(s.said(), "Nothing is open any more. ; walks 1 loose end.");
}

#[test]
fn blocks_without_rows_are_visited_too() {
    at("}", "undecided |  | By Jon Pell");
    at(
        "} }",
        "undecided | its minutes asserts | The council approved 80 mill…",
    );
    at("} } } } }", "undecided |  | The bridge at dusk, seen fro…");
    at(
        "} {",
        "undecided | the article asserts | Kell Bridge opens at last",
    );
    at(
        "G {",
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…",
    );
    at(
        "} } } } } j",
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…",
    );
    at(
        "} } } } } k",
        "undecided | Officials asserts | Officials said the ferry may…",
    );
}

#[test]
fn tab_goes_to_the_other_pane_and_pages_scroll_it() {
    let mut s = Script::new();
    s.keys("Tab");
    assert_eq!(s.state.bench.as_ref().unwrap().pane, Pane::Article);
    s.keys("Tab");
    assert_eq!(s.state.bench.as_ref().unwrap().pane, Pane::Claims);
}

#[test]
fn a_search_lands_on_the_row_of_the_hit() {
    let mut s = Script::new();
    s.keys("/ dou Enter");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…"
    );
    s.keys("n");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…"
    );
    s.keys("n");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | Mara Oduya asserts | “This bridge has cost the ci…",
            "The search went on from the top."
        )
    );
    s.keys("N");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…"
    );
    s.keys("Esc");
    assert!(s.state.bench.as_ref().unwrap().search.is_none());
}

#[test]
fn a_search_left_with_esc_goes_back() {
    let mut s = Script::new();
    s.keys("/ toll Esc");
    assert_eq!(
        s.row(),
        "undecided | the article asserts | Kell Bridge opens at last"
    );
    assert!(s.state.bench.as_ref().unwrap().search.is_none());
}

#[test]
fn a_search_without_a_hit_says_so() {
    let mut s = Script::new();
    s.keys("/ zebra Enter");
    assert_eq!(
        (s.row().as_str(), s.said()),
        (
            "undecided | the article asserts | Kell Bridge opens at last",
            "“zebra” does not stand in the article."
        )
    );
    s.keys("n");
    assert_eq!(s.said(), "Nothing has been searched for; / begins.");
}

#[test]
fn a_filter_narrows_the_list_while_it_is_typed() {
    let mut s = Script::new();
    s.keys("f source:oduya");
    insta::assert_snapshot!(s.rows(), @r#"
    > undecided | Mara Oduya asserts | “This bridge has cost the ci…
      undecided | Mara Oduya+the council asserts | Oduya says that the toll wil…
      undecided | Mara Oduya asserts | The bridge was approved by t…
    "#);
    s.keys("Enter");
    assert_eq!(s.said(), "3 of 7 rows pass the filter.");
    s.keys("Esc");
    assert_eq!(s.said(), "All 7 rows show.");
}

#[test]
fn a_filter_left_with_esc_is_the_one_before() {
    let mut s = Script::new();
    s.keys("f status:open Enter f \" oduya\" Esc");
    assert_eq!(
        s.state.bench.as_ref().unwrap().filter.as_ref().unwrap().0,
        "status:open"
    );
    s.keys("F");
    assert!(s.state.bench.as_ref().unwrap().filter.is_none());
    s.keys("F");
    assert_eq!(s.said(), "No filter is set.");
}

#[test]
fn a_wrong_filter_says_what_was_meant() {
    let mut s = Script::new();
    s.keys("f staus:open Enter");
    assert_eq!(
        s.said(),
        "\"staus:\" is no key, so the words are looked for. Did you mean \"status\"?"
    );
}

#[test]
fn a_tagged_row_stays_although_the_filter_would_hide_it() {
    let mut s = Script::new();
    s.keys("f status:open Enter j v a");
    assert_eq!(
        s.row(),
        "accurate | its minutes asserts | The council approved 80 mill…"
    );
    s.keys("]");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…"
    );
}

#[test]
fn keys_without_a_meaning_say_so_and_esc_ends_a_prefix() {
    let mut s = Script::new();
    s.keys("Q");
    assert_eq!(s.said(), "“Q” does nothing here; ? shows every key.");
    s.keys("v Esc");
    assert!(s.state.pending.is_empty());
    s.keys("v Q");
    assert_eq!(s.said(), "“v Q” does nothing here; ? shows every key.");
    assert_eq!(s.steps(), 0);
}

#[test]
fn panes_are_sized_and_zoomed() {
    let mut s = Script::new();
    let usual = s.state.look.split;
    s.keys("< <");
    assert_eq!(s.state.look.split, usual - 10);
    s.keys("> = z");
    assert_eq!((s.state.look.split, s.state.look.zoom), (usual, true));
    s.keys("z");
    assert!(!s.state.look.zoom);
}
