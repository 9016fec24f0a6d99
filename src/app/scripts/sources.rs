//! Said by, via, about, and the list of sources.

use super::Script;
use crate::core::row_face::RowSpeaker;

#[test]
fn the_proposed_name_stands_first_and_everybody_is_offered() {
    let mut s = Script::new();
    s.keys("j j s");
    insta::assert_snapshot!(s.list(), @r#"
    > Mara Oduya | ~ leader of the opposition · person
      the article | the article
      its minutes | ~ document
      Kell Ferry Operators | ~ organisation
      the council | ~ organisation
      nobody named
    "#);
}

#[test]
fn said_by_takes_up_and_sets_in_one_step() {
    let mut s = Script::new();
    s.keys("j s ferry Enter");
    assert_eq!(
        (s.claim().as_str(), s.said(), s.steps()),
        (
            "unchecked worth=high type=numerical [Kell Ferry Operators asserts certain]",
            "Row 2: said by Kell Ferry Operators · The council approved 80 million for the…",
            2
        )
    );
    let names: Vec<_> = s
        .state
        .bench
        .as_ref()
        .unwrap()
        .session()
        .sources
        .values()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["the article", "Kell Ferry Operators"],
        "the name that was wrong leaves no record"
    );
}

#[test]
fn a_typed_name_becomes_a_source() {
    let mut s = Script::new();
    s.keys("j s \"Ana Vell\"");
    insta::assert_snapshot!(s.list(), @r#"
    > new source: Ana Vell
    "#);
    s.keys("Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Ana Vell asserts certain]"
    );
}

#[test]
fn a_name_near_another_one_is_made_with_the_last_line() {
    let mut s = Script::new();
    s.keys("j s Oduy Up Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Oduy asserts certain]"
    );
}

#[test]
fn nobody_can_be_named() {
    let mut s = Script::new();
    s.keys("j s nobody Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [nobody asserts certain]"
    );
}

#[test]
fn tab_sets_the_source_and_opens_its_form() {
    let mut s = Script::new();
    s.keys("j s oduya Tab");
    assert_eq!(s.top(), "form Source: Mara Oduya");
    insta::assert_snapshot!(s.form(), @r#"
    > name: Mara Oduya
      type: person
      role: leader of the opposition
      belongs to:
      address:
      contact:
      reliability: F
      protect: no
      also called:
      group:
      note:
    "#);
    s.keys("Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]"
    );
}

#[test]
fn of_several_voices_the_chosen_one_gets_the_source() {
    let mut s = Script::new();
    s.keys("j j j j j , s ferry Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=prediction [Mara Oduya asserts certain] [Kell Ferry Operators denies certain]"
    );
}

#[test]
fn a_further_voice_is_added_with_its_stance_in_one_step() {
    let mut s = Script::new();
    s.keys("j j j s council Ctrl-t");
    assert_eq!(s.top(), "choose Stance of the council");
    s.keys("d");
    assert_eq!(
        (s.claim().as_str(), s.steps()),
        (
            "unchecked worth=high type=numerical [Kell Ferry Operators denies certain] [the council denies]",
            2
        )
    );
}

#[test]
fn esc_in_the_list_leaves_the_row_undecided() {
    let mut s = Script::new();
    s.keys("j s ferry Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 0));
}

#[test]
fn via_is_set_and_taken_away() {
    let mut s = Script::new();
    s.keys("j j S \"Kell Post\" Enter");
    assert_eq!(
        (s.claim().as_str(), s.said()),
        (
            "unchecked worth=high type=numerical [Mara Oduya asserts certain via Kell Post]",
            "Row 3: via Kell Post · “This bridge has cost the city double w…"
        )
    );
    s.keys("S \"nobody: \" Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]"
    );
}

#[test]
fn about_takes_several_and_nobody() {
    let mut s = Script::new();
    s.keys("j j B council Tab \"Jon Pell\" Tab Enter");
    assert_eq!(
        (s.claim().as_str(), s.steps()),
        (
            "unchecked worth=high type=numerical [Mara Oduya asserts certain about the council+Jon Pell]",
            2
        )
    );
    s.keys("B");
    insta::assert_snapshot!(s.list(), @r#"
    > *Jon Pell |  | 1×
      *the council | organisation | 1×
      the article | the article
      its minutes | ~ document
      Kell Ferry Operators | ~ organisation
      Mara Oduya | leader of the opposition · person | 1×
      nobody
    "#);
    s.keys("ferry Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain about the council+Kell Ferry Operators+Jon Pell]"
    );
    s.keys("B council Tab Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain about Kell Ferry Operators+Jon Pell]"
    );
    s.keys("B nobody Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]"
    );
}

#[test]
fn the_list_of_sources_counts_and_edits() {
    let mut s = Script::new();
    s.keys("j Space j Space j Space L");
    insta::assert_snapshot!(s.list(), @r#"
    > its minutes | document | 1×
      Kell Ferry Operators | organisation | 1×
      Mara Oduya | leader of the opposition · person | 1×
      the article | the article
      the council | ~ organisation
    "#);
    s.keys("oduya Enter Tab Tab Ctrl-u \"mayor\" Enter");
    assert_eq!(s.top(), "list Sources");
    insta::assert_snapshot!(s.list(), @r#"
    > Mara Oduya | mayor · person | 1×
      new source: oduya
    "#);
}

#[test]
fn sources_are_merged_in_one_step() {
    let mut s = Script::new();
    s.keys("j j Space s \"M. Oduya\" Enter L mara");
    assert_eq!(
        s.list(),
        "> Mara Oduya | leader of the opposition · person\n  new source: mara"
    );
    s.keys("Esc L \"M. Od\" Ctrl-g mara Enter");
    assert_eq!(
        (s.said(), s.top().as_str()),
        (
            "“M. Oduya” is “Mara Oduya” now · taken over: 1 voice; undo parts them again.",
            "list Sources"
        )
    );
    s.keys("Esc");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Mara Oduya asserts certain]"
    );
    s.keys("u");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [M. Oduya asserts certain]"
    );
}

#[test]
fn a_former_name_stays_with_its_source_and_finds_it_again() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Enter Ctrl-u \"Nurse A\" Enter Esc L nurse Enter");
    assert_eq!(s.top(), "form Source: Nurse A");
    assert!(
        s.form().contains("also called: Mara Oduya\n"),
        "{}",
        s.form()
    );
    s.keys("Esc Esc s \"mara oduya\" Enter");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Nurse A asserts certain]"
    );
    s.keys("u u L oduya Enter");
    assert!(s.form().contains("name: Mara Oduya\n"), "{}", s.form());
    assert!(s.form().contains("also called:\n"), "{}", s.form());
}

#[test]
fn the_articles_own_voice_is_not_merged_away() {
    let mut s = Script::new();
    s.keys("Space L article Ctrl-g");
    assert_eq!(
        s.said(),
        "The article's own voice stays; merge the other one into it."
    );
}

#[test]
fn a_source_is_protected_and_not() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Ctrl-t");
    assert_eq!(
        (s.said(), s.list().as_str()),
        (
            "“Mara Oduya” is protected: exports do not name it.",
            "> Mara Oduya | leader of the opposition · person · protected | 1×\n  new source: oduya"
        )
    );
    s.keys("Ctrl-t");
    assert_eq!(s.said(), "“Mara Oduya” is no longer protected.");
}

#[test]
fn only_an_unused_source_is_removed() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Ctrl-x");
    assert_eq!(
        s.said(),
        "“Mara Oduya” is used in one place; merge it into another instead."
    );
    s.keys("Ctrl-u \"Ana Vell\" Enter Enter");
    s.keys("Ctrl-u Ana Ctrl-x");
    assert_eq!(
        (s.said(), s.list().as_str()),
        (
            "“Ana Vell” is removed; undo brings it back.",
            "> new source: Ana"
        )
    );
}

#[test]
fn a_source_needs_a_name_and_a_good_address() {
    let mut s = Script::new();
    s.keys("j j Space L oduya Enter Ctrl-u Tab Tab Tab Tab kell.example Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > name:  ! The name must not be empty.
      type: person
      role: leader of the opposition
      belongs to:
      address: kell.example ! An address begins with http:// or https:// and has no spaces.
      contact:
      reliability: F
      protect: no
      also called:
      group:
      note:
    "#);
    s.keys("\"the article\" Enter");
    insta::assert_snapshot!(s.form(), @r#"
    > name: the article ! “the article” is there already; the list of sources merges two (Ctrl-g).
      type: person
      role: leader of the opposition
      belongs to:
      address: kell.example ! An address begins with http:// or https:// and has no spaces.
      contact:
      reliability: F
      protect: no
      also called:
      group:
      note:
    "#);
    s.keys("Ctrl-u \"Mara A. Oduya\" Tab Tab Tab Tab Ctrl-u https://kell.example/oduya Enter Esc");
    assert_eq!(
        s.row(),
        "unchecked | Mara A. Oduya asserts | “This bridge has cost the ci…"
    );
}

/// Merging "State Bank" into another record held only for what was taken up, and the next row made it anew.
#[test]
fn corrections_of_sources_hold_for_what_is_taken_up_later() {
    let mut s = Script::new();
    // Before anything is taken up, whoever is proposed stands in the list.
    s.keys("L");
    insta::assert_snapshot!(s.list(), @r#"
    > the article | the article
      its minutes | ~ document
      Mara Oduya | ~ leader of the opposition · person
      Kell Ferry Operators | ~ organisation
      the council | ~ organisation
    "#);
    s.keys("ferry Ctrl-g oduya Enter");
    assert!(
        s.said()
            .starts_with("“Kell Ferry Operators” is “Mara Oduya” now"),
        "{}",
        s.said()
    );
    s.keys("Esc");
    assert_eq!((s.top().as_str(), s.steps()), ("nothing", 2));
    let says = |s: &Script, who: &str| {
        let rows = s.rows();
        let said_by = |row: &&str| {
            row.split(" | ")
                .nth(1)
                .is_some_and(|by| by.starts_with(who))
        };
        rows.lines().filter(said_by).count()
    };
    assert_eq!(
        (says(&s, "Kell Ferry Operators"), says(&s, "Mara Oduya")),
        (0, 4)
    );
    // The panel calls them by one short name.
    let shown = |s: &Script| {
        let check = s.state.bench.as_ref().unwrap().check();
        let rows = check.each_row().filter_map(|r| check.face(&r.key));
        let named = rows.filter_map(|f| match f.speaker? {
            RowSpeaker::Named { name, .. } => Some(check.short_names().name(name).to_string()),
            _ => None,
        });
        named.collect::<Vec<_>>()
    };
    let names = shown(&s);
    assert!(!names.iter().any(|n| n.contains("Ferry")), "{names:?}");
    // A change of name holds too.
    s.keys("L oduya Enter Ctrl-u \"Nurse A\" Enter Esc");
    assert_eq!((says(&s, "Mara Oduya"), says(&s, "Nurse A")), (0, 4));
    s.keys("g j j Space");
    assert_eq!(
        s.claim(),
        "unchecked worth=high type=numerical [Nurse A asserts certain]"
    );
    let bench = s.state.bench.as_ref().unwrap();
    assert_eq!(bench.session().sources.len(), 2, "the article and her");
    // Nobody is offered under a name that was corrected, and typing it finds who is meant.
    s.keys("s");
    let list = s.list();
    assert!(!list.contains("Ferry") && !list.contains("Oduya"), "{list}");
    s.keys("\"kell ferry operators\" Enter");
    let bench = s.state.bench.as_ref().unwrap();
    assert_eq!(bench.session().sources.len(), 2);
    s.keys("u u u u");
    assert_eq!(
        (says(&s, "Kell Ferry Operators"), says(&s, "Mara Oduya")),
        (1, 3)
    );
}

#[test]
fn a_source_that_is_only_proposed_is_edited_and_protected_as_it_would_be_made() {
    let mut s = Script::new();
    s.keys("L oduya Enter");
    assert_eq!(s.top(), "form Source: Mara Oduya (proposed)");
    assert!(
        s.form().contains("role: leader of the opposition\n"),
        "{}",
        s.form()
    );
    s.keys("Esc Ctrl-x");
    assert_eq!(
        s.said(),
        "It is only proposed; it becomes a source when it is taken up."
    );
    s.keys("Ctrl-t");
    assert_eq!(
        (s.said(), s.steps()),
        ("“Mara Oduya” is protected: exports do not name it.", 2)
    );
    s.keys("Esc j j Space");
    let bench = s.state.bench.as_ref().unwrap();
    let named = bench
        .session()
        .sources
        .values()
        .filter(|s| s.name == "Mara Oduya");
    assert!(named.clone().all(|s| s.protect_identity) && named.count() == 1);
}
