//! Text as the guard compares it: only letters, without case, marks and invisible characters, each with its place.
//!
//! What stands between two letters is kept apart as a [`Gap`], so that a needle of letters is found however its words are
//! joined, parted, hyphenated or spaced, and whoever finds it decides which gaps it may have.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use super::decode::DecodedChar;

/// By what a character is taken for a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LetterLook {
    /// By its shape: `О` of another alphabet is `o`.
    Shape,
    /// By its sound: `Одуя` is `oduya`.
    Sound,
    /// By its shape, and digits inside words are the letters that they look like: `0duya`.
    Figures,
    /// Digits alone, for telephone numbers.
    Digits,
}

/// What stands between two letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// The kinds of characters, as bits.
    kinds: u8,
    /// How many there are; white space counts once.
    pub count: u8,
}

impl Gap {
    const SPACE: u8 = 1;
    const BREAK: u8 = 2;
    const HYPHEN: u8 = 4;
    const APOSTROPHE: u8 = 8;
    const OTHER: u8 = 16;
    const DIGIT: u8 = 32;
    const STOP: u8 = 64;

    /// Whether nothing that can be seen stands there.
    pub fn is_none(self) -> bool {
        self.kinds == 0
    }

    /// Whether it may part the words of a name.
    pub fn parts_words(self) -> bool {
        self.kinds & Self::STOP == 0 && self.count <= 8
    }

    /// Whether it may stand inside of a word without making it two: a hyphen, also at the end of a line, an apostrophe, or
    /// one other sign.
    pub fn inside_word(self) -> bool {
        let bare_space =
            self.kinds & Self::SPACE != 0 && self.kinds & (Self::BREAK | Self::HYPHEN) == 0;
        self.kinds & (Self::STOP | Self::DIGIT) == 0 && !bare_space && self.count <= 3
    }

    /// Whether it is white space on one line and nothing else.
    pub fn is_space(self) -> bool {
        self.kinds == Self::SPACE
    }

    /// Whether a word goes on behind it: it is hyphenated at the end of a line.
    pub fn hyphenates(self) -> bool {
        self.kinds & Self::HYPHEN != 0 && self.kinds & Self::BREAK != 0
    }

    /// Whether it is one hyphen and nothing else.
    pub fn is_hyphen(self) -> bool {
        self.kinds == Self::HYPHEN && self.count == 1
    }

    /// Whether a full stop or another sign is among it.
    pub fn has_sign(self) -> bool {
        self.kinds & Self::OTHER != 0
    }

    /// Whether it sets the letters of a word apart for show: `O D U Y A`.
    pub fn spaces_out(self) -> bool {
        self.count == 1 && self.kinds & (Self::STOP | Self::DIGIT | Self::BREAK) == 0
    }

    fn add(&mut self, kind: u8) {
        // White space in a row, however long, is one.
        let white = Self::SPACE | Self::BREAK;
        let again = self.kinds & white != 0 && kind & !white == 0;
        self.kinds |= kind;
        if !again {
            self.count = self.count.saturating_add(1);
        }
    }
}

/// One letter of the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends, with the marks and invisible characters behind it.
    pub end: u32,
    /// What stands before it.
    pub before: Gap,
    /// Whether it is a capital.
    pub upper: bool,
    /// Whether it has capitals at all; scripts without them are written without spaces.
    pub cased: bool,
}

/// A text folded.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The letters.
    pub text: String,
    /// For each byte of `text` its letter.
    pub letters: Vec<Letter>,
}

impl Folded {
    /// Folds `pieces`.
    pub fn new(pieces: &[DecodedChar], look: LetterLook) -> Self {
        let opaque = opaque(pieces);
        let mut folded = Self::default();
        let mut gap = Gap::default();
        let mut opaque = opaque.into_iter().peekable();
        for (n, piece) in pieces.iter().enumerate() {
            while opaque.peek().is_some_and(|r| r.end <= n) {
                opaque.next();
            }
            if opaque.peek().is_some_and(|r| r.contains(&n)) {
                gap.add(Gap::STOP);
                continue;
            }
            folded.take(pieces, n, *piece, look, &mut gap);
        }
        if look == LetterLook::Figures {
            // One stroke is `l` to one eye and `i` to another.
            folded.text = folded.text.replace('l', "i");
        }
        folded
    }

    fn take(
        &mut self,
        pieces: &[DecodedChar],
        n: usize,
        piece: DecodedChar,
        look: LetterLook,
        gap: &mut Gap,
    ) {
        let c = piece.c;
        let shape = match look {
            LetterLook::Figures => figure(pieces, n).unwrap_or(c),
            _ => c,
        };
        if look == LetterLook::Digits {
            match shape.nfkd().next().filter(char::is_ascii_digit) {
                Some(d) => self.push(d, false, piece, gap),
                None => gap.add(kind(c)),
            }
            return;
        }
        if shape.is_ascii() {
            match shape.is_ascii_alphabetic() {
                true => self.push(
                    shape.to_ascii_lowercase(),
                    shape.is_ascii_uppercase(),
                    piece,
                    gap,
                ),
                false => gap.add(kind(c)),
            }
            return;
        }
        if is_invisible(c) {
            if let Some(last) = self.letters.last_mut().filter(|_| gap.is_none()) {
                last.end = piece.end;
            }
            return;
        }
        let (upper, cased) = (c.is_uppercase(), c.is_uppercase() || c.is_lowercase());
        let before = self.text.len();
        let mut other = false;
        for base in c.nfkd().filter(|c| !is_combining_mark(*c)) {
            if !base.is_alphabetic() {
                other = true;
                continue;
            }
            for letter in letters(base, look) {
                // What NFKD takes apart, as mathematical letters, has its case there.
                let upper = upper || base.is_uppercase();
                let cased = cased || base.is_uppercase() || base.is_lowercase();
                self.push_cased(letter, (upper, cased), piece, gap);
            }
        }
        if self.text.len() == before {
            gap.add(if other { kind(c) } else { Gap::OTHER });
        }
    }

    fn push(&mut self, letter: char, upper: bool, piece: DecodedChar, gap: &mut Gap) {
        self.push_cased(letter, (upper, true), piece, gap);
    }

    fn push_cased(
        &mut self,
        letter: char,
        (upper, cased): (bool, bool),
        piece: DecodedChar,
        gap: &mut Gap,
    ) {
        let entry = Letter {
            start: piece.start,
            end: piece.end,
            before: std::mem::take(gap),
            upper,
            cased,
        };
        self.text.push(letter);
        // Every byte of a letter has the same entry, so that a border found in bytes is one in letters.
        self.letters
            .extend(std::iter::repeat_n(entry, letter.len_utf8()));
    }

    /// Whether a word begins at byte `at`.
    pub fn begins_word(&self, at: usize) -> bool {
        let Some(here) = self.letters.get(at) else {
            return true;
        };
        let Some(last) = at.checked_sub(1).and_then(|n| self.letters.get(n)) else {
            return true;
        };
        match here.before.is_none() {
            false => !here.before.hyphenates() || here.upper,
            true => {
                !here.cased
                    || !last.cased
                    || (here.upper && !last.upper && here.start != last.start)
            }
        }
    }

    /// Whether a word ends before byte `at`.
    pub fn ends_word(&self, at: usize) -> bool {
        at >= self.letters.len() || self.begins_word(at)
    }
}

/// The letters that a letter is taken for.
fn letters(base: char, look: LetterLook) -> Vec<char> {
    let mut buffer = [0; 4];
    let word: &str = base.encode_utf8(&mut buffer);
    let ascii = |s: &str| -> Vec<char> {
        let all = s.chars().filter(char::is_ascii_alphabetic);
        all.map(|c| c.to_ascii_lowercase()).collect()
    };
    let cased = base.is_lowercase() || base.is_uppercase();
    let shape: String = match look {
        LetterLook::Sound if cased => String::new(),
        _ => skeleton(word)
            .flat_map(char::to_lowercase)
            .filter(|c| !is_combining_mark(*c))
            .collect(),
    };
    if base.is_ascii() {
        return vec![base.to_ascii_lowercase()];
    }
    if !shape.is_empty() && shape.chars().all(|c| c.is_ascii_alphabetic()) {
        return shape.chars().collect();
    }
    // Letters of the Latin alphabet that are no other letter with a mark: ß, æ, þ.
    let latin = matches!(base as u32, 0xC0..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0x1F130..=0x1F18F);
    if latin || (look == LetterLook::Sound && cased) {
        return ascii(any_ascii::any_ascii_char(base));
    }
    base.to_lowercase().collect()
}

/// Whether nothing of the character can be seen: a mark on the letter before, a soft hyphen, a joiner, a direction.
fn is_invisible(c: char) -> bool {
    is_combining_mark(c) || is_ignorable(c) || (c.is_control() && !c.is_whitespace())
}

/// The default-ignorable code points of Unicode.
fn is_ignorable(c: char) -> bool {
    matches!(c as u32,
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

fn kind(c: char) -> u8 {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Gap::BREAK,
        '_' => Gap::SPACE | Gap::OTHER,
        '-'
        | '~'
        | '\u{ad}'
        | '\u{58a}'
        | '\u{5be}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2053}'
        | '\u{207b}'
        | '\u{2212}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{30a0}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => Gap::HYPHEN,
        '\'' | '`' | '´' | '‘'..='‛' | '′' | '‵' | 'ʹ'..='ˋ' | '＇' | '｀' | 'ꞌ' => {
            Gap::APOSTROPHE
        }
        _ if c.is_whitespace() => Gap::SPACE,
        _ if c.is_numeric() => Gap::DIGIT,
        _ => Gap::OTHER,
    }
}

/// The letter that a sign inside of a word looks like: one at its border, up to three between its letters.
fn figure(pieces: &[DecodedChar], n: usize) -> Option<char> {
    let letter = looks_like(pieces[n].c)?;
    // The sign in an address is none.
    let token = pieces[n..].iter().take_while(|p| !p.c.is_whitespace());
    if pieces[n].c == '@' && token.map(|p| p.c).any(|c| c == '.') {
        return None;
    }
    let is_sign = |p: &&DecodedChar| looks_like(p.c).is_some();
    let before = pieces[..n].iter().rev().take(3).take_while(is_sign).count();
    let after = pieces[n + 1..].iter().take(3).take_while(is_sign).count();
    let is_letter = |p: Option<&DecodedChar>| p.is_some_and(|p| p.c.is_alphabetic());
    let left = is_letter(n.checked_sub(before + 1).and_then(|n| pieces.get(n)));
    let right = is_letter(pieces.get(n + after + 1));
    let within = left && right && before + after < 3;
    (within || (before + after == 0 && (left || right))).then_some(letter)
}

/// The letter that a sign looks like.
pub(super) fn looks_like(sign: char) -> Option<char> {
    Some(match sign {
        '0' => 'o',
        '1' | '|' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => return None,
    })
}

/// Ranges of pieces that are numbers of the program's own: UUIDs and hashes. They name nobody, and letters of a short name
/// come up in them by chance.
fn opaque(pieces: &[DecodedChar]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if !pieces[at].c.is_ascii_hexdigit() {
            at += 1;
            continue;
        }
        let rest = &pieces[at..];
        let run = rest
            .iter()
            .take_while(|p| p.c.is_ascii_hexdigit() || p.c == '-')
            .count();
        let word = rest
            .iter()
            .take_while(|p| p.c.is_alphanumeric() || p.c == '-')
            .count();
        let digits = rest[..run].iter().filter(|p| p.c.is_ascii_digit()).count();
        let hyphens = rest[..run].iter().filter(|p| p.c == '-').count();
        let uuid = run == 36 && hyphens == 4;
        let hash = (run == 64 || run == 40) && hyphens == 0;
        if run == word && digits >= 4 && (uuid || hash) {
            found.push(at..at + run);
        }
        at += word.max(1);
    }
    found
}
