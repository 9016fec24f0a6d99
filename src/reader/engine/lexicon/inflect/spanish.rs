//! Spanish verbs: base, third person, its plural, past, its plural, past participle, gerund; the other tenses follow from
//! the base. A "-" leaves a form out; what stands behind the seventh are forms of the first person.

use super::super::form;
use super::given;

pub(super) fn inflect(forms: &str) -> Vec<(String, u8)> {
    let (list, more) = given(forms, 7);
    let base = list.first().copied().unwrap_or_default();
    let cut = base.len().saturating_sub(2);
    let stem = base.get(..cut).unwrap_or_default();
    let ar = base.ends_with("ar");
    let pick = |n: usize, end: &str| -> String {
        list.get(n)
            .filter(|_| list.len() == 7)
            .map_or_else(|| format!("{stem}{end}"), |w| (*w).to_owned())
    };
    let participle = pick(5, if ar { "ado" } else { "ido" });
    let mut out = vec![
        (base.to_owned(), form::BASE),
        (pick(1, if ar { "a" } else { "e" }), form::THIRD),
        (pick(2, if ar { "an" } else { "en" }), form::THIRD),
        (pick(3, if ar { "ó" } else { "ió" }), form::PAST),
        (pick(4, if ar { "aron" } else { "ieron" }), form::PAST),
        (pick(6, if ar { "ando" } else { "iendo" }), form::ING),
    ];
    let round = participle
        .strip_suffix('o')
        .unwrap_or(&participle)
        .to_owned();
    for end in ["o", "a", "os", "as"] {
        out.push((format!("{round}{end}"), form::PARTICIPLE));
    }
    for end in if ar { ["aba", "aban"] } else { ["ía", "ían"] } {
        out.push((format!("{stem}{end}"), form::PAST));
    }
    for end in ["á", "án", "ía", "ían"] {
        out.push((format!("{base}{end}"), form::PAST));
    }
    out.extend(more.into_iter().map(|w| (w.to_owned(), form::THIRD)));
    out.retain(|f| !f.0.starts_with('-'));
    out
}
