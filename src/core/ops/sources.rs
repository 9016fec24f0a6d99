//! Sources: one record each, found by its names, merged when two turn out to be one.
//!
//! A name that a record has lost, by a change of name or by a merge, stays with it: the article goes on using it.

use crate::core::derived;
use crate::core::fold::{folded, spaced};
use crate::core::ids::*;
use crate::core::model::*;
use crate::core::text::ArticleText;
use crate::core::tx::Tx;

/// The source called `name` (case, white space and the writing of accents aside), or known by it, made with `fill` if there is none.
pub fn source_named(tx: &mut Tx<'_>, name: &str, fill: impl FnOnce(&mut Source)) -> SourceId {
    let name = spaced(name);
    if let Some(known) = source_known(tx.session, &folded(&name)) {
        return known;
    }
    let id = tx.id();
    create_source(tx, id, name, fill)
}

/// As [`source_named`], for a name that was proposed for the current `text`: who else takes it up makes the same record.
pub fn source_proposed(
    tx: &mut Tx<'_>,
    text: &ArticleText,
    name: &str,
    fill: impl FnOnce(&mut Source),
) -> SourceId {
    let name = spaced(name);
    let key = folded(&name);
    if let Some(known) = source_known(tx.session, &key) {
        return known;
    }
    let hash = tx.session.text_sha256(tx.session.version());
    let derived = derived::source(&hash, text, &key);
    let id = tx.source_id(derived);
    create_source(tx, id, name, fill)
}

fn source_known(session: &Session, key: &str) -> Option<SourceId> {
    let all = || session.sources.values();
    let called = all().find(|s| folded(&s.name) == key);
    let known = || all().find(|s| s.also_called.iter().any(|n| folded(n) == key));
    called.or_else(known).map(|s| s.id)
}

fn create_source(
    tx: &mut Tx<'_>,
    id: SourceId,
    name: String,
    fill: impl FnOnce(&mut Source),
) -> SourceId {
    let mut record = Source::unnamed(id);
    fill(&mut record);
    record.name = name;
    tx.create_source(record);
    id
}

/// Gives `source` another name; the former one stays among the names that it is known by.
pub fn rename_source(tx: &mut Tx<'_>, source: SourceId, name: &str) {
    let Some(record) = tx.session.sources.get(&source) else {
        return;
    };
    let former = std::slice::from_ref(&record.name);
    let names = other_names(name, record.also_called.iter().chain(former));
    tx.set_source(&source, SourceField::AlsoCalled(names.into()));
    tx.set_source(&source, SourceField::Name(spaced(name)));
}

/// The `names` besides `name`, each once, case aside.
pub(super) fn other_names<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a String>,
) -> Vec<String> {
    let mut seen = vec![folded(&spaced(name))];
    let mut others = Vec::new();
    for other in names.into_iter().map(|n| spaced(n)) {
        let key = folded(&other);
        if !key.is_empty() && !seen.contains(&key) {
            seen.push(key);
            others.push(other);
        }
    }
    others
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::merge_sources;
    use super::*;
    use crate::core::join::Answer;
    use crate::core::testing::stamp;
    use uuid::Uuid;

    #[test]
    fn names_that_a_record_loses_stay_with_it_and_undo_takes_them_back() {
        let mut session = Session::new(SessionId(Uuid::nil()), "s", Time::UNIX_EPOCH);
        let before = session.clone();
        let stamp = stamp();
        let mut n = 10;
        let mut ids = || {
            n += 1;
            Uuid::from_u128(n)
        };
        let mut tx = Tx::new(&mut session, stamp, &mut ids);
        let falk = source_named(&mut tx, " Rina  Falk ", |_| {});
        rename_source(&mut tx, falk, "Nurse A");
        assert_eq!(source_named(&mut tx, "rina falk", |_| {}), falk);
        rename_source(&mut tx, falk, "rina falk");
        let names = |tx: &Tx<'_>| tx.session.sources[&falk].also_called.clone();
        assert_eq!(names(&tx), ["Nurse A"]);
        let other = source_named(&mut tx, "R. Falk", |_| {});
        rename_source(&mut tx, other, "Frau Falk");
        merge_sources(
            &mut tx,
            other,
            falk,
            |_| Answer::Both,
            &crate::core::labels::DEFAULT,
        );
        assert_eq!(names(&tx), ["Frau Falk", "Nurse A", "R. Falk"]);
        assert_eq!(source_named(&mut tx, "frau falk", |_| {}), falk);
        let ines = source_named(&mut tx, "In\u{ea}s Sim\u{f5}es", |_| {});
        let decomposed = "INE\u{302}S Simo\u{303}es";
        assert_eq!(source_named(&mut tx, decomposed, |_| {}), ines);
        tx.cancel();
        assert_eq!(session.sources, before.sources);
    }
}
