//! Doing an action: what its row says that it needs is looked at here, once, and handed to the function that the row names.

use super::palette::{self, Acts};
use crate::app::features::exchange::{export, import};
use crate::app::features::{
    appearance, borders, decide, find, forms, lists, loose_ends, many, more, pick, proposing,
    repeat, saving, tags, take_over, texts, voices, walk,
};
use crate::app::input::action::{Action, every_action};
use crate::app::msg::Effect;
use crate::app::refusal::{DONE, Done, Refusal};
use crate::app::state::bench::Bench;
use crate::app::state::marking::{Marking, Motion, Purpose};
use crate::app::state::tag::Tag;
use crate::app::state::working::{Working, Writing};
use crate::app::state::{Program, State, steps};
use crate::core::desk::Again;
use crate::core::ids::ClaimId;
use crate::core::rows::RowKey;

/// What an action needs, and what it does with it: a function cannot ask for less than it is handed.
#[derive(Clone, Copy)]
enum Needs {
    /// Nothing: it works without a session too.
    Nothing(fn(&mut State) -> Done),
    /// A session.
    Session(fn(&mut Working<'_>) -> Done),
    /// A row.
    Row(fn(&mut Working<'_>, RowKey) -> Done),
    /// The mark under way; what it returns is the mark from then on.
    Mark(fn(&mut Working<'_>, Marking) -> Marking),
    /// The mark under way, which ends.
    EndMark(fn(&mut Working<'_>, Marking) -> Done),
    /// A session that may be changed.
    Write(fn(&mut Writing<'_>) -> Done),
    /// A row of a session that may be changed.
    WriteRow(fn(&mut Writing<'_>, RowKey) -> Done),
    /// A claim of a session that may be changed.
    WriteClaim(fn(&mut Writing<'_>, ClaimId) -> Done),
    /// The mark under way, which ends, in a session that may be changed.
    WriteMark(fn(&mut Writing<'_>, Marking) -> Done),
    /// A row of a session that may be changed, to set this value on.
    Tag(Tag),
    /// A row of a session that may be changed, to repeat on it what was set last, with this item in place of those held
    /// there.
    Repeat(Option<u8>),
}

/// Why an action has nothing to do now, one sentence; none where it has.
type Unless = fn(&Bench, &Program) -> Option<String>;

/// What an action does while rows are marked.
#[derive(Clone, Copy)]
enum OnMarked {
    /// What it does otherwise: it changes no row.
    AsEver,
    /// Nothing: it goes one row at a time.
    Refused,
    /// This, on all of them.
    All(fn(&mut Writing<'_>) -> Done),
}

/// What a row says of an action besides its facts.
#[derive(Clone, Copy)]
struct Does {
    needs: Needs,
    unless: Option<Unless>,
    on_marked: OnMarked,
}

impl Does {
    /// An action with these needs. What changes a row is refused while rows are marked, unless the table says otherwise: to
    /// change the current one then would be taken for a change of all.
    fn with(needs: Needs) -> Self {
        let on_marked = match needs {
            Needs::WriteRow(_) | Needs::WriteClaim(_) | Needs::Repeat(_) => OnMarked::Refused,
            Needs::Tag(tag) if many::rows::goes_for_many(tag) => OnMarked::AsEver,
            Needs::Tag(_) => OnMarked::Refused,
            Needs::Nothing(_)
            | Needs::Session(_)
            | Needs::Row(_)
            | Needs::Mark(_)
            | Needs::EndMark(_)
            | Needs::Write(_)
            | Needs::WriteMark(_) => OnMarked::AsEver,
        };
        Self {
            needs,
            unless: None,
            on_marked,
        }
    }

    fn on_marked(self, work: fn(&mut Writing<'_>) -> Done) -> Self {
        let on_marked = OnMarked::All(work);
        Self { on_marked, ..self }
    }

    fn one_at_a_time(self) -> Self {
        let on_marked = OnMarked::Refused;
        Self { on_marked, ..self }
    }

    fn as_ever(self) -> Self {
        let on_marked = OnMarked::AsEver;
        Self { on_marked, ..self }
    }

    fn unless(self, unless: Unless) -> Self {
        Self {
            unless: Some(unless),
            ..self
        }
    }
}

/// Functions that the rows call, one for each kind of need.
macro_rules! needs {
    ($($name:ident $need:ident($of:ty);)+) => {
        $(fn $name(f: $of) -> Does {
            Does::with(Needs::$need(f))
        })+
    };
}

needs! {
    anytime Nothing(fn(&mut State) -> Done);
    session Session(fn(&mut Working<'_>) -> Done);
    row Row(fn(&mut Working<'_>, RowKey) -> Done);
    mark Mark(fn(&mut Working<'_>, Marking) -> Marking);
    end_mark EndMark(fn(&mut Working<'_>, Marking) -> Done);
    write Write(fn(&mut Writing<'_>) -> Done);
    write_row WriteRow(fn(&mut Writing<'_>, RowKey) -> Done);
    write_claim WriteClaim(fn(&mut Writing<'_>, ClaimId) -> Done);
    write_mark WriteMark(fn(&mut Writing<'_>, Marking) -> Done);
    tag Tag(Tag);
    repeated Repeat(Option<u8>);
}

macro_rules! doing {
    ($($(#[doc = $about:literal])+ $name:ident $(($v:ident: $of:ty))? = $facts:expr => $does:expr;)+) => {
        impl Action {
            fn does(self) -> Does {
                match self {
                    $(Self::$name $(($v))? => $does,)+
                }
            }
        }
    };
}

every_action!(doing);

/// Why an action cannot be done now, one sentence; none where it can.
pub fn disabled(state: &State, action: Action) -> Option<String> {
    met(state, action.does()).err().map(|refusal| refusal.why)
}

/// Whether all is there that an action needs.
fn met(state: &State, does: Does) -> Result<(), Refusal> {
    if let Needs::Nothing(_) = does.needs {
        return Ok(());
    }
    let bench = state.open_bench()?;
    if let OnMarked::Refused = does.on_marked
        && !bench.marked_rows.is_empty()
    {
        bench.writable()?;
        let repeats = matches!(does.needs, Needs::Tag(_) | Needs::Repeat(_));
        return Err(many::rows::one_at_a_time(bench, state, repeats));
    }
    match does.needs {
        Needs::Nothing(_) | Needs::Session(_) => {}
        Needs::Row(_) => {
            row_of(bench)?;
        }
        Needs::Mark(_) | Needs::EndMark(_) => {
            mark_of(bench, state)?;
        }
        Needs::Write(_) => bench.writable()?,
        Needs::WriteRow(_) | Needs::Tag(_) | Needs::Repeat(_) => {
            bench.writable()?;
            row_of(bench)?;
        }
        Needs::WriteClaim(_) => {
            bench.writable()?;
            claim_of(bench)?;
        }
        Needs::WriteMark(_) => {
            bench.writable()?;
            mark_of(bench, state)?;
        }
    }
    match does.unless.and_then(|unless| unless(bench, state)) {
        Some(why) => Err(Refusal::new(why)),
        None => Ok(()),
    }
}

fn row_of(bench: &Bench) -> Result<RowKey, Refusal> {
    match bench.row_count() {
        0 => Err(Refusal::new("There is no row here.")),
        _ => Ok(bench.cursor().clone()),
    }
}

fn claim_of(bench: &Bench) -> Result<ClaimId, Refusal> {
    row_of(bench)?;
    let claim = bench.claim_at_cursor();
    claim.ok_or_else(|| Refusal::new("There is no claim on this row."))
}

fn mark_of<'b>(bench: &'b Bench, program: &Program) -> Result<&'b Marking, Refusal> {
    bench.marking.as_ref().ok_or_else(|| {
        let key = program.keymap.shown(Action::Mark);
        Refusal::new(format!("Nothing is being marked; {key} begins."))
    })
}

/// What the lists of actions do with them.
const ACTS: Acts = Acts { disabled, act };

/// Does an action, or says why it cannot be done.
pub fn act(state: &mut State, action: Action) -> Done {
    let does = action.does();
    met(state, does)?;
    match does.needs {
        Needs::Nothing(f) => f(state),
        Needs::Session(f) => f(&mut state.working()?),
        Needs::Row(f) => {
            let mut working = state.working()?;
            let row = row_of(working.bench)?;
            f(&mut working, row)
        }
        Needs::Mark(f) => {
            let mut working = state.working()?;
            let mark = mark_of(working.bench, working.program)?.clone();
            let mark = f(&mut working, mark);
            working.bench.marking = Some(mark);
            working.bench.reveal_mark();
            DONE
        }
        Needs::EndMark(f) => {
            let mut working = state.working()?;
            let mark = mark_of(working.bench, working.program)?.clone();
            working.bench.marking = None;
            f(&mut working, mark)
        }
        Needs::Write(f) => f(&mut state.writing()?),
        Needs::WriteRow(f) => {
            let mut writing = state.writing()?;
            let row = row_of(writing.bench)?;
            match does.on_marked {
                OnMarked::All(f) if !writing.bench.marked_rows.is_empty() => f(&mut writing),
                _ => f(&mut writing, row),
            }
        }
        Needs::WriteClaim(f) => {
            let mut writing = state.writing()?;
            let claim = claim_of(writing.bench)?;
            f(&mut writing, claim)
        }
        Needs::WriteMark(f) => {
            let mut writing = state.writing()?;
            let mark = mark_of(writing.bench, writing.program)?.clone();
            writing.bench.marking = None;
            f(&mut writing, mark)
        }
        Needs::Tag(tag) => {
            let mut writing = state.writing()?;
            match writing.bench.marked_rows.is_empty() {
                true => tags::set(&mut writing, tag),
                false => many::ask::tag(&mut writing, tag),
            }
        }
        Needs::Repeat(with) => {
            let mut writing = state.writing()?;
            let row = row_of(writing.bench)?;
            repeat::repeat(&mut writing, row, with)
        }
    }
}
