//! What each action does: one arm each, in the order of the action table.

use super::action::{Action as A, Context};
use super::exchange::{export, import};
use super::marking::{Motion, Purpose};
use super::msg::Effect;
use super::notices::Level;
use super::overlay::Overlay;
use super::state::{Look, State};
use super::steps::nothing_to;
use super::{decide, find, form, lists, pick, saving, tags, texts, walk};
use crate::core::desk::Again;

/// Whether an action changes the session or the screen so that it needs the rows: everything but walking.
pub(super) fn changes(action: A) -> bool {
    action.info().group != super::action::Group::Move
}

/// Why an action cannot be done now, one sentence; none where it can.
pub fn disabled(state: &State, action: A) -> Option<String> {
    let Some(bench) = &state.bench else {
        return match action {
            A::Help
            | A::Palette
            | A::Quit
            | A::Sessions
            | A::Messages
            | A::NextTheme
            | A::ToggleAscii
            | A::ToggleMouse
            | A::Redraw
            | A::Suspend
            | A::Cancel => None,
            _ => Some("No session is open.".into()),
        };
    };
    if action.changes() {
        if let Some(why) = state.locked() {
            return Some(why);
        }
        if bench.row_count() == 0 && action.needs_row() {
            return Some("There is no row here.".into());
        }
    }
    if action.info().context == Context::Mark && bench.marking.is_none() {
        let key = state.keymap.shown(A::Mark);
        return Some(format!("Nothing is being marked; {key} begins."));
    }
    match action {
        A::Import if state.readable.is_empty() => Some("There is no format to read.".into()),
        A::Withdraw if bench.claim_at_cursor().is_none() => {
            Some("There is no claim on this row to withdraw.".into())
        }
        A::SearchNext | A::SearchPrevious if bench.search.is_none() => Some(format!(
            "Nothing has been searched for; {} begins.",
            state.keymap.shown(A::Search)
        )),
        A::FilterClear if bench.filter.is_none() => Some("No filter is set.".into()),
        A::RepeatTag if bench.last_tag.is_none() => Some("No tag has been set yet.".into()),
        A::Undo | A::Redo if !bench.history().is_whole() => {
            Some("The earlier steps are still being read; try again in a moment.".into())
        }
        A::Undo if bench.desk.next(Again::Undo, &state.me.id).is_none() => {
            Some(nothing_to(Again::Undo).into())
        }
        A::Redo if bench.desk.next(Again::Redo, &state.me.id).is_none() => {
            Some(nothing_to(Again::Redo).into())
        }
        _ => None,
    }
}

impl A {
    /// Whether the action changes the session.
    pub fn changes(self) -> bool {
        self.is_tag()
            || matches!(
                self,
                A::Dismiss
                    | A::Mark
                    | A::MoreClaims
                    | A::AlsoHere
                    | A::Both
                    | A::Withdraw
                    | A::RepeatTag
                    | A::EditRow
                    | A::SaidBy
                    | A::Via
                    | A::About
                    | A::Evidence
                    | A::Justification
                    | A::Wording
                    | A::Note
                    | A::Tags
                    | A::ProposeChange
                    | A::ArticleDetails
                    | A::Undo
                    | A::Redo
                    | A::ProposeAgain
                    | A::Import
                    | A::MarkTakeUp
            )
    }

    /// Whether the action sets one value of a vocabulary.
    pub fn is_tag(self) -> bool {
        matches!(
            self,
            A::Finding(_)
                | A::FindingNext(_)
                | A::Stance(_)
                | A::Certainty(_)
                | A::Rating(_)
                | A::Workflow(_)
                | A::Worth(_)
                | A::Type(_)
        )
    }

    fn needs_row(self) -> bool {
        !matches!(
            self,
            A::Undo
                | A::Redo
                | A::ArticleDetails
                | A::Mark
                | A::MarkTakeUp
                | A::ProposeAgain
                | A::Import
        )
    }
}

/// Does an action, or says why it cannot be done.
pub fn act(state: &mut State, action: A) -> Vec<Effect> {
    if let Some(why) = disabled(state, action) {
        state.say(Level::Warning, why);
        return Vec::new();
    }
    match action {
        A::RowNext
        | A::RowPrevious
        | A::RowFirst
        | A::RowLast
        | A::PageDown
        | A::PageUp
        | A::OpenNext
        | A::OpenPrevious
        | A::BlockNext
        | A::BlockPrevious
        | A::OtherPane => walk::walk(state, action),

        A::TakeUp => decide::take_up(state),
        A::Dismiss => decide::dismiss(state),
        A::Withdraw => decide::withdraw(state),
        A::Both => decide::both(state),
        A::Mark => decide::mark(state, Purpose::Statement),
        A::MoreClaims => pick::more::open(state),
        A::AlsoHere => pick::also_here::open(state),
        A::RepeatTag => tags::repeat(state),

        A::EditRow => form::open_row(state),
        A::Finding(_)
        | A::FindingNext(_)
        | A::Stance(_)
        | A::Certainty(_)
        | A::Rating(_)
        | A::Workflow(_)
        | A::Worth(_)
        | A::Type(_) => tags::set(state, action),
        A::Justification => texts::justification(state),
        A::Wording => texts::wording(state),
        A::Note => texts::note(state),
        A::Tags => texts::tags(state),
        A::ProposeChange => form::change::open(state),

        A::SaidBy => pick::sources::said_by(state),
        A::Via => pick::sources::via(state),
        A::About => pick::sources::about(state),
        A::Sources => pick::sources::list(state),
        A::Evidence => pick::evidence::open(state),
        A::EvidenceList => pick::evidence::list(state),
        A::OpenLink => decide::open_link(state),
        A::Copy => decide::copy(state),

        A::Search => find::search(state),
        A::SearchNext => find::next_hit(state, true),
        A::SearchPrevious => find::next_hit(state, false),
        A::Filter => find::filter(state),
        A::FilterClear => find::set_filter(state, String::new()),
        A::Palette => pick::actions::palette(state),
        A::Help => pick::actions::help(state),

        A::Undo => state.undo_redo(Again::Undo),
        A::Redo => state.undo_redo(Again::Redo),
        A::Export => export::open(state),
        A::Import => import::open(state),
        A::ArticleDetails => form::article::open(state),
        A::Problems => lists::problems(state),
        A::AuditTrail => lists::audit_trail(state),
        A::Messages => lists::messages(state),
        A::ProposeAgain => super::opening::propose_again(state),
        A::Sessions => pick::sessions::open(state),
        A::SaveNow => saving::checkpoint(state),
        A::Quit => saving::leave(state, false),

        A::Narrower => walk::resize_panes(state, -5),
        A::Wider => walk::resize_panes(state, 5),
        A::EvenPanes => {
            state.look.split = Look::SPLIT;
            Vec::new()
        }
        A::Zoom => {
            state.look.zoom = !state.look.zoom;
            Vec::new()
        }
        A::NextTheme => walk::next_theme(state),
        A::ToggleAscii => {
            state.look.ascii = !state.look.ascii;
            Vec::new()
        }
        A::ToggleMouse => {
            state.look.mouse = !state.look.mouse;
            let what = if state.look.mouse {
                "The mouse works in the panes; Shift-drag selects text in the terminal."
            } else {
                "The mouse is left to the terminal."
            };
            state.say(Level::Info, what);
            vec![Effect::Mouse(state.look.mouse)]
        }
        A::Redraw => vec![Effect::Redraw],
        A::Suspend => vec![Effect::Suspend],
        A::Cancel => cancel(state),

        A::MarkLeft => mark(state, Motion::Cluster, false),
        A::MarkRight => mark(state, Motion::Cluster, true),
        A::MarkUp => mark(state, Motion::Line, false),
        A::MarkDown => mark(state, Motion::Line, true),
        A::MarkWordNext => mark(state, Motion::Word, true),
        A::MarkWordPrevious => mark(state, Motion::Word, false),
        A::MarkSentenceNext => mark(state, Motion::Sentence, true),
        A::MarkSentencePrevious => mark(state, Motion::Sentence, false),
        A::MarkBlockNext => mark(state, Motion::Block, true),
        A::MarkBlockPrevious => mark(state, Motion::Block, false),
        A::MarkSwap => decide::with_mark(state, super::marking::Marking::swap),
        A::MarkAddSpan => decide::with_mark(state, super::marking::Marking::add_span),
        A::MarkTakeUp => decide::mark_taken_up(state),
        A::MarkCancel => decide::mark_cancelled(state),
    }
}

fn mark(state: &mut State, motion: Motion, forward: bool) -> Vec<Effect> {
    if let Some(bench) = &mut state.bench {
        bench.move_mark(motion, forward);
    }
    Vec::new()
}

/// Takes away the top of what lies over the workbench.
fn cancel(state: &mut State) -> Vec<Effect> {
    match state.overlays.pop() {
        Some(Overlay::Form(_)) => vec![Effect::DropDraft],
        _ => Vec::new(),
    }
}
