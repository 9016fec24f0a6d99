//! The command line as a script sees it: output, exit codes, errors.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::program::Desk;

#[test]
fn a_session_is_made_listed_shown_and_logged() {
    let desk = Desk::new();
    desk.session("kell");
    let list: Value = serde_json::from_str(&desk.well(&["list", "--json"])).unwrap();
    assert_eq!(list[0]["name"], "kell");
    assert_eq!(list[0]["claims"], 0);
    assert!(list[0]["statements"].as_u64().unwrap() > 30);
    assert!(desk.well(&["list"]).contains("Kell Bridge opens at last"));
    let show: Value = serde_json::from_str(&desk.well(&["show", "kell", "--json"])).unwrap();
    let rows = show["rows"].as_array().unwrap();
    assert_eq!(rows.len() as u64, show["progress"]["statements"]);
    let denied = desk.well(&["show", "kell", "--filter", "stance:denies ferry"]);
    assert!(denied.contains("passenger numbers had fallen"), "{denied}");
    assert!(!denied.contains("brass band"));
    assert!(
        desk.well(&["log", "kell"])
            .contains("Ana  made the session")
    );
}

#[test]
fn sessions_of_one_name_are_refused_and_the_same_text_is_noted() {
    let desk = Desk::new();
    desk.put("a.txt", "The bridge cost 80 million.\n");
    assert_eq!(desk.well(&["new", "a.txt"]).trim(), "a");
    let again = desk.run(&["new", "a.txt", "--name", "a"]);
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    let other = desk.run(&["new", "a.txt", "--name", "Second Look"]);
    assert_eq!((other.code, other.out.as_str()), (0, "second-look\n"));
    assert!(
        other.err.contains("the session a is on the same text"),
        "{}",
        other.err
    );
}

#[test]
fn viewing_makes_nothing() {
    let desk = Desk::new();
    desk.put("a.txt", "The bridge cost 80 million.\n");
    for arguments in [&["list"][..], &["propose", "a.txt"], &["paths"]] {
        desk.well(arguments);
    }
    assert!(!desk.path("home").exists());
}

#[test]
fn exit_codes_tell_what_went_wrong_in_one_line() {
    let desk = Desk::new();
    desk.session("kell");
    desk.put("binary", [0u8, 159, 146, 150, 0, 1, 2, 3]);
    for (arguments, code, says) in [
        (&["--version"][..], 0, ""),
        (
            &["export", "kell", "-f", "jsno"],
            2,
            "Did you mean \"json\"?",
        ),
        (&["export", "kell"], 2, "--format"),
        (&["nothing.txt", "list"], 2, "before a command"),
        (&["show"], 2, "NAME"),
        (&["--at", "yesterday", "list"], 2, "2026-11-15"),
        (&["show", "nope"], 3, "no session called"),
        (&["propose", "nope.txt"], 3, "nope.txt is not there"),
        (&["propose", "."], 3, "is a folder"),
        (&["propose", "binary"], 3, "binary"),
        (&["propose", "http://127.0.0.1:9/page"], 3, "127.0.0.1"),
        (&["check", "kell"], 0, ""),
        (&["check", "kell", "--strict"], 1, ""),
        (
            &["export", "kell", "-f", "json", "-o", "no/such/place.json"],
            4,
            "could not be written",
        ),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("stack backtrace"));
        if code > 2 {
            assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        }
    }
}

#[test]
fn the_example_proposer_runs_as_its_documentation_says() {
    // It is written in Python, which the project itself does not need.
    if std::process::Command::new("python3")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    let desk = Desk::new();
    let script = crate::program::repository().join("docs/examples/proposer.py");
    let article = "Bridge opens\n\n\"It cost 171 million,\" said Mara Oduya. Nobody was hurt. “It carries 4 lanes,” says Ivo.\n";
    desk.put("bridge.txt", article);
    desk.put(
        "config.toml",
        format!(
            "[proposer]\nname = \"numbers\"\ncommand = [\"python3\", {:?}]\n",
            script.display().to_string()
        ),
    );
    let shown = desk.well(&[
        "propose",
        "bridge.txt",
        "--explain",
        "--config",
        "config.toml",
    ]);
    for line in [
        "bridge.txt: 2 statements, 2 attributions, 2 sources in 2 blocks; language not known; proposed by numbers",
        "    because: numbers: holds a number (“171”)",
        "  Mara Oduya asserts: It cost 171 million,",
        "    because: numbers: quotation, then “said” (quote-said, direct, sounds certain)",
    ] {
        assert!(shown.lines().any(|l| l == line), "{line}\n{shown}");
    }
    desk.put(
        "config.toml",
        "[proposer]\nname = \"numbers\"\ncommand = [\"false\"]\n",
    );
    let ran = desk.run(&[
        "propose",
        "bridge.txt",
        "--language",
        "en",
        "--config",
        "config.toml",
    ]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.err,
        "note: The proposer “numbers” ended with exit status: 1. The built-in proposals stand.\n"
    );
}

#[test]
fn an_export_is_deterministic_and_replaces_nothing_unasked() {
    let desk = Desk::new();
    desk.session("kell");
    let export = [
        "export",
        "kell",
        "-f",
        "json",
        "--at",
        "2026-11-16T09:00:00Z",
    ];
    let once = desk.well(&export);
    assert_eq!(once, desk.well(&export));
    let json: Value = serde_json::from_str(&once).unwrap();
    assert_eq!(json["format"], "claimdesk.export");
    assert_eq!(json["exported_at"], "2026-11-16T09:00:00.000Z");
    let to_file = [&export[..], &["-o", "kell.json"]].concat();
    assert_eq!(desk.run(&to_file).code, 0);
    assert_eq!(
        std::fs::read_to_string(desk.path("kell.json")).unwrap(),
        once
    );
    let again = desk.run(&to_file);
    assert_eq!(again.code, 4);
    assert!(again.err.contains("--force"), "{}", again.err);
    assert_eq!(desk.run(&[&to_file[..], &["--force"]].concat()).code, 0);
}

#[test]
fn the_export_meets_the_schema_that_is_printed() {
    let desk = Desk::new();
    desk.session("kell");
    let schema: Value = serde_json::from_str(&desk.well(&["schema", "export"])).unwrap();
    let export: Value =
        serde_json::from_str(&desk.well(&["export", "kell", "-f", "json"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&export));
}

#[test]
fn a_batch_is_answered_line_by_line_in_order() {
    let desk = Desk::new();
    let questions = "{\"id\":1,\"text\":\"Brandt denied it. He left.\"}\n\nnonsense\n{\"id\":\"b\",\"text\":\"\",\"language\":\"de\"}\n";
    let ran = desk.feed(&["propose", "--batch"], questions);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("line 3"), "{}", ran.err);
    let answers: Vec<Value> = ran
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["id"], 1);
    assert_eq!(answers[0]["text"], "Brandt denied it. He left.");
    assert_eq!(
        answers[0]["sentences"],
        serde_json::json!([[0, 17], [18, 26]])
    );
    assert_eq!(answers[1]["line"], 3);
    assert_eq!(answers[2]["id"], "b");
    assert_eq!(answers[2]["statements"], serde_json::json!([]));
}

#[test]
fn an_article_comes_from_standard_input_and_cannot_act() {
    let desk = Desk::new();
    let ran = desk.feed(
        &["propose", "-"],
        "The bridge \u{1b}[31mopened\u{202e} on Saturday.\n",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("The bridge opened· on"), "{}", ran.out);
    assert!(ran.err.contains("left out"), "{}", ran.err);
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    desk.session("kell");
    let mut child = desk
        .command(&["export", "kell", "-f", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_commands_name_wins_over_a_file() {
    let desk = Desk::new();
    desk.put("list", "The bridge cost 80 million.\n");
    assert_eq!(desk.well(&["list", "--json"]).trim(), "[]");
    let proposed = desk.well(&["propose", "./list"]);
    assert!(proposed.contains("80 million"), "{proposed}");
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.well(&["completions", shell]).contains("claimdesk"));
    }
    assert!(desk.well(&["man"]).contains(".TH claimdesk 1"));
}

#[test]
fn keys_follow_the_configuration_and_what_is_odd_in_it_is_said() {
    let desk = Desk::new();
    let usual = desk.well(&["keys"]);
    assert!(
        usual.contains("row_next") && usual.contains("j, Down"),
        "{usual}"
    );
    desk.put(
        "house.toml",
        "checker = \"Mara\"\nspilt = 3\n[keys]\nundo = \"U\"\nredo = \"j\"\n",
    );
    let ran = desk.run(&["keys", "--config", "house.toml"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out
            .lines()
            .any(|l| l.starts_with("  U ") && l.contains(" undo ")),
        "{}",
        ran.out
    );
    for says in [
        "house.toml:2: There is no setting called \"spilt\"",
        "“j” for redo is in the way",
    ] {
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    desk.put("a.txt", "The bridge cost 80 million.\n");
    desk.well(&["new", "a.txt", "--config", "house.toml"]);
    assert!(desk.well(&["log", "a"]).contains("Mara"));
    let as_ana = ["log", "a", "--config", "nowhere.toml"];
    assert_eq!(desk.run(&as_ana).code, 3);
}

#[test]
fn only_regular_files_are_read_whoever_reads_them() {
    let desk = Desk::new();
    desk.session("bridge");
    let before = desk.well(&["list"]);
    let made = Command::new("mkfifo").arg(desk.path("pipe")).status();
    assert!(made.unwrap().success());
    std::fs::create_dir(desk.path("folder")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(desk.path("socket")).unwrap();
    let readers: [&[&str]; 7] = [
        &["new"],
        &["propose"],
        &["propose", "--batch"],
        &["lint"],
        &["import"],
        &["import", "--into", "bridge", "--format", "json"],
        &["list", "--config"],
    ];
    for reader in readers {
        for (path, what) in [
            ("pipe", "a pipe"),
            ("socket", "a socket"),
            ("/dev/zero", "a device"),
            ("folder", "a folder"),
        ] {
            let ran = desk.run(&[reader, &[path]].concat());
            assert_eq!(ran.code, 3, "{reader:?} {path}: {}", ran.err);
            assert!(ran.err.contains(what), "{reader:?} {path}: {}", ran.err);
            assert_eq!(ran.err.lines().count(), 1, "{reader:?} {path}: {}", ran.err);
        }
    }
    assert_eq!(desk.well(&["list"]), before);
}

#[test]
fn a_configuration_has_a_limit_and_what_is_no_file_is_left_out() {
    let desk = Desk::new();
    desk.put("house.toml", "#".repeat((1 << 20) + 1));
    let ran = desk.run(&["list", "--config", "house.toml"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            3,
            "claimdesk: The configuration house.toml is larger than 1 MB, as no configuration is; check which file it is.\n"
        )
    );
    let place = desk.well(&["paths"]);
    let place = place.lines().find_map(|l| l.strip_prefix("config"));
    let place = std::path::PathBuf::from(place.unwrap().split_whitespace().next().unwrap());
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    let made = Command::new("mkfifo").arg(&place).status();
    assert!(made.unwrap().success());
    let ran = desk.run(&["keys"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("is a pipe, not a file"), "{}", ran.err);
}

#[test]
fn a_pipe_of_the_shell_is_refused_with_the_way_round() {
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_claimdesk");
    let run = |script: &str| {
        let mut shell = Command::new("bash");
        shell.args(["-c", script]).current_dir(desk.path(""));
        shell.env("CLAIMDESK_HOME", desk.path("home"));
        shell.output().unwrap()
    };
    let refused = run(&format!("'{program}' new <(echo The wall fell on Monday.)"));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("is a pipe, not a file: save what it gives as a file, or hand it over on standard input, named -"), "{said}");
    let piped = run(&format!(
        "echo The wall fell on Monday. | '{program}' new -"
    ));
    assert_eq!(piped.status.code(), Some(0));
}

#[test]
fn the_log_holds_what_happened_and_no_words() {
    let desk = Desk::new();
    desk.put("a.txt", "The bridge cost 80 million.\n");
    desk.well(&["new", "a.txt", "--log", "log.txt"]);
    assert_eq!(desk.run(&["show", "bridge", "--log", "log.txt"]).code, 3);
    let log = std::fs::read_to_string(desk.path("log.txt")).unwrap();
    let said: Vec<&str> = log.lines().map(|l| l.split_once(' ').unwrap().1).collect();
    let version = env!("CARGO_PKG_VERSION");
    let want = [
        format!("claimdesk {version}: new"),
        "ended with 0".into(),
        format!("claimdesk {version}: show"),
        "ended with 3".into(),
    ];
    assert_eq!(said, want);
}

#[test]
fn a_damaged_session_is_reported_and_left_as_it_is() {
    let desk = Desk::new();
    desk.session("kell");
    let folder = desk.path("home").join("sessions/kell");
    let articles = std::fs::read_dir(folder.join("articles")).unwrap();
    let text = articles.flatten().next().unwrap().path();
    let words = std::fs::read_to_string(&text).unwrap();
    std::fs::write(&text, words.replace("80 million", "90 million")).unwrap();
    let ran = desk.run(&["check", "kell", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let errors = found
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["severity"] == "error");
    assert!(errors.clone().count() > 0 && errors.clone().all(|f| f["rule"] == "integrity"));
    let shown = desk.run(&["show", "kell"]);
    assert_eq!(shown.code, 0, "a changed text can be looked at");
    assert!(
        shown.err.contains("damaged: The article is damaged"),
        "{}",
        shown.err
    );
    let exported = desk.run(&["export", "kell", "-f", "json"]);
    assert_eq!((exported.code, exported.out.as_str()), (1, ""));
    assert!(exported.err.contains("--damaged"), "{}", exported.err);
}

#[test]
fn every_file_of_a_session_meets_the_schema_that_is_printed() {
    let desk = Desk::new();
    desk.session("kell");
    let folder = desk.path("home").join("sessions/kell");
    let schema = |of: &str| -> Value { serde_json::from_str(&desk.well(&["schema", of])).unwrap() };
    let lines = |path: std::path::PathBuf| -> Vec<Value> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    };
    let proposals = std::fs::read_dir(folder.join("proposals")).unwrap();
    let proposals = proposals.flatten().next().unwrap().path();
    let checkpoint = std::fs::read(folder.join("session.json")).unwrap();
    for (of, values) in [
        (
            "session",
            vec![serde_json::from_slice(&checkpoint).unwrap()],
        ),
        ("journal", lines(folder.join("journal.jsonl"))),
        ("proposals", lines(proposals)),
    ] {
        let validator = jsonschema::validator_for(&schema(of)).unwrap();
        assert!(!values.is_empty());
        for value in values {
            assert!(validator.is_valid(&value), "{of}: {value}");
        }
    }
}

#[test]
fn a_file_of_a_foreign_format_is_checked() {
    let desk = Desk::new();
    desk.session("kell");
    desk.put("bad.json", r#"{"@context":"https://schema.org","@type":"ClaimReview","reviewRating":{"ratingValue":"x"}}"#);
    let ran = desk.run(&["lint", "bad.json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.lines().count() > 1 && ran.out.contains("claimreview, 1 entry"),
        "{}",
        ran.out
    );
    desk.put("other.json", "{\"a\": 1}");
    assert_eq!(desk.run(&["lint", "other.json"]).code, 3);
    assert_eq!(desk.run(&["lint", "nope.json"]).code, 3);
}

#[test]
fn an_export_is_read_back_as_a_session_and_into_one() {
    let desk = Desk::new();
    desk.session("kell");
    desk.well(&["export", "kell", "-f", "json", "-o", "kell.json"]);
    let made = desk.well(&["import", "kell.json", "-f", "json", "--name", "again"]);
    assert_eq!(made, "again\n");
    let article = |name: &str| -> Value {
        let out = desk.well(&["export", name, "-f", "json"]);
        serde_json::from_str::<Value>(&out).unwrap()["article"].clone()
    };
    assert_eq!(
        article("again")["text_sha256"],
        article("kell")["text_sha256"]
    );
    assert_eq!(article("again")["blocks"], article("kell")["blocks"]);
    assert_eq!(
        desk.well(&["import", "kell.json", "-f", "json", "--into", "kell"]),
        "kell\n"
    );
    for (arguments, code) in [
        (
            &["import", "kell.json", "-f", "json", "--name", "kell"][..],
            2,
        ),
        (&["import", "kell.json", "-f", "bio"], 2),
        (&["import", "kell.json", "-f", "jsn"], 2),
        (&["import", "kell.json", "-f", "json", "--into", "nope"], 3),
        (&["import", "kell.json", "-f", "xmi"], 3),
        (&["import", "nope.json", "-f", "json"], 3),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
}

#[test]
fn what_shows_a_protected_source_says_so_and_an_export_lists_and_masks_it() {
    let desk = Desk::new();
    let text = "Rina Falk, a nurse, said 12 people fell ill.\n\nFalk said it was worse. Write to rfalk@clinic.example.\n";
    desk.put("a.txt", text);
    desk.well(&["new", "a.txt", "--name", "open"]);
    let mut document: Value =
        serde_json::from_str(&desk.well(&["export", "open", "-f", "json"])).unwrap();
    // An id as taking up makes it, with a hash over the name.
    const ID: &str = "00000000-0000-8000-a1b2-c3d4e5f60718";
    document["sources"].as_array_mut().unwrap().push(serde_json::json!({
        "id": ID, "type": "person", "name": "Rina Falk", "role": "nurse",
        "affiliation": "", "url": null, "reliability": "F", "note": "", "protect_identity": true,
        "independence_group": "",
    }));
    desk.put("a.json", document.to_string());
    let made = desk.run(&["import", "a.json", "--name", "ward"]);
    assert_eq!(made.code, 0, "{}", made.err);

    const NOTE: &str = "“ward” holds a protected source";
    for arguments in [
        &["log", "ward"][..],
        &["show", "ward"],
        &["list", "--json"],
        &["propose", "a.txt"],
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}");
        assert_eq!(
            ran.err.matches(NOTE).count(),
            1,
            "{arguments:?}: {}",
            ran.err
        );
    }
    assert!(!desk.run(&["show", "open"]).err.contains("protected"));

    let refused = desk.run(&["export", "ward", "-f", "json"]);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    for words in ["“Rina Falk, a nurse”", "“Falk”", "“rfalk”", "--redact"] {
        assert!(refused.err.contains(words), "{words}: {}", refused.err);
    }
    let report = desk.path("report.json");
    let report = report.to_str().unwrap();
    for format in ["json", "html", "markdown", "csv", "xmi"] {
        let out = format!("out-{format}");
        let ran = desk.run(&[
            "export", "ward", "-f", format, "--redact", "-o", &out, "--report", report,
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let mut all = ran.err + &std::fs::read_to_string(report).unwrap();
        let out = desk.path(&out);
        let files = match out.is_dir() {
            true => out.read_dir().unwrap().map(|f| f.unwrap().path()).collect(),
            false => vec![out],
        };
        files
            .iter()
            .for_each(|f| all.push_str(&std::fs::read_to_string(f).unwrap()));
        let all = all.to_lowercase();
        assert!(
            !all.contains("falk") && !all.contains("nurse") && !all.contains("rina"),
            "{format}"
        );
        assert!(!all.contains("c3d4e5f60718"), "{format}");
    }
    let named = desk.well(&["export", "ward", "-f", "json", "--include-protected"]);
    assert!(named.contains("Rina Falk") && named.contains(ID));
    // The session knows its own again.
    let back = desk.run(&["import", "out-json", "-f", "json", "--into", "ward"]);
    assert_eq!(back.code, 0, "{}", back.err);
    let named = desk.well(&["export", "ward", "-f", "json", "--include-protected"]);
    assert!(!named.contains("Protected source"), "{named}");
}

#[test]
fn a_colleagues_export_changes_no_finding_and_stays_his() {
    let desk = Desk::new();
    desk.session("dock");
    desk.well(&["export", "dock", "-f", "json", "-o", "bare.json"]);
    let claim = |by: &str, status: &str, why: &str, at: &str| {
        let mut file: Value =
            serde_json::from_str(&std::fs::read_to_string(desk.path("bare.json")).unwrap())
                .unwrap();
        let text = file["article"]["text"].as_str().unwrap().to_string();
        let end = text.char_indices().nth(12).unwrap().0;
        let (exact, id) = (&text[..end], "1:0-12");
        let anchor = json!({"statement_id": id, "start": 0, "end": 12, "spans": [[0, 12]],
            "exact": exact, "prefix": "", "suffix": ""});
        file["session"]["checkers"] = json!([{"id": by.to_lowercase(), "name": by}]);
        file["statements"] = json!([{"id": id, "article_version": 1, "start": 0, "end": 12, "spans": [[0, 12]],
            "exact": exact, "block": "paragraph", "decision": "taken_up", "reason": "", "origin": "checker", "why": "",
            "orphaned": false}]);
        file["claims"] = json!([{"id": "0199aaaa-0000-7000-8000-000000000001", "text": exact, "wording": null,
            "statement": anchor, "also_at": [], "source": null, "stance": "none", "certainty": "unspecified",
            "quotation_type": "none", "attributions": [], "check_worthiness": "routine", "claim_type": "other",
            "verification_status": status, "rating": null, "justification": why, "workflow_state": "todo", "tags": [],
            "notes": "", "evidence": [], "change": null, "proposed": [],
            "history": {"created_at": at, "created_by": by.to_lowercase(), "updated_at": at, "updated_by": by.to_lowercase()}}]);
        let name = format!("{by}.json");
        std::fs::write(desk.path(&name), file.to_string()).unwrap();
        name
    };
    let ben = claim("Ben", "misleading", "", "2026-01-02T10:00:00Z");
    let cleo = claim("Cleo", "disputed", "minutes", "2026-01-03T10:00:00Z");
    let into = |file: &str, more: &[&str]| {
        let mut arguments = vec!["--as", "Ann", "import", file, "--into", "dock"];
        arguments.extend(more);
        desk.run(&arguments)
    };
    let now = || -> Value {
        let out = desk.well(&["export", "dock", "-f", "json"]);
        serde_json::from_str::<Value>(&out).unwrap()["claims"][0].clone()
    };
    let ran = into(&cleo, &["--strict"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(now()["history"]["created_by"], "cleo");
    assert_eq!(now()["history"]["updated_by"], "cleo");
    let before = now();
    let ran = into(&ben, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err
            .contains("1 field differs: the session's stays; --theirs takes the file's"),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("finding: here “disputed”, in the file “misleading”"),
        "{}",
        ran.err
    );
    assert_eq!(now(), before, "nothing is overwritten, emptied or signed");
    assert_eq!(into(&ben, &["--strict"]).code, 1);
    assert_eq!(into(&ben, &["--theirs"]).code, 0);
    assert_eq!(now()["verification_status"], "misleading");
    assert_eq!(now()["justification"], "minutes");
    let log = desk.well(&["log", "dock"]);
    let last = log.lines().last().unwrap();
    assert!(
        last.contains("Ann") && last.contains("imported “") && last.ends_with("” by Cleo"),
        "{log}"
    );
}
