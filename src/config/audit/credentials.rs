//! Checks of credentials: what goes with the refused request, and where one stands that does not.

use std::collections::BTreeSet;

use url::Url;

use super::{Subject, correction, masked};
use crate::config::configuration::Unread;
use crate::config::entries::{self, Entry, place};
use crate::config::model::{Family, Sent};
use crate::config::{nerf, npmrc};
use crate::facts::{Correction, Sign};

impl Subject<'_> {
    pub(super) fn check_credentials(&mut self) {
        let Some(url) = self.url.clone() else {
            return;
        };
        self.check_sent(&url);
        if self.credential().is_none() {
            self.check_elsewhere(&url);
            self.check_kept_back(&url);
            self.check_unread_files(&url);
        }
        self.check_top_level();
    }

    fn check_sent(&mut self, url: &Url) {
        let (title, host) = (self.title(), nerf::host(url));
        match self.sent.clone() {
            // The name of a variable is no credential; `check_variables` tells of it.
            Some(Sent::Credential(credential)) if credential.secret.expose().contains("${") => {}
            Some(Sent::Credential(credential)) if credential.secret.expose().is_empty() => {
                let text = format!("{title} sends an empty token to {host}: {}", place(&credential.origin));
                self.add(Sign::NoCredential, text, &credential.origin);
            }
            Some(Sent::Credential(credential)) => {
                let (what, place) = (&credential.description, place(&credential.origin));
                let text = format!("{title} sends the credential of {place} to {host}: {what}");
                self.add(Sign::CredentialMatches, text, &credential.origin);
            }
            Some(Sent::Anonymous) if !self.asks_a_helper(&host) => {
                let text = format!(
                    "{title} asks {host} without a credential: no line of the configuration is for {url}"
                );
                self.add(Sign::NoCredential, text, &crate::facts::Origin::Client);
            }
            Some(Sent::Anonymous | Sent::Stops(_)) | None => {}
        }
    }

    /// Whether a program is asked for the token, so that nothing can be said without running it.
    fn asks_a_helper(&self, host: &str) -> bool {
        self.configuration.settings.iter().any(|entry| {
            entry.key == "tokenHelper" || entry.key.ends_with(":tokenHelper") && entry.key.contains(host)
        })
    }

    /// Credentials for the same host, but under another key.
    fn check_elsewhere(&mut self, url: &Url) {
        let Some(registry) = self.picked.url() else {
            return;
        };
        // The key that would count: that of the registry, or of the host where the request went to another one.
        let wanted = if nerf::same_host(&registry, url) {
            nerf::folder(&registry)
        } else {
            format!("//{}/", nerf::host(url))
        };
        let mut seen = BTreeSet::new();
        let entries: Vec<Entry> = self.configuration.settings.winners().cloned().collect();
        for entry in &entries {
            let Some((prefix, part)) = nerf::split(&entry.key).filter(|(_, part)| nerf::PARTS.contains(part))
            else {
                continue;
            };
            let Some((host, path)) = nerf::host_and_path(prefix) else {
                continue;
            };
            let bare = host.split(':').next().unwrap_or(&host);
            if entry.value.is_empty() || Some(bare) != url.host_str() || !seen.insert(prefix.to_owned()) {
                continue;
            }
            let Some(what) = difference(prefix, &host, &path, &wanted, url) else {
                continue;
            };
            let text = format!(
                "{} holds a credential for {prefix}, {what}; {wanted} would be right",
                place(&entry.origin)
            );
            let mends = correction(entry, &format!("{wanted}:{part}"));
            self.add(Sign::CredentialElsewhere, text, &entry.origin).correction = mends;
        }
    }

    /// Yarn keeps its credential back from packages without a scope.
    fn check_kept_back(&mut self, url: &Url) {
        if self.sent != Some(Sent::Anonymous) || self.scope().is_some() {
            return;
        }
        let Some((owner, credential)) = self.configuration.kept_back(url, self.package) else {
            return;
        };
        let is_berry = self.configuration.client.family == Family::Berry;
        let setting = if is_berry { "npmAlwaysAuth: true" } else { "always-auth=true" };
        let below = if owner.is_empty() { String::new() } else { format!(" below {owner}") };
        let text = format!(
            "{} does not send the credential of {} with packages without a scope, because {setting} is missing{below}",
            self.title(),
            place(&credential)
        );
        let mends = entries::file_and_line(&credential).map(|(file, _)| Correction {
            file: file.to_owned(),
            line: None,
            old: None,
            new: Some(setting.to_owned()),
        });
        self.add(Sign::AlwaysAuthMissing, text, &credential).correction = mends;
    }

    /// Credentials in files and lines that this client does not take.
    fn check_unread_files(&mut self, url: &Url) {
        let host = url.host_str().unwrap_or_default().to_owned();
        for aside in self.configuration.aside.clone() {
            let about_host = |entry: &&Entry| {
                let of_host = nerf::split(&entry.key).and_then(|(prefix, _)| nerf::host_and_path(prefix));
                of_host.is_some_and(|(found, _)| found.split(':').next() == Some(&host))
            };
            let for_all =
                |entry: &&Entry| nerf::PARTS.contains(&entry.key.as_str()) || entry.key.starts_with('@');
            let is_secret = |entry: &&Entry| {
                entry.key.ends_with("_authToken")
                    || entry.key.ends_with("_auth")
                    || entry.key.ends_with("_password")
            };
            let credential =
                aside.entries.iter().filter(is_secret).find(|entry| about_host(entry) || for_all(entry));
            let title = self.title();
            match &aside.why {
                Unread::OtherClient => {
                    if let Some(entry) = credential {
                        let text = format!(
                            "{} holds a credential, but {title} does not take credentials from that file",
                            place(&entry.origin)
                        );
                        self.add(Sign::FileNotRead, text, &entry.origin);
                    }
                }
                Unread::RefusedVariable => {
                    let registry = aside.entries.iter().find(|entry| entry.key.ends_with("registry"));
                    if let Some(entry) = credential.or(registry) {
                        let text = format!(
                            "{} holds {}, and {title} fills in no variables in a project's own file, so the line does not count",
                            place(&entry.origin),
                            masked(entry)
                        );
                        self.add(Sign::VariableRefused, text, &entry.origin);
                    }
                }
                // `check_files` and `check_variables` tell of these, whatever stands in them.
                Unread::Utf16 | Unread::Member(_) | Unread::UnsetVariable => {}
            }
        }
    }

    /// A credential without a registry in front.
    fn check_top_level(&mut self) {
        if self.configuration.client.family == Family::Berry {
            return;
        }
        let entries: Vec<Entry> = self.configuration.settings.winners().cloned().collect();
        let default = self.configuration.picked(None, false).url().map(|url| nerf::folder(&url));
        for entry in
            entries.iter().filter(|entry| matches!(entry.key.as_str(), "_authToken" | "_auth" | "_password"))
        {
            if entries::file_and_line(&entry.origin).is_none() || !npmrc::matters(&entry.key) {
                continue;
            }
            let what = match self.configuration.client.top_level() {
                crate::config::rules::TopLevel::AnyRegistry => "and sends it to every registry",
                crate::config::rules::TopLevel::DefaultRegistry => {
                    "and sends it to the default registry only"
                }
                crate::config::rules::TopLevel::Stops => "and stops because of it",
                crate::config::rules::TopLevel::Ignored => "and does not look at it",
            };
            let text = format!(
                "{} holds {} without a registry in front; {} reads it {what}",
                place(&entry.origin),
                entry.key,
                self.title()
            );
            let text =
                text.replace("reads it and does not", "does not").replace("reads it and stops", "stops");
            let mends =
                default.as_ref().and_then(|default| correction(entry, &format!("{default}:{}", entry.key)));
            self.add(Sign::TopLevelToken, text, &entry.origin).correction = mends;
        }
    }
}

/// How a key differs from the one that would count; nothing where it does not.
fn difference(prefix: &str, host: &str, path: &str, wanted: &str, url: &Url) -> Option<String> {
    let (wanted_host, wanted_path) = nerf::host_and_path(wanted)?;
    if !prefix.starts_with("//") {
        return Some("with a scheme in front".to_owned());
    }
    let default = if url.scheme() == "http" { ":80" } else { ":443" };
    if host.strip_suffix(default) == Some(wanted_host.as_str()) {
        return Some("with the default port, which is left out in requests".to_owned());
    }
    if host != wanted_host {
        return Some(format!("not for {wanted_host}"));
    }
    if !prefix.starts_with(&format!("//{host}")) {
        return Some("with capital letters in the host".to_owned());
    }
    if path == wanted_path {
        return None;
    }
    if format!("{path}/") == wanted_path {
        return Some("without the slash at its end".to_owned());
    }
    if path.eq_ignore_ascii_case(&wanted_path) {
        return Some("with other capital letters in the path".to_owned());
    }
    Some(format!("which is another path than {wanted_path}"))
}
