//! `claimdesk export`: a session in one of the field's formats, to standard output, a file or a folder.

use super::args::ExportArgs;
use super::context::CommandContext;
use super::failure::{EndCode, Failure};
use super::out::Out;
use super::session;
use crate::core::controls;
use crate::core::display::clean;
use crate::core::handover::Layout;
use crate::core::handover::snapshot::Snapshot;
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{FORMATS, write};
use crate::work::{export, tell};

/// Runs the command.
pub fn run(args: &ExportArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let (Some(name), Some(wanted), false) = (&args.name, &args.format, args.list_formats) else {
        return list(out);
    };
    let format = export::format(wanted)?;
    let to_stdout = args.output.as_os_str() == "-";
    if to_stdout && format.info.layout == Layout::Folder {
        return Err(Failure::usage(format!(
            "{} makes several files, so it needs a folder: give one with --output.",
            format.info.name
        )));
    }
    let unit = args.offset_unit.as_deref();
    let unit = unit.map(|word| export::unit(word, format)).transpose()?;
    let options = args.options(unit);
    let looked = session::look_to_hand_over(name, args.damaged, context)?;
    let (session, text, proposals) = looked.check.into_parts();
    let of = Snapshot::new(session, text, proposals, &looked.history);
    let watch = ExchangeWatch::default();
    let export = export::export(format, &of, &options, context.now(), watch)?;
    let lossy = export.report.is_lossy();
    if let Some(path) = &args.report {
        let report = serde_json::to_string_pretty(&export.report)?;
        std::fs::write(path, controls::json(&report).as_bytes()).map_err(|e| {
            Failure::not_writable(format!(
                "The report could not be written to {} ({e}).",
                path.display()
            ))
        })?;
    }
    if args.strict && lossy {
        for line in export.report.lines() {
            tell(format_args!("{}", clean(&line)));
        }
        tell("nothing was written: --strict allows no loss");
        return Ok(EndCode::Problems);
    }
    if to_stdout {
        for file in &export.files {
            out.export(&file.bytes)?;
        }
    } else {
        let written = write::put(&export.files, format.info.layout, &args.output, args.force)?;
        for path in written {
            tell(format_args!("wrote {}", path.display()));
        }
    }
    let report = &export.report;
    if !to_stdout || lossy || !report.remarks.is_empty() {
        for line in report.lines() {
            tell(format_args!("{}", clean(&line)));
        }
    }
    Ok(EndCode::Well)
}

fn list(out: &mut Out) -> anyhow::Result<EndCode> {
    let rows: Vec<Vec<String>> = FORMATS
        .iter()
        .map(|f| {
            let read = if f.read.is_some() { "read back" } else { "" };
            let cells = [f.info.name, f.info.title, read, f.info.about];
            cells.map(String::from).to_vec()
        })
        .collect();
    out.table(&rows, 32)?;
    Ok(EndCode::Well)
}
