//! What an export wrote, skipped and flattened, so that nothing vanishes silently.

use serde::Serialize;

use crate::core::describe::counted;
use crate::core::handover::loss::{Loss, LossFate};
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

    /// Notes that so many control characters are in the file as others.
    pub(super) fn tamed(&mut self, controls: usize) {
        if controls > 0 {
            self.leave_out(
                counted(controls, "control character"),
                "the format cannot write them so that they do not act: each is a ? or a ·",
            );
        }
    }

    /// The notes by reason, for a screen: what is not in the file first.
    pub fn losses(&self) -> Vec<Loss> {
        let skipped = self.skipped.iter().map(|n| (LossFate::Lost, n));
        let flattened = self.flattened.iter().map(|n| (LossFate::Flattened, n));
        let all = skipped.chain(flattened);
        let (claims, others): (Vec<_>, Vec<_>) = all.partition(|(_, n)| n.claim.is_some());
        let mut losses = bundled(claims);
        // What is no claim is described, not quoted.
        let described =
            |(fate, n): (LossFate, &Note)| Loss::single(fate, format!("{}: {}", n.words, n.reason));
        losses.extend(others.into_iter().map(described));
        losses.extend(noted(&self.remarks));
        losses
    }

    /// The report as lines for a terminal: a summary, then one line a note.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{}: {} written, {} skipped, {} flattened",
            self.format,
            counted(self.written.len(), "claim"),
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

/// Notes by fate and reason.
pub(super) fn bundled<'n>(notes: impl IntoIterator<Item = (LossFate, &'n Note)>) -> Vec<Loss> {
    let notes = notes.into_iter();
    Loss::bundled(notes.map(|(fate, n)| (fate, n.reason.as_str(), n.words.as_str())))
}

/// Remarks, each on its own.
pub(super) fn noted(remarks: &[String]) -> impl Iterator<Item = Loss> {
    remarks.iter().map(|r| Loss::single(LossFate::Noted, r))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_with_one_reason_are_one_loss() {
        let note = |words: &str, reason: &str| Note {
            claim: Some(String::new()),
            words: words.into(),
            reason: reason.into(),
        };
        let mut report = Report {
            skipped: vec![note("a", "one"), note("b", "two"), note("c", "one")],
            flattened: vec![note("d", "one")],
            remarks: vec!["by the way".into()],
            ..Report::default()
        };
        let told = |r: &Report| -> Vec<String> {
            let all = r.losses().into_iter();
            all.map(|l| format!("{:?} {} {} {}", l.fate, l.count, l.reason, l.words.concat()))
                .collect()
        };
        assert_eq!(
            told(&report),
            [
                "Lost 2 one ac",
                "Lost 1 two b",
                "Flattened 1 one d",
                "Noted 1 by the way "
            ]
        );
        report.leave_out("2 marks", "they overlap");
        assert_eq!(told(&report)[3], "Lost 1 2 marks: they overlap ");
        report.skipped = vec![note("x", "one"); 10_000];
        assert_eq!(report.losses()[0].count, 10_000);
        assert_eq!(report.losses()[0].words.len(), Loss::WORDS);
    }
}
