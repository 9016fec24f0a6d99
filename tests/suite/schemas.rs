//! The JSON Schemas of the files that claimdesk writes are committed, so that no file changes its shape unnoticed.
//!
//! Before the first release a change may only add; the new schema is written by
//! `CLAIMDESK_WRITE_SCHEMAS=1 cargo test schemas` and committed on purpose. From then on a change of a released schema
//! is a fault: it wants a new version beside the old one.

use std::fs;
use std::path::PathBuf;

use claimdesk::exchange::shape;
use claimdesk::store::{RELEASED, schema};
use serde_json::{Value, json};

use crate::program::repository;

/// Every file with a schema: its format, and the schema as it is made now.
fn made() -> [(&'static str, Value); 6] {
    [
        ("session", schema::session()),
        ("journal", schema::journal()),
        ("proposals", schema::proposals()),
        ("place", schema::place()),
        ("draft", schema::draft()),
        ("export", shape::schema()),
    ]
}

fn path(format: &str) -> PathBuf {
    let name = format!("claimdesk.{format}.1.json");
    repository().join("docs/schemas").join(name)
}

fn committed(format: &str) -> Option<Value> {
    let text = fs::read_to_string(path(format)).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn the_schemas_are_committed_and_only_grow() {
    let write = std::env::var_os("CLAIMDESK_WRITE_SCHEMAS").is_some();
    for (format, schema) in made() {
        let old = committed(format);
        if old.as_ref() == Some(&schema) {
            continue;
        }
        let old = old.unwrap_or_else(|| json!({}));
        assert_eq!(
            RELEASED, 0,
            "the schema of claimdesk.{format} 1 is released and changed: leave it, and add a new version"
        );
        assert_eq!(
            taken_away(&old, &schema, format),
            Vec::<String>::new(),
            "files that were written so far would not be read any more"
        );
        assert!(
            write,
            "docs/schemas has another schema of {format}; CLAIMDESK_WRITE_SCHEMAS=1 cargo test schemas writes it anew"
        );
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        fs::create_dir_all(path(format).parent().unwrap()).unwrap();
        fs::write(path(format), text).unwrap();
    }
}

#[test]
fn golden_sessions_and_the_sample_meet_the_schemas() {
    let mut seen = 0;
    for parent in ["tests/golden", "sessions"] {
        for session in fs::read_dir(repository().join(parent)).unwrap() {
            let folder = session.unwrap().path();
            let Ok(checkpoint) = fs::read_to_string(folder.join("session.json")) else {
                continue;
            };
            let checkpoint = serde_json::from_str(&checkpoint).unwrap();
            meets("session", &checkpoint);
            let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
            for line in journal.lines() {
                meets("journal", &serde_json::from_str(line).unwrap());
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen} lines of journals");
}

fn meets(format: &str, file: &Value) {
    let schema = committed(format).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<_> = validator.iter_errors(file).map(|e| e.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new(), "{format}");
}

/// What a file that meets `old` may hold and `new` does not allow, as paths: keywords that were removed, made narrower,
/// or changed in a way that this function does not know to be harmless.
fn taken_away(old: &Value, new: &Value, at: &str) -> Vec<String> {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
        return match old == new {
            true => Vec::new(),
            false => vec![at.to_string()],
        };
    };
    let mut faults = Vec::new();
    let keywords: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for keyword in keywords {
        let here = format!("{at}/{keyword}");
        let (before, after) = (old.get(keyword), new.get(keyword));
        match (keyword.as_str(), before, after) {
            ("title" | "description" | "$schema", ..) => {}
            // A schema that said nothing so far, or a member that did not exist.
            (_, None, _) if old.is_empty() => {}
            ("required", before, after) => {
                let none = Vec::new();
                let list = |v: Option<&Value>| v.and_then(Value::as_array).unwrap_or(&none).clone();
                let known = list(before);
                let more = list(after).into_iter().filter(|m| !known.contains(m));
                faults.extend(more.map(|m| format!("{here}: {m}")));
            }
            ("properties" | "$defs", before, after) => {
                let empty = serde_json::Map::new();
                let map = |v: Option<&'_ Value>| v.and_then(Value::as_object).cloned();
                let after = map(after).unwrap_or_default();
                for (name, schema) in map(before).as_ref().unwrap_or(&empty) {
                    match after.get(name) {
                        Some(now) => {
                            faults.extend(taken_away(schema, now, &format!("{here}/{name}")));
                        }
                        None => faults.push(format!("{here}/{name}")),
                    }
                }
            }
            // What a member that may be missing now reads as.
            ("default", None, Some(_)) => {}
            // More is allowed beside what was.
            ("pattern", Some(Value::String(before)), Some(Value::String(after))) => {
                let more = after.strip_prefix(&format!("{before}|"));
                let grown = before.ends_with('$') && more.is_some_and(|m| m.starts_with('^'));
                faults.extend((before != after && !grown).then_some(here));
            }
            // One type, or a list of them.
            ("type", Some(before), Some(after)) => {
                let list = |v: &Value| v.as_array().cloned().unwrap_or_else(|| vec![v.clone()]);
                let (before, after) = (list(before), list(after));
                let gone = before.iter().any(|word| !after.contains(word));
                faults.extend(gone.then_some(here));
            }
            ("enum", Some(Value::Array(before)), Some(Value::Array(after))) => {
                let gone = before.iter().filter(|word| !after.contains(word));
                faults.extend(gone.map(|word| format!("{here}: {word}")));
            }
            ("oneOf" | "anyOf", Some(Value::Array(before)), Some(Value::Array(after))) => {
                let lost = |one: &Value| after.iter().all(|n| !taken_away(one, n, "").is_empty());
                let lost = before.iter().enumerate().filter(|(_, one)| lost(one));
                faults.extend(lost.map(|(n, _)| format!("{here}/{n}")));
            }
            (_, Some(before), Some(after)) => faults.extend(taken_away(before, after, &here)),
            _ => faults.push(here),
        }
    }
    faults
}

#[test]
fn a_schema_that_takes_something_away_is_found() {
    let old = json!({
        "type": "object",
        "properties": { "word": { "enum": ["a", "b"] }, "name": { "type": "string" } },
        "required": ["word"],
        "oneOf": [{ "const": 1 }, { "const": 2 }],
    });
    let changed = |path: &str, value: Value| {
        let mut new = old.clone();
        *new.pointer_mut(path).unwrap() = value;
        taken_away(&old, &new, "")
    };
    let none = Vec::<String>::new();
    assert_eq!(
        changed("/properties/word/enum", json!(["c", "b", "a"])),
        none
    );
    assert_eq!(changed("/required", json!([])), none);
    assert_eq!(
        changed("/oneOf", json!([{"const": 1}, {"const": 2}, {"const": 3}])),
        none
    );
    let grown = json!({"word": {"enum": ["a", "b"]}, "name": {"type": "string"}, "new": {}});
    assert_eq!(changed("/properties", grown), none);

    assert_eq!(
        changed("/properties/name/type", json!(["string", "null"])),
        none
    );

    let pattern = |new: &str| {
        let schema = |pattern: &str| json!({"type": "string", "pattern": pattern});
        taken_away(&schema("^[0-9]$"), &schema(new), "")
    };
    assert_eq!(pattern("^[0-9]$|^[a-f]{2}$"), none);
    assert_eq!(pattern("^[0-8]$"), ["/pattern"]);

    assert_eq!(
        changed("/properties/word/enum", json!(["a"])),
        ["/properties/word/enum: \"b\""]
    );
    assert_eq!(
        changed("/required", json!(["word", "name"])),
        ["/required: \"name\""]
    );
    assert_eq!(changed("/oneOf", json!([{"const": 1}])), ["/oneOf/1"]);
    assert_eq!(
        changed("/properties/name/type", json!("integer")),
        ["/properties/name/type"]
    );
    let shorter = json!({"type": "string", "maxLength": 3});
    assert_eq!(
        changed("/properties/name", shorter),
        ["/properties/name/maxLength"]
    );
    assert_eq!(
        changed("/properties", json!({"word": {"enum": ["a", "b"]}})),
        ["/properties/name"]
    );
}
