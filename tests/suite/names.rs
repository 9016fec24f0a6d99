//! Whoever searches for the name of a type finds one thing.

use std::collections::BTreeMap;

use crate::layers::each_file;

/// The name of the type that a line of code makes public, in whatever module of it; an alias makes none.
fn public_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = match rest.strip_prefix('(') {
        Some(within) => within.split_once(')')?.1,
        None => rest,
    };
    let mut words = rest.split_whitespace();
    if !["struct", "enum", "trait"].contains(&words.next()?) {
        return None;
    }
    let end = |c: char| !(c.is_alphanumeric() || c == '_');
    // A macro's own `$Name` is no name yet.
    words
        .next()?
        .split(end)
        .next()
        .filter(|name| !name.is_empty())
}

#[test]
fn no_two_public_types_share_a_name() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    each_file(|_, file, code| {
        // The types on disk are called as what they keep, and are seen by the store alone.
        if file.starts_with("store/disk/") {
            return;
        }
        for name in code.lines().filter_map(public_type) {
            files.entry(name.into()).or_default().push(file.into());
        }
    });
    let shared: Vec<String> = files
        .iter()
        .filter(|(_, of)| of.len() > 1)
        .map(|(name, of)| format!("{name}: {}", of.join(", ")))
        .collect();
    assert_eq!(shared, Vec::<String>::new());
}

#[test]
fn the_reading_of_types_sees_every_kind_and_no_alias() {
    for (line, name) in [
        ("pub struct Row {", Some("Row")),
        ("    pub(super) enum Kind<'a> {", Some("Kind")),
        ("pub(in crate::app) trait Host: Send {", Some("Host")),
        ("pub struct Id(u64);", Some("Id")),
        ("struct Row {", None),
        ("pub type Form = form::Form<State>;", None),
        ("pub fn structured() {", None),
        ("pub struct $Record {", None),
    ] {
        assert_eq!(public_type(line), name, "{line}");
    }
}
