//! Lines that a registry's own server, or a server in front of it, writes: one request a line; and what curl and
//! Wget print of one request.
//!
//! Every reader asks first whether the request is a package manager's: such servers answer others as well.
//! Must not know causes.

mod access;
mod agent;
mod answer;
mod artifactory;
pub mod curl;
mod json;
mod registry;
mod verdaccio;

use std::ops::Range;

pub use registry::is_foreign;

use super::line::Line;
use super::{Incident, Kind, Part, Said, request};
use crate::facts::{FactKey, Facts, Operation};
use crate::knowledge::ReasonState;

/// Literals of which one stands in every line that is read here and holds no `403`.
pub const WORDS: &[&str] = &["DENIED", "forbidden by rule", "curl", "wget", "--20", "Issue another request"];

/// The incident that a server's log line tells of, if it does.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    let text = line.text();
    if text.contains("403") {
        return artifactory::read(line)
            .or_else(|| json::read(line))
            .or_else(|| verdaccio::read(line))
            .or_else(|| access::read(line));
    }
    if text.contains("[DENIED ") {
        return artifactory::read_denied(line);
    }
    if text.contains("forbidden by rule") {
        return access::read_rule(line);
    }
    None
}

/// Collects what a server's line says about one request.
struct Entry<'l, 'a> {
    line: &'l Line<'a>,
    facts: Facts,
    said: Vec<Said>,
}

impl<'l, 'a> Entry<'l, 'a> {
    fn new(line: &'l Line<'a>) -> Self {
        let mut facts = Facts::default();
        facts.set(FactKey::Status, "403", None);
        Self { line, facts, said: Vec::new() }
    }

    /// A fact that stands in the line; `-` and nothing are what servers write where they know none.
    fn set(&mut self, key: FactKey, range: Range<usize>) {
        let value = &self.line.text()[range.clone()];
        if !matches!(value, "" | "-" | "null" | "undefined") {
            self.facts.set(key, value, Some(self.line.span(range)));
        }
    }

    /// Every fact whose name is a group of the pattern.
    fn set_groups(&mut self, found: &regex::Captures<'_>, keys: &[FactKey]) {
        for key in keys {
            if let Some(part) = found.name(key.name()) {
                self.set(*key, part.range());
            }
        }
    }

    /// The user agent, which names the client.
    fn agent(&mut self, range: Range<usize>) {
        agent::tell(self.line, range, &mut self.facts);
    }

    /// Words that the server says it answered with.
    fn say(&mut self, words: &str, range: Range<usize>) {
        if !words.is_empty() {
            let span = self.line.span(range);
            self.said.push(Said { text: words.to_owned(), span, part: Part::Message });
        }
    }

    /// Reads the address: package, version, endpoint, and, where the path is one product's, the product.
    fn read_address(&mut self, path: &str) {
        let method = self.facts.get(FactKey::Method).map(str::to_owned);
        let span = self.facts.span(FactKey::Url);
        if let Some((provider, repository)) = registry::product(path) {
            self.facts.set_if_missing(FactKey::Provider, provider, None);
            if let Some(repository) = repository {
                self.facts.set_if_missing(FactKey::Repository, repository, span);
            }
        }
        request::read(path, method.as_deref()).tell(method.as_deref(), span, &mut self.facts);
    }

    /// Says that an archive was sent, not asked for: in a server's own storage both have the same path.
    fn is_upload(&mut self) {
        self.facts.set(FactKey::Operation, Operation::Publish.name(), None);
        self.facts.set(FactKey::Endpoint, "publish", None);
    }

    fn incident(self) -> Incident {
        let reason = if self.said.is_empty() { ReasonState::NotShown } else { ReasonState::Shown };
        Incident {
            facts: self.facts,
            rows: self.line.rows().collect(),
            said: self.said,
            reason,
            hides: HIDES.to_vec(),
            occurrences: 1,
            kind: Kind::Refused,
        }
    }
}

/// What no server writes into its log of requests.
const HIDES: &[FactKey] = &[
    FactKey::Host,
    FactKey::Registry,
    FactKey::Version,
    FactKey::Phrase,
    FactKey::Message,
    FactKey::Notice,
    FactKey::Credential,
    FactKey::Command,
    FactKey::Client,
    FactKey::ClientVersion,
];
