//! What was diagnosed before: listed, searched, annotated, deleted.
//!
//! Owns what is listed and chosen in the history, and every change of that. Must not know how it is drawn or stored.
//!
//! ```text
//! a log is read ──► keep ──► work (a thread) ──► store (history.redb)
//! Told ──► receive ──► Past ──► hint and note beside an answer, list and entry on the page
//! ```

mod beside;
pub mod list;
mod notes;
pub mod past;
pub mod record;
pub mod same;
pub mod store;
pub mod work;

use super::command::Command;
use super::state::{Notice, Section, Source, State, Tone};
use super::update::{self, World};
use super::words::history as words;
use super::{view, words as all_words};
use crate::text;
pub use beside::{amend, hint, keep};
use list::Line;
pub use notes::{pasted, save_last, shown_note, tend};
pub use past::{Hint, Past, Status};
pub use record::{Kept, Record};
pub use same::Likeness;
use store::HistoryError;
use work::{Done, Task, Told};

/// How long what was deleted can be brought back.
const UNDO_SECS: f64 = 8.0;
/// The longest search, in characters.
const LONGEST: usize = 400;

/// Something that can be done in the history.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The text in the search field changed.
    Search(String),
    /// Go to this row of the list.
    MoveTo(usize),
    /// Open the row that one is on.
    OpenRow,
    /// Open a diagnosis from the list.
    Open(u64),
    /// Open a diagnosis from elsewhere.
    See(u64),
    /// In a narrow window: show the list.
    ShowList,
    /// Something was typed into a note.
    Write(u64, String),
    /// Save what is written in notes.
    Save,
    /// Delete a diagnosis.
    Delete(u64),
    /// Delete the row that one is on.
    DeleteRow,
    /// Ask whether to delete everything, or no longer.
    AskClear(bool),
    /// Delete everything.
    Clear,
    /// Read a kept log.
    OpenLog(u64),
    /// Keep new diagnoses, or no longer.
    Keep(bool),
    /// Read the file again.
    Retry,
}

/// What the history shows.
#[derive(Debug, Default)]
pub struct History {
    /// What is searched for.
    pub query: String,
    /// What is listed.
    pub lines: Vec<Line>,
    /// The row of the list that one is on, days not counted.
    pub at: usize,
    /// Counts the moves in the list, so that the row comes into sight.
    pub moves: u64,
    /// The diagnosis that is open.
    pub page: Option<u64>,
    /// In a narrow window: whether the list is shown and not the diagnosis.
    pub is_list: bool,
    /// Whether it is asked if everything is to be deleted.
    pub is_asking: bool,
    /// Whether the keyboard goes to the search field first.
    pub starts_in_search: bool,
}

impl History {
    /// The numbers of what is listed.
    pub fn rows(&self) -> impl Iterator<Item = u64> + '_ {
        self.lines.iter().filter_map(|line| match line {
            Line::Record(id) => Some(*id),
            Line::Day(_) => None,
        })
    }

    /// What stands in a row.
    pub fn row(&self, at: usize) -> Option<u64> {
        self.rows().nth(at)
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.rows().count()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.rows().next().is_none()
    }

    fn list(&mut self, past: &Past) {
        self.lines = list::lines(past, &self.query);
        self.at = self.at.min(self.len().saturating_sub(1));
        if self.page.is_some_and(|id| past.record(id).is_none()) {
            self.page = None;
            self.is_list = true;
        }
    }

    fn go(&mut self, id: u64) {
        let at = self.rows().position(|row| row == id);
        if let Some(at) = at {
            self.at = at;
            self.moves += 1;
        }
        self.page = Some(id);
        self.is_list = false;
    }
}

/// Carries out what concerns the history, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    let is_open = state.history().is_some();
    match command {
        Command::History => open(state, true, world),
        Command::InHistory(change) => apply(state, change, world),
        Command::Back if state.overlay.is_none() && is_open => {
            notes::save(state, world);
            state.section = None;
            state.announcement = words::CLOSED.to_owned();
        }
        Command::UndoDraft if state.past.removed.is_some() => {
            if let Some(removed) = state.past.removed.take() {
                push(state, Task::Restore(removed), world);
            }
        }
        Command::ClearDraft => {
            // The line at the bottom offers only one thing at a time.
            state.past.removed = None;
            return Some(Command::ClearDraft);
        }
        other => return Some(other),
    }
    None
}

/// Opens the page; opens it at its beginning if it is open.
fn open(state: &mut State, starts_in_search: bool, world: &World<'_>) {
    notes::save(state, world);
    state.overlay = None;
    if state.history().is_none() {
        let mut history = History { is_list: true, starts_in_search, ..History::default() };
        history.list(&state.past);
        state.section = Some(Section::History(Box::new(history)));
        push(state, Task::List, world);
    }
    if let Some(history) = history_mut(state).filter(|_| starts_in_search) {
        history.is_list = true;
        world.ctx.memory_mut(|memory| memory.request_focus(view::history_search()));
    }
    state.announcement = format!("{}, {}", words::HEADING, words::count(state.past.records.len()));
}

fn history_mut(state: &mut State) -> Option<&mut History> {
    match &mut state.section {
        Some(Section::History(history)) => Some(history),
        _ => None,
    }
}

/// Takes the page away while something else is in its place.
pub fn leave(state: &mut State) -> Option<Box<History>> {
    match state.section.take() {
        Some(Section::History(history)) => Some(history),
        other => {
            state.section = other;
            None
        }
    }
}

fn apply(state: &mut State, change: Change, world: &World<'_>) {
    match change {
        Change::Search(query) => {
            let query = query.chars().take(LONGEST).collect();
            search(state, query);
        }
        Change::MoveTo(row) => {
            if let Some(history) = history_mut(state) {
                history.at = row.min(history.len().saturating_sub(1));
                history.moves += 1;
            }
            if let Some(record) = row_record(state) {
                state.announcement = spoken(record, &state.past);
            }
        }
        Change::OpenRow => {
            let id = row_record(state).map(|record| record.id);
            if let Some(id) = id {
                show(state, id);
            }
        }
        Change::Open(id) => show(state, id),
        Change::See(id) => {
            open(state, false, world);
            show(state, id);
            world.ctx.memory_mut(|memory| memory.request_focus(view::history_page()));
        }
        Change::ShowList => {
            if let Some(history) = history_mut(state) {
                history.is_list = true;
                world.ctx.memory_mut(|memory| memory.request_focus(view::history_search()));
            }
        }
        Change::Write(id, text) => {
            let text = text.chars().take(record::LONGEST_NOTE).collect();
            state.past.write(id, text, state.now);
        }
        Change::Save => notes::save(state, world),
        Change::Delete(id) => push(state, Task::Delete(id), world),
        Change::DeleteRow => {
            let id = row_record(state).map(|record| record.id);
            if let Some(id) = id {
                push(state, Task::Delete(id), world);
            }
        }
        Change::AskClear(asks) => {
            if let Some(history) = history_mut(state) {
                history.is_asking = asks;
            }
            if asks {
                state.announcement = words::ask_clear(state.past.records.len());
            }
        }
        Change::Clear => {
            if let Some(history) = history_mut(state) {
                history.is_asking = false;
            }
            push(state, Task::Clear, world);
        }
        Change::OpenLog(id) => {
            if let Some(record) = state.past.record(id) {
                let task = Task::Log(id, record.log.clone(), record.digest);
                push(state, task, world);
            }
        }
        Change::Keep(keeps) => {
            state.settings.history = keeps;
            state.announcement = if keeps { words::KEPT_NOW } else { words::KEPT_NO_MORE }.to_owned();
            update::save_settings(state, world);
        }
        Change::Retry => push(state, Task::List, world),
    }
}

fn search(state: &mut State, query: String) {
    let Some(Section::History(history)) = &mut state.section else { return };
    history.query = query;
    history.at = 0;
    history.moves += 1;
    history.is_list = true;
    history.list(&state.past);
    let count = history.len();
    state.announcement = if count == 0 { words::NOTHING.to_owned() } else { words::count(count) };
}

fn show(state: &mut State, id: u64) {
    if let Some(history) = history_mut(state) {
        history.go(id);
        history.is_asking = false;
    }
    if let Some(record) = state.past.record(id) {
        state.announcement = words::entry(&record.title);
    }
}

fn row_record(state: &State) -> Option<&Record> {
    let history = state.history()?;
    state.past.record(history.row(history.at)?)
}

/// What a row is called.
pub fn spoken(record: &Record, past: &Past) -> String {
    let about = record.package.as_deref().or(record.host.as_deref());
    let day = words::day_heading(past.day(record.last), past.today());
    let when = words::at(&day, &past.time(record.last));
    let note = (!record.note.is_empty()).then_some(words::HAS_NOTE);
    let parts = [Some(record.title.as_str()), about, Some(&when), note];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn push(state: &mut State, task: Task, world: &World<'_>) {
    let has_place = state.past.queue.push(task, world.services, world.outbox);
    if !has_place {
        state.past.status = Status::Failed { why: words::NO_PLACE.to_owned(), can_retry: false };
    }
}

/// Takes what the thread has done.
pub fn receive(state: &mut State, told: Told, world: &World<'_>) {
    let Told { done, records, trouble, moment } = told;
    if let Some(records) = records {
        state.past.records_changed(records, moment);
    }
    if let Some(error) = trouble {
        tell(state, &error);
    } else {
        state.past.told = None;
    }
    if let Some(Section::History(history)) = &mut state.section {
        history.list(&state.past);
    }
    match done {
        Done::Listed => {}
        Done::Kept(case, own) => {
            if state.case().is_some_and(|shown| shown.id == case) {
                state.past.set_own(case, own.into_iter().enumerate());
                if let Some((_, hint)) = hint(state) {
                    state.announcement = format!("{}. {hint}", state.announcement.trim_end_matches('.'));
                }
            }
        }
        Done::Noted(id, note) => notes::noted(state, id, &note, world),
        Done::Removed(removed) => {
            if !removed.records.is_empty() {
                // Several in a row come back together.
                let before = state.past.removed.take().unwrap_or_default();
                let removed = removed.and(*before);
                let count = removed.records.len();
                state.past.removed = Some(Box::new(removed));
                state.notify(Tone::Plain, words::deleted(count));
                let until = state.now + UNDO_SECS;
                state.notice = state.notice.take().map(|notice| Notice { can_undo: true, until, ..notice });
            }
        }
        Done::Restored => state.notify(Tone::Done, words::RESTORED),
        Done::Log(record, name, Some(log)) => {
            let text = text::decode(log.as_bytes());
            update::read(state, Source::Kept { record, name, text }, world);
        }
        Done::Log(_, _, None) => state.notify(Tone::Plain, words::LOG_GONE),
    }
}

/// Says what went wrong, once.
fn tell(state: &mut State, error: &HistoryError) {
    let why = all_words::sentence(&error.to_string());
    state.past.status = match error {
        // A new file was begun.
        HistoryError::Damaged { .. } => state.past.status.clone(),
        HistoryError::Newer { .. } => Status::Failed { why: why.clone(), can_retry: false },
        HistoryError::Busy { .. } | HistoryError::Io { .. } => {
            Status::Failed { why: why.clone(), can_retry: true }
        }
    };
    if state.past.told.as_ref() != Some(error) {
        state.past.told = Some(error.clone());
        state.notify(Tone::Trouble, why);
    }
}
