//! Who answers: the software that the address promises, a mirror, the registry's edge, or a box in between.

use super::heard::from_answer;
use super::{Heard, Scene};
use crate::facts::{Observation, Sign};
use crate::probe::fingerprint::{self, Marks};
use crate::probe::{Failure, Question, address, words};

/// Who the answers come from.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    found.extend(edge(scene));
    found.extend(boxes(scene));
    found.extend(page(scene));
    found.extend(kind(scene));
    found.extend(tls(scene));
    found.extend(well(scene));
    found
}

/// Whether a question went to the refusing registry.
fn asks_registry(scene: &Scene<'_>, heard: &Heard<'_>) -> bool {
    scene.subject.registry.as_ref().is_none_or(|registry| registry.origin() == heard.answer.url.origin())
}

/// The registry's own edge refuses both the ping and the package, before the registry is asked.
fn edge(scene: &Scene<'_>) -> Option<Observation> {
    let at_edge = |question| {
        scene.own(question).filter(|heard| {
            let mitigated = heard.reply.header("cf-mitigated").is_some();
            heard.status() == 403 && fingerprint::is_edge(heard.reply) && (mitigated || heard.json.is_none())
        })
    };
    let (ping, _) = (at_edge(Question::Ping)?, at_edge(Question::Package)?);
    let text = format!("the network in front of {} refuses even the simplest request from here", ping.host());
    Some(ping.seen(Sign::EdgeRefuses, text))
}

fn boxes(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    if let Some(heard) = scene.heard.iter().find(|heard| heard.boxed.is_enough()) {
        let what = heard.boxed.what.join(", ");
        let text = format!("something between here and {} answered instead of it: {what}", heard.host());
        found.push(heard.seen(Sign::MiddleBox, text));
    }
    for answer in scene.answers {
        if let Err(failure @ Failure::Proxy { .. }) = &answer.outcome {
            found.push(from_answer(answer, Sign::ProxyRefused, words::clean(&failure.to_string())));
        }
    }
    // GitHub asks everybody for a login, also for public packages, and marks every answer.
    if let Some(heard) = scene.own(Question::Package)
        && is_host_of(scene, heard, "github")
        && !matches!(heard.status(), 401 | 404 | 429 | 500..)
        && heard.reply.header("x-github-request-id").is_none()
    {
        let text = format!(
            "{} asks everybody for a login and marks its answers; this answer ({}) does neither",
            heard.host(),
            heard.status()
        );
        found.push(heard.seen(Sign::MiddleBox, text));
    }
    found
}

fn is_host_of(scene: &Scene<'_>, heard: &Heard<'_>, provider: &str) -> bool {
    let provider = scene.knowledge.provider(provider);
    provider.is_some_and(|provider| provider.hosts.iter().any(|pattern| pattern.covers(heard.host())))
}

/// A web page where JSON is due. Registries without a ping answer it with a page and 404, which says nothing.
fn page(scene: &Scene<'_>) -> Option<Observation> {
    let heard = scene.heard.iter().find(|heard| {
        let due = !super::heard::asks_for_bytes(heard.answer.question);
        let no_ping = heard.answer.question == Question::Ping && matches!(heard.status(), 404 | 405);
        due && !no_ping && heard.json.is_none() && words::is_page(heard.reply)
    })?;
    let text = format!("{} answers {} with a web page where JSON is due", heard.host(), heard.status());
    Some(heard.seen(Sign::PageInsteadOfJson, text))
}

/// The software by its signs, beside the one that the address promises.
fn kind(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let own: Vec<&Heard<'_>> = scene
        .heard
        .iter()
        .filter(|heard| {
            asks_registry(scene, heard) && !heard.boxed.is_enough() && heard.answer.hops.is_empty()
        })
        .collect();
    let expected = scene.subject.provider.as_deref();
    let title = |id: &str| scene.knowledge.provider(id).map_or(id.to_owned(), |known| known.title.clone());
    if let Some(first) = own.first() {
        let marks = Marks::read(own.iter().map(|heard| heard.reply));
        let telling = |software: &str| {
            own.iter().find(|heard| Marks::read([heard.reply]).of(software) > 0).unwrap_or(first)
        };
        match (expected, marks.named()) {
            (Some(expected), named)
                if marks.of(expected) > 0 && named.is_none_or(|named| named == expected) =>
            {
                let text =
                    format!("{} answers like {}, as its address promises", first.host(), title(expected));
                found.push(telling(expected).seen(Sign::KindAsExpected, text));
            }
            (Some(expected), Some(named))
                if named != expected && (expected == "npm" || marks.of(expected) == 0) =>
            {
                let text = format!(
                    "{} promises {} and is answered by {}",
                    first.host(),
                    title(expected),
                    title(named)
                );
                found.push(telling(named).seen(Sign::KindDiffers, text));
            }
            _ => {}
        }
        if marks.named() == Some("cnpm") {
            let text = format!("{} is a mirror of another registry", first.host());
            found.push(telling("cnpm").seen(Sign::MirrorAnswers, text));
        }
    }
    found.extend(sent_away(scene));
    found
}

/// The public registry never sends package metadata elsewhere; something on the way does.
fn sent_away(scene: &Scene<'_>) -> Option<Observation> {
    scene.answers.iter().find_map(|answer| {
        let asks_json = matches!(
            answer.question,
            Question::Ping | Question::Package | Question::PackageWithCredential | Question::PublicPackage
        );
        if !asks_json || !address::is_npm(&answer.url, scene.knowledge) {
            return None;
        }
        let to = match &answer.outcome {
            Err(Failure::Redirect { to, .. }) => to,
            _ => &answer.hops.last()?.to,
        };
        let to = url::Url::parse(to).ok().filter(|to| !address::is_npm(to, scene.knowledge))?;
        let from = answer.url.host_str().unwrap_or_default();
        let text = format!(
            "requests to {from} are sent on to {}",
            words::clean(to.host_str().unwrap_or("another host"))
        );
        Some(from_answer(answer, Sign::KindDiffers, text))
    })
}

/// Only asked about hosts that everybody reaches: a company's own authority is usual on its own hosts.
fn tls(scene: &Scene<'_>) -> Option<Observation> {
    scene.answers.iter().find_map(|answer| {
        if !address::is_public(&answer.url, scene.knowledge)
            || answer.proxy.is_some() && answer.url.scheme() != "https"
        {
            return None;
        }
        let host = answer.url.host_str().unwrap_or_default();
        match &answer.outcome {
            Ok(reply) => {
                let issuer =
                    reply.issuer.as_deref().filter(|name| !fingerprint::is_public_authority(name))?;
                let text = format!(
                    "the certificate of {host} was made by {}, which is none of the usual public authorities",
                    words::clean(issuer)
                );
                // Not an answer's word, so nothing is said here.
                Some(from_answer(answer, Sign::TlsIntercepted, text))
            }
            Err(Failure::Certificate { reason, .. }) => {
                let lower = reason.to_ascii_lowercase();
                let unknown = [
                    "unknown issuer",
                    "unknownissuer",
                    "self signed",
                    "self-signed",
                    "unable to get local issuer",
                ];
                unknown.iter().any(|words| lower.contains(words)).then(|| {
                    let text =
                        format!("the certificate of {host} was made by an authority that nobody here trusts");
                    from_answer(answer, Sign::TlsIntercepted, text)
                })
            }
            Err(_) => None,
        }
    })
}

fn well(scene: &Scene<'_>) -> Option<Observation> {
    let good = [Question::Ping, Question::Package, Question::PackageWithCredential, Question::OtherPackage];
    let heard = good.into_iter().filter_map(|question| scene.own(question)).find(|heard| {
        heard.is_ok()
            && (heard.json.as_ref().is_some_and(serde_json::Value::is_object))
            && asks_registry(scene, heard)
    })?;
    Some(heard.seen(Sign::RegistryWell, format!("{} answers as a registry should", heard.host())))
}
