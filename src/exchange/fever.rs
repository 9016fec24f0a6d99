//! `fever`: the FEVER task's lines, and a companion corpus in the shape of its wiki pages, since the evidence of a check
//! is not Wikipedia.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::mapping::{SchemeFinding, fever, one_line};
use super::{ExchangeError, Export, File, Job, Report};
use crate::core::ids::EvidenceId;
use crate::core::model::{Claim, Evidence, Held};
use crate::core::vocabulary::*;

/// Writes `NAME.jsonl` and `NAME.wiki-pages.jsonl`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a value cannot be written as JSON.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let mut corpus = Corpus::new(job);
    let mut lines = Vec::new();
    let mut sets = Sets::default();
    for (id, c) in (1u64..).zip(job.claims()) {
        let label = match fever(c) {
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
        let wanted = match label {
            "SUPPORTS" => Some(EvidenceStance::Supports),
            "REFUTES" => Some(EvidenceStance::Refutes),
            _ => None,
        };
        let (sets, other) = sets.of(job, c, wanted, &mut corpus);
        if sets.is_empty() {
            report.skip(
                job.session,
                c,
                format!("{label} needs evidence that says so, and it has none"),
            );
            continue;
        }
        if other > 0 {
            report.flatten(
                job.session,
                c,
                format!("{other} evidence items of another stance are left out"),
            );
        }
        report.wrote(c.id);
        lines.push(json!({
            "id": id,
            "verifiable": if wanted.is_some() { "VERIFIABLE" } else { "NOT VERIFIABLE" },
            "label": label,
            "claim": one_line(job.session.claim_text(c)),
            "evidence": sets,
        }));
    }
    Ok(Export {
        files: vec![
            File {
                name: job.named(".jsonl"),
                bytes: json_lines(&lines)?,
            },
            File {
                name: job.named(".wiki-pages.jsonl"),
                bytes: json_lines(&corpus.pages())?,
            },
        ],
        report,
    })
}

/// Numbers the sets of evidence through all claims.
#[derive(Default)]
struct Sets {
    annotation: u64,
    evidence: u64,
}

impl Sets {
    /// The sets of a claim for which evidence of one stance is `wanted`, or none; and how many items have another stance.
    fn of(
        &mut self,
        job: &Job<'_>,
        c: &Claim,
        wanted: Option<EvidenceStance>,
        corpus: &mut Corpus,
    ) -> (Vec<Value>, usize) {
        let mut sets: Vec<Value> = Vec::new();
        let mut other = 0;
        for h in job.order.held_against(c.id) {
            let Some(e) = job.session.evidence.get(&h.evidence) else {
                continue;
            };
            if Some(h.evidence_stance) != wanted {
                other += 1;
                continue;
            }
            self.annotation += 1;
            self.evidence += 1;
            let (page, sentence) = corpus.sentence(h, e);
            sets.push(json!([[self.annotation, self.evidence, page, sentence]]));
        }
        if wanted.is_none() {
            self.annotation += 1;
            sets = vec![json!([[self.annotation, null, null, null]])];
        }
        (sets, other)
    }
}

fn json_lines(lines: &[impl Serialize]) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line).map_err(|e| ExchangeError::Internal {
            format: "fever",
            what: e.to_string(),
        })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The pages that evidence points into: one an item, its excerpts as sentences.
struct Corpus {
    names: BTreeMap<EvidenceId, String>,
    sentences: BTreeMap<EvidenceId, Vec<String>>,
}

impl Corpus {
    fn new(job: &Job<'_>) -> Self {
        let mut taken = HashSet::new();
        let names = job.session.evidence.values().map(|e| {
            let base = page_name(&e.title);
            let mut name = base.clone();
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{base}_{n}");
                n += 1;
            }
            (e.id, name)
        });
        Self {
            names: names.collect(),
            sentences: BTreeMap::new(),
        }
    }

    /// The page of the item, and the index of the words that matter among its sentences.
    fn sentence(&mut self, h: &Held, e: &Evidence) -> (String, usize) {
        let words = [&h.excerpt, &e.note, &e.title]
            .into_iter()
            .map(|t| one_line(t))
            .find(|t| !t.is_empty());
        let words = words.unwrap_or_else(|| "An item without words.".into());
        let all = self.sentences.entry(e.id).or_default();
        let n = all.iter().position(|s| *s == words).unwrap_or_else(|| {
            all.push(words);
            all.len() - 1
        });
        (self.names.get(&e.id).cloned().unwrap_or_default(), n)
    }

    fn pages(&self) -> Vec<Value> {
        self.sentences
            .iter()
            .map(|(id, all)| {
                let lines: Vec<_> = all
                    .iter()
                    .enumerate()
                    .map(|(n, s)| format!("{n}\t{s}"))
                    .collect();
                json!({"id": self.names.get(id), "text": all.join(" "), "lines": lines.join("\n")})
            })
            .collect()
    }
}

/// A title as FEVER writes page names: underscores for spaces, brackets and colons spelled out.
fn page_name(title: &str) -> String {
    let mut name = String::new();
    for c in one_line(title).chars() {
        match c {
            ' ' => name.push('_'),
            '(' => name.push_str("-LRB-"),
            ')' => name.push_str("-RRB-"),
            '[' => name.push_str("-LSB-"),
            ']' => name.push_str("-RSB-"),
            ':' => name.push_str("-COLON-"),
            c => name.push(c),
        }
    }
    if name.is_empty() {
        "Untitled".into()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::fixture::Fixture;

    #[test]
    fn lines_and_the_pages_that_they_point_into() {
        let f = Fixture::rich();
        insta::assert_snapshot!(f.text_of("fever", 0), @r#"
{"id":1,"verifiable":"VERIFIABLE","label":"SUPPORTS","claim":"The council approved 80 million for the bridge in March 2021, its minutes show.","evidence":[[[1,1,"Final_account_of_the_Kell_Bridge_-LSB-v2-RSB-",0]]]}
{"id":2,"verifiable":"VERIFIABLE","label":"REFUTES","claim":"The Kell Bridge cost twice its approved budget.","evidence":[[[2,2,"Final_account_of_the_Kell_Bridge_-LSB-v2-RSB-",0]]]}
{"id":4,"verifiable":"NOT VERIFIABLE","label":"NOT ENOUGH INFO","claim":"Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.","evidence":[[[3,null,null,null]]]}
"#);
        insta::assert_snapshot!(f.text_of("fever", 1), @r#"{"id":"Final_account_of_the_Kell_Bridge_-LSB-v2-RSB-","text":"The final cost was 99.2 million.","lines":"0\tThe final cost was 99.2 million."}"#);
        let why: Vec<_> = f
            .export("fever")
            .report
            .skipped
            .into_iter()
            .map(|n| n.reason)
            .collect();
        insta::assert_snapshot!(why.join("\n"), @r#"
partly accurate has no label there: split the claim
the check of it is not finished
"#);
    }
}
