//! The settings that there are: for docs/config.md and for suggestions.

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name; a table's in brackets.
    pub name: &'static str,
    /// What it may be, with the default.
    pub values: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// Every setting, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        values: "`\"auto\"` (default), `\"dark\"`, `\"light\"`, `\"mono\"`",
        about: "the colours",
    },
    Setting {
        name: "ascii",
        values: "`true`, `false`; by default as the locale is",
        about: "ASCII instead of glyphs; a locale that is not UTF-8 (the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set) has ASCII",
    },
    Setting {
        name: "mouse",
        values: "`true` (default), `false`",
        about: "whether the mouse is taken; Shift gives it back for a moment in most terminals",
    },
    Setting {
        name: "split",
        values: "`20` to `80`; `58` is the default",
        about: "the article's share of the width, in percent",
    },
    Setting {
        name: "checker",
        values: "a name",
        about: "whose steps these are, where `--as` does not say; else the login",
    },
    Setting {
        name: "tags",
        values: "a list of words",
        about: "the house's tags, offered where tags are edited",
    },
    Setting {
        name: "editor",
        values: "a command, as text or as a list",
        about: "the editor of Ctrl-e, instead of `$VISUAL` and `$EDITOR`",
    },
    Setting {
        name: "clipboard",
        values: "`\"terminal\"` (default), `\"off\"`, or a command",
        about: "how words are copied: by the terminal, which works over SSH, or by a program that reads them",
    },
    Setting {
        name: "[keys]",
        values: "`action = \"key\"` or `action = [\"key\", …]`",
        about: "keys instead of an action's defaults; the actions stand in keys.md, `[]` takes all keys away; Alt with one of `[ ] \\ ^ _ O P X` is what terminals begin or end their own messages with, and is never a key",
    },
    Setting {
        name: "[keys]",
        values: "`layout = \"ru\"`; `ar`, `be`, `bg`, `el`, `he`, `ru`, `sr`, `th`, `uk`",
        about: "the keyboard, where its letters are of another script: each is taken for the letter that a US keyboard has in its place, wherever it is no key itself and no text is typed",
    },
    Setting {
        name: "[labels.VOCABULARY]",
        values: "`word = \"label\"`",
        about: "another label on screen for a word of a closed vocabulary; files keep the word",
    },
    Setting {
        name: "[ratings]",
        values: "`1 = \"label\"` to `5`",
        about: "the house's names for the publication ratings",
    },
    Setting {
        name: "[screen]",
        values: "`ambiguous = 1`, `2`; by default the terminal is asked",
        about: "how many cells the terminal gives to characters whose width is ambiguous (`“`, `—`, `…`): 2 in some that are set up for Chinese, Japanese or Korean; the program's own signs are ASCII then",
    },
    Setting {
        name: "[reader]",
        values: "`pdf_fallback = \"offer\"` (default), `\"always\"`, `\"never\"`",
        about: "where the letters of pages of a PDF cannot be read and `pdftotext` is installed: it is named, it reads those pages and a note says so, or neither",
    },
    Setting {
        name: "[proposer]",
        values: "`name`, `command`, `timeout` in seconds (`30`)",
        about: "a program that proposes instead of the built-in reader: the article as JSON in, proposals as JSON out",
    },
];
