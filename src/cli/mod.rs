//! The command line: one file per command, and what they share.
//!
//! A command writes what was asked for to standard output and everything else to standard error. It ends with one of
//! the codes of `failure`; a closed pipe is no error.

mod args;
mod article;
mod check;
mod completions;
mod context;
pub mod docs;
mod export;
mod failure;
mod import;
mod keys;
mod lint;
mod list;
mod locale;
mod log;
mod log_file;
mod man;
mod new;
mod out;
mod paths;
mod propose;
mod protection;
mod repair;
mod schema;
mod session;
mod show;
mod waiting;
mod workbench;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches};

use args::{Cli, Command};
use context::CommandContext;
use failure::{EndCode, Failure};
use out::Out;

use crate::run::{self, Begin};
use crate::work::GENERATOR;

/// Runs the program with these arguments, the program's own name first, and says with which code it ends.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    failure::say_panics_in_one_sentence();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = run::child(&arguments) {
        return code;
    }
    let cli = match parse(&arguments) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    // A panic was already reported by the hook; what is left is the code.
    match std::panic::catch_unwind(|| run(&cli)) {
        Ok(Ok(code)) => code.into(),
        Ok(Err(error)) => failure::report(&error).into(),
        Err(_) => EndCode::OurFault.into(),
    }
}

/// The command line as clap knows it: for help, completions, the man page and the documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

fn parse(arguments: &[OsString]) -> Result<Cli, ExitCode> {
    let plain = arguments.iter().any(|a| a == "--no-color");
    let color = if plain {
        ColorChoice::Never
    } else {
        ColorChoice::Auto
    };
    command()
        .color(color)
        .try_get_matches_from(arguments)
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches))
        .map_err(|e| {
            // Help and version are no errors; a pipe that closes on them is none either.
            let code = if e.use_stderr() {
                EndCode::Usage
            } else {
                EndCode::Well
            };
            if code == EndCode::Usage {
                failure::say_usage(&e);
            } else {
                let _ = e.print();
            }
            code.into()
        })
}

fn run(cli: &Cli) -> anyhow::Result<EndCode> {
    let context = CommandContext::new(&cli.global)?;
    context.log(&format!(
        "{GENERATOR}: {}",
        cli.command.as_ref().map_or("workbench", Command::name)
    ));
    let code = match (&cli.command, &cli.article) {
        (Some(_), Some(article)) => {
            return Err(Failure::usage(format!(
                "{} stands before a command, where only options can stand; leave one of the two out.",
                article.display()
            )));
        }
        (Some(command), None) if cli.reading != Default::default() => {
            return Err(Failure::usage(format!(
                "How an article is read stands before the command {0}, where only options for all commands can stand; write it behind {0}.",
                command.name()
            )));
        }
        (Some(Command::Resume(a)), None) => {
            workbench::run(Begin::Resume(a.name.clone()), cli, &context)
        }
        // The workbench writes to the terminal by itself; that one may be gone when it ends, which is no fault.
        (Some(command), None) => {
            let mut out = Out::new();
            dispatch(command, &context, &mut out).and_then(|code| out.finish().map(|()| code))
        }
        (None, Some(article)) => {
            let article = article.to_string_lossy().into_owned();
            workbench::run(Begin::Article(article), cli, &context)
        }
        (None, None) => workbench::run(Begin::Pick, cli, &context),
    };
    let ended = match code {
        Err(e) if out::is_closed_pipe(&e) => Ok(EndCode::Well),
        other => other,
    };
    let code = ended.as_ref().map_or_else(failure::code_of, |code| *code);
    context.log(&format!("ended with {}", code.number()));
    ended
}

fn dispatch(command: &Command, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    match command {
        Command::New(a) => new::run(a, context, out),
        // Handled before: it needs no output of ours.
        Command::Resume(_) => Ok(EndCode::Well),
        Command::List(a) => list::run(a, context, out),
        Command::Show(a) => show::run(a, context, out),
        Command::Propose(a) => propose::run(a, context, out),
        Command::Export(a) => export::run(a, context, out),
        Command::Import(a) => import::run(a, context, out),
        Command::Lint(a) => lint::run(a, out),
        Command::Check(a) => check::run(a, context, out),
        Command::Repair(a) => repair::run(a, context, out),
        Command::Log(a) => log::run(a, context, out),
        Command::Schema(a) => schema::run(a, out),
        Command::Keys => keys::run(context, out),
        Command::Paths => paths::run(context, out),
        Command::Completions(a) => completions::run(a, out),
        Command::Man => man::run(out),
    }
}
