//! Protected sources: what must not be named leaves under "Protected source N".
//!
//! Two layers, and both must hold. Before any format sees it, the session is copied: a protected source has no name, role,
//! affiliation, address, contact or note in the copy, and whatever else names it – in the article, in records, in what the
//! reader says – is listed and the export refused, or masked on request; hashes and ids that were computed from such words
//! are replaced ([`computed`]). After a format has written, the finished files are searched for the same; what is found
//! there was missed, and nothing is handed over, unless it stands in every such file anyway ([`wordless`]).
//!
//! What is searched for is what the session knows ([`identity`]), folded ([`fold`]) and with other ways of writing undone
//! ([`decode`]), so that a spelling needs not be foreseen. Where a word is too common to be masked wherever it stands, or
//! nobody can tell whether it is meant, the export is refused with or without masks.

mod computed;
mod decode;
mod fields;
mod finished;
mod fold;
mod identity;
mod mask;
mod name;
mod needle;
mod search;
#[cfg(test)]
mod tests;
mod wordless;
mod words;

use std::collections::HashMap;

use super::error::{ExchangeError, NamePlace};
use super::{Export, Handover};
use crate::core::handover::Protected;
use crate::core::ids::SourceId;
use crate::core::model::{Session, Source};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;
use crate::core::veil::Veil;
use identity::Identity;
use mask::{mask, renew_anchors, with_spans};
use search::{NamingPlace, TextKind};

pub(super) use mask::MASK;
pub(super) use wordless::Wordless;

/// A common word that stands in more places than this is not masked: what is left could not be read, and the holes would
/// tell what the word is.
const TOO_OFTEN: usize = 20;

/// What a hand-over becomes once its protected sources are dealt with; none where nothing had to change.
#[derive(Debug, Default)]
pub(super) struct Guarded {
    pub session: Option<Session>,
    pub text: Option<ArticleText>,
    pub proposals: Option<Proposals>,
    pub redacted: bool,
    identity: Option<Identity>,
}

/// Deals with the protected sources of `handover`.
///
/// # Errors
///
/// [`ExchangeError::Protected`] with every place, unless they are to be masked; [`ExchangeError::Unmaskable`] where some
/// cannot be.
pub(super) fn guard(handover: &Handover<'_>) -> Result<Guarded, ExchangeError> {
    let session = handover.session;
    let hidden = session.sources.values().any(|s| s.protect_identity);
    if !hidden || handover.options.protected == Protected::Include {
        return Ok(Guarded::default());
    }
    let identity = Identity::of(session, handover.text, handover.proposals, handover.former);
    let mut copy = session.clone();
    hide_records(&mut copy, handover.veil);
    let mut seen = Seen {
        identity: &identity,
        places: Vec::new(),
        common: HashMap::new(),
    };
    let text = seen.text(handover.text);
    if let Some(text) = &text {
        renew_anchors(&mut copy, text);
    }
    seen.words_around(&mut copy);
    fields::visit(&mut copy, &mut |at, kind, field| {
        seen.field(at, kind, field)
    });
    let mut proposals = handover.proposals.cloned();
    if let Some(p) = &mut proposals {
        fields::visit_proposals(p, &mut |at, kind, field| seen.field(at, kind, field));
    }
    let redacted = !seen.places.is_empty();
    let places = seen.judged();
    let unsafe_places = || {
        places
            .iter()
            .filter(|p| p.1)
            .map(|p| p.0.clone())
            .collect::<Vec<_>>()
    };
    if handover.options.protected == Protected::Redact && places.iter().any(|p| p.1) {
        return Err(ExchangeError::Unmaskable {
            places: unsafe_places(),
        });
    }
    if handover.options.protected == Protected::Refuse && redacted {
        let places = places.into_iter().map(|p| p.0).collect();
        return Err(ExchangeError::Protected { places });
    }
    let written = text.as_ref().unwrap_or(handover.text);
    computed::forget(&mut copy, written, handover.veil);
    Ok(Guarded {
        session: Some(copy),
        text,
        proposals,
        redacted,
        identity: Some(identity),
    })
}

impl Guarded {
    /// Looks at what was written, and masks what the export says of itself; `wordless` writes the same of a session
    /// without words, where something was found.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Unmaskable`] where a file still names a protected source.
    pub fn look_at(
        &self,
        export: &mut Export,
        wordless: impl FnOnce() -> Option<Export>,
    ) -> Result<(), ExchangeError> {
        let Some(identity) = &self.identity else {
            return Ok(());
        };
        let masked = |text: &str| {
            let found = identity.search.find(text, TextKind::Prose);
            mask(text, found.into_iter().map(|f| f.range))
        };
        finished::say(export, masked);
        let mut places = finished::look(export, None, &identity.search);
        if !places.is_empty()
            && let Some(own) = wordless()
        {
            places = finished::look(export, Some(&own), &identity.search);
        }
        match places.is_empty() {
            true => Ok(()),
            false => Err(ExchangeError::Unmaskable { places }),
        }
    }
}

/// Leaves of each protected source what names nobody. They are numbered as the article comes to them.
fn hide_records(session: &mut Session, veil: &Veil) {
    let mut first: HashMap<SourceId, u32> = HashMap::new();
    for a in session.attributions.values() {
        let at = session.statements.get(&a.statement);
        let at = at.and_then(|s| s.anchor.spans.first()).map(|s| s.start);
        if let (Some(source), Some(at)) = (a.source, at) {
            let first = first.entry(source).or_insert(at);
            *first = at.min(*first);
        }
    }
    let hidden = session.sources.values_mut().filter(|s| s.protect_identity);
    let mut hidden: Vec<&mut Source> = hidden.collect();
    // Of several at one place, the order of their own ids would tell something of them.
    hidden.sort_by_key(|s| {
        (
            first.get(&s.id).copied().unwrap_or(u32::MAX),
            veil.over_whole(s.id.0),
        )
    });
    for (n, s) in hidden.into_iter().enumerate() {
        *s = Source {
            source_type: s.source_type,
            reliability: s.reliability,
            protect_identity: true,
            name: format!("Protected source {}", n + 1),
            independence_group: std::mem::take(&mut s.independence_group),
            ..Source::unnamed(s.id)
        };
    }
}

/// What was found so far.
struct Seen<'a> {
    identity: &'a Identity,
    /// Each place with the common word that it is, and whether nobody can tell that it is meant.
    places: Vec<(NamePlace, Option<usize>, bool)>,
    /// How often each common word was found.
    common: HashMap<usize, usize>,
}

impl Seen<'_> {
    /// The text masked; none where nothing in it names anybody.
    fn text(&mut self, text: &ArticleText) -> Option<ArticleText> {
        let found = self.identity.search.find(text.as_str(), TextKind::Prose);
        let found = with_spans(text, found, &self.identity.spans);
        for f in &found {
            let at = || format!("line {} of the article", text.line_of(f.range.start) + 1);
            self.note(&at, text.as_str(), f);
        }
        let masked = mask(text.as_str(), found.iter().map(|f| f.range.clone()));
        (!found.is_empty()).then(|| ArticleText::new(masked))
    }

    fn field(&mut self, at: &dyn Fn() -> String, kind: TextKind, field: &mut String) {
        if field.is_empty() {
            return;
        }
        let found = self.identity.search.find(field, kind);
        if found.is_empty() {
            return;
        }
        for f in &found {
            self.note(at, field, f);
        }
        *field = mask(field, found.into_iter().map(|f| f.range));
    }

    /// Masks what looks like a name only because the words around a statement are cut in the middle of a word: "Ka|li said".
    fn words_around(&self, session: &mut Session) {
        let version = session.version();
        for s in session.statements.values_mut() {
            let a = &mut s.anchor;
            if !a.orphaned && a.version == version {
                for words in [&mut a.prefix, &mut a.suffix] {
                    let found = self.identity.search.find(words, TextKind::Prose);
                    if !found.is_empty() {
                        *words = mask(words, found.into_iter().map(|f| f.range));
                    }
                }
            }
        }
    }

    fn note(&mut self, at: &dyn Fn() -> String, text: &str, found: &NamingPlace) {
        let words = text[found.range.clone()].into();
        self.places
            .push((NamePlace { at: at(), words }, found.common, found.doubtful));
        if let Some(n) = found.common {
            *self.common.entry(n).or_default() += 1;
        }
    }

    /// The places, and whether each must not be masked.
    fn judged(self) -> Vec<(NamePlace, bool)> {
        let often = |n: &usize| self.common.get(n).is_some_and(|times| *times > TOO_OFTEN);
        let places = self.places.into_iter();
        places
            .map(|(p, common, doubtful)| (p, doubtful || common.as_ref().is_some_and(often)))
            .collect()
    }
}
