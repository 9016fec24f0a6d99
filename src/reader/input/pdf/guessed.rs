//! Letters that are guessed from a font's codes, until the whole text shows whether they make sense.

use super::lines::{GAP, PageText, RunOfWords};

/// Marks of guessed letters begin here: one code for each font and byte. No font's letters have these codes.
const FIRST: u32 = 0xF_0000;
/// Fonts that are told apart.
const FONTS: usize = 250;
/// A font with so many characters is judged on its own.
const ENOUGH: usize = 20;
/// The share of letters in the characters of a text at least.
const LETTERS: f64 = 0.6;
/// The fewest letters that are judged at all.
const FEW: usize = 6;
/// The letters that make up most of any text in a Latin script, and their share in it at least.
const USUAL: (&str, f64) = ("etaoinsrhldu", 0.62);
/// The share of vowels in a text in a Latin script.
const VOWELS: (f64, f64) = (0.24, 0.6);

/// The fonts whose letters were guessed.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    fonts: Vec<FontGuesses>,
}

#[derive(Debug, Default)]
struct FontGuesses {
    name: String,
    sense: Sense,
}

/// How often letters are what they are in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Sense {
    characters: usize,
    letters: usize,
    usual: usize,
    vowels: usize,
}

impl Sense {
    fn add(&mut self, c: char) {
        self.characters += usize::from(c != ' ');
        if c.is_alphabetic() {
            let c = c.to_ascii_lowercase();
            self.letters += 1;
            self.usual += usize::from(USUAL.0.contains(c));
            self.vowels += usize::from("aeiou".contains(c));
        }
    }

    fn add_all(&mut self, other: Self) {
        self.characters += other.characters;
        self.letters += other.letters;
        self.usual += other.usual;
        self.vowels += other.vowels;
    }

    fn is_text(self) -> bool {
        let letters = self.letters as f64;
        let share = |n: usize| n as f64 / letters.max(1.0);
        let vowels = share(self.vowels);
        self.letters >= FEW
            && letters >= LETTERS * self.characters as f64
            && share(self.usual) >= USUAL.1
            && vowels >= VOWELS.0
            && vowels <= VOWELS.1
    }
}

impl Guesses {
    /// The mark that stands for a guessed letter of `font`, in Mac Roman, until all are judged.
    pub fn mark(&mut self, font: &str, byte: u8) -> char {
        let own = self.fonts.iter().position(|f| f.name == font);
        let own = own.unwrap_or_else(|| {
            let all = self.fonts.len();
            if all < FONTS {
                let (name, sense) = (font.to_string(), Sense::default());
                self.fonts.push(FontGuesses { name, sense });
            }
            all.min(FONTS - 1)
        });
        self.fonts[own].sense.add(letter(byte));
        char::from_u32(FIRST + 256 * own as u32 + u32::from(byte)).unwrap_or('?')
    }

    /// Puts letters in the place of all marks whose fonts' letters make sense, and counts the others as unread. Gives the
    /// pages that have such letters.
    pub fn settle(&self, pages: &mut [PageText]) -> Vec<u32> {
        let mut whole = Sense::default();
        for font in &self.fonts {
            whole.add_all(font.sense);
        }
        let makes_sense = |font: &FontGuesses| match font.sense.characters < ENOUGH {
            true => whole.is_text(),
            false => font.sense.is_text(),
        };
        let sense: Vec<bool> = self.fonts.iter().map(makes_sense).collect();
        let mut guessed = Vec::new();
        for page in pages {
            let (mut read, mut unread) = (0, 0);
            let lines = page.lines.iter_mut().map(|line| &mut line.text);
            for text in lines.chain(&mut page.stamps).chain(&mut page.outside) {
                if text.contains(is_mark) {
                    *text = settled(text, &sense, &mut read, &mut unread);
                }
            }
            let blank = |c: char| c.is_whitespace() || c == GAP;
            let holds_words = |line: &RunOfWords| !line.text.chars().all(blank);
            page.lines.retain(holds_words);
            page.unread += unread;
            if read > 0 {
                guessed.push(page.number);
            }
        }
        guessed
    }
}

fn settled(text: &str, sense: &[bool], read: &mut usize, unread: &mut usize) -> String {
    let own = |c: char| {
        if !is_mark(c) {
            return Some(c);
        }
        let number = u32::from(c) - FIRST;
        let makes_sense = sense.get((number / 256) as usize) == Some(&true);
        *if makes_sense {
            &mut *read
        } else {
            &mut *unread
        } += 1;
        makes_sense.then(|| letter((number % 256) as u8))
    };
    text.chars().filter_map(own).collect()
}

fn is_mark(c: char) -> bool {
    (FIRST..FIRST + 256 * FONTS as u32).contains(&u32::from(c))
}

fn letter(byte: u8) -> char {
    let byte = [byte];
    let (words, _) = encoding_rs::MACINTOSH.decode_without_bom_handling(&byte);
    words.chars().next().unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> (Guesses, PageText) {
        let mut guesses = Guesses::default();
        let text = words.bytes().map(|b| guesses.mark("Own", b)).collect();
        let line = RunOfWords {
            text,
            ..RunOfWords::default()
        };
        let page = PageText {
            number: 7,
            lines: vec![line],
            ..PageText::default()
        };
        (guesses, page)
    }

    #[test]
    fn guessed_letters_stay_where_they_make_sense() {
        let (guesses, page) = page("The board approved the plan on Monday.");
        let mut pages = [page];
        assert_eq!(guesses.settle(&mut pages), [7]);
        assert_eq!(
            pages[0].lines[0].text,
            "The board approved the plan on Monday."
        );
        assert_eq!(pages[0].unread, 0);
    }

    #[test]
    fn guessed_letters_without_sense_are_unread() {
        let (guesses, page) = page("yrlu qrwlfh hw jxlgh");
        let mut pages = [page];
        assert_eq!(guesses.settle(&mut pages), [0_u32; 0]);
        assert!(pages[0].lines.is_empty());
        assert_eq!(pages[0].unread, 20);
    }

    #[test]
    fn a_font_with_few_letters_is_judged_with_the_others() {
        let (mut guesses, mut page) = page("The board approved the plan on Monday.");
        let few = guesses.mark("Bold", b'x');
        page.lines[0].text.push(few);
        let mut pages = [page];
        guesses.settle(&mut pages);
        assert!(pages[0].lines[0].text.ends_with("Monday.x"));
    }
}
