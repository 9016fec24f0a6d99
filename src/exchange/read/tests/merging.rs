//! What comes of merging a file into the session that it left, and into others.

use super::*;

#[test]
fn a_file_merged_into_its_own_session_changes_nothing_and_into_an_empty_one_everything() {
    let f = Fixture::rich();
    for (name, n, _) in MARKS.into_iter().chain([("json", 0, true)]) {
        let came = back(&f, name, n, &ExportOptions::default(), None);
        let mut same = f.session.clone();
        let mut ids = counter();
        let mut tx = Tx::new(&mut same, stamp(), &mut ids);
        let report = merge(&came, &f.text, Whose::Ours, &mut tx);
        assert_eq!(tx.finish(), [], "{name}");
        assert_eq!(report.lost, []);

        let mut empty = Fixture::empty(f.text.as_str()).session;
        let mut tx = Tx::new(&mut empty, stamp(), &mut ids);
        merge(&came, &f.text, Whose::Ours, &mut tx);
        let edits = tx.finish();
        assert!(is_undoable(&edits));
        assert_eq!(held_by_marks(&empty), held_by_marks(&f.session), "{name}");
        empty.apply(&crate::core::edit::inverse(&edits), &stamp());
        assert!(
            empty.claims.is_empty() && empty.statements.is_empty() && empty.sources.len() == 1,
            "{name}: one step back"
        );
    }
}

#[test]
fn an_editors_changes_in_a_spreadsheet_come_back_as_edits() {
    let f = Fixture::rich();
    let mut files = f.export("csv").files;
    let sheet = String::from_utf8(files[0].bytes.clone()).unwrap();
    let sheet = sheet.replace(",unverifiable,,", ",accurate,5,").replace(
        "No counts are published; the operator did not answer.",
        "'=counts found",
    ) + ",,,,,Officials said,A new claim.,numerical,\"Bea Lind\",,asserts,,,,,,,,,,,,,misleading,,,,,,,,,,,,,,,\r\n";
    files[0].bytes = sheet.into_bytes();
    let stamp = stamp();
    let incoming = Incoming {
        name: "sheet.csv",
        bytes: &files[0].bytes,
        beside: &files,
        unit: None,
        stamp: &stamp,
        into: Some((&f.session, &f.text)),
    };
    let came = super::csv(&incoming, &mut counter()).unwrap();
    let mut left = f.session.clone();
    let mut ids = counter();
    let mut tx = Tx::new(&mut left, stamp.clone(), &mut ids);
    let report = merge(&came, &f.text, Whose::Ours, &mut tx);
    let listed: Vec<String> = report.differing.iter().map(|d| d.to_string()).collect();
    insta::assert_snapshot!(listed.join("\n"), @r#"
    Kell Ferry Operators denied on Monday that passenger number…: finding: here “unverifiable”, in the file “accurate”
    Kell Ferry Operators denied on Monday that passenger number…: rating: here “none”, in the file “5 True”
    Kell Ferry Operators denied on Monday that passenger number…: justification: here “No counts are published; the operator did not answer.”, in the file “=counts found”
    "#);
    for (id, c) in &f.session.claims {
        let now = &left.claims[id];
        assert_eq!(
            (now.verification_status, now.rating, &now.justification),
            (c.verification_status, c.rating, &c.justification)
        );
    }
    let mut session = f.session.clone();
    let mut tx = Tx::new(&mut session, stamp.clone(), &mut ids);
    merge(&came, &f.text, Whose::Theirs, &mut tx);
    let edits = tx.finish();
    assert_eq!(edits.len(), 3 + 4, "{edits:#?}");
    let changed = session
        .claims
        .values()
        .find(|c| c.justification == "=counts found")
        .unwrap();
    assert_eq!(
        (changed.verification_status, changed.rating),
        (VerificationStatus::Accurate, Rating::new(5))
    );
    let new = session
        .claims
        .values()
        .find(|c| c.wording.as_deref() == Some("A new claim."))
        .unwrap();
    assert_eq!(session.statements[&new.home].anchor.exact, "Officials said");
}

/// Merges `came` into `session`, and says with which edits.
fn merged(came: &Imported, f: &Fixture, session: &mut Session) -> Vec<crate::core::edit::Edit> {
    let mut ids = counter();
    let mut tx = Tx::new(session, stamp(), &mut ids);
    merge(came, &f.text, Whose::Ours, &mut tx);
    tx.finish()
}

#[test]
fn what_the_file_says_as_the_session_does_stays_a_proposal() {
    let mut f = Fixture::rich();
    for c in f.session.claims.values_mut() {
        c.proposed = vec![ClaimKey::CheckWorthiness, ClaimKey::ClaimType].into();
    }
    for a in f.session.attributions.values_mut() {
        a.proposed = vec![AttributionKey::Source, AttributionKey::Content].into();
    }
    for (name, n, _) in MARKS
        .into_iter()
        .chain([("json", 0, true), ("csv", 0, true)])
    {
        let came = back(&f, name, n, &ExportOptions::default(), Some(&f));
        assert_eq!(merged(&came, &f, &mut f.session.clone()), [], "{name}");
    }
    let mut came = back(&f, "xmi", 0, &ExportOptions::default(), Some(&f));
    let id = *came.session.claims.keys().next().unwrap();
    let other = ClaimType::Prediction;
    came.session.claims.get_mut(&id).unwrap().claim_type = other;
    let mut session = f.session.clone();
    let mut ids = counter();
    let mut tx = Tx::new(&mut session, stamp(), &mut ids);
    merge(&came, &f.text, Whose::Theirs, &mut tx);
    drop(tx);
    assert_eq!(session.claims[&id].claim_type, other);
    assert_eq!(session.claims[&id].proposed, [ClaimKey::CheckWorthiness]);
}

/// Both formats know fewer findings than we do and no ids but those of claims.
#[test]
fn reviews_and_splits_of_ours_bring_nothing_twice_and_make_no_finding_coarser() {
    let mut f = Fixture::rich();
    for (c, n) in f.session.claims.values_mut().zip(0..) {
        use VerificationStatus::*;
        c.verification_status = [
            Accurate,
            PartlyAccurate,
            Misleading,
            Inaccurate,
            Disputed,
            Unverifiable,
        ][n % 6];
        c.rating = Rating::new([0, 4][n % 2]);
        c.justification = "Two\nlines.".into();
    }
    for name in ["claimreview", "averitec"] {
        let came = back(&f, name, 0, &ExportOptions::default(), Some(&f));
        assert!(came.session.claims.len() > 1);
        assert_eq!(merged(&came, &f, &mut f.session.clone()), [], "{name}");
    }
    let mut came = back(&f, "averitec", 0, &ExportOptions::default(), Some(&f));
    let held = came.session.held.values_mut().next().unwrap();
    let (claim, item) = (held.claim, held.evidence);
    came.session.evidence.get_mut(&item).unwrap().url = Some("https://new.example/".into());
    came.session
        .claims
        .get_mut(&claim)
        .unwrap()
        .verification_status = VerificationStatus::Accurate;
    let mut session = f.session.clone();
    let edits = merged(&came, &f, &mut session);
    assert!(edits.len() <= 3, "{edits:#?}");
    assert_eq!(session.evidence.len(), f.session.evidence.len() + 1);
    assert_eq!(session.held.len(), f.session.held.len() + 1);
}

#[test]
fn what_belongs_to_claims_that_did_not_come_does_not_come_either() {
    let f = Fixture::rich();
    for (name, n) in [("averitec", 0), ("json", 0), ("brat", 1)] {
        let came = back(&f, name, n, &ExportOptions::default(), None);
        let other = Fixture::empty("Nothing of it stands here.");
        let mut session = other.session.clone();
        let mut ids = counter();
        let mut tx = Tx::new(&mut session, stamp(), &mut ids);
        let report = merge(&came, &other.text, Whose::Ours, &mut tx);
        assert!(
            session.claims.is_empty() && session.statements.is_empty(),
            "{name}"
        );
        assert!(
            session.held.is_empty() && session.attributions.is_empty(),
            "{name}"
        );
        let spoken = came.session.attributions.values().filter_map(|a| a.source);
        let spoken: Vec<_> = spoken.filter(|s| *s != SourceId::ARTICLE).collect();
        assert!(!spoken.is_empty(), "{name}");
        assert!(
            !spoken.iter().any(|s| session.sources.contains_key(s)),
            "{name}"
        );
        let held = came.session.held.values().map(|h| h.evidence);
        assert!(
            !held.into_iter().any(|e| session.evidence.contains_key(&e)),
            "{name}"
        );
        // Each claim is missed once, by its words.
        let missed: Vec<_> = report.lost.iter().map(|n| n.words.as_str()).collect();
        assert!(
            missed.len() >= came.session.claims.len() && !missed.contains(&""),
            "{missed:?}"
        );
    }
}

#[test]
fn a_sheet_that_a_spreadsheet_saved_in_its_own_way_is_the_same_sheet() {
    let f = Fixture::rich();
    let files = f.export("csv").files;
    let mut reader =
        ::csv::Reader::from_reader(files[0].bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let head = reader.byte_headers().unwrap().clone();
    let rows: Vec<_> = reader.byte_records().map(|r| r.unwrap()).collect();
    for (delimiter, style) in [
        (b',', ::csv::QuoteStyle::Always),
        (b';', ::csv::QuoteStyle::Necessary),
        (b'\t', ::csv::QuoteStyle::Necessary),
    ] {
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(style)
            .from_writer(Vec::new());
        writer.write_byte_record(&head).unwrap();
        rows.iter()
            .for_each(|r| writer.write_byte_record(r).unwrap());
        let bytes = writer.into_inner().unwrap();
        let stamp = stamp();
        let incoming = Incoming {
            name: "sheet.csv",
            bytes: &bytes,
            beside: &files,
            unit: None,
            stamp: &stamp,
            into: Some((&f.session, &f.text)),
        };
        let came = crate::exchange::read::csv(&incoming, &mut counter()).unwrap();
        assert_eq!(came.session.claims.len(), f.session.claims.len());
        assert_eq!(
            merged(&came, &f, &mut f.session.clone()),
            [],
            "{}",
            char::from(delimiter)
        );
    }
}
