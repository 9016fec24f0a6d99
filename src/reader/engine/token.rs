//! Words and marks of one block, each looked up once and given a part of speech good enough to find subjects and verbs.

use std::ops::Range;

use super::lang;
use super::lexicon::{AttributionLexicon, Language, class, form};
use super::tag::tag;

/// What a token is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pos {
    Noun,
    Name,
    Pronoun,
    Determiner,
    Adjective,
    Adverb,
    Preposition,
    Coordinator,
    Subordinator,
    Relative,
    Auxiliary,
    /// A finite verb.
    Verb,
    /// A base form behind "to" or a modal.
    Infinitive,
    /// A form in -ing.
    Ing,
    /// A past participle that is not finite, an adjective made of one included.
    Participle,
    Number,
    To,
    Not,
    /// The genitive's 's.
    Genitive,
    Comma,
    /// `.`, `?`, `!`, `…`.
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    /// A quotation mark; [`super::quote`] pairs them.
    Quote,
    Other,
}

/// One word or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Byte offset in the whole text.
    pub start: u32,
    /// Byte offset behind it.
    pub end: u32,
    /// Classes of the word list.
    pub class: u64,
    /// Verb forms of the word list.
    pub forms: u8,
    /// Number of the cue, 0 for none.
    pub cue: u16,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether white space or the block's border stands before it.
    pub spaced: bool,
    /// Its part of speech.
    pub pos: Pos,
    /// How many quotations it stands in; quotation marks stand inside their own.
    pub depth: u8,
}

impl Token {
    /// Whether it has one of the classes `bits`.
    pub(crate) fn is(&self, bits: u64) -> bool {
        self.class & bits != 0
    }
    /// Whether it is part of a name or noun phrase's core.
    pub(crate) fn nominal(&self) -> bool {
        matches!(self.pos, Pos::Noun | Pos::Name | Pos::Number | Pos::Pronoun)
    }
    /// Whether it is a finite verb or an auxiliary.
    pub(crate) fn finite(&self) -> bool {
        matches!(self.pos, Pos::Verb | Pos::Auxiliary)
    }
}

/// The bytes of tokens `range`; empty where the range is.
pub(crate) fn bytes(toks: &[Token], range: Range<usize>) -> Range<u32> {
    match (
        toks.get(range.start),
        range.end.checked_sub(1).and_then(|e| toks.get(e)),
    ) {
        (Some(a), Some(b)) if range.start < range.end => a.start..b.end,
        _ => 0..0,
    }
}

/// Whether one of tokens `from..to` is of one of the classes `bits`.
pub(crate) fn any(toks: &[Token], from: usize, to: usize, bits: u64) -> bool {
    toks[from.min(to)..to].iter().any(|t| t.is(bits))
}

/// Cuts `text[from..to]` into tokens and tags them. `tokens` is emptied first and keeps its memory.
pub(crate) fn tokenize(
    text: &str,
    from: usize,
    to: usize,
    lexicon: &AttributionLexicon,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let bytes = &text.as_bytes()[..to];
    let mut at = from;
    let mut spaced = true;
    while at < to {
        let b = bytes[at];
        if b.is_ascii_whitespace() || b == 0x0B {
            at += 1;
            spaced = true;
            continue;
        }
        let (end, pos) = if b.is_ascii_alphanumeric() {
            (word_end(bytes, at, lexicon), None)
        } else if b.is_ascii() {
            mark(bytes, at, lexicon)
        } else {
            let c = text[at..].chars().next().unwrap_or(' ');
            if c.is_whitespace() {
                at += c.len_utf8();
                spaced = true;
                continue;
            }
            match wide_mark(c) {
                Some(pos) => (at + c.len_utf8(), Some(pos)),
                None => (word_end(bytes, at, lexicon).max(at + c.len_utf8()), None),
            }
        };
        push(text, at, end.min(to), pos, spaced, lexicon, tokens);
        at = end;
        spaced = false;
    }
    for i in 0..tokens.len() {
        if tokens[i].cue != 0
            && let Some(c) = lexicon.cue(tokens[i].cue)
            && c.tail(text, &tokens[i + 1..]).is_none()
        {
            tokens[i].cue = 0;
        }
    }
    match lexicon.language {
        Language::English => tag(tokens, text),
        Language::German | Language::French | Language::Spanish => {
            lang::tag(tokens, text, lexicon.language);
        }
        Language::Other => {}
    }
}

fn push(
    text: &str,
    start: usize,
    end: usize,
    pos: Option<Pos>,
    spaced: bool,
    lexicon: &AttributionLexicon,
    tokens: &mut Vec<Token>,
) {
    let bytes = &text.as_bytes()[start..end];
    let mut t = Token {
        start: start as u32,
        end: end as u32,
        class: 0,
        forms: 0,
        cue: 0,
        capital: bytes[0].is_ascii_uppercase()
            || (!bytes[0].is_ascii() && text[start..].starts_with(char::is_uppercase)),
        spaced,
        pos: pos.unwrap_or(Pos::Other),
        depth: 0,
    };
    if pos.is_some() {
        tokens.push(t);
        return;
    }
    // "don't" → do, n't; "Wilkins's" → Wilkins, 's.
    let clitic = match lexicon.language {
        Language::English => clitic(bytes),
        Language::French => {
            for (from, to) in lang::pieces(&text[start..end], lexicon) {
                let mut piece = Token {
                    start: (start + from) as u32,
                    end: (start + to) as u32,
                    capital: t.capital && from == 0
                        || text[start + from..].starts_with(char::is_uppercase),
                    spaced: spaced && from == 0,
                    ..t
                };
                look_up(&mut piece, &bytes[from..to], lexicon);
                tokens.push(piece);
            }
            return;
        }
        Language::German | Language::Spanish | Language::Other => 0,
    };
    if clitic > 0 && clitic < bytes.len() {
        t.end = (end - clitic) as u32;
        look_up(&mut t, &bytes[..bytes.len() - clitic], lexicon);
        tokens.push(t);
        let mut tail = Token {
            start: t.end,
            end: end as u32,
            capital: false,
            spaced: false,
            ..t
        };
        look_up(&mut tail, &bytes[bytes.len() - clitic..], lexicon);
        tokens.push(tail);
        return;
    }
    look_up(&mut t, bytes, lexicon);
    tokens.push(t);
}

fn look_up(t: &mut Token, word: &[u8], lexicon: &AttributionLexicon) {
    let w = lexicon.get(word);
    t.class = w.class;
    t.forms = w.forms;
    t.cue = w.cue;
    t.pos = Pos::Other;
    if w.class != 0 || w.forms != 0 {
        return;
    }
    t.pos = if word.iter().any(u8::is_ascii_digit) && !word[0].is_ascii_alphabetic() {
        Pos::Number
    } else if t.capital {
        Pos::Name
    } else if lexicon.language != Language::English {
        Pos::Noun
    } else if word.len() > 4 && word.ends_with(b"ly") {
        Pos::Adverb
    } else if word.len() > 4 && word.ends_with(b"ing") {
        t.forms = form::ING;
        Pos::Other
    } else if word.len() > 3 && word.ends_with(b"ed") {
        t.forms = form::PAST | form::PARTICIPLE;
        Pos::Other
    } else if word.len() > 5
        && [
            &b"al"[..],
            b"ive",
            b"ous",
            b"ful",
            b"able",
            b"ible",
            b"ic",
            b"less",
            b"ish",
        ]
        .iter()
        .any(|s| word.ends_with(s))
    {
        Pos::Adjective
    } else {
        Pos::Noun
    };
}

/// The length of the clitic that `word` ends with, in bytes: 's, n't, 're, 've, 'll, 'd, 'm with either apostrophe.
fn clitic(word: &[u8]) -> usize {
    // Nearly no word has one: a glance at its end decides.
    let tail = &word[word.len().saturating_sub(5)..];
    if !tail.iter().any(|b| matches!(b, b'\'' | 0x99)) {
        return 0;
    }
    let lower = |b: u8| b.to_ascii_lowercase();
    for apostrophe in [&b"'"[..], "’".as_bytes()] {
        for tail in [&b"s"[..], b"t", b"re", b"ve", b"ll", b"d", b"m"] {
            let n = apostrophe.len() + tail.len();
            if word.len() <= n {
                continue;
            }
            let (head, rest) = word.split_at(word.len() - n);
            if !rest.starts_with(apostrophe)
                || !rest[apostrophe.len()..]
                    .iter()
                    .map(|b| lower(*b))
                    .eq(tail.iter().copied())
            {
                continue;
            }
            if tail == b"t" {
                return match head.last() {
                    Some(b'n' | b'N') if head.len() > 1 => n + 1,
                    _ => 0,
                };
            }
            return n;
        }
    }
    0
}

/// Where the word that begins at `at` ends: letters, digits, inner hyphens, apostrophes, points of abbreviations and
/// numbers.
fn word_end(bytes: &[u8], at: usize, lexicon: &AttributionLexicon) -> usize {
    let n = bytes.len();
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
    // "l'état": an apostrophe before an accented letter, which all are in Latin-1.
    let elides = lexicon.language == Language::French;
    let mut i = at;
    let mut points = false;
    loop {
        while i < n && letter(bytes[i]) {
            if bytes[i] >= 0x80 && !wide_letter(bytes, i) {
                // ’ inside a word is its apostrophe; any other wide mark ends it.
                let apostrophe = bytes[i..].starts_with("’".as_bytes())
                    && i > at
                    && (bytes.get(i + 3).is_some_and(u8::is_ascii_alphabetic)
                        || elides && bytes.get(i + 3) == Some(&0xC3));
                if !apostrophe {
                    return i;
                }
                i += 3;
                continue;
            }
            i += 1;
        }
        let next = bytes.get(i + 1).copied().unwrap_or(b' ');
        match bytes.get(i) {
            Some(b'\'') if next.is_ascii_alphabetic() || elides && next == 0xC3 => i += 1,
            Some(b'-') if next.is_ascii_alphanumeric() || next >= 0x80 => i += 1,
            Some(b'.' | b',' | b':') if next.is_ascii_digit() && bytes[i - 1].is_ascii_digit() => {
                i += 1;
            }
            Some(b'.') if next.is_ascii_alphabetic() && (points || i - at <= 2) => {
                points = true;
                i += 1;
            }
            Some(b'.') if points || abbreviation(&bytes[at..i], next, lexicon) => return i + 1,
            Some(b'.' | b'@' | b'/') if next.is_ascii_lowercase() => i += 1,
            _ => return i,
        }
    }
}

/// Whether the character at `i` belongs to a word: any wide one but marks and white space.
fn wide_letter(bytes: &[u8], i: usize) -> bool {
    // Marks used here lie in U+2000–U+206F, U+3000–U+303F, and « » ¡ ¿ · in Latin-1; continuation bytes follow on.
    match bytes[i..] {
        // Joiners tie emoji and letters into one cluster.
        [0xE2, 0x80, 0x8C | 0x8D, ..] => true,
        [0xE2, 0x80 | 0x81, ..] | [0xE3, 0x80, ..] => false,
        [0xC2, b, ..] => matches!(
            b,
            0xAA | 0xB2 | 0xB3 | 0xB5 | 0xB9 | 0xBA | 0xBC..=0xBE | 0xAD
        ),
        _ => true,
    }
}

/// Whether a point behind `word` belongs to it.
fn abbreviation(word: &[u8], next: u8, lexicon: &AttributionLexicon) -> bool {
    if word.len() == 1 {
        return word[0].is_ascii_uppercase() && word[0] != b'I' && next == b' ';
    }
    if word.len() > 5 {
        return false;
    }
    let mut key = [0u8; 6];
    key[..word.len()].copy_from_slice(word);
    key[word.len()] = b'.';
    word[0].is_ascii_uppercase()
        && lexicon.get(&key[..=word.len()]).class & class::ABBREVIATION != 0
}

fn mark(bytes: &[u8], at: usize, lexicon: &AttributionLexicon) -> (usize, Option<Pos>) {
    let twice = bytes.get(at + 1) == Some(&bytes[at]);
    match bytes[at] {
        b',' => (at + 1, Some(Pos::Comma)),
        b'.' => {
            let mut end = at + 1;
            while bytes.get(end) == Some(&b'.') {
                end += 1;
            }
            (
                end,
                Some(if end - at == 2 { Pos::Other } else { Pos::Stop }),
            )
        }
        b'?' | b'!' => (at + 1, Some(Pos::Stop)),
        b':' => (at + 1, Some(Pos::Colon)),
        b';' => (at + 1, Some(Pos::Semicolon)),
        b'-' => {
            let mut end = at + 1;
            while bytes.get(end) == Some(&b'-') {
                end += 1;
            }
            (end, Some(Pos::Dash))
        }
        b'(' | b'[' => (at + 1, Some(Pos::Open)),
        b')' | b']' => (at + 1, Some(Pos::Close)),
        b'"' => (at + 1, Some(Pos::Quote)),
        b'\'' | b'`' if twice => (at + 2, Some(Pos::Quote)),
        b'\'' | b'`' => {
            // A clitic that stands alone ("we 've") or a single quotation mark.
            let tail = bytes[at + 1..]
                .iter()
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            let clitic = matches!(
                bytes[at + 1..][..tail].to_ascii_lowercase().as_slice(),
                b"s" | b"re" | b"ve" | b"ll" | b"d" | b"m"
            );
            if clitic && bytes[at] == b'\'' && at > 0 && bytes[at - 1] != b' ' {
                (at + 1 + tail, None)
            } else {
                (at + 1, Some(Pos::Quote))
            }
        }
        b'#' | b'@' | b'$' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => {
            (word_end(bytes, at + 1, lexicon), None)
        }
        _ => (at + 1, Some(Pos::Other)),
    }
}

fn wide_mark(c: char) -> Option<Pos> {
    Some(match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '「' | '」' | '『'
        | '』' => Pos::Quote,
        '—' | '–' | '―' => Pos::Dash,
        '…' | '。' | '！' | '？' => Pos::Stop,
        '，' | '、' => Pos::Comma,
        '\u{200C}' | '\u{200D}' => return None,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '¡' | '¿' | '·' => Pos::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of `text` that are finite verbs.
    fn verbs(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(
            text,
            0,
            text.len(),
            AttributionLexicon::english(),
            &mut tokens,
        );
        tokens
            .iter()
            .filter(|t| t.pos == Pos::Verb)
            .map(|t| &text[t.start as usize..t.end as usize])
            .collect()
    }

    #[test]
    fn verbs_are_told_from_nouns_of_the_same_shape() {
        for (text, expected) in [
            (
                "Heald noted the findings show losses.",
                vec!["noted", "show"],
            ),
            (
                "The report says that the claims fell.",
                vec!["says", "fell"],
            ),
            ("Her report on the claims was long.", vec![]),
            ("Officials say the plan failed.", vec!["say", "failed"]),
            ("A light show ended the fair.", vec!["ended"]),
            (
                "Figures from the office show that rents rose.",
                vec!["show", "rose"],
            ),
            ("The message board of the club closed.", vec!["closed"]),
            ("He is said to own a boat.", vec![]),
        ] {
            assert_eq!(verbs(text), expected, "{text}");
        }
    }

    #[test]
    fn words_keep_their_points_and_give_up_their_clitics() {
        let text = "U.S. officials don’t trust Mr. Pell's 4.2 million, e.g. in Tarn.";
        let mut tokens = Vec::new();
        tokenize(
            text,
            0,
            text.len(),
            AttributionLexicon::english(),
            &mut tokens,
        );
        let words: Vec<_> = tokens
            .iter()
            .map(|t| &text[t.start as usize..t.end as usize])
            .collect();
        assert_eq!(
            words,
            [
                "U.S.",
                "officials",
                "do",
                "n’t",
                "trust",
                "Mr.",
                "Pell",
                "'s",
                "4.2",
                "million",
                ",",
                "e.g.",
                "in",
                "Tarn",
                "."
            ]
        );
    }
}
