//! German verbs: base, third person, past, past participle; a particle that may stand apart is tied on with a hyphen
//! ("mit-teilen"). A "-" leaves a form out; what stands behind the fourth are forms of the first person.

use super::super::form;
use super::{VerbForm, given};

pub(super) fn inflect(forms: &str) -> Vec<VerbForm> {
    let (list, more) = given(forms, 4);
    let first = list.first().copied().unwrap_or_default();
    let (particle, base) = match first.split_once('-') {
        Some((particle, base)) if !particle.is_empty() => (particle, base),
        _ => ("", first),
    };
    let regular = regular(base);
    let pick =
        |n: usize, default: &str| -> String { list.get(n).map_or(default, |w| *w).to_owned() };
    let third = pick(1, &regular.0);
    let past = pick(2, &regular.1);
    let participle = pick(3, &regular.2);
    let many = if past.ends_with('e') {
        format!("{past}n")
    } else {
        format!("{past}en")
    };
    let mut out = Vec::new();
    let mut add = |word: String, bits: u8, apart: bool| {
        if !word.starts_with('-') {
            out.push(VerbForm { word, bits, apart });
        }
    };
    let apart = !particle.is_empty();
    for (word, bits) in [
        (base, form::BASE | form::THIRD),
        (&third, form::THIRD),
        (&past, form::PAST),
        (&many, form::PAST),
    ] {
        if word.starts_with('-') {
            continue;
        }
        add(word.to_owned(), bits, apart);
        if apart {
            add(format!("{particle}{word}"), bits, false);
        }
    }
    add(
        if participle == "-" {
            participle
        } else {
            format!("{particle}{participle}")
        },
        form::PARTICIPLE,
        false,
    );
    if apart {
        add(format!("{particle}zu{base}"), form::BASE, false);
    }
    for word in more {
        add(word.to_owned(), form::THIRD, apart);
    }
    out
}

/// Third person, past and participle of a weak verb.
fn regular(base: &str) -> (String, String, String) {
    let stem = base
        .strip_suffix("en")
        .or_else(|| base.strip_suffix('n'))
        .unwrap_or(base);
    let e = if stem.ends_with(['t', 'd']) { "e" } else { "" };
    let bound = [
        "be", "er", "ver", "ent", "zer", "miss", "ge", "wider", "unter",
    ]
    .iter()
    .any(|p| base.starts_with(p))
        || base.ends_with("ieren");
    let ge = if bound { "" } else { "ge" };
    (
        format!("{stem}{e}t"),
        format!("{stem}{e}te"),
        format!("{ge}{stem}{e}t"),
    )
}
