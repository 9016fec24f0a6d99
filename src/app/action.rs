//! The action table: everything that a key, the palette or a click can do. Help, hints, docs, the keymap and the tests
//! are derived from it; to add an action, add its variant, its row and its arm in `update`.

use std::sync::LazyLock;

use super::key::{Key, sequence};
use crate::core::vocabulary::Rating as RatingValue;
use crate::core::vocabulary::*;

/// Something that the workbench can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Next row.
    RowNext,
    /// Previous row.
    RowPrevious,
    /// First row.
    RowFirst,
    /// Last row.
    RowLast,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Next open row.
    OpenNext,
    /// Previous open row.
    OpenPrevious,
    /// Next block.
    BlockNext,
    /// Previous block.
    BlockPrevious,
    /// The other pane.
    OtherPane,
    /// Take the proposal up; then: next open row.
    TakeUp,
    /// The current row's form.
    EditRow,
    /// Set the finding and stay.
    Finding(VerificationStatus),
    /// Set the finding and go to the next open row.
    FindingNext(VerificationStatus),
    /// Said by.
    SaidBy,
    /// Via: who quoted the source.
    Via,
    /// About: whom an accusation names.
    About,
    /// Set the source's stance.
    Stance(Stance),
    /// Set how sure the source sounds.
    Certainty(Certainty),
    /// Set or clear the rating.
    Rating(Option<RatingValue>),
    /// Justification; of a dismissal its reason.
    Justification,
    /// Hold evidence against the claim.
    Evidence,
    /// The session's evidence items.
    EvidenceList,
    /// The wording that stands alone.
    Wording,
    /// Note.
    Note,
    /// Tags.
    Tags,
    /// Propose a change of the text.
    ProposeChange,
    /// Set the workflow state.
    Workflow(WorkflowState),
    /// Set the check-worthiness.
    Worth(CheckWorthiness),
    /// Set the kind of claim.
    Type(ClaimType),
    /// Repeat the last tag here.
    RepeatTag,
    /// More claims here.
    MoreClaims,
    /// Tie this row to an existing claim.
    AlsoHere,
    /// The pair: was it said, and is it so.
    Both,
    /// Withdraw a claim.
    Withdraw,
    /// Dismiss: nothing to check.
    Dismiss,
    /// Mark a passage.
    Mark,
    /// Sources: list, edit, merge, protect.
    Sources,
    /// Article details.
    ArticleDetails,
    /// Copy.
    Copy,
    /// Open the link.
    OpenLink,
    /// Search.
    Search,
    /// Next hit.
    SearchNext,
    /// Previous hit.
    SearchPrevious,
    /// Filter the rows.
    Filter,
    /// Show all rows again.
    FilterClear,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Export.
    Export,
    /// Import into this session.
    Import,
    /// Propose again with the present reader.
    ProposeAgain,
    /// House rules and integrity.
    Problems,
    /// The audit trail.
    AuditTrail,
    /// Narrower article pane.
    Narrower,
    /// Wider article pane.
    Wider,
    /// Pane sizes as they were.
    EvenPanes,
    /// The pane with the focus fills the screen.
    Zoom,
    /// Theme: auto, dark, light, mono.
    NextTheme,
    /// ASCII instead of glyphs.
    ToggleAscii,
    /// Mouse on or off.
    ToggleMouse,
    /// Command palette.
    Palette,
    /// Help.
    Help,
    /// Messages.
    Messages,
    /// Sessions.
    Sessions,
    /// Write the checkpoint now.
    SaveNow,
    /// Draw anew.
    Redraw,
    /// Suspend to the shell.
    Suspend,
    /// Save and leave.
    Quit,
    /// Cancel what is under way; pressed twice, save and leave.
    Cancel,
    /// Mark mode: a character left.
    MarkLeft,
    /// Mark mode: a character right.
    MarkRight,
    /// Mark mode: a line up.
    MarkUp,
    /// Mark mode: a line down.
    MarkDown,
    /// Mark mode: to the next word.
    MarkWordNext,
    /// Mark mode: to the previous word.
    MarkWordPrevious,
    /// Mark mode: to the next sentence.
    MarkSentenceNext,
    /// Mark mode: to the previous sentence.
    MarkSentencePrevious,
    /// Mark mode: to the next block.
    MarkBlockNext,
    /// Mark mode: to the previous block.
    MarkBlockPrevious,
    /// Mark mode: the other end moves.
    MarkSwap,
    /// Mark mode: begin a further span.
    MarkAddSpan,
    /// Mark mode: take the passage up.
    MarkTakeUp,
    /// Mark mode: leave it.
    MarkCancel,
}

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere, even while text is typed.
    Global,
    /// The two panes.
    Workbench,
    /// While a passage is marked.
    Mark,
}

/// Under which heading help lists an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Walking.
    Move,
    /// Deciding about statements.
    Decide,
    /// The tags of a claim.
    Tag,
    /// Evidence and sources.
    Evidence,
    /// Finding things.
    Find,
    /// The session as a whole.
    Session,
    /// How it looks.
    Screen,
    /// Marking a passage.
    Mark,
}

impl Group {
    /// All, in help's order.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Decide,
        Self::Tag,
        Self::Evidence,
        Self::Find,
        Self::Session,
        Self::Screen,
        Self::Mark,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Walk",
            Self::Decide => "Decide",
            Self::Tag => "Tag",
            Self::Evidence => "Sources and evidence",
            Self::Find => "Find",
            Self::Session => "Session",
            Self::Screen => "Screen",
            Self::Mark => "While marking",
        }
    }
}

/// A row of the action table.
#[derive(Clone, Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name in the configuration, the palette, logs and docs: snake_case.
    pub name: String,
    /// Its title, a few words.
    pub title: String,
    /// What it does, one sentence without a full stop.
    pub about: String,
    /// The heading in help.
    pub group: Group,
    /// Where its keys work.
    pub context: Context,
    /// The default key sequences; empty: palette only.
    pub keys: Vec<Vec<Key>>,
}

/// The table, in help's order.
pub static ACTIONS: LazyLock<Vec<ActionInfo>> = LazyLock::new(table);

impl Action {
    /// The action's row.
    pub fn info(self) -> &'static ActionInfo {
        // Every action has a row (a test walks all of them); the first row stands in for one that a bug left out.
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

#[rustfmt::skip] // One row, one line.
fn table() -> Vec<ActionInfo> {
    use Action as A;
    use Context::{Global, Mark, Workbench};
    use Group as G;
    let mut t = Table(Vec::new());
    t.add(A::RowNext, "row_next", "next row", "goes to the next row, in both panes", G::Move, Workbench, &["j", "Down"]);
    t.add(A::RowPrevious, "row_previous", "previous row", "goes to the previous row, in both panes", G::Move, Workbench, &["k", "Up"]);
    t.add(A::RowFirst, "row_first", "first row", "goes to the first row", G::Move, Workbench, &["g", "Home"]);
    t.add(A::RowLast, "row_last", "last row", "goes to the last row", G::Move, Workbench, &["G", "End"]);
    t.add(A::PageDown, "page_down", "page down", "goes a page down in the pane with the focus", G::Move, Workbench, &["PgDn"]);
    t.add(A::PageUp, "page_up", "page up", "goes a page up in the pane with the focus", G::Move, Workbench, &["PgUp"]);
    t.add(A::OpenNext, "open_next", "next open row", "goes to the next row that is still to be done", G::Move, Workbench, &["]"]);
    t.add(A::OpenPrevious, "open_previous", "previous open row", "goes to the previous row that is still to be done", G::Move, Workbench, &["["]);
    t.add(A::BlockNext, "block_next", "next block", "goes to the next block of the article, captions and headlines too", G::Move, Workbench, &["}"]);
    t.add(A::BlockPrevious, "block_previous", "previous block", "goes to the previous block of the article, captions and headlines too", G::Move, Workbench, &["{"]);
    t.add(A::OtherPane, "other_pane", "other pane", "moves the focus to the other pane", G::Move, Workbench, &["Tab"]);

    t.add(A::TakeUp, "take_up", "take up", "takes the whole proposal up as a claim and stays; on a row that is taken up it goes to the next open one", G::Decide, Workbench, &["Space"]);
    t.add(A::Dismiss, "dismiss", "dismiss", "says that there is nothing to check here; pressed again it takes that back", G::Decide, Workbench, &["d"]);
    t.add(A::Mark, "mark", "mark a passage", "marks any words of the article as a statement of their own", G::Decide, Workbench, &["m"]);
    t.add(A::MoreClaims, "more_claims", "more claims here", "splits the statement, adds a claim on the same words, or marks a part of them", G::Decide, Workbench, &["D"]);
    t.add(A::AlsoHere, "also_here", "also here", "ties this row to an existing claim, with an attribution of its own", G::Decide, Workbench, &["a"]);
    t.add(A::Both, "both", "both: was it said, is it so", "makes two claims of a quotation: was it said, and is it so", G::Decide, Workbench, &["b"]);
    t.add(A::Withdraw, "withdraw", "withdraw the claim", "takes the claim away with its attributions and what is held against it; the statement is undecided again", G::Decide, Workbench, &["X"]);
    t.add(A::RepeatTag, "repeat_tag", "repeat the last tag", "sets the last tag here too", G::Decide, Workbench, &["."]);

    t.add(A::EditRow, "edit_row", "form", "opens the form of the current row", G::Tag, Workbench, &["Enter"]);
    t.each(VerificationStatus::ALL, A::Finding, "finding", "finding", "v", "sets the finding and stays", G::Tag);
    t.each(VerificationStatus::ALL, A::FindingNext, "finding_next", "finding, next", "V", "sets the finding and goes to the next open row", G::Tag);
    t.each(Stance::ALL, A::Stance, "stance", "stance", "t", "sets the source's stance", G::Tag);
    t.each(Certainty::ALL, A::Certainty, "certainty", "certainty", "T", "sets how sure the source sounds", G::Tag);
    t.add(A::Rating(None), "rating_none", "rating: none", "takes the rating away", G::Tag, Workbench, &["r 0"]);
    for n in 1..=5 {
        let Some(r) = RatingValue::new(n) else { continue };
        let key = format!("r {n}");
        t.add(A::Rating(Some(r)), &format!("rating_{n}"), &format!("rating: {n} {}", r.label()), "sets the publication rating", G::Tag, Workbench, &[&key]);
    }
    t.each(WorkflowState::ALL, A::Workflow, "workflow", "workflow", "W", "sets where the claim stands in the workflow", G::Tag);
    t.each(CheckWorthiness::ALL, A::Worth, "worth", "worth", "", "sets how much the claim is worth checking", G::Tag);
    t.each(ClaimType::ALL, A::Type, "type", "kind of claim", "", "sets what kind of claim it is", G::Tag);
    t.add(A::Justification, "justification", "justification", "edits why the finding is what it is; of a dismissal, its reason", G::Tag, Workbench, &["J"]);
    t.add(A::Wording, "wording", "wording", "edits the wording that stands alone", G::Tag, Workbench, &["w"]);
    t.add(A::Note, "note", "note", "edits the checker's note", G::Tag, Workbench, &["c"]);
    t.add(A::Tags, "tags", "tags", "edits the tags", G::Tag, Workbench, &["#"]);
    t.add(A::ProposeChange, "propose_change", "propose a change", "proposes a change of the text: replacement, reason, must or could", G::Tag, Workbench, &["p"]);

    t.add(A::SaidBy, "said_by", "said by", "sets who says it: type to filter or to create", G::Evidence, Workbench, &["s"]);
    t.add(A::Via, "via", "via", "sets who quoted the source", G::Evidence, Workbench, &["S"]);
    t.add(A::About, "about", "about", "sets whom an accusation names", G::Evidence, Workbench, &["B"]);
    t.add(A::Evidence, "evidence", "evidence", "holds an item against the claim: one of the session's, or a new address or file", G::Evidence, Workbench, &["e"]);
    t.add(A::EvidenceList, "evidence_list", "evidence items", "lists the session's evidence items, to edit them", G::Evidence, Workbench, &["E"]);
    t.add(A::Sources, "sources", "sources", "lists the sources: edit, merge, protect", G::Evidence, Workbench, &["L"]);
    t.add(A::OpenLink, "open_link", "open link", "opens the address of the evidence, else of the source", G::Evidence, Workbench, &["o"]);
    t.add(A::Copy, "copy", "copy", "copies the words of the current row", G::Evidence, Workbench, &["y"]);

    t.add(A::Search, "search", "search", "searches the article; hits show while one types", G::Find, Workbench, &["/"]);
    t.add(A::SearchNext, "search_next", "next hit", "goes to the next hit", G::Find, Workbench, &["n"]);
    t.add(A::SearchPrevious, "search_previous", "previous hit", "goes to the previous hit", G::Find, Workbench, &["N"]);
    t.add(A::Filter, "filter", "filter", "shows only the rows that fit, as in status:open source:kirby word", G::Find, Workbench, &["f"]);
    t.add(A::FilterClear, "filter_clear", "clear the filter", "shows all rows again", G::Find, Workbench, &["F"]);
    t.add(A::Palette, "palette", "command palette", "lists every action; Enter does it", G::Find, Workbench, &[":", "Ctrl-p"]);
    t.add(A::Help, "help", "help", "shows every key; Enter does what the line says", G::Find, Workbench, &["?"]);

    t.add(A::Undo, "undo", "undo", "takes your own last step back", G::Session, Workbench, &["u"]);
    t.add(A::Redo, "redo", "redo", "makes the step again that was taken back last", G::Session, Workbench, &["Ctrl-r"]);
    t.add(A::Export, "export", "export", "writes the check in one of the field's formats", G::Session, Workbench, &["x"]);
    t.add(A::Import, "import", "import", "reads another tool's annotations into this session", G::Session, Workbench, &[]);
    t.add(A::ArticleDetails, "article_details", "article details", "edits title, byline, address, date and language", G::Session, Workbench, &["A"]);
    t.add(A::Problems, "problems", "problems", "lists what the house rules find", G::Session, Workbench, &["!"]);
    t.add(A::AuditTrail, "audit_trail", "audit trail", "lists every step: when, who, what", G::Session, Workbench, &[]);
    t.add(A::ProposeAgain, "propose_again", "propose again", "lets the present reader propose anew; every decision whose words stand is kept", G::Session, Workbench, &[]);
    t.add(A::Sessions, "sessions", "sessions", "lists the sessions, to go on with another one", G::Session, Workbench, &["Ctrl-o"]);
    t.add(A::Messages, "messages", "messages", "lists the messages so far", G::Session, Workbench, &["M"]);
    t.add(A::SaveNow, "save_now", "write the checkpoint", "writes the checkpoint now; every step is saved as it is made in any case", G::Session, Workbench, &[]);
    t.add(A::Quit, "quit", "save and leave", "saves and leaves", G::Session, Workbench, &["q"]);

    t.add(A::Narrower, "narrower", "narrower article", "gives the claims panel more room", G::Screen, Workbench, &["<"]);
    t.add(A::Wider, "wider", "wider article", "gives the article more room", G::Screen, Workbench, &[">"]);
    t.add(A::EvenPanes, "even_panes", "usual pane sizes", "sets the pane sizes back", G::Screen, Workbench, &["="]);
    t.add(A::Zoom, "zoom", "zoom", "lets the pane with the focus fill the screen", G::Screen, Workbench, &["z"]);
    t.add(A::NextTheme, "next_theme", "next theme", "goes through auto, dark, light and mono", G::Screen, Workbench, &[]);
    t.add(A::ToggleAscii, "toggle_ascii", "ASCII mode", "shows ASCII instead of glyphs, or glyphs again", G::Screen, Workbench, &[]);
    t.add(A::ToggleMouse, "toggle_mouse", "mouse", "takes the mouse, or leaves it to the terminal", G::Screen, Workbench, &[]);
    t.add(A::Redraw, "redraw", "draw anew", "draws the whole screen anew", G::Screen, Global, &["Ctrl-l"]);
    t.add(A::Suspend, "suspend", "suspend", "goes back to the shell until fg", G::Screen, Global, &["Ctrl-z"]);
    t.add(A::Cancel, "cancel", "cancel", "cancels what is under way; pressed twice it saves and leaves", G::Screen, Global, &["Ctrl-c"]);

    t.add(A::MarkLeft, "mark_left", "left", "moves the end of the mark one character to the left", G::Mark, Mark, &["h", "Left"]);
    t.add(A::MarkRight, "mark_right", "right", "moves the end of the mark one character to the right", G::Mark, Mark, &["l", "Right"]);
    t.add(A::MarkUp, "mark_up", "line up", "moves the end of the mark one line up", G::Mark, Mark, &["k", "Up"]);
    t.add(A::MarkDown, "mark_down", "line down", "moves the end of the mark one line down", G::Mark, Mark, &["j", "Down"]);
    t.add(A::MarkWordNext, "mark_word_next", "next word", "moves the end of the mark to the next word", G::Mark, Mark, &["w"]);
    t.add(A::MarkWordPrevious, "mark_word_previous", "previous word", "moves the end of the mark to the previous word", G::Mark, Mark, &["b"]);
    t.add(A::MarkSentenceNext, "mark_sentence_next", "next sentence", "moves the end of the mark to the end of the sentence", G::Mark, Mark, &[")"]);
    t.add(A::MarkSentencePrevious, "mark_sentence_previous", "previous sentence", "moves the end of the mark to the start of the sentence", G::Mark, Mark, &["("]);
    t.add(A::MarkBlockNext, "mark_block_next", "next block", "moves the end of the mark to the end of the block", G::Mark, Mark, &["}"]);
    t.add(A::MarkBlockPrevious, "mark_block_previous", "previous block", "moves the end of the mark to the start of the block", G::Mark, Mark, &["{"]);
    t.add(A::MarkSwap, "mark_swap", "swap ends", "moves the other end of the mark from now on", G::Mark, Mark, &["o"]);
    t.add(A::MarkAddSpan, "mark_add_span", "further span", "keeps what is marked and begins a further span of the same statement", G::Mark, Mark, &["+"]);
    t.add(A::MarkTakeUp, "mark_take_up", "take it up", "takes the marked words up as a claim", G::Mark, Mark, &["Enter"]);
    t.add(A::MarkCancel, "mark_cancel", "leave", "leaves without marking", G::Mark, Mark, &["Esc"]);
    t.0
}

struct Table(Vec<ActionInfo>);

impl Table {
    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        action: Action,
        name: &str,
        title: &str,
        about: &str,
        group: Group,
        context: Context,
        keys: &[&str],
    ) {
        // A default key that cannot be read is left out here and found by the table's test.
        let keys = keys.iter().filter_map(|k| sequence(k).ok()).collect();
        self.0.push(ActionInfo {
            action,
            name: name.into(),
            title: title.into(),
            about: about.into(),
            group,
            context,
            keys,
        });
    }

    /// Adds an action for every value of a vocabulary, each on `prefix` and the value's own key.
    #[allow(clippy::too_many_arguments)]
    fn each<V: Vocabulary>(
        &mut self,
        values: &[V],
        action: fn(V) -> Action,
        name: &str,
        title: &str,
        prefix: &str,
        about: &str,
        group: Group,
    ) {
        for v in values {
            let key = format!("{prefix} {}", v.entry().key);
            let keys: &[&str] = if prefix.is_empty() { &[] } else { &[&key] };
            self.add(
                action(*v),
                &format!("{name}_{}", v.word()),
                &format!("{title}: {}", v.label()),
                &format!("{about}: {}", v.entry().about),
                group,
                Context::Workbench,
                keys,
            );
        }
    }
}
