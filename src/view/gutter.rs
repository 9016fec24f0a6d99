//! What stands left of a row of the article: a bar along the current words, and the signs of the statements that begin
//! there, at most two. The text is never shifted by them.

use std::ops::Range;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::Role;
use crate::core::check::Check;
use crate::core::rows::RowKey;
use crate::core::signs::Sign;
use crate::core::vocabulary::*;

/// A statement's span in view.
pub struct Stretch {
    /// In bytes of the text.
    pub bytes: Range<usize>,
    /// What stands in the gutter, where this is the statement's first span.
    pub standing: Option<Standing>,
    /// Whether it is still to be done.
    pub open: bool,
    /// Whether the cursor is on its row.
    pub current: bool,
}

/// How a statement stands, as the gutter shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided about it.
    Undecided,
    /// Claims stand on it; of several findings the one that is shown first.
    Found(VerificationStatus),
    /// The voice here denies a claim that was found accurate: what is said here is wrong, and no finding says so.
    DeniesAccurate,
    /// There is nothing to check.
    Dismissed,
}

impl Standing {
    /// How the statement that row `key` shows and that begins at scalar value `at` stands.
    pub fn of(check: &Check, key: &RowKey, at: u32) -> Self {
        let session = check.session();
        match key {
            RowKey::Claim(id) => {
                let Some(claim) = session.claims.get(id) else {
                    return Self::Undecided;
                };
                let here = check.statement_at(claim, at);
                let here = here.map_or(&claim.home, |s| &s.id);
                let findings: Vec<_> = check
                    .index()
                    .claims_at(here)
                    .filter_map(|c| session.claims.get(&c))
                    .collect();
                let first = findings.iter().min_by_key(|c| c.verification_status.turn());
                let Some(first) = first else {
                    return Self::Found(claim.verification_status);
                };
                let denied = || {
                    let mut voices = check.attributions(first.id);
                    voices.any(|a| a.statement == *here && a.stance == Stance::Denies)
                };
                match first.verification_status {
                    VerificationStatus::Accurate if denied() => Self::DeniesAccurate,
                    finding => Self::Found(finding),
                }
            }
            RowKey::Statement(id) => match session.statements.get(id).map(|s| s.decision) {
                Some(Decision::Dismissed) => Self::Dismissed,
                Some(Decision::Undecided | Decision::TakenUp) | None => Self::Undecided,
            },
            RowKey::Proposal(_) | RowKey::Block(_) => Self::Undecided,
        }
    }

    /// Whether it is still to be done.
    pub fn is_open(self) -> bool {
        match self {
            Self::Undecided => true,
            Self::Found(finding) => finding.is_open(),
            Self::DeniesAccurate | Self::Dismissed => false,
        }
    }

    /// How early it is shown where several begin in one row.
    fn turn(self) -> u8 {
        match self {
            Self::Undecided => 0,
            Self::Found(finding) => finding.turn(),
            // What is said there is wrong.
            Self::DeniesAccurate => VerificationStatus::Inaccurate.turn(),
            Self::Dismissed => u8::MAX,
        }
    }

    fn entry(self) -> &'static Entry {
        match self {
            Self::Undecided => Decision::Undecided.entry(),
            Self::Found(finding) => finding.entry(),
            Self::DeniesAccurate => Stance::Denies.entry(),
            Self::Dismissed => Decision::Dismissed.entry(),
        }
    }
}

/// Draws the gutter of row `y`, which shows `row` of the text: the bar where it holds words of the current row, and the
/// signs of the statements that begin in it, of more than two the one to be seen first and `+`.
pub fn draw(
    c: &mut Canvas<'_>,
    (area, y): (Rect, u16),
    row: &Range<usize>,
    stretches: &[Stretch],
    current: &[Range<usize>],
) {
    let here = |b: &Range<usize>| b.start < row.end && b.end > row.start;
    if !row.is_empty() && current.iter().any(here) {
        c.put(area, (0, y), c.glyphs.bar, c.role(Role::Bar));
    }
    let mut begins: Vec<(usize, Standing)> = stretches
        .iter()
        .filter(|s| row.contains(&s.bytes.start))
        .filter_map(|s| Some((s.bytes.start, s.standing?)))
        .collect();
    begins.sort_by_key(|(at, s)| (*at, s.turn()));
    // Marks on the same words share their sign: what is to be seen first stands for all of them.
    begins.dedup_by_key(|(at, _)| *at);
    let signs: Vec<&Entry> = match begins.as_slice() {
        [] => return,
        [(_, Standing::DeniesAccurate)] => {
            vec![Stance::Denies.entry(), VerificationStatus::Accurate.entry()]
        }
        [(_, one)] => vec![one.entry()],
        [(_, one), (_, two)] => vec![one.entry(), two.entry()],
        more => {
            let first = more.iter().min_by_key(|(_, s)| s.turn());
            let first = first.map(|(_, s)| s.entry());
            first.into_iter().chain([Sign::More.entry()]).collect()
        }
    };
    for (entry, x) in signs.into_iter().zip(1..) {
        c.put(area, (x, y), c.value(entry), c.meaning(entry.meaning));
    }
}
