//! How much a sentence is worth checking, what kind of claim it makes, and why.
//!
//! A sentence is judged by signs that are shown: numbers, comparisons, superlatives, causes, laws, accusations against
//! somebody named, dates; forecasts, opinions, questions and the first person speak against it. The classes of signs are
//! those that fact-checking desks name when they say what they check.

mod lexicon;
mod numbers;

use std::ops::Range;

use super::language::primary;
use crate::core::vocabulary::{CheckWorthiness, ClaimType};
use lexicon::{SIGNS, Sign};

/// What is thought of one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// How much it is worth checking.
    pub check_worthiness: CheckWorthiness,
    /// What kind of claim it makes.
    pub claim_type: ClaimType,
    /// The signs and the words that show them, one line: `compares ("fallen since"), number ("80 million")`. Empty
    /// where there was no sign.
    pub why: Box<str>,
}

/// Judges `sentence`. `language` is a BCP 47 tag; in a language without a lexicon numbers alone are seen.
pub fn judge(sentence: &str, language: &str) -> Worth {
    let signs = Signs::read(sentence, primary(language));
    let mut why = Why {
        sentence,
        out: String::new(),
        count: 0,
    };
    let check_worthiness = signs.worth(&mut why);
    Worth {
        check_worthiness,
        claim_type: signs.claim_type(),
        why: why.out.into(),
    }
}

/// The first place of each sign in a sentence.
struct Signs<'a> {
    sentence: &'a str,
    first: [Option<(u32, u32)>; SIGNS],
    number: Option<Range<usize>>,
    date: Option<Range<usize>>,
    named: bool,
    asks: bool,
}

impl<'a> Signs<'a> {
    fn read(sentence: &'a str, language: &str) -> Self {
        let numbers = numbers::read(sentence);
        let mut signs = Self {
            sentence,
            first: [None; SIGNS],
            number: numbers.amount,
            date: numbers.date,
            named: names_somebody(sentence),
            asks: sentence
                .trim_end_matches(['"', '”', '»', ')', '\'', '’'])
                .ends_with(['?', '？']),
        };
        if let Some(lexicon) = lexicon::of(language) {
            lexicon.find(sentence, |sign, range| signs.note(sign, range));
        }
        signs
    }

    fn note(&mut self, sign: Sign, range: Range<usize>) {
        let words = &self.sentence[range.clone()];
        let before = &self.sentence[..range.start];
        let counts = match sign {
            // "May 2021" and "the will of the people" are no forecasts.
            Sign::Forecast => {
                let noun = ["the ", "free ", "political ", "a ", "his ", "her ", "last "]
                    .iter()
                    .any(|w| before.ends_with(w));
                words.starts_with(char::is_lowercase)
                    && !(noun && matches!(words, "will" | "might"))
            }
            // "The March" of a year is a date, "march" a walk; "second" and "sun" are not listed.
            Sign::When => !matches!(words, "march" | "april"),
            Sign::Question => {
                before
                    .trim_matches(|c: char| !c.is_alphanumeric())
                    .is_empty()
                    && self.asks
            }
            Sign::Unit => self
                .number
                .as_ref()
                .is_some_and(|n| n.end <= range.start && range.start - n.end <= 24),
            // "the bill", but not "Bill Oduya".
            Sign::Law => words != "Bill" || before.is_empty(),
            Sign::Own => words.len() > 1 || words == "I",
            _ => true,
        };
        let slot = &mut self.first[sign as usize];
        if counts && slot.is_none() {
            *slot = Some((range.start as u32, range.end as u32));
        }
    }

    fn at(&self, sign: Sign) -> Option<Range<usize>> {
        self.first[sign as usize].map(|(s, e)| s as usize..e as usize)
    }

    fn has(&self, sign: Sign) -> bool {
        self.first[sign as usize].is_some()
    }

    /// The words of a verb of change and of what it is measured by: `fallen since`.
    fn change(&self) -> Option<Range<usize>> {
        let verb = self.at(Sign::Change)?;
        let behind = &self.sentence[verb.end..];
        let mut end = verb.end;
        for word in behind.split_inclusive(' ').take(7) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if matches!(
                bare,
                "since"
                    | "from"
                    | "by"
                    | "than"
                    | "compared"
                    | "seit"
                    | "um"
                    | "depuis"
                    | "de"
                    | "desde"
                    | "un"
            ) {
                let to = end + word.trim_end().trim_end_matches([',', '.']).len();
                return Some(if to - verb.start <= 60 {
                    verb.start..to
                } else {
                    verb
                });
            }
            end += word.len();
        }
        self.number.is_some().then_some(verb)
    }

    fn worth(&self, why: &mut Why<'_>) -> CheckWorthiness {
        let accused = self.at(Sign::Accuse).filter(|_| self.named);
        let strong = [
            ("accuses", accused),
            ("compares", self.at(Sign::Compare).or_else(|| self.change())),
            ("number", self.amount()),
            ("superlative", self.superlative()),
            ("cause", self.at(Sign::Cause)),
            ("law", self.at(Sign::Law)),
        ];
        let weak = [
            ("forecast", self.at(Sign::Forecast)),
            ("opinion", self.at(Sign::Opinion)),
            ("first person", self.at(Sign::Own)),
        ];
        let is_strong = strong.iter().any(|(_, r)| r.is_some());
        let is_weak = weak.iter().any(|(_, r)| r.is_some());
        if self.asks {
            why.add("asks", self.at(Sign::Question));
            return CheckWorthiness::None;
        }
        if is_weak {
            for (name, range) in weak {
                why.add_if(name, range);
            }
        }
        for (name, range) in strong {
            why.add_if(name, range);
        }
        match (is_strong, is_weak) {
            (true, false) => CheckWorthiness::High,
            (true, true) => CheckWorthiness::Routine,
            (false, true) => CheckWorthiness::None,
            (false, false) => {
                why.add_if("date", self.date.clone().or_else(|| self.at(Sign::When)));
                CheckWorthiness::Routine
            }
        }
    }

    /// An amount: a number, with its unit where that follows, or an amount in words.
    fn amount(&self) -> Option<Range<usize>> {
        match (&self.number, self.at(Sign::Amount)) {
            (Some(n), Some(w)) if w.start >= n.end && w.start - n.end <= 2 => Some(n.start..w.end),
            (Some(n), _) => Some(match self.at(Sign::Unit) {
                Some(unit) => n.start..unit.end,
                None => n.clone(),
            }),
            (None, words) => words,
        }
    }

    /// `most` and `least` count before another word only ("most of them" is an amount at best).
    fn superlative(&self) -> Option<Range<usize>> {
        let found = self.at(Sign::Superlative)?;
        let words = &self.sentence[found.clone()];
        let behind = self.sentence[found.end..].trim_start();
        let bare = words.eq_ignore_ascii_case("most") || words.eq_ignore_ascii_case("least");
        let vague =
            bare && (behind.starts_with("of ") || !self.sentence[..found.start].ends_with("the "));
        (!vague).then_some(found)
    }

    fn claim_type(&self) -> ClaimType {
        if self.asks {
            return ClaimType::Other;
        }
        let compares = self.has(Sign::Compare) || self.change().is_some();
        match () {
            () if self.has(Sign::Forecast) => ClaimType::Prediction,
            () if self.has(Sign::Media) => ClaimType::ImageMedia,
            () if self.has(Sign::Cause) => ClaimType::Causal,
            () if self.amount().is_some() || compares => ClaimType::Numerical,
            () if self.has(Sign::Law) => ClaimType::RuleOrLaw,
            () if self.has(Sign::Define) => ClaimType::Definition,
            () if self.has(Sign::Position) => ClaimType::Position,
            () if self.sentence_says_i() => ClaimType::PersonalExperience,
            () if self.has(Sign::Opinion) => ClaimType::Position,
            () if self.sentence.split_whitespace().nth(2).is_none() => ClaimType::Other,
            () => ClaimType::EventProperty,
        }
    }

    fn sentence_says_i(&self) -> bool {
        self.at(Sign::Own).is_some_and(|r| {
            let word = &self.sentence[r];
            word.starts_with('I')
                || ["me", "my", "myself", "ich", "mein", "meine", "je", "yo"]
                    .contains(&word.to_lowercase().as_str())
        })
    }
}

/// Puts the reasons together.
struct Why<'a> {
    sentence: &'a str,
    out: String,
    count: usize,
}

/// More reasons than this are left out: the line is read at a glance.
const REASONS: usize = 3;

impl Why<'_> {
    fn add_if(&mut self, name: &str, range: Option<Range<usize>>) {
        if range.is_some() {
            self.add(name, range);
        }
    }

    fn add(&mut self, name: &str, range: Option<Range<usize>>) {
        if self.count == REASONS {
            return;
        }
        self.count += 1;
        if !self.out.is_empty() {
            self.out.push_str(", ");
        }
        self.out.push_str(name);
        if let Some(words) = range.and_then(|r| self.sentence.get(r)) {
            self.out.push_str(" (\"");
            let mut gap = false;
            for word in words.split_whitespace() {
                if gap {
                    self.out.push(' ');
                }
                self.out.push_str(word);
                gap = true;
            }
            self.out.push_str("\")");
        }
    }
}

/// Whether a capitalised word stands behind the first one.
fn names_somebody(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    memchr::memchr_iter(b' ', bytes).any(|at| {
        let word = sentence[at + 1..].trim_start_matches(['"', '“', '‘', '(', '\'']);
        word.starts_with(char::is_uppercase) && !word.starts_with("I ") && !word.starts_with("I'")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use CheckWorthiness::{High, None as Nothing, Routine};
    use ClaimType::*;
    use proptest::prelude::*;

    #[test]
    fn worth_type_and_reason_follow_from_signs() {
        for (sentence, worth, kind, why) in [
            (
                "Passenger numbers had fallen since the opening.",
                High,
                Numerical,
                "compares (\"fallen since\")",
            ),
            (
                "The council approved 80 million for the bridge.",
                High,
                Numerical,
                "number (\"80 million\")",
            ),
            (
                "The bridge cost 4.2% more than planned.",
                High,
                Numerical,
                "compares (\"more than\"), number (\"4.2%\")",
            ),
            (
                "It is the longest bridge in Kell.",
                High,
                EventProperty,
                "superlative (\"longest\")",
            ),
            (
                "The flood led to the closure of the pier.",
                High,
                Causal,
                "cause (\"led to\")",
            ),
            (
                "The sale violated the harbour code.",
                High,
                RuleOrLaw,
                "law (\"violated\")",
            ),
            (
                "Pell accused Mayor Oduya of lying.",
                High,
                EventProperty,
                "accuses (\"accused\")",
            ),
            (
                "The ferry will close next year.",
                Nothing,
                Prediction,
                "forecast (\"will\")",
            ),
            (
                "The ferry may lose 30 passengers.",
                Routine,
                Prediction,
                "forecast (\"may\"), number (\"30\")",
            ),
            (
                "Lovely as the view is, the pier is empty.",
                Nothing,
                Position,
                "opinion (\"Lovely\")",
            ),
            (
                "I walked home along the river.",
                Nothing,
                PersonalExperience,
                "first person (\"I\")",
            ),
            ("Who paid for the bridge?", Nothing, Other, "asks (\"Who\")"),
            (
                "The council met on Tuesday in the old hall.",
                Routine,
                EventProperty,
                "date (\"Tuesday\")",
            ),
            (
                "The council met in May 2021 in the hall.",
                Routine,
                EventProperty,
                "date (\"May 2021\")",
            ),
            ("The mayor opened the bridge.", Routine, EventProperty, ""),
            ("Yes.", Routine, Other, ""),
            ("The photo shows the pier.", Routine, ImageMedia, ""),
            ("She rejected the plan at once.", Routine, Position, ""),
            ("A jetty is a kind of pier.", Routine, Definition, ""),
            ("It was the will of the people.", Routine, EventProperty, ""),
        ] {
            let got = judge(sentence, "en");
            assert_eq!(
                (got.check_worthiness, got.claim_type, &*got.why),
                (worth, kind, why),
                "{sentence}"
            );
        }
    }

    #[test]
    fn other_languages_are_judged_by_their_own_signs_and_unknown_ones_by_numbers() {
        let de = judge(
            "Die Kosten sind seit 2021 um 40 Prozent gestiegen.",
            "de-AT",
        );
        assert_eq!((de.check_worthiness, de.claim_type), (High, Numerical));
        assert_eq!(judge("Le pont sera fermé.", "fr").claim_type, Prediction);
        assert_eq!(
            judge("El puente fue cerrado por primera vez.", "es").check_worthiness,
            High
        );
        assert_eq!(
            judge("橋の費用は80億円だった。", "ja").check_worthiness,
            High
        );
    }

    proptest! {
        #[test]
        fn no_sentence_makes_it_panic(s in "\\PC{0,80}|([a-z ]|will|[0-9]|,|\\.|%|\\$| May |é){0,60}") {
            let w = judge(&s, "en");
            prop_assert!(!w.why.contains('\n'));
        }
    }
}
