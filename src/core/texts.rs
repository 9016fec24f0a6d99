//! The texts within the values of a record, so that whoever has to look at each of them forgets none.

use super::facts::Written;
use super::set::Set;

/// One text of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is within the value; none where the value is this one text.
    pub part: Option<&'static str>,
    /// How it is written.
    pub how: How,
}

/// How one text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// To be read: names have capitals.
    Prose,
    /// For the desk: small letters mean nothing.
    Note,
    /// A link, a file's name, a tag: words are joined.
    Link,
    /// A sum, which names nobody, but shows what was summed to who can guess it.
    Sum,
}

impl Piece {
    /// The one text of a value of a field whose texts are `written` so.
    fn whole(written: Written) -> Self {
        let how = match written {
            Written::Prose => How::Prose,
            Written::Link => How::Link,
            Written::Sum => How::Sum,
            // A value of one text has no parts, and one without texts shows none.
            Written::Note | Written::Nothing | Written::Parts => How::Note,
        };
        Self { part: None, how }
    }

    /// One of several texts of a value.
    pub(super) fn part(part: &'static str, how: How) -> Self {
        Self {
            part: Some(part),
            how,
        }
    }
}

/// A value that can show its texts.
pub trait Texts {
    /// Whether it holds any. A type has to say so itself, since a forgotten one would be a leak.
    const SOME: bool;
    /// Shows every text of the value to `show`.
    fn read<'a>(&'a self, _show: &mut dyn FnMut(&'a str)) {}
    /// Hands every text of the value to `show`, to be changed; those of a field are `written` so.
    fn each(&mut self, _written: Written, _show: &mut dyn FnMut(Piece, &mut String)) {}
}

impl Texts for String {
    const SOME: bool = true;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        show(self);
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        show(Piece::whole(written), self);
    }
}

impl<T: Texts> Texts for Option<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        if let Some(value) = self {
            value.read(show);
        }
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        if let Some(value) = self {
            value.each(written, show);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        self.iter().for_each(|value| value.read(show));
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        self.iter_mut().for_each(|value| value.each(written, show));
    }
}

/// Members that are alike after a change are one.
impl<T: Texts + Ord + Clone> Texts for Set<T> {
    const SOME: bool = T::SOME;
    fn read<'a>(&'a self, show: &mut dyn FnMut(&'a str)) {
        self.iter().for_each(|member| member.read(show));
    }
    fn each(&mut self, written: Written, show: &mut dyn FnMut(Piece, &mut String)) {
        if T::SOME {
            self.change(|member| member.each(written, show));
        }
    }
}

impl Texts for bool {
    const SOME: bool = false;
}
