//! Which causes fit what the log says, in which order, and how sure that is.
//!
//! Owns matching and ranking. Must not know shells, screens or sockets.

mod matching;
mod near_miss;
mod ranking;

use crate::facts::{FactKey, Facts};
use crate::knowledge::{Knowledge, Strength};
use crate::parse::{Incident, Kind, Report};
use crate::text::Redacted;

pub use near_miss::NearMiss;

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
}

/// A cause that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The cause's id.
    pub cause: String,
    /// The strength of the strongest matcher that fired; `None` for the fallback.
    pub strength: Option<Strength>,
    /// The strongest strength that no other candidate shares makes a conclusive match certain.
    pub certain: bool,
    /// The matcher's name: the reason in words.
    pub reason: String,
    /// How usual the cause is in this situation, 0 to 5.
    pub usual: u8,
    /// The rows that speak for it.
    pub rows: Vec<usize>,
    /// Facts that its patterns captured.
    pub captured: Facts,
}

/// Finds the causes of every incident.
pub fn diagnose(log: &Redacted, report: &Report, knowledge: &Knowledge) -> Diagnosis {
    let near_misses = near_miss::find(log, report, knowledge);
    let mut incidents = Vec::new();
    let mut suspected: Vec<String> = Vec::new();
    for incident in &report.incidents {
        let finding = find(log, incident, knowledge);
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
        incidents.push(finding);
    }
    Diagnosis { incidents, near_misses }
}

fn find(log: &Redacted, incident: &Incident, knowledge: &Knowledge) -> Finding {
    let mut incident = incident.clone();
    recognise_provider(&mut incident, knowledge);
    let candidates = ranking::rank(matching::candidates(log, &incident, knowledge), knowledge, incident.kind);
    for candidate in &candidates {
        incident.facts.fill_from(&candidate.captured);
    }
    Finding { incident, candidates }
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
