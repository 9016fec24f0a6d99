//! Bringing what was read into a session: one step, in which records that are there already change only in the fields
//! that the file holds.

use std::collections::{HashMap, HashSet};

use super::anchor::{Places, Quote};
use super::{Imported, ReadReport};
use crate::core::anchor::anchor;
use crate::core::edit::Edit;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::vocabulary::Stance;

/// Adds the edits that bring `imported` into the session of `tx`, whose current text is `text`.
///
/// Statements on another text are found again by their words, or listed. Returns what happened, the file's own report
/// included.
pub fn merge(imported: &Imported, text: &ArticleText, tx: &mut Tx<'_>) -> ReadReport {
    let mut report = imported.report.clone();
    article(imported, tx);
    for c in &imported.session.checkers {
        if tx.session.checkers.iter().all(|o| o.id != c.id) {
            tx.push(Edit::Checker(c.clone()));
        }
    }
    let mut known = Known::of(imported, tx.session);
    let same = imported.text.as_ref();
    let same = same.is_some_and(|t| t.as_str() == text.as_str());
    let statements = statements(imported, text, same, tx, &mut report);
    claims(imported, tx, &statements, &mut report);
    known.without_a_claim(imported, tx.session);
    let sources = sources(imported, tx, &known);
    evidence(imported, tx, &sources, &known);
    attributions(imported, same, tx, &statements, &sources, &known);
    for h in imported.session.held.values() {
        if !tx.session.claims.contains_key(&h.claim)
            || !tx.session.evidence.contains_key(&h.evidence)
            || known.held.contains(&h.id)
        {
            continue;
        }
        if tx.session.held.contains_key(&h.id) {
            imported
                .holds
                .held
                .iter()
                .for_each(|k| tx.set_held(&h.id, h.get(*k)));
        } else {
            tx.create_held(h.clone());
        }
    }
    report
}

/// Items of the file that the session holds already under other ids: formats without ids of their own bring them anew.
#[derive(Default)]
struct Known {
    held: HashSet<HeldId>,
    /// Items that nothing but such records would hold.
    evidence: HashSet<EvidenceId>,
    /// Sources that nothing speaks for but claims that did not come.
    sources: HashSet<SourceId>,
    /// Who says the session's claims, and with what stance.
    said: HashSet<(ClaimId, SourceId, Stance)>,
}

impl Known {
    fn of(imported: &Imported, session: &Session) -> Self {
        let theirs = &imported.session;
        let mut here: HashMap<ClaimId, Vec<(&Held, &Evidence)>> = HashMap::new();
        for h in session.held.values() {
            if let Some(e) = session.evidence.get(&h.evidence) {
                here.entry(h.claim).or_default().push((h, e));
            }
        }
        let mut known = Self::default();
        let mut needed = HashSet::new();
        for h in theirs.held.values() {
            let item = theirs.evidence.get(&h.evidence);
            let new = !session.held.contains_key(&h.id);
            let ours = here.get(&h.claim).into_iter().flatten();
            let twin = |e| ours.clone().any(|(o, i)| same_item((h, e), (o, i)));
            if new && item.is_some_and(twin) {
                known.held.insert(h.id);
            } else {
                needed.insert(h.evidence);
            }
        }
        let only = theirs.held.values().map(|h| h.evidence);
        known.evidence = only.filter(|e| !needed.contains(e)).collect();
        let said = session.attributions.values();
        known.said = said
            .filter_map(|a| Some((a.claim, a.source?, a.stance)))
            .collect();
        known
    }

    /// Adds what belongs to nothing but claims of the file that did not come into the session.
    fn without_a_claim(&mut self, imported: &Imported, session: &Session) {
        let theirs = &imported.session;
        let here = |c: &ClaimId| session.claims.contains_key(c);
        let held = theirs.held.values();
        let (with, without): (Vec<_>, Vec<_>) = held.partition(|h| here(&h.claim));
        let with: HashSet<EvidenceId> = with.iter().map(|h| h.evidence).collect();
        let lost = without.iter().map(|h| h.evidence);
        self.evidence.extend(lost.filter(|e| !with.contains(e)));

        let mut used: HashSet<SourceId> = HashSet::new();
        let mut unused = HashSet::new();
        for a in theirs.attributions.values() {
            let all = a
                .source
                .into_iter()
                .chain(a.via)
                .chain(a.about.iter().copied());
            match here(&a.claim) {
                true => used.extend(all),
                false => unused.extend(all),
            }
        }
        let items = theirs.evidence.values();
        let items = items.filter(|e| !self.evidence.contains(&e.id));
        used.extend(items.filter_map(|e| e.source));
        self.sources = unused.difference(&used).copied().collect();
    }
}

/// Whether two items held against one claim are the same: at one address, or without one and with the same words.
fn same_item((h, e): (&Held, &Evidence), (o, i): (&Held, &Evidence)) -> bool {
    match (&e.url, &i.url) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            e.title == i.title
                || h.excerpt == i.title
                || !h.excerpt.is_empty() && h.excerpt == o.excerpt
        }
        _ => false,
    }
}

/// What is known of the article fills what is not known yet.
fn article(imported: &Imported, tx: &mut Tx<'_>) {
    for key in ArticleKey::ALL
        .iter()
        .filter(|k| **k != ArticleKey::Versions)
    {
        let empty = Article::default().get(*key);
        let new = imported.session.article.get(*key);
        if tx.session.article.get(*key) == empty && new != empty {
            tx.set_article(new);
        }
    }
}

/// The file's sources by what they are called here: the same id, else the same name, else new.
fn sources(imported: &Imported, tx: &mut Tx<'_>, here: &Known) -> HashMap<SourceId, SourceId> {
    let named: HashMap<String, SourceId> = tx
        .session
        .sources
        .values()
        .filter(|s| !s.name.is_empty())
        .map(|s| (s.name.clone(), s.id))
        .collect();
    let mut map = HashMap::new();
    for s in imported.session.sources.values() {
        let known = tx.session.sources.get(&s.id).map(|s| s.id);
        let known = known.or_else(|| named.get(&s.name).copied());
        match known {
            Some(id) => {
                // A protected source leaves without its name; what comes back must not take it away.
                let hidden = tx
                    .session
                    .sources
                    .get(&id)
                    .is_some_and(|s| s.protect_identity);
                if id == s.id && !hidden && id != SourceId::ARTICLE {
                    imported
                        .holds
                        .source
                        .iter()
                        .for_each(|k| tx.set_source(&id, s.get(*k)));
                }
                map.insert(s.id, id);
            }
            None if here.sources.contains(&s.id) => {}
            None => {
                tx.create_source(s.clone());
                map.insert(s.id, s.id);
            }
        }
    }
    map
}

fn evidence(
    imported: &Imported,
    tx: &mut Tx<'_>,
    sources: &HashMap<SourceId, SourceId>,
    known: &Known,
) {
    let new = |e: &&Evidence| !known.evidence.contains(&e.id);
    for e in imported.session.evidence.values().filter(new) {
        let mut e = e.clone();
        e.source = e.source.and_then(|s| sources.get(&s).copied());
        if tx.session.evidence.contains_key(&e.id) {
            imported
                .holds
                .evidence
                .iter()
                .for_each(|k| tx.set_evidence(&e.id, e.get(*k)));
        } else {
            tx.create_evidence(e);
        }
    }
}

/// The file's statements by what they are called here; those whose words are not here are listed.
fn statements(
    imported: &Imported,
    text: &ArticleText,
    same: bool,
    tx: &mut Tx<'_>,
    report: &mut ReadReport,
) -> HashMap<StatementId, StatementId> {
    let version = tx.session.version().max(1);
    let old = imported.text.as_ref();
    // Whether the offsets count in the text that was read, which alone tells the pieces of a statement apart.
    let read = imported.session.version().max(1);
    let current = |s: &Statement| s.anchor.article_version == read;
    let lost = imported.session.statements.values();
    let lost = lost.filter(|s| !s.anchor.orphaned && !(same && current(s)));
    let quotes = lost.flat_map(|s| {
        let pieces = old.filter(|_| current(s)).into_iter();
        let pieces = pieces.flat_map(|old| s.anchor.spans.iter().map(|span| old.slice(*span)));
        pieces.chain([s.anchor.exact.as_str()])
    });
    let places = Places::new(text, quotes);
    let mut map = HashMap::new();
    for s in imported.session.statements.values() {
        let spans = if s.anchor.orphaned {
            None
        } else if same && current(s) {
            Some(s.anchor.spans.clone())
        } else {
            again(&places, old.filter(|_| current(s)), text, s)
        };
        let Some(spans) = spans else {
            if tx.session.statements.contains_key(&s.id) {
                map.insert(s.id.clone(), s.id.clone());
            } else {
                report.lose(s.anchor.exact.clone(), "its words are not in the article");
            }
            continue;
        };
        let id = StatementId::of(version, &spans);
        map.insert(s.id.clone(), id.clone());
        if tx.session.statements.contains_key(&id) {
            imported
                .holds
                .statement
                .iter()
                .for_each(|k| tx.set_statement(&id, s.get(*k)));
        } else {
            tx.create_statement(Statement {
                id,
                anchor: anchor(text, version, &spans),
                ..s.clone()
            });
        }
    }
    map
}

/// Where the statement's words stand in another text: the whole of one span, or each of several in the `old` text.
fn again(
    places: &Places<'_>,
    old: Option<&ArticleText>,
    text: &ArticleText,
    s: &Statement,
) -> Option<Vec<Span>> {
    let near = s.anchor.spans.first().map(|s| s.start);
    if let [_] = s.anchor.spans[..] {
        let quote = Quote {
            exact: &s.anchor.exact,
            prefix: &s.anchor.prefix,
            suffix: &s.anchor.suffix,
        };
        return places.of(text, quote, near).map(|s| vec![s]);
    }
    let old = old?;
    let pieces = s.anchor.spans.iter().map(|span| {
        let quote = Quote {
            exact: old.slice(*span),
            ..Quote::default()
        };
        places.of(text, quote, Some(span.start))
    });
    let mut spans: Vec<Span> = pieces.collect::<Option<_>>()?;
    super::marks::tidy(&mut spans);
    Some(spans)
}

fn claims(
    imported: &Imported,
    tx: &mut Tx<'_>,
    statements: &HashMap<StatementId, StatementId>,
    report: &mut ReadReport,
) {
    for c in imported.session.claims.values() {
        let mut c = c.clone();
        c.statements = c
            .statements
            .iter()
            .filter_map(|s| statements.get(s).cloned())
            .collect();
        if tx.session.claims.contains_key(&c.id) {
            let keys = imported
                .holds
                .claim
                .iter()
                .filter(|k| **k != ClaimKey::Statements || !c.statements.is_empty());
            // What the file says as the session does was not set by anybody's hand, and stays a proposal where it is one.
            let changed =
                |tx: &Tx<'_>, k| tx.session.claims.get(&c.id).map(|o| o.get(k)) != Some(c.get(k));
            keys.for_each(|k| {
                if changed(tx, *k) {
                    tx.set_claim(&c.id, c.get(*k));
                }
            });
        } else if c.statements.is_empty() {
            // Statements that are not in the article are listed already.
            let whole = imported.session.claims.get(&c.id);
            if let Some(c) = whole.filter(|c| c.statements.is_empty()) {
                report.lose(imported.session.claim_text(c), "it stands on no statement");
            }
        } else {
            tx.create_claim(c);
        }
    }
}

/// Whether the offsets of a statement, and of what hangs on it, count in the session's text, which is the `same` as the
/// one that was read or not; of a lost one they count nowhere.
fn laid(imported: &Imported, same: bool, id: &StatementId) -> bool {
    let read = imported.session.version().max(1);
    let statement = imported.session.statements.get(id);
    statement.is_none_or(|s| s.anchor.orphaned || same && s.anchor.article_version == read)
}

fn attributions(
    imported: &Imported,
    same: bool,
    tx: &mut Tx<'_>,
    statements: &HashMap<StatementId, StatementId>,
    sources: &HashMap<SourceId, SourceId>,
    here: &Known,
) {
    for a in imported.session.attributions.values() {
        let mut a = a.clone();
        let source = |s: SourceId| sources.get(&s).copied();
        a.source = a.source.and_then(source);
        a.via = a.via.and_then(source);
        a.about = a.about.iter().filter_map(|s| source(*s)).collect();
        let known = tx.session.attributions.contains_key(&a.id);
        match statements.get(&a.statement) {
            Some(statement) => {
                // Words elsewhere than in the file: the spans inside the statement cannot be trusted.
                let spans =
                    |id: &StatementId| id.0.split_once(':').map(|(_, spans)| spans.to_string());
                if spans(statement) != spans(&a.statement) {
                    a.source_span.clear();
                    a.cue.clear();
                    a.content.clear();
                } else if !laid(imported, same, &a.statement)
                    && let Some(s) = tx.session.statements.get(statement)
                {
                    // The same words at the same place in another text: what is inside of them is, and nothing else.
                    let (start, end) = crate::exchange::marks::hull(&s.anchor.spans);
                    let inside = |s: &Span| start <= s.start && s.end <= end;
                    for spans in [&mut a.source_span, &mut a.cue, &mut a.content] {
                        if !spans.iter().all(inside) {
                            spans.clear();
                        }
                    }
                }
                a.statement = statement.clone();
            }
            None if !known => continue,
            None => {}
        }
        if known {
            let changed = |tx: &Tx<'_>, k| {
                tx.session.attributions.get(&a.id).map(|o| o.get(k)) != Some(a.get(k))
            };
            imported.holds.attribution.iter().for_each(|k| {
                if changed(tx, *k) {
                    tx.set_attribution(&a.id, a.get(*k));
                }
            });
        } else if a
            .source
            .is_some_and(|s| here.said.contains(&(a.claim, s, a.stance)))
            && imported.holds.attribution.is_empty()
        {
            // The format has no attributions of its own, and the claim is said by that source already.
        } else if tx.session.claims.contains_key(&a.claim) {
            tx.create_attribution(a);
        }
    }
}
