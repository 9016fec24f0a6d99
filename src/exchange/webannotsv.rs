//! `webanno-tsv`: WebAnno TSV 3.3 for INCEpTION, on its built-in layers `custom.Span` and `custom.Relation`.
//!
//! Rows of words with offsets in UTF-16 code units. Every mark has a number, so that marks may cross, stack and span
//! words. A relation stands in the row of its target's first word and names its source's first word.

use std::fmt::Write;

use super::marks::{Flat, Marks};
use super::tokens::{borders, sentences, trimmed, words};
use super::units::{Ruler, Slicer};
use super::{ExchangeError, Export, Job, Report};
use crate::core::handover::OffsetUnit;
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
    let cuts = borders(&marks);

    // The words, with the numbers of their sentence and in it.
    let texts = sentences(job);
    let rows: Vec<Row<'_>> = (1..)
        .zip(&texts)
        .flat_map(|(sentence, s)| {
            let words = (1..).zip(words(job.text, *s, &cuts));
            words.map(move |(word, w)| Row {
                sentence,
                word,
                span: w.span,
                text: w.text,
            })
        })
        .collect();
    // Which marks cover a word, and which links end at it, both by the number of the row.
    let mut labels: Vec<(usize, usize)> = Vec::new();
    let mut first = Vec::with_capacity(flat.pieces.len());
    for (n, p) in flat.pieces.iter().enumerate() {
        let from = rows.partition_point(|r| r.span.start < p.span.start);
        first.push(from);
        let behind = rows.iter().skip(from);
        let count = behind.take_while(|r| r.span.end <= p.span.end).count();
        labels.extend((from..from + count).map(|row| (row, n)));
    }
    labels.sort_unstable();
    let mut links: Vec<(usize, usize)> = flat
        .links
        .iter()
        .enumerate()
        .map(|(n, l)| (first[l.to], n))
        .filter(|(to, n)| *to < rows.len() && first[flat.links[*n].from] < rows.len())
        .collect();
    links.sort_unstable();

    let mut tsv = table(
        job,
        &texts,
        &rows,
        &flat,
        &Cells {
            labels,
            links,
            first,
        },
    );
    tsv.push('\n');
    check(job, &rows, &tsv)?;
    Ok(job.single(".tsv", tsv.into_bytes(), report))
}

/// What stands in the cells behind the words, by the numbers of the rows, in order.
struct Cells {
    /// Which pieces cover a word.
    labels: Vec<(usize, usize)>,
    /// Which links end at it.
    links: Vec<(usize, usize)>,
    /// The row at which each piece begins.
    first: Vec<usize>,
}

/// The head, and the sentences with their rows.
fn table(
    job: &Job<'_>,
    texts: &[Span],
    rows: &[Row<'_>],
    flat: &Flat<'_>,
    cells: &Cells,
) -> String {
    let ruler = Ruler::new(job.text, OffsetUnit::Utf16);
    let mut tsv = String::from(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.Relation|label|BT_custom.Span\n\n",
    );
    let (mut labels, mut links) = (cells.labels.as_slice(), cells.links.as_slice());
    let mut sentence = 0;
    for (n, row) in rows.iter().enumerate() {
        if row.sentence != sentence {
            sentence = row.sentence;
            let text = texts.get(sentence - 1).map_or("", |s| job.text.slice(*s));
            tsv.push_str("\n#Text=");
            escape(text, &mut tsv);
            tsv.push('\n');
        }
        let (start, end) = ruler.ends(row.span);
        let _ = write!(tsv, "{}-{}\t{start}-{end}\t", row.sentence, row.word);
        escape(row.text, &mut tsv);
        let here = taken(&mut labels, n);
        cell(&mut tsv, here, |tsv, piece| {
            let label = flat.pieces[piece].mark.label.word();
            let _ = write!(tsv, "{label}[{}]", piece + 1);
        });
        let here = taken(&mut links, n);
        cell(&mut tsv, here, |tsv, link| {
            escape(flat.links[link].kind.word(), tsv)
        });
        cell(&mut tsv, here, |tsv, link| {
            let l = flat.links[link];
            let Row { sentence, word, .. } = rows[cells.first[l.from]];
            let _ = write!(tsv, "{sentence}-{word}[{}_{}]", l.from + 1, l.to + 1);
        });
        tsv.push('\n');
    }
    tsv
}

/// A word, with the number of its sentence and its own in it.
#[derive(Clone, Copy)]
struct Row<'a> {
    sentence: usize,
    word: usize,
    span: Span,
    text: &'a str,
}

/// Takes those that stand in row `row` from the front of `all`, which are in order of rows.
fn taken<'a>(all: &mut &'a [(usize, usize)], row: usize) -> &'a [(usize, usize)] {
    let here = all.partition_point(|(r, _)| *r <= row).min(all.len());
    let (here, behind) = all.split_at(here);
    *all = behind;
    here
}

/// Writes a cell with everything that stands there, `_` for nothing.
fn cell(tsv: &mut String, here: &[(usize, usize)], write: impl Fn(&mut String, usize)) {
    tsv.push('\t');
    if here.is_empty() {
        tsv.push('_');
    }
    for (i, (_, one)) in here.iter().enumerate() {
        if i > 0 {
            tsv.push('|');
        }
        write(tsv, *one);
    }
}

/// The characters that mean something in a row get a backslash.
fn escape(text: &str, out: &mut String) {
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
}

fn check(job: &Job<'_>, rows: &[Row<'_>], tsv: &str) -> Result<(), ExchangeError> {
    let fault = |what: &str| ExchangeError::Internal {
        format: "webanno-tsv",
        what: what.into(),
    };
    let slicer = Slicer::new(job.text.as_str(), OffsetUnit::Utf16);
    let mut words = rows.iter();
    let mut escaped = String::new();
    for line in tsv
        .split('\n')
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
    {
        let mut cells = line.split('\t');
        let (Some(_), Some(ends), Some(word), 3) =
            (cells.next(), cells.next(), cells.next(), cells.count())
        else {
            return Err(fault("a row"));
        };
        let (start, end) = ends.split_once('-').ok_or_else(|| fault("a row"))?;
        let ends = (
            start.parse().unwrap_or(u32::MAX),
            end.parse().unwrap_or(u32::MAX),
        );
        let row = words.next().ok_or_else(|| fault("the number of rows"))?;
        slicer.expect("webanno-tsv", "a row", ends, row.text)?;
        escaped.clear();
        escape(row.text, &mut escaped);
        if word != escaped {
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
        let mut out = String::new();
        escape("a[b]|c_d->e;f*g\\h\t-", &mut out);
        assert_eq!(out, r"a\[b\]\|c\_d\->e\;f\*g\\h\t-");
    }
}
