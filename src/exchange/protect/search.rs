//! The search: where a text names somebody, in whatever way it is written.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::decode::{DecodedChar, plain, readings};
use super::fold::{Folded, LetterLook, looks_like};
use super::needle::{Needle, NeedleRule};
use super::words::{common, is_ending, is_short_ending};

/// How a text is written, which says what a small letter means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Words that were written to be read: the article, quotations, wordings. Names have capitals.
    Prose,
    /// What a checker wrote for the desk: small letters mean nothing.
    Note,
    /// A link, a file's name, a tag: words are joined.
    Link,
}

/// A place that names somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamingPlace {
    /// Its bytes.
    pub range: Range<usize>,
    /// The common word that stands there, by the number of its needle; none where it is more than one.
    pub common: Option<usize>,
    /// Whether nobody can tell that it is meant.
    pub doubtful: bool,
}

/// So many letters of a joined name are no chance.
const LONG: usize = 8;
/// Texts are searched in windows of this many characters, so that little is held at a time.
const WINDOW: usize = 32 * 1024;
/// Windows overlap by this many characters.
const OVERLAP: usize = 400;

/// Needles made ready.
#[derive(Debug)]
pub(super) struct NameSearch {
    needles: Vec<Needle>,
    automaton: Option<AhoCorasick>,
    /// The same where `l` and `i` are one, as they are to the eye: `KowaIska`.
    strokes: Option<AhoCorasick>,
    numbers: bool,
}

impl NameSearch {
    /// A search for `needles`.
    pub fn new(needles: Vec<Needle>) -> Self {
        Self {
            automaton: AhoCorasick::new(needles.iter().map(|n| &n.letters)).ok(),
            strokes: AhoCorasick::new(needles.iter().map(|n| n.letters.replace('l', "i"))).ok(),
            numbers: needles.iter().any(|n| n.rule == NeedleRule::Number),
            needles,
        }
    }

    /// The places of `text` that name somebody, in order, disjoint.
    pub fn find(&self, text: &str, kind: TextKind) -> Vec<NamingPlace> {
        let pieces = plain(text);
        let mut found = Vec::new();
        let mut from = 0;
        while from < pieces.len() {
            let end = window_end(&pieces, from);
            self.window(text, &pieces[from..end], kind, &mut found);
            if end == pieces.len() {
                break;
            }
            from = window_start(&pieces, end - OVERLAP.min(end - from - 1));
        }
        merged(found)
    }

    fn window(
        &self,
        text: &str,
        pieces: &[DecodedChar],
        kind: TextKind,
        found: &mut Vec<NamingPlace>,
    ) {
        self.reading(text, pieces, kind, found);
        for reading in readings(pieces) {
            self.reading(text, &reading, kind, found);
        }
    }

    fn reading(
        &self,
        text: &str,
        pieces: &[DecodedChar],
        kind: TextKind,
        found: &mut Vec<NamingPlace>,
    ) {
        self.look(text, pieces, LetterLook::Shape, kind, found);
        if pieces
            .iter()
            .any(|p| !p.c.is_ascii() && p.c.is_alphabetic())
        {
            self.look(text, pieces, LetterLook::Sound, kind, found);
        }
        let figures = pieces.windows(2).any(|w| {
            let [a, b] = [w[0].c, w[1].c];
            (looks_like(a).is_some() && b.is_alphabetic())
                || (a.is_alphabetic() && looks_like(b).is_some())
                || (a.is_lowercase() && b == 'I')
        });
        if figures {
            self.look(text, pieces, LetterLook::Figures, kind, found);
        }
        if self.numbers && pieces.iter().any(|p| p.c.is_numeric()) {
            self.look(text, pieces, LetterLook::Digits, kind, found);
        }
    }

    fn look(
        &self,
        text: &str,
        pieces: &[DecodedChar],
        look: LetterLook,
        kind: TextKind,
        found: &mut Vec<NamingPlace>,
    ) {
        let automaton = match look {
            LetterLook::Figures => &self.strokes,
            _ => &self.automaton,
        };
        let Some(automaton) = automaton else {
            return;
        };
        let folded = Folded::new(pieces, look);
        let mut theirs: Vec<Range<usize>> = Vec::new();
        let mut mine: Vec<(NamingPlace, bool)> = Vec::new();
        for m in automaton.find_overlapping_iter(&folded.text) {
            let n = m.pattern().as_usize();
            let Some(needle) = self.needles.get(n) else {
                continue;
            };
            let place = Place {
                text,
                folded: &folded,
                needle,
                look,
                at: m.range(),
                kind,
            };
            if (needle.rule == NeedleRule::Number) != (look == LetterLook::Digits)
                || (look == LetterLook::Figures && m.len() < 4)
            {
                continue;
            }
            if let Some(range) = place.names() {
                if needle.rule == NeedleRule::Other {
                    theirs.push(range);
                    continue;
                }
                let doubtful = matches!(needle.rule, NeedleRule::Doubtful | NeedleRule::Letter);
                let common = needle.common.then_some(n);
                mine.push((
                    NamingPlace {
                        range,
                        common,
                        doubtful,
                    },
                    needle.given,
                ));
            }
        }
        let of_others =
            |r: &Range<usize>| theirs.iter().any(|t| t.start <= r.start && r.end <= t.end);
        let mine = mine
            .into_iter()
            .filter(|(f, given)| !(*given && of_others(&f.range)));
        found.extend(mine.map(|(f, _)| f));
    }
}

fn window_end(pieces: &[DecodedChar], from: usize) -> usize {
    let end = (from + WINDOW).min(pieces.len());
    if end == pieces.len() {
        return end;
    }
    let back = pieces[from..end].iter().rposition(|p| p.c.is_whitespace());
    back.filter(|n| *n > WINDOW / 2).map_or(end, |n| from + n)
}

/// The next white space, so that no window begins inside of a word.
fn window_start(pieces: &[DecodedChar], from: usize) -> usize {
    let rest = pieces[from..].iter().take(OVERLAP / 2);
    from + rest.clone().position(|p| p.c.is_whitespace()).unwrap_or(0)
}

/// The places in order, those that overlap as one.
pub(super) fn merged(mut found: Vec<NamingPlace>) -> Vec<NamingPlace> {
    found.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.range.end)));
    let mut merged: Vec<NamingPlace> = Vec::new();
    for f in found {
        match merged.last_mut() {
            Some(last) if f.range.start < last.range.end => {
                // What more than a common word names is no matter of doubt.
                let sure = |f: &NamingPlace| f.common.is_none() && !f.doubtful;
                if sure(&f) || sure(last) {
                    (last.common, last.doubtful) = (None, false);
                } else {
                    last.doubtful &= f.doubtful;
                    last.common = last.common.or(f.common);
                }
                last.range.end = last.range.end.max(f.range.end);
            }
            _ => merged.push(f),
        }
    }
    merged
}

/// A place with the letters of a needle.
struct Place<'a> {
    text: &'a str,
    folded: &'a Folded,
    needle: &'a Needle,
    look: LetterLook,
    /// Bytes of the folded text.
    at: Range<usize>,
    kind: TextKind,
}

impl Place<'_> {
    /// The bytes to mask, if the place counts.
    fn names(&self) -> Option<Range<usize>> {
        let parted = self.gaps()?;
        let (i, j) = (self.at.start, self.at.end);
        let (begins, ends) = (self.folded.begins_word(i), self.folded.ends_word(j));
        let whole = begins && ends;
        let length = self.needle.letters.chars().count();
        let exact = Some(self.range(i, j));
        match self.needle.rule {
            NeedleRule::Number => exact,
            NeedleRule::Contact => self.word(),
            NeedleRule::Other => exact.filter(|_| whole),
            NeedleRule::Name if whole => self.with_initials(),
            NeedleRule::Name if parted => self.word().filter(|_| begins && is_ending(self.rest())),
            NeedleRule::Name => self.word().filter(|_| length >= LONG),
            NeedleRule::Proper => {
                exact.filter(|_| whole && (parted || length > 3) && self.capitals())
            }
            NeedleRule::Part => self.part(whole, begins, length),
            NeedleRule::Short => self.short(whole, begins),
            NeedleRule::Ordinary => {
                let small = self.kind != TextKind::Prose || self.is_handle();
                let genitive = begins && self.rest() == "s" && self.capital();
                match whole {
                    true => self.with_initials().filter(|_| self.capital() || small),
                    false => self.word().filter(|_| genitive),
                }
            }
            NeedleRule::Function => self.with_initials().filter(|_| whole && self.capital()),
            NeedleRule::Stem => {
                let sure = self.capital() || length >= 6;
                let ending = !ends && is_ending(self.rest());
                self.word()
                    .filter(|_| begins && ending && sure && !common(self.whole_word()).any())
            }
            NeedleRule::Handle => exact.filter(|_| whole && (length > 4 || self.is_handle())),
            NeedleRule::Initials => exact.filter(|_| whole && self.initials(parted)),
            NeedleRule::Phrase => match whole {
                true => exact,
                false => self.word().filter(|_| {
                    begins && matches!(self.rest(), "s" | "es" | "n" | "en" | "in" | "innen" | "e")
                }),
            },
            NeedleRule::Letter => {
                exact.filter(|_| whole && self.capital() && self.stands_for_a_name())
            }
            NeedleRule::Doubtful => exact.filter(|_| whole && !self.capital()),
        }
    }

    fn part(&self, whole: bool, begins: bool, length: usize) -> Option<Range<usize>> {
        if whole {
            return self.with_initials();
        }
        let inflected = begins && self.capital() && is_short_ending(self.rest());
        let inside = length >= 5 || inflected || self.is_handle() || self.camel();
        self.word().filter(|_| inside)
    }

    fn short(&self, whole: bool, begins: bool) -> Option<Range<usize>> {
        if whole {
            // "Li-ion" names a battery.
            let next = self.folded.letters.get(self.at.end);
            let compound = next.is_some_and(|n| n.before.is_hyphen() && !n.upper)
                && common(self.word_from(self.at.end)).compound();
            return self.with_initials().filter(|_| !compound);
        }
        let genitive =
            begins && self.capital() && self.rest() == "s" && !common(self.whole_word()).any();
        self.word().filter(|_| genitive)
    }

    /// Whether the gaps between its letters are such as a name may have; whether its words are parted.
    fn gaps(&self) -> Option<bool> {
        let length = self.needle.letters.chars().count();
        let (mut parted, mut spaced, mut broken, mut letters) = (false, true, false, 0);
        let mut spaces = Vec::new();
        for k in self.at.start + 1..self.at.end {
            // Letters that one character is folded to have nothing between them.
            let same = self.folded.letters[k].start == self.folded.letters[k - 1].start;
            if same || !self.folded.text.is_char_boundary(k) {
                continue;
            }
            let gap = self.folded.letters[k].before;
            letters += 1;
            let border = self.needle.borders.contains(&(k - self.at.start));
            spaced &= gap.spaces_out() || (border && gap.parts_words() && !gap.is_none());
            match (border, gap.is_none()) {
                (true, none) => {
                    parted |= !none;
                    broken |= !none && !gap.parts_words();
                }
                (false, true) => {}
                (false, false) if gap.is_space() => spaces.push(k),
                (false, false) => broken |= !gap.inside_word() || length < 4,
            }
        }
        broken |= match spaces.as_slice() {
            [] => false,
            [k] => length < 5 || self.look == LetterLook::Figures || !self.is_broken_at(*k),
            _ => true,
        };
        (!broken || (spaced && letters >= 3 && length >= 4)).then_some(parted)
    }

    /// Whether a word is broken by the space before byte `k`, and not two words that stand side by side: `Kowal ska`.
    fn is_broken_at(&self, k: usize) -> bool {
        let half = |r: Range<usize>| self.folded.text.get(r).unwrap_or("");
        let (first, second) = (half(self.at.start..k), half(k..self.at.end));
        let is_word = |half: &str| half.len() < 2 || common(half).function();
        // A capital is the beginning of a name, whatever comes after it.
        !is_word(first) && (self.folded.letters[self.at.start].upper || !is_word(second))
    }

    fn range(&self, i: usize, j: usize) -> Range<usize> {
        let letters = &self.folded.letters;
        letters[i].start as usize..letters[j - 1].end as usize
    }

    fn capital(&self) -> bool {
        let first = &self.folded.letters[self.at.start];
        first.upper || !first.cased
    }

    /// Whether each word of it has a capital.
    fn capitals(&self) -> bool {
        let starts = self.needle.borders.iter().map(|b| b + self.at.start);
        let mut all = std::iter::once(self.at.start).chain(starts);
        all.all(|k| self.folded.letters[k].upper || !self.folded.letters[k].cased)
    }

    /// Whether a capital begins it inside of a word, or ends it: `drOduya`, `OduyaFan`.
    fn camel(&self) -> bool {
        self.folded.begins_word(self.at.start)
            && self.capital()
            && self.folded.ends_word(self.at.end)
    }

    /// Initials with full stops, or in notes without, unless the letters are known for something else.
    fn initials(&self, parted: bool) -> bool {
        const KNOWN: &[&str] = &[
            "us", "uk", "eu", "un", "ai", "it", "pm", "mp", "tv", "pr", "id", "ag", "pc", "co",
            "md", "am", "ad", "bc", "dc", "la", "ny", "no", "ok", "hr", "vp", "cv", "ip", "pdf",
            "usa", "fbi", "cia", "bbc", "cnn", "nhs", "nato",
        ];
        if KNOWN.contains(&self.needle.letters.as_str()) || !self.capitals() {
            return false;
        }
        let letters = self
            .at
            .clone()
            .skip(1)
            .map(|k| self.folded.letters[k].before);
        let stops = parted && letters.clone().all(|g| g.has_sign());
        stops || (!parted && (self.kind == TextKind::Note || self.needle.letters.len() > 2))
    }

    /// Whether the one letter stands for a name and is no word: `A.`
    fn stands_for_a_name(&self) -> bool {
        let end = self.folded.letters[self.at.end - 1].end as usize;
        !common(&self.needle.letters).function() || self.text[end..].starts_with('.')
    }

    /// The letters of the word behind the place.
    fn rest(&self) -> &str {
        self.word_from(self.at.end)
    }

    /// The letters from byte `at` to the end of the word.
    fn word_from(&self, at: usize) -> &str {
        let mut end = (at + 1).min(self.folded.text.len());
        while !self.folded.ends_word(end) || !self.folded.text.is_char_boundary(end) {
            end += 1;
        }
        self.folded.text.get(at..end).unwrap_or("")
    }

    /// The letters of the whole word.
    fn whole_word(&self) -> &str {
        let end = self.at.end
            + if self.folded.ends_word(self.at.end) {
                0
            } else {
                self.rest().len()
            };
        self.folded.text.get(self.at.start..end).unwrap_or("")
    }

    /// The place with what is left of its word before and behind it.
    fn word(&self) -> Option<Range<usize>> {
        let letters = &self.folded.letters;
        let (mut i, mut j) = (self.at.start, self.at.end);
        while i > 0 && letters[i].before.is_none() && letters[i].cased {
            i -= 1;
        }
        while j < letters.len() && letters[j].before.is_none() && letters[j].cased {
            j += 1;
        }
        Some(self.range(i, j))
    }

    /// The place with the initials that stand before it and after it: `M. A. Oduya`, `Mara O.`
    fn with_initials(&self) -> Option<Range<usize>> {
        let letters = &self.folded.letters;
        let mut i = self.at.start;
        while let Some(k) = i.checked_sub(1)
            && letters[k].upper
            && self.folded.begins_word(k)
            && letters[i].before.count <= 2
            && letters[i].before.parts_words()
            && self
                .folded
                .text
                .get(k..i)
                .is_some_and(|c| self.needle.initials.contains(c))
        {
            i = k;
        }
        let j = self.at.end;
        let stop = |end: u32| {
            self.text
                .get(end as usize..)
                .is_some_and(|t| t.starts_with('.'))
        };
        let after = letters.get(j).is_some_and(|l| {
            l.upper && l.before.count == 1 && self.folded.ends_word(j + 1) && stop(l.end)
        });
        let mine = after
            && self
                .folded
                .text
                .get(j..=j)
                .is_some_and(|c| self.needle.initials.contains(c));
        Some(self.range(i, if mine { j + 1 } else { j }))
    }

    /// Whether the place stands in a handle, an address, a file's name or a tag.
    fn is_handle(&self) -> bool {
        if self.kind == TextKind::Link {
            return true;
        }
        let range = self.range(self.at.start, self.at.end);
        let apart = |c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '(' | ')' | '<' | '>' | '“' | '”' | ',' | ';' | '|')
        };
        let from = self.text[..range.start].rfind(apart).map_or(0, |n| n + 1);
        let from = (from..=range.start)
            .find(|n| self.text.is_char_boundary(*n))
            .unwrap_or(range.start);
        let to = self.text[range.end..]
            .find(apart)
            .map_or(self.text.len(), |n| range.end + n);
        let token = self.text[from..to].trim_end_matches(['.', '!', '?', ':', '…', '\'', '’']);
        let joined = |sign: char| {
            let mut parts = token.split(sign);
            let first = parts.next();
            first.is_some_and(|p| p.ends_with(char::is_alphanumeric))
                && parts.any(|p| p.starts_with(char::is_alphanumeric))
        };
        token.contains(['@', '#', '_', '\\'])
            || token.contains("//")
            || joined('.')
            || token.bytes().any(|b| b.is_ascii_digit())
    }
}
