//! When a page was published.

use dom_query::{Document as Page, NodeId, NodeRef};

use super::MetaTags;
use crate::reader::dates;
use crate::reader::input::html::data::PageData;
use crate::reader::input::html::elements::shown;
use crate::reader::input::html::measure::Sizes;
use crate::reader::input::html::names::parts;

/// The meta tags that say it, the surest first.
const META: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "og:pubdate",
    "og:release_date",
    "article:published",
    "article.published",
    "published_time",
    "published-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pub_date",
    "pubdate",
    "publication_date",
    "publication-date",
    "cdate",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.created",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "parsely-pub-date",
    "sailthru.date",
    "shareaholic:article_published_time",
    "article_date_original",
    "date_published",
    "last-published",
    "displaydate",
    "originalpublicationdate",
    "rnews:datepublished",
    "vr:published_time",
    "weibo:article:create_at",
    "article:created",
    "creationdate",
    "datecreated",
    "date",
    "created",
    "created_at",
    "timestamp",
];
/// Parts of names that elements with the day have.
const NAMES: &[&str] = &[
    "date",
    "datum",
    "fecha",
    "published",
    "publish",
    "pubdate",
    "posted",
    "time",
    "timestamp",
    "dateline",
    "meta",
    "byline",
    "postmeta",
    "postdate",
    "datetime",
    "info",
    "created",
    "author",
    "dato",
    "data",
    "stand",
];
/// The longest words of an element that says the day, in bytes.
const LONGEST: usize = 160;
/// The longest words in which a day counts whatever else they say, in bytes.
const FEW: usize = 80;
/// Characters of a day.
const DAY: usize = 10;
/// Elements that are looked at after the title.
const NEAR: usize = 400;

/// The day, or the moment, in ISO 8601.
pub(super) fn find(
    page: &Page,
    data: &PageData,
    meta: &MetaTags,
    language: &str,
    sizes: &Sizes,
    heading: Option<NodeId>,
) -> Option<String> {
    let iso = |words: &str| dates::iso(words, language).filter(|d| d.len() >= DAY);
    let coded = data
        .published
        .as_deref()
        .and_then(iso)
        .or_else(|| meta.all(META).iter().find_map(|said| iso(said)));
    let printed = near(page, language, sizes, heading);
    match (coded, printed) {
        // The same moment may be another day where the article was published: readers see that one.
        (Some(coded), Some(printed)) if is_a_day_off(&coded, &printed) => return Some(printed),
        (Some(coded), _) => return Some(coded),
        (None, printed) => marked(page, language).or(printed),
    }
    .or_else(|| {
        let times = page.select("article time, main time, time");
        times.nodes().iter().find_map(|n| said(n, language))
    })
    .or_else(|| {
        let all = sizes.elements.iter().filter(|e| e.letters < LONGEST);
        let nodes = all.filter_map(|e| page.tree.get(&e.id));
        let named = nodes.filter(is_named);
        named.into_iter().find_map(|n| iso(&shown(&n)))
    })
}

/// The day in an element that is marked as saying it.
fn marked(page: &Page, language: &str) -> Option<String> {
    let marked = page.select("[itemprop=datePublished], time[pubdate], abbr.published");
    marked.nodes().iter().find_map(|n| said(n, language))
}

/// Whether two days follow one another.
fn is_a_day_off(a: &str, b: &str) -> bool {
    let day = |d: &str| d.get(..DAY)?.parse::<jiff::civil::Date>().ok();
    let (Some(a), Some(b)) = (day(a), day(b)) else {
        return false;
    };
    a.tomorrow().is_ok_and(|next| next == b) || b.tomorrow().is_ok_and(|next| next == a)
}

/// The day that an element says, in its attributes or in its words.
fn said(node: &NodeRef<'_>, language: &str) -> Option<String> {
    let attributes = ["datetime", "content", "title"];
    let data = attributes.iter().filter_map(|a| node.attr(a));
    let data = data.map(|d| d.to_string()).chain([shown(node)]);
    data.into_iter()
        .find_map(|words| dates::iso(&words, language).filter(|d| d.len() >= DAY))
}

/// Whether the names of an element say that it has the day.
fn is_named(node: &NodeRef<'_>) -> bool {
    let names = [node.attr_or("class", ""), node.attr_or("id", "")];
    let mut all = names.iter().flat_map(|n| parts(n));
    all.any(|p| NAMES.contains(&p.as_str()))
}

/// The day near the title: in a `time`, in an element whose names say that it has one, alone, among a few words, or where
/// running text begins.
fn near(page: &Page, language: &str, sizes: &Sizes, heading: Option<NodeId>) -> Option<String> {
    let start = heading.and_then(|id| sizes.place(id)).unwrap_or(0);
    let before = start.saturating_sub(NEAR / 8);
    let around = [(start, NEAR), (before, start - before)].map(|(from, count)| {
        let elements = sizes.elements.iter().skip(from).take(count);
        let short = elements.filter(|e| (4..LONGEST).contains(&e.letters) || e.is_prose());
        let nodes = short.filter_map(|e| page.tree.get(&e.id));
        nodes.filter(NodeRef::is_element).collect::<Vec<_>>()
    });
    around.iter().find_map(|nodes| day_in(nodes, language))
}

/// The day that some of these elements say.
fn day_in(nodes: &[NodeRef<'_>], language: &str) -> Option<String> {
    // A day has a digit in it: most elements need not be looked at any further.
    let words = nodes.iter().map(|n| (n, shown(n)));
    let words: Vec<(&NodeRef<'_>, String)> = words
        .filter(|(n, words)| n.has_name("time") || words.contains(|c: char| c.is_ascii_digit()))
        .collect();
    let find = |words: &str| (words.len() <= LONGEST).then(|| dates::find(words, language))?;
    let alone = |words: &str| dates::iso(words, language).filter(|d| d.len() >= DAY);
    let mut nearest = words.iter();
    nearest
        .find_map(|(n, words)| match n.has_name("time") {
            true => said(n, language),
            false if is_named(n) => find(words),
            false => alone(words),
        })
        .or_else(|| {
            let mut few = words.iter().filter(|(_, words)| words.len() <= FEW);
            few.find_map(|(_, words)| find(words))
        })
        .or_else(|| {
            let mut begins = words.iter().filter(|(_, w)| dates::begins(w, language));
            begins.find_map(|(_, words)| dates::find(words, language))
        })
}
