//! What the user does in the log: selects, copies, jumps there and comes back.
//!
//! Owns what is selected and where to scroll next. Must not know how rows are drawn; positions are bytes of the masked
//! log, so that they outlive every change of the width.

mod moves;
mod selection;

use std::sync::Arc;

pub use moves::Step;
pub use selection::{Grain, Selection};

use super::command::{Clip, Command};
use super::state::{Case, State, Tab};
use super::theme::WIDE;
use super::update::World;
use super::{find, view, words};
use crate::text::Redacted;

/// Something that can be done in the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The pointer went down at a byte; with Shift the selection grows to there.
    Press {
        /// Where.
        byte: usize,
        /// Whether the selection grows instead of beginning anew.
        extends: bool,
    },
    /// The word or line at a byte was clicked twice or thrice.
    Whole(usize, Grain),
    /// The pointer was dragged to a byte.
    Drag(usize),
    /// A key moved the end of the selection.
    Extend(Step),
    /// Select the whole log.
    SelectAll,
    /// Select nothing.
    Deselect,
    /// Copy what is selected, or else the line that was jumped to.
    Copy,
    /// Show the next place where a secret was hidden.
    NextSecret,
    /// Show in the answer which evidence a line of the log is.
    ShowInAnswer(usize),
    /// Go back to where the last jump came from.
    Return,
}

/// What the user has chosen in the log.
#[derive(Debug, Default)]
pub struct Reader {
    /// What is selected; an empty selection is where the next one begins.
    pub selection: Option<Selection>,
    /// Where to scroll.
    pub follow: Option<Follow>,
    /// What gets the keyboard next.
    pub focus: Option<Focus>,
    /// Where the last jump came from.
    pub back: Option<Back>,
    /// The row of evidence that the answer has to show, and a number that tells one wish from the next.
    pub in_answer: Option<(usize, u64)>,
    /// The hidden secret that was shown last, by its place among all of them.
    pub secret: Option<usize>,
    /// What was searched for last.
    pub searched: String,
    count: u64,
}

/// A place that is to come into sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The byte.
    pub byte: usize,
    /// Tells one wish from the next.
    pub serial: u64,
    /// Whether to scroll no further than needed.
    pub barely: bool,
}

/// What gets the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// What.
    pub on: Target,
    /// Tells one wish from the next.
    pub serial: u64,
    /// Whether the pointer asked for it, so that no ring has to show where the keyboard is.
    pub by_pointer: bool,
}

/// What can get the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The log.
    Log,
    /// The field of the search.
    Field,
    /// A row of evidence in the answer, by the row of its line.
    Evidence(usize),
}

/// Where a jump came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// The row of evidence that was pressed.
    pub row: usize,
    /// Whether the answer went out of sight.
    pub is_hidden: bool,
}

impl Reader {
    /// A number that was not given out before.
    fn serial(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Brings a byte into sight.
    pub fn follow(&mut self, byte: usize, barely: bool) {
        let serial = self.serial();
        self.follow = Some(Follow { byte, serial, barely });
    }

    /// Gives something the keyboard.
    pub fn focus(&mut self, on: Target) {
        let serial = self.serial();
        self.focus = Some(Focus { on, serial, by_pointer: false });
    }

    /// What is selected, if that is anything.
    pub fn selected(&self) -> Option<std::ops::Range<usize>> {
        self.selection.as_ref().map(Selection::range).filter(|range| !range.is_empty())
    }

    /// Notes that a row of evidence was jumped to from the answer. The keyboard goes along if it was there.
    pub fn jumped(&mut self, row: usize, is_hidden: bool, by_keyboard: bool) {
        self.back = (is_hidden || by_keyboard).then_some(Back { row, is_hidden });
        if by_keyboard || is_hidden {
            self.focus(Target::Log);
            self.focus = self.focus.map(|focus| Focus { by_pointer: !by_keyboard, ..focus });
        }
    }
}

/// What Escape and Alt+Left mean in the log, if something else than usual.
pub fn instead(ctx: &egui::Context, state: &State, command: &Command) -> Option<Command> {
    let case = state.case().filter(|_| state.overlay.is_none() && state.section.is_none())?;
    if is_narrow(ctx) && case.tab != Tab::Log {
        return None;
    }
    let has_keyboard = || ctx.memory(|memory| memory.has_focus(view::log_id()));
    let back = case.reader.back.filter(|back| back.is_hidden || has_keyboard());
    match command {
        Command::Back if case.find.is_some() => Some(Command::InFind(find::Change::Close)),
        Command::Back if case.reader.selected().is_some() => Some(Command::InLog(Change::Deselect)),
        Command::Back if back.is_some() => Some(Command::InLog(Change::Return)),
        Command::PreviousIncident if back.is_some_and(|back| back.is_hidden) => {
            Some(Command::InLog(Change::Return))
        }
        _ => None,
    }
}

/// Carries out what concerns the log, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    match command {
        Command::Reveal(row) => jump(state, row, world),
        Command::InLog(Change::Copy) => return copy(state.case()?),
        Command::InLog(change) => {
            let said = state.case_mut().and_then(|case| change_in(case, change));
            if let Some(said) = said {
                state.announcement = said;
            }
        }
        other => return Some(other),
    }
    None
}

/// Whether log and answer take turns.
fn is_narrow(ctx: &egui::Context) -> bool {
    ctx.content_rect().width() < WIDE
}

/// Shows a line of the log because the answer names it.
fn jump(state: &mut State, row: usize, world: &World<'_>) {
    let is_hidden = is_narrow(world.ctx);
    let by_keyboard = world.ctx.memory(|memory| memory.focused().is_some());
    let Some(case) = state.case_mut() else { return };
    case.reveal_row(row, true);
    case.tab = Tab::Log;
    case.reader.follow = None;
    case.reader.in_answer = None;
    case.reader.jumped(row, is_hidden, by_keyboard);
    state.announcement = words::find::shown(case.explained.log.line_number(row));
}

fn change_in(case: &mut Case, change: Change) -> Option<String> {
    let log = Arc::clone(&case.explained.log);
    let reader = &mut case.reader;
    match change {
        Change::Press { byte, extends } => match reader.selection.as_mut().filter(|_| extends) {
            Some(selection) => selection.extend(&log, byte),
            None => reader.selection = Some(Selection::at(&log, byte, Grain::Character)),
        },
        Change::Whole(byte, grain) => reader.selection = Some(Selection::at(&log, byte, grain)),
        Change::Drag(byte) => reader.selection.as_mut()?.extend(&log, byte),
        Change::Extend(step) => return extend(case, &log, step),
        Change::SelectAll => {
            reader.selection = Some(Selection::all(&log));
            return Some(words::find::ALL_SELECTED.to_owned());
        }
        Change::Deselect => reader.selection = None,
        Change::NextSecret => return next_secret(case, &log),
        Change::ShowInAnswer(row) => {
            let serial = reader.serial();
            reader.in_answer = Some((row, serial));
            // The line is in sight already: it gets its outline, and nothing is scrolled.
            case.outline_row(row);
        }
        Change::Return => return_from_jump(case),
        Change::Copy => {}
    }
    None
}

fn extend(case: &mut Case, log: &Redacted, step: Step) -> Option<String> {
    let outlined = case.reveal.filter(|reveal| reveal.outline).map(|reveal| log.line_start(reveal.row));
    let start = outlined.unwrap_or_else(|| case.rows.place().byte);
    let selection = case.reader.selection.get_or_insert_with(|| Selection::at(log, start, Grain::Character));
    let byte = moves::moved(log, &case.rows, selection.end(), step);
    selection.extend(log, byte);
    let lines = selection.lines(log);
    case.reader.follow(byte, true);
    Some(words::find::lines_selected(lines))
}

fn return_from_jump(case: &mut Case) {
    if let Some(back) = case.reader.back.take() {
        case.tab = Tab::Diagnosis;
        case.reader.focus(Target::Evidence(back.row));
    }
}

/// Goes round through the places where secrets were hidden; the further rows of a wrapped one do not count.
fn next_secret(case: &mut Case, log: &Redacted) -> Option<String> {
    let masks = log.masks();
    let next = case.reader.secret.map_or(0, |at| at + 1) % masks.len().max(1);
    let mask = masks.get(next)?;
    let row = log.row_at(mask.span.start);
    case.reader.secret = Some(next);
    case.reader.follow(mask.span.start, false);
    case.outline_row(row);
    let text = log.as_str().get(mask.span.start..mask.span.end)?;
    Some(words::find::secret_at(text, log.line_number(row), next + 1, masks.len()))
}

/// The clip with what is selected, or else with the line that was jumped to.
fn copy(case: &Case) -> Option<Command> {
    let log = &case.explained.log;
    let (text, what) = match case.reader.selected() {
        Some(range) => (log.as_str().get(range)?.to_owned(), words::find::THE_SELECTION),
        None => {
            let reveal = case.reveal.filter(|reveal| reveal.outline)?;
            (log.line(reveal.row).to_owned(), words::find::THE_LINE)
        }
    };
    Some(Command::Copy(Clip { text, what: what.to_owned(), key: "selection".to_owned() }))
}
