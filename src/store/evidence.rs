//! Evidence copies: a file is hashed while it is copied, and stands under its hash.
//!
//! Nothing here needs the session's pen: a copy is made on a thread of its own, and only when it is whole and synced
//! does it stand under the name that a step may refer to.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::regular::{self, NotOpened};
use crate::core::hash::hex;
use crate::core::model::EvidenceFile;
use crate::core::progress::size;

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// No such file.
    #[error("There is no file {}; check how it is spelled and in which folder it is.", .0.display())]
    Missing(PathBuf),
    /// A pipe, a device, a folder.
    #[error("{} is {what}, not a file; only files are kept as evidence.", path.display())]
    NotAFile {
        /// Which.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The system does not hand it over.
    #[error("{} could not be read ({why}); nothing was kept of it.", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The copy would be a mix of an earlier and a later file.
    #[error("{} changed while it was copied; nothing was kept of it: try again when it is finished.", .0.display())]
    Changed(PathBuf),
    /// It does not fit.
    #[error(
        "{} is {}, and there is room for {} beside the session; make some, or hold its address instead.",
        path.display(), size(*bytes), size(*room)
    )]
    NoRoom {
        /// Which file.
        path: PathBuf,
        /// How large it is.
        bytes: u64,
        /// How large it may be.
        room: u64,
    },
    /// It is no longer wanted.
    #[error("The copy of {} was given up.", .0.display())]
    GivenUp(PathBuf),
    /// The copy could not be written.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What another program says of it.
    #[error("{0}")]
    Said(String),
}

impl TakeError {
    /// The error of a file that is not opened or read.
    pub fn of(path: &Path, error: impl Into<NotOpened>) -> Self {
        let path = path.to_owned();
        match error.into() {
            NotOpened::NotAFile(other) => Self::NotAFile {
                path,
                what: other.what(),
            },
            NotOpened::Io(e) if e.kind() == io::ErrorKind::NotFound => Self::Missing(path),
            NotOpened::Io(e) => Self::Unreadable {
                path,
                why: e.to_string(),
            },
        }
    }
}

/// What a file is, as far as that concerns its copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Its length.
    pub bytes: u64,
    /// When it was last changed, in seconds and nanoseconds.
    modified: (i64, i64),
    /// The rights that its copy is to have.
    pub(crate) rights: u32,
}

impl FileFacts {
    /// What is so long and never was a file.
    pub(crate) fn of_bytes(bytes: u64) -> Self {
        Self {
            bytes,
            modified: (0, 0),
            rights: 0o600,
        }
    }

    fn of(file: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let (modified, rights) = {
            use std::os::unix::fs::{MetadataExt, PermissionsExt};
            (
                (file.mtime(), file.mtime_nsec()),
                rights_of_copy(file).mode(),
            )
        };
        #[cfg(not(unix))]
        let (modified, rights) = ((0, 0), 0);
        Self {
            bytes: file.len(),
            modified,
            rights,
        }
    }
}

/// The rights of a copy in a session of the file that `of` describes: those of its owner, and none for others.
pub(crate) fn rights_of_copy(of: &fs::Metadata) -> fs::Permissions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut rights = of.permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        rights.set_mode(rights.mode() & 0o600);
    }
    rights
}

/// A file that is taken in, wherever it is read.
pub trait Original {
    /// What it was when it was opened.
    fn about(&self) -> FileFacts;
    /// Reads on; 0 at its end.
    ///
    /// # Errors
    /// What the system says.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
    /// What it is now.
    ///
    /// # Errors
    /// What the system says.
    fn about_now(&mut self) -> io::Result<FileFacts>;
}

/// A file that is read where it stands.
#[derive(Debug)]
pub struct Here {
    file: File,
    about: FileFacts,
}

impl Here {
    /// Looks at a file without opening it.
    ///
    /// # Errors
    /// When it is none, or cannot be looked at.
    pub fn look(path: &Path) -> Result<FileFacts, TakeError> {
        let about = regular::look(path).map_err(|e| TakeError::of(path, e))?;
        Ok(FileFacts::of(&about))
    }

    /// Opens a file.
    ///
    /// # Errors
    /// When it is none, or cannot be opened.
    pub fn open(path: &Path) -> Result<Self, TakeError> {
        let (file, about) = regular::open(path).map_err(|e| TakeError::of(path, e))?;
        let about = FileFacts::of(&about);
        Ok(Self { file, about })
    }
}

impl Original for Here {
    fn about(&self) -> FileFacts {
        self.about
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        io::Read::read(&mut self.file, buffer)
    }

    fn about_now(&mut self) -> io::Result<FileFacts> {
        self.file.metadata().map(|m| FileFacts::of(&m))
    }
}

/// Reads `original`, which is called `path`, to its end and hands it to `keep`, a piece at a time. `wanted` hears how many
/// bytes are kept and says whether the rest is still wanted. What was read is one state of the file.
///
/// # Errors
/// When it cannot be read, changes meanwhile or is no longer wanted, and those of `keep`.
pub(crate) fn read_through(
    path: &Path,
    original: &mut dyn Original,
    wanted: &dyn Fn(u64) -> bool,
    keep: &mut dyn FnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<EvidenceFile, TakeError> {
    let about = original.about();
    let mut hash = Sha256::new();
    let mut bytes = 0u64;
    let mut head = Vec::new();
    let mut buffer = vec![0; 128 * 1024];
    // A file that grows, or one that never ends, is read no further than it was said to go.
    while bytes <= about.bytes {
        if !wanted(bytes) {
            return Err(TakeError::GivenUp(path.to_owned()));
        }
        let n = match original.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) if !wanted(bytes) => return Err(TakeError::GivenUp(path.to_owned())),
            Err(e) => return Err(TakeError::of(path, e)),
        };
        let piece = buffer.get(..n).unwrap_or_default();
        if head.is_empty() {
            head.extend_from_slice(piece.get(..512).unwrap_or(piece));
        }
        hash.update(piece);
        bytes += n as u64;
        keep(piece)?;
    }
    let mut now = || original.about_now().map_err(|e| TakeError::of(path, e));
    if bytes != about.bytes || now()? != about {
        return Err(TakeError::Changed(path.to_owned()));
    }
    let name = path.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    Ok(EvidenceFile {
        sha256: hex(&hash.finalize()),
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
