//! Lists of proposals as they are kept: a hundred thousand for a long article, a statement in 16 bytes and an attribution
//! in 32.
//!
//! What many have in common (their judgement and the words of its reason) is kept once for all of them, as a kind. A
//! single span stands in the record, short and near to its like as it nearly always is; any others stand in a list of all
//! such, and so does what few proposals have. Records are read as views, without a copy.

use std::fmt;
use std::hash::Hash;

use indexmap::IndexSet;

use super::compact::{Maybe, NearSpan, Quoted, SpansApart, SpansKept};
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

/// Statements in order of the text.
#[derive(Clone, Default)]
pub struct Statements {
    list: Vec<KeptStatement>,
    kinds: IndexSet<StatementKind>,
    apart: SpansApart,
}

#[derive(Clone)]
struct KeptStatement {
    /// Where it starts; of one that is apart, its place there.
    at: u32,
    block: u32,
    kind: KindNumber,
    length: u16,
    kept: SpansKept,
}

impl Statements {
    /// Statement `n`.
    pub fn get(&self, n: usize) -> Option<StatementView<'_>> {
        self.list.get(n).map(|s| self.view(s))
    }

    fn view<'a>(&'a self, s: &'a KeptStatement) -> StatementView<'a> {
        let kind = &self.kinds[s.kind.index()];
        StatementView {
            spans: match s.kept {
                SpansKept::Nowhere => SpansView::Kept(&[]),
                SpansKept::Here => SpansView::One(Span::new(s.at, s.at + u32::from(s.length))),
                SpansKept::Apart => SpansView::Kept(self.apart.get(s.at)),
            },
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
        let (kept, at, length) = match spans {
            [] => (SpansKept::Nowhere, 0, 0),
            [one] if let Ok(length) = u16::try_from(one.len()) => {
                (SpansKept::Here, one.start, length)
            }
            spans => (SpansKept::Apart, self.apart.keep(spans), 0),
        };
        self.list.push(KeptStatement {
            at,
            block,
            kind,
            length,
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
        self.apart.fit();
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
    apart: SpansApart,
    /// What few have, by the attribution's index, in order.
    rare: Vec<(u32, Rare)>,
}

#[derive(Clone)]
struct KeptAttribution {
    /// Where the first of its spans starts.
    at: u32,
    statement: u32,
    kind: KindNumber,
    source_record: Maybe,
    /// Of source, cue and content.
    places: [NearSpan; 3],
    kept: [SpansKept; 3],
    quoted: Quoted,
}

/// The fields of an attribution that have a place in its record.
const SOURCE: usize = 0;
const CUE: usize = 1;
const CONTENT: usize = 2;

/// An attribution where it is kept: what it is chosen by is read without the rest of it.
#[derive(Clone, Copy)]
pub struct AttributionAt<'a> {
    all: &'a Attributions,
    kept: &'a KeptAttribution,
    n: usize,
}

impl<'a> AttributionAt<'a> {
    /// The index of the attribution.
    pub fn number(self) -> u32 {
        u32::try_from(self.n).unwrap_or(u32::MAX)
    }

    /// The index of the statement that it belongs to.
    pub fn statement(self) -> u32 {
        self.kept.statement
    }

    /// The words attributed.
    pub fn content(self) -> SpansView<'a> {
        self.all.field(self.kept, CONTENT)
    }

    /// Whether another attribution quotes it.
    pub fn is_quoted(self) -> bool {
        match self.all.rare_of(self.n, self.kept) {
            Some(rare) => rare.via.is_some(),
            None => self.kept.quoted.via(self.n).is_some(),
        }
    }

    /// All of it.
    pub fn view(self) -> AttributionView<'a> {
        self.all.view(self.n, self.kept)
    }
}

/// What few attributions have.
#[derive(Clone, Default)]
struct Rare {
    /// Whom an accusation is about.
    about: Spans,
    /// The attribution that quotes it.
    via: Option<u32>,
}

impl Attributions {
    /// Attribution `n`.
    pub fn get(&self, n: usize) -> Option<AttributionView<'_>> {
        self.list.get(n).map(|a| self.view(n, a))
    }

    fn view<'a>(&'a self, n: usize, a: &'a KeptAttribution) -> AttributionView<'a> {
        let kind = &self.kinds[a.kind.index()];
        let rare = self.rare_of(n, a);
        AttributionView {
            statement: a.statement,
            source: self.field(a, SOURCE),
            cue: self.field(a, CUE),
            content: self.field(a, CONTENT),
            quotation_type: kind.quotation_type,
            stance: kind.stance,
            certainty: kind.certainty,
            negated: kind.negated,
            via: rare.map_or_else(|| a.quoted.via(n), |r| r.via),
            about: SpansView::Kept(rare.map_or(&[], |r| r.about.as_slice())),
            source_record: a.source_record.into(),
            rule: &kind.rule,
            why: &kind.why,
        }
    }

    /// The spans of a field of `a`.
    fn field<'a>(&'a self, a: &KeptAttribution, field: usize) -> SpansView<'a> {
        match a.kept[field] {
            SpansKept::Nowhere => SpansView::Kept(&[]),
            SpansKept::Here => SpansView::One(a.places[field].span(a.at)),
            SpansKept::Apart => SpansView::Kept(self.apart.get(a.places[field].number())),
        }
    }

    /// What few attributions have, if attribution `n`, kept as `a`, has it.
    fn rare_of(&self, n: usize, a: &KeptAttribution) -> Option<&Rare> {
        (a.quoted == Quoted::RARE).then(|| self.rare(n)).flatten()
    }

    /// What few attributions have, of attribution `n`.
    fn rare(&self, n: usize) -> Option<&Rare> {
        let at = self.rare.binary_search_by_key(&n, |(at, _)| *at as usize);
        self.rare.get(at.ok()?).map(|(_, rare)| rare)
    }

    /// The same, to be changed.
    fn rare_mut(&mut self, n: usize) -> &mut Rare {
        let at = self.rare.binary_search_by_key(&n, |(at, _)| *at as usize);
        let at = at.unwrap_or_else(|at| {
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            self.rare.insert(at, (n, Rare::default()));
            at
        });
        &mut self.rare[at].1
    }

    /// All in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = AttributionView<'_>> + Clone {
        self.list.iter().enumerate().map(|(n, a)| self.view(n, a))
    }

    /// Those of statement `statement` and of later ones.
    pub fn since(&self, statement: u32) -> impl Iterator<Item = AttributionAt<'_>> {
        let from = self.list.partition_point(|a| a.statement < statement);
        let list = self.list[from..].iter().zip(from..);
        list.map(|(kept, n)| AttributionAt { all: self, kept, n })
    }

    /// Adds an attribution of a kind that this list knows.
    pub fn add(&mut self, a: AttributionPlaces<'_>, kind: KindNumber) {
        let fields = [a.source, a.cue, a.content];
        let first = fields.iter().filter_map(|spans| spans.first());
        let at = first.map(|s| s.start).min().unwrap_or(0);
        let mut place = |spans: &[Span]| match spans {
            [] => (SpansKept::Nowhere, NearSpan::default()),
            [one] if let Some(near) = NearSpan::near(at, *one) => (SpansKept::Here, near),
            spans => (SpansKept::Apart, NearSpan::apart(self.apart.keep(spans))),
        };
        let [source, cue, content] = fields.map(&mut place);
        let n = self.list.len();
        let near = Quoted::near(n, a.via).filter(|_| a.about.is_empty());
        let quoted = near.unwrap_or_else(|| {
            let (about, via) = (a.about.into(), a.via);
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            self.rare.push((n, Rare { about, via }));
            Quoted::RARE
        });
        self.list.push(KeptAttribution {
            at,
            statement: a.statement,
            kind,
            source_record: a.source_record.into(),
            places: [source.1, cue.1, content.1],
            kept: [source.0, cue.0, content.0],
            quoted,
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
        let Some(a) = self.list.get_mut(n) else {
            return;
        };
        match Quoted::near(n, via) {
            Some(near) if a.quoted != Quoted::RARE => a.quoted = near,
            _ => {
                a.quoted = Quoted::RARE;
                self.rare_mut(n).via = via;
            }
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
        self.apart.fit();
        self.rare.shrink_to_fit();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_take_little_room() {
        assert!(size_of::<KeptStatement>() <= 16);
        assert!(size_of::<KeptAttribution>() <= 32);
    }
}
