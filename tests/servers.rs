//! What servers, curl and Wget wrote about a refused request, and what only looks like it: `servers.json`, by rows.
//!
//! A row has a log and what comes of it: the facts of the first incident, the registry's words, how many incidents
//! there are, and which neighbours are named. `{npm}` and the like stand for hosts.

use std::collections::BTreeMap;

use serde::Deserialize;
use unforbid::advice::Advice;
use unforbid::facts::FactKey;
use unforbid::knowledge::Knowledge;
use unforbid::{Preferences, explain, text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// As a sentence.
    name: String,
    /// The lines of the log.
    log: Vec<String>,
    /// Facts of the first incident; an empty value says that the fact is not known.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// What the registry said; not checked if it is missing.
    said: Option<String>,
    /// How many incidents there are.
    #[serde(default)]
    incidents: usize,
    /// The neighbours that are named, in the order of the log.
    #[serde(default)]
    related: Vec<String>,
    /// The first cause of the first incident; not checked if it is missing.
    cause: Option<String>,
}

fn rows() -> Vec<Row> {
    serde_json::from_str(include_str!("servers.json")).expect("servers.json is a list of rows")
}

fn explained(log: &str) -> Advice {
    let knowledge = Knowledge::bundled();
    let log = knowledge.expand(log);
    explain(text::decode(log.as_bytes()), "servers", knowledge, &Preferences::default()).advice
}

/// What is wrong with a row, in lines; nothing if all is well.
fn problems(row: &Row, before: &[&str], after: &[&str]) -> Vec<String> {
    let lines: Vec<&str> = before
        .iter()
        .copied()
        .chain(row.log.iter().map(String::as_str))
        .chain(after.iter().copied())
        .collect();
    let advice = explained(&lines.join("\n"));
    let mut found = Vec::new();
    let mut compare = |what: &str, wanted: &str, got: &str| {
        if wanted != got {
            found.push(format!("{}: {what}\n    expected  {wanted}\n    got       {got}", row.name));
        }
    };
    compare("incidents", &row.incidents.to_string(), &advice.incidents.len().to_string());
    let first = advice.incidents.first();
    for (name, wanted) in &row.facts {
        let key = FactKey::from_name(name).unwrap_or_else(|| panic!("{name:?} is no fact"));
        let got = first.and_then(|incident| incident.facts.get(key)).unwrap_or_default();
        compare(name, &Knowledge::bundled().expand(wanted), got);
    }
    if let Some(wanted) = &row.said {
        let got = first.and_then(|incident| incident.facts.get(FactKey::Reason)).unwrap_or_default();
        compare("said", wanted, got);
    }
    if let Some(wanted) = &row.cause {
        let got =
            first.and_then(|incident| incident.causes.first()).map_or("none", |cause| cause.id.as_str());
        compare("cause", wanted, got);
    }
    let related: Vec<&str> = advice.related.iter().map(|related| related.id.as_str()).collect();
    compare("related", &row.related.join(" "), &related.join(" "));
    found
}

#[test]
fn every_row_comes_out_as_it_says() {
    let found: Vec<String> = rows().iter().flat_map(|row| problems(row, &[], &[])).collect();
    assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_row_comes_out_the_same_in_the_middle_of_a_long_log() {
    // In a long log only lines with certain words are read at all.
    let quiet = vec!["10.0.0.7 - - [21/Nov/2026:10:00:00 +0000] \"GET /ok HTTP/1.1\" 200 12 \"-\" \"-\""; 60];
    let found: Vec<String> = rows().iter().flat_map(|row| problems(row, &quiet, &quiet)).collect();
    assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_fact_points_at_its_place() {
    let known = [FactKey::Url, FactKey::User, FactKey::Time, FactKey::ClientVersion, FactKey::NodeVersion];
    for row in rows().iter().filter(|row| row.incidents > 0) {
        let log = text::redact(text::decode(Knowledge::bundled().expand(&row.log.join("\n")).as_bytes()));
        let report = unforbid::parse::parse(&log);
        for incident in &report.incidents {
            for key in known {
                let Some((value, span)) = incident.facts.get(key).zip(incident.facts.span(key)) else {
                    continue;
                };
                let place = &log.as_str()[span.start..span.end];
                assert!(
                    value.ends_with(place) && !place.is_empty(),
                    "{}: {key:?} {value:?} {place:?}",
                    row.name
                );
            }
        }
    }
}

#[test]
fn an_access_log_of_other_statuses_gives_nothing() {
    let shapes = [
        "10.0.0.7 - ci [21/Nov/2026:10:00:00 +0000] \"GET /repository/npm-proxy/left-pad HTTP/1.1\" 200 - 403 12 \"npm/10.9.2 node/v22.12.0 linux x64\"",
        "2026-11-21T10:00:00.403Z|b95c|10.0.0.7|ci|GET|/api/npm/npm-local/ui|404|3106|403|12|npm/9.2.0 node/v19.4.0",
        "{\"level\":30,\"request\":{\"method\":\"GET\",\"url\":\"/ui-403\"},\"user\":\"ci\",\"remoteIP\":\"10.0.0.7\",\"status\":401}",
    ];
    let log: Vec<&str> = (0..10_000).map(|at| shapes[at % shapes.len()]).collect();
    let advice = explained(&log.join("\n"));
    assert_eq!((advice.incidents.len(), advice.related.len()), (0, 0));
}

#[test]
fn every_neighbour_above_a_refusal_of_npm_is_named_beside_it() {
    let knowledge = Knowledge::bundled();
    let refusal = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.";
    let mut neighbours = 0;
    for entry in knowledge.related().iter().filter(|entry| entry.id.starts_with("foreign-")) {
        for example in &entry.examples {
            neighbours += 1;
            let advice = explained(&format!("{}\n\n{refusal}\n", example.log.join("\n")));
            let found: Vec<&str> = advice.related.iter().map(|related| related.id.as_str()).collect();
            assert_eq!(found, [entry.id.as_str()], "{}", example.name);
            let causes: Vec<&str> = advice.incidents.iter().map(|one| one.causes[0].id.as_str()).collect();
            assert_eq!(causes, ["version-exists"], "{}", example.name);
        }
    }
    assert!(neighbours > 30, "{neighbours} examples");
}
