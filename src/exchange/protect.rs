//! Protected sources: what must not be named leaves under "Protected source N".
//!
//! The guard makes a copy of the session in which a protected source has no name, role, affiliation, address, contact or
//! note, before any format sees it, so that no format can leak one. Where the name still stands elsewhere – in the
//! article, in excerpts, notes, links, file names – each place is listed and the export refused, or masked on request.

use std::ops::Range;

use regex::Regex;

use super::error::{ExchangeError, Place};
use super::{Handover, Protected};
use crate::core::model::{Session, Source};
use crate::core::text::ArticleText;
use crate::core::vocabulary::SourceType;

/// One mask character stands for one scalar value, so that every offset stands.
const MASK: char = '█';

/// What a hand-over becomes once its protected sources are dealt with; none where nothing had to change.
#[derive(Debug, Default)]
pub(super) struct Guarded {
    pub session: Option<Session>,
    pub text: Option<ArticleText>,
    pub redacted: bool,
}

/// Deals with the protected sources of `handover`.
pub(super) fn guard(handover: &Handover<'_>) -> Result<Guarded, ExchangeError> {
    let session = handover.session;
    let hidden: Vec<&Source> = session
        .sources
        .values()
        .filter(|s| s.protect_identity)
        .collect();
    if hidden.is_empty() || handover.options.protected == Protected::Include {
        return Ok(Guarded::default());
    }
    let names = Names::new(&hidden);
    let mut copy = session.clone();
    for (n, s) in copy
        .sources
        .values_mut()
        .filter(|s| s.protect_identity)
        .enumerate()
    {
        *s = Source {
            source_type: s.source_type,
            reliability: s.reliability,
            protect_identity: true,
            name: format!("Protected source {}", n + 1),
            independence_group: std::mem::take(&mut s.independence_group),
            ..Source::unnamed(s.id)
        };
    }

    let mut places = Vec::new();
    let masked_text = mask_text(handover.text, &names, &mut places);
    if masked_text.is_some() {
        renew_anchors(&mut copy, masked_text.as_ref());
    }
    visit(&mut copy, &mut |at, kind, field| {
        mask_field(&names, at, kind, field, &mut places)
    });
    if places.is_empty() {
        return Ok(Guarded {
            session: Some(copy),
            ..Guarded::default()
        });
    }
    if handover.options.protected == Protected::Refuse {
        return Err(ExchangeError::Protected { places });
    }
    if let Some(text) = &masked_text {
        forget_hashes(&mut copy, text);
    }
    Ok(Guarded {
        session: Some(copy),
        text: masked_text,
        redacted: true,
    })
}

/// How a field is read: running words, or a link or file name, where names are written small and joined.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Words,
    Link,
}

/// What must not be found.
struct Names {
    patterns: Vec<Pattern>,
}

struct Pattern {
    regex: Regex,
    /// In running words a part of a name counts only where it is written with a capital.
    part: bool,
    /// Short words must end where the match ends; longer ones may be inflected ("Oduyas").
    whole: bool,
}

impl Names {
    fn new(sources: &[&Source]) -> Self {
        let mut patterns = Vec::new();
        for s in sources {
            let words: Vec<&str> = s.name.split_whitespace().collect();
            patterns.extend(Pattern::of(&words, false));
            let personal = matches!(
                s.source_type,
                SourceType::Person | SourceType::Anonymous | SourceType::Unknown
            );
            if personal && words.len() > 1 {
                let parts = words.iter().filter(|w| is_name_part(w));
                patterns.extend(parts.filter_map(|w| Pattern::of(&[w], true)));
            }
            let contacts = s
                .contact
                .split([',', ';', '\n', ' '])
                .chain(s.url.as_deref());
            let contacts = contacts.map(str::trim).filter(|c| c.chars().count() >= 6);
            patterns.extend(contacts.filter_map(|c| Pattern::of(&[c], false)));
        }
        Self { patterns }
    }

    /// The places of `text` where a name stands, in order, disjoint.
    fn find(&self, text: &str, kind: Kind) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self
            .patterns
            .iter()
            .flat_map(|p| p.find(text, kind))
            .collect();
        found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for r in found {
            match merged.last_mut() {
                Some(last) if r.start < last.end => last.end = last.end.max(r.end),
                _ => merged.push(r),
            }
        }
        merged
    }
}

/// Words of a name that point to nobody by themselves.
const COMMON: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sir", "von", "van", "der", "den", "de", "del", "della", "di",
    "da", "la", "le", "the", "and", "of", "al", "el", "bin", "ibn", "jr", "sr",
];

fn is_name_part(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let long = bare.chars().count() >= if bare.is_ascii() { 3 } else { 2 };
    long && !bare.starts_with(char::is_lowercase) && !COMMON.contains(&bare.to_lowercase().as_str())
}

impl Pattern {
    fn of(words: &[&str], part: bool) -> Option<Self> {
        let words: Vec<_> = words
            .iter()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|w| !w.is_empty())
            .collect();
        let length: usize = words.iter().map(|w| w.chars().count()).sum();
        if length == 0 {
            return None;
        }
        let spelled: Vec<_> = words.iter().map(|w| spellings(w)).collect();
        // Between the words of a full name anything may stand that is no letter, also in links (`mara_oduya`).
        let regex = Regex::new(&format!("(?i){}", spelled.join(r"(?:[\W_]|%20){0,3}"))).ok()?;
        Some(Self {
            regex,
            part,
            whole: length < 5,
        })
    }

    fn find(&self, text: &str, kind: Kind) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(m) = text
            .get(from..)
            .and_then(|_| self.regex.find_at(text, from))
        {
            let before = text[..m.start()].chars().next_back();
            let after = text[m.end()..].chars().next();
            // Letters without case (CJK) are written without spaces: there, no border can be asked for.
            let joined = |c: Option<char>| c.is_some_and(|c| c.is_lowercase() || c.is_uppercase());
            let percent = kind == Kind::Link && text[..m.start()].ends_with("%20");
            let small =
                self.part && kind == Kind::Words && m.as_str().starts_with(char::is_lowercase);
            if (joined(before) && !percent) || (self.whole && joined(after)) || small {
                from = m.start() + m.as_str().chars().next().map_or(1, char::len_utf8);
                continue;
            }
            found.push(m.range());
            from = m.end();
        }
        found
    }
}

/// A word as it may be spelled: composed, decomposed, percent-encoded.
fn spellings(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let composed: String = word.nfc().collect();
    let decomposed: String = word.nfd().collect();
    let encode = |w: &str| {
        w.chars()
            .map(|c| {
                if c.is_ascii() {
                    return c.to_string();
                }
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer)
                    .bytes()
                    .map(|b| format!("%{b:02X}"))
                    .collect()
            })
            .collect::<String>()
    };
    let mut all = vec![encode(&composed), encode(&decomposed), composed, decomposed];
    all.sort();
    all.dedup();
    let all: Vec<_> = all.iter().map(|w| regex::escape(w)).collect();
    format!("(?:{})", all.join("|"))
}

fn mask(text: &str, places: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for r in places {
        masked.push_str(&text[from..r.start]);
        masked.extend(
            text[r.clone()]
                .chars()
                .map(|c| if c == '\n' { c } else { MASK }),
        );
        from = r.end;
    }
    masked.push_str(&text[from..]);
    masked
}

fn mask_text(text: &ArticleText, names: &Names, places: &mut Vec<Place>) -> Option<ArticleText> {
    let found = names.find(text.as_str(), Kind::Words);
    for r in &found {
        places.push(Place {
            at: format!("line {} of the article", text.line_of(r.start) + 1),
            words: text.as_str()[r.clone()].into(),
        });
    }
    (!found.is_empty()).then(|| ArticleText::new(mask(text.as_str(), &found)))
}

fn mask_field(
    names: &Names,
    at: &dyn Fn() -> String,
    kind: Kind,
    field: &mut String,
    places: &mut Vec<Place>,
) {
    if field.is_empty() {
        return;
    }
    let found = names.find(field, kind);
    if found.is_empty() {
        return;
    }
    for r in &found {
        places.push(Place {
            at: at(),
            words: field[r.clone()].into(),
        });
    }
    *field = mask(field, &found);
}

/// Takes the quotes of standing anchors from the masked text, since a name may reach beyond the border of a span.
fn renew_anchors(session: &mut Session, text: Option<&ArticleText>) {
    let (Some(text), version) = (text, session.version()) else {
        return;
    };
    for s in session.statements.values_mut() {
        let a = &mut s.anchor;
        let (Some(first), Some(last)) = (a.spans.first(), a.spans.last()) else {
            continue;
        };
        if a.orphaned || a.article_version != version {
            continue;
        }
        let (start, end) = (first.start, last.end);
        let before = a.prefix.chars().count() as u32;
        let behind = a.suffix.chars().count() as u32;
        a.exact = text.exact(&a.spans);
        a.prefix = text
            .slice(crate::core::text::Span::new(
                start.saturating_sub(before),
                start,
            ))
            .into();
        a.suffix = text
            .slice(crate::core::text::Span::new(
                end,
                end.saturating_add(behind),
            ))
            .into();
    }
}

/// A hash of the words before they were masked would confirm whoever guesses the name.
fn forget_hashes(session: &mut Session, text: &ArticleText) {
    use sha2::{Digest, Sha256};
    let last = session.article.versions.len().saturating_sub(1);
    for (n, v) in session.article.versions.iter_mut().enumerate() {
        v.original_sha256.clear();
        v.text_sha256 = if n == last {
            hex(&Sha256::digest(text.as_str().as_bytes()))
        } else {
            String::new()
        };
    }
}

/// Bytes as lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
            let _ = write!(s, "{b:02x}");
            s
        })
}

/// What is shown a field: where it stands, how it is read, and its text.
type Visitor<'a> = dyn FnMut(&dyn Fn() -> String, Kind, &mut String) + 'a;

/// Shows `f` every text of the session that an export may write.
fn visit(session: &mut Session, f: &mut Visitor<'_>) {
    use Kind::{Link, Words};
    let mut field = |record: &str, name: &str, kind: Kind, text: &mut String| {
        f(&|| format!("{name} of {record}"), kind, text);
    };
    field("the session", "the name", Link, &mut session.name);
    let a = &mut session.article;
    field("the article", "the title", Words, &mut a.title);
    field("the article", "the byline", Words, &mut a.byline);
    if let Some(url) = &mut a.url {
        field("the article", "the address", Link, url);
    }
    for v in &mut a.versions {
        field("the article", "the origin", Link, &mut v.origin);
    }
    for s in session.statements.values_mut() {
        let record = format!("statement {}", s.id);
        // The words of standing anchors come from the text, which is masked already.
        for (name, text) in [
            ("the words", &mut s.anchor.exact),
            ("the words before", &mut s.anchor.prefix),
            ("the words behind", &mut s.anchor.suffix),
            ("the reason", &mut s.reason),
            ("the why", &mut s.why),
        ] {
            field(&record, name, Words, text);
        }
    }
    for c in session.claims.values_mut() {
        let record = format!("claim {}", c.id);
        if let Some(w) = &mut c.wording {
            field(&record, "the wording", Words, w);
        }
        field(&record, "the justification", Words, &mut c.justification);
        field(&record, "the notes", Words, &mut c.notes);
        c.tags
            .iter_mut()
            .for_each(|t| field(&record, "a tag", Link, t));
        if let Some(x) = &mut c.change {
            field(&record, "the replacement", Words, &mut x.replacement);
            field(&record, "the reason of the change", Words, &mut x.reason);
        }
    }
    for s in session.sources.values_mut() {
        let record = format!("source {}", s.id);
        for (name, text) in [
            ("the name", &mut s.name),
            ("the role", &mut s.role),
            ("the affiliation", &mut s.affiliation),
            ("the note", &mut s.note),
            ("the independence group", &mut s.independence_group),
        ] {
            field(&record, name, Words, text);
        }
        if let Some(url) = &mut s.url {
            field(&record, "the address", Link, url);
        }
    }
    for e in session.evidence.values_mut() {
        let record = format!("evidence {}", e.id);
        field(&record, "the title", Words, &mut e.title);
        field(&record, "the note", Words, &mut e.note);
        for (name, link) in [
            ("the address", &mut e.url),
            ("the archived address", &mut e.archived_url),
        ] {
            if let Some(link) = link {
                field(&record, name, Link, link);
            }
        }
        if let Some(file) = &mut e.file {
            field(&record, "the file name", Link, &mut file.name);
        }
    }
    for h in session.held.values_mut() {
        let record = format!("evidence {} held against claim {}", h.evidence, h.claim);
        field(&record, "the locator", Words, &mut h.locator);
        field(&record, "the excerpt", Words, &mut h.excerpt);
    }
}
