//! The whole state of the program, as it is when nothing happens.

pub mod bench;
pub mod clock;
mod cursor;
pub mod evidence_box;
pub mod laid;
mod mark_labels;
mod mark_moves;
pub(super) mod mark_rows;
pub mod mark_words;
pub mod marked_rows;
pub mod marking;
pub mod row_words;
pub(super) mod steps;
pub mod tag;
pub mod telling;
pub mod under_way;
mod voice;
pub mod working;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use jiff::tz::TimeZone;
use uuid::Uuid;

use super::config::Config;
use super::input::key::Key;
use super::input::keymap::Keymap;
use super::msg::Effect;
use super::refusal::{DONE, Done};
use super::screen::areas::{Areas, GUTTER, Size};
use super::screen::look::Look;
use super::screen::notices::{Level, Notices};
use super::state::bench::Bench;
use crate::app::layers::overlay::Overlay;
use crate::app::layers::reply::Host;
use crate::core::desk::Who;
use crate::core::ids::CheckerId;
use crate::core::model::{Checker, Time};
use crate::core::place::{Draft, Pane, Place};
use crate::core::tx::Ids;

/// Which screen is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Screen {
    /// The first start: there is no session yet.
    #[default]
    Start,
    /// The list of sessions.
    Sessions,
    /// The workbench.
    Bench,
}

/// The state of the program: the session on the screen, and everything around it.
pub struct State {
    /// The session on the screen.
    pub bench: Option<Bench>,
    /// Everything around it.
    pub program: Program,
}

impl Deref for State {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.program
    }
}

impl DerefMut for State {
    fn deref_mut(&mut self) -> &mut Program {
        &mut self.program
    }
}

/// Everything around the session: who works, the configuration, what lies over the screen, what is under way.
pub struct Program {
    /// The screen's size.
    pub size: Size,
    /// The time of the last message; the program's only clock.
    pub now: Time,
    /// The time zone that times are shown in; what is stored is UTC.
    pub zone: TimeZone,
    /// Who works.
    pub me: Checker,
    /// Where sessions are kept, for the first start.
    pub sessions_dir: String,
    /// The configuration.
    pub config: Config,
    /// Which key does what.
    pub keymap: Keymap,
    /// How things are shown.
    pub look: Look,
    /// Which screen is up.
    pub screen: Screen,
    /// What lies over the screen, the top layer last.
    pub overlays: Vec<Overlay<State>>,
    /// The keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// Keys pressed before the first rows were there, to be taken when they are.
    pub early_keys: std::collections::VecDeque<Key>,
    /// Messages.
    pub notices: Notices,
    /// What is under way, in words ("reading …"); shown on the status line.
    pub busy: Option<String>,
    /// What the claims of each session say that was listed last, by its name.
    pub claims_of_sessions: BTreeMap<String, Vec<String>>,
    /// The article that is being read.
    pub reading: Option<under_way::ReadingArticle>,
    /// A form's draft that was found on resuming and is offered.
    pub offered_draft: Option<Draft>,
    /// The draft that was kept last, so that only changes are kept again.
    pub kept_draft: Option<Draft>,
    /// Where the session was left, while the row that it names may still be to come.
    pub place_to_restore: Option<Place>,
    /// Files that are being copied in as evidence.
    pub taking: Vec<under_way::CopyingFile>,
    /// The other folder that the session is being saved in.
    pub elsewhere: Option<under_way::SavingElsewhere>,
    /// What is typed in a box for evidence.
    pub evidence_box: evidence_box::EvidenceBox,
    /// The file that is looked at before it is copied in.
    pub looking: Option<under_way::LookingAtFile>,
    /// How many works of that kind were begun; the last one has this number.
    pub works: u64,
    /// The formats that an export can write; filled in by whoever starts the program.
    pub formats: Vec<crate::core::handover::FormatInfo>,
    /// The formats that can be read into a session; filled in by whoever starts the program.
    pub readable: Vec<crate::core::handover::FormatInfo>,
    /// Ctrl-c was the last key.
    pub cancelled: bool,
    /// Leaving: what could not be saved keeps the program open until it is decided.
    pub leaving: bool,
    ids: Box<dyn Ids + Send>,
}

impl State {
    /// A state without a session.
    pub fn new(now: Time, me: &str, config: Config, ids: Box<dyn Ids + Send>) -> Self {
        let mut keymap = Keymap::default();
        let mut notices = Notices::default();
        for problem in keymap.remap(&config.keys) {
            notices.add(
                now,
                Level::Warning,
                format!("A key of the configuration was left out: {problem}."),
            );
        }
        let look = config.look();
        let program = Program {
            size: Size {
                width: 80,
                height: 24,
            },
            now,
            zone: TimeZone::UTC,
            me: Checker {
                id: CheckerId::of(me),
                name: me.to_string(),
            },
            sessions_dir: String::new(),
            config,
            keymap,
            look,
            screen: Screen::default(),
            overlays: Vec::new(),
            pending: Vec::new(),
            early_keys: std::collections::VecDeque::new(),
            notices,
            busy: None,
            claims_of_sessions: BTreeMap::new(),
            reading: None,
            offered_draft: None,
            kept_draft: None,
            place_to_restore: None,
            taking: Vec::new(),
            elsewhere: None,
            evidence_box: evidence_box::EvidenceBox::default(),
            looking: None,
            works: 0,
            formats: Vec::new(),
            readable: Vec::new(),
            cancelled: false,
            leaving: false,
            ids,
        };
        Self {
            bench: None,
            program,
        }
    }

    /// Where everything stands on the screen.
    pub fn areas(&self) -> Areas {
        self.areas_with(self.bench.as_ref().map_or(Pane::Claims, |b| b.pane))
    }

    /// Fits the panes' viewports to the screen; to be called after every message.
    pub(super) fn fit(&mut self) {
        let areas = self.areas();
        let ambiguous = self.look.ambiguous;
        let Some(bench) = &mut self.bench else { return };
        let width = areas.article.width.saturating_sub(GUTTER);
        let (text, article) = (bench.desk.check().text(), &mut bench.article);
        if article.ambiguous != ambiguous {
            article.measure(text, ambiguous);
            bench.reveal_cursor();
        }
        let (text, article) = (bench.desk.check().text(), &mut bench.article);
        if article.width != width || article.height != areas.article.height {
            article.resize(text, width, areas.article.height);
            bench.reveal_cursor();
        }
        bench.reveal_in_list(usize::from(areas.list.height));
    }
}

impl Host for State {
    fn said(&mut self, done: Done) -> Vec<Effect> {
        self.program.said(done)
    }
}

impl Program {
    /// A new id for a record.
    pub fn new_id(&mut self) -> Uuid {
        self.ids.next()
    }

    /// The number of another work on a file.
    pub(super) fn next_work(&mut self) -> u64 {
        self.works += 1;
        self.works
    }

    /// Who makes a step, when, and where the ids of its records come from.
    pub(super) fn who(&mut self) -> Who<'_> {
        Who {
            checker: &self.me,
            at: self.now,
            ids: &mut *self.ids,
        }
    }

    /// Says something on the status line.
    pub fn say(&mut self, level: Level, text: impl Into<String>) {
        self.notices.add(self.now, level, text);
    }

    /// What is left to be done of something that was asked for; where it was refused, the refusal is said.
    pub fn said(&mut self, done: Done) -> Vec<Effect> {
        done.unwrap_or_else(|refusal| {
            self.say(refusal.level, refusal.why);
            Vec::new()
        })
    }

    /// Where everything stands on the screen while `focus` has the focus.
    pub(super) fn areas_with(&self, focus: Pane) -> Areas {
        Areas::new(self.size, self.look.split, self.look.zoom, focus)
    }

    /// Lays a layer over the screen.
    pub fn lay(&mut self, overlay: Overlay<State>) {
        self.pending.clear();
        self.overlays.push(overlay);
    }

    /// Lays a layer over the screen, which is all there is to do.
    pub fn open(&mut self, overlay: Overlay<State>) -> Done {
        self.lay(overlay);
        DONE
    }
}
