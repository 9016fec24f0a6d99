//! Sentences: where one ends and the next begins.
//!
//! The `sentencex` segmenter knows many languages. News needs more: rules look at each stop and overrule it where they
//! know better (abbreviations before names, stops inside quotations, notes and credits behind a stop).

mod colon;
mod lexicon;
mod marks;
mod rules;

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use super::language::primary;
use rules::Verdict;

/// The segmenter sees at most so many bytes at once. Some of its steps look at all pairs of marks: so every text takes
/// linear time.
const WINDOW: usize = 4 * 1024;

/// The sentences of `text`, a block's or a whole article's, as byte ranges in order, disjoint, without the white space
/// around them. They cover everything but white space.
///
/// `language` is a BCP 47 tag; empty means English. A blank line always ends a sentence; a single line break does not.
pub fn split(text: &str, language: &str) -> Vec<Range<usize>> {
    let language = match primary(language) {
        "" => "en",
        known => known,
    };
    let mut splitter = Splitter {
        text,
        language,
        lexicon: lexicon::of(language),
        out: Vec::with_capacity(text.len() / 100),
    };
    let mut start = 0;
    while let Some(gap) = blank_line(&text[start..]) {
        splitter.piece(start..start + gap.start);
        start += gap.end;
    }
    splitter.piece(start..text.len());
    splitter.out
}

/// The first run of line breaks that holds a blank line.
fn blank_line(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr(b'\n', &bytes[from..]).map(|n| from + n) {
        let mut end = at + 1;
        let mut blank = false;
        for (n, b) in bytes[at + 1..].iter().enumerate() {
            match b {
                b'\n' => (blank, end) = (true, at + n + 2),
                b' ' | b'\t' | b'\r' => {}
                _ => break,
            }
        }
        if blank {
            return Some(at..end);
        }
        from = at + 1;
    }
    None
}

/// Where a full-width stop stands before a number: there the segmenter does not end a sentence, though no space is due.
fn before_numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut depth = 0usize;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = chars.next()?;
            match c {
                '「' | '『' | '（' | '“' | '《' => depth += 1,
                '」' | '』' | '）' | '”' | '》' => depth = depth.saturating_sub(1),
                '。' | '！' | '？'
                    if depth == 0 && chars.peek().is_some_and(|(_, next)| next.is_numeric()) =>
                {
                    return Some(at + c.len_utf8());
                }
                _ => {}
            }
        }
    })
}

struct Splitter<'a> {
    text: &'a str,
    language: &'a str,
    lexicon: Option<&'static lexicon::SentenceLexicon>,
    out: Vec<Range<usize>>,
}

impl Splitter<'_> {
    /// Splits a piece without blank lines.
    fn piece(&mut self, piece: Range<usize>) {
        let (mut from, mut at) = (piece.start, piece.start);
        while at < piece.end {
            let whole = piece.end - at <= WINDOW;
            let to = match whole {
                true => piece.end,
                false => self.text.floor_char_boundary(at + WINDOW),
            };
            let votes = self.votes(at..to);
            let first = from;
            let stop = match whole {
                true => piece.end,
                // What the window's end may have changed is looked at again with the next window.
                false => self.text.floor_char_boundary(at + WINDOW / 2),
            };
            from = self.window(from, at..stop, piece.end, &votes);
            at = match whole {
                true => piece.end,
                false if from > first => from.max(at + 1),
                false => stop,
            };
        }
        self.push(from..piece.end);
    }

    /// Where the segmenter ends sentences in `range`, bytes of the text.
    fn votes(&self, range: Range<usize>) -> Vec<usize> {
        let text = &self.text[range.clone()];
        let mut votes: Vec<usize> = sentencex::get_sentence_boundaries(self.language, text)
            .iter()
            .filter(|b| !b.is_paragraph_break)
            .map(|b| range.start + b.start_byte + b.text.trim_end().len())
            .collect();
        if matches!(self.language, "ja" | "zh") {
            votes.extend(before_numbers(text).map(|end| range.start + end));
            votes.sort_unstable();
        }
        votes
    }

    /// Pushes the sentences that end in `window`; the first started at `from`. Says where the next one starts.
    fn window(
        &mut self,
        mut from: usize,
        window: Range<usize>,
        piece_end: usize,
        votes: &[usize],
    ) -> usize {
        let bytes = self.text.as_bytes();
        let mut votes = votes.iter().copied().peekable();
        let mut colons = memchr_iter(b':', &bytes[window.clone()])
            .map(|n| window.start + n)
            .peekable();
        let mut at = window.start;
        loop {
            let stop = memchr3(b'.', b'!', b'?', &bytes[at..window.end]).map(|n| at + n);
            while let Some(at) = colons.next_if(|c| *c < stop.unwrap_or(window.end)) {
                if at < from {
                    continue;
                }
                if let Some((before, end)) = colon::judge(self.text, from, at, piece_end) {
                    for end in before.into_iter().chain([end]) {
                        self.push(from..end);
                        from = end;
                    }
                }
            }
            // Ends that the segmenter sees and no stop of ours explains: other scripts' stops, list items on lines.
            while let Some(vote) = votes.next_if(|v| *v <= stop.unwrap_or(window.end)) {
                if vote < window.end && vote > from && self.is_foreign(vote) {
                    self.push(from..vote);
                    from = vote;
                }
            }
            let Some(stop) = stop else {
                return from;
            };
            let judged = rules::judge(self.text, from, stop, piece_end, self.lexicon);
            let mut voted = false;
            while votes.next_if(|v| *v <= judged.reach).is_some() {
                voted = true;
            }
            at = judged.resume;
            match judged.verdict {
                Verdict::Open(_) if !voted => {}
                Verdict::End(end) | Verdict::Open(end) => {
                    self.push(from..end);
                    from = end;
                    at = end.max(at);
                }
                Verdict::GoesOn => {}
            }
            if at >= window.end {
                return from;
            }
        }
    }

    /// Whether an end that no stop explains stands: behind another script's stop, or at a line's end.
    fn is_foreign(&self, end: usize) -> bool {
        let before = self.text[..end].chars().next_back();
        self.lexicon.is_none()
            || before.is_some_and(|c| {
                matches!(c, '…' | '。' | '！' | '？' | '؟' | '।' | '։' | '‼' | '⁉')
            })
            || self.text[end..]
                .trim_start_matches([' ', '\t'])
                .starts_with('\n')
    }

    fn push(&mut self, range: Range<usize>) {
        self.out.extend(trim(self.text, range));
    }
}

/// `range` without the white space at its ends; none if nothing is left.
fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Splits `want`, in which `¶` marks the ends, joined by spaces.
    fn check(language: &str, want: &str) {
        let sentences: Vec<&str> = want.split('¶').map(str::trim).collect();
        let text = sentences.join(if matches!(language, "ja" | "zh") {
            ""
        } else {
            " "
        });
        let got: Vec<&str> = split(&text, language)
            .into_iter()
            .map(|r| &text[r])
            .collect();
        assert_eq!(got, sentences, "{language}");
    }

    #[test]
    fn sentences_are_trimmed_and_blank_lines_end_them() {
        let text = "  The pier closed. It cost 4.2 million.\n\nNobody\ncame \n \n Why ";
        let got: Vec<&str> = split(text, "en").into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            got,
            [
                "The pier closed.",
                "It cost 4.2 million.",
                "Nobody\ncame",
                "Why"
            ]
        );
        assert!(split(" \n\n ", "en").is_empty() && split("", "").is_empty());
    }

    #[test]
    fn abbreviations_before_names_dates_and_numbers_end_nothing() {
        for want in [
            "The note reached U.S. Ambassador Mara Oduya and U.N. envoy Jon Pell. ¶ Both kept it.",
            "It opened on Oct. 26, 2022, in Kell. ¶ Crowds came.",
            "Bill No. 4 passed on Nov. 3. ¶ The mayor signed it.",
            "Gen. J. R. Pell Jr. of Acme Inc. met Sen. Oduya, D-Kell. ¶ They agreed.",
            "He moved to St. Mary, Mont. and stayed (see Fig. 3 on p. 12). ¶ She left.",
            "Costs, e.g. Timber, rose vs. 2021. ¶ Wages fell.",
            "The shop at 21st St. ¶ It is shut.",
            "Was it Dr. Oduya, M.D. or Mr. Pell? ¶ Neither.",
            "They met at 10 a.m. Monday and at 6 p.m. EST on Nov. 4. ¶ Then at 9 p.m. ¶ The pier shut.",
            "Ralph (b. March 2009) and Ada (d. 1990) are buried here. ¶ So is Tom.",
        ] {
            check("en", want);
        }
    }

    #[test]
    fn an_abbreviation_ends_a_sentence_where_a_new_one_opens() {
        for want in [
            "She works in the U.S. ¶ Economists had expected it.",
            "He lives in Washington, D.C. ¶ She does not.",
            "They sold it to Acme Inc. ¶ The price was not told.",
            "They bought piers, boats, etc. ¶ The rest went.",
            "Did he go? ¶ No. ¶ I did.",
            "The U.S. Marines were there. ¶ They left.",
        ] {
            check("en", want);
        }
    }

    #[test]
    fn quotations_keep_their_marks_and_their_speakers() {
        for want in [
            "\"It is late,\" he said. ¶ \"We can't wait.\" ¶ The crowd left.",
            "\"Did he resign?\" she asked. ¶ \"He did!\" Oduya said.",
            "“It is late. ¶ We cannot wait.” ¶ Nobody moved.",
            "“Who paid?” Jon Pell said. ¶ “Not we.”",
            "\"It's a long game.\" - Mara Oduya",
            "He said (it was late. ¶ It was dark.) ¶ They left.",
            "It is “so-so”. ¶ Next year it may be good.",
        ] {
            check("en", want);
        }
    }

    #[test]
    fn dots_notes_credits_and_faces_stay_with_their_sentence() {
        for want in [
            "He paused ... then left. ¶ And wept... ¶ Nobody saw.",
            "The bridge fell.[12] ¶ It was new. [3] [citation needed] ¶ Nobody was hurt.",
            "The pier closed, officials said. (Nordpress) ==Nordpress",
            "The pier closed, officials said. ¶ It will stay shut. (Nordpress)",
            "It was fun. :-) ¶ It is over :) ¶ Now we go.",
            "It rose (Pell 2019). ¶ It was shown before. (Oduya 55).",
            "Visit kell.example/pier.html or write to a.b@kell.example. ¶ Costs are 3.5 million.",
        ] {
            check("en", want);
        }
    }

    #[test]
    fn list_marks_and_section_numbers_end_nothing() {
        for want in [
            "1. The pier is shut. ¶ So is the bridge.",
            "2.1. New ferries",
            "1. a pier ¶ 2. a boat ¶ 3. a bridge",
            "a. a pier ¶ b. a boat",
            "Figure 1. The pier at dawn. ¶ It is shut.",
        ] {
            check("en", want);
        }
    }

    #[test]
    fn a_mails_head_stands_alone() {
        check(
            "en",
            "Please read it. ¶ Jon Pell ¶ 10/08/2026 08:52 AM ¶ The pier is shut.",
        );
        check(
            "en",
            "Sent by Jon Pell on 08/16/2026 03:14:14 PM ¶ The pier is shut at 10:30 AM daily.",
        );
    }

    #[test]
    fn other_languages_have_their_own_abbreviations_and_stops() {
        check(
            "de",
            "Dr. Oduya kam am 3. November um 10 Uhr. ¶ Der Hafen war zu. ¶ „Wir warten“, sagte sie.",
        );
        check(
            "fr",
            "M. Pell et Mme. Oduya ont signé. ¶ « Nous attendons. » ¶ Le port est fermé.",
        );
        check(
            "es",
            "El Sr. Pell llegó a EE.UU. ayer. ¶ ¿Quién pagó? ¶ Nadie lo sabe.",
        );
        check(
            "ja",
            "港は閉鎖された。¶2026年に再開する。¶市長は「橋は2021年に。2022年ではない」と述べた。",
        );
        check("zh", "码头已经关闭。¶2026年重新开放。¶市长没有说话。");
        check("pt-BR", "O porto fechou. ¶ Ninguém veio.");
    }

    #[test]
    fn a_text_without_an_end_is_split_in_linear_time() {
        // Marks that never close are what makes a segmenter look at all pairs; a window bounds them.
        for seed in [
            "'a ", "\"a. ", "(a ", "a.b ", "1. a\n", "` ", "[1] ", ". ", "Mr. ", ". . ", "「。1",
        ] {
            let text = seed.repeat(60_000 / seed.len());
            let got = split(&text, "en");
            let words: usize = got
                .iter()
                .map(|r| text[r.clone()].split_whitespace().count())
                .sum();
            assert_eq!(words, text.split_whitespace().count(), "{seed}");
        }
    }

    #[test]
    fn a_long_paragraph_is_split_as_short_ones_are() {
        let one = "The council of Kell met on Nov. 3, 2026, its clerk J. R. Pell said. It \"did not vote.\" ";
        let text = one.repeat(400);
        assert_eq!(split(&text, "en").len(), 800);
    }

    proptest! {
        #[test]
        fn sentences_cover_all_words_in_order(
            s in "([A-Za-z ]|[.!?:;…\"'()\\[\\]“”0-9]|\n|。|é|🌊|Mr\\. |U\\.S\\. ){0,200}",
            language in "(en|de|fr|es|ja|ru|xx|)",
        ) {
            let mut last = 0;
            for r in split(&s, &language) {
                prop_assert!(r.start >= last && r.end > r.start);
                prop_assert!(s[last..r.start].trim().is_empty());
                prop_assert_eq!(s[r.clone()].trim(), &s[r.clone()]);
                last = r.end;
            }
            prop_assert!(s[last..].trim().is_empty());
        }
    }
}
