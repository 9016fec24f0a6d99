//! What hangs on what as references, and everything in order of the article, for exporters that visit all claims.
//!
//! Built once in `O(n log n)`; it borrows from the session, unlike the index of core, which lives as long as an edit lets it.

use std::cmp::Ordering;
use std::ops::Range;

use crate::core::ids::{ClaimId, StatementId};
use crate::core::model::{Attribution, Claim, Held, Session, Statement};

/// The records of a session by what they belong to.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    attributions: ByClaim<'a, Attribution>,
    held: ByClaim<'a, Held>,
    statements: Vec<&'a Statement>,
    claims: Vec<&'a Claim>,
    by_statement: Vec<(&'a StatementId, &'a Claim)>,
}

impl<'a> Order<'a> {
    /// The order of `session`.
    pub fn new(session: &'a Session) -> Self {
        let mut attributions: Vec<_> = session.attributions.values().collect();
        attributions.sort_by_key(|a| a.claim);
        for all in attributions.chunk_by_mut(|a, b| a.claim == b.claim) {
            // At its only statement they are in order as they come.
            let claim = all.first().and_then(|a| session.claims.get(&a.claim));
            if all.len() > 1 && claim.is_none_or(|c| c.statements.len() > 1) {
                all.sort_by_cached_key(|a| session.turn_of(a));
            }
        }
        let mut held: Vec<_> = session.held.values().collect();
        held.sort_by_key(|h| (h.claim, h.id));
        let mut statements: Vec<_> = session.statements.values().collect();
        statements.sort_by(|a, b| position(Some(a)).cmp(&position(Some(b))));
        let mut claims: Vec<_> = session.claims.values().collect();
        claims.sort_by_cached_key(|c| {
            let home = session.statements.get(&c.home);
            (position(home), c.id)
        });
        let mut by_statement: Vec<_> = session
            .claims
            .values()
            .flat_map(|c| c.statements.iter().map(move |s| (s, c)))
            .collect();
        by_statement.sort_by_key(|(s, c)| (*s, c.home != **s, c.id));
        Self {
            attributions: ByClaim::of(attributions, |a| a.claim),
            held: ByClaim::of(held, |h| h.claim),
            statements,
            claims,
            by_statement,
        }
    }

    /// The attributions of `claim`, in the order of [`Session::attributions_of`].
    pub fn attributions_of(&self, claim: ClaimId) -> &[&'a Attribution] {
        self.attributions.of_claim(claim)
    }

    /// What is held against `claim`, oldest first.
    pub fn held_against(&self, claim: ClaimId) -> &[&'a Held] {
        self.held.of_claim(claim)
    }

    /// The claims on `statement`: those at home there, then those that stand there too, each by id.
    pub fn claims_on(&self, statement: &StatementId) -> impl Iterator<Item = &'a Claim> {
        let all = run(&self.by_statement, |(s, _)| (*s).cmp(statement));
        self.by_statement[all].iter().map(|(_, c)| *c)
    }

    /// Decided and marked statements, in order of the article.
    pub fn statements(&self) -> &[&'a Statement] {
        &self.statements
    }

    /// All claims, in order of their first statements; those on the same words by id: those taken up, then those made by
    /// hand, oldest first.
    pub fn claims(&self) -> &[&'a Claim] {
        &self.claims
    }
}

/// The key that puts statements in order: lost ones last, then start, end and id.
fn position(s: Option<&Statement>) -> (bool, u32, u32, Option<&StatementId>) {
    let Some(s) = s else {
        return (true, u32::MAX, u32::MAX, None);
    };
    let spans = &s.anchor.spans;
    (
        s.anchor.orphaned,
        spans.first().map_or(u32::MAX, |x| x.start),
        spans.last().map_or(u32::MAX, |x| x.end),
        Some(&s.id),
    )
}

/// Records in the order of their claims. The claims are kept beside them: to find one, no record is looked at.
#[derive(Clone, Debug)]
struct ByClaim<'a, R> {
    claims: Vec<ClaimId>,
    records: Vec<&'a R>,
}

impl<'a, R> ByClaim<'a, R> {
    /// Those of `records`, which are in this order, by their `claim`.
    fn of(records: Vec<&'a R>, claim: impl Fn(&R) -> ClaimId) -> Self {
        let claims = records.iter().map(|r| claim(r)).collect();
        Self { claims, records }
    }

    fn of_claim(&self, claim: ClaimId) -> &[&'a R] {
        &self.records[run(&self.claims, |c| c.cmp(&claim))]
    }
}

/// Where the run of `sorted` is for which `cmp` says equal.
fn run<T>(sorted: &[T], cmp: impl Fn(&T) -> Ordering) -> Range<usize> {
    let from = sorted.partition_point(|t| cmp(t).is_lt());
    // A run is short: looking at one after the other is quicker than halving what is left.
    let len = sorted[from..].iter().take_while(|t| cmp(t).is_eq()).count();
    from..from + len
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::ids::{AttributionId, CheckerId, SessionId, VersionId};
    use crate::core::model::{Anchor, Stamp, Time};
    use crate::core::text::Span;
    use crate::core::vocabulary::{BlockKind, Decision, Origin};
    use uuid::Uuid;

    #[test]
    fn records_are_found_by_what_they_belong_to_and_in_order_of_the_article() {
        let id = |n: u128| Uuid::from_u128(n);
        let stamp = Stamp {
            at: Time::UNIX_EPOCH,
            by: CheckerId::of("ak"),
        };
        let mut s = Session::new(SessionId(id(1)), "s", Time::UNIX_EPOCH);
        for (n, (start, end)) in [(50, 60), (10, 20)].into_iter().enumerate() {
            let spans = vec![Span::new(start, end)];
            let sid = StatementId::of(VersionId::NONE, &spans);
            s.statements.insert(
                sid.clone(),
                Statement {
                    id: sid.clone(),
                    anchor: Anchor {
                        spans,
                        ..Anchor::default()
                    },
                    block: BlockKind::Paragraph,
                    decision: Decision::TakenUp,
                    reason: String::new(),
                    origin: Origin::Checker,
                    why: String::new(),
                },
            );
            let c = Claim::on(ClaimId(id(10 + n as u128)), sid.clone(), stamp.clone());
            let a = Attribution::on(AttributionId(id(20 - n as u128)), c.id, sid);
            s.attributions.insert(a.id, a);
            s.claims.insert(c.id, c);
        }
        let order = Order::new(&s);
        assert_eq!(
            order
                .claims()
                .iter()
                .map(|c| c.id.0.as_u128())
                .collect::<Vec<_>>(),
            [11, 10]
        );
        assert_eq!(order.attributions_of(ClaimId(id(11)))[0].id.0, id(19));
        assert!(order.attributions_of(ClaimId(id(99))).is_empty());
        assert!(order.held_against(ClaimId(id(11))).is_empty());
        let late = &order.statements()[1].id;
        assert_eq!(
            order.claims_on(late).map(|c| c.id.0).collect::<Vec<_>>(),
            [id(10)]
        );
    }
}
