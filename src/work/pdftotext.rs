//! `pdftotext`, where it is installed, for pages of PDFs whose letters the built-in reader cannot tell.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use super::outside_program::OutsideProgram;
use crate::core::pdf_fallback::PdfFallback;
use crate::reader::Document;
use crate::reader::input::{InputHint, ReadElsewhere, ReadError, ReadWatch};

/// The program.
const NAME: &str = "pdftotext";
/// How long it may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Reads a PDF again, as the hint says.
type Again<'a> = dyn Fn(&InputHint) -> Result<Document, ReadError> + 'a;

/// Gives what the built-in reader made of the PDF `bytes`, and, where that could not tell the letters of some pages and
/// the house wants it so, what `pdftotext` reads on them; a note says what was used, or what there is. `again` reads the file
/// once more.
///
/// # Errors
/// That of the built-in reader, where nothing else reads the file.
pub(super) fn filled(
    read: Result<Document, ReadError>,
    pdf: (&[u8], &InputHint),
    wanted: PdfFallback,
    watch: &ReadWatch,
    again: &Again<'_>,
) -> Result<Document, ReadError> {
    let ask = match wanted {
        PdfFallback::Never => return read,
        PdfFallback::Offer => false,
        PdfFallback::Always => true,
    };
    if !lacks_letters(&read) {
        return read;
    }
    match (found(std::env::var_os("PATH")), ask) {
        (None, _) => read,
        (Some(_), false) => offered(read),
        (Some(program), true) => asked(&program, read, pdf, watch, again),
    }
}

/// Whether there are pages of whose letters few could be told.
fn lacks_letters(read: &Result<Document, ReadError>) -> bool {
    match read {
        Ok(document) => document.lacks_letters,
        Err(e) => matches!(e, ReadError::NoLetters { .. }),
    }
}

/// The program's file in one of the folders of `path`. Folders that depend on where one is are not looked into.
fn found(path: Option<std::ffi::OsString>) -> Option<PathBuf> {
    let file = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path?)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&file))
        .find(|program| program.is_file())
}

fn offered(read: Result<Document, ReadError>) -> Result<Document, ReadError> {
    match read {
        Ok(mut document) => {
            document.notes.push(format!(
                "`{NAME}` is installed and may know the missing letters: set pdf_fallback = \"always\" under [reader] in the \
                 configuration to have it read such pages."
            ));
            Ok(document)
        }
        Err(ReadError::NoLetters { name }) => Err(ReadError::NoLettersHere { name }),
        Err(other) => Err(other),
    }
}

fn asked(
    program: &std::path::Path,
    read: Result<Document, ReadError>,
    (bytes, hint): (&[u8], &InputHint),
    watch: &ReadWatch,
    again: &Again<'_>,
) -> Result<Document, ReadError> {
    let kept = read.as_ref().map_or(0, |ours| ours.account.kept());
    let theirs = run(program, bytes, watch).and_then(|text| {
        let hint = InputHint {
            elsewhere: Some(ReadElsewhere {
                by: NAME.into(),
                text,
            }),
            ..hint.clone()
        };
        let more = again(&hint).ok().filter(|both| both.account.kept() > kept);
        more.ok_or_else(|| format!("`{NAME}` was asked for the missing letters and read no more."))
    });
    watch.check(&hint.said())?;
    match (theirs, read) {
        (Ok(both), _) => Ok(both),
        (Err(why), Ok(mut ours)) => {
            ours.notes
                .push(format!("{why} The text is the built-in reader's."));
            Ok(ours)
        }
        (Err(_), Err(e)) => Err(e),
    }
}

fn run(program: &std::path::Path, bytes: &[u8], watch: &ReadWatch) -> Result<String, String> {
    let unwritten = |e: std::io::Error| format!("`{NAME}` could not be given the file ({e}).");
    // A path from the root: no file's name can be an option, whatever it is called.
    let mut file = tempfile::Builder::new()
        .suffix(".pdf")
        .tempfile()
        .map_err(unwritten)?;
    file.write_all(bytes).map_err(unwritten)?;
    file.flush().map_err(unwritten)?;
    let path = std::path::absolute(file.path()).map_err(unwritten)?;
    let words = |path: &std::path::Path| path.to_str().map(String::from);
    let (Some(program), Some(path)) = (words(program), words(&path)) else {
        return Err(format!("`{NAME}` has a name that is no UTF-8."));
    };
    let command = [program, "-enc".into(), "UTF-8".into(), path, "-".into()];
    let who = format!("`{NAME}`");
    let program = OutsideProgram {
        who: &who,
        command: &command,
        limit: LIMIT,
    };
    let text = program.run(Vec::new(), &|| watch.is_stopped())?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::reader::input;
    use std::os::unix::fs::PermissionsExt;

    /// A program that answers with `script`.
    fn made_up(script: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().join(NAME);
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        (dir, program)
    }

    fn silent() -> Result<Document, ReadError> {
        let name = "kell.pdf".into();
        Err(ReadError::NoLetters { name })
    }

    /// A page that says these words.
    fn page(words: &str) -> Result<Document, ReadError> {
        let page = format!("<!doctype html><p>{words}");
        input::read(page.into(), &InputHint::default())
    }

    /// Asks a program that answers with `script`. The file is read again as a page of the text that it gave.
    fn ask(script: &str, read: Result<Document, ReadError>) -> Result<Document, ReadError> {
        let (_dir, program) = made_up(script);
        let pdf: (&[u8], &InputHint) = (b"%PDF-1.4 the bytes", &InputHint::default());
        let again = |hint: &InputHint| {
            let theirs = hint.elsewhere.as_ref().unwrap();
            assert_eq!(theirs.by, NAME);
            page(&theirs.text)
        };
        asked(&program, read, pdf, &ReadWatch::default(), &again)
    }

    #[test]
    fn what_another_program_reads_is_handed_to_the_reader() {
        // It gets the bytes in a file, by a path from the root.
        let script = r#"test "$1 $2 $4" = "-enc UTF-8 -" && case $3 in /*) cat "$3";; esac; printf ' The plan.'"#;
        let read = ask(script, silent()).unwrap();
        assert_eq!(read.text.as_str().trim(), "%PDF-1.4 the bytes The plan.");
    }

    #[test]
    fn where_it_fails_the_error_or_the_text_is_the_built_in_readers() {
        for script in ["exit 1", "true", "printf '\\f'"] {
            assert_eq!(ask(script, silent()).unwrap_err(), silent().unwrap_err());
        }
        let ours = || page("The board met.");
        let read = ask("echo broken >&2; exit 1", ours()).unwrap();
        assert_eq!(read.text.as_str().trim(), "The board met.");
        let told =
            "`pdftotext` ended with exit status: 1: broken. The text is the built-in reader's.";
        assert_eq!(read.notes, [told]);
        let read = ask("echo It met", ours()).unwrap();
        assert_eq!(read.text.as_str().trim(), "The board met.");
        assert!(read.notes[0].contains("read no more"), "{:?}", read.notes);
    }

    #[test]
    fn it_is_offered_where_it_is_installed() {
        let e = offered(silent()).unwrap_err();
        assert!(e.to_string().contains("`pdftotext` is installed"), "{e}");
        let (dir, program) = made_up("true");
        let path = |folders: &[&std::path::Path]| std::env::join_paths(folders).ok();
        let here = std::path::Path::new(".");
        assert_eq!(found(path(&[here, dir.path()])), Some(program));
        assert_eq!(found(path(&[here])), None);
        assert_eq!(found(None), None);
    }
}
