//! Whether an address is a package registry's, told by its look alone.
//!
//! A log of a server and a command typed by hand hold any address; one of a container registry or of a web page is
//! a neighbour's. Must not know hosts: those stand in `knowledge/providers`.

use std::sync::LazyLock;

use regex::Regex;

/// Only a package registry has such a path.
static STRONG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)/@[\w.~-]+(?:%2f|/[\w.~-]+/-/)|/-/[^?#\s]*\.tgz(?:[?#/]|$)|/api/npm/|/_packaging/|/packages/npm(?:/|$)|",
        r"/-/(?:user/org\.couchdb|whoami$|package/|npm/v1/|org/[\w-]+/|team/|v1/(?:search|login)|ping$|stage/)"
    ))
    .ok()
});
/// A package registry's path among others'.
static WEAK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\.tgz(?:[?#]|$)|%2f|/npm(?:[/-]|$)|/repository/[\w.-]*npm|/@[\w.~-]+/[\w.~-]+$").ok()
});
/// What other registries and release pages have in their paths.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^/v[12](?:/|$)|/releases/download/|/charts?/|/helm|/archive/|/token(?:[?/]|$)|/simple/|/maven",
    )
    .ok()
});
static PRODUCT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:/[\w.-]+)?/(?:api/npm/(?<artifactory>[^/?]+)/|repository/(?<nexus>[^/?]+)/|",
        r"(?<gitlab>api/v4/(?:(?:projects|groups)/[^/]+/(?:-/)?)?packages/npm/)|(?<gitea>api/packages/[^/]+/npm/))"
    ))
    .ok()
});

/// What only the addresses of other ecosystems end in, or have in the middle.
static FOREIGN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\.(?:whl|jar|pom|gem|crate|nupkg|deb|rpm|apk)(?:[?#]|$)|/simple/|/charts?/|/APKINDEX|/repodata/|/@v/|",
        r"/v2/.*(?:manifests|blobs)/|/index\.ya?ml$|^https?://charts?\."
    ))
    .ok()
});

fn hit(regex: &Option<Regex>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Whether only a package registry has such a path.
pub fn is_certain(path: &str) -> bool {
    hit(&STRONG, path)
}

/// Whether a package registry may have such a path.
pub fn is_likely(path: &str) -> bool {
    is_certain(path) || hit(&WEAK, path) && !hit(&OTHER, path)
}

/// Whether a URL is another ecosystem's beyond doubt.
pub fn is_foreign(url: &str) -> bool {
    hit(&FOREIGN, url)
}

/// Whether a URL is a package registry's, by its path or by a label of its host.
pub fn is_url(url: &str) -> bool {
    let Ok(parsed) = url::Url::parse(url) else {
        return false;
    };
    let path = parsed.path();
    let labelled = parsed.host_str().is_some_and(|host| {
        host.split('.').any(|label| {
            let mut words = label.split('-');
            words.any(|word| matches!(word, "registry" | "npm" | "verdaccio" | "npmjs"))
        })
    });
    is_likely(path) || labelled && !hit(&OTHER, path)
}

/// The product that has such paths, as an id of `knowledge/providers`, and the repository in it.
pub fn product(path: &str) -> Option<(&'static str, Option<&str>)> {
    let found = PRODUCT.as_ref()?.captures(path)?;
    let known = ["artifactory", "nexus", "gitlab", "gitea"];
    let id = known.into_iter().find(|id| found.name(id).is_some())?;
    let repository = found.name(id).map(|part| part.as_str()).filter(|part| !part.contains('/'));
    Some((id, repository))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn container_registries_and_release_pages_are_neighbours() {
        for url in [
            "https://registry.acme.example/left-pad",
            "https://npm.acme.example/@acme%2fui",
            "https://a.example/artifactory/api/npm/npm-local/ui",
            "https://pkgs.example/acme/_packaging/feed/npm/registry/ui",
            "https://cdn.example/ui/-/ui-1.0.0.tgz",
            "https://n.example/repository/npm-hosted/ui",
        ] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "https://registry.acme.example/v2/web/manifests/latest",
            "https://github.com/acme/ui/releases/download/v1.0.0/ui.tgz",
            "https://charts.acme.example/charts/web-1.0.0.tgz",
            "https://api.acme.example/users/7",
            "https://gitlab.acme.example/acme/ui/-/pipelines",
            "registry.acme.example",
        ] {
            assert!(!is_url(url), "{url}");
        }
    }
}
