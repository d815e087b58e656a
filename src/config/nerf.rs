//! Keys of credentials: `//host[:port]/path/`, an address without its scheme.
//!
//! npm calls them nerf darts (<https://docs.npmjs.com/cli/v11/configuring-npm/npmrc#auth-related-configuration>).
//! Must not know files or secrets.

use url::Url;

/// The settings that hold a credential, behind the key's last colon.
pub(super) const PARTS: [&str; 4] = ["_authToken", "_auth", "username", "_password"];

/// A key as it is written, split at its last colon: `//host/path/` and `_authToken`.
pub(super) fn split(key: &str) -> Option<(&str, &str)> {
    let (prefix, part) = key.rsplit_once(':')?;
    let known =
        PARTS.contains(&part) || matches!(part, "certfile" | "keyfile" | "tokenHelper" | "always-auth");
    known.then_some((prefix, part))
}

/// `host[:port]` as a key has it.
pub(super) fn host(url: &Url) -> String {
    match url.port() {
        Some(port) => format!("{}:{port}", url.host_str().unwrap_or_default()),
        None => url.host_str().unwrap_or_default().to_owned(),
    }
}

/// The key of the folder that an address stands for: everything up to its last slash.
pub(super) fn folder(url: &Url) -> String {
    let path = url.path();
    let end = path.rfind('/').map_or(0, |slash| slash + 1);
    format!("//{}{}", host(url), &path[..end])
}

/// All keys from an address upwards, taking away a segment or a slash at a time: `//h/a/b`, `//h/a/`, `//h/a`, `//h/`, `//h`.
pub(super) fn upwards(url: &Url) -> Vec<String> {
    let mut key = format!("//{}{}", host(url), url.path());
    let mut keys = Vec::new();
    while key.len() > 2 {
        keys.push(key.clone());
        let shorter = match key.strip_suffix('/') {
            Some(shorter) => shorter.len(),
            None => key.rfind('/').map_or(0, |slash| slash + 1),
        };
        key.truncate(shorter);
    }
    keys
}

/// The host and the path of a key, as good as they can be told; a scheme in front is allowed.
pub(super) fn host_and_path(prefix: &str) -> Option<(String, String)> {
    let after = prefix.split_once("//")?.1;
    let (host, path) = match after.find('/') {
        Some(slash) => after.split_at(slash),
        None => (after, ""),
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    (!host.is_empty()).then(|| (host.to_ascii_lowercase(), path.to_owned()))
}

/// The host of an address with the letters that it is written in.
pub(super) fn written_host(address: &str) -> Option<&str> {
    let after = address.split_once("//")?.1;
    after.split(['/', '?', '#']).next()?.rsplit('@').next()
}

/// Whether two addresses have the same host and port, whatever their schemes.
pub(super) fn same_host(one: &Url, other: &Url) -> bool {
    host(one) == host(other)
}

/// Whether two addresses have the same scheme, host and port.
pub(super) fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Whether an address is that of a registry or below it.
pub(super) fn is_below(url: &Url, registry: &Url) -> bool {
    let folder = registry.path().trim_end_matches('/');
    let rest = url.path().strip_prefix(folder);
    same_host(url, registry) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether an address is that of an archive.
pub(super) fn is_archive(url: &Url) -> bool {
    let path = url.path();
    path.ends_with(".tgz") || path.ends_with(".tar.gz") || path.contains("/-/") && path.contains(".tgz")
}

/// Whether an address is this machine itself.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// An address as a registry: with a slash at its end, without login, query or fragment.
pub(super) fn registry_url(text: &str) -> Option<Url> {
    let mut url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_query(None);
    url.set_fragment(None);
    // These fail only for addresses without a host.
    if url.set_username("").is_err() || url.set_password(None).is_err() {
        return None;
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_key_has_no_scheme_and_no_default_port() {
        assert_eq!(folder(&url("https://Host.example:443/npm/ui")), "//host.example/npm/");
        assert_eq!(folder(&url("http://host.example:4873")), "//host.example:4873/");
    }

    #[test]
    fn the_way_up_takes_a_segment_or_a_slash_at_a_time() {
        let keys = upwards(&url("https://h.example/a/b"));
        assert_eq!(
            keys,
            ["//h.example/a/b", "//h.example/a/", "//h.example/a", "//h.example/", "//h.example"]
        );
    }

    #[test]
    fn below_means_whole_segments() {
        let registry = url("https://h.example/npm/");
        assert!(is_below(&url("https://h.example/npm/ui"), &registry));
        assert!(is_below(&url("https://h.example/npm"), &registry));
        assert!(!is_below(&url("https://h.example/npm-other/ui"), &registry));
        assert!(!is_below(&url("https://other.example/npm/ui"), &registry));
    }

    #[test]
    fn a_registry_never_keeps_a_login() {
        assert_eq!(registry_url("https://user:pw@h.example/npm").unwrap().as_str(), "https://h.example/npm/");
        for bad in ["", "h.example", "ftp://h.example/", "https://", "https://a b/"] {
            assert!(registry_url(bad).is_none(), "{bad}");
        }
    }
}
