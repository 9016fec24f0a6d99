//! Untrusted text in Markdown: it stays text.

use crate::core::controls::is_direction;

/// `text` on one line with every character that Markdown or HTML could act on escaped.
///
/// Control characters and white space become single spaces; characters that turn the direction of writing are left out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut line_start = true;
    let mut digits_only = true;
    for c in text.trim().chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            digits_only = false;
            continue;
        }
        if is_direction(c) {
            continue;
        }
        let special = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '~'
                | '&'
                | '^'
                | '$'
                | '{'
                | '}'
                | '#'
        );
        // What makes a list, a heading or a rule does so at the start of a line only.
        let opens = (line_start && matches!(c, '-' | '+' | '=' | ':'))
            || (digits_only && !line_start && matches!(c, '.' | ')'));
        if special || opens {
            out.push('\\');
        }
        digits_only &= c.is_ascii_digit();
        line_start = false;
        out.push(c);
    }
    out
}

/// A link for an address on the web; any other address stays text, since it could act.
pub(super) fn link(title: &str, url: &str) -> String {
    let (title, shown) = (plain(title), plain(url));
    let lower = url.trim().to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return if title == shown {
            title
        } else {
            format!("{title} ({shown})")
        };
    }
    let mut target = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '\\' => target.push_str("%5C"),
            ' ' => target.push_str("%20"),
            c if c.is_control() || c.is_whitespace() || is_direction(c) => {}
            c => target.push(c),
        }
    }
    format!("[{title}](<{target}>)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_untrusted_text_acts() {
        for (text, shown) in [
            ("plain words, 40% in 2024.", "plain words, 40% in 2024."),
            ("# no heading", r"\# no heading"),
            ("- no item", r"\- no item"),
            ("1. no item", r"1\. no item"),
            (
                "a <script>alert(1)</script>",
                r"a \<script\>alert(1)\</script\>",
            ),
            ("![x](javascript:1)", r"!\[x\](javascript:1)"),
            (
                "a | b `c` *d* _e_ &amp; ~~f~~",
                r"a \| b \`c\` \*d\* \_e\_ \&amp; \~\~f\~\~",
            ),
            ("two\n\nparagraphs\u{1b}[31m", r"two paragraphs \[31m"),
            ("left\u{202e}right", "leftright"),
            ("    code", "code"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(
            link("A", "https://x.example/a b>"),
            "[A](<https://x.example/a%20b%3E>)"
        );
        assert_eq!(link("A", "javascript:alert(1)"), "A (javascript:alert(1))");
        assert_eq!(link("ftp://x", "ftp://x"), "ftp://x");
    }
}
