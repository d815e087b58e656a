//! The types of the other files: registries, clients, related codes.
//!
//! The order of the fields is the canonical order of the keys; the doc comments become the JSON Schema.
//! Must not know logs or screens.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Source, Step};

/// A registry product or service: how to recognise it and what to call it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Where the schema is, for editors: `../schema/<folder>.json`.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The provider's permanent name, equal to the file's stem. `{id}` in examples is its first host.
    pub id: String,
    /// Its name in a sentence, for example `GitHub Packages` or `the public npm registry`.
    pub title: String,
    /// Its hosts. A host is written as label and domain, so that no full host name stands in the tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<HostPattern>,
    /// Regexes on the URL after the scheme (`host[:port]/path`); one that matches recognises it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Regexes on the registry's own words; used when no URL decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// The provider whose gates also open here: `generic` for a small registry or a guard that has few entries of
    /// its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// Who can change its settings, for example `your Artifactory administrator`.
    pub admin: String,
    /// Its documentation.
    pub docs: Source,
}

/// A host as label and domain: `{ "label": "npm", "domain": "pkg.example.com" }` is `npm.pkg.example.com`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostPattern {
    /// The leftmost label; `*` is any number of labels; empty is the domain alone.
    pub label: String,
    /// The rest.
    pub domain: String,
}

/// How one client spells the actions that entries name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientEntry {
    /// Where the schema is, for editors: `../schema/<folder>.json`.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The client's permanent name, equal to the file's stem.
    pub id: String,
    /// Its name in a sentence.
    pub title: String,
    /// Spellings by action id.
    pub actions: BTreeMap<String, Spelling>,
}

/// One action in one client's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// The program and its arguments, one item each, with placeholders.
    pub argv: Vec<String>,
    /// What the command does, in one sentence with placeholders.
    pub note: String,
}

/// A near miss: an error that is not a registry's 403, recognised so that the user is sent the right way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Where the schema is, for editors: `../schema/<folder>.json`.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The entry's permanent name, equal to the file's stem.
    pub id: String,
    /// The code as people know it, for example `E401`.
    pub code: String,
    /// What it means, in a few words.
    pub title: String,
    /// Regexes on one line of the log; one that matches recognises it.
    #[serde(rename = "match")]
    pub matchers: Vec<String>,
    /// Ids of related entries that this one replaces when both are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outranks: Vec<String>,
    /// At most three sentences and the one next step, with placeholders.
    pub advice: String,
    /// The one command to try next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Step>,
    /// The cause whose page tells more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub see: Option<String>,
    /// Where the statements come from.
    pub sources: Vec<Source>,
    /// When a person last read it, `YYYY-MM-DD`.
    pub reviewed: String,
    /// Logs that must be recognised as this.
    pub examples: Vec<RelatedExample>,
    /// Whether it comes from the reader's own folder.
    #[serde(skip)]
    pub own: bool,
}

/// A log that must be recognised as a near miss and hold no incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelatedExample {
    /// What it shows.
    pub name: String,
    /// The log's lines.
    pub log: Vec<String>,
}
