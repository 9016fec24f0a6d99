//! Ids that two people share: what taking up a proposal makes is named by the words it stands on, not by who made it when.
//!
//! Such an id is a UUIDv8 (RFC 9562). Its 16 bytes, all numbers big-endian:
//!
//! | bytes | bits | what |
//! |---|---|---|
//! | 0–5 | 48 | the place: the scalar offset in the text at which the record begins |
//! | 6–7 | 4 | the version, `8` |
//! | 6–7 | 12 | the turn: which of those at one place it is, 0 for the first, at most 4095 |
//! | 8–15 | 2 | the variant, `10` |
//! | 8–15 | 62 | the first 8 bytes of the key's SHA-256, but for the two highest bits |
//!
//! An offset is far smaller than any time of day in milliseconds, so that these ids sort before every UUIDv7, in order of
//! the text, and at one place in order of their turns: of the voices of one statement the proposal says which comes first.
//!
//! The key is UTF-8 text of lines, each ended by a line feed. Spans are written `120-130,140-150`, none as an empty line.
//!
//! | of | lines of the key |
//! |---|---|
//! | a claim | `claim`, the text's SHA-256, the statement's spans, the turn |
//! | an attribution | `attribution`, the text's SHA-256, the statement's spans, the claim's id, the spans of source, cue and content, the turn |
//! | a source | `source`, the text's SHA-256, the folded name |
//! | a conflict | `conflict`, the step's id, the place of the edit in it; of one more about that edit, its number too |

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ids::*;
use super::search;
use super::spans::Spans;
use super::text::{ArticleText, Span};

/// Which of the claims that a proposal may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The claim that taking up makes.
    TakenUp,
    /// The second claim of a pair: *was it said?*
    WasItSaid,
}

/// The words that an attribution stands on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// Those that name the source.
    pub source: &'a [Span],
    /// Those that show the attribution.
    pub cue: &'a [Span],
    /// Those attributed.
    pub content: &'a [Span],
}

/// The id of the claim on `statement`, spans of the text whose SHA-256 is `text`.
pub fn claim(text: &str, statement: &[Span], turn: Turn) -> ClaimId {
    let turn = match turn {
        Turn::TakenUp => 0,
        Turn::WasItSaid => 1,
    };
    let key = format!("claim\n{text}\n{}\n{turn}\n", Spans::from(statement));
    ClaimId(derived(start(statement), turn, &key))
}

/// The id of the conflict about the edit of `step` at place `turn`, both counted from 0: the same wherever it is noted.
/// `more` counts the conflicts about the same edit, as of a record that both made and whose fields differ.
pub fn conflict(step: StepId, turn: usize, more: usize) -> ConflictId {
    let mut key = format!("conflict\n{step}\n{turn}\n");
    if more > 0 {
        key.push_str(&format!("{more}\n"));
    }
    ConflictId(derived(0, turn, &key))
}

/// The id of the `turn`th voice, counted from 0, that says `claim` at `statement`.
///
/// The claim counts, because the same words may speak for several: for the one taken up there and for one tied to it.
pub fn attribution(
    text: &str,
    statement: &[Span],
    claim: ClaimId,
    said: Said<'_>,
    turn: usize,
) -> AttributionId {
    let key = format!(
        "attribution\n{text}\n{}\n{claim}\n{}\n{}\n{}\n{turn}\n",
        Spans::from(statement),
        Spans::from(said.source),
        Spans::from(said.cue),
        Spans::from(said.content),
    );
    AttributionId(derived(start(statement), turn, &key))
}

/// The id of the source called `name` in `article`, whose SHA-256 is `text`; `name` is folded: in lower case, white space
/// as single spaces.
///
/// Its place is where the name first stands, in whatever case, and the text's end where it does not stand as it is. So it
/// follows from text and name alone, whichever statement was taken up first.
pub fn source(text: &str, article: &ArticleText, name: &str) -> SourceId {
    let found = search::first_ignoring_case(article.as_str(), name);
    let found = found.map(|at| article.scalar(at));
    let key = format!("source\n{text}\n{name}\n");
    SourceId(derived(found.unwrap_or(article.len()), 0, &key))
}

fn start(spans: &[Span]) -> u32 {
    spans.first().map_or(0, |s| s.start)
}

fn derived(place: u32, turn: usize, key: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes[2..6].copy_from_slice(&place.to_be_bytes());
    let turn = u16::try_from(turn).unwrap_or(u16::MAX).min(0xfff);
    bytes[6..8].copy_from_slice(&turn.to_be_bytes());
    bytes[8..].copy_from_slice(&Sha256::digest(key)[..8]);
    Uuid::new_v8(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

    /// Other copies of a session hold these ids: another value here is another format.
    #[test]
    fn the_ids_of_a_text_are_what_they_have_always_been() {
        let one = [Span::new(120, 245)];
        let two = [Span::new(120, 130), Span::new(140, 150)];
        let said = Said {
            source: &[Span::new(120, 124)],
            cue: &[Span::new(125, 129)],
            content: &two,
        };
        let article = ArticleText::new("So said\nÉva  Král.\nMara ODUYA did not.\n".into());
        let taken = claim(TEXT, &one, Turn::TakenUp);
        let ids = [
            taken.0,
            claim(TEXT, &one, Turn::WasItSaid).0,
            claim(TEXT, &two, Turn::TakenUp).0,
            claim(TEXT, &[], Turn::TakenUp).0,
            claim("", &one, Turn::TakenUp).0,
            claim(TEXT, &[Span::new(u32::MAX, u32::MAX)], Turn::TakenUp).0,
            attribution(TEXT, &one, taken, said, 0).0,
            attribution(TEXT, &one, taken, said, 1).0,
            attribution(TEXT, &one, taken, said, 70_000).0,
            attribution(TEXT, &one, taken, Said::default(), 0).0,
            source(TEXT, &article, "mara oduya").0,
            source(TEXT, &article, "éva král").0,
            source(TEXT, &article, "").0,
        ];
        let ids = ids.map(|id| id.to_string()).join("\n");
        insta::assert_snapshot!(ids, @"
        00000000-0078-8000-acf5-5d9fc9a1c52f
        00000000-0078-8001-8711-5e9db6567550
        00000000-0078-8000-82bc-5515d9110ccb
        00000000-0000-8000-91fe-7b403179e35d
        00000000-0078-8000-83ba-b11765fbd0c4
        0000ffff-ffff-8000-bbbd-128accc6b68c
        00000000-0078-8000-babd-300452b4894a
        00000000-0078-8001-a3a6-fab902c3a0e2
        00000000-0078-8fff-a0ee-14a466379628
        00000000-0078-8000-bde6-28b9bc9df652
        00000000-0013-8000-b4cc-7e9cca897a22
        00000000-0027-8000-bc83-7da24eca36f6
        00000000-0027-8000-86d6-bc520c49f670
        ");
    }

    #[test]
    fn every_record_of_a_text_has_an_id_of_its_own_in_order_of_the_text() {
        let at = |start| [Span::new(start, start + 20)];
        let taken = |start| claim(TEXT, &at(start), Turn::TakenUp);
        let pair = claim(TEXT, &at(7), Turn::WasItSaid);
        let made_in_2026 = Uuid::from_u128(0x019b_76da_a800_7000_8000_0000_0000_0000);
        let order = [
            SourceId::ARTICLE.0,
            taken(0).0,
            taken(7).0,
            pair.0,
            taken(255).0,
            taken(256).0,
            taken(u32::MAX - 20).0,
            made_in_2026,
        ];
        assert!(order.is_sorted(), "{order:#?}");
        let voice = |claim, turn| attribution(TEXT, &at(7), claim, Said::default(), turn);
        let voices: Vec<_> = (0..40).map(|turn| voice(taken(7), turn)).collect();
        assert!(voices.is_sorted());
        assert_ne!(voice(taken(7), 0), voice(pair, 0));
        assert_ne!(voice(taken(7), 0).0, taken(7).0);
    }
}
