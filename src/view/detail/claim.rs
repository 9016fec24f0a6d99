//! A claim with everything that hangs on it.

use super::{Lines, label};
use crate::app::input::action::Action;
use crate::core::ids::{ClaimId, SourceId};
use crate::core::model::*;
use crate::core::vocabulary::*;
use crate::view::labels::{grade, rating};
use crate::view::rich::Rich;
use crate::view::theme::Role;

/// Adds the lines of a claim.
pub fn lines(l: &mut Lines<'_>, id: ClaimId) {
    let bench = l.bench;
    let Some(claim) = bench.session().claims.get(&id) else {
        return;
    };
    // Every field has its line below, or in the function named beside it.
    let Claim {
        id: _,
        home: _,       // places
        statements: _, // places
        wording,
        check_worthiness: _,    // worth
        claim_type: _,          // worth
        verification_status: _, // finding
        rating: _,              // finding
        justification,
        workflow_state,
        tags,
        notes,
        change: proposed_change,
        proposed: _, // a mark beside each field
        created: _,  // history
        updated: _,  // history
    } = claim;
    let mut said = false;
    for a in bench.check().attributions(id) {
        said = true;
        attribution(l, claim, a);
    }
    if !said {
        let nobody = Rich::of("nobody yet", l.dim());
        let nobody = l.hint(nobody, Action::SaidBy, "sets who says it");
        l.add("said by", false, nobody);
    }
    finding(l, claim);
    l.text("because", justification);
    evidence(l, id);
    if let Some(ch) = proposed_change {
        change(l, ch);
    }
    if let Some(wording) = wording {
        l.text("wording", wording);
    }
    l.text("note", notes);
    if !tags.is_empty() {
        let tags = Rich::of(&tags.join(", "), l.plain());
        l.add("tags", false, tags);
    }
    if *workflow_state != WorkflowState::Todo {
        let state = l.value(*workflow_state);
        l.add("workflow", false, state);
    }
    worth(l, claim);
    places(l, claim);
    history(l, claim);
}

/// How much the claim is worth checking, what kind it is, and why the reader thought so.
fn worth(l: &mut Lines<'_>, claim: &Claim) {
    let proposed = |key| claim.proposed.contains(&key);
    let mut line = l.value(claim.check_worthiness);
    if claim.claim_type != ClaimType::Other {
        line.push(l.glyphs.dot, l.dim());
        line.push(label(l.state, claim.claim_type), l.plain());
    }
    let any = proposed(ClaimKey::CheckWorthiness) || proposed(ClaimKey::ClaimType);
    l.add("worth", any, line);
    let statement = l.bench.session().statements.get(&claim.home);
    if let Some(why) = statement.map(|s| s.why.as_str()).filter(|w| !w.is_empty()) {
        let why = Rich::of("proposed because:", l.dim()).with(why, l.dim());
        l.under(why);
    }
}

/// A label that stays on one row.
pub fn whole(label: &str) -> String {
    label.replace(' ', "\u{A0}")
}

/// Adds what kind of source it is, its role and what it belongs to.
pub fn describe(l: &Lines<'_>, line: &mut Rich, kind: SourceType, role: &str, affiliation: &str) {
    let mut parts: Vec<&str> = Vec::new();
    if !matches!(kind, SourceType::Unknown | SourceType::Article) {
        parts.push(label(l.state, kind));
    }
    parts.extend(
        [role, affiliation]
            .into_iter()
            .filter(|p| !p.trim().is_empty()),
    );
    if !parts.is_empty() {
        line.push(&format!("({})", parts.join(", ")), l.dim());
    }
}

/// Adds the stance on the words attributed: `denies that: passenger numbers had fallen`.
pub fn stance(l: &mut Lines<'_>, stance: Stance, proposed: bool, content: &str) {
    let mut line = Rich::default();
    if stance != Stance::None {
        let style = l.theme.meaning(stance.entry().meaning);
        line.push(label(l.state, stance), style);
    } else {
        line.push(label(l.state, stance), l.dim());
    }
    if !content.trim().is_empty() {
        line.join(":", l.plain());
        line.push(content, l.plain());
    }
    l.add("stance", proposed, line);
}

fn source(l: &Lines<'_>, id: SourceId) -> Rich {
    let mut line = Rich::of(l.bench.check().source_name(id), l.plain());
    let Some(s) = l.bench.session().sources.get(&id) else {
        return line;
    };
    // Every field is shown, or said here to be in the form of the source alone.
    let Source {
        id: _,
        source_type,
        name: _, // above, or the words that stand for it
        role,
        affiliation,
        url: _,
        contact: _,
        reliability,
        note: _,
        protect_identity,
        independence_group: _,
        also_called: _,
    } = s;
    describe(l, &mut line, *source_type, role, affiliation);
    if id != SourceId::ARTICLE {
        let entry = reliability.entry();
        line.push(
            &whole(label(l.state, *reliability)),
            l.theme.meaning(entry.meaning),
        );
    }
    if *protect_identity {
        line.push("protected", l.role(Role::Badge));
    }
    line
}

fn attribution(l: &mut Lines<'_>, claim: &Claim, a: &Attribution) {
    // Every field is shown, or said here not to be.
    let Attribution {
        id: _,
        claim: _,
        statement,
        source: said_by,
        source_span: _, // a place in the article
        cue,
        content,
        stance: taken,
        certainty,
        quotation_type: _, // in its form
        via,
        about,
        proposed,
    } = a;
    let proposed = |key| proposed.contains(&key);
    let by = match *said_by {
        Some(id) => source(l, id),
        None => Rich::of("not known", l.dim()),
    };
    l.add("said by", proposed(AttributionKey::Source), by);
    let content = l.words(content);
    stance(l, *taken, proposed(AttributionKey::Stance), &content);
    l.certainty(*certainty, proposed(AttributionKey::Certainty), cue);
    if let Some(via) = *via {
        let via = source(l, via);
        l.add("via", proposed(AttributionKey::Via), via);
    }
    if !about.is_empty() {
        let names: Vec<_> = about
            .iter()
            .map(|s| l.bench.check().source_name(*s))
            .collect();
        let about = Rich::of(&names.join(", "), l.plain());
        l.add("about", proposed(AttributionKey::About), about);
    }
    if claim.home != *statement {
        let words = l
            .bench
            .session()
            .statements
            .get(statement)
            .map_or("", |s| s.anchor.exact.as_str());
        let line = Rich::of("at:", l.dim()).with(&l.quoted(words), l.dim());
        l.under(line);
    }
}

fn finding(l: &mut Lines<'_>, claim: &Claim) {
    let mut line = l.value(claim.verification_status);
    if let Some(r) = claim.rating {
        line.push(l.glyphs.dot, l.dim());
        line.push(&rating(l.state, r), l.plain());
    }
    if claim.verification_status == VerificationStatus::Disputed {
        let about = VerificationStatus::Disputed.entry().about;
        line.push(&format!("({about})"), l.dim());
    }
    l.add("finding", false, line);
}

/// Adds the items held against the claim under a line that counts them.
fn evidence(l: &mut Lines<'_>, claim: ClaimId) {
    let held: Vec<_> = l.bench.check().held(claim).collect();
    if held.is_empty() {
        let none = Rich::of("none yet", l.dim());
        let none = l.hint(none, Action::Evidence, "adds some");
        l.add("evidence", false, none);
        return;
    }
    let summary = summary(l, &held);
    let summary = Rich::of(&summary, l.dim());
    l.add("evidence", false, summary);
    for (h, e) in held {
        item(l, h, e);
    }
}

fn reliability(l: &Lines<'_>, e: &Evidence) -> Reliability {
    e.source
        .and_then(|s| l.bench.session().sources.get(&s))
        .map_or_else(Reliability::default, |s| s.reliability)
}

/// How many items speak which way, and the best grade: a hint for the checker, never a finding.
fn summary(l: &Lines<'_>, held: &[(&Held, &Evidence)]) -> String {
    let count = |s| held.iter().filter(|(h, _)| h.evidence_stance == s).count();
    let refute = count(EvidenceStance::Refutes);
    let support = count(EvidenceStance::Supports);
    let other = held.len() - refute - support;
    let verb = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut parts = vec![
        verb(refute, "refutes", "refute"),
        verb(support, "supports", "support"),
    ];
    if other > 0 {
        parts.push(verb(other, "other", "others"));
    }
    let best = held
        .iter()
        .filter(|(h, _)| h.evidence_stance != EvidenceStance::Unrelated)
        .map(|(h, e)| (reliability(l, e), h.credibility))
        .filter(|(r, c)| *r != Reliability::F || *c != Credibility::Six)
        .min();
    if let Some((r, c)) = best {
        parts.push(format!("best {}", grade(r, c)));
    }
    parts.join(", ")
}

fn item(l: &mut Lines<'_>, h: &Held, e: &Evidence) {
    // Every field is shown, or said here to be in the form of the item alone.
    let Held {
        id: _,
        claim: _,
        evidence: _,
        evidence_stance,
        locator,
        excerpt,
        credibility,
    } = h;
    let Evidence {
        id: _,
        source,
        title,
        url,
        archived_url: _,
        accessed_at: _,
        published_at: _,
        file: _,
        note: _,
    } = e;
    let mut line = l.value(*evidence_stance);
    line.join(":", l.dim());
    let title = [title.as_str(), url.as_deref().unwrap_or("")]
        .into_iter()
        .find(|t| !t.trim().is_empty())
        .unwrap_or("untitled");
    line.push(title, l.plain());
    let judged = reliability(l, e);
    if (judged, *credibility) == (Reliability::F, Credibility::Six) {
        line.push("not judged", l.dim());
    } else {
        line.push(&grade(judged, *credibility), l.role(Role::Title));
    }
    l.under(line);
    let mut more = Rich::default();
    if let Some(source) = *source {
        more.push("from", l.dim());
        more.push(l.bench.check().source_name(source), l.dim());
    }
    if !locator.trim().is_empty() {
        more.push("at", l.dim());
        more.push(locator, l.dim());
    }
    if !excerpt.trim().is_empty() {
        more.push(&l.quoted(excerpt), l.dim());
    }
    if let Some(url) = url.as_deref().filter(|u| *u != title) {
        more.push(url, l.dim());
    }
    if !more.text().is_empty() {
        l.under(more);
    }
}

fn change(l: &mut Lines<'_>, ch: &TextChange) {
    let (must, style) = if ch.must {
        ("must:", l.theme.meaning(Meaning::Warning))
    } else {
        ("could:", l.plain())
    };
    let mut line = Rich::of(must, style);
    if ch.replacement.trim().is_empty() {
        line.push("cut the words", l.plain());
    } else {
        line.push(&l.quoted(&ch.replacement), l.plain());
    }
    if !ch.reason.trim().is_empty() {
        line.push(&format!("({})", ch.reason.trim()), l.dim());
    }
    if ch.state != ChangeState::Proposed {
        let meaning = ch.state.entry().meaning;
        line.push(label(l.state, ch.state), l.theme.meaning(meaning));
    }
    l.add("change", false, line);
}

/// The words of the statement where the row stands, then the other places.
fn places(l: &mut Lines<'_>, claim: &Claim) {
    l.statement(&claim.home);
    for (n, id) in claim.also_at().enumerate() {
        let Some(s) = l.bench.session().statements.get(id) else {
            continue;
        };
        let words = Rich::of(&s.anchor.exact, l.plain());
        l.add(if n == 0 { "also at" } else { "" }, false, words);
    }
}

fn history(l: &mut Lines<'_>, claim: &Claim) {
    let made = format!("taken up {}", l.stamp(&claim.created));
    let mut line = Rich::of(&made, l.dim());
    if claim.updated != claim.created {
        line.join(";", l.dim());
        line.push(&format!("changed {}", l.stamp(&claim.updated)), l.dim());
    }
    l.add("history", false, line);
}
