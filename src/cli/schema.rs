//! `claimdesk schema`: the JSON Schema of a file that claimdesk writes.

use super::args::{Schema, SchemaOf};
use super::failure::Code;
use super::out::Out;
use crate::exchange;

/// Runs the command.
pub fn run(args: &Schema, out: &mut Out) -> anyhow::Result<Code> {
    let schema = match args.of {
        SchemaOf::Export => exchange::shape::schema(),
    };
    out.json(&schema)?;
    Ok(Code::Well)
}
