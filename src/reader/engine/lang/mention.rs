//! What the words that name a source say of it: name, role, affiliation, kind. For German, French and Spanish.

use super::super::lexicon::class;
use super::super::mention::{HowMentioned, Mention, fold};
use super::super::token::{self, Pos, Token};
use crate::core::vocabulary::SourceType;

/// Takes `words` apart, whose tokens are `toks`.
pub(crate) fn mention(words: &str, toks: &[Token]) -> Mention {
    let r = LangMentionReader { words, toks };
    let mut m = r.read();
    m.key = fold(&m.name);
    m
}

struct LangMentionReader<'a> {
    words: &'a str,
    toks: &'a [Token],
}

impl LangMentionReader<'_> {
    fn text(&self, from: usize, to: usize) -> &str {
        let bytes = token::bytes(self.toks, from..to);
        &self.words[bytes.start as usize..bytes.end as usize]
    }

    fn any(&self, from: usize, to: usize, bits: u64) -> bool {
        token::any(self.toks, from, to, bits)
    }

    fn read(&self) -> Mention {
        use class::*;
        if let Some(m) = self.pronoun() {
            return m;
        }
        let n = self.toks.len();
        let cut = (1..n)
            .find(|k| matches!(self.toks[*k].pos, Pos::Comma | Pos::Open | Pos::Relative))
            .unwrap_or(n);
        let mut m = self.head(cut);
        if cut + 1 < n && self.toks[cut].pos == Pos::Comma {
            let end = (cut + 1..n)
                .find(|k| matches!(self.toks[*k].pos, Pos::Comma | Pos::Open))
                .unwrap_or(n);
            self.apposition(&mut m, cut + 1, end);
        }
        if cut + 2 < n && self.toks[cut].pos == Pos::Open && self.toks[cut + 2].pos == Pos::Close {
            // "die Umwelthilfe (DUH)", "Karl Heym (SPD)": a short name, or where a person belongs.
            let short = self.text(cut + 1, cut + 2);
            if m.kind != SourceType::Person {
                m.alias = fold(short);
                if m.kind == SourceType::Unknown {
                    m.kind = SourceType::Organisation;
                }
            } else if m.affiliation.is_empty() && self.toks[cut + 1].capital {
                m.affiliation = short.to_owned();
            }
        }
        for t in self.toks {
            // German articles and pronouns say little of sex; words for people do.
            if t.pos != Pos::Determiner && t.pos != Pos::Pronoun {
                m.male |= t.is(MALE);
                m.female |= t.is(FEMALE);
            }
        }
        if m.male && m.female {
            (m.male, m.female) = (false, false);
        }
        m
    }

    fn pronoun(&self) -> Option<Mention> {
        use class::*;
        let [t] = self.toks else { return None };
        if !t.is(PERS | SUBJ) || t.capital && !t.is(PERS) || t.is(NEGSUBJ) {
            return None;
        }
        let reference = if t.is(SPEAKER) {
            HowMentioned::Speaker
        } else if t.is(PERS | THING) || t.is(MALE | FEMALE) {
            let plural = t.is(PLURAL);
            HowMentioned::Pronoun {
                male: t.is(MALE) && !plural && !t.is(FEMALE),
                female: t.is(FEMALE) && !plural && !t.is(MALE),
                plural,
                thing: t.is(THING),
            }
        } else {
            return None;
        };
        let mut m = Mention::new(reference);
        m.name = self.text(0, 1).to_lowercase();
        Some(m)
    }

    /// Whether token `k` can be part of a name.
    fn in_name(&self, k: usize) -> bool {
        let t = &self.toks[k];
        let particle = matches!(
            self.text(k, k + 1),
            "de" | "du"
                | "d'"
                | "d’"
                | "van"
                | "von"
                | "zu"
                | "der"
                | "den"
                | "la"
                | "le"
                | "del"
                | "y"
                | "ben"
                | "al"
                | "el"
        );
        let next = self.toks.get(k + 1);
        particle
            && k > 0
            && self.toks[k - 1].pos == Pos::Name
            && next.is_some_and(|n| n.pos == Pos::Name)
            || t.pos == Pos::Name
            || t.capital && t.is(class::HONORIFIC)
    }

    fn named(&self, from: usize, to: usize) -> bool {
        from < to
            && (from..to).all(|k| self.in_name(k))
            && self.toks[from..to].iter().any(|t| t.pos == Pos::Name)
    }

    /// The phrase before any apposition: the tokens up to `to`.
    fn head(&self, to: usize) -> Mention {
        use class::*;
        let mut m = Mention::new(HowMentioned::Own);
        let mut start = 0;
        while start + 1 < to
            && (self.toks[start].pos == Pos::Determiner || self.toks[start].is(DET))
            && !self.toks[start].is(NEGSUBJ)
        {
            start += 1;
        }
        let definite = start > 0
            && matches!(
                self.text(0, 1).to_lowercase().as_str(),
                "der"
                    | "die"
                    | "das"
                    | "dem"
                    | "den"
                    | "des"
                    | "le"
                    | "la"
                    | "les"
                    | "l'"
                    | "l’"
                    | "el"
                    | "los"
                    | "las"
            );
        let person = ROLE | HONORIFIC;
        let role = (start..to).find(|k| self.toks[*k].is(person));
        if let Some(r) = role.filter(|r| r + 1 < to) {
            // "le ministre de l'Intérieur Karl Heym": the words tied on are where, the name stands last.
            let mut k = r + 1;
            while k < to && self.toks[k].is(person) && self.toks[k].pos != Pos::Name {
                k += 1;
            }
            let role_end = k;
            let tied = self
                .toks
                .get(k)
                .is_some_and(|t| t.is(LINK) || t.is(PREP) || t.pos == Pos::Determiner);
            let (mut place, mut name) = (k..k, k);
            if tied && k < to {
                let mut from = k + 1;
                while from < to
                    && (self.toks[from].pos == Pos::Determiner || self.toks[from].is(DET))
                {
                    from += 1;
                }
                let mut first = to;
                while first > from && self.in_name(first - 1) {
                    first -= 1;
                }
                // Of capitals in a row the first is the place, the rest the name.
                let run = to - first;
                let name_at = if first > from {
                    first
                } else {
                    from + usize::from(run > 1).max(usize::from(run > 2))
                };
                name = if run == 0 || first == from && run == 1 {
                    to
                } else {
                    name_at
                };
                place = from..name;
            }
            // "Prof. Anna Roth von der Universität Kell"
            let of = (name + 1..to).find(|k| !self.in_name(*k) && self.toks[*k].is(LINK | PREP));
            if let Some(of) = of.filter(|_| place.is_empty()) {
                place = of + 1..to;
                while place.start < to && self.toks[place.start].pos == Pos::Determiner {
                    place.start += 1;
                }
            }
            let end = of.unwrap_or(to);
            // "el titular del Ministerio del Interior": "del Interior" goes on with the body's name.
            let begins = self.toks.get(name).is_some_and(|t| t.capital);
            if begins && self.named(name, end) {
                m.name = self.text(name, end).to_owned();
                m.kind = SourceType::Person;
                if self.any(start, role_end, ROLE) {
                    m.role = self.text(start, role_end).to_owned();
                }
                m.affiliation = self.text(place.start, place.end).to_owned();
                self.tie(&mut m);
                return m;
            }
        }
        let lone = to == start + 1
            && self.toks[start].is(ANONYMOUS | ROLE | DOCUMENT | ORG | SPEECHNOUN | NEGSUBJ);
        if !lone && self.named(start, to) {
            m.name = self.text(start, to).to_owned();
            let shouted = to == start + 1
                && m.name.chars().count() >= 2
                && m.name.chars().all(char::is_uppercase);
            m.kind = if self.any(start, to, MEDIA) {
                SourceType::Media
            } else if self.any(start, to, ORG | PLACE) || shouted || start > 0 {
                SourceType::Organisation
            } else if to - start >= 2 {
                SourceType::Person
            } else {
                SourceType::Unknown
            };
            return m;
        }
        // A description: its head is the first noun that no adjective is.
        let head = (start..to)
            .find(|k| matches!(self.toks[*k].pos, Pos::Noun | Pos::Name) && !self.toks[*k].is(ADJ))
            .unwrap_or(start);
        let t = &self.toks[head];
        m.head = self.text(head, head + 1).to_lowercase();
        m.name = self.text(if definite { start } else { 0 }, to).to_owned();
        let has_name = self.toks[head + 1..to.max(head + 1)]
            .iter()
            .any(|t| t.pos == Pos::Name);
        m.kind = if t.is(DATASET) {
            SourceType::Dataset
        } else if t.is(DOCUMENT | SPEECHNOUN) && !t.is(ANONYMOUS | ORG) {
            SourceType::Document
        } else if t.is(ROLE) || t.is(ANONYMOUS) && !t.is(ORG) || self.any(start, to, UNNAMED) {
            SourceType::Anonymous
        } else if t.is(MEDIA) {
            SourceType::Media
        } else if t.is(ORG | PLACE | ANONYMOUS) || has_name {
            SourceType::Organisation
        } else {
            SourceType::Unknown
        };
        if m.kind == SourceType::Anonymous && t.is(ROLE) {
            m.role = self.text(head, head + 1).to_owned();
            let mut from = head + 1;
            if from < to && (self.toks[from].is(LINK) || self.toks[from].pos == Pos::Determiner) {
                from += 1;
                while from < to
                    && (self.toks[from].pos == Pos::Determiner || self.toks[from].is(DET))
                {
                    from += 1;
                }
                m.affiliation = self.text(from, to).to_owned();
            }
        }
        if definite && head + 1 >= to {
            m.reference = HowMentioned::Definite;
        }
        m
    }

    /// "SPD-Chef": what is tied on before the role is where it is held.
    fn tie(&self, m: &mut Mention) {
        if !m.affiliation.is_empty() {
            return;
        }
        let split = m
            .role
            .split_once('-')
            .map(|(a, b)| (a.to_owned(), b.to_owned()));
        if let Some((body, role)) = split
            && body.len() > 1
            && body.chars().all(char::is_uppercase)
        {
            m.affiliation = body;
            m.role = role;
        }
    }

    fn apposition(&self, m: &mut Mention, from: usize, to: usize) {
        use class::*;
        let mut start = from;
        while start < to && (self.toks[start].pos == Pos::Determiner || self.toks[start].is(DET)) {
            start += 1;
        }
        if start >= to {
            return;
        }
        if self.named(start, to) && m.kind != SourceType::Person && !self.any(start, to, ORG) {
            let role = !m.role.is_empty() || self.any(0, from, ROLE);
            if role {
                // "der Sprecher der Hafenbehörde, Jonas Pell"
                m.name = self.text(start, to).to_owned();
                m.kind = SourceType::Person;
                m.head.clear();
                m.reference = HowMentioned::Own;
            }
            return;
        }
        let Some(r) = (start..to).find(|k| self.toks[*k].is(ROLE)) else {
            return;
        };
        if !m.role.is_empty() || m.name.is_empty() || !m.head.is_empty() {
            return;
        }
        m.kind = SourceType::Person;
        let mut end = r + 1;
        while end < to && self.toks[end].is(ROLE) {
            end += 1;
        }
        m.role = self.text(start, end).to_owned();
        let mut at = end;
        while at < to
            && (self.toks[at].is(LINK | PREP)
                || self.toks[at].pos == Pos::Determiner
                || self.toks[at].is(DET))
        {
            at += 1;
        }
        m.affiliation = self.text(at, to).to_owned();
        self.tie(m);
    }
}
