//! The watch over npm's logs: when npm fails with a 403, the window offers the log and waits to be asked.
//!
//! Owns what is offered and every change of that; [`folder`] owns the thread that looks. Must not know how it is drawn.
//! Off unless the user turns it on. It never switches the screen and never takes the keyboard.

pub mod folder;

use folder::{Noticed, Refused};

use super::command::Command;
use super::state::{JobId, Source, State, Tone};
use super::update::{self, World};
use super::words;

/// After so many times *Not now*, the offer has a button that ends the watch.
const PATIENCE: u32 = 2;

/// Something that can be done with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Read the newest log that is offered.
    Look,
    /// Put all offers away.
    NotNow,
    /// Put them away and watch no more.
    Stop,
}

/// What the watch has to say.
#[derive(Debug, Default)]
pub struct Watch {
    /// The watch that is running; what comes from an older one is dropped.
    pub job: Option<JobId>,
    /// Logs with a refusal that nobody has looked at, the newest last.
    pub offers: Vec<Refused>,
    /// Whether the newest of them was looked at already and these are the ones before it.
    pub is_rest: bool,
    /// How often offers were put away since the window was opened.
    pub dismissed: u32,
    /// Why npm's logs cannot be watched.
    pub trouble: Option<String>,
}

impl Watch {
    /// The log that is offered, and how many more there are.
    pub fn offer(&self) -> Option<(&Refused, usize)> {
        self.offers.last().map(|newest| (newest, self.offers.len() - 1))
    }

    /// Whether the user has put enough away to be asked if it should stop.
    pub fn offers_to_stop(&self) -> bool {
        self.dismissed >= PATIENCE
    }

    fn clear(&mut self) {
        self.offers.clear();
        self.is_rest = false;
    }
}

/// Carries out what concerns the watch, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    match command {
        Command::Watch => set(state, !state.settings.watch, world),
        Command::InWatch(Change::Look) => {
            if let Some(newest) = state.watch.offers.pop() {
                state.watch.is_rest = true;
                update::read(state, Source::Files(newest.parts), world);
            }
        }
        Command::InWatch(Change::NotNow) => {
            state.watch.dismissed += 1;
            state.watch.clear();
            state.announcement = words::watch::PUT_AWAY.to_owned();
        }
        Command::InWatch(Change::Stop) => set(state, false, world),
        other => return Some(other),
    }
    None
}

fn set(state: &mut State, on: bool, world: &World<'_>) {
    state.settings.watch = on;
    state.notify(Tone::Done, if on { words::watch::ON } else { words::watch::OFF });
    update::save_settings(state, world);
}

/// A watch was started under this id.
pub fn started(state: &mut State, job: JobId) {
    state.watch.job = Some(job);
    state.watch.trouble = None;
}

/// The watch is over; what it offered goes with it.
pub fn stopped(state: &mut State) {
    state.watch.job = None;
    state.watch.trouble = None;
    state.watch.clear();
}

/// Takes what a watch has noticed.
pub fn receive(state: &mut State, job: JobId, noticed: Noticed) {
    if state.watch.job != Some(job) {
        return;
    }
    match noticed {
        Noticed::Watching => {}
        Noticed::Trouble(error) => {
            let said = words::sentence(&error.to_string());
            state.watch.trouble = Some(said.clone());
            state.notify(Tone::Trouble, said);
        }
        Noticed::Refused(refused) => {
            if is_shown(state, &refused) {
                return;
            }
            state.watch.is_rest = false;
            state.watch.offers.push(refused);
            if let Some((newest, more)) = state.watch.offer() {
                state.announcement = words::watch::announced(newest.package.as_deref(), more);
            }
        }
    }
}

/// Nobody needs to be offered the log that is on the screen, however it got there.
pub fn forget_shown(state: &mut State) {
    if !state.watch.offers.is_empty() {
        let mut offers = std::mem::take(&mut state.watch.offers);
        offers.retain(|offer| !is_shown(state, offer));
        state.watch.offers = offers;
    }
}

fn is_shown(state: &State, refused: &Refused) -> bool {
    // A log may have got another part since it was opened.
    let shown = state.case().map(|case| &case.source);
    matches!(shown, Some(Source::Files(parts)) if parts.first() == refused.parts.first())
}
