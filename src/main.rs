//! The `claimdesk` program.

fn main() -> std::process::ExitCode {
    claimdesk::cli::main(std::env::args_os())
}
