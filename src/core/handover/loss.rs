//! What an export or an import lost on the way, or made another thing of, bundled by its reason.

use std::collections::HashMap;

/// What became of something on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossFate {
    /// It is not there.
    Lost,
    /// It is there with less than it was.
    Flattened,
    /// It is another one in the session.
    Differing,
    /// It was found elsewhere than the file says.
    Moved,
    /// All of it is there; something about it is good to know.
    Noted,
}

/// What became of all things that share a fate and a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What became of them.
    pub fate: LossFate,
    /// Why, one sentence without a full stop.
    pub reason: String,
    /// The first words of each, of no more than [`Loss::WORDS`].
    pub words: Vec<String>,
    /// How many there are in all.
    pub count: usize,
}

impl Loss {
    /// So many are named at most.
    pub const WORDS: usize = 200;

    /// One thing, which is described by the reason alone.
    pub fn single(fate: LossFate, reason: impl Into<String>) -> Self {
        Self {
            fate,
            reason: reason.into(),
            words: Vec::new(),
            count: 1,
        }
    }

    /// Bundles things by fate and reason, in the order in which the reasons come up. Each is its fate, its reason and its first words.
    pub fn bundled<'n>(
        things: impl IntoIterator<Item = (LossFate, &'n str, &'n str)>,
    ) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut known: HashMap<(LossFate, &str), usize> = HashMap::new();
        for (fate, reason, words) in things {
            let at = *known.entry((fate, reason)).or_insert(all.len());
            if at == all.len() {
                all.push(Self {
                    count: 0,
                    ..Self::single(fate, reason)
                });
            }
            if let Some(loss) = all.get_mut(at) {
                loss.count += 1;
                if loss.words.len() < Self::WORDS {
                    loss.words.push(words.into());
                }
            }
        }
        all
    }

    /// What became of how many, in a word or two.
    pub fn lead(&self) -> String {
        let word = match self.fate {
            LossFate::Lost => "not in it",
            LossFate::Flattened => "shortened",
            LossFate::Differing => "differ",
            LossFate::Moved => "moved",
            LossFate::Noted => return "note".into(),
        };
        match self.count {
            1 => word.into(),
            n => format!("{word} ({n})"),
        }
    }
}
