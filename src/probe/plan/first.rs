//! The first round: who answers, and the refused request again, as far as it can be read.

use super::draft::{Draft, Offer};
use crate::facts::{Endpoint, FactKey, PackageName};
use crate::probe::{Question, address};

/// Registries without `/-/whoami`.
const WITHOUT_WHOAMI: [&str; 6] = ["github", "gitlab", "codeartifact", "azure", "google", "gitea"];

/// A package that nearly every registry of public packages can hand out, and another in case it is the refused one.
const WELL_KNOWN: [&str; 2] = ["lodash", "semver"];

/// Offers the first round.
pub fn ask(draft: &mut Draft<'_>) {
    say_what_is_not_asked(draft);
    ping(draft);
    package(draft);
    if draft.subject.is_archive() {
        archive(draft);
    }
    if draft.subject.is_side_endpoint() {
        endpoint(draft);
    }
    with_credential(draft);
    comparison(draft);
}

fn say_what_is_not_asked(draft: &mut Draft<'_>) {
    let writes = !matches!(draft.facts.get(FactKey::Method), None | Some("GET" | "HEAD"));
    if draft.subject.is_publish() {
        draft.note("the upload itself is never repeated: a probe only reads");
    } else if writes {
        draft.note("the refused request itself is a write and is never repeated: a probe only reads");
    }
    if draft.facts.has(FactKey::Package) && draft.subject.package.is_none() {
        draft.note("the package is not asked for: what the log says is not a valid package name");
    }
    let named = [FactKey::Url, FactKey::Registry].into_iter().find_map(|key| draft.facts.get(key));
    if draft.subject.registry.is_none() && draft.subject.refused.is_none() {
        draft.note(match named {
            Some(_) => "the refused address is not asked: it is masked, too long, or not a web address",
            None => "the log does not say which registry refused, and the configuration names none",
        });
    }
    if named.is_some_and(address::holds_login) {
        draft.note("the user and password in the refused address are left out");
    }
}

fn ping(draft: &mut Draft<'_>) {
    let why = "tells who answers: the registry itself, or something in between";
    draft.offer(Offer::new(Question::Ping, draft.at_registry("-/ping"), why));
}

fn package(draft: &mut Draft<'_>) {
    let Some(package) = draft.subject.package.clone() else {
        return;
    };
    let caution = draft.subject.is_npm.then(|| draft.private_name(&package)).flatten();
    let why = why_package(draft);
    draft.offer(Offer::new(Question::Package, draft.package_url(), why).with_caution(caution));
}

fn why_package(draft: &Draft<'_>) -> &'static str {
    if draft.subject.is_publish() {
        "tells which versions are taken or gone, whether the name is in use, and by whom"
    } else if draft.subject.is_side_endpoint() {
        "tells whether only the refused endpoint is missing"
    } else if draft.subject.is_archive() {
        "tells whether only the archive is refused, or the whole package"
    } else {
        "tells whether the registry refuses everybody or only the credential"
    }
}

fn archive(draft: &mut Draft<'_>) {
    let url = draft.subject.refused.clone();
    let why = "the refused download again, without its content: tells whether the registry refuses everybody";
    draft.offer(Offer::new(Question::Archive, url.clone(), why));
    let why = "the same with your credential: tells a missing credential from a missing permission";
    draft.offer(Offer::new(Question::ArchiveWithCredential, url, why).with_credential());
}

/// Endpoints that can be read; logins never are, not even their pages.
fn endpoint(draft: &mut Draft<'_>) {
    let reads = matches!(draft.facts.get(FactKey::Method), Some("GET" | "HEAD"));
    let name = draft.subject.endpoint.unwrap_or_default();
    let readable = [Endpoint::Search, Endpoint::Other].iter().any(|endpoint| endpoint.name() == name);
    if reads && readable {
        let why = "the refused request again, without a credential: tells whether it is refused to everybody";
        draft.offer(Offer::new(Question::Endpoint, draft.subject.refused.clone(), why));
    } else if reads {
        draft.note("the refused address is not asked without a credential, because it only serves accounts");
    }
    if draft.subject.package.is_none() {
        other_package(draft, "tells whether packages can be read and only this endpoint is refused", false);
    }
}

/// Offers the request for another package of the same registry.
pub fn other_package(draft: &mut Draft<'_>, why: &str, credential: bool) {
    // GitHub has only packages with their owner's scope, so there is none that everybody has.
    if draft.subject.expects("github") {
        return;
    }
    let own = draft.subject.package.as_ref().map(PackageName::as_str);
    let Some(other) = WELL_KNOWN.into_iter().find(|name| Some(*name) != own).and_then(PackageName::parse)
    else {
        return;
    };
    let offer = Offer::new(Question::OtherPackage, draft.at_registry(&address::escaped(&other)), why);
    draft.offer(if credential { offer.with_credential() } else { offer });
}

/// Offers what is asked with the credential; nothing unless the user wishes it and the configuration maps one there.
pub fn with_credential(draft: &mut Draft<'_>) {
    if !draft.sends_credentials() {
        return;
    }
    if draft.subject.registry.as_ref().is_some_and(|registry| draft.home.credential_for(registry).is_none()) {
        draft.note(
            "nothing is asked with a credential, because the configuration holds none for this registry",
        );
    }
    if !draft.subject.is_side_endpoint() {
        let why = "the same with your credential: tells a missing credential from a missing permission";
        draft.offer(Offer::new(Question::PackageWithCredential, draft.package_url(), why).with_credential());
    }
    if WITHOUT_WHOAMI.iter().any(|known| draft.subject.expects(known)) {
        draft.note("whoami is not asked, because registries of this kind do not have it");
    } else {
        let why = "tells whether your credential is alive, and whose it is";
        draft.offer(Offer::new(Question::WhoAmI, draft.at_registry("-/whoami"), why).with_credential());
    }
    if draft.subject.is_npm && !draft.subject.is_install() {
        let why = "tells whether the account's e-mail address is verified and its second factor is on";
        draft.offer(Offer::new(Question::Account, draft.at_registry("-/npm/v1/user"), why).with_credential());
    }
}

/// The same package on the public registry, which learns its name by that.
fn comparison(draft: &mut Draft<'_>) {
    let Some(package) = draft.subject.package.clone() else {
        return;
    };
    let nowhere = draft.subject.registry.is_none() && draft.subject.refused.is_none();
    if nowhere || draft.subject.is_npm || !draft.subject.is_install() {
        return;
    }
    let url =
        address::npm_base(draft.knowledge).and_then(|base| address::join(&base, &address::escaped(&package)));
    let why = "tells whether a rule of this registry holds the version back, how old it is, and whether the bytes are the same";
    let caution = draft.private_name(&package);
    draft.offer(Offer::new(Question::PublicPackage, url, why).with_caution(caution));
}
