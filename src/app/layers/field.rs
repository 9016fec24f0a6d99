//! The fields of a form: what each is edited with, its value as text, and what may be meant while one types.

use std::fmt;
use std::sync::Arc;

use super::textfield::TextField;
use crate::app::refusal::Done;
use crate::core::fold::folded;
use crate::core::vocabulary::{Entry, Meaning, Rating, Vocabulary};

/// What a line of a form, or a further key of it, does.
pub struct FormLink<S>(Arc<Work<S>>);

type Work<S> = dyn Fn(&mut S) -> Done + Send + Sync;

impl<S> FormLink<S> {
    /// A link that does `work`.
    pub fn new(work: impl Fn(&mut S) -> Done + Send + Sync + 'static) -> Self {
        Self(Arc::new(work))
    }

    /// Does it.
    pub fn follow(&self, state: &mut S) -> Done {
        (self.0)(state)
    }
}

impl<S> Clone for FormLink<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S> fmt::Debug for FormLink<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

/// What a field is edited with.
#[derive(Debug)]
pub enum FormControl<S> {
    /// A text.
    Text(TextField),
    /// One of a vocabulary's values; its letter, or left and right, picks one.
    Choice {
        /// The vocabulary's name on disk, under which a house may rename labels.
        vocabulary: &'static str,
        /// The values; a field that may be empty has `None` first, which `0` picks.
        entries: Vec<Option<&'static Entry>>,
        /// Which one is set.
        selected: usize,
    },
    /// Yes or no.
    Flag(bool),
    /// A line that leads on; Enter saves what was changed and goes there.
    Go {
        /// What it says.
        text: String,
        /// Where it leads.
        to: FormLink<S>,
    },
    /// A line that only tells something; the focus passes over it.
    Note(String),
}

/// A field of a form.
#[derive(Debug)]
pub struct FormField<S> {
    /// Its name on disk and in drafts.
    pub name: &'static str,
    /// Its label on screen.
    pub label: &'static str,
    /// What it is edited with.
    pub control: FormControl<S>,
    /// One line of help, shown while it has the focus.
    pub hint: &'static str,
    /// What is wrong with it; none where nothing is.
    pub problem: Option<String>,
    /// What may be meant while one types (names of sources); empty for most fields.
    pub candidates: Vec<String>,
    /// What parts the values of a text that holds several; none where it holds one.
    pub separator: Option<char>,
    /// Whether it is there, seeing all fields of its form; none where it always is.
    pub shown: Option<Shown<S>>,
}

/// Whether a field is there, seeing all fields of its form.
pub type Shown<S> = fn(&[FormField<S>]) -> bool;

/// How many suggestions are shown.
const SUGGESTIONS: usize = 5;

impl<S> FormField<S> {
    /// A text of one line.
    pub fn line(name: &'static str, label: &'static str, text: &str, hint: &'static str) -> Self {
        Self::of(name, label, FormControl::Text(TextField::line(text)), hint)
    }

    /// A text of several lines.
    pub fn lines(name: &'static str, label: &'static str, text: &str, hint: &'static str) -> Self {
        Self::of(name, label, FormControl::Text(TextField::lines(text)), hint)
    }

    /// A value of a vocabulary.
    pub fn choice<V: Vocabulary>(
        name: &'static str,
        label: &'static str,
        value: V,
        hint: &'static str,
    ) -> Self {
        let entries = V::ALL.iter().map(|v| Some(v.entry())).collect();
        let selected = V::ALL.iter().position(|v| *v == value).unwrap_or(0);
        let vocabulary = V::NAME;
        let control = FormControl::Choice {
            vocabulary,
            entries,
            selected,
        };
        Self::of(name, label, control, hint)
    }

    /// The publication rating: none or 1 to 5.
    pub fn rating(name: &'static str, label: &'static str, value: Option<Rating>) -> Self {
        let entries = std::iter::once(None)
            .chain(RATINGS.iter().map(Some))
            .collect();
        let control = FormControl::Choice {
            vocabulary: "rating",
            entries,
            selected: value.map_or(0, |r| usize::from(r.number())),
        };
        Self::of(name, label, control, "1 to 5, 0 takes it away")
    }

    /// Yes or no.
    pub fn flag(name: &'static str, label: &'static str, set: bool, hint: &'static str) -> Self {
        Self::of(name, label, FormControl::Flag(set), hint)
    }

    /// A line that leads on.
    pub fn go(
        label: &'static str,
        text: impl Into<String>,
        hint: &'static str,
        to: impl Fn(&mut S) -> Done + Send + Sync + 'static,
    ) -> Self {
        let (text, to) = (text.into(), FormLink::new(to));
        Self::of("", label, FormControl::Go { text, to }, hint)
    }

    /// A line that only tells something.
    pub fn note(label: &'static str, text: impl Into<String>) -> Self {
        Self::of("", label, FormControl::Note(text.into()), "")
    }

    fn of(
        name: &'static str,
        label: &'static str,
        control: FormControl<S>,
        hint: &'static str,
    ) -> Self {
        Self {
            name,
            label,
            control,
            hint,
            problem: None,
            candidates: Vec::new(),
            separator: None,
            shown: None,
        }
    }

    /// The field is there only while `shown` says so of the fields of its form; its value stays when it goes.
    pub fn where_shown(mut self, shown: Shown<S>) -> Self {
        self.shown = Some(shown);
        self
    }

    /// Offers `candidates` while one types.
    pub fn offering(mut self, candidates: Vec<String>) -> Self {
        self.candidates = candidates;
        self
    }

    /// The text holds several values, parted by `separator`.
    pub fn parted(mut self, separator: char) -> Self {
        self.separator = Some(separator);
        self
    }

    /// Whether it holds a value, as those that lead on or only tell something do not.
    pub fn has_value(&self) -> bool {
        !matches!(self.control, FormControl::Go { .. } | FormControl::Note(_))
    }

    /// The field's value as text: the text, the value's word, `yes` or `no`.
    pub fn value(&self) -> String {
        match &self.control {
            FormControl::Text(t) => t.text(),
            FormControl::Choice {
                entries, selected, ..
            } => entries
                .get(*selected)
                .copied()
                .flatten()
                .map_or(String::new(), |e| e.word.to_string()),
            FormControl::Flag(set) => if *set { "yes" } else { "no" }.to_string(),
            FormControl::Go { .. } | FormControl::Note(_) => String::new(),
        }
    }

    /// Puts a value in as [`FormField::value`] writes it.
    pub fn set(&mut self, value: &str) {
        match &mut self.control {
            FormControl::Text(t) => t.set(value),
            FormControl::Choice {
                entries, selected, ..
            } => {
                if let Some(n) = entries
                    .iter()
                    .position(|e| e.map_or("", |e| e.word) == value)
                {
                    *selected = n;
                }
            }
            FormControl::Flag(set) => *set = value == "yes",
            FormControl::Go { .. } | FormControl::Note(_) => {}
        }
    }

    /// Picks the value on letter `c`; whether there was one.
    pub(super) fn pick(&mut self, c: char) -> bool {
        let FormControl::Choice {
            entries, selected, ..
        } = &mut self.control
        else {
            return false;
        };
        let on_letter = |e: &Option<&Entry>| e.map_or(c == '0', |e| e.key == c);
        match entries.iter().position(on_letter) {
            Some(n) => {
                *selected = n;
                true
            }
            None => false,
        }
    }

    /// What the value being typed may be meant to become, the likeliest first: Ctrl-n takes the first.
    pub fn suggestions(&self) -> Vec<&str> {
        let FormControl::Text(t) = &self.control else {
            return Vec::new();
        };
        let text = t.text();
        let typed = folded(self.last_value(&text));
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, &str)> = self
            .candidates
            .iter()
            .filter_map(|c| {
                let lower = folded(c);
                let at = lower.find(&typed)?;
                (lower != typed).then_some((at, c.as_str()))
            })
            .collect();
        found.sort_by_key(|(at, _)| usize::from(*at > 0));
        found
            .into_iter()
            .map(|(_, c)| c)
            .take(SUGGESTIONS)
            .collect()
    }

    /// Takes the first suggestion; whether there was one.
    pub(super) fn complete(&mut self) -> bool {
        let Some(whole) = self.suggestions().first().map(|s| s.to_string()) else {
            return false;
        };
        let separator = self.separator;
        if let FormControl::Text(t) = &mut self.control {
            let text = t.text();
            let kept = separator.and_then(|c| text.rfind(c)).map_or(0, |i| i + 1);
            let head = text.get(..kept).unwrap_or("");
            let space = if head.is_empty() { "" } else { " " };
            t.set(&format!("{head}{space}{whole}"));
        }
        true
    }

    fn last_value<'a>(&self, text: &'a str) -> &'a str {
        match self.separator {
            Some(c) => text.rsplit(c).next().unwrap_or(text).trim(),
            None => text.trim(),
        }
    }
}

macro_rules! ratings {
    ($($key:literal $word:literal $label:literal $meaning:ident;)+) => {
        static RATINGS: &[Entry] = &[$(Entry {
            word: $word, label: $label, glyph: $word, ascii: $word, key: $key,
            meaning: Meaning::$meaning, about: "publication rating",
        },)+];
    };
}

ratings! {
    '1' "1" "1 False" Bad;
    '2' "2" "2 Mostly false" Bad;
    '3' "3" "3 Half true" Mixed;
    '4' "4" "4 Mostly true" Good;
    '5' "5" "5 True" Good;
}

/// The values of a form, to be saved.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Every field's name and text.
    pub all: Vec<(&'static str, String)>,
    /// The fields that hold something else than when the form was opened.
    pub(super) changed: Vec<&'static str>,
}

impl Values {
    /// Whether the field was changed in the form. Of a record that is there only such a field is set: somebody else may have
    /// changed the others since the form was opened.
    pub fn changed(&self, name: &str) -> bool {
        self.changed.contains(&name)
    }

    /// The text of a field without white space around it; empty where there is no such field.
    pub fn text(&self, name: &str) -> &str {
        self.all
            .iter()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, v)| v.trim())
    }

    /// The text of a field, none where it is blank.
    pub fn option(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_string()).filter(|t| !t.is_empty())
    }

    /// The value of a choice.
    pub fn choice<V: Vocabulary>(&self, name: &str) -> V {
        V::from_word(self.text(name)).unwrap_or_default()
    }

    /// Whether a flag is set.
    pub fn flag(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// The rating.
    pub fn rating(&self, name: &str) -> Option<Rating> {
        self.text(name).parse().ok().and_then(Rating::new)
    }

    /// The parts of a text that holds several values, without white space around them, each once.
    pub fn parts(&self, name: &str, separator: char) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in self.text(name).split(separator).map(str::trim) {
            if !part.is_empty() && !parts.iter().any(|p| p == part) {
                parts.push(part.to_string());
            }
        }
        parts
    }
}

/// What is wrong with the values: the field's name and one sentence each.
pub type Problems = Vec<(&'static str, String)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratings_say_what_the_vocabulary_says() {
        for (n, entry) in (1..).zip(RATINGS) {
            let label = Rating::new(n).map(|r| format!("{n} {}", r.label()));
            assert_eq!(label.as_deref(), Some(entry.label));
        }
        assert_eq!(RATINGS.len(), 5);
    }

    #[test]
    fn a_suggestion_completes_the_last_of_several_values() {
        let names = ["Mara Oduya", "Kell Ferry Operators", "Oduya Trust"];
        let mut f = FormField::<()>::line("about", "about", "the council; odu", "")
            .offering(names.map(str::to_string).to_vec())
            .parted(';');
        assert_eq!(f.suggestions(), ["Oduya Trust", "Mara Oduya"]);
        assert!(f.complete());
        assert_eq!(f.value(), "the council; Oduya Trust");
        assert!(!f.complete());
    }

    #[test]
    fn choices_take_letters_and_zero_takes_nothing() {
        let mut f = FormField::<()>::rating("rating", "rating", Rating::new(4));
        assert_eq!(f.value(), "4");
        assert!(f.pick('0'));
        assert_eq!(f.value(), "");
        assert!(!f.pick('9'));
        f.set("2");
        assert_eq!(f.value(), "2");
    }
}
