//! Opening the workbench: on an article, on a session, or on the list of sessions.

use std::io::IsTerminal;

use super::args::Cli;
use super::article;
use super::context::CommandContext;
use super::failure::{EndCode, Failure};
use super::locale;
use crate::app::input::key;
use crate::run::{self, Begin, Launch};

/// Opens the workbench and runs it to its end.
pub fn run(begin: Begin, cli: &Cli, context: &CommandContext) -> anyhow::Result<EndCode> {
    let global = &cli.global;
    if global.print.is_none() && !std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "The workbench needs a terminal; use `claimdesk list`, `show` or `export`, or --print WxH for one frame.",
        ));
    }
    if global.print.is_none() && std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Failure::usage(
            "The workbench needs a terminal that can move its cursor, and TERM says “dumb”; set TERM to what it is (xterm-256color, say), or use `claimdesk list`, `show` or `export`.",
        ));
    }
    let mut config = context.config.clone();
    config.ascii = Some(config.ascii.unwrap_or_else(locale::wants_ascii));
    let keys = match &global.keys {
        Some(script) => key::script(script).map_err(|why| {
            Failure::usage(format!("--keys {script:?} cannot be pressed: {why}."))
        })?,
        None => Vec::new(),
    };
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let code = run::workbench(Launch {
        begin,
        reading: article::how(&cli.reading, &context.config),
        shelf: context.shelf()?,
        config,
        config_problems: context.config_problems.clone(),
        me: context.checker.name.clone(),
        color: !global.no_color && !no_color,
        at: global.at,
        keys,
        print: global.print,
    })?;
    Ok(EndCode::of(code))
}
