//! Reading a file of another tool into the open session: a job that works out the step that brings it in.

use super::exporting::CHOICES;
use crate::app::msg::{ImportReport, ImportRequest};
use crate::core::handover::snapshot::Snapshot;
use crate::core::model::Stamp;
use crate::exchange::read::Whose;
use crate::exchange::watch::ExchangeWatch;
use crate::work::error::WorkError;
use crate::work::import::{FileToImport, HowToImport, ReadIn};

/// Reads the file and works out the step that brings it into the session; an error is one sentence.
pub fn import(
    snapshot: &Snapshot,
    request: &ImportRequest,
    stamp: &Stamp,
    watch: ExchangeWatch<'_>,
) -> Result<ImportReport, String> {
    let work = || {
        let path = super::at_home(&request.path);
        let file = FileToImport::get(&path, request.format, watch)?;
        let title = file.format().info.title;
        let how = HowToImport {
            unit: request.offset_unit,
            whose: match request.theirs {
                true => Whose::Theirs,
                false => Whose::Ours,
            },
        };
        Ok((title, file.into_session(snapshot, how, stamp, watch)?))
    };
    let (format, ReadIn { plan, new, report }) =
        work().map_err(|e: WorkError| super::full_stop(e.sentence(&CHOICES)))?;
    Ok(ImportReport {
        plan,
        format,
        claims: report.claims,
        new,
        losses: report.losses(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::core::handover::{ExchangeWork, Stage};
    use crate::core::ids::CheckerId;
    use crate::exchange::fixture::{Fixture, at};

    fn setting() -> (tempfile::TempDir, Snapshot, Stamp) {
        let dir = tempfile::tempdir().unwrap();
        let f = Fixture::rich();
        for name in ["json", "csv", "brat", "xmi", "doccano"] {
            for file in f.export(name).files {
                std::fs::write(dir.path().join(&*file.name), file.bytes).unwrap();
            }
        }
        let empty = Fixture::empty(f.text.as_str());
        let into = Snapshot {
            session: Arc::new(empty.session),
            text: empty.text,
            proposals: Arc::new(empty.proposals),
            seq: 0,
            former: Some(Arc::default()),
            veil: None,
        };
        let stamp = Stamp {
            at: at(),
            by: CheckerId::of("ana"),
        };
        (dir, into, stamp)
    }

    #[test]
    fn the_format_is_found_out_and_what_is_new_is_counted() {
        let (dir, into, stamp) = setting();
        let claims = Fixture::rich().session.claims.len();
        let mut files: Vec<_> = dir.path().read_dir().unwrap().flatten().collect();
        files.sort_by_key(|f| f.file_name());
        let mut read = Vec::new();
        for file in files {
            let request = ImportRequest {
                path: file.path(),
                ..ImportRequest::default()
            };
            match import(&into, &request, &stamp, ExchangeWatch::default()) {
                Ok(report) => {
                    assert_eq!((report.claims, report.new), (claims, claims), "{request:?}");
                    assert!(report.plan.changes() > 0);
                    read.push(report.format);
                }
                Err(why) => assert!(
                    why.contains("says which format it has; choose one.") || why.contains("line 1"),
                    "{why}"
                ),
            }
        }
        read.sort();
        read.dedup();
        assert_eq!(read.len(), 5, "{read:?}");
    }

    #[test]
    fn reading_stops_when_it_is_no_longer_wanted() {
        let (dir, into, stamp) = setting();
        let json = dir.path().read_dir().unwrap().flatten();
        let json = json
            .map(|f| f.path())
            .find(|p| p.ends_with("kell-bridge.json"))
            .unwrap();
        let request = ImportRequest {
            path: json,
            ..ImportRequest::default()
        };
        for last in [Stage::Reading, Stage::Understanding, Stage::Merging] {
            let told = |work: ExchangeWork| work.stage != last;
            let why = import(&into, &request, &stamp, ExchangeWatch::by(&told)).unwrap_err();
            assert_eq!(why, "Stopped; nothing was read.", "{last:?}");
        }
        assert!(import(&into, &request, &stamp, ExchangeWatch::default()).is_ok());
    }
}
