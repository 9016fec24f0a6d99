//! `markdown`: the page for the editor. What to change first, then the article with numbered notes, then what the check
//! rests on. Internal notes, tags and workflow stay at the desk.

mod article;
mod text;

use crate::core::describe::counted;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::{ExchangeError, Export, Job, Report};
use crate::core::calculation;
use crate::core::ids::{ClaimId, EvidenceId, SourceId};
use crate::core::model::{Attribution, Claim, Held, Statement};
use crate::core::values::contact;
use crate::core::vocabulary::*;
use text::{link, plain};

/// Writes the page.
///
/// # Errors
///
/// None; the signature is that of every format.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let page = Page::new(job);
    let mut out = String::new();
    page.head(&mut out);
    page.section(&mut out, "Must fix", "Nothing must be fixed.", |p, c| {
        p.fix(c, true)
    });
    page.section(
        &mut out,
        "Could fix",
        "Nothing else is proposed.",
        |p, c| p.fix(c, false),
    );
    page.section(
        &mut out,
        "Cannot stand up",
        "Every finished claim has a finding that stands.",
        Page::unproven,
    );
    page.section(
        &mut out,
        "Waiting",
        "Nothing waits for an answer.",
        Page::waiting,
    );
    page.criticism(&mut out);
    article::write(&page, &mut out);
    page.sources(&mut out);
    page.evidence(&mut out);

    let mut report = Report::default();
    for c in job.claims() {
        report.wrote(c.id);
    }
    if job.session.claims.values().any(|c| !c.notes.is_empty()) {
        report.remarks.push("internal notes are left out".into());
    }
    Ok(job.single(".md", out.into_bytes(), report))
}

struct Page<'a> {
    job: &'a Job<'a>,
    /// The number of each claim's note: its place in the order of the article, from 1.
    numbers: HashMap<ClaimId, usize>,
    /// The number of each evidence item, from 1.
    items: HashMap<EvidenceId, usize>,
}

/// Writing to a string does not fail; this keeps `?`-less lines readable.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {{
        use std::fmt::Write as _;
        let _ = writeln!($out, $($arg)*);
    }};
}
use put;

impl<'a> Page<'a> {
    fn new(job: &'a Job<'a>) -> Self {
        Self {
            numbers: job
                .order
                .claims()
                .iter()
                .zip(1..)
                .map(|(c, n)| (c.id, n))
                .collect(),
            items: job
                .session
                .evidence
                .keys()
                .zip(1..)
                .map(|(e, n)| (*e, n))
                .collect(),
            job,
        }
    }

    fn head(&self, out: &mut String) {
        let s = self.job.session;
        let title = if s.article.title.is_empty() {
            &s.name
        } else {
            &s.article.title
        };
        put!(out, "# Fact check: {}\n", plain(title));
        let checkers: Vec<_> = s.checkers.iter().map(|c| plain(&c.name)).collect();
        put!(
            out,
            "Session {} · article version {} · checked by {} · {}\n",
            plain(&s.name),
            s.number(),
            if checkers.is_empty() {
                "nobody yet".into()
            } else {
                checkers.join(", ")
            },
            self.job.exported_at.strftime("%Y-%m-%d %H:%M UTC")
        );
        let p = super::json::progress_of(self.job);
        put!(
            out,
            "{}: {} taken up, {} dismissed, {} undecided.  ",
            counted(p.statements, "statement"),
            p.taken_up,
            p.dismissed,
            p.undecided
        );
        let kinds: Vec<_> = VerificationStatus::ALL
            .iter()
            .zip(&p.by_status.0)
            .filter(|(_, (_, n))| *n > 0)
            .map(|(v, (_, n))| format!("{n} {}", v.label()))
            .collect();
        let kinds = if kinds.is_empty() {
            String::new()
        } else {
            format!(" ({})", kinds.join(", "))
        };
        put!(
            out,
            "{}, {} checked{kinds}; {} open.\n",
            counted(p.claims, "claim"),
            p.checked,
            p.open
        );
    }

    /// A section with the claims for which `item` writes something; `none` says so where there is none.
    fn section(
        &self,
        out: &mut String,
        title: &str,
        none: &str,
        item: impl Fn(&Self, &Claim) -> Option<String>,
    ) {
        put!(out, "## {title}\n");
        let items: Vec<_> = self
            .job
            .order
            .claims()
            .iter()
            .filter_map(|c| item(self, c))
            .collect();
        if items.is_empty() {
            put!(out, "{none}\n");
        }
        items.iter().for_each(|i| out.push_str(i));
    }

    /// A proposed change, or a wrong or misleading claim for which none is proposed.
    fn fix(&self, c: &Claim, must: bool) -> Option<String> {
        let wrong = matches!(
            c.verification_status,
            VerificationStatus::Inaccurate | VerificationStatus::Misleading
        );
        let doubtful = matches!(
            c.verification_status,
            VerificationStatus::PartlyAccurate | VerificationStatus::Disputed
        );
        let mut out = String::new();
        match &c.change {
            Some(x) if x.must == must && x.state != ChangeState::Superseded => {
                let new = if x.replacement.trim().is_empty() {
                    "cut".into()
                } else {
                    plain(&x.replacement)
                };
                self.item(&mut out, c);
                put!(out, "  - Change: {} → **{new}**", self.words(c));
                if !x.reason.trim().is_empty() {
                    put!(out, "  - Why: {}", plain(&x.reason));
                }
                self.basis(&mut out, c);
                let tick = |s| if x.state == s { "x" } else { " " };
                put!(out, "  - [{}] accept", tick(ChangeState::Accepted));
                put!(out, "  - [{}] stet\n", tick(ChangeState::Stet));
            }
            None if (wrong && must) || (doubtful && !must) => {
                self.item(&mut out, c);
                put!(
                    out,
                    "  - Change: {} → no wording is proposed yet",
                    self.words(c)
                );
                self.basis(&mut out, c);
                put!(out, "  - [ ] accept\n  - [ ] stet\n");
            }
            _ => return None,
        }
        Some(out)
    }

    fn unproven(&self, c: &Claim) -> Option<String> {
        (c.verification_status == VerificationStatus::Unverifiable).then(|| {
            let mut out = String::new();
            self.item(&mut out, c);
            put!(out, "  - Words: {}", self.words(c));
            let tried = if c.justification.trim().is_empty() {
                "nothing is noted".into()
            } else {
                plain(&c.justification)
            };
            put!(out, "  - Tried: {tried}");
            self.held(&mut out, c);
            out.push('\n');
            out
        })
    }

    fn waiting(&self, c: &Claim) -> Option<String> {
        (c.workflow_state == WorkflowState::Waiting).then(|| {
            let mut out = String::new();
            self.item(&mut out, c);
            put!(out, "  - Words: {}\n", self.words(c));
            out
        })
    }

    /// The first line of an item: its note's number, its place, its finding and who says it.
    fn item(&self, out: &mut String, c: &Claim) {
        put!(
            out,
            "- **Note {}**{} · {}{}",
            self.number(c),
            self.place(c),
            self.finding(c),
            self.said_by(c)
        );
    }

    /// Justification and evidence.
    fn basis(&self, out: &mut String, c: &Claim) {
        if !c.justification.trim().is_empty() {
            put!(out, "  - Finding: {}", plain(&c.justification));
        }
        self.held(out, c);
    }

    fn held(&self, out: &mut String, c: &Claim) {
        let held = self.job.order.held_against(c.id);
        if held.is_empty() {
            put!(out, "  - Evidence: none");
        }
        for h in held {
            put!(out, "  - Evidence: {}", self.held_line(h));
        }
    }

    /// `supports, B2, E1 Title, p. 4: “excerpt”`.
    fn held_line(&self, h: &Held) -> String {
        let s = self.job.session;
        let item = s.evidence.get(&h.evidence);
        let source = item
            .and_then(|e| e.source)
            .and_then(|id| s.sources.get(&id));
        let reliability = source.map_or_else(Reliability::default, |x| x.reliability);
        let mut line = format!(
            "{}, {}{}, E{} {}",
            h.evidence_stance.label(),
            reliability.word(),
            h.credibility.word(),
            self.items.get(&h.evidence).copied().unwrap_or(0),
            plain(item.map_or("", |e| e.called()))
        );
        if !h.locator.trim().is_empty() {
            let _ = write!(line, ", {}", plain(&h.locator));
        }
        if !h.excerpt.trim().is_empty() {
            let _ = write!(line, ": “{}”", plain(&h.excerpt));
        }
        line
    }

    /// Who is accused, of what, by whom, and what they say themselves.
    fn criticism(&self, out: &mut String) {
        put!(out, "## Criticism and reply\n");
        type Said<'x> = Vec<(&'x Claim, &'x Attribution)>;
        let mut against: BTreeMap<SourceId, Said<'_>> = BTreeMap::new();
        let mut replies: BTreeMap<SourceId, Said<'_>> = BTreeMap::new();
        for c in self.job.order.claims() {
            for a in self.job.order.attributions_of(c.id) {
                a.about
                    .iter()
                    .for_each(|x| against.entry(*x).or_default().push((c, a)));
                a.source
                    .iter()
                    .for_each(|x| replies.entry(*x).or_default().push((c, a)));
            }
        }
        for (accused, criticisms) in &against {
            let name = self
                .job
                .session
                .sources
                .get(accused)
                .map_or("", |x| &x.name);
            put!(out, "- **{}**", plain(name));
            for (c, a) in criticisms {
                put!(
                    out,
                    "  - Criticism, note {}: {}{}",
                    self.number(c),
                    self.words(c),
                    self.voice(a)
                );
            }
            let said = replies.get(accused).map_or(&[][..], Vec::as_slice);
            for (c, a) in said {
                put!(
                    out,
                    "  - Says, note {}: {} ({})",
                    self.number(c),
                    self.words(c),
                    a.stance.label()
                );
            }
            if said.is_empty() {
                put!(out, "  - No reply is in the article.");
            }
            out.push('\n');
        }
        if against.is_empty() {
            put!(out, "No accusation is marked.\n");
        }
    }

    fn sources(&self, out: &mut String) {
        put!(out, "## Sources and evidence\n");
        let sources: Vec<_> = self
            .job
            .session
            .sources
            .values()
            .filter(|x| x.source_type != SourceType::Article)
            .collect();
        if sources.is_empty() {
            put!(out, "No source is recorded.\n");
            return;
        }
        for x in sources {
            let mut about = vec![x.source_type.label().to_string()];
            about.extend(
                [&x.role, &x.affiliation]
                    .into_iter()
                    .filter(|t| !t.trim().is_empty())
                    .map(|t| plain(t)),
            );
            let url = x
                .url
                .as_deref()
                .map(|u| format!(", {}", link(u, u)))
                .unwrap_or_default();
            put!(
                out,
                "- **{}** ({}), reliability {}{url}",
                plain(&x.name),
                about.join(", "),
                x.reliability.label()
            );
        }
        out.push('\n');
    }

    fn evidence(&self, out: &mut String) {
        if self.job.session.evidence.is_empty() {
            put!(out, "No evidence is recorded.");
            return;
        }
        for (n, e) in self.job.session.evidence.values().enumerate() {
            let title = e.url.as_deref();
            let title = title.map_or_else(|| plain(e.called()), |u| link(e.called(), u));
            put!(out, "- **E{}** {title}", n + 1);
            if e.kind != EvidenceKind::Other {
                put!(out, "  - Kind: {}", e.kind.label());
            }
            if let Some(x) = e.source.and_then(|id| self.job.session.sources.get(&id)) {
                put!(out, "  - From: {}", plain(&x.name));
            }
            if let Some(c) = &e.contact {
                put!(out, "  - Asked: {}", plain(&contact(c)));
            }
            if !e.calculation.trim().is_empty() {
                put!(
                    out,
                    "  - Calculation: {}",
                    plain(&calculation::said(&e.calculation))
                );
            }
            if let Some(u) = &e.archived_url {
                put!(out, "  - Archived: {}", link(u, u));
            }
            for (what, when) in [("Published", &e.published_at), ("Accessed", &e.accessed_at)] {
                if let Some(when) = when {
                    put!(out, "  - {what}: {}", plain(when));
                }
            }
            if let Some(f) = &e.file {
                match hex_only(&f.sha256) {
                    none if none.is_empty() => put!(out, "  - File: {}", plain(&f.name)),
                    hash => put!(
                        out,
                        "  - File: {}, {} bytes, SHA-256 `{hash}`",
                        plain(&f.name),
                        f.bytes
                    ),
                }
            }
        }
    }

    fn number(&self, c: &Claim) -> usize {
        self.numbers.get(&c.id).copied().unwrap_or(0)
    }

    fn statement(&self, c: &Claim) -> Option<&'a Statement> {
        self.job.session.statements.get(&c.home)
    }

    fn place(&self, c: &Claim) -> String {
        match self.statement(c) {
            Some(s) if super::json::stands(self.job, s) => {
                s.anchor.spans.first().map_or_else(String::new, |at| {
                    format!(
                        ", line {}",
                        self.job.text.line_of(self.job.text.byte(at.start)) + 1
                    )
                })
            }
            _ => ", no longer in the article".into(),
        }
    }

    fn words(&self, c: &Claim) -> String {
        let exact = self.statement(c).map_or("", |s| &s.anchor.exact);
        format!("“{}”", plain(exact))
    }

    fn finding(&self, c: &Claim) -> String {
        let rating = c
            .rating
            .map(|r| format!(", rated {} {}", r.number(), r.label()))
            .unwrap_or_default();
        format!("{}{rating}", c.verification_status.label())
    }

    fn said_by(&self, c: &Claim) -> String {
        self.job
            .order
            .attributions_of(c.id)
            .first()
            .map_or_else(String::new, |a| self.voice(a))
    }

    /// ` · Mara Oduya asserts`, with who quoted them.
    fn voice(&self, a: &Attribution) -> String {
        let name = |id| self.job.session.sources.get(&id).map(|x| plain(&x.name));
        let Some(source) = a.source.and_then(name) else {
            return String::new();
        };
        let via = a
            .via
            .and_then(name)
            .map(|v| format!(" via {v}"))
            .unwrap_or_default();
        format!(" · {source}{via}: {}", a.stance.label())
    }
}

/// A hash as it stands in a record that may come from elsewhere: hex digits only.
fn hex_only(hash: &str) -> String {
    hash.chars().filter(char::is_ascii_hexdigit).collect()
}

#[cfg(test)]
mod tests;
