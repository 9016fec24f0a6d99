//! Who wrote a page.

use dom_query::{Document as Page, NodeId, NodeRef};

use super::MetaTags;
use crate::reader::blocks::{is_byline, who_and_when};
use crate::reader::dates;
use crate::reader::input::draft::one_line;
use crate::reader::input::html::elements::shown;
use crate::reader::input::html::measure::Sizes;

/// The meta tags that say it.
const META: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.author",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "article:author_name",
    "rbauthors",
];
/// Where pages show it, the surest first.
const SHOWN: &[&str] = &[
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    "[rel=author]",
    ".author.vcard .fn",
    ".byline-name, .byline__name, .author-name, .author__name, .authorname, .post-author-name, .entry-author-name",
    ".byline a, .byline .author, .author a, .post-author a, .entry-author a, .article-author a, .article__author a",
    ".byline, .article-byline, .article__byline, .c-byline, .post-byline",
    ".author, .authors, .post-author, .entry-author, .article-author, .article__author, .autor, .autoren, .posted-by, .submitted",
    "[class*=byline]",
    "[class*=author-name], [class*=authorName]",
    "#author, #byline",
];
/// The longest name, in characters.
const LONGEST: usize = 100;
/// Elements after the title in which a line may say it.
const NEAR: usize = 200;
/// Words that programs and sites put where a name should stand.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "anonym",
    "anonymous",
    "anonyme",
    "anonimo",
    "anónimo",
    "archiv",
    "author",
    "autor",
    "by",
    "default",
    "editor",
    "editors",
    "guest",
    "gast",
    "moderator",
    "no author",
    "none",
    "null",
    "online",
    "owner",
    "publisher",
    "redaction",
    "root",
    "staff",
    "super user",
    "superuser",
    "system",
    "test",
    "unbenannt",
    "undefined",
    "unknown",
    "unnamed",
    "user",
    "verfasser",
    "von",
    "webmaster",
    "wordpressadmin",
    "wp-admin",
    "wpadmin",
    "about the author",
    "view all posts",
    "posted by",
    "profil",
    "kommentare",
];
/// Words before a name, several of them or one.
const BEFORE: &[&str] = &[
    "view all posts by",
    "post author by",
    "post author",
    "zeige alle beiträge von",
    "alle artikel von",
    "alle beiträge von",
    "gespeichert von",
    "eingestellt von",
    "veröffentlicht von",
    "erstellt von",
    "geschrieben von",
    "verfasst von",
    "ein beitrag von",
    "ein gastbeitrag von",
    "publié par",
    "publicado por",
    "escrito por",
    "scritto da",
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "text von",
    "text",
    "words by",
    "by",
    "von",
    "par",
    "por",
    "di",
    "av",
    "af",
    "door",
    "author",
    "autor",
    "autorin",
    "autoren",
    "autor/in",
    "verfasser",
    "interview",
    "foto",
    "texte",
    "gastbeitrag",
    "kommentar",
    "redaktion",
    "und interview",
];
/// Ends of what is an organisation's or a site's name.
const FIRMS: &[&str] = &[
    "e.v",
    "e. v",
    "gmbh",
    " ag",
    " eg",
    " ltd",
    " inc",
    " llc",
    "co. kg",
    "reserved",
    ".de",
    ".com",
    ".org",
    ".net",
    ".at",
    ".ch",
    ".eu",
    ".info",
    ".ua",
    ".tv",
    " media",
    "redaktion",
];
/// Words after a name that lead to a date, or to what can be done with the page.
const AFTER: &[&str] = &[
    "veröffentlicht",
    "publiziert",
    "publié",
    "publicado",
    "published",
    "posted",
    "updated",
    "aktualisiert",
    "date",
    "shares",
];
/// Days of the week as they are shortened before a date. Without one they are names.
const DAYS: &[&str] = &[
    "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
];
/// What follows a name and is none.
const DEGREES: &[&str] = &[
    "phd",
    "ph.d",
    "md",
    "m.d",
    "cnn",
    "dpa",
    "afp",
    "ap",
    "staff writer",
    "contributor",
    "editor",
];

/// The names as printed, without `By` and without what is no name.
pub(super) fn find(
    page: &Page,
    said: Option<&str>,
    meta: &MetaTags,
    site: &[String],
    sizes: &Sizes,
    heading: Option<NodeId>,
) -> String {
    let name = |words: &str| name(words, site);
    if let Some(name) = said.and_then(name) {
        return name;
    }
    let metas = meta.all(META);
    let mut names: Vec<String> = Vec::new();
    for found in metas.iter().filter_map(|m| name(m)) {
        if !names.contains(&found) {
            names.push(found);
        }
    }
    let several = meta.all(&["citation_author"]).len() > 1;
    match names.first() {
        Some(_) if several => return names.join(", "),
        Some(first) => return first.clone(),
        None => {}
    }
    let shown = |node: &NodeRef<'_>| {
        let fits = sizes.get(node.id).is_none_or(|s| s.letters <= LONGEST);
        fits.then(|| name(&shown(node)))?
    };
    let found = SHOWN
        .iter()
        .find_map(|s| page.select(s).nodes().iter().take(8).find_map(shown));
    found
        .or_else(|| printed(page, sizes, heading, site))
        .unwrap_or_default()
}

/// The name in a line near the title that says by whom it is.
fn printed(page: &Page, sizes: &Sizes, heading: Option<NodeId>, site: &[String]) -> Option<String> {
    let start = sizes.place(heading?)?;
    let after = sizes.elements.iter().skip(start).take(NEAR);
    let short = after.filter(|e| (4..LONGEST).contains(&e.letters));
    let words = short
        .filter_map(|e| page.tree.get(&e.id))
        .map(|n| shown(&n));
    words.filter(|w| is_byline(w)).find_map(|w| name(&w, site))
}

/// The name in `words`; none where they are something else.
fn name(words: &str, site: &[String]) -> Option<String> {
    let words = one_line(words);
    if words.contains("://") || words.contains("www.") || words.chars().count() > 3 * LONGEST {
        return None;
    }
    let (who, when) = who_and_when(&words);
    let all = who.len();
    let mut who = without_date(who);
    let is_dated = !when.is_empty() || who.len() < all;
    loop {
        let before = who.len();
        who = who.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | ';'
                        | ':'
                        | '|'
                        | '·'
                        | '•'
                        | '-'
                        | '–'
                        | '—'
                        | '/'
                        | '@'
                        | '('
                        | ')'
                        | '"'
                )
        });
        who = without_leading(who);
        who = without_degree(who);
        who = without_trailing(who, is_dated);
        if who.len() == before {
            break;
        }
    }
    let small = who.to_lowercase();
    let letters = who.chars().filter(|c| c.is_alphabetic()).count();
    let digits = who.chars().filter(char::is_ascii_digit).count();
    let is_name = letters >= 2
        && digits <= 4
        && digits < letters
        && who.chars().count() <= LONGEST
        && !who.contains(['{', '}', '<', '>', '?', '!', '→', '='])
        && who.split_whitespace().count() <= 14
        && !NOBODY.contains(&small.as_str())
        && !site.contains(&small)
        && !FIRMS
            .iter()
            .any(|f| small.trim_end_matches('.').ends_with(f))
        && dates::iso(who, "").is_none()
        && (!who.contains('@') || !who.contains('.'));
    is_name.then(|| who.to_string())
}

/// `words` without what stands before a name.
fn without_leading(words: &str) -> &str {
    let small = words.to_lowercase();
    let leading = BEFORE.iter().find(|b| {
        let rest = small.strip_prefix(*b);
        rest.is_some_and(|rest| rest.starts_with([' ', ':']) && rest.len() > 2)
    });
    // Small letters may be longer or shorter than capitals: such words stay as they are.
    leading.and_then(|b| words.get(b.len()..)).unwrap_or(words)
}

/// `words` without what follows a name of several words, or the name of its account; `is_dated` says that a date stood
/// after them.
fn without_trailing(words: &str, is_dated: bool) -> &str {
    let (name, last) = words.rsplit_once(' ').unwrap_or_default();
    let follows = last.starts_with('@')
        || AFTER.contains(&last.to_lowercase().as_str())
        || is_dated && DAYS.contains(&last);
    match follows && name.contains(' ') {
        true => name,
        false => words,
    }
}

/// `words` without a title or an employer after the last comma.
fn without_degree(words: &str) -> &str {
    match words.rsplit_once(',') {
        Some((name, rest)) => {
            let rest = rest.trim().trim_end_matches('.').to_lowercase();
            if DEGREES.contains(&rest.as_str()) {
                name
            } else {
                words
            }
        }
        None => words,
    }
}

/// The words before a date and what leads to it.
fn without_date(words: &str) -> &str {
    let cut = words.char_indices().find(|(at, c)| {
        let rest = &words[*at..];
        let apart = matches!(c, '|' | '·' | '•' | '—' | '–' | ',' | '/')
            || c.is_ascii_digit()
            || rest.starts_with(" am ")
            || rest.starts_with(" on ")
            || rest.starts_with(" - ");
        apart && dates::begins(rest, "de")
    });
    cut.map_or(words, |(at, _)| &words[..at])
}
