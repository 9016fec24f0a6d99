//! The little XML that exports and imports share: attribute values, without the entities that a document could define.

/// The text of a raw attribute value: character references and the five predefined entities are resolved, literal line
/// ends and tabs become spaces as XML asks, and what else looks like an entity stays as it is.
pub(super) fn attribute_text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('&') {
            out.push(' ');
            rest = &rest[1..];
            continue;
        }
        // No reference of ours is longer than ten characters; a stray ampersand must not scan the rest each time.
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_nothing_else() {
        for (raw, text) in [
            ("a&#10;b&#x1F30A;c", "a\nb🌊c"),
            ("a\nb\tc", "a b c"),
            ("&lt;&amp;&gt;&quot;&apos;", "<&>\"'"),
            ("&lol9; & &#xD800; &", "&lol9; & &#xD800; &"),
        ] {
            assert_eq!(attribute_text(raw), text);
        }
    }
}
