//! Which key does what: the defaults of the action table, changed by the user's configuration.

use std::collections::{BTreeMap, HashMap};

use super::action::{ACTIONS, Action, KeyContext};
use super::key::{Key, spelled};

/// Key sequences and what they do, by context.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: BTreeMap<(KeyContext, Vec<Key>), Action>,
    keys: HashMap<Action, Vec<Vec<Key>>>,
}

/// What a key sequence means so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It is complete.
    Action(Action),
    /// It may go on; the keys that can follow, each with the action that it leads to or begins.
    Prefix(Vec<(Key, Action)>),
    /// Nothing begins with it.
    None,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = Self {
            bindings: BTreeMap::new(),
            keys: HashMap::new(),
        };
        for info in ACTIONS.iter() {
            for keys in &info.keys {
                map.bind(info.context, keys.clone(), info.action);
            }
        }
        // Help also opens where text is typed, where `?` is a letter.
        map.bind(
            KeyContext::Global,
            vec![Key::plain(super::key::Code::F(1))],
            Action::Help,
        );
        map
    }
}

impl Keymap {
    fn bind(&mut self, context: KeyContext, keys: Vec<Key>, action: Action) {
        self.keys.entry(action).or_default().push(keys.clone());
        self.bindings.insert((context, keys), action);
    }

    /// Gives actions these key sequences instead of those that they have; returns what stands in the way, one sentence
    /// each without a full stop.
    ///
    /// All of them give up their keys first, so that two can change places. A sequence that another action has, or that
    /// would hide one by being its beginning, is left out.
    pub fn remap(&mut self, wanted: &[(Action, Vec<Vec<Key>>)]) -> Vec<String> {
        for (action, _) in wanted {
            for old in self.keys.remove(action).unwrap_or_default() {
                self.bindings
                    .retain(|(_, k), a| !(*k == old && a == action));
            }
        }
        let mut problems = Vec::new();
        for (action, sequences) in wanted {
            for keys in sequences {
                problems.extend(self.add(*action, keys.clone()));
            }
        }
        problems
    }

    /// Binds a further sequence, unless something is in the way: then that.
    fn add(&mut self, action: Action, keys: Vec<Key>) -> Option<String> {
        let context = action.info().context;
        let clash = self.bindings.iter().find(|((c, k), _)| {
            (*c == context || *c == KeyContext::Global || context == KeyContext::Global)
                && (k.starts_with(&keys) || keys.starts_with(k))
        });
        if let Some(((_, k), other)) = clash {
            return Some(format!(
                "“{}” for {} is in the way of “{}” for {}",
                spelled(&keys),
                action.info().name,
                spelled(k),
                other.info().name
            ));
        }
        self.bind(context, keys, action);
        None
    }

    /// What `keys` mean in `context`; global keys work everywhere.
    pub fn lookup(&self, context: KeyContext, keys: &[Key]) -> Lookup {
        for c in [context, KeyContext::Global] {
            if let Some(a) = self.bindings.get(&(c, keys.to_vec())) {
                return Lookup::Action(*a);
            }
        }
        let mut next: Vec<(Key, Action)> = Vec::new();
        for ((c, k), a) in &self.bindings {
            if *c == context
                && k.len() > keys.len()
                && k.starts_with(keys)
                && !next.iter().any(|(n, _)| *n == k[keys.len()])
            {
                next.push((k[keys.len()], *a));
            }
        }
        if next.is_empty() {
            Lookup::None
        } else {
            Lookup::Prefix(next)
        }
    }

    /// The key sequences of `action`, the first being the one that hints show.
    pub fn keys(&self, action: Action) -> &[Vec<Key>] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The first key sequence of `action` as text; empty where it has none.
    pub fn shown(&self, action: Action) -> String {
        self.keys(action)
            .first()
            .map(|k| spelled(k))
            .unwrap_or_default()
    }

    /// The first key sequence of `action` that means it in `context`; none where none does.
    pub fn keys_in(&self, context: KeyContext, action: Action) -> Option<&[Key]> {
        let means = |k: &&Vec<Key>| self.lookup(context, k) == Lookup::Action(action);
        self.keys(action).iter().find(means).map(Vec::as_slice)
    }

    /// [`Keymap::keys_in`] as text; empty where there is none.
    pub fn shown_in(&self, context: KeyContext, action: Action) -> String {
        let keys = self.keys_in(context, action);
        keys.map(spelled).unwrap_or_default()
    }

    /// The first keys of `actions`, side by side: `h l w b`; those without a key are left out.
    pub fn row_of(&self, actions: &[Action]) -> String {
        let keys = actions.iter().map(|a| self.shown(*a));
        let keys: Vec<String> = keys.filter(|k| !k.is_empty()).collect();
        keys.join(" ")
    }

    /// Pairs of actions whose keys are in each other's way in the same context; empty for the defaults.
    pub fn conflicts(&self) -> Vec<(Action, Action)> {
        let all: Vec<_> = self.bindings.iter().collect();
        let mut found = Vec::new();
        for (n, ((c1, k1), a1)) in all.iter().enumerate() {
            for ((c2, k2), a2) in &all[n + 1..] {
                let same = c1 == c2 || *c1 == KeyContext::Global || *c2 == KeyContext::Global;
                if same && k1 != k2 && (k1.starts_with(k2) || k2.starts_with(k1)) {
                    found.push((**a1, **a2));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::app::input::key::sequence;
    use crate::core::vocabulary::{VerificationStatus, Vocabulary};

    #[test]
    fn every_default_is_read_and_none_is_taken_twice() {
        let map = Keymap::default();
        assert_eq!(map.conflicts(), vec![]);
        let mut seen = std::collections::HashSet::new();
        for info in ACTIONS.iter() {
            assert!(!info.about.is_empty() && !info.title.is_empty());
            assert!(
                info.name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                "{}",
                info.name
            );
            assert!(seen.insert(info.name.clone()), "{} stands twice", info.name);
            assert_eq!(Action::from_name(&info.name), Some(info.action));
            for keys in &info.keys {
                assert_eq!(
                    map.lookup(info.context, keys),
                    Lookup::Action(info.action),
                    "{}",
                    info.name
                );
            }
        }
    }

    #[test]
    fn a_prefix_lists_what_follows_and_a_remap_that_hides_is_refused() {
        let mut map = Keymap::default();
        let Lookup::Prefix(next) = map.lookup(KeyContext::Workbench, &sequence("v").unwrap())
        else {
            unreachable!()
        };
        assert_eq!(next.len(), VerificationStatus::ALL.len());
        let problems = map.remap(&[(
            Action::Undo,
            vec![sequence("v").unwrap(), sequence("U").unwrap()],
        )]);
        assert_eq!(problems.len(), 1);
        assert_eq!(
            map.lookup(KeyContext::Workbench, &sequence("U").unwrap()),
            Lookup::Action(Action::Undo)
        );
        assert_eq!(
            map.lookup(KeyContext::Workbench, &sequence("u").unwrap()),
            Lookup::None
        );
    }

    /// German, French and Nordic keyboards have these on a third level, or on none.
    const HARD: &str = "[]{}#@\\|~";

    #[test]
    fn every_action_has_keys_that_need_no_third_level() {
        let hard = |k: &Key| k.typed().is_some_and(|c| HARD.contains(c));
        let with_hard: Vec<_> = ACTIONS
            .iter()
            .filter(|i| i.keys.iter().flatten().any(hard))
            .collect();
        assert!(with_hard.len() >= 7, "{}", with_hard.len());
        for info in with_hard {
            let easy = info.keys.iter().any(|keys| !keys.iter().any(hard));
            assert!(easy, "{}", info.name);
        }
    }

    #[test]
    fn a_key_is_shown_where_it_works() {
        let map = Keymap::default();
        for (context, key) in [(KeyContext::Workbench, "?"), (KeyContext::Mark, "F1")] {
            assert_eq!(map.shown_in(context, Action::Help), key);
        }
        assert_eq!(map.shown_in(KeyContext::Mark, Action::Undo), "");
    }

    #[test]
    fn two_actions_can_change_their_keys() {
        let mut map = Keymap::default();
        let (u, r) = (sequence("u").unwrap(), sequence("Ctrl-r").unwrap());
        let swapped = [
            (Action::Undo, vec![r.clone()]),
            (Action::Redo, vec![u.clone()]),
        ];
        assert_eq!(map.remap(&swapped), Vec::<String>::new());
        assert_eq!(map.keys(Action::Undo), [r]);
        assert_eq!(map.keys(Action::Redo), [u]);
    }
}
