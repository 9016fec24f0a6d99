//! Who said what in German, French and Spanish: one set of rules, driven by word classes and frames, with what differs
//! between the languages asked of [`Language`].
//!
//! The rules look for the same shapes everywhere: a report behind what was said ([`verb`]), a report before a clause, a
//! quotation, an infinitive or an object ([`content`]), phrases such as "laut X" ([`phrases`]) and nouns such as
//! "l'affirmation de X que" ([`nouns`]). All work is bounded per cue.

mod content;
mod dialogue;
mod group;
mod mention;
mod nouns;
mod np;
mod phrases;
mod pieces;
mod tag;
mod verb;

pub(super) use dialogue::dialogue;
pub(super) use mention::mention;
pub(super) use pieces::pieces;
pub(super) use tag::tag;
pub(super) use verb::speaker;

use super::found::FoundAttribution;
use super::lexicon::{Language, class};
use super::para::{Para, Segment};
use super::token::Pos;

impl Language {
    /// Whether the finite verb of a main clause stands second and the rest of the group last, and a comma stands before
    /// every clause that hangs on another.
    fn verb_second(self) -> bool {
        self == Language::German
    }
    /// Whether all nouns have a capital, so that one tells no name.
    fn capital_nouns(self) -> bool {
        self == Language::German
    }
    /// What a verb that speaks for several ends with.
    fn plural_ending(self) -> &'static str {
        match self {
            Language::French => "nt",
            _ => "n",
        }
    }
    /// Whether a verb needs no subject of its own.
    fn drops_subjects(self) -> bool {
        self == Language::Spanish
    }
}

/// Runs the rules over one segment.
pub(super) fn scan(p: &Para<'_>, seg: &Segment, found: &mut Vec<FoundAttribution>) {
    let first = found.len();
    let mut k = seg.lo;
    while k < seg.hi {
        let t = &p.toks[k];
        if t.depth != seg.level {
            k += 1;
            continue;
        }
        if t.is(class::OPENS)
            && let Some(behind) = phrases::phrase(p, seg, k, first, found)
        {
            k = behind.max(k + 1);
            continue;
        }
        if t.cue != 0
            && matches!(
                t.pos,
                Pos::Verb | Pos::Participle | Pos::Infinitive | Pos::Ing | Pos::Adjective
            )
        {
            verb::report(p, seg, k, first, found);
        }
        if t.cue == 0 && verb::unknown(p, seg, k, first, found) {
            k += 1;
            continue;
        }
        if t.is(class::SPEECHNOUN) {
            nouns::nominal(p, seg, k, found);
        }
        k += 1;
    }
}
