//! What is promised to two people who work on one session: in whatever order their steps arrive, nothing is lost.
#![allow(clippy::unwrap_used, clippy::panic)]

use uuid::Uuid;

use super::*;
use crate::core::check::Check;
use crate::core::desk::{Desk, Unfit, Who};
use crate::core::history::{History, StepKind};
use crate::core::join::Answer;
use crate::core::labels::DEFAULT;
use crate::core::ops::{self, merge_claims, merge_sources};
use crate::core::proposal::{Proposals, ProposedStatement};
use crate::core::references::dangling;
use crate::core::set::Set;
use crate::core::testing::Dice;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::*;

mod again;
mod any_order;
mod meanwhile;
mod two_people;

fn id<I: From<Uuid>>(n: u128) -> I {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + n).into()
}

fn statement() -> StatementId {
    place(0)
}

/// One of the three statements, in order of the text.
fn place(n: usize) -> StatementId {
    let (start, end) = [(0, 4), (5, 11), (12, 17)][n];
    StatementId::of(VersionId::numbered(1), &[Span::new(start, end)])
}

/// A session that two people have: three claims, each with a voice, three sources, an item held against the first claim.
/// The claims are at home at the first of three statements, and the last of them stands at the second too.
fn shared() -> Desk {
    let session = Session::new(id(1), "kell", Time::UNIX_EPOCH);
    let text = ArticleText::new("Kell Bridge opens.\n".into());
    let mut desk = Desk::new(
        Check::new(session, text, Proposals::default()),
        History::default(),
    );
    work(&mut desk, "Ana", 0, |tx| {
        for (n, exact) in ["Kell", "Bridge", "opens"].into_iter().enumerate() {
            let anchor = Anchor {
                version: VersionId::numbered(1),
                statement_id: Some(place(n)),
                exact: exact.into(),
                ..Anchor::default()
            };
            tx.create_statement(Statement {
                id: place(n),
                anchor,
                block: BlockKind::Paragraph,
                decision: Decision::TakenUp,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
            });
        }
        for n in 0..3 {
            let mut source = Source::unnamed(id(20 + n));
            source.name = format!("Source {n}");
            tx.create_source(source);
            let claim = Claim::on(id(10 + n), statement(), tx.stamp.clone());
            tx.create_claim(claim);
            let mut voice = Attribution::on(id(30 + n), id(10 + n), statement());
            voice.source = Some(id(20 + n));
            tx.create_attribution(voice);
        }
        also_at(tx, 2, 1);
        let item = Evidence::empty(id(40));
        tx.create_evidence(item);
        tx.create_held(Held::against(id(50), id(10), id(40)));
    });
    work(&mut desk, "Ben", 0, |tx| {
        tx.set_article(ArticleField::Title("Kell".into()));
    });
    desk
}

/// A step of `name`, whose ids begin with `series`.
fn work(desk: &mut Desk, name: &str, series: u128, act: impl FnOnce(&mut Tx<'_>)) -> Option<Step> {
    let checker = Checker {
        id: CheckerId::of(name),
        name: name.into(),
    };
    let seq = desk.history().seq();
    let mut n = (series << 40) | (u128::from(seq) << 20);
    let mut ids = || {
        n += 1;
        id(n | 1 << 60)
    };
    let mut who = Who {
        checker: &checker,
        at: Time::from_second(1_800_000_000 + i64::try_from(seq).unwrap()).unwrap(),
        ids: &mut ids,
    };
    let outcome = desk.step(&mut who, |tx, _, _| {
        act(tx);
        None
    });
    outcome.steps.last().cloned()
}

fn ana(desk: &mut Desk, act: impl FnOnce(&mut Tx<'_>)) -> Step {
    work(desk, "Ana", 1, act).unwrap()
}

fn ben(desk: &mut Desk, act: impl FnOnce(&mut Tx<'_>)) -> Step {
    work(desk, "Ben", 2, act).unwrap()
}

/// Both copies after each has received what the other did, with the conflicts that each has noted.
fn exchanged(a: impl FnOnce(&mut Tx<'_>), b: impl FnOnce(&mut Tx<'_>)) -> [(Session, usize); 2] {
    let (mut first, mut second) = (shared(), shared());
    let (of_ana, of_ben) = (ana(&mut first, a), ben(&mut second, b));
    let noted = [first.receive(&of_ben), second.receive(&of_ana)];
    for desk in [&first, &second] {
        assert_sound(desk);
    }
    let [one, two] = noted.map(|n| n.len());
    [(state(&first), one), (state(&second), two)]
}

/// The records of a session, without who was here in which order and when it changed last.
fn state(desk: &Desk) -> Session {
    let mut s = desk.check().session().clone();
    s.updated_at = s.created_at;
    s.checkers.sort_by(|a, b| a.id.cmp(&b.id));
    s
}

/// The state is what the steps tell, and every record that is named is there.
fn assert_sound(desk: &Desk) {
    let mut told = Session::new(id(1), "kell", Time::UNIX_EPOCH);
    for step in desk.history().steps() {
        let stamp = step.stamp();
        assert_eq!(told.apply(&step.edits, &stamp), vec![], "step {}", step.seq);
    }
    assert_eq!(&told, desk.check().session());
    assert_eq!(missing(&told), vec![]);
    assert_eq!(dangling(&told), vec![], "each claim stands at its home");
    assert!(!told.forwards.keys().any(|id| told.holds(*id)));
}

fn claim(n: u128) -> ClaimId {
    id(10 + n)
}

fn source(n: u128) -> SourceId {
    id(20 + n)
}

fn tag(tx: &mut Tx<'_>, n: u128, tag: &str) {
    let Some(claim_now) = tx.session.claims.get(&claim(n)) else {
        return;
    };
    let mut tags = claim_now.tags.clone();
    tags.insert(tag.into());
    tx.set_claim(&claim(n), ClaimField::Tags(tags));
}

/// Lets a claim stand at one more statement.
fn also_at(tx: &mut Tx<'_>, n: u128, at: usize) {
    if let Some(claim_now) = tx.session.claims.get(&claim(n)) {
        let mut places = claim_now.statements.clone();
        places.insert(place(at));
        tx.set_claim(&claim(n), ClaimField::Statements(places));
    }
}

/// Lets a claim stand no longer at a statement.
fn leave(tx: &mut Tx<'_>, n: u128, at: usize) {
    if let Some(claim_now) = tx.session.claims.get(&claim(n)) {
        let mut places = claim_now.statements.clone();
        places.remove(&place(at));
        tx.set_claim(&claim(n), ClaimField::Statements(places));
    }
}

/// Moves the home of a claim.
fn move_home(tx: &mut Tx<'_>, n: u128, to: usize) {
    tx.set_claim(&claim(n), ClaimField::Home(place(to)));
}

fn finding(tx: &mut Tx<'_>, n: u128, finding: VerificationStatus) {
    tx.set_claim(&claim(n), ClaimField::VerificationStatus(finding));
}

/// Takes up what has a derived id, which two people share.
fn take_up(tx: &mut Tx<'_>, wording: Option<&str>) {
    let mut made = Claim::on(claim(5), place(1), tx.stamp.clone());
    made.wording = wording.map(String::from);
    made.tags.insert("council".into());
    tx.create_claim(made);
}

/// Adds the version with this text, `minutes` after the session was made, and goes on with it.
fn add_version(tx: &mut Tx<'_>, text: &str, minutes: i64) -> VersionId {
    let id = VersionId::of_text(text);
    tx.create_version(Version {
        id,
        original_sha256: String::new(),
        origin: text.into(),
        left_out: String::new(),
        added_at: Time::from_second(minutes * 60).unwrap(),
        reader: "builtin-1".into(),
    });
    tx.set_article(ArticleField::Current(Some(id)));
    id
}
