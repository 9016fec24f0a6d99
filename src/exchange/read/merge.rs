//! Bringing what was read into a session: one step, in which what is new comes in, and records that are here already
//! lose nothing.

use std::collections::{HashMap, HashSet};

use super::bring::Brought;
use super::known::Known;
use super::standing::{is_of, laid, statements};
use super::{Imported, ReadReport, Stays, Whose};
use crate::core::edit::Edit;
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::ops;
use crate::core::text::{ArticleText, Span};
use crate::core::tx::Tx;
use crate::core::values::InWords;
use crate::core::vocabulary::Decision;

/// Adds the edits that bring `imported` into the session of `tx`, whose current text is `text`.
///
/// What is new is taken. Nothing here is emptied, and where the two differ it is listed and `whose` value stays. Claims
/// keep who took them up and who changed them last. Statements on another text are found again by their words, or listed.
/// Returns what happened, the file's own report included.
pub fn merge(imported: &Imported, text: &ArticleText, whose: Whose, tx: &mut Tx<'_>) -> ReadReport {
    let mut merging = Merging {
        imported,
        whose,
        report: imported.report.clone(),
        known: Known::of(imported, tx.session),
        new: HashSet::new(),
    };
    let before = tx.session.claims.iter();
    let before: HashMap<ClaimId, Stamp> = before.map(|(id, c)| (*id, c.updated.clone())).collect();
    merging.article(tx);
    let same = imported.text.as_ref();
    let same = same.is_some_and(|t| is_of(t, text));
    let statements = statements(imported, text, same, tx, &mut merging.report);
    merging.claims(tx, &statements);
    merging.decisions(tx, &statements);
    merging.known.without_a_claim(imported, tx.session);
    let sources = merging.sources(tx);
    merging.evidence(tx, &sources);
    merging.attributions(tx, same, &statements, &sources);
    merging.held(tx);
    if !tx.is_empty() {
        checkers(imported, tx);
        histories(imported, &before, tx);
    }
    merging.report
}

/// A file on its way into a session.
struct Merging<'a> {
    imported: &'a Imported,
    whose: Whose,
    report: ReadReport,
    known: Known,
    /// The claims that this import made.
    new: HashSet<ClaimId>,
}

/// The people of the file, whose work came.
fn checkers(imported: &Imported, tx: &mut Tx<'_>) {
    for c in &imported.session.checkers {
        if tx.session.checkers.iter().all(|o| o.id != c.id) {
            tx.push(Edit::Checker(c.clone()));
        }
    }
}

/// Claims that changed keep who changed them last, here or in the file: taking them in is nobody's work on them.
fn histories(imported: &Imported, before: &HashMap<ClaimId, Stamp>, tx: &mut Tx<'_>) {
    for theirs in imported.session.claims.values() {
        let now = tx.session.claims.get(&theirs.id);
        if now.is_none_or(|c| c.updated != tx.stamp) {
            continue;
        }
        let ours = before.get(&theirs.id).filter(|s| s.at > theirs.updated.at);
        let last = ours.unwrap_or(&theirs.updated).clone();
        tx.set_claim_raw(&theirs.id, ClaimField::Updated(last));
    }
}

/// The fields of `proposed` after those in `taken` came from a record of which `theirs` were proposed.
fn proposed<K: Copy + PartialEq>(ours: &[K], theirs: &[K], taken: &[K]) -> Vec<K> {
    let kept = ours.iter().filter(|k| !taken.contains(k));
    let came = theirs.iter().filter(|k| taken.contains(k));
    kept.chain(came).copied().collect()
}

/// What a file says of the article. Which version is checked here is never its affair.
const ARTICLE: &[ArticleKey] = &[
    ArticleKey::Title,
    ArticleKey::Byline,
    ArticleKey::Url,
    ArticleKey::PublishedAt,
    ArticleKey::Language,
];

impl Merging<'_> {
    /// What is known of the article fills what is not known yet.
    fn article(&mut self, tx: &mut Tx<'_>) {
        let ours = tx.session.article.clone();
        let brought = Brought {
            about: "the article",
            ours: &ours,
            theirs: &self.imported.session.article,
            holds: ARTICLE,
            together: &[],
        };
        brought.bring(self.whose, tx, &mut self.report, |tx, f| tx.set_article(f));
    }

    /// The file's sources by what they are called here: the same id, else the same name, else new.
    fn sources(&mut self, tx: &mut Tx<'_>) -> HashMap<SourceId, SourceId> {
        let named: HashMap<String, SourceId> = tx
            .session
            .sources
            .values()
            .filter(|s| !s.name.is_empty())
            .map(|s| (s.name.clone(), s.id))
            .collect();
        let mut map = HashMap::new();
        for s in self.imported.session.sources.values() {
            let known = tx.session.sources.get(&s.id).map(|s| s.id);
            let known = known.or_else(|| named.get(&s.name).copied());
            match known.and_then(|id| tx.session.sources.get(&id)).cloned() {
                Some(ours) => {
                    // A protected source leaves without its name; what comes back must not take it away.
                    if ours.id == s.id && !ours.protect_identity && ours.id != SourceId::ARTICLE {
                        let brought = Brought {
                            about: &ours.name,
                            ours: &ours,
                            theirs: s,
                            holds: self.imported.holds.source,
                            together: &[],
                        };
                        brought.bring(self.whose, tx, &mut self.report, |tx, f| match f {
                            SourceField::Name(name) => ops::rename_source(tx, ours.id, &name),
                            other => tx.set_source(&ours.id, other),
                        });
                    }
                    map.insert(s.id, ours.id);
                }
                None if self.known.sources.contains(&s.id) => {}
                None => {
                    tx.create_source(s.clone());
                    map.insert(s.id, s.id);
                }
            }
        }
        map
    }

    fn evidence(&mut self, tx: &mut Tx<'_>, sources: &HashMap<SourceId, SourceId>) {
        for e in self.imported.session.evidence.values() {
            if self.known.evidence.contains(&e.id) {
                continue;
            }
            let mut e = e.clone();
            e.source = e.source.and_then(|s| sources.get(&s).copied());
            match tx.session.evidence.get(&e.id).cloned() {
                Some(ours) => {
                    let brought = Brought {
                        about: &ours.title,
                        ours: &ours,
                        theirs: &e,
                        holds: self.imported.holds.evidence,
                        together: &[],
                    };
                    brought.bring(self.whose, tx, &mut self.report, |tx, f| {
                        tx.set_evidence(&ours.id, f);
                    });
                }
                None => tx.create_evidence(e),
            }
        }
    }

    fn held(&mut self, tx: &mut Tx<'_>) {
        for h in self.imported.session.held.values() {
            if self.known.held.contains(&h.id)
                || !tx.session.claims.contains_key(&h.claim)
                || !tx.session.evidence.contains_key(&h.evidence)
            {
                continue;
            }
            let Some(ours) = tx.session.held.get(&h.id).cloned() else {
                tx.create_held(h.clone());
                continue;
            };
            let item = tx.session.evidence.get(&ours.evidence);
            let about = item.map_or_else(String::new, |e| e.title.clone());
            if self.new.contains(&h.claim) {
                // Joined with another claim here: the claim that comes back has it too.
                let id = tx.id();
                tx.create_held(Held { id, ..h.clone() });
                continue;
            }
            if (ours.claim, ours.evidence) != (h.claim, h.evidence) {
                self.stays(
                    &about,
                    &ours.get(HeldKey::Claim),
                    &h.get(HeldKey::Claim),
                    tx,
                );
            }
            let brought = Brought {
                about: &about,
                ours: &ours,
                theirs: h,
                holds: self.imported.holds.held,
                together: &[],
            };
            brought.bring(self.whose, tx, &mut self.report, |tx, f| {
                tx.set_held(&ours.id, f)
            });
        }
    }

    /// Lists what stays as it is here whosever values are asked for: the session would not be sound without it.
    fn stays<F: InWords>(&mut self, about: &str, ours: &F, theirs: &F, tx: &Tx<'_>) {
        self.report
            .differs(about, ours, theirs, Stays::OursAlways, tx);
    }

    fn claims(&mut self, tx: &mut Tx<'_>, statements: &HashMap<StatementId, StatementId>) {
        for c in self.imported.session.claims.values() {
            let mut c = c.clone();
            let here = c.statements.iter().filter_map(|s| statements.get(s));
            let open = here.filter(|s| !self.is_closed(s, tx.session));
            if let Some(home) = statements.get(&c.home) {
                c.home = home.clone();
            }
            // Statements that are not in the article are listed already.
            c.statements = open.cloned().collect();
            let first = c.statements.first().cloned();
            if let Some(first) = first.filter(|_| !c.is_at_home()) {
                c.home = first;
            }
            if let Some(ours) = tx.session.claims.get(&c.id).cloned() {
                let about = tx.session.claim_text(&ours).to_string();
                let brought = Brought {
                    about: &about,
                    ours: &ours,
                    theirs: &c,
                    holds: self.imported.holds.claim,
                    together: ClaimKey::FINDING,
                };
                let taken = brought.bring(self.whose, tx, &mut self.report, |tx, f| {
                    tx.set_claim_raw(&ours.id, f);
                });
                if !taken.is_empty() {
                    let proposed = proposed(&ours.proposed, &c.proposed, &taken);
                    tx.set_claim_raw(&ours.id, ClaimField::Proposed(proposed.into()));
                }
            } else if !c.statements.is_empty() {
                self.new.insert(c.id);
                tx.create_claim(c);
            }
        }
    }

    /// Whether nothing may be taken up at a statement: it is dismissed here, and ours stays.
    fn is_closed(&self, id: &StatementId, session: &Session) -> bool {
        let here = session.statements.get(id);
        let dismissed = here.is_some_and(|s| s.decision == Decision::Dismissed);
        dismissed && self.whose == Whose::Ours
    }

    /// What was decided about statements that are here: where claims stand they are taken up; a dismissal is taken where
    /// nothing was decided yet.
    fn decisions(&mut self, tx: &mut Tx<'_>, statements: &HashMap<StatementId, StatementId>) {
        let claimed: HashSet<StatementId> = tx
            .session
            .claims
            .values()
            .flat_map(|c| c.statements.iter().cloned())
            .collect();
        for s in self.imported.session.statements.values() {
            let id = statements.get(&s.id);
            let Some(ours) = id.and_then(|id| tx.session.statements.get(id)).cloned() else {
                continue;
            };
            let there = s.get(StatementKey::Decision);
            match (claimed.contains(&ours.id), s.decision) {
                (true, Decision::Dismissed) | (false, Decision::TakenUp) => {
                    if ours.decision != s.decision && ours.decision != Decision::Undecided {
                        let here = ours.get(StatementKey::Decision);
                        let stays = match (claimed.contains(&ours.id), self.whose) {
                            // Its claims would come, if the file's values were asked for.
                            (false, Whose::Ours) => Stays::Ours,
                            _ => Stays::OursAlways,
                        };
                        let exact = &ours.anchor.exact;
                        self.report.differs(exact, &here, &there, stays, tx);
                    }
                }
                (true, Decision::TakenUp | Decision::Undecided) => {
                    let here = ours.get(StatementKey::Decision);
                    let now = StatementField::Decision(Decision::TakenUp);
                    if ours.decision == Decision::Dismissed {
                        let exact = &ours.anchor.exact;
                        self.report.differs(exact, &here, &now, Stays::Theirs, tx);
                    }
                    tx.set_statement(&ours.id, now);
                }
                (false, decision) => {
                    let both = Decision::Dismissed == decision;
                    let mut holds = vec![StatementKey::Decision];
                    holds.extend(both.then_some(StatementKey::Reason));
                    holds.retain(|k| self.imported.holds.statement.contains(k));
                    let brought = Brought {
                        about: &ours.anchor.exact,
                        ours: &ours,
                        theirs: s,
                        holds: &holds,
                        together: &[],
                    };
                    brought.bring(self.whose, tx, &mut self.report, |tx, f| {
                        tx.set_statement(&ours.id, f);
                    });
                }
            }
        }
    }
}

impl Merging<'_> {
    fn attributions(
        &mut self,
        tx: &mut Tx<'_>,
        same: bool,
        statements: &HashMap<StatementId, StatementId>,
        sources: &HashMap<SourceId, SourceId>,
    ) {
        let imported = self.imported;
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
                    let there = imported.session.statements.get(&a.statement);
                    let here = tx.session.statements.get(statement);
                    if here.map(|s| &s.anchor.spans) != there.map(|s| &s.anchor.spans) {
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
            if let Some(ours) = tx.session.attributions.get(&a.id).cloned() {
                if !self.new.contains(&a.claim) {
                    self.voice(tx, &ours, &a);
                    continue;
                }
                // It speaks for another claim here; the claim that comes back has it too.
                a.id = tx.id();
            }
            // The format has no attributions of its own, and the claim is said by that source already.
            let said = a
                .source
                .is_some_and(|s| self.known.said.contains(&(a.claim, s, a.stance)));
            if said && imported.holds.attribution.is_empty() {
                continue;
            }
            let claim = tx.session.claims.get(&a.claim);
            if claim.is_some_and(|c| c.statements.contains(&a.statement)) {
                tx.create_attribution(a);
            }
        }
    }

    /// Brings a voice of the file to the one that is here.
    fn voice(&mut self, tx: &mut Tx<'_>, ours: &Attribution, theirs: &Attribution) {
        let claim = tx.session.claims.get(&ours.claim);
        let about = claim.map_or("", |c| tx.session.claim_text(c)).to_string();
        if ours.claim != theirs.claim {
            let key = AttributionKey::Claim;
            self.stays(&about, &ours.get(key), &theirs.get(key), tx);
        }
        let brought = Brought {
            about: &about,
            ours,
            theirs,
            holds: self.imported.holds.attribution,
            together: &[],
        };
        let taken = brought.bring(self.whose, tx, &mut self.report, |tx, f| {
            tx.set_attribution_raw(&ours.id, f);
        });
        if !taken.is_empty() {
            let proposed = proposed(&ours.proposed, &theirs.proposed, &taken);
            tx.set_attribution_raw(&ours.id, AttributionField::Proposed(proposed.into()));
        }
    }
}
