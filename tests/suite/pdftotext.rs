//! PDF pages whose letters the file does not tell, and `pdftotext`, which may be on the way: here a script of our own.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use crate::program::{Desk, Ran, ran};

/// A PDF whose second page is set in a font that tells no letters.
fn half_told() -> Vec<u8> {
    let told = "BT /F 10 Tf 72 700 Td (The pier is shut for good.) Tj ET";
    let silent = "BT /G 10 Tf 72 700 Td <04000401040204030404040504060407> Tj ET";
    let stream = |content: &str| {
        let length = content.len() + 1;
        format!("<</Length {length}>>\nstream\n{content}\nendstream")
    };
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>".to_string(),
        "<</Type /Pages /Count 2 /Kids [3 0 R 4 0 R] /MediaBox [0 0 595 842] /Resources <</Font <</F 7 0 R /G 8 0 R>>>>>>"
            .into(),
        "<</Type /Page /Parent 2 0 R /Contents 5 0 R>>".into(),
        "<</Type /Page /Parent 2 0 R /Contents 6 0 R>>".into(),
        stream(told),
        stream(silent),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>".into(),
        "<</Type /Font /Subtype /Type0 /BaseFont /Kell /Encoding /Identity-H /DescendantFonts [9 0 R]>>".into(),
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Kell /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) \
         /Supplement 0>> /FontDescriptor 10 0 R>>"
            .into(),
        "<</Type /FontDescriptor /FontName /Kell /Flags 4>>".into(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(&objects) {
        places.push(out.len());
        write!(out, "{n} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let xref = out.len();
    let size = objects.len() + 1;
    write!(out, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    write!(
        out,
        "trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"
    )
    .unwrap();
    out
}

/// Proposes for that file where `pdftotext` is a script, and the configuration says `fallback`.
fn proposed(script: Option<&str>, fallback: &str) -> Ran {
    let desk = Desk::new();
    desk.put("kell.pdf", half_told());
    desk.put(
        "c.toml",
        format!("[reader]\npdf_fallback = \"{fallback}\"\n"),
    );
    desk.put("bin/nothing", "");
    if let Some(script) = script {
        let program = desk.put("bin/pdftotext", format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = desk.command(&["propose", "kell.pdf", "--config", "c.toml"]);
    ran(command.env("PATH", desk.path("bin")).output().unwrap())
}

const THEIRS: &str =
    r"printf 'The pier is open again, they say.\n\fThe mayor opened the\nbridge in May 2021.\n\f'";

#[test]
fn it_is_offered_where_it_is_installed_and_nothing_is_started() {
    let offer = "note: `pdftotext` is installed and may know the missing letters";
    let here = proposed(Some("echo started >&2; exit 1"), "offer");
    assert!(
        here.out.contains("The pier is shut for good."),
        "{}",
        here.out
    );
    assert!(
        here.err.contains(offer) && !here.err.contains("started"),
        "{}",
        here.err
    );
    for away in [proposed(None, "offer"), proposed(Some(THEIRS), "never")] {
        assert!(!away.err.contains("pdftotext"), "{}", away.err);
        assert!(
            away.err.contains("The text of page 2 could not be read"),
            "{}",
            away.err
        );
    }
}

#[test]
fn it_reads_the_pages_that_are_not_told_and_no_others() {
    let read = proposed(Some(THEIRS), "always");
    assert!(
        read.out.contains("The pier is shut for good."),
        "{}",
        read.out
    );
    assert!(
        read.out
            .contains("The mayor opened the bridge in May 2021."),
        "{}",
        read.out
    );
    assert!(!read.out.contains("open again"), "{}", read.out);
    let told = "note: The text of page 2 was read by `pdftotext`";
    assert!(
        read.err.contains(told) && !read.err.contains("could not be read"),
        "{}",
        read.err
    );
}

#[test]
fn where_it_fails_what_is_told_stays() {
    let read = proposed(Some("echo broken >&2; exit 3"), "always");
    assert_eq!(read.code, 0);
    assert!(
        read.out.contains("The pier is shut for good."),
        "{}",
        read.out
    );
    let told = "`pdftotext` ended with exit status: 3: broken. The text is the built-in reader's.";
    assert!(read.err.contains(told), "{}", read.err);
}
