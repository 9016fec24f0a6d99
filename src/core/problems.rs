//! The house rules: what an editor would send a check back for, and what is easily overlooked.
//!
//! Rules only look; they derive no finding and change nothing. An error is what cannot be published as it stands, a
//! warning what somebody should look at once more.

mod claims;
mod records;

use super::check::Check;
use super::display::{clean, truncate};
use super::ids::*;
use super::labels::Labels;
use super::model::*;
use super::rows::RowKey;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Not to be published as it stands.
    Error,
    /// To be looked at once more.
    Warning,
}

impl Severity {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The session as a whole.
    Session,
    /// A claim.
    Claim(ClaimId),
    /// A statement.
    Statement(StatementId),
    /// A block, an index into the proposals' blocks.
    Block(u32),
    /// A source.
    Source(SourceId),
    /// An evidence item.
    Evidence(EvidenceId),
}

/// Something that breaks a house rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's name, for scripts.
    pub rule: &'static str,
    /// What it is about.
    pub about: About,
    /// The words or the name by which a reader finds it, cleaned and short.
    pub words: String,
    /// One sentence: what is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Hint,
}

/// What a checker can do about a problem; whoever shows it says how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Add evidence for or against the claim.
    HoldEvidence,
    /// Write the justification.
    Justify,
    /// Set the finding.
    SetFinding,
    /// Set the rating.
    SetRating,
    /// Set the workflow state.
    SetWorkflow,
    /// Write a note.
    Note,
    /// Go to the next open row.
    NextOpenRow,
    /// Mark words of the article.
    Mark,
    /// Dismiss a row.
    Dismiss,
    /// Edit the list of sources.
    ListSources,
    /// Mask protected names while exporting.
    Mask,
}

/// A sentence that says what to do.
pub type Hint = &'static [Part];

/// A part of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Words.
    Words(&'static str),
    /// The words before it are this remedy.
    By(Remedy),
}

/// A hint in words; after each remedy stands, in brackets, how it is done, where `how` knows that.
pub fn hint_in_words(hint: Hint, how: impl Fn(Remedy) -> Option<String>) -> String {
    let mut said = String::new();
    for part in hint {
        match part {
            Part::Words(words) => said.push_str(words),
            Part::By(remedy) => {
                said.extend(how(*remedy).map(|how| format!(" ({how})")));
            }
        }
    }
    said
}

/// One rule, for the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in reports.
    pub name: &'static str,
    /// How much its breach weighs.
    pub severity: Severity,
    /// What it asks for.
    pub about: &'static str,
    /// What to do about a breach.
    pub hint: Hint,
}

use Part::{By, Words};
use Remedy::*;

macro_rules! rules {
    ($($const:ident $name:literal $severity:ident $about:literal [$($part:expr),+];)+) => {
        $(const $const: Rule = Rule {
            name: $name, severity: Severity::$severity, about: $about, hint: &[$($part),+],
        };)+
        /// Every rule.
        pub const RULES: &[Rule] = &[$($const,)+];
    };
}

rules! {
    MISSING_RECORD "missing-record" Error
        "every record refers to records that are there"
        [Words("Undo the last steps, or restore the session from its journal.")];
    MOVED_WORDS "moved-words" Error
        "an anchor's words stand where it says"
        [Words("Mark the passage again.")];
    FINDING_WITHOUT_GROUND "finding-without-ground" Error
        "a finding rests on evidence or on a justification"
        [Words("Add evidence for or against the claim"), By(HoldEvidence), Words(", or say why"), By(Justify), Words(".")];
    ONE_ANONYMOUS_SOURCE "one-anonymous-source" Error
        "accurate never rests on one anonymous source alone"
        [Words("Find a second, independent source, or choose another finding.")];
    UNVERIFIABLE_WITHOUT_REASON "unverifiable-without-reason" Error
        "an unverifiable claim says what was tried"
        [Words("Say what was tried and where"), By(Justify), Words(".")];
    DISPUTED_ON_ONE_SIDE "disputed-on-one-side" Error
        "a disputed claim has evidence for it and against it"
        [Words("Add evidence of the other side"), By(HoldEvidence), Words(", or choose another finding.")];
    CLOSED_UNCHECKED "closed-unchecked" Error
        "a claim that the workflow calls checked has a finding"
        [Words("Set the finding"), By(SetFinding), Words(", or the workflow state back"), By(SetWorkflow), Words(".")];
    MISLEADING_WITHOUT_REASON "misleading-without-reason" Warning
        "a misleading claim says what a reader would take away wrongly"
        [Words("Say what is left out or suggested"), By(Justify), Words(".")];
    FINDING_AGAINST_EVIDENCE "finding-against-evidence" Warning
        "a finding does not go against all the evidence"
        [Words("Look at the finding and the evidence stances again.")];
    RATING_AGAINST_FINDING "rating-against-finding" Warning
        "rating and finding say the same"
        [Words("Look at the rating"), By(SetRating), Words(" and the finding"), By(SetFinding), Words(" again.")];
    ONE_WITNESS "one-witness" Warning
        "witnesses from one independence group count as one"
        [Words("Find a witness outside the group, or say why one is enough"), By(Justify), Words(".")];
    NO_REPLY "no-reply" Warning
        "whoever is accused has a say in the article"
        [Words("Ask for a reply, or note that one was asked for"), By(Note), Words(".")];
    OPEN_CHANGE "open-change" Warning
        "no claim is signed off with a change that must be made and is not decided"
        [Words("Settle the change with the editor.")];
    OPEN_ROWS "open-rows" Warning
        "no row is left open"
        [Words("Go to the next open row"), By(NextOpenRow), Words(".")];
    CAPTION_UNSEEN "caption-unseen" Warning
        "every caption was looked at"
        [Words("Mark what the caption says"), By(Mark), Words(", or dismiss it"), By(Dismiss), Words(".")];
    EVIDENCE_UNUSED "evidence-unused" Warning
        "every evidence item is used for a claim"
        [Words("Use it for a claim"), By(HoldEvidence), Words(", or remove it.")];
    EVIDENCE_NOT_KEPT "evidence-not-kept" Warning
        "every evidence item has an archive link or a copy"
        [Words("Add an archive link or a file: pages change.")];
    WRONG_CALCULATION "wrong-calculation" Warning
        "a calculation comes to what it says"
        [Words("Work it out again, and what rests on it.")];
    SOURCE_UNUSED "source-unused" Warning
        "every source speaks or gives evidence"
        [Words("Remove it from the list of sources"), By(ListSources), Words(".")];
    PROTECTED_NAME "protected-name" Warning
        "no protected name stands in what is exported"
        [Words("Take the name out, or mask it when you export"), By(Mask), Words(".")];
}

/// Whether the rule called `rule` is about the records' integrity rather than about the work.
pub fn is_integrity(rule: &str) -> bool {
    [MISSING_RECORD.name, MOVED_WORDS.name].contains(&rule)
}

/// Everything in `check` that breaks a rule, told with the labels of the house: claims in order of the text, then captions, evidence, sources.
pub fn find(check: &Check, labels: &Labels) -> Vec<Breach> {
    let mut out = FoundProblems {
        check,
        labels,
        problems: Vec::new(),
    };
    records::missing(&mut out);
    records::moved_words(&mut out);
    records::open_rows(&mut out);
    for row in check.each_row() {
        if let RowKey::Claim(id) = row.key
            && let Some(claim) = check.session().claims.get(&id)
        {
            claims::rules(claim, &mut out);
        }
    }
    records::captions(&mut out);
    records::evidence(&mut out);
    records::sources(&mut out);
    records::protected_names(&mut out);
    out.problems
}

struct FoundProblems<'a> {
    check: &'a Check,
    labels: &'a Labels,
    problems: Vec<Breach>,
}

impl FoundProblems<'_> {
    fn add(&mut self, rule: Rule, about: About, message: impl Into<String>) {
        let words = self.words(&about);
        self.problems.push(Breach {
            severity: rule.severity,
            rule: rule.name,
            about,
            words: truncate(&clean(&words), 60).into_owned(),
            message: message.into(),
            hint: rule.hint,
        });
    }

    fn words(&self, about: &About) -> String {
        let s = self.check.session();
        match about {
            About::Session => Some(s.name.clone()),
            About::Claim(id) => s.claims.get(id).map(|c| s.claim_text(c).to_string()),
            About::Statement(id) => s.statements.get(id).map(|st| st.anchor.exact.clone()),
            About::Block(n) => {
                let block = self.check.proposals().blocks.get(*n as usize);
                block.map(|b| self.check.text().slice(b.span).to_string())
            }
            About::Source(id) => s.sources.get(id).map(|s| s.name.clone()),
            About::Evidence(id) => s.evidence.get(id).map(|e| e.called().to_string()),
        }
        .unwrap_or_default()
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests;
