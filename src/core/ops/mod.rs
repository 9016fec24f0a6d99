//! What a checker does to a session, each as edits of one step: take up, dismiss, withdraw, tie, pair, split, mark.
//!
//! Every operation works on a [`super::tx::Tx`] and keeps the session sound: a taken-up statement has a claim, a claim
//! has a statement, an attribution stands at one of its claim's statements.

mod borders;
mod claims;
mod evidence;
mod merge;
mod sources;
mod statements;
mod take_up;
#[cfg(test)]
mod tests;
mod withdrawal;

pub use borders::move_borders;
pub use claims::{Tied, add_claim, pair, split, tie};
pub use evidence::{drop_held, hold, new_evidence};
pub use merge::{
    Merged, claims_joined, evidence_joined, merge_claims, merge_evidence, merge_sources,
    sources_joined,
};
pub use sources::{rename_source, source_named, source_proposed};
pub use statements::{Dismissed, dismiss, mark};
pub use take_up::{TakenUp, id_at, proposed_attributions, record_statement, take_up};
pub use withdrawal::{drop_voice, reopen_statement, withdraw};
