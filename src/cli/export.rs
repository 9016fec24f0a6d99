//! `claimdesk export`: a session in one of the field's formats, to standard output, a file or a folder.

use super::args::ExportArgs;
use super::context::CommandContext;
use super::failure::{EndCode, Failure};
use super::out::Out;
use super::session;
use crate::core::controls;
use crate::core::display::clean;
use crate::core::former::FormerNames;
use crate::core::handover::{Layout, OffsetUnit};
use crate::core::suggest;
use crate::core::veil::Veil;
use crate::exchange::{self, FORMATS, Format, Handover, write};
use crate::work::{GENERATOR, tell};

/// Runs the command.
pub fn run(args: &ExportArgs, context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let (Some(name), Some(wanted), false) = (&args.name, &args.format, args.list_formats) else {
        return list(out);
    };
    let format = format(wanted)?;
    let to_stdout = args.output.as_os_str() == "-";
    if to_stdout && format.info.layout == Layout::Folder {
        return Err(Failure::usage(format!(
            "{} makes several files, so it needs a folder: give one with --output.",
            format.info.name
        )));
    }
    let wanted = args.offset_unit.as_deref();
    let unit = wanted.map(|word| unit(word, format)).transpose()?;
    let options = args.options(unit);
    let looked = session::look_to_hand_over(name, args.damaged, context)?;
    let check = &looked.check;
    let former = match check.session().protects() {
        true => FormerNames::of_history(&looked.history),
        false => FormerNames::default(),
    };
    let veil = Veil::of_history(&looked.history);
    let veil = veil.unwrap_or_else(|| Veil::fresh(&mut || context.id()));
    let export = exchange::export(
        format,
        &Handover {
            session: check.session(),
            text: check.text(),
            proposals: Some(check.proposals()),
            exported_at: context.now(),
            generator: GENERATOR,
            options: &options,
            former: &former,
            veil: &veil,
        },
    )?;
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

fn format(name: &str) -> anyhow::Result<&'static Format> {
    exchange::format(name).ok_or_else(|| {
        let hint = suggest::hint(name, FORMATS.iter().map(|f| f.info.name));
        let hint = match hint.is_empty() {
            true => " `claimdesk export --list-formats` lists them.".to_string(),
            false => hint,
        };
        Failure::usage(format!("There is no format called {name:?}.{hint}"))
    })
}

/// The unit that was asked for, if `format` can count in it.
fn unit(word: &str, format: &Format) -> anyhow::Result<OffsetUnit> {
    let (name, units) = (format.info.name, format.info.units);
    OffsetUnit::from_word(word)
        .filter(|u| units.contains(u))
        .ok_or_else(|| {
            let units: Vec<&str> = units.iter().map(|u| u.word()).collect();
            Failure::usage(match units.is_empty() {
                true => format!("{name} has no offsets, so --offset-unit says nothing to it."),
                false => format!(
                    "{name} cannot count in {word:?}; it can in {}.",
                    units.join(" or ")
                ),
            })
        })
}
