//! From marks and links back to claims, attributions and sources: the way back of [`crate::exchange::marks`].
//!
//! Marks of other tools are taken too: an unknown label makes a claim with the label as its tag, and a field or value
//! without a counterpart becomes the tag `name:value`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Holds, Imported, Incoming, ReadReport};
use crate::core::anchor::anchor;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::stored::stored;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::core::vocabulary::*;
use crate::exchange::lenient::{Atom, Object};
use crate::exchange::marks::{Label, LinkKind};
use crate::exchange::sheet::JOIN;

use super::fields::{CARRIED, set};
pub(super) use super::fields::{plain, tidy, uuid};
pub(super) use super::links::ReadLink;
use super::links::{LinkTable, label};
use super::speakers::{Named, Speakers};

/// A mark as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadMark {
    pub label: String,
    pub spans: Vec<Span>,
    pub fields: BTreeMap<String, String>,
}

const HOLDS: Holds = Holds {
    statement: &[StatementKey::Decision, StatementKey::Reason],
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
        AttributionKey::SourceSpan,
        AttributionKey::Cue,
        AttributionKey::Content,
        AttributionKey::Stance,
        AttributionKey::Certainty,
        AttributionKey::QuotationType,
        AttributionKey::Via,
        AttributionKey::About,
    ],
    source: &[],
    evidence: &[],
    held: &[],
};

/// What is known of the article, in our own files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Meta<'a> {
    /// The text, where it stands beside the rest.
    #[serde(borrow)]
    pub text: Atom<'a>,
    #[serde(borrow)]
    pub title: Atom<'a>,
    #[serde(borrow)]
    pub byline: Atom<'a>,
    #[serde(borrow)]
    pub url: Atom<'a>,
    #[serde(borrow)]
    pub published_at: Atom<'a>,
    #[serde(borrow)]
    pub language: Atom<'a>,
}

impl Object<'_> for Meta<'_> {}

/// Builds the session that the marks stand for.
pub(super) fn build(
    file: &Incoming<'_>,
    ids: &mut dyn Ids,
    text: ArticleText,
    meta: &Meta<'_>,
    marks: Vec<ReadMark>,
    links: &[ReadLink],
    report: ReadReport,
) -> Imported {
    let (mut report, mut marks) = (report, marks);
    let text = match stored(text.as_str()) {
        None => text,
        Some(made) => {
            for s in marks.iter_mut().flat_map(|m| &mut m.spans) {
                *s = Span::new(made.place(s.start), made.place(s.end));
            }
            report.left_out(&made.left_out);
            ArticleText::new(made.text)
        }
    };
    let mut session = file.session(Some(&text), ids);
    let some = |t: &Atom<'_>| t.text().filter(|t| !t.is_empty()).map(str::to_string);
    session.article.title = meta.title.words().into();
    session.article.byline = meta.byline.words().into();
    session.article.url = some(&meta.url);
    session.article.published_at = some(&meta.published_at);
    session.article.language = meta.language.words().into();
    let mut builder = Builder {
        file,
        ids,
        text: &text,
        session,
        report,
        marks,
        links: LinkTable::default(),
        claims: HashMap::new(),
        speakers: Speakers::default(),
        looks: 0,
    };
    builder.links = LinkTable::new(links, builder.marks.len());
    builder.join_pieces();
    builder.claims();
    builder.attributions();
    builder.statements();
    let Builder {
        session,
        mut report,
        ..
    } = builder;
    report.claims = session.claims.len();
    Imported {
        session,
        text: Some(text),
        blocks: Vec::new(),
        holds: HOLDS,
        report,
    }
}

struct Builder<'a> {
    file: &'a Incoming<'a>,
    ids: &'a mut dyn Ids,
    text: &'a ArticleText,
    session: Session,
    report: ReadReport,
    marks: Vec<ReadMark>,
    links: LinkTable,
    /// The claim and statement that a mark became.
    claims: HashMap<usize, (ClaimId, StatementId)>,
    speakers: Speakers,
    /// How many claims were looked at for attributions without links.
    looks: usize,
}

/// How many claims are looked at in one file for attributions without links.
const LOOKS: usize = 20_000_000;

impl Builder<'_> {
    /// Gives the pieces of a mark to its first.
    fn join_pieces(&mut self) {
        for n in 0..self.marks.len() {
            let Some(first) = self.links.to(n, LinkKind::PartOf) else {
                continue;
            };
            let pieces = std::mem::take(&mut self.marks[n].spans);
            self.marks[first].spans.extend(pieces);
            self.marks[n].label.clear();
        }
        for m in &mut self.marks {
            tidy(&mut m.spans);
        }
    }

    /// Claims, and marks with labels of other tools; those that go on elsewhere come after what they go on with.
    fn claims(&mut self) {
        let is_claim = |m: &ReadMark| {
            !m.spans.is_empty() && matches!(label(&m.label), None | Some(Label::Claim))
        };
        let all: Vec<usize> = (0..self.marks.len())
            .filter(|n| is_claim(&self.marks[*n]))
            .collect();
        let (further, first): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|n| self.links.to(*n, LinkKind::SameClaim).is_some());
        for n in first {
            let id = self.marks[n].fields.get("claim_id").and_then(|t| uuid(t));
            let fresh = id.filter(|id| !self.session.claims.contains_key(&ClaimId(*id)));
            let id = ClaimId(fresh.unwrap_or_else(|| self.ids.next()));
            let statement = self.statement(n, Decision::TakenUp);
            let mut claim = Claim::on(id, statement.clone(), self.file.stamp.clone());
            let mark = &self.marks[n];
            for (name, value) in &mark.fields {
                if let Some(tag) = set(&mut claim, name, value) {
                    claim.tags.insert(tag);
                }
            }
            if label(&mark.label).is_none() {
                claim.tags.insert(mark.label.clone());
            }
            self.session.claims.insert(id, claim);
            self.claims.insert(n, (id, statement));
        }
        for n in further {
            let to = self
                .links
                .to(n, LinkKind::SameClaim)
                .and_then(|to| self.claims.get(&to))
                .map(|c| c.0);
            let statement = self.statement(n, Decision::TakenUp);
            match to.and_then(|id| self.session.claims.get_mut(&id)) {
                Some(claim) => {
                    claim.statements.insert(statement.clone());
                    self.claims.insert(n, (claim.id, statement));
                }
                None => self
                    .report
                    .lose(self.words(n), "it goes on with a claim that is not there"),
            }
        }
    }

    fn words(&self, n: usize) -> String {
        self.marks
            .get(n)
            .map_or_else(String::new, |m| self.text.exact(&m.spans))
    }

    /// The statement on the mark's spans, made where there is none.
    fn statement(&mut self, n: usize, decision: Decision) -> StatementId {
        let mark = &self.marks[n];
        let version = self.session.version();
        let id = StatementId::of(version, &mark.spans);
        let known = self
            .session
            .statements
            .entry(id.clone())
            .or_insert_with(|| Statement {
                id: id.clone(),
                anchor: anchor(self.text, version, &mark.spans),
                block: BlockKind::default(),
                decision,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
            });
        if decision == Decision::TakenUp {
            known.decision = decision;
        }
        if let Some(reason) = mark.fields.get("reason") {
            known.reason.clone_from(reason);
        }
        if let Some(origin) = mark.fields.get("origin").and_then(|w| Origin::from_word(w)) {
            known.origin = origin;
        }
        id
    }

    fn attributions(&mut self) {
        for n in 0..self.marks.len() {
            let kind = label(&self.marks[n].label);
            let said_by = self.links.to(n, LinkKind::SaidBy);
            match kind {
                _ if self.marks[n].spans.is_empty() => {}
                Some(Label::Cue | Label::Attribution) => {
                    let linked = self
                        .links
                        .to(n, LinkKind::Of)
                        .and_then(|c| self.claims.get(&c))
                        .cloned();
                    match linked.or_else(|| self.claim_around(n)) {
                        Some((claim, statement)) => {
                            self.attribution(n, claim, statement, kind == Some(Label::Cue))
                        }
                        None => self
                            .report
                            .lose(self.words(n), "no claim stands where this attribution is"),
                    }
                }
                // Other tools link a claim to its source without a cue between them.
                Some(Label::Claim) | None => {
                    if let (Some(source), Some((claim, statement))) =
                        (said_by, self.claims.get(&n).cloned())
                    {
                        let id = AttributionId(self.ids.next());
                        let mut a = Attribution::on(id, claim, statement);
                        self.source_mark(&mut a, source, true);
                        self.session.attributions.insert(id, a);
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// The claim on the smallest statement around the mark.
    fn claim_around(&mut self, n: usize) -> Option<(ClaimId, StatementId)> {
        // Looked for one by one: in a file with very many claims and no links, nobody means this.
        self.looks = self.looks.saturating_add(self.claims.len());
        if self.looks > LOOKS {
            return None;
        }
        let at = *self.marks.get(n)?.spans.first()?;
        let inside = |spans: &[Span]| spans.iter().any(|s| s.contains(at));
        self.claims
            .iter()
            .filter(|(m, _)| inside(&self.marks[**m].spans))
            .min_by_key(|(m, _)| {
                (
                    self.marks[**m].spans.iter().map(|s| s.len()).sum::<u32>(),
                    **m,
                )
            })
            .map(|(_, c)| c.clone())
    }

    fn attribution(&mut self, n: usize, claim: ClaimId, statement: StatementId, has_cue: bool) {
        let fields = self.marks[n].fields.clone();
        let text = |name: &str| fields.get(name).map_or("", String::as_str);
        let id = uuid(text("attribution_id"))
            .filter(|id| !self.session.attributions.contains_key(&AttributionId(*id)));
        let id = AttributionId(id.unwrap_or_else(|| self.ids.next()));
        let mut a = Attribution::on(id, claim, statement);
        if has_cue {
            a.cue.clone_from(&self.marks[n].spans);
        }
        let mut tags = Vec::new();
        for (name, value) in &fields {
            let known = match plain(name).as_str() {
                "stance" => Stance::from_word(value).map(|v| a.stance = v),
                "certainty" => Certainty::from_word(value).map(|v| a.certainty = v),
                "quotationtype" => QuotationType::from_word(value).map(|v| a.quotation_type = v),
                _ => CARRIED.contains(&name.as_str()).then_some(()),
            };
            if known.is_none() {
                tags.push(format!("{name}:{value}"));
            }
        }
        a.source = self.source(Named {
            id: text("source_id"),
            name: text("source_name"),
            kind: text("source_type"),
            role: text("source_role"),
        });
        a.via = self.source(Named {
            id: text("via_id"),
            name: text("via_name"),
            ..Named::default()
        });
        let names: Vec<&str> = text("about_names").split(JOIN).collect();
        for (i, id) in text("about_ids")
            .split(JOIN)
            .enumerate()
            .filter(|(_, id)| !id.is_empty())
        {
            let name = names.get(i).copied().unwrap_or("");
            a.about.extend(self.source(Named {
                id,
                name,
                ..Named::default()
            }));
        }
        if let Some(s) = self.links.to(n, LinkKind::SaidBy) {
            // One of ours without a source has none, whatever the words are.
            self.source_mark(&mut a, s, !fields.contains_key("attribution_id"));
        }
        if let Some(c) = self.links.to(n, LinkKind::HasContent) {
            a.content.clone_from(&self.marks[c].spans);
        }
        self.session.attributions.insert(id, a);
        if let Some(c) = self.session.claims.get_mut(&claim) {
            c.tags.extend(tags);
        }
    }

    /// Takes the words that name the source, and where `named` the source from them.
    fn source_mark(&mut self, a: &mut Attribution, n: usize, named: bool) {
        let mark = &self.marks[n];
        a.source_span.clone_from(&mark.spans);
        if a.source.is_some() || !named {
            return;
        }
        let fields = mark.fields.clone();
        let words = self.words(n);
        let text = |name: &str| fields.get(name).map_or("", String::as_str);
        let name = if text("source_name").is_empty() {
            &words
        } else {
            text("source_name")
        };
        a.source = self.source(Named {
            id: text("source_id"),
            name,
            kind: text("source_type"),
            role: text("source_role"),
        });
    }

    fn source(&mut self, named: Named<'_>) -> Option<SourceId> {
        self.speakers.source(named, &mut self.session, self.ids)
    }

    /// Statements without a claim. What the reader proposed is proposed again, and needs no record.
    fn statements(&mut self) {
        for n in 0..self.marks.len() {
            let mark = &self.marks[n];
            let decision = match label(&mark.label) {
                Some(Label::Dismissed) => Decision::Dismissed,
                Some(Label::Statement)
                    if mark.fields.get("origin").map(String::as_str)
                        != Some(Origin::Proposal.word()) =>
                {
                    Decision::Undecided
                }
                _ => continue,
            };
            if !mark.spans.is_empty() {
                self.statement(n, decision);
            }
        }
    }
}
