//! The HTTP client of one hop: it reaches the addresses that were judged and no other, follows nothing, repeats
//! nothing, and knows neither the system's proxy nor a cookie. Must not know redirects or answers.

use std::error::Error;
use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, redirect, retry};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::connect::{Reach, host_of, too_long, vetted};
use super::desk::Desk;
use super::model::Failure;
use super::proxy::Proxy;
use super::tls::{Witness, nobody};

/// What this program calls itself.
const AGENT: &str = concat!("unforbid/", env!("CARGO_PKG_VERSION"), " (+read-only probe)");

/// A client that is ready for one request to the URL, and what it notes of the certificates.
pub(super) struct Line<'a> {
    pub(super) client: Client,
    pub(super) witness: Option<Arc<Witness>>,
    pub(super) proxy: Option<&'a Proxy>,
    /// When a connection must stand.
    pub(super) until: Instant,
}

/// Prepares a client for the URL. It has not connected yet.
pub(super) async fn prepare<'a>(
    desk: &Desk<'_>,
    url: &Url,
    reach: Reach,
    proxy: Option<&'a Proxy>,
) -> Result<Line<'a>, Failure> {
    let now = Instant::now();
    let until = now.checked_add(desk.limits.connect).unwrap_or(now);
    // The user chose the proxy, so its address is not judged. The URL's name is looked up by the proxy, so that its
    // address cannot be.
    let (dialled, reach) = proxy.map_or((url, Some(reach)), |proxy| (&proxy.url, None));
    let addresses = timeout_at(until, vetted(desk, dialled, reach))
        .await
        .map_err(|_| too_long(host_of(dialled), desk.limits.connect))??;
    let encrypted = [url, dialled].iter().any(|url| url.scheme() == "https");
    let (config, witness) = if encrypted {
        let (config, witness) = desk.trust().config(dialled)?;
        (config, Some(witness))
    } else {
        (nobody().map_err(|error| unready(url, &error))?, None)
    };
    let mut builder = Client::builder()
        .tls_backend_preconfigured(config)
        .dns_resolver(Vetted { host: host_of(dialled), addresses })
        .user_agent(AGENT)
        .http1_only()
        .connect_timeout(until.saturating_duration_since(Instant::now()))
        .pool_max_idle_per_host(0)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy();
    if let Some(proxy) = proxy {
        builder = builder.proxy(proxy.setting().map_err(|error| unready(url, &error.without_url()))?);
    }
    let client = builder.build().map_err(|error| unready(url, &error.without_url()))?;
    Ok(Line { client, witness, proxy, until })
}

fn unready(url: &Url, error: &dyn Error) -> Failure {
    Failure::Connect { host: host_of(url), reason: format!("the client cannot be made ready ({error})") }
}

/// Answers for one host with the addresses that were judged, and for no other.
struct Vetted {
    host: String,
    addresses: Vec<SocketAddr>,
}

impl Resolve for Vetted {
    fn resolve(&self, name: Name) -> Resolving {
        let found: Result<Addrs, Box<dyn Error + Send + Sync>> =
            if name.as_str().eq_ignore_ascii_case(&self.host) {
                Ok(Box::new(self.addresses.clone().into_iter()))
            } else {
                Err(io::Error::other("this name was not judged").into())
            };
        Box::pin(ready(found))
    }
}
