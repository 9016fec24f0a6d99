//! Ids that may leave where a source must not be named.
//!
//! A derived id (see [`super::derived`]) holds bits of a hash over the text and over names. It spells nothing, but whoever
//! has the text with masks in it can put a guessed name into the gaps, compute the id and see that the guess is right.
//! So an export that names no protected source carries other ids, and these must do three things. Nobody outside may
//! find anything of the hash in them; whoever holds the session must know them again, so that work on such an export
//! comes back to its claims; and the same record must have the same one in every export.
//!
//! Hence a veil: place and turn stay, so that the order of the text does, and the 62 bits of the hash give way to 62 bits
//! of a hash of the whole id under a key. The key is made of the ids of the journal's steps, up to the one that protected
//! the first source: they are random, no export holds them, and no later step changes them. (A plain counter would lose
//! its records as soon as one is added, and counting them in the order of their hashes tells bits of those.)

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use uuid::fmt::{Hyphenated, Simple};
use uuid::{Uuid, Version};

use super::edit::{Change, Edit};
use super::hash::read_hex;
use super::history::{History, Step};
use super::ids::VersionMark;
use super::model::{Session, SourceField};
use super::tx::Ids;

/// Replaces ids that were computed from words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veil {
    key: [u8; 32],
}

/// How many ids make a key that nobody tries out: of each at least 32 bits are random.
const ENOUGH: usize = 4;

impl Veil {
    /// The veil of a session with this history; none where it protected no source so far, so that nothing has left under a
    /// veil.
    pub fn of_history(history: &History) -> Option<Self> {
        if !history.is_whole() {
            return None;
        }
        let steps = history.steps();
        let last = steps.iter().position(protects)?;
        Some(Self::of(steps.iter().take(last + 1).map(|s| s.id.0)))
    }

    /// A veil that nobody can look behind afterwards, for a session whose history is lost or has not protected anything.
    pub fn fresh(ids: &mut dyn Ids) -> Self {
        Self::of((0..ENOUGH).map(|_| ids.next()))
    }

    fn of(ids: impl Iterator<Item = Uuid>) -> Self {
        let mut hash = Sha256::new();
        hash.update("veil\n");
        ids.for_each(|id| hash.update(id.as_bytes()));
        Self {
            key: hash.finalize().into(),
        }
    }

    /// What stands for `id`: itself where it was made of time and chance.
    pub fn over(&self, id: Uuid) -> Uuid {
        match id.get_version() {
            Some(Version::SortRand | Version::Random) => id,
            _ => Uuid::new_v8(self.hidden(id)),
        }
    }

    /// What stands for the id of a record of which nobody may know where it comes in the text.
    pub fn over_whole(&self, id: Uuid) -> Uuid {
        let over = self.over(id);
        if over == id {
            return id;
        }
        let mut bytes = over.into_bytes();
        bytes[..8].fill(0);
        Uuid::new_v8(bytes)
    }

    /// What stands for the mark of a version whose text is not the one that leaves.
    pub fn over_mark(&self, mark: VersionMark) -> VersionMark {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update("mark\n");
        hash.update(mark.0);
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.finalize()[..8]);
        VersionMark(bytes)
    }

    fn hidden(&self, id: Uuid) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(id.as_bytes());
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&hash.finalize()[..8]);
        // Ids that others have made may be a hash from the first bit on.
        let [a, b, ..] = id.into_bytes();
        if id.get_version() == Some(Version::Custom) && (a, b) == (0, 0) {
            bytes[..8].copy_from_slice(&id.as_bytes()[..8]);
        }
        bytes
    }
}

/// Whether the step protects a source.
fn protects(step: &Step) -> bool {
    step.edits.iter().any(|e| match e {
        Edit::Source(_, Change::Create(s)) => s.protect_identity,
        Edit::Source(_, Change::Set(_, to)) => *to == SourceField::ProtectIdentity(true),
        _ => false,
    })
}

/// The ids of a session by what stands for them.
#[derive(Clone, Debug)]
pub struct Lifted {
    /// By the bits that a veil makes, since a source may have left with its place or without.
    own: HashMap<[u8; 8], Uuid>,
    /// Those of versions that statements were born in.
    marks: HashMap<VersionMark, VersionMark>,
}

/// How many hex digits a mark has.
const MARK: usize = 16;

impl Lifted {
    /// The ids of `session` under its `veil`.
    pub fn of(session: &Session, veil: &Veil) -> Self {
        let ids = (session.claims.keys().map(|id| id.0))
            .chain(session.attributions.keys().map(|id| id.0))
            .chain(session.sources.keys().map(|id| id.0))
            .chain(session.evidence.keys().map(|id| id.0))
            .chain(session.held.keys().map(|id| id.0));
        let own = ids
            .map(|id| (id, veil.over(id)))
            .filter(|(id, over)| id != over);
        let marks = session.statements.keys().map(|id| id.mark());
        Self {
            own: own.map(|(id, over)| (made(over), id)).collect(),
            marks: marks.map(|mark| (veil.over_mark(mark), mark)).collect(),
        }
    }

    /// The session's own id where `id` stands for one.
    pub fn own(&self, id: Uuid) -> Option<Uuid> {
        let id = Some(id).filter(|id| id.get_version() == Some(Version::Custom))?;
        self.own.get(&made(id)).copied()
    }

    /// Puts the session's own ids in the place of those that stand for them, wherever they are written in `file`.
    ///
    /// They are written with hyphens, and without where a format takes letters and digits only.
    pub fn put(&self, file: &mut [u8]) {
        if self.own.is_empty() && self.marks.is_empty() {
            return;
        }
        let mut at = 0;
        while at < file.len() {
            let put = self.put_at(&mut file[at..]);
            at += put.or_else(|| self.put_mark(&mut file[at..])).unwrap_or(1);
        }
    }

    /// Puts a mark where `file` begins with one that stands for it, as a statement's id does, and says how long it is.
    fn put_mark(&self, file: &mut [u8]) -> Option<usize> {
        if *file.get(MARK)? != b':' {
            return None;
        }
        let word = file.get_mut(..MARK)?;
        let mark = VersionMark(read_hex(word)?);
        let own = self.marks.get(&mark)?;
        word.copy_from_slice(own.digits().as_str().as_bytes());
        Some(MARK)
    }

    /// Puts an id where `file` begins with one that stands for it, and says how long it is.
    fn put_at(&self, file: &mut [u8]) -> Option<usize> {
        let hyphens = *file.get(13)? == b'-';
        // The third part of a UUIDv8 begins with its version.
        let (length, version) = match hyphens {
            true => (Hyphenated::LENGTH, 14),
            false => (Simple::LENGTH, 12),
        };
        let word = file.get_mut(..length).filter(|w| w[version] == b'8')?;
        let own = self.own(Uuid::try_parse_ascii(word).ok()?)?;
        match hyphens {
            true => own.hyphenated().encode_lower(word),
            false => own.simple().encode_lower(word),
        };
        Some(length)
    }
}

/// The bits that a veil makes.
fn made(id: Uuid) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&id.as_bytes()[8..]);
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::derived::{self, Turn};
    use crate::core::history::StepKind;
    use crate::core::ids::{
        CheckerId, ClaimId, SessionId, SourceId, StatementId, StepId, VersionId,
    };
    use crate::core::model::{Claim, Source, Time};
    use crate::core::testing::stamp;
    use crate::core::text::Span;

    fn step(n: u64, edits: Vec<Edit>) -> Step {
        Step {
            seq: n,
            id: StepId(Uuid::from_u128(
                0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n),
            )),
            at: Time::UNIX_EPOCH,
            by: CheckerId::of("a"),
            kind: StepKind::Do,
            of: None,
            edits,
        }
    }

    fn source(protect: bool) -> Source {
        Source {
            protect_identity: protect,
            ..Source::unnamed(SourceId(Uuid::from_u128(5)))
        }
    }

    fn protecting(n: u64) -> Step {
        let field = SourceField::ProtectIdentity;
        let set = Change::Set(field(false), field(true));
        step(n, vec![Edit::Source(source(true).id, set)])
    }

    fn derived(start: u32, turn: Turn) -> Uuid {
        derived::claim("5a", &[Span::new(start, start + 9)], turn).0
    }

    #[test]
    fn a_veil_is_the_same_whatever_is_done_after_a_source_was_protected() {
        let made = |protect| {
            let s = source(protect);
            step(1, vec![Edit::Source(s.id, Change::Create(Box::new(s)))])
        };
        let (born, made) = (made(true), made(false));
        let veil = |steps: &[Step]| Veil::of_history(&History::fold(steps.to_vec()));
        assert_eq!(veil(&[]), None);
        assert_eq!(veil(std::slice::from_ref(&made)), None);
        let then = veil(&[made.clone(), protecting(2)]);
        assert!(then.is_some());
        let later = [
            made.clone(),
            protecting(2),
            step(3, Vec::new()),
            protecting(4),
        ];
        assert_eq!(veil(&later), then);
        assert_ne!(veil(&[made.clone(), protecting(3)]), then);
        assert!(veil(&[born]).is_some());
        // Half of the steps would make another key.
        let mut rest = History::behind(1);
        rest.push(protecting(2));
        assert_eq!(Veil::of_history(&rest), None);
    }

    #[test]
    fn nothing_of_the_hash_is_left_and_the_order_of_the_text_is() {
        let (one, other) = (
            Veil::of([Uuid::nil()].into_iter()),
            Veil::fresh(&mut Uuid::max),
        );
        let mut before = Vec::new();
        for start in [0, 7, 255, 256, 70_000] {
            before.push(derived(start, Turn::TakenUp));
            before.push(derived(start, Turn::WasItSaid));
        }
        let after: Vec<Uuid> = before.iter().map(|id| one.over(*id)).collect();
        assert!(before.is_sorted() && after.is_sorted());
        for (id, over) in before.iter().zip(&after) {
            assert_eq!(over.as_bytes()[..8], id.as_bytes()[..8]);
            assert_ne!(over.as_bytes()[8..], id.as_bytes()[8..]);
            assert_ne!(*over, other.over(*id));
            assert_eq!(over.get_version(), Some(Version::Custom));
            let whole = one.over_whole(*id);
            assert_eq!(whole.to_string()[..19].to_string(), "00000000-0000-8000-");
            assert_eq!(whole.as_bytes()[8..], over.as_bytes()[8..]);
        }
    }

    #[test]
    fn ids_of_time_and_chance_stay_and_hashes_of_others_go_whole() {
        let veil = Veil::fresh(&mut Uuid::nil);
        for id in [
            "0190f5a4-0000-7abc-8def-001122334455",
            "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
            &SourceId::ARTICLE.to_string(),
        ] {
            let id: Uuid = id.parse().unwrap();
            assert_eq!((veil.over(id), veil.over_whole(id)), (id, id));
        }
        // A hash of a name under a known namespace, MD5 and SHA-1, and one of somebody's own.
        for id in [
            "5df41881-3aed-3515-88a7-2f4a814cf09e",
            "2ed6657d-e927-568b-95e1-2665a8aea6a2",
            "5c146b14-3c52-8afd-938a-375d0df1fbf6",
            "00000000-0000-0000-0000-000000000000",
        ] {
            let over = veil.over(id.parse().unwrap()).to_string();
            assert_eq!(over[..19].to_string(), "00000000-0000-8000-", "{id}");
            assert_ne!(over[20..].to_string(), id[20..].to_string());
        }
    }

    #[test]
    fn what_left_under_a_veil_is_known_again_wherever_it_is_written() {
        let veil = Veil::fresh(&mut Uuid::max);
        let mut session = Session::new(SessionId(Uuid::max()), "s", Time::UNIX_EPOCH);
        let id = ClaimId(derived(120, Turn::TakenUp));
        let stamp = stamp();
        let claim = Claim::on(id, StatementId::of(VersionId::numbered(1), &[]), stamp);
        session.claims.insert(id, claim);
        let hidden = Source::unnamed(SourceId(derived(500, Turn::TakenUp)));
        session.sources.insert(hidden.id, hidden.clone());
        let lifted = Lifted::of(&session, &veil);
        let strange = derived(121, Turn::TakenUp);
        assert_eq!(lifted.own(veil.over(strange)), None);
        assert_eq!(lifted.own(id.0), None);

        let file =
            |a: Uuid, b: Uuid| format!("00000000-00{a}\u{e9} <a>urn:uuid:{b}</a>{strange}-8");
        for over in [veil.over(hidden.id.0), veil.over_whole(hidden.id.0)] {
            let mut written = file(veil.over(id.0), over).into_bytes();
            lifted.put(&mut written);
            assert_eq!(String::from_utf8(written).unwrap(), file(id.0, hidden.id.0));
        }
        let mut simple = format!("N1\tclaimdesk:{}\tx", veil.over(id.0).simple()).into_bytes();
        lifted.put(&mut simple);
        let own = format!("N1\tclaimdesk:{}\tx", id.0.simple());
        assert_eq!(String::from_utf8(simple).unwrap(), own);
        let mut short = b"-8".to_vec();
        lifted.put(&mut short);
        assert_eq!(short, b"-8");
    }
}
