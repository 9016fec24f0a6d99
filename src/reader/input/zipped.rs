//! ZIP containers (DOCX, EPUB), unpacked within limits.

use std::io::{Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;
use zip::result::ZipError;

use super::InputHint;
use super::error::ReadError;
use crate::core::progress::size;

/// The largest container that is opened: books with pictures are large.
const LARGEST: usize = 256 * 1024 * 1024;
/// The most that all members which are read may unpack to.
const UNPACKED: u64 = 96 * 1024 * 1024;
/// The most members that a container may have.
const MEMBERS: usize = 50_000;

/// An open container.
pub(super) struct Zipped {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    name: String,
    format: &'static str,
    left: u64,
}

impl Zipped {
    /// Opens `bytes`, a `format` file.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`], [`ReadError::Damaged`], [`ReadError::Encrypted`].
    pub fn open(bytes: Vec<u8>, hint: &InputHint, format: &'static str) -> Result<Self, ReadError> {
        let name = hint.said();
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            // Office wraps a file with a password into an older container.
            return Err(ReadError::Encrypted { name });
        }
        if bytes.len() > LARGEST {
            return Err(ReadError::TooLarge {
                name,
                format: format.into(),
                size: size(bytes.len() as u64),
                limit: size(LARGEST as u64),
            });
        }
        let archive = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return Err(failed(&error, name, format)),
        };
        if archive.len() > MEMBERS {
            return Err(ReadError::Bomb {
                name,
                limit: format!("{MEMBERS} parts"),
            });
        }
        Ok(Self {
            archive,
            name,
            format,
            left: UNPACKED,
        })
    }

    /// The bytes of the member `path`; none where there is no such member.
    ///
    /// # Errors
    /// [`ReadError::Bomb`], [`ReadError::Damaged`], [`ReadError::Encrypted`].
    pub fn member(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let file = match self.archive.by_name(path) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(failed(&error, self.name.clone(), self.format)),
        };
        let mut bytes = Vec::new();
        let done = file.take(self.left + 1).read_to_end(&mut bytes);
        if let Err(error) = done {
            return Err(self.damaged(error.to_string()));
        }
        if bytes.len() as u64 > self.left {
            return Err(ReadError::Bomb {
                name: self.name.clone(),
                limit: size(UNPACKED),
            });
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The member `path`, which the format asks for.
    ///
    /// # Errors
    /// As [`member`](Self::member); [`ReadError::Damaged`] where there is none.
    pub fn required(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.member(path)? {
            Some(bytes) => Ok(bytes),
            None => Err(self.damaged(format!("it has no {path}"))),
        }
    }

    /// The error for a structure that is broken in this way.
    pub fn damaged(&self, reason: String) -> ReadError {
        ReadError::Damaged {
            name: self.name.clone(),
            format: self.format.into(),
            reason,
        }
    }
}

fn failed(error: &ZipError, name: String, format: &'static str) -> ReadError {
    let said = error.to_string();
    if said.to_ascii_lowercase().contains("password") {
        return ReadError::Encrypted { name };
    }
    ReadError::Damaged {
        name,
        format: format.into(),
        reason: said.split('\n').next().unwrap_or_default().to_string(),
    }
}

/// The value of the attribute `key`, whatever its prefix, with entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, key: &str) -> Option<String> {
    element.attributes().flatten().find_map(|a| {
        (a.key.local_name().as_ref() == key).then(|| super::tags::entities(&a.value).into_owned())
    })
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use std::io::Write;

    /// A container with these members.
    pub fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (path, content) in members {
            zip.start_file(*path, options).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_read_and_bombs_are_not() {
        let hint = InputHint::default();
        let mut zip = Zipped::open(
            zipped(&[("a.xml", "<a/>"), ("b.xml", "<b/>")]),
            &hint,
            "DOCX",
        )
        .unwrap();
        assert_eq!(zip.member("a.xml").unwrap().unwrap(), b"<a/>");
        assert_eq!(zip.member("c.xml").unwrap(), None);
        zip.left = 3;
        assert!(matches!(zip.member("b.xml"), Err(ReadError::Bomb { .. })));
        assert!(
            zip.required("c.xml")
                .unwrap_err()
                .to_string()
                .contains("it has no c.xml")
        );
    }

    #[test]
    fn what_is_no_container_is_said_to_be_damaged() {
        let hint = InputHint::default();
        let mut half = zipped(&[("a.xml", "<a/>")]);
        half.truncate(half.len() / 2);
        assert!(matches!(
            Zipped::open(half, &hint, "EPUB"),
            Err(ReadError::Damaged { .. })
        ));
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        assert!(matches!(
            Zipped::open(ole, &hint, "DOCX"),
            Err(ReadError::Encrypted { .. })
        ));
    }
}
