//! How far long work is.

/// What work is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressUnit {
    /// Bytes that have come in.
    Bytes,
    /// Pages of a document.
    Pages,
    /// Chapters of a book.
    Chapters,
    /// Claims of a session.
    Claims,
}

/// How far a piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is counted.
    pub unit: ProgressUnit,
    /// How much is done.
    pub done: u64,
    /// How much there is, where that is known.
    pub of: Option<u64>,
}

impl Progress {
    /// The progress in words: `12 of 64 MB`, `page 3 of 210`.
    pub fn words(&self) -> String {
        match (self.unit, self.of) {
            (ProgressUnit::Bytes, Some(of)) if of >= self.done => {
                let scale = Scale::of(of);
                format!("{} of {}", scale.number(self.done), scale.said(of))
            }
            (ProgressUnit::Bytes, _) => size(self.done),
            (ProgressUnit::Pages, Some(of)) => format!("page {} of {of}", self.done),
            (ProgressUnit::Pages, None) => format!("page {}", self.done),
            (ProgressUnit::Chapters, Some(of)) => format!("chapter {} of {of}", self.done),
            (ProgressUnit::Chapters, None) => format!("chapter {}", self.done),
            (ProgressUnit::Claims, Some(of)) => {
                format!("{} of {} claims", thousands(self.done), thousands(of))
            }
            (ProgressUnit::Claims, None) => format!("{} claims", thousands(self.done)),
        }
    }

    /// How much of the work is done, in percent; none where its extent is not known.
    pub fn percent(&self) -> Option<u8> {
        let of = self.of.filter(|of| *of > 0)?;
        let share = u128::from(self.done.min(of)) * 100 / u128::from(of);
        u8::try_from(share).ok()
    }
}

/// A number with a comma before every three digits.
fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size as said to people: `12 MB`, `5.0 GB`.
pub fn size(bytes: u64) -> String {
    Scale::of(bytes).said(bytes)
}

/// In what a size is said.
#[derive(Clone, Copy)]
struct Scale {
    bytes: u64,
    word: &'static str,
    /// Whether a tenth of it is worth saying.
    tenths: bool,
}

impl Scale {
    fn of(bytes: u64) -> Self {
        let (bytes, word, tenths) = match bytes {
            0..1_000 => (1, "bytes", false),
            1_000..1_000_000 => (1_000, "KB", false),
            1_000_000..1_000_000_000 => (1_000_000, "MB", false),
            1_000_000_000..1_000_000_000_000 => (1_000_000_000, "GB", true),
            _ => (1_000_000_000_000, "TB", true),
        };
        Self {
            bytes,
            word,
            tenths,
        }
    }

    fn number(self, bytes: u64) -> String {
        match self.tenths {
            true => format!(
                "{}.{}",
                bytes / self.bytes,
                bytes % self.bytes / (self.bytes / 10)
            ),
            false => (bytes / self.bytes).to_string(),
        }
    }

    fn said(self, bytes: u64) -> String {
        format!("{} {}", self.number(bytes), self.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_words_and_in_percent() {
        let at = |unit, done, of| Progress { unit, done, of };
        for (progress, words, percent) in [
            (
                at(ProgressUnit::Bytes, 12_000_000, Some(64_000_000)),
                "12 of 64 MB",
                Some(18),
            ),
            (
                at(ProgressUnit::Bytes, 1_290_000_000, Some(5_000_000_000)),
                "1.2 of 5.0 GB",
                Some(25),
            ),
            (at(ProgressUnit::Bytes, 70, Some(64)), "70 bytes", Some(100)),
            (at(ProgressUnit::Bytes, 3_400, None), "3 KB", None),
            (at(ProgressUnit::Bytes, 0, Some(0)), "0 of 0 bytes", None),
            (
                at(ProgressUnit::Pages, 3, Some(210)),
                "page 3 of 210",
                Some(1),
            ),
            (
                at(ProgressUnit::Claims, 3_400, Some(1_234_567)),
                "3,400 of 1,234,567 claims",
                Some(0),
            ),
            (at(ProgressUnit::Claims, 120, None), "120 claims", None),
            (
                at(ProgressUnit::Chapters, 2, Some(2)),
                "chapter 2 of 2",
                Some(100),
            ),
        ] {
            assert_eq!(
                (progress.words().as_str(), progress.percent()),
                (words, percent)
            );
        }
        assert_eq!(
            (size(12), size(3_400), size(12_900_000)),
            ("12 bytes".into(), "3 KB".into(), "12 MB".into())
        );
    }
}
