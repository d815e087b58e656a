//! Several logs at once: each is read, and the list says what is in which.
//!
//! Owns the list and what is known of each log. Must not know how it is drawn.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::jobs::{self, Event};
use super::state::{JobId, Screen, Source, State};
use super::update::{self, World};
use super::words;
use crate::advice::Advice;
use crate::facts::FactKey;
use crate::{Preferences, explain};

/// More logs than this are not read at once.
pub const MOST: usize = 200;

/// Several logs.
#[derive(Debug)]
pub struct Batch {
    /// In the order in which they were given.
    pub logs: Vec<Log>,
    /// The work that reads them.
    job: JobId,
    /// Stops it.
    stop: Arc<AtomicBool>,
}

/// One of several logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// What is in it; `None` while nobody has looked.
    pub found: Option<Found>,
}

/// What is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Refused requests.
    Refused {
        /// The title of the first one's cause.
        title: String,
        /// What was refused.
        about: String,
        /// How many there are.
        count: usize,
    },
    /// No refused request; what it is instead.
    Nothing(String),
    /// It could not be read; why.
    Failed(String),
}

impl Batch {
    /// Whether all were read.
    pub fn is_done(&self) -> bool {
        self.logs.iter().all(|log| log.found.is_some())
    }

    /// How many hold a refused request.
    pub fn refused(&self) -> usize {
        self.logs.iter().filter(|log| matches!(log.found, Some(Found::Refused { .. }))).count()
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Opens what was dropped, picked or named: one log at once, several as a list.
pub fn open(state: &mut State, mut paths: Vec<PathBuf>, world: &World<'_>) {
    if paths.len() < 2 {
        if let Some(path) = paths.pop() {
            update::read(state, Source::Files(vec![path]), world);
        }
        return;
    }
    let job = state.next_job();
    let left_out = paths.len().saturating_sub(MOST);
    paths.truncate(MOST);
    let log = |path: &PathBuf| Log { path: path.clone(), name: jobs::file_name(path), found: None };
    let stop = Arc::new(AtomicBool::new(false));
    let batch = Batch { logs: paths.iter().map(log).collect(), job, stop: Arc::clone(&stop) };
    state.overlay = None;
    state.section = None;
    state.dialog = None;
    state.announcement = words::batch::heading(batch.logs.len());
    state.batch = Some(batch);
    state.screen = Screen::Several;
    if left_out > 0 {
        state.notify(super::state::Tone::Trouble, words::batch::left_out(left_out));
    }
    let (services, outbox) = (Arc::clone(world.services), world.outbox.clone());
    thread::spawn(move || {
        for (at, path) in paths.iter().enumerate() {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            outbox.send(Event::Surveyed(job, at, survey(&*services, path)));
        }
    });
}

fn survey(services: &dyn jobs::Services, path: &Path) -> Found {
    let source = Source::Files(vec![path.to_owned()]);
    let look = || match jobs::text_of(services, &source) {
        Ok((name, text)) => {
            found(&explain(text, &name, services.knowledge(), &Preferences::default()).advice)
        }
        Err(failure) => Found::Failed(failure.title),
    };
    // As with a single log: what makes the engine panic must not take the others along.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(look))
        .unwrap_or_else(|_| Found::Failed(words::engine_failed().title))
}

fn found(advice: &Advice) -> Found {
    let Some((incident, cause)) =
        advice.incidents.first().and_then(|incident| Some((incident, incident.causes.first()?)))
    else {
        let title = advice.nothing.as_ref().map(|nothing| nothing.title.clone());
        return Found::Nothing(title.unwrap_or_default());
    };
    let about = incident.facts.get(FactKey::Package).or_else(|| incident.facts.get(FactKey::Host));
    Found::Refused {
        title: cause.title.clone(),
        about: about.unwrap_or_default().to_owned(),
        count: advice.incidents.len(),
    }
}

/// Takes what was found in one log, unless the list has gone.
pub fn receive(state: &mut State, job: JobId, at: usize, found: Found) {
    let Some(batch) = state.batch.as_mut().filter(|batch| batch.job == job) else { return };
    if let Some(log) = batch.logs.get_mut(at) {
        log.found = Some(found);
    }
    if batch.is_done() && matches!(state.screen, Screen::Several) {
        state.announcement = words::batch::summary(batch.refused(), batch.logs.len());
    }
}

/// Shows one log of the list; going back from it leads to the list again.
pub fn show(state: &mut State, at: usize, world: &World<'_>) {
    let Some(path) = state.batch.as_ref().and_then(|batch| Some(batch.logs.get(at)?.path.clone())) else {
        return;
    };
    let batch = state.batch.take();
    update::read(state, Source::Files(vec![path]), world);
    state.batch = batch;
}
