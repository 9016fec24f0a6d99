//! Words that name nobody by themselves: what is too common to be searched for as other parts of names are.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::decode::plain;
use super::fold::{Folded, LetterLook};

/// What a word is besides a part of a name, as bits: a word may be several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Common(u8);

impl Common {
    /// A word of grammar.
    pub fn function(self) -> bool {
        self.0 & 1 != 0
    }
    /// Stands between the parts of a name.
    pub fn particle(self) -> bool {
        self.0 & 2 != 0
    }
    /// Stands before a name.
    pub fn title(self) -> bool {
        self.0 & 4 != 0
    }
    /// A word that is a name too.
    pub fn ordinary(self) -> bool {
        self.0 & 8 != 0
    }
    /// Joins the halves of a description.
    pub fn joins(self) -> bool {
        self.0 & 16 != 0
    }
    /// The second half of a compound that names nobody.
    pub fn compound(self) -> bool {
        self.0 & 32 != 0
    }
    /// Whether it is any of these.
    pub fn any(self) -> bool {
        self.0 & 15 != 0
    }
}

static WORDS: LazyLock<HashMap<String, Common>> = LazyLock::new(|| {
    let mut words: HashMap<String, Common> = HashMap::new();
    let mut bit = 0;
    for line in include_str!("words.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        if let Some((kind, _)) = line.strip_prefix('[').and_then(|l| l.split_once(']')) {
            bit = match kind {
                "function" => 1,
                "particle" => 2,
                "title" => 4,
                "ordinary" => 8,
                "join" => 16,
                _ => 32,
            };
            continue;
        }
        for word in line.split_whitespace() {
            words.entry(folded(word)).or_default().0 |= bit;
        }
    }
    words
});

/// What `word`, folded, is known as.
pub(super) fn common(word: &str) -> Common {
    WORDS.get(word).copied().unwrap_or_default()
}

/// The letters of `word`.
pub(super) fn folded(word: &str) -> String {
    Folded::new(&plain(word), LetterLook::Shape).text
}

/// Endings that a name takes in most languages of the West: genitives, plurals, and what is said of a person.
const SHORT_ENDINGS: &[&str] = &[
    "s", "es", "n", "en", "ens", "er", "ern", "sche", "schen", "scher", "ian", "ians", "esque",
    "ish",
];

/// Endings of languages with many cases: Slavic, Baltic, Finnish, Hungarian, Turkish.
const ENDINGS: &[&str] = &[
    "e", "a", "u", "i", "y", "o", "om", "em", "ie", "iu", "ia", "iem", "iom", "ii", "ej", "iej",
    "aj", "oj", "oy", "oi", "ego", "iego", "ogo", "emu", "iemu", "omu", "im", "ym", "ich", "ych",
    "imi", "ymi", "ami", "iami", "ach", "iach", "am", "owi", "owie", "ovi", "ove", "ova", "ovou",
    "ovej", "owa", "owej", "ow", "ou", "uv", "in", "ina", "ino", "iny", "ine", "inej", "ka", "ki",
    "ke", "ku", "kou", "eva", "evi", "ju", "ja", "je", "jo", "jom", "jem", "as", "us", "is", "ui",
    "iai", "lla", "lle", "lta", "ssa", "sta", "an", "nin", "ta", "t", "k", "nak", "nek", "val",
    "vel", "nun", "un", "ya", "ye", "da", "de", "dan", "den",
];

/// Whether `letters` end a word that is inflected.
pub(super) fn is_ending(letters: &str) -> bool {
    is_short_ending(letters) || ENDINGS.contains(&letters)
}

/// Whether `letters` end a word that is inflected as most languages of the West do.
pub(super) fn is_short_ending(letters: &str) -> bool {
    SHORT_ENDINGS.contains(&letters)
}
