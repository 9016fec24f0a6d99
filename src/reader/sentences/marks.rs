//! The marks around a stop and the words before it: what they look like, one function each.

/// Bytes of the run of marks at the start of `s`; spaced dots (`. . .`) are one run.
pub(super) fn run_len(s: &str) -> usize {
    let bytes = s.as_bytes();
    let mut len = 0;
    loop {
        match bytes.get(len) {
            Some(b'.' | b'!' | b'?') => len += 1,
            Some(0xE2) if s[len..].starts_with('…') => len += '…'.len_utf8(),
            Some(b' ')
                if len > 0
                    && bytes[len - 1] == b'.'
                    && bytes.get(len + 1) == Some(&b'.')
                    && bytes.get(len + 2) != Some(&b'.') =>
            {
                len += 2;
            }
            _ => return len,
        }
    }
}

/// Bytes of the closing marks at the start of `s`; a mark with a space on both sides counts, too (`day. )`).
pub(super) fn closers_len(s: &str) -> usize {
    let mut len = s.len() - s.trim_start_matches(is_closer).len();
    // German closes with the mark that English opens with.
    if let Some(rest) = s[len..].strip_prefix(['“', '‘'])
        && rest.chars().next().is_none_or(char::is_whitespace)
    {
        len = s.len() - rest.len();
    }
    let mut chars = s[len..].chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(' '), Some(mark @ (')' | '"' | '\'' | '”' | '»')), Some(' ') | None) => {
            len + 1 + mark.len_utf8()
        }
        _ => len,
    }
}

pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '*' | '_'
    )
}

pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '’'
            | '”'
            | '„'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '`'
            | '¿'
            | '¡'
            | '*'
            | '_'
    )
}

/// A number that a stop makes an ordinal in some languages: `am 3. November`.
pub(super) fn is_ordinal(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A single small letter: `(b. March 2009)`.
pub(super) fn is_small_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A single capital: an initial.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    // "J.-P." is one, too.
    first.is_some_and(char::is_uppercase)
        && (second.is_none()
            || word
                .split('-')
                .all(|w| w.trim_end_matches('.').chars().count() == 1))
}

/// An abbreviation with stops inside: `U.S`, `Ph.D`.
pub(super) fn is_dotted(word: &str) -> bool {
    let mut parts = word.split('.');
    word.contains('.')
        && word.len() <= 12
        && parts.all(|p| (1..=2).contains(&p.chars().count()) && p.chars().all(char::is_alphabetic))
}

pub(super) fn is_clock(word: &str) -> bool {
    ["a.m", "p.m", "A.M", "P.M"]
        .iter()
        .any(|c| word.ends_with(c))
}

pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Bytes of a note's mark: `[12]`, `[citation needed]`, `[a]`.
pub(super) fn note_len(s: &str) -> Option<usize> {
    let inside = s.strip_prefix('[')?;
    let len = inside.bytes().take(40).position(|b| b == b']')?;
    let words = &inside[..len];
    let note = !words.is_empty()
        && (words
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b',' | b' ' | b'-'))
            || words.len() == 1
            || words.ends_with("needed")
            || words.starts_with("note "));
    note.then_some(len + 2)
}

/// Bytes of a face behind a space: `:-)`.
pub(super) fn face_len(s: &str, spaced: bool) -> Option<usize> {
    if !spaced || !s.starts_with([':', ';', '=', '<']) {
        return None;
    }
    [
        ":-)", ";-)", ":-(", ":)", ";)", ":(", ":D", ":P", "=)", "<3", ":-D", ":-P",
    ]
    .iter()
    .find(|f| s.starts_with(**f) && !s[f.len()..].starts_with(char::is_alphanumeric))
    .map(|f| f.len())
}

/// Whether all that is left is an agency's credit: `(Kyodo) ==Kyodo`, `(Reuters)`.
pub(super) fn is_credit(rest: &str) -> bool {
    let rest = rest.trim();
    if rest.len() > 80 {
        return false;
    }
    let Some((agency, behind)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) else {
        return false;
    };
    let behind = behind.trim();
    let words = agency.split([' ', '/']).filter(|w| !w.is_empty());
    agency.len() <= 40
        && !agency.ends_with('.')
        && words.clone().count() <= 4
        && words.clone().all(|w| w.starts_with(char::is_uppercase))
        && (behind.is_empty() || behind.starts_with("=="))
}
