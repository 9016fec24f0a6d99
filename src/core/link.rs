//! Whether a store that several people share can be reached.

/// Whether the shared store can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum StoreLink {
    /// It can, or there is none.
    #[default]
    Up,
    /// It cannot: steps are kept on this machine until it can.
    Down,
}
