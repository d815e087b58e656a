//! Why a proxy gives no tunnel. The client hides the proxy's status, so that the proxy is asked for the tunnel once
//! more, in a way that shows it: no credential, no registry, and nothing is sent through it.

use reqwest::Method;
use tokio::time::timeout_at;
use url::Url;

use super::client::Line;
use super::connect::{host_of, no_connection};
use super::fault::find;
use super::model::Failure;
use super::proxy::Proxy;

/// The proxy's refusal; `None` when it gives a tunnel now, or when the time is over.
pub(super) async fn refusal(line: &Line<'_>, url: &Url, proxy: &Proxy) -> Option<Failure> {
    let host = host_of(url);
    // The scheme keeps the client from asking for a tunnel to ask for the tunnel in.
    let target = format!("http://{host}:{}/", url.port_or_known_default().unwrap_or(443));
    let asking = line.client.request(Method::CONNECT, target).send();
    match timeout_at(line.until, asking).await.ok()? {
        Ok(answer) if answer.status().is_success() => None,
        Ok(answer) => Some(Failure::Proxy { proxy: proxy.shown(), host, status: answer.status().as_u16() }),
        Err(error) => Some(match (find::<hyper::Error>(&error), find::<std::io::Error>(&error)) {
            (Some(error), _) => Failure::Connect {
                host,
                reason: format!("the proxy gave no answer that can be read ({error})"),
            },
            (None, Some(error)) => no_connection(&host_of(&proxy.url), error),
            (None, None) => return None,
        }),
    }
}
