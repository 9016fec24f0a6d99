//! Dialogue with dashes: "—No lo sé —dijo Pedro—. Nadie lo sabe.", "— Je ne sais pas, dit Pierre."

use super::super::lexicon::{AttributionLexicon, Language, frame};
use super::super::quote::Quotation;
use super::super::token::{Pos, Token};

/// How many dashes of a block are looked at.
const DASHES: usize = 40;

/// The stretches of a block that a dash opens and somebody says; marks the depth of their tokens. Only where a verb of
/// saying shows that it is dialogue.
pub(crate) fn dialogue(tokens: &mut [Token], lexicon: &AttributionLexicon) -> Vec<Quotation> {
    let mut out = Vec::new();
    if !matches!(lexicon.language, Language::Spanish | Language::French)
        || tokens.first().is_none_or(|t| t.pos != Pos::Dash)
    {
        return out;
    }
    let says = |t: Option<&Token>| {
        t.is_some_and(|t| {
            lexicon
                .cue(t.cue)
                .is_some_and(|c| c.frames & frame::QUOTE != 0 && t.pos == Pos::Verb)
        })
    };
    let mut from = 1;
    for _ in 0..DASHES {
        // What is said ends at a dash or a comma with a verb of saying behind it.
        let Some(stop) = (from..tokens.len()).find(|k| {
            let t = &tokens[*k];
            (t.pos == Pos::Dash || t.pos == Pos::Comma && lexicon.language == Language::French)
                && says(tokens.get(k + 1))
        }) else {
            break;
        };
        if stop > from {
            out.push(Quotation {
                open: from,
                end: stop,
                depth: 1,
                closed: true,
            });
        }
        // The next dash takes it up again.
        let Some(dash) = (stop + 1..tokens.len()).find(|k| tokens[*k].pos == Pos::Dash) else {
            from = tokens.len();
            break;
        };
        from = dash + 1;
        while tokens
            .get(from)
            .is_some_and(|t| matches!(t.pos, Pos::Stop | Pos::Comma))
        {
            from += 1;
        }
    }
    if !out.is_empty() && from + 1 < tokens.len() {
        out.push(Quotation {
            open: from,
            end: tokens.len(),
            depth: 1,
            closed: true,
        });
    }
    for q in &out {
        for t in &mut tokens[q.open..q.end] {
            t.depth = t.depth.saturating_add(1);
        }
    }
    out
}
