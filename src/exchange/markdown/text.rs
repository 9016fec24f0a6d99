//! Untrusted text in Markdown: it stays text.

use crate::core::controls::is_direction;

/// The characters that Markdown or HTML acts on wherever they are.
const ACTS: &[u8] = b"\\`*_[]<>|~&^${}#";

/// For each byte whether a character that is looked at may begin with it: those that act, control characters, white space
/// but for the space itself, characters that turn the direction.
const LOOKED_AT: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    while n < ACTS.len() {
        table[ACTS[n] as usize] = true;
        n += 1;
    }
    n = 0;
    while n < b' ' as usize {
        table[n] = true;
        n += 1;
    }
    // Delete, U+0080 to U+00A0, U+061C, U+1680, U+2000 to U+206F, U+3000.
    let begin = [0x7f, 0xc2, 0xd8, 0xe1, 0xe2, 0xe3];
    n = 0;
    while n < begin.len() {
        table[begin[n]] = true;
        n += 1;
    }
    table
};

/// `text` on one line with every character that Markdown or HTML could act on escaped.
///
/// Control characters and white space become single spaces; characters that turn the direction of writing are left out.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut line_start = true;
    let mut digits_only = true;
    let mut rest = text.trim();
    loop {
        if !line_start && !digits_only {
            let mut before = out.as_bytes().last().copied();
            let end = rest.bytes().position(|b| {
                let twice = b == b' ' && before == Some(b' ');
                before = Some(b);
                twice || LOOKED_AT[usize::from(b)]
            });
            let (run, from) = rest.split_at(end.unwrap_or(rest.len()));
            out.push_str(run);
            rest = from;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else {
            return out;
        };
        rest = chars.as_str();
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
        let acts = u8::try_from(c).is_ok_and(|b| ACTS.contains(&b));
        // What makes a list, a heading or a rule does so at the start of a line only.
        let opens = (line_start && matches!(c, '-' | '+' | '=' | ':'))
            || (digits_only && !line_start && matches!(c, '.' | ')'));
        if acts || opens {
            out.push('\\');
        }
        digits_only &= c.is_ascii_digit();
        line_start = false;
        out.push(c);
    }
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

    /// Runs are passed over by their bytes: whatever character stands in one is seen.
    #[test]
    fn every_character_is_treated_alike_wherever_it_is() {
        for c in '\0'..='\u{1ffff}' {
            let alone = match c {
                c if c.is_whitespace() || c.is_control() => " ".to_string(),
                c if is_direction(c) => String::new(),
                c if u8::try_from(c).is_ok_and(|b| ACTS.contains(&b)) => format!("\\{c}"),
                c => c.to_string(),
            };
            assert_eq!(plain(&format!("word{c}word")), format!("word{alone}word"));
        }
        assert_eq!(plain("a  b \t c \u{202e} d"), "a b c d");
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
