//! The refused request, asked again: without a credential, with it, and in other spellings.
//!
//! A write cannot be asked again. Of a publish, reading the same package stands in for it, and only refusals count:
//! that a package can be read says nothing about writing it.

use super::{Heard, Scene};
use crate::facts::{FactKey, Observation, Sign};
use crate::probe::Question;

/// What asking again says.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    if !scene.subject.is_side_endpoint() {
        let (anonymous, with) = (anonymous(scene), credential(scene));
        found.extend(anonymous.and_then(|heard| without_credential(scene, heard)));
        found.extend(with.and_then(|heard| with_credential(scene, heard, anonymous)));
        if scene.subject.is_install() {
            found.extend(allowed_now(scene, anonymous, with));
        }
    }
    found.extend(only_endpoint(scene));
    found.extend(decoded_slash(scene));
    found.extend(other_package(scene));
    found
}

/// What was refused: the archive, else the metadata.
fn pick<'s, 'a>(scene: &'s Scene<'a>, archive: Question, package: Question) -> Option<&'s Heard<'a>> {
    let refused = scene.own(archive).filter(|_| scene.subject.is_archive());
    refused.or_else(|| scene.own(package))
}

/// The answer to the refused request without a credential.
pub fn anonymous<'s, 'a>(scene: &'s Scene<'a>) -> Option<&'s Heard<'a>> {
    pick(scene, Question::Archive, Question::Package)
}

/// The answer to the refused request with the credential.
pub fn credential<'s, 'a>(scene: &'s Scene<'a>) -> Option<&'s Heard<'a>> {
    pick(scene, Question::ArchiveWithCredential, Question::PackageWithCredential)
}

fn what(heard: &Heard<'_>) -> &'static str {
    if super::heard::asks_for_bytes(heard.answer.question) { "the archive" } else { "the package's metadata" }
}

fn without_credential(scene: &Scene<'_>, heard: &Heard<'_>) -> Option<Observation> {
    let (host, what) = (heard.host(), what(heard));
    let write = !scene.subject.is_install();
    match heard.status() {
        _ if heard.is_ok() && !write => {
            Some(heard.seen(Sign::AnonymousAllowed, format!("without a credential, {host} hands out {what}")))
        }
        401 => {
            Some(heard.seen(Sign::AnonymousRefused, format!("without a credential, {host} asks for a login")))
        }
        // Public packages are never hidden, so on the public registry this only says something about scoped ones.
        404 if !write
            && (!heard.is_npm || scene.subject.scope().is_some())
            && heard.answer.hops.is_empty() =>
        {
            let text = format!(
                "without a credential, {host} says 404 for {what}, as registries do that hide what they have"
            );
            Some(heard.seen(Sign::AnonymousRefused, text))
        }
        403 => Some(
            heard
                .seen(Sign::AnonymousForbidden, format!("without a credential, {host} forbids {what} (403)")),
        ),
        _ => None,
    }
}

fn with_credential(
    scene: &Scene<'_>,
    heard: &Heard<'_>,
    anonymous: Option<&Heard<'_>>,
) -> Option<Observation> {
    let (host, what) = (heard.host(), what(heard));
    let write = !scene.subject.is_install();
    // A public page opens with any credential; that says nothing about this one when the request was a write.
    let opened = anonymous.is_some_and(|anonymous| matches!(anonymous.status(), 401 | 403 | 404));
    match heard.status() {
        _ if heard.is_ok() && (!write || opened) => {
            Some(heard.seen(Sign::CredentialAllowed, format!("with the credential, {host} hands out {what}")))
        }
        401 => {
            Some(heard.seen(Sign::CredentialRefused, format!("{host} refuses the credential itself (401)")))
        }
        403 => Some(
            heard
                .seen(Sign::CredentialForbidden, format!("with the credential, {host} forbids {what} (403)")),
        ),
        404 if !write => Some(
            heard.seen(Sign::CredentialNotFound, format!("with the credential, {host} says 404 for {what}")),
        ),
        _ => None,
    }
}

/// The very request that was refused is a yes now: made as the client makes it, as far as that is known.
fn allowed_now(
    scene: &Scene<'_>,
    anonymous: Option<&Heard<'_>>,
    with: Option<&Heard<'_>>,
) -> Option<Observation> {
    let same = |heard: &&Heard<'_>| heard.is_ok() && is_refused_request(scene, heard);
    let sends_none = |heard: &&Heard<'_>| {
        let logged = scene.facts.get(FactKey::Credential);
        logged == Some("none") || logged.is_none() && scene.home.credential_for(&heard.answer.url).is_none()
    };
    let heard = with.filter(same).or_else(|| anonymous.filter(same).filter(sends_none))?;
    let text = format!("{} allows now what was refused", heard.host());
    Some(heard.seen(Sign::AllowedNow, text))
}

fn is_refused_request(scene: &Scene<'_>, heard: &Heard<'_>) -> bool {
    super::heard::asks_for_bytes(heard.answer.question) == scene.subject.is_archive()
}

/// Packages can be read, and the endpoint that refused is one that many registries do not offer.
fn only_endpoint(scene: &Scene<'_>) -> Option<Observation> {
    if !scene.subject.is_side_endpoint() {
        return None;
    }
    let endpoint = scene.own(Question::Endpoint);
    if let Some(heard) = endpoint.filter(|heard| heard.is_ok()) {
        return Some(heard.seen(Sign::AllowedNow, format!("{} allows now what was refused", heard.host())));
    }
    let package = [Question::Package, Question::PackageWithCredential, Question::OtherPackage];
    let readable =
        package.into_iter().filter_map(|question| scene.own(question)).find(|heard| heard.is_ok())?;
    let text = format!("{} hands out packages; only this endpoint is refused", readable.host());
    Some(endpoint.unwrap_or(readable).seen(Sign::OnlyEndpointRefused, text))
}

/// The same address but for `%2f`: proxies in front of registries sometimes refuse the encoded slash.
fn decoded_slash(scene: &Scene<'_>) -> Option<Observation> {
    let decoded =
        scene.own(Question::DecodedSlash).filter(|heard| heard.packument().is_some() && heard.is_ok())?;
    let encoded = if decoded.answer.credential { Question::PackageWithCredential } else { Question::Package };
    // A box in between may be the very thing that refuses the encoded slash, so its answer counts here.
    let encoded = scene.heard.iter().rev().find(|heard| heard.answer.question == encoded)?;
    let refused = matches!(encoded.status(), 400 | 403 | 404 | 405);
    refused.then(|| {
        let text = format!(
            "{} answers {} to %2f in the address and hands out the package with / instead",
            decoded.host(),
            encoded.status()
        );
        decoded.seen(Sign::EncodedSlashRefused, text)
    })
}

fn other_package(scene: &Scene<'_>) -> Option<Observation> {
    let heard = scene.own(Question::OtherPackage)?;
    let host = heard.host();
    match heard.status() {
        _ if heard.is_ok() => {
            Some(heard.seen(Sign::OtherPackageAllowed, format!("{host} hands out another package")))
        }
        403 => {
            Some(heard.seen(Sign::OtherPackageForbidden, format!("{host} forbids another package as well")))
        }
        _ => None,
    }
}
