//! What was lost on the way, or became another thing, as a text to read.

use crate::app::layers::text_view::TextLine;
use crate::core::display::clean;
use crate::core::handover::loss::{Loss, LossFate};
use crate::core::vocabulary::Meaning;

/// What became of things, for reading at leisure: a line for each kind, and one for each of them below it.
pub(super) fn lines(losses: &[Loss]) -> Vec<TextLine> {
    let line = |lead: &str, text: &str, meaning| TextLine {
        lead: lead.into(),
        text: clean(text),
        meaning,
        goes_to: None,
    };
    let mut lines = Vec::new();
    for loss in losses {
        let meaning = match loss.fate {
            LossFate::Noted => Meaning::Plain,
            _ => Meaning::Warning,
        };
        lines.push(line(&loss.lead(), &loss.reason, meaning));
        lines.extend(loss.words.iter().map(|w| line("", w, Meaning::Muted)));
        if let Some(more) = loss.count.checked_sub(loss.words.len()).filter(|n| *n > 0)
            && !loss.words.is_empty()
        {
            lines.push(line("", &format!("and {more} more"), Meaning::Muted));
        }
    }
    lines
}
