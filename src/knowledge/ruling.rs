//! What a finding says about a cause: proves it, makes it likely, or rules it out.
//!
//! A finding is one answer of the configuration or of a registry; see [`crate::facts::Sign`] for the closed list.
//! Must not know how a finding was made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::matcher::When;
use crate::facts::Sign;

/// One rule from findings to a verdict on a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// What follows.
    pub then: Verdict,
    /// Why, in one sentence with placeholders; shown to the reader.
    pub because: String,
    /// Conditions on facts; all must hold.
    #[serde(default, skip_serializing_if = "When::is_empty")]
    pub when: When,
    /// Findings that must all have been made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Sign>,
    /// Findings of which at least one must have been made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Sign>,
    /// Findings of which none may have been made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<Sign>,
}

/// What findings say about a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is not this cause.
    Excluded,
    /// It may be this cause.
    Possible,
    /// It is probably this cause.
    Likely,
    /// It is this cause.
    Proven,
}

impl Ruling {
    /// Whether its findings were made; its gates are somebody else's matter.
    pub fn holds(&self, made: &[Sign]) -> bool {
        self.all.iter().all(|sign| made.contains(sign))
            && (self.any.is_empty() || self.any.iter().any(|sign| made.contains(sign)))
            && !self.none.iter().any(|sign| made.contains(sign))
    }

    /// The findings that it speaks of and that were made.
    pub fn rests_on(&self, sign: Sign) -> bool {
        self.all.contains(&sign) || self.any.contains(&sign)
    }
}
