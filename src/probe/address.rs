//! Addresses: how they are built from names, how far their hosts are trusted, and which are never asked.
//!
//! A name or version from a log gets here only as a [`PackageName`] or [`ExactVersion`], and is percent-encoded
//! once more. Must not know answers or causes.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Home, Tier};
use crate::facts::{ExactVersion, PackageName};
use crate::knowledge::{Knowledge, Provider};

/// The longest address that is asked.
pub const LONGEST: usize = 2_048;

/// Names under which clouds offer a machine its own credentials.
const METADATA_NAMES: [&str; 5] =
    ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"];

/// Ports of well-known services that do not speak HTTP and could be harmed by a request.
const OTHER_SERVICES: [u16; 24] = [
    19, 21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 2049, 3306, 5432,
    6379, 11211, 27017,
];

/// A registry's base address: with one trailing slash, without login, query or fragment.
///
/// `None` when the text is no http(s) address.
pub fn base(text: &str) -> Option<Url> {
    if text.len() > LONGEST
        || text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '‹' || c == '\\')
    {
        return None;
    }
    let mut url = Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Some(url)
}

/// An address that a log or an answer names in full, for example of an archive; without login and fragment.
///
/// `None` when it is no http(s) address, or when a part of it was masked.
pub fn whole(text: &str) -> Option<Url> {
    let masked = text.contains('‹') || text.contains("***") || text.contains("%E2%80%B9");
    if masked
        || text.len() > LONGEST
        || text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
    {
        return None;
    }
    let mut url = Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_fragment(None);
    Some(url)
}

/// Whether an address holds a user or a password.
pub fn holds_login(text: &str) -> bool {
    let authority =
        text.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    authority.contains('@')
}

/// `base` and a path below it; the path's own characters are already encoded.
pub fn join(base: &Url, path: &str) -> Option<Url> {
    let url = Url::parse(&format!("{base}{path}")).ok()?;
    let stays = url.origin() == base.origin() && url.path().starts_with(base.path());
    (stays && url.as_str().len() <= LONGEST).then_some(url)
}

/// A package's name in a path: `@acme%2fui`, as npm writes it.
pub fn escaped(name: &PackageName) -> String {
    encode(name.as_str()).replacen("%40", "@", 1).replace("%2F", "%2f")
}

/// A package's name in a path, its slash left as it is.
pub fn with_slash(name: &PackageName) -> String {
    escaped(name).replacen("%2f", "/", 1)
}

/// A version in a path.
pub fn escaped_version(version: &ExactVersion) -> String {
    encode(version.as_str())
}

/// Everything but unreserved characters as `%XX`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Why an address is never asked, whoever names it; `None` when it may be.
pub fn forbidden(url: &Url) -> Option<&'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some("only http and https addresses are asked");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("it holds a user or a password");
    }
    if url.fragment().is_some() {
        return Some("it holds a fragment");
    }
    if url.as_str().len() > LONGEST {
        return Some("it is longer than 2,048 characters");
    }
    if url.port().is_some_and(|port| OTHER_SERVICES.contains(&port)) {
        return Some("its port belongs to a service that does not speak HTTP");
    }
    let metadata = "it is where clouds hand out a machine's own credentials";
    match url.host() {
        None => Some("it names no host"),
        Some(Host::Domain(name)) => METADATA_NAMES.contains(&name.trim_end_matches('.')).then_some(metadata),
        Some(Host::Ipv4(address)) => is_metadata(IpAddr::V4(address)).then_some(metadata),
        Some(Host::Ipv6(address)) => is_metadata(address.to_canonical()).then_some(metadata),
    }
}

fn is_metadata(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_link_local() || v4.octets() == [100, 100, 100, 200] || v4.is_unspecified(),
        IpAddr::V6(v6) => {
            let [first, .., last] = v6.segments();
            first & 0xffc0 == 0xfe80 || (first == 0xfd00 && last == 0x254) || v6.is_unspecified()
        }
    }
}

/// How far an address's host is trusted.
pub fn tier(url: &Url, home: &dyn Home, knowledge: &Knowledge) -> Tier {
    if home.knows(url) {
        return if is_public(url, knowledge) { Tier::A } else { Tier::B };
    }
    if is_local_or_odd(url) {
        return Tier::D;
    }
    if is_public(url, knowledge) { Tier::A } else { Tier::C }
}

/// Whether the address is an IP literal, a local name, or has a port that registries do not have.
fn is_local_or_odd(url: &Url) -> bool {
    let odd_port = url.port().is_some_and(|port| !matches!(port, 80 | 443));
    let local = match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let last = name.rsplit('.').next().unwrap_or(name);
            !name.contains('.')
                || matches!(last, "local" | "internal" | "localhost" | "lan" | "arpa" | "onion")
        }
        _ => true,
    };
    odd_port || local
}

/// Whether an address leads into a private network or to this machine: worth a word even when it is configured.
pub fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_private() || address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unique_local(),
        Some(Host::Domain(name)) => !name.contains('.') || name.ends_with(".localhost"),
        None => false,
    }
}

/// Whether a credential may travel there at all: over https, or to this machine.
pub fn is_safe_for_credentials(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || loopback
}

/// Whether a provider is known by this address's host and by nothing else in it, on a usual port.
pub fn is_public(url: &Url, knowledge: &Knowledge) -> bool {
    let usual_port = url.port().is_none_or(|port| matches!(port, 80 | 443));
    usual_port && knowledge.providers().iter().any(|provider| names_host(provider, url, knowledge))
}

fn names_host(provider: &Provider, url: &Url, knowledge: &Knowledge) -> bool {
    let Some(Host::Domain(host)) = url.host() else {
        return false;
    };
    if provider.hosts.iter().any(|pattern| pattern.covers(host)) {
        return true;
    }
    // A shape of cloud addresses names the host only when no other host would fit it as well.
    let Some((front, _)) = host.rsplit_once('.') else {
        return false;
    };
    let path = url.path();
    let fits = |host: &str| format!("{host}{path}");
    let real = fits(host);
    let others = [fits(&format!("{host}.invalid")), fits(&format!("{front}.zz"))];
    provider.urls.iter().filter_map(|pattern| knowledge.regex(pattern)).any(|shape| {
        let starts = |text: &str| shape.find(text).is_some_and(|found| found.start() == 0);
        starts(&real) && !others.iter().any(|other| starts(other))
    })
}

/// Whether this is the public registry itself, the registry of record for public packages.
pub fn is_npm(url: &Url, knowledge: &Knowledge) -> bool {
    let host = url.host_str().unwrap_or_default();
    knowledge.provider("npm").is_some_and(|npm| npm.hosts.iter().any(|pattern| pattern.covers(host)))
}

/// The public registry's base address.
pub fn npm_base(knowledge: &Knowledge) -> Option<Url> {
    Url::parse(&format!("https://{}/", knowledge.public_host()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::NoHome;

    fn name(text: &str) -> PackageName {
        PackageName::parse(text).unwrap()
    }

    #[test]
    fn a_scoped_name_is_written_as_npm_writes_it_and_keeps_the_registrys_own_path() {
        let registry = base("https://ci:secret@repo.acme.example/api/npm/npm-local?x=1#y").unwrap();
        assert_eq!(registry.as_str(), "https://repo.acme.example/api/npm/npm-local/");
        let url = join(&registry, &escaped(&name("@acme/ui"))).unwrap();
        assert_eq!(url.as_str(), "https://repo.acme.example/api/npm/npm-local/@acme%2fui");
        let url = join(&registry, &with_slash(&name("@acme/ui"))).unwrap();
        assert_eq!(url.as_str(), "https://repo.acme.example/api/npm/npm-local/@acme/ui");
        assert_eq!(join(&registry, "../../etc"), None);
    }

    #[test]
    fn hosts_are_trusted_by_who_names_them() {
        let knowledge = Knowledge::bundled();
        let tiers = [
            ("https://{npm}/x", Tier::A),
            ("https://{yarn}/x", Tier::A),
            ("https://{github}/@a/b", Tier::A),
            ("https://acme-111122223333.d.codeartifact.eu-central-1.amazonaws.com/npm/main/", Tier::A),
            ("https://europe-west3-npm.pkg.dev/acme/npm/", Tier::A),
            ("https://acme.jfrog.io/artifactory/api/npm/npm/", Tier::A),
            ("https://{npm}.evil.example/x", Tier::C),
            ("https://evil.example/artifactory/api/npm/npm/", Tier::C),
            ("https://npm.cloudsmith.zip/acme/main/", Tier::C),
            ("https://europe-npm.pkg.dev.evil.example/acme/npm/", Tier::C),
            ("https://{npm}:8443/x", Tier::D),
            ("http://localhost:4873/", Tier::D),
            ("http://10.0.0.7/", Tier::D),
            ("http://[::1]/", Tier::D),
            ("http://2130706433/", Tier::D),
            ("http://nexus/", Tier::D),
            ("https://nexus.internal/", Tier::D),
        ];
        for (text, expected) in tiers {
            let url = Url::parse(&knowledge.expand(text)).unwrap();
            assert_eq!(tier(&url, &NoHome, knowledge), expected, "{text}");
        }
    }

    #[test]
    fn addresses_that_hand_out_credentials_or_are_no_registry_are_never_asked() {
        for text in [
            "http://169.254.169.254/latest/",
            "http://0xA9FEA9FE/",
            "http://[::ffff:169.254.169.254]/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://100.100.100.200/",
            "http://metadata.google.internal/",
            "http://127.0.0.1:22/",
            "ftp://host.example/",
            "https://user:pw@host.example/",
            "https://host.example/#x",
        ] {
            assert!(forbidden(&Url::parse(text).unwrap()).is_some(), "{text}");
        }
        let long = format!("https://host.example/{}", "a".repeat(4_000));
        assert!(forbidden(&Url::parse(&long).unwrap()).is_some());
        assert_eq!(forbidden(&Url::parse("http://127.0.0.1:4873/").unwrap()), None);
    }
}
