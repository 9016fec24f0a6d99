//! The rules of FEVER: its four documented fields and how its scorer reads evidence sets.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Findings, Ledger, what};
use crate::exchange::read::limits;

const LABELS: &[&str] = &["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"];

pub(super) fn lines(text: &str) -> Findings {
    let mut ledger = Ledger::new();
    let mut ids: HashMap<u64, usize> = HashMap::new();
    let mut entries = 0;
    let ends_well = text.ends_with('\n');
    let count = text.lines().count();
    for (n, line) in (1..).zip(text.lines()) {
        let at = format!("line {n}");
        if line.trim().is_empty() {
            ledger.say(at, "is empty: every line is an object");
            continue;
        }
        entries += 1;
        if !limits::fits(line) {
            ledger.say(at, "holds more values than a claim can have");
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(o)) => claim(&mut ledger, &at, n, &o, &mut ids),
            Ok(other) => ledger.say(at, format!("is {}, not an object", what(&other))),
            Err(e) if n == count && !ends_well && e.is_eof() => {
                ledger.say(at, "breaks off: the file is cut short")
            }
            Err(e) => ledger.say(format!("{at}, column {}", e.column()), "is no JSON"),
        }
    }
    Findings {
        format: "fever",
        entries,
        problems: ledger.problems,
    }
}

fn claim(
    ledger: &mut Ledger,
    at: &str,
    n: usize,
    o: &Map<String, Value>,
    ids: &mut HashMap<u64, usize>,
) {
    match o.get("id").and_then(Value::as_u64) {
        None => ledger.say(format!("{at}, id"), "is no whole number"),
        Some(id) => {
            if let Some(first) = ids.insert(id, n) {
                ledger.say(
                    format!("{at}, id"),
                    format!("{id} stands on line {first} too"),
                );
            }
        }
    }
    for (key, value) in [("claim", o.get("claim")), ("label", o.get("label"))] {
        if value
            .and_then(Value::as_str)
            .is_none_or(|t| t.trim().is_empty())
        {
            ledger.say(format!("{at}, {key}"), "is missing or no text");
        }
    }
    let label = o.get("label").and_then(Value::as_str).unwrap_or("");
    if !label.trim().is_empty() {
        ledger.one_of(format!("{at}, label"), label, LABELS);
    }
    let open = label == "NOT ENOUGH INFO";
    if let Some(v) = o.get("verifiable") {
        let wanted = if open { "NOT VERIFIABLE" } else { "VERIFIABLE" };
        if v != wanted {
            ledger.say(
                format!("{at}, verifiable"),
                format!("does not fit the label: {wanted}"),
            );
        }
    }
    let Some(sets) = o.get("evidence").and_then(Value::as_array) else {
        return ledger.say(format!("{at}, evidence"), "is no list of sets");
    };
    if sets.is_empty() {
        ledger.say(
            format!("{at}, evidence"),
            "is empty: NOT ENOUGH INFO has one set with nulls, others a sentence at least",
        );
    }
    for (s, set) in sets.iter().enumerate() {
        let place = format!("{at}, evidence[{s}]");
        match set.as_array() {
            None => ledger.say(
                place,
                format!(
                    "is {}: sets are lists of [annotation, evidence, page, sentence]",
                    what(set)
                ),
            ),
            Some(all) if all.is_empty() => ledger.say(place, "is an empty set"),
            Some(all) => {
                for (i, item) in all.iter().enumerate() {
                    tuple(ledger, &format!("{place}[{i}]"), item, open);
                }
            }
        }
    }
}

fn tuple(ledger: &mut Ledger, at: &str, item: &Value, open: bool) {
    let Some([_, _, page, sentence]) = item.as_array().map(Vec::as_slice) else {
        return ledger.say(
            at,
            "is not four values: annotation, evidence, page, sentence",
        );
    };
    if open {
        if !page.is_null() || !sentence.is_null() {
            ledger.say(
                at,
                "names a page, but the label is NOT ENOUGH INFO: write nulls",
            );
        }
        return;
    }
    match page.as_str() {
        None => ledger.say(
            format!("{at}[2]"),
            format!("is {}, not a page's name", what(page)),
        ),
        Some(name) if name.contains(' ') => ledger.say(
            format!("{at}[2]"),
            "has spaces: page names have underscores",
        ),
        Some(_) => {}
    }
    if !sentence.is_u64() {
        ledger.say(
            format!("{at}[3]"),
            format!("is {}, not the number of a sentence from 0", what(sentence)),
        );
    }
}
