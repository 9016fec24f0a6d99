//! A list to pick from: type to filter, arrows to move, Enter to pick, a last line to create what was typed.

mod builder;
mod item;
mod rank;

use std::sync::Arc;

use nucleo_matcher::{Config, Matcher};

pub use item::{Pick, PickItem};
use rank::{Match, Rank, TypedWords};

use super::reply::Reply;
use super::textfield::TextField;
use crate::app::input::key::{Code, Key};
use crate::app::input::mouse::{Mouse, MouseKind};
use crate::app::refusal::{Done, Refusal};
use crate::core::fold;

/// What happens with what was picked.
pub type Accept<S> = Arc<dyn Fn(&mut S, Pick) -> Done + Send + Sync>;

/// What happens with everything that is marked.
pub type AcceptAll<S> = Arc<dyn Fn(&mut S, Vec<Pick>) -> Done + Send + Sync>;

/// The lines of a list as the session stands now.
pub type Reload<S> = Arc<dyn Fn(&S) -> Vec<PickItem> + Send + Sync>;

/// How the last line makes what was typed.
#[derive(Clone, Copy)]
pub struct Create {
    /// What the typed text becomes ("new source").
    pub word: fn(&str) -> &'static str,
    /// Whether the text can only be meant to be made (an address), so that the line is the first choice.
    pub meant: fn(&str) -> bool,
}

/// A further key of a list.
pub struct Extra<S> {
    /// The key.
    pub key: Key,
    /// What it does, for the hint line.
    pub label: &'static str,
    /// Whether the list stays open.
    pub stays: bool,
    /// What it does with the selected line.
    pub accept: Accept<S>,
    /// Whether it does something while this is typed.
    pub applies: fn(&str) -> bool,
}

/// A letter that acts on the line whose number is typed.
pub struct NumberLetter<S> {
    /// The letter.
    pub key: char,
    /// What it does.
    pub label: &'static str,
    /// Does it.
    pub accept: Accept<S>,
}

/// Called after every change of what is typed.
pub type Typing<S> = fn(&mut S, String) -> Done;

/// A list to pick from.
pub struct Picker<S> {
    /// What is asked for.
    pub title: String,
    /// All lines.
    pub items: Vec<PickItem>,
    /// What is shown where there is no line.
    pub empty: String,
    /// The line that makes what was typed; none where nothing can be made.
    pub create: Option<Create>,
    /// Further keys.
    pub extras: Vec<Extra<S>>,
    /// Whether what is typed is looked for in the texts at the right (keys) before all else.
    pub keys_first: bool,
    /// What Enter does, for the hint line.
    pub verb: &'static str,
    /// Whether it lies over the whole screen, since it is not about the current row.
    pub over_all: bool,
    /// What acts on the line whose number is typed; none where lines have no numbers.
    pub letters: Option<Vec<NumberLetter<S>>>,
    /// What is said of what is typed, below it; none where nothing ever is.
    pub told: Option<fn(&S) -> String>,
    live: Option<Typing<S>>,
    field: TextField,
    accept: Accept<S>,
    stays: bool,
    accept_all: Option<AcceptAll<S>>,
    close: Option<Accept<S>>,
    /// Whether Esc takes away what is typed before it closes the list.
    clears: bool,
    /// Whether a line was marked or unmarked by hand.
    touched: bool,
    reload: Option<Reload<S>>,
    /// The session's last step when the lines of a list that follows it were computed.
    pub(in crate::app) seq: u64,
    /// The lines that match, best first.
    matches: Vec<(usize, Match)>,
    selected: usize,
    matcher: Matcher,
}

impl<S: 'static> Picker<S> {
    /// A list of `items`.
    pub fn new(
        title: impl Into<String>,
        items: Vec<PickItem>,
        accept: impl Fn(&mut S, Pick) -> Done + Send + Sync + 'static,
    ) -> Self {
        let mut picker = Self {
            title: title.into(),
            items,
            empty: "nothing here yet".into(),
            create: None,
            extras: Vec::new(),
            keys_first: false,
            verb: "picks",
            over_all: false,
            letters: None,
            told: None,
            live: None,
            field: TextField::line(""),
            accept: Arc::new(accept),
            stays: false,
            accept_all: None,
            close: None,
            clears: false,
            touched: false,
            reload: None,
            seq: 0,
            matches: Vec::new(),
            selected: 0,
            matcher: Matcher::new(Config::DEFAULT),
        };
        picker.filter();
        picker
    }

    /// Types something else in place of what is typed, the list being on the screen.
    pub fn retype(&mut self, text: &str) -> Reply<S> {
        self.field.set(text);
        self.filter();
        self.after_change()
    }

    fn after_change(&self) -> Reply<S> {
        match self.live {
            Some(live) => {
                let text = self.field.text();
                Reply::also(move |s| live(s, text))
            }
            None => Reply::Stay,
        }
    }

    /// What is to happen after a paste.
    pub fn pasted(&self) -> Reply<S> {
        self.after_change()
    }

    /// The line whose number is all that is typed, counted in [`Picker::items`].
    pub fn number(&self) -> Option<usize> {
        self.letters.as_ref()?;
        let typed = self.field.text();
        let digits = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
        let number: usize = typed.parse().ok().filter(|_| digits)?;
        (1..=self.items.len()).contains(&number).then(|| number - 1)
    }

    /// The letter `key` acts on the line whose number is typed.
    fn lettered(&mut self, key: Key) -> Option<Reply<S>> {
        let (n, typed) = (self.number()?, key.typed()?);
        let letters = self.letters.as_ref()?;
        let accept = letters.iter().find(|l| l.key == typed)?.accept.clone();
        let pick = self.items.get(n)?.pick.clone();
        if !self.stays {
            return Some(Reply::then(move |s| accept(s, pick)));
        }
        self.field.set("");
        self.filter();
        self.selected = n;
        let cleared = self.after_change();
        Some(Reply::also(move |s| {
            let mut effects = match cleared {
                Reply::Also(then) => then(s)?,
                _ => Vec::new(),
            };
            effects.extend(accept(s, pick)?);
            Ok(effects)
        }))
    }

    /// Whether several lines can be marked.
    pub fn is_several(&self) -> bool {
        self.accept_all.is_some()
    }

    /// How the lines are computed anew after a change of the session, for a list that follows it.
    pub fn reload(&self) -> Option<Reload<S>> {
        self.reload.clone()
    }

    /// Takes other lines, keeping what is typed and, where it is still there, the selected line.
    pub fn set_items(&mut self, items: Vec<PickItem>) {
        let (selected, at) = (self.picked_item().map(|i| i.pick.clone()), self.selected);
        self.items = items;
        self.filter();
        let again = self
            .matches
            .iter()
            .position(|(i, _)| Some(&self.items[*i].pick) == selected.as_ref());
        self.selected = again.unwrap_or(at.min(self.len().saturating_sub(1)));
    }

    /// The field that one types into.
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// The lines that match with the matched characters of their labels, best first.
    pub fn matches(&self) -> impl Iterator<Item = (&PickItem, &[u32])> {
        self.matches
            .iter()
            .map(|(i, found)| (&self.items[*i], found.at.as_slice()))
    }

    /// The text that line `n` of [`Picker::matches`] was found by, where that is neither its label nor its detail.
    pub fn found_inside(&self, n: usize) -> Option<&str> {
        let (i, found) = self.matches.get(n)?;
        let text = self.items.get(*i)?.inside.get(found.inside?)?;
        Some(text)
    }

    /// How many lines there are to choose from, the one that makes something included.
    pub fn len(&self) -> usize {
        self.matches.len() + usize::from(self.creates().is_some())
    }

    /// Whether there is no line to choose.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The selected line, counted in [`Picker::matches`]; one beyond them is the line that makes something.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// What the last line would make and what that becomes ("new source").
    pub fn create_line(&self) -> Option<(String, &'static str)> {
        let (typed, create) = (self.creates()?, self.create?);
        let word = (create.word)(&typed);
        Some((typed, word))
    }

    /// What the last line would make; none where nothing is typed or just that is there already.
    pub fn creates(&self) -> Option<String> {
        self.create?;
        let typed = self.field.text().trim().to_string();
        let there = self.items.iter().any(|i| fold::same(&i.label, &typed));
        (!typed.is_empty() && !there).then_some(typed)
    }

    fn filter(&mut self) {
        let typed = self.field.text();
        let typed = typed.trim();
        let wanted = TypedWords::new(typed);
        let mut found: Vec<(usize, Match)> = Vec::new();
        for (n, item) in self.items.iter().enumerate() {
            let mut match_of = wanted.find_in(item, &mut self.matcher);
            if self.keys_first
                && let Some(rank) = key_rank(&item.right, typed)
            {
                match_of = Some(Match::of(Rank::named(u32::MAX - rank)));
            }
            if self.number() == Some(n) {
                match_of = Some(Match::of(Rank::named(u32::MAX)));
            }
            found.extend(match_of.map(|m| (n, m)));
        }
        if !typed.is_empty() {
            found.sort_by_key(|(n, m)| (std::cmp::Reverse(m.rank), *n));
            // Letters that lie about are a match only where nothing holds the words.
            if found.first().is_some_and(|(_, m)| m.rank.holds_words()) {
                found.retain(|(_, m)| m.rank.holds_words());
            }
        }
        self.matches = found;
        self.selected = match (self.create, self.creates()) {
            (Some(create), Some(text)) if (create.meant)(&text) => self.matches.len(),
            _ => 0,
        };
    }

    /// The selected line; none where that is the one that makes something.
    pub fn picked_item(&self) -> Option<&PickItem> {
        self.matches
            .get(self.selected)
            .and_then(|(i, _)| self.items.get(*i))
    }

    fn picked(&self) -> Option<Result<Pick, String>> {
        match self.picked_item() {
            Some(item) => Some(
                item.disabled
                    .clone()
                    .map_or_else(|| Ok(item.pick.clone()), Err),
            ),
            None => self.creates().map(|t| Ok(Pick::New(t))),
        }
    }

    /// Moves the selection: one step goes round the ends, more stop there.
    fn step(&mut self, by: isize) {
        let len = self.len();
        self.selected = match by {
            1 => (self.selected + 1) % len.max(1),
            -1 => self
                .selected
                .checked_sub(1)
                .unwrap_or(len.saturating_sub(1)),
            _ => self
                .selected
                .saturating_add_signed(by)
                .min(len.saturating_sub(1)),
        };
    }

    /// Marks the selected line, or takes its mark away; what was typed becomes a marked line.
    fn toggle(&mut self) {
        match self.matches.get(self.selected).map(|(i, _)| *i) {
            Some(i) => {
                if let Some(item) = self.items.get_mut(i).filter(|i| i.pick != Pick::Nothing) {
                    item.marked = !item.marked;
                    self.touched = true;
                    // The next one is typed from scratch.
                    if !self.field.is_blank() {
                        self.field.set("");
                        self.filter();
                    }
                }
            }
            None => {
                if let Some(name) = self.creates() {
                    self.items
                        .push(PickItem::new(Pick::New(name.clone()), name).marked(true));
                    self.touched = true;
                    self.field.set("");
                    self.filter();
                }
            }
        }
    }

    /// Everything that is marked, in the order of the lines.
    fn all_marked(&self) -> Vec<Pick> {
        let marked = self.items.iter().filter(|i| i.marked);
        marked.map(|i| i.pick.clone()).collect()
    }

    fn entered(&mut self) -> Reply<S> {
        if let Some(accept) = self.accept_all.clone() {
            let nothing = self.picked_item().is_some_and(|i| i.pick == Pick::Nothing);
            if !self.touched {
                self.toggle();
            }
            let picks = if nothing {
                Vec::new()
            } else {
                self.all_marked()
            };
            return Reply::then(move |s| accept(s, picks));
        }
        match self.picked() {
            Some(Ok(pick)) => {
                let accept = self.accept.clone();
                if self.stays {
                    Reply::also(move |s| accept(s, pick))
                } else {
                    Reply::then(move |s| accept(s, pick))
                }
            }
            Some(Err(why)) => Reply::also(move |_| Err(Refusal::new(why))),
            None => Reply::Stay,
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        let typed = self.field.text();
        let mut extras = self.extras.iter();
        if let Some(extra) = extras.find(|e| e.key == key && (e.applies)(&typed)) {
            let (accept, stays) = (extra.accept.clone(), extra.stays);
            let Some(Ok(pick)) = self.picked() else {
                return Reply::Stay;
            };
            return if stays {
                Reply::also(move |s| accept(s, pick))
            } else {
                Reply::then(move |s| accept(s, pick))
            };
        }
        if let Some(reply) = self.lettered(key) {
            return reply;
        }
        match (key.code, key.ctrl) {
            (Code::Esc, _) if self.clears && !self.field.is_blank() => return self.retype(""),
            (Code::Esc, _) => {
                let close = self.close.clone();
                return close.map_or(Reply::Close, |c| Reply::then(move |s| c(s, Pick::Nothing)));
            }
            (Code::Enter, _) => return self.entered(),
            (Code::Tab, _) if self.is_several() => self.toggle(),
            (Code::Down, _) | (Code::Char('n'), true) => self.step(1),
            (Code::Up, _) | (Code::Char('p'), true) => self.step(-1),
            (Code::PageDown, _) => self.step(10),
            (Code::PageUp, _) => self.step(-10),
            _ => {
                let before = self.field.text();
                if !self.field.key(key) {
                    return Reply::Ignored;
                }
                if self.field.text() != before {
                    self.filter();
                    return self.after_change();
                }
            }
        }
        Reply::Stay
    }

    /// Takes pasted text: it is typed, never submitted.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.filter();
    }

    /// Takes the wheel.
    pub fn mouse(&mut self, mouse: Mouse) -> Reply<S> {
        match mouse.kind {
            MouseKind::WheelDown => self.step(3),
            MouseKind::WheelUp => self.step(-3),
            _ => {}
        }
        Reply::Stay
    }
}

/// How well `typed` fits key sequences such as `j / Down`: 0 the same, 1 the beginning of one, 2 a part of one.
fn key_rank(keys: &str, typed: &str) -> Option<u32> {
    if typed.is_empty() {
        return None;
    }
    let rank = |k: &str| {
        if k == typed {
            Some(0)
        } else if k.starts_with(typed) {
            Some(1)
        } else {
            k.contains(typed).then_some(2)
        }
    };
    keys.split(" / ").filter_map(rank).min()
}

#[cfg(test)]
mod tests;
