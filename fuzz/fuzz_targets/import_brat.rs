#![no_main]
//! The import of brat standoff: annotations, a NUL byte, the text.

mod exchange;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (ann, txt, _) = exchange::parts(data);
    exchange::check("brat", "a.ann", ann, &[("a.txt", txt)]);
});
