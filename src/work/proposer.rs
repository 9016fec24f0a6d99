//! External proposers: a program that reads the article and answers with proposals, within its time.

use std::time::Duration;

use super::outside_program::OutsideProgram;
use crate::core::display::clean;
use crate::core::proposal::{Block, Proposals};
use crate::core::proposer::Proposer;
use crate::core::text::ArticleText;
use crate::reader::external;

/// Asks an external proposer about the whole of `text`. It is ended when its time is over or `stopped` says so.
///
/// # Errors
/// A sentence that names it: it could not be started, took too long, failed, was not understood or proposed nothing; and that
/// the built-in proposals stand then.
pub fn ask(
    proposer: &Proposer,
    article: (&ArticleText, &[Block], &str),
    stopped: &dyn Fn() -> bool,
) -> Result<Proposals, String> {
    let limit = Duration::from_secs(proposer.timeout.max(1));
    let asked = ask_within(limit, proposer, article, stopped);
    asked.map_err(|why| format!("{why} The built-in proposals stand."))
}

fn ask_within(
    limit: Duration,
    proposer: &Proposer,
    (text, blocks, language): (&ArticleText, &[Block], &str),
    stopped: &dyn Fn() -> bool,
) -> Result<Proposals, String> {
    let name = clean(&proposer.name);
    let question = external::question(text, blocks, language);
    let who = format!("The proposer “{name}”");
    let program = OutsideProgram {
        who: &who,
        command: &proposer.command,
        limit,
    };
    let json = program.run(question.into_bytes(), stopped)?;
    let reader = external::reader(&proposer.name);
    let proposals = external::answer(&json, text, blocks, &reader)
        .map_err(|why| format!("The proposer “{name}” was not understood: {}.", clean(&why)))?;
    match proposals.statements.is_empty() {
        true => Err(format!("The proposer “{name}” proposed nothing.")),
        false => Ok(proposals),
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::core::text::Span;
    use crate::core::vocabulary::BlockKind;

    fn asked(script: &str, limit: Duration) -> Result<Proposals, String> {
        let proposer = Proposer {
            name: "house".into(),
            command: ["sh", "-c", script].map(String::from).into(),
            timeout: 1,
        };
        let text = ArticleText::new("It rained. It did not.".into());
        let blocks = [Block {
            span: Span::new(0, text.len()),
            kind: BlockKind::Paragraph,
            locator: "".into(),
        }];
        ask_within(limit, &proposer, (&text, &blocks, "en"), &|| false)
    }

    const LONG: Duration = Duration::from_secs(60);

    const GOOD: &str = r#"echo '{"statements":[{"id":"a","spans":[[0,10]]}]}'"#;

    #[test]
    fn an_answer_is_kept_under_the_proposers_name() {
        let p = asked(&format!("cat >/dev/null; {GOOD}"), LONG).unwrap();
        assert_eq!((p.reader.as_str(), p.statements.len()), ("house-1", 1));
        assert_eq!(p.proposer(), Some("house"));
        // One that reads nothing may answer all the same.
        assert!(asked(GOOD, LONG).is_ok());
    }

    #[test]
    fn whatever_it_does_wrong_is_one_sentence() {
        for (script, says) in [
            ("exit 3", "The proposer “house” ended with exit status: 3."),
            (
                "echo one >&2; echo 'no model.' >&2; exit 1",
                "ended with exit status: 1: no model.",
            ),
            ("echo nonsense", "was not understood: "),
            ("echo '{}'", "proposed nothing."),
            ("sleep 1000", "took longer than 1 s and was ended."),
            // What it leaves behind holds its output open.
            ("sleep 1000 & echo '{'", "did not come to its end."),
            ("yes | head -c 70000000", "is longer than 64 MB."),
        ] {
            let limit = match script.contains("sleep") {
                true => Duration::from_millis(300),
                false => LONG,
            };
            let why = asked(script, limit).unwrap_err();
            assert!(why.contains(says), "{script}: {why}");
            assert!(!why.contains('\n') && why.len() < 300, "{why}");
        }
    }

    #[test]
    fn one_that_cannot_be_started_is_told() {
        let proposer = Proposer {
            name: "house".into(),
            command: vec!["/no/such/program".into()],
            timeout: 1,
        };
        let text = ArticleText::new("x".into());
        let why = ask(&proposer, (&text, &[], "en"), &|| false).unwrap_err();
        assert!(why.contains("could not be started"), "{why}");
    }
}
