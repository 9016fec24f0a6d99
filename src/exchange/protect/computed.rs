//! What was computed from words that nobody may read: it is not masked but replaced, since a mask hides what is spelled.
//!
//! A hash over the text, or over a name, confirms whoever guesses the name; and so do the ids that are derived from such
//! hashes. Records are taken apart field by field here, so that one that gets a field more is looked at again.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::core::ids::{SourceId, StatementId, VersionId};
use crate::core::model::*;
use crate::core::text::ArticleText;
use crate::core::veil::Veil;

/// Takes out of `session`, whose masked text is `text`, what was computed from words: hashes go, ids are veiled.
pub(super) fn forget(session: &mut Session, text: &ArticleText, veil: &Veil) {
    forget_hashes(session, text, veil);
    veil_ids(session, veil);
}

/// Of the hashes only that of the text in the export is left. The original, earlier versions and copies of evidence may
/// name a source too, and nobody can look into them here; the size of a copy tells how long the name is.
fn forget_hashes(session: &mut Session, text: &ArticleText, veil: &Veil) {
    name_versions(session, text, veil);
    for v in session.versions.values_mut() {
        let Version {
            id: _,
            original_sha256,
            origin: _,
            added_at: _,
            reader: _,
            left_out: _,
        } = v;
        original_sha256.clear();
    }
    for file in session
        .evidence
        .values_mut()
        .filter_map(|e| e.file.as_mut())
    {
        let EvidenceFile {
            sha256,
            bytes,
            media_type: _,
            name: _,
        } = file;
        sha256.clear();
        *bytes = 0;
    }
}

/// Names the current version by the hash of the text in the export and the others by their numbers alone, wherever a record
/// names one. A statement that was born in another version has a mark that only a veil makes: no other is known of it here.
fn name_versions(session: &mut Session, text: &ArticleText, veil: &Veil) {
    let Some(current) = session.article.current else {
        return;
    };
    let written = VersionId::of_text(text.as_str());
    let names: BTreeMap<VersionId, VersionId> = session
        .numbered()
        .map(|(n, v)| match v.id == current {
            true => (v.id, written),
            false => (v.id, VersionId::numbered(n)),
        })
        .collect();
    let named = |id: VersionId| names.get(&id).copied().unwrap_or(VersionId::NONE);
    let renamed = |id: &mut StatementId| {
        *id = id.with_mark(match id.mark() == current.mark() {
            true => written.mark(),
            false => veil.over_mark(id.mark()),
        });
    };
    session.article.current = Some(named(current));
    renew(&mut session.versions, |v| {
        v.id = named(v.id);
        v.id
    });
    renew(&mut session.statements, |s| {
        renamed(&mut s.id);
        s.anchor.version = named(s.anchor.version);
        s.anchor.statement_id.iter_mut().for_each(renamed);
        s.id.clone()
    });
    for c in session.claims.values_mut() {
        c.statements.change(renamed);
        renamed(&mut c.home);
    }
    for a in session.attributions.values_mut() {
        renamed(&mut a.statement);
    }
}

fn veil_ids(session: &mut Session, veil: &Veil) {
    let hidden: Vec<SourceId> = session
        .sources
        .values()
        .filter(|s| s.protect_identity)
        .map(|s| s.id)
        .collect();
    let over = |id: &mut Uuid| *id = veil.over(*id);
    let source = |id: &mut SourceId| {
        id.0 = match hidden.binary_search(id) {
            // Where its name first stands in the text is the name's affair.
            Ok(_) => veil.over_whole(id.0),
            Err(_) => veil.over(id.0),
        };
    };
    let Session {
        id,
        name: _,
        created_at: _,
        updated_at: _,
        checkers: _,
        article: _,
        versions: _,
        statements: _,
        claims,
        attributions,
        sources,
        evidence,
        held,
        forwards,
        conflicts,
    } = session;
    // No format writes them.
    forwards.clear();
    conflicts.clear();
    over(&mut id.0);
    renew(claims, |c| {
        over(&mut c.id.0);
        c.id
    });
    renew(attributions, |a| {
        over(&mut a.id.0);
        over(&mut a.claim.0);
        a.source.iter_mut().chain(&mut a.via).for_each(source);
        a.about.change(source);
        a.id
    });
    renew(sources, |s| {
        source(&mut s.id);
        s.id
    });
    renew(evidence, |e| {
        over(&mut e.id.0);
        e.source.iter_mut().for_each(source);
        e.id
    });
    renew(held, |h| {
        over(&mut h.id.0);
        over(&mut h.claim.0);
        over(&mut h.evidence.0);
        h.id
    });
}

/// Changes each record, and keeps it under the id that it has afterwards.
fn renew<I: Ord, R>(records: &mut BTreeMap<I, R>, mut change: impl FnMut(&mut R) -> I) {
    let all = std::mem::take(records).into_values();
    *records = all.map(|mut r| (change(&mut r), r)).collect();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::collections::BTreeSet;

    use super::super::tests::strings;
    use super::*;
    use crate::core::derived::{self, Said, Turn};
    use crate::core::handover::{ExportOptions, Protected};
    use crate::core::hash::sha256;
    use crate::core::ids::{AttributionId, ClaimId};
    use crate::core::text::Span;
    use crate::core::vocabulary::{Decision, SourceType};
    use crate::exchange::fixture::Fixture;
    use crate::exchange::read::{self, Incoming, Whose, merge};
    use crate::exchange::{Export, FORMATS};

    const ORIGINAL: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const EARLIER: &str = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    /// The rich session as taking up would have made it, with "Mara Oduya" protected, and with an earlier version of the text.
    fn taken_up() -> Fixture {
        let mut f = Fixture::rich();
        let text = f.session.text_sha256(f.session.version());
        let session = &mut f.session;
        let spans = |session: &Session, c: &Claim| -> Vec<Span> {
            session.statements[&c.home].anchor.spans.clone()
        };
        let before = session.clone();
        let claim = |id: ClaimId| {
            let c = &before.claims[&id];
            derived::claim(&text, &spans(&before, c), Turn::TakenUp)
        };
        let article = f.text.clone();
        let source = |id: SourceId| match before.sources[&id].name.to_lowercase() {
            _ if id == SourceId::ARTICLE => id,
            name => derived::source(&text, &article, &name),
        };
        renew(&mut session.claims, |c| {
            c.id = claim(c.id);
            c.id
        });
        renew(&mut session.attributions, |a| {
            a.claim = claim(a.claim);
            let c = before.statements[&a.statement].anchor.spans.clone();
            let said = Said {
                source: &a.source_span,
                cue: &a.cue,
                content: &a.content,
            };
            a.id = derived::attribution(&text, &c, a.claim, said, 0);
            let said = a.source.iter_mut().chain(&mut a.via);
            said.for_each(|s| *s = source(*s));
            a.about.change(|s| *s = source(*s));
            a.id
        });
        renew(&mut session.sources, |s| {
            s.id = source(s.id);
            s.protect_identity = s.name == "Mara Oduya";
            s.id
        });
        renew(&mut session.evidence, |e| {
            e.source = e.source.map(source);
            // An item that somebody else's program named by the name of its source.
            e.id.0 = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"Mara Oduya");
            e.id
        });
        renew(&mut session.held, |h| {
            h.claim = claim(h.claim);
            h.evidence.0 = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"Mara Oduya");
            h.id
        });
        let now = session.versions.values_mut().next().unwrap();
        now.original_sha256 = ORIGINAL.into();
        let earlier = Version {
            id: EARLIER.parse().unwrap(),
            added_at: now.added_at - jiff::SignedDuration::from_secs(1),
            ..now.clone()
        };
        // A statement that was born in it has moved with the text, and one has not.
        let (early, born) = (earlier.id, session.version());
        session.versions.insert(early, earlier);
        let mut moved = 0;
        renew(&mut session.statements, |s| {
            if s.decision == Decision::Dismissed {
                s.id = s.id.with_mark(early.mark());
                s.anchor.statement_id = Some(s.id.clone());
                s.anchor.version = if moved == 0 { born } else { early };
                moved += 1;
            }
            s.id.clone()
        });
        f
    }

    fn options(protected: Protected) -> ExportOptions {
        ExportOptions {
            protected,
            page_url: Some("https://checks.example.org/1".into()),
            ..ExportOptions::default()
        }
    }

    /// The words of hex digits and hyphens that are long enough to be a hash or an id, and digits of both alone.
    fn computed(export: &Export) -> BTreeSet<String> {
        let report = serde_json::to_string(&export.report).unwrap();
        let all = format!("{}{report}", strings(export)).to_lowercase();
        let words = all.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
        let words = words.filter(|w| w.bytes().filter(u8::is_ascii_hexdigit).count() >= 32);
        words.map(|w| w.trim_matches('-').into()).collect()
    }

    fn is_of_time(word: &str) -> bool {
        word.parse().is_ok_and(|id: Uuid| id.get_version_num() == 7)
    }

    #[test]
    fn no_format_carries_what_was_computed_from_words_that_are_masked() {
        let f = taken_up();
        let mut carried = 0;
        for format in FORMATS {
            let named = f
                .try_export(format.info.name, &options(Protected::Include))
                .unwrap();
            let masked = f
                .try_export(format.info.name, &options(Protected::Redact))
                .unwrap();
            let named: BTreeSet<_> = computed(&named)
                .into_iter()
                .filter(|w| !is_of_time(w))
                .collect();
            let masked = computed(&masked);
            carried += named.len();
            let left: Vec<_> = named.intersection(&masked).collect();
            assert!(left.is_empty(), "{}: {left:?}", format.info.name);
            // As many ids as before: each has one that stands for it.
            let ids =
                |all: &BTreeSet<String>| all.iter().filter(|w| w.parse::<Uuid>().is_ok()).count();
            let others = masked.iter().filter(|w| !is_of_time(w)).cloned().collect();
            assert_eq!(ids(&others), ids(&named), "{}", format.info.name);
        }
        assert!(carried > 200, "{carried}");
    }

    /// Every number that the session has and that was computed from words, as digits.
    fn secrets(f: &Fixture) -> Vec<String> {
        let s = &f.session;
        let ids = (s.claims.keys().map(|id| id.0))
            .chain(s.attributions.keys().map(|id| id.0))
            .chain(s.sources.keys().map(|id| id.0))
            .chain(s.evidence.keys().map(|id| id.0));
        let ids = ids.filter(|id| id.get_version_num() != 7);
        // The last 48 bits alone say enough.
        let ids = ids.map(|id| id.to_string()[24..].to_string());
        let text = s.text_sha256(s.version());
        let hashes =
            [&text, ORIGINAL, EARLIER, &"9f".repeat(32)].map(|h: &str| h[..16].to_string());
        ids.chain(hashes).collect()
    }

    #[test]
    fn no_written_byte_holds_bits_of_a_derived_id_or_of_a_hash() {
        let mut f = taken_up();
        let all = secrets(&f);
        assert!(all.len() > 15);
        for protected in [Protected::Redact, Protected::Refuse] {
            if protected == Protected::Refuse {
                // Nothing but the record names the source: the export needs no mask, and the ids tell no less.
                for a in f.session.attributions.values_mut() {
                    a.source_span.clear();
                }
                let mara = f
                    .session
                    .sources
                    .values_mut()
                    .find(|s| s.protect_identity)
                    .unwrap();
                (mara.name, mara.role) = ("Zuzanna Qvortrup".into(), String::new());
                mara.url = None;
            }
            for format in FORMATS {
                let export = f.try_export(format.info.name, &options(protected)).unwrap();
                let report = serde_json::to_string(&export.report).unwrap();
                let written = format!("{}{report}", strings(&export)).to_lowercase();
                let written = written.replace('-', "");
                // The text that leaves is its own hash's text.
                let mine = protected == Protected::Refuse;
                let mine = mine.then(|| f.session.version().mark().to_string());
                for secret in all.iter().filter(|s| Some(*s) != mine.as_ref()) {
                    assert!(
                        !written.contains(secret),
                        "{} {protected:?}: {secret}",
                        format.info.name
                    );
                }
            }
        }
    }

    #[test]
    fn whoever_guesses_the_name_sees_no_id_that_confirms_it() {
        let f = taken_up();
        let json = |protected| strings(&f.try_export("json", &options(protected)).unwrap());
        let masked = json(Protected::Redact);
        let (gap, guess) = ("██████████", "Mara Oduya");
        let file = &f
            .try_export("json", &options(Protected::Redact))
            .unwrap()
            .files[0];
        let file: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
        let text = file["article"]["text"].as_str().unwrap();
        let role = text.replace("█████████████████████", "leads the opposition.");
        let text = ArticleText::new(role.replace(gap, guess));
        assert_eq!(text.as_str(), f.text.as_str(), "the guess is right");
        let hash = sha256(text.as_str().as_bytes());
        let source = derived::source(&hash, &text, &guess.to_lowercase()).to_string();
        let first = &file["claims"][0]["statement"]["spans"][0];
        let at = |n: usize| first[n].as_u64().unwrap() as u32;
        let claim = derived::claim(&hash, &[Span::new(at(0), at(1))], Turn::TakenUp).to_string();
        let version = crate::core::ids::VersionId::of_text(text.as_str());
        let statement = StatementId::of(version, &[Span::new(at(0), at(1))]).to_string();
        let own = file["article"]["text_sha256"].as_str().unwrap();
        let id = file["claims"][0]["statement"]["statement_id"]
            .as_str()
            .unwrap();
        assert!(
            id.starts_with(&own[..16]),
            "{id}: the mark of the text that leaves"
        );
        let named = json(Protected::Include);
        for known in [&hash, &source, &claim, &statement] {
            assert!(named.contains(known.as_str()), "{known}");
            assert!(!masked.contains(known.as_str()), "{known}");
        }
    }

    #[test]
    fn an_export_under_a_veil_comes_back_to_the_records_that_it_left() {
        let f = taken_up();
        let counts = |s: &Session| {
            let (a, b, c) = (s.claims.len(), s.attributions.len(), s.sources.len());
            (a, b, c, s.statements.len(), s.evidence.len(), s.held.len())
        };
        let stamp = Stamp {
            at: crate::exchange::fixture::at(),
            by: crate::core::ids::CheckerId::of("bea"),
        };
        for name in [
            "json",
            "csv",
            "webannotation",
            "brat",
            "doccano",
            "label-studio",
            "cas-json",
            "xmi",
        ] {
            let format = crate::exchange::format(name).unwrap();
            let mut files = f
                .try_export(name, &options(Protected::Redact))
                .unwrap()
                .files;
            let main = files
                .iter()
                .position(|x| x.name.ends_with(format.info.extension))
                .unwrap();
            let main = if name == "doccano" { 1.max(main) } else { main };
            let mut bytes = files[main].bytes.clone();
            let note = String::from_utf8(bytes).unwrap();
            bytes = note
                .replace(
                    "The minutes of 2 March 2021 say so.",
                    "The minutes say so on page 4.",
                )
                .into();
            read::lift(&f.session, &f.veil, &mut bytes, &mut files);
            let mut next = 0x0190_ffff_0000_7000_8000_0000_0000_0000;
            let mut ids = || {
                next += 1;
                Uuid::from_u128(next)
            };
            let incoming = Incoming {
                name: &files[main].name,
                bytes: &bytes,
                beside: &files,
                unit: None,
                stamp: &stamp,
                into: Some((&f.session, &f.text)),
            };
            let came = format.read.unwrap()(&incoming, &mut ids).unwrap();
            let mut session = f.session.clone();
            let mut tx = crate::core::tx::Tx::new(&mut session, stamp.clone(), &mut ids);
            merge(&came, &f.text, Whose::Theirs, &mut tx);
            assert_eq!(counts(&session), counts(&f.session), "{name}");
            let work = session
                .claims
                .values()
                .find(|c| c.justification == "The minutes say so on page 4.");
            assert!(
                work.is_some(),
                "{name}: the colleague's work came to its claim"
            );
            let mara = session
                .sources
                .values()
                .find(|s| s.protect_identity)
                .unwrap();
            assert_eq!(mara.name, "Mara Oduya");
            let said = |s: &Session| {
                s.attributions
                    .values()
                    .filter(|a| a.source == Some(mara.id))
                    .count()
            };
            assert_eq!(said(&session), said(&f.session), "{name}");
        }
    }

    #[test]
    fn the_numbers_of_protected_sources_follow_the_article_and_tell_nothing_of_their_ids() {
        let mut f = taken_up();
        for s in f.session.sources.values_mut() {
            s.protect_identity = s.name != "the article" && s.name != "Kell City Council";
        }
        let number = |f: &Fixture| -> Vec<String> {
            let export = f.try_export("json", &options(Protected::Redact)).unwrap();
            let v: serde_json::Value = serde_json::from_slice(&export.files[0].bytes).unwrap();
            let claims = v["claims"].as_array().unwrap().iter();
            let all = claims.filter_map(|c| c["source"]["name"].as_str().map(String::from));
            all.filter(|n| n.starts_with("Protected")).collect()
        };
        assert_eq!(
            number(&f),
            [
                "Protected source 1",
                "Protected source 2",
                "Protected source 3"
            ]
        );
        // Two that the article never comes to.
        let mut orders = BTreeSet::new();
        for n in 0..32 {
            let mut f = taken_up();
            for name in ["Rina Falk", "Sergej Vlk"] {
                let id = f.source(name, SourceType::Person);
                let mut s = f.session.sources.remove(&id).unwrap();
                s.id = derived::source("5a", &f.text, name);
                s.protect_identity = true;
                s.independence_group = name[..1].into();
                f.session.sources.insert(s.id, s);
            }
            f.veil = Veil::fresh(&mut || Uuid::from_u128(n));
            let export = f.try_export("json", &options(Protected::Redact)).unwrap();
            let v: serde_json::Value = serde_json::from_slice(&export.files[0].bytes).unwrap();
            let sources = v["sources"].as_array().unwrap().iter();
            let group = |s: &&serde_json::Value| s["independence_group"] == "R";
            orders.insert(
                sources
                    .filter(group)
                    .map(|s| s["name"].to_string())
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(orders.len(), 2, "{orders:?}");
    }

    #[test]
    fn every_record_points_to_the_same_one_as_before() {
        let f = taken_up();
        let mut session = f.session.clone();
        forget(&mut session, &f.text, &f.veil);
        let words = |s: &Session| -> Vec<String> {
            let mut all: Vec<String> = s
                .attributions
                .values()
                .map(|a| {
                    let about = a.about.iter().map(|x| &s.sources[x].name);
                    let said = [a.source, a.via].map(|x| x.map(|x| &s.sources[&x].name));
                    format!(
                        "{} {said:?} {:?}",
                        s.claim_text(&s.claims[&a.claim]),
                        about.collect::<Vec<_>>()
                    )
                })
                .chain(s.held.values().map(|h| {
                    let item = &s.evidence[&h.evidence];
                    let from = item.source.map(|x| &s.sources[&x].name);
                    format!(
                        "{} {} {from:?}",
                        s.claim_text(&s.claims[&h.claim]),
                        item.title
                    )
                }))
                .collect();
            all.sort();
            all
        };
        assert_eq!(words(&session), words(&f.session));
        let keys = |s: &Session| -> (Vec<ClaimId>, Vec<AttributionId>) {
            (
                s.claims.values().map(|c| c.id).collect(),
                s.attributions.values().map(|a| a.id).collect(),
            )
        };
        assert_eq!(
            keys(&session).0,
            session.claims.keys().copied().collect::<Vec<_>>()
        );
        assert_eq!(
            keys(&session).1,
            session.attributions.keys().copied().collect::<Vec<_>>()
        );
    }
}
