//! Unforbid names the cause behind a package manager's 403.
//!
//! One straight line, each step a plain function of the step before:
//!
//! ```text
//! bytes ─text::decode─► Text ─text::redact─► Redacted ─parse─► Report
//!       ─diagnose─► Diagnosis ─advise─► Advice ─► app or output
//! ```
//!
//! [`explain`] is that line as one call. It opens no socket and reads no file.

pub mod advice;
#[cfg(feature = "app")]
pub mod app;
pub mod cli;
pub mod config;
pub mod diagnose;
pub mod facts;
pub mod knowledge;
pub mod machine;
pub mod output;
pub mod parse;
pub mod probe;
pub mod text;

use std::sync::Arc;

use advice::Advice;
pub use advice::Preferences;
use diagnose::Observed;
use knowledge::Knowledge;
use text::{Redacted, Text};

/// A log that was read, and what to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The log, cleaned and masked.
    pub log: Arc<Redacted>,
    /// What to say and do.
    pub advice: Advice,
}

/// Reads a log and says what to do about it. Cannot fail: the worst case is an answer without incidents.
///
/// `name` is what the log is called in the answer, for example its file name.
pub fn explain(text: Text, name: &str, knowledge: &Knowledge, preferences: &Preferences) -> Explained {
    let log = Arc::new(text::redact(text));
    let advice = explain_again(&log, name, knowledge, preferences, &Observed::new());
    Explained { log, advice }
}

/// Says it once more with what was found by looking; see [`explain`].
pub fn explain_again(
    log: &Redacted,
    name: &str,
    knowledge: &Knowledge,
    preferences: &Preferences,
    observed: &Observed,
) -> Advice {
    let report = parse::parse(log);
    let mut diagnosis = diagnose::diagnose(log, &report, knowledge, observed);
    diagnosis.hear(&preferences.answers, knowledge);
    advice::advise(log, name, &report, &diagnosis, knowledge, preferences)
}
