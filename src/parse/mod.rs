//! What a log says: the refused requests, each with its facts and the place of each fact.
//!
//! Input: `npm error 403 403 Forbidden - PUT https://…/my-utils - You cannot publish over … 1.0.2.`
//! Output: an [`Incident`] with method, URL, package, version, and what the registry said.
//! Owns the shapes of all clients. Must not know causes.

mod assemble;
mod clients;
mod collect;
mod context;
mod derive;
mod fold;
mod frame;
mod gather;
mod json;
mod line;
mod patterns;
mod request;
mod servers;
mod settle;
mod words;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::{Presence, ReasonState};
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
    /// Other rows that say 403 and were not read as a refusal; at most [`ERROR_ROWS`].
    pub other_rows: Vec<usize>,
    /// How many different refusals were left out because there are too many.
    pub dropped: usize,
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
    /// Facts that the client never prints in this place: when they are missing, that says nothing.
    pub hides: Vec<FactKey>,
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
    /// Which part of the answer they come from.
    pub part: Part,
}

/// The parts of an answer in which a registry says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The reason phrase behind the status.
    Phrase,
    /// The body.
    Message,
    /// `npm-notice` headers.
    Notice,
}

impl Part {
    const fn key(self) -> FactKey {
        match self {
            Self::Phrase => FactKey::Phrase,
            Self::Message => FactKey::Message,
            Self::Notice => FactKey::Notice,
        }
    }
}

/// How sure it is that a registry answered 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The log says 403.
    Refused,
    /// A client reports a request that failed, and leaves out the status; counts unless the words are another error's.
    Unstated,
    /// A client printed an error without a status; counts only if a cause recognises the words.
    Suspected,
}

impl Incident {
    /// Everything the registry said, joined by line breaks.
    pub fn reason_text(&self) -> String {
        let texts: Vec<&str> = self.said.iter().map(|said| said.text.as_str()).collect();
        texts.join("\n")
    }

    /// What the registry said in the answer itself, without notices.
    fn answer_text(&self) -> String {
        let texts: Vec<&str> = self
            .said
            .iter()
            .filter(|said| said.part != Part::Notice)
            .map(|said| said.text.as_str())
            .collect();
        texts.join("\n")
    }

    /// What is known of a fact. A fact that this client never prints is not absent.
    pub fn presence(&self, key: FactKey) -> Presence {
        if self.facts.has(key) {
            Presence::Known
        } else if self.hides.contains(&key) {
            Presence::NotShown
        } else {
            Presence::Absent
        }
    }

    /// Facts that are missing because the client never prints them.
    pub fn not_shown(&self) -> impl Iterator<Item = FactKey> {
        self.hides.iter().copied().filter(|key| !self.facts.has(*key))
    }

    /// Writes what the registry said into the facts, each part by itself and all of it as the reason.
    fn tell_words(&mut self) {
        let mut parts: Vec<String> = Vec::new();
        for part in [Part::Phrase, Part::Message, Part::Notice] {
            let said: Vec<&Said> = self.said.iter().filter(|said| said.part == part).collect();
            let texts: Vec<&str> = said.iter().map(|said| said.text.as_str()).collect();
            let words = texts.join("\n");
            let words = json::said_in_body(&words).unwrap_or(words);
            if !parts.contains(&words) {
                parts.push(words.clone());
            }
            self.facts.set(part.key(), words, said.first().map(|said| said.span));
        }
        let parts: Vec<String> = parts.into_iter().filter(|words| !words.is_empty()).collect();
        self.facts.set(FactKey::Reason, parts.join("\n"), self.said.first().map(|said| said.span));
    }

    /// The address, for comparing.
    fn key(&self) -> String {
        let url = self.facts.get(FactKey::Url).unwrap_or_default();
        url.to_ascii_lowercase().replace("%2f", "/")
    }
}

/// Reads a log. Cannot fail: the worst case is an empty report.
pub fn parse(log: &Redacted) -> Report {
    let mut collector = collect::Collector::new(log);
    for line in log.lines() {
        collector.read(log.job(line.row), line.row, line.start, line.text);
    }
    let mut report = collector.finish();
    let kind = log.token_kind();
    for incident in &mut report.incidents {
        let time = incident.rows.iter().find_map(|row| log.time(*row));
        incident.facts.set_if_missing(FactKey::Time, time.unwrap_or_default(), None);
        incident.facts.set_if_missing(FactKey::TokenKind, kind.unwrap_or_default(), None);
    }
    report
}

/// Whether a line belongs to the fixed advice that npm prints below every 403, whatever the cause.
pub fn is_fixed_advice(line: &str) -> bool {
    static ADVICE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let sentences = [
            "In most cases, you or one of your dependencies are requesting",
            "a package version that is forbidden by your security policy",
            "on a server you do not have access to",
            "It was specified as a dependency of",
        ];
        patterns::literals(sentences)
    });
    ADVICE.as_ref().is_some_and(|advice| advice.is_match(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// Client, method, package and what the registry said, of the only incident.
    fn only(log: &str) -> [String; 4] {
        let report = parse(&text::redact(text::decode(log.as_bytes())));
        assert_eq!(report.incidents.len(), 1, "{log}");
        let incident = &report.incidents[0];
        let fact = |key| incident.facts.get(key).unwrap_or_default().to_owned();
        [fact(FactKey::Client), fact(FactKey::Method), fact(FactKey::Package), incident.reason_text()]
    }

    #[test]
    fn every_client_tells_the_same_in_its_own_shape() {
        let exists = "You cannot publish over the previously published versions: 1.0.1.";
        let npm = format!(
            "npm error code E403\nnpm error 403 403 Forbidden - PUT https://r.example/@acme%2fui - {exists}\n"
        );
        assert_eq!(only(&npm), ["npm", "PUT", "@acme/ui", exists]);
        let bun = format!("403 Forbidden: https://r.example/@acme%2fui\n\n - {exists}\n");
        assert_eq!(only(&bun), ["bun", "PUT", "@acme/ui", exists]);
        let yarn = format!("error Couldn't publish package: \"https://r.example/@acme%2fui: {exists}\"\n");
        assert_eq!(only(&yarn)[..3], ["yarn1", "PUT", "@acme/ui"]);
        let berry = format!(
            "➤ YN0035: {exists}\n➤ YN0035:   Response Code: 403 (Forbidden)\n\
             ➤ YN0035:   Request Method: PUT\n➤ YN0035:   Request URL: https://r.example/@acme%2fui\n"
        );
        assert_eq!(only(&berry), ["berry", "PUT", "@acme/ui", exists]);
        let berry_read = "➤ YN0035: │ @acme/ui@npm:^1.0.0: The remote server failed to provide the requested resource\n\
            ➤ YN0035: │   Response Code: 403 (Forbidden)\n➤ YN0035: │   Request Method: GET\n\
            ➤ YN0035: │   Request URL: https://r.example/@acme%2fui\n";
        assert_eq!(only(berry_read), ["berry", "GET", "@acme/ui", ""]);
        let pnpm =
            "ERR_PNPM_FETCH_403  GET https://r.example/@acme%2Fui: Requested item is quarantined - 403\n";
        assert_eq!(only(pnpm), ["pnpm", "GET", "@acme/ui", "Requested item is quarantined"]);
    }

    #[test]
    fn a_log_tells_the_kind_of_token_and_the_host_it_was_sent_to() {
        let token = format!("npm_{}", "a1B2c3D4e5F6".repeat(3));
        let log = format!(
            "//r.example/:_authToken={token}\nnpm error 403 403 Forbidden - GET \
             https://files.example/ui/-/ui-1.0.0.tgz?X-Amz-Date=1&X-Amz-Signature=00ff00ff00ff00ff\n"
        );
        let report = parse(&text::redact(text::decode(log.as_bytes())));
        let facts = &report.incidents[0].facts;
        assert_eq!(facts.get(FactKey::TokenKind), Some("npm token"));
        assert_eq!(facts.get(FactKey::RedirectHost), Some("files.example"));
    }

    #[test]
    fn what_a_client_never_prints_is_not_absent() {
        let presence = |log: &str, key| {
            let report = parse(&text::redact(text::decode(log.as_bytes())));
            report.incidents[0].presence(key)
        };
        let npm = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://r.example/ui\n";
        assert_eq!(presence(npm, FactKey::Message), Presence::Absent);
        assert_eq!(presence(npm, FactKey::Version), Presence::NotShown);
        assert_eq!(presence(npm, FactKey::Package), Presence::Known);
        let bun = "error: GET https://r.example/ui - 403\n";
        assert_eq!(presence(bun, FactKey::Message), Presence::NotShown);
        let pnpm = "Error: ERR_PNPM_FAILED_TO_PUBLISH\n\n  \u{d7} Failed to publish package ui@1.0.0 (status 403 Forbidden): {}\n";
        assert_eq!(presence(pnpm, FactKey::Url), Presence::NotShown);
        assert_eq!(presence(pnpm, FactKey::Version), Presence::Known);
    }
}
