#![no_main]
//! The import of the sheet: its rows, a NUL byte, its evidence, a NUL byte, its sources.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (sheet, evidence, sources) = exchange::parts(data);
    exchange::check("csv", "sheet.csv", sheet, &[("evidence.csv", evidence), ("sources.csv", sources)]);
});
