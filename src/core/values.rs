//! Values of fields in words: for questions, for lists of what differs, and for what a note keeps.

use super::ids::*;
use super::join::Field;
use super::labels::{self, Labels};
use super::model::*;
use super::text::Span;
use super::vocabulary::*;

/// What the words of a value need beside it: the names in a session, and the labels of the house.
pub struct Words<'a> {
    /// The session that ids are of.
    pub session: &'a Session,
    /// What the house calls values.
    pub labels: &'a Labels,
}

impl<'a> Words<'a> {
    /// With the default labels.
    pub fn of(session: &'a Session) -> Self {
        Self {
            session,
            labels: &labels::DEFAULT,
        }
    }

    fn label<V: Vocabulary>(&self, value: V) -> String {
        self.labels.of(value).to_string()
    }

    fn source(&self, id: Option<SourceId>) -> String {
        match id.map(|id| self.session.sources.get(&id)) {
            None => "nobody".into(),
            Some(Some(s)) if !s.name.is_empty() => s.name.clone(),
            Some(_) => "an unnamed source".into(),
        }
    }

    /// The words of a statement.
    fn place(&self, id: &StatementId) -> String {
        let statement = self.session.statements.get(id);
        statement.map_or_else(|| id.to_string(), |s| format!("“{}”", s.anchor.exact))
    }

    fn rating(&self, rating: Option<Rating>) -> String {
        rating.map_or_else(|| "none".into(), |r| self.labels.numbered(r))
    }
}

/// A field that can be put in words.
pub trait InWords: Field {
    /// What the field is called on the screen.
    fn label(&self) -> &'static str {
        self.facts().label
    }
    /// The value; empty where it says nothing in words.
    fn words(&self, words: &Words<'_>) -> String;
}

/// Several fields that go together in one line, blank ones left out: `finding: accurate; why: the minutes`.
pub fn in_words<F: InWords>(fields: &[F], words: &Words<'_>) -> String {
    let said = fields.iter().filter(|f| !f.is_blank());
    let said: Vec<String> = said
        .map(|f| format!("{}: {}", f.label(), f.words(words)))
        .collect();
    said.join("; ")
}

impl Evidence {
    /// What the item is called: its title, else the first that says what it is; `untitled` where nothing does.
    pub fn called(&self) -> &str {
        let asked = self.contact.as_ref().map_or("", |c| &c.who);
        let file = self.file.as_ref().map_or("", |f| &f.name);
        let address = self.url.as_deref().unwrap_or_default();
        let names = [&self.title, &self.calculation, address, asked, file];
        let mut names = names.into_iter().map(str::trim);
        names.find(|n| !n.is_empty()).unwrap_or("untitled")
    }
}

fn spans(spans: &[Span]) -> String {
    let spans: Vec<String> = spans
        .iter()
        .map(|s| format!("{}-{}", s.start, s.end))
        .collect();
    spans.join(", ")
}

fn option(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// How somebody was asked, in words: `Ana Hale, by telephone, 2026-11-15, not reached`.
pub fn contact(contact: &Contact) -> String {
    let Contact {
        who,
        at,
        how,
        reached,
    } = contact;
    let mut said: Vec<&str> = [who, how, at].into_iter().map(|t| t.trim()).collect();
    said.push(if *reached { "" } else { "not reached" });
    said.retain(|t| !t.is_empty());
    said.join(", ")
}

/// The change that is proposed, in words.
fn change(change: &TextChange, words: &Words<'_>) -> String {
    let what = match change.replacement.trim() {
        "" => "cut the words".to_string(),
        text => format!("“{text}”"),
    };
    let must = if change.must { "must" } else { "could" };
    let state = words.label(change.state);
    let reason = match change.reason.trim() {
        "" => String::new(),
        reason => format!(", because {reason}"),
    };
    format!("{what} ({must}, {state}){reason}")
}

impl InWords for ClaimField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Home(at) => words.place(at),
            Self::Statements(at) => {
                let places: Vec<String> = at.iter().map(|s| words.place(s)).collect();
                places.join(", ")
            }
            Self::Wording(text) => option(text),
            Self::CheckWorthiness(v) => words.label(*v),
            Self::ClaimType(v) => words.label(*v),
            Self::VerificationStatus(v) => words.label(*v),
            Self::Rating(v) => words.rating(*v),
            Self::Justification(text) | Self::Notes(text) => text.trim().into(),
            Self::WorkflowState(v) => words.label(*v),
            Self::Tags(tags) => tags.join(", "),
            Self::Change(c) => c.as_ref().map(|c| change(c, words)).unwrap_or_default(),
            Self::Proposed(keys) => keys.iter().map(|k| k.word()).collect::<Vec<_>>().join(", "),
            Self::Created(stamp) | Self::Updated(stamp) => {
                format!("{} {}", words.session.checker_name(&stamp.by), stamp.at)
            }
        }
    }
}

impl InWords for SourceField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Type(v) => words.label(*v),
            Self::Name(text)
            | Self::Role(text)
            | Self::Affiliation(text)
            | Self::Contact(text)
            | Self::Note(text)
            | Self::IndependenceGroup(text) => text.trim().into(),
            Self::AlsoCalled(names) => names.join(", "),
            Self::Url(text) => option(text),
            Self::Reliability(v) => words.label(*v),
            Self::ProtectIdentity(yes) => if *yes { "yes" } else { "no" }.into(),
        }
    }
}

impl InWords for EvidenceField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Kind(v) => words.label(*v),
            Self::Source(s) => words.source(*s),
            Self::Title(text) | Self::Note(text) | Self::Calculation(text) => text.trim().into(),
            Self::Contact(c) => c.as_ref().map(contact).unwrap_or_default(),
            Self::Url(text)
            | Self::ArchivedUrl(text)
            | Self::AccessedAt(text)
            | Self::PublishedAt(text) => option(text),
            Self::File(f) => f.as_ref().map_or_else(String::new, |f| {
                format!("{} ({} bytes, {})", f.name, f.bytes, f.sha256)
            }),
        }
    }
}

impl InWords for HeldField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Claim(id) => {
                let claim = words.session.claims.get(id);
                claim.map_or("", |c| words.session.claim_text(c)).into()
            }
            Self::Evidence(id) => {
                let item = words.session.evidence.get(id);
                item.map_or("", Evidence::called).into()
            }
            Self::EvidenceStance(v) => words.label(*v),
            Self::Locator(text) | Self::Excerpt(text) => text.trim().into(),
            Self::Credibility(v) => words.label(*v),
        }
    }
}

impl InWords for AttributionField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Claim(id) => {
                let claim = words.session.claims.get(id);
                claim.map_or("", |c| words.session.claim_text(c)).into()
            }
            Self::Statement(id) => id.to_string(),
            Self::Source(s) | Self::Via(s) => words.source(*s),
            Self::SourceSpan(at) | Self::Cue(at) | Self::Content(at) => spans(at),
            Self::Stance(v) => words.label(*v),
            Self::Certainty(v) => words.label(*v),
            Self::QuotationType(v) => words.label(*v),
            Self::About(about) => {
                let names = about.iter().map(|s| words.source(Some(*s)));
                names.collect::<Vec<_>>().join(", ")
            }
            Self::Proposed(keys) => keys.iter().map(|k| k.word()).collect::<Vec<_>>().join(", "),
        }
    }
}

impl InWords for StatementField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Anchor(a) => a.exact.clone(),
            Self::Block(v) => words.label(*v),
            Self::Decision(v) => words.label(*v),
            Self::Reason(text) | Self::Why(text) => text.trim().into(),
            Self::Origin(v) => words.label(*v),
        }
    }
}

impl InWords for ArticleField {
    fn words(&self, words: &Words<'_>) -> String {
        match self {
            Self::Title(text) | Self::Byline(text) | Self::Language(text) => text.trim().into(),
            Self::Url(text) | Self::PublishedAt(text) => option(text),
            Self::Current(version) => {
                let number = |v: VersionId| words.session.number_of(v).to_string();
                version.map_or_else(String::new, number)
            }
        }
    }
}
