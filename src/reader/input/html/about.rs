//! What a page says of itself: title, byline, date, address, language.

mod byline;
mod published;
mod title;

use dom_query::{Document as Page, NodeId};

use super::data;
use super::measure::Sizes;
use crate::reader::input::draft::one_line;

/// What a page says of itself; empty where it says nothing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PageFacts {
    pub title: String,
    /// The heading that is the title.
    pub heading: Option<NodeId>,
    pub byline: String,
    /// When it was published, in ISO 8601.
    pub published_at: Option<String>,
    pub url: Option<String>,
    pub language: String,
    /// Whether the page says of itself that it is an article.
    pub is_article: bool,
    /// The article's words, where they stand in the page's data.
    pub body: Option<String>,
}

/// Reads the page's data: structured data first, then meta tags, then what stands on the page. `address` is where it was
/// got from.
pub(super) fn read(page: &Page, sizes: &Sizes, address: Option<&str>) -> PageFacts {
    let data = data::read(page);
    let meta = MetaTags::of(page);
    let link = page.select_single("link[rel=canonical]").attr("href");
    let url = link
        .map(|u| one_line(&u))
        .or_else(|| meta.first(&["og:url"]))
        .filter(|u| u.starts_with("http://") || u.starts_with("https://"));
    let language = page.select_single("html").attr("lang");
    let language = language
        .or_else(|| page.select_single("html").attr("xml:lang"))
        .map(|l| one_line(&l))
        .filter(|l| l.len() >= 2 && l.len() <= 35)
        .unwrap_or_default();
    let said = data.headline.clone();
    let (title, heading) = title::find(page, said.or_else(|| meta.first(title::META)));
    let site = site_names(page, &meta, &data.publishers, &title);
    let byline = byline::find(page, data.author.as_deref(), &meta, &site, sizes, heading);
    let published_at = published::find(page, &data, &meta, &language, sizes, heading)
        .or_else(|| url.as_deref().and_then(crate::reader::dates::in_address))
        .or_else(|| address.and_then(crate::reader::dates::in_address));
    PageFacts {
        title,
        heading,
        byline,
        published_at,
        url,
        language,
        is_article: data.headline.is_some()
            || meta
                .first(&["og:type"])
                .is_some_and(|kind| kind == "article"),
        body: data.body,
    }
}

/// The names by which the site calls itself, in small letters.
fn site_names(page: &Page, meta: &MetaTags, publishers: &[String], title: &str) -> Vec<String> {
    let window = one_line(&page.select_single("title").text());
    let mut names: Vec<String> = publishers.to_vec();
    names.extend(meta.all(&[
        "og:site_name",
        "application-name",
        "publisher",
        "dc.publisher",
        "copyright",
    ]));
    // What stands beside the title in the window's name.
    let rest = window.replace(title, "\u{1}");
    if rest.contains('\u{1}') {
        let parts = rest.split(['\u{1}', '|', '–', '—', '-', '·', ':', '»']);
        names.extend(parts.map(|p| p.trim().to_string()));
    }
    let mut names: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
    names.retain(|n| n.chars().count() > 2);
    names
}

/// The page's meta tags: their names in small letters, and what they say.
pub(super) struct MetaTags(Vec<(String, String)>);

impl MetaTags {
    fn of(page: &Page) -> Self {
        let mut tags = Vec::new();
        for meta in page.select("meta[content]").nodes() {
            let content = one_line(&meta.attr_or("content", ""));
            if content.is_empty() {
                continue;
            }
            for key in ["name", "property", "itemprop", "http-equiv"] {
                if let Some(name) = meta.attr(key) {
                    tags.push((name.trim().to_lowercase(), content.clone()));
                }
            }
        }
        Self(tags)
    }

    /// What the tags of these names say, the first name first.
    pub(super) fn all(&self, names: &[&str]) -> Vec<String> {
        let said = names.iter().flat_map(|name| {
            let tags = self.0.iter().filter(move |(n, _)| n == name);
            tags.map(|(_, content)| content.clone())
        });
        said.collect()
    }

    /// What the first of them says.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).into_iter().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(head: &str, body: &str) -> PageFacts {
        let page = Page::from(format!(
            "<html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
        ));
        let sizes = Sizes::of(&page.root());
        let facts = read(&page, &sizes, None);
        PageFacts {
            heading: None,
            ..facts
        }
    }

    #[test]
    fn structured_data_comes_before_meta_tags_and_the_page() {
        let got = about(
            "<title>Pier shut | Kell Post</title><link rel=canonical href='https://kell.example/pier'>\
             <meta name=author content='Somebody'><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\"},\
             {\"@type\":\"NewsArticle\",\"headline\":\"Pier shut\",\"datePublished\":\"2026-11-17\",\
             \"author\":[{\"name\":\"Mara Oduya\"},{\"name\":\"Jon Pell\"}]}]}</script>",
            "<h1>Pier shut for good</h1>",
        );
        assert_eq!(
            got,
            PageFacts {
                title: "Pier shut for good".into(),
                byline: "Mara Oduya, Jon Pell".into(),
                published_at: Some("2026-11-17".into()),
                url: Some("https://kell.example/pier".into()),
                language: "en-GB".into(),
                is_article: true,
                ..PageFacts::default()
            }
        );
    }

    #[test]
    fn a_page_without_data_is_read_as_it_is_shown() {
        let got = about(
            "<title>Pier shut for good - Kell Post</title>",
            "<p class=byline>By Mara Oduya</p><time datetime='2026-11-17T10:00Z'>today</time>",
        );
        assert_eq!(got.title, "Pier shut for good");
        assert_eq!(got.byline, "Mara Oduya");
        assert_eq!(got.published_at.as_deref(), Some("2026-11-17T10:00:00Z"));
        assert_eq!(got.url, None);
    }

    #[test]
    fn broken_data_is_passed_over() {
        let got = about(
            "<script type='application/ld+json'>{\"@type\": [</script>",
            "<h1>A</h1><h1>B</h1>",
        );
        assert_eq!(
            got,
            PageFacts {
                language: "en-GB".into(),
                ..PageFacts::default()
            }
        );
    }

    #[test]
    fn a_date_is_none_that_is_none() {
        for (head, body, want) in [
            (
                "<meta property='article:published_time' content='2026-05-04T05:36:09+01:00'>",
                "",
                Some("2026-05-04T05:36:09+01:00"),
            ),
            ("", "<h1>Pier shut</h1><p>321,046</p>", None),
            (
                "",
                "<h1>Pier shut</h1><p class=date>04.05.2026</p>",
                Some("2026-05-04"),
            ),
            (
                "<meta name='DCTERMS.issued' content='1651035600'><meta name=date content='4 May 2026'>",
                "",
                Some("2026-05-04"),
            ),
            (
                "<link rel=canonical href='https://kell.example/2026/05/04/pier'>",
                "",
                Some("2026-05-04"),
            ),
            (
                "",
                "<span itemprop=datePublished>May 4, 2026</span>",
                Some("2026-05-04"),
            ),
            // What a tag says vaguely is of the file; readers see when it was published.
            (
                "<meta name=date content='2026-05-12'>",
                "<h1>Pier shut</h1><div class='news-single-timedata'>05.05.2026 - Red.</div>",
                Some("2026-05-05"),
            ),
            (
                "",
                "<script>var page = {\"published_at\":\"2026-05-04T06:22:28+01:00\"};</script>",
                Some("2026-05-04T06:22:28+01:00"),
            ),
        ] {
            assert_eq!(
                about(head, body).published_at.as_deref(),
                want,
                "{head}{body}"
            );
        }
    }

    #[test]
    fn a_byline_is_no_date_no_number_no_site_and_nobody() {
        for (head, body, want) in [
            (
                "<meta name=author content='Norvik Post'><title>Pier | Norvik Post</title>",
                "<h1>Pier</h1><p class=byline>By Ada Holm</p>",
                "Ada Holm",
            ),
            (
                "<meta name=author content='admin'>",
                "<p class=byline>Von Ada Holm</p>",
                "Ada Holm",
            ),
            ("<meta name=author content='2026'>", "", ""),
            ("", "<p class=byline>6 de mayo de 2022 05:30</p>", ""),
            (
                "<meta property='article:author' content='https://facebook.example/ada'>",
                "<a rel=author>Ada Holm</a>",
                "Ada Holm",
            ),
            (
                "",
                "<p class=author>By Ada Holm, 4 May 2026</p>",
                "Ada Holm",
            ),
            ("<meta name=author content='publisher'>", "", ""),
            (
                "",
                "<p class=author>Ada Holm Mi, 4. Mai 2026</p>",
                "Ada Holm",
            ),
            ("", "<p class=author>Tran Van Do</p>", "Tran Van Do"),
            ("", "<p class=author>Ada Holm @adaholm</p>", "Ada Holm"),
            (
                "",
                "<p class=author>Ada Holm Veröffentlicht</p>",
                "Ada Holm",
            ),
        ] {
            assert_eq!(about(head, body).byline, want, "{head}{body}");
        }
    }
}
