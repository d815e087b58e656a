//! The vocabulary: the closed list of facts a log can state, and the validated types behind them.
//!
//! Owns names and their rules. Must not know logs, causes, shells or screens.
//! A raw string from a log becomes a [`PackageName`], [`ExactVersion`] or [`RegistryUrl`] only if it
//! is harmless in every place those types are used; everything else stays text that is shown and never run.

mod keys;
mod names;
mod observed;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::ser::{Serialize as SerializeTrait, SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

pub use keys::FactKey;
pub use names::{ExactVersion, PackageName, RegistryUrl, is_account, is_host, is_scope};
pub use observed::{Correction, Observation, Origin, Sign};

/// A half-open byte range in the text of a `text::Redacted`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// One thing the log says, and where it says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The value as text, decoded but otherwise as printed.
    pub value: String,
    /// Where it stands; `None` when it was derived from other facts.
    pub span: Option<Span>,
}

/// The facts of one incident. A missing key means *not known*, never *no*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<FactKey, Fact>);

impl Facts {
    /// The value of a fact, if known.
    pub fn get(&self, key: FactKey) -> Option<&str> {
        self.0.get(&key).map(|fact| fact.value.as_str())
    }

    /// Where a fact stands, if it stands anywhere.
    pub fn span(&self, key: FactKey) -> Option<Span> {
        self.0.get(&key).and_then(|fact| fact.span)
    }

    /// Whether a fact is known.
    pub fn has(&self, key: FactKey) -> bool {
        self.0.contains_key(&key)
    }

    /// Sets a fact, replacing what was known. Empty values are ignored.
    pub fn set(&mut self, key: FactKey, value: impl Into<String>, span: Option<Span>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.insert(key, Fact { value, span });
        }
    }

    /// Sets a fact only if it is not known yet. Empty values are ignored.
    pub fn set_if_missing(&mut self, key: FactKey, value: impl Into<String>, span: Option<Span>) {
        if !self.has(key) {
            self.set(key, value, span);
        }
    }

    /// Takes over every fact of `other` that is not known here.
    pub fn fill_from(&mut self, other: &Self) {
        for (key, fact) in &other.0 {
            self.0.entry(*key).or_insert_with(|| fact.clone());
        }
    }

    /// Forgets a fact.
    pub fn remove(&mut self, key: FactKey) {
        self.0.remove(&key);
    }

    /// All known facts in the order of [`FactKey::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (FactKey, &Fact)> {
        self.0.iter().map(|(key, fact)| (*key, fact))
    }
}

impl SerializeTrait for Facts {
    /// A map from name to text; `status` is a number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, fact) in &self.0 {
            match (key, fact.value.parse::<u16>()) {
                (FactKey::Status | FactKey::RefusedUrls, Ok(status)) => {
                    map.serialize_entry(key.name(), &status)?
                }
                _ => map.serialize_entry(key.name(), &fact.value)?,
            }
        }
        map.end()
    }
}

/// What the refused request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// Uploading a package version.
    Publish,
    /// Reading metadata or a tarball.
    Install,
    /// Everything else: login, tags, owners, audit, unpublish.
    Other,
}

impl Operation {
    /// The name used in JSON and in knowledge entries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Install => "install",
            Self::Other => "other",
        }
    }

    /// The operation with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Publish, Self::Install, Self::Other].into_iter().find(|operation| operation.name() == name)
    }
}

/// Which part of a registry a URL belongs to.
///
/// The shapes are those of the npm registry API
/// (<https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md>), read from the end of the path,
/// because private registries put their own path in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// `GET /<name>`: metadata of a package.
    Packument,
    /// `GET /<name>/-/<file>.tgz` and its relatives.
    Tarball,
    /// `PUT /<name>`.
    Publish,
    /// `/-/package/<name>/dist-tags`.
    DistTags,
    /// `/<name>/-rev/<revision>`: unpublish of a version, owner changes.
    Revision,
    /// `/-/user/…` and `/-/v1/login`.
    Login,
    /// `/-/whoami`, `/-/npm/v1/user`, `/-/npm/v1/tokens`.
    Account,
    /// `/-/org/…`, `/-/team/…`, `/-/package/<name>/access` and `…/collaborators`.
    Access,
    /// `/-/npm/v1/security/…`.
    Audit,
    /// `/-/stage/…`.
    Stage,
    /// `/-/package/<name>/trust`.
    Trust,
    /// `/-/v1/search`, `/-/all`.
    Search,
    /// `/-/ping` and whatever else lives under `/-/`.
    Other,
}

impl Endpoint {
    /// The name used in JSON and in knowledge entries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Packument => "packument",
            Self::Tarball => "tarball",
            Self::Publish => "publish",
            Self::DistTags => "dist-tags",
            Self::Revision => "revision",
            Self::Login => "login",
            Self::Account => "account",
            Self::Access => "access",
            Self::Audit => "audit",
            Self::Stage => "stage",
            Self::Trust => "trust",
            Self::Search => "search",
            Self::Other => "other",
        }
    }
}
