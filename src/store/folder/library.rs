//! The folder of sessions: making, opening, finding and listing them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use super::blobs;
use super::check::check_integrity;
use super::files::{SharedDisk, new_folder, real_disk, sync_folder};
use super::git::add_git_files;
use super::journal;
use super::layout::{TextFiles, name_of};
use super::listed::{ListedFolder, looked_into, twins_noted};
use super::load::{Want, load, unborn};
use super::lock::{Attempt, holder_watched, me, take};
use super::moving;
use super::open::{self, InFolder};
use super::repair;
use super::sample::{copy_among, copy_session, is_sample};
use super::summary::{self, Head};
use super::writer::{Start, Writer, add_proposals, add_text, write_new};
use crate::core::birth::Newborn;
use crate::core::damage::Damage;
use crate::core::history::History;
use crate::core::model::{Time, Version};
use crate::core::summary::{Summary, with_twins};
use crate::store::care::{Care, Finding, Repaired, Repairer};
use crate::store::chain::Tip;
use crate::store::name::SessionName;
use crate::store::opened::{Mode, Opened, Unheard};
use crate::store::paths::Paths;
use crate::store::pen::Remote;
use crate::store::shelf::{Find, OpenRequest, Shelf};
use crate::store::{Spot, StoreError};

/// A folder of sessions.
#[derive(Clone, Debug)]
pub struct Library {
    dir: PathBuf,
    own: PathBuf,
    pub(crate) disk: SharedDisk,
}

impl Shelf for Library {
    fn spot(&self) -> Spot {
        Spot::from(&self.dir)
    }

    fn list(&self) -> Result<Vec<Summary>, StoreError> {
        Self::list(self)
    }

    fn latest(&self) -> Result<Option<SessionName>, StoreError> {
        Self::latest(self)?
            .as_deref()
            .map(SessionName::new)
            .transpose()
    }

    fn find(&self, what: Find<'_>) -> Result<Vec<SessionName>, StoreError> {
        let found = match what {
            Find::Hash(sha256) => self.find_by_hash(sha256),
            Find::Origin(origin) => self.find_by_origin(origin),
        };
        found?.iter().map(|name| SessionName::new(name)).collect()
    }

    fn claims(&self, name: &SessionName) -> Result<Vec<String>, StoreError> {
        let session = load(&self.folder(name)?, Want::State)?.session;
        Ok(session.claim_texts().map(String::from).collect())
    }

    fn has(&self, name: &SessionName) -> Result<bool, StoreError> {
        match self.folder(name) {
            Ok(_) => Ok(true),
            Err(StoreError::NotFound(_)) => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn free_name(&self, wish: &str) -> Result<SessionName, StoreError> {
        SessionName::new(&Self::free_name(self, wish))
    }

    fn protects(&self, name: &SessionName) -> Result<bool, StoreError> {
        Ok(Self::protects(self, name))
    }

    fn room(&self) -> Option<u64> {
        blobs::room(&self.dir)
    }

    fn create(&self, new: &Newborn<'_>) -> Result<Opened, StoreError> {
        Self::create(self, new)?.on_shelf(&self.disk)
    }

    fn rename(&self, name: &SessionName, to: &SessionName) -> Result<(), StoreError> {
        moving::rename(&*self.disk, &self.named(name)?, to)
    }

    fn discard(&self, name: &SessionName) -> Result<Spot, StoreError> {
        moving::discard(&*self.disk, &self.folder(name)?)
    }

    fn open(&self, name: &SessionName, asking: &OpenRequest<'_>) -> Result<Unheard, StoreError> {
        let want = match asking.history {
            true => Want::History,
            false => Want::State,
        };
        let checker = &asking.checker.name;
        self.open_wanting(want, name, asking.mode, checker, asking.now)?
            .try_map(|opened| opened.on_shelf(&self.disk))
    }

    fn watch(
        &self,
        name: &SessionName,
        _after: u64,
    ) -> Result<Option<Receiver<Remote>>, StoreError> {
        self.folder(name).map(|_| None)
    }

    fn watch_holder(&self, name: &SessionName) -> Result<Receiver<Remote>, StoreError> {
        Ok(holder_watched(self.folder(name)?))
    }

    /// To look again and again whether files have changed would wake the program for nothing.
    fn watch_list(&self) -> Result<Option<Receiver<()>>, StoreError> {
        self.entries().map(|_| None)
    }

    fn care(&self) -> Result<&dyn Care, StoreError> {
        Ok(self)
    }
}

impl Care for Library {
    fn check(&self, name: &SessionName) -> Result<Vec<Finding>, StoreError> {
        check_integrity(&self.folder(name)?)
    }

    fn repair(&self, name: &SessionName, by: &Repairer<'_>) -> Result<Repaired, StoreError> {
        Self::repair(self, name, by)
    }
}

impl Library {
    /// The sessions in `paths.sessions`; copies of samples go to the user's own folder.
    pub fn new(paths: &Paths) -> Self {
        Self {
            dir: paths.sessions.clone(),
            own: paths.own_sessions.clone(),
            disk: real_disk(),
        }
    }

    /// The sessions in `dir`, to which copies of samples go as well.
    pub fn at(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            own: dir.to_owned(),
            disk: real_disk(),
        }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of the session called `name`; of a sample that of the user's copy, once there is one.
    ///
    /// # Errors
    /// When it is no name of a session, or there is none.
    pub fn folder(&self, name: &str) -> Result<PathBuf, StoreError> {
        let named = self.named(name)?;
        Ok(self.copy_of(&named)?.unwrap_or(named))
    }

    /// The folder here that is called `name`.
    fn named(&self, name: &str) -> Result<PathBuf, StoreError> {
        SessionName::new(name)?;
        let folder = self.dir.join(name);
        match fs::metadata(&folder) {
            Ok(found) if found.is_dir() => Ok(folder),
            Ok(_) => Err(StoreError::NotFound(name.into())),
            // Where the sessions cannot be seen, nothing can be said of this one.
            Err(e) if e.kind() == ErrorKind::NotFound => {
                self.entries()?;
                Err(StoreError::NotFound(name.into()))
            }
            Err(e) => Err(StoreError::library(&self.dir, e)),
        }
    }

    /// Opens the session called `name`. A sample is opened as a copy, the same one each time; what only reads opens the
    /// sample itself as long as there is no copy.
    ///
    /// `checker` is the name shown to whoever finds the session held.
    ///
    /// # Errors
    /// When it is not there, was written by a newer claimdesk, or is damaged beyond what the journal can tell; with
    /// [`Mode::MustWrite`] also when it cannot be written.
    pub fn open(
        &self,
        name: &str,
        mode: Mode,
        checker: &str,
        now: Time,
    ) -> Result<Unheard<InFolder>, StoreError> {
        self.open_wanting(Want::History, name, mode, checker, now)
    }

    /// Opens the session called `name` as [`Library::open`] does, but reads no step that the checkpoint holds:
    /// [`InFolder::earlier`] reads them, at leisure and on any thread.
    ///
    /// # Errors
    /// As those of [`Library::open`].
    pub fn open_quickly(
        &self,
        name: &str,
        mode: Mode,
        checker: &str,
        now: Time,
    ) -> Result<Unheard<InFolder>, StoreError> {
        self.open_wanting(Want::State, name, mode, checker, now)
    }

    fn open_wanting(
        &self,
        want: Want,
        name: &str,
        mode: Mode,
        checker: &str,
        now: Time,
    ) -> Result<Unheard<InFolder>, StoreError> {
        let named = self.named(name)?;
        let (folder, note) = self.working_folder(&named, mode)?;
        let me = me(checker, now);
        std::thread::scope(|scope| {
            let others = scope.spawn(|| self.twins(&folder));
            let opened = open::open(&self.disk, &folder, mode, want, &me)?;
            let others = others
                .join()
                .unwrap_or_else(|e| std::panic::resume_unwind(e));
            Ok(opened.map(|mut opened| {
                if folder != named && !self.is_own() {
                    // Here the copy goes by the sample's name.
                    opened.name = name.to_owned();
                    opened.session.name = name.to_owned();
                }
                opened.report.splice(0..0, note);
                opened.report.extend(twins_noted(&others));
                opened
            }))
        })
    }

    /// The folder that is opened for the one in `named`, a sample being copied before it is written to, and what is to be
    /// said of that: by a workbench once, by a command each time.
    fn working_folder(
        &self,
        named: &Path,
        mode: Mode,
    ) -> Result<(PathBuf, Option<String>), StoreError> {
        let name = name_of(named);
        if let Some(copy) = self.copy_of(named)? {
            let at = copy.display();
            let note = format!("“{name}” is a sample; this is your own copy of it, in {at}.");
            return Ok((copy, Some(note).filter(|_| mode != Mode::Write)));
        }
        if mode == Mode::Read || !is_sample(named) {
            return Ok((named.to_owned(), None));
        }
        let own = self.own();
        let copy = own.dir.join(own.free_name(&name));
        copy_session(&self.disk, named, &copy)?;
        let at = copy.display();
        let note = format!("The sample is never changed: this is your own copy of it, in {at}.");
        Ok((copy, Some(note)))
    }

    /// The other folders that hold the session in `folder`, by their names.
    fn twins(&self, folder: &Path) -> Vec<String> {
        let id = |f: &Path| summary::quick_id(f).filter(|_| !is_sample(f));
        let Some(own) = id(folder) else {
            return Vec::new();
        };
        let mut others = self.entries().unwrap_or_default();
        others.retain(|f| f != folder && SessionName::is_one(&name_of(f)) && id(f) == Some(own));
        let mut names: Vec<String> = others.iter().map(|f| name_of(f)).collect();
        names.sort();
        names
    }

    /// The user's copy of the sample in `folder`; none where there is none yet, or where it is no sample.
    fn copy_of(&self, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
        if !is_sample(folder) {
            return Ok(None);
        }
        Ok(copy_among(folder, &self.own().entries()?))
    }

    /// The user's own folder of sessions.
    fn own(&self) -> Self {
        Self {
            dir: self.own.clone(),
            ..self.clone()
        }
    }

    /// Whether this is the user's own folder, in which a sample and its copy stand side by side.
    fn is_own(&self) -> bool {
        let same = || Some(fs::canonicalize(&self.dir).ok()? == fs::canonicalize(&self.own).ok()?);
        self.dir == self.own || same().unwrap_or(false)
    }

    /// Makes a writable session of the best state there is of the damaged session called `name`.
    ///
    /// # Errors
    /// When it is not there, is held or cannot be written, is a sample, was written to by a newer claimdesk, or when
    /// nothing is left of it.
    pub fn repair(&self, name: &str, by: &Repairer<'_>) -> Result<Repaired, StoreError> {
        let folder = self.folder(name)?;
        if is_sample(&folder) {
            return Err(StoreError::NotWritable {
                at: Spot::from(&folder),
                why: "a sample is never changed".into(),
            });
        }
        let me = me(&by.checker.name, by.now);
        repair::repair(&self.disk, &folder, &me, by)
    }

    /// A name that no session has: `wish` in lower case, its letters and digits joined by hyphens, with a number if
    /// need be.
    pub fn free_name(&self, wish: &str) -> String {
        SessionName::free(wish, |name| self.dir.join(name).exists()).to_string()
    }

    /// Makes a session: its folder appears whole, with its first step.
    ///
    /// # Errors
    /// When the disk refuses; nothing is left behind then.
    pub fn create(&self, new: &Newborn<'_>) -> Result<InFolder, StoreError> {
        let failed = |e| StoreError::write(&self.dir, e);
        let temp = new_folder(&self.dir)?;
        let name = self.free_name(new.name);
        let step = &new.step;
        let mut session = unborn();
        let stamp = step.stamp();
        session.apply(&step.edits, &stamp);
        session.name.clone_from(&name);
        add_git_files(temp.path())?;
        let hash = session.version().to_string();
        add_text(&self.disk, temp.path(), new.text, &hash)?;
        add_proposals(&self.disk, temp.path(), new.proposals, &hash)?;
        let (line, tip) = journal::line(&Tip::default(), step);
        let lines = [journal::header(), line].concat();
        let kept = write_new(&self.disk, temp.path(), &session, &lines, &tip)?;
        let folder = self.dir.join(&name);
        fs::rename(temp.path(), &folder).map_err(failed)?;
        let _ = temp.keep();
        sync_folder(&self.dir);
        let holder = me(&new.checker.name, step.at);
        let lock = match take(&*self.disk, &folder, &holder) {
            Ok(Attempt::Taken(lock)) => Some(lock),
            Ok(Attempt::NoLocks) => None,
            Ok(Attempt::Held(by)) => {
                return Err(StoreError::Held {
                    name,
                    by: by.map_or_else(|| "another program".into(), |h| h.to_string()),
                });
            }
            Err(e) => return Err(StoreError::write(&folder, e)),
        };
        let writer = Writer::begin(Start {
            folder: folder.clone(),
            disk: self.disk.clone(),
            kept,
            tip,
            older: None,
            lock,
        })?;
        Ok(InFolder {
            name,
            texts: TextFiles::of(&folder),
            text: new.text.clone(),
            folder,
            session,
            history: History::fold([step.clone()]),
            earlier: None,
            proposals: Some(new.proposals.clone()),
            place: None,
            draft: None,
            writer: Some(writer),
            read_only: None,
            report: Vec::new(),
            damage: Damage::default(),
        })
    }

    /// Every session with what a list shows of it, by name: one that is damaged or cannot be read is told as such.
    ///
    /// # Errors
    /// When the folder is there and cannot be read, so that it is not known which sessions there are.
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        let mut all = with_twins(looked_into(&self.listed()?));
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// Whether the session called `name` holds a source that must not be named; false where there is no such session.
    pub fn protects(&self, name: &str) -> bool {
        self.folder(name)
            .is_ok_and(|folder| summary::protects(&folder))
    }

    /// The session that was worked on last.
    ///
    /// # Errors
    /// As those of [`Library::list`].
    pub fn latest(&self) -> Result<Option<String>, StoreError> {
        let heads = self.heads()?.into_iter();
        let last = heads.max_by(|a, b| a.1.updated_at.cmp(&b.1.updated_at).then(b.0.cmp(&a.0)));
        Ok(last.map(|(name, _)| name))
    }

    /// The sessions on the text with this hash, or on original bytes with it; the one worked on last comes first.
    ///
    /// # Errors
    /// As those of [`Library::list`].
    pub fn find_by_hash(&self, sha256: &str) -> Result<Vec<String>, StoreError> {
        let version = sha256.parse().ok();
        self.find(|v| Some(v.id) == version || v.original_sha256 == sha256)
    }

    /// The sessions on an article that was read from `origin` (a path, made absolute, or a URL).
    ///
    /// # Errors
    /// As those of [`Library::list`].
    pub fn find_by_origin(&self, origin: &str) -> Result<Vec<String>, StoreError> {
        self.find(|v| v.origin == origin)
    }

    fn find(&self, is: impl Fn(&Version) -> bool) -> Result<Vec<String>, StoreError> {
        let mut found = self.heads()?;
        found.retain(|(_, h)| h.versions.values().any(&is));
        found.sort_by(|a, b| b.1.updated_at.cmp(&a.1.updated_at).then(a.0.cmp(&b.0)));
        Ok(found.into_iter().map(|(name, _)| name).collect())
    }

    /// The sessions that can be read, with their heads.
    fn heads(&self) -> Result<Vec<(String, Head)>, StoreError> {
        let listed = self.listed()?.into_iter();
        let listed = listed.filter(|l| summary::is_session(&l.folder));
        Ok(listed
            .filter_map(|l| summary::head(&l.folder).ok().map(|h| (l.name, h)))
            .collect())
    }

    /// The folders of sessions. The user's copy stands in place of a sample, unless both are here.
    fn listed(&self) -> Result<Vec<ListedFolder>, StoreError> {
        let mut folders = self.entries()?;
        folders.retain(|p| SessionName::is_one(&name_of(p)));
        let copied = |f: &PathBuf| match self.is_own() {
            true => Ok(None),
            false => self.copy_of(f),
        };
        let listed = |folder: PathBuf| {
            let name = name_of(&folder);
            let copy = copied(&folder)?;
            Ok(ListedFolder {
                name,
                is_copy: copy.is_some(),
                folder: copy.unwrap_or(folder),
            })
        };
        folders.into_iter().map(listed).collect()
    }

    /// What is in the folder; nothing where there is no folder yet.
    fn entries(&self) -> Result<Vec<PathBuf>, StoreError> {
        let failed = |e| StoreError::library(&self.dir, e);
        match fs::read_dir(&self.dir) {
            Ok(entries) => entries
                .map(|e| e.map(|e| e.path()).map_err(failed))
                .collect(),
            // A link to nowhere is there, unlike a folder that is still to be made.
            Err(e) if e.kind() == ErrorKind::NotFound && !self.dir.is_symlink() => Ok(Vec::new()),
            Err(e) => Err(failed(e)),
        }
    }
}
