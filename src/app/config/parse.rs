//! Reading the configuration file: every entry on its own, so that a bad one costs nothing but itself.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Clipboard, Config};
use crate::app::input::action::{ACTIONS, Action};
use crate::app::input::key::sequence;
use crate::app::input::layout::{KeyLayout, LAYOUTS};
use crate::app::screen::look::ThemeName;
use crate::core::display::{Ambiguous, clean};
use crate::core::pdf_fallback::PdfFallback;
use crate::core::proposer::Proposer;
use crate::core::suggest;
use crate::core::vocabulary::*;

/// How long a proposer may take where the file does not say, in seconds.
const TIMEOUT: u64 = 30;

/// Something in the file that could not be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The line, 1 for the first.
    pub line: usize,
    /// One sentence: what is wrong, and what to do.
    pub message: String,
}

impl Config {
    /// Reads a configuration file's text; what is odd in it is left out and reported, in order of the lines.
    pub fn parse(text: &str) -> (Self, Vec<ConfigProblem>) {
        let mut file = File {
            text,
            config: Config::default(),
            problems: Vec::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for e in errors {
            let at = e.span().unwrap_or_default();
            file.report(at, format!("This is not TOML: {}.", e.message()));
        }
        let broken: Vec<usize> = file.problems.iter().map(|p| p.line).collect();
        for (key, value) in table.get_ref().iter() {
            file.entry(key.get_ref(), key.span(), value);
        }
        // What a line that is no TOML seems to say is its own fault already.
        let errors = broken.len();
        let mut n = 0;
        file.problems.retain(|p| {
            n += 1;
            n <= errors || !broken.contains(&p.line)
        });
        file.problems.sort_by_key(|p| p.line);
        (file.config, file.problems)
    }
}

type Value<'a> = Spanned<DeValue<'a>>;

struct File<'a> {
    text: &'a str,
    config: Config,
    problems: Vec<ConfigProblem>,
}

impl File<'_> {
    fn report(&mut self, at: Range<usize>, message: impl Into<String>) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        self.problems.push(ConfigProblem {
            line: before.matches('\n').count() + 1,
            message: clean(&message.into()),
        });
    }

    /// Reports that a value is not what a setting takes.
    fn wrong(&mut self, name: &str, value: &Value<'_>, wants: &str) {
        self.report(value.span(), format!("\"{name}\" wants {wants}."));
    }

    fn entry(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        match name {
            "theme" => {
                let themes = [
                    ("auto", ThemeName::Auto),
                    ("dark", ThemeName::Dark),
                    ("light", ThemeName::Light),
                    ("mono", ThemeName::Mono),
                ];
                let word = value.get_ref().as_str().unwrap_or_default();
                match themes.iter().find(|(w, _)| *w == word) {
                    Some((_, theme)) => self.config.theme = Some(*theme),
                    None => {
                        let hint = suggest::hint(word, themes.map(|(w, _)| w));
                        let wants = "\"auto\", \"dark\", \"light\" or \"mono\"";
                        self.report(value.span(), format!("\"theme\" wants {wants}.{hint}"));
                    }
                }
            }
            "ascii" => self.config.ascii = self.switch(name, value),
            "mouse" => self.config.mouse = self.switch(name, value),
            "split" => match number(value).filter(|n| (20..=80).contains(n)) {
                Some(n) => self.config.split = u8::try_from(n).ok(),
                None => self.wrong(name, value, "a number from 20 to 80"),
            },
            "checker" => self.config.checker = self.words(name, value),
            "tags" => self.tags(name, value),
            "editor" => self.config.editor = self.command(name, value),
            "clipboard" => match value.get_ref().as_str() {
                Some("terminal") => self.config.clipboard = Clipboard::Terminal,
                Some("off") => self.config.clipboard = Clipboard::Off,
                _ => {
                    if let Some(command) = self.command(name, value) {
                        self.config.clipboard = Clipboard::Command(command);
                    }
                }
            },
            "keys" => self.each(name, value, Self::key),
            "labels" => self.each(name, value, Self::labels),
            "ratings" => self.each(name, value, Self::rating),
            "reader" => self.each(name, value, Self::reader),
            "screen" => self.each(name, value, Self::screen),
            "proposer" => self.proposer(name, value),
            _ => {
                let known = super::settings::SETTINGS.iter().map(|s| {
                    let name = s.name.trim_matches(['[', ']']);
                    name.split('.').next().unwrap_or(name)
                });
                let hint = suggest::hint(name, known);
                self.report(at, format!("There is no setting called \"{name}\".{hint}"));
            }
        }
    }

    /// Hands every entry of the table `name` to `take`.
    fn each(
        &mut self,
        name: &str,
        value: &Value<'_>,
        take: impl Fn(&mut Self, &str, Range<usize>, &Value<'_>),
    ) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(name, value, &format!("to be a table: [{name}]"));
        };
        for (key, value) in table.iter() {
            take(self, key.get_ref(), key.span(), value);
        }
    }

    fn switch(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        let on = value.get_ref().as_bool();
        if on.is_none() {
            self.wrong(name, value, "true or false");
        }
        on
    }

    /// A text that is not empty.
    fn words(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let words = value.get_ref().as_str().map(str::trim);
        let words = words.filter(|w| !w.is_empty());
        if words.is_none() {
            self.wrong(name, value, "a text in quotation marks");
        }
        words.map(String::from)
    }

    /// A list of texts; what is none in it is reported and left out.
    fn list(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let items = value.get_ref().as_array()?;
        Some(
            items
                .iter()
                .filter_map(|item| self.words(name, item))
                .collect(),
        )
    }

    fn tags(&mut self, name: &str, value: &Value<'_>) {
        match self.list(name, value) {
            Some(tags) => self.config.tags = tags,
            None => self.wrong(name, value, "a list of words: [\"legal\", \"numbers\"]"),
        }
    }

    /// A program with its arguments: a text parted at white space, or a list.
    fn command(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let words = match value.get_ref().as_str() {
            Some(text) => text.split_whitespace().map(String::from).collect(),
            None => self.list(name, value).unwrap_or_default(),
        };
        if words.is_empty() {
            self.wrong(name, value, "a command, as a text or as a list");
            return None;
        }
        Some(words)
    }

    fn key(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        if name == "layout" {
            let word = value.get_ref().as_str().unwrap_or_default();
            self.config.layout = KeyLayout::named(word);
            if self.config.layout.is_none() {
                let known: Vec<&str> = LAYOUTS.iter().map(|l| l.name).collect();
                let hint = suggest::hint(word, known.iter().copied());
                let wants = format!("\"layout\" wants one of {}.{hint}", known.join(", "));
                self.report(value.span(), wants);
            }
            return;
        }
        let Some(action) = Action::from_name(name) else {
            let hint = suggest::hint(name, ACTIONS.iter().map(|a| a.name.as_str()));
            return self.report(at, format!("There is no action called \"{name}\".{hint}"));
        };
        let wanted = match value.get_ref().as_str() {
            Some(one) => vec![one.to_string()],
            None => match self.list(name, value) {
                Some(keys) => keys,
                None => {
                    return self.wrong(name, value, "a key or a list of keys: [\"j\", \"Down\"]");
                }
            },
        };
        let mut sequences = Vec::new();
        for keys in &wanted {
            match sequence(keys) {
                Ok(keys) => sequences.push(keys),
                Err(why) => self.report(value.span(), format!("The key for {name}: {why}.")),
            }
        }
        // Where nothing of what was wanted is a key, the defaults stay.
        if wanted.is_empty() || !sequences.is_empty() {
            self.config.keys.push((action, sequences));
        }
    }

    fn labels(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        let Some((_, words)) = vocabularies().into_iter().find(|(v, _)| *v == name) else {
            let hint = suggest::hint(name, vocabularies().iter().map(|(v, _)| *v));
            return self.report(
                at,
                format!("There is no vocabulary called \"{name}\".{hint}"),
            );
        };
        self.each(name, value, |file, word, at, label| {
            if !words.contains(&word) {
                let hint = suggest::hint(word, words.iter().copied());
                return file.report(at, format!("\"{word}\" is no word of {name}.{hint}"));
            }
            if let Some(label) = file.words(word, label) {
                file.config.labels.rename(name, word, clean(&label));
            }
        });
    }

    fn rating(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        let Some(rating) = name.parse().ok().and_then(Rating::new) else {
            return self.report(at, format!("\"{name}\" is no rating; there are 1 to 5."));
        };
        if let Some(label) = self.words(name, value) {
            self.config.labels.rename_rating(rating, clean(&label));
        }
    }

    fn reader(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        if name != "pdf_fallback" {
            let hint = suggest::hint(name, ["pdf_fallback"]);
            let message = format!("The reader has no setting called \"{name}\".{hint}");
            return self.report(at, message);
        }
        let word = value.get_ref().as_str().unwrap_or_default();
        match PdfFallback::ALL.iter().find(|(w, _)| *w == word) {
            Some((_, fallback)) => self.config.pdf_fallback = *fallback,
            None => self.wrong(name, value, "\"offer\", \"always\" or \"never\""),
        }
    }

    fn screen(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) {
        match name {
            "ambiguous" => match number(value) {
                Some(1) => self.config.ambiguous = Some(Ambiguous::One),
                Some(2) => self.config.ambiguous = Some(Ambiguous::Two),
                _ => self.wrong(name, value, "1 or 2"),
            },
            _ => {
                let hint = suggest::hint(name, ["ambiguous"]);
                let message = format!("The screen has no setting called \"{name}\".{hint}");
                self.report(at, message);
            }
        }
    }

    fn proposer(&mut self, name: &str, value: &Value<'_>) {
        let mut wanted = Proposer {
            name: String::new(),
            command: Vec::new(),
            timeout: TIMEOUT,
        };
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(name, value, "to be a table: [proposer]");
        };
        for (key, value) in table.iter() {
            match &**key.get_ref() {
                "name" => wanted.name = self.words("name", value).unwrap_or_default(),
                "command" => wanted.command = self.command("command", value).unwrap_or_default(),
                "timeout" => match number(value).and_then(|n| u64::try_from(n).ok()) {
                    Some(seconds @ 1..=3600) => wanted.timeout = seconds,
                    _ => self.wrong("timeout", value, "seconds, from 1 to 3600"),
                },
                other => {
                    let hint = suggest::hint(other, ["name", "command", "timeout"]);
                    let message = format!("A proposer has no setting called \"{other}\".{hint}");
                    self.report(key.span(), message);
                }
            }
        }
        if wanted.command.is_empty() {
            return self.report(value.span(), "The proposer is left out: it has no command.");
        }
        if wanted.name.is_empty() {
            wanted.name = wanted.command.first().cloned().unwrap_or_default();
        }
        self.config.proposer = Some(wanted);
    }
}

fn number(value: &Value<'_>) -> Option<i64> {
    let n = value.get_ref().as_integer()?;
    i64::from_str_radix(n.as_str(), n.radix()).ok()
}

/// Every closed vocabulary with its words.
fn vocabularies() -> Vec<(&'static str, Vec<&'static str>)> {
    fn of<V: Vocabulary>() -> (&'static str, Vec<&'static str>) {
        (V::NAME, V::ALL.iter().map(|v| v.word()).collect())
    }
    vec![
        of::<Decision>(),
        of::<Stance>(),
        of::<Certainty>(),
        of::<VerificationStatus>(),
        of::<EvidenceStance>(),
        of::<CheckWorthiness>(),
        of::<ClaimType>(),
        of::<SourceType>(),
        of::<QuotationType>(),
        of::<Reliability>(),
        of::<Credibility>(),
        of::<WorkflowState>(),
        of::<ChangeState>(),
        of::<BlockKind>(),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::app::config::settings::SETTINGS;
    use crate::core::labels::Labels;
    use proptest::prelude::*;

    #[test]
    fn every_setting_is_taken() {
        let (c, problems) = Config::parse(
            r##"
theme = "light"
ascii = true
mouse = false
split = 40
checker = "Ana Köhler"
tags = ["legal", "numbers"]
editor = "nano -w"
clipboard = ["wl-copy", "--trim-newline"]
[keys]
layout = "ru"
undo = "U"
row_next = ["j", "Ctrl-n"]
[labels.verification_status]
accurate = "confirmed"
[ratings]
1 = "Pants on fire"
[reader]
pdf_fallback = "always"
[screen]
ambiguous = 2
[proposer]
name = "house"
command = "proposer --json"
timeout = 5
"##,
        );
        assert_eq!(problems, []);
        assert_eq!((c.theme, c.ascii), (Some(ThemeName::Light), Some(true)));
        assert_eq!((c.mouse, c.split), (Some(false), Some(40)));
        assert_eq!(c.checker.as_deref(), Some("Ana Köhler"));
        assert_eq!(c.tags, ["legal", "numbers"]);
        assert_eq!(c.editor.unwrap(), ["nano", "-w"]);
        let copy = vec!["wl-copy".to_string(), "--trim-newline".into()];
        assert_eq!(c.clipboard, Clipboard::Command(copy));
        assert_eq!(c.keys.len(), 2);
        assert_eq!(c.layout.map(|l| l.name), Some("ru"));
        let mut labels = Labels::default();
        labels.rename("verification_status", "accurate", "confirmed".into());
        labels.rename_rating(Rating::new(1).unwrap(), "Pants on fire".into());
        assert_eq!(c.labels, labels);
        assert_eq!(c.pdf_fallback, PdfFallback::Always);
        assert_eq!(c.ambiguous, Some(Ambiguous::Two));
        assert_eq!(c.proposer.unwrap().timeout, 5);
    }

    #[test]
    fn every_bad_entry_is_reported_with_its_line_and_the_rest_is_kept() {
        let (c, problems) = Config::parse(
            r#"theme = "drak"
spilt = 40
split = 200
ascii = "yes"
tags = ["legal", 3]
mouse = false
[keys]
row_nxet = "j"
undo = "Nokey"
redo = ["Hyper-x", "R"]
layout = "russian"
[labels.verification_status]
acurate = "confirmed"
[labels.colour]
red = "x"
[ratings]
9 = "x"
[proposer]
timout = 3
[screen]
ambiguous = 3
ambigous = 2
"#,
        );
        let said: Vec<String> = problems
            .iter()
            .map(|p| format!("{}: {}", p.line, p.message))
            .collect();
        let want = [
            "1: \"theme\" wants \"auto\", \"dark\", \"light\" or \"mono\". Did you mean \"dark\"?",
            "2: There is no setting called \"spilt\". Did you mean \"split\"?",
            "3: \"split\" wants a number from 20 to 80.",
            "4: \"ascii\" wants true or false.",
            "5: \"tags\" wants a text in quotation marks.",
            "8: There is no action called \"row_nxet\". Did you mean \"row_next\"?",
            "9: The key for undo: “Nokey” is not a key.",
            "10: The key for redo: “Hyper-x” is not a key.",
            "11: \"layout\" wants one of ar, be, bg, el, he, ru, sr, th, uk.",
            "13: \"acurate\" is no word of verification_status. Did you mean \"accurate\"?",
            "14: There is no vocabulary called \"colour\".",
            "17: \"9\" is no rating; there are 1 to 5.",
            "18: The proposer is left out: it has no command.",
            "19: A proposer has no setting called \"timout\". Did you mean \"timeout\"?",
            "21: \"ambiguous\" wants 1 or 2.",
            "22: The screen has no setting called \"ambigous\". Did you mean \"ambiguous\"?",
        ];
        assert_eq!(said, want);
        assert_eq!((c.tags, c.mouse), (vec!["legal".to_string()], Some(false)));
        assert_eq!(c.keys, [(Action::Redo, vec![sequence("R").unwrap()])]);
    }

    #[test]
    fn what_is_no_toml_costs_only_its_line() {
        let (c, problems) = Config::parse("theme = \nmouse = false\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].line, 1);
        assert_eq!(c.mouse, Some(false));
    }

    #[test]
    fn every_setting_of_the_table_is_known() {
        for s in SETTINGS {
            let name = s.name.trim_matches(['[', ']']).split('.').next().unwrap();
            let (_, problems) = Config::parse(&format!("{name} = 0.5\n"));
            assert!(problems.iter().all(|p| !p.message.contains("no setting")));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_configuration(text in "([a-z]{1,8} = |\\[|\\]|\"|keys|theme|[0-9]|\n|é|,){0,24}") {
            Config::parse(&text);
        }
    }
}
