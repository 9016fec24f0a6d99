//! Somebody else works on the same session: their steps arrive, the link goes down and comes up again.

use super::Script;
use crate::app::msg::{Effect, Msg};
use crate::core::ids::ClaimId;
use crate::core::link::StoreLink;
use crate::core::model::{ClaimField, Source};
use crate::core::tx::Tx;
use crate::core::vocabulary::VerificationStatus;

/// Ana has taken up the second row and the third one, and stands on the second.
fn shared() -> (Script, ClaimId) {
    let mut s = Script::new();
    s.keys("g j j Space k Space");
    let claim = s.state.bench.as_ref().unwrap().claim_at_cursor().unwrap();
    s.hear();
    s.assert_shared();
    (s, claim)
}

fn finding(claim: ClaimId, finding: VerificationStatus) -> impl FnOnce(&mut Tx<'_>) {
    move |tx| tx.set_claim(&claim, ClaimField::VerificationStatus(finding))
}

fn notes(claim: ClaimId, notes: &'static str) -> impl FnOnce(&mut Tx<'_>) {
    move |tx| tx.set_claim(&claim, ClaimField::Notes(notes.into()))
}

#[test]
fn what_somebody_else_did_is_shown_and_said_and_the_cursor_stays() {
    let (mut s, claim) = shared();
    let row = s.row();
    s.keys("j");
    let here = s.row();
    s.ben(finding(claim, VerificationStatus::Accurate)).hear();
    assert_eq!(s.row(), here, "the cursor stays");
    assert_eq!(s.said(), "Ben: set finding: accurate, row 2");
    s.keys("k");
    assert_eq!(s.row(), row.replace("unchecked", "accurate"));
    s.ben(notes(claim, "ask the port")).hear();
    let said = s.said();
    assert!(
        said.starts_with("Ben: ") && said.ends_with(", row 2"),
        "{said}"
    );
    s.assert_shared();
    // Undo is one's own: Ben's steps stay.
    s.keys("j v i u").hear();
    s.assert_shared();
    s.keys("k");
    assert!(s.claim().starts_with("accurate"), "{}", s.claim());
}

#[test]
fn nothing_typed_in_a_form_is_lost_and_nothing_of_theirs_is_taken_back() {
    let (mut s, claim) = shared();
    s.keys("Enter Tab Tab typed");
    let form = s.form();
    s.ben(finding(claim, VerificationStatus::Accurate)).hear();
    assert_eq!(s.form(), form, "the form is as it was");
    s.keys("Ctrl-d").hear();
    assert_eq!(s.top(), "nothing");
    assert!(s.claim().starts_with("accurate why=typed"), "{}", s.claim());
    s.assert_shared();
}

#[test]
fn a_list_that_is_open_has_what_came_and_keeps_what_was_typed() {
    let (mut s, _) = shared();
    s.keys("L port");
    let before = s.list();
    s.ben(|tx| {
        let mut source = Source::unnamed(tx.id());
        source.name = "Port Authority".into();
        tx.create_source(source);
    })
    .hear();
    assert!(!before.contains("Port Authority"));
    assert!(s.list().contains("Port Authority"), "{}", s.list());
    s.assert_shared();
}

#[test]
fn while_the_link_is_down_steps_are_kept_here_and_shared_later() {
    let (mut s, claim) = shared();
    s.link(StoreLink::Down);
    assert!(s.said().starts_with("Offline"), "{}", s.said());
    s.keys("v a c \"my note\" Ctrl-d");
    let bench = s.state.bench.as_ref().unwrap();
    let (seq, saved) = (bench.history().seq(), bench.saved.clone());
    assert_eq!((saved.here, saved.seq), (seq, seq - 2));
    assert!(bench.is_safe() && saved.error.is_none());
    s.link(StoreLink::Up);
    s.assert_shared();
    assert!(s.claim().starts_with("accurate"), "{}", s.claim());
    let _ = claim;
}

#[test]
fn steps_of_others_come_before_those_that_were_kept_here() {
    let (mut s, claim) = shared();
    s.link(StoreLink::Down);
    s.keys("v a c \"my note\" Ctrl-d");
    s.ben(notes(claim, "ask the port"));
    s.link(StoreLink::Up);
    s.assert_shared();
    let claim = s.claim();
    assert!(
        claim.contains("notes=ask the port") && claim.contains("my note"),
        "{claim}"
    );
    assert!(claim.starts_with("accurate"), "{claim}");
    assert!(
        s.asked
            .iter()
            .any(|e| matches!(e, Effect::AppendInstead(_)))
    );
}

#[test]
fn what_does_not_go_together_is_counted_and_the_stores_order_decides() {
    let (mut s, claim) = shared();
    s.link(StoreLink::Down);
    s.keys("v a");
    s.ben(finding(claim, VerificationStatus::Disputed));
    s.link(StoreLink::Up);
    assert_eq!(
        s.said(),
        "Ben: set finding: disputed, row 2; 1 conflict to decide"
    );
    s.assert_shared();
    assert!(s.claim().starts_with("disputed"), "{}", s.claim());
    assert_eq!(s.state.bench.as_ref().unwrap().session().conflicts.len(), 1);
}

#[test]
fn a_step_that_fails_is_written_after_what_came_meanwhile() {
    let (mut s, claim) = shared();
    s.fail(1).keys("v a");
    assert!(s.state.bench.as_ref().unwrap().saved.error.is_some());
    s.ben(notes(claim, "ask the port")).hear();
    s.assert_shared();
    assert!(s.claim().starts_with("accurate"), "{}", s.claim());
}

#[test]
fn one_leaves_with_steps_that_are_kept_here() {
    let (mut s, _) = shared();
    s.link(StoreLink::Down);
    s.keys("v a q");
    assert!(
        s.asked.iter().any(|e| matches!(e, Effect::Quit)),
        "{}",
        s.top()
    );
}

#[test]
fn a_gap_is_said_and_nothing_is_taken_in() {
    let (mut s, claim) = shared();
    s.ben(finding(claim, VerificationStatus::Accurate));
    let heard = s.hear_nothing_but_the_last();
    let before = s.row();
    s.msg(Msg::Arrived(heard));
    assert!(s.said().contains("missing here"), "{}", s.said());
    assert_eq!(s.row(), before);
}
