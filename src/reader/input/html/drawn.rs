//! Words of drawings. In a page of a fixed layout, as books have them, all the text can be in one drawing.

use dom_query::{Document as Page, NodeRef};

use super::elements::words_under;
use crate::reader::input::account::letters;

/// Makes paragraphs of the texts in drawings if they hold more letters than `most`, which is asked only where there are
/// any: then they are the page. Titles and descriptions of drawings, which are shown nowhere, stay out.
pub(in crate::reader::input) fn show_drawn(page: &Page, most: impl FnOnce() -> usize) -> bool {
    let drawings = page.select("body svg");
    let texts = drawings.select("text");
    let held = texts.nodes().iter();
    let drawn: u64 = held.map(|text| letters(&words_under(text))).sum();
    if drawn == 0 || drawn as usize <= most() {
        return false;
    }
    for text in texts.nodes() {
        part_lines(text);
    }
    drawings
        .select("title, desc, metadata, style, script, defs")
        .remove();
    texts.rename("p");
    drawings.rename("div");
    true
}

/// Puts a space between the lines of a text, which only their places part.
fn part_lines(text: &NodeRef<'_>) {
    let mut before = text.attr("y");
    let lines = text.children_it(false).filter(|n| n.has_name("tspan"));
    for line in lines.collect::<Vec<_>>() {
        let at = line.attr("y");
        let moves = line.has_attr("dy") || at.is_some() && at != before;
        if moves {
            line.prepend_html(" ");
        }
        before = at.or(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::input::html::elements::shown;

    #[test]
    fn a_page_that_is_drawn_has_the_words_of_its_drawing() {
        let source = "<body><div><svg><title>Page 3</title><defs><text>x</text></defs><g>\
            <text><tspan y='0'>The pier was</tspan><tspan y='12'>shut in M</tspan><tspan y='12'>ay.</tspan></text>\
            <text>It <tspan dy='9'>sank.</tspan></text></g></svg></div></body>";
        let page = Page::from(source);
        assert!(show_drawn(&page, || 0));
        assert_eq!(shown(&page.root()), "The pier was shut in May. It sank.");
        let page = Page::from(source);
        assert!(!show_drawn(&page, || 80), "the page has words of its own");
        assert_eq!(shown(&page.root()), "");
    }
}
