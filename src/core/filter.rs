//! The filter language of the claims panel: `status:open source:kirby word "two words" -tag:legal`.
//!
//! Terms are separated by white space and all have to hold; `-` or `!` in front turns one round, `a,b` behind a key
//! means either. A word without a key is looked for in the claim's words, its sources, and
//! whatever else a plain word may find (see [`super::facts::Search`]): tags, notes, grounds. Case is ignored.
//! Values of the closed vocabularies may be shortened: `status:part` is `partly_accurate`, and a beginning that several
//! values share means any of them. Parsing never fails: what is odd is reported and treated as well as it can be.

use std::ops::Range;

use super::facts::{FilterKey as Key, Search};
use super::fold::folded;
use super::join::Record;
use super::row_view::RowView;
use super::search::Pattern;
use super::suggest;
use super::vocabulary::*;

/// A parsed filter; the default one lets every row through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    terms: Vec<Term>,
}

/// Something in a filter's text that could not be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// Where it stands, in bytes of the filter's text.
    pub place: Range<usize>,
    /// One sentence.
    pub message: String,
}

/// One key of the language, for help and completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// The key and its other spellings.
    pub names: &'static [&'static str],
    /// What may follow, in a few words.
    pub values: &'static str,
    /// What it finds.
    pub about: &'static str,
    key: Key,
}

macro_rules! keys {
    ($($key:ident [$($name:literal)+] $values:literal $about:literal;)+) => {
        /// Every key of the language.
        pub const KEYS: &[KeyInfo] = &[$(KeyInfo {
            names: &[$($name),+], values: $values, about: $about, key: Key::$key,
        },)+];
    };
}

keys! {
    Status ["status"] "open, undecided, taken_up, dismissed, checked, or a finding" "how far the row has come, or the checker's finding";
    Source ["source" "said_by"] "part of a name" "who says it";
    Stance ["stance"] "a stance" "the stance of the first attribution";
    Certainty ["certainty"] "a certainty" "how sure the source sounds";
    Worth ["worth"] "high, routine, none" "how much it is worth checking";
    Type ["type"] "a claim type" "what kind of proposition it is";
    Tag ["tag"] "the beginning of a tag" "the house's tags";
    Block ["block"] "a kind of block" "where in the layout it stands";
    State ["state" "workflow"] "a workflow state" "where the claim stands in the workflow";
    Rating ["rating"] "1 to 5, none" "the publication rating";
    Evidence ["evidence"] "none, an evidence stance, a kind, or a word of a title" "the evidence for and against the claim";
    Change ["change"] "must, could, none" "the proposed change of the text";
    Note ["note"] "a word" "notes, justification, reason of a dismissal";
    By ["by"] "part of a name" "who changed it last";
    Has ["has"] "source, evidence, note, change, rating, tag, finding, claim" "rows that have it";
    No ["no"] "the same as has" "rows that do not have it";
}

#[derive(Clone, Debug)]
struct Term {
    negated: bool,
    any: Vec<Test>,
}

#[derive(Clone, Debug)]
enum Test {
    Anything(Pattern),
    Open,
    Checked,
    Decision(Decision),
    Status(VerificationStatus),
    Source(Pattern),
    Stance(Stance),
    Certainty(Certainty),
    Worth(CheckWorthiness),
    Type(ClaimType),
    /// Lower case.
    Tag(String),
    Block(BlockKind),
    State(WorkflowState),
    Rating(Rating),
    EvidenceStance(EvidenceStance),
    EvidenceKind(EvidenceKind),
    /// In a title, a calculation, or what is noted of a contact.
    EvidenceWords(Pattern),
    Change(bool),
    Note(Pattern),
    By(Pattern),
    Has(Part),
    Lacks(Part),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Source,
    Evidence,
    Note,
    Change,
    Rating,
    Tag,
    Finding,
    Claim,
}

const PARTS: &[(&str, Part)] = &[
    ("source", Part::Source),
    ("evidence", Part::Evidence),
    ("note", Part::Note),
    ("change", Part::Change),
    ("rating", Part::Rating),
    ("tag", Part::Tag),
    ("finding", Part::Finding),
    ("claim", Part::Claim),
];

impl Filter {
    /// Parses `text`, and says what was odd in it.
    pub fn parse(text: &str) -> (Self, Vec<FilterProblem>) {
        let mut problems = Vec::new();
        let terms = Tokens { text, at: 0 }
            .filter_map(|token| term(&token, &mut problems))
            .collect();
        (Self { terms }, problems)
    }

    /// Whether it lets every row through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a row is let through; `words` gathers what else than the row shows a plain word may find.
    pub fn matches<'a>(&self, row: &RowView<'_>, words: impl Fn() -> Vec<&'a str>) -> bool {
        self.terms
            .iter()
            .all(|t| t.any.iter().any(|test| test.holds(row, &words)) != t.negated)
    }
}

struct Token<'a> {
    place: Range<usize>,
    negated: bool,
    key: Option<&'a str>,
    /// Without quotation marks.
    value: &'a str,
    quoted: bool,
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let mut at = start;
        let mut token = Token {
            place: start..start,
            negated: false,
            key: None,
            value: "",
            quoted: false,
        };
        let rest = &self.text[start..];
        if let Some(r) = rest.strip_prefix(['-', '!'])
            && r.starts_with(|c: char| !c.is_whitespace())
        {
            token.negated = true;
            at += 1;
        }
        let rest = &self.text[at..];
        if let Some(colon) = rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '_'))
            && colon > 0
            && rest[colon..].starts_with(':')
        {
            token.key = Some(&rest[..colon]);
            at += colon + 1;
        }
        let rest = &self.text[at..];
        if let Some(inner) = rest.strip_prefix('"') {
            let len = inner.find('"').unwrap_or(inner.len());
            token.quoted = true;
            token.value = &inner[..len];
            at += (len + 2).min(rest.len());
        } else {
            let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
            token.value = &rest[..len];
            at += len;
        }
        self.at = at;
        token.place.end = at;
        (at > start).then_some(token)
    }
}

fn term(token: &Token<'_>, problems: &mut Vec<FilterProblem>) -> Option<Term> {
    let mut report = |message: String| {
        problems.push(FilterProblem {
            place: token.place.clone(),
            message,
        });
    };
    let any = match token.key {
        None => vec![Test::Anything(Pattern::ignoring_case(token.value)?)],
        Some(name) => match key(name) {
            Some(key) => tests(key, name, token, &mut report),
            None => {
                // An address has a colon too, and is no slip.
                if !token.value.starts_with("//") {
                    let names = KEYS.iter().flat_map(|k| k.names.iter().copied());
                    let hint = suggest::hint(name, names);
                    report(format!(
                        "\"{name}:\" is no key, so the words are looked for.{hint}"
                    ));
                }
                let words = match token.quoted {
                    true => token.value.to_string(),
                    false => format!("{name}:{}", token.value),
                };
                vec![Test::Anything(Pattern::ignoring_case(&words)?)]
            }
        },
    };
    (!any.is_empty()).then_some(Term {
        negated: token.negated,
        any,
    })
}

/// What a key is called in the language.
pub fn name_of(key: Key) -> &'static str {
    let info = KEYS.iter().find(|k| k.key == key);
    info.and_then(|k| k.names.first()).copied().unwrap_or("")
}

fn key(name: &str) -> Option<Key> {
    KEYS.iter()
        .find(|k| k.names.iter().any(|n| n.eq_ignore_ascii_case(name)))
        .map(|k| k.key)
}

/// The tests of one key; none while no value is typed yet, or where none of the values is known.
fn tests(key: Key, name: &str, token: &Token<'_>, report: &mut impl FnMut(String)) -> Vec<Test> {
    let values: Vec<&str> = if token.quoted {
        vec![token.value]
    } else {
        token.value.split(',').collect()
    };
    let mut any = Vec::new();
    for value in values.into_iter().filter(|v| !v.is_empty()) {
        let found = value_tests(key, value);
        if found.is_empty() {
            let known = known_values(key);
            let hint = suggest::hint(value, known.iter().copied());
            report(format!(
                "\"{value}\" is nothing that \"{name}:\" knows, so it is left out.{hint}"
            ));
        }
        any.extend(found);
    }
    any
}

fn value_tests(key: Key, value: &str) -> Vec<Test> {
    let one = |make: fn(Pattern) -> Test| -> Vec<Test> {
        Pattern::ignoring_case(value)
            .map(make)
            .into_iter()
            .collect()
    };
    let word = value.to_lowercase().replace([' ', '-'], "_");
    match key {
        Key::Status => status(&word),
        Key::Source => one(Test::Source),
        Key::Stance => closed(&word, Test::Stance),
        Key::Certainty => closed(&word, Test::Certainty),
        Key::Worth => closed(&word, Test::Worth),
        Key::Type => closed(&word, Test::Type),
        Key::Tag => vec![Test::Tag(folded(value))],
        Key::Block => closed(&word, Test::Block),
        Key::State => closed(&word, Test::State),
        Key::Rating if word == "none" => vec![Test::Lacks(Part::Rating)],
        Key::Rating => word
            .parse()
            .ok()
            .and_then(Rating::new)
            .map(Test::Rating)
            .into_iter()
            .collect(),
        Key::Evidence if word == "none" => vec![Test::Lacks(Part::Evidence)],
        Key::Evidence => match closed(&word, Test::EvidenceStance) {
            stances if word.len() > 2 && !stances.is_empty() => stances,
            _ if word.len() > 2 => {
                let mut any = closed(&word, Test::EvidenceKind);
                any.extend(one(Test::EvidenceWords));
                any
            }
            _ => one(Test::EvidenceWords),
        },
        Key::Change => match word.as_str() {
            "must" => vec![Test::Change(true)],
            "could" => vec![Test::Change(false)],
            "none" => vec![Test::Lacks(Part::Change)],
            _ => Vec::new(),
        },
        Key::Note => one(Test::Note),
        Key::By => one(Test::By),
        Key::Has => part(&word).map(Test::Has).into_iter().collect(),
        Key::No => part(&word).map(Test::Lacks).into_iter().collect(),
    }
}

/// The values of a vocabulary that `word` names: the one with that very word, else all that begin with it.
fn values<V: Vocabulary>(word: &str) -> Vec<V> {
    if let Some(exact) = V::from_word(word) {
        return vec![exact];
    }
    let begins =
        |v: &V| v.word().starts_with(word) || v.label().replace(' ', "_").starts_with(word);
    V::ALL.iter().copied().filter(begins).collect()
}

fn closed<V: Vocabulary>(word: &str, make: fn(V) -> Test) -> Vec<Test> {
    values(word).into_iter().map(make).collect()
}

/// Besides the findings, how far a row has come.
const STAGES: &[(&str, Test)] = &[
    ("open", Test::Open),
    ("checked", Test::Checked),
    ("undecided", Test::Decision(Decision::Undecided)),
    ("taken_up", Test::Decision(Decision::TakenUp)),
    ("dismissed", Test::Decision(Decision::Dismissed)),
];

fn status(word: &str) -> Vec<Test> {
    if let Some(exact) = VerificationStatus::from_word(word) {
        return vec![Test::Status(exact)];
    }
    let stage = |exact: bool| {
        STAGES
            .iter()
            .filter(move |(w, _)| *w == word || !exact && w.starts_with(word))
            .map(|(_, t)| t.clone())
    };
    if let Some(exact) = stage(true).next() {
        return vec![exact];
    }
    stage(false).chain(closed(word, Test::Status)).collect()
}

fn part(word: &str) -> Option<Part> {
    let word = word.trim_end_matches('s');
    PARTS
        .iter()
        .find(|(name, _)| !word.is_empty() && name.starts_with(word))
        .map(|(_, p)| *p)
}

fn known_values(key: Key) -> Vec<&'static str> {
    fn words<V: Vocabulary>() -> Vec<&'static str> {
        V::ALL.iter().map(|v| v.word()).collect()
    }
    match key {
        Key::Status => STAGES
            .iter()
            .map(|(w, _)| *w)
            .chain(words::<VerificationStatus>())
            .collect(),
        Key::Stance => words::<Stance>(),
        Key::Certainty => words::<Certainty>(),
        Key::Worth => words::<CheckWorthiness>(),
        Key::Type => words::<ClaimType>(),
        Key::Block => words::<BlockKind>(),
        Key::State => words::<WorkflowState>(),
        Key::Change => vec!["must", "could", "none"],
        Key::Has | Key::No => PARTS.iter().map(|(w, _)| *w).collect(),
        Key::Source | Key::Tag | Key::Rating | Key::Evidence | Key::Note | Key::By => Vec::new(),
    }
}

impl Test {
    fn holds<'a>(&self, row: &RowView<'_>, words: impl Fn() -> Vec<&'a str>) -> bool {
        let claim = row.decision == Decision::TakenUp;
        match self {
            Self::Anything(p) => {
                p.is_in(&row.text)
                    || row.said_by.iter().any(|s| p.is_in(s))
                    || words().iter().any(|w| p.is_in(w))
            }
            Self::Open => match row.decision {
                Decision::Undecided => true,
                Decision::TakenUp => row.status.is_open(),
                Decision::Dismissed => false,
            },
            Self::Checked => claim && !row.status.is_open(),
            Self::Decision(d) => row.decision == *d,
            Self::Status(s) => claim && row.status == *s,
            Self::Source(p) => row.said_by.iter().any(|s| p.is_in(s)),
            Self::Stance(s) => row.stance == *s,
            Self::Certainty(c) => row.certainty == *c,
            Self::Worth(w) => row.worth == *w,
            Self::Type(t) => row.claim_type == *t,
            Self::Tag(tag) => row.tags.iter().any(|t| folded(t).starts_with(tag)),
            Self::Block(b) => row.block == *b,
            Self::State(s) => claim && row.workflow == *s,
            Self::Rating(r) => row.rating == Some(*r),
            Self::EvidenceStance(s) => row.evidence.iter().any(|(e, _)| e == s),
            Self::EvidenceKind(k) => row.evidence.iter().any(|(_, e)| e.kind == *k),
            Self::EvidenceWords(p) => row.evidence.iter().any(|(_, e)| {
                let mut found = false;
                e.texts(&mut |key, text| {
                    let seen = key.facts().search == Search::Key(Key::Evidence);
                    found |= seen && p.is_in(text);
                });
                found
            }),
            Self::Change(must) => row.change == Some(*must),
            Self::Note(p) => row.notes.iter().any(|n| p.is_in(n)),
            Self::By(p) => row.by.is_some_and(|b| p.is_in(b)),
            Self::Has(part) => part.is_there(row),
            Self::Lacks(part) => !part.is_there(row),
        }
    }
}

impl Part {
    fn is_there(self, row: &RowView<'_>) -> bool {
        match self {
            Self::Source => !row.said_by.is_empty(),
            Self::Evidence => !row.evidence.is_empty(),
            Self::Note => row.notes.iter().any(|n| !n.trim().is_empty()),
            Self::Change => row.change.is_some(),
            Self::Rating => row.rating.is_some(),
            Self::Tag => !row.tags.is_empty(),
            Self::Finding => row.decision == Decision::TakenUp && !row.status.is_open(),
            Self::Claim => row.decision == Decision::TakenUp,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::ids::EvidenceId;
    use super::super::model::{Contact, Evidence};
    use super::*;
    use proptest::prelude::*;

    fn claim() -> RowView<'static> {
        static TAGS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
            vec![
                "Legal".to_string(),
                "numbers".to_string(),
                "\u{c9}tudes".to_string(),
            ]
        });
        static MINUTES: std::sync::LazyLock<Evidence> = std::sync::LazyLock::new(|| Evidence {
            kind: EvidenceKind::InterviewOrCall,
            title: "Council minutes".into(),
            contact: Some(Contact {
                who: "Tom Reyl".into(),
                ..Contact::default()
            }),
            ..Evidence::empty(EvidenceId(uuid::Uuid::nil()))
        });
        RowView {
            decision: Decision::TakenUp,
            status: VerificationStatus::PartlyAccurate,
            block: BlockKind::Caption,
            said_by: vec!["Mara Oduya".into(), "city hall".into()],
            stance: Stance::Denies,
            certainty: Certainty::Possible,
            worth: CheckWorthiness::High,
            claim_type: ClaimType::Numerical,
            tags: &TAGS,
            rating: Rating::new(3),
            workflow: WorkflowState::Waiting,
            evidence: vec![(EvidenceStance::Refutes, &MINUTES)],
            change: Some(true),
            text: "The bridge cost “double” what was planned".into(),
            notes: ["ask Ada", ""],
            by: Some("Ana Köhler"),
            proposed: false,
        }
    }

    /// Of the claim, a plain word may find a note too.
    fn lets_through(filter: &Filter, row: &RowView<'_>) -> bool {
        let note = || row.notes.iter().copied().filter(|n| !n.is_empty());
        filter.matches(row, || note().collect())
    }

    fn undecided() -> RowView<'static> {
        RowView {
            block: BlockKind::Headline,
            text: "Kell Bridge opens at last".into(),
            ..RowView::blank()
        }
    }

    #[test]
    fn terms_find_what_they_say() {
        // The filter, whether it lets the claim through, and the undecided row.
        for (text, a, b) in [
            ("", true, true),
            ("bridge", true, true),
            ("BRIDGE cost", true, false),
            ("\"bridge cost\"", true, false),
            ("\"cost bridge\"", false, false),
            ("-cost", false, true),
            ("!cost", false, true),
            ("-\"opens at\"", true, false),
            ("oduya", true, false),
            ("\"double\"", true, false),
            ("ada", true, false),
            ("status:open", false, true),
            ("status:checked", true, false),
            ("status:unchecked", false, false),
            ("status:undecided", false, true),
            ("status:part", true, false),
            ("status:partly-accurate", true, false),
            ("status:\"partly accurate\"", true, false),
            ("status:un", false, true),
            ("status:accurate", false, false),
            ("status:accurate,partly_accurate", true, false),
            ("-status:dismissed,taken", false, true),
            ("source:oduya said_by:hall", true, false),
            ("source:\"mara o\"", true, false),
            ("no:source", false, true),
            ("stance:den", true, false),
            ("certainty:possible", true, false),
            ("worth:high type:num", true, false),
            ("tag:legal", true, false),
            ("tag:e\u{301}tude by:ko\u{308}hler", true, false),
            ("tag:leg -tag:num", false, false),
            ("block:caption,headline", true, true),
            ("state:waiting", true, false),
            ("workflow:todo", false, false),
            ("rating:3", true, false),
            ("rating:none", false, true),
            ("evidence:none", false, true),
            ("evidence:refutes", true, false),
            ("evidence:supports", false, false),
            ("evidence:minutes", true, false),
            ("evidence:interview", true, false),
            ("evidence:calculation", false, false),
            ("evidence:reyl", true, false),
            ("change:must", true, false),
            ("change:could", false, false),
            ("change:none", false, true),
            ("note:ada by:köhler", true, false),
            ("has:note has:finding has:tags", true, false),
            ("has:claim", true, false),
            ("status:", true, true),
            ("http://kell.example", false, false),
            ("-", false, false),
        ] {
            let (filter, problems) = Filter::parse(text);
            assert_eq!(problems, [], "{text}");
            assert_eq!(lets_through(&filter, &claim()), a, "{text} on the claim");
            assert_eq!(
                lets_through(&filter, &undecided()),
                b,
                "{text} on the undecided row"
            );
        }
    }

    #[test]
    fn what_is_odd_is_said_and_the_rest_is_kept() {
        let (filter, problems) = Filter::parse("cost staus:open");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, 5..15);
        assert_eq!(
            problems[0].message,
            "\"staus:\" is no key, so the words are looked for. Did you mean \"status\"?"
        );
        assert!(!lets_through(&filter, &claim()));
        let (filter, problems) = Filter::parse("stance:denyes cost");
        assert_eq!(
            problems[0].message,
            "\"denyes\" is nothing that \"stance:\" knows, so it is left out. Did you mean \"denies\"?"
        );
        assert!(lets_through(&filter, &claim()));
        let (filter, _) = Filter::parse("rating:9 \"unclosed");
        assert!(!lets_through(&filter, &claim()) && !filter.is_empty());
    }

    #[test]
    fn every_key_is_known_once() {
        let names: Vec<&str> = KEYS.iter().flat_map(|k| k.names.iter().copied()).collect();
        for (n, name) in names.iter().enumerate() {
            assert!(key(name).is_some() && !names[n + 1..].contains(name));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter(text in "([a-z:\"!, -]|é|status:|日){0,24}") {
            let (filter, problems) = Filter::parse(&text);
            lets_through(&filter, &claim());
            for p in problems {
                prop_assert!(text.get(p.place).is_some());
            }
        }
    }
}
