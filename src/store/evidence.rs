//! Evidence copies: a file is hashed while it is copied, and stands under its hash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::StoreError;
use super::files::{Disk, hex, sync_folder};
use super::layout::file_name;
use crate::core::model::EvidenceFile;

/// Copies `path` to `files/<sha256>.<ext>` in `folder`, a piece at a time.
pub(crate) fn take_in(
    disk: &dyn Disk,
    folder: &Path,
    path: &Path,
) -> Result<EvidenceFile, StoreError> {
    let mut source = File::open(path).map_err(|e| StoreError::read(path, e))?;
    if source.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(StoreError::read(path, io::ErrorKind::IsADirectory.into()));
    }
    let files = folder.join("files");
    let failed = |e: io::Error| StoreError::write(&files, e);
    fs::create_dir_all(&files).map_err(failed)?;
    let mut how = OpenOptions::new();
    how.write(true).create_new(true);
    let temp = tempfile::Builder::new()
        .prefix(".claimdesk-")
        .make_in(&files, |p| disk.open(p, &how))
        .map_err(failed)?;
    let mut hash = Sha256::new();
    let mut bytes = 0u64;
    let mut head = Vec::new();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        let n = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(StoreError::read(path, e)),
        };
        let piece = buffer.get(..n).unwrap_or_default();
        if head.is_empty() {
            head.extend_from_slice(piece.get(..512).unwrap_or(piece));
        }
        hash.update(piece);
        bytes += n as u64;
        disk.write(temp.as_file(), piece).map_err(failed)?;
    }
    disk.sync_data(temp.as_file()).map_err(failed)?;
    let sha256 = hex(&hash.finalize());
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let kept = files.join(file_name(&sha256, &name));
    if !kept.exists() {
        temp.persist(&kept).map_err(|e| failed(e.error))?;
        sync_folder(&files);
    }
    Ok(EvidenceFile {
        sha256,
        bytes,
        media_type: media_type(&name, &head).into(),
        name,
    })
}

/// First bytes that say what a file is.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
];

/// What an extension says where the first bytes say nothing, or only what holds it.
const EXTENSIONS: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("eml", "message/rfc822"),
    ("epub", "application/epub+zip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("svg", "image/svg+xml"),
    ("tsv", "text/tab-separated-values"),
    ("txt", "text/plain"),
    ("warc", "application/warc"),
    ("wav", "audio/wav"),
    ("webp", "image/webp"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// The media type of a file, from its first bytes, else its name.
fn media_type(name: &str, head: &[u8]) -> &'static str {
    if let Some((_, found)) = SIGNATURES.iter().find(|(s, _)| head.starts_with(s)) {
        return found;
    }
    let ext = Path::new(name)
        .extension()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match EXTENSIONS.iter().find(|(e, _)| ext == *e) {
        Some((_, found)) => found,
        None if std::str::from_utf8(head).is_ok() && !head.contains(&0) => "text/plain",
        None => "application/octet-stream",
    }
}
