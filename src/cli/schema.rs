//! `claimdesk schema`: the JSON Schema of a file that claimdesk writes.

use super::args::{SchemaArgs, SchemaOf};
use super::failure::EndCode;
use super::out::Out;
use crate::exchange;
use crate::store::schema;

/// Runs the command.
pub fn run(args: &SchemaArgs, out: &mut Out) -> anyhow::Result<EndCode> {
    let schema = match args.of {
        SchemaOf::Export => exchange::shape::schema(),
        SchemaOf::Session => schema::session(),
        SchemaOf::Journal => schema::journal(),
        SchemaOf::Proposals => schema::proposals(),
    };
    out.json(&schema)?;
    Ok(EndCode::Well)
}
