//! What a failed request says, read from the types of its causes and never from their words.

use std::error::Error;
use std::io;
use std::iter::successors;

use rustls::pki_types::InvalidDnsNameError;
use url::Url;

use super::client::Line;
use super::connect::{host_of, no_connection, too_long};
use super::desk::Desk;
use super::model::Failure;
use super::tunnel;

/// Why there is no answer.
pub(super) struct Fault {
    pub(super) failure: Failure,
    /// Whether the request may have left.
    pub(super) sent: bool,
}

/// From what the client says.
pub(super) async fn fault(desk: &Desk<'_>, line: &Line<'_>, url: &Url, error: &reqwest::Error) -> Fault {
    if error.is_builder() {
        let reason = format!("it cannot be written as a request ({})", innermost(error));
        return Fault { failure: Failure::Forbidden { reason }, sent: false };
    }
    if error.is_connect() {
        return Fault { failure: unconnected(desk, line, url, error).await, sent: false };
    }
    Fault { failure: Failure::Broken { host: host_of(url), reason: unread(error) }, sent: true }
}

/// Why an answer cannot be read.
fn unread(error: &reqwest::Error) -> String {
    match find::<hyper::Error>(error) {
        Some(error) if error.is_incomplete_message() => {
            "the connection was closed before an answer came".to_owned()
        }
        Some(error) if error.is_parse() => format!("it is not HTTP/1.1 as it should be ({error})"),
        Some(error) => error.to_string(),
        None => innermost(error).to_string(),
    }
}

async fn unconnected(desk: &Desk<'_>, line: &Line<'_>, url: &Url, error: &reqwest::Error) -> Failure {
    let dialled = host_of(line.proxy.map_or(url, |proxy| &proxy.url));
    if error.is_timeout() {
        return too_long(dialled, desk.limits.connect);
    }
    if let (Some(wrong), Some(witness)) = (find::<rustls::Error>(error), &line.witness) {
        // The first certificate is the proxy's, when it is spoken to over TLS.
        let refused = matches!(wrong, rustls::Error::InvalidCertificate(_));
        let is_proxys = |(name, _): (String, _)| refused && name == dialled.trim_matches(['[', ']']);
        let secure = line.proxy.is_some_and(|proxy| proxy.url.scheme() == "https");
        let with_proxy = secure && witness.shown().is_none_or(is_proxys);
        let host = if with_proxy { dialled } else { host_of(url) };
        return desk.trust().failure(wrong, witness, host);
    }
    if find::<InvalidDnsNameError>(error).is_some() {
        let reason = "no certificate can name this host".to_owned();
        return Failure::Certificate { host: host_of(url), reason };
    }
    let system = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).last();
    if let Some(refused) = system.filter(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
        return no_connection(&dialled, refused);
    }
    if let Some(proxy) = line.proxy.filter(|_| url.scheme() == "https")
        && let Some(failure) = tunnel::refusal(line, url, proxy).await
    {
        return failure;
    }
    let host = host_of(url);
    match system {
        // Only a handshake can end before it has begun to be one.
        Some(closed) if closed.kind() == io::ErrorKind::UnexpectedEof => {
            Failure::Connect { host, reason: format!("TLS failed, {closed}") }
        }
        Some(error) => no_connection(&host, error),
        None => Failure::Connect { host, reason: innermost(error).to_string() },
    }
}

/// The first cause of this type.
pub(super) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The error and its causes. What an [`io::Error`] wraps is a cause as well, which its `source` leaves out.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// The last cause. Those before it may quote the whole URL.
pub(super) fn innermost<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    causes(error).last().unwrap_or(error)
}
