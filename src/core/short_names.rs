//! What sources are called where there is little room: the short form that the article itself uses, each name once.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::display::{clean, truncate_with, width};
use super::fold::folded;
use super::ids::SourceId;
use super::model::Session;
use super::proposal::Proposals;
use super::text::ArticleText;

/// The widest column that names are fitted into, in cells.
pub const WIDEST: u16 = 32;
/// Of so many places that name a source the short form is looked for; the later ones repeat it.
const LOOKED_AT: usize = 64;

/// A name, by its place among all of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameNumber(u32);

/// The short names of all sources of an article, taken up and proposed. A record that was taken up as it was proposed has
/// one name with the proposal. No two names are the same.
#[derive(Clone, Debug)]
pub struct ShortNames {
    names: Vec<String>,
    by_source: HashMap<SourceId, NameNumber>,
    by_proposed: Vec<NameNumber>,
    /// The names as they fit into a column, by its width, with a mark of one cell and of three.
    fitted: [Vec<OnceLock<Vec<String>>>; 2],
}

impl ShortNames {
    /// The short names of all sources of `session` and of `proposals`, whose offsets count in `text`.
    pub fn new(session: &Session, proposals: &Proposals, text: &ArticleText) -> Self {
        let mut found = Found::default();
        let by_proposed = proposals
            .sources
            .iter()
            .map(|s| {
                let words = s.mentions.iter().take(LOOKED_AT);
                found.add(&s.name, words.map(|m| text.slice(*m).to_string()))
            })
            .collect();
        let mut named: HashMap<SourceId, Vec<String>> = HashMap::new();
        for a in session.attributions.values() {
            if let (Some(source), false) = (a.source, a.source_span.is_empty()) {
                let words = named.entry(source).or_default();
                if words.len() < LOOKED_AT {
                    words.push(text.exact(&a.source_span));
                }
            }
        }
        let by_source = session
            .sources
            .iter()
            .filter(|(_, s)| !s.name.trim().is_empty())
            .map(|(id, s)| {
                let words = named.remove(id).unwrap_or_default();
                (*id, found.add(&s.name, words.into_iter()))
            })
            .collect();
        let room = || (0..=WIDEST).map(|_| OnceLock::new()).collect();
        Self {
            names: found.short(),
            by_source,
            by_proposed,
            fitted: [room(), room()],
        }
    }

    /// The name of a source of the session; none where it has no name.
    pub fn of_source(&self, source: SourceId) -> Option<NameNumber> {
        self.by_source.get(&source).copied()
    }

    /// The name of proposed source `n`.
    pub fn of_proposed(&self, n: u32) -> Option<NameNumber> {
        self.by_proposed.get(n as usize).copied()
    }

    /// The name in full length.
    pub fn name(&self, n: NameNumber) -> &str {
        self.names.get(n.0 as usize).map_or("", String::as_str)
    }

    /// The name in `room` cells, cut at a word where that is possible, with `mark` ("…", or "..." in ASCII) for what is
    /// left out; no other name is shown the same in that room, from eight cells on.
    pub fn fitted(&self, n: NameNumber, room: u16, mark: &'static str) -> &str {
        let of_mark = &self.fitted[usize::from(mark.len() == 3 && mark.is_ascii())];
        let Some(of_room) = of_mark.get(usize::from(room.min(WIDEST))) else {
            return "";
        };
        let all = of_room.get_or_init(|| fit_all(&self.names, usize::from(room.min(WIDEST)), mark));
        all.get(n.0 as usize).map_or("", String::as_str)
    }
}

/// The names found so far with the words that the article has for them.
#[derive(Default)]
struct Found {
    names: Vec<(String, Vec<String>)>,
    at: HashMap<String, NameNumber>,
}

impl Found {
    fn add(&mut self, name: &str, words: impl Iterator<Item = String>) -> NameNumber {
        let name = clean(name);
        let next = NameNumber(self.names.len() as u32);
        let n = *self.at.entry(folded(&name)).or_insert(next);
        if n == next {
            self.names.push((name, Vec::new()));
        }
        if let Some((name, forms)) = self.names.get_mut(n.0 as usize) {
            for word in words {
                let word = clean(&word);
                let word = bare(&word);
                if is_short_form(word, name) && !forms.iter().any(|f| f == word) {
                    forms.push(word.to_string());
                }
            }
        }
        n
    }

    /// The short form of each name: the shortest that the article uses for it and for nobody else.
    fn short(self) -> Vec<String> {
        let mut claims: HashMap<String, usize> = HashMap::new();
        for (name, forms) in &self.names {
            let all = forms.iter().map(String::as_str).chain([bare(name)]);
            let all: HashSet<String> = all.map(folded).collect();
            for form in all {
                *claims.entry(form).or_default() += 1;
            }
        }
        let mut taken = HashSet::new();
        let mut short = Vec::with_capacity(self.names.len());
        for (name, mut forms) in self.names {
            forms.sort_by_key(|f| f.chars().count());
            let own = |f: &str| claims.get(&folded(f)).is_none_or(|n| *n == 1);
            let whole = [bare(&name).to_string(), name.clone()];
            let form = forms.into_iter().chain(whole).find(|f| own(f));
            short.push(not_taken(form.unwrap_or(name), &mut taken));
        }
        short
    }
}

/// `name`, else `name 2`, `name 3` …: the first that is not taken yet.
fn not_taken(name: String, taken: &mut HashSet<String>) -> String {
    if taken.insert(folded(&name)) {
        return name;
    }
    let numbered = (2..).map(|n| format!("{name} {n}"));
    let mut free = numbered.skip_while(|n| taken.contains(&folded(n)));
    let free = free.next().unwrap_or_default();
    taken.insert(folded(&free));
    free
}

/// The name without an article at its beginning.
fn bare(name: &str) -> &str {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let article = matches!(first, "the" | "The" | "a" | "A" | "an" | "An");
    if article && !rest.is_empty() {
        rest
    } else {
        name
    }
}

fn tokens(words: &str) -> Vec<&str> {
    let parts = words.split_whitespace();
    let parts = parts.map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    parts.filter(|w| !w.is_empty()).collect()
}

/// Whether `word` is a shorter way to say `name`: a part of it with a capital, or its initials.
fn is_short_form(word: &str, name: &str) -> bool {
    let (short, long) = (tokens(word), tokens(name));
    let capital = |w: &&str| w.chars().next().is_some_and(|c| !c.is_lowercase());
    if short.is_empty() || word.chars().count() < 2 || short.len() > long.len() {
        return false;
    }
    let honorific = ["mr", "mrs", "ms", "dr", "sir", "prof", "gen", "sen", "rep"];
    let part = short.len() < long.len() && long.windows(short.len()).any(|w| w == short);
    if part {
        let last = short.last().map(|w| w.to_lowercase()).unwrap_or_default();
        return short.iter().any(capital) && !honorific.contains(&last.as_str());
    }
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let initials: String = long
        .iter()
        .filter(|w| capital(w))
        .filter_map(|w| w.chars().next())
        .collect();
    short.len() == 1
        && letters.chars().count() > 1
        && letters.chars().all(char::is_uppercase)
        && letters == initials
}

/// Every name in `room` cells, none like another.
fn fit_all(names: &[String], room: usize, mark: &str) -> Vec<String> {
    // What fits as it is comes first, so that no cut name takes its place.
    let mut taken: HashSet<String> = names.iter().filter(|n| width(n) <= room).cloned().collect();
    let mut out = Vec::with_capacity(names.len());
    for name in names {
        if width(name) <= room {
            out.push(name.clone());
            continue;
        }
        let ways = [cut(name, room, mark), cut(&initialled(name), room, mark)];
        let way = ways.into_iter().find(|w| !taken.contains(w));
        let way = way.unwrap_or_else(|| numbered(name, room, mark, &taken));
        taken.insert(way.clone());
        out.push(way);
    }
    out
}

/// The name with a number at its end, the first that is not taken.
fn numbered(name: &str, room: usize, mark: &str, taken: &HashSet<String>) -> String {
    let mut tried = (2..10_000).map(|n| {
        let n = n.to_string();
        let left = room.saturating_sub(n.len());
        format!("{}{n}", truncate_with(name, left, mark))
    });
    tried.find(|t| !taken.contains(t)).unwrap_or_default()
}

/// `name` in `room` cells: whole words and the mark, where at least half of the room is filled so.
fn cut(name: &str, room: usize, mark: &str) -> String {
    if width(name) <= room {
        return name.to_string();
    }
    let left = room.saturating_sub(width(mark));
    let ends = name.match_indices(' ').map(|(at, _)| at);
    let fits = ends.take_while(|at| width(&name[..*at]) <= left).last();
    match fits {
        Some(at) if 2 * width(&name[..at]) >= room => format!("{}{mark}", &name[..at]),
        _ => truncate_with(name, room, mark).into_owned(),
    }
}

/// The name with its first word as an initial: `N. Korean spokesman`.
fn initialled(name: &str) -> String {
    match (name.chars().next(), name.split_once(' ')) {
        (Some(first), Some((_, rest))) => format!("{first}. {rest}"),
        _ => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn short(names: &[(&str, &[&str])]) -> Vec<String> {
        let mut found = Found::default();
        for (name, words) in names {
            found.add(name, words.iter().map(|w| w.to_string()));
        }
        found.short()
    }

    #[test]
    fn a_short_name_is_the_one_that_the_article_uses() {
        let names = short(&[
            (
                "John Kirby",
                &["John Kirby", "Kirby", "He", "the spokesman"],
            ),
            (
                "Korean Central News Agency",
                &["the Korean Central News Agency", "KCNA", "the agency"],
            ),
            ("the Commerce Department", &["the Commerce Department"]),
            ("Mara Oduya", &["Mara Oduya"]),
            ("Dr. Pia Lund", &["Dr. Pia Lund", "Dr. Lund", "Dr."]),
        ]);
        assert_eq!(
            names,
            [
                "Kirby",
                "KCNA",
                "Commerce Department",
                "Mara Oduya",
                "Pia Lund"
            ]
            .map(|n| if n == "Pia Lund" { "Dr. Pia Lund" } else { n })
        );
    }

    #[test]
    fn what_two_are_called_names_neither() {
        let names = short(&[
            ("John Kirby", &["Kirby"]),
            ("Anna Kirby", &["Kirby"]),
            ("The Board", &[]),
            ("the board", &[]),
        ]);
        assert_eq!(names, ["John Kirby", "Anna Kirby", "Board"]);
    }

    #[test]
    fn a_name_is_cut_at_a_word_and_no_two_look_the_same() {
        let names = [
            "Norvik City Council",
            "Norvik City Court",
            "Norvik City Court of Appeal",
            "Kell",
            "North Korean spokesman",
        ]
        .map(String::from);
        assert_eq!(
            fit_all(&names, 12, "…"),
            ["Norvik City…", "N. City…", "Norvik Cit…2", "Kell", "North…"]
                .map(|n| if n == "North…" { "North Korea…" } else { n })
        );
    }

    proptest! {
        #[test]
        fn fitted_names_fit_and_differ(
            names in prop::collection::hash_set("[A-C]{1,3}( [a-c]{1,6}){0,4}", 1..40),
            room in 8usize..30,
            ascii: bool,
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let fitted = fit_all(&names, room, if ascii { "..." } else { "…" });
            let different: HashSet<_> = fitted.iter().collect();
            prop_assert_eq!(different.len(), names.len());
            for f in &fitted {
                prop_assert!(width(f) <= room, "{} in {}", f, room);
            }
        }
    }
}
