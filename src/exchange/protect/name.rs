//! The name of a person taken apart: what of it names the person by itself.

use super::needle::{NeedleRule, Needles, describe, halves, spellings};
use super::words::{common, folded};

/// One word of a name.
struct Word<'a> {
    text: &'a str,
    /// Its letters.
    folded: String,
    given: bool,
}

/// Adds what a person called `name` is known by; `inflects` where the article's language changes the ends of names.
pub(super) fn person(needles: &mut Needles, name: &str, inflects: bool) {
    let (name, nicknames) = without_nicknames(name);
    // "Oduya, Mara" is Mara Oduya.
    let turned = name
        .split_once(',')
        .map(|(last, first)| format!("{first} {last}"));
    let name = turned.as_deref().unwrap_or(&name);
    let bare = |w: &'_ str| -> bool { !folded(w).is_empty() };
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|w| bare(w))
        .map(trim)
        .collect();
    // "al-Qadhafi" has a capital too.
    let capital = |w: &str| !w.starts_with(char::is_lowercase) || w.contains(char::is_uppercase);
    // "The foreman" has a capital and is no name.
    let article = usize::from(
        words.len() > 1 && words.first().is_some_and(|w| common(&folded(w)).function()),
    );
    let small = !words.iter().skip(article).any(|w| capital(w));
    if small && (words.len() > 3 || words.iter().any(|w| common(&folded(w)).any())) {
        describe(needles, name);
        return;
    }
    let last = words.len().saturating_sub(1);
    // What is written small before the first capital says what somebody is; behind it, it is a name written small.
    let first = words.iter().position(|w| capital(w)).unwrap_or(0);
    let named: Vec<Word<'_>> = words
        .iter()
        .enumerate()
        .filter(|(n, w)| {
            let is = common(&folded(w));
            let alone = words.len() == 1;
            let joins = is.particle() && *n != last && *n != 0;
            alone || joins || ((small || *n >= first) && !is.title())
        })
        .map(|(n, w)| Word {
            text: w,
            folded: folded(w),
            given: n != last,
        })
        .collect();
    let initials: String = named
        .iter()
        .filter_map(|w| w.folded.chars().next())
        .collect();
    needles.initials = initials.into();
    whole(needles, &named, name);
    let alone = named.len() == 1;
    for (n, w) in named.iter().enumerate() {
        let between = common(&w.folded).particle() && n != 0 && n + 1 != named.len();
        if !between {
            part(
                needles,
                w.text,
                w.given && !alone,
                inflects,
                alone && words.len() == 1,
            );
        }
    }
    for nickname in &nicknames {
        nickname
            .split_whitespace()
            .for_each(|w| part(needles, w, true, inflects, false));
        if let Some(last) = named.last() {
            needles.spell(&[nickname, last.text], NeedleRule::Name, false);
        }
    }
    handles(needles, &named);
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The name without what stands in brackets and quotes, and that.
fn without_nicknames(name: &str) -> (String, Vec<String>) {
    let (mut rest, mut inside) = (String::new(), vec![String::new()]);
    let mut depth = 0usize;
    let open = |c| matches!(c, '(' | '[' | '“' | '„' | '«' | '"');
    let close = |c| matches!(c, ')' | ']' | '”' | '»' | '"');
    for c in name.chars() {
        if depth > 0 && close(c) || (depth > 0 && c == '“') {
            depth -= 1;
            inside.push(String::new());
            rest.push(' ');
        } else if open(c) {
            depth += 1;
        } else if depth > 0 {
            inside.last_mut().into_iter().for_each(|s| s.push(c));
        } else {
            rest.push(c);
        }
    }
    inside.retain(|s| !folded(s).is_empty());
    // A name that stands in quotes as a whole is no nickname.
    match folded(&rest).is_empty() {
        true => (inside.join(" "), Vec::new()),
        false => (rest, inside),
    }
}

/// Adds the whole name: as it is, turned round, and without what stands between its first and its last word.
fn whole(needles: &mut Needles, named: &[Word<'_>], name: &str) {
    let all: Vec<&str> = named.iter().map(|w| w.text).collect();
    if all.len() < 2 {
        // "Nurse A": the title is all that makes it a name.
        let words: Vec<&str> = name
            .split_whitespace()
            .map(trim)
            .filter(|w| !w.is_empty())
            .collect();
        if words.len() > 1 {
            needles.spell(&words, NeedleRule::Proper, false);
        }
        return;
    }
    let plain = |w: &Word<'_>| w.folded.chars().count() == 1 || common(&w.folded).function();
    let rule = match named.iter().all(plain) {
        true => NeedleRule::Proper,
        false => NeedleRule::Name,
    };
    let mut orders = vec![all.clone()];
    if let (Some(first), Some(last)) = (all.first(), all.last()) {
        orders.push(vec![first, last]);
        orders.push(vec![last, first]);
        let turned: Vec<&str> = std::iter::once(last)
            .chain(&all[..all.len() - 1])
            .copied()
            .collect();
        orders.push(turned);
    }
    // "Ní Dhomhnaill" of "Siobhán Ní Dhomhnaill".
    for length in 2..all.len() {
        orders.extend(all.windows(length).map(<[&str]>::to_vec));
    }
    for order in orders {
        needles.spell(&order, rule, false);
    }
}

/// Adds one word of a name, and its halves.
fn part(needles: &mut Needles, word: &str, given: bool, inflects: bool, alone: bool) {
    let mut pieces = vec![word];
    let halves = halves(word);
    if halves.len() > 1 {
        needles.spell(&[word], NeedleRule::Name, false);
        pieces = halves;
    }
    for piece in pieces {
        for letters in spellings(piece) {
            let is = common(&letters);
            let length = letters.chars().count();
            let rule = match length {
                1 if alone => NeedleRule::Letter,
                1 => continue,
                _ if is.function() || is.particle() => NeedleRule::Function,
                _ if is.ordinary() || is.title() => NeedleRule::Ordinary,
                ..4 if letters.is_ascii() => NeedleRule::Short,
                _ => NeedleRule::Part,
            };
            needles.letters(&[&letters], rule, given);
            if alone && matches!(rule, NeedleRule::Ordinary | NeedleRule::Function) {
                needles.letters(&[&letters], NeedleRule::Doubtful, given);
            }
            if matches!(rule, NeedleRule::Part | NeedleRule::Short) && letters.is_ascii() {
                for stem in stems(&letters, given, inflects) {
                    needles.letters(&[&stem], NeedleRule::Stem, given);
                }
            }
        }
    }
}

/// The beginnings of a name that stay when its end changes: Kowalsk-a, -iej; Mark-a of Marek; Monic-e of Monika.
fn stems(name: &str, given: bool, inflects: bool) -> Vec<String> {
    // Petra is not Petri, nor Maria Marie, where nobody inflects names.
    let least = match (inflects, given) {
        (true, _) => 2,
        (false, false) => 4,
        (false, true) => 5,
    };
    if !inflects && name.len() < 5 {
        return Vec::new();
    }
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut stems = Vec::new();
    let base = name.trim_end_matches(vowel);
    let cut = match base.len() + 1 == name.len() {
        true => base,
        false if name.ends_with(vowel) => &name[..name.len() - 1],
        false => name,
    };
    stems.push(cut.to_string());
    for ending in ["us", "is", "as", "os"] {
        stems.extend(name.strip_suffix(ending).map(String::from));
    }
    if inflects {
        let bytes = name.as_bytes();
        if let [.., e, last] = bytes
            && matches!(e, b'e' | b'o')
            && !vowel(*last as char)
        {
            let stem = &name[..name.len() - 2];
            stems.push(format!("{stem}{}", *last as char));
        }
        for (hard, soft) in [
            ("k", "c"),
            ("g", "dz"),
            ("g", "z"),
            ("r", "rz"),
            ("ch", "sz"),
            ("h", "z"),
            ("d", "dzi"),
            ("t", "ci"),
        ] {
            stems.extend(cut.strip_suffix(hard).map(|s| format!("{s}{soft}")));
        }
    }
    stems.retain(|s| s.len() >= least);
    stems
}

/// Adds the joined forms of addresses: `pli`, `li.p`, and the initials.
fn handles(needles: &mut Needles, named: &[Word<'_>]) {
    let [given @ .., last] = named else { return };
    if given.is_empty() {
        return;
    }
    let first = |w: &Word<'_>| {
        w.folded
            .chars()
            .next()
            .map(String::from)
            .unwrap_or_default()
    };
    for surname in spellings(last.text) {
        let initials: String = given.iter().map(first).collect();
        for g in given.iter().map(first).chain([initials]) {
            needles.letters(&[&g, &surname], NeedleRule::Handle, false);
            needles.letters(&[&surname, &g], NeedleRule::Handle, false);
        }
    }
    for g in given.iter().filter(|g| !common(&g.folded).particle()) {
        needles.letters(&[&g.folded, &first(last)], NeedleRule::Handle, false);
    }
    let initials: Vec<String> = named.iter().map(first).collect();
    needles.letters(
        &initials.iter().map(String::as_str).collect::<Vec<_>>(),
        NeedleRule::Initials,
        false,
    );
}
