//! What the reader proposed for a statement, with why.

use super::Lines;
use crate::app::input::action::Action;
use crate::core::ids::SourceId;
use crate::core::proposal::AttributionView;
use crate::core::vocabulary::*;
use crate::view::rich::Rich;

/// Adds the lines of proposal `n`.
pub fn lines(l: &mut Lines<'_>, n: u32) {
    let proposals = l.bench.check().proposals().clone();
    let Some(s) = proposals.statements.get(n as usize) else {
        return;
    };
    let mut quoted = false;
    for (_, a) in proposals.attributions_of(n) {
        quoted = true;
        attribution(l, &a);
    }
    if !quoted {
        let article = l.bench.check().source_name(SourceId::ARTICLE);
        let article = Rich::of(article, l.plain());
        let article = article.with("in the author's own voice", l.dim());
        l.add("said by", true, article);
    }
    let finding = l.value(VerificationStatus::Unchecked);
    l.add("finding", false, finding);
    let mut worth = l.value(s.check_worthiness);
    if s.claim_type != ClaimType::Other {
        worth.push(l.glyphs.dot, l.dim());
        worth.push(super::label(l.state, s.claim_type), l.plain());
    }
    if !s.why.is_empty() {
        worth.join(":", l.dim());
        worth.push(s.why, l.dim());
    }
    l.add("worth", true, worth);
    if let Some(name) = proposals.proposer() {
        let by = Rich::of(name, l.plain())
            .with(l.glyphs.dot, l.dim())
            .with("an external program", l.dim());
        l.add("proposer", true, by);
    }
    let none = Rich::of("none yet", l.dim());
    let none = l.hint(none, Action::Evidence, "adds some");
    l.add("evidence", false, none);
    let words = Rich::of(&l.words(&s.spans), l.plain());
    l.add("words", false, words);
}

fn attribution(l: &mut Lines<'_>, a: &AttributionView<'_>) {
    let proposals = l.bench.check().proposals().clone();
    let record = a
        .source_record
        .and_then(|n| proposals.sources.get(n as usize));
    let name = l.bench.check().proposed_source_name(a);
    let mut source = match &name {
        Some(name) => Rich::of(name, l.plain()),
        None => Rich::of("not found", l.dim()),
    };
    if let Some(r) = record {
        super::claim::describe(l, &mut source, r.source_type, &r.role, &r.affiliation);
    }
    if name.is_some() {
        let grade = super::claim::whole(super::label(l.state, Reliability::F));
        source.push(&grade, l.dim());
    }
    l.add("said by", true, source);
    super::claim::stance(l, a.stance, true, &l.words(&a.content));
    l.certainty(a.certainty, true, &a.cue);
    if let Some(via) = a.via.and_then(|n| proposals.attributions.get(n as usize)) {
        let name = l.bench.check().proposed_source_name(&via);
        let via = Rich::of(name.as_deref().unwrap_or("not found"), l.plain());
        l.add("via", true, via);
    }
    if !a.about.is_empty() {
        let about = Rich::of(&l.words(&a.about), l.plain());
        l.add("about", true, about);
    }
    if !a.why.is_empty() {
        let why = Rich::of("why:", l.dim()).with(a.why, l.dim());
        l.under(why);
    }
}
