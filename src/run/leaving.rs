//! The end of the workbench: the terminal is given back, the last of the work is written, and what could not be written
//! is kept wherever there is room.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::events::Event;
use super::keeper;
use super::main_loop::MainLoop;
use super::signals::Leaving;
use crate::app::dispatch::update::update;
use crate::app::msg::Msg;
use crate::core::display::clean;
use crate::store::{Everything, paths, save_elsewhere};
use crate::work::tell;

/// How long the end of the program waits for a keeper that has not answered for long, and that the checker has given up.
const LATE: Duration = Duration::from_millis(300);
/// How long it waits for a checkpoint, without which nothing is lost.
const CHECKPOINT: Duration = Duration::from_secs(30);
/// How long a folder may take to hold a rescue copy, until the next one is tried.
const RESCUE: Duration = Duration::from_secs(8);
/// How long the last of the work may take to be written before a word is said.
const SLOW: Duration = Duration::from_secs(1);

impl MainLoop {
    /// Leaves: gives the terminal back, waits for the last of the work, says what is to be said, and returns the exit code.
    pub(super) fn leave(&mut self, leaving: &Leaving) -> anyhow::Result<u8> {
        self.leave_for(leaving, paths::last_resorts)
    }

    /// Leaves; what cannot be saved in its place is saved in the first of `folders` that takes it.
    fn leave_for(
        &mut self,
        leaving: &Leaving,
        folders: impl FnOnce() -> Vec<PathBuf>,
    ) -> anyhow::Result<u8> {
        leaving.begin();
        // What is typed from now on is for the shell, which has the terminal while the last of the work is written.
        if let Some(input) = &mut self.input {
            input.pause();
        }
        self.copies.leave();
        self.saving.leave();
        drop(self.screen.take());
        self.close();
        if let Some((why, code)) = &self.failed {
            tell(format_args!("claimdesk: {}", clean(why)));
            return Ok(*code);
        }
        for taking in &self.state.taking {
            let path = clean(&taking.path);
            tell(format_args!(
                "claimdesk: the copy of {path} was given up; resuming the session offers it again."
            ));
        }
        if let Some(name) = self.left_unsaved() {
            let said = self.last_resort(&name, folders());
            tell(format_args!("claimdesk: {}", clean(&said)));
            return Ok(4);
        }
        Ok(self.ended.unwrap_or(0))
    }

    /// Waits for the keeper to write what it was given, as long as that is worth it: one that does not answer is let go, and
    /// a second signal lets it go at once.
    fn close(&mut self) {
        let late = self.state.bench.as_ref().is_some_and(|b| b.saved.late);
        let signalled = self.ended.is_some_and(|code| code > 128);
        let patience = match (signalled, self.is_unsaved()) {
            // The disk may still answer.
            (true, _) => keeper::PATIENCE,
            (false, true) if late => LATE,
            (false, true) => keeper::PATIENCE,
            (false, false) => CHECKPOINT,
        };
        let until = Instant::now() + patience;
        let mut slow_at = Some(Instant::now() + SLOW);
        self.keeper.stop();
        loop {
            let next = slow_at.map_or(until, |at| at.min(until));
            match self
                .inbox
                .recv_timeout(next.saturating_duration_since(Instant::now()))
            {
                Ok(Event::Msg(
                    msg @ (Msg::Saved { .. } | Msg::KeptHere(_) | Msg::SaveFailed(_)),
                )) => {
                    // Whatever follows from it comes too late.
                    let _ = update(&mut self.state, msg);
                }
                Ok(Event::Kept(kept)) => self.kept = kept,
                // A closed window is told several times over, by the system and by the terminal; only a later signal
                // says that nobody wants to wait.
                Ok(Event::KeeperEnded | Event::EndNow(_)) => break,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) if Instant::now() < until => {
                    slow_at = None;
                    tell("claimdesk: still writing the last of the work; Ctrl-c gives it up");
                }
                Err(_) => break,
            }
        }
        self.keeper.let_go();
    }

    /// Whether the session on the screen has steps that are not on the disk, or not any more.
    pub(super) fn is_unsaved(&self) -> bool {
        let bench = self.state.bench.as_ref();
        bench.is_some_and(|b| b.saved.error.is_some() || !b.is_safe())
    }

    /// The session's name, if the program ends with steps that are not on the disk.
    fn left_unsaved(&self) -> Option<String> {
        let bench = self.state.bench.as_ref()?;
        let changed = bench.saved.error.is_some() && !self.given_up();
        let unsaved = changed || !bench.is_safe();
        let ours = bench.on_disk && bench.read_only.is_none();
        (ours && unsaved).then(|| bench.session().name.clone())
    }

    /// Whether the checker was asked and leaves without what could not be saved.
    fn given_up(&self) -> bool {
        self.ended == Some(0)
    }

    /// Saves the session called `name` in the first of `folders` that takes it, since nobody can be asked any more where;
    /// says what became of it.
    fn last_resort(&self, name: &str, folders: Vec<PathBuf>) -> String {
        let lost = format!("the last steps of {name} could not be saved");
        let bench = self.state.bench.as_ref().filter(|_| !self.given_up());
        let all = bench.and_then(|b| self.everything(Box::new(b.session().clone())));
        let Some(all) = all else {
            return format!("{lost}.");
        };
        let all = Arc::new(all);
        let mut why = String::new();
        let there = folders.into_iter().find_map(|folder| {
            let there = rescued(&all, folder);
            there.map_err(|e| why = e).ok()
        });
        match there {
            Some(there) => format!(
                "{lost} in their place. The whole session is in {}; open it with: claimdesk --sessions {} resume {}",
                there.display(),
                parent_of(&there),
                there.file_name().unwrap_or_default().display()
            ),
            None => format!("{lost}, and no other folder could take them either: {why}"),
        }
    }
}

/// Saves everything in `folder`, and says where; or why that cannot be, one sentence.
fn rescued(all: &Arc<Everything>, folder: PathBuf) -> Result<PathBuf, String> {
    let silent = format!("{} does not answer.", folder.display());
    let (answer, there) = channel();
    let all = all.clone();
    std::thread::Builder::new()
        .name("rescue".into())
        .spawn(move || answer.send(save_elsewhere(&folder, &all, Arc::new(|_, _| true))))
        .map_err(|e| format!("No thread could be started ({e})."))?;
    match there.recv_timeout(RESCUE) {
        Ok(there) => there.map_err(|e| e.to_string()),
        Err(_) => Err(silent),
    }
}

/// The folder that holds `path`, as a shell takes it.
fn parent_of(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path).to_string_lossy();
    match folder.contains(|c: char| !c.is_ascii_alphanumeric() && !"/._-+".contains(c)) {
        true => format!("'{}'", folder.replace('\'', "'\\''")),
        false => folder.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use signal_hook::consts::SIGTERM;

    use super::*;
    use crate::core::model::{ArticleField, Time};
    use crate::run::testing::{Gate, Stopped, at_work, made, until};
    use crate::store::{Library, Mode};

    /// The workbench with a session open whose disk has stopped to answer, and a step on its way there.
    fn stuck(dir: &Path) -> (MainLoop, Arc<Gate>) {
        let sessions = dir.join("sessions");
        let mut library = Library::at(&sessions);
        let disk = Gate::open();
        library.disk = disk.clone();
        drop(made(&library));
        let mut main_loop = at_work(Arc::new(library), "kell");
        until(&mut main_loop, |m| m.kept.is_some());
        disk.stop(Stopped::Writing);
        let mut writing = main_loop.state.writing().unwrap();
        let changed = writing.step(|tx, _, _| {
            tx.set_article(ArticleField::Title("Kell 2".into()));
            None
        });
        assert!(changed.is_changed());
        for effect in changed.shown(&mut writing) {
            main_loop.effect(effect);
        }
        disk.until_it_is_waited_for();
        (main_loop, disk)
    }

    #[test]
    fn a_disk_that_hangs_does_not_hold_up_the_end_and_the_work_is_saved_elsewhere() {
        for again in [true, false] {
            let dir = tempfile::tempdir().unwrap();
            let (mut main_loop, disk) = stuck(dir.path());
            main_loop.event(Event::Signal(SIGTERM));
            if again {
                // Whoever sends a second signal waits for nothing.
                main_loop.events.send(Event::EndNow(SIGTERM)).unwrap();
            }
            // One that cannot be made, and one that can.
            std::fs::write(dir.path().join("file"), "").unwrap();
            let folders = vec![dir.path().join("file/there"), dir.path().join("there")];
            let begun = Instant::now();
            let code = main_loop.leave_for(&Leaving::default(), || folders);
            assert_eq!(code.unwrap(), 4);
            assert!(!again || begun.elapsed() < keeper::PATIENCE);
            let there = Library::at(&dir.path().join("there"));
            let opened = there.open("kell", Mode::Write, "Ana", Time::UNIX_EPOCH);
            let opened = opened.unwrap().hear(|_, damage| assert!(damage.is_empty()));
            assert_eq!(opened.session.article.title, "Kell 2");
            assert!(opened.writer.is_some());
            disk.stop(Stopped::Nothing);
        }
    }
}
