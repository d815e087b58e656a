//! Which causes fit what the log says, in which order, and how sure that is.
//!
//! Owns matching and ranking. Must not know shells, screens or sockets.

mod answers;
mod matching;
mod near_miss;
mod ranking;

use std::collections::BTreeMap;

use crate::facts::{FactKey, Facts, Observation};
use crate::knowledge::{Knowledge, Strength};
use crate::parse::{Incident, Kind, Report};
use crate::text::Redacted;

pub use answers::Answer;
pub use near_miss::NearMiss;

/// What was found by looking, for each incident by its place in [`Diagnosis::incidents`].
pub type Observed = BTreeMap<usize, Vec<Observation>>;

/// The causes of every incident, and the errors that are no incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnosis {
    /// One for each incident that counts, in the order of the log.
    pub incidents: Vec<Finding>,
    /// Errors that are not a registry's 403.
    pub near_misses: Vec<NearMiss>,
}

/// An incident and its possible causes.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The incident, its facts completed by what the matchers captured.
    pub incident: Incident,
    /// Possible causes, best first; never empty.
    pub candidates: Vec<Candidate>,
    /// Causes that the log leaves open and that a finding rules out.
    pub excluded: Vec<Excluded>,
    /// What was found by looking; empty without an audit or a probe.
    pub observations: Vec<Observation>,
}

/// A cause that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The cause's id.
    pub cause: String,
    /// The strength of the strongest matcher that fired; `None` for the fallback.
    pub strength: Option<Strength>,
    /// The strongest strength that no other candidate shares makes a conclusive match certain; so does a proof.
    pub certain: bool,
    /// Whether a finding proves it.
    pub proven: bool,
    /// What the reader's answers say: 2 and 1 for it, -1 against it, 0 nothing.
    pub answered: i8,
    /// The matcher's name or the ruling's sentence: the reason in words, with placeholders.
    pub reason: String,
    /// The findings that speak for it, by their place in [`Finding::observations`].
    pub observed: Vec<usize>,
    /// How usual the cause is in this situation, 0 to 5.
    pub usual: u8,
    /// The rows that speak for it.
    pub rows: Vec<usize>,
    /// Facts that its patterns captured.
    pub captured: Facts,
}

/// A cause that is ruled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// The cause's id.
    pub cause: String,
    /// Why, with placeholders.
    pub because: String,
    /// The findings that rule it out, by their place in [`Finding::observations`].
    pub observed: Vec<usize>,
}

/// Finds the causes of every incident.
///
/// `observed` changes what is said about an incident, never which incidents there are.
pub fn diagnose(log: &Redacted, report: &Report, knowledge: &Knowledge, observed: &Observed) -> Diagnosis {
    let near_misses = near_miss::find(log, report, knowledge);
    let mut incidents: Vec<Finding> = Vec::new();
    let mut suspected: Vec<String> = Vec::new();
    for incident in &report.incidents {
        let finding = find(log, incident, knowledge, &[]);
        // An error with a code of its own often goes on in the next lines.
        let near = |row: usize| near_misses.iter().any(|miss| row >= miss.row && row - miss.row <= 3);
        let explained = incident.rows.iter().any(|row| near(*row));
        if incident.kind == Kind::Unstated && explained {
            continue;
        }
        if incident.kind == Kind::Suspected {
            let strong = finding.candidates.first().filter(|best| best.strength >= Some(Strength::Likely));
            let Some(best) = strong.filter(|best| !explained && !suspected.contains(&best.cause)) else {
                continue;
            };
            suspected.push(best.cause.clone());
        }
        incidents.push(match observed.get(&incidents.len()) {
            Some(observations) if !observations.is_empty() => find(log, incident, knowledge, observations),
            _ => finding,
        });
    }
    Diagnosis { incidents, near_misses }
}

fn find(log: &Redacted, incident: &Incident, knowledge: &Knowledge, observations: &[Observation]) -> Finding {
    let mut incident = incident.clone();
    recognise_provider(&mut incident, knowledge);
    let (candidates, excluded) = matching::candidates(log, &incident, knowledge, observations);
    let candidates = ranking::rank(candidates, knowledge, incident.kind);
    for observation in observations {
        incident.facts.fill_from(&observation.learned);
    }
    for candidate in &candidates {
        incident.facts.fill_from(&candidate.captured);
    }
    Finding { incident, candidates, excluded, observations: observations.to_vec() }
}

/// Sets the provider by URL, else by the registry's own words.
fn recognise_provider(incident: &mut Incident, knowledge: &Knowledge) {
    if incident.facts.has(FactKey::Provider) {
        return;
    }
    let url = incident.facts.get(FactKey::Url).unwrap_or_default();
    let host = incident.facts.get(FactKey::Host).unwrap_or_default();
    let provider = knowledge
        .provider_of_url(url, host)
        .or_else(|| {
            let registry = incident.facts.get(FactKey::Registry).filter(|_| url.is_empty())?;
            let parsed = url::Url::parse(registry).ok()?;
            knowledge.provider_of_url(registry, parsed.host_str().unwrap_or_default())
        })
        .or_else(|| {
            // Words recognise a product on any host; a service with hosts of its own is not at another one.
            let by_words = knowledge.provider_of_words(&incident.reason_text())?;
            (host.is_empty() || by_words.host().is_none()).then_some(by_words)
        });
    let Some(provider) = provider else {
        return;
    };
    let captured = knowledge.facts_of_url(provider, url);
    let id = provider.id.clone();
    incident.facts.set(FactKey::Provider, id, None);
    incident.facts.fill_from(&captured);
}
