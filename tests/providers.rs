//! Registries: how each is recognised, and what an administrator's or an account's first checks are on it.

#[path = "support/answer.rs"]
mod answer;

use answer::{debug, npm, read};
use unforbid::facts::FactKey;
use unforbid::knowledge::Knowledge;

/// What the log says about the last incident.
fn fact(log: &str, key: FactKey) -> Option<String> {
    let answer = read(log);
    answer.advice.incidents.last().and_then(|incident| incident.facts.get(key).map(str::to_owned))
}

/// The first check of a cause, as a user with this log sees it.
fn first_check(log: &str, cause: &str) -> String {
    let answer = read(log);
    let incident = answer.advice.incidents.last().expect("the log holds a 403");
    let found = incident.causes.iter().find(|found| found.id == cause);
    let found = found.unwrap_or_else(|| panic!("{cause} is not offered for\n{log}"));
    found.checklist.first().map(|check| check.todo.clone()).unwrap_or_default()
}

/// One address for each registry that can be asked: provider, address of a package, its repository.
const ADDRESSES: [(&str, &str, &str); 32] = [
    ("npm", "https://{npm}/@acme%2fui", ""),
    ("npm", "https://{yarn}/@acme%2fui", ""),
    ("github", "https://{github}/@acme%2fui", ""),
    ("github", "https://npm.acme.ghe.com/@acme%2fui", ""),
    ("github", "https://github.acme.example/_registry/npm/@acme%2fui", ""),
    (
        "github",
        "https://npm.github.acme.example/download/@acme/ui/1.0.0/0123456789abcdef0123456789abcdef01234567",
        "",
    ),
    ("gitlab", "https://gitlab.acme.example/api/v4/projects/7/packages/npm/@acme%2fui", ""),
    ("gitlab", "https://gitlab.acme.example/api/v4/groups/7/-/packages/npm/@acme%2fui", ""),
    ("azure", "https://{azure}/acme/site/_packaging/main/npm/registry/@acme%2fui", "main"),
    ("azure", "https://acme.pkgs.visualstudio.com/_packaging/main@Release/npm/registry/@acme%2fui", "main"),
    (
        "codeartifact",
        "https://acme-111122223333.d.codeartifact.eu-central-1.amazonaws.com/npm/main/@acme%2fui",
        "main",
    ),
    ("codeartifact", "https://acme-111122223333.d.codeartifact.eu-central-1.on.aws/npm/main/ui", "main"),
    ("google", "https://europe-west3-npm.pkg.dev/acme/npm-local/@acme%2fui", "npm-local"),
    ("artifactory", "https://acme.jfrog.io/artifactory/api/npm/npm-virtual/@acme%2fui", "npm-virtual"),
    ("artifactory", "https://repo.acme.example/api/npm/npm-local/@acme%2fui", "npm-local"),
    ("nexus", "https://nexus.acme.example/repository/npm-group/@acme%2fui", "npm-group"),
    ("nexus", "https://repo.acme.example/nexus/content/repositories/npm/@acme%2fui", "npm"),
    ("verdaccio", "http://127.0.0.1:4873/@acme%2fui", ""),
    ("verdaccio", "https://npm.verdaccio.acme.example/@acme%2fui", ""),
    ("gitea", "https://git.acme.example/api/packages/acme/npm/@acme%2fui", ""),
    ("cloudsmith", "https://{cloudsmith}/acme/main/@acme%2fui", "main"),
    (
        "cloudsmith",
        "https://packages.acme.example/signed/acme/main/upstream/filename/npm/ui/ui-1.0.0.tgz?expires=1",
        "main",
    ),
    ("proget", "https://proget.acme.example/npm/internal/@acme%2fui", "internal"),
    ("myget", "https://{myget}/F/acme/npm/@acme%2fui", "acme"),
    ("packagecloud", "https://{packagecloud}/acme/main/npm/@acme%2fui", "main"),
    ("gemfury", "https://{gemfury}/acme/@acme%2fui", ""),
    ("cnpm", "https://{cnpm}/@acme%2fui", ""),
    ("feedz", "https://{feedz}/acme/main/npm/@acme%2fui", "main"),
    ("socket", "https://sfw.acme.example/npm/@acme%2fui", ""),
    ("phylum", "https://{phylum}/@acme%2fui", ""),
    ("chainguard", "https://{chainguard}/javascript/@acme%2fui", ""),
    ("endor", "https://{endor}/v1/namespaces/acme/firewall/npm/@acme%2fui", ""),
];

#[test]
fn every_registry_is_recognised_by_its_address_and_names_its_repository() {
    for (provider, url, repository) in ADDRESSES {
        let log = npm(&format!("GET {url}"));
        assert_eq!(fact(&log, FactKey::Provider).as_deref(), Some(provider), "{url}");
        let found = fact(&log, FactKey::Repository).unwrap_or_default();
        assert_eq!(found, repository, "{url}");
    }
}

#[test]
fn a_registry_of_ones_own_is_recognised_by_its_words_where_its_address_says_nothing() {
    let url = "https://npm.acme.example/left-pad/-/left-pad-1.3.0.tgz";
    for (provider, log) in [
        (
            "artifactory",
            npm(&format!(
                "GET {url} - Download request for repo:path 'npm:left-pad' is forbidden for user 'ci'."
            )),
        ),
        (
            "nexus",
            format!("npm error code E403\nnpm error 403 403 Requested item is quarantined - GET {url}"),
        ),
        ("verdaccio", npm(&format!("GET {url} - user bob is not allowed to access package left-pad"))),
        ("gitea", npm(&format!("PUT {url} - no permission to upload this package"))),
        (
            "socket",
            format!(
                "npm notice Access denied: Your download has been blocked by the Socket Security Policy. Reason: Known malware.\n{}",
                npm(&format!("GET {url} - Blocked by Security Policy"))
            ),
        ),
    ] {
        assert_eq!(fact(&log, FactKey::Provider).as_deref(), Some(provider), "{log}");
    }
    let firewall = "npm error code E403\nnpm error 403 Could not download evil@1.0.0 due to policy violations:\nnpm error 403 Blocked by package firewall.";
    assert_eq!(fact(firewall, FactKey::Provider).as_deref(), Some("phylum"));
    let cut = "npm error code E403\nnpm error 403 [no_perms] Only admin can publish";
    assert_eq!(fact(cut, FactKey::Provider).as_deref(), Some("cnpm"));
}

#[test]
fn a_guard_or_a_proxy_in_front_never_hides_the_registry_behind_it() {
    let public = "https://{npm}/left-pad/-/left-pad-1.3.0.tgz";
    let artifactory = "https://repo.acme.example/api/npm/npm-remote/left-pad/-/left-pad-1.3.0.tgz";
    let socket = "npm notice Access denied: Your download has been blocked by the Socket Security Policy. Reason: Known malware.";
    for (url, provider) in [(public, "npm"), (artifactory, "artifactory")] {
        let get = format!("GET {url}");
        for (log, cause) in [
            (format!("{socket}\n{}", npm(&get)), "security-policy"),
            (
                format!("npm error code E403\nnpm error 403 403 Forbidden - blocked by safe-chain - {get}"),
                "security-policy",
            ),
            (format!("{}\n<title>Internet Security by Zscaler</title>", npm(&get)), "proxy-block"),
            (format!("{}\nX-Squid-Error: ERR_ACCESS_DENIED 0", npm(&get)), "proxy-block"),
            (format!("{}\nissuer: CN=ca.acme.goskope.com", npm(&get)), "proxy-block"),
            (format!("{}\n<title>Web Filter Violation</title>", npm(&get)), "proxy-block"),
        ] {
            read(&log).puts_first(cause);
            assert_eq!(fact(&log, FactKey::Provider).as_deref(), Some(provider), "{log}");
        }
    }
}

#[test]
fn a_small_registry_is_treated_like_one_that_nobody_knows() {
    for base in [
        "https://npm.acme.example",
        "https://{myget}/F/acme/npm",
        "https://{gemfury}/acme",
        "https://{packagecloud}/acme/main/npm",
    ] {
        let audit = format!("POST {base}/-/npm/v1/security/audits/quick");
        read(&npm(&audit)).puts_first("endpoint-unsupported");
        let login = format!("PUT {base}/-/user/org.couchdb.user:alice");
        read(&npm(&login)).is_undecided().offers("credentials-rejected registration-closed");
        let archive = format!("GET {base}/@acme/ui/-/ui-1.0.0.tgz");
        read(&npm(&archive))
            .is_undecided()
            .offers_in_order("registry-read-denied security-policy missing-credentials");
        read(&npm(&format!("PUT {base}/@acme%2fui"))).is_undecided().offers("registry-write-denied");
    }
    let known =
        "PUT https://gitlab.acme.example/api/v4/projects/1/packages/npm/-/user/org.couchdb.user:alice";
    read(&npm(known)).does_not_offer("registration-closed");
}

#[test]
fn a_refusal_without_words_has_the_registrys_own_first_checks() {
    let everywhere = first_check(&npm("GET https://repo.acme.example/npm/@acme%2fui"), "unknown-403");
    for (provider, url, _) in ADDRESSES {
        // A feed like any other, and a firewall whose only sign is its policy.
        if ["feedz", "chainguard", "npm", "endor"].contains(&provider) {
            continue;
        }
        let log = npm(&format!("GET {url}"));
        let best = read(&log).ids()[0].to_owned();
        let general = Knowledge::bundled().cause(&best).and_then(|cause| cause.checklist.first());
        let answer = first_check(&log, &best);
        assert_ne!(answer, everywhere, "{provider} has no check of its own for {url}");
        assert_ne!(
            Some(&answer),
            general.map(|check| &check.todo),
            "{provider}: {best} says nothing of its own"
        );
    }
}

#[test]
fn a_missing_right_is_explained_in_the_registrys_own_terms() {
    let general = |cause: &str| {
        Knowledge::bundled()
            .cause(cause)
            .and_then(|cause| cause.checklist.first())
            .map(|check| check.todo.clone())
    };
    for (provider, url, _) in ADDRESSES {
        let guard = ["feedz", "socket", "phylum", "endor", "npm", "chainguard"].contains(&provider);
        if guard
            || url.contains("/signed/")
            || url.contains("/download/")
            || url.contains('@') && url.contains("@Release")
        {
            continue;
        }
        for (method, cause) in [("GET", "registry-read-denied"), ("PUT", "registry-write-denied")] {
            let log = debug(method, url);
            if read(&log).ids().contains(&cause) {
                assert_ne!(Some(first_check(&log, cause)), general(cause), "{provider} {method} {url}");
            }
        }
    }
    let mut missing = Vec::new();
    for cause in ["registry-read-denied", "registry-write-denied", "missing-credentials", "unknown-403"] {
        let overlays = &Knowledge::bundled().cause(cause).expect("the cause exists").providers;
        for provider in Knowledge::bundled().providers() {
            let bare = provider.like.is_some()
                && !["myget", "packagecloud", "gemfury"].contains(&provider.id.as_str());
            if !bare && provider.id != "generic" && !overlays.contains_key(&provider.id) {
                missing.push(format!("{cause} on {}", provider.id));
            }
        }
    }
    assert!(missing.is_empty(), "no words of its own: {missing:?}");
}
