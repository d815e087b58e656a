//! A package's metadata as a registry sends it. Every field is optional and hostile.
//!
//! Must not know causes, nor which registry may be believed.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{times, versions};
use crate::facts::{ExactVersion, is_account};

/// A package's metadata.
#[derive(Clone, Copy, Debug)]
pub struct Packument<'a> {
    json: &'a Map<String, Value>,
}

/// When a whole package was unpublished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpublished {
    /// When, in seconds since 1970.
    pub at: i64,
    /// The versions that it had.
    pub versions: Vec<String>,
}

impl<'a> Packument<'a> {
    /// Reads metadata; `None` when this is JSON of another kind, such as an error.
    pub fn of(json: &'a Value) -> Option<Self> {
        let json = json.as_object()?;
        let packument = Self { json };
        let is_one = json.get("versions").is_some_and(Value::is_object) || packument.unpublished().is_some();
        is_one.then_some(packument)
    }

    /// Whether versions are listed at all: not after the whole package was unpublished.
    pub fn has_versions(&self) -> bool {
        self.map("versions").is_some_and(|versions| !versions.is_empty())
    }

    /// Whether the times are there; the short form and some proxies leave them out.
    pub fn has_times(&self) -> bool {
        self.map("time").is_some()
    }

    /// The listed versions as npm reads them.
    pub fn listed(&self) -> BTreeSet<String> {
        self.map("versions")
            .into_iter()
            .flat_map(Map::keys)
            .filter_map(|text| versions::clean(text))
            .collect()
    }

    /// Every version that was ever taken: listed, once published, or unpublished with the package.
    pub fn taken(&self) -> BTreeSet<String> {
        let mut taken = self.listed();
        let notes = ["created", "modified", "unpublished"];
        let times = self.map("time").into_iter().flat_map(Map::keys);
        taken.extend(
            times.filter(|key| !notes.contains(&key.as_str())).filter_map(|text| versions::clean(text)),
        );
        taken.extend(self.unpublished().into_iter().flat_map(|gone| gone.versions));
        taken
    }

    /// The manifest of a version, found as npm reads versions.
    pub fn manifest(&self, version: &str) -> Option<&'a Map<String, Value>> {
        let wanted = versions::clean(version)?;
        let versions = self.map("versions")?;
        let exact = versions.get(&wanted).or_else(|| versions.get(version));
        let any = || versions.iter().find(|(key, _)| versions::clean(key).as_ref() == Some(&wanted));
        exact.or_else(|| any().map(|(_, manifest)| manifest))?.as_object()
    }

    /// When a version was published: as written, and in seconds since 1970.
    pub fn published(&self, version: &str) -> Option<(&'a str, i64)> {
        let times = self.map("time")?;
        let text = times.get(&versions::clean(version)?).or_else(|| times.get(version))?.as_str()?;
        Some((text, times::from_json(text)?))
    }

    /// Who published a version.
    pub fn publisher(&self, version: &str) -> Option<&'a str> {
        let name = self.manifest(version)?.get("_npmUser")?.get("name")?.as_str()?;
        is_account(name).then_some(name)
    }

    /// Where a version's archive is, as written.
    pub fn archive(&self, version: &str) -> Option<&'a str> {
        self.dist(version, "tarball")
    }

    /// The strongest checksum of a version's archive.
    pub fn integrity(&self, version: &str) -> Option<&'a str> {
        self.dist(version, "integrity")
    }

    /// The SHA-1 of a version's archive.
    pub fn shasum(&self, version: &str) -> Option<&'a str> {
        self.dist(version, "shasum")
    }

    fn dist(&self, version: &str, key: &str) -> Option<&'a str> {
        self.manifest(version)?.get("dist")?.get(key)?.as_str().filter(|text| text.len() <= 2_048)
    }

    /// The version behind `latest`.
    pub fn latest(&self) -> Option<&'a str> {
        let latest = self.map("dist-tags")?.get("latest")?.as_str()?;
        ExactVersion::parse(latest).map(|_| latest)
    }

    /// The names of the maintainers that are valid names; `None` when the field is missing or empty.
    pub fn maintainers(&self) -> Option<Vec<&'a str>> {
        let listed = self.json.get("maintainers")?.as_array()?;
        let name = |entry: &'a Value| match entry {
            Value::String(text) => text.split('<').next().map(str::trim),
            entry => entry.get("name")?.as_str(),
        };
        let names: Vec<&str> = listed.iter().filter_map(name).filter(|name| is_account(name)).collect();
        (!names.is_empty()).then_some(names)
    }

    /// When the whole package was unpublished, if it was.
    pub fn unpublished(&self) -> Option<Unpublished> {
        let gone = self.map("time")?.get("unpublished")?;
        let at = times::from_json(gone.get("time")?.as_str()?)?;
        let listed = gone.get("versions").and_then(Value::as_array).into_iter().flatten();
        let versions = listed.filter_map(Value::as_str).filter_map(versions::clean).collect();
        Some(Unpublished { at, versions })
    }

    /// Whether npm holds the name: its placeholder is the newest version.
    pub fn is_held(&self) -> bool {
        let placeholder = self.latest().is_some_and(|latest| latest.starts_with("0.0.1-security"));
        let text =
            |key: &str| self.json.get(key).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let says_so = text("description").contains("security holding package")
            || text("readme").contains("security holding package");
        let by_npm = self.maintainers().is_some_and(|names| names.contains(&"npm"));
        placeholder && (says_so || by_npm)
    }

    /// The version before this one by precedence, else the one behind it: another archive to compare with.
    pub fn neighbour(&self, version: &str) -> Option<String> {
        let own = versions::parse(version)?;
        let mut others: Vec<_> = self.listed().iter().filter_map(|text| versions::parse(text)).collect();
        others.retain(|other| *other != own);
        others.sort_by(semver::Version::cmp_precedence);
        let stable: Vec<_> = others.iter().filter(|other| other.pre.is_empty()).collect();
        let before = stable.iter().rev().find(|other| other.cmp_precedence(&own).is_lt());
        let found = before.copied().or_else(|| stable.first().copied()).or(others.first())?;
        Some(found.to_string())
    }

    fn map(&self, key: &str) -> Option<&'a Map<String, Value>> {
        self.json.get(key)?.as_object()
    }
}
