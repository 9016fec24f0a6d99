//! Every text of a session and of its proposals that an export may write. Records are taken apart field by field, so that a
//! new one has to say here whether it holds text.

use super::search::Kind;
use crate::core::ids::CheckerId;
use crate::core::model::{
    Claim, Evidence, EvidenceFile, Held, Session, Source, Statement, TextChange,
};
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
        let Statement {
            id: _,
            anchor,
            block: _,
            decision: _,
            reason,
            origin: _,
            why,
        } = s;
        // The words of standing anchors are cut from the text, which is masked already.
        if anchor.orphaned || anchor.article_version != version {
            show(&record, "the words", Prose, &mut anchor.exact);
            show(&record, "the words before", Prose, &mut anchor.prefix);
            show(&record, "the words after", Prose, &mut anchor.suffix);
        }
        show(&record, "the reason", Note, reason);
        show(&record, "the why", Note, why);
    }
}

fn claims(session: &mut Session, show: Field<'_>) {
    for c in session.claims.values_mut() {
        let record = format!("claim {}", c.id);
        let Claim {
            id: _,
            statements: _,
            wording,
            check_worthiness: _,
            claim_type: _,
            verification_status: _,
            rating: _,
            justification,
            workflow_state: _,
            tags,
            notes,
            change,
            proposed: _,
            created,
            updated,
        } = c;
        some(show, &record, "the wording", Prose, wording);
        show(&record, "the justification", Note, justification);
        show(&record, "the notes", Note, notes);
        each(show, &record, "a tag", Link, tags);
        if let Some(TextChange {
            replacement,
            reason,
            must: _,
            state: _,
        }) = change
        {
            show(&record, "the replacement", Prose, replacement);
            show(&record, "the reason of the change", Note, reason);
        }
        checker(show, &mut created.by);
        checker(show, &mut updated.by);
    }
}

/// Shows each member of a set; those that are alike afterwards are one.
fn each(show: Field<'_>, record: &str, name: &str, kind: Kind, set: &mut Set<String>) {
    set.change(|member| show(record, name, kind, member));
}

fn sources(session: &mut Session, show: Field<'_>) {
    for s in session.sources.values_mut() {
        let record = format!("source {}", s.id);
        let Source {
            id: _,
            source_type: _,
            name,
            role,
            affiliation,
            url,
            // Never exported.
            contact: _,
            reliability: _,
            note,
            protect_identity: _,
            independence_group,
            also_called,
        } = s;
        show(&record, "the name", Prose, name);
        show(&record, "the role", Prose, role);
        show(&record, "the affiliation", Prose, affiliation);
        show(&record, "the note", Note, note);
        show(&record, "the independence group", Note, independence_group);
        some(show, &record, "the address", Link, url);
        each(show, &record, "another name", Prose, also_called);
    }
}

fn evidence(session: &mut Session, show: Field<'_>) {
    for e in session.evidence.values_mut() {
        let record = format!("evidence {}", e.id);
        let Evidence {
            id: _,
            source: _,
            title,
            url,
            archived_url,
            accessed_at,
            published_at,
            file,
            note,
        } = e;
        show(&record, "the title", Prose, title);
        show(&record, "the note", Note, note);
        some(show, &record, "the address", Link, url);
        some(show, &record, "the archived address", Link, archived_url);
        some(show, &record, "the day of access", Note, accessed_at);
        some(show, &record, "the day of publication", Note, published_at);
        if let Some(EvidenceFile {
            sha256: _,
            bytes: _,
            media_type,
            name,
        }) = file
        {
            show(&record, "the file name", Link, name);
            show(&record, "the media type", Link, media_type);
        }
    }
    for h in session.held.values_mut() {
        let record = format!("evidence {} held against claim {}", h.evidence, h.claim);
        let Held {
            id: _,
            claim: _,
            evidence: _,
            evidence_stance: _,
            locator,
            excerpt,
            credibility: _,
        } = h;
        show(&record, "the locator", Note, locator);
        show(&record, "the excerpt", Prose, excerpt);
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
