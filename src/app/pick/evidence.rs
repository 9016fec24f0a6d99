//! Holding evidence against a claim: one of the session's items, or a new one made of an address, a file or a title.

use crate::app::choose::Choose;
use crate::app::decide::tell;
use crate::app::form::{self, is_url};
use crate::app::key::{Code, Key};
use crate::app::msg::Effect;
use crate::app::notices::Level;
use crate::app::overlay::Overlay;
use crate::app::picker::{Item, Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::saving::{go_to_words, row_words};
use crate::app::state::State;
use crate::core::check::Check;
use crate::core::ids::*;
use crate::core::model::{Evidence, EvidenceFile, Held, HeldField};
use crate::core::ops;
use crate::core::vocabulary::*;

pub use super::evidence_list::open as list;

/// A file that is being hashed and copied, with what is to happen to it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// Which file.
    pub path: String,
    /// The row that it is to be held against; none where it only becomes an item.
    row: Option<String>,
    locator: Option<String>,
    stance: EvidenceStance,
}

/// What is to be held.
#[derive(Clone, Debug)]
enum What {
    /// An item of the session.
    Item(EvidenceId),
    /// A file that is to be copied in.
    Path(String),
    /// An item that is still to be made.
    New(Box<Evidence>),
}

/// Lists the items to hold.
pub fn open(state: &mut State) -> Vec<Effect> {
    let picker = Picker::new("Evidence", lines(state), |s, pick| hold(s, pick, None))
        .creating(create_word, |t| is_url(t) || is_path(t))
        .empty("no item yet: type an address, a path or a title")
        .verb("holds it")
        .extra(
            Key::plain(Code::Tab),
            "asks for the locator first",
            |s, pick| {
                let locator = held_now(s, &pick).map(|h| h.locator).unwrap_or_default();
                let prompt =
                    Prompt::line("locator", "Where in the item", &locator, move |s, text| {
                        hold(s, pick.clone(), Some(text.trim().to_string()))
                    });
                s.open(Overlay::Prompt(prompt.hint(
                    "page, table, timecode · Enter goes on to the evidence stance",
                )))
            },
        );
    state.open(Overlay::Picker(picker))
}

pub(super) fn create_word(text: &str) -> &'static str {
    if is_url(text) {
        "new item at this address"
    } else if is_path(text) {
        "copies this file in"
    } else {
        "new item with this title"
    }
}

/// Whether `text` can only mean a file: a path, or a name with an extension.
pub(super) fn is_path(text: &str) -> bool {
    let begins = ["/", "./", "../", "~/", "\\", ".\\", "..\\"];
    let drive = text.as_bytes().get(1..3).is_some_and(|b| b == b":\\");
    let extension = text.rsplit_once('.').is_some_and(|(stem, e)| {
        !stem.is_empty()
            && (2..=5).contains(&e.len())
            && e.starts_with(|c: char| c.is_ascii_alphabetic())
            && e.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    !is_url(text)
        && !text.contains("://")
        && (begins.iter().any(|b| text.starts_with(b))
            || drive
            || extension && !text.contains(char::is_whitespace))
}

/// The items, those used last first, with what they say of the current claim.
pub(super) fn lines(state: &State) -> Vec<Item> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    let check = &bench.check;
    let claim = bench.claim_at_cursor();
    let mut order = bench.recent_evidence.clone();
    order.extend(check.session.evidence.keys().rev());
    let mut seen = std::collections::HashSet::new();
    order.retain(|e| seen.insert(*e));
    order
        .iter()
        .filter_map(|id| check.session.evidence.get(id))
        .map(|e| line(check, e, claim))
        .collect()
}

fn line(check: &Check, e: &Evidence, claim: Option<ClaimId>) -> Item {
    let mut detail = Vec::new();
    let held = claim.and_then(|c| check.held(c).find(|(_, item)| item.id == e.id));
    if let Some((h, _)) = held {
        detail.push(format!("here: {}", h.evidence_stance.label()));
    }
    if let Some(s) = e.source {
        detail.push(format!("from {}", check.source_name(s)));
    }
    if let Some(f) = &e.file {
        detail.push(format!("file {}", f.name));
    }
    detail.extend(e.url.clone());
    let right = match check.index().uses(e.id) {
        0 => String::new(),
        n => format!("{n}×"),
    };
    Item::new(Pick::Evidence(e.id), title_of(e))
        .detail(detail.join(" · "))
        .right(right)
}

/// The item's title, else its address, else its file's name.
pub(in crate::app) fn title_of(e: &Evidence) -> &str {
    let file = e.file.as_ref().map(|f| f.name.as_str());
    match e.title.as_str() {
        "" => e.url.as_deref().or(file).unwrap_or("untitled"),
        title => title,
    }
}

/// How the item picked is held against the current claim.
pub(super) fn held_now(state: &State, pick: &Pick) -> Option<Held> {
    let bench = state.bench.as_ref()?;
    let claim = bench.claim_at_cursor()?;
    let mut held = bench.check.held(claim);
    held.find(|(h, _)| *pick == Pick::Evidence(h.evidence))
        .map(|(h, _)| h.clone())
}

/// What was picked or typed; an address that an item has already is that item.
fn what(state: &State, pick: Pick) -> Option<What> {
    match pick {
        Pick::Evidence(id) => Some(What::Item(id)),
        Pick::New(text) if is_url(&text) => {
            let mut items = state.bench.as_ref()?.session().evidence.values();
            match items.find(|e| e.url.as_deref() == Some(&text)) {
                Some(e) => Some(What::Item(e.id)),
                None => Some(What::New(Box::new(at_address(state, &text)))),
            }
        }
        Pick::New(text) if is_path(&text) => Some(What::Path(text)),
        Pick::New(text) => {
            let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
            item.title = text;
            Some(What::New(Box::new(item)))
        }
        _ => None,
    }
}

/// An item at an address, looked at today, called by host and path until somebody names it.
pub(super) fn at_address(state: &State, url: &str) -> Evidence {
    let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let path = bare.split(['?', '#']).next().unwrap_or(bare);
    item.title = path.trim_end_matches('/').to_string();
    item.url = Some(url.to_string());
    item.accessed_at = Some(today(state));
    item
}

/// The date of the message under way.
pub(in crate::app) fn today(state: &State) -> String {
    state.on_the_clock(state.now, "%Y-%m-%d")
}

/// Asks for the evidence stance, then holds the item against the current row.
pub(super) fn hold(state: &mut State, pick: Pick, locator: Option<String>) -> Vec<Effect> {
    let preset = held_now(state, &pick).map_or(EvidenceStance::Neutral, |h| h.evidence_stance);
    let Some(what) = what(state, pick) else {
        return Vec::new();
    };
    let title = match &what {
        What::Item(id) => state
            .bench
            .as_ref()
            .and_then(|b| b.session().evidence.get(id))
            .map(|e| title_of(e).to_string())
            .unwrap_or_default(),
        What::Path(p) => p.clone(),
        What::New(e) => e.title.clone(),
    };
    let title = crate::core::display::clean(&title);
    let choose = Choose::value(
        format!("What “{title}” says of the claim"),
        preset,
        move |s, stance| match what {
            What::Path(path) => {
                let row = s.bench.as_ref().and_then(row_words);
                let taking = Taking {
                    path,
                    row,
                    locator,
                    stance,
                };
                take(s, taking)
            }
            what => hold_now(s, what, locator, stance),
        },
    );
    state.open(Overlay::Choose(choose))
}

/// Makes the step: the row taken up if need be, the item made if it is new, and the two held together.
fn hold_now(
    state: &mut State,
    what: What,
    locator: Option<String>,
    stance: EvidenceStance,
) -> Vec<Effect> {
    let mut used = None;
    let done = state.tag(|tx, claim| {
        let id = match what {
            What::Item(id) => id,
            What::New(item) => ops::new_evidence(tx, |e| *e = Evidence { id: e.id, ..*item }),
            What::Path(_) => return,
        };
        let held = ops::hold(tx, claim, id);
        tx.set_held(&held, HeldField::EvidenceStance(stance));
        if let Some(locator) = locator {
            tx.set_held(&held, HeldField::Locator(locator));
        }
        used = Some(id);
    });
    let (Some(id), Some(bench)) = (used, &mut state.bench) else {
        return done.shown(state);
    };
    bench.recent_evidence.retain(|e| *e != id);
    bench.recent_evidence.insert(0, id);
    let item = bench.session().evidence.get(&id);
    let title = item.map(|e| title_of(e).to_string()).unwrap_or_default();
    let title = crate::core::display::clean(&title);
    let stance = state.config.label(stance);
    done.told(state, |state| tell(state, &format!("“{title}” {stance}")))
}

fn take(state: &mut State, taking: Taking) -> Vec<Effect> {
    let path = taking.path.clone();
    state.busy = Some(format!("copying {path}"));
    state.taking.push(taking);
    vec![Effect::TakeFile(path)]
}

/// Copies a file in as an item that is held against nothing yet.
pub(super) fn take_only(state: &mut State, path: String) -> Vec<Effect> {
    if let Some(why) = state.locked() {
        state.say(Level::Warning, why);
        return Vec::new();
    }
    let taking = Taking {
        path,
        row: None,
        locator: None,
        stance: EvidenceStance::Neutral,
    };
    take(state, taking)
}

/// Takes the data of a file, and makes the step that waited for it.
pub fn file_taken(
    state: &mut State,
    path: String,
    result: Result<EvidenceFile, String>,
) -> Vec<Effect> {
    let Some(n) = state.taking.iter().position(|t| t.path == path) else {
        return Vec::new();
    };
    let taking = state.taking.remove(n);
    state.busy = state.taking.last().map(|t| format!("copying {}", t.path));
    let file = match result {
        Ok(file) => file,
        Err(why) => {
            state.say(Level::Error, why);
            return Vec::new();
        }
    };
    let mut items = state
        .bench
        .iter()
        .flat_map(|b| b.session().evidence.values());
    let same = items
        .find(|e| e.file.as_ref().is_some_and(|f| f.sha256 == file.sha256))
        .map(|e| e.id);
    let mut item = Evidence::empty(EvidenceId(uuid::Uuid::nil()));
    item.title.clone_from(&file.name);
    item.accessed_at = Some(today(state));
    item.file = Some(file);
    let Some(row) = taking.row else {
        return match same {
            Some(id) => form::evidence::open(state, id, None),
            None => made(state, item),
        };
    };
    let there = state.bench.as_mut().is_some_and(|b| go_to_words(b, &row));
    if !there {
        let said = format!("“{}” is an item now; its row is gone.", item.title);
        let effects = made(state, item);
        state.say(Level::Warning, said);
        return effects;
    }
    let what = match same {
        Some(id) => What::Item(id),
        None => What::New(Box::new(item)),
    };
    hold_now(state, what, taking.locator, taking.stance)
}

/// Makes an item that is held against nothing yet.
fn made(state: &mut State, item: Evidence) -> Vec<Effect> {
    let title = crate::core::display::clean(&item.title);
    let done = state.step(|tx, _, _| {
        ops::new_evidence(tx, |e| *e = Evidence { id: e.id, ..item });
        None
    });
    done.told(state, |state| {
        state.say(Level::Info, format!("“{title}” is an evidence item now."));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_address_a_file_or_a_title() {
        for (text, word) in [
            ("https://kell.example/minutes", "new item at this address"),
            ("/tmp/minutes", "copies this file in"),
            ("~/minutes.pdf", "copies this file in"),
            ("minutes.pdf", "copies this file in"),
            ("C:\\minutes.pdf", "copies this file in"),
            ("Council minutes", "new item with this title"),
            ("Council minutes, p. 4", "new item with this title"),
            ("interview no. 12", "new item with this title"),
            ("v1.2", "new item with this title"),
            ("Council minutes.pdf", "new item with this title"),
        ] {
            assert_eq!(create_word(text), word, "{text}");
        }
    }
}
