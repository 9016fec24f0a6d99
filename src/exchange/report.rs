//! What an export wrote, skipped and flattened, so that nothing vanishes silently.

use serde::Serialize;

use crate::core::ids::ClaimId;
use crate::core::model::{Claim, Session};

/// One remark of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The claim that it is about; none where it is about the file.
    pub claim: Option<String>,
    /// The claim's first words.
    pub words: String,
    /// Why, one sentence without a full stop.
    pub reason: String,
}

/// What became of the claims of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The format's name.
    pub format: &'static str,
    /// The ids of the claims written, flattened ones too.
    pub written: Vec<String>,
    /// Claims, or other records, that are not in the file.
    pub skipped: Vec<Note>,
    /// What is in the file with less than the session holds.
    pub flattened: Vec<Note>,
    /// Good to know; nothing is lost by it.
    pub remarks: Vec<String>,
}

impl Report {
    /// Whether anything was skipped or flattened: what `--strict` fails on.
    pub fn is_lossy(&self) -> bool {
        !self.skipped.is_empty() || !self.flattened.is_empty()
    }

    /// Notes that the claim is in the file.
    pub fn wrote(&mut self, claim: ClaimId) {
        self.written.push(claim.to_string());
    }

    /// Notes that the claim is not in the file.
    pub fn skip(&mut self, session: &Session, claim: &Claim, reason: impl Into<String>) {
        self.skipped.push(note(session, claim, reason.into()));
    }

    /// Notes that the claim is in the file with less than the session holds.
    pub fn flatten(&mut self, session: &Session, claim: &Claim, reason: impl Into<String>) {
        self.flattened.push(note(session, claim, reason.into()));
    }

    /// Notes that records of one kind are not in the file.
    pub fn leave_out(&mut self, what: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Note {
            claim: None,
            words: what.into(),
            reason: reason.into(),
        });
    }

    /// The report as lines for a terminal: a summary, then one line a note.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{}: {} claims written, {} skipped, {} flattened",
            self.format,
            self.written.len(),
            self.skipped.len(),
            self.flattened.len()
        )];
        for (fate, notes) in [("skipped", &self.skipped), ("flattened", &self.flattened)] {
            for n in notes {
                lines.push(match &n.claim {
                    Some(id) => format!("{fate}: {} ({id}): {}", n.words, n.reason),
                    None => format!("{fate}: {}: {}", n.words, n.reason),
                });
            }
        }
        lines.extend(self.remarks.iter().map(|r| format!("note: {r}")));
        lines
    }
}

fn note(session: &Session, claim: &Claim, reason: String) -> Note {
    Note {
        claim: Some(claim.id.to_string()),
        words: first_words(session.claim_text(claim)),
        reason,
    }
}

/// The first 60 characters of `text` on one line, control characters replaced by spaces.
pub fn first_words(text: &str) -> String {
    let mut words: String = text
        .chars()
        .take(60)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(60).is_some() {
        words.push('…');
    }
    words
}
