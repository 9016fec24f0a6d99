//! Attribution without a reporting verb: "according to", adjectives, nouns, colons, credits.

use std::borrow::Cow;

use super::clause::{clause_end, clause_start, is_clause, trim};
use super::found::FoundAttribution;
use super::lexicon::{class, form, frame};
use super::para::{Para, Segment};
use super::phrase::{Phrase, phrase_right, subject_left};
use super::token::Pos;
use super::verb::group;
use crate::core::vocabulary::{Certainty, Stance};

pub(super) fn found(
    seg: &Segment,
    at: usize,
    rule: &'static str,
    place: &'static str,
) -> FoundAttribution {
    FoundAttribution {
        source: None,
        cue: None,
        content: Vec::new(),
        about: None,
        at,
        level: seg.level,
        stance: Stance::Asserts,
        certainty: Certainty::Unspecified,
        negated: false,
        rule,
        place: Cow::Borrowed(place),
        speech: false,
    }
}

/// "According to Oduya, …", "…, according to Oduya", "in the words of Oduya, …". `i` is the phrase's first token.
pub(crate) fn according(p: &Para<'_>, seg: &Segment, i: usize, out: &mut Vec<FoundAttribution>) {
    let source_from = if p.is(i, "according") && p.is(i + 1, "to") {
        i + 2
    } else if p.is(i, "in") && p.is(i + 1, "the") && p.is(i + 2, "words") && p.is(i + 3, "of") {
        i + 4
    } else if p.is(i, "per") && cites(p, seg, i) {
        i + 1
    } else {
        return;
    };
    if source_from >= seg.hi {
        return;
    }
    let mut end = phrase_right(p, seg, source_from);
    if end == source_from {
        return;
    }
    // "According to the Herald, Oduya, the mayor, said": what looks like an apposition is the clause's subject.
    if p.toks
        .get(end)
        .is_some_and(|t| end < seg.hi && t.pos == Pos::Comma)
        && p.toks
            .get(end + 1)
            .is_some_and(|t| end + 1 < seg.hi && t.finite())
        && let Some(c) = (source_from..end).find(|k| p.toks[*k].pos == Pos::Comma)
    {
        end = c;
    }
    // "According to the board, the talks failed.": nothing is left for it to say, so that this is no apposition.
    let ended = end >= seg.hi || p.toks[end].pos == Pos::Stop;
    if ended
        && i <= seg.lo + 1
        && let Some(c) = (source_from..end)
            .rfind(|k| p.toks[*k].pos == Pos::Comma && p.toks[*k].depth == seg.level)
        && is_clause(p, seg, c + 1, true)
    {
        end = c;
    }
    // "according to a posting made over 24 hours ago, …": what the noun carries with it.
    let initial = i <= seg.lo + 3
        && p.toks[seg.lo..i]
            .iter()
            .all(|t| t.is(class::COORD | class::SUB | class::ADV) || t.pos == Pos::Comma)
        || p.is(i.wrapping_sub(1), "that") && i > seg.lo;
    let fronted = initial
        || i > seg.lo
            && p.toks[i - 1].pos == Pos::Comma
            && p.toks
                .get(end)
                .is_some_and(|t| end < seg.hi && t.pos == Pos::Comma)
            && is_clause(p, seg, end + 1, true)
            && !p.toks[clause_start(p, seg, i - 1)..i - 1]
                .iter()
                .any(|t| t.finite());
    if initial
        && end < seg.hi
        && (p.toks[end].pos == Pos::Verb || p.toks[end].pos == Pos::Participle)
        && p.toks[end].forms & form::PARTICIPLE != 0
        && let Some(c) = (end..seg.hi.min(end + 14)).find(|k| p.toks[*k].pos == Pos::Comma)
        && !p.toks[end + 1..c].iter().any(|t| t.finite())
    {
        end = c;
    }
    // "in the words of the prosecutor, Ada Pell, “…”": the quotation behind it.
    let worded = source_from == i + 4;
    let quoted = (end..seg.hi.min(end + 12)).find(|k| p.toks[*k].depth > seg.level);
    if worded && let Some(q) = quoted.filter(|q| p.toks[*q - 1].pos == Pos::Comma) {
        let mut f = found(seg, i, "in-words-of", "the quotation behind it");
        f.source = Some(Phrase {
            start: source_from,
            end: trim(p, seg, source_from, q),
        });
        f.cue = Some(Phrase {
            start: i,
            end: source_from,
        });
        f.speech = true;
        f.add(Phrase {
            start: q,
            end: super::verb::quote_end(p, seg, q),
        });
        out.push(f);
        return;
    }
    // "according to age", "according to plan": a measure, not a voice.
    let one = &p.toks[source_from];
    if end == source_from + 1
        && one.pos != Pos::Name
        && !one.is(class::OBJ
            | class::SUBJ
            | class::ANONYMOUS
            | class::ROLE
            | class::ORG
            | class::DOCUMENT
            | class::MEDIA
            | class::SPEECHNOUN)
    {
        return;
    }
    let mut f = found(seg, i, "according-to", "");
    f.source = Some(Phrase {
        start: source_from,
        end: trim(p, seg, source_from, end),
    });
    f.cue = Some(Phrase {
        start: i,
        end: source_from,
    });
    f.speech = true;
    if fronted {
        let from = end + usize::from(p.toks.get(end).is_some_and(|t| t.pos == Pos::Comma));
        // "according to Yonhap, quoting …, the army": a participle may stand between.
        let relays = p.toks.get(from).is_some_and(|t| t.pos == Pos::Ing)
            && p.cue(from).is_some_and(|c| c.frames & frame::RELAY != 0);
        let beyond = (from + 2..seg.hi.min(from + 24))
            .find(|k| p.toks[*k].pos == Pos::Comma && p.toks[*k].depth == seg.level)
            .filter(|_| relays);
        let from = beyond.map_or(from, |k| k + 1);
        let to = clause_end(p, seg, from, seg.hi);
        if to < from + 2 {
            return;
        }
        f.add(Phrase {
            start: from,
            end: to,
        });
        f.place = Cow::Borrowed("the clause behind it");
    } else {
        let mut start = clause_start(p, seg, i);
        // The nearest clause only: "…, and the city expects six million, according to the site".
        let to = trim(p, seg, start, i);
        if to <= start {
            return;
        }
        while start < to && p.toks[start].is(class::COORD) {
            start += 1;
        }
        f.add(Phrase { start, end: to });
        f.place = Cow::Borrowed("the clause before it");
    }
    out.push(f);
}

/// Whether "per" at `i` names a voice at the end of its sentence, rather than a rate: "…, per the police".
fn cites(p: &Para<'_>, seg: &Segment, i: usize) -> bool {
    let end = phrase_right(p, seg, i + 1);
    i > seg.lo + 3
        && p.toks[i - 1].pos == Pos::Comma
        && end > i + 1
        && (end >= seg.hi || p.toks[end].pos == Pos::Stop)
        && p.toks[i + 1..end].iter().any(|t| {
            t.pos == Pos::Name
                || t.is(class::ORG | class::MEDIA | class::DOCUMENT | class::ANONYMOUS)
        })
}

/// "is concerned that", "was not sure whether", "are confident they will".
pub(crate) fn adjective(p: &Para<'_>, seg: &Segment, i: usize, out: &mut Vec<FoundAttribution>) {
    let t = &p.toks[i];
    if !t.is(class::ADJCUE) {
        return;
    }
    let g = group(p, seg, i);
    let copula = p.toks[g.start..i].iter().any(|t| t.is(class::BE))
        || i > seg.lo
            && matches!(
                p.word(i - 1),
                "feel" | "feels" | "felt" | "seems" | "became" | "remain" | "remains" | "remained"
            );
    if !copula {
        return;
    }
    let start = if p.toks[g.start].finite() {
        g.start
    } else {
        i - 1
    };
    let Some(s) = subject_left(p, seg, start) else {
        return;
    };
    if p.is(s.start, "it") || p.is(s.start, "there") {
        return;
    }
    let k = i + 1;
    let ok = k < seg.hi
        && (p.is(k, "that") && is_clause(p, seg, k + 1, false)
            || p.toks[k].is(class::WH) && p.toks[k].pos == Pos::Relative
            || p.is(k, "if")
            || p.is(k, "whether")
            || p.toks[k].is(class::PERS) && is_clause(p, seg, k, true)
            || is_clause(p, seg, k, true) && p.toks[k].pos == Pos::Determiner);
    if !ok {
        return;
    }
    let word = p.word(i).to_ascii_lowercase();
    let unsure =
        word.starts_with("un") || matches!(word.as_str(), "doubtful" | "sceptical" | "skeptical");
    let mut f = found(seg, i, "adjective", "the clause behind it");
    f.source = Some(s);
    f.cue = Some(Phrase {
        start: if g.negated { start } else { i },
        end: i + 1,
    });
    f.negated = g.negated || unsure;
    f.stance = if f.negated {
        Stance::Questions
    } else {
        Stance::Asserts
    };
    f.certainty = match word.as_str() {
        "sure" | "certain" | "confident" | "convinced" | "adamant" | "positive" | "clear"
        | "aware" => Certainty::Certain,
        "hopeful" | "optimistic" => Certainty::Probable,
        "worried" | "concerned" | "afraid" => Certainty::Possible,
        _ => Certainty::Unspecified,
    };
    f.add(Phrase {
        start: k,
        end: clause_end(p, seg, k, seg.hi),
    });
    out.push(f);
}

/// Where the owner that ends before `end` begins inside phrase `s`: a name takes its titles and no more
/// ("evidence to support council leader Pell's claim").
fn owner(p: &Para<'_>, s: Phrase, end: usize) -> usize {
    use class::*;
    if p.toks[end - 1].pos != Pos::Name {
        return s.start;
    }
    let titles = ROLE | HONORIFIC | ORG | ANONYMOUS | NATIONALITY | ADJ | DET;
    let outside = |k: &usize| {
        let t = &p.toks[*k];
        !(t.capital || t.is(titles) && !t.is(PREP) || t.pos == Pos::Genitive || p.is(*k, "of"))
    };
    (s.start..end)
        .rev()
        .find(outside)
        .map_or(s.start, |k| k + 1)
}

/// "Oduya's claim that …", "the belief that …", "has no idea what".
pub(crate) fn nominal(p: &Para<'_>, seg: &Segment, i: usize, out: &mut Vec<FoundAttribution>) {
    let t = &p.toks[i];
    if !t.is(class::SPEECHNOUN) || matches!(t.pos, Pos::Verb | Pos::Infinitive | Pos::Auxiliary) {
        return;
    }
    let mut k = i + 1;
    let mut source = None;
    // "the claim by the council that", "the view of critics that"
    if k < seg.hi && matches!(p.word(k), "by" | "from" | "of") {
        let end = phrase_right(p, seg, k + 1);
        if end > k + 1 && p.is(end, "that") {
            source = Some(Phrase { start: k + 1, end });
            k = end;
        }
    }
    if k >= seg.hi
        || p.toks[k].depth != seg.level
        || !p.is(k, "that")
        || !is_clause(p, seg, k + 1, false)
        || p.toks.get(k + 1).is_some_and(|n| n.finite())
    {
        return;
    }
    // A relative clause instead: "the report that she wrote" lacks an object at its end; a pronoun subject is the sign.
    let evidence_only = matches!(
        p.word(i),
        "evidence" | "news" | "question" | "idea" | "results" | "report" | "reports"
    );
    if source.is_none() {
        if i > seg.lo && (p.toks[i - 1].pos == Pos::Determiner && p.toks[i - 1].is(class::POSS)) {
            source = Some(Phrase {
                start: i - 1,
                end: i,
            });
        } else if let Some(gen_at) = (seg.lo..i)
            .rev()
            .take(3)
            .find(|k| p.toks[*k].pos == Pos::Genitive)
        {
            let s = subject_left(p, seg, gen_at);
            source = s.map(|s| Phrase {
                start: owner(p, s, gen_at),
                end: gen_at,
            });
        } else {
            // "came to the conclusion that", "expressed the hope that": the subject of the verb before.
            let v = (seg.lo..i).rev().take(8).find(|k| {
                p.toks[*k].depth == seg.level && p.toks[*k].finite() || p.toks[*k].pos == Pos::Comma
            });
            if let Some(v) = v.filter(|v| p.toks[*v].pos != Pos::Comma) {
                let holding = matches!(
                    p.word(v).to_ascii_lowercase().as_str(),
                    "came"
                        | "come"
                        | "comes"
                        | "reached"
                        | "reach"
                        | "have"
                        | "has"
                        | "had"
                        | "made"
                        | "make"
                        | "makes"
                        | "expressed"
                        | "voiced"
                        | "gave"
                        | "repeated"
                        | "raised"
                        | "expresses"
                );
                let main = !p.toks[v + 1..i].iter().any(|t| t.pos == Pos::Participle);
                if holding && main {
                    source = super::verb::subject_of_verb(p, seg, v);
                }
            }
        }
    }
    let claimed = matches!(
        p.word(i).to_ascii_lowercase().as_str(),
        "claim"
            | "claims"
            | "allegation"
            | "allegations"
            | "accusation"
            | "accusations"
            | "assertion"
            | "assertions"
            | "rumor"
            | "rumors"
            | "rumour"
            | "rumours"
    );
    // "rejected the claim that": the verb has it.
    let object = (seg.lo..i)
        .rev()
        .take(4)
        .any(|k| p.toks[k].cue != 0 && p.toks[k].depth == seg.level);
    if source.is_none() && (!claimed || evidence_only || object) {
        return;
    }
    // A speech noun in an adverbial ("told us in a statement that") leaves the clause to the verb.
    if i > seg.lo + 1 && (p.is(i - 2, "in") || p.is(i - 2, "with")) && source.is_none() {
        return;
    }
    let denial = t.is(class::DENIALNOUN);
    let mut f = found(seg, i, "noun-that", "the that-clause behind it");
    f.source = source;
    f.cue = Some(Phrase {
        start: i,
        end: i + 1,
    });
    f.negated = denial;
    f.stance = if denial {
        Stance::Denies
    } else {
        Stance::Asserts
    };
    let stop = if i <= seg.lo + 3 {
        main_verb(p, seg, k + 1)
    } else {
        seg.hi
    };
    f.add(Phrase {
        start: k,
        end: clause_end(p, seg, k, stop),
    });
    if f.content[0].end > k + 2 {
        out.push(f);
    }
}

/// Where the verb of the sentence stands that the clause from `from` on is the subject of: "the claim that he admitted it
/// | is false". The segment's end where there is none.
fn main_verb(p: &Para<'_>, seg: &Segment, from: usize) -> usize {
    let mut owed = 1;
    for k in from..seg.hi.min(from + 40) {
        let t = &p.toks[k];
        if t.depth > seg.level {
            continue;
        }
        match t.pos {
            Pos::Relative | Pos::Subordinator => owed += 1,
            Pos::Coordinator => owed += 1,
            Pos::Stop | Pos::Semicolon => break,
            Pos::Verb | Pos::Auxiliary if p.toks[k - 1].finite() => {}
            Pos::Verb | Pos::Auxiliary => {
                if owed == 0 {
                    return k;
                }
                owed -= 1;
            }
            _ => {}
        }
    }
    seg.hi
}

/// "I was like, no way": the spoken quotative.
pub(crate) fn quotative(p: &Para<'_>, seg: &Segment, i: usize, out: &mut Vec<FoundAttribution>) {
    if i < seg.lo + 2 || !p.toks[i - 1].is(class::BE | class::ADV) {
        return;
    }
    let mut be = i - 1;
    while be > seg.lo && p.toks[be].pos == Pos::Adverb {
        be -= 1;
    }
    let quote = p
        .toks
        .get(i + 1)
        .is_some_and(|t| i + 1 < seg.hi && (t.pos == Pos::Comma || t.depth > seg.level));
    if !quote
        || !p.toks[be].is(class::BE)
        || p.toks[be].pos != Pos::Auxiliary
        || be == seg.lo
        || !p.toks[be - 1].is(class::PERS)
    {
        return;
    }
    let from = i + 1 + usize::from(p.toks[i + 1].pos == Pos::Comma);
    let mut f = found(seg, i, "quotative-like", "what follows it");
    f.source = Some(Phrase {
        start: be - 1,
        end: be,
    });
    f.cue = Some(Phrase {
        start: be,
        end: i + 1,
    });
    f.speech = true;
    let end = clause_end(p, seg, from, seg.hi);
    if end > from {
        f.add(Phrase { start: from, end });
        out.push(f);
    }
}
