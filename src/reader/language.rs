//! Which language a text is in.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Bytes of the text that are looked at; more does not change what comes out and costs time.
const SAMPLE: usize = 4096;
/// Below this many letters there is nothing to decide on.
const LEAST: usize = 40;
/// How sure the letters must be to be heard at all. Their own mark for "reliable", 0.9, refuses many a sentence that it
/// has right; what they make of names and noise stays under this one.
const HEARD: f64 = 0.2;
/// From here on the letters are sure whatever the words say.
const RELIABLE: f64 = 0.9;
/// So many closed-class words must be seen.
const SEEN: usize = 3;
/// The share of the words, in percent, that closed-class words make up in any text of a language.
const SHARE: usize = 20;
/// From this share on, in percent, something speaks for a language.
const SPEAKS: usize = 8;

/// Closed-class words, in lower case, of the languages that have rules, and of those that are taken for one of them.
const CLOSED: [(&str, &str); 11] = [
    (
        "en",
        "the of and to in that is was for on with as by at from it his her he she they their had has have been were are not \
         but which who said will would this be or an its after than",
    ),
    (
        "de",
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass \
         sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch \
         man sein wurde sei",
    ),
    (
        "fr",
        "le la les de des du et en un une que qui dans est pour pas sur par plus ce il elle au aux avec se sont ne son sa \
         ses cette ont été mais ou nous vous leur être à où",
    ),
    (
        "es",
        "el la los las de del y en que un una por con no se para es al lo como más pero sus su le ha fue este esta entre \
         cuando muy sin sobre también hasta hay donde desde según",
    ),
    (
        "pt",
        "o os as de do da dos das e em no na nos nas que um uma por com não se para é ao aos à mais mas foi como seu sua \
         pelo pela são ou ele ela entre também até",
    ),
    (
        "it",
        "il lo la gli le di del della dei delle e in nel nella che un una per con non si è al alla più ma come da dal dalla \
         sono ha ho anche suo sua dopo",
    ),
    (
        "ca",
        "el la els les de del dels i en que un una per amb no es al als ha més però com seva seu va són aquest aquesta entre \
         també fins on",
    ),
    (
        "nl",
        "de het een van en in is dat op te zijn met voor niet die aan er om ook als door maar bij uit naar heeft worden wordt \
         hij zij werd over tot was nog",
    ),
    (
        "sv",
        "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år ut efter",
    ),
    (
        "da",
        "og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan da ud efter blev",
    ),
    (
        "pl",
        "w i na z do się nie że to jest o od za po przez jak dla ale są oraz był była",
    ),
];

/// What is thought of a text's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageGuess {
    /// A BCP 47 tag (`en`, `de`, `zh`); empty where the text is short or in doubt, and then it is read as English.
    pub tag: String,
    /// Whether there were words enough, and what they are in remained open.
    pub doubtful: bool,
}

impl LanguageGuess {
    /// The language `tag`, which is known.
    pub fn sure(tag: &str) -> Self {
        Self {
            tag: tag.into(),
            doubtful: false,
        }
    }
}

/// Guesses the language of `text`.
///
/// Words that every text is full of decide first, capitalised ones aside: an article about people with foreign names
/// stays what it is. Letters decide where those words do not, and a weak guess of them never against such words.
pub fn guess(text: &str) -> LanguageGuess {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return LanguageGuess::default();
    }
    let words = Closed::count(sample);
    if let Some(sure) = words.sure() {
        return LanguageGuess::sure(sure);
    }
    let plain = uncapitalised(sample);
    let told = plain.chars().filter(|c| c.is_alphabetic()).count() * 2 >= LEAST;
    match whatlang::detect(&plain).filter(|_| told) {
        Some(info) if info.confidence() >= RELIABLE => LanguageGuess::sure(tag(info.lang())),
        Some(info) if info.confidence() >= HEARD && words.allow(tag(info.lang())) => {
            LanguageGuess::sure(tag(info.lang()))
        }
        _ => LanguageGuess {
            tag: String::new(),
            doubtful: true,
        },
    }
}

/// The words of a sample.
fn split(sample: &str) -> impl Iterator<Item = &str> {
    sample
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
}

/// The words that do not begin with a capital letter: names say nothing of the language around them.
fn uncapitalised(sample: &str) -> String {
    let mut out = String::with_capacity(sample.len());
    for word in split(sample).filter(|w| !w.starts_with(char::is_uppercase)) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// How often the closed-class words of each language stand in a sample.
struct Closed {
    /// Words that begin with a small letter.
    words: usize,
    hits: [usize; CLOSED.len()],
}

impl Closed {
    fn count(sample: &str) -> Self {
        let mut closed = Self {
            words: 0,
            hits: [0; CLOSED.len()],
        };
        let known = known();
        let is_capital =
            |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_uppercase));
        let mut words = split(sample).peekable();
        let mut before = None;
        while let Some(word) = words.next() {
            let named = is_capital(before.replace(word)) && is_capital(words.peek().copied());
            // "de" in "Vila Nova de Famalicão" is a part of the name.
            if named || !word.starts_with(char::is_lowercase) {
                continue;
            }
            closed.words += 1;
            let Some(bits) = known.get(word) else {
                continue;
            };
            for (n, hits) in closed.hits.iter_mut().enumerate() {
                *hits += usize::from(bits >> n & 1);
            }
        }
        closed
    }

    /// The language whose words lead clearly, where it is one that has rules.
    fn sure(&self) -> Option<&'static str> {
        let best = (0..CLOSED.len()).max_by_key(|n| (self.hits[*n], CLOSED.len() - n))?;
        let hits = self.hits[best];
        let others = self.hits.iter().enumerate().filter(|(n, _)| *n != best);
        let next = others.map(|(_, h)| *h).max().unwrap_or_default();
        let clear = hits >= SEEN && hits * 100 >= self.words * SHARE && hits * 3 >= next * 4;
        (best < RULED && clear).then_some(CLOSED[best].0)
    }

    /// Whether the words leave room for a weak guess: they do not speak for a language with rules, or for this one.
    fn allow(&self, tag: &str) -> bool {
        let of = |n: usize| self.hits[n] * 100 >= self.words * SPEAKS && self.hits[n] > 0;
        let ruled = (0..RULED).any(of);
        !ruled || (0..CLOSED.len()).any(|n| CLOSED[n].0 == tag && of(n) && self.leads(n))
    }

    /// Whether no language has more of the words than language `n`.
    fn leads(&self, n: usize) -> bool {
        self.hits.iter().all(|h| *h <= self.hits[n])
    }
}

/// How many languages of [`CLOSED`] have rules of their own; they come first.
const RULED: usize = 4;

/// Each closed-class word with the languages that have it, a bit each.
fn known() -> &'static HashMap<&'static str, u16> {
    static KNOWN: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
        let mut known = HashMap::new();
        for (n, (_, words)) in CLOSED.iter().enumerate() {
            for word in words.split_whitespace() {
                *known.entry(word).or_default() |= 1 << n;
            }
        }
        known
    });
    &KNOWN
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
            assert_eq!(guess(text).tag, want, "{text}");
        }
        assert_eq!(primary("en-GB"), "en");
        assert_eq!(primary(""), "");
    }

    #[test]
    fn an_english_article_full_of_portuguese_names_stays_english() {
        let text = "João Gonçalves da Conceição, presidente of Associação dos Moradores de São João do Estoril, met António \
                    Magalhães and Conceição Simões at Câmara Municipal de Vila Nova de Famalicão. Inês Guimarães said the \
                    Fundação Calouste Gulbenkian had paid. Vitória Brandão e Irmãos denied it.";
        assert_eq!(guess(text).tag, "en");
        let spanish = "Los vecinos de St. John's Wood y de Blackburn with Darwen, según The Harbour Board of Norwich, no quieren \
                       que el puente se cierre.";
        assert_eq!(guess(spanish).tag, "es");
    }

    #[test]
    fn neighbours_are_not_taken_for_a_language_with_rules() {
        for (text, want) in [
            (
                "O conselho do porto decidiu na terça-feira fechar para sempre o velho cais da balsa, que não era usado.",
                "pt",
            ),
            (
                "Il consiglio del porto ha deciso martedì di chiudere per sempre il vecchio molo del traghetto della città.",
                "it",
            ),
            (
                "De havenraad heeft dinsdag besloten om de oude steiger van de veerboot voor altijd te sluiten.",
                "nl",
            ),
            (
                "El consell del port va decidir dimarts tancar per sempre el vell moll del transbordador amb els veïns.",
                "ca",
            ),
            (
                "港の理事会は火曜日、古いフェリー桟橋を永久に閉鎖することを決定した。理事会によると費用は八十億円である。",
                "ja",
            ),
        ] {
            assert_eq!(guess(text).tag, want, "{text}");
        }
    }

    #[test]
    fn names_alone_leave_the_language_in_doubt() {
        let names = "Ana Conceição Magalhães, João Guimarães, Inês Simões, António Brandão, Vitória Gonçalves";
        let guess = guess(names);
        assert_eq!((guess.tag.as_str(), guess.doubtful), ("", true));
        assert!(!super::guess("Kell.").doubtful);
    }
}
