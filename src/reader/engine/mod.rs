//! Who said what: statements and attributions by rules, without a model, a network or a clock.
//!
//! A first pass ([`first`]) works block by block: tokens and their parts of speech ([`token`]), quotations ([`quote`]),
//! then rules that start from a cue ([`verb`], [`other`]) and find source ([`phrase`]) and content ([`clause`]) around
//! it. Blocks that are somebody's by their layout ([`voiced`]) need no cue. All of it is bounded per cue, so that time is
//! linear in the text. A second pass ([`resolve()`]) makes one record of every source over the whole text; it moves no
//! span.
//!
//! Inside, everything counts bytes of the text and tokens of a block; what leaves counts scalar values.

mod antecedent;
mod clause;
mod emit;
mod first;
mod found;
#[cfg(test)]
mod gold;
mod lang;
mod layout;
mod lexicon;
mod mention;
mod other;
mod para;
mod phrase;
mod phrase_left;
mod phrase_right;
#[cfg(test)]
mod press;
mod quote;
mod quoted;
mod resolve;
mod run;
mod settle;
mod short_names;
mod tag;
#[cfg(test)]
mod tests;
mod ties;
mod token;
mod verb;
mod voiced;

pub(super) use resolve::resolve;
pub(super) use run::run;
