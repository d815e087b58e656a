//! deno: the package on one line, the status some lines below, then the registry's raw body.
//!
//! ```text
//! error: Failed caching npm package 'node-ipc@10.1.1'
//!
//! Caused by:
//!     Bad response: 403
//!
//!     {"error":"…"}
//! ```
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use super::{Incident, Kind, request};
use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::ReasonState;

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"Failed (?:caching npm package '(?<package>@?[^\s@']+)@(?<version>[^\s'@]+)'|loading (?<url>https?://\S+)? ?.*for package "(?<named>[^"]+)")"#).ok()
});

/// How many lines may stand between the package and the status.
const REACH: usize = 8;

/// The refusal that is being read.
#[derive(Clone, Debug, Default)]
pub struct Group {
    named: Option<(usize, Facts)>,
}

impl Group {
    /// Reads one line; gives an incident at the line with the status.
    pub fn read(&mut self, row: usize, start: usize, line: &str) -> Option<Incident> {
        if let Some(found) = NAMED.as_ref().and_then(|named| named.captures(line)) {
            let mut facts = Facts::default();
            let groups = [
                (FactKey::Package, "package"),
                (FactKey::Package, "named"),
                (FactKey::Version, "version"),
                (FactKey::Url, "url"),
            ];
            for (key, group) in groups {
                if let Some(part) = found.name(group) {
                    facts.set(key, part.as_str(), Some(Span::new(start + part.start(), start + part.end())));
                }
            }
            self.named = Some((row, facts));
            return None;
        }
        if !line.contains("Bad response: 403") {
            return None;
        }
        let (first, mut facts) = self.named.take().filter(|(first, _)| row - first <= REACH)?;
        facts.set(FactKey::Client, "deno", None);
        facts.set(FactKey::Status, "403", None);
        facts.set(FactKey::Method, "GET", None);
        facts.set(FactKey::Operation, "install", None);
        if let Some(url) = facts.get(FactKey::Url).map(str::to_owned) {
            request::read(&url, Some("GET")).tell(Some("GET"), None, &mut facts);
        }
        Some(Incident {
            facts,
            rows: vec![first, row],
            said: Vec::new(),
            reason: ReasonState::NotShown,
            occurrences: 1,
            kind: Kind::Refused,
        })
    }
}
