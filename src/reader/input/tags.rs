//! Tags read without a tree: for pieces of HTML, and for pages that no parser should be given.

use std::borrow::Cow;
use std::collections::HashMap;

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
fn tags(html: &str) -> impl Iterator<Item = (usize, String, usize)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memchr::memchr(b'<', html.as_bytes().get(from..)?)?;
        let tag = &html[at..];
        let name: String = tag[1..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .take(12)
            .map(|c| c.to_ascii_lowercase())
            .collect();
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
    let mut open: HashMap<String, usize> = HashMap::new();
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
                && !matches!(name.as_str(), "script" | "style")
                && !LOOSE.contains(&name.as_str()) =>
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
