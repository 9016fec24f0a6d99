//! The main loop: messages in, effects out, one frame for all that waited.

use std::collections::VecDeque;
use std::io::{IsTerminal, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGTSTP, SIGWINCH};
use uuid::Uuid;

use super::copies::Copies;
use super::elsewhere::Saving;
use super::events::{Event, Open};
use super::input::{self, Input};
use super::jobs::Jobs;
use super::keeper::{Keep, Keeper};
use super::opening::{self, Opening};
use super::terminal::{self, TerminalScreen};
use super::unsaved::Unsaved;
use super::{Begin, Launch, signals, zone};
use crate::app::dispatch::update::update;
use crate::app::input::key::Key;
use crate::app::msg::{Asked, Chapters, Effect, Msg, OpenWhat};
use crate::app::screen::look::ThemeName;
use crate::app::screen::notices::Level;
use crate::app::state::under_way::ReadingArticle;
use crate::app::state::{Screen, State};
use crate::core::handover::FormatInfo;
use crate::exchange::{FORMATS, Format};
use crate::reader::input::ReadWatch;
use crate::store::{Kept, Remote, Shelf};
use crate::work::{now, tell};

/// How long it has to be quiet before the checkpoint is written.
pub(super) const QUIET: Duration = Duration::from_secs(2);
/// At most so many events are taken before a frame is drawn, so that the screen moves under a flood.
const BURST: usize = 4096;

/// The program while it runs: what it knows and whom it gives work to.
pub(super) struct MainLoop {
    pub(super) launch: Launch,
    pub(super) state: State,
    pub(super) events: Sender<Event>,
    pub(super) inbox: Receiver<Event>,
    pub(super) jobs: Jobs,
    pub(super) keeper: Keeper,
    pub(super) copies: Copies,
    pub(super) saving: Saving,
    pub(super) unsaved: Unsaved,
    pub(super) screen: Option<TerminalScreen>,
    pub(super) input: Option<Input>,
    pub(super) opening: Opening,
    /// Stops what is being opened.
    pub(super) watch: ReadWatch,
    /// Keys of `--keys` that are still to be pressed.
    pub(super) keys: VecDeque<Key>,
    /// When the checkpoint is due.
    pub(super) quiet_at: Option<Instant>,
    /// What is kept of the session on the screen.
    pub(super) kept: Option<Arc<dyn Kept>>,
    /// Whether the shelf says when its list has changed, or was asked to.
    pub(super) list_watched: bool,
    /// How many sessions were opened; what others do to an earlier one is not listened to any more.
    pub(super) opened: u64,
    pub(super) ended: Option<u8>,
    /// Why what the command line asked for could not be opened, and the exit code that says so.
    pub(super) failed: Option<(String, u8)>,
}

/// Runs the workbench to its end.
pub fn run(launch: Launch) -> anyhow::Result<u8> {
    let stdin = read_stdin(&launch.begin)?;
    let shelf = launch.shelf.clone();
    let mut main_loop = MainLoop::new(launch, shelf, stdin)?;
    let code = match main_loop.launch.print {
        Some(size) => main_loop.print(size),
        None => main_loop.interact(),
    }?;
    // To take a large session apart takes longer than all else at the end; the system does so at once.
    std::mem::forget(main_loop.state);
    Ok(code)
}

/// The article on standard input is read before the terminal is taken, since it can be read only once.
fn read_stdin(begin: &Begin) -> anyhow::Result<Option<Arc<Vec<u8>>>> {
    if !matches!(begin, Begin::Article(a) if a == "-") {
        return Ok(None);
    }
    if std::io::stdin().is_terminal() {
        tell("claimdesk: reading the article from the terminal; Ctrl-d ends it");
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|e| anyhow::anyhow!("Standard input could not be read: {e}."))?;
    Ok(Some(Arc::new(bytes)))
}

/// What dialogs need to know of the formats.
fn formats(which: impl Fn(&Format) -> bool) -> Vec<FormatInfo> {
    FORMATS
        .iter()
        .filter(|f| which(f))
        .map(|f| f.info)
        .collect()
}

impl MainLoop {
    /// The program before it has done anything; `stdin` is what came on standard input, where the article is read there.
    pub(super) fn new(
        launch: Launch,
        shelf: Arc<dyn Shelf>,
        stdin: Option<Arc<Vec<u8>>>,
    ) -> std::io::Result<Self> {
        let (events, inbox) = channel();
        let time = now(launch.at);
        let mut state = State::new(
            time,
            &launch.me,
            launch.config.clone(),
            Box::new(Uuid::now_v7),
        );
        state.zone = zone(launch.at);
        state.look.color = launch.color;
        state.sessions_dir = shelf.spot().to_string();
        state.formats = formats(|_| true);
        state.readable = formats(|f| f.read.is_some());
        for problem in &launch.config_problems {
            state.say(Level::Warning, problem.clone());
        }
        let opening = Opening {
            shelf: shelf.clone(),
            me: state.me.clone(),
            now: time,
            in_memory: launch.print.is_some(),
            stdin,
            reading: launch.reading.clone(),
        };
        Ok(Self {
            keys: launch.keys.iter().copied().collect(),
            jobs: Jobs::new(events.clone()),
            keeper: Keeper::start(shelf, events.clone())?,
            copies: Copies::new(events.clone()),
            saving: Saving::default(),
            unsaved: Unsaved::default(),
            state,
            events,
            inbox,
            screen: None,
            input: None,
            opening,
            watch: ReadWatch::default(),
            quiet_at: None,
            kept: None,
            list_watched: false,
            opened: 0,
            ended: None,
            failed: None,
            launch,
        })
    }

    fn interact(&mut self) -> anyhow::Result<u8> {
        terminal::install_panic_hook();
        let guardian = terminal::guardian();
        // Before anything is on the screen: whoever sees it may signal, and a size that changes from here on is told.
        let leaving = signals::start(self.events.clone())?;
        self.state.size = terminal::size();
        let first = self.begin();
        self.screen = Some(TerminalScreen::take(guardian, self.state.look.mouse)?);
        self.input = Some(Input::start(self.events.clone())?);
        self.ask_terminal();
        // As every other frame: on a screen that has changed meanwhile no key may be lost.
        self.draw();
        if let Some(what) = first {
            self.open(what);
        }
        while self.ended.is_none() {
            self.turn()?;
        }
        self.leave(&leaving)
    }

    /// Starts what the command line asks for. Of an article only the first part is laid out; what is returned is to be
    /// opened once that is on the screen, so that nothing competes with the first frame.
    pub(super) fn begin(&mut self) -> Option<OpenWhat> {
        match self.launch.begin.clone() {
            Begin::Article(what) => {
                if let Some(msg) = opening::preview(&what, self.opening.stdin.clone()) {
                    self.take(msg);
                }
                self.state.reading = Some(ReadingArticle::of(&what));
                let chapters = match &self.launch.reading.chapter {
                    Some(chapter) => Chapters::These(chapter.clone()),
                    None => Chapters::Ask,
                };
                return Some(OpenWhat::Article(Asked {
                    chapters,
                    ..Asked::of(what)
                }));
            }
            Begin::Resume(Some(name)) => {
                self.state.busy = Some(format!("opening {name}"));
                self.open(OpenWhat::Session(name));
                self.wait_a_little();
            }
            Begin::Resume(None) => match self.opening.shelf.latest() {
                Ok(Some(name)) => {
                    self.state.busy = Some(format!("opening {name}"));
                    self.open(OpenWhat::Session(name.to_string()));
                    self.wait_a_little();
                }
                Ok(None) => self.state.screen = Screen::Start,
                Err(e) => {
                    let msg = Msg::NoLibrary(e.to_string());
                    self.last_words(&msg);
                    self.take(msg);
                }
            },
            Begin::Pick => {
                self.state.screen = Screen::Sessions;
                self.effect(Effect::ListSessions);
                self.wait_a_little();
            }
        }
        None
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

    /// Asks the terminal how wide characters of ambiguous width are, where the configuration does not say, and for its
    /// background, where the theme depends on it. The answers are messages as any other.
    fn ask_terminal(&mut self) {
        let look = self.state.look;
        // Where the program is in ASCII the terminal may not read UTF-8.
        let width = self.state.config.ambiguous.is_none() && !look.ascii;
        let background = look.theme == ThemeName::Auto && look.color;
        let term = std::env::var("TERM").ok();
        if (width || background)
            && std::io::stdin().is_terminal()
            && input::can_be_asked(term.as_deref())
            && let (Some(screen), Some(input)) = (&mut self.screen, &self.input)
        {
            input.asked();
            // A terminal that is gone is noticed at the next frame.
            let asked = [(width, input::WIDTH), (background, input::BACKGROUND)];
            let asked = asked.iter().filter(|(wanted, _)| *wanted);
            let questions: Vec<&[u8]> = asked.map(|(_, question)| *question).collect();
            let _ = screen.write(&[&questions.concat(), input::ATTRIBUTES].concat());
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

    pub(super) fn wait(&mut self) -> Option<Event> {
        if !self.keys.is_empty() && self.jobs.idle() {
            return None;
        }
        let alarm = self.unsaved.alarm_at();
        let Some(at) = [self.quiet_at, alarm].into_iter().flatten().min() else {
            return self.inbox.recv().ok();
        };
        match self
            .inbox
            .recv_timeout(at.saturating_duration_since(Instant::now()))
        {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) if alarm == Some(at) => {
                self.unsaved.raise();
                Some(Event::Msg(Msg::SavingLate))
            }
            Err(RecvTimeoutError::Timeout) => {
                self.quiet_at = None;
                Some(Event::Msg(Msg::Quiet))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Presses the next key of `--keys`, once nothing is under way.
    pub(super) fn press_next(&mut self) {
        if self.jobs.idle()
            && let Some(key) = self.keys.pop_front()
        {
            self.take(Msg::Key(key));
        }
    }

    pub(super) fn event(&mut self, event: Event) {
        match event {
            Event::Msg(msg) => {
                if let Msg::Saved { seq } | Msg::KeptHere(seq) = msg {
                    self.unsaved.saved(seq);
                }
                self.take(msg);
            }
            Event::File(id, msg) => {
                if self.copies.ended(id) {
                    self.jobs.ended();
                    self.take(msg);
                }
            }
            Event::Made(name, blobs) => {
                self.copies.go_to(blobs);
                let name = name.to_string();
                self.take(Msg::Created { name });
            }
            // It ends before the program only by a fault of ours; what it is sent then is not saved, which is an alarm.
            Event::KeeperEnded => {}
            Event::Done(msg) => {
                self.jobs.ended();
                self.last_words(&msg);
                self.take(msg);
            }
            Event::Ended => self.jobs.ended(),
            Event::Kept(kept) => self.kept = kept,
            Event::Remote(session, remote) if session == self.opened => self.take(match remote {
                Remote::Steps(steps) => Msg::Arrived(steps),
                Remote::Link(link) => Msg::Link(link),
                Remote::Free => Msg::HolderGone,
            }),
            // It is of a session that was on the screen before.
            Event::Remote(..) => {}
            Event::Opened(..) if self.is_unsaved() => {
                self.jobs.ended();
                let why = "The last steps of this session are not saved, so it stays open.";
                self.take(Msg::OpenFailed(why.into()));
            }
            Event::Opened(open) => self.opened(*open),
            Event::Opening(watch, event) if watch.is_stopped() => {
                // A session that was opened meanwhile is let go with its lock; nothing was written.
                if !matches!(*event, Event::Msg(_)) {
                    self.jobs.ended();
                }
            }
            Event::Opening(_, event) => self.event(*event),
            Event::Signal(SIGWINCH) => self.take(Msg::Resize(terminal::size())),
            Event::Signal(SIGTSTP) => self.effect(Effect::Suspend),
            Event::Signal(signal) | Event::EndNow(signal) => {
                self.take(Msg::Terminate);
                self.ended = Some(u8::try_from(128 + signal).unwrap_or(1));
            }
        }
    }

    /// Takes a session that was opened: its pen goes to the keeper, and what others do to it is listened to.
    fn opened(&mut self, open: Open) {
        self.jobs.ended();
        self.opened += 1;
        self.copies.go_to(open.pen.as_ref().map(|pen| pen.blobs()));
        self.unsaved.forget();
        self.keeper.send(Keep::Take(open.pen));
        self.take(open.msg);
        if let Some(earlier) = open.earlier {
            self.jobs.run("reading the history", move |_| {
                Event::Done(Msg::Earlier(earlier.load().map_err(|e| e.to_string())))
            });
        }
        if let Some(remote) = open.remote
            && let Err(e) = listen(self.opened, remote, self.events.clone())
        {
            let said = format!("What others do is not shown ({e}); open the session again.");
            self.take(Msg::Notice(Level::Warning, said));
        }
    }

    /// Listens to what the shelf says of its list, from the first time that the list is shown.
    pub(super) fn watch_list(&mut self) {
        if std::mem::replace(&mut self.list_watched, true) {
            return;
        }
        // A shelf that cannot be reached is told of by the list itself.
        if let Ok(Some(told)) = self.opening.shelf.watch_list() {
            let events = self.events.clone();
            let listen = move || {
                while let Ok(()) = told.recv() {
                    // Of many changes at once one is told.
                    while let Ok(()) = told.try_recv() {}
                    if events.send(Event::Msg(Msg::ShelfChanged)).is_err() {
                        return;
                    }
                }
            };
            let thread = std::thread::Builder::new().name("the list".into());
            // Where no thread can be had the list is read again by its key.
            let _ = thread.spawn(listen);
        }
    }

    /// What the command line asked for cannot be opened: there is nothing to stay for.
    fn last_words(&mut self, msg: &Msg) {
        let asked = !matches!(self.launch.begin, Begin::Pick);
        let nothing_open = self.state.bench.as_ref().is_none_or(|b| !b.identified);
        let failed = match msg {
            Msg::OpenFailed(why) if asked => (why.clone(), 3),
            Msg::NoLibrary(why) => (why.clone(), 4),
            _ => return,
        };
        if nothing_open && self.failed.is_none() {
            self.ended = Some(failed.1);
            self.failed = Some(failed);
        }
    }

    pub(super) fn take(&mut self, msg: Msg) {
        self.state.now = now(self.launch.at);
        for effect in update(&mut self.state, msg) {
            self.effect(effect);
        }
    }

    fn draw(&mut self) {
        let Some(screen) = &mut self.screen else {
            return;
        };
        match screen.draw(&self.state) {
            Ok(size) if size == self.state.size => {}
            // The screen has changed and the signal is still on its way: no key may mean what is not shown.
            Ok(size) => {
                self.take(Msg::Resize(size));
                self.draw();
            }
            // The terminal is gone: save and leave, as where the system says so.
            Err(_) => self.event(Event::Signal(SIGHUP)),
        }
    }
}

/// Hands on what others do to the session with the number `session`, until the store or the main loop ends.
fn listen(session: u64, remote: Receiver<Remote>, events: Sender<Event>) -> std::io::Result<()> {
    let listen = move || {
        for what in remote {
            if events.send(Event::Remote(session, what)).is_err() {
                return;
            }
        }
    };
    let thread = std::thread::Builder::new().name("what others do".into());
    thread.spawn(listen).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_milliseconds() {
        let t = now(None);
        assert_eq!(t.subsec_nanosecond() % 1_000_000, 0);
    }
}
