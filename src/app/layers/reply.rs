//! What a layer answers to a key. A layer knows nothing of what it lies over but its type.

use crate::app::msg::Effect;
use crate::app::refusal::Done;

/// What layers lie over, and act on.
pub trait Host {
    /// What is left to be done of something that was asked for; where it was refused, the refusal is said.
    fn said(&mut self, done: Done) -> Vec<Effect>;
}

/// What is to happen to the state once a layer has answered.
pub type Then<S> = Box<dyn FnOnce(&mut S) -> Done + Send>;

/// What a layer answers to a key.
pub enum Reply<S> {
    /// Nothing of the layer's: the key may mean something elsewhere.
    Ignored,
    /// It was taken; the layer stays.
    Stay,
    /// The layer goes.
    Close,
    /// The layer goes, then this happens.
    Then(Then<S>),
    /// This happens, and the layer stays.
    Also(Then<S>),
}

impl<S> Reply<S> {
    /// The layer goes, then `work` happens.
    pub fn then(work: impl FnOnce(&mut S) -> Done + Send + 'static) -> Self {
        Self::Then(Box::new(work))
    }

    /// `work` happens, and the layer stays.
    pub fn also(work: impl FnOnce(&mut S) -> Done + Send + 'static) -> Self {
        Self::Also(Box::new(work))
    }
}
