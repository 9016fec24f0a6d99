//! What the words that name a source say of it: name, role, affiliation, kind.

use super::lang;
use super::lexicon::{AttributionLexicon, Language, class};
use super::token::{self, Pos, Token, tokenize};
use crate::core::vocabulary::SourceType;

/// How a mention points to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HowMentioned {
    /// By a name or a description of its own.
    Own,
    /// "he", "she", "they", "it".
    Pronoun {
        male: bool,
        female: bool,
        plural: bool,
        thing: bool,
    },
    /// "I", "we": whoever speaks here.
    Speaker,
    /// "the spokesman", "the report": something named before.
    Definite,
}

/// One mention, taken apart. The parts are words of the text as printed.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub reference: HowMentioned,
    pub name: String,
    pub role: String,
    pub affiliation: String,
    pub kind: SourceType,
    /// The head noun of a description, in lower case ("spokesman"); empty for names.
    pub head: String,
    pub male: bool,
    pub female: bool,
    /// The name for comparing.
    pub key: String,
    /// A short name given with it, for comparing; empty for most.
    pub alias: String,
}

impl Mention {
    pub(super) fn new(reference: HowMentioned) -> Self {
        Self {
            reference,
            name: String::new(),
            role: String::new(),
            affiliation: String::new(),
            kind: SourceType::Unknown,
            head: String::new(),
            male: false,
            female: false,
            key: String::new(),
            alias: String::new(),
        }
    }
}

/// Takes `words` apart. `tokens` is only memory to work in.
pub(crate) fn read(
    words: &str,
    lexicon: &'static AttributionLexicon,
    tokens: &mut Vec<Token>,
) -> Mention {
    tokenize(words, 0, words.len(), lexicon, tokens);
    if !matches!(lexicon.language, Language::English | Language::Other) {
        return lang::mention(words, tokens);
    }
    let r = MentionReader {
        words,
        toks: tokens,
    };
    let mut m = r.read();
    m.key = fold(&m.name);
    m
}

/// `name` for comparing: lower case, without points, titles and what follows a genitive.
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("’s"))
            .unwrap_or(word);
        if word.is_empty() || out.is_empty() && matches!(word, "the" | "The" | "a" | "A") {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(
            word.chars()
                .filter(|c| *c != '.')
                .flat_map(char::to_lowercase),
        );
    }
    out
}

struct MentionReader<'a> {
    words: &'a str,
    toks: &'a [Token],
}

impl MentionReader<'_> {
    fn text(&self, from: usize, to: usize) -> &str {
        let bytes = token::bytes(self.toks, from..to);
        &self.words[bytes.start as usize..bytes.end as usize]
    }

    fn lower(&self, k: usize) -> String {
        self.text(k, k + 1).to_lowercase()
    }

    fn any(&self, from: usize, to: usize, bits: u64) -> bool {
        token::any(self.toks, from, to, bits)
    }

    fn read(&self) -> Mention {
        if let Some(m) = self.pronoun() {
            return m;
        }
        let n = self.toks.len();
        let cut = (1..n)
            .find(|k| {
                matches!(
                    self.toks[*k].pos,
                    Pos::Comma | Pos::Open | Pos::Dash | Pos::Relative
                )
            })
            .unwrap_or(n);
        let mut m = self.head(0, cut);
        // What stands in apposition: a role behind a name, a name behind a role.
        if cut + 1 < n && self.toks[cut].pos == Pos::Comma {
            let end = (cut + 1..n)
                .find(|k| matches!(self.toks[*k].pos, Pos::Comma | Pos::Open))
                .unwrap_or(n);
            self.apposition(&mut m, cut + 1, end, n);
        }
        for t in self.toks {
            m.male |= t.is(class::MALE);
            m.female |= t.is(class::FEMALE);
        }
        if m.male && m.female {
            (m.male, m.female) = (false, false);
        }
        m
    }

    fn pronoun(&self) -> Option<Mention> {
        let [t] = self.toks else { return None };
        let w = self.lower(0);
        let reference = match w.as_str() {
            "i" | "we" | "me" | "us" | "my" | "our" => HowMentioned::Speaker,
            "he" | "him" | "his" => HowMentioned::Pronoun {
                male: true,
                female: false,
                plural: false,
                thing: false,
            },
            "she" | "her" => HowMentioned::Pronoun {
                male: false,
                female: true,
                plural: false,
                thing: false,
            },
            "they" | "them" | "their" => HowMentioned::Pronoun {
                male: false,
                female: false,
                plural: true,
                thing: false,
            },
            "it" | "its" => HowMentioned::Pronoun {
                male: false,
                female: false,
                plural: false,
                thing: true,
            },
            "you" | "who" | "which" | "that" | "this" | "these" | "those" => HowMentioned::Speaker,
            _ => return None,
        };
        let _ = t;
        let mut m = Mention::new(reference);
        m.name = w;
        if matches!(
            m.name.as_str(),
            "you" | "who" | "which" | "that" | "this" | "these" | "those"
        ) {
            m.reference = HowMentioned::Own;
        }
        Some(m)
    }

    /// The phrase before any apposition.
    fn head(&self, from: usize, to: usize) -> Mention {
        use class::*;
        let mut m = Mention::new(HowMentioned::Own);
        let mut start = from;
        let definite =
            self.lower(from) == "the" || self.lower(from) == "that" || self.lower(from) == "this";
        while start + 1 < to
            && (self.toks[start].pos == Pos::Determiner
                || matches!(self.lower(start).as_str(), "both"))
            && !self.toks[start].is(NEGSUBJ)
        {
            start += 1;
        }
        let bare = start;
        // The trailing name: "… spokesman John Kirby".
        let mut name = to;
        while name > start && self.in_name(name - 1) {
            name -= 1;
        }
        let role_at = (start..to)
            .rev()
            .find(|k| self.toks[*k].is(ROLE | HONORIFIC) && !(*k >= name && self.toks[*k].is(ORG)));
        let org = self.any(name, to, ORG | PLACE | MEDIA);
        if let Some(r) = role_at.filter(|r| *r + 1 < to) {
            // A role with a name behind it, perhaps with "to the United Nations" between.
            let mut who = r + 1;
            let mut role_end = r + 1;
            if self.toks[who].is(PREP) || self.toks[who].pos == Pos::To {
                let last_org = (who..to).rev().find(|k| {
                    self.toks[*k].is(ORG | PLACE | MEDIA) && self.toks[*k].pos != Pos::Preposition
                });
                // "ambassador to Norland Ana Pell"; what an analyst is with or at is a body, whatever it is called.
                let of = self.toks[who].pos == Pos::To || self.lower(who) == "of";
                who = match last_org {
                    Some(o) if o + 1 < to => o + 1,
                    _ if of => to.saturating_sub(2).max(who + 1),
                    _ => to,
                };
                role_end = who;
            }
            let named = who < to
                && (who..to).all(|k| self.in_name(k))
                && self.toks[who..to]
                    .iter()
                    .any(|t| t.pos == Pos::Name || t.capital);
            if named {
                // "Senator Tom Hale of Norland": where he sits is no part of his name.
                let of = (who + 1..to).find(|k| self.toks[*k].is(PREP) && !self.toks[*k].capital);
                m.name = self.text(who, of.unwrap_or(to)).to_owned();
                m.kind = SourceType::Person;
                self.role(&mut m, start, r, role_end);
                return m;
            }
        }
        // "Critics", "Polls" at the start of a sentence are no names.
        let lone = to == start + 1
            && self.toks[start].is(ANONYMOUS | ROLE | DOCUMENT)
            && !self.toks[start].is(MEDIA | PLACE | HONORIFIC);
        let all_names = !lone && name <= start || !lone && (start..to).all(|k| self.in_name(k));
        if all_names {
            m.name = self.text(start, to).to_owned();
            let words = to - start;
            let shouted = m.name.len() >= 3 && m.name.bytes().all(|b| b.is_ascii_uppercase());
            m.kind = if self.any(start, to, MEDIA) || shouted && self.any(start, to, MEDIA) {
                SourceType::Media
            } else if org || shouted || definite || self.any(start, to, NATIONALITY) {
                SourceType::Organisation
            } else if self.any(start, to, DOCUMENT) && !self.toks[to - 1].is(ROLE) {
                SourceType::Document
            } else if words >= 2 {
                SourceType::Person
            } else {
                SourceType::Unknown
            };
            return m;
        }
        // A description: its head noun is the last before a preposition.
        let end = (start + 1..to)
            .find(|k| {
                self.toks[*k].is(PREP) && self.toks[*k].pos != Pos::Name
                    || self.toks[*k].pos == Pos::To
                    || matches!(self.toks[*k].pos, Pos::Ing | Pos::Verb | Pos::Participle)
                        && *k > start
            })
            .unwrap_or(to);
        let head = end - 1;
        m.head = self.lower(head);
        m.name = self.text(if definite { bare } else { from }, to).to_owned();
        let t = &self.toks[head];
        let has_name = self.toks[start..end].iter().any(|t| t.pos == Pos::Name);
        m.kind = if t.is(DATASET) {
            SourceType::Dataset
        } else if t.is(DOCUMENT | SPEECHNOUN) && !t.is(ANONYMOUS | ORG) {
            SourceType::Document
        } else if t.is(ANONYMOUS | ROLE) || self.any(start, end, UNNAMED) {
            SourceType::Anonymous
        } else if self.any(start, end, MEDIA) && has_name || self.lower(head) == "media" {
            SourceType::Media
        } else if t.is(ORG | PLACE) || has_name {
            SourceType::Organisation
        } else {
            SourceType::Unknown
        };
        if matches!(m.kind, SourceType::Organisation | SourceType::Media) && has_name {
            // "the official Korean Central News Agency": the name without what describes it.
            if let Some(first) =
                (start..end).find(|k| self.toks[*k].capital && !self.toks[*k].is(TIME))
            {
                m.name = self.text(first, to).to_owned();
            }
        }
        if m.kind == SourceType::Anonymous {
            self.role(&mut m, start, head, head + 1);
        }
        let qualified = has_name || end < to;
        if definite && !qualified {
            m.reference = HowMentioned::Definite;
        }
        m
    }

    /// Splits `from..=head` into affiliation and role; the role ends before `end`.
    fn role(&self, m: &mut Mention, from: usize, head: usize, end: usize) {
        let mut k = from;
        // "New Zealand's Prime Minister": what a genitive names.
        if let Some(g) = (from..head)
            .rev()
            .find(|k| self.toks[*k].pos == Pos::Genitive)
        {
            m.affiliation = self.text(from, g).to_owned();
            k = g + 1;
        } else {
            while k < head
                && self.toks[k].capital
                && !(self.toks[k].is(class::ROLE) && !self.toks[k].is(class::ORG))
            {
                k += 1;
            }
            // "Norhaven fire service spokeswoman": the body before the role.
            if let Some(o) = (k..head).rev().find(|o| {
                k > from && self.toks[*o].is(class::ORG) && !self.toks[*o].is(class::ROLE)
            }) {
                k = o + 1;
            }
            m.affiliation = self.text(from, k).to_owned();
        }
        m.role = self.text(k, end).to_owned();
    }

    fn apposition(&self, m: &mut Mention, from: usize, to: usize, all: usize) {
        use class::*;
        let mut start = from;
        while start < to && (self.toks[start].pos == Pos::Determiner || self.toks[start].is(REL)) {
            start += 1;
        }
        if start >= to {
            return;
        }
        let names = (start..to).all(|k| self.in_name(k));
        if names
            && m.kind != SourceType::Person
            && (!m.head.is_empty() || self.any(0, from, ROLE))
            && !self.any(start, to, ORG | PLACE)
        {
            // "the team's coach, Alireza Mehraban"
            let head = from.saturating_sub(1);
            let r = (0..head).rev().find(|k| self.toks[*k].is(ROLE));
            if let Some(r) = r {
                let mut s = 0;
                while s < r && self.toks[s].pos == Pos::Determiner {
                    s += 1;
                }
                m.role.clear();
                m.affiliation.clear();
                self.role(m, s, r, head);
                m.name = self.text(start, to).to_owned();
                m.kind = SourceType::Person;
                m.head.clear();
                m.reference = HowMentioned::Own;
            }
            return;
        }
        // "His opposite number, Dan Firth": two names are a person where nothing says what the words before are.
        if names
            && to - start >= 2
            && m.kind == SourceType::Unknown
            && !m.head.is_empty()
            && !self.any(start, to, ORG | PLACE | MEDIA)
        {
            m.role = self.text(0, from.saturating_sub(1)).to_owned();
            m.name = self.text(start, to).to_owned();
            m.kind = SourceType::Person;
            m.head.clear();
            m.reference = HowMentioned::Own;
            return;
        }
        if names && m.kind == SourceType::Organisation && !m.head.is_empty() {
            // "The company, Tarn Oil"
            m.name = self.text(start, to).to_owned();
            m.head.clear();
            m.reference = HowMentioned::Own;
            return;
        }
        let Some(r) = (start..to).find(|k| {
            self.toks[*k].is(ROLE | ANONYMOUS) && !self.toks[*k].is(HONORIFIC)
                || self.toks[*k].is(ROLE)
        }) else {
            return;
        };
        if !m.role.is_empty() || m.name.is_empty() || !m.head.is_empty() {
            return;
        }
        m.kind = SourceType::Person;
        // "chief officer at the foundation", "who leads" stays out.
        let last_role = (r..to)
            .take_while(|k| !self.toks[*k].is(PREP))
            .filter(|k| self.toks[*k].is(ROLE | ANONYMOUS))
            .last()
            .unwrap_or(r);
        self.role(m, start, last_role, last_role + 1);
        let at = last_role + 1;
        if at + 1 < to && matches!(self.lower(at).as_str(), "for" | "of" | "at" | "with" | "in") {
            let mut s = at + 1;
            while s + 1 < to && self.toks[s].pos == Pos::Determiner {
                s += 1;
            }
            let more = if self.toks[s].capital {
                to
            } else {
                to.min(all)
            };
            if m.affiliation.is_empty() {
                m.affiliation = self.text(s, more).to_owned();
            }
        }
    }

    /// Whether token `k` can be part of a name.
    fn in_name(&self, k: usize) -> bool {
        let t = &self.toks[k];
        let particle = matches!(
            self.text(k, k + 1),
            "de" | "van"
                | "von"
                | "der"
                | "den"
                | "la"
                | "al"
                | "bin"
                | "ben"
                | "da"
                | "di"
                | "du"
                | "el"
                | "of"
                | "for"
                | "and"
                | "&"
                | "the"
        );
        let inner = particle
            && k > 0
            && self.toks[k - 1].capital
            && self.toks.get(k + 1).is_some_and(|n| {
                n.capital
                    || n.pos == Pos::Determiner && self.toks.get(k + 2).is_some_and(|m| m.capital)
            });
        (t.capital && !matches!(t.pos, Pos::Determiner | Pos::Pronoun) && !t.is(class::PERS))
            || inner
    }
}
