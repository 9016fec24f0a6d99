//! Reporting verbs: what was said before them, or behind them; and who says it.

mod behind;

use std::borrow::Cow;

use super::super::found::FoundAttribution;
use super::super::lexicon::{class, form, frame};
use super::super::other::found;
use super::super::para::{Para, Segment, here};
use super::super::phrase::Phrase;
use super::super::settle::NEAR;
use super::super::token::Pos;
use super::content;
use super::group::{ReportingGroup, cue_span, group, tone};
use super::np::{adverbials, left, right, speaks, voice};

pub(super) use behind::unknown;

/// How far back the speaker of a verb without a subject may have been named, in tokens.
const RECENT: usize = 60;

/// What the cue at `i` attributes, if it does. `out` holds what the segment gave from `first` on.
pub(super) fn report(
    p: &Para<'_>,
    seg: &Segment,
    i: usize,
    first: usize,
    out: &mut Vec<FoundAttribution>,
) {
    let Some(g) = group(p, seg, i).filter(|g| !g.passive) else {
        return;
    };
    // A participle or infinitive of the same group was looked at with its finite word.
    if out[first..]
        .iter()
        .any(|f| f.at == i && f.level == seg.level)
    {
        return;
    }
    let found = if g.cue.frames & frame::OUT != 0 {
        impersonal(p, seg, &g)
    } else {
        behind::behind(p, seg, &g, first, out).or_else(|| before(p, seg, &g, first, out))
    };
    out.extend(found.filter(|f| !f.content.is_empty()));
}

fn make(p: &Para<'_>, seg: &Segment, g: &ReportingGroup, who: Option<Phrase>) -> FoundAttribution {
    let (stance, certainty, negated) = tone(p, g, who);
    let mut f = found(seg, g.verb, "verb-clause", "");
    f.source = who;
    let mut cue = cue_span(g);
    // "wollte die Behörde nicht sagen": the source stands inside the group.
    if let Some(s) = who.filter(|s| s.start >= cue.start && s.end < cue.end) {
        cue.start = s.end;
    }
    f.cue = Some(cue);
    f.stance = stance;
    f.certainty = certainty;
    f.negated = negated;
    f.speech = g.cue.frames & frame::QUOTE != 0;
    f
}

/// The subject behind the finite word: "sagte am Montag Müller", "a déclaré mardi la maire".
fn subject_behind(p: &Para<'_>, seg: &Segment, g: &ReportingGroup) -> Option<Phrase> {
    if let Some(s) = g.inner {
        return Some(s);
    }
    let mut k = if p.lexicon.language.verb_second() {
        g.finite + 1
    } else {
        g.end
    };
    while here(p, seg, k)
        .is_some_and(|t| t.is(class::CLITIC) && t.pos == Pos::Pronoun && !t.is(class::PERS))
    {
        k += 1;
    }
    // "croit savoir le quotidien"
    if here(p, seg, k).is_some_and(|t| {
        t.pos == Pos::Infinitive || t.is(class::INFINITIVE) && !t.capital && !t.is(class::NOUN)
    }) {
        k += 1;
    }
    right(p, seg, k).or_else(|| {
        let from = adverbials(p, seg, k, seg.hi);
        right(p, seg, from)
    })
}

/// "…, heißt es in dem Bericht", "Im Hafen hieß es, …": nobody or a document speaks.
fn impersonal(p: &Para<'_>, seg: &Segment, g: &ReportingGroup) -> Option<FoundAttribution> {
    let companion = p.is(g.verb + 1, "es") || g.verb > seg.lo && p.is(g.verb - 1, "es");
    if !companion {
        return None;
    }
    let after = g.verb + 1 + usize::from(p.is(g.verb + 1, "es"));
    let at = |k: usize| -> Option<Phrase> {
        here(p, seg, k).filter(|t| t.pos == Pos::Preposition)?;
        right(p, seg, k + 1)
    };
    let told = at(after).or_else(|| at(g.lo));
    let who = told.filter(|s| {
        p.toks[s.start..s.end]
            .iter()
            .any(|t| t.is(class::DOCUMENT | class::ANONYMOUS | class::MEDIA | class::ORG))
    });
    let mut f = make(p, seg, g, who);
    f.cue = Some(Phrase {
        start: if after > g.verb + 1 {
            g.verb
        } else {
            g.verb - 1
        },
        end: after,
    });
    let before = after > g.verb + 1
        && g.start > seg.lo
        && (p.toks[g.start - 1].pos == Pos::Comma || p.toks[g.start - 1].depth > seg.level);
    if before {
        f.rule = "verb-tail";
        f.place = Cow::Borrowed("the words before it");
        let end = g.start - usize::from(p.toks[g.start - 1].pos == Pos::Comma);
        f.add(Phrase { start: seg.lo, end });
        return Some(f);
    }
    content::right(p, seg, g, after, &mut f).then_some(f)
}

/// "X sagte, dass …", "Am Montag sagte X: …": what is said stands behind the verb.
fn before(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    first: usize,
    out: &[FoundAttribution],
) -> Option<FoundAttribution> {
    let language = p.lexicon.language;
    let mut who = None;
    let mut from = g.end;
    if let Some(s) = g.inner {
        who = Some(s);
    } else if !g.hanging {
        // "Melden Sie die Gäste an": nothing stands before the verb of a command or a question.
        if language.verb_second() && g.start == seg.lo {
            return None;
        }
        who = left(p, seg, g.lo_floor(seg), g.start, g.plural);
        if who.is_none()
            && (language.verb_second() || g.start == g.lo_clause(p, seg))
            && let Some(s) = subject_behind(p, seg, g).filter(|s| voice(p, *s))
        {
            from = s.end.max(g.end);
            who = Some(s);
            if g.cue.frames & frame::QUOTE == 0 && !language.verb_second() {
                return None;
            }
        }
    }
    let mut carried = false;
    if who.is_none() {
        let prev = g.start.checked_sub(1).and_then(|k| here(p, seg, k));
        let shared =
            g.hanging || prev.is_some_and(|b| b.pos == Pos::Coordinator && b.is(class::COORD));
        if shared {
            who = out[first..]
                .iter()
                .rev()
                .find(|f| f.source.is_some() && f.level == seg.level)
                .and_then(|f| f.source)
                .or_else(|| first_subject(p, seg, g.start));
            if who.is_none() && (g.hanging || !language.drops_subjects()) {
                return None;
            }
        } else if language.drops_subjects() {
            // "se dice que", "debido a que no saben": nobody in particular, or somebody of the clause before.
            if g.reflexive
                || prev.is_some_and(|b| matches!(b.pos, Pos::Subordinator | Pos::Relative))
            {
                return None;
            }
            who = recent(p, seg, g, out).filter(|_| prev.is_none_or(|b| b.pos != Pos::Pronoun));
            carried = true;
        } else {
            return None;
        }
    }
    let mut f = make(p, seg, g, who);
    if !content::right(p, seg, g, from, &mut f) {
        return None;
    }
    // "on sait que": everybody, and so nobody.
    if g.cue.frames & frame::MENTAL != 0
        && who.is_some_and(|s| p.toks[s.start].is(class::IMPERSONAL))
    {
        return None;
    }
    let sure = matches!(f.rule, "verb-that" | "verb-clause" | "verb-question")
        || f.rule == "quote-behind" && f.content.iter().any(|c| p.toks[c.start].depth > seg.level);
    let denier = f.rule == "verb-object" && g.cue.frames & frame::INFINITIVE != 0;
    if !sure && !denier && who.is_some_and(|s| !speaks(p, s)) {
        return None;
    }
    // "No sé quién": whoever speaks here does not know, and says nothing.
    if carried && who.is_none() && g.cue.frames & frame::MENTAL != 0 && seg.level > 0 {
        return None;
    }
    // Without a subject only a clause or a quotation shows that somebody speaks.
    if carried && matches!(f.rule, "verb-object" | "verb-accuse" | "verb-infinitive") {
        return None;
    }
    Some(f)
}

impl ReportingGroup {
    /// How far left its subject may stand: beyond the commas of an apposition.
    fn lo_floor(&self, seg: &Segment) -> usize {
        self.start.saturating_sub(60).max(seg.lo)
    }

    /// Where its clause begins, behind adverbials.
    fn lo_clause(&self, p: &Para<'_>, seg: &Segment) -> usize {
        adverbials(p, seg, self.lo.min(self.start), self.start)
    }
}

/// The last speaker before the group of a verb without a subject; none where it is in the first person.
fn recent(
    p: &Para<'_>,
    seg: &Segment,
    g: &ReportingGroup,
    out: &[FoundAttribution],
) -> Option<Phrase> {
    if p.toks[g.finite].forms & form::THIRD != 0 && p.word(g.finite).ends_with('o') {
        return None;
    }
    out.iter()
        .rev()
        .take(NEAR)
        .find(|f| {
            f.level == seg.level
                && f.speech
                && f.source.is_some()
                && f.at < g.start
                && g.start - f.at < RECENT
        })
        .and_then(|f| f.source)
}

/// The subject of the segment's first finite verb before `end`.
fn first_subject(p: &Para<'_>, seg: &Segment, end: usize) -> Option<Phrase> {
    let from = end.saturating_sub(RECENT).max(seg.lo);
    let verb = (from..end).find(|k| here(p, seg, *k).is_some_and(|t| t.finite()))?;
    left(p, seg, from, verb, true)
        .filter(|s| voice(p, *s) || p.toks[s.start].pos == Pos::Determiner)
}

/// The last voice that segment `seg` lets speak, with its cue: for a content that stands in the next block.
pub(crate) fn speaker(p: &Para<'_>, seg: &Segment) -> Option<(Phrase, Phrase)> {
    let from = seg.hi.saturating_sub(RECENT).max(seg.lo);
    (from..seg.hi).rev().find_map(|i| {
        if p.toks[i].cue == 0 || p.toks[i].depth > 0 {
            return None;
        }
        let g = group(p, seg, i).filter(|g| !g.passive && g.cue.frames & frame::QUOTE != 0)?;
        let who = g
            .inner
            .or_else(|| left(p, seg, g.lo_floor(seg), g.start, g.plural))
            .or_else(|| subject_behind(p, seg, &g))?;
        Some((who, cue_span(&g)))
    })
}
