//! Finds the part of a page that is its article.
//!
//! `dom_smoothie` (Mozilla's readability) looks for it in a copy of the page; what it keeps is told by the texts that are
//! left of the copy. So nothing is lost that it drops, and the page itself is walked in its own order.

use dom_query::{Document as Page, NodeId, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};
use rustc_hash::FxHashSet;

use super::elements::{is_heading, stands_in};
use super::measure::{Measured, Sizes};
use super::names;
use super::plan::{Belief, Doomed, Plan, ancestors};
use crate::reader::input::guard::Stop;

/// Where the article was looked for, one letter of the page's running text in so many is enough.
const ENOUGH: usize = 2;
/// One in so many is better than nothing.
const LITTLE: usize = 4;
/// Letters of running text that stand around a title.
const LEAST: usize = 150;
/// Letters outside of links that stand around a title, where no running text does.
const AROUND: usize = 400;
/// One letter outside of links in so many is too little of a page, where there is not much running text either.
const HARDLY: usize = 8;
/// Where the part that was found begins to be found in its copy.
const FOUND: &str = "#readability-page-1";

/// The plan of a page whose title is the heading `title`.
pub(super) fn choose(page: &Page, sizes: &Sizes, title: Option<NodeId>, stop: &Stop) -> Plan {
    let by_names = Doomed::of(page, sizes, title, Belief::Names);
    let all = prose_outside(sizes, &by_names);
    let near = near_title(sizes, title, &by_names);
    let look = |doomed: &Doomed, policy| {
        let mut kept = found(page, sizes, title, doomed, policy).unwrap_or_default();
        complete(&mut kept, sizes, &by_names);
        lead(&mut kept, page, sizes, title, &by_names);
        (sizes.prose_of(&kept), kept)
    };
    let misses_title = |kept: &FxHashSet<NodeId>| {
        near.as_ref()
            .is_some_and(|near| !near.is_empty() && near.is_disjoint(kept))
    };
    let (prose, kept) = look(&by_names, Some(ParsePolicy::Strict));
    let enough = prose >= 2 * LEAST && prose * ENOUGH >= all && !misses_title(&kept);
    if enough || stop.is_set() {
        return Plan::of(kept, sizes, &by_names);
    }
    let by_tags = Doomed::of(page, sizes, title, Belief::Tags);
    let (more, kept_more) = look(&by_tags, None);
    let (prose, kept, doomed) = match more * 2 > prose * 3 {
        true => (more, kept_more, &by_tags),
        false => (prose, kept, &by_names),
    };
    if misses_title(&kept)
        && let Some(near) = near
    {
        // What was found stands somewhere else on the page: a list of other articles, somebody's life.
        return Plan::of(near, sizes, &by_names);
    }
    let hardly = prose < 2 * LEAST && sizes.plain_of(&kept) * HARDLY < sizes.plain();
    if prose > 0 && prose * LITTLE >= all && !hardly {
        return Plan::of(kept, sizes, doomed);
    }
    // Not found, or hardly anything of it: the whole page without what is plainly none of it, else all that there is.
    for doomed in [&by_names, &by_tags] {
        let texts = sizes.texts.iter().filter(|t| !doomed.holds(t.1));
        let kept: FxHashSet<NodeId> = texts.map(|t| t.0).collect();
        if !kept.is_empty() {
            return Plan::of(kept, sizes, doomed);
        }
    }
    Plan::whole()
}

/// The texts of the smallest element around the title that holds running text; none where there is no such element but
/// the page itself.
fn near_title(sizes: &Sizes, title: Option<NodeId>, doomed: &Doomed) -> Option<FxHashSet<NodeId>> {
    let mut at = sizes.place(title?)?;
    while sizes.elements[at].prose < LEAST && sizes.elements[at].plain() < AROUND {
        at = sizes.elements[at].parent?;
    }
    // The element's own place comes before those of all that it holds.
    let end = sizes.end(at);
    let texts = sizes.texts.iter();
    let inside = texts.filter(|t| (at..end).contains(&t.1) && !doomed.holds(t.1));
    Some(inside.map(|t| t.0).collect())
}

/// Adds the running text, and what its names call a standfirst, between the title and the first words that were found.
fn lead(
    kept: &mut FxHashSet<NodeId>,
    page: &Page,
    sizes: &Sizes,
    title: Option<NodeId>,
    doomed: &Doomed,
) {
    let Some(title) = title.and_then(|id| sizes.place(id)) else {
        return;
    };
    let mut texts = sizes.texts.iter();
    let first =
        texts.find(|t| t.1 > title && sizes.elements[t.1].is_prose() && kept.contains(&t.0));
    let Some((_, first, _)) = first else {
        return;
    };
    let between = sizes
        .texts
        .iter()
        .filter(|t| (title..*first).contains(&t.1));
    let may_lead = |block: &Measured| {
        let node = page.tree.get(&block.id);
        block.is_prose() || !block.is_mostly_links() && node.is_some_and(|n| names::leads(&n))
    };
    let lead = between.filter(|t| may_lead(&sizes.elements[t.1]) && !doomed.holds(t.1));
    kept.extend(lead.map(|t| t.0));
}

/// Letters of running text that are not taken out.
fn prose_outside(sizes: &Sizes, doomed: &Doomed) -> usize {
    let texts = sizes.texts.iter();
    texts
        .filter(|t| sizes.elements[t.1].is_prose() && !doomed.holds(t.1))
        .map(|t| t.2)
        .sum()
}

/// The texts of the part that the extractor finds.
fn found(
    page: &Page,
    sizes: &Sizes,
    title: Option<NodeId>,
    doomed: &Doomed,
    policy: Option<ParsePolicy>,
) -> Option<FxHashSet<NodeId>> {
    let copy = page.clone();
    for id in doomed.of.keys() {
        if let Some(node) = copy.tree.get(id) {
            node.remove_from_parent();
        }
    }
    prepare(&copy, sizes, title, doomed);
    let config = Config {
        disable_json_ld: true,
        keep_classes: true,
        // A short report is an article, too.
        char_threshold: 200,
        ..Config::default()
    };
    let mut readability = Readability::with_document(copy, None, Some(config)).ok()?;
    match policy {
        Some(policy) => readability.parse_with_policy(policy).ok()?,
        None => readability.parse().ok()?,
    };
    let found = readability.doc.select_single(FOUND);
    let root = found.nodes().first()?;
    let texts = root.descendants_it().filter(NodeRef::is_text);
    Some(texts.map(|n| n.id).collect())
}

/// Parts of names by which the extractor drops elements unseen.
const UNLIKELY: &[&str] = &[
    "-ad-",
    "ai2html",
    "banner",
    "breadcrumbs",
    "combx",
    "comment",
    "community",
    "cover-wrap",
    "disqus",
    "extra",
    "footer",
    "gdpr",
    "header",
    "legends",
    "menu",
    "related",
    "remark",
    "replies",
    "rss",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "social",
    "sponsor",
    "supplemental",
    "ad-break",
    "agegate",
    "pagination",
    "pager",
    "popup",
    "yom-remote",
    "hid",
    "hidden",
    "modal",
    "widget",
    "promo",
    "share",
    "nav",
    "tags",
    "media",
    "meta",
    "masthead",
    "contact",
    "scroll",
    "shopping",
];

/// Makes the copy such that the extractor does not judge by names, tags or attributes what was judged by its size already.
fn prepare(copy: &Page, sizes: &Sizes, title: Option<NodeId>, doomed: &Doomed) {
    let holders = ancestors(sizes, title);
    for (at, element) in sizes.elements.iter().enumerate() {
        if doomed.holds(at) {
            continue;
        }
        let Some(node) = copy.tree.get(&element.id).filter(NodeRef::is_element) else {
            continue;
        };
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "blockquote" | "figure" | "figcaption" => node.remove_attrs(&["class", "id"]),
            // It drops every header, even the one that holds the article's first words.
            "header" if stands_in(&node, 64, &["article", "main"]) => node.rename("div"),
            // Who is quoted.
            "footer" if stands_in(&node, 8, &["blockquote"]) => {
                node.rename("div");
            }
            "a" if node.attr_or("href", "").starts_with("javascript:") => node.remove_attr("href"),
            _ => {}
        }
        if node.has_attr("id") && names::is_of_words(&node, &name) {
            node.remove_attr("id");
        }
        if is_heading(&name) && doomed.named.contains_key(&element.id) {
            node.remove_attr("class");
        }
        if holders.contains(&at) || title.is_none() && is_large(element, sizes) {
            clear(&node, &name);
        }
    }
}

fn is_large(element: &Measured, sizes: &Sizes) -> bool {
    element.prose * 2 > sizes.prose()
}

/// Takes from an element that holds much what would make the extractor drop it.
fn clear(node: &NodeRef<'_>, name: &str) {
    node.remove_attrs(&["hidden", "aria-hidden", "aria-modal", "role"]);
    if node.attr_or("style", "").contains(['n', 'N']) {
        node.remove_attr("style");
    }
    if matches!(
        name,
        "form" | "fieldset" | "dialog" | "aside" | "footer" | "header" | "nav"
    ) {
        node.rename("div");
    }
    for names in ["class", "id"] {
        let said = node.attr_or(names, "").to_ascii_lowercase();
        if UNLIKELY.iter().any(|u| said.contains(u)) {
            node.remove_attr(names);
        }
    }
}

/// Adds what stands in the same chain of elements as running text that was found: paragraphs that each have a wrapper of
/// their own, or that stand apart from the others because of what was between them.
fn complete(kept: &mut FxHashSet<NodeId>, sizes: &Sizes, doomed: &Doomed) {
    let mut paths = FxHashSet::default();
    for (id, block, _) in &sizes.texts {
        let block = &sizes.elements[*block];
        if block.is_prose() && kept.contains(id) {
            paths.insert(block.path);
        }
    }
    for (id, at, _) in &sizes.texts {
        let block = &sizes.elements[*at];
        if !block.is_mostly_links() && paths.contains(&block.path) && !doomed.holds(*at) {
            kept.insert(*id);
        }
    }
}
