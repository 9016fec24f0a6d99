//! A home folder with an article in it, and what the workbench keeps there of its session.

use std::path::{Path, PathBuf};

/// Four rows to decide; every letter that the tests press does something on some row.
const ARTICLE: &str = "Harbour wall gives way\n\nBy Ana Roe\n\nThe wall fell on Monday, the harbour office said.\n\n\
\"The repair cost us double,\" said Ivo Lam, who runs the port.\n\nThe union denied that the wall had been inspected.\n";

/// A home folder and the path of the article in it.
pub fn home() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("harbour.txt");
    std::fs::write(&path, ARTICLE).unwrap();
    let path = path.to_str().unwrap().to_string();
    (home, path)
}

/// The folder of the article's session, whether or not it is there.
pub fn session(home: &Path) -> PathBuf {
    home.join("data/sessions/harbour")
}

/// The journal of the article's session.
pub fn journal(home: &Path) -> PathBuf {
    session(home).join("journal.jsonl")
}

/// How many steps the journal holds; none where no session was made.
pub fn steps(home: &Path) -> usize {
    match std::fs::read_to_string(journal(home)) {
        Ok(lines) => lines.lines().filter(|l| l.contains("\"seq\"")).count(),
        Err(_) => {
            assert!(!session(home).exists(), "a session without a journal");
            0
        }
    }
}
