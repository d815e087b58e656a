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

use super::{Clue, Family, Row};
use crate::facts::{FactKey, Facts};
use crate::knowledge::ReasonState;
use crate::parse::line::Line;
use crate::parse::{Incident, Kind, Part, Said, request};

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"Failed (?:caching npm package '(?<package>@?[^\s@']+)@(?<version>[^\s'@]+)'|loading (?<url>https?://\S+)? ?.*for package "(?<named>[^"]+)")"#).ok()
});

/// deno.
pub static FAMILY: Family = Family {
    id: "deno",
    rows: &[] as &[Row],
    run: RUN,
    block: &[],
    listed: &[],
    trailers: &[],
    words: WORDS,
};

const RUN: &[Clue] = &[
    (FactKey::ClientVersion, r"\bDeno/(\d+\.\d+\.\d+)", None),
    (FactKey::ClientVersion, r"^deno (\d+\.\d+\.\d+) \(", None),
];

const WORDS: &[&str] = &["Deno/", "deno ", "Failed caching", "Failed loading", "Bad response"];

/// How many lines may stand between the package and the status.
const REACH: usize = 8;
/// How many lines of a raw body are read.
const BODY: usize = 40;

/// The refusal that is being read.
#[derive(Clone, Debug, Default)]
pub struct Group {
    named: Option<(usize, Facts)>,
    refused: Option<Incident>,
}

impl Group {
    /// Whether the next row may belong to the refusal, whatever it says.
    pub fn is_open(&self) -> bool {
        self.refused.is_some()
    }

    /// Reads one line; gives an incident when its raw body has ended.
    pub fn read(&mut self, line: &Line<'_>) -> Option<Incident> {
        let (row, text) = (line.row(), line.text());
        let done = self.refused.take().and_then(|incident| self.body(incident, line));
        let may_name = text.contains("Failed ");
        if let Some(found) = NAMED.as_ref().filter(|_| may_name).and_then(|named| named.captures(text)) {
            let mut facts = Facts::default();
            let groups = [
                (FactKey::Package, "package"),
                (FactKey::Package, "named"),
                (FactKey::Version, "version"),
                (FactKey::Url, "url"),
            ];
            for (key, group) in groups {
                if let Some(part) = found.name(group) {
                    facts.set(key, part.as_str(), Some(line.span(part.range())));
                }
            }
            self.named = Some((row, facts));
        } else if text.contains("Bad response: 403")
            && let Some((first, facts)) = self.named.take().filter(|(first, _)| row - first <= REACH)
        {
            self.refused = Some(incident(first, row, facts));
        }
        done
    }

    /// The refusal whose body was being read when the log ended.
    pub fn finish(&mut self) -> Option<Incident> {
        self.refused.take()
    }

    /// Adds a line of the raw body, which is indented by four; gives the incident when this line is none.
    fn body(&mut self, mut incident: Incident, line: &Line<'_>) -> Option<Incident> {
        let text = line.text();
        let last = incident.rows.last().copied().unwrap_or_default();
        let is_body = text.starts_with("    ") || text.trim().is_empty();
        if !is_body || line.row() != last + 1 || incident.rows.len() > BODY {
            incident.rows.truncate(2 + incident.said.len());
            return Some(incident);
        }
        let words = text.trim();
        if !words.is_empty() {
            let at = text.len() - text.trim_start().len();
            let span = line.span(at..at + words.len());
            incident.said.push(Said { text: words.to_owned(), span, part: Part::Message });
            incident.reason = ReasonState::Shown;
        }
        incident.rows.push(line.row());
        self.refused = Some(incident);
        None
    }
}

fn incident(first: usize, row: usize, mut facts: Facts) -> Incident {
    facts.set(FactKey::Client, "deno", None);
    facts.set(FactKey::Status, "403", None);
    facts.set(FactKey::Method, "GET", None);
    facts.set(FactKey::Operation, "install", None);
    if let Some(url) = facts.get(FactKey::Url).map(str::to_owned) {
        request::read(&url, Some("GET")).tell(Some("GET"), None, &mut facts);
    }
    Incident {
        facts,
        rows: vec![first, row],
        said: Vec::new(),
        reason: ReasonState::Absent,
        hides: vec![FactKey::Method, FactKey::Phrase, FactKey::Url],
        occurrences: 1,
        kind: Kind::Refused,
    }
}
