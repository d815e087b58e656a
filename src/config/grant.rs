//! What this program itself may send: the one function that hands a credential out.
//!
//! The strict intersection of what the client would send and of what is prudent: same origin as a configured
//! registry, below the address of the credential, encrypted or on this machine, and never the name of a variable.

use url::Url;

use super::configuration::Configuration;
use super::credential::decode;
use super::model::{Credential, Scheme, Sent};
use super::nerf;

impl Configuration {
    /// The credential for a read-only question to `url`, if the user's own client would send it there.
    pub fn credential_for(&self, url: &Url) -> Option<Credential> {
        let is_private = url.scheme() == "https" || url.scheme() == "http" && nerf::is_loopback(url);
        if !is_private || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let scoped: Vec<String> = self.scopes().iter().map(|scope| format!("{scope}/_")).collect();
        let packages = || std::iter::once(None).chain(scoped.iter().map(|package| Some(package.as_str())));
        let situations = [false, true]
            .into_iter()
            .flat_map(|publishing| packages().map(move |package| (package, publishing)));
        situations.into_iter().find_map(|(package, publishing)| {
            let registry = self.picked(package, publishing).url()?;
            if !nerf::same_origin(&registry, url) {
                return None;
            }
            match self.sent_with(url, package, publishing) {
                Sent::Credential(credential) => {
                    Some(credential).filter(|credential| may_be_sent(credential, url))
                }
                Sent::Anonymous | Sent::Stops(_) => None,
            }
        })
    }
}

fn may_be_sent(credential: &Credential, url: &Url) -> bool {
    let Ok(scope) = Url::parse(&credential.scope) else {
        return false;
    };
    let secret = credential.secret.expose();
    let fits_a_header = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic());
    let readable = match credential.scheme {
        Scheme::Bearer => secret.to_owned(),
        Scheme::Basic => String::from_utf8_lossy(&decode(secret)).into_owned(),
    };
    let is_reference = readable.contains("${") || secret.contains("${");
    nerf::same_origin(&scope, url) && nerf::is_below(url, &scope) && fits_a_header && !is_reference
}
