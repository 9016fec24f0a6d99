//! French verbs: base, third person, third person plural, past participle, present participle; the other tenses follow
//! from these. A "-" leaves a form out; what stands behind the fifth are forms of the first person.

use super::super::form;
use super::given;

pub(super) fn inflect(forms: &str) -> Vec<(String, u8)> {
    let (list, more) = given(forms, 5);
    let base = list.first().copied().unwrap_or_default();
    let mut out: Vec<(String, u8)> = vec![(base.to_owned(), form::BASE)];
    let (third, plural, participle, ing) = match list.len() {
        5 => (
            list[1].to_owned(),
            list[2].to_owned(),
            list[3].to_owned(),
            list[4].to_owned(),
        ),
        _ => regular(base),
    };
    out.push((third, form::THIRD));
    out.push((plural, form::THIRD));
    for end in ["", "e", "s", "es"] {
        out.push((format!("{participle}{end}"), form::PARTICIPLE));
    }
    if let Some(stem) = ing.strip_suffix("ant") {
        for end in ["ait", "aient"] {
            out.push((format!("{stem}{end}"), form::PAST));
        }
        let er = base.ends_with("er");
        out.push((format!("{stem}{}", if er { "a" } else { "it" }), form::PAST));
        let stem = stem
            .strip_suffix('e')
            .filter(|s| s.ends_with('g'))
            .unwrap_or(stem);
        let stem = stem
            .strip_suffix('ç')
            .map_or(stem.to_owned(), |s| format!("{s}c"));
        out.push((
            format!("{stem}{}", if er { "èrent" } else { "irent" }),
            form::PAST,
        ));
    }
    let future = base.strip_suffix('e').unwrap_or(base);
    for end in ["a", "ont", "ait", "aient"] {
        out.push((format!("{future}{end}"), form::PAST));
    }
    out.push((ing, form::ING));
    out.extend(more.into_iter().map(|w| (w.to_owned(), form::THIRD)));
    out.retain(|f| !f.0.starts_with('-'));
    out
}

/// Third person, its plural and both participles of a regular verb in -er or -ir.
fn regular(base: &str) -> (String, String, String, String) {
    let stem = &base[..base.len().saturating_sub(2)];
    if base.ends_with("ir") {
        return (
            format!("{stem}it"),
            format!("{stem}issent"),
            format!("{stem}i"),
            format!("{stem}issant"),
        );
    }
    // "annonçant", "jugeant": the sound stays before an a.
    let soft = match stem.strip_suffix('c') {
        Some(s) => format!("{s}ç"),
        None if stem.ends_with('g') => format!("{stem}e"),
        None => stem.to_owned(),
    };
    (
        format!("{stem}e"),
        format!("{stem}ent"),
        format!("{stem}é"),
        format!("{soft}ant"),
    )
}
