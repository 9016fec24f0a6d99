//! `claimdesk paths`: where sessions and configuration are, and why there.

use super::context::CommandContext;
use super::failure::EndCode;
use super::out::Out;

/// Runs the command.
pub fn run(context: &CommandContext, out: &mut Out) -> anyhow::Result<EndCode> {
    let p = &context.paths;
    let row = |what: &str, path: &std::path::Path, why: String| {
        vec![what.to_string(), path.display().to_string(), why]
    };
    let config = if p.config.exists() {
        p.config_chosen.to_string()
    } else {
        format!(
            "{}; not there, so every setting is the default",
            p.config_chosen
        )
    };
    for line in [
        row("sessions", &p.sessions, p.sessions_chosen.to_string()),
        row("config", &p.config, config),
    ] {
        out.line(format!("{:<9} {} ({})", line[0], line[1], line[2]))?;
    }
    context.say_config_problems();
    Ok(EndCode::Well)
}
