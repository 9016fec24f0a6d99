//! Reading a file of another tool into the open session: a job that works out the edits of one step.

use std::fs::File as DiskFile;
use std::io::Read;
use std::path::Path;

use uuid::Uuid;

use crate::app::msg::{ImportReport, ImportRequest, Snapshot};
use crate::core::model::Stamp;
use crate::core::tx::Tx;
use crate::exchange::{self, File, Format, read};
use crate::reader::input::ReadError;

/// A file larger than this is not read: it is no annotation of one article.
const LIMIT: u64 = 256 << 20;

/// Reads the file and says which edits bring it into the session; an error is one sentence.
pub fn import(
    snapshot: &Snapshot,
    request: &ImportRequest,
    stamp: &Stamp,
) -> Result<ImportReport, String> {
    let format = exchange::format(&request.format)
        .ok_or_else(|| format!("There is no format called “{}”.", request.format))?;
    let reader = format
        .read
        .ok_or_else(|| format!("“{}” cannot be read, only written.", format.name))?;
    let name = request.path.to_string_lossy().into_owned();
    let bytes = bytes_of(&request.path)?;
    let beside = beside(format, &name);
    let incoming = read::Incoming {
        name: &name,
        bytes: &bytes,
        beside: &beside,
        unit: None,
        stamp,
        into: Some((&snapshot.session, &snapshot.text)),
    };
    let mut ids = Uuid::now_v7;
    let imported = reader(&incoming, &mut ids).map_err(|e| e.to_string())?;
    let mut session = (*snapshot.session).clone();
    let mut tx = Tx::new(&mut session, stamp.clone(), &mut ids);
    let report = read::merge(&imported, &snapshot.text, &mut tx);
    let notes = report
        .moved
        .iter()
        .chain(&report.lost)
        .map(|n| format!("“{}”: {}", n.words, n.reason));
    Ok(ImportReport {
        edits: tx.finish(),
        seq: request.seq,
        claims: report.claims,
        notes: notes.chain(report.remarks.iter().cloned()).collect(),
    })
}

/// The files that the format wants beside the one named, as far as they are there.
pub fn beside(format: &Format, name: &str) -> Vec<File> {
    let read = |path: String| {
        let path = Path::new(&path);
        let name = path.file_name()?.to_string_lossy().into_owned();
        let bytes = bytes_of(path).ok()?;
        Some(File { name, bytes })
    };
    format.beside(name).into_iter().filter_map(read).collect()
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let said = path.display();
    let failed = |e| format!("{}.", ReadError::of_file(said.to_string(), &e));
    let file = DiskFile::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let read = file.take(LIMIT + 1).read_to_end(&mut bytes);
    match read {
        Ok(n) if n as u64 > LIMIT => {
            Err(format!("“{said}” is larger than 256 MB; it was not read."))
        }
        Ok(_) => Ok(bytes),
        Err(e) => Err(failed(e)),
    }
}
