//! One block as the rules see it: its tokens, quotations and sentences.

use std::ops::Range;

use super::lexicon::{AttributionLexicon, Cue};
use super::quote::Quotation;
use super::token::{self, Pos, Token};

/// A sentence is never looked at further than this many tokens at once, so that work stays linear.
const LONGEST: usize = 300;

/// A stretch that the rules work on: a sentence of the author's, or one inside a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// Its first token.
    pub lo: usize,
    /// The token behind its last.
    pub hi: usize,
    /// How many quotations it stands in.
    pub level: u8,
}

/// One block.
pub(crate) struct Para<'a> {
    pub text: &'a str,
    pub toks: &'a [Token],
    pub quotes: &'a [Quotation],
    pub lexicon: &'static AttributionLexicon,
}

impl<'a> Para<'a> {
    /// The words of token `k`; empty beyond the last.
    pub(crate) fn word(&self, k: usize) -> &'a str {
        self.toks
            .get(k)
            .map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// Whether token `k` is `word` in any case.
    pub(crate) fn is(&self, k: usize, word: &str) -> bool {
        self.toks.get(k).is_some_and(|t| {
            (t.end - t.start) as usize == word.len()
                && self.text.as_bytes()[t.start as usize..t.end as usize]
                    .eq_ignore_ascii_case(word.as_bytes())
        })
    }

    /// The words of tokens `range`, as they stand.
    pub(crate) fn words(&self, range: Range<usize>) -> &'a str {
        let b = self.bytes(range);
        &self.text[b.start as usize..b.end as usize]
    }

    /// The bytes of tokens `range`; empty where the range is.
    pub(crate) fn bytes(&self, range: Range<usize>) -> Range<u32> {
        token::bytes(self.toks, range)
    }

    /// The cue that token `k` is a form of.
    pub(crate) fn cue(&self, k: usize) -> Option<&'static Cue> {
        self.lexicon.cue(self.toks.get(k)?.cue)
    }

    /// How many tokens behind the verb at `k` belong to its cue `c` ("out" in "pointed out"); none where they are missing.
    pub(crate) fn tail(&self, k: usize, c: &Cue) -> Option<usize> {
        c.tail(self.text, self.toks.get(k + 1..)?)
    }

    /// The quotation that opens at token `k`.
    pub(crate) fn quote_from(&self, k: usize) -> Option<&'a Quotation> {
        let n = self.quotes.partition_point(|q| q.open < k);
        self.quotes.get(n).filter(|q| q.open == k)
    }

    /// The outermost quotation that holds token `k`.
    pub(crate) fn quote_at(&self, k: usize) -> Option<&'a Quotation> {
        let n = self.quotes.partition_point(|q| q.open <= k);
        self.quotes[..n]
            .iter()
            .rev()
            .take(8)
            .filter(|q| q.depth == 1)
            .find(|q| k < q.end)
    }
}

/// Token `k` where it stands in the segment, outside any quotation that is not the segment's.
pub(crate) fn here<'p>(p: &'p Para<'_>, seg: &Segment, k: usize) -> Option<&'p Token> {
    p.toks
        .get(k)
        .filter(|t| k < seg.hi && k >= seg.lo && t.depth == seg.level)
}

/// The author's sentences: a border inside a quotation does not end one. `sentences` are byte ranges of the text.
pub(crate) fn outer(toks: &[Token], sentences: &[Range<usize>], out: &mut Vec<Segment>) {
    out.clear();
    let mut lo = 0;
    let mut k = 0;
    for s in sentences {
        while k < toks.len() && (toks[k].start as usize) < s.end {
            k += 1;
        }
        let inside = k > 0
            && k < toks.len()
            && toks[k - 1].depth > 0
            && toks[k].depth > 0
            && toks[k].pos != Pos::Quote;
        if !inside || k - lo > LONGEST {
            cut(lo, k, 0, out);
            lo = k;
        }
    }
    cut(lo, toks.len(), 0, out);
}

/// The sentences inside quotation `q`, each as a segment one level deeper.
pub(crate) fn inner(toks: &[Token], q: &Quotation, out: &mut Vec<Segment>) {
    out.clear();
    let lo = q.open + usize::from(toks[q.open].pos == Pos::Quote);
    let hi = if q.closed || toks[q.end - 1].pos == Pos::Quote {
        q.end - 1
    } else {
        q.end
    };
    let mut from = lo;
    for k in lo..hi {
        if toks[k].pos == Pos::Stop
            && toks
                .get(k + 1)
                .is_some_and(|n| n.capital || n.pos == Pos::Quote)
        {
            cut(from, k + 1, q.depth, out);
            from = k + 1;
        }
    }
    cut(from, hi, q.depth, out);
}

fn cut(lo: usize, hi: usize, level: u8, out: &mut Vec<Segment>) {
    let mut lo = lo;
    while hi > lo {
        let end = hi.min(lo + LONGEST);
        out.push(Segment { lo, hi: end, level });
        lo = end;
    }
}
