//! States for tests: an invented article with everything in it that makes drawing hard.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use uuid::Uuid;

use crate::app::config::Config;
use crate::app::dispatch::update::update;
use crate::app::input::key::script;
use crate::app::msg::{Msg, OpenedSession};
use crate::app::screen::areas::Size;
use crate::app::state::State;
use crate::core::damage::Damage;
use crate::core::handover::FormatInfo;
use crate::core::history::History;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::proposal::*;
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::*;

pub const ARTICLE: &str = "Kell Bridge opens at last

By Jon Pell · 15 November 2026

The council approved 80 million for the bridge in March 2021, its minutes show.

“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.

Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening. Officials said the ferry “may lose a third” of its passengers within a year.

Photo: the bridge at dawn, seen from the ferry.

山田太郎は橋の長さが千二百メートルだと述べた。 The crowd 👩‍👩‍👧 waved 🇯🇵 flags, and the cafe\u{301} sold\tout\tby noon.

Its name reads \u{202E}lleK\u{202C} from the \u{1b}[31mriver\u{1b}[0m, a sign says.

Lovely as the view is, nobody stays for long.

Read more: ten bridges that never opened
";

pub fn at(time: &str) -> Time {
    format!("2026-11-16T{time}:00Z").parse().unwrap()
}

fn span(text: &ArticleText, words: &str) -> Span {
    let from = text.as_str().find(words).unwrap();
    text.span(from..from + words.len())
}

fn blocks(text: &ArticleText) -> Vec<Block> {
    use BlockKind as B;
    let kinds = [
        B::Headline,
        B::Byline,
        B::Paragraph,
        B::Paragraph,
        B::Paragraph,
        B::Caption,
        B::Paragraph,
        B::Paragraph,
        B::Paragraph,
        B::Boilerplate,
    ];
    let paragraphs = text
        .as_str()
        .split("\n\n")
        .map(|p| p.trim_end_matches('\n'));
    paragraphs
        .zip(kinds)
        .map(|(p, kind)| Block {
            span: span(text, p),
            kind,
            locator: "".into(),
        })
        .collect()
}

/// The words of a statement, its block, worth, kind and why.
type Said = (&'static str, u32, CheckWorthiness, ClaimType, &'static str);

fn proposals(text: &ArticleText) -> Proposals {
    use CheckWorthiness as W;
    use ClaimType as T;
    let said: [Said; 9] = [
        (
            "The council approved 80 million for the bridge in March 2021, its minutes show.",
            2,
            W::High,
            T::Numerical,
            "an amount (“80 million”) and a date",
        ),
        (
            "“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.",
            3,
            W::High,
            T::Numerical,
            "compares (“double what”)",
        ),
        (
            "Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.",
            4,
            W::High,
            T::Numerical,
            "compares (“fallen since”)",
        ),
        (
            "Officials said the ferry “may lose a third” of its passengers within a year.",
            4,
            W::Routine,
            T::Prediction,
            "about the future (“may”)",
        ),
        (
            "山田太郎は橋の長さが千二百メートルだと述べた。",
            6,
            W::High,
            T::Numerical,
            "an amount (“千二百メートル”)",
        ),
        (
            "The crowd 👩‍👩‍👧 waved 🇯🇵 flags, and the cafe\u{301} sold\tout\tby noon.",
            6,
            W::Routine,
            T::EventProperty,
            "",
        ),
        (
            "Its name reads \u{202E}lleK\u{202C} from the \u{1b}[31mriver\u{1b}[0m, a sign says.",
            7,
            W::Routine,
            T::Other,
            "",
        ),
        (
            "Lovely as the view is, nobody stays for long.",
            8,
            W::None,
            T::Other,
            "opinion (“lovely”)",
        ),
        (
            "Kell Bridge opens at last",
            0,
            W::Routine,
            T::EventProperty,
            "",
        ),
    ];
    let mut said = said.to_vec();
    said.sort_by_key(|s| span(text, s.0).start);
    let statements = said
        .iter()
        .map(|(words, block, worth, kind, why)| ProposedStatement {
            spans: span(text, words).into(),
            block: *block,
            check_worthiness: *worth,
            claim_type: *kind,
            why: (*why).into(),
        })
        .collect();
    let source = |name: &str, source_type, role: &str| ProposedSource {
        name: name.into(),
        source_type,
        role: role.into(),
        affiliation: "".into(),
        mentions: Vec::new(),
    };
    Proposals {
        reader: "builtin-1".into(),
        blocks: blocks(text),
        statements,
        attributions: vec![
            attribution(
                text,
                1,
                0,
                [
                    "its minutes",
                    "show",
                    "The council approved 80 million for the bridge in March 2021",
                ],
                Stance::Asserts,
            ),
            attribution(
                text,
                2,
                1,
                [
                    "Mara Oduya",
                    "said",
                    "This bridge has cost the city double what the council signed off",
                ],
                Stance::Asserts,
            ),
            attribution(
                text,
                3,
                2,
                [
                    "Kell Ferry Operators",
                    "denied",
                    "passenger numbers had fallen since the opening",
                ],
                Stance::Denies,
            ),
            attribution(
                text,
                4,
                3,
                [
                    "Officials",
                    "said",
                    "the ferry “may lose a third” of its passengers within a year",
                ],
                Stance::Asserts,
            ),
            attribution(
                text,
                5,
                4,
                ["山田太郎", "述べた", "橋の長さが千二百メートル"],
                Stance::Asserts,
            ),
        ]
        .into(),
        sources: vec![
            source("council minutes", SourceType::Document, ""),
            source("Mara Oduya", SourceType::Person, "leads the opposition"),
            source("Kell Ferry Operators", SourceType::Organisation, ""),
            source("officials", SourceType::Anonymous, ""),
            source("山田太郎", SourceType::Person, ""),
        ],
    }
}

fn attribution(
    text: &ArticleText,
    statement: u32,
    record: u32,
    words: [&str; 3],
    stance: Stance,
) -> ProposedAttribution {
    let [source, cue, content] = words.map(|w| Spans::from(span(text, w)));
    ProposedAttribution {
        statement,
        source,
        cue,
        content,
        quotation_type: QuotationType::Indirect,
        stance,
        certainty: Certainty::Certain,
        negated: stance == Stance::Denies,
        via: None,
        about: Spans::None,
        source_record: Some(record),
        rule: "reporting_verb".into(),
        why: format!("reporting verb “{}” with its subject", words[1]).into(),
    }
}

/// A state without a session on a screen of this size.
pub fn empty(width: u16, height: u16) -> State {
    let mut next = 0x0190_0000_0000_7000_8000_0000_0000_1000_u128;
    let ids = move || {
        next += 1;
        Uuid::from_u128(next)
    };
    let mut state = State::new(at("10:12"), "Ana Köhler", Config::default(), Box::new(ids));
    state.formats = [
        (
            "json",
            "Annotated JSON",
            "the whole check in one file, for programs",
            "json",
        ),
        (
            "markdown",
            "The editor's page",
            "what must and could be fixed, in words",
            "md",
        ),
        ("csv", "The sheet", "a claim a row, for spreadsheets", "csv"),
        (
            "claimreview",
            "ClaimReview",
            "the published verdicts, for search engines",
            "json",
        ),
    ]
    .map(|(name, title, about, extension)| FormatInfo {
        name,
        title,
        about,
        extension,
        ..FormatInfo::default()
    })
    .to_vec();
    state.sessions_dir = "/home/ana/.local/share/claimdesk/sessions".into();
    resize(&mut state, width, height);
    state
}

pub fn resize(state: &mut State, width: u16, height: u16) {
    update(state, Msg::Resize(Size { width, height }));
}

/// A session on the article in which nothing is decided.
pub fn fresh(width: u16, height: u16) -> State {
    opened(empty(width, height), ARTICLE)
}

pub fn opened(mut state: State, article: &str) -> State {
    let text = ArticleText::new(article.into());
    let mut session = Session::new(SessionId(Uuid::from_u128(7)), "kell-bridge", at("09:30"));
    session.article.title = "Kell Bridge opens at last".into();
    let version = Version {
        id: VersionId::of_text(article),
        original_sha256: "cd".repeat(32),
        origin: "kell.txt".into(),
        added_at: at("09:30"),
        reader: "builtin-1".into(),
        left_out: String::new(),
    };
    session.begin_with(session.article.clone(), version);
    let proposals = if article == ARTICLE {
        proposals(&text)
    } else {
        Proposals::default()
    };
    let opened = OpenedSession {
        session,
        history: History::default(),
        text,
        proposals: Some(Arc::new(proposals)),
        blocks: Vec::new(),
        on_disk: false,
        place: None,
        draft: None,
        read_only: None,
        damage: Damage::default(),
        language_in_doubt: false,
        report: Vec::new(),
    };
    update(&mut state, Msg::Opened(Box::new(opened)));
    if let Some(b) = &mut state.bench {
        b.on_disk = true;
    }
    state
}

pub fn press(state: &mut State, keys: &str) {
    for key in script(keys).unwrap() {
        update(state, Msg::Key(key));
    }
}

/// A session in the middle of the work: right and wrong findings, evidence, a change, a note, a dismissal; the cursor on
/// the first open row.
pub fn working(width: u16, height: u16) -> State {
    let mut state = fresh(width, height);
    press(&mut state, "g j v a j v i r 1");
    hold(&mut state);
    press(
        &mut state,
        "J \"The minutes of 9 March 2021 give 80 million; the final account is 96 million.\" Ctrl-d",
    );
    press(
        &mut state,
        "c \"Ask her office for the sum she means.\" Ctrl-d W w",
    );
    press(&mut state, "G d g j j j");
    let seq = state.bench.as_ref().unwrap().history().seq();
    update(&mut state, Msg::Saved { seq });
    state
}

/// Holds two items against the claim under the cursor.
fn hold(state: &mut State) {
    let mut writing = state.writing().unwrap();
    let done = writing.tag(|tx, claim| {
        let source = SourceId(tx.id());
        tx.create_source(Source {
            source_type: SourceType::Document,
            name: "City of Kell".into(),
            reliability: Reliability::B,
            ..Source::unnamed(source)
        });
        for (title, stance, credibility, locator) in [
            (
                "Final account of the bridge",
                EvidenceStance::Refutes,
                Credibility::Two,
                "p. 14, table 3",
            ),
            (
                "Kell Gazette: what the bridge cost",
                EvidenceStance::Supports,
                Credibility::Four,
                "",
            ),
        ] {
            let item = EvidenceId(tx.id());
            tx.create_evidence(Evidence {
                source: Some(source),
                title: title.into(),
                url: Some("https://kell.example.org/account".into()),
                ..Evidence::empty(item)
            });
            let held = HeldId(tx.id());
            tx.create_held(Held {
                evidence_stance: stance,
                credibility,
                locator: locator.into(),
                ..Held::against(held, claim, item)
            });
        }
        let change = TextChange {
            replacement: "a fifth more than".into(),
            reason: "96 million against 80 million".into(),
            must: true,
            state: ChangeState::Proposed,
        };
        tx.set_claim(&claim, ClaimField::Change(Some(change)));
    });
    assert!(done.is_changed());
}
