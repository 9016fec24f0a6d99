//! The arguments of the program. Help, completions, the man page and docs/cli.md are made from them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::screen::areas::Size;
use crate::core::handover::{ExportOptions, OffsetUnit, Protected};
use crate::core::model::Time;

/// A workbench for checking the facts of an article in a terminal.
///
/// Without a command it opens the workbench: on ARTICLE, on the session of ARTICLE if there is one, or on a session to
/// pick. A command's name wins over an article's: write ./list for a file called list.
#[derive(Debug, Parser)]
#[command(name = "claimdesk", version, after_help = AFTER, max_term_width = 100)]
pub struct Cli {
    /// A file, a URL, or - for standard input
    pub article: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "Exit codes: 0 well, 1 problems found, 2 wrong usage, 3 input not readable, 4 session not \
writable or held by another, 70 a fault of the program.";

/// What every command understands.
#[derive(Debug, Args)]
pub struct Global {
    /// The folder of sessions
    #[arg(long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    pub sessions: Option<PathBuf>,
    /// Whose steps these are
    #[arg(long = "as", global = true, value_name = "NAME", help_heading = GLOBAL)]
    pub checker: Option<String>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    pub config: Option<PathBuf>,
    /// Writes what happens to FILE, never the article's words
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    pub log: Option<PathBuf>,
    /// No colours, as with NO_COLOR in the environment
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub no_color: bool,
    /// Fixes the clock, for documents and tests (RFC 3339 or a date)
    #[arg(long, global = true, value_name = "TIME", value_parser = time, help_heading = GLOBAL)]
    pub at: Option<Time>,
    /// Presses these keys in the workbench at the start, as in --keys "j j v i"
    #[arg(long, global = true, value_name = "KEYS", help_heading = GLOBAL)]
    pub keys: Option<String>,
    /// Prints one frame of the workbench and leaves, as in --print 120x40; nothing is written
    #[arg(long, global = true, value_name = "WxH", value_parser = frame, help_heading = GLOBAL)]
    pub print: Option<Size>,
}

const GLOBAL: &str = "Everywhere";

fn frame(text: &str) -> Result<Size, String> {
    let size = text.split_once(['x', 'X', '×']).and_then(|(w, h)| {
        Some(Size {
            width: w.trim().parse().ok().filter(|w| (1..=1000).contains(w))?,
            height: h.trim().parse().ok().filter(|h| (1..=1000).contains(h))?,
        })
    });
    size.ok_or_else(|| "write it like 120x40".to_string())
}

fn time(text: &str) -> Result<Time, String> {
    let midnight = format!("{text}T00:00:00Z");
    text.parse::<Time>()
        .or_else(|_| midnight.parse())
        .map_err(|_| "write it like 2026-11-15T10:12:00Z or 2026-11-15".to_string())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a session and prints its name
    New(NewArgs),
    /// Goes on with a session in the workbench, the latest one without a name
    Resume(ResumeArgs),
    /// Lists the sessions
    ///
    /// Those that are damaged are marked. Files that nobody has touched since the session was closed are not read again,
    /// and evidence copies and earlier versions of the article are not looked at: `claimdesk check` reads all of them.
    List(ListArgs),
    /// Shows a session: the article, the progress, every row
    Show(ShowArgs),
    /// Shows what the reader proposes for an article
    Propose(ProposeArgs),
    /// Writes a session in one of the field's formats
    Export(ExportArgs),
    /// Reads a file of another tool, or of claimdesk, as a session or into one
    Import(ImportArgs),
    /// Checks a ClaimReview, AVeriTeC or FEVER file
    Lint(LintArgs),
    /// Checks sessions: their files, and the house rules
    Check(CheckArgs),
    /// Makes a writable session of the best state of a damaged one
    Repair(RepairArgs),
    /// Shows the audit trail: every step, when and by whom
    Log(LogArgs),
    /// Prints the JSON Schema of a file that claimdesk writes
    Schema(SchemaArgs),
    /// Lists every action of the workbench with its keys
    Keys,
    /// Shows where sessions and configuration are, and why there
    Paths,
    /// Prints completions for a shell
    Completions(CompletionsArgs),
    /// Prints the manual page
    Man,
}

impl Command {
    /// Its name, for the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Resume(_) => "resume",
            Self::List(_) => "list",
            Self::Show(_) => "show",
            Self::Propose(_) => "propose",
            Self::Export(_) => "export",
            Self::Import(_) => "import",
            Self::Lint(_) => "lint",
            Self::Check(_) => "check",
            Self::Repair(_) => "repair",
            Self::Log(_) => "log",
            Self::Schema(_) => "schema",
            Self::Keys => "keys",
            Self::Paths => "paths",
            Self::Completions(_) => "completions",
            Self::Man => "man",
        }
    }
}

/// `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// A file, a URL, or - for standard input
    pub article: PathBuf,
    /// The session's name; else the article's title gives one
    #[arg(long)]
    pub name: Option<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How an article is read.
#[derive(Debug, Args, PartialEq, Eq, Default)]
pub struct ReadingArgs {
    /// The article's language, such as en or pt-BR; else it is detected
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Fetches from addresses of private networks too
    #[arg(long)]
    pub allow_local: bool,
    /// Of a book, which chapters: numbers (2 or 1,3-5), or words of a title
    #[arg(long)]
    pub chapter: Option<String>,
    /// Takes in all of it, what is plainly none of the article's too: menus, advertising, comments
    #[arg(long)]
    pub whole: bool,
}

/// `resume`.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// The session
    pub name: Option<String>,
}

/// `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// For programs
    #[arg(long)]
    pub json: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The session
    pub name: String,
    /// Only the rows that fit, as in "status:open source:kirby word"
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    /// For programs
    #[arg(long)]
    pub json: bool,
}

/// `propose`.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    /// A file, a URL, or - for standard input
    #[arg(required_unless_present = "batch")]
    pub article: Option<PathBuf>,
    /// How to write the proposals
    #[arg(long, value_enum, default_value_t = ProposeFormat::Text, conflicts_with = "batch")]
    pub format: ProposeFormat,
    /// Says why each is proposed
    #[arg(long, conflicts_with = "batch")]
    pub explain: bool,
    /// Reads lines of {"id","text","language"?} and answers each with one line, in order
    #[arg(long)]
    pub batch: bool,
    /// Shows what was left out of the article, reason by reason, and nothing else
    #[arg(long, conflicts_with_all = ["batch", "format", "explain"])]
    pub left_out: bool,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How proposals are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProposeFormat {
    /// For people
    Text,
    /// A statement a line
    Jsonl,
}

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The session
    #[arg(required_unless_present = "list_formats")]
    pub name: Option<String>,
    /// The format
    #[arg(long, short, required_unless_present = "list_formats")]
    pub format: Option<String>,
    /// Where to: a file, a folder, or - for standard output
    #[arg(long, short, value_name = "FILE|DIR|-", default_value = "-")]
    pub output: PathBuf,
    /// Lists the formats
    #[arg(long)]
    pub list_formats: bool,
    /// Replaces what is there
    #[arg(long)]
    pub force: bool,
    /// Masks the names of protected sources where they stand in words
    #[arg(long, conflicts_with = "include_protected")]
    pub redact: bool,
    /// Names protected sources
    #[arg(long)]
    pub include_protected: bool,
    /// Exports a damaged session too, with what there is of it
    #[arg(long)]
    pub damaged: bool,
    /// The unit of offsets, where the format leaves a choice
    #[arg(long, value_name = "UNIT")]
    pub offset_unit: Option<String>,
    /// ClaimReview: script blocks for a page instead of a JSON array
    #[arg(long, value_enum, value_name = "WHAT")]
    pub embed: Option<Embed>,
    /// ClaimReview, AVeriTeC: where the checks are published
    #[arg(long, value_name = "URL")]
    pub page_url: Option<String>,
    /// ClaimReview: who publishes the checks
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// ClaimReview: the publisher's address
    #[arg(long, value_name = "URL")]
    pub publisher_url: Option<String>,
    /// Writes nothing and ends with 1 where something would be skipped or flattened
    #[arg(long)]
    pub strict: bool,
    /// Writes what was written, skipped and flattened to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

impl ExportArgs {
    /// What these say of the options of an export; of the unit of offsets the format has its say.
    pub fn options(&self, offset_unit: Option<OffsetUnit>) -> ExportOptions {
        ExportOptions {
            offset_unit,
            protected: match (self.redact, self.include_protected) {
                (true, _) => Protected::Redact,
                (_, true) => Protected::Include,
                _ => Protected::Refuse,
            },
            embed: self.embed == Some(Embed::Html),
            page_url: self.page_url.clone(),
            publisher: self.publisher.clone(),
            publisher_url: self.publisher_url.clone(),
        }
    }
}

/// What an export is embedded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Embed {
    /// Script blocks for an HTML page
    Html,
}

/// `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file
    pub file: PathBuf,
    /// The format; `export --list-formats` says which can be read. Else it is found out
    #[arg(long, short)]
    pub format: Option<String>,
    /// The new session's name; else the file gives one
    #[arg(long, conflicts_with = "into")]
    pub name: Option<String>,
    /// The session to read into, as one step
    #[arg(long, value_name = "NAME")]
    pub into: Option<String>,
    /// The unit of the file's offsets; else it is found out
    #[arg(long, value_name = "UNIT")]
    pub offset_unit: Option<String>,
    /// Where the session and the file differ, takes the file's value; else the session's stays, and both are listed
    #[arg(long, requires = "into")]
    pub theirs: bool,
    /// Ends with 1 where something was lost, or differs from the session
    #[arg(long)]
    pub strict: bool,
}

/// `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// The file, or - for standard input; which of the three it is follows from its content
    pub file: PathBuf,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The sessions
    #[arg(required = true, value_name = "NAME")]
    pub names: Vec<String>,
    /// Ends with 1 on warnings too
    #[arg(long)]
    pub strict: bool,
    /// For programs
    #[arg(long)]
    pub json: bool,
}

/// `repair`.
#[derive(Debug, Args)]
pub struct RepairArgs {
    /// The session
    pub name: String,
    /// Says what would be done and changes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// For programs
    #[arg(long)]
    pub json: bool,
}

/// `log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// The session
    pub name: String,
    /// For programs
    #[arg(long)]
    pub json: bool,
}

/// `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which file
    #[arg(value_enum, default_value_t = SchemaOf::Export)]
    pub of: SchemaOf,
}

/// The files with a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The annotated JSON of `export --format json`
    Export,
    /// session.json
    Session,
    /// A line of journal.jsonl
    Journal,
    /// A line of proposals/*.jsonl
    Proposals,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}
