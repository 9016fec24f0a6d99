//! An external proposer, as the configuration names it.

/// An external proposer: it reads the article as JSON on standard input and answers with proposals as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposer {
    /// Its name, by which its proposals are kept.
    pub name: String,
    /// The program and its arguments; no shell is between.
    pub command: Vec<String>,
    /// How long it may take, in seconds.
    pub timeout: u64,
}
