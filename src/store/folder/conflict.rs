//! What programs that bring copies together leave in a session's folder: git's conflict markers.

/// What is said of a file with git's markers in it.
pub(crate) const MERGED: &str = "two branches were merged here and git left its conflict markers";

/// A line of git's that says which side of a conflict the lines after it come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// Ours follow.
    Ours,
    /// What both sides began with follows.
    Base,
    /// Theirs follow.
    Theirs,
    /// The conflict ends.
    End,
}

impl Marker {
    /// The marker that `line`, without its line end, is.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let sign = line.get(..7)?;
        let named = line.get(7).is_none_or(|b| *b == b' ');
        match sign {
            b"<<<<<<<" if named => Some(Self::Ours),
            b"|||||||" if named => Some(Self::Base),
            b"=======" if line.len() == 7 => Some(Self::Theirs),
            b">>>>>>>" if named => Some(Self::End),
            _ => None,
        }
    }
}

/// Whether there is a conflict in `bytes`: a marker that begins one.
pub(crate) fn is_in(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"<<<<<<<").any(|at| {
        let begins = at == 0 || bytes.get(at - 1) == Some(&b'\n');
        begins && Marker::of(bytes.get(at..at + 8).unwrap_or_default()) == Some(Marker::Ours)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_known_by_their_seven_signs() {
        for (line, marker) in [
            ("<<<<<<< HEAD", Some(Marker::Ours)),
            ("||||||| 1a2b3c4", Some(Marker::Base)),
            ("=======", Some(Marker::Theirs)),
            ("=======\r", Some(Marker::Theirs)),
            (">>>>>>> ana/check", Some(Marker::End)),
            ("<<<<<<<<", None),
            ("========", None),
            ("{\"seq\":1}", None),
            ("<<<", None),
        ] {
            assert_eq!(Marker::of(line.as_bytes()), marker, "{line}");
        }
        assert!(is_in(b"{}\n<<<<<<< HEAD\n{}\n"));
        assert!(is_in(b"<<<<<<< HEAD\n"));
        assert!(!is_in(b"{\"note\":\"<<<<<<< HEAD\"}\n"));
        assert!(!is_in(b""));
    }
}
