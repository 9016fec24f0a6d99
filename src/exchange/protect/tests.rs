#![allow(clippy::unwrap_used, clippy::panic)]

use unicode_normalization::UnicodeNormalization;

use super::identity::Identity;
use super::mask::mask;
use super::search::TextKind;
use crate::core::former::FormerNames;
use crate::core::handover::{ExportOptions, Protected};
use crate::core::model::Source;
use crate::core::set::Set;
use crate::core::vocabulary::SourceType;
use crate::exchange::fixture::Fixture;
use crate::exchange::{ExchangeError, ExportName, FORMATS, File};

/// A session with a protected source called `name`.
pub(super) fn knowing(name: &str) -> Fixture {
    let mut f = Fixture::rich();
    protect(&mut f, name);
    f
}

fn protect(f: &mut Fixture, name: &str) -> crate::core::ids::SourceId {
    let id = f.source(name, SourceType::Person);
    f.session.sources.get_mut(&id).unwrap().protect_identity = true;
    id
}

fn identity(f: &Fixture) -> Identity {
    Identity::of(&f.session, &f.text, None, &FormerNames::default())
}

/// `text` as it is masked where `name` is protected.
fn masked(name: &str, text: &str, kind: TextKind) -> String {
    let found = identity(&knowing(name)).search.find(text, kind);
    mask(text, found.into_iter().map(|f| f.range))
}

/// Names, and disguises of each with what must not be left of them, in small letters without marks.
#[allow(clippy::type_complexity)]
const DISGUISES: &[(&str, &[(&str, &[&str])])] = &[
    (
        "Sean O'Brien",
        &[
            ("then O’Brien rang", &["brien"]),
            ("then OʼBrien rang", &["brien"]),
            ("then O´Brien rang", &["brien"]),
            ("then O`Brien rang", &["brien"]),
            ("then O&#39;Brien rang", &["brien"]),
            ("then O&rsquo;Brien rang", &["brien"]),
            ("then O BRIEN rang", &["brien"]),
            ("file obrien_interview.txt here", &["brien"]),
            ("mail s.obrien@dorn.example", &["brien"]),
            ("Brien, Sean O", &["brien", "sean"]),
            ("at https://x.example/o%27brien now", &["brien"]),
            ("S. O’Brien’s notes", &["brien", "s."]),
        ],
    ),
    (
        "Petra Li",
        &[
            ("“I wrote it down,” Li said", &["li"]),
            ("the LI family", &["li"]),
            ("Write to pli@dorn.example.", &["pli"]),
            ("Write to li.petra@dorn.example.", &["li.", "petra"]),
            ("call oduya / li / garcia", &["li"]),
            ("at 12:10, li says", &["li"]),
            ("P. Li and Li's car", &["li", "p."]),
            ("see @petrali and #PetraLi", &["petra"]),
            ("Lİ and Ｌｉ and 𝐋𝐢", &["li"]),
            ("mp3 pli-2026.mp3", &["pli"]),
            ("P.L. rang", &["p.l"]),
        ],
    ),
    (
        "Ana García-Núñez",
        &[
            ("said GARCIA-NUNEZ on", &["garcia", "nunez"]),
            ("said garcia nunez on", &["garcia", "nunez"]),
            ("said García‑Núñez on", &["garcia", "nunez"]),
            ("said García–Núñez on", &["garcia", "nunez"]),
            ("said GarciaNunez on", &["garcia", "nunez"]),
            ("said Núñez on", &["nunez"]),
            ("said Garci\u{301}a on", &["garc"]),
            ("said Ga\u{ad}rc\u{200b}ía on", &["garc", "rcia"]),
            ("at /garc%C3%ADa/n%FA%F1ez now", &["garc", "ez now"]),
            ("Garc&iacute;a said", &["garc"]),
            ("Garc\\u00eda said", &["garc"]),
            ("Garc=C3=ADa said", &["garc"]),
            ("https://xn--garca-nez-j5a1cxg.example x", &["garca"]),
            ("a.garcia@x.example", &["garcia"]),
        ],
    ),
    (
        "Ludmiła Kowalska",
        &[
            ("o Kowalskiej mówi", &["kowalsk"]),
            ("z Kowalską mówi", &["kowalsk"]),
            ("dla Ludmiły tam", &["ludmil"]),
            ("Ludmila there", &["ludmil"]),
            ("see @pkowalska now", &["kowalsk"]),
            ("lkowalska_notes.docx", &["kowalsk"]),
            ("Kowalska's and KOWALSKA", &["kowalsk"]),
            ("Kowal-\nska said", &["kowal", "ska"]),
            ("Коwаlska is К0walska", &["k0wal", "ska"]),
            ("Kowal ska, KowaIska, Kowa1ska", &["kowa", "ska"]),
            ("ᴋᴏᴡᴀʟsᴋᴀ Ⓚⓞⓦⓐⓛⓢⓚⓐ 🅺🅾🆆🅰🅻🆂🅺🅰", &["ᴏᴡᴀʟ", "kowal", "🆆🅰"]),
            ("K O W A L S K A said", &["w a l"]),
            ("Ковальская; Kowalska", &["kowalska"]),
        ],
    ),
    (
        "Mara Oduya",
        &[
            ("Interview with oduya", &["oduya"]),
            ("oduya phoned", &["oduya"]),
            ("moduya-2026.mp3", &["oduya"]),
            ("@realOduya and drOduya", &["oduya"]),
            ("oduyamara wrote", &["oduya", "mara"]),
            ("#MaraOduya and mara_oduya", &["mara", "oduya"]),
            ("Odu-\nya said", &["odu", "ya said"]),
            ("Odu\u{ad}ya said", &["odu"]),
            ("O\u{200b}d\u{200d}u\u{2060}ya said", &["duya"]),
            ("Mara\u{a0}Oduya, Mara\nOduya", &["mara", "oduya"]),
            ("𝓞𝓭𝓾𝔂𝓪 Ｏｄｕｙａ", &["oduya"]),
            ("ma%72a and m%61ra%20oduya", &["ma%72", "oduya"]),
            ("Оdуyа said", &["oduya", "dya"]),
            ("0duya and 0DUY4", &["0duy"]),
            ("Oduyas Bericht, Oduya's", &["oduya"]),
            ("М. Одуя said", &["одуя"]),
            ("Mara O. said", &["mara", "o."]),
            ("Odu ya and O*du*ya", &["odu", "ya"]),
            ("m.oduya@x.example", &["oduya"]),
        ],
    ),
    (
        "Lena (Leni) Orsk-Dahl",
        &[
            ("Lena Orsk said", &["lena", "orsk"]),
            ("Mrs. Dahl said", &["dahl"]),
            ("Leni came", &["leni"]),
            ("ORSK DAHL, OrskDahl, orskdahl", &["orsk", "dahl"]),
            ("lenaorsk@x.example", &["orsk"]),
            ("#teamorsk", &["orsk"]),
            ("file:///x/Dahl%2c%20Lena.pdf", &["dahl", "lena"]),
        ],
    ),
    (
        "Jörg Müßner",
        &[
            ("Joerg Muessner", &["joerg", "muess"]),
            ("JORG MUSSNER", &["jorg", "muss"]),
            ("jmuessner@x.example", &["muess"]),
        ],
    ),
    (
        "Søren Ærø",
        &[
            ("Soren Aero said", &["soren", "aero"]),
            ("SØREN", &["søren", "soren"]),
        ],
    ),
    (
        "Nguyễn Văn Bo",
        &[
            ("Nguyen said", &["nguyen"]),
            ("nvbo@x.example", &["nvbo"]),
            ("bo rang", &["bo rang"]),
        ],
    ),
    (
        "Fatima al-Qadhafi",
        &[
            ("al-Qadhafi said, AL QADHAFI", &["qadhafi"]),
            ("alqadhafi wrote", &["qadhafi"]),
            ("then Qadhafi said", &["qadhafi"]),
        ],
    ),
    (
        "Siobhán Ní Dhomhnaill",
        &[("then Ni Dhomhnaill", &["ni ", "dhomhnaill"])],
    ),
    (
        "nurse Mara oduya",
        &[("Oduya and oduya", &["oduya"]), ("Mara", &["mara"])],
    ),
    ("李小龙", &[("昨天李小龙说", &["李小龙"])]),
];

/// The letters of `text` by a rule of its own: NFKD without marks and small.
fn simple(text: &str) -> String {
    let bare = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    bare.flat_map(char::to_lowercase)
        .map(|c| if c == 'ł' { 'l' } else { c })
        .collect()
}

#[test]
fn no_disguise_gets_through() {
    for (name, disguises) in DISGUISES {
        for (text, gone) in *disguises {
            for kind in [TextKind::Prose, TextKind::Note, TextKind::Link] {
                let masked = masked(name, text, kind);
                for words in *gone {
                    assert!(
                        !simple(&masked).contains(words),
                        "{name} in {text:?}: {masked:?} ({kind:?})"
                    );
                }
                assert_eq!(masked.chars().count(), text.chars().count());
            }
        }
    }
}

#[test]
fn what_is_not_about_them_stays() {
    for (name, texts) in [
        (
            "Mark Stone",
            &[
                "a stone bridge will mark the day",
                "cobblestones and landmarks, marked",
                "The milestone was remarkable. [S7 One]",
            ][..],
        ),
        (
            "Petra Li",
            &[
                "Li-ion batteries",
                "a limit on lithium in Limerick",
                "delivery, alibi, Lisbon",
                "petrol",
            ],
        ),
        (
            "Mara Oduya",
            &[
                "The marathon in Tamara's catamaran",
                "Samara and maracas",
                "a maraud",
            ],
        ),
        ("Will Young", &["it will be young", "young people, willing"]),
        (
            "Rose May",
            &["prices rose; it may rise", "primrose, mayor, maybe"],
        ),
        (
            "Bo Ng",
            &["a long song about a bobsleigh", "England, being, body"],
        ),
        ("Sean O'Brien", &["an oasis, a season, brie, brine"]),
        ("Ana García-Núñez", &["banana, analysis, an anagram"]),
        ("Ludmiła Kowalska", &["Moscow also, a koala"]),
        ("Lena Orsk-Dahl", &["Dahlia, Helena, York, calendar"]),
        ("Jan Stein", &["ein stein liegt, im januar"]),
    ] {
        for text in texts {
            assert_eq!(masked(name, text, TextKind::Prose), *text, "{name}");
        }
    }
}

#[test]
fn somebody_else_with_the_same_given_name_keeps_it() {
    let mut f = knowing("Mara Oduya");
    f.source("Mara Lindqvist", SourceType::Person);
    f.source("Tom Oduya", SourceType::Person);
    let text = "Mara Lindqvist met Mara and Tom Oduya.";
    let found = identity(&f).search.find(text, TextKind::Prose);
    let masked = mask(text, found.into_iter().map(|f| f.range));
    assert_eq!(masked, "Mara Lindqvist met ████ and Tom █████.");
}

proptest::proptest! {
    #[test]
    fn a_mask_is_as_long_as_what_it_hides(
        before in "[a-zé🌊日 ,.\\n-]{0,20}",
        joint in " |\u{a0}|_|-|\n|\r\n|%20|, |\u{200b}|",
        letter in "\u{ad}|\u{200d}||\u{301}",
        after in "[é🌊日 ,.\\n-]{0,20}",
    ) {
        let text = format!("{before} Mara{joint}O{letter}duya{after}");
        let masked = masked("Mara Oduya", &text, TextKind::Prose);
        proptest::prop_assert_eq!(masked.chars().count(), text.chars().count());
        let (from, to) = (before.chars().count() + 1, after.chars().count());
        let hidden: String = masked.chars().skip(from).collect();
        let hidden: String = hidden.chars().rev().skip(to).collect();
        proptest::prop_assert!(!hidden.chars().any(|c| c.is_ascii_alphabetic()), "{:?}: {:?}", text, masked);
    }
}

/// Puts `words` in every text of the session and of its proposals.
fn in_every_field(f: &mut Fixture, words: &str) -> usize {
    let record = f
        .session
        .sources
        .values()
        .find(|s| s.protect_identity)
        .cloned();
    let mut n = 0;
    super::fields::visit(&mut f.session, &mut |_, _, text| {
        n += 1;
        text.push_str(words);
    });
    super::fields::visit_proposals(&mut f.proposals, &mut |_, _, text| {
        n += 1;
        text.push_str(words);
    });
    // The record itself stays what it is known by.
    f.session.sources.extend(record.map(|s| (s.id, s)));
    n
}

/// Every string of an export as whoever gets it reads it, by means of its own.
pub(super) fn strings(export: &crate::exchange::Export) -> String {
    let mut all = format!(
        "{:?}\n{:?}\n{:?}\n",
        export.report.skipped, export.report.flattened, export.report.remarks
    );
    for file in &export.files {
        all.push_str(&file.name);
        all.push('\n');
        if file.name.ends_with("xlsx") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
            for n in 0..archive.len() {
                let mut text = String::new();
                std::io::Read::read_to_string(&mut archive.by_index(n).unwrap(), &mut text)
                    .unwrap();
                all.push_str(&text);
            }
        } else {
            all.push_str(&String::from_utf8_lossy(&file.bytes));
        }
    }
    all
}

#[test]
fn no_format_names_a_protected_source_in_any_field() {
    let redact = ExportOptions {
        protected: Protected::Redact,
        page_url: Some("https://checks.example.org/1".into()),
        ..ExportOptions::default()
    };
    let includes = ExportOptions {
        protected: Protected::Include,
        ..redact.clone()
    };
    // Letters that no word of the program holds, so that any that are left were missed.
    for (name, words, gone) in [
        ("Zuzanna Qvortrup", " Qvortrup", "qvortrup"),
        ("Zuzanna Qvortrup", " qvor\u{ad}trup", "trup"),
        ("Zuzanna Qvortrup", " zqvortrup@x.example", "qvort"),
        ("Zuzanna Qvortrup", " Ｑｖｏｒｔｒｕｐ", "qvort"),
        ("Zuzanna Qvortrup", " Qvortrupów", "qvort"),
        ("Xi Qw", " qw", "qw"),
    ] {
        for format in FORMATS {
            let mut f = knowing(name);
            assert!(in_every_field(&mut f, words) > 90);
            let export = f.try_export(format.info.name, &redact).unwrap();
            let all = simple(&strings(&export));
            assert!(
                !all.contains(gone),
                "{} {words}: {}",
                format.info.name,
                &all[all.find(gone).unwrap_or(0)..][..80.min(all.len())]
            );
            let named = f.try_export(format.info.name, &includes).unwrap();
            assert!(
                simple(&strings(&named)).contains(gone) || words.contains('\u{ad}'),
                "{}",
                format.info.name
            );
        }
    }
}

#[test]
fn every_place_is_listed_before_it_is_masked() {
    let mut f = knowing("Zuzanna Qvortrup");
    in_every_field(&mut f, " qvortrup");
    let Err(ExchangeError::Protected { places }) = f.try_export("json", &ExportOptions::default())
    else {
        panic!("must be refused");
    };
    let mine = f
        .session
        .sources
        .values()
        .find(|s| s.protect_identity)
        .unwrap()
        .id
        .to_string();
    let mut copy = f.clone();
    let mut fields = 0;
    super::fields::visit(&mut copy.session, &mut |at, _, _| {
        let at = at();
        // The record itself is emptied.
        if !at.contains(&mine) {
            fields += 1;
            assert!(places.iter().any(|p| p.at == at), "{at}");
        }
    });
    assert!(fields > 80, "{fields}");
    let said = ExchangeError::Protected { places }.to_string();
    assert!(
        said.contains("the media type of evidence") && said.contains("the id of a checker"),
        "{said}"
    );
}

#[test]
fn a_source_that_was_renamed_or_merged_is_not_named() {
    let redact = ExportOptions {
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    let mut f = Fixture::rich();
    let mara = f
        .session
        .sources
        .values_mut()
        .find(|s| s.name == "Mara Oduya")
        .unwrap();
    mara.protect_identity = true;
    mara.name = "Nurse A".into();
    mara.url = None;
    let id = mara.id;
    // Known by the words of its attribution.
    let said = strings(&f.try_export("json", &redact).unwrap()).to_lowercase();
    assert!(!said.contains("oduya") && !said.contains("mara"));
    assert!(!said.contains("leader of the opposition"));
    // Known by its other names.
    for a in f.session.attributions.values_mut() {
        a.source_span.clear();
        a.cue.clear();
    }
    let named = |f: &Fixture| strings(&f.try_export("json", &redact).unwrap()).contains("Oduya");
    assert!(named(&f), "nobody knows");
    f.session.sources.get_mut(&id).unwrap().also_called = Set::one("Mara Oduya".into());
    assert!(!named(&f));
    f.session.sources.get_mut(&id).unwrap().also_called = Set::default();
    assert!(
        !f.session.sources[&id]
            .also_called
            .iter()
            .any(|n| n == "Mara Oduya")
    );
    f.former = history_of(id, "Mara Oduya", "Nurse A");
    assert!(!named(&f));
}

fn history_of(id: crate::core::ids::SourceId, from: &str, to: &str) -> FormerNames {
    use crate::core::edit::{Change, Edit};
    use crate::core::history::{History, Step, StepKind};
    use crate::core::model::SourceField;
    let name = |n: &str| SourceField::Name(n.into());
    let step = Step {
        seq: 1,
        id: crate::core::ids::StepId(uuid::Uuid::from_u128(9)),
        at: crate::exchange::fixture::at(),
        by: crate::core::ids::CheckerId::of("a"),
        kind: StepKind::Do,
        of: None,
        edits: vec![Edit::Source(id, Change::Set(name(from), name(to)))],
    };
    FormerNames::of_history(&History::fold([step]))
}

#[test]
fn a_role_is_masked_where_it_stands_in_the_text() {
    let mut f = knowing("Petra Li");
    let li: &mut Source = f
        .session
        .sources
        .values_mut()
        .find(|s| s.name == "Petra Li")
        .unwrap();
    li.role = "night-shift foreman at Dorn Mill".into();
    let text = "Petra Li, a night-shift foreman at Dorn Mill, said so. The Dorn Mill is old.";
    let found = identity(&f).search.find(text, TextKind::Prose);
    assert_eq!(
        mask(text, found.into_iter().map(|f| f.range)),
        "████████, a ████████████████████████████████, said so. The █████████ is old."
    );
}

#[test]
fn what_is_too_common_to_be_masked_is_refused() {
    let redact = ExportOptions {
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    let mut f = knowing("Petra Li");
    f.session
        .sources
        .values_mut()
        .find(|s| s.name == "Petra Li")
        .unwrap()
        .role = "clerk".into();
    let claim = f.session.claims.keys().next().copied().unwrap();
    f.claim_mut(claim).notes = "clerk ".repeat(20);
    let notes = f.try_export("json", &redact).unwrap();
    assert!(!strings(&notes).contains("clerk"));
    f.claim_mut(claim).notes = "clerk ".repeat(21);
    let refused = f.try_export("json", &redact).unwrap_err();
    let ExchangeError::Unmaskable { places } = &refused else {
        panic!("{refused}");
    };
    assert_eq!(places.len(), 21);
    // A name that is one common word: where it is written small nobody can tell.
    let mut f = knowing("Will");
    f.claim_mut(claim).notes = "ask will".into();
    assert!(matches!(
        f.try_export("json", &redact),
        Err(ExchangeError::Unmaskable { .. })
    ));
}

#[test]
fn a_finished_file_that_names_a_source_is_not_handed_over() {
    let f = knowing("Zuzanna Qvortrup");
    let options = ExportOptions {
        publisher: Some("The Qvortrup Gazette".into()),
        page_url: Some("https://checks.example.org/1".into()),
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    let refused = f
        .try_export("claimreview", &options)
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("a string of the file kell-bridge.json (“Qvortrup”)"),
        "{refused}"
    );
}

#[test]
fn the_attributes_of_a_workbook_side_by_side_are_no_name() {
    // The cell `O1` with the value 1 and the type `s` was taken for “Ó S…”.
    let redact = ExportOptions {
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    let mut f = knowing("Niamh Ó Súilleabháin");
    in_every_field(&mut f, " Súilleabháin");
    for format in ["xlsx", "xmi", "html"] {
        let export = f.try_export(format, &redact).unwrap();
        assert!(!simple(&strings(&export)).contains("illeabh"), "{format}");
    }
}

#[test]
fn the_programs_own_part_of_a_files_name_names_nobody() {
    // To the eye `s3.ann` is “Sean”; and `.ann` is the name of whoever is called Ann.
    let redact = ExportOptions {
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    for name in ["Sean O'Brien", "Ann Field", "Sam Conf"] {
        let mut f = knowing(name);
        f.session.name = "s3".into();
        let export = f.try_export("brat", &redact).unwrap();
        let names: Vec<&str> = export.files.iter().map(|f| &*f.name).collect();
        assert_eq!(names, ["s3.txt", "s3.ann", "annotation.conf"], "{name}");
    }
    // Words of a session are looked at as before, and a name that nobody vouches for is looked at whole.
    let search = identity(&knowing("Sean O'Brien")).search;
    let places = |name: ExportName| {
        let file = File {
            name,
            bytes: Vec::new(),
        };
        let export = crate::exchange::Export {
            files: vec![file],
            report: Default::default(),
        };
        super::finished::look(&export, None, &search).len()
    };
    assert_eq!(places(ExportName::of_session("s3", ".ann")), 0);
    assert_eq!(places(ExportName::of_session("call with sean", ".ann")), 1);
    assert_eq!(places("s3.ann".into()), 1);
}

/// Whoever was asked for what comes from a protected source is that source, by whatever name they were noted.
#[test]
fn whoever_was_asked_on_behalf_of_a_protected_source_is_not_named() {
    let redact = ExportOptions {
        protected: Protected::Redact,
        ..ExportOptions::default()
    };
    let mut f = Fixture::rich();
    let id = protect(&mut f, "a harbour clerk");
    let item = f.session.evidence.values_mut().next().unwrap();
    item.source = Some(id);
    item.contact = Some(crate::core::model::Contact {
        who: "Zuzanna Qvortrup".into(),
        at: "2026-11-15".into(),
        how: "zq@dorn.example, +49 171 5550199".into(),
        reached: true,
    });
    let claim = f.session.claims.values_mut().next().unwrap();
    claim.notes = "Qvortrup was sure; ring +49 171 5550199 again".into();
    let Err(ExchangeError::Protected { places }) = f.try_export("json", &ExportOptions::default())
    else {
        panic!("the export names her");
    };
    let said = ExchangeError::Protected { places }.to_string();
    assert!(said.contains("the one who was asked of evidence"), "{said}");
    for format in ["json", "markdown", "html", "csv", "xlsx"] {
        let all = simple(&strings(&f.try_export(format, &redact).unwrap()));
        for gone in ["qvortrup", "zq@dorn", "5550199"] {
            assert!(!all.contains(gone), "{format} {gone}");
        }
    }
}
