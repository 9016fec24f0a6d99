//! Opening the workbench: on an article, on a session, or on the list of sessions.

use std::io::IsTerminal;

use super::args::Cli;
use super::context::Context;
use super::failure::{Code, Failure};
use crate::app::key;
use crate::run::{self, Begin, Launch};

/// Opens the workbench and runs it to its end.
pub fn run(begin: Begin, cli: &Cli, context: &Context) -> anyhow::Result<Code> {
    let global = &cli.global;
    if global.print.is_none() && !std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "The workbench needs a terminal; use `claimdesk list`, `show` or `export`, or --print WxH for one frame.",
        ));
    }
    let keys = match &global.keys {
        Some(script) => key::script(script).map_err(|why| {
            Failure::usage(format!("--keys {script:?} cannot be pressed: {why}."))
        })?,
        None => Vec::new(),
    };
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let code = run::workbench(Launch {
        begin,
        reading: (&cli.reading).into(),
        paths: context.paths.clone(),
        config: context.config.clone(),
        config_problems: context.config_problems.clone(),
        me: context.checker.name.clone(),
        color: !global.no_color && !no_color,
        at: global.at,
        keys,
        print: global.print,
    })?;
    Ok(Code::of(code))
}
