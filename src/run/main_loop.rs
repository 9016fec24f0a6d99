//! The main loop: messages in, effects out, one frame for all that waited.

use std::collections::VecDeque;
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGTSTP, SIGWINCH};
use uuid::Uuid;

use super::events::Event;
use super::input::Input;
use super::jobs::{Jobs, Propose};
use super::keeper::{Elsewhere, Keep, Keeper};
use super::opening::{self, Opening};
use super::terminal::{self, Screen};
use super::{Begin, Launch, now, outside, signals};
use crate::app::key::Key;
use crate::app::layout::Size;
use crate::app::msg::{Effect, Msg, OpenWhat};
use crate::app::notices::Level;
use crate::app::saving;
use crate::app::state::{Screen as Which, State, ThemeName};
use crate::app::update::update;
use crate::core::display::clean;
use crate::core::model::Stamp;
use crate::store::Library;

/// How long it has to be quiet before the checkpoint is written.
const QUIET: Duration = Duration::from_secs(2);
/// At most so many events are taken before a frame is drawn, so that the screen moves under a flood.
const BURST: usize = 4096;

struct Desk {
    launch: Launch,
    state: State,
    events: Sender<Event>,
    inbox: Receiver<Event>,
    jobs: Jobs,
    keeper: Keeper,
    screen: Option<Screen>,
    input: Option<Input>,
    opening: Opening,
    /// Keys of `--keys` that are still to be pressed.
    keys: VecDeque<Key>,
    /// When the checkpoint is due.
    quiet_at: Option<Instant>,
    /// The folder of the session on the screen, for `--print` and the sample.
    folder: Option<PathBuf>,
    ended: Option<u8>,
    /// Why what the command line asked for could not be opened.
    failed: Option<String>,
}

/// Runs the workbench to its end.
pub fn run(launch: Launch) -> anyhow::Result<u8> {
    let stdin = read_stdin(&launch.begin)?;
    let (events, inbox) = channel();
    let library = Library::new(&launch.paths);
    let time = now(launch.at);
    let mut state = State::new(
        time,
        &launch.me,
        launch.config.clone(),
        Box::new(Uuid::now_v7),
    );
    state.look.color = launch.color;
    state.sessions_dir = launch.paths.sessions.display().to_string();
    state.formats = formats(|_| true);
    state.readable = formats(|f| f.read.is_some());
    for problem in &launch.config_problems {
        state.say(Level::Warning, problem.clone());
    }
    let opening = Opening {
        library: library.clone(),
        me: launch.me.clone(),
        now: time,
        in_memory: launch.print.is_some(),
        stdin,
    };
    let mut desk = Desk {
        keys: launch.keys.iter().copied().collect(),
        jobs: Jobs::new(events.clone()),
        keeper: Keeper::start(library, events.clone())?,
        state,
        events,
        inbox,
        screen: None,
        input: None,
        opening,
        quiet_at: None,
        folder: None,
        ended: None,
        failed: None,
        launch,
    };
    match desk.launch.print {
        Some(size) => desk.print(size),
        None => desk.interact(),
    }
}

/// The article on standard input is read before the terminal is taken, since it can be read only once.
fn read_stdin(begin: &Begin) -> anyhow::Result<Option<Arc<Vec<u8>>>> {
    if !matches!(begin, Begin::Article(a) if a == "-") {
        return Ok(None);
    }
    if std::io::stdin().is_terminal() {
        eprintln!("claimdesk: reading the article from the terminal; Ctrl-d ends it");
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|e| anyhow::anyhow!("Standard input could not be read: {e}."))?;
    Ok(Some(Arc::new(bytes)))
}

fn formats(
    which: impl Fn(&crate::exchange::Format) -> bool,
) -> Vec<crate::app::export::FormatInfo> {
    crate::exchange::FORMATS
        .iter()
        .filter(|f| which(f))
        .map(|f| crate::app::export::FormatInfo {
            name: f.name.into(),
            title: f.title.into(),
            about: f.about.into(),
            extension: f.extension.into(),
            folder: f.layout == crate::exchange::Layout::Folder,
        })
        .collect()
}

impl Desk {
    fn interact(&mut self) -> anyhow::Result<u8> {
        terminal::install_panic_hook();
        self.state.size = terminal::size();
        self.begin();
        let mut screen = Screen::take(self.state.look.mouse)?;
        screen.draw(&self.state)?;
        self.screen = Some(screen);
        signals::start(self.events.clone())?;
        self.ask_background();
        self.input = Some(Input::start(self.events.clone())?);
        while self.ended.is_none() {
            self.turn()?;
        }
        self.keeper.finish();
        drop(self.screen.take());
        if let Some(why) = &self.failed {
            eprintln!("claimdesk: {}", clean(why));
            return Ok(3);
        }
        if let Some(name) = self.left_unsaved() {
            eprintln!("claimdesk: the last steps of {name} could not be saved.");
            return Ok(4);
        }
        Ok(self.ended.unwrap_or(0))
    }

    /// Starts what the command line asks for; the first part of an article is on the screen before anything else.
    fn begin(&mut self) {
        match self.launch.begin.clone() {
            Begin::Article(what) => {
                if let Some(msg) =
                    opening::preview(&what, self.opening.stdin.as_deref().map(Vec::as_slice))
                {
                    self.take(msg);
                }
                self.state.busy = Some(format!("reading {what}"));
                self.open(OpenWhat::Article(what), false);
            }
            Begin::Resume(Some(name)) => {
                self.state.busy = Some(format!("opening {name}"));
                self.open(OpenWhat::Session(name), false);
                self.wait_a_little();
            }
            Begin::Resume(None) => match self.opening.library.latest() {
                Some(name) => {
                    self.state.busy = Some(format!("opening {name}"));
                    self.open(OpenWhat::Session(name), false);
                    self.wait_a_little();
                }
                None => self.state.screen = Which::Start,
            },
            Begin::Pick => {
                self.state.screen = Which::Sessions;
                self.jobs.list(self.opening.library.clone());
                self.wait_a_little();
            }
        }
    }

    /// Gives a quick job the time to end before the first frame, which then needs no second one.
    fn wait_a_little(&mut self) {
        let until = Instant::now() + Duration::from_millis(30);
        while !self.jobs.idle() {
            match self
                .inbox
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(event) => self.event(event),
                Err(_) => return,
            }
        }
    }

    /// Asks the terminal for its background, where the theme depends on it and nobody is typing yet.
    fn ask_background(&mut self) {
        let look = self.state.look;
        if look.theme == ThemeName::Auto
            && look.color
            && std::io::stdin().is_terminal()
            && !crossterm::event::poll(Duration::ZERO).unwrap_or(true)
            && let Some(dark) = outside::background_is_dark()
        {
            self.take(Msg::Background { dark });
            self.draw();
        }
    }

    /// Sleeps until something happens, takes all that waits, and draws once.
    fn turn(&mut self) -> anyhow::Result<()> {
        if let Some(event) = self.wait() {
            self.event(event);
        }
        for _ in 0..BURST {
            match self.inbox.try_recv() {
                Ok(event) => self.event(event),
                Err(_) => break,
            }
            if self.ended.is_some() {
                break;
            }
        }
        self.press_next();
        if self.ended.is_none() {
            self.draw();
        }
        Ok(())
    }

    fn wait(&mut self) -> Option<Event> {
        if !self.keys.is_empty() && self.jobs.idle() {
            return None;
        }
        let Some(at) = self.quiet_at else {
            return self.inbox.recv().ok();
        };
        match self
            .inbox
            .recv_timeout(at.saturating_duration_since(Instant::now()))
        {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => {
                self.quiet_at = None;
                Some(Event::Msg(Msg::Quiet))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Presses the next key of `--keys`, once nothing is under way.
    fn press_next(&mut self) {
        if self.jobs.idle()
            && let Some(key) = self.keys.pop_front()
        {
            self.take(Msg::Key(key));
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Msg(msg) => self.take(msg),
            Event::Done(msg) => {
                self.jobs.ended();
                self.last_words(&msg);
                self.take(msg);
            }
            Event::Opened(msg, writer, folder, earlier) => {
                self.jobs.ended();
                self.keeper.send(Keep::Take(writer));
                self.folder = folder;
                self.take(*msg);
                if let Some(earlier) = earlier {
                    self.jobs.run("reading the history", move |_| {
                        Event::Done(Msg::Earlier(earlier.load().map_err(|e| e.to_string())))
                    });
                }
            }
            Event::Signal(SIGWINCH) => self.take(Msg::Resize(terminal::size())),
            Event::Signal(SIGTSTP) => self.effect(Effect::Suspend),
            Event::Signal(signal) => {
                self.take(Msg::Terminate);
                self.ended = Some(u8::try_from(128 + signal).unwrap_or(1));
            }
        }
    }

    /// What the command line asked for cannot be opened: there is nothing to stay for.
    fn last_words(&mut self, msg: &Msg) {
        let asked = !matches!(self.launch.begin, Begin::Pick);
        let nothing_open = self.state.bench.as_ref().is_none_or(|b| !b.identified);
        if let Msg::OpenFailed(why) = msg
            && asked
            && nothing_open
            && self.failed.is_none()
        {
            self.failed = Some(why.clone());
            self.ended = Some(3);
        }
    }

    fn take(&mut self, msg: Msg) {
        self.state.now = now(self.launch.at);
        for effect in update(&mut self.state, msg) {
            self.effect(effect);
        }
    }

    fn draw(&mut self) {
        if let Some(screen) = &mut self.screen
            && screen.draw(&self.state).is_err()
        {
            // The terminal is gone: save and leave.
            self.ended.get_or_insert(1);
            for effect in update(&mut self.state, Msg::Terminate) {
                self.effect(effect);
            }
        }
    }

    fn effect(&mut self, effect: Effect) {
        if self.launch.print.is_some() {
            return self.effect_in_memory(effect);
        }
        match effect {
            Effect::Create {
                session,
                step,
                text,
                proposals,
            } => {
                self.quiet_at = Some(Instant::now() + QUIET);
                let checker = self.state.me.clone();
                self.keeper.send(Keep::Create {
                    session,
                    step,
                    text,
                    proposals,
                    checker,
                });
            }
            Effect::Append(step) => {
                self.quiet_at = Some(Instant::now() + QUIET);
                self.keeper.send(Keep::Append(step));
            }
            Effect::KeepProposals(proposals) => {
                if let Some(hash) = self.text_hash() {
                    self.keeper.send(Keep::Proposals(proposals, hash));
                }
            }
            Effect::Checkpoint { session, seq } => {
                self.keeper.send(Keep::Checkpoint(session, seq));
            }
            Effect::KeepPlace(place) => {
                self.keeper.send(Keep::Place(place));
            }
            Effect::KeepDraft(draft) => {
                self.keeper.send(Keep::Draft(Some(draft)));
            }
            Effect::DropDraft => {
                self.keeper.send(Keep::Draft(None));
            }
            Effect::RetrySave => {
                self.quiet_at = Some(Instant::now() + QUIET);
                self.keeper.send(Keep::Retry);
            }
            Effect::SaveElsewhere { folder, session } => self.save_elsewhere(folder, session),
            Effect::TakeFile(path) => {
                self.jobs.started();
                self.keeper.send(Keep::File(path));
            }
            Effect::Editor(text) => self.edit(&text),
            Effect::Suspend => self.suspend(),
            Effect::Quit => {
                self.ended.get_or_insert(0);
            }
            other => self.effect_anywhere(other),
        }
    }

    /// With `--print` nothing is written: a step counts as saved at once, so that the frame looks as it would.
    fn effect_in_memory(&mut self, effect: Effect) {
        match effect {
            Effect::Create { step, .. } | Effect::Append(step) => {
                self.take(Msg::Saved { seq: step.seq })
            }
            Effect::Checkpoint { .. } => self.take(Msg::CheckpointWritten),
            Effect::TakeFile(path) => {
                let why = "Files are not taken in while a frame is printed.".to_string();
                self.take(Msg::FileTaken {
                    path,
                    result: Err(why),
                });
            }
            Effect::Quit => {
                self.ended.get_or_insert(0);
            }
            Effect::KeepProposals(_)
            | Effect::KeepPlace(_)
            | Effect::KeepDraft(_)
            | Effect::DropDraft
            | Effect::RetrySave
            | Effect::SaveElsewhere { .. }
            | Effect::Editor(_)
            | Effect::Suspend
            | Effect::Export(..)
            | Effect::OpenLink(_)
            | Effect::Copy(_) => {}
            other => self.effect_anywhere(other),
        }
    }

    fn effect_anywhere(&mut self, effect: Effect) {
        match effect {
            Effect::Open(what) => self.open(what, false),
            Effect::OpenAnyway(what) => self.open(OpenWhat::Article(what), true),
            Effect::ListSessions => self.jobs.list(self.opening.library.clone()),
            Effect::Propose {
                text,
                blocks,
                language,
                visible,
                again,
            } => {
                if let Some(text_sha256) = self.text_hash() {
                    let proposer = self.state.config.proposer.clone();
                    self.jobs.propose(Propose {
                        proposer,
                        text,
                        text_sha256,
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
            Effect::Copy(text) => self.copy(&text),
            Effect::OpenLink(url) => match outside::open_link(&url) {
                Ok(()) => self.state.say(Level::Info, format!("Opened {url}")),
                Err(why) => self.state.say(Level::Error, why),
            },
            Effect::Mouse(on) => {
                if let Some(screen) = &mut self.screen {
                    let _ = screen.mouse(on);
                }
            }
            Effect::Redraw => {
                if let Some(screen) = &mut self.screen {
                    let _ = screen.forget();
                }
            }
            // What writes was dealt with before.
            Effect::Create { .. }
            | Effect::Append(_)
            | Effect::KeepProposals(_)
            | Effect::Checkpoint { .. }
            | Effect::KeepPlace(_)
            | Effect::KeepDraft(_)
            | Effect::DropDraft
            | Effect::RetrySave
            | Effect::SaveElsewhere { .. }
            | Effect::TakeFile(_)
            | Effect::Editor(_)
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    fn text_hash(&self) -> Option<String> {
        let bench = self.state.bench.as_ref()?;
        bench
            .session()
            .article
            .versions
            .last()
            .map(|v| v.text_sha256.clone())
    }

    fn open(&mut self, what: OpenWhat, anyway: bool) {
        if self.state.bench.as_ref().is_some_and(|b| b.identified) {
            for effect in saving::checkpoint(&mut self.state) {
                self.effect(effect);
            }
        }
        let mut opening = self.opening.clone();
        opening.now = self.state.now;
        let id = Uuid::now_v7().into();
        self.jobs.run("opening", move |_| match what {
            OpenWhat::Session(name) => opening.session(&name),
            OpenWhat::Article(what) => opening.article(&what, anyway, id),
            OpenWhat::Sample => opening.sample(id),
        });
    }

    fn save_elsewhere(&mut self, folder: PathBuf, session: Box<crate::core::model::Session>) {
        let place = saving::place(&self.state);
        let Some(bench) = &self.state.bench else {
            return;
        };
        if !bench.history.is_whole() {
            let why = "The earlier steps are still being read; try again in a moment.";
            return self.state.say(Level::Warning, why);
        }
        let all = Elsewhere {
            session,
            steps: bench.history.steps().to_vec(),
            text: bench.check.text.clone(),
            proposals: bench.check.proposals.clone(),
            place,
        };
        self.keeper.send(Keep::Elsewhere(folder, Box::new(all)));
    }

    /// Gives the terminal to `work` and takes it back.
    fn lend<T>(&mut self, work: impl FnOnce() -> T) -> T {
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

    fn edit(&mut self, text: &str) {
        let editor = self.state.config.editor.clone();
        let result = self.lend(|| outside::edit(text, editor.as_deref()));
        self.take(Msg::Resize(terminal::size()));
        self.take(Msg::Edited(result));
    }

    fn suspend(&mut self) {
        self.lend(signals::stop);
        self.take(Msg::Resize(terminal::size()));
    }

    fn copy(&mut self, text: &str) {
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

    /// The session's name, if the program ends with steps that are not on the disk.
    fn left_unsaved(&mut self) -> Option<String> {
        while let Ok(event) = self.inbox.try_recv() {
            if let Event::Msg(msg @ (Msg::Saved { .. } | Msg::SaveFailed(_))) = event {
                update(&mut self.state, msg);
            }
        }
        let bench = self.state.bench.as_ref()?;
        let unsaved =
            bench.on_disk && bench.read_only.is_none() && bench.saved.seq < bench.history.seq();
        unsaved.then(|| bench.session().name.clone())
    }

    /// Presses the keys, waits until nothing is under way, prints the frame.
    fn print(&mut self, size: Size) -> anyhow::Result<u8> {
        self.take(Msg::Resize(size));
        self.begin();
        loop {
            while let Ok(event) = self.inbox.try_recv() {
                self.event(event);
            }
            if !self.jobs.idle() {
                match self.inbox.recv() {
                    Ok(event) => self.event(event),
                    Err(_) => break,
                }
                continue;
            }
            if self.keys.is_empty() || self.ended.is_some() {
                break;
            }
            self.press_next();
        }
        if let Some(why) = &self.failed {
            self.keeper.finish();
            eprintln!("claimdesk: {}", clean(why));
            return Ok(3);
        }
        let area = ratatui::layout::Rect::new(0, 0, size.width, size.height);
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::view::draw(&self.state, area, &mut buffer);
        let mut out = std::io::stdout().lock();
        for line in lines(&buffer) {
            writeln!(out, "{line}")?;
        }
        self.keeper.finish();
        Ok(0)
    }
}

/// The rows of a drawn frame as text, without the spaces at their ends.
fn lines(buffer: &ratatui::buffer::Buffer) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer.cell((x, y)).map_or(" ", |c| c.symbol());
                line.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_frame_keeps_wide_characters_whole() {
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "日本 x", ratatui::style::Style::default());
        assert_eq!(lines(&buffer), vec!["日本 x".to_string(), String::new()]);
    }

    #[test]
    fn times_are_whole_milliseconds() {
        let t = now(None);
        assert_eq!(t.subsec_nanosecond() % 1_000_000, 0);
    }
}
