//! Steps that are on their way to the disk, and when it is time for an alarm.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long a step may wait for the disk before that is an alarm.
const PATIENCE: Duration = Duration::from_secs(3);

/// The steps that were handed to the keeper and are not known to be saved.
#[derive(Debug, Default)]
pub struct Unsaved {
    steps: VecDeque<(u64, Instant)>,
    /// Whether the alarm was raised; it lasts until everything is saved.
    raised: bool,
}

impl Unsaved {
    /// Step `seq` was handed over.
    pub fn add(&mut self, seq: u64, now: Instant) {
        self.steps.push_back((seq, now));
    }

    /// The steps up to `seq` are saved.
    pub fn saved(&mut self, seq: u64) {
        while self.steps.front().is_some_and(|(first, _)| *first <= seq) {
            self.steps.pop_front();
        }
        self.raised &= !self.steps.is_empty();
    }

    /// Another session is on the screen.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// When the alarm is to be raised; none where nothing waits, or it was.
    pub fn alarm_at(&self) -> Option<Instant> {
        let (_, since) = self.steps.front().filter(|_| !self.raised)?;
        Some(*since + PATIENCE)
    }

    /// The alarm is raised.
    pub fn raise(&mut self) {
        self.raised = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_is_due_once_for_the_step_that_waits_longest() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut unsaved = Unsaved::default();
        assert_eq!(unsaved.alarm_at(), None);
        unsaved.add(1, at(0));
        unsaved.add(2, at(1));
        unsaved.add(3, at(2));
        assert_eq!(unsaved.alarm_at(), Some(at(3)));
        unsaved.saved(2);
        assert_eq!(unsaved.alarm_at(), Some(at(5)));
        unsaved.raise();
        unsaved.add(4, at(9));
        unsaved.saved(3);
        assert_eq!(unsaved.alarm_at(), None, "it lasts until all is saved");
        unsaved.saved(4);
        unsaved.add(5, at(20));
        assert_eq!(unsaved.alarm_at(), Some(at(23)));
        unsaved.forget();
        assert_eq!(unsaved.alarm_at(), None);
    }
}
