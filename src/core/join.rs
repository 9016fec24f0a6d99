//! How two records become one, field by field: two claims or sources that turn out to be the same, or a record here and
//! the same record in a file.
//!
//! Every row of `record!` in [`super::records`] names the rule by which two values of that field join, so that a field
//! without a rule does not compile. Nothing here decides anything: where no value holds both, the two are handed out.

use super::facts::Facts;
pub use super::facts::Join;
use super::refers::{NamedRecord, Refers};
use super::set::Set;
use super::texts::Piece;

/// What two values of one field come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined<V> {
    /// One value that stands for both.
    One(V),
    /// Two values of which none stands for both: that of the record that stays, and that of the one that goes.
    Two(V, V),
}

impl<V> Joined<V> {
    /// The same with its values as fields of a record.
    pub(super) fn map<F>(self, field: impl Fn(V) -> F) -> Joined<F> {
        match self {
            Self::One(v) => Joined::One(field(v)),
            Self::Two(kept, gone) => Joined::Two(field(kept), field(gone)),
        }
    }
}

/// A value of a field.
pub trait Value: Sized {
    /// Whether it says nothing: it is empty, or the value for "not judged yet".
    fn is_blank(&self) -> bool;

    /// The set with the members of `more`; none where it is no set.
    fn with(&self, _more: &Self) -> Option<Self> {
        None
    }

    /// The set without the members of `less`; none where it is no set.
    fn without(&self, _less: &Self) -> Option<Self> {
        None
    }
}

/// A value of several members.
pub trait HasMembers {
    /// The members of both, those of `self` first.
    fn union(self, other: Self) -> Self;
}

/// One function a rule, for the values that it makes sense of: a rule on a field of another type does not compile.
pub(super) mod rule {
    use super::{HasMembers, Joined, Value, appended};

    pub fn keep<V>(kept: V, _gone: V) -> Joined<V> {
        Joined::One(kept)
    }

    pub fn fill<V: Value>(kept: V, gone: V) -> Joined<V> {
        Joined::One(if kept.is_blank() { gone } else { kept })
    }

    pub fn union<V: HasMembers>(kept: V, gone: V) -> Joined<V> {
        Joined::One(kept.union(gone))
    }

    pub fn append(kept: String, gone: String) -> Joined<String> {
        Joined::One(appended(kept, &gone))
    }

    pub fn ask<V: Value + PartialEq>(kept: V, gone: V) -> Joined<V> {
        if gone.is_blank() || kept == gone {
            Joined::One(kept)
        } else if kept.is_blank() {
            Joined::One(gone)
        } else {
            Joined::Two(kept, gone)
        }
    }

    /// The function of the rule that a row of `record!` names.
    macro_rules! function {
        (Keep) => {
            $crate::core::join::rule::keep
        };
        (Fill) => {
            $crate::core::join::rule::fill
        };
        (Union) => {
            $crate::core::join::rule::union
        };
        (Append) => {
            $crate::core::join::rule::append
        };
        (Ask) => {
            $crate::core::join::rule::ask
        };
    }
    pub(in crate::core) use function;
}

/// `text` with `more` as a paragraph after it; unchanged where it holds those lines already.
pub fn appended(text: String, more: &str) -> String {
    if more.trim().is_empty() || holds_lines(&text, more) {
        return text;
    }
    if text.trim().is_empty() || holds_lines(more, &text) {
        return more.to_string();
    }
    format!("{}\n\n{}", text.trim_end(), more)
}

/// Whether the lines of `part`, at least one, stand one after the other in `whole`.
fn holds_lines(whole: &str, part: &str) -> bool {
    let (whole, part): (Vec<&str>, Vec<&str>) = (whole.lines().collect(), part.lines().collect());
    whole.windows(part.len()).any(|w| w == part)
}

impl<T: PartialEq> HasMembers for Vec<T> {
    fn union(mut self, other: Self) -> Self {
        for member in other {
            if !self.contains(&member) {
                self.push(member);
            }
        }
        self
    }
}

impl<T: Ord + Clone> HasMembers for Set<T> {
    fn union(self, other: Self) -> Self {
        self.with(&other)
    }
}

/// A mark that either of two records carries is carried by both.
impl HasMembers for bool {
    fn union(self, other: Self) -> Self {
        self || other
    }
}

impl Value for String {
    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

impl Value for bool {
    fn is_blank(&self) -> bool {
        !self
    }
}

impl<T: Ord + Clone> Value for Set<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
    fn with(&self, more: &Self) -> Option<Self> {
        Some(Set::with(self, more))
    }
    fn without(&self, less: &Self) -> Option<Self> {
        Some(Set::without(self, less))
    }
}

impl<T> Value for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Value> Value for Option<T> {
    fn is_blank(&self) -> bool {
        self.as_ref().is_none_or(Value::is_blank)
    }
}

/// A record whose fields can be told apart, read and joined.
pub trait Record: Clone {
    /// The name of a field.
    type Key: Copy + PartialEq + 'static;
    /// A field with its value.
    type Field: Field<Key = Self::Key>;
    /// Every field, in the record's order.
    const KEYS: &'static [Self::Key];
    /// The field's present value.
    fn value(&self, key: Self::Key) -> Self::Field;
    /// Puts a value in its field.
    fn put(&mut self, value: Self::Field);
    /// What holds for every value of a field.
    fn facts(key: Self::Key) -> &'static Facts;
    /// The field's name on disk.
    fn word(key: Self::Key) -> &'static str {
        Self::facts(key).word
    }
    /// Shows every text of the record.
    fn texts<'a>(&'a self, show: &mut dyn FnMut(Self::Key, &'a str));
    /// Hands every text of the record to `show`, to be changed.
    fn each_text(&mut self, show: &mut dyn FnMut(Self::Key, Piece, &mut String));
    /// Shows `see` each record that it names.
    fn names(&self, see: &mut dyn FnMut(NamedRecord));
}

/// One field of a record with a value.
pub trait Field: Clone + PartialEq + Refers {
    /// The name of a field.
    type Key;
    /// Which field it is.
    fn name(&self) -> Self::Key;
    /// What holds for every value of it.
    fn facts(&self) -> &'static Facts;
    /// Whether the value says nothing.
    fn is_blank(&self) -> bool;
    /// The set with the members of `more`, a value of the same field; none where it is no set.
    fn with(&self, more: &Self) -> Option<Self>;
    /// The set without the members of `less`, a value of the same field; none where it is no set.
    fn without(&self, less: &Self) -> Option<Self>;
    /// Joins the value of the record that stays with that of the one that goes, by the field's rule.
    fn join(self, gone: Self) -> Joined<Self>;
}

/// What two records say differently, and no value says both: fields that are decided together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<F> {
    /// What the record that stays says.
    pub kept: Vec<F>,
    /// The same fields of the record that goes.
    pub gone: Vec<F>,
}

impl<F: Field> Question<F> {
    /// The field that it is about; the others follow it.
    pub fn about(&self) -> Option<F::Key> {
        self.kept.first().map(Field::name)
    }
}

/// What joining two records comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining<F> {
    /// The values that change in the record that stays.
    pub sets: Vec<F>,
    /// What somebody has to decide.
    pub asked: Vec<Question<F>>,
}

/// Joins `gone` into `kept`, field by field.
pub fn join<R: Record>(kept: &R, gone: &R) -> Joining<R::Field> {
    let (mut sets, mut asked) = (Vec::new(), Vec::new());
    for key in R::KEYS {
        let now = kept.value(*key);
        match now.clone().join(gone.value(*key)) {
            Joined::One(value) if value == now => {}
            Joined::One(value) => sets.push(value),
            Joined::Two(kept, gone) => asked.push(Question {
                kept: vec![kept],
                gone: vec![gone],
            }),
        }
    }
    Joining { sets, asked }
}

/// What becomes of two values that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The record that stays keeps its own.
    Kept,
    /// The value of the record that goes.
    Gone,
    /// The record that stays keeps its own, and its note says what the other one said.
    Both,
}

/// A joining after every question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled<F> {
    /// The values that change in the record that stays.
    pub sets: Vec<F>,
    /// What the record that goes said, to be kept in the note: a line each.
    pub noted: Vec<Vec<F>>,
}

impl<F: Field> Joining<F> {
    /// Settles every question as `answer` says.
    pub fn settled(self, answer: impl Fn(&Question<F>) -> Answer) -> Settled<F> {
        let (mut sets, mut noted) = (self.sets, Vec::new());
        for question in self.asked {
            match answer(&question) {
                Answer::Kept => {}
                Answer::Gone => sets.extend(question.gone),
                Answer::Both => noted.push(question.gone),
            }
        }
        Settled { sets, noted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::kind::{EachKind, Kind, each_kind};
    use crate::core::model::*;
    use crate::core::vocabulary::*;

    #[test]
    fn texts_are_appended_once() {
        for (text, more, want) in [
            ("", "", ""),
            ("a", "", "a"),
            ("a", "  ", "a"),
            ("", "b", "b"),
            ("a", "a", "a"),
            ("a", "b", "a\n\nb"),
            ("a\nb\nc", "b\nc", "a\nb\nc"),
            ("b", "a\nb", "a\nb"),
            ("ab", "b", "ab\n\nb"),
            ("a\n", "b\n", "a\n\nb\n"),
        ] {
            assert_eq!(appended(text.into(), more), want, "{text:?} {more:?}");
        }
    }

    #[test]
    fn differing_values_are_handed_out_and_blanks_filled() {
        use VerificationStatus::*;
        let join = |a, b| rule::ask(a, b);
        assert_eq!(join(Unchecked, Accurate), Joined::One(Accurate));
        assert_eq!(join(Accurate, Unchecked), Joined::One(Accurate));
        assert_eq!(join(Accurate, Accurate), Joined::One(Accurate));
        assert_eq!(join(Accurate, Disputed), Joined::Two(Accurate, Disputed));
        let fill = |a: &str, b: &str| rule::fill(String::from(a), String::from(b));
        assert_eq!(fill(" ", "Rina Falk"), Joined::One("Rina Falk".into()));
        assert_eq!(fill("R. Falk", "Rina Falk"), Joined::One("R. Falk".into()));
        assert_eq!(
            rule::union(vec![1, 2], vec![3, 2]),
            Joined::One(vec![1, 2, 3])
        );
        assert_eq!(rule::union(false, true), Joined::One(true));
    }

    /// What the fields of each kind of record join by, in words.
    struct Rules(String);

    impl Rules {
        fn of<R: Record>(&mut self, kind: &str) {
            use Join::*;
            self.0 += kind;
            for rule in [Keep, Fill, Union, Append, Ask] {
                let by = R::KEYS.iter().filter(|k| R::facts(**k).join == rule);
                let words: Vec<&str> = by.map(|k| R::word(*k)).collect();
                if !words.is_empty() {
                    self.0 += &format!("; {rule:?}: {}", words.join(" "));
                }
            }
            self.0.push('\n');
        }
    }

    impl EachKind for Rules {
        fn on<R: Kind>(&mut self) {
            self.of::<R>(R::NAME);
        }
    }

    /// Keeping and filling let a value go. They are the rules of what a record is by itself, and of the names of sources,
    /// which stay among the other names; whatever a checker wrote is asked about, or both stay.
    #[test]
    fn the_rules_of_what_a_checker_wrote_lose_nothing() {
        let mut rules = Rules(String::new());
        rules.of::<Article>("article");
        each_kind(&mut rules);
        insta::assert_snapshot!(rules.0, @"
        article; Ask: title byline url published_at language current_version
        article version; Keep: original_sha256 origin added_at left_out; Ask: reader
        statement; Keep: anchor block origin why; Ask: decision reason
        claim; Keep: home proposed created updated; Union: statements tags; Append: justification notes; Ask: wording check_worthiness claim_type verification_status rating workflow_state change
        attribution; Keep: claim statement proposed; Union: about; Ask: source source_span cue content stance certainty quotation_type via
        source; Fill: name; Union: protect_identity also_called; Append: contact note; Ask: type role affiliation url reliability independence_group
        evidence; Append: note; Ask: kind source title url archived_url accessed_at published_at contact calculation file
        held evidence; Keep: claim evidence; Ask: evidence_stance locator excerpt credibility
        forwarding of; Keep: into
        conflict; Keep: theirs step made
        ");
    }
}
