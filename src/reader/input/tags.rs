//! Tags read without a tree: for pieces of HTML, and for pages that no parser should be given.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// Elements whose end need not be written, or that have none: they say nothing about depth.
const LOOSE: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];

/// Elements that part blocks.
const PARTS: &[&str] = &[
    "article",
    "blockquote",
    "dd",
    "div",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "p",
    "section",
    "td",
    "th",
    "title",
    "tr",
];

/// The tags of `html` one by one: the byte of its `<`, its name in lower case (with `/` where it closes), the byte behind
/// its `>`. Comments and the insides of scripts and styles are one tag each.
fn tags(html: &str) -> impl Iterator<Item = (usize, Cow<'_, str>, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memchr(b'<', html.as_bytes().get(from..)?)?;
        let tag = &html[at..];
        let name = tag.as_bytes()[1..].iter().take(12);
        let length = name
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'/')
            .count();
        let mut name = Cow::Borrowed(&tag[1..=length]);
        if name.bytes().any(|b| b.is_ascii_uppercase()) {
            name = Cow::Owned(name.to_ascii_lowercase());
        }
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map_or(html.len(), |n| at + n + 3)
        } else if name == "script" || name == "style" {
            let close = format!("</{name}");
            let body =
                find_ignoring_case(tag.as_bytes(), close.as_bytes()).map_or(html.len(), |n| at + n);
            memchr::memchr(b'>', &html.as_bytes()[body..]).map_or(html.len(), |n| body + n + 1)
        } else {
            memchr::memchr(b'>', tag.as_bytes()).map_or(html.len(), |n| at + n + 1)
        };
        from = end;
        Some((at, name, end))
    })
}

fn find_ignoring_case(bytes: &[u8], lower: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', bytes).find(|at| {
        bytes
            .get(*at..at + lower.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(lower))
    })
}

/// How deep elements are nested at most, as far as their tags tell, counted up to `enough`. A tag that closes what is not
/// open closes nothing.
pub(super) fn depth(html: &str, enough: usize) -> usize {
    let mut open: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
    let (mut depth, mut deepest) = (0usize, 0);
    for (_, name, _) in tags(html) {
        match name.strip_prefix('/') {
            Some(closed) => {
                if let Some(n) = open.get_mut(closed).filter(|n| **n > 0) {
                    *n -= 1;
                    depth -= 1;
                }
            }
            None if !name.is_empty()
                && !matches!(&*name, "script" | "style")
                && !LOOSE.contains(&&*name) =>
            {
                *open.entry(name).or_default() += 1;
                depth += 1;
                deepest = deepest.max(depth);
                if deepest >= enough {
                    break;
                }
            }
            None => {}
        }
    }
    deepest
}

/// Elements of HTML that have no end: a slash in their tags says nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// XML as HTML has to be written so that it is read the same: an element that is closed by the slash in its own tag gets
/// an end (`<a id="p12"/>`), and what is marked as mere characters is escaped.
pub(super) fn closed(xml: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    let mut rest = 0;
    while let Some(at) = memchr::memchr(b'<', &xml.as_bytes()[rest..]).map(|n| rest + n) {
        let tag = &xml[at..];
        if let Some(data) = tag.strip_prefix("<![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            out.push_str(&xml[from..at]);
            for c in data.chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    c => out.push(c),
                }
            }
            from = xml.len() - after.len();
            rest = from;
            continue;
        }
        if tag.starts_with("<!--") {
            rest = tag.find("-->").map_or(xml.len(), |n| at + n + 3);
            continue;
        }
        let end = tag_end(tag);
        rest = at + end;
        let inside = tag[1..end].strip_suffix('>').unwrap_or_default();
        let name: &str = inside
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some(open) = inside.strip_suffix('/')
            && is_name
            && !VOID.contains(&name.to_ascii_lowercase().as_str())
        {
            out.push_str(&xml[from..at]);
            out.push('<');
            out.push_str(open.trim_end());
            out.push_str("></");
            out.push_str(name);
            out.push('>');
            from = rest;
        }
    }
    match from {
        0 => Cow::Borrowed(xml),
        _ => {
            out.push_str(&xml[from..]);
            Cow::Owned(out)
        }
    }
}

/// The byte after the `>` that ends the tag at the start of `tag`; one in quotation marks does not.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// HTML with the elements of these names made plain ones, so that what they hold is read; none where they hold fewer bytes
/// of words than `least`.
pub(super) fn opened(html: &str, names: &[&str], least: usize) -> Option<String> {
    let is_open = |name: &&str| {
        let tag = format!("<{name}");
        find_ignoring_case(html.as_bytes(), tag.as_bytes()).is_some()
    };
    if !names.iter().any(is_open) {
        return None;
    }
    let mut out = String::new();
    let mut from = 0;
    let (mut open, mut held) = (None, 0);
    for (at, name, end) in tags(html) {
        let plain = name.trim_start_matches('/');
        if names.contains(&plain) {
            let closes = name.starts_with('/');
            match closes {
                // What shows other tags once its own are gone is code.
                true => held += open.take().map_or(0, |start| words_in(&html[start..at])),
                false => open = Some(end),
            }
            out.push_str(&html[from..at]);
            out.push_str(if closes { "</div" } else { "<div" });
            from = at + 1 + name.len();
        }
    }
    (held >= least).then(|| out + &html[from..])
}

/// Bytes of the words in a piece of HTML; none where they are tags themselves.
fn words_in(html: &str) -> usize {
    let words = without_tags(html);
    match ["</", "<img", "<iframe"]
        .iter()
        .any(|tag| words.contains(tag))
    {
        true => 0,
        false => words.trim().len(),
    }
}

/// The words of a piece of HTML: tags, comments, scripts and styles taken out, blocks parted by a blank line, entities
/// resolved.
pub(super) fn without_tags(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut from = 0;
    for (at, name, end) in tags(html) {
        words.push_str(&html[from..at]);
        if PARTS.contains(&name.trim_start_matches('/')) {
            words.push_str("\n\n");
        }
        from = end;
    }
    words.push_str(&html[from..]);
    match entities(&words) {
        Cow::Owned(resolved) => resolved,
        Cow::Borrowed(_) => words,
    }
}

/// The words in the comments of a piece of HTML, which nobody is shown.
pub(super) fn comments(html: &str) -> impl Iterator<Item = &str> {
    let comments = tags(html).map(|(at, _, end)| &html[at..end]);
    comments.filter_map(|tag| Some(tag.strip_prefix("<!--")?.trim_end_matches("-->").trim()))
}

/// Resolves the commonest named entities and all numbered ones.
pub(super) fn entities(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let name = rest[at + 1..].bytes().take(10).position(|b| b == b';');
        match name.and_then(|len| Some((entity(rest.get(at + 1..at + 1 + len)?)?, len))) {
            Some((is, len)) => {
                out.push(is);
                rest = &rest[at + len + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0' && *c != '\r');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "euro" => '€',
        "pound" => '£',
        "copy" => '©',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_entities_are_resolved() {
        for (html, want) in [
            ("<p>Raw &amp; <b>ready</b>.</p>", "\n\nRaw & ready.\n\n"),
            ("a<!-- x > y -->b", "ab"),
            ("a<SCRIPT>if (a < b) x('</p>')</Script>b", "ab"),
            ("a<style>p>b{}", "a"),
            (
                "1 &lt; 2 &#8212; &#x41; &bogus; &#0; &",
                "1 < 2 — A &bogus; &#0; &",
            ),
            ("cut <b", "cut "),
            ("", ""),
        ] {
            assert_eq!(without_tags(html), want, "{html}");
        }
    }

    #[test]
    fn comments_are_told_from_what_is_shown() {
        let got: Vec<_> = comments("a <!-- b > c --><p>d</p><!--e").collect();
        assert_eq!(got, ["b > c", "e"]);
    }

    #[test]
    fn elements_closed_by_a_slash_get_an_end() {
        for (xml, want) in [
            (
                "<p><a id=\"p12\"/>The board.</p>",
                "<p><a id=\"p12\"></a>The board.</p>",
            ),
            (
                "<script src='x>y.js' /><p>a<br/>b</p>",
                "<script src='x>y.js'></script><p>a<br/>b</p>",
            ),
            (
                "<title/><blockquote/><iframe/>x",
                "<title></title><blockquote></blockquote><iframe></iframe>x",
            ),
            (
                "<p>a <![CDATA[1 < 2 & 3]]> b</p>",
                "<p>a 1 &lt; 2 &amp; 3 b</p>",
            ),
            (
                "<!-- <a/> --><?xml version='1.0'?><p>1 / 2</p>",
                "<!-- <a/> --><?xml version='1.0'?><p>1 / 2</p>",
            ),
            ("<p>cut <a", "<p>cut <a"),
            // As in a picture that is taken for a page.
            ("<a\"\u{d9}", "<a\"\u{d9}"),
            ("<", "<"),
        ] {
            assert_eq!(closed(xml), want, "{xml}");
        }
    }

    #[test]
    fn elements_are_opened_by_name() {
        let source = "<noscript class=a><p>x</p></NOSCRIPT>";
        let got = opened(source, &["noscript"], 1);
        assert_eq!(got.as_deref(), Some("<div class=a><p>x</p></div>"));
        assert_eq!(opened(source, &["noscript"], 2), None);
        assert_eq!(opened("<p>x", &["noscript"], 1), None);
    }

    #[test]
    fn depth_counts_what_must_be_closed() {
        assert_eq!(
            depth("<div><p>a<p>b<br><div><b>c</b></div></div><div></div>", 100),
            3
        );
        assert_eq!(depth(&"<div>".repeat(5000), 100), 100);
        // What closes nothing hides nothing.
        assert_eq!(depth(&"<div></x>".repeat(5000), 100), 100);
        assert_eq!(depth("<p></b></b><b>a</b>", 100), 1);
        assert_eq!(depth("", 100), 0);
    }
}
