//! What a page says of itself: title, byline, date, address, language.

use dom_query::Document as Page;

use crate::reader::input::draft::one_line;

/// What a page says of itself; empty where it says nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageFacts {
    pub title: String,
    pub byline: String,
    pub published_at: Option<String>,
    pub url: Option<String>,
    pub language: String,
}

/// Reads the page's data: structured data first, then meta tags, then what stands on the page.
pub(super) fn read(page: &Page) -> PageFacts {
    let data = structured(page);
    let meta = |selectors: &[&str]| {
        selectors.iter().find_map(|s| {
            let content = page.select_single(s).attr("content")?;
            let content = one_line(&content);
            (!content.is_empty()).then_some(content)
        })
    };
    let shown = |selectors: &[&str], longest: usize| {
        selectors.iter().find_map(|s| {
            let text = one_line(&page.select_single(s).text());
            (!text.is_empty() && text.len() <= longest).then_some(text)
        })
    };
    let link = page.select_single("link[rel=canonical]").attr("href");
    let url = link
        .map(|u| one_line(&u))
        .or_else(|| meta(&["meta[property='og:url']"]))
        .filter(|u| u.starts_with("http://") || u.starts_with("https://"));
    let byline = data
        .author
        .or_else(|| {
            meta(&[
                "meta[name=author]",
                "meta[property='article:author']",
                "meta[name='dc.creator']",
                "meta[name='DC.creator']",
                "meta[name='parsely-author']",
            ])
        })
        // Some pages give the author's address instead of the name.
        .filter(|a| !a.contains("://"))
        .or_else(|| {
            shown(
                &[
                    "[itemprop=author] [itemprop=name]",
                    "[itemprop=author]",
                    "a[rel=author]",
                    ".byline",
                    ".author-name",
                    ".author",
                ],
                120,
            )
        })
        .unwrap_or_default();
    let published_at = data
        .published
        .or_else(|| {
            meta(&[
                "meta[property='article:published_time']",
                "meta[itemprop=datePublished]",
                "meta[name='dc.date']",
                "meta[name='DC.date.issued']",
                "meta[name=date]",
                "meta[name='parsely-pub-date']",
                "meta[name=pubdate]",
            ])
        })
        .or_else(|| {
            let time = page.select_single("time[datetime]").attr("datetime");
            time.map(|t| one_line(&t))
                .filter(|t| t.starts_with(|c: char| c.is_ascii_digit()) && t.len() >= 8)
        });
    let language = page.select_single("html").attr("lang");
    PageFacts {
        title: title(
            page,
            data.headline
                .or_else(|| meta(&["meta[property='og:title']", "meta[name='twitter:title']"])),
        ),
        byline: without_by(&byline),
        published_at,
        url,
        language: language
            .map(|l| one_line(&l))
            .filter(|l| l.len() >= 2 && l.len() <= 35)
            .unwrap_or_default(),
    }
}

fn without_by(byline: &str) -> String {
    let rest = ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por "]
        .iter()
        .find_map(|b| byline.strip_prefix(b))
        .unwrap_or(byline);
    rest.trim().to_string()
}

/// The headline: the page's only first-level heading is it; else what the data says; else the window's title without
/// the site's name behind it.
fn title(page: &Page, said: Option<String>) -> String {
    let headings: Vec<String> = page
        .select("h1")
        .iter()
        .map(|h| one_line(&h.text()))
        .filter(|h| !h.is_empty())
        .collect();
    let window = one_line(&page.select_single("title").text());
    if let [only] = headings.as_slice()
        && (said.is_none()
            || said.as_deref().is_some_and(|s| alike(s, only))
            || alike(&window, only))
    {
        return only.clone();
    }
    if let Some(said) = said {
        return said;
    }
    if let Some(heading) = headings.into_iter().find(|h| alike(&window, h)) {
        return heading;
    }
    match [" | ", " – ", " — ", " - ", " · "]
        .iter()
        .find_map(|cut| window.rsplit_once(cut))
    {
        Some((title, site))
            if title.split_whitespace().count() >= site.split_whitespace().count() =>
        {
            title.to_string()
        }
        _ => window,
    }
}

/// Whether one title holds the other's words.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    !b.is_empty() && (a.contains(&b) || b.contains(&a) && !a.is_empty())
}

#[derive(Debug, Default)]
struct Structured {
    headline: Option<String>,
    author: Option<String>,
    published: Option<String>,
}

/// The article's own entry in the page's JSON-LD.
fn structured(page: &Page) -> Structured {
    for script in page
        .select("script[type='application/ld+json']")
        .iter()
        .take(16)
    {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&script.text()) else {
            continue;
        };
        let graph = value.get("@graph").cloned();
        let entries = match graph.unwrap_or(value) {
            serde_json::Value::Array(entries) => entries,
            one => vec![one],
        };
        for entry in &entries {
            let kind = entry
                .get("@type")
                .map(ToString::to_string)
                .unwrap_or_default();
            if ![
                "Article",
                "NewsArticle",
                "BlogPosting",
                "ReportageNewsArticle",
                "LiveBlog",
            ]
            .iter()
            .any(|k| kind.contains(k))
            {
                continue;
            }
            let text = |key: &str| {
                let text = one_line(entry.get(key)?.as_str()?);
                (!text.is_empty()).then_some(text)
            };
            return Structured {
                headline: text("headline"),
                author: entry.get("author").and_then(names),
                published: text("datePublished"),
            };
        }
    }
    Structured::default()
}

/// The names in an author entry: a string, a person, or a list of either.
fn names(author: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    let names: Vec<String> = match author {
        Value::String(name) => vec![one_line(name)],
        Value::Array(all) => all.iter().take(12).filter_map(names).collect(),
        Value::Object(person) => vec![one_line(person.get("name")?.as_str()?)],
        _ => return None,
    };
    let names: Vec<String> = names.into_iter().filter(|n| !n.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(head: &str, body: &str) -> PageFacts {
        read(&Page::from(format!(
            "<html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
        )))
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
        assert_eq!(got.published_at.as_deref(), Some("2026-11-17T10:00Z"));
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
}
