//! Archives: whether their bytes can be had, and what a storage host behind the registry says.

use super::{Heard, Scene};
use crate::facts::{Observation, Sign};
use crate::probe::{Question, fingerprint::Marks, words};

/// What asking for archives says.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let archives = || scene.all(Question::ArchiveWithCredential).chain(scene.all(Question::Archive));
    let allowed = archives().find(|heard| heard.is_ok());
    let metadata = scene.package().is_some_and(|heard| heard.is_ok() && heard.packument().is_some());
    if let Some(heard) = allowed {
        found.push(heard.seen(Sign::ArchiveAllowed, format!("{} hands out the archive", heard.host())));
    } else if let Some(heard) = archives().find(|heard| heard.status() == 403)
        && metadata
    {
        let text = format!("{} lists the version and forbids its archive (403)", heard.host());
        found.push(heard.seen(Sign::ArchiveForbidden, text));
    }
    if let Some(heard) = scene.own(Question::OtherArchive) {
        let host = heard.host();
        if heard.is_ok() {
            let text = format!("{host} hands out the archive of another version");
            found.push(heard.seen(Sign::OtherVersionAllowed, text));
        } else if heard.status() == 403 {
            let text = format!("{host} forbids the archive of another version as well");
            found.push(heard.seen(Sign::OtherVersionForbidden, text));
        }
    }
    if allowed.is_none() {
        found.extend(archives().find_map(|heard| storage(scene, heard)).into_iter().flatten());
    }
    found
}

/// A storage host to which the registry sent on, and which refused.
fn storage(scene: &Scene<'_>, heard: &Heard<'_>) -> Option<Vec<Observation>> {
    if !matches!(heard.status(), 400 | 401 | 403) {
        return None;
    }
    let body =
        String::from_utf8_lossy(heard.reply.body.get(..8_192).unwrap_or(&heard.reply.body)).into_owned();
    let code = words::xml(&body, "Code").filter(|code| code.chars().all(|c| c.is_ascii_alphanumeric()));
    let last = heard.answer.hops.last().and_then(|hop| url::Url::parse(&hop.to).ok());
    let sent_on = last.as_ref().is_some_and(|to| to.host_str() != heard.answer.url.host_str());
    let asked = last.as_ref().unwrap_or(&heard.answer.url);
    let host = asked.host_str().unwrap_or_default();
    let is_store = is_store(host) || code.is_some() || has_store_header(heard);
    // Without a hop only a storage's own answer on its own host counts: the lock file may name it directly.
    if !(is_store && (sent_on || self::is_store(host)) || code.is_some() && names_no_registry(scene, heard)) {
        return None;
    }
    let code_text = code.map(|code| format!(" ({code})")).unwrap_or_default();
    let text = format!("the download was sent on to the storage host {host}, which refused it{code_text}");
    let text =
        if sent_on { text } else { format!("the storage host {host} refused the download{code_text}") };
    let mut found = vec![heard.seen(Sign::StorageRefused, text)];
    let lower = body.to_ascii_lowercase();
    let expired = match code {
        Some("SignatureDoesNotMatch" | "ExpiredToken" | "AuthenticationFailed" | "RequestTimeTooSkewed") => {
            true
        }
        Some("AccessDenied") => lower.contains("expired"),
        _ => false,
    };
    if expired {
        let text = format!("{host} says that the link has expired or is signed wrongly{code_text}");
        found.push(heard.seen(Sign::LinkExpired, text));
    }
    Some(found)
}

fn is_store(host: &str) -> bool {
    let amazon = host.ends_with(".amazonaws.com") && host.split('.').any(|label| label.starts_with("s3"));
    amazon
        || host == "storage.googleapis.com"
        || host.ends_with(".storage.googleapis.com")
        || host.ends_with(".blob.core.windows.net")
        || host.starts_with("pkg-npm.")
}

fn has_store_header(heard: &Heard<'_>) -> bool {
    ["x-amz-request-id", "x-goog-hash", "x-guploader-uploadid", "x-ms-request-id"]
        .iter()
        .any(|header| heard.reply.header(header).is_some())
}

fn names_no_registry(scene: &Scene<'_>, heard: &Heard<'_>) -> bool {
    scene.subject.registry.is_none() && Marks::read([heard.reply]).named().is_none()
}
