//! Where this program is, to be started once more for what a child of it does.

use std::io;
use std::path::{Path, PathBuf};

/// The file of this program.
///
/// # Errors
/// When the system does not say.
pub fn program() -> io::Result<PathBuf> {
    // On Linux this is the program that runs, even where a newer one has been put in its place.
    let running = Path::new("/proc/self/exe");
    match cfg!(target_os = "linux") && running.exists() {
        true => Ok(running.to_owned()),
        false => std::env::current_exe(),
    }
}
