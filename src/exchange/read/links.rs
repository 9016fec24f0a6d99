//! Links between marks as they were read, and the words of labels and links however a tool spells them.

use std::collections::HashMap;

use super::fields::plain;
use crate::exchange::marks::{Label, LinkKind};

/// A link as it was read: indexes into the marks, and its label.
#[derive(Clone, Debug)]
pub(super) struct ReadLink {
    pub from: usize,
    pub to: usize,
    pub kind: String,
}

/// Links by where they come from; kinds of other tools say nothing.
#[derive(Default)]
pub(super) struct LinkTable {
    from: HashMap<usize, Vec<(usize, LinkKind)>>,
}

impl LinkTable {
    pub fn new(links: &[ReadLink], marks: usize) -> Self {
        let mut from: HashMap<usize, Vec<(usize, LinkKind)>> = HashMap::new();
        for l in links
            .iter()
            .filter(|l| l.from < marks && l.to < marks && l.from != l.to)
        {
            if let Some(kind) = named(LinkKind::ALL, LinkKind::word, &l.kind) {
                from.entry(l.from).or_default().push((l.to, kind));
            }
        }
        Self { from }
    }

    /// What `from` is linked to in this way.
    pub fn to(&self, from: usize, kind: LinkKind) -> Option<usize> {
        let mut all = self.from.get(&from)?.iter();
        all.find(|(_, k)| *k == kind).map(|(to, _)| *to)
    }
}

/// The one of `all` that is called so, however the tool spells it.
fn named<T: Copy>(all: &[T], word: fn(T) -> &'static str, name: &str) -> Option<T> {
    let mut each = all.iter().copied();
    each.clone().find(|one| word(*one) == name).or_else(|| {
        let wanted = plain(name);
        each.find(|one| plain(word(*one)) == wanted)
    })
}

/// The label called so.
pub(super) fn label(name: &str) -> Option<Label> {
    named(Label::ALL, Label::word, name)
}
