//! Which chapters of a book are meant.

use super::Chapter;
use crate::reader::input::error::ReadError;

/// Chapters that an error names at most.
const NAMED: usize = 12;

/// The chapters asked for, in the book's order, counted from 0: numbers from 1 (`2`, `1,3-5`), else a title, else words
/// of one title, whatever their case.
///
/// # Errors
/// [`ReadError::NoChapter`], [`ReadError::ManyChapters`]; both name the chapters to choose from.
pub(super) fn choose(
    asked: &str,
    chapters: &[&Chapter],
    name: &str,
) -> Result<Vec<usize>, ReadError> {
    let asked = asked.trim();
    let missing = |what: &str| ReadError::NoChapter {
        name: name.into(),
        chapter: what.to_string(),
        known: known(chapters),
    };
    if let Some(ranges) = numbers(asked) {
        let mut chosen = Vec::new();
        for (first, last) in ranges {
            let fits = |n: usize| (1..=chapters.len()).contains(&n);
            if let Some(wrong) = [first, last].into_iter().find(|n| !fits(*n)) {
                return Err(missing(&wrong.to_string()));
            }
            chosen.extend(first - 1..last);
        }
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() {
            return Err(missing(asked));
        }
        return Ok(chosen);
    }
    let small = asked.to_lowercase();
    let with = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let all = chapters.iter().enumerate();
        all.filter(|(_, c)| fits(&c.title.to_lowercase()))
            .map(|(n, _)| n)
            .collect()
    };
    let same = with(&|title| !small.is_empty() && title == small);
    let found = match same.is_empty() {
        true => with(&|title| !small.is_empty() && title.contains(&small)),
        false => same,
    };
    match found.as_slice() {
        [] => Err(missing(asked)),
        [_] => Ok(found),
        _ => Err(ReadError::ManyChapters {
            name: name.into(),
            chapter: asked.to_string(),
            known: named(found.iter().filter_map(|n| Some((*n, *chapters.get(*n)?)))),
        }),
    }
}

/// Numbers and ranges with commas between them; none where these are words.
fn numbers(asked: &str) -> Option<Vec<(usize, usize)>> {
    asked
        .split(',')
        .map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
        })
        .collect()
}

fn known(chapters: &[&Chapter]) -> String {
    match chapters.len() {
        0 => "none, the book is empty".to_string(),
        _ => named(chapters.iter().copied().enumerate()),
    }
}

/// `1 (The Pier), 2 (The Boat)`.
fn named<'a>(chapters: impl Iterator<Item = (usize, &'a Chapter)>) -> String {
    let all: Vec<_> = chapters.collect();
    let mut said: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|(n, c)| match c.title.as_str() {
            "" => (n + 1).to_string(),
            title => format!("{} ({title})", n + 1),
        })
        .collect();
    if let Some((n, _)) = all.last().filter(|_| all.len() > NAMED) {
        said.push(format!("… up to {}", n + 1));
    }
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_found_by_numbers_by_title_and_by_words_of_it() {
        let titles = ["The Pier", "The Boat", "Boat", "", "Part 2"];
        let chapters: Vec<Chapter> = titles
            .map(|title| Chapter {
                title: title.into(),
                length: 1,
            })
            .into();
        let chapters: Vec<&Chapter> = chapters.iter().collect();
        let found = |asked| choose(asked, &chapters, "b.epub").map_err(|e| e.to_string());
        for (asked, want) in [
            ("2", vec![1]),
            (" 4,1 ", vec![0, 3]),
            ("1-3,2, 5", vec![0, 1, 2, 4]),
            ("pier", vec![0]),
            ("boat", vec![2]),
            ("part 2", vec![4]),
        ] {
            assert_eq!(found(asked), Ok(want), "{asked}");
        }
        let known = "1 (The Pier), 2 (The Boat), 3 (Boat), 4, 5 (Part 2)";
        for (asked, wrong) in [
            ("6", "6"),
            ("0", "0"),
            ("1-9", "9"),
            ("", ""),
            ("quay", "quay"),
            ("3-2", "3-2"),
        ] {
            let want = format!("b.epub has no chapter {wrong:?}: choose one of {known}");
            assert_eq!(found(asked), Err(want), "{asked}");
        }
        assert_eq!(
            found("the"),
            Err("b.epub has several chapters with \"the\" in their titles: choose one of 1 (The Pier), 2 (The Boat)".into())
        );
    }
}
