//! Exporting a session: what an export holds, worked out or refused. Where it goes is the caller's affair.

use uuid::Uuid;

use super::GENERATOR;
use super::error::WorkError;
use crate::core::handover::snapshot::Snapshot;
use crate::core::handover::{ExportOptions, OffsetUnit};
use crate::core::model::Time;
use crate::core::veil::Veil;
use crate::exchange::watch::ExchangeWatch;
use crate::exchange::{self, Export, Format, Handover};

/// The format called `name`.
///
/// # Errors
/// [`WorkError::NoSuchFormat`].
pub fn format(name: &str) -> Result<&'static Format, WorkError> {
    exchange::format(name).ok_or_else(|| WorkError::NoSuchFormat(name.into()))
}

/// The unit called `word`, if `format` can count in it.
///
/// # Errors
/// [`WorkError::NoSuchUnit`].
pub fn unit(word: &str, format: &Format) -> Result<OffsetUnit, WorkError> {
    OffsetUnit::from_word(word)
        .filter(|u| format.info.units.contains(u))
        .ok_or_else(|| WorkError::NoSuchUnit {
            format: format.info.name,
            unit: word.into(),
        })
}

/// Works the export out: its files, and what was left out of them. Nothing is written.
///
/// # Errors
/// What the format and the protection of sources refuse, and [`WorkError::StillReading`] where it is not known yet what
/// protected sources were called.
pub fn export(
    format: &Format,
    of: &Snapshot,
    options: &ExportOptions,
    at: Time,
    watch: ExchangeWatch<'_>,
) -> Result<Export, WorkError> {
    let former = of.former.as_ref().ok_or(WorkError::StillReading)?;
    let fresh = || Veil::fresh(&mut Uuid::now_v7);
    let veil = of.veil.clone().unwrap_or_else(fresh);
    let handover = Handover {
        session: &of.session,
        text: &of.text,
        proposals: Some(&of.proposals),
        exported_at: at,
        generator: GENERATOR,
        options,
        former,
        veil: &veil,
    };
    Ok(exchange::export_watched(format, &handover, watch)?)
}
