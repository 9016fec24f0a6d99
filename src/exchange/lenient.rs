//! JSON of others, read without making a tree of it: what is of another kind than wanted is as good as absent, and what
//! nobody asks for is passed over. Texts are borrowed from the file where nothing in them is escaped.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A value without its inside: of a list the texts are kept, objects are passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Atom<'a> {
    /// `null`, an object, or no such key.
    #[default]
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// The texts in a list.
    Texts(Vec<Cow<'a, str>>),
}

impl Atom<'_> {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same value, borrowed from this one.
    pub fn borrowed(&self) -> Atom<'_> {
        match self {
            Self::Text(text) => Atom::Text(Cow::Borrowed(text)),
            Self::Nothing => Atom::Nothing,
            Self::Bool(b) => Atom::Bool(*b),
            Self::Whole(n) => Atom::Whole(*n),
            Self::Number(n) => Atom::Number(*n),
            Self::Texts(_) => Atom::Texts(self.texts()),
        }
    }

    /// The texts in a list; a text or a number in its place is one.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Texts(all) => all.iter().map(|t| t.as_ref().into()).collect(),
            Self::Text(text) => vec![text.as_ref().into()],
            Self::Whole(_) | Self::Number(_) => vec![self.to_string().into()],
            Self::Nothing | Self::Bool(_) => Vec::new(),
        }
    }

    /// The text; empty where it is none.
    pub fn words(&self) -> &str {
        self.text().unwrap_or("")
    }

    /// The number, where it is a whole one from 0.
    pub fn whole(&self) -> Option<u64> {
        match self {
            Self::Whole(n) => Some(*n),
            _ => None,
        }
    }

    /// The number, where it is one that offsets can be.
    pub fn offset(&self) -> Option<u32> {
        match self {
            Self::Whole(n) => u32::try_from(*n).ok(),
            _ => None,
        }
    }
}

/// The value as it is written in a file; empty for what has something inside it.
impl fmt::Display for Atom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing | Self::Texts(_) => Ok(()),
            Self::Bool(b) => b.fmt(f),
            Self::Whole(n) => n.fmt(f),
            Self::Number(n) => n.fmt(f),
            Self::Text(t) => f.write_str(t),
        }
    }
}

struct Atoms;

impl<'de> Visitor<'de> for Atoms {
    type Value = Atom<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_unit<E: Error>(self) -> Result<Atom<'de>, E> {
        Ok(Atom::Nothing)
    }
    fn visit_bool<E: Error>(self, b: bool) -> Result<Atom<'de>, E> {
        Ok(Atom::Bool(b))
    }
    fn visit_u64<E: Error>(self, n: u64) -> Result<Atom<'de>, E> {
        Ok(Atom::Whole(n))
    }
    fn visit_i64<E: Error>(self, n: i64) -> Result<Atom<'de>, E> {
        Ok(u64::try_from(n).map_or(Atom::Number(n as f64), Atom::Whole))
    }
    fn visit_f64<E: Error>(self, n: f64) -> Result<Atom<'de>, E> {
        Ok(Atom::Number(n))
    }
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Atom<'de>, E> {
        Ok(Atom::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Atom<'de>, E> {
        Ok(Atom::Text(Cow::Owned(text.into())))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Atom<'de>, A::Error> {
        let mut texts = Vec::new();
        while let Some(one) = seq.next_element()? {
            if let Atom::Text(text) = one {
                texts.push(text);
            }
        }
        Ok(Atom::Texts(texts))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Atom<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Atom::Nothing)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Atom<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Atoms)
    }
}

/// An object of which some keys are asked for.
pub(super) trait Object<'de>: Default {
    /// What a text in its place means.
    fn of_text(_: &str) -> Self {
        Self::default()
    }

    /// What a list in its place means: its first entries are taken, the others passed over.
    ///
    /// # Errors
    ///
    /// What the list's own reader says.
    fn of_list<A: SeqAccess<'de>>(_: &mut A) -> Result<Self, A::Error> {
        Ok(Self::default())
    }
}

/// An object; one without keys where there is something else.
#[derive(Clone, Debug, Default)]
pub(super) struct Any<T>(pub T);

/// The entries of a list, or the one entry that stands in its place; none for `null`.
#[derive(Clone, Debug, Default)]
pub(super) struct Many<T> {
    pub all: Vec<T>,
    /// Whether it was a list.
    pub list: bool,
}

/// The methods of a visitor for what has nothing inside it and is no text.
macro_rules! other {
    ($($visit:ident $kind:ty)*) => {
        $(fn $visit<E: Error>(self, _: $kind) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        })*
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }
    };
}

pub(super) use other;

struct Objects<T>(PhantomData<T>);
struct Lists<T>(PhantomData<T>);

impl<'de, T: Object<'de> + Deserialize<'de>> Visitor<'de> for Objects<T> {
    type Value = Any<T>;
    other!(visit_bool bool visit_u64 u64 visit_i64 i64 visit_f64 f64);
    fn visit_str<E: Error>(self, text: &str) -> Result<Any<T>, E> {
        Ok(Any(T::of_text(text)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Any<T>, A::Error> {
        let object = T::of_list(&mut seq)?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Any(object))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Any<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Any)
    }
}

impl<'de, T: Object<'de> + Deserialize<'de>> Visitor<'de> for Lists<T> {
    type Value = Many<T>;
    other!(visit_bool bool visit_u64 u64 visit_i64 i64 visit_f64 f64);
    fn visit_str<E: Error>(self, text: &str) -> Result<Many<T>, E> {
        Ok(Many {
            all: vec![T::of_text(text)],
            list: false,
        })
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Many<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(Any(one)) = seq.next_element()? {
            all.push(one);
        }
        Ok(Many { all, list: true })
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
        let Any(one) = Objects(PhantomData).visit_map(map)?;
        Ok(Many {
            all: vec![one],
            list: false,
        })
    }
}

impl<'de, T: Object<'de> + Deserialize<'de>> Deserialize<'de> for Any<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Objects(PhantomData))
    }
}

impl<'de, T: Object<'de> + Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Lists(PhantomData))
    }
}

/// The entries of an object whose keys nobody knows beforehand.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries<'a>(pub Vec<(Cow<'a, str>, Atom<'a>)>);

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Entries<'de>;
    other!(visit_bool bool visit_u64 u64 visit_i64 i64 visit_f64 f64 visit_str &str);
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Entries<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Entries::default())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut all = Vec::new();
        while let Some((JsonKey(key), value)) = map.next_entry()? {
            all.push((key, value));
        }
        Ok(Entries(all))
    }
}

impl Object<'_> for Entries<'_> {}

impl Entries<'_> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Atom<'_>> {
        let mut all = self.0.iter();
        all.rfind(|(k, _)| k == key).map(|(_, v)| v)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(Pairs)
    }
}

/// A key, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
pub(super) struct JsonKey<'a>(#[serde(borrow)] pub Cow<'a, str>);
