//! Tests of the built program and of the repository itself, in one binary.

#![allow(clippy::unwrap_used, clippy::panic)]

mod cli;
mod docs;
mod layers;
mod program;
mod sample;
#[cfg(unix)]
mod tty;
#[cfg(unix)]
mod workbench;
