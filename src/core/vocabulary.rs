//! The closed vocabularies: every value a statement, an attribution, a piece of evidence or a claim can carry.
//!
//! The words on disk are snake_case and closed; a house may rename labels in its configuration, never the words.
//! Origins and mappings to other schemes: FactBank and SDQC for stances, the Admiralty code for grades, AVeriTeC for
//! claim types, ClaimBuster for check-worthiness.

use std::fmt::Debug;
use std::hash::Hash;

/// What a value means to the eye. Themes give each meaning a style; colour never carries it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Right, supporting, done well.
    Good,
    /// Wrong, refuting.
    Bad,
    /// Partly right, partly wrong: to be changed.
    Mixed,
    /// Cannot be said: two sides, or nothing to go by.
    Unsettled,
    /// Asks for attention, and judges nothing.
    Warning,
    /// Work under way.
    Active,
    /// Not looked at yet.
    Open,
    /// Set aside; of no further interest.
    Muted,
    /// Carries no judgement.
    Plain,
}

/// How one value of a vocabulary is written, shown and pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The closed word on disk, in exports and in filters (snake_case).
    pub word: &'static str,
    /// The default label on screen.
    pub label: &'static str,
    /// One glyph, one cell wide.
    pub glyph: &'static str,
    /// The ASCII stand-in for the glyph, one character.
    pub ascii: &'static str,
    /// The key that picks the value after its prefix key.
    pub key: char,
    /// The meaning that themes give a style.
    pub meaning: Meaning,
    /// One line for the help screen.
    pub about: &'static str,
}

impl Entry {
    /// The sign of the value, of the ASCII set or of the other.
    pub fn sign(&self, ascii: bool) -> &'static str {
        if ascii { self.ascii } else { self.glyph }
    }
}

/// A closed vocabulary: a field whose values are fixed.
pub trait Vocabulary: Copy + Eq + Hash + Debug + Default + Send + Sync + 'static {
    /// The field's name on disk.
    const NAME: &'static str;
    /// Every value, in the order in which screens list them.
    const ALL: &'static [Self];
    /// How this value is written, shown and pressed.
    fn entry(self) -> &'static Entry;
    /// The value's word on disk.
    fn word(self) -> &'static str {
        self.entry().word
    }
    /// The value's default label on screen.
    fn label(self) -> &'static str {
        self.entry().label
    }
    /// The value written as `word`, if there is one.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.word() == word)
    }
    /// The value picked by `key`, if there is one.
    fn from_key(key: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.entry().key == key)
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident $word:literal, default $default:ident; $(
        $variant:ident $w:literal $label:literal $glyph:literal $ascii:literal $key:literal $meaning:ident $about:literal;)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $about] $variant,)+ }

        impl Default for $name {
            fn default() -> Self { Self::$default }
        }

        impl Vocabulary for $name {
            const NAME: &'static str = $word;
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn entry(self) -> &'static Entry {
                match self { $(Self::$variant => {
                    const ENTRY: Entry = Entry {
                        word: $w, label: $label, glyph: $glyph, ascii: $ascii, key: $key,
                        meaning: Meaning::$meaning, about: $about,
                    };
                    &ENTRY
                })+ }
            }
        }
    };
}

pub(super) use vocabulary;

vocabulary! {
    /// What the checker has decided about a statement.
    Decision "decision", default Undecided;
    Undecided "undecided" "undecided" "○" "o" 'u' Open "proposed; the checker has not decided yet";
    TakenUp "taken_up" "taken up" "●" "*" 't' Active "taken up: the checker holds at least one claim on it";
    Dismissed "dismissed" "dismissed" "–" "." 'd' Muted "nothing to check here";
}

vocabulary! {
    /// Whether a value was proposed by the reader or set by a person.
    Origin "origin", default Checker;
    Proposal "proposal" "proposed" "~" "~" 'p' Muted "proposed by the reader and taken over as it was";
    Checker "checker" "set" "·" "." 'c' Plain "set by a checker";
}

vocabulary! {
    /// The *source's* stance on the content it is quoted with. It says nothing about truth.
    Stance "stance", default None;
    Asserts "asserts" "asserts" "⊢" "A" 'a' Plain "says that it is so";
    Denies "denies" "denies that" "¬" "D" 'd' Warning "says that it is not so";
    Questions "questions" "questions whether" "‽" "Q" 'q' Plain "asks or doubts whether it is so";
    Relays "relays" "passes on that" "»" "R" 'r' Plain "passes it on without commitment";
    Retracts "retracts" "takes back that" "↶" "X" 'x' Warning "said so before and takes it back";
    None "none" "no stance" "·" "," '0' Muted "takes no stance";
}

vocabulary! {
    /// How sure the source sounds (FactBank's certainty), never how sure the checker is.
    Certainty "certainty", default Unspecified;
    Certain "certain" "sounds certain" "■" "#" 'c' Plain "no hedge: it sounds certain";
    Probable "probable" "sounds probable" "▣" "=" 'p' Plain "likely, expected, believed";
    Possible "possible" "sounds possible" "□" "~" 's' Plain "may, might, could";
    Unspecified "unspecified" "certainty not marked" "·" "." '0' Muted "the words do not say how sure";
}

vocabulary! {
    /// The *checker's* finding on a claim.
    VerificationStatus "verification_status", default Unchecked;
    Unchecked "unchecked" "unchecked" "○" "o" 'x' Open "not looked at yet";
    InProgress "in_progress" "in progress" "◔" "%" 'w' Active "being checked";
    Accurate "accurate" "accurate" "✓" "v" 'a' Good "right as written";
    PartlyAccurate "partly_accurate" "partly accurate" "◐" "p" 'p' Mixed "some parts right, some wrong, or right only with a precision that the text lacks";
    Misleading "misleading" "misleading" "≈" "m" 'm' Mixed "the words can be defended, but a reader takes away something untrue";
    Inaccurate "inaccurate" "inaccurate" "✗" "x" 'i' Bad "wrong in substance";
    Disputed "disputed" "disputed" "⇄" "d" 'd' Unsettled "good evidence on both sides";
    Unverifiable "unverifiable" "unverifiable" "¿" "u" 'u' Unsettled "looked for, nothing adequate found: say what was tried";
    NotCheckable "not_checkable" "not checkable" "∅" "0" 'n' Muted "opinion, taste, forecast, or no statement of fact";
}

vocabulary! {
    /// What a piece of evidence says of the claim that it is held against.
    EvidenceStance "evidence_stance", default Neutral;
    Supports "supports" "supports" "↑" "f" 's' Good "speaks for the claim";
    Refutes "refutes" "refutes" "↓" "a" 'r' Bad "speaks against the claim";
    Mixed "mixed" "mixed" "↕" "b" 'm' Mixed "partly for, partly against";
    Neutral "neutral" "neutral" "→" "=" 'n' Plain "about the matter, takes no side";
    Unrelated "unrelated" "unrelated" "⊘" "|" 'u' Muted "turned out to have nothing to do with it";
}

vocabulary! {
    /// What an evidence item is. Any kind may have a link, an archive link and a file.
    EvidenceKind "evidence_kind", default Other;
    WebPage "web_page" "web page" "w" "w" 'w' Plain "a page on the web, a post";
    DocumentOrLaw "document_or_law" "document or law" "§" "d" 'd' Plain "a report, minutes, a ruling, a statute";
    Dataset "dataset" "dataset" "#" "#" 'n' Plain "figures, a register, a poll";
    PictureOrRecording "picture_or_recording" "picture or recording" "▧" "p" 'p' Plain "a picture, a film, a sound";
    InterviewOrCall "interview_or_call" "interview or call" "i" "i" 'i' Plain "somebody was asked, or was to be";
    Message "message" "message" "@" "@" 'm' Plain "a mail, a letter, a text";
    ReferenceWork "reference_work" "reference work" "r" "r" 'r' Plain "a dictionary, an almanac, an atlas";
    OwnStory "own_story" "own earlier story" "s" "s" 's' Plain "what the house has published and checked before";
    OnAuthor "on_author" "on author" "a" "a" 'a' Warning "the author's own back-up, not looked at elsewhere";
    Calculation "calculation" "calculation" "=" "=" 'c' Plain "worked out by the checker";
    Other "other" "other" "·" "." 'o' Muted "none of these, or nobody has told";
}

vocabulary! {
    /// How much a statement is worth checking (ClaimBuster's three classes).
    CheckWorthiness "check_worthiness", default Routine;
    High "high" "high" "▲" "^" 'h' Warning "specific, measurable, could do harm";
    Routine "routine" "routine" "△" "'" 'r' Plain "factual, little at stake: still ticked";
    None "none" "none" "▽" "_" 'n' Muted "opinion, forecast or personal experience";
}

vocabulary! {
    /// What kind of proposition a claim is (AVeriTeC's types, extended by Full Fact's).
    ClaimType "claim_type", default Other;
    EventProperty "event_property" "event or property" "e" "e" 'e' Plain "something happened or is so";
    Numerical "numerical" "number" "#" "#" 'n' Plain "an amount, a count, a comparison of amounts";
    Quote "quote" "was it said?" "“" "\"" 'q' Plain "that the words were said by the one named";
    Causal "causal" "cause" "∴" ">" 'c' Plain "one thing brought about another";
    Position "position" "position" "p" "p" 'p' Plain "where somebody stands";
    Prediction "prediction" "forecast" "…" "f" 'f' Muted "about the future";
    RuleOrLaw "rule_or_law" "rule or law" "§" "l" 'l' Plain "what is allowed, forbidden or in force";
    PersonalExperience "personal_experience" "experience" "i" "i" 'i' Muted "what somebody went through";
    ImageMedia "image_media" "picture" "▧" "m" 'm' Plain "what a picture or a recording shows";
    Definition "definition" "definition" "=" "d" 'd' Plain "what a word or a thing means";
    Other "other" "other" "·" "." 'o' Plain "none of these";
}

vocabulary! {
    /// What kind of voice or record a source is.
    SourceType "source_type", default Unknown;
    Person "person" "person" "P" "P" 'p' Plain "one named person";
    Organisation "organisation" "organisation" "O" "O" 'o' Plain "a body, an office, a company, a state";
    Document "document" "document" "D" "D" 'd' Plain "a report, a ruling, minutes, a statement on paper";
    Dataset "dataset" "dataset" "#" "#" 'n' Plain "figures, a register, a poll";
    Media "media" "media outlet" "M" "M" 'm' Plain "a newspaper, an agency, a station";
    Anonymous "anonymous" "anonymous" "?" "?" 'a' Warning "a voice that is not named";
    Article "article" "the article" "A" "A" 'x' Muted "the author's own voice";
    Checker "checker" "checker" "C" "C" 'c' Plain "the checker's own observation";
    Unknown "unknown" "not known" "·" "." 'u' Muted "not known yet";
}

vocabulary! {
    /// How the content of an attribution is given.
    QuotationType "quotation_type", default None;
    Direct "direct" "direct" "“" "\"" 'd' Plain "in the source's own words";
    Indirect "indirect" "indirect" "‹" "<" 'i' Plain "in the author's words";
    Mixed "mixed" "mixed" "«" "%" 'm' Plain "partly in the source's own words";
    Free "free" "free" "f" "f" 'f' Plain "reported without a cue of its own";
    None "none" "none" "·" "." 'n' Muted "no quotation";
}

vocabulary! {
    /// Admiralty code, first half: how reliable the source is. Never derived from an item's credibility.
    Reliability "reliability", default F;
    A "A" "A completely reliable" "A" "A" 'a' Good "completely reliable";
    B "B" "B usually reliable" "B" "B" 'b' Good "usually reliable";
    C "C" "C fairly reliable" "C" "C" 'c' Plain "fairly reliable";
    D "D" "D not usually reliable" "D" "D" 'd' Warning "not usually reliable";
    E "E" "E unreliable" "E" "E" 'e' Bad "unreliable";
    F "F" "F not judged" "F" "F" 'f' Muted "not judged: no basis, which is not the worst grade";
}

vocabulary! {
    /// Admiralty code, second half: how credible an item is, where it is held against a claim.
    Credibility "credibility", default Six;
    One "1" "1 confirmed by independent sources" "1" "1" '1' Good "confirmed by independent sources";
    Two "2" "2 probably true" "2" "2" '2' Good "probably true";
    Three "3" "3 possibly true" "3" "3" '3' Plain "possibly true";
    Four "4" "4 doubtful" "4" "4" '4' Warning "doubtful";
    Five "5" "5 improbable" "5" "5" '5' Bad "improbable";
    Six "6" "6 not judged" "6" "6" '6' Muted "not judged";
}

impl Credibility {
    /// The code's number, 1 to 6, as files hold it.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

vocabulary! {
    /// Where a claim stands in the house's workflow; only its own keys and forms set it.
    WorkflowState "workflow_state", default Todo;
    Todo "todo" "to do" "·" "." 't' Open "nobody has it yet";
    Assigned "assigned" "assigned" "a" "a" 'a' Plain "somebody is to check it";
    Checking "checking" "checking" "c" "c" 'c' Active "somebody is checking it";
    Waiting "waiting" "waiting" "w" "w" 'w' Warning "for a source or the author";
    Checked "checked" "checked" "k" "k" 'k' Good "the first check is done";
    SecondRead "second_read" "second read" "2" "2" '2' Active "a second pair of eyes is on it";
    SignedOff "signed_off" "signed off" "s" "s" 's' Good "closed by the second reader or the editor";
    Reopened "reopened" "reopened" "r" "r" 'r' Warning "open again after it was closed";
    Cut "cut" "cut" "x" "x" 'x' Muted "the passage is gone from the article";
}

vocabulary! {
    /// What became of a proposed change of the text.
    ChangeState "change_state", default Proposed;
    Proposed "proposed" "proposed" "p" "p" 'p' Open "waiting for the editor";
    Accepted "accepted" "accepted" "✓" "a" 'a' Good "the editor takes it";
    Stet "stet" "stet" "s" "s" 's' Muted "kept as it is; the decision is logged";
    Superseded "superseded" "superseded" "x" "x" 'x' Muted "another change took its place";
}

vocabulary! {
    /// A part of the article's layout.
    BlockKind "block", default Paragraph;
    Headline "headline" "headline" "H" "H" 'h' Plain "a headline or a heading";
    Byline "byline" "byline" "B" "B" 'b' Muted "who wrote it and when";
    Caption "caption" "caption" "C" "C" 'c' Plain "the words under a picture";
    Paragraph "paragraph" "paragraph" "¶" "P" 'p' Plain "running text";
    QuoteBlock "quote_block" "quote block" "“" "Q" 'q' Plain "a quotation set apart";
    ListItem "list_item" "list item" "•" "*" 'l' Plain "an item of a list or a row of a table";
    Boilerplate "boilerplate" "boilerplate" "·" "." 'x' Muted "related links, credits, subscription lines";
    Correction "correction" "correction" "±" "C" 'r' Warning "what the article takes back of an earlier version";
    LivePost "live_post" "live post" "◷" "V" 'v' Plain "an entry of a live report; its time and author stand before it";
    ThreadPost "thread_post" "thread post" "@" "@" 't' Plain "a post of a thread; its author stands before it";
    Question "question" "question" "?" "?" 'u' Plain "what an interviewer or a speaker asks";
    Answer "answer" "answer" "A" "A" 'a' Plain "what is answered in an interview";
    Turn "turn" "transcript turn" ":" ":" 'd' Plain "what a named speaker says in a transcript";
    SelfDescription "self_description" "self-description" "s" "s" 's' Muted "what a company or an author says about itself";
}

/// The publication rating, 1 False to 5 True; a claim may have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rating(u8);

impl Rating {
    /// The rating with this number, if it is 1 to 5.
    pub fn new(number: u8) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }
    /// The number, 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }
    /// The default label.
    pub fn label(self) -> &'static str {
        ["False", "Mostly false", "Half true", "Mostly true", "True"][usize::from(self.0 - 1)]
    }
}

impl VerificationStatus {
    /// Whether a claim with this status still has to be checked.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unchecked | Self::InProgress)
    }

    /// How early it is shown where several findings share one place: what is open comes first, then what is wrong, and
    /// what is right last.
    pub fn turn(self) -> u8 {
        match self {
            Self::Unchecked => 0,
            Self::InProgress => 1,
            Self::Inaccurate => 2,
            Self::Misleading => 3,
            Self::PartlyAccurate => 4,
            Self::Disputed => 5,
            Self::Unverifiable => 6,
            Self::NotCheckable => 7,
            Self::Accurate => 8,
        }
    }
}

impl BlockKind {
    /// Whether the reader proposes statements in such a block.
    pub fn holds_statements(self) -> bool {
        self.is_running() || matches!(self, Self::Headline | Self::QuoteBlock | Self::ListItem)
    }

    /// Whether sentences run on in such a block as in a paragraph, whoever speaks in it.
    pub fn is_running(self) -> bool {
        match self {
            Self::Paragraph
            | Self::Correction
            | Self::LivePost
            | Self::ThreadPost
            | Self::Question
            | Self::Answer
            | Self::Turn
            | Self::SelfDescription => true,
            Self::Headline
            | Self::Byline
            | Self::Caption
            | Self::QuoteBlock
            | Self::ListItem
            | Self::Boilerplate => false,
        }
    }

    /// Whether the layout alone says whose words such a block is, or that the article takes its own back.
    pub fn is_voiced(self) -> bool {
        match self {
            Self::Turn | Self::Question | Self::Answer | Self::ThreadPost | Self::Correction => {
                true
            }
            Self::Headline
            | Self::Byline
            | Self::Caption
            | Self::Paragraph
            | Self::QuoteBlock
            | Self::ListItem
            | Self::Boilerplate
            | Self::LivePost
            | Self::SelfDescription => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound<V: Vocabulary>() {
        for (n, a) in V::ALL.iter().enumerate() {
            let e = a.entry();
            assert_eq!(V::from_word(e.word), Some(*a));
            assert_eq!(
                V::from_key(e.key),
                Some(*a),
                "{} {}: key taken twice",
                V::NAME,
                e.word
            );
            assert_eq!(e.ascii.chars().count(), 1, "{}", e.word);
            assert!(e.ascii.is_ascii() && !e.about.is_empty());
            assert_eq!(
                unicode_width::UnicodeWidthStr::width(e.glyph),
                1,
                "{} {}",
                V::NAME,
                e.word
            );
            assert!(V::ALL[n + 1..].iter().all(|b| b.word() != e.word));
        }
    }

    #[test]
    fn every_value_has_a_word_a_glyph_a_key_of_its_own() {
        sound::<Decision>();
        sound::<Origin>();
        sound::<Stance>();
        sound::<Certainty>();
        sound::<VerificationStatus>();
        sound::<EvidenceStance>();
        sound::<EvidenceKind>();
        sound::<CheckWorthiness>();
        sound::<ClaimType>();
        sound::<SourceType>();
        sound::<QuotationType>();
        sound::<Reliability>();
        sound::<Credibility>();
        sound::<WorkflowState>();
        sound::<ChangeState>();
        sound::<BlockKind>();
    }

    #[test]
    fn a_rating_is_one_to_five() {
        assert_eq!(Rating::new(0), None);
        assert_eq!(Rating::new(6), None);
        assert_eq!(Rating::new(5).map(Rating::label), Some("True"));
    }
}
