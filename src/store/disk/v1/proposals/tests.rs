//! What is written is read again as it was, in either form, and takes little room.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Cursor;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::core::proposal::*;
use crate::core::vocabulary::*;
use crate::store::disk::read_proposals;

/// Proposals as a file.
fn file(p: &Proposals) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, p, "hash").unwrap();
    out
}

/// The same as a file was first written: a line for each, every member named.
fn first_file(p: &Proposals) -> Vec<u8> {
    let spans = |spans: &[Span]| spans.iter().map(|s| [s.start, s.end]).collect::<Vec<_>>();
    let mut lines = vec![json!({
        "format": PROPOSALS, "version": 1, "reader": p.reader, "text_sha256": "hash",
        "blocks": p.blocks.len(), "statements": p.statements.len(),
        "attributions": p.attributions.len(), "sources": p.sources.len(),
    })];
    lines.extend(p.blocks.iter().map(|b| {
        json!({"block": {"span": [b.span.start, b.span.end], "kind": b.kind.word(), "locator": b.locator.as_str()}})
    }));
    lines.extend(p.statements.iter().map(|s| {
        json!({"statement": {
            "spans": spans(&s.spans), "block": s.block, "check_worthiness": s.check_worthiness.word(),
            "claim_type": s.claim_type.word(), "why": s.why,
        }})
    }));
    lines.extend(p.attributions.iter().map(|a| {
        json!({"attribution": {
            "statement": a.statement, "source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content),
            "quotation_type": a.quotation_type.word(), "stance": a.stance.word(), "certainty": a.certainty.word(),
            "negated": a.negated, "via": a.via, "about": spans(&a.about), "source_record": a.source_record,
            "rule": a.rule, "why": a.why,
        }})
    }));
    lines.extend(p.sources.iter().map(|s| {
        json!({"source": {
            "name": s.name, "type": s.source_type.word(), "role": s.role, "affiliation": s.affiliation,
            "mentions": spans(&s.mentions),
        }})
    }));
    lines
        .iter()
        .flat_map(|l| format!("{l}\n").into_bytes())
        .collect()
}

fn again(bytes: Vec<u8>) -> Proposals {
    let (p, hash) = read_proposals(&mut Cursor::new(bytes)).unwrap();
    assert_eq!(hash, "hash");
    p
}

/// Any value of a vocabulary.
fn any_of<V: Vocabulary>() -> impl Strategy<Value = V> {
    prop::sample::select(V::ALL)
}

/// Spans in order, nearly anywhere in a text of any length.
fn spans() -> impl Strategy<Value = Vec<Span>> {
    let starts = prop_oneof![0..2_000_u32, 0..=u32::MAX];
    prop::collection::vec((starts, 0..400_u32), 0..4).prop_map(|all| {
        let mut all: Vec<Span> = all
            .into_iter()
            .map(|(start, length)| Span::new(start, start.saturating_add(length)))
            .collect();
        all.sort();
        all
    })
}

fn words() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        Just(""),
        Just("said"),
        Just("cue \"said\"\n"),
        Just("日\u{1}🌊")
    ]
    .prop_map(Into::into)
}

prop_compose! {
    fn block()(at in spans(), kind in any_of(), locator in words()) -> Block {
        Block { span: hull(&at).unwrap_or_default(), kind, locator: (*locator).into() }
    }
}

prop_compose! {
    fn statement(blocks: u32)(
        spans in spans(), block in 0..blocks, check_worthiness in any_of(), claim_type in any_of(), why in words(),
    ) -> ProposedStatement {
        ProposedStatement { spans: spans.into(), block, check_worthiness, claim_type, why }
    }
}

prop_compose! {
    fn attribution(statements: u32, sources: u32, all: u32)(
        statement in 0..statements, places in [spans(), spans(), spans(), spans()],
        quotation_type in any_of(), stance in any_of(), certainty in any_of(), negated in any::<bool>(),
        via in prop::option::of(0..all), source_record in prop::option::of(0..sources),
        rule in words(), why in words(),
    ) -> ProposedAttribution {
        let [source, cue, content, about] = places.map(Spans::from);
        ProposedAttribution {
            statement, source, cue, content, quotation_type, stance, certainty, negated, via, about, source_record,
            rule: rule.into_string().into(), why,
        }
    }
}

prop_compose! {
    fn source()(
        name in words(), source_type in any_of(), role in words(), affiliation in words(), mentions in spans(),
    ) -> ProposedSource {
        ProposedSource { name, source_type, role, affiliation, mentions }
    }
}

fn proposals() -> impl Strategy<Value = Proposals> {
    let counts = (1..9_usize, 1..300_usize, 1..300_usize, 1..5_usize);
    counts.prop_flat_map(|(blocks, statements, attributions, sources)| {
        let n = |n: usize| u32::try_from(n).unwrap();
        (
            prop::collection::vec(block(), blocks),
            prop::collection::vec(statement(n(blocks)), statements),
            prop::collection::vec(
                attribution(n(statements), n(sources), n(attributions)),
                attributions,
            ),
            prop::collection::vec(source(), sources),
        )
            .prop_map(|(blocks, statements, mut attributions, sources)| {
                attributions.sort_by_key(|a| a.statement);
                Proposals {
                    reader: "house-1".into(),
                    blocks,
                    statements: statements.into(),
                    attributions: attributions.into(),
                    sources,
                }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn proposals_come_back_as_they_were(p in proposals()) {
        prop_assert_eq!(&again(file(&p)), &p);
        prop_assert_eq!(&again(first_file(&p)), &p);
    }
}

#[test]
fn a_row_that_leads_nowhere_is_told_with_its_line() {
    let head = r#"{"format":"claimdesk.proposals","version":1,"reader":"r-1","text_sha256":"hash","blocks":1,"statements":1,"attributions":0,"sources":0}"#;
    let kind = r#"{"statement_kind":{}}"#;
    for (lines, told) in [
        (
            r#"{"blocks":[[-1,4]]}"#,
            "line 2: a step of -1 from 0 leads nowhere",
        ),
        (
            r#"{"blocks":[[4294967295,4]]}"#,
            "line 2: a step of 4294967295 from 0 leads nowhere",
        ),
        (
            r#"{"blocks":[[0]]}"#,
            "line 2: the row ends too soon at line 1 column 14",
        ),
        (
            r#"{"blocks":[[0,4,"paragraph","",1]]}"#,
            "line 2: there is more than a block at line 1 column 33",
        ),
        (
            r#"{"statements":[[[0,4],0]]}"#,
            "line 2: there is no kind 0",
        ),
        (
            r#"{"statements":[[[0],0]]}"#,
            "line 2: the row ends too soon at line 1 column 19",
        ),
        (
            r#"{"statements":[[[0,-4],0]]}"#,
            "line 2: invalid value: integer `-4`, expected u32 at line 1 column 21",
        ),
        (r#"{"blocks":[[0,4]]}"#, "lines are missing"),
        (
            &format!("{{\"blocks\":[[0,4]]}}\n{kind}\n{{\"statements\":[[[0,4],0,1]]}}"),
            "an index points outside",
        ),
    ] {
        let got = read_proposals(&mut Cursor::new(format!("{head}\n{lines}\n")));
        let Err(Unread::Unreadable(why)) = got else {
            panic!("{lines} was read");
        };
        assert_eq!(why.to_string(), told);
    }
}

#[test]
fn a_short_file_in_full() {
    let span = |start, end| Spans::from(Span::new(start, end));
    let p = Proposals {
        reader: "builtin-1".into(),
        blocks: vec![
            Block {
                span: Span::new(0, 17),
                kind: BlockKind::Headline,
                locator: "".into(),
            },
            Block {
                span: Span::new(19, 73),
                kind: BlockKind::Paragraph,
                locator: "line 3".into(),
            },
        ],
        statements: vec![ProposedStatement {
            spans: span(19, 73),
            block: 1,
            check_worthiness: CheckWorthiness::High,
            claim_type: ClaimType::Numerical,
            why: "an amount".into(),
        }]
        .into(),
        attributions: vec![ProposedAttribution {
            statement: 0,
            source: span(53, 64),
            cue: span(66, 70),
            content: span(19, 50),
            quotation_type: QuotationType::Indirect,
            stance: Stance::Asserts,
            certainty: Certainty::Certain,
            negated: false,
            via: None,
            about: Spans::None,
            source_record: Some(0),
            rule: "shows".into(),
            why: "cue \"show\"".into(),
        }]
        .into(),
        sources: vec![ProposedSource {
            name: "its minutes".into(),
            source_type: SourceType::Document,
            mentions: vec![Span::new(53, 64)],
            ..ProposedSource::default()
        }],
    };
    insta::assert_snapshot!(String::from_utf8(file(&p)).unwrap(), @r#"
    {"format":"claimdesk.proposals","version":1,"reader":"builtin-1","text_sha256":"hash","blocks":2,"statements":1,"attributions":1,"sources":1}
    {"blocks":[[0,17,"headline"],[2,54,"paragraph","line 3"]]}
    {"statement_kind":{"check_worthiness":"high","claim_type":"numerical","why":"an amount"}}
    {"statements":[[[19,54],0,1]]}
    {"attribution_kind":{"quotation_type":"indirect","stance":"asserts","certainty":"certain","rule":"shows","why":"cue \"show\""}}
    {"attributions":[[0,0,[34,11],[2,4],[-51,31],0]]}
    {"source":{"name":"its minutes","type":"document","mentioned":[53,11]}}
    "#);
}
