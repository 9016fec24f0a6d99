//! Exports on a thread of their own: working out what one would do, or doing it.

use crate::app::msg::{ExportReport, ExportRequest};
use crate::core::handover::snapshot::Snapshot;
use crate::core::model::Time;
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{ExchangeError, write};
use crate::work::error::{Remedies, WorkError};
use crate::work::export;

/// What somebody can do next in the workbench.
pub const CHOICES: Remedies = Remedies {
    formats: "",
    format: "choose one",
    unit: "the unit of offsets",
    session: "open the session that it belongs to",
    protected: "choose what becomes of it",
    unmaskable: "",
    replace: "choose another name, or confirm that it is replaced",
};

/// Works out what the export would do, or does it; an error is one sentence.
pub fn export(
    snapshot: &Snapshot,
    request: &ExportRequest,
    at: Time,
    doing: bool,
    watch: ExchangeWatch<'_>,
) -> Result<ExportReport, String> {
    let said = |e: WorkError| e.sentence(&CHOICES);
    let format = export::format(request.format).map_err(said)?;
    let export = match export::export(format, snapshot, &request.options, at, watch) {
        Ok(export) => export,
        Err(e) => {
            let refused = e.refusal(&CHOICES).ok_or_else(|| said(e))?;
            return Ok(ExportReport {
                refused,
                ..ExportReport::default()
            });
        }
    };
    let target = super::at_home(&request.target);
    let mut report = ExportReport {
        written: export.report.written.len(),
        losses: export.report.losses(),
        taken: write::taken(&export.files, format.info.layout, &target),
        ..ExportReport::default()
    };
    if doing {
        let layout = format.info.layout;
        match write::put_watched(&export.files, layout, &target, request.force, watch) {
            Ok(files) => report.files = files,
            // The dialog asks before it is replaced.
            Err(ExchangeError::Exists(path)) => report.taken = Some(path),
            Err(e) => return Err(said(e.into())),
        }
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::*;
    use crate::core::handover::{ExchangeWork, Stage};
    use crate::core::history::History;
    use crate::exchange::FORMATS;
    use crate::exchange::fixture::{Fixture, at};

    fn snapshot(f: &Fixture) -> Snapshot {
        let (session, proposals) = (f.session.clone(), f.proposals.clone().into());
        Snapshot::new(session, f.text.clone(), proposals, &History::default())
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
                "{} could not be written: the folder is not there; make it first.",
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
