//! The second pass: one record for every source over the whole text.
//!
//! It reads the mentions in order and ties each to a record: by name, surname, acronym, role or pronoun. It fills
//! `source_record` of an attribution and the records, and takes back a `via` that points to the same voice; it never
//! moves a span.

use std::collections::HashMap;

use super::antecedent::{self, Wanted};
use super::lexicon::{AttributionLexicon, class};
use super::mention::{HowMentioned, Mention, fold, read};
use super::short_names::{acronym, full_name};
use super::token::Token;
use crate::core::proposal::{Proposals, ProposedSource, hull};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::SourceType;

/// How many mentions back a pronoun or a short description may reach.
const REACH: usize = 12;
/// How many single names are looked up in full, and how many bytes around them: work stays linear.
const SEARCHES: usize = 400;
const WINDOW: usize = 128 * 1024;

struct Records {
    lexicon: &'static AttributionLexicon,
    list: Vec<Record>,
    /// Surnames, whole names and acronyms, folded, to the record that bore them last.
    by_key: HashMap<String, u32>,
    /// Records in the order of their mentions, with where each stood.
    recent: Vec<(u32, Span)>,
    /// How many full names were looked for.
    searches: usize,
}

struct Record {
    source: ProposedSource,
    /// Its name for comparing.
    folded: String,
    head: String,
    male: bool,
    female: bool,
}

/// Fills records and the fields that point to them. `language` is a BCP 47 tag.
pub(crate) fn resolve(text: &ArticleText, language: &str, p: &mut Proposals) {
    let lexicon = AttributionLexicon::of(language);
    let mut tokens = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut mentions: Vec<(Mention, Option<u32>)> = Vec::new();
    let mut records = Records::new(lexicon);
    // In order of the text, so that pronouns follow what they stand for.
    let all = &mut p.attributions;
    records.recent.reserve(all.len());
    let places = (0u32..).zip(all.iter()).map(|(n, a)| {
        let at = hull(&a.source).or(hull(&a.cue));
        (at.map_or(0, |s| s.start), n)
    });
    let mut order: Vec<(u32, u32)> = Vec::with_capacity(all.len());
    order.extend(places);
    order.sort_unstable();
    let mut last: Option<(Span, u32)> = None;
    let mut speakers = Vec::new();
    for (_, n) in order {
        let n = n as usize;
        let Some(a) = all.get(n) else { continue };
        let Some(span) = hull(&a.source) else {
            continue;
        };
        if let Some((_, r)) = last.filter(|l| l.0 == span) {
            all.set_source_record(n, r);
            continue;
        }
        // The same words are taken apart once.
        let words = text.slice(span);
        let k = *seen.entry(words).or_insert_with(|| {
            let mut mention = read(words, lexicon, &mut tokens);
            // Capitals alone are no body where a transcript has them before the words of a speaker.
            if a.rule == "transcript" && mention.kind == SourceType::Organisation {
                mention.kind = SourceType::Unknown;
            }
            mentions.push((mention, None));
            mentions.len() - 1
        });
        let (m, told) = &mentions[k];
        if m.reference == HowMentioned::Speaker {
            speakers.push((n, span));
            continue;
        }
        let own = &*a.content;
        let voice = records.find(m, own);
        let r = records
            .antecedent(text, span, m, own, voice, &mut tokens)
            .or(voice)
            .unwrap_or_else(|| records.add(text, span, m));
        if *told == Some(r) {
            records.again(r, span);
        } else {
            records.tell(r, m, span);
            mentions[k].1 = Some(r);
        }
        last = Some((span, r));
        all.set_source_record(n, r);
    }
    // "I" and "we" inside a quotation are whoever is quoted.
    for (n, span) in speakers {
        let via = all.get(n).and_then(|a| all.get(a.via? as usize));
        if let Some(r) = via.and_then(|v| v.source_record) {
            all.set_source_record(n, r);
            records.mention(r, span);
        }
    }
    for n in 0..all.len() {
        let Some(a) = all.get(n) else { continue };
        let Some(by) = a.via.and_then(|v| all.get(v as usize)) else {
            continue;
        };
        let same = by.source_record.is_some() && by.source_record == a.source_record;
        if same && a.rule != "quoted-as-saying" {
            let up = by.via.filter(|u| *u as usize != n);
            all.set_via(n, up);
        }
    }
    p.sources = records
        .list
        .into_iter()
        .map(|mut r| {
            r.source.mentions.sort_unstable();
            r.source.mentions.dedup();
            r.source.mentions.shrink_to_fit();
            r.source
        })
        .collect();
}

impl Records {
    fn new(lexicon: &'static AttributionLexicon) -> Self {
        Self {
            lexicon,
            list: Vec::new(),
            by_key: HashMap::new(),
            recent: Vec::new(),
            searches: 0,
        }
    }

    /// The record of `m`, which speaks the words `own`: who is named inside them does not say them.
    fn find(&self, m: &Mention, own: &[Span]) -> Option<u32> {
        match m.reference {
            HowMentioned::Pronoun {
                male,
                female,
                plural,
                thing,
            } => self.pronoun((male, female, plural, thing), own),
            HowMentioned::Definite => self
                .described(m, own)
                .or_else(|| self.by_key.get(&m.key).copied()),
            HowMentioned::Own => self.named(m),
            HowMentioned::Speaker => None,
        }
    }

    fn named(&self, m: &Mention) -> Option<u32> {
        let key = &m.key;
        if let Some(r) = self.by_key.get(key) {
            let same_kind = !m.head.is_empty() || self.fits(*r, m);
            return same_kind.then_some(*r);
        }
        if m.kind == SourceType::Anonymous && m.head == "spokesman" {
            return None;
        }
        // "Kirby" behind "John Kirby", "Mr. Kirby" and "Ana Kirby" apart.
        if m.kind == SourceType::Person || m.kind == SourceType::Unknown {
            let surname = key.rsplit(' ').next().unwrap_or(key);
            if let Some(r) = self
                .by_key
                .get(surname)
                .copied()
                .filter(|r| self.fits(*r, m))
            {
                return Some(r);
            }
        }

        // A full name whose initials were used before, or initials of a name given before.
        acronym(&m.name).and_then(|a| self.by_key.get(&a).copied())
    }

    /// Whether mention `m` can be another name of record `r`.
    fn fits(&self, r: u32, m: &Mention) -> bool {
        let Some(r) = self.list.get(r as usize) else {
            return false;
        };
        if m.male && r.female || m.female && r.male {
            return false;
        }
        if r.folded == m.key {
            return true;
        }
        if let (Some((a, old)), Some((b, new))) = (r.folded.split_once(' '), m.key.split_once(' '))
        {
            // Two given names that differ are two people; an initial agrees with the name it begins.
            return old.rsplit(' ').next() == new.rsplit(' ').next()
                && (a.starts_with(b.trim_end_matches('.'))
                    || b.starts_with(a.trim_end_matches('.')));
        }
        true
    }

    fn pronoun(
        &self,
        (male, female, plural, thing): (bool, bool, bool, bool),
        own: &[Span],
    ) -> Option<u32> {
        let recent = || self.before(own).take(REACH);
        let ok = |r: u32, strict: bool| {
            let Some(r) = self.list.get(r as usize) else {
                return false;
            };
            // A word that no list knows, at the start of a sentence, looks like a name: "Ushers said".
            let one_word = r.head.is_empty() && !r.source.name.contains(' ');
            let many = r.head.ends_with('s')
                || one_word && r.source.name.ends_with('s')
                || r.source.name.contains(" and ")
                || matches!(r.head.as_str(), "people" | "police" | "many" | "some");
            match r.source.source_type {
                SourceType::Person => {
                    plural == many && !thing && !(male && r.female) && !(female && r.male)
                }
                SourceType::Anonymous => {
                    if plural {
                        many
                    } else {
                        !thing && !many && !(male && r.female) && !(female && r.male)
                    }
                }
                SourceType::Organisation | SourceType::Media => thing || plural,
                SourceType::Document | SourceType::Dataset => thing && !strict || plural && many,
                // "it" is no person's, and several people of a kind that no list knows ("ushers") are "they".
                SourceType::Unknown => !strict || thing && r.head.is_empty() || plural && many,
                _ => false,
            }
        };
        recent()
            .find(|r| ok(*r, true))
            .or_else(|| recent().find(|r| ok(*r, false)))
    }

    /// The records mentioned so far, the last first, without what stands inside `own`.
    fn before<'a>(&'a self, own: &'a [Span]) -> impl Iterator<Item = u32> + 'a {
        self.recent
            .iter()
            .rev()
            .filter(|(_, at)| !own.iter().any(|s| s.start <= at.start && at.end <= s.end))
            .map(|r| r.0)
    }

    /// The record that a pronoun at `span` stands for where a sentence since `voice`, the last that fits, is about
    /// somebody else.
    fn antecedent(
        &mut self,
        text: &ArticleText,
        span: Span,
        m: &Mention,
        own: &[Span],
        voice: Option<u32>,
        tokens: &mut Vec<Token>,
    ) -> Option<u32> {
        let HowMentioned::Pronoun {
            male,
            female,
            plural,
            thing,
        } = m.reference
        else {
            return None;
        };
        let voice = voice.and_then(|r| self.list.get(r as usize));
        let from = voice.and_then(|r| r.source.mentions.last());
        let from = text.byte(from.map_or(0, |s| s.end));
        let at = text.byte(span.start);
        let wanted = match (plural, thing) {
            (true, _) => Wanted::People,
            (_, true) => Wanted::Body,
            _ => Wanted::Person,
        };
        let (words, named) =
            antecedent::subject(text.as_str(), from, at, wanted, self.lexicon, tokens)?;
        if male && named.female || female && named.male {
            return None;
        }
        let place = text.span(words);
        let r = match self.find(&named, own) {
            Some(r) => r,
            None => self.add(text, place, &named),
        };
        let known = &self.list[r as usize];
        if male && known.female || female && known.male {
            return None;
        }
        self.tell(r, &named, place);
        Some(r)
    }

    /// The last record whose role or description has this head noun.
    fn described(&self, m: &Mention, own: &[Span]) -> Option<u32> {
        let head = m.head.as_str();
        if head.is_empty() {
            return None;
        }
        // "The education secretary" is not the defence secretary.
        let told: Vec<String> = m
            .name
            .split_whitespace()
            .map(fold)
            .filter(|w| {
                w != head
                    && self.lexicon.get(w.as_bytes()).class & (class::ADJ | class::UNNAMED) == 0
            })
            .collect();
        let agrees = |r: &Record| {
            let s = &r.source;
            if told.is_empty() {
                return true;
            }
            let known = fold(&format!("{} {} {}", s.role, s.affiliation, s.name));
            told.iter().all(|w| known.split(' ').any(|k| k == w))
        };
        let last = |words: &str| {
            words
                .split_whitespace()
                .next_back()
                .is_some_and(|w| w.eq_ignore_ascii_case(head))
        };
        self.before(own).take(REACH * 2).find(|r| {
            self.list.get(*r as usize).is_some_and(|r| {
                (r.head == head || last(&r.source.role) || last(&r.source.name)) && agrees(r)
            })
        })
    }

    fn add(&mut self, text: &ArticleText, at: Span, m: &Mention) -> u32 {
        let r = self.list.len() as u32;
        let mut source = ProposedSource {
            name: m.name.as_str().into(),
            source_type: m.kind,
            ..ProposedSource::default()
        };
        if m.kind == SourceType::Unknown && m.head.is_empty() && !m.name.contains(' ') {
            // The text may name a person in full where it is no source.
            self.searches += 1;
            let near = if self.searches <= SEARCHES {
                let s = text.as_str();
                let at = text.byte(at.start);
                let from = s.floor_char_boundary(at.saturating_sub(WINDOW));
                &s[from..s.ceil_char_boundary((at + WINDOW).min(s.len()))]
            } else {
                ""
            };
            if let Some(full) = full_name(near, &m.name, self.lexicon) {
                source.name = full.into();
                source.source_type = SourceType::Person;
            }
        }
        self.list.push(Record {
            folded: fold(&source.name),
            source,
            head: m.head.clone(),
            male: m.male,
            female: m.female,
        });
        r
    }

    /// Takes over what mention `m` at `span` says of record `r`.
    fn tell(&mut self, r: u32, m: &Mention, span: Span) {
        self.mention(r, span);
        self.recent.push((r, span));
        let Some(record) = self.list.get_mut(r as usize) else {
            return;
        };
        if let HowMentioned::Pronoun { male, female, .. } = m.reference {
            record.male |= male;
            record.female |= female;
            if (male || female)
                && record.source.source_type == SourceType::Unknown
                && record.head.is_empty()
            {
                record.source.source_type = SourceType::Person;
            }
            return;
        }
        record.male |= m.male;
        record.female |= m.female;
        if !m.alias.is_empty() {
            self.by_key.insert(m.alias.clone(), r);
        }
        if m.reference == HowMentioned::Definite {
            self.by_key.insert(m.key.clone(), r);
            return;
        }
        if m.reference == HowMentioned::Own {
            let s = &mut record.source;
            let fuller = m.name.len() > s.name.len() && m.head.is_empty();
            if fuller && (s.source_type != SourceType::Anonymous || m.kind == SourceType::Person) {
                s.name = m.name.as_str().into();
                record.folded = fold(&s.name);
            }
            if matches!(s.source_type, SourceType::Unknown)
                || s.source_type == SourceType::Organisation && m.kind == SourceType::Media
            {
                s.source_type = m.kind;
            }
            if s.role.is_empty() {
                s.role = m.role.as_str().into();
            }
            if s.affiliation.is_empty() {
                s.affiliation = m.affiliation.as_str().into();
            }
            let (kind, name) = (s.source_type, s.name.to_string());
            let named = m.head.is_empty() || kind != SourceType::Anonymous;
            self.by_key.insert(m.key.clone(), r);
            if named {
                if matches!(kind, SourceType::Person | SourceType::Unknown)
                    && let Some(surname) = fold(&name).rsplit(' ').next()
                {
                    self.by_key.insert(surname.to_owned(), r);
                }
                if let Some(a) = acronym(&name) {
                    self.by_key.insert(a, r);
                }
            }
        }
    }

    /// Notes another mention in words that record `r` knows.
    fn again(&mut self, r: u32, span: Span) {
        self.mention(r, span);
        self.recent.push((r, span));
    }

    fn mention(&mut self, r: u32, span: Span) {
        if let Some(record) = self.list.get_mut(r as usize) {
            record.source.mentions.push(span);
        }
    }
}
