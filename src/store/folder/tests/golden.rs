//! A session as version 1 wrote it, which must open for ever.

use super::*;

/// A copy of the golden session called `name`, in a library of its own.
fn golden(name: &str) -> (tempfile::TempDir, Library) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let (dir, library) = library();
    let copy = library.dir().join("kell-bridge");
    sample::copy_session(&files::real_disk(), &golden.join(name), &copy).unwrap();
    (dir, library)
}

#[test]
fn a_released_session_opens_and_says_the_same() {
    let (_dir, library) = golden("session-v1");
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

/// The same session, gone on with when lines had become a chain.
#[test]
fn a_session_with_a_chain_opens_and_says_the_same() {
    let (_dir, library) = golden("session-v1-chain");
    let opened = open(&library, "kell-bridge", Mode::Write);
    assert_eq!(opened.report, Vec::<String>::new());
    assert_eq!(check_integrity(&opened.folder).unwrap(), vec![]);
    let s = &opened.session;
    let claim = s.claims.values().next().unwrap();
    assert_eq!(claim.verification_status, VerificationStatus::Disputed);
    assert_eq!(claim.tags, ["budget"]);
    assert_eq!(claim.notes, "Two minutes differ.");
    assert_eq!(s.checkers.len(), 2);
    let source = s.sources.values().find(|x| x.name == "council minutes");
    assert_eq!(source.unwrap().role, "record keeper");
    assert_eq!(opened.history.steps().len(), 9);
}
