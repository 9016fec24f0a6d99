//! The rules of ClaimReview: schema.org's terms, and what the readers of it take.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Findings, Ledger, what};
use crate::exchange::error::ExchangeError;
use crate::exchange::mapping::{day, is_web};
use crate::exchange::read::limits;

/// Checks a JSON-LD file.
pub(super) fn json(value: &Value) -> Findings {
    let mut ledger = Ledger::new();
    let mut entries = 0;
    document(&mut ledger, "", value, &mut entries);
    if entries == 0 {
        ledger.say("the file", "holds no ClaimReview");
    }
    Findings {
        format: "claimreview",
        entries,
        problems: ledger.problems,
    }
}

/// Checks the JSON-LD script blocks of a page.
pub(super) fn html(name: &str, text: &str) -> Result<Findings, ExchangeError> {
    let mut ledger = Ledger::new();
    let mut entries = 0;
    let scripts = limits::json_ld_scripts(text);
    for (n, script) in (1..).zip(&scripts) {
        let at = format!("script {n}");
        match limits::tree(name, "lint", script) {
            Ok(value) => document(&mut ledger, &at, &value, &mut entries),
            Err(ExchangeError::Input { place, what, .. }) => {
                ledger.say(format!("{at}, {place}"), what)
            }
            Err(e) => return Err(e),
        }
    }
    if entries == 0 {
        ledger.say("the page", "has no script block with a ClaimReview");
    }
    if scripts.len() > 1 {
        let anchors: HashSet<&str> = ["id=\"", "id='", "name=\""]
            .iter()
            .flat_map(|key| values(text, key))
            .collect();
        let mut missing: Vec<&str> = values(text, "\"url\": \"")
            .chain(values(text, "\"url\":\""))
            .filter_map(|url| Some(url.split_once('#')?.1))
            .filter(|fragment| !fragment.is_empty() && !anchors.contains(fragment))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        for fragment in missing {
            ledger.say(
                "the page",
                format!("has no anchor #{fragment}, which a review's url names"),
            );
        }
    }
    Ok(Findings {
        format: "claimreview",
        entries,
        problems: ledger.problems,
    })
}

/// What stands between each `key` and the next quotation mark.
fn values<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(key)
        .filter_map(move |(at, _)| text.get(at + key.len()..)?.split(['"', '\'']).next())
}

fn is_type(o: &Map<String, Value>, wanted: &str) -> bool {
    match o.get("@type") {
        Some(Value::String(t)) => t.rsplit(['/', ':']).next() == Some(wanted),
        Some(Value::Array(all)) => all.iter().any(|t| t == wanted),
        _ => false,
    }
}

fn document(ledger: &mut Ledger, at: &str, value: &Value, entries: &mut usize) {
    match value {
        Value::Array(all) => {
            for (n, v) in all.iter().enumerate() {
                document(ledger, &format!("{at}[{n}]"), v, entries);
            }
        }
        Value::Object(o) if is_type(o, "ClaimReview") => {
            *entries += 1;
            review(ledger, at, o);
        }
        Value::Object(o) => {
            if let Some(graph) = o.get("@graph") {
                ledger.say(
                    format!("{at}.@graph"),
                    "simple readers see one object without a type there: write one script a review",
                );
                document(ledger, &format!("{at}.@graph"), graph, entries);
            }
            // Feeds of reviews.
            for key in ["dataFeedElement", "item", "itemListElement", "mainEntity"] {
                if let Some(inner) = o.get(key) {
                    document(ledger, &format!("{at}.{key}"), inner, entries);
                }
            }
        }
        _ => {}
    }
}

fn review(ledger: &mut Ledger, at: &str, o: &Map<String, Value>) {
    if at.matches('.').count() == 0
        && !o
            .get("@context")
            .is_some_and(|c| c.to_string().contains("schema.org"))
    {
        ledger.say(format!("{at}.@context"), "does not name schema.org");
    }
    if let Some(claim) = ledger.text(o, at, "claimReviewed")
        && claim.chars().count() > 75
    {
        ledger.advise(
            format!("{at}.claimReviewed"),
            "is longer than the 75 characters that are shown",
        );
    }
    if let Some(url) = ledger.text(o, at, "url") {
        address(ledger, &format!("{at}.url"), url);
    }
    for key in ["datePublished", "dateModified"] {
        date(ledger, o, at, key);
    }
    if !o.contains_key("datePublished") {
        ledger.advise(
            format!("{at}.datePublished"),
            "is missing: readers sort by it",
        );
    }
    party(ledger, o, at, "author", true);
    match o.get("itemReviewed") {
        None => ledger.say(
            format!("{at}.itemReviewed"),
            "is missing: it says who made the claim",
        ),
        Some(Value::Object(item)) => claim(ledger, &format!("{at}.itemReviewed"), item),
        Some(other) => ledger.say(
            format!("{at}.itemReviewed"),
            format!("is {}, not a Claim", what(other)),
        ),
    }
    match o.get("reviewRating") {
        None => ledger.say(format!("{at}.reviewRating"), "is missing"),
        Some(Value::Object(r)) => rating(ledger, &format!("{at}.reviewRating"), r),
        Some(other) => ledger.say(
            format!("{at}.reviewRating"),
            format!("is {}, not a Rating", what(other)),
        ),
    }
}

fn claim(ledger: &mut Ledger, at: &str, o: &Map<String, Value>) {
    if !is_type(o, "Claim") {
        ledger.say(format!("{at}.@type"), "is not Claim, which new data uses");
    }
    party(ledger, o, at, "author", is_type(o, "Claim"));
    date(ledger, o, at, "datePublished");
    for key in ["appearance", "firstAppearance"] {
        let all = match o.get(key) {
            None => continue,
            Some(Value::Array(all)) => all.clone(),
            Some(one) => vec![one.clone()],
        };
        for (n, v) in all.iter().enumerate() {
            let url = v.as_str().or_else(|| v.get("url").and_then(Value::as_str));
            match url {
                None => ledger.say(format!("{at}.{key}[{n}]"), "has no url"),
                Some(url) => address(ledger, &format!("{at}.{key}[{n}].url"), url),
            }
        }
    }
}

/// An author: a Person or an Organization with a name, or several.
fn party(ledger: &mut Ledger, o: &Map<String, Value>, at: &str, key: &str, needed: bool) {
    let place = format!("{at}.{key}");
    let all = match o.get(key) {
        None if needed => return ledger.say(place, "is missing"),
        None => return,
        Some(Value::Array(all)) => all.clone(),
        Some(one) => vec![one.clone()],
    };
    for v in &all {
        let Some(o) = v.as_object() else {
            ledger.say(
                &place,
                format!("is {}, not a Person or an Organization", what(v)),
            );
            continue;
        };
        if ![
            "Person",
            "Organization",
            "NewsMediaOrganization",
            "GovernmentOrganization",
            "Corporation",
            "NGO",
        ]
        .iter()
        .any(|t| is_type(o, t))
        {
            ledger.say(format!("{place}.@type"), "is not Person or Organization");
        }
        ledger.text(o, &place, "name");
        if o.contains_key("jobTitle") && is_type(o, "Organization") {
            ledger.say(
                format!("{place}.jobTitle"),
                "stands on an Organization: only a Person has one",
            );
        }
    }
}

fn rating(ledger: &mut Ledger, at: &str, o: &Map<String, Value>) {
    if !is_type(o, "Rating") {
        ledger.say(format!("{at}.@type"), "is not Rating");
    }
    ledger.text(o, at, "alternateName");
    const NUMBERS: [&str; 3] = ["ratingValue", "bestRating", "worstRating"];
    let given: Vec<&str> = NUMBERS.into_iter().filter(|k| o.contains_key(*k)).collect();
    if given.is_empty() {
        return;
    }
    if given.len() < 3 {
        let missing: Vec<_> = NUMBERS.into_iter().filter(|k| !given.contains(k)).collect();
        return ledger.say(
            at,
            format!(
                "has {} without {}: write all three numbers or none",
                given.join(" and "),
                missing.join(" and ")
            ),
        );
    }
    let number = |key: &str| match o.get(key) {
        Some(Value::Number(n)) => n.as_i64(),
        Some(Value::String(s)) => s.trim().parse::<i64>().ok(),
        _ => None,
    };
    let [Some(value), Some(best), Some(worst)] = NUMBERS.map(number) else {
        for key in NUMBERS.into_iter().filter(|k| number(k).is_none()) {
            ledger.say(
                format!("{at}.{key}"),
                "is no whole number: a common reader then drops the rating",
            );
        }
        return;
    };
    if best <= worst {
        ledger.say(
            format!("{at}.bestRating"),
            "is not above worstRating: leave the numbers out where there is no rating",
        );
    } else if !(worst..=best).contains(&value) {
        ledger.say(
            format!("{at}.ratingValue"),
            format!("{value} is not between {worst} and {best}"),
        );
    }
}

fn address(ledger: &mut Ledger, place: &str, url: &str) {
    if !is_web(url) {
        ledger.say(place, "is no web address");
    } else if url.contains([',', ' ']) {
        ledger.say(
            place,
            "has a comma or a space, at which a common reader splits addresses",
        );
    }
}

fn date(ledger: &mut Ledger, o: &Map<String, Value>, at: &str, key: &str) {
    match o.get(key) {
        None => {}
        Some(Value::String(d)) if day(d).is_some() => {}
        Some(_) => ledger.say(format!("{at}.{key}"), "is no ISO 8601 date"),
    }
}
