#![no_main]
//! The check of ClaimReview, AVeriTeC and FEVER files.

use claimdesk::exchange::lint::lint;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(found) = lint("a.json", data) else { return };
    assert!(["claimreview", "averitec", "fever"].contains(&found.format));
    for problem in &found.problems {
        assert!(!problem.place.is_empty() && !problem.what.is_empty());
    }
});
