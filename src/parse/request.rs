//! One refused URL taken apart: registry base, endpoint, package, version.
//!
//! Read from the end of the path, because private registries put their own path in front:
//! `https://host/artifactory/api/npm/npm-local/@acme%2fui` is package `@acme/ui` in registry `…/npm-local/`.
//! Must not know which registry it is.

use crate::facts::{Endpoint, ExactVersion, FactKey, Facts, Operation, Span};

/// What a URL and its method say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The host in ASCII, without port.
    pub host: Option<String>,
    /// The URL up to the package's part, with a trailing slash.
    pub registry: Option<String>,
    /// Which part of the registry.
    pub endpoint: Option<Endpoint>,
    /// The package's full name, decoded, as printed.
    pub package: Option<String>,
    /// The version in a tarball's file name or a manifest's path.
    pub version: Option<String>,
}

/// Takes a URL apart. `url` may also be a bare path, as server logs print it.
pub fn read(url: &str, method: Option<&str>) -> Request {
    let url = &without_login(url);
    let plain = url.split(['?', '#']).next().unwrap_or(url);
    let (origin, path) = split_origin(plain);
    let host = url::Url::parse(url).ok().and_then(|parsed| parsed.host_str().map(str::to_owned));
    let mut request = Request { host, ..Request::default() };
    let decoded = decode(path.trim_start_matches('/'));
    let (endpoint, base, package, version) = read_path(&decoded, method);
    request.endpoint = endpoint;
    request.version = version.filter(|text| ExactVersion::parse(text).is_some());
    request.package = package.filter(|name| is_plausible(name));
    if let (Some(base), false) = (base, origin.is_empty()) {
        let slash = if base.is_empty() || base.ends_with('/') { "" } else { "/" };
        request.registry = Some(format!("{origin}/{base}{slash}"));
    }
    request
}

/// The URL without `user:password@`, which is masked by now but would still make it unusable.
pub fn without_login(url: &str) -> String {
    let Some(authority) = url.find("://").map(|at| at + 3) else {
        return url.to_owned();
    };
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    match url[authority..end].rfind('@') {
        Some(at) => format!("{}{}", &url[..authority], &url[authority + at + 1..]),
        None => url.to_owned(),
    }
}

impl Request {
    /// The operation that this request with this method is part of.
    pub fn operation(&self, method: Option<&str>) -> Option<Operation> {
        let write = method.map(|method| matches!(method, "PUT" | "POST" | "DELETE" | "PATCH"));
        Some(match (self.endpoint?, write?) {
            (Endpoint::Publish, _) | (Endpoint::Stage, true) => Operation::Publish,
            (Endpoint::Packument | Endpoint::Tarball, false) => Operation::Install,
            _ => Operation::Other,
        })
    }

    /// Writes what is known into `facts`; what they hold already stays.
    pub fn tell(self, method: Option<&str>, span: Option<Span>, facts: &mut Facts) {
        let operation = self.operation(method);
        let mut set = |key: FactKey, value: Option<String>| {
            if let Some(value) = value {
                facts.set_if_missing(key, value, span);
            }
        };
        set(FactKey::Host, self.host);
        set(FactKey::Registry, self.registry);
        set(FactKey::Endpoint, self.endpoint.map(|endpoint| endpoint.name().to_owned()));
        set(FactKey::Operation, operation.map(|operation| operation.name().to_owned()));
        set(FactKey::Package, self.package);
        set(FactKey::Version, self.version);
    }
}

fn split_origin(url: &str) -> (&str, &str) {
    let Some(scheme_end) = url.find("://").map(|at| at + 3) else {
        return ("", url);
    };
    match url[scheme_end..].find('/') {
        Some(slash) => url.split_at(scheme_end + slash),
        None => (url, ""),
    }
}

/// Decodes `%2f` and `%40` only: everything else is left as printed.
fn decode(path: &str) -> String {
    path.replace("%2f", "/").replace("%2F", "/").replace("%40", "@")
}

type PathParts = (Option<Endpoint>, Option<String>, Option<String>, Option<String>);

fn read_path(path: &str, method: Option<&str>) -> PathParts {
    if let Some((left, _)) = path.split_once("/-rev/") {
        // Unpublishing one version also deletes its tarball: `name/-/name-1.0.0.tgz/-rev/3`.
        let (base, package) = split_package(left.split("/-/").next().unwrap_or(left));
        return (Some(Endpoint::Revision), Some(base), package, None);
    }
    if let Some((base, package, rest)) = split_dash(path) {
        return read_dash(base, package, rest);
    }
    if let Some((base, rest)) = path.split_once("download/@") {
        // GitHub Packages: download/@scope/name/version/hash
        let parts: Vec<&str> = rest.split('/').collect();
        if let [scope, name, version, ..] = parts.as_slice() {
            let package = Some(format!("@{scope}/{name}"));
            let version = Some((*version).to_owned());
            return (Some(Endpoint::Tarball), Some(base.to_owned()), package, version);
        }
    }
    if path.ends_with(".tgz") || path.ends_with(".tar.gz") {
        let file = path.rsplit('/').next().unwrap_or(path);
        let (name, version) = split_file(file, None);
        return (Some(Endpoint::Tarball), None, name, version);
    }
    let (base, package) = split_package(path.trim_end_matches('/'));
    let write = method.is_some_and(|method| matches!(method, "PUT" | "POST"));
    let endpoint = if write { Endpoint::Publish } else { Endpoint::Packument };
    let (base, package, version) = split_version(base, package);
    (package.is_some().then_some(endpoint), Some(base), package, version)
}

/// Splits at `/-/`: base, the text before that may be a package, the rest.
fn split_dash(path: &str) -> Option<(&str, &str, &str)> {
    if let Some(rest) = path.strip_prefix("-/") {
        return Some(("", "", rest));
    }
    // GitLab's group address has a dash of its own: `groups/7/-/packages/npm/<package>`.
    let mut dashes = path.match_indices("/-/").map(|(at, _)| at);
    let at = dashes.find(|at| !path[at + 3..].starts_with("packages/npm/"))?;
    Some((&path[..at], &path[..at], &path[at + 3..]))
}

fn read_dash(base: &str, before: &str, rest: &str) -> PathParts {
    let here = Some(base.to_owned());
    if let Some(rest) = rest.strip_prefix("package/").or_else(|| rest.strip_prefix("stage/package/")) {
        let (name, tail) = leading_name(rest);
        let endpoint = match tail.split('/').next().unwrap_or_default() {
            "dist-tags" => Endpoint::DistTags,
            "trust" => Endpoint::Trust,
            "access" | "collaborators" | "visibility" => Endpoint::Access,
            _ => Endpoint::Other,
        };
        return (Some(endpoint), here, name, None);
    }
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| rest.starts_with(prefix));
    let endpoint = if starts(&["user/", "v1/login", "v1/done"]) {
        Endpoint::Login
    } else if starts(&["whoami", "npm/v1/user", "npm/v1/tokens"]) {
        Endpoint::Account
    } else if starts(&["npm/v1/security"]) {
        Endpoint::Audit
    } else if starts(&["org/", "team/"]) {
        Endpoint::Access
    } else if starts(&["stage"]) {
        Endpoint::Stage
    } else if starts(&["v1/search", "all"]) {
        Endpoint::Search
    } else if rest.ends_with(".tgz") || rest.ends_with(".tar.gz") {
        Endpoint::Tarball
    } else {
        Endpoint::Other
    };
    if endpoint != Endpoint::Tarball {
        return (Some(endpoint), here, None, None);
    }
    let (base, package) = split_package(before);
    let file = rest.rsplit('/').next().unwrap_or(rest);
    let bare = package.as_deref().map(|name| name.rsplit('/').next().unwrap_or(name));
    let (_, version) = split_file(file, bare);
    (Some(endpoint), Some(base), package, version)
}

/// The package at the start of `rest`, and what follows it.
fn leading_name(rest: &str) -> (Option<String>, &str) {
    let scoped = rest.starts_with('@');
    let mut slashes = rest.match_indices('/').map(|(at, _)| at);
    let end = if scoped { slashes.nth(1) } else { slashes.next() };
    match end {
        Some(end) => (Some(rest[..end].to_owned()), &rest[end + 1..]),
        None => (Some(rest.to_owned()), ""),
    }
}

/// The package at the end of `path`, and the base before it.
fn split_package(path: &str) -> (String, Option<String>) {
    if path.is_empty() {
        return (String::new(), None);
    }
    let last = path.rfind('/').map_or(0, |at| at + 1);
    let scope = path[..last.saturating_sub(1)].rfind('/').map_or(0, |at| at + 1);
    let start = if last > 0 && path[scope..].starts_with('@') { scope } else { last };
    (path[..start].to_owned(), Some(path[start..].to_owned()))
}

/// Moves a trailing version (`name/1.0.0`) out of the package's place.
fn split_version(base: String, package: Option<String>) -> (String, Option<String>, Option<String>) {
    let is_version = package.as_deref().is_some_and(|text| semver::Version::parse(text).is_ok());
    if !is_version || base.is_empty() {
        return (base, package, None);
    }
    let (base, name) = split_package(base.trim_end_matches('/'));
    (base, name, package)
}

/// Takes `name-1.0.0.tgz` apart; `name` is known when the folder before it said so.
fn split_file(file: &str, name: Option<&str>) -> (Option<String>, Option<String>) {
    let stem = file.trim_end_matches(".tgz").trim_end_matches(".tar.gz");
    if let Some(name) = name
        && let Some(version) = stem.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'))
    {
        return (Some(name.to_owned()), Some(version.to_owned()));
    }
    for (at, _) in stem.match_indices('-') {
        if semver::Version::parse(&stem[at + 1..]).is_ok() {
            return (Some(stem[..at].to_owned()), Some(stem[at + 1..].to_owned()));
        }
    }
    (Some(stem.to_owned()), None)
}

/// Whether a name is worth showing: not empty, not a masked value, no blanks. Whether it may be put into a
/// command is another question, answered by `facts::PackageName`.
fn is_plausible(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 300
        && !name.contains("***")
        && !name.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, method: &str, registry: &str, package: &str, version: &str, endpoint: Endpoint) {
        let request = read(url, Some(method));
        assert_eq!(request.registry.as_deref().unwrap_or(""), registry, "{url}");
        assert_eq!(request.package.as_deref().unwrap_or(""), package, "{url}");
        assert_eq!(request.version.as_deref().unwrap_or(""), version, "{url}");
        assert_eq!(request.endpoint, Some(endpoint), "{url}");
    }

    #[test]
    fn urls_of_every_registry_give_package_version_and_base() {
        use Endpoint::{Access, Account, Audit, DistTags, Login, Packument, Publish, Revision, Tarball};
        check("https://r.example/@acme%2fui", "PUT", "https://r.example/", "@acme/ui", "", Publish);
        check("https://r.example/left-pad", "GET", "https://r.example/", "left-pad", "", Packument);
        check(
            "https://r.example/left-pad/1.3.0",
            "GET",
            "https://r.example/",
            "left-pad",
            "1.3.0",
            Packument,
        );
        check(
            "https://a.example/artifactory/api/npm/npm-local/@acme%2Fui",
            "PUT",
            "https://a.example/artifactory/api/npm/npm-local/",
            "@acme/ui",
            "",
            Publish,
        );
        check(
            "https://r.example/@acme/ui/-/ui-2.1.0.tgz",
            "GET",
            "https://r.example/",
            "@acme/ui",
            "2.1.0",
            Tarball,
        );
        check(
            "https://n.example/repository/npm-proxy/node-ipc/-/node-ipc-10.1.1.tgz",
            "GET",
            "https://n.example/repository/npm-proxy/",
            "node-ipc",
            "10.1.1",
            Tarball,
        );
        check(
            "https://h.example/download/@acme/ui/2.1.0/9a0034",
            "GET",
            "https://h.example/",
            "@acme/ui",
            "2.1.0",
            Tarball,
        );
        check("https://cdn.example/xlsx-0.20.3/xlsx-0.20.3.tgz", "GET", "", "xlsx", "0.20.3", Tarball);
        check(
            "https://g.example/api/v4/projects/4711/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz",
            "GET",
            "https://g.example/api/v4/projects/4711/packages/npm/",
            "@acme/ui",
            "1.0.0",
            Tarball,
        );
        check(
            "https://g.example/api/v4/groups/7/-/packages/npm/@acme%2fui",
            "GET",
            "https://g.example/api/v4/groups/7/-/packages/npm/",
            "@acme/ui",
            "",
            Packument,
        );
        check(
            "https://r.example/-/package/@acme%2fui/dist-tags/beta",
            "PUT",
            "https://r.example/",
            "@acme/ui",
            "",
            DistTags,
        );
        check(
            "https://r.example/@acme%2fui/-rev/3-ab",
            "PUT",
            "https://r.example/",
            "@acme/ui",
            "",
            Revision,
        );
        check(
            "http://localhost:4873/-/user/org.couchdb.user:alice",
            "PUT",
            "http://localhost:4873/",
            "",
            "",
            Login,
        );
        check("https://r.example/-/whoami", "GET", "https://r.example/", "", "", Account);
        check(
            "https://r.example/-/npm/v1/security/audits/quick",
            "POST",
            "https://r.example/",
            "",
            "",
            Audit,
        );
        check("https://r.example/-/org/acme/user", "GET", "https://r.example/", "", "", Access);
    }

    #[test]
    fn a_login_in_the_url_is_dropped() {
        let request = read("https://ci:‹password-1›@r.example/api/@acme%2fui", Some("PUT"));
        assert_eq!(request.registry.as_deref(), Some("https://r.example/api/"));
        assert_eq!(request.host.as_deref(), Some("r.example"));
    }

    #[test]
    fn a_masked_or_empty_path_names_no_package() {
        assert_eq!(read("https://r.example/***/@***", Some("GET")).package, None);
        assert_eq!(read("https://r.example/", Some("GET")).package, None);
        assert_eq!(read("", None), Request { registry: None, ..read("", None) });
    }
}
