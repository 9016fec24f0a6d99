//! Names in short and in full: initials, and what the text gives in full elsewhere.

use super::lexicon::AttributionLexicon;

/// Bytes at the start of a text in which a name stands whose initials are used later.
const INTRO: usize = 8 * 1024;
/// How many places of a single name are looked at for the full one.
const PLACES: usize = 12;

/// The initials of a name of three capitalised words or more, folded.
pub(super) fn acronym(name: &str) -> Option<String> {
    let initials: String = name
        .split([' ', '-'])
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect();
    (initials.len() >= 3).then_some(initials)
}

/// The full name that the text gives to a single name: the capitalised word before one of its places.
pub(super) fn full_name(text: &str, name: &str, lexicon: &AttributionLexicon) -> Option<String> {
    if name.len() == 2 && name.bytes().all(|b| b.is_ascii_uppercase()) {
        return spelled_out(text, name).map(str::to_owned);
    }
    if name.len() < 3 || !name.starts_with(char::is_uppercase) {
        return None;
    }
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes())
        .take(PLACES)
        .find_map(|at| {
            let before = text.get(..at)?.strip_suffix(' ')?;
            let word = before.rsplit(char::is_whitespace).next()?;
            let given = word.len() > 1
                && word.chars().all(|c| c.is_alphabetic() || c == '-')
                && word.starts_with(char::is_uppercase)
                && word.chars().skip(1).any(char::is_lowercase);
            let w = lexicon.get(word.as_bytes());
            (given && w.class == 0 && w.forms == 0).then(|| format!("{word} {name}"))
        })
}

/// The name of two words near the start of `text` that has these two initials: "LT" behind "Lars Tveit".
fn spelled_out<'t>(text: &'t str, initials: &str) -> Option<&'t str> {
    let intro = &text[..text.floor_char_boundary(INTRO)];
    let (given, surname) = initials.split_at(1);
    let is_part = |w: &str, initial: &str| {
        w.starts_with(initial) && w.chars().skip(1).all(char::is_lowercase) && w.len() > 1
    };
    memchr::memchr_iter(b' ', intro.as_bytes()).find_map(|gap| {
        let first = intro[..gap].rsplit(char::is_whitespace).next()?;
        let first = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        let behind = &intro[gap + 1..];
        let len = behind
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(behind.len());
        let fits = is_part(first, given) && is_part(&behind[..len], surname);
        fits.then(|| &intro[gap - first.len()..gap + 1 + len])
    })
}
