//! Which field is in which format: found out by changing each field of each record and writing every format again.
//!
//! `docs/fields.md` holds what is found, with what else `record!` says of the field, so that a field more is decided for
//! every format, and a format that begins or ceases to hold one is seen.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use super::FORMATS;
use super::fixture::{Fixture, at};
use crate::core::facts::{Blind, Edited, Exchange, Facts, Search, Signed};
use crate::core::handover::{ExportOptions, Protected};
use crate::core::ids::{CheckerId, EvidenceId};
use crate::core::join::{Join, Record};
use crate::core::kind::Kind;
use crate::core::model::*;
use crate::core::set::Set;
use crate::core::vocabulary::*;

/// The rich fixture with at least two values in every field of every kind of record.
fn diverse() -> Fixture {
    let mut f = Fixture::rich();
    let other = Stamp {
        at: at() + jiff::SignedDuration::from_secs(90),
        by: CheckerId::of("Ben"),
    };
    f.session.checkers.push(Checker {
        id: other.by.clone(),
        name: "Ben".into(),
    });
    let claim = f.session.claims.values_mut().next().unwrap();
    claim.proposed = Set::one(ClaimKey::ClaimType);
    (claim.created, claim.updated) = (other.clone(), other);
    let voice = f.session.attributions.values_mut().next().unwrap();
    voice.proposed = Set::one(AttributionKey::Stance);
    let statement = f.session.statements.values_mut().next().unwrap();
    statement.block = BlockKind::Headline;
    statement.why = "a number".into();
    let source = f
        .session
        .sources
        .values_mut()
        .find(|s| s.name == "Mara Oduya")
        .unwrap();
    source.affiliation = "Kell Forward".into();
    source.contact = "mara@example.org".into();
    source.note = "answers at night".into();
    source.independence_group = "council".into();
    source.protect_identity = true;
    source.also_called = Set::one("the opposition leader".into());
    let council = source.id;
    let id = EvidenceId(f.id());
    let more = Evidence {
        id,
        kind: EvidenceKind::InterviewOrCall,
        source: Some(council),
        title: "Minutes of March".into(),
        url: Some("https://minutes.example.net/3".into()),
        archived_url: None,
        accessed_at: Some("2026-11-01".into()),
        published_at: Some("2021-03-02".into()),
        contact: Some(Contact {
            who: "Tom Reyl".into(),
            at: "2026-11-02".into(),
            how: "by telephone".into(),
            reached: false,
        }),
        calculation: "40 + 40 = 80".into(),
        file: None,
        note: "page 4".into(),
    };
    f.session.evidence.insert(id, more);
    let claim = f.session.claims.values().nth(2).unwrap().id;
    let held = f.hold(claim, id, EvidenceStance::Unrelated);
    let held = f.session.held.get_mut(&held).unwrap();
    held.locator = "p. 900".into();
    held.excerpt = "Eighty million.".into();
    held.credibility = Credibility::Three;
    f
}

/// Every format of the session in bytes; what cannot be written is nothing.
fn written(f: &Fixture) -> Vec<Option<Vec<Vec<u8>>>> {
    let options = ExportOptions {
        protected: Protected::Include,
        ..ExportOptions::default()
    };
    let all = FORMATS.iter().map(|format| {
        let export = f.try_export(format.info.name, &options).ok()?;
        Some(export.files.into_iter().map(|file| file.bytes).collect())
    });
    all.collect()
}

/// The formats whose files change when each record takes the value of `key` that another one has.
fn holding<R: Kind>(
    f: &Fixture,
    before: &[Option<Vec<Vec<u8>>>],
    key: R::Key,
) -> Vec<&'static str> {
    let mut changed = f.clone();
    let mut any = false;
    for record in R::all_mut(&mut changed.session).values_mut() {
        let now = record.value(key);
        let mut others = R::all(&f.session).values().map(|o| o.value(key));
        if let Some(other) = others.find(|o| *o != now) {
            record.put(other);
            any = true;
        }
    }
    assert!(any, "all records have one value of {}", R::word(key));
    changing(before, &changed)
}

/// The formats whose files are others than `before`.
fn changing(before: &[Option<Vec<Vec<u8>>>], f: &Fixture) -> Vec<&'static str> {
    let all = FORMATS.iter().zip(before.iter().zip(written(f)));
    let changed = all.filter(|(format, (a, b))| {
        assert!(b.is_some(), "{} cannot be written", format.info.name);
        *a != b
    });
    changed.map(|(format, _)| format.info.name).collect()
}

/// The rows of one kind of record.
fn rows<R: Kind>(f: &Fixture, before: &[Option<Vec<Vec<u8>>>], page: &mut String) {
    let name = R::NAME;
    let _ = writeln!(page, "\n## {name}\n\n{HEAD}");
    for key in R::KEYS {
        row(page, R::facts(*key), &holding::<R>(f, before, *key));
    }
}

const HEAD: &str =
    "| field | on screen | joins by | edited | blind reading | signed | found by | formats |
|---|---|---|---|---|---|---|---|";

fn row(page: &mut String, facts: &Facts, formats: &[&str]) {
    let Facts {
        word,
        label,
        join,
        edited,
        exchange,
        written: _,
        blind,
        signed,
        search,
    } = facts;
    let carried = formats.contains(&"json");
    assert_eq!(
        carried,
        *exchange == Exchange::Carried,
        "{word} in the JSON"
    );
    if *exchange == Exchange::Kept {
        assert!(formats.is_empty(), "{word} is in {formats:?}");
    }
    let join = match join {
        Join::Keep => "the record's own",
        Join::Fill => "filling",
        Join::Union => "union",
        Join::Append => "both texts",
        Join::Ask => "asking",
    };
    let edited = match edited {
        Edited::Form => "form",
        Edited::Elsewhere => "actions",
        Edited::Never => "",
    };
    let blind = match blind {
        Blind::Carried => "yes",
        Blind::Withheld => "",
    };
    let signed = match signed {
        Signed::Covered => "yes",
        Signed::Exempt => "",
    };
    let search = match search {
        Search::Words => "words".to_string(),
        Search::Key(key) => format!("`{}:`", crate::core::filter::name_of(*key)),
        Search::Never => String::new(),
    };
    let formats = match formats.len() == FORMATS.len() {
        true => "all".to_string(),
        false => formats.join(", "),
    };
    let _ = writeln!(
        page,
        "| `{word}` | {label} | {join} | {edited} | {blind} | {signed} | {search} | {formats} |"
    );
}

/// The article has no second one to take values from.
fn article_rows(f: &Fixture, before: &[Option<Vec<Vec<u8>>>], page: &mut String) {
    let _ = writeln!(page, "\n## article\n\n{HEAD}");
    for key in ArticleKey::ALL {
        let mut changed = f.clone();
        let article = &mut changed.session.article;
        let text = match key {
            ArticleKey::Language => "de".to_string(),
            ArticleKey::PublishedAt => "2020-02-02".into(),
            ArticleKey::Url => "https://zebra.example.org/".into(),
            ArticleKey::Title | ArticleKey::Byline => "zebra".into(),
            ArticleKey::Current => String::new(),
        };
        article.each_text(&mut |k, _, t| {
            if k == *key {
                t.clone_from(&text);
            }
        });
        if *key == ArticleKey::Current {
            article.current = None;
        }
        let formats = changing(before, &changed);
        row(page, key.facts(), &formats);
    }
}

/// Nor has its version.
fn version_rows(f: &Fixture, before: &[Option<Vec<Vec<u8>>>], page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{HEAD}", Version::NAME);
    for key in VersionKey::ALL {
        let mut changed = f.clone();
        for v in changed.session.versions.values_mut() {
            v.set(match key {
                VersionKey::OriginalSha256 => VersionField::OriginalSha256("12".repeat(32)),
                VersionKey::Origin => VersionField::Origin("zebra".into()),
                VersionKey::AddedAt => VersionField::AddedAt(Time::UNIX_EPOCH),
                VersionKey::Reader => VersionField::Reader("zebra-1".into()),
                VersionKey::LeftOut => VersionField::LeftOut("zebra".into()),
            });
        }
        row(page, key.facts(), &changing(before, &changed));
    }
}

#[test]
fn the_page_of_fields_says_what_is_in_which_format() {
    let f = diverse();
    let before = written(&f);
    assert!(before.iter().all(Option::is_some));
    let mut page = String::from(
        "# Fields

What each record of a session holds, and what is true of each field. *Joins by* says what becomes of two values when two
records become one: the text or the set of both, a blank filled, the checker asked, or the value of the record that stays.
*Edited* is how it is changed; empty where the program sets it. *Blind reading* and *signed* say whether a second reader
who must not know the findings is given it, and whether a signature covers it. *Found by* is how the filter finds it.
*Formats* are those of `claimdesk export` whose files change with it. This page is made by a test and compared by it.
",
    );
    article_rows(&f, &before, &mut page);
    version_rows(&f, &before, &mut page);
    rows::<Statement>(&f, &before, &mut page);
    rows::<Claim>(&f, &before, &mut page);
    rows::<Attribution>(&f, &before, &mut page);
    rows::<Source>(&f, &before, &mut page);
    rows::<Evidence>(&f, &before, &mut page);
    rows::<Held>(&f, &before, &mut page);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/fields.md");
    if std::env::var_os("CLAIMDESK_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == page,
        "docs/fields.md is stale; CLAIMDESK_WRITE_DOCS=1 cargo test page_of_fields writes it again"
    );
}

#[test]
fn the_annotated_json_reads_back_what_it_carries() {
    fn all<R: Record>(held: &[R::Key], own: &[R::Key]) {
        for key in R::KEYS {
            let facts = R::facts(*key);
            let carried = facts.exchange == Exchange::Carried && !own.contains(key);
            assert_eq!(held.contains(key), carried, "{}", facts.word);
        }
    }
    let json = super::read::JSON_HOLDS;
    // Where a statement is, and who made and changed a claim, is the record's own.
    all::<Statement>(json.statement, &[StatementKey::Anchor]);
    all::<Claim>(json.claim, &[ClaimKey::Created, ClaimKey::Updated]);
    all::<Attribution>(json.attribution, &[]);
    all::<Source>(json.source, &[]);
    all::<Evidence>(json.evidence, &[]);
    all::<Held>(json.held, &[]);
}
