//! What is typed in a box for evidence, understood while one types: what it is, of which kind, and whether there is such a
//! file. One look at a file is under way at a time, and nothing waits for it.

use super::typed::{self, Meant};
use crate::app::layers::picker::Pick;
use crate::app::msg::{Effect, SeenFile};
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::evidence_box::{EvidenceBox, PathCompleting, PathsLookedAt};
use crate::app::state::laid::{Overlay, Reply};
use crate::app::state::{Program, State};
use crate::core::calculation;
use crate::core::display::clean;
use crate::core::progress::size;
use crate::core::vocabulary::{EvidenceKind, Vocabulary};

/// Begins with nothing typed; what was under way for another box is given up.
pub(super) fn fresh(state: &mut Program) -> Vec<Effect> {
    let before = std::mem::take(&mut state.evidence_box);
    let looking = before.looking.map(|l| l.id);
    let ids = looking.into_iter().chain(before.completing.map(|c| c.id));
    ids.map(Effect::GiveUpFile).collect()
}

/// Takes what is typed now, and looks whether there is such a file where it means one.
pub(super) fn changed(state: &mut State, text: String) -> Done {
    let text = text.trim().to_string();
    let typed = &mut state.program.evidence_box;
    if typed.text == text {
        return DONE;
    }
    if text.is_empty() {
        typed.kind = None;
    }
    typed.text = text;
    typed.names.clear();
    Ok(look(state))
}

/// Looks at the file that is typed, unless another one is still looked at: then it comes after that.
fn look(state: &mut State) -> Vec<Effect> {
    let typed = &state.evidence_box;
    let Meant::File(paths) = typed::meant(&typed.text) else {
        return Vec::new();
    };
    let known = typed.seen.as_ref().is_some_and(|(seen, _)| *seen == paths);
    if typed.looking.is_some() || known {
        return Vec::new();
    }
    let id = state.next_work();
    let looking = PathsLookedAt {
        id,
        paths: paths.clone(),
    };
    state.evidence_box.looking = Some(looking);
    vec![Effect::LookAtFile { id, paths }]
}

/// Takes what a file is that was looked at while one typed; none where it was looked at for something else.
pub(super) fn seen(
    state: &mut State,
    id: u64,
    found: &Result<SeenFile, String>,
) -> Option<Vec<Effect>> {
    let looking = state.evidence_box.looking.take_if(|l| l.id == id)?;
    state.evidence_box.seen = Some((looking.paths, found.clone()));
    Some(look(state))
}

/// What is typed, of which kind, and what is known of it, in one line; empty where nothing is typed.
pub(super) fn told(state: &State) -> String {
    let typed = &state.evidence_box;
    if !typed.names.is_empty() {
        let names: Vec<String> = typed.names.iter().map(|n| clean(n)).collect();
        return names.join("  ");
    }
    let meant = typed::meant(&typed.text);
    let kind = state.config.labels.of(typed.kind_of(&meant)).to_string();
    match &meant {
        Meant::Nothing => String::new(),
        Meant::Address(url) => {
            let bare = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            format!("{kind}: {}", clean(bare))
        }
        Meant::Calculation(sum) => format!("{kind}: {}", calculation::verdict(sum)),
        Meant::Title(title) => format!("{kind}: “{}”", clean(title)),
        Meant::File(paths) => match &typed.seen {
            Some((seen, Ok(file))) if seen == paths => {
                let path = clean(&file.path.to_string_lossy());
                // Its size stands in view whatever folders it stands in.
                let mut parts = path.rmatch_indices('/').map(|(at, _)| at);
                let short = match parts.nth(1).filter(|at| *at > 0) {
                    Some(at) => format!("…{}", &path[at..]),
                    None => path.clone(),
                };
                format!("{kind}: file {short}, {}", size(file.bytes))
            }
            Some((seen, Err(why))) if seen == paths => clean(why),
            _ => format!("{kind}: looking whether there is such a file"),
        },
    }
}

impl EvidenceBox {
    /// The kind of what is typed: the one that was chosen, else the one that is guessed.
    pub(super) fn kind_of(&self, meant: &Meant) -> EvidenceKind {
        self.kind.unwrap_or_else(|| meant.kind())
    }
}

/// Makes what is typed of the next kind.
pub(super) fn next_kind(state: &mut State, pick: &Pick) -> Done {
    let Pick::New(text) = pick else {
        let why =
            "Only what is typed anew has its kind set here; the list of items (E) sets theirs.";
        return Err(Refusal::mild(why));
    };
    let typed = &mut state.program.evidence_box;
    let now = typed.kind_of(&typed::meant(text));
    let all = EvidenceKind::ALL;
    let at = all.iter().position(|k| *k == now).unwrap_or(0);
    typed.kind = all.get((at + 1) % all.len()).copied();
    DONE
}

/// Whether what is typed means a file, so that its path can be completed.
pub(super) fn is_path(text: &str) -> bool {
    matches!(typed::meant(text), Meant::File(_))
}

/// Has the path that is typed completed.
pub(super) fn complete(state: &mut State) -> Done {
    let text = state.evidence_box.text.clone();
    let Meant::File(paths) = typed::meant(&text) else {
        return DONE;
    };
    // What a shell or a file manager has written is one path for people, the last one that may be meant.
    let quoted = text.starts_with(['\'', '"', 'f']) || text.contains("\\ ");
    let path = match quoted {
        true => paths.iter().find(|p| **p != text),
        false => None,
    };
    let path = path.or(paths.first()).cloned().unwrap_or_default();
    let id = state.next_work();
    let mut effects = Vec::new();
    let before = state.evidence_box.completing.take();
    effects.extend(before.map(|c| Effect::GiveUpFile(c.id)));
    state.evidence_box.completing = Some(PathCompleting {
        id,
        text,
        path: path.clone(),
    });
    effects.push(Effect::CompletePath { id, path });
    Ok(effects)
}

/// Takes the names that the path may go on with: types what all of them begin with, and shows them where that is nothing
/// more. What was typed meanwhile stands.
pub fn completed(state: &mut State, id: u64, names: Result<Vec<String>, String>) -> Vec<Effect> {
    let completing = state.evidence_box.completing.take_if(|c| c.id == id);
    let Some(completing) = completing.filter(|c| c.text == state.evidence_box.text) else {
        return Vec::new();
    };
    let done = match names {
        Ok(names) => go_on(state, &completing, names),
        Err(why) => Err(Refusal::new(why)),
    };
    state.said(done)
}

fn go_on(state: &mut State, completing: &PathCompleting, names: Vec<String>) -> Done {
    let path = &completing.path;
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let Some(first) = names.first() else {
        return Err(Refusal::mild("No file there begins like that."));
    };
    let shared = names.iter().fold(first.as_str(), |shared, name| {
        let same = shared.chars().zip(name.chars()).take_while(|(a, b)| a == b);
        let length: usize = same.map(|(a, _)| a.len_utf8()).sum();
        &shared[..length]
    });
    let whole = format!("{folder}{shared}");
    let Some(Overlay::Picker(picker)) = state.overlays.last_mut() else {
        return DONE;
    };
    // A path that goes no further stays as it was typed.
    let effects = match whole.len() > path.len() || names.len() == 1 {
        true => match picker.retype(&whole) {
            Reply::Also(then) => then(state)?,
            _ => Vec::new(),
        },
        false => Vec::new(),
    };
    if names.len() > 1 {
        state.evidence_box.names = names;
    }
    Ok(effects)
}
