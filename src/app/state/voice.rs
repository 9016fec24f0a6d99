//! Which of a row's voices the keys act on.

use super::bench::Bench;
use crate::core::rows::RowKey;

impl Bench {
    /// The voice of the current row that every voice key acts on, counted from 0 in the order of
    /// [`crate::core::model::Session::attributions_of`]; the first until another one is chosen.
    pub fn chosen_voice(&self) -> usize {
        self.voice.min(self.voice_count().saturating_sub(1))
    }

    /// How many voices the current row has; of a row that is not taken up, how many taking it up would give it.
    pub fn voice_count(&self) -> usize {
        let check = self.check();
        match self.cursor() {
            RowKey::Claim(c) => check.attributions(*c).count(),
            RowKey::Proposal(n) => check.proposals().attributions_of(*n).count().max(1),
            RowKey::Statement(_) | RowKey::Block(_) => 1,
        }
    }
}
