//! Which language a text is in.

/// Bytes of the text that the detector looks at; more does not change its mind and costs time.
const SAMPLE: usize = 4096;
/// Below this many letters there is nothing to decide on.
const LEAST: usize = 40;
/// How sure the detector must be. Its own mark for "reliable", 0.9, refuses many a sentence that it has right; what it
/// makes of names and noise stays under this one.
const SURE: f64 = 0.2;

/// The language of `text` as a BCP 47 tag (`en`, `de`, `zh`); empty where the text is short or undecided.
pub fn detect(text: &str) -> String {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return String::new();
    }
    match whatlang::detect(sample) {
        Some(info) if info.confidence() >= SURE => tag(info.lang()).into(),
        _ => String::new(),
    }
}

/// The primary subtag of a BCP 47 tag: `en` of `en-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// The two-letter tag where ISO 639-1 has one, since BCP 47 asks for the shortest.
fn tag(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang::*;
    match lang {
        Epo => "eo",
        Eng => "en",
        Rus => "ru",
        Cmn => "zh",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Ben => "bn",
        Fra => "fr",
        Deu => "de",
        Ukr => "uk",
        Kat => "ka",
        Ara => "ar",
        Hin => "hi",
        Jpn => "ja",
        Heb => "he",
        Yid => "yi",
        Pol => "pl",
        Amh => "am",
        Jav => "jv",
        Kor => "ko",
        Nob => "nb",
        Dan => "da",
        Swe => "sv",
        Fin => "fi",
        Tur => "tr",
        Nld => "nl",
        Hun => "hu",
        Ces => "cs",
        Ell => "el",
        Bul => "bg",
        Bel => "be",
        Mar => "mr",
        Kan => "kn",
        Ron => "ro",
        Slv => "sl",
        Hrv => "hr",
        Srp => "sr",
        Mkd => "mk",
        Lit => "lt",
        Lav => "lv",
        Est => "et",
        Tam => "ta",
        Vie => "vi",
        Urd => "ur",
        Tha => "th",
        Guj => "gu",
        Uzb => "uz",
        Pan => "pa",
        Aze => "az",
        Ind => "id",
        Tel => "te",
        Pes => "fa",
        Mal => "ml",
        Ori => "or",
        Mya => "my",
        Nep => "ne",
        Sin => "si",
        Khm => "km",
        Tuk => "tk",
        Aka => "ak",
        Zul => "zu",
        Sna => "sn",
        Afr => "af",
        Lat => "la",
        Slk => "sk",
        Cat => "ca",
        Tgl => "tl",
        Hye => "hy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_and_short_texts_are_left_open() {
        for (text, want) in [
            (
                "The harbour council voted on Tuesday to close the old ferry pier for good.",
                "en",
            ),
            (
                "Der Hafenrat hat am Dienstag beschlossen, den alten Anleger endgültig zu schließen.",
                "de",
            ),
            (
                "Le conseil du port a décidé mardi de fermer définitivement le vieil embarcadère.",
                "fr",
            ),
            (
                "El consejo del puerto decidió el martes cerrar para siempre el viejo embarcadero.",
                "es",
            ),
            (
                "John Smith Kelly Brown Peter Walker James Taylor William Scott",
                "",
            ),
            ("Kell.", ""),
            ("", ""),
            ("12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56", ""),
        ] {
            assert_eq!(detect(text), want, "{text}");
        }
        assert_eq!(primary("en-GB"), "en");
        assert_eq!(primary(""), "");
    }
}
