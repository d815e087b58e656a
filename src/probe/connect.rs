//! From a URL to the addresses that may be connected to. Must not know HTTP.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use url::{Host, Url};

use super::desk::Desk;
use super::judged::judge_address;
use super::model::{Failure, Tier};

/// At most so many of a name's addresses are tried, so that each gets a fair part of the time.
const ADDRESSES_TRIED: usize = 4;

/// Where a connection may lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// How the name's addresses are judged.
    pub(super) tier: Tier,
    /// Only to this machine itself: a credential goes with an unencrypted request.
    pub(super) loopback_only: bool,
}

/// The addresses of the URL's host that a connection may lead to, at least one. Without a reach they are not judged.
pub(super) async fn vetted(
    desk: &Desk<'_>,
    url: &Url,
    reach: Option<Reach>,
) -> Result<Vec<SocketAddr>, Failure> {
    let host = host_of(url);
    let port = url.port_or_known_default().unwrap_or(443);
    let found = match url.host() {
        Some(Host::Ipv4(ip)) => vec![IpAddr::V4(ip)],
        Some(Host::Ipv6(ip)) => vec![IpAddr::V6(ip)],
        Some(Host::Domain(name)) => desk.network.resolve(name).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let mut failure = Failure::Name { host: host.clone() };
    let mut judged = Vec::new();
    for ip in found {
        let verdict = match reach {
            None => Ok(()),
            Some(reach) if reach.loopback_only && !ip.to_canonical().is_loopback() => {
                Err(Failure::Forbidden { reason: PLAIN_CREDENTIAL.to_owned() })
            }
            Some(reach) => judge_address(ip, reach.tier, desk.consent),
        };
        match verdict {
            Ok(()) => judged.push(ip),
            Err(refused) => failure = refused,
        }
    }
    let mut admitted = Vec::new();
    for ip in both_families(judged) {
        match admit(desk, url, SocketAddr::new(ip, port)) {
            Ok(address) => admitted.push(address),
            Err(error) => failure = no_connection(&host, &error),
        }
    }
    if admitted.is_empty() { Err(failure) } else { Ok(admitted) }
}

/// The network's word on an address. One that the URL itself spells out is connected to as it stands there, so that
/// another answer is a refusal.
fn admit(desk: &Desk<'_>, url: &Url, address: SocketAddr) -> io::Result<SocketAddr> {
    let admitted = desk.network.admit(address)?;
    let spelled_out = !matches!(url.host(), Some(Host::Domain(_)));
    let other_port = url.port().is_some_and(|port| port != admitted.port());
    if other_port || (spelled_out && admitted != address) {
        return Err(io::Error::other(format!("{address} cannot be exchanged for another")));
    }
    Ok(admitted)
}

/// Why a credential is not sent over an unencrypted connection.
pub(super) const PLAIN_CREDENTIAL: &str =
    "a credential never goes over an unencrypted connection to another machine";

/// The first addresses of both families, in the system's order: one family may lead nowhere.
fn both_families(addresses: Vec<IpAddr>) -> Vec<IpAddr> {
    let first = addresses.first().is_some_and(IpAddr::is_ipv4);
    let (preferred, other): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|ip| ip.is_ipv4() == first);
    let kept = ADDRESSES_TRIED - other.len().min(ADDRESSES_TRIED / 2);
    preferred.into_iter().take(kept).chain(other.into_iter().take(ADDRESSES_TRIED / 2)).collect()
}

/// A failure for what the system says of a connection.
pub(super) fn no_connection(host: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Refused { host: host.to_owned() },
        _ => Failure::Connect { host: host.to_owned(), reason: error.to_string() },
    }
}

/// The host as failures name it.
pub(super) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// A failure for a limit of time.
pub(super) fn too_long(host: String, limit: Duration) -> Failure {
    Failure::TimedOut { host, seconds: limit.as_secs() + u64::from(limit.subsec_nanos() > 0) }
}
