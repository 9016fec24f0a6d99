#![allow(clippy::unwrap_used, clippy::panic)]

use super::lint;
use crate::core::handover::ExportOptions;
use crate::exchange::ExchangeError;
use crate::exchange::fixture::Fixture;

fn lines(text: &str) -> String {
    let found = lint("x", text.as_bytes()).unwrap();
    let all: Vec<_> = found
        .problems
        .iter()
        .map(|p| {
            let lead = if p.advice { "advice: " } else { "" };
            format!("{}: {lead}{}", p.place, p.what)
        })
        .collect();
    format!("{} {}\n{}", found.format, found.entries, all.join("\n"))
}

#[test]
fn our_own_exports_have_no_problem() {
    let mut f = Fixture::rich();
    f.session
        .claims
        .values_mut()
        .for_each(|c| c.wording = Some("Short.".into()));
    let options = ExportOptions {
        page_url: Some("https://checks.example.org/kell".into()),
        ..ExportOptions::default()
    };
    for (format, entries) in [("claimreview", 2), ("averitec", 4), ("fever", 3)] {
        let export = f.try_export(format, &options).unwrap();
        let found = lint(&export.files[0].name, &export.files[0].bytes).unwrap();
        assert_eq!((found.format, found.entries), (format, entries));
        assert_eq!(found.problems, [], "{format}");
    }
}

#[test]
fn what_readers_of_claimreview_would_drop_is_said() {
    let text = r#"[{"@context":"https://schema.org","@type":"ClaimReview","url":"https://x.example/a,b",
      "claimReviewed":"","author":{"@type":"Organization","name":"X","jobTitle":"y"},
      "itemReviewed":{"@type":"CreativeWork","datePublished":"yesterday","appearance":[{"@type":"NewsArticle"}]},
      "reviewRating":{"@type":"Rating","ratingValue":6,"bestRating":"5","worstRating":1}},
     {"@type":"ClaimReview","reviewRating":{"@type":"Rating","alternateName":"False","ratingValue":1}},
     {"@graph":[{"@type":"ClaimReview","reviewRating":7}]}]"#;
    insta::assert_snapshot!(lines(text), @r#"
claimreview 3
[0].claimReviewed: is empty
[0].url: has a comma or a space, at which a common reader splits addresses
[0].datePublished: advice: is missing: readers sort by it
[0].author.jobTitle: stands on an Organization: only a Person has one
[0].itemReviewed.@type: is not Claim, which new data uses
[0].itemReviewed.datePublished: is no ISO 8601 date
[0].itemReviewed.appearance[0]: has no url
[0].reviewRating.alternateName: is missing
[0].reviewRating.ratingValue: 6 is not between 1 and 5
[1].@context: does not name schema.org
[1].claimReviewed: is missing
[1].url: is missing
[1].datePublished: advice: is missing: readers sort by it
[1].author: is missing
[1].itemReviewed: is missing: it says who made the claim
[1].reviewRating: has ratingValue without bestRating and worstRating: write all three numbers or none
[2].@graph: simple readers see one object without a type there: write one script a review
[2].@graph[0].claimReviewed: is missing
[2].@graph[0].url: is missing
[2].@graph[0].datePublished: advice: is missing: readers sort by it
[2].@graph[0].author: is missing
[2].@graph[0].itemReviewed: is missing: it says who made the claim
[2].@graph[0].reviewRating: is a number, not a Rating
"#);
}

#[test]
fn script_blocks_of_a_page_are_found_and_damaged_ones_named() {
    let page = "<html><script>var x = 1;</script><SCRIPT type='application/ld+json'>{\"@type\":\"ClaimReview\"</SCRIPT></html>";
    insta::assert_snapshot!(lines(page), @r#"
claimreview 0
script 1, line 1, column 22: it breaks off: the file is cut short
the page: has no script block with a ClaimReview
"#);
}

#[test]
fn what_the_scorer_of_averitec_would_stop_at_is_said() {
    let text = r#"[{"claim":"x","label":"supported","justification":"","claim_date":"01-10-2020","speaker":3,
      "fact_checking_article":"","location_ISO_code":"gb","claim_types":["Other"],"fact_checking_strategies":[],
      "questions":[{"question":"q","answers":[
        {"answer":"yes","answer_type":"Boolean","source_url":"","source_medium":"Web text"},
        {"answer":"none","answer_type":"Unanswerable","source_url":"https://x","source_medium":"Fax"}]},
        {"question":"","answers":[]}]}, 5]"#;
    insta::assert_snapshot!(lines(text), @r#"
averitec 2
[0].label: is “supported”, not one of Supported, Refuted, Not Enough Evidence, Conflicting Evidence/Cherrypicking
[0].claim_date: “01-10-2020” is not D-M-YYYY without leading zeros
[0].speaker: is a number: a text or null
[0].location_ISO_code: is not two capital letters
[0].fact_checking_article: is empty
[0].claim_types[0]: is “Other”, not one of Event/Property Claim, Numerical Claim, Quote Verification, Causal Claim, Position Statement
[0].questions[0].answers[0].answer: of a Boolean answer is exactly Yes or No
[0].questions[0].answers[0].boolean_explanation: is missing: the official scorer stops there
[0].questions[0].answers[1].source_url: of an Unanswerable answer is empty
[0].questions[0].answers[1].answer: of an Unanswerable answer is exactly “No answer could be found.”
[0].questions[0].answers[1].source_medium: is “Fax”, not one of Web text, PDF, Metadata, Web table, Image/graphic, Video, Audio, Other, 
[0].questions[1].question: is empty
[0].questions[1].answers: is empty: write an Unanswerable answer
[1]: is a number, not a claim
"#);
}

#[test]
fn what_the_scorer_of_fever_would_misread_is_said() {
    let text = "{\"id\":1,\"label\":\"SUPPORTS\",\"claim\":\"x\",\"evidence\":[[[1,1,\"A page\",0]],[[1,2,3]]]}\n\n\
        {\"id\":1,\"label\":\"NOT ENOUGH INFO\",\"verifiable\":\"VERIFIABLE\",\"claim\":\"x\",\"evidence\":[[[1,null,\"A\",0]]]}\n\
        {\"id\":2,\"label\":\"MAYBE\",\"claim\":\"\",\"evidence\":[]}\n{\"id\":3,";
    insta::assert_snapshot!(lines(text), @r#"
fever 4
line 1, evidence[0][0][2]: has spaces: page names have underscores
line 1, evidence[1][0]: is not four values: annotation, evidence, page, sentence
line 2: is empty: every line is an object
line 3, id: 1 stands on line 1 too
line 3, verifiable: does not fit the label: NOT VERIFIABLE
line 3, evidence[0][0]: names a page, but the label is NOT ENOUGH INFO: write nulls
line 4, claim: is missing or no text
line 4, label: is “MAYBE”, not one of SUPPORTS, REFUTES, NOT ENOUGH INFO
line 4, evidence: is empty: NOT ENOUGH INFO has one set with nulls, others a sentence at least
line 5: breaks off: the file is cut short
"#);
}

#[test]
fn other_files_are_refused_with_a_reason() {
    for text in ["", "{\"a\":1}", "[1,2", "words", "[]", "\u{0}"] {
        assert!(
            matches!(
                lint("x.json", text.as_bytes()),
                Err(ExchangeError::Input { .. })
            ),
            "{text:?}"
        );
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(lint("x.json", deep.as_bytes()).is_err());
    assert!(lint("x.json", b"\xff\xfe{").is_err());
}

/// A long claim reads badly, and is no error of the file: what we export is right, whatever it says.
#[test]
fn what_would_only_read_better_is_advice() {
    let f = Fixture::rich();
    let options = ExportOptions {
        page_url: Some("https://checks.example.org/kell".into()),
        ..ExportOptions::default()
    };
    let export = f.try_export("claimreview", &options).unwrap();
    let found = lint("x", &export.files[0].bytes).unwrap();
    assert!(
        !found.problems.is_empty() && found.problems.iter().all(|p| p.advice),
        "{found:?}"
    );
}

/// A file of one long line was made a tree of whatever its size: gigabytes of memory for a hundred megabytes.
#[test]
fn no_tree_is_made_of_one_line_with_too_many_values() {
    let zeros = "0,".repeat(8_000_000);
    let line = format!("{{\"id\":1,\"claim\":\"a\",\"evidence\":[{zeros}0]}}");
    let Err(ExchangeError::Input { what, .. }) = lint("x.jsonl", line.as_bytes()) else {
        panic!("it was read");
    };
    assert!(what.contains("values"), "{what}");
    let small = "{\"id\":1,\"claim\":\"a\",\"label\":\"SUPPORTS\",\"evidence\":[]}\n";
    let found = lint("x.jsonl", format!("{small}{line}\n").as_bytes()).unwrap();
    assert!(
        found
            .problems
            .iter()
            .any(|p| p.what.contains("more values")),
        "{found:?}"
    );
}
