//! A book's chapters: all of them, or some.

use crate::app::features::reading;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::msg::{Asked, Chapters, Effect, OpenWhat};
use crate::app::refusal::Refusal;
use crate::app::state::State;
use crate::app::state::laid::{Overlay, Picker};
use crate::core::chapter::Chapter;
use crate::core::display::clean;

/// Asks which chapters of a book to read, or which of its sessions to resume.
pub fn open(
    state: &mut State,
    asked: Asked,
    chapters: &[Chapter],
    sessions: &[String],
) -> Vec<Effect> {
    let title = format!("Which chapters of {}", clean(&asked.what));
    state.reading = None;
    let kept = sessions.iter().map(|name| {
        PickItem::new(Pick::Session(name.clone()), clean(name))
            .detail("resumes it")
            .group("Sessions of this book")
    });
    let length = chapters.iter().map(|c| c.length).sum();
    let whole = PickItem::new(Pick::Nothing, "the whole book")
        .detail(format!("{} chapters", chapters.len()))
        .right(characters(length))
        .group("A new session");
    let single = chapters.iter().zip(0..).map(|(c, n)| {
        let title = match c.title.as_str() {
            "" => "without a title".to_string(),
            title => clean(title),
        };
        PickItem::new(Pick::Way(n), format!("{} · {title}", n + 1))
            .right(characters(c.length))
            .group("A new session")
    });
    let items = kept.chain([whole]).chain(single).collect();
    let picker = Picker::new(title, items, |_, _| Err(Refusal::no_such_line()))
        .over_all()
        .several(move |s, picks| Ok(chosen(s, &asked, &picks)))
        .closing(|s, _| Ok(reading::back(s)))
        .verb("reads it");
    state.lay(Overlay::Picker(picker));
    Vec::new()
}

fn chosen(state: &mut State, asked: &Asked, picks: &[Pick]) -> Vec<Effect> {
    let session = picks.iter().find_map(|p| match p {
        Pick::Session(name) => Some(name.clone()),
        _ => None,
    });
    if let Some(name) = session {
        state.busy = Some(format!("opening {}", clean(&name)));
        return vec![Effect::Open(OpenWhat::Session(name))];
    }
    let numbers: Vec<String> = picks
        .iter()
        .filter_map(|p| match p {
            Pick::Way(n) => Some((n + 1).to_string()),
            _ => None,
        })
        .collect();
    let chapters = match numbers.is_empty() {
        true => Chapters::All,
        false => Chapters::These(numbers.join(",")),
    };
    let what = asked.what.clone();
    let anyway = asked.anyway;
    reading::open(
        state,
        Asked {
            what,
            chapters,
            anyway,
        },
    )
}

/// A length as said to people: `12,400 characters`.
fn characters(n: usize) -> String {
    let digits = n.to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    format!("{said} characters")
}
