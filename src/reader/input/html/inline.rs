//! Parts of a sentence that stand in elements of their own: notes' marks and readings.

use dom_query::NodeRef;

use super::elements::{is_block, is_code, never_shown};
use crate::reader::input::account::letters;

/// Parts of the names of elements that lead to a note.
const NOTES: &[&str] = &[
    "reference",
    "footnote",
    "noteref",
    "fnref",
    "endnote",
    "cite",
];

/// Whether raised words lead to a note.
pub(super) fn is_note(node: &NodeRef<'_>) -> bool {
    let named = |n: &NodeRef<'_>| {
        let names = format!("{} {}", n.attr_or("class", ""), n.attr_or("id", ""));
        let names = names.to_lowercase();
        leads_to_note(n) || NOTES.iter().any(|note| names.contains(note))
    };
    let leads = |n: &NodeRef<'_>| n.has_name("a") && n.attr_or("href", "").contains('#');
    let parent = node.parent();
    named(node)
        || leads(node)
        || parent.is_some_and(|p| leads(&p))
        || node
            .descendants_it()
            .any(|n| n.is_element() && (leads(&n) || named(&n)))
}

/// Whether there are only words in an element, in whatever type they are set.
pub(super) fn is_plain(node: &NodeRef<'_>) -> bool {
    let elements = node.descendants_it().filter(NodeRef::is_element);
    elements.filter_map(|n| n.node_name()).all(|name| {
        !is_block(&name) && !is_code(&name) && never_shown(&name).is_none() && &*name != "img"
    })
}

/// Whether a link says of itself that it leads to a note.
pub(super) fn leads_to_note(node: &NodeRef<'_>) -> bool {
    node.attr_or("role", "").contains("doc-noteref")
        || node.attr_or("epub:type", "").contains("noteref")
}

/// One letter in so many in readings beside words is more than a help with rare names.
const READINGS: u64 = 10;

/// Whether the text under `root` has a reading beside each of its words, as texts for learners have.
pub(super) fn is_annotated(root: &NodeRef<'_>) -> bool {
    let readings = root.descendants_it().filter(|n| n.has_name("rt"));
    let readings: u64 = readings.map(|n| letters(&n.text())).sum();
    readings > 0 && readings * READINGS > letters(&root.text())
}

/// Whether the reading beside a word has brackets around it already.
pub(super) fn has_brackets(reading: &NodeRef<'_>) -> bool {
    reading
        .parent()
        .is_some_and(|ruby| ruby.children_it(false).any(|n| n.has_name("rp")))
}
