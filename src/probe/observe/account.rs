//! The account behind the credential, and what it may do.

use serde_json::Value;

use super::{Heard, Scene};
use crate::facts::{FactKey, Observation, Sign};
use crate::probe::Question;
use crate::probe::fingerprint::Marks;

/// What the answers about the account say.
pub fn read(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    found.extend(login(scene));
    found.extend(single_sign_on(scene));
    found.extend(maintainer(scene));
    found.extend(right(scene));
    found.extend(details(scene));
    found.extend(tokens(scene));
    found.extend(scope(scene));
    found
}

/// Whether the credential is alive. Judged by the body: Verdaccio says 200 to everybody.
fn login(scene: &Scene<'_>) -> Option<Observation> {
    if let (Some(account), Some(heard)) =
        (scene.account(), scene.own(Question::WhoAmI).or_else(|| scene.own(Question::Account)))
    {
        let text = format!("{} knows the credential as {account}", heard.host());
        let mut observation = heard.seen(Sign::LoggedIn, text);
        observation.learned.set(FactKey::Account, account, None);
        return Some(observation);
    }
    let metadata = scene.own(Question::PackageWithCredential);
    let archive = scene.own(Question::ArchiveWithCredential);
    let mut with = metadata.into_iter().chain(archive);
    // GitHub does not say 401 to a token that it does not know.
    let unknown = with.clone().find(|heard| {
        heard.status() == 403 && scene.subject.expects("github") && says(heard, "cannot be authenticated")
    });
    if let Some(heard) = unknown {
        return Some(heard.seen(Sign::LoginDead, format!("{} does not know the credential", heard.host())));
    }
    let who = scene.own(Question::WhoAmI).filter(|heard| heard.answer.credential)?;
    // A credential that opens what is closed without it is alive, whatever whoami says.
    let opens = with.clone().any(Heard::is_ok) && !anonymous_ok(scene);
    let empty = who.is_ok() && who.json.as_ref().is_some_and(|json| json.get("username").is_none());
    let refused = who.status() == 401;
    let second = with.any(|heard| heard.status() == 401);
    // Some tokens of the public registry publish and have no whoami; other registries have no whoami at all.
    let software = Marks::read([who.reply]).named();
    let has_whoami = ["verdaccio", "artifactory", "nexus", "cnpm"]
        .iter()
        .any(|known| scene.subject.expects(known) || software == Some(*known));
    let dead = (empty && !who.is_npm) || refused && (second || has_whoami);
    (dead && !opens).then(|| {
        let why = if second { ", neither for whoami nor for the package" } else { "" };
        who.seen(Sign::LoginDead, format!("{} does not know the credential{why}", who.host()))
    })
}

fn anonymous_ok(scene: &Scene<'_>) -> bool {
    let archive = scene.own(Question::Archive).filter(|_| scene.subject.is_archive());
    archive.or_else(|| scene.own(Question::Package)).is_some_and(Heard::is_ok)
}

fn says(heard: &Heard<'_>, words: &str) -> bool {
    let head = heard.reply.body.get(..4_096).unwrap_or(&heard.reply.body);
    String::from_utf8_lossy(head).to_ascii_lowercase().contains(words)
}

fn single_sign_on(scene: &Scene<'_>) -> Option<Observation> {
    let with = scene
        .own(Question::PackageWithCredential)
        .into_iter()
        .chain(scene.own(Question::ArchiveWithCredential));
    let mut asked = with.filter(|heard| heard.status() == 403);
    let heard = asked.find(|heard| {
        heard.reply.header("x-github-sso").is_some()
            || says(heard, "saml enforcement")
            || says(heard, "/sso?")
    })?;
    let text = format!("{} wants the token to be allowed for single sign-on first", heard.host());
    Some(heard.seen(Sign::SsoRequired, text))
}

/// Only the public registry lists who may write, and only when its own answer came.
fn maintainer(scene: &Scene<'_>) -> Option<Observation> {
    let account = scene.account()?;
    let heard = scene.package()?;
    if !scene.absence_counts(heard) {
        return None;
    }
    let packument = heard.packument()?;
    let names = packument.maintainers()?;
    let name = scene.subject.package.as_ref()?.as_str();
    let mut observation = if names.iter().any(|listed| listed.eq_ignore_ascii_case(account)) {
        heard.seen(Sign::IsMaintainer, format!("{account} is one of the maintainers of {name}"))
    } else {
        let listed = names.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        let text = format!("{account} is not one of the maintainers of {name}, who are {listed}");
        heard.seen(Sign::NotMaintainer, text)
    };
    observation.learned.set(FactKey::Owner, names.first().copied().unwrap_or_default(), None);
    Some(observation)
}

/// Whether the account may write: from the collaborators, else from the list of the organisation's packages.
fn right(scene: &Scene<'_>) -> Option<Observation> {
    let name = scene.subject.package.as_ref()?.as_str();
    let listed = |question, key: &str| {
        let heard = scene.own(question).filter(|heard| heard.is_npm)?;
        Some((heard, heard.ok_json()?.get(key)?.as_str()?))
    };
    let account = scene.account();
    let (heard, right) = account
        .and_then(|account| listed(Question::Collaborators, account))
        .or_else(|| listed(Question::OrgPackages, name))?;
    let who = account.unwrap_or("the account");
    match right {
        "write" | "read-write" => Some(heard.seen(Sign::MayWrite, format!("{who} may write {name}"))),
        "read" | "read-only" => Some(heard.seen(Sign::MayOnlyRead, format!("{who} may only read {name}"))),
        _ => None,
    }
}

/// The account's address and its second factor. Verdaccio has the same fields with constants in them.
fn details(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let Some(heard) = scene.own(Question::Account).filter(|heard| heard.is_npm) else {
        return found;
    };
    let Some(json) = heard.ok_json() else {
        return found;
    };
    let Some(verified) = json.get("email_verified").and_then(Value::as_bool) else {
        return found;
    };
    let who = scene.account().unwrap_or("the account");
    found.push(match verified {
        true => heard.seen(Sign::EmailVerified, format!("the e-mail address of {who} is verified")),
        false => heard.seen(Sign::EmailUnverified, format!("the e-mail address of {who} is not verified")),
    });
    let mode = json.get("tfa").and_then(|tfa| tfa.get("mode")).and_then(Value::as_str);
    let pending = json.get("tfa").and_then(|tfa| tfa.get("pending")).and_then(Value::as_bool) == Some(true);
    match (json.get("tfa"), mode) {
        (Some(Value::Object(_)), Some(_)) if !pending => {
            found.push(heard.seen(Sign::TwoFactorOn, format!("two-factor authentication is on for {who}")));
        }
        (None | Some(Value::Null | Value::Bool(false)), _) => {
            found.push(heard.seen(Sign::TwoFactorOff, format!("two-factor authentication is off for {who}")));
        }
        _ => {}
    }
    found
}

/// The list of tokens does not say which of them is the one in use, so only what holds for all of them is said.
fn tokens(scene: &Scene<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    let Some(heard) = scene.own(Question::Tokens).filter(|heard| heard.is_npm) else {
        return found;
    };
    if matches!(heard.status(), 401 | 403) && scene.account().is_some() {
        let text = format!("{} does not let this token list tokens: it is a granular one", heard.host());
        found.push(heard.seen(Sign::TokenGranular, text));
    }
    let listed = heard.ok_json().and_then(|json| json.get("objects")).and_then(Value::as_array);
    let Some(tokens) = listed.filter(|tokens| !tokens.is_empty()) else {
        return found;
    };
    let which = if tokens.len() == 1 { "the account's only token" } else { "every token of the account" };
    if tokens.iter().all(|token| token.get("readonly").and_then(Value::as_bool) == Some(true)) {
        found.push(heard.seen(Sign::TokenReadOnly, format!("{which} may only read")));
    }
    let bound = |token: &Value| {
        token.get("cidr_whitelist").and_then(Value::as_array).is_some_and(|addresses| !addresses.is_empty())
    };
    if tokens.iter().all(bound) {
        let text = format!("{which} counts only from listed addresses");
        found.push(heard.seen(Sign::TokenBoundToAddresses, text));
    }
    found
}

fn scope(scene: &Scene<'_>) -> Option<Observation> {
    let scope = scene.subject.scope()?;
    let account = scene.account()?;
    let who =
        scene.own(Question::WhoAmI).or_else(|| scene.own(Question::Account)).filter(|heard| heard.is_npm)?;
    if scope[1..].eq_ignore_ascii_case(account) {
        let text = format!("{scope} is the own scope of {account}");
        return Some(who.seen(Sign::ScopeIsAccount, text));
    }
    let heard = scene.own(Question::OrgMembers).filter(|heard| heard.is_npm)?;
    let members = heard.ok_json()?.as_object()?;
    Some(if is_member(scene) {
        let role = members.get(account).and_then(Value::as_str);
        let role = role.filter(|role| matches!(*role, "owner" | "admin" | "developer")).unwrap_or("member");
        heard.seen(Sign::ScopeMember, format!("{account} belongs to the organisation of {scope} as {role}"))
    } else {
        heard.seen(Sign::ScopeNotMember, format!("{account} does not belong to the organisation of {scope}"))
    })
}

/// Whether the scope's organisation lists the account.
pub fn is_member(scene: &Scene<'_>) -> bool {
    let Some(account) = scene.account() else {
        return false;
    };
    let members = scene.own(Question::OrgMembers).filter(|heard| heard.is_npm).and_then(Heard::ok_json);
    let mut names = members.and_then(Value::as_object).into_iter().flat_map(|members| members.keys());
    names.any(|name| name.eq_ignore_ascii_case(account))
}
