//! A rich session for tests: an emoji before every span, overlaps, several voices, evidence, changes, a dismissal.

#![allow(clippy::unwrap_used)]

use uuid::Uuid;

use super::{ExchangeError, Export, Handover, export, format};
use crate::core::handover::{ExportOptions, Layout, OffsetUnit};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::{Block, Proposals, ProposedStatement, Spans};
use crate::core::set::Set;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;

pub const TEXT: &str = "Kell Bridge 🌊 opens at last
By Jon Pell
The council approved 80 million for the bridge in March 2021, its minutes show.
\"This bridge has cost the city double what the council signed off,\" said Mara Oduya, who leads the opposition.
Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.
Officials said the ferry \"may lose a third\" of its passengers within a year.
Lovely as the view is, <b>it</b> *costs* | a = 1 & more.
";

/// A session with its text and proposals.
#[derive(Clone, Debug)]
pub struct Fixture {
    pub session: Session,
    pub text: ArticleText,
    pub proposals: Proposals,
    pub former: crate::core::former::FormerNames,
    pub veil: crate::core::veil::Veil,
    next: u128,
}

pub fn at() -> Time {
    "2026-11-16T10:12:00Z".parse().unwrap()
}

impl Fixture {
    pub fn empty(text: &str) -> Self {
        let text = ArticleText::new(text.into());
        let mut session = Session::new(SessionId(Uuid::from_u128(1)), "kell-bridge", at());
        session.checkers.push(Checker {
            id: CheckerId::of("Ana Köhler"),
            name: "Ana Köhler".into(),
        });
        let article = Article {
            title: "Kell Bridge opens at last".into(),
            byline: "Jon Pell".into(),
            url: Some("https://news.example.org/kell".into()),
            published_at: Some("2026-11-15".into()),
            language: "en".into(),
            ..Article::default()
        };
        let version = Version {
            id: VersionId::of_text(text.as_str()),
            original_sha256: "ab".repeat(32),
            origin: "kell.txt".into(),
            added_at: at(),
            reader: "builtin-1".into(),
            left_out: String::new(),
        };
        session.begin_with(article, version);
        Self {
            session,
            text,
            proposals: Proposals::default(),
            former: Default::default(),
            veil: crate::core::veil::Veil::fresh(&mut || Uuid::from_u128(7)),
            next: 0x0190_0000_0000_7000_8000_0000_0000_0100,
        }
    }

    pub fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    /// The span of the first `words`.
    pub fn span(&self, words: &str) -> Span {
        let from = self.text.as_str().find(words).unwrap();
        self.text.span(from..from + words.len())
    }

    pub fn statement(&mut self, spans: Vec<Span>, decision: Decision) -> StatementId {
        let id = StatementId::of(self.session.version(), &spans);
        let (start, end) = (spans[0].start, spans[spans.len() - 1].end);
        let anchor = Anchor {
            version: self.session.version(),
            statement_id: Some(id.clone()),
            exact: self.text.exact(&spans),
            prefix: self
                .text
                .slice(Span::new(start.saturating_sub(32), start))
                .into(),
            suffix: self.text.slice(Span::new(end, end + 32)).into(),
            spans,
            orphaned: false,
        };
        let statement = Statement {
            id: id.clone(),
            anchor,
            block: BlockKind::Paragraph,
            decision,
            reason: String::new(),
            origin: Origin::Proposal,
            why: String::new(),
        };
        self.session.statements.insert(id.clone(), statement);
        id
    }

    pub fn source(&mut self, name: &str, source_type: SourceType) -> SourceId {
        let id = SourceId(self.id());
        let source = Source {
            name: name.into(),
            source_type,
            ..Source::unnamed(id)
        };
        self.session.sources.insert(id, source);
        id
    }

    /// A claim on `words` with an attribution to `source` with `cue`.
    pub fn claim(
        &mut self,
        words: &str,
        source: Option<SourceId>,
        cue: &str,
        stance: Stance,
    ) -> ClaimId {
        let span = self.span(words);
        let statement = self.statement(vec![span], Decision::TakenUp);
        let id = ClaimId(self.id());
        let stamp = Stamp {
            at: at(),
            by: CheckerId::of("Ana Köhler"),
        };
        self.session
            .claims
            .insert(id, Claim::on(id, statement.clone(), stamp));
        let a = AttributionId(self.id());
        let name = source.map(|s| self.session.sources[&s].name.clone());
        let attribution = Attribution {
            source,
            source_span: name
                .filter(|n| words.contains(n.as_str()))
                .map(|n| self.span(&n))
                .into_iter()
                .collect(),
            cue: if cue.is_empty() {
                vec![]
            } else {
                vec![self.span(cue)]
            },
            stance,
            ..Attribution::on(a, id, statement)
        };
        self.session.attributions.insert(a, attribution);
        id
    }

    pub fn claim_mut(&mut self, id: ClaimId) -> &mut Claim {
        self.session.claims.get_mut(&id).unwrap()
    }

    pub fn attribution_mut(&mut self, claim: ClaimId) -> &mut Attribution {
        self.session
            .attributions
            .values_mut()
            .find(|a| a.claim == claim)
            .unwrap()
    }

    pub fn hold(&mut self, claim: ClaimId, evidence: EvidenceId, stance: EvidenceStance) -> HeldId {
        let id = HeldId(self.id());
        let held = Held {
            evidence_stance: stance,
            locator: "p. 4, table 2".into(),
            excerpt: "The final cost was 99.2 million.".into(),
            credibility: Credibility::One,
            ..Held::against(id, claim, evidence)
        };
        self.session.held.insert(id, held);
        id
    }

    pub fn rich() -> Self {
        let mut f = Self::empty(TEXT);
        let council = f.source("Kell City Council", SourceType::Organisation);
        let mara = f.source("Mara Oduya", SourceType::Person);
        let ferry = f.source("Kell Ferry Operators", SourceType::Organisation);
        let officials = f.source("Officials", SourceType::Anonymous);
        let m = f.session.sources.get_mut(&mara).unwrap();
        m.role = "leader of the opposition".into();
        m.reliability = Reliability::C;
        m.url = Some("https://council.example.net/oduya".into());

        let audit = EvidenceId(f.id());
        let mut item = Evidence::empty(audit);
        item.source = Some(council);
        item.title = "Final account of the Kell Bridge [v2]".into();
        item.url = Some("https://audit.example.net/kell-bridge".into());
        item.archived_url = Some("https://archive.example.net/2026/kell-bridge".into());
        item.accessed_at = Some("2026-11-16".into());
        item.published_at = Some("2026-11-10".into());
        item.file = Some(EvidenceFile {
            sha256: "9f".repeat(32),
            bytes: 1234,
            media_type: "application/pdf".into(),
            name: "account.pdf".into(),
        });
        f.session.evidence.insert(audit, item);

        let c = f.claim(
            "The council approved 80 million for the bridge in March 2021, its minutes show.",
            Some(council),
            "its minutes show",
            Stance::Asserts,
        );
        f.claim_mut(c).verification_status = VerificationStatus::Accurate;
        f.claim_mut(c).rating = Rating::new(5);
        f.claim_mut(c).claim_type = ClaimType::Numerical;
        f.claim_mut(c).justification = "The minutes of 2 March 2021 say so.".into();
        f.hold(c, audit, EvidenceStance::Supports);

        let c = f.claim(
            "\"This bridge has cost the city double what the council signed off,\" said Mara Oduya, who leads the opposition.",
            Some(mara),
            "said Mara",
            Stance::Asserts,
        );
        let content = f.span("This bridge has cost the city double what the council signed off");
        let cue = f.span("said");
        let x = f.attribution_mut(c);
        x.content = vec![content];
        x.cue = vec![cue];
        x.certainty = Certainty::Certain;
        x.quotation_type = QuotationType::Direct;
        x.about = Set::one(council);
        let k = f.claim_mut(c);
        k.wording = Some("The Kell Bridge cost twice its approved budget.".into());
        k.verification_status = VerificationStatus::Inaccurate;
        k.check_worthiness = CheckWorthiness::High;
        k.rating = Rating::new(2);
        k.claim_type = ClaimType::Numerical;
        k.justification = "The audit puts the overrun at 24 percent.".into();
        k.workflow_state = WorkflowState::SignedOff;
        k.tags = Set::from(vec!["budget".into(), "court; risk".into()]);
        k.notes = "Internal: ask\nthe auditor | again =1+1".into();
        k.change = Some(TextChange {
            replacement: "add: the audit puts the overrun at 24 percent".into(),
            reason: "The figure is wrong.".into(),
            must: true,
            state: ChangeState::Proposed,
        });
        f.hold(c, audit, EvidenceStance::Refutes);

        let c = f.claim(
            "Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.",
            Some(ferry),
            "denied",
            Stance::Denies,
        );
        let content = f.span("passenger numbers had fallen since the opening");
        f.attribution_mut(c).content = vec![content];
        f.attribution_mut(c).quotation_type = QuotationType::Indirect;
        f.claim_mut(c).verification_status = VerificationStatus::Unverifiable;
        f.claim_mut(c).justification =
            "No counts are published; the operator did not answer.".into();

        let c = f.claim(
            "Officials said the ferry \"may lose a third\" of its passengers within a year.",
            Some(officials),
            "said the ferry",
            Stance::Asserts,
        );
        let (one, two) = (
            f.span("the ferry"),
            f.span("\"may lose a third\" of its passengers"),
        );
        let cue = f.span("said the ferry");
        let x = f.attribution_mut(c);
        x.cue = vec![Span::new(cue.start, cue.start + 4)];
        x.content = vec![one, two];
        x.certainty = Certainty::Possible;
        x.quotation_type = QuotationType::Mixed;
        x.via = Some(ferry);
        f.claim_mut(c).workflow_state = WorkflowState::Waiting;
        f.claim_mut(c).claim_type = ClaimType::Prediction;

        // A mark on two apart pieces over a line border, on words that other statements hold too.
        let spans = vec![
            f.span("who leads the opposition.\nKell Ferry"),
            f.span("numbers had fallen"),
        ];
        let mark = f.statement(spans, Decision::TakenUp);
        f.session.statements.get_mut(&mark).unwrap().origin = Origin::Checker;
        let id = ClaimId(f.id());
        let stamp = Stamp {
            at: at(),
            by: CheckerId::of("Ana Köhler"),
        };
        let mut both = Claim::on(id, mark.clone(), stamp);
        both.verification_status = VerificationStatus::PartlyAccurate;
        let also = f.session.claims.values().next().unwrap().home.clone();
        both.statements.insert(also);
        f.session.claims.insert(id, both);
        let a = AttributionId(f.id());
        f.session.attributions.insert(
            a,
            Attribution {
                source: Some(SourceId::ARTICLE),
                stance: Stance::Asserts,
                ..Attribution::on(a, id, mark)
            },
        );

        let view = f.span("Lovely as the view is, <b>it</b> *costs* | a = 1 & more.");
        let d = f.statement(vec![view], Decision::Dismissed);
        f.session.statements.get_mut(&d).unwrap().reason = "An opinion.".into();

        f.proposals.blocks = (0..f.text.line_count())
            .map(|n| Block {
                span: f.text.span(f.text.line(n)),
                kind: match n {
                    0 => BlockKind::Headline,
                    1 => BlockKind::Byline,
                    _ => BlockKind::Paragraph,
                },
                locator: "".into(),
            })
            .collect();
        f.proposals.statements = (0..f.text.line_count())
            .filter(|n| *n != 1)
            .map(|n| ProposedStatement {
                spans: Spans::One(f.text.span(f.text.line(n))),
                block: n as u32,
                check_worthiness: CheckWorthiness::Routine,
                claim_type: ClaimType::Other,
                why: "".into(),
            })
            .collect();
        f
    }

    /// The rich session with text in every field that would act on a page or a terminal.
    pub fn hostile() -> Self {
        let mut f = Self::rich();
        let bad = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}\u{1b}[31m\" onclick=\"x";
        f.session.article.title = bad.into();
        f.session.article.url = Some("javascript:alert(1)".into());
        f.session.article.language = "en\" onload=\"x".into();
        for s in f.session.sources.values_mut() {
            s.name = format!("{} {bad}", s.name);
            s.url = Some("JavaScript:alert(1)".into());
        }
        for e in f.session.evidence.values_mut() {
            e.title = bad.into();
            e.url = Some("https://x.example/\"><script>alert(1)</script>".into());
            e.archived_url = Some("data:text/html,<script>1</script>".into());
        }
        for c in f.session.claims.values_mut() {
            c.wording = Some(bad.into());
            c.justification = bad.into();
        }
        f
    }

    pub fn handover<'a>(&'a self, options: &'a ExportOptions) -> Handover<'a> {
        Handover {
            session: &self.session,
            text: &self.text,
            proposals: Some(&self.proposals),
            exported_at: at(),
            generator: "claimdesk 0.1.0",
            options,
            former: &self.former,
            veil: &self.veil,
        }
    }

    pub fn try_export(&self, name: &str, options: &ExportOptions) -> Result<Export, ExchangeError> {
        export(format(name).unwrap(), &self.handover(options))
    }

    pub fn export(&self, name: &str) -> Export {
        self.try_export(name, &ExportOptions::default()).unwrap()
    }

    /// The text of file `n` of an export.
    pub fn text_of(&self, name: &str, n: usize) -> String {
        String::from_utf8(self.export(name).files[n].bytes.clone()).unwrap()
    }
}

/// Writes every export of the rich session, for the witnesses under `tests/witness/exports`, which other software runs on.
#[test]
#[ignore = "writes files for other programs; see tests/witness/exports/run"]
fn exports_for_the_witnesses() {
    let root = std::path::PathBuf::from(std::env::var_os("CLAIMDESK_WITNESS").unwrap());
    let f = Fixture::rich();
    let utf16 = ExportOptions {
        offset_unit: Some(OffsetUnit::Utf16),
        ..ExportOptions::default()
    };
    let page = ExportOptions {
        page_url: Some("https://checks.example.org/kell".into()),
        publisher: Some("Harbour Gazette Checks".into()),
        ..ExportOptions::default()
    };
    let embed = ExportOptions {
        embed: true,
        ..page.clone()
    };
    for (name, format, options) in super::FORMATS
        .iter()
        .map(|x| (x.info.name.to_string(), x, &page))
        .chain([(
            "webannotation-utf16".into(),
            format("webannotation").unwrap(),
            &utf16,
        )])
        .chain([(
            "claimreview-embed".into(),
            format("claimreview").unwrap(),
            &embed,
        )])
    {
        let export = export(format, &f.handover(options)).unwrap();
        super::write::put(&export.files, Layout::Folder, &root.join(name), true).unwrap();
    }
    let hostile = Fixture::hostile().export("html");
    super::write::put(
        &hostile.files,
        Layout::Folder,
        &root.join("html-hostile"),
        true,
    )
    .unwrap();
}
