//! When a page was published.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::{Document as Page, NodeId, NodeRef};

use super::MetaTags;
use crate::reader::dates;
use crate::reader::input::html::data::{self, PageData};
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
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
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
];
/// Those that say a day, and perhaps of what: of the file, or of its last change. What readers see comes first.
const VAGUE: &[&str] = &[
    "date",
    "created",
    "created_at",
    "timestamp",
    "creationdate",
    "datecreated",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc.created",
    "cdate",
    "article:created",
    "weibo:article:create_at",
];
/// Words, in small letters, that a day follows on which something was published.
const ANNOUNCES: &[&str] = &[
    "published",
    "published on",
    "posted",
    "posted on",
    "veröffentlicht",
    "veröffentlicht am",
    "erschienen",
    "erschienen am",
    "erstellt",
    "erstellt am",
    "eingestellt am",
    "mitteilung vom",
    "meldung vom",
    "artikel vom",
    "beitrag vom",
    "publié le",
    "mis en ligne le",
    "publicado el",
    "publicado em",
    "pubblicato il",
    "notizia del",
    "gepubliceerd op",
    "opublikowano",
];

/// All of [`ANNOUNCES`] in one look. Most lines hold none of them.
static ANNOUNCED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    #[allow(clippy::expect_used)]
    AhoCorasick::new(ANNOUNCES).expect("a few words")
});
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
    "metadata",
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
/// The longest words in which a day counts whatever else they say, in bytes; and letters of a line that announces one.
const FEW: usize = 80;
/// Digits that a day with its year has at least: `3 May 26`.
const DIGITS: usize = 3;
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
    let iso = |words: &str| whole_day(words, language);
    let tags = |names: &[&str]| meta.all(names).iter().find_map(|said| iso(said));
    let said = data.published.as_deref().and_then(iso);
    let printed = near(page, language, sizes, heading);
    let sure = said.or_else(|| tags(META));
    if let Some(coded) = sure.or_else(|| tags(VAGUE).filter(|_| printed.is_none())) {
        return Some(match printed {
            Some(printed) => agreed(coded, printed, || {
                let others = meta.all(META).into_iter().chain(meta.all(VAGUE));
                let others = others.chain(data::published(page));
                others.filter_map(|said| iso(&said)).collect()
            }),
            None => coded,
        });
    }
    marked(page, language)
        .or_else(|| announced(page, language, sizes))
        .or(printed)
        .or_else(|| anywhere(page, language, sizes))
        .or_else(|| data::published(page).as_deref().and_then(iso))
}

/// What `words` say, if it is a day, and not a month or a year alone.
fn whole_day(words: &str, language: &str) -> Option<String> {
    dates::iso(words, language).filter(|d| d.len() >= DAY)
}

/// Which day counts of the one that the page says to programs, and the one that it shows to readers. That one counts where
/// the page says it to programs, too, or where it may be the same moment somewhere else in the world.
fn agreed(coded: String, printed: String, others: impl FnOnce() -> Vec<String>) -> String {
    let day = |d: &str| d.get(..DAY).unwrap_or_default().to_string();
    if day(&coded) == day(&printed) {
        return coded;
    }
    let same = |other: &String| day(other) == day(&printed);
    if let Some(other) = others().into_iter().find(same) {
        return other;
    }
    match may_be_same_moment(&coded, &printed) {
        true => printed,
        false => coded,
    }
}

/// Whether a moment may be on another day where an article was published: the next one or the one before, unless the
/// moment is given in the time of that place.
fn may_be_same_moment(moment: &str, day: &str) -> bool {
    let date = |d: &str| d.get(..DAY)?.parse::<jiff::civil::Date>().ok();
    let (Some(here), Some(there)) = (date(moment), date(day)) else {
        return false;
    };
    let is_next = here.tomorrow().is_ok_and(|next| next == there);
    let is_before = there.tomorrow().is_ok_and(|next| next == here);
    let zone = moment.get(DAY + 9..).unwrap_or_default();
    let hour = moment
        .get(DAY + 1..DAY + 3)
        .and_then(|h| h.parse::<u8>().ok());
    match (hour, zone) {
        // Clocks are at most fourteen hours before those of Greenwich, and twelve after.
        (Some(hour), "Z" | "+00:00") => is_next && hour >= 10 || is_before && hour < 12,
        (Some(_), "") | (None, _) => is_next || is_before,
        (Some(_), _) => false,
    }
}

/// The first day that stands anywhere on the page: in a `time`, in an element with a telling name, alone.
fn anywhere(page: &Page, language: &str, sizes: &Sizes) -> Option<String> {
    let times = page.select("article time, main time, time");
    let mut times = times.nodes().iter();
    times.find_map(|n| said(n, language)).or_else(|| {
        let elements = sizes.elements.iter();
        let short = elements.filter(|e| e.digits >= DIGITS && e.letters < FEW);
        let nodes = short.filter_map(|e| page.tree.get(&e.id));
        let days = nodes.filter_map(|n| {
            let day = whole_day(&shown(&n), language)?;
            Some((is_named(&n), day))
        });
        let days: Vec<(bool, String)> = days.collect();
        let named = days.iter().find(|(named, _)| *named);
        named.or(days.first()).map(|(_, day)| day.clone())
    })
}

/// The day in a line that says what it is the day of: `Published on 4 May 2026`, `Pressemitteilung vom 4. Mai 2026`.
fn announced(page: &Page, language: &str, sizes: &Sizes) -> Option<String> {
    let elements = sizes.elements.iter();
    let short = elements.filter(|e| e.digits >= DIGITS && (4..FEW).contains(&e.letters));
    // One that holds no other words than the one around it says the same.
    let others = short.filter(|e| {
        let around = e.parent.map(|p| &sizes.elements[p]);
        around.is_none_or(|p| p.letters != e.letters)
    });
    let nodes = others.filter_map(|e| page.tree.get(&e.id));
    let mut lines = nodes.filter(NodeRef::is_element).map(|n| shown(&n));
    lines.find_map(|line| {
        let is_short = line.len() <= LONGEST;
        is_short.then(|| announced_in(&line, language))?
    })
}

/// The day that a line announces.
fn announced_in(line: &str, language: &str) -> Option<String> {
    let line = line.to_lowercase();
    if !ANNOUNCED.is_match(&line) {
        return None;
    }
    let mut announced = ANNOUNCES.iter().filter_map(|words| {
        let at = line.find(words)?;
        let apart = !line[..at].ends_with(char::is_alphabetic) || words.ends_with("vom");
        apart.then_some(at + words.len())
    });
    announced.find_map(|end| {
        let rest = line[end..].trim_start_matches([':', ' ', '\u{a0}']);
        dates::begins(rest, language).then(|| dates::find(rest, language))?
    })
}

/// The day in an element that is marked as saying it.
fn marked(page: &Page, language: &str) -> Option<String> {
    let marked = page.select(
        "[itemprop=datePublished], time[pubdate], abbr.published, time.published, .entry-date",
    );
    marked.nodes().iter().find_map(|n| said(n, language))
}

/// The day that an element says, in its attributes or in its words.
fn said(node: &NodeRef<'_>, language: &str) -> Option<String> {
    let attributes = ["datetime", "content", "title"];
    let data = attributes.iter().filter_map(|a| node.attr(a));
    let data = data.map(|d| d.to_string()).chain([shown(node)]);
    data.into_iter()
        .find_map(|words| whole_day(&words, language))
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
        let nodes = short.filter_map(|e| Some((e.digits >= DIGITS, page.tree.get(&e.id)?)));
        // A day has a digit in it: most elements need not be looked at any further.
        let may_say = nodes.filter(|(digit, n)| n.is_element() && (*digit || n.has_name("time")));
        may_say.map(|(_, node)| node).collect::<Vec<_>>()
    });
    around.iter().find_map(|nodes| day_in(nodes, language))
}

/// The day that some of these elements say.
fn day_in(nodes: &[NodeRef<'_>], language: &str) -> Option<String> {
    let words: Vec<(&NodeRef<'_>, String)> = nodes.iter().map(|n| (n, shown(n))).collect();
    let find = |words: &str| (words.len() <= LONGEST).then(|| dates::find(words, language))?;
    let alone = |words: &str| whole_day(words, language);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_announces_its_day() {
        for (line, language, want) in [
            ("Published: 4 May 2026, 05:36", "en", Some("2026-05-04")),
            (
                "Letzte Änderung: 31.10.2025 Erschienen am: 01.11.2025",
                "de",
                Some("2025-11-01"),
            ),
            (
                "Pressemitteilung vom 25. Januar 2026 | Norvik",
                "de",
                Some("2026-01-25"),
            ),
            ("Notizia del 14 Gennaio 2026", "it", Some("2026-01-14")),
            ("Publié le 4 mai 2026 à 10h", "fr", Some("2026-05-04")),
            (
                "The report was published by the board of 4 May 2026",
                "en",
                None,
            ),
            ("Unpublished 4 May 2026", "en", None),
        ] {
            assert_eq!(announced_in(line, language).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn readers_see_another_day_only_where_the_moment_may_be_on_it() {
        for (moment, day, want) in [
            ("2026-05-04T23:00:00Z", "2026-05-05", true),
            ("2026-05-04T05:00:00Z", "2026-05-05", false),
            ("2026-05-04T05:00:00+00:00", "2026-05-03", true),
            ("2026-05-04T23:00:00+02:00", "2026-05-05", false),
            ("2026-05-04", "2026-05-05", true),
            ("2026-05-04T23:00:00Z", "2026-05-06", false),
        ] {
            assert_eq!(may_be_same_moment(moment, day), want, "{moment} {day}");
        }
    }

    #[test]
    fn of_several_days_for_programs_the_one_that_readers_see_counts() {
        let agree = |others: &[&str]| {
            let others = others.iter().map(ToString::to_string).collect();
            agreed("2026-01-04".into(), "2026-05-06".into(), || others)
        };
        assert_eq!(agree(&["2026-05-06T08:00:00"]), "2026-05-06T08:00:00");
        assert_eq!(agree(&["2026-05-07"]), "2026-01-04");
    }
}
