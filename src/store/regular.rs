//! Opening files that somebody names. Only regular files are opened: a pipe, a device or a socket may give bytes for
//! ever, or none and no end.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// What stands at a path where a file is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFile {
    /// A folder.
    Folder,
    /// A pipe, with a name or one that the shell made for `<(…)`.
    Pipe,
    /// A socket.
    Socket,
    /// A terminal, a disk, `/dev/zero` and their like.
    Device,
}

impl NotAFile {
    /// What it is, with its article.
    pub fn what(self) -> &'static str {
        match self {
            Self::Folder => "a folder",
            Self::Pipe => "a pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
        }
    }

    /// What `about` says, where that is no regular file.
    fn of(about: &Metadata) -> Option<Self> {
        let kind = about.file_type();
        if kind.is_file() {
            return None;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::FileTypeExt;
            if kind.is_fifo() {
                return Some(Self::Pipe);
            }
            if kind.is_socket() {
                return Some(Self::Socket);
            }
        }
        Some(if kind.is_dir() {
            Self::Folder
        } else {
            Self::Device
        })
    }
}

/// Why a file was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// It is no regular file.
    NotAFile(NotAFile),
    /// The system refuses.
    Io(io::Error),
}

impl From<io::Error> for NotOpened {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Looks at what stands at `path` without opening it.
///
/// # Errors
/// When it cannot be looked at, or is no regular file.
pub fn look(path: &Path) -> Result<Metadata, NotOpened> {
    regular(fs::metadata(path)?)
}

/// Opens the regular file at `path` for reading, and says what it was when it was opened.
///
/// It is looked at before, since opening alone may act (a tape) or wait (a pipe), and again after, since another thing
/// may have come in its place.
///
/// # Errors
/// When it cannot be opened, or is no regular file.
pub fn open(path: &Path) -> Result<(File, Metadata), NotOpened> {
    look(path)?;
    let mut how = OpenOptions::new();
    how.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // Close-on-exec is what the standard library does anyway.
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        how.custom_flags(flags.bits().cast_signed());
    }
    let file = how.open(path)?;
    let about = regular(file.metadata()?)?;
    Ok((file, about))
}

fn regular(about: Metadata) -> Result<Metadata, NotOpened> {
    match NotAFile::of(&about) {
        None => Ok(about),
        Some(other) => Err(NotOpened::NotAFile(other)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::io::Read;

    use super::*;

    fn refused(path: &Path) -> NotAFile {
        for result in [look(path).err(), open(path).err()] {
            match result {
                Some(NotOpened::NotAFile(what)) => assert_eq!(what, refused_by_look(path)),
                other => panic!("{}: {other:?}", path.display()),
            }
        }
        refused_by_look(path)
    }

    fn refused_by_look(path: &Path) -> NotAFile {
        match look(path) {
            Err(NotOpened::NotAFile(what)) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_regular_files_are_opened_and_the_rest_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("pipe"),
            rustix::fs::FileType::Fifo,
            0o600.into(),
            0,
        )
        .unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        fs::write(at("file"), "minutes").unwrap();
        std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("pipe"), at("link-to-pipe")).unwrap();
        assert_eq!(refused(dir.path()), NotAFile::Folder);
        assert_eq!(refused(&at("pipe")), NotAFile::Pipe);
        assert_eq!(refused(&at("link-to-pipe")), NotAFile::Pipe);
        assert_eq!(refused(&at("socket")), NotAFile::Socket);
        for device in ["/dev/zero", "/dev/null", "/dev/tty"] {
            assert_eq!(refused(Path::new(device)), NotAFile::Device, "{device}");
        }
        for name in ["file", "link"] {
            let (mut file, about) = open(&at(name)).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!((text.as_str(), about.len()), ("minutes", 7));
        }
        let missing = open(&at("missing")).unwrap_err();
        assert!(matches!(missing, NotOpened::Io(e) if e.kind() == io::ErrorKind::NotFound));
    }

    #[test]
    fn a_pipe_of_the_shell_is_a_pipe() {
        use std::os::fd::AsRawFd;
        let (reader, _writer) = io::pipe().unwrap();
        let path = format!("/dev/fd/{}", reader.as_raw_fd());
        assert_eq!(refused(Path::new(&path)), NotAFile::Pipe);
    }
}
