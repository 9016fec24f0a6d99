//! The first pass: statements and attributions, block by block.

use std::borrow::Cow;
use std::ops::Range;

use super::found::Found;
use super::lexicon::{Lexicon, class};
use super::para::{Para, Segment, inner, outer};
use super::phrase::Phrase;
use super::quote::{self, Quote};
use super::token::{self, Pos, Token};
use super::{other, verb};
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
    words: Box<str>,
    /// Whether the quotation was left open.
    open: bool,
    /// Whether the block ended with a colon, so that a quote block belongs to it.
    announced: bool,
    /// How many blocks ago the speaker was named.
    age: usize,
    certainty: Certainty,
}

/// What works through the blocks of one text in order.
pub(crate) struct FirstPass<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    tokens: Vec<Token>,
    segments: Vec<Segment>,
    inner: Vec<Segment>,
    found: Vec<Found>,
    carry: Option<Carry>,
}

/// What one block gave.
#[derive(Debug, Default)]
pub(crate) struct BlockResult {
    pub attributions: Vec<Attributed>,
    /// Whether the block has a verb at all: a label has none.
    pub verbal: bool,
    pub words: usize,
}

impl<'t> FirstPass<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            lexicon: Lexicon::english(),
            tokens: Vec::new(),
            segments: Vec::new(),
            inner: Vec::new(),
            found: Vec::new(),
            carry: None,
        }
    }

    /// The attributions of the block at `bytes`, whose sentences are `sentences` (byte ranges of the text).
    pub(crate) fn block(
        &mut self,
        bytes: Range<usize>,
        kind: BlockKind,
        sentences: &[Range<usize>],
    ) -> BlockResult {
        let mut tokens = std::mem::take(&mut self.tokens);
        token::tokenize(self.text, bytes.start, bytes.end, self.lexicon, &mut tokens);
        let quotes = quote::pair(&mut tokens, self.text);
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
        let whole = kind != BlockKind::QuoteBlock
            && other::colon(&p, kind == BlockKind::Headline, &mut found);
        if !whole {
            if kind == BlockKind::Caption || kind == BlockKind::Paragraph {
                other::credit(&p, &mut found);
            }
            if found.is_empty() {
                for seg in &segments {
                    scan(&p, seg, &mut found);
                }
            }
        }
        for q in &quotes {
            if q.end - q.open >= 5 && q.depth == 1 {
                inner(&tokens, q, &mut self.inner);
                for seg in &self.inner {
                    scan(&p, seg, &mut found);
                }
            }
        }
        settle(&tokens, &mut found);
        adopt(&p, &segments, &mut found);
        let carried = self.carried(&p, kind, &found, &quotes);
        let mut result = BlockResult {
            attributions: Vec::new(),
            verbal: tokens
                .iter()
                .any(|t| t.forms != 0 || t.is(class::AUX | class::MODAL)),
            words: tokens.iter().filter(|t| !is_mark(t.pos)).count(),
        };
        result.attributions = emit(&p, &found);
        if let Some(c) = carried {
            result.attributions.push(c);
            result.attributions.sort_by_key(|a| a.at);
        }
        self.update_carry(&p, kind, &found, &quotes, &result);
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
        found: &[Found],
        quotes: &[Quote],
    ) -> Option<Attributed> {
        let carry = self.carry.as_ref().filter(|c| c.age < CARRY)?;
        let n = p.toks.len();
        if found.iter().any(|f| f.level == 0 && f.speech) || n == 0 {
            return None;
        }
        let content = if kind == BlockKind::QuoteBlock && (carry.announced || carry.open) {
            Phrase { start: 0, end: n }
        } else {
            let q = quotes
                .first()
                .filter(|q| q.open <= 1 && q.depth == 1 && q.end - q.open >= 5)?;
            // Only a block that is nothing but quotation goes on with the speaker, unless the mark was left open.
            if !carry.open && (q.end + 2 < n || carry.announced && false) {
                return None;
            }
            Phrase {
                start: q.open,
                end: q.end,
            }
        };
        let range = p.bytes(content.start..content.end);
        Some(Attributed {
            source: carry.source.clone(),
            cue: None,
            kind: if kind == BlockKind::QuoteBlock {
                QuotationType::Direct
            } else {
                kind_of(p, &[content])
            },
            at: range.start,
            content: vec![range],
            about: None,
            stance: Stance::Asserts,
            certainty: carry.certainty,
            negated: false,
            via: None,
            rule: "quote-carried",
            why: format!("the quotation goes on from {}", carry.words).into(),
        })
    }

    fn update_carry(
        &mut self,
        p: &Para<'_>,
        kind: BlockKind,
        found: &[Found],
        quotes: &[Quote],
        result: &BlockResult,
    ) {
        let open = quotes
            .last()
            .is_some_and(|q| !q.closed && q.end == p.toks.len());
        let announced = p.toks.last().is_some_and(|t| t.pos == Pos::Colon);
        let last = found
            .iter()
            .rfind(|f| f.level == 0 && f.speech && f.source.is_some());
        let speaks =
            |f: &Found| quotes.last().is_some_and(|q| f.touches(q.open..q.end)) || announced;
        if let Some(f) = last.filter(|f| speaks(f)) {
            let source = f.source.map(|s| p.bytes(s.start..s.end));
            self.carry = Some(Carry {
                words: source
                    .clone()
                    .map_or("", |s| &self.text[s.start as usize..s.end as usize])
                    .into(),
                source,
                open,
                announced,
                age: 0,
                certainty: f.certainty,
            });
        } else if announced
            && let Some(f) = found.iter().rfind(|f| f.level == 0 && f.source.is_some())
        {
            let source = f.source.map(|s| p.bytes(s.start..s.end));
            self.carry = Some(Carry {
                words: source
                    .clone()
                    .map_or("", |s| &self.text[s.start as usize..s.end as usize])
                    .into(),
                source,
                open: false,
                announced,
                age: 0,
                certainty: f.certainty,
            });
        } else if result
            .attributions
            .iter()
            .any(|a| a.rule == "quote-carried")
        {
            if let Some(c) = &mut self.carry {
                c.age += 1;
                c.open = open || kind == BlockKind::QuoteBlock;
            }
        } else {
            self.carry = None;
        }
    }
}

fn is_mark(pos: Pos) -> bool {
    matches!(
        pos,
        Pos::Comma
            | Pos::Stop
            | Pos::Colon
            | Pos::Semicolon
            | Pos::Dash
            | Pos::Open
            | Pos::Close
            | Pos::Quote
    )
}

/// Runs the rules over one segment.
fn scan(p: &Para<'_>, seg: &Segment, found: &mut Vec<Found>) {
    let first = found.len();
    for i in seg.lo..seg.hi {
        let t = &p.toks[i];
        if t.depth != seg.level {
            continue;
        }
        if t.cue != 0 {
            let so_far = found[first..].to_vec();
            verb::report(p, seg, i, &so_far, found);
        }
        if t.is(class::SPEECHNOUN) {
            other::nominal(p, seg, i, found);
        }
        if t.is(class::ADJCUE) {
            other::adjective(p, seg, i, found);
        }
        if t.end - t.start == 9 && p.is(i, "according")
            || t.end - t.start == 2 && p.is(i, "in") && p.is(i + 2, "words")
        {
            other::according(p, seg, i, found);
        }
        if t.end - t.start == 4 && p.is(i, "like") {
            other::quotative(p, seg, i, found);
        }
    }
}

/// Makes what was found agree: content never runs into another attribution's source and cue at its end, and never
/// into its own.
fn settle(toks: &[Token], found: &mut Vec<Found>) {
    // A later attribution that has the whole clause before it cuts the earlier content short.
    let tails: Vec<(usize, Phrase)> = found
        .iter()
        .filter(|f| {
            matches!(
                f.rule,
                "verb-tail"
                    | "according-to"
                    | "quote-before"
                    | "quote-inverted"
                    | "relay"
                    | "quoted-as-saying"
            )
        })
        .filter_map(|f| {
            let cue = f.cue?;
            let start = f.source.map_or(cue.start, |s| s.start.min(cue.start));
            let end = f.source.map_or(cue.end, |s| s.end.max(cue.end));
            let last = f.content.last()?;
            (last.end <= start).then_some((
                start,
                Phrase {
                    start: last.start.min(f.content[0].start),
                    end,
                },
            ))
        })
        .collect();
    for f in found.iter_mut() {
        for (start, whole) in &tails {
            if f.cue
                .is_some_and(|c| c.start >= *start && c.start < whole.end)
            {
                continue;
            }
            for c in &mut f.content {
                if c.start < *start && c.end > *start && c.start >= whole.start {
                    c.end = *start;
                }
            }
        }
        let own: Vec<Phrase> = f.source.iter().chain(f.cue.iter()).copied().collect();
        for o in own {
            let mut cut = Vec::new();
            for c in &f.content {
                if c.start < o.end && o.start < c.end {
                    if c.start < o.start {
                        cut.push(Phrase {
                            start: c.start,
                            end: o.start,
                        });
                    }
                    if o.end < c.end {
                        cut.push(Phrase {
                            start: o.end,
                            end: c.end,
                        });
                    }
                } else {
                    cut.push(*c);
                }
            }
            f.content = cut;
        }
        let level = f.level;
        for c in &mut f.content {
            let border =
                |t: &Token| matches!(t.pos, Pos::Comma | Pos::Semicolon) && t.depth <= level;
            while c.end > c.start && border(&toks[c.end - 1]) {
                c.end -= 1;
            }
            while c.end > c.start && border(&toks[c.start]) {
                c.start += 1;
            }
        }
        f.content.retain(|c| c.end > c.start);
    }
    found.retain(|f| !f.content.is_empty());
    found.sort_by_key(|f| (f.level, f.at));
    found.dedup_by(|b, a| a.at == b.at && a.level == b.level && a.rule == b.rule);
}

/// Gives quotations that nobody says to the speaker of the block that they go with.
fn adopt(p: &Para<'_>, segments: &[Segment], found: &mut [Found]) {
    for q in p.quotes.iter().filter(|q| q.depth == 1) {
        if q.end - q.open < 6
            || found
                .iter()
                .any(|f| f.level == 0 && f.touches(q.open..q.end))
        {
            continue;
        }
        // A quotation that is a sentence of its own goes with the nearest speaker before, else the next one.
        let opens = segments
            .iter()
            .any(|s| s.lo <= q.open && q.open <= s.lo + 1)
            || p.toks.get(q.open + 1).is_some_and(|t| t.capital);
        if !opens {
            continue;
        }
        let before = found
            .iter()
            .rposition(|f| f.level == 0 && f.speech && f.at < q.open);
        let after = found
            .iter()
            .position(|f| f.level == 0 && f.speech && f.at > q.open && quoting(p, f));
        let n = match (before, after) {
            (Some(b), _) => b,
            (None, Some(a)) if q.open <= 1 => a,
            _ => continue,
        };
        found[n].add(Phrase {
            start: q.open,
            end: q.end,
        });
    }
}

fn quoting(p: &Para<'_>, f: &Found) -> bool {
    f.content
        .iter()
        .any(|c| p.toks[c.start..c.end].iter().any(|t| t.depth > 0))
}

/// How the content is given, from the share of its letters inside quotation marks.
fn kind_of(p: &Para<'_>, content: &[Phrase]) -> QuotationType {
    let (mut all, mut inside) = (0usize, 0usize);
    for c in content {
        for t in &p.toks[c.start..c.end] {
            if !is_mark(t.pos) {
                let n = (t.end - t.start) as usize;
                all += n;
                inside += if t.depth > 0 { n } else { 0 };
            }
        }
    }
    if inside == 0 {
        QuotationType::Indirect
    } else if inside * 10 >= all * 9 {
        QuotationType::Direct
    } else {
        QuotationType::Mixed
    }
}

fn emit(p: &Para<'_>, found: &[Found]) -> Vec<Attributed> {
    let mut out: Vec<Attributed> = Vec::with_capacity(found.len());
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|n| found[*n].cue.map_or(found[*n].at, |c| c.start));
    for &n in &order {
        let f = &found[n];
        let via = order
            .iter()
            .enumerate()
            .filter(|(_, m)| **m != n && encloses(&found[**m], f))
            .min_by_key(|(_, m)| {
                found[**m]
                    .content
                    .iter()
                    .map(|c| c.end - c.start)
                    .sum::<usize>()
            })
            .map(|(k, _)| k);
        let bytes = |s: Phrase| p.bytes(s.start..s.end);
        let certainty = match f.certainty {
            c if f.stance == Stance::None => c,
            Certainty::Probable | Certainty::Possible => f.certainty,
            c => content_hedge(p, &f.content).unwrap_or(c),
        };
        out.push(Attributed {
            source: f.source.map(bytes),
            cue: f.cue.map(bytes),
            content: f.content.iter().copied().map(bytes).collect(),
            about: f.about.map(bytes),
            kind: if f.rule == "credit" {
                QuotationType::Free
            } else {
                kind_of(p, &f.content)
            },
            stance: f.stance,
            certainty,
            negated: f.negated,
            via,
            rule: f.rule,
            why: why(p, f),
            at: p
                .toks
                .get(f.cue.map_or(f.at, |c| c.start))
                .map_or(0, |t| t.start),
        });
    }
    out
}

/// Whether `outer` quotes `f`: its content holds cue and source of `f`.
fn encloses(outer: &Found, f: &Found) -> bool {
    let Some(cue) = f.cue else { return false };
    if outer.rule == "relay"
        && f.rule == "quoted-as-saying"
        && outer.at < f.at
        && f.at - outer.at < 30
    {
        return true;
    }
    outer.holds(cue.start)
        && outer.holds(f.at)
        && f.source.is_none_or(|s| outer.holds(s.start))
        && !f.holds(outer.at)
}

/// A hedge at the head of the content: "may", "is likely", "reportedly".
fn content_hedge(p: &Para<'_>, content: &[Phrase]) -> Option<Certainty> {
    let c = content.first()?;
    for t in p.toks[c.start..c.end].iter().take(14) {
        if t.is(class::HEDGE_POSSIBLE) && !t.capital {
            return Some(Certainty::Possible);
        }
        if t.is(class::HEDGE_PROBABLE) && t.pos != Pos::Verb {
            return Some(Certainty::Probable);
        }
    }
    None
}

fn why(p: &Para<'_>, f: &Found) -> Box<str> {
    let cue: Cow<'_, str> = f
        .cue
        .map_or(Cow::Borrowed(""), |c| one_line(p.words(c.start..c.end)));
    let mut why = if f.place.is_empty() {
        format!("cue \"{cue}\"")
    } else {
        format!("cue \"{cue}\", then {}", f.place)
    };
    if let Some(s) = f.source {
        why.push_str("; source \"");
        why.push_str(&one_line(p.words(s.start..s.end)));
        why.push('"');
    }
    why.into()
}

/// `words` without line ends and no longer than 80 bytes.
fn one_line(words: &str) -> Cow<'_, str> {
    let end = words.floor_char_boundary(80);
    let cut = if end < words.len() { "…" } else { "" };
    if cut.is_empty() && !words.contains(['\n', '\r']) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words[..end].replace(['\n', '\r'], " ") + cut)
}
