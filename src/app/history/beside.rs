//! What the history does beside an answer: keeps it, follows it when more is known, and says that it was there before.
//!
//! Owns what is kept and what is not. Must not know how anything is drawn.

use super::record::{Record, Seen};
use super::work::Task;
use super::{Hint, Past, push};
use crate::app::state::{Case, Source, State};
use crate::app::update::World;
use crate::app::words::history as words;

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
            let seen = Seen::new(case, state.settings.keep_logs);
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
