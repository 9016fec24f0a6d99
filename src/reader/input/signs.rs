//! Raised and lowered characters as plain text has them: never joined to the number or word beside them.

/// Raised characters that there are signs for.
const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ";
/// Lowered characters that there are signs for.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎";
/// What is printed raised in many fonts, and is part of its word.
const ENDINGS: &[&str] = &[
    "st", "nd", "rd", "th", "er", "re", "e", "è", "ème", "eme", "o", "a", "º", "ª", "os", "as",
];
/// Raised marks that are signs of their own.
const MARKS: &[char] = &['*', '†', '‡', '§', '¶', '®', '™', '℠', '°', 'º', 'ª'];
/// Raised words longer than this are raised for their looks.
const LONGEST: usize = 12;

/// What raised `words` become. `is_note` says that they lead to a note; `before` is the character that they stand after.
pub(super) fn raised(words: &str, is_note: bool, before: Option<char>) -> String {
    let words = words.trim();
    let bare = words.trim_matches(|c| matches!(c, '[' | ']' | '(' | ')'));
    if words.is_empty() || words.chars().all(|c| MARKS.contains(&c)) {
        return words.into();
    }
    if is_note {
        return format!("[{bare}]");
    }
    if before.is_some_and(char::is_numeric) && ENDINGS.contains(&words) {
        return words.into();
    }
    signs(words, RAISED, '^')
}

/// Units of measure that are squared and cubed.
const UNITS: &[&str] = &[
    "mm", "cm", "dm", "km", "nm", "ft", "mi", "in", "yd", "µm", "sec",
];

/// Whether a raised figure after the text `before` is a note's mark, where no link tells it: after a word, a mark of
/// punctuation or a year, but not after another number, a unit of measure or a single letter.
pub(super) fn marks_note(before: &str, words: &str) -> bool {
    if words.trim().is_empty() || !words.trim().chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
        let year = word.parse().unwrap_or(0);
        return word.len() == 4 && (1500..2100).contains(&year);
    }
    word.chars().count() != 1 && !UNITS.contains(&word)
}

/// What lowered `words` become.
pub(super) fn lowered(words: &str) -> String {
    signs(words.trim(), LOWERED, '_')
}

fn signs(words: &str, table: &str, mark: char) -> String {
    let sign = |c: char| {
        let mut pairs = table.chars();
        while let (Some(plain), Some(sign)) = (pairs.next(), pairs.next()) {
            if plain == c {
                return Some(sign);
            }
        }
        None
    };
    if let Some(signs) = words.chars().map(sign).collect::<Option<String>>() {
        return signs;
    }
    match words.chars().count() {
        LONGEST.. => format!(" {words} "),
        _ => marked(words, mark),
    }
}

/// `words` behind a mark that says where they stand; several are held together by brackets.
pub(super) fn marked(words: &str, mark: char) -> String {
    match words.chars().count() {
        0 => String::new(),
        1 => format!("{mark}{words}"),
        _ if words.chars().all(char::is_alphanumeric) => format!("{mark}{words}"),
        _ => format!("{mark}({words})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_words_never_join_a_number_or_a_word() {
        for (words, is_note, before, want) in [
            ("3", true, Some('1'), "[3]"),
            ("[4]", true, Some('.'), "[4]"),
            ("2", false, Some('2'), "²"),
            ("6", false, Some('0'), "⁶"),
            ("-3", false, Some('0'), "⁻³"),
            ("st", false, Some('1'), "st"),
            ("me", false, Some('M'), "^me"),
            ("n", false, Some('x'), "ⁿ"),
            ("n+1", false, Some('x'), "ⁿ⁺¹"),
            ("a+1", false, Some('x'), "^(a+1)"),
            ("*", true, Some('d'), "*"),
            ("™", false, Some('e'), "™"),
            ("raised for looks", false, None, " raised for looks "),
            (" ", false, None, ""),
        ] {
            assert_eq!(raised(words, is_note, before), want, "{words}");
        }
        for (before, words, note) in [
            ("since 2021", "3", true),
            ("42", "2", false),
            ("an area of 80 km", "2", false),
            ("10", "14", false),
            ("the board said.", "12", true),
            ("the board", "5", true),
            ("x", "2", false),
            ("the 21", "st", false),
        ] {
            assert_eq!(marks_note(before, words), note, "{before}");
        }
        assert_eq!(lowered("2"), "₂");
        assert_eq!(lowered("max"), "_max");
    }
}
