//! What the names that an element was given, its classes and its id, say of it. They are hints: a name alone never decides.

use std::sync::LazyLock;

use dom_query::NodeRef;
use rustc_hash::FxHashMap;

use super::elements::is_heading;
use crate::reader::input::account::Omission;

/// Names of classes and ids, or parts of them, whose elements are the page's and not the article's: what those hold, and how
/// much the name weighs. Only parts that are whole words between `-`, `_` and capitals count: `ad` is one in `ad-box`, not
/// in `header`; a name of several words has to have them side by side.
const PAGE: &[(Weight, Omission, &str)] = &[
    (
        Weight::Sure,
        Omission::Comments,
        "comment,comments,disqus,kommentare,kommentar,respond",
    ),
    (
        Weight::Sure,
        Omission::Surroundings,
        "consent,cookie,cookies,gdpr,popmake,cmplz",
    ),
    (Weight::Sure, Omission::Advertising, "outbrain,taboola"),
    (
        Weight::Heavy,
        Omission::Navigation,
        "breadcrumb,breadcrumbs",
    ),
    (
        Weight::Heavy,
        Omission::Advertising,
        "newsletter,signup,subscribe,subscription",
    ),
    (
        Weight::Heavy,
        Omission::Surroundings,
        "sidebar,widget,widgets,author bio,author box,author info,author card,authorbox,about author,post ratings,reading time,\
         read time,readtime",
    ),
    (
        Weight::Links,
        Omission::Navigation,
        "mostread,recirc,recommended,recommendation,recommendations,related,relatedposts,trending,recent posts,latest posts,\
         most read,read more,more stories,post navigation,more articles",
    ),
    (
        Weight::Light,
        Omission::Advertising,
        "ad,ads,advert,advertisement,anzeige,paywall,promo,promotion,sponsor,sponsored,upsell",
    ),
    (
        Weight::Light,
        Omission::Navigation,
        "menu,nav,navbar,navigation,teaser,tags,taglist",
    ),
    (
        Weight::Light,
        Omission::Surroundings,
        "banner,footer,login,modal,popup,print,share,sharing,social,teilen,toolbar",
    ),
    (Weight::Light, Omission::Repeated, "pullquote"),
];

/// How much a name weighs against the size of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It counts for something small, or for links.
    Light,
    /// It counts for links with some words to each of them.
    Links,
    /// It counts but for something large.
    Heavy,
    /// It counts, however large: unless there is nothing else.
    Sure,
}

/// Names that speak for the article: an element that has one of them beside another name is judged by its size.
const ARTICLE: &[&str] = &[
    "article", "body", "content", "entry", "post", "story", "text", "main", "page", "live",
];

/// What an element's names say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameHint {
    /// The name that says so.
    pub name: &'static str,
    /// What it holds.
    pub holds: Omission,
    /// How much the name weighs.
    pub weight: Weight,
    /// Whether another of its names speaks for the article.
    pub doubtful: bool,
}

/// What the names of `node`, an element called `name`, say; none where they say nothing.
pub(super) fn named(node: &NodeRef<'_>, name: &str) -> Option<NameHint> {
    let class = node.class().unwrap_or_default();
    let id = node.id_attr().unwrap_or_default();
    if class.is_empty() && id.is_empty() {
        return None;
    }
    let mut names: Vec<String> = parts(&class).collect();
    if !id.is_empty() && !is_of_words(node, name) {
        names.extend(parts(&id));
    }
    let known = (0..names.len()).flat_map(|at| {
        let begin = KNOWN.get(names[at].as_str()).into_iter().flatten();
        let rest = &names[at..];
        begin.filter(move |known| {
            let mut words = known.name.split(' ').zip(rest);
            words.clone().count() == known.name.split(' ').count() && words.all(|(a, b)| a == b)
        })
    });
    let known = known.min_by_key(|known| known.rank)?;
    Some(NameHint {
        name: known.name,
        holds: known.holds,
        weight: known.weight,
        doubtful: names.iter().any(|p| ARTICLE.contains(&p.as_str())),
    })
}

/// A name of the table, found by its first word.
struct KnownName {
    /// Its place in the table: the first one counts.
    rank: usize,
    name: &'static str,
    weight: Weight,
    holds: Omission,
}

static KNOWN: LazyLock<FxHashMap<&'static str, Vec<KnownName>>> = LazyLock::new(|| {
    let mut known: FxHashMap<&'static str, Vec<KnownName>> = FxHashMap::default();
    let rows = PAGE.iter().flat_map(|(weight, holds, names)| {
        let names = names.split(',').map(str::trim);
        names.map(move |name| (*weight, *holds, name))
    });
    for (rank, (weight, holds, name)) in rows.enumerate() {
        let first = name.split(' ').next().unwrap_or_default();
        known.entry(first).or_default().push(KnownName {
            rank,
            name,
            weight,
            holds,
        });
    }
    known
});

/// Parts of the names of what leads to an article.
const LEADS: &[&str] = &[
    "subtitle",
    "subheadline",
    "subhead",
    "teaser",
    "lead",
    "lede",
    "intro",
    "introduction",
    "dek",
    "deck",
    "standfirst",
    "summary",
    "excerpt",
    "abstract",
    "vorspann",
    "chapo",
    "bajada",
    "sottotitolo",
    "entradilla",
    "description",
];

/// Whether the names of an element, or of the one around it, say that it leads to the article.
pub(super) fn leads(node: &NodeRef<'_>) -> bool {
    let named = |n: &NodeRef<'_>| {
        let class = n.class().unwrap_or_default();
        parts(&class).any(|p| LEADS.contains(&p.as_str()))
    };
    named(node) || node.parent().is_some_and(|p| named(&p))
}

/// Whether the id of an element is made of its words, as generators make them for headings, lists and sections: it says
/// what they are about, and not what the element is.
pub(super) fn is_of_words(node: &NodeRef<'_>, name: &str) -> bool {
    if is_heading(name)
        || matches!(
            name,
            "p" | "ul" | "ol" | "dl" | "li" | "dt" | "dd" | "table"
        )
    {
        return true;
    }
    // A section that begins with its heading.
    let heading = node
        .descendants_it()
        .filter(|n| n.is_element())
        .take(3)
        .find(|n| n.node_name().is_some_and(|name| is_heading(&name)));
    let Some(heading) = heading else {
        return false;
    };
    let id = node.id_attr().unwrap_or_default();
    let slug = |words: &str| -> String {
        let plain = any_ascii::any_ascii(words).to_lowercase();
        plain.chars().filter(char::is_ascii_alphanumeric).collect()
    };
    let (id, words) = (slug(&id), slug(&heading.text()));
    name == "section" || !id.is_empty() && (words == id || id.len() > 6 && words.starts_with(&id))
}

/// The words of a class list or an id, in lower case: `articleBody main-text` has four.
pub(super) fn parts(names: &str) -> impl Iterator<Item = String> + '_ {
    names
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(|name| {
            let mut words: Vec<String> = Vec::new();
            let mut small = false;
            for c in name.chars() {
                if c.is_uppercase() && small || words.is_empty() {
                    words.push(String::new());
                }
                small = c.is_lowercase();
                if let Some(word) = words.last_mut() {
                    word.extend(c.to_lowercase());
                }
            }
            words
        })
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_marks_and_capitals() {
        let got: Vec<String> = parts("articleBody main-text ad_box2 HEADER").collect();
        assert_eq!(
            got,
            ["article", "body", "main", "text", "ad", "box2", "header"]
        );
    }

    #[test]
    fn an_id_made_of_words_says_what_they_are_about() {
        for (html, want) in [
            ("<h2 id=related-costs>Related costs</h2>", true),
            ("<ul id=tags-of-the-dispute><li>x</ul>", true),
            (
                "<div id=sharing-the-cost><h2>Sharing the cost</h2></div>",
                true,
            ),
            (
                "<section id=comments><h2>What they said</h2></section>",
                true,
            ),
            ("<div id=comments><h2>12 replies</h2></div>", false),
            ("<div id=share><p>x</p></div>", false),
        ] {
            let page = dom_query::Document::from(html);
            let body = page.body();
            let first = body.and_then(|b| b.first_element_child());
            let got = first.map(|n| is_of_words(&n, &n.node_name().unwrap_or_default()));
            assert_eq!(got, Some(want), "{html}");
        }
    }
}
