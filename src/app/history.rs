//! What was diagnosed before: listed, searched, annotated, deleted.
//!
//! Owns what is listed and chosen in the history, and every change of that. Must not know how it is drawn or stored.
//!
//! ```text
//! a log is read ──► keep ──► work (a thread) ──► store (history.redb)
//! Told ──► receive ──► Past ──► hint and note beside an answer, list and entry on the page
//! ```

pub mod list;
pub mod past;
pub mod record;
pub mod same;
pub mod store;
pub mod work;

use std::sync::Arc;

use super::command::Command;
use super::jobs::Outbox;
use super::state::{Case, Notice, Section, Source, State, Tone};
use super::update::{self, World};
use super::words::history as words;
use super::{view, words as all_words};
use crate::text;
use list::Line;
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
            save(state, world);
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
    save(state, world);
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
        Change::Save => save(state, world),
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

/// Keeps what was read just now, and finds out whether it was there before.
pub fn keep(state: &mut State, world: &World<'_>) {
    let Some(case) = state.case().filter(|_| state.settings.history) else { return };
    if case.advice().incidents.is_empty() {
        return;
    }
    match &case.source {
        Source::Example(_) => {}
        Source::Kept { record, .. } => {
            let own = own_of(case, *record, &state.past);
            let id = case.id;
            state.past.set_own(id, own);
        }
        _ => {
            let seen = record::Seen::new(case, state.settings.keep_logs);
            let id = case.id;
            push(state, Task::Keep(id, Box::new(seen)), world);
        }
    }
}

/// The records of a log that is opened again.
fn own_of(case: &Case, opened: u64, past: &Past) -> Vec<(usize, u64)> {
    let Some(opened) = past.record(opened) else { return Vec::new() };
    let find = |at: usize| {
        let mut of_log = past.records.iter().filter(|record| record.digest == opened.digest);
        if opened.incident == at { Some(opened) } else { of_log.find(|record| record.incident == at) }
    };
    (0..case.advice().incidents.len()).filter_map(|at| Some((at, find(at)?.id))).collect()
}

/// What is known now may be more than what was kept.
pub fn amend(state: &mut State, world: &World<'_>) {
    let Some(case) = state.case().filter(|case| !case.observed.is_empty()) else { return };
    let better = |at: &usize| {
        let (own, cause) = (state.past.own(case.id, *at)?, case.advice().incidents.get(*at)?.causes.first()?);
        let is_known = own.cause == cause.id && own.confidence == cause.confidence;
        let (id, title) = (cause.id.clone(), cause.title.clone());
        (!is_known).then(|| Record { cause: id, title, confidence: cause.confidence, ..own.clone() })
    };
    let better: Vec<Record> = case.observed.keys().filter_map(better).collect();
    for record in better {
        // Told at once, so that the next answer does not ask for it again.
        if let Some(known) = state.past.records.iter_mut().find(|known| known.id == record.id) {
            known.clone_from(&record);
        }
        push(state, Task::Amend(record.id, Box::new(record)), world);
    }
}

fn push(state: &mut State, task: Task, world: &World<'_>) {
    let has_place = state.past.queue.push(task, world.services, world.outbox);
    if !has_place {
        state.past.status = Status::Failed { why: words::NO_PLACE.to_owned(), can_retry: false };
    }
}

/// Saves what is written in notes.
fn save(state: &mut State, world: &World<'_>) {
    let written = state.past.take_written(None);
    push_notes(&mut state.past, written, world.services, world.outbox);
}

/// The same when the window closes.
pub fn save_last(past: &mut Past, services: &Arc<dyn super::jobs::Services>, outbox: &Outbox) {
    let written = past.take_written(None);
    push_notes(past, written, services, outbox);
}

fn push_notes(
    past: &mut Past,
    written: Vec<(u64, String)>,
    services: &Arc<dyn super::jobs::Services>,
    outbox: &Outbox,
) {
    for (id, text) in written {
        past.queue.push(Task::Note(id, record::clean_note(&text)), services, outbox);
    }
}

/// Once in each frame: saves notes whose typing rests, and forgets what cannot be brought back any more.
pub fn tend(state: &mut State, world: &World<'_>) {
    let can_undo = state.notice.as_ref().is_some_and(|notice| notice.can_undo && notice.until > state.now);
    if state.past.removed.is_some() && !can_undo {
        state.past.removed = None;
    }
    let field = shown_note(state).map(view::note_id);
    let is_writing = field.is_some() && world.ctx.memory(|memory| memory.focused()) == field;
    if std::mem::replace(&mut state.past.is_writing, is_writing) && !is_writing {
        save(state, world);
        // Escape has left the field, and must not leave the page as well.
        world.ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    }
    let Some(wait) = state.past.next_save(state.now) else { return };
    let is_sent = is_writing
        && world.ctx.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
    if is_sent {
        save(state, world);
    } else if wait <= 0.0 {
        let written = state.past.take_written(Some(state.now));
        push_notes(&mut state.past, written, world.services, world.outbox);
    } else {
        world.ctx.request_repaint_after_secs(wait as f32);
    }
}

/// The diagnosis whose note can be written now.
pub fn shown_note(state: &State) -> Option<u64> {
    match &state.section {
        Some(Section::History(history)) => history.page,
        Some(_) => None,
        None => {
            let case = state.case().filter(|_| state.settings.history)?;
            state.past.own(case.id, case.incident).map(|record| record.id)
        }
    }
}

/// What is said of earlier refusals beside the shown one.
pub fn hint(state: &State) -> Option<(u64, String)> {
    let case = state.case().filter(|_| state.settings.history)?;
    let Hint { record, likeness, is_same_log } = state.past.hint(case)?;
    let day = |seconds| words::on_day(state.past.day(seconds), state.past.today());
    let text = if is_same_log {
        words::same_log(record.times, &day(record.first), &record.note)
    } else {
        words::hint(likeness, &day(record.last), &record.note)
    };
    Some((record.id, text))
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
        Done::Noted(id, note) => noted(state, id, &note, world),
        Done::Removed(removed) => {
            let count = removed.records.len();
            if count > 0 {
                state.past.removed = Some(removed);
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

/// The field shows what is kept, unless somebody is writing in it.
fn noted(state: &mut State, id: u64, note: &str, world: &World<'_>) {
    let is_writing = world.ctx.memory(|memory| memory.has_focus(view::note_id(id)));
    if !is_writing {
        state.past.forget_drafts();
    }
    let is_kept = state.past.record(id).is_some_and(|record| record.note == note);
    if is_kept && !note.is_empty() {
        state.announcement = words::NOTE_SAVED.to_owned();
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

/// Text was pasted. Returns what belongs into the field that has the keyboard.
pub fn pasted(state: &State, pasted: &str, world: &World<'_>) -> Option<String> {
    let focused = world.ctx.memory(|memory| memory.focused())?;
    let is_search = focused == view::history_search();
    let is_note = shown_note(state).is_some_and(|id| focused == view::note_id(id));
    if !is_search && !is_note {
        return None;
    }
    // What is shown must not hold a secret, and the field shows it.
    let short: String = pasted.chars().take(record::LONGEST_NOTE).collect();
    let clean = text::redact(text::decode(short.as_bytes()));
    let clean = clean.as_str().trim();
    Some(if is_search { clean.split_whitespace().collect::<Vec<_>>().join(" ") } else { clean.to_owned() })
}
