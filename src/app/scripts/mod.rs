//! Key scripts: what a checker presses, and what stands there afterwards. Each goes through `update` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod any_keys;
mod arriving;
mod claims;
mod dialogs;
mod drafts;
mod evidence;
mod evidence_box;
mod exchange;
mod forms;
mod help;
mod joining;
mod layout;
mod locked;
mod loose_ends;
mod many;
mod mark_labels;
mod marks;
mod needs;
mod reading;
mod repeat;
mod shelf;
mod small;
mod sources;
mod tags;
mod unchanged;
mod undo;
mod voices;
mod walk;

use std::sync::Arc;

use uuid::Uuid;

use super::config::Config;
use super::dispatch::update::update;
use super::input::action::Action;
use super::input::key::script;
use super::msg::{Effect, Msg, OpenedSession};
use super::screen::areas::Size;
use super::state::State;
use crate::app::state::laid::{Overlay, Picker};
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::ids::VersionId;
use crate::core::model::{Article, Checker, Session, Time, Version};
use crate::core::place::{Draft, Place};
use crate::core::proposal::{
    Block, Proposals, ProposedAttribution, ProposedSource, ProposedStatement, Spans,
};
use crate::core::rows::RowKey;
use crate::core::text::ArticleText;
use crate::core::vocabulary::*;

const TEXT: &str = "\
Kell Bridge opens at last

By Jon Pell

The council approved 80 million for the bridge in March 2021, its minutes show.

“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.

Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening. Officials said the ferry may lose a third of its passengers within a year.

The bridge at dusk, seen from the ferry.

Oduya says that the toll will double, which the council denies.

The bridge was approved by the council in 2021, Oduya added.
";

/// The article's proposals, made by hand so that no change of the reader moves a script.
fn proposals(text: &ArticleText) -> Proposals {
    let t = text.as_str();
    let at = |words: &str| {
        let start = t.find(words).unwrap_or_else(|| panic!("no {words}"));
        text.span(start..start + words.len())
    };
    let block = |words: &str, kind| Block {
        span: at(words),
        kind,
        locator: "".into(),
    };
    let ferry = "Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.";
    let officials = "Officials said the ferry may lose a third of its passengers within a year.";
    let toll = "Oduya says that the toll will double, which the council denies.";
    let quote = "“This bridge has cost the city double what the council signed off,” said Mara Oduya, who leads the opposition.";
    let minutes = "The council approved 80 million for the bridge in March 2021, its minutes show.";
    let again = "The bridge was approved by the council in 2021, Oduya added.";
    let both = format!("{ferry} {officials}");
    let blocks = vec![
        block("Kell Bridge opens at last", BlockKind::Headline),
        block("By Jon Pell", BlockKind::Byline),
        block(minutes, BlockKind::Paragraph),
        block(quote, BlockKind::Paragraph),
        block(&both, BlockKind::Paragraph),
        block(
            "The bridge at dusk, seen from the ferry.",
            BlockKind::Caption,
        ),
        block(toll, BlockKind::Paragraph),
        block(again, BlockKind::Paragraph),
    ];
    let statement = |words: &str, block, worth, kind| ProposedStatement {
        spans: Spans::from(at(words)),
        block,
        check_worthiness: worth,
        claim_type: kind,
        why: "".into(),
    };
    use CheckWorthiness::{High, Routine};
    let statements = vec![
        statement(
            "Kell Bridge opens at last",
            0,
            Routine,
            ClaimType::EventProperty,
        ),
        statement(minutes, 2, High, ClaimType::Numerical),
        statement(quote, 3, High, ClaimType::Numerical),
        statement(ferry, 4, High, ClaimType::Numerical),
        statement(officials, 4, Routine, ClaimType::Prediction),
        statement(toll, 6, High, ClaimType::Prediction),
        statement(again, 7, Routine, ClaimType::EventProperty),
    ];
    let voice = |statement: u32, source: &str, cue: &str, content: &str, stance, record| {
        let base = statements[statement as usize].spans.hull().unwrap();
        let within = |words: &str| {
            let hay = text.slice(base);
            let start =
                text.bytes(base).start + hay.find(words).unwrap_or_else(|| panic!("{words}"));
            Spans::from(text.span(start..start + words.len()))
        };
        ProposedAttribution {
            statement,
            source: within(source),
            cue: within(cue),
            content: within(content),
            quotation_type: QuotationType::Indirect,
            stance,
            certainty: Certainty::Certain,
            negated: stance == Stance::Denies,
            via: None,
            about: Spans::None,
            source_record: record,
            rule: "cue".into(),
            why: "the cue".into(),
        }
    };
    use Stance::{Asserts, Denies};
    let attributions = vec![
        voice(
            1,
            "its minutes",
            "show",
            "The council approved 80 million for the bridge in March 2021",
            Asserts,
            Some(0),
        ),
        voice(
            2,
            "Mara Oduya",
            "said",
            "This bridge has cost the city double what the council signed off",
            Asserts,
            Some(1),
        ),
        voice(
            3,
            "Kell Ferry Operators",
            "denied",
            "passenger numbers had fallen since the opening",
            Denies,
            Some(2),
        ),
        voice(
            4,
            "Officials",
            "said",
            "the ferry may lose a third of its passengers within a year",
            Asserts,
            None,
        ),
        voice(5, "Oduya", "says", "the toll will double", Asserts, Some(1)),
        voice(
            5,
            "the council",
            "denies",
            "the toll will double",
            Denies,
            Some(3),
        ),
        voice(
            6,
            "Oduya",
            "added",
            "The bridge was approved by the council in 2021",
            Asserts,
            Some(1),
        ),
    ];
    let source = |name: &str, source_type, role: &str| ProposedSource {
        name: name.into(),
        source_type,
        role: role.into(),
        affiliation: "".into(),
        mentions: vec![at(name)],
    };
    let sources = vec![
        source("its minutes", SourceType::Document, ""),
        source("Mara Oduya", SourceType::Person, "leader of the opposition"),
        source("Kell Ferry Operators", SourceType::Organisation, ""),
        source("the council", SourceType::Organisation, ""),
    ];
    Proposals {
        reader: "builtin-1".into(),
        blocks,
        statements: statements.into(),
        attributions: attributions.into(),
        sources,
    }
}

/// A session under the keys.
pub(super) struct Script {
    pub(super) state: State,
    /// What was asked for, in order; the answers of the store come by themselves.
    pub(super) asked: Vec<Effect>,
    /// Where the session is kept; none where nothing answers.
    kept: Option<shelf::OnShelf>,
}

pub(super) fn version() -> VersionId {
    VersionId::of_text(TEXT)
}

pub(super) fn now() -> Time {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// Ids that count up.
fn ids() -> Box<dyn crate::core::tx::Ids + Send> {
    let mut n: u128 = 0x0199_0000_0000_7000_8000_0000_0000_0000;
    Box::new(move || {
        n += 1;
        Uuid::from_u128(n)
    })
}

impl Script {
    /// The article, opened for the first time, with everything proposed.
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The article opened with `change` made to how it is opened.
    pub(super) fn with(change: impl FnOnce(&mut OpenedSession)) -> Self {
        let text = ArticleText::new(TEXT.into());
        let mut session = Session::new(Uuid::from_u128(7).into(), "kell-bridge", now());
        let article = Article {
            title: "Kell Bridge opens at last".into(),
            language: "en".into(),
            ..Article::default()
        };
        let version = Version {
            id: version(),
            original_sha256: "00".repeat(32),
            origin: "bridge.txt".into(),
            added_at: now(),
            reader: "builtin-1".into(),
            left_out: String::new(),
        };
        session.begin_with(article, version);
        let proposals = Arc::new(proposals(&text));
        let mut opened = OpenedSession {
            session,
            history: History::default(),
            text,
            blocks: proposals.blocks.clone(),
            proposals: Some(proposals),
            on_disk: false,
            place: None,
            draft: None,
            read_only: None,
            damage: Damage::default(),
            language_in_doubt: false,
            report: Vec::new(),
        };
        change(&mut opened);
        let mut s = Self::bare();
        s.msg(Msg::Opened(Box::new(opened)));
        s.asked.clear();
        s
    }

    /// The program without a session.
    pub(super) fn bare() -> Self {
        let mut s = Self {
            state: State::new(now(), "Ana K", Config::default(), ids()),
            asked: Vec::new(),
            kept: Some(shelf::OnShelf::default()),
        };
        s.msg(Msg::Resize(Size {
            width: 120,
            height: 40,
        }));
        s
    }

    /// The session as it stands, opened again by another program.
    pub(super) fn resumed(&self, draft: Option<Draft>, place: Option<Place>) -> Self {
        let bench = self.state.bench.as_ref().unwrap();
        let (session, history) = (bench.session().clone(), bench.history().clone());
        Self::with(|o| {
            o.session = session;
            o.history = History::fold(history.steps().to_vec());
            o.on_disk = true;
            o.draft = draft;
            o.place = place;
        })
    }

    pub(super) fn msg(&mut self, msg: Msg) -> &mut Self {
        if let (Msg::Opened(opened), Some(kept)) = (&msg, &mut self.kept) {
            kept.take(opened);
        }
        let effects = update(&mut self.state, msg);
        for e in effects {
            let kept = self.kept.as_mut();
            let answers = kept.map(|k| k.answer(&e, &self.state.me));
            self.asked.push(e);
            for m in answers.unwrap_or_default() {
                self.msg(m);
            }
        }
        self
    }

    /// The store answers nothing from now on.
    pub(super) fn unanswered(&mut self) -> &mut Self {
        self.kept = None;
        self
    }

    /// Presses keys, written as for `--keys`.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in script(keys).unwrap() {
            self.msg(Msg::Key(key));
        }
        self
    }

    /// Somebody else works from now on.
    pub(super) fn works(&mut self, name: &str) -> &mut Self {
        self.state.me = Checker {
            id: crate::core::ids::CheckerId::of(name),
            name: name.into(),
        };
        self
    }

    /// The row under the cursor: decision or finding, voices with the first stance, the first words.
    pub(super) fn row(&self) -> String {
        let bench = self.state.bench.as_ref().unwrap();
        self.line(bench.cursor())
    }

    fn line(&self, key: &RowKey) -> String {
        let bench = self.state.bench.as_ref().unwrap();
        let Some(v) = bench.check().view(key) else {
            let RowKey::Block(n) = key else {
                return "gone".into();
            };
            let block = &bench.check().proposals().blocks[*n as usize];
            return format!(
                "{} | {}",
                block.kind.word(),
                words(bench.check().text().slice(block.span))
            );
        };
        let state = match v.decision {
            Decision::TakenUp => v.status.word(),
            other => other.word(),
        };
        let mut said = v.said_by.join("+");
        if !said.is_empty() {
            said = format!("{said} {}", v.stance.word());
        }
        format!("{state} | {said} | {}", words(&v.text))
    }

    /// The rows that the list shows, one a line, the cursor's with `>`.
    pub(super) fn rows(&self) -> String {
        let bench = self.state.bench.as_ref().unwrap();
        (0..bench.row_count())
            .filter_map(|i| bench.row_at(i))
            .map(|k| {
                let mark = if k == *bench.cursor() { ">" } else { " " };
                format!("{mark} {}", self.line(&k))
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Every field of the current claim that is not as it is made, and what hangs on it.
    pub(super) fn claim(&self) -> String {
        let bench = self.state.bench.as_ref().unwrap();
        let Some(id) = bench.claim_at_cursor() else {
            return "no claim".into();
        };
        let c = &bench.session().claims[&id];
        let mut out = vec![c.verification_status.word().to_string()];
        let mut add = |name: &str, value: String| {
            if !value.is_empty() {
                out.push(format!("{name}={value}"));
            }
        };
        add("wording", c.wording.clone().unwrap_or_default());
        add(
            "rating",
            c.rating.map_or(String::new(), |r| r.number().to_string()),
        );
        add("why", c.justification.clone());
        add("worth", c.check_worthiness.word().into());
        add("type", c.claim_type.word().into());
        let state = c.workflow_state;
        add(
            "workflow",
            if state == WorkflowState::Todo {
                String::new()
            } else {
                state.word().into()
            },
        );
        add("tags", c.tags.join("+"));
        add("notes", c.notes.clone());
        if c.statements.len() > 1 {
            add("places", c.statements.len().to_string());
        }
        if let Some(t) = &c.change {
            add(
                "change",
                format!(
                    "{}/{}/{}/{}",
                    t.replacement,
                    t.reason,
                    t.must,
                    t.state.word()
                ),
            );
        }
        let name = |s: Option<_>| {
            s.map_or("nobody", |s| bench.check().source_name(s))
                .to_string()
        };
        for a in bench.check().attributions(id) {
            let mut text = format!("{} {}", name(a.source), a.stance.word());
            if a.certainty != Certainty::Unspecified {
                text += &format!(" {}", a.certainty.word());
            }
            if a.via.is_some() {
                text += &format!(" via {}", name(a.via));
            }
            if !a.about.is_empty() {
                let all: Vec<_> = a.about.iter().map(|s| name(Some(*s))).collect();
                text += &format!(" about {}", all.join("+"));
            }
            out.push(format!("[{text}]"));
        }
        for (h, e) in bench.check().held(id) {
            let at = if h.locator.is_empty() {
                String::new()
            } else {
                format!(" at {}", h.locator)
            };
            out.push(format!("({} {}{at})", e.called(), h.evidence_stance.word()));
        }
        out.join(" ")
    }

    /// The message on the status line.
    pub(super) fn said(&self) -> &str {
        self.state.notices.current().map_or("", |n| &n.text)
    }

    /// How many steps there are.
    pub(super) fn steps(&self) -> usize {
        self.state.bench.as_ref().unwrap().history().steps().len()
    }

    /// What lies on top: its kind and title.
    pub(super) fn top(&self) -> String {
        match self.state.overlays.last() {
            None => "nothing".into(),
            Some(Overlay::Form(f)) => format!("form {}", f.title),
            Some(Overlay::Picker(p)) => format!("list {}", p.title),
            Some(Overlay::Prompt(p)) => format!("prompt {}", p.title),
            Some(Overlay::Choose(c)) => format!("choose {}", c.title),
            Some(Overlay::Confirm(c)) => format!("question {}", c.question),
            Some(Overlay::Export(_)) => "export".into(),
            Some(Overlay::Import(_)) => "import".into(),
            Some(Overlay::TextView(r)) => format!("reader {}", r.title),
        }
    }

    pub(super) fn picker(&self) -> &Picker {
        match self.state.overlays.last() {
            Some(Overlay::Picker(p)) => p,
            _ => panic!("no list on top but {}", self.top()),
        }
    }

    /// The lines of the list on top, the selected one with `>`.
    pub(super) fn list(&self) -> String {
        let p = self.picker();
        let mut lines: Vec<String> = p
            .matches()
            .enumerate()
            .map(|(n, (i, _))| {
                let mark = if n == p.selected() { ">" } else { " " };
                let set = if i.marked { "*" } else { "" };
                format!("{mark} {set}{} | {} | {}", i.label, i.detail, i.right)
                    .trim_end_matches([' ', '|'])
                    .to_string()
            })
            .collect();
        if let Some((text, word)) = p.create_line() {
            let mark = if lines.len() == p.selected() {
                ">"
            } else {
                " "
            };
            lines.push(format!("{mark} {word}: {text}"));
        }
        lines.join("\n")
    }

    /// The fields that the form on top shows, the one with the focus with `>`, problems with `!`.
    pub(super) fn form(&self) -> String {
        let Some(Overlay::Form(f)) = self.state.overlays.last() else {
            panic!("no form on top but {}", self.top());
        };
        use super::layers::field::FormControl;
        let shown = f.fields.iter().enumerate().filter(|(n, _)| f.shows(*n));
        let lines = shown.map(|(n, field)| {
            let mark = if n == f.focus { ">" } else { " " };
            let value = match &field.control {
                FormControl::Go { text, .. } => format!("→ {text}"),
                FormControl::Note(text) => format!("· {text}"),
                _ => field.value(),
            };
            let problem = field
                .problem
                .as_ref()
                .map_or(String::new(), |p| format!(" ! {p}"));
            format!("{mark} {}: {value}{problem}", field.label)
                .trim_end()
                .to_string()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The kinds of what was asked for, without what the store is asked for with every step.
    pub(super) fn effects(&self) -> Vec<String> {
        self.asked
            .iter()
            .map(|e| format!("{e:?}"))
            .filter_map(|e| {
                let name: String = e.chars().take_while(|c| c.is_alphanumeric()).collect();
                (!["Append", "Create", "KeepProposals", "DropDraft"].contains(&name.as_str()))
                    .then_some(name)
            })
            .collect()
    }

    /// Does what an action does, whatever its key.
    pub(super) fn act(&mut self, action: Action) -> &mut Self {
        let done = super::dispatch::act::act(&mut self.state, action);
        let effects = self.state.said(done);
        self.asked.extend(effects);
        self
    }
}

fn words(text: &str) -> String {
    let short: String = text.chars().take(28).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}
