//! Forms: every field of a record reachable, checked before it is saved, saved as one step; Esc leaves the record as it
//! was. What stands in an open form is kept as a draft.

pub mod article;
pub mod change;

use super::key::{Code, Key};
use super::msg::Effect;
use super::overlay::Reply;
use super::state::State;
use super::textfield::TextField;
use crate::core::place::Draft;
use crate::core::vocabulary::{Entry, Vocabulary};

/// What a field is edited with.
#[derive(Clone, Debug)]
pub enum Control {
    /// A text.
    Text(TextField),
    /// One of a vocabulary's values; its letter, or left and right, picks one.
    Choice {
        /// The values; a field that may be empty has `None` first.
        entries: Vec<Option<&'static Entry>>,
        /// Which one is set.
        selected: usize,
    },
    /// Yes or no.
    Flag(bool),
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on disk and in drafts.
    pub name: &'static str,
    /// Its label on screen.
    pub label: &'static str,
    /// What it is edited with.
    pub control: Control,
    /// One line of help, shown while it has the focus.
    pub hint: &'static str,
    /// What is wrong with it; none where nothing is.
    pub problem: Option<String>,
}

impl Field {
    /// A text of one line.
    pub fn line(name: &'static str, label: &'static str, text: &str, hint: &'static str) -> Self {
        Self::of(name, label, Control::Text(TextField::line(text)), hint)
    }

    /// A text of several lines.
    pub fn lines(name: &'static str, label: &'static str, text: &str, hint: &'static str) -> Self {
        Self::of(name, label, Control::Text(TextField::lines(text)), hint)
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
        Self::of(name, label, Control::Choice { entries, selected }, hint)
    }

    /// Yes or no.
    pub fn flag(name: &'static str, label: &'static str, set: bool, hint: &'static str) -> Self {
        Self::of(name, label, Control::Flag(set), hint)
    }

    fn of(name: &'static str, label: &'static str, control: Control, hint: &'static str) -> Self {
        Self {
            name,
            label,
            control,
            hint,
            problem: None,
        }
    }

    /// The field's value as text: the text, the value's word, `yes` or `no`.
    pub fn value(&self) -> String {
        match &self.control {
            Control::Text(t) => t.text(),
            Control::Choice { entries, selected } => entries
                .get(*selected)
                .copied()
                .flatten()
                .map_or(String::new(), |e| e.word.to_string()),
            Control::Flag(set) => if *set { "yes" } else { "no" }.to_string(),
        }
    }

    /// Puts a value in as [`Field::value`] writes it.
    pub fn set(&mut self, value: &str) {
        match &mut self.control {
            Control::Text(t) => t.set(value),
            Control::Choice { entries, selected } => {
                if let Some(n) = entries
                    .iter()
                    .position(|e| e.map_or("", |e| e.word) == value)
                {
                    *selected = n;
                }
            }
            Control::Flag(set) => *set = value == "yes",
        }
    }
}

/// The values of a form, to be saved.
#[derive(Clone, Debug, Default)]
pub struct Values(pub Vec<(&'static str, String)>);

impl Values {
    /// The text of a field without white space around it; empty where there is no such field.
    pub fn text(&self, name: &str) -> &str {
        self.0
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
}

/// What is wrong with the values: the field's name and one sentence each.
pub type Problems = Vec<(&'static str, String)>;

/// Saves the values, or says what is wrong with them. The record's key is what the form was opened with.
pub type Save = fn(&mut State, &str, &Values) -> Result<Vec<Effect>, Problems>;

/// A form of one record.
pub struct Form {
    /// Its name in drafts.
    pub name: &'static str,
    /// The title.
    pub title: String,
    /// The key of the record that it is about; empty for a new one.
    pub record: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// The field with the focus.
    pub focus: usize,
    /// Whether leaving was asked for once although something was changed.
    pub leaving: bool,
    save: Save,
    initial: Vec<String>,
}

impl Form {
    /// A form with the focus on its first field.
    pub fn new(
        name: &'static str,
        title: impl Into<String>,
        record: impl Into<String>,
        fields: Vec<Field>,
        save: Save,
    ) -> Self {
        let initial = fields.iter().map(Field::value).collect();
        Self {
            name,
            title: title.into(),
            record: record.into(),
            fields,
            focus: 0,
            leaving: false,
            save,
            initial,
        }
    }

    /// Puts the focus on a field.
    pub fn focused(mut self, name: &str) -> Self {
        self.focus = self.fields.iter().position(|f| f.name == name).unwrap_or(0);
        self
    }

    /// Whether a field holds something else than when the form was opened.
    pub fn is_changed(&self) -> bool {
        self.fields
            .iter()
            .map(Field::value)
            .ne(self.initial.iter().cloned())
    }

    /// The values as they stand.
    pub fn values(&self) -> Values {
        Values(self.fields.iter().map(|f| (f.name, f.value())).collect())
    }

    /// What a draft keeps of the form; none where nothing is changed.
    pub fn draft(&self, kept_at: crate::core::model::Time) -> Option<Draft> {
        self.is_changed().then(|| Draft {
            form: self.name.into(),
            record: self.record.clone(),
            fields: self
                .fields
                .iter()
                .map(|f| (f.name.to_string(), f.value()))
                .collect(),
            kept_at,
        })
    }

    /// Puts a draft's texts into the fields of the same names.
    pub fn restore(&mut self, draft: &Draft) {
        for (name, value) in &draft.fields {
            if let Some(f) = self.fields.iter_mut().find(|f| f.name == *name) {
                f.set(value);
            }
        }
    }

    /// The text field with the focus, for the editor.
    pub fn text_field(&mut self) -> Option<&mut TextField> {
        match &mut self.fields.get_mut(self.focus)?.control {
            Control::Text(t) => Some(t),
            _ => None,
        }
    }

    /// Shows what is wrong and puts the focus on the first such field.
    pub fn show_problems(&mut self, problems: Problems) {
        for f in &mut self.fields {
            f.problem = problems
                .iter()
                .find(|(n, _)| *n == f.name)
                .map(|(_, p)| p.clone());
        }
        if let Some(n) = self.fields.iter().position(|f| f.problem.is_some()) {
            self.focus = n;
        }
    }

    fn move_focus(&mut self, forward: bool) {
        let n = self.fields.len().max(1);
        self.focus = if forward {
            (self.focus + 1) % n
        } else {
            (self.focus + n - 1) % n
        };
    }

    /// Saves; the form stays open, with what is wrong shown, where the values do not do.
    fn saved(&self) -> Reply {
        let (save, record, values) = (self.save, self.record.clone(), self.values());
        Reply::also(move |s| match save(s, &record, &values) {
            Ok(effects) => {
                s.close_form();
                effects
            }
            Err(problems) => {
                s.form_problems(problems);
                Vec::new()
            }
        })
    }

    /// Takes a key: Tab and arrows walk the fields, Enter saves from a one-line field, Ctrl-d from any, Esc leaves.
    pub fn key(&mut self, key: Key) -> Reply {
        if key == Key::plain(Code::Esc) {
            if self.is_changed() && !self.leaving {
                self.leaving = true;
                return Reply::Stay;
            }
            return Reply::then(|_| vec![Effect::DropDraft]);
        }
        self.leaving = false;
        if key == Key::ctrl('d') {
            return self.saved();
        }
        let Some(field) = self.fields.get_mut(self.focus) else {
            return Reply::Ignored;
        };
        match (&mut field.control, key.code, key.typed()) {
            (_, Code::Tab, _) => self.move_focus(!key.shift),
            (Control::Text(t), Code::Enter, _) if !t.is_multiline() => return self.saved(),
            (Control::Choice { .. } | Control::Flag(_), Code::Enter, _) => return self.saved(),
            (Control::Text(t), Code::Up | Code::Down, _) if !t.is_multiline() => {
                self.move_focus(key.code == Code::Down)
            }
            (Control::Choice { .. } | Control::Flag(_), Code::Up | Code::Down, _) => {
                self.move_focus(key.code == Code::Down)
            }
            (Control::Text(t), _, _) => {
                if !t.key(key) {
                    return Reply::Ignored;
                }
                field.problem = None;
            }
            (Control::Choice { entries, selected }, Code::Left, _) => {
                *selected = selected
                    .checked_sub(1)
                    .unwrap_or(entries.len().saturating_sub(1));
            }
            (Control::Choice { entries, selected }, Code::Right | Code::Char(' '), _) => {
                *selected = (*selected + 1) % entries.len().max(1);
            }
            (Control::Choice { entries, selected }, _, Some(c)) => {
                if let Some(n) = entries.iter().position(|e| e.is_some_and(|e| e.key == c)) {
                    *selected = n;
                }
            }
            (Control::Flag(set), Code::Char(' ') | Code::Left | Code::Right, _) => *set = !*set,
            (Control::Flag(set), _, Some(c)) if c == 'y' || c == 'n' => *set = c == 'y',
            _ => return Reply::Ignored,
        }
        Reply::Stay
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(t) = self.text_field() {
            t.insert(text);
        }
    }
}

/// Opens the form of the current row.
pub fn open_row(state: &mut State) -> Vec<Effect> {
    let _ = state;
    Vec::new()
}

/// Opens the form or the prompt that a draft was kept of, with the draft's texts in it.
pub fn reopen(state: &mut State, draft: &Draft) -> Vec<Effect> {
    let _ = (state, draft);
    Vec::new()
}

impl State {
    /// Takes the form on top away, after it was saved.
    pub(super) fn close_form(&mut self) {
        if let Some(n) = self
            .overlays
            .iter()
            .rposition(|o| matches!(o, super::overlay::Overlay::Form(_)))
        {
            self.overlays.remove(n);
        }
    }

    /// Shows in the form on top what is wrong with its values.
    pub(super) fn form_problems(&mut self, problems: Problems) {
        if let Some(super::overlay::Overlay::Form(f)) = self.overlays.last_mut() {
            f.show_problems(problems);
        }
    }
}
