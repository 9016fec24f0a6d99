//! Files on their way to become evidence: looked at, asked about where they are large, copied. The checker works on
//! meanwhile, and the cursor stays where it is when a copy is there.

use std::sync::Arc;

use super::holding::{self, What, today};
use super::stance::{self, StanceAsked};
use super::{evidence_typed, saving, typed};
use crate::app::input::action::KeyContext;
use crate::app::input::key::{Code, Key};
use crate::app::input::keymap::Lookup;
use crate::app::msg::{Effect, SeenFile};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Confirm, Overlay};
use crate::app::state::row_words::row_of_words;
use crate::app::state::telling::tell_row;
use crate::app::state::under_way::{
    Becomes, CopyingFile, HeldDetails, Hold, LookingAtFile, Wish, name_of,
};
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State};
use crate::core::display::clean;
use crate::core::ids::EvidenceId;
use crate::core::join::appended;
use crate::core::model::{Evidence, EvidenceField, EvidenceFile, Time};
use crate::core::place::Draft;
use crate::core::progress::{Progress, size};
use crate::core::vocabulary::{Credibility, EvidenceKind, EvidenceStance, Vocabulary};

/// A file of this size is asked about before it is copied.
const LARGE: u64 = 100_000_000;

/// The draft of files that were being copied when the session was left.
pub const DRAFT: &str = "copy";

/// Looks at a file that was typed; what it is to become is asked once it is there.
pub fn look(state: &mut Writing<'_>, text: String, paths: Vec<String>, wish: Wish) -> Done {
    let kind = state.evidence_box.kind_of(&typed::meant(&text));
    let mut effects = evidence_typed::fresh(state.program);
    let id = state.next_work();
    state.looking = Some(LookingAtFile {
        id,
        text,
        kind,
        wish,
    });
    effects.push(Effect::LookAtFile { id, paths });
    Ok(effects)
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
    again: fn(&mut Working<'_>, &Wish, &str) -> Done,
) -> Vec<Effect> {
    if let Some(effects) = evidence_typed::seen(state, id, &found) {
        return effects;
    }
    let Some(looking) = state.looking.take_if(|l| l.id == id) else {
        return Vec::new();
    };
    let file = match found {
        Ok(file) => file,
        Err(why) => {
            // What was typed is not lost, and no key that was meant for the next question becomes another.
            state.early_keys.clear();
            state.say(Level::Error, why);
            let done = match state.working() {
                Ok(mut working) => again(&mut working, &looking.wish, &looking.text),
                Err(_) => DONE,
            };
            return state.said(done);
        }
    };
    let path = file.path.to_string_lossy().into_owned();
    let done = match file.bytes < LARGE {
        true => wanted(state, (path, looking.kind), looking.wish),
        false => {
            state.early_keys.clear();
            ask_about_size(state, (path, looking.kind), file.bytes, looking.wish)
        }
    };
    state.said(done)
}

fn ask_about_size(
    state: &mut State,
    (path, kind): (String, EvidenceKind),
    bytes: u64,
    wish: Wish,
) -> Done {
    let (name, size) = (name_of(&path), size(bytes));
    let question =
        format!("“{name}” is {size}, and a copy in the session takes as much room again. Copy it?");
    let (noted, note_wish) = (path.clone(), wish.clone());
    let ask = Confirm::new(question, 'n', "no")
        .answer(
            'y',
            "yes, copy it",
            Box::new(move |s| wanted(s, (path, kind), wish)),
        )
        .answer(
            'l',
            "leave it there, and only note where it is",
            Box::new(move |s| {
                let note = format!("Not copied ({size}): {noted}");
                let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
                item.title = name;
                item.kind = kind;
                item.accessed_at = Some(today(s));
                item.note = note.clone();
                match note_wish {
                    Wish::Item => Ok(holding::made(&mut s.writing()?, item)),
                    Wish::FileOf(id) => noted_of(&mut s.writing()?, id, &note),
                    Wish::Hold { row, details } => {
                        let title = item.title.clone();
                        ask_stance(s, &title, details, move |s, details, stance| {
                            let what = What::New(Box::new(item.clone()));
                            let row = row.clone();
                            let to = Hold {
                                row,
                                details,
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

/// Adds `note` to those of an item.
fn noted_of(state: &mut Writing<'_>, id: EvidenceId, note: &str) -> Done {
    let done = state.step(|tx, _, _| {
        let notes = tx.session.evidence.get(&id)?.note.clone();
        tx.set_evidence(&id, EvidenceField::Note(appended(notes, note)));
        None
    });
    Ok(done.shown(state))
}

/// The file is to be copied: asks what it says of the claim, where that is to be known, and begins.
fn wanted(state: &mut State, (path, kind): (String, EvidenceKind), wish: Wish) -> Done {
    match wish {
        Wish::Item => Ok(take(&mut state.writing()?, path, kind, Becomes::Item)),
        Wish::FileOf(id) => Ok(take(&mut state.writing()?, path, kind, Becomes::FileOf(id))),
        Wish::Hold { row, details } => ask_stance(
            state,
            &name_of(&path),
            details,
            move |s, details, stance| {
                let row = row.clone();
                let hold = Hold {
                    row,
                    details,
                    stance,
                };
                Ok(take(s, path.clone(), kind, Becomes::Held(hold)))
            },
        ),
    }
}

fn ask_stance(
    state: &mut Program,
    title: &str,
    details: HeldDetails,
    then: impl Fn(&mut Writing<'_>, HeldDetails, EvidenceStance) -> Done + Send + Sync + 'static,
) -> Done {
    let asked = StanceAsked {
        title: title.to_string(),
        held: None,
        details,
        then: Arc::new(then),
    };
    stance::ask(state, asked)
}

/// Has the file copied. A session that is not on the disk yet is made first, since the copy stands in its folder.
fn take(
    state: &mut Writing<'_>,
    path: String,
    kind: EvidenceKind,
    becomes: Becomes,
) -> Vec<Effect> {
    let mut effects = state.make_session();
    let id = state.next_work();
    effects.push(Effect::TakeFile {
        id,
        path: path.clone().into(),
    });
    state.taking.push(CopyingFile {
        id,
        path,
        progress: None,
        kind,
        becomes,
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
        .and_then(|mut writing| add(&mut writing, file, taking.kind, taking.becomes));
    state.said(done)
}

/// Makes an item of a file that is copied, or finds the one that has its data, and holds it where that was wanted.
fn add(state: &mut Writing<'_>, file: EvidenceFile, kind: EvidenceKind, becomes: Becomes) -> Done {
    let mut items = state.bench.session().evidence.values();
    let same = items
        .find(|e| e.file.as_ref().is_some_and(|f| f.sha256 == file.sha256))
        .map(|e| e.id);
    let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
    item.title.clone_from(&file.name);
    item.kind = kind;
    item.accessed_at = Some(today(state));
    match (becomes, same) {
        (Becomes::FileOf(id), _) => file_of(state, id, file),
        (Becomes::Held(to), Some(id)) => hold(state, What::Item(id), to),
        (Becomes::Held(to), None) => {
            item.file = Some(file);
            hold(state, What::New(Box::new(item)), to)
        }
        (Becomes::Item, None) => {
            item.file = Some(file);
            Ok(holding::made(state, item))
        }
        (Becomes::Item, Some(_)) => Err(Refusal::mild(format!(
            "“{}” is an evidence item already.",
            clean(&item.title)
        ))),
    }
}

/// Makes a copy the file of an item. The one that it had stays in the session, and its note says which that was.
fn file_of(state: &mut Writing<'_>, id: EvidenceId, file: EvidenceFile) -> Done {
    let item = state.bench.session().evidence.get(&id);
    let item = item.ok_or_else(|| Refusal::gone("The item"))?;
    let (name, title) = (clean(&file.name), clean(item.called()));
    let before = item.file.clone();
    if before.as_ref().is_some_and(|f| f.sha256 == file.sha256) {
        let why = format!("{name} is the file of “{title}” already.");
        return Err(Refusal::mild(why));
    }
    let said = match &before {
        Some(f) => format!(
            "{name} is the file of “{title}” now; {} is kept.",
            clean(&f.name)
        ),
        None => format!("{name} is the file of “{title}” now."),
    };
    let done = state.step(|tx, _, _| {
        if let Some(f) = &before {
            let notes = tx.session.evidence.get(&id)?.note.clone();
            let kept = format!("Earlier file: {}, SHA-256 {}", f.name, f.sha256);
            tx.set_evidence(&id, EvidenceField::Note(appended(notes, &kept)));
        }
        tx.set_evidence(&id, EvidenceField::File(Some(file)));
        None
    });
    Ok(done.told(state, |s| s.say(Level::Info, said)))
}

/// Holds an item against the row that it was meant for, wherever the cursor is now; where that row is gone it becomes an
/// item and no more.
fn hold(state: &mut Writing<'_>, what: What, to: Hold) -> Done {
    match (row_of_words(state.bench, &to.row), what) {
        (Some(row), what) => {
            let at_cursor = *state.bench.cursor() == row;
            let how = (to.details, to.stance);
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
        fields.push(("kind".into(), taking.kind.word().into()));
        match &taking.becomes {
            Becomes::Item => {}
            Becomes::FileOf(id) => fields.push(("file_of".into(), id.to_string())),
            Becomes::Held(hold) => {
                let (details, mut add) = (&hold.details, |name: &str, value: Option<String>| {
                    fields.extend(value.map(|v| (name.to_string(), v)));
                });
                add("row", Some(hold.row.clone()));
                add("locator", details.locator.clone());
                add("excerpt", details.excerpt.clone());
                add("credibility", details.credibility.map(|c| c.word().into()));
                add("stance", Some(hold.stance.word().into()));
            }
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
    let mut files: Vec<(String, EvidenceKind, Becomes)> = Vec::new();
    for (name, value) in &draft.fields {
        if name == "path" {
            files.push((value.clone(), EvidenceKind::default(), Becomes::Item));
            continue;
        }
        let Some((_, kind, becomes)) = files.last_mut() else {
            continue;
        };
        match (name.as_str(), &mut *becomes) {
            ("kind", _) => *kind = EvidenceKind::from_word(value).unwrap_or_default(),
            ("file_of", _) => {
                *becomes = value.parse().map_or(Becomes::Item, Becomes::FileOf);
            }
            ("row", _) => {
                *becomes = Becomes::Held(Hold {
                    row: value.clone(),
                    details: HeldDetails::default(),
                    stance: EvidenceStance::Neutral,
                });
            }
            ("locator", Becomes::Held(hold)) => hold.details.locator = Some(value.clone()),
            ("excerpt", Becomes::Held(hold)) => hold.details.excerpt = Some(value.clone()),
            ("credibility", Becomes::Held(hold)) => {
                hold.details.credibility = Credibility::from_word(value);
            }
            ("stance", Becomes::Held(hold)) => {
                hold.stance = EvidenceStance::from_word(value).unwrap_or(hold.stance);
            }
            _ => {}
        }
    }
    let begun = files
        .into_iter()
        .map(|(path, kind, becomes)| take(state, path, kind, becomes));
    begun.collect::<Vec<_>>().into_iter().flatten().collect()
}
