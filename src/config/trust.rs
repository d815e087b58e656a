//! Which certificates a client trusts beyond its own list.

use std::path::PathBuf;

use super::configuration::Configuration;
use super::model::Decided;
use crate::facts::Origin;

/// What is configured about certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// Files with further authorities: `cafile`, `NODE_EXTRA_CA_CERTS`.
    pub files: Vec<Decided<PathBuf>>,
    /// Further authorities that stand in the configuration itself: `ca`.
    pub certificates: Vec<Decided<String>>,
    /// Whether certificates are checked at all: `strict-ssl`.
    pub strict: Decided<bool>,
}

impl Configuration {
    /// What is configured about certificates.
    pub fn trust(&self) -> Trust {
        let decided = |value, origin| Decided { value, origin, shadowed: Vec::new() };
        let file = self.settings.get("cafile").map(|entry| (entry.value.as_str(), entry.origin.clone()));
        let extra = self.variable("NODE_EXTRA_CA_CERTS").map(|path| (path, origin_of("NODE_EXTRA_CA_CERTS")));
        let files = file.into_iter().chain(extra);
        let files =
            files.map(|(path, origin)| Decided { value: self.resolved(path), origin, shadowed: Vec::new() });
        let certificates = self.settings.all("ca");
        let certificates = certificates.filter(|entry| entry.value.contains("-----BEGIN CERTIFICATE"));
        Trust {
            files: files.collect(),
            certificates: certificates
                .map(|entry| Decided {
                    value: entry.value.replace("\\n", "\n"),
                    origin: entry.origin.clone(),
                    shadowed: Vec::new(),
                })
                .collect(),
            strict: match self.settings.winner("strict-ssl").filter(|entry| entry.value == "false") {
                Some(entry) => decided(false, entry.origin.clone()),
                None if self.variable("NODE_TLS_REJECT_UNAUTHORIZED") == Some("0") => {
                    decided(false, origin_of("NODE_TLS_REJECT_UNAUTHORIZED"))
                }
                None => decided(true, Origin::Client),
            },
        }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A path as a client reads it: `~/` is the home folder, a relative one starts at the project.
    fn resolved(&self, path: &str) -> PathBuf {
        let in_home = path.strip_prefix("~/").zip(self.home.as_ref());
        in_home.map_or_else(|| self.project.join(path), |(rest, home)| home.join(rest))
    }
}

fn origin_of(name: &str) -> Origin {
    Origin::Variable { name: name.to_owned() }
}
