//! `claimdesk schema`: the JSON Schema of a file that claimdesk writes.

use super::args::{Schema, SchemaOf};
use super::failure::Code;
use super::out::Out;
use crate::exchange;
use crate::store::schema;

/// Runs the command.
pub fn run(args: &Schema, out: &mut Out) -> anyhow::Result<Code> {
    let schema = match args.of {
        SchemaOf::Export => exchange::shape::schema(),
        SchemaOf::Session => schema::session(),
        SchemaOf::Journal => schema::journal(),
        SchemaOf::Proposals => schema::proposals(),
    };
    out.json(&schema)?;
    Ok(Code::Well)
}
