//! From the data files to a table of words.

use super::inflect::inflect;
use super::{
    AttributionLexicon, CLASSES, Cue, Expresses, Expression, Language, WordClass, frame, hash,
};
use crate::core::vocabulary::{Certainty, Stance};

/// What the files of one language read so far make.
pub(super) struct LexiconBuilder {
    language: Language,
    cues: Vec<Cue>,
    words: std::collections::HashMap<Box<[u8]>, WordClass>,
    phrases: Vec<Expression>,
}

/// How many cues may share a form.
const CHAIN: usize = 12;

impl LexiconBuilder {
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            cues: Vec::new(),
            words: std::collections::HashMap::new(),
            phrases: Vec::new(),
        }
    }

    fn entry(&mut self, word: &str) -> &mut WordClass {
        let word = word.replace('’', "'").to_lowercase();
        self.words.entry(word.into_bytes().into()).or_default()
    }

    /// Reads `words.txt`.
    pub(super) fn words(&mut self, data: &str) {
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

    /// Reads `cues.txt`.
    pub(super) fn cues(&mut self, data: &'static str) {
        for line in lines(data) {
            let mut parts = line.split('|').map(str::trim);
            let (Some(forms), Some(frames), Some(tone)) =
                (parts.next(), parts.next(), parts.next())
            else {
                debug_assert!(false, "a cue needs three parts: {line}");
                continue;
            };
            // "point +out", "make makes made made making +clear +it_clear": what must follow.
            let (forms, tails) = forms.split_once('+').unwrap_or((forms, ""));
            let lemma = forms.split_whitespace().next().unwrap_or_default();
            let (stance, certainty) = tone.split_once(' ').unwrap_or((tone, "-"));
            let particle = match self.language {
                Language::German => lemma.split_once('-').map_or("", |l| l.0),
                _ => "",
            };
            self.cues.push(Cue {
                lemma,
                particle,
                next: 0,
                frames: frames.chars().map(frame_bit).fold(0, |a, b| a | b),
                stance: stance_of(stance),
                certainty: certainty_of(certainty),
                tails: tails
                    .split('+')
                    .map(str::trim)
                    .filter(|t| !t.is_empty())
                    .collect(),
            });
            let cue = self.cues.len() as u16;
            for f in inflect(forms, self.language) {
                let w = self.entry(&f.word);
                w.forms |= f.bits;
                if w.cue == 0 {
                    w.cue = cue;
                } else if f.apart {
                    let first = w.cue;
                    self.chain(first, cue);
                }
            }
        }
    }

    /// Ties `cue` to the cues that share its form, whose first is `first`.
    fn chain(&mut self, first: u16, cue: u16) {
        let mut at = first;
        for _ in 0..CHAIN {
            if at == cue {
                return;
            }
            let Some(c) = self.cues.get_mut(usize::from(at) - 1) else {
                return;
            };
            if c.next == 0 {
                c.next = cue;
                return;
            }
            at = c.next;
        }
    }

    /// Reads `phrases.txt`.
    pub(super) fn phrases(&mut self, data: &'static str) {
        let mut kind = Expresses::Source;
        for line in lines(data) {
            if let Some(name) = section(line) {
                kind = match name {
                    "source_follows" => Expresses::Source,
                    "voice_follows" => Expresses::Voice,
                    "source_before" => Expresses::SourceBefore,
                    "as" => Expresses::As,
                    _ => Expresses::So,
                };
                debug_assert!(
                    matches!(
                        name,
                        "source_follows" | "voice_follows" | "source_before" | "as" | "so"
                    ),
                    "no phrases are called {name}"
                );
                continue;
            }
            let words: Vec<&'static str> = line.split_whitespace().collect();
            if let Some(first) = words.first() {
                self.entry(first).class |= super::class::OPENS;
                self.phrases.push(Expression { words, kind });
            }
        }
        // The longest first, so that "nach angaben von" is found before "nach angaben".
        self.phrases
            .sort_by_key(|e| std::cmp::Reverse(e.words.len()));
    }

    /// Reads `verbs.txt`.
    pub(super) fn verbs(&mut self, data: &str) {
        let mut regular = false;
        for line in lines(data) {
            if let Some(name) = section(line) {
                regular = name == "regular";
            } else if regular {
                for base in line.split_whitespace() {
                    self.verb(base);
                }
            } else {
                self.verb(line);
            }
        }
    }

    fn verb(&mut self, forms: &str) {
        for f in inflect(forms, self.language) {
            self.entry(&f.word).forms |= f.bits;
        }
    }

    pub(super) fn build(self) -> AttributionLexicon {
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
        AttributionLexicon {
            language: self.language,
            endings: keys
                .iter()
                .filter(|k| k.0.first() == Some(&b'-'))
                .map(|k| k.0.len() - 1)
                .max()
                .unwrap_or(0),
            phrases: self.phrases,
            quotative: Cue {
                lemma: "",
                particle: "",
                next: 0,
                frames: frame::QUOTE,
                stance: Stance::Asserts,
                certainty: Certainty::Unspecified,
                tails: Box::default(),
            },
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
        'e' => frame::STATE,
        'n' => frame::RAISES,
        '?' => frame::ASKS,
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
