//! A record of a file brought to the same record here, field by field: what is blank here is filled, members are added,
//! and where two values differ ours stays and is listed, unless the file's are asked for.

use super::{Difference, ReadReport, Stays, Whose};
use crate::core::display::truncate;
use crate::core::join::{Field, Join, Joined, Record};
use crate::core::tx::Tx;
use crate::core::values::{InWords, Words};

/// How many cells of a record's words name it.
const NAME: usize = 60;

/// The record that is brought to one here.
pub(super) struct Brought<'a, R: Record> {
    /// The words that it is known by.
    pub(super) about: &'a str,
    /// The record as it is here.
    pub(super) ours: &'a R,
    /// The record of the file, with the ids that its records have here.
    pub(super) theirs: &'a R,
    /// The fields that the file's format holds.
    pub(super) holds: &'a [R::Key],
    /// Fields that go together: where the first differs, so do the others.
    pub(super) together: &'a [R::Key],
}

impl<R: Record> Brought<'_, R>
where
    R::Field: InWords,
{
    /// Sets what is new with `set`, lists what differs, and says which fields it set. Nothing is ever emptied.
    pub(super) fn bring(
        self,
        whose: Whose,
        tx: &mut Tx<'_>,
        report: &mut ReadReport,
        mut set: impl FnMut(&mut Tx<'_>, R::Field),
    ) -> Vec<R::Key> {
        let mut taken = Vec::new();
        let first = self.together.first().filter(|k| self.holds.contains(k));
        let apart = first.is_some_and(|k| {
            let came = come(self.ours.value(*k), self.theirs.value(*k));
            matches!(came, Came::Other(_))
        });
        for key in self.holds {
            let (ours, theirs) = (self.ours.value(*key), self.theirs.value(*key));
            let value = match come(ours.clone(), theirs) {
                Came::Nothing => None,
                Came::New(value) if !(apart && self.together.contains(key)) => Some(value),
                Came::New(theirs) | Came::Other(theirs) => {
                    let stays = match whose {
                        Whose::Ours => Stays::Ours,
                        Whose::Theirs => Stays::Theirs,
                    };
                    report.differs(self.about, &ours, &theirs, stays, tx);
                    (whose == Whose::Theirs).then_some(theirs)
                }
            };
            if let Some(value) = value {
                set(tx, value);
                taken.push(*key);
            }
        }
        taken
    }
}

/// What a value of the file brings.
enum Came<F> {
    /// Nothing that is not here already.
    Nothing,
    /// A value that holds all that was here.
    New(F),
    /// A value that differs from the one here.
    Other(F),
}

fn come<F: Field>(ours: F, theirs: F) -> Came<F> {
    if theirs.is_blank() || ours == theirs {
        return Came::Nothing;
    }
    match theirs.facts().join {
        Join::Keep => Came::Nothing,
        _ if ours.is_blank() => Came::New(theirs),
        Join::Union => match ours.clone().join(theirs) {
            Joined::One(both) if both != ours => Came::New(both),
            Joined::One(_) | Joined::Two(..) => Came::Nothing,
        },
        // Of two texts, one that holds the other says all that both say.
        Join::Append => match ours.clone().join(theirs.clone()) {
            Joined::One(both) if both == ours => Came::Nothing,
            Joined::One(both) if both == theirs => Came::New(theirs),
            Joined::One(_) | Joined::Two(..) => Came::Other(theirs),
        },
        Join::Fill | Join::Ask => Came::Other(theirs),
    }
}

impl ReadReport {
    /// Lists a field that is another one in the file.
    pub(super) fn differs<F: InWords>(
        &mut self,
        about: &str,
        ours: &F,
        theirs: &F,
        stays: Stays,
        tx: &Tx<'_>,
    ) {
        let words = Words::of(tx.session);
        self.differing.push(Difference {
            about: truncate(about, NAME).into_owned(),
            field: ours.label(),
            here: ours.words(&words),
            there: theirs.words(&words),
            stays,
        });
    }
}
