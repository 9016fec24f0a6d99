//! The pages of the documentation that are made from the program's own tables, so that they cannot go stale.
//!
//! A test compares each with the committed file; `CLAIMDESK_WRITE_DOCS=1 cargo test` writes them anew.

use std::fmt::Write;

use crate::core::{filter, problems};
use crate::exchange::{FORMATS, Layout};

/// docs/cli.md: every command with its arguments.
pub fn cli() -> String {
    let mut page = String::from(
        "# The command line\n\nMade from the program itself; `claimdesk help COMMAND` says the same.\n",
    );
    let mut root = super::command();
    root.build();
    command(&root, &mut page);
    for sub in root.get_subcommands().filter(|c| c.get_name() != "help") {
        command(sub, &mut page);
    }
    page.push_str("\n## House rules\n\nWhat `claimdesk check` looks for besides damaged files.\n\n| rule | weighs | asks for |\n|---|---|---|\n");
    for rule in problems::RULES {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            rule.name,
            rule.severity.word(),
            rule.about
        );
    }
    page.push_str("\n## Filters\n\nThe language of `f` in the workbench and of `show --filter`. Terms are parted by spaces and all have to hold; `-` or\n`!` in front turns one round, `a,b` behind a key means either, quotation marks hold words together.\n\n| key | values | finds |\n|---|---|---|\n");
    for key in filter::KEYS {
        let names: Vec<String> = key.names.iter().map(|n| format!("`{n}:`")).collect();
        let _ = writeln!(
            page,
            "| {} | {} | {} |",
            names.join(" "),
            key.values,
            key.about
        );
    }
    page
}

fn command(command: &clap::Command, page: &mut String) {
    let title = match command.get_display_name() {
        Some(name) => name.replacen('-', " ", 1),
        None => command.get_name().to_string(),
    };
    let mut command = command.clone();
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    let about = command
        .get_long_about()
        .or(command.get_about())
        .map(ToString::to_string)
        .unwrap_or_default();
    let _ = write!(page, "\n## {title}\n\n{about}\n\n```\n{usage}\n```\n");
    let root = command.get_name() == "claimdesk";
    let listed: Vec<&clap::Arg> = command
        .get_arguments()
        .filter(|a| !a.is_hide_set() && (root || !a.is_global_set()))
        .filter(|a| !matches!(a.get_id().as_str(), "help" | "version"))
        .collect();
    if listed.is_empty() {
        return;
    }
    page.push_str("\n| argument | is |\n|---|---|\n");
    for arg in listed {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .filter(|v| !matches!(v.get_name(), "true" | "false"))
            .map(|v| format!("`{}`", v.get_name()))
            .collect();
        let values = match values.is_empty() {
            true => String::new(),
            false => format!(" ({})", values.join(", ")),
        };
        let shown = arg.to_string().replace('|', "\\|");
        let _ = writeln!(page, "| `{shown}` | {help}{values} |");
    }
}

/// docs/formats.md: every format of the hand-over.
pub fn formats() -> String {
    let mut page = String::from(
        "# Formats\n\nWhat `claimdesk export` writes. The unit is what offsets count, where a format has some.\n\n\
         | format | is | files | unit |\n|---|---|---|---|\n",
    );
    for f in FORMATS {
        let files = match f.layout {
            Layout::File => format!("one, `.{}`", f.extension),
            Layout::Folder => "several, in a folder".to_string(),
        };
        let unit = f.unit.map_or("none", |u| u.word());
        let _ = writeln!(
            page,
            "| `{}` | **{}**: {} | {files} | {unit} |",
            f.name, f.title, f.about
        );
    }
    page
}
