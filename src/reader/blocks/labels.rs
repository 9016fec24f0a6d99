//! The labels that say whose words follow: of a turn (`[00:04] MS. HOLM:`, `Q`), of a post (`Ada Holm @adaholm · 2h`).

use std::ops::Range;

use super::page::is_short_age;
use super::shape::{beside, is_clock, is_date_word, is_particle, joins_names};

/// The longest label of a turn in bytes.
const LABEL_MAX: usize = 80;
/// The longest head of a post in bytes.
const HEAD_MAX: usize = 120;

/// What a label says of who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labelled {
    /// A name stands there.
    Named,
    /// `Q`: who asks.
    Asks,
    /// `A`: who answers.
    Answers,
}

/// The label at the start of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TurnLabel {
    /// Who speaks.
    pub speaker: Labelled,
    /// The bytes of the name, without times, offices and what stands in brackets; of the letter for `Q` and `A`.
    pub name: Range<usize>,
    /// The byte of the colon, where there is one.
    pub colon: Option<usize>,
    /// The byte at which the words begin.
    pub said: usize,
    /// Whether the name is all capitals, or a number stands in it, as transcripts write it.
    pub shouted: bool,
}

impl TurnLabel {
    /// What two labels of one speaker share: the last word of the name, in lower case.
    pub fn key(&self, words: &str) -> String {
        let name = &words[self.name.clone()];
        let last = name.split_whitespace().next_back().unwrap_or_default();
        // "SPEAKER 3" is another one than "SPEAKER 4".
        match last.bytes().all(|b| b.is_ascii_digit()) {
            true => name.to_lowercase(),
            false => last.to_lowercase(),
        }
    }
}

/// The label that `words`, a block, begins with.
pub(crate) fn turn_label(words: &str) -> Option<TurnLabel> {
    let head = &words[..words.floor_char_boundary(LABEL_MAX)];
    let from = stamp_len(head);
    lettered(words, from).or_else(|| named(words, head, from))
}

/// Bytes of the time at the start: `[00:00:04] `, `(0:41) `, `00:04 `.
fn stamp_len(head: &str) -> usize {
    let open = usize::from(head.starts_with(['[', '(']));
    let clock = head[open..]
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
        .count();
    let mut end = open + clock;
    if open == 1 {
        match head[end..].starts_with([']', ')']) {
            true => end += 1,
            false => return 0,
        }
    }
    let behind = head[end..].trim_start();
    if is_clock(&head[open..open + clock]) && behind.len() < head.len() - end {
        head.len() - behind.len()
    } else {
        0
    }
}

/// `Q: `, `A. `, `Q` and a gap.
fn lettered(words: &str, from: usize) -> Option<TurnLabel> {
    let rest = &words[from..];
    let speaker = match rest.as_bytes().first()? {
        b'Q' => Labelled::Asks,
        b'A' => Labelled::Answers,
        _ => return None,
    };
    let behind = &rest[1..];
    let marked = behind.strip_prefix([':', '.']);
    let gap = marked.unwrap_or(behind);
    let said = gap.trim_start();
    let wide = gap.len() - said.len();
    let fits = match marked {
        Some(_) => wide >= 1,
        None => wide >= 2 || gap.starts_with('\t'),
    };
    (fits && !said.is_empty()).then(|| TurnLabel {
        speaker,
        name: from..from + 1,
        colon: marked.map(|_| from + 1),
        said: words.len() - said.len(),
        shouted: true,
    })
}

/// `MS. HOLM: `, `LARS TVEIT, CHAIR: `, `SPEAKER 3: `.
fn named(words: &str, head: &str, from: usize) -> Option<TurnLabel> {
    let colon = from + memchr::memchr(b':', &head.as_bytes()[from..])?;
    let behind = &words[colon + 1..];
    let said = behind.trim_start();
    if said.is_empty() || said.len() == behind.len() {
        return None;
    }
    let label = &words[from..colon];
    let name = label.split([',', '(', '[']).next()?.trim_end();
    let count = name.split_whitespace().count();
    let fits = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars().all(|c| c.is_alphanumeric() || "-'’.".contains(c))
            || is_particle(w)
    };
    let numbered =
        |n: usize, w: &str| n > 0 && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit());
    if !(1..=5).contains(&count)
        || !name.starts_with(char::is_uppercase)
        || !name
            .split_whitespace()
            .enumerate()
            .all(|(n, w)| fits(w) || numbered(n, w))
    {
        return None;
    }
    let digits = name.contains(|c: char| c.is_ascii_digit());
    Some(TurnLabel {
        speaker: Labelled::Named,
        name: from..from + name.len(),
        colon: Some(colon),
        said: words.len() - said.len(),
        shouted: digits || !name.contains(char::is_lowercase),
    })
}

/// What stands over a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostHead {
    /// The bytes of the author's name, or of the handle where that is all.
    pub name: Range<usize>,
    /// Whether it is a handle alone.
    pub bare: bool,
    /// Whether the post follows a colon.
    pub announces: bool,
}

/// The head of a post that `words`, a block, are: a name, a handle, and when.
pub(crate) fn post_head(words: &str) -> Option<PostHead> {
    if words.len() > HEAD_MAX || !words.contains('@') || words.contains('\n') {
        return None;
    }
    let at = words.find('@')?;
    let handle_end = words[at + 1..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '-')))
        .map_or(words.len(), |n| at + 1 + n);
    let before = words[..at].trim_end_matches(['(', ' ']);
    let fits = |w: &str| {
        w.starts_with(char::is_uppercase) || !w.contains(char::is_alphanumeric) || joins_names(w)
    };
    let named = before.split_whitespace().count() <= 6 && before.split_whitespace().all(fits);
    let spaced = at == 0 || words[..at].ends_with([' ', '(']);
    if handle_end < at + 3 || !named || !spaced {
        return None;
    }
    let when = words[handle_end..]
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '·' | '•' | ',' | '(' | ')' | ':' | '-' | '–' | '—')
        })
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty());
    let mut when = when.peekable();
    let bare = before.is_empty() && when.peek().is_none();
    if !when.all(|w| is_short_age(&w) || is_date_word(&w) || beside(&w)) {
        return None;
    }
    let name_len = before
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.')
        .len();
    Some(PostHead {
        name: if name_len == 0 {
            at..handle_end
        } else {
            0..name_len
        },
        bare,
        announces: words.ends_with(':'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_turns_are_taken_apart() {
        for (words, name, said) in [
            (
                "[00:00:04] ULLA BRANDVOLD, CHAIR: Good evening.",
                "ULLA BRANDVOLD",
                "Good evening.",
            ),
            (
                "00:41 Lars Tveit: Nobody asked us.",
                "Lars Tveit",
                "Nobody asked us.",
            ),
            (
                "SPEAKER 3: [inaudible] we lost 300 jobs.",
                "SPEAKER 3",
                "[inaudible] we lost 300 jobs.",
            ),
            ("Q    Will the board resign?", "Q", "Will the board resign?"),
            ("A: No.", "A", "No."),
            ("MS. BRANDVOLD:  No.", "MS. BRANDVOLD", "No."),
            ("LT: It was quick.", "LT", "It was quick."),
            (
                "TVEIT (through an interpreter): That is not true.",
                "TVEIT",
                "That is not true.",
            ),
        ] {
            let label = turn_label(words);
            let got = label.map(|l| (&words[l.name], &words[l.said..]));
            assert_eq!(got, Some((name, said)), "{words}");
        }
        for words in [
            "A dog barked.",
            "Q fever is rare.",
            "The board said: no.",
            "At 10:40: nothing.",
            "LIVE:",
            "She said it was over: the quay is closed.",
        ] {
            assert_eq!(turn_label(words), None, "{words}");
        }
    }

    #[test]
    fn heads_of_posts_name_their_authors() {
        for (words, name) in [
            ("Ada Holm @adaholm · 2h", "Ada Holm"),
            ("Ivar Moen ✓ @ivarmoen · 1h", "Ivar Moen"),
            (
                "Mayor Ulla Brandvold (@ullabrandvold):",
                "Mayor Ulla Brandvold",
            ),
            ("@adaholm", "@adaholm"),
            ("Ada Holm (@adaholm@social.example) May 5, 2026", "Ada Holm"),
        ] {
            assert_eq!(
                post_head(words).map(|h| &words[h.name]),
                Some(name),
                "{words}"
            );
        }
        for words in [
            "Write to @adaholm for more.",
            "a@b.example",
            "Ada Holm asked @norvikpost on Monday why",
            "@ home",
        ] {
            assert_eq!(post_head(words), None, "{words}");
        }
    }
}
