//! Whatever is done to one article in whatever order: no live record is overwritten or lost, every edit fits, every step
//! can be taken back; and who takes up the same proposals makes the same records.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::core::edit::{Edit, inverse};
use crate::core::history::{History, Step, StepKind};
use crate::core::ids::*;
use crate::core::join::Answer;
use crate::core::labels;
use crate::core::model::*;
use crate::core::proposal::*;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

const TEXT: &str = "Mara Oduya said the bridge cost 80 million.\n\
    “It is too much,” said the mayor, quoted by Mara Oduya.\n\
    The ferry carried nine thousand people in March.\n\
    Kell Ferry denied it; MARA ODUYA did not.\n";

/// The words `words` of the text.
fn at(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    ArticleText::new(TEXT.into()).span(start..start + words.len())
}

fn proposed(statement: u32, source: &str, cue: &str, content: &str) -> ProposedAttribution {
    ProposedAttribution {
        statement,
        source: at(source).into(),
        cue: at(cue).into(),
        content: at(content).into(),
        quotation_type: QuotationType::Indirect,
        stance: Stance::Asserts,
        certainty: Certainty::Unspecified,
        negated: false,
        via: None,
        about: Spans::None,
        source_record: None,
        rule: "test".into(),
        why: "said".into(),
    }
}

/// Four statements with two voices each but for one, and one more inside of another.
fn proposals() -> Proposals {
    let lines: Vec<&str> = TEXT.lines().collect();
    let statement = |words: &str| ProposedStatement {
        spans: at(words).into(),
        block: 0,
        check_worthiness: CheckWorthiness::High,
        claim_type: ClaimType::Numerical,
        why: "a number".into(),
    };
    let cost = "the bridge cost 80 million";
    let mara = ProposedSource {
        name: "Mara Oduya".into(),
        source_type: SourceType::Person,
        mentions: vec![at("Mara Oduya")],
        ..ProposedSource::default()
    };
    let quoted = ProposedAttribution {
        via: Some(2),
        ..proposed(2, "the mayor", "said the", "It is too much")
    };
    let denied = ProposedAttribution {
        about: at("MARA ODUYA").into(),
        ..proposed(4, "Kell Ferry", "denied", "denied it")
    };
    let first = ProposedAttribution {
        source_record: Some(0),
        ..proposed(0, "Mara Oduya", "said", cost)
    };
    Proposals {
        blocks: vec![Block {
            span: Span::new(0, TEXT.chars().count() as u32),
            kind: BlockKind::Paragraph,
            locator: "".into(),
        }],
        statements: vec![
            statement(lines[0]),
            statement(cost),
            statement(lines[1]),
            statement(lines[2]),
            statement(lines[3]),
        ]
        .into(),
        attributions: vec![
            first,
            quoted,
            proposed(2, "Mara Oduya", "quoted by", "It is too much"),
            denied,
            proposed(4, "MARA ODUYA", "did not", "denied it"),
        ]
        .into(),
        sources: vec![mara],
        ..Proposals::default()
    }
}

/// A session of one checker, with the ids that only it hands out.
struct Desk {
    session: Session,
    history: History,
    text: ArticleText,
    proposals: Proposals,
    session_number: u128,
    ids: u128,
}

impl Desk {
    fn new(session_number: u128) -> Self {
        let id = SessionId(Uuid::from_u128(session_number));
        let mut session = Session::new(id, "s", Time::UNIX_EPOCH);
        let version = Version {
            id: "5a".repeat(32).parse().unwrap(),
            original_sha256: String::new(),
            origin: "-".into(),
            added_at: Time::UNIX_EPOCH,
            reader: "builtin-1".into(),
            left_out: String::new(),
        };
        session.begin_with(Article::default(), version);
        Self {
            session,
            history: History::default(),
            text: ArticleText::new(TEXT.into()),
            proposals: proposals(),
            session_number,
            ids: 0,
        }
    }

    fn stamp(&self) -> Stamp {
        let step = i64::try_from(self.history.seq()).unwrap();
        Stamp {
            at: Time::from_millisecond(1_790_000_000_000 + step).unwrap(),
            by: CheckerId::of(&format!("checker {}", self.session_number)),
        }
    }

    /// Makes a step of `work`, and looks whether it fits and can be taken back.
    fn step<T>(&mut self, work: impl FnOnce(&mut Tx<'_>, &ArticleText, &Proposals) -> T) -> T {
        let stamp = self.stamp();
        let before = self.session.clone();
        let (ids, session) = (&mut self.ids, self.session_number);
        let mut next = || {
            *ids += 1;
            Uuid::from_u128(0x019b_76da_a800_7000_8000_0000_0000_0000 | session << 32 | *ids)
        };
        let mut tx = Tx::new(&mut self.session, stamp, &mut next);
        let done = work(&mut tx, &self.text, &self.proposals);
        let edits = tx.finish();
        self.keep(StepKind::Do, None, edits, before);
        done
    }

    /// Undoes or redoes a step, if there is one.
    fn go(&mut self, kind: StepKind) {
        let me = self.stamp().by;
        let found = match kind {
            StepKind::Undo => self.history.undo_edits(&me),
            _ => self.history.redo_edits(&me),
        };
        let Some((of, edits)) = found else { return };
        let (stamp, before) = (self.stamp(), self.session.clone());
        assert_eq!(self.session.apply(&edits, &stamp), vec![]);
        self.keep(kind, Some(of), edits, before);
    }

    fn keep(&mut self, kind: StepKind, of: Option<StepId>, edits: Vec<Edit>, before: Session) {
        if edits.is_empty() {
            return;
        }
        let stamp = self.stamp();
        let mut led = before.clone();
        assert_eq!(led.apply(&edits, &stamp), vec![], "{edits:#?}");
        assert_eq!(led, self.session);
        assert_eq!(led.apply(&inverse(&edits), &stamp), vec![], "{edits:#?}");
        assert_eq!(unstamped(led), unstamped(before));
        let seq = self.history.seq() + 1;
        self.history.push(Step {
            seq,
            id: StepId(Uuid::from_u128(u128::from(seq))),
            at: stamp.at,
            by: stamp.by,
            kind,
            of,
            edits,
        });
    }

    fn claim(&self, pick: usize) -> Option<ClaimId> {
        let n = pick.checked_rem(self.session.claims.len())?;
        self.session.claims.keys().nth(n).copied()
    }

    fn take_up(&mut self, n: u32) -> ClaimId {
        self.step(|tx, text, p| take_up(tx, text, p, n))
            .unwrap()
            .claim
    }

    fn withdraw(&mut self, claim: ClaimId) {
        self.step(|tx, _, _| withdraw(tx, claim, None));
    }
}

/// A session without who changed its claims last, which is no edit's work.
fn unstamped(mut session: Session) -> Session {
    session.updated_at = Time::UNIX_EPOCH;
    for c in session.claims.values_mut() {
        c.updated = c.created.clone();
    }
    session
}

/// The ids of all records that taking up may make.
fn records(session: &Session) -> BTreeSet<Uuid> {
    let claims = session.claims.keys().map(|c| c.0);
    let attributions = session.attributions.keys().map(|a| a.0);
    let sources = session.sources.keys().map(|s| s.0);
    claims.chain(attributions).chain(sources).collect()
}

#[derive(Clone, Copy, Debug)]
enum Act {
    TakeUp(u32),
    Mark(usize),
    Dismiss(u32),
    Tie(u32, usize),
    TieWords(usize, usize),
    Split(usize, u32),
    Add(usize),
    Pair(usize),
    Withdraw(usize),
    Borders(usize, usize),
    Merge(usize, usize),
    Rename(usize),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Act> {
    let n = 0u32..5;
    let any = 0usize..60;
    prop_oneof![
        6 => n.clone().prop_map(Act::TakeUp),
        2 => any.clone().prop_map(Act::Mark),
        1 => n.clone().prop_map(Act::Dismiss),
        2 => (n, any.clone()).prop_map(|(n, c)| Act::Tie(n, c)),
        1 => (any.clone(), any.clone()).prop_map(|(w, c)| Act::TieWords(w, c)),
        3 => (any.clone(), 0u32..190).prop_map(|(c, at)| Act::Split(c, at)),
        2 => any.clone().prop_map(Act::Add),
        2 => any.clone().prop_map(Act::Pair),
        5 => any.clone().prop_map(Act::Withdraw),
        1 => (any.clone(), any.clone()).prop_map(|(a, b)| Act::Merge(a, b)),
        1 => any.prop_map(Act::Rename),
        2 => (0usize..60, 0usize..60).prop_map(|(c, w)| Act::Borders(c, w)),
        4 => Just(Act::Undo),
        3 => Just(Act::Redo),
    ]
}

/// Words to mark: whole statements, and parts of them.
fn words(pick: usize) -> Vec<Span> {
    let all = [
        "the bridge",
        "cost 80 million",
        "the bridge cost 80 million",
        "too much",
        "March",
    ];
    vec![at(all[pick % all.len()])]
}

impl Desk {
    fn act(&mut self, act: Act) {
        let before = records(&self.session);
        let keeps_all = match act {
            Act::Undo => return self.go(StepKind::Undo),
            Act::Redo => return self.go(StepKind::Redo),
            Act::TakeUp(n) => self.step(|tx, text, p| take_up(tx, text, p, n)).is_some(),
            Act::Mark(w) => self
                .step(|tx, text, p| mark(tx, text, p, &words(w)))
                .is_some(),
            Act::Dismiss(n) => {
                self.step(|tx, text, p| dismiss(tx, text, p, Dismissed::Proposal(n), "dull"));
                true
            }
            Act::Rename(n) => {
                let id = *self
                    .session
                    .sources
                    .keys()
                    .nth(n % self.session.sources.len())
                    .unwrap();
                self.step(|tx, _, _| tx.set_source(&id, SourceField::Name(format!("Nobody {n}"))));
                true
            }
            Act::Tie(_, c)
            | Act::TieWords(_, c)
            | Act::Split(c, _)
            | Act::Add(c)
            | Act::Pair(c)
            | Act::Withdraw(c)
            | Act::Borders(c, _)
            | Act::Merge(c, _) => match self.claim(c) {
                Some(claim) => self.act_on(claim, act),
                None => return,
            },
        };
        if keeps_all {
            let after = records(&self.session);
            assert!(before.is_subset(&after), "{act:?} lost a record");
        }
    }

    /// Does it to a claim; whether no record may go.
    fn act_on(&mut self, claim: ClaimId, act: Act) -> bool {
        let other = match act {
            Act::Merge(_, other) => self.claim(other),
            _ => None,
        };
        let before = records(&self.session);
        self.step(|tx, text, p| match act {
            Act::Tie(n, _) => drop(tie(tx, text, p, Tied::Proposal(n), claim)),
            Act::TieWords(w, _) => drop(tie(tx, text, p, Tied::Words(&words(w)), claim)),
            Act::Split(_, at) => drop(split(tx, text, p, claim, at)),
            Act::Add(_) => drop(add_claim(tx, claim)),
            Act::Pair(_) => drop(pair(tx, text, claim)),
            Act::Withdraw(_) => withdraw(tx, claim, None),
            Act::Borders(_, w) => {
                let home = tx.session.claims[&claim].home.clone();
                move_borders(tx, text, p, &home, &words(w));
            }
            Act::Merge(..) => drop(
                other.map(|into| merge_claims(tx, claim, into, |_| Answer::Both, &labels::DEFAULT)),
            ),
            _ => (),
        });
        if let Act::Add(_) = act {
            let after = records(&self.session);
            let claims = self.session.claims.keys().map(|c| c.0);
            let made: Vec<Uuid> = claims.filter(|c| !before.contains(c)).collect();
            assert!(made.iter().all(|c| c.get_version_num() == 7) && after.len() > before.len());
        }
        !matches!(act, Act::Withdraw(_) | Act::Merge(..))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: proptest::test_runner::RngSeed::Fixed(9), failure_persistence: None, ..ProptestConfig::default() })]

    /// Of the kind: a derived id that is in use overwrites the record that has it.
    #[test]
    fn whatever_the_order_nothing_live_is_overwritten_and_every_step_fits(acts in proptest::collection::vec(acts(), 1..40)) {
        let mut desk = Desk::new(1);
        let born = desk.session.clone();
        for act in acts {
            desk.act(act);
            for c in desk.session.claims.values() {
                prop_assert!(c.statements.iter().all(|s| desk.session.statements.contains_key(s)));
                prop_assert!(desk.session.attributions_of(c.id).next().is_some(), "{act:?}");
            }
            for a in desk.session.attributions.values() {
                prop_assert!(desk.session.claims.contains_key(&a.claim), "{act:?}");
                prop_assert!(a.source.is_none_or(|s| desk.session.sources.contains_key(&s)));
            }
        }
        let mut replayed = born;
        for step in desk.history.steps() {
            let stamp = step.stamp();
            prop_assert_eq!(replayed.apply(&step.edits, &stamp), vec![]);
        }
        prop_assert_eq!(replayed, desk.session);
    }

    #[test]
    fn two_people_who_take_up_the_same_make_the_same_records(
        first in Just(vec![0u32, 1, 2, 3, 4]).prop_shuffle(),
        second in Just(vec![0u32, 1, 2, 3, 4]).prop_shuffle(),
        again in 0usize..5,
    ) {
        let mut made = [Desk::new(1), Desk::new(77)].map(|desk| (desk, first.clone()));
        made[1].1 = second;
        let made = made.map(|(mut desk, order)| {
            desk.step(|tx, _, _| tx.create_evidence(Evidence::empty(EvidenceId(Uuid::from_u128(1)))));
            let claims: Vec<(u32, ClaimId)> = order.iter().map(|n| (*n, desk.take_up(*n))).collect();
            for (n, claim) in &claims {
                if n % 2 == 0 {
                    desk.step(|tx, text, _| pair(tx, text, *claim)).unwrap();
                }
            }
            let (n, claim) = claims[again];
            let was = records(&desk.session);
            let second = desk.session.claims.values().find(|c| {
                c.id != claim && c.statements == desk.session.claims[&claim].statements
            });
            let second = second.map(|c| c.id);
            if let Some(second) = second {
                desk.withdraw(second);
            }
            desk.withdraw(claim);
            assert_eq!(desk.take_up(n), claim, "withdrawn and taken up again is the same claim");
            if second.is_some() {
                assert_eq!(desk.step(|tx, text, _| pair(tx, text, claim)), second);
            }
            assert_eq!(records(&desk.session), was);
            records(&desk.session)
        });
        prop_assert_eq!(&made[0], &made[1]);
        let derived = |id: &Uuid| *id == SourceId::ARTICLE.0 || id.get_version_num() == 8;
        prop_assert!(made[0].iter().all(derived));
        prop_assert!(made[0].len() > 20);
    }
}

#[test]
fn words_taken_up_twice_are_two_claims() {
    let mut desk = Desk::new(1);
    let first = desk.take_up(0);
    let before = desk.session.clone();
    let second = desk.take_up(0);
    assert_eq!(
        (first.0.get_version_num(), second.0.get_version_num()),
        (8, 7)
    );
    assert_eq!(desk.session.claims[&first], before.claims[&first]);
    for (id, voice) in &before.attributions {
        assert_eq!(&desk.session.attributions[id], voice);
    }
}

#[test]
fn a_claim_that_moved_away_by_a_split_keeps_its_id_when_its_words_are_taken_up_again() {
    let mut desk = Desk::new(1);
    let claim = desk.take_up(3);
    let cut = at("nine").start;
    let part = desk
        .step(|tx, text, p| split(tx, text, p, claim, cut))
        .unwrap();
    assert_eq!(part.claim.0.get_version_num(), 7);
    let moved = desk.session.claims[&claim].clone();
    let again = desk.take_up(3);
    assert_eq!(again.0.get_version_num(), 7);
    assert_eq!(desk.session.claims[&claim], moved);
    desk.withdraw(claim);
    desk.withdraw(again);
    assert_eq!(desk.take_up(3), claim);
}

#[test]
fn the_first_voice_is_the_one_proposed_first_and_at_home() {
    let mut desk = Desk::new(1);
    let claim = desk.take_up(4);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim))
        .unwrap();
    let voices: Vec<&str> = desk
        .session
        .attributions_of(claim)
        .map(|a| desk.session.sources[&a.source.unwrap()].name.as_str())
        .collect();
    // The tied words stand before those of the claim in the text.
    assert_eq!(voices, ["Kell Ferry", "MARA ODUYA", "MARA ODUYA"]);
    let index = crate::core::index::Index::new(&desk.session);
    let ids: Vec<AttributionId> = desk.session.attributions_of(claim).map(|a| a.id).collect();
    assert_eq!(index.attributions(claim), ids);
    let home = desk.take_up(0);
    let index = crate::core::index::Index::new(&desk.session);
    let at: Vec<ClaimId> = index.claims_at(&desk.session.claims[&home].home).collect();
    assert_eq!(at, [home, claim]);
}

/// A statement keeps its id for life; only its anchor moves.
#[test]
fn marking_words_that_a_statement_has_moved_to_is_marking_that_statement() {
    let mut desk = Desk::new(1);
    let text = desk.text.clone();
    let born = [Span::new(0, 4)];
    let here = desk
        .step(|tx, text, p| mark(tx, text, p, &born))
        .unwrap()
        .statement;
    let version = VersionId::of_text("another text");
    let now = [Span::new(2, 6)];
    desk.step(|tx, _, _| {
        let v = tx.session.current().unwrap().clone();
        tx.create_version(Version { id: version, ..v });
        tx.set_article(ArticleField::Current(Some(version)));
        let moved = Anchor {
            statement_id: Some(here.clone()),
            ..crate::core::anchor::anchor(&text, version, &now)
        };
        tx.set_statement(&here, StatementField::Anchor(moved));
    });
    let again = desk.step(|tx, text, p| mark(tx, text, p, &now)).unwrap();
    assert_eq!(again.statement, here);
    // Other words of the new text are a statement of it, also where it has the old one's spans.
    let other = desk.step(|tx, text, p| mark(tx, text, p, &born)).unwrap();
    assert_eq!(other.statement, StatementId::of(version, &born));
    assert_eq!(desk.session.statements.len(), 2);
}

mod in_full;
