//! What annotation tools have in common: marks on spans with fields, and links between marks.
//!
//! A claim is a mark on each of its statements; an attribution is a mark on its cue, linked to its claim, its source and
//! its content; a source and a content are marks of their own. Formats that know one span a mark write [`Flat`]: a mark
//! on several spans becomes several pieces, linked to the first.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::json::stands;
use super::sheet::JOIN;
use super::{Job, Report};
use crate::core::ids::{SourceId, StatementId};
use crate::core::model::{Attribution, Claim, Source};
use crate::core::text::Span;
use crate::core::vocabulary::*;

pub(super) use super::labels::{Label, LinkKind};

/// A mark on one span or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Names the mark for good: derived from the record that it stands for.
    pub id: Uuid,
    pub label: Label,
    /// In order, disjoint, never empty.
    pub spans: Vec<Span>,
    /// In the order of the label's fields; empty ones are left out.
    pub fields: Vec<(&'static str, String)>,
}

impl Mark {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// A link between two marks, indexes into the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MarkLink {
    pub from: usize,
    pub to: usize,
    pub kind: LinkKind,
}

/// The marks of a session, in order of the text, and the links between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub marks: Vec<Mark>,
    pub links: Vec<MarkLink>,
}

impl Marks {
    /// The marks of a session, with a report of what marks cannot hold.
    pub fn new(job: &Job<'_>, report: &mut Report) -> Self {
        let mut builder = Builder {
            job,
            marks: Self::default(),
            claims: HashMap::new(),
        };
        for c in job.claims() {
            builder.claim(c, report);
        }
        builder.statements();
        builder.marks.in_order()
    }

    /// Puts the marks in order of the text, outer before inner, and renumbers the links.
    fn in_order(mut self) -> Self {
        let mut order: Vec<usize> = (0..self.marks.len()).collect();
        let key = |m: &Mark| {
            let (start, end) = hull(&m.spans);
            (start, std::cmp::Reverse(end), m.label)
        };
        order.sort_by_key(|n| key(&self.marks[*n]));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut marks: Vec<Option<Mark>> = self.marks.into_iter().map(Some).collect();
        self.marks = order.iter().filter_map(|n| marks[*n].take()).collect();
        for l in &mut self.links {
            (l.from, l.to) = (place[l.from], place[l.to]);
        }
        self.links.sort_by_key(|l| (l.from, l.to, l.kind));
        self
    }
}

/// From the first start to the last end.
pub(super) fn hull(spans: &[Span]) -> (u32, u32) {
    match (spans.first(), spans.last()) {
        (Some(a), Some(b)) => (a.start, b.end),
        _ => (0, 0),
    }
}

struct Builder<'a> {
    job: &'a Job<'a>,
    marks: Marks,
    /// The marks of the present claim by statement.
    claims: HashMap<StatementId, usize>,
}

impl Builder<'_> {
    fn add(
        &mut self,
        label: Label,
        of: &dyn std::fmt::Display,
        spans: &[Span],
        fields: Vec<(&'static str, String)>,
    ) -> Option<usize> {
        let spans: Vec<Span> = spans
            .iter()
            .copied()
            .filter(|s| !s.is_empty() && s.end <= self.job.text.len())
            .collect();
        if spans.is_empty() {
            return None;
        }
        self.marks.marks.push(Mark {
            id: Uuid::new_v5(
                &self.job.session.id.0,
                format!("{} {of}", label.word()).as_bytes(),
            ),
            label,
            spans,
            fields: fields.into_iter().filter(|(_, v)| !v.is_empty()).collect(),
        });
        Some(self.marks.marks.len() - 1)
    }

    fn link(&mut self, from: usize, to: usize, kind: LinkKind) {
        self.marks.links.push(MarkLink { from, to, kind });
    }

    fn claim(&mut self, c: &Claim, report: &mut Report) {
        let session = self.job.session;
        self.claims.clear();
        let mut first = None;
        for id in c.places() {
            let Some(s) = session.statements.get(id).filter(|s| stands(self.job, s)) else {
                report.flatten(session, c, "a statement of it is no longer in the article");
                continue;
            };
            let fields = if first.is_none() {
                claim_fields(c, s.origin)
            } else {
                vec![
                    ("claim_id", c.id.to_string()),
                    ("origin", s.origin.word().into()),
                ]
            };
            let Some(mark) = self.add(
                Label::Claim,
                &format_args!("{} {id}", c.id),
                &s.anchor.spans,
                fields,
            ) else {
                continue;
            };
            self.claims.insert(id.clone(), mark);
            match first {
                None => first = Some(mark),
                Some(first) => self.link(mark, first, LinkKind::SameClaim),
            }
        }
        let Some(first) = first else {
            report.skip(session, c, "its words are no longer in the article");
            return;
        };
        report.wrote(c.id);
        if !self.job.order.held_against(c.id).is_empty() {
            report.flatten(session, c, "its evidence is left out: marks cannot hold it");
        }
        for a in self.job.order.attributions_of(c.id) {
            self.attribution(a, first);
        }
    }

    fn attribution(&mut self, a: &Attribution, first: usize) {
        let claim = self.claims.get(&a.statement).copied().unwrap_or(first);
        let fields = self.attribution_fields(a);
        let mark = if a.cue.is_empty() {
            let spans = self.marks.marks[claim].spans.clone();
            self.add(Label::Attribution, &a.id, &spans, fields)
        } else {
            self.add(Label::Cue, &a.id, &a.cue, fields)
        };
        let Some(mark) = mark else { return };
        self.link(mark, claim, LinkKind::Of);
        let source = a.source.and_then(|id| self.job.session.sources.get(&id));
        let named = source.map(source_fields).unwrap_or_default();
        if let Some(s) = self.add(Label::Source, &a.id, &a.source_span, named) {
            self.link(mark, s, LinkKind::SaidBy);
        }
        if let Some(content) = self.add(Label::Content, &a.id, &a.content, Vec::new()) {
            self.link(mark, content, LinkKind::HasContent);
        }
    }

    fn attribution_fields(&self, a: &Attribution) -> Vec<(&'static str, String)> {
        let sources = &self.job.session.sources;
        let source = a.source.and_then(|id| sources.get(&id));
        let via = a.via.and_then(|id| sources.get(&id));
        let about: Vec<&Source> = a.about.iter().filter_map(|id| sources.get(id)).collect();
        let join = |f: &dyn Fn(&Source) -> String| {
            about.iter().map(|s| f(s)).collect::<Vec<_>>().join(JOIN)
        };
        let mut fields = vec![
            ("attribution_id", a.id.to_string()),
            ("stance", a.stance.word().into()),
            ("certainty", a.certainty.word().into()),
            ("quotation_type", a.quotation_type.word().into()),
        ];
        fields.extend(source.map(source_fields).into_iter().flatten());
        fields.push(("via_id", via.map_or_else(String::new, |s| s.id.to_string())));
        fields.push(("via_name", via.map_or_else(String::new, |s| s.name.clone())));
        fields.push(("about_ids", join(&|s| s.id.to_string())));
        fields.push(("about_names", join(&|s| s.name.clone())));
        fields
    }

    /// Statements without a claim: dismissed, or not decided yet.
    fn statements(&mut self) {
        let version = self.job.session.version();
        for s in self.job.order.statements() {
            let label = match s.decision {
                Decision::TakenUp => continue,
                Decision::Dismissed => Label::Dismissed,
                Decision::Undecided => Label::Statement,
            };
            if stands(self.job, s) {
                let fields = vec![
                    ("reason", s.reason.clone()),
                    ("origin", s.origin.word().into()),
                ];
                self.add(label, &s.id, &s.anchor.spans, fields);
            }
        }
        let Some(p) = self.job.proposals else { return };
        for (n, x) in p.statements.iter().enumerate() {
            let open = self.job.session.statement_at(&x.spans).is_none();
            if let Some(id) = p.statement_id(version, n as u32).filter(|_| open) {
                let fields = vec![("origin", Origin::Proposal.word().into())];
                self.add(Label::Statement, &id, &x.spans, fields);
            }
        }
    }
}

fn claim_fields(c: &Claim, origin: Origin) -> Vec<(&'static str, String)> {
    let change = |f: &dyn Fn(&crate::core::model::TextChange) -> String| {
        c.change.as_ref().map_or_else(String::new, f)
    };
    vec![
        ("claim_id", c.id.to_string()),
        ("verification_status", c.verification_status.word().into()),
        (
            "rating",
            c.rating
                .map_or_else(String::new, |r| r.number().to_string()),
        ),
        ("check_worthiness", c.check_worthiness.word().into()),
        ("claim_type", c.claim_type.word().into()),
        ("workflow_state", c.workflow_state.word().into()),
        ("wording", c.wording.clone().unwrap_or_default()),
        ("justification", c.justification.clone()),
        ("notes", c.notes.clone()),
        ("tags", c.tags.join(JOIN)),
        ("change_replacement", change(&|x| x.replacement.clone())),
        ("change_reason", change(&|x| x.reason.clone())),
        ("change_must", change(&|x| x.must.to_string())),
        ("change_state", change(&|x| x.state.word().into())),
        ("origin", origin.word().into()),
    ]
}

fn source_fields(s: &Source) -> Vec<(&'static str, String)> {
    let voice = s.id == SourceId::ARTICLE;
    vec![
        ("source_id", s.id.to_string()),
        ("source_name", s.name.clone()),
        ("source_type", s.source_type.word().into()),
        (
            "source_role",
            if voice { String::new() } else { s.role.clone() },
        ),
    ]
}

/// Marks for tools that know one span a mark: each span is a piece, and the first holds the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'a> {
    pub pieces: Vec<MarkSpan<'a>>,
    pub links: Vec<MarkLink>,
}

/// One span of a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkSpan<'a> {
    pub mark: &'a Mark,
    /// 0 for the first span of the mark, which holds its fields.
    pub number: usize,
    pub span: Span,
}

impl MarkSpan<'_> {
    /// Names the piece for good.
    pub fn id(&self) -> Uuid {
        if self.number == 0 {
            return self.mark.id;
        }
        Uuid::new_v5(&self.mark.id, self.number.to_string().as_bytes())
    }

    /// The fields, of the first piece only.
    pub fn fields(&self) -> &[(&'static str, String)] {
        if self.number == 0 {
            &self.mark.fields
        } else {
            &[]
        }
    }
}

impl Marks {
    /// The marks cut into pieces.
    pub fn flat(&self) -> Flat<'_> {
        let mut flat = Flat::default();
        let mut first = Vec::with_capacity(self.marks.len());
        for mark in &self.marks {
            first.push(flat.pieces.len());
            for (number, span) in mark.spans.iter().enumerate() {
                if number > 0 {
                    flat.links.push(MarkLink {
                        from: flat.pieces.len(),
                        to: flat.pieces.len() - number,
                        kind: LinkKind::PartOf,
                    });
                }
                flat.pieces.push(MarkSpan {
                    mark,
                    number,
                    span: *span,
                });
            }
        }
        flat.links.extend(self.links.iter().map(|l| MarkLink {
            from: first[l.from],
            to: first[l.to],
            kind: l.kind,
        }));
        flat.links.sort_by_key(|l| (l.from, l.to, l.kind));
        flat
    }
}

/// Fields as the entries of an object.
pub(super) struct Fields<'a>(pub &'a [(&'static str, String)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
