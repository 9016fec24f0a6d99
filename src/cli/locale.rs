//! What the locale says of the terminal: whether it shows more than ASCII.

/// Whether the locale is not UTF-8, so that glyphs would come out as rubbish.
pub fn wants_ascii() -> bool {
    !is_utf8(|name| std::env::var(name).ok())
}

/// Whether the locale that these variables name is UTF-8. The first one that is set counts, as everywhere on Unix. Where
/// none is, nobody has said anything, as in most containers, and terminals that are not UTF-8 are rare.
fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    let Some(locale) = locale else { return true };
    // language_COUNTRY.charset@modifier; macOS also says the charset alone.
    let locale = locale.split('@').next().unwrap_or_default();
    let charset = locale.rsplit('.').next().unwrap_or_default();
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_says_the_charset() {
        for (variables, utf8) in [
            ("", true),
            ("LANG=C", false),
            ("LANG=POSIX", false),
            ("LANG=C.UTF-8", true),
            ("LANG=de_DE.utf8@euro", true),
            ("LANG=de_DE@euro", false),
            ("LANG=en_US", false),
            ("LANG=ja_JP.eucJP", false),
            ("LC_ALL=C LANG=en_US.UTF-8", false),
            ("LC_ALL= LANG=en_US.UTF-8", true),
            ("LC_ALL=C.UTF-8 LANG=C", true),
            ("LC_CTYPE=UTF-8 LANG=C", true),
            ("LC_CTYPE=C LANG=C.UTF-8", false),
            ("LC_ALL= LC_CTYPE= LANG=", true),
        ] {
            let get = |name: &str| {
                let set = variables.split(' ').find_map(|v| v.strip_prefix(name));
                set.and_then(|v| v.strip_prefix('=')).map(String::from)
            };
            assert_eq!(is_utf8(get), utf8, "{variables}");
        }
    }
}
