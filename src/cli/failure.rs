//! How commands end: the exit codes, and errors in one sentence.

use std::fmt;
use std::process::ExitCode;

use crate::exchange::ExchangeError;
use crate::reader::input::ReadError;
use crate::store::StoreError;
use crate::work::error::{Remedies, WorkError, exchange_sentence};
use crate::work::tell;

/// With which code the program ends. Scripts may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndCode {
    /// All went well.
    Well,
    /// It went well, and problems were found.
    Problems,
    /// The command line makes no sense.
    Usage,
    /// The input cannot be read, or is not what it should be.
    Input,
    /// A session or a file cannot be written, or somebody else holds the session.
    NotWritable,
    /// A fault of the program.
    OurFault,
    /// A signal ended the workbench, which saved and left: 128 and the signal's number, as shells count.
    Signal(u8),
}

impl EndCode {
    /// The number.
    pub fn number(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Problems => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::NotWritable => 4,
            Self::OurFault => 70,
            Self::Signal(number) => number,
        }
    }

    /// The code with this number; a fault of ours where there is none.
    pub fn of(number: u8) -> Self {
        if number > 128 {
            return Self::Signal(number);
        }
        [
            Self::Well,
            Self::Problems,
            Self::Usage,
            Self::Input,
            Self::NotWritable,
        ]
        .into_iter()
        .find(|c| c.number() == number)
        .unwrap_or(Self::OurFault)
    }
}

impl From<EndCode> for ExitCode {
    fn from(code: EndCode) -> Self {
        Self::from(code.number())
    }
}

/// An error of the command line itself, with its code.
#[derive(Debug)]
pub struct Failure {
    code: EndCode,
    sentence: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    fn error(code: EndCode, sentence: impl Into<String>) -> anyhow::Error {
        let sentence = sentence.into();
        Self { code, sentence }.into()
    }

    /// The command line makes no sense.
    pub fn usage(sentence: impl Into<String>) -> anyhow::Error {
        Self::error(EndCode::Usage, sentence)
    }

    /// There are problems for which nothing was handed out.
    pub fn problems(sentence: impl Into<String>) -> anyhow::Error {
        Self::error(EndCode::Problems, sentence)
    }

    /// Something cannot be written.
    pub fn not_writable(sentence: impl Into<String>) -> anyhow::Error {
        Self::error(EndCode::NotWritable, sentence)
    }

    /// The input cannot be read.
    pub fn input(sentence: impl Into<String>) -> anyhow::Error {
        Self::error(EndCode::Input, sentence)
    }
}

/// Says on standard error what went wrong, in one sentence, and with which code to end.
pub fn report(error: &anyhow::Error) -> EndCode {
    tell(format_args!("claimdesk: {}", sentence(error)));
    code_of(error)
}

/// Says on standard error what is wrong with the command line. Where what was typed, which it repeats, holds something
/// that would act, it is shown harmless and without colours.
pub fn say_usage(error: &clap::Error) {
    let said = error.render().to_string();
    let shown = crate::core::display::clean_lines(&said);
    if shown == said {
        let _ = error.print();
    } else {
        tell(format_args!("{}", shown.trim_end()));
    }
}

/// With which code to end after an error.
pub fn code_of(error: &anyhow::Error) -> EndCode {
    for cause in error.chain() {
        if let Some(e) = cause.downcast_ref::<Failure>() {
            return e.code;
        }
        if let Some(e) = cause.downcast_ref::<WorkError>() {
            return code_of_work(e);
        }
        if let Some(e) = cause.downcast_ref::<StoreError>() {
            return EndCode::of(e.exit_code());
        }
        if let Some(e) = cause.downcast_ref::<ReadError>() {
            return code_of_reading(e);
        }
        if let Some(e) = cause.downcast_ref::<ExchangeError>() {
            return code_of_exchange(e);
        }
        if cause.is::<std::io::Error>() {
            return EndCode::NotWritable;
        }
    }
    EndCode::OurFault
}

fn code_of_work(error: &WorkError) -> EndCode {
    match error {
        WorkError::Unread(e) => code_of_reading(e),
        WorkError::Store(e) => EndCode::of(e.exit_code()),
        WorkError::Exchange(e) => code_of_exchange(e),
        WorkError::NoSuchFormat(_)
        | WorkError::NoReadableFormat(_)
        | WorkError::NotRecognised(_)
        | WorkError::NoSuchUnit { .. }
        | WorkError::NoText(_) => EndCode::Usage,
        WorkError::TooLarge(_) => EndCode::Input,
        WorkError::StillReading | WorkError::Overtaken | WorkError::Stopped => EndCode::NotWritable,
    }
}

fn code_of_reading(error: &ReadError) -> EndCode {
    match error {
        // As shells count a program that Ctrl-C ended.
        ReadError::Cancelled { .. } => EndCode::Signal(130),
        _ => EndCode::Input,
    }
}

fn code_of_exchange(error: &ExchangeError) -> EndCode {
    match error {
        ExchangeError::Protected { .. } | ExchangeError::Unmaskable { .. } => EndCode::Problems,
        ExchangeError::Internal { .. } => EndCode::OurFault,
        ExchangeError::Input { .. } => EndCode::Input,
        ExchangeError::Exists(_) | ExchangeError::Write { .. } | ExchangeError::Stopped => {
            EndCode::NotWritable
        }
    }
}

/// What somebody can do next at the command line.
const OPTIONS: Remedies = Remedies {
    formats: " `claimdesk export --list-formats` lists them.",
    format: "give one with --format",
    unit: "--offset-unit",
    session: "name the session that it belongs to with --into",
    protected: "give --redact to mask it or --include-protected to name it",
    unmaskable: "; --include-protected names it",
    replace: "give --force to replace it",
};

/// An error of which one sentence is all that is to be said, with what to do next.
fn whole_sentence(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    if let Some(e) = error.downcast_ref::<WorkError>() {
        return Some(e.sentence(&OPTIONS));
    }
    let e = error.downcast_ref::<ExchangeError>()?;
    Some(exchange_sentence(e, &OPTIONS))
}

/// The error with its causes on one line, none told twice; nothing in it acts on the terminal.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    let said_of =
        |e: &(dyn std::error::Error + 'static)| whole_sentence(e).unwrap_or_else(|| e.to_string());
    for cause in error.chain().map(said_of) {
        if said.contains(&cause) {
            continue;
        }
        if !said.is_empty() {
            said.push_str(": ");
        }
        said.push_str(&cause);
    }
    crate::core::display::clean(&said)
}

/// Makes a panic one sentence on standard error, without a backtrace.
pub fn say_panics_in_one_sentence() {
    std::panic::set_hook(Box::new(|panic| {
        // A reader's own fault is caught there and told as an error.
        if std::thread::current().name() == Some(crate::reader::input::GUARDED_THREAD) {
            return;
        }
        let place = panic
            .location()
            .map_or_else(String::new, |l| format!(" ({}:{})", l.file(), l.line()));
        let what = panic.payload_as_str().unwrap_or("no reason given");
        let what = crate::core::display::clean(what);
        tell(format_args!(
            "claimdesk: this is a fault of the program{place}: {what}; please report it."
        ));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_the_code_that_scripts_rely_on() {
        let cases: [(anyhow::Error, u8); 9] = [
            (Failure::usage("x"), 2),
            (StoreError::NotFound("x".into()).into(), 3),
            (
                StoreError::Held {
                    name: "x".into(),
                    by: "y".into(),
                }
                .into(),
                4,
            ),
            (ExchangeError::Exists("x".into()).into(), 4),
            (ExchangeError::Protected { places: vec![] }.into(), 1),
            (Failure::input("inner").context("outer"), 3),
            (ReadError::Empty { name: "x".into() }.into(), 3),
            (ReadError::Cancelled { name: "x".into() }.into(), 130),
            (anyhow::anyhow!("a surprise"), 70),
        ];
        for (error, code) in cases {
            assert_eq!(code_of(&error).number(), code, "{error:#}");
        }
        let nested = Failure::input("no \x1b[2J file").context("reading");
        assert_eq!(sentence(&nested), "reading: no ␛[2J file");
    }

    #[test]
    fn no_cause_is_said_twice() {
        let denied = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let said = denied().to_string();
        let errors: [anyhow::Error; 3] = [
            StoreError::read(std::path::Path::new("a/journal.jsonl"), denied()).into(),
            StoreError::library(std::path::Path::new("a"), denied()).into(),
            ExchangeError::Write {
                path: "a/b".into(),
                why: std::io::Error::other(said.clone()),
            }
            .into(),
        ];
        for error in errors {
            let sentence = sentence(&error);
            assert_eq!(sentence.matches(&said).count(), 1, "{sentence}");
        }
        let wrapped =
            anyhow::Error::new(denied()).context(format!("a/b could not be read: {said}."));
        assert_eq!(
            sentence(&wrapped),
            format!("a/b could not be read: {said}.")
        );
    }
}
