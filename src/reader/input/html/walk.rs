//! Walks a page's elements and builds blocks of them.

use dom_query::NodeRef;

use crate::core::vocabulary::BlockKind;
use crate::reader::input::build::DocumentBuilder;

/// Elements that hold nothing to read.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "button", "form", "input", "select",
    "textarea", "iframe", "object", "embed", "canvas", "audio", "video", "head", "nav", "map",
    "dialog", "datalist", "progress", "meter",
];

/// Elements that end one block and begin another.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Names of classes and ids, or parts of them, whose elements are the page's and not the article's. Only parts that are
/// whole words between `-`, `_` and capitals count: `ad` is one in `ad-box`, not in `header`.
const PAGE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "anzeige",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "kommentare",
    "login",
    "menu",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "paywall",
    "popup",
    "print",
    "promo",
    "promotion",
    "pullquote",
    "recirc",
    "recommended",
    "recommendation",
    "recommendations",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "taglist",
    "teaser",
    "teilen",
    "toolbar",
    "trending",
    "upsell",
    "widget",
];

/// Names that speak for the article: an element that also has one of them stays.
const ARTICLE: &[&str] = &[
    "article", "body", "content", "entry", "post", "story", "text", "main", "page", "live",
];

/// A quotation of a post is the article's, whatever its class says.
const KEPT: &[&str] = &[
    "blockquote",
    "html",
    "body",
    "main",
    "figure",
    "figcaption",
    "p",
    "article",
];

/// Takes out of the page what is plainly not the article's.
pub(super) fn strip(page: &dom_query::Document) {
    for selector in [
        "nav",
        "form",
        "button",
        "[role=navigation]",
        "[role=dialog]",
        "[aria-hidden=true]",
        "[hidden]",
    ] {
        page.select(selector).remove();
    }
    // The extractor judges by class names, too: of a quotation or a picture they say nothing about what it is.
    for kept in page.select("blockquote, figure, figcaption").nodes() {
        kept.remove_attrs(&["class", "id"]);
    }
    // It drops every header, even the one that holds the article's first words.
    for header in page.select("article header, main header").nodes() {
        header.rename("div");
    }
    let doomed: Vec<_> = page
        .root()
        .descendants_it()
        .filter(|n| n.is_element() && is_page(n))
        .collect();
    for node in doomed {
        node.remove_from_parent();
    }
}

fn is_page(node: &NodeRef<'_>) -> bool {
    let name = node.node_name().unwrap_or_default();
    if KEPT.contains(&&*name) {
        return is_comment(node);
    }
    if &*name == "footer"
        && !node
            .ancestors_it(Some(16))
            .any(|a| a.has_name("article") || a.has_name("main"))
    {
        return true;
    }
    let (class, id) = (
        node.class().unwrap_or_default(),
        node.id_attr().unwrap_or_default(),
    );
    let names = || parts(&class).chain(parts(&id));
    names().any(|p| PAGE.contains(&p.as_str())) && !names().any(|p| ARTICLE.contains(&p.as_str()))
}

/// Readers' comments are often articles of their own.
fn is_comment(node: &NodeRef<'_>) -> bool {
    let class = node.class().unwrap_or_default();
    let comment = parts(&class).any(|p| p == "comment" || p == "comments" || p == "pullquote");
    comment && !node.has_name("body") && !node.has_name("html")
}

/// The words of a class list or an id, in lower case: `articleBody main-text` has four.
fn parts(names: &str) -> impl Iterator<Item = String> + '_ {
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

/// Bytes of the text that stands in paragraphs of some length: how much there is to read.
pub(super) fn paragraph_bytes(root: &NodeRef<'_>) -> usize {
    root.descendants_it()
        .filter(|n| n.has_name("p"))
        .map(|p| p.text().trim().len())
        .filter(|len| *len >= 80)
        .sum()
}

/// One element on the way down.
struct Frame {
    name: String,
    opened: bool,
}

/// State of a walk.
struct Walk<'a> {
    builder: &'a mut DocumentBuilder,
    quotes: usize,
    items: usize,
    captions: usize,
    heading: bool,
    pre: bool,
    links: usize,
    /// Cells of the row so far; none outside of tables with several columns.
    cells: Option<usize>,
    /// How many blocks of each kind of element were begun, for their locators.
    counts: std::collections::HashMap<String, usize>,
    id: Option<String>,
    chapter: Option<&'a str>,
    /// Bytes of the open block that stand in links, and all of them.
    linked: (usize, usize),
    breaks: usize,
    title: &'a str,
}

/// Builds blocks of what stands under `root`. `title` is left out where it is repeated as a heading. A locator is the
/// nearest `#id`, else the element and its number (`p 3`); `chapter` is put before it.
pub(in crate::reader::input) fn walk(
    builder: &mut DocumentBuilder,
    root: &NodeRef<'_>,
    title: &str,
    chapter: Option<&str>,
) {
    let mut walk = Walk {
        builder,
        quotes: 0,
        items: 0,
        captions: 0,
        heading: false,
        pre: false,
        links: 0,
        cells: None,
        counts: std::collections::HashMap::new(),
        id: None,
        chapter,
        linked: (0, 0),
        breaks: 0,
        title,
    };
    // An own stack: pages nest elements as deep as they like.
    let mut stack: Vec<(NodeRef<'_>, Option<Frame>)> = vec![(*root, None)];
    while let Some((node, frame)) = stack.pop() {
        if let Some(frame) = frame {
            walk.leave(&frame);
            continue;
        }
        if node.is_text() {
            walk.text(&node.text());
            continue;
        }
        if node.is_element() {
            let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
            if SILENT.contains(&name.as_str()) {
                continue;
            }
            let frame = walk.enter(&node, name);
            stack.push((node, Some(frame)));
        }
        stack.extend(node.children_it(true).map(|child| (child, None)));
    }
    walk.end();
}

impl Walk<'_> {
    fn kind(&self) -> BlockKind {
        if self.captions > 0 {
            BlockKind::Caption
        } else if self.quotes > 0 {
            BlockKind::QuoteBlock
        } else if self.heading {
            BlockKind::Headline
        } else if self.items > 0 || self.cells.is_some() {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    fn locator(&mut self, name: &str) -> String {
        let place = match self.id.take() {
            Some(id) => format!("#{id}"),
            None => {
                let count = self.counts.entry(name.to_string()).or_default();
                *count += 1;
                format!("{name} {count}")
            }
        };
        match self.chapter {
            Some(chapter) => format!("{chapter}, {place}"),
            None => place,
        }
    }

    fn enter(&mut self, node: &NodeRef<'_>, name: String) -> Frame {
        if let Some(id) = node
            .id_attr()
            .filter(|id| !id.is_empty() && id.len() <= 80 && !id.starts_with("readability"))
        {
            self.id = Some(id.to_string());
        }
        match name.as_str() {
            "blockquote" => self.quotes += 1,
            "li" | "dd" | "dt" => self.items += 1,
            "figcaption" | "caption" => self.captions += 1,
            "a" => self.links += 1,
            "br" => {
                self.breaks += 1;
                match self.breaks {
                    1 => self.builder.line_break(),
                    _ => self.end(),
                }
            }
            "tr" => {
                let cells = node.element_children();
                let simple = cells.iter().all(|c| {
                    !c.descendants_it()
                        .any(|d| d.has_name("p") || d.has_name("div") || d.has_name("table"))
                });
                if cells.len() > 1 && simple {
                    self.end();
                    self.cells = Some(0);
                }
            }
            "td" | "th" => {
                if let Some(cells) = &mut self.cells {
                    *cells += 1;
                    if *cells > 1 && self.builder.is_open() {
                        self.builder.words(" | ");
                    }
                    return Frame {
                        name,
                        opened: false,
                    };
                }
            }
            _ => {}
        }
        let block = BLOCKS.contains(&name.as_str());
        if block {
            self.end();
        }
        if name.len() == 2 && name.starts_with('h') && name != "hr" {
            self.heading = true;
        }
        self.pre |= name == "pre";
        Frame {
            name,
            opened: block,
        }
    }

    fn leave(&mut self, frame: &Frame) {
        if frame.opened {
            self.end();
        }
        match frame.name.as_str() {
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "li" | "dd" | "dt" => self.items = self.items.saturating_sub(1),
            "figcaption" | "caption" => self.captions = self.captions.saturating_sub(1),
            "a" => self.links = self.links.saturating_sub(1),
            "tr" => {
                self.end();
                self.cells = None;
            }
            "pre" => self.pre = false,
            name if name.len() == 2 && name.starts_with('h') => self.heading = false,
            _ => {}
        }
        if frame.opened {
            self.id = None;
        }
    }

    fn text(&mut self, words: &str) {
        let seen = words.trim().len();
        if seen > 0 {
            self.breaks = 0;
            if !self.builder.is_open() {
                let kind = self.kind();
                let name = match kind {
                    BlockKind::Headline => "h",
                    BlockKind::ListItem if self.cells.is_some() => "tr",
                    BlockKind::ListItem => "li",
                    BlockKind::Caption => "figcaption",
                    BlockKind::QuoteBlock => "blockquote",
                    _ => "p",
                };
                let locator = self.locator(name);
                self.builder.open(kind, locator);
                self.linked = (0, 0);
            }
            self.linked.1 += seen;
            if self.links > 0 {
                self.linked.0 += seen;
            }
        } else if !self.builder.is_open() {
            return;
        }
        if self.pre {
            for line in words.split_inclusive('\n') {
                self.builder.words(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    self.builder.line_break();
                }
            }
        } else {
            self.builder.words(words);
        }
    }

    /// Ends the open block. One that is nothing but links is the page's; one that repeats the title is dropped.
    fn end(&mut self) {
        if !self.builder.is_open() {
            return;
        }
        let (linked, all) = self.linked;
        if all > 0
            && linked == all
            && matches!(
                self.kind(),
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Headline
            )
        {
            self.builder.set_kind(BlockKind::Boilerplate);
        }
        if self.heading && !self.title.is_empty() && self.builder.open_words() == self.title {
            self.builder.drop_open();
        } else {
            self.builder.close();
        }
        self.linked = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

    fn walked(html: &str) -> Vec<(String, BlockKind, String)> {
        let page = dom_query::Document::from(html);
        strip(&page);
        let mut builder = DocumentBuilder::default();
        walk(&mut builder, &page.root(), "Pier shut", None);
        let (text, raws, _) = builder.finish();
        raws.into_iter()
            .map(|r| (text[r.range].to_string(), r.kind, r.locator.to_string()))
            .collect()
    }

    #[test]
    fn elements_become_blocks_of_their_kind() {
        let got = walked(
            "<h1>Pier shut</h1><div>Loose <b>words</b> here<p id=lead>The  pier\n is <a href=x>shut</a>.</p><ul><li>one<li>two <i>and</i> more</ul>\
             <blockquote><p>Never.</p></blockquote><figure><img><figcaption>The pier</figcaption></figure>\
             <table><tr><th>Town<th>Cost<tr><td>Kell<td>80</table><h2>After</h2>A<br>B<br><br>C<pre>x\ny</pre></div>",
        );
        let want = [
            ("Loose words here", Paragraph, "p 1"),
            ("The pier is shut.", Paragraph, "#lead"),
            ("one", ListItem, "li 1"),
            ("two and more", ListItem, "li 2"),
            ("Never.", QuoteBlock, "blockquote 1"),
            ("The pier", Caption, "figcaption 1"),
            ("Town | Cost", ListItem, "tr 1"),
            ("Kell | 80", ListItem, "tr 2"),
            ("After", Headline, "h 2"),
            ("A\nB", Paragraph, "p 2"),
            ("C", Paragraph, "p 3"),
            ("x\ny", Paragraph, "p 4"),
        ];
        let got: Vec<_> = got
            .iter()
            .map(|(t, k, l)| (t.as_str(), *k, l.as_str()))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn links_alone_and_the_pages_own_parts_are_told_apart() {
        let got = walked(
            "<body class=has-sidebar><nav>Home</nav><div class='social-share'>Share</div><script>x()</script>\
             <article class=comment><p>I disagree.</p></article><p>The pier is shut.</p>\
             <ul><li><a href=a>Ferry fares rise</a></li></ul><div class='article-body sharing'>Stays.</div></body>",
        );
        let got: Vec<_> = got.iter().map(|(t, k, _)| (t.as_str(), *k)).collect();
        assert_eq!(
            got,
            [
                ("The pier is shut.", Paragraph),
                ("Ferry fares rise", Boilerplate),
                ("Stays.", Paragraph)
            ]
        );
    }

    #[test]
    fn names_are_parted_at_marks_and_capitals() {
        let got: Vec<String> = parts("articleBody main-text ad_box2 HEADER").collect();
        assert_eq!(
            got,
            ["article", "body", "main", "text", "ad", "box2", "header"]
        );
    }

    #[test]
    fn deep_nesting_is_walked_without_recursion() {
        let html = format!("{}deep{}", "<div>".repeat(1_400), "</div>".repeat(1_400));
        let got = walked(&html);
        assert_eq!(got.len(), 1);
    }
}
