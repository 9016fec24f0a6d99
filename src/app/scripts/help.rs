//! Help and the palette.

use super::Script;
use crate::app::input::action::{ACTIONS, ActionGroup, KeyContext};

#[test]
fn help_lists_every_action_under_its_heading_then_the_keys_inside_and_the_legend() {
    let mut s = Script::new();
    s.keys("?");
    let p = s.picker();
    let actions = p
        .items
        .iter()
        .filter(|i| matches!(i.pick, crate::app::layers::picker::Pick::Action(_)));
    assert_eq!(actions.count(), ACTIONS.len());
    let mut groups: Vec<&str> = p.items.iter().map(|i| i.group).collect();
    groups.dedup();
    let mut want: Vec<&str> = ActionGroup::ALL.iter().map(|g| g.title()).collect();
    want.push("In forms and lists");
    want.extend(crate::core::signs::legend().iter().map(|(about, _)| *about));
    assert_eq!(groups, want);
    for keys in ["Enter", "Ctrl-d", "Esc", "Ctrl-e"] {
        assert!(
            p.items
                .iter()
                .any(|i| i.group == "In forms and lists" && i.right == keys),
            "{keys}"
        );
    }
}

#[test]
fn help_finds_by_key_first_then_by_words() {
    let mut s = Script::new();
    s.keys("? \"v a\"");
    assert_eq!(
        s.list().lines().next(),
        Some("> finding: accurate | sets the finding and stays: right as written | v a")
    );
    s.keys("Ctrl-u j");
    assert_eq!(
        s.list().lines().next(),
        Some("> next row | goes to the next row, in both panes | j / Down")
    );
    s.keys("Ctrl-u \"audit\"");
    assert_eq!(
        s.list().lines().next(),
        Some("> audit trail | lists every step: when, who, what")
    );
}

#[test]
fn help_does_what_the_line_says() {
    let mut s = Script::new();
    s.keys("j ? \"v a\" Enter");
    assert_eq!(
        (s.row().as_str(), s.top().as_str()),
        (
            "accurate | its minutes asserts | The council approved 80 mill…",
            "nothing"
        )
    );
}

#[test]
fn a_key_of_lists_and_forms_is_only_told() {
    let mut s = Script::new();
    s.keys("? \"saves a form\" Enter");
    assert_eq!(s.said(), "This key works in forms and lists.");
}

#[test]
fn the_palette_says_why_something_cannot_be_done() {
    let mut s = Script::new();
    s.keys(": withdraw");
    assert_eq!(
        s.picker().picked_item().unwrap().disabled.as_deref(),
        Some("There is no claim on this row.")
    );
    s.keys("Enter");
    assert_eq!(
        (s.said(), s.top().as_str()),
        ("There is no claim on this row.", "list Commands")
    );
    s.keys("Ctrl-u \"audit trail\" Enter");
    assert_eq!(s.top(), "reader Audit trail");
}

#[test]
fn the_palette_reaches_what_has_no_key() {
    let mut s = Script::new();
    s.keys("j Ctrl-p \"worth: high\" Enter");
    assert!(s.claim().contains("worth=high"));
    s.keys(": \"import\" Enter");
    assert_eq!(s.said(), "There is no format to read.");
}

#[test]
fn f1_helps_over_a_form_without_acting_behind_it() {
    let mut s = Script::new();
    s.keys("j Enter i F1");
    assert_eq!(s.top(), "list Help");
    s.keys("dismiss Enter");
    assert_eq!(s.said(), "Close the form or the list first.");
    s.keys("Esc");
    assert_eq!(s.top(), "form Take up as a claim");
    assert_eq!(s.steps(), 0);
}

#[test]
fn every_action_can_be_done_from_every_kind_of_row() {
    let rows = [
        "",
        "j",
        "} } } } }",
        "j d",
        "j v a",
        "j m w w Enter",
        "j m w w Enter X",
    ];
    for row in rows {
        for info in ACTIONS.iter().filter(|i| i.context != KeyContext::Mark) {
            let mut s = Script::new();
            s.keys(row);
            s.act(info.action);
            s.keys("Esc Esc Esc");
            assert!(s.state.bench.is_some(), "{row}: {}", info.name);
        }
    }
}

#[test]
fn the_palette_calls_values_as_the_house_does() {
    let mut s = Script::new();
    let labels = &mut s.state.config.labels;
    labels.rename("verification_status", "accurate", "confirmed".into());
    s.keys(": \"finding: confirmed\"");
    assert_eq!(
        s.picker().picked_item().unwrap().label,
        "finding: confirmed"
    );
}

#[test]
fn help_finds_a_sign_by_itself() {
    for (sign, means) in [
        ("◐", "partly accurate"),
        ("≠", "conflict"),
        ("legend", "open"),
    ] {
        let mut s = Script::new();
        s.keys(&format!("? {sign}"));
        let first = s.picker().matches().next().map(|(i, _)| i.label.clone());
        assert!(first.is_some_and(|l| l.contains(means)), "{sign}");
    }
}
