//! What the project set out to know: each statement is found in the finished program.
//!
//! A statement is a set of patterns that must all stand in one entry, with its questions, fixes and overlays.

use regex::Regex;
use serde_json::Value;
use unforbid::advice;
use unforbid::knowledge::{Cause, Knowledge};

/// Entry, then patterns that must all be found in it.
const STATEMENTS: &[(&str, &[&str])] = &[
    // Overwriting a version on Artifactory.
    (
        "version-exists",
        &["(?i)artifactory", "(?i)never|final|once|immutab", "(?i)two machines|same bytes|same files"],
    ),
    ("version-exists", &["artifactory-request.log", "PUT", "403"]),
    ("version-exists", &["(?i)version of its own|new version", "npm version patch|\"patch\"|bump"]),
    ("version-exists", &["(?i)old version deleted", "(?i)you are permitted to delete"]),
    ("version-exists", &[r"1\.0\.0-beta\.1", r"1\.0\.0-dev"]),
    ("version-exists", &["(?i)non-production|test builds|development builds", "(?i):registry="]),
    ("version-exists", &["(?i)holds for the owner too"]),
    // What E403 means.
    ("token-lacks-permission", &["E401", "E403", "(?i)knows? (?:you|who|the)|recogni"]),
    ("registry-read-denied", &["(?i)private package|package is private"]),
    ("registry-write-denied", &["(?i)right to publish|may not publish|publish rights"]),
    ("scope-not-yours", &["(?i)team", "(?i)organisation|organization"]),
    ("scope-not-yours", &["(?i)spelling|spelled|matches|equals"]),
    ("name-not-yours", &["(?i)taken|belongs to somebody else|somebody else"]),
    ("name-not-yours", &["(?i)namespace"]),
    ("name-not-yours", &["view-maintainers|npm view my-utils maintainers|maintainers", "owners"]),
    ("name-not-yours", &["publish-public|--access public", "(?i)scope"]),
    ("version-exists", &["view-versions"]),
    // Company registries.
    ("proxy-block", &["(?i)proxy", "(?i)firewall", "(?i)company"]),
    ("not-on-allowlist", &["(?i)approved|allow-?list", "\"registry\""]),
    ("license-policy", &["GPL", "AGPL", "(?i)alternative", "(?i)approve"]),
    ("registry-read-denied", &[r"(?i)\bIP\b|from which (?:addresses|networks)|\baddresses\b"]),
    // Edge cases and questions.
    ("name-not-yours", &["(?i)dispute|trademark", "(?i)support"]),
    (
        "republish-cooldown",
        &["24 hours", "(?i)dependency confusion", "(?i)other name|another name|different name"],
    ),
    ("republish-cooldown", &["(?i)same name", "(?i)re-?registered|quickly|taken"]),
    ("name-not-yours", &["(?i)what is a scope", "@"]),
    ("name-not-yours", &["(?i)how do i publish|publish (?:a|it|something)? ?public", "--access public"]),
    ("name-not-yours", &["(?i)transfer|hand over", "npm owner add", "npm owner rm"]),
    ("proxy-block", &["(?i)public package", "install-public|view-public"]),
];

/// What a reader of the entry gets to see: without patterns and without example logs.
fn words_of(entry: &Cause) -> String {
    let mut value = serde_json::to_value(entry).expect("an entry is JSON");
    let hide = |part: &mut Value| {
        for key in ["match", "examples", "outranks", "$schema"] {
            part.as_object_mut().expect("entries and overlays are objects").remove(key);
        }
    };
    hide(&mut value);
    if let Some(overlays) = value.get_mut("providers").and_then(Value::as_object_mut) {
        overlays.values_mut().for_each(hide);
    }
    value.to_string()
}

#[test]
fn every_statement_stands_in_its_entry() {
    let knowledge = Knowledge::bundled();
    let mut missing = Vec::new();
    for (id, patterns) in STATEMENTS {
        let entry = knowledge.cause(id).unwrap_or_else(|| panic!("no entry {id}"));
        let text = words_of(entry);
        for pattern in *patterns {
            if !Regex::new(pattern).unwrap().is_match(&text) {
                missing.push(format!("{id}: {pattern}"));
            }
        }
        assert!(advice::describe(knowledge, id).is_some(), "{id} has no page");
    }
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
}
