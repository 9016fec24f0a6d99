//! A shelf in memory: it keeps what a folder or a shared store keeps, until the program ends. Tests ask it for what a disk or
//! a network does only now and then: a write that fails, a link that goes down, a step of somebody else.

mod blobs;
mod pen;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::disk::v1::session::SummaryForm;
use super::name::SessionName;
use super::opened::{Earlier, HeldAs, Mode, Opened, ReadOnly, Unheard};
use super::pen::Remote;
use super::shelf::{Find, OpenRequest, Shelf};
use super::{Spot, StoreError};
use crate::core::birth::Newborn;
use crate::core::damage::Damage;
use crate::core::history::{History, Step};
use crate::core::ids::CheckerId;
use crate::core::link::StoreLink;
use crate::core::model::{Checker, EvidenceFile, Session, Time};
use crate::core::place::{Draft, Place};
use crate::core::proposal::Proposals;
use crate::core::summary::{Holder, Summary, Twins};
use crate::core::text::ArticleText;
use blobs::MemoryBlobs;
use pen::MemoryPen;

/// Sessions in memory. Whoever has a copy of it has the same shelf.
#[derive(Clone, Debug)]
pub struct Memory {
    all: Arc<Mutex<All>>,
    /// Whether several may write to one session at a time, as on a shared store.
    shared: bool,
}

/// All that is in memory.
#[derive(Debug, Default)]
struct All {
    sessions: BTreeMap<SessionName, Kept>,
    link: StoreLink,
    /// How many writes are to fail.
    failures: u32,
    /// Sessions that were taken off the shelf.
    discarded: Vec<(SessionName, Kept)>,
    /// Who wants to know when the list has changed.
    watchers: Vec<Sender<()>>,
}

/// A session that is kept.
#[derive(Debug, Default)]
struct Kept {
    steps: Vec<Step>,
    /// Steps that are kept here while the link is down.
    here: Vec<Step>,
    /// The number of the step that the checkpoint is of.
    checkpoint: u64,
    texts: BTreeMap<String, ArticleText>,
    /// By text and reader.
    proposals: BTreeMap<(String, String), Proposals>,
    files: BTreeMap<String, (EvidenceFile, Arc<[u8]>)>,
    places: BTreeMap<CheckerId, Place>,
    drafts: BTreeMap<CheckerId, Draft>,
    holder: Option<Holder>,
    watchers: Vec<Sender<Remote>>,
    /// Who wants to know when nobody holds it any more.
    waiting: Vec<Sender<Remote>>,
}

impl Kept {
    /// Nobody holds it any more, which is told to everybody who waits for that.
    fn let_go(&mut self) {
        self.holder = None;
        for waiting in self.waiting.drain(..) {
            // Nobody may be listening any more.
            let _ = waiting.send(Remote::Free);
        }
    }

    fn seq(&self) -> u64 {
        self.steps.len() as u64
    }

    /// The state after the last step.
    fn session(&self, name: &SessionName) -> Session {
        let mut session = Session::new(uuid::Uuid::nil().into(), "", Time::UNIX_EPOCH);
        for step in &self.steps {
            session.apply(&step.edits, &step.stamp());
        }
        session.name = name.to_string();
        session
    }

    /// Adds steps, and tells them to everybody who watches.
    fn add(&mut self, steps: Vec<Step>) {
        self.steps.extend(steps.iter().cloned());
        let told = Remote::Steps(steps);
        self.watchers.retain(|w| w.send(told.clone()).is_ok());
    }
}

impl All {
    /// Takes away a session that nobody holds.
    fn take_off(&mut self, name: &SessionName) -> Result<Kept, StoreError> {
        let held = self.sessions.get(name).and_then(|k| k.holder.as_ref());
        if let Some(by) = held {
            let (name, by) = (name.to_string(), by.to_string());
            return Err(StoreError::Held { name, by });
        }
        let kept = self.sessions.remove(name);
        kept.ok_or_else(|| StoreError::NotFound(name.to_string()))
    }
}

impl Memory {
    /// An empty shelf, of whose sessions one at a time is written to by one.
    pub fn new() -> Self {
        Self {
            all: Arc::default(),
            shared: false,
        }
    }

    /// An empty shelf whose sessions several write to at a time.
    pub fn shared() -> Self {
        Self {
            shared: true,
            ..Self::new()
        }
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the next `n` writes fail.
    pub fn fail(&self, n: u32) {
        self.all().failures = n;
    }

    /// Takes the link up or down, and says so to everybody who watches.
    pub fn link(&self, link: StoreLink) {
        let mut all = self.all();
        all.link = link;
        for kept in all.sessions.values_mut() {
            let told = Remote::Link(link);
            kept.watchers.retain(|w| w.send(told.clone()).is_ok());
        }
    }

    /// Keeps a session that is there already, as it came to be by `steps`.
    ///
    /// # Errors
    /// When no session can be called `name`.
    pub fn put(&self, name: &str, steps: &[Step]) -> Result<SessionName, StoreError> {
        let name = SessionName::new(name)?;
        let kept = Kept {
            steps: steps.to_vec(),
            ..Kept::default()
        };
        self.all().sessions.insert(name.clone(), kept);
        self.list_changed();
        Ok(name)
    }

    /// Tells everybody who watches the list that it has changed.
    fn list_changed(&self) {
        self.all().watchers.retain(|w| w.send(()).is_ok());
    }

    /// A step of somebody else: it comes after all others, whatever number it names.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn step_of_others(&self, name: &SessionName, step: Step) -> Result<(), StoreError> {
        self.with(name, |kept| {
            let seq = kept.seq() + 1;
            kept.add(vec![Step { seq, ..step }]);
        })?;
        self.list_changed();
        Ok(())
    }

    /// The steps of a session.
    ///
    /// # Errors
    /// When there is no such session.
    pub fn steps(&self, name: &SessionName) -> Result<Vec<Step>, StoreError> {
        self.with(name, |kept| kept.steps.clone())
    }

    /// Works on what is kept of the session called `name`.
    fn with<T>(
        &self,
        name: &SessionName,
        work: impl FnOnce(&mut Kept) -> T,
    ) -> Result<T, StoreError> {
        let mut all = self.all();
        let kept = all.sessions.get_mut(name);
        kept.map(work)
            .ok_or_else(|| StoreError::NotFound(name.to_string()))
    }

    /// As [`Memory::with`], for work that writes and may be made to fail.
    fn writing<T>(
        &self,
        name: &SessionName,
        work: impl FnOnce(&mut Kept) -> T,
    ) -> Result<T, StoreError> {
        let mut all = self.all();
        if all.failures > 0 {
            all.failures -= 1;
            return Err(StoreError::Full { at: self.spot() });
        }
        drop(all);
        self.with(name, work)
    }

    /// Takes the session for `holder`, or says who has it.
    fn hold(
        &self,
        name: &SessionName,
        checker: &Checker,
        now: Time,
    ) -> Result<Option<Holder>, StoreError> {
        let holder = Holder {
            name: checker.name.clone(),
            pid: std::process::id(),
            host: "this program".into(),
            since: now,
        };
        self.with(name, |kept| match &kept.holder {
            Some(other) if !self.shared => Some(other.clone()),
            _ => {
                kept.holder = Some(holder).filter(|_| !self.shared);
                None
            }
        })
    }

    fn pen(&self, name: &SessionName) -> HeldAs {
        let pen = Box::new(MemoryPen::new(self.clone(), name.clone()));
        match self.shared {
            true => HeldAs::Shared(pen),
            false => HeldAs::Exclusive(pen),
        }
    }

    /// The sessions, the one worked on last first.
    fn by_last_change(&self) -> Vec<(SessionName, Session)> {
        let all = self.all();
        let mut found: Vec<(SessionName, Session)> = all
            .sessions
            .iter()
            .map(|(name, kept)| (name.clone(), kept.session(name)))
            .collect();
        found.sort_by(|a, b| b.1.updated_at.cmp(&a.1.updated_at).then(a.0.cmp(&b.0)));
        found
    }

    fn opened(
        &self,
        name: &SessionName,
        asking: &OpenRequest<'_>,
        held: HeldAs,
    ) -> Result<Opened, StoreError> {
        let blobs = Arc::new(MemoryBlobs::new(self.clone(), name.clone()));
        let (who, quickly) = (&asking.checker.id, !asking.history);
        self.with(name, |kept| {
            let session = kept.session(name);
            let version = session.current();
            let text = version.and_then(|v| kept.texts.get(&v.id.to_string()));
            let of = version.map(|v| (v.id.to_string(), v.reader.clone()));
            let (history, earlier) = match quickly && kept.checkpoint > 0 {
                true => {
                    let steps = kept.steps.clone();
                    let earlier = Earlier::new(move || Ok(History::fold(steps)));
                    (History::behind(kept.seq()), Some(earlier))
                }
                false => (History::fold(kept.steps.iter().cloned()), None),
            };
            Opened {
                name: name.clone(),
                text: text.cloned().unwrap_or_default(),
                proposals: of.and_then(|of| kept.proposals.get(&of)).cloned(),
                session,
                history,
                earlier,
                blobs,
                place: kept.places.get(who).cloned(),
                draft: kept.drafts.get(who).cloned(),
                held,
                report: Vec::new(),
                damage: Damage::default(),
            }
        })
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Shelf for Memory {
    fn spot(&self) -> Spot {
        Spot::named("memory")
    }

    fn list(&self) -> Result<Vec<Summary>, StoreError> {
        let all = self.all();
        Ok(all.sessions.iter().map(|(n, k)| summary(n, k)).collect())
    }

    fn latest(&self) -> Result<Option<SessionName>, StoreError> {
        Ok(self
            .by_last_change()
            .into_iter()
            .next()
            .map(|(name, _)| name))
    }

    fn find(&self, what: Find<'_>) -> Result<Vec<SessionName>, StoreError> {
        let found = self.by_last_change().into_iter().filter(|(_, session)| {
            session.versions.values().any(|v| match what {
                Find::Hash(hash) => v.id.to_string() == hash || v.original_sha256 == hash,
                Find::Origin(origin) => v.origin == origin,
            })
        });
        Ok(found.map(|(name, _)| name).collect())
    }

    fn claims(&self, name: &SessionName) -> Result<Vec<String>, StoreError> {
        let session = self.with(name, |kept| kept.session(name))?;
        Ok(session.claim_texts().map(String::from).collect())
    }

    fn has(&self, name: &SessionName) -> Result<bool, StoreError> {
        Ok(self.all().sessions.contains_key(name))
    }

    fn free_name(&self, wish: &str) -> Result<SessionName, StoreError> {
        let all = self.all();
        let taken = |name: &str| all.sessions.keys().any(|n| &**n == name);
        Ok(SessionName::free(wish, taken))
    }

    fn protects(&self, name: &SessionName) -> Result<bool, StoreError> {
        let all = self.all();
        let kept = all.sessions.get(name);
        Ok(kept.is_some_and(|k| k.session(name).protects()))
    }

    fn room(&self) -> Option<u64> {
        None
    }

    fn create(&self, new: &Newborn<'_>) -> Result<Opened, StoreError> {
        let name = self.free_name(new.name)?;
        let mut kept = Kept::default();
        kept.steps.push(new.step.clone());
        let session = kept.session(&name);
        if let Some(version) = session.current() {
            let hash = version.id.to_string();
            kept.texts.insert(hash.clone(), new.text.clone());
            let of = (hash, new.proposals.reader.clone());
            kept.proposals.insert(of, new.proposals.clone());
        }
        let mut all = self.all();
        if all.failures > 0 {
            all.failures -= 1;
            return Err(StoreError::Full { at: self.spot() });
        }
        all.sessions.insert(name.clone(), kept);
        drop(all);
        self.list_changed();
        self.hold(&name, new.checker, new.step.at)?;
        let asking = OpenRequest {
            mode: Mode::Write,
            history: true,
            checker: new.checker,
            now: new.step.at,
        };
        self.opened(&name, &asking, self.pen(&name))
    }

    fn rename(&self, name: &SessionName, to: &SessionName) -> Result<(), StoreError> {
        let mut all = self.all();
        if all.sessions.contains_key(to) {
            return Err(StoreError::Taken(to.to_string()));
        }
        let kept = all.take_off(name)?;
        all.sessions.insert(to.clone(), kept);
        drop(all);
        self.list_changed();
        Ok(())
    }

    fn discard(&self, name: &SessionName) -> Result<Spot, StoreError> {
        let mut all = self.all();
        let kept = all.take_off(name)?;
        all.discarded.push((name.clone(), kept));
        drop(all);
        self.list_changed();
        Ok(Spot::named(format!("{name} in memory")))
    }

    fn open(&self, name: &SessionName, asking: &OpenRequest<'_>) -> Result<Unheard, StoreError> {
        let held = match asking.mode {
            Mode::Read => {
                self.with(name, |_| ())?;
                HeldAs::ReadOnly(ReadOnly::Asked)
            }
            Mode::Write | Mode::MustWrite => match self.hold(name, asking.checker, asking.now)? {
                None => self.pen(name),
                Some(by) if asking.mode == Mode::MustWrite => {
                    let (name, by) = (name.to_string(), by.to_string());
                    return Err(StoreError::Held { name, by });
                }
                Some(by) => HeldAs::ReadOnly(ReadOnly::Held(Some(by))),
            },
        };
        self.opened(name, asking, held).map(Unheard::new)
    }

    fn watch(
        &self,
        name: &SessionName,
        after: u64,
    ) -> Result<Option<Receiver<Remote>>, StoreError> {
        let (tell, told) = channel();
        self.with(name, |kept| {
            let later = kept.steps.partition_point(|s| s.seq <= after);
            let later = kept.steps.get(later..).unwrap_or_default();
            if !later.is_empty() {
                // The receiver is here.
                let _ = tell.send(Remote::Steps(later.to_vec()));
            }
            kept.watchers.push(tell);
        })?;
        Ok(Some(told).filter(|_| self.shared))
    }

    fn watch_holder(&self, name: &SessionName) -> Result<Receiver<Remote>, StoreError> {
        let (tell, told) = channel();
        self.with(name, |kept| {
            kept.waiting.push(tell);
            if kept.holder.is_none() {
                kept.let_go();
            }
        })?;
        Ok(told)
    }

    fn watch_list(&self) -> Result<Option<Receiver<()>>, StoreError> {
        if !self.shared {
            return Ok(None);
        }
        let (tell, told) = channel();
        self.all().watchers.push(tell);
        Ok(Some(told))
    }
}

/// What a list shows of a session.
fn summary(name: &SessionName, kept: &Kept) -> Summary {
    let session = kept.session(name);
    let counts = SummaryForm::of(&session);
    let version = session.current();
    let of = version.map(|v| (v.id.to_string(), v.reader.clone()));
    let proposed = of.and_then(|of| kept.proposals.get(&of));
    let proposed = proposed.map_or(0, |p| u32::try_from(p.statements.len()).unwrap_or(u32::MAX));
    Summary {
        name: name.to_string(),
        title: session.article.title.clone(),
        version: session.number(),
        statements: counts.marked + proposed,
        taken_up: counts.taken_up,
        dismissed: counts.dismissed,
        claims: counts.claims,
        checked: counts.checked,
        waiting: counts.waiting,
        updated_at: Some(session.updated_at),
        holder: kept.holder.clone(),
        sample: false,
        copy_in: None,
        read_only: false,
        twins: Twins::default(),
        damage: Damage::default(),
        rebuilt: None,
        problem: None,
    }
}
