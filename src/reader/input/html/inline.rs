//! Parts of a sentence that stand in elements of their own: notes' marks, readings, formulas.

use dom_query::NodeRef;

use super::elements::{is_block, is_code, never_shown};
use crate::reader::input::account::letters;
use crate::reader::input::draft::one_line;

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

/// A formula in words: as its author put it for those who cannot see it, else its signs one by one, else its source.
pub(super) fn formula(math: &NodeRef<'_>) -> String {
    let alt = one_line(&math.attr_or("alttext", ""));
    let signs = signs(math);
    if !alt.is_empty() && !alt.contains('\\') && reads(&alt, &signs) {
        return alt;
    }
    if !signs.is_empty() {
        return signs;
    }
    let source = math.descendants_it().find(|n| {
        n.has_name("annotation") && n.attr_or("encoding", "").to_lowercase().contains("tex")
    });
    source.map_or(alt, |source| one_line(&source.text()))
}

/// Whether `alt` reads the formula with these signs: a name or a number of it is among its words. A program that has no
/// better writes the same words at every formula.
fn reads(alt: &str, signs: &str) -> bool {
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let written: Vec<&str> = words(signs).collect();
    written.is_empty() || words(alt).any(|w| written.contains(&w))
}

/// The signs of a formula, on one line.
fn signs(math: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut stack: Vec<(NodeRef<'_>, &str)> = vec![(*math, "")];
    while let Some((node, before)) = stack.pop() {
        words.push_str(before);
        if node.is_text() {
            words.push_str(&node.text());
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if name.starts_with("annotation") {
            continue;
        }
        if &*name == "msqrt" || &*name == "mroot" {
            words.push_str(" √");
        }
        let joins = match &*name {
            "msup" | "mover" => "^",
            "msub" | "munder" => "_",
            "mfrac" => "/",
            "mi" | "mn" | "mo" | "mtext" => "",
            _ => " ",
        };
        let children = node
            .children_it(true)
            .filter(|n| !n.is_text() || joins.is_empty());
        let children: Vec<_> = children.collect();
        let first = children.len().saturating_sub(1);
        let parts = children.into_iter().enumerate();
        stack.extend(parts.map(|(n, child)| {
            (
                child,
                if n == first && joins != " " {
                    ""
                } else {
                    joins
                },
            )
        }));
    }
    one_line(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_said_by_their_author_or_by_their_signs() {
        for (math, want) in [
            ("<math alttext='E = mc^2'><mi>E</mi></math>", "E = mc^2"),
            (
                "<math alttext='alternative text not available'><mi>x</mi><mo>=</mo><mn>2</mn></math>",
                "x = 2",
            ),
            (
                "<math alttext='\\sqrt{x}'><semantics><msqrt><mi>x</mi></msqrt><annotation encoding='application/x-tex'>x</annotation></semantics></math>",
                "√ x",
            ),
            (
                "<math><mfrac><mn>1</mn><msqrt><mi>a</mi></msqrt></mfrac><mo>+</mo><msub><mi>b</mi><mn>0</mn></msub></math>",
                "1/ √ a + b_0",
            ),
        ] {
            let page = dom_query::Document::from(math);
            let got = page.select("math").nodes().first().map(formula);
            assert_eq!(got.as_deref(), Some(want));
        }
    }
}
