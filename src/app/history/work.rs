//! The work on the history's file, off the window's thread and in the order in which it was asked for.
//!
//! Owns the thread and what goes in and out of it. Must not know what is shown.
//! The thread starts with the first piece of work and ends with the window, after the last piece is done.

use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use jiff::Zoned;

use super::record::{Record, Seen};
use super::store::{HistoryError, Removed, Store};
use crate::app::jobs::{Event, Outbox, Services};
use crate::app::state::JobId;

/// A piece of work.
#[derive(Clone, Debug)]
pub enum Task {
    /// Read everything.
    List,
    /// Keep what was read, for this log.
    Keep(JobId, Box<Seen>),
    /// Keep what the user wrote.
    Note(u64, String),
    /// Keep another cause.
    Amend(u64, Box<Record>),
    /// Delete one.
    Delete(u64),
    /// Delete everything.
    Clear,
    /// Bring back what was deleted.
    Restore(Box<Removed>),
    /// Read a kept log: number of the diagnosis, name and number of the log.
    Log(u64, String, u64),
}

/// What became of it.
#[derive(Debug)]
pub struct Told {
    /// What was done.
    pub done: Done,
    /// Everything that is kept now, newest first; `None` when that has not changed.
    pub records: Option<Vec<Record>>,
    /// What went wrong on the way.
    pub trouble: Option<HistoryError>,
    /// When.
    pub moment: Zoned,
}

/// What was done.
#[derive(Debug)]
pub enum Done {
    /// Nothing, or nothing that needs more than the records.
    Listed,
    /// What was read of this log is kept under these numbers.
    Kept(JobId, Vec<u64>),
    /// A note is kept.
    Noted(u64, String),
    /// This was deleted.
    Removed(Box<Removed>),
    /// What was deleted is back.
    Restored,
    /// A kept log: number of the diagnosis, name, text.
    Log(u64, String, Option<String>),
}

/// The way to the thread.
#[derive(Debug, Default)]
pub struct Queue {
    tasks: Option<mpsc::Sender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Queue {
    /// Asks for a piece of work. Says whether there is a place to keep anything.
    pub fn push(&mut self, task: Task, services: &Arc<dyn Services>, outbox: &Outbox) -> bool {
        if self.tasks.is_none() {
            let Some(store) = services.history() else { return false };
            let (tasks, waiting) = mpsc::channel();
            let (services, outbox) = (Arc::clone(services), outbox.clone());
            self.tasks = Some(tasks);
            self.thread = Some(thread::spawn(move || {
                for task in waiting {
                    let told = told(&store, task, services.moment());
                    outbox.send(Event::History(Box::new(told)));
                }
            }));
        }
        self.tasks.as_ref().is_some_and(|tasks| tasks.send(task).is_ok())
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            // A note that was typed just now must be on the disk before the program ends. A thread that panicked
            // has nothing more to save.
            thread.join().ok();
        }
    }
}

/// Does it; in a new file when the old one was damaged.
fn told(store: &Store, task: Task, moment: Zoned) -> Told {
    let now = moment.timestamp().as_second();
    let (mut result, mut trouble) = (done(store, task.clone(), now), None);
    if let Err(error @ HistoryError::Damaged { .. }) = &result {
        trouble = Some(error.clone());
        result = done(store, task, now);
    }
    match result {
        Ok((done, records)) => Told { done, records, trouble, moment },
        Err(error) => Told { done: Done::Listed, records: None, trouble: trouble.or(Some(error)), moment },
    }
}

fn done(store: &Store, task: Task, now: i64) -> Result<(Done, Option<Vec<Record>>), HistoryError> {
    Ok(match task {
        Task::List => (Done::Listed, Some(store.list()?)),
        Task::Keep(case, seen) => {
            let (own, records) = store.keep(&seen, now)?;
            (Done::Kept(case, own), Some(records))
        }
        Task::Note(id, note) => {
            let records = store.note(id, &note)?;
            (Done::Noted(id, note), Some(records))
        }
        Task::Amend(id, better) => (Done::Listed, Some(store.amend(id, &better)?)),
        Task::Delete(id) => removed(store.delete(id)?),
        Task::Clear => removed(store.clear()?),
        Task::Restore(removed) => (Done::Restored, Some(store.restore(&removed)?)),
        Task::Log(id, name, digest) => (Done::Log(id, name, store.log(digest)?), None),
    })
}

fn removed((removed, records): (Removed, Vec<Record>)) -> (Done, Option<Vec<Record>>) {
    (Done::Removed(Box::new(removed)), Some(records))
}
