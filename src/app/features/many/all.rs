//! Doing something to all marked rows: a box says first to how many, how many of them are out of view, and which are left
//! alone; Enter does it, as one step.

use std::collections::BTreeMap;

use super::work::{Skip, Work};
use crate::app::features::holding::used_now;
use crate::app::refusal::{Done, Refusal};
use crate::app::screen::notices::Level;
use crate::app::state::laid::{Confirm, Overlay};
use crate::app::state::working::{Working, Writing};
use crate::core::describe::counted;
use crate::core::display::capitalized;
use crate::core::rows::RowKey;

/// The marked rows, as far as some work is done to them.
struct Parted {
    /// To which it is done, in their order.
    done: Vec<RowKey>,
    /// How many are left alone, by the reason.
    skipped: BTreeMap<Skip, usize>,
    /// How many of all are out of view.
    off_screen: usize,
}

impl Parted {
    fn of(state: &Working<'_>, work: &Work) -> Self {
        let bench = &*state.bench;
        let height = usize::from(state.areas().list.height);
        let shown = bench.list_top..bench.list_top + height;
        let mut parted = Self {
            done: Vec::new(),
            skipped: BTreeMap::new(),
            off_screen: 0,
        };
        for (at, row) in bench.marked_in_order() {
            parted.off_screen += usize::from(!shown.contains(&at));
            match work.skips(bench, &row) {
                Some(skip) => *parted.skipped.entry(skip).or_default() += 1,
                None => parted.done.push(row),
            }
        }
        parted
    }

    /// `2 have findings, 1 is dismissed`; empty where none is left alone.
    fn skipped(&self) -> String {
        let reasons = self.skipped.iter().map(|(skip, n)| skip.counted(*n));
        reasons.collect::<Vec<_>>().join(", ")
    }

    /// `14 rows, 3 off screen, 2 have findings: skipped`.
    fn words(&self) -> String {
        let left: usize = self.skipped.values().sum();
        let mut words = counted(self.done.len() + left, "row");
        if self.off_screen > 0 {
            words.push_str(&format!(", {} off screen", self.off_screen));
        }
        if left > 0 {
            words.push_str(&format!(", {}: skipped", self.skipped()));
        }
        words
    }
}

/// Refuses where `work` leaves every marked row alone.
pub fn leaves_some(state: &Working<'_>, work: &Work) -> Result<(), Refusal> {
    parted(state, work).map(|_| ())
}

/// The marked rows, as far as `work` is done to them; refused where it leaves every one alone.
fn parted(state: &Working<'_>, work: &Work) -> Result<Parted, Refusal> {
    let parted = Parted::of(state, work);
    match parted.done.is_empty() {
        true => Err(Refusal::new(format!(
            "Nothing is left to do: {}.",
            parted.words()
        ))),
        false => Ok(parted),
    }
}

/// Says what `work`, in words `what`, will do to the marked rows; Enter does it.
pub fn ask(state: &mut Writing<'_>, work: Work, what: String) -> Done {
    let parted = parted(state, &work)?;
    let question = format!("{}: {}", capitalized(&what), parted.words());
    let does = format!("does it on {}", counted(parted.done.len(), "row"));
    let confirm = Confirm::new(question, 'n', "leaves all as it is")
        .answer(
            'y',
            does,
            Box::new(move |s| make(&mut s.writing()?, work, &what)),
        )
        .enter_does_it();
    state.open(Overlay::Confirm(confirm))
}

/// Does it, as one step. Which rows it is done to is looked at again: steps of others may have come meanwhile.
fn make(state: &mut Writing<'_>, work: Work, what: &str) -> Done {
    let parted = parted(state, &work)?;
    let mut item = None;
    let done = state.step(|tx, text, proposals| {
        item = work.make(tx, text, proposals, &parted.done);
        None
    });
    if let Some(item) = item {
        used_now(state.bench, item);
    }
    let mut said = format!("{}: {what}", counted(parted.done.len(), "row"));
    if !parted.skipped.is_empty() {
        said.push_str(&format!(" · skipped: {}", parted.skipped()));
    }
    Ok(done.told(state, |state| state.say(Level::Info, said)))
}
