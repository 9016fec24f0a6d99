//! French words that are written as one: "l'état", "qu'il", "a-t-il", "dit-elle".

use super::super::lexicon::{AttributionLexicon, class};

/// Words that lose their last letter before a vowel, without it.
const ELIDED: [&str; 13] = [
    "l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
];
/// Pronouns behind a verb, with the hyphen that ties them on.
const BEHIND: [(&str, &str); 10] = [
    ("-t-", "elles"),
    ("-t-", "elle"),
    ("-t-", "ils"),
    ("-t-", "il"),
    ("-t-", "on"),
    ("-", "elles"),
    ("-", "elle"),
    ("-", "ils"),
    ("-", "il"),
    ("-", "on"),
];

/// The byte ranges of the words that `word` is made of; itself for most.
pub(crate) fn pieces(word: &str, lexicon: &AttributionLexicon) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    if let Some((head, mark)) = word
        .find(['\'', '’'])
        .and_then(|n| Some((word.get(..n)?, word.get(n..)?.chars().next()?)))
        && ELIDED.iter().any(|e| e.eq_ignore_ascii_case(head))
        && head.len() + mark.len_utf8() < word.len()
        && !word
            .get(head.len() + mark.len_utf8()..)
            .is_some_and(|r| r.eq_ignore_ascii_case("s"))
    {
        at = head.len() + mark.len_utf8();
        out.push((0, at));
    }
    let rest = &word[at..];
    for (tie, pronoun) in BEHIND {
        let cut = rest
            .len()
            .checked_sub(tie.len() + pronoun.len())
            .filter(|c| *c > 0 && rest.is_char_boundary(*c));
        let Some(cut) = cut else { continue };
        let verb = &rest[..cut];
        let tail = &rest[cut..];
        if tail
            .strip_prefix(tie)
            .is_some_and(|t| t.eq_ignore_ascii_case(pronoun))
        {
            let w = lexicon.get(verb.as_bytes());
            if w.forms != 0 || w.class & (class::AUX | class::MODAL | class::FINITE) != 0 {
                let end = at + cut;
                out.push((at, end));
                out.push((end, end + tie.len()));
                out.push((end + tie.len(), word.len()));
                return out;
            }
        }
    }
    out.push((at, word.len()));
    out
}
