//! Checks ClaimReview, AVeriTeC and FEVER files, ours or another's, against the rules that their readers follow: one
//! problem a line, with its place.

mod averitec;
mod claimreview;
mod fever;

use serde_json::{Map, Value};

use super::error::ExchangeError;
use super::read::limits;

/// One thing that a reader of the file would refuse, misread or drop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `line 3`, `[2].reviewRating.ratingValue`, `script 1.author`.
    pub place: String,
    /// What is wrong, and what it should be.
    pub what: String,
    /// Whether readers only do better with it: the file is right without.
    pub advice: bool,
}

/// What a file turned out to be, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// `claimreview`, `averitec` or `fever`.
    pub format: &'static str,
    /// How many reviews or claims were looked at.
    pub entries: usize,
    /// In order of the file.
    pub problems: Vec<Problem>,
}

/// Checks the file called `name`.
///
/// # Errors
///
/// [`ExchangeError::Input`] where the file is none of the three or cannot be read at all.
pub fn lint(name: &str, bytes: &[u8]) -> Result<Findings, ExchangeError> {
    let text = limits::text(name, "lint", bytes)?;
    let trimmed = text.trim_start();
    if trimmed.starts_with('<') {
        return claimreview::html(name, text);
    }
    let damaged = match limits::tree(name, "lint", text) {
        Ok(value) => {
            return match kind(&value) {
                Some("claimreview") => Ok(claimreview::json(&value)),
                Some("averitec") => Ok(averitec::json(&value)),
                Some("fever") => Ok(fever::lines(text)),
                _ => Err(unknown(name)),
            };
        }
        Err(why) => why,
    };
    // Not one JSON value: lines of them, or damaged, or too large to be made a tree of.
    let first = trimmed.lines().next().unwrap_or("");
    match limits::tree(name, "lint", first) {
        Ok(value) if kind(&value) == Some("fever") => Ok(fever::lines(text)),
        Ok(value) if value.is_object() => Err(unknown(name)),
        _ => Err(damaged),
    }
}

fn unknown(name: &str) -> ExchangeError {
    ExchangeError::Input {
        file: name.into(),
        format: "ClaimReview, AVeriTeC or FEVER",
        place: "its first entry".into(),
        what: "nothing there says which of the three it is".into(),
    }
}

fn kind(value: &Value) -> Option<&'static str> {
    let first = match value {
        Value::Array(all) => all.first()?,
        one => one,
    };
    if first.get("@type").is_some()
        || first.get("@graph").is_some()
        || first.get("@context").is_some()
    {
        Some("claimreview")
    } else if first.get("questions").is_some() || first.get("fact_checking_strategies").is_some() {
        Some("averitec")
    } else if first.get("claim").is_some()
        && (first.get("evidence").is_some() || first.get("label").is_some())
    {
        Some(if value.is_array() {
            "averitec"
        } else {
            "fever"
        })
    } else {
        None
    }
}

/// Collects problems under a path of keys.
#[derive(Debug)]
struct Ledger {
    problems: Vec<Problem>,
}

impl Ledger {
    fn new() -> Self {
        Self {
            problems: Vec::new(),
        }
    }

    fn say(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem {
            place: place.into(),
            what: what.into(),
            advice: false,
        });
    }

    /// Says what readers would do better with.
    fn advise(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem {
            place: place.into(),
            what: what.into(),
            advice: true,
        });
    }

    /// The text of a key that must be a text with something in it.
    fn text<'a>(&mut self, of: &'a Map<String, Value>, at: &str, key: &str) -> Option<&'a str> {
        match of.get(key) {
            None => self.say(format!("{at}.{key}"), "is missing"),
            Some(Value::String(s)) if !s.trim().is_empty() => return Some(s),
            Some(Value::String(_)) => self.say(format!("{at}.{key}"), "is empty"),
            Some(other) => self.say(
                format!("{at}.{key}"),
                format!("is {}, not a text", what(other)),
            ),
        }
        None
    }

    /// Says so unless the text is one of `all`.
    fn one_of(&mut self, place: String, text: &str, all: &[&str]) {
        if !all.contains(&text) {
            self.say(
                place,
                format!(
                    "is “{}”, not one of {}",
                    super::report::first_words(text),
                    all.join(", ")
                ),
            );
        }
    }
}

/// What a value is, in a word.
fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;
