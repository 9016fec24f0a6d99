//! The rows of the claims panel: one per claim, and one per statement that is not taken up, in order of the text.

use std::collections::{HashMap, HashSet};

use super::ids::*;
use super::model::*;
use super::proposal::Proposals;
use super::text::Span;
use super::vocabulary::*;

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// A claim, at the first of its statements.
    Claim(ClaimId),
    /// A statement that the session holds without a claim: dismissed, or a mark whose claims were withdrawn.
    Statement(StatementId),
    /// A statement that the reader proposed and nobody has decided about: an index into the proposals.
    Proposal(u32),
    /// A block that holds no row of its own, while the cursor rests on it: an index into the blocks.
    Block(u32),
}

/// A row with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// From the first to the last scalar value of its statement.
    pub hull: Span,
    /// What it stands for.
    pub key: RowKey,
    /// Whether it is still to be done: undecided, or a claim that is unchecked or in progress.
    pub open: bool,
}

/// How far the check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CheckProgress {
    /// All statements: proposed, marked, decided.
    pub statements: usize,
    /// Statements not decided.
    pub undecided: usize,
    /// Statements taken up.
    pub taken_up: usize,
    /// Statements dismissed.
    pub dismissed: usize,
    /// Claims.
    pub claims: usize,
    /// Undecided statements, and claims that are unchecked or in progress.
    pub open: usize,
    /// Claims with a finding.
    pub checked: usize,
    /// Claims whose workflow state is `waiting`.
    pub waiting: usize,
    /// Claims by verification status, in the vocabulary's order.
    pub by_status: [usize; VerificationStatus::ALL.len()],
}

/// All rows, unfiltered, and the progress that they show.
///
/// They are in order of the text; of claims on the same words the one that asks whether it was said comes first, then they
/// are by id: those taken up, then those made by hand in order of creation. Nearly all rows of a long article are proposals, of which only their numbers are kept.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub(super) list: Vec<Slot>,
    /// The rows of what the session holds, which slots point to.
    pub(super) recorded: Vec<ListRow>,
    /// The counts.
    pub progress: CheckProgress,
    /// Where the session's statements stand, span by span in order of the text, each with the row that shows it.
    pub(super) marks: Vec<(Span, RowKey)>,
    /// The longest span of `marks`, in scalar values.
    pub(super) longest: u32,
}

/// A row, in the room of one number: of a hundred thousand nearly all are proposals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot(u32);

/// What a row stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown {
    /// A proposal, by its number.
    Proposal(u32),
    /// What the session holds, an index into the recorded rows.
    Recorded(u32),
}

impl Slot {
    /// The bit that tells what is recorded from what is proposed: there are never so many of either.
    const RECORDED: u32 = 1 << 31;

    fn recorded(n: u32) -> Self {
        Self(n | Self::RECORDED)
    }

    fn proposal(n: u32) -> Self {
        Self(n & !Self::RECORDED)
    }

    pub(super) fn shown(self) -> Shown {
        match self.0 & Self::RECORDED {
            0 => Shown::Proposal(self.0),
            _ => Shown::Recorded(self.0 & !Self::RECORDED),
        }
    }
}

/// Builds the rows; a proposal that a statement of the session stands on has none of its own.
pub(super) fn build_rows(session: &Session, proposals: &Proposals) -> Rows {
    let mut progress = CheckProgress::default();
    let mut recorded: Vec<ListRow> =
        Vec::with_capacity(session.claims.len() + session.statements.len());
    let mut decided: HashSet<&[Span]> = HashSet::with_capacity(session.statements.len());
    let parted = parted(session);
    for s in session.statements.values() {
        if session.stands(s) {
            decided.insert(s.anchor.spans.as_slice());
        }
        if parted.contains(&s.id) {
            continue;
        }
        progress.statements += 1;
        match s.decision {
            Decision::TakenUp => progress.taken_up += 1,
            Decision::Dismissed => progress.dismissed += 1,
            Decision::Undecided => progress.undecided += 1,
        }
        if s.decision != Decision::TakenUp {
            let open = s.decision == Decision::Undecided;
            progress.open += usize::from(open);
            recorded.push(ListRow {
                hull: hull(&s.anchor.spans),
                key: RowKey::Statement(s.id.clone()),
                open,
            });
        }
    }
    for c in session.claims.values() {
        progress.claims += 1;
        progress.by_status[c.verification_status as usize] += 1;
        progress.waiting += usize::from(c.workflow_state == WorkflowState::Waiting);
        let open = c.verification_status.is_open();
        if open {
            progress.open += 1
        } else {
            progress.checked += 1
        }
        recorded.push(ListRow {
            hull: claim_hull(session, c),
            key: RowKey::Claim(c.id),
            open,
        });
    }
    let (marks, longest) = marks(session, &parted);
    recorded.sort_by_key(|r| (in_text(r.hull), !asks_whether_said(session, &r.key)));

    let mut list = Vec::with_capacity(recorded.len() + proposals.statements.len());
    let mut others = recorded.iter().zip(0..).peekable();
    for (n, p) in proposals.statements.iter().enumerate() {
        if decided.contains(&*p.spans) {
            continue;
        }
        let hull = hull(&p.spans);
        while let Some((_, other)) = others.next_if(|(r, _)| in_text(r.hull) <= in_text(hull)) {
            list.push(Slot::recorded(other));
        }
        progress.statements += 1;
        progress.undecided += 1;
        progress.open += 1;
        list.push(Slot::proposal(n as u32));
    }
    list.extend(others.map(|(_, n)| Slot::recorded(n)));
    Rows {
        list,
        recorded,
        progress,
        marks,
        longest,
    }
}

/// What rows are ordered by: where they begin, the longer of two that begin together first.
fn in_text(hull: Span) -> (u32, std::cmp::Reverse<u32>) {
    (hull.start, std::cmp::Reverse(hull.end))
}

/// Whether the row's claim asks whether something was said: of a pair on the same words it comes before "is it so?".
fn asks_whether_said(session: &Session, key: &RowKey) -> bool {
    match key {
        RowKey::Claim(id) => session
            .claims
            .get(id)
            .is_some_and(|c| c.claim_type == ClaimType::Quote),
        RowKey::Statement(_) | RowKey::Proposal(_) | RowKey::Block(_) => false,
    }
}

/// The dismissed statements whose words all stand in statements that are taken up: they were split, and their parts are
/// what is checked. They have no row and count as nothing.
fn parted(session: &Session) -> HashSet<StatementId> {
    let dismissed = |s: &&Statement| s.decision == Decision::Dismissed && session.stands(s);
    let mut whole: Vec<&Statement> = session.statements.values().filter(dismissed).collect();
    if whole.is_empty() {
        return HashSet::new();
    }
    let taken = |s: &&Statement| s.decision == Decision::TakenUp && session.stands(s);
    let mut parts: Vec<Span> = session
        .statements
        .values()
        .filter(taken)
        .flat_map(|s| s.anchor.spans.iter().copied())
        .collect();
    parts.sort_by_key(|s| s.start);
    whole.retain(|s| s.anchor.spans.iter().all(|span| covered(*span, &parts)));
    whole.into_iter().map(|s| s.id.clone()).collect()
}

/// Whether `parts`, in order, leave nothing of `span` but single characters at their borders, where white space was cut.
fn covered(span: Span, parts: &[Span]) -> bool {
    /// White space between two parts, or a full stop that was left at the end.
    const GAP: u32 = 2;
    let from = parts.partition_point(|p| p.start < span.start);
    let mut at = span.start;
    for p in parts[from..].iter().take_while(|p| p.start < span.end) {
        // A part of it: what reaches over its borders is another mark on the same words.
        if !span.contains(*p) || *p == span {
            continue;
        }
        if p.start > at + GAP {
            return false;
        }
        at = at.max(p.end);
    }
    at > span.start && at + GAP >= span.end
}

/// Every span of every statement of this version with its row: of a claim that stands in several places, at each.
fn marks(session: &Session, parted: &HashSet<StatementId>) -> (Vec<(Span, RowKey)>, u32) {
    let mut row_of: HashMap<&StatementId, RowKey> =
        HashMap::with_capacity(session.statements.len());
    // A claim that is at home at a statement comes before those that stand there too.
    let homes = session.claims.values().map(|c| (&c.home, c));
    let too = session
        .claims
        .values()
        .flat_map(|c| c.also_at().map(move |s| (s, c)));
    for (s, c) in homes.chain(too) {
        row_of.entry(s).or_insert(RowKey::Claim(c.id));
    }
    let mut marks = Vec::with_capacity(session.statements.len());
    let shown = |s: &&Statement| session.stands(s) && !parted.contains(&s.id);
    for s in session.statements.values().filter(shown) {
        let key = row_of
            .get(&s.id)
            .cloned()
            .unwrap_or_else(|| RowKey::Statement(s.id.clone()));
        marks.extend(s.anchor.spans.iter().map(|span| (*span, key.clone())));
    }
    marks.sort_by_key(|(s, _)| in_text(*s));
    let longest = marks.iter().map(|(s, _)| s.len()).max().unwrap_or(0);
    (marks, longest)
}

/// Where a claim stands: at the first of its statements.
pub(super) fn claim_hull(session: &Session, c: &Claim) -> Span {
    let at = session.statements.get(&c.home);
    at.map_or(Span::default(), |s| hull(&s.anchor.spans))
}

/// From the first to the last scalar value of `spans`.
pub(super) fn hull(spans: &[Span]) -> Span {
    match (spans.first(), spans.last()) {
        (Some(a), Some(b)) => Span::new(a.start, b.end),
        _ => Span::default(),
    }
}
