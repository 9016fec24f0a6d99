//! What each operation leaves behind, told in full: nothing that it should set may be missing, and nothing else may change.

use super::*;

/// The words of some spans, the long ones cut in the middle.
fn words(text: &ArticleText, spans: &[Span]) -> String {
    let exact: Vec<char> = text.exact(spans).chars().collect();
    let of = |chars: &[char]| chars.iter().collect::<String>();
    match exact.len() {
        0 => "nothing".into(),
        n if n > 30 => format!("“{}[…]{}”", of(&exact[..18]), of(&exact[n - 8..])),
        _ => format!("“{}”", of(&exact)),
    }
    .replace('\n', "⏎")
}

/// Statements, claims and voices with all that a checker sees of them.
fn told(desk: &Desk) -> String {
    let (s, text) = (&desk.session, &desk.text);
    let at = |id: &StatementId| match s.statements.get(id) {
        Some(there) => words(text, &there.anchor.spans),
        None => "nowhere".into(),
    };
    let source = |id: &SourceId| s.sources[id].name.clone();
    let mut lines = Vec::new();
    for statement in s.statements.values() {
        assert_eq!(statement.anchor.statement_id.as_ref(), Some(&statement.id));
        lines.push(format!(
            "{} {:?} by {:?} in {:?}, why {:?}, reason {:?}",
            at(&statement.id),
            statement.decision,
            statement.origin,
            statement.block,
            statement.why,
            statement.reason,
        ));
    }
    for claim in s.claims.values() {
        let also: Vec<String> = claim.also_at().map(at).collect();
        let proposed: Vec<&str> = claim.proposed.iter().map(|k| k.word()).collect();
        lines.push(format!(
            "claim v{} at {} also {also:?}: {:?} {:?}, wording {:?}, proposed {proposed:?}",
            claim.id.0.get_version_num(),
            at(&claim.home),
            claim.check_worthiness,
            claim.claim_type,
            claim.wording,
        ));
        for voice in s.attributions_of(claim.id) {
            let about: Vec<String> = voice.about.iter().map(source).collect();
            let proposed: Vec<&str> = voice.proposed.iter().map(|k| k.word()).collect();
            lines.push(format!(
                "  v{} at {}: {} {:?} {:?} {:?} {}, named {}, cue {}, via {:?}, about {about:?}, proposed {proposed:?}",
                voice.id.0.get_version_num(),
                at(&voice.statement),
                voice.source.as_ref().map_or("nobody".into(), source),
                voice.stance,
                voice.certainty,
                voice.quotation_type,
                words(text, &voice.content),
                words(text, &voice.source_span),
                words(text, &voice.cue),
                voice.via.as_ref().map(source),
            ));
        }
    }
    for source in s.sources.values() {
        lines.push(format!(
            "source v{}: {:?}, {:?}, {:?} of {:?}",
            source.id.0.get_version_num(),
            source.name,
            source.source_type,
            source.role,
            source.affiliation,
        ));
    }
    lines.join("\n")
}

/// A desk whose proposals say more than the least.
fn desk() -> Desk {
    let mut desk = Desk::new(1);
    desk.proposals.blocks[0].kind = BlockKind::QuoteBlock;
    let mara = &mut desk.proposals.sources[0];
    (mara.role, mara.affiliation) = ("harbour master".into(), "Port of Kell".into());
    desk
}

fn marked(desk: &mut Desk, words: &[&str]) -> TakenUp {
    let spans: Vec<Span> = words.iter().map(|w| at(w)).collect();
    desk.step(|tx, text, p| mark(tx, text, p, &spans)).unwrap()
}

fn dismissed(desk: &mut Desk, what: Dismissed<'_>, reason: &str) -> StatementId {
    desk.step(|tx, text, p| dismiss(tx, text, p, what, reason))
        .unwrap()
}

#[test]
fn taking_up_copies_all_that_was_proposed() {
    let mut desk = desk();
    for n in 0..5 {
        desk.take_up(n);
    }
    insta::assert_snapshot!(told(&desk), @r#"
    “Mara Oduya said th[…]million.” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    “the bridge cost 80 million” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    ““It is too much,” […]a Oduya.” TakenUp by Proposal in QuoteBlock, why "a number; said; said", reason ""
    “The ferry carried […]n March.” TakenUp by Proposal in QuoteBlock, why "a number", reason ""
    “Kell Ferry denied […]did not.” TakenUp by Proposal in QuoteBlock, why "a number; said; said", reason ""
    claim v8 at “Mara Oduya said th[…]million.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “Mara Oduya said th[…]million.”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    claim v8 at “the bridge cost 80 million” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “the bridge cost 80 million”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    claim v8 at ““It is too much,” […]a Oduya.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at ““It is too much,” […]a Oduya.”: Mara Oduya Asserts Unspecified Indirect “It is too much”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
      v8 at ““It is too much,” […]a Oduya.”: the mayor Asserts Unspecified Indirect “It is too much”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type", "via"]
    claim v8 at “The ferry carried […]n March.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “The ferry carried […]n March.”: the article Asserts Unspecified None “The ferry carried […]n March.”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    claim v8 at “Kell Ferry denied […]did not.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “Kell Ferry denied […]did not.”: Kell Ferry Asserts Unspecified Indirect “denied it”, named “Kell Ferry”, cue “denied”, via None, about ["Mara Oduya"], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type", "about"]
      v8 at “Kell Ferry denied […]did not.”: Mara Oduya Asserts Unspecified Indirect “denied it”, named “MARA ODUYA”, cue “did not”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    source v8: "the mayor", Unknown, "" of ""
    source v8: "Kell Ferry", Unknown, "" of ""
    "#);
}

#[test]
fn who_is_proposed_without_a_name_is_called_by_the_words() {
    let mut desk = desk();
    desk.proposals.sources[0].name = "".into();
    let claim = desk.take_up(0);
    let voice = desk.session.attributions_of(claim).next().unwrap();
    let source = &desk.session.sources[&voice.source.unwrap()];
    assert_eq!(
        (source.name.as_str(), source.role.as_str()),
        ("Mara Oduya", "")
    );
}

#[test]
fn whom_something_is_said_about_is_the_one_of_that_mention() {
    let mut desk = desk();
    let denied = ProposedAttribution {
        about: at("Mara Oduya").into(),
        ..proposed(4, "Kell Ferry", "denied", "denied it")
    };
    desk.proposals.attributions = vec![denied].into();
    let claim = desk.take_up(4);
    let voice = desk.session.attributions_of(claim).next().unwrap();
    let about: Vec<&Source> = voice
        .about
        .iter()
        .map(|s| &desk.session.sources[s])
        .collect();
    assert_eq!(about.len(), 1);
    let is = (about[0].name.as_str(), about[0].source_type);
    assert_eq!(is, ("Mara Oduya", SourceType::Person));
}

#[test]
fn a_split_moves_the_claim_and_leaves_other_places_alone() {
    let mut desk = desk();
    let claim = desk.take_up(3);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim));
    // Within the white space after “carried”, and within a word.
    let cut = at("nine").start - 1;
    desk.step(|tx, text, p| split(tx, text, p, claim, cut))
        .unwrap();
    let within = at("March").start + 2;
    let second = *desk.session.claims.keys().find(|c| **c != claim).unwrap();
    desk.step(|tx, text, p| split(tx, text, p, second, within))
        .unwrap();
    insta::assert_snapshot!(told(&desk), @r#"
    “Mara Oduya said th[…]million.” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    “The ferry carried” TakenUp by Checker in QuoteBlock, why "", reason ""
    “The ferry carried […]n March.” Dismissed by Proposal in QuoteBlock, why "a number", reason "split into parts"
    “nine thousand people in Ma” TakenUp by Checker in QuoteBlock, why "", reason ""
    “nine thousand people in March.” Dismissed by Checker in QuoteBlock, why "", reason "split into parts"
    “rch.” TakenUp by Checker in QuoteBlock, why "", reason ""
    claim v8 at “The ferry carried” also ["“Mara Oduya said th[…]million.”"]: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “The ferry carried”: the article Asserts Unspecified None “The ferry carried”, named nothing, cue nothing, via None, about [], proposed ["source", "stance"]
      v8 at “Mara Oduya said th[…]million.”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    claim v7 at “nine thousand people in Ma” also []: Routine Other, wording None, proposed []
      v7 at “nine thousand people in Ma”: the article Asserts Unspecified None “nine thousand people in Ma”, named nothing, cue nothing, via None, about [], proposed ["source", "stance"]
    claim v7 at “rch.” also []: Routine Other, wording None, proposed []
      v7 at “rch.”: the article Asserts Unspecified None “rch.”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    "#);
}

#[test]
fn a_split_whose_first_part_is_proposed_keeps_that_statement() {
    let mut desk = desk();
    let claim = marked(&mut desk, &["the bridge cost 80 million.\n“It is"]).claim;
    let cut = at("million.").end - 1;
    desk.step(|tx, text, p| split(tx, text, p, claim, cut))
        .unwrap();
    insta::assert_snapshot!(told(&desk), @r#"
    “the bridge cost 80 million” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    “the bridge cost 80[…].⏎“It is” Dismissed by Checker in QuoteBlock, why "", reason "split into parts"
    “.⏎“It is” TakenUp by Checker in QuoteBlock, why "", reason ""
    claim v7 at “the bridge cost 80 million” also []: Routine Other, wording None, proposed []
      v7 at “the bridge cost 80 million”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed []
      v7 at “the bridge cost 80 million”: the mayor Asserts Unspecified Indirect “the bridge cost 80 million”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed []
      v7 at “the bridge cost 80 million”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed []
    claim v7 at “.⏎“It is” also []: Routine Other, wording None, proposed []
      v7 at “.⏎“It is”: the mayor Asserts Unspecified Indirect “It is”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed []
      v7 at “.⏎“It is”: Mara Oduya Asserts Unspecified Indirect “It is”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed []
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    source v8: "the mayor", Unknown, "" of ""
    "#);
}

#[test]
fn a_split_makes_no_empty_part() {
    let mut desk = desk();
    let claim = marked(&mut desk, &["The ferry", "in March"]).claim;
    let before = desk.session.clone();
    for cut in [at("The ferry").start, at("in March").end] {
        assert_eq!(
            desk.step(|tx, text, p| split(tx, text, p, claim, cut)),
            None
        );
    }
    assert_eq!(desk.session, before);
    let cut = at("March").start;
    let part = desk
        .step(|tx, text, p| split(tx, text, p, claim, cut))
        .unwrap();
    assert_eq!(
        desk.session.statements[&part.statement].anchor.spans,
        [at("March")]
    );
    let first = &desk.session.statements[&desk.session.claims[&claim].home];
    assert_eq!(
        first.anchor.spans,
        [at("The ferry"), Span::new(cut - 3, cut - 1)]
    );
}

#[test]
fn one_more_claim_has_the_voices_of_its_own_words_alone() {
    let mut desk = desk();
    let claim = desk.take_up(2);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim));
    let more = desk.step(|tx, _, _| add_claim(tx, claim)).unwrap();
    let home = desk.session.claims[&more].home.clone();
    let voices: Vec<_> = desk.session.attributions_of(more).collect();
    assert_eq!(voices.len(), 2);
    assert!(voices.iter().all(|v| v.statement == home));
}

#[test]
fn tying_twice_changes_nothing() {
    let mut desk = desk();
    let claim = desk.take_up(3);
    for what in [Tied::Proposal(0), Tied::Words(&[at("It is too much")])] {
        desk.step(|tx, text, p| tie(tx, text, p, what, claim))
            .unwrap();
        let before = desk.session.clone();
        desk.step(|tx, text, p| tie(tx, text, p, what, claim))
            .unwrap();
        assert_eq!(desk.session, before);
    }
}

#[test]
fn the_second_of_a_pair_quotes_the_words_without_their_marks() {
    let mut desk = desk();
    let claim = marked(&mut desk, &["“It is too much,”"]).claim;
    let said = desk.step(|tx, text, _| pair(tx, text, claim)).unwrap();
    insta::assert_snapshot!(desk.session.claims[&said].wording.as_ref().unwrap(), @"the mayor said: “It is too much”");
}

#[test]
fn there_is_no_pair_where_nobody_speaks_at_home() {
    let mut desk = desk();
    let claim = desk.take_up(3);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim));
    let home = desk.session.claims[&claim].home.clone();
    let voice = desk
        .session
        .attributions_of(claim)
        .find(|a| a.statement == home);
    let voice = voice.unwrap().id;
    desk.step(|tx, _, _| tx.remove_attribution(&voice));
    assert_eq!(desk.step(|tx, text, _| pair(tx, text, claim)), None);
}

#[test]
fn a_mark_takes_over_what_is_proposed_for_its_words() {
    let mut desk = desk();
    marked(&mut desk, &["is too"]);
    marked(&mut desk, &["nine thousand"]);
    insta::assert_snapshot!(told(&desk), @r#"
    “is too” TakenUp by Checker in QuoteBlock, why "", reason ""
    “nine thousand” TakenUp by Checker in QuoteBlock, why "", reason ""
    claim v7 at “is too” also []: Routine Other, wording None, proposed []
      v7 at “is too”: the mayor Asserts Unspecified Indirect “is too”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed []
      v7 at “is too”: Mara Oduya Asserts Unspecified Indirect “is too”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed []
    claim v7 at “nine thousand” also []: Routine Other, wording None, proposed []
      v7 at “nine thousand”: the article Asserts Unspecified None “nine thousand”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Unknown, "" of ""
    source v8: "the mayor", Unknown, "" of ""
    "#);
}

#[test]
fn a_mark_takes_over_what_is_recorded_and_what_is_proposed_elsewhere() {
    let mut desk = desk();
    let claim = desk.take_up(2);
    // Both claims on these words have the same two voices.
    desk.step(|tx, _, _| add_claim(tx, claim)).unwrap();
    desk.take_up(3);
    let both = marked(&mut desk, &["too much", "denied"]).claim;
    let own = marked(&mut desk, &["March"]).claim;
    desk.session.claims.retain(|id, _| [both, own].contains(id));
    insta::assert_snapshot!(told(&desk), @r#"
    ““It is too much,” […]a Oduya.” TakenUp by Proposal in QuoteBlock, why "a number; said; said", reason ""
    “too much … denied” TakenUp by Checker in QuoteBlock, why "", reason ""
    “The ferry carried […]n March.” TakenUp by Proposal in QuoteBlock, why "a number", reason ""
    “March” TakenUp by Checker in QuoteBlock, why "", reason ""
    claim v7 at “too much … denied” also []: Routine Other, wording None, proposed []
      v7 at “too much … denied”: Mara Oduya Asserts Unspecified Indirect “too much”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed []
      v7 at “too much … denied”: the mayor Asserts Unspecified Indirect “too much”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed []
      v7 at “too much … denied”: Kell Ferry Asserts Unspecified Indirect “denied”, named “Kell Ferry”, cue “denied”, via None, about ["Mara Oduya"], proposed []
      v7 at “too much … denied”: Mara Oduya Asserts Unspecified Indirect “denied”, named “MARA ODUYA”, cue “did not”, via None, about [], proposed []
    claim v7 at “March” also []: Routine Other, wording None, proposed []
      v7 at “March”: the article Asserts Unspecified None “March”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Unknown, "" of ""
    source v8: "the mayor", Unknown, "" of ""
    source v8: "Kell Ferry", Unknown, "" of ""
    "#);
}

#[test]
fn words_of_a_claim_that_is_tied_to_a_part_of_them_are_said_as_proposed() {
    let mut desk = desk();
    let claim = desk.take_up(2);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Words(&[at("too much")]), claim));
    insta::assert_snapshot!(told(&desk), @r#"
    ““It is too much,” […]a Oduya.” TakenUp by Proposal in QuoteBlock, why "a number; said; said", reason ""
    “too much” TakenUp by Checker in QuoteBlock, why "", reason ""
    claim v8 at ““It is too much,” […]a Oduya.” also ["“too much”"]: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at ““It is too much,” […]a Oduya.”: Mara Oduya Asserts Unspecified Indirect “It is too much”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
      v8 at ““It is too much,” […]a Oduya.”: the mayor Asserts Unspecified Indirect “It is too much”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type", "via"]
      v7 at “too much”: the mayor Asserts Unspecified Indirect “too much”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed []
      v7 at “too much”: Mara Oduya Asserts Unspecified Indirect “too much”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed []
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Unknown, "" of ""
    source v8: "the mayor", Unknown, "" of ""
    "#);
}

#[test]
fn marking_the_words_of_a_claim_again_makes_one_by_hand() {
    let mut desk = desk();
    desk.take_up(1);
    marked(&mut desk, &["the bridge cost 80 million"]);
    insta::assert_snapshot!(told(&desk), @r#"
    “the bridge cost 80 million” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    claim v8 at “the bridge cost 80 million” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “the bridge cost 80 million”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    claim v7 at “the bridge cost 80 million” also []: Routine Other, wording None, proposed []
      v7 at “the bridge cost 80 million”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed []
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    "#);
}

#[test]
fn a_dismissal_keeps_its_reason_until_the_words_are_taken_up() {
    let mut desk = desk();
    let decided = |desk: &Desk, id: &StatementId| {
        let s = &desk.session.statements[id];
        (s.decision, s.reason.clone())
    };
    let id = dismissed(&mut desk, Dismissed::Proposal(0), "dull");
    dismissed(&mut desk, Dismissed::Proposal(0), "");
    assert_eq!(decided(&desk, &id), (Decision::Dismissed, "dull".into()));
    desk.take_up(0);
    assert_eq!(decided(&desk, &id), (Decision::TakenUp, String::new()));
    let words = [at("in March")];
    let id = dismissed(&mut desk, Dismissed::Words(&words), "known");
    // They are a statement now.
    assert_eq!(dismissed(&mut desk, Dismissed::Words(&words), ""), id);
    assert_eq!(decided(&desk, &id), (Decision::Dismissed, "known".into()));
    marked(&mut desk, &["in March"]);
    assert_eq!(decided(&desk, &id), (Decision::TakenUp, String::new()));
}

#[test]
fn dismissing_withdraws_what_begins_there_and_unties_what_stands_there_too() {
    let mut desk = desk();
    let (here, other) = (desk.take_up(0), desk.take_up(3));
    for claim in [other, desk.take_up(2)] {
        desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim));
    }
    let id = desk.session.claims[&here].home.clone();
    dismissed(&mut desk, Dismissed::Statement(&id), "dull");
    insta::assert_snapshot!(told(&desk), @r#"
    “Mara Oduya said th[…]million.” Dismissed by Proposal in QuoteBlock, why "a number; said", reason "dull"
    ““It is too much,” […]a Oduya.” TakenUp by Proposal in QuoteBlock, why "a number; said; said", reason ""
    “The ferry carried […]n March.” TakenUp by Proposal in QuoteBlock, why "a number", reason ""
    claim v8 at ““It is too much,” […]a Oduya.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at ““It is too much,” […]a Oduya.”: Mara Oduya Asserts Unspecified Indirect “It is too much”, named “Mara Oduya”, cue “quoted by”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
      v8 at ““It is too much,” […]a Oduya.”: the mayor Asserts Unspecified Indirect “It is too much”, named “the mayor”, cue “said the”, via Some("Mara Oduya"), about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type", "via"]
    claim v8 at “The ferry carried […]n March.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “The ferry carried […]n March.”: the article Asserts Unspecified None “The ferry carried […]n March.”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    source v8: "the mayor", Unknown, "" of ""
    "#);
}

#[test]
fn a_claim_that_loses_its_last_voice_has_the_articles_own_at_home() {
    let mut desk = desk();
    let claim = desk.take_up(3);
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), claim));
    let record = desk.session.claims[&claim].clone();
    let voice = desk
        .session
        .attributions_of(claim)
        .find(|a| a.statement == record.home);
    let voice = voice.unwrap().id;
    desk.step(|tx, _, _| tx.remove_attribution(&voice));
    let other = record.also_at().next().unwrap().clone();
    dismissed(&mut desk, Dismissed::Statement(&other), "");
    insta::assert_snapshot!(told(&desk), @r#"
    “Mara Oduya said th[…]million.” Dismissed by Proposal in QuoteBlock, why "a number; said", reason ""
    “The ferry carried […]n March.” TakenUp by Proposal in QuoteBlock, why "a number", reason ""
    claim v8 at “The ferry carried […]n March.” also []: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v7 at “The ferry carried […]n March.”: the article Asserts Unspecified None “The ferry carried […]n March.”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    "#);
}

#[test]
fn words_that_a_statement_was_born_on_are_its_own_again() {
    let mut desk = desk();
    let born = [at("in March")];
    let id = marked(&mut desk, &["in March"]).statement;
    let before = desk.session.statements[&id].clone();
    let text = desk.text.clone();
    desk.step(|tx, _, _| {
        let first = tx.session.current().unwrap().clone();
        let version = VersionId::of_text("another text");
        tx.create_version(Version {
            id: version,
            ..first
        });
        let moved = Anchor {
            statement_id: Some(id.clone()),
            ..crate::core::anchor::anchor(&text, version, &[at("ferry")])
        };
        tx.set_statement(&id, StatementField::Anchor(moved));
    });
    desk.step(|tx, text, p| mark(tx, text, p, &born)).unwrap();
    assert_eq!(
        desk.session.statements[&id].anchor.spans,
        before.anchor.spans
    );
    assert_eq!(
        desk.session.statements[&id].anchor.version,
        before.anchor.version
    );
}

#[test]
fn withdrawing_takes_what_hangs_on_a_claim_and_nothing_of_others() {
    let mut desk = desk();
    let (first, second) = (desk.take_up(0), desk.take_up(3));
    desk.step(|tx, text, p| tie(tx, text, p, Tied::Proposal(0), second));
    let mark = marked(&mut desk, &["too much"]);
    desk.step(|tx, _, _| {
        let item = new_evidence(tx, |e| e.title = "Minutes".into());
        assert_eq!(tx.session.evidence[&item].title, "Minutes");
        let other = new_evidence(tx, |_| {});
        for claim in [first, second] {
            let held = hold(tx, claim, item);
            assert_eq!(hold(tx, claim, item), held, "once");
            assert_ne!(hold(tx, claim, other), held);
        }
        let gone = hold(tx, second, other);
        drop_held(tx, gone);
    });
    desk.step(|tx, _, _| tx.set_statement(&mark.statement, StatementField::Reason("why".into())));
    desk.withdraw(first);
    desk.withdraw(mark.claim);
    let held: Vec<ClaimId> = desk.session.held.values().map(|h| h.claim).collect();
    assert_eq!((held, desk.session.evidence.len()), (vec![second], 2));
    insta::assert_snapshot!(told(&desk), @r#"
    “Mara Oduya said th[…]million.” TakenUp by Proposal in QuoteBlock, why "a number; said", reason ""
    “too much” Undecided by Checker in QuoteBlock, why "", reason ""
    “The ferry carried […]n March.” TakenUp by Proposal in QuoteBlock, why "a number", reason ""
    claim v8 at “The ferry carried […]n March.” also ["“Mara Oduya said th[…]million.”"]: High Numerical, wording None, proposed ["check_worthiness", "claim_type"]
      v8 at “The ferry carried […]n March.”: the article Asserts Unspecified None “The ferry carried […]n March.”, named nothing, cue nothing, via None, about [], proposed ["source", "content", "stance"]
      v8 at “Mara Oduya said th[…]million.”: Mara Oduya Asserts Unspecified Indirect “the bridge cost 80 million”, named “Mara Oduya”, cue “said”, via None, about [], proposed ["source", "source_span", "cue", "content", "stance", "certainty", "quotation_type"]
    source v7: "the article", Article, "" of ""
    source v8: "Mara Oduya", Person, "harbour master" of "Port of Kell"
    source v8: "the mayor", Unknown, "" of ""
    "#);
}

#[test]
fn a_source_is_found_by_its_name_before_a_former_one() {
    let mut desk = desk();
    let named = |desk: &mut Desk, name: &str| desk.step(|tx, _, _| source_named(tx, name, |_| {}));
    let first = named(&mut desk, "Kell Port");
    desk.step(|tx, _, _| rename_source(tx, first, "Kell Harbour"));
    let second = desk.step(|tx, _, _| {
        let id = tx.id();
        tx.create_source(Source {
            name: "Kell Port".into(),
            ..Source::unnamed(id)
        });
        id
    });
    assert_eq!(named(&mut desk, "kell port"), second);
    assert_eq!(named(&mut desk, "KELL harbour"), first);
    desk.step(|tx, _, _| rename_source(tx, first, "Port Authority"));
    assert_eq!(
        desk.session.sources[&first].also_called,
        ["Kell Harbour", "Kell Port"]
    );
    let unnamed = desk.step(|tx, _, _| {
        let id = tx.id();
        tx.create_source(Source::unnamed(id));
        rename_source(tx, id, "Somebody");
        id
    });
    assert!(desk.session.sources[&unnamed].also_called.is_empty());
}

/// The voices of a claim: who says it, who passed it on, and whom it is about.
fn voices(desk: &Desk, claim: ClaimId) -> Vec<(String, Option<String>, Vec<String>)> {
    let name = |id: &SourceId| desk.session.sources[id].name.clone();
    let voices = desk.session.attributions_of(claim);
    voices
        .map(|v| {
            let about = v.about.iter().map(name).collect();
            (name(&v.source.unwrap()), v.via.as_ref().map(name), about)
        })
        .collect()
}

#[test]
fn a_part_of_a_quotation_keeps_who_passed_it_on_and_whom_it_is_about() {
    let mut desk = desk();
    for (part, whole) in [("is too", 2), ("denied", 4)] {
        let marked = marked(&mut desk, &[part]).claim;
        let said = voices(&desk, marked);
        let known = |(_, via, about): &(String, Option<String>, Vec<String>)| {
            via.is_some() || !about.is_empty()
        };
        assert!(said.iter().any(known), "{part}");
        let claim = desk.take_up(whole);
        let mut of_the_whole = voices(&desk, claim);
        of_the_whole.reverse();
        let mut said = said;
        said.sort();
        of_the_whole.sort();
        assert_eq!(said, of_the_whole, "{part}");
    }
}

#[test]
fn what_a_checker_made_of_a_proposal_is_taken_over_and_the_proposal_is_not() {
    let mut desk = desk();
    let claim = desk.take_up(0);
    let voice = desk.session.attributions_of(claim).next().unwrap().id;
    let other = desk.step(|tx, _, _| {
        let other = source_named(tx, "Kell Port", |_| {});
        tx.set_attribution(&voice, AttributionField::Source(Some(other)));
        other
    });
    let part = marked(&mut desk, &["the bridge"]).claim;
    let said = desk.session.attributions_of(part).map(|a| a.source);
    assert_eq!(said.collect::<Vec<_>>(), [Some(other)]);
}

#[test]
fn dismissing_leaves_claims_that_stand_elsewhere_as_they_are() {
    let mut desk = desk();
    let (here, silent) = (desk.take_up(0), desk.take_up(3));
    let voice = desk.session.attributions_of(silent).next().unwrap().id;
    desk.step(|tx, _, _| tx.remove_attribution(&voice));
    let id = desk.session.claims[&here].home.clone();
    dismissed(&mut desk, Dismissed::Statement(&id), "");
    assert_eq!(desk.session.attributions_of(silent).count(), 0);
}

#[test]
fn a_voice_that_moved_away_by_a_merge_keeps_its_id_when_its_words_are_taken_up_again() {
    let mut desk = desk();
    let (first, second) = (desk.take_up(0), desk.take_up(3));
    let moved = desk.session.attributions_of(first).next().unwrap().id;
    desk.step(|tx, _, _| {
        merge_claims(tx, first, second, |_| Answer::Both, &labels::DEFAULT).unwrap();
    });
    assert_eq!(desk.session.attributions[&moved].claim, second);
    assert_eq!(desk.take_up(0), first);
    let again = desk.session.attributions_of(first).next().unwrap();
    assert_ne!(again.id, moved);
    assert_eq!(desk.session.attributions[&moved].claim, second);
}

#[test]
fn what_is_held_of_a_merged_item_is_counted() {
    let mut desk = desk();
    let claims = [desk.take_up(0), desk.take_up(3)];
    let merged = desk.step(|tx, _, _| {
        let (from, into) = (new_evidence(tx, |_| {}), new_evidence(tx, |_| {}));
        for claim in claims {
            hold(tx, claim, from);
        }
        merge_evidence(tx, from, into, |_| Answer::Both, &labels::DEFAULT)
    });
    assert_eq!(merged.unwrap().held, 2);
}
