//! Checks of the secrets themselves: variables that are not set, passwords that are not encoded, tokens of another
//! registry, tokens that have run out. What is told is kind, length and place.

use std::collections::BTreeSet;

use url::Url;

use super::{Subject, correction, masked};
use crate::config::configuration::Unread;
use crate::config::credential::{self, describe};
use crate::config::entries::{Entry, place};
use crate::config::model::Family;
use crate::config::rules::Unset;
use crate::config::variables::shell_style;
use crate::config::{nerf, npmrc};
use crate::facts::{Correction, Sign};

/// Registries that take only tokens of their own kind, and the kinds that are somebody's own.
const OWN_KINDS: [(&str, &str); 7] = [
    ("npm token", "npm"),
    ("GitHub token", "github"),
    ("GitLab token", "gitlab"),
    ("Azure token", "azure"),
    ("Google token", "google"),
    ("Artifactory token", "artifactory"),
    ("Nexus token", "nexus"),
];
const STRICT: [&str; 7] = ["npm", "github", "gitlab", "azure", "google", "codeartifact", "cnpm"];

/// How long a token of AWS CodeArtifact lives at most.
const CODEARTIFACT_SECS: u64 = 12 * 60 * 60;

impl Subject<'_> {
    pub(super) fn check_tokens(&mut self) {
        self.check_variables();
        let winners = self.configuration.settings.winners();
        let entries: Vec<Entry> = winners.filter(|entry| self.concerns(entry)).cloned().collect();
        let mut seen = BTreeSet::new();
        for entry in &entries {
            if !seen.insert(&entry.key) || entry.value.is_empty() || entry.value.contains("${") {
                continue;
            }
            let part = entry.key.rsplit(':').next().unwrap_or_default();
            match part {
                "_password" => self.check_password(entry),
                "_authToken" => {
                    self.check_kind(entry);
                    self.check_age(entry);
                }
                _ => {}
            }
        }
    }

    /// Whether a setting is about the registry that refused.
    fn concerns(&self, entry: &Entry) -> bool {
        let is_sent = self.credential().is_some_and(|credential| credential.origin == entry.origin);
        let of_host = nerf::split(&entry.key).and_then(|(prefix, _)| nerf::host_and_path(prefix));
        let is_host = of_host.is_some_and(|(host, _)| host.split(':').next() == self.host());
        is_sent || is_host
    }

    fn check_variables(&mut self) {
        let drops_file = |unset| unset == Unset::FileSkipped;
        for aside in self.configuration.aside.clone() {
            let Some(entry) = aside.entries.iter().find(|entry| !entry.unset.is_empty()) else {
                continue;
            };
            if aside.why == Unread::UnsetVariable && drops_file(self.configuration.client.unset()) {
                let (title, name) = (self.title(), entry.unset.join(" and "));
                let text = format!(
                    "{} needs the variable {name}, which is not set here; {title} then drops the whole of {}",
                    place(&entry.origin),
                    aside.file
                );
                self.add(Sign::VariableUnset, text, &entry.origin);
            }
        }
        let stops = self.configuration.client.unset() == Unset::Stops;
        let entries: Vec<Entry> = self.configuration.settings.winners().cloned().collect();
        for entry in &entries {
            let is_registry = entry.key == "registry" || entry.key.ends_with(":registry");
            let is_secret = nerf::PARTS.iter().any(|part| entry.key.ends_with(part));
            let matters = self.concerns(entry) || is_registry || is_secret && !entry.key.starts_with("//");
            let is_fatal = stops && !entry.unset.is_empty();
            let is_relevant = matters && npmrc::matters(&entry.key);
            if !is_fatal && !is_relevant {
                continue;
            }
            let at = place(&entry.origin);
            if !entry.unset.is_empty() {
                let text = format!(
                    "{at} needs the variable {}, which is not set here; {}",
                    entry.unset.join(" and "),
                    self.when_unset()
                );
                self.add(Sign::VariableUnset, text, &entry.origin);
            } else if entry.raw.contains("${") && entry.value.is_empty() {
                let text = format!("{at} takes its value from {}, which is empty here", masked(entry));
                self.add(Sign::VariableUnset, text, &entry.origin);
            } else if let Some(name) = shell_style(&entry.value).filter(|_| is_secret).map(str::to_owned) {
                let text = format!("{at} holds the text ${name}; {} fills in ${{{name}}} only", self.title());
                let mends = correction(entry, &entry.written)
                    .map(|mends| Correction { new: Some(format!("{}=${{{name}}}", entry.written)), ..mends });
                self.add(Sign::VariableUnset, text, &entry.origin).correction = mends;
            }
        }
    }

    fn when_unset(&self) -> String {
        let title = self.title();
        match self.configuration.client.unset() {
            Unset::Stops => format!("{title} then stops"),
            Unset::Literal => format!("{title} then sends its name instead of a token"),
            Unset::FileSkipped => format!("{title} then drops the whole file"),
            Unset::ValueDropped => format!("{title} then sends nothing"),
            Unset::Emptied => format!("{title} then sends an empty token"),
        }
    }

    fn check_password(&mut self, entry: &Entry) {
        if credential::is_encoded_text(&entry.value) || !entry.written.ends_with("_password") {
            return;
        }
        let text = format!(
            "{} holds a password that is not base64 of a text ({}); {} sends something else than it",
            place(&entry.origin),
            describe(&entry.value, "password"),
            self.title()
        );
        let mends = correction(entry, &entry.written).map(|mends| Correction {
            new: Some(format!("{}=<password in base64>", entry.written)),
            ..mends
        });
        self.add(Sign::PasswordNotBase64, text, &entry.origin).correction = mends;
    }

    /// A token whose shape belongs to another registry.
    fn check_kind(&mut self, entry: &Entry) {
        let Some(url) = self.url.clone().or_else(|| self.picked.url()) else {
            return;
        };
        let Some((id, title)) =
            self.provider_of(&url).map(|provider| (provider.id.clone(), provider.title.clone()))
        else {
            return;
        };
        let (at, host) = (place(&entry.origin), nerf::host(&url));
        let described = describe(&entry.value, "token");
        if id == "github" && entry.value.starts_with("github_pat_") {
            let text = format!(
                "{at} holds a fine-grained GitHub token ({described}); {title} takes classic tokens only"
            );
            self.add(Sign::FineGrainedToken, text, &entry.origin);
            return;
        }
        let kind = credential::kind(&entry.value);
        let owner = OWN_KINDS.iter().find(|(own, _)| kind == Some(own)).map(|(_, owner)| *owner);
        if owner.is_some_and(|owner| owner != id) && STRICT.contains(&id.as_str()) && self.is_hosted(&url) {
            let article = if described.starts_with(['n', 'A']) { "an" } else { "a" };
            let text = format!(
                "{at} holds {article} {described}, which is not of the kind that {host} ({title}) gives out"
            );
            self.add(Sign::ForeignToken, text, &entry.origin);
        }
    }

    /// Whether a provider is recognised by its own host, not by the shape of an address.
    fn is_hosted(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.provider_of(url)
            .is_some_and(|provider| provider.hosts.iter().any(|pattern| pattern.covers(host)))
    }

    /// A token that has run out, by what it says of itself or by the age of its file.
    fn check_age(&mut self, entry: &Entry) {
        let at = place(&entry.origin);
        if let Some(end) = expiry(&entry.value) {
            if let Some(past) = self.now.checked_sub(end).filter(|past| *past > 0) {
                let text = format!("{at} holds a token that expired {} ago", span(past));
                self.add(Sign::TokenExpired, text, &entry.origin);
            }
            return;
        }
        let is_short_lived = self
            .url
            .as_ref()
            .and_then(|url| self.provider_of(url))
            .is_some_and(|provider| provider.id == "codeartifact");
        let age = entry.file_written.and_then(|written| self.now.checked_sub(written));
        let is_in_file = entry.raw == entry.value && self.configuration.client.family != Family::Deno;
        if let Some(age) = age.filter(|age| is_short_lived && is_in_file && *age > CODEARTIFACT_SECS) {
            let text = format!(
                "{at} holds a token that was written {} ago; tokens of AWS CodeArtifact live 12 hours",
                span(age)
            );
            self.add(Sign::TokenProbablyExpired, text, &entry.origin);
        }
    }
}

/// When a web token says that it ends, in seconds since 1970.
fn expiry(token: &str) -> Option<u64> {
    let mut parts = token.split('.');
    let (head, body) = (parts.next()?, parts.next()?);
    if !head.starts_with("eyJ") || token.len() > 64 * 1024 {
        return None;
    }
    let body: serde_json::Value = serde_json::from_slice(&credential::decode(body)).ok()?;
    let end = body.get("exp")?;
    // Some issuers write a fraction; a moment before 1970 is none. The cast cannot overflow a float that was checked.
    end.as_u64().or_else(|| end.as_f64().filter(|end| (0.0..1e15).contains(end)).map(|end| end as u64))
}

/// A length of time in words: `3 days`, `1 hour`.
fn span(secs: u64) -> String {
    let (count, unit) = match secs {
        0..3_600 => (secs.div_ceil(60), "minute"),
        3_600..172_800 => (secs / 3_600, "hour"),
        _ => (secs / 86_400, "day"),
    };
    super::counted(usize::try_from(count).unwrap_or(usize::MAX), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_token_says_when_it_ends() {
        let token = |body: &str| format!("eyJhbGciOiJub25lIn0.{}.x", credential::encode(body.as_bytes()));
        assert_eq!(expiry(&token(r#"{"exp":1700000000}"#)), Some(1_700_000_000));
        assert_eq!(expiry(&token(r#"{"exp":1700000000.5}"#)), Some(1_700_000_000));
        for odd in [r#"{"exp":-1}"#, r#"{"exp":1e300}"#, r#"{"exp":"x"}"#, "{}", "[", ""] {
            assert_eq!(expiry(&token(odd)), None, "{odd}");
        }
        assert_eq!(expiry("eyJ"), None);
    }

    #[test]
    fn lengths_of_time_are_words() {
        assert_eq!([span(1), span(3_600), span(200_000)], ["1 minute", "1 hour", "2 days"]);
    }
}
