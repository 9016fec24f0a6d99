//! Reads our own `json`: everything comes back but contacts of sources, which it never holds.

use std::collections::HashMap;

use super::versions::Versions;
use super::{Holds, Imported, Incoming, ReadReport, limits};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::Block;
use crate::core::stored::stored;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::core::vocabulary::*;
use crate::exchange::error::ExchangeError;
use crate::exchange::shape::{self, FORMAT, Pair, VERSION};

const NAME: &str = "json";

/// What the annotated JSON gives a record that is there already.
pub(in crate::exchange) const HOLDS: Holds = Holds {
    statement: &[
        StatementKey::Block,
        StatementKey::Decision,
        StatementKey::Reason,
        StatementKey::Origin,
        StatementKey::Why,
    ],
    claim: &[
        ClaimKey::Home,
        ClaimKey::Statements,
        ClaimKey::Wording,
        ClaimKey::CheckWorthiness,
        ClaimKey::ClaimType,
        ClaimKey::VerificationStatus,
        ClaimKey::Rating,
        ClaimKey::Justification,
        ClaimKey::WorkflowState,
        ClaimKey::Tags,
        ClaimKey::Notes,
        ClaimKey::Change,
        ClaimKey::Proposed,
    ],
    attribution: AttributionKey::ALL,
    source: &[
        SourceKey::Type,
        SourceKey::Name,
        SourceKey::Role,
        SourceKey::Affiliation,
        SourceKey::Url,
        SourceKey::Reliability,
        SourceKey::Note,
        SourceKey::ProtectIdentity,
        SourceKey::IndependenceGroup,
        SourceKey::AlsoCalled,
    ],
    evidence: EvidenceKey::ALL,
    held: HeldKey::ALL,
};

/// Reads the document.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let text = file.text(NAME)?;
    limits::few(
        file.name,
        NAME,
        text,
        b"[{",
        limits::ENTRIES,
        "lists and objects",
    )?;
    version(file, text)?;
    let mut input = serde_json::Deserializer::from_str(text);
    let document: shape::Document<'_> =
        serde_path_to_error::deserialize(&mut input).map_err(|e| {
            let at = limits::json_place(e.inner());
            file.error(
                NAME,
                format!("{} ({at})", e.path()),
                limits::json_reason(e.inner()),
            )
        })?;
    input.end().map_err(|e| {
        file.error(
            NAME,
            limits::json_place(&e),
            "something follows the document",
        )
    })?;
    let whole = &document.article.text;
    if whole.contains(['\r', '\0']) || whole.starts_with('\u{feff}') {
        return Err(file.error(
            NAME,
            "article.text",
            "it has carriage returns or other characters that no stored text has",
        ));
    }
    let versions = Versions::of(&document.article);
    let said = document.article.version;
    if versions.known(said).is_none() {
        // Which words the offsets count in would be anybody's guess.
        return Err(file.error(
            NAME,
            "article.version",
            format!("it is {said}, and none of article.versions has this number"),
        ));
    }
    let session = file.session_of(&document, &versions);
    let text = ArticleText::new(document.article.text.to_string());
    let blocks = blocks(file, &document, &text)?;
    let mut reader = JsonReader {
        file,
        ids,
        text,
        versions,
        session,
        report: ReadReport::default(),
    };
    if document.article.redacted {
        reader
            .report
            .remarks
            .push("names of protected sources are masked in the text".into());
    }
    if stored(reader.text.as_str()).is_some() {
        // It is the stored text of a session: another one would have another hash, and other offsets everywhere.
        let remark = "its text holds control characters or soft hyphens, which texts read today do not; they are kept";
        reader.report.remarks.push(remark.into());
    }
    reader.read(&document)?;
    let mut report = reader.report;
    report.claims = reader.session.claims.len();
    Ok(Imported {
        text: Some(reader.text),
        blocks,
        session: reader.session,
        holds: HOLDS,
        report,
    })
}

/// Refuses other files, and documents of versions to come, before their shape is looked at.
fn version(file: &Incoming<'_>, text: &str) -> Result<(), ExchangeError> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: Option<String>,
        version: Option<u32>,
    }
    let head: Head = serde_json::from_str(text)
        .map_err(|e| file.error(NAME, limits::json_place(&e), limits::json_reason(&e)))?;
    if head.format.as_deref() != Some(FORMAT) {
        return Err(file.error(NAME, "format", format!("it is not {FORMAT}")));
    }
    match head.version {
        Some(v) if v > VERSION => Err(file.error(
            NAME,
            "version",
            format!("{v} is newer than this program, which reads {VERSION}: use a newer one"),
        )),
        Some(v) if v > 0 => Ok(()),
        _ => Err(file.error(NAME, "version", "it is missing or no number from 1")),
    }
}

impl Incoming<'_> {
    fn session_of(&self, d: &shape::Document<'_>, versions: &Versions) -> Session {
        let mut s = Session::new(
            SessionId(d.session.id.0),
            d.session.name.to_string(),
            d.session.created_at.0,
        );
        s.updated_at = d.session.updated_at.0;
        let checkers = d.session.checkers.iter().map(|c| Checker {
            id: CheckerId(c.id.as_ref().into()),
            name: c.name.to_string(),
        });
        s.checkers.extend(checkers);
        let text = |t: &Option<std::borrow::Cow<'_, str>>| t.as_ref().map(ToString::to_string);
        s.article = Article {
            id: (),
            title: d.article.title.to_string(),
            byline: d.article.byline.to_string(),
            url: text(&d.article.url),
            published_at: text(&d.article.published_at),
            language: d.article.language.to_string(),
            current: versions.known(d.article.version),
        };
        s.versions = versions.records(&d.article);
        s
    }
}

/// The copy of an item. One without a hash could not be found anywhere.
fn copy(f: &shape::EvidenceFile<'_>) -> Option<EvidenceFile> {
    Some(EvidenceFile {
        sha256: f.sha256.as_ref()?.to_string(),
        bytes: f.bytes.unwrap_or_default(),
        media_type: f.media_type.to_string(),
        name: f.name.to_string(),
    })
}

struct JsonReader<'a> {
    file: &'a Incoming<'a>,
    ids: &'a mut dyn Ids,
    text: ArticleText,
    versions: Versions,
    session: Session,
    report: ReadReport,
}

/// The layout, which must be in order and in the text.
fn blocks(
    file: &Incoming<'_>,
    d: &shape::Document<'_>,
    text: &ArticleText,
) -> Result<Vec<Block>, ExchangeError> {
    let mut last = 0;
    let each = d.article.blocks.iter().enumerate();
    each.map(|(n, b)| {
        if b.start < last || b.end < b.start || b.end > text.len() {
            let place = format!("article.blocks[{n}]");
            return Err(file.error(NAME, place, "it is not in the text behind the one before"));
        }
        last = b.end;
        Ok(Block {
            span: Span::new(b.start, b.end),
            kind: b.kind.0,
            locator: b.locator.as_ref().into(),
        })
    })
    .collect()
}

fn spans(pairs: &[Pair]) -> Vec<Span> {
    let mut all: Vec<Span> = pairs.iter().map(|[s, e]| Span::new(*s, *e)).collect();
    super::marks::tidy(&mut all);
    all
}

fn text(t: &Option<std::borrow::Cow<'_, str>>) -> Option<String> {
    t.as_ref().map(ToString::to_string)
}

impl JsonReader<'_> {
    fn read(&mut self, d: &shape::Document<'_>) -> Result<(), ExchangeError> {
        for s in d.sources.iter().filter(|s| s.id.0 != SourceId::ARTICLE.0) {
            let id = SourceId(s.id.0);
            let source = Source {
                source_type: s.r#type.0,
                name: s.name.to_string(),
                role: s.role.to_string(),
                affiliation: s.affiliation.to_string(),
                url: text(&s.url),
                reliability: s.reliability.0,
                note: s.note.to_string(),
                protect_identity: s.protect_identity,
                independence_group: s.independence_group.to_string(),
                also_called: s.also_called.iter().map(ToString::to_string).collect(),
                ..Source::unnamed(id)
            };
            self.session.sources.insert(id, source);
        }
        for e in &d.evidence {
            let id = EvidenceId(e.id.0);
            let item = Evidence {
                id,
                kind: e.kind.0,
                source: e.source.as_ref().map(|s| SourceId(s.id.0)),
                title: e.title.to_string(),
                url: text(&e.url),
                archived_url: text(&e.archived_url),
                accessed_at: text(&e.accessed_at),
                published_at: text(&e.published_at),
                contact: e.contact.as_ref().map(|c| Contact {
                    who: c.who.to_string(),
                    at: c.at.to_string(),
                    how: c.how.to_string(),
                    reached: c.reached,
                }),
                calculation: text(&e.calculation).unwrap_or_default(),
                file: e.file.as_ref().and_then(copy),
                note: e.note.to_string(),
            };
            self.session.evidence.insert(id, item);
        }
        self.statements(d)?;
        for (n, c) in d.claims.iter().enumerate() {
            self.claim(n, c)?;
        }
        Ok(())
    }

    /// Statements that somebody has decided about or marked; the others are proposed again.
    fn statements(&mut self, d: &shape::Document<'_>) -> Result<(), ExchangeError> {
        let anchors: HashMap<&str, &shape::Anchor<'_>> = d
            .claims
            .iter()
            .flat_map(|c| c.statement.iter().chain(&c.also_at))
            .map(|a| (a.statement_id.as_ref(), a))
            .collect();
        let article = self.text.clone();
        for (n, s) in d.statements.iter().enumerate() {
            if s.decision.0 == Decision::Undecided && s.origin.0 == Origin::Proposal {
                continue;
            }
            let id = self.statement_id(&s.id, || format!("statements[{n}].id"))?;
            let spans = spans(&s.spans);
            let here = !s.orphaned && s.article_version == d.article.version;
            let mut anchor = crate::core::anchor::anchor(
                &article,
                self.versions.meant(s.article_version),
                &spans,
            );
            let inside = spans.last().is_some_and(|s| s.end <= article.len());
            if here && !(inside && anchor.exact == s.exact) {
                self.report
                    .lose(s.exact.as_ref(), "its offsets do not cut out its words");
                continue;
            }
            if !here {
                let words = anchors.get(s.id.as_ref());
                anchor.exact = s.exact.to_string();
                anchor.prefix = words.map_or_else(String::new, |a| a.prefix.to_string());
                anchor.suffix = words.map_or_else(String::new, |a| a.suffix.to_string());
                anchor.orphaned = s.orphaned;
            }
            anchor.statement_id = Some(id.clone());
            let statement = Statement {
                id: id.clone(),
                anchor,
                block: s.block.0,
                decision: s.decision.0,
                reason: s.reason.to_string(),
                origin: s.origin.0,
                why: s.why.to_string(),
            };
            self.session.statements.insert(id, statement);
        }
        Ok(())
    }

    /// The id of a statement of the file, written at `place`.
    fn statement_id(
        &self,
        id: &str,
        place: impl FnOnce() -> String,
    ) -> Result<StatementId, ExchangeError> {
        StatementId::read(id, |n| self.versions.meant(n))
            .map_err(|why| self.file.error(NAME, place(), why))
    }

    fn claim(&mut self, n: usize, c: &shape::Claim<'_>) -> Result<(), ExchangeError> {
        let id = ClaimId(c.id.0);
        if self.session.claims.contains_key(&id) {
            return Err(self.file.error(
                NAME,
                format!("claims[{n}].id"),
                "two claims have this id",
            ));
        }
        let rating = match c.rating {
            None => None,
            Some(r) => Some(Rating::new(r).ok_or_else(|| {
                self.file.error(
                    NAME,
                    format!("claims[{n}].rating"),
                    format!("{r} is not 1 to 5"),
                )
            })?),
        };
        let stamp = |at: Time, by: &str| Stamp {
            at,
            by: CheckerId(by.into()),
        };
        let place = || format!("claims[{n}]");
        let here = c.statement.iter().chain(&c.also_at);
        let here = here.map(|a| self.statement_id(&a.statement_id, place));
        let mut places: Vec<StatementId> = here.collect::<Result<_, _>>()?;
        places.retain(|s| self.session.statements.contains_key(s));
        let Some(home) = places.first().cloned() else {
            self.report
                .lose(c.text.as_ref(), "none of its statements could be read");
            return Ok(());
        };
        let claim = Claim {
            id,
            home,
            statements: places.into(),
            wording: text(&c.wording),
            check_worthiness: c.check_worthiness.0,
            claim_type: c.claim_type.0,
            verification_status: c.verification_status.0,
            rating,
            justification: c.justification.to_string(),
            workflow_state: c.workflow_state.0,
            tags: c.tags.iter().map(ToString::to_string).collect(),
            notes: c.notes.to_string(),
            change: c.change.as_ref().map(|x| TextChange {
                replacement: x.replacement.to_string(),
                reason: x.reason.to_string(),
                must: x.must,
                state: x.state.0,
            }),
            proposed: c
                .proposed
                .iter()
                .filter_map(|k| ClaimKey::from_word(k))
                .collect(),
            created: stamp(c.history.created_at.0, &c.history.created_by),
            updated: stamp(c.history.updated_at.0, &c.history.updated_by),
        };
        self.session.claims.insert(id, claim);
        for a in &c.attributions {
            self.attribution(id, a, place)?;
        }
        for (i, h) in c.evidence.iter().enumerate() {
            self.held(id, h, || format!("claims[{n}].evidence[{i}]"))?;
        }
        Ok(())
    }

    fn held(
        &mut self,
        claim: ClaimId,
        h: &shape::Held<'_>,
        place: impl Fn() -> String,
    ) -> Result<(), ExchangeError> {
        let credibility = Credibility::from_word(&h.credibility.to_string()).ok_or_else(|| {
            self.file
                .error(NAME, format!("{}.credibility", place()), "it is not 1 to 6")
        })?;
        let evidence = EvidenceId(h.id.0);
        if !self.session.evidence.contains_key(&evidence) {
            return Err(self.file.error(
                NAME,
                format!("{}.id", place()),
                "no such evidence item is in the file",
            ));
        }
        let held = HeldId(h.held_id.0);
        let record = Held {
            evidence_stance: h.evidence_stance.0,
            locator: h.locator.to_string(),
            excerpt: h.excerpt.to_string(),
            credibility,
            ..Held::against(held, claim, evidence)
        };
        self.session.held.insert(held, record);
        Ok(())
    }

    fn attribution(
        &mut self,
        claim: ClaimId,
        a: &shape::Attribution<'_>,
        place: impl FnOnce() -> String,
    ) -> Result<(), ExchangeError> {
        let source = |r: &shape::SourceRef<'_>| SourceId(r.id.0);
        let mut id = AttributionId(a.id.0);
        if self.session.attributions.contains_key(&id) {
            id = AttributionId(self.ids.next());
        }
        let statement = self.statement_id(&a.statement_id, place)?;
        // On words of another version the offsets count in a text that is not in the file.
        let here = self.session.statements.get(&statement);
        let here = here.is_some_and(|s| self.session.stands(s));
        let end = self.text.len();
        let report = &mut self.report;
        let mut inside = |pairs: &[Pair], words: &str| {
            let mut all = spans(pairs);
            if here && all.last().is_some_and(|s| s.end > end) {
                report.lose(words, "its offsets are not in the article");
                all.clear();
            }
            all
        };
        let record = Attribution {
            source: a.source.as_ref().map(source),
            source_span: inside(&a.source_span, &a.source_text),
            cue: inside(&a.cue, &a.cue_text),
            content: inside(&a.content, &a.content_text),
            stance: a.stance.0,
            certainty: a.certainty.0,
            quotation_type: a.quotation_type.0,
            via: a.via.as_ref().map(source),
            about: a.about.iter().map(source).collect(),
            proposed: a
                .proposed
                .iter()
                .filter_map(|k| AttributionKey::from_word(k))
                .collect(),
            ..Attribution::on(id, claim, statement)
        };
        self.session.attributions.insert(id, record);
        Ok(())
    }
}
