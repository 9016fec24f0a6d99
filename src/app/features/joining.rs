//! Making one record of two: what they say differently is asked, one question after the other, before anything changes.

use std::sync::Arc;

use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::laid::{Confirm, Overlay};
use crate::app::state::working::{Working, Writing};
use crate::core::describe::counted;
use crate::core::display::{capitalized, clean};
use crate::core::join::{Answer, Field, Question};
use crate::core::model::ClaimKey;
use crate::core::ops::Merged;
use crate::core::values::{InWords, Words};

/// The answers given so far, by the field that the question was about.
pub(in crate::app) struct Answers<F: Field>(Vec<(F::Key, Answer)>);

impl<F: Field> Answers<F>
where
    F::Key: PartialEq + Clone,
{
    /// The answer to a question; what was never asked loses nothing.
    pub(in crate::app) fn to(&self, question: &Question<F>) -> Answer {
        let given = self
            .0
            .iter()
            .find(|(k, _)| question.about().as_ref() == Some(k));
        given.map_or(Answer::Both, |(_, answer)| *answer)
    }
}

/// What happens once every question is answered.
type Then<F> = Arc<dyn Fn(&mut Writing<'_>, &Answers<F>) -> Done + Send + Sync>;

/// Two records that become one, and what is left to ask about them.
pub(in crate::app) struct Asking<F: Field> {
    /// What is asked, in order.
    pub(in crate::app) questions: Vec<Question<F>>,
    /// What the record is called that stays: `the other claim`.
    pub(in crate::app) kept: String,
    /// What the record is called that goes: `this row`.
    pub(in crate::app) gone: String,
    /// What is shown of a blank value.
    pub(in crate::app) blank: fn(&F) -> &'static str,
}

impl<F> Asking<F>
where
    F: Field + InWords + Send + Sync + 'static,
    F::Key: PartialEq + Clone + Send + Sync + 'static,
{
    /// Asks every question, then goes on with the answers. Esc at any of them leaves both records as they are.
    pub(in crate::app) fn ask(
        self,
        state: &mut Writing<'_>,
        then: impl Fn(&mut Writing<'_>, &Answers<F>) -> Done + Send + Sync + 'static,
    ) -> Done {
        next(state, Arc::new(self), Vec::new(), Arc::new(then))
    }

    /// What one of the two says, blank values named.
    fn said(&self, fields: &[F], words: &Words<'_>) -> String {
        let one = fields.len() == 1;
        let said = fields.iter().filter_map(|f| {
            let text = match f.is_blank() {
                true => (self.blank)(f).to_string(),
                false => f.words(words),
            };
            match (one, text.is_empty()) {
                (_, true) => None,
                (true, _) => Some(text),
                (false, _) => Some(format!("{}: {text}", f.label())),
            }
        });
        clean(&said.collect::<Vec<_>>().join(" · "))
    }

    fn confirm(&self, question: &Question<F>, n: usize, state: &Working<'_>) -> Confirm {
        let label = question.kept.first().map_or("", |f| f.label());
        let count = match self.questions.len() {
            1 => String::new(),
            all => format!(" ({} of {all})", n + 1),
        };
        let words = Words {
            session: state.bench.session(),
            labels: &state.config.labels,
        };
        let both = [(&self.gone, &question.gone), (&self.kept, &question.kept)];
        let details =
            both.map(|(who, fields)| capitalized(&format!("{who}: {}", self.said(fields, &words))));
        Confirm::new(
            format!("They become one, but each has its own {label}. Which one stays?{count}"),
            'n',
            "nothing is joined",
        )
        .about(details.into())
    }
}

fn next<F>(
    state: &mut Writing<'_>,
    asking: Arc<Asking<F>>,
    given: Vec<(F::Key, Answer)>,
    then: Then<F>,
) -> Done
where
    F: Field + InWords + Send + Sync + 'static,
    F::Key: PartialEq + Clone + Send + Sync + 'static,
{
    let n = given.len();
    let Some(question) = asking.questions.get(n) else {
        return then(state, &Answers(given));
    };
    let about = question.about();
    let about = about.ok_or_else(|| Refusal::new("There is nothing to ask about."))?;
    let with = |answer: Answer| {
        let (asking, then, mut given) = (asking.clone(), then.clone(), given.clone());
        given.push((about.clone(), answer));
        Box::new(move |s: &mut State| next(&mut s.writing()?, asking, given, then))
    };
    let confirm = asking
        .confirm(question, n, state)
        .answer('t', format!("that of {}", asking.gone), with(Answer::Gone))
        .answer('o', format!("that of {}", asking.kept), with(Answer::Kept))
        .answer(
            'b',
            format!(
                "that of {}, with that of {} in the note",
                asking.kept, asking.gone
            ),
            with(Answer::Both),
        );
    state.open(Overlay::Confirm(confirm))
}

/// What a join did, for the status line: ` · in the note: finding · taken over: tags, note, 2 voices`.
pub(in crate::app) fn done(merged: &Merged) -> String {
    let places = ClaimKey::Statements.label();
    let fields = merged.fields.iter().filter(|f| **f != places);
    let mut over: Vec<String> = fields.map(|f| f.to_string()).collect();
    if merged.voices > 0 {
        over.push(counted(merged.voices, "voice"));
    }
    if merged.held > 0 {
        over.push(counted(merged.held, "held item"));
    }
    let mut said = String::new();
    if !merged.noted.is_empty() {
        said.push_str(&format!(" · in the note: {}", merged.noted.join(", ")));
    }
    if !over.is_empty() {
        said.push_str(&format!(" · taken over: {}", over.join(", ")));
    }
    said
}
