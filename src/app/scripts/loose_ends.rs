//! The end of the work: what a finished check still lacks is told and walked.

use super::Script;

/// Everything decided, nothing with a ground, the caption not looked at.
fn finished() -> Script {
    let mut s = Script::new();
    s.keys("g d g ] v a ] v a ] v n ] d ] d ] v a");
    s
}

#[test]
fn the_end_tells_what_lacks_and_one_key_walks_it() {
    let mut s = finished();
    s.keys("]");
    assert_eq!(s.said(), "Nothing is open any more. ; walks 4 loose ends.");
    s.keys("g ;");
    assert_eq!(
        s.said(),
        "Loose end 1 of 4: the finding has no ground: hold evidence against the claim, or say why."
    );
    assert!(s.row().contains("The council approved"), "{}", s.row());
    s.keys("J minutes Ctrl-d ;");
    assert!(s.row().contains("This bridge"), "{}", s.row());
    s.keys("; ;");
    assert!(s.row().contains("The bridge was approved"), "{}", s.row());
    s.keys("k ;");
    assert!(s.said().contains("of 3"), "{}", s.said());
}

#[test]
fn a_caption_that_nobody_looked_at_is_visited_and_can_be_dismissed() {
    let mut s = finished();
    s.keys("; ; ;");
    assert_eq!(
        s.said(),
        "Loose end 3 of 4: nobody has looked at this caption."
    );
    s.keys("d");
    let check = s.state.bench.as_ref().unwrap().check();
    assert!(check.unseen().is_empty(), "{:?}", check.unseen());
}

#[test]
fn a_sentence_that_nobody_looked_at_is_marked_and_can_be_taken_up_or_dismissed() {
    let text = "The bridge opened. It cost 80 million. Nobody was hurt.\n";
    let with = || {
        Script::with(|o| {
            o.text = crate::core::text::ArticleText::new(text.into());
            let block = crate::core::proposal::Block {
                span: o.text.span(0..text.len() - 1),
                kind: crate::core::vocabulary::BlockKind::Paragraph,
                locator: "".into(),
            };
            o.blocks = vec![block.clone()];
            let spans = crate::core::proposal::Spans::from(o.text.span(19..37));
            let statement = crate::core::proposal::ProposedStatement {
                spans,
                block: 0,
                check_worthiness: Default::default(),
                claim_type: Default::default(),
                why: "".into(),
            };
            let proposals = crate::core::proposal::Proposals {
                blocks: vec![block],
                statements: std::iter::once(statement).collect(),
                ..Default::default()
            };
            o.proposals = Some(std::sync::Arc::new(proposals));
        })
    };
    let mut s = with();
    let sentence = "nobody has looked at this sentence.";
    s.keys("d ;");
    assert_eq!(s.said(), format!("Loose end 2 of 2: {sentence}"));
    s.keys("Enter");
    assert!(s.row().contains("Nobody was hurt."), "{}", s.row());
    s.keys("v n ;");
    assert_eq!(s.said(), format!("Loose end 1 of 1: {sentence}"));
    s.keys("d");
    let check = s.state.bench.as_ref().unwrap().check();
    assert!(check.unseen().is_empty(), "{:?}", check.unseen());
    let mut s = with();
    s.keys("d ; Esc ;");
    assert_eq!(s.said(), format!("Loose end 1 of 2: {sentence}"));
}
