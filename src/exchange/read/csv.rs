//! Reads our own sheet, so that what was changed in a spreadsheet comes back as edits; with `evidence.csv` and
//! `sources.csv` where they lie beside it.

use std::collections::HashMap;

use super::anchor::{MarkWords, Places};
use super::marks::{tidy, uuid};
use super::table::{TableRow, TableRows};
use super::{Holds, Imported, Incoming, ReadReport};
use crate::core::anchor::anchor;
use crate::core::ids::*;
use crate::core::index::Index;
use crate::core::model::*;
use crate::core::stored::stored;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::core::vocabulary::*;
use crate::exchange::File;
use crate::exchange::error::ExchangeError;
use crate::exchange::sheet::{JOIN, attributed_to, parse_spans};

const NAME: &str = "csv";

const HOLDS: Holds = Holds {
    claim: &[
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
    ],
    attribution: &[
        AttributionKey::Source,
        AttributionKey::Stance,
        AttributionKey::Certainty,
    ],
    source: &[
        SourceKey::Name,
        SourceKey::Type,
        SourceKey::Role,
        SourceKey::Affiliation,
        SourceKey::Url,
        SourceKey::Reliability,
        SourceKey::Note,
    ],
    evidence: &[
        EvidenceKey::Kind,
        EvidenceKey::Title,
        EvidenceKey::Url,
        EvidenceKey::ArchivedUrl,
        EvidenceKey::AccessedAt,
        EvidenceKey::PublishedAt,
        EvidenceKey::Contact,
        EvidenceKey::Calculation,
        EvidenceKey::Note,
    ],
    held: &[
        HeldKey::Locator,
        HeldKey::Excerpt,
        HeldKey::EvidenceStance,
        HeldKey::Credibility,
    ],
    statement: &[],
};

/// How somebody was asked; none where all its cells are empty.
fn contact(row: &TableRow<'_>) -> Option<Contact> {
    let cell = |part: &str| row.cell(part).to_string();
    let reached = row.cell("contact_reached").trim();
    let contact = Contact {
        who: cell("contact_who"),
        at: cell("contact_at"),
        how: cell("contact_how"),
        reached: reached.eq_ignore_ascii_case("true"),
    };
    let told = [&contact.who, &contact.at, &contact.how];
    let some = !reached.is_empty() || told.iter().any(|t| !t.is_empty());
    some.then_some(contact)
}

/// Reads the tables.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let sheet = TableRows::read(file.name, file.bytes)?;
    for needed in ["row_id", "passage", "claim", "verification_status"] {
        if !sheet.columns.contains_key(needed) {
            return Err(file.error(NAME, "line 1", format!("the column {needed} is missing")));
        }
    }
    let beside = |name: &str| {
        file.beside(name)
            .map(|f: &File| TableRows::read(&f.name, &f.bytes))
            .transpose()
    };
    let (text, passages) = match file.into {
        Some((_, text)) => (text.clone(), HashMap::new()),
        None => passages(&sheet),
    };
    // Rows that name no claim of the session are placed by their words, unless their offsets are right.
    let new: Vec<String> = match file.into {
        Some((base, _)) => sheet
            .iter()
            .filter(|r| {
                let id = uuid(r.cell("row_id").trim()).map(ClaimId);
                id.is_none_or(|id| !base.claims.contains_key(&id))
            })
            .map(|r| passage(&r))
            .collect(),
        None => Vec::new(),
    };
    let session = file.session(Some(&text), ids);
    let mut reader = CsvReader {
        places: Places::new(&text, new.iter().map(String::as_str)),
        file,
        ids,
        known: file.into.is_some(),
        passages,
        session,
        report: ReadReport::default(),
        text,
        speakers: HashMap::new(),
        names: HashMap::new(),
        index: file.into.map(|(s, _)| Index::new(s)).unwrap_or_default(),
    };
    if let Some((base, _)) = file.into {
        reader.session.sources = base.sources.clone();
    }
    if let Some(sources) = beside("sources.csv")? {
        reader.sources(&sources)?;
    }
    reader.index_sources();
    for row in sheet.iter() {
        reader.claim(&row)?;
    }
    if let Some(evidence) = beside("evidence.csv")? {
        reader.evidence(&evidence)?;
    }
    reader.report.claims = reader.session.claims.len();
    Ok(Imported {
        session: reader.session,
        text: Some(reader.text),
        blocks: Vec::new(),
        holds: HOLDS,
        report: reader.report,
    })
}

/// A text made of the sheet's passages, where there is no other, and where each stands in it.
fn passages(sheet: &TableRows) -> (ArticleText, HashMap<String, Span>) {
    let (mut text, mut at) = (String::new(), 0);
    let mut places = HashMap::new();
    for row in sheet.iter() {
        let passage = passage(&row);
        if passage.trim().is_empty() || places.contains_key(&passage) {
            continue;
        }
        if at > 0 {
            text.push_str("\n\n");
            at += 2;
        }
        text.push_str(&passage);
        let start = at;
        at += passage.chars().count() as u32;
        places.insert(passage, Span::new(start, at));
    }
    text.push('\n');
    (ArticleText::new(text), places)
}

/// The passage of a row, normalised as the stored text is.
fn passage(row: &TableRow<'_>) -> String {
    let cell = row.cell("passage");
    stored(cell).map_or_else(|| cell.into(), |made| made.text)
}

struct CsvReader<'a> {
    /// What hangs on what in the session that is read into.
    index: Index,
    file: &'a Incoming<'a>,
    ids: &'a mut dyn Ids,
    /// Whether the text is that of a session, in which the sheet's offsets count.
    known: bool,
    /// Where the passages of new rows stand in the session's text.
    places: Places<'a>,
    /// Where the passages stand in a text that is made of them.
    passages: HashMap<String, Span>,
    session: Session,
    report: ReadReport,
    text: ArticleText,
    /// Sources by what `attributed_to` shows.
    speakers: HashMap<String, SourceId>,
    names: HashMap<String, SourceId>,
}

impl CsvReader<'_> {
    fn sources(&mut self, table: &TableRows) -> Result<(), ExchangeError> {
        for row in table.iter() {
            let id = SourceId(uuid(row.cell("source_id")).unwrap_or_else(|| self.ids.next()));
            let old = self
                .session
                .sources
                .remove(&id)
                .unwrap_or_else(|| Source::unnamed(id));
            let source = Source {
                name: row.cell("name").into(),
                source_type: row.word("source_type")?,
                role: row.cell("role").into(),
                affiliation: row.cell("affiliation").into(),
                url: row.some("url"),
                reliability: row.word("reliability")?,
                note: row.cell("note").into(),
                ..old
            };
            self.session.sources.insert(id, source);
        }
        Ok(())
    }

    fn index_sources(&mut self) {
        for s in self.session.sources.values() {
            self.speakers.entry(attributed_to(s)).or_insert(s.id);
            self.names.entry(s.name.clone()).or_insert(s.id);
        }
    }

    /// The source that a cell names, made where there is none.
    fn source(&mut self, shown: &str) -> Option<SourceId> {
        let shown = shown.trim();
        if shown.is_empty() {
            return None;
        }
        if let Some(id) = self.speakers.get(shown).or_else(|| self.names.get(shown)) {
            return Some(*id);
        }
        let id = SourceId(self.ids.next());
        let source = Source {
            name: shown.into(),
            ..Source::unnamed(id)
        };
        self.session.sources.insert(id, source);
        self.speakers.insert(shown.into(), id);
        Some(id)
    }

    fn claim(&mut self, row: &TableRow<'_>) -> Result<(), ExchangeError> {
        let base = self.file.into.map(|(s, _)| s);
        let id = match row.cell("row_id").trim() {
            "" => None,
            word => Some(ClaimId(uuid(word).ok_or_else(|| {
                row.fail(
                    "row_id",
                    format!(
                        "`{word}` is not the id of a row: leave the cell empty for a new claim"
                    ),
                )
            })?)),
        };
        if id.is_some_and(|id| self.session.claims.contains_key(&id)) {
            return Err(row.fail("row_id", "the row stands there twice".into()));
        }
        let old = id.and_then(|id| base?.claims.get(&id));
        let passage = passage(row);
        let statement = match old.map(|c| &c.home) {
            Some(s) => {
                // What is there stays where it is: its words are not the sheet's to change.
                if let Some(record) = base.and_then(|b| b.statements.get(s)) {
                    self.session.statements.insert(s.clone(), record.clone());
                }
                s.clone()
            }
            None => match self.place(row, &passage)? {
                Some(spans) => self.statement(&spans),
                None => {
                    self.report.lose(
                        passage,
                        "its passage is not in the article, or several times",
                    );
                    return Ok(());
                }
            },
        };
        let id = id.unwrap_or_else(|| ClaimId(self.ids.next()));
        let mut claim = old
            .cloned()
            .unwrap_or_else(|| Claim::on(id, statement.clone(), self.file.stamp.clone()));
        let wording = row.cell("claim");
        claim.wording = (!wording.is_empty() && wording != passage).then(|| wording.to_string());
        claim.claim_type = row.word("claim_type")?;
        claim.verification_status = row.word("verification_status")?;
        claim.check_worthiness = row.word("check_worthiness")?;
        claim.workflow_state = row.word("workflow_state")?;
        claim.rating = match row.number::<u8>("rating")? {
            None => None,
            Some(n) => Some(
                Rating::new(n).ok_or_else(|| row.fail("rating", format!("{n} is not 1 to 5")))?,
            ),
        };
        claim.justification = row.cell("justification").into();
        claim.notes = row.cell("note").into();
        claim.tags = row
            .cell("tags")
            .split(JOIN)
            .filter(|t| !t.is_empty())
            .map(str::to_string)
            .collect();
        claim.change = self.change(row)?;
        self.attribution(row, base, &claim)?;
        self.session.claims.insert(id, claim);
        Ok(())
    }

    fn change(&self, row: &TableRow<'_>) -> Result<Option<TextChange>, ExchangeError> {
        let columns = [
            "proposed_change",
            "change_status",
            "change_reason",
            "change_must",
        ];
        if columns.iter().all(|c| row.cell(c).is_empty()) {
            return Ok(None);
        }
        let must = match row.cell("change_must").trim().to_ascii_lowercase().as_str() {
            "" | "false" => false,
            "true" => true,
            other => {
                return Err(row.fail(
                    "change_must",
                    format!("`{other}` is neither true nor false"),
                ));
            }
        };
        Ok(Some(TextChange {
            replacement: row.cell("proposed_change").into(),
            reason: row.cell("change_reason").into(),
            must,
            state: row.word("change_status")?,
        }))
    }

    /// The claim's first attribution, with the row's source, stance and certainty.
    fn attribution(
        &mut self,
        row: &TableRow<'_>,
        base: Option<&Session>,
        claim: &Claim,
    ) -> Result<(), ExchangeError> {
        let old = base.and_then(|b| {
            let first = self.index.attributions(claim.id).first()?;
            b.attributions.get(first)
        });
        let columns = ["attributed_to", "source_stance", "source_certainty"];
        if old.is_none() && columns.iter().all(|c| row.cell(c).is_empty()) {
            return Ok(());
        }
        let mut a = old.cloned().unwrap_or_else(|| {
            Attribution::on(AttributionId(self.ids.next()), claim.id, claim.home.clone())
        });
        a.source = self.source(row.cell("attributed_to"));
        a.stance = row.word("source_stance")?;
        a.certainty = row.word("source_certainty")?;
        self.session.attributions.insert(a.id, a);
        Ok(())
    }

    /// Where the passage stands: by the row's offsets where the text is the session's, else by its words.
    fn place(&self, row: &TableRow<'_>, passage: &str) -> Result<Option<Vec<Span>>, ExchangeError> {
        let (start, end) = (
            row.number::<u32>("char_start")?,
            row.number::<u32>("char_end")?,
        );
        let cell = row.cell("spans");
        let mut spans = match (cell, start, end) {
            ("", Some(s), Some(e)) => vec![Span::new(s, e)],
            ("", _, _) => Vec::new(),
            (cell, _, _) => parse_spans(cell)
                .ok_or_else(|| row.fail("spans", "it is no list of start-end".into()))?,
        };
        tidy(&mut spans);
        if !self.known {
            return Ok(self.passages.get(passage).map(|s| vec![*s]));
        }
        let inside = spans.last().is_some_and(|s| s.end <= self.text.len());
        if inside && self.text.exact(&spans) == passage {
            return Ok(Some(spans));
        }
        let quote = MarkWords {
            exact: passage,
            ..MarkWords::default()
        };
        let span = self.places.of(&self.text, quote, start);
        Ok(span.map(|s| vec![s]))
    }

    fn statement(&mut self, spans: &[Span]) -> StatementId {
        let version = self.session.version();
        let id = StatementId::of(version, spans);
        let text = &self.text;
        self.session
            .statements
            .entry(id.clone())
            .or_insert_with(|| Statement {
                id: id.clone(),
                anchor: anchor(text, version, spans),
                block: BlockKind::default(),
                decision: Decision::TakenUp,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
            });
        id
    }

    fn evidence(&mut self, table: &TableRows) -> Result<(), ExchangeError> {
        let base = self.file.into.map(|(s, _)| s);
        for row in table.iter() {
            let claim = uuid(row.cell("row_id"))
                .map(ClaimId)
                .filter(|id| self.session.claims.contains_key(id));
            let Some(claim) = claim else {
                self.report
                    .lose(row.cell("title"), "its row_id names no row of the sheet");
                continue;
            };
            let id = EvidenceId(uuid(row.cell("evidence_id")).unwrap_or_else(|| self.ids.next()));
            let old = base.and_then(|b| b.evidence.get(&id)).cloned();
            let source = self.source(row.cell("source_name"));
            let mut item = old.unwrap_or_else(|| Evidence {
                source,
                ..Evidence::empty(id)
            });
            item.title = row.cell("title").into();
            item.url = row.some("url");
            item.archived_url = row.some("archived_url");
            item.accessed_at = row.some("accessed_at");
            item.published_at = row.some("published_at");
            item.note = row.cell("note").into();
            // Sheets of before have no such columns, and take nothing away.
            if table.columns.contains_key("kind") {
                item.kind = row.word("kind")?;
                item.contact = contact(&row);
                item.calculation = row.cell("calculation").into();
            }
            self.session.evidence.insert(id, item);
            let old = base.and_then(|b| {
                let held = self.index.held(claim).iter().filter_map(|h| b.held.get(h));
                held.into_iter().find(|h| h.evidence == id)
            });
            let mut held = old
                .cloned()
                .unwrap_or_else(|| Held::against(HeldId(self.ids.next()), claim, id));
            held.locator = row.cell("locator").into();
            held.excerpt = row.cell("excerpt").into();
            held.evidence_stance = row.word("evidence_stance")?;
            held.credibility = row.word("credibility")?;
            self.session.held.insert(held.id, held);
        }
        Ok(())
    }
}
