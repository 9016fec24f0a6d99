//! The pages made from the program's tables are the ones that are committed.

use claimdesk::cli::docs;

use crate::program::repository;

fn is_committed(name: &str, made: &str) {
    let path = repository().join("docs").join(name);
    if std::env::var_os("CLAIMDESK_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "docs/{name} is stale; CLAIMDESK_WRITE_DOCS=1 cargo test docs writes it anew"
    );
}

#[test]
fn the_command_line_is_documented() {
    is_committed("cli.md", &docs::cli());
}

#[test]
fn the_formats_are_documented() {
    is_committed("formats.md", &docs::formats());
}

#[test]
fn the_keys_are_documented() {
    is_committed("keys.md", &docs::keys());
}

#[test]
fn the_configuration_is_documented() {
    is_committed("config.md", &docs::config());
}

#[test]
fn the_manual_page_is_committed() {
    is_committed("claimdesk.1", &docs::man().unwrap());
}
