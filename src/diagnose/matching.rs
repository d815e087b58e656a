//! Tries every matcher of every cause on one incident.

use std::cell::OnceCell;

use regex::Captures;

use super::Candidate;
use crate::facts::{FactKey, Facts, Operation};
use crate::knowledge::{self, Cause, Clause, Field, Knowledge, Matcher, When};
use crate::parse::{Incident, is_fixed_advice};
use crate::text::Redacted;

/// How many lines before and after an incident the field `log` holds.
const NEAR: (usize, usize) = (200, 60);
/// How many bytes it holds at most.
const NEAR_BYTES: usize = 64 * 1024;

/// The texts of one incident that clauses look at.
struct Scene<'a> {
    incident: &'a Incident,
    reason: String,
    near: String,
    /// Where each line of `near` starts, and its row.
    near_rows: Vec<(usize, usize)>,
    /// The texts folded, in the order of `Field`, each when it is first asked for.
    folded: [OnceCell<String>; 5],
    operation: Option<Operation>,
}

impl<'a> Scene<'a> {
    fn new(log: &Redacted, incident: &'a Incident) -> Self {
        let first = incident.rows.first().copied().unwrap_or_default();
        let last = incident.rows.last().copied().unwrap_or(first).min(first + NEAR.0);
        let mut near = String::new();
        let mut near_rows = Vec::new();
        for row in first.saturating_sub(NEAR.0)..(last + NEAR.1 + 1).min(log.line_count()) {
            let line = log.line(row);
            if near.len() + line.len() > NEAR_BYTES || is_fixed_advice(line) {
                continue;
            }
            near_rows.push((near.len(), row));
            near.push_str(line);
            near.push('\n');
        }
        let operation = incident.facts.get(FactKey::Operation).and_then(Operation::from_name);
        Self {
            incident,
            reason: incident.reason_text(),
            near,
            near_rows,
            folded: Default::default(),
            operation,
        }
    }

    fn text(&self, field: Field) -> &str {
        let fact = |key| self.incident.facts.get(key).unwrap_or_default();
        match field {
            Field::Reason => &self.reason,
            Field::Url => fact(FactKey::Url),
            Field::Command => fact(FactKey::Command),
            Field::Package => fact(FactKey::Package),
            Field::Log => &self.near,
        }
    }

    /// The same, folded, to look for literals in.
    fn folded(&self, field: Field) -> &str {
        self.folded[field as usize].get_or_init(|| knowledge::fold(self.text(field)))
    }

    /// The rows that a match of `field` at `at` stands on.
    fn rows(&self, log: &Redacted, field: Field, at: usize) -> Option<usize> {
        match field {
            Field::Reason => {
                let mut start = 0;
                for said in &self.incident.said {
                    let end = start + said.text.len();
                    if at <= end {
                        return Some(log.row_at(said.span.start));
                    }
                    start = end + 1;
                }
                None
            }
            Field::Log => {
                let index = self.near_rows.partition_point(|(start, _)| *start <= at);
                self.near_rows.get(index.checked_sub(1)?).map(|(_, row)| *row)
            }
            Field::Url => self.incident.facts.span(FactKey::Url).map(|span| log.row_at(span.start)),
            Field::Command => self.incident.facts.span(FactKey::Command).map(|span| log.row_at(span.start)),
            Field::Package => self.incident.facts.span(FactKey::Package).map(|span| log.row_at(span.start)),
        }
    }
}

/// Every cause that fits the incident, each with its strongest matcher.
pub fn candidates(log: &Redacted, incident: &Incident, knowledge: &Knowledge) -> Vec<Candidate> {
    let scene = Scene::new(log, incident);
    knowledge
        .causes()
        .iter()
        .filter(|cause| scene.operation.is_none_or(|operation| cause.operations.contains(&operation)))
        .filter_map(|cause| best(log, &scene, cause, knowledge))
        .collect()
}

fn best(log: &Redacted, scene: &Scene<'_>, cause: &Cause, knowledge: &Knowledge) -> Option<Candidate> {
    let provider = scene.incident.facts.get(FactKey::Provider);
    let overlay = provider.and_then(|provider| cause.providers.get(provider));
    let special = overlay.into_iter().flat_map(|overlay| &overlay.matchers);
    special
        .chain(&cause.matchers)
        .filter_map(|matcher| fire(log, scene, cause, matcher, knowledge))
        // `max_by_key` would keep the last of equals; the overlay's matchers come first and must win.
        .reduce(|best, next| {
            let stronger = (next.strength, next.usual) > (best.strength, best.usual);
            if stronger { next } else { best }
        })
}

fn fire(
    log: &Redacted,
    scene: &Scene<'_>,
    cause: &Cause,
    matcher: &Matcher,
    knowledge: &Knowledge,
) -> Option<Candidate> {
    if !passes(scene, &matcher.when, knowledge) {
        return None;
    }
    let finds = |clause: &Clause| -> Option<(Option<usize>, Facts)> {
        let regex = knowledge.regex_for(&clause.regex, scene.folded(clause.field))?;
        let found = regex.captures(scene.text(clause.field))?;
        let at = found.get(0).map_or(0, |whole| whole.start());
        Some((scene.rows(log, clause.field, at), captured(&found, regex.capture_names())))
    };
    let mut rows = Vec::new();
    let mut facts = Facts::default();
    for clause in &matcher.all {
        let (row, found) = finds(clause)?;
        rows.extend(row);
        facts.fill_from(&found);
    }
    if matcher.none.iter().any(|clause| finds(clause).is_some()) {
        return None;
    }
    // The line with the URL says what was refused, whatever the reason.
    rows.extend(scene.incident.rows.first());
    rows.extend(scene.incident.facts.span(FactKey::Url).map(|span| log.row_at(span.start)));
    rows.sort_unstable();
    rows.dedup();
    Some(Candidate {
        cause: cause.id.clone(),
        strength: Some(matcher.strength),
        certain: false,
        reason: matcher.name.clone(),
        usual: matcher.usual.unwrap_or(0),
        rows,
        captured: facts,
    })
}

fn captured<'n>(found: &Captures<'_>, names: impl Iterator<Item = Option<&'n str>>) -> Facts {
    let mut facts = Facts::default();
    for name in names.flatten() {
        if let (Some(key), Some(value)) = (FactKey::from_name(name), found.name(name)) {
            facts.set(key, value.as_str(), None);
        }
    }
    facts
}

/// Whether all gates are open. A gate on a fact that is not known stays shut.
fn passes(scene: &Scene<'_>, when: &When, knowledge: &Knowledge) -> bool {
    let facts = &scene.incident.facts;
    let among = |list: &[String], key: FactKey| {
        list.is_empty() || facts.get(key).is_some_and(|value| list.iter().any(|item| item == value))
    };
    let provider = || {
        let named = |id: &str| when.provider.iter().any(|item| item == id);
        let Some(id) = facts.get(FactKey::Provider) else {
            return when.provider.is_empty() || named("generic");
        };
        let like = || knowledge.provider(id).and_then(|provider| provider.like.as_deref());
        when.provider.is_empty() || named(id) || like().is_some_and(named)
    };
    let scoped = facts.get(FactKey::Package).map(|package| package.starts_with('@'));
    let keywords = || {
        let (reason, near) = (scene.folded(Field::Reason), scene.folded(Field::Log));
        when.keywords.iter().any(|word| reason.contains(word.as_str()) || near.contains(word.as_str()))
    };
    provider()
        && among(&when.client, FactKey::Client)
        && among(&when.method, FactKey::Method)
        && (when.operation.is_empty()
            || scene.operation.is_some_and(|operation| when.operation.contains(&operation)))
        && (when.endpoint.is_empty()
            || when.endpoint.iter().any(|endpoint| facts.get(FactKey::Endpoint) == Some(endpoint.name())))
        && when.reason.is_none_or(|reason| reason == scene.incident.reason)
        && when.scoped.is_none_or(|wanted| scoped == Some(wanted))
        && when.facts.iter().all(|(key, presence)| scene.incident.presence(*key) == *presence)
        && (when.keywords.is_empty() || keywords())
}
