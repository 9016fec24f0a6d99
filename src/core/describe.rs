//! Short names of steps, for undo, the audit trail and the status line: `set finding: accurate`, `said by: Kirby`.
//!
//! A step of several edits is named by the one that matters most: taking up a statement makes a statement, a claim and
//! attributions, and is named `took up “…”`.

mod many;
mod voices;

use super::display::{clean, truncate};
use super::edit::{Change, Edit};
use super::ids::*;
use super::labels::Labels;
use super::model::*;
use super::vocabulary::*;

/// `1 claim`, `2 claims`: `n` of what in the singular is called `one`.
pub fn counted(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

/// How many cells of a claim's or a statement's words a name shows.
const WORDS: usize = 40;

/// What the step of `edits` did, in a few words; `session` (before or after the step) gives the names, the house the labels.
pub fn step_name(edits: &[Edit], session: &Session, labels: &Labels) -> String {
    let seen = Seen::of(edits, session, labels);
    seen.birth()
        .or_else(|| seen.taken_in())
        .or_else(|| seen.rows_dismissed())
        .or_else(|| seen.rows_alike())
        .or_else(|| seen.claims_made())
        .or_else(|| seen.claims_joined())
        .or_else(|| seen.claims_withdrawn())
        .or_else(|| seen.borders_moved())
        .or_else(|| seen.decisions())
        .or_else(|| seen.sources_merged())
        .or_else(|| seen.evidence())
        .or_else(|| seen.claim_fields())
        .or_else(|| seen.attributions())
        .or_else(|| seen.sources())
        .or_else(|| seen.article())
        .or_else(|| seen.conflicts())
        .unwrap_or_else(|| "confirmed what was proposed".to_string())
}

/// The edits of a step by kind.
struct Seen<'a> {
    session: &'a Session,
    labels: &'a Labels,
    edits: &'a [Edit],
    claims: Vec<(ClaimId, &'a Change<Claim, ClaimField>)>,
    statements: Vec<(&'a StatementId, &'a Change<Statement, StatementField>)>,
    attributions: Vec<(AttributionId, &'a Change<Attribution, AttributionField>)>,
    sources: Vec<(SourceId, &'a Change<Source, SourceField>)>,
    evidence: Vec<(EvidenceId, &'a Change<Evidence, EvidenceField>)>,
    held: Vec<(HeldId, &'a Change<Held, HeldField>)>,
    conflicts: Vec<&'a Change<Conflict, ConflictField>>,
}

impl<'a> Seen<'a> {
    fn of(edits: &'a [Edit], session: &'a Session, labels: &'a Labels) -> Self {
        let mut seen = Self {
            session,
            labels,
            edits,
            claims: Vec::new(),
            statements: Vec::new(),
            attributions: Vec::new(),
            sources: Vec::new(),
            evidence: Vec::new(),
            held: Vec::new(),
            conflicts: Vec::new(),
        };
        for edit in edits {
            match edit {
                Edit::Session(_)
                | Edit::Checker(_)
                | Edit::Article(..)
                | Edit::Version(..)
                | Edit::Forward(..) => {}
                Edit::Claim(id, c) => seen.claims.push((*id, c)),
                Edit::Statement(id, c) => seen.statements.push((id, c)),
                Edit::Attribution(id, c) => seen.attributions.push((*id, c)),
                Edit::Source(id, c) => seen.sources.push((*id, c)),
                Edit::Evidence(id, c) => seen.evidence.push((*id, c)),
                Edit::Held(id, c) => seen.held.push((*id, c)),
                Edit::Conflict(_, c) => seen.conflicts.push(c),
            }
        }
        seen
    }

    fn birth(&self) -> Option<String> {
        if self.edits.iter().any(|e| matches!(e, Edit::Session(_))) {
            return Some("made the session".into());
        }
        self.edits.iter().find_map(|e| match e {
            Edit::Version(id, c) if c.makes() == Some(true) => Some(format!(
                "took in article version {}",
                self.session.number_of(*id)
            )),
            Edit::Version(_, Change::Set(_, VersionField::Reader(reader))) => {
                Some(format!("took what {} proposes", name(reader)))
            }
            _ => None,
        })
    }

    /// Claims came from elsewhere with who worked on them: the step is the importer's, the work is not.
    fn taken_in(&self) -> Option<String> {
        let mut claims = Vec::new();
        let mut whose: Vec<String> = Vec::new();
        for (id, change) in &self.claims {
            if let Some(ClaimField::Updated(by)) = change.field() {
                claims.push(*id);
                let made = self.edits.iter().find_map(|e| match e {
                    Edit::Checker(c) if c.id == by.by => Some(c.name.as_str()),
                    _ => None,
                });
                let who = name(made.unwrap_or_else(|| self.session.checker_name(&by.by)));
                if !whose.contains(&who) {
                    whose.push(who);
                }
            }
        }
        let first = claims.first()?;
        let words = self.session.claims.get(first).or_else(|| {
            let made = self.claims.iter().filter(|(id, _)| id == first);
            made.filter_map(|(_, c)| c.created()).next()
        });
        let what = match (claims.len(), words) {
            (1, Some(c)) => quoted(self.claim_words(c)),
            (n, _) => counted(n, "claim"),
        };
        Some(format!("imported {what} by {}", whose.join(", ")))
    }

    fn claims_made(&self) -> Option<String> {
        let made: Vec<&Claim> = self
            .claims
            .iter()
            .filter_map(|(_, c)| c.created())
            .collect();
        let first = *made.first()?;
        let words = quoted(self.claim_words(first));
        let decides = self.statements.iter().any(|(id, c)| {
            first.home == **id
                && (c.created().is_some()
                    || matches!(
                        c,
                        Change::Set(_, StatementField::Decision(Decision::TakenUp))
                    ))
        });
        let same_place = made
            .iter()
            .all(|c| c.home == first.home && c.statements == first.statements);
        Some(match made.len() {
            1 if !decides => format!("added a claim on {words}"),
            1 => match (self.finding_of(first), self.evidence()) {
                (VerificationStatus::Unchecked, None) => format!("took up {words}"),
                (VerificationStatus::Unchecked, Some(evidence)) => {
                    format!("took up {words}; {evidence}")
                }
                (finding, _) => format!(
                    "took up {words} with the finding: {}",
                    self.labels.of(finding)
                ),
            },
            n if same_place => format!("made {n} claims of {words}"),
            n => format!("took up {n} claims"),
        })
    }

    /// The finding that a claim made in this step has at its end.
    fn finding_of(&self, claim: &Claim) -> VerificationStatus {
        let set = |(id, c): &(ClaimId, &Change<Claim, ClaimField>)| match c {
            Change::Set(_, ClaimField::VerificationStatus(s)) if *id == claim.id => Some(*s),
            _ => None,
        };
        self.claims
            .iter()
            .rev()
            .find_map(set)
            .unwrap_or(claim.verification_status)
    }

    /// A claim is gone, and one that stays took over its voices or its places.
    fn claims_joined(&self) -> Option<String> {
        let gone = self.claims.iter().find_map(|(_, c)| c.removed())?;
        let voices = self.attributions.iter().filter_map(|(_, c)| c.field());
        let into = voices.filter_map(|f| match f {
            AttributionField::Claim(to) => Some(*to),
            _ => None,
        });
        let places = self.claims.iter().filter_map(|(id, c)| {
            matches!(c.field(), Some(ClaimField::Statements(_))).then_some(*id)
        });
        let into = self.session.claims.get(&into.chain(places).next()?)?;
        let (gone, into) = (self.claim_words(gone), self.claim_words(into));
        Some(format!("joined {} with {}", quoted(gone), quoted(into)))
    }

    fn claims_withdrawn(&self) -> Option<String> {
        let gone: Vec<&Claim> = self
            .claims
            .iter()
            .filter_map(|(_, c)| c.removed())
            .collect();
        match gone.as_slice() {
            [] => None,
            [one] => Some(format!("withdrew {}", quoted(self.claim_words(one)))),
            many => Some(format!("withdrew {} claims", many.len())),
        }
    }

    /// A statement is gone, and its claims, or nothing but its decision, are on other words.
    fn borders_moved(&self) -> Option<String> {
        let mut gone = self.statements.iter().filter_map(|(_, c)| c.removed());
        let (old, None) = (gone.next()?, gone.next()) else {
            return None;
        };
        let homes = self.claims.iter().filter_map(|(_, c)| c.field());
        let home = homes.into_iter().find_map(|f| match f {
            ClaimField::Home(to) => self.session.statements.get(to),
            _ => None,
        });
        let made = || self.statements.iter().find_map(|(_, c)| c.created());
        let new = home.or_else(made)?;
        let (old, new) = (&old.anchor.exact, &new.anchor.exact);
        Some(format!(
            "moved the borders of {} to {}",
            quoted(old),
            quoted(new)
        ))
    }

    fn decisions(&self) -> Option<String> {
        let (id, change) = *self.statements.first()?;
        let verb = match change {
            Change::Create(s) => match s.decision {
                Decision::Dismissed => "dismissed",
                Decision::TakenUp => "took up",
                Decision::Undecided => "marked",
            },
            Change::Remove(_) => "left undecided again:",
            Change::Set(_, StatementField::Decision(d)) => match d {
                Decision::Dismissed => "dismissed",
                Decision::TakenUp => "took up",
                Decision::Undecided => "left undecided again:",
            },
            Change::Set(_, StatementField::Reason(_)) => "set the reason for dismissing",
            Change::Set(..) | Change::Add(_) | Change::Drop(_) => "edited",
        };
        Some(match self.statements.len() {
            1 => {
                let words = change
                    .created()
                    .or(change.removed())
                    .or_else(|| self.session.statements.get(id))
                    .map_or("", |s| &s.anchor.exact);
                format!("{verb} {}", quoted(words))
            }
            n => format!("{verb} {n} statements"),
        })
    }

    fn evidence(&self) -> Option<String> {
        if let Some(e) = self.evidence.iter().find_map(|(_, c)| c.created()) {
            return Some(format!("evidence added: {}", item(e)));
        }
        if let Some(e) = self.evidence.iter().find_map(|(_, c)| c.removed()) {
            let into = self.held.iter().find_map(|(_, c)| match c.field() {
                Some(HeldField::Evidence(to)) => self.session.evidence.get(to),
                _ => None,
            });
            if let Some(into) = into {
                return Some(format!("merged evidence {} into {}", item(e), item(into)));
            }
            return Some(format!("evidence removed: {}", item(e)));
        }
        if let Some((id, change)) = self.held.first() {
            let of = |h: &Held| {
                let e = self.session.evidence.get(&h.evidence);
                e.map_or_else(|| "an item".to_string(), item)
            };
            let present = self.session.held.get(id);
            return Some(match change {
                Change::Create(h) => {
                    format!("evidence: {} {}", of(h), self.labels.of(h.evidence_stance))
                }
                Change::Remove(h) => format!("evidence taken off: {}", of(h)),
                Change::Set(_, HeldField::EvidenceStance(s)) => {
                    let title = present.map_or_else(|| "an item".to_string(), of);
                    format!("evidence: {title} {}", self.labels.of(*s))
                }
                Change::Set(..) | Change::Add(_) | Change::Drop(_) => {
                    let fields = self.held.iter().filter_map(|(_, c)| c.field());
                    let fields = list(fields.map(|f| f.key().word()));
                    format!(
                        "edited evidence {} ({fields})",
                        present.map_or_else(|| "an item".to_string(), of)
                    )
                }
            });
        }
        let (id, _) = self.evidence.first()?;
        let fields = list(
            self.evidence
                .iter()
                .filter_map(|(_, c)| c.field())
                .map(|f| f.key().word()),
        );
        let title = self.session.evidence.get(id);
        let title = title.map_or_else(|| "an item".to_string(), item);
        Some(format!("edited evidence {title} ({fields})"))
    }

    fn claim_fields(&self) -> Option<String> {
        let told = |key| !matches!(key, ClaimKey::Proposed | ClaimKey::Updated);
        let fields: Vec<(ClaimId, ClaimKey, &Change<Claim, ClaimField>)> = self
            .claims
            .iter()
            .filter_map(|(id, c)| Some((*id, c.field()?.key(), *c)))
            .filter(|(_, key, _)| told(*key))
            .collect();
        let (id, _, first) = *fields.first()?;
        if fields.iter().all(|(_, _, c)| *c == first) {
            let what = claim_change(first, self);
            return Some(match fields.len() {
                1 => what,
                n => format!("{what} (on {n} claims)"),
            });
        }
        let claims = fields.iter().filter(|(other, ..)| *other != id).count();
        let mut keys: Vec<ClaimKey> = fields.iter().map(|(_, key, _)| *key).collect();
        // What was dropped from a set and what was added to it are one change of the field.
        keys.dedup();
        let names = list(keys.iter().map(|key| key.label()));
        Some(match (claims, self.session.claims.get(&id)) {
            (0, Some(c)) => format!("edited {} ({names})", quoted(self.claim_words(c))),
            (0, None) => format!("edited a claim ({names})"),
            _ => format!("edited several claims ({names})"),
        })
    }

    fn article(&self) -> Option<String> {
        let fields: Vec<&str> = self
            .edits
            .iter()
            .filter_map(|e| match e {
                Edit::Article(_, to) => Some(to.key().word()),
                _ => None,
            })
            .collect();
        if !fields.is_empty() {
            return Some(format!("edited the article ({})", list(fields)));
        }
        self.edits.iter().find_map(|e| match e {
            Edit::Checker(c) => Some(format!("{} joined", name(&c.name))),
            _ => None,
        })
    }

    fn conflicts(&self) -> Option<String> {
        let came = |c: &&&Change<Conflict, ConflictField>| c.makes() == Some(true);
        let came = self.conflicts.iter().filter(came).count();
        match (came, self.conflicts.len()) {
            (_, 0) => None,
            (0, settled) => Some(format!("settled {}", counted(settled, "conflict"))),
            (came, _) => Some(format!("noted {}", counted(came, "conflict"))),
        }
    }

    fn claim_words<'b>(&'b self, claim: &'b Claim) -> &'b str {
        let words = self.session.claim_text(claim);
        if !words.is_empty() {
            return words;
        }
        // The statement may be made or gone in this very step.
        self.statements
            .iter()
            .filter(|(id, _)| claim.statements.contains(id))
            .find_map(|(_, c)| c.created().or(c.removed()))
            .map_or("", |s| &s.anchor.exact)
    }
}

fn claim_change(change: &Change<Claim, ClaimField>, seen: &Seen<'_>) -> String {
    let field = match change {
        Change::Drop(m) => return members_dropped(m.field()),
        _ => change.gained(),
    };
    let Some(field) = field else {
        return "edited a claim".into();
    };
    let labels = seen.labels;
    match field {
        ClaimField::VerificationStatus(s) => format!("set finding: {}", labels.of(*s)),
        ClaimField::Rating(Some(r)) => format!("set rating: {}", labels.numbered(*r)),
        ClaimField::Rating(None) => "took the rating away".into(),
        ClaimField::CheckWorthiness(w) => format!("set worth: {}", labels.of(*w)),
        ClaimField::ClaimType(t) => format!("set type: {}", labels.of(*t)),
        ClaimField::WorkflowState(w) => format!("set workflow: {}", labels.of(*w)),
        ClaimField::Wording(Some(w)) => format!("worded: {}", quoted(w)),
        ClaimField::Wording(None) => "took the wording away".into(),
        ClaimField::Tags(tags) if tags.is_empty() => "took the tags away".into(),
        ClaimField::Tags(tags) => format!("tagged: {}", list(tags.iter().map(|t| name(t)))),
        ClaimField::Change(Some(c)) => match c.state {
            ChangeState::Proposed => "proposed a change of the text".into(),
            state => format!("change of the text: {}", labels.of(state)),
        },
        ClaimField::Change(None) => "took the proposed change away".into(),
        ClaimField::Home(at) => match seen.session.statements.get(at) {
            Some(s) => format!("moved the claim to {}", quoted(&s.anchor.exact)),
            None => "set where the claim stands".into(),
        },
        ClaimField::Statements(at) => {
            let last = at.last().and_then(|s| seen.session.statements.get(s));
            match last {
                Some(s) => format!("also at {}", quoted(&s.anchor.exact)),
                None => "set where the claim stands".into(),
            }
        }
        other => format!("edited the {}", other.key().label()),
    }
}

/// What members were dropped from a set of a claim.
fn members_dropped(members: &ClaimField) -> String {
    match members {
        ClaimField::Tags(tags) => {
            let word = if tags.len() == 1 { "tag" } else { "tags" };
            format!(
                "took the {word} away: {}",
                list(tags.iter().map(|t| name(t)))
            )
        }
        other => format!("edited the {}", other.key().label()),
    }
}

fn quoted(words: &str) -> String {
    format!("“{}”", truncate(&clean(words), WORDS))
}

fn name(name: &str) -> String {
    match truncate(&clean(name), WORDS).into_owned() {
        empty if empty.is_empty() => "unnamed".into(),
        name => name,
    }
}

fn item(e: &Evidence) -> String {
    name(e.called())
}

/// The words once each, in order, joined by commas.
fn list(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut out: Vec<String> = Vec::new();
    for w in words {
        let w = w.as_ref().replace('_', " ");
        if !out.contains(&w) {
            out.push(w);
        }
    }
    out.join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::labels::DEFAULT;
    use crate::core::set::Set;
    use crate::core::testing::stamp;
    use uuid::Uuid;

    fn statement(words: &str, decision: Decision) -> Statement {
        Statement {
            id: StatementId::of(VersionId::NONE, &[]),
            anchor: Anchor {
                exact: words.into(),
                ..Anchor::default()
            },
            block: BlockKind::Paragraph,
            decision,
            reason: String::new(),
            origin: Origin::Proposal,
            why: String::new(),
        }
    }

    fn source(n: u128, name: &str) -> Source {
        Source {
            name: name.into(),
            ..Source::unnamed(Uuid::from_u128(n).into())
        }
    }

    fn create<R, F>(r: R) -> Change<R, F> {
        Change::Create(Box::new(r))
    }

    #[test]
    fn steps_are_named_by_what_matters_most() {
        let mut session = Session::new(Uuid::nil().into(), "kell", Time::UNIX_EPOCH);
        let st = statement(
            "The council approved 80 million for the bridge in March 2021",
            Decision::TakenUp,
        );
        let claim_id: ClaimId = Uuid::from_u128(7).into();
        let claim = Claim::on(claim_id, st.id.clone(), stamp());
        let kirby = source(9, "Kirby\x1b[31m");
        let attribution = Attribution {
            source: Some(kirby.id),
            stance: Stance::Denies,
            ..Attribution::on(Uuid::from_u128(8).into(), claim_id, st.id.clone())
        };
        let take_up = vec![
            Edit::Statement(st.id.clone(), create(st.clone())),
            Edit::Source(kirby.id, create(kirby.clone())),
            Edit::Claim(claim_id, create(claim.clone())),
            Edit::Attribution(attribution.id, create(attribution.clone())),
        ];
        let set_claim = |from, to| Edit::Claim(claim_id, Change::Set(from, to));
        let finding = |s| ClaimField::VerificationStatus(s);
        use VerificationStatus::{Accurate, Unchecked};
        let set_source = |from: SourceField, to| Edit::Source(kirby.id, Change::Set(from, to));
        let evidence = Evidence {
            title: "Council minutes".into(),
            ..Evidence::empty(Uuid::from_u128(5).into())
        };
        let held = Held {
            evidence_stance: EvidenceStance::Supports,
            ..Held::against(Uuid::from_u128(6).into(), claim_id, evidence.id)
        };
        let words = "“The council approved 80 million for the…”";
        let found = [
            take_up.clone(),
            vec![set_claim(finding(Unchecked), finding(Accurate))],
        ]
        .concat();
        let with_evidence = [
            take_up.clone(),
            vec![
                Edit::Evidence(evidence.id, create(evidence.clone())),
                Edit::Held(held.id, create(held.clone())),
            ],
        ]
        .concat();
        let before = [
            (
                step_name(&take_up, &session, &DEFAULT),
                format!("took up {words}"),
            ),
            (
                step_name(&with_evidence, &session, &DEFAULT),
                format!("took up {words}; evidence added: Council minutes"),
            ),
            (
                step_name(&found, &session, &DEFAULT),
                format!("took up {words} with the finding: accurate"),
            ),
            (
                step_name(
                    &[Edit::Statement(
                        st.id.clone(),
                        create(statement("Lovely as the view is", Decision::Dismissed)),
                    )],
                    &session,
                    &DEFAULT,
                ),
                "dismissed “Lovely as the view is”".into(),
            ),
        ];
        session.apply(&take_up, &stamp());
        let after = [
            (
                vec![
                    set_claim(
                        ClaimField::Proposed(Set::default()),
                        ClaimField::Proposed(Set::default()),
                    ),
                    set_claim(finding(Unchecked), finding(Accurate)),
                ],
                "set finding: accurate".to_string(),
            ),
            (
                vec![
                    set_claim(finding(Unchecked), finding(Accurate)),
                    set_claim(ClaimField::Rating(None), ClaimField::Rating(Rating::new(5))),
                ],
                format!("edited {words} (finding, rating)"),
            ),
            (
                vec![Edit::Attribution(
                    attribution.id,
                    Change::Set(
                        AttributionField::Source(None),
                        AttributionField::Source(Some(kirby.id)),
                    ),
                )],
                "said by: Kirby␛[31m".into(),
            ),
            (
                vec![
                    set_source(SourceField::Role("".into()), SourceField::Role("x".into())),
                    set_source(
                        SourceField::Type(SourceType::Unknown),
                        SourceField::Type(SourceType::Person),
                    ),
                ],
                "edited source Kirby␛[31m (role, type)".into(),
            ),
            (
                vec![
                    Edit::Evidence(evidence.id, create(evidence.clone())),
                    Edit::Held(held.id, create(held)),
                ],
                "evidence added: Council minutes".into(),
            ),
            (
                vec![Edit::Claim(claim_id, Change::Remove(Box::new(claim)))],
                format!("withdrew {words}"),
            ),
            (
                vec![
                    Edit::Attribution(
                        attribution.id,
                        Change::Set(
                            AttributionField::Source(Some(kirby.id)),
                            AttributionField::Source(Some(SourceId::ARTICLE)),
                        ),
                    ),
                    Edit::Source(kirby.id, Change::Remove(Box::new(kirby.clone()))),
                ],
                "merged source Kirby␛[31m into the article".into(),
            ),
            (
                vec![Edit::Article(
                    ArticleField::Title("".into()),
                    ArticleField::Title("Kell".into()),
                )],
                "edited the article (title)".into(),
            ),
            (
                vec![Edit::Attribution(
                    attribution.id,
                    create(attribution.clone()),
                )],
                "added: Kirby␛[31m denies that".into(),
            ),
        ];
        for (got, want) in before {
            assert_eq!(got, want);
        }
        for (edits, want) in after {
            assert_eq!(step_name(&edits, &session, &DEFAULT), want);
        }
    }
    /// B7 of the review: tags said "confirmed", undo and the log said "accurate".
    #[test]
    fn the_labels_of_the_house_stand_in_the_names_of_steps() {
        let session = Session::new(Uuid::nil().into(), "kell", Time::UNIX_EPOCH);
        let mut labels = Labels::default();
        labels.rename("verification_status", "accurate", "confirmed".into());
        labels.rename("stance", "denies", "rejects".into());
        let five = Rating::new(5).unwrap();
        labels.rename_rating(five, "Spot on".into());
        let (claim, voice) = (ClaimId(Uuid::from_u128(7)), Uuid::from_u128(8).into());
        let set = |from, to| vec![Edit::Claim(claim, Change::Set(from, to))];
        use ClaimField as C;
        let steps = [
            (
                set(
                    C::VerificationStatus(VerificationStatus::Unchecked),
                    C::VerificationStatus(VerificationStatus::Accurate),
                ),
                "set finding: confirmed",
            ),
            (
                set(C::Rating(None), C::Rating(Some(five))),
                "set rating: 5 Spot on",
            ),
            (
                vec![Edit::Attribution(
                    voice,
                    Change::Set(
                        AttributionField::Stance(Stance::Asserts),
                        AttributionField::Stance(Stance::Denies),
                    ),
                )],
                "stance: rejects",
            ),
        ];
        for (edits, want) in steps {
            assert_eq!(step_name(&edits, &session, &labels), want);
        }
    }
}
