//! Where the session of a key script is kept: a shelf in memory that several share, which answers as the keeper does.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;

use uuid::Uuid;

use crate::app::msg::{Effect, Msg, OpenedSession};
use crate::core::birth::Newborn;
use crate::core::check::Check;
use crate::core::desk::{Desk, Who};
use crate::core::history::{History, Step};
use crate::core::ids::CheckerId;
use crate::core::link::StoreLink;
use crate::core::model::{Checker, Session};
use crate::core::tx::Tx;
use crate::store::{Accepted, Memory, Mode, OpenRequest, Pen, Remote, SessionName, Shelf};

/// A session on a shelf, with the pen.
#[derive(Debug)]
pub(super) struct OnShelf {
    shelf: Memory,
    name: Option<SessionName>,
    pen: Option<Box<dyn Pen>>,
    heard: Option<Receiver<Remote>>,
    waiting: VecDeque<Step>,
    here: VecDeque<Step>,
}

impl Default for OnShelf {
    fn default() -> Self {
        Self {
            shelf: Memory::shared(),
            name: None,
            pen: None,
            heard: None,
            waiting: VecDeque::new(),
            here: VecDeque::new(),
        }
    }
}

impl OnShelf {
    /// Keeps the session that is opened, where it is there already.
    pub(super) fn take(&mut self, opened: &OpenedSession) {
        *self = Self::default();
        if opened.on_disk && opened.read_only.is_none() {
            let steps = opened.history.steps();
            let name = self.shelf.put(&opened.session.name, steps).unwrap();
            let asking = OpenRequest {
                mode: Mode::Write,
                history: true,
                checker: &ben(),
                now: super::now(),
            };
            let kept = self.shelf.open(&name, &asking).unwrap().hear(|_, _| {});
            self.hold(name, kept);
        }
    }

    fn hold(&mut self, name: SessionName, opened: crate::store::Opened) {
        self.heard = self.shelf.watch(&name, opened.history.seq()).unwrap();
        self.pen = opened.held.into_pen().ok();
        self.name = Some(name);
    }

    /// What the keeper tells when it is asked for this.
    pub(super) fn answer(&mut self, effect: &Effect, me: &Checker) -> Vec<Msg> {
        match effect {
            Effect::Create {
                name,
                step,
                text,
                proposals,
            } => {
                let new = Newborn {
                    name,
                    step: step.clone(),
                    text,
                    proposals,
                    checker: me,
                };
                let opened = self.shelf.create(&new).unwrap();
                self.hold(opened.name.clone(), opened);
                vec![Msg::Saved { seq: 1 }]
            }
            Effect::Append(step) => {
                self.waiting.push_back(step.clone());
                self.write()
            }
            Effect::AppendInstead(steps) => {
                self.here.clear();
                self.waiting = steps.iter().cloned().collect();
                self.write()
            }
            Effect::RetrySave => {
                self.here.append(&mut self.waiting);
                std::mem::swap(&mut self.here, &mut self.waiting);
                match (self.waiting.is_empty(), &self.pen) {
                    (true, Some(pen)) => vec![Msg::Saved { seq: pen.seq() }],
                    (true, None) | (false, _) => self.write(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn write(&mut self) -> Vec<Msg> {
        let mut told = Vec::new();
        while let (Some(step), Some(pen)) = (self.waiting.pop_front(), &mut self.pen) {
            match pen.append(&step) {
                Ok(Accepted::At(seq)) => told.push(Msg::Saved { seq }),
                Ok(Accepted::Here) => {
                    told.push(Msg::KeptHere(step.seq));
                    self.here.push_back(step);
                }
                Ok(Accepted::Behind(steps)) => {
                    told.push(Msg::Arrived(steps));
                    self.waiting.clear();
                }
                Err(e) => {
                    told.push(Msg::SaveFailed(e.to_string()));
                    self.waiting.push_front(step);
                    break;
                }
            }
        }
        told
    }
}

/// Somebody else who works on the session.
fn ben() -> Checker {
    Checker {
        id: CheckerId::of("Ben"),
        name: "Ben".into(),
    }
}

impl super::Script {
    fn on_shelf(&self) -> &OnShelf {
        self.kept.as_ref().unwrap()
    }

    /// The session as somebody sees it who opens it now.
    fn seen_by_others(&self) -> Desk {
        let (kept, bench) = (self.on_shelf(), self.state.bench.as_ref().unwrap());
        let steps = kept.shelf.steps(kept.name.as_ref().unwrap()).unwrap();
        let mut session = Session::new(bench.session().id, "", super::now());
        for step in &steps {
            assert_eq!(session.apply(&step.edits, &step.stamp()), vec![]);
        }
        session.name.clone_from(&bench.session().name);
        let (text, proposals) = (bench.text().clone(), bench.check().proposals().clone());
        Desk::new(Check::new(session, text, proposals), History::fold(steps))
    }

    /// Ben makes a step on another machine; nobody here has heard of it yet.
    pub(super) fn ben(&mut self, work: impl FnOnce(&mut Tx<'_>)) -> &mut Self {
        let mut desk = self.seen_by_others();
        let mut n = u128::from(desk.history().seq()) << 32;
        let mut ids = || {
            n += 1;
            Uuid::from_u128(0x0199_0000_0000_7000_9000_0000_0000_0000 + n)
        };
        let mut who = Who {
            checker: &ben(),
            at: super::now(),
            ids: &mut ids,
        };
        let made = desk.step(&mut who, |tx, _, _| {
            work(tx);
            None
        });
        assert!(made.changed());
        let kept = self.on_shelf();
        let name = kept.name.as_ref().unwrap();
        for step in made.steps {
            kept.shelf.step_of_others(name, step).unwrap();
        }
        self
    }

    /// What others did arrives.
    pub(super) fn hear(&mut self) -> &mut Self {
        let heard = self.on_shelf().heard.as_ref().unwrap();
        let told: Vec<Remote> = heard.try_iter().collect();
        for what in told {
            self.msg(match what {
                Remote::Steps(steps) => Msg::Arrived(steps),
                Remote::Link(link) => Msg::Link(link),
                Remote::Free => Msg::HolderGone,
            });
        }
        self
    }

    /// The link goes up or down, which is heard at once; what others did meanwhile is not.
    pub(super) fn link(&mut self, link: StoreLink) -> &mut Self {
        let kept = self.on_shelf();
        kept.shelf.link(link);
        let heard = kept.heard.as_ref().unwrap();
        // Steps would come later on a real line.
        heard.try_iter().for_each(drop);
        self.msg(Msg::Link(link))
    }

    /// The last step of others; those before it never arrive.
    pub(super) fn hear_nothing_but_the_last(&mut self) -> Vec<Step> {
        let heard = self.on_shelf().heard.as_ref().unwrap();
        let told = heard.try_iter().filter_map(|r| match r {
            Remote::Steps(steps) => steps.last().cloned(),
            Remote::Link(_) | Remote::Free => None,
        });
        told.last().into_iter().collect()
    }

    /// The next writes fail.
    pub(super) fn fail(&mut self, n: u32) -> &mut Self {
        self.on_shelf().shelf.fail(n);
        self
    }

    /// The session here is the one that everybody else has.
    #[track_caller]
    pub(super) fn assert_shared(&self) {
        let (theirs, bench) = (self.seen_by_others(), self.state.bench.as_ref().unwrap());
        assert_eq!(theirs.check().session(), bench.session());
        assert_eq!(theirs.history().steps(), bench.history().steps());
        assert_eq!(bench.saved.seq, bench.history().seq());
    }
}
