//! Files on their way to become evidence: looked at, asked about where they are large, copied. The checker works on
//! meanwhile, and the cursor stays where it is when a copy is there.

use super::forms;
use super::holding::{self, What, today};
use super::saving;
use crate::app::input::action::KeyContext;
use crate::app::input::key::{Code, Key};
use crate::app::input::keymap::Lookup;
use crate::app::msg::{Effect, SeenFile};
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Choose, Confirm, Overlay};
use crate::app::state::row_words::row_of_words;
use crate::app::state::telling::tell_row;
use crate::app::state::under_way::{CopyingFile, Hold, LookingAtFile, Wish, name_of};
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State};
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::model::{Evidence, EvidenceFile, Time};
use crate::core::place::Draft;
use crate::core::progress::{Progress, size};
use crate::core::vocabulary::{EvidenceStance, Vocabulary};

/// A file of this size is asked about before it is copied.
const LARGE: u64 = 100_000_000;

/// The draft of files that were being copied when the session was left.
pub const DRAFT: &str = "copy";

/// Looks at a file that was typed; what it is to become is asked once it is there.
pub fn look(state: &mut Writing<'_>, text: String, paths: Vec<String>, wish: Wish) -> Done {
    let id = number(state);
    state.looking = Some(LookingAtFile { id, text, wish });
    Ok(vec![Effect::LookAtFile { id, paths }])
}

fn number(state: &mut Program) -> u64 {
    state.works += 1;
    state.works
}

/// Takes a key while a file is looked at: that takes a moment, and what is pressed meanwhile means what comes then. On a
/// disk that does not answer it takes for ever; Esc gives it up, and leaving does.
pub fn key_while_looking(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    let id = state.looking.as_ref()?.id;
    let first = state.early_keys.is_empty();
    let quits = state.keymap.lookup(KeyContext::Workbench, &[key])
        == Lookup::Action(crate::app::input::action::Action::Quit);
    if key.code == Code::Esc || key == Key::ctrl('c') {
        let looking = state.looking.take()?;
        state.early_keys.clear();
        state.say(
            Level::Info,
            format!("{} was left alone.", clean(&looking.text)),
        );
        return Some(vec![Effect::GiveUpFile(id)]);
    }
    if quits && first && state.overlays.is_empty() {
        state.looking = None;
        let mut effects = vec![Effect::GiveUpFile(id)];
        effects.extend(saving::leave(state, false));
        return Some(effects);
    }
    state.early_keys.push_back(key);
    Some(Vec::new())
}

/// Takes what a file is: asks what is still to be asked. Where there is no such file, `again` asks for what to hold, with
/// what was typed.
pub fn seen(
    state: &mut State,
    id: u64,
    found: Result<SeenFile, String>,
    again: fn(&mut Working<'_>, &str),
) -> Vec<Effect> {
    let Some(looking) = state.looking.take_if(|l| l.id == id) else {
        return Vec::new();
    };
    let file = match found {
        Ok(file) => file,
        Err(why) => {
            // What was typed is not lost, and no key that was meant for the next question becomes another.
            state.early_keys.clear();
            state.say(Level::Error, why);
            if let (Wish::Hold { .. }, Ok(mut working)) = (looking.wish, state.working()) {
                again(&mut working, &looking.text);
            }
            return Vec::new();
        }
    };
    let path = file.path.to_string_lossy().into_owned();
    let done = match file.bytes < LARGE {
        true => wanted(state, path, looking.wish),
        false => {
            state.early_keys.clear();
            ask_about_size(state, path, file.bytes, looking.wish)
        }
    };
    state.said(done)
}

fn ask_about_size(state: &mut State, path: String, bytes: u64, wish: Wish) -> Done {
    let (name, size) = (name_of(&path), size(bytes));
    let question =
        format!("“{name}” is {size}, and a copy in the session takes as much room again. Copy it?");
    let (noted, note_wish) = (path.clone(), wish.clone());
    let ask = Confirm::new(question, 'n', "no")
        .answer(
            'y',
            "yes, copy it",
            Box::new(move |s| wanted(s, path, wish)),
        )
        .answer(
            'l',
            "leave it there, and only note where it is",
            Box::new(move |s| {
                let s = &mut s.writing()?;
                let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
                item.title = name;
                item.accessed_at = Some(today(s));
                item.note = format!("Not copied ({size}): {noted}");
                match note_wish {
                    Wish::Item => forms::evidence::open_new(s, item),
                    Wish::Hold { row, locator } => {
                        ask_stance(s, &item.title.clone(), move |s, stance| {
                            let what = What::New(Box::new(item));
                            let to = Hold {
                                row,
                                locator,
                                stance,
                            };
                            hold(s, what, to)
                        })
                    }
                }
            }),
        );
    state.open(Overlay::Confirm(ask))
}

/// The file is to be copied: asks what it says of the claim, where that is to be known, and begins.
fn wanted(state: &mut State, path: String, wish: Wish) -> Done {
    match wish {
        Wish::Item => Ok(take(&mut state.writing()?, path, None)),
        Wish::Hold { row, locator } => ask_stance(state, &name_of(&path), move |s, stance| {
            let hold = Hold {
                row,
                locator,
                stance,
            };
            Ok(take(s, path, Some(hold)))
        }),
    }
}

fn ask_stance(
    state: &mut Program,
    title: &str,
    then: impl FnOnce(&mut Writing<'_>, EvidenceStance) -> Done + Send + 'static,
) -> Done {
    let title = format!("What “{}” says of the claim", clean(title));
    state.open(Overlay::Choose(Choose::value(
        title,
        EvidenceStance::Neutral,
        |s, stance| then(&mut s.writing()?, stance),
    )))
}

/// Has the file copied. A session that is not on the disk yet is made first, since the copy stands in its folder.
fn take(state: &mut Writing<'_>, path: String, hold: Option<Hold>) -> Vec<Effect> {
    let mut effects = state.make_session();
    let id = number(state);
    effects.push(Effect::TakeFile {
        id,
        path: path.clone().into(),
    });
    state.taking.push(CopyingFile {
        id,
        path,
        progress: None,
        hold,
    });
    effects
}

/// Takes how much of a file is copied.
pub fn progressed(state: &mut State, id: u64, progress: Progress) -> Vec<Effect> {
    if let Some(taking) = state.taking.iter_mut().find(|t| t.id == id) {
        taking.progress = Some(progress);
    }
    Vec::new()
}

/// Whether a key gives up the copy that is under way: nothing else is there for it to end.
pub fn is_cancel(state: &State, key: Key) -> bool {
    let marking = state.bench.as_ref().is_some_and(|b| b.marking.is_some());
    key == Key::plain(Code::Esc)
        && !state.taking.is_empty()
        && state.looking.is_none()
        && state.overlays.is_empty()
        && state.pending.is_empty()
        && !marking
}

/// Gives up the copy that was begun last.
pub fn cancel(state: &mut State) -> Vec<Effect> {
    let Some(taking) = state.taking.pop() else {
        return Vec::new();
    };
    let path = clean(&taking.path);
    state.say(
        Level::Info,
        format!("The copy of {path} was given up; nothing was added."),
    );
    vec![Effect::GiveUpFile(taking.id)]
}

/// Gives up everything under way, since another session comes on the screen.
pub fn give_up(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    effects.extend(state.looking.take().map(|l| Effect::GiveUpFile(l.id)));
    for taking in std::mem::take(&mut state.taking) {
        let path = clean(&taking.path);
        state.say(
            Level::Warning,
            format!("The copy of {path} was given up with the session that was left; it is offered there again."),
        );
        effects.push(Effect::GiveUpFile(taking.id));
    }
    effects
}

/// Takes the data of a file, and makes the step that waited for it.
pub fn taken(state: &mut State, id: u64, result: Result<EvidenceFile, String>) -> Vec<Effect> {
    let Some(n) = state.taking.iter().position(|t| t.id == id) else {
        return Vec::new();
    };
    let taking = state.taking.remove(n);
    let file = match result {
        Ok(file) => file,
        Err(why) => {
            state.say(Level::Error, why);
            return Vec::new();
        }
    };
    let done = state
        .writing()
        .and_then(|mut writing| add(&mut writing, file, taking.hold));
    state.said(done)
}

/// Makes an item of a file that is copied, or finds the one that has its data, and holds it where that was wanted.
fn add(state: &mut Writing<'_>, file: EvidenceFile, wanted: Option<Hold>) -> Done {
    let mut items = state.bench.session().evidence.values();
    let same = items
        .find(|e| e.file.as_ref().is_some_and(|f| f.sha256 == file.sha256))
        .map(|e| e.id);
    let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
    item.title.clone_from(&file.name);
    item.accessed_at = Some(today(state));
    item.file = Some(file);
    match (wanted, same) {
        (Some(to), Some(id)) => hold(state, What::Item(id), to),
        (Some(to), None) => hold(state, What::New(Box::new(item)), to),
        (None, None) => Ok(holding::made(state, item)),
        (None, Some(_)) => Err(Refusal::mild(format!(
            "“{}” is an evidence item already.",
            clean(&item.title)
        ))),
    }
}

/// Holds an item against the row that it was meant for, wherever the cursor is now; where that row is gone it becomes an
/// item and no more.
fn hold(state: &mut Writing<'_>, what: What, to: Hold) -> Done {
    match (row_of_words(state.bench, &to.row), what) {
        (Some(row), what) => {
            let at_cursor = *state.bench.cursor() == row;
            let how = (to.locator, to.stance);
            let effects = holding::hold_on(state, &row, what, how, |state, said| {
                // A row that was not taken up is another one now.
                let row = match at_cursor {
                    true => Some(state.bench.cursor().clone()),
                    false => row_of_words(state.bench, &to.row),
                };
                if let Some(row) = row {
                    tell_row(state, &row, said);
                }
            });
            Ok(effects)
        }
        (None, What::New(item)) => {
            let title = clean(item.called());
            let effects = holding::made(state, *item);
            state.say(
                Level::Warning,
                format!("“{title}” is an item now; its row is gone."),
            );
            Ok(effects)
        }
        (None, What::Item(_)) => Err(Refusal::new("The row that the file was for is gone.")),
    }
}

/// What a draft keeps of the files that are being copied; none where there are none.
pub fn draft(state: &State, kept_at: Time) -> Option<Draft> {
    let mut fields = Vec::new();
    for taking in &state.taking {
        fields.push(("path".to_string(), taking.path.clone()));
        if let Some(hold) = &taking.hold {
            let locator = hold.locator.clone();
            fields.push(("row".into(), hold.row.clone()));
            fields.extend(locator.map(|l| ("locator".into(), l)));
            fields.push(("stance".into(), hold.stance.word().into()));
        }
    }
    (!fields.is_empty()).then(|| Draft {
        form: DRAFT.into(),
        record: String::new(),
        fields,
        kept_at,
    })
}

/// The names of the files that a draft was kept of.
pub fn drafted(draft: &Draft) -> String {
    let paths = draft.fields.iter().filter(|(name, _)| name == "path");
    let names: Vec<String> = paths.map(|(_, path)| name_of(path)).collect();
    names.join(", ")
}

/// Begins again to copy the files that a draft was kept of.
pub fn resume(state: &mut Writing<'_>, draft: &Draft) -> Vec<Effect> {
    let mut files: Vec<(String, Option<Hold>)> = Vec::new();
    for (name, value) in &draft.fields {
        match (name.as_str(), files.last_mut()) {
            ("path", _) => files.push((value.clone(), None)),
            ("row", Some((_, hold))) => {
                *hold = Some(Hold {
                    row: value.clone(),
                    locator: None,
                    stance: EvidenceStance::Neutral,
                });
            }
            ("locator", Some((_, Some(hold)))) => hold.locator = Some(value.clone()),
            ("stance", Some((_, Some(hold)))) => {
                hold.stance = EvidenceStance::from_word(value).unwrap_or(hold.stance);
            }
            _ => {}
        }
    }
    let begun = files
        .into_iter()
        .map(|(path, hold)| take(state, path, hold));
    begun.collect::<Vec<_>>().into_iter().flatten().collect()
}
