//! Version 1: how claims are written.
//!
//! A claim stands at a set of statements, one of which is its home. In a file the set is a list that begins with the home,
//! and the home is named where there are several. Files from before the home was a field name none: there the first of the
//! list is the home, and an edit sets the whole list.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};

use super::form::{Form, SetForm};
use super::records::*;
use super::values::*;
use super::words::Written;
use crate::core::edit::{Change, Edit};
use crate::core::ids::{ClaimId, StatementId};
use crate::core::model::*;
use crate::core::vocabulary::*;
use crate::store::disk::known::{Known, Unresolved};

/// One proposition under check.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "claim")]
pub(crate) struct ClaimForm<'a> {
    /// Its id.
    pub(crate) id: Id<ClaimId>,
    /// The statements it belongs to, the first is where its row stands.
    pub(crate) statements: Vec<StatementRef<'a>>,
    /// The statement where its row stands; missing where there is one statement, and in older files, where it is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) home: Option<StatementRef<'a>>,
    /// A wording that stands alone.
    pub(crate) wording: Option<Text<'a>>,
    /// How much it is worth checking.
    pub(crate) check_worthiness: Word<CheckWorthiness>,
    /// What kind of proposition it is.
    pub(crate) claim_type: Word<ClaimType>,
    /// The checker's finding.
    pub(crate) verification_status: Word<VerificationStatus>,
    /// The publication rating, 1 False to 5 True.
    pub(crate) rating: Option<RatingForm>,
    /// Why the finding is what it is.
    pub(crate) justification: Text<'a>,
    /// Where it stands in the house's workflow.
    pub(crate) workflow_state: Word<WorkflowState>,
    /// The house's own tags.
    pub(crate) tags: SetForm<Text<'a>>,
    /// The checker's notes.
    pub(crate) notes: Text<'a>,
    /// A proposed change of the text.
    pub(crate) change: Option<ChangeForm<'a>>,
    /// The fields that still hold what the reader proposed.
    pub(crate) proposed: SetForm<Word<ClaimKey>>,
    /// When it was taken up, and by whom.
    pub(crate) created: StampForm<'a>,
    /// When it last changed, and by whom.
    pub(crate) updated: StampForm<'a>,
}

impl<'a> Form<'a> for ClaimForm<'a> {
    type Model = Claim;
    fn of(m: &'a Claim) -> Self {
        Self {
            id: Form::of(&m.id),
            statements: m.places().map(Form::of).collect(),
            home: (m.statements.len() > 1).then(|| Form::of(&m.home)),
            wording: Form::of(&m.wording),
            check_worthiness: Form::of(&m.check_worthiness),
            claim_type: Form::of(&m.claim_type),
            verification_status: Form::of(&m.verification_status),
            rating: Form::of(&m.rating),
            justification: Form::of(&m.justification),
            workflow_state: Form::of(&m.workflow_state),
            tags: Form::of(&m.tags),
            notes: Form::of(&m.notes),
            change: Form::of(&m.change),
            proposed: Form::of(&m.proposed),
            created: Form::of(&m.created),
            updated: Form::of(&m.updated),
        }
    }
    fn into_model(self, known: &Known) -> Result<Claim, Unresolved> {
        let statements = self.statements.into_model(known)?;
        let home = match self.home {
            Some(home) => home.into_model(known)?,
            None => home_of(&statements)?,
        };
        Ok(Claim {
            id: self.id.into_model(known)?,
            home,
            statements: statements.into(),
            wording: self.wording.into_model(known)?,
            check_worthiness: self.check_worthiness.into_model(known)?,
            claim_type: self.claim_type.into_model(known)?,
            verification_status: self.verification_status.into_model(known)?,
            rating: self.rating.into_model(known)?,
            justification: self.justification.into_model(known)?,
            workflow_state: self.workflow_state.into_model(known)?,
            tags: self.tags.into_model(known)?,
            notes: self.notes.into_model(known)?,
            change: self.change.into_model(known)?,
            proposed: self.proposed.into_model(known)?,
            created: self.created.into_model(known)?,
            updated: self.updated.into_model(known)?,
        })
    }
}

impl<'a> Record<'a> for ClaimForm<'a> {
    const KIND: &'static str = "claim";
    type Id = Id<ClaimId>;
    type Field = ClaimFieldForm<'a>;
}

field_form! {
    /// One field of a claim.
    ClaimFieldForm<'a> of ClaimField, key ClaimKey {
        Home: StatementRef<'a>,
        Statements: SetForm<StatementRef<'a>>,
        Wording: Option<Text<'a>>,
        CheckWorthiness: Word<CheckWorthiness>,
        ClaimType: Word<ClaimType>,
        VerificationStatus: Word<VerificationStatus>,
        Rating: Option<RatingForm>,
        Justification: Text<'a>,
        WorkflowState: Word<WorkflowState>,
        Tags: SetForm<Text<'a>>,
        Notes: Text<'a>,
        Change: Option<ChangeForm<'a>>,
        Proposed: SetForm<Word<ClaimKey>>,
        Created: StampForm<'a>,
        Updated: StampForm<'a>,
    }
}

/// The home of a claim that names none: the first of its statements.
fn home_of(statements: &[StatementId]) -> Result<StatementId, Unresolved> {
    let none = || Unresolved::from("a claim that stands at no statement");
    statements.first().cloned().ok_or_else(none)
}

/// Adds to `edits` those that stand for a change of the whole list of a claim's statements: it stands at more of them, has
/// another home, and stands at some no longer.
pub(super) fn places_changed<'a>(
    claim: ClaimId,
    from: SetForm<StatementRef<'a>>,
    to: SetForm<StatementRef<'a>>,
    known: &Known,
    edits: &mut Vec<Edit>,
) -> Result<(), Unresolved> {
    let (from, to) = (
        from.into_list().into_model(known)?,
        to.into_list().into_model(known)?,
    );
    let home = Change::between(
        ClaimField::Home(home_of(&from)?),
        ClaimField::Home(home_of(&to)?),
    );
    let places = Change::between(
        ClaimField::Statements(from.into()),
        ClaimField::Statements(to.into()),
    );
    let (added, dropped): (Vec<_>, Vec<_>) = places
        .into_iter()
        .partition(|c| matches!(c, Change::Add(_)));
    let all = added.into_iter().chain(home).chain(dropped);
    edits.extend(all.map(|change| Edit::Claim(claim, change)));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::disk::v1::edits::EditForm;

    const CLAIM: &str = "00000000-0000-0000-0000-000000000064";

    /// The edits that one in a file stands for, written as they are now.
    fn read(fields: &str) -> Vec<String> {
        let text = format!("{{\"claim\":\"{CLAIM}\",{fields}}}");
        let form: EditForm<'_> = serde_json::from_str(&text).unwrap();
        let mut edits = Vec::new();
        form.into_edits(&mut Known::default(), &mut edits).unwrap();
        let start = format!("{{\"claim\":\"{CLAIM}\",");
        let written = edits
            .iter()
            .map(|e| serde_json::to_string(&EditForm::of(e)).unwrap());
        written
            .map(|w| {
                w.strip_prefix(&start)
                    .unwrap()
                    .trim_end_matches('}')
                    // What stands for version 1, of which nothing is known here.
                    .replace("0000000000000001:", "1:")
            })
            .collect()
    }

    #[test]
    fn an_edit_of_the_whole_list_is_read_as_what_came_what_went_and_the_home() {
        for (from, to, want) in [
            (
                r#"["1:3-9"]"#,
                r#"["1:3-9","1:20-30"]"#,
                &[r#""field":"statements","add":["1:20-30"]"#][..],
            ),
            (
                r#"["1:3-9","1:20-30"]"#,
                r#"["1:3-9"]"#,
                &[r#""field":"statements","drop":["1:20-30"]"#],
            ),
            (
                r#"["1:3-9","1:20-30"]"#,
                r#"["1:3-7","1:20-30"]"#,
                &[
                    r#""field":"statements","add":["1:3-7"]"#,
                    r#""field":"home","from":"1:3-9","to":"1:3-7""#,
                    r#""field":"statements","drop":["1:3-9"]"#,
                ],
            ),
            (
                r#"["1:3-9","1:20-30"]"#,
                r#"["1:20-30","1:3-9"]"#,
                &[r#""field":"home","from":"1:3-9","to":"1:20-30""#],
            ),
            (
                r#"["1:3-9","1:4-5","1:20-30"]"#,
                r#"["1:3-9","1:20-30","1:4-5"]"#,
                &[],
            ),
        ] {
            assert_eq!(
                read(&format!(
                    "\"field\":\"statements\",\"from\":{from},\"to\":{to}"
                )),
                want
            );
        }
        for now in [
            r#""field":"statements","add":["1:20-30"]"#,
            r#""field":"home","from":"1:3-9","to":"1:3-7""#,
        ] {
            assert_eq!(read(now), [now]);
        }
    }
}
