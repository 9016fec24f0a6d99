//! Lists of proposals as they are kept: tens of thousands for a long article, in some forty bytes each.
//!
//! What many have in common (their judgement and the words of its reason) is kept once for all of them, as a kind. A
//! single span stands in the record; several stand in a list of all such. Records are read as views, without a copy.

use std::fmt;
use std::hash::Hash;

use indexmap::IndexSet;

use super::made::*;
use crate::core::text::Span;

/// The number of a kind in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindNumber(u32);

impl KindNumber {
    /// The number, from 0 in the order in which the list came to know the kinds.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of `kind`, which is kept once.
fn number<K: Eq + Hash>(kinds: &mut IndexSet<K>, kind: K) -> KindNumber {
    let (n, _) = kinds.insert_full(kind);
    // There are no more kinds than there are proposals.
    KindNumber(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Where the spans of one field stand.
#[derive(Clone, Copy)]
enum Kept {
    /// There is none.
    None,
    /// In the record.
    One,
    /// In the list of those that are several: the record's span counts there.
    Many,
}

/// Spans that are several in their field, one field after the other.
#[derive(Clone, Default)]
struct Several(Vec<Span>);

impl Several {
    /// Keeps `spans`.
    fn keep(&mut self, spans: &[Span]) -> (Kept, Span) {
        match spans {
            [] => (Kept::None, Span::default()),
            [one] => (Kept::One, *one),
            many => {
                let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let from = at(self.0.len());
                self.0.extend_from_slice(many);
                (Kept::Many, Span::new(from, at(self.0.len())))
            }
        }
    }

    /// The spans that were kept as `kept` and `at`.
    fn get<'a>(&'a self, kept: Kept, at: &'a Span) -> &'a [Span] {
        match kept {
            Kept::None => &[],
            Kept::One => std::slice::from_ref(at),
            Kept::Many => self
                .0
                .get(at.start as usize..at.end as usize)
                .unwrap_or_default(),
        }
    }
}

/// Statements in order of the text.
#[derive(Clone, Default)]
pub struct Statements {
    list: Vec<KeptStatement>,
    kinds: IndexSet<StatementKind>,
    several: Several,
}

#[derive(Clone)]
struct KeptStatement {
    at: Span,
    block: u32,
    kind: KindNumber,
    kept: Kept,
}

impl Statements {
    /// Statement `n`.
    pub fn get(&self, n: usize) -> Option<StatementView<'_>> {
        self.list.get(n).map(|s| self.view(s))
    }

    fn view<'a>(&'a self, s: &'a KeptStatement) -> StatementView<'a> {
        let kind = &self.kinds[s.kind.index()];
        StatementView {
            spans: self.several.get(s.kept, &s.at),
            block: s.block,
            check_worthiness: kind.check_worthiness,
            claim_type: kind.claim_type,
            why: &kind.why,
        }
    }

    /// All in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = StatementView<'_>> + Clone {
        self.list.iter().map(|s| self.view(s))
    }

    /// How many there are before the first of which `before` is not true, as it is not of any after it.
    pub fn partition_point(&self, mut before: impl FnMut(StatementView<'_>) -> bool) -> usize {
        self.list.partition_point(|s| before(self.view(s)))
    }

    /// Adds a statement of a kind that this list knows.
    pub fn add(&mut self, spans: &[Span], block: u32, kind: KindNumber) {
        let (kept, at) = self.several.keep(spans);
        self.list.push(KeptStatement {
            at,
            block,
            kind,
            kept,
        });
    }

    /// Adds a statement.
    pub fn push(&mut self, s: ProposedStatement) {
        let kind = self.kind(StatementKind {
            check_worthiness: s.check_worthiness,
            claim_type: s.claim_type,
            why: s.why,
        });
        self.add(s.spans.as_slice(), s.block, kind);
    }

    /// Makes room for `more` statements.
    pub fn reserve(&mut self, more: usize) {
        self.list.reserve_exact(more);
    }

    /// Gives the room back that nothing is kept in.
    pub fn fit(&mut self) {
        self.list.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.several.0.shrink_to_fit();
    }

    /// Shows `f` every reason, which may be changed.
    pub fn each_why(&mut self, mut f: impl FnMut(&mut String)) {
        let mut now = IndexSet::with_capacity(self.kinds.len());
        let numbers: Vec<KindNumber> = std::mem::take(&mut self.kinds)
            .into_iter()
            .map(|mut kind| {
                let mut why = kind.why.into_string();
                f(&mut why);
                kind.why = why.into();
                number(&mut now, kind)
            })
            .collect();
        self.kinds = now;
        for s in &mut self.list {
            s.kind = numbers[s.kind.index()];
        }
    }
}

/// Attributions in order of their statements.
#[derive(Clone, Default)]
pub struct Attributions {
    list: Vec<KeptAttribution>,
    kinds: IndexSet<AttributionKind>,
    several: Several,
    /// Whom the few accusations are about, by the attribution's index.
    about: Vec<(u32, Spans)>,
}

#[derive(Clone)]
struct KeptAttribution {
    source: Span,
    cue: Span,
    content: Span,
    statement: u32,
    kind: KindNumber,
    via: Maybe,
    source_record: Maybe,
    /// Of source, cue and content.
    kept: [Kept; 3],
    accuses: bool,
}

/// An index, or none, in the room of one. The last number that there is counts no list.
#[derive(Clone, Copy)]
struct Maybe(u32);

impl From<Option<u32>> for Maybe {
    fn from(index: Option<u32>) -> Self {
        Self(index.unwrap_or(u32::MAX))
    }
}

impl From<Maybe> for Option<u32> {
    fn from(index: Maybe) -> Self {
        (index.0 != u32::MAX).then_some(index.0)
    }
}

impl Attributions {
    /// Attribution `n`.
    pub fn get(&self, n: usize) -> Option<AttributionView<'_>> {
        self.list.get(n).map(|a| self.view(n, a))
    }

    fn view<'a>(&'a self, n: usize, a: &'a KeptAttribution) -> AttributionView<'a> {
        let kind = &self.kinds[a.kind.index()];
        let [source, cue, content] = a.kept;
        let about = || self.about.binary_search_by_key(&n, |(at, _)| *at as usize);
        AttributionView {
            statement: a.statement,
            source: self.several.get(source, &a.source),
            cue: self.several.get(cue, &a.cue),
            content: self.several.get(content, &a.content),
            quotation_type: kind.quotation_type,
            stance: kind.stance,
            certainty: kind.certainty,
            negated: kind.negated,
            via: a.via.into(),
            about: match a.accuses {
                true => about().map_or(&[], |at| self.about[at].1.as_slice()),
                false => &[],
            },
            source_record: a.source_record.into(),
            rule: &kind.rule,
            why: &kind.why,
        }
    }

    /// All in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = AttributionView<'_>> + Clone {
        self.list.iter().enumerate().map(|(n, a)| self.view(n, a))
    }

    /// Those of statement `statement` and of later ones, with their indexes.
    pub fn since(&self, statement: u32) -> impl Iterator<Item = (u32, AttributionView<'_>)> {
        let from = self.list.partition_point(|a| a.statement < statement);
        let list = self.list[from..].iter().enumerate();
        list.map(move |(n, a)| ((n + from) as u32, self.view(n + from, a)))
    }

    /// Adds an attribution of a kind that this list knows.
    pub fn add(&mut self, a: AttributionPlaces<'_>, kind: KindNumber) {
        let (source_kept, source) = self.several.keep(a.source);
        let (cue_kept, cue) = self.several.keep(a.cue);
        let (content_kept, content) = self.several.keep(a.content);
        if !a.about.is_empty() {
            let n = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
            self.about.push((n, a.about.to_vec().into()));
        }
        self.list.push(KeptAttribution {
            source,
            cue,
            content,
            statement: a.statement,
            kind,
            via: a.via.into(),
            source_record: a.source_record.into(),
            kept: [source_kept, cue_kept, content_kept],
            accuses: !a.about.is_empty(),
        });
    }

    /// Adds an attribution.
    pub fn push(&mut self, a: ProposedAttribution) {
        let kind = self.kind(AttributionKind {
            quotation_type: a.quotation_type,
            stance: a.stance,
            certainty: a.certainty,
            negated: a.negated,
            rule: a.rule,
            why: a.why,
        });
        let places = AttributionPlaces {
            statement: a.statement,
            source: a.source.as_slice(),
            cue: a.cue.as_slice(),
            content: a.content.as_slice(),
            about: a.about.as_slice(),
            via: a.via,
            source_record: a.source_record,
        };
        self.add(places, kind);
    }

    /// Ties attribution `n` to a source record.
    pub fn set_source_record(&mut self, n: usize, record: u32) {
        if let Some(a) = self.list.get_mut(n) {
            a.source_record = Some(record).into();
        }
    }

    /// Says which attribution quotes attribution `n`.
    pub fn set_via(&mut self, n: usize, via: Option<u32>) {
        if let Some(a) = self.list.get_mut(n) {
            a.via = via.into();
        }
    }

    /// Makes room for `more` attributions.
    pub fn reserve(&mut self, more: usize) {
        self.list.reserve_exact(more);
    }

    /// Gives the room back that nothing is kept in.
    pub fn fit(&mut self) {
        self.list.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.several.0.shrink_to_fit();
        self.about.shrink_to_fit();
    }
}

/// What both lists can do, whatever they hold.
macro_rules! list_of {
    ($list:ident, $made:ident, $kind:ident) => {
        impl $list {
            /// How many there are.
            pub fn len(&self) -> usize {
                self.list.len()
            }

            /// Whether there is none.
            pub fn is_empty(&self) -> bool {
                self.list.is_empty()
            }

            /// Every kind, by its number.
            pub fn kinds(&self) -> impl ExactSizeIterator<Item = &$kind> {
                self.kinds.iter()
            }

            /// The kinds of all, in their order.
            pub fn kind_numbers(&self) -> impl ExactSizeIterator<Item = KindNumber> {
                self.list.iter().map(|one| one.kind)
            }

            /// The number of `kind`, from now on if it was not known.
            pub fn kind(&mut self, kind: $kind) -> KindNumber {
                number(&mut self.kinds, kind)
            }
        }

        impl PartialEq for $list {
            /// Whether the two hold the same, however it came to be kept.
            fn eq(&self, other: &Self) -> bool {
                self.iter().eq(other.iter())
            }
        }
        impl Eq for $list {}

        impl fmt::Debug for $list {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter()).finish()
            }
        }

        impl Extend<$made> for $list {
            fn extend<I: IntoIterator<Item = $made>>(&mut self, more: I) {
                more.into_iter().for_each(|one| self.push(one));
            }
        }

        impl FromIterator<$made> for $list {
            fn from_iter<I: IntoIterator<Item = $made>>(all: I) -> Self {
                let mut list = Self::default();
                list.extend(all);
                list.fit();
                list
            }
        }

        impl From<Vec<$made>> for $list {
            fn from(all: Vec<$made>) -> Self {
                all.into_iter().collect()
            }
        }
    };
}
list_of!(Statements, ProposedStatement, StatementKind);
list_of!(Attributions, ProposedAttribution, AttributionKind);
