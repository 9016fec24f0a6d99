//! Exports on a thread of their own: working out what one would do, or doing it.

use std::collections::HashSet;

use uuid::Uuid;

use crate::app::msg::{ExportReport, ExportRequest, Snapshot};
use crate::core::model::Time;
use crate::core::veil::Veil;
use crate::exchange::error::NamePlace;
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{self, ExchangeError, Handover, write};
use crate::work::GENERATOR;

/// What is said where the journal is wanted and not there yet.
pub const STILL_READING: &str = "The earlier steps, which know what protected sources were called, are still being read; try again in a moment.";

/// Works out what the export would do, or does it; an error is one sentence.
pub fn export(
    snapshot: &Snapshot,
    request: &ExportRequest,
    at: Time,
    doing: bool,
    watch: ExchangeWatch<'_>,
) -> Result<ExportReport, String> {
    let format = exchange::format(request.format)
        .ok_or_else(|| format!("There is no format called “{}”.", request.format))?;
    let Some(former) = &snapshot.former else {
        return Err(STILL_READING.into());
    };
    let fresh = || Veil::fresh(&mut Uuid::now_v7);
    let veil = snapshot.veil.clone().unwrap_or_else(fresh);
    let handover = Handover {
        session: &snapshot.session,
        text: &snapshot.text,
        proposals: Some(&snapshot.proposals),
        exported_at: at,
        generator: GENERATOR,
        options: &request.options,
        former,
        veil: &veil,
    };
    let export = match exchange::export_watched(format, &handover, watch) {
        Ok(e) => e,
        Err(ExchangeError::Protected { places }) => {
            let first = match places.len() {
                1 => "a protected source is named in one place; choose what becomes of it:".into(),
                n => format!(
                    "a protected source is named in {n} places; choose what becomes of them:"
                ),
            };
            return Ok(refused(first, &places));
        }
        Err(ExchangeError::Unmaskable { places }) => {
            let first = "a protected source is named where no mask is safe; reword these places, or change its name or role:";
            return Ok(refused(first.into(), &places));
        }
        Err(e) => return Err(e.to_string()),
    };
    let target = super::at_home(&request.target);
    let mut report = ExportReport {
        written: export.report.written.len(),
        losses: export.report.losses(),
        taken: write::taken(&export.files, format.info.layout, &target),
        ..ExportReport::default()
    };
    if doing {
        let put = write::put_watched(
            &export.files,
            format.info.layout,
            &target,
            request.force,
            watch,
        );
        report.files = match put {
            Ok(files) => files,
            // The dialog asks before it is replaced.
            Err(ExchangeError::Exists(path)) => {
                report.taken = Some(path);
                return Ok(report);
            }
            Err(ExchangeError::Write { path, why }) => {
                return Err(format!(
                    "“{}” could not be written: {}.",
                    path.display(),
                    unwritable(&why)
                ));
            }
            Err(e) => return Err(e.to_string()),
        };
    }
    Ok(report)
}

/// The report of an export that was refused, with every place once.
fn refused(first: String, places: &[NamePlace]) -> ExportReport {
    let mut refused = vec![first];
    let mut seen = HashSet::new();
    for p in places {
        let place = format!("{}: “{}”", p.at, p.words);
        if seen.insert(place.clone()) {
            refused.push(place);
        }
    }
    ExportReport {
        refused,
        ..ExportReport::default()
    }
}

/// Why nothing could be written there, as part of a sentence.
fn unwritable(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::NotFound => "the folder is not there; make it first".into(),
        std::io::ErrorKind::PermissionDenied => "you may not write there".into(),
        std::io::ErrorKind::StorageFull => "the disk is full".into(),
        std::io::ErrorKind::NotADirectory => "a part of the path is a file".into(),
        std::io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        _ => e.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::core::handover::{ExchangeWork, Stage};
    use crate::exchange::FORMATS;
    use crate::exchange::fixture::{Fixture, at};

    fn snapshot(f: &Fixture) -> Snapshot {
        Snapshot {
            session: Arc::new(f.session.clone()),
            text: f.text.clone(),
            proposals: Arc::new(f.proposals.clone()),
            former: Some(Arc::default()),
            veil: None,
        }
    }

    fn to(format: &'static str, target: &Path) -> ExportRequest {
        ExportRequest {
            format,
            target: target.into(),
            ..ExportRequest::default()
        }
    }

    #[test]
    fn a_preview_writes_nothing_and_says_what_the_export_then_does() {
        let dir = tempfile::tempdir().unwrap();
        let all = snapshot(&Fixture::rich());
        for format in FORMATS {
            let request = to(format.info.name, &dir.path().join(format.info.name));
            let seen = export(&all, &request, at(), false, ExchangeWatch::default()).unwrap();
            assert!(
                !request.target.exists() && seen.files.is_empty(),
                "{}",
                format.info.name
            );
            let done = export(&all, &request, at(), true, ExchangeWatch::default()).unwrap();
            assert_eq!((done.written, done.losses), (seen.written, seen.losses));
            assert!(!done.files.is_empty() && done.files.iter().all(|f| f.exists()));
            // Now it is there: the preview says so, and what is there stays.
            let again = export(&all, &request, at(), true, ExchangeWatch::default()).unwrap();
            assert_eq!(
                (again.taken.as_ref(), again.files.len()),
                (done.files.first(), 0)
            );
            let seen = export(&all, &request, at(), false, ExchangeWatch::default()).unwrap();
            assert_eq!(seen.taken, again.taken, "{}", format.info.name);
        }
    }

    #[test]
    fn an_export_can_be_stopped_at_any_point_before_its_files_are_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let all = snapshot(&Fixture::rich());
        for format in FORMATS {
            let mut last = 0;
            let stages = loop {
                let seen = std::sync::Mutex::new(Vec::new());
                let told = |work: ExchangeWork| {
                    let stage = work.stage;
                    let mut seen = seen.lock().unwrap();
                    seen.push(stage);
                    seen.len() <= last
                };
                let request = to(format.info.name, &dir.path().join(format.info.name));
                match export(&all, &request, at(), true, ExchangeWatch::by(&told)) {
                    Ok(_) => break seen.into_inner().unwrap(),
                    Err(why) => assert_eq!(why, "Stopped; nothing was written."),
                }
                let left = |d: &Path| d.read_dir().into_iter().flatten().flatten().count();
                let empty_folder = left(dir.path()) == 1 && left(&request.target) == 0;
                assert!(
                    left(dir.path()) == 0 || empty_folder,
                    "{} at {last}",
                    format.info.name
                );
                last += 1;
            };
            let claims = stages.iter().filter(|s| **s == Stage::Claims).count();
            assert!(
                claims >= all.session.claims.len(),
                "{}: {stages:?}",
                format.info.name
            );
            assert_eq!(stages.last(), Some(&Stage::Putting));
            for old in dir.path().read_dir().unwrap().flatten() {
                let path = old.path();
                let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
            }
        }
    }

    #[test]
    fn what_cannot_be_written_is_said_in_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let all = snapshot(&Fixture::rich());
        let nowhere = dir.path().join("no/such/folder/x.json");
        let why = export(
            &all,
            &to("json", &nowhere),
            at(),
            true,
            ExchangeWatch::default(),
        )
        .unwrap_err();
        assert_eq!(
            why,
            format!(
                "“{}” could not be written: the folder is not there; make it first.",
                nowhere.display()
            )
        );
        std::fs::write(dir.path().join("file"), "x").unwrap();
        let inside = dir.path().join("file/x");
        let why = export(
            &all,
            &to("csv", &inside),
            at(),
            true,
            ExchangeWatch::default(),
        )
        .unwrap_err();
        assert!(
            why.contains("could not be written") && !why.contains("--force"),
            "{why}"
        );
    }
}
