//! The first start: three keys, where work is kept, the sample one Enter away.

use super::act::act;
use crate::app::features::saving;
use crate::app::input::action::Action;
use crate::app::input::key::{Code, Key, spelled};
use crate::app::msg::{Asked, Effect, OpenWhat};
use crate::app::refusal::{Done, Refusal};
use crate::app::state::State;
use crate::app::state::laid::{Overlay, Prompt};

/// Takes a key on the first screen.
pub fn key(state: &mut State, key: Key) -> Done {
    match key.code {
        Code::Enter => {
            state.busy = Some("opening the sample".into());
            Ok(vec![Effect::Open(OpenWhat::Sample)])
        }
        Code::Char('o') if !key.ctrl => {
            let prompt = Prompt::line("open_article", "Open an article", "", |s, what| {
                let what = what.trim().to_string();
                match what.is_empty() {
                    true => Err(Refusal::mild("Nothing was named, so nothing is opened.")),
                    false => Ok(crate::app::features::reading::open(s, Asked::of(what))),
                }
            });
            state.open(Overlay::Prompt(prompt.hint(
                "a text, Markdown, HTML, PDF, DOCX or EPUB file, or a web address",
            )))
        }
        Code::Char('q') => Ok(saving::leave(state, false)),
        Code::Char('?') | Code::F(1) => act(state, Action::Help),
        Code::Esc => Err(Refusal::mild("q leaves.")),
        _ => Err(Refusal::mild(format!(
            "“{}” does nothing here yet; the keys that do are on the screen.",
            spelled(&[key])
        ))),
    }
}
