//! How JSON is laid out: an entry a line on the outer levels, so that a claim or a mark is a line, files diff well, and
//! the size stays that of compact JSON.

use std::io;

use serde::{Serialize, Serializer};

use super::error::ExchangeError;

/// The value as JSON with an entry a line in lists and objects down to `levels`, and everything inside them compactly;
/// a line feed at the end.
pub(super) fn json_bytes(
    format: &'static str,
    value: &impl Serialize,
    levels: usize,
) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    let lines = Lines {
        levels,
        depth: 0,
        filled: false,
    };
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, lines);
    value
        .serialize(&mut serializer)
        .map_err(|e| ExchangeError::Internal {
            format,
            what: e.to_string(),
        })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A list whose entries are made as they are written, so that no list of them is ever in memory.
pub(super) struct Each<F>(pub F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq((self.0)())
    }
}

/// Lays out the outer levels one entry a line, and everything inside them compactly.
struct Lines {
    levels: usize,
    depth: usize,
    filled: bool,
}

impl Lines {
    fn open(&mut self, w: &mut (impl io::Write + ?Sized), b: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        w.write_all(b)
    }
    fn close(&mut self, w: &mut (impl io::Write + ?Sized), b: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < self.levels && self.filled {
            self.line(w)?;
        }
        self.filled = true;
        w.write_all(b)
    }
    fn entry(&self, w: &mut (impl io::Write + ?Sized), first: bool) -> io::Result<()> {
        if !first {
            w.write_all(b",")?;
        }
        if self.depth <= self.levels {
            self.line(w)
        } else {
            Ok(())
        }
    }
    fn line(&self, w: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        w.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| w.write_all(b"  "))
    }
}

impl serde_json::ser::Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.open(w, b"[")
    }
    fn end_array<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.close(w, b"]")
    }
    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        w: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(w, first)
    }
    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
    fn begin_object<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.open(w, b"{")
    }
    fn end_object<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.close(w, b"}")
    }
    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        w: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(w, first)
    }
    fn begin_object_value<W: ?Sized + io::Write>(&mut self, w: &mut W) -> io::Result<()> {
        w.write_all(if self.depth <= self.levels {
            b": "
        } else {
            b":"
        })
    }
    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}
