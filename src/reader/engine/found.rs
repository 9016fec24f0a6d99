//! What the rules find, in tokens of one block.

use std::borrow::Cow;
use std::ops::Range;

use super::phrase::Phrase;
use crate::core::vocabulary::{Certainty, Stance};

/// One attribution as a rule found it.
#[derive(Clone, Debug)]
pub(crate) struct FoundAttribution {
    /// The words that name the source.
    pub source: Option<Phrase>,
    /// The words that show the attribution; none for what is carried on.
    pub cue: Option<Phrase>,
    /// The words attributed, in order, disjoint.
    pub content: Vec<Phrase>,
    /// Whom an accusation names.
    pub about: Option<Phrase>,
    /// The main token of the cue, or the first of the content.
    pub at: usize,
    /// How many quotations it stands in.
    pub level: u8,
    pub stance: Stance,
    pub certainty: Certainty,
    pub negated: bool,
    /// The name of the rule.
    pub rule: &'static str,
    /// What follows the cue in the explanation ("the clause after it").
    pub place: Cow<'static, str>,
    /// Whether it can own quotations around it.
    pub speech: bool,
}

impl FoundAttribution {
    /// The token that says where it stands: the cue's first, or the content's for what is carried on.
    pub(crate) fn place_at(&self) -> usize {
        match self.cue {
            Some(c) if self.rule != "quote-continued" => c.start,
            _ => self.at,
        }
    }

    /// Whether token `k` is part of the content.
    pub(crate) fn holds(&self, k: usize) -> bool {
        self.content.iter().any(|c| c.start <= k && k < c.end)
    }

    /// Whether the content shares a token with `range`.
    pub(crate) fn touches(&self, range: Range<usize>) -> bool {
        self.content
            .iter()
            .any(|c| c.start < range.end && range.start < c.end)
    }

    /// Adds a stretch to the content, keeping order; stretches that touch become one.
    pub(crate) fn add(&mut self, part: Phrase) {
        self.content.push(part);
        self.content.sort_unstable_by_key(|c| c.start);
        self.content.dedup_by(|b, a| {
            let joined = b.start <= a.end;
            if joined {
                a.end = a.end.max(b.end);
            }
            joined
        });
    }
}
