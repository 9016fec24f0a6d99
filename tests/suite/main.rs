//! Tests of the built program and of the repository itself, in one binary.

#![allow(clippy::unwrap_used, clippy::panic)]

#[cfg(unix)]
mod apart;
mod articles;
mod cli;
mod controls;
mod damage;
mod docs;
mod evidence;
mod harbour;
#[cfg(unix)]
mod kills;
mod layers;
mod names;
#[cfg(unix)]
mod pdftotext;
mod program;
mod sample;
mod schemas;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod tty;
#[cfg(unix)]
mod workbench;
