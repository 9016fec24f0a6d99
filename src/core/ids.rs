//! Identities. Those of what a checker makes, and of steps, are UUIDv7, made outside core and handed in, so that their
//! order is the order of creation. Claims, attributions and sources that come of taking up a proposal have ids that are
//! derived from the text (see [`super::derived`]); a version's is the hash of its text, and a statement's the beginning of
//! that and its spans.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::hash::{HexDigits, read_hex};
use super::spans::{Spans, whole_number};
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

/// Names a version of the article: the SHA-256 of its stored text.
///
/// Its number is for people (see [`super::session::Session::number_of`]); files from before there were hashes everywhere,
/// and masked exports, name a version by its number alone, for which [`VersionId::numbered`] stands in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct VersionId([u8; 32]);

impl VersionId {
    /// What stands for the version where there is none yet.
    pub const NONE: Self = Self::numbered(0);

    /// The version whose stored text is `text`.
    pub fn of_text(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// What stands for a version of which only the number is known.
    pub const fn numbered(number: u32) -> Self {
        let mut bytes = [0; 32];
        let [a, b, c, d] = number.to_be_bytes();
        (bytes[4], bytes[5], bytes[6], bytes[7]) = (a, b, c, d);
        Self(bytes)
    }

    /// The number of a version of which nothing else is known. No text has a hash of so many zeros.
    pub fn number_alone(self) -> Option<u32> {
        let [_, _, _, _, a, b, c, d, ..] = self.0;
        let number = u32::from_be_bytes([a, b, c, d]);
        (self == Self::numbered(number)).then_some(number)
    }

    /// The beginning of it, which the ids of its statements carry.
    pub fn mark(self) -> VersionMark {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        VersionMark([a, b, c, d, e, f, g, h])
    }
}

/// An id that is some bytes of a hash, written as hex digits.
macro_rules! in_hex {
    ($name:ident, $bytes:literal) => {
        impl $name {
            /// How it is written.
            pub fn digits(&self) -> HexDigits<$bytes> {
                HexDigits::of(&self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.digits().as_str())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}
in_hex!(VersionId, 32);
in_hex!(VersionMark, 8);

impl FromStr for VersionId {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        read_hex(s.as_bytes())
            .map(Self)
            .ok_or_else(|| format!("{s:?} is no SHA-256 of 64 lower-case hex digits"))
    }
}

/// The first 64 bits of a version's hash: what the ids of the statements that were born in it begin with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionMark(pub [u8; 8]);

/// Names a statement for life: the mark of the article version and the spans that it was born with, written
/// `5f2d0c9a31b7e846:120-245` or `5f2d0c9a31b7e846:120-130,140-150`. Where it stands now says its anchor.
///
/// Two statements on the same words of the same version are the same statement.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId {
    mark: VersionMark,
    spans: Spans,
}

impl StatementId {
    /// The id of the statement on `spans` (scalar values) of article version `version`.
    pub fn of(version: VersionId, spans: &[Span]) -> Self {
        Self {
            mark: version.mark(),
            spans: Spans::from(spans),
        }
    }

    /// The spans that it was born with, if that was in `version`.
    pub fn born_in(&self, version: VersionId) -> Option<&[Span]> {
        (self.mark == version.mark()).then(|| self.spans.as_slice())
    }

    /// The mark of the version that it was born in.
    pub fn mark(&self) -> VersionMark {
        self.mark
    }

    /// The same with another mark, for where its own must not be seen.
    pub fn with_mark(&self, mark: VersionMark) -> Self {
        let spans = self.spans.clone();
        Self { mark, spans }
    }

    /// How it is written.
    pub fn text(&self) -> String {
        let mark = self.mark.digits();
        let mut text = String::with_capacity(mark.as_str().len() + 24);
        text.push_str(mark.as_str());
        text.push(':');
        self.spans.write_to(&mut text);
        text
    }

    /// Reads an id, also one from before ids had marks: `1:120-245`, for which `version` says which version has that
    /// number.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(s: &str, version: impl FnOnce(u32) -> VersionId) -> Result<Self, String> {
        let read = || {
            let colon = s.bytes().position(|b| b == b':')?;
            let (mark, spans) = (s.get(..colon)?, s.get(colon + 1..)?);
            let mark = match read_hex(mark.as_bytes()) {
                Some(mark) => VersionMark(mark),
                None => version(whole_number(mark)?).mark(),
            };
            let spans = Spans::parse(spans)?;
            Some(Self { mark, spans })
        };
        read().ok_or_else(|| format!("{s:?} is no id of a statement"))
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
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
    fn a_statement_is_named_by_its_text_and_its_spans() {
        let nobody = |_| VersionId::NONE;
        let version = VersionId::of_text("hello world");
        let id = StatementId::of(version, &[Span::new(3, 9), Span::new(12, 20)]);
        assert_eq!(id.to_string(), "b94d27b9934d3e08:3-9,12-20");
        assert_eq!(StatementId::read(&id.to_string(), nobody), Ok(id.clone()));
        assert_eq!(
            id.born_in(version),
            Some(&[Span::new(3, 9), Span::new(12, 20)][..])
        );
        assert_eq!(id.born_in(VersionId::NONE), None);
        // As they were written when versions had numbers only.
        let known = |n| if n == 2 { version } else { VersionId::NONE };
        assert_eq!(StatementId::read("2:3-9,12-20", known), Ok(id));
        for wrong in [
            "",
            "1",
            "1:3",
            "x:3-9",
            "1:3-9 ",
            "-1:3-9",
            "B94D27B9934D3E08:3-9",
        ] {
            assert!(StatementId::read(wrong, nobody).is_err(), "{wrong}");
        }
    }

    #[test]
    fn statements_are_sorted_by_numbers() {
        let at = |start, end| StatementId::of(VersionId::NONE, &[Span::new(start, end)]);
        assert!(at(3, 9) < at(3, 10) && at(9, 11) < at(10, 11));
    }

    #[test]
    fn a_version_is_named_by_the_hash_of_its_text() {
        let version = VersionId::of_text("hello world");
        let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        assert_eq!(version.to_string(), hash);
        assert_eq!(hash.parse(), Ok(version));
        assert_eq!(version.number_alone(), None);
        for wrong in [
            "",
            "b9",
            &hash[1..],
            &hash.to_uppercase(),
            &format!("{hash}0"),
        ] {
            assert!(wrong.parse::<VersionId>().is_err(), "{wrong}");
        }
        for n in [0, 1, 70_000, u32::MAX] {
            assert_eq!(VersionId::numbered(n).number_alone(), Some(n));
        }
    }
}
