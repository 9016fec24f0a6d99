//! Voices that quote others, and cues in the passive.

use super::super::clause::{clause_end, clause_start, is_clause, skip_adverbials, trim};
use super::super::found::FoundAttribution;
use super::super::lexicon::{Cue, class, frame};
use super::super::para::{Para, Segment};
use super::super::phrase::{Phrase, phrase_right, subject_left};
use super::super::token::Pos;
use super::*;
use crate::core::vocabulary::{Certainty, Stance};
use std::borrow::Cow;

/// "was quoted as saying …", "quoted by the agency as saying …".
pub(super) fn quoted_as(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    saying: usize,
    out: &mut Vec<FoundAttribution>,
) {
    let Some(cue) = p.cue(saying) else { return };
    let Some(s) = subject_left(p, seg, g.start) else {
        return;
    };
    let who = FoundSource {
        phrase: Some(s),
        inverted: false,
        front: s.start,
        after: saying + 1,
        participle: false,
    };
    let inner = VerbGroup {
        start: g.start,
        verb: saying,
        passive: false,
        ..*g
    };
    let n = out.len();
    let _ = active(p, seg, &inner, cue, who, out);
    if let Some(f) = out.get_mut(n) {
        f.cue = Some(Phrase {
            start: g.start,
            end: saying + 1,
        });
        f.rule = "quoted-as-saying";
    }
}

/// A voice that quotes another: "KCNA quoted a spokesman as saying", "citing an internal memo".
pub(super) fn relay(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    cue: &Cue,
    out: &mut Vec<FoundAttribution>,
) {
    let np_start = g.verb + 1;
    let np = phrase_right(p, seg, np_start);
    if np == np_start {
        return;
    }
    let as_saying = p.is(np, "as")
        && p.toks
            .get(np + 1)
            .is_some_and(|t| t.pos == Pos::Ing && t.cue != 0);
    if g.passive {
        return;
    }
    if !as_saying {
        let s = Phrase {
            start: np_start,
            end: np,
        };
        if p.toks[g.verb].pos == Pos::Ing && !g.finite && (named(p, s) || voice(p, s)) {
            cited(p, seg, g, cue, s, out);
        }
        return;
    }
    let Some(inner_cue) = p.cue(np + 1) else {
        return;
    };
    let who = FoundSource {
        phrase: Some(Phrase {
            start: np_start,
            end: np,
        }),
        inverted: false,
        front: g.verb,
        after: np + 2,
        participle: false,
    };
    let said = VerbGroup {
        start: np,
        verb: np + 1,
        negated: false,
        passive: false,
        finite: true,
        infinitive: false,
        declined: false,
        certainty: None,
    };
    let outer = if g.finite {
        subject_left(p, seg, g.start)
    } else {
        verb_before(p, seg, g.start).and_then(|v| subject_of_verb(p, seg, v))
    };
    let n = out.len();
    // The quotation may stand before the whole: "…," KCNA quoted a spokesman as saying.
    let front = outer.map_or(g.start, |o| o.start.min(g.start));
    let _ = active(p, seg, &said, inner_cue, FoundSource { front, ..who }, out);
    if out.len() == n {
        return;
    }
    let mut via = out[n].clone();
    out[n].cue = Some(Phrase {
        start: np,
        end: np + 2,
    });
    out[n].rule = "quoted-as-saying";
    out[n].at = np + 1;
    via.source = outer;
    via.cue = Some(Phrase {
        start: g.verb,
        end: g.verb + 1,
    });
    via.stance = cue.stance;
    via.rule = "relay";
    via.at = g.verb;
    via.place = Cow::Borrowed("the voice that it quotes");
    via.speech = false;
    out.push(via);
}

/// "the Herald reported, citing two officials": the voice behind the report. What it says is known only once the
/// report is; until then it has no content.
fn cited(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    cue: &Cue,
    who: Phrase,
    out: &mut Vec<FoundAttribution>,
) {
    out.push(FoundAttribution {
        source: Some(Phrase {
            start: who.start,
            end: trim(p, seg, who.start, who.end),
        }),
        cue: Some(cue_span(p, g, cue)),
        content: Vec::new(),
        about: None,
        at: g.verb,
        level: seg.level,
        stance: cue.stance,
        certainty: cue.certainty,
        negated: false,
        rule: "cited",
        place: Cow::Borrowed("what the report says that cites it"),
        speech: false,
    });
}

/// Passives: "is believed to have fled", "it was reported that", "was denied by the council".
pub(super) fn passive(
    p: &Para<'_>,
    seg: &Segment,
    g: &VerbGroup,
    cue: &Cue,
    out: &mut Vec<FoundAttribution>,
) {
    let t = tone(p, g, cue, None, g.start);
    let mut found = FoundAttribution {
        source: None,
        cue: Some(cue_span(p, g, cue)),
        content: Vec::new(),
        about: None,
        at: g.verb,
        level: seg.level,
        stance: t.stance,
        certainty: if g.certainty.is_some() {
            t.certainty
        } else if cue.certainty == Certainty::Unspecified {
            Certainty::Unspecified
        } else {
            t.certainty
        },
        negated: t.negated,
        rule: "passive",
        place: Cow::Borrowed("the clause behind it"),
        speech: false,
    };
    let mut j = g.verb + 1;
    if p.is(j, "by") && j < seg.hi {
        let end = phrase_right(p, seg, j + 1);
        if end > j + 1 {
            found.source = Some(Phrase { start: j + 1, end });
            j = end;
        }
    }
    let k = skip_adverbials(p, seg, j);
    let subject = subject_left(p, seg, g.start);
    let told = cue.frames & frame::PASSIVE != 0
        || matches!(
            cue.lemma,
            "announce"
                | "claim"
                | "confirm"
                | "state"
                | "suggest"
                | "rumor"
                | "assert"
                | "argue"
                | "agree"
                | "determine"
                | "reveal"
                | "disclose"
                | "insist"
        )
        || cue.frames & frame::ADDRESSEE != 0;
    let known = matches!(cue.lemma, "know" | "note")
        || cue.lemma == "understand" && !subject.is_some_and(|s| p.is(s.start, "it"));
    let ends = j >= seg.hi || p.toks[j].pos == Pos::Stop && j + 2 >= seg.hi;
    if ends
        && matches!(cue.lemma, "tell" | "inform" | "assure")
        && let Some(s) = subject.filter(|s| {
            s.start > seg.lo + 2
                && p.toks[s.start].is(class::PERS)
                && p.toks[s.start - 1].pos == Pos::Comma
        })
    {
        // "The road is open again, we are told."
        let start = clause_start(p, seg, s.start - 1);
        found.add(Phrase {
            start,
            end: trim(p, seg, start, s.start - 1),
        });
        found.place = Cow::Borrowed("the clause before it");
    } else if p.is(k, "that")
        && k < seg.hi
        && told
        && (!known || found.source.is_some())
        && cue.frames & (frame::THAT | frame::CLAUSE) != 0
    {
        found.add(Phrase {
            start: k,
            end: clause_end(p, seg, k, seg.hi),
        });
    } else if p
        .toks
        .get(j)
        .is_some_and(|t| j < seg.hi && t.pos == Pos::To)
        && cue.frames & frame::PASSIVE != 0
        && p.toks
            .get(j + 1)
            .is_some_and(|t| t.forms != 0 || t.is(class::AUX))
    {
        let Some(s) = subject else { return };
        found.add(s);
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
        found.place = Cow::Borrowed("subject and infinitive");
    } else if found.source.is_some_and(|s| voice(p, s))
        && (cue.frames & frame::ACCUSE != 0
            || matches!(cue.stance, Stance::Denies | Stance::Retracts))
        && (g.finite || g.infinitive)
    {
        let Some(s) = subject else { return };
        found.add(s);
        if cue.frames & frame::ACCUSE != 0 {
            found.about = Some(s);
        }
        found.place = Cow::Borrowed("its subject");
    } else if cue.frames & frame::ACCUSE != 0
        && p.toks.get(j).is_some_and(|t| {
            j < seg.hi && t.is(class::PREP) && matches!(p.word(j), "of" | "for" | "with")
        })
        && matches!(cue.lemma, "accuse" | "blame" | "criticize" | "criticise")
        && g.finite
    {
        let Some(s) = subject else { return };
        found.add(s);
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
        found.about = Some(s);
        found.rule = "passive-accuse";
        found.place = Cow::Borrowed("whom it accuses and of what");
    } else if cue.frames & frame::ADDRESSEE != 0 && is_clause(p, seg, j, true) {
        found.add(Phrase {
            start: j,
            end: clause_end(p, seg, j, seg.hi),
        });
    } else {
        return;
    }
    if found.content.iter().any(|c| c.end <= c.start) {
        return;
    }
    out.push(found);
}
