#![allow(clippy::unwrap_used)]
use super::*;
use crate::core::anchor::anchor;
use crate::core::proposal::{Block, Proposals};
use crate::core::testing::stamp;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;
use std::collections::HashSet;
use uuid::Uuid;

const TEXT: &str = "Costs doubled.\nA lorry on the ramp.\n";

fn claim_id() -> ClaimId {
    Uuid::from_u128(10).into()
}

fn version() -> VersionId {
    VersionId::of_text(TEXT)
}

/// One claim that is accurate on one kept item of one named source, and a caption that was dismissed: no problem.
fn sound() -> Session {
    let text = ArticleText::new(TEXT.into());
    let mut s = Session::new(Uuid::nil().into(), "kell", Time::UNIX_EPOCH);
    s.begin_with(
        Article::default(),
        Version {
            id: version(),
            original_sha256: String::new(),
            origin: "-".into(),
            reader: "builtin-1".into(),
            left_out: String::new(),
            added_at: Time::UNIX_EPOCH,
        },
    );
    for (span, decision) in [
        (Span::new(0, 14), Decision::TakenUp),
        (Span::new(15, 35), Decision::Dismissed),
    ] {
        let anchor = anchor(&text, version(), &[span]);
        let id = StatementId::of(version(), &[span]);
        s.statements.insert(
            id.clone(),
            Statement {
                id,
                anchor,
                block: BlockKind::Paragraph,
                decision,
                reason: String::new(),
                origin: Origin::Checker,
                why: String::new(),
            },
        );
    }
    let at = StatementId::of(version(), &[Span::new(0, 14)]);
    let mut claim = Claim::on(claim_id(), at.clone(), stamp());
    claim.verification_status = VerificationStatus::Accurate;
    s.claims.insert(claim.id, claim);
    let speaker = source(&mut s, 20, "Mara Oduya");
    let mut a = Attribution::on(Uuid::from_u128(11).into(), claim_id(), at);
    a.source = Some(speaker);
    s.attributions.insert(a.id, a);
    let records = source(&mut s, 21, "City records");
    hold(&mut s, 30, records, EvidenceStance::Supports);
    s
}

fn source(s: &mut Session, n: u128, name: &str) -> SourceId {
    let mut source = Source::unnamed(Uuid::from_u128(n).into());
    source.name = name.into();
    s.sources.insert(source.id, source);
    Uuid::from_u128(n).into()
}

fn hold(s: &mut Session, n: u128, source: SourceId, stance: EvidenceStance) {
    let mut e = Evidence::empty(Uuid::from_u128(n).into());
    e.source = Some(source);
    e.title = "Minutes".into();
    e.archived_url = Some("https://archive.example/1".into());
    let mut h = Held::against(Uuid::from_u128(n + 1000).into(), claim_id(), e.id);
    h.evidence_stance = stance;
    s.evidence.insert(e.id, e);
    s.held.insert(h.id, h);
}

fn rules(session: Session) -> Vec<&'static str> {
    let block = |start, end, kind| Block {
        span: Span::new(start, end),
        kind,
        locator: "".into(),
    };
    let proposals = Proposals {
        blocks: vec![
            block(0, 14, BlockKind::Paragraph),
            block(15, 35, BlockKind::Caption),
        ],
        ..Proposals::default()
    };
    let check = Check::new(session, ArticleText::new(TEXT.into()), proposals);
    find(&check, &crate::core::labels::DEFAULT)
        .into_iter()
        .map(|p| {
            let rule = RULES.iter().find(|r| r.name == p.rule).unwrap();
            assert_eq!((p.severity, p.hint), (rule.severity, rule.hint));
            assert!(p.message.ends_with('.') && !p.words.is_empty(), "{p:?}");
            p.rule
        })
        .collect()
}

fn claim(s: &mut Session) -> &mut Claim {
    s.claims.get_mut(&claim_id()).unwrap()
}

/// What is done to the sound session, and which rules that breaks.
type Case = (&'static str, fn(&mut Session), &'static [&'static str]);

#[test]
fn every_rule_fires_on_its_breach_and_on_nothing_else() {
    use VerificationStatus as V;
    let cases: &[Case] = &[
        ("nothing", |_| {}, &[]),
        (
            "no evidence",
            |s| {
                s.held.clear();
                s.evidence.clear();
                s.sources.remove(&Uuid::from_u128(21).into());
            },
            &["finding-without-ground"],
        ),
        (
            "no evidence but a reason",
            |s| {
                s.held.clear();
                s.evidence.clear();
                s.sources.remove(&Uuid::from_u128(21).into());
                claim(s).justification = "seen myself".into();
            },
            &[],
        ),
        (
            "anonymous",
            |s| {
                s.sources
                    .get_mut(&Uuid::from_u128(21).into())
                    .unwrap()
                    .source_type = SourceType::Anonymous
            },
            &["one-anonymous-source"],
        ),
        (
            "unverifiable",
            |s| claim(s).verification_status = V::Unverifiable,
            &["unverifiable-without-reason"],
        ),
        (
            "disputed",
            |s| claim(s).verification_status = V::Disputed,
            &["disputed-on-one-side"],
        ),
        (
            "disputed on both",
            |s| {
                claim(s).verification_status = V::Disputed;
                let r = source(s, 22, "Ledger");
                hold(s, 31, r, EvidenceStance::Refutes);
            },
            &[],
        ),
        (
            "closed",
            |s| {
                claim(s).verification_status = V::InProgress;
                claim(s).workflow_state = WorkflowState::SignedOff;
            },
            &["open-rows", "closed-unchecked"],
        ),
        (
            "misleading",
            |s| claim(s).verification_status = V::Misleading,
            &["misleading-without-reason"],
        ),
        (
            "against",
            |s| claim(s).verification_status = V::Inaccurate,
            &["finding-against-evidence"],
        ),
        (
            "rating",
            |s| claim(s).rating = Rating::new(2),
            &["rating-against-finding"],
        ),
        (
            "rating that fits",
            |s| claim(s).rating = Rating::new(5),
            &[],
        ),
        (
            "one group",
            |s| {
                let r = source(s, 22, "Ledger");
                hold(s, 31, r, EvidenceStance::Supports);
                for n in [21, 22] {
                    s.sources
                        .get_mut(&Uuid::from_u128(n).into())
                        .unwrap()
                        .independence_group = "city".into();
                }
            },
            &["one-witness"],
        ),
        (
            "no reply",
            |s| {
                let r = source(s, 22, "Northmark");
                s.attributions
                    .values_mut()
                    .for_each(|a| a.about.extend([r]));
            },
            &["no-reply"],
        ),
        (
            "open change",
            |s| {
                claim(s).workflow_state = WorkflowState::SignedOff;
                claim(s).change = Some(TextChange {
                    must: true,
                    ..TextChange::default()
                });
            },
            &["open-change"],
        ),
        (
            "caption",
            |s| {
                s.statements
                    .remove(&StatementId::of(version(), &[Span::new(15, 35)]));
            },
            &["caption-unseen"],
        ),
        (
            "unused evidence",
            |s| {
                s.held.clear();
                claim(s).verification_status = V::NotCheckable;
            },
            &["evidence-unused"],
        ),
        (
            "not kept",
            |s| s.evidence.values_mut().for_each(|e| e.archived_url = None),
            &["evidence-not-kept"],
        ),
        (
            "a call is not kept, its page is",
            |s| {
                for e in s.evidence.values_mut() {
                    e.kind = EvidenceKind::InterviewOrCall;
                    e.archived_url = None;
                }
            },
            &[],
        ),
        (
            "wrong calculation",
            |s| {
                s.evidence
                    .values_mut()
                    .for_each(|e| e.calculation = "40 + 40 = 90".into())
            },
            &["wrong-calculation"],
        ),
        (
            "unused source",
            |s| {
                source(s, 22, "Nobody");
            },
            &["source-unused"],
        ),
        (
            "protected",
            |s| {
                s.sources
                    .get_mut(&Uuid::from_u128(20).into())
                    .unwrap()
                    .protect_identity = true;
                claim(s).notes = "as mara oduya told me".into();
            },
            &["protected-name"],
        ),
        (
            "missing source",
            |s| {
                s.sources.remove(&Uuid::from_u128(20).into());
            },
            &["missing-record"],
        ),
        (
            "moved",
            |s| {
                s.statements
                    .values_mut()
                    .filter(|st| st.decision == Decision::TakenUp)
                    .for_each(|st| st.anchor.exact = "Costs tripled.".into())
            },
            &["moved-words"],
        ),
    ];
    for (name, breach, want) in cases {
        let mut session = sound();
        breach(&mut session);
        assert_eq!(rules(session), *want, "{name}");
    }
    let seen: HashSet<&str> = cases.iter().flat_map(|c| c.2).copied().collect();
    for rule in RULES {
        assert!(seen.contains(rule.name), "no case breaks {}", rule.name);
    }
}
