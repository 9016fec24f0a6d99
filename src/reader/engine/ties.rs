//! What ties words into one noun phrase: prepositions, participles, "and", relative clauses.

use super::lexicon::{class, form};
use super::para::{Para, Segment};
use super::token::Pos;

/// Whether the preposition at `at` ties a noun phrase to the one before it.
pub(super) fn joins(p: &Para<'_>, seg: &Segment, at: usize, floor: usize) -> bool {
    if at <= floor || at <= seg.lo {
        return false;
    }
    // "sites such as", "officials including"
    if p.is(at, "as") && p.is(at - 1, "such") {
        return true;
    }
    if p.toks[at].pos == Pos::Subordinator {
        return false;
    }
    let b = &p.toks[at - 1];
    if b.depth > seg.level || p.toks[at].is(class::SUB) && !p.toks[at].is(class::PREP) {
        return false;
    }
    // "last week by a magazine": a time ties nothing.
    let time = b.is(class::WEEKDAY) || b.is(class::TIME) && p.is(at, "by");
    b.nominal() && !b.is(class::PERS) && !time
        || b.pos == Pos::Close
        || b.pos == Pos::Determiner && p.word(at) == "of"
        || reduced_at(p, at - 1, floor)
        || b.pos == Pos::Adjective
            && matches!(p.word(at), "of" | "to" | "with")
            && at > seg.lo + 1
            && (p.word(at) == "of" || p.toks[at - 2].nominal())
}

/// "documents released by": a participle behind a noun.
pub(super) fn reduced_at(p: &Para<'_>, at: usize, floor: usize) -> bool {
    let t = &p.toks[at];
    at > floor
        && (t.pos == Pos::Verb || t.pos == Pos::Participle)
        && t.forms & form::PARTICIPLE != 0
        && (p.toks[at - 1].pos == Pos::Noun || p.toks[at - 1].pos == Pos::Name)
}

/// Whether the finite-looking verb at `at` is a participle that opens a reduced relative inside the subject.
pub(super) fn reduced(p: &Para<'_>, seg: &Segment, at: usize, end: usize) -> bool {
    let next = &p.toks[at + 1];
    at > seg.lo
        && at + 1 < end
        && reduced_at(p, at, seg.lo)
        && (next.is(class::PREP) || next.is(class::TIME) || next.pos == Pos::To)
}

/// Whether the participle at `at` belongs inside the subject: "leading experts", "a study documenting it".
pub(super) fn inner_participle(p: &Para<'_>, seg: &Segment, at: usize, end: usize) -> bool {
    if at <= seg.lo {
        return false;
    }
    let before = &p.toks[at - 1];
    at + 1 < end
        && (matches!(
            before.pos,
            Pos::Determiner | Pos::Adjective | Pos::Genitive | Pos::Participle
        ) || p.toks[at].pos == Pos::Ing && before.pos == Pos::Noun
            || p.toks[at].pos == Pos::Participle
                && before.pos == Pos::Noun
                && p.toks[at + 1].is(class::PREP))
}

/// Whether "and" at `at` joins two single words of one phrase: "art and music critics", "Johnson and Johnson".
pub(super) fn short_pair(p: &Para<'_>, at: usize, seg: &Segment) -> bool {
    if at > seg.lo + 1
        && at + 1 < seg.hi
        && p.toks[at + 1].is(class::ROLE)
        && matches!(p.toks[at - 1].pos, Pos::Noun | Pos::Adjective)
        && !p.toks[at - 1].capital
        && matches!(
            p.toks[at - 2].pos,
            Pos::Determiner | Pos::Adjective | Pos::Name | Pos::Genitive | Pos::Comma
        )
    {
        return true;
    }
    at > seg.lo + 1
        && at + 1 < seg.hi
        && p.toks[at + 1].nominal()
        && matches!(p.toks[at - 1].pos, Pos::Noun | Pos::Adjective)
        && matches!(
            p.toks[at - 2].pos,
            Pos::Determiner | Pos::Preposition | Pos::Adjective
        )
        && !p.toks[at + 1].capital
        && at > seg.lo + 2
}

/// The relative word that opens the clause whose verb stands at `verb`, if the clause hangs on a noun.
pub(super) fn relative_before(p: &Para<'_>, seg: &Segment, verb: usize) -> Option<usize> {
    let from = verb.saturating_sub(10).max(seg.lo + 1);
    for k in (from..verb).rev() {
        let t = &p.toks[k];
        if t.depth > seg.level {
            return None;
        }
        match t.pos {
            Pos::Relative => {
                return (p.toks[k - 1].nominal() && !p.toks[k - 1].is(class::PERS)).then_some(k);
            }
            Pos::Comma
            | Pos::Stop
            | Pos::Colon
            | Pos::Semicolon
            | Pos::Coordinator
            | Pos::Quote => return None,
            _ => {}
        }
    }
    None
}
