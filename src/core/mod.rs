//! The model of a check and everything that can be computed from it: no I/O, no clock, no random ids, no terminal.
//!
//! Core cannot fail: it returns a value and, where something is odd, a list of problems.

pub mod anchor;
pub mod apply;
pub mod birth;
mod blank;
pub mod change;
pub mod check;
pub mod controls;
pub mod derived;
pub mod describe;
pub mod desk;
pub mod diff;
pub mod display;
pub mod edit;
pub mod facts;
pub mod filter;
mod fit;
pub mod former;
pub mod forward;
pub mod hash;
pub mod history;
pub mod ids;
pub mod index;
pub mod join;
mod join_values;
pub mod kind;
pub mod labels;
pub mod model;
pub mod ops;
mod phrases;
pub mod place;
pub mod problems;
pub mod progress;
pub mod proposal;
pub mod receive;
mod record;
pub mod records;
pub mod references;
pub mod refers;
pub mod row_view;
pub mod rows;
pub mod search;
pub mod session;
pub mod set;
pub mod spans;
pub mod stored;
pub mod suggest;
#[cfg(test)]
pub mod testing;
pub mod text;
pub mod texts;
pub mod tx;
pub mod values;
pub mod veil;
pub mod vocabulary;
pub mod wrap;
