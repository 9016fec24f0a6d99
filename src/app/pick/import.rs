//! Import into this session: format, file, then the edits that the file comes to, as one step.

use crate::app::msg::{Effect, ImportReport, ImportRequest};
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::picker::{Item, Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::reader::{Line, Reader};
use crate::app::state::State;
use crate::core::display::clean;
use crate::core::vocabulary::Meaning;

/// Asks what to import.
pub fn open(state: &mut State) -> Vec<Effect> {
    let items = state.readable.iter().enumerate().map(|(n, f)| {
        Item::new(Pick::Way(n), f.title.clone())
            .detail(f.about.clone())
            .right(format!(".{}", f.extension))
    });
    let picker = Picker::new("Read annotations from", items.collect(), |s, pick| {
        let format = match pick {
            Pick::Way(n) => s.readable.get(n).cloned(),
            _ => None,
        };
        let Some(format) = format else {
            return Vec::new();
        };
        let title = format!("Read {}: which file", format.title);
        let prompt = Prompt::line("import", title, "", move |s, path| {
            ask(s, format.name.clone(), path.trim())
        });
        s.open(Overlay::Prompt(prompt.hint(
            "its path; what it holds comes in as one step, which undo takes back",
        )))
    });
    state.open(Overlay::Picker(picker.verb("asks for the file")))
}

fn ask(state: &mut State, format: String, path: &str) -> Vec<Effect> {
    let seq = state.bench.as_ref().map_or(0, |b| b.history.seq());
    let Some(snapshot) = state.snapshot().filter(|_| !path.is_empty()) else {
        return Vec::new();
    };
    state.busy = Some(format!("reading {}", clean(path)));
    let path = path.into();
    vec![Effect::Import(
        snapshot,
        ImportRequest { path, format, seq },
    )]
}

/// Takes what a file comes to, and makes the step.
pub fn imported(state: &mut State, result: Result<ImportReport, String>) -> Vec<Effect> {
    state.busy = None;
    let report = match result {
        Ok(report) => report,
        Err(why) => {
            state.say(Level::Error, why);
            return Vec::new();
        }
    };
    let seq = state.bench.as_ref().map_or(0, |b| b.history.seq());
    if seq != report.seq {
        let why = "The session went on while the file was read; read it again.";
        state.say(Level::Warning, why);
        return Vec::new();
    }
    let claims = match report.claims {
        1 => "1 claim".to_string(),
        n => format!("{n} claims"),
    };
    let edits = report.edits;
    let effects = state.step(move |tx, _, _| {
        edits.into_iter().for_each(|e| tx.push(e));
        None
    });
    let said = match effects.is_empty() {
        _ if state.locked().is_some() => return effects,
        true => format!("{claims} read; the session holds all of it already."),
        false => format!("{claims} read; undo takes them back."),
    };
    state.say(Level::Info, said);
    if !report.notes.is_empty() {
        let lines = report.notes.iter().map(|n| Line {
            lead: String::new(),
            text: clean(n),
            meaning: Meaning::Warning,
            goes_to: None,
        });
        let reader = Reader::new("Moved, left out and noticed", lines.collect(), "", false);
        state.open(Overlay::Reader(reader));
    }
    effects
}
