//! The closed list of facts.
//!
//! A new fact is a variant here and a reader in `parse`; a new cause never is.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything a log can say about a refused request.
///
/// The variants are also the placeholders of knowledge entries: `{package}`, `{client_version}` and so on.
/// Adding one is a change to this file on purpose; adding a cause never is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKey {
    /// The package manager that printed the log, as an id of `knowledge/clients`.
    Client,
    /// Its version, for example `10.9.2`.
    ClientVersion,
    /// The Node.js version, without the leading `v`.
    NodeVersion,
    /// What was run, for example `npm publish`.
    Command,
    /// `publish`, `install` or `other`; see [`Operation`](super::Operation).
    Operation,
    /// Which part of the registry answered; see [`Endpoint`](super::Endpoint).
    Endpoint,
    /// The HTTP method.
    Method,
    /// The HTTP status, always 403 for an incident.
    Status,
    /// The client's own code, for example `E403`.
    Code,
    /// The refused URL as printed, without credentials.
    Url,
    /// The host of that URL, in its ASCII form.
    Host,
    /// The registry's base URL: the refused URL without the package's part.
    Registry,
    /// Which registry software or service answered, as an id of `knowledge/providers`.
    Provider,
    /// The package's full name, scope included.
    Package,
    /// The scope with its `@`.
    Scope,
    /// The version that was published or requested.
    Version,
    /// The next version after `version`, computed.
    NextVersion,
    /// `patch` or `prerelease`: the argument that raises `version` to `next_version`.
    Bump,
    /// What the registry itself said, without the client's own words.
    Reason,
    /// The CI system the log was written by, for example `GitHub Actions`.
    Ci,
    /// The account the registry named.
    User,
    /// The team the registry or the command named.
    Team,
    /// The repository key in an Artifactory URL or the repository name in a Nexus one.
    Repository,
    /// Names that the registry finds too similar.
    Similar,
    /// The policy, condition or category a firewall or proxy named.
    Policy,
    /// The permission the registry said is missing.
    Permission,
    /// When the refusal was logged, as printed.
    Time,
    /// The HTTP reason phrase behind the status, when it is more than `Forbidden`.
    Phrase,
    /// The message in the answer's body.
    Message,
    /// What the registry sent along in `npm-notice` headers.
    Notice,
    /// The dist-tag of a publish.
    Tag,
    /// `public`, `restricted` or `default`: the access of a publish.
    Access,
    /// The checksum of the archive that was to be published or read: `sha512-…` or a SHA-1 in hex.
    Integrity,
    /// Operating system and processor, for example `linux x64`.
    Platform,
    /// The machine of the CI system: `GitHub-hosted`, `self-hosted`, an image name.
    Runner,
    /// What the log says about the credential of the refused request: `none`, `bearer` or `basic`.
    Credential,
    /// What kind of token the log shows, for example `npm token`; the token itself is masked.
    TokenKind,
    /// The host that a registry sent the client to, when that host refused.
    RedirectHost,
    /// The package that depends on the refused one.
    RequiredBy,
    /// The package in whose folder the command ran.
    Project,
    /// Its version.
    ProjectVersion,
    /// The tool that ran the client: `lerna`, `changesets`, `semantic-release`, `release-it`, `np`, `nx`.
    Wrapper,
    /// How many different addresses were refused in this log.
    RefusedUrls,
    /// Who the registry says the configured credential belongs to; only a probe tells.
    Account,
    /// A maintainer of the package, to ask; only a probe tells.
    Owner,
    /// When the version was published, as the registry writes it; only a probe tells.
    PublishedAt,
    /// Who published the version; only a probe tells.
    PublishedBy,
    /// When to try again, in UTC; only a probe tells.
    RetryAt,
    /// The registry that the configuration picks for the package; only an audit of the configuration tells.
    ConfiguredRegistry,
}

impl FactKey {
    /// All keys, in the order in which reports list them.
    pub const ALL: [Self; 49] = [
        Self::Client,
        Self::ClientVersion,
        Self::NodeVersion,
        Self::Command,
        Self::Operation,
        Self::Endpoint,
        Self::Method,
        Self::Status,
        Self::Code,
        Self::Url,
        Self::Host,
        Self::Registry,
        Self::Provider,
        Self::Package,
        Self::Scope,
        Self::Version,
        Self::NextVersion,
        Self::Bump,
        Self::Reason,
        Self::Ci,
        Self::User,
        Self::Team,
        Self::Repository,
        Self::Similar,
        Self::Policy,
        Self::Permission,
        Self::Time,
        Self::Phrase,
        Self::Message,
        Self::Notice,
        Self::Tag,
        Self::Access,
        Self::Integrity,
        Self::Platform,
        Self::Runner,
        Self::Credential,
        Self::TokenKind,
        Self::RedirectHost,
        Self::RequiredBy,
        Self::Project,
        Self::ProjectVersion,
        Self::Wrapper,
        Self::RefusedUrls,
        Self::Account,
        Self::Owner,
        Self::PublishedAt,
        Self::PublishedBy,
        Self::RetryAt,
        Self::ConfiguredRegistry,
    ];

    /// The key's name in JSON, in placeholders and in a regex's named groups.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::ClientVersion => "client_version",
            Self::NodeVersion => "node_version",
            Self::Command => "command",
            Self::Operation => "operation",
            Self::Endpoint => "endpoint",
            Self::Method => "method",
            Self::Status => "status",
            Self::Code => "code",
            Self::Url => "url",
            Self::Host => "host",
            Self::Registry => "registry",
            Self::Provider => "provider",
            Self::Package => "package",
            Self::Scope => "scope",
            Self::Version => "version",
            Self::NextVersion => "next_version",
            Self::Bump => "bump",
            Self::Reason => "reason",
            Self::Ci => "ci",
            Self::User => "user",
            Self::Team => "team",
            Self::Repository => "repository",
            Self::Similar => "similar",
            Self::Policy => "policy",
            Self::Permission => "permission",
            Self::Time => "time",
            Self::Phrase => "phrase",
            Self::Message => "message",
            Self::Notice => "notice",
            Self::Tag => "tag",
            Self::Access => "access",
            Self::Integrity => "integrity",
            Self::Platform => "platform",
            Self::Runner => "runner",
            Self::Credential => "credential",
            Self::TokenKind => "token_kind",
            Self::RedirectHost => "redirect_host",
            Self::RequiredBy => "required_by",
            Self::Project => "project",
            Self::ProjectVersion => "project_version",
            Self::Wrapper => "wrapper",
            Self::RefusedUrls => "refused_urls",
            Self::Account => "account",
            Self::Owner => "owner",
            Self::PublishedAt => "published_at",
            Self::PublishedBy => "published_by",
            Self::RetryAt => "retry_at",
            Self::ConfiguredRegistry => "configured_registry",
        }
    }

    /// The key with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}

impl fmt::Display for FactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_key_is_found_by_its_name() {
        for key in FactKey::ALL {
            assert_eq!(FactKey::from_name(key.name()), Some(key));
        }
    }
}
