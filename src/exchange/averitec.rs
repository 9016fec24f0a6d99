//! `averitec`: a split of the AVeriTeC data set, one JSON array, by the rules measured on its published files.

use serde_json::{Value, json};

use super::claimreview::{anchor, claims};
use super::mapping::{SchemeFinding, averitec, averitec_types, day, is_web, one_line};
use super::{ExchangeError, Export, Job, Report};
use crate::core::ids::SourceId;
use crate::core::model::{Claim, Evidence, Held};
use crate::core::vocabulary::*;

/// What an unanswerable question is answered with, to the letter.
pub(super) const NO_ANSWER: &str = "No answer could be found.";

/// Writes the array.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a value cannot be written as JSON.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let mut claims = Vec::new();
    for c in job.claims() {
        let label = match averitec(c) {
            SchemeFinding::As(label) => label,
            SchemeFinding::Roughly(label, why) => {
                report.flatten(job.session, c, why);
                label
            }
            SchemeFinding::Not(why) => {
                report.skip(job.session, c, why);
                continue;
            }
        };
        report.wrote(c.id);
        claims.push(entry(job, c, label, &mut report));
    }
    let mut bytes = serde_json::to_vec_pretty(&claims).map_err(|e| ExchangeError::Internal {
        format: "averitec",
        what: e.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(job.single(".json", bytes, report))
}

fn entry(job: &Job<'_>, c: &Claim, label: &str, report: &mut Report) -> Value {
    let s = job.session;
    let attributions = job.order.attributions_of(c.id);
    if attributions.len() > 1 {
        report.flatten(s, c, "one speaker is written: the first who claims it");
    }
    let name = |id: Option<SourceId>| {
        let source = s.sources.get(&id?)?;
        (source.id != SourceId::ARTICLE && !source.name.is_empty()).then(|| one_line(&source.name))
    };
    let first = attributions.iter().find(|a| claims(a.stance));
    if first.is_none() && !attributions.is_empty() {
        report.flatten(s, c, "nobody claims that it is so: no speaker is written");
    }
    let made = s.article.published_at.as_deref().and_then(day);
    if made.is_none() {
        report.flatten(
            s,
            c,
            "the article has no publication date, so the claim has none",
        );
    }
    let page = match &job.options.page_url {
        Some(page) => format!("{}#{}", page.split('#').next().unwrap_or(page), anchor(c)),
        None => format!("urn:uuid:{}", c.id),
    };
    let held = held(job, c, made, report);
    let claim = one_line(s.claim_text(c));
    let answers: Vec<Value> = if held.is_empty() {
        vec![
            json!({"answer": NO_ANSWER, "answer_type": "Unanswerable", "source_url": "", "source_medium": ""}),
        ]
    } else {
        held.iter().map(|(h, e)| answer(h, e)).collect()
    };
    json!({
        "claim": claim,
        "required_reannotation": c.workflow_state == WorkflowState::Reopened,
        "label": label,
        "justification": one_line(&c.justification),
        "claim_date": made.map(|d| format!("{}-{}-{}", d.day(), d.month(), d.year())),
        "speaker": name(first.and_then(|a| a.source)),
        "original_claim_url": s.article.url.as_deref().filter(|u| is_web(u)),
        "cached_original_claim_url": null,
        "fact_checking_article": page,
        "reporting_source": name(first.and_then(|a| a.via)),
        "location_ISO_code": null,
        "claim_types": averitec_types(c.claim_type),
        "fact_checking_strategies": strategies(job, &held),
        "questions": [{
            "question": format!("What does the evidence say about: {}?", claim.trim_end_matches(['.', '!', '?'])),
            "answers": answers,
        }],
    })
}

/// What is held against the claim and says something of it, with what the format cannot say of that.
fn held<'a>(
    job: &'a Job<'_>,
    c: &Claim,
    made: Option<jiff::civil::Date>,
    report: &mut Report,
) -> Vec<(&'a Held, &'a Evidence)> {
    let s = job.session;
    let held: Vec<(&Held, &Evidence)> = job
        .order
        .held_against(c.id)
        .iter()
        .filter_map(|h| Some((*h, s.evidence.get(&h.evidence)?)))
        .filter(|(h, _)| h.evidence_stance != EvidenceStance::Unrelated)
        .collect();
    if held.is_empty() && c.verification_status != VerificationStatus::Unverifiable {
        report.flatten(
            s,
            c,
            "it has no evidence: its question is written as unanswered",
        );
    }
    if held
        .iter()
        .any(|(h, _)| h.evidence_stance != EvidenceStance::Neutral)
    {
        report.flatten(
            s,
            c,
            "evidence has no stance there: only the words of it are written",
        );
    }
    for (_, e) in &held {
        let out = e.published_at.as_deref().and_then(day);
        if let (Some(made), Some(out)) = (made, out)
            && out > made
        {
            report.remarks.push(format!(
                "“{}” was published after the claim was made",
                one_line(&e.title)
            ));
        }
    }
    held
}

fn strategies(job: &Job<'_>, held: &[(&Held, &Evidence)]) -> Vec<&'static str> {
    let written = |e: &Evidence| e.url.is_some() || e.archived_url.is_some() || e.file.is_some();
    let asked = |e: &Evidence| {
        let from = e
            .source
            .and_then(|id| job.session.sources.get(&id))
            .map(|x| x.source_type);
        !written(e) && from == Some(SourceType::Person)
    };
    let mut all = Vec::new();
    if held.iter().any(|(_, e)| written(e)) {
        all.push("Written Evidence");
    }
    if held.iter().any(|(_, e)| asked(e)) {
        all.push("Consultation");
    }
    all
}

/// One evidence item as an answer: in its own words where an excerpt is kept.
fn answer(h: &Held, e: &Evidence) -> Value {
    let excerpt = one_line(&h.excerpt);
    let locator = one_line(&h.locator);
    let kind = if excerpt.is_empty() {
        "Abstractive"
    } else {
        "Extractive"
    };
    let mut words = if excerpt.is_empty() {
        one_line(&e.title)
    } else {
        excerpt
    };
    if words.is_empty() {
        words = e
            .url
            .clone()
            .unwrap_or_else(|| "An item without a title.".into());
    }
    if !locator.is_empty() {
        words = format!("{words} ({locator})");
    }
    let url = e.url.as_deref().filter(|u| is_web(u)).unwrap_or("");
    let mut answer = json!({"answer": words, "answer_type": kind, "source_url": url});
    if let Some(archived) = e.archived_url.as_deref().filter(|u| is_web(u)) {
        answer["cached_source_url"] = archived.into();
    }
    answer["source_medium"] = medium(e, url).into();
    answer
}

fn medium(e: &Evidence, url: &str) -> &'static str {
    let kind = e.file.as_ref().map_or("", |f| f.media_type.as_str());
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let ends = |all: &[&str]| all.iter().any(|x| path.ends_with(x));
    if kind == "application/pdf" || ends(&[".pdf"]) {
        "PDF"
    } else if kind.starts_with("image/") || ends(&[".png", ".jpg", ".jpeg", ".gif", ".webp"]) {
        "Image/graphic"
    } else if kind.starts_with("video/") || ends(&[".mp4", ".webm", ".mov"]) {
        "Video"
    } else if kind == "text/csv" || ends(&[".csv", ".xlsx", ".ods"]) {
        "Web table"
    } else if url.is_empty() {
        "Other"
    } else {
        "Web text"
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn an_entry_by_the_rules_of_the_data_set() {
        let f = Fixture::rich();
        let export = f.export("averitec");
        let all: Vec<Value> = serde_json::from_slice(&export.files[0].bytes).unwrap();
        assert_eq!(all.len(), 4, "the unchecked claim is left out");
        insta::assert_snapshot!(serde_json::to_string_pretty(&all[1]).unwrap(), @r#"
{
  "claim": "The Kell Bridge cost twice its approved budget.",
  "required_reannotation": false,
  "label": "Refuted",
  "justification": "The audit puts the overrun at 24 percent.",
  "claim_date": "15-11-2026",
  "speaker": "Mara Oduya",
  "original_claim_url": "https://news.example.org/kell",
  "cached_original_claim_url": null,
  "fact_checking_article": "urn:uuid:01900000-0000-7000-8000-000000000109",
  "reporting_source": null,
  "location_ISO_code": null,
  "claim_types": [
    "Numerical Claim"
  ],
  "fact_checking_strategies": [
    "Written Evidence"
  ],
  "questions": [
    {
      "question": "What does the evidence say about: The Kell Bridge cost twice its approved budget?",
      "answers": [
        {
          "answer": "The final cost was 99.2 million. (p. 4, table 2)",
          "answer_type": "Extractive",
          "source_url": "https://audit.example.net/kell-bridge",
          "cached_source_url": "https://archive.example.net/2026/kell-bridge",
          "source_medium": "PDF"
        }
      ]
    }
  ]
}
"#);
        assert_eq!(all[3]["questions"][0]["answers"][0]["answer"], NO_ANSWER);
        assert_eq!(export.report.skipped.len(), 1);
    }
}
