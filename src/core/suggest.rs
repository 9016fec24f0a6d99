//! "Did you mean": the known word nearest to one that is not known.

/// The candidate nearest to `word`, where one is near enough to be a slip of the finger.
///
/// Near is at most one slip in three letters (insertion, deletion, exchange, or two neighbours swapped), ignoring
/// ASCII case; or that the word is the start of exactly one candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_ascii_lowercase().chars().take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    let mut begun = Vec::new();
    for candidate in candidates {
        let letters: Vec<char> = candidate.to_ascii_lowercase().chars().collect();
        if word.len() > 1 && letters.starts_with(&word) {
            begun.push(candidate);
        }
        let slips = distance(&word, &letters);
        if slips <= word.len().max(letters.len()).div_ceil(3)
            && slips < word.len()
            && best.is_none_or(|(d, _)| slips < d)
        {
            best = Some((slips, candidate));
        }
    }
    match begun.as_slice() {
        [only] => Some(only),
        _ => best.map(|(_, c)| c),
    }
}

/// ` Did you mean "…"?` with a leading space, or nothing: the tail of a message about an unknown word.
pub fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or_else(String::new, |c| format!(" Did you mean \"{c}\"?"))
}

/// Damerau and Levenshtein's distance with neighbouring letters swapped (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut d = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                d = d.min(before[j - 1] + 1);
            }
            row.push(d);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_and_strangers_are_not() {
        let words = ["status", "source", "stance", "state", "evidence"];
        for (word, want) in [
            ("staus", Some("status")),
            ("sorce", Some("source")),
            ("Stnace", Some("stance")),
            ("evid", Some("evidence")),
            ("zebra", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), want, "{word}");
        }
        assert_eq!(hint("evidense", words), " Did you mean \"evidence\"?");
        assert_eq!(hint("zebra", words), "");
    }
}
