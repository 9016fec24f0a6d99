//! The macro that declares a record: a struct, the names of its fields, its fields with values, and what is true of each.

/// Declares a record. A row says of a field: its name, its type, its variant, its name on disk, and its
/// [`Facts`](super::facts::Facts); without one of them it does not compile.
macro_rules! record {
    (
        $(#[$doc:meta])* $name:ident $(: $derive:ident)?, fields $field:ident, keys $key:ident {
            $(#[$iddoc:meta])* id: $id:ty,
            $($(#[$fdoc:meta])* $f:ident: $ty:ty, $variant:ident $word:literal = label $label:literal, join $how:ident,
                edited $edited:ident, exchange $exchange:ident, written $written:ident, blind $blind:ident,
                signed $signed:ident, search $search:ident $(($by:expr))?;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $(#[derive($derive)])?
        pub struct $name { $(#[$iddoc])* pub id: $id, $($(#[$fdoc])* pub $f: $ty,)+ }

        #[doc = concat!("One field of a [`", stringify!($name), "`] with a value.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $field { $($(#[$fdoc])* $variant($ty),)+ }

        #[doc = concat!("The name of one field of a [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $key { $($(#[$fdoc])* $variant,)+ }

        impl $key {
            /// Every field, in the record's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// What holds for every value of the field.
            pub const fn facts(self) -> &'static $crate::core::facts::Facts {
                match self {
                    $(Self::$variant => const {
                        &$crate::core::facts::Facts {
                            word: $word,
                            label: $label,
                            join: $crate::core::facts::Join::$how,
                            edited: $crate::core::facts::Edited::$edited,
                            exchange: $crate::core::facts::Exchange::$exchange,
                            written: $crate::core::facts::Written::$written,
                            blind: $crate::core::facts::Blind::$blind,
                            signed: $crate::core::facts::Signed::$signed,
                            search: $crate::core::facts::Search::$search $(($by))?,
                        }
                    },)+
                }
            }
            /// The field's name on disk.
            pub const fn word(self) -> &'static str { self.facts().word }
            /// What the field is called on the screen.
            pub const fn label(self) -> &'static str { self.facts().label }
            /// The field called `word`, if there is one.
            pub fn from_word(word: &str) -> Option<Self> { Self::ALL.iter().copied().find(|k| k.word() == word) }
        }

        impl $field {
            /// Which field it is.
            pub fn key(&self) -> $key { match self { $(Self::$variant(_) => $key::$variant,)+ } }
        }

        // A field whose values hold texts says how they are written, and no other one does.
        $(const _: () = assert!(
            <$ty as $crate::core::texts::Texts>::SOME
                != matches!($crate::core::facts::Written::$written, $crate::core::facts::Written::Nothing),
            concat!("whether ", stringify!($name), "::", stringify!($f), " holds text, and how it is written")
        );)+

        impl $crate::core::join::Record for $name {
            type Key = $key;
            type Field = $field;
            const KEYS: &'static [$key] = $key::ALL;
            fn value(&self, key: $key) -> $field { self.get(key) }
            fn put(&mut self, value: $field) { self.set(value); }
            fn facts(key: $key) -> &'static $crate::core::facts::Facts { key.facts() }
            fn texts<'a>(&'a self, show: &mut dyn FnMut($key, &'a str)) {
                $($crate::core::texts::Texts::read(&self.$f, &mut |text| show($key::$variant, text));)+
            }
            fn each_text(&mut self, show: &mut dyn FnMut($key, $crate::core::texts::Piece, &mut String)) {
                $(
                    $crate::core::texts::Texts::each(&mut self.$f, $key::$variant.facts().written, &mut |piece, text| {
                        show($key::$variant, piece, text);
                    });
                )+
            }
            fn names(&self, see: &mut dyn FnMut($crate::core::refers::NamedRecord)) {
                $($crate::core::refers::Refers::names(&self.$f, see);)+
            }
        }

        impl $crate::core::refers::Refers for $field {
            fn names(&self, see: &mut dyn FnMut($crate::core::refers::NamedRecord)) {
                match self { $(Self::$variant(v) => $crate::core::refers::Refers::names(v, see),)+ }
            }
            fn each_name(&mut self, see: &mut dyn FnMut($crate::core::refers::Reference<'_>)) {
                match self { $(Self::$variant(v) => $crate::core::refers::Refers::each_name(v, see),)+ }
            }
        }

        impl $crate::core::join::Field for $field {
            type Key = $key;
            fn name(&self) -> $key { self.key() }
            fn facts(&self) -> &'static $crate::core::facts::Facts { self.key().facts() }
            fn is_blank(&self) -> bool { match self { $(Self::$variant(v) => $crate::core::join::Value::is_blank(v),)+ } }
            // A record of one field has no other.
            #[allow(unreachable_patterns)]
            fn with(&self, more: &Self) -> Option<Self> {
                match (self, more) {
                    $((Self::$variant(a), Self::$variant(b)) => $crate::core::join::Value::with(a, b).map(Self::$variant),)+
                    _ => None,
                }
            }
            #[allow(unreachable_patterns)]
            fn without(&self, less: &Self) -> Option<Self> {
                match (self, less) {
                    $((Self::$variant(a), Self::$variant(b)) => $crate::core::join::Value::without(a, b).map(Self::$variant),)+
                    _ => None,
                }
            }
            #[allow(unreachable_patterns)]
            fn join(self, gone: Self) -> $crate::core::join::Joined<Self> {
                match (self, gone) {
                    $((Self::$variant(kept), Self::$variant(gone)) => $crate::core::join::rule::function!($how)(kept, gone).map(Self::$variant),)+
                    // Values of two fields never meet.
                    (kept, _) => $crate::core::join::Joined::One(kept),
                }
            }
        }

        impl $name {
            /// The field's present value.
            pub fn get(&self, key: $key) -> $field { match key { $($key::$variant => $field::$variant(self.$f.clone()),)+ } }
            /// Puts a value in its field.
            pub fn set(&mut self, value: $field) { match value { $($field::$variant(v) => self.$f = v,)+ } }
        }
    };
}

pub(super) use record;
