//! The house rules: what an editor would send a check back for, and what is easily overlooked.
//!
//! Rules only look; they derive no finding and change nothing. An error is what cannot be published as it stands, a
//! warning what somebody should look at once more.

mod claims;
mod records;

use super::check::Check;
use super::display::{clean, truncate};
use super::ids::*;
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
pub struct Problem {
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
    pub hint: &'static str,
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
    pub hint: &'static str,
}

macro_rules! rules {
    ($($const:ident $name:literal $severity:ident $about:literal $hint:literal;)+) => {
        $(const $const: Rule = Rule {
            name: $name, severity: Severity::$severity, about: $about, hint: $hint,
        };)+
        /// Every rule.
        pub const RULES: &[Rule] = &[$($const,)+];
    };
}

rules! {
    MISSING_RECORD "missing-record" Error
        "every record refers to records that are there"
        "Undo the last steps, or restore the session from its journal.";
    MOVED_WORDS "moved-words" Error
        "an anchor's words stand where it says"
        "Mark the passage again.";
    FINDING_WITHOUT_GROUND "finding-without-ground" Error
        "a finding rests on evidence or on a justification"
        "Hold evidence against the claim (e), or say why (J).";
    ONE_ANONYMOUS_SOURCE "one-anonymous-source" Error
        "accurate never rests on one anonymous source alone"
        "Find a second, independent source, or choose another finding.";
    UNVERIFIABLE_WITHOUT_REASON "unverifiable-without-reason" Error
        "an unverifiable claim says what was tried"
        "Say what was tried and where (J).";
    DISPUTED_ON_ONE_SIDE "disputed-on-one-side" Error
        "a disputed claim has evidence for it and against it"
        "Hold evidence of the other side against it (e), or choose another finding.";
    CLOSED_UNCHECKED "closed-unchecked" Error
        "a claim that the workflow calls checked has a finding"
        "Set the finding (v), or the workflow state back (W).";
    MISLEADING_WITHOUT_REASON "misleading-without-reason" Warning
        "a misleading claim says what a reader would take away wrongly"
        "Say what is left out or suggested (J).";
    FINDING_AGAINST_EVIDENCE "finding-against-evidence" Warning
        "a finding does not go against all the evidence"
        "Look at the finding and the evidence stances again.";
    RATING_AGAINST_FINDING "rating-against-finding" Warning
        "rating and finding say the same"
        "Look at the rating (r) and the finding (v) again.";
    ONE_WITNESS "one-witness" Warning
        "witnesses from one independence group count as one"
        "Find a witness outside the group, or say why one is enough (J).";
    NO_REPLY "no-reply" Warning
        "whoever is accused has a say in the article"
        "Ask for a reply, or note that one was asked for (c).";
    OPEN_CHANGE "open-change" Warning
        "no claim is signed off with a change that must be made and is not decided"
        "Settle the change with the editor.";
    OPEN_ROWS "open-rows" Warning
        "no row is left open"
        "Go to the next open row with ].";
    CAPTION_UNSEEN "caption-unseen" Warning
        "every caption was looked at"
        "Mark what the caption says (m), or dismiss it (d).";
    EVIDENCE_UNUSED "evidence-unused" Warning
        "every evidence item is held against a claim"
        "Hold it against a claim (e), or remove it.";
    EVIDENCE_NOT_KEPT "evidence-not-kept" Warning
        "every evidence item has an archive link or a copy"
        "Add an archive link or a file: pages change.";
    SOURCE_UNUSED "source-unused" Warning
        "every source speaks or gives evidence"
        "Remove it from the list of sources (L).";
    PROTECTED_NAME "protected-name" Warning
        "no protected name stands in what is exported"
        "Take the name out, or export with --redact.";
}

/// Whether the rule called `rule` is about the records' integrity rather than about the work.
pub fn is_integrity(rule: &str) -> bool {
    [MISSING_RECORD.name, MOVED_WORDS.name].contains(&rule)
}

/// Everything in `check` that breaks a rule: claims in order of the text, then captions, evidence, sources.
pub fn find(check: &Check) -> Vec<Problem> {
    let mut out = Found {
        check,
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

struct Found<'a> {
    check: &'a Check,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, rule: Rule, about: About, message: impl Into<String>) {
        let words = self.words(&about);
        self.problems.push(Problem {
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
            About::Evidence(id) => s.evidence.get(id).map(|e| item(e).to_string()),
        }
        .unwrap_or_default()
    }
}

fn item(e: &Evidence) -> &str {
    match (&e.url, e.title.is_empty()) {
        (Some(url), true) => url,
        _ => &e.title,
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests;
