//! How the screen looks, whatever is on it: theme, glyphs, mouse; and taking away what lies on top.

use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done};
use crate::app::screen::look::ThemeName;
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::laid::Overlay;
use crate::core::display::Ambiguous;

/// Takes whether the terminal's background is dark.
pub fn background(state: &mut State, dark: bool) -> Vec<Effect> {
    state.look.dark_background = dark;
    Vec::new()
}

/// Takes how many cells the terminal gives to characters of ambiguous width.
pub fn ambiguous(state: &mut State, cells: Ambiguous) -> Vec<Effect> {
    state.look.ambiguous = cells;
    Vec::new()
}

/// Goes to the next theme.
pub fn next_theme(state: &mut State) -> Done {
    let (next, name) = match state.look.theme {
        ThemeName::Auto => (ThemeName::Dark, "dark"),
        ThemeName::Dark => (ThemeName::Light, "light"),
        ThemeName::Light => (ThemeName::Mono, "mono"),
        ThemeName::Mono => (ThemeName::Auto, "auto"),
    };
    state.look.theme = next;
    state.say(Level::Info, format!("Theme: {name}."));
    DONE
}

/// Shows ASCII instead of glyphs, or glyphs again.
pub fn toggle_ascii(state: &mut State) -> Done {
    state.look.ascii = !state.look.ascii;
    DONE
}

/// Takes the mouse, or leaves it to the terminal.
pub fn toggle_mouse(state: &mut State) -> Done {
    state.look.mouse = !state.look.mouse;
    let what = if state.look.mouse {
        "The mouse works in the panes; Shift-drag selects text in the terminal."
    } else {
        "The mouse is left to the terminal."
    };
    state.say(Level::Info, what);
    Ok(vec![Effect::Mouse(state.look.mouse)])
}

/// Takes away the top of what lies over the workbench.
pub fn cancel(state: &mut State) -> Done {
    match state.overlays.pop() {
        Some(Overlay::Form(_)) => Ok(vec![Effect::DropDraft]),
        _ => DONE,
    }
}
