//! Version 1: what the written form of a value is, and that of lists and sets of values.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::core::set::Set;
use crate::store::disk::known::{Known, Unresolved};

/// The written form of a value of the model. Writing borrows from the model, reading owns: neither copies text twice.
pub(crate) trait Form<'a>: Sized {
    /// The model's type.
    type Model: 'a;
    /// Whether the value is a set, which edits change by its members.
    const IS_SET: bool = false;
    /// The form of `model`.
    fn of(model: &'a Self::Model) -> Self;
    /// The model's value, where `known` is what was read before.
    ///
    /// # Errors
    /// When it names what is not known.
    fn into_model(self, known: &Known) -> Result<Self::Model, Unresolved>;
}

/// A form that means the same whatever was read before.
pub(crate) trait Plain<'a>: Sized {
    /// The model's type.
    type Value: 'a;
    /// The form of `value`.
    fn from_value(value: &'a Self::Value) -> Self;
    /// The model's value.
    fn into_value(self) -> Self::Value;
}

impl<'a, P: Plain<'a>> Form<'a> for P {
    type Model = P::Value;
    fn of(model: &'a P::Value) -> Self {
        Self::from_value(model)
    }
    fn into_model(self, _: &Known) -> Result<P::Value, Unresolved> {
        Ok(self.into_value())
    }
}

impl<'a, F: Form<'a>> Form<'a> for Option<F> {
    type Model = Option<F::Model>;
    fn of(model: &'a Self::Model) -> Self {
        model.as_ref().map(F::of)
    }
    fn into_model(self, known: &Known) -> Result<Self::Model, Unresolved> {
        self.map(|form| form.into_model(known)).transpose()
    }
}

impl<'a, F: Form<'a>> Form<'a> for Vec<F> {
    type Model = Vec<F::Model>;
    fn of(model: &'a Self::Model) -> Self {
        model.iter().map(F::of).collect()
    }
    fn into_model(self, known: &Known) -> Result<Self::Model, Unresolved> {
        self.into_iter()
            .map(|form| form.into_model(known))
            .collect()
    }
}

/// A set, as a list in the order of its members. In any order it is read as the same set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SetForm<F>(Vec<F>);

impl<F> SetForm<F> {
    /// The members in the order in which they are written.
    pub(crate) fn into_list(self) -> Vec<F> {
        self.0
    }

    /// Whether there is no member.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, F: Form<'a>> Form<'a> for SetForm<F>
where
    F::Model: Ord,
{
    type Model = Set<F::Model>;
    const IS_SET: bool = true;
    fn of(model: &'a Self::Model) -> Self {
        Self(model.iter().map(F::of).collect())
    }
    fn into_model(self, known: &Known) -> Result<Self::Model, Unresolved> {
        self.0
            .into_iter()
            .map(|form| form.into_model(known))
            .collect()
    }
}

impl<F: JsonSchema> JsonSchema for SetForm<F> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        Vec::<F>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<F>::json_schema(generator)
    }
}

macro_rules! as_it_is {
    ($($t:ty),+) => { $(
        impl<'a> Plain<'a> for $t {
            type Value = $t;
            fn from_value(value: &'a $t) -> Self { *value }
            fn into_value(self) -> $t { self }
        }
    )+ };
}
as_it_is!(bool, u32, u64);
