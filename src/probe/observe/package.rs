//! The package and its versions: what is listed, what was once, what is free.

use std::cmp::Ordering;

use super::{Heard, Scene};
use crate::facts::{FactKey, Observation, Sign, is_account};
use crate::probe::packument::Packument;
use crate::probe::times::{self, DAY};
use crate::probe::{Question, versions};

/// Waiting times that rules for young versions use, in days.
const WAITS: [i64; 4] = [1, 3, 7, 14];

/// What the metadata of the package says.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    if let Some(heard) = scene.package() {
        match heard.packument() {
            Some(packument) => listed(scene, heard, &packument, &mut found),
            None => found.extend(absent(scene, heard).or_else(|| single(scene))),
        }
    }
    if scene.subject.is_install() {
        found.extend(young(scene));
    }
    found.extend(similar(scene));
    found
}

fn name<'s>(scene: &'s Scene<'_>) -> &'s str {
    scene.subject.package.as_ref().map_or("the package", |name| name.as_str())
}

fn listed(scene: &Scene<'_>, heard: &Heard<'_>, packument: &Packument<'_>, found: &mut Vec<Observation>) {
    let (host, name) = (heard.host(), name(scene));
    found.extend(cooldown(scene, heard, packument));
    if !packument.has_versions() {
        return;
    }
    let version = scene.subject.version.as_ref().map(|version| version.as_str());
    found.extend(version.and_then(|version| state(scene, heard, packument, version)));
    if let Some(version) = version {
        found.extend(same_bytes(scene, heard, packument, version));
    }
    let mut exists = heard.seen(Sign::PackageExists, format!("{host} has {name}"));
    if version.is_none()
        && scene.subject.is_publish()
        && let Some(free) = versions::next_free(None, &packument.taken())
    {
        exists.text += &format!("; the next free version is {}", free.version);
        exists.learned.set(FactKey::NextVersion, free.version, None);
        exists.learned.set(FactKey::Bump, free.bump, None);
    }
    if let Some(owner) = packument.maintainers().and_then(|names| names.first().copied()) {
        exists.learned.set(FactKey::Owner, owner, None);
    }
    found.push(exists);
    if heard.is_npm && packument.is_held() {
        let text =
            format!("{name} on {host} is a placeholder that npm put there for safety; npm holds the name");
        found.push(heard.seen(Sign::HoldingPackage, text));
    }
}

/// Whether the version is there, was there, or is free.
fn state(
    scene: &Scene<'_>,
    heard: &Heard<'_>,
    packument: &Packument<'_>,
    version: &str,
) -> Option<Observation> {
    let (host, name) = (heard.host(), name(scene));
    let sent = versions::clean(version)?;
    let mut text = String::new();
    if versions::has_build(version) {
        text = format!("{version} is sent as {sent}, because what stands behind the + is dropped; ");
    }
    let sign = if packument.manifest(version).is_some() {
        text += &format!("{host} lists {sent}");
        Sign::VersionListed
    } else if !scene.is_whole_record(heard, packument) {
        // What a proxy or a mirror leaves out may well be there.
        return None;
    } else if packument.taken().contains(&sent) {
        text += &format!(
            "{host} does not list {sent} any more, but it was there once and can never be used again"
        );
        Sign::VersionBurned
    } else {
        text += &format!("{host} never had {name} {sent}");
        return Some(heard.seen(Sign::VersionFree, text));
    };
    let published = packument.published(version);
    let publisher = packument.publisher(version);
    if let Some(day) = published.and_then(|(_, at)| times::day(at)) {
        text += &format!(", published {day}");
        text += &publisher.map(|who| format!(" by {who}")).unwrap_or_default();
    }
    let free =
        scene.subject.is_publish().then(|| versions::next_free(Some(version), &packument.taken())).flatten();
    if let Some(free) = &free {
        text += &format!("; the next free version is {}", free.version);
        text += &behind_latest(packument, &free.version).unwrap_or_default();
    }
    let mut observation = heard.seen(sign, text);
    if let Some((written, _)) = published {
        observation.learned.set(FactKey::PublishedAt, written, None);
    }
    if let Some(who) = publisher {
        observation.learned.set(FactKey::PublishedBy, who, None);
    }
    if let Some(free) = free {
        observation.learned.set(FactKey::NextVersion, free.version, None);
        observation.learned.set(FactKey::Bump, free.bump, None);
    }
    Some(observation)
}

/// The version's own metadata, when the whole list was too long.
fn single(scene: &Scene<'_>) -> Option<Observation> {
    let version = versions::clean(scene.subject.version.as_ref()?.as_str())?;
    let heard = scene.own(Question::Manifest)?;
    let told = heard.ok_json()?.get("version")?.as_str()?;
    (versions::clean(told)? == version)
        .then(|| heard.seen(Sign::VersionListed, format!("{} lists {version}", heard.host())))
}

/// npm 11 refuses a version below `latest` without a tag of its own, and a prerelease as well.
fn behind_latest(packument: &Packument<'_>, free: &str) -> Option<String> {
    let latest = packument.latest()?;
    let is_prerelease = versions::parse(free).is_some_and(|version| !version.pre.is_empty());
    if is_prerelease {
        return Some(", to be published with a tag of its own, as it is a prerelease".to_owned());
    }
    if versions::compare(free, latest)? != Ordering::Less {
        return None;
    }
    let above = versions::next_free(Some(latest), &packument.taken())?.version;
    Some(format!(", below latest, which is {latest}: it needs a tag of its own; above it, {above} is free"))
}

fn same_bytes(
    scene: &Scene<'_>,
    heard: &Heard<'_>,
    packument: &Packument<'_>,
    version: &str,
) -> Option<Observation> {
    let sent = scene.facts.get(FactKey::Integrity).filter(|_| scene.subject.is_publish())?;
    let theirs = [packument.integrity(version), packument.shasum(version)];
    let same = theirs
        .into_iter()
        .flatten()
        .any(|sum| sum == sent || sum.eq_ignore_ascii_case(sent) && !sum.contains('-'));
    same.then(|| {
        let text = format!(
            "the archive that was sent is the one that {} already has as {version}: this publish has succeeded before",
            heard.host()
        );
        heard.seen(Sign::SameBytes, text)
    })
}

/// The 24 hours after a whole package was unpublished, by the server's clock.
fn cooldown(scene: &Scene<'_>, heard: &Heard<'_>, packument: &Packument<'_>) -> Option<Observation> {
    let gone = packument.unpublished()?;
    let (host, name) = (heard.host(), name(scene));
    let end = gone.at.checked_add(DAY)?;
    let left = end.saturating_sub(heard.now());
    let burned = scene.subject.version.as_ref().and_then(|version| versions::clean(version.as_str()));
    let burned = burned.filter(|version| gone.versions.contains(version));
    let also =
        burned.map(|version| format!("; {version} itself can never be used again")).unwrap_or_default();
    let end_text = times::minute(end)?;
    if left <= 0 {
        let text = format!("{name} was unpublished from {host}; its 24 hours were over at {end_text}{also}");
        return Some(heard.seen(Sign::CooldownOver, text));
    }
    let left = times::span(left);
    let text =
        format!("{name} was unpublished from {host}; the name is free again at {end_text}, in {left}{also}");
    let mut observation = heard.seen(Sign::CooldownRunning, text);
    observation.learned.set(FactKey::RetryAt, end_text, None);
    Some(observation)
}

fn absent(scene: &Scene<'_>, heard: &Heard<'_>) -> Option<Observation> {
    let (host, name) = (heard.host(), name(scene));
    // GitLab sends on what it does not have; the answer then comes from the public registry.
    let sent_on = heard.answer.hops.iter().any(|hop| {
        url::Url::parse(&hop.to).is_ok_and(|to| crate::probe::address::is_npm(&to, scene.knowledge))
    });
    if scene.subject.expects("gitlab") && sent_on {
        let text = format!("{host} does not have {name} and sends on to the public registry");
        return Some(heard.seen(Sign::PackageAbsent, text));
    }
    if heard.status() != 404 || !scene.absence_counts(heard) {
        return None;
    }
    // What a reader may not see is a 404 too; only somebody of the scope can tell.
    let may_see_all = heard.answer.credential
        && scene.subject.scope().is_some_and(|scope| {
            let own = scene.account().is_some_and(|account| scope[1..].eq_ignore_ascii_case(account));
            own || super::account::is_member(scene)
        });
    if scene.subject.scope().is_some() && !may_see_all {
        return None;
    }
    let text =
        format!("{host} does not know {name}: the name is unused, which does not mean that it may be used");
    Some(heard.seen(Sign::PackageAbsent, text))
}

/// A version that rules for young versions may hold back, by the public registry's own time.
fn young(scene: &Scene<'_>) -> Option<Observation> {
    let version = scene.subject.version.as_ref()?.as_str();
    let on_npm = scene.all(Question::PublicPackage).chain(scene.package()).find(|heard| heard.is_npm)?;
    let packument = on_npm.packument()?;
    let (written, at) = packument.published(version)?;
    let age = on_npm.now().saturating_sub(at);
    let next = WAITS.into_iter().filter(|days| *days * DAY > age).collect::<Vec<_>>();
    let (first, others) = next.split_first()?;
    let when = |days: i64| times::minute(at.saturating_add(days * DAY)).unwrap_or_default();
    let mut turns =
        format!("it turns {first} {} old at {}", if *first == 1 { "day" } else { "days" }, when(*first));
    for days in others {
        turns += &format!(", {days} days at {}", when(*days));
    }
    let text = format!("{version} is {} old by {}'s clock; {turns}", times::span(age.max(0)), on_npm.host());
    let mut observation = on_npm.seen(Sign::VersionYoung, text);
    observation.learned.set(FactKey::PublishedAt, written, None);
    if let Some(who) = packument.publisher(version).filter(|who| is_account(who)) {
        observation.learned.set(FactKey::PublishedBy, who, None);
    }
    Some(observation)
}

/// Other names that are the same but for their punctuation, or that the registry itself called too similar.
fn similar(scene: &Scene<'_>) -> Option<Observation> {
    if !scene.subject.is_npm || scene.subject.scope().is_some() {
        return None;
    }
    let own = name(scene);
    let mut names = Vec::new();
    let mut first = None;
    for heard in scene.all(Question::SimilarName).filter(|heard| heard.is_npm) {
        let name = heard.answer.url.path().trim_matches('/');
        if name != own && heard.packument().is_some_and(|packument| packument.has_versions()) {
            names.push(name.to_owned());
            first = Some(heard);
        }
    }
    names.sort();
    names.dedup();
    let heard = first?;
    let list = names.join(", ");
    let text = format!("{} has {list}, which it counts as too similar to {own}", heard.host());
    let mut observation = heard.seen(Sign::SimilarNameExists, text);
    observation.learned.set(FactKey::Similar, list, None);
    Some(observation)
}
