//! Orders the causes that fit, and says which one is certain.

use std::cmp::Reverse;

use super::Candidate;
use crate::facts::Facts;
use crate::knowledge::{FALLBACK, Knowledge, Strength};
use crate::parse::Kind;

/// How many causes are worth showing.
const SHOWN: usize = 8;

/// Best first: by strength, then by the reader's answers, then by who outranks whom, then by how usual. Never empty.
///
/// When nothing better than *possible* fits, the honest answer comes first: the log does not say.
pub fn rank(mut candidates: Vec<Candidate>, knowledge: &Knowledge, kind: Kind) -> Vec<Candidate> {
    candidates.retain(|candidate| candidate.cause != FALLBACK);
    candidates.sort_by_key(|candidate| {
        let Candidate { proven, strength, answered, usual, .. } = candidate;
        (Reverse(*proven), Reverse(*strength), Reverse(*answered), Reverse(*usual))
    });
    apply_outranks(&mut candidates, knowledge);
    // A proof stands above whatever the log says.
    let proven = candidates.iter().filter(|candidate| candidate.proven).count();
    let conclusive = match proven {
        0 => candidates.iter().filter(|candidate| candidate.strength == Some(Strength::Conclusive)).count(),
        proven => proven,
    };
    let decided = conclusive == 1 || (conclusive > 1 && outranks_all(&candidates[..conclusive], knowledge));
    if let Some(first) = candidates.first_mut() {
        first.certain = decided && first.answered >= 0 && (kind == Kind::Refused || first.proven);
    }
    let weak = candidates.first().is_none_or(|best| best.strength < Some(Strength::Likely));
    if weak {
        candidates.insert(0, fallback());
    }
    candidates.truncate(SHOWN);
    candidates
}

fn fallback() -> Candidate {
    Candidate {
        cause: FALLBACK.to_owned(),
        strength: None,
        certain: false,
        proven: false,
        answered: 0,
        observed: Vec::new(),
        reason: "the log names the refusal but not its reason".to_owned(),
        usual: 0,
        rows: Vec::new(),
        captured: Facts::default(),
    }
}

/// Moves a cause before those of equal strength that it outranks.
fn apply_outranks(candidates: &mut Vec<Candidate>, knowledge: &Knowledge) {
    for _ in 0..candidates.len() {
        let mut moved = false;
        for late in 1..candidates.len() {
            let beats = |early: &Candidate| {
                rank_of(early) == rank_of(&candidates[late]) && outranks(&candidates[late], early, knowledge)
            };
            if let Some(early) = candidates[..late].iter().position(beats) {
                let candidate = candidates.remove(late);
                candidates.insert(early, candidate);
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}

/// What outranking does not reach across.
fn rank_of(candidate: &Candidate) -> (bool, Option<Strength>, i8) {
    (candidate.proven, candidate.strength, candidate.answered)
}

fn outranks(better: &Candidate, other: &Candidate, knowledge: &Knowledge) -> bool {
    knowledge.cause(&better.cause).is_some_and(|cause| cause.outranks.contains(&other.cause))
}

/// Whether the first of several conclusive causes outranks all the others.
fn outranks_all(conclusive: &[Candidate], knowledge: &Knowledge) -> bool {
    conclusive
        .split_first()
        .is_some_and(|(first, others)| others.iter().all(|other| outranks(first, other, knowledge)))
}
