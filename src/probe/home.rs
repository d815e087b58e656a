//! What a plan needs to know of the user's own configuration, and what the user allows.
//!
//! Must not know files, sockets or causes.

use std::collections::BTreeSet;

use url::Url;

use super::SentAlong;

/// What the user's own configuration says. The pasted log has no say in it.
pub trait Home {
    /// The registry that the configuration picks for a package, ending in `/`.
    fn registry_for(&self, package: Option<&str>, publishing: bool) -> Option<String>;
    /// The credential that the user's client would send to this address, as it is announced.
    fn credential_for(&self, url: &Url) -> Option<SentAlong>;
    /// Whether the host of this address stands in the configuration or in the lock file.
    fn knows(&self, origin: &Url) -> bool;
    /// The registry that a scope (`@name`) is mapped to.
    fn maps_scope(&self, scope: &str) -> Option<String>;
}

/// A machine on which nothing is configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHome;

impl Home for NoHome {
    fn registry_for(&self, _package: Option<&str>, _publishing: bool) -> Option<String> {
        None
    }

    fn credential_for(&self, _url: &Url) -> Option<SentAlong> {
        None
    }

    fn knows(&self, _origin: &Url) -> bool {
        false
    }

    fn maps_scope(&self, _scope: &str) -> Option<String> {
        None
    }
}

/// What the user wishes to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whether requests with the user's credential are offered too.
    pub with_credentials: bool,
    /// Hosts that the user has named, beyond those that are known or configured.
    pub hosts: BTreeSet<String>,
    /// Whether nobody is there to tick: what may not be ticked at once is left out, and a note says so.
    pub headless: bool,
}
