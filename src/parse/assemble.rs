//! Prints of one refusal become one incident: trimming words, adding what stands apart, merging.
//!
//! Must not know causes.

use std::collections::HashMap;

use super::clients::Weight;
use super::frame::Segment;
use super::patterns::OLD_PACKAGE;
use super::{Incident, Part, Said};
use crate::facts::FactKey;
use crate::knowledge::ReasonState;

/// How many words without a URL belong to one incident.
const LOOSE_WORDS: usize = 12;

/// Words of a segment that the registry may have said, trimmed of frames; `None` when they say nothing.
pub(super) fn words_of(segment: &Segment<'_>, text: &str, part: Part) -> Option<Said> {
    let mut piece = text;
    if part == Part::Phrase {
        piece = piece.trim_start_matches("403 ");
        piece =
            piece.strip_prefix("Forbidden").map_or(piece, |rest| rest.trim_start_matches([' ', '-', ':']));
    }
    let piece = piece
        .trim_start_matches([' ', '-', '│', '|'])
        .trim_end_matches([' ', ',', '+', '\'', '\\'])
        .trim_end_matches(r"\n");
    if piece.is_empty() || piece == "\"" || piece.contains("[object Object]") {
        return None;
    }
    Some(Said { text: piece.to_owned(), span: segment.span_of(piece), part })
}

pub(super) fn piece(segment: &Segment<'_>, part: Part) -> Said {
    Said { text: segment.text.to_owned(), span: segment.whole(), part }
}

/// Adds words that stood without a URL; old npm appends ` : <package>` to them.
pub(super) fn add_loose(incident: &mut Incident, loose: &[(usize, Said)]) {
    for (row, said) in loose.iter().take(LOOSE_WORDS) {
        let mut said = said.clone();
        let old = OLD_PACKAGE.as_ref().and_then(|old| old.captures(&said.text));
        let names = |text: &str| semver::Version::parse(text.trim_end_matches('.')).is_err();
        if let Some(found) = old.filter(|found| !found["said"].is_empty() && names(&found["package"])) {
            let package = found["package"].to_owned();
            let words = found["said"].to_owned();
            incident.facts.set_if_missing(FactKey::Package, package, Some(said.span));
            said.text = words;
        }
        incident.rows.push(*row);
        incident.said.push(said);
    }
    if !incident.said.is_empty() {
        incident.reason = ReasonState::Shown;
    }
}

/// Merges prints of the same refusal: same method and URL, and words that do not contradict.
pub(super) fn merge(incidents: Vec<(Incident, Weight)>) -> Vec<Incident> {
    let mut merged: Vec<(Incident, usize)> = Vec::new();
    let mut places: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (incident, weight) in incidents {
        let reports = usize::from(weight == Weight::Report);
        let list = places.entry(incident.key()).or_default();
        let words = incident.reason_text();
        let place = list.iter().copied().find(|place| {
            let known = merged[*place].0.reason_text();
            known.is_empty()
                || words.is_empty()
                || known == words
                || known.starts_with(&words)
                || words.starts_with(&known)
        });
        match place {
            Some(place) => {
                let (first, count) = &mut merged[place];
                *count += reports;
                if weight == Weight::Report && first.reason == ReasonState::NotShown {
                    first.reason = incident.reason;
                }
                first.facts.fill_from(&incident.facts);
                // Ten thousand prints of one error need one list of rows, not ten thousand entries.
                if first.rows.len() < 64 || words.len() > first.reason_text().len() {
                    first.rows.extend(&incident.rows);
                }
                if words.len() > first.reason_text().len() {
                    first.said = incident.said;
                    first.reason = ReasonState::Shown;
                }
            }
            None => {
                list.push(merged.len());
                merged.push((incident, reports));
            }
        }
    }
    merged
        .into_iter()
        .map(|(mut incident, count)| {
            incident.occurrences = count.max(1);
            incident
        })
        .collect()
}

/// Gives a report without URL to the request log's line of the same run: lerna and old npm print the words in one
/// place and the URL in another.
pub(super) fn adopt(incidents: Vec<Incident>) -> Vec<Incident> {
    let mut kept: Vec<Incident> = Vec::new();
    for incident in incidents {
        let fits = |other: &&mut Incident| {
            let method = incident.facts.get(FactKey::Method);
            other.said.is_empty()
                && other.facts.has(FactKey::Url)
                && (method.is_none() || method == other.facts.get(FactKey::Method))
        };
        let home = if incident.facts.has(FactKey::Url) { None } else { kept.iter_mut().rev().find(fits) };
        let Some(home) = home else {
            kept.push(incident);
            continue;
        };
        home.said = incident.said;
        home.reason = incident.reason;
        home.rows.extend(incident.rows);
        // The tool that printed the words is the one that was run; the request log carries its library's name.
        if let Some(client) = incident.facts.get(FactKey::Client) {
            home.facts.set(FactKey::Client, client, None);
        }
        home.facts.fill_from(&incident.facts);
    }
    kept
}
