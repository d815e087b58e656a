//! What the configuration says about one refused request: the checks that need no network.
//!
//! Each check makes observations; what they mean for a cause stands in that cause's entry. No clock, no secret: the
//! time is passed in, and of a credential only kind, length and place are told.

mod credentials;
mod lines;
mod manifest;
mod registry;
mod tokens;

use url::Url;

use super::configuration::{Configuration, scope_of};
use super::entries::{self, Entry};
use super::model::{Credential, Sent};
use super::registry::Candidate;
use crate::facts::{Correction, FactKey, Facts, Observation, Origin, Sign};
use crate::knowledge::{Knowledge, Provider};

/// Looks at the configuration for one refused request. `now` is in seconds since 1970.
pub fn audit(
    configuration: &Configuration,
    facts: &Facts,
    knowledge: &Knowledge,
    now: u64,
) -> Vec<Observation> {
    let publishing =
        facts.get(FactKey::Operation) == Some("publish") || facts.get(FactKey::Method) == Some("PUT");
    let command = facts.get(FactKey::Command).unwrap_or_default();
    let as_run = configuration.clone().with_command(command);
    let used = as_run.for_publishing(publishing);
    let package = facts.get(FactKey::Package);
    let url = facts.get(FactKey::Url).or_else(|| facts.get(FactKey::Registry));
    let url = url.and_then(|url| Url::parse(url).ok()).filter(|url| url.host_str().is_some());
    let subject = Subject {
        configuration: used,
        facts,
        knowledge,
        now,
        package,
        publishing,
        picked: used.picked(package, publishing),
        sent: url.as_ref().map(|url| used.sent_with(url, package, publishing)),
        url,
        found: Vec::new(),
    };
    subject.look(&as_run)
}

/// The request that was refused, and what has been found about it.
struct Subject<'a> {
    configuration: &'a Configuration,
    facts: &'a Facts,
    knowledge: &'a Knowledge,
    now: u64,
    url: Option<Url>,
    package: Option<&'a str>,
    publishing: bool,
    picked: Candidate,
    sent: Option<Sent>,
    found: Vec<Observation>,
}

impl Subject<'_> {
    fn look(mut self, as_run: &Configuration) -> Vec<Observation> {
        self.check_files(as_run);
        self.check_lines();
        self.check_registry();
        self.check_lockfile();
        self.check_credentials();
        self.check_tokens();
        self.check_manifest();
        let mut kept: Vec<Observation> = Vec::new();
        for observation in self.found {
            if !kept.contains(&observation) {
                kept.push(observation);
            }
        }
        kept
    }

    fn add(&mut self, sign: Sign, text: impl AsRef<str>, origin: &Origin) -> &mut Observation {
        let index = self.found.len();
        self.found.push(Observation::new(sign, sentence(text.as_ref()), origin.clone()));
        &mut self.found[index]
    }

    fn title(&self) -> String {
        self.configuration.client.title()
    }

    /// The host that refused, without a port.
    fn host(&self) -> Option<&str> {
        self.url.as_ref().and_then(Url::host_str)
    }

    fn scope(&self) -> Option<&str> {
        self.package.and_then(scope_of)
    }

    fn credential(&self) -> Option<&Credential> {
        match &self.sent {
            Some(Sent::Credential(credential)) if !credential.secret.expose().is_empty() => Some(credential),
            _ => None,
        }
    }

    /// Whether an address is the public registry under one of its names.
    fn is_public(&self, url: &Url) -> bool {
        url.host_str().is_some_and(|host| self.configuration.is_public_host(host))
    }

    fn provider_of(&self, url: &Url) -> Option<&Provider> {
        self.knowledge.provider_of_url(url.as_str(), url.host_str()?)
    }
}

/// A sentence starts with a capital letter, unless the name of a client starts it.
fn sentence(text: &str) -> String {
    let starts = ["line ", "the ", "a ", "several "];
    match text.chars().next().filter(|_| starts.iter().any(|start| text.starts_with(start))) {
        Some(first) => format!("{}{}", first.to_ascii_uppercase(), &text[first.len_utf8()..]),
        None => text.to_owned(),
    }
}

/// What stands for a value that must not be shown: its variables, or a word for what it is.
fn masked(entry: &Entry) -> String {
    let is_reference =
        entry.raw.starts_with("${") && entry.raw.ends_with('}') && !entry.raw[2..].contains('$');
    if is_reference || super::variables::shell_style(&entry.raw).is_some() {
        return entry.raw.clone();
    }
    let part = entry.key.rsplit(':').next().unwrap_or_default();
    match part {
        "_authToken" => "<token>",
        "_password" => "<password>",
        "_auth" => "<login>",
        "username" => "<user>",
        _ => "<value>",
    }
    .to_owned()
}

/// A line of an `.npmrc` to be put in another one's place; nothing for files of another format.
fn correction(entry: &Entry, new_key: &str) -> Option<Correction> {
    let (file, line) = entries::file_and_line(&entry.origin)?;
    // In other formats a key is not written as it is kept here.
    let part = entry.key.rsplit(':').next()?;
    let is_npmrc = entry.written == entry.key || entry.written.ends_with(&format!(":{part}"));
    is_npmrc.then(|| Correction {
        file: file.to_owned(),
        line: Some(line),
        old: Some(format!("{}={}", entry.written, masked(entry))),
        new: Some(format!("{new_key}={}", masked(entry))),
    })
}

/// A number of things: `1 package`, `3 packages`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
