//! `webanno-tsv`: WebAnno TSV 3.3 for INCEpTION, on its built-in layers `custom.Span` and `custom.Relation`.
//!
//! Rows of words with offsets in UTF-16 code units. Every mark has a number, so that marks may cross, stack and span
//! words. A relation stands in the row of its target's first word and names its source's first word.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::marks::Marks;
use super::tokens::{borders, sentences, trimmed, words};
use super::units::{Ruler, Slicer, Unit};
use super::{ExchangeError, Export, Job, Report};
use crate::core::text::Span;

/// Writes the file.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a row does not cut out its word.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let mut marks = Marks::new(job, &mut report);
    for m in &mut marks.marks {
        m.spans = m
            .spans
            .iter()
            .filter_map(|s| trimmed(job.text, *s))
            .collect();
    }
    if marks.marks.iter().any(|m| !m.fields.is_empty()) {
        report.leave_out(
            "fields of marks",
            "the built-in layer holds a label; cas-json and xmi hold all",
        );
    }
    let flat = marks.flat();
    let ruler = Ruler::new(job.text, Unit::Utf16);
    let cuts = borders(&marks);

    // The words, with their names `sentence-word`.
    let mut rows: Vec<(Span, String)> = Vec::new();
    let mut breaks = Vec::new();
    let texts = sentences(job);
    for (n, s) in (1..).zip(&texts) {
        breaks.push(rows.len());
        rows.extend(
            (1..)
                .zip(words(job.text, *s, &cuts))
                .map(|(w, span)| (span, format!("{n}-{w}"))),
        );
    }
    // Which marks cover a word, and where each begins.
    let mut labels: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut first = Vec::new();
    for (id, p) in (1..).zip(&flat.pieces) {
        let from = rows.partition_point(|(w, _)| w.start < p.span.start);
        first.push(from);
        let covered = rows
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, (w, _))| w.end <= p.span.end);
        for (row, _) in covered {
            labels
                .entry(row)
                .or_default()
                .push(format!("{}[{id}]", escape(p.mark.label.word())));
        }
    }
    let mut relations: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for l in &flat.links {
        let (Some(&from), Some(&to)) = (first.get(l.from), first.get(l.to)) else {
            continue;
        };
        let Some((_, source)) = rows.get(from) else {
            continue;
        };
        let cell = format!("{source}[{}_{}]", l.from + 1, l.to + 1);
        relations
            .entry(to)
            .or_default()
            .push((escape(l.kind.word()), cell));
    }

    let mut tsv = String::from(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.Relation|label|BT_custom.Span\n\n",
    );
    let mut sentence = 0;
    for (n, (word, name)) in rows.iter().enumerate() {
        if breaks.get(sentence) == Some(&n) {
            while breaks.get(sentence + 1) == Some(&n) {
                sentence += 1;
            }
            let text = texts.get(sentence).map_or("", |s| job.text.slice(*s));
            let _ = write!(tsv, "\n#Text={}\n", escape(text));
            sentence += 1;
        }
        let (start, end) = ruler.ends(*word);
        let none = || "_".to_string();
        let spans = labels.get(&n).map_or_else(none, |all| all.join("|"));
        let (kinds, sources) = relations.get(&n).map_or_else(
            || (none(), none()),
            |all| {
                let (kinds, sources): (Vec<_>, Vec<_>) = all.iter().cloned().unzip();
                (kinds.join("|"), sources.join("|"))
            },
        );
        let _ = writeln!(
            tsv,
            "{name}\t{start}-{end}\t{}\t{spans}\t{kinds}\t{sources}",
            escape(job.text.slice(*word))
        );
    }
    tsv.push('\n');
    check(job, &rows, &tsv)?;
    Ok(job.single("tsv", tsv.into_bytes(), report))
}

/// The characters that mean something in a row get a backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => {
                out.push('\\');
                out.push(c);
            }
            '-' if chars.peek() == Some(&'>') => out.push_str("\\-"),
            c => out.push(c),
        }
    }
    out
}

fn check(job: &Job<'_>, rows: &[(Span, String)], tsv: &str) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "webanno-tsv",
        what: what.into(),
    };
    let slicer = Slicer::new(job.text.as_str(), Unit::Utf16);
    let mut words = rows.iter();
    for line in tsv
        .split('\n')
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, ends, word, _, _, _] = cells[..] else {
            return Err(fault("a row"));
        };
        let (start, end) = ends.split_once('-').ok_or_else(|| fault("a row"))?;
        let ends = (
            start.parse().unwrap_or(u32::MAX),
            end.parse().unwrap_or(u32::MAX),
        );
        let (span, _) = words.next().ok_or_else(|| fault("the number of rows"))?;
        slicer.expect("webanno-tsv", "a row", ends, job.text.slice(*span))?;
        if word != escape(job.text.slice(*span)) {
            return Err(fault("a word"));
        }
    }
    if words.next().is_some() {
        return Err(fault("the number of rows"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn rows_of_words_with_numbered_marks_and_relations() {
        let f = Fixture::rich();
        let tsv = f.text_of("webanno-tsv", 0);
        let head: Vec<_> = tsv.lines().take(24).collect();
        insta::assert_snapshot!(head.join("\n"), @r#"
#FORMAT=WebAnno TSV 3.3
#T_SP=custom.Span|label
#T_RL=custom.Relation|label|BT_custom.Span


#Text=Kell Bridge 🌊 opens at last
1-1	0-4	Kell	Statement[1]	_	_
1-2	5-11	Bridge	Statement[1]	_	_
1-3	12-14	🌊	Statement[1]	_	_
1-4	15-20	opens	Statement[1]	_	_
1-5	21-23	at	Statement[1]	_	_
1-6	24-28	last	Statement[1]	_	_

#Text=By Jon Pell
2-1	29-31	By	_	_	_
2-2	32-35	Jon	_	_	_
2-3	36-40	Pell	_	_	_

#Text=The council approved 80 million for the bridge in March 2021, its minutes show.
3-1	41-44	The	Claim[2]|Claim[3]	of	3-13[4_2]
3-2	45-52	council	Claim[2]|Claim[3]	_	_
3-3	53-61	approved	Claim[2]|Claim[3]	_	_
3-4	62-64	80	Claim[2]|Claim[3]	_	_
3-5	65-72	million	Claim[2]|Claim[3]	_	_
"#);
    }

    #[test]
    fn what_means_something_in_a_row_is_escaped() {
        assert_eq!(
            escape("a[b]|c_d->e;f*g\\h\t-"),
            r"a\[b\]\|c\_d\->e\;f\*g\\h\t-"
        );
    }
}
