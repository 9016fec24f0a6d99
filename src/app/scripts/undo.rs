//! Undo and redo: whole steps, named, over a restart, with a question before another's.

use super::Script;

#[test]
fn undo_names_the_step_and_goes_to_its_row() {
    let mut s = Script::new();
    s.keys("j v a G g u");
    assert_eq!(
        (s.said(), s.row().as_str()),
        (
            "Undone: took up “The council approved 80 million for the…” with the finding: accurate",
            "undecided | its minutes asserts | The council approved 80 mill…"
        )
    );
    s.keys("Ctrl-r");
    assert_eq!(
        (s.said(), s.row().as_str()),
        (
            "Made again: took up “The council approved 80 million for the…” with the finding: accurate",
            "accurate | its minutes asserts | The council approved 80 mill…"
        )
    );
}

#[test]
fn undo_walks_back_to_the_beginning_and_says_so() {
    let mut s = Script::new();
    s.keys("j v a v i c x Ctrl-d u u u");
    assert_eq!(
        s.row(),
        "undecided | its minutes asserts | The council approved 80 mill…"
    );
    s.keys("u");
    assert_eq!(s.said(), "There is nothing to undo.");
    s.keys("Ctrl-r Ctrl-r Ctrl-r");
    assert_eq!(
        s.claim(),
        "inaccurate worth=high type=numerical notes=x [its minutes asserts certain]"
    );
    s.keys("Ctrl-r");
    assert_eq!(s.said(), "There is nothing to redo.");
}

#[test]
fn a_new_step_clears_what_could_be_redone() {
    let mut s = Script::new();
    s.keys("j v a u v i Ctrl-r");
    assert_eq!(s.said(), "There is nothing to redo.");
}

#[test]
fn undo_survives_a_restart() {
    let mut s = Script::new();
    s.keys("j v a e minutes Enter s Esc");
    let mut again = s.resumed(None, None);
    again.keys("u u");
    assert_eq!(again.steps(), 5);
    again.keys("j");
    assert_eq!(
        again.row(),
        "undecided | Mara Oduya asserts | “This bridge has cost the ci…"
    );
}

#[test]
fn undo_takes_back_ones_own_steps_and_nobody_elses() {
    let mut s = Script::new();
    s.keys("j v a").works("Ben").keys("u");
    assert_eq!(s.said(), "There is nothing to undo.");
    s.keys("j v i k").works("Ana K").keys("u");
    assert_eq!(
        s.row(),
        "undecided | its minutes asserts | The council approved 80 mill…"
    );
    s.keys("j");
    assert!(s.row().starts_with("inaccurate"), "{}", s.row());
    s.works("Ben").keys("u").works("Ana K").keys("Ctrl-r");
    assert!(
        s.said().starts_with("Made again"),
        "a step of another's clears nothing of mine: {}",
        s.said()
    );
}

#[test]
fn a_step_whose_values_do_not_stand_is_not_undone_and_says_whose_step_is_in_the_way() {
    let mut s = Script::new();
    s.keys("j v a").works("Ben").keys("v m").works("Ana K");
    let (rows, steps) = (s.rows(), s.steps());
    s.keys("u");
    assert_eq!(
        s.said(),
        "Not undone: step 4 of Ben is in the way of “took up “The council approved 80 million for the…” with the finding: accurate”."
    );
    assert_eq!((s.rows(), s.steps()), (rows, steps));
    s.works("Ben").keys("u").works("Ana K").keys("u");
    assert!(s.row().starts_with("undecided"), "{}", s.row());
}

#[test]
fn what_another_has_tied_evidence_to_is_not_undone() {
    let mut s = Script::new();
    s.keys("j Space")
        .works("Ben")
        .keys("e minutes Enter s Esc")
        .works("Ana K");
    let rows = s.rows();
    s.keys("u");
    assert!(s.said().contains("of Ben is in the way"), "{}", s.said());
    assert_eq!(s.rows(), rows);
}

#[test]
fn a_step_that_changes_nothing_is_none() {
    let mut s = Script::new();
    s.keys("j v a v a s Enter");
    assert_eq!(
        s.steps(),
        3,
        "the session, the finding, and the name confirmed by hand"
    );
    s.keys("s Enter");
    assert_eq!(s.steps(), 3);
}

#[test]
fn many_steps_and_all_undone_leave_the_session_as_it_was() {
    let mut s = Script::new();
    let before = s.rows();
    s.keys(
        "j b D o x Ctrl-d G a Enter e m Enter s Esc j j d g m Space w w Enter L oduya Ctrl-t Esc",
    );
    let steps = s.steps();
    let mut last = usize::MAX;
    while s.steps() != last {
        last = s.steps();
        s.keys("u");
    }
    assert_eq!(
        s.steps(),
        2 * steps - 1,
        "every step but the session's birth is undone"
    );
    s.keys("g");
    assert_eq!(s.rows(), before);
    let session = s.state.bench.as_ref().unwrap().session();
    assert_eq!(
        (
            session.claims.len(),
            session.evidence.len(),
            session.sources.len()
        ),
        (0, 0, 1)
    );
}

#[test]
fn undo_and_the_audit_trail_call_values_as_the_house_does() {
    let mut s = Script::new();
    let labels = &mut s.state.config.labels;
    labels.rename("verification_status", "accurate", "confirmed".into());
    s.keys("j Space v a u");
    assert_eq!(s.said(), "Undone: set finding: confirmed");
    s.act(crate::app::input::action::Action::AuditTrail);
    let Some(crate::app::layers::overlay::Overlay::TextView(r)) = s.state.overlays.last() else {
        panic!("no text on top but {}", s.top());
    };
    let last = r.lines.last().map(|l| l.text.as_str());
    assert_eq!(last, Some("Ana K: undo (set finding: confirmed)"));
}

#[test]
fn undo_lands_on_the_row_that_it_restored() {
    let mut s = Script::new();
    // The claim to which the last row is tied stands far above it.
    s.keys("j Space G a Enter");
    assert_eq!(s.rows().lines().count(), 6);
    s.keys("g u");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | The bridge was approved by t…"
    );
    s.keys("G d g u");
    assert_eq!(
        s.row(),
        "undecided | Mara Oduya asserts | The bridge was approved by t…"
    );
    s.keys("Ctrl-r");
    assert_eq!(s.row(), "dismissed |  | The bridge was approved by t…");
    s.keys("g Space G u");
    assert_eq!(
        s.row(),
        "undecided | the article asserts | Kell Bridge opens at last"
    );
}
