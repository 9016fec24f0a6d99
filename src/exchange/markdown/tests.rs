#![allow(clippy::unwrap_used)]

use crate::core::vocabulary::*;
use crate::exchange::fixture::Fixture;

#[test]
fn the_page_of_a_rich_session() {
    let page = Fixture::rich().text_of("markdown", 0);
    assert!(!page.contains("Internal"), "notes stay at the desk");
    insta::assert_snapshot!(page, @r#"
# Fact check: Kell Bridge opens at last

Session kell-bridge · article version 1 · checked by Ana Köhler · 2026-11-16 10:12 UTC

7 statements: 5 taken up, 1 dismissed, 1 undecided.  
5 claims, 4 checked (1 unchecked, 1 accurate, 1 partly accurate, 1 inaccurate, 1 unverifiable); 2 open.

## Must fix

- **Note 2**, line 4 · inaccurate, rated 2 Mostly false · Mara Oduya: asserts
  - Change: “"This bridge has cost the city double what the council signed off," said Mara Oduya, who leads the opposition.” → **add: the audit puts the overrun at 24 percent**
  - Why: The figure is wrong.
  - Finding: The audit puts the overrun at 24 percent.
  - Evidence: refutes, F1, E1 Final account of the Kell Bridge \[v2\], p. 4, table 2: “The final cost was 99.2 million.”
  - [ ] accept
  - [ ] stet

## Could fix

- **Note 3**, line 4 · partly accurate · the article: asserts
  - Change: “who leads the opposition. Kell Ferry … numbers had fallen” → no wording is proposed yet
  - Evidence: none
  - [ ] accept
  - [ ] stet

## Cannot stand up

- **Note 4**, line 5 · unverifiable · Kell Ferry Operators: denies that
  - Words: “Kell Ferry Operators denied on Monday that passenger numbers had fallen since the opening.”
  - Tried: No counts are published; the operator did not answer.
  - Evidence: none

## Waiting

- **Note 5**, line 6 · unchecked · Officials via Kell Ferry Operators: asserts
  - Words: “Officials said the ferry "may lose a third" of its passengers within a year.”

## Criticism and reply

- **Kell City Council**
  - Criticism, note 2: “"This bridge has cost the city double what the council signed off," said Mara Oduya, who leads the opposition.” · Mara Oduya: asserts
  - Says, note 1: “The council approved 80 million for the bridge in March 2021, its minutes show.” (asserts)

## The article

### Kell Bridge 🌊 opens at last

By Jon Pell

The council approved 80 million for the bridge in March 2021, its minutes show.[^1][^3]

"This bridge has cost the city double what the council signed off," said Mara Oduya, who leads the opposition.[^2]

Kell Ferry Operators denied on Monday that passenger numbers had fallen[^3] since the opening.[^4]

Officials said the ferry "may lose a third" of its passengers within a year.[^5]

Lovely as the view is, \<b\>it\</b\> \*costs\* \| a = 1 \& more.

[^1]: ✓ accurate, rated 5 True · Kell City Council: asserts. The minutes of 2 March 2021 say so. [supports, F1, E1 Final account of the Kell Bridge \[v2\], p. 4, table 2: “The final cost was 99.2 million.”]
[^2]: ✗ inaccurate, rated 2 Mostly false — “The Kell Bridge cost twice its approved budget.” · Mara Oduya: asserts. The audit puts the overrun at 24 percent. [refutes, F1, E1 Final account of the Kell Bridge \[v2\], p. 4, table 2: “The final cost was 99.2 million.”]
[^3]: ◐ partly accurate · the article: asserts
[^4]: ¿ unverifiable · Kell Ferry Operators: denies that. No counts are published; the operator did not answer.
[^5]: ○ unchecked · Officials via Kell Ferry Operators: asserts

## Sources and evidence

- **Kell City Council** (organisation), reliability F not judged
- **Mara Oduya** (person, leader of the opposition), reliability C fairly reliable, [https://council.example.net/oduya](<https://council.example.net/oduya>)
- **Kell Ferry Operators** (organisation), reliability F not judged
- **Officials** (anonymous), reliability F not judged

- **E1** [Final account of the Kell Bridge \[v2\]](<https://audit.example.net/kell-bridge>)
  - From: Kell City Council
  - Archived: [https://archive.example.net/2026/kell-bridge](<https://archive.example.net/2026/kell-bridge>)
  - Published: 2026-11-10
  - Accessed: 2026-11-16
  - File: account.pdf, 1234 bytes, SHA-256 `9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f`
"#);
}

#[test]
fn empty_sections_say_so() {
    let f = Fixture::empty("A short text.\n");
    let page = f.text_of("markdown", 0);
    for words in [
        "Nothing must be fixed.",
        "Nothing else is proposed.",
        "Every finished claim",
        "Nothing waits for an answer.",
        "No accusation is marked.",
        "No statement is taken up.",
        "No source is recorded.",
        "No evidence is recorded.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_decided_change_has_its_box_ticked_and_a_superseded_one_is_gone() {
    let mut f = Fixture::rich();
    let id = *f
        .session
        .claims
        .iter()
        .find(|(_, c)| c.change.is_some())
        .unwrap()
        .0;
    f.claim_mut(id).change.as_mut().unwrap().state = ChangeState::Stet;
    assert!(
        f.text_of("markdown", 0)
            .contains("- [ ] accept\n  - [x] stet")
    );
    f.claim_mut(id).change.as_mut().unwrap().state = ChangeState::Superseded;
    assert!(!f.text_of("markdown", 0).contains("The figure is wrong."));
}

#[test]
fn an_item_without_a_title_is_called_by_its_calculation_and_told_by_kind_and_contact() {
    let mut f = Fixture::rich();
    let item = f.session.evidence.values_mut().next().unwrap();
    item.title = String::new();
    item.url = None;
    item.kind = EvidenceKind::Calculation;
    item.calculation = "80 + 20 = 90".into();
    item.contact = Some(crate::core::model::Contact {
        who: "Ana Hale".into(),
        at: "2026-11-15".into(),
        how: "by telephone".into(),
        reached: false,
    });
    let page = f.text_of("markdown", 0);
    for words in [
        "E1 80 + 20 = 90",
        "- **E1** 80 + 20 = 90",
        "  - Kind: calculation",
        "  - Calculation: 80 + 20 = 90 (wrong: it is 100)",
        "  - Asked: Ana Hale, by telephone, 2026-11-15, not reached",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
}
