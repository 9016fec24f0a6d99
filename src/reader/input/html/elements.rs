//! What elements are, whatever page they stand in.

use dom_query::{Document as Page, NodeRef};

use crate::reader::input::account::{Omission, letters};

/// Whether an element of this name ends one block and begins another.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether an element of this name is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether an element of this name holds no words at all, but code, data or pictures.
pub(super) fn is_code(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "head" | "template" | "link" | "meta" | "base" | "title"
    )
}

/// Why the words in an element of this name are never shown as text.
pub(super) fn never_shown(name: &str) -> Option<Omission> {
    match name {
        "noscript" | "svg" | "iframe" | "object" | "embed" | "canvas" | "audio" | "video"
        | "map" => Some(Omission::Hidden),
        "button" | "input" | "select" | "option" | "optgroup" | "textarea" | "datalist"
        | "progress" | "meter" => Some(Omission::Controls),
        _ => None,
    }
}

/// Whether an element of this name plays or draws something, and holds what stands in for that where it cannot.
pub(super) fn has_stand_in(name: &str) -> bool {
    matches!(name, "object" | "audio" | "video" | "canvas")
}

/// Whether a link leads to another page; others do something on this one.
pub(super) fn leads_away(link: &NodeRef<'_>) -> bool {
    let to = link.attr_or("href", "");
    let to = to.trim();
    !to.is_empty() && !to.starts_with("javascript:") && !to.starts_with('#')
}

/// Whether an element is hidden by what stands in its tag.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = || {
        let style = node.attr("style").unwrap_or_default();
        let style: String = style.split_whitespace().collect::<String>().to_lowercase();
        style
            .split(';')
            .any(|rule| rule.starts_with("display:none") || rule.starts_with("visibility:hidden"))
    };
    node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|a| &*a == "true") || style()
}

/// Whether an element stands in one of these names, at most `levels` above it.
pub(super) fn stands_in(node: &NodeRef<'_>, levels: usize, names: &[&str]) -> bool {
    let mut around = node.ancestors_it(Some(levels));
    around.any(|a| names.iter().any(|name| a.has_name(name)))
}

/// Whether words in it are struck out.
pub(super) fn is_struck(node: &NodeRef<'_>, name: &str) -> bool {
    matches!(name, "del" | "s" | "strike")
        || node
            .attr("style")
            .is_some_and(|s| s.contains("line-through"))
}

/// Makes plain elements of those that are shown only where scripts are not run, if they hold more letters than `most` without
/// them: then they are the page.
pub(super) fn show_without_scripts(page: &Page, most: usize) -> bool {
    let concealed = page.select("body noscript");
    let letters = |n: &NodeRef<'_>| letters(&words_under(n)) as usize;
    let shows = concealed.nodes().iter().map(letters).sum::<usize>() > most;
    if shows {
        concealed.rename("div");
    }
    shows
}

/// The words under `node`, without code.
pub(super) fn words_under(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut stack = vec![*node];
    while let Some(node) = stack.pop() {
        if node.is_text() {
            words.push_str(&node.text());
        } else if !node.node_name().is_some_and(|name| is_code(&name)) {
            stack.extend(node.children_it(true));
        }
    }
    words
}

/// The words under `node` as they are shown, on one line: blocks, cells and lines are parted by a space.
pub(in crate::reader::input) fn shown(node: &NodeRef<'_>) -> String {
    let mut words = String::new();
    let mut stack = vec![(*node, false)];
    while let Some((node, done)) = stack.pop() {
        if node.is_text() {
            words.push_str(&node.text());
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if &*name == "br" || is_block(&name) {
            words.push(' ');
        }
        if done || is_code(&name) || never_shown(&name).is_some() {
            continue;
        }
        stack.push((node, true));
        stack.extend(node.children_it(true).map(|child| (child, false)));
    }
    crate::reader::input::draft::one_line(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_headings_are_told_by_their_names() {
        assert!(is_block("td") && !is_block("span"));
        assert!(is_heading("h2") && !is_heading("hr"));
    }

    #[test]
    fn words_at_lines_cells_and_items_do_not_run_together() {
        let page = dom_query::Document::from(
            "<h1>Pier<br>shut <b>to</b>day</h1><table><tr><td>a<td>b</table><ul><li>c<li>d</ul><script>x</script>",
        );
        assert_eq!(shown(&page.root()), "Pier shut today a b c d");
    }
}
