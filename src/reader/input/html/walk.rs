//! Walks a page's elements and builds blocks of them.

use dom_query::NodeRef;

use super::elements::{
    has_stand_in, is_block, is_code, is_heading, is_struck, leads_away, never_shown, words_under,
};
use super::formula::formula;
use super::inline;
use super::plan::Plan;
use crate::core::vocabulary::BlockKind;
use crate::reader::input::account::{Omission, OmissionPlace};
use crate::reader::input::build::DocumentBuilder;
use crate::reader::input::draft::one_line;
use crate::reader::input::signs;

/// One element on the way down.
struct Frame {
    name: String,
    opened: bool,
    /// Why words are left out, as it was known before it.
    why: Option<Omission>,
    signed: bool,
    /// What follows its words.
    after: &'static str,
    dropped: Option<Omission>,
    link: bool,
    menu: bool,
}

/// State of a walk.
struct Walk<'a> {
    builder: &'a mut DocumentBuilder,
    plan: &'a Plan,
    quotes: usize,
    items: usize,
    captions: usize,
    signed: usize,
    heading: bool,
    pre: bool,
    links: usize,
    /// Why words are left out here, although they are the article's.
    dropped: Option<Omission>,
    /// Whether each word has its reading beside it, as in texts for learners.
    annotated: bool,
    /// What stands beside formulas for those who cannot see them, and reads none of them.
    idle: std::collections::HashSet<String>,
    /// Lists of nothing but links.
    menus: usize,
    /// Cells of the row so far; none outside of tables with several columns.
    cells: Option<usize>,
    /// How many blocks of each kind of element were begun, for their locators.
    counts: std::collections::HashMap<String, usize>,
    id: Option<String>,
    chapter: Option<&'a str>,
    /// Bytes of the open block that stand in links, and all of them.
    linked: (usize, usize),
    breaks: usize,
    title: &'a str,
    /// Whether the title stands in the text already.
    titled: bool,
    /// Why words would be left out here, as far as the elements around them say.
    why: Option<Omission>,
    /// A block has begun or ended since words were left out.
    apart: bool,
}

/// Builds blocks of what stands under `root`, as `plan` says. A heading that repeats the `title` is left out; `titled` says
/// that it stands in the text already. A locator is the nearest `#id`, else the element and its number (`p 3`); `chapter`
/// is put before it.
pub(in crate::reader::input) fn walk(
    builder: &mut DocumentBuilder,
    root: &NodeRef<'_>,
    plan: &Plan,
    title: (&str, bool),
    chapter: Option<&str>,
) {
    let mut walk = Walk {
        builder,
        plan,
        quotes: 0,
        items: 0,
        captions: 0,
        signed: 0,
        heading: false,
        pre: false,
        links: 0,
        dropped: None,
        annotated: inline::is_annotated(root),
        idle: std::collections::HashSet::new(),
        menus: 0,
        cells: None,
        counts: std::collections::HashMap::new(),
        id: None,
        chapter,
        linked: (0, 0),
        breaks: 0,
        title: title.0,
        titled: title.1,
        why: None,
        apart: true,
    };
    // An own stack: pages nest elements as deep as they like.
    let mut stack: Vec<(NodeRef<'_>, Option<Frame>)> = vec![(*root, None)];
    while let Some((node, frame)) = stack.pop() {
        if let Some(frame) = frame {
            walk.leave(&frame);
            continue;
        }
        if node.is_text() {
            walk.text(&node);
            continue;
        }
        if node.is_element() {
            let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
            if walk.whole(&node, &name) {
                continue;
            }
            let frame = walk.enter(&node, name);
            stack.push((node, Some(frame)));
        }
        stack.extend(node.children_it(true).map(|child| (child, None)));
    }
    walk.end();
}

impl Walk<'_> {
    fn kind(&self) -> BlockKind {
        if self.signed > 0 {
            BlockKind::Byline
        } else if self.captions > 0 {
            BlockKind::Caption
        } else if self.quotes > 0 {
            BlockKind::QuoteBlock
        } else if self.heading {
            BlockKind::Headline
        } else if self.items > 0 || self.cells.is_some() {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    fn locator(&mut self, name: &str) -> String {
        let place = match self.id.take() {
            Some(id) => format!("#{id}"),
            None => {
                let count = self.counts.entry(name.to_string()).or_default();
                *count += 1;
                format!("{name} {count}")
            }
        };
        match self.chapter {
            Some(chapter) => format!("{chapter}, {place}"),
            None => place,
        }
    }

    /// Deals with an element whose words are taken together, or not at all; false where they are walked one by one.
    fn whole(&mut self, node: &NodeRef<'_>, name: &str) -> bool {
        if is_code(name) {
            return true;
        }
        let stands_in = self.plan.stand_ins && has_stand_in(name);
        if let Some(why) = never_shown(name).filter(|_| !stands_in) {
            let words = words_under(node);
            self.builder
                .leave_out(why, OmissionPlace::Around, true, &words);
            return true;
        }
        let plan = self.plan;
        let is_kept = || {
            let mut texts = node.descendants_it().filter(NodeRef::is_text);
            texts.any(|t| plan.keeps(t.id))
        };
        match name {
            "sup" | "sub" if is_kept() && inline::is_plain(node) => self.raised(node, name),
            "a" if inline::leads_to_note(node) && is_kept() && self.builder.is_open() => {
                self.raised(node, "sup");
            }
            "math" if is_kept() => {
                self.open_for(1);
                self.builder.put(" ");
                let words = formula(node, &mut self.idle);
                self.builder.words(&words);
                self.builder.put(" ");
            }
            "img" => self.picture(node),
            _ => return false,
        }
        true
    }

    fn raised(&mut self, node: &NodeRef<'_>, name: &str) {
        let words = one_line(&words_under(node));
        let before = self.builder.open_words().chars().next_back();
        let signs = match name {
            "sub" => signs::lowered(&words),
            _ => signs::raised(&words, inline::is_note(node), before),
        };
        self.open_for(words.len());
        self.builder.words(&signs);
    }

    /// A picture inside a sentence is said by the words that stand for it.
    fn picture(&mut self, node: &NodeRef<'_>) {
        let beside = |n: Option<NodeRef<'_>>| {
            n.filter(|n| n.is_text() && !n.text().trim().is_empty() && self.plan.keeps(n.id))
                .is_some()
        };
        let alt = node
            .attr("alt")
            .map(|alt| one_line(&alt))
            .unwrap_or_default();
        if alt.is_empty() || !beside(node.prev_sibling()) && !beside(node.next_sibling()) {
            return;
        }
        self.open_for(alt.len());
        match alt.contains(char::is_alphanumeric) {
            // Pictures of faces and signs stand for the character itself.
            false => self.builder.put(&alt),
            true => {
                self.builder.put("[image: ");
                self.builder.words(&alt);
                self.builder.put("]");
            }
        }
    }

    fn enter(&mut self, node: &NodeRef<'_>, name: String) -> Frame {
        if let Some(id) = node
            .id_attr()
            .filter(|id| !id.is_empty() && id.len() <= 80 && !id.starts_with("readability"))
        {
            self.id = Some(id.to_string());
        }
        let why = self.why;
        self.why = self.plan.role(node.id).or(why);
        let dropped = self.dropped;
        self.dropped = match name.as_str() {
            _ if is_struck(node, &name) => Some(Omission::Struck),
            "rt" | "rp" if self.annotated => Some(Omission::Repeated),
            _ => dropped,
        };
        let signed = self.plan.signed.contains(&node.id);
        let is_title = self.plan.title == Some(node.id);
        let block = is_block(&name) || signed;
        if block {
            self.apart = true;
        }
        if block && !self.is_simple_cell(&name) {
            self.end();
        }
        self.signed += usize::from(signed);
        self.heading |= is_heading(&name);
        if is_title {
            self.id = None;
            self.builder.open(BlockKind::Headline, "title");
            self.linked = (0, 0);
        }
        let mut frame = Frame {
            opened: block,
            name,
            why,
            signed,
            after: "",
            dropped,
            link: false,
            menu: false,
        };
        self.begin(node, &mut frame);
        frame
    }

    /// Counts an element in that means something for the words in it.
    fn begin(&mut self, node: &NodeRef<'_>, frame: &mut Frame) {
        match frame.name.as_str() {
            "blockquote" => self.quotes += 1,
            "li" | "dd" | "dt" => self.items += 1,
            "figcaption" | "caption" => self.captions += 1,
            "a" if leads_away(node) => {
                self.links += 1;
                frame.link = true;
            }
            "ul" | "ol" => {
                frame.menu = is_menu(node);
                self.menus += usize::from(frame.menu);
            }
            "pre" => self.pre = true,
            "br" => {
                self.breaks += 1;
                match self.breaks {
                    1 => self.builder.line_break(),
                    _ => self.end(),
                }
            }
            "rt" if self.builder.is_open()
                && self.dropped.is_none()
                && !inline::has_brackets(node) =>
            {
                self.builder.put("(");
                frame.after = ")";
            }
            "tr" if is_simple_row(node) => self.cells = Some(0),
            "td" | "th" => {
                if let Some(cells) = &mut self.cells {
                    *cells += 1;
                    if *cells > 1 && self.builder.is_open() {
                        self.builder.put(" | ");
                    }
                    frame.opened = false;
                }
            }
            _ => {}
        }
    }

    fn is_simple_cell(&self, name: &str) -> bool {
        self.cells.is_some() && matches!(name, "td" | "th")
    }

    fn leave(&mut self, frame: &Frame) {
        self.why = frame.why;
        if self.builder.is_open() {
            self.builder.put(frame.after);
        }
        if frame.opened {
            self.apart = true;
            self.end();
        }
        self.signed -= usize::from(frame.signed);
        self.dropped = frame.dropped;
        self.links -= usize::from(frame.link);
        self.menus -= usize::from(frame.menu);
        match frame.name.as_str() {
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "li" | "dd" | "dt" => self.items = self.items.saturating_sub(1),
            "figcaption" | "caption" => self.captions = self.captions.saturating_sub(1),
            "tr" => {
                self.end();
                self.cells = None;
            }
            "pre" => self.pre = false,
            name if is_heading(name) => self.heading = false,
            _ => {}
        }
        if frame.opened {
            self.id = None;
        }
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        let words = node.text();
        let seen = words.trim().len();
        if let Some(why) = self.dropped.filter(|_| self.plan.keeps(node.id)) {
            self.builder
                .leave_out(why, OmissionPlace::Around, self.apart, &words);
            self.apart = false;
            return;
        }
        if seen > 0 && !self.plan.keeps(node.id) {
            let links = self.links > 0;
            let why = self.why.unwrap_or(match links {
                true => Omission::Navigation,
                false => Omission::Surroundings,
            });
            let place = self.plan.place(node.id);
            self.builder.leave_out(why, place, self.apart, &words);
            self.apart = false;
            return;
        }
        if seen == 0 && !self.builder.is_open() {
            return;
        }
        self.open_for(seen);
        if self.pre {
            for line in words.split_inclusive('\n') {
                if line.trim().is_empty() {
                    // An empty line parts paragraphs of text that was set beforehand.
                    self.end();
                    continue;
                }
                self.open_for(line.len());
                self.builder.words(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    self.builder.line_break();
                }
            }
        } else {
            self.builder.words(&words);
        }
    }

    /// Opens a block for so many bytes of words, unless one is open.
    fn open_for(&mut self, seen: usize) {
        if seen == 0 {
            return;
        }
        self.breaks = 0;
        if !self.builder.is_open() {
            let kind = self.kind();
            let name = match kind {
                BlockKind::Headline => "h",
                BlockKind::ListItem if self.cells.is_some() => "tr",
                BlockKind::ListItem => "li",
                BlockKind::Caption => "figcaption",
                BlockKind::QuoteBlock => "blockquote",
                _ => "p",
            };
            let locator = self.locator(name);
            self.builder.open(kind, locator);
            self.linked = (0, 0);
        }
        self.linked.1 += seen;
        if self.links > 0 {
            self.linked.0 += seen;
        }
    }

    /// Ends the open block. One that is nothing but links is the page's, unless it reads as a sentence; one that repeats
    /// the title is left out.
    fn end(&mut self) {
        if !self.builder.is_open() {
            return;
        }
        let (linked, all) = self.linked;
        let may_be_link = match self.kind() {
            BlockKind::Paragraph => true,
            BlockKind::ListItem => self.menus > 0 || self.items == 0,
            _ => false,
        };
        if all > 0 && linked == all && may_be_link && !is_sentence(self.builder.open_words()) {
            self.builder.set_kind(BlockKind::Boilerplate);
        }
        if self.heading && !self.title.is_empty() && self.builder.open_words() == self.title {
            if std::mem::replace(&mut self.titled, true) {
                self.builder.drop_open(Omission::Repeated);
            } else {
                self.builder.set_kind(BlockKind::Headline);
            }
        }
        self.builder.close();
        self.linked = (0, 0);
    }
}

/// Whether a list holds several items, and no words but in links.
fn is_menu(list: &NodeRef<'_>) -> bool {
    let mut stack: Vec<NodeRef<'_>> = list.children_it(true).collect();
    while let Some(node) = stack.pop() {
        if node.is_text() && node.text().contains(char::is_alphanumeric) {
            return false;
        }
        if !(node.has_name("a") && leads_away(&node)) {
            stack.extend(node.children_it(true));
        }
    }
    true
}

/// Whether a row has several cells, and no blocks in them.
fn is_simple_row(row: &NodeRef<'_>) -> bool {
    let cells = row.element_children();
    let is_simple = |cell: &NodeRef<'_>| {
        !cell
            .descendants_it()
            .any(|d| d.has_name("p") || d.has_name("div") || d.has_name("table"))
    };
    cells.len() > 1 && cells.iter().all(is_simple)
}

/// Whether words that stand in a link are the article's all the same: a sentence, or an address.
fn is_sentence(words: &str) -> bool {
    if words.contains(['@', '/']) && !words.contains(' ') {
        return true;
    }
    let end = words.trim_end_matches(['"', '”', '’', '»', ')', ']']);
    words.len() >= 60 && end.ends_with(['.', '!', '?', '…', '。'])
}

#[cfg(test)]
mod tests;
