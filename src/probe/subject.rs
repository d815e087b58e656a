//! What a probe is about: the refusing registry, the package and the version of one incident, all checked.
//!
//! Must not know answers or causes.

use url::Url;

use super::{Home, Tier, address};
use crate::facts::{Endpoint, ExactVersion, FactKey, Facts, Operation, PackageName};
use crate::knowledge::Knowledge;

/// The checked facts of one incident.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The refusing registry's base address.
    pub registry: Option<Url>,
    /// How far its host is trusted.
    pub tier: Tier,
    /// Whether it is the public registry.
    pub is_npm: bool,
    /// Which registry software its address promises, as an id of `knowledge/providers`.
    pub provider: Option<String>,
    /// The package, when its name is a valid one.
    pub package: Option<PackageName>,
    /// The version, when it is a valid one.
    pub version: Option<ExactVersion>,
    /// What the refused request was for.
    pub operation: Operation,
    /// The name of the endpoint that refused.
    pub endpoint: Option<&'static str>,
    /// The refused address, for endpoints that are asked as they are.
    pub refused: Option<Url>,
}

impl Subject {
    /// Reads the facts. The configuration is asked only for what the log does not say.
    pub fn of(facts: &Facts, home: &dyn Home, knowledge: &Knowledge) -> Self {
        let package = facts.get(FactKey::Package).and_then(PackageName::parse);
        let operation = facts.get(FactKey::Operation).and_then(Operation::from_name);
        let operation = operation.unwrap_or_else(|| match facts.get(FactKey::Method) {
            Some("PUT") => Operation::Publish,
            Some("GET" | "HEAD") => Operation::Install,
            _ => Operation::Other,
        });
        let registry = registry(facts, home, knowledge, package.as_ref(), operation);
        let tier = registry.as_ref().map_or(Tier::D, |registry| address::tier(registry, home, knowledge));
        let is_npm = registry.as_ref().is_some_and(|registry| address::is_npm(registry, knowledge));
        let provider = registry.as_ref().and_then(|registry| {
            let host = registry.host_str().unwrap_or_default();
            let named = knowledge.provider_of_url(registry.as_str(), host);
            named.map(|provider| provider.id.clone())
        });
        Self {
            tier,
            is_npm,
            provider,
            package,
            version: facts.get(FactKey::Version).and_then(ExactVersion::parse),
            operation,
            endpoint: facts.get(FactKey::Endpoint).and_then(endpoint),
            refused: facts.get(FactKey::Url).and_then(address::whole),
            registry,
        }
    }

    /// Whether the refused request was for an archive.
    pub fn is_archive(&self) -> bool {
        self.endpoint == Some(Endpoint::Tarball.name())
    }

    /// Whether the refused request was for an endpoint that many registries do not have.
    pub fn is_side_endpoint(&self) -> bool {
        let side = [Endpoint::Audit, Endpoint::Search, Endpoint::Login, Endpoint::Account, Endpoint::Other];
        self.endpoint.is_some_and(|name| side.iter().any(|endpoint| endpoint.name() == name))
    }

    /// Whether it was a publish.
    pub fn is_publish(&self) -> bool {
        self.operation == Operation::Publish
    }

    /// Whether metadata or an archive was read.
    pub fn is_install(&self) -> bool {
        self.operation == Operation::Install
    }

    /// Whether the software that the address promises is this one.
    pub fn expects(&self, software: &str) -> bool {
        self.provider.as_deref() == Some(software)
    }

    /// The package's scope.
    pub fn scope(&self) -> Option<&str> {
        self.package.as_ref().and_then(PackageName::scope)
    }
}

fn registry(
    facts: &Facts,
    home: &dyn Home,
    knowledge: &Knowledge,
    package: Option<&PackageName>,
    operation: Operation,
) -> Option<Url> {
    let refused = facts.get(FactKey::Url);
    if let Some(text) = facts.get(FactKey::Registry) {
        let registry = address::base(text)?;
        // Both are read from one address; where they differ, it was written to be read in two ways.
        let differs = |url: &str| {
            let whole = address::whole(url);
            url.contains('\\') || whole.is_some_and(|whole| whole.origin() != registry.origin())
        };
        return (!refused.is_some_and(differs)).then_some(registry);
    }
    let configured = || {
        let name = package.map(PackageName::as_str);
        home.registry_for(name, operation == Operation::Publish).as_deref().and_then(address::base)
    };
    if let Some(text) = refused {
        // An archive's address often names no registry; the configured one counts only when it is the same host.
        let refused = address::whole(text)?;
        return configured().filter(|registry| registry.origin() == refused.origin());
    }
    match facts.get(FactKey::Provider) {
        Some("npm") => address::npm_base(knowledge),
        _ => configured(),
    }
}

fn endpoint(name: &str) -> Option<&'static str> {
    let all = [
        Endpoint::Packument,
        Endpoint::Tarball,
        Endpoint::Publish,
        Endpoint::DistTags,
        Endpoint::Revision,
        Endpoint::Login,
        Endpoint::Account,
        Endpoint::Access,
        Endpoint::Audit,
        Endpoint::Stage,
        Endpoint::Trust,
        Endpoint::Search,
        Endpoint::Other,
    ];
    all.into_iter().map(Endpoint::name).find(|known| *known == name)
}
