//! The rows of a check under way: where each of them is, and what it shows.

use std::borrow::Cow;

use super::check::Check;
use super::facts::Search;
use super::ids::*;
use super::join::Record;
use super::model::*;
use super::rows::{ListRow, RowKey, Shown, Slot, claim_hull, hull};
use super::text::Span;
use super::vocabulary::*;

/// What a row shows, filters by and is listed as; borrowed from the check.
#[derive(Clone, Debug)]
pub struct RowView<'a> {
    /// What has been decided about the statement.
    pub decision: Decision,
    /// The checker's finding; `unchecked` where there is no claim.
    pub status: VerificationStatus,
    /// The kind of block.
    pub block: BlockKind,
    /// Who says it: the sources of the attributions, in order.
    pub said_by: Vec<Cow<'a, str>>,
    /// The stance of the first attribution.
    pub stance: Stance,
    /// The certainty of the first attribution.
    pub certainty: Certainty,
    /// How much it is worth checking.
    pub worth: CheckWorthiness,
    /// What kind of proposition it is.
    pub claim_type: ClaimType,
    /// The house's tags.
    pub tags: &'a [String],
    /// The publication rating.
    pub rating: Option<Rating>,
    /// Where the claim stands in the workflow.
    pub workflow: WorkflowState,
    /// What is held against the claim: stance and title (or address).
    pub evidence: Vec<(EvidenceStance, &'a Evidence)>,
    /// Whether a change of the text is proposed; true where it must be made.
    pub change: Option<bool>,
    /// The wording, else the exact words.
    pub text: Cow<'a, str>,
    /// The checker's notes and the justification (of a dismissal: its reason).
    pub notes: [&'a str; 2],
    /// Who changed it last; none for what nobody has touched.
    pub by: Option<&'a str>,
    /// Whether all of it is still only proposed by the reader.
    pub proposed: bool,
}

impl Check {
    /// What stands in `range` (scalar values): each span with its row, the session's statements first, then what is only
    /// proposed; each in order of the text.
    pub fn marks_in(&self, range: Span) -> Vec<(Span, RowKey)> {
        let rows = self.rows();
        let from = rows
            .marks
            .partition_point(|(s, _)| s.start < range.start.saturating_sub(rows.longest));
        let recorded = rows.marks[from..]
            .iter()
            .take_while(|(s, _)| s.start < range.end);
        let mut out: Vec<_> = recorded
            .filter(|(s, _)| s.overlaps(range))
            .cloned()
            .collect();
        let at = self.first_row_from(range.start);
        // A proposal is a sentence or little more: the few rows before the range reach every one that goes into it.
        for slot in rows.list[at.saturating_sub(16)..]
            .iter()
            .take_while(|slot| self.hull_of(slot).start < range.end)
        {
            if let Shown::Proposal(n) = slot.shown()
                && let Some(s) = self.proposals().statements.get(n as usize)
            {
                let spans = s.spans.iter().filter(|s| s.overlaps(range));
                out.extend(spans.map(|s| (*s, RowKey::Proposal(n))));
            }
        }
        out
    }

    /// The statement of `claim` of which a span begins at scalar value `at`.
    pub fn statement_at(&self, claim: &Claim, at: u32) -> Option<&Statement> {
        let statements = &self.session().statements;
        let mut all = claim.statements.iter().filter_map(|s| statements.get(s));
        all.find(|s| s.anchor.spans.iter().any(|span| span.start == at))
    }

    fn hull_of(&self, slot: &Slot) -> Span {
        match slot.shown() {
            Shown::Recorded(n) => self.rows().recorded[n as usize].hull,
            Shown::Proposal(n) => {
                let s = self.proposals().statements.get(n as usize);
                s.map_or(Span::default(), |s| hull(&s.spans))
            }
        }
    }

    fn row_in(&self, slot: &Slot) -> ListRow {
        match slot.shown() {
            Shown::Recorded(n) => self.rows().recorded[n as usize].clone(),
            Shown::Proposal(n) => ListRow {
                hull: self.hull_of(slot),
                key: RowKey::Proposal(n),
                open: true,
            },
        }
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.rows().list.len()
    }

    /// Row `n` of all.
    pub fn row(&self, n: usize) -> Option<ListRow> {
        let slot = self.rows().list.get(n)?;
        Some(self.row_in(slot))
    }

    /// All rows in order of the text.
    pub fn each_row(&self) -> impl ExactSizeIterator<Item = ListRow> {
        self.rows().list.iter().map(|slot| self.row_in(slot))
    }

    /// The first row that starts at scalar value `at` or after it.
    pub fn first_row_from(&self, at: u32) -> usize {
        let list = &self.rows().list;
        list.partition_point(|slot| self.hull_of(slot).start < at)
    }

    /// Where the row `key` stands among all; none where it is no row of its own.
    pub fn position(&self, key: &RowKey) -> Option<usize> {
        let start = match key {
            RowKey::Claim(id) => claim_hull(self.session(), self.session().claims.get(id)?).start,
            RowKey::Statement(id) => hull(&self.session().statements.get(id)?.anchor.spans).start,
            RowKey::Proposal(n) => {
                let s = self.proposals().statements.get(*n as usize)?;
                hull(&s.spans).start
            }
            RowKey::Block(_) => return None,
        };
        let from = self.first_row_from(start);
        let here = self.rows().list[from..].iter();
        here.take_while(|slot| self.hull_of(slot).start == start)
            .position(|slot| match slot.shown() {
                Shown::Proposal(n) => *key == RowKey::Proposal(n),
                Shown::Recorded(n) => *key == self.rows().recorded[n as usize].key,
            })
            .map(|n| from + n)
    }

    /// What the row `key` shows; none where it stands for nothing that is there.
    pub fn view(&self, key: &RowKey) -> Option<RowView<'_>> {
        match key {
            RowKey::Claim(id) => self.view_claim(self.session().claims.get(id)?),
            RowKey::Statement(id) => self.view_statement(self.session().statements.get(id)?),
            RowKey::Proposal(n) => self.view_proposal(*n),
            RowKey::Block(n) => {
                let block = self.proposals().blocks.get(*n as usize)?;
                Some(RowView {
                    block: block.kind,
                    text: Cow::Borrowed(self.text().slice(block.span)),
                    ..RowView::blank()
                })
            }
        }
    }

    fn view_claim<'a>(&'a self, c: &'a Claim) -> Option<RowView<'a>> {
        let statement = self.session().statements.get(&c.home);
        let first = self.attributions(c.id).next();
        Some(RowView {
            decision: Decision::TakenUp,
            status: c.verification_status,
            block: statement.map_or_else(BlockKind::default, |s| s.block),
            said_by: self
                .attributions(c.id)
                .filter_map(|a| a.source)
                .map(|s| Cow::Borrowed(self.source_name(s)))
                .collect(),
            stance: first.map_or(Stance::None, |a| a.stance),
            certainty: first.map_or(Certainty::Unspecified, |a| a.certainty),
            worth: c.check_worthiness,
            claim_type: c.claim_type,
            tags: &c.tags,
            rating: c.rating,
            workflow: c.workflow_state,
            evidence: self
                .held(c.id)
                .map(|(h, e)| (h.evidence_stance, e))
                .collect(),
            change: c.change.as_ref().map(|ch| ch.must),
            text: Cow::Borrowed(self.session().claim_text(c)),
            notes: [&c.notes, &c.justification],
            by: Some(self.session().checker_name(&c.updated.by)),
            proposed: false,
        })
    }

    /// What else than the row shows a plain word may find (see [`Search::Words`]): in a claim, in the statements where it
    /// stands, in the sources that speak for it, and in a statement. It is gathered for a filter that asks, not for a frame.
    pub fn words_of(&self, key: &RowKey) -> Vec<&str> {
        let session = self.session();
        let of_statement = |s| {
            session
                .statements
                .get(s)
                .into_iter()
                .flat_map(found_by_words)
        };
        match key {
            RowKey::Claim(id) => {
                let claim = session.claims.get(id);
                let statements = claim.into_iter().flat_map(|c| c.statements.iter());
                let sources = self.attributions(*id).filter_map(|a| a.source);
                let sources = sources.filter_map(|s| session.sources.get(&s));
                let words = claim.into_iter().flat_map(found_by_words);
                words
                    .chain(statements.flat_map(of_statement))
                    .chain(sources.flat_map(found_by_words))
                    .collect()
            }
            RowKey::Statement(id) => of_statement(id).collect(),
            RowKey::Proposal(_) | RowKey::Block(_) => Vec::new(),
        }
    }

    fn view_statement<'a>(&'a self, s: &'a Statement) -> Option<RowView<'a>> {
        Some(RowView {
            decision: s.decision,
            block: s.block,
            text: Cow::Borrowed(&s.anchor.exact),
            notes: ["", &s.reason],
            proposed: false,
            ..RowView::blank()
        })
    }

    fn view_proposal(&self, n: u32) -> Option<RowView<'_>> {
        let s = self.proposals().statements.get(n as usize)?;
        let mut attributions = self
            .proposals()
            .attributions_of(n)
            .map(|(_, a)| a)
            .peekable();
        let first = attributions.peek().copied();
        let (stance, certainty) = first.map_or((Stance::Asserts, Certainty::Unspecified), |a| {
            (a.stance, a.certainty)
        });
        let mut said_by: Vec<_> = attributions
            .filter_map(|a| self.proposed_source_name(&a))
            .collect();
        if first.is_none() {
            said_by.push(Cow::Borrowed(self.source_name(SourceId::ARTICLE)));
        }
        let text = match &*s.spans {
            [one] => Cow::Borrowed(self.text().slice(*one)),
            many => Cow::Owned(self.text().exact(many)),
        };
        Some(RowView {
            block: self.proposals().block_of(n),
            said_by,
            stance,
            certainty,
            worth: s.check_worthiness,
            claim_type: s.claim_type,
            text,
            ..RowView::blank()
        })
    }
}

/// The texts of a record that a plain word may find.
fn found_by_words<R: Record>(record: &R) -> impl Iterator<Item = &str> {
    let mut found = Vec::new();
    record.texts(&mut |key, text| {
        if R::facts(key).search == Search::Words && !text.is_empty() {
            found.push(text);
        }
    });
    found.into_iter()
}

impl RowView<'_> {
    /// A row about which nothing is known.
    pub(super) fn blank() -> Self {
        Self {
            decision: Decision::Undecided,
            status: VerificationStatus::Unchecked,
            block: BlockKind::Paragraph,
            said_by: Vec::new(),
            stance: Stance::None,
            certainty: Certainty::Unspecified,
            worth: CheckWorthiness::Routine,
            claim_type: ClaimType::Other,
            tags: &[],
            rating: None,
            workflow: WorkflowState::Todo,
            evidence: Vec::new(),
            change: None,
            text: Cow::Borrowed(""),
            notes: ["", ""],
            by: None,
            proposed: true,
        }
    }
}
