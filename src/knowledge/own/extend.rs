//! An own file that adds to a cause which exists, instead of being one.
//!
//! It can add and never take away: what it brings is put before the cause's own parts, and its matchers count beside
//! the others.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::check::{Problem, Severity};
use super::super::{Cause, Check, Day, Examples, Fix, Matcher, Overlay, Source};

/// Parts for a cause that exists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Where the schema is, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The id of the cause that it adds to.
    pub extends: String,
    /// More words that people type into a search box.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// More ways to recognise it.
    #[serde(rename = "match", default, skip_serializing_if = "Vec::is_empty")]
    pub matchers: Vec<Matcher>,
    /// Checks before the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Check>,
    /// Fixes before the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    /// What is different on one registry, put before what the cause already says about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub providers: BTreeMap<String, Overlay>,
    /// Sources before the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// When a person last read it against its sources, `YYYY-MM-DD`.
    pub reviewed: String,
    /// Logs that must lead to the cause, and logs that must not.
    #[serde(default)]
    pub examples: Examples,
}

impl Extension {
    /// The cause with these parts added.
    pub(super) fn applied_to(&self, cause: &Cause) -> Cause {
        let mut cause = cause.clone();
        cause.extended = true;
        cause.also_known_as.extend(self.also_known_as.iter().cloned());
        cause.matchers.extend(self.matchers.iter().cloned());
        put_before(&mut cause.checklist, &self.checklist);
        put_before(&mut cause.fixes, &self.fixes);
        put_before(&mut cause.sources, &self.sources);
        for (provider, added) in &self.providers {
            let overlay = cause.providers.entry(provider.clone()).or_default();
            if added.summary.is_some() {
                overlay.summary.clone_from(&added.summary);
            }
            put_before(&mut overlay.explanation, &added.explanation);
            put_before(&mut overlay.matchers, &added.matchers);
            put_before(&mut overlay.checklist, &added.checklist);
            put_before(&mut overlay.fixes, &added.fixes);
            put_before(&mut overlay.sources, &added.sources);
        }
        cause
    }

    /// What is wrong with it whatever the cause.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut push = |severity, what: String, hint: &str, near: &str| {
            let (hint, near) = (hint.to_owned(), near.to_owned());
            problems.push(Problem { file: String::new(), place: None, severity, what, hint, near });
        };
        if Day::parse(&self.reviewed).is_none() {
            let what = format!("`reviewed` is {:?}", self.reviewed);
            push(Severity::Error, what, "write the day as YYYY-MM-DD", "reviewed");
        }
        let recognises =
            !self.matchers.is_empty() || self.providers.values().any(|overlay| !overlay.matchers.is_empty());
        if recognises && self.examples.positive.is_empty() {
            let hint = "add a log to `examples` that the new matcher recognises";
            push(Severity::Warning, "has a matcher and no positive example".into(), hint, "match");
        }
        problems
    }
}

fn put_before<T: Clone>(list: &mut Vec<T>, added: &[T]) {
    list.splice(0..0, added.iter().cloned());
}
