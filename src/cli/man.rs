//! `claimdesk man`: the manual page.

use super::failure::EndCode;
use super::out::Out;

/// Runs the command.
pub fn run(out: &mut Out) -> anyhow::Result<EndCode> {
    out.bytes(&page()?)?;
    Ok(EndCode::Well)
}

/// The manual page in roff.
pub fn page() -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::command())
        .source("claimdesk")
        .manual("claimdesk")
        .render(&mut page)?;
    Ok(page)
}
