//! Lines that a page or a sender puts around an article, told by their looks: counts, menus, stamps, contacts, codes.
//!
//! None of them is a sentence, and each has a shape of its own whatever the site.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::shape::{beside, is_clock, is_date_word, mostly_names, words};

/// The longest such line in bytes.
const LINE_MAX: usize = 160;

/// The longest part of a cookie wall in bytes.
const CONSENT_MAX: usize = 480;

/// What pages count beside a number.
const COUNTED: &[&str] = &[
    "answer",
    "answers",
    "antworten",
    "aufrufe",
    "bookmark",
    "bookmarks",
    "comentario",
    "comentarios",
    "comment",
    "commentaire",
    "commentaires",
    "comments",
    "favorites",
    "follower",
    "followers",
    "gefällt",
    "impressions",
    "kommentar",
    "kommentare",
    "like",
    "likes",
    "mal",
    "me",
    "gusta",
    "plays",
    "quote",
    "quotes",
    "reaction",
    "reactions",
    "reads",
    "repost",
    "reposts",
    "replies",
    "reply",
    "retweet",
    "retweets",
    "share",
    "shares",
    "subscribers",
    "teilen",
    "upvote",
    "upvotes",
    "view",
    "views",
    "vistas",
    "vues",
];

/// Words of a line that says how long reading takes; one of [`TO_READ`] must be among them.
const READING: &[&str] = &[
    "about",
    "approx",
    "ca",
    "de",
    "est",
    "etwa",
    "lecture",
    "lectura",
    "lesedauer",
    "lesezeit",
    "listen",
    "min",
    "mins",
    "minute",
    "minuten",
    "minutes",
    "minutos",
    "read",
    "reading",
    "temps",
    "tiempo",
    "time",
    "to",
    "watch",
];

const TO_READ: &[&str] = &[
    "lecture",
    "lectura",
    "lesedauer",
    "lesezeit",
    "listen",
    "read",
    "reading",
    "watch",
];

/// Words that make a line with a number a stamp: when it was changed, or how long ago it was printed.
const STAMPS: &[&str] = &[
    "actualisé",
    "actualizado",
    "ago",
    "aktualisiert",
    "edited",
    "hace",
    "modified",
    "posted",
    "published",
    "stand",
    "updated",
    "vor",
    "mis",
    "jour",
    "y",
];

/// Words beside a stamp's.
const STAMPED: &[&str] = &[
    "a",
    "à",
    "an",
    "day",
    "days",
    "d",
    "el",
    "h",
    "heure",
    "heures",
    "hace",
    "hora",
    "horas",
    "hour",
    "il",
    "just",
    "le",
    "m",
    "minute",
    "minuten",
    "minutes",
    "minutos",
    "month",
    "months",
    "now",
    "hrs",
    "stunde",
    "stunden",
    "tag",
    "tagen",
    "uhr",
    "um",
    "vor",
    "week",
    "weeks",
    "year",
    "years",
    "yesterday",
];

/// Words beside an address to write to.
const CONTACT: &[&str] = &[
    "at",
    "call",
    "cell",
    "contact",
    "contacts",
    "e-mail",
    "email",
    "enquiries",
    "fax",
    "for",
    "further",
    "information",
    "inquiries",
    "kontakt",
    "mail",
    "media",
    "mob",
    "mobile",
    "more",
    "office",
    "or",
    "phone",
    "please",
    "press",
    "presse",
    "pressekontakt",
    "tel",
    "telefon",
    "telephone",
    "to",
    "visit",
    "web",
];

/// Sounds and gaps that a transcript notes in brackets.
const NOTED: &[&str] = &[
    "aplausos",
    "applause",
    "applaus",
    "applaudissements",
    "audio",
    "beifall",
    "break",
    "cheers",
    "cheering",
    "crosstalk",
    "end",
    "heiterkeit",
    "inaudible",
    "indistinct",
    "laughs",
    "laughter",
    "music",
    "pause",
    "recording",
    "rires",
    "risas",
    "silence",
    "sighs",
    "unintelligible",
    "video",
    "zwischenruf",
];

/// Parts of the words for what a cookie wall asks to store. Every paragraph is asked, and most hold none of them.
static MAY_ASK: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["ookie", "OOKIE", "erson", "ERSON"].map(Finder::new));

/// Whether `s` is a line that the page or the sender adds and no part of what the article says.
pub(super) fn is_page_line(s: &str) -> bool {
    s.len() <= LINE_MAX
        && !s.contains('\n')
        && (is_tally(s)
            || is_reading_time(s)
            || is_stamp(s)
            || is_menu(s)
            || is_tags(s)
            || is_reply_line(s)
            || is_desk_code(s)
            || is_noted(s))
        || is_contact(s)
        || is_consent(s)
}

/// `We and our 311 partners store information on your device, such as cookies.`: what a page asks before it is shown.
fn is_consent(s: &str) -> bool {
    let may_ask = || MAY_ASK.iter().any(|part| part.find(s.as_bytes()).is_some());
    if s.len() > CONSENT_MAX || !may_ask() {
        return false;
    }
    let lower = s.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    lower.starts_with(|c: char| c.is_alphanumeric())
        && has(&[
            "cookie",
            "personal data",
            "personenbezogene",
            "données personnelles",
            "datos personales",
        ])
        && has(&[
            "our partners",
            " partners ",
            "partner ",
            "consent",
            "einwillig",
            "partenaires",
            "socios",
            "your device",
        ])
        && has(&[
            "we ", "our ", "wir ", "unsere", "nous ", "nos ", "nosotros", "nuestro", "you can ",
            "your ",
        ])
        && !has(&[" said", " says", " told ", "sagte", "a déclaré", "dijo"])
}

/// A number as counters write it: `12`, `1,204`, `12.4K`, `1.2m`.
fn is_count(word: &str) -> bool {
    let digits = word.trim_end_matches(['k', 'm', '+']);
    !digits.is_empty()
        && word.len() - digits.len() <= 1
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        && digits.bytes().next().is_some_and(|b| b.is_ascii_digit())
}

/// `312 Reposts 45 Quotes 1,204 Likes`, `Comments (143)`, `Like (12) Reply`; a rank or a page's number alone: `2`.
pub(super) fn is_tally(s: &str) -> bool {
    let (mut numbers, mut nouns, mut longest) = (0, 0, 0);
    for word in words(s) {
        if is_count(&word) {
            numbers += 1;
            longest = longest.max(word.len());
        } else if COUNTED.contains(&word.as_str()) {
            nouns += 1;
        } else if !(is_clock(&word) || matches!(word.as_str(), "am" | "pm") || is_date_word(&word))
        {
            return false;
        }
    }
    // A year alone heads a part of a chronicle.
    numbers > 0 && (nouns > 0 || numbers == 1 && longest <= 3 && !s.contains(char::is_alphabetic))
}

/// `5 min read`, `Lesezeit: 4 Minuten`.
fn is_reading_time(s: &str) -> bool {
    let all = || words(s);
    all().all(|w| is_count(&w) || READING.contains(&w.as_str()))
        && all().any(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        && all().any(|w| TO_READ.contains(&w.as_str()))
}

/// `Updated 2 hours ago`, `Updated at 14.35 BST`, `vor 2 Stunden`: when, but no day.
fn is_stamp(s: &str) -> bool {
    let fits = |w: &String| {
        // A longer number may be a day: 15.11.2026.
        is_count(w) && w.len() <= 5
            || is_clock(w)
            || is_short_age(w)
            || beside(w)
            || STAMPS.contains(&w.as_str())
            || STAMPED.contains(&w.as_str())
    };
    let mut any = (false, false);
    for w in words(s) {
        if !fits(&w) {
            return false;
        }
        any.0 |= w.starts_with(|c: char| c.is_ascii_digit());
        any.1 |= STAMPS.contains(&w.as_str()) || is_short_age(&w);
    }
    any.0 && any.1
}

/// `2h`, `58m`, `3d`: how old a post is.
pub(super) fn is_short_age(word: &str) -> bool {
    let digits = word.trim_end_matches(char::is_alphabetic);
    (1..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && ["min", "h", "m", "d", "s", "w", "j", "y"].contains(&&word[digits.len()..])
}

/// `News | Sport | Weather`, `HOME > NEWS > LOCAL`: three names of pages or more. A row of a table has numbers.
fn is_menu(s: &str) -> bool {
    let mark = [" | ", " > ", " › ", " » ", " · ", " • ", " / ", "\t"]
        .into_iter()
        .find(|m| s.contains(m))
        .or_else(|| s.contains('|').then_some("|"));
    let Some(mark) = mark else { return false };
    let parts = || s.split(mark).map(str::trim).filter(|p| !p.is_empty());
    parts().count() >= 3
        && parts().all(|p| {
            p.len() <= 28
                && p.split_whitespace().count() <= 3
                && !p.contains(|c: char| c.is_ascii_digit())
                && !p.contains('@')
                && !p.ends_with(['.', '!', '?', ':'])
                && p.contains(char::is_alphabetic)
        })
}

/// `#norvik #quay`: the tags of a post.
fn is_tags(s: &str) -> bool {
    s.split_whitespace().all(|w| {
        w.strip_prefix('#')
            .is_some_and(|tag| tag.starts_with(char::is_alphabetic))
    }) && !s.is_empty()
}

/// `Replying to @adaholm`, `Ada Holm reposted`: what a network says over a post.
fn is_reply_line(s: &str) -> bool {
    let Some((said, who)) = s.split_once('@') else {
        return s.len() <= 60
            && [" reposted", " retweeted", " boosted", " liked", " replied"]
                .iter()
                .any(|end| {
                    s.strip_suffix(end)
                        .is_some_and(|who| who.contains(' ') && mostly_names(who))
                });
    };
    !who.is_empty()
        && [
            "replying to",
            "in reply to",
            "reply to",
            "antwort an",
            "en réponse à",
            "en respuesta a",
        ]
        .contains(&said.trim().to_lowercase().as_str())
}

/// `ah/bl`, `jmw/aks/rl (AFP)`: the initials of an agency's desk.
fn is_desk_code(s: &str) -> bool {
    let (code, rest) = s.split_once(' ').unwrap_or((s, ""));
    let rest = rest.trim();
    code.contains('/')
        && code
            .split('/')
            .all(|p| (2..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()))
        && (rest.is_empty() || rest.starts_with('(') && rest.ends_with(')') && rest.len() <= 30)
}

/// `(APPLAUSE)`, `[inaudible]`: what a transcript notes instead of words.
fn is_noted(s: &str) -> bool {
    let inner = s
        .strip_prefix(['(', '[', '*'])
        .and_then(|s| s.strip_suffix([')', ']', '*']));
    let Some(inner) = inner.filter(|i| !i.is_empty() && i.len() <= 40) else {
        return false;
    };
    let mut all = words(inner).peekable();
    all.peek().is_some() && words(inner).any(|w| NOTED.contains(&w.as_str())) && all.count() <= 4
}

/// Whether `word` is an address for mail.
fn is_mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty()
            && host.contains('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    })
}

/// `Contact: Per Aas, press@nordkai.example, +47 00 00 00 00`: whom to write to or to call.
pub(super) fn is_contact(s: &str) -> bool {
    if s.len() > LINE_MAX {
        return false;
    }
    let mail = s.split_whitespace().any(is_mail);
    let digits = s.bytes().filter(u8::is_ascii_digit).count();
    let phone = digits >= 8 && has_prefix(s);
    if !mail && !phone {
        return false;
    }
    let others: Vec<&str> = s
        .split_whitespace()
        .filter(|w| !is_mail(w))
        .filter(|w| {
            let w = w
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            !w.is_empty() && !CONTACT.contains(&w.as_str())
        })
        .collect();
    others.is_empty() || mostly_names(&others.join(" "))
}

/// Whether a telephone number with the prefix of a country begins in `s`: `+49 30`, and not `18:00:00+00`.
fn has_prefix(s: &str) -> bool {
    s.match_indices('+').any(|(at, _)| {
        let begins = !s[..at].ends_with(char::is_alphanumeric);
        begins
            && s[at + 1..]
                .trim_start()
                .starts_with(|c: char| c == '(' || c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_have_shapes_of_their_own() {
        for line in [
            "5 min read",
            "Lesezeit: 4 Minuten",
            "312 Reposts 45 Quotes 1,204 Likes",
            "5:36 AM · May 5, 2026 · 12.4K Views",
            "Comments (143)",
            "Like (12) Reply",
            "42 replies 7 reposts",
            "2",
            "Updated 2 hours ago",
            "2 hours ago",
            "vor 2 Stunden",
            "Updated at 14.35 BST",
            "News | Sport | Weather | Opinion",
            "HOME  >  NEWS  >  LOCAL",
            "#norvik #quay",
            "Replying to @adaholm and @norvikpost",
            "Ada Holm reposted",
            "ah/bl",
            "jmw/aks/rl (AFP)",
            "(APPLAUSE)",
            "[CROSSTALK]",
            "Contact: Per Aas, press@nordkai.example, +47 00 00 00 00",
            "Per Aas press@nordkai.example",
            "Per Aas (+47) 00 00 00 00",
        ] {
            assert!(is_page_line(line), "{line}");
        }
    }

    #[test]
    fn what_an_article_says_has_not() {
        for line in [
            "42 people were hurt",
            "The board voted 7-2 on Tuesday",
            "Views differ on the quay",
            "1,204",
            "2021",
            "Share prices fell 5 percent",
            "Kell | 42 | 12.5",
            "404 | 2026-08-01 18:00:00+00 | 0.131",
            "Ada Holm | Kell Post",
            "She wrote to press@nordkai.example on Monday and had no answer from the company.",
            "He reposted",
            "Updated plans were shown on 5 May 2026",
            "(He laughed when he was told of the applause.)",
            "Reading takes 5 minutes, the teacher said",
        ] {
            assert!(!is_page_line(line), "{line}");
        }
    }
}
