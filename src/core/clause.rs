//! What a list can tell of the words that somebody is quoted with: whether they say something, and where they begin.

/// Forms of verbs that stand in most clauses, and the endings of others; by language.
struct Verbs {
    forms: &'static [&'static str],
    endings: &'static [&'static str],
    /// What joins a clause to its cue and says nothing itself.
    joins: &'static [&'static str],
}

static EN: Verbs = Verbs {
    forms: &[
        "is", "are", "was", "were", "be", "been", "am", "has", "have", "had", "do", "does", "did",
        "will", "would", "can", "could", "may", "might", "must", "shall", "should", "said", "says",
        "went", "goes", "came", "comes", "made", "makes", "took", "takes", "gave", "gives", "got",
        "gets", "saw", "sees", "knew", "knows", "found", "finds", "lost", "won", "led", "held",
        "sold", "paid", "kept", "left", "met", "sent", "told", "felt", "fell", "rose", "grew",
        "cost", "put", "cut", "hit", "let", "isn't", "wasn't", "didn't", "won't", "can't", "don't",
    ],
    endings: &["ed"],
    joins: &["that"],
};
static DE: Verbs = Verbs {
    forms: &[
        "ist", "sind", "war", "waren", "sei", "seien", "wäre", "hat", "haben", "hatte", "hatten",
        "habe", "hätte", "wird", "werden", "wurde", "wurden", "werde", "würde", "kann", "können",
        "konnte", "könne", "muss", "müssen", "müsse", "soll", "sollen", "solle", "darf", "dürfe",
        "will", "wolle", "gibt", "gebe", "ging", "kam", "steht", "liegt", "bleibt",
    ],
    endings: &["te", "ten"],
    joins: &["dass"],
};
static FR: Verbs = Verbs {
    forms: &[
        "est", "sont", "était", "étaient", "a", "ont", "avait", "avaient", "sera", "seront",
        "serait", "aura", "aurait", "peut", "peuvent", "doit", "doivent", "va", "vont", "fait",
        "faut",
    ],
    endings: &["ait", "aient", "èrent"],
    joins: &["que", "qu'", "qu’"],
};
static ES: Verbs = Verbs {
    forms: &[
        "es", "son", "era", "eran", "fue", "fueron", "ha", "han", "había", "habían", "será",
        "serán", "sería", "está", "están", "estaba", "tiene", "tienen", "puede", "pueden", "debe",
        "deben", "hay",
    ],
    endings: &["aron", "ieron", "aba", "aban"],
    joins: &["que"],
};

/// From so many words on a text is taken for a clause in a language whose verbs are not known here.
const CLAUSE: usize = 5;

fn of(language: &str) -> Option<&'static Verbs> {
    match language.split(['-', '_']).next().unwrap_or_default() {
        "en" | "" => Some(&EN),
        "de" => Some(&DE),
        "fr" => Some(&FR),
        "es" => Some(&ES),
        _ => None,
    }
}

/// Whether the words say something rather than only name it: whether a verb stands in them, as far as a list of forms
/// can tell. `language` is a BCP 47 tag; without one the words are taken for English.
pub fn has_verb(words: &str, language: &str) -> bool {
    let Some(verbs) = of(language) else {
        return words.split_whitespace().count() >= CLAUSE;
    };
    let bare = |w: &'_ str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
    let mut tokens = words.split_whitespace().map(bare);
    // What begins the words is no verb of a statement by its ending: "Armed men"; nor is a name or a German noun.
    let first = tokens.next().unwrap_or_default().to_lowercase();
    let is_form = |w: &str| verbs.forms.contains(&w.to_lowercase().as_str());
    is_form(&first)
        || tokens.any(|w| {
            let small = w.starts_with(char::is_lowercase);
            let ends = |e: &&str| w.len() > e.len() + 2 && w.ends_with(*e);
            is_form(&w) || small && verbs.endings.iter().any(ends)
        })
}

/// The words without what only joins them to their cue: "that", "dass", "que".
pub fn without_join<'a>(words: &'a str, language: &str) -> &'a str {
    let joins = of(language).map_or(&[][..], |v| v.joins);
    for join in joins {
        let Some(head) = words.get(..join.len()) else {
            continue;
        };
        let rest = &words[join.len()..];
        let ends = join.ends_with(['\'', '’']) || rest.starts_with(char::is_whitespace);
        if head.eq_ignore_ascii_case(join) && ends && !rest.trim().is_empty() {
            return rest.trim_start();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_name_something_have_no_verb() {
        for (words, language, want) in [
            ("Washington's claims", "en", false),
            ("North Korea had not supplied weapons", "en", true),
            ("the port closed early", "en", true),
            ("Armed men", "en", false),
            ("“a false report”", "en", false),
            ("die Zahl der Gäste", "de", false),
            ("die Zahl sei gesunken", "de", true),
            ("le nombre a baissé", "fr", true),
            ("el puente está cerrado", "es", true),
            ("most is kort", "cs", false),
            ("pět slov stačí na větu", "cs", true),
        ] {
            assert_eq!(has_verb(words, language), want, "{words}");
        }
    }

    #[test]
    fn what_joins_the_words_to_their_cue_goes() {
        for (words, language, want) in [
            ("that it rained", "en", "it rained"),
            ("That it rained", "en", "it rained"),
            ("thatched roofs", "en", "thatched roofs"),
            ("that", "en", "that"),
            ("dass es regnet", "de", "es regnet"),
            ("qu’il pleut", "fr", "il pleut"),
            ("que llueve", "es", "llueve"),
            ("že prší", "cs", "že prší"),
        ] {
            assert_eq!(without_join(words, language), want);
        }
    }
}
