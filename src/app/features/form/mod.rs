//! Forms: every field of a record reachable, checked before it is saved, saved as one step; Esc leaves the record as it
//! was. What stands in an open form is kept as a draft.

pub mod article;
pub mod attribution;
pub mod change;
pub mod claim;
pub mod evidence;
mod field;
mod reopen;
pub mod source;
pub mod statement;
mod valid;

use std::sync::Arc;

pub use field::{Control, Field, Link, Problems, Values};
pub use reopen::reopen;
pub use valid::is_url;

use crate::app::input::key::{Code, Key};
use crate::app::layers::overlay::{Overlay, Reply};
use crate::app::layers::textfield::TextField;
use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done};
use crate::app::screen::notices::Level;
use crate::app::state::Program;
use crate::app::state::steps::UNCHANGED;
use crate::app::state::working::{Working, Writing};
use crate::core::place::Draft;
use crate::core::rows::RowKey;
use crate::core::vocabulary::Decision;

/// Saves the values, or says what is wrong with them. The record's key is what the form was opened with.
type Save =
    Arc<dyn Fn(&mut Writing<'_>, &str, &Values) -> Result<Vec<Effect>, Problems> + Send + Sync>;

/// A further key of a form.
#[derive(Clone, Debug)]
pub struct FormKey {
    /// The key.
    pub key: Key,
    /// What it does, for the hint line.
    pub label: &'static str,
    /// Does it, once the form is gone.
    act: Link,
}

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
    /// Whether leaving was asked for once although something was changed: Esc again leaves.
    pub leaving: bool,
    /// Further keys.
    pub keys: Vec<FormKey>,
    save: Save,
    /// Whether there is something to save although no field was changed.
    saves_unchanged: bool,
    /// What happens when the form is gone, saved or not.
    after: Option<Link>,
    initial: Vec<String>,
}

impl Form {
    /// A form with the focus on its first field.
    pub fn new(
        name: &'static str,
        title: impl Into<String>,
        record: impl Into<String>,
        fields: Vec<Field>,
        save: impl Fn(&mut Writing<'_>, &str, &Values) -> Result<Vec<Effect>, Problems>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        let initial = fields.iter().map(Field::value).collect();
        let focus = fields
            .iter()
            .position(|f| !matches!(f.control, Control::Note(_)))
            .unwrap_or(0);
        Self {
            name,
            title: title.into(),
            record: record.into(),
            fields,
            focus,
            leaving: false,
            keys: Vec::new(),
            save: Arc::new(save),
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
        act: impl Fn(&mut Working<'_>) -> Done + Send + Sync + 'static,
    ) -> Self {
        let act = Link::new(act);
        self.keys.push(FormKey { key, label, act });
        self
    }

    /// Says what happens when the form is gone, saved or not.
    pub fn then(
        mut self,
        after: impl Fn(&mut Working<'_>) -> Done + Send + Sync + 'static,
    ) -> Self {
        self.after = Some(Link::new(after));
        self
    }

    /// Whether a field holds something else than when the form was opened.
    pub fn is_changed(&self) -> bool {
        let now = self.fields.iter().map(Field::value);
        now.ne(self.initial.iter().cloned())
    }

    /// The values as they stand.
    pub fn values(&self) -> Values {
        let fields = self.fields.iter().filter(|f| f.has_value());
        Values(fields.map(|f| (f.name, f.value())).collect())
    }

    /// What a draft keeps of the form; none where nothing is changed.
    pub fn draft(&self, kept_at: crate::core::model::Time) -> Option<Draft> {
        self.is_changed().then(|| Draft {
            form: self.name.into(),
            record: self.record.clone(),
            fields: self
                .values()
                .0
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
        for _ in 0..n {
            self.focus = if forward {
                (self.focus + 1) % n
            } else {
                (self.focus + n - 1) % n
            };
            let note = |f: &Field| matches!(f.control, Control::Note(_));
            if !self.fields.get(self.focus).is_some_and(note) {
                return;
            }
        }
    }

    /// Saves, then goes where `to` leads; the form stays open, with what is wrong shown, where the values do not do or
    /// the session cannot be changed.
    fn saved(&self, to: Option<Link>) -> Reply {
        let (save, record, values) = (self.save.clone(), self.record.clone(), self.values());
        let to = to.or_else(|| self.after.clone());
        let saves = self.is_changed() || self.saves_unchanged;
        Reply::also(move |s| {
            let mut s = s.writing()?;
            let saved = match saves {
                true => save(&mut s, &record, &values),
                false => {
                    s.say(Level::Info, UNCHANGED);
                    Ok(vec![Effect::DropDraft])
                }
            };
            match saved {
                Ok(effects) => {
                    close_form(&mut s);
                    go_on(&mut s, effects, to.as_ref())
                }
                // The form stays and says itself what is wrong.
                Err(problems) => {
                    show_problems(&mut s, problems);
                    DONE
                }
            }
        })
    }

    /// Leaves without saving, then goes where `to` leads.
    fn left(&self, to: Option<Link>) -> Reply {
        let to = to.or_else(|| self.after.clone());
        Reply::then(move |s| {
            let dropped = vec![Effect::DropDraft];
            go_on(&mut s.working()?, dropped, to.as_ref())
        })
    }

    /// Follows a line that leads on; what was changed is saved first.
    fn went(&self, to: Link) -> Reply {
        if self.is_changed() || self.saves_unchanged {
            self.saved(Some(to))
        } else {
            self.left(Some(to))
        }
    }

    /// Takes a key: Tab and arrows walk the fields, Enter saves from a one-line field, Ctrl-d from any, Esc leaves.
    pub fn key(&mut self, key: Key) -> Reply {
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
            return self.left(Some(Link::new(move |s| {
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
            (Control::Go { to, .. }, Code::Enter, _) => {
                let to = to.clone();
                return self.went(to);
            }
            (Control::Text(t), Code::Enter, _) if t.is_multiline() => {
                t.key(key);
                field.problem = None;
            }
            (_, Code::Enter, _) => return self.saved(None),
            (Control::Text(t), Code::Up | Code::Down, _) if t.is_multiline() => {
                t.key(key);
            }
            (_, Code::Up | Code::Down, _) => self.move_focus(key.code == Code::Down),
            (Control::Text(_), Code::Char('n'), _) if key.ctrl => {
                field.complete();
            }
            (Control::Text(t), _, _) => {
                if !t.key(key) {
                    return Reply::Ignored;
                }
                field.problem = None;
            }
            (
                Control::Choice {
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
                Control::Choice {
                    entries, selected, ..
                },
                Code::Right | Code::Char(' '),
                _,
            ) => *selected = (*selected + 1) % entries.len().max(1),
            (Control::Choice { .. }, _, Some(c)) => {
                field.pick(c);
            }
            (Control::Flag(set), Code::Char(' ') | Code::Left | Code::Right, _) => *set = !*set,
            (Control::Flag(set), _, Some('y')) => *set = true,
            (Control::Flag(set), _, Some('n')) => *set = false,
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

/// Opens the form of the current row: of a claim or of a row that is not decided yet the claim's, of a dismissed one the
/// reason's.
pub fn open_row(state: &mut Writing<'_>, row: RowKey) -> Done {
    if let RowKey::Statement(id) = &row
        && let Some(s) = state.bench.session().statements.get(id)
        && s.decision == Decision::Dismissed
    {
        return statement::open(state);
    }
    claim::open(state, 0)
}

/// Takes the form on top away, after it was saved.
fn close_form(state: &mut Program) {
    let form = |o: &Overlay| matches!(o, Overlay::Form(_));
    if let Some(n) = state.overlays.iter().rposition(form) {
        state.overlays.remove(n);
    }
}

/// Shows in the form on top what is wrong with its values.
fn show_problems(state: &mut Program, problems: Problems) {
    if let Some(Overlay::Form(f)) = state.overlays.last_mut() {
        f.show_problems(problems);
    }
}

/// Goes where a form leads on to, after `effects`: what was done to them stands, whatever comes of the rest.
fn go_on(state: &mut Working<'_>, mut effects: Vec<Effect>, to: Option<&Link>) -> Done {
    if let Some(to) = to {
        let done = to.follow(state);
        effects.extend(state.said(done));
    }
    Ok(effects)
}
