//! A page's title.

use dom_query::{Document as Page, NodeId};

use crate::reader::input::draft::one_line;
use crate::reader::input::html::elements::shown;

/// The meta tags that say the title.
pub(super) const META: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title"];

/// The title, and the heading that it stands in, if any: the page's only first-level heading is it; else what the data
/// say; else the window's title without the site's name after it.
pub(super) fn find(page: &Page, said: Option<String>) -> (String, Option<NodeId>) {
    let headings: Vec<(NodeId, String)> = page
        .select("h1")
        .nodes()
        .iter()
        .map(|h| (h.id, shown(h)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let window = one_line(&page.select_single("title").text());
    if let [(id, only)] = headings.as_slice()
        && (said.is_none()
            || said.as_deref().is_some_and(|s| alike(s, only))
            || alike(&window, only))
    {
        return (only.clone(), Some(*id));
    }
    let heading = |title: &str| {
        let small = title.to_lowercase();
        let same = headings.iter().find(|(_, h)| h.to_lowercase() == small);
        let part = headings.iter().find(|(_, h)| alike(title, h));
        same.or(part).map(|(id, _)| *id).or_else(|| {
            // A page without a first-level heading may have its title in one of the second.
            let second = page.select("h2");
            let second = second
                .nodes()
                .iter()
                .find(|h| shown(h).to_lowercase() == small);
            second.map(|h| h.id)
        })
    };
    if let Some(said) = said {
        let id = heading(&said);
        return (said, id);
    }
    if let Some((id, heading)) = headings.iter().find(|(_, h)| alike(&window, h)) {
        return (heading.clone(), Some(*id));
    }
    let title = match [" | ", " – ", " — ", " - ", " · ", " » "]
        .iter()
        .find_map(|cut| window.rsplit_once(cut))
    {
        Some((title, site))
            if title.split_whitespace().count() >= site.split_whitespace().count() =>
        {
            title.to_string()
        }
        _ => window,
    };
    let id = (!title.is_empty()).then(|| heading(&title)).flatten();
    (title, id)
}

/// Whether one title holds the other's words.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    !b.is_empty() && (a.contains(&b) || b.contains(&a) && !a.is_empty())
}
