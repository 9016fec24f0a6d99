//! What a finished check still lacks: findings without ground, and words that nobody has looked at.
//!
//! A tick means every word: where no row is open any more, these are told with the progress, and one key walks them.

use unicode_segmentation::UnicodeSegmentation;

use super::check::Check;
use super::ids::ClaimId;
use super::model::Claim;
use super::rows::RowKey;
use super::text::Span;
use super::unseen::Unseen;
use super::vocabulary::*;

/// What is still to be looked at once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LooseEnd {
    /// A claim whose finding rests on nothing.
    NoGround(ClaimId),
    /// Words that nobody has looked at.
    Unseen(Unseen),
}

/// Whether a finding says something that has to rest on evidence or on a reason.
fn needs_ground(finding: VerificationStatus) -> bool {
    use VerificationStatus as V;
    match finding {
        V::Unchecked | V::InProgress | V::NotCheckable => false,
        V::Accurate
        | V::PartlyAccurate
        | V::Misleading
        | V::Inaccurate
        | V::Disputed
        | V::Unverifiable => true,
    }
}

impl Check {
    /// Whether the claim has a finding that neither evidence nor a justification carries.
    pub fn is_without_ground(&self, claim: &Claim) -> bool {
        needs_ground(claim.verification_status)
            && claim.justification.trim().is_empty()
            && !self
                .held(claim.id)
                .any(|(h, _)| h.evidence_stance != EvidenceStance::Unrelated)
    }

    /// How many claims have a finding without ground.
    pub fn without_ground(&self) -> usize {
        *self.found().without_ground.get_or_init(|| {
            let claims = self.session().claims.values();
            claims.filter(|c| self.is_without_ground(c)).count()
        })
    }

    /// The words that nobody has looked at, in order of the text: of captions and headlines those without any statement,
    /// of running text each sentence that no statement touches.
    pub fn unseen(&self) -> &[Unseen] {
        self.found().unseen.get_or_init(|| self.look_for_unseen())
    }

    fn look_for_unseen(&self) -> Vec<Unseen> {
        let mut unseen = Vec::new();
        for block in &self.proposals().blocks {
            let of_block = |span| Unseen {
                span,
                block: block.kind,
            };
            match block.kind {
                BlockKind::Caption | BlockKind::Headline => {
                    if self.marks_in(block.span).is_empty() {
                        unseen.push(of_block(block.span));
                    }
                }
                BlockKind::Byline | BlockKind::Boilerplate | BlockKind::SelfDescription => {}
                BlockKind::Paragraph
                | BlockKind::QuoteBlock
                | BlockKind::ListItem
                | BlockKind::Correction
                | BlockKind::LivePost
                | BlockKind::ThreadPost
                | BlockKind::Question
                | BlockKind::Answer
                | BlockKind::Turn => {
                    unseen.extend(self.unseen_sentences(block.span).into_iter().map(of_block));
                }
            }
        }
        unseen
    }

    /// The sentences of a block that no statement touches.
    fn unseen_sentences(&self, block: Span) -> Vec<Span> {
        let marks = self.marks_in(block);
        let from = self.text().bytes(block).start;
        let words = self.text().slice(block);
        words
            .split_sentence_bound_indices()
            .filter(|(_, s)| s.unicode_words().nth(1).is_some())
            .map(|(at, s)| {
                let end = from + at + s.trim_end().len();
                self.text().span(from + at..end)
            })
            .filter(|s| !marks.iter().any(|(m, _)| m.overlaps(*s)))
            .collect()
    }

    /// How many loose ends there are.
    pub fn loose_end_count(&self) -> usize {
        self.without_ground() + self.unseen().len()
    }

    /// All loose ends, in order of the text, each with the scalar value at which it begins.
    pub fn loose_ends(&self) -> Vec<(u32, LooseEnd)> {
        let mut all: Vec<_> = self
            .each_row()
            .filter_map(|row| match row.key {
                RowKey::Claim(id) => {
                    let claim = self.session().claims.get(&id)?;
                    self.is_without_ground(claim)
                        .then_some((row.hull.start, LooseEnd::NoGround(id)))
                }
                RowKey::Statement(_) | RowKey::Proposal(_) | RowKey::Block(_) => None,
            })
            .collect();
        let unseen = self.unseen().iter();
        all.extend(unseen.map(|u| (u.span.start, LooseEnd::Unseen(*u))));
        all.sort_by_key(|(at, _)| *at);
        all
    }
}
