#![allow(clippy::unwrap_used, clippy::panic)]

mod generated;
mod imports;
mod merging;

use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::core::edit::is_undoable;
use crate::core::handover::ExportOptions;
use crate::core::ids::*;
use crate::core::set::Set;
use crate::core::text::Span;
use crate::core::tx::Tx;
use crate::core::vocabulary::*;
use crate::exchange::fixture::{Fixture, at};
use crate::exchange::format;

fn stamp() -> Stamp {
    Stamp {
        at: at(),
        by: CheckerId::of("Ana Köhler"),
    }
}

fn counter() -> impl FnMut() -> Uuid {
    let mut n = 0x0190_ffff_0000_7000_8000_0000_0000_0000;
    move || {
        n += 1;
        Uuid::from_u128(n)
    }
}

/// Reads file `n` of an export, the others beside it.
fn back(
    f: &Fixture,
    name: &str,
    n: usize,
    options: &ExportOptions,
    into: Option<&Fixture>,
) -> Imported {
    let files = f.try_export(name, options).unwrap().files;
    let stamp = stamp();
    let incoming = Incoming {
        name: &files[n].name,
        bytes: &files[n].bytes,
        beside: &files,
        unit: None,
        stamp: &stamp,
        into: into.map(|f| (&f.session, &f.text)),
    };
    (format(name).unwrap().read.unwrap())(&incoming, &mut counter()).unwrap()
}

/// What marks can hold of a session, line by line.
fn held_by_marks(s: &Session) -> String {
    let mut lines = Vec::new();
    for x in s
        .statements
        .values()
        .filter(|x| x.decision != Decision::Undecided || x.origin == Origin::Checker)
    {
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?}",
            x.id, x.anchor, x.decision, x.reason, x.origin
        ));
    }
    for c in s.claims.values() {
        let rest: Vec<_> = c.also_at().collect();
        lines.push(format!(
            "{} {:?} {rest:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            c.id,
            Some(&c.home),
            c.wording,
            c.check_worthiness,
            c.claim_type,
            c.verification_status,
            c.rating,
            c.justification,
            c.workflow_state,
            c.tags,
            c.notes,
            c.change
        ));
    }
    for a in s.attributions.values() {
        let a = Attribution {
            proposed: Set::default(),
            ..a.clone()
        };
        lines.push(format!("{a:?}"));
        if let Some(x) = a.source.and_then(|id| s.sources.get(&id)) {
            lines.push(format!("{:?} {:?} {:?}", x.name, x.source_type, x.role));
        }
        for id in a.via.iter().chain(&a.about) {
            lines.push(format!("{:?}", s.sources.get(id).map(|x| &x.name)));
        }
    }
    let a = &s.article;
    lines.push(format!(
        "{:?} {:?} {:?} {:?} {:?}",
        a.title, a.byline, a.url, a.published_at, a.language
    ));
    lines.join("\n")
}

/// The formats of marks with the number of the file that is read, and whether they carry what is known of the article.
const MARKS: [(&str, usize, bool); 7] = [
    ("brat", 1, false),
    ("doccano", 0, true),
    ("doccano", 1, true),
    ("label-studio", 0, true),
    ("webannotation", 0, true),
    ("cas-json", 0, true),
    ("xmi", 0, true),
];

fn round_trips(f: &Fixture) {
    for (name, n, article) in MARKS {
        let mut came = back(f, name, n, &ExportOptions::default(), None);
        assert_eq!(
            came.text.as_ref().unwrap().as_str(),
            f.text.as_str(),
            "{name}"
        );
        assert_eq!(came.report.lost, [], "{name}");
        assert_eq!(came.report.moved, [], "{name}");
        if !article {
            came.session.article = f.session.article.clone();
        }
        assert_eq!(
            held_by_marks(&came.session),
            held_by_marks(&f.session),
            "{name} {n}"
        );
    }
    let came = back(f, "json", 0, &ExportOptions::default(), None);
    let mut session = f.session.clone();
    session.sources.values_mut().for_each(|s| s.contact.clear());
    session
        .statements
        .retain(|_, s| s.decision != Decision::Undecided || s.origin == Origin::Checker);
    assert_eq!(came.session, session);
    assert_eq!(came.blocks, f.proposals.blocks);
    sheet_round_trip(f);
}

/// What a row of the sheet holds.
fn held_by_sheet(s: &Session) -> BTreeMap<ClaimId, String> {
    s.claims
        .values()
        .map(|c| {
            let first = s.attributions_of(c.id).next();
            let said = first.map(|a| {
                let source = a
                    .source
                    .and_then(|id| s.sources.get(&id))
                    .map(|x| (&x.name, x.source_type, &x.role));
                (a.stance, a.certainty, source)
            });
            let held: Vec<_> = s
                .held_against(c.id)
                .map(|h| {
                    let e = &s.evidence[&h.evidence];
                    (
                        &h.locator,
                        &h.excerpt,
                        h.evidence_stance,
                        h.credibility,
                        e.id,
                        &e.title,
                        &e.url,
                        &e.archived_url,
                        (e.kind, &e.contact, &e.calculation),
                        &e.accessed_at,
                        &e.published_at,
                        &e.note,
                    )
                })
                .collect();
            let row = format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {said:?} {held:?}",
                c.wording,
                c.check_worthiness,
                c.claim_type,
                c.verification_status,
                c.rating,
                c.justification,
                c.workflow_state,
                c.tags,
                c.notes,
                c.change
            );
            (c.id, row)
        })
        .collect()
}

fn sheet_round_trip(f: &Fixture) {
    let into = back(f, "csv", 0, &ExportOptions::default(), Some(f));
    assert_eq!(into.report.lost, []);
    assert_eq!(held_by_sheet(&into.session), held_by_sheet(&f.session));
    let mut session = f.session.clone();
    let mut ids = counter();
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    merge(&into, &f.text, Whose::Ours, &mut tx);
    assert_eq!(
        tx.finish(),
        [],
        "a sheet that nobody changed changes nothing"
    );
}

#[test]
fn every_format_gives_back_what_it_holds() {
    round_trips(&Fixture::rich());
}

#[test]
fn what_the_offsets_do_not_cut_out_is_found_by_its_words_or_listed() {
    let f = Fixture::rich();
    let moved = ArticleText::new(
        f.text
            .as_str()
            .replacen("Kell Bridge 🌊", "The Kell Bridge 🌊🌊", 1)
            .replace("may lose a third", "could lose half"),
    );
    for (name, n, _) in MARKS.into_iter().chain([("json", 0, true)]) {
        let came = back(&f, name, n, &ExportOptions::default(), None);
        let mut target = Fixture::empty(moved.as_str()).session;
        let mut ids = counter();
        let mut tx = Tx::new(&mut target, stamp(), &mut ids);
        let report = merge(&came, &moved, Whose::Ours, &mut tx);
        assert_eq!(target.claims.len(), 4, "{name}");
        assert!(
            report
                .lost
                .iter()
                .any(|l| l.words.starts_with("Officials said")),
            "{name}"
        );
        for s in target.statements.values() {
            assert_eq!(moved.exact(&s.anchor.spans), s.anchor.exact, "{name}");
        }
    }
}

/// As exports were written when statements were named by the number of their version.
#[test]
fn a_json_export_with_numbers_in_its_ids_comes_back_to_its_statements() {
    let f = Fixture::rich();
    let mark = format!("\"{}:", f.session.version().mark());
    let now = f.text_of("json", 0);
    assert!(now.contains(&mark));
    let then = now.replace(&mark, "\"1:");
    let came = reading("json", "kell.json", then.as_bytes(), &[]).unwrap();
    let today = reading("json", "kell.json", now.as_bytes(), &[]).unwrap();
    assert_eq!(came.session.statements, today.session.statements);
    let mut session = f.session.clone();
    let mut ids = counter();
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    let report = merge(&came, &f.text, Whose::Ours, &mut tx);
    assert_eq!((report.lost, report.differing), (vec![], vec![]));
    assert_eq!(session.statements, f.session.statements);
    assert_eq!(session.claims, f.session.claims);
    assert_eq!(session.attributions, f.session.attributions);
}

/// A statement keeps its id for life: work on it comes to it wherever it stands by now.
#[test]
fn what_comes_for_words_that_have_moved_comes_to_the_statement_that_was_born_elsewhere() {
    let f = Fixture::rich();
    let mut later = f.clone();
    later.text = ArticleText::new(format!("Corrected.\n{}", f.text.as_str()));
    go_on(&mut later.session);
    let version = VersionId::of_text(later.text.as_str());
    let current = later.session.version();
    let mut second = later.session.versions.remove(&current).unwrap();
    second.id = version;
    later.session.versions.insert(version, second);
    later.session.article.current = Some(version);
    for s in later.session.statements.values_mut() {
        let moved = s.anchor.spans.iter();
        let moved = moved.map(|x| Span::new(x.start + 11, x.end + 11));
        let spans: Vec<Span> = moved.collect();
        s.anchor = Anchor {
            statement_id: Some(s.id.clone()),
            ..crate::core::anchor::anchor(&later.text, version, &spans)
        };
    }
    let came = back(&f, "json", 0, &ExportOptions::default(), Some(&later));
    let mut session = later.session.clone();
    let mut ids = counter();
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    merge(&came, &later.text, Whose::Ours, &mut tx);
    assert_eq!(session.statements, later.session.statements);
    // And so does the same session's own file.
    let came = back(&later, "json", 0, &ExportOptions::default(), Some(&later));
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    let report = merge(&came, &later.text, Whose::Ours, &mut tx);
    assert_eq!((report.lost, report.differing), (vec![], vec![]));
    assert_eq!(session.statements, later.session.statements);
}

/// Lets the session's version be an earlier one.
fn go_on(session: &mut Session) {
    let second = Version {
        id: VersionId::of_text("another text"),
        ..session.current().unwrap().clone()
    };
    session.article.current = Some(second.id);
    session.versions.insert(second.id, second);
}

#[test]
fn statements_of_an_earlier_version_are_found_by_their_words_and_never_by_their_offsets() {
    let f = Fixture::rich();
    let now = ArticleText::new(format!("Corrected.\n{}", f.text.as_str()));
    let mut came = back(&f, "json", 0, &ExportOptions::default(), None);
    go_on(&mut came.session);
    came.text = Some(now.clone());
    let mut target = Fixture::empty(now.as_str()).session;
    let mut ids = counter();
    let mut tx = Tx::new(&mut target, stamp(), &mut ids);
    merge(&came, &now, Whose::Ours, &mut tx);
    let words = |s: &Session| -> std::collections::BTreeSet<String> {
        let all = s.statements.values().filter(|s| s.anchor.spans.len() == 1);
        all.map(|s| s.anchor.exact.clone()).collect()
    };
    assert_eq!(words(&target), words(&came.session));
}

/// Found by fuzzing: the words stood where they had, and the cue of another text was kept beyond them.
#[test]
fn what_hangs_on_a_statement_of_an_earlier_version_stays_inside_of_its_words() {
    let f = Fixture::rich();
    let mut came = back(&f, "json", 0, &ExportOptions::default(), None);
    go_on(&mut came.session);
    let beyond = vec![Span::new(22, 3331)];
    let first = came.session.attributions.values_mut().next().unwrap();
    first.source_span = beyond;
    let (id, cue) = (first.id, first.cue.clone());
    let mut target = Fixture::empty(f.text.as_str()).session;
    let mut ids = counter();
    let mut tx = Tx::new(&mut target, stamp(), &mut ids);
    merge(&came, &f.text, Whose::Ours, &mut tx);
    let merged = &target.attributions[&id];
    assert_eq!((&merged.source_span, &merged.cue), (&vec![], &cue));
}

/// Found by fuzzing: statements counted as of another version than the file's last, and were laid on other words.
#[test]
fn an_article_whose_versions_do_not_agree_or_whose_text_is_no_stored_text_is_refused() {
    let f = Fixture::rich();
    let file: serde_json::Value = serde_json::from_str(&f.text_of("json", 0)).unwrap();
    for (key, value, place) in [
        ("version", serde_json::json!(2), "article.version"),
        ("versions", serde_json::json!([]), "article.version"),
        ("text", serde_json::json!("a\r\nb"), "article.text"),
    ] {
        let mut file = file.clone();
        file["article"][key] = value;
        let refused = reading("json", "x.json", file.to_string().as_bytes(), &[]).unwrap_err();
        assert!(refused.to_string().contains(place), "{refused}");
    }
}

/// Found by fuzzing: spans beyond the text cut out as few words as a file without any says.
#[test]
fn spans_beyond_the_text_are_listed_and_never_kept() {
    let f = Fixture::rich();
    let sheet = "row_id,passage,claim,verification_status,char_start,char_end\n\
        ,,Nothing.,accurate,9000,9100\n,1 & more.\n,The end.,accurate,446,9000\n";
    let sheet = sheet.replace("1 & more.\n,", "\"1 & more.\n\",");
    let stamp = stamp();
    let incoming = Incoming {
        name: "x.csv",
        bytes: sheet.as_bytes(),
        beside: &[],
        unit: None,
        stamp: &stamp,
        into: Some((&f.session, &f.text)),
    };
    let came = super::csv(&incoming, &mut counter()).unwrap();
    let ends = |s: &Session| -> Vec<u32> {
        let all = s.statements.values().flat_map(|s| &s.anchor.spans);
        all.map(|s| s.end).collect()
    };
    assert_eq!(
        (ends(&came.session), came.report.lost.len()),
        (vec![f.text.len()], 1)
    );

    let file: serde_json::Value = serde_json::from_str(&f.text_of("json", 0)).unwrap();
    let mut statement = file.clone();
    let first = statement["statements"].as_array_mut().unwrap();
    let first = first
        .iter_mut()
        .find(|s| s["decision"] == "taken_up")
        .unwrap();
    first["spans"] = serde_json::json!([[9000, 9100]]);
    first["exact"] = "".into();
    let mut cue = file.clone();
    cue["claims"][0]["attributions"][0]["cue"] = serde_json::json!([[9000, 9100]]);
    for file in [statement, cue] {
        let came = reading("json", "x.json", file.to_string().as_bytes(), &[]).unwrap();
        assert!(!came.report.lost.is_empty());
        assert!(ends(&came.session).iter().all(|end| *end <= f.text.len()));
        let cues = came.session.attributions.values().flat_map(|a| &a.cue);
        assert!(cues.into_iter().all(|s| s.end <= f.text.len()));
    }
    let mut block = file.clone();
    block["article"]["blocks"][1]["end"] = 9000.into();
    let refused = reading("json", "x.json", block.to_string().as_bytes(), &[]).unwrap_err();
    assert!(
        refused.to_string().contains("article.blocks[1]"),
        "{refused}"
    );
}

#[test]
fn a_sheet_alone_makes_an_article_in_which_no_passage_is_lost_in_another() {
    let sheet = "row_id,passage,claim,verification_status\n\
        ,It cost 80 million.,,accurate\n,He said: It cost 80 million. Twice.,,inaccurate\n,It cost 80 million.,Again.,accurate\n";
    let came = reading("csv", "x.csv", sheet.as_bytes(), &[]).unwrap();
    assert_eq!((came.report.lost.len(), came.session.claims.len()), (0, 3));
    let words: Vec<_> = came
        .session
        .statements
        .values()
        .map(|s| s.anchor.exact.as_str())
        .collect();
    assert_eq!(
        words,
        ["It cost 80 million.", "He said: It cost 80 million. Twice."]
    );
}

fn reading(
    name: &str,
    file: &str,
    bytes: &[u8],
    beside: &[File],
) -> Result<Imported, ExchangeError> {
    let stamp = stamp();
    let incoming = Incoming {
        name: file,
        bytes,
        beside,
        unit: None,
        stamp: &stamp,
        into: None,
    };
    (format(name).unwrap().read.unwrap())(&incoming, &mut counter())
}

fn txt(text: &str) -> [File; 1] {
    [File {
        name: "x.txt".into(),
        bytes: text.into(),
    }]
}

#[test]
fn marks_of_other_tools_become_claims_with_tags() {
    let text =
        "Mayor Ada Brandt 🌊 said flood costs fell 40% in 2024.\r\nCritics dispute the figure.\n";
    let ann = "T1\tClaim 24 52\tflood costs fell 40% in 2024\nT2\tSource 0 16\tMayor Ada Brandt\nT6\tDispute 63 70\tdispute\n\
        A1\tVerification T1 Disputed\nA2\tNeedsReview T1\nR1\tSaidBy Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes T1\tcheck the budget\n";
    let came = reading("brat", "x.ann", text.as_bytes(), &[])
        .unwrap_err()
        .to_string();
    assert!(
        came.contains("the .txt file beside it is missing"),
        "{came}"
    );
    let came = reading("brat", "x.ann", ann.as_bytes(), &txt(text)).unwrap();
    let c = came.session.claims.values().next().unwrap();
    assert_eq!(c.tags, ["NeedsReview", "Verification:Disputed"]);
    assert_eq!(c.notes, "check the budget");
    let a = came.session.attributions_of(c.id).next().unwrap();
    assert_eq!(
        came.session.sources[&a.source.unwrap()].name,
        "Mayor Ada Brandt"
    );
    let words: Vec<_> = came
        .session
        .statements
        .values()
        .map(|s| s.anchor.exact.as_str())
        .collect();
    assert_eq!(words, ["flood costs fell 40% in 2024", "dispute"]);
    assert!(
        !came.text.unwrap().as_str().contains('\r'),
        "offsets followed the line ends"
    );
}

#[test]
fn reviews_and_splits_of_others_come_in_on_an_article_of_their_claims() {
    let review = r#"[{"@type":"ClaimReview","claimReviewed":"The bridge cost double.","itemReviewed":{"@type":"Claim","author":{"@type":"Person","name":"Mara Oduya"}},
        "reviewRating":{"ratingValue":"2","bestRating":5,"worstRating":1,"alternateName":"Four Pinocchios","ratingExplanation":"It did not."}},
        {"@type":"ClaimReview","claimReviewed":"It opened.","reviewRating":{"ratingValue":-1,"bestRating":-1,"worstRating":-1,"alternateName":"Unproven"}}]"#;
    let came = reading("claimreview", "x.json", review.as_bytes(), &[]).unwrap();
    let all: Vec<_> = came.session.claims.values().collect();
    assert_eq!(
        came.text.unwrap().as_str(),
        "The bridge cost double.\n\nIt opened.\n"
    );
    assert_eq!(
        (all[0].verification_status, all[0].rating),
        (VerificationStatus::Inaccurate, Rating::new(2))
    );
    assert_eq!(all[0].tags, ["rating:Four Pinocchios"]);
    assert_eq!(
        (all[1].verification_status, all[1].rating),
        (VerificationStatus::Unverifiable, None)
    );

    let f = Fixture::rich();
    let came = back(&f, "averitec", 0, &ExportOptions::default(), Some(&f));
    assert_eq!((came.session.claims.len(), came.session.held.len()), (4, 2));
    assert!(
        came.session
            .claims
            .keys()
            .all(|id| f.session.claims.contains_key(id)),
        "our own keep their ids"
    );
    let came = back(&f, "claimreview", 0, &ExportOptions::default(), None);
    assert!(
        came.session
            .claims
            .keys()
            .all(|id| f.session.claims.contains_key(id))
    );
}

#[test]
fn damaged_files_are_refused_with_their_place_and_nothing_comes_of_them() {
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xmi:XMI>&b;</xmi:XMI>";
    let newer = r#"{"format":"claimdesk.export","version":99}"#;
    let mut seen = Vec::new();
    for (name, file, bytes) in [
        (
            "json",
            "a.json",
            &b"{\"format\":\"claimdesk.export\",\"version\":1,"[..],
        ),
        ("json", "b.json", newer.as_bytes()),
        ("json", "c.json", b"\xff\xfe{\x00"),
        ("claimreview", "d.json", deep.as_bytes()),
        (
            "doccano",
            "e.jsonl",
            b"\n{\"text\":\"x\",\"label\":[[0,\"1\"]]}\n",
        ),
        ("xmi", "f.xmi", bomb.as_bytes()),
        ("xmi", "g.xmi", b"<xmi:XMI><cas:Sofa sofaString=\"x\"/>"),
        ("cas-json", "h.json", b"{}"),
        (
            "csv",
            "i.csv",
            b"row_id,passage,claim,verification_status\n,x,x,right\n",
        ),
        (
            "webannotation",
            "j.json",
            b"[{\"target\":{\"selector\":[]}}]",
        ),
        (
            "averitec",
            "k.json",
            b"[{\"claim\":\"x\",\"label\":\"True\"}]",
        ),
        ("claimreview", "l.json", b"[]"),
    ] {
        seen.push(reading(name, file, bytes, &[]).unwrap_err().to_string());
    }
    let broken = reading("brat", "x.ann", b"T1\tClaim 0\n", &txt("x"));
    seen.push(broken.unwrap_err().to_string());
    insta::assert_snapshot!(seen.join("\n"), @r#"
a.json is no readable json file: line 1, column 41: it breaks off: the file is cut short.
b.json is no readable json file: version: 99 is newer than this program, which reads 1: use a newer one.
c.json is no readable json file: line 1, column 1: it is not UTF-8; convert it first.
d.json is no readable claimreview file: line 1, column 128: recursion limit exceeded.
e.jsonl is no readable doccano file: line 2, label[0]: it is no start, end and label.
f.xmi is no readable xmi file: line 1, column 75: it declares a document type, which could define entities: remove it.
g.xmi is no readable xmi file: line 1, column 36: it breaks off: the file is cut short.
h.json is no readable cas-json file: %FEATURE_STRUCTURES: it is missing or no list.
i.csv is no readable csv file: line 2, column verification_status: `right` is not one of unchecked, in_progress, accurate, partly_accurate, misleading, inaccurate, disputed, unverifiable, not_checkable.
j.json is no readable webannotation file: article.text: the file does not carry the article: read it into a session that does.
k.json is no readable averitec file: [0].label: it is none of AVeriTeC's four.
l.json is no readable claimreview file: its first entry: it holds no ClaimReview.
x.ann is no readable brat file: line 1: its offsets are no pairs of numbers.
"#);
}

#[test]
fn a_sheet_or_an_annotation_that_breaks_off_is_refused_with_its_line() {
    let f = Fixture::rich();
    let sheet = f.text_of("csv", 0);
    let cut = sheet.rfind("Officials").unwrap();
    let broken = reading("csv", "x.csv", &sheet.as_bytes()[..cut + 4], &[]).unwrap_err();
    assert!(broken.to_string().contains("it breaks off"), "{broken}");
    let hand = "row_id,passage,claim,verification_status,note\n,It cost 80 million.,,accurate\n";
    assert!(reading("csv", "x.csv", hand.as_bytes(), &[]).is_ok());

    let ann = f.text_of("brat", 1);
    let text = txt(f.text.as_str());
    let note = ann.rfind("\":\"").unwrap();
    for cut in [
        ann.find("opens").unwrap(),
        ann.find("Cue").unwrap(),
        note + 4,
    ] {
        let broken = reading("brat", "x.ann", &ann.as_bytes()[..cut], &text).unwrap_err();
        assert!(broken.to_string().contains("it breaks off"), "{broken}");
    }
    assert!(reading("brat", "x.ann", ann.trim_end().as_bytes(), &text).is_ok());
}

#[test]
fn files_beyond_any_use_are_refused_before_they_fill_the_memory() {
    // Never touched, so it takes no memory.
    let huge = vec![0; limits::SIZE + 1];
    let values = format!("[{}0]", "0,".repeat(8_000_001));
    let entries = format!("[{}{{}}]", "{},".repeat(limits::ENTRIES));
    let text = format!("{{\"format\":\"{}\"}}", "[".repeat(limits::ENTRIES + 1));
    let head = "row_id,passage,claim,verification_status\n";
    let rows = head.to_string() + &"a\n".repeat(limits::RECORDS + 1);
    let lines = "#1\tNote T1\t\n".repeat(limits::ENTRIES + 1);
    let mut seen = Vec::new();
    for (name, file, bytes) in [
        ("json", "huge.json", &huge[..]),
        ("claimreview", "values.json", values.as_bytes()),
        ("label-studio", "entries.json", entries.as_bytes()),
        ("json", "text.json", text.as_bytes()),
        ("brat", "lines.ann", lines.as_bytes()),
        ("csv", "rows.csv", rows.as_bytes()),
    ] {
        seen.push(
            reading(name, file, bytes, &txt("x"))
                .unwrap_err()
                .to_string(),
        );
    }
    insta::assert_snapshot!(seen.join("\n"), @r#"
huge.json is no readable json file: its size: it has 512 MiB; 512 are read at most.
values.json is no readable claimreview file: its size: it holds more than 8000000 values.
entries.json is no readable label-studio file: its size: it holds more than 4000000 lists and objects.
text.json is no readable json file: format: it is not claimdesk.export.
lines.ann is no readable brat file: its size: it holds more than 4000000 lines.
rows.csv is no readable csv file: its size: it holds more than 500000 rows.
"#);
}
