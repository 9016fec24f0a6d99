"""frictionless finds the sheet valid by the schema beside it; planted errors are found; openpyxl reads the workbook."""

import csv
import io

import openpyxl
from frictionless import Resource, Schema, system

from common import OWN, ROOT, TEXT, done, one

folder = ROOT / "csv"
schema = Schema.from_descriptor(str(folder / "schema.json"))
with system.use_context(trusted=True):
    report = Resource(path=str(folder / "sheet.csv"), schema=schema, encoding="utf-8-sig").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    raw = (folder / "sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") >= len(OWN["claims"]) + 1
    bad = ROOT / "sheet-with-errors.csv"
    bad.write_bytes(raw.replace(b",inaccurate,2,", b",wrong,9,"))
    report = Resource(path=str(bad), schema=schema, encoding="utf-8-sig").validate()
    assert len(report.flatten(["fieldName"])) == 2, report
rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
assert len(rows) == len(OWN["claims"])
for row, claim in zip(rows, OWN["claims"]):
    spans = claim["statement"]["spans"]
    assert int(row["char_start"]) == spans[0][0] and int(row["char_end"]) == spans[-1][1]
    assert " … ".join(TEXT[s:e] for s, e in spans) == row["passage"]
    assert row["claim"] == claim["text"] and row["verification_status"] == claim["verification_status"]
book = openpyxl.load_workbook(one("xlsx", ".xlsx"))
assert book.sheetnames == ["sheet", "evidence", "sources", "columns"]
sheet = book["sheet"]
head = [c.value for c in sheet[1]]
assert head == list(rows[0]), "the same columns"
for row, cells in zip(rows, sheet.iter_rows(min_row=2, values_only=True)):
    for name, cell in zip(head, cells):
        assert ("" if cell is None else str(cell)) == row[name], (name, cell, row[name])
assert all(c.data_type != "f" for r in sheet.iter_rows() for c in r)
done(f"{len(rows)} rows in sheet and workbook")
