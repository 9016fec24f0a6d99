//! A session as version 1 wrote it, which must open for ever.

use super::*;

/// The session of the released version 1, in the repository.
fn released() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/session-v1")
}

#[test]
fn a_released_session_opens_and_says_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let sessions = dir.path().join("sessions");
    sample::copy_session(
        &files::real_disk(),
        &released(),
        &sessions.join("kell-bridge"),
    )
    .unwrap();
    let library = Library::at(&sessions);
    let opened = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(opened.report, Vec::<String>::new());
    assert_eq!(check_integrity(&opened.folder).unwrap(), vec![]);
    let s = &opened.session;
    let claim = s.claims.values().next().unwrap();
    assert_eq!(claim.verification_status, VerificationStatus::Accurate);
    assert_eq!(s.claim_text(claim), "The council approved 80 million.");
    assert_eq!(claim.rating.map(Rating::number), Some(5));
    assert_eq!(
        s.held_against(claim.id).next().unwrap().credibility,
        Credibility::Two
    );
    assert_eq!(
        s.attributions_of(claim.id).next().unwrap().stance,
        Stance::Asserts
    );
    assert_eq!(opened.history.steps().len(), 6);
    assert!(
        opened.history.next_redo(&checker().id).is_some(),
        "the undo that was the last step can be made again"
    );
    assert_eq!(opened.place.unwrap().filter, "status:open");
    assert_eq!(opened.draft.unwrap().fields[0].1, "half a thought");
    assert_eq!(opened.proposals, Some(proposals()));
}
