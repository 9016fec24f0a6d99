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
        // Whether this block leaves a quotation open is judged without what came before, so that a window of blocks
        // gives what the whole run gives.
        let open_before = self.carry.as_ref().is_some_and(|c| c.open && c.age < CARRY);
        let leaves_open = |tokens: &[Token], quotes: &[Quote]| {
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
        let quotes = quote::pair(&mut tokens, self.text, open_before);
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
        signed(&p, &mut found);
        let carried = self.carried(&p, kind, &found, &quotes);
        let taken = carried.as_ref().map(|c| c.at);
        adopt(&p, &segments, taken, &mut found);
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
        found: &[Found],
        quotes: &[Quote],
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
            Some(q) if carry.open || carry.announced || q.end + 2 >= n => (
                Phrase {
                    start: q.open,
                    end: q.end,
                },
                "quote-carried",
            ),
            None if carry.announced
                && carry.cue.is_some()
                && kind == BlockKind::Paragraph
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
        found: &[Found],
        open: bool,
        result: &BlockResult,
    ) {
        let end = p.toks.last();
        let announced =
            end.is_some_and(|t| t.depth == 0 && matches!(t.pos, Pos::Colon | Pos::Comma));
        let words = |s: Phrase| -> Box<str> { p.words(s.start..s.end).into() };
        let last_quote = p.quotes.last();
        let speaks = |f: &Found| last_quote.is_some_and(|q| f.touches(q.open..q.end));
        let spoken = found
            .iter()
            .rfind(|f| f.level == 0 && f.speech && f.source.is_some() && speaks(f));
        let herald = segments
            .last()
            .filter(|_| announced)
            .and_then(|seg| verb::speaker(p, seg));
        if let Some((who, cue)) = herald {
            self.carry = Some(Carry {
                source: Some(p.bytes(who.start..who.end)),
                cue: Some(p.bytes(cue.start..cue.end)),
                words: words(who),
                open: false,
                announced: true,
                age: 0,
                certainty: Certainty::Unspecified,
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
            verb::report(p, seg, i, first, found);
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
    let mut tails: Vec<(usize, Phrase)> = found
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
    tails.sort_unstable_by_key(|t| t.0);
    let mut next = 0;
    for f in found.iter_mut() {
        // Both lists are in order, so that only tails near by matter.
        let from = f.content.first().map_or(f.at, |c| c.start);
        while next > 0 && tails[next - 1].0 > from {
            next -= 1;
        }
        while tails.get(next).is_some_and(|t| t.0 <= from) {
            next += 1;
        }
        for (start, whole) in tails.iter().skip(next).take(NEAR) {
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

/// How many attributions before and behind one are looked at for what ties them together.
const NEAR: usize = 24;

/// "“The pier leaks.” — Mara Oduya": a quotation signed with a dash.
fn signed(p: &Para<'_>, found: &mut Vec<Found>) {
    let n = p.toks.len();
    let Some(q) = p.quotes.iter().rfind(|q| q.depth == 1) else {
        return;
    };
    let names = q.end + 1..n;
    let dash = p.toks.get(q.end).is_some_and(|t| t.pos == Pos::Dash);
    let signed = dash
        && (1..=10).contains(&names.len())
        && p.toks[names.start].pos == Pos::Name
        && p.toks[names.clone()]
            .iter()
            .all(|t| !t.finite() && t.pos != Pos::Stop);
    if !signed
        || q.end - q.open < 4
        || found
            .iter()
            .any(|f| f.level == 0 && f.touches(q.open..q.end))
    {
        return;
    }
    found.push(Found {
        source: Some(Phrase {
            start: names.start,
            end: n,
        }),
        cue: None,
        content: vec![Phrase {
            start: q.open,
            end: q.end,
        }],
        about: None,
        at: q.open,
        level: 0,
        stance: Stance::Asserts,
        certainty: Certainty::Unspecified,
        negated: false,
        rule: "quote-signed",
        place: Cow::Borrowed("the quotation is signed with a dash"),
        speech: true,
    });
    found.sort_by_key(|f| (f.level, f.at));
}

/// Gives quotations that nobody says to the speaker of the block that they go with. `found` is in order of level and
/// place.
fn adopt(p: &Para<'_>, segments: &[Segment], taken: Option<u32>, found: &mut Vec<Found>) {
    let outer = found.partition_point(|f| f.level == 0);
    let mut more = Vec::new();
    for q in p
        .quotes
        .iter()
        .filter(|q| q.depth == 1 && q.end - q.open >= 6)
    {
        let here = found[..outer].partition_point(|f| f.at < q.open);
        let near = here.saturating_sub(NEAR)..(here + NEAR).min(outer);
        if taken == Some(p.toks[q.open].start)
            || found[near.clone()].iter().any(|f| f.touches(q.open..q.end))
        {
            continue;
        }
        // A quotation that is a sentence of its own goes with the nearest speaker before, else the next one.
        let seg = segments.partition_point(|s| s.hi <= q.open);
        let opens = segments.get(seg).is_some_and(|s| q.open <= s.lo + 1)
            || p.toks.get(q.open + 1).is_some_and(|t| t.capital);
        if !opens {
            continue;
        }
        let before = (near.start..here).rev().find(|n| found[*n].speech);
        let after = (here..near.end).find(|n| found[*n].speech && quoting(p, &found[*n]));
        let part = Phrase {
            start: q.open,
            end: q.end,
        };
        match (before, after) {
            (Some(n), _) if quoting(p, &found[n]) => found[n].add(part),
            (None, Some(n)) if q.open <= 1 => found[n].add(part),
            (Some(n), _) if found[n].source.is_some() => more.push(Found {
                content: vec![part],
                about: None,
                at: q.open,
                negated: false,
                stance: Stance::Asserts,
                rule: "quote-continued",
                place: Cow::Borrowed("the quotation goes on from the speaker before"),
                ..found[n].clone()
            }),
            _ => {}
        }
    }
    found.append(&mut more);
    found.sort_by_key(|f| (f.level, f.at));
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
    order.sort_by_key(|n| found[*n].place_at());
    for (place, &n) in order.iter().enumerate() {
        let f = &found[n];
        let near = place.saturating_sub(NEAR)..(place + NEAR).min(order.len());
        let via = order[near.clone()]
            .iter()
            .enumerate()
            .map(|(k, m)| (k + near.start, m))
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
            at: p.toks.get(f.place_at()).map_or(0, |t| t.start),
        });
    }
    out
}

/// Whether `outer` quotes `f`: its content holds cue and source of `f`.
fn encloses(outer: &Found, f: &Found) -> bool {
    let Some(cue) = f.cue.filter(|_| f.rule != "quote-continued") else {
        return false;
    };
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
    if f.cue.is_none() || f.rule == "quote-continued" {
        let who = f.source.map_or("", |s| p.words(s.start..s.end));
        return format!("{}; source \"{}\"", f.place, one_line(who)).into();
    }
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
