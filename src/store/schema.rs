//! The JSON Schemas (draft 2020-12) that every file written meets, made from the disk types themselves.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::disk::JOURNAL;
use super::disk::v1::aside::{DraftForm, LockForm, PlaceForm};
use super::disk::v1::proposals::{HeaderForm, LineForm};
use super::disk::v1::session::SessionForm;
use super::disk::v1::steps::StepForm;

/// Of `session.json`.
pub fn session() -> Value {
    titled(
        "claimdesk.session",
        &SchemaGenerator::default().into_root_schema_for::<SessionForm<'_>>(),
    )
}

/// Of every line of `journal.jsonl`.
pub fn journal() -> Value {
    let mut generator = SchemaGenerator::default();
    let sum = json!({
        "description": "CRC-32 (IEEE) of the line without this member.",
        "type": "string",
        "pattern": "^[0-9a-f]{8}$",
    });
    let mut step = StepForm::json_schema(&mut generator).to_value();
    if let Some(members) = step.get_mut("properties").and_then(Value::as_object_mut) {
        members.insert("crc".into(), sum.clone());
    }
    if let Some(required) = step.get_mut("required").and_then(Value::as_array_mut) {
        required.push("crc".into());
    }
    let header = json!({
        "description": "Names the format and the version of the lines that follow; the first line.",
        "type": "object",
        "properties": { "format": { "const": JOURNAL }, "version": { "const": 1 }, "crc": sum },
        "required": ["format", "version", "crc"],
        "additionalProperties": false,
    });
    lines("claimdesk.journal", &mut generator, &header, &step)
}

/// Of every line of `proposals/*.jsonl`.
pub fn proposals() -> Value {
    let mut generator = SchemaGenerator::default();
    let header = HeaderForm::json_schema(&mut generator).to_value();
    let line = LineForm::json_schema(&mut generator).to_value();
    lines("claimdesk.proposals", &mut generator, &header, &line)
}

/// Of `place.json`.
pub fn place() -> Value {
    titled(
        "claimdesk.place",
        &SchemaGenerator::default().into_root_schema_for::<PlaceForm<'_>>(),
    )
}

/// Of `draft.json`.
pub fn draft() -> Value {
    titled(
        "claimdesk.draft",
        &SchemaGenerator::default().into_root_schema_for::<DraftForm<'_>>(),
    )
}

/// Of `session.lock` while it is held.
pub fn lock() -> Value {
    titled(
        "claimdesk.lock",
        &SchemaGenerator::default().into_root_schema_for::<LockForm<'_>>(),
    )
}

/// A file whose lines are a `header` and `line`s.
fn lines(title: &str, generator: &mut SchemaGenerator, header: &Value, line: &Value) -> Value {
    let definitions = generator.take_definitions(true);
    let schema = json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "oneOf": [header, line],
        "$defs": definitions,
    });
    titled(title, &schema)
}

fn titled(title: &str, schema: &Schema) -> Value {
    let mut value = schema.clone().to_value();
    if let Some(object) = value.as_object_mut() {
        object.insert("title".into(), format!("{title} 1").into());
    }
    value
}
