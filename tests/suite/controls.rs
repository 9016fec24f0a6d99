//! Nothing that acts on a terminal, or on the order of what is read, leaves the program: an article, names, notes, tags
//! and file names full of such characters go through every command and every format.

use serde_json::Value;

use crate::program::{Desk, Ran, repository};

/// Letters of the sample and what takes their places: a character for a character, so that its offsets stand.
const ACT: &[(char, char)] = &[
    ('k', '\u{1b}'),
    ('w', '\u{9b}'),
    ('v', '\u{202e}'),
    ('y', '\u{8}'),
    ('j', '\u{7f}'),
    ('b', '\u{2066}'),
    ('K', '\u{85}'),
];

/// The members of the annotated JSON that hold words of people.
const WORDS: &[&str] = &[
    "text",
    "exact",
    "prefix",
    "suffix",
    "title",
    "byline",
    "published_at",
    "locator",
    "name",
    "role",
    "affiliation",
    "note",
    "notes",
    "tags",
    "url",
    "excerpt",
    "justification",
    "wording",
    "replacement",
    "reason",
    "source_text",
    "cue_text",
    "content_text",
    "why",
];

fn spoil(value: &mut Value, key: &str) {
    match value {
        Value::String(words) if WORDS.contains(&key) => {
            *words = words
                .chars()
                .map(|c| {
                    ACT.iter()
                        .find(|(from, _)| *from == c)
                        .map_or(c, |(_, to)| *to)
                })
                .collect();
        }
        Value::Array(all) => all.iter_mut().for_each(|v| spoil(v, key)),
        Value::Object(all) => all.iter_mut().for_each(|(key, v)| spoil(v, key)),
        _ => {}
    }
}

/// A desk with a session called `spoiled`, as an older version could have left it: its very text has controls.
fn spoiled() -> Desk {
    let desk = Desk::new();
    let sample = repository().join("sessions");
    let sample = sample.to_str().unwrap();
    let json = desk.well(&[
        "export",
        "kell-bridge",
        "--sessions",
        sample,
        "--format",
        "json",
    ]);
    let mut json: Value = serde_json::from_str(&json).unwrap();
    spoil(&mut json, "");
    json["claims"][0]["tags"] = vec!["\u{1b}[31mtag\u{202e}\u{9b}1m"].into();
    desk.put("spoiled.json", json.to_string());
    let ran = desk.run(&[
        "import",
        "spoiled.json",
        "--format",
        "json",
        "--name",
        "spoiled",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("control characters"), "{}", ran.err);
    harmless("import", &ran);
    desk
}

fn acts(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What a command says holds nothing that acts or turns the direction.
fn harmless(what: &str, ran: &Ran) {
    for (stream, text) in [("output", &ran.out), ("error", &ran.err)] {
        let bad = text.chars().find(|c| acts(*c) || turns(*c));
        assert_eq!(bad, None, "{what}: standard {stream}");
    }
}

#[test]
fn every_command_says_what_is_in_a_spoiled_session_harmlessly() {
    let desk = spoiled();
    let names = desk.run(&["show", "spoiled", "--json"]);
    let shown: Value = serde_json::from_str(&names.out).unwrap();
    // JSON says exactly what is there.
    assert!(shown["title"].as_str().unwrap().contains('\u{85}'));
    desk.put(
        "a\u{1b}[31m\u{202e}b.txt",
        "The pier is closed, the council said.\n",
    );
    let text = "The pier \\u001b[31mis\\u009b closed\\u202e, the council said.";
    desk.put(
        "batch.jsonl",
        format!("{{\"id\":\"\\u202e\",\"text\":\"{text}\"}}\n{{\"\\u009b\\u001b\":1}}\n"),
    );
    let odd = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}";
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["show", "spoiled"],
        &["show", "spoiled", "--json"],
        &["show", "spoiled", "--filter", odd],
        &["log", "spoiled"],
        &["log", "spoiled", "--json"],
        &["check", "spoiled"],
        &["check", "spoiled", "--json"],
        &["propose", "a\u{1b}[31m\u{202e}b.txt", "--explain"],
        &["propose", "a\u{1b}[31m\u{202e}b.txt", "--format", "jsonl"],
        &["propose", "--batch", "batch.jsonl"],
        &["new", "a\u{1b}[31m\u{202e}b.txt"],
        &["new", "a\u{1b}[31m\u{202e}b.txt", "--name", odd],
        &["lint", "spoiled.json"],
        &["resume", "spoiled", "--print", "100x40"],
        &["paths", "--config", odd],
        &["keys", "--config", odd],
        // What is wrong is said with what was typed.
        &["list", "--at", odd],
        &["list", odd],
        &["list", "--sessions", odd],
        &["list", "--config", odd],
        &["show", odd],
        &["log", odd],
        &["check", odd],
        &["repair", odd],
        &["new", odd],
        &["lint", odd],
        &["import", odd],
        &["import", "spoiled.json", "--format", odd],
        &["export", "spoiled", "--format", odd],
        &["export", odd, "--format", "json"],
        &[
            "export",
            "spoiled",
            "--format",
            "brat",
            "--offset-unit",
            odd,
        ],
        &[
            "export",
            "spoiled",
            "--format",
            "json",
            "--output",
            "/no/\u{9b}/such",
        ],
        &["schema", odd],
        &["completions", odd],
        &["propose", odd, "--language", odd],
        &["propose", "batch.jsonl", "--format", odd],
        &["help", odd],
        &[odd, "list"],
    ] {
        harmless(&format!("{arguments:?}"), &desk.run(arguments));
    }
}

/// Every file that `format` makes of the session `spoiled`.
fn exported(desk: &Desk, format: &str) -> Vec<(String, Vec<u8>)> {
    let target = format!("out-{format}");
    std::fs::create_dir(desk.path(&target)).unwrap();
    let ran = desk.run(&["export", "spoiled", "--format", format, "--output", &target]);
    assert_eq!(ran.code, 0, "{format}: {}", ran.err);
    harmless(format, &ran);
    let files = std::fs::read_dir(desk.path(&target)).unwrap();
    let files = files.map(|f| f.unwrap().path());
    files
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn no_format_writes_what_acts() {
    let desk = spoiled();
    let formats = desk.well(&["export", "--list-formats"]);
    let formats: Vec<&str> = formats
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(formats.len() > 15, "{formats:?}");
    for format in formats {
        let files = exported(&desk, format);
        assert!(!files.is_empty(), "{format}");
        for (name, bytes) in files {
            if bytes.starts_with(b"PK") {
                workbook(&bytes);
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            let bad = text.replace("\r\n", "\n").chars().find(|c| acts(*c));
            assert_eq!(bad, None, "{format}: {name}");
            if name.ends_with(".json") || name.ends_with(".jsonl") || name.ends_with(".jsonld") {
                let bad = text.chars().find(|c| turns(*c));
                assert_eq!(bad, None, "{format}: {name}");
            }
        }
    }
    // What can write a character so that it does not act keeps it.
    let back = desk.run(&[
        "import",
        "out-json/spoiled.json",
        "--format",
        "json",
        "--name",
        "back",
    ]);
    assert_eq!(back.code, 0, "{}", back.err);
    let title = |name: &str| {
        let shown: Value = serde_json::from_str(&desk.well(&["show", name, "--json"])).unwrap();
        shown["title"].clone()
    };
    assert_eq!(title("back"), title("spoiled"));
}

/// The members of a workbook hold nothing that acts either.
fn workbook(bytes: &[u8]) {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for n in 0..zip.len() {
        let mut member = String::new();
        zip.by_index(n)
            .unwrap()
            .read_to_string(&mut member)
            .unwrap();
        let bad = member.replace("\r\n", "\n").chars().find(|c| acts(*c));
        assert_eq!(bad, None, "member {n}");
    }
}

#[test]
fn what_is_read_today_has_no_controls_and_says_so() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "The pier \x1b[31mis\x1b[0m closed,\u{c}the coun\u{ad}cil\u{7} said.\r\n",
    );
    let ran = desk.run(&["new", "a.txt", "--name", "a"]);
    for note in [
        "1 control character was left out.",
        "2 escape sequences were left out.",
        "1 soft hyphen was left out.",
    ] {
        assert!(ran.err.contains(note), "{}", ran.err);
    }
    let export = desk.well(&["export", "a", "--format", "json"]);
    let export: Value = serde_json::from_str(&export).unwrap();
    assert_eq!(
        export["article"]["text"],
        "The pier is closed,\nthe council said.\n"
    );
}

#[test]
fn a_text_that_is_imported_is_cleaned_and_its_marks_stand_on_their_words() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "The \x1b[1mpier\x1b[0m is\r\nclosed,\0 the council said.\n",
    );
    // brat counts scalar values of the text as it is in the file.
    desk.put("a.ann", "T1\tClaim 8 12\tpier\nT2\tClaim 29 36\tcouncil\n");
    let text = "The \x1b[1mpier\x1b[0m is\r\nclosed,\0 the council said.\n";
    let at = |word: &str| text.find(word).unwrap();
    desk.put(
        "a.ann",
        format!(
            "T1\tstatement {} {}\tpier\nT2\tstatement {} {}\tcouncil\n",
            at("pier"),
            at("pier") + 4,
            at("council"),
            at("council") + 7
        ),
    );
    let ran = desk.run(&["import", "a.ann", "--format", "brat", "--name", "a"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("2 escape sequences were left out"),
        "{}",
        ran.err
    );
    let export = desk.well(&["export", "a", "--format", "json"]);
    let export: Value = serde_json::from_str(&export).unwrap();
    assert_eq!(
        export["article"]["text"],
        "The pier is\nclosed, the council said.\n"
    );
    let words: Vec<&str> = export["statements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["origin"] == "checker")
        .map(|s| s["exact"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["pier", "council"]);
}
