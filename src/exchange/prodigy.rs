//! `prodigy`: one task with our own tokens, since a span must start and end on token borders; `token_end` is inclusive.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::layout::{Each, json_bytes};
use super::marks::{Fields, MarkSpan, Marks};
use super::tokens::{TextWord, borders, trimmed, words};
use super::units::Slicer;
use super::words::Id;
use super::{ExchangeError, Export, Job, Report};
use crate::core::describe::counted;
use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};

/// Writes the task.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a span or a token does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let mut marks = Marks::new(job, &mut report);
    let blank = |m: &super::marks::Mark| m.spans.iter().any(|s| trimmed(job.text, *s) != Some(*s));
    let count = marks.marks.iter().filter(|m| blank(m)).count();
    if count > 0 {
        report.leave_out(
            format!("white space at the ends of {}", counted(count, "mark")),
            "tokens hold none",
        );
    }
    for m in &mut marks.marks {
        m.spans = m
            .spans
            .iter()
            .filter_map(|s| trimmed(job.text, *s))
            .collect();
    }
    let tokens = tokens(job.text, &marks);
    let flat = marks.flat();
    let bare: Vec<Bare> = flat.pieces.iter().map(|p| Bare::new(p, &tokens)).collect();
    let article = &job.session.article;
    let task = Task {
        text: job.text.as_str(),
        tokens: Each(|| {
            tokens.iter().enumerate().map(|(id, t)| WrittenToken {
                text: t.text,
                start: t.span.start,
                end: t.span.end,
                id,
                ws: t.space,
            })
        }),
        spans: Each(|| {
            bare.iter()
                .zip(&flat.pieces)
                .map(|(bare, piece)| WrittenSpan {
                    bare,
                    id: Id(piece.id()),
                    fields: Fields(piece.fields()),
                })
        }),
        relations: Each(|| {
            flat.links.iter().filter_map(|l| {
                let (from, to) = (bare.get(l.from)?, bare.get(l.to)?);
                Some(Relation {
                    head: from.token_end,
                    child: to.token_end,
                    label: l.kind.word(),
                    head_span: from,
                    child_span: to,
                })
            })
        }),
        answer: "accept",
        meta: json!({"session": job.session.id.to_string(), "title": article.title, "url": article.url}),
    };
    let bytes = json_bytes("prodigy", &task, 0)?;
    check(&bytes, job.text)?;
    Ok(job.single(".jsonl", bytes, report))
}

#[derive(Serialize)]
struct Task<'a, T, S, R> {
    text: &'a str,
    tokens: T,
    spans: S,
    relations: R,
    answer: &'static str,
    meta: Value,
}

#[derive(Serialize)]
struct WrittenToken<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct WrittenSpan<'a> {
    #[serde(flatten)]
    bare: &'a Bare,
    id: Id,
    #[serde(flatten)]
    fields: Fields<'a>,
}

#[derive(Serialize)]
struct Relation<'a> {
    head: usize,
    child: usize,
    label: &'static str,
    head_span: &'a Bare,
    child_span: &'a Bare,
}

/// A span without its fields.
#[derive(Serialize)]
struct Bare {
    start: u32,
    end: u32,
    token_start: usize,
    token_end: usize,
    label: &'static str,
}

impl Bare {
    fn new(piece: &MarkSpan<'_>, tokens: &[Token<'_>]) -> Self {
        Self {
            start: piece.span.start,
            end: piece.span.end,
            token_start: tokens.partition_point(|t| t.span.start < piece.span.start),
            token_end: tokens.partition_point(|t| t.span.end < piece.span.end),
            label: piece.mark.label.word(),
        }
    }
}

/// A token: a word or a run of white space, and whether one space follows that belongs to neither.
struct Token<'a> {
    span: Span,
    text: &'a str,
    space: bool,
}

/// The whole text as tokens: each token's words, and a space where one follows, give the text back.
fn tokens<'a>(text: &'a ArticleText, marks: &Marks) -> Vec<Token<'a>> {
    let all = Span::new(0, text.len());
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    let gap = |tokens: &mut Vec<Token<'a>>, from: u32, to: u32| {
        if from == to {
            return;
        }
        let white = text.slice(Span::new(from, to));
        let rest = match (white.strip_prefix(' '), tokens.last_mut()) {
            (Some(rest), Some(last)) => {
                last.space = true;
                rest
            }
            _ => white,
        };
        if !rest.is_empty() {
            let span = Span::new(to - rest.chars().count() as u32, to);
            tokens.push(Token {
                span,
                text: rest,
                space: false,
            });
        }
    };
    for TextWord { span, text } in words(text, all, &borders(marks)) {
        gap(&mut tokens, at, span.start);
        tokens.push(Token {
            span,
            text,
            space: false,
        });
        at = span.end;
    }
    gap(&mut tokens, at, text.len());
    tokens
}

fn check(bytes: &[u8], text: &ArticleText) -> Result<(), ExchangeError> {
    #[derive(Deserialize)]
    struct Task<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
        #[serde(borrow)]
        tokens: Vec<Token<'a>>,
        spans: Vec<Span>,
    }
    #[derive(Deserialize)]
    struct Token<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
        start: u32,
        end: u32,
        ws: bool,
    }
    #[derive(Deserialize)]
    struct Span {
        start: u32,
        end: u32,
        token_start: usize,
        token_end: usize,
    }
    let fault = |what: &str| ExchangeError::Internal {
        format: "prodigy",
        what: what.into(),
    };
    let task: Task<'_> = serde_json::from_slice(bytes).map_err(|_| fault("the task"))?;
    let slicer = Slicer::new(&task.text, OffsetUnit::Codepoint);
    let mut whole = String::with_capacity(task.text.len());
    for t in &task.tokens {
        slicer.expect("prodigy", "a token", (t.start, t.end), &t.text)?;
        whole.push_str(&t.text);
        if t.ws {
            whole.push(' ');
        }
    }
    let sound = task.spans.iter().all(|s| {
        let (first, last) = (task.tokens.get(s.token_start), task.tokens.get(s.token_end));
        first.is_some_and(|t| t.start == s.start) && last.is_some_and(|t| t.end == s.end)
    });
    if whole != text.as_str() || !sound {
        return Err(fault("the row of tokens"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn spans_fall_on_our_tokens_and_relations_on_last_ones() {
        let f = Fixture::rich();
        let task: Value = serde_json::from_str(&f.text_of("prodigy", 0)).unwrap();
        let span = task["spans"]
            .as_array()
            .unwrap()
            .iter()
            .find(|s| s["label"] == "Cue")
            .unwrap();
        let token = |n: &Value| {
            task["tokens"][n.as_u64().unwrap() as usize]["text"]
                .as_str()
                .unwrap()
        };
        assert_eq!(
            (token(&span["token_start"]), token(&span["token_end"])),
            ("its", "show")
        );
        let r = &task["relations"][0];
        assert_eq!(r["head"], r["head_span"]["token_end"]);
    }
}
