//! How many letters stand where in a page, measured once and before anything is taken out of it.

use std::hash::{Hash, Hasher};

use dom_query::{NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::elements::{is_block, is_code, leads_away, never_shown};

/// Letters that a block of running text has at least.
const PROSE: usize = 60;
/// Letters of a block of running text that does not only lead to another page.
const LONG: usize = 200;
/// A block with more than one letter in so many in links is no running text.
const LINKED: usize = 3;

/// An element, measured.
#[derive(Debug)]
pub(super) struct Measured {
    /// Which one it is.
    pub id: NodeId,
    /// The one that it stands in.
    pub parent: Option<usize>,
    /// Letters under it.
    pub letters: usize,
    /// Those of them that stand in links.
    pub linked: usize,
    /// Letters of blocks of running text under it, itself one of them.
    pub prose: usize,
    /// Links under it.
    pub links: usize,
    /// Digits under it.
    pub digits: usize,
    /// Letters of it as a block, without those of blocks in it.
    own: usize,
    own_linked: usize,
    /// Same for elements of the same name and classes in the same chain of such elements.
    pub path: u64,
}

impl Measured {
    /// Whether it is a block of running text.
    pub fn is_prose(&self) -> bool {
        self.own >= PROSE && self.own_linked * LINKED < self.own
    }

    /// Whether it holds links with so many letters to each of them at most.
    pub fn has_a_link_every(&self, letters: usize) -> bool {
        self.links >= 2 && self.letters < self.links * letters
    }

    /// Whether it is a block of running text of some length: more than leads to another page.
    pub fn is_long(&self) -> bool {
        self.is_prose() && self.own >= LONG
    }

    /// Letters under it outside of links.
    pub fn plain(&self) -> usize {
        self.letters - self.linked
    }

    /// Whether most of it is links.
    pub fn is_mostly_links(&self) -> bool {
        self.linked * 2 > self.letters
    }
}

/// A page, measured: its elements and texts in document order.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    /// The elements; the first one is the root.
    pub elements: Vec<Measured>,
    /// Each text that is more than white space: which one it is, its block, its letters.
    pub texts: Vec<(NodeId, usize, usize)>,
    index: FxHashMap<NodeId, usize>,
}

impl Sizes {
    /// Measures what stands under `root`.
    pub fn of(root: &NodeRef<'_>) -> Self {
        let mut sizes = Self::default();
        // Node, the element it stands in, the block, whether it stands in a link.
        let mut stack = vec![(*root, None, 0, false)];
        while let Some((node, parent, block, linked)) = stack.pop() {
            if node.is_text() {
                let words = node.text();
                if !words.trim().is_empty() {
                    let letters = weight(&words);
                    let parent = parent.unwrap_or(0);
                    sizes.elements[parent].digits += digits(&words);
                    sizes.add(node.id, parent, block, letters, linked);
                }
                continue;
            }
            let name = node.node_name().unwrap_or_default();
            if node.is_element() && (is_code(&name) || never_shown(&name).is_some()) {
                continue;
            }
            let at = sizes.elements.len();
            let path = sizes.path(parent, &node, &name);
            sizes.elements.push(Measured {
                id: node.id,
                parent,
                letters: 0,
                linked: 0,
                prose: 0,
                links: usize::from(&*name == "a"),
                digits: 0,
                own: 0,
                own_linked: 0,
                path,
            });
            sizes.index.insert(node.id, at);
            let block = if is_block(&name) { at } else { block };
            let linked = linked || &*name == "a" && leads_away(&node);
            let children = node.children_it(true);
            stack.extend(children.map(|child| (child, Some(at), block, linked)));
        }
        sizes.sum();
        sizes
    }

    fn path(&self, parent: Option<usize>, node: &NodeRef<'_>, name: &str) -> u64 {
        let mut hasher = FxHasher::default();
        parent.map(|p| self.elements[p].path).hash(&mut hasher);
        name.hash(&mut hasher);
        let class = node.class().unwrap_or_default();
        // A class with digits in it says which one of several it is.
        let names = class.split_whitespace();
        for name in names.filter(|n| !n.contains(|c: char| c.is_ascii_digit())) {
            hasher.write(name.as_bytes());
        }
        hasher.finish()
    }

    fn add(&mut self, id: NodeId, parent: usize, block: usize, letters: usize, linked: bool) {
        self.texts.push((id, block, letters));
        let linked = if linked { letters } else { 0 };
        self.elements[parent].letters += letters;
        self.elements[parent].linked += linked;
        self.elements[block].own += letters;
        self.elements[block].own_linked += linked;
    }

    /// Adds each element's letters to those of the one that it stands in.
    fn sum(&mut self) {
        for at in (0..self.elements.len()).rev() {
            let element = &mut self.elements[at];
            if element.is_prose() {
                element.prose += element.own;
            }
            let (letters, linked) = (element.letters, element.linked);
            let (prose, links) = (element.prose, element.links);
            let digits = element.digits;
            if let Some(parent) = element.parent {
                let parent = &mut self.elements[parent];
                parent.links += links;
                parent.digits += digits;
                parent.letters += letters;
                parent.linked += linked;
                parent.prose += prose;
            }
        }
    }

    /// An element's measure.
    pub fn get(&self, id: NodeId) -> Option<&Measured> {
        self.index.get(&id).and_then(|at| self.elements.get(*at))
    }

    /// The place after the last element in the one at place `at`.
    pub fn end(&self, at: usize) -> usize {
        // They are in document order: the first one after it that stands in something before it is outside.
        let mut after = at + 1..self.elements.len();
        let outside = after.find(|n| self.elements[*n].parent < Some(at));
        outside.unwrap_or(self.elements.len())
    }

    /// Where an element stands in the list.
    pub fn place(&self, id: NodeId) -> Option<usize> {
        self.index.get(&id).copied()
    }

    /// Letters of running text in the whole page.
    pub fn prose(&self) -> usize {
        self.elements.first().map_or(0, |root| root.prose)
    }

    /// Letters outside of links in the whole page.
    pub fn plain(&self) -> usize {
        self.elements.first().map_or(0, Measured::plain)
    }

    /// Letters among the texts `kept`, of blocks that are not mostly links.
    pub fn plain_of(&self, kept: &FxHashSet<NodeId>) -> usize {
        self.letters_of(kept, |block| !block.is_mostly_links())
    }

    /// Letters of running text among the texts `kept`.
    pub fn prose_of(&self, kept: &FxHashSet<NodeId>) -> usize {
        self.letters_of(kept, Measured::is_prose)
    }

    /// Letters among the texts `kept`, of some blocks.
    fn letters_of(&self, kept: &FxHashSet<NodeId>, blocks: impl Fn(&Measured) -> bool) -> usize {
        let texts = self.texts.iter();
        texts
            .filter(|(id, block, _)| blocks(&self.elements[*block]) && kept.contains(id))
            .map(|(_, _, letters)| letters)
            .sum()
    }
}

fn digits(words: &str) -> usize {
    words.bytes().filter(u8::is_ascii_digit).count()
}

/// Letters of `words`. A sign of Chinese or Japanese says as much as several letters.
fn weight(words: &str) -> usize {
    let weigh = |c: char| match c {
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3,
        c if c.is_alphanumeric() => 1,
        _ => 0,
    };
    match words.is_ascii() {
        true => words.bytes().filter(u8::is_ascii_alphanumeric).count(),
        false => words.chars().map(weigh).sum(),
    }
}
