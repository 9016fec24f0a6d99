//! The integrity of a session on disk, for `claimdesk check`: what is there is what was written, and all of it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::files::read_if_there;
use super::journal::Torn;
use super::layout::*;
use super::load::{Loaded, Want, load, replay, unborn};
use super::strays::strays;
use super::summary::is_session;
use crate::core::damage::Damage;
use crate::core::diff::differences;
use crate::core::hash::hex;
use crate::core::history::{Step, StepKind};
use crate::core::model::{Anchor, Session};
use crate::core::problems::Severity;
use crate::core::proposal::Proposals;
use crate::core::references::dangling;
use crate::core::text::{ArticleText, Span};
use crate::store::StoreError;
use crate::store::care::Finding;
use crate::store::disk::v1::session::SummaryForm;
use crate::store::disk::{Checkpoint, read_checkpoint};

/// Looks at every file of the session in `folder` and changes none.
///
/// # Errors
/// Only when there is no session at all; everything else is a finding.
pub fn check_integrity(folder: &Path) -> Result<Vec<Finding>, StoreError> {
    if !is_session(folder) {
        return Err(StoreError::NotFound(name_of(folder)));
    }
    let mut found = Findings::default();
    let loaded = match load(folder, Want::Chain) {
        Ok(loaded) => loaded,
        Err(e) => {
            found.error("session", e.to_string());
            return Ok(found.0);
        }
    };
    for fault in loaded.damage.faults() {
        found.error(&*fault.place, fault.sentence());
    }
    found.journal(&loaded);
    found.steps(&loaded.steps);
    found.checkpoint(folder, &loaded);
    found.references(&loaded.session);
    found.texts(folder, &loaded.session);
    found.files(folder, &loaded.session);
    found.leftovers(folder);
    for stray in strays(folder) {
        let news = stray.news(folder, &loaded.steps).map(|n| format!(" {n}"));
        let message = stray.sentence() + &news.unwrap_or_default();
        found.warn(stray.path, message);
    }
    Ok(found.0)
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn error(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.add(Severity::Error, place.into(), message.into());
    }

    fn warn(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.add(Severity::Warning, place.into(), message.into());
    }

    fn add(&mut self, severity: Severity, place: String, message: String) {
        self.0.push(Finding {
            severity,
            place,
            message,
        });
    }

    fn journal(&mut self, loaded: &Loaded) {
        let journal = &loaded.journal;
        if let (Some(bad), Some(torn)) = (&journal.bad, journal.torn) {
            let place = format!("{JOURNAL_FILE}:{}", bad.number);
            let what = match torn {
                Torn::Unfinished => "The last line is not whole",
                Torn::Changed => "The last step cannot be read (its sum is wrong)",
                Torn::Repeated => "The last step is there twice",
            };
            let message = match loaded.damage.is_empty() {
                true => format!("{what}; the next opening sets it aside."),
                false => format!("{what}."),
            };
            match torn {
                Torn::Changed => self.error(place, message),
                Torn::Unfinished | Torn::Repeated => self.warn(place, message),
            }
        }
        if journal.seq() == 0 && loaded.damage.is_empty() {
            self.error(JOURNAL_FILE, "The journal holds no step.");
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        let mut known = HashMap::new();
        for step in steps {
            let place = format!("step {}", step.seq);
            let of = step.of.and_then(|of| known.get(&of).copied());
            let about_another = matches!(step.kind, StepKind::Undo | StepKind::Redo);
            if about_another && of != Some(StepKind::Do) {
                self.error(
                    &*place,
                    "It takes back, or makes again, a step that is not there.",
                );
            }
            if known.insert(step.id, step.kind).is_some() {
                self.error(place, "An earlier step has the same id.");
            }
        }
    }

    fn checkpoint(&mut self, folder: &Path, loaded: &Loaded) {
        let read = match read_if_there(&folder.join(CHECKPOINT)) {
            Ok(Some(bytes)) => read_checkpoint(&bytes),
            Ok(None) => {
                return self.warn(CHECKPOINT, "It is missing; the next opening rebuilds it.");
            }
            Err(e) => return self.error(CHECKPOINT, e.to_string()),
        };
        match read {
            Ok(checkpoint) => self.equals_replay(&checkpoint, loaded),
            Err(why) => self.error(CHECKPOINT, format!("It cannot be used: {why}.")),
        }
    }

    fn equals_replay(&mut self, checkpoint: &Checkpoint, loaded: &Loaded) {
        let steps = usize::try_from(checkpoint.seq).unwrap_or(usize::MAX);
        let end = loaded.journal.end_of(checkpoint.seq);
        let (Some(steps), Some(end)) = (loaded.steps.get(..steps), end) else {
            // A journal that ends before the checkpoint is damage, which was told.
            return;
        };
        if end != checkpoint.bytes {
            self.error(
                CHECKPOINT,
                "Its place in the journal is not the end of a line.",
            );
        }
        let mut replayed = unborn();
        let mut misfits = Damage::default();
        let mended = loaded
            .steps
            .iter()
            .rfind(|s| s.kind == StepKind::Repair)
            .map_or(0, |s| s.seq);
        replay(&mut replayed, steps, mended, &mut misfits);
        for misfit in misfits.faults() {
            self.error(&*misfit.place, misfit.sentence());
        }
        replayed.name.clone_from(&checkpoint.session.name);
        if checkpoint.counts != SummaryForm::of(&checkpoint.session) {
            self.error(CHECKPOINT, "Its counts are not those of its records.");
        }
        for what in differences(&checkpoint.session, &replayed) {
            self.error(
                CHECKPOINT,
                format!("Its {what} are not what the journal tells."),
            );
        }
    }

    fn references(&mut self, s: &Session) {
        for found in dangling(s) {
            let message = format!("It refers to a {} that is not there.", found.to);
            self.error(found.record, message);
        }
    }

    fn texts(&mut self, folder: &Path, session: &Session) {
        let texts = TextFiles::of(folder);
        for (number, version) in session.numbered() {
            let place = format!("article version {number}");
            let text = match texts.load(version) {
                Ok(text) => text,
                Err(e) => {
                    self.error(place, e.to_string());
                    continue;
                }
            };
            match load_proposals(folder, version) {
                Ok(Some(p)) => self.proposals(&p, &text, number),
                Ok(None) => self.warn(
                    place,
                    "The reader's proposals are missing; they are made anew on opening.",
                ),
                Err(e) => self.error(place, e.to_string()),
            }
            for s in session.statements.values() {
                if s.anchor.version == version.id {
                    self.anchor(&s.anchor, &text, &s.id);
                }
            }
        }
        for s in session.statements.values() {
            if let Some(number) = s.anchor.version.number_alone() {
                self.error(
                    format!("statement {}", s.id),
                    format!("It stands in article version {number}, which is not there."),
                );
            }
        }
    }

    fn anchor(&mut self, anchor: &Anchor, text: &ArticleText, id: &dyn std::fmt::Display) {
        let place = format!("statement {id}");
        if anchor.spans.is_empty() || anchor.spans.iter().any(|s| s.end > text.len()) {
            self.error(place, "Its spans lie outside the text.");
        } else if text.exact(&anchor.spans) != anchor.exact {
            self.error(
                place,
                "The text at its spans is not the words that it quotes.",
            );
        }
    }

    fn proposals(&mut self, p: &Proposals, text: &ArticleText, version: u32) {
        let inside = |spans: &[Span]| spans.iter().all(|s| s.end <= text.len());
        let all = p.blocks.iter().all(|b| inside(&[b.span]))
            && p.statements.iter().all(|s| inside(&s.spans))
            && p.attributions.iter().all(|a| {
                [&a.source, &a.cue, &a.content, &a.about]
                    .iter()
                    .all(|spans| inside(spans))
            })
            && p.sources.iter().all(|s| inside(&s.mentions));
        if !all {
            self.error(
                format!("proposals for version {version}"),
                "A span lies outside the text.",
            );
        }
    }

    fn files(&mut self, folder: &Path, session: &Session) {
        for item in session.evidence.values() {
            let Some(file) = &item.file else { continue };
            let place = format!("evidence {}", item.id);
            let path = file_path(folder, file);
            match path.map(|p| hash_of(&p)) {
                Some(Ok(sum)) if sum == (file.sha256.clone(), file.bytes) => {}
                Some(Ok(_)) => self.error(place, "Its copy is not the file that was taken in."),
                Some(Err(e)) => self.error(place, format!("Its copy cannot be read ({e}).")),
                None => self.error(place, "It names no copy."),
            }
        }
    }

    /// What earlier repairs have set aside.
    fn leftovers(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.map(|e| name_of(&e.path())).collect();
        names.sort();
        for name in names {
            if name.contains(".damaged-") || name.contains(".before-repair-") {
                self.warn(
                    name,
                    "A repair has set it aside; remove it when it is no longer needed.",
                );
            }
        }
    }
}

/// The hash and the size of the file at `path`.
fn hash_of(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 128 * 1024];
    let mut bytes = 0;
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok((hex(&hash.finalize()), bytes));
        }
        hash.update(buffer.get(..n).unwrap_or_default());
        bytes += n as u64;
    }
}
