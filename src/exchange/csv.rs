//! `csv`: the newsroom sheet with its evidence and its source list, and the Table Schema beside them.
//!
//! UTF-8 with a byte order mark, since spreadsheets guess wrong without one; comma, CRLF, quoting by RFC 4180. A cell
//! that a spreadsheet would run as a formula gets an apostrophe in front, since article text is untrusted.

use serde_json::{Value, json};

use super::sheet::{Column, ColumnKind, SHEET, Table, parse_spans, tables};
use super::units::Slicer;
use super::{ExchangeError, Export, ExportName, File, Job, Report};
use crate::core::handover::OffsetUnit;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Writes `sheet.csv`, `evidence.csv`, `sources.csv` and `schema.json`.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where a passage does not come out of the written sheet as it went in.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let tables = tables(job, &mut report);
    let mut files = Vec::new();
    for table in &tables {
        files.push(File {
            name: ExportName::own(&[table.name, ".csv"]),
            bytes: table_bytes(table)?,
        });
    }
    check(job, &files[0].bytes)?;
    let schema = serde_json::to_vec_pretty(&schema(SHEET)).map_err(internal)?;
    files.push(File {
        name: ExportName::own(&["schema.json"]),
        bytes: schema,
    });
    Ok(Export { files, report })
}

fn internal(e: impl std::fmt::Display) -> ExchangeError {
    ExchangeError::Internal {
        format: "csv",
        what: e.to_string(),
    }
}

fn table_bytes(table: &Table) -> Result<Vec<u8>, ExchangeError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BOM.to_vec());
    writer
        .write_record(table.columns.iter().map(|c| c.name))
        .map_err(internal)?;
    for row in &table.rows {
        for cell in row {
            writer
                .write_field(guard(cell).as_bytes())
                .map_err(internal)?;
        }
        writer.write_record(None::<&[u8]>).map_err(internal)?;
    }
    writer.into_inner().map_err(internal)
}

/// The cell with an apostrophe in front where a spreadsheet would run it; one that looks guarded already gets another,
/// so that [`unguard`] gives back what was there.
pub(super) fn guard(cell: &str) -> std::borrow::Cow<'_, str> {
    if looks_like_formula(cell.trim_start_matches('\'')) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// The cell as it was before [`guard`].
pub(super) fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn looks_like_formula(cell: &str) -> bool {
    cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '|', '＝', '＋', '－', '＠',
    ])
}

/// The Table Schema of a table.
fn schema(columns: &[Column]) -> Value {
    let fields: Vec<Value> = columns
        .iter()
        .map(|c| {
            let (kind, constraints) = match c.kind {
                ColumnKind::Text => ("string", json!({})),
                ColumnKind::Integer => ("integer", json!({"minimum": 0})),
                ColumnKind::UpTo(n) => ("integer", json!({"minimum": 1, "maximum": n})),
                ColumnKind::Sha256 => ("string", json!({"pattern": "[0-9a-f]{64}"})),
                ColumnKind::Moment => ("datetime", json!({})),
                ColumnKind::Bool => ("boolean", json!({})),
                ColumnKind::Words(words) => ("string", json!({"enum": words()})),
            };
            let mut field = json!({"name": c.name, "type": kind, "description": c.about});
            let required = matches!(c.name, "row_id" | "article_id" | "verification_status");
            let mut constraints = constraints;
            if required {
                constraints["required"] = true.into();
            }
            if c.name == "row_id" {
                constraints["unique"] = true.into();
            }
            if constraints.as_object().is_some_and(|o| !o.is_empty()) {
                field["constraints"] = constraints;
            }
            if matches!(c.kind, ColumnKind::Moment) {
                field["format"] = "any".into();
            }
            field
        })
        .collect();
    json!({
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "fields": fields,
        "primaryKey": "row_id",
        "missingValues": [""],
    })
}

/// Reads the sheet back and cuts every passage out of the text by the offsets in its row.
fn check(job: &Job<'_>, bytes: &[u8]) -> Result<(), ExchangeError> {
    let slicer = Slicer::new(job.text.as_str(), OffsetUnit::Codepoint);
    let column = |name: &str| {
        SHEET
            .iter()
            .position(|c| c.name == name)
            .unwrap_or(usize::MAX)
    };
    let (start, end, passage, spans) = (
        column("char_start"),
        column("char_end"),
        column("passage"),
        column("spans"),
    );
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(BOM).unwrap_or(bytes));
    for row in reader.records() {
        let row = row.map_err(internal)?;
        let cell = |n: usize| row.get(n).unwrap_or("");
        if cell(start).is_empty() {
            continue;
        }
        let ends = match cell(spans) {
            "" => vec![(
                cell(start).parse().map_err(internal)?,
                cell(end).parse().map_err(internal)?,
            )],
            cell => parse_spans(cell)
                .ok_or_else(|| internal("a list of spans"))?
                .iter()
                .map(|s| (s.start, s.end))
                .collect(),
        };
        let cuts: Option<Vec<_>> = ends.iter().map(|(s, e)| slicer.cut(*s, *e)).collect();
        if cuts.is_none_or(|c| c.join(" … ") != unguard(cell(passage))) {
            return Err(internal(format!("the passage of row {}", cell(0))));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;

    #[test]
    fn the_sheet_is_what_spreadsheets_take() {
        let f = Fixture::rich();
        let export = f.export("csv");
        let names: Vec<_> = export.files.iter().map(|f| &*f.name).collect();
        assert_eq!(
            names,
            ["sheet.csv", "evidence.csv", "sources.csv", "schema.json"]
        );
        let sheet = String::from_utf8(export.files[0].bytes.clone()).unwrap();
        assert!(sheet.starts_with("\u{feff}row_id,article_id,line,"));
        assert!(sheet.ends_with("\r\n"));
        assert!(sheet.contains("budget | court; risk"));
        let evidence = String::from_utf8(export.files[1].bytes.clone()).unwrap();
        assert_eq!(evidence.matches("\r\n").count(), 3);
        let schema: Value = serde_json::from_slice(&export.files[3].bytes).unwrap();
        assert_eq!(schema["fields"].as_array().unwrap().len(), SHEET.len());
        assert_eq!(
            export.report.flattened.len(),
            1,
            "one claim stands at two places"
        );
    }

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_guarded_and_come_back() {
        for cell in [
            "=1+1", "+1", "-x", "@a", "\tx", "\rx", "\n=1", "|x", "＝1", "＠x", "'=1", "''=", "'",
            "'quoted'", "plain", "",
        ] {
            let guarded = guard(cell);
            assert!(!looks_like_formula(&guarded));
            assert_eq!(unguard(&guarded), cell);
        }
        assert_eq!(guard("=1"), "'=1");
        assert_eq!(guard("'quoted'"), "'quoted'");
    }
}
