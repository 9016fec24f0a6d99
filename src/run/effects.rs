//! What the state machine asks for, done: each effect is given to whoever does it.

use std::path::PathBuf;
use std::time::Instant;

use uuid::Uuid;

use super::events::Event;
use super::jobs::ProposalRequest;
use super::keeper::Keep;
use super::main_loop::{MainLoop, QUIET};
use super::terminal::TerminalScreen;
use super::{Begin, at_home, opening, outside, signals, terminal};
use crate::app::features::saving;
use crate::app::msg::{Effect, Msg, OpenWhat};
use crate::app::screen::notices::Level;
use crate::core::history::Step;
use crate::core::ids::VersionId;
use crate::core::model::{Session, Stamp};
use crate::store::Everything;

impl MainLoop {
    pub(super) fn effect(&mut self, effect: Effect) {
        if self.launch.print.is_some() {
            return self.effect_in_memory(effect);
        }
        match effect {
            Effect::Create {
                name,
                step,
                text,
                proposals,
            } => {
                self.quiet_at = Some(Instant::now() + QUIET);
                self.unsaved.add(step.seq, Instant::now());
                let checker = self.state.me.clone();
                self.keeper.send(Keep::Create {
                    name,
                    step,
                    text,
                    proposals,
                    checker,
                });
            }
            Effect::Append(step) => {
                self.quiet_at = Some(Instant::now() + QUIET);
                self.unsaved.add(step.seq, Instant::now());
                self.keeper.send(Keep::Append(step));
            }
            Effect::AppendInstead(steps) => self.append_instead(steps),
            Effect::KeepProposals(proposals) => {
                if let Some(version) = self.version() {
                    self.keeper
                        .send(Keep::Proposals(proposals, version.to_string()));
                }
            }
            Effect::Checkpoint { session, seq } => {
                self.keeper.send(Keep::Checkpoint(session, seq));
            }
            Effect::KeepPlace(place) => {
                let me = self.state.me.id.clone();
                self.keeper.send(Keep::Place(me, place));
            }
            Effect::KeepDraft(draft) => {
                let me = self.state.me.id.clone();
                self.keeper.send(Keep::Draft(me, Some(draft)));
            }
            Effect::DropDraft => {
                let me = self.state.me.id.clone();
                self.keeper.send(Keep::Draft(me, None));
            }
            Effect::RetrySave => {
                self.quiet_at = Some(Instant::now() + QUIET);
                self.keeper.send(Keep::Retry);
            }
            Effect::SaveElsewhere {
                id,
                folder,
                session,
            } => {
                if let Some(all) = self.everything(session) {
                    self.saving.begin(&mut self.jobs, id, all, &folder);
                }
            }
            Effect::ForgetUnsaved => {
                self.unsaved.forget();
                self.keeper.send(Keep::Forget);
            }
            Effect::TakeFile { id, path } => {
                self.jobs.started();
                self.copies.take(id, path);
            }
            Effect::Editor(text) => self.edit(&text),
            Effect::Suspend => self.suspend(),
            Effect::Quit => {
                self.ended.get_or_insert(0);
            }
            other => self.effect_anywhere(other),
        }
    }

    /// Hands the keeper `steps` in place of all that it still has to write.
    fn append_instead(&mut self, steps: Vec<Step>) {
        self.quiet_at = Some(Instant::now() + QUIET);
        self.unsaved.forget();
        for step in &steps {
            self.unsaved.add(step.seq, Instant::now());
        }
        self.keeper.send(Keep::Instead(steps));
    }

    /// With `--print` nothing is written: a step counts as saved at once, so that the frame looks as it would.
    pub(super) fn effect_in_memory(&mut self, effect: Effect) {
        match effect {
            Effect::Create { step, .. } | Effect::Append(step) => {
                self.take(Msg::Saved { seq: step.seq })
            }
            Effect::Checkpoint { seq, .. } => self.take(Msg::CheckpointWritten { seq }),
            Effect::AppendInstead(_) | Effect::RetrySave => {
                let seq = self.state.bench.as_ref().map_or(0, |b| b.history().seq());
                self.take(Msg::Saved { seq });
            }
            Effect::TakeFile { id, .. } => {
                let why = "Files are not taken in while a frame is printed.".to_string();
                self.take(Msg::FileTaken {
                    id,
                    result: Err(why),
                });
            }
            Effect::Export(..) => {
                let why = "Nothing is written while a frame is printed.".to_string();
                self.take(Msg::Exported(Err(why)));
            }
            Effect::Quit => {
                self.ended.get_or_insert(0);
            }
            Effect::KeepProposals(_)
            | Effect::KeepPlace(_)
            | Effect::KeepDraft(_)
            | Effect::DropDraft
            | Effect::SaveElsewhere { .. }
            | Effect::ForgetUnsaved
            | Effect::Editor(_)
            | Effect::Suspend
            | Effect::OpenLink(_)
            | Effect::RenameSession { .. }
            | Effect::DiscardSession(_)
            | Effect::Copy(_) => {}
            other => self.effect_anywhere(other),
        }
    }

    pub(super) fn effect_anywhere(&mut self, effect: Effect) {
        match effect {
            Effect::Open(what) => self.open(what),
            Effect::CancelOpening => {
                self.watch.stop();
                // What the command line asked for is given up: from now on nothing that fails ends the program.
                self.launch.begin = Begin::Pick;
            }
            Effect::LookAtFile { id, paths } => self.look_at(id, &paths),
            Effect::CompletePath { id, path } => {
                self.jobs.started();
                self.copies.complete(id, at_home(path.as_ref()));
            }
            Effect::GiveUpFile(id) => self.give_up(id),
            Effect::ListSessions => {
                self.watch_list();
                self.jobs.list(self.opening.shelf.clone());
            }
            Effect::ListSessionsAgain => self.jobs.list_again(self.opening.shelf.clone()),
            Effect::Propose {
                text,
                blocks,
                language,
                visible,
                again,
            } => {
                if let Some(version) = self.version() {
                    let proposer = self.state.config.proposer.clone();
                    self.jobs.propose(ProposalRequest {
                        proposer,
                        text,
                        version,
                        blocks,
                        language,
                        visible,
                        again,
                    });
                }
            }
            Effect::PreviewExport(snapshot, request) => {
                self.jobs.export(snapshot, request, self.state.now, false)
            }
            Effect::Export(snapshot, request) => {
                self.jobs.export(snapshot, request, self.state.now, true)
            }
            Effect::Import(snapshot, request) => {
                let stamp = Stamp {
                    at: self.state.now,
                    by: self.state.me.id.clone(),
                };
                self.jobs.import(snapshot, request, stamp);
            }
            Effect::StopExchange => self.jobs.stop_exchange(),
            Effect::StopElsewhere => self.saving.give_up(),
            Effect::Copy(text) => self.copy(&text),
            Effect::OpenLink(url) => self.open_link(url),
            Effect::RenameSession { name, to } => {
                self.jobs.rename(self.opening.shelf.clone(), name, to)
            }
            Effect::DiscardSession(name) => self.jobs.discard(self.opening.shelf.clone(), name),
            Effect::Mouse(on) => self.on_screen(|screen| screen.mouse(on)),
            Effect::Redraw => self.on_screen(TerminalScreen::forget),
            // What writes was dealt with before.
            Effect::Create { .. }
            | Effect::Append(_)
            | Effect::AppendInstead(_)
            | Effect::KeepProposals(_)
            | Effect::Checkpoint { .. }
            | Effect::KeepPlace(_)
            | Effect::KeepDraft(_)
            | Effect::DropDraft
            | Effect::RetrySave
            | Effect::SaveElsewhere { .. }
            | Effect::ForgetUnsaved
            | Effect::TakeFile { .. }
            | Effect::Editor(_)
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    /// Opens an address in whatever the machine opens them with, on a thread of its own.
    fn open_link(&mut self, url: String) {
        self.jobs.run("opening an address", move |_| {
            let result = outside::open_link(&url);
            Event::Done(Msg::LinkOpened { url, result })
        });
    }

    /// Does something with the terminal, where there is one; one that is gone is no fault.
    fn on_screen(&mut self, work: impl FnOnce(&mut TerminalScreen) -> std::io::Result<()>) {
        if let Some(screen) = &mut self.screen {
            let _ = work(screen);
        }
    }

    fn look_at(&mut self, id: u64, paths: &[String]) {
        // Whole paths are still the same ones when the session is opened in another folder.
        let whole = |p: PathBuf| std::path::absolute(&p).unwrap_or(p);
        let paths = paths.iter().map(|p| whole(at_home(p.as_ref()))).collect();
        self.jobs.started();
        self.copies.look(id, paths, self.opening.shelf.clone());
    }

    fn give_up(&mut self, id: u64) {
        if self.copies.give_up(id) {
            self.jobs.ended();
        }
    }

    /// The article version that is open.
    pub(super) fn version(&self) -> Option<VersionId> {
        let bench = self.state.bench.as_ref()?;
        bench.session().article.current
    }

    /// Opens something on a thread of its own; what was being opened before is given up.
    pub(super) fn open(&mut self, what: OpenWhat) {
        if self.state.bench.as_ref().is_some_and(|b| b.identified) {
            if self
                .state
                .bench
                .as_ref()
                .is_some_and(|b| b.saved.at.is_some())
            {
                self.effect(Effect::RetrySave);
            }
            for effect in saving::checkpoint(&mut self.state) {
                self.effect(effect);
            }
        }
        let mut opening = self.opening.clone();
        opening.now = self.state.now;
        let id = Uuid::now_v7().into();
        self.watch.stop();
        self.watch = opening::watch(self.events.clone());
        let watch = self.watch.clone();
        self.jobs.run("opening", move |_| {
            let event = opening.open(&what, id, &watch);
            Event::Opening(watch, Box::new(event))
        });
    }

    /// All that there is of the session on the screen, whose state is `session`.
    pub(super) fn everything(&self, session: Box<Session>) -> Option<Everything> {
        let bench = self.state.bench.as_ref()?;
        Some(Everything {
            session,
            steps: bench.history().steps().to_vec(),
            text: bench.check().text().clone(),
            proposals: Some(bench.check().proposals().clone()),
            checker: self.state.me.id.clone(),
            place: saving::place(&self.state),
            kept: self.kept.clone(),
        })
    }

    /// Gives the terminal to `work` and takes it back.
    pub(super) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> T {
        if let Some(input) = &mut self.input {
            input.pause();
        }
        terminal::restore();
        let result = work();
        let mouse = self.state.look.mouse;
        if let Some(screen) = &mut self.screen {
            let _ = screen.take_again(mouse);
        }
        if let Some(input) = &self.input {
            input.resume();
        }
        result
    }

    pub(super) fn edit(&mut self, text: &str) {
        let editor = self.state.config.editor.clone();
        let result = self.lend(|| outside::edit(text, editor.as_deref()));
        self.take(Msg::Resize(terminal::size()));
        self.take(Msg::Edited(result));
    }

    pub(super) fn suspend(&mut self) {
        self.lend(signals::stop);
        self.take(Msg::Resize(terminal::size()));
    }

    pub(super) fn copy(&mut self, text: &str) {
        let done = match outside::copy(text, &self.state.config.clipboard) {
            Ok(outside::Copied::By(program)) => Ok(format!("Copied ({program}).")),
            Ok(outside::Copied::Sequence(sequence)) => match &mut self.screen {
                Some(screen) => screen
                    .write(&sequence)
                    .map(|()| "Copied (through the terminal).".to_string())
                    .map_err(|e| e.to_string()),
                None => Ok("Copied.".to_string()),
            },
            Err(why) => Err(why),
        };
        match done {
            Ok(said) => self.state.say(Level::Info, said),
            Err(why) => self.state.say(Level::Error, why),
        }
    }
}
