//! What the screen looks like: frames as text with a map of their styles, every size, every layer.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::draw;
use super::fixture::*;
use crate::app::dispatch::act::act;
use crate::app::dispatch::update::update;
use crate::app::input::action::Action;
use crate::app::input::key::sequence;
use crate::app::layers::picker::{Pick, PickItem};
use crate::app::layers::text_view::TextLine;
use crate::app::msg::{ExportReport, Msg, SeenFile};
use crate::app::refusal::DONE;
use crate::app::screen::look::ThemeName;
use crate::app::screen::notices::Level;
use crate::app::state::State;
use crate::app::state::laid::{Choose, Confirm, Overlay, Picker, TextView};
use crate::core::display::{Ambiguous, width_measured};
use crate::core::handover::loss::{Loss, LossFate};
use crate::core::handover::{ExchangeWork, Published, Stage};
use crate::core::link::StoreLink;
use crate::core::progress::{Progress, ProgressUnit};
use crate::core::rows::RowKey;
use crate::core::summary::{Holder, Summary};
use crate::core::vocabulary::{EvidenceStance, Meaning};

/// A frame on its own.
pub fn frame(state: &State) -> (Buffer, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, state.size.width, state.size.height);
    let mut buf = Buffer::empty(area);
    let cursor = draw(state, area, &mut buf);
    (buf, cursor)
}

/// The text of a frame, then the same with a letter for the style of each cell, then what the letters mean.
pub fn dump(state: &State) -> String {
    let (buf, cursor) = frame(state);
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut text = String::new();
    let mut map = String::new();
    for y in 0..buf.area.height {
        let (mut words, mut styles) = (String::new(), String::new());
        let mut x = 0;
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            words.push_str(cell.symbol());
            let width = crate::core::display::width(cell.symbol()).max(1) as u16;
            let style = described(cell.fg, cell.bg, cell.modifier);
            let next = char::from(b'a' + letters.len() as u8);
            let letter = if style.is_empty() {
                ' '
            } else {
                *letters.entry(style).or_insert(next)
            };
            styles.extend(std::iter::repeat_n(letter, usize::from(width)));
            x += width;
        }
        text.push_str(words.trim_end());
        text.push('\n');
        map.push_str(styles.trim_end());
        map.push('\n');
    }
    let mut legend: Vec<_> = letters
        .into_iter()
        .map(|(s, l)| format!("{l} {s}"))
        .collect();
    legend.sort();
    let cursor = cursor.map_or(String::new(), |(x, y)| format!("\ncursor {x},{y}"));
    format!("{text}\n{map}\n{}{cursor}\n", legend.join("\n"))
}

fn described(fg: Color, bg: Color, modifier: Modifier) -> String {
    let mut parts = Vec::new();
    for (color, name) in [(fg, ""), (bg, "on ")] {
        if color != Color::Reset {
            parts.push(format!("{name}{color}"));
        }
    }
    for (flag, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if modifier.contains(flag) {
            parts.push(name.to_string());
        }
    }
    parts.join(" ")
}

/// Compares the frame with the one kept under `name`.
fn shows(name: &str, state: &State) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, dump(state));
    });
}

fn in_theme(mut state: State, theme: ThemeName) -> State {
    state.look.theme = theme;
    state
}

/// The working session at a size that shows a layer well.
fn with(keys: &str) -> State {
    let mut state = working(100, 30);
    press(&mut state, keys);
    state
}

#[test]
fn the_bench_in_every_theme_and_size() {
    for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 50)] {
        for (theme, name) in [
            (ThemeName::Dark, "dark"),
            (ThemeName::Light, "light"),
            (ThemeName::Mono, "mono"),
        ] {
            let state = in_theme(working(width, height), theme);
            shows(&format!("bench_{width}x{height}_{name}"), &state);
        }
    }
}

#[test]
fn what_a_row_shows_in_full() {
    let mut state = working(120, 40);
    press(&mut state, "g j j");
    shows("claim", &state);
    press(&mut state, "G");
    shows("dismissed", &state);
    press(&mut state, "k k k }");
    press(&mut state, "g } } } } }");
    shows("block", &state);
}

#[test]
fn what_is_under_way_in_the_article() {
    shows("marking", &with("m ) o w"));
    shows("search", &with("/ f e r r y Enter"));
    shows("filter", &with("f \"status:open\" Enter"));
    shows("prefix", &with("V"));
    let mut ascii = with("");
    ascii.look.ascii = true;
    shows("ascii", &ascii);
    shows("zoomed_article", &with("Tab z"));
    shows("zoomed_claims", &with("z"));
    shows("marked_rows", &with("g j * * j *"));
    shows("marked_rows_box", &with("g % v n"));
}

/// A list with headings, marks, a line that cannot be picked, and one that makes what is typed.
fn list() -> Picker {
    let item = |n, label: &str| PickItem::new(Pick::Way(n), label);
    let why = "Nothing has been set yet.".to_string();
    let items = vec![
        item(0, "Mara Oduya")
            .detail("leads the opposition")
            .right("3×")
            .group("People"),
        item(1, "山田太郎 (engineer)").marked(true).group("People"),
        item(2, "Kell Ferry Operators")
            .right("1×")
            .group("Organisations"),
        item(3, "another one")
            .disabled(Some(why))
            .group("Organisations"),
    ];
    Picker::new("Said by", items, |_, _| DONE)
        .creating(|_| "new source", |_| false)
        .several(|_, _| DONE)
        .verb("sets it")
}

fn text_to_read() -> TextView {
    let line = |lead: &str, text: &str, meaning| TextLine {
        lead: lead.into(),
        text: text.into(),
        meaning,
        goes_to: Some(RowKey::Block(0)),
    };
    let lines = vec![
        line(
            "error",
            "Found accurate, but there is neither evidence nor a justification. Add evidence for or against the claim, or say why.",
            Meaning::Bad,
        ),
        line(
            "warning",
            "The item has neither an archive link nor a copy.",
            Meaning::Warning,
        ),
        line("10:12", "taken up", Meaning::Plain),
        line("10:13", "undone", Meaning::Muted),
    ];
    TextView::new("Problems", lines, "Nothing.", false)
}

fn exported() -> ExportReport {
    let loss = |fate, reason: &str, words: &[&str], count| Loss {
        fate,
        reason: reason.into(),
        words: words.iter().map(|w| w.to_string()).collect(),
        count,
    };
    ExportReport {
        written: 12,
        taken: Some("kell-bridge.md".into()),
        losses: vec![
            loss(
                LossFate::Lost,
                "the check of it is not finished",
                &[
                    "The council approved",
                    "Ferry numbers \u{202E}fell",
                    "Officials said",
                    "x",
                ],
                9,
            ),
            loss(
                LossFate::Flattened,
                "a row has one attribution",
                &["The council approved"],
                1,
            ),
            loss(LossFate::Noted, "internal notes are left out", &[], 1),
        ],
        ..ExportReport::default()
    }
}

#[test]
fn every_layer() {
    for (name, keys) in [
        ("layer_form", "Enter"),
        ("layer_form_text", "Enter Tab"),
        ("layer_search", "/ k e l l"),
        ("layer_note", "c \"Ask again.\""),
        ("layer_export", "x Down"),
    ] {
        shows(name, &with(keys));
    }
    let mut state = with("");
    state.formats[1].published = Published::Whole;
    resize(&mut state, 60, 15);
    press(&mut state, "x Down Shift-Tab");
    let told = exported();
    if let Some(Overlay::Export(d)) = state.overlays.last() {
        let now = Box::new(d.request(false));
        update(&mut state, Msg::ExportPreview(now, told));
    }
    press(&mut state, "j");
    shows("layer_export_low", &state);
    let mut state = with("x Enter");
    let far = ExchangeWork {
        stage: Stage::Claims,
        done: 3_400,
        of: 10_000,
    };
    update(&mut state, Msg::Exchanging(far));
    shows("layer_export_running", &state);
    let mut state = with("");
    state.readable = state.formats.clone();
    act(&mut state, Action::Import).unwrap();
    press(&mut state, "~/sent/kell.ann Tab");
    shows("layer_import", &state);
    for (name, typed) in [("layer_list", ""), ("layer_list_typed", "o")] {
        let mut state = with("");
        state.lay(Overlay::Picker(list()));
        press(&mut state, typed);
        shows(name, &state);
    }
    let mut state = with("");
    state.lay(Overlay::TextView(text_to_read()));
    shows("layer_text", &state);
    let mut state = with("");
    let ask = Confirm::new(
        "The last steps could not be saved: the disk is full. What now?",
        's',
        "stay",
    )
    .answer('r', "try again and leave", Box::new(|_| DONE))
    .answer(
        'd',
        "discard what is not saved, and leave",
        Box::new(|_| DONE),
    );
    state.lay(Overlay::Confirm(ask));
    shows("layer_confirm", &state);
    let mut state = with("");
    let choose = Choose::value(
        "What does it say of the claim?",
        EvidenceStance::Refutes,
        |_, _| DONE,
    );
    state.lay(Overlay::Choose(choose));
    shows("layer_choose", &state);
}

#[test]
fn screens_without_a_session() {
    shows("start", &empty(80, 24));
    shows("small", &empty(59, 15));
    let mut state = empty(80, 24);
    let summary = |name: &str, checked, holder: Option<&str>| Summary {
        name: name.into(),
        title: "Kell Bridge opens at last".into(),
        version: 1,
        checked,
        claims: 41,
        waiting: 2,
        updated_at: Some(at("09:12")),
        holder: holder.map(|name| Holder {
            name: name.into(),
            pid: 7,
            host: "harbour".into(),
            since: at("09:12"),
        }),
        ..Summary::default()
    };
    let list = vec![
        summary("kell-bridge", 12, None),
        summary("harbour", 41, Some("Ben Ode")),
    ];
    update(&mut state, Msg::Sessions(list));
    shows("sessions", &state);
}

#[test]
fn the_head_says_how_safe_the_work_is() {
    let head = |state: &State| {
        let (buf, _) = frame(state);
        (0..buf.area.width)
            .map(|x| buf[(x, 0)].symbol().to_string())
            .collect::<String>()
    };
    assert!(head(&working(100, 30)).contains(" saved 10:12 "));
    let mut state = working(100, 30);
    press(&mut state, "Space");
    assert!(head(&state).contains(" saving "));
    update(&mut state, Msg::SaveFailed("the disk is full.".into()));
    assert!(head(&state).contains(" NOT SAVED since 10:12 "));
    let mut state = working(100, 30);
    press(&mut state, "Space");
    update(&mut state, Msg::SavingLate);
    for (width, height) in [(120, 40), (80, 24), (60, 15)] {
        resize(&mut state, width, height);
        assert!(head(&state).contains(" NOT SAVED since 10:12 "), "{width}");
    }
    let mut state = working(100, 30);
    update(&mut state, Msg::Link(StoreLink::Down));
    assert!(head(&state).contains(" offline "));
    let kept = state.bench.as_ref().map_or(0, |b| b.history().seq());
    press(&mut state, "Space j Space");
    assert!(head(&state).contains(" saving "));
    let steps = state.bench.as_ref().map_or(0, |b| b.history().seq());
    update(&mut state, Msg::KeptHere(steps));
    let here = format!(" offline, {} steps kept here ", steps - kept);
    assert!(head(&state).contains(&here), "{}", head(&state));
    update(&mut state, Msg::Link(StoreLink::Up));
    update(&mut state, Msg::Saved { seq: steps });
    assert!(head(&state).contains(" saved 10:12 "));
    let mut state = fresh(100, 30);
    if let Some(b) = &mut state.bench {
        b.on_disk = false;
    }
    assert!(head(&state).contains(" not saved yet: nothing decided "));
    if let Some(b) = &mut state.bench {
        b.read_only = Some("it is held by Ben.".into());
    }
    assert!(head(&state).contains(" read-only "));
}

#[test]
fn what_an_external_program_proposes_says_so() {
    let mut state = working(120, 40);
    let all = |state: &State| {
        let (buf, _) = frame(state);
        buf.content().iter().map(|c| c.symbol()).collect::<String>()
    };
    let bench = state.bench.as_mut().unwrap();
    let at = (0..bench.row_count()).find(|n| matches!(bench.row_at(*n), Some(RowKey::Proposal(_))));
    bench.go_to_index(at.unwrap());
    assert!(!all(&state).contains("an external program"));
    let bench = state.bench.as_mut().unwrap();
    let mut theirs = (**bench.check().proposals()).clone();
    theirs.reader = "numbers-1".into();
    bench.set_proposals(std::sync::Arc::new(theirs));
    assert!(all(&state).contains("proposer  numbers · an external program"));
}

fn row_of(state: &State, y: u16) -> String {
    let (buf, _) = frame(state);
    (0..buf.area.width).map(|x| buf[(x, y)].symbol()).collect()
}

/// The line of progress and messages.
fn status_line(state: &State) -> String {
    row_of(state, state.areas().status.y)
}

/// The last row of a frame.
fn hint_line(state: &State) -> String {
    row_of(state, state.size.height - 1)
}

#[test]
fn the_status_line_says_what_matters_most() {
    let mut state = working(120, 40);
    state.notices.seen();
    assert!(hint_line(&state).contains("V finding, next"));
    assert!(
        status_line(&state).contains(" 3 of 9 closed (checked or dismissed) · 1 without ground")
    );
    state.busy = Some("reading the article".into());
    assert!(status_line(&state).contains("reading the article…"));
    state.say(Level::Info, "Row 2: accurate.");
    assert!(status_line(&state).contains("Row 2: accurate."));
    assert!(
        hint_line(&state).contains("V finding, next"),
        "hints never give way"
    );
    let long = "The disk is full, so the last step could not be written; make room and it is tried again by itself.";
    state.say(Level::Error, long);
    assert!(status_line(&state).contains(long));
    resize(&mut state, 80, 24);
    let line = status_line(&state);
    assert!(line.starts_with(" 3/9   ✗ The disk is full"), "{line}");
    assert!(line.trim_end().ends_with("…  2 M"), "{line}");
    press(&mut state, "Esc");
    assert!(!status_line(&state).contains("The disk is full"));
    // A key that was given to something else shows as what it is now.
    let mut state = working(120, 40);
    let keys = vec![sequence("U").unwrap()];
    state.keymap.remap(&[(Action::TakeUp, keys)]);
    assert!(hint_line(&state).contains(" U take up "));
}

#[test]
fn a_copy_under_way_says_how_far_it_is_and_how_to_stop_it() {
    let mut state = working(120, 40);
    press(&mut state, "e ./video.mp4 Enter");
    state.notices.seen();
    assert!(status_line(&state).contains("looking at video.mp4 · Esc cancels"));
    let file = SeenFile {
        path: "/desk/video.mp4".into(),
        bytes: 5_000_000_000,
    };
    let id = state.works;
    update(
        &mut state,
        Msg::FileSeen {
            id,
            found: Ok(file),
        },
    );
    shows("layer_large_file", &state);
    press(&mut state, "y s");
    let id = state.works;
    let progress = Progress {
        unit: ProgressUnit::Bytes,
        done: 1_200_000_000,
        of: Some(5_000_000_000),
    };
    update(&mut state, Msg::Copying { id, progress });
    for (width, height) in [(120, 40), (80, 24), (60, 15)] {
        resize(&mut state, width, height);
        state.notices.seen();
        let words = match height {
            15 => "copying video.mp4 · 1.2 of 5.0 GB",
            _ => "copying video.mp4 · 1.2 of 5.0 GB · Esc cancels",
        };
        assert!(
            status_line(&state).contains(words),
            "{}",
            status_line(&state)
        );
        state.say(Level::Info, "Row 2: accurate.");
        assert!(status_line(&state).contains("Row 2: accurate."));
        let (buf, _) = frame(&state);
        let head: String = (0..width).map(|x| buf[(x, 0)].symbol()).collect();
        assert!(head.contains(" copying 24% "), "{head}");
        press(&mut state, "j");
    }
}

#[test]
fn no_word_that_is_to_be_read_is_dim_or_grey() {
    for keys in [
        "", "e", "Enter", "?", ":", "L", "x", "v", "M", "!", "Ctrl-o", "A", "D",
    ] {
        nothing_is_faint(keys, &with(keys));
    }
    let mut state = with("");
    let empty = TextView::new("Problems", Vec::new(), "Nothing.", false);
    state.overlays = vec![Overlay::TextView(empty)];
    nothing_is_faint("an empty text", &state);
}

fn nothing_is_faint(what: &str, state: &State) {
    let (buf, _) = frame(state);
    for cell in buf.content() {
        let word = cell.symbol().chars().any(char::is_alphanumeric);
        let faint = cell.modifier.contains(Modifier::DIM)
            || matches!(cell.fg, Color::Gray | Color::DarkGray);
        assert!(!(word && faint), "{what}: {:?}", cell.symbol());
    }
}

#[test]
fn a_line_without_end_is_drawn() {
    let mut state = opened(empty(100, 30), &"word ".repeat(40_000));
    press(&mut state, "m Space w w w Enter v a G");
    let (buf, _) = frame(&state);
    assert!(buf.content.iter().filter(|c| c.symbol() == "w").count() > 100);
    press(&mut state, "/ word");
    frame(&state);
}

#[test]
fn the_divider_stands_straight_beside_wide_characters() {
    let state = working(120, 40);
    let (buf, _) = frame(&state);
    let column = state.areas().divider.x;
    for y in 1..buf.area.height - 2 {
        let symbol = buf[(column, y)].symbol();
        assert!(["│", "├"].contains(&symbol), "{y}: {symbol:?}");
    }
    // A row that is printed cell by cell is as wide as the screen.
    for y in 0..buf.area.height {
        let (mut x, mut width) = (0, 0);
        while x < buf.area.width {
            let wide = crate::core::display::width(buf[(x, y)].symbol()).max(1) as u16;
            (x, width) = (x + wide, width + wide);
        }
        assert_eq!(width, buf.area.width, "row {y}");
    }
}

#[test]
fn nothing_in_the_text_acts() {
    for ascii in [false, true] {
        let mut state = working(120, 40);
        state.look.ascii = ascii;
        for keys in ["", "j j j j", "s", "Enter"] {
            press(&mut state, keys);
            let (buf, _) = frame(&state);
            for cell in &buf.content {
                let bad = |c: char| {
                    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
                };
                assert!(!cell.symbol().contains(bad), "{:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn ascii_draws_nothing_but_ascii_around_an_ascii_article() {
    let mut state = opened(
        empty(100, 30),
        "Kell Bridge opens at last.\n\nIt cost 80 million.\n",
    );
    state.look.ascii = true;
    state.me.name = "Ana".into();
    press(&mut state, "m Space w Enter v a");
    for keys in [
        "", "Enter", "Esc ?", "Esc :", "Esc x", "Esc M", "Esc c", "Esc v",
    ] {
        press(&mut state, keys);
        let (buf, _) = frame(&state);
        for (n, cell) in buf.content.iter().enumerate() {
            assert!(cell.symbol().is_ascii(), "{keys} {n}: {:?}", cell.symbol());
        }
    }
}

#[test]
fn the_cursor_of_the_terminal_stands_in_the_field() {
    for keys in ["s k", "/ k", "c note", "Enter Tab", "x Tab"] {
        let state = with(keys);
        let (x, y) = frame(&state).1.unwrap();
        assert!(x < state.size.width && y < state.size.height, "{keys}");
    }
}

#[test]
fn every_size_is_drawn() {
    let themes = [ThemeName::Dark, ThemeName::Light, ThemeName::Mono];
    let keys = [
        "", "V", "/ t h e", "m w w", "c note", "Enter", "s o", "?", "x", "M", "z", "Tab z",
    ];
    for (keys, theme) in keys.iter().zip(themes.iter().cycle()) {
        let mut state = in_theme(working(80, 24), *theme);
        press(&mut state, keys);
        for width in (1..=200).step_by(11) {
            for height in (1..=60).step_by(7) {
                resize(&mut state, width, height);
                let (buf, _) = frame(&state);
                assert!(buf.content.iter().any(|c| c.symbol() != " "));
                // An area that is not the buffer's, and one beyond it.
                let area = Rect::new(3, 2, width, height);
                draw(
                    &state,
                    area,
                    &mut Buffer::empty(Rect::new(0, 0, width, height)),
                );
            }
        }
    }
}

#[test]
fn else_it_stands_on_the_current_row_in_the_pane_that_has_the_focus() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        let mut state = working(width, height);
        press(&mut state, "g");
        for _ in 0..6 {
            let (buf, cursor) = frame(&state);
            let area = state.areas().list;
            let (x, y) = cursor.unwrap();
            assert!(area.contains(x, y), "{x},{y}");
            assert_eq!(buf[(x, y)].symbol(), "▌");
            press(&mut state, "j");
        }
        press(&mut state, "Tab g");
        for _ in 0..6 {
            let (buf, cursor) = frame(&state);
            let (x, y) = cursor.unwrap();
            assert!(state.areas().article.contains(x, y), "{x},{y}");
            let bench = state.bench.as_ref().unwrap();
            let words = bench.text().slice(bench.cursor_hull().unwrap());
            let shown = buf[(x, y)].symbol();
            assert!(words.starts_with(shown), "{shown:?} begins {words:?}");
            press(&mut state, "j");
        }
    }
}

#[test]
fn where_ambiguous_characters_take_two_cells_nothing_is_shifted() {
    let mut state = opened(
        empty(80, 24),
        "“The café’s bridge” — opened…\n\nΗ γέφυρα cost “80 million”, said Zoé — of the “Kell Gazette”.\n",
    );
    update(&mut state, Msg::Ambiguous(Ambiguous::Two));
    press(&mut state, "m Space w Enter v a");
    for keys in [
        "",
        "Enter",
        "Esc ?",
        "Esc :",
        "Esc x",
        "Esc M",
        "Esc c “Zoé”",
        "Esc Esc V",
    ] {
        press(&mut state, keys);
        let (buf, _) = frame(&state);
        for (n, cell) in buf.content.iter().enumerate() {
            let taken = width_measured(cell.symbol(), Ambiguous::Two);
            assert_eq!(
                taken.max(1),
                usize::from(cell.cell_width()),
                "{keys} {n}: {cell:?}"
            );
        }
    }
    press(&mut state, "Esc Esc");
    shows("ambiguous_two_80x24", &state);
}
