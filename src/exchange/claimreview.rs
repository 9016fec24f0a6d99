//! `claimreview`: schema.org ClaimReview as JSON-LD, a review for each finished claim that somebody else makes.
//!
//! The rules are those of Google's structured data page as it stood, and of readers that were run: all three rating
//! numbers as integers or none, a text label always, no commas or spaces in addresses, `<` escaped inside scripts.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::mapping::{SchemeFinding, claimreview, day, is_web, one_line};
use super::{ExchangeError, Export, Job, Report};
use crate::core::controls;
use crate::core::handover::Protected;
use crate::core::ids::SourceId;
use crate::core::model::{Claim, Source};
use crate::core::vocabulary::*;

/// Writes a JSON array of reviews, or with `embed` one script block each.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a value cannot be written as JSON.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let mut reviews = Vec::new();
    for c in job.claims() {
        match review(job, c, &mut report) {
            Ok(review) => {
                report.wrote(c.id);
                reviews.push(review);
            }
            Err(why) => report.skip(job.session, c, why),
        }
    }
    if job.options.page_url.is_none() && !reviews.is_empty() {
        report.remarks.push(
            "the reviews have no address yet: give --page-url with the page that will show them"
                .into(),
        );
    }
    let unsigned = job
        .order
        .claims()
        .iter()
        .filter(|c| {
            !c.verification_status.is_open() && c.workflow_state != WorkflowState::SignedOff
        })
        .count();
    if unsigned > 0 {
        report
            .remarks
            .push(format!("{unsigned} finished claims are not signed off"));
    }
    if !job.options.embed {
        return Ok(job.single(".json", text(&Value::Array(reviews))?.into_bytes(), report));
    }
    let mut html = String::new();
    for review in &reviews {
        // Inside a script element, `<` could end it or open a comment.
        let json = text(review)?.replace('<', "\\u003c");
        let _ = write!(
            html,
            "<script type=\"application/ld+json\">\n{json}</script>\n"
        );
    }
    Ok(job.single(".html", html.into_bytes(), report))
}

fn text(value: &Value) -> Result<String, ExchangeError> {
    let mut json = serde_json::to_string_pretty(value).map_err(|e| ExchangeError::Internal {
        format: "claimreview",
        what: e.to_string(),
    })?;
    json.push('\n');
    // As script blocks it stands in a page, where nobody looks at it as JSON again.
    Ok(controls::json(&json).into_owned())
}

fn review(job: &Job<'_>, c: &Claim, report: &mut Report) -> Result<Value, String> {
    let (label, number) = match claimreview(c) {
        SchemeFinding::As(said) | SchemeFinding::Roughly(said, _) => said,
        SchemeFinding::Not(why) => return Err(why.into()),
    };
    let claimant = claimant(job, c)?;
    let mut review = Map::new();
    let mut put = |key: &str, value: Value| {
        review.insert(key.into(), value);
    };
    put("@context", "https://schema.org".into());
    put("@type", "ClaimReview".into());
    match &job.options.page_url {
        Some(page) => {
            let url = address(&format!(
                "{}#{}",
                page.split('#').next().unwrap_or(page),
                anchor(c)
            ));
            put("@id", url.clone().into());
            put("url", url.into());
        }
        None => put("@id", format!("urn:uuid:{}", c.id).into()),
    }
    if !job.session.article.language.is_empty() {
        put("inLanguage", job.session.article.language.as_str().into());
    }
    put(
        "datePublished",
        job.exported_at.strftime("%Y-%m-%d").to_string().into(),
    );
    put("author", publisher(job));
    let claim = one_line(job.session.claim_text(c));
    if claim.chars().count() > 75 {
        report.remarks.push(format!(
            "“{}…” is longer than the 75 characters that readers show",
            claim.chars().take(40).collect::<String>()
        ));
    }
    put("claimReviewed", claim.into());
    put("itemReviewed", item(job, c, claimant));
    let mut rating = Map::from_iter([("@type".into(), Value::from("Rating"))]);
    if let Some(n) = number {
        rating.insert("ratingValue".into(), n.into());
        rating.insert("bestRating".into(), 5.into());
        rating.insert("worstRating".into(), 1.into());
    }
    rating.insert("alternateName".into(), label.into());
    if !c.justification.trim().is_empty() {
        rating.insert(
            "ratingExplanation".into(),
            one_line(&c.justification).into(),
        );
    }
    put("reviewRating", rating.into());
    Ok(review.into())
}

/// The source that says so, of whom a review can be.
fn claimant<'a>(job: &'a Job<'_>, c: &Claim) -> Result<&'a Source, String> {
    let others = job.order.attributions_of(c.id).iter().filter_map(|a| {
        let source = job
            .session
            .sources
            .get(&a.source.filter(|s| *s != SourceId::ARTICLE)?)?;
        Some((a.stance, source))
    });
    let mut heard = None;
    let mut claimant = None;
    for (stance, source) in others {
        heard = heard.or(Some(stance));
        if claims(stance) {
            claimant = Some(source);
            break;
        }
    }
    let Some(claimant) = claimant else {
        return Err(match heard {
            None => "it is not attributed to somebody else: a review needs a claimant".into(),
            Some(s) => format!("nobody claims that it is so: its source {}", s.word()),
        });
    };
    if claimant.protect_identity && job.options.protected != Protected::Include {
        return Err("its source is protected".into());
    }
    if !claimant.name.chars().any(char::is_alphanumeric) {
        return Err("its source has no name".into());
    }
    Ok(claimant)
}

/// Whether a source with this stance claims what it is quoted with.
pub(super) fn claims(stance: Stance) -> bool {
    matches!(stance, Stance::Asserts | Stance::Relays | Stance::None)
}

/// The fragment of a claim's review on the page that shows it.
pub(super) fn anchor(c: &Claim) -> String {
    format!("c-{}", c.id)
}

/// One widely used reader splits addresses at commas and spaces.
fn address(url: &str) -> String {
    url.trim().replace(',', "%2C").replace(' ', "%20")
}

fn publisher(job: &Job<'_>) -> Value {
    if let Some(name) = &job.options.publisher {
        let mut o = json!({"@type": "Organization", "name": name});
        if let Some(url) = &job.options.publisher_url {
            o["url"] = address(url).into();
        }
        return o;
    }
    let mut people: Vec<Value> = job
        .session
        .checkers
        .iter()
        .map(|c| json!({"@type": "Person", "name": c.name}))
        .collect();
    if people.len() == 1 {
        people.remove(0)
    } else {
        people.into()
    }
}

/// The claim as it was made: its words, who made it, where it appeared.
fn item(job: &Job<'_>, c: &Claim, claimant: &Source) -> Value {
    let article = &job.session.article;
    let published = article
        .published_at
        .as_deref()
        .and_then(day)
        .map(|d| d.to_string());
    let mut item = json!({"@type": "Claim"});
    let statement = job.session.statements.get(&c.home);
    if let Some(s) = statement {
        item["text"] = one_line(&s.anchor.exact).into();
    }
    item["author"] = person(claimant);
    if let Some(day) = &published {
        item["datePublished"] = day.as_str().into();
    }
    if let Some(url) = article.url.as_deref().filter(|u| is_web(u)) {
        let mut page = json!({"@type": "NewsArticle", "url": address(url)});
        if !article.title.is_empty() {
            page["headline"] = one_line(&article.title).into();
        }
        if let Some(day) = published {
            page["datePublished"] = day.into();
        }
        if !article.byline.is_empty() {
            page["author"] = json!({"@type": "Person", "name": one_line(&article.byline)});
        }
        item["appearance"] = json!([page]);
    }
    item
}

fn person(s: &Source) -> Value {
    let human = matches!(
        s.source_type,
        SourceType::Person | SourceType::Anonymous | SourceType::Unknown | SourceType::Checker
    );
    let mut p =
        json!({"@type": if human { "Person" } else { "Organization" }, "name": one_line(&s.name)});
    if human && !s.role.trim().is_empty() {
        p["jobTitle"] = one_line(&s.role).into();
    }
    if human && !s.affiliation.trim().is_empty() {
        p["affiliation"] = json!({"@type": "Organization", "name": one_line(&s.affiliation)});
    }
    if let Some(url) = s.url.as_deref().filter(|u| is_web(u)) {
        p["sameAs"] = address(url).into();
    }
    p
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::handover::ExportOptions;
    use crate::exchange::fixture::Fixture;

    fn options() -> ExportOptions {
        ExportOptions {
            page_url: Some("https://checks.example.org/2026/kell, bridge".into()),
            publisher: Some("Harbour Gazette Checks".into()),
            publisher_url: Some("https://checks.example.org/".into()),
            ..ExportOptions::default()
        }
    }

    #[test]
    fn a_review_for_each_finished_claim_of_somebody_else() {
        let mut f = Fixture::rich();
        f.session
            .sources
            .values_mut()
            .for_each(|s| s.affiliation = "Kell Civic List".into());
        let export = f.try_export("claimreview", &options()).unwrap();
        let text = String::from_utf8(export.files[0].bytes.clone()).unwrap();
        let reviews: Vec<Value> = serde_json::from_str(&text).unwrap();
        let why: Vec<_> = export
            .report
            .skipped
            .iter()
            .map(|n| n.reason.as_str())
            .collect();
        assert_eq!(reviews.len(), 2);
        insta::assert_snapshot!(why.join("\n"), @r#"
it is not attributed to somebody else: a review needs a claimant
nobody claims that it is so: its source denies
the check of it is not finished
"#);
        insta::assert_snapshot!(serde_json::to_string_pretty(&reviews[1]).unwrap(), @r#"
{
  "@context": "https://schema.org",
  "@type": "ClaimReview",
  "@id": "https://checks.example.org/2026/kell%2C%20bridge#c-01900000-0000-7000-8000-000000000109",
  "url": "https://checks.example.org/2026/kell%2C%20bridge#c-01900000-0000-7000-8000-000000000109",
  "inLanguage": "en",
  "datePublished": "2026-11-16",
  "author": {
    "@type": "Organization",
    "name": "Harbour Gazette Checks",
    "url": "https://checks.example.org/"
  },
  "claimReviewed": "The Kell Bridge cost twice its approved budget.",
  "itemReviewed": {
    "@type": "Claim",
    "text": "\"This bridge has cost the city double what the council signed off,\" said Mara Oduya, who leads the opposition.",
    "author": {
      "@type": "Person",
      "name": "Mara Oduya",
      "jobTitle": "leader of the opposition",
      "affiliation": {
        "@type": "Organization",
        "name": "Kell Civic List"
      },
      "sameAs": "https://council.example.net/oduya"
    },
    "datePublished": "2026-11-15",
    "appearance": [
      {
        "@type": "NewsArticle",
        "url": "https://news.example.org/kell",
        "headline": "Kell Bridge opens at last",
        "datePublished": "2026-11-15",
        "author": {
          "@type": "Person",
          "name": "Jon Pell"
        }
      }
    ]
  },
  "reviewRating": {
    "@type": "Rating",
    "ratingValue": 2,
    "bestRating": 5,
    "worstRating": 1,
    "alternateName": "Mostly false",
    "ratingExplanation": "The audit puts the overrun at 24 percent."
  }
}
"#);
        f.session
            .attributions
            .values_mut()
            .for_each(|a| a.stance = Stance::Asserts);
        let text = f
            .try_export("claimreview", &options())
            .unwrap()
            .files
            .remove(0)
            .bytes;
        let reviews: Vec<Value> = serde_json::from_slice(&text).unwrap();
        assert_eq!(reviews[2]["reviewRating"]["alternateName"], "Unproven");
        assert_eq!(reviews[2]["reviewRating"].get("ratingValue"), None);
    }

    #[test]
    fn script_blocks_cannot_be_left_from_inside() {
        let mut f = Fixture::rich();
        f.session
            .claims
            .values_mut()
            .for_each(|c| c.wording = Some("</script><!-- x".into()));
        let embed = ExportOptions {
            embed: true,
            ..options()
        };
        let html = String::from_utf8(
            f.try_export("claimreview", &embed).unwrap().files[0]
                .bytes
                .clone(),
        )
        .unwrap();
        assert_eq!(html.matches("</script>").count(), 2);
        assert!(!html.contains("<!--"));
        let first = html
            .split("ld+json\">")
            .nth(1)
            .unwrap()
            .split("</script>")
            .next()
            .unwrap();
        let review: Value = serde_json::from_str(first).unwrap();
        assert_eq!(review["claimReviewed"], "</script><!-- x");
    }
}
