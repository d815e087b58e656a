//! Yarn 2 and later: one refusal is a group of four lines.
//!
//! ```text
//! ➤ YN0035: │ @acme/tokens@npm:^1.0.0: The remote server failed to provide the requested resource
//! ➤ YN0035: │   Response Code: 403 (Forbidden)
//! ➤ YN0035: │   Request Method: GET
//! ➤ YN0035: │   Request URL: https://npm.acme.example/@acme%2ftokens
//! ```
//! The phrase may hold parentheses: it ends at the last one. The first line is the registry's message for writes and
//! a fixed sentence for reads, which drop the message.
//! Must not know causes.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Clue, Family, Row};
use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::ReasonState;
use crate::parse::line::Line;
use crate::parse::{Incident, Kind, Part, Said, request};

static LINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"YN0(?:035|041|001)\S*[^\w@\[{]+(?<text>.*)$").ok());
static CODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"Response Code: (?:.*\b)?403(?: \((?<phrase>.*)\))?").ok());
static METHOD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"Request Method: (?<method>[A-Z]+)").ok());
static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"Request URL: (?:\S*\()?(?<url>https?://[^\s)]+)").ok());
static IDENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?<package>@?[^\s@:]+)@npm:[^:]*: (?<text>.*)$").ok());

const FIXED: &str = "The remote server failed to provide the requested resource";

/// The phrase without the words that every 403 has.
fn beyond_forbidden(mut phrase: Said) -> Option<Said> {
    if let Some(rest) = phrase.text.strip_prefix("Forbidden") {
        let rest = rest.trim_start_matches([' ', '-', ':']).to_owned();
        phrase.span.start = phrase.span.end - rest.len().min(phrase.span.end - phrase.span.start);
        phrase.text = rest;
    }
    (!phrase.text.is_empty()).then_some(phrase)
}

/// yarn 2 and later.
pub static FAMILY: Family =
    Family { id: "berry", rows: ROWS, run: RUN, block: BLOCK, listed: &[], trailers: TRAILERS, words: WORDS };

/// A forward proxy that refused the tunnel: no address, no package.
const ROWS: &[Row] = &[Row::report(
    Some("berry"),
    r"YN0001\S*.*RequestError: (?:Bad response: 403|tunneling socket could not be established, statusCode=403)",
)
.without_words()
.hides(&[FactKey::Method, FactKey::Url, FactKey::Package, FactKey::Phrase, FactKey::Message])];

const RUN: &[Clue] = &[
    (FactKey::ClientVersion, r"YN0000: · Yarn (\d+\.\d+\.\d+\S*)$", None),
    (FactKey::ClientVersion, r"\byarn/([2-9]\.\d+\.\d+\S*) npm/", None),
    (FactKey::Command, r"^(yarn npm (?:publish|tag|info|whoami|audit|login)\b[^:]*)$", None),
];

const BLOCK: &[Clue] = &[
    (FactKey::Registry, r"YN0000: .*Publishing to (https?://\S+) with tag", None),
    (FactKey::Tag, r"Publishing to https?://\S+ with tag (\S+)", None),
];

const TRAILERS: &[Clue] = &[(FactKey::RedirectHost, r"Request Redirects: .*https?://([^/\s?#]+)", None)];

const WORDS: &[&str] = &["YN0", "yarn npm", "yarn/", "Request ", "Response Code"];

/// The group that is being read.
#[derive(Clone, Debug, Default)]
pub struct Group {
    first: Option<(usize, Said)>,
    rows: Vec<usize>,
    phrase: Option<Said>,
    method: Option<String>,
}

fn value<'t>(regex: &Option<Regex>, text: &'t str) -> Option<Captures<'t>> {
    // Groups are costly, and most lines have none.
    regex.as_ref().filter(|regex| regex.is_match(text)).and_then(|regex| regex.captures(text))
}

impl Group {
    /// Reads one line; gives an incident when the group is complete.
    pub fn read(&mut self, line: &Line<'_>) -> Option<Incident> {
        let (row, text) = (line.row(), line.text());
        let said = |words: &str, at: usize, part: Part| Said {
            text: words.to_owned(),
            span: line.span(at..at + words.len()),
            part,
        };
        if let Some(found) = value(&CODE, text) {
            self.phrase =
                found.name("phrase").map(|phrase| said(phrase.as_str(), phrase.start(), Part::Phrase));
            self.rows.push(row);
            return None;
        }
        if self.rows.is_empty() {
            if text.contains("YN0")
                && let Some(words) = value(&LINE, text).and_then(|found| found.name("text"))
            {
                self.first = Some((row, said(words.as_str(), words.start(), Part::Message)));
            }
            return None;
        }
        if let Some(found) = value(&METHOD, text) {
            self.method = found.name("method").map(|method| method.as_str().to_owned());
            self.rows.push(row);
            return None;
        }
        let url = value(&URL, text).and_then(|found| found.name("url"))?;
        self.rows.push(row);
        let span = line.span(url.range());
        Some(std::mem::take(self).incident(url.as_str(), span))
    }

    fn incident(mut self, url: &str, span: Span) -> Incident {
        let mut facts = Facts::default();
        facts.set(FactKey::Client, "berry", None);
        facts.set(FactKey::Status, "403", None);
        facts.set(FactKey::Url, request::without_login(url), Some(span));
        let method = self.method.as_deref();
        facts.set(FactKey::Method, method.unwrap_or_default(), None);
        request::read(url, method).tell(method, Some(span), &mut facts);
        let mut words = Vec::new();
        let mut is_object = false;
        if let Some((row, mut first)) = self.first {
            self.rows.insert(0, row);
            if let Some(found) = value(&IDENT, &first.text.clone()) {
                facts.set(FactKey::Package, &found["package"], Some(first.span));
                first.text = found["text"].to_owned();
            }
            is_object = first.text.contains("[object Object]");
            if !first.text.contains(FIXED) && !is_object {
                words.push(first);
            }
        }
        words.extend(self.phrase.and_then(beyond_forbidden));
        let reads = self.method.as_deref().is_none_or(|method| method == "GET");
        let reason = match (words.is_empty(), reads) {
            (false, _) => ReasonState::Shown,
            (true, false) if !is_object => ReasonState::Absent,
            (true, _) => ReasonState::NotShown,
        };
        self.rows.sort_unstable();
        self.rows.dedup();
        let hides = if reads { vec![FactKey::Message] } else { Vec::new() };
        Incident { facts, rows: self.rows, said: words, reason, hides, occurrences: 1, kind: Kind::Refused }
    }
}
