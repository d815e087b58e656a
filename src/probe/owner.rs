//! The user's configuration as a plan and a run see it.
//!
//! Owns the one rule that a credential goes only where the configuration itself sends it. Must not know files.

use url::Url;

use super::home::Home;
use super::model::SentAlong;
use crate::config::{Configuration, Credential};
use crate::facts::Origin;

/// A configuration that was read.
#[derive(Clone, Debug)]
pub struct Owner {
    configuration: Configuration,
    registries: Vec<Url>,
}

impl Owner {
    /// Takes a configuration in.
    pub fn new(configuration: Configuration) -> Self {
        let named = configuration.registries().into_iter().map(|registry| registry.value);
        let locked = configuration.lockfile_hosts().iter().map(|host| host.origin.clone());
        let registries = named.chain(locked).filter_map(|address| Url::parse(&address).ok()).collect();
        Self { configuration, registries }
    }

    /// The configuration.
    pub const fn configuration(&self) -> &Configuration {
        &self.configuration
    }
}

impl Home for Owner {
    fn registry_for(&self, package: Option<&str>, publishing: bool) -> Option<String> {
        Some(self.configuration.registry_for(package, publishing).value)
    }

    fn credential_for(&self, url: &Url) -> Option<SentAlong> {
        let Credential { description, origin, .. } = self.configuration.credential_for(url)?;
        Some(SentAlong { description, place: place(&origin) })
    }

    fn knows(&self, origin: &Url) -> bool {
        self.registries.iter().any(|registry| registry.origin() == origin.origin())
    }

    fn maps_scope(&self, scope: &str) -> Option<String> {
        let general = self.configuration.registry_for(None, false).value;
        let package = format!("{scope}/any");
        Some(self.configuration.registry_for(Some(&package), false).value).filter(|own| *own != general)
    }
}

/// `~/.npmrc line 3`, or the variable's name.
fn place(origin: &Origin) -> String {
    match origin {
        Origin::File { file, line, .. } => format!("{file} line {line}"),
        Origin::WholeFile { file } => file.clone(),
        Origin::Variable { name } => format!("the variable {name}"),
        Origin::Client | Origin::Request { .. } => "the client's own rules".to_owned(),
    }
}

#[cfg(feature = "probe")]
impl super::Keyring for Owner {
    fn credential_for(&self, url: &Url) -> Option<super::Header> {
        use crate::config::Scheme;
        let credential = self.configuration.credential_for(url)?;
        let scheme = match credential.scheme {
            Scheme::Bearer => "Bearer",
            Scheme::Basic => "Basic",
        };
        Some(super::Header::new(scheme, credential.secret.expose()))
    }

    fn proxy_for(&self, url: &Url) -> Option<String> {
        let proxy = self.configuration.proxy_for(url)?.value;
        let Some(login) = self.configuration.proxy_login_for(url) else {
            return Some(proxy);
        };
        // The login stands in the address again, as the configuration spells it: the run takes it apart.
        with_login(&proxy, login.secret.expose()).or(Some(proxy))
    }

    fn extra_roots(&self) -> Vec<std::path::PathBuf> {
        self.configuration.trust().files.into_iter().map(|file| file.value).collect()
    }
}

/// The proxy's address with the login that is given as base64 of `user:password`.
#[cfg(feature = "probe")]
fn with_login(proxy: &str, login: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(login).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    let mut url = Url::parse(proxy).ok()?;
    url.set_username(user).ok()?;
    url.set_password(Some(password)).ok()?;
    Some(url.into())
}
