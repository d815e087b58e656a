//! The reader's answers to a checklist, and the new order of causes that follows from them.
//!
//! Owns what was answered to the shown log. Must not know what an answer weighs: the engine says that.

use std::sync::Arc;
use std::thread;

use super::inquiry::{verdict, work::Known};
use super::jobs::Event;
use super::state::{Case, JobId, State, Tone};
use super::update::World;
use crate::advice::Advice;
use crate::diagnose::Answer;

/// A new order that is being worked out.
#[derive(Debug)]
pub struct Hearing {
    job: JobId,
    /// The cause that stays in sight; `None` shows whichever is best.
    follows: Option<String>,
}

impl Case {
    /// The answer that was given to a check of the shown cause.
    pub fn answer_to(&self, check: &str) -> Option<bool> {
        let cause = &self.cause()?.id;
        let own = self.answers.iter().find(|answer| {
            answer.incident == self.incident && answer.cause == *cause && answer.check == check
        });
        own.map(|answer| answer.holds)
    }
}

/// Takes an answer to a check of the shown cause, or takes it back.
pub fn answer(state: &mut State, at: usize, holds: Option<bool>, world: &World<'_>) {
    let job = state.next_job();
    let Some(case) = state.case_mut() else { return };
    let (incident, was_best) = (case.incident, case.cause_index() == 0);
    let Some(cause) = case.cause() else { return };
    let (id, Some(check)) = (cause.id.clone(), cause.checklist.get(at)) else { return };
    let check = check.key.clone();
    case.answers.retain(|given| given.incident != incident || given.cause != id || given.check != check);
    case.answers.extend(holds.map(|holds| Answer { incident, cause: id.clone(), check, holds }));
    // Who says no to what is shown wants to see what it is instead.
    let follows = (holds != Some(false) || !was_best).then_some(id);
    case.hearing = Some(Hearing { job, follows });
    // It is said in the words that are chosen now; what was asked for before does not know the answer.
    case.renewal = None;
    let preferences = state.preferences();
    let Some(case) = state.case() else { return };
    let known = Known::of(case, incident, preferences);
    let (services, outbox) = (Arc::clone(world.services), world.outbox.clone());
    thread::spawn(move || {
        let advice = known.say_again(services.knowledge());
        outbox.send(Event::Heard(job, Box::new(advice)));
    });
}

/// Shows the new order, unless another answer was given since.
pub fn receive(state: &mut State, job: JobId, advice: Advice) {
    let Some(case) = state.case_mut() else { return };
    let Some(hearing) = case.hearing.take_if(|hearing| hearing.job == job) else { return };
    let shown = case.cause().map(|cause| cause.id.clone());
    case.take_advice(advice);
    let at = case.incident;
    let causes = case.incident().map(|incident| incident.causes.as_slice()).unwrap_or_default();
    let place = |id: &String| causes.iter().position(|cause| cause.id == *id);
    let next = hearing.follows.as_ref().and_then(place).unwrap_or(0);
    if let Some(chosen) = case.causes.get_mut(at) {
        *chosen = next;
    }
    let said = case.incident().map(verdict).unwrap_or_default();
    if case.cause().map(|cause| &cause.id) == shown.as_ref() {
        state.announcement = said;
    } else {
        case.reveal_evidence();
        state.notify(Tone::Plain, said);
    }
}
