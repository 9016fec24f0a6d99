//! Importing: a file of another tool, or of our own, into a session as one step, or as a session of its own.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::article;
use super::error::WorkError;
use super::make;
use crate::core::birth::NewSession;
use crate::core::check::Check;
use crate::core::desk::plan::StepPlan;
use crate::core::desk::{Desk, Who};
use crate::core::handover::snapshot::Snapshot;
use crate::core::handover::{OffsetUnit, Stage};
use crate::core::ids::VersionId;
use crate::core::model::{Session, Stamp};
use crate::core::text::ArticleText;
use crate::exchange::formats::Read;
use crate::exchange::read::{self, Imported, Incoming, ReadReport, Whose};
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{self, File, Format};
use crate::reader::blocks;
use crate::reader::input::ReadError;
use crate::store::{Accepted, Opened, SessionName, Shelf};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 512 << 20;

/// How a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowToImport {
    /// The unit of its offsets; none means: find out.
    pub unit: Option<OffsetUnit>,
    /// Whether the file's value is taken where the session and the file differ.
    pub theirs: bool,
}

/// A file to import: its bytes, those that belong beside it, and what reads them.
pub struct FileToImport {
    name: String,
    bytes: Vec<u8>,
    beside: Vec<File>,
    format: &'static Format,
    read: Read,
}

/// What a file comes to in a session.
#[derive(Debug)]
pub struct ReadIn {
    /// The step that brings it in.
    pub plan: StepPlan,
    /// How many claims the session does not hold yet.
    pub new: usize,
    /// What became of the file's content.
    pub report: ReadReport,
}

/// The format called `name`, and what reads it.
fn readable(name: &str) -> Result<(&'static Format, Read), WorkError> {
    let found = exchange::format(name).and_then(|f| Some((f, f.read?)));
    found.ok_or_else(|| WorkError::NoReadableFormat(name.into()))
}

impl FileToImport {
    /// Gets the file at `path`, or standard input where that is `-`, in the format of that name, else in the one that it
    /// seems to have.
    ///
    /// # Errors
    /// When the format is not known, or the file cannot be read.
    pub fn get(
        path: &Path,
        format: Option<&str>,
        watch: ExchangeWatch<'_>,
    ) -> Result<Self, WorkError> {
        let known = format.map(readable).transpose()?;
        let name = path.to_string_lossy().into_owned();
        let bytes = bytes_of(path, watch)?;
        let (format, read) = match known {
            Some(known) => known,
            None => read::detect(&name, &bytes)
                .and_then(|f| Some((f, f.read?)))
                .ok_or_else(|| WorkError::NotRecognised(name.clone()))?,
        };
        let beside = beside(format, &name);
        Ok(Self {
            name,
            bytes,
            beside,
            format,
            read,
        })
    }

    /// The format.
    pub fn format(&self) -> &'static Format {
        self.format
    }

    /// Takes the file apart; `into` is the session that it is for, where there is one.
    fn imported(
        &self,
        unit: Option<OffsetUnit>,
        stamp: &Stamp,
        into: Option<(&Session, &ArticleText)>,
    ) -> Result<Imported, WorkError> {
        let incoming = Incoming {
            name: &self.name,
            bytes: &self.bytes,
            beside: &self.beside,
            unit,
            stamp,
            into,
        };
        Ok((self.read)(&incoming, &mut Uuid::now_v7)?)
    }

    /// Works out the step that brings the file into the session of `on`.
    ///
    /// # Errors
    /// When the file is not what it should be, when it is no longer wanted, and [`WorkError::StillReading`] where it is not
    /// known yet under which ids the file may have left the session.
    pub fn into_session(
        mut self,
        on: &Snapshot,
        how: HowToImport,
        stamp: &Stamp,
        watch: ExchangeWatch<'_>,
    ) -> Result<ReadIn, WorkError> {
        if on.former.is_none() {
            return Err(WorkError::StillReading);
        }
        if let Some(veil) = &on.veil {
            read::lift(&on.session, veil, &mut self.bytes, &mut self.beside);
        }
        wanted(watch, Stage::Understanding)?;
        let imported = self.imported(how.unit, stamp, Some((&on.session, &on.text)))?;
        wanted(watch, Stage::Merging)?;
        let whose = match how.theirs {
            true => Whose::Theirs,
            false => Whose::Ours,
        };
        let read_in = merged(&imported, on, whose, stamp);
        wanted(watch, Stage::Merging)?;
        Ok(read_in)
    }

    /// Makes a session of the file on `shelf`, under a name like `wish` or the one that the file gives. What it holds is a
    /// step of its own.
    ///
    /// # Errors
    /// When the file is not what it should be or holds no article, and when the session cannot be made or written.
    pub fn new_session(
        self,
        shelf: &dyn Shelf,
        wish: Option<&str>,
        unit: Option<OffsetUnit>,
        who: &mut Who<'_>,
    ) -> Result<(SessionName, ReadReport), WorkError> {
        let imported = self.imported(unit, &who.stamp(), None)?;
        let Some(text) = &imported.text else {
            return Err(WorkError::NoText(self.name));
        };
        let of_text = VersionId::of_text(text.as_str());
        let hash = of_text.to_string();
        let article = &imported.session.article;
        let version = imported.session.current();
        let origin = make::origin(&self.name);
        let layout = match imported.blocks.as_slice() {
            [] => blocks::plain(text.as_str()),
            known => known.to_vec(),
        };
        let new = NewSession {
            name: wish.unwrap_or(&imported.session.name),
            id: who.ids.next().into(),
            article,
            text,
            version: of_text,
            original_sha256: version.map_or(&hash, |v| &v.original_sha256),
            origin: version.map_or(&origin, |v| &v.origin),
            left_out: version.map_or("", |v| &v.left_out),
            proposals: &make::proposals(text, &layout, &article.language),
            checker: who.checker,
            now: who.at,
            step: who.ids.next().into(),
        };
        let opened = shelf.create(&new.newborn())?;
        let merge = |on: &Snapshot, stamp: &Stamp| Ok(merged(&imported, on, Whose::Ours, stamp));
        one_step(opened, who, merge)
    }
}

/// Brings the file into an open session as one step, and keeps it; says what the session is called.
///
/// # Errors
/// Those of [`FileToImport::into_session`], when the session cannot be written, and [`WorkError::Overtaken`].
pub fn into_opened(
    file: FileToImport,
    opened: Opened,
    how: HowToImport,
    who: &mut Who<'_>,
) -> Result<(SessionName, ReadReport), WorkError> {
    one_step(opened, who, |on, stamp| {
        file.into_session(on, how, stamp, ExchangeWatch::default())
    })
}

/// Makes the step that `work_out` works out in an open session, keeps it, and writes the checkpoint.
fn one_step(
    opened: Opened,
    who: &mut Who<'_>,
    work_out: impl FnOnce(&Snapshot, &Stamp) -> Result<ReadIn, WorkError>,
) -> Result<(SessionName, ReadReport), WorkError> {
    let Opened {
        name,
        session,
        history,
        text,
        proposals,
        mut held,
        ..
    } = opened;
    let on = Snapshot::new(
        session,
        text,
        proposals.unwrap_or_default().into(),
        &history,
    );
    let ReadIn { plan, report, .. } = work_out(&on, &who.stamp())?;
    let session = Arc::unwrap_or_clone(on.session);
    let mut desk = Desk::new(Check::new(session, on.text, on.proposals), history);
    let made = desk.make(who, plan).map_err(|_| WorkError::Overtaken)?;
    if let Some(pen) = held.pen().filter(|_| made.changed()) {
        let mut all = true;
        for step in &made.steps {
            match pen.append(step)? {
                Accepted::At(_) => {}
                Accepted::Here => all = false,
                Accepted::Behind(_) => return Err(WorkError::Overtaken),
            }
        }
        if all {
            pen.checkpoint(desk.check().session(), pen.seq())?;
        }
    }
    Ok((name, report))
}

/// The step that brings `imported` into the session of `on`.
fn merged(imported: &Imported, on: &Snapshot, whose: Whose, stamp: &Stamp) -> ReadIn {
    let (report, session, plan) =
        StepPlan::work_out(on, stamp, &mut Uuid::now_v7, |tx, text, _| {
            read::merge(imported, text, whose, tx)
        });
    ReadIn {
        plan,
        new: session.claims.len() - on.session.claims.len(),
        report,
    }
}

/// Goes on, unless the file is no longer wanted.
fn wanted(watch: ExchangeWatch<'_>, stage: Stage) -> Result<(), WorkError> {
    watch.check(stage, 0, 0).map_err(|_| WorkError::Stopped)
}

/// The files that the format wants beside the one named, as far as they are there.
fn beside(format: &Format, name: &str) -> Vec<File> {
    let read = |path: String| {
        let path = Path::new(&path);
        let name = path.file_name()?.to_string_lossy().into_owned();
        let bytes = bytes_of(path, ExchangeWatch::default()).ok()?;
        let name = name.into();
        Some(File { name, bytes })
    };
    format.beside(name).into_iter().filter_map(read).collect()
}

/// The file's bytes, read piece by piece so that it can be stopped.
fn bytes_of(path: &Path, watch: ExchangeWatch<'_>) -> Result<Vec<u8>, WorkError> {
    let mut stopped = false;
    let bytes = article::bytes_up_to(path, LARGEST, &mut |done, of| {
        stopped = !watch.at(Stage::Reading, done, of.unwrap_or(0));
        !stopped
    });
    match bytes {
        Err(_) if stopped => Err(WorkError::Stopped),
        Err(ReadError::TooLarge { name, .. }) => Err(WorkError::TooLarge(name)),
        bytes => Ok(bytes?),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::ids::CheckerId;
    use crate::core::model::{ArticleField, Checker};
    use crate::exchange::fixture::{Fixture, at};
    use crate::store::{Find, Memory, Mode};
    use crate::work::open;

    fn checker() -> Checker {
        Checker {
            id: CheckerId::of("Ana"),
            name: "Ana".into(),
        }
    }

    /// Does `work` as Ana.
    fn by_ana<R>(work: impl FnOnce(&mut Who<'_>) -> R) -> R {
        let checker = checker();
        work(&mut Who {
            checker: &checker,
            at: at(),
            ids: &mut Uuid::now_v7,
        })
    }

    fn opened(shelf: &Memory, name: &str) -> Opened {
        let who = checker();
        let opened = open::session(shelf, name, Mode::MustWrite, true, (&who, at()));
        opened.unwrap().hear(|_, _| {})
    }

    /// A shelf with an empty session on the fixture's article, and a file of all that the fixture holds.
    fn setting() -> (tempfile::TempDir, Memory, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let (f, shelf) = (Fixture::rich(), Memory::new());
        let path = dir.path().join("kell.json");
        std::fs::write(&path, &f.export("json").files[0].bytes).unwrap();
        let empty = dir.path().join("empty.json");
        let bare = Fixture::empty(f.text.as_str());
        std::fs::write(&empty, &bare.export("json").files[0].bytes).unwrap();
        by_ana(|who| file(&empty).new_session(&shelf, Some("kell"), None, who)).unwrap();
        (dir, shelf, path)
    }

    fn file(path: &Path) -> FileToImport {
        FileToImport::get(path, None, ExchangeWatch::default()).unwrap()
    }

    #[test]
    fn a_file_becomes_one_step_of_an_open_session() {
        let (_dir, shelf, path) = setting();
        let before = opened(&shelf, "kell");
        let (session, seq) = (before.session.clone(), before.history.seq());
        let how = HowToImport::default();
        let (name, report) = by_ana(|who| into_opened(file(&path), before, how, who)).unwrap();
        let claims = Fixture::rich().session.claims.len();
        assert_eq!((&*name, report.claims), ("kell", claims));
        let after = opened(&shelf, "kell");
        assert_eq!(after.history.seq(), seq + 1);
        assert_eq!(after.session.claims.len(), session.claims.len() + claims);
        // It holds all of it now.
        let (_, again) = by_ana(|who| into_opened(file(&path), after, how, who)).unwrap();
        assert_eq!(again.claims, claims);
        assert_eq!(opened(&shelf, "kell").history.seq(), seq + 1);
    }

    #[test]
    fn a_file_with_its_article_becomes_a_session() {
        let (_dir, shelf, path) = setting();
        let (name, _) = by_ana(|who| file(&path).new_session(&shelf, None, None, who)).unwrap();
        let made = opened(&shelf, &name);
        let f = Fixture::rich();
        assert_eq!(made.session.claims.len(), f.session.claims.len());
        assert_eq!(made.text.as_str(), f.text.as_str());
        let hash = f.session.version().to_string();
        assert_eq!(shelf.find(Find::Hash(&hash)).unwrap().len(), 2);
    }

    #[test]
    fn a_step_of_somebody_else_meanwhile_is_said_and_nothing_is_read_in() {
        let (_dir, _, path) = setting();
        let shelf = Memory::shared();
        by_ana(|who| file(&path).new_session(&shelf, Some("kell"), None, who)).unwrap();
        let (ours, mut theirs) = (opened(&shelf, "kell"), opened(&shelf, "kell"));
        let mut desk = Desk::new(
            Check::new(theirs.session, theirs.text, theirs.proposals.unwrap()),
            theirs.history,
        );
        let title = ArticleField::Title("Ben's".into());
        let made = by_ana(|who| {
            desk.step(who, |tx, _, _| {
                tx.set_article(title);
                None
            })
        });
        let accepted = theirs.held.pen().unwrap().append(&made.steps[0]).unwrap();
        assert!(matches!(accepted, Accepted::At(_)));
        let bare = Fixture::empty("Another text.\n").export("json");
        let other = path.with_file_name("other.json");
        let said = String::from_utf8(bare.files[0].bytes.clone()).unwrap();
        std::fs::write(
            &other,
            said.replace("\"byline\": \"Jon Pell\"", "\"byline\": \"J. P.\""),
        )
        .unwrap();
        let how = HowToImport {
            theirs: true,
            ..HowToImport::default()
        };
        let failed = by_ana(|who| into_opened(file(&other), ours, how, who)).unwrap_err();
        assert!(matches!(failed, WorkError::Overtaken), "{failed}");
        let now = opened(&shelf, "kell");
        assert_eq!(
            (
                now.session.article.title.as_str(),
                now.session.article.byline.as_str()
            ),
            ("Ben's", "Jon Pell")
        );
    }
}
