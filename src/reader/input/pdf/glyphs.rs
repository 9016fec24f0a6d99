//! Puts characters at their places together to lines.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use crate::reader::input::guard::Stop;

/// A page's lines in the order in which the page draws them.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub number: u32,
    /// Height in points.
    pub height: f64,
    pub lines: Vec<RunOfWords>,
    /// Characters whose font does not say which they are.
    pub unread: usize,
}

/// A run of words on one base line. Points, from the page's top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct RunOfWords {
    pub left: f64,
    pub right: f64,
    pub y: f64,
    /// The size of its letters.
    pub size: f64,
    pub text: String,
}

/// Characters of one page that are read at most.
const MOST: usize = 400_000;

/// Collects what a page draws.
pub(super) struct Device<'a> {
    page: PageText,
    bottom: f64,
    line: Option<RunOfWords>,
    read: usize,
    /// An accent that stands alone so far.
    accent: Option<Accent>,
    stop: &'a Stop,
}

/// An accent with a place of its own, as TeX draws it.
struct Accent {
    /// The combining character.
    mark: char,
    /// A letter that begins left of this stands under it.
    right: f64,
    size: f64,
}

/// The combining character of an accent with a place of its own.
fn combining(c: char) -> Option<char> {
    Some(match c {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// The letter with an accent, where there is such a letter.
fn composed(mark: char, letter: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    };
    unicode_normalization::char::compose(letter, mark)
}

impl<'a> Device<'a> {
    pub fn new(number: u32, stop: &'a Stop) -> Self {
        Self {
            page: PageText {
                number,
                height: 842.0,
                ..PageText::default()
            },
            bottom: 0.0,
            line: None,
            read: 0,
            accent: None,
            stop,
        }
    }

    pub fn finish(mut self) -> PageText {
        self.end_of_line();
        self.page
    }

    fn end_of_line(&mut self) {
        if let Some(mut line) = self.line.take() {
            line.text.truncate(line.text.trim_end().len());
            if !line.text.trim().is_empty() {
                self.page.lines.push(line);
            }
        }
    }

    fn place(&mut self, x: f64, y: f64, size: f64, advance: f64, words: &str) {
        if let Some(line) = &self.line {
            let reach = size.max(line.size);
            let same = (y - line.y).abs() < 0.5 * reach
                && x > line.right - 0.6 * reach
                && x < line.right + 3.0 * reach;
            if !same {
                self.end_of_line();
            }
        }
        let line = self.line.get_or_insert_with(|| RunOfWords {
            left: x,
            right: x,
            y,
            size,
            text: String::new(),
        });
        let gap = x - line.right;
        if gap > 0.15 * size && !line.text.is_empty() && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        let accent = self
            .accent
            .take()
            .filter(|a| x < a.right && size > 0.5 * a.size);
        for c in words.chars() {
            if let Some(whole) = accent.as_ref().and_then(|a| composed(a.mark, c)) {
                // An accent that was drawn first, with its letter set under it.
                line.text.pop();
                line.text.push(whole);
                continue;
            }
            match c {
                '\u{a0}' | '\t' => line.text.push(' '),
                'ﬀ' => line.text.push_str("ff"),
                'ﬁ' => line.text.push_str("fi"),
                'ﬂ' => line.text.push_str("fl"),
                'ﬃ' => line.text.push_str("ffi"),
                'ﬄ' => line.text.push_str("ffl"),
                'ﬅ' | 'ﬆ' => line.text.push_str("st"),
                c if c.is_control() => {}
                c => line.text.push(c),
            }
        }
        let mark = words.chars().next().and_then(combining);
        self.accent = mark.map(|mark| Accent {
            mark,
            right: x + 0.8 * advance,
            size,
        });
        line.right = line.right.max(x + advance);
        // A raised figure or a dropped letter does not set the line's size.
        if size > line.size {
            (line.size, line.y) = (size, y);
        }
    }
}

impl OutputDev for Device<'_> {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page.height = (media.ury - media.lly).abs().max(1.0);
        self.bottom = media.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.end_of_line();
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        words: &str,
    ) -> Result<(), OutputError> {
        self.read += 1;
        if self.read > MOST || self.read.is_multiple_of(1024) && self.stop.is_set() {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        if words.is_empty() {
            self.page.unread += 1;
            return Ok(());
        }
        // Text that runs upwards is a stamp at the margin.
        if at.m12.abs() > at.m11.abs() {
            return Ok(());
        }
        let scale = (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let (x, y) = (at.m31, self.page.height - (at.m32 - self.bottom));
        let size = size.abs() * scale;
        let advance = width * size;
        if [x, y, size, advance].iter().all(|n| n.is_finite()) && size > 0.1 {
            self.place(x, y, size, advance, words);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
