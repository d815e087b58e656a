//! What a client would send with a request: the lookups of `rules`, one function each.
//!
//! Must not be kinder or stricter than the client is; what this program may send itself is decided in `grant`.

use url::Url;

use super::configuration::{Configuration, scope_of};
use super::credential::{self, Holder};
use super::entries::{Entry, file_and_line, place};
use super::model::{Client, Credential, Family, Scheme, Secret, Sent};
use super::nerf;
use super::registry::Candidate;
use super::rules::{Login, Lookup, TopLevel, Unset, Without};

/// One request, as the lookups see it.
pub(super) struct Request<'a> {
    pub client: Client,
    pub url: &'a Url,
    pub package: Option<&'a str>,
    pub publishing: bool,
    pub picked: &'a Candidate,
    pub registry: &'a Url,
}

impl Configuration {
    /// What this client would send with a request to `url`.
    pub fn sent_with(&self, url: &Url, package: Option<&str>, publishing: bool) -> Sent {
        if let Some(npm) = self.as_npm.as_deref().filter(|_| publishing) {
            return npm.sent_with(url, package, publishing);
        }
        let client = self.client;
        if let Some(why) = self.stops(client) {
            return Sent::Stops(why);
        }
        let picked = self.picked(package, publishing);
        let Some(registry) = picked.url() else {
            let (title, place) = (self.client.title(), place(&picked.origin));
            return Sent::Stops(format!("{title} stops: the registry in {place} is not an address"));
        };
        let request = Request { client, url, package, publishing, picked: &picked, registry: &registry };
        self.answer(&request)
    }

    fn answer(&self, request: &Request<'_>) -> Sent {
        let client = request.client;
        if client.login() == Login::Stops && !request.publishing && request.picked.login().is_some() {
            let place = place(&request.picked.origin);
            return Sent::Stops(format!("{} stops: the registry in {place} holds a login", client.title()));
        }
        let is_elsewhere = !nerf::is_below(request.url, request.registry);
        if client.refuses_other_address()
            && !request.publishing
            && nerf::is_archive(request.url)
            && is_elsewhere
        {
            let title = client.title();
            let why = format!("{title} stops: the archive is not below {}", request.registry);
            return Sent::Stops(why);
        }
        let sent = match client.lookup() {
            Lookup::RegistryFolder => self.by_registry_folder(request),
            Lookup::Upwards => self.upwards(request),
            Lookup::UpwardsBySegment => self.by_segment(request, false),
            Lookup::UpwardsAnySlash => self.by_segment(request, true),
            Lookup::RegistryKey => self.by_registry_key(request),
            Lookup::RegistryEntry => self.by_registry_entry(request),
            Lookup::RegistryUpwards => self.by_registry_upwards(request),
        };
        let sent = sent.or_else(|| self.login_in_address(request).map(Sent::Credential));
        match sent {
            Some(sent) => sent,
            None if request.publishing && client.publish_without() == Without::Stops => Sent::Stops(format!(
                "{} stops before it asks: no credential for {}",
                client.title(),
                request.registry
            )),
            None => Sent::Anonymous,
        }
    }

    /// Why a client would not start at all.
    pub(super) fn stops(&self, client: Client) -> Option<String> {
        let in_files =
            || self.settings.iter().filter(|entry| super::entries::file_and_line(&entry.origin).is_some());
        let because = |entry: &Entry, what: &str| {
            Some(format!("{} stops: {what} ({})", client.title(), place(&entry.origin)))
        };
        if client.unset() == Unset::Stops
            && let Some(entry) = in_files().find(|entry| !entry.unset.is_empty())
        {
            return because(entry, &format!("the variable {} is not set", entry.unset.join(", ")));
        }
        if client.top_level() == TopLevel::Stops
            && let Some(entry) = in_files().find(|entry| nerf::PARTS.contains(&entry.key.as_str()))
        {
            return because(entry, &format!("{} needs a registry in front of it", entry.key));
        }
        if client.checks_password()
            && let Some(entry) = self
                .settings
                .winners()
                .find(|entry| entry.key.ends_with(":_password") && !credential::is_encoded_text(&entry.value))
        {
            return because(entry, "the password is not base64");
        }
        None
    }

    /// What stands below a key, as far as this client takes it.
    pub(super) fn holder(&self, prefix: &str, client: Client) -> Option<Holder<'_>> {
        let drops = client.unset() == Unset::ValueDropped;
        let sends_empty = client.sends_empty_token();
        let holder = Holder::at(&self.settings, prefix, |entry| {
            (!drops || entry.unset.is_empty())
                && (!entry.value.is_empty() || sends_empty && entry.key.ends_with("_authToken"))
        })?;
        Some(Holder { keeps_bytes: client.family == Family::Bun, ..holder })
    }

    /// The first of some keys that holds a credential, as what is sent.
    pub(super) fn first_of(
        &self,
        keys: impl IntoIterator<Item = String>,
        request: &Request<'_>,
    ) -> Option<Sent> {
        let default = match request.client.top_level() {
            TopLevel::DefaultRegistry => self.picked(None, false).url().map(|url| nerf::folder(&url)),
            TopLevel::AnyRegistry | TopLevel::Stops | TopLevel::Ignored => None,
        };
        for key in keys {
            let found = self.holder(&key, request.client);
            let top = || self.holder("", request.client).filter(|_| default.as_deref() == Some(key.as_str()));
            if let Some(holder) = found.or_else(top) {
                let slash = if key.ends_with('/') { "" } else { "/" };
                return holder
                    .credential(format!("{}:{key}{slash}", request.url.scheme()))
                    .map(Sent::Credential);
            }
        }
        None
    }

    /// A credential that belongs to the registry and not to an address.
    pub(super) fn of_registry(&self, prefix: &str, request: &Request<'_>) -> Option<Sent> {
        let holder = self.holder(prefix, request.client)?;
        holder.credential(request.registry.to_string()).map(Sent::Credential)
    }

    /// npm 6: the folder of the registry's address as it is written.
    fn by_registry_folder(&self, request: &Request<'_>) -> Option<Sent> {
        let (host, path) = nerf::host_and_path(request.picked.raw.trim())?;
        let end = path.rfind('/').map_or(0, |slash| slash + 1);
        let folder = format!("//{host}{}", if end == 0 { "/" } else { &path[..end] });
        let always = self.is_on(&format!("{folder}:always-auth")) || self.is_on("always-auth");
        if !always && !nerf::same_host(request.url, request.registry) {
            return None;
        }
        self.first_of([folder], request).or_else(|| self.of_registry("", request))
    }

    /// npm 7 and later: upwards from the request, then from the registry on the same host.
    fn upwards(&self, request: &Request<'_>) -> Option<Sent> {
        // Only the default registry gets the slash at its end that makes a folder of its last segment.
        let written = Url::parse(request.picked.raw.trim()).ok().filter(|_| request.picked.is_scoped);
        let folder = nerf::folder(written.as_ref().unwrap_or(request.registry));
        if request.publishing && !self.may_publish(&folder, request) {
            let (title, registry) = (request.client.title(), request.registry);
            return Some(Sent::Stops(format!(
                "{title} stops before it asks: no credential under exactly {registry}"
            )));
        }
        let found = self.first_of(nerf::upwards(request.url), request);
        let from_registry = || {
            nerf::same_host(request.url, request.registry)
                .then(|| self.first_of(nerf::upwards(request.registry), request))
                .flatten()
        };
        found.or_else(from_registry)
    }

    fn may_publish(&self, folder: &str, request: &Request<'_>) -> bool {
        let certificate = ["certfile", "keyfile"];
        certificate.iter().all(|part| self.settings.get(&format!("{folder}:{part}")).is_some())
            || self.first_of([folder.to_owned()], request).is_some()
    }

    /// pnpm and Deno: keys that end in a slash, by segment; pnpm then tries again without the port.
    fn by_segment(&self, request: &Request<'_>, any_slash: bool) -> Option<Sent> {
        if request.client.family == Family::Pnpm
            && let Some(credential) = self.login_in_address(request)
        {
            return Some(Sent::Credential(credential));
        }
        // pnpm looks up metadata by the registry's address, archives by their own.
        let by_registry = request.client.family == Family::Pnpm
            && request.client.version() < 12
            && !nerf::is_archive(request.url)
            && nerf::is_below(request.url, request.registry);
        // pnpm 12 takes the host as it is written, and no key is found for one in capital letters.
        let written_host = nerf::written_host(&request.picked.raw);
        if request.client.family == Family::Pnpm
            && request.client.version() >= 12
            && !nerf::is_archive(request.url)
            && nerf::same_host(request.url, request.registry)
            && written_host.is_some_and(|host| host.chars().any(char::is_uppercase))
        {
            return None;
        }
        let mut url = if by_registry { request.registry.clone() } else { request.url.clone() };
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        let keys = |url: &Url| {
            let keys = nerf::upwards(url);
            keys.into_iter().filter(move |key| any_slash || key.ends_with('/'))
        };
        let found = self.first_of(keys(&url), request);
        if found.is_some() || request.client.family != Family::Pnpm || url.port().is_none() {
            return found;
        }
        // `set_port` fails only for addresses without a host.
        url.set_port(None).ok()?;
        self.first_of(keys(&url), request)
    }

    /// Bun: upwards from the registry, for every request to its host.
    fn by_registry_upwards(&self, request: &Request<'_>) -> Option<Sent> {
        if !nerf::same_origin(request.url, request.registry) {
            return None;
        }
        let scope = request
            .package
            .and_then(scope_of)
            .filter(|scope| self.settings.get(&format!("{scope}:registry")).is_some());
        // The credential of a table in `bunfig.toml` belongs to the registry of that table.
        let owner = scope.unwrap_or("@");
        let is_of_table =
            self.holder(owner, request.client).and_then(|holder| holder.secret()).is_some_and(|entry| {
                let file = |origin| file_and_line(origin).map(|(file, _)| file);
                let of_entry = file(&entry.origin);
                of_entry.is_none() || of_entry == file(&request.picked.origin)
            });
        let own = || self.of_registry(owner, request).filter(|_| is_of_table);
        let from_archive =
            || nerf::is_archive(request.url).then(|| self.upwards_leniently(request.url, request)).flatten();
        own().or_else(from_archive).or_else(|| self.upwards_leniently(request.registry, request))
    }

    /// Upwards by keys that are read as addresses: neither case nor a default port matters.
    fn upwards_leniently(&self, url: &Url, request: &Request<'_>) -> Option<Sent> {
        let known =
            self.settings.iter().filter_map(|entry| nerf::split(&entry.key)).map(|(prefix, _)| prefix);
        let known: Vec<(&str, String)> = known
            .filter_map(|prefix| {
                let address = Url::parse(&format!("{}:{prefix}", url.scheme())).ok()?;
                Some((prefix, format!("//{}{}", nerf::host(&address), address.path())))
            })
            .collect();
        nerf::upwards(url).iter().find_map(|key| {
            // An address without a path has the path `/`.
            let (prefix, meant) =
                known.iter().find(|(_, meant)| meant == key || meant.strip_suffix('/') == Some(key))?;
            let holder = self.holder(prefix, request.client)?;
            let slash = if meant.ends_with('/') { "" } else { "/" };
            holder.credential(format!("{}:{meant}{slash}", request.url.scheme())).map(Sent::Credential)
        })
    }

    /// The login that stands in the registry's address, where this client sends it.
    fn login_in_address(&self, request: &Request<'_>) -> Option<Credential> {
        let (user, password) = request.picked.login()?;
        let goes_along = match request.client.login() {
            Login::Metadata => {
                nerf::is_below(request.url, request.registry) && !nerf::is_archive(request.url)
            }
            Login::Everything => nerf::same_host(request.url, request.registry),
            Login::Stops => request.publishing,
        };
        goes_along.then(|| Credential {
            scheme: Scheme::Basic,
            secret: Secret::new(credential::encode(format!("{user}:{password}").as_bytes())),
            scope: request.registry.to_string(),
            description: format!(
                "login in the registry's address, {}",
                credential::describe(&password, "password")
            ),
            origin: request.picked.origin.clone(),
        })
    }

    /// Whether a setting says `true`.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.settings.winner(key).is_some_and(|entry| entry.value == "true")
    }
}
