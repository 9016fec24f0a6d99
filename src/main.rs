//! The `claimdesk` program.

fn main() {}
