//! What Yarn sends: Yarn 1 by the registry's written address, Yarn 2 and later by scope or registry entry.

use url::Url;

use super::configuration::{Configuration, scope_of};
use super::credential;
use super::model::{Scheme, Secret, Sent};
use super::nerf;
use super::sent::Request;
use crate::facts::Origin;

impl Configuration {
    /// Yarn 1: the registry's address with its scheme, without it, and without a `registry/` at its end.
    pub(super) fn by_registry_key(&self, request: &Request<'_>) -> Option<Sent> {
        let credential = self.key_of_yarn1(request).or_else(|| self.of_registry("", request));
        // Once `yarn publish` has found a token, it goes with every request.
        if request.publishing {
            return credential;
        }
        let keys = self.keys_of_yarn1(request);
        let always =
            keys.iter().any(|key| self.is_on(&format!("{key}:always-auth"))) || self.is_on("always-auth");
        let name = request.package.unwrap_or_else(|| request.url.path());
        let is_scoped = name.contains('@') && (scope_of(name).is_some() || name.contains("/@"));
        let is_to_registry =
            nerf::is_below(request.url, request.registry) || self.is_below_a_key(request.url);
        credential.filter(|_| is_to_registry && (always || is_scoped))
    }

    fn key_of_yarn1(&self, request: &Request<'_>) -> Option<Sent> {
        let keys = self.keys_of_yarn1(request);
        keys.iter().find_map(|key| {
            let holder = self.holder(key, request.client)?;
            let scope = if key.starts_with("//") {
                format!("{}:{key}", request.registry.scheme())
            } else {
                key.clone()
            };
            holder.credential(scope).map(Sent::Credential)
        })
    }

    pub(super) fn keys_of_yarn1(&self, request: &Request<'_>) -> Vec<String> {
        let mut addresses = vec![request.picked.raw.trim().to_owned()];
        // Yarn's name of the public registry is asked with the credential for the public registry.
        if request.registry.as_str() == self.defaults.yarn {
            addresses.push(self.defaults.npm.clone());
        }
        let mut keys = Vec::new();
        for mut address in addresses {
            if !address.ends_with('/') {
                address.push('/');
            }
            let shorter = address.strip_suffix("registry/").map(str::to_owned);
            for address in std::iter::once(address).chain(shorter) {
                let without_scheme = address.split_once(':').map(|(_, rest)| rest.to_owned());
                keys.push(address);
                keys.extend(without_scheme);
            }
        }
        keys
    }

    fn is_below_a_key(&self, url: &Url) -> bool {
        let tokens = self.settings.iter().filter_map(|entry| entry.key.strip_suffix(":_authToken"));
        tokens.filter(|prefix| prefix.starts_with("//")).any(|prefix| {
            let parsed = Url::parse(&format!("{}:{prefix}", url.scheme()));
            parsed.is_ok_and(|key| nerf::same_host(&key, url) && url.path().starts_with(key.path()))
        })
    }

    /// Yarn 2 and later: the scope's credential, else the registry's entry, else the one at the top.
    pub(super) fn by_registry_entry(&self, request: &Request<'_>) -> Option<Sent> {
        if request.url.scheme() == "http" && !self.may_be_plain(request.url) {
            let (title, host) = (request.client.title(), nerf::host(request.url));
            return Some(Sent::Stops(format!(
                "{title} stops: {host} is asked over plain http, which it refuses"
            )));
        }
        let scope = request.package.and_then(scope_of);
        let owner = self.owner_of_berry(request, scope);
        let always = if owner.is_empty() { "always-auth".to_owned() } else { format!("{owner}:always-auth") };
        let goes_along = request.publishing || scope.is_some() || self.is_on(&always);
        if !goes_along {
            return None;
        }
        let sent = self.of_registry(&owner, request);
        match sent {
            // `user:password` is taken as well as its base64.
            Some(Sent::Credential(mut credential)) if credential.secret.expose().contains(':') => {
                if credential.scheme == Scheme::Basic {
                    credential.secret =
                        Secret::new(credential::encode(credential.secret.expose().as_bytes()));
                }
                Some(Sent::Credential(credential))
            }
            sent => sent,
        }
    }

    /// Whose settings count: `@acme`, `//host/path`, or nobody's in particular.
    pub(super) fn owner_of_berry(&self, request: &Request<'_>, scope: Option<&str>) -> String {
        if let Some(scope) = scope.filter(|scope| self.holder(scope, request.client).is_some()) {
            return scope.to_owned();
        }
        let address = request.picked.raw.trim().trim_end_matches('/').to_owned();
        let without_scheme = address.split_once(':').map(|(_, rest)| rest.to_owned());
        let mut keys = std::iter::once(address).chain(without_scheme);
        keys.find(|key| self.settings.winner(&format!("{key}:present")).is_some()).unwrap_or_default()
    }

    fn may_be_plain(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.settings.all("unsafe-http-whitelist").any(|entry| {
            let pattern = globset::Glob::new(&entry.value);
            pattern.is_ok_and(|pattern| pattern.compile_matcher().is_match(host))
        })
    }

    /// Where Yarn would have to be told to send the credential along, if there is one that it keeps back.
    pub(super) fn kept_back(&self, url: &Url, package: Option<&str>) -> Option<(String, Origin)> {
        let picked = self.picked(package, false);
        let registry = picked.url()?;
        let request = Request {
            client: self.client,
            url,
            package,
            publishing: false,
            picked: &picked,
            registry: &registry,
        };
        let (owner, sent) = match self.client.family {
            super::Family::Yarn1 => (String::new(), self.key_of_yarn1(&request)),
            super::Family::Berry => {
                let owner = self.owner_of_berry(&request, None);
                let sent = self.of_registry(&owner, &request);
                (owner, sent)
            }
            _ => return None,
        };
        match sent {
            Some(Sent::Credential(credential)) if nerf::is_below(url, &registry) => {
                Some((owner, credential.origin))
            }
            _ => None,
        }
    }
}
