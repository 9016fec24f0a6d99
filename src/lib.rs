//! claimdesk: a workbench for checking the facts of an article in a terminal.
//!
//! The only arrows between the layers (a test reads the `use` lines):
//!
//! ```text
//! main → cli, run → work → store, exchange, reader → core → nothing of ours
//! cli → run (only to start the workbench), app      run → view, app      view → app, core      app → core
//! ```

pub mod app;
pub mod cli;
pub mod core;
pub mod exchange;
pub mod reader;
pub mod run;
pub mod store;
pub mod view;
pub mod work;
