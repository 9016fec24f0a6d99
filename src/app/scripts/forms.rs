//! Forms: prefilled, checked, saved as one step, left as the record was.

use std::sync::Arc;

use super::{Script, version};
use crate::app::layers::field::FormControl as Control;
use crate::app::layers::overlay::Overlay;
use crate::app::msg::Msg;
use crate::app::state::laid::FormField;
use crate::core::facts::Edited;
use crate::core::join::Record;
use crate::core::model::*;
use crate::core::proposal::Proposals;

/// The names of the fields of the form on top that can be set in it.
fn settable(s: &Script) -> Vec<&'static str> {
    let Some(Overlay::Form(form)) = s.state.overlays.last() else {
        panic!("no form on top but {}", s.top());
    };
    let fields = form.fields.iter();
    let set = fields.filter(|f| !matches!(f.control, Control::Go { .. } | Control::Note(_)));
    // A value of several parts has a field for each: `contact.who`.
    let name = |f: &FormField| f.name.split_once('.').map_or(f.name, |(of, _)| of);
    let mut names: Vec<_> = set.map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The fields of a record that are set in its form, as the record says.
fn of_its_form<R: Record>() -> Vec<&'static str> {
    let facts = R::KEYS.iter().map(|k| R::facts(*k));
    let mut words: Vec<_> = facts
        .filter(|f| f.edited == Edited::Form)
        .map(|f| f.word)
        .collect();
    words.sort_unstable();
    words
}

#[test]
fn a_form_sets_the_fields_that_the_record_says() {
    let after = |keys| {
        let mut s = Script::new();
        s.keys(keys);
        (s.top(), settable(&s))
    };
    let form = |name: &str, fields| (format!("form {name}"), fields);
    let claim = form("Claim", of_its_form::<Claim>());
    assert_eq!(
        after("A"),
        form("Article details", of_its_form::<Article>())
    );
    let dismissed = form("Dismissed: nothing to check", of_its_form::<Statement>());
    assert_eq!(after("j d Enter"), dismissed);
    assert_eq!(after("j Space Enter"), claim);
    let voice = form("Who says it", of_its_form::<Attribution>());
    let to_voice = "j Space Enter Tab Tab Tab Tab Tab Tab Tab Tab Tab Enter";
    assert_eq!(after(to_voice), voice);
    let source = form("Source: Mara Oduya", of_its_form::<Source>());
    assert_eq!(after("j s oduya Tab"), source);
    let mut both = [of_its_form::<Evidence>(), of_its_form::<Held>()].concat();
    both.sort_unstable();
    let item = "j e minutes Enter s Esc Enter Shift-Tab Shift-Tab Shift-Tab Enter";
    assert_eq!(after(item), form("Evidence: minutes", both));
}

#[test]
fn enter_on_an_undecided_row_shows_the_claim_that_it_would_be() {
    let mut s = Script::new();
    s.keys("j Enter");
    assert_eq!(s.top(), "form Take up as a claim");
    insta::assert_snapshot!(s.form(), @r#"
    > finding: unchecked
      wording: The council approved 80 million for the bridge in March 2021, its minutes show.
      justification:
      rating:
      worth: high
      type: numerical
      workflow: todo
      tags:
      note:
      said by: → its minutes asserts
      said by: → + a further voice
      evidence: → + hold an item
      change: → + propose one
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
    "#);
    s.keys("Esc");
    assert_eq!(
        (s.top().as_str(), s.steps(), s.row().as_str()),
        (
            "nothing",
            0,
            "undecided | its minutes asserts | The council approved 80 mill…"
        )
    );
}

#[test]
fn saving_it_takes_the_row_up_with_the_values() {
    let mut s = Script::new();
    s.keys("j Enter a Tab Tab \"its minutes say so\" Tab 5 Tab n Ctrl-d");
    assert_eq!(
        (s.claim().as_str(), s.steps(), s.said()),
        (
            "accurate rating=5 why=its minutes say so worth=none type=numerical [its minutes asserts certain]",
            2,
            "Row 2: taken up, accurate · The council approved 80 million for the…"
        )
    );
}

#[test]
fn saving_it_unchanged_takes_it_up_as_proposed() {
    let mut s = Script::new();
    s.keys("j Enter Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain]"
    );
    let bench = s.state.bench.as_ref().unwrap();
    let claim = &bench.session().claims[&bench.claim_at_cursor().unwrap()];
    assert_eq!(claim.proposed.len(), 2);
    s.keys("Enter Enter");
    assert_eq!((s.said(), s.steps()), ("Nothing was changed.", 2));
}

#[test]
fn a_changed_form_is_left_with_two_esc() {
    let mut s = Script::new();
    s.keys("j Space Enter i Esc");
    assert_eq!(s.top(), "form Claim");
    s.keys("Esc");
    assert_eq!(
        (s.top().as_str(), s.row().as_str()),
        (
            "nothing",
            "unchecked | its minutes asserts | The council approved 80 mill…"
        )
    );
}

#[test]
fn every_field_of_a_claim_is_in_its_form() {
    let mut s = Script::new();
    s.keys("j Space Enter p Tab Ctrl-u \"The council approved it\" Tab why Tab 3 Tab r Tab l Tab w Tab \"money, council\" Tab note Ctrl-d");
    assert_eq!(
        (s.claim().as_str(), s.steps()),
        (
            "partly_accurate wording=The council approved it rating=3 why=why worth=routine type=rule_or_law workflow=waiting tags=council+money notes=note [its minutes asserts certain]",
            3
        )
    );
    s.keys("u");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain]"
    );
}

#[test]
fn arrows_walk_values_and_fields() {
    let mut s = Script::new();
    s.keys("j Space Enter Right Right Left Ctrl-d");
    assert_eq!(
        s.row(),
        "in_progress | its minutes asserts | The council approved 80 mill…"
    );
    s.keys("Enter Shift-Tab");
    insta::assert_snapshot!(s.form(), @r#"
      finding: in_progress
      wording: The council approved 80 million for the bridge in March 2021, its minutes show.
      justification:
      rating:
      worth: high
      type: numerical
      workflow: todo
      tags:
      note:
      said by: → its minutes asserts
      said by: → + a further voice
      evidence: → + hold an item
    > change: → + propose one
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
    "#);
}

#[test]
fn the_voice_of_a_claim_is_edited_and_the_claims_form_comes_back() {
    let mut s = Script::new();
    s.keys("j j j Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter");
    assert_eq!((s.top().as_str(), s.steps()), ("form Who says it", 2));
    insta::assert_snapshot!(s.form(), @r#"
    > said by: Kell Ferry Operators
      stance: denies
      certainty: certain
      quoted: indirect
      via:
      about:
      words: → passenger numbers had fallen since the opening
      shown by: → denied
      named as: → Kell Ferry Operators
    "#);
    s.keys("Tab q Tab p Tab Tab \"Kell Post\" Tab \"the council; Jon Pell\" Enter");
    assert_eq!(s.top(), "form Claim");
    insta::assert_snapshot!(s.form(), @r#"
      finding: unchecked
      wording: Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.
      justification:
      rating:
      worth: high
      type: numerical
      workflow: todo
      tags:
      note:
    > said by: → Kell Ferry Operators questions whether
      said by: → + a further voice
      evidence: → + hold an item
      change: → + propose one
      words: · Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.
    "#);
    s.keys("Esc");
    assert_eq!(
        (s.claim().as_str(), s.steps()),
        (
            "unchecked worth=high type=numerical [Kell Ferry Operators questions probable via Kell Post about the council+Jon Pell]",
            3
        )
    );
}

#[test]
fn a_name_is_completed_in_a_form() {
    let mut s = Script::new();
    s.keys("j j j Space Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter Ctrl-u mara Ctrl-n Enter Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya denies certain]"
    );
}

#[test]
fn a_voice_is_removed_and_after_the_last_the_article_says_it() {
    let mut s = Script::new();
    s.keys("j j j j j Space Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter Ctrl-x Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [Mara Oduya asserts certain]"
    );
    s.keys("Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter Ctrl-x Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [the article asserts]"
    );
}

#[test]
fn a_further_voice_is_added_from_the_form() {
    let mut s = Script::new();
    s.keys("j Enter Shift-Tab Shift-Tab Shift-Tab Enter");
    assert_eq!(s.top(), "list A further voice");
    s.keys("oduya Enter d");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] [Mara Oduya denies]"
    );
}

#[test]
fn the_words_of_a_voice_are_marked_anew() {
    let mut s = Script::new();
    s.keys("j j j Space Enter Shift-Tab Shift-Tab Shift-Tab Shift-Tab Enter Tab Tab Tab Tab Tab Tab Enter");
    assert!(s.said().starts_with("Mark the words"), "{}", s.said());
    s.keys("Space w w Enter");
    assert_eq!(
        s.said(),
        "Row 4: its words · Kell Ferry Operators denied on Monday t…"
    );
    let bench = s.state.bench.as_ref().unwrap();
    let a = bench
        .check()
        .attributions(bench.claim_at_cursor().unwrap())
        .next()
        .unwrap();
    assert_eq!(
        bench.check().text().exact(&a.content),
        "Kell Ferry Operators"
    );
}

#[test]
fn evidence_is_edited_from_the_claims_form() {
    let mut s = Script::new();
    s.keys("j e minutes Enter s Esc Enter Shift-Tab Shift-Tab Shift-Tab Enter");
    assert_eq!(s.top(), "form Evidence: minutes");
    s.keys("r Tab \"p. 2\" Tab \"80 million\" Tab 2 Ctrl-d Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain] (minutes refutes at p. 2)"
    );
    s.keys("Enter Shift-Tab Shift-Tab Shift-Tab Enter Ctrl-x");
    assert_eq!(
        (s.top().as_str(), s.said()),
        (
            "form Claim",
            "The item is no evidence of this claim any more; undo brings it back."
        )
    );
    s.keys("Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [its minutes asserts certain]"
    );
}

#[test]
fn a_change_is_proposed_on_an_undecided_row() {
    let mut s = Script::new();
    s.keys("j p");
    insta::assert_snapshot!(s.form(), @r#"
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
    > replacement: The council approved 80 million for the bridge in March 2021, its minutes show.
      reason:
      must: no
      state: proposed
    "#);
    s.keys("Ctrl-d");
    insta::assert_snapshot!(s.form(), @r#"
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
    > replacement: The council approved 80 million for the bridge in March 2021, its minutes show. ! These are the words that stand there; write what should stand instead.
      reason:
      must: no
      state: proposed
    "#);
    s.keys("Ctrl-u \"The council approved 78 million.\" Tab \"the minutes\" Tab y Enter");
    assert_eq!(
        (s.claim().as_str(), s.said(), s.steps()),
        (
            "unchecked worth=high type=numerical change=The council approved 78 million./the minutes/true/proposed [its minutes asserts certain]",
            "Row 2: a change that must be made · The council approved 80 million for the…",
            2
        )
    );
    s.keys("p Tab Tab Tab s Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical change=The council approved 78 million./the minutes/true/stet [its minutes asserts certain]"
    );
    s.keys("p Ctrl-x");
    assert_eq!(
        (s.claim().as_str(), s.said()),
        (
            "unchecked worth=high type=numerical [its minutes asserts certain]",
            "Row 2: no change is proposed any more · The council approved 80 million for the…"
        )
    );
}

#[test]
fn an_empty_replacement_cuts_the_words() {
    let mut s = Script::new();
    s.keys("j p Ctrl-u Tab \"not so\" Ctrl-d");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical change=/not so/false/proposed [its minutes asserts certain]"
    );
}

#[test]
fn esc_in_a_change_leaves_the_row_undecided() {
    let mut s = Script::new();
    s.keys("j p x Esc Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}

#[test]
fn the_articles_details_are_checked_and_saved() {
    let mut s = Script::new();
    s.keys("A Tab \"Jon Pell\" Tab kell.example Tab soon Tab Ctrl-u english! Enter");
    insta::assert_snapshot!(s.form(), @r#"
      title: Kell Bridge opens at last
      byline: Jon Pell
    > address: kell.example ! An address begins with http:// or https:// and has no spaces.
      published: soon ! A date is written 2026-11-15; 2026-11, 2026 and 2026-11-15T09:30:00Z do too.
      language: english! ! A language is written as its tag: en, de, pt-BR.
      version: · 1 from bridge.txt
    "#);
    s.keys("Ctrl-u https://kell.example/bridge Tab Ctrl-u 2026-11-15 Tab Ctrl-u en-GB Enter");
    assert_eq!(
        (s.top().as_str(), s.said(), s.steps()),
        ("nothing", "The article's details are set.", 2)
    );
    let a = &s.state.bench.as_ref().unwrap().session().article;
    assert_eq!(
        (a.byline.as_str(), a.language.as_str()),
        ("Jon Pell", "en-GB")
    );
    // Another language is read by other rules.
    assert!(s.effects().contains(&"Propose".to_string()));
    s.keys("u");
    assert_eq!(s.state.bench.as_ref().unwrap().session().article.byline, "");
}

#[test]
fn a_language_in_doubt_is_said_with_the_key_that_sets_it() {
    let s = Script::with(|opened| opened.language_in_doubt = true);
    assert_eq!(
        s.said(),
        "A sets the language: it is in doubt, so the article was read as English."
    );
}

#[test]
fn what_is_proposed_in_another_language_has_a_name_of_its_own() {
    let mut s = Script::new();
    let reader = |s: &Script| {
        s.state
            .bench
            .as_ref()
            .unwrap()
            .session()
            .current()
            .unwrap()
            .reader
            .clone()
    };
    assert_eq!(reader(&s), "builtin-1");
    s.keys("A Tab Tab Tab Tab Ctrl-u de Enter");
    let now = s.state.bench.as_ref().unwrap().check().proposals().clone();
    let other = |reader: &str| Proposals {
        attributions: Default::default(),
        reader: reader.into(),
        ..(*now).clone()
    };
    let arrive = |proposals: Proposals| Msg::Proposed {
        proposals: Arc::new(proposals),
        whole: true,
        version: version(),
        again: true,
    };
    s.msg(arrive(other("builtin-1")));
    assert_eq!(reader(&s), "builtin-1_de");
    // Undone, the first ones are there again; asked for once more, they have their name.
    s.keys("u");
    assert_eq!(reader(&s), "builtin-1");
    s.msg(arrive(Proposals {
        reader: "builtin-1".into(),
        ..(*now).clone()
    }));
    assert_eq!(reader(&s), "builtin-1");
    // Another reader's name is its own.
    s.msg(arrive(other("house-2")));
    assert_eq!(reader(&s), "house-2");
}

#[test]
fn a_dismissed_row_is_opened_again_from_its_form() {
    let mut s = Script::new();
    s.keys("j d Enter taste Tab Enter");
    assert_eq!(
        (s.row().as_str(), s.top().as_str()),
        (
            "undecided | its minutes asserts | The council approved 80 mill…",
            "nothing"
        )
    );
    s.keys("u");
    s.keys("Enter");
    insta::assert_snapshot!(s.form(), @r#"
      words: · The council approved 80 million for the bridge in March 2021, its minutes show.
      proposed: · the cue
    > reason: taste
      open again: → takes the dismissal back
    "#);
}

#[test]
fn a_paste_goes_into_the_field_and_never_saves() {
    use crate::app::msg::Msg;
    let mut s = Script::new();
    s.keys("j Space Enter Tab Ctrl-u");
    s.msg(Msg::Paste("one\r\ntwo\u{1b}[0m".into()));
    assert_eq!(s.top(), "form Claim");
    s.keys("Ctrl-d");
    assert!(s.claim().contains("wording=one\ntwo[0m"), "{}", s.claim());
}

#[test]
fn ctrl_c_in_a_form_is_esc() {
    let mut s = Script::new();
    s.keys("j Enter Ctrl-c");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}
