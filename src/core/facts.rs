//! What holds for every value of a field: each row of `record!` says all of it, and whoever handles fields asks here.

/// What a row of `record!` says of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name on disk.
    pub word: &'static str,
    /// What it is called on the screen.
    pub label: &'static str,
    /// The rule by which two values of it join.
    pub join: Join,
    /// How it is changed.
    pub edited: Edited,
    /// Whether it leaves the house.
    pub exchange: Exchange,
    /// How its texts are written, if it holds any: each of them may name a person, and is masked accordingly.
    pub written: Written,
    /// Whether a blind reading carries it.
    pub blind: Blind,
    /// Whether a signature covers it.
    pub signed: Signed,
    /// Whether a search may see it.
    pub search: Search,
}

/// The rule by which two values of a field join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The record that stays keeps its own: identity, place, and what follows from other fields.
    Keep,
    /// A blank is filled; otherwise the record that stays keeps its own, and the other one goes to another field.
    Fill,
    /// The members of both.
    Union,
    /// Both texts, one after the other.
    Append,
    /// A blank is filled; where two values differ, somebody has to say which one stays.
    Ask,
}

/// How a field is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// In the form of its record.
    Form,
    /// By actions of its own: marking words, deciding, tying, a list of records.
    Elsewhere,
    /// By the program alone.
    Never,
}

/// Whether a field leaves the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// The annotated JSON holds it, and other formats as far as they can.
    Carried,
    /// No format ever holds it.
    Kept,
}

/// How the texts of a field are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It holds no text.
    Nothing,
    /// To be read: the article, quotations, wordings. Names have capitals.
    Prose,
    /// For the desk: small letters mean nothing.
    Note,
    /// A link, a file's name, a tag: words are joined.
    Link,
    /// A sum, which names nobody, but shows what was summed to who can guess it.
    Sum,
    /// The value has several parts, and knows how each is written.
    Parts,
}

/// Whether a field is in a blind reading: what a second reader is given who must not know what the first one found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blind {
    /// It is.
    Carried,
    /// It says, or lets guess, what the first reader found.
    Withheld,
}

/// Whether a signature covers a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// A change of it after the signature reopens what was signed.
    Covered,
    /// It may change.
    Exempt,
}

/// How the filter, and whoever searches sessions, finds a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// A plain word finds it.
    Words,
    /// Only a key of the filter finds it: `status:open`.
    Key(FilterKey),
    /// No search sees it.
    Never,
}

/// A key of the filter language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKey {
    /// How far the row has come, or the finding.
    Status,
    /// Who says it.
    Source,
    /// The source's stance.
    Stance,
    /// How sure the source sounds.
    Certainty,
    /// How much it is worth checking.
    Worth,
    /// What kind of proposition it is.
    Type,
    /// The house's tags.
    Tag,
    /// The kind of block.
    Block,
    /// The workflow state.
    State,
    /// The publication rating.
    Rating,
    /// What is held against the claim.
    Evidence,
    /// The proposed change of the text.
    Change,
    /// Notes, justification, reason of a dismissal.
    Note,
    /// Who changed it last.
    By,
    /// Rows that have something.
    Has,
    /// Rows that lack something.
    No,
}
