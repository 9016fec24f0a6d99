//! From the data files to a table of words.

use super::inflect::inflect;
use super::{CLASSES, Cue, Language, Lexicon, Word, frame, hash};
use crate::core::vocabulary::{Certainty, Stance};

/// What the files read so far make.
#[derive(Default)]
pub(super) struct Builder {
    cues: Vec<Cue>,
    words: std::collections::HashMap<Box<[u8]>, Word>,
}

impl Builder {
    fn entry(&mut self, word: &str) -> &mut Word {
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

    /// Reads `verbs.txt`.
    pub(super) fn verbs(&mut self, data: &str) {
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

    pub(super) fn build(self, language: Language) -> Lexicon {
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
            language,
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
