#![allow(clippy::unwrap_used)]

use crate::exchange::fixture::Fixture;

#[test]
fn hostile_text_stays_text() {
    let html = Fixture::hostile().text_of("html", 0);
    assert!(!html.contains("<script"), "no script element");
    assert!(!html.contains("<img"));
    assert!(!html.contains('\u{202e}') && !html.contains('\u{1b}'));
    assert!(html.contains("[U+202E]"));
    let links: Vec<_> = html
        .match_indices("href=\"")
        .map(|(i, _)| &html[i + 6..i + 14])
        .collect();
    assert!(
        links
            .iter()
            .all(|l| l.starts_with('#') || l.starts_with("https:")),
        "{links:?}"
    );
    // Every quote of an attribute value is escaped, so no attribute can be added.
    assert!(!html.contains("\" onclick") && !html.contains("\" onload"));
}

#[test]
fn the_article_is_whole_and_every_claim_is_reached_by_its_note() {
    let f = Fixture::rich();
    let html = f.text_of("html", 0);
    for n in 1..=5 {
        assert!(
            html.contains(&format!("href=\"#claim-{n}\""))
                && html.contains(&format!("id=\"claim-{n}\""))
        );
        assert!(html.contains(&format!("id=\"note-{n}\"")));
    }
    let row = html
        .lines()
        .find(|l| l.contains("who leads the opposition"))
        .unwrap();
    insta::assert_snapshot!(row, @r##"<div class="text paragraph" dir="auto"><mark class="bad" title="inaccurate">&quot;This bridge has cost the city double what the council signed off,&quot; said Mara Oduya, </mark><mark class="bad" title="inaccurate">who leads the opposition.</mark><sup><a href="#claim-2" aria-label="Claim 2">2✗</a></sup></div>"##);
    assert!(html.contains("<title id=\"chart-title\">Claims by finding: 1 unchecked, 1 accurate,"));
    assert!(!html.contains("Internal"), "notes stay at the desk");
    assert!(!html.contains("http-equiv=\"refresh\"") && !html.contains("src="));
}

#[test]
fn what_was_said_is_not_said_twice() {
    let mut f = Fixture::rich();
    let held = f.session.held.values().next().unwrap().clone();
    let item = f.session.evidence.get_mut(&held.evidence).unwrap();
    item.url = Some("https://minutes.example/2021/03".into());
    for (title, times) in [("minutes.example/2021/03", 2), ("The minutes", 2), ("", 2)] {
        f.session.evidence.get_mut(&held.evidence).unwrap().title = title.into();
        let html = f.text_of("html", 0).replace("&#x2f;", "/");
        let uses = f
            .session
            .held
            .values()
            .filter(|h| h.evidence == held.evidence)
            .count();
        assert_eq!(
            html.matches("minutes.example/2021/03").count(),
            times * uses,
            "{title}"
        );
    }
    f.session.article.byline = "Jon Pell".into();
    (f.session.article.published_at, f.session.article.url) = (None, None);
    assert!(
        f.text_of("html", 0)
            .contains("<p class=\"meta\"><bdi>Jon Pell</bdi></p>")
    );
}
