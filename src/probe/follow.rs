//! One request of the plan, from its first hop to its answer: the guard before every hop, the credential on the first
//! one only, redirects by hand, and a refused `HEAD` repeated as `GET`.

use std::pin::pin;

use futures_util::future::{Either, select};
use reqwest::header::HeaderValue;
use tokio::time::{Instant, timeout};
use url::{Host, Url};

use super::client::prepare;
use super::connect::{PLAIN_CREDENTIAL, Reach, host_of, too_long};
use super::desk::Desk;
use super::guard::{judge_url, stricter};
use super::kept;
use super::keyring::Header;
use super::model::{Answer, Ask, Failure, Hop, Reply, Tier, Verb};
use super::proxy::Proxy;
use super::transport::{Heard, Sending, exchange};

/// Asks, whatever comes of it.
pub(super) async fn answer(desk: &Desk<'_>, ask: &Ask) -> Answer {
    let started = Instant::now();
    let mut trail = Trail::begin(ask.verb);
    let outcome = in_time(desk, ask, &mut trail).await;
    Answer {
        ask: ask.id,
        question: ask.question,
        verb: trail.verb,
        url: ask.url.clone(),
        credential: trail.credential,
        hops: trail.hops,
        proxy: trail.proxy,
        outcome,
        took: started.elapsed(),
    }
}

/// What is known of a request even if it fails.
struct Trail {
    verb: Verb,
    credential: bool,
    hops: Vec<Hop>,
    proxy: Option<String>,
}

impl Trail {
    fn begin(verb: Verb) -> Self {
        Self { verb, credential: false, hops: Vec::new(), proxy: None }
    }
}

async fn in_time(desk: &Desk<'_>, ask: &Ask, trail: &mut Trail) -> Result<Reply, Failure> {
    let left = desk.end.saturating_duration_since(Instant::now());
    let limit = desk.limits.request.min(left);
    let asking = pin!(timeout(limit, asked(desk, ask, trail)));
    match select(pin!(desk.cancel.cancelled()), asking).await {
        Either::Left(_) => Err(Failure::Cancelled),
        Either::Right((Ok(outcome), _)) => outcome,
        Either::Right((Err(_), _)) => Err(too_long(host_of(&ask.url), limit)),
    }
}

async fn asked(desk: &Desk<'_>, ask: &Ask, trail: &mut Trail) -> Result<Reply, Failure> {
    let reply = attempt(desk, ask, trail).await?;
    // Some registries refuse every HEAD, and some storages sign links for GET alone.
    let in_doubt = trail.verb == Verb::Head && matches!(reply.status, 403..=405);
    if in_doubt && desk.may_ask(&ask.url).is_ok() {
        *trail = Trail::begin(Verb::Get);
        return attempt(desk, ask, trail).await;
    }
    Ok(reply)
}

async fn attempt(desk: &Desk<'_>, ask: &Ask, trail: &mut Trail) -> Result<Reply, Failure> {
    match hop_by_hop(desk, ask, trail).await {
        // After a redirect, the guard's refusal is about the redirect, which then was not followed.
        Err(Failure::Forbidden { reason }) => Err(match trail.hops.pop() {
            Some(hop) => Failure::Redirect { to: hop.to, reason },
            None => Failure::Forbidden { reason },
        }),
        outcome => outcome,
    }
}

async fn hop_by_hop(desk: &Desk<'_>, ask: &Ask, trail: &mut Trail) -> Result<Reply, Failure> {
    let mut url = ask.url.clone();
    let mut tiers = (ask.tier, ask.tier);
    let mut secret = None;
    loop {
        let first = trail.hops.is_empty();
        judge_url(&url, tiers.0, desk.consent)?;
        desk.may_ask(&url)?;
        let proxy = desk.keyring.proxy_for(&url).map(|setting| Proxy::parse(&setting)).transpose()?;
        trail.proxy = proxy.as_ref().map(Proxy::shown);
        let credential = if first { credential(desk, ask, proxy.is_some())? } else { None };
        let value = credential.as_ref().map(sendable).transpose()?;
        let reach = Reach { tier: tiers.1, loopback_only: value.is_some() && url.scheme() == "http" };
        desk.count();
        let line = prepare(desk, &url, reach, proxy.as_ref()).await?;
        // Said before it is sent: a request that is stopped half way must not hide what may have gone with it.
        let before = trail.credential;
        trail.credential |= value.is_some();
        secret = secret.or(credential);
        let sending =
            Sending { verb: trail.verb, url: &url, accept: ask.accept, credential: value, limit: ask.limit };
        let heard = exchange(desk, &line, sending).await.map_err(|fault| {
            trail.credential = if fault.sent { trail.credential } else { before };
            without(fault.failure, secret.as_ref())
        })?;
        let (status, location) = match heard {
            Heard::Reply(mut reply) => {
                if let Some(secret) = &secret {
                    secret.hide_in(&mut reply);
                }
                desk.heed(&url, &reply);
                return Ok(reply);
            }
            Heard::SentOn { status, location } => (status, location),
        };
        let next = target(&url, &location, secret.as_ref())?;
        let to = shown(&next, secret.as_ref());
        if url.scheme() == "https" && next.scheme() == "http" {
            return Err(Failure::Redirect { to, reason: "it leads from https to http".to_owned() });
        }
        if trail.hops.len() >= desk.limits.hops {
            return Err(Failure::Redirect {
                to,
                reason: format!("{} redirects were followed already", desk.limits.hops),
            });
        }
        tiers = tiers_after(&url, &next, tiers);
        trail.hops.push(Hop { status, to });
        url = next;
    }
}

/// The credential that the request was announced with. When it may not go, nothing goes: an answer without it would
/// be taken for an answer with it.
fn credential(desk: &Desk<'_>, ask: &Ask, proxied: bool) -> Result<Option<Header>, Failure> {
    if ask.credential.is_none() {
        return Ok(None);
    }
    let forbidden = |reason: &str| Err(Failure::Forbidden { reason: reason.to_owned() });
    if !matches!(stricter(&ask.url, ask.tier), Tier::A | Tier::B) {
        return forbidden("a credential never goes to a host that your configuration does not name");
    }
    if ask.url.scheme() != "https" && (proxied || !may_be_loopback(&ask.url)) {
        return forbidden(PLAIN_CREDENTIAL);
    }
    match desk.keyring.credential_for(&ask.url) {
        Some(header) => Ok(Some(header)),
        None => Err(Failure::Skipped {
            reason: "the credential that was to go with it is not in the configuration any more".to_owned(),
        }),
    }
}

fn sendable(header: &Header) -> Result<HeaderValue, Failure> {
    header.value().ok_or_else(|| Failure::Forbidden {
        reason: "the credential holds characters that no header may carry".to_owned(),
    })
}

fn may_be_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// How a redirect's target is trusted: as a URL, and as an address.
///
/// A registry may send a download to its storage, which nobody has configured. But what a registry names has not been
/// seen by the user, so that it may not lead into a private network.
fn tiers_after(from: &Url, to: &Url, (tier, address): (Tier, Tier)) -> (Tier, Tier) {
    let same_port = from.port_or_known_default() == to.port_or_known_default();
    let upgraded = to.scheme() == "https" && to.port().is_none() && from.port().is_none();
    if from.host() == to.host() && (same_port || upgraded) {
        return (tier, address);
    }
    match tier {
        Tier::A | Tier::B => (stricter(to, Tier::A), Tier::C),
        Tier::C | Tier::D => (stricter(to, Tier::C), Tier::C),
    }
}

/// Where a redirect leads.
fn target(from: &Url, location: &str, secret: Option<&Header>) -> Result<Url, Failure> {
    let Ok(mut url) = from.join(location) else {
        // Without its query, because signatures stand there.
        let path = location.split('?').next().unwrap_or_default();
        let to = kept::clean(path.as_bytes());
        let to = secret.map_or(to.clone(), |secret| secret.hidden(&to));
        return Err(Failure::Redirect { to, reason: "it is no address".to_owned() });
    };
    url.set_fragment(None);
    Ok(url)
}

/// A failure that may quote the server, which may quote the secret.
fn without(failure: Failure, secret: Option<&Header>) -> Failure {
    match (failure, secret) {
        (Failure::Broken { host, reason }, Some(secret)) => {
            Failure::Broken { host, reason: secret.hidden(&reason) }
        }
        (failure, _) => failure,
    }
}

/// A redirect's target as it is shown: nothing that may be secret.
fn shown(url: &Url, secret: Option<&Header>) -> String {
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let path = if url.cannot_be_a_base() { "" } else { url.path() };
    let whole = format!("{}://{}{port}{path}", url.scheme(), url.host_str().unwrap_or_default());
    kept::clean(secret.map_or(whole.clone(), |secret| secret.hidden(&whole)).as_bytes())
}
