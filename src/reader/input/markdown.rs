//! Markdown: the stored text is what a reader of the page sees, without the marks; blocks keep their source line.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::InputHint;
use super::account::{Omission, OmissionPlace};
use super::build::DocumentBuilder;
use super::decode::{declared_in_type, decode, normalise};
use super::draft::{DocumentDraft, one_line};
use super::tags::{comments, without_tags};
use crate::core::vocabulary::BlockKind;

/// Reads Markdown: CommonMark with tables, footnotes, task lists, strikethrough and front matter.
pub(super) fn read(bytes: Vec<u8>, hint: &InputHint) -> DocumentDraft {
    let declared = hint.content_type.as_deref().and_then(declared_in_type);
    let decoded = decode(bytes, declared);
    let (source, left_out, _) = normalise(decoded.text);
    let mut page = Page::new(&source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        page.event(event, range.start);
    }
    page.leave_out(Omission::Metadata, &page.front.clone());
    let mut draft = DocumentDraft::of(page.builder);
    front_matter(&page.front, &mut draft);
    draft.notes.extend(decoded.notes);
    draft.left_out(left_out);
    draft
}

/// The page as it is walked.
struct Page<'a> {
    source: &'a str,
    builder: DocumentBuilder,
    front: String,
    in_front: bool,
    quotes: usize,
    items: usize,
    /// Cells of the table row so far.
    cells: usize,
    /// The HTML block that is being read, and its line.
    html: Option<(String, String)>,
    in_code: bool,
    /// Words that are struck out, one in another.
    struck: usize,
    /// The footnote whose words come next.
    note: Option<String>,
    /// The source offset up to which line feeds are counted, and how many.
    counted: (usize, usize),
}

impl<'a> Page<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            builder: DocumentBuilder::default(),
            front: String::new(),
            in_front: false,
            quotes: 0,
            items: 0,
            cells: 0,
            html: None,
            in_code: false,
            struck: 0,
            note: None,
            counted: (0, 0),
        }
    }

    /// `line 14`: where byte `at` of the source stands.
    fn line(&mut self, at: usize) -> String {
        let (from, lines) = self.counted;
        let more = memchr::memchr_iter(
            b'\n',
            self.source.as_bytes().get(from..at).unwrap_or_default(),
        );
        self.counted = (at.max(from), lines + more.count());
        format!("line {}", self.counted.1 + 1)
    }

    fn open(&mut self, kind: BlockKind, at: usize) {
        let line = self.line(at);
        self.builder.open(kind, line);
    }

    /// The kind of a paragraph where the page stands.
    fn kind(&self) -> BlockKind {
        match (self.quotes, self.items) {
            (1.., _) => BlockKind::QuoteBlock,
            (0, 1..) => BlockKind::ListItem,
            (0, 0) => BlockKind::Paragraph,
        }
    }

    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.words(&words, at),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, at),
            Event::FootnoteReference(name) => self.words(&format!("[{name}]"), at),
            Event::SoftBreak => self.words(" ", at),
            Event::HardBreak => self.builder.line_break(),
            Event::Html(html) => match &mut self.html {
                Some((block, _)) => block.push_str(&html),
                None => {
                    self.hidden(&html);
                    self.words(&without_tags(&html), at);
                }
            },
            Event::InlineHtml(tag) => {
                self.hidden(&tag);
                if tag.to_ascii_lowercase().starts_with("<br") {
                    self.builder.line_break();
                }
            }
            Event::Rule => self.builder.close(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn leave_out(&mut self, why: Omission, words: &str) {
        self.builder
            .leave_out(why, OmissionPlace::Around, true, words);
    }

    /// Counts what a piece of HTML does not show.
    fn hidden(&mut self, html: &str) {
        for comment in comments(html) {
            self.leave_out(Omission::Hidden, comment);
        }
    }

    fn words(&mut self, words: &str, at: usize) {
        if self.in_front {
            self.front.push_str(words);
            return;
        }
        if self.struck > 0 {
            self.leave_out(Omission::Struck, words);
            return;
        }
        if !self.builder.is_open() && !words.trim().is_empty() {
            let kind = self.kind();
            self.open(kind, at);
        }
        if self.in_code {
            for line in words.split_inclusive('\n') {
                self.builder.words(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    self.builder.line_break();
                }
            }
        } else {
            self.builder.words(words);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => {
                let kind = self.kind();
                self.open(kind, at);
                if let Some(note) = self.note.take() {
                    self.builder.words(&note);
                }
            }
            Tag::Heading { .. } => self.open(BlockKind::Headline, at),
            Tag::BlockQuote(_) => {
                self.builder.close();
                self.quotes += 1;
            }
            Tag::Item => {
                self.items += 1;
                self.open(BlockKind::ListItem, at);
            }
            Tag::TableHead | Tag::TableRow => {
                self.cells = 0;
                self.open(BlockKind::ListItem, at);
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.builder.words(" | ");
                }
                self.cells += 1;
            }
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.open(BlockKind::Boilerplate, at);
            }
            Tag::HtmlBlock => {
                self.builder.close();
                self.html = Some((String::new(), self.line(at)));
            }
            Tag::FootnoteDefinition(name) => {
                self.builder.close();
                self.note = Some(format!("[{name}] "));
            }
            Tag::MetadataBlock(_) => self.in_front = true,
            Tag::Strikethrough => self.struck += 1,
            Tag::Image { .. } => self.open(BlockKind::Caption, at),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.builder.close();
            }
            TagEnd::HtmlBlock => {
                let (html, line) = self.html.take().unwrap_or_default();
                self.hidden(&html);
                let words = without_tags(&html);
                for part in words.split("\n\n").filter(|p| !p.trim().is_empty()) {
                    let kind = self.kind();
                    self.builder.open(kind, line.as_str());
                    self.builder.words(part);
                }
                self.builder.close();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Image
            | TagEnd::TableHead
            | TagEnd::TableRow => self.builder.close(),
            TagEnd::FootnoteDefinition => {
                self.note = None;
                self.builder.close();
            }
            TagEnd::BlockQuote(_) => {
                self.builder.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.builder.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::MetadataBlock(_) => self.in_front = false,
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            _ => {}
        }
    }
}

/// Takes title, author, date, address and language from front matter: `key: value` (YAML) or `key = value` (TOML).
fn front_matter(front: &str, draft: &mut DocumentDraft) {
    for line in front.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else {
            continue;
        };
        let value = one_line(value.trim().trim_matches(['"', '\'', '[', ']']));
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" if draft.title.is_empty() => draft.title = value,
            "author" | "authors" | "byline" if draft.byline.is_empty() => draft.byline = value,
            "date" | "published" | "published_at" | "pubdate" if draft.published_at.is_none() => {
                draft.published_at = Some(value);
            }
            "url" | "canonical" | "canonical_url" | "link" if draft.url.is_none() => {
                draft.url = Some(value)
            }
            "lang" | "language" if draft.language.is_empty() => draft.language = value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(source: &str) -> (DocumentDraft, Vec<(String, BlockKind, String)>) {
        let draft = read(source.as_bytes().to_vec(), &InputHint::default());
        let text = crate::core::text::ArticleText::new(draft.text.clone());
        let blocks = draft
            .blocks
            .iter()
            .map(|b| {
                (
                    text.slice(b.span).to_string(),
                    b.kind,
                    b.locator.to_string(),
                )
            })
            .collect();
        (draft, blocks)
    }

    #[test]
    fn marks_go_and_words_stay_with_their_source_line() {
        use BlockKind::*;
        let (draft, blocks) = parts(
            "---\ntitle: \"Kell Bridge\"\nauthor: Jon Pell\ndate: 2026-11-15\nlang: en-GB\n---\n\n# Kell *Bridge*\n\nThe [council](https://kell.example) **approved**\n80 million.[^1]\n\n> We never\n> paid, she said.\n\n1. one\n2. two\n   - three\n\n| cost | year |\n|---|---|\n| 80 | 2021 |\n\n![The bridge at dawn](b.png)\n\n```\nlet a = 1;\n```\n\n<p>Raw &amp; ready.</p>\n\n[^1]: The minutes say so.\n",
        );
        assert_eq!(draft.title, "Kell Bridge");
        assert_eq!(draft.byline, "Jon Pell");
        assert_eq!(draft.published_at.as_deref(), Some("2026-11-15"));
        assert_eq!(draft.language, "en-GB");
        let got: Vec<_> = blocks
            .iter()
            .map(|(t, k, l)| (t.as_str(), *k, l.as_str()))
            .collect();
        assert_eq!(
            got,
            [
                ("Kell Bridge", Headline, "line 8"),
                ("The council approved 80 million.[1]", Paragraph, "line 10"),
                ("We never paid, she said.", QuoteBlock, "line 13"),
                ("one", ListItem, "line 16"),
                ("two", ListItem, "line 17"),
                ("three", ListItem, "line 18"),
                ("cost | year", ListItem, "line 20"),
                ("80 | 2021", ListItem, "line 22"),
                ("The bridge at dawn", Caption, "line 24"),
                ("let a = 1;", Boilerplate, "line 26"),
                ("Raw & ready.", Paragraph, "line 30"),
                ("[1] The minutes say so.", Paragraph, "line 32"),
            ]
        );
    }

    #[test]
    fn html_comments_and_scripts_leave_nothing() {
        let (draft, _) = parts(
            "<!-- not for print -->\n<script>\nalert('x < y');\n</script>\n\nThe pier<br>is closed.\n",
        );
        assert_eq!(draft.text, "The pier\nis closed.\n");
        let out: Vec<_> = draft.account.parts().collect();
        assert_eq!(out, [(Omission::Hidden, "not for print")]);
    }

    #[test]
    fn what_is_not_taken_in_is_counted() {
        let (draft, _) =
            parts("---\nlayout: post\n---\n\nThe bill is ~~41~~ 42 million. <!-- check -->\n");
        assert_eq!(draft.text, "The bill is 42 million.\n");
        let out: Vec<_> = draft.account.parts().map(|(why, _)| why).collect();
        assert_eq!(
            out,
            [Omission::Struck, Omission::Hidden, Omission::Metadata]
        );
    }
}
