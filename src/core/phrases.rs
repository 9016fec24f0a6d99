//! Words that the program itself writes into records, in the language of the article: they are exported, and read by people
//! who read the article.

use super::vocabulary::Stance;

/// The words of one language.
struct Phrases {
    /// The language, the first part of its BCP 47 tag.
    language: &'static str,
    /// Who said it, where nobody is named.
    somebody: &'static str,
    /// Who said it, where it is the article's own voice.
    article: &'static str,
    /// What is done to words, by stance: said, denied, questioned, taken back.
    said: &'static str,
    denied: &'static str,
    questioned: &'static str,
    retracted: &'static str,
    /// What stands between who said it and the words.
    colon: &'static str,
    /// The marks around the words.
    quotes: (&'static str, &'static str),
    /// Why a statement that was split has nothing left to check.
    split: &'static str,
}

/// The languages that there are words for, the one for all others first.
const LANGUAGES: &[Phrases] = &[
    Phrases {
        language: "en",
        somebody: "Somebody",
        article: "The article",
        said: "said",
        denied: "denied",
        questioned: "questioned",
        retracted: "took back",
        colon: ": ",
        quotes: ("“", "”"),
        split: "split into parts",
    },
    Phrases {
        language: "de",
        somebody: "Jemand",
        article: "Der Artikel",
        said: "sagte",
        denied: "bestritt",
        questioned: "bezweifelte",
        retracted: "widerrief",
        colon: ": ",
        quotes: ("„", "“"),
        split: "in Teile zerlegt",
    },
    Phrases {
        language: "fr",
        somebody: "Quelqu’un",
        article: "L’article",
        said: "a dit",
        denied: "a contesté",
        questioned: "a mis en doute",
        retracted: "a retiré",
        colon: "\u{A0}: ",
        quotes: ("«\u{A0}", "\u{A0}»"),
        split: "divisé en parties",
    },
    Phrases {
        language: "es",
        somebody: "Alguien",
        article: "El artículo",
        said: "dijo",
        denied: "negó",
        questioned: "puso en duda",
        retracted: "retiró",
        colon: ": ",
        quotes: ("«", "»"),
        split: "dividido en partes",
    },
];

/// The words for a language by its tag: `de` for `de-AT`; English where there are none.
fn phrases(tag: &str) -> &'static Phrases {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let found = LANGUAGES
        .iter()
        .find(|p| p.language.eq_ignore_ascii_case(primary));
    found.unwrap_or(&LANGUAGES[0])
}

/// Who is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker<'a> {
    /// Somebody with a name.
    Named(&'a str),
    /// The article's own voice.
    Article,
    /// Nobody named.
    Unknown,
}

/// The claim that something was said, so that it stands alone: `Kirby denied: “It was late”`.
pub fn was_said(tag: &str, speaker: Speaker<'_>, stance: Stance, words: &str) -> String {
    let p = phrases(tag);
    let who = match speaker {
        Speaker::Named(name) => name,
        Speaker::Article => p.article,
        Speaker::Unknown => p.somebody,
    };
    let verb = match stance {
        Stance::Denies => p.denied,
        Stance::Questions => p.questioned,
        Stance::Retracts => p.retracted,
        Stance::Asserts | Stance::Relays | Stance::None => p.said,
    };
    let (open, close) = p.quotes;
    format!("{who} {verb}{}{open}{words}{close}", p.colon)
}

/// Why a statement that was split has nothing left to check.
pub fn split_into_parts(tag: &str) -> &'static str {
    phrases(tag).split
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_records_are_in_the_articles_language() {
        let words = "Es war zu spät";
        for (tag, want) in [
            ("en-GB", "Falk denied: “Es war zu spät”"),
            ("de", "Falk bestritt: „Es war zu spät“"),
            ("de_AT", "Falk bestritt: „Es war zu spät“"),
            (
                "FR-ca",
                "Falk a contesté\u{A0}: «\u{A0}Es war zu spät\u{A0}»",
            ),
            ("es", "Falk negó: «Es war zu spät»"),
            ("it", "Falk denied: “Es war zu spät”"),
            ("", "Falk denied: “Es war zu spät”"),
        ] {
            let said = was_said(tag, Speaker::Named("Falk"), Stance::Denies, words);
            assert_eq!(said, want, "{tag}");
        }
        let said = was_said("de", Speaker::Unknown, Stance::Relays, words);
        assert_eq!(said, "Jemand sagte: „Es war zu spät“");
        let said = was_said("es", Speaker::Article, Stance::Retracts, words);
        assert_eq!(said, "El artículo retiró: «Es war zu spät»");
        assert_eq!(split_into_parts("de-CH"), "in Teile zerlegt");
    }
}
