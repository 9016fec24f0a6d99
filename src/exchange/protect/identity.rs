//! What the session knows of its protected sources: their names of today and of the past, the words of the article that
//! the reader or a checker has tied to them, their roles, and how they are reached.

use std::collections::BTreeSet;

use super::name::person;
use super::needle::{NeedleRule, Needles, contact, describe, organisation};
use super::search::NameSearch;
use super::words::{common, folded};
use crate::core::former::FormerNames;
use crate::core::ids::SourceId;
use crate::core::model::{Attribution, AttributionKey, Session, Source};
use crate::core::proposal::{Proposals, ProposedSource};
use crate::core::text::{ArticleText, Span};
use crate::core::vocabulary::SourceType;

/// What is known of the protected sources of a session.
#[derive(Debug)]
pub(super) struct Identity {
    /// Finds what names them.
    pub search: NameSearch,
    /// The words of the article that are known to mean them, whatever they say.
    pub spans: Vec<Span>,
}

/// Languages that change the ends of names.
const INFLECTING: &[&str] = &[
    "pl", "cs", "sk", "ru", "uk", "be", "bg", "hr", "sr", "bs", "sl", "mk", "lt", "lv", "et", "fi",
    "hu", "la", "hsb", "dsb",
];

impl Identity {
    /// What is known of the protected sources of `session`.
    pub fn of(
        session: &Session,
        text: &ArticleText,
        proposals: Option<&Proposals>,
        former: &FormerNames,
    ) -> Self {
        let mut gathered = Gathered {
            session,
            text,
            needles: Needles::default(),
            spans: BTreeSet::new(),
            inflects: {
                let tag = session.article.language.to_lowercase();
                let language = tag.split(['-', '_']).next().unwrap_or("");
                INFLECTING.contains(&language)
            },
        };
        for s in session.sources.values().filter(|s| s.protect_identity) {
            gathered.source(s, proposals, former);
        }
        gathered.others();
        Self {
            search: NameSearch::new(gathered.needles.all),
            spans: gathered.spans.into_iter().collect(),
        }
    }
}

/// Whether a source of this kind may be a person.
fn is_personal(kind: SourceType) -> bool {
    match kind {
        SourceType::Person | SourceType::Anonymous | SourceType::Unknown => true,
        SourceType::Organisation
        | SourceType::Document
        | SourceType::Dataset
        | SourceType::Media
        | SourceType::Article
        | SourceType::Checker => false,
    }
}

struct Gathered<'a> {
    session: &'a Session,
    text: &'a ArticleText,
    needles: Needles,
    spans: BTreeSet<Span>,
    inflects: bool,
}

impl Gathered<'_> {
    fn source(&mut self, s: &Source, proposals: Option<&Proposals>, former: &FormerNames) {
        let mut names: BTreeSet<String> = former.of(s.id).map(String::from).collect();
        names.insert(s.name.clone());
        names.extend(s.also_called.iter().cloned());
        names.retain(|n| !folded(n).is_empty());
        for a in self.attributions(s.id) {
            self.spans.extend(a.source_span.iter().copied());
            self.cue(&a.cue);
            // Where the checker has changed who speaks, the words may be those for somebody else.
            if a.proposed.contains(&AttributionKey::Source) || self.is_named(&a.source_span, &names)
            {
                let words = self.text.exact(&a.source_span);
                self.mention(&words, s.source_type);
            }
        }
        if let Some(p) = proposals {
            for record in self.records(s.id, &names, p) {
                self.spans.extend(record.mentions.iter().copied());
                let words: BTreeSet<&str> = record
                    .mentions
                    .iter()
                    .map(|m| self.text.slice(*m))
                    .collect();
                words
                    .into_iter()
                    .for_each(|w| self.mention(w, s.source_type));
                self.name(&record.name, s.source_type);
                describe(&mut self.needles, &record.role);
                describe(&mut self.needles, &record.affiliation);
            }
        }
        names.iter().for_each(|n| self.name(n, s.source_type));
        describe(&mut self.needles, &s.role);
        describe(&mut self.needles, &s.affiliation);
        contact(&mut self.needles, &s.contact);
        self.asked(s);
        contact(&mut self.needles, s.url.as_deref().unwrap_or(""));
        // Words that say who speaks but name nobody are left: "she said".
        let text = self.text;
        self.spans
            .retain(|span| !span.is_empty() && says_who(text.slice(*span)));
    }

    /// Whoever was asked for what comes from the source is the source, and so is how they were reached.
    fn asked(&mut self, s: &Source) {
        let items = self.session.evidence.values();
        let contacts = items.filter(|e| e.source == Some(s.id));
        for asked in contacts.filter_map(|e| e.contact.as_ref()) {
            if !folded(&asked.who).is_empty() {
                person(&mut self.needles, &asked.who, self.inflects);
            }
            contact(&mut self.needles, &asked.how);
        }
    }

    /// The attributions to the source on words that stand in the text.
    fn attributions(&self, id: SourceId) -> Vec<Attribution> {
        let stands = |a: &&Attribution| {
            let s = self.session.statements.get(&a.statement);
            s.is_some_and(|s| self.session.stands(s))
        };
        let all = self.session.attributions.values();
        all.filter(|a| a.source == Some(id))
            .filter(stands)
            .cloned()
            .collect()
    }

    fn is_named(&self, spans: &[Span], names: &BTreeSet<String>) -> bool {
        let words = folded(&self.text.exact(spans));
        !words.is_empty() && names.iter().any(|n| folded(n) == words)
    }

    /// The reader's records that were taken up as the source: by a name, or by the words of an attribution that is still as
    /// it was proposed.
    fn records<'p>(
        &self,
        id: SourceId,
        names: &BTreeSet<String>,
        p: &'p Proposals,
    ) -> Vec<&'p ProposedSource> {
        let names: BTreeSet<String> = names.iter().map(|n| folded(n)).collect();
        let mut numbers: BTreeSet<u32> = BTreeSet::new();
        for (n, s) in (0..).zip(&p.sources) {
            if names.contains(&folded(&s.name)) {
                numbers.insert(n);
            }
        }
        let mine: BTreeSet<Vec<Span>> = self
            .attributions(id)
            .into_iter()
            .filter(|a| a.proposed.contains(&AttributionKey::Source) && !a.source_span.is_empty())
            .map(|a| a.source_span)
            .collect();
        if !mine.is_empty() {
            let same = p.attributions.iter().filter(|a| mine.contains(&*a.source));
            numbers.extend(same.filter_map(|a| a.source_record));
        }
        numbers
            .into_iter()
            .filter_map(|n| p.sources.get(n as usize))
            .collect()
    }

    fn name(&mut self, name: &str, kind: SourceType) {
        match is_personal(kind) {
            true => person(&mut self.needles, name, self.inflects),
            false => organisation(&mut self.needles, name),
        }
    }

    /// Words of the article that mean the source: a name, or a description that ends with one.
    fn mention(&mut self, words: &str, kind: SourceType) {
        for piece in words.split([',', '(', ')', ';']) {
            let all: Vec<&str> = piece.split_whitespace().collect();
            let capital =
                |w: &&&str| w.starts_with(char::is_uppercase) && !common(&folded(w)).function();
            let joins = |w: &&&str| capital(w) || common(&folded(w)).particle();
            let mut run = all.iter().rev().take_while(joins).count();
            while run > 0 && !all.get(all.len() - run).is_some_and(|w| capital(&w)) {
                run -= 1;
            }
            let before = all.len().checked_sub(run + 1).and_then(|n| all.get(n));
            let joined = before.is_some_and(|w| common(&folded(w)).joins());
            match run > 0 && !joined {
                true => self.name(&all[all.len() - run..].join(" "), kind),
                false if all.len() > 1 => describe(&mut self.needles, piece),
                false => {}
            }
        }
    }

    /// The names among the words that show who speaks: "according to Falk's lawyer".
    fn cue(&mut self, cue: &[Span]) {
        for span in cue {
            let words = self.text.slice(*span);
            let mut at = span.start;
            for word in words.split_inclusive(char::is_whitespace) {
                let next = at + word.chars().count() as u32;
                let word = word.trim_end();
                let is = common(&folded(word));
                if at > span.start
                    && word.starts_with(char::is_uppercase)
                    && !is.function()
                    && !is.title()
                {
                    self.spans
                        .insert(Span::new(at, at + word.chars().count() as u32));
                }
                at = next;
            }
        }
    }

    /// Adds the names of others who bear the same given name, so that theirs stays.
    fn others(&mut self) {
        let given: BTreeSet<String> = self
            .needles
            .all
            .iter()
            .filter(|n| n.given)
            .map(|n| n.letters.clone())
            .collect();
        let surnames: Vec<String> = self
            .needles
            .all
            .iter()
            .filter(|n| {
                !n.given
                    && matches!(
                        n.rule,
                        NeedleRule::Part | NeedleRule::Short | NeedleRule::Ordinary
                    )
            })
            .map(|n| n.letters.clone())
            .collect();
        for s in self
            .session
            .sources
            .values()
            .filter(|s| !s.protect_identity)
        {
            let words: Vec<&str> = s.name.split_whitespace().collect();
            let all: Vec<String> = words.iter().map(|w| folded(w)).collect();
            let shares = all.iter().any(|w| given.contains(w));
            if words.len() > 1
                && shares
                && !all.iter().any(|w| surnames.iter().any(|n| w.contains(n)))
            {
                self.needles.spell(&words, NeedleRule::Other, false);
            }
        }
    }
}

/// Whether words say more than "she" or "the two": a name or a description.
fn says_who(words: &str) -> bool {
    words.split_whitespace().any(|w| {
        let letters = folded(w);
        !letters.is_empty() && !common(&letters).function()
    })
}
