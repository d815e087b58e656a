//! The refusing registry beside the public one: the same bytes, other bytes, or nothing there.

use super::{Heard, Scene};
use crate::facts::{Observation, Sign};
use crate::probe::Question;
use crate::probe::packument::Packument;

/// What the comparison says.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let Some(public) = scene.own(Question::PublicPackage).filter(|heard| heard.is_npm) else {
        return found;
    };
    let Some(name) = scene.subject.package.as_ref().map(|name| name.as_str()) else {
        return found;
    };
    if public.status() == 404 && public.packument().is_none() && scene.absence_counts(public) {
        let text = format!("{} shows no package {name} to the public", public.host());
        found.push(public.seen(Sign::PublicAbsent, text));
    }
    let theirs = public.packument().filter(|packument| packument.has_versions());
    let private = scene.package().filter(|heard| !heard.is_npm);
    if let (Some(theirs), Some(private), Some(version)) = (theirs, private, scene.subject.version.as_ref())
        && let Some(ours) = private.packument().filter(|packument| packument.has_versions())
    {
        found.extend(versions(public, private, &ours, &theirs, version.as_str()));
    }
    found
}

fn versions(
    public: &Heard<'_>,
    private: &Heard<'_>,
    ours: &Packument<'_>,
    theirs: &Packument<'_>,
    version: &str,
) -> Option<Observation> {
    theirs.manifest(version)?;
    if ours.manifest(version).is_none() {
        if private.reply.cut {
            return None;
        }
        let text = format!("{} lists {version} and {} does not", public.host(), private.host());
        return Some(private.seen(Sign::VersionStripped, text));
    }
    let same = match (ours.integrity(version), theirs.integrity(version)) {
        (Some(one), Some(other)) if algorithm(one) == algorithm(other) => one == other,
        _ => ours.shasum(version)?.eq_ignore_ascii_case(theirs.shasum(version)?),
    };
    Some(if same {
        let text = format!("{} and {} hold the same bytes as {version}", private.host(), public.host());
        private.seen(Sign::PublicSameBytes, text)
    } else {
        let text = format!(
            "{} and {} hold different archives as {version}: do not take one for the other",
            private.host(),
            public.host()
        );
        private.seen(Sign::PublicOtherBytes, text)
    })
}

fn algorithm(integrity: &str) -> &str {
    integrity.split('-').next().unwrap_or_default()
}
