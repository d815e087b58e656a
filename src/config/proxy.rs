//! Through which proxy a client would go to an address.

use url::Url;

use super::configuration::Configuration;
use super::credential::{self, describe};
use super::model::{Credential, Decided, Family, Scheme, Secret};
use crate::facts::Origin;

impl Configuration {
    /// The proxy that this client would use for an address, and the line that says so. Never with a login; that is
    /// [`proxy_login_for`](Self::proxy_login_for).
    pub fn proxy_for(&self, url: &Url) -> Option<Decided<String>> {
        let Decided { origin, shadowed, .. } = self.proxy(url)?;
        let (address, ..) = self.proxy_address(url)?;
        let shadowed =
            shadowed.into_iter().filter_map(|(raw, origin)| Some((without_login(&raw)?.0.into(), origin)));
        Some(Decided { value: address.into(), origin, shadowed: shadowed.collect() })
    }

    /// The login of the proxy, for the proxy alone.
    pub fn proxy_login_for(&self, url: &Url) -> Option<Credential> {
        let (address, user, password, origin) = self.proxy_address(url)?;
        if user.is_empty() && password.is_empty() {
            return None;
        }
        Some(Credential {
            scheme: Scheme::Basic,
            secret: Secret::new(credential::encode(format!("{user}:{password}").as_bytes())),
            scope: address.into(),
            description: format!("login of the proxy, {}", describe(&password, "password")),
            origin,
        })
    }

    fn proxy_address(&self, url: &Url) -> Option<(Url, String, String, Origin)> {
        let Decided { value, origin, .. } = self.proxy(url)?;
        let (address, user, password) = without_login(&value)?;
        Some((address, user, password, origin))
    }

    /// The proxy as written, its place, and the places that do not count.
    fn proxy(&self, url: &Url) -> Option<Decided<String>> {
        let is_https = url.scheme() == "https";
        let keys: &[&str] = match (self.client.family, is_https) {
            // npm takes one for both.
            (Family::Npm | Family::Pnpm | Family::Yarn1, true) => &["https-proxy", "proxy", "http-proxy"],
            (Family::Npm, false) => &["https-proxy", "proxy", "http-proxy"],
            (Family::Pnpm | Family::Yarn1, false) => &["http-proxy", "proxy"],
            (Family::Berry, true) => &["https-proxy"],
            (Family::Berry, false) => &["http-proxy"],
            (Family::Bun | Family::Deno, _) => &[],
        };
        let names: &[&str] = match (self.client.family, is_https) {
            (Family::Berry, _) => &[],
            (_, true) => &["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "PROXY", "proxy"],
            (_, false) => &["HTTP_PROXY", "http_proxy", "PROXY", "proxy"],
        };
        let settings = keys.iter().flat_map(|key| self.settings.all(key));
        let settings = settings.map(|entry| (entry.value.clone(), entry.origin.clone()));
        let variables = names.iter().filter_map(|name| {
            let value = self.variables.get(*name)?.clone();
            Some((value, Origin::Variable { name: (*name).to_owned() }))
        });
        let mut all = settings.chain(variables).filter(|(value, _)| !value.is_empty() && value != "null");
        let (value, origin) = all.next().filter(|(value, _)| value != "false")?;
        let shadowed = all.filter(|(other, _)| *other != value).collect();
        (!self.goes_direct(url)).then_some(Decided { value, origin, shadowed })
    }

    /// Whether an exception says that no proxy is used.
    fn goes_direct(&self, url: &Url) -> bool {
        let setting = ["noproxy", "no-proxy"].iter().find_map(|key| self.settings.get(key));
        let variable = || ["NO_PROXY", "no_proxy"].iter().find_map(|name| self.variables.get(*name));
        let list = setting.map(|entry| &entry.value).or_else(variable);
        list.is_some_and(|list| excepts(list, url))
    }
}

fn excepts(list: &str, url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let port = url.port_or_known_default();
    let exceptions = list.split([',', ' ', '\t']).map(str::trim).filter(|item| !item.is_empty());
    exceptions.map(str::to_ascii_lowercase).any(|item| {
        if item == "*" {
            return true;
        }
        let (name, wanted) = match item.rsplit_once(':').map(|(name, port)| (name, port.parse::<u16>())) {
            Some((name, Ok(port))) if !name.ends_with(':') => (name.to_owned(), Some(port)),
            _ => (item.clone(), None),
        };
        let name = name.trim_start_matches('*').trim_start_matches('.');
        let is_named = !name.is_empty()
            && (host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')));
        is_named && wanted.is_none_or(|wanted| port == Some(wanted))
    })
}

/// A proxy's address without its login, the user, and the password.
fn without_login(raw: &str) -> Option<(Url, String, String)> {
    let raw = raw.trim();
    let with_scheme = if raw.contains("://") { raw.to_owned() } else { format!("http://{raw}") };
    let mut url = Url::parse(&with_scheme).ok()?;
    url.host_str()?;
    let (user, password) =
        (percent_decoded(url.username()), percent_decoded(url.password().unwrap_or_default()));
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some((url, user, password))
}

fn percent_decoded(text: &str) -> String {
    // The reader of forms would make a space of a plus sign and a pair of an equals sign.
    let plain = text.replace('+', "%2B").replace('=', "%3D").replace('&', "%26");
    url::form_urlencoded::parse(plain.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_names_suffixes_ports_or_everything() {
        let url = Url::parse("https://npm.acme.example/ui").unwrap();
        for list in [
            "npm.acme.example",
            ".acme.example",
            "*.acme.example",
            "x, acme.example",
            "*",
            "acme.example:443",
            "ACME.example",
        ] {
            assert!(excepts(list, &url), "{list}");
        }
        for list in ["", "cme.example", "acme.example:8443", "other.example", ",,", "."] {
            assert!(!excepts(list, &url), "{list}");
        }
    }

    #[test]
    fn the_login_of_a_proxy_is_told_apart_from_its_address() {
        let (url, user, password) = without_login("alice:p%40ss@proxy.example:8080").unwrap();
        assert_eq!(
            (url.as_str(), user.as_str(), password.as_str()),
            ("http://proxy.example:8080/", "alice", "p@ss")
        );
        assert!(without_login("").is_none());
    }
}
