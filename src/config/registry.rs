//! Which registry a package comes from or goes to, and which line says so.

use url::Url;

use super::configuration::{Configuration, scope_of};
use super::entries::Entry;
use super::model::{Decided, Family};
use super::nerf;
use super::rules::Target;
use crate::facts::Origin;
use crate::text;

/// A registry's address as it is written, which may hold a login; it must not leave this module's floor.
#[derive(Clone)]
pub(super) struct Candidate {
    /// The address as written, variables filled in.
    pub raw: String,
    /// Where.
    pub origin: Origin,
    /// Whether it is a scope's own.
    pub is_scoped: bool,
}

impl Candidate {
    /// The address, without its login; `None` if it is none.
    pub fn url(&self) -> Option<Url> {
        nerf::registry_url(&self.raw)
    }

    /// The login that stands in the address: user and password.
    pub fn login(&self) -> Option<(String, String)> {
        let url = Url::parse(self.raw.trim()).ok()?;
        let user = url.username().to_owned();
        let password = url.password().unwrap_or_default().to_owned();
        (!user.is_empty() || !password.is_empty()).then_some((user, password))
    }

    /// The address as it may be shown.
    pub fn shown(&self) -> String {
        shown(&self.raw)
    }
}

/// An address without its login; what is no address is masked like a log.
pub(super) fn shown(raw: &str) -> String {
    match nerf::registry_url(raw) {
        Some(url) => url.into(),
        None => text::redact(text::decode(raw.as_bytes())).as_str().to_owned(),
    }
}

impl Configuration {
    /// The registry for a package, or for packages without a scope: its address, ending in `/`, and the line that
    /// decides. The address never holds a login.
    pub fn registry_for(&self, package: Option<&str>, publishing: bool) -> Decided<String> {
        let picked = self.picked(package, publishing);
        let others = self.candidates(package, publishing).into_iter().skip(1);
        let shadowed = others.map(|candidate| (candidate.shown(), candidate.origin)).collect();
        Decided { value: picked.shown(), origin: picked.origin, shadowed }
    }

    /// Every registry that the configuration names: the default, those of scopes and of `publishConfig`, and the hosts
    /// of the lock file.
    pub fn registries(&self) -> Vec<Decided<String>> {
        let mut found = vec![self.registry_for(None, false), self.registry_for(None, true)];
        for scope in self.scopes() {
            let package = format!("{scope}/_");
            found.push(self.registry_for(Some(&package), false));
            found.push(self.registry_for(Some(&package), true));
        }
        // A line that another one hides names a registry all the same.
        let published = self.manifest.iter().flat_map(|manifest| &manifest.publish_config);
        for (_, value) in published.filter(|(key, _)| key == "registry" || key.ends_with(":registry")) {
            let (value, origin) = (shown(&value.value), value.origin.clone());
            found.push(Decided { value, origin, shadowed: Vec::new() });
        }
        found.extend(self.lockfile_origins());
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|registry| seen.insert(registry.value.clone()));
        found
    }

    /// The registry in use, as it is written.
    pub(super) fn picked(&self, package: Option<&str>, publishing: bool) -> Candidate {
        let first = self.candidates(package, publishing).into_iter().next();
        first.unwrap_or_else(|| self.last_resort())
    }

    pub(super) fn default_registry(&self) -> &str {
        match self.client.family {
            Family::Yarn1 | Family::Berry => &self.defaults.yarn,
            Family::Npm | Family::Pnpm | Family::Bun | Family::Deno => &self.defaults.npm,
        }
    }

    /// Whether two hosts are the public registry under its two names.
    pub(super) fn is_public_host(&self, host: &str) -> bool {
        [&self.defaults.npm, &self.defaults.yarn]
            .into_iter()
            .filter_map(|address| Url::parse(address).ok())
            .any(|url| url.host_str() == Some(host))
    }

    /// All lines that could decide, the one that does first; the client's own default last.
    pub(super) fn candidates(&self, package: Option<&str>, publishing: bool) -> Vec<Candidate> {
        if let Some(npm) = self.as_npm.as_deref().filter(|_| publishing) {
            return npm.candidates(package, publishing);
        }
        let scope = package.and_then(scope_of).map(str::to_owned).or_else(|| self.scope_setting(package));
        let scope = scope.as_deref();
        let is_berry = self.client.family == Family::Berry;
        let scope_key = scope.map(|scope| format!("{scope}:registry"));
        let mut found = Vec::new();
        if publishing {
            let own_scope = scope_key.as_deref().filter(|_| self.client.target() == Target::ScopeFirst);
            found.extend(own_scope.and_then(|key| self.published(key)));
            match self.client.target() {
                Target::ScopeFirst => {
                    found.extend(scope_key.iter().flat_map(|key| self.configured(key)));
                    found.extend(self.published("registry"));
                }
                Target::PublishConfigFirst if is_berry => {
                    found.extend(self.published("registry"));
                    let own_key = scope.map(|scope| format!("{scope}:publish-registry"));
                    found.extend(own_key.iter().flat_map(|key| self.configured(key)));
                    found.extend(self.configured("publish-registry"));
                }
                Target::PublishConfigFirst => {
                    found.extend(self.published("registry"));
                    found.extend(scope_key.iter().flat_map(|key| self.configured(key)));
                }
            }
        } else {
            found.extend(scope_key.iter().flat_map(|key| self.configured(key)));
        }
        // Yarn 2 and later: a scope that is mentioned does not fall back to the line for all.
        let is_mentioned = is_berry && !publishing && scope.is_some_and(|scope| self.mentions(scope));
        if !is_mentioned {
            found.extend(self.configured("registry"));
        }
        found.push(self.last_resort());
        found
    }

    fn mentions(&self, scope: &str) -> bool {
        let mut keys = self.settings.iter().map(|entry| entry.key.as_str());
        keys.any(|key| key.strip_prefix(scope).is_some_and(|rest| rest.starts_with(':')))
    }

    fn last_resort(&self) -> Candidate {
        Candidate { raw: self.default_registry().to_owned(), origin: Origin::Client, is_scoped: false }
    }

    /// npm's setting `scope`, which counts for packages without one.
    fn scope_setting(&self, package: Option<&str>) -> Option<String> {
        let entry =
            self.settings.get("scope").filter(|_| self.client.family == Family::Npm && package.is_some())?;
        Some(format!("@{}", entry.value.trim_start_matches('@')))
    }

    fn configured(&self, key: &str) -> Vec<Candidate> {
        let entries = self.settings.all(key).filter(|entry| !entry.value.is_empty());
        let is_scoped = key.starts_with('@');
        let candidate =
            |entry: &Entry| Candidate { raw: entry.value.clone(), origin: entry.origin.clone(), is_scoped };
        // npm drops a registry that is no address; a scope's it keeps.
        let is_checked = self.client.family == Family::Npm && key == "registry";
        entries.map(candidate).filter(|candidate| !is_checked || candidate.url().is_some()).collect()
    }

    fn published(&self, key: &str) -> Option<Candidate> {
        let found = self.manifest.as_ref()?.published(key)?;
        // A key of the command comes before one of the manifest.
        let is_overruled =
            self.client.option_before_manifest() && self.settings.winner(key).is_some_and(Entry::is_option);
        let is_scoped = key.starts_with('@');
        let candidate = Candidate { raw: found.value.clone(), origin: found.origin.clone(), is_scoped };
        (!is_overruled).then_some(candidate)
    }
}
