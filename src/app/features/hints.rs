//! The keys that help where the cursor is, and where they stand on the screen: the view draws them, a click presses them.

use crate::app::input::action::{Action, KeyContext};
use crate::app::input::key::{Code, Key, spelled};
use crate::app::screen::areas::Area;
use crate::app::state::State;
use crate::app::state::bench::Bench;
use crate::app::state::marking::{Awaited, Marking, Purpose};
use crate::core::display::width;
use crate::core::rows::RowKey;
use crate::core::vocabulary::{VerificationStatus, WorkflowState};

/// A key with what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys to press; none where any of several is meant.
    pub keys: Vec<Key>,
    /// The keys as they are shown.
    pub shown: String,
    /// What they do, in as few words as possible.
    pub label: String,
}

impl Hint {
    /// The hint for an action; none where no key does it.
    fn of(state: &State, action: Action, label: &str) -> Option<Self> {
        let keys = state.keymap.keys(action).first()?.clone();
        Some(Self::on(keys, label))
    }

    fn on(keys: Vec<Key>, label: &str) -> Self {
        Self {
            shown: spelled(&keys),
            keys,
            label: label.into(),
        }
    }

    /// A hint for what no single key does.
    fn any(shown: String, label: &str) -> Self {
        Self {
            keys: Vec::new(),
            shown,
            label: label.into(),
        }
    }

    /// The hint for the keys that an action's values share.
    fn prefix(state: &State, action: Action, label: &str) -> Option<Self> {
        let mut hint = Self::of(state, action, label)?;
        hint.keys.pop();
        hint.shown = spelled(&hint.keys);
        (!hint.keys.is_empty()).then_some(hint)
    }

    fn width(&self) -> u16 {
        (width(&self.shown) + 1 + width(&self.label)) as u16
    }
}

/// The hints for what is being done, the most useful first.
fn of_bench(state: &State, bench: &Bench) -> Vec<Hint> {
    match &bench.marking {
        Some(mark) => of_mark(state, bench, mark),
        None if bench.marked_rows.is_empty() => of_row(state, bench),
        None => of_marked_rows(state),
    }
}

/// The hints for what the cursor is on, the most useful first.
fn of_row(state: &State, bench: &Bench) -> Vec<Hint> {
    use Action as A;
    let key = |a: A, label: &str| Hint::of(state, a, label);
    let finding_next = || {
        let any = A::FindingNext(VerificationStatus::Accurate);
        Hint::prefix(state, any, "finding, next")
    };
    let repeat = || {
        let repeated = super::repeat::last(bench)?;
        let words = super::repeat::in_words(bench, &repeated, &state.look);
        Hint::of(state, A::Repeat, &words)
    };
    let hints = match bench.cursor() {
        RowKey::Proposal(_) => vec![
            key(A::TakeUp, "take up"),
            finding_next(),
            key(A::Evidence, "evidence"),
            repeat(),
            key(A::Dismiss, "nothing to check"),
            key(A::SaidBy, "said by"),
            key(A::OpenNext, "next open"),
        ],
        RowKey::Claim(id) => {
            let claim = bench.session().claims.get(id);
            match claim.is_none_or(|c| c.verification_status.is_open()) {
                true => vec![
                    finding_next(),
                    key(A::Evidence, "evidence"),
                    repeat(),
                    key(A::SaidBy, "said by"),
                    key(A::Justification, "justification"),
                    key(A::TakeUp, "next open"),
                    key(A::EditRow, "form"),
                ],
                false => vec![
                    key(A::TakeUp, "next open"),
                    key(A::Evidence, "evidence"),
                    key(A::Justification, "justification"),
                    key(A::ProposeChange, "change"),
                    key(A::Undo, "undo"),
                ],
            }
        }
        RowKey::Statement(_) => vec![
            key(A::TakeUp, "take up"),
            key(A::Dismiss, "dismiss or take back"),
            key(A::Justification, "reason"),
            key(A::OpenNext, "next open"),
        ],
        RowKey::Block(_) => vec![
            key(A::TakeUp, "take up"),
            key(A::Dismiss, "nothing to check"),
            key(A::Mark, "mark a passage"),
            key(A::BlockNext, "next block"),
        ],
    };
    hints.into_iter().flatten().collect()
}

/// The hints while rows are marked, the most useful first.
fn of_marked_rows(state: &State) -> Vec<Hint> {
    use Action as A;
    let key = |a: A, label: &str| Hint::of(state, a, label);
    let hints = [
        key(A::MarkRow, "mark"),
        key(A::MarkRange, "up to here"),
        Some(Hint::on(vec![Key::plain(Code::Esc)], "unmark")),
        key(A::Evidence, "evidence"),
        key(A::SaidBy, "said by"),
        key(A::Tags, "tags"),
        Hint::prefix(state, A::Workflow(WorkflowState::Todo), "workflow"),
        key(A::Dismiss, "nothing to check"),
    ];
    hints.into_iter().flatten().collect()
}

/// The hints while `mark` is made, the most useful first.
fn of_mark(state: &State, bench: &Bench, mark: &Marking) -> Vec<Hint> {
    use Action as A;
    let key = |a: A, label: &str| Hint::of(state, a, label);
    let take = match mark.purpose {
        Purpose::Borders(_) => "set the borders",
        Purpose::Split => "cut there",
        Purpose::Statement
        | Purpose::Part
        | Purpose::Content(_)
        | Purpose::Cue(_)
        | Purpose::SourceWords(_) => "take it up",
    };
    let borders = || {
        bench.borders()?;
        key(A::MarkBorders, "borders of this mark")
    };
    let letters = |typed: Option<char>, label: &str| {
        let shown = match typed {
            Some(c) => format!("{c} and a letter:"),
            None => "two letters:".to_string(),
        };
        Some(Hint::any(shown, label))
    };
    let moves = || {
        Some(Hint::on(
            vec![Key::plain(Code::Char(' '))],
            "keys that move",
        ))
    };
    let another = || Some(Hint::on(vec![Key::plain(Code::Backspace)], "another start"));
    let hints = match mark.awaited {
        Awaited::Start(typed) => vec![
            letters(typed, "start"),
            borders(),
            moves(),
            key(A::MarkTakeUp, take),
        ],
        Awaited::End(typed) => vec![
            letters(typed, "end"),
            key(A::MarkTakeUp, take),
            another(),
            moves(),
        ],
        Awaited::Character { .. } => vec![
            Some(Hint::any("any character:".into(), "goes there")),
            key(A::MarkCancel, "back"),
        ],
        Awaited::Move => vec![
            key(A::MarkTakeUp, take),
            key(A::MarkWordNext, "word"),
            key(A::MarkSentenceNext, "sentence"),
            key(A::MarkSwap, "other end"),
            key(A::MarkLabels, "two letters"),
            key(A::MarkCharacterNext, "to a character"),
            key(A::MarkDismiss, "nothing to check"),
            key(A::MarkAddSpan, "further span"),
            key(A::MarkCancel, "leave"),
        ],
    };
    hints.into_iter().flatten().collect()
}

/// Where the hints stand: a line of their own, or on a low screen what progress or a message leaves of the one line.
pub fn area(state: &State) -> Area {
    let areas = state.areas();
    if areas.hints.height > 0 {
        return areas.hints;
    }
    let line = areas.status;
    let left = match state.notices.current().is_some() || is_busy(state) {
        true => line.width * 3 / 5,
        false => line.width / 4,
    };
    Area {
        x: line.x + left,
        width: line.width - left,
        ..line
    }
}

/// Whether something is under way that the line of progress tells of.
fn is_busy(state: &State) -> bool {
    state.busy.is_some()
        || state.reading.is_some()
        || state.looking.is_some()
        || state.elsewhere.is_some()
        || !state.taking.is_empty()
}

/// The hints that fit, each with its first column in [`area`]; help is left out last.
pub fn laid_out(state: &State) -> Vec<(u16, Hint)> {
    let Some(bench) = &state.bench else {
        return Vec::new();
    };
    if !state.overlays.is_empty() || !state.pending.is_empty() {
        return Vec::new();
    }
    const GAP: u16 = 2;
    let room = area(state).width;
    // While marking the usual key for help may mean something else.
    let help = state.keymap.keys_in(context(state), Action::Help);
    let help = help.map(|keys| Hint::on(keys.to_vec(), "help"));
    let kept = help.as_ref().map_or(0, |h| h.width() + GAP);
    let mut x = 1;
    let mut all = Vec::new();
    for hint in of_bench(state, bench) {
        let end = x + hint.width();
        if end + kept > room {
            break;
        }
        all.push((x, hint));
        x = end + GAP;
    }
    let help = help.filter(|h| x + h.width() <= room);
    all.extend(help.map(|h| (x, h)));
    all
}

/// The keys of the hint at column `x` and row `y` of the screen; none where there is none.
pub fn at(state: &State, x: u16, y: u16) -> Option<Vec<Key>> {
    let area = area(state);
    if !area.contains(x, y) {
        return None;
    }
    let all = laid_out(state).into_iter();
    let mut here = all.filter(|(from, h)| (*from..from + h.width()).contains(&(x - area.x)));
    here.next().map(|(_, h)| h.keys).filter(|k| !k.is_empty())
}

/// Which keys mean something now.
pub fn context(state: &State) -> KeyContext {
    match state.bench.as_ref().and_then(|b| b.marking.as_ref()) {
        Some(_) => KeyContext::Mark,
        None => KeyContext::Workbench,
    }
}
