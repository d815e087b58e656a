//! What the project set out to know: each statement is found in the finished program.
//!
//! A statement is a set of patterns that must all stand in one entry, with its questions, fixes and overlays.

use regex::Regex;
use unforbid::advice;
use unforbid::knowledge::Knowledge;

/// Entry, then patterns that must all be found in it.
const STATEMENTS: &[(&str, &[&str])] = &[
    // Overwriting a version on Artifactory.
    (
        "version-exists",
        &[
            "(?i)artifactory",
            "(?i)never|final|once|immutab",
            "(?i)two machines|same bytes|same files|replace",
        ],
    ),
    ("version-exists", &["(?i)request log", r"\|PUT\|/api/npm/"]),
    ("version-exists", &["(?i)unique|new version|next version", "npm version patch|\"patch\"|bump"]),
    ("version-exists", &["(?i)delete", "(?i)permi|right"]),
    ("version-exists", &[r"1\.0\.0-beta\.1", r"1\.0\.0-dev"]),
    ("version-exists", &["(?i)non-production|test builds|development builds", "(?i):registry="]),
    ("version-exists", &["(?i)even (?:if|for|when|though)|owner"]),
    // What E403 means.
    ("token-lacks-permission", &["E401", "E403", "(?i)knows? (?:you|who|the)|recogni"]),
    ("registry-read-denied", &["(?i)private"]),
    ("registry-write-denied", &["(?i)right to publish|may not publish|publish rights"]),
    ("scope-not-yours", &["(?i)team", "(?i)organisation|organization"]),
    ("scope-not-yours", &["(?i)spelling|spelled|matches|equals"]),
    ("name-not-yours", &["(?i)taken|belongs to somebody else|somebody else"]),
    ("name-not-yours", &["(?i)namespace"]),
    ("name-not-yours", &["view-maintainers|npm view my-utils maintainers|maintainers", "owners"]),
    ("name-not-yours", &["publish-public|--access public", "(?i)scope"]),
    ("version-exists", &["view-versions"]),
    // Company registries.
    ("proxy-block", &["(?i)proxy", "(?i)firewall", "(?i)company|corporate"]),
    ("not-on-allowlist", &["(?i)approved|allow-?list", "\"registry\""]),
    ("license-policy", &["GPL", "AGPL", "(?i)alternative", "(?i)approve"]),
    ("registry-read-denied", &["(?i)IP"]),
    // Edge cases and questions.
    ("name-not-yours", &["(?i)dispute|trademark", "(?i)support"]),
    (
        "republish-cooldown",
        &[
            "24",
            "(?i)dependency confusion|somebody else|other people",
            "(?i)other name|another name|different name",
        ],
    ),
    ("republish-cooldown", &["(?i)same name", "(?i)quickly|first"]),
    ("name-not-yours", &["(?i)what is a scope", "@"]),
    ("name-not-yours", &["(?i)how do i publish|publish (?:a|it|something)? ?public", "--access public"]),
    ("name-not-yours", &["(?i)transfer|hand over", "npm owner add", "npm owner rm"]),
    ("proxy-block", &["(?i)public package", "install-public|view-public"]),
];

#[test]
fn every_statement_stands_in_its_entry() {
    let knowledge = Knowledge::bundled();
    let mut missing = Vec::new();
    for (id, patterns) in STATEMENTS {
        let entry = knowledge.cause(id).unwrap_or_else(|| panic!("no entry {id}"));
        let text = serde_json::to_string(entry).unwrap();
        for pattern in *patterns {
            if !Regex::new(pattern).unwrap().is_match(&text) {
                missing.push(format!("{id}: {pattern}"));
            }
        }
        assert!(advice::describe(knowledge, id).is_some(), "{id} has no page");
    }
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
}
