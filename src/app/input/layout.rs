//! Keyboards of other scripts: which letter of the default keys stands on the key that typed a character.

use super::key::{Code, Key};

/// The keys of a keyboard from the top left one, row by row, as a US keyboard has them.
const PLAIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,./";
/// The same with Shift.
const SHIFTED: &str = "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?";

/// What the keys of a keyboard type, in the order of `PLAIN`; a space where it is no character of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyLayout {
    /// Its name in the configuration: the language's.
    pub name: &'static str,
    plain: &'static str,
    /// With Shift; empty where that makes the capital of what the key types without.
    shifted: &'static str,
}

/// The keyboards that there are.
pub static LAYOUTS: [KeyLayout; 9] = [
    KeyLayout {
        name: "ar",
        plain: "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوزظ",
        shifted: "\u{64E}\u{64B}\u{64F}\u{64C} إ‘÷×؛  \u{650}\u{64D}   أـ،    \u{652}   آ’  ؟",
    },
    KeyLayout {
        name: "be",
        plain: "йцукенгшўзх'фывапролджэячсмітьбю.",
        shifted: "",
    },
    KeyLayout {
        name: "bg",
        plain: " уеишщксдзц;ьяаожгтнвмчюйъэфхпрлб",
        shifted: "",
    },
    KeyLayout {
        name: "el",
        plain: ";ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,./",
        shifted: "",
    },
    KeyLayout {
        name: "he",
        plain: "/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ.",
        shifted: "",
    },
    KeyLayout {
        name: "ru",
        plain: "йцукенгшщзхъфывапролджэячсмитьбю.",
        shifted: "",
    },
    KeyLayout {
        name: "sr",
        plain: "љњертзуиопшђасдфгхјклчћѕџцвбнм,.-",
        shifted: "",
    },
    KeyLayout {
        name: "th",
        plain: "ๆไำพะ\u{E31}\u{E35}รนยบลฟหกดเ\u{E49}\u{E48}าสวงผปแอ\u{E34}\u{E37}ทมใฝ",
        shifted: "๐\"ฎฑธ\u{E4D}\u{E4A}ณฯญฐ,ฤฆฏโฌ\u{E47}\u{E4B}ษศซ.()ฉฮ\u{E3A}\u{E4C}?ฒฬฦ",
    },
    KeyLayout {
        name: "uk",
        plain: "йцукенгшщзхїфівапролджєячсмитьбю.",
        shifted: "",
    },
];

impl KeyLayout {
    /// The keyboard called `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        LAYOUTS.iter().find(|l| l.name == name)
    }

    /// The key that a US keyboard has in the place of `key`; letters and digits of ASCII stay what they are.
    pub fn latin(&self, key: Key) -> Key {
        let Code::Char(c) = key.code else { return key };
        if c.is_ascii_alphanumeric() || c == ' ' {
            return key;
        }
        let at = |row: &str, c: char| row.chars().position(|x| x == c);
        let small = || {
            let mut small = c.to_lowercase();
            let one = small.next().filter(|s| *s != c)?;
            at(self.plain, one).filter(|_| small.next().is_none())
        };
        let plain = at(self.plain, c).and_then(|n| PLAIN.chars().nth(n));
        let shifted = || at(self.shifted, c).or_else(small);
        let found = plain.or_else(|| SHIFTED.chars().nth(shifted()?));
        match found {
            Some(c) => Key {
                code: Code::Char(c),
                ..key
            },
            None => key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_place_for_every_key() {
        let count = |row: &str| row.chars().count();
        assert_eq!(count(PLAIN), count(SHIFTED));
        for l in &LAYOUTS {
            assert_eq!(count(l.plain), count(PLAIN), "{}", l.name);
            if !l.shifted.is_empty() {
                assert_eq!(count(l.shifted), count(PLAIN), "{} with Shift", l.name);
            }
        }
        assert!(LAYOUTS.is_sorted_by_key(|l| l.name));
    }

    #[test]
    fn a_key_is_what_a_us_keyboard_has_in_its_place() {
        for (name, typed, want) in [
            ("ru", "фывапйЯМЮЖх", "asdfgqZV>:["),
            ("uk", "івїЄ", "sd]\""),
            ("be", "ўіЎ", "obO"),
            ("bg", "ьяЬб", "asA/"),
            ("sr", "љзЅш", "qyZ["),
            ("el", "ασςΣΑ;", "aswSAq"),
            ("he", "שק/א", "aeqt"),
            ("ar", "شسي؟أ", "asd?H"),
            ("th", "ฟหกฤ", "asdA"),
        ] {
            let layout = KeyLayout::named(name);
            let latin = |c: char| layout.map(|l| l.latin(Key::char(c)));
            let got: String = typed.chars().filter_map(|c| latin(c)?.typed()).collect();
            assert_eq!(got, want, "{name}");
        }
        let ru = KeyLayout::named("ru");
        let same = [
            Key::char('a'),
            Key::char('7'),
            Key::char('é'),
            Key::plain(Code::Enter),
        ];
        for key in same {
            assert_eq!(ru.map(|l| l.latin(key)), Some(key));
        }
        assert_eq!(ru.map(|l| l.latin(Key::ctrl('з'))), Some(Key::ctrl('p')));
    }
}
