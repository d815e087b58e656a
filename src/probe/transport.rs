//! One request, and what is kept of the answer. Must not know redirects or consent.

use std::time::{SystemTime, UNIX_EPOCH};

use hyper::ext::ReasonPhrase;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONNECTION, HeaderValue, LOCATION,
};
use reqwest::{Method, Response};
use url::Url;

use super::body;
use super::client::Line;
use super::connect::host_of;
use super::desk::Desk;
use super::fault::{Fault, fault};
use super::kept;
use super::model::{Failure, Reply, Verb};

/// A request.
pub(super) struct Sending<'a> {
    pub(super) verb: Verb,
    pub(super) url: &'a Url,
    pub(super) accept: &'static str,
    pub(super) credential: Option<HeaderValue>,
    pub(super) limit: usize,
}

/// What came back.
pub(super) enum Heard {
    /// An answer.
    Reply(Reply),
    /// A redirect, and the address as the server wrote it.
    SentOn { status: u16, location: String },
}

/// Sends a request and reads the answer.
pub(super) async fn exchange(desk: &Desk<'_>, line: &Line<'_>, sending: Sending<'_>) -> Result<Heard, Fault> {
    let url = sending.url;
    let method = match sending.verb {
        Verb::Get => Method::GET,
        Verb::Head => Method::HEAD,
    };
    let mut request = line
        .client
        .request(method, url.clone())
        .header(ACCEPT, sending.accept)
        .header(ACCEPT_ENCODING, "gzip")
        // A cache on the way would answer for the registry.
        .header(CACHE_CONTROL, "no-cache")
        .header(CONNECTION, "close");
    if let Some(credential) = sending.credential {
        request = request.header(AUTHORIZATION, credential);
    }
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) => return Err(fault(desk, line, url, &error).await),
    };
    let shown = line.witness.as_ref().filter(|_| url.scheme() == "https").and_then(|witness| witness.shown());
    let issuer = shown.and_then(|(_, issuer)| issuer);
    heard(response, sending.limit, issuer)
        .await
        .map_err(|reason| Fault { failure: Failure::Broken { host: host_of(url), reason }, sent: true })
}

async fn heard(response: Response, limit: usize, issuer: Option<String>) -> Result<Heard, String> {
    let received = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let status = response.status().as_u16();
    if matches!(status, 301 | 302 | 303 | 307 | 308)
        && let Some(location) = response.headers().get(LOCATION)
    {
        let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
        return Ok(Heard::SentOn { status, location });
    }
    let phrase = response.extensions().get::<ReasonPhrase>().map(|phrase| kept::clean(phrase.as_bytes()));
    let headers = kept::headers(response.headers());
    let (body, cut) = body::read(response, limit)
        .await
        .map_err(|reason| format!("status {status} with a body that is no use: {reason}"))?;
    Ok(Heard::Reply(Reply {
        status,
        phrase: phrase.filter(|phrase| !phrase.is_empty()),
        headers,
        body,
        cut,
        issuer,
        received,
    }))
}
