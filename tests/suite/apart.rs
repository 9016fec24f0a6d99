//! Files made to end the program that reads them: each ends a process of its own, and is told in one sentence.

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::program::Desk;
use crate::tty::Tty;

const TEXT: &str = "BT /F1 12 Tf 72 700 Td (The pier is closed, the council said.) Tj ET ";
const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R>>";
const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// A PDF of these objects, of which the first is its catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(objects) {
        places.push(out.len());
        write!(out, "{n} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let xref = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        out,
        "trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"
    )
    .unwrap();
    out
}

fn stream(about: &str, content: &str) -> String {
    let length = content.len();
    format!("<<{about}/Length {length}>>stream\n{content}\nendstream")
}

/// A page that says one sentence, and whose resource X is `x`.
fn page(content: &str, x: &str) -> Vec<u8> {
    pdf(&[CATALOG, PAGES, PAGE, &stream("", content), FONT, x])
}

fn form_that_draws_itself() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
    page(&format!("{TEXT}/X Do"), &stream(form, "/X Do"))
}

fn page_that_is_its_own_parent() -> Vec<u8> {
    let page = "<</Type/Page/Parent 3 0 R/Contents 4 0 R>>";
    pdf(&[CATALOG, PAGES, page, &stream("", TEXT), FONT])
}

/// One that takes long, page by page.
fn long() -> Vec<u8> {
    let pages = 3000;
    let kids: String = (0..pages).map(|n| format!("{} 0 R ", n + 5)).collect();
    let kids = format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>");
    let content = stream("", &TEXT.repeat(1000));
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 3 0 R>>";
    let mut objects = vec![CATALOG, &kids, &content, FONT];
    objects.extend(std::iter::repeat_n(page, pages));
    pdf(&objects)
}

#[test]
fn a_pdf_made_to_end_its_reader_is_read_or_refused_in_one_sentence() {
    let desk = Desk::new();
    desk.put("good.pdf", page(TEXT, "null"));
    assert!(
        desk.well(&["propose", "good.pdf"])
            .contains("The pier is closed")
    );
    for (name, bytes) in [
        ("form-that-draws-itself", form_that_draws_itself()),
        ("page-that-is-its-own-parent", page_that_is_its_own_parent()),
    ] {
        let file = format!("{name}.pdf");
        desk.put(&file, bytes);
        let told = desk.well(&["propose", &file]);
        assert!(told.contains(": 1 statements, "), "{told}");
        assert!(told.contains("The pier is closed"), "{told}");
    }
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    for (name, bytes) in [
        ("14-mb-of-q", page(&"q ".repeat(7_000_000), "null")),
        ("arrays-in-arrays", page(&format!("{deep} TJ"), "null")),
    ] {
        let file = format!("{name}.pdf");
        desk.put(&file, bytes);
        let ran = desk.run(&["new", &file]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{name}: {}", ran.err);
        assert!(
            ran.err.starts_with(&format!("claimdesk: {file} ")),
            "{}",
            ran.err
        );
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    assert_eq!(desk.well(&["list"]), "");
}

/// Elements without end, with closing tags of others in between, which hide how deep they are.
#[test]
fn a_page_that_nests_without_end_does_not_end_the_program() {
    let desk = Desk::new();
    let deep = "<div></x>".repeat(200_000);
    desk.put(
        "deep.html",
        format!("<!doctype html><body>{deep}<p>The pier is closed."),
    );
    let ran = desk.run(&["propose", "deep.html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("The pier is closed"), "{}", ran.out);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn the_workbench_gives_the_terminal_back_after_a_pdf_that_cannot_be_read() {
    let desk = Desk::new();
    let path = desk.put("half.pdf", "%PDF-1.7\n1 0 obj");
    let mut t = Tty::start(path.parent().unwrap(), &["half.pdf"]);
    assert_eq!(t.end(), 3);
    t.wait_for("half.pdf is not a whole PDF file");
    assert!(t.is_restored());
}

/// The process that reads for `pid`, among those that it has started.
#[cfg(target_os = "linux")]
fn reader_of(pid: u32) -> Option<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let children = |task: std::fs::DirEntry| {
        std::fs::read_to_string(task.path().join("children")).unwrap_or_default()
    };
    let children: String = tasks.flatten().map(children).collect();
    let mut children = children.split_whitespace().filter_map(|n| n.parse().ok());
    children.find(|child: &u32| {
        let command = std::fs::read_to_string(format!("/proc/{child}/cmdline"));
        command.is_ok_and(|c| c.contains("--read-apart"))
    })
}

#[cfg(target_os = "linux")]
fn until(what: &str, is: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is() {
        assert!(Instant::now() < end, "waited for {what} in vain");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(target_os = "linux")]
fn is_running(pid: u32) -> bool {
    let about = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // One that has ended and that nobody has asked about is still listed, as a zombie.
    about
        .rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_that_reads_ends_with_the_one_that_waits() {
    let desk = Desk::new();
    desk.put("long.pdf", long());
    let start = || -> (Child, u32) {
        let child = desk
            .command(&["propose", "long.pdf"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        until("the process that reads", || reader_of(child.id()).is_some());
        let reads = reader_of(child.id()).unwrap();
        (child, reads)
    };
    for signal in ["KILL", "TERM", "INT"] {
        let (mut child, reads) = start();
        let sent = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        child.wait().unwrap();
        until("its end", || !is_running(reads));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_long_pdf_says_its_pages_and_esc_ends_the_process_that_reads_it() {
    let desk = Desk::new();
    let path = desk.put("long.pdf", long());
    let mut t = Tty::start(path.parent().unwrap(), &["long.pdf"]);
    t.wait_for("of 3000");
    let pid = t.child.process_id().unwrap();
    let reads = reader_of(pid).unwrap();
    t.press("\x1b").wait_for("was cancelled; nothing was made");
    until("its end", || !is_running(reads));
    t.press("q");
    assert_eq!(t.end(), 0);
}

#[test]
fn what_the_program_starts_itself_with_is_listed_nowhere_and_of_no_use_by_hand() {
    let desk = Desk::new();
    for arguments in [
        &["help"][..],
        &["--help"],
        &["man"],
        &["completions", "bash"],
    ] {
        assert!(
            !desk.well(arguments).contains("read-apart"),
            "{arguments:?}"
        );
    }
    let ran = desk.feed(&["--read-apart"], "nonsense");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}
