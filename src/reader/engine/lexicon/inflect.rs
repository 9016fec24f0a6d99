//! The forms of a verb from its line in a data file, per language.

mod english;
mod french;
mod german;
mod spanish;

use super::Language;

/// A form of a verb.
pub(super) struct VerbForm {
    /// The word.
    pub word: String,
    /// Bits of [`super::form`].
    pub bits: u8,
    /// Whether the verb's particle stands apart from it ("teilte … mit").
    pub apart: bool,
}

/// The forms of a verb: those given, and the regular ones of its base.
pub(super) fn inflect(forms: &str, language: Language) -> Vec<VerbForm> {
    let whole = |list: Vec<(String, u8)>| {
        list.into_iter()
            .map(|(word, bits)| VerbForm {
                word,
                bits,
                apart: false,
            })
            .collect()
    };
    match language {
        Language::English | Language::Other => whole(english::inflect(forms)),
        Language::German => german::inflect(forms),
        Language::French => whole(french::inflect(forms)),
        Language::Spanish => whole(spanish::inflect(forms)),
    }
}

/// The words of `forms`, and what stands beyond the first `n`: forms of the first person, which count as present ones.
fn given(forms: &str, n: usize) -> (Vec<&str>, Vec<&str>) {
    let mut list: Vec<&str> = forms.split_whitespace().collect();
    let more = list.split_off(list.len().min(n));
    (list, more)
}
