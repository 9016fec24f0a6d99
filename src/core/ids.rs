//! Identities. Those of what a checker makes, and of steps, are UUIDv7, made outside core and handed in, so that their
//! order is the order of creation. Claims, attributions and sources that come of taking up a proposal have ids that are
//! derived from the text (see [`super::derived`]); a statement's is derived from its article version and its spans.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

use super::spans::{Spans, number};
use super::text::Span;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, uuid::Error> { Uuid::parse_str(s).map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    };
}

id!(
    /// Names a session for good, whatever its folder is called.
    SessionId
);
id!(
    /// Names a claim.
    ClaimId
);
id!(
    /// Names an attribution: one place where a voice takes a stance on a claim.
    AttributionId
);
id!(
    /// Names a source.
    SourceId
);
id!(
    /// Names an evidence item.
    EvidenceId
);
id!(
    /// Names the holding of one evidence item against one claim.
    HeldId
);
id!(
    /// Names a step of the journal.
    StepId
);

id!(
    /// Names a conflict.
    ConflictId
);

/// Names a record that can be merged into another of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordId {
    /// A claim.
    Claim(ClaimId),
    /// A source.
    Source(SourceId),
    /// An evidence item.
    Evidence(EvidenceId),
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(id) => write!(f, "claim:{id}"),
            Self::Source(id) => write!(f, "source:{id}"),
            Self::Evidence(id) => write!(f, "evidence:{id}"),
        }
    }
}

impl FromStr for RecordId {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || format!("{s:?} names no record");
        let (kind, id) = s.split_once(':').ok_or_else(wrong)?;
        let id = Uuid::try_parse(id).map_err(|_| wrong())?;
        match kind {
            "claim" => Ok(Self::Claim(ClaimId(id))),
            "source" => Ok(Self::Source(SourceId(id))),
            "evidence" => Ok(Self::Evidence(EvidenceId(id))),
            _ => Err(wrong()),
        }
    }
}

impl SourceId {
    /// The built-in source "the article": the author's own voice.
    pub const ARTICLE: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
}

/// Names a checker: a stable short word, with the full name in the session's list of checkers.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CheckerId(pub Box<str>);

impl CheckerId {
    /// The id of the checker called `name`: its letters and digits in lower case, joined by `-`; `checker` if it has none.
    pub fn of(name: &str) -> Self {
        let mut id = String::new();
        for c in name.trim().chars() {
            if c.is_alphanumeric() {
                id.extend(c.to_lowercase());
            } else if !id.ends_with('-') && !id.is_empty() {
                id.push('-');
            }
        }
        let id = id.trim_end_matches('-');
        Self(if id.is_empty() {
            "checker".into()
        } else {
            id.into()
        })
    }
}

impl fmt::Display for CheckerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CheckerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names a statement for life: the article version and the spans that it was born with, written `1:120-245` or
/// `1:120-130,140-150`. Where it stands now says its anchor.
///
/// Two statements on the same words of the same version are the same statement.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId {
    version: u32,
    spans: Spans,
}

impl StatementId {
    /// The id of the statement on `spans` (scalar values) of article version `version`.
    pub fn of(version: u32, spans: &[Span]) -> Self {
        let spans = Spans::from(spans);
        Self { version, spans }
    }

    /// The spans that it was born with, if that was in `version`.
    pub fn born_in(&self, version: u32) -> Option<&[Span]> {
        (self.version == version).then(|| self.spans.as_slice())
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.version, self.spans)
    }
}

impl FromStr for StatementId {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let read = || {
            let (version, spans) = s.split_once(':')?;
            let version = number(version)?;
            let spans = Spans::parse(spans)?;
            Some(Self { version, spans })
        };
        read().ok_or_else(|| format!("{s:?} is no id of a statement"))
    }
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkers_get_readable_ids() {
        for (name, id) in [
            ("Ana Köhler", "ana-köhler"),
            ("  AK ", "ak"),
            ("--", "checker"),
            ("o'Neil, J.", "o-neil-j"),
        ] {
            assert_eq!(&*CheckerId::of(name).0, id);
        }
    }

    #[test]
    fn a_statement_is_named_by_its_spans() {
        let id = StatementId::of(1, &[Span::new(3, 9), Span::new(12, 20)]);
        assert_eq!(id.to_string(), "1:3-9,12-20");
        assert_eq!("1:3-9,12-20".parse(), Ok(id));
        for wrong in ["", "1", "1:3", "x:3-9", "1:3-9 ", "-1:3-9"] {
            assert!(wrong.parse::<StatementId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn statements_are_sorted_by_numbers() {
        let at = |start, end| StatementId::of(1, &[Span::new(start, end)]);
        assert!(at(3, 9) < at(3, 10) && at(9, 11) < at(10, 11));
    }
}
