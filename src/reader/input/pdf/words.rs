//! Words that a line's end cut, made whole again.

use std::collections::HashSet;

use super::lines::PageText;

/// Appends a line's words, with the word that the line's end cut made whole.
pub(super) fn join(text: &mut String, next: &str, words: &DocumentWords) {
    if text.ends_with('\u{ad}') {
        text.pop();
        text.push_str(next);
        return;
    }
    let cut = text.strip_suffix(['-', '\u{2010}']).map(|t| {
        t.rsplit(|c: char| !(c.is_alphanumeric() || c == '-'))
            .next()
            .unwrap_or_default()
            .to_string()
    });
    if let Some(first) = cut.filter(|w| w.chars().next_back().is_some_and(char::is_alphanumeric)) {
        let second: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        if second.is_empty() {
            text.push(' ');
        } else if words.keeps_hyphen(&first, &second) {
            // "well-" and "known" stay "well-known".
        } else {
            let end = text.trim_end_matches(['-', '\u{2010}']).len();
            text.truncate(end);
        }
        text.push_str(next);
        return;
    }
    let cjk = |c: Option<char>| {
        c.is_some_and(|c| {
            ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{f900}'..='\u{ffef}').contains(&c)
        })
    };
    if !(cjk(text.chars().next_back()) && cjk(next.chars().next())) {
        text.push(' ');
    }
    text.push_str(next);
}

/// The words of a document: they tell whether a hyphen at a line's end belongs to the word.
pub(super) struct DocumentWords {
    whole: HashSet<String>,
    compound: HashSet<String>,
}

impl DocumentWords {
    pub fn of(pages: &[PageText]) -> Self {
        let mut words = Self {
            whole: HashSet::new(),
            compound: HashSet::new(),
        };
        for word in pages
            .iter()
            .flat_map(|p| &p.lines)
            .flat_map(|l| l.text.split_whitespace())
        {
            let word = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            match word.contains('-') {
                true => words.compound.insert(word),
                false => words.whole.insert(word),
            };
        }
        words
    }

    fn keeps_hyphen(&self, first: &str, second: &str) -> bool {
        let (first_small, second_small) = (first.to_lowercase(), second.to_lowercase());
        if self
            .compound
            .contains(&format!("{first_small}-{second_small}"))
        {
            return true;
        }
        if self.whole.contains(&format!("{first_small}{second_small}")) {
            return false;
        }
        !second.starts_with(char::is_lowercase) || first.ends_with(|c: char| c.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::input::pdf::lines::RunOfWords;

    #[test]
    fn words_cut_at_line_ends_become_whole() {
        let page = PageText {
            lines: vec![RunOfWords {
                text: "a well-known harbour".into(),
                ..RunOfWords::default()
            }],
            ..PageText::default()
        };
        let words = DocumentWords::of(&[page]);
        for (text, next, want) in [
            ("the har-", "bour of Kell", "the harbour of Kell"),
            ("a well-", "known man", "a well-known man"),
            ("the gov-", "ernment", "the government"),
            ("COVID-", "19 rose", "COVID-19 rose"),
            ("Anglo-", "Saxon", "Anglo-Saxon"),
            ("soft\u{ad}", "ware", "software"),
            ("a dash -", "so", "a dash - so"),
            ("plain", "words", "plain words"),
            ("港の理", "事会", "港の理事会"),
        ] {
            let mut text = text.to_string();
            join(&mut text, next, &words);
            assert_eq!(text, want);
        }
    }
}
