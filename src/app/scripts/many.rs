//! Many rows at once: which rows are marked, what works on all of them, what is refused, and what ends the marks.

use super::Script;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Vocabulary;

/// The numbers of the marked rows.
fn marked(s: &Script) -> Vec<usize> {
    let bench = s.state.bench.as_ref().unwrap();
    let marked = bench.marked_in_order();
    assert_eq!(marked.len(), bench.marked_rows.count());
    marked.into_iter().map(|(at, _)| at + 1).collect()
}

/// What a row holds: finding, workflow, tags, evidence.
fn held(s: &Script, n: usize) -> String {
    let bench = s.state.bench.as_ref().unwrap();
    let row = bench.row_at(n - 1).unwrap();
    let view = bench.check().view(&row).unwrap();
    let mut out = vec![match row {
        RowKey::Claim(_) => view.status.word().to_string(),
        _ => view.decision.word().to_string(),
    }];
    out.push(view.workflow.word().to_string());
    out.extend(view.tags.iter().cloned());
    out.extend(view.said_by.iter().map(ToString::to_string));
    let evidence = view.evidence.iter();
    out.extend(evidence.map(|(s, e)| format!("{} {}", e.called(), s.word())));
    out.join(", ")
}

#[test]
fn rows_are_marked_one_by_one_in_a_range_or_all_that_show() {
    let mut s = Script::new();
    s.keys("j *");
    assert_eq!(marked(&s), [2]);
    assert!(s.row().contains("This bridge has cost"), "on the next row");
    s.keys("j j &");
    assert_eq!(
        (marked(&s), s.said()),
        (vec![2, 3, 4, 5], "4 rows marked; Esc unmarks all.")
    );
    s.keys("*");
    assert_eq!(marked(&s), [2, 3, 4], "a second press takes the mark away");
    s.keys("%");
    assert_eq!(marked(&s), [1, 2, 3, 4, 5, 6, 7]);
    s.keys("Esc");
    assert_eq!(marked(&s), [0; 0]);
    s.keys("&");
    assert!(s.said().ends_with("* marks one."), "{}", s.said());
    assert_eq!(s.steps(), 0, "marks are no steps");
}

#[test]
fn a_range_goes_up_as_well_as_down() {
    let mut s = Script::new();
    s.keys("G * g j j &");
    assert_eq!(marked(&s), [3, 4, 5, 6, 7]);
}

#[test]
fn a_block_without_a_row_is_not_marked() {
    let mut s = Script::new();
    s.keys("} *");
    assert_eq!(
        (marked(&s), s.said()),
        (vec![], "A block without a row of its own cannot be marked.")
    );
    s.keys("%");
    assert_eq!(marked(&s).len(), 7, "its line in the list is left out");
}

#[test]
fn a_box_says_how_many_rows_and_enter_makes_one_step() {
    let mut s = Script::new();
    s.keys("j v a j v i g j * * * *");
    let steps = s.steps();
    s.keys("v w");
    assert_eq!(
        s.top(),
        "question In progress: 4 rows, 2 have findings: skipped"
    );
    assert_eq!(s.steps(), steps, "nothing is done before Enter");
    s.keys("Enter");
    assert_eq!(s.steps(), steps + 1);
    assert_eq!(s.said(), "2 rows: in progress · skipped: 2 have findings");
    let findings: Vec<_> = (1..=6).map(|n| held(&s, n)).collect();
    assert_eq!(
        findings,
        [
            "undecided, todo, the article",
            "accurate, todo, its minutes",
            "inaccurate, todo, Mara Oduya",
            "in_progress, todo, Kell Ferry Operators",
            "in_progress, todo, Officials",
            "undecided, todo, Mara Oduya, the council",
        ]
    );
    assert_eq!(
        marked(&s),
        [2, 3, 4, 5],
        "the marks stay for what comes next"
    );
}

#[test]
fn esc_leaves_the_box_without_a_step() {
    let mut s = Script::new();
    s.keys("* * v n Esc");
    assert_eq!((s.steps(), marked(&s)), (0, vec![1, 2]));
    s.keys("v n n");
    assert_eq!((s.steps(), marked(&s)), (0, vec![1, 2]));
}

#[test]
fn rows_out_of_view_are_counted() {
    let mut s = Script::new();
    s.msg(crate::app::msg::Msg::Resize(
        crate::app::screen::areas::Size {
            width: 60,
            height: 15,
        },
    ));
    let height = usize::from(s.state.areas().list.height);
    assert!(height < 7, "the list is too high for this test: {height}");
    s.keys("g % W a");
    let off = 7 - height;
    assert_eq!(
        s.top(),
        format!("question Assigned: 7 rows, {off} off screen")
    );
}

#[test]
fn the_step_names_all_rows_and_one_undo_takes_all_of_it_back() {
    let mut s = Script::new();
    s.keys("j * * W a Enter");
    let steps = s.steps();
    assert_eq!(held(&s, 2), "unchecked, assigned, its minutes");
    assert_eq!(held(&s, 3), "unchecked, assigned, Mara Oduya");
    s.keys("u");
    assert_eq!(
        s.said(),
        "Undone: set workflow: assigned on 2 rows: “The council approved 80 million for the…”, ““This bridge has cost the city double w…”"
    );
    assert_eq!(s.steps(), steps + 1);
    assert_eq!(held(&s, 2), "undecided, todo, its minutes");
    assert_eq!(held(&s, 3), "undecided, todo, Mara Oduya");
}

#[test]
fn the_item_and_its_stance_are_asked_once() {
    let mut s = Script::new();
    s.keys("j * * e");
    assert_eq!(s.top(), "list Evidence for 2 rows");
    s.keys("\"the minutes\" Enter");
    assert_eq!(s.top(), "choose What “the minutes” says of 2 rows");
    s.keys("s");
    assert_eq!(s.top(), "question “the minutes” supports: 2 rows");
    s.keys("Enter");
    assert_eq!(s.top(), "nothing", "no finding is asked for");
    for n in [2, 3] {
        assert!(held(&s, n).ends_with("the minutes supports"), "{n}");
    }
    let evidence = &s.state.bench.as_ref().unwrap().session().evidence;
    assert_eq!(evidence.len(), 1, "one item for all");
    // By its number; a row that holds it already keeps what was said of it there.
    s.keys("* e 1 r");
    assert_eq!(
        s.top(),
        "question “the minutes” refutes: 3 rows, 2 are so already: skipped"
    );
    s.keys("Enter");
    assert!(held(&s, 3).ends_with("the minutes supports"));
    assert!(held(&s, 4).ends_with("the minutes refutes"));
}

#[test]
fn a_file_is_made_an_item_before_many_rows_hold_it() {
    let mut s = Script::new();
    s.keys("* * e /some/minutes.pdf Enter");
    assert_eq!(
        (s.said(), s.steps()),
        ("A file is made an item first, in the list of items (E).", 0)
    );
}

#[test]
fn who_says_it_is_asked_once_and_rows_with_several_voices_are_left_alone() {
    let mut s = Script::new();
    s.keys("G k k * * s");
    assert_eq!(s.top(), "list Said by, on 2 rows");
    s.keys("\"Port Authority\" Enter");
    assert_eq!(
        s.top(),
        "question Said by Port Authority: 2 rows, 1 has several voices: skipped"
    );
    s.keys("Enter");
    assert_eq!(held(&s, 5), "unchecked, todo, Port Authority");
    assert_eq!(held(&s, 6), "undecided, todo, Mara Oduya, the council");
    s.keys("* s \"port authority\" Enter");
    assert_eq!(
        s.top(),
        "question Said by Port Authority: 3 rows, 1 has several voices, 1 is so already: skipped"
    );
}

#[test]
fn no_record_is_left_of_who_was_proposed_and_is_not_meant() {
    let mut s = Script::new();
    s.keys("j * * s \"Port Authority\" Enter Enter");
    assert_eq!(held(&s, 2), "unchecked, todo, Port Authority");
    let sources = &s.state.bench.as_ref().unwrap().session().sources;
    let named: Vec<&str> = sources.values().map(|s| &*s.name).collect();
    assert_eq!(named.iter().filter(|n| **n == "Port Authority").count(), 1);
    assert!(
        !named.contains(&"its minutes") && !named.contains(&"Mara Oduya"),
        "{named:?}"
    );
}

#[test]
fn tags_are_added_to_those_that_are_there() {
    let mut s = Script::new();
    s.keys("j # money Enter * * # \"toll, money\" Enter Enter");
    assert_eq!(held(&s, 2), "unchecked, todo, money, toll, its minutes");
    assert_eq!(held(&s, 3), "unchecked, todo, money, toll, Mara Oduya");
    s.keys("# Enter");
    assert_eq!(s.said(), "No tag was typed: nothing was added.");
    s.keys("# toll Enter");
    assert_eq!(
        s.said(),
        "Nothing is left to do: 2 rows, 2 are so already: skipped."
    );
}

#[test]
fn a_dismissal_asks_its_reason_and_spares_what_a_checker_did() {
    let mut s = Script::new();
    s.keys("j v a j c seen Ctrl-d j d j Space g % d");
    assert_eq!(s.top(), "prompt Why there is nothing to check in 7 rows");
    s.keys("Enter");
    assert_eq!(s.said(), "Many rows are dismissed for a reason only.");
    assert_eq!(s.top(), "prompt Why there is nothing to check in 7 rows");
    s.keys("\"an old story\" Enter");
    assert_eq!(
        s.top(),
        "question Nothing to check (an old story): 7 rows, 1 has a finding, 1 is dismissed, 1 holds a checker's work: skipped"
    );
    let steps = s.steps();
    s.keys("Enter");
    assert_eq!(s.steps(), steps + 1);
    let all: Vec<_> = (1..=7).map(|n| held(&s, n)).collect();
    let short: Vec<_> = all.iter().map(|h| h.split(',').next().unwrap()).collect();
    assert_eq!(
        short,
        [
            "dismissed",
            "accurate",
            "unchecked",
            "dismissed",
            "dismissed",
            "dismissed",
            "dismissed"
        ]
    );
    let statements = &s.state.bench.as_ref().unwrap().session().statements;
    let reasons = statements.values().filter(|s| s.reason == "an old story");
    assert_eq!(reasons.count(), 4);
    assert_eq!(marked(&s).len(), 7, "a mark stays on what was dismissed");
    s.keys("u");
    assert!(
        s.said()
            .starts_with("Undone: dismissed on 4 rows: “Kell Bridge opens at last”, "),
        "{}",
        s.said()
    );
}

#[test]
fn two_claims_on_the_same_words_are_not_dismissed_with_others() {
    let mut s = Script::new();
    s.keys("j j b g % d x Enter");
    assert!(
        s.top().ends_with("2 share their words: skipped"),
        "{}",
        s.top()
    );
}

#[test]
fn what_asks_for_a_look_at_each_row_is_refused() {
    let quick = "One row at a time; . is quick. 2 rows are marked: Esc unmarks.";
    let plain = "One row at a time. 2 rows are marked: Esc unmarks.";
    let mut s = Script::new();
    s.keys("* *");
    for (keys, why) in [
        ("v a", quick),
        ("v p", quick),
        ("v m", quick),
        ("V i", quick),
        ("v d", quick),
        ("v u", quick),
        (".", quick),
        ("2 .", quick),
        ("r 3", quick),
        ("t d", quick),
        ("Space", plain),
        ("Enter", plain),
        ("w", plain),
        ("J", plain),
        ("a", plain),
        ("X", plain),
        ("b", plain),
        ("p", plain),
        ("Backspace", plain),
    ] {
        s.keys(keys);
        assert_eq!((s.said(), s.steps()), (why, 0), "{keys}");
        assert_eq!(s.top(), "nothing", "{keys}");
    }
}

#[test]
fn no_mark_survives_another_filter_an_undo_or_a_restart() {
    let mut s = Script::new();
    s.keys("j Space * * f");
    assert_eq!(marked(&s), [2, 3], "only opened");
    s.keys("Esc");
    assert_eq!(marked(&s), [2, 3], "the filter is the same");
    s.keys("f worth:high Enter");
    assert_eq!(marked(&s), [0; 0]);
    s.keys("%");
    assert_eq!(marked(&s), [1, 2, 3, 4], "what passes the filter");
    s.keys("F");
    assert_eq!(marked(&s), [0; 0]);
    s.keys("* * u");
    assert_eq!(marked(&s), [0; 0], "after an undo");
    s.keys("* * Ctrl-r");
    assert_eq!(marked(&s), [0; 0], "after a redo");
    s.keys("* *");
    assert_eq!(marked(&s.resumed(None, None)), [0; 0]);
}

#[test]
fn a_row_that_leaves_the_filter_loses_its_mark() {
    let mut s = Script::new();
    s.keys("f worth:high Enter % g v n Enter");
    assert_eq!(marked(&s).len(), 4);
    s.keys("F f status:open Enter % g W a Enter");
    assert_eq!(marked(&s).len(), 3, "they still pass");
    s.keys("v n Enter");
    assert_eq!(
        marked(&s),
        [1],
        "the row under the cursor stays in the list"
    );
}

#[test]
fn a_session_that_is_read_only_marks_nothing() {
    let mut s = Script::new();
    s.state.bench.as_mut().unwrap().read_only = Some("Ben holds it.".into());
    s.keys("*");
    assert_eq!(s.said(), "This session is read-only: Ben holds it.");
    assert_eq!(marked(&s), [0; 0]);
}
