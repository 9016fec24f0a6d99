//! The UIMA CAS of a session, which `cas-json` and `xmi` write: a type for each label with its fields as features.

use super::Job;
use super::marks::{Flat, Label, LinkKind};
use super::units::Ruler;

/// A feature of one of our types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// A string.
    Text,
    /// A reference to an annotation.
    Reference,
}

/// What the session and the article are called in the file: a structure that is no annotation.
pub(super) const META: &str = "claimdesk.Article";
/// Its features.
pub(super) const META_FEATURES: [&str; 7] = [
    "session",
    "name",
    "title",
    "byline",
    "url",
    "published_at",
    "language",
];

/// Our types with their features, in a fixed order; that of the article is apart.
pub(super) fn types() -> Vec<(&'static str, Vec<(&'static str, Range)>)> {
    Label::ALL
        .iter()
        .map(|label| {
            let fields = label.fields().iter().map(|f| (f.name, Range::Text));
            let links = LinkKind::ALL.iter().map(|l| (l.word(), Range::Reference));
            (type_name(*label), fields.chain(links).collect())
        })
        .collect()
}

/// The type that a label stands for.
pub(super) fn type_name(label: Label) -> &'static str {
    match label {
        Label::Claim => "claimdesk.Claim",
        Label::Source => "claimdesk.Source",
        Label::Cue => "claimdesk.Cue",
        Label::Attribution => "claimdesk.Attribution",
        Label::Content => "claimdesk.Content",
        Label::Dismissed => "claimdesk.Dismissed",
        Label::Statement => "claimdesk.Statement",
    }
}

/// One annotation of the CAS.
#[derive(Clone, Debug)]
pub(super) struct Annotation<'a> {
    /// Its number in the file.
    pub id: usize,
    pub label: Label,
    /// UTF-16 code units.
    pub ends: (u32, u32),
    pub texts: &'a [(&'static str, String)],
    /// Link by link, the number of what it points to; one of a kind.
    pub references: Vec<(LinkKind, usize)>,
}

/// The numbers 1 to 3 are taken: the text, the document, the article.
const FIRST: usize = 4;

/// The annotations of `flat`, in order, numbered from [`FIRST`].
pub(super) fn annotations<'a>(flat: &'a Flat<'_>, ruler: &Ruler<'_>) -> Vec<Annotation<'a>> {
    let mut all: Vec<Annotation<'a>> = flat
        .pieces
        .iter()
        .enumerate()
        .map(|(n, p)| Annotation {
            id: FIRST + n,
            label: p.mark.label,
            ends: ruler.ends(p.span),
            texts: p.fields(),
            references: Vec::new(),
        })
        .collect();
    for l in &flat.links {
        let references = &mut all[l.from].references;
        match references.iter_mut().find(|(kind, _)| *kind == l.kind) {
            Some(one) => one.1 = FIRST + l.to,
            None => references.push((l.kind, FIRST + l.to)),
        }
    }
    all
}

/// The values of [`META_FEATURES`].
pub(super) fn meta(job: &Job<'_>) -> [String; 7] {
    let a = &job.session.article;
    [
        job.session.id.to_string(),
        job.session.name.clone(),
        a.title.clone(),
        a.byline.clone(),
        a.url.clone().unwrap_or_default(),
        a.published_at.clone().unwrap_or_default(),
        a.language.clone(),
    ]
}

/// The language as a CAS wants it: `x-unspecified` where none is known.
pub(super) fn language<'a>(job: &Job<'a>) -> &'a str {
    match job.session.article.language.as_str() {
        "" => "x-unspecified",
        language => language,
    }
}
