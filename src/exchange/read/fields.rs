//! The fields of marks one by one, and the small things that readers of marks share.

use uuid::Uuid;

use crate::core::model::*;
use crate::core::text::Span;
use crate::core::vocabulary::*;
use crate::exchange::sheet::JOIN;

/// A name without case and separators, since tools write `said_by`, `SaidBy` and `said by`.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Fields of attributions that are read by name.
pub(super) const CARRIED: &[&str] = &[
    "attribution_id",
    "source_id",
    "source_name",
    "source_type",
    "source_role",
    "via_id",
    "via_name",
    "about_ids",
    "about_names",
    "origin",
];

/// Sets a field of a claim; what has no counterpart comes back as a tag.
pub(super) fn set(c: &mut Claim, name: &str, value: &str) -> Option<String> {
    let change = |c: &mut Claim, f: &dyn Fn(&mut TextChange)| f(c.change.get_or_insert_default());
    let known = match plain(name).as_str() {
        "claimid" | "origin" | "reason" => Some(()),
        "verificationstatus" => {
            VerificationStatus::from_word(value).map(|v| c.verification_status = v)
        }
        "rating" => value
            .parse()
            .ok()
            .and_then(Rating::new)
            .map(|v| c.rating = Some(v)),
        "checkworthiness" => CheckWorthiness::from_word(value).map(|v| c.check_worthiness = v),
        "claimtype" => ClaimType::from_word(value).map(|v| c.claim_type = v),
        "workflowstate" => WorkflowState::from_word(value).map(|v| c.workflow_state = v),
        "wording" => {
            c.wording = Some(value.into());
            Some(())
        }
        "justification" => {
            c.justification = value.into();
            Some(())
        }
        "notes" | "note" | "comment" => {
            c.notes = value.into();
            Some(())
        }
        "tags" => {
            c.tags.extend(
                value
                    .split(JOIN)
                    .filter(|t| !t.trim().is_empty())
                    .map(str::to_string),
            );
            Some(())
        }
        "changereplacement" => {
            change(c, &|x| x.replacement = value.into());
            Some(())
        }
        "changereason" => {
            change(c, &|x| x.reason = value.into());
            Some(())
        }
        "changemust" => value.parse().ok().map(|must| change(c, &|x| x.must = must)),
        "changestate" => ChangeState::from_word(value).map(|s| change(c, &|x| x.state = s)),
        _ => None,
    };
    match known {
        Some(()) => None,
        None if value.is_empty() => Some(name.to_string()),
        None => Some(format!("{name}:{value}")),
    }
}

/// Puts spans in order and joins those that overlap; empty ones go.
pub(super) fn tidy(spans: &mut Vec<Span>) {
    spans.retain(|s| !s.is_empty());
    spans.sort_unstable();
    let mut tidy: Vec<Span> = Vec::with_capacity(spans.len());
    for s in spans.drain(..) {
        match tidy.last_mut() {
            Some(last) if s.start < last.end => last.end = last.end.max(s.end),
            _ => tidy.push(s),
        }
    }
    *spans = tidy;
}

/// A UUID with or without hyphens.
pub(super) fn uuid(text: &str) -> Option<Uuid> {
    if text.is_empty() {
        None
    } else {
        Uuid::parse_str(text).ok()
    }
}
