//! claimdesk: a workbench for checking the facts of an article in a terminal.
//!
//! The only arrows between the layers (a test reads the `use` lines):
//!
//! ```text
//! main → cli, run → everything      view → app, core
//! app, store, exchange, reader → core      core → nothing of ours
//! ```

pub mod app;
pub mod cli;
pub mod core;
pub mod exchange;
pub mod reader;
pub mod run;
pub mod store;
pub mod view;
