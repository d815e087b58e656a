//! One diagnosis as it is kept.
//!
//! Owns what is kept of a refused request, how a log gets its number, and what is cut to which length.
//! Must not know files or screens. Everything here comes from a masked log; the log itself is not in it.

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher24;

use crate::advice::{Confidence, Incident};
use crate::app::state::Case;
use crate::facts::FactKey;
use crate::text;

/// How many of a log's refused requests are kept.
pub const INCIDENTS: usize = 20;
/// The longest log that is kept, in bytes.
pub const LONGEST_LOG: usize = 1024 * 1024;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 4000;
/// The longest of all other texts, in characters.
const LONGEST: usize = 400;
/// A long log gets its number from its beginning and its end.
const HASHED: usize = 64 * 1024;

/// A diagnosis that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its number in the history.
    #[serde(skip)]
    pub id: u64,
    /// When the log was read first, in seconds since 1970.
    pub first: i64,
    /// When it was read last.
    pub last: i64,
    /// How often it was read.
    pub times: u32,
    /// What the log is called.
    pub log: String,
    /// The log's number: the same text has the same one.
    pub digest: u64,
    /// Which of the log's refused requests it is.
    pub incident: usize,
    /// `E403 on publish`.
    pub headline: String,
    /// The package manager, as an id of `knowledge/clients`.
    pub client: Option<String>,
    /// Its version.
    pub client_version: Option<String>,
    /// `publish`, `install` or `other`.
    pub operation: Option<String>,
    /// The host that refused.
    pub host: Option<String>,
    /// Which registry answered, as an id of `knowledge/providers`.
    pub provider: Option<String>,
    /// The package's full name.
    pub package: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// What the registry itself said.
    pub reason: Option<String>,
    /// The first cause's id.
    pub cause: String,
    /// Its title.
    pub title: String,
    /// How sure it was.
    pub confidence: Confidence,
    /// What the user wrote about it.
    pub note: String,
    /// Whether the log is kept, too.
    pub kept: Kept,
}

/// Whether a log is kept with its diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// It was not wanted.
    #[default]
    No,
    /// It is there.
    Yes,
    /// It was wanted but is too long.
    TooLong,
    /// It made room for newer ones.
    Gone,
}

/// What is kept of a log that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// One for each refused request; number and times are given by the store.
    pub records: Vec<Record>,
    /// The masked log, when it is kept and not too long.
    pub log: Option<String>,
}

impl Record {
    fn new(incident: &Incident, at: usize, log: &str, digest: u64) -> Option<Self> {
        let cause = incident.causes.first()?;
        let fact = |key| incident.facts.get(key).map(cut);
        Some(Self {
            id: 0,
            first: 0,
            last: 0,
            times: 1,
            log: cut(log),
            digest,
            incident: at,
            headline: cut(&incident.headline),
            client: fact(FactKey::Client),
            client_version: fact(FactKey::ClientVersion),
            operation: fact(FactKey::Operation),
            host: fact(FactKey::Host),
            provider: fact(FactKey::Provider),
            package: fact(FactKey::Package),
            version: fact(FactKey::Version),
            reason: fact(FactKey::Reason),
            cause: cause.id.clone(),
            title: cut(&cause.title),
            confidence: cause.confidence,
            note: String::new(),
            kept: Kept::No,
        })
    }
}

impl Record {
    /// `left-layout@4.1.7`, or as much of it as is known.
    pub fn package_and_version(&self) -> Option<String> {
        let package = self.package.as_ref()?;
        Some(match &self.version {
            Some(version) => format!("{package}@{version}"),
            None => package.clone(),
        })
    }
}

impl Seen {
    /// What is kept of the shown log. `with_log` keeps the masked text as well.
    pub fn new(case: &Case, with_log: bool) -> Self {
        let log = case.explained.log.as_str();
        let name = &case.advice().input.name;
        let digest = digest(log);
        let incidents = case.advice().incidents.iter().enumerate().take(INCIDENTS);
        let mut records: Vec<Record> =
            incidents.filter_map(|(at, incident)| Record::new(incident, at, name, digest)).collect();
        let is_short = log.len() <= LONGEST_LOG;
        let kept = match (with_log, is_short) {
            (false, _) => Kept::No,
            (true, true) => Kept::Yes,
            (true, false) => Kept::TooLong,
        };
        records.iter_mut().for_each(|record| record.kept = kept);
        Self { records, log: (kept == Kept::Yes).then(|| log.to_owned()) }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The number of a log. It must be the same in every release, so it is no hash of the standard library.
pub fn digest(log: &str) -> u64 {
    let bytes = log.as_bytes();
    let head = bytes.get(..HASHED).unwrap_or(bytes);
    let tail = bytes.get(bytes.len().saturating_sub(HASHED)..).unwrap_or(bytes);
    let parts = [SipHasher24::new().hash(head), SipHasher24::new().hash(tail), bytes.len() as u64];
    SipHasher24::new().hash(&parts.map(u64::to_le_bytes).concat())
}

/// A note as it is kept: secrets masked, not endless, no blank ends.
pub fn clean_note(note: &str) -> String {
    let short: String = note.chars().take(LONGEST_NOTE).collect();
    text::redact(text::decode(short.as_bytes())).as_str().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_log_has_the_same_number_in_every_release() {
        // Written down, because the numbers are in files of users.
        assert_eq!(digest("npm error code E403\n"), 0xe7a1_ea3b_d4ba_b4ce);
        assert_ne!(digest("npm error code E403\n"), digest("npm error code E404\n"));
        let long = "x".repeat(3 * HASHED);
        assert_ne!(digest(&long), digest(&format!("{long}x")));
    }

    #[test]
    fn a_note_is_kept_without_secrets_and_without_blank_ends() {
        let secret = ["npm", "_", &"a1B2c3D4".repeat(5)[..36]].concat();
        let note = clean_note(&format!("  new token {secret}\n\n"));
        assert!(note.starts_with("new token"), "{note}");
        assert!(!note.contains(&secret), "{note}");
    }
}
