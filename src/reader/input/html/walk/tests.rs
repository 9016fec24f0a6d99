use super::*;
use BlockKind::*;

fn walked(html: &str) -> Vec<(String, BlockKind, String)> {
    let page = dom_query::Document::from(html);
    let mut builder = DocumentBuilder::default();
    let plan = Plan::of_book(&page.root(), false);
    walk(&mut builder, &page.root(), &plan, ("Pier shut", true), None);
    let built = builder.finish();
    let blocks = built.raws.into_iter();
    blocks
        .map(|r| {
            let words = built.text[r.range].to_string();
            (words, r.kind, r.locator.to_string())
        })
        .collect()
}

#[test]
fn elements_become_blocks_of_their_kind() {
    let got = walked(
        "<h1>Pier shut</h1><div>Loose <b>words</b> here<p id=lead>The  pier\n is <a href=x>shut</a>.</p><ul><li>one<li>two <i>and</i> more</ul>\
             <blockquote><p>Never.</p></blockquote><figure><img><figcaption>The pier</figcaption></figure>\
             <table><tr><th>Town<th>Cost<tr><td>Kell<td>80</table><h2>After</h2>A<br>B<br><br>C<pre>x\ny</pre></div>",
    );
    let want = [
        ("Loose words here", Paragraph, "p 1"),
        ("The pier is shut.", Paragraph, "#lead"),
        ("one", ListItem, "li 1"),
        ("two and more", ListItem, "li 2"),
        ("Never.", QuoteBlock, "blockquote 1"),
        ("The pier", Caption, "figcaption 1"),
        ("Town | Cost", ListItem, "tr 1"),
        ("Kell | 80", ListItem, "tr 2"),
        ("After", Headline, "h 2"),
        ("A\nB", Paragraph, "p 2"),
        ("C", Paragraph, "p 3"),
        ("x\ny", Paragraph, "p 4"),
    ];
    let got: Vec<_> = got
        .iter()
        .map(|(t, k, l)| (t.as_str(), *k, l.as_str()))
        .collect();
    assert_eq!(got, want);
}

#[test]
fn links_alone_are_the_pages_unless_they_read_as_a_sentence() {
    let got = walked(
        "<nav>Home</nav><script>x()</script><p>The pier is shut.</p><ul><li><a href=a>Ferry fares rise</a></li></ul>\
             <p><a href=b>The council approved 80 million for the bridge in March, its minutes show.</a></p>",
    );
    let got: Vec<_> = got.iter().map(|(t, k, _)| (t.as_str(), *k)).collect();
    assert_eq!(
        got,
        [
            ("The pier is shut.", Paragraph),
            ("Ferry fares rise", Boilerplate),
            (
                "The council approved 80 million for the bridge in March, its minutes show.",
                Paragraph
            )
        ]
    );
}

#[test]
fn what_stands_raised_struck_or_in_a_picture_is_said_readably() {
    for (html, want) in [
        (
            "since 2021<sup><a href='#n3'>3</a></sup> and",
            "since 2021[3] and",
        ),
        ("42<sup>2</sup> million, H<sub>2</sub>O", "42² million, H₂O"),
        (
            "Nobody <del>denied</del><ins>confirmed</ins> it<wbr>self",
            "Nobody confirmed itself",
        ),
        ("now <s>41</s> 42 million", "now 42 million"),
        (
            "<ruby>東京<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>で港の理事会は火曜日、古い桟橋を閉鎖する",
            "東京(とう)で港の理事会は火曜日、古い桟橋を閉鎖する",
        ),
        (
            "<ruby>東京<rt>とう</rt></ruby>で港の理事会は火曜日、古い桟橋を閉鎖する",
            "東京(とう)で港の理事会は火曜日、古い桟橋を閉鎖する",
        ),
        ("<ruby>東京<rt>とうきょう</rt></ruby>で", "東京で"),
        (
            "it rose <img alt='A chart' src=x> and fell",
            "it rose [image: A chart] and fell",
        ),
        ("so <img alt='🙂' src=x> it is", "so 🙂 it is"),
        ("<img alt='The pier' src=x>", ""),
        (
            "soft&shy;hyphen and zero&#8203;width",
            "softhyphen and zerowidth",
        ),
        (
            "solutions to <math><mi>a</mi><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>0</mn></math> are",
            "solutions to a x^2 = 0 are",
        ),
    ] {
        let got = walked(&format!("<p>{html}</p>"));
        let got = got.first().map_or("", |b| b.0.as_str());
        assert_eq!(got, want, "{html}");
    }
}

#[test]
fn deep_nesting_is_walked_without_recursion() {
    let html = format!("{}deep{}", "<div>".repeat(1_400), "</div>".repeat(1_400));
    let got = walked(&html);
    assert_eq!(got.len(), 1);
}
