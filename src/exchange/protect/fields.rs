//! Every text of a session and of its proposals that an export may write.

use super::search::Kind;
use crate::core::ids::CheckerId;
use crate::core::model::Session;
use crate::core::proposal::Proposals;
use crate::core::set::Set;

/// What is shown a field: where it stands, how it is written, and its text.
pub(super) type Visitor<'a> = dyn FnMut(&dyn Fn() -> String, Kind, &mut String) + 'a;

use Kind::{Link, Note, Prose};

/// Shows `f` every text of the session.
pub(super) fn visit(session: &mut Session, f: &mut Visitor<'_>) {
    let mut field = |record: &str, name: &str, kind: Kind, text: &mut String| {
        f(&|| format!("{name} of {record}"), kind, text);
    };
    let show: Field<'_> = &mut field;
    show("the session", "the name", Link, &mut session.name);
    for c in &mut session.checkers {
        checker(show, &mut c.id);
        show("the session", "the name of a checker", Prose, &mut c.name);
    }
    article(session, show);
    statements(session, show);
    claims(session, show);
    sources(session, show);
    evidence(session, show);
}

/// Shows a text: the record, the field, how it is written.
type Field<'a> = &'a mut dyn FnMut(&str, &str, Kind, &mut String);

/// Ids of checkers are made from names, and stand in every record that they have made.
fn checker(show: Field<'_>, id: &mut CheckerId) {
    let mut word = id.0.to_string();
    show("the session", "the id of a checker", Note, &mut word);
    if *word != *id.0 {
        id.0 = word.into();
    }
}

fn some(show: Field<'_>, record: &str, name: &str, kind: Kind, text: &mut Option<String>) {
    if let Some(text) = text {
        show(record, name, kind, text);
    }
}

fn article(session: &mut Session, show: Field<'_>) {
    const RECORD: &str = "the article";
    let a = &mut session.article;
    show(RECORD, "the title", Prose, &mut a.title);
    show(RECORD, "the byline", Prose, &mut a.byline);
    some(show, RECORD, "the address", Link, &mut a.url);
    some(
        show,
        RECORD,
        "the day of publication",
        Note,
        &mut a.published_at,
    );
    // The tag of a language is two or three letters, as short names are.
    let tag = a.language.split('-').all(|t| t.len() <= 4)
        && a.language.split('-').next().is_some_and(|t| t.len() <= 3);
    if !tag {
        show(RECORD, "the language", Note, &mut a.language);
    }
    for v in &mut a.versions {
        show(RECORD, "the origin", Link, &mut v.origin);
        show(RECORD, "the reader", Note, &mut v.reader);
    }
}

fn statements(session: &mut Session, show: Field<'_>) {
    let version = session.version();
    for s in session.statements.values_mut() {
        let record = format!("statement {}", s.id);
        // The words of standing anchors are cut from the text, which is masked already.
        if s.anchor.orphaned || s.anchor.article_version != version {
            show(&record, "the words", Prose, &mut s.anchor.exact);
            show(&record, "the words before", Prose, &mut s.anchor.prefix);
            show(&record, "the words after", Prose, &mut s.anchor.suffix);
        }
        show(&record, "the reason", Note, &mut s.reason);
        show(&record, "the why", Note, &mut s.why);
    }
}

fn claims(session: &mut Session, show: Field<'_>) {
    for c in session.claims.values_mut() {
        let record = format!("claim {}", c.id);
        some(show, &record, "the wording", Prose, &mut c.wording);
        show(&record, "the justification", Note, &mut c.justification);
        show(&record, "the notes", Note, &mut c.notes);
        each(show, &record, "a tag", Link, &mut c.tags);
        if let Some(x) = &mut c.change {
            show(&record, "the replacement", Prose, &mut x.replacement);
            show(&record, "the reason of the change", Note, &mut x.reason);
        }
        checker(show, &mut c.created.by);
        checker(show, &mut c.updated.by);
    }
}

/// Shows each member of a set; those that are alike afterwards are one.
fn each(show: Field<'_>, record: &str, name: &str, kind: Kind, set: &mut Set<String>) {
    set.change(|member| show(record, name, kind, member));
}

fn sources(session: &mut Session, show: Field<'_>) {
    for s in session.sources.values_mut() {
        let record = format!("source {}", s.id);
        show(&record, "the name", Prose, &mut s.name);
        show(&record, "the role", Prose, &mut s.role);
        show(&record, "the affiliation", Prose, &mut s.affiliation);
        show(&record, "the note", Note, &mut s.note);
        show(
            &record,
            "the independence group",
            Note,
            &mut s.independence_group,
        );
        some(show, &record, "the address", Link, &mut s.url);
        each(show, &record, "another name", Prose, &mut s.also_called);
    }
}

fn evidence(session: &mut Session, show: Field<'_>) {
    for e in session.evidence.values_mut() {
        let record = format!("evidence {}", e.id);
        show(&record, "the title", Prose, &mut e.title);
        show(&record, "the note", Note, &mut e.note);
        some(show, &record, "the address", Link, &mut e.url);
        some(
            show,
            &record,
            "the archived address",
            Link,
            &mut e.archived_url,
        );
        some(show, &record, "the day of access", Note, &mut e.accessed_at);
        some(
            show,
            &record,
            "the day of publication",
            Note,
            &mut e.published_at,
        );
        if let Some(file) = &mut e.file {
            show(&record, "the file name", Link, &mut file.name);
            show(&record, "the media type", Link, &mut file.media_type);
        }
    }
    for h in session.held.values_mut() {
        let record = format!("evidence {} held against claim {}", h.evidence, h.claim);
        show(&record, "the locator", Note, &mut h.locator);
        show(&record, "the excerpt", Prose, &mut h.excerpt);
    }
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
