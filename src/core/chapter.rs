//! A chapter of a book, to choose.

/// A chapter to choose. Its number is its place in the book, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// Its title; empty where it has none.
    pub title: String,
    /// Its length in characters, white space counted once.
    pub length: usize,
}
