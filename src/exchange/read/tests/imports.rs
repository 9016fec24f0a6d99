//! A colleague's export taken into the session: nothing of either is gone, nobody's work is signed by another.

use proptest::prelude::*;

use super::*;
use crate::core::edit::{Edit, inverse};
use crate::core::join::{Field, Record, Value};
use crate::core::testing::Dice;
use crate::core::values::{InWords, Words};

fn by(name: &str, at: &str) -> Stamp {
    Stamp {
        at: at.parse().unwrap(),
        by: CheckerId::of(name),
    }
}

/// Ann takes the file in; the claims that it changed, the report and the edits.
fn take(came: &Imported, f: &Fixture, whose: Whose) -> (Session, ReadReport, Vec<Edit>) {
    let mut session = f.session.clone();
    let mut ids = counter();
    let ann = by("Ann", "2026-11-20T12:00:00Z");
    let mut tx = Tx::new(&mut session, ann, &mut ids);
    let report = merge(came, &f.text, whose, &mut tx);
    let edits = tx.finish();
    (session, report, edits)
}

/// The session of the issue: one claim, and Ben's copy of it.
fn ann_and_ben() -> (Fixture, Fixture) {
    let (mut ann, mut ben) = (Fixture::rich(), Fixture::rich());
    let id = *ann.session.claims.keys().next().unwrap();
    let c = ann.claim_mut(id);
    c.verification_status = VerificationStatus::Disputed;
    c.justification = "minutes".into();
    c.updated = by("Ann", "2026-11-18T09:00:00Z");
    let c = ben.claim_mut(id);
    c.verification_status = VerificationStatus::Misleading;
    c.justification = String::new();
    c.updated = by("Ben", "2026-11-19T09:00:00Z");
    ben.session.checkers.push(Checker {
        id: CheckerId::of("Ben"),
        name: "Ben".into(),
    });
    (ann, ben)
}

#[test]
fn a_colleagues_export_overwrites_no_finding_and_empties_no_justification() {
    let (ann, ben) = ann_and_ben();
    let id = *ann.session.claims.keys().next().unwrap();
    let came = back(&ben, "json", 0, &ExportOptions::default(), None);
    let (session, report, edits) = take(&came, &ann, Whose::Ours);
    assert_eq!(edits, []);
    assert_eq!(session.claims, ann.session.claims);
    let listed: Vec<_> = report
        .differing
        .iter()
        .map(|d| (d.field, &*d.here, &*d.there))
        .collect();
    assert_eq!(listed, [("finding", "disputed", "misleading")]);

    let (session, report, edits) = take(&came, &ann, Whose::Theirs);
    let now = &session.claims[&id];
    assert_eq!(now.verification_status, VerificationStatus::Misleading);
    assert_eq!(
        now.justification, "minutes",
        "a blank never empties anything"
    );
    assert_eq!(now.updated, by("Ben", "2026-11-19T09:00:00Z"));
    assert_eq!(report.differing[0].stays, Stays::Theirs);
    assert_eq!(
        crate::core::describe::step_name(&edits, &ann.session, &crate::core::labels::DEFAULT),
        format!(
            "imported “{}” by Ben",
            crate::core::display::truncate(session.claim_text(now), 40)
        )
    );
}

#[test]
fn new_claims_of_a_colleague_stay_his() {
    let (mut ann, ben) = ann_and_ben();
    let id = *ann.session.claims.keys().nth(1).unwrap();
    ann.session.claims.remove(&id);
    ann.session.attributions.retain(|_, a| a.claim != id);
    ann.session.held.retain(|_, h| h.claim != id);
    let mut ben = ben;
    let c = ben.claim_mut(id);
    c.created = by("Ben", "2026-11-17T09:00:00Z");
    c.updated = by("Ben", "2026-11-17T10:00:00Z");
    let came = back(&ben, "json", 0, &ExportOptions::default(), None);
    let (session, _, edits) = take(&came, &ann, Whose::Ours);
    let now = &session.claims[&id];
    assert_eq!(
        now, &ben.session.claims[&id],
        "who took it up, and who changed it last, are Ben"
    );
    assert!(session.checkers.iter().any(|c| c.name == "Ben"));
    let name =
        crate::core::describe::step_name(&edits, &ann.session, &crate::core::labels::DEFAULT);
    assert!(
        name.starts_with("imported “") && name.ends_with("” by Ben"),
        "{name}"
    );

    // Undone and done again, nothing misfits and it is Ben's again.
    let mut again = session.clone();
    let later = by("Ann", "2026-11-21T12:00:00Z");
    assert_eq!(again.apply(&inverse(&edits), &later), []);
    assert!(!again.claims.contains_key(&id));
    let redone: Vec<Edit> = edits
        .iter()
        .filter(|e| e.inverse().is_some())
        .cloned()
        .collect();
    assert_eq!(again.apply(&redone, &later), []);
    assert_eq!(again.claims, session.claims);
}

#[test]
fn a_statement_that_is_dismissed_here_stays_dismissed() {
    let (mut ann, ben) = ann_and_ben();
    let claims = &ann.session.claims;
    let alone = |c: &&Claim| {
        let at = |s| claims.values().filter(|o| o.statements.contains(s)).count();
        c.statements.len() == 1 && c.statements.iter().all(|s| at(s) == 1)
    };
    let claim = claims.values().find(alone).unwrap();
    let (id, at) = (claim.id, claim.home.clone());
    ann.session.claims.remove(&id);
    ann.session.attributions.retain(|_, a| a.claim != id);
    ann.session.held.retain(|_, h| h.claim != id);
    let statement = ann.session.statements.get_mut(&at).unwrap();
    statement.decision = Decision::Dismissed;
    statement.reason = "not ours".into();
    let came = back(&ben, "json", 0, &ExportOptions::default(), None);
    let (session, report, _) = take(&came, &ann, Whose::Ours);
    assert!(!session.claims.contains_key(&id));
    assert_eq!(session.statements[&at], ann.session.statements[&at]);
    let listed: Vec<_> = report
        .differing
        .iter()
        .map(|d| (d.field, &*d.here, &*d.there, d.stays))
        .collect();
    assert!(
        listed.contains(&("decision", "dismissed", "taken up", Stays::Ours)),
        "{listed:?}"
    );
    let (session, report, _) = take(&came, &ann, Whose::Theirs);
    assert!(session.claims.contains_key(&id));
    assert_eq!(session.statements[&at].decision, Decision::TakenUp);
    assert!(
        report
            .differing
            .iter()
            .any(|d| d.field == "decision" && d.stays == Stays::Theirs)
    );
}

/// Changes some fields of a session's records, so that of two copies some fields differ and some are blank in one.
fn work(f: &mut Fixture, dice: &mut Dice, who: &str, at: &str) {
    for c in f.session.claims.values_mut() {
        if dice.roll(3) > 0 {
            dice.claim(c);
            c.updated = by(who, at);
        }
    }
    for s in f.session.sources.values_mut() {
        if s.id != SourceId::ARTICLE && !s.protect_identity && dice.roll(2) == 0 {
            let (name, kind) = (s.name.clone(), s.source_type);
            dice.source(s);
            // Names that the text holds, an unprotected source, and no contact, which no export carries.
            (s.name, s.source_type, s.protect_identity) = (name, kind, false);
            s.contact.clear();
        }
    }
    let sources: Vec<SourceId> = f.session.sources.keys().copied().collect();
    for e in f.session.evidence.values_mut() {
        if dice.roll(2) == 0 {
            let file = e.file.clone();
            dice.evidence(e, &sources);
            e.file = file;
        }
    }
    for h in f.session.held.values_mut() {
        if dice.roll(2) == 0 {
            h.evidence_stance = dice.value();
            h.locator = dice.text();
            h.excerpt = dice.text();
            h.credibility = dice.value();
        }
    }
    for a in f.session.attributions.values_mut() {
        if dice.roll(2) == 0 {
            a.stance = dice.value();
            a.certainty = dice.value();
            a.source = sources.get(dice.roll(sources.len() * 2)).copied();
            a.via = sources.get(dice.roll(sources.len() * 2)).copied();
            a.about = sources
                .iter()
                .filter(|_| dice.roll(4) == 0)
                .copied()
                .collect();
        }
    }
    let drop = f
        .session
        .claims
        .keys()
        .copied()
        .filter(|_| dice.roll(5) == 0)
        .collect::<Vec<_>>();
    for id in drop {
        let gone = f.session.claims.remove(&id).unwrap();
        f.session.attributions.retain(|_, a| a.claim != id);
        f.session.held.retain(|_, h| h.claim != id);
        for s in gone.statements {
            if !f.session.claims.values().any(|c| c.statements.contains(&s)) {
                f.session.statements.remove(&s);
            }
        }
    }
}

/// Whether `value` of one side is in `now`, or is listed among what differs.
fn kept<F: Field + InWords>(
    value: &F,
    now: &F,
    report: &ReadReport,
    s: &Session,
    members: bool,
) -> bool {
    let words = Words::of(s);
    let text = value.words(&words);
    let listed = |d: &crate::exchange::read::Difference| {
        d.field == value.label() && (d.here == text || d.there == text)
    };
    value.is_blank()
        || value == now
        || members && now.words(&words).contains(text.trim())
        || report.differing.iter().any(listed)
}

/// Checks every field of a record of one side against the same record after the import.
fn all_kept<R: Record + std::fmt::Debug>(
    one: &R,
    now: &R,
    skip: &[R::Key],
    report: &ReadReport,
    s: &Session,
) -> Result<(), TestCaseError>
where
    R::Field: InWords + std::fmt::Debug,
{
    for key in R::KEYS.iter().filter(|k| !skip.contains(k)) {
        let (value, now) = (one.value(*key), now.value(*key));
        let sets = value.label() == "note" || value.label() == "justification";
        prop_assert!(
            kept(&value, &now, report, s, sets),
            "gone: {value:?}, now {now:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, rng_seed: proptest::test_runner::RngSeed::Fixed(9), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_either_is_gone_after_an_import(seed: u64, theirs: bool) {
        let (mut ann, mut ben) = (Fixture::rich(), Fixture::rich());
        let mut dice = Dice(seed);
        work(&mut ann, &mut dice, "Ann", "2026-11-18T09:00:00Z");
        work(&mut ben, &mut dice, "Ben", "2026-11-19T09:00:00Z");
        let came = back(&ben, "json", 0, &ExportOptions::default(), None);
        let whose = if theirs { Whose::Theirs } else { Whose::Ours };
        let (now, report, edits) = take(&came, &ann, whose);
        let importer = CheckerId::of("Ann");
        let imported_at: Time = "2026-11-20T12:00:00Z".parse().unwrap();
        for (side, ours) in [(&ann.session, true), (&came.session, false)] {
            for (id, c) in &side.claims {
                let after = &now.claims[id];
                for s in &c.statements {
                    prop_assert!(after.statements.contains(s), "a place is gone");
                }
                for t in &c.tags {
                    prop_assert!(after.tags.contains(t), "a tag is gone");
                }
                use ClaimKey::{Created, Proposed, Statements, Tags, Updated};
                all_kept(c, after, &[Statements, Tags, Created, Proposed, Updated], &report, &now)?;
                prop_assert_eq!(&after.created, &ann.session.claims.get(id).unwrap_or(c).created);
                prop_assert!(after.updated.at != imported_at, "the import signs {:?}", after.updated);
                prop_assert!(ours || after.updated.by == importer || after.updated == c.updated || after.updated.at > c.updated.at);
            }
            for (id, a) in &side.attributions {
                let after = &now.attributions[id];
                prop_assert!(a.about.iter().all(|s| after.about.contains(s)), "one whom it names is gone");
                all_kept(a, after, &[AttributionKey::About, AttributionKey::Proposed], &report, &now)?;
            }
            for (id, s) in &side.sources {
                let after = &now.sources[id];
                prop_assert!(s.also_called.iter().all(|n| after.also_called.contains(n)), "a name is gone");
                let hidden = after.protect_identity || *id == SourceId::ARTICLE;
                if ours || !hidden {
                    all_kept(s, after, &[SourceKey::AlsoCalled], &report, &now)?;
                }
            }
            for (id, e) in &side.evidence {
                if let Some(after) = now.evidence.get(id) {
                    all_kept(e, after, &[], &report, &now)?;
                } else {
                    prop_assert!(!ours, "an item is gone");
                }
            }
            for (id, h) in &side.held {
                match now.held.get(id) {
                    Some(after) => all_kept(h, after, &[], &report, &now)?,
                    // The same item is held already: as much of it as there is must be there.
                    None => prop_assert!(!ours && now.held_against(h.claim).any(|o| o.excerpt.contains(h.excerpt.trim()) || h.excerpt.is_blank())),
                }
            }
            for (id, s) in &side.statements {
                prop_assert_eq!(&now.statements[id].anchor, &s.anchor);
            }
        }
        // Without the file's values asked for, nothing that somebody wrote here changes.
        if !theirs {
            for d in &report.differing {
                prop_assert!(d.stays != Stays::Theirs);
            }
            for (id, c) in &ann.session.claims {
                let after = &now.claims[id];
                for key in [ClaimKey::VerificationStatus, ClaimKey::Rating, ClaimKey::WorkflowState, ClaimKey::Change, ClaimKey::Wording] {
                    prop_assert!(c.value(key).is_blank() || c.get(key) == after.get(key));
                }
            }
        }
        // Undo leads exactly to where it was.
        let mut back = now.clone();
        prop_assert_eq!(back.apply(&inverse(&edits), &by("Ann", "2026-11-20T13:00:00Z")), vec![]);
        let plain = |s: &Session| {
            let mut s = s.clone();
            s.updated_at = s.created_at;
            s.claims.values_mut().for_each(|c| c.updated = c.created.clone());
            s.checkers.clear();
            s
        };
        prop_assert_eq!(plain(&back), plain(&ann.session));
    }
}

#[test]
fn a_claim_that_was_joined_here_comes_back_with_its_voices() {
    let (mut ann, ben) = ann_and_ben();
    let mut ids = ann.session.claims.keys().copied();
    let (from, into) = (ids.next().unwrap(), ids.next().unwrap());
    let voices = ben.session.attributions_of(from).count();
    let held = ben.session.held_against(from).count();
    let mut made = counter();
    let mut tx = Tx::new(&mut ann.session, stamp(), &mut made);
    let both = |_: &_| crate::core::join::Answer::Both;
    crate::core::ops::merge_claims(&mut tx, from, into, both, &crate::core::labels::DEFAULT);
    drop(tx);
    let came = back(&ben, "json", 0, &ExportOptions::default(), None);
    let (session, _, _) = take(&came, &ann, Whose::Ours);
    assert!(voices > 0);
    assert_eq!(session.attributions_of(from).count(), voices);
    assert_eq!(session.held_against(from).count(), held);
    for (id, a) in &ann.session.attributions {
        assert_eq!(&session.attributions[id], a);
    }
}
