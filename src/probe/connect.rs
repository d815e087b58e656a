//! From a URL to a connection: the name, the judged address, the proxy's tunnel, TLS.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::poll_fn;
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper::header::{HOST, PROXY_AUTHORIZATION, USER_AGENT};
use hyper::{Method, Request, upgrade};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;
use url::{Host, Url};

use super::desk::Desk;
use super::judged::judge_address;
use super::model::{Failure, Tier};
use super::network::Connection;
use super::proxy::Proxy;

/// What this program calls itself.
pub(super) const AGENT: &str = concat!("unforbid/", env!("CARGO_PKG_VERSION"), " (+read-only probe)");

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

/// A connection that is ready for a request, and the issuer of the certificate.
pub(super) struct Line {
    pub(super) stream: Connection,
    pub(super) issuer: Option<String>,
}

/// Opens a connection to the URL's host.
pub(super) async fn open(
    desk: &Desk<'_>,
    url: &Url,
    reach: Reach,
    proxy: Option<&Proxy>,
) -> Result<Line, Failure> {
    let most = desk.limits.connect;
    match timeout(most, open_patiently(desk, url, reach, proxy)).await {
        Ok(opened) => opened,
        Err(_) => Err(too_long(host_of(proxy.map_or(url, |proxy| &proxy.url)), most)),
    }
}

async fn open_patiently(
    desk: &Desk<'_>,
    url: &Url,
    reach: Reach,
    proxy: Option<&Proxy>,
) -> Result<Line, Failure> {
    let encrypted = url.scheme() == "https";
    let mut stream = match proxy {
        None => dial(desk, url, Some(reach)).await?,
        Some(proxy) => {
            // The user chose the proxy, so its address is not judged. The URL's name is looked up by the proxy, so
            // that its address cannot be.
            let mut stream = dial(desk, &proxy.url, None).await?;
            if proxy.url.scheme() == "https" {
                (stream, _) = desk.trust().wrap(stream, &proxy.url).await?;
            }
            if encrypted { tunnel(stream, url, proxy).await? } else { stream }
        }
    };
    let mut issuer = None;
    if encrypted {
        (stream, issuer) = desk.trust().wrap(stream, url).await?;
    }
    Ok(Line { stream, issuer })
}

/// A connection to the URL's host, at an address that was judged.
async fn dial(desk: &Desk<'_>, url: &Url, reach: Option<Reach>) -> Result<Connection, Failure> {
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
    let tried = both_families(judged);
    let share = desk.limits.connect / u32::try_from(tried.len().max(1)).unwrap_or(1);
    for ip in tried {
        failure = match timeout(share, desk.network.connect(SocketAddr::new(ip, port))).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => no_connection(&host, &error),
            Err(_) => too_long(host.clone(), desk.limits.connect),
        };
    }
    Err(failure)
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

fn no_connection(host: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::Refused { host: host.to_owned() },
        _ => Failure::Connect { host: host.to_owned(), reason: error.to_string() },
    }
}

/// Asks the proxy for a tunnel to the URL's host.
async fn tunnel(stream: Connection, url: &Url, proxy: &Proxy) -> Result<Connection, Failure> {
    let host = host_of(url);
    let broken = |what: String| Failure::Connect { host: host.clone(), reason: format!("the proxy {what}") };
    let target = format!("{host}:{}", url.port_or_known_default().unwrap_or(443));
    let mut request = Request::builder()
        .method(Method::CONNECT)
        .uri(target.as_str())
        .header(HOST, target.as_str())
        .header(USER_AGENT, AGENT)
        .body(Empty::<Bytes>::new())
        .map_err(|error| broken(format!("cannot be asked for it ({error})")))?;
    if let Some(authorization) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
    }
    let unreadable = |error: hyper::Error| broken(format!("gave no answer that can be read ({error})"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(unreadable)?;
    alongside(connection.with_upgrades(), async {
        let answer = sender.send_request(request).await.map_err(unreadable)?;
        if !answer.status().is_success() {
            return Err(Failure::Proxy {
                proxy: proxy.shown(),
                host: host.clone(),
                status: answer.status().as_u16(),
            });
        }
        let opened = upgrade::on(answer).await.map_err(unreadable)?;
        Ok(Box::new(TokioIo::new(opened)) as Connection)
    })
    .await
}

/// Does the work while the connection that it needs is served. A failure of the connection shows in the work.
pub(super) async fn alongside<T>(connection: impl Future, work: impl Future<Output = T>) -> T {
    let mut connection = pin!(connection);
    let mut work = pin!(work);
    let mut closed = false;
    poll_fn(|context| {
        closed = closed || connection.as_mut().poll(context).is_ready();
        match work.as_mut().poll(context) {
            Poll::Pending if !closed => {
                // The work may have left something for the connection to send.
                closed = connection.as_mut().poll(context).is_ready();
                if closed { work.as_mut().poll(context) } else { Poll::Pending }
            }
            polled => polled,
        }
    })
    .await
}

/// The host as failures name it.
pub(super) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// A failure for a limit of time.
pub(super) fn too_long(host: String, limit: Duration) -> Failure {
    Failure::TimedOut { host, seconds: limit.as_secs() + u64::from(limit.subsec_nanos() > 0) }
}
