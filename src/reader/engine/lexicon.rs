//! The word lists: what each word can be. Data files, read once, looked up by hash without any allocation.

use std::sync::OnceLock;

use crate::core::vocabulary::{Certainty, Stance};

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
    ADJ "adj", GREETING "greeting",
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
}

/// A verb that can report.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// Its base form.
    pub lemma: &'static str,
    /// Its frames.
    pub frames: u16,
    /// The stance it expresses.
    pub stance: Stance,
    /// How sure it sounds.
    pub certainty: Certainty,
}

/// What a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its classes, bits of [`class`].
    pub class: u64,
    /// Its verb forms, bits of [`form`]; 0 for what is no verb.
    pub forms: u8,
    /// The cue that it is a form of, from 1; 0 for none.
    pub cue: u16,
}

/// The longest word looked up, in bytes; longer ones are unknown.
const LONGEST: usize = 24;

/// The word lists of one language.
pub(crate) struct Lexicon {
    cues: Vec<Cue>,
    slots: Vec<u32>,
    keys: Vec<(Box<[u8]>, Word)>,
    mask: usize,
}

impl Lexicon {
    /// The English lists.
    pub(crate) fn english() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut b = Builder::default();
            b.words(include_str!("../lexicon/en/words.txt"));
            b.cues(include_str!("../lexicon/en/cues.txt"));
            b.verbs(include_str!("../lexicon/en/verbs.txt"));
            b.build()
        })
    }

    /// What `word` can be, whatever its case; a typographic apostrophe counts as a plain one.
    pub(crate) fn get(&self, word: &[u8]) -> Word {
        let mut buffer = [0u8; LONGEST];
        let Some(key) = fold(word, &mut buffer) else {
            return Word::default();
        };
        let mut at = hash(key) as usize & self.mask;
        // The table is at most half full, so a free slot ends every search.
        loop {
            match self.slots[at] {
                0 => return Word::default(),
                n => {
                    let (k, w) = &self.keys[n as usize - 1];
                    if **k == *key {
                        return *w;
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
    let mut n = 0;
    let mut i = 0;
    while i < word.len() {
        let (byte, step) = match word[i..] {
            [0xE2, 0x80, 0x98 | 0x99, ..] => (b'\'', 3),
            [b, ..] => (b.to_ascii_lowercase(), 1),
            [] => break,
        };
        *buffer.get_mut(n)? = byte;
        n += 1;
        i += step;
    }
    Some(&buffer[..n])
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

#[derive(Default)]
struct Builder {
    cues: Vec<Cue>,
    words: std::collections::HashMap<Box<[u8]>, Word>,
}

impl Builder {
    fn entry(&mut self, word: &str) -> &mut Word {
        let word = word.replace('’', "'").to_lowercase();
        self.words.entry(word.into_bytes().into()).or_default()
    }

    fn words(&mut self, data: &str) {
        let mut bit = 0;
        for line in lines(data) {
            match section(line) {
                Some(name) => {
                    bit = CLASSES.iter().find(|c| c.0 == name).map_or(0, |c| c.1);
                    debug_assert!(bit != 0, "no class is called {name}");
                }
                None => line
                    .split_whitespace()
                    .for_each(|w| self.entry(w).class |= bit),
            }
        }
    }

    fn cues(&mut self, data: &'static str) {
        for line in lines(data) {
            let mut parts = line.split('|').map(str::trim);
            let (Some(forms), Some(frames), Some(tone)) =
                (parts.next(), parts.next(), parts.next())
            else {
                debug_assert!(false, "a cue needs three parts: {line}");
                continue;
            };
            let lemma = forms.split_whitespace().next().unwrap_or_default();
            let (stance, certainty) = tone.split_once(' ').unwrap_or((tone, "-"));
            self.cues.push(Cue {
                lemma,
                frames: frames.chars().map(frame_bit).fold(0, |a, b| a | b),
                stance: stance_of(stance),
                certainty: certainty_of(certainty),
            });
            let cue = self.cues.len() as u16;
            for (word, bit) in inflect(forms) {
                let w = self.entry(&word);
                w.forms |= bit;
                if w.cue == 0 {
                    w.cue = cue;
                }
            }
        }
    }

    fn verbs(&mut self, data: &str) {
        let mut regular = false;
        for line in lines(data) {
            if let Some(name) = section(line) {
                regular = name == "regular";
            } else if regular {
                for base in line.split_whitespace() {
                    for (word, bit) in inflect(base) {
                        self.entry(&word).forms |= bit;
                    }
                }
            } else {
                for (word, bit) in inflect(line) {
                    self.entry(&word).forms |= bit;
                }
            }
        }
    }

    fn build(self) -> Lexicon {
        let mut keys: Vec<_> = self.words.into_iter().collect();
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        let size = (keys.len() * 3).next_power_of_two();
        let mut slots = vec![0u32; size];
        for (n, (key, _)) in keys.iter().enumerate() {
            let mut at = hash(key) as usize & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = n as u32 + 1;
        }
        Lexicon {
            cues: self.cues,
            slots,
            keys,
            mask: size - 1,
        }
    }
}

fn lines(data: &str) -> impl Iterator<Item = &str> {
    data.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}

fn section(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

fn frame_bit(letter: char) -> u16 {
    match letter {
        'c' => frame::CLAUSE,
        't' => frame::THAT,
        'w' => frame::WH,
        'q' => frame::QUOTE,
        'a' => frame::ADDRESSEE,
        'o' => frame::OBJECT,
        'i' => frame::INFINITIVE,
        'u' => frame::URGE,
        'x' => frame::ACCUSE,
        'p' => frame::PASSIVE,
        'k' => frame::RELAY,
        'm' => frame::MENTAL,
        'O' => frame::OUT,
        _ => 0,
    }
}

fn stance_of(letter: &str) -> Stance {
    match letter {
        "a" => Stance::Asserts,
        "d" => Stance::Denies,
        "q" => Stance::Questions,
        "r" => Stance::Relays,
        "x" => Stance::Retracts,
        _ => Stance::None,
    }
}

fn certainty_of(letter: &str) -> Certainty {
    match letter {
        "c" => Certainty::Certain,
        "p" => Certainty::Probable,
        "s" => Certainty::Possible,
        _ => Certainty::Unspecified,
    }
}

/// The forms of a verb: those given, or the regular ones of its base.
fn inflect(forms: &str) -> Vec<(String, u8)> {
    const BITS: [u8; 5] = [
        form::BASE,
        form::THIRD,
        form::PAST,
        form::PARTICIPLE,
        form::ING,
    ];
    let given: Vec<&str> = forms.split_whitespace().collect();
    if given.len() == BITS.len() {
        return given
            .iter()
            .zip(BITS)
            .map(|(w, b)| ((*w).to_owned(), b))
            .collect();
    }
    let base = given.first().copied().unwrap_or_default();
    let consonant_y = base.len() > 1
        && base.ends_with('y')
        && !base[..base.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
    let third = if consonant_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let past = if consonant_y {
        format!("{}ied", &base[..base.len() - 1])
    } else if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{base}ed")
    };
    let ing = if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{base}ing")
    };
    vec![
        (base.to_owned(), form::BASE),
        (third, form::THIRD),
        (past, form::PAST | form::PARTICIPLE),
        (ing, form::ING),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_found_in_any_case_and_with_any_apostrophe() {
        let l = Lexicon::english();
        for (word, class) in [
            ("The", class::DET),
            ("SPOKESMAN", class::ROLE),
            ("n’t", class::NEG),
            ("'s", class::BE),
        ] {
            assert!(l.get(word.as_bytes()).class & class != 0, "{word}");
        }
        assert_eq!(l.get("floobrication".as_bytes()), Word::default());
        assert_eq!(l.get("x".repeat(400).as_bytes()), Word::default());
    }

    #[test]
    fn a_cue_is_found_in_each_of_its_forms() {
        let l = Lexicon::english();
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
        let l = Lexicon::english();
        assert!(l.cues.iter().all(|c| c.frames != 0 && !c.lemma.is_empty()));
        for (name, bit) in CLASSES {
            assert!(l.keys.iter().any(|k| k.1.class & bit != 0), "{name}");
        }
    }
}
