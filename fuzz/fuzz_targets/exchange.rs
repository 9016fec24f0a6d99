//! What every import must hold, whatever its bytes.

use claimdesk::core::ids::{CheckerId, SessionId, VersionId};
use claimdesk::core::model::{Article, Session, Stamp, Time, Version};
use claimdesk::core::proposal::Proposals;
use claimdesk::core::text::{ArticleText, Span};
use claimdesk::core::tx::Tx;
use claimdesk::core::veil::Veil;
use claimdesk::exchange::read::{Imported, Incoming, Whose, merge};
use claimdesk::core::handover::{ExportOptions, Protected};
use claimdesk::exchange::{FORMATS, File, Format, Handover, export, format};
use uuid::Uuid;

/// The article of the session that files without one are read into.
const TEXT: &str = "Mayor Ada Brandt 🌊 said flood costs fell 40% in 2024.\nCritics dispute the figure.\n";

/// Reads `bytes` as the file `name` of a format, with `beside` it, alone and into a session with an article of its own.
/// What comes out must stand on the text, merge, and go out again.
pub fn check(of: &str, name: &str, bytes: &[u8], beside: &[(&str, &[u8])]) {
    let of = format(of).expect("a format");
    let read = of.read.expect("a format that can be read");
    let beside: Vec<File> = beside
        .iter()
        .map(|(name, bytes)| File { name: (*name).into(), bytes: bytes.to_vec() })
        .collect();
    let stamp = Stamp { at: Time::UNIX_EPOCH, by: CheckerId::of("A B") };
    let mut count = 0u128;
    let mut ids = move || {
        count += 1;
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + count)
    };
    let target = ArticleText::new(TEXT.into());
    let base = empty(&target);
    for into in [None, Some((&base, &target))] {
        let incoming = Incoming { name, bytes, beside: &beside, unit: None, stamp: &stamp, into };
        let Ok(came) = read(&incoming, &mut ids) else { continue };
        if let Some(text) = &came.text {
            stands(&came.session, text);
            let blocks: Vec<Span> = came.blocks.iter().map(|b| b.span).collect();
            assert!(blocks.windows(2).all(|b| b[0].end <= b[1].start));
            assert!(blocks.last().is_none_or(|b| b.end <= text.len()));
        }
        let text = match (into, &came.text) {
            (Some((_, text)), _) | (None, Some(text)) => text,
            (None, None) => continue,
        };
        let merged = merged(&came, text, &stamp, &mut ids);
        stands(&merged, text);
        let other = &FORMATS[bytes.len() % FORMATS.len()];
        for format in [of, other] {
            goes_out(format, &merged, text);
        }
    }
}

/// A session on an article of which nothing is known but that it is there.
fn empty(text: &ArticleText) -> Session {
    let mut session = Session::new(SessionId(Uuid::from_u128(1)), "fuzz", Time::UNIX_EPOCH);
    let version = Version {
        id: VersionId::of_text(text.as_str()),
        original_sha256: String::new(),
        origin: "-".into(),
        left_out: String::new(),
        added_at: Time::UNIX_EPOCH,
        reader: String::new(),
    };
    session.begin_with(Article::default(), version);
    session
}

/// What was read, brought into an empty session on `text`.
fn merged(came: &Imported, text: &ArticleText, stamp: &Stamp, ids: &mut dyn claimdesk::core::tx::Ids) -> Session {
    let mut session = empty(text);
    let mut tx = Tx::new(&mut session, stamp.clone(), ids);
    merge(came, text, Whose::Ours, &mut tx);
    tx.finish();
    session
}

/// Every span of the session lies in the text, in order, and cuts out the words that its record says.
fn stands(session: &Session, text: &ArticleText) {
    let inside = |spans: &[Span]| {
        let mut last = 0;
        for s in spans {
            assert!(s.start >= last && s.start < s.end && s.end <= text.len(), "{s:?} of {}", text.len());
            last = s.end;
        }
    };
    let here = |s: &claimdesk::core::model::Statement| session.stands(s);
    for s in session.statements.values().filter(|s| here(s)) {
        assert!(!s.anchor.spans.is_empty(), "a statement on nothing");
        inside(&s.anchor.spans);
        assert_eq!(text.exact(&s.anchor.spans), s.anchor.exact);
    }
    for a in session.attributions.values() {
        if session.statements.get(&a.statement).is_some_and(here) {
            inside(&a.source_span);
            inside(&a.cue);
            inside(&a.content);
        }
        assert!(session.claims.contains_key(&a.claim));
    }
    for c in session.claims.values() {
        assert!(c.statements.iter().any(|s| session.statements.contains_key(s)), "a claim on nothing");
    }
}

/// The session can be written, and where it is, every span reads back.
fn goes_out(format: &Format, session: &Session, text: &ArticleText) {
    let options = ExportOptions { protected: Protected::Include, ..ExportOptions::default() };
    let handover = Handover {
        session,
        text,
        proposals: Some(&Proposals::default()),
        exported_at: Time::UNIX_EPOCH,
        generator: "fuzz",
        options: &options,
        former: &Default::default(),
        veil: &Veil::fresh(&mut Uuid::nil),
    };
    if let Err(e) = export(format, &handover) {
        assert!(!matches!(e, claimdesk::exchange::ExchangeError::Internal { .. }), "{e}");
    }
}

/// The parts of `data` between NUL bytes: a file and those beside it.
#[allow(dead_code)]
pub fn parts(data: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let mut parts = data.splitn(3, |b| *b == 0);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next())
}
