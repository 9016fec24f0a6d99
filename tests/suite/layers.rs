//! The arrows between the layers, read from the `use` lines and the paths in the code.
//!
//! ```text
//! main → cli, run → work → store, exchange, reader → core → nothing of ours
//! cli → run (only to start the workbench), app      run → view, app      view → app, core      app → core
//! ```

use std::collections::{BTreeMap, BTreeSet};
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
    ("work", &["store", "exchange", "reader", "core"]),
    (
        "cli",
        &["run", "work", "app", "store", "exchange", "reader", "core"],
    ),
    (
        "run",
        &["work", "app", "view", "store", "exchange", "reader", "core"],
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
    ("work", &["ratatui", "crossterm", "tui_textarea"]),
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
pub fn each_file(mut visit: impl FnMut(&str, &str, &str)) {
    let src = repository().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    let tests: Vec<PathBuf> = files.iter().flat_map(|f| test_modules(f)).collect();
    // A module for tests may be a folder.
    files.retain(|f| {
        !tests
            .iter()
            .any(|t| f == t || f.starts_with(t.with_extension("")))
    });
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

/// The files of `cli` that start the workbench, or a child of it.
const START_THE_WORKBENCH: &[&str] = &["cli/mod.rs", "cli/workbench.rs"];

#[test]
fn a_command_does_nothing_by_way_of_the_workbench() {
    let mut wrong = Vec::new();
    each_file(|layer, file, code| {
        let names = layer == "cli" && named(code).iter().any(|name| name == "run");
        if names && !START_THE_WORKBENCH.contains(&file) {
            wrong.push(file.to_string());
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_outside_world_stays_where_it_belongs() {
    let mut wrong = Vec::new();
    each_file(|layer, file, code| {
        // The two seams that the design names: the textarea widget, and the page from the network.
        if ["app/layers/textfield.rs", "reader/input/url.rs"].contains(&file) {
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

/// The layers in which no files import each other in a circle.
const WITHOUT_CIRCLES: &[&str] = &["app", "core", "view", "cli", "work"];

/// The floors of `app`, the lowest first: a file names nothing of a floor above its own.
const FLOORS: &[&str] = &[
    "screen", "input", "msg", "refusal", "config", "layers", "state", "features", "dispatch",
];

/// The paths that begin at `text`, with every group in braces told apart: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(text: &str) -> Vec<String> {
    let name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let end = text.find(|c| !name(c)).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let Some(group) = rest.strip_prefix('{').filter(|_| head.ends_with("::")) else {
        return vec![head.trim_end_matches(':').to_string()];
    };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let inner = paths(group[start..at].trim());
                found.extend(inner.into_iter().map(|p| format!("{head}{p}")));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// Every module among `modules` that the code of `module` names.
fn imports(module: &str, code: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let starts = |word: &'static str| {
        code.match_indices(word).filter_map(move |(at, _)| {
            let before = code[..at].chars().next_back();
            let begins = before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'));
            begins.then_some(at)
        })
    };
    let mut named: Vec<String> = Vec::new();
    for at in starts("crate::").chain(starts("super::")) {
        named.extend(paths(&code[at..]));
    }
    // A child may be named without a word before it.
    for at in starts("use ") {
        named.extend(
            paths(&code[at + "use ".len()..])
                .into_iter()
                .map(|p| format!("self::{p}")),
        );
    }
    let mut found = BTreeSet::new();
    for path in named {
        let mut at: Vec<&str> = module.split("::").collect();
        let mut words: Vec<&str> = path.split("::").collect();
        if words[0] == "crate" {
            at.clear();
        }
        while words.first() == Some(&"super") {
            at.pop();
            words.remove(0);
        }
        if ["crate", "self"].contains(words.first().unwrap_or(&"")) {
            words.remove(0);
        }
        at.extend(words);
        while !at.is_empty() && !modules.contains(&at.join("::")) {
            at.pop();
        }
        let to = at.join("::");
        // The layer's own root only lists its modules.
        if to.contains("::") && to != module {
            found.insert(to);
        }
    }
    found
}

/// Every module that can be reached from `from`.
fn reached<'a>(from: &'a str, graph: &'a BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&'a str> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        for to in graph.get(module).into_iter().flatten() {
            if seen.insert(to.as_str()) {
                next.push(to);
            }
        }
    }
    seen
}

/// Every module with its layer, and what it imports of that layer.
fn imports_within_layers() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut files: BTreeMap<String, (String, String)> = BTreeMap::new();
    each_file(|layer, file, code| {
        let module = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let module = module.replace('/', "::");
        files.insert(module, (layer.to_string(), code.to_string()));
    });
    let modules: BTreeSet<String> = files.keys().cloned().collect();
    let within = |(module, (layer, code)): (String, (String, String))| {
        let mut to = imports(&module, &code, &modules);
        to.retain(|to| to.starts_with(&format!("{layer}::")));
        (module, (layer, to))
    };
    files.into_iter().map(within).collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = imports_within_layers();
    let imports = files
        .iter()
        .map(|(module, (_, to))| (module.clone(), to.clone()));
    let graph: BTreeMap<String, BTreeSet<String>> = imports.collect();
    let layer = |module: &str| files[module].0.clone();
    let checked = graph
        .keys()
        .filter(|m| WITHOUT_CIRCLES.contains(&&*layer(m)));
    let in_circles: Vec<&String> = checked
        .filter(|m| reached(m, &graph).contains(m.as_str()))
        .collect();
    assert_eq!(in_circles, Vec::<&String>::new());
}

#[test]
fn in_app_nothing_is_named_of_a_floor_above() {
    let floor = |module: &str| {
        let folder = module.split("::").nth(1)?;
        FLOORS.iter().position(|f| *f == folder)
    };
    let mut wrong = Vec::new();
    for (module, (_, named)) in imports_within_layers()
        .iter()
        .filter(|(_, (l, _))| l == "app")
    {
        if module == "app" {
            continue;
        }
        let Some(own) = floor(module) else {
            wrong.push(format!("{module} is on no floor"));
            continue;
        };
        let above = named.iter().filter(|to| floor(to).is_none_or(|f| f > own));
        wrong.extend(above.map(|to| format!("{module} names {to}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_reading_of_imports_sees_groups_parents_and_children() {
    let code = "use super::{b, c::{D, e::F}};\npub use child::X;\nlet y = crate::app::z::new();";
    let modules = [
        "app::a",
        "app::a::child",
        "app::b",
        "app::c",
        "app::c::e",
        "app::z",
    ];
    let modules: BTreeSet<String> = modules.iter().map(|m| m.to_string()).collect();
    let want = ["app::a::child", "app::b", "app::c", "app::c::e", "app::z"];
    let found = imports("app::a", code, &modules);
    assert_eq!(Vec::from_iter(&found), want);
}
