//! `bio`: rows of word and tag, one file a layer, since overlaps cannot be expressed in one.

use super::marks::{Label, Marks};
use super::tokens::{TextWord, borders, sentences, words};
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::describe::counted;
use crate::core::text::Span;

/// The layers: what a sequence tagger learns.
const LAYERS: [(Label, &str); 4] = [
    (Label::Claim, "claim.bio"),
    (Label::Source, "source.bio"),
    (Label::Cue, "cue.bio"),
    (Label::Content, "content.bio"),
];

/// Writes a file for each layer.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where the tags of a file do not give the marks back.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let cuts = borders(&marks);
    let rows: Vec<Vec<TextWord<'_>>> = sentences(job)
        .iter()
        .map(|s| words(job.text, *s, &cuts))
        .collect();
    let mut files = Vec::new();
    for (label, name) in LAYERS {
        let layer = Layer::new(&marks, label);
        if layer.dropped > 0 {
            report.leave_out(
                counted(layer.dropped, &format!("{} mark", label.word())),
                "they overlap longer ones of the same layer, which tags cannot express",
            );
        }
        let mut out = String::new();
        for sentence in &rows {
            for word in sentence {
                out.push_str(word.text);
                out.push('\t');
                out.push_str(layer.tag(word.span));
                out.push('\n');
            }
            out.push('\n');
        }
        layer.check(&out, &rows)?;
        files.push(File {
            name: ExportName::own(&[name]),
            bytes: out.into_bytes(),
        });
    }
    let fields = marks.marks.iter().any(|m| !m.fields.is_empty());
    if fields || !marks.links.is_empty() {
        report.leave_out(
            "fields and links of marks",
            "a tag is a label and nothing else",
        );
    }
    Ok(Export { files, report })
}

/// The spans of one label, in order, disjoint: where two overlap the longer stays.
struct Layer {
    label: Label,
    /// The tag of a first word, and of a further one.
    begin: String,
    inside: String,
    spans: Vec<Span>,
    dropped: usize,
}

impl Layer {
    fn new(marks: &Marks, label: Label) -> Self {
        let mut all: Vec<Span> = marks
            .marks
            .iter()
            .filter(|m| m.label == label)
            .flat_map(|m| m.spans.iter().copied())
            .collect();
        all.sort_by_key(|s| (std::cmp::Reverse(s.len()), s.start));
        let before = all.len();
        let mut spans: std::collections::BTreeMap<u32, Span> = std::collections::BTreeMap::new();
        for s in all {
            let clash = spans
                .range(..s.end)
                .next_back()
                .is_some_and(|(_, x)| x.end > s.start);
            if !clash {
                spans.insert(s.start, s);
            }
        }
        Self {
            label,
            begin: format!("B-{}", label.word()),
            inside: format!("I-{}", label.word()),
            dropped: before - spans.len(),
            spans: spans.into_values().collect(),
        }
    }

    fn tag(&self, word: Span) -> &str {
        let n = self.spans.partition_point(|s| s.end <= word.start);
        match self.spans.get(n).filter(|s| s.contains(word)) {
            Some(s) if s.start == word.start => &self.begin,
            Some(_) => &self.inside,
            None => "O",
        }
    }

    /// As many marks begin in the file as words begin where a mark does.
    fn check(&self, out: &str, rows: &[Vec<TextWord<'_>>]) -> Result<(), ExchangeError> {
        let tag = |l: &str| {
            l.rsplit_once('\t')
                .is_some_and(|(_, tag)| tag == self.begin)
        };
        let begins = out.lines().filter(|l| tag(l)).count();
        let wanted = rows
            .iter()
            .flatten()
            .filter(|w| {
                self.spans
                    .binary_search_by_key(&w.span.start, |s| s.start)
                    .is_ok()
            })
            .count();
        if begins != wanted {
            return Err(ExchangeError::Internal {
                format: "bio",
                what: format!("the {} layer", self.label.word()),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::fixture::Fixture;

    #[test]
    fn a_layer_holds_the_longer_of_two_that_overlap() {
        let f = Fixture::rich();
        let claims = f.text_of("bio", 0);
        assert!(claims.contains("Kell\tO\nBridge\tO\n🌊\tO\n"));
        assert_eq!(claims.matches("\tB-Claim").count(), 4);
        insta::assert_snapshot!(f.text_of("bio", 2).split("\n\n").nth(5).unwrap_or_default(), @r#"
Officials	O
said	B-Cue
the	O
ferry	O
"	O
may	O
lose	O
a	O
third	O
"	O
of	O
its	O
passengers	O
within	O
a	O
year	O
.	O
"#);
        let why: Vec<_> = f
            .export("bio")
            .report
            .skipped
            .into_iter()
            .map(|n| format!("{}: {}", n.words, n.reason))
            .collect();
        insta::assert_snapshot!(why.join("\n"), @r#"
3 Claim marks: they overlap longer ones of the same layer, which tags cannot express
fields and links of marks: a tag is a label and nothing else
"#);
    }
}
