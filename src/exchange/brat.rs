//! `brat`: standoff annotation, `.txt` and `.ann` with the `annotation.conf` that shows it.
//!
//! Offsets count Unicode code points. A mark must not hold a line break, since brat splits lines the way Python's
//! `splitlines` does: it is cut into fragments around each. Attributions are events whose trigger is the cue; closed
//! values are attributes; other fields stand in a note, as a JSON object on one line.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::marks::{Label, LinkKind, Mark, Marks};
use super::units::Slicer;
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::handover::OffsetUnit;
use crate::core::text::{ArticleText, Span};

/// Writes `NAME.txt`, `NAME.ann` and `annotation.conf`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a written line does not cut out its words.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let marks = Marks::new(job, &mut report);
    let ann = annotations(&marks, job.text);
    check(job.text.as_str(), &ann)?;
    Ok(Export {
        files: vec![
            File {
                name: job.named(".txt"),
                bytes: job.text.as_str().as_bytes().to_vec(),
            },
            File {
                name: job.named(".ann"),
                bytes: ann.into_bytes(),
            },
            File {
                name: ExportName::own(&["annotation.conf"]),
                bytes: configuration().into_bytes(),
            },
        ],
        report,
    })
}

/// Whether Python's `splitlines`, and so brat, ends a line at `c`.
pub(super) fn breaks_line(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r'
            | '\u{0B}'
            | '\u{0C}'
            | '\u{1C}'
            | '\u{1D}'
            | '\u{1E}'
            | '\u{85}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// The span in fragments around each line break in it.
fn fragments(text: &ArticleText, spans: &[Span]) -> Vec<Span> {
    let mut all = Vec::new();
    for span in spans {
        let mut start = span.start;
        for (at, c) in (span.start..).zip(text.slice(*span).chars()) {
            if breaks_line(c) {
                if start < at {
                    all.push(Span::new(start, at));
                }
                start = at + 1;
            }
        }
        if start < span.end {
            all.push(Span::new(start, span.end));
        }
    }
    all
}

fn is_attribution(label: Label) -> bool {
    matches!(label, Label::Cue | Label::Attribution)
}

/// `verification_status` becomes `VerificationStatus`.
fn camel(name: &str) -> String {
    name.split('_')
        .flat_map(|w| {
            let mut c = w.chars();
            c.next()
                .map(|f| f.to_ascii_uppercase())
                .into_iter()
                .chain(c)
        })
        .collect()
}

fn is_closed(label: Label, name: &str) -> bool {
    label
        .fields()
        .iter()
        .any(|f| f.name == name && f.values.is_some())
}

fn annotations(marks: &Marks, text: &ArticleText) -> String {
    let mut ann = String::new();
    let mut written = Vec::with_capacity(marks.marks.len());
    for (n, m) in (1..).zip(&marks.marks) {
        let parts = fragments(text, &m.spans);
        written.push(!parts.is_empty());
        if parts.is_empty() {
            continue;
        }
        let ends: Vec<_> = parts
            .iter()
            .map(|s| format!("{} {}", s.start, s.end))
            .collect();
        let words: Vec<_> = parts.iter().map(|s| text.slice(*s)).collect();
        let _ = writeln!(
            ann,
            "T{n}\t{} {}\t{}",
            m.label.word(),
            ends.join(";"),
            words.join(" ")
        );
    }
    let is_written = |n: usize| written.get(n).copied().unwrap_or(false);
    let events = events(marks, &is_written, &mut ann);
    let target = |n: usize| events[n].map_or_else(|| format!("T{}", n + 1), |e| format!("E{e}"));
    let (mut attributes, mut notes, mut references) = (0, 0, 0);
    for (n, m) in marks
        .marks
        .iter()
        .enumerate()
        .filter(|(n, _)| is_written(*n))
    {
        for (name, value) in m.fields.iter().filter(|(name, _)| is_closed(m.label, name)) {
            attributes += 1;
            let _ = writeln!(ann, "A{attributes}\t{} {} {value}", camel(name), target(n));
        }
        if m.label == Label::Source {
            let name = m
                .field("source_name")
                .unwrap_or("")
                .replace(|c| breaks_line(c) || c == '\t', " ");
            // Readers take letters and digits only behind the colon.
            let id = m.field("source_id").unwrap_or("").replace('-', "");
            if !name.trim().is_empty() && !id.is_empty() {
                references += 1;
                let _ = writeln!(
                    ann,
                    "N{references}\tReference T{} claimdesk:{id}\t{name}",
                    n + 1
                );
            }
        }
        let rest = note(m, text);
        if !rest.is_empty() {
            notes += 1;
            let _ = writeln!(
                ann,
                "#{notes}\tAnnotatorNotes {}\t{}",
                target(n),
                one_line_json(&Value::Object(rest))
            );
        }
    }
    ann
}

/// Writes the attributions as events with their claim, source and content, and what goes on elsewhere as relations;
/// returns the number of each mark's event.
fn events(
    marks: &Marks,
    is_written: &dyn Fn(usize) -> bool,
    ann: &mut String,
) -> Vec<Option<usize>> {
    let mut relations = 0;
    let mut events = vec![None; marks.marks.len()];
    let mut event = 0;
    for (n, m) in marks.marks.iter().enumerate() {
        if !is_attribution(m.label) || !is_written(n) {
            continue;
        }
        event += 1;
        events[n] = Some(event);
        let _ = write!(ann, "E{event}\t{}:T{}", m.label.word(), n + 1);
        for (kind, role) in [
            (LinkKind::Of, "Claim"),
            (LinkKind::SaidBy, "Source"),
            (LinkKind::HasContent, "Content"),
        ] {
            let from = marks.links.partition_point(|l| l.from < n);
            for l in marks.links[from..].iter().take_while(|l| l.from == n) {
                if l.kind == kind && is_written(l.to) {
                    let _ = write!(ann, " {role}:T{}", l.to + 1);
                }
            }
        }
        ann.push('\n');
    }
    for l in &marks.links {
        if l.kind == LinkKind::SameClaim && is_written(l.from) && is_written(l.to) {
            relations += 1;
            let _ = writeln!(
                ann,
                "R{relations}\tSameClaim Arg1:T{} Arg2:T{}",
                l.from + 1,
                l.to + 1
            );
        }
    }
    events
}

/// The fields that are no attributes, and the spans where fragments do not show them.
fn note(m: &Mark, text: &ArticleText) -> Map<String, Value> {
    let mut rest: Map<String, Value> = m
        .fields
        .iter()
        .filter(|(name, _)| !is_closed(m.label, name))
        .map(|(n, v)| ((*n).to_string(), Value::from(v.as_str())))
        .collect();
    if fragments(text, &m.spans) != m.spans {
        rest.insert(
            "spans".into(),
            m.spans.iter().map(|s| vec![s.start, s.end]).collect(),
        );
    }
    rest
}

/// JSON without any character at which brat would end the line.
fn one_line_json(value: &Value) -> String {
    let mut line = String::new();
    for c in value.to_string().chars() {
        if breaks_line(c) {
            let _ = write!(line, "\\u{:04x}", c as u32);
        } else {
            line.push(c);
        }
    }
    line
}

/// The types, roles and values that brat needs to show the annotation.
fn configuration() -> String {
    let mut conf = String::from("[entities]\n");
    for label in Label::ALL.iter().filter(|l| !is_attribution(**l)) {
        let _ = writeln!(conf, "{}", label.word());
    }
    conf.push_str("\n[relations]\nSameClaim\tArg1:Claim, Arg2:Claim\n\n[events]\n");
    for label in Label::ALL.iter().filter(|l| is_attribution(**l)) {
        let _ = writeln!(
            conf,
            "{}\tClaim:Claim, Source?:Source, Content?:Content",
            label.word()
        );
    }
    conf.push_str("\n[attributes]\n");
    // A name is one attribute for brat whatever it stands on.
    let names: BTreeSet<&str> = Label::ALL
        .iter()
        .flat_map(|l| l.fields())
        .filter(|f| f.values.is_some())
        .map(|f| f.name)
        .collect();
    for name in names {
        let on: Vec<_> = Label::ALL
            .iter()
            .filter(|l| is_closed(**l, name))
            .map(|l| l.word())
            .collect();
        let values = Label::ALL
            .iter()
            .flat_map(|l| l.fields())
            .find(|f| f.name == name)
            .and_then(|f| f.values);
        let values = values.map(|v| v().join("|")).unwrap_or_default();
        let _ = writeln!(
            conf,
            "{}\tArg:{}, Value:{values}",
            camel(name),
            on.join("|")
        );
    }
    conf
}

/// Reads every T line back the way brat does.
fn check(text: &str, ann: &str) -> Result<(), ExchangeError> {
    let slicer = Slicer::new(text, OffsetUnit::Codepoint);
    for line in ann.split(breaks_line).filter(|l| l.starts_with('T')) {
        let fault = || ExchangeError::Internal {
            format: "brat",
            what: format!("line “{line}”"),
        };
        let mut columns = line.splitn(3, '\t');
        let (_, body, words) = (columns.next(), columns.next(), columns.next());
        let (_, ends) = body.and_then(|b| b.split_once(' ')).ok_or_else(fault)?;
        let cuts: Option<Vec<String>> = ends
            .split(';')
            .map(|e| {
                let (s, e) = e.split_once(' ')?;
                slicer.cut(s.parse().ok()?, e.parse().ok()?)
            })
            .collect();
        if cuts.map(|c| c.join(" ")).as_deref() != words {
            return Err(fault());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn lines_as_brat_takes_them() {
        let f = Fixture::rich();
        assert_eq!(f.text_of("brat", 0), f.text.as_str());
        let ann = f.text_of("brat", 1);
        let short: Vec<_> = ann
            .lines()
            .filter(|l| l.starts_with(['T', 'E', 'R', 'N']))
            .collect();
        insta::assert_snapshot!(short.join("\n"), @r#"
T1	Statement 0 27	Kell Bridge 🌊 opens at last
T2	Claim 40 119	The council approved 80 million for the bridge in March 2021, its minutes show.
T3	Claim 40 119	The council approved 80 million for the bridge in March 2021, its minutes show.
T4	Cue 102 118	its minutes show
T5	Claim 120 230	"This bridge has cost the city double what the council signed off," said Mara Oduya, who leads the opposition.
T6	Content 121 185	This bridge has cost the city double what the council signed off
T7	Cue 188 192	said
T8	Source 193 203	Mara Oduya
T9	Claim 205 230;231 241;284 302	who leads the opposition. Kell Ferry numbers had fallen
T10	Attribution 205 230;231 241;284 302	who leads the opposition. Kell Ferry numbers had fallen
T11	Claim 231 321	Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.
T12	Source 231 251	Kell Ferry Operators
T13	Cue 252 258	denied
T14	Content 274 320	passenger numbers had fallen since the opening
T15	Claim 322 398	Officials said the ferry "may lose a third" of its passengers within a year.
T16	Source 322 331	Officials
T17	Cue 332 336	said
T18	Content 337 346;347 383	the ferry "may lose a third" of its passengers
T19	Dismissed 399 455	Lovely as the view is, <b>it</b> *costs* | a = 1 & more.
E1	Cue:T4 Claim:T2
E2	Cue:T7 Claim:T5 Source:T8 Content:T6
E3	Attribution:T10 Claim:T9
E4	Cue:T13 Claim:T11 Source:T12 Content:T14
E5	Cue:T17 Claim:T15 Source:T16 Content:T18
R1	SameClaim Arg1:T3 Arg2:T9
N1	Reference T8 claimdesk:01900000000070008000000000000102	Mara Oduya
N2	Reference T12 claimdesk:01900000000070008000000000000103	Kell Ferry Operators
N3	Reference T16 claimdesk:01900000000070008000000000000104	Officials
"#);
        assert!(ann.contains("\tVerificationStatus T2 accurate\n"));
        assert!(
            ann.split('\n')
                .filter(|l| !l.is_empty())
                .all(|l| l.contains('\t'))
        );
    }

    #[test]
    fn a_mark_over_any_line_break_is_cut_into_fragments() {
        let text = ArticleText::new("a\nb\u{2028}c\u{85}d\u{a0}e".into());
        let whole = [Span::new(0, text.len())];
        let parts: Vec<_> = fragments(&text, &whole)
            .iter()
            .map(|s| text.slice(*s).to_string())
            .collect();
        assert_eq!(parts, ["a", "b", "c", "d\u{a0}e"]);
        assert_eq!(
            one_line_json(&Value::from("x\u{2028}y\nz")),
            r#""x\u2028y\nz""#
        );
    }
}
