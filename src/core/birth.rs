//! How a session begins: the first step of its journal, which says all that is known before anybody has decided
//! anything.

use super::edit::{Birth, Change, Edit};
use super::history::{Step, StepKind};
use super::ids::*;
use super::model::*;
use super::proposal::Proposals;
use super::text::ArticleText;

/// What a session is made of.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The name wished for; the next free one like it is given.
    pub name: &'a str,
    /// UUIDv7.
    pub id: SessionId,
    /// What is known of the article; its version is that of the text below.
    pub article: &'a Article,
    /// The stored text.
    pub text: &'a ArticleText,
    /// The version that it is.
    pub version: VersionId,
    /// The hash of the bytes that it was read from.
    pub original_sha256: &'a str,
    /// Where it was read from: a path, a URL or `-`.
    pub origin: &'a str,
    /// What reading left out; empty where nothing was.
    pub left_out: &'a str,
    /// What the reader proposes.
    pub proposals: &'a Proposals,
    /// Who makes it.
    pub checker: &'a Checker,
    /// Now, in whole milliseconds.
    pub now: Time,
    /// The id of the first step.
    pub step: StepId,
}

/// A session at its first step, to be kept.
#[derive(Clone, Debug)]
pub struct Newborn<'a> {
    /// The name wished for; the next free one like it is given.
    pub name: &'a str,
    /// The first step, which begins with [`Edit::Session`].
    pub step: Step,
    /// The stored text.
    pub text: &'a ArticleText,
    /// What the reader proposes.
    pub proposals: &'a Proposals,
    /// Who makes it.
    pub checker: &'a Checker,
}

impl<'a> NewSession<'a> {
    /// The session at its first step.
    pub fn newborn(&self) -> Newborn<'a> {
        let mut session = Session::new(self.id, self.name, self.now);
        session.begin_with(
            self.article.clone(),
            Version {
                id: self.version,
                original_sha256: self.original_sha256.into(),
                origin: self.origin.into(),
                left_out: self.left_out.into(),
                added_at: self.now,
                reader: self.proposals.reader.clone(),
            },
        );
        let step = Step {
            seq: 1,
            id: self.step,
            at: self.now,
            by: self.checker.id.clone(),
            kind: StepKind::Do,
            of: None,
            edits: edits(&session, self.checker),
        };
        Newborn {
            name: self.name,
            step,
            text: self.text,
            proposals: self.proposals,
            checker: self.checker,
        }
    }
}

/// The edits that bring `session` into being as it is before any other step, and `checker` into it.
pub(super) fn edits(session: &Session, checker: &Checker) -> Vec<Edit> {
    let birth = Birth {
        id: session.id,
        name: session.name.clone(),
        created_at: session.created_at,
    };
    let mut edits = vec![Edit::Session(birth), Edit::Checker(checker.clone())];
    edits.extend(session.numbered().map(|(_, v)| {
        let made = Change::Create(Box::new(v.clone()));
        Edit::Version(v.id, made)
    }));
    let empty = Article::default();
    for key in ArticleKey::ALL {
        let (from, to) = (empty.get(*key), session.article.get(*key));
        if from != to {
            edits.push(Edit::Article(from, to));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_first_step_says_all_that_a_session_is_made_of() {
        let text = ArticleText::new("Kell Bridge opens.\n".into());
        let article = Article {
            title: "Kell Bridge".into(),
            ..Article::default()
        };
        let checker = Checker {
            id: CheckerId::of("Ana"),
            name: "Ana".into(),
        };
        let proposals = Proposals {
            reader: "builtin-9".into(),
            ..Proposals::default()
        };
        let now = Time::from_second(1_790_000_000).unwrap();
        let new = NewSession {
            name: "kell",
            id: Uuid::from_u128(1).into(),
            article: &article,
            text: &text,
            version: VersionId::of_text("Kell Bridge opens.\n"),
            original_sha256: "5a",
            origin: "kell.html",
            left_out: "3 letters: menu",
            proposals: &proposals,
            checker: &checker,
            now,
            step: Uuid::from_u128(2).into(),
        };
        let born = new.newborn();
        let mut session = Session::new(Uuid::nil().into(), "", Time::UNIX_EPOCH);
        assert_eq!(session.apply(&born.step.edits, &born.step.stamp()), vec![]);
        let version = Version {
            id: new.version,
            original_sha256: "5a".into(),
            origin: "kell.html".into(),
            left_out: "3 letters: menu".into(),
            added_at: now,
            reader: "builtin-9".into(),
        };
        let mut whole = Session::new(new.id, "kell", now);
        whole.begin_with(article.clone(), version);
        whole.checkers.push(checker.clone());
        assert_eq!(session, whole);
        assert_eq!(born.step.by, checker.id);
    }
}
