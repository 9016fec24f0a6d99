//! The pages of the documentation that are made from the program's own tables, so that they cannot go stale.
//!
//! A test compares each with the committed file; `CLAIMDESK_WRITE_DOCS=1 cargo test` writes them anew.

use std::fmt::Write;

use super::keys;
use crate::app::config::settings::SETTINGS;
use crate::app::input::keymap::Keymap;
use crate::core::handover::Layout;
use crate::core::{filter, problems};
use crate::exchange::FORMATS;

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

/// How a file comes into a session that is there.
const READING: &str = "
## Reading into a session

`claimdesk import FILE --into NAME`, and the workbench's import dialog before anything is done, bring a file to a session
record by record: records are the same where they have the same id.

- What is new is taken: records that are not there, values for fields that are blank, further tags, places and names. A
  text that holds all of the other one is taken too.
- A blank or absent value in the file never empties anything, and no record of the session goes.
- Where a field says one thing in the session and another in the file, both are listed and the session's stays. `--theirs`
  (in the dialog: *differing*) takes the file's instead, and lists what it replaced. `--strict` ends with 1 where anything
  differs or was lost.
- A rating and a justification come only with their finding. A statement that is dismissed in the session stays
  dismissed, and claims on it stay out, unless the file's values are asked for. A voice or a held item that belongs to
  another claim in the file stays where it is.
- The step is the importer's, and one undo takes it back. Claims keep who took them up and who changed them last: the
  step ends with an edit of each claim's `updated` to what the session or the file said, whichever is later, and the audit
  trail says \"imported … by Ben\". Who made them is among the session's checkers from then on.
";

/// docs/formats.md: every format of the hand-over.
pub fn formats() -> String {
    let mut page = String::from(
        "# Formats\n\nWhat `claimdesk export` writes, and what `claimdesk import` reads back. The unit is what offsets count, where a format\n\
         has some.\n\n\
         | format | is | files | unit | read back |\n|---|---|---|---|---|\n",
    );
    for f in FORMATS {
        let files = match f.info.layout {
            Layout::File => format!("one, `.{}`", f.info.extension),
            Layout::Folder => "several, in a folder".to_string(),
        };
        let unit = f.unit.map_or("none", |u| u.word());
        let _ = writeln!(
            page,
            "| `{}` | **{}**: {} | {files} | {unit} | {} |",
            f.info.name,
            f.info.title,
            f.info.about,
            if f.read.is_some() { "yes" } else { "" }
        );
    }
    page.push_str(READING);
    page
}

/// docs/keys.md: every action with its default keys.
pub fn keys() -> String {
    let mut page = String::from(
        "# Keys\n\n\
         Every action of the workbench with its default keys; `claimdesk keys` lists them as they are with the configuration.\n\
         Keys parted by a space are pressed one after the other. What has no key is in the palette (`:`). An action gets other\n\
         keys by its name in the `[keys]` table of the configuration (config.md).\n",
    );
    for (group, actions) in keys::table(&Keymap::default()) {
        let _ = write!(
            page,
            "\n## {}\n\n| keys | action | name | does |\n|---|---|---|---|\n",
            group.title()
        );
        for a in actions {
            let keys: Vec<String> = a.keys.iter().map(|k| code(k)).collect();
            let _ = writeln!(
                page,
                "| {} | {} | `{}` | {} |",
                keys.join(" "),
                a.title,
                a.name,
                a.about
            );
        }
    }
    page
}

/// `text` as code in a table.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// docs/claimdesk.1: the manual page, as `claimdesk man` prints it.
///
/// # Errors
/// Never: it is written to memory.
pub fn man() -> std::io::Result<String> {
    super::man::page().map(|page| String::from_utf8_lossy(&page).into_owned())
}

/// docs/config.md: every setting of the configuration file.
pub fn config() -> String {
    let mut page = String::from(
        "# Configuration\n\nOne TOML file; `claimdesk paths` says where it is looked for and what is odd in it. Every setting is optional, none is\n\
         ever written by the program. A bad entry is reported with its line and left out; the rest counts.\n\n\
         | setting | values | does |\n|---|---|---|\n",
    );
    for s in SETTINGS {
        let _ = writeln!(page, "| `{}` | {} | {} |", s.name, s.values, s.about);
    }
    page.push_str(CONFIG_EXAMPLE);
    page
}

const CONFIG_EXAMPLE: &str = r#"
```toml
theme = "light"
split = 50
tags = ["legal", "numbers"]

[keys]
undo = ["u", "U"]

[labels.verification_status]
accurate = "confirmed"

[ratings]
1 = "Wrong"
5 = "Right"

[proposer]
name = "house"
command = ["house-proposer", "--json"]
timeout = 20
```
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::config::Config;

    #[test]
    fn the_example_of_the_configuration_is_a_good_one() {
        let toml = CONFIG_EXAMPLE.trim().trim_start_matches("```toml");
        let (config, problems) = Config::parse(toml.trim_end_matches("```"));
        assert_eq!(problems, []);
        assert_eq!(Keymap::default().remap(&config.keys), Vec::<String>::new());
    }
}
