//! Where the words attributed begin and end.

use super::lexicon::{class, form};
use super::para::{Para, Segment};
use super::token::Pos;

/// How far ahead a clause must show its verb, in tokens.
const AHEAD: usize = 22;

/// Whether a clause with its own subject and finite verb begins at `j`. `strict` asks for a subject right there and no
/// comma before the verb.
pub(crate) fn is_clause(p: &Para<'_>, seg: &Segment, j: usize, strict: bool) -> bool {
    use class::*;
    let Some(t) = p.toks.get(j).filter(|_| j < seg.hi) else {
        return false;
    };
    let deep = t.depth > seg.level;
    let starts = deep
        || t.nominal()
        || matches!(
            t.pos,
            Pos::Determiner
                | Pos::Adjective
                | Pos::Subordinator
                | Pos::Not
                | Pos::Ing
                | Pos::Adverb
        )
        || t.pos == Pos::Relative && (!strict || t.is(WH) || p.is(j, "that"))
        || !strict && (t.pos == Pos::Participle || t.is(PREP));
    // "You said it, you left"
    let alone = t.pos == Pos::Pronoun
        && t.is(OBJ)
        && p.toks
            .get(j + 1)
            .is_some_and(|n| matches!(n.pos, Pos::Comma | Pos::Stop) && n.depth == t.depth);
    if !starts || alone || strict && p.is(j, "because") {
        return false;
    }
    // Every relative word on the way takes a verb of its own.
    let mut owed = 0;
    let mut commas = 0;
    let mut skip_list = 0;
    for k in j..seg.hi.min(j + AHEAD) {
        let t = &p.toks[k];
        match t.pos {
            // "noted the time and closed the book": a verb behind "and" goes with the subject before.
            Pos::Verb | Pos::Auxiliary
                if strict && k > j && owed == 0 && p.toks[k - 1].pos == Pos::Coordinator =>
            {
                return false;
            }
            Pos::Verb | Pos::Auxiliary if k > j => {
                if owed == 0 {
                    return true;
                }
                owed -= 1;
            }
            Pos::Noun if !strict && k > j && likely_verb(p, k) => return true,
            Pos::Relative if k > j && strict => owed += 1,
            // "knows more than they do"
            Pos::Preposition | Pos::Subordinator if k > j && strict && p.is(k, "than") => {
                owed += 1;
            }
            // "knew the town and it was dull": another clause, which is not what is known.
            Pos::Coordinator
                if k > j + 1
                    && strict
                    && owed == 0
                    && t.depth <= seg.level
                    && p.toks.get(k + 1).is_some_and(|n| {
                        n.pos == Pos::Pronoun && n.is(PERS) && !p.is(k + 1, "i")
                    })
                    && p.toks.get(k + 2).is_some_and(|n| n.finite()) =>
            {
                return false;
            }
            Pos::Stop | Pos::Semicolon | Pos::Colon if t.depth <= seg.level => return false,
            Pos::Close
                if t.depth <= seg.level && !p.toks[j..k].iter().any(|t| t.pos == Pos::Open) =>
            {
                return false;
            }
            Pos::Comma if strict && !deep && skip_list > k => {}
            Pos::Comma if strict && !deep && (p.is(k + 1, "such") || p.is(k + 1, "including")) => {
                // "species, such as soybean and cotton, lose"
                skip_list = k + 14;
            }
            Pos::Comma if strict && !deep => {
                commas += 1;
                let fronted = p.toks[j].is(ADV | SUB | PREP) || p.toks[j].pos == Pos::Adverb;
                if !fronted && !(p.toks[j].capital && commas <= 2) || commas > 2 {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether the unknown word at `k` has the shape and place of a verb: "the pier sags".
fn likely_verb(p: &Para<'_>, k: usize) -> bool {
    let t = &p.toks[k];
    let before = &p.toks[k - 1];
    t.class == 0
        && t.forms == 0
        && !t.capital
        && p.word(k).ends_with('s')
        && matches!(before.pos, Pos::Noun | Pos::Name)
        && !p.word(k - 1).ends_with('s')
}

/// Where the content that begins at `j` ends, without the marks that end the sentence. `ends` is where a later
/// attribution of the same sentence takes over.
pub(crate) fn clause_end(p: &Para<'_>, seg: &Segment, j: usize, ends: usize) -> usize {
    let hi = seg.hi.min(ends);
    let mut k = j;
    let mut found = hi;
    let mut parens = 0i32;
    while k < hi {
        let t = &p.toks[k];
        if t.depth > seg.level {
            k += 1;
            continue;
        }
        match t.pos {
            Pos::Open => parens += 1,
            Pos::Close => {
                parens -= 1;
                if parens < 0 {
                    found = k;
                    break;
                }
            }
            _ if parens > 0 => {}
            Pos::Stop
                if k > j
                    && t.end - t.start == 1
                    && p.toks.get(k + 1).is_some_and(|n| n.capital)
                    && k + 1 < hi =>
            {
                found = k;
                break;
            }
            Pos::Semicolon if k > j + 1 => {
                found = k;
                break;
            }
            _ if k > j + 1 && p.is(k, "according") && p.is(k + 1, "to") => {
                found = k;
                break;
            }
            Pos::Comma if k > j && breaks_behind_comma(p, seg, j, k, hi) => {
                found = k;
                break;
            }
            // "… - but Downing Street denied it"
            Pos::Dash if k > j && p.is(k + 1, "but") && breaks_behind_comma(p, seg, j, k, hi) => {
                found = k;
                break;
            }
            Pos::Coordinator if k > j && same_subject_cue(p, seg, k, hi) => {
                found = k;
                break;
            }
            // "the allegations saying that …": a reason of whoever dismisses them.
            Pos::Ing
                if t.cue != 0
                    && k > j
                    && p.toks[k - 1].is(class::SPEECHNOUN)
                    && !p.toks[k - 1].is(class::DOCUMENT)
                    && p.is(k, "saying") =>
            {
                found = k;
                break;
            }
            _ => {}
        }
        k += 1;
    }
    trim(p, seg, j, found)
}

/// `end` without trailing commas and stops of the segment's own level.
pub(crate) fn trim(p: &Para<'_>, seg: &Segment, from: usize, end: usize) -> usize {
    let mut end = end;
    while end > from {
        let t = &p.toks[end - 1];
        let mark = matches!(
            t.pos,
            Pos::Comma | Pos::Stop | Pos::Semicolon | Pos::Colon | Pos::Dash
        ) && t.depth <= seg.level;
        if !mark {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether the comma at `k` ends the reported clause: a contrast, a participle that reports, a new speaker.
fn breaks_behind_comma(p: &Para<'_>, seg: &Segment, j: usize, k: usize, hi: usize) -> bool {
    use class::*;
    // Speech splices clauses with commas: "I think it failed, we tried".
    if seg.level > 0
        && p.toks.get(k + 1).is_some_and(|t| t.is(PERS))
        && p.toks.get(k + 2).is_some_and(|t| t.finite())
        && !p.toks[j..k]
            .iter()
            .any(|t| t.is(SUB) && t.pos == Pos::Subordinator)
        && p.toks[j..k].iter().any(|t| t.finite())
    {
        return true;
    }
    let Some(n) = p.toks.get(k + 1).filter(|n| n.depth <= seg.level) else {
        return false;
    };
    if p.is(k + 1, "but") {
        return (k + 2..hi.min(k + 14)).any(|q| p.toks[q].finite());
    }
    if n.pos == Pos::Ing && n.cue != 0
        || n.pos == Pos::Adverb
            && p.toks
                .get(k + 2)
                .is_some_and(|m| m.pos == Pos::Ing && m.cue != 0)
    {
        return true;
    }
    // "…, a claim that the council denies", "…, an allegation he rejects"
    if n.pos == Pos::Determiner
        && let Some(q) = (k + 2..hi.min(k + 5)).find(|q| p.toks[*q].is(SPEECHNOUN))
        && p.toks[k + 2..q].iter().all(|t| t.pos == Pos::Adjective)
        && p.toks.get(q + 1).is_some_and(|t| {
            q + 1 < hi
                && (t.pos == Pos::Relative
                    || t.pos == Pos::Determiner
                    || t.nominal()
                    || t.forms & form::PARTICIPLE != 0)
        })
        && (q + 1..hi.min(q + 12))
            .any(|v| p.toks[v].cue != 0 && p.toks[v].finite() || p.toks[v].pos == Pos::Participle)
    {
        return true;
    }
    if n.pos == Pos::Ing && matches!(p.word(k + 1), "quoting" | "citing") {
        return true;
    }
    // ", and Oduya said", ", while the council denied": a new speaker with a cue that takes a clause.
    if n.is(COORD)
        || p.is(k + 1, "while")
        || p.is(k + 1, "although")
        || p.is(k + 1, "though")
        || p.is(k + 1, "whereas")
    {
        for q in k + 2..hi.min(k + 10) {
            let t = &p.toks[q];
            if t.depth > seg.level || matches!(t.pos, Pos::Comma | Pos::Stop | Pos::Semicolon) {
                return false;
            }
            if t.finite() {
                return t.cue != 0
                    && p.cue(q)
                        .is_some_and(|c| c.frames & super::lexicon::frame::MENTAL == 0)
                    || t.pos == Pos::Auxiliary
                        && p.toks.get(behind_not(p, q)).is_some_and(|v| {
                            v.cue != 0
                                && v.pos == Pos::Participle
                                && !t.is(BE)
                                && p.cue(behind_not(p, q))
                                    .is_some_and(|c| c.frames & super::lexicon::frame::MENTAL == 0)
                        });
            }
        }
    }
    false
}

/// The token behind the auxiliary at `at` and its negation.
fn behind_not(p: &Para<'_>, at: usize) -> usize {
    at + 1 + usize::from(p.toks.get(at + 1).is_some_and(|t| t.pos == Pos::Not))
}

/// Whether "and" at `k` goes on with another report of the same speaker: "and said", "and has denied".
fn same_subject_cue(p: &Para<'_>, seg: &Segment, k: usize, hi: usize) -> bool {
    for q in k + 1..hi.min(k + 5) {
        let t = &p.toks[q];
        if t.depth > seg.level {
            return false;
        }
        match t.pos {
            // "and has been told to": somebody else tells.
            Pos::Auxiliary
                if t.is(class::BE)
                    && p.toks.get(q + 1).is_some_and(|n| n.pos == Pos::Participle) =>
            {
                return false;
            }
            Pos::Adverb | Pos::Not | Pos::Auxiliary => {}
            Pos::Infinitive if !p.is(q - 1, "did") => return false,
            Pos::Verb | Pos::Participle | Pos::Infinitive => {
                let told = t.forms & (form::PAST | form::THIRD) != 0 || t.pos != Pos::Participle;
                return told
                    && p.cue(q).is_some_and(|c| {
                        c.frames & super::lexicon::frame::CLAUSE != 0
                            && c.frames & super::lexicon::frame::MENTAL == 0
                    });
            }
            _ => return false,
        }
    }
    false
}

/// Where the clause that ends before `end` begins: behind the last border of the segment.
pub(crate) fn clause_start(p: &Para<'_>, seg: &Segment, end: usize) -> usize {
    let mut k = end;
    let from = dateline(p, seg).min(end);
    while k > from {
        let t = &p.toks[k - 1];
        if t.depth <= seg.level
            && (t.pos == Pos::Semicolon || t.pos == Pos::Stop && t.end - t.start == 1 && k < end)
        {
            break;
        }
        k -= 1;
    }
    while k < end && matches!(p.toks[k].pos, Pos::Comma | Pos::Dash | Pos::Other) {
        k += 1;
    }
    k
}

/// The token behind a dateline that opens a block ("KELL, March 3 (Tarn Herald) — The council …"), else the segment's
/// first.
fn dateline(p: &Para<'_>, seg: &Segment) -> usize {
    if seg.lo > 0 || seg.level > 0 || !p.toks.first().is_some_and(|t| t.pos == Pos::Name) {
        return seg.lo;
    }
    let mut parens = 0;
    for k in 0..seg.hi.min(14) {
        let t = &p.toks[k];
        match t.pos {
            Pos::Open => parens += 1,
            Pos::Close => parens -= 1,
            _ if parens > 0 => {}
            Pos::Dash if k > 0 && t.spaced => {
                let shouted = p.word(0).chars().all(|c| c.is_uppercase() || c == '.');
                return if shouted { k + 1 } else { seg.lo };
            }
            Pos::Name | Pos::Number | Pos::Comma => {}
            _ if t.capital => {}
            _ => break,
        }
    }
    seg.lo
}

/// Skips what may stand between a cue and its content: adverbs, times, "in a statement", "on Friday", "to reporters".
/// Returns where that ends.
pub(crate) fn skip_adverbials(p: &Para<'_>, seg: &Segment, from: usize) -> usize {
    use class::*;
    let mut k = from;
    for _ in 0..5 {
        let Some(t) = p.toks.get(k).filter(|t| k < seg.hi && t.depth == seg.level) else {
            break;
        };
        let adverb = t.pos == Pos::Adverb && !p.is(k, "there");
        if adverb || t.is(WEEKDAY) || t.is(TIME) && t.is(ADV) {
            k += 1;
        } else if p.is(k, "that")
            && p.toks.get(k + 1).is_some_and(|n| n.is(TIME) && !n.is(ADV))
            && p.is(k + 2, "that")
        {
            // "announced that day that"
            k += 2;
        } else if p.is(k, "that") || t.pos == Pos::Relative {
            break;
        } else if t.is(PREP)
            && t.pos != Pos::Name
            && !(t.is(SUB) && !matches!(p.word(k), "after" | "before" | "since"))
            || t.pos == Pos::To
        {
            let Some(end) = prepositional_end(p, seg, k) else {
                break;
            };
            k = end;
        } else {
            break;
        }
    }
    k
}

/// Where the prepositional phrase that begins at `k` ends.
fn prepositional_end(p: &Para<'_>, seg: &Segment, k: usize) -> Option<usize> {
    let mut q = k + 1;
    let cap = seg.hi.min(k + 14);
    if q < cap && p.toks[q].pos == Pos::Ing {
        q += 1;
    }
    let from = q;
    while q < cap {
        let t = &p.toks[q];
        if t.depth > seg.level {
            break;
        }
        let open = matches!(
            t.pos,
            Pos::Noun | Pos::Name | Pos::Number | Pos::Adjective | Pos::Genitive | Pos::Participle
        ) || t.pos == Pos::Pronoun && q == from && !t.is(class::PERS)
            || t.pos == Pos::Determiner && (q == from || p.toks[q - 1].pos == Pos::Determiner)
            || t.pos == Pos::Preposition && p.is(q, "of") && q > from
            || t.pos == Pos::Determiner && p.is(q - 1, "of");
        if !open {
            break;
        }
        q += 1;
        if t.is(class::WEEKDAY | class::MONTH) {
            while q < cap && p.toks[q].pos == Pos::Number {
                q += 1;
            }
            break;
        }
    }
    (q > from).then_some(q)
}
