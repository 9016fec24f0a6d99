//! What commands say that show a session as it is, with the names of sources that must not be named.

use crate::core::display::clean;
use crate::work::tell;

/// Says on standard error that what is printed is not for hand-over, if any of the sessions called `names` holds a
/// protected source.
pub fn note<'a>(names: impl IntoIterator<Item = &'a str>) {
    let names: Vec<&str> = names.into_iter().collect();
    if let [first, others @ ..] = names.as_slice() {
        let more = match others.len() {
            0 => String::new(),
            n => format!(" (and so do {n} more)"),
        };
        tell(format_args!(
            "note: “{}” holds a protected source{more}, and nothing is masked here: this is not for hand-over; \
             `claimdesk export` is.",
            clean(first)
        ));
    }
}
