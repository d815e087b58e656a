//! The search in the log.
//!
//! Owns what is searched for, where it was found and which place is shown. Must not know how it is drawn.

mod work;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use work::{Found, Pattern};

use super::command::Command;
use super::jobs::Outbox;
use super::reader::{Selection, Target};
use super::state::{Case, JobId, State, Tab};
use super::update::World;
use super::words::find as words;

/// Shorter logs are searched at once, longer ones on a thread of their own.
const AT_ONCE: usize = 256 * 1024;
/// Nobody searches for more than this.
const LONGEST: usize = 1000;

/// Something that can be done with the search.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Something was typed.
    Query(String),
    /// Capitals matter now, or no longer.
    Capitals,
    /// Put the search away.
    Close,
}

/// What is searched for in a log.
#[derive(Debug, Default)]
pub struct Find {
    /// The words.
    pub query: String,
    /// Whether capitals matter.
    pub capitals: bool,
    /// Where they were found, in the order of the log.
    pub found: Vec<Found>,
    /// Which of these is shown.
    pub current: Option<usize>,
    /// Whether the rest of the log is still being searched.
    pub is_counting: bool,
    /// From where on the place to show is looked for, in bytes.
    origin: usize,
    job: JobId,
    wish: Wish,
}

/// Tells a thread, when it is dropped, that nobody waits for it any more.
#[derive(Debug, Default)]
struct Wish(Arc<AtomicBool>);

impl Drop for Wish {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Find {
    /// Where the shown place is.
    pub fn shown(&self) -> Option<Range<usize>> {
        self.found.get(self.current?).map(Found::range)
    }

    /// The places that reach into some bytes, with their numbers.
    pub fn within(&self, bytes: &Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
        let first = self.found.partition_point(|found| found.range().end <= bytes.start);
        let end = bytes.end;
        let all = self.found.iter().enumerate().skip(first);
        all.map(|(at, found)| (at, found.range())).take_while(move |(_, found)| found.start < end)
    }

    /// Whether something was found that begins in some bytes.
    pub fn has_any(&self, bytes: &Range<usize>) -> bool {
        let first = self.found.partition_point(|found| found.range().start < bytes.start);
        self.found.get(first).is_some_and(|found| found.range().start < bytes.end)
    }

    /// What the bar says about it; nothing while there is nothing to search for.
    pub fn says(&self) -> Option<String> {
        if self.query.is_empty() {
            return None;
        }
        Some(match self.current {
            Some(current) => words::position(current + 1, self.found.len(), self.is_counting),
            None if self.is_counting => words::COUNTING.to_owned(),
            None => words::NO_MATCH.to_owned(),
        })
    }

    /// Takes what was found in one more part of the log. Says whether there is a place to show now.
    fn add(&mut self, found: Vec<Found>, is_last: bool) -> bool {
        self.found.extend(found);
        self.is_counting = !is_last;
        if self.current.is_some() {
            return false;
        }
        let next = self.found.partition_point(|found| found.range().start < self.origin);
        // Only when the rest of the log has none, the search goes round.
        self.current = match next < self.found.len() {
            true => Some(next),
            false if is_last && !self.found.is_empty() => Some(0),
            false => None,
        };
        self.current.is_some()
    }

    fn step(&mut self, by: isize) {
        let count = self.found.len();
        if count > 0 {
            let current = self.current.unwrap_or(0);
            self.current = Some(current.wrapping_add_signed(by.rem_euclid(count as isize)) % count);
            self.origin = self.shown().map_or(self.origin, |shown| shown.start);
        }
    }
}

/// Carries out what concerns the search, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    match command {
        Command::Find => open(state, world),
        Command::FindNext => step(state, 1),
        Command::FindPrevious => step(state, -1),
        Command::InFind(Change::Close) => close(state),
        Command::InFind(Change::Query(query)) => {
            search(state, world, |find| find.query = query.chars().take(LONGEST).collect());
        }
        Command::InFind(Change::Capitals) => search(state, world, |find| find.capitals = !find.capitals),
        other => return Some(other),
    }
    None
}

/// Opens the search, or goes back to its field. Selected words are what is searched for.
fn open(state: &mut State, world: &World<'_>) {
    let Some(case) = state.case_mut() else { return };
    case.tab = Tab::Log;
    case.reader.focus(Target::Field);
    let selected = case.reader.selected().filter(|range| range.len() <= LONGEST);
    let words = selected.clone().and_then(|range| case.explained.log.as_str().get(range));
    let words = words.filter(|words| !words.contains('\n') && !words.trim().is_empty()).map(str::to_owned);
    let (query, origin) = match (words, selected, &case.find) {
        (Some(words), Some(range), _) => (words, range.start),
        (_, _, Some(_)) => return,
        _ => (case.reader.searched.clone(), case.rows.place().byte),
    };
    let capitals = case.find.as_ref().is_some_and(|find| find.capitals);
    case.find = Some(Find { origin, capitals, ..Find::default() });
    search(state, world, |find| find.query = query);
}

fn close(state: &mut State) {
    if let Some(case) = state.case_mut()
        && let Some(find) = case.find.take()
    {
        if let Some(shown) = find.shown() {
            // What was found can be copied or searched for again.
            case.reader.selection = Some(Selection::between(&case.explained.log, &shown));
        }
        case.reader.searched.clone_from(&find.query);
        case.reader.focus(Target::Log);
    }
}

fn step(state: &mut State, by: isize) {
    let Some(case) = state.case_mut() else { return };
    if let Some(find) = &mut case.find {
        find.step(by);
    }
    case.tab = Tab::Log;
    show(state);
}

/// Brings the current place into sight and says which one it is.
fn show(state: &mut State) {
    let Some(case) = state.case_mut() else { return };
    let Some(find) = &case.find else { return };
    if let Some(shown) = find.shown() {
        case.reader.follow(shown.start, false);
    }
    let said = find.says();
    if let Some(said) = said {
        state.announcement = said;
    }
}

/// Searches anew for what `change` makes of it.
fn search(state: &mut State, world: &World<'_>, change: impl FnOnce(&mut Find)) {
    let job = state.next_job();
    let Some(case) = state.case_mut() else { return };
    let Some(find) = &mut case.find else { return };
    change(find);
    find.wish = Wish::default();
    find.job = job;
    find.found.clear();
    find.current = None;
    find.is_counting = false;
    let log = &case.explained.log;
    if let Some(pattern) = Pattern::new(&find.query, find.capitals) {
        if log.as_str().len() <= AT_ONCE {
            find.add(pattern.find_in(log.as_str()), true);
        } else {
            find.is_counting = true;
            let (log, outbox): (_, Outbox) = (Arc::clone(log), world.outbox.clone());
            work::search(log, pattern, job, Arc::clone(&find.wish.0), outbox);
        }
    }
    show(state);
}

/// Takes what was found in one more part of the log, unless it is no longer searched for.
pub fn receive(state: &mut State, job: JobId, found: Vec<Found>, is_last: bool) {
    let wanted = |case: &&mut Case| case.find.as_ref().is_some_and(|find| find.job == job);
    let Some(case) = state.case_mut().filter(wanted) else { return };
    let Some(find) = &mut case.find else { return };
    if find.add(found, is_last) {
        show(state);
    } else if is_last && let Some(said) = find.says() {
        // The true number is known now.
        state.announcement = said;
    }
}
