//! What the reader has answered to the questions of a checklist, and what that changes in the order of causes.
//!
//! Owns the weight of an answer. It is a person's word: it makes a cause likely or unlikely, never certain, and it
//! does not touch what a finding proves.

use super::{Candidate, Diagnosis, Excluded, Finding, ranking};
use crate::facts::{FactKey, Facts};
use crate::knowledge::{Cause, FALLBACK, Knowledge, Strength};

/// A reader's answer to one check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The incident, by its place in [`Diagnosis::incidents`].
    pub incident: usize,
    /// The id of the cause whose checklist it is.
    pub cause: String,
    /// The check's `do` as it stands in the entry, with placeholders.
    pub check: String,
    /// Whether that is so which confirms the cause.
    pub holds: bool,
}

impl Diagnosis {
    /// Puts the causes into the order that the answers suggest.
    pub fn hear(&mut self, answers: &[Answer], knowledge: &Knowledge) {
        for (at, finding) in self.incidents.iter_mut().enumerate() {
            let own: Vec<&Answer> = answers.iter().filter(|answer| answer.incident == at).collect();
            if !own.is_empty() {
                weigh(finding, &own, knowledge);
            }
        }
    }
}

fn weigh(finding: &mut Finding, answers: &[&Answer], knowledge: &Knowledge) {
    let provider = finding.incident.facts.get(FactKey::Provider).map(str::to_owned);
    let mut candidates: Vec<Candidate> =
        finding.candidates.drain(..).filter(|candidate| candidate.cause != FALLBACK).collect();
    let first_row: Vec<usize> = finding.incident.rows.first().copied().into_iter().collect();
    for answer in answers.iter().filter(|answer| !answer.holds) {
        let is_known = |id: &str, all: &[Candidate], out: &[Excluded]| {
            all.iter().any(|candidate| candidate.cause == id)
                || out.iter().any(|excluded| excluded.cause == id)
        };
        if let Some(next) = otherwise(answer, provider.as_deref(), knowledge)
            && next.id != FALLBACK
            && !is_known(&next.id, &candidates, &finding.excluded)
        {
            candidates.push(Candidate {
                cause: next.id.clone(),
                strength: Some(Strength::Possible),
                certain: false,
                proven: false,
                answered: 0,
                reason: "your answer to a check points to it".to_owned(),
                observed: Vec::new(),
                usual: 0,
                rows: first_row.clone(),
                captured: Facts::default(),
            });
        }
    }
    for candidate in &mut candidates {
        candidate.certain = false;
        let given = answers.iter().filter(|answer| answer.cause == candidate.cause);
        let (mut yes, mut no) = (false, false);
        given.for_each(|answer| *(if answer.holds { &mut yes } else { &mut no }) = true);
        let points_here = |answer: &&&Answer| {
            !answer.holds
                && otherwise(answer, provider.as_deref(), knowledge)
                    .is_some_and(|next| next.id == candidate.cause)
        };
        match (yes, no) {
            (true, false) => raise(candidate),
            (false, true) => lower(candidate),
            (false, false) if answers.iter().any(|answer| points_here(&answer)) => candidate.answered = 1,
            _ => {}
        }
    }
    finding.candidates = ranking::rank(candidates, knowledge, finding.incident.kind);
}

fn raise(candidate: &mut Candidate) {
    candidate.answered = 2;
    if candidate.strength <= Some(Strength::Possible) {
        candidate.strength = Some(Strength::Likely);
        candidate.reason = "your answer to a check speaks for it".to_owned();
    }
}

fn lower(candidate: &mut Candidate) {
    if candidate.proven {
        return;
    }
    candidate.answered = -1;
    candidate.strength = match candidate.strength {
        Some(Strength::Conclusive) => Some(Strength::Likely),
        Some(Strength::Likely) => Some(Strength::Possible),
        _ => Some(Strength::Hint),
    };
}

/// The cause to look at when the answer is no.
fn otherwise<'k>(answer: &Answer, provider: Option<&str>, knowledge: &'k Knowledge) -> Option<&'k Cause> {
    let cause = knowledge.cause(&answer.cause)?;
    let overlay = provider.and_then(|provider| cause.providers.get(provider));
    let special = overlay.into_iter().flat_map(|overlay| &overlay.checklist);
    let check = special.chain(&cause.checklist).find(|check| check.todo == answer.check)?;
    knowledge.cause(check.otherwise.as_deref()?)
}
