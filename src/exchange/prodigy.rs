//! `prodigy`: one task with our own tokens, since a span must start and end on token borders; `token_end` is inclusive.

use super::report::counted;
use serde_json::{Map, Value, json};

use super::marks::{Marks, json_bytes};
use super::tokens::{borders, trimmed, words};
use super::units::{Slicer, Unit};
use super::{ExchangeError, Export, Job, Report};
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
    let mut spans = Vec::new();
    let mut ends = Vec::new();
    for piece in &flat.pieces {
        let first = tokens.partition_point(|t| t.span.start < piece.span.start);
        let last = tokens.partition_point(|t| t.span.end < piece.span.end);
        let mut span = Map::from_iter([
            ("start".to_string(), Value::from(piece.span.start)),
            ("end".into(), piece.span.end.into()),
            ("token_start".into(), first.into()),
            ("token_end".into(), last.into()),
            ("label".into(), piece.mark.label.word().into()),
            ("id".into(), piece.id().to_string().into()),
        ]);
        span.extend(
            piece
                .fields()
                .iter()
                .map(|(n, v)| ((*n).to_string(), Value::from(v.as_str()))),
        );
        spans.push(Value::Object(span));
        ends.push(last);
    }
    let bare = |n: usize| {
        let s = &spans[n];
        json!({"start": s["start"], "end": s["end"], "token_start": s["token_start"], "token_end": s["token_end"], "label": s["label"]})
    };
    let relations: Vec<Value> = flat
        .links
        .iter()
        .filter(|l| l.from < ends.len() && l.to < ends.len())
        .map(|l| {
            json!({
                "head": ends[l.from], "child": ends[l.to], "label": l.kind.word(),
                "head_span": bare(l.from), "child_span": bare(l.to),
            })
        })
        .collect();
    let token_values: Vec<Value> = tokens
        .iter()
        .enumerate()
        .map(|(id, t)| json!({"text": job.text.slice(t.span), "start": t.span.start, "end": t.span.end, "id": id, "ws": t.space}))
        .collect();
    let article = &job.session.article;
    let task = json!({
        "text": job.text.as_str(),
        "tokens": token_values,
        "spans": spans,
        "relations": relations,
        "answer": "accept",
        "meta": {"session": job.session.id.to_string(), "title": article.title, "url": article.url},
    });
    let bytes = json_bytes("prodigy", &task, false)?;
    check(&bytes, job.text)?;
    Ok(job.single("jsonl", bytes, report))
}

/// A token: a word or a run of white space, and whether one space follows that belongs to neither.
struct Token {
    span: Span,
    space: bool,
}

/// The whole text as tokens: each token's words, and a space where one follows, give the text back.
fn tokens(text: &ArticleText, marks: &Marks) -> Vec<Token> {
    let all = Span::new(0, text.len());
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let gap = |tokens: &mut Vec<Token>, from: u32, to: u32| {
        let mut from = from;
        let spaced = from < to && text.slice(Span::new(from, from + 1)) == " ";
        if let Some(last) = tokens.last_mut().filter(|_| spaced) {
            last.space = true;
            from += 1;
        }
        if from < to {
            tokens.push(Token {
                span: Span::new(from, to),
                space: false,
            });
        }
    };
    for span in words(text, all, &borders(marks)) {
        gap(&mut tokens, at, span.start);
        tokens.push(Token { span, space: false });
        at = span.end;
    }
    gap(&mut tokens, at, text.len());
    tokens
}

fn check(bytes: &[u8], text: &ArticleText) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "prodigy",
        what: what.into(),
    };
    let task: Value = serde_json::from_slice(bytes).map_err(|_| fault("the task"))?;
    let slicer = Slicer::new(task["text"].as_str().unwrap_or(""), Unit::Codepoint);
    let n = |v: &Value| {
        v.as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(u32::MAX)
    };
    let list = |k: &str| task[k].as_array().cloned().unwrap_or_default();
    let tokens = list("tokens");
    let mut whole = String::new();
    for t in &tokens {
        let words = t["text"].as_str().unwrap_or("");
        slicer.expect("prodigy", "a token", (n(&t["start"]), n(&t["end"])), words)?;
        whole.push_str(words);
        if t["ws"] == true {
            whole.push(' ');
        }
    }
    let sound = list("spans").iter().all(|s| {
        let at = |k: &str| tokens.get(n(&s[k]) as usize);
        at("token_start").is_some_and(|t| t["start"] == s["start"])
            && at("token_end").is_some_and(|t| t["end"] == s["end"])
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
