//! Content that stands before or around source and cue, and quotations on either side.

use super::super::clause::{clause_end, clause_start, skip_adverbials, trim};
use super::super::found::FoundAttribution;
use super::super::lexicon::{Cue, class, frame};
use super::super::para::{Para, Segment};
use super::super::phrase::{Phrase, phrase_right};
use super::super::token::Pos;
use super::*;
use crate::core::vocabulary::Stance;
use std::borrow::Cow;

pub(super) fn active(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    cue: &Cue,
    who: FoundSource,
    out: &mut Vec<FoundAttribution>,
) -> Option<()> {
    let tone = tone(p, g, cue, who.phrase, who.front);
    let mut found = FoundAttribution {
        source: who.phrase,
        cue: Some(cue_span(p, g, cue)),
        content: Vec::new(),
        about: None,
        at: g.verb,
        level: seg.level,
        stance: tone.stance,
        certainty: tone.certainty,
        negated: tone.negated,
        rule: "verb",
        place: Cow::Borrowed(""),
        speech: cue.frames & frame::QUOTE != 0 && cue.frames & frame::MENTAL == 0,
    };
    let done = through_relative(p, seg, cue, &who, &mut found)
        || quoted(p, seg, cue, &who, &mut found)
        || beside(p, seg, cue, &who, &mut found)
        || right(p, seg, cue, &who, &mut found)
        || antecedent(p, seg, cue, &who, &mut found, out);
    if done && !found.content.is_empty() {
        within_relative(p, seg, &who, &mut found);
        out.push(found);
    }
    Some(())
}

/// "a claim that the council denies", "charges he rejects": what is denied stands before its relative clause.
fn antecedent(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
    out: &mut Vec<FoundAttribution>,
) -> bool {
    if !matches!(cue.stance, Stance::Denies | Stance::Retracts)
        || cue.frames & frame::OBJECT == 0
        || who.inverted
        || who.participle
        || who.front < seg.lo + 2
    {
        return false;
    }
    let done = p.toks.get(who.after).is_none_or(|t| {
        who.after >= seg.hi
            || t.depth > seg.level
            || t.is(class::PREP | class::COORD)
            || matches!(
                t.pos,
                Pos::Stop | Pos::Comma | Pos::Semicolon | Pos::Adverb | Pos::Close
            )
    });
    let relative = matches!(p.word(who.front - 1), "that" | "which");
    let end = who.front - usize::from(relative);
    if !done
        || end < seg.lo + 2
        || !p.toks[end - 1].is(class::SPEECHNOUN)
        || p.toks[end - 1].finite()
    {
        return false;
    }
    let mut start = end - 1;
    while start > seg.lo
        && matches!(
            p.toks[start - 1].pos,
            Pos::Adjective | Pos::Determiner | Pos::Noun | Pos::Name | Pos::Genitive
        )
    {
        start -= 1;
    }
    found.add(Phrase { start, end });
    found.rule = "verb-antecedent";
    found.place = Cow::Borrowed("what its relative clause hangs on");
    // The relative clause is not what the noun says.
    out.retain(|f| f.rule != "noun-that" || f.at != end - 1);
    true
}

/// What stands in a relative clause ends with it: "The company, which denies it, said", "Those who alleged fraud urged".
fn within_relative(p: &Para<'_>, seg: &Segment, who: &FoundSource, found: &mut FoundAttribution) {
    let Some(s) = who
        .phrase
        .filter(|s| s.end >= s.start + 2 && p.toks[s.end - 1].pos == Pos::Relative)
    else {
        return;
    };
    let commas = p.toks[s.end - 2].pos == Pos::Comma;
    let Some(c) = found.content.last_mut() else {
        return;
    };
    if !commas {
        let object = phrase_right(p, seg, c.start);
        if object > c.start && object < c.end && p.toks[object].pos == Pos::Verb {
            c.end = object;
        }
        return;
    }
    let end = (c.start + 1..c.end).find(|k| {
        p.toks[*k].pos == Pos::Comma
            && p.toks[*k].depth == seg.level
            && p.toks.get(*k + 1).is_some_and(|t| t.finite())
    });
    c.end = end.unwrap_or(c.end);
}

/// A quotation right before or behind source and cue.
pub(super) fn quoted(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
) -> bool {
    if cue.frames & (frame::QUOTE | frame::OBJECT | frame::ACCUSE) == 0 {
        return false;
    }
    let deep = |k: usize| p.toks.get(k).is_some_and(|t| t.depth > seg.level);
    let front = who.front;
    // Before: directly, or with a comma outside.
    let mut before = front.checked_sub(1).filter(|k| deep(*k));
    if before.is_none() && front >= 2 && p.toks[front - 1].pos == Pos::Comma && deep(front - 2) {
        before = Some(front - 2);
    }
    let next = who.after;
    let at_end = next >= seg.hi
        || matches!(
            p.toks[next].pos,
            Pos::Stop | Pos::Comma | Pos::Colon | Pos::Dash | Pos::Semicolon | Pos::Quote
        );
    if let Some(b) = before.filter(|b| *b >= seg.lo || at_end || who.inverted)
        && cue.frames & frame::QUOTE != 0
        && !(who.participle && !at_end && b + 1 < front)
    {
        let open = (0..=b).rev().take_while(|k| deep(*k)).last().unwrap_or(b);
        let open = if seg.level == 0 {
            p.quote_at(b).map_or(open, |q| q.open)
        } else {
            open
        };
        // "“… the duel.” Galois exclaimed: “…”": what was quoted before ended there.
        let closed = !who.inverted
            && b > open
            && p.toks[b].pos == Pos::Quote
            && p.is(b - 1, ".")
            && b + 1 == front;
        let announces = |k: usize| {
            p.toks[k].pos == Pos::Colon && deep(k + 1) || p.toks[k].pos == Pos::Comma && deep(k + 1)
        };
        if closed && next < seg.hi && announces(next) {
            return behind(p, seg, cue, who, found);
        }
        let ended = matches!(p.toks[b].pos, Pos::Quote)
            && b > open
            && matches!(p.toks[b - 1].pos, Pos::Comma | Pos::Stop)
            || p.toks[front - 1].pos == Pos::Comma
            || at_end
            || who.inverted;
        if ended {
            let start = if open > seg.lo {
                clause_start(p, seg, open)
            } else {
                open
            };
            // The words before a partial quotation belong to the content too, unless they report themselves.
            let start = if start < open
                && p.toks[start..open]
                    .iter()
                    .any(|t| t.cue != 0 && t.pos == Pos::Verb && t.depth == seg.level)
            {
                open
            } else {
                start
            };
            found.add(Phrase { start, end: b + 1 });
            found.place = Cow::Borrowed("the quotation before it");
            found.rule = if who.inverted {
                "quote-inverted"
            } else {
                "quote-before"
            };
            // Split around the cue: "…," he said, "…".
            let k = skip_adverbials(p, seg, next);
            let k = aside(p, seg, k);
            if k < seg.hi && p.toks[k].pos == Pos::Comma && deep(k + 1) {
                let end = quote_end(p, seg, k + 1);
                found.add(Phrase { start: k + 1, end });
                found.rule = "quote-split";
                found.place = Cow::Borrowed("the quotation around it");
            }
            return true;
        }
    }
    behind(p, seg, cue, who, found)
}

/// A quotation behind source and cue.
fn behind(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
) -> bool {
    if cue.frames & frame::QUOTE == 0 || who.inverted {
        return false;
    }
    let deep = |k: usize| p.toks.get(k).is_some_and(|t| t.depth > seg.level);
    let next = who.after;
    // Behind: he said, "…"; he told reporters on Friday: "…".
    let mut k = skip_adverbials(p, seg, next);
    if !deep(k) && cue.frames & frame::ADDRESSEE != 0 && k < seg.hi && p.toks[k].pos != Pos::Comma {
        k = skip_adverbials(p, seg, phrase_right(p, seg, k));
    }
    // "As Pell summarised it: “…”"
    if !deep(k) && k < seg.hi && p.is(k, "it") {
        let z = skip_adverbials(p, seg, k + 1);
        if z < seg.hi && matches!(p.toks[z].pos, Pos::Comma | Pos::Colon) && deep(z + 1) {
            k = z;
        }
    }
    let direct = k == next;
    let marked = k < seg.hi && matches!(p.toks[k].pos, Pos::Comma | Pos::Colon);
    if marked {
        k += 1;
        // "said, in a statement, "…""
        if !deep(k) && p.toks[k - 1].pos == Pos::Comma {
            let z = skip_adverbials(p, seg, k);
            if z > k && z < seg.hi && p.toks[z].pos == Pos::Comma && deep(z + 1) {
                k = z + 1;
            }
        }
    }
    if !deep(k) || k >= p.toks.len() || k >= seg.hi && !marked {
        return false;
    }
    let end = quote_end(p, seg, k);
    if !marked && end - k < 5 && !direct {
        return false;
    }
    let rest = end < seg.hi && !matches!(p.toks[end].pos, Pos::Stop | Pos::Comma | Pos::Semicolon);
    let end = if rest && !p.toks[end - 2].pos.eq(&Pos::Stop) {
        clause_end(p, seg, k, seg.hi)
    } else {
        end
    };
    found.add(Phrase {
        start: k,
        end: end.max(k + 1),
    });
    found.rule = "quote-behind";
    found.place = Cow::Borrowed("the quotation behind it");
    true
}

/// The comma behind what somebody did while speaking (", hauling in a net,"), where a quotation follows it; else `k`.
fn aside(p: &Para<'_>, seg: &Segment, k: usize) -> usize {
    let opens = p
        .toks
        .get(k)
        .is_some_and(|t| k < seg.hi && t.pos == Pos::Comma)
        && p.toks.get(k + 1).is_some_and(|t| {
            k + 1 < seg.hi
                && (matches!(t.pos, Pos::Ing | Pos::Participle | Pos::Adverb) || t.is(class::PREP))
        });
    if !opens {
        return k;
    }
    (k + 1..seg.hi.min(k + 16))
        .take_while(|z| p.toks[*z].depth == seg.level && !p.toks[*z].finite())
        .find(|z| {
            p.toks[*z].pos == Pos::Comma && p.toks.get(z + 1).is_some_and(|t| t.depth > seg.level)
        })
        .unwrap_or(k)
}

/// Where the quotation that token `k` opens ends.
pub(crate) fn quote_end(p: &Para<'_>, seg: &Segment, k: usize) -> usize {
    if seg.level == 0
        && let Some(q) = p.quote_at(k)
    {
        return q.end;
    }
    (k..p.toks.len())
        .find(|q| p.toks[*q].depth <= seg.level)
        .unwrap_or(p.toks.len())
}

/// Content on the left or on both sides: "…, Oduya said.", "The bridge, he says, leaks.", "As Pell told us, …".
pub(super) fn beside(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
) -> bool {
    use class::*;
    if cue.frames & frame::CLAUSE == 0 || who.participle || who.front <= seg.lo {
        return false;
    }
    let front = who.front;
    let mut next = skip_adverbials(p, seg, who.after);
    let told = cue.frames & frame::ADDRESSEE != 0
        && next < seg.hi
        && p.toks[next].depth == seg.level
        && p.toks[next].pos != Pos::Comma
        && !matches!(p.toks[next].pos, Pos::Relative | Pos::Stop);
    if told {
        let after = skip_adverbials(p, seg, phrase_right(p, seg, next));
        if after >= seg.hi || matches!(p.toks[after].pos, Pos::Stop | Pos::Comma) {
            next = after
        }
    }
    let ends = next >= seg.hi
        || p.toks[next].pos == Pos::Stop && p.toks[next].depth == seg.level && next + 2 >= seg.hi
        || p.toks[next].pos == Pos::Semicolon;
    // "…, her office said, describing it as": the participle reports on its own.
    let ends = ends
        || p.toks[next].pos == Pos::Comma
            && p.toks
                .get(next + 1)
                .is_some_and(|t| next + 1 < seg.hi && t.pos == Pos::Ing && t.cue != 0);
    let comma = !ends && p.toks[next].pos == Pos::Comma;
    let before = &p.toks[front - 1];
    if p.is(front - 1, "as")
        && (front - 1 == seg.lo || p.toks[front - 2].pos == Pos::Comma)
        && (ends || comma)
    {
        found.rule = "as-said";
        if front - 1 == seg.lo && comma {
            found.add(Phrase {
                start: next + 1,
                end: clause_end(p, seg, next + 1, seg.hi),
            });
            found.place = Cow::Borrowed("the clause behind it");
        } else {
            let start = clause_start(p, seg, front - 1);
            if !has_verb(
                p,
                Phrase {
                    start,
                    end: front - 1,
                },
            ) {
                return false;
            }
            found.add(Phrase {
                start,
                end: trim(p, seg, start, front - 1),
            });
            found.place = Cow::Borrowed("the clause before it");
        }
        return true;
    }
    if !matches!(before.pos, Pos::Comma | Pos::Dash) || before.depth > seg.level {
        // "The bridge I think leaks": rare in writing, common in speech; not taken.
        return false;
    }
    if !(ends || comma) || p.toks[who.after.min(p.toks.len() - 1)].is(REL) && who.after < seg.hi {
        return false;
    }
    // What speakers put in while they talk, and verbs that only come last in a clause of their own.
    let from = who.phrase.map_or(who.front, |s| s.end).min(found.at);
    if matches!(
        cue.lemma,
        "know"
            | "mean"
            | "see"
            | "inform"
            | "learn"
            | "remember"
            | "continue"
            | "convince"
            | "teach"
            | "notice"
            | "figure"
            | "ask"
    ) || habit(p, from, found.at)
        || p.toks[found.at].pos == Pos::Ing
    {
        return false;
    }
    let start = clause_start(p, seg, front - 1);
    let left = Phrase {
        start,
        end: trim(p, seg, start, front - 1),
    };
    if left.end <= left.start {
        return false;
    }
    if ends {
        // "Not so, says the engineer."
        let short = who.inverted && start == seg.lo && cue.frames & frame::OBJECT == 0;
        if !has_verb(p, left) && !short {
            return false;
        }
        found.add(left);
        found.rule = "verb-tail";
        found.place = Cow::Borrowed("the clause before it");
        return true;
    }
    // Both sides.
    let end = clause_end(p, seg, next + 1, seg.hi);
    let filler = matches!(cue.lemma, "know" | "see" | "mean" | "remember")
        || !is_finite_near(p, next + 1, end) && !has_verb(p, left);
    if filler || end <= next + 1 {
        return false;
    }
    // A subordinate clause alone on the left belongs to the author: "When he came, he said, …" is rare; keep both.
    found.add(left);
    found.add(Phrase {
        start: next + 1,
        end,
    });
    found.rule = "verb-inside";
    found.place = Cow::Borrowed("the clause around it");
    true
}

/// Whether a "to" stands between subject and verb that does not only tell a habit ("she liked to say").
fn habit(p: &Para<'_>, from: usize, at: usize) -> bool {
    (from..at).any(|k| {
        p.toks[k].pos == Pos::To
            && !(k > from
                && matches!(
                    p.word(k - 1),
                    "like" | "likes" | "liked" | "used" | "loved" | "loves"
                ))
    })
}

/// "which he stressed was not a breach": the relative word is the subject of what is said.
pub(super) fn through_relative(
    p: &Para<'_>,
    seg: &Segment,
    cue: &Cue,
    who: &FoundSource,
    found: &mut FoundAttribution,
) -> bool {
    let Some(s) = who
        .phrase
        .filter(|s| !who.inverted && !who.participle && s.start > seg.lo)
    else {
        return false;
    };
    let relative = s.start - 1;
    let opens = p.toks[relative].depth == seg.level
        && (matches!(p.word(relative), "which" | "who" | "that")
            // "in what the police believe was arson"
            || p.is(relative, "what") && relative > seg.lo && p.is(relative - 1, "in"))
        && cue.frames & frame::CLAUSE != 0;
    if !opens || who.after >= seg.hi || !p.toks[who.after].finite() {
        return false;
    }
    found.add(Phrase {
        start: relative,
        end: s.start,
    });
    found.add(Phrase {
        start: who.after,
        end: clause_end(p, seg, who.after, seg.hi),
    });
    found.rule = "verb-relative";
    found.place = Cow::Borrowed("the relative clause around it");
    true
}

pub(super) fn has_verb(p: &Para<'_>, part: Phrase) -> bool {
    p.toks[part.start..part.end]
        .iter()
        .any(|t| t.finite() || t.pos == Pos::Participle)
}

pub(super) fn is_finite_near(p: &Para<'_>, from: usize, to: usize) -> bool {
    p.toks[from.min(to)..to]
        .iter()
        .take(14)
        .any(|t| t.finite() || t.depth > 0)
}
