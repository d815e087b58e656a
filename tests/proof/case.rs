//! The cases of `cases.json`: a log, a machine, what the registries answer, and what must come of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use unforbid::facts::Sign;

use crate::stage::Moment;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// The headers that a host adds to every answer, so that it is recognised as what it is.
    pub hosts: BTreeMap<String, BTreeMap<String, String>>,
    /// Logs by name: cases that share one differ in nothing but the answers.
    pub logs: BTreeMap<String, Vec<String>>,
    /// Pairs, or parts of one, that no read can tell apart, and why.
    pub undecidable: BTreeMap<String, String>,
    pub cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    /// The row of the decision table.
    #[serde(default)]
    pub row: Option<String>,
    /// The pair that a log alone leaves open.
    #[serde(default)]
    pub pair: Option<String>,
    pub log: String,
    /// Below `home/` and `project/`.
    #[serde(default)]
    pub files: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Whether the user lets the credential be sent.
    #[serde(default)]
    pub with_credentials: bool,
    /// Whether no credential may arrive anywhere, although the user lets one be sent.
    #[serde(default)]
    pub sends_none: bool,
    /// Hosts that the user has named.
    #[serde(default)]
    pub allow: Vec<String>,
    /// Who signs the certificates: a public authority by its name, unless a case is about something else.
    #[serde(default = "public_authority")]
    pub issuer: String,
    /// How many hours the registries' clocks are ahead of this machine's.
    #[serde(default)]
    pub clock_hours: u64,
    /// The answers; the first that fits is given. What is not listed is a 404 in JSON.
    #[serde(default)]
    pub answers: Vec<Rule>,
    pub before: Before,
    pub after: After,
}

/// One answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Host and path: `{npm}/my-utils`; a `*` at its end fits any rest.
    pub at: String,
    /// Only with, or only without a credential.
    #[serde(default)]
    pub credential: Option<bool>,
    #[serde(default = "ok")]
    pub status: u16,
    #[serde(default)]
    pub phrase: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Whether the headers of the host are left out: something else answers.
    #[serde(default)]
    pub foreign: bool,
    #[serde(default)]
    pub body: Value,
    /// The body as a package's metadata, written short.
    #[serde(default)]
    pub packument: Option<Packument>,
}

/// A package's metadata, written short.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packument {
    pub name: String,
    pub versions: Vec<String>,
    /// Versions that were there once.
    #[serde(default)]
    pub gone: Vec<String>,
    /// How long ago the versions were published, and the package was unpublished.
    #[serde(default)]
    pub hours: Option<u64>,
    #[serde(default)]
    pub unpublished_hours: Option<u64>,
    #[serde(default)]
    pub maintainers: Vec<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Told apart by this, where two registries hold other bytes.
    #[serde(default)]
    pub bytes: Option<String>,
}

/// What the log alone says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    pub top: String,
    pub confidence: String,
}

/// What is said after looking.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    pub top: String,
    pub confidence: String,
    /// Causes that must be ruled out by name.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// Causes that must not be named any more.
    #[serde(default)]
    pub gone: Vec<String>,
    /// Findings that the verdict must rest on.
    #[serde(default)]
    pub proved_by: Vec<Sign>,
    /// Findings that must have been made.
    #[serde(default)]
    pub found: Vec<Sign>,
    /// How many checks of the first cause are answered, at least.
    #[serde(default)]
    pub confirmed: usize,
    #[serde(default)]
    pub refuted: usize,
    #[serde(default)]
    pub next_version: Option<String>,
    /// A piece of the reason that is given.
    #[serde(default)]
    pub why: Option<String>,
}

impl Before {
    pub fn verdict(&self) -> String {
        format!("{} {}", self.top, self.confidence)
    }
}

impl After {
    pub fn verdict(&self) -> String {
        format!("{} {}", self.top, self.confidence)
    }
}

impl Story {
    pub fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof/cases.json");
        let content = fs::read_to_string(path).expect("the cases can be read");
        serde_json::from_str(&content).expect("cases.json has the shape of a story")
    }
}

impl Packument {
    /// The metadata as a registry writes it; `base` is where the archives lie.
    pub fn json(&self, base: &str) -> Value {
        let mut versions = Map::new();
        let mut time = Map::new();
        let published = Moment::hours_ago(self.hours.unwrap_or(24 * 90));
        let bare = self.name.rsplit('/').next().unwrap_or(&self.name);
        time.insert("created".into(), published.iso().into());
        time.insert("modified".into(), published.iso().into());
        for version in &self.gone {
            time.insert(version.clone(), published.iso().into());
        }
        for version in &self.versions {
            time.insert(version.clone(), published.iso().into());
            let bytes = self.bytes.as_deref().unwrap_or("same");
            versions.insert(
                version.clone(),
                json!({
                    "name": self.name, "version": version, "_npmUser": {"name": self.maintainers.first()},
                    "description": self.description,
                    "dist": {
                        "tarball": format!("{base}{}/-/{bare}-{version}.tgz", self.name),
                        "integrity": format!("sha512-{bytes}-{version}"),
                    },
                }),
            );
        }
        if let Some(hours) = self.unpublished_hours {
            let moment = Moment::hours_ago(hours);
            time.insert("unpublished".into(), json!({"time": moment.iso(), "versions": self.gone}));
            return json!({"name": self.name, "_id": self.name, "time": time});
        }
        let maintainers: Vec<Value> = self.maintainers.iter().map(|name| json!({"name": name})).collect();
        let latest = self.versions.last();
        json!({
            "name": self.name, "_id": self.name, "dist-tags": {"latest": latest}, "versions": versions,
            "time": time, "maintainers": maintainers, "description": self.description,
        })
    }
}

fn public_authority() -> String {
    "R11".to_owned()
}

fn ok() -> u16 {
    200
}
