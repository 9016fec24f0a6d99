//! Reads `averitec`: claims with their labels, and their answers as evidence, on an article made of the claims.

use serde_json::Value;

use super::claimreview::{Paragraphs, own_id};
use super::{Holds, Imported, Incoming, limits};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::tx::Ids;
use crate::core::vocabulary::*;
use crate::exchange::averitec::NO_ANSWER;
use crate::exchange::error::ExchangeError;
use crate::exchange::mapping::{self, SchemeFinding, one_line};

const NAME: &str = "averitec";

/// What the format says of a claim that is there already; it knows no ratings.
const HOLDS: Holds = Holds {
    claim: &[ClaimKey::VerificationStatus, ClaimKey::Justification],
    ..Holds::NOTHING
};

/// Reads every claim of the split.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let value: Value = limits::tree(file.name, NAME, file.text(NAME)?)?;
    let entries = value
        .as_array()
        .ok_or_else(|| file.error(NAME, "the file", "it is no list of claims"))?;
    limits::records(file.name, NAME, entries.len(), "claims")?;
    let mut all = Paragraphs::new(file, ids);
    for (n, e) in entries.iter().enumerate() {
        let fail = |key: &str, what: &str| file.error(NAME, format!("[{n}].{key}"), what);
        let words = one_line(
            e["claim"]
                .as_str()
                .ok_or_else(|| fail("claim", "it is missing or no text"))?,
        );
        let id = e["fact_checking_article"].as_str().and_then(own_id);
        let mut c = all.claim(id, &words, None);
        let label = e["label"].as_str().unwrap_or("");
        let (status, rating) = match label {
            "Supported" => (VerificationStatus::Accurate, None),
            "Refuted" => (VerificationStatus::Inaccurate, None),
            "Not Enough Evidence" => (VerificationStatus::Unverifiable, None),
            "Conflicting Evidence/Cherrypicking" => {
                (VerificationStatus::Disputed, Some("it may be misleading"))
            }
            _ => return Err(fail("label", "it is none of AVeriTeC's four")),
        };
        c.verification_status = status;
        c.justification = e["justification"].as_str().unwrap_or("").into();
        all.as_here(&mut c, |ours| match mapping::averitec(ours) {
            SchemeFinding::As(ours) | SchemeFinding::Roughly(ours, _) => ours == label,
            SchemeFinding::Not(_) => false,
        });
        c.claim_type = match e["claim_types"][0].as_str().unwrap_or("") {
            "Numerical Claim" => ClaimType::Numerical,
            "Quote Verification" => ClaimType::Quote,
            "Causal Claim" => ClaimType::Causal,
            "Position Statement" => ClaimType::Position,
            "Event/Property Claim" => ClaimType::EventProperty,
            _ => ClaimType::Other,
        };
        let mut notes: Vec<String> = rating
            .into_iter()
            .map(|r| format!("{label}: {r}"))
            .collect();
        for (key, what) in [
            ("claim_date", "claimed on"),
            ("original_claim_url", "claimed at"),
            ("reporting_source", "carried by"),
            ("location_ISO_code", "in"),
        ] {
            if let Some(text) = e[key].as_str().filter(|t| !t.is_empty()) {
                notes.push(format!("{what} {text}"));
            }
        }
        if let Some(page) = e["fact_checking_article"].as_str().filter(|_| id.is_none()) {
            notes.push(format!("checked at {page}"));
        }
        let speaker = all.source(e["speaker"].as_str().unwrap_or(""), |_| {});
        for q in e["questions"].as_array().into_iter().flatten() {
            questions(&mut all, &c, q, &mut notes);
        }
        c.notes = notes.join("\n");
        all.keep(c, speaker);
    }
    let mut imported = all.finish();
    imported.holds = HOLDS;
    Ok(imported)
}

/// The answers of a question as evidence; what found no answer is noted.
fn questions(all: &mut Paragraphs<'_>, c: &Claim, q: &Value, notes: &mut Vec<String>) {
    let question = one_line(q["question"].as_str().unwrap_or(""));
    for a in q["answers"].as_array().into_iter().flatten() {
        let words = one_line(a["answer"].as_str().unwrap_or(""));
        if words.is_empty() || words == NO_ANSWER {
            notes.push(format!("no answer: {question}"));
            continue;
        }
        let text = |key: &str| {
            a[key]
                .as_str()
                .filter(|t| !t.is_empty())
                .map(str::to_string)
        };
        let explained =
            text("boolean_explanation").map_or_else(String::new, |e| format!(" {}", one_line(&e)));
        let item = Evidence {
            title: question.clone(),
            url: text("source_url"),
            archived_url: text("cached_source_url"),
            note: text("source_medium").unwrap_or_default(),
            ..Evidence::empty(EvidenceId(all.id()))
        };
        let held = Held {
            excerpt: format!("{words}{explained}"),
            ..Held::against(HeldId(all.id()), c.id, item.id)
        };
        all.session.evidence.insert(item.id, item);
        all.session.held.insert(held.id, held);
    }
}
