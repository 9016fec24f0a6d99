//! Keys, independent of the terminal library: names as they stand in the configuration, in help and in `--keys`.

use std::fmt;
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character; upper case where Shift made it so.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator; with Shift it is `Tab` with `shift`.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift, where that is not already in the character.
    pub shift: bool,
}

impl Key {
    /// The key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }
    /// A character key.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }
    /// A character key with Control.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
            shift: false,
        }
    }
    /// The character that the key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Space", Code::Char(' ')),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Ins", Code::Insert),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
];

const SPELLINGS: &[(&str, Code)] = &[
    ("return", Code::Enter),
    ("escape", Code::Esc),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("←", Code::Left),
    ("→", Code::Right),
    ("↑", Code::Up),
    ("↓", Code::Down),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, c)| *c == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::F(n) => write!(f, "F{n}"),
            Code::Char(c) => write!(f, "{c}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads `j`, `Ctrl-r`, `C-r`, `Shift-Tab`, `S-Tab`, `PgDn`, `F1`, `Space` …; names in any case.
    fn from_str(s: &str) -> Result<Self, String> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = s;
        while let Some((head, tail)) = rest
            .split_once('-')
            .filter(|(h, t)| !h.is_empty() && !t.is_empty())
        {
            match head.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => key.ctrl = true,
                "alt" | "a" | "meta" => key.alt = true,
                "shift" | "s" => key.shift = true,
                _ => break,
            }
            rest = tail;
        }
        key.code = code(rest).ok_or_else(|| format!("“{s}” is not a key"))?;
        if let Code::Char(c) = key.code {
            if key.shift && c != ' ' {
                key.code = Code::Char(c.to_ascii_uppercase());
                key.shift = false;
            }
            if key.ctrl {
                key.code = Code::Char(c.to_ascii_lowercase());
            }
        }
        Ok(key)
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && !"←→↑↓".contains(c)
    {
        return Some(Code::Char(c));
    }
    let lower = name.to_lowercase();
    if let Some(n) = lower
        .strip_prefix('f')
        .and_then(|n| n.parse::<u8>().ok())
        .filter(|n| (1..=24).contains(n))
    {
        return Some(Code::F(n));
    }
    NAMES
        .iter()
        .chain(SPELLINGS)
        .find(|(n, _)| n.to_lowercase() == lower)
        .map(|(_, c)| *c)
}

/// Reads a key sequence as it stands in the configuration: keys parted by spaces, as `v a`.
pub fn sequence(s: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = s
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        Err("there is no key in an empty text".into())
    } else {
        Ok(keys)
    }
}

/// Writes a key sequence: `v a`.
pub fn spelled(keys: &[Key]) -> String {
    keys.iter()
        .map(Key::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads a key script (`--keys`): keys parted by spaces; a word that is no key is typed letter by letter; a text with
/// spaces stands in double quotes and is typed as it is.
pub fn script(s: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = s.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"').filter(|q| q.contains('"')) {
            let (text, tail) = quoted
                .split_once('"')
                .ok_or("a quotation mark is missing at the end")?;
            keys.extend(text.chars().map(Key::char));
            rest = tail.trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        match word.parse() {
            Ok(key) => keys.push(key),
            Err(_) => keys.extend(word.chars().map(Key::char)),
        }
        rest = tail.trim_start();
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_survive_the_round_trip() {
        for name in [
            "j",
            "Ctrl-r",
            "Shift-Tab",
            "PgDn",
            "F1",
            "Space",
            "{",
            "-",
            "Alt-x",
            "V",
            "<",
            "←",
        ] {
            let key: Key = name.parse().unwrap();
            let again: Key = key.to_string().parse().unwrap();
            assert_eq!(key, again, "{name}");
        }
        assert_eq!("C-r".parse::<Key>().unwrap(), Key::ctrl('r'));
        assert_eq!("ctrl-R".parse::<Key>().unwrap(), Key::ctrl('r'));
        assert!("ctl-s".parse::<Key>().is_err());
    }

    #[test]
    fn a_script_types_words_and_quoted_text() {
        let keys = script("j j s Kirby Enter \"a b\" C-d").unwrap();
        assert_eq!(spelled(&keys), "j j s K i r b y Enter a Space b Ctrl-d");
    }
}
