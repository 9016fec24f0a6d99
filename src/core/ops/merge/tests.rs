//! Whatever two records hold, nothing of either is gone after they were made one. What "nothing" means is said here field
//! by field, without a word from the rules under test.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::core::edit::{Edit, inverse};
use crate::core::labels;
use crate::core::testing::{Dice, Played, histories};
use crate::core::vocabulary::*;

/// A session with two claims, two sources and two items that may or may not say the same, and much else.
struct Setting {
    session: Session,
    claims: [ClaimId; 2],
    sources: [SourceId; 2],
    items: [EvidenceId; 2],
}

fn stamp() -> Stamp {
    Stamp {
        at: "2026-11-24T10:00:00Z".parse().unwrap(),
        by: CheckerId::of("Ana"),
    }
}

fn setting(played: Played, seed: u64) -> Setting {
    let mut session = played.session;
    let mut dice = Dice(seed);
    let mut n = 0x00ff_0000_u128;
    let mut ids = || {
        n += 1;
        Uuid::from_u128(n)
    };
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    let sources: [SourceId; 2] = std::array::from_fn(|_| {
        let mut s = Source::unnamed(tx.id());
        dice.source(&mut s);
        let id = s.id;
        tx.create_source(s);
        id
    });
    let third = SourceId(tx.id());
    tx.create_source(Source::unnamed(third));
    let voices = [sources[0], sources[1], third];
    let items: [EvidenceId; 2] = std::array::from_fn(|_| {
        let mut e = Evidence::empty(tx.id());
        dice.evidence(&mut e, &voices);
        let id = e.id;
        tx.create_evidence(e);
        id
    });
    let places: Vec<StatementId> = (1..4)
        .map(|n| {
            StatementId::of(
                VersionId::numbered(9),
                &[crate::core::text::Span::new(n, n + 1)],
            )
        })
        .collect();
    for id in &places {
        tx.create_statement(Statement {
            id: id.clone(),
            anchor: Anchor {
                exact: format!("words {id}"),
                ..Anchor::default()
            },
            block: BlockKind::default(),
            decision: Decision::TakenUp,
            reason: String::new(),
            origin: Origin::Proposal,
            why: String::new(),
        });
    }
    let claims: [ClaimId; 2] = std::array::from_fn(|_| {
        let first = dice.roll(3);
        let mut c = Claim::on(tx.id(), places[first].clone(), stamp());
        dice.claim(&mut c);
        if dice.roll(2) == 0 {
            c.statements.insert(places[(first + 1) % 3].clone());
        }
        let id = c.id;
        let at = c.home.clone();
        tx.create_claim(c);
        for _ in 0..=dice.roll(3) {
            let mut a = Attribution::on(tx.id(), id, at.clone());
            a.source = voices.get(dice.roll(4)).copied();
            a.via = voices.get(dice.roll(6)).copied();
            a.about = (0..dice.roll(4)).map(|_| voices[dice.roll(3)]).collect();
            a.stance = dice.value();
            tx.create_attribution(a);
        }
        for _ in 0..dice.roll(4) {
            let mut h = Held::against(tx.id(), id, items[dice.roll(2)]);
            h.evidence_stance = dice.value();
            h.locator = dice.text();
            h.excerpt = dice.text();
            h.credibility = dice.value();
            tx.create_held(h);
        }
        id
    });
    drop(tx);
    Setting {
        session,
        claims,
        sources,
        items,
    }
}

/// The session without who changed what last.
fn plain(s: &Session) -> Session {
    let mut s = s.clone();
    s.updated_at = s.created_at;
    s.claims
        .values_mut()
        .for_each(|c| c.updated = c.created.clone());
    s
}

/// What was asked, and what was answered.
type Asked<F> = RefCell<Vec<(Answer, Question<F>)>>;

fn answering<F: Clone>(asked: &Asked<F>, dice: u64) -> impl Fn(&Question<F>) -> Answer {
    move |q| {
        let n = asked.borrow().len();
        let answer = [Answer::Kept, Answer::Gone, Answer::Both][Dice(dice ^ n as u64).roll(3)];
        asked.borrow_mut().push((answer, q.clone()));
        answer
    }
}

/// Does `work` in a step and gives the session after it with the step's edits.
fn done(before: &Session, work: impl FnOnce(&mut Tx<'_>)) -> (Session, Vec<Edit>) {
    let mut session = before.clone();
    let mut n = 0x0eee_0000_u128;
    let mut ids = || {
        n += 1;
        Uuid::from_u128(n)
    };
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    work(&mut tx);
    let edits = tx.finish();
    (session, edits)
}

/// Undo leads exactly to the state before.
fn undone(before: &Session, after: &Session, edits: &[Edit]) -> Result<(), TestCaseError> {
    let mut back = after.clone();
    prop_assert_eq!(back.apply(&inverse(edits), &stamp()), vec![]);
    prop_assert_eq!(plain(&back), plain(before));
    Ok(())
}

/// Whether the question that held `value` on the side that was not chosen kept it in `note`, or was answered against it.
fn asked_about<F: Field + InWords>(
    asked: &Asked<F>,
    value: &F,
    note: &str,
    session: &Session,
) -> bool {
    asked.borrow().iter().any(|(answer, q)| match answer {
        Answer::Kept => q.gone.contains(value),
        Answer::Gone => q.kept.contains(value),
        Answer::Both => q.gone.contains(value) && note.contains(&value.words(&Words::of(session))),
    })
}

fn text_kept(text: &str, now: &str) -> bool {
    text.trim().is_empty() || now.contains(text.trim())
}

/// Every voice of `claims` speaks for `now`, and everything held against them is held against it.
fn hangs_on(
    before: &Session,
    after: &Session,
    claims: &[ClaimId],
    now: ClaimId,
) -> Result<(), TestCaseError> {
    for claim in claims {
        for a in before.attributions_of(*claim) {
            let same = |o: &Attribution| {
                Attribution {
                    id: o.id,
                    claim: now,
                    ..a.clone()
                } == *o
            };
            prop_assert!(
                after.attributions_of(now).any(same),
                "a voice is gone: {a:?}"
            );
        }
        for h in before.held_against(*claim) {
            let holds = |o: &Held| holds_as(o, h);
            prop_assert!(
                after
                    .held_against(now)
                    .any(|o| o.evidence == h.evidence && holds(o)),
                "a holding is gone: {h:?}"
            );
        }
    }
    Ok(())
}

/// Whether `o` says of its item all that `h` said.
fn holds_as(o: &Held, h: &Held) -> bool {
    o.evidence_stance == h.evidence_stance
        && (h.locator.trim().is_empty() || o.locator == h.locator)
        && (h.excerpt.trim().is_empty() || o.excerpt == h.excerpt)
        && (h.credibility == Credibility::Six || o.credibility == h.credibility)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: proptest::test_runner::RngSeed::Fixed(8), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_two_claims_is_gone_when_they_are_joined(played in histories(12), seed: u64) {
        let s = setting(played, seed);
        let [from, into] = s.claims;
        let asked: Asked<ClaimField> = Asked::default();
        let (after, edits) = done(&s.session, |tx| {
            merge_claims(tx, from, into, answering(&asked, seed), &labels::DEFAULT).unwrap();
        });
        let now = &after.claims[&into];
        prop_assert!(!after.claims.contains_key(&from));
        prop_assert_eq!(after.forwarded(RecordId::Claim(from)), RecordId::Claim(into));
        for one in [&s.session.claims[&from], &s.session.claims[&into]] {
            let start = Claim::on(one.id, now.home.clone(), one.created.clone());
            for key in ClaimKey::ALL {
                let value = one.get(*key);
                let kept = match (key, &value) {
                    (ClaimKey::Statements, ClaimField::Statements(at)) => at.iter().all(|s| now.statements.contains(s)),
                    (ClaimKey::Tags, ClaimField::Tags(tags)) => tags.iter().all(|t| now.tags.contains(t)),
                    (ClaimKey::Notes, ClaimField::Notes(text)) => text_kept(text, &now.notes),
                    (ClaimKey::Justification, ClaimField::Justification(text)) => {
                        text_kept(text, &now.justification) || asked_about(&asked, &value, &now.notes, &s.session)
                    }
                    (ClaimKey::Wording, ClaimField::Wording(text)) => {
                        text_kept(text.as_deref().unwrap_or(""), now.wording.as_deref().unwrap_or(""))
                            || asked_about(&asked, &value, &now.notes, &s.session)
                    }
                    (ClaimKey::Home, ClaimField::Home(at)) => now.statements.contains(at),
                    (ClaimKey::Proposed | ClaimKey::Created | ClaimKey::Updated, _) => true,
                    (key, value) => {
                        *value == start.get(*key) && *key != ClaimKey::CheckWorthiness
                            || one.proposed.contains(key)
                            || now.get(*key) == *value
                            || asked_about(&asked, value, &now.notes, &s.session)
                    }
                };
                prop_assert!(kept, "{key:?} is gone: {value:?}");
            }
        }
        for key in &now.proposed {
            let proposed = s.claims.iter().map(|c| &s.session.claims[c]).any(|c| c.proposed.contains(key) && c.get(*key) == now.get(*key));
            prop_assert!(proposed, "{key:?} was set by nobody's proposal");
        }
        prop_assert_eq!(&now.created, &s.session.claims[&into].created);
        hangs_on(&s.session, &after, &s.claims, into)?;
        // Nothing else changed.
        let rest = |session: &Session| {
            let mut rest = plain(session);
            rest.forwards.clear();
            rest.claims.retain(|c, _| !s.claims.contains(c));
            rest.attributions.retain(|_, a| !s.claims.contains(&a.claim));
            rest.held.retain(|_, h| !s.claims.contains(&h.claim));
            rest
        };
        prop_assert_eq!(rest(&s.session), rest(&after));
        undone(&s.session, &after, &edits)?;
    }

    #[test]
    fn nothing_of_two_sources_is_gone_when_they_are_merged(played in histories(12), seed: u64) {
        let s = setting(played, seed);
        let [from, into] = s.sources;
        let asked: Asked<SourceField> = Asked::default();
        let (after, edits) = done(&s.session, |tx| {
            merge_sources(tx, from, into, answering(&asked, seed), &labels::DEFAULT).unwrap();
        });
        let now = &after.sources[&into];
        prop_assert!(!after.sources.contains_key(&from));
        prop_assert_eq!(after.forwarded(RecordId::Source(from)), RecordId::Source(into));
        let called = |name: &str| {
            let name = name.to_lowercase();
            name.is_empty() || now.name.to_lowercase() == name || now.also_called.iter().any(|n| n.to_lowercase() == name)
        };
        for one in [&s.session.sources[&from], &s.session.sources[&into]] {
            prop_assert!(called(&one.name), "the name {} is gone", one.name);
            prop_assert!(one.also_called.iter().all(|n| called(n)), "a name of {one:?} is gone");
            prop_assert!(!one.protect_identity || now.protect_identity);
            prop_assert!(text_kept(&one.contact, &now.contact) && text_kept(&one.note, &now.note));
            let start = Source::unnamed(one.id);
            use SourceKey::{Affiliation, IndependenceGroup, Reliability, Role, Type, Url};
            for key in [Type, Role, Affiliation, Url, Reliability, IndependenceGroup] {
                let value = one.get(key);
                let kept = value == start.get(key)
                    || value.words(&Words::of(&s.session)).trim().is_empty()
                    || now.get(key) == value
                    || asked_about(&asked, &value, &now.note, &s.session);
                prop_assert!(kept, "{key:?} is gone: {value:?}");
            }
        }
        let name = |id: SourceId| if id == from { into } else { id };
        for (id, a) in &s.session.attributions {
            let now = &after.attributions[id];
            prop_assert_eq!(now.source, a.source.map(name));
            prop_assert_eq!(now.via, a.via.map(name));
            prop_assert!(a.about.iter().all(|s| now.about.contains(&name(*s))));
            prop_assert!(now.about.iter().all(|s| a.about.iter().any(|o| name(*o) == *s)));
            let once = |s: &SourceId| now.about.iter().filter(|o| *o == s).count() == 1;
            prop_assert!(a.about.contains(&from) <= now.about.iter().all(once), "one twice: {:?}", now.about);
            prop_assert_eq!(&Attribution { source: a.source, via: a.via, about: a.about.clone(), ..now.clone() }, a);
        }
        for (id, e) in &s.session.evidence {
            let now = &after.evidence[id];
            prop_assert_eq!(now.source, e.source.map(name));
            prop_assert_eq!(&Evidence { source: e.source, ..now.clone() }, e);
        }
        let rest = |session: &Session| {
            let mut rest = plain(session);
            rest.forwards.clear();
            rest.sources.retain(|id, _| !s.sources.contains(id));
            rest.attributions.clear();
            rest.evidence.clear();
            rest
        };
        prop_assert_eq!(rest(&s.session), rest(&after));
        undone(&s.session, &after, &edits)?;
    }

    #[test]
    fn nothing_of_two_items_is_gone_when_they_are_merged(played in histories(12), seed: u64) {
        let s = setting(played, seed);
        let [from, into] = s.items;
        let asked: Asked<EvidenceField> = Asked::default();
        let (after, edits) = done(&s.session, |tx| {
            merge_evidence(tx, from, into, answering(&asked, seed), &labels::DEFAULT).unwrap();
        });
        let now = &after.evidence[&into];
        prop_assert!(!after.evidence.contains_key(&from));
        prop_assert_eq!(after.forwarded(RecordId::Evidence(from)), RecordId::Evidence(into));
        for one in [&s.session.evidence[&from], &s.session.evidence[&into]] {
            prop_assert!(text_kept(&one.note, &now.note));
            use EvidenceKey::{AccessedAt, ArchivedUrl, File, PublishedAt, Source, Title, Url};
            for key in [Source, Title, Url, ArchivedUrl, AccessedAt, PublishedAt, File] {
                let value = one.get(key);
                let nothing = value == Evidence::empty(one.id).get(key) || value.words(&Words::of(&s.session)).trim().is_empty();
                let kept = nothing || now.get(key) == value || asked_about(&asked, &value, &now.note, &s.session);
                prop_assert!(kept, "{key:?} is gone: {value:?}");
            }
        }
        for h in s.session.held.values() {
            let item = if h.evidence == from { into } else { h.evidence };
            let there = after.held_against(h.claim).any(|o| o.evidence == item && holds_as(o, h));
            prop_assert!(there, "a holding is gone: {h:?}");
        }
        let rest = |session: &Session| {
            let mut rest = plain(session);
            rest.forwards.clear();
            rest.evidence.retain(|id, _| !s.items.contains(id));
            rest.held.retain(|_, h| !s.items.contains(&h.evidence));
            rest
        };
        prop_assert_eq!(rest(&s.session), rest(&after));
        undone(&s.session, &after, &edits)?;
    }
}

/// Two claims at one statement, as `kept` and `gone` say.
fn two_claims(kept: impl FnOnce(&mut Claim), gone: impl FnOnce(&mut Claim)) -> Session {
    let mut session = Session::new(Uuid::nil().into(), "s", stamp().at);
    let at = StatementId::of(VersionId::numbered(1), &[]);
    let mut ids = || Uuid::from_u128(0xff);
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    let mut make = |id: ClaimId, change: &mut dyn FnMut(&mut Claim)| {
        let mut claim = Claim::on(id, at.clone(), stamp());
        change(&mut claim);
        tx.create_claim(claim);
        let voice = Attribution::on(AttributionId(id.0), id, at.clone());
        tx.create_attribution(voice);
    };
    let (mut kept, mut gone) = (Some(kept), Some(gone));
    make(KEPT, &mut |c| kept.take().into_iter().for_each(|f| f(c)));
    make(GONE, &mut |c| gone.take().into_iter().for_each(|f| f(c)));
    drop(tx);
    session
}

const KEPT: ClaimId = ClaimId(Uuid::from_u128(1));
const GONE: ClaimId = ClaimId(Uuid::from_u128(2));

#[test]
fn what_the_reader_proposed_gives_way_to_what_somebody_set() {
    use CheckWorthiness::{High, Routine};
    let worth = |worth, proposed: bool| {
        move |c: &mut Claim| {
            c.check_worthiness = worth;
            if proposed {
                c.proposed.insert(ClaimKey::CheckWorthiness);
            }
        }
    };
    let is_worth = |q: &Question<ClaimField>| q.about() == Some(ClaimKey::CheckWorthiness);
    let high = ClaimField::CheckWorthiness(High);
    for (kept, gone, asked, set) in [
        (worth(Routine, false), worth(High, true), false, false),
        (worth(Routine, true), worth(High, false), false, true),
        (worth(Routine, false), worth(High, false), true, false),
    ] {
        let joining = claims_joined(&two_claims(kept, gone), GONE, KEPT);
        assert_eq!(joining.asked.iter().any(is_worth), asked);
        assert_eq!(joining.sets.contains(&high), set);
    }
    // A value that one of the two was given by hand is nobody's proposal.
    let mut session = two_claims(worth(High, true), worth(High, false));
    let both = |session: &Session| {
        session.claims[&KEPT]
            .proposed
            .contains(&ClaimKey::CheckWorthiness)
    };
    assert!(both(&session));
    session = done(&session, |tx| {
        merge_claims(tx, GONE, KEPT, |_| Answer::Both, &labels::DEFAULT).unwrap();
    })
    .0;
    assert!(!both(&session));
}

#[test]
fn a_rating_and_a_ground_stay_with_their_finding() {
    let finding = |status, rating, ground: &'static str| {
        move |c: &mut Claim| {
            c.verification_status = status;
            c.rating = rating;
            c.justification = ground.into();
        }
    };
    let (accurate, inaccurate) = (VerificationStatus::Accurate, VerificationStatus::Inaccurate);
    let kept = finding(accurate, None, "");
    let gone = finding(inaccurate, Rating::new(1), "the minutes");
    let joining = claims_joined(&two_claims(kept, gone), GONE, KEPT);
    let belongs = |f: &ClaimField| ClaimKey::FINDING.contains(&f.key());
    assert!(!joining.sets.iter().any(belongs), "{:?}", joining.sets);
    assert_eq!(joining.asked.len(), 1);
    assert_eq!(joining.asked[0].gone.len(), ClaimKey::FINDING.len());
}

#[test]
fn what_a_claim_says_is_never_changed_unasked() {
    let wording = |c: &mut Claim| c.wording = Some("It opens.".into());
    let joining = claims_joined(&two_claims(|_| {}, wording), GONE, KEPT);
    let says = ClaimField::Wording(Some("It opens.".into()));
    assert!(!joining.sets.contains(&says));
    assert!(joining.asked.iter().any(|q| q.gone.contains(&says)));
}

#[test]
fn a_voice_that_says_word_for_word_the_same_is_one() {
    let session = two_claims(|_| {}, |_| {});
    let (after, _) = done(&session, |tx| {
        merge_claims(tx, GONE, KEPT, |_| Answer::Both, &labels::DEFAULT).unwrap();
    });
    assert_eq!(after.attributions.len(), 1);
}

/// The article's own voice stays what it is, and nobody who must not be named becomes it.
#[test]
fn the_article_is_no_source_like_others() {
    let mut source = Source::unnamed(SourceId(Uuid::from_u128(9)));
    source.source_type = SourceType::Person;
    let session = two_claims(|_| {}, |_| {});
    for protected in [false, true] {
        source.protect_identity = protected;
        let mut session = session.clone();
        session.sources.insert(source.id, source.clone());
        let merge = |from, into| {
            let mut merged = None;
            let (after, _) = done(&session, |tx| {
                merged = merge_sources(tx, from, into, |_| Answer::Gone, &labels::DEFAULT);
            });
            (merged.is_some(), after)
        };
        assert!(!merge(SourceId::ARTICLE, source.id).0);
        let (merged, after) = merge(source.id, SourceId::ARTICLE);
        assert_eq!(merged, !protected);
        let voice = &after.sources[&SourceId::ARTICLE];
        assert_eq!(
            (voice.source_type, voice.protect_identity),
            (SourceType::Article, false)
        );
    }
}

#[test]
fn the_finding_is_asked_first() {
    let differing = |status, worth| {
        move |c: &mut Claim| {
            c.verification_status = status;
            c.check_worthiness = worth;
        }
    };
    let kept = differing(VerificationStatus::Accurate, CheckWorthiness::High);
    let gone = differing(VerificationStatus::Disputed, CheckWorthiness::Routine);
    let asked = claims_joined(&two_claims(kept, gone), GONE, KEPT).asked;
    let about: Vec<_> = asked.iter().filter_map(Question::about).collect();
    let want = [ClaimKey::VerificationStatus, ClaimKey::CheckWorthiness];
    assert_eq!(about, want);
}

#[test]
fn nothing_is_merged_into_itself() {
    let mut session = two_claims(|c| c.notes = "ask".into(), |_| {});
    let (source, item) = (SourceId(Uuid::from_u128(8)), EvidenceId(Uuid::from_u128(9)));
    session.sources.insert(source, Source::unnamed(source));
    session.evidence.insert(item, Evidence::empty(item));
    let (answer, labels) = (|_: &Question<_>| Answer::Both, &labels::DEFAULT);
    let (after, edits) = done(&session, |tx| {
        assert_eq!(merge_claims(tx, KEPT, KEPT, answer, labels), None);
        assert_eq!(
            merge_sources(tx, source, source, |_| Answer::Both, labels),
            None
        );
        assert_eq!(
            merge_evidence(tx, item, item, |_| Answer::Both, labels),
            None
        );
    });
    assert_eq!((after, edits), (session.clone(), vec![]));
    let joining = claims_joined(&session, KEPT, KEPT);
    assert_eq!((joining.sets, joining.asked), (vec![], vec![]));
}

/// Whoever asks before a protected source is merged into the article's own voice sees no field of it change.
#[test]
fn the_article_takes_over_neither_type_nor_protection() {
    let mut session = two_claims(|_| {}, |_| {});
    let mut source = Source::unnamed(SourceId(Uuid::from_u128(9)));
    (source.source_type, source.protect_identity) = (SourceType::Person, true);
    session.sources.insert(source.id, source.clone());
    let own = |f: &SourceField| matches!(f.key(), SourceKey::Type | SourceKey::ProtectIdentity);
    for type_of_article in [SourceType::Article, SourceType::Unknown] {
        session
            .sources
            .get_mut(&SourceId::ARTICLE)
            .unwrap()
            .source_type = type_of_article;
        let joining = sources_joined(&session.sources[&SourceId::ARTICLE], &source);
        assert!(!joining.sets.iter().any(own));
        assert!(!joining.asked.iter().any(|q| q.kept.iter().any(own)));
    }
}

#[test]
fn what_came_over_is_counted_and_two_equal_holdings_are_one() {
    let mut session = two_claims(|_| {}, |_| {});
    let [from, into, third] = [7, 8, 9].map(|n| SourceId(Uuid::from_u128(n)));
    for (n, id) in [from, into, third].into_iter().enumerate() {
        session.sources.insert(id, Source::unnamed(id));
        let at = StatementId::of(VersionId::numbered(1), &[]);
        let voice = AttributionId(Uuid::from_u128(20 + n as u128));
        let mut voice = Attribution::on(voice, KEPT, at);
        voice.source = Some(id);
        session.attributions.insert(voice.id, voice);
    }
    let [one, two] = [10, 11].map(|n| EvidenceId(Uuid::from_u128(n)));
    for (n, claim, item) in [
        (30, KEPT, one),
        (31, GONE, one),
        (32, KEPT, two),
        (33, GONE, two),
    ] {
        session.evidence.insert(item, Evidence::empty(item));
        let held = HeldId(Uuid::from_u128(n));
        let mut held = Held::against(held, claim, item);
        // Of the second item the two claims say differently where it stands.
        if item == two {
            held.locator = format!("page {n}");
        }
        session.held.insert(held.id, held);
    }
    let labels = &labels::DEFAULT;
    let mut merged = Vec::new();
    let (after, _) = done(&session, |tx| {
        merged.extend(merge_sources(tx, from, into, |_| Answer::Both, labels));
        merged.extend(merge_claims(tx, GONE, KEPT, |_| Answer::Both, labels));
        merged.extend(merge_evidence(tx, one, two, |_| Answer::Both, labels));
    });
    let counts: Vec<_> = merged.iter().map(|m| (m.voices, m.held)).collect();
    assert_eq!(counts, [(1, 0), (0, 1), (0, 0)]);
    // The third of the first item, which said nothing else, is one with the first of the second.
    let held: Vec<_> = after.held.values().map(|h| (h.claim, h.evidence)).collect();
    assert_eq!(held, [(KEPT, two), (KEPT, two)]);
}

#[test]
fn a_name_that_both_sources_had_is_kept_once() {
    let mut session = two_claims(|_| {}, |_| {});
    let [from, into] = [7, 8].map(|n| SourceId(Uuid::from_u128(n)));
    for (id, name, other) in [(from, "R. Falk", "FALK"), (into, "Rina Falk", "Falk")] {
        let mut source = Source::unnamed(id);
        source.name = name.into();
        source.also_called.insert(other.into());
        session.sources.insert(id, source);
    }
    let (after, _) = done(&session, |tx| {
        merge_sources(tx, from, into, |_| Answer::Both, &labels::DEFAULT).unwrap();
    });
    assert_eq!(after.sources[&into].also_called, ["Falk", "R. Falk"]);
}
