//! The rules about everything else: records and anchors, open rows, captions, evidence items, sources.

use std::collections::HashSet;

use super::super::calculation::{self, WorkedOut};
use super::super::ids::*;
use super::super::search::Pattern;
use super::super::vocabulary::*;
use super::*;

pub(super) fn missing(out: &mut FoundProblems<'_>) {
    let s = out.check.session();
    let source = |id: Option<SourceId>| id.is_none_or(|id| s.sources.contains_key(&id));
    let mut broken = Vec::new();
    for c in s.claims.values() {
        if c.statements.is_empty() || c.statements.iter().any(|at| !s.statements.contains_key(at)) {
            broken.push((About::Claim(c.id), "The claim's statement is missing."));
        }
    }
    for a in s.attributions.values() {
        let claim = About::Claim(a.claim);
        if !s.claims.contains_key(&a.claim) {
            broken.push((About::Session, "An attribution's claim is missing."));
        } else if !s.statements.contains_key(&a.statement) {
            broken.push((
                claim,
                "The statement of one of its attributions is missing.",
            ));
        } else if !source(a.source) || !source(a.via) || a.about.iter().any(|id| !source(Some(*id)))
        {
            broken.push((claim, "A source that it names is missing."));
        }
    }
    for h in s.held.values() {
        if !s.claims.contains_key(&h.claim) {
            broken.push((About::Session, "The claim of some evidence is missing."));
        } else if !s.evidence.contains_key(&h.evidence) {
            broken.push((About::Claim(h.claim), "An item of its evidence is missing."));
        }
    }
    for e in s.evidence.values().filter(|e| !source(e.source)) {
        broken.push((
            About::Evidence(e.id),
            "The evidence item's source is missing.",
        ));
    }
    for (about, message) in broken {
        out.add(MISSING_RECORD, about, message);
    }
}

pub(super) fn moved_words(out: &mut FoundProblems<'_>) {
    let check = out.check;
    for s in check.session().statements.values() {
        let a = &s.anchor;
        if check.session().stands(s) && check.text().exact(&a.spans) != a.exact {
            out.add(
                MOVED_WORDS,
                About::Statement(s.id.clone()),
                "The statement's words do not stand where it says.",
            );
        }
    }
}

pub(super) fn open_rows(out: &mut FoundProblems<'_>) {
    let message = match out.check.rows().progress.open {
        0 => return,
        1 => "One row is still open.".to_string(),
        n => format!("{n} rows are still open."),
    };
    out.add(OPEN_ROWS, About::Session, message);
}

pub(super) fn captions(out: &mut FoundProblems<'_>) {
    let check = out.check;
    let version = check.session().version();
    let decided: Vec<_> = check
        .session()
        .statements
        .values()
        .filter(|s| s.anchor.version == version)
        .flat_map(|s| s.anchor.spans.iter().copied())
        .collect();
    for (n, block) in (0u32..).zip(&check.proposals().blocks) {
        if block.kind == BlockKind::Caption && !decided.iter().any(|s| s.overlaps(block.span)) {
            out.add(
                CAPTION_UNSEEN,
                About::Block(n),
                "Nobody has decided about the caption.",
            );
        }
    }
}

pub(super) fn evidence(out: &mut FoundProblems<'_>) {
    let check = out.check;
    for e in check.session().evidence.values() {
        if check.index().uses(e.id) == 0 {
            out.add(
                EVIDENCE_UNUSED,
                About::Evidence(e.id),
                "The evidence item is used for no claim.",
            );
        }
        if let Some(WorkedOut::Wrong(is)) = calculation::outcome(&e.calculation) {
            out.add(
                WRONG_CALCULATION,
                About::Evidence(e.id),
                format!("The calculation is wrong: it is {is}."),
            );
        }
        let kept = e.file.is_some() || !e.archived_url.as_deref().is_none_or(blank);
        if !kept && may_be_gone(e) {
            out.add(
                EVIDENCE_NOT_KEPT,
                About::Evidence(e.id),
                "The evidence item has neither an archive link nor a copy.",
            );
        }
    }
}

/// Whether what an item stands for may be changed or gone when somebody looks again.
fn may_be_gone(e: &Evidence) -> bool {
    match e.kind {
        EvidenceKind::InterviewOrCall
        | EvidenceKind::ReferenceWork
        | EvidenceKind::OnAuthor
        | EvidenceKind::Calculation => !e.url.as_deref().is_none_or(blank),
        EvidenceKind::WebPage
        | EvidenceKind::DocumentOrLaw
        | EvidenceKind::Dataset
        | EvidenceKind::PictureOrRecording
        | EvidenceKind::Message
        | EvidenceKind::OwnStory
        | EvidenceKind::Other => true,
    }
}

pub(super) fn sources(out: &mut FoundProblems<'_>) {
    let s = out.check.session();
    let mut used: HashSet<SourceId> = HashSet::from([SourceId::ARTICLE]);
    for a in s.attributions.values() {
        used.extend(a.source.iter().chain(&a.via).chain(&a.about));
    }
    used.extend(s.evidence.values().filter_map(|e| e.source));
    for id in s.sources.keys().filter(|id| !used.contains(id)) {
        out.add(
            SOURCE_UNUSED,
            About::Source(*id),
            "The source neither speaks nor gives evidence.",
        );
    }
}

/// Looks for protected names in what the checkers wrote; the article's own words are the export's business.
pub(super) fn protected_names(out: &mut FoundProblems<'_>) {
    let check = out.check;
    let s = check.session();
    let protected = s.sources.values().filter(|s| s.protect_identity);
    for (number, source) in (1..).zip(protected) {
        let names = std::iter::once(&source.name).chain(&source.also_called);
        let names: Vec<Pattern> = names
            .filter_map(|n| Pattern::ignoring_case(n.trim()))
            .collect();
        let named = |words: &str| names.iter().any(|n| n.is_in(words));
        let mut add = |about: About, place: &str| {
            out.add(
                PROTECTED_NAME,
                about,
                format!("Protected source {number} is named in its {place}."),
            );
        };
        for c in s.claims.values() {
            let change = c.change.as_ref();
            let places = [
                ("notes", c.notes.as_str()),
                ("justification", &c.justification),
                ("wording", c.wording.as_deref().unwrap_or_default()),
                ("proposed change", change.map_or("", |t| &t.replacement)),
                ("reason for a change", change.map_or("", |t| &t.reason)),
            ];
            for (place, _) in places.iter().filter(|(_, words)| named(words)) {
                add(About::Claim(c.id), place);
            }
            for (h, _) in check.held(c.id) {
                if named(&h.excerpt) || named(&h.locator) {
                    add(About::Claim(c.id), "evidence excerpt or locator");
                }
            }
        }
        for e in s.evidence.values() {
            let file = e.file.as_ref().map_or("", |f| &f.name);
            let url = e.url.as_deref().unwrap_or_default();
            let archived = e.archived_url.as_deref().unwrap_or_default();
            let asked = e.contact.as_ref();
            let asked =
                asked.is_some_and(|c| [&c.who, &c.at, &c.how].into_iter().any(|t| named(t)));
            let texts = [&e.title, url, archived, file, &e.calculation, &e.note];
            if asked || texts.into_iter().any(&named) {
                add(
                    About::Evidence(e.id),
                    "title, link, contact, file name or note",
                );
            }
        }
        for other in s.sources.values().filter(|o| o.id != source.id) {
            if [&other.role, &other.affiliation, &other.note]
                .into_iter()
                .any(|w| named(w))
            {
                add(About::Source(other.id), "role, affiliation or note");
            }
        }
    }
}
