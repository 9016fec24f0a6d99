//! How the annotated JSON is laid out: an entry a line on the outer two levels, so that a claim is a line.

use std::io;

/// Lays out the outer two levels one entry a line, and everything inside them compactly.
#[derive(Default)]
pub(super) struct Lines {
    depth: usize,
    filled: bool,
}

/// Containers down to this depth have an entry a line.
const BROKEN: usize = 2;

impl Lines {
    fn open(&mut self, w: &mut (impl io::Write + ?Sized), b: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        w.write_all(b)
    }
    fn close(&mut self, w: &mut (impl io::Write + ?Sized), b: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < BROKEN && self.filled {
            self.line(w)?;
        }
        self.filled = true;
        w.write_all(b)
    }
    fn entry(&self, w: &mut (impl io::Write + ?Sized), first: bool) -> io::Result<()> {
        if !first {
            w.write_all(b",")?;
        }
        if self.depth <= BROKEN {
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
        w.write_all(if self.depth <= BROKEN { b": " } else { b":" })
    }
    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}
