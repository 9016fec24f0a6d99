//! Articles that take long or must be chosen from, through the built program in a pseudo-terminal.

use std::io::{Cursor, Write};
use std::net::TcpListener;
use std::path::Path;

use crate::tty::Tty;

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The address of a page that never comes: whoever asks for it is kept waiting as long as the listener is there.
fn slow() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/slow.txt", listener.local_addr().unwrap());
    (listener, address)
}

#[test]
fn a_long_read_is_cancelled_or_left_and_makes_nothing() {
    let home = home();
    let (_listener, address) = slow();
    let arguments = ["--allow-local", &address];
    let mut t = Tty::start(home.path(), &arguments);
    t.wait_for("reading").wait_for("Esc cancels").press("\x1b");
    t.wait_for("was cancelled; nothing was made")
        .wait_for("the sample");
    t.press("q");
    assert_eq!(t.end(), 0);

    let mut t = Tty::start(home.path(), &arguments);
    t.wait_for("Esc cancels").press("q");
    assert_eq!(t.end(), 0);
    assert!(!home.path().join("data").exists());
}

#[test]
fn ctrl_c_ends_a_command_that_reads_for_long() {
    let home = home();
    let (_listener, address) = slow();
    let mut t = Tty::start(home.path(), &["new", "--allow-local", &address]);
    t.wait_for("slow.txt · Ctrl-C ends it").press("\x03");
    t.wait_for("was not read to its end, since that was cancelled");
    assert_eq!(t.end(), 130);
    assert!(!home.path().join("data").exists());
}

fn book(home: &Path) -> String {
    let chapter = |title: &str, words: &str| {
        format!("<html><body><h1>{title}</h1><p>{words}</p></body></html>")
    };
    let members = [
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>".into()),
        ("b.opf", "<package><metadata><title>Piers</title></metadata><manifest><item id='a' href='a.xhtml'/><item id='b' href='b.xhtml'/></manifest>\
            <spine><itemref idref='a'/><itemref idref='b'/></spine></package>".to_string()),
        ("a.xhtml", chapter("The Pier", "The council closed the pier on Monday.")),
        ("b.xhtml", chapter("The Boat", "The boat sank in March, the harbour office said.")),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in members {
        zip.start_file(path, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    let path = home.join("piers.epub");
    std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    path.to_str().unwrap().to_string()
}

#[test]
fn a_chapter_of_a_book_becomes_a_session_that_is_offered_again() {
    let home = home();
    let path = book(home.path());
    let mut t = Tty::start(home.path(), &[&path]);
    t.wait_for("the whole book").press("boat\r");
    t.wait_for("The boat sank").opened();
    t.press("jVa").closed(1).saved().press("q");
    assert_eq!(t.end(), 0);

    let mut t = Tty::start(home.path(), &[&path]);
    t.wait_for("resumes it").press("\r").closed(1).press("q");
    assert_eq!(t.end(), 0);

    // Named on the command line it is found again without a question, and another one is not it.
    let mut t = Tty::start(home.path(), &[&path, "--chapter", "2"]);
    t.closed(1).press("q");
    assert_eq!(t.end(), 0);
    let mut t = Tty::start(home.path(), &[&path, "--chapter", "pier"]);
    t.wait_for("The council closed").closed(0).press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn an_export_to_a_terminal_cannot_act_on_it() {
    let home = home();
    let words = "The pier \x1b[31mleaks\x1b]0;owned\x07 and it cost 5 million, Mara Oduya said.\n";
    std::fs::write(home.path().join("a.txt"), words).unwrap();
    let mut t = Tty::start(home.path(), &["new", "a.txt"]);
    assert_eq!(t.end(), 0);
    let mut t = Tty::start(home.path(), &["export", "a", "--format", "webanno-tsv"]);
    assert_eq!(t.end(), 0);
    let shown = String::from_utf8_lossy(&t.written).into_owned();
    assert!(shown.contains("#Text="), "{shown}");
    assert!(!shown.contains(['\x1b', '\x07']), "{shown}");
    let mut t = Tty::start(home.path(), &["export", "a", "--format", "xlsx"]);
    assert_eq!(t.end(), 2);
    t.wait_for("no text for a terminal");
}
