//! Sends the requests that the user has agreed to, a few at a time, and collects the answers.
//!
//! With its neighbours this is the only place of the program that opens a socket. Must not know what an answer means.

use std::cell::RefCell;

use futures_util::{StreamExt, stream};
use tokio::runtime::{Builder, Handle};

use super::cancel::Cancel;
use super::desk::Desk;
use super::follow;
use super::guard::Consent;
use super::keyring::Keyring;
use super::limits::Limits;
use super::model::{Answer, Ask, Failure};
use super::network::{Network, System};

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// The request with this `id` is being sent.
    Started(usize),
    /// An answer, or the reason why there is none.
    Answered(Box<Answer>),
}

/// Sends the requests, on the runtime that it is called on. One answer for each, in the same order.
pub async fn run(
    asks: &[Ask],
    keyring: &dyn Keyring,
    limits: &Limits,
    consent: &Consent,
    cancel: &Cancel,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Answer> {
    run_over(&System, asks, keyring, limits, consent, cancel, progress).await
}

/// The same over another network than the system's.
pub async fn run_over(
    network: &dyn Network,
    asks: &[Ask],
    keyring: &dyn Keyring,
    limits: &Limits,
    consent: &Consent,
    cancel: &Cancel,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Answer> {
    let desk = Desk::new(network, keyring, limits, consent, cancel);
    let progress = RefCell::new(progress);
    let tell = |step: Progress| (progress.borrow_mut())(step);
    let answers = stream::iter(asks.iter().enumerate()).map(async |(place, ask)| {
        if desk.may_ask(&ask.url).is_ok() {
            tell(Progress::Started(ask.id));
        }
        let answer = follow::answer(&desk, ask).await;
        tell(Progress::Answered(Box::new(answer.clone())));
        (place, answer)
    });
    let mut answers: Vec<(usize, Answer)> = answers.buffer_unordered(limits.at_once.max(1)).collect().await;
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The same as [`run`], for a thread that may wait. Not for one on which a runtime runs already.
pub fn run_blocking(
    asks: &[Ask],
    keyring: &dyn Keyring,
    limits: &Limits,
    consent: &Consent,
    cancel: &Cancel,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Answer> {
    // Waiting on such a thread would stop the runtime itself.
    if Handle::try_current().is_ok() {
        return asks.iter().map(|ask| unsent(ask, "another run is under way on this thread")).collect();
    }
    let runtime = match Builder::new_current_thread().enable_io().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let reason = format!("the system gives no means to wait for an answer ({error})");
            return asks.iter().map(|ask| unsent(ask, &reason)).collect();
        }
    };
    let answers = runtime.block_on(run(asks, keyring, limits, consent, cancel, progress));
    // A name that is still being looked up must not hold the caller.
    runtime.shutdown_background();
    answers
}

fn unsent(ask: &Ask, reason: &str) -> Answer {
    Answer {
        ask: ask.id,
        question: ask.question,
        verb: ask.verb,
        url: ask.url.clone(),
        credential: false,
        hops: Vec::new(),
        proxy: None,
        outcome: Err(Failure::Skipped { reason: reason.to_owned() }),
        took: std::time::Duration::ZERO,
    }
}
