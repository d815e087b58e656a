//! From causes to what the user reads and copies: texts filled in, commands quoted, the next version computed.
//!
//! Owns the filling of templates, quoting, and the choice of the client's spelling. Must not know how it is shown.

mod entry;
mod fill;
mod model;
mod nothing;
mod shell;
mod version;

pub use entry::capitalised;
pub use model::{
    Advice, Cause, Check, CheckState, Command, Confidence, Evidence, Excluded, Fix, Incident, Input, Nothing,
    Observation, Preferences, Question, Related, Shell, Source, Step, StepKind,
};
pub use shell::quote;

use crate::diagnose::{Candidate, Diagnosis, Finding, NearMiss};
use crate::facts::{FactKey, Facts, Sign};
use crate::knowledge::{FALLBACK, Knowledge, Strength};
use crate::parse::Report;
use crate::text::Redacted;

use entry::Writer;

/// How much of a line is shown as evidence, in characters.
const EVIDENCE_WIDTH: usize = 400;
/// How many lines of evidence a cause shows.
const EVIDENCE_LINES: usize = 6;

/// Says what to do about a diagnosis.
pub fn advise(
    log: &Redacted,
    name: &str,
    report: &Report,
    diagnosis: &Diagnosis,
    knowledge: &Knowledge,
    preferences: &Preferences,
) -> Advice {
    let incidents: Vec<Incident> = diagnosis
        .incidents
        .iter()
        .enumerate()
        .map(|(at, finding)| incident(log, (at, finding), knowledge, preferences))
        .collect();
    let related: Vec<Related> = diagnosis
        .near_misses
        .iter()
        .filter_map(|miss| near_miss(log, miss, report, knowledge, preferences))
        .collect();
    let nothing = incidents.is_empty().then(|| nothing::say(log, report, &related));
    Advice {
        input: Input {
            name: name.to_owned(),
            encoding: log.encoding().to_owned(),
            bytes: log.byte_size(),
            lines: log.original_lines(),
            secrets_hidden: log.secrets_hidden(),
        },
        incidents,
        related,
        warnings: warnings(log, report),
        nothing,
    }
}

/// What the reader should know about the log and about what was left out of it.
fn warnings(log: &Redacted, report: &Report) -> Vec<String> {
    let mut warnings = log.warnings().to_vec();
    if report.dropped > 0 {
        warnings.push(format!(
            "{} more refusals are not listed, because the log holds too many different ones; open a part of it to see them",
            report.dropped
        ));
    }
    warnings
}

/// One entry of the knowledge base as a page of its own, without a log.
pub fn describe(knowledge: &Knowledge, id: &str) -> Option<Cause> {
    describe_for(knowledge, id, &Preferences::default())
}

/// The same in the words of the preferred client.
pub fn describe_for(knowledge: &Knowledge, id: &str, preferences: &Preferences) -> Option<Cause> {
    let mut facts = Facts::default();
    complete(&mut facts);
    let writer = Writer::new(&facts, knowledge, preferences.client.as_deref());
    Some(writer.cause(knowledge.cause(id)?, None, &[]))
}

/// The title of a cause, without a log.
pub fn describe_title(knowledge: &Knowledge, id: &str) -> Option<String> {
    Some(fill::Filler::new(&Facts::default(), knowledge).prose(&knowledge.cause(id)?.title))
}

/// Only what the entry says about one registry beyond what it says about all; `None` if that is nothing.
pub fn describe_on(
    knowledge: &Knowledge,
    id: &str,
    provider: &str,
    preferences: &Preferences,
) -> Option<Cause> {
    let entry = knowledge.cause(id)?;
    let overlay = entry.providers.get(provider)?;
    let special = crate::knowledge::Cause {
        summary: overlay.summary.clone().unwrap_or_default(),
        explanation: Vec::new(),
        checklist: Vec::new(),
        fixes: Vec::new(),
        questions: Vec::new(),
        sources: Vec::new(),
        ..entry.clone()
    };
    let mut facts = Facts::default();
    facts.set(FactKey::Provider, provider, None);
    complete(&mut facts);
    let writer = Writer::new(&facts, knowledge, preferences.client.as_deref());
    let cause = writer.cause(&special, None, &[]);
    let is_empty = cause.summary.is_empty()
        && cause.explanation.is_empty()
        && cause.checklist.is_empty()
        && cause.fixes.is_empty();
    (!is_empty).then_some(cause)
}

/// One related code as a page of its own, without a log.
pub fn describe_related(knowledge: &Knowledge, code: &str) -> Option<Related> {
    describe_related_for(knowledge, code, &Preferences::default())
}

/// The same in the words of the preferred client.
pub fn describe_related_for(knowledge: &Knowledge, code: &str, preferences: &Preferences) -> Option<Related> {
    // Two entries may share a code; their ids differ.
    let entries = knowledge.related();
    let by_id = entries.iter().find(|entry| entry.id.eq_ignore_ascii_case(code));
    let entry = by_id.or_else(|| entries.iter().find(|entry| entry.code.eq_ignore_ascii_case(code)))?;
    let facts = Facts::default();
    Some(Writer::new(&facts, knowledge, preferences.client.as_deref()).related(entry))
}

/// Adds the facts that are computed from others.
fn complete(facts: &mut Facts) {
    // A probe knows which numbers are taken.
    if facts.has(FactKey::NextVersion) {
        let plain = facts.get(FactKey::Version).and_then(version::next);
        let learned = facts.get(FactKey::NextVersion).unwrap_or_default().to_owned();
        let bump = plain.filter(|(_, next)| *next == learned).map_or(learned, |(bump, _)| bump.to_owned());
        facts.set(FactKey::Bump, bump, None);
        return;
    }
    let next = facts.get(FactKey::Version).and_then(version::next);
    match next {
        Some((bump, next)) => {
            facts.set(FactKey::Bump, bump, None);
            facts.set(FactKey::NextVersion, next, None);
        }
        None => facts.set(FactKey::Bump, "patch", None),
    }
}

fn incident(
    log: &Redacted,
    (at, finding): (usize, &Finding),
    knowledge: &Knowledge,
    preferences: &Preferences,
) -> Incident {
    let found = &finding.incident;
    let mut shown = found.facts.clone();
    let mut facts = shown.clone();
    complete(&mut facts);
    let writer =
        Writer::new(&facts, knowledge, preferences.client.as_deref()).hearing(&preferences.answers, at);
    let made: Vec<Sign> = finding.observations.iter().map(|observation| observation.sign).collect();
    let causes = finding
        .candidates
        .iter()
        .filter_map(|candidate| {
            let mut cause = writer.cause(knowledge.cause(&candidate.cause)?, Some(candidate), &made);
            cause.evidence = evidence(log, found, candidate);
            Some(cause)
        })
        .collect();
    let number = |row: Option<&usize>| row.map_or(1, |row| log.line_number(*row));
    if let Some(next) = facts.get(FactKey::NextVersion) {
        shown.set(FactKey::NextVersion, next, None);
    }
    Incident {
        headline: headline(&shown),
        lines: (number(found.rows.first()), number(found.rows.last())),
        not_shown: found.not_shown().collect(),
        facts: shown,
        occurrences: found.occurrences,
        causes,
        observations: observations(finding),
        excluded: finding
            .excluded
            .iter()
            .filter_map(|excluded| {
                let (title, because) = writer.ruled_out(excluded, knowledge)?;
                Some(Excluded { id: excluded.cause.clone(), title, because })
            })
            .collect(),
    }
}

/// The findings, each with the causes that it speaks for and against.
fn observations(finding: &Finding) -> Vec<Observation> {
    let spoken_for = |index: usize, proven: bool| {
        let candidates = finding.candidates.iter();
        let fits = candidates.filter(|found| found.proven == proven && found.observed.contains(&index));
        fits.map(|found| found.cause.clone()).collect()
    };
    let ruled_out = |index: usize| {
        let excluded = finding.excluded.iter().filter(|excluded| excluded.observed.contains(&index));
        excluded.map(|excluded| excluded.cause.clone()).collect()
    };
    finding
        .observations
        .iter()
        .enumerate()
        .map(|(index, observation)| Observation {
            observed: observation.sign,
            text: entry::capitalised(&observation.text),
            origin: observation.origin.clone(),
            proves: spoken_for(index, true),
            supports: spoken_for(index, false),
            excludes: ruled_out(index),
            correction: observation.correction.clone(),
        })
        .collect()
}

fn evidence(log: &Redacted, incident: &crate::parse::Incident, candidate: &Candidate) -> Vec<Evidence> {
    let mut rows = if candidate.rows.is_empty() { incident.rows.clone() } else { candidate.rows.clone() };
    rows.truncate(EVIDENCE_LINES);
    rows.into_iter()
        .map(|row| {
            let line = log.line(row);
            let indent = line.len() - line.trim_start().len();
            let place = log.place(log.line_start(row) + indent);
            Evidence {
                line: log.line_number(row),
                column: place.column,
                text: line.trim().chars().take(EVIDENCE_WIDTH).collect(),
                row,
            }
        })
        .filter(|evidence| !evidence.text.is_empty())
        .collect()
}

fn near_miss(
    log: &Redacted,
    miss: &NearMiss,
    report: &Report,
    knowledge: &Knowledge,
    preferences: &Preferences,
) -> Option<Related> {
    let entry = knowledge.related().iter().find(|entry| entry.id == miss.id)?;
    let mut related = Writer::new(&report.run, knowledge, preferences.client.as_deref()).related(entry);
    related.line = log.line_number(miss.row);
    related.row = miss.row;
    Some(related)
}

/// `E403 on publish`, `E403 on install`, `E403 on login`.
fn headline(facts: &Facts) -> String {
    let operation = match facts.get(FactKey::Operation) {
        Some("publish") => Some("publish"),
        Some("install") => Some("install"),
        _ => match facts.get(FactKey::Endpoint) {
            Some("login") => Some("login"),
            Some("audit") => Some("audit"),
            Some("dist-tags") => Some("a dist-tag"),
            Some("revision") => Some("unpublish or owner change"),
            Some("account") => Some("an account request"),
            Some("access") => Some("an access request"),
            Some("search") => Some("search"),
            _ => None,
        },
    };
    operation.map_or_else(|| "E403".to_owned(), |operation| format!("E403 on {operation}"))
}

/// How sure a candidate is.
fn confidence(candidate: &Candidate) -> Confidence {
    match candidate.strength {
        Some(Strength::Conclusive) if candidate.certain => Confidence::Certain,
        Some(Strength::Conclusive | Strength::Likely) => Confidence::Likely,
        _ => Confidence::Possible,
    }
}

/// Whether this cause is the honest "the log does not say".
pub fn is_fallback(cause: &Cause) -> bool {
    is_fallback_id(&cause.id)
}

/// The same of a cause that is known only by its id.
pub fn is_fallback_id(id: &str) -> bool {
    id == FALLBACK
}
