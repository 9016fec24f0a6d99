//! Keys that mean something else while a passage is marked: letters of labels, a character to be found, counts.

use crate::app::input::action::KeyContext;
use crate::app::input::key::{Code, Key};
use crate::app::input::keymap::Lookup;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::State;
use crate::app::state::marking::{Awaited, Marking};
use crate::app::state::working::Working;

/// How many digits a count has at most.
const DIGITS: usize = 3;

/// Takes a key while the mark awaits something else than a move; none where the key is to be looked up as any other.
pub fn key(state: &mut State, key: Key) -> Option<Done> {
    let mut working = state.working().ok()?;
    let mark = working.bench.marking.clone()?;
    match mark.awaited {
        Awaited::Move => None,
        Awaited::Character { forward } => character(&mut working, mark, key, forward),
        Awaited::Start(_) | Awaited::End(_) => label(&mut working, mark, key),
    }
}

/// Takes the character that the mark's end goes to; any other key ends the wait for it.
fn character(state: &mut Working<'_>, mark: Marking, key: Key, forward: bool) -> Option<Done> {
    let bench = &mut *state.bench;
    let Some(c) = key.typed() else {
        bench.marking = Some(mark.settled());
        return leaves(key).then_some(DONE);
    };
    let found = bench.at_character(mark.clone(), c, forward);
    let refusal = found.is_none().then(|| {
        let rest = if forward { "rest" } else { "beginning" };
        Refusal::mild(format!("“{c}” does not stand in the {rest} of this block."))
    });
    bench.marking = Some(found.unwrap_or_else(|| mark.settled()));
    bench.reveal_mark();
    Some(refusal.map_or(DONE, Err))
}

/// Takes a letter of a label. What moves the mark drops the labels, and so do Esc and Space, which do nothing else.
fn label(state: &mut Working<'_>, mut mark: Marking, key: Key) -> Option<Done> {
    let latin = state.config.layout.map_or(key, |l| l.latin(key));
    if let Some(letter @ 'a'..='z') = latin.typed() {
        return Some(state.bench.type_label(letter).and(DONE));
    }
    if key == Key::plain(Code::Backspace) {
        mark.untype_label();
        state.bench.marking = Some(mark);
        return Some(DONE);
    }
    let moves = matches!(state.keymap.lookup(KeyContext::Mark, &[key]), Lookup::Action(a) if a.info().context == KeyContext::Mark);
    if leaves(key) || key == Key::char(' ') || moves || digit(key).is_some() {
        state.bench.marking = Some(mark.settled());
    }
    (leaves(key) || key == Key::char(' ')).then_some(DONE)
}

fn leaves(key: Key) -> bool {
    key.code == Code::Esc || key == Key::ctrl('c')
}

/// The digit that a key adds to a count.
fn digit(key: Key) -> Option<u16> {
    let digit = key.typed()?.to_digit(10)?;
    u16::try_from(digit).ok()
}

/// Whether `key` begins a count or goes on with the one that `pending` holds; a count of too many digits takes no more.
pub fn counts(pending: &[Key], key: Key) -> bool {
    match digit(key) {
        Some(0) => !pending.is_empty() && count(pending).1.is_empty(),
        Some(_) => count(pending).1.is_empty(),
        None => false,
    }
}

/// The count at the beginning of `keys`, and the keys behind it.
pub fn count(keys: &[Key]) -> (Option<u16>, &[Key]) {
    let digits = keys.iter().take_while(|k| digit(**k).is_some()).count();
    let (count, rest) = keys.split_at(digits);
    let number = |n: u16, k: &Key| n * 10 + digit(*k).unwrap_or(0);
    let n = count.iter().take(DIGITS).fold(0, number);
    ((digits > 0).then_some(n), rest)
}
