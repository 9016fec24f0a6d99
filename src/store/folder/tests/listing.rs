//! What a list says of sessions that somebody has changed, and when it need not read them to know.

use std::time::SystemTime;

use super::*;
use crate::store::folder::{files, lock};

/// A session that was worked on, and closed a while after.
fn closed() -> (tempfile::TempDir, Library, std::path::PathBuf) {
    let (dir, library) = library();
    let mut made = create(&library, "kell");
    for seq in 2..6 {
        keep(&mut made, claim_step(seq));
    }
    let writer = made.writer.as_mut().unwrap();
    writer.checkpoint(&made.session, 5).unwrap();
    let folder = made.folder.clone();
    drop(made);
    close_later(&library, &folder);
    (dir, library, folder)
}

/// Opens the session once more and closes it when files get later times than all of its own have.
fn close_later(library: &Library, folder: &Path) {
    later(folder);
    let opened = open(library, "kell", Mode::Write);
    later(folder);
    drop(opened);
}

/// Waits until a file that is changed now gets a later time than every one in the folder has.
fn later(folder: &Path) {
    let at = |path: &Path| files::last_change(&fs::metadata(path).unwrap()).unwrap();
    let of = |path: std::path::PathBuf| -> Vec<SystemTime> {
        let entries = fs::read_dir(path).unwrap();
        entries.map(|e| at(&e.unwrap().path())).collect()
    };
    let all = [of(folder.to_owned()), of(folder.join("articles"))].concat();
    let last = all.into_iter().max().unwrap();
    let probe = tempfile::NamedTempFile::new().unwrap();
    loop {
        fs::write(probe.path(), "now").unwrap();
        if at(probe.path()) > last {
            return;
        }
    }
}

fn left(folder: &Path) -> Option<SystemTime> {
    lock::look(folder).left
}

fn marks(library: &Library) -> Vec<String> {
    library.list().unwrap()[0].marks(true)
}

/// The text that the session is about.
fn article(folder: &Path) -> std::path::PathBuf {
    let mut all = fs::read_dir(folder.join("articles")).unwrap();
    all.next().unwrap().unwrap().path()
}

/// Changes one byte in the middle of a file, which stays as long as it was.
fn change(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

const ARTICLE: &str = "damaged: the article is damaged: another program changed the article's text, so that marks may be at other words";
const CHECKPOINT: &str =
    "session.json cannot be used (its sum is wrong); the journal tells all of it";

#[test]
fn a_list_marks_an_article_whose_text_was_changed() {
    let (_dir, library, folder) = closed();
    assert_eq!(marks(&library), [""; 0]);
    change(&article(&folder));
    assert_eq!(marks(&library), [ARTICLE]);
    fs::remove_file(article(&folder)).unwrap();
    assert_eq!(
        marks(&library),
        ["damaged: the article's text is missing".to_string()]
    );
}

#[test]
fn a_list_marks_a_checkpoint_whose_body_was_changed_and_counts_what_the_journal_tells() {
    let (_dir, library, folder) = closed();
    let before = library.list().unwrap();
    change(&folder.join("session.json"));
    assert_eq!(marks(&library), [CHECKPOINT]);
    let mut after = library.list().unwrap();
    assert_eq!(after[0].rebuilt.take(), Some("its sum is wrong".into()));
    assert_eq!(after, before, "nothing is missing");
    // The next opening to write makes it anew.
    drop(open(&library, "kell", Mode::Write));
    assert_eq!(marks(&library), [""; 0]);
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_nobody_has_touched_since_they_were_left_are_not_read_again() {
    let (_dir, library, folder) = closed();
    assert!(left(&folder).is_some());
    change(&article(&folder));
    later(&folder);
    // As if the last writer had left it like this.
    let file = fs::File::options()
        .write(true)
        .open(folder.join("session.lock"));
    file.unwrap().set_len(0).unwrap();
    assert_eq!(marks(&library), [""; 0]);
    // `check` and every opening read it.
    assert!(!open(&library, "kell", Mode::Read).damage.is_empty());
    let found = check_integrity(&folder).unwrap();
    assert!(found.iter().any(|f| f.place.contains("article")));
}

#[test]
fn what_was_changed_while_a_session_was_open_is_not_taken_for_sound() {
    for touched in ["articles", "session.json", "journal.jsonl"] {
        for checkpoint in [false, true] {
            let (_dir, library, folder) = closed();
            let mut opened = open(&library, "kell", Mode::Write);
            keep(&mut opened, claim_step(6));
            let writer = opened.writer.as_mut().unwrap();
            if checkpoint {
                writer.checkpoint(&opened.session, 6).unwrap();
            }
            later(&folder);
            match touched {
                "articles" => change(&article(&folder)),
                file => change(&folder.join(file)),
            }
            later(&folder);
            drop(opened);
            assert_eq!(left(&folder), None, "{touched}, {checkpoint}");
            assert_eq!(marks(&library).len(), 1, "{touched}, {checkpoint}");
        }
    }
}

#[test]
fn a_damaged_session_stays_marked_when_it_was_opened_to_write_and_could_not_be() {
    let (_dir, library, folder) = closed();
    change(&article(&folder));
    later(&folder);
    assert!(open(&library, "kell", Mode::Write).writer.is_none());
    assert_eq!(left(&folder), None);
    assert_eq!(marks(&library), [ARTICLE]);
}

#[test]
fn a_copy_of_a_session_is_read_whatever_times_it_has() {
    let (_dir, library, folder) = closed();
    change(&article(&folder));
    for keep_times in [false, true] {
        let copy = library.dir().join("copy");
        fs::create_dir_all(copy.join("articles")).unwrap();
        fs::create_dir_all(copy.join("proposals")).unwrap();
        for (name, bytes) in files(&folder) {
            fs::write(copy.join(name), bytes).unwrap();
        }
        // The lock comes last, as if everything had been left before it.
        later(&copy);
        let lock = fs::File::create(copy.join("session.lock")).unwrap();
        if keep_times {
            later(&copy);
            let of = fs::metadata(folder.join("session.lock")).unwrap();
            lock.set_modified(of.modified().unwrap()).unwrap();
        }
        assert_eq!(left(&copy), None);
        let listed = library.list().unwrap();
        assert!(!listed[0].damage.is_empty(), "{}", listed[0].name);
        fs::remove_dir_all(copy).unwrap();
    }
}

#[test]
fn many_folders_of_one_session_are_named_in_a_few_words() {
    let (_dir, library, folder) = closed();
    for n in 0..5 {
        let copy = library.dir().join(format!("kell-{n}"));
        fs::create_dir_all(&copy).unwrap();
        for name in ["journal.jsonl", "session.json"] {
            fs::copy(folder.join(name), copy.join(name)).unwrap();
        }
    }
    let listed = library.list().unwrap();
    let of = &listed[3];
    assert_eq!(
        of.twins.names().collect::<Vec<_>>(),
        ["kell", "kell-0", "kell-1", "kell-3", "kell-4"]
    );
    assert_eq!(of.twins.to_string(), "kell, kell-0, kell-1 and 2 more");
    assert!(!of.twins.is_empty());
}
