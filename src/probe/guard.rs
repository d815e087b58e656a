//! Which addresses a probe may ask.
//!
//! A pasted log is hostile: it may name the cloud's metadata service, a database on this machine, or a host that
//! looks like a registry. Every URL is judged before its name is looked up, every address before it is connected to,
//! and both again after each redirect. Must not know sockets.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::judged;
use super::model::{Failure, Tier};

const LONGEST_URL: usize = 2_048;

/// What the user has agreed to, beyond the requests themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Hosts that the user typed or passed with `--allow-host`: `host` or `host:port`, as in a URL (punycode).
    pub hosts: BTreeSet<String>,
    /// Whether nobody is there to be asked; it only changes the words.
    pub headless: bool,
}

impl Consent {
    pub(super) fn names(&self, host: &str) -> bool {
        self.hosts.iter().any(|allowed| plain(allowed).eq_ignore_ascii_case(plain(host)))
    }

    pub(super) fn way(&self, host: &str) -> String {
        if self.headless {
            format!("allow it with --allow-host {host}")
        } else {
            format!("type the name {host} to allow it")
        }
    }
}

/// Whether a probe may ask this URL. For tiers C and D the user must have named the host.
pub fn judge_url(url: &Url, tier: Tier, consent: &Consent) -> Result<(), Failure> {
    let judged = shape(url).and_then(|host| match stricter(url, tier) {
        Tier::A | Tier::B => Ok(()),
        Tier::C | Tier::D => {
            let with_port = url.port().is_some_and(|port| consent.names(&format!("{host}:{port}")));
            let reason = match stricter(url, tier) {
                Tier::D => "looks like a machine of a private network",
                _ => "is not one that your configuration or this program knows",
            };
            if with_port || consent.names(host) {
                Ok(())
            } else {
                Err(format!("the host {host} {reason}; {}", consent.way(plain(host))))
            }
        }
    });
    judged.map_err(|reason| Failure::Forbidden { reason })
}

/// What must hold for every URL; the host on success.
fn shape(url: &Url) -> Result<&str, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "{}: is not a scheme of a registry; only http and https are asked",
            url.scheme()
        ));
    }
    if url.as_str().len() > LONGEST_URL {
        return Err(format!("the address is longer than {LONGEST_URL} characters"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address holds a user name or a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err("the address has a part after #, which no registry's address has".to_owned());
    }
    let Some(host) = url.host() else {
        return Err("the address has no host".to_owned());
    };
    path_stays_inside(url.path())?;
    if url.query().is_some_and(holds_controls) {
        return Err("the address holds control characters".to_owned());
    }
    if let Some(port) = url.port_or_known_default()
        && NOT_HTTP.binary_search(&port).is_ok()
    {
        return Err(format!("port {port} belongs to another service than a registry"));
    }
    let barred = match host {
        Host::Domain(name) => {
            let name = plain(name);
            METADATA.iter().any(|known| {
                name.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        }
        Host::Ipv4(ip) => judged::never(ip.into()),
        Host::Ipv6(ip) => judged::never(ip.into()),
    };
    let host = url.host_str().unwrap_or_default();
    if barred {
        return Err(format!(
            "{host} is no address of a registry but one of this machine, its network or its cloud"
        ));
    }
    Ok(host)
}

fn path_stays_inside(path: &str) -> Result<(), String> {
    // Twice, because a proxy on the way may decode once before the registry does.
    let once = percent_decode_str(path).decode_utf8_lossy();
    let twice = percent_decode_str(&once).decode_utf8_lossy();
    if [&once, &twice].iter().any(|text| text.split(['/', '\\']).any(|part| matches!(part, "." | ".."))) {
        return Err("the path climbs with .. out of the registry's own".to_owned());
    }
    if holds_controls(path) {
        return Err("the address holds control characters".to_owned());
    }
    Ok(())
}

fn holds_controls(text: &str) -> bool {
    percent_decode_str(text).any(|byte| byte.is_ascii_control())
}

/// The tier, lowered where the look of the host belies it. What the user configured stays as it is.
pub(super) fn stricter(url: &Url, tier: Tier) -> Tier {
    if tier == Tier::B {
        return tier;
    }
    let odd_port = url.port().is_some_and(|port| port != 80 && port != 443);
    let odd_host = match url.host() {
        Some(Host::Domain(name)) => {
            let name = plain(name);
            let ending = name.rsplit('.').next().unwrap_or_default();
            !name.contains('.') || LOCAL.contains(&ending) || name.ends_with(".home.arpa")
        }
        _ => true,
    };
    if odd_host || odd_port {
        Tier::D
    } else if url.host_str().is_some_and(|host| host.split('.').any(|label| label.starts_with("xn--"))) {
        // No registry known by name has letters beyond ASCII; a look-alike of one does.
        tier.max(Tier::C)
    } else {
        tier
    }
}

/// A host without the brackets of an IPv6 address and without the root's dot.
fn plain(host: &str) -> &str {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    inner.strip_suffix('.').unwrap_or(inner)
}

const LOCAL: [&str; 8] = ["corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost"];

/// Names under which clouds serve their machines' secrets.
const METADATA: [&str; 8] = [
    "instance-data",
    "instance-data.ec2.internal",
    "metadata",
    "metadata.azure.internal",
    "metadata.goog",
    "metadata.google.internal",
    "metadata.packet.net",
    "metadata.platformequinix.com",
];

/// Ports that browsers refuse as well, and those of databases and of machines' controls. Sorted.
const NOT_HTTP: [u16; 102] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513,
    514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 873, 989, 990, 993, 995, 1433,
    1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672,
    5900, 5985, 5986, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 10250, 11211,
    27017,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ports_of_other_services_are_sorted() {
        assert!(NOT_HTTP.is_sorted());
    }
}
