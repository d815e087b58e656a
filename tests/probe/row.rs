//! Rows of `tests/probe/*.json`: an incident, a machine, answers, and what must come of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use unforbid::facts::{FactKey, Facts};
use unforbid::knowledge::Knowledge;
use unforbid::probe::{Answer, Failure, Home, Hop, Question, Reply, SentAlong, Verb, Wish};
use unforbid::{Preferences, explain, text};
use url::Url;

/// When answers come, unless a row says otherwise: 2026-11-22 04:00 UTC.
const NOW: u64 = 1_795_320_000;

/// The incident of a row: a log, or one line of it (`PUT https://…`), and facts that stand in no line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Incident {
    pub refused: String,
    pub log: Vec<String>,
    pub facts: BTreeMap<String, String>,
    /// Facts to be set as they are, without reading any log.
    pub raw: BTreeMap<String, String>,
}

/// The machine of a row.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Machine {
    pub registry: Option<String>,
    pub scopes: BTreeMap<String, String>,
    pub known: Vec<String>,
    pub credentials: Vec<String>,
}

/// What the user wishes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wished {
    pub with_credentials: bool,
    pub hosts: BTreeSet<String>,
    pub headless: bool,
}

/// One answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    pub question: String,
    pub url: String,
    pub verb: Option<String>,
    pub status: u16,
    pub phrase: Option<String>,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
    pub cut: bool,
    pub issuer: Option<String>,
    pub hops: Vec<String>,
    pub failure: Option<String>,
    pub received: Option<u64>,
}

/// Reads the rows of a file; `{npm}` and the like stand for hosts.
pub fn rows<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/probe").join(file);
    let content = fs::read_to_string(path).expect("the rows can be read");
    serde_json::from_str(&Knowledge::bundled().expand(&content)).expect("the rows have the right shape")
}

impl Incident {
    /// The facts, read by the real parser.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        let line = format!("npm error 403 403 Forbidden - {} - Forbidden", self.refused);
        let log =
            if self.log.is_empty() { vec!["npm error code E403".to_owned(), line] } else { self.log.clone() };
        if !self.refused.is_empty() || !self.log.is_empty() {
            let decoded = text::decode(log.join("\n").as_bytes());
            let advice = explain(decoded, "row", Knowledge::bundled(), &Preferences::default()).advice;
            let incident = advice.incidents.last().expect("the log of a row holds a 403");
            facts = incident.facts.clone();
        }
        for (name, value) in self.facts.iter().chain(&self.raw) {
            facts.set(FactKey::from_name(name).expect("a fact's name"), value.clone(), None);
        }
        facts
    }
}

impl Home for Machine {
    fn registry_for(&self, package: Option<&str>, _publishing: bool) -> Option<String> {
        let scope = package.and_then(|name| name.split_once('/')).map(|(scope, _)| scope);
        scope.and_then(|scope| self.maps_scope(scope)).or_else(|| self.registry.clone())
    }

    fn credential_for(&self, url: &Url) -> Option<SentAlong> {
        let held = self.credentials.iter().any(|prefix| url.as_str().starts_with(prefix.as_str()));
        held.then(|| SentAlong {
            description: "npm token, 40 characters".into(),
            place: "~/.npmrc line 3".into(),
        })
    }

    fn knows(&self, origin: &Url) -> bool {
        let mut known = self.known.iter().chain(&self.registry).chain(self.scopes.values());
        known.any(|text| Url::parse(text).is_ok_and(|url| url.origin() == origin.origin()))
    }

    fn maps_scope(&self, scope: &str) -> Option<String> {
        self.scopes.get(scope).cloned()
    }
}

impl Wished {
    pub fn wish(&self) -> Wish {
        Wish { with_credentials: self.with_credentials, hosts: self.hosts.clone(), headless: self.headless }
    }
}

/// The question with this name.
pub fn question(name: &str) -> Question {
    let named = |question: &Question| serde_json::to_value(question).is_ok_and(|value| value == name);
    Question::ALL.into_iter().find(named).unwrap_or_else(|| panic!("no question {name:?}"))
}

impl Given {
    /// The answer as a runner hands it over.
    pub fn answer(&self, index: usize) -> Answer {
        let question = question(&self.question);
        let credential = matches!(
            question,
            Question::PackageWithCredential
                | Question::ArchiveWithCredential
                | Question::WhoAmI
                | Question::Account
                | Question::Tokens
                | Question::Collaborators
                | Question::OrgMembers
                | Question::OrgPackages
        );
        let url = Url::parse(&self.url).expect("the address of an answer");
        let host = url.host_str().unwrap_or_default().to_owned();
        Answer {
            ask: index,
            question,
            verb: if self.verb.as_deref() == Some("HEAD") { Verb::Head } else { Verb::Get },
            credential,
            hops: self.hops.iter().map(|to| Hop { status: 302, to: to.clone() }).collect(),
            proxy: None,
            outcome: match self.failure.as_deref() {
                Some(failure) => Err(self.failure(failure, host)),
                None => Ok(self.reply()),
            },
            took: Duration::from_millis(20),
            url,
        }
    }

    fn failure(&self, words: &str, host: String) -> Failure {
        match words.split_once(": ").unwrap_or((words, "")) {
            ("name", _) => Failure::Name { host },
            ("refused", _) => Failure::Refused { host },
            ("timed out", _) => Failure::TimedOut { host, seconds: 8 },
            ("certificate", reason) => Failure::Certificate { host, reason: reason.to_owned() },
            ("proxy", proxy) => Failure::Proxy { proxy: proxy.to_owned(), host, status: 403 },
            ("redirect", to) => Failure::Redirect { to: to.to_owned(), reason: "another host".into() },
            ("skipped", reason) => Failure::Skipped { reason: reason.to_owned() },
            (other, _) => panic!("no failure {other:?}"),
        }
    }

    fn reply(&self) -> Reply {
        Reply {
            status: self.status,
            phrase: self.phrase.clone(),
            headers: self.headers.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            body: match &self.body {
                Value::Null => Vec::new(),
                Value::String(text) => text.clone().into_bytes(),
                json => json.to_string().into_bytes(),
            },
            cut: self.cut,
            issuer: self.issuer.clone(),
            received: self.received.unwrap_or(NOW),
        }
    }
}
