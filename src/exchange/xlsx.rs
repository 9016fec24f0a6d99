//! `xlsx`: the newsroom sheet as a workbook: claims, evidence, sources, and what the columns mean.
//!
//! Every cell is written as text or number, never as a formula. A cell holds 32,767 UTF-16 units at most; longer text is
//! cut and the cut is reported.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format as Style, FormatAlign, Workbook,
    Worksheet, XlsxError,
};

use super::sheet::{Column, ColumnKind, Table, tables};
use super::{ExchangeError, Export, Job, Report};
use crate::core::controls;

/// The most UTF-16 units that a cell can hold.
const CELL: usize = 32_767;

/// Writes the workbook.
///
/// # Errors
///
/// [`ExchangeError::Internal`] where the workbook cannot be written.
pub fn write(job: &Job<'_>) -> Result<Export, ExchangeError> {
    let mut report = Report::default();
    let tables = tables(job, &mut report);
    let bytes = workbook(job, &tables, &mut report).map_err(|e| ExchangeError::Internal {
        format: "xlsx",
        what: e.to_string(),
    })?;
    Ok(job.single(".xlsx", bytes, report))
}

fn workbook(job: &Job<'_>, tables: &[Table], report: &mut Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The moment of the export, so that the same session gives the same bytes.
    let made = ExcelDateTime::from_timestamp(job.exported_at.as_second())?;
    book.set_properties(
        &DocProperties::new()
            .set_title(controls::replaced(&job.session.name).0)
            .set_author(job.generator)
            .set_creation_datetime(&made),
    );
    let head = Style::new().set_bold();
    let wrap = Style::new().set_text_wrap().set_align(FormatAlign::Top);
    for table in tables {
        let sheet = book.add_worksheet().set_name(table.name)?;
        fill(sheet, table, &head, &wrap, report)?;
    }
    let sheet = book.add_worksheet().set_name("columns")?;
    for (n, title) in (0..).zip(["sheet", "column", "what it holds", "values"]) {
        sheet.write_string_with_format(0, n, title, &head)?;
    }
    let columns = tables
        .iter()
        .flat_map(|t| t.columns.iter().map(move |c| (t.name, c)));
    for (row, (table, c)) in (1..).zip(columns) {
        sheet
            .write_string(row, 0, table)?
            .write_string(row, 1, c.name)?
            .write_string(row, 2, c.about)?;
        if let ColumnKind::Words(words) = c.kind {
            sheet.write_string(row, 3, words().join(", "))?;
        }
    }
    sheet
        .set_column_width(1, 22)?
        .set_column_width(2, 60)?
        .set_column_width(3, 90)?;
    book.save_to_buffer()
}

fn fill(
    sheet: &mut Worksheet,
    table: &Table,
    head: &Style,
    wrap: &Style,
    report: &mut Report,
) -> Result<(), XlsxError> {
    for (n, c) in (0u16..).zip(table.columns) {
        sheet.write_string_with_format(0, n, c.name, head)?;
        sheet.set_column_width(n, width(c))?;
    }
    let mut tamed = 0;
    for (r, row) in (1u32..).zip(&table.rows) {
        for (n, (c, cell)) in (0u16..).zip(table.columns.iter().zip(row)) {
            if cell.is_empty() {
                continue;
            }
            let number = matches!(c.kind, ColumnKind::Integer | ColumnKind::UpTo(_))
                .then(|| cell.parse::<u32>().ok())
                .flatten();
            match number {
                Some(number) => sheet.write_number(r, n, number)?,
                None => {
                    let (cell, controls) = controls::replaced(cell);
                    tamed += controls;
                    let (text, cut) = fit(&cell);
                    if cut {
                        let of = row.first().map_or("", String::as_str);
                        report.leave_out(
                            format!("the end of {} in row {of}", c.name),
                            "a cell holds 32,767 characters",
                        );
                    }
                    sheet.write_string_with_format(r, n, text, wrap)?
                }
            };
        }
    }
    report.tamed(tamed);
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX).max(1);
    for (n, c) in (0u16..).zip(table.columns) {
        if let ColumnKind::Words(words) = c.kind {
            sheet.add_data_validation(
                1,
                n,
                last,
                n,
                &DataValidation::new().allow_list_strings(&words())?,
            )?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(
        0,
        0,
        last,
        u16::try_from(table.columns.len())
            .unwrap_or(1)
            .saturating_sub(1),
    )?;
    Ok(())
}

fn width(c: &Column) -> u16 {
    match c.name {
        "passage" | "claim" | "excerpt" | "justification" | "note" => 48,
        "proposed_change" | "change_reason" | "title" | "evidence_title" => 32,
        "line" | "char_start" | "char_end" | "rating" | "credibility" => 9,
        _ => 18,
    }
}

/// The text as far as a cell holds it, and whether something is cut off.
fn fit(text: &str) -> (&str, bool) {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > CELL {
            return (&text[..at], true);
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::fixture::Fixture;
    use std::io::Read;

    #[test]
    fn the_workbook_is_deterministic_and_holds_text_as_text() {
        let mut f = Fixture::rich();
        f.session
            .claims
            .values_mut()
            .for_each(|c| c.notes = "=cmd()".into());
        let bytes = f.export("xlsx").files.remove(0).bytes;
        assert_eq!(bytes, f.export("xlsx").files.remove(0).bytes);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut sheet = String::new();
        zip.by_name("xl/worksheets/sheet1.xml")
            .unwrap()
            .read_to_string(&mut sheet)
            .unwrap();
        assert!(!sheet.contains("<f>"), "no formula");
        let mut strings = String::new();
        zip.by_name("xl/sharedStrings.xml")
            .unwrap()
            .read_to_string(&mut strings)
            .unwrap();
        assert!(
            strings.contains("=cmd()") && strings.contains("Kell Bridge 🌊")
                || strings.contains("The council approved")
        );
    }

    #[test]
    fn a_cell_is_cut_where_it_is_full() {
        let text = "🌊".repeat(CELL);
        assert_eq!(fit(&text).0.encode_utf16().count(), CELL - 1);
        assert!(fit(&text).1 && !fit("short").1);
    }
}
