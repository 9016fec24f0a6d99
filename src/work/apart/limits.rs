//! What a process that reads may use, and how it is told that it used more.

use std::process::ExitStatus;
use std::time::Duration;

/// The most memory that reading may take.
const MEMORY: u64 = 1_000_000_000;
/// And as much again for each byte of the file: readers keep them, unpack them, and part them.
const PER_BYTE: u64 = 3;
/// Addresses that are taken but hold nothing: the program itself, stacks, the allocator's reserves.
#[cfg(unix)]
const RESERVED: u64 = 1 << 30;
/// Files that may be open: the three pipes, and what the system's libraries want.
#[cfg(unix)]
const FILES: u64 = 16;

/// The signal by which the system ends a process that used up its time.
pub const OUT_OF_TIME: i32 = 24;
/// The signal by which the system ends a process to get memory back.
pub const OUT_OF_MEMORY: i32 = 9;

/// The most memory that reading a file of `length` bytes may take.
pub fn memory(length: u64) -> u64 {
    MEMORY.saturating_add(length.saturating_mul(PER_BYTE))
}

/// The signal that ended a process.
#[cfg(unix)]
pub fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

/// The signal that ended a process: there are none here.
#[cfg(not(unix))]
pub fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Takes this process out of the terminal's hands, so that Ctrl-C and a closed window concern only the program that
/// waits for it; it writes no file, and leaves no picture of its memory behind.
#[cfg(unix)]
pub fn shut_in() {
    use rustix::process::{Resource, setsid};
    // Each is a line of defence of its own: where the system refuses one, the others hold.
    let _ = setsid();
    at_most(Resource::Core, 0);
    at_most(Resource::Fsize, 0);
    at_most(Resource::Nofile, FILES);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Takes this process out of the terminal's hands, as far as that can be done here.
#[cfg(not(unix))]
pub fn shut_in() {}

/// Holds this process, which reads a file of `length` bytes, to its memory and to `time` of a processor's work.
#[cfg(unix)]
pub fn hold_memory(length: u64, time: Duration) {
    use rustix::process::Resource;
    let memory = memory(length);
    at_most(Resource::Cpu, time.as_secs());
    at_most(Resource::Data, memory);
    at_most(Resource::As, memory.saturating_add(RESERVED));
}

/// Holds this process to its memory, as far as that can be done here.
#[cfg(not(unix))]
pub fn hold_memory(_: u64, _: Duration) {}

/// Lowers a limit; one that is lower already stays.
#[cfg(unix)]
fn at_most(resource: rustix::process::Resource, most: u64) {
    let now = rustix::process::getrlimit(resource);
    let lower = |limit: Option<u64>| Some(limit.map_or(most, |limit| limit.min(most)));
    let _ = rustix::process::setrlimit(
        resource,
        rustix::process::Rlimit {
            current: lower(now.current),
            maximum: lower(now.maximum),
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_may_take_more_memory_and_none_overflows() {
        assert_eq!(memory(0), 1_000_000_000);
        assert_eq!(memory(64 << 20), 1_000_000_000 + (192 << 20));
        assert_eq!(memory(u64::MAX), u64::MAX);
    }
}
