//! Which IP addresses a probe may connect to. Must not know names or sockets.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::guard::Consent;
use super::model::{Failure, Tier};

/// Whether a probe may connect to this address, which a name of this tier turned out to have.
///
/// Asked again for every redirect. A name that only the log holds may not lead into a private network, unless the
/// user has allowed the address as well: whoever wrote the log may own the name.
pub fn judge_address(ip: IpAddr, tier: Tier, consent: &Consent) -> Result<(), Failure> {
    if never(ip) {
        let reason =
            format!("{ip} is no address of a registry but one of this machine, its network or its cloud");
        return Err(Failure::Forbidden { reason });
    }
    if tier == Tier::C && !public(ip) && !consent.names(&ip.to_string()) {
        let way = consent.way(&ip.to_string());
        return Err(Failure::Forbidden { reason: format!("it leads to the private address {ip}; {way}") });
    }
    Ok(())
}

/// Addresses that no registry has: clouds' metadata, link-local, unspecified, multicast.
pub(super) fn never(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            ip.is_link_local()
                || ip.is_multicast()
                || ip.is_broadcast()
                || ip.octets()[0] == 0
                || METADATA_V4.contains(&ip)
        }
        IpAddr::V6(ip) => {
            inner(ip).is_some_and(|inner| never(inner.into()))
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unicast_link_local()
                || METADATA_V6.contains(&ip)
        }
    }
}

/// Alibaba, Azure's wire server, Oracle; Amazon's is link-local.
const METADATA_V4: [Ipv4Addr; 3] =
    [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::new(192, 0, 0, 192)];

/// Amazon and Google.
const METADATA_V6: [Ipv6Addr; 2] = [
    Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254),
    Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254),
];

fn public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special = (a, b, c) == (192, 0, 0) || (a == 198 && (b == 18 || b == 19)) || a >= 240;
            !(ip.is_private() || ip.is_loopback() || ip.is_documentation() || shared || special)
        }
        IpAddr::V6(ip) => {
            let [first, second, ..] = ip.segments();
            let local = ip.is_loopback() || ip.is_unique_local() || first & 0xffc0 == 0xfec0;
            let documentation = first == 0x2001 && second == 0x0db8;
            !(local || documentation) && inner(ip).is_none_or(|inner| public(inner.into()))
        }
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 and 6to4.
fn inner(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [s0, s1, s2, s3, s4, s5, s6, s7] = ip.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (s0, s1) {
        (0x0064, 0xff9b) => Some(join(s6, s7)),
        (0x2002, _) => Some(join(s1, s2)),
        (0, 0) if s2 == 0 && s3 == 0 && s4 == 0 && (s5 == 0xffff || (s5 == 0 && s6 != 0)) => {
            Some(join(s6, s7))
        }
        _ => None,
    }
}
