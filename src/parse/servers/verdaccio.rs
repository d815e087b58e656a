//! Verdaccio's log in the form for people, as its console shows it:
//!
//! ```text
//! http <-- 403, user: alice(127.0.0.1), req: 'PUT /@acme%2fui', error: user alice is not allowed to publish package @acme/ui
//! ```
//! Its JSON form is read with everybody else's. Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use super::Entry;
use crate::facts::FactKey;
use crate::parse::Incident;
use crate::parse::line::Line;

static ANSWER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?:\[?(?<time>\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z| ?[+-]\d\d:?\d\d)?)\]?.*?)?(?:<--|-->) 403, "#,
        r#"user: (?<user>[^\s(,]*)[^']*, req: '(?<method>[A-Z]+) (?<url>[^\s']+)'(?:, error: (?<said>[^"]*\S))?"#
    ))
    .ok()
});

/// The incident of an answer that Verdaccio logged.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    if !line.text().contains(" 403, user: ") {
        return None;
    }
    let found = ANSWER.as_ref()?.captures(line.text())?;
    // `-->` is a request of Verdaccio's to its uplink.
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &[FactKey::Time, FactKey::User, FactKey::Method, FactKey::Url]);
    entry.facts.set(FactKey::Provider, "verdaccio", None);
    entry.read_address(found.name("url")?.as_str());
    if let Some(said) = found.name("said") {
        entry.say(said.as_str(), said.range());
    }
    Some(entry.incident())
}
