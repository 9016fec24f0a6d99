//! The names of sessions.

use std::fmt;
use std::ops::Deref;

use super::StoreError;

/// The name of a session: one plain name that is not hidden, so that it leads nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionName(Box<str>);

impl SessionName {
    /// The session called `name`.
    ///
    /// # Errors
    /// When no session can be called so.
    pub fn new(name: &str) -> Result<Self, StoreError> {
        match Self::is_one(name) {
            true => Ok(Self(name.into())),
            false => Err(StoreError::BadName(name.into())),
        }
    }

    /// Whether a session can be called `name`.
    pub(crate) fn is_one(name: &str) -> bool {
        let plain = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':');
        !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
    }

    /// The first name like `wish` that is not `taken`: in lower case, its letters and digits joined by hyphens, with a
    /// number if need be.
    pub(crate) fn free(wish: &str, taken: impl Fn(&str) -> bool) -> Self {
        let base = slug(wish);
        let mut name = base.clone();
        let mut n = 2u32;
        while taken(&name) {
            name = format!("{base}-{n}");
            n += 1;
        }
        Self(name.into())
    }
}

/// `wish` as a name.
fn slug(wish: &str) -> String {
    const LONGEST: usize = 48;
    let mut name = String::new();
    for c in wish.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if name.len() + c.len_utf8() > LONGEST {
                break;
            }
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    match name.is_empty() {
        true => "article".into(),
        false => name.into(),
    }
}

impl Deref for SessionName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SessionName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        for name in ["", ".", "..", ".hidden", "a/b", "a\\b", "c:", "a\nb"] {
            assert!(SessionName::new(name).is_err(), "{name:?}");
        }
        assert_eq!(
            SessionName::free("Kell: Bridge!", |n| n == "kell-bridge").as_ref(),
            "kell-bridge-2"
        );
        assert_eq!(SessionName::free("…", |_| false).as_ref(), "article");
    }
}
