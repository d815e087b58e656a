//! The rounds after the first: what the answers leave open.

use std::collections::BTreeSet;

use super::draft::{Draft, Offer};
use super::first;
use crate::facts::{FactKey, PackageName, Sign};
use crate::probe::observe::Scene;
use crate::probe::{Question, address};

/// No more other names are asked for.
const MOST_NAMES: usize = 4;

/// Offers what the answers leave open.
pub fn ask(draft: &mut Draft<'_>, signs: &BTreeSet<Sign>) {
    let scene = Scene::new(draft.facts, draft.home, draft.knowledge, draft.answers);
    if scene.heard.is_empty() {
        return;
    }
    if !draft.answers.iter().any(|answer| answer.credential) {
        first::with_credential(draft);
    }
    if draft.subject.is_install() {
        archives(draft, &scene);
        if signs.contains(&Sign::AnonymousForbidden) || signs.contains(&Sign::CredentialForbidden) {
            other_package(draft, &scene);
        }
    }
    decoded_slash(draft, &scene);
    if draft.subject.is_publish() || draft.subject.endpoint.is_some() && !draft.subject.is_side_endpoint() {
        rights(draft, &scene);
    }
    if draft.subject.is_publish() {
        long_metadata(draft, &scene);
        fresh(draft, &scene, signs);
        similar_names(draft, signs);
    }
}

/// The archives that the metadata names: this version's and a neighbour's.
fn archives(draft: &mut Draft<'_>, scene: &Scene<'_>) {
    let Some(version) = draft.subject.version.clone() else {
        return;
    };
    let Some(heard) = scene.package() else {
        return;
    };
    let Some(packument) = heard.packument() else {
        return;
    };
    let credential = heard.answer.credential;
    let address = |draft: &mut Draft<'_>, version: &str| {
        let url = address::whole(packument.archive(version)?)?;
        let is_trusted = address::tier(&url, draft.home, draft.knowledge) <= draft.subject.tier;
        if !is_trusted {
            let host = url.host_str().unwrap_or_default();
            draft.note(format!(
                "the archives lie on {host}, which only the registry's answer names and which is not asked"
            ));
        }
        is_trusted.then_some(url)
    };
    let own = address(draft, version.as_str());
    let refused_anonymously =
        scene.own(Question::Archive).is_some_and(|heard| matches!(heard.status(), 401 | 403 | 404));
    if !draft.was_asked(Question::Archive) && !credential {
        let why = "tells whether the metadata is open and only this version's archive is refused";
        draft.offer(Offer::new(Question::Archive, own.clone(), why));
    }
    if (credential || refused_anonymously) && !draft.was_asked(Question::ArchiveWithCredential) {
        let why =
            "the archive with your credential: tells a missing credential from a rule about this version";
        draft.offer(Offer::new(Question::ArchiveWithCredential, own, why).with_credential());
    }
    if let Some(neighbour) = packument.neighbour(version.as_str()) {
        let url = address(draft, &neighbour);
        let why = format!("tells a rule about {} from one about the whole package", version.as_str());
        let offer = Offer::new(Question::OtherArchive, url, why);
        draft.offer(if credential { offer.with_credential() } else { offer });
    }
}

fn other_package(draft: &mut Draft<'_>, scene: &Scene<'_>) {
    if scene.package().is_some_and(|heard| heard.is_ok()) || draft.was_asked(Question::OtherPackage) {
        return;
    }
    let with = scene.own(Question::PackageWithCredential).is_some() && draft.sends_credentials();
    let why = "tells a rule about this package from one about the whole registry";
    first::other_package(draft, why, with);
}

/// The same address with `/` for `%2f`, when the encoded one was refused.
fn decoded_slash(draft: &mut Draft<'_>, scene: &Scene<'_>) {
    let Some(package) = draft.subject.package.clone().filter(|package| package.scope().is_some()) else {
        return;
    };
    if draft.subject.is_npm || draft.was_asked(Question::DecodedSlash) {
        return;
    }
    // A box in between may be what refuses, so its answers count.
    let refused = |question| {
        let mut answers = scene.heard.iter().filter(|heard| heard.answer.question == question);
        answers.any(|heard| matches!(heard.status(), 400 | 403 | 404 | 405))
    };
    let credential = if refused(Question::PackageWithCredential) && draft.sends_credentials() {
        true
    } else if refused(Question::Package) {
        false
    } else {
        return;
    };
    let why = "tells whether something on the way refuses %2f in addresses";
    let offer = Offer::new(Question::DecodedSlash, draft.at_registry(&address::with_slash(&package)), why);
    draft.offer(if credential { offer.with_credential() } else { offer });
}

/// What the account may do; only the public registry tells.
fn rights(draft: &mut Draft<'_>, scene: &Scene<'_>) {
    let (Some(package), Some(account)) = (draft.subject.package.clone(), scene.account()) else {
        return;
    };
    if !draft.subject.is_npm {
        return;
    }
    let name = address::escaped(&package);
    if scene.package().is_some_and(|heard| heard.packument().is_some()) {
        let why = "tells whether your account may write this package or only read it";
        let url = draft.at_registry(&format!("-/package/{name}/collaborators"));
        draft.offer(Offer::new(Question::Collaborators, url, why).with_credential());
    }
    if let Some(scope) = package.scope().map(|scope| scope.trim_start_matches('@'))
        && !scope.eq_ignore_ascii_case(account)
    {
        let scope = address::encode(scope);
        let why = "tells whether your account belongs to the scope's organisation";
        let members = draft.at_registry(&format!("-/org/{scope}/user"));
        draft.offer(Offer::new(Question::OrgMembers, members, why).with_credential());
        let why = "tells whether a team of yours may write this package";
        let packages = draft.at_registry(&format!("-/org/{scope}/package"));
        draft.offer(Offer::new(Question::OrgPackages, packages, why).with_credential());
    }
    let why = "tells whether your tokens may only read, or count only from listed addresses";
    let url = draft.at_registry("-/npm/v1/tokens");
    draft.offer(Offer::new(Question::Tokens, url, why).with_credential());
}

/// One version's metadata, when the whole list was too long to be read.
fn long_metadata(draft: &mut Draft<'_>, scene: &Scene<'_>) {
    let cut = scene.package().is_some_and(|heard| heard.reply.cut);
    let (Some(package), Some(version)) = (draft.subject.package.clone(), draft.subject.version.clone())
    else {
        return;
    };
    if cut {
        let path = format!("{}/{}", address::escaped(&package), address::escaped_version(&version));
        let why = "tells whether the version is there, as the whole list is too long to be read";
        draft.offer(Offer::new(Question::Manifest, draft.at_registry(&path), why));
    }
}

/// Past the registry's caches, when it refused a version that it does not list.
fn fresh(draft: &mut Draft<'_>, scene: &Scene<'_>, signs: &BTreeSet<Sign>) {
    let ours = scene.package().is_some_and(|heard| heard.answer.credential);
    if draft.subject.is_npm && signs.contains(&Sign::VersionFree) && !ours {
        let url = draft.package_url().map(|mut url| {
            url.set_query(Some("write=true"));
            url
        });
        let why = "the same past the caches: tells whether the version was published a moment ago";
        draft.offer(Offer::new(Question::Package, url, why));
    }
}

/// Names that are the same but for their punctuation, then those that the registry named.
fn similar_names(draft: &mut Draft<'_>, signs: &BTreeSet<Sign>) {
    let Some(package) = draft.subject.package.clone().filter(|package| package.scope().is_none()) else {
        return;
    };
    let named = draft.facts.get(FactKey::Similar).unwrap_or_default().to_owned();
    let in_question = signs.contains(&Sign::PackageAbsent) || !named.is_empty();
    if !draft.subject.is_npm || !in_question || draft.was_asked(Question::SimilarName) {
        return;
    }
    let parts: Vec<&str> = package.as_str().split(['-', '_', '.']).filter(|part| !part.is_empty()).collect();
    let variants = ["", "-", "_", "."].into_iter().map(|glue| parts.join(glue));
    let listed = named.split([',', ' ']).map(|name| name.trim_matches(['"', '\'', ';']).to_owned());
    let names = variants.filter(|_| parts.len() > 1).chain(listed).filter(|name| *name != package.as_str());
    let mut seen = BTreeSet::new();
    let names: Vec<PackageName> = names
        .filter_map(|name| PackageName::parse(&name))
        .filter(|name| name.scope().is_none() && seen.insert(name.clone()))
        .take(MOST_NAMES)
        .collect();
    for name in names {
        let why = format!("tells whether {} exists, which would be too similar", name.as_str());
        let url = draft.at_registry(&address::escaped(&name));
        draft.offer(Offer::new(Question::SimilarName, url, why));
    }
}
