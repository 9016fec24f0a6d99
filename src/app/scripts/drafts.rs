//! What stands in an open form is kept, and offered when the session is opened again.

use super::{Script, version};
use crate::app::msg::Effect;
use crate::core::place::Draft;

fn kept(s: &Script) -> Option<Draft> {
    s.asked.iter().rev().find_map(|e| match e {
        Effect::KeepDraft(d) => Some(Some(d.clone())),
        Effect::DropDraft => Some(None),
        _ => None,
    })?
}

/// Types into a form, closes the program, opens it again, goes on with the draft, saves.
#[track_caller]
fn survives(keys: &str, save: &str, then: &str, claim: &str) {
    let mut s = Script::new();
    s.keys("j j Space g").keys(keys);
    let draft = kept(&s);
    assert!(draft.is_some(), "{keys}: no draft");
    let mut again = s.resumed(draft, None);
    assert!(
        again.top().starts_with("question A form was open"),
        "{}",
        again.top()
    );
    again.keys("y").keys(save).keys(then);
    assert_eq!(again.claim(), claim, "{keys}");
}

#[test]
fn texts_and_forms_survive() {
    survives(
        "j j c half",
        "\" a note\" Ctrl-d",
        "",
        "unchecked worth=high type=numerical notes=half a note [Mara Oduya asserts certain]",
    );
    survives(
        "j j J reason",
        "Ctrl-d",
        "",
        "unchecked why=reason worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives(
        "j j w x",
        "Ctrl-d",
        "",
        "unchecked wording=“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.x worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives(
        "j j Enter i Tab Tab typed",
        "Ctrl-d",
        "",
        "inaccurate why=typed worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives(
        "j Enter i Tab Tab typed",
        "Ctrl-d",
        "",
        "inaccurate why=typed worth=high type=numerical [its minutes asserts certain]",
    );
    survives(
        "j j p x Tab why",
        "Ctrl-d",
        "",
        "unchecked worth=high type=numerical change=“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.x/why/false/proposed [Mara Oduya asserts certain]",
    );
}

#[test]
fn the_draft_of_a_source_a_voice_an_item_the_article_survives() {
    survives(
        "L oduya Enter Tab Tab \"old mayor\"",
        "Enter",
        "j j",
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives(
        "j j Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter Ctrl-u Ana",
        "Enter",
        "",
        "unchecked worth=high type=numerical [Ana asserts certain]",
    );
    survives(
        "j j e minutes Enter s Esc E Enter Tab p9",
        "Enter",
        "j j",
        "no claim",
    );
    survives(
        "E typed Enter Tab Tab Kell",
        "Enter",
        "j j",
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives(
        "A Tab Pell",
        "Enter",
        "j j",
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]",
    );
    survives("j d Enter taste", "Ctrl-d", "", "no claim");
}

#[test]
fn saving_and_leaving_drop_the_draft() {
    let mut s = Script::new();
    s.keys("j Space c half");
    assert!(kept(&s).is_some());
    s.keys("Ctrl-d");
    assert!(kept(&s).is_none());
    s.keys("c more Esc Esc");
    assert!(kept(&s).is_none());
}

#[test]
fn a_draft_whose_record_is_gone_is_said_and_dropped() {
    let mut s = Script::new();
    s.keys("j Space c half");
    let draft = kept(&s);
    s.keys("Ctrl-d X");
    let draft = draft.map(|d| Draft {
        record: "claim 00000000-0000-7000-8000-000000000009".into(),
        ..d
    });
    let mut again = s.resumed(draft, None);
    again.keys("y");
    assert_eq!(
        again.said(),
        "The draft cannot be opened: what it was about is no longer there."
    );
    assert!(matches!(again.asked.last(), Some(Effect::DropDraft)));
}

#[test]
fn a_draft_can_wait_or_be_dropped() {
    let mut s = Script::new();
    s.keys("j Space c half");
    let draft = kept(&s);
    let mut again = s.resumed(draft.clone(), None);
    again.keys("Esc");
    assert_eq!(again.effects(), Vec::<String>::new());
    let mut again = s.resumed(draft, None);
    again.keys("d");
    assert!(matches!(again.asked.last(), Some(Effect::DropDraft)));
}

#[test]
fn a_draft_waits_for_the_reader() {
    use crate::app::msg::Msg;
    let mut s = Script::new();
    s.keys("Space j j Enter i");
    let draft = kept(&s).unwrap();
    let mut again = s.resumed(None, None);
    let proposals = again
        .state
        .bench
        .as_ref()
        .unwrap()
        .check()
        .proposals()
        .clone();
    let bench = s.state.bench.as_ref().unwrap();
    let (session, history) = (bench.session().clone(), bench.history().steps().to_vec());
    again = Script::with(|o| {
        o.session = session;
        o.history = crate::core::history::History::fold(history);
        o.on_disk = true;
        o.proposals = None;
        o.draft = Some(draft);
    });
    again.keys("y");
    assert_eq!(
        again.said(),
        "The draft opens as soon as the article has been read."
    );
    again.msg(Msg::Proposed {
        proposals,
        whole: true,
        version: version(),
        again: false,
    });
    assert_eq!(again.top(), "form Take up as a claim");
    again.keys("Ctrl-d");
    assert_eq!(
        again.row(),
        "inaccurate | Mara Oduya asserts | “This bridge has cost the ci…"
    );
}
