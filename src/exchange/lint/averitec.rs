//! The rules of AVeriTeC, measured on its published files and its scorer.

use serde_json::{Map, Value};

use super::{Findings, Ledger, what};
use crate::exchange::averitec::NO_ANSWER;

const LABELS: &[&str] = &[
    "Supported",
    "Refuted",
    "Not Enough Evidence",
    "Conflicting Evidence/Cherrypicking",
];
const TYPES: &[&str] = &[
    "Event/Property Claim",
    "Numerical Claim",
    "Quote Verification",
    "Causal Claim",
    "Position Statement",
];
const STRATEGIES: &[&str] = &[
    "Written Evidence",
    "Consultation",
    "Numerical Comparison",
    "Fact-checker Reference",
    "Satirical Source Identification",
    "Keyword Search",
    "Geolocation",
    "Image analysis",
    "Video Analysis",
    "Audio Analysis",
    "Media Source Discussion",
];
const KINDS: &[&str] = &["Extractive", "Abstractive", "Boolean", "Unanswerable"];
const MEDIA: &[&str] = &[
    "Web text",
    "PDF",
    "Metadata",
    "Web table",
    "Image/graphic",
    "Video",
    "Audio",
    "Other",
    "",
];

pub(super) fn json(value: &Value) -> Findings {
    let mut ledger = Ledger::new();
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => {
            ledger.say("the file", "is one object: a split is a list of claims");
            std::slice::from_ref(one)
        }
    };
    for (n, entry) in all.iter().enumerate() {
        let at = format!("[{n}]");
        match entry.as_object() {
            Some(o) => claim(&mut ledger, &at, o),
            None => ledger.say(at, format!("is {}, not a claim", what(entry))),
        }
    }
    Findings {
        format: "averitec",
        entries: all.len(),
        problems: ledger.problems,
    }
}

fn claim(ledger: &mut Ledger, at: &str, o: &Map<String, Value>) {
    ledger.text(o, at, "claim");
    if let Some(label) = ledger.text(o, at, "label") {
        ledger.one_of(format!("{at}.label"), label, LABELS);
    }
    if !o.get("required_reannotation").is_none_or(Value::is_boolean) {
        ledger.say(
            format!("{at}.required_reannotation"),
            "is neither true nor false",
        );
    }
    if !o.get("justification").is_some_and(Value::is_string) {
        ledger.say(format!("{at}.justification"), "is no text");
    }
    match o.get("claim_date") {
        Some(Value::String(date)) if is_date(date) => {}
        Some(Value::String(date)) => {
            ledger.say(
                format!("{at}.claim_date"),
                format!(
                    "“{}” is not D-M-YYYY without leading zeros",
                    crate::exchange::report::first_words(date)
                ),
            );
        }
        _ => ledger.say(format!("{at}.claim_date"), "is no text: write D-M-YYYY"),
    }
    for key in [
        "speaker",
        "original_claim_url",
        "reporting_source",
        "location_ISO_code",
        "cached_original_claim_url",
    ] {
        match o.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(s)) if key == "location_ISO_code" => {
                if s.len() != 2 || !s.bytes().all(|b| b.is_ascii_uppercase()) {
                    ledger.say(format!("{at}.{key}"), "is not two capital letters");
                }
            }
            Some(Value::String(_)) => {}
            Some(other) => ledger.say(
                format!("{at}.{key}"),
                format!("is {}: a text or null", what(other)),
            ),
        }
    }
    ledger.text(o, at, "fact_checking_article");
    for (key, allowed) in [
        ("claim_types", TYPES),
        ("fact_checking_strategies", STRATEGIES),
    ] {
        match o.get(key).and_then(Value::as_array) {
            None => ledger.say(format!("{at}.{key}"), "is no list"),
            Some(all) => {
                for (n, v) in all.iter().enumerate() {
                    ledger.one_of(
                        format!("{at}.{key}[{n}]"),
                        v.as_str().unwrap_or(what(v)),
                        allowed,
                    );
                }
            }
        }
    }
    match o.get("questions").and_then(Value::as_array) {
        None => ledger.say(format!("{at}.questions"), "is no list"),
        Some(all) if all.is_empty() => ledger.say(
            format!("{at}.questions"),
            "is empty: every claim has a question",
        ),
        Some(all) => {
            for (n, q) in all.iter().enumerate() {
                question(ledger, &format!("{at}.questions[{n}]"), q);
            }
        }
    }
}

fn question(ledger: &mut Ledger, at: &str, q: &Value) {
    let Some(o) = q.as_object() else {
        return ledger.say(at, format!("is {}, not a question", what(q)));
    };
    ledger.text(o, at, "question");
    match o.get("answers").and_then(Value::as_array) {
        None => ledger.say(format!("{at}.answers"), "is no list"),
        Some(all) if all.is_empty() => ledger.say(
            format!("{at}.answers"),
            "is empty: write an Unanswerable answer",
        ),
        Some(all) => {
            for (n, a) in all.iter().enumerate() {
                let at = format!("{at}.answers[{n}]");
                match a.as_object() {
                    Some(a) => answer(ledger, &at, a),
                    None => ledger.say(at, format!("is {}, not an answer", what(a))),
                }
            }
        }
    }
}

fn answer(ledger: &mut Ledger, at: &str, a: &Map<String, Value>) {
    let words = ledger.text(a, at, "answer").unwrap_or("");
    let Some(kind) = ledger.text(a, at, "answer_type") else {
        return;
    };
    ledger.one_of(format!("{at}.answer_type"), kind, KINDS);
    let text = |key: &str| a.get(key).and_then(Value::as_str);
    if kind == "Boolean" {
        if !matches!(words, "Yes" | "No") {
            ledger.say(
                format!("{at}.answer"),
                "of a Boolean answer is exactly Yes or No",
            );
        }
        if text("boolean_explanation").is_none_or(|t| t.trim().is_empty()) {
            ledger.say(
                format!("{at}.boolean_explanation"),
                "is missing: the official scorer stops there",
            );
        }
    } else if a.contains_key("boolean_explanation") {
        ledger.say(
            format!("{at}.boolean_explanation"),
            "stands on an answer that is not Boolean",
        );
    }
    match text("source_url") {
        None => ledger.say(
            format!("{at}.source_url"),
            "is no text: write \"\" where there is none",
        ),
        Some(url) if kind == "Unanswerable" && !url.is_empty() => {
            ledger.say(
                format!("{at}.source_url"),
                "of an Unanswerable answer is empty",
            );
        }
        Some(_) => {}
    }
    if kind == "Unanswerable" {
        if words != NO_ANSWER {
            ledger.say(
                format!("{at}.answer"),
                format!("of an Unanswerable answer is exactly “{NO_ANSWER}”"),
            );
        }
        if a.contains_key("cached_source_url") {
            ledger.say(
                format!("{at}.cached_source_url"),
                "stands on an Unanswerable answer",
            );
        }
    }
    match text("source_medium") {
        None => ledger.say(format!("{at}.source_medium"), "is no text"),
        Some(m) => ledger.one_of(format!("{at}.source_medium"), m, MEDIA),
    }
}

/// `1-10-2020`: day and month without leading zeros, a day that exists.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let [day, month, year] = parts[..] else {
        return false;
    };
    let number = |s: &str| -> Option<i16> {
        let digits = !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) && !s.starts_with('0');
        digits.then(|| s.parse().ok()).flatten()
    };
    let (Some(d), Some(m), Some(y)) = (number(day), number(month), number(year)) else {
        return false;
    };
    let small = |n: i16| i8::try_from(n).ok();
    year.len() == 4
        && small(m)
            .zip(small(d))
            .is_some_and(|(m, d)| jiff::civil::Date::new(y, m, d).is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_have_no_leading_zeros_and_exist() {
        for (date, good) in [
            ("1-10-2020", true),
            ("31-12-1999", true),
            ("01-10-2020", false),
            ("31-2-2020", false),
            ("2020-10-1", false),
            ("1-10-20", false),
            ("", false),
        ] {
            assert_eq!(is_date(date), good, "{date}");
        }
    }
}
