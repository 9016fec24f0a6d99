//! The sample session of the repository: sound, on the sample article, and never changed.

use serde_json::Value;

use crate::program::{Desk, repository};
#[cfg(unix)]
use crate::tty::Tty;

#[test]
fn the_sample_is_sound_and_stands_on_the_sample_article() {
    let desk = Desk::new();
    let sessions = repository().join("sessions");
    let sessions = sessions.to_str().unwrap();
    let list = desk.well(&["list", "--json", "--sessions", sessions]);
    let list: Value = serde_json::from_str(&list).unwrap();
    let sample = list
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["name"] == "kell-bridge");
    let sample = sample.unwrap();
    assert_eq!(
        (&sample["sample"], &sample["problem"]),
        (&true.into(), &Value::Null)
    );
    let found = desk.well(&["check", "kell-bridge", "--json", "--sessions", sessions]);
    let found: Value = serde_json::from_str(&found).unwrap();
    for f in found.as_array().unwrap() {
        assert_eq!(f["severity"], "warning", "{f}");
        assert_ne!(f["rule"], "integrity", "{f}");
    }
    let export = desk.well(&[
        "export",
        "kell-bridge",
        "-f",
        "json",
        "--sessions",
        sessions,
    ]);
    let export: Value = serde_json::from_str(&export).unwrap();
    let article = std::fs::read_to_string(repository().join("sessions/kell-bridge.txt")).unwrap();
    assert_eq!(export["article"]["text"], article.as_str());
    assert_eq!(export["article"]["versions"][0]["origin"], "-");
    assert!(export["progress"]["checked"].as_u64().unwrap() >= 5);
}

#[test]
fn who_reads_into_the_sample_gets_a_copy() {
    let desk = Desk::new();
    let sessions = repository().join("sessions");
    let before = std::fs::read(sessions.join("kell-bridge/journal.jsonl")).unwrap();
    let sessions = sessions.to_str().unwrap();
    let file = desk.path("kell.json");
    let file = file.to_str().unwrap();
    desk.well(&[
        "export",
        "kell-bridge",
        "-f",
        "json",
        "-o",
        file,
        "--sessions",
        sessions,
    ]);
    desk.well(&[
        "import",
        file,
        "-f",
        "json",
        "--into",
        "kell-bridge",
        "--sessions",
        sessions,
    ]);
    let after = std::fs::read(repository().join("sessions/kell-bridge/journal.jsonl")).unwrap();
    assert!(before == after);
    let own: Value = serde_json::from_str(&desk.well(&["list", "--json"])).unwrap();
    assert_eq!(
        (&own[0]["name"], &own[0]["sample"]),
        (&"kell-bridge".into(), &false.into())
    );
}

#[test]
#[cfg(unix)]
fn what_is_done_in_the_copy_is_what_the_name_lists_and_exports() {
    let desk = Desk::new();
    let sessions = repository().join("sessions");
    let sessions = sessions.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.current_dir(repository());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {said}");
        (String::from_utf8(output.stdout).unwrap(), said)
    };
    let checked = |arguments: &[&str]| {
        let (out, said) = run(arguments);
        let json: Value = serde_json::from_str(&out).unwrap();
        (json["progress"]["checked"].as_u64().unwrap(), said)
    };
    let export = ["export", "kell-bridge", "--format", "json"];
    let (before, said) = checked(&export);
    assert!(!said.contains("copy"), "{said}");

    let home = desk.path("home");
    let variables = [("CLAIMDESK_HOME", home.to_str().unwrap())];
    let open = ["--sessions", sessions, "resume", "kell-bridge"];
    let mut t = Tty::with(&desk.path(""), &open, &variables);
    t.wait_for("this is your own copy");
    t.press("]Va").saved().press("q");
    assert_eq!(t.end(), 0);

    let (after, said) = checked(&export);
    assert_eq!(after, before + 1);
    assert!(said.contains("this is your own copy of it, in "), "{said}");
    let (list, _) = run(&["list"]);
    assert!(list.contains("[your own copy of the sample, in "), "{list}");
    let (list, _) = run(&["list", "--json"]);
    let list: Value = serde_json::from_str(&list).unwrap();
    assert_eq!(
        (&list[0]["checked"], &list[0]["sample"]),
        (&after.into(), &false.into())
    );
    assert!(
        list[0]["copy_in"]
            .as_str()
            .unwrap()
            .ends_with("kell-bridge")
    );
}
