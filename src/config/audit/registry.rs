//! Checks of the registry: is it the one that refused, which line says so, and what is odd about its address.

use url::Url;

use super::{Subject, counted};
use crate::config::entries::{self, place};
use crate::config::model::{Decided, Family};
use crate::config::nerf;
use crate::facts::{Correction, FactKey, Origin, RegistryUrl, Sign};

impl Subject<'_> {
    pub(super) fn check_registry(&mut self) {
        let Some(registry) = self.picked.url() else {
            return;
        };
        self.check_refused_host(&registry);
        self.check_publish_config(&registry);
        self.check_address(&registry);
        self.check_github_path(&registry);
        if self.publishing {
            self.check_mirror(&registry);
        }
        self.check_proxy();
    }

    /// Whether the registry that refused is the configured one.
    fn check_refused_host(&mut self, registry: &Url) {
        let Some(url) = self.url.clone() else {
            return;
        };
        let both_public = self.is_public(&url) && self.is_public(registry);
        let is_same = both_public || nerf::is_below(&url, registry);
        // An archive may lie elsewhere on the registry's host.
        if !is_same && nerf::is_archive(&url) && nerf::same_host(&url, registry) {
            return;
        }
        // The lock file names that host, and `check_lockfile` says where.
        let is_locked =
            self.configuration.lockfile_hosts().iter().any(|locked| locked.host == nerf::host(&url));
        if !is_same && nerf::is_archive(&url) && is_locked {
            return;
        }
        let origin = self.picked.origin.clone();
        let (what, place) = (self.package.unwrap_or("packages without a scope").to_owned(), place(&origin));
        let host = nerf::host(&url);
        let (sign, text) = if is_same {
            (
                Sign::RegistryAsConfigured,
                format!("{place} picks {registry} for {what}, which is the registry that refused"),
            )
        } else {
            let text = format!("{place} picks {registry} for {what}, but the request went to {host}");
            (Sign::RegistryDiffers, text)
        };
        let configured = RegistryUrl::parse(registry.as_str());
        let observation = self.add(sign, text, &origin);
        if let Some(configured) = configured {
            observation.learned.set(FactKey::ConfiguredRegistry, configured.as_str(), None);
        }
    }

    /// `publishConfig.registry` and the scope's line cannot both count.
    fn check_publish_config(&mut self, registry: &Url) {
        let Some(scope) = self.scope().filter(|_| self.publishing).map(str::to_owned) else {
            return;
        };
        let manifest = self.configuration.manifest.as_ref();
        let Some(published) = manifest.and_then(|manifest| manifest.published("registry")).cloned() else {
            return;
        };
        let key = format!("{scope}:registry");
        let Some(scoped) = self.configuration.settings.get(&key) else {
            return;
        };
        let (of_manifest, of_scope) =
            (nerf::registry_url(&published.value), nerf::registry_url(&scoped.value));
        if of_manifest == of_scope || of_manifest.is_none() || of_scope.is_none() {
            return;
        }
        let (winner, loser) = match self.picked.origin == published.origin {
            true => (place(&published.origin), place(&scoped.origin)),
            false => (place(&self.picked.origin), place(&published.origin)),
        };
        let text =
            format!("{} publishes {scope} to {registry} ({winner}); {loser} does not count", self.title());
        let is_shadowed = self.picked.origin != published.origin;
        let mends =
            entries::file_and_line(&published.origin).zip(of_manifest).map(|((file, line), address)| {
                Correction {
                    file: file.to_owned(),
                    line: Some(line),
                    old: Some(format!("\"registry\": \"{address}\"")),
                    new: Some(format!("\"{key}\": \"{address}\"")),
                }
            });
        let observation = self.add(Sign::PublishConfigShadowed, text, &published.origin);
        observation.correction = mends.filter(|_| is_shadowed);
    }

    /// Plain http, and a login in the address.
    fn check_address(&mut self, registry: &Url) {
        let origin = self.picked.origin.clone();
        if registry.scheme() == "http" && !is_near(registry) {
            let secure = registry.as_str().replacen("http:", "https:", 1);
            let text = format!("{} names {registry}, which is asked without encryption", place(&origin));
            let mends = self.replaced_address(&origin, registry.as_str(), &secure);
            self.add(Sign::RegistryPlainHttp, text, &origin).correction = mends;
        }
        if self.picked.login().is_some() {
            let text = format!(
                "{} holds a user and a password in the address; {} does not send them with archives",
                place(&origin),
                self.title()
            );
            let everywhere = matches!(self.configuration.client.family, Family::Bun);
            let text = if everywhere {
                format!("{} holds a user and a password in the address", place(&origin))
            } else {
                text
            };
            self.add(Sign::LoginInAddress, text, &origin);
        }
    }

    /// GitHub has one registry for all owners.
    fn check_github_path(&mut self, registry: &Url) {
        let github = self.knowledge.provider("github");
        let host = registry.host_str().unwrap_or_default();
        let is_github = github.is_some_and(|github| github.hosts.iter().any(|pattern| pattern.covers(host)));
        if !is_github || registry.path() == "/" {
            return;
        }
        let origin = self.picked.origin.clone();
        let owner = registry.path().trim_matches('/').to_owned();
        let text = format!(
            "{} names {registry}; GitHub has one registry for all owners, and the scope names the owner, so /{owner} does not belong there",
            place(&origin)
        );
        let root = format!("{}://{}/", registry.scheme(), nerf::host(registry));
        let mends = self.replaced_address(&origin, registry.as_str(), &root);
        self.add(Sign::GithubOwnerPath, text, &origin).correction = mends;
    }

    /// A registry that only passes on what another one holds takes no uploads.
    fn check_mirror(&mut self, registry: &Url) {
        let is_cnpm = self.provider_of(registry).is_some_and(|provider| provider.id == "cnpm");
        let name = registry.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let by_name =
            ["-group", "-proxy", "-remote", "-virtual", "-mirror"].iter().any(|end| name.ends_with(end));
        if !is_cnpm && !by_name {
            return;
        }
        let origin = self.picked.origin.clone();
        let text = if is_cnpm {
            format!("{} names {registry}, a mirror, which takes no uploads", place(&origin))
        } else {
            format!(
                "{} names {registry}; by its name {name} is a view of other registries and takes no uploads",
                place(&origin)
            )
        };
        self.add(Sign::RegistryIsMirror, text, &origin);
    }

    fn check_proxy(&mut self) {
        let Some(url) = self.url.clone() else {
            return;
        };
        if let Some(Decided { value, origin, .. }) = self.configuration.proxy_for(&url) {
            let text = format!(
                "{} goes to {} through the proxy {value} ({})",
                self.title(),
                nerf::host(&url),
                place(&origin)
            );
            self.add(Sign::ProxyConfigured, text, &origin);
        }
    }

    /// What the lock file names, where archives come from the addresses in it.
    pub(super) fn check_lockfile(&mut self) {
        let Some(registry) = self.picked.url().filter(|_| !self.publishing) else {
            return;
        };
        let hosts = self.configuration.lockfile_hosts().to_vec();
        let same = |host: &crate::config::LockHost| {
            let Ok(origin) = Url::parse(&host.origin) else {
                return false;
            };
            // npm asks its own registry for what the public one is named for.
            let is_rewritten = self.configuration.client.family == Family::Npm && self.is_public(&origin);
            nerf::same_host(&origin, &registry)
                || is_rewritten
                || self.is_public(&origin) && self.is_public(&registry)
        };
        let refused = self.url.as_ref().map(nerf::host);
        let other = hosts.iter().find(|host| !same(host) && refused.as_deref() == Some(host.host.as_str()));
        if let Some(host) = other {
            let origin = Origin::File { file: host.file.clone(), line: host.line, column: 1 };
            let text = format!(
                "{} names {} for {}; the configuration names {registry}",
                place(&origin),
                host.host,
                counted(host.count, "package")
            );
            self.add(Sign::LockfileOtherHost, text, &origin);
        } else if let Some(first) = hosts.first().filter(|_| hosts.iter().all(same)) {
            let count = hosts.iter().map(|host| host.count).sum();
            let text = format!(
                "{} names no host but the configured one, for {}",
                first.file,
                counted(count, "package")
            );
            let origin = Origin::WholeFile { file: first.file.clone() };
            self.add(Sign::LockfileSameHost, text, &origin);
        }
    }

    /// The line of the registry with another address; nothing for lines that are written in another format.
    fn replaced_address(&self, origin: &Origin, old: &str, new: &str) -> Option<Correction> {
        let (file, line) = entries::file_and_line(origin)?;
        let entry = self.configuration.settings.iter().find(|entry| entry.origin == *origin)?;
        (entry.written == entry.key).then(|| Correction {
            file: file.to_owned(),
            line: Some(line),
            old: Some(format!("{}={old}", entry.key)),
            new: Some(format!("{}={new}", entry.key)),
        })
    }
}

/// Whether an address is this machine or one of the local network, where encryption is often missing on purpose.
fn is_near(url: &Url) -> bool {
    let is_private = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_private() || address.is_link_local(),
        Some(url::Host::Ipv6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        Some(url::Host::Domain(name)) => !name.contains('.'),
        None => false,
    };
    is_private || nerf::is_loopback(url)
}
