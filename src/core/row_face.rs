//! What the claims panel shows of a row: who says what, and what hangs on it.

use std::borrow::Cow;

use super::check::Check;
use super::clause::{has_verb, without_join};
use super::edit::Edit;
use super::ids::*;
use super::model::*;
use super::proposal::{AttributionView, ProposedVoice};
use super::rows::RowKey;
use super::short_names::NameNumber;
use super::signs::Sign;
use super::vocabulary::*;

/// Who speaks, as a list names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSpeaker<'a> {
    /// A source, by its short name; `protected` where its identity is.
    Named {
        /// Which of the article's names.
        name: NameNumber,
        /// Whether the source's identity is protected.
        protected: bool,
    },
    /// Whoever these words of the article name.
    Words(Cow<'a, str>),
    /// The author's own voice, by its name.
    Article(&'a str),
    /// Somebody who is not named.
    Nobody,
}

/// What a row shows in the list.
#[derive(Clone, Debug)]
pub struct RowFace<'a> {
    /// What has been decided about the statement.
    pub decision: Decision,
    /// The checker's finding; `unchecked` where there is no claim.
    pub status: VerificationStatus,
    /// How much it is worth checking.
    pub worth: CheckWorthiness,
    /// The kind of block; told of a row that stands for one.
    pub block: BlockKind,
    /// Who says what is shown; none where nobody says anything, as on a block.
    pub speaker: Option<RowSpeaker<'a>>,
    /// How many voices the row has besides.
    pub others: usize,
    /// The stance of that voice.
    pub stance: Stance,
    /// What is claimed: the wording, else what the voice is quoted with, else the words of the statement.
    pub content: Cow<'a, str>,
    /// What hangs on the row.
    pub flags: RowFlags,
}

/// What hangs on a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFlags {
    /// Two people's steps about it say different things.
    pub conflict: bool,
    /// A change of the text has to be made.
    pub must_change: bool,
    /// It was closed, and is open again.
    pub reopened: bool,
    /// How many items are held against the claim, by their stance.
    pub evidence: [usize; EvidenceStance::ALL.len()],
    /// It waits for somebody.
    pub waiting: bool,
    /// There is a note.
    pub note: bool,
}

/// A flag of a row, as a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFlag {
    /// A sign of its own.
    Sign(Sign),
    /// So many items are held against the claim with this stance.
    Held(EvidenceStance, usize),
}

impl RowFlags {
    /// The flags that are set, the gravest first; signs that stand together without a space are in one group.
    pub fn groups(&self) -> Vec<Vec<RowFlag>> {
        let sign = |set: bool, sign: Sign| set.then(|| vec![RowFlag::Sign(sign)]);
        let evidence: Vec<_> = EvidenceStance::ALL
            .iter()
            .zip(self.evidence)
            .filter(|(s, n)| *n > 0 && **s != EvidenceStance::Unrelated)
            .map(|(s, n)| RowFlag::Held(*s, n))
            .collect();
        [
            sign(self.conflict, Sign::Conflict),
            sign(self.must_change, Sign::MustChange),
            sign(self.reopened, Sign::Reopened),
            (!evidence.is_empty()).then_some(evidence),
            sign(self.waiting, Sign::Waiting),
            sign(self.note, Sign::Note),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A voice of a row, as far as the list shows it.
struct Voice<'a> {
    speaker: RowSpeaker<'a>,
    stance: Stance,
    content: Cow<'a, str>,
}

impl Check {
    /// What the list shows of the row `key`; none where it stands for nothing that is there.
    pub fn face(&self, key: &RowKey) -> Option<RowFace<'_>> {
        match key {
            RowKey::Claim(id) => self.face_of_claim(self.session().claims.get(id)?),
            RowKey::Statement(id) => {
                let s = self.session().statements.get(id)?;
                Some(RowFace {
                    decision: s.decision,
                    flags: RowFlags {
                        note: !s.reason.trim().is_empty(),
                        ..RowFlags::default()
                    },
                    ..RowFace::of_words(Cow::Borrowed(&s.anchor.exact))
                })
            }
            RowKey::Proposal(n) => self.face_of_proposal(*n),
            RowKey::Block(n) => {
                let block = self.proposals().blocks.get(*n as usize)?;
                let words = self.text().slice(block.span);
                Some(RowFace {
                    block: block.kind,
                    ..RowFace::of_words(Cow::Borrowed(words))
                })
            }
        }
    }

    fn face_of_claim<'a>(&'a self, claim: &'a Claim) -> Option<RowFace<'a>> {
        let voices = self.attributions(claim.id).map(|a| Voice {
            speaker: self.speaker(a.source),
            stance: a.stance,
            content: Cow::Owned(self.text().exact(&a.content)),
        });
        let mut face = self.face_of(voices.collect(), || {
            Cow::Borrowed(self.session().claim_text(claim))
        });
        if let Some(wording) = claim.wording.as_deref().filter(|w| !w.trim().is_empty()) {
            face.content = Cow::Borrowed(wording);
        }
        face.decision = Decision::TakenUp;
        face.status = claim.verification_status;
        face.worth = claim.check_worthiness;
        let mut evidence = [0; EvidenceStance::ALL.len()];
        for (held, _) in self.held(claim.id) {
            evidence[held.evidence_stance as usize] += 1;
        }
        face.flags = RowFlags {
            conflict: self.is_in_conflict(claim.id),
            must_change: claim.change.as_ref().is_some_and(|c| c.must),
            reopened: claim.workflow_state == WorkflowState::Reopened,
            evidence,
            waiting: claim.workflow_state == WorkflowState::Waiting,
            note: !claim.notes.trim().is_empty(),
        };
        Some(face)
    }

    fn face_of_proposal(&self, n: u32) -> Option<RowFace<'_>> {
        let s = self.proposals().statements.get(n as usize)?;
        let mut voices: Vec<_> = self
            .proposals()
            .attributions_of(n)
            .map(|(_, a)| Voice {
                speaker: self.proposed_speaker(&a),
                stance: a.stance,
                content: Cow::Owned(self.text().exact(&a.content)),
            })
            .collect();
        if voices.is_empty() {
            voices.push(Voice {
                speaker: self.speaker(Some(SourceId::ARTICLE)),
                stance: Stance::Asserts,
                content: Cow::Borrowed(""),
            });
        }
        let face = self.face_of(voices, || match &*s.spans {
            [one] => Cow::Borrowed(self.text().slice(*one)),
            many => Cow::Owned(self.text().exact(many)),
        });
        Some(RowFace {
            worth: s.check_worthiness,
            ..face
        })
    }

    /// The face of a row with these voices: the first whose words say something, else the first.
    fn face_of<'a>(
        &'a self,
        mut voices: Vec<Voice<'a>>,
        words: impl FnOnce() -> Cow<'a, str>,
    ) -> RowFace<'a> {
        let language = &self.session().article.language;
        let count = voices.len();
        let shown = voices
            .iter()
            .position(|v| has_verb(&v.content, language))
            .unwrap_or(0);
        if shown >= count {
            return RowFace::of_words(words());
        }
        let voice = voices.swap_remove(shown);
        let content = match voice.content {
            c if c.trim().is_empty() => words(),
            c => match without_join(c.trim(), language) {
                rest if rest.len() == c.len() => c,
                rest => Cow::Owned(rest.to_string()),
            },
        };
        RowFace {
            speaker: Some(voice.speaker),
            others: count - 1,
            stance: voice.stance,
            ..RowFace::of_words(content)
        }
    }

    fn speaker(&self, source: Option<SourceId>) -> RowSpeaker<'_> {
        match source {
            None => RowSpeaker::Nobody,
            Some(SourceId::ARTICLE) => RowSpeaker::Article(self.source_name(SourceId::ARTICLE)),
            Some(id) => match self.short_names().of_source(id) {
                Some(name) => RowSpeaker::Named {
                    name,
                    protected: self
                        .session()
                        .sources
                        .get(&id)
                        .is_some_and(|s| s.protect_identity),
                },
                None => RowSpeaker::Words(Cow::Borrowed(self.source_name(id))),
            },
        }
    }

    fn proposed_speaker<'a>(&'a self, a: &AttributionView<'a>) -> RowSpeaker<'a> {
        if let Some(source) = self.corrected_source(a) {
            return self.speaker(Some(source));
        }
        let named = |n| self.short_names().of_proposed(n);
        match self.proposals().voice_of(a) {
            ProposedVoice::Source(source) => match a.source_record.and_then(named) {
                Some(name) => RowSpeaker::Named {
                    name,
                    protected: false,
                },
                None => RowSpeaker::Words(Cow::Borrowed(&source.name)),
            },
            ProposedVoice::Words(words) => RowSpeaker::Words(Cow::Owned(self.text().exact(&words))),
            ProposedVoice::Article => RowSpeaker::Article(self.source_name(SourceId::ARTICLE)),
            ProposedVoice::Unnamed => RowSpeaker::Nobody,
        }
    }

    /// Whether steps of two people say different things about a claim or what hangs on it.
    fn is_in_conflict(&self, claim: ClaimId) -> bool {
        let session = self.session();
        session.conflicts.values().any(|c| match &*c.theirs {
            Edit::Claim(id, _) => *id == claim,
            Edit::Attribution(id, _) => session
                .attributions
                .get(id)
                .is_some_and(|a| a.claim == claim),
            Edit::Held(id, _) => session.held.get(id).is_some_and(|h| h.claim == claim),
            Edit::Statement(id, _) => session
                .claims
                .get(&claim)
                .is_some_and(|c| c.statements.contains(id)),
            Edit::Session(_)
            | Edit::Checker(_)
            | Edit::Article(..)
            | Edit::Version(..)
            | Edit::Source(..)
            | Edit::Evidence(..)
            | Edit::Forward(..)
            | Edit::Conflict(..) => false,
        })
    }
}

impl<'a> RowFace<'a> {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        match self.decision {
            Decision::TakenUp => self.status.is_open(),
            Decision::Undecided => true,
            Decision::Dismissed => false,
        }
    }

    /// A row of which only the words are shown.
    fn of_words(content: Cow<'a, str>) -> Self {
        Self {
            decision: Decision::Undecided,
            status: VerificationStatus::Unchecked,
            worth: CheckWorthiness::Routine,
            block: BlockKind::Paragraph,
            speaker: None,
            others: 0,
            stance: Stance::None,
            content,
            flags: RowFlags::default(),
        }
    }
}
