//! Tries every matcher of every cause on one incident.

use std::cell::OnceCell;

use regex::Captures;

use super::{Candidate, Excluded};
use crate::facts::{FactKey, Facts, Observation, Operation, Origin, Sign};
use crate::knowledge::{
    self, Cause, Clause, Field, Knowledge, Matcher, ReasonState, Strength, Verdict, When,
};
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
    /// Whether the registry's words are known.
    state: ReasonState,
    near: String,
    /// Where each line of `near` starts, and its row.
    near_rows: Vec<(usize, usize)>,
    /// The texts folded, in the order of `Field`, each when it is first asked for.
    folded: [OnceCell<String>; 5],
    operation: Option<Operation>,
}

impl<'a> Scene<'a> {
    /// `heard` is what the registry said to the same request when it was asked again.
    fn new(log: &Redacted, incident: &'a Incident, heard: Option<&str>) -> Self {
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
        let (reason, state) = match heard {
            Some(heard) if incident.reason != ReasonState::Shown => (heard.to_owned(), ReasonState::Shown),
            _ => (incident.reason_text(), incident.reason),
        };
        Self { incident, reason, state, near, near_rows, folded: Default::default(), operation }
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

/// Every cause that fits the incident, each with its strongest matcher or ruling, and those that are ruled out.
pub fn candidates(
    log: &Redacted,
    incident: &Incident,
    knowledge: &Knowledge,
    observations: &[Observation],
) -> (Vec<Candidate>, Vec<Excluded>) {
    let scene = Scene::new(log, incident, heard(incident, observations));
    let made: Vec<Sign> = observations.iter().map(|observation| observation.sign).collect();
    let (mut candidates, mut excluded) = (Vec::new(), Vec::new());
    for cause in knowledge.causes() {
        if scene.operation.is_some_and(|operation| !cause.operations.contains(&operation)) {
            continue;
        }
        let matched = best(log, &scene, cause, knowledge);
        match (judge(&scene, cause, &made, knowledge), matched) {
            (None, matched) => candidates.extend(matched),
            (Some(judgement), matched) if judgement.verdict == Verdict::Excluded => {
                excluded.extend(matched.map(|_| Excluded {
                    cause: cause.id.clone(),
                    because: judgement.because,
                    observed: judgement.observed,
                }));
            }
            (Some(judgement), matched) => candidates.push(judged(&scene, cause, judgement, matched)),
        }
    }
    (candidates, excluded)
}

/// What the registry said when the refused request was asked again: with the credential before without one, as the
/// client sends one where there is one. An answer to another request, or another refusal, is not what the log is about.
fn heard<'o>(incident: &Incident, observations: &'o [Observation]) -> Option<&'o str> {
    let facts = &incident.facts;
    let is_read = matches!(facts.get(FactKey::Method), None | Some("GET" | "HEAD"));
    let plain = |url: &str| url.split('?').next().unwrap_or(url).to_ascii_lowercase();
    let refused = facts.get(FactKey::Url).map(plain);
    let repeated = observations.iter().filter_map(|observation| {
        let Origin::Request { url, status: Some(403), credential, .. } = &observation.origin else {
            return None;
        };
        let same = match &refused {
            Some(refused) => *refused == plain(url),
            None => !url.contains("/-/"),
        };
        Some((*credential, observation.said.as_deref()?)).filter(|_| same)
    });
    // The first of equals: the most telling finding comes first.
    let best = repeated.reduce(|best, next| if next.0 && !best.0 { next } else { best });
    best.map(|(_, said)| said).filter(|_| is_read)
}

/// What the findings say about a cause.
struct Judgement {
    verdict: Verdict,
    because: String,
    observed: Vec<usize>,
}

/// The strongest ruling that holds. One for and one against it, both firm, prove nothing.
fn judge(scene: &Scene<'_>, cause: &Cause, made: &[Sign], knowledge: &Knowledge) -> Option<Judgement> {
    if made.is_empty() {
        return None;
    }
    let holding: Vec<_> = cause
        .observed
        .iter()
        .filter(|ruling| ruling.holds(made) && passes(scene, &ruling.when, knowledge))
        .collect();
    let excluded = holding.iter().any(|ruling| ruling.then == Verdict::Excluded);
    let ruling = holding.iter().rev().max_by_key(|ruling| match ruling.then {
        Verdict::Proven => 3,
        Verdict::Excluded => 2,
        Verdict::Likely => 1,
        Verdict::Possible => 0,
    })?;
    let contradicted = ruling.then == Verdict::Proven && excluded;
    let observed = made.iter().enumerate().filter(|(_, sign)| ruling.rests_on(**sign));
    Some(Judgement {
        verdict: if contradicted { Verdict::Likely } else { ruling.then },
        because: ruling.because.clone(),
        observed: observed.map(|(index, _)| index).collect(),
    })
}

/// The candidate that a ruling makes, or makes stronger.
fn judged(scene: &Scene<'_>, cause: &Cause, judgement: Judgement, matched: Option<Candidate>) -> Candidate {
    let strength = match judgement.verdict {
        Verdict::Proven => Strength::Conclusive,
        Verdict::Likely => Strength::Likely,
        Verdict::Possible | Verdict::Excluded => Strength::Possible,
    };
    let mut candidate = matched.unwrap_or_else(|| Candidate {
        cause: cause.id.clone(),
        strength: None,
        certain: false,
        proven: false,
        answered: 0,
        reason: String::new(),
        observed: Vec::new(),
        usual: 0,
        rows: scene.incident.rows.first().copied().into_iter().collect(),
        captured: Facts::default(),
    });
    candidate.proven = judgement.verdict == Verdict::Proven;
    candidate.observed = judgement.observed;
    if candidate.strength <= Some(strength) {
        candidate.strength = Some(strength);
        candidate.reason = judgement.because;
    }
    candidate
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
        proven: false,
        answered: 0,
        reason: matcher.name.clone(),
        observed: Vec::new(),
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
        && when.reason.is_none_or(|reason| reason == scene.state)
        && when.scoped.is_none_or(|wanted| scoped == Some(wanted))
        && when.facts.iter().all(|(key, presence)| scene.incident.presence(*key) == *presence)
        && (when.keywords.is_empty() || keywords())
}
