//! Reading a file of another tool into the open session: a job that works out the edits of one step.

use std::io::Read as _;
use std::path::Path;

use uuid::Uuid;

use super::exporting;
use crate::app::msg::{ImportReport, ImportRequest, Snapshot};
use crate::core::handover::Stage;
use crate::core::model::Stamp;
use crate::core::tx::Tx;
use crate::exchange::formats::Read;
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{self, File, Format, read};
use crate::reader::input::ReadError;
use crate::work::article;

/// A file larger than this is not read: it is no annotation of one article.
const LIMIT: u64 = 256 << 20;
/// How many bytes are read at a time.
const PIECE: u64 = 4 << 20;

/// Reads the file and says which edits bring it into the session; an error is one sentence.
pub fn import(
    snapshot: &Snapshot,
    request: &ImportRequest,
    stamp: &Stamp,
    watch: ExchangeWatch<'_>,
) -> Result<ImportReport, String> {
    if snapshot.former.is_none() {
        return Err(exporting::STILL_READING.into());
    }
    let path = super::at_home(&request.path);
    let name = path.to_string_lossy().into_owned();
    let mut bytes = bytes_of(&path, watch)?;
    let (format, reader) = readable(request.format, &name, &bytes)?;
    let mut beside = beside(format, &name);
    if let Some(veil) = &snapshot.veil {
        read::lift(&snapshot.session, veil, &mut bytes, &mut beside);
    }
    let incoming = read::Incoming {
        name: &name,
        bytes: &bytes,
        beside: &beside,
        unit: request.offset_unit,
        stamp,
        into: Some((&snapshot.session, &snapshot.text)),
    };
    let stage = |stage| watch.check(stage, 0, 0).map_err(|_| STOPPED.to_string());
    stage(Stage::Understanding)?;
    let mut ids = Uuid::now_v7;
    let imported = reader(&incoming, &mut ids).map_err(|e| e.to_string())?;
    stage(Stage::Merging)?;
    let mut session = (*snapshot.session).clone();
    let mut tx = Tx::new(&mut session, stamp.clone(), &mut ids);
    let whose = match request.theirs {
        true => read::Whose::Theirs,
        false => read::Whose::Ours,
    };
    let report = read::merge(&imported, &snapshot.text, whose, &mut tx);
    let edits = tx.finish();
    stage(Stage::Merging)?;
    Ok(ImportReport {
        edits,
        seq: request.seq,
        format: format.info.title.into(),
        claims: report.claims,
        new: session.claims.len() - snapshot.session.claims.len(),
        losses: report.losses(),
    })
}

/// What is said when the reading was stopped.
const STOPPED: &str = "Stopped; nothing was read.";

/// The format asked for, else the one that the file seems to have, and what reads it.
fn readable(
    asked: Option<&str>,
    name: &str,
    bytes: &[u8],
) -> Result<(&'static Format, Read), String> {
    let format = match asked {
        Some(asked) => exchange::format(asked)
            .ok_or_else(|| format!("There is no format called “{asked}”."))?,
        None => read::detect(name, bytes)
            .ok_or("Nothing in the file says which format it has; choose one.")?,
    };
    let read = format
        .read
        .ok_or_else(|| format!("“{}” cannot be read, only written.", format.info.name))?;
    Ok((format, read))
}

/// The files that the format wants beside the one named, as far as they are there.
pub fn beside(format: &Format, name: &str) -> Vec<File> {
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
fn bytes_of(path: &Path, watch: ExchangeWatch<'_>) -> Result<Vec<u8>, String> {
    let said = path.display();
    let failed = |e| format!("{}.", ReadError::of_file(said.to_string(), &e));
    let (mut file, about) = article::open(path).map_err(|e| format!("{e}."))?;
    let all = about.len();
    let large = || Err(format!("“{said}” is larger than 256 MB; it was not read."));
    if all > LIMIT {
        return large();
    }
    let mut bytes = Vec::new();
    loop {
        if !watch.at(Stage::Reading, bytes.len() as u64, all) {
            return Err(STOPPED.into());
        }
        match (&mut file).take(PIECE).read_to_end(&mut bytes) {
            Ok(0) => return Ok(bytes),
            Ok(_) if bytes.len() as u64 > LIMIT => return large(),
            Ok(_) => {}
            Err(e) => return Err(failed(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::core::handover::ExchangeWork;
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
                    assert!(!report.edits.is_empty());
                    read.push(report.format);
                }
                Err(why) => assert!(
                    why.starts_with("Nothing in the file says") || why.contains("line 1"),
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
            assert_eq!(why, STOPPED, "{last:?}");
        }
        assert!(import(&into, &request, &stamp, ExchangeWatch::default()).is_ok());
    }
}
