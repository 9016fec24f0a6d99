//! What a typed or dropped text means, as an address or as a path. Browsers show addresses without their scheme, and so
//! they are typed; terminals drop a file as its path in quotes, with backslashes before spaces, or as a `file:` address.

mod guess;

use crate::core::calculation;

/// What a text typed for an evidence item means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nothing is typed.
    Nothing,
    /// A whole address of the web.
    Address(String),
    /// A file: the paths that may be meant, the likeliest first.
    File(Vec<String>),
    /// A calculation that can be worked out, right or wrong.
    Calculation(String),
    /// What it is called.
    Title(String),
}

/// What `text` means.
pub fn meant(text: &str) -> Meant {
    let text = text.trim();
    if text.is_empty() {
        return Meant::Nothing;
    }
    if let Some(url) = address(text) {
        return Meant::Address(url);
    }
    let paths = paths(text);
    if !paths.is_empty() {
        return Meant::File(paths);
    }
    match calculation::is_equation(text) {
        true => Meant::Calculation(text.into()),
        false => Meant::Title(text.into()),
    }
}

/// The address of the web that `text` means, its spaces encoded; none where it means something else.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let encoded: String = text.split_whitespace().collect::<Vec<_>>().join("%20");
    let whole = match is_url(&encoded) {
        true => return Some(encoded),
        false => format!("https://{encoded}"),
    };
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    // A name with an ending and nothing after it is a file's: `minutes.pdf`.
    let more = host.len() < text.len() || host.starts_with("www.");
    // With spaces it may be a title as well: that names no domain in small letters with a slash right behind it.
    let spaced = text.contains(char::is_whitespace);
    let title =
        spaced && (host.contains(char::is_uppercase) || !text[host.len()..].starts_with('/'));
    (more && !title && is_host(host) && is_url(&whole)).then_some(whole)
}

/// Whether `text` is an address of the web.
pub fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|r| {
        let host = r.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty() && !r.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// Whether `text` is the name of a host with a domain of letters, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "0"));
    let label = |l: &str| {
        let inside = l.chars().all(|c| c.is_alphanumeric() || c == '-');
        !l.is_empty() && inside && !l.starts_with('-') && !l.ends_with('-')
    };
    let domain = name.rsplit_once('.').is_some_and(|(_, last)| {
        last.starts_with("xn--") || last.len() > 1 && last.chars().all(char::is_alphabetic)
    });
    domain && name.split('.').all(label) && port.parse::<u16>().is_ok()
}

/// The paths that `text` may mean, the likeliest first; empty where it is none.
pub fn paths(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Some(path) = of_address(text) {
        return path;
    }
    let mut paths = Vec::new();
    if begins_as_path(text) || is_name(text) && !text.contains(char::is_whitespace) {
        paths.push(text.to_string());
    }
    let quoted = text.starts_with(['\'', '"']);
    match shell_word(text) {
        Some(word) if begins_as_path(&word) || quoted && is_name(&word) => paths.push(word),
        // Several files at once, or a quote that was never closed: no title begins like that.
        None if quoted && begins_as_path(text.get(1..).unwrap_or_default()) => {
            paths.push(text.to_string());
        }
        _ => {}
    }
    paths.dedup();
    paths
}

/// The paths of a `file:` address; none where it is no such address.
fn of_address(text: &str) -> Option<Vec<String>> {
    let scheme = text.get(..5)?;
    if !scheme.eq_ignore_ascii_case("file:") {
        return None;
    }
    let rest = text.get(5..)?;
    let path = match rest.strip_prefix("//") {
        None => rest,
        Some(place) => match place.strip_prefix("localhost").unwrap_or(place) {
            path if path.starts_with('/') => path,
            // A file of another machine; looking for it says that it is not there.
            _ => return Some(vec![text.to_string()]),
        },
    };
    let mut paths = vec![decoded(path)];
    paths.push(path.to_string());
    paths.dedup();
    Some(paths)
}

/// The text with `%20` and its like read; as it is where they spell no text.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = match (first, after) {
            (b'%', [a, b, ..]) => std::str::from_utf8(&[*a, *b])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = match code {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}

/// Whether `text` begins as only a path does.
fn begins_as_path(text: &str) -> bool {
    let begins = ["/", "./", "../", "~/", "\\", ".\\", "..\\"];
    let drive = text.as_bytes().get(1..3).is_some_and(|b| b == b":\\");
    drive || begins.iter().any(|b| text.starts_with(b))
}

/// Whether `text` is a name with an extension.
fn is_name(text: &str) -> bool {
    let extension = text.rsplit_once('.').is_some_and(|(stem, e)| {
        !stem.is_empty()
            && (2..=5).contains(&e.len())
            && e.starts_with(|c: char| c.is_ascii_alphabetic())
            && e.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    extension && !text.contains("://")
}

/// What a shell makes of `text`; none where that is not one word.
fn shell_word(text: &str) -> Option<String> {
    let mut word = String::new();
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            (None | Some('"'), '\\') => word.push(chars.next()?),
            (None, c) if c.is_whitespace() => return None,
            (_, c) => word.push(c),
        }
    }
    quote.is_none().then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_scheme_and_a_host() {
        for (text, good) in [
            ("https://kell.example/minutes?a=1", true),
            ("http://kell.example", true),
            ("https://", false),
            ("https:///x", false),
            ("kell.example", false),
            ("ftp://kell.example", false),
            ("https://kell.example/a b", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_url(text), good, "{text}");
        }
    }

    #[test]
    fn an_address_is_known_without_its_scheme() {
        for (text, want) in [
            (
                "https://kell.example/minutes",
                Some("https://kell.example/minutes"),
            ),
            ("http://kell.example", Some("http://kell.example")),
            ("example.org/page", Some("https://example.org/page")),
            (
                " example.org/page.html ",
                Some("https://example.org/page.html"),
            ),
            ("www.example.org", Some("https://www.example.org")),
            (
                "example.org:8080/?q=1",
                Some("https://example.org:8080/?q=1"),
            ),
            (
                "müller.example/straße",
                Some("https://müller.example/straße"),
            ),
            ("news.xn--p1ai/a", Some("https://news.xn--p1ai/a")),
            ("minutes.pdf", None),
            ("./kell.example/minutes.pdf", None),
            ("notes/minutes.pdf", None),
            ("../a.b/c", None),
            ("~/a.example/c", None),
            ("v1.2/3", None),
            ("p.4/12", None),
            ("and/or", None),
            ("kell.example/a page", Some("https://kell.example/a%20page")),
            (
                "https://kell.example/Bericht mit Leer.pdf",
                Some("https://kell.example/Bericht%20mit%20Leer.pdf"),
            ),
            ("Dr.Smith/Jones report", None),
            ("kell.example #3 says", None),
            ("ana@kell.example/x", None),
            (".example/x", None),
            ("-rf", None),
            ("-a.example/x", None),
            ("kell.example:port/x", None),
            ("", None),
        ] {
            assert_eq!(address(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_path_is_known_as_it_is_typed_or_dropped() {
        for (text, want) in [
            ("/tmp/minutes", &["/tmp/minutes"][..]),
            ("~/minutes.pdf", &["~/minutes.pdf"]),
            ("minutes.pdf", &["minutes.pdf"]),
            (" ./minutes.pdf ", &["./minutes.pdf"]),
            ("/some/my pic.png", &["/some/my pic.png"]),
            ("'/some/my pic.png'", &["/some/my pic.png"]),
            ("\"/some/my pic.png\"", &["/some/my pic.png"]),
            ("'/some/it'\\''s.png'", &["/some/it's.png"]),
            ("'my pic.png'", &["my pic.png"]),
            (
                "/some/my\\ pic.png",
                &["/some/my\\ pic.png", "/some/my pic.png"],
            ),
            (
                "file:///some/my%20pic.png",
                &["/some/my pic.png", "/some/my%20pic.png"],
            ),
            ("file:///etc/passwd", &["/etc/passwd"]),
            ("FILE://localhost/etc/passwd", &["/etc/passwd"]),
            ("file:/etc/passwd", &["/etc/passwd"]),
            ("file://server/minutes.pdf", &["file://server/minutes.pdf"]),
            ("file:///a%zz%e4", &["/a%zz%e4"]),
            ("'/a/b.png' '/a/c.png'", &["'/a/b.png' '/a/c.png'"]),
            ("C:\\minutes.pdf", &["C:\\minutes.pdf"]),
            ("\\\\server\\a.pdf", &["\\\\server\\a.pdf", "\\servera.pdf"]),
            ("Council minutes", &[]),
            ("\"Council minutes\"", &[]),
            ("Council minutes, p. 4", &[]),
            ("interview no. 12", &[]),
            ("v1.2", &[]),
            ("Council minutes.pdf", &[]),
            ("https://kell.example/minutes.pdf", &[]),
            ("-rf", &[]),
            ("it's", &[]),
            ("", &[]),
        ] {
            assert_eq!(paths(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_understood_with_its_kind() {
        use crate::core::vocabulary::EvidenceKind::{self, *};
        let address = |t: &str| Meant::Address(t.into());
        let file = |t: &[&str]| Meant::File(t.iter().map(|p| p.to_string()).collect());
        let title = |t: &str| Meant::Title(t.into());
        let cases: &[(&str, Meant, EvidenceKind)] = &[
            ("", Meant::Nothing, Other),
            ("  ", Meant::Nothing, Other),
            (
                "example.org/page",
                address("https://example.org/page"),
                WebPage,
            ),
            (
                "http://kell.example",
                address("http://kell.example"),
                WebPage,
            ),
            (
                "https://kell.example/Bericht mit Leer.pdf",
                address("https://kell.example/Bericht%20mit%20Leer.pdf"),
                DocumentOrLaw,
            ),
            (
                "kell.example/port.csv?year=2021",
                address("https://kell.example/port.csv?year=2021"),
                Dataset,
            ),
            (
                "'/some/my pic.PNG'",
                file(&["/some/my pic.PNG"]),
                PictureOrRecording,
            ),
            (
                "file:///some/my%20pic.png",
                file(&["/some/my pic.png", "/some/my%20pic.png"]),
                PictureOrRecording,
            ),
            (
                "/some/my\\ pic",
                file(&["/some/my\\ pic", "/some/my pic"]),
                Other,
            ),
            ("~/minutes.pdf", file(&["~/minutes.pdf"]), DocumentOrLaw),
            ("letter.eml", file(&["letter.eml"]), Message),
            (
                "10,000 + 40,000 = 50,000",
                Meant::Calculation("10,000 + 40,000 = 50,000".into()),
                Calculation,
            ),
            (
                "40 + 40 = 90",
                Meant::Calculation("40 + 40 = 90".into()),
                Calculation,
            ),
            (
                "Call with Ana Hale",
                title("Call with Ana Hale"),
                InterviewOrCall,
            ),
            ("E-Mail von Ana Hale", title("E-Mail von Ana Hale"), Message),
            ("o/a: her notebook", title("o/a: her notebook"), OnAuthor),
            (
                "Council minutes, 2 March",
                title("Council minutes, 2 March"),
                DocumentOrLaw,
            ),
            ("Port figures", title("Port figures"), Dataset),
            (
                "Telefonat, Gespräch",
                title("Telefonat, Gespräch"),
                InterviewOrCall,
            ),
            ("a room of her own", title("a room of her own"), Other),
        ];
        for (text, want, kind) in cases {
            let meant = meant(text);
            assert_eq!((&meant, meant.kind()), (want, *kind), "{text}");
        }
    }
}
