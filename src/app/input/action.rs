//! The actions: everything that a key, the palette or a click can do, one row each. Help, hints, docs, the keymap, the
//! tests and the dispatcher are derived from the rows; to add an action, add its row.

use std::sync::LazyLock;

pub use super::action_group::{ActionGroup, KeyContext};
use super::key::{Key, sequence};
use crate::core::labels::Labels;
use crate::core::vocabulary::Rating as RatingValue;
use crate::core::vocabulary::*;

/// Hands every row to the macro `$with`. A row has the action's doc, which help shows too; its name with the value that it
/// carries, if any; its facts; and what it needs and does, an expression that `act.rs` reads.
macro_rules! every_action {
    ($with:ident) => { $with! {
        /// goes to the next row, in both panes
        RowNext = one("row_next", "next row", Move, keys(&["j", "Down"])) => session(|w| walk::row(w, 1));
        /// goes to the previous row, in both panes
        RowPrevious = one("row_previous", "previous row", Move, keys(&["k", "Up"])) => session(|w| walk::row(w, -1));
        /// goes to the first row
        RowFirst = one("row_first", "first row", Move, keys(&["g", "Home"])) => session(walk::first);
        /// goes to the last row
        RowLast = one("row_last", "last row", Move, keys(&["G", "End"])) => session(walk::last);
        /// goes a page down in the pane with the focus
        PageDown = one("page_down", "page down", Move, keys(&["PgDn"])) => session(|w| walk::page(w, true));
        /// goes a page up in the pane with the focus
        PageUp = one("page_up", "page up", Move, keys(&["PgUp"])) => session(|w| walk::page(w, false));
        /// goes to the next row that is still to be done
        OpenNext = one("open_next", "next open row", Move, keys(&["]", ")"])) => session(|w| walk::open_row(w, true));
        /// goes to the previous row that is still to be done
        OpenPrevious = one("open_previous", "previous open row", Move, keys(&["[", "("])) => session(|w| walk::open_row(w, false));
        /// goes to the next block of the article, captions and headlines too
        BlockNext = one("block_next", "next block", Move, keys(&["}", "+"])) => session(|w| walk::block(w, true));
        /// goes to the previous block of the article, captions and headlines too
        BlockPrevious = one("block_previous", "previous block", Move, keys(&["{", "-"])) => session(|w| walk::block(w, false));
        /// goes to the next loose end: a finding without ground, a caption or a sentence that nobody has looked at
        LooseEndNext = one("loose_end_next", "next loose end", Move, keys(&[";"])) => session(loose_ends::next);
        /// scrolls the current row's detail down
        DetailDown = one("detail_down", "detail down", Move, keys(&["Ctrl-d"])) => session(|w| walk::scroll_detail(w, true));
        /// scrolls the current row's detail up
        DetailUp = one("detail_up", "detail up", Move, keys(&["Ctrl-u"])) => session(|w| walk::scroll_detail(w, false));
        /// moves the focus to the other pane
        OtherPane = one("other_pane", "other pane", Move, keys(&["Tab"])) => session(walk::other_pane);

        /// takes the whole proposal up as a claim and stays; on a row that is taken up it goes to the next open one
        TakeUp = one("take_up", "take up", Decide, keys(&["Space"])) => row(decide::take_up).one_at_a_time();
        /// says that there is nothing to check here; pressed again it takes that back; on marked rows it asks why
        Dismiss = one("dismiss", "dismiss", Decide, keys(&["d"])) => write_row(decide::dismiss).on_marked(many::ask::dismissal);
        /// marks any words of the article as a statement of their own: each word of the block has two letters, which type its start and its end
        Mark = one("mark", "mark a passage", Decide, keys(&["m"])) => write(|w| decide::mark(w, Purpose::Statement));
        /// cuts the statement in two where the mark is; both parts are said by the same
        SplitHere = one("split_here", "more claims: split here", Decide, keys(&["D s"])) => write_row(more::split);
        /// adds a claim on the same words, said by the same, in words of its own
        OneMore = one("one_more", "more claims: one more on the same words", Decide, keys(&["D o"])) => write_row(more::one_more);
        /// marks a part of the words as a claim of its own
        MarkPart = one("mark_part", "more claims: mark a part", Decide, keys(&["D p"])) => write_row(more::part);
        /// moves the borders of the row's mark; the claim keeps all that it has
        MoveBorders = one("move_borders", "more claims: move the borders", Decide, keys(&["D b"])) => write_row(more::borders);
        /// ties this row to an existing claim, with an attribution of its own
        AlsoHere = one("also_here", "also here", Decide, keys(&["a"])) => write_row(pick::also_here::open);
        /// makes two claims of a quotation: was it said, and is it so
        Both = one("both", "both: was it said, is it so", Decide, keys(&["b"])) => write_row(decide::both);
        /// takes the claim away with its attributions and what is held against it; the statement is undecided again
        Withdraw = one("withdraw", "withdraw the claim", Decide, keys(&["X"])) => write_claim(decide::withdraw);
        /// holds the evidence of the row that was finished last here too, sets its finding, and goes to the next open row
        Repeat = one("repeat", "repeat evidence and finding", Decide, keys(&["."])) => repeated(None).unless(repeat::nothing_yet);
        /// does the same, with this item of the evidence list in place of the items held there
        RepeatWith(n: u8) = numbers("repeat_with", "repeat with item", Decide) => repeated(Some(n)).unless(repeat::nothing_yet);

        /// marks the row, or takes its mark away, and goes to the next; evidence, said by, tags, workflow, dismiss and three findings then work on all marked rows at once, Esc unmarks them. None of its keys needs AltGr on German, French or Nordic boards
        MarkRow = one("mark_row", "mark the row", Decide, keys(&["*"])) => write_row(many::rows::one).as_ever();
        /// marks all rows from the one that was marked last to this one
        MarkRange = one("mark_range", "mark rows up to here", Decide, keys(&["&"])) => write_row(many::rows::up_to_here).as_ever().unless(many::rows::no_first);
        /// marks all rows that the list shows: with a filter those that pass it
        MarkShown = one("mark_shown", "mark all rows shown", Decide, keys(&["%"])) => write_row(many::rows::all_shown).as_ever();

        /// opens the form of the current row
        EditRow = one("edit_row", "form", Tag, keys(&["Enter"])) => write_row(forms::of_row::open);
        /// sets the finding and stays
        Finding(v: VerificationStatus) = each("finding", "finding", "v", Tag) => tag(Tag::Finding(v));
        /// sets the finding and goes to the next open row
        FindingNext(v: VerificationStatus) = each("finding_next", "finding, next", "V", Tag) => tag(Tag::FindingNext(v));
        /// goes to the next voice of the row, on which every key for a voice acts
        VoiceNext = one("voice_next", "next voice", Tag, keys(&[","])) => row(voices::next).unless(voices::one_voice);
        /// drops the chosen voice; where it is the only one, the claim is the article's own
        VoiceDrop = one("voice_drop", "drop the voice", Tag, keys(&["Backspace"])) => write_row(voices::drop_chosen).unless(voices::nobody_else);
        /// sets the source's stance
        Stance(v: Stance) = each("stance", "stance", "t", Tag) => tag(Tag::Stance(v));
        /// sets how sure the source sounds
        Certainty(v: Certainty) = each("certainty", "certainty", "T", Tag) => tag(Tag::Certainty(v));
        /// sets the publication rating
        Rating(v: Option<RatingValue>) = ratings("rating", "r", Tag) => tag(Tag::Rating(v));
        /// sets where the claim stands in the workflow
        Workflow(v: WorkflowState) = each("workflow", "workflow", "W", Tag) => tag(Tag::Workflow(v));
        /// sets how much the claim is worth checking
        Worth(v: CheckWorthiness) = each("worth", "worth", "", Tag) => tag(Tag::Worth(v));
        /// sets what kind of claim it is
        Type(v: ClaimType) = each("type", "kind of claim", "", Tag) => tag(Tag::Type(v));
        /// edits why the finding is what it is; of a dismissal, its reason
        Justification = one("justification", "justification", Tag, keys(&["J"])) => write_row(texts::justification);
        /// edits the wording that stands alone
        Wording = one("wording", "wording", Tag, keys(&["w"])) => write_row(texts::wording);
        /// edits the checker's note
        Note = one("note", "note", Tag, keys(&["c"])) => write_row(texts::note);
        /// edits the tags
        Tags = one("tags", "tags", Tag, keys(&["#", "H"])) => write_row(texts::tags).on_marked(many::ask::tags);
        /// proposes a change of the text: replacement, reason, must or could
        ProposeChange = one("propose_change", "propose a change", Tag, keys(&["p"])) => write_row(forms::change::open);

        /// sets who says it: type to filter or to create
        SaidBy = one("said_by", "said by", Evidence, keys(&["s"])) => write_row(pick::sources::said_by).on_marked(many::ask::said_by);
        /// sets who quoted the source
        Via = one("via", "via", Evidence, keys(&["S"])) => write_row(pick::sources::via);
        /// sets whom an accusation names
        About = one("about", "about", Evidence, keys(&["B"])) => write_row(pick::sources::about);
        /// adds evidence: an item by its number, or a new address, file, title or calculation; then what it says, and the finding
        Evidence = one("evidence", "evidence", Evidence, keys(&["e"])) => write_row(pick::evidence::open).on_marked(many::ask::evidence);
        /// lists the session's evidence items: their file, archive link, source and kind, and where they are used
        EvidenceList = one("evidence_list", "evidence items", Evidence, keys(&["E"])) => session(pick::evidence_list::open);
        /// lists the sources: edit, merge, protect
        Sources = one("sources", "sources", Evidence, keys(&["L"])) => session(pick::source_list::open);
        /// opens the address of the evidence, else of the source
        OpenLink = one("open_link", "open link", Evidence, keys(&["o"])) => session(decide::open_link);
        /// copies the words of the current row
        Copy = one("copy", "copy", Evidence, keys(&["y"])) => row(decide::copy);

        /// searches the article; hits show while one types
        Search = one("search", "search", Find, keys(&["/"])) => session(find::search);
        /// goes to the next hit
        SearchNext = one("search_next", "next hit", Find, keys(&["n"])) => session(|w| find::next_hit(w, true)).unless(find::nothing_searched);
        /// goes to the previous hit
        SearchPrevious = one("search_previous", "previous hit", Find, keys(&["N"])) => session(|w| find::next_hit(w, false)).unless(find::nothing_searched);
        /// shows only the rows that fit, as in status:open source:kirby word
        Filter = one("filter", "filter", Find, keys(&["f"])) => session(find::filter);
        /// shows all rows again
        FilterClear = one("filter_clear", "clear the filter", Find, keys(&["F"])) => session(|w| find::set_filter(w, "")).unless(find::no_filter);
        /// lists every action; Enter does it
        Palette = one("palette", "command palette", Find, keys(&[":", "Ctrl-p"])) => anytime(|s| palette::palette(s, ACTS));
        /// shows every key; Enter does what the line says
        Help = one("help", "help", Find, keys(&["?"])) => anytime(|s| palette::help(s, ACTS));

        /// takes your own last step back
        Undo = one("undo", "undo", Session, keys(&["u"])) => write(|w| w.undo_redo(Again::Undo)).unless(|b, p| steps::not_again(b, p, Again::Undo));
        /// makes the step again that was taken back last
        Redo = one("redo", "redo", Session, keys(&["Ctrl-r"])) => write(|w| w.undo_redo(Again::Redo)).unless(|b, p| steps::not_again(b, p, Again::Redo));
        /// writes the check in one of the field's formats
        Export = one("export", "export", Session, keys(&["x"])) => session(export::open).unless(export::no_format);
        /// reads another tool's annotations into this session
        Import = one("import", "import", Session, keys(&[])) => write(import::open).unless(import::no_format);
        /// edits title, byline, address, date and language
        ArticleDetails = one("article_details", "article details", Session, keys(&["A"])) => write(forms::article::open);
        /// lists what the house rules find
        Problems = one("problems", "problems", Session, keys(&["!"])) => session(lists::problems);
        /// lists every step: when, who, what
        AuditTrail = one("audit_trail", "audit trail", Session, keys(&[])) => session(lists::audit_trail);
        /// lets the present reader propose anew; every decision whose words stand is kept
        ProposeAgain = one("propose_again", "propose again", Session, keys(&[])) => write(proposing::again);
        /// lists the sessions, to go on with another one
        Sessions = one("sessions", "sessions", Session, keys(&["Ctrl-o"])) => anytime(pick::sessions::open);
        /// lists the messages so far
        Messages = one("messages", "messages", Session, keys(&["M"])) => anytime(lists::messages);
        /// lets you write to a session that was open elsewhere, once nobody holds it any more
        TakeOver = one("take_over", "take the session over", Session, keys(&["K"])) => session(take_over::take_over);
        /// writes the checkpoint now; every step is saved as it is made in any case
        SaveNow = one("save_now", "write the checkpoint", Session, keys(&[])) => session(saving::save_now);
        /// saves and leaves
        Quit = one("quit", "save and leave", Session, keys(&["q"])) => anytime(|s| Ok(saving::leave(s, false)));

        /// gives the claims panel more room
        Narrower = one("narrower", "narrower article", Screen, keys(&["<"])) => session(|w| walk::resize_panes(w, -5));
        /// gives the article more room
        Wider = one("wider", "wider article", Screen, keys(&[">"])) => session(|w| walk::resize_panes(w, 5));
        /// sets the pane sizes back
        EvenPanes = one("even_panes", "usual pane sizes", Screen, keys(&["="])) => session(walk::even_panes);
        /// lets the pane with the focus fill the screen
        Zoom = one("zoom", "zoom", Screen, keys(&["z"])) => session(walk::zoom);
        /// goes through auto, dark, light and mono
        NextTheme = one("next_theme", "next theme", Screen, keys(&[])) => anytime(appearance::next_theme);
        /// shows ASCII instead of glyphs, or glyphs again
        ToggleAscii = one("toggle_ascii", "ASCII mode", Screen, keys(&[])) => anytime(appearance::toggle_ascii);
        /// takes the mouse, or leaves it to the terminal
        ToggleMouse = one("toggle_mouse", "mouse", Screen, keys(&[])) => anytime(appearance::toggle_mouse);
        /// draws the whole screen anew
        Redraw = one("redraw", "draw anew", Screen, everywhere(&["Ctrl-l"])) => anytime(|_| Ok(vec![Effect::Redraw]));
        /// goes back to the shell until fg
        Suspend = one("suspend", "suspend", Screen, everywhere(&["Ctrl-z"])) => anytime(|_| Ok(vec![Effect::Suspend]));
        /// cancels what is under way; pressed twice it saves and leaves
        Cancel = one("cancel", "cancel", Screen, everywhere(&["Ctrl-c"])) => anytime(appearance::cancel);

        /// moves the end of the mark one character to the left
        MarkLeft = one("mark_left", "left", Mark, while_marking(&["h", "Left"])) => mark(|w, m| w.bench.moved(m, Motion::Cluster, false));
        /// moves the end of the mark one character to the right
        MarkRight = one("mark_right", "right", Mark, while_marking(&["l", "Right"])) => mark(|w, m| w.bench.moved(m, Motion::Cluster, true));
        /// moves the end of the mark one line up
        MarkUp = one("mark_up", "line up", Mark, while_marking(&["k", "Up"])) => mark(|w, m| w.bench.moved(m, Motion::Line, false));
        /// moves the end of the mark one line down
        MarkDown = one("mark_down", "line down", Mark, while_marking(&["j", "Down"])) => mark(|w, m| w.bench.moved(m, Motion::Line, true));
        /// moves the end of the mark to the next word
        MarkWordNext = one("mark_word_next", "next word", Mark, while_marking(&["w"])) => mark(|w, m| w.bench.moved(m, Motion::Word, true));
        /// moves the end of the mark to the previous word
        MarkWordPrevious = one("mark_word_previous", "previous word", Mark, while_marking(&["b"])) => mark(|w, m| w.bench.moved(m, Motion::Word, false));
        /// moves the end of the mark to the end of the sentence
        MarkSentenceNext = one("mark_sentence_next", "next sentence", Mark, while_marking(&[")"])) => mark(|w, m| w.bench.moved(m, Motion::Sentence, true));
        /// moves the end of the mark to the start of the sentence
        MarkSentencePrevious = one("mark_sentence_previous", "previous sentence", Mark, while_marking(&["("])) => mark(|w, m| w.bench.moved(m, Motion::Sentence, false));
        /// moves the end of the mark to the end of the block
        MarkBlockNext = one("mark_block_next", "next block", Mark, while_marking(&["}", "PgDn"])) => mark(|w, m| w.bench.moved(m, Motion::Block, true));
        /// moves the end of the mark to the start of the block
        MarkBlockPrevious = one("mark_block_previous", "previous block", Mark, while_marking(&["{", "PgUp"])) => mark(|w, m| w.bench.moved(m, Motion::Block, false));
        /// moves the end of the mark behind the next place in the block where the character stands that is typed next
        MarkCharacterNext = one("mark_character_next", "to a character", Mark, while_marking(&["f"])) => mark(|_, m| m.seeking(true));
        /// moves the end of the mark before the previous place in the block where the character stands that is typed next
        MarkCharacterPrevious = one("mark_character_previous", "back to a character", Mark, while_marking(&["F"])) => mark(|_, m| m.seeking(false));
        /// shows the two letters on each word of the block again
        MarkLabels = one("mark_labels", "two letters", Mark, while_marking(&["m"])) => mark(|_, m| m.labelled());
        /// moves the other end of the mark from now on
        MarkSwap = one("mark_swap", "swap ends", Mark, while_marking(&["o"])) => mark(|_, m| m.swapped());
        /// keeps what is marked and begins a further span of the same statement
        MarkAddSpan = one("mark_add_span", "further span", Mark, while_marking(&["+"])) => mark(|_, m| m.with_further_span());
        /// moves the borders of the row's own mark instead; its claim keeps all that it has
        MarkBorders = one("mark_borders", "borders of this mark", Mark, while_marking(&["Tab"])) => end_mark(borders::instead);
        /// takes the marked words up as a claim
        MarkTakeUp = one("mark_take_up", "take it up", Mark, while_marking(&["Enter"])) => write_mark(decide::mark_taken_up);
        /// says that there is nothing to check in the marked words
        MarkDismiss = one("mark_dismiss", "nothing to check", Mark, while_marking(&["d"])) => write_mark(decide::mark_dismissed);
        /// leaves without marking
        MarkCancel = one("mark_cancel", "leave", Mark, while_marking(&["Esc"])) => end_mark(decide::mark_cancelled);
    } };
}
pub(in crate::app) use every_action;

macro_rules! actions {
    ($($(#[doc = $about:literal])+ $name:ident $(($v:ident: $of:ty))? = $facts:expr => $does:expr;)+) => {
        /// Something that the workbench can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $about])+ $name $(($of))?,)+
        }

        fn table() -> Vec<ActionInfo> {
            use ActionGroup::*;
            let mut all = Vec::new();
            $($facts.add(Action::$name, concat!($($about),+), &mut all);)+
            all
        }
    };
}

every_action!(actions);

/// A row of the action table.
#[derive(Clone, Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name in the configuration, the palette, logs and docs: snake_case.
    pub name: String,
    /// Its title, a few words; a value in it has its default label.
    pub title: String,
    /// The value that it sets, with its vocabulary's name.
    pub value: Option<(&'static str, &'static Entry)>,
    /// What it does, one sentence without a full stop.
    pub about: String,
    /// The heading in help.
    pub group: ActionGroup,
    /// Where its keys work.
    pub context: KeyContext,
    /// The default key sequences; empty: palette only.
    pub keys: Vec<Vec<Key>>,
}

/// The table, in help's order.
pub static ACTIONS: LazyLock<Vec<ActionInfo>> = LazyLock::new(table);

impl ActionInfo {
    /// The title with the value as the house calls it.
    pub fn titled(&self, labels: &Labels) -> String {
        let renamed = self
            .value
            .and_then(|(of, e)| Some((e, labels.renamed(of, e.word)?)));
        match renamed {
            Some((entry, label)) => {
                let before = self.title.strip_suffix(entry.label).unwrap_or_default();
                format!("{before}{label}")
            }
            None => self.title.clone(),
        }
    }
}

impl Action {
    /// The action's row.
    pub fn info(self) -> &'static ActionInfo {
        // Every action has a row; of the values of an action a test walks all.
        ACTIONS
            .iter()
            .find(|i| i.action == self)
            .unwrap_or(&ACTIONS[0])
    }

    /// The action called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|i| i.name == name).map(|i| i.action)
    }
}

/// The facts of an action that carries no value.
struct One(Facts);

/// The facts of an action that carries a value, for each value.
struct Each<V>(Vec<(V, Facts)>);

/// What a row says of an action besides its doc.
struct Facts {
    name: String,
    title: String,
    value: Option<(&'static str, &'static Entry)>,
    /// What is said of this value after the row's doc; `Instead` of it where the doc does not do.
    about: About,
    group: ActionGroup,
    context: KeyContext,
    keys: Vec<Vec<Key>>,
}

/// What a value adds to its row's doc.
enum About {
    Nothing,
    More(&'static str),
    Instead(&'static str),
}

/// Keys of the two panes.
fn keys(keys: &[&str]) -> (KeyContext, Vec<Vec<Key>>) {
    // A default key that cannot be read is left out here and found by the table's test.
    let keys = keys.iter().filter_map(|k| sequence(k).ok());
    (KeyContext::Workbench, keys.collect())
}

/// Keys that work everywhere, even while text is typed.
fn everywhere(all: &[&str]) -> (KeyContext, Vec<Vec<Key>>) {
    (KeyContext::Global, keys(all).1)
}

/// Keys that work while a passage is marked.
fn while_marking(all: &[&str]) -> (KeyContext, Vec<Vec<Key>>) {
    (KeyContext::Mark, keys(all).1)
}

fn one(
    name: &str,
    title: &str,
    group: ActionGroup,
    (context, keys): (KeyContext, Vec<Vec<Key>>),
) -> One {
    One(Facts {
        name: name.into(),
        title: title.into(),
        value: None,
        about: About::Nothing,
        group,
        context,
        keys,
    })
}

/// An action for every value of a vocabulary, each on `prefix` and the value's own key.
fn each<V: Vocabulary>(name: &str, title: &str, prefix: &str, group: ActionGroup) -> Each<V> {
    let facts = V::ALL.iter().map(|v| {
        let key = format!("{prefix} {}", v.entry().key);
        let on: &[&str] = if prefix.is_empty() { &[] } else { &[&key] };
        let name = format!("{name}_{}", v.word());
        let title = format!("{title}: {}", v.label());
        let One(facts) = one(&name, &title, group, keys(on));
        let (value, about) = (Some((V::NAME, v.entry())), About::More(v.entry().about));
        let facts = Facts {
            value,
            about,
            ..facts
        };
        (*v, facts)
    });
    Each(facts.collect())
}

/// An action for each of nine lines of a list, on its number and `.`.
fn numbers(name: &str, title: &str, group: ActionGroup) -> Each<u8> {
    let facts = (1..=9).map(|n| {
        let key = format!("{n} .");
        let (name, title) = (format!("{name}_{n}"), format!("{title}: {n}"));
        let One(facts) = one(&name, &title, group, keys(&[&key]));
        (n, facts)
    });
    Each(facts.collect())
}

/// An action for every rating, and for none.
fn ratings(name: &str, prefix: &str, group: ActionGroup) -> Each<Option<RatingValue>> {
    let all = std::iter::once(None).chain((1..=5).filter_map(RatingValue::new).map(Some));
    let facts = all.map(|rating| {
        let (n, word, label, about) = match rating {
            None => (
                0,
                "none".into(),
                "none".into(),
                About::Instead("takes the rating away"),
            ),
            Some(r) => {
                let n = r.number();
                (
                    n,
                    n.to_string(),
                    format!("{n} {}", r.label()),
                    About::Nothing,
                )
            }
        };
        let (name, title) = (format!("{name}_{word}"), format!("{name}: {label}"));
        let key = format!("{prefix} {n}");
        let One(facts) = one(&name, &title, group, keys(&[&key]));
        (rating, Facts { about, ..facts })
    });
    Each(facts.collect())
}

impl One {
    fn add(self, action: Action, doc: &str, all: &mut Vec<ActionInfo>) {
        let f = self.0;
        let doc = doc.trim();
        all.push(ActionInfo {
            action,
            name: f.name,
            title: f.title,
            value: f.value,
            about: match f.about {
                About::Nothing => doc.into(),
                About::More(more) => format!("{doc}: {more}"),
                About::Instead(about) => about.into(),
            },
            group: f.group,
            context: f.context,
            keys: f.keys,
        });
    }
}

impl<V> Each<V> {
    fn add(self, action: fn(V) -> Action, doc: &str, all: &mut Vec<ActionInfo>) {
        for (value, facts) in self.0 {
            One(facts).add(action(value), doc, all);
        }
    }
}
