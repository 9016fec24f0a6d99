//! What each action needs, derived from its row: which can be done without a session, in one that is read-only, without a
//! row, without a claim, without a mark.

use std::collections::{BTreeMap, BTreeSet};

use super::Script;
use crate::app::dispatch::act::disabled;
use crate::app::input::action::{ACTIONS, KeyContext};

/// The actions that are refused, without the values that they carry, by the sentence that says why.
fn refused(s: &Script) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for info in ACTIONS.iter() {
        if let Some(why) = disabled(&s.state, info.action) {
            let name = format!("{:?}", info.action);
            let name = name.split('(').next().unwrap_or(&name).to_string();
            all.entry(why).or_default().insert(name);
        }
    }
    all
}

fn words<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
    names.join(" ")
}

#[test]
fn every_action_finds_its_own_row_again() {
    let mut names = BTreeSet::new();
    for info in ACTIONS.iter() {
        assert_eq!(info.action.info().name, info.name);
        assert!(names.insert(&info.name), "{} is there twice", info.name);
    }
}

#[test]
fn without_a_session_only_the_program_itself_can_be_asked() {
    let s = Script::bare();
    let refused = refused(&s);
    assert_eq!(words(refused.keys()), "No session is open.");
    let done = ACTIONS
        .iter()
        .filter(|i| disabled(&s.state, i.action).is_none());
    let done: BTreeSet<String> = done.map(|i| format!("{:?}", i.action)).collect();
    insta::assert_snapshot!(words(&done), @"Cancel Help Messages NextTheme Palette Quit Redraw Sessions Suspend ToggleAscii ToggleMouse");
}

#[test]
fn a_session_that_is_read_only_refuses_what_writes() {
    let mut s = Script::new();
    s.state.bench.as_mut().unwrap().read_only = Some("Ben holds it.".into());
    let refused = refused(&s);
    insta::assert_snapshot!(words(&refused["This session is read-only: Ben holds it."]), @"About AlsoHere ArticleDetails Both Certainty Dismiss EditRow Evidence Finding FindingNext Import Justification Mark MarkDismiss MarkPart MarkRange MarkRow MarkShown MarkTakeUp MoveBorders Note OneMore ProposeAgain ProposeChange Rating Redo Repeat RepeatWith SaidBy SplitHere Stance Tags Type Undo Via VoiceDrop Withdraw Wording Workflow Worth");
}

#[test]
fn an_article_without_a_word_has_no_row_to_tag() {
    let mut s = Script::with(|o| {
        o.text = crate::core::text::ArticleText::new(String::new());
        o.blocks = Vec::new();
        o.proposals = Some(std::sync::Arc::default());
    });
    assert_eq!(s.state.bench.as_ref().unwrap().row_count(), 0);
    let refused = refused(&s);
    insta::assert_snapshot!(words(&refused["There is no row here."]), @"About AlsoHere Both Certainty Copy Dismiss EditRow Evidence Finding FindingNext Justification MarkPart MarkRange MarkRow MarkShown MoveBorders Note OneMore ProposeChange Rating Repeat RepeatWith SaidBy SplitHere Stance Tags TakeUp Type Via VoiceDrop VoiceNext Withdraw Wording Workflow Worth");
    s.keys("v a");
    assert_eq!((s.said(), s.steps()), ("There is no row here.", 0));
}

#[test]
fn a_row_without_a_claim_has_none_to_withdraw() {
    let refused = refused(&Script::new());
    insta::assert_snapshot!(words(&refused["There is no claim on this row."]), @"Withdraw");
}

#[test]
fn what_moves_a_mark_needs_one() {
    let refused = refused(&Script::new());
    let moved = ACTIONS.iter().filter(|i| i.context == KeyContext::Mark);
    let moved: BTreeSet<String> = moved.map(|i| format!("{:?}", i.action)).collect();
    assert_eq!(refused["Nothing is being marked; m begins."], moved);
}
