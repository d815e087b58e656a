//! How a cause is recognised: clauses on the texts of an incident, gates on its facts.
//!
//! Must not know logs or screens.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{Endpoint, FactKey, Operation};

/// One way to recognise a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Matcher {
    /// In words; shown to the user as the reason.
    pub name: String,
    /// How much it proves.
    pub strength: Strength,
    /// How often this was the cause among collected reports of the same situation, 1 to 5; orders equal strengths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<u8>,
    /// Conditions on facts; all must hold.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub when: When,
    /// Clauses that must all match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Clause>,
    /// Clauses of which none may match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<Clause>,
}

/// How much a matcher proves. Shown as words, never as a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Worth naming as an alternative only.
    Hint,
    /// One of several causes that look like this.
    Possible,
    /// The usual cause of this, though another one can write the same.
    Likely,
    /// No other cause writes this.
    Conclusive,
}

/// Gates of a matcher; an empty list is no gate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Provider ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provider: Vec<String>,
    /// Client ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client: Vec<String>,
    /// HTTP methods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub method: Vec<String>,
    /// Operations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operation: Vec<Operation>,
    /// Parts of the registry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoint: Vec<Endpoint>,
    /// Whether the log shows a message of the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonState>,
    /// Whether the package has a scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoped: Option<bool>,
    /// What must be known of facts: `{"version": "absent"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<FactKey, Presence>,
    /// Literals, lower case, of which one must stand in the incident before any regex is tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
}

impl When {
    /// Whether there is no gate at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a log says about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It stands in the log or follows from it.
    Known,
    /// This client would have printed it, and it is not there.
    Absent,
    /// This client never prints it here.
    NotShown,
}

/// Whether the log shows what the registry said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonState {
    /// The registry's words stand in the log.
    Shown,
    /// This client would have shown them, and there are none.
    Absent,
    /// This client drops them here, or the log was cut.
    NotShown,
}

/// A regex and the part of the incident it is tried on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Which text.
    #[serde(rename = "in")]
    pub field: Field,
    /// At most 200 characters of the `regex` crate's syntax; named groups must be fact names.
    pub regex: String,
}

/// The texts of an incident that a clause can look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// What the registry said: reason phrase, message and `npm notice` lines, joined by line breaks.
    Reason,
    /// The refused URL.
    Url,
    /// The command that was run.
    Command,
    /// The package's full name.
    Package,
    /// The lines near the incident (at most 200 before, 60 after), without the client's fixed advice.
    Log,
}
