//! Reads `claimreview`: reviews as claims, from JSON-LD or from the script blocks of a page. The reviews carry no article,
//! so their claims make one, a paragraph each.

use serde_json::Value;

use super::marks::uuid;
use super::{Holds, Imported, Incoming, ReadReport, limits};
use crate::core::anchor::anchor;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Ids;
use crate::core::vocabulary::*;
use crate::exchange::error::ExchangeError;
use crate::exchange::mapping::{self, SchemeFinding, one_line};

const NAME: &str = "claimreview";

/// What a review says of a claim that is there already.
const HOLDS: Holds = Holds {
    claim: &[
        ClaimKey::VerificationStatus,
        ClaimKey::Rating,
        ClaimKey::Justification,
    ],
    ..Holds::NOTHING
};

/// Reads every review of the file.
pub fn read(file: &Incoming<'_>, ids: &mut dyn Ids) -> Result<Imported, ExchangeError> {
    let text = file.text(NAME)?;
    let mut reviews = Vec::new();
    if text.trim_start().starts_with('<') {
        for script in limits::json_ld_scripts(text) {
            let value = limits::tree(file.name, NAME, &script)?;
            collect(value, &mut reviews);
        }
    } else {
        collect(limits::tree(file.name, NAME, text)?, &mut reviews);
    }
    if reviews.is_empty() {
        return Err(file.error(NAME, "its first entry", "it holds no ClaimReview"));
    }
    limits::records(file.name, NAME, reviews.len(), "reviews")?;
    let mut all = Paragraphs::new(file, ids);
    for (n, review) in reviews.iter().enumerate() {
        let claim = one_line(review["claimReviewed"].as_str().unwrap_or(""));
        let item = one_of(&review["itemReviewed"]);
        let words = one_line(item["text"].as_str().unwrap_or(""));
        let passage = if words.is_empty() { &claim } else { &words };
        if passage.is_empty() {
            all.report
                .lose(format!("review {n}"), "it has no claimReviewed");
            continue;
        }
        let id = ["url", "@id"]
            .iter()
            .find_map(|k| own_id(review[*k].as_str()?));
        let wording = (!claim.is_empty() && claim != *passage).then(|| claim.clone());
        let mut c = all.claim(id, passage, wording);
        let rating = one_of(&review["reviewRating"]);
        finding(&mut c, rating);
        c.justification = rating["ratingExplanation"].as_str().unwrap_or("").into();
        let label = rating["alternateName"].as_str().unwrap_or("");
        let number = rating["ratingValue"].as_u64();
        all.as_here(&mut c, |ours| match mapping::claimreview(ours) {
            SchemeFinding::As((l, n)) | SchemeFinding::Roughly((l, n), _) => {
                l == label && n.map(u64::from) == number
            }
            SchemeFinding::Not(_) => false,
        });
        if let Some(url) = review["url"].as_str().filter(|_| id.is_none()) {
            c.notes = format!("review: {url}");
        }
        let author = one_of(&item["author"]);
        let speaker = all.source(author["name"].as_str().unwrap_or(""), |s| {
            let organisation = author["@type"]
                .as_str()
                .is_some_and(|t| t.ends_with("Organization"));
            s.source_type = if organisation {
                SourceType::Organisation
            } else {
                SourceType::Person
            };
            s.role = author["jobTitle"].as_str().unwrap_or("").into();
            s.affiliation = one_of(&author["affiliation"])["name"]
                .as_str()
                .unwrap_or("")
                .into();
            s.url = author["sameAs"].as_str().map(str::to_string);
        });
        if reviews.len() == 1 || n == 0 {
            let page = one_of(&item["appearance"]);
            all.session.article.url = page["url"].as_str().map(str::to_string);
            all.session.article.title = page["headline"].as_str().unwrap_or("").into();
            all.session.article.published_at = item["datePublished"].as_str().map(str::to_string);
            all.session.article.language = review["inLanguage"].as_str().unwrap_or("").into();
        }
        all.keep(c, speaker);
    }
    Ok(all.finish())
}

/// The first of a list, or the value itself.
fn one_of(value: &Value) -> &Value {
    match value {
        Value::Array(all) => all.first().unwrap_or(&Value::Null),
        one => one,
    }
}

fn collect(value: Value, reviews: &mut Vec<Value>) {
    match value {
        Value::Array(all) => all.into_iter().for_each(|v| collect(v, reviews)),
        Value::Object(mut o) => {
            let is = o
                .get("@type")
                .is_some_and(|t| t.to_string().contains("ClaimReview"));
            if is {
                reviews.push(Value::Object(o));
            } else {
                for key in [
                    "@graph",
                    "dataFeedElement",
                    "item",
                    "itemListElement",
                    "mainEntity",
                ] {
                    if let Some(v) = o.remove(key) {
                        collect(v, reviews);
                    }
                }
            }
        }
        _ => {}
    }
}

/// The claim's id in an address of ours: `…#c-<uuid>` or `urn:uuid:<uuid>`.
pub(super) fn own_id(url: &str) -> Option<ClaimId> {
    let word = url
        .strip_prefix("urn:uuid:")
        .or_else(|| Some(url.rsplit_once("#c-")?.1))?;
    uuid(word).map(ClaimId)
}

/// The finding that a rating stands for; a label that is not ours is kept as a tag.
fn finding(c: &mut Claim, rating: &Value) {
    use VerificationStatus::*;
    let label = rating["alternateName"].as_str().unwrap_or("").trim();
    let number = |key: &str| match &rating[key] {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    };
    // Numbers outside their range stand for "no number" in older data.
    let scaled = match (
        number("ratingValue"),
        number("bestRating"),
        number("worstRating"),
    ) {
        (Some(v), Some(best), Some(worst)) if best > worst && (worst..=best).contains(&v) => {
            let fifth = ((v - worst) / (best - worst) * 4.0).round() as u8;
            Rating::new(fifth.saturating_add(1))
        }
        _ => None,
    };
    let (status, known) = match label.to_lowercase().as_str() {
        "true" => (Some(Accurate), Some(5)),
        "mostly true" => (Some(PartlyAccurate), Some(4)),
        "half true" => (Some(PartlyAccurate), Some(3)),
        "mostly false" => (Some(Inaccurate), Some(2)),
        "false" => (Some(Inaccurate), Some(1)),
        "pants on fire" => (Some(Inaccurate), Some(1)),
        "misleading" => (Some(Misleading), None),
        "disputed" => (Some(Disputed), None),
        "unproven" => (Some(Unverifiable), None),
        _ => (None, None),
    };
    let by_number = scaled.map(|r| match r.number() {
        5 => Accurate,
        3 | 4 => PartlyAccurate,
        _ => Inaccurate,
    });
    c.rating = scaled.or(known.and_then(Rating::new));
    c.verification_status = status.or(by_number).unwrap_or_default();
    if status.is_none() && !label.is_empty() || label.eq_ignore_ascii_case("pants on fire") {
        c.tags.insert(format!("rating:{label}"));
    }
}

/// Claims without an article: a text of their passages, a paragraph each.
pub(super) struct Paragraphs<'a> {
    file: &'a Incoming<'a>,
    ids: &'a mut dyn Ids,
    pub session: Session,
    pub report: ReadReport,
    text: String,
    length: u32,
    passages: Vec<(StatementId, Vec<Span>)>,
    names: std::collections::HashMap<String, SourceId>,
}

impl<'a> Paragraphs<'a> {
    pub fn new(file: &'a Incoming<'a>, ids: &'a mut dyn Ids) -> Self {
        Self {
            file,
            session: file.session(None, ids),
            ids,
            report: ReadReport::default(),
            text: String::new(),
            length: 0,
            passages: Vec::new(),
            names: std::collections::HashMap::new(),
        }
    }

    /// A new id.
    pub fn id(&mut self) -> uuid::Uuid {
        self.ids.next()
    }

    /// A claim on a paragraph of its own.
    pub fn claim(&mut self, id: Option<ClaimId>, passage: &str, wording: Option<String>) -> Claim {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.length += 2;
        }
        let start = self.length;
        self.text.push_str(passage);
        self.length += passage.chars().count() as u32;
        let spans = vec![Span::new(start, self.length)];
        let statement = StatementId::of(self.session.version(), &spans);
        self.passages.push((statement.clone(), spans));
        let fresh = id.filter(|id| !self.session.claims.contains_key(id));
        let id = fresh.unwrap_or_else(|| ClaimId(self.ids.next()));
        Claim {
            wording,
            ..Claim::on(id, statement, self.file.stamp.clone())
        }
    }

    /// Gives the claim the finding and the words of ours with its id, where the file says no more than we would write of
    /// it: labels of others are fewer than ours, and what was left out on the way must not come back as a change.
    pub fn as_here(&self, c: &mut Claim, same: impl FnOnce(&Claim) -> bool) {
        let Some(ours) = self.file.into.and_then(|(s, _)| s.claims.get(&c.id)) else {
            return;
        };
        if same(ours) {
            c.verification_status = ours.verification_status;
            c.rating = ours.rating;
        }
        if one_line(&ours.justification) == c.justification {
            c.justification.clone_from(&ours.justification);
        }
    }

    /// The source with this name, made by `fill` where there is none.
    pub fn source(&mut self, name: &str, fill: impl FnOnce(&mut Source)) -> Option<SourceId> {
        let name = one_line(name);
        if name.is_empty() {
            return None;
        }
        if let Some(id) = self.names.get(&name) {
            return Some(*id);
        }
        let id = SourceId(self.ids.next());
        let mut source = Source {
            name: name.clone(),
            ..Source::unnamed(id)
        };
        fill(&mut source);
        self.session.sources.insert(id, source);
        self.names.insert(name, id);
        Some(id)
    }

    /// Keeps the claim, said by `speaker`.
    pub fn keep(&mut self, claim: Claim, speaker: Option<SourceId>) {
        if let Some(source) = speaker {
            let id = AttributionId(self.ids.next());
            let a = Attribution {
                source: Some(source),
                stance: Stance::Asserts,
                ..Attribution::on(id, claim.id, claim.home.clone())
            };
            self.session.attributions.insert(id, a);
        }
        self.session.claims.insert(claim.id, claim);
    }

    /// What was read.
    pub fn finish(mut self) -> Imported {
        self.text.push('\n');
        let version = self.session.version();
        let text = ArticleText::new(self.text);
        for (id, spans) in self.passages {
            let statement = Statement {
                anchor: anchor(&text, version, &spans),
                block: BlockKind::default(),
                decision: Decision::TakenUp,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
                id: id.clone(),
            };
            self.session.statements.insert(id, statement);
        }
        self.report.claims = self.session.claims.len();
        self.report
            .remarks
            .push("the file carries no article: its claims make one, a paragraph each".into());
        Imported {
            session: self.session,
            text: Some(text),
            blocks: Vec::new(),
            holds: HOLDS,
            report: self.report,
        }
    }
}
