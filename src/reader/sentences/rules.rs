//! Whether one stop ends a sentence: what news text needs on top of the segmenter.

use super::lexicon::{Abbreviation, SentenceLexicon};
use super::marks::*;

/// The most bytes that a rule looks back or ahead, so that each stop costs the same.
const LOOK: usize = 160;

/// What the rules make of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends at this byte of the text.
    End(usize),
    /// It goes on.
    GoesOn,
    /// The rules have no opinion; where an end would be.
    Open(usize),
}

/// A stop: `.`, `!`, `?` or a run of them, with what stands around it.
struct Stop<'a> {
    text: &'a str,
    /// Where the sentence starts.
    from: usize,
    /// Where the piece that is being split ends.
    to: usize,
    /// The run of marks.
    run: &'a str,
    /// The word before the run, without opening marks.
    word: &'a str,
    /// Closing quotation marks and brackets behind the run.
    closers: &'a str,
    /// The byte behind the closers and all that belongs to the sentence.
    end: usize,
    /// Opening marks before the next word.
    openers: &'a str,
    /// The next word and all behind it.
    next: &'a str,
    /// Whether white space stands before the next word.
    spaced: bool,
}

/// What came of judging a stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub verdict: Verdict,
    /// Where the search for the next stop goes on.
    pub resume: usize,
    /// Ends that the segmenter sees up to here mean this stop.
    pub reach: usize,
}

/// Judges the stop whose run of marks starts at byte `at`. The sentence started at `from`, the piece ends at `to`.
pub(super) fn judge(
    text: &str,
    from: usize,
    at: usize,
    to: usize,
    lexicon: Option<&SentenceLexicon>,
) -> Judged {
    let run_end = at + run_len(&text[at..to]);
    let mut stop = Stop::new(text, from, at, run_end, to);
    let verdict = match lexicon {
        Some(lexicon) => stop.verdict(lexicon),
        None => stop.common().unwrap_or(Verdict::Open(stop.end)),
    };
    let rest = &text[stop.end..to];
    let gap = rest.len() - rest.trim_start().len();
    Judged {
        verdict,
        resume: match verdict {
            Verdict::End(end) => end.max(at + 1),
            _ => run_end,
        },
        reach: stop.end + gap + stop.openers.len(),
    }
}

impl<'a> Stop<'a> {
    fn new(text: &'a str, from: usize, at: usize, run_end: usize, to: usize) -> Self {
        let back = text.floor_char_boundary(at.saturating_sub(LOOK).max(from));
        let before = &text[back.max(from)..at];
        let word = before
            .rsplit(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/'))
            .next()
            .unwrap_or_default()
            .trim_start_matches(is_opener);
        let behind = &text[run_end..to];
        let closers = &behind[..closers_len(behind)];
        let mut stop = Self {
            text,
            from,
            to,
            run: &text[at..run_end],
            word,
            closers,
            end: run_end + closers.len(),
            openers: "",
            next: "",
            spaced: false,
        };
        stop.look_ahead();
        stop
    }

    /// Finds the next word behind `end`.
    fn look_ahead(&mut self) {
        let limit = self.text.floor_char_boundary(self.to.min(self.end + LOOK));
        let rest = &self.text[self.end..limit];
        let words = rest.trim_start();
        self.spaced = words.len() < rest.len();
        let next = words.trim_start_matches(is_opener);
        self.openers = &words[..words.len() - next.len()];
        self.next = next;
    }

    fn first(&self) -> Option<char> {
        self.next.chars().next()
    }

    fn next_word(&self) -> &'a str {
        let len = self
            .next
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
            .unwrap_or(self.next.len());
        let word = &self.next[..len];
        // "It's" opens a sentence as "It" does.
        word.split(['\'', '’']).next().unwrap_or(word)
    }

    fn end_here(&self) -> Verdict {
        Verdict::End(self.end)
    }

    /// What holds in every language: notes' marks, credits and faces stay with the sentence before them.
    fn common(&mut self) -> Option<Verdict> {
        loop {
            if self.next.is_empty() && self.openers.is_empty() {
                return Some(self.end_here());
            }
            let Some(len) = note_len(self.rest()).or_else(|| face_len(self.rest(), self.spaced))
            else {
                break;
            };
            self.end = self.to - self.text[self.end..self.to].trim_start().len() + len;
            self.look_ahead();
        }
        let rest = self.rest();
        if rest.starts_with('(') && is_credit(&self.text[self.end..self.to]) {
            self.end = self.from + self.text[self.from..self.to].trim_end().len();
            return Some(self.end_here());
        }
        None
    }

    /// The text from the next word's opening marks on, as far as rules look.
    fn rest(&self) -> &'a str {
        let limit = self.text.floor_char_boundary(self.to.min(self.end + LOOK));
        self.text[self.end..limit].trim_start()
    }

    fn verdict(&mut self, lexicon: &SentenceLexicon) -> Verdict {
        if let Some(verdict) = self.common() {
            return verdict;
        }
        if !self.spaced {
            return self.tight();
        }
        let Some(first) = self.first() else {
            return Verdict::Open(self.end);
        };
        if self.run.len() > 1 && self.run.contains(['.', '…']) {
            return self.dots(first);
        }
        if self.run.starts_with(['!', '?']) {
            return self.mark(first, lexicon);
        }
        self.full_stop(first, lexicon)
    }

    /// No space behind the stop: `week.The pier`, but not `kell.example`, `3.5`, `U.S.`.
    fn tight(&self) -> Verdict {
        let word = self.word;
        let next = self.next_word();
        let token = word.contains(['@', '/', '.', '_']) || word.starts_with("www");
        let joined = word.len() >= 3
            && word.chars().all(char::is_lowercase)
            && next.len() >= 2
            && next.starts_with(char::is_uppercase)
            && next.chars().skip(1).all(char::is_lowercase);
        if self.closers.is_empty() && joined && !token {
            return Verdict::Open(self.end);
        }
        if self.run.starts_with('.') && self.run.len() == 1 {
            return Verdict::GoesOn;
        }
        let asks =
            self.run.ends_with(['!', '?']) && self.closers.is_empty() && self.openers.is_empty();
        if asks
            && next.len() >= 2
            && word.len() >= 2
            && !token
            && !self.next.contains('=')
            && next.chars().all(char::is_alphabetic)
        {
            return self.end_here();
        }
        Verdict::Open(self.end)
    }

    /// Three dots end a sentence before a capital only, and never one that they open.
    fn dots(&self, first: char) -> Verdict {
        if self.word.is_empty()
            && self.text[self.from..self.end]
                .trim_matches(|c: char| !c.is_alphanumeric())
                .is_empty()
        {
            return Verdict::GoesOn;
        }
        match first {
            _ if first.is_lowercase() || first.is_ascii_digit() => Verdict::GoesOn,
            _ if self.is_reference() => Verdict::GoesOn,
            _ if first.is_uppercase() && self.next_word() != "I" => self.end_here(),
            _ => Verdict::Open(self.end),
        }
    }

    /// Whether a reference in brackets comes next: `(Smith 55)`, `(2019)`.
    fn is_reference(&self) -> bool {
        self.openers == "("
            && self.next.split_once(')').is_some_and(|(inside, _)| {
                inside.len() <= 60 && inside.ends_with(|c: char| c.is_ascii_digit())
            })
    }

    fn quoted(&self) -> bool {
        self.closers.contains(['"', '\'', '”', '’', '»'])
    }

    /// `!` and `?`.
    fn mark(&self, first: char, lexicon: &SentenceLexicon) -> Verdict {
        if lexicon.has_bang(self.word) && (first.is_lowercase() || !lexicon.opens(self.next_word()))
        {
            return Verdict::GoesOn;
        }
        if self.is_reference() {
            return Verdict::GoesOn;
        }
        if first.is_lowercase() {
            return match self.closers.is_empty() {
                true => self.end_here(),
                false => Verdict::GoesOn,
            };
        }
        if first.is_uppercase() || first.is_ascii_digit() {
            // "Who knows?" Kirby said.
            if self.quoted() && self.is_attribution(lexicon) {
                return Verdict::GoesOn;
            }
            return self.end_here();
        }
        Verdict::Open(self.end)
    }

    /// Whether the next words are a name and a verb of saying.
    fn is_attribution(&self, lexicon: &SentenceLexicon) -> bool {
        self.openers.is_empty()
            && self
                .next
                .split_whitespace()
                .take(4)
                .any(|w| lexicon.is_speech(w.trim_end_matches(|c: char| !c.is_alphanumeric())))
    }

    fn full_stop(&self, first: char, lexicon: &SentenceLexicon) -> Verdict {
        if let Some(end) = self.next_item() {
            return Verdict::End(end);
        }
        if self.is_list_mark() || self.is_reference() {
            return Verdict::GoesOn;
        }
        if self.next.starts_with("http") {
            return self.end_here();
        }
        let abbreviation = match self.closers.is_empty() {
            true => lexicon.abbreviation(self.word),
            false => None,
        };
        let word = self.next_word();
        if first.is_lowercase() {
            return self.before_small(abbreviation);
        }
        if first.is_ascii_digit() {
            return match abbreviation {
                Some(_) => Verdict::GoesOn,
                None if is_dotted(self.word)
                    || is_initial(self.word)
                    || is_small_letter(self.word) =>
                {
                    Verdict::GoesOn
                }
                None => self.end_here(),
            };
        }
        if !first.is_uppercase() {
            return match first {
                '—' | '–' => Verdict::GoesOn,
                // "It is a long game." - Jon Pell
                '-' if self.quoted()
                    && self.next[1..].trim_start().starts_with(char::is_uppercase) =>
                {
                    Verdict::GoesOn
                }
                _ => Verdict::Open(self.end),
            };
        }
        let ends = match abbreviation {
            Some(Abbreviation::Title) if self.word.starts_with(char::is_lowercase) => {
                lexicon.opens(word)
            }
            Some(Abbreviation::Title | Abbreviation::Never) => false,
            Some(Abbreviation::Numbered) => {
                word.len() > 1 && !is_roman(word) || lexicon.opens(word)
            }
            Some(Abbreviation::Month | Abbreviation::Plain) => lexicon.opens(word),
            Some(Abbreviation::Firm) => lexicon.opens(word) || self.opens_clause(),
            None if !self.closers.is_empty() => true,
            None if is_initial(self.word) => lexicon.opens(word) && !self.next_is_initial(),
            None if lexicon.has_ordinals() && is_ordinal(self.word) => lexicon.opens(word),
            None if is_small_letter(self.word) => lexicon.opens(word),
            None if is_clock(self.word) => !lexicon.is_clock(word) && self.words_so_far() > 3,
            None if self.is_first_word() && (is_dotted(self.word) || self.word == "PS") => false,
            None if is_dotted(self.word) => {
                lexicon.opens(word) || self.opens_clause() && !lexicon.is_body(word)
            }
            None => true,
        };
        match ends {
            true => self.end_here(),
            false => Verdict::GoesOn,
        }
    }

    /// A small letter behind the stop: informal writing does not capitalise, but abbreviations are commoner.
    fn before_small(&self, abbreviation: Option<Abbreviation>) -> Verdict {
        let known = abbreviation.is_some() && abbreviation != Some(Abbreviation::Numbered)
            || is_dotted(self.word);
        if known || is_initial(self.word) || self.quoted() || !self.closers.is_empty() {
            return Verdict::GoesOn;
        }
        let letters = self.word.chars().count();
        let small = self.word.chars().all(char::is_lowercase);
        match (small, letters) {
            (true, 2..) | (false, 5..) => self.end_here(),
            _ => Verdict::Open(self.end),
        }
    }

    fn words_so_far(&self) -> usize {
        self.text[self.from..self.end]
            .split_whitespace()
            .take(8)
            .count()
    }

    fn is_first_word(&self) -> bool {
        self.words_so_far() == 1
    }

    /// In a list that runs on in one line (`1. a pier 2. a boat`), where the item before this stop's number ends.
    fn next_item(&self) -> Option<usize> {
        let order = |mark: &str| match mark.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(u32::from(*letter)),
            digits if digits.len() <= 2 => mark.parse().ok().filter(|n| *n > 0 && *n < 50),
            _ => None,
        };
        let this = order(self.word)?;
        let start =
            self.text[self.from..self.end].trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = order(start.split(['.', ')']).next()?)?;
        if this != first + 1 {
            return None;
        }
        let before =
            &self.text[self.from..self.end - self.closers.len() - self.run.len() - self.word.len()];
        let before = before.trim_end_matches(['•', '⁃', '-', '(', ' ', '*']);
        (!before.trim().is_empty()).then_some(self.from + before.len())
    }

    /// Whether the stop belongs to the mark of a list item, a section or a figure that the sentence starts with.
    fn is_list_mark(&self) -> bool {
        let start = self.text[self.from..self.end]
            .trim_start()
            .trim_start_matches(['-', '•', '⁃', '*', '(', ' ']);
        let before = start.trim_end_matches(is_closer).trim_end_matches('.');
        let numeral = |w: &str| {
            !w.is_empty()
                && w.len() <= 5
                && w.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && w.len() - w.matches('.').count() <= 3
                || w.len() == 1 && w.bytes().all(|b| b.is_ascii_alphabetic())
                || is_roman(w)
        };
        if start.len() > 24 || self.run != "." {
            return false;
        }
        if numeral(before) && self.word == before {
            return true;
        }
        let number = self.word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let label = start.split_whitespace().next().unwrap_or_default();
        number
            && start.split_whitespace().count() == 2
            && [
                "Figure",
                "Fig.",
                "Table",
                "Listing",
                "Box",
                "Chapter",
                "Section",
                "Part",
                "Figura",
                "Tabelle",
                "Abbildung",
            ]
            .contains(&label)
    }

    /// Whether the next words open a clause of their own: a plural and its verb ("Economists had").
    fn opens_clause(&self) -> bool {
        let mut words = self.next.split(' ');
        let (Some(noun), Some(verb)) = (words.next(), words.next()) else {
            return false;
        };
        noun.len() >= 5
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && matches!(
                verb.trim_end_matches(','),
                "had"
                    | "have"
                    | "were"
                    | "are"
                    | "said"
                    | "say"
                    | "fell"
                    | "rose"
                    | "expect"
                    | "expected"
                    | "will"
                    | "did"
                    | "do"
            )
    }

    fn next_is_initial(&self) -> bool {
        let mut chars = self.next.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
    }
}
