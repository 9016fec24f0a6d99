//! The arrows between the layers, read from the `use` lines and the paths in the code.
//!
//! ```text
//! main → cli, run → everything      view → app, core
//! app, store, exchange, reader → core      core → nothing of ours
//! ```

use std::path::{Path, PathBuf};

use crate::program::repository;

/// A layer and those that it may name besides itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("reader", &["core"]),
    ("store", &["core"]),
    ("exchange", &["core"]),
    ("app", &["core"]),
    ("view", &["app", "core"]),
    (
        "cli",
        &["run", "app", "view", "store", "exchange", "reader", "core"],
    ),
    (
        "run",
        &["cli", "app", "view", "store", "exchange", "reader", "core"],
    ),
];

/// What a layer must not name of other crates: core is pure, and only run and view know the terminal.
const FOREIGN: &[(&str, &[&str])] = &[
    (
        "core",
        &[
            "std::fs",
            "std::io",
            "std::env",
            "std::process",
            "std::thread",
            "std::net",
            "SystemTime",
            "Instant::now",
            "now_v7",
            "Timestamp::now",
            "ratatui",
            "crossterm",
            "tui_textarea",
        ],
    ),
    (
        "reader",
        &[
            "std::fs",
            "std::env",
            "ratatui",
            "crossterm",
            "tui_textarea",
        ],
    ),
    ("store", &["ratatui", "crossterm", "tui_textarea"]),
    ("exchange", &["ratatui", "crossterm", "tui_textarea"]),
    (
        "app",
        &[
            "std::fs",
            "std::env",
            "std::thread",
            "std::process",
            "std::net",
            "now_v7",
            "Timestamp::now",
            "Instant::now",
            "crossterm",
        ],
    ),
    (
        "view",
        &[
            "std::fs",
            "std::env",
            "std::thread",
            "std::net",
            "crossterm",
            "tui_textarea",
        ],
    ),
    ("cli", &["ratatui", "crossterm", "tui_textarea"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its comments and its test module.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = match text.find("#[cfg(test)]\nmod tests {") {
        Some(at) => &text[..at],
        None => &text,
    };
    text.lines()
        .map(|l| l.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files that `path` declares as modules for tests only.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(path).unwrap();
    let folder = match path.file_stem().unwrap().to_str() {
        Some("mod" | "lib" | "main") => path.parent().unwrap().to_owned(),
        _ => path.with_extension(""),
    };
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .filter(|w| w[0].trim() == "#[cfg(test)]")
        .filter_map(|w| w[1].trim().strip_suffix(';')?.rsplit_once("mod "))
        .map(|(_, name)| folder.join(format!("{name}.rs")))
        .collect()
}

/// Every name that stands behind `crate::` in `code`, also inside `use crate::{a, b::c}`.
fn named(code: &str) -> Vec<String> {
    let word = |s: &str| -> String {
        s.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (n, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    names.push(word(&group[start..n]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    names.push(word(&group[start..n]));
                    start = n + 1;
                }
                _ => {}
            }
        }
    }
    names
}

/// Visits the code of every file with the layer that it belongs to.
fn each_file(mut visit: impl FnMut(&str, &str, &str)) {
    let src = repository().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    let tests: Vec<PathBuf> = files.iter().flat_map(|f| test_modules(f)).collect();
    files.retain(|f| !tests.contains(f));
    for path in files {
        let inner = path.strip_prefix(&src).unwrap();
        let shown = inner.display().to_string();
        let layer = inner.iter().next().unwrap().to_string_lossy().into_owned();
        visit(layer.trim_end_matches(".rs"), &shown, &code(&path));
    }
}

#[test]
fn no_arrow_runs_the_wrong_way() {
    let layers: Vec<&str> = ARROWS.iter().map(|(layer, _)| *layer).collect();
    let mut wrong = Vec::new();
    each_file(|layer, file, code| {
        let Some((_, may)) = ARROWS.iter().find(|(l, _)| *l == layer) else {
            assert!(
                ["lib", "main"].contains(&layer),
                "{file} belongs to no layer"
            );
            return;
        };
        for name in named(code) {
            if layers.contains(&&*name) && name != layer && !may.contains(&&*name) {
                wrong.push(format!("{file} names {name}"));
            }
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_outside_world_stays_where_it_belongs() {
    let mut wrong = Vec::new();
    each_file(|layer, file, code| {
        // The two seams that the design names: the textarea widget, and the page from the network.
        if ["app/textfield.rs", "reader/input/url.rs"].contains(&file) {
            return;
        }
        let kept_out = FOREIGN
            .iter()
            .find(|(l, _)| *l == layer)
            .map_or(&[][..], |(_, f)| f);
        for name in kept_out.iter().filter(|n| code.contains(**n)) {
            wrong.push(format!("{file} names {name}"));
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

/// What asks the terminal something or reads it. Only the input thread does: whoever else waits for an answer takes the
/// keys that come with it.
const READS_THE_TERMINAL: &[&str] = &[
    "event::read",
    "event::poll",
    "cursor::position",
    "get_cursor_position",
    "terminal.clear()",
    "supports_keyboard_enhancement",
];

#[test]
fn nothing_but_the_input_thread_reads_the_terminal() {
    let mut wrong = Vec::new();
    each_file(|_, file, code| {
        for name in READS_THE_TERMINAL.iter().filter(|n| code.contains(**n)) {
            wrong.push(format!("{file} names {name}"));
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_reading_of_use_lines_sees_all_of_them() {
    let code = "use crate::core::a;\nuse crate::{store, exchange::{b, c}, app::d};\nlet x = crate::view::y();";
    assert_eq!(named(code), ["core", "store", "exchange", "app", "view"]);
}
