//! The first pass: statements and attributions, block by block.

use std::ops::Range;

use super::emit::{emit, is_mark, kind_of, one_line};
use super::found::FoundAttribution;
use super::lexicon::{AttributionLexicon, Language, class};
use super::para::{Para, Segment, inner, outer};
use super::phrase::Phrase;
use super::quote::{self, Quotation};
use super::settle::{adopt, settle, signed};
use super::token::{self, Pos, Token};
use super::{lang, layout, other, quoted, verb};
use crate::core::vocabulary::{BlockKind, Certainty, QuotationType, Stance};

/// How many blocks a quotation may be carried over; also how far a window must look back to agree with a whole run.
pub(crate) const CARRY: usize = 8;

/// An attribution in bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct Attributed {
    pub source: Option<Range<u32>>,
    pub cue: Option<Range<u32>>,
    pub content: Vec<Range<u32>>,
    pub about: Option<Range<u32>>,
    pub kind: QuotationType,
    pub stance: Stance,
    pub certainty: Certainty,
    pub negated: bool,
    /// An index into the block's list.
    pub via: Option<usize>,
    pub rule: &'static str,
    pub why: Box<str>,
    /// The byte where it stands: the cue's, else the content's first.
    pub at: u32,
}

/// The speaker whose quotation may go on in the next block.
#[derive(Clone, Debug, Default)]
struct Carry {
    source: Option<Range<u32>>,
    /// The cue that announced what follows.
    cue: Option<Range<u32>>,
    words: Box<str>,
    /// Whether the quotation was left open.
    open: bool,
    /// Whether the block ended with a colon, so that a quote block belongs to it.
    announced: bool,
    /// How many blocks ago the speaker was named.
    age: usize,
    certainty: Certainty,
    /// Whether it was the writer who asked, so that the quotation that follows is somebody else's.
    asked: bool,
}

/// What works through the blocks of one text in order.
pub(crate) struct FirstPass<'t> {
    text: &'t str,
    lexicon: &'static AttributionLexicon,
    tokens: Vec<Token>,
    segments: Vec<Segment>,
    inner: Vec<Segment>,
    found: Vec<FoundAttribution>,
    carry: Option<Carry>,
}

/// What one block gave.
#[derive(Debug, Default)]
pub(crate) struct BlockResult {
    pub attributions: Vec<Attributed>,
    /// Whether the block has a verb at all, as far as verbs are known: a label has none.
    pub verbal: bool,
    pub words: usize,
    /// Where the sentences begin that are a few words without a verb, in order.
    fragments: Vec<u32>,
}

impl BlockResult {
    /// Whether `sentence` is a few words without a verb: a label, a tally, a heading.
    pub(crate) fn is_fragment(&self, sentence: &Range<usize>) -> bool {
        self.fragments
            .binary_search(&(sentence.start as u32))
            .is_ok()
    }
}

/// The most words of what is no statement where it has no verb.
const FRAGMENT: usize = 5;

/// Where the sentences begin that are a few words without a verb.
fn fragments(tokens: &[Token], sentences: &[Range<usize>]) -> Vec<u32> {
    let mut out = Vec::new();
    let mut k = 0;
    for s in sentences {
        let from = k;
        k += tokens[k..].partition_point(|t| (t.start as usize) < s.end);
        let own = &tokens[from..k];
        let few = own
            .iter()
            .filter(|t| !is_mark(t.pos))
            .take(FRAGMENT + 1)
            .count()
            <= FRAGMENT;
        if few && !own.iter().any(is_verbal) {
            out.push(s.start as u32);
        }
    }
    out
}

/// Finds what is attributed outside of quotation marks: by the layout of the block, else by its words.
fn outside(
    p: &Para<'_>,
    kind: BlockKind,
    labelled: bool,
    segments: &[Segment],
    found: &mut Vec<FoundAttribution>,
) {
    let told = kind == BlockKind::QuoteBlock || kind.is_voiced();
    let whole = !told && layout::colon(p, kind == BlockKind::Headline, labelled, found);
    if let Some(f) = found.first().filter(|f| whole && f.rule == "transcript") {
        let from = f.at + 1;
        for seg in segments.iter().filter(|s| s.hi > from) {
            let seg = Segment {
                lo: seg.lo.max(from),
                ..*seg
            };
            scan(p, &seg, found);
        }
    }
    if whole {
        return;
    }
    if kind.is_running() {
        layout::credit(p, found);
    }
    if found.is_empty() {
        for seg in segments {
            scan(p, seg, found);
        }
    }
}

/// Whether a token can be a verb, as far as verbs are known.
fn is_verbal(t: &Token) -> bool {
    t.forms != 0 || t.is(class::AUX | class::MODAL)
}

impl<'t> FirstPass<'t> {
    pub(crate) fn new(text: &'t str, lexicon: &'static AttributionLexicon) -> Self {
        Self {
            text,
            lexicon,
            tokens: Vec::new(),
            segments: Vec::new(),
            inner: Vec::new(),
            found: Vec::new(),
            carry: None,
        }
    }

    /// The attributions of the block at `bytes`, whose sentences are `sentences` (byte ranges of the text). `labelled`: it
    /// is a turn of a conversation, headed by the speaker's name.
    pub(crate) fn block(
        &mut self,
        bytes: Range<usize>,
        kind: BlockKind,
        labelled: bool,
        sentences: &[Range<usize>],
    ) -> BlockResult {
        let mut tokens = std::mem::take(&mut self.tokens);
        token::tokenize(self.text, bytes.start, bytes.end, self.lexicon, &mut tokens);
        // Whether this block leaves a quotation open is judged without what came before, so that a window of blocks
        // gives what the whole run gives.
        let open_before = self.carry.as_ref().is_some_and(|c| c.open && c.age < CARRY);
        let leaves_open = |tokens: &[Token], quotes: &[Quotation]| {
            quotes
                .last()
                .is_some_and(|q| !q.closed && q.end == tokens.len())
        };
        let mut open = None;
        if open_before {
            let mut alone = tokens.clone();
            let quotes = quote::pair(&mut alone, self.text, false);
            open = Some(leaves_open(&alone, &quotes));
        }
        let mut quotes = quote::pair(&mut tokens, self.text, open_before);
        if quotes.is_empty() {
            quotes = lang::dialogue(&mut tokens, self.lexicon);
        }
        let open = open.unwrap_or_else(|| leaves_open(&tokens, &quotes));
        let mut segments = std::mem::take(&mut self.segments);
        outer(&tokens, sentences, &mut segments);
        let p = Para {
            text: self.text,
            toks: &tokens,
            quotes: &quotes,
            lexicon: self.lexicon,
        };
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        outside(&p, kind, labelled, &segments, &mut found);
        for q in &quotes {
            if q.end - q.open >= 5 && q.depth == 1 {
                inner(&tokens, q, &mut self.inner);
                for seg in &self.inner {
                    scan(&p, seg, &mut found);
                }
            }
        }
        settle(&tokens, &mut found);
        signed(&p, &mut found);
        let carried = self.carried(&p, kind, &found, &quotes);
        let taken = carried.as_ref().map(|c| c.at);
        adopt(&p, &segments, taken, &mut found);
        let unknown = self.lexicon.language == Language::Other;
        if unknown {
            quoted::unsaid(&p, taken, &mut found);
        }
        let mut result = BlockResult {
            attributions: Vec::new(),
            verbal: unknown || tokens.iter().any(is_verbal),
            fragments: match unknown {
                true => Vec::new(),
                false => fragments(&tokens, sentences),
            },
            words: tokens.iter().filter(|t| !is_mark(t.pos)).count(),
        };
        result.attributions = emit(&p, &found);
        if let Some(c) = carried {
            result.attributions.push(c);
            result.attributions.sort_by_key(|a| a.at);
        }
        self.update_carry(&p, &segments, &found, open, &result);
        self.tokens = tokens;
        self.segments = segments;
        self.found = found;
        result
    }

    /// A quotation that nobody in this block says, where the speaker of the blocks before goes on.
    fn carried(
        &self,
        p: &Para<'_>,
        kind: BlockKind,
        found: &[FoundAttribution],
        quotes: &[Quotation],
    ) -> Option<Attributed> {
        let carry = self.carry.as_ref().filter(|c| c.age < CARRY)?;
        let n = p.toks.len();
        let said = |range: Range<usize>| {
            found
                .iter()
                .any(|f| f.level == 0 && f.touches(range.clone()))
        };
        let first = quotes
            .first()
            .filter(|q| q.open <= 1 && q.depth == 1 && q.end - q.open >= 5);
        let (content, rule) = match first {
            _ if kind == BlockKind::QuoteBlock => (Phrase { start: 0, end: n }, "quote-carried"),
            // Only a block that is nothing but quotation goes on with the speaker, unless he was announced or the
            // mark left open.
            Some(q) if carry.open || carry.announced || q.end + 2 >= n && !carry.asked => (
                Phrase {
                    start: q.open,
                    end: q.end,
                },
                "quote-carried",
            ),
            None if carry.announced
                && carry.cue.is_some()
                && kind.is_running()
                && !quotes.iter().any(|q| q.depth == 1 && q.end - q.open >= 5)
                && n >= 5 =>
            {
                (Phrase { start: 0, end: n }, "announced")
            }
            _ => return None,
        };
        if content.end <= content.start
            || said(content.start..content.end)
            || kind == BlockKind::QuoteBlock && !(carry.announced || carry.open)
        {
            return None;
        }
        let range = p.bytes(content.start..content.end);
        let quotation = match rule {
            "announced" => QuotationType::Free,
            _ if kind == BlockKind::QuoteBlock => QuotationType::Direct,
            _ => kind_of(p, &[content]),
        };
        Some(Attributed {
            source: carry.source.clone(),
            cue: carry.cue.clone(),
            kind: quotation,
            at: range.start,
            content: vec![range],
            about: None,
            stance: Stance::Asserts,
            certainty: carry.certainty,
            negated: false,
            via: None,
            rule,
            why: if carry.announced {
                format!(
                    "announced by \"{}\" with a colon in the block before",
                    one_line(&carry.words)
                )
                .into()
            } else {
                format!("the quotation goes on from \"{}\"", one_line(&carry.words)).into()
            },
        })
    }

    fn update_carry(
        &mut self,
        p: &Para<'_>,
        segments: &[Segment],
        found: &[FoundAttribution],
        open: bool,
        result: &BlockResult,
    ) {
        let end = p.toks.last();
        let announced =
            end.is_some_and(|t| t.depth == 0 && matches!(t.pos, Pos::Colon | Pos::Comma));
        let words = |s: Phrase| -> Box<str> { p.words(s.start..s.end).into() };
        let last_quote = p.quotes.last();
        let speaks = |f: &FoundAttribution| last_quote.is_some_and(|q| f.touches(q.open..q.end));
        let spoken = found
            .iter()
            .rfind(|f| f.level == 0 && f.speech && f.source.is_some() && speaks(f));
        let herald =
            segments
                .last()
                .filter(|_| announced)
                .and_then(|seg| match self.lexicon.language {
                    Language::English => verb::speaker(p, seg),
                    _ => lang::speaker(p, seg),
                });
        if let Some((who, cue)) = herald {
            self.carry = Some(Carry {
                source: Some(p.bytes(who.start..who.end)),
                cue: Some(p.bytes(cue.start..cue.end)),
                words: words(who),
                open: false,
                announced: true,
                age: 0,
                certainty: Certainty::Unspecified,
                asked: false,
            });
        } else if let Some((f, who)) = spoken.and_then(|f| Some((f, f.source?))) {
            self.carry = Some(Carry {
                source: Some(p.bytes(who.start..who.end)),
                cue: f.cue.map(|c| p.bytes(c.start..c.end)),
                words: words(who),
                open,
                announced: false,
                age: 0,
                certainty: f.certainty,
                asked: f.stance == Stance::Questions
                    && who.end == who.start + 1
                    && (p.is(who.start, "i") || p.is(who.start, "we")),
            });
        } else if result
            .attributions
            .iter()
            .any(|a| matches!(a.rule, "quote-carried"))
        {
            if let Some(c) = &mut self.carry {
                c.age += 1;

                c.announced = false;
                c.open = open;
            }
        } else {
            self.carry = None;
        }
    }
}

/// Runs the rules over one segment.
fn scan(p: &Para<'_>, seg: &Segment, found: &mut Vec<FoundAttribution>) {
    match p.lexicon.language {
        Language::English => english(p, seg, found),
        Language::German | Language::French | Language::Spanish => lang::scan(p, seg, found),
        Language::Other => {}
    }
}

fn english(p: &Para<'_>, seg: &Segment, found: &mut Vec<FoundAttribution>) {
    let first = found.len();
    for i in seg.lo..seg.hi {
        let t = &p.toks[i];
        if t.depth != seg.level {
            continue;
        }
        if t.cue != 0 {
            verb::report(p, seg, i, first, found);
        }
        if t.pos == Pos::Verb && !p.quotes.is_empty() {
            verb::beside_quotation(p, seg, i, found);
        }
        if t.is(class::SPEECHNOUN) {
            other::nominal(p, seg, i, found);
        }
        if t.is(class::ADJCUE) {
            other::adjective(p, seg, i, found);
        }
        if t.end - t.start == 9 && p.is(i, "according")
            || t.end - t.start == 2 && p.is(i, "in") && p.is(i + 2, "words")
            || t.end - t.start == 3 && p.is(i, "per")
        {
            other::according(p, seg, i, found);
        }
        if t.end - t.start == 4 && p.is(i, "like") {
            other::quotative(p, seg, i, found);
        }
    }
}
