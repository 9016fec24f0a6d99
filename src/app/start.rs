//! The first start: three keys, where work is kept, the sample one Enter away.

use super::key::{Code, Key};
use super::msg::{Asked, Effect, OpenWhat};
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::saving;
use super::state::State;

/// Takes a key on the first screen.
pub fn key(state: &mut State, key: Key) -> Vec<Effect> {
    match key.code {
        Code::Enter => {
            state.busy = Some("opening the sample".into());
            vec![Effect::Open(OpenWhat::Sample)]
        }
        Code::Char('o') if !key.ctrl => {
            let prompt = Prompt::line("open_article", "Open an article", "", |s, what| {
                let what = what.trim().to_string();
                if what.is_empty() {
                    return Vec::new();
                }
                super::reading::open(s, Asked::of(what))
            });
            state.open(Overlay::Prompt(prompt.hint(
                "a text, Markdown, HTML, PDF, DOCX or EPUB file, or a web address",
            )))
        }
        Code::Char('q') => saving::leave(state, false),
        Code::Char('?') | Code::F(1) => super::pick::actions::help(state),
        _ => Vec::new(),
    }
}
