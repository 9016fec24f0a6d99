//! `claimdesk keys`: every action with its keys, as they are with the configuration.

use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;
use crate::app::input::action::{ACTIONS, ActionGroup};
use crate::app::input::key::spelled;
use crate::app::input::keymap::Keymap;

/// Runs the command.
pub fn run(context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    context.say_config_problems();
    let keymap = context.keymap();
    let mut rows = Vec::new();
    for (group, actions) in table(&keymap) {
        if !rows.is_empty() {
            rows.push(Vec::new());
        }
        rows.push(vec![group.title().to_string()]);
        rows.extend(actions.into_iter().map(|a| {
            let keys = a.keys.join(", ");
            vec![format!("  {keys}"), a.name.to_string(), a.about.to_string()]
        }));
    }
    out.table(&rows, 32)?;
    Ok(EndCode::Well)
}

/// An action as the list of keys and the documentation show it.
pub struct Listed {
    /// Its key sequences.
    pub keys: Vec<String>,
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// The action table by group, with the keys of `keymap`.
pub fn table(keymap: &Keymap) -> Vec<(ActionGroup, Vec<Listed>)> {
    let of = |group: ActionGroup| {
        ACTIONS
            .iter()
            .filter(|a| a.group == group)
            .map(|a| Listed {
                keys: keymap.keys(a.action).iter().map(|k| spelled(k)).collect(),
                name: &a.name,
                title: &a.title,
                about: &a.about,
            })
            .collect()
    };
    ActionGroup::ALL.iter().map(|g| (*g, of(*g))).collect()
}
