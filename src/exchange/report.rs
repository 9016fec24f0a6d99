//! What an export wrote, skipped and flattened, so that nothing vanishes silently.

use std::collections::HashMap;

use serde::Serialize;

use crate::core::describe::counted;
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

/// How much of something came over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CameOver {
    /// Nothing.
    Not,
    /// Less than there was.
    Partly,
    /// What the session has instead: the two differ.
    Other,
    /// All of it, on words that stood elsewhere than was said.
    Elsewhere,
    /// All of it; something about it is good to know.
    Whole,
}

/// All notes of a report with one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// How much of them came over.
    pub kept: CameOver,
    /// The reason that they share.
    pub reason: String,
    /// The first words of each, of no more than [`Bundle::WORDS`].
    pub words: Vec<String>,
    /// How many they are.
    pub count: usize,
}

impl Bundle {
    /// So many are named at most.
    pub const WORDS: usize = 200;

    /// `notes` by reason, in the order in which the reasons come up; and `remarks`, each on its own.
    pub fn of<'n>(
        notes: impl IntoIterator<Item = (CameOver, &'n Note)>,
        remarks: &[String],
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut known: HashMap<(CameOver, &str), usize> = HashMap::new();
        for (kept, note) in notes {
            let at = *known.entry((kept, &note.reason)).or_insert(all.len());
            if at == all.len() {
                all.push(Self {
                    kept,
                    reason: note.reason.clone(),
                    words: Vec::new(),
                    count: 0,
                });
            }
            if let Some(bundle) = all.get_mut(at) {
                bundle.count += 1;
                if bundle.words.len() < Self::WORDS {
                    bundle.words.push(note.words.clone());
                }
            }
        }
        all.extend(remarks.iter().map(|r| Self {
            kept: CameOver::Whole,
            reason: r.clone(),
            words: Vec::new(),
            count: 1,
        }));
        all
    }
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
    pub fn bundles(&self) -> Vec<Bundle> {
        let skipped = self.skipped.iter().map(|n| (CameOver::Not, n));
        let flattened = self.flattened.iter().map(|n| (CameOver::Partly, n));
        let all = skipped.chain(flattened);
        let (claims, others): (Vec<_>, Vec<_>) = all.partition(|(_, n)| n.claim.is_some());
        let mut bundles = Bundle::of(claims, &[]);
        // What is no claim is described, not quoted.
        bundles.extend(others.into_iter().map(|(kept, n)| Bundle {
            kept,
            reason: format!("{}: {}", n.words, n.reason),
            words: Vec::new(),
            count: 1,
        }));
        bundles.extend(Bundle::of([], &self.remarks));
        bundles
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
    fn notes_with_one_reason_are_one_bundle() {
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
            let all = r.bundles().into_iter();
            all.map(|b| format!("{:?} {} {} {}", b.kept, b.count, b.reason, b.words.concat()))
                .collect()
        };
        assert_eq!(
            told(&report),
            [
                "Not 2 one ac",
                "Not 1 two b",
                "Partly 1 one d",
                "Whole 1 by the way "
            ]
        );
        report.leave_out("2 marks", "they overlap");
        assert_eq!(told(&report)[3], "Not 1 2 marks: they overlap ");
        report.skipped = vec![note("x", "one"); 10_000];
        assert_eq!(report.bundles()[0].count, 10_000);
        assert_eq!(report.bundles()[0].words.len(), Bundle::WORDS);
    }
}
