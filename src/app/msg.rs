//! What comes in ([`Msg`]) and what is asked for ([`Effect`]): the only two ways between the state machine and the world.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::input::key::Key;
use super::input::mouse::Mouse;
use super::screen::areas::Size;
use super::screen::notices::Level;
use crate::core::chapter::Chapter;
use crate::core::damage::Damage;
use crate::core::desk::plan::StepPlan;
use crate::core::display::Ambiguous;
use crate::core::handover::loss::Loss;
use crate::core::handover::snapshot::Snapshot;
use crate::core::handover::{ExchangeWork, ExportOptions, OffsetUnit};
use crate::core::history::{History, Step};
use crate::core::ids::VersionId;
use crate::core::link::StoreLink;
use crate::core::model::{Article, EvidenceFile, Session};
use crate::core::place::{Draft, Place};
use crate::core::progress::Progress;
use crate::core::proposal::{Block, Proposals};
use crate::core::summary::Summary;
use crate::core::text::ArticleText;

/// A session ready to work on, as the state machine is told of it: kept on a shelf already, or of an article that there is
/// none of yet. What writes it and what reads its earlier steps are with whoever sends this.
#[derive(Clone, Debug)]
pub struct OpenedSession {
    /// The session; one that is new has no steps yet and no folder.
    pub session: Session,
    /// Its steps.
    pub history: History,
    /// The stored text of its current version.
    pub text: ArticleText,
    /// What was proposed for it, if that is known already.
    pub proposals: Option<Arc<Proposals>>,
    /// The layout, where proposals are not known yet; nothing where they are.
    pub blocks: Vec<Block>,
    /// Whether its folder exists.
    pub on_disk: bool,
    /// Where the checker left it.
    pub place: Option<Place>,
    /// What stood in an open form.
    pub draft: Option<Draft>,
    /// Why it cannot be changed, one sentence; none where it can.
    pub read_only: Option<String>,
    /// What it may lack of what was once kept.
    pub damage: Damage,
    /// Whether it is in doubt which language its article is in, so that it is read as English.
    pub language_in_doubt: bool,
    /// What is to be said of opening it, one sentence each.
    pub report: Vec<(Level, String)>,
}

/// Which chapters of a book are to be opened; means nothing for other articles.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Chapters {
    /// The checker is asked, where there are several.
    #[default]
    Ask,
    /// The whole book.
    All,
    /// These: numbers from 1 (`1,3-5`), or words of a title.
    These(String),
}

/// An article to open.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// A path, a URL or `-`.
    pub what: String,
    /// Which chapters, if it is a book.
    pub chapters: Chapters,
    /// A session of the same place with another text is no reason to ask.
    pub anyway: bool,
}

impl Asked {
    /// The article `what`, as it is.
    pub fn of(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }
}

/// What to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenWhat {
    /// A session by its name.
    Session(String),
    /// An article.
    Article(Asked),
    /// The sample article, on a copy.
    Sample,
}

/// An export to write or to preview.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExportRequest {
    /// The format's name.
    pub format: &'static str,
    /// Where to: a file, or a folder for formats of several files.
    pub target: PathBuf,
    /// Whether an existing file may be replaced.
    pub force: bool,
    /// What else is asked for.
    pub options: ExportOptions,
}

/// What an export would do or has done.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExportReport {
    /// Claims written.
    pub written: usize,
    /// What was skipped or flattened and why.
    pub losses: Vec<Loss>,
    /// Why it was refused, one line each; empty where it was not.
    pub refused: Vec<String>,
    /// The first file that is there already and would be replaced.
    pub taken: Option<PathBuf>,
    /// The files, for a finished export.
    pub files: Vec<PathBuf>,
}

/// A file of another tool to be read into the open session.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportRequest {
    /// The file.
    pub path: PathBuf,
    /// The format's name; none where it is to be found out.
    pub format: Option<&'static str>,
    /// The unit of the file's offsets; none where it is to be found out.
    pub offset_unit: Option<OffsetUnit>,
    /// Whether the file's values are taken where the session's differ; else the session's stay.
    pub theirs: bool,
}

/// What reading a file into the session comes to: a step that is still to be made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// The step.
    pub plan: StepPlan,
    /// What the format is called.
    pub format: &'static str,
    /// Claims read.
    pub claims: usize,
    /// How many of them the session does not hold yet.
    pub new: usize,
    /// What was moved, left out and noticed.
    pub losses: Vec<Loss>,
}

/// A file that may become evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// Where it is.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size.
    Resize(Size),
    /// The terminal's background is dark (or not).
    Background {
        /// Whether it is dark.
        dark: bool,
    },
    /// The terminal gives so many cells to characters of ambiguous width.
    Ambiguous(Ambiguous),
    /// The first part of an article, to be drawn before the rest is read.
    Preview {
        /// The first part of the text.
        text: ArticleText,
        /// Its layout.
        blocks: Vec<Block>,
        /// What is known of the article.
        article: Box<Article>,
        /// Whether that is all of the text already.
        whole: bool,
    },
    /// A session is open.
    Opened(Box<OpenedSession>),
    /// The steps that the session had when it was opened, where they came later than the session.
    Earlier(Result<History, String>),
    /// Opening failed; one sentence.
    OpenFailed(String),
    /// The folder of sessions is there and cannot be read.
    NoLibrary(String),
    /// The same path holds another text than the session that it was opened in before.
    OtherText {
        /// What was to be opened.
        asked: Asked,
        /// The session that holds the earlier text.
        session: String,
    },
    /// How far reading the article is.
    Reading(Progress),
    /// The article is a book of several chapters.
    Chapters {
        /// What was to be opened.
        asked: Asked,
        /// Its chapters, in order.
        chapters: Vec<Chapter>,
        /// The sessions that there are of it, by name.
        sessions: Vec<String>,
    },
    /// The reader's proposals for the session's text: those of the visible part first, then all.
    Proposed {
        /// The proposals.
        proposals: Arc<Proposals>,
        /// Whether they are for the whole text.
        whole: bool,
        /// The article version that they are for.
        version: VersionId,
        /// Whether they were asked for anew, and replace what the session had.
        again: bool,
    },
    /// The steps up to this number are on the disk.
    Saved {
        /// The step's number.
        seq: u64,
    },
    /// The steps up to this number are kept on this machine, but not in the shared store, which cannot be reached.
    KeptHere(u64),
    /// Others made these steps, in order. The store has kept them: they are shown, and never written from here.
    Arrived(Vec<Step>),
    /// The shared store can be reached again, or no longer.
    Link(StoreLink),
    /// A step could not be written; it stays in memory and is tried again.
    SaveFailed(String),
    /// A step has been waiting for the disk for longer than it may.
    SavingLate,
    /// No step has been made for a while: time for the checkpoint.
    Quiet,
    /// The checkpoint of the state after this step is written.
    CheckpointWritten {
        /// The step's number.
        seq: u64,
    },
    /// How far saving in another folder is.
    SavingElsewhere {
        /// The number of the work.
        id: u64,
        /// How far it is.
        progress: Progress,
    },
    /// The whole session was written to another folder, or why not.
    SavedElsewhere {
        /// The number of the work.
        id: u64,
        /// The number of the last step written.
        seq: u64,
        /// Where it is.
        result: Result<PathBuf, String>,
    },
    /// The session's folder exists now under this name.
    Created {
        /// The folder's name.
        name: String,
    },
    /// The list of sessions.
    Sessions(Vec<Summary>),
    /// Somebody has made a session, or worked on one.
    ShelfChanged,
    /// The list of sessions for a list that is open, read again.
    SessionsAgain(Vec<Summary>),
    /// What an export would do.
    ExportPreview(Box<ExportRequest>, ExportReport),
    /// An export is done or refused.
    Exported(Result<ExportReport, String>),
    /// A file was read, or why not.
    Imported(Box<ImportRequest>, Result<ImportReport, String>),
    /// How far an export or import is.
    Exchanging(ExchangeWork),
    /// The text that came back from the editor, or why none did.
    Edited(Result<String, String>),
    /// A file was looked at.
    FileSeen {
        /// The number of the work.
        id: u64,
        /// What it is, or why it cannot be evidence.
        found: Result<SeenFile, String>,
    },
    /// The names that a path may go on with.
    PathCompleted {
        /// The number of the work.
        id: u64,
        /// The names of files, and of folders with a slash behind them, or why they cannot be had.
        names: Result<Vec<String>, String>,
    },
    /// How much of a file is copied.
    Copying {
        /// The number of the work.
        id: u64,
        /// How far it is.
        progress: Progress,
    },
    /// An evidence file was hashed and copied.
    FileTaken {
        /// The number of the work.
        id: u64,
        /// The file's data, or why there is none.
        result: Result<EvidenceFile, String>,
    },
    /// What the claims of each session say, by its name.
    ClaimsOfSessions(BTreeMap<String, Vec<String>>),
    /// Nobody holds the session any more that is on the screen, read-only.
    HolderGone,
    /// An address was handed to a program that opens addresses.
    LinkOpened {
        /// The address.
        url: String,
        /// The program that took it, or why none did.
        result: Result<String, String>,
    },
    /// A session was given another name, or taken off the shelf: what is to be said of that, or why it was not done.
    ShelfChangedHere(Result<String, String>),
    /// Something to tell.
    Notice(Level, String),
    /// The system asks the program to end: save and leave.
    Terminate,
}

/// Something asked for.
#[derive(Debug)]
pub enum Effect {
    /// Make the session's folder: text, proposals, first step.
    Create {
        /// The name wished for.
        name: String,
        /// The step that brings it into being.
        step: Step,
        /// The stored text.
        text: ArticleText,
        /// What is proposed so far.
        proposals: Arc<Proposals>,
    },
    /// Write a step.
    Append(Step),
    /// Write these steps in place of all that are still to be written: steps of others came before those.
    AppendInstead(Vec<Step>),
    /// Write the proposals of the current version, which are whole now.
    KeepProposals(Arc<Proposals>),
    /// Write the checkpoint.
    Checkpoint {
        /// The session as it stands.
        session: Box<Session>,
        /// The number of its last step.
        seq: u64,
    },
    /// Keep where the checker is.
    KeepPlace(Place),
    /// Keep what stands in an open form.
    KeepDraft(Draft),
    /// No form is open any more.
    DropDraft,
    /// Try again to write what could not be written, and look whether all that was written is still there.
    RetrySave,
    /// Write the whole session to another folder, in place of whatever is being written to one.
    SaveElsewhere {
        /// The number of the work.
        id: u64,
        /// The folder to make.
        folder: PathBuf,
        /// The session.
        session: Box<Session>,
    },
    /// Give up what is being written to another folder; nothing of it is left there.
    StopElsewhere,
    /// What could not be written is saved elsewhere, or given up: nobody is to write it any more.
    ForgetUnsaved,
    /// Open something; the present session is closed first.
    Open(OpenWhat),
    /// Stop reading the article that is being opened.
    CancelOpening,
    /// List the sessions.
    ListSessions,
    /// List the sessions again for a list that is open.
    ListSessionsAgain,
    /// Propose for the session's text, from the visible part outward.
    Propose {
        /// The text.
        text: ArticleText,
        /// Its layout.
        blocks: Vec<Block>,
        /// Its language.
        language: String,
        /// The blocks that are visible.
        visible: std::ops::Range<usize>,
        /// Whether the session's proposals are to be replaced.
        again: bool,
    },
    /// Work out what an export would do.
    PreviewExport(Snapshot, ExportRequest),
    /// Export.
    Export(Snapshot, ExportRequest),
    /// Read a file of another tool and work out the edits that bring it into the session.
    Import(Snapshot, ImportRequest),
    /// Whatever is previewed, exported or read is no longer wanted: nothing of it is to be written.
    StopExchange,
    /// Edit a text in `$VISUAL` or `$EDITOR`.
    Editor(String),
    /// Copy to the clipboard.
    Copy(String),
    /// Open an address.
    OpenLink(String),
    /// Give a session another name.
    RenameSession {
        /// What it is called.
        name: String,
        /// What it is to be called.
        to: String,
    },
    /// Put a session into the trash.
    DiscardSession(String),
    /// Look which of these paths is a file, and whether it fits into the session.
    LookAtFile {
        /// The number of the work.
        id: u64,
        /// What was typed may mean each of them, the likeliest first.
        paths: Vec<String>,
    },
    /// List what stands in the folder of a path under names that begin as its last part does.
    CompletePath {
        /// The number of the work.
        id: u64,
        /// The path as far as it is typed.
        path: String,
    },
    /// Hash a file and keep a copy with the session.
    TakeFile {
        /// The number of the work.
        id: u64,
        /// Which file.
        path: PathBuf,
    },
    /// A file that is looked at or copied is no longer wanted.
    GiveUpFile(u64),
    /// Take the mouse or leave it to the terminal.
    Mouse(bool),
    /// Draw the whole screen anew.
    Redraw,
    /// Stop until the shell wakes the program.
    Suspend,
    /// Leave.
    Quit,
}
