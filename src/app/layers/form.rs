//! A form: every field of a record reachable, checked before it is saved; Esc leaves the record as it was. What stands in
//! an open form is kept as a draft.

use std::sync::Arc;

use super::field::{FormControl, FormField, FormLink, Problems, Values};
use super::reply::{Host, Reply};
use super::textfield::TextField;
use crate::app::input::key::{Code, Key};
use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::core::model::Time;
use crate::core::place::Draft;

/// What a form hands over when it is to be saved.
pub struct Submitted<S> {
    /// The key of the record that the form was opened with.
    pub record: String,
    /// What stands in the fields.
    pub values: Values,
    /// Whether there is something to save.
    pub is_worth_saving: bool,
    /// Where the form leads on to, once it is saved.
    to: Option<FormLink<S>>,
}

impl<S: Host> Submitted<S> {
    /// Goes where the form leads on to, after `effects`, which saving it asks for.
    pub fn go_on(&self, state: &mut S, effects: Vec<Effect>) -> Done {
        go_on(state, effects, self.to.as_ref())
    }
}

/// Saves what a form hands over, and takes the form away or shows in it what is wrong.
type Submit<S> = Arc<dyn Fn(&mut S, Submitted<S>) -> Done + Send + Sync>;

/// A further key of a form.
pub struct FormKey<S> {
    /// The key.
    pub key: Key,
    /// What it does, for the hint line.
    pub label: &'static str,
    /// Does it, once the form is gone.
    act: FormLink<S>,
}

/// A form of one record.
pub struct Form<S> {
    /// Its name in drafts.
    pub name: &'static str,
    /// The title.
    pub title: String,
    /// The key of the record that it is about; empty for a new one.
    pub record: String,
    /// The fields.
    pub fields: Vec<FormField<S>>,
    /// The field with the focus.
    pub focus: usize,
    /// Whether leaving was asked for once although something was changed: Esc again leaves.
    pub leaving: bool,
    /// Further keys.
    pub keys: Vec<FormKey<S>>,
    submit: Submit<S>,
    /// Whether there is something to save although no field was changed.
    saves_unchanged: bool,
    /// What happens when the form is gone, saved or not.
    after: Option<FormLink<S>>,
    initial: Vec<String>,
}

impl<S: Host + 'static> Form<S> {
    /// A form with the focus on its first field.
    pub fn new(
        name: &'static str,
        title: impl Into<String>,
        record: impl Into<String>,
        fields: Vec<FormField<S>>,
        submit: impl Fn(&mut S, Submitted<S>) -> Done + Send + Sync + 'static,
    ) -> Self {
        let initial = fields.iter().map(FormField::value).collect();
        let focus = fields
            .iter()
            .position(|f| !matches!(f.control, FormControl::Note(_)))
            .unwrap_or(0);
        Self {
            name,
            title: title.into(),
            record: record.into(),
            fields,
            focus,
            leaving: false,
            keys: Vec::new(),
            submit: Arc::new(submit),
            saves_unchanged: false,
            after: None,
            initial,
        }
    }

    /// Puts the focus on a field.
    pub fn focused(mut self, name: &str) -> Self {
        self.focus = self.fields.iter().position(|f| f.name == name).unwrap_or(0);
        self
    }

    /// Puts the focus on the `n`th field, if there is one.
    pub fn focused_at(mut self, n: usize) -> Self {
        if n < self.fields.len() {
            self.focus = n;
        }
        self
    }

    /// There is something to save although no field was changed: a row to take up.
    pub fn saving_unchanged(mut self) -> Self {
        self.saves_unchanged = true;
        self
    }

    /// Adds a further key, which takes the form away.
    pub fn on(
        mut self,
        key: Key,
        label: &'static str,
        act: impl Fn(&mut S) -> Done + Send + Sync + 'static,
    ) -> Self {
        let act = FormLink::new(act);
        self.keys.push(FormKey { key, label, act });
        self
    }

    /// Says what happens when the form is gone, saved or not.
    pub fn then(mut self, after: impl Fn(&mut S) -> Done + Send + Sync + 'static) -> Self {
        self.after = Some(FormLink::new(after));
        self
    }

    /// Whether the `n`th field is there, as the others stand.
    pub fn shows(&self, n: usize) -> bool {
        let field = self.fields.get(n);
        field.is_some_and(|f| f.shown.is_none_or(|shown| shown(&self.fields)))
    }

    /// Whether a field holds something else than when the form was opened.
    pub fn is_changed(&self) -> bool {
        let now = self.fields.iter().map(FormField::value);
        now.ne(self.initial.iter().cloned())
    }

    /// The values as they stand.
    pub fn values(&self) -> Values {
        let fields = self.fields.iter().zip(&self.initial);
        let fields = fields.filter(|(f, _)| f.has_value());
        let mut values = Values::default();
        for (field, initial) in fields {
            let value = field.value();
            if value != *initial {
                values.changed.push(field.name);
            }
            values.all.push((field.name, value));
        }
        values
    }

    /// What a draft keeps of the form; none where nothing is changed.
    pub fn draft(&self, kept_at: Time) -> Option<Draft> {
        self.is_changed().then(|| Draft {
            form: self.name.into(),
            record: self.record.clone(),
            fields: self
                .values()
                .all
                .into_iter()
                .map(|(n, v)| (n.to_string(), v))
                .collect(),
            kept_at,
        })
    }

    /// Puts a draft's texts into the fields of the same names.
    pub fn restore(&mut self, draft: &Draft) {
        for (name, value) in &draft.fields {
            let field = self.fields.iter_mut().find(|f| f.name == *name);
            if let Some(f) = field.filter(|f| f.has_value()) {
                f.set(value);
            }
        }
    }

    /// The text field with the focus, for the editor.
    pub fn text_field(&mut self) -> Option<&mut TextField> {
        match &mut self.fields.get_mut(self.focus)?.control {
            FormControl::Text(t) => Some(t),
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
        for _ in 0..n {
            self.focus = if forward {
                (self.focus + 1) % n
            } else {
                (self.focus + n - 1) % n
            };
            let note = |f: &FormField<S>| matches!(f.control, FormControl::Note(_));
            if self.shows(self.focus) && !self.fields.get(self.focus).is_some_and(note) {
                return;
            }
        }
    }

    /// Hands the values over to be saved; the form stays until whoever saves them takes it away.
    fn saved(&self, to: Option<FormLink<S>>) -> Reply<S> {
        let submitted = Submitted {
            record: self.record.clone(),
            values: self.values(),
            is_worth_saving: self.is_changed() || self.saves_unchanged,
            to: to.or_else(|| self.after.clone()),
        };
        let submit = self.submit.clone();
        Reply::also(move |s| submit(s, submitted))
    }

    /// Leaves without saving, then goes where `to` leads.
    fn left(&self, to: Option<FormLink<S>>) -> Reply<S> {
        let to = to.or_else(|| self.after.clone());
        Reply::then(move |s| go_on(s, vec![Effect::DropDraft], to.as_ref()))
    }

    /// Follows a line that leads on; what was changed is saved first.
    fn went(&self, to: FormLink<S>) -> Reply<S> {
        if self.is_changed() || self.saves_unchanged {
            self.saved(Some(to))
        } else {
            self.left(Some(to))
        }
    }

    /// Takes a key: Tab and arrows walk the fields, Enter saves from a one-line field, Ctrl-d from any, Esc leaves.
    pub fn key(&mut self, key: Key) -> Reply<S> {
        if key == Key::plain(Code::Esc) {
            if self.is_changed() && !self.leaving {
                self.leaving = true;
                return Reply::Stay;
            }
            return self.left(None);
        }
        self.leaving = false;
        if key == Key::ctrl('d') {
            return self.saved(None);
        }
        if let Some(k) = self.keys.iter().find(|k| k.key == key) {
            let (act, after) = (k.act.clone(), self.after.clone());
            return self.left(Some(FormLink::new(move |s| {
                let done = act.follow(s);
                let effects = s.said(done);
                go_on(s, effects, after.as_ref())
            })));
        }
        let Some(field) = self.fields.get_mut(self.focus) else {
            return Reply::Ignored;
        };
        match (&mut field.control, key.code, key.typed()) {
            (_, Code::Tab, _) => self.move_focus(!key.shift),
            (FormControl::Go { to, .. }, Code::Enter, _) => {
                let to = to.clone();
                return self.went(to);
            }
            (FormControl::Text(t), Code::Enter, _) if t.is_multiline() => {
                t.key(key);
                field.problem = None;
            }
            (_, Code::Enter, _) => return self.saved(None),
            (FormControl::Text(t), Code::Up | Code::Down, _) if t.is_multiline() => {
                t.key(key);
            }
            (_, Code::Up | Code::Down, _) => self.move_focus(key.code == Code::Down),
            (FormControl::Text(_), Code::Char('n'), _) if key.ctrl => {
                field.complete();
            }
            (FormControl::Text(t), _, _) => {
                if !t.key(key) {
                    return Reply::Ignored;
                }
                field.problem = None;
            }
            (
                FormControl::Choice {
                    entries, selected, ..
                },
                Code::Left,
                _,
            ) => {
                *selected = selected
                    .checked_sub(1)
                    .unwrap_or(entries.len().saturating_sub(1));
            }
            (
                FormControl::Choice {
                    entries, selected, ..
                },
                Code::Right | Code::Char(' '),
                _,
            ) => *selected = (*selected + 1) % entries.len().max(1),
            (FormControl::Choice { .. }, _, Some(c)) => {
                field.pick(c);
            }
            (FormControl::Flag(set), Code::Char(' ') | Code::Left | Code::Right, _) => *set = !*set,
            (FormControl::Flag(set), _, Some('y')) => *set = true,
            (FormControl::Flag(set), _, Some('n')) => *set = false,
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

/// Goes where a form leads on to, after `effects`: what was done to them stands, whatever comes of the rest.
fn go_on<S: Host>(state: &mut S, mut effects: Vec<Effect>, to: Option<&FormLink<S>>) -> Done {
    if let Some(to) = to {
        let done = to.follow(state);
        effects.extend(state.said(done));
    }
    Ok(effects)
}
