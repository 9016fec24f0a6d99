//! English verbs: base, third person, past, past participle, -ing form.

use super::super::form;

/// The forms of a verb: those given, or the regular ones of its base.
pub(super) fn inflect(forms: &str) -> Vec<(String, u8)> {
    const BITS: [u8; 5] = [
        form::BASE,
        form::THIRD,
        form::PAST,
        form::PARTICIPLE,
        form::ING,
    ];
    let given: Vec<&str> = forms.split_whitespace().collect();
    if given.len() == BITS.len() {
        return given
            .iter()
            .zip(BITS)
            .map(|(w, b)| ((*w).to_owned(), b))
            .collect();
    }
    let base = given.first().copied().unwrap_or_default();
    let consonant_y = base.len() > 1
        && base.ends_with('y')
        && !base[..base.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
    let third = if consonant_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let past = if consonant_y {
        format!("{}ied", &base[..base.len() - 1])
    } else if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{base}ed")
    };
    let ing = if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{base}ing")
    };
    vec![
        (base.to_owned(), form::BASE),
        (third, form::THIRD),
        (past, form::PAST | form::PARTICIPLE),
        (ing, form::ING),
    ]
}
