//! One request over one connection, and what is kept of the answer. Must not know redirects or consent.

use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper::ext::ReasonPhrase;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, HOST, HeaderMap,
    HeaderValue, LOCATION, PROXY_AUTHORIZATION, USER_AGENT,
};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use url::{Position, Url};

use super::body::{self, Packing};
use super::connect::{AGENT, Line, alongside, host_of};
use super::kept;
use super::model::{Failure, Reply, Verb};
use super::proxy::Proxy;

/// A request.
pub(super) struct Sending<'a> {
    pub(super) verb: Verb,
    pub(super) url: &'a Url,
    pub(super) accept: &'static str,
    pub(super) credential: Option<HeaderValue>,
    pub(super) proxy: Option<&'a Proxy>,
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
pub(super) async fn exchange(line: Line, sending: Sending<'_>) -> Result<Heard, Failure> {
    let host = host_of(sending.url);
    let limit = sending.limit;
    let request = request(sending)?;
    let broken = |reason: String| Failure::Broken { host: host.clone(), reason };
    let unread = |error: hyper::Error| {
        broken(if error.is_incomplete_message() {
            "the connection was closed before an answer came".to_owned()
        } else if error.is_parse() {
            format!("it is not HTTP/1.1 as it should be ({error})")
        } else {
            error.to_string()
        })
    };
    let (mut sender, connection) = http1::handshake(TokioIo::new(line.stream)).await.map_err(unread)?;
    alongside(connection, async {
        let response = sender.send_request(request).await.map_err(unread)?;
        heard(response, limit, line.issuer).await.map_err(broken)
    })
    .await
}

fn request(sending: Sending<'_>) -> Result<Request<Empty<Bytes>>, Failure> {
    let url = sending.url;
    let plain_proxy = sending.proxy.filter(|_| url.scheme() == "http");
    let target = match plain_proxy {
        Some(_) => &url[..Position::AfterQuery],
        None => &url[Position::BeforePath..Position::AfterQuery],
    };
    let method = match sending.verb {
        Verb::Get => Method::GET,
        Verb::Head => Method::HEAD,
    };
    let mut request = Request::builder()
        .method(method)
        .uri(target)
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(USER_AGENT, AGENT)
        .header(ACCEPT, sending.accept)
        .header(ACCEPT_ENCODING, "gzip")
        // A cache on the way would answer for the registry.
        .header(CACHE_CONTROL, "no-cache")
        .header(CONNECTION, "close")
        .body(Empty::new())
        .map_err(|error| Failure::Forbidden {
            reason: format!("it cannot be written as a request ({error})"),
        })?;
    if let Some(credential) = sending.credential {
        request.headers_mut().insert(AUTHORIZATION, credential);
    }
    if let Some(authorization) = plain_proxy.and_then(Proxy::authorization) {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
    }
    Ok(request)
}

async fn heard(
    response: Response<hyper::body::Incoming>,
    limit: usize,
    issuer: Option<String>,
) -> Result<Heard, String> {
    let received = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (parts, incoming) = response.into_parts();
    let status = parts.status.as_u16();
    if matches!(status, 301 | 302 | 303 | 307 | 308)
        && let Some(location) = parts.headers.get(LOCATION)
    {
        let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
        return Ok(Heard::SentOn { status, location });
    }
    let phrase = parts.extensions.get::<ReasonPhrase>().map(|phrase| kept::clean(phrase.as_bytes()));
    let no_use = |reason: String| format!("status {status} with a body that is no use: {reason}");
    let packing = packing(&parts.headers).map_err(no_use)?;
    let (body, cut) = body::read(incoming, packing, limit).await.map_err(no_use)?;
    Ok(Heard::Reply(Reply {
        status,
        phrase: phrase.filter(|phrase| !phrase.is_empty()),
        headers: kept::headers(&parts.headers),
        body,
        cut,
        issuer,
        received,
    }))
}

fn packing(headers: &HeaderMap) -> Result<Packing, String> {
    let encoding = headers.get(CONTENT_ENCODING).map(kept::text);
    Packing::of(encoding.as_deref()).ok_or_else(|| {
        format!("it is packed with {}, which was not asked for", encoding.as_deref().unwrap_or_default())
    })
}
