//! The word lists: what each word can be. Data files, one set a language, read once, looked up by hash without any
//! allocation.

mod build;
mod inflect;

use std::sync::OnceLock;

use super::token::Token;
use build::LexiconBuilder;

use crate::core::vocabulary::{Certainty, Stance};
use crate::reader::language::primary;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $word:literal,)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u8)]
        enum Order { $($name,)+ }
        /// The classes of a word, one bit each, as the data files name them.
        pub(crate) mod class {
            $($(#[$doc])* pub(crate) const $name: u64 = 1 << (super::Order::$name as u8);)+
        }
        const CLASSES: &[(&str, u64)] = &[$(($word, class::$name),)+];
    };
}

classes! {
    DET "det", POSS "poss", SUBJ "subj", OBJ "obj", PERS "pers", COORD "coord", SUB "sub", REL "rel", WH "wh",
    PREP "prep", BE "be", AUX "aux", MODAL "modal", NEG "neg", NEGSUBJ "negsubj", ADV "adv", TIME "time",
    WEEKDAY "weekday", MONTH "month", HEDGE_POSSIBLE "hedge_possible", HEDGE_PROBABLE "hedge_probable",
    STRONG "strong", CONTROL "control", NEGCONTROL "negcontrol", ADDRESSEE "addressee", ANONYMOUS "anonymous",
    ROLE "role", HONORIFIC "honorific", ORG "org", MEDIA "media", DOCUMENT "document", DATASET "dataset",
    SPEECHNOUN "speechnoun", DENIALNOUN "denialnoun", PLACE "place", NATIONALITY "nationality", CREDIT "creditword",
    UNNAMED "unnamed", ADJCUE "adjcue", NOUN "noun", MALE "male", FEMALE "female", ABBREVIATION "abbreviation",
    ADJ "adj", GREETING "greeting", LABEL "label",
    THAT "that", LINK "link", CLITIC "clitic", PLURAL "plural", FINITE "finite", PARTICIPLE "participle",
    INFINITIVE "infinitive", CONTRAST "contrast", SPEAKER "speaker", THING "thing", IMPERSONAL "impersonal",
    PARTICLE "particle", OBLIQUE "oblique",
    #[doc = "The first word of a phrase of `phrases.txt`."]
    OPENS "opens",
}

/// The forms of a verb, one bit each.
pub(crate) mod form {
    pub(crate) const BASE: u8 = 1;
    pub(crate) const THIRD: u8 = 2;
    pub(crate) const PAST: u8 = 4;
    pub(crate) const PARTICIPLE: u8 = 8;
    pub(crate) const ING: u8 = 16;
}

/// The frames of a cue, one bit each: what can stand around it. See the head of `cues.txt`.
pub(crate) mod frame {
    pub(crate) const CLAUSE: u16 = 1;
    pub(crate) const THAT: u16 = 2;
    pub(crate) const WH: u16 = 4;
    pub(crate) const QUOTE: u16 = 8;
    pub(crate) const ADDRESSEE: u16 = 16;
    pub(crate) const OBJECT: u16 = 32;
    pub(crate) const INFINITIVE: u16 = 64;
    pub(crate) const URGE: u16 = 128;
    pub(crate) const ACCUSE: u16 = 256;
    pub(crate) const PASSIVE: u16 = 512;
    pub(crate) const RELAY: u16 = 1024;
    pub(crate) const MENTAL: u16 = 2048;
    pub(crate) const OUT: u16 = 4096;
    pub(crate) const STATE: u16 = 8192;
    pub(crate) const RAISES: u16 = 16384;
    pub(crate) const ASKS: u16 = 32768;
}

/// A verb that can report.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// Its base form.
    pub lemma: &'static str,
    /// The particle that may stand apart from it, as in "teilte … mit"; empty where it has none.
    pub particle: &'static str,
    /// The next cue that shares a form with it, by number; 0 for none.
    pub next: u16,
    /// Its frames.
    pub frames: u16,
    /// The stance it expresses.
    pub stance: Stance,
    /// How sure it sounds.
    pub certainty: Certainty,
    /// The words that must follow it ("point out", "put it"); alternatives, none for most.
    pub tails: Box<[&'static str]>,
}

impl Cue {
    /// How many of the tokens `behind` the verb belong to the cue; none where words that it needs are missing.
    pub(crate) fn tail(&self, text: &str, behind: &[Token]) -> Option<usize> {
        if self.tails.is_empty() {
            return Some(0);
        }
        let is = |t: &Token, word: &str| {
            text[t.start as usize..t.end as usize].eq_ignore_ascii_case(word)
        };
        self.tails.iter().find_map(|tail| {
            let n = tail.split('_').count();
            let all = behind.len() >= n && tail.split('_').zip(behind).all(|(w, t)| is(t, w));
            all.then_some(n)
        })
    }
}

/// What a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordClass {
    /// Its classes, bits of [`class`].
    pub class: u64,
    /// Its verb forms, bits of [`form`]; 0 for what is no verb.
    pub forms: u8,
    /// The cue that it is a form of, from 1; 0 for none.
    pub cue: u16,
}

/// The longest word looked up, in bytes; longer ones are unknown.
const LONGEST: usize = 24;

/// Which rules read a text: those of a language that has word lists, else those that need none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
    French,
    Spanish,
    /// Any language without word lists: only what quotation marks and layout tell is read.
    Other,
}

/// What a phrase of `phrases.txt` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expresses {
    /// The source stands behind it, where what stands there can speak: "laut X", "selon X", "según X".
    Source,
    /// The source stands behind it, whatever it is: "nach Angaben von X", "a juicio de X".
    Voice,
    /// The source stands before it: "X zufolge".
    SourceBefore,
    /// A report in passing follows: "wie X sagte", "comme l'a dit X".
    As,
    /// It names the speaker of what stands before: "so X".
    So,
}

/// A phrase that attributes without a verb of its own.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    /// Its words, in lower case.
    pub words: Vec<&'static str>,
    /// What it does.
    pub kind: Expresses,
}

/// The word lists of one language.
pub(crate) struct AttributionLexicon {
    /// The language.
    pub language: Language,
    /// Its phrases, the longest first.
    pub phrases: Vec<Expression>,
    /// The longest word ending looked up, in bytes; 0 where there is none.
    endings: usize,
    /// What any verb right beside a quotation is: "“Love it,” she beamed".
    pub quotative: Cue,
    cues: Vec<Cue>,
    slots: Vec<u32>,
    keys: Vec<(Box<[u8]>, WordClass)>,
    mask: usize,
}

impl AttributionLexicon {
    /// The lists for the language of a BCP 47 tag; English where it is not known, empty ones where it has none.
    pub(crate) fn of(tag: &str) -> &'static AttributionLexicon {
        static OTHER: OnceLock<AttributionLexicon> = OnceLock::new();
        macro_rules! lists {
            ($language:ident, $folder:literal) => {{
                static LEXICON: OnceLock<AttributionLexicon> = OnceLock::new();
                LEXICON.get_or_init(|| {
                    let mut b = LexiconBuilder::new(Language::$language);
                    b.words(include_str!(concat!("../lexicon/", $folder, "/words.txt")));
                    b.cues(include_str!(concat!("../lexicon/", $folder, "/cues.txt")));
                    b.verbs(include_str!(concat!("../lexicon/", $folder, "/verbs.txt")));
                    b.phrases(include_str!(concat!(
                        "../lexicon/",
                        $folder,
                        "/phrases.txt"
                    )));
                    b.build()
                })
            }};
        }
        match primary(tag).to_ascii_lowercase().as_str() {
            "" | "en" => Self::english(),
            "de" => lists!(German, "de"),
            "fr" => lists!(French, "fr"),
            "es" => lists!(Spanish, "es"),
            _ => OTHER.get_or_init(|| LexiconBuilder::new(Language::Other).build()),
        }
    }

    /// The English lists.
    pub(crate) fn english() -> &'static AttributionLexicon {
        static LEXICON: OnceLock<AttributionLexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut b = LexiconBuilder::new(Language::English);
            b.words(include_str!("../lexicon/en/words.txt"));
            b.cues(include_str!("../lexicon/en/cues.txt"));
            b.verbs(include_str!("../lexicon/en/verbs.txt"));
            b.build()
        })
    }

    /// What `word` can be, whatever its case; a typographic apostrophe counts as a plain one.
    pub(crate) fn get(&self, word: &[u8]) -> WordClass {
        let mut buffer = [0u8; LONGEST];
        fold(word, &mut buffer)
            .and_then(|key| self.find(key))
            .or_else(|| self.by_ending(word))
            .unwrap_or_default()
    }

    /// What the longest known ending of an unknown `word` says of it: "-ministerin", "-mente".
    fn by_ending(&self, word: &[u8]) -> Option<WordClass> {
        let mut buffer = [0u8; LONGEST];
        let longest = self.endings.min(word.len().saturating_sub(2));
        (1..=longest).rev().find_map(|n| {
            let tail = &word[word.len() - n..];
            // Never from the middle of a character.
            if tail[0] & 0xC0 == 0x80 {
                return None;
            }
            let (mark, rest) = buffer.split_first_mut()?;
            *mark = b'-';
            let n = fold_into(tail, rest)?;
            self.find(&buffer[..=n])
        })
    }

    fn find(&self, key: &[u8]) -> Option<WordClass> {
        let mut at = hash(key) as usize & self.mask;
        // The table is at most half full, so a free slot ends every search.
        loop {
            match self.slots[at] {
                0 => return None,
                n => {
                    let (k, w) = &self.keys[n as usize - 1];
                    if **k == *key {
                        return Some(*w);
                    }
                }
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The cue numbered `n`, from 1.
    pub(crate) fn cue(&self, n: u16) -> Option<&Cue> {
        self.cues.get(usize::from(n).checked_sub(1)?)
    }
}

/// `word` in lower case in `buffer`, with plain apostrophes; none where it is too long.
fn fold<'b>(word: &[u8], buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    if word.len() <= LONGEST && word.is_ascii() {
        let key = &mut buffer[..word.len()];
        key.copy_from_slice(word);
        key.make_ascii_lowercase();
        return Some(key);
    }
    let n = fold_into(word, buffer)?;
    Some(&buffer[..n])
}

/// Writes `word` as [`fold`] does and returns its length.
fn fold_into(word: &[u8], buffer: &mut [u8]) -> Option<usize> {
    let mut n = 0;
    let mut i = 0;
    while i < word.len() {
        let (byte, step) = match word[i..] {
            [0xE2, 0x80, 0x98 | 0x99, ..] => (b'\'', 3),
            // À to Þ.
            [b @ 0x80..=0x9E, ..] if i > 0 && word[i - 1] == 0xC3 && b != 0x97 => (b + 0x20, 1),
            [b, ..] => (b.to_ascii_lowercase(), 1),
            [] => break,
        };
        *buffer.get_mut(n)? = byte;
        n += 1;
        i += step;
    }
    Some(n)
}

/// Whether `word` is `lower`, whatever its case and apostrophe.
pub(crate) fn same(word: &[u8], lower: &str) -> bool {
    let mut buffer = [0u8; LONGEST];
    fold(word, &mut buffer) == Some(lower.as_bytes())
}

fn hash(key: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64 ^ key.len() as u64;
    for chunk in key.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_with_any_apostrophe() {
        let l = AttributionLexicon::english();
        for (word, class) in [
            ("The", class::DET),
            ("SPOKESMAN", class::ROLE),
            ("n’t", class::NEG),
            ("'s", class::BE),
        ] {
            assert!(l.get(word.as_bytes()).class & class != 0, "{word}");
        }
        assert_eq!(l.get("floobrication".as_bytes()), WordClass::default());
        assert_eq!(l.get("x".repeat(400).as_bytes()), WordClass::default());
    }

    #[test]
    fn a_cue_is_found_in_each_of_its_forms() {
        let l = AttributionLexicon::english();
        for (word, lemma, form) in [
            ("denied", "deny", form::PAST),
            ("denies", "deny", form::THIRD),
            ("saying", "say", form::ING),
            ("alleges", "allege", form::THIRD),
            ("accusing", "accuse", form::ING),
            ("stressed", "stress", form::PARTICIPLE),
        ] {
            let w = l.get(word.as_bytes());
            assert_eq!(l.cue(w.cue).unwrap().lemma, lemma, "{word}");
            assert!(w.forms & form != 0, "{word}");
        }
    }

    #[test]
    fn every_cue_takes_something_and_every_class_has_words() {
        let all = ["en", "de", "fr", "es"].map(AttributionLexicon::of);
        for l in all {
            assert!(l.cues.iter().all(|c| !c.lemma.is_empty()));
        }
        assert!(all[0].cues.iter().all(|c| c.frames != 0));
        for (name, bit) in CLASSES {
            assert!(
                all.iter()
                    .any(|l| l.keys.iter().any(|k| k.1.class & bit != 0)),
                "{name}"
            );
        }
    }
}
