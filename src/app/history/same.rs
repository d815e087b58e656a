//! When a refusal is the same as one before.
//!
//! Owns that rule. Must not know files or screens.
//!
//! Two refusals are the same when their first cause is the same and they are about the same package; when neither
//! names a package, about the same host and the same operation. They are *surely* the same when the registry gave
//! the same reason, too.

use super::record::Record;
use crate::advice::Incident;
use crate::facts::FactKey;

/// How much a refusal is like one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The cause and what it is about are the same.
    Cause,
    /// The registry gave the same reason, too.
    Reason,
}

/// How much a refusal is like an earlier one, if it is at all.
pub fn likeness(incident: &Incident, earlier: &Record) -> Option<Likeness> {
    let is_same_cause = incident.causes.first().is_some_and(|cause| cause.id == earlier.cause);
    let is_same = |key, before: &Option<String>| incident.facts.get(key) == before.as_deref();
    let is_about_same = if incident.facts.has(FactKey::Package) || earlier.package.is_some() {
        is_same(FactKey::Package, &earlier.package)
    } else {
        earlier.host.is_some()
            && is_same(FactKey::Host, &earlier.host)
            && is_same(FactKey::Operation, &earlier.operation)
    };
    let is_same_reason = earlier.reason.is_some() && is_same(FactKey::Reason, &earlier.reason);
    (is_same_cause && is_about_same).then_some(if is_same_reason {
        Likeness::Reason
    } else {
        Likeness::Cause
    })
}

/// The earlier refusal to speak of: the most alike, then one with a note, then the newest.
pub fn most_alike<'a>(
    incident: &Incident,
    earlier: impl Iterator<Item = &'a Record>,
) -> Option<(&'a Record, Likeness)> {
    earlier
        .filter_map(|record| Some((record, likeness(incident, record)?)))
        .max_by_key(|(record, likeness)| (*likeness, !record.note.is_empty(), record.last))
}
