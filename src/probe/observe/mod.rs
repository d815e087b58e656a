//! What the answers of a registry say. Pure: the clock of each answer stands in it.
//!
//! Each part reads one side of the answers; a sign is given only when nothing else can explain the answer. Must not
//! know causes: what a sign means for a cause stands in that cause's entry.

mod account;
mod again;
mod answerer;
mod archives;
mod compare;
mod heard;
mod package;
mod trouble;

use std::collections::BTreeSet;

pub(super) use heard::{Heard, Scene};

use super::{Answer, Home};
use crate::facts::{Facts, Observation, Sign};
use crate::knowledge::Knowledge;

/// What the answers say, the most telling first within each part; each sign once.
pub fn observe(
    facts: &Facts,
    home: &dyn Home,
    knowledge: &Knowledge,
    answers: &[Answer],
) -> Vec<Observation> {
    let scene = Scene::new(facts, home, knowledge, answers);
    let parts = [
        answerer::read,
        trouble::read,
        package::read,
        account::read,
        again::read,
        archives::read,
        compare::read,
    ];
    let found = parts.into_iter().flat_map(|part| part(&scene));
    let mut seen = BTreeSet::new();
    found
        .filter(|observation| {
            // Each host that does not answer is worth a line of its own.
            let which =
                if observation.sign == Sign::NoAnswer { observation.text.clone() } else { String::new() };
            seen.insert((observation.sign, which))
        })
        .collect()
}
