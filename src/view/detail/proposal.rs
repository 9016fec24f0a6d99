//! What the reader proposed for a statement, with why.

use super::Lines;
use super::label;
use crate::core::ids::SourceId;
use crate::core::proposal::AttributionView;
use crate::core::vocabulary::*;
use crate::view::rich::Rich;
use crate::view::theme::Role;

/// Adds the lines of proposal `n`.
pub fn lines(l: &mut Lines<'_>, n: u32) {
    let proposals = l.bench.check().proposals().clone();
    let Some(s) = proposals.statements.get(n as usize) else {
        return;
    };
    l.unchecked();
    let voices: Vec<_> = proposals.attributions_of(n).map(|(_, a)| a).collect();
    for (n, a) in voices.iter().enumerate() {
        attribution(l, (n, voices.len()), a);
    }
    if voices.is_empty() {
        let article = l.bench.check().source_name(SourceId::ARTICLE);
        let article = Rich::of(article, l.plain());
        let article = article.with("in the author's own voice", l.plain());
        l.voice((0, 1), true, article);
    }
    why(l, &voices, s.why);
    let mut worth = l.value(s.check_worthiness);
    if s.claim_type != ClaimType::Other {
        worth.push(l.glyphs.dot, l.role(Role::Border));
        worth.push(label(l.state, s.claim_type), l.plain());
    }
    let worth = l.marked(true, worth);
    l.add("worth", worth);
    if let Some(name) = proposals.proposer() {
        let by = Rich::of(name, l.plain())
            .with(l.glyphs.dot, l.role(Role::Border))
            .with("an external program", l.plain());
        l.add("proposer", by);
    }
}

/// Why each voice is proposed, then why the statement is worth what it is.
fn why(l: &mut Lines<'_>, voices: &[AttributionView<'_>], worth: &str) {
    let mut label = "why";
    let said = voices.iter().map(|a| a.why).filter(|w| !w.is_empty());
    for why in said.chain(Some(worth).filter(|w| !w.is_empty())) {
        l.add(label, Rich::of(why, l.plain()));
        label = "";
    }
}

fn attribution(l: &mut Lines<'_>, (n, of): (usize, usize), a: &AttributionView<'_>) {
    let proposals = l.bench.check().proposals().clone();
    let record = a
        .source_record
        .and_then(|n| proposals.sources.get(n as usize));
    let name = l.bench.check().proposed_source_name(a);
    let mut line = match &name {
        Some(name) => Rich::of(name, l.plain()),
        None => Rich::of("not named", l.plain()),
    };
    if let Some(r) = record {
        super::claim::describe(l, &mut line, r.source_type, &r.role, &r.affiliation);
    }
    let content = l.words(&a.content);
    l.said(&mut line, a.stance, a.certainty, &content);
    let mut part = |words: &str, name: &str| {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push(words, l.plain());
        line.push(name, l.plain());
    };
    if let Some(via) = a.via.and_then(|n| proposals.attributions.get(n as usize)) {
        let name = l.bench.check().proposed_source_name(&via);
        part("via", name.as_deref().unwrap_or("somebody not named"));
    }
    if !a.about.is_empty() {
        part("about", &l.words(&a.about));
    }
    l.voice((n, of), true, line);
}
