//! The article's details.

use super::save::form;
use super::valid;
use crate::app::features::proposing;
use crate::app::layers::field::{Problems, Values};
use crate::app::msg::Effect;
use crate::app::refusal::Done;
use crate::app::screen::notices::Level;
use crate::app::state::laid::{FormField, Overlay};
use crate::app::state::working::Writing;
use crate::core::display::clean;
use crate::core::model::ArticleField as F;

/// The form's name in drafts.
pub const NAME: &str = "article";

/// Characters in a line of a note.
const NOTE: usize = 60;

/// `words` in lines of so many characters at most.
fn lines_of(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// Opens the form.
pub fn open(state: &mut Writing<'_>) -> Done {
    let session = state.bench.session();
    let a = &session.article;
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let mut fields = vec![
        FormField::line("title", "title", &a.title, "the headline"),
        FormField::line("byline", "byline", &a.byline, "who wrote it, as printed"),
        FormField::line("url", "address", &text(&a.url), "http:// or https://"),
        FormField::line(
            "published_at",
            "published",
            &text(&a.published_at),
            "2026-11-15, 2026-11 or 2026",
        ),
        FormField::line(
            "language",
            "language",
            &a.language,
            "its tag: en, de, pt-BR",
        ),
    ];
    if let Some(v) = session.current() {
        let origin = crate::core::display::clean(&v.origin);
        fields.push(FormField::note(
            "version",
            format!("{} from {origin}", session.number()),
        ));
        if !v.left_out.is_empty() {
            let lines = lines_of(&clean(&v.left_out), NOTE);
            let labels = std::iter::once("left out").chain(std::iter::repeat(""));
            let notes = labels.zip(lines);
            fields.extend(notes.map(|(label, line)| FormField::note(label, line)));
        }
    }
    state.open(Overlay::Form(form(
        NAME,
        "Article details",
        "article",
        fields,
        save,
    )))
}

fn save(state: &mut Writing<'_>, _record: &str, values: &Values) -> Result<Vec<Effect>, Problems> {
    let mut problems = Problems::new();
    valid::url(values, "url", &mut problems);
    // What was read with the article may be a date as printed; only what is typed now has to be one.
    let now = state.bench.session().article.published_at.clone();
    if values.option("published_at") != now {
        valid::date(values, "published_at", &mut problems);
    }
    let language = values.text("language");
    let parts = || language.split('-');
    let tag = parts()
        .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
        && parts().next().is_some_and(|p| p.len() >= 2);
    if !language.is_empty() && !tag {
        problems.push((
            "language",
            "A language is written as its tag: en, de, pt-BR.".into(),
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let fields = [
        F::Title(values.text("title").into()),
        F::Byline(values.text("byline").into()),
        F::Url(values.option("url")),
        F::PublishedAt(values.option("published_at")),
        F::Language(language.into()),
    ];
    let rules = values.changed("language");
    let done = state.step(move |tx, _, _| {
        let changed = |f: &F| values.changed(f.key().word());
        for f in fields.into_iter().filter(changed) {
            tx.set_article(f);
        }
        None
    });
    let mut effects = done.told(state, |state| {
        state.say(Level::Info, "The article's details are set.");
    });
    // The language decides by which rules is read, so its change is the wish for other proposals.
    if rules {
        effects.push(proposing::ask(state.bench, true));
    }
    Ok(effects)
}
