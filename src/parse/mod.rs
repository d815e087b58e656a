//! What a log says: the refused requests, each with its facts and the place of each fact.
//!
//! Input: `npm error 403 403 Forbidden - PUT https://…/my-utils - You cannot publish over … 1.0.2.`
//! Output: an [`Incident`] with method, URL, package, version, and what the registry said.
//! Owns the shapes of all clients. Must not know causes.

mod assemble;
mod berry;
mod collect;
mod context;
mod deno;
mod derive;
mod frame;
mod patterns;
mod request;
mod server;
mod shapes;

use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::ReasonState;
use crate::text::Redacted;

/// What one log says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The refused requests in the order of the log, duplicates merged.
    pub incidents: Vec<Incident>,
    /// Facts of the whole run: client, versions, command, CI.
    pub run: Facts,
    /// Rows that a client printed as errors, for the search for near misses; at most [`ERROR_ROWS`].
    pub error_rows: Vec<usize>,
}

/// How many error rows a report keeps.
pub const ERROR_ROWS: usize = 5_000;

/// One refused request, or one error that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// What the log says about it.
    pub facts: Facts,
    /// The rows that belong to it, ascending.
    pub rows: Vec<usize>,
    /// What the registry said, in order.
    pub said: Vec<Said>,
    /// Whether the log shows what the registry said.
    pub reason: ReasonState,
    /// How often it stands in the log.
    pub occurrences: usize,
    /// How sure it is that a 403 was answered.
    pub kind: Kind,
}

/// A piece of the registry's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// How sure it is that a registry answered 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The log says 403.
    Refused,
    /// A client printed an error without a status; counts only if a cause recognises the words.
    Suspected,
}

impl Incident {
    /// Everything the registry said, joined by line breaks.
    pub fn reason_text(&self) -> String {
        let texts: Vec<&str> = self.said.iter().map(|said| said.text.as_str()).collect();
        texts.join("\n")
    }

    fn key(&self) -> (String, String) {
        let method = self.facts.get(FactKey::Method).unwrap_or_default().to_owned();
        let url = self.facts.get(FactKey::Url).unwrap_or_default();
        (method, url.to_ascii_lowercase().replace("%2f", "/"))
    }
}

/// Reads a log. Cannot fail: the worst case is an empty report.
pub fn parse(log: &Redacted) -> Report {
    let mut collector = collect::Collector::default();
    for line in log.lines() {
        collector.read(line.row, line.start, line.text);
    }
    collector.finish()
}

/// Whether a line belongs to the fixed advice that npm prints below every 403, whatever the cause.
pub fn is_fixed_advice(line: &str) -> bool {
    const ADVICE: [&str; 4] = [
        "In most cases, you or one of your dependencies are requesting",
        "a package version that is forbidden by your security policy",
        "on a server you do not have access to",
        "It was specified as a dependency of",
    ];
    ADVICE.iter().any(|advice| line.contains(advice))
}
