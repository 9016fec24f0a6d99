//! Every text of a session and of its proposals that an export may write. Which fields of a record hold texts, and how
//! they are written, the record says itself (see [`crate::core::facts`]).

use super::search::TextKind;
use crate::core::facts::Exchange;
use crate::core::join::Record;
use crate::core::model::{ArticleKey, Session, StatementKey};
use crate::core::proposal::Proposals;
use crate::core::texts::{How, Texts};
use crate::core::{
    facts::Written,
    ids::{CheckerId, VersionId},
};

/// What is shown a text: where it stands, how it is written, and the text.
pub(super) type Visitor<'a> = dyn FnMut(&dyn Fn() -> String, TextKind, &mut String) + 'a;

use TextKind::{Link, Note, Prose};

/// Shows `f` every text of the session.
pub(super) fn visit(session: &mut Session, f: &mut Visitor<'_>) {
    f(
        &|| "the name of the session".into(),
        Link,
        &mut session.name,
    );
    for c in &mut session.checkers {
        checker(&mut c.id, f);
        f(
            &|| "the name of a checker of the session".into(),
            Prose,
            &mut c.name,
        );
    }
    // The tag of a language is two or three letters, as short names are.
    let tag = is_tag(&session.article.language);
    record(
        &mut session.article,
        &|| "the article".into(),
        |key| key == ArticleKey::Language && tag,
        f,
    );
    let numbers: Vec<(u32, VersionId)> = session.numbered().map(|(n, v)| (n, v.id)).collect();
    for (number, id) in numbers {
        if let Some(v) = session.versions.get_mut(&id) {
            record(v, &|| format!("article version {number}"), |_| false, f);
        }
    }
    let version = session.version();
    for s in session.statements.values_mut() {
        let id = s.id.clone();
        // The words of standing anchors are cut from the text, which is masked already.
        let standing = !s.anchor.orphaned && s.anchor.version == version;
        let cut = |key| key == StatementKey::Anchor && standing;
        record(s, &|| format!("statement {id}"), cut, f);
    }
    for c in session.claims.values_mut() {
        let id = c.id;
        record(c, &|| format!("claim {id}"), |_| false, f);
    }
    for a in session.attributions.values_mut() {
        let id = a.id;
        record(a, &|| format!("attribution {id}"), |_| false, f);
    }
    for s in session.sources.values_mut() {
        let id = s.id;
        record(s, &|| format!("source {id}"), |_| false, f);
    }
    for e in session.evidence.values_mut() {
        let id = e.id;
        record(e, &|| format!("evidence {id}"), |_| false, f);
    }
    for h in session.held.values_mut() {
        let (item, claim) = (h.evidence, h.claim);
        let called = || format!("evidence {item} held against claim {claim}");
        record(h, &called, |_| false, f);
    }
}

/// Whether `language` is a tag of a language by its form.
fn is_tag(language: &str) -> bool {
    let mut parts = language.split('-');
    language.split('-').all(|t| t.len() <= 4) && parts.next().is_some_and(|t| t.len() <= 3)
}

/// Shows `f` every text of a record that may leave the house, but those of fields that are cut.
fn record<R: Record>(
    record: &mut R,
    called: &dyn Fn() -> String,
    cut: impl Fn(R::Key) -> bool,
    f: &mut Visitor<'_>,
) {
    record.each_text(&mut |key, piece, text| {
        let facts = R::facts(key);
        let kind = match piece.how {
            How::Prose => Prose,
            How::Note => Note,
            How::Link => Link,
            // Sums are written again, of what is written: see `computed`.
            How::Sum => return,
        };
        if facts.exchange == Exchange::Kept || cut(key) {
            return;
        }
        let at = || match piece.part {
            Some(part) => format!("{part} of {}", called()),
            None => format!("“{}” of {}", facts.label, called()),
        };
        f(&at, kind, text);
    });
}

/// Ids of checkers are made from names, and stand in every record that they have made.
fn checker(id: &mut CheckerId, f: &mut Visitor<'_>) {
    id.each(Written::Note, &mut |_, word| {
        f(&|| "the id of a checker of the session".into(), Note, word);
    });
}

/// Shows `f` every text of the proposals that an export may write: who speaks is written of what was taken up alone.
pub(super) fn visit_proposals(proposals: &mut Proposals, f: &mut Visitor<'_>) {
    let mut show = |name: &str, word: &mut String| {
        f(&|| format!("{name} of the proposals"), Note, word);
    };
    for b in &mut proposals.blocks {
        let mut word = b.locator.to_string();
        show("the locator of a block", &mut word);
        if *word != *b.locator {
            b.locator = word.into();
        }
    }
    proposals
        .statements
        .each_why(|why| show("the why of a statement", why));
}
