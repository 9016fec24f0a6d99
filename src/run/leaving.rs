//! The end of the workbench: the terminal is given back, the last of the work is written, and what could not be written
//! is kept wherever there is room.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::elsewhere::Elsewhere;
use super::events::Event;
use super::keeper;
use super::main_loop::MainLoop;
use super::signals::Leaving;
use super::tell;
use crate::app::msg::Msg;
use crate::app::update::update;
use crate::core::display::clean;
use crate::store::paths;

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
            let said = self.last_resort(&name);
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
                Ok(Event::Msg(msg @ (Msg::Saved { .. } | Msg::SaveFailed(_)))) => {
                    // Whatever follows from it comes too late.
                    let _ = update(&mut self.state, msg);
                }
                Ok(Event::Kept(kept)) => self.kept = kept.map(Arc::new),
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
        bench.is_some_and(|b| b.saved.error.is_some() || b.saved.seq < b.history().seq())
    }

    /// The session's name, if the program ends with steps that are not on the disk.
    fn left_unsaved(&self) -> Option<String> {
        let bench = self.state.bench.as_ref()?;
        let changed = bench.saved.error.is_some() && !self.given_up();
        let unsaved = changed || bench.saved.seq < bench.history().seq();
        let ours = bench.on_disk && bench.read_only.is_none();
        (ours && unsaved).then(|| bench.session().name.clone())
    }

    /// Whether the checker was asked and leaves without what could not be saved.
    fn given_up(&self) -> bool {
        self.ended == Some(0)
    }

    /// Saves the session called `name` wherever there is room, since nobody can be asked any more where; says what became
    /// of it.
    fn last_resort(&self, name: &str) -> String {
        let lost = format!("the last steps of {name} could not be saved");
        let bench = self.state.bench.as_ref().filter(|_| !self.given_up());
        let all = bench.and_then(|b| self.everything(Box::new(b.session().clone())));
        let Some(all) = all else {
            return format!("{lost}.");
        };
        let all = Arc::new(all);
        let folders = paths::last_resorts();
        match folders.into_iter().find_map(|folder| rescued(&all, folder)) {
            Some(there) => format!(
                "{lost} in their place. The whole session is in {}; open it with: claimdesk --sessions {} resume {}",
                there.display(),
                parent_of(&there),
                there.file_name().unwrap_or_default().display()
            ),
            None => format!("{lost}, and no other folder could take them either."),
        }
    }
}

/// Saves everything in `folder`, and says where; none where that cannot be, or does not answer either.
fn rescued(all: &Arc<Elsewhere>, folder: PathBuf) -> Option<PathBuf> {
    let (answer, there) = channel();
    let all = all.clone();
    std::thread::Builder::new()
        .name("rescue".into())
        .spawn(move || answer.send(all.save(&folder, Arc::new(|_, _| true)).ok()))
        .ok()?;
    there.recv_timeout(RESCUE).ok().flatten()
}

/// The folder that holds `path`, as a shell takes it.
fn parent_of(path: &Path) -> String {
    let folder = path.parent().unwrap_or(path).to_string_lossy();
    match folder.contains(|c: char| !c.is_ascii_alphanumeric() && !"/._-+".contains(c)) {
        true => format!("'{}'", folder.replace('\'', "'\\''")),
        false => folder.into_owned(),
    }
}
