//! Content behind the cue: a clause, a question, an infinitive; objects are told in [`mod@super::object`].

use super::super::clause::{clause_end, is_clause, skip_adverbials};
use super::super::found::FoundAttribution;
use super::super::lexicon::{Cue, class, frame};
use super::super::para::{Para, Segment, here};
use super::super::phrase::{Phrase, phrase_right};
use super::super::token::Pos;
use super::*;
use std::borrow::Cow;

/// Content to the right: a clause, a question, an infinitive, an object.
pub(super) fn right(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
) -> bool {
    use class::*;
    let f = cue.frames;
    let mental = f & frame::MENTAL != 0;
    if who.inverted && who.after < seg.hi && p.toks[who.after].pos != Pos::Relative {
        return false;
    }
    let mut j = who.after;
    if j < seg.hi && matches!(p.toks[j].pos, Pos::Colon) {
        j += 1;
    }
    let here = |k: usize| here(p, seg, k);
    let that = |k: usize| here(k).is_some() && p.is(k, "that");
    let question = |k: usize| {
        here(k).is_some_and(|t| {
            t.is(WH) && (t.pos == Pos::Relative || t.is(SUB)) && !p.is(k, "when") | !mental
        })
    };
    let take =
        |found: &mut FoundAttribution, from, rule, place| take(p, seg, found, from, rule, place);
    if f & (frame::THAT | frame::CLAUSE) != 0 {
        // "said on Friday that", "told the court, in tears, that".
        let mut k = skip_adverbials(p, seg, j);
        if f & frame::ADDRESSEE != 0
            && !that(k)
            && here(k)
                .is_some_and(|t| t.nominal() || t.pos == Pos::Determiner || t.pos == Pos::Adjective)
        {
            let np = phrase_right(p, seg, k);
            let end = skip_adverbials(p, seg, np);
            let to = if end < seg.hi && p.toks[end].pos == Pos::Comma {
                end + 1
            } else {
                end
            };
            let person = np == k + 1 && p.toks[k].is(OBJ | ADDRESSEE) && !p.is(k, "it");
            if that(to)
                || question(end) && f & frame::WH != 0
                || end < seg.hi
                    && (person || !is_finite_at(p, end))
                    && is_clause(p, seg, end, false)
                    && !p.toks[end].is(PREP)
            {
                k = if that(to) { to } else { end };
                return take(found, k, "verb-clause", "the clause behind it");
            }
            if f & frame::URGE != 0 && end < seg.hi && p.toks[end].pos == Pos::To {
                return take(found, k, "verb-urge", "what is asked of whom");
            }
        }
        // A parenthesis between cue and "that".
        if !that(k) && here(k).is_some_and(|t| t.pos == Pos::Comma) {
            let z = (k + 1..seg.hi.min(k + 10)).find(|z| p.toks[*z].pos == Pos::Comma);
            if let Some(z) = z.filter(|z| that(*z + 1)) {
                k = z + 1;
            } else if that(k + 1) && !mental {
                k += 1;
            }
        }
        if that(k)
            && p.toks.get(k + 1).is_some_and(|n| {
                !matches!(n.pos, Pos::Stop | Pos::Comma) || n.pos == Pos::Comma && k + 2 < seg.hi
            })
        {
            // "think that way" is no clause.
            if !mental && !(cue.lemma == "find" && judged_so(p, k + 1)) && !points(p, seg, k)
                || is_clause(p, seg, k + 1, false)
                || p.toks.get(k + 1).is_some_and(|t| {
                    // No noun phrase begins "that the", "that he".
                    matches!(t.pos, Pos::Auxiliary | Pos::Determiner | Pos::Name) || t.is(PERS)
                })
            {
                return take(found, k, "verb-that", "the that-clause behind it");
            }
        }
        if f & frame::WH != 0 && question(k) && asks(p, seg, who, found, k) {
            return take(found, k, "verb-question", "the question behind it");
        }
        if f & frame::CLAUSE != 0 || mental {
            let strict = !matches!(
                cue.lemma,
                "say" | "claim" | "state" | "argue" | "insist" | "warn"
            );
            let from = if k > j && is_clause(p, seg, k, true) && !mental {
                k
            } else {
                j
            };
            let filler = who.phrase.is_some_and(|s| {
                s.end == s.start + 1
                    && (p.is(s.start, "you") && matches!(cue.lemma, "know" | "see")
                        || p.is(s.start, "i") && cue.lemma == "mean")
            });
            let bare = !filler
                && here(from).is_some_and(|t| {
                    (t.pos != Pos::Relative || p.is(from, "what") && !mental)
                        && !(t.is(PREP) && t.pos != Pos::Name && !t.is(SUB) && !t.is(DET))
                        && t.pos != Pos::To
                        && t.pos != Pos::Comma
                        && !(t.is(OBJ) && !t.is(SUBJ) && !t.is(POSS))
                })
                || p.toks
                    .get(from)
                    .is_some_and(|t| from < seg.hi && t.depth > seg.level);
            // "estimated by 2050, growth would": a fronted time before the clause.
            if !mental && skipped_to_comma(p, seg, j).is_some_and(|c| is_clause(p, seg, c, true)) {
                return take(found, j, "verb-clause", "the clause behind it");
            }
            let plain = f & frame::CLAUSE != 0 || here(from).is_some_and(|t| t.is(PERS));
            if bare
                && plain
                && !p.toks[from].is(ADV | TIME)
                    | p.toks[from].is(DET | SUBJ)
                    | (from + 1 < seg.hi
                        && p.toks[from].pos == Pos::Adverb
                        && is_clause(p, seg, from + 1, true))
                && is_clause(p, seg, from, strict)
                && !object_reading(p, seg, cue, from)
            {
                return take(found, from, "verb-clause", "the clause behind it");
            }
            // "he said, the bridge leaks" with a comma and nothing before.
            if !mental
                && here(j).is_some_and(|t| matches!(t.pos, Pos::Comma | Pos::Dash))
                && is_clause(p, seg, j + 1, true)
                && f & frame::QUOTE != 0
                && who.front == seg.lo
            {
                return take(found, j + 1, "verb-clause", "the clause behind it");
            }
        }
    }
    if f & frame::WH != 0 {
        let k = skip_adverbials(p, seg, j);
        // "comment on whether", "asked about why"
        let k = if here(k).is_some_and(|t| t.is(PREP))
            && matches!(p.word(k), "on" | "about" | "over" | "of" | "into" | "as")
            && question(k + 1)
        {
            k + 1
        } else {
            k
        };
        let k = if f & frame::ADDRESSEE != 0 && !question(k) {
            phrase_right(p, seg, k)
        } else {
            k
        };
        if question(k) && asks(p, seg, who, found, k) {
            return take(found, k, "verb-question", "the question behind it");
        }
    }
    let finite = p.toks[found.at].pos == Pos::Verb
        || found
            .cue
            .is_some_and(|c| p.toks[c.start..c.end].iter().any(|t| t.finite()))
        || p.toks[found.at].pos == Pos::Participle
        || p.toks[found.at].pos == Pos::Ing
            && (!who.participle || found.at > seg.lo && p.toks[found.at - 1].is(BE));
    if f & frame::URGE != 0 && finite && here(j).is_some() {
        let np = phrase_right(p, seg, j);
        let to = np + usize::from(p.toks.get(np).is_some_and(|t| t.pos == Pos::Not));
        if np > j && to < seg.hi && p.toks[to].pos == Pos::To {
            return take(found, j, "verb-urge", "what is asked of whom");
        }
    }
    if f & frame::INFINITIVE != 0
        && finite
        && who.phrase.is_some_and(|s| {
            voice(p, s) || cue.lemma == "claim" && (p.is(j + 1, "be") || p.is(j + 1, "have"))
        })
        && here(j).is_some_and(|t| t.pos == Pos::To)
        && here(j + 1).is_some_and(|t| {
            t.forms != 0
                || t.is(AUX)
                || matches!(t.pos, Pos::Infinitive | Pos::Adverb | Pos::Noun) && !t.capital
        })
    {
        return take(found, j, "verb-infinitive", "the infinitive behind it");
    }
    accused(p, seg, cue, who, found, j, finite)
        .unwrap_or_else(|| object(p, seg, cue, who, found, j, finite))
}

/// Takes the clause from token `from` as the content, by `rule`; false where it is none.
pub(super) fn take(
    p: &Para<'_>,
    seg: &Segment,
    found: &mut FoundAttribution,
    from: usize,
    rule: &'static str,
    place: &'static str,
) -> bool {
    let end = clause_end(p, seg, from, seg.hi);
    // "said nothing on the subject"
    let little = matches!(
        p.word(from),
        "nothing" | "little" | "much" | "more" | "something"
    ) && p.toks.get(from + 1).is_some_and(|t| t.is(class::PREP));
    if end < from + 2 || little || p.is(from, "because") {
        return false;
    }
    found.add(Phrase { start: from, end });
    found.rule = rule;
    found.place = Cow::Borrowed(place);
    true
}

/// The token behind the comma that ends a prepositional phrase at `j`.
pub(super) fn skipped_to_comma(p: &Para<'_>, seg: &Segment, j: usize) -> Option<usize> {
    p.toks.get(j).filter(|t| {
        j < seg.hi && t.is(class::PREP) && t.pos != Pos::Name && t.depth == seg.level
    })?;
    let k = skip_adverbials(p, seg, j);
    (k > j && k + 1 < seg.hi && p.toks[k].pos == Pos::Comma).then_some(k + 1)
}

/// Whether the question word at `k` opens a question that the source asks or answers, rather than "what to say".
pub(super) fn asks(
    p: &Para<'_>,
    seg: &Segment,
    who: &FoundSource,
    found: &FoundAttribution,
    k: usize,
) -> bool {
    // "to see what": a purpose, not a report.
    let at = found.at;
    if at > seg.lo
        && p.toks[at - 1].pos == Pos::To
        && !(at > seg.lo + 1
            && (p.toks[at - 2].is(class::CONTROL | class::AUX) || lemma_control(p, at - 2)))
    {
        return false;
    }
    if who.phrase.is_none_or(|s| !voice(p, s)) {
        return false;
    }
    let mut owed = 0;
    for q in k + 1..seg.hi.min(k + 14) {
        let t = &p.toks[q];
        if t.finite() {
            if owed == 0 {
                return true;
            }
            owed -= 1;
        }
        match t.pos {
            Pos::To if q <= k + 3 => return false,
            // "how long that would take"
            Pos::Relative if q > k + 1 && is_finite_at(p, q + 1) => {}
            Pos::Relative if q > k + 1 => owed += 1,
            Pos::Stop | Pos::Semicolon | Pos::Comma if t.depth <= seg.level => return false,
            _ => {}
        }
    }
    false
}

/// "answered that question", "repeated that claim on Friday": the "that" at `k` points to a thing, and nothing behind that
/// can be a verb.
fn points(p: &Para<'_>, seg: &Segment, k: usize) -> bool {
    let end = clause_end(p, seg, k, seg.hi);
    end <= k + 6
        && p.toks.get(k + 1).is_some_and(|t| t.pos == Pos::Noun)
        && !p.word(k + 1).ends_with('s')
        && p.toks[k + 2..end.max(k + 2)]
            .iter()
            .all(|t| t.forms == 0 && t.depth == seg.level)
}

/// "found that hard to believe": the word at `k` judges what "that" stands for.
fn judged_so(p: &Para<'_>, k: usize) -> bool {
    let k = k + usize::from(p.toks.get(k).is_some_and(|t| t.pos == Pos::Adverb));
    p.toks.get(k).is_some_and(|t| t.pos == Pos::Adjective)
        && p.toks
            .get(k + 1)
            .is_none_or(|t| matches!(t.pos, Pos::To | Pos::Stop | Pos::Comma))
}

pub(super) fn is_finite_at(p: &Para<'_>, k: usize) -> bool {
    p.toks.get(k).is_some_and(|t| t.finite())
}

/// Whether what stands behind a verb that takes an object or a clause is only an object: "announced a plan to".
pub(super) fn object_reading(p: &Para<'_>, seg: &Segment, cue: &Cue, from: usize) -> bool {
    let end = phrase_right(p, seg, from);
    // "found the hotel to be clean"
    let judged = matches!(
        cue.lemma,
        "find" | "prove" | "show" | "know" | "believe" | "understand" | "consider"
    );
    if judged && p.toks[from].is(class::OBJ) && judged_so(p, from + 1) {
        return true;
    }
    if judged && end > from && end < seg.hi && p.toks[end].pos == Pos::To {
        return true;
    }
    if cue.frames & frame::OBJECT == 0 {
        return false;
    }
    end > from
        && p.toks.get(end).is_none_or(|t| {
            end >= seg.hi
                || matches!(
                    t.pos,
                    Pos::To | Pos::Relative | Pos::Preposition | Pos::Ing | Pos::Stop | Pos::Comma
                )
        })
}
