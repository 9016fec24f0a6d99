//! How what a house rule asks for is done here: its key, as the user has it.

use super::action::Action;
use super::key::spelled;
use super::keymap::Keymap;
use crate::core::problems::Remedy;
use crate::core::vocabulary::Vocabulary;

/// The key that does it; of something that takes a value the key that all values begin with. None where there is none.
pub fn key(keymap: &Keymap, remedy: Remedy) -> Option<String> {
    let action = match remedy {
        Remedy::HoldEvidence => Action::Evidence,
        Remedy::Justify => Action::Justification,
        Remedy::Note => Action::Note,
        Remedy::NextOpenRow => Action::OpenNext,
        Remedy::Mark => Action::Mark,
        Remedy::Dismiss => Action::Dismiss,
        Remedy::ListSources => Action::Sources,
        Remedy::Mask => Action::Export,
        Remedy::SetFinding => return prefix(keymap, each(Action::Finding)),
        Remedy::SetWorkflow => return prefix(keymap, each(Action::Workflow)),
        Remedy::SetRating => return prefix(keymap, [Action::Rating(None)]),
    };
    Some(keymap.shown(action)).filter(|k| !k.is_empty())
}

fn each<V: Vocabulary>(action: fn(V) -> Action) -> impl Iterator<Item = Action> {
    V::ALL.iter().map(move |v| action(*v))
}

/// The key that the first sequences of all `actions` begin with.
fn prefix(keymap: &Keymap, actions: impl IntoIterator<Item = Action>) -> Option<String> {
    let mut begin = None;
    for action in actions {
        let keys = keymap.keys(action).first()?;
        let first = keys.first().filter(|_| keys.len() > 1)?;
        if *begin.get_or_insert(*first) != *first {
            return None;
        }
    }
    begin.map(|key| spelled(&[key]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::sequence;
    use crate::core::problems::{RULES, hint_in_words};
    use crate::core::vocabulary::VerificationStatus;

    fn hint(keymap: &Keymap, rule: &str) -> String {
        let rule = RULES.iter().find(|r| r.name == rule).unwrap_or(&RULES[0]);
        hint_in_words(rule.hint, |r| key(keymap, r))
    }

    /// B6 of the review: a rule said `]` although another key was bound.
    #[test]
    fn a_rule_names_the_key_that_the_user_has() {
        let mut keymap = Keymap::default();
        let open_rows = "Go to the next open row (]).";
        assert_eq!(hint(&keymap, "open-rows"), open_rows);
        let unchecked = "Set the finding (v), or the workflow state back (W).";
        assert_eq!(hint(&keymap, "closed-unchecked"), unchecked);
        let keys = |keys| vec![sequence(keys).unwrap_or_default()];
        let gone = (Action::Evidence, Vec::new());
        let one = Action::Finding(VerificationStatus::Accurate);
        let remapped = [(Action::OpenNext, keys("Ctrl-y")), gone, (one, keys("Z"))];
        assert_eq!(keymap.remap(&remapped), Vec::<String>::new());
        let open_rows = "Go to the next open row (Ctrl-y).";
        assert_eq!(hint(&keymap, "open-rows"), open_rows);
        let ground = "Add evidence for or against the claim, or say why (J).";
        assert_eq!(hint(&keymap, "finding-without-ground"), ground);
        // No key is left that every finding begins with.
        let unchecked = "Set the finding, or the workflow state back (W).";
        assert_eq!(hint(&keymap, "closed-unchecked"), unchecked);
    }
}
