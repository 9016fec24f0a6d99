//! A claim with everything that hangs on it.

use super::{Lines, label};
use crate::app::input::action::Action;
use crate::core::display::{clean, truncate};
use crate::core::ids::{ClaimId, SourceId};
use crate::core::model::*;
use crate::core::signs::Sign;
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
    finding(l, claim, justification);
    if let Some(ch) = proposed_change {
        change(l, ch);
    }
    l.text("note", notes);
    if let Some(wording) = wording {
        // The list shows it too, as far as it has room.
        l.text("wording", wording);
    }
    let voices: Vec<_> = bench.check().attributions(id).collect();
    for (n, a) in voices.iter().enumerate() {
        attribution(l, claim, (n, voices.len()), a);
    }
    if voices.is_empty() {
        let nobody = Rich::of("nobody yet", l.plain());
        let nobody = l.hint(nobody, Action::SaidBy, "sets who says it");
        l.add("voice", nobody);
    }
    why(l, claim, &voices);
    worth(l, claim);
    if !tags.is_empty() {
        let tags = Rich::of(&tags.join(", "), l.plain());
        l.add("tags", tags);
    }
    if *workflow_state != WorkflowState::Todo {
        let state = l.value(*workflow_state);
        l.add("workflow", state);
    }
    places(l, claim);
    history(l, claim);
}

/// Why the reader proposed it: the words that show each voice, then what made the statement worth a look.
fn why(l: &mut Lines<'_>, claim: &Claim, voices: &[&Attribution]) {
    let mut line = Rich::default();
    for cue in voices.iter().map(|a| &a.cue).filter(|c| !c.is_empty()) {
        line.push(&l.quoted(&l.words(cue)), l.plain());
    }
    let statement = l.bench.session().statements.get(&claim.home);
    if let Some(why) = statement.map(|s| s.why.as_str()).filter(|w| !w.is_empty()) {
        if !line.text().is_empty() {
            line.push(l.glyphs.dot, l.role(Role::Border));
        }
        line.push(why, l.plain());
    }
    if !line.text().is_empty() {
        l.add("why", line);
    }
}

/// How much the claim is worth checking, and what kind it is.
fn worth(l: &mut Lines<'_>, claim: &Claim) {
    let proposed = |key| claim.proposed.contains(&key);
    let mut line = l.value(claim.check_worthiness);
    if claim.claim_type != ClaimType::Other {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push(label(l.state, claim.claim_type), l.plain());
    }
    let any = proposed(ClaimKey::CheckWorthiness) || proposed(ClaimKey::ClaimType);
    let line = l.marked(any, line);
    l.add("worth", line);
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
        line.push(&format!("({})", parts.join(", ")), l.aside());
    }
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
    // Where nothing is judged, nothing is said.
    if id != SourceId::ARTICLE && *reliability != Reliability::F {
        let entry = reliability.entry();
        line.push(
            &whole(label(l.state, *reliability)),
            l.theme.meaning(entry.meaning),
        );
    }
    if *protect_identity {
        line.push(l.glyphs.value(Sign::Protected.entry()), l.plain());
        line.push("protected", l.role(Role::Badge));
    }
    line
}

fn attribution(l: &mut Lines<'_>, claim: &Claim, (n, of): (usize, usize), a: &Attribution) {
    // Every field is shown, or said here not to be.
    let Attribution {
        id: _,
        claim: _,
        statement,
        source: said_by,
        source_span: _, // a place in the article
        cue: _,         // why
        content,
        stance,
        certainty,
        quotation_type: _, // in its form
        via,
        about,
        proposed,
    } = a;
    let any = [
        AttributionKey::Source,
        AttributionKey::Stance,
        AttributionKey::Certainty,
    ];
    let any = any.iter().any(|key| proposed.contains(key));
    let mut line = match *said_by {
        Some(id) => source(l, id),
        None => Rich::of("not known", l.plain()),
    };
    let content = l.words(content);
    l.said(&mut line, *stance, *certainty, &content);
    if let Some(via) = *via {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push("via", l.plain());
        line.push(l.bench.check().source_name(via), l.plain());
    }
    if !about.is_empty() {
        let names: Vec<_> = about
            .iter()
            .map(|s| l.bench.check().source_name(*s))
            .collect();
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push("about", l.plain());
        line.push(&names.join(", "), l.plain());
    }
    if claim.home != *statement {
        let words = l
            .bench
            .session()
            .statements
            .get(statement)
            .map_or("", |s| s.anchor.exact.as_str());
        line.push("at:", l.plain());
        line.push(&l.quoted(words), l.plain());
    }
    l.voice((n, of), any, line);
}

/// Adds the finding with what it rests on, and the evidence.
fn finding(l: &mut Lines<'_>, claim: &Claim, justification: &str) {
    let held: Vec<_> = l.bench.check().held(claim.id).collect();
    let bare = claim.verification_status == VerificationStatus::Unchecked
        && claim.rating.is_none()
        && justification.trim().is_empty();
    if bare && held.is_empty() {
        l.unchecked();
        return;
    }
    let mut line = l.value(claim.verification_status);
    if let Some(r) = claim.rating {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push(&rating(l.state, r), l.plain());
    }
    if !justification.trim().is_empty() {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push("because:", l.plain());
        line.push(justification, l.plain());
    } else if l.bench.check().is_without_ground(claim) {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push("without ground", l.theme.meaning(Meaning::Warning));
        line = l.hint(line, Action::Justification, "says why");
    } else if claim.verification_status == VerificationStatus::Disputed {
        let about = VerificationStatus::Disputed.entry().about;
        line.push(&format!("({about})"), l.plain());
    }
    l.add("finding", line);
    evidence(l, &held);
}

/// Adds the items of evidence for and against the claim: in a low pane in one line, else a line each.
fn evidence(l: &mut Lines<'_>, held: &[(&Held, &Evidence)]) {
    if held.is_empty() {
        let none = Rich::of("none yet", l.plain());
        let none = l.hint(none, Action::Evidence, "adds some");
        l.add("evidence", none);
        return;
    }
    if !l.is_tall() && held.len() > 1 {
        let line = all_in_one(l, held);
        l.add("evidence", line);
        return;
    }
    let mut label = "evidence";
    for (h, e) in held {
        let line = item(l, h, e);
        l.add(label, line);
        label = "";
    }
}

/// The items one after the other: those that fit, and how many more there are.
fn all_in_one(l: &Lines<'_>, held: &[(&Held, &Evidence)]) -> Rich {
    /// Cells of a title; two of them and their signs fit 60 columns.
    const TITLE: usize = 26;
    const ITEMS: usize = 2;
    let mut line = Rich::default();
    for (h, e) in held.iter().take(ITEMS) {
        let entry = h.evidence_stance.entry();
        line.push(l.glyphs.value(entry), l.theme.meaning(entry.meaning));
        line.push(&truncate(&clean(e.called()), TITLE), l.plain());
    }
    if held.len() > ITEMS {
        let more = l.glyphs.value(Sign::More.entry());
        line.push(&format!("{more}{}", held.len() - ITEMS), l.plain());
    }
    line
}

fn reliability(l: &Lines<'_>, e: &Evidence) -> Reliability {
    e.source
        .and_then(|s| l.bench.session().sources.get(&s))
        .map_or_else(Reliability::default, |s| s.reliability)
}

/// `↑ Final account of the bridge · B2 · p. 14, table 3 · from City of Kell`
fn item(l: &Lines<'_>, h: &Held, e: &Evidence) -> Rich {
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
        kind: _,
        source,
        title: _, // above, with the address
        url: _,
        archived_url: _,
        accessed_at: _,
        published_at: _,
        contact: _,
        calculation: _,
        file: _,
        note: _,
    } = e;
    let entry = evidence_stance.entry();
    let mut line = Rich::of(l.glyphs.value(entry), l.theme.meaning(entry.meaning));
    line.push(e.called(), l.plain());
    let judged = reliability(l, e);
    let mut part = |words: &str, style| {
        line.push(l.glyphs.dot, l.role(Role::Border));
        line.push(words, style);
    };
    if (judged, *credibility) != (Reliability::F, Credibility::Six) {
        part(&grade(judged, *credibility), l.role(Role::Title));
    }
    if !locator.trim().is_empty() {
        part(locator, l.plain());
    }
    if let Some(source) = *source {
        let name = l.bench.check().source_name(source);
        part(&format!("from {name}"), l.plain());
    }
    if !excerpt.trim().is_empty() {
        part(&l.quoted(excerpt), l.plain());
    }
    line
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
        line.push(&format!("({})", ch.reason.trim()), l.aside());
    }
    if ch.state != ChangeState::Proposed {
        let meaning = ch.state.entry().meaning;
        line.push(label(l.state, ch.state), l.theme.meaning(meaning));
    }
    l.add("change", line);
}

/// The other places where the claim stands; its home is marked in the article.
fn places(l: &mut Lines<'_>, claim: &Claim) {
    let session = l.bench.session();
    let home = session.statements.get(&claim.home);
    if home.is_some_and(|s| s.anchor.orphaned) {
        let style = l.theme.meaning(Meaning::Warning);
        l.add(
            "words",
            Rich::of("These words are no longer in the article.", style),
        );
    }
    for (n, id) in claim.also_at().enumerate() {
        let Some(s) = session.statements.get(id) else {
            continue;
        };
        let words = Rich::of(&s.anchor.exact, l.plain());
        l.add(if n == 0 { "also at" } else { "" }, words);
    }
}

fn history(l: &mut Lines<'_>, claim: &Claim) {
    let made = format!("taken up {}", l.stamp(&claim.created));
    let mut line = Rich::of(&made, l.aside());
    if claim.updated != claim.created {
        line.join(";", l.aside());
        line.push(&format!("changed {}", l.stamp(&claim.updated)), l.aside());
    }
    l.add("history", line);
}
