//! The rules about one claim: what its finding rests on, its rating, its workflow, who has a say.

use std::collections::{BTreeSet, HashSet};

use super::super::check::Check;
use super::super::display::clean;
use super::super::ids::*;
use super::super::model::*;
use super::super::vocabulary::*;
use super::*;

/// The evidence held against one claim, by what it says.
struct Ground<'a> {
    held: Vec<(&'a Held, &'a Evidence)>,
}

impl<'a> Ground<'a> {
    fn of(check: &'a Check, claim: ClaimId) -> Self {
        let held = check
            .held(claim)
            .filter(|(h, _)| h.evidence_stance != EvidenceStance::Unrelated)
            .collect();
        Self { held }
    }

    fn says(&self, stance: EvidenceStance) -> bool {
        self.held
            .iter()
            .any(|(h, _)| h.evidence_stance == stance || h.evidence_stance == EvidenceStance::Mixed)
    }

    fn supporting_sources(&self) -> Vec<Option<SourceId>> {
        self.held
            .iter()
            .filter(|(h, _)| h.evidence_stance == EvidenceStance::Supports)
            .map(|(_, e)| e.source)
            .collect()
    }
}

/// Everything about one claim that breaks a rule.
pub(super) fn rules(claim: &Claim, out: &mut FoundProblems<'_>) {
    use EvidenceStance::{Refutes, Supports};
    use VerificationStatus as V;
    let check = out.check;
    let about = || About::Claim(claim.id);
    let ground = Ground::of(check, claim.id);
    let reason = !blank(&claim.justification);
    let finding = claim.verification_status;
    let found = out.labels.of(finding);
    match finding {
        V::Unchecked | V::InProgress | V::NotCheckable => {}
        V::Unverifiable if reason => {}
        V::Unverifiable => out.add(
            UNVERIFIABLE_WITHOUT_REASON,
            about(),
            format!("Found {found}, but nothing says what was tried."),
        ),
        V::Disputed if !(ground.says(Supports) && ground.says(Refutes)) => out.add(
            DISPUTED_ON_ONE_SIDE,
            about(),
            format!("Found {found}, but there is no evidence on both sides."),
        ),
        _ if ground.held.is_empty() && !reason => out.add(
            FINDING_WITHOUT_GROUND,
            about(),
            format!("Found {found}, but there is neither evidence nor a justification."),
        ),
        V::Misleading if !reason => out.add(
            MISLEADING_WITHOUT_REASON,
            about(),
            format!("Found {found}, but nothing says what a reader takes away wrongly."),
        ),
        _ => {}
    }
    let against = match finding {
        V::Accurate => ground.says(Refutes) && !ground.says(Supports),
        V::Inaccurate => ground.says(Supports) && !ground.says(Refutes),
        _ => false,
    };
    if against {
        out.add(
            FINDING_AGAINST_EVIDENCE,
            about(),
            format!("Found {found}, but all evidence says otherwise."),
        );
    }
    witnesses(claim, &ground, out);
    if let Some(rating) = claim.rating
        && !rating_fits(finding, rating)
    {
        out.add(
            RATING_AGAINST_FINDING,
            about(),
            format!(
                "Rated {} ({}), but found {found}.",
                rating.number(),
                out.labels.of_rating(rating),
            ),
        );
    }
    workflow(claim, out);
    replies(claim, out);
}

/// Who supports a claim: one anonymous voice is not enough, and neither is one group.
fn witnesses(claim: &Claim, ground: &Ground<'_>, out: &mut FoundProblems<'_>) {
    let check = out.check;
    let supporting = ground.supporting_sources();
    let distinct: HashSet<_> = supporting.iter().flatten().collect();
    let known: Vec<&Source> = distinct
        .iter()
        .filter_map(|id| check.session().sources.get(id))
        .collect();
    let about = || About::Claim(claim.id);
    if let [only] = known.as_slice()
        && only.source_type == SourceType::Anonymous
        && supporting.iter().all(Option::is_some)
        && claim.verification_status == VerificationStatus::Accurate
    {
        out.add(
            ONE_ANONYMOUS_SOURCE,
            about(),
            format!(
                "Found {} on the word of one anonymous source alone.",
                out.labels.of(claim.verification_status)
            ),
        );
    }
    let groups: BTreeSet<&str> = known.iter().map(|s| s.independence_group.trim()).collect();
    if known.len() > 1 && groups.len() == 1 && !groups.contains("") && blank(&claim.justification) {
        out.add(
            ONE_WITNESS,
            about(),
            format!(
                "All {} supporting sources belong to one group, so they do not confirm one another.",
                known.len()
            ),
        );
    }
}

/// Whether a publication rating can stand beside a finding.
fn rating_fits(finding: VerificationStatus, rating: Rating) -> bool {
    use VerificationStatus as V;
    match finding {
        V::Accurate => rating.number() >= 4,
        V::Inaccurate => rating.number() <= 2,
        V::PartlyAccurate => (2..=4).contains(&rating.number()),
        V::Misleading => rating.number() <= 4,
        V::Disputed => true,
        V::Unchecked | V::InProgress | V::Unverifiable | V::NotCheckable => false,
    }
}

fn workflow(claim: &Claim, out: &mut FoundProblems<'_>) {
    use WorkflowState as W;
    let closed = matches!(
        claim.workflow_state,
        W::Checked | W::SecondRead | W::SignedOff
    );
    if closed && claim.verification_status.is_open() {
        out.add(
            CLOSED_UNCHECKED,
            About::Claim(claim.id),
            format!(
                "The workflow says {}, but the finding is {}.",
                out.labels.of(claim.workflow_state),
                out.labels.of(claim.verification_status)
            ),
        );
    }
    if let Some(change) = &claim.change
        && change.must
        && change.state == ChangeState::Proposed
        && claim.workflow_state == W::SignedOff
    {
        out.add(
            OPEN_CHANGE,
            About::Claim(claim.id),
            format!(
                "The workflow says {}, but a change that must be made is still waiting.",
                out.labels.of(claim.workflow_state)
            ),
        );
    }
}

fn replies(claim: &Claim, out: &mut FoundProblems<'_>) {
    let check = out.check;
    let accused: BTreeSet<SourceId> = check
        .attributions(claim.id)
        .flat_map(|a| a.about.iter().copied())
        .collect();
    for id in accused {
        let speaks = check
            .session()
            .attributions
            .values()
            .any(|a| a.source == Some(id));
        if !speaks && blank(&claim.notes) {
            out.add(
                NO_REPLY,
                About::Claim(claim.id),
                format!(
                    "It accuses {}, who has no say in the article.",
                    clean(check.source_name(id))
                ),
            );
        }
    }
}
