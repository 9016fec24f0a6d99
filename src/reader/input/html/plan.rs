//! Which of a page's words are its article, and why the others are not.

use dom_query::{Document as Page, NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};

use super::elements::{is_heading, is_hidden, shown, stands_in};
use super::measure::{Measured, Sizes};
use super::names::{self, NameHint, Weight};
use crate::reader::input::account::{Omission, OmissionPlace};

/// Letters beside the names in a line that says who wrote the article.
const SIGNED: usize = 60;

/// Letters of a heading that is another page's title.
const TITLE: usize = 15;
/// Elements between a title and its words.
const NEAR: usize = 6;
/// Titles of other pages that make a page their index.
const TITLES: usize = 6;

/// A page's words, each kept or left out.
#[derive(Debug, Default)]
pub(in crate::reader::input) struct Plan {
    /// The texts that are kept; all of them where nothing was chosen.
    kept: Option<FxHashSet<NodeId>>,
    /// Elements whose words, where they are left out, are left out for this reason.
    roles: FxHashMap<NodeId, Omission>,
    /// Texts between kept ones that may belong to them.
    gaps: FxHashSet<NodeId>,
    /// Whether what stands in for something that is played or drawn is kept: a quiz, or the descriptions of pictures.
    pub stand_ins: bool,
    /// The heading that is the article's title.
    pub title: Option<NodeId>,
    /// The elements that say who wrote it, and when.
    pub signed: FxHashSet<NodeId>,
}

impl Plan {
    /// All words are kept.
    pub fn whole() -> Self {
        Self::default()
    }

    /// All words of a book are kept, and what stands in for what only a device can show. Where `whole` is not asked for,
    /// those of menus are not, and what is hidden.
    pub fn of_book(root: &NodeRef<'_>, whole: bool) -> Self {
        let mut plan = Self {
            stand_ins: true,
            ..Self::whole()
        };
        if whole {
            return plan;
        }
        let mut texts = FxHashSet::default();
        let mut stack = vec![*root];
        while let Some(node) = stack.pop() {
            if node.is_text() {
                texts.insert(node.id);
                continue;
            }
            let why = match (node.has_name("nav"), node.is_element() && is_hidden(&node)) {
                (true, _) => Some(Omission::Navigation),
                (_, true) => Some(Omission::Hidden),
                _ => None,
            };
            match why {
                Some(why) => drop(plan.roles.insert(node.id, why)),
                None => stack.extend(node.children_it(true)),
            }
        }
        plan.kept = Some(texts);
        plan
    }

    /// The texts of `kept` are, and what the roles of `doomed` and the names of elements say is why others are not.
    pub(super) fn of(kept: FxHashSet<NodeId>, sizes: &Sizes, doomed: &Doomed) -> Self {
        let mut roles = doomed.named.clone();
        roles.extend(&doomed.of);
        Self {
            gaps: gaps(&kept, sizes, doomed),
            kept: Some(kept),
            roles,
            ..Self::default()
        }
    }

    /// Keeps all words under `node` too.
    pub fn keep(&mut self, node: &NodeRef<'_>) {
        if let Some(kept) = &mut self.kept {
            kept.extend(node.descendants_it().filter(NodeRef::is_text).map(|n| n.id));
        }
    }

    /// Sees to it that the title is kept where it stands, if that is before the article or where it begins; says whether
    /// it does.
    pub(super) fn place_title(
        &mut self,
        page: &Page,
        sizes: &Sizes,
        heading: Option<NodeId>,
    ) -> bool {
        let Some(node) = heading.and_then(|id| page.tree.get(&id)) else {
            return false;
        };
        if !self.is_at_front(sizes, node.id) {
            return false;
        }
        self.keep(&node);
        self.title = Some(node.id);
        true
    }

    /// Sees to it that who wrote the article is kept where the page says so, if that is where the article begins.
    pub(super) fn place_byline(&mut self, page: &Page, sizes: &Sizes, byline: &str) {
        if byline.is_empty() {
            return;
        }
        let most = byline.chars().count() + SIGNED;
        let says = |e: &&Measured| {
            let node = page.tree.get(&e.id);
            e.letters > 0
                && e.letters <= most
                && node.is_some_and(|n| n.is_element() && shown(&n).contains(byline))
        };
        // The innermost of the first ones; what stands after the article's beginning is somebody else's line.
        let front = self.front(sizes);
        let mut found: Option<usize> = None;
        for (at, element) in sizes.elements.iter().enumerate().take(front) {
            match found {
                Some(outer) if element.parent != Some(outer) => {}
                _ if says(&element) => found = Some(at),
                _ => {}
            }
        }
        let Some(node) = found.and_then(|at| page.tree.get(&sizes.elements[at].id)) else {
            return;
        };
        if self.is_at_front(sizes, node.id) && Some(node.id) != self.title {
            self.keep(&node);
            self.signed.insert(node.id);
        }
    }

    /// Leaves out all words.
    pub(super) fn keep_nothing(&mut self) {
        self.kept = Some(FxHashSet::default());
        self.gaps.clear();
    }

    /// Letters of running text that are kept.
    pub(super) fn prose(&self, sizes: &Sizes) -> usize {
        match &self.kept {
            Some(kept) => sizes.prose_of(kept),
            None => sizes.prose(),
        }
    }

    /// Whether an element stands before the third block of running text that is kept.
    fn is_at_front(&self, sizes: &Sizes, element: NodeId) -> bool {
        sizes
            .place(element)
            .is_some_and(|at| at < self.front(sizes))
    }

    /// The place of the third block of running text that is kept, or of the page's end.
    fn front(&self, sizes: &Sizes) -> usize {
        let third = self.running(sizes).get(2).copied();
        third.unwrap_or(sizes.elements.len())
    }

    /// The places of the blocks of running text that are kept.
    fn running(&self, sizes: &Sizes) -> Vec<usize> {
        let texts = sizes.texts.iter();
        let kept = texts.filter(|t| sizes.elements[t.1].is_prose() && self.keeps(t.0));
        let mut blocks: Vec<usize> = kept.map(|t| t.1).collect();
        blocks.dedup();
        blocks
    }

    /// Whether the page is an index of other pages: it has many headings that are links and hardly any running text of some
    /// length. Their words are kept then. Returns how many there are.
    pub(super) fn take_index(&mut self, page: &Page, sizes: &Sizes) -> Option<usize> {
        let blocks = self.running(sizes);
        let (first, last) = (*blocks.first()?, *blocks.last()?);
        // Those of other articles after one article stand apart from it; the first title stands before its words.
        let from = first.saturating_sub(NEAR);
        let among = sizes.elements.iter().enumerate().skip(from);
        let among = among.take(last.saturating_sub(from));
        let headings: Vec<NodeRef<'_>> = among
            .filter(|(_, e)| e.letters >= TITLE && e.is_mostly_links())
            .filter_map(|(_, e)| page.tree.get(&e.id))
            .filter(|n| n.node_name().is_some_and(|name| is_heading(&name)))
            .collect();
        let long = blocks.iter().filter(|at| sizes.elements[**at].is_long());
        if headings.len() < TITLES || long.count() * 4 > headings.len() {
            return None;
        }
        for heading in &headings {
            self.keep(heading);
        }
        Some(headings.len())
    }

    /// Whether a text is kept.
    pub fn keeps(&self, text: NodeId) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&text))
    }

    /// Why the words in an element are left out, where they are.
    pub fn role(&self, element: NodeId) -> Option<Omission> {
        self.roles.get(&element).copied()
    }

    /// Where a text stands that is left out.
    pub fn place(&self, text: NodeId) -> OmissionPlace {
        match self.gaps.contains(&text) {
            true => OmissionPlace::Within,
            false => OmissionPlace::Around,
        }
    }
}

/// Elements that are taken out of a page before its article is looked for.
#[derive(Debug, Default)]
pub(super) struct Doomed {
    /// The outermost of them, and why.
    pub of: FxHashMap<NodeId, Omission>,
    /// Others whose names say the same, but which hold too much.
    pub named: FxHashMap<NodeId, Omission>,
    /// Whether each element of the page is in one that is taken out.
    inside: Vec<bool>,
}

/// What is believed of elements when it is decided what to take out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Belief {
    /// What they are, what is hidden, and what their names say.
    Names,
    /// What they are.
    Tags,
}

/// An element with more than one letter of running text in so many is the article, or around it.
const GOOD_SHARE: usize = 3;
/// Letters that something with a sure name leaves, where it is no article.
const LEAST: usize = 200;
/// Letters of running text that something with a telling name may have, and be no article.
const SMALL: usize = 300;
/// Letters for each link in a list of other pages.
const TEASER: usize = 400;

impl Doomed {
    /// Those of a page. What holds its `title`, or a good share of its running text, never is.
    pub fn of(page: &Page, sizes: &Sizes, title: Option<NodeId>, belief: Belief) -> Self {
        let mut doomed = Self {
            inside: vec![false; sizes.elements.len()],
            ..Self::default()
        };
        let holders = ancestors(sizes, title);
        let reasons: Vec<Option<Reason>> = sizes
            .elements
            .iter()
            .map(|element| {
                let node = page.tree.get(&element.id).filter(NodeRef::is_element)?;
                reason(&node, element, belief)
            })
            .collect();
        let no_roles = no_roles(&reasons, sizes);
        for (at, element) in sizes.elements.iter().enumerate() {
            if element.parent.is_some_and(|p| doomed.inside[p]) {
                doomed.inside[at] = true;
                continue;
            }
            let Some(reason) = &reasons[at] else {
                continue;
            };
            let sure = reason.sure && reason.name.is_none_or(|name| !no_roles.contains(name));
            if sure && !holders.contains(&at) && !is_good_share(element, reason, sizes) {
                doomed.inside[at] = true;
                doomed.of.insert(element.id, reason.why);
            } else {
                doomed.named.insert(element.id, reason.why);
            }
        }
        doomed
    }

    /// Whether an element, by its place among the measured ones, is taken out.
    pub fn holds(&self, at: usize) -> bool {
        self.inside.get(at).copied().unwrap_or(false)
    }
}

/// Names that do not say what their elements are, since these have a good share of the page's running text together.
fn no_roles(reasons: &[Option<Reason>], sizes: &Sizes) -> FxHashSet<&'static str> {
    let mut shares: FxHashMap<&'static str, usize> = FxHashMap::default();
    let mut inside: Vec<Option<&'static str>> = vec![None; sizes.elements.len()];
    for (at, element) in sizes.elements.iter().enumerate() {
        inside[at] = element.parent.and_then(|p| inside[p]);
        let may_mislead = |r: &&Reason| matches!(r.weight, Some(weight) if weight != Weight::Sure);
        let reason = reasons[at].as_ref();
        let Some(reason) = reason.filter(|r| r.sure && may_mislead(r)) else {
            continue;
        };
        if inside[at].is_none()
            && let Some(name) = reason.name
        {
            inside[at] = Some(name);
            *shares.entry(name).or_default() += element.prose;
        }
    }
    let shares = shares.into_iter();
    shares
        .filter(|(_, prose)| prose * GOOD_SHARE > sizes.prose())
        .map(|(name, _)| name)
        .collect()
}

/// The places of an element and of all that it stands in.
pub(super) fn ancestors(sizes: &Sizes, of: Option<NodeId>) -> FxHashSet<usize> {
    let mut all = FxHashSet::default();
    let mut at = of.and_then(|id| sizes.place(id));
    while let Some(n) = at {
        all.insert(n);
        at = sizes.elements[n].parent;
    }
    all
}

/// Why an element is none of the article's.
struct Reason {
    why: Omission,
    /// The name that says so, and how much it weighs, where it is one.
    name: Option<&'static str>,
    weight: Option<Weight>,
    /// Whether its size does not speak against that.
    sure: bool,
}

/// Whether an element holds so much of the page's running text that it is the article, or around it. Comments, and what
/// is hidden, may be more than the article.
fn is_good_share(element: &Measured, reason: &Reason, sizes: &Sizes) -> bool {
    let rest = sizes.prose() - element.prose;
    match (reason.why, reason.weight) {
        (_, Some(Weight::Sure)) => element.prose > 0 && rest < LEAST,
        (Omission::Hidden, _) => element.prose > 3 * rest,
        _ => element.prose * GOOD_SHARE > sizes.prose(),
    }
}

/// Why an element is none of the article's; none where nothing says so.
fn reason(node: &NodeRef<'_>, size: &Measured, belief: Belief) -> Option<Reason> {
    let name = node.node_name()?;
    let role = node.attr("role").unwrap_or_default();
    let by_tag = |why, sure| {
        let (name, weight) = (None, None);
        Some(Reason {
            why,
            name,
            weight,
            sure,
        })
    };
    if &*name == "nav" || matches!(&*role, "navigation" | "menu" | "menubar") {
        return by_tag(Omission::Navigation, true);
    }
    if belief == Belief::Tags {
        return None;
    }
    if is_hidden(node) {
        return by_tag(Omission::Hidden, true);
    }
    if &*name == "dialog" || matches!(&*role, "dialog" | "alertdialog" | "search") {
        return by_tag(Omission::Surroundings, true);
    }
    if &*name == "form" {
        return by_tag(Omission::Controls, size.prose < SMALL);
    }
    if &*name == "footer" && !stands_in(node, 16, &["article", "main", "blockquote"]) {
        return by_tag(Omission::Surroundings, true);
    }
    if matches!(&*name, "html" | "body") {
        // What a page has, and not what it is: `showing-comments`.
        return None;
    }
    let named = names::named(node, &name)?;
    Some(Reason {
        why: named.holds,
        name: Some(named.name),
        weight: Some(named.weight),
        sure: is_of_page(&name, size, named),
    })
}

/// Whether an element with a telling name is the page's, by what it is and how much it holds.
fn is_of_page(name: &str, size: &Measured, named: NameHint) -> bool {
    use Omission::{Comments, Repeated};
    if name == "main" || is_heading(name) {
        return false;
    }
    // A quotation of a post is the article's, whatever its class says; readers' comments are often articles of their own.
    if matches!(
        name,
        "blockquote" | "figure" | "figcaption" | "p" | "article"
    ) {
        return matches!(named.holds, Comments | Repeated);
    }
    if named.holds == Omission::Navigation && size.links == 0 && size.prose > 0 {
        // What leads nowhere is no way to another page.
        return false;
    }
    let small = size.prose < SMALL || size.is_mostly_links();
    match named.weight {
        _ if named.doubtful && named.holds != Comments => {
            let weighs = matches!(named.weight, Weight::Heavy | Weight::Sure);
            size.is_mostly_links() || weighs && size.prose < SMALL
        }
        Weight::Light => small,
        Weight::Links => small || size.has_a_link_every(TEASER),
        Weight::Heavy | Weight::Sure => !named.doubtful || small,
    }
}

/// Texts of running text that are left out between the first and the last that are kept.
fn gaps(kept: &FxHashSet<NodeId>, sizes: &Sizes, doomed: &Doomed) -> FxHashSet<NodeId> {
    let prose = |t: &&(NodeId, usize, usize)| sizes.elements[t.1].is_prose();
    let is_kept = |t: &(NodeId, usize, usize)| kept.contains(&t.0);
    let texts: Vec<_> = sizes.texts.iter().filter(prose).collect();
    let first = texts.iter().position(|t| is_kept(t));
    let last = texts.iter().rposition(|t| is_kept(t));
    let (Some(first), Some(last)) = (first, last) else {
        return FxHashSet::default();
    };
    let within = texts[first..=last].iter();
    within
        .filter(|t| !is_kept(t) && !doomed.holds(t.1))
        .map(|t| t.0)
        .collect()
}
