//! A list to pick from: type to filter, arrows to move, Enter to pick, a last line to create what was typed.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::Action;
use super::key::{Code, Key};
use super::msg::{Effect, Mouse, MouseKind};
use super::overlay::Reply;
use super::state::State;
use super::textfield::TextField;
use crate::core::ids::*;

/// What a line of the list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A source.
    Source(SourceId),
    /// An evidence item.
    Evidence(EvidenceId),
    /// What is held against the current claim.
    Held(HeldId),
    /// A claim.
    Claim(ClaimId),
    /// A session by its name.
    Session(String),
    /// An action.
    Action(Action),
    /// One of a few ways, by its number.
    Way(usize),
    /// Nothing: takes away what was set.
    Nothing,
    /// What was typed, to be made.
    New(String),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it stands for.
    pub pick: Pick,
    /// What it says, and what typing is matched against.
    pub label: String,
    /// More about it, dimmed; matched too.
    pub detail: String,
    /// A short text at the right (a key, a count).
    pub right: String,
    /// Why it cannot be picked now; none where it can.
    pub disabled: Option<String>,
}

impl Item {
    /// A line that says `label`.
    pub fn new(pick: Pick, label: impl Into<String>) -> Self {
        Self {
            pick,
            label: label.into(),
            detail: String::new(),
            right: String::new(),
            disabled: None,
        }
    }
    /// Adds more about it.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
    /// Adds a short text at the right.
    pub fn right(mut self, right: impl Into<String>) -> Self {
        self.right = right.into();
        self
    }
}

/// What happens with what was picked.
pub type Accept = fn(&mut State, Pick) -> Vec<Effect>;

/// A further key of a list.
#[derive(Clone)]
pub struct Extra {
    /// The key.
    pub key: Key,
    /// What it does, for the hint line.
    pub label: &'static str,
    /// Whether the list stays open.
    pub stays: bool,
    /// What it does with the selected line.
    pub accept: Accept,
}

/// A list to pick from.
pub struct Picker {
    /// What is asked for.
    pub title: String,
    /// All lines.
    pub items: Vec<Item>,
    /// What is shown where there is no line.
    pub empty: String,
    /// The word on the line that makes what was typed ("new source"); none where nothing can be made.
    pub create: Option<&'static str>,
    /// Further keys.
    pub extras: Vec<Extra>,
    field: TextField,
    accept: Accept,
    /// The lines that match, best first, each with the matched characters of its label.
    matches: Vec<(usize, Vec<u32>)>,
    selected: usize,
    matcher: Matcher,
}

impl Picker {
    /// A list of `items`.
    pub fn new(title: impl Into<String>, items: Vec<Item>, accept: Accept) -> Self {
        let mut picker = Self {
            title: title.into(),
            items,
            empty: "nothing here yet".into(),
            create: None,
            extras: Vec::new(),
            field: TextField::line(""),
            accept,
            matches: Vec::new(),
            selected: 0,
            matcher: Matcher::new(Config::DEFAULT),
        };
        picker.filter();
        picker
    }

    /// What was typed can be made; `word` says what it becomes.
    pub fn creating(mut self, word: &'static str) -> Self {
        self.create = Some(word);
        self
    }

    /// Adds a further key that closes the list.
    pub fn extra(mut self, key: Key, label: &'static str, accept: Accept) -> Self {
        self.extras.push(Extra {
            key,
            label,
            stays: false,
            accept,
        });
        self
    }

    /// Says what is shown where there is no line.
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = text.into();
        self
    }

    /// Puts the cursor on the line that stands for `pick`, if it is there.
    pub fn preselect(mut self, pick: &Pick) -> Self {
        if let Some(n) = self
            .matches
            .iter()
            .position(|(i, _)| self.items[*i].pick == *pick)
        {
            self.selected = n;
        }
        self
    }

    /// The field that one types into.
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// The lines that match with the matched characters of their labels, best first.
    pub fn matches(&self) -> impl Iterator<Item = (&Item, &[u32])> {
        self.matches
            .iter()
            .map(|(i, at)| (&self.items[*i], at.as_slice()))
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

    /// What the last line would make; none where nothing is typed or just that is there already.
    pub fn creates(&self) -> Option<String> {
        self.create?;
        let typed = self.field.text().trim().to_string();
        let there = self
            .items
            .iter()
            .any(|i| i.label.to_lowercase() == typed.to_lowercase());
        (!typed.is_empty() && !there).then_some(typed)
    }

    fn filter(&mut self) {
        let typed = self.field.text();
        let pattern = Pattern::parse(typed.trim(), CaseMatching::Smart, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize, Vec<u32>)> = Vec::new();
        for (n, item) in self.items.iter().enumerate() {
            let mut at = Vec::new();
            let label = Utf32Str::new(&item.label, &mut buffer);
            // The label counts twice as much as what stands behind it.
            let mut score = pattern
                .indices(label, &mut self.matcher, &mut at)
                .map(|s| s * 2 + 1);
            if score.is_none() {
                at.clear();
                let whole = format!("{} {}", item.label, item.detail);
                score = pattern.score(Utf32Str::new(&whole, &mut buffer), &mut self.matcher);
            }
            if let Some(score) = score {
                at.sort_unstable();
                at.dedup();
                scored.push((score, n, at));
            }
        }
        if !typed.trim().is_empty() {
            scored.sort_by_key(|(score, n, _)| (std::cmp::Reverse(*score), *n));
        }
        self.matches = scored.into_iter().map(|(_, n, at)| (n, at)).collect();
        self.selected = 0;
    }

    fn picked(&self) -> Option<Result<Pick, String>> {
        match self.matches.get(self.selected) {
            Some((i, _)) => {
                let item = &self.items[*i];
                Some(
                    item.disabled
                        .clone()
                        .map_or_else(|| Ok(item.pick.clone()), Err),
                )
            }
            None => self.creates().map(|t| Ok(Pick::New(t))),
        }
    }

    fn step(&mut self, by: isize) {
        let last = self.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Reply {
        if let Some(extra) = self.extras.iter().find(|e| e.key == key).cloned() {
            let Some(Ok(pick)) = self.picked() else {
                return Reply::Stay;
            };
            let accept = extra.accept;
            return if extra.stays {
                Reply::also(move |s| accept(s, pick))
            } else {
                Reply::then(move |s| accept(s, pick))
            };
        }
        match (key.code, key.ctrl) {
            (Code::Esc, _) => Reply::Close,
            (Code::Enter, _) => match self.picked() {
                Some(Ok(pick)) => {
                    let accept = self.accept;
                    Reply::then(move |s| accept(s, pick))
                }
                Some(Err(why)) => Reply::also(move |s| {
                    s.say(super::notices::Level::Warning, why);
                    Vec::new()
                }),
                None => Reply::Stay,
            },
            (Code::Down, _) | (Code::Char('n'), true) => {
                self.step(1);
                Reply::Stay
            }
            (Code::Up, _) | (Code::Char('p'), true) => {
                self.step(-1);
                Reply::Stay
            }
            (Code::PageDown, _) => {
                self.step(10);
                Reply::Stay
            }
            (Code::PageUp, _) => {
                self.step(-10);
                Reply::Stay
            }
            _ => {
                let before = self.field.text();
                if !self.field.key(key) {
                    return Reply::Ignored;
                }
                if self.field.text() != before {
                    self.filter();
                }
                Reply::Stay
            }
        }
    }

    /// Takes pasted text: it is typed, never submitted.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.filter();
    }

    /// Takes the wheel.
    pub fn mouse(&mut self, mouse: Mouse) -> Reply {
        match mouse.kind {
            MouseKind::WheelDown => self.step(3),
            MouseKind::WheelUp => self.step(-3),
            _ => {}
        }
        Reply::Stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::script;

    fn press(p: &mut Picker, keys: &str) {
        for k in script(keys).unwrap_or_default() {
            p.key(k);
        }
    }

    #[test]
    fn typing_filters_and_the_last_line_makes_what_was_typed() {
        let items = ["John Kirby", "Korean Central News Agency", "the article"];
        let items = items
            .iter()
            .enumerate()
            .map(|(n, l)| Item::new(Pick::Way(n), *l))
            .collect();
        let mut p = Picker::new("said by", items, |_, _| Vec::new()).creating("new source");
        assert_eq!((p.len(), p.creates()), (3, None));
        press(&mut p, "kir");
        assert_eq!(
            p.matches().next().map(|(i, _)| i.label.as_str()),
            Some("John Kirby")
        );
        assert_eq!(p.creates().as_deref(), Some("kir"));
        press(&mut p, "Down Down Down");
        assert_eq!(p.picked(), Some(Ok(Pick::New("kir".into()))));
        press(&mut p, "Ctrl-u");
        press(&mut p, "\"the article\"");
        assert_eq!(p.creates(), None);
    }
}
