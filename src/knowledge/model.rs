//! The types of a cause's file.
//!
//! The order of the fields is the canonical order of the keys; the doc comments become the JSON Schema.
//! Must not know logs or screens.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::matcher::Matcher;
use super::ruling::Ruling;
use crate::facts::{Operation, Sign};

/// One cause of a 403: what it looks like, why it happens, how to check and mend it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Where the schema is, for editors: `../schema/<folder>.json`.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The cause's permanent name: kebab-case, equal to the file's stem.
    pub id: String,
    /// What the user sees first: sentence case, no period, at most 60 characters.
    pub title: String,
    /// Other names and common search wordings of the same cause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// The section it is listed under.
    pub group: Group,
    /// The operations it can refuse; it is never offered for another.
    pub operations: Vec<Operation>,
    /// One or two sentences with placeholders; must read well when a placeholder is unknown.
    pub summary: String,
    /// Paragraphs: why it happens. No commands here.
    pub explanation: Vec<String>,
    /// Alternatives that recognise it; the strongest that fires counts.
    #[serde(rename = "match", default, skip_serializing_if = "Vec::is_empty")]
    pub matchers: Vec<Matcher>,
    /// Ids of causes that this one beats at equal strength.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outranks: Vec<String>,
    /// What an audit of the configuration or a registry's answers say about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<Ruling>,
    /// Questions the user can settle, in the order in which to try them.
    pub checklist: Vec<Check>,
    /// Ways to mend it; first the one that most people want.
    pub fixes: Vec<Fix>,
    /// Questions people ask when they have met this cause, and their answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// What is different on one registry, by provider id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub providers: BTreeMap<String, Overlay>,
    /// Where the statements come from.
    pub sources: Vec<Source>,
    /// When a person last read the whole entry against its sources, `YYYY-MM-DD`.
    pub reviewed: String,
    /// Logs that must lead here, and logs that must not.
    pub examples: Examples,
    /// Whether it comes from the reader's own folder.
    #[serde(skip)]
    pub own: bool,
    /// Whether the reader's own folder adds to it.
    #[serde(skip)]
    pub extended: bool,
}

/// The sections of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Publishing: the version and the name.
    PublishVersionAndName,
    /// Publishing: the account and its token.
    PublishAccountAndToken,
    /// Which registry and which credential the client used.
    RegistryAndClient,
    /// Permissions on a private registry.
    PrivateRegistry,
    /// Security, licence and approval policies.
    Policy,
    /// Proxies, firewalls, addresses, outages.
    Network,
    /// Endpoints that a registry does not offer, and what cannot be told apart.
    Other,
}

impl Group {
    /// All groups in display order.
    pub const ALL: [Self; 7] = [
        Self::PublishVersionAndName,
        Self::PublishAccountAndToken,
        Self::RegistryAndClient,
        Self::PrivateRegistry,
        Self::Policy,
        Self::Network,
        Self::Other,
    ];

    /// The section's heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::PublishVersionAndName => "Publishing: version and name",
            Self::PublishAccountAndToken => "Publishing: account and token",
            Self::RegistryAndClient => "Which registry, which credential",
            Self::PrivateRegistry => "Private registry permissions",
            Self::Policy => "Policy",
            Self::Network => "Network",
            Self::Other => "Everything else",
        }
    }
}

/// A question the user can settle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What to do or look at, in the imperative.
    #[serde(rename = "do")]
    pub todo: String,
    /// Only shown for these operations; empty is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// An action of `knowledge/clients` that answers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// A literal command that answers it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub argv: Vec<String>,
    /// A page that answers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// The answer that confirms this cause.
    pub confirms: String,
    /// Findings that give this answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed_by: Vec<Sign>,
    /// Findings that give another answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refuted_by: Vec<Sign>,
    /// The cause to look at when the answer is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
}

/// A titled list of steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// What it achieves, in the imperative.
    pub title: String,
    /// Only shown for these operations; empty is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// Who can do it.
    pub who: Who,
    /// What it can break.
    pub risk: Risk,
    /// When to choose it, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Findings that make it the one to try first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_on: Vec<Sign>,
    /// In order.
    pub steps: Vec<Step>,
}

/// Who can carry out a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The reader.
    You,
    /// Somebody who maintains the package.
    PackageOwner,
    /// Somebody who owns the organisation or scope.
    OrgOwner,
    /// Whoever runs the registry.
    RegistryAdmin,
    /// Whoever runs the proxy, firewall or sandbox.
    NetworkAdmin,
    /// The registry's support.
    Vendor,
}

/// What a fix can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// Nothing.
    None,
    /// It changes configuration or files of the project.
    ChangesConfig,
    /// It can break other people's work; never the first fix.
    BreaksOthers,
}

/// One step: exactly one of `run`, `argv`, `edit`, `open`, `tell`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// An action of `knowledge/clients`, spelled for the user's client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// A literal command: the program and its arguments, one item each, with placeholders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub argv: Vec<String>,
    /// Lines to put into a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// A page to open; `note` says what to do there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// A message to send, ready to copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tell: Option<String>,
    /// One sentence beside the step: what it does or what to look for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Lines to put into a file. Never a secret: write `${NPM_TOKEN}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The file, relative to the project or starting with `~/`.
    pub file: String,
    /// The lines, with placeholders.
    pub lines: Vec<String>,
}

/// A question people ask when they have met a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question, with its question mark.
    pub ask: String,
    /// The answer, in paragraphs.
    pub answer: Vec<String>,
}

/// What is different on one registry. Lists are put before the general ones; `summary` replaces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Replaces the summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Paragraphs before the general ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<String>,
    /// Matchers that count on this registry only.
    #[serde(rename = "match", default, skip_serializing_if = "Vec::is_empty")]
    pub matchers: Vec<Matcher>,
    /// Checks before the general ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Check>,
    /// Fixes before the general ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    /// Sources before the general ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's title or what it shows.
    pub title: String,
    /// Its https address.
    pub url: String,
    /// Who wrote it.
    pub kind: SourceKind,
    /// When it was read, `YYYY-MM-DD`.
    pub seen: String,
}

/// Who wrote a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The package manager's or the public registry's documentation.
    Official,
    /// A registry or proxy vendor's documentation.
    Vendor,
    /// A maintainer's word in an issue.
    Maintainer,
    /// The program's own source code.
    SourceCode,
    /// A user's report.
    Community,
}

/// The proof inside an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Logs that must put this cause first.
    #[serde(default)]
    pub positive: Vec<PositiveExample>,
    /// Logs that must put another cause first.
    #[serde(default)]
    pub negative: Vec<NegativeExample>,
}

/// A log that must put the entry's cause first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositiveExample {
    /// What it shows.
    pub name: String,
    /// The log's lines; `{npm}` and other provider ids in braces stand for hosts.
    pub log: Vec<String>,
    /// Facts that must come out, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub expect: BTreeMap<String, String>,
}

/// A log that looks similar and means something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegativeExample {
    /// What it shows.
    pub name: String,
    /// The log's lines.
    pub log: Vec<String>,
    /// The cause that is right, or the id of a related code, or `nothing`.
    pub instead: String,
}
