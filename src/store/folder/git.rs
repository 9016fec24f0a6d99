//! What a session's folder tells git: to change no line end, and to leave out what says where somebody is at the moment.

use std::io::Write;
use std::path::Path;

use super::files::private;
use crate::store::StoreError;

const FILES: [(&str, &str); 2] = [
    (
        ".gitattributes",
        "* -text\n# A changed line end is a changed file: git leaves them as they are.\n",
    ),
    (
        ".gitignore",
        "session.lock\nplace*.json\ndraft*.json\n.claimdesk-*\n",
    ),
];

/// Adds the files that tell git about a session to `folder`; what the user has there already stays.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn add_git_files(folder: &Path) -> Result<(), StoreError> {
    for (name, text) in FILES {
        let path = folder.join(name);
        match private().write(true).create_new(true).open(&path) {
            // No step hangs on it, so it is not waited for until it is on the medium.
            Ok(mut file) => file
                .write_all(text.as_bytes())
                .map_err(|e| StoreError::write(&path, e))?,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(StoreError::write(&path, e)),
        }
    }
    Ok(())
}
