//! The same in other languages: with word lists, and without.

use super::*;

#[test]
fn a_language_without_word_lists_gives_sentences_and_direct_quotations_only() {
    for (language, words, said) in [
        (
            "it",
            "Il molo perde, ha detto Mara Oduya. «Nessuno ci ha ascoltato.» Il ponte «magico» è del 1911.",
            vec!["«Nessuno ci ha ascoltato.»"],
        ),
        (
            "nl",
            "Say no to the report. De burgemeester zei: “De pier lekt al jaren”. Hij denied.",
            vec!["“De pier lekt al jaren”"],
        ),
        (
            "ja",
            "市長は「桟橋は水漏れしている。」と述べた。",
            vec!["「桟橋は水漏れしている。」"],
        ),
        (
            "pl",
            "Mara Oduya: „Nikt nas nie pytał o zdanie.”",
            vec!["„Nikt nas nie pytał o zdanie.”"],
        ),
        ("it", "Oduya said that the pier leaks.", vec![]),
    ] {
        let text = ArticleText::new(words.to_owned());
        let layout = blocks::plain(text.as_str());
        let p = propose(&text, &layout, language, 0..layout.len(), true, &|| false);
        let found: Vec<_> = p
            .attributions
            .iter()
            .map(|a| text.exact(&a.content))
            .collect();
        assert_eq!(found, said, "{words}");
        assert!(!p.statements.is_empty(), "{words}");
        for a in p.attributions.iter() {
            assert!(a.source.is_empty() == (language != "pl"), "{a:?}");
            assert_eq!(a.quotation_type, QuotationType::Direct, "{a:?}");
        }
    }
}

/// Source, cue, stance and certainty of the only attribution of a text in another language.
fn told(language: &str, words: &str) -> (String, String, Stance, Certainty) {
    let text = ArticleText::new(words.to_owned());
    let layout = blocks::plain(text.as_str());
    let p = propose(&text, &layout, language, 0..layout.len(), true, &|| false);
    assert_eq!(p.attributions.len(), 1, "{words}\n{:#?}", p.attributions);
    let a = p.attributions.get(0).unwrap();
    let words = |s: &[Span]| text.exact(s);
    (words(&a.source), words(&a.cue), a.stance, a.certainty)
}

#[test]
fn other_languages_tell_stance_and_certainty() {
    use Certainty::*;
    use Stance::*;
    for (language, words, source, cue, stance, certainty) in [
        (
            "de",
            "Oduya bestreitet, dass der Steg leckt.",
            "Oduya",
            "bestreitet",
            Denies,
            Certain,
        ),
        (
            "de",
            "Oduya sagte, der Steg sei wohl undicht.",
            "Oduya",
            "sagte",
            Asserts,
            Probable,
        ),
        (
            "de",
            "Oduya glaubt nicht, dass der Steg leckt.",
            "Oduya",
            "glaubt nicht",
            Denies,
            Probable,
        ),
        (
            "de",
            "Die Polizei zog ihre Angaben zum Steg zurück.",
            "Die Polizei",
            "zog",
            Retracts,
            Certain,
        ),
        (
            "fr",
            "Oduya nie que la jetée fuie.",
            "Oduya",
            "nie",
            Denies,
            Certain,
        ),
        (
            "fr",
            "La jetée serait fermée, selon Oduya.",
            "Oduya",
            "selon",
            Asserts,
            Probable,
        ),
        (
            "fr",
            "Oduya n’a pas dit si la jetée fuit.",
            "Oduya",
            "n’a pas dit",
            None,
            Unspecified,
        ),
        (
            "es",
            "Oduya niega que el muelle pierda agua.",
            "Oduya",
            "niega",
            Denies,
            Certain,
        ),
        (
            "es",
            "Oduya dijo que el muelle habría cerrado.",
            "Oduya",
            "dijo",
            Asserts,
            Probable,
        ),
        (
            "es",
            "Oduya no cree que el muelle pierda agua.",
            "Oduya",
            "no cree",
            Denies,
            Probable,
        ),
    ] {
        let got = told(language, words);
        assert_eq!(
            (got.0.as_str(), got.1.as_str(), got.2, got.3),
            (source, cue, stance, certainty),
            "{words}"
        );
    }
}

#[test]
fn other_languages_name_sources_with_role_and_affiliation() {
    for (language, words, records) in [
        (
            "de",
            "„Wir warten“, sagte Bundeskanzler Jan Pell. Er betonte, die Lage sei ernst. SPD-Chefin Mara Oduya sagte, man \
             brauche Zeit. Die Hafenhilfe Kell (HHK) teilte mit, sie klage. Die HHK sagte, es eile.",
            vec![
                ("Jan Pell", "Bundeskanzler", "", 2),
                ("Mara Oduya", "Chefin", "SPD", 1),
                ("Hafenhilfe Kell", "", "", 2),
            ],
        ),
        (
            "fr",
            "« Nous y sommes », a déclaré le ministre de l’Intérieur Jean Pell. Il a ajouté que la loi passerait. La \
             présidente de la région, Mara Oduya, a dit que le port fermerait.",
            vec![
                ("Jean Pell", "ministre", "Intérieur", 2),
                ("Mara Oduya", "présidente", "région", 1),
            ],
        ),
        (
            "es",
            "«Ya está», dijo el presidente Juan Pell. Añadió que la ley saldrá. La ministra de Sanidad, Mara Oduya, afirmó \
             que hay vacunas. Ella explicó que llegarán pronto.",
            vec![
                ("Juan Pell", "presidente", "", 1),
                ("Mara Oduya", "ministra", "Sanidad", 2),
            ],
        ),
    ] {
        let text = ArticleText::new(words.to_owned());
        let layout = blocks::plain(text.as_str());
        let p = propose(&text, &layout, language, 0..layout.len(), true, &|| false);
        let got: Vec<_> = p
            .sources
            .iter()
            .map(|s| (&*s.name, &*s.role, &*s.affiliation, s.mentions.len()))
            .collect();
        assert_eq!(got, records, "{language}");
    }
}

/// The same for the other languages with word lists: its tag and a text.
fn foreign() -> impl Strategy<Value = (&'static str, String)> {
    let german = vec![
        "Oduya",
        "der Rat",
        "sagte",
        "sagt",
        "teilte",
        "mit",
        "wies",
        "zurück",
        "bestritt",
        "dass",
        "ob",
        "laut",
        "nach Angaben von",
        "zufolge",
        "wie",
        "so",
        "er",
        "sie",
        "habe",
        "hat",
        "gesagt",
        "nicht",
        "wollte",
        "wissen",
        "die Brücke",
        "heißt es",
        "„",
        "“",
        "»",
        "«",
        "‚",
        "‘",
        ",",
        ".",
        ":",
        "(",
        ")",
        "Der Vorwurf",
        "der Anwohner",
    ];
    let french = vec![
        "Oduya",
        "le maire",
        "a déclaré",
        "affirme",
        "qu’il",
        "que",
        "selon",
        "d’après",
        "comme l’a dit",
        "a-t-il",
        "ajouté",
        "dit-elle",
        "n’a pas",
        "confirmé",
        "nie",
        "accuse",
        "le conseil",
        "de",
        "avoir",
        "le pont",
        "L’affirmation",
        "selon laquelle",
        "s’est",
        "demandé",
        "si",
        "«",
        "»",
        "\u{a0}",
        "\u{202f}",
        "—",
        ",",
        ".",
        ":",
        "qui",
        "et",
        "(",
        ")",
    ];
    let spanish = vec![
        "Oduya",
        "el alcalde",
        "dijo",
        "afirma",
        "que",
        "según",
        "de acuerdo con",
        "como dijo",
        "ha",
        "confirmado",
        "no",
        "negó",
        "haber",
        "acusó",
        "al consejo",
        "de",
        "el puente",
        "La afirmación",
        "se",
        "preguntó",
        "si",
        "«",
        "»",
        "“",
        "”",
        "—",
        ",",
        ".",
        ":",
        "quien",
        "y",
        "añadió",
        "(",
        ")",
        "lunes",
        "el",
    ];
    let text = |list: Vec<&'static str>| {
        let piece = prop::sample::select(list);
        prop::collection::vec((piece, prop::bool::weighted(0.85)), 0..60).prop_map(|v| {
            v.into_iter()
                .map(|(w, space)| if space { format!("{w} ") } else { w.to_owned() })
                .collect::<String>()
        })
    };
    prop_oneof![
        text(german).prop_map(|t| ("de", t)),
        text(french).prop_map(|t| ("fr", t)),
        text(spanish).prop_map(|t| ("es", t)),
        pieces().prop_map(|t| ("it", t)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn proposals_are_sound_in_any_language((language, words) in foreign()) {
        let text = ArticleText::new(words);
        let layout = blocks::plain(text.as_str());
        let n = layout.len();
        let whole = propose(&text, &layout, language, 0..n, true, &|| false);
        sound(&text, &whole);
    }

    #[test]
    fn proposals_are_sound_in_each_language_on_any_text(
        language in prop::sample::select(vec!["de", "fr", "es", "ja"]),
        words in "(?s).{0,200}",
    ) {
        let text = ArticleText::new(words);
        let layout = blocks::plain(text.as_str());
        sound(&text, &propose(&text, &layout, language, 0..layout.len(), true, &|| false));
    }
}
