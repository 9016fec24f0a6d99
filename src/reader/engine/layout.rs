//! Attribution by layout: a name with a colon, a picture with its credit.

use super::clause::trim;
use super::found::FoundAttribution;
use super::lexicon::class;
use super::other::found;
use super::para::{Para, Segment};
use super::phrase::Phrase;
use super::token::Pos;
use crate::core::vocabulary::Stance;

/// "Kirby: No new aid this year", "PENCE: Thank you.", "Mara Oduya: “…”". Works on the whole block.
pub(crate) fn colon(
    p: &Para<'_>,
    headline: bool,
    labelled: bool,
    out: &mut Vec<FoundAttribution>,
) -> bool {
    let n = p.toks.len();
    let Some(c) = (1..n.min(9)).find(|k| p.toks[*k].pos == Pos::Colon) else {
        return false;
    };
    if n < c + 4 || p.toks[..c].iter().any(|t| t.depth > 0) {
        return false;
    }
    let head = &p.toks[..c];
    let words = || {
        head.iter()
            .filter(|t| !matches!(t.pos, Pos::Open | Pos::Close | Pos::Comma | Pos::Stop))
    };
    let shouted = words().all(|t| {
        p.text[t.start as usize..t.end as usize]
            .bytes()
            .all(|b| !b.is_ascii_lowercase())
    }) && words().any(|t| t.end - t.start > 2)
        && !words().all(|t| t.is(class::LABEL | class::TIME | class::PREP | class::DET));
    let named = words()
        .all(|t| t.pos == Pos::Name || t.is(class::HONORIFIC | class::ROLE) && t.capital)
        && words().any(|t| t.pos == Pos::Name)
        && !words().any(|t| t.is(class::CREDIT | class::TIME | class::DOCUMENT | class::ORG));
    let quoted = p.toks[c + 1].depth > 0;
    let labelled = labelled && named && !headline && p.toks[c + 1].capital;
    let spoken = p.toks[c + 1].capital && (headline || shouted) && is_sentence(p, c + 1);
    if !(shouted && !headline && spoken || named && (quoted || spoken && headline) || labelled) {
        return false;
    }
    let seg = Segment {
        lo: 0,
        hi: n,
        level: 0,
    };
    let mut f = found(
        &seg,
        c,
        if headline {
            "headline-colon"
        } else {
            "transcript"
        },
        "what stands behind it",
    );
    f.source = Some(Phrase { start: 0, end: c });
    f.cue = Some(Phrase {
        start: c,
        end: c + 1,
    });
    f.speech = true;
    f.add(Phrase {
        start: c + 1,
        end: n,
    });
    out.push(f);
    true
}

/// The name that the words of a block begin with as in a transcript ("Mara Oduya: "): its last word, as printed.
pub(crate) fn label(words: &str) -> Option<&str> {
    let head = &words.as_bytes()[..words.len().min(48)];
    let colon = memchr::memchr(b':', head)?;
    let name = words.get(..colon)?;
    let rest = words.as_bytes().get(colon + 1);
    let names = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    let fits = rest.is_some_and(u8::is_ascii_whitespace)
        && name.split(' ').count() <= 4
        && name.split(' ').all(names);
    fits.then(|| name.rsplit(' ').next()).flatten()
}

/// Whether the block that has the `label` is one turn of a conversation: blocks `around` it have labels too, and one
/// comes twice.
pub(crate) fn converses<'w>(label: &'w str, around: impl Iterator<Item = &'w str>) -> bool {
    let mut seen: Vec<&str> = vec![label];
    let mut again = false;
    for name in around.filter_map(self::label) {
        again |= seen.contains(&name);
        seen.push(name);
    }
    again && seen.len() > 2 && seen.iter().any(|s| *s != label)
}

pub(super) fn is_sentence(p: &Para<'_>, from: usize) -> bool {
    p.toks[from..]
        .iter()
        .take(40)
        .any(|t| t.finite() || t.forms != 0 || t.pos == Pos::Participle)
}

/// "The bridge at dusk. Image: Jon Pell.", "(credit: Jon Pell)": whom a picture comes from. On the whole block.
pub(crate) fn credit(p: &Para<'_>, out: &mut Vec<FoundAttribution>) {
    let n = p.toks.len();
    if n > 120 {
        return;
    }
    let Some(c) = (1..n)
        .rev()
        .find(|k| p.toks[*k].pos == Pos::Colon && p.toks[*k - 1].is(class::CREDIT))
    else {
        return;
    };
    let mut word = c - 1;
    while word > 0 && p.toks[word - 1].is(class::CREDIT) && p.toks[word - 1].pos != Pos::Stop {
        word -= 1;
    }
    let paren = word > 0 && p.toks[word - 1].pos == Pos::Open;
    if word < 1 || c + 1 >= n || n - c > 20 || !(paren || p.toks[word].capital) {
        return;
    }
    let seg = Segment {
        lo: 0,
        hi: n,
        level: 0,
    };
    let mut end = n;
    while end > c + 1 && matches!(p.toks[end - 1].pos, Pos::Stop | Pos::Close | Pos::Comma) {
        end -= 1;
    }
    let end = (c + 1..end)
        .find(|k| p.toks[*k].pos == Pos::Comma)
        .unwrap_or(end);
    let stop = word - usize::from(paren);
    if end <= c + 1 || stop == 0 {
        return;
    }
    let mut f = found(&seg, word, "credit", "what the picture shows");
    f.source = Some(Phrase { start: c + 1, end });
    f.cue = Some(Phrase {
        start: word,
        end: c + 1,
    });
    let to = trim(p, &seg, 0, stop);
    if to == 0 {
        return;
    }
    f.add(Phrase { start: 0, end: to });
    f.stance = Stance::Relays;
    out.push(f);
}
