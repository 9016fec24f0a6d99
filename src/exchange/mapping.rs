//! How findings, claim types and dates are said in other schemes. Every table is total; what another scheme cannot say is
//! skipped or flattened with a reason, never dropped.

use jiff::civil::Date;

use crate::core::model::Claim;
use crate::core::vocabulary::*;

/// How one finding is said in another scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemeFinding<T> {
    /// As well as here.
    As(T),
    /// With less than is meant here; the reason.
    Roughly(T, &'static str),
    /// Not at all; the reason.
    Not(&'static str),
}

/// The rating that the checker gave, else the one that the finding stands for.
pub(super) fn rating(c: &Claim) -> Option<u8> {
    c.rating
        .map(Rating::number)
        .or(match c.verification_status {
            VerificationStatus::Accurate => Some(5),
            VerificationStatus::PartlyAccurate => Some(3),
            VerificationStatus::Misleading => Some(2),
            VerificationStatus::Inaccurate => Some(1),
            _ => None,
        })
}

const UNFINISHED: &str = "the check of it is not finished";
const NOT_CHECKABLE: &str = "it is not checkable";
const FULL: &str = "the scheme knows no degrees: the rating is lost";

/// The label of FEVER and VitaminC.
pub(super) fn fever(c: &Claim) -> SchemeFinding<&'static str> {
    use VerificationStatus::*;
    match (c.verification_status, rating(c).unwrap_or(0)) {
        (Accurate, 5) => SchemeFinding::As("SUPPORTS"),
        (Accurate, _) | (PartlyAccurate, 4 | 5) => SchemeFinding::Roughly("SUPPORTS", FULL),
        (Inaccurate, 1) => SchemeFinding::As("REFUTES"),
        (Inaccurate, _) => SchemeFinding::Roughly("REFUTES", FULL),
        (Unverifiable, _) => SchemeFinding::As("NOT ENOUGH INFO"),
        (PartlyAccurate, _) => {
            SchemeFinding::Not("partly accurate has no label there: split the claim")
        }
        (Misleading, _) => SchemeFinding::Not("misleading has no label there"),
        (Disputed, _) => SchemeFinding::Not("disputed has no label there"),
        (NotCheckable, _) => SchemeFinding::Not(NOT_CHECKABLE),
        (Unchecked | InProgress, _) => SchemeFinding::Not(UNFINISHED),
    }
}

/// The label of AVeriTeC.
pub(super) fn averitec(c: &Claim) -> SchemeFinding<&'static str> {
    use VerificationStatus::*;
    const CONFLICTING: &str = "Conflicting Evidence/Cherrypicking";
    match (c.verification_status, rating(c).unwrap_or(0)) {
        (Accurate, 5) => SchemeFinding::As("Supported"),
        (Accurate, _) | (PartlyAccurate, 4 | 5) => SchemeFinding::Roughly("Supported", FULL),
        (Inaccurate, 1) => SchemeFinding::As("Refuted"),
        (Inaccurate, _) => SchemeFinding::Roughly("Refuted", FULL),
        (Unverifiable, _) => SchemeFinding::As("Not Enough Evidence"),
        (PartlyAccurate | Misleading | Disputed, _) => SchemeFinding::As(CONFLICTING),
        (NotCheckable, _) => SchemeFinding::Not(NOT_CHECKABLE),
        (Unchecked | InProgress, _) => SchemeFinding::Not(UNFINISHED),
    }
}

/// ClaimReview's label, and the number 1 to 5 where the finding has one.
pub(super) fn claimreview(c: &Claim) -> SchemeFinding<(&'static str, Option<u8>)> {
    use VerificationStatus::*;
    let label = |n: u8| Rating::new(n).map_or("False", Rating::label);
    match (c.verification_status, rating(c)) {
        (Misleading, n) => SchemeFinding::As(("Misleading", n)),
        (Accurate | PartlyAccurate | Inaccurate, Some(n)) => SchemeFinding::As((label(n), Some(n))),
        (Accurate | PartlyAccurate | Inaccurate, None) => SchemeFinding::Not(UNFINISHED),
        (Disputed, _) => SchemeFinding::As(("Disputed", None)),
        (Unverifiable, _) => SchemeFinding::As(("Unproven", None)),
        (NotCheckable, _) => SchemeFinding::Not(NOT_CHECKABLE),
        (Unchecked | InProgress, _) => SchemeFinding::Not(UNFINISHED),
    }
}

/// The claim types of AVeriTeC; forecasts and experiences have none there.
pub(super) fn averitec_types(t: ClaimType) -> &'static [&'static str] {
    match t {
        ClaimType::Numerical => &["Numerical Claim"],
        ClaimType::Quote => &["Quote Verification"],
        ClaimType::Causal => &["Causal Claim"],
        ClaimType::Position => &["Position Statement"],
        ClaimType::EventProperty
        | ClaimType::RuleOrLaw
        | ClaimType::ImageMedia
        | ClaimType::Definition
        | ClaimType::Other => &["Event/Property Claim"],
        ClaimType::Prediction | ClaimType::PersonalExperience => &[],
    }
}

/// The day that a moment or date begins with (`2026-11-15`, `2026-11-15T09:00:00Z`).
pub(super) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `text` with every run of white space as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `url` is an address on the web.
pub(super) fn is_web(url: &str) -> bool {
    let lower = url
        .trim_start()
        .get(..8)
        .unwrap_or(url.trim_start())
        .to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::ids::*;
    use crate::core::model::{Stamp, Time};

    fn claim(status: VerificationStatus, rating: u8) -> Claim {
        let stamp = Stamp {
            at: Time::UNIX_EPOCH,
            by: CheckerId::of("x"),
        };
        let mut c = Claim::on(
            ClaimId(uuid::Uuid::nil()),
            StatementId::of(VersionId::NONE, &[]),
            stamp,
        );
        c.verification_status = status;
        c.rating = Rating::new(rating);
        c
    }

    /// The rows of the field's mapping table; 0 means that the checker gave no rating.
    #[test]
    fn findings_are_said_as_the_field_says_them() {
        use SchemeFinding::*;
        use VerificationStatus::*;
        const C: &str = "Conflicting Evidence/Cherrypicking";
        let word = |s: SchemeFinding<&'static str>| match s {
            As(w) => w.to_string(),
            Roughly(w, _) => format!("{w} !"),
            Not(_) => "–".into(),
        };
        for (status, n, fev, ave, label, number) in [
            (Accurate, 5, "SUPPORTS", "Supported", "True", Some(5)),
            (Accurate, 0, "SUPPORTS", "Supported", "True", Some(5)),
            (
                Accurate,
                4,
                "SUPPORTS !",
                "Supported !",
                "Mostly true",
                Some(4),
            ),
            (
                PartlyAccurate,
                4,
                "SUPPORTS !",
                "Supported !",
                "Mostly true",
                Some(4),
            ),
            (PartlyAccurate, 0, "–", C, "Half true", Some(3)),
            (Misleading, 0, "–", C, "Misleading", Some(2)),
            (
                Inaccurate,
                2,
                "REFUTES !",
                "Refuted !",
                "Mostly false",
                Some(2),
            ),
            (Inaccurate, 0, "REFUTES", "Refuted", "False", Some(1)),
            (Disputed, 3, "–", C, "Disputed", None),
            (
                Unverifiable,
                0,
                "NOT ENOUGH INFO",
                "Not Enough Evidence",
                "Unproven",
                None,
            ),
            (NotCheckable, 0, "–", "–", "", None),
            (InProgress, 0, "–", "–", "", None),
            (Unchecked, 0, "–", "–", "", None),
        ] {
            let c = claim(status, n);
            assert_eq!(word(fever(&c)), fev, "{status:?} {n}");
            assert_eq!(word(averitec(&c)), ave, "{status:?} {n}");
            match claimreview(&c) {
                As(said) => assert_eq!(said, (label, number), "{status:?} {n}"),
                _ => assert_eq!(label, "", "{status:?} {n}"),
            }
        }
    }

    #[test]
    fn days_are_read_from_dates_and_moments() {
        assert_eq!(
            day("2026-11-05T10:00:00Z").map(|d| (d.year(), d.month(), d.day())),
            Some((2026, 11, 5))
        );
        assert_eq!(day("November 2026"), None);
        assert_eq!(day("2026-13-01"), None);
    }
}
