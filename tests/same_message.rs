//! One message, several causes: what a log alone can decide, and what it cannot.
//!
//! Each test is one message that different causes write. As it stands, no cause may be certain and all candidates
//! must be offered; with the fact that tells them apart in the log, the right one comes first.

#[path = "support/answer.rs"]
mod answer;

use answer::{debug, npm, read};

#[test]
fn s01_a_bare_refusal_of_an_upload_is_decided_by_what_a_read_of_the_same_package_got() {
    let put = "PUT https://{npm}/my-utils";
    read(&npm(put))
        .is_undecided()
        .offers_in_order("waf-blocked-content proxy-block sandbox-egress ip-blocked");
    let upload = debug("PUT", "https://{npm}/my-utils");
    for status in ["200", "404"] {
        let seen = format!("9 http fetch GET {status} https://{{npm}}/my-utils 98ms (cache miss)\n{upload}");
        read(&seen).puts_first("waf-blocked-content").is_not_certain().offers("proxy-block sandbox-egress");
    }
    let refused = format!("9 http fetch GET 403 https://{{npm}}/my-utils 98ms (cache miss)\n{upload}");
    read(&refused)
        .is_undecided()
        .offers("proxy-block sandbox-egress ip-blocked")
        .does_not_offer("waf-blocked-content");
    let certificate = "*  issuer: C=US; O=Zscaler Inc.; CN=Zscaler Intermediate Root CA";
    read(&format!("{}\n{certificate}", npm(put))).puts_first("proxy-block").is_not_certain();
    let text = "$ grep -n etc README.md\nREADME.md:12: read /etc/passwd with it";
    read(&format!("{text}\n{}", npm(put))).puts_first("waf-blocked-content").is_not_certain();
}

#[test]
fn s02_a_publish_answered_with_forbidden_alone_was_refused_by_the_registry_itself() {
    let put = npm("PUT https://{npm}/@acme%2fui - Forbidden");
    read(&put)
        .is_undecided()
        .offers("email-unverified account-restricted payment-required name-blocked")
        .does_not_offer("waf-blocked-content proxy-block sandbox-egress");
    let profile = "$ npm profile get\nemail: alice@acme.example (unverified)";
    read(&format!("{profile}\n{put}")).puts_first("email-unverified").is_not_certain();
    let restricted = "npm notice Publishing to https://{npm}/ with tag latest and restricted access";
    read(&format!("{restricted}\n{put}")).is_undecided().offers_in_order("payment-required email-unverified");
}

#[test]
fn s03_no_permission_to_publish_can_be_the_name_the_token_or_the_team() {
    let said = "Are you logged in as the correct user?";
    let put = format!(
        "PUT https://{{npm}}/@acme%2fui - You do not have permission to publish \"@acme/ui\". {said}"
    );
    read(&npm(&put))
        .puts_first("name-not-yours")
        .is_not_certain()
        .offers("token-lacks-permission scope-not-yours");
    let put =
        format!("PUT https://{{npm}}/my-utils - You do not have permission to publish \"my-utils\". {said}");
    read(&npm(&put)).puts_first("name-not-yours").is_not_certain().offers("token-lacks-permission");
    let held = format!("$ npm view my-utils version\n0.0.1-security\n{}", npm(&put));
    read(&held).puts_first("name-blocked").is_not_certain();
}

#[test]
fn s04_not_with_these_credentials_can_be_the_token_the_name_or_the_scope() {
    let put = npm("PUT https://{npm}/@acme%2fui - You may not perform that action with these credentials.");
    read(&put).puts_first("token-lacks-permission").is_not_certain().offers("name-not-yours scope-not-yours");
    let new = format!("9 http fetch GET 404 https://{{npm}}/@acme%2fui 98ms (cache miss)\n{put}");
    read(&new).puts_first("token-lacks-permission").is_not_certain().offers("name-not-yours scope-not-yours");
    let whoami = "$ npm whoami\nnpm error code E401\nnpm error 401 Unauthorized - GET https://{npm}/-/whoami";
    read(&format!("{whoami}\n$ npm publish\n{put}"))
        .puts_first("credentials-rejected")
        .is_not_certain()
        .offers("token-lacks-permission name-not-yours");
}

#[test]
fn s05_a_version_published_before_may_exist_or_be_burned() {
    let put =
        npm("PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.");
    read(&put).puts_first("version-exists").is_not_certain().offers("version-burned");
    let gone = format!("$ npm unpublish my-utils@1.0.2\n- my-utils@1.0.2\n$ npm publish\n{put}");
    read(&gone).puts_first("version-burned").is_not_certain().offers("version-exists");
}

#[test]
fn s06_oidc_permission_denied_is_the_trusted_publisher() {
    let put = npm("PUT https://{npm}/@acme%2fui - OIDC permission denied for this action");
    read(&put).puts_first("trusted-publisher-mismatch");
    let verbose = "30 verbose oidc Successfully retrieved and set token";
    read(&format!("{verbose}\n{put}")).puts_first("trusted-publisher-mismatch");
}

#[test]
fn s07_a_second_factor_may_be_missing_or_the_package_may_disallow_tokens() {
    let said = "Two-factor authentication or granular access token with bypass 2fa enabled is required";
    let put = npm(&format!("PUT https://{{npm}}/my-utils - {said} to publish packages."));
    read(&put).puts_first("two-factor-required").is_not_certain().offers("interactive-2fa-required");
    let said =
        "Two-factor authentication is required to publish this package but an automation token was specified";
    read(&npm(&format!("PUT https://{{npm}}/my-utils - {said}"))).puts_first("interactive-2fa-required");
}

#[test]
fn s08_github_permission_denied_is_decided_by_whose_token_it_was() {
    let get = npm("GET https://{github}/@acme%2fui - Permission permission_denied: read_package");
    read(&get).is_not_certain().offers("ci-token-permissions registry-read-denied token-lacks-permission");
    let put = npm("PUT https://{github}/@acme%2fui - Permission permission_denied: write_package");
    read(&put).is_not_certain().offers("ci-token-permissions registry-write-denied token-lacks-permission");
    for refused in [&get, &put] {
        let in_actions = format!(
            "{refused}\nnpm error A complete log of this run can be found in: /home/runner/.npm/_logs/x-debug-0.log"
        );
        read(&in_actions).puts_first("ci-token-permissions").is_not_certain();
    }
    let pnpm = " ERR_PNPM_FETCH_403  GET https://{github}/@acme%2Fui: Forbidden - 403";
    for (token, cause) in [
        ("ghs_", "ci-token-permissions"),
        ("ghp_", "registry-read-denied"),
        ("gith", "token-lacks-permission"),
    ] {
        let sent = format!("{pnpm}\n\nAn authorization header was used: Bearer {token}[hidden]");
        let answer = read(&sent);
        answer.is_not_certain();
        let best = answer.ids().into_iter().find(|id| *id != "unknown-403");
        assert_eq!(best, Some(cause), "{token} gives {:?}", answer.ids());
    }
}

#[test]
fn s09_gitlab_without_words_is_a_role_a_token_a_job_or_a_rule() {
    let url = "https://gitlab.acme.example/api/v4/projects/1/packages/npm/@acme%2fui";
    let in_job = |method: &str| {
        let log =
            "npm error A complete log of this run can be found in: /builds/acme/ui/.npm/_logs/x-debug-0.log";
        format!("{}\n{log}", npm(&format!("{method} {url}")))
    };
    let others = "ci-token-permissions repository-rule token-lacks-permission";
    read(&in_job("GET")).is_undecided().offers("registry-read-denied").offers(others);
    read(&in_job("PUT")).is_undecided().offers("registry-write-denied").offers(others);
    for (said, cause) in [
        ("Package already exists.", "version-exists"),
        ("Package protected.", "repository-rule"),
        ("insufficient_scope", "token-lacks-permission"),
    ] {
        read(&npm(&format!("PUT {url} - {said}"))).puts_first(cause);
    }
    read(&npm(&format!("PUT {url} - Unauthorized"))).puts_first("registry-write-denied");
    let job =
        "$ npm config set //gitlab.acme.example/api/v4/projects/1/packages/npm/:_authToken=${CI_JOB_TOKEN}";
    read(&format!("{job}\n{}", npm(&format!("GET {url}"))))
        .is_undecided()
        .offers_in_order("ci-token-permissions registry-read-denied");
    read(&format!("{}\nx-gitlab-dependency-firewall: blocked", npm(&format!("GET {url}"))))
        .puts_first("security-policy");
    let instance = "https://gitlab.acme.example/api/v4/packages/npm/@acme%2fui";
    read(&npm(&format!("PUT {instance}")))
        .is_undecided()
        .offers_in_order("publish-to-mirror registry-write-denied");
}

#[test]
fn s10_azure_without_words_is_a_right_or_a_version_and_the_phrase_decides() {
    let feed = "https://{azure}/acme/_packaging/main/npm/registry";
    let get = format!("GET {feed}/left-pad/-/left-pad-1.3.0.tgz");
    read(&npm(&get)).is_undecided().offers("registry-read-denied");
    let put = format!("PUT {feed}/@acme%2fui");
    read(&npm(&put)).is_undecided().offers("registry-write-denied version-exists");
    let lacks = "User '1A2B' lacks permission to complete this action. You need to have";
    for (phrase, request, cause) in [
        (format!("{lacks} 'AddUpstreamPackage'."), &get, "registry-read-denied"),
        (format!("{lacks} 'AddPackage'."), &put, "registry-write-denied"),
        (
            "The feed 'main' already contains file 'ui-1.0.0.tgz' in package '@acme/ui 1.0.0'.".into(),
            &put,
            "version-exists",
        ),
    ] {
        let log = format!(
            "npm error code E403\nnpm error 403 403 Forbidden - {phrase} (DevOps Activity ID: 3C4D) - {request}"
        );
        read(&log).puts_first(cause).is_not_certain();
    }
    let build = lacks.replace("1A2B", "acme Build Service (acme)");
    let log = format!(
        "npm error code E403\nnpm error 403 403 Forbidden - {build} 'ReadPackages'. (DevOps Activity ID: 3C4D) - {get}"
    );
    read(&log).puts_first("ci-token-permissions").is_not_certain().offers("registry-read-denied");
    let policy =
        "VS403463: The conditional access policy defined by your Microsoft Entra administrator has failed.";
    read(&format!("{}\n{policy}", npm(&get))).puts_first("ip-allowlist").is_not_certain();
    let view = "PUT https://{azure}/acme/_packaging/main@Release/npm/registry/@acme%2fui";
    read(&npm(view)).is_undecided().offers("publish-to-mirror registry-write-denied");
}

#[test]
fn s11_artifactory_without_words_is_a_policy_a_right_a_version_or_a_pattern() {
    let base = "https://artifactory.acme.example/artifactory/api/npm/npm-local";
    let get = format!("GET {base}/left-pad/-/left-pad-1.3.0.tgz");
    read(&npm(&get)).is_undecided().offers("security-policy registry-read-denied repository-rule");
    let put = format!("PUT {base}/@acme%2fui");
    read(&npm(&put)).is_undecided().offers("version-exists registry-write-denied repository-rule");
    let notice = "npm notice package left-pad:1.3.0 download was blocked by jfrog packages curation service due to the following policies violated {no-cve,CVE with CVSS score of 9 or above,It has one,Take 1.3.1}.";
    read(&format!("{notice}\n{}", npm(&get))).puts_first("security-policy");
    let licence =
        notice.replace("CVE with CVSS score of 9 or above", "Package has a license that is not allowed");
    read(&format!("{licence}\n{}", npm(&get))).puts_first("license-policy");
    let unscanned = "npm notice Package left-pad:1.3.0 download was blocked by JFrog Packages Curation service due to the package not being found in catalog, curation on-demand scan in progress.";
    read(&format!("{unscanned}\n{}", npm(&get))).puts_first("registry-incident");
    for (message, request, cause) in [
        (
            "Download request for repo:path 'npm-local:left-pad/-/left-pad-1.3.0.tgz' is forbidden for user 'ci'.",
            &get,
            "registry-read-denied",
        ),
        (
            "Not enough permissions to delete/overwrite artifact 'npm-local:@acme/ui/-/@acme/ui-1.0.0.tgz' (user 'ci' needs DELETE permission).",
            &put,
            "version-exists",
        ),
        (
            "The repository 'npm-local' rejected the artifact 'npm-local:@acme/ui/-/@acme/ui-1.0.0.tgz' due to its include/exclude pattern settings.",
            &put,
            "repository-rule",
        ),
    ] {
        let body = format!("{{\"errors\":[{{\"status\":403,\"message\":\"{message}\"}}]}}");
        read(&npm(&format!("{request} - {body}"))).puts_first(cause);
    }
}

#[test]
fn s12_nexus_without_words_is_a_right_a_quarantine_or_a_limit_and_the_phrase_decides() {
    let get = "GET https://nexus.acme.example/repository/npm-proxy/left-pad/-/left-pad-1.3.0.tgz";
    read(&npm(get)).is_undecided().offers("registry-read-denied security-policy payment-required");
    for (phrase, cause) in [
        ("Requested item is quarantined", "security-policy"),
        (
            "PAYMENT REQUIRED: At current usage levels, Sonatype Nexus Repository Community Edition requires a paid license to publish or cache new components.",
            "payment-required",
        ),
        ("Routing rules block the requested item from this repository", "repository-rule"),
    ] {
        read(&format!("npm error code E403\nnpm error 403 403 {phrase} - {get}")).puts_first(cause);
    }
    let group = "PUT https://nexus.acme.example/repository/npm-group/@acme%2fui - Deploying to groups is a PRO-licensed feature.";
    read(&npm(group)).puts_first("publish-to-mirror");
}

#[test]
fn s13_a_bare_refusal_of_a_public_package_is_decided_by_who_else_speaks_in_the_log() {
    let get = npm("GET https://{npm}/left-pad");
    let pnpm = " ERR_PNPM_FETCH_403  GET https://{npm}/left-pad: Forbidden - 403".to_owned();
    let yarn = "error An unexpected error occurred: \"https://{yarn}/left-pad: Request failed \\\"403 Forbidden\\\"\".";
    let bun = "error: GET https://{npm}/left-pad - 403";
    for bare in [&get, &pnpm, &yarn.to_owned(), &bun.to_owned()] {
        read(bare).is_undecided().offers_in_order("sandbox-egress proxy-block ip-blocked registry-incident");
    }
    for (line, cause) in [
        ("x-deny-reason: host_not_allowed", "sandbox-egress"),
        ("X-Proxy-Error: blocked-by-allowlist", "sandbox-egress"),
        ("X-Squid-Error: ERR_ACCESS_DENIED 0", "proxy-block"),
        ("error code: 1020", "ip-blocked"),
    ] {
        read(&format!("{get}\n$ curl -si https://{{npm}}/left-pad\n{line}")).puts_first(cause);
    }
    for (setting, cause) in [
        ("HTTPS_PROXY=http://proxy.acme.example:8080", "proxy-block"),
        ("curl: (56) CONNECT tunnel failed, response 403", "sandbox-egress"),
    ] {
        read(&format!("{get}\n{setting}"))
            .puts_first(cause)
            .is_not_certain()
            .offers("sandbox-egress proxy-block");
    }
    let passed = "9 http fetch GET 200 https://{npm}/chalk 98ms (cache miss)";
    let seen = format!("{passed}\n{}", debug("GET", "https://{npm}/left-pad"));
    read(&seen)
        .is_undecided()
        .offers_in_order("registry-incident proxy-block sandbox-egress")
        .does_not_offer("ip-blocked");
}

#[test]
fn s14_a_single_archive_refused_is_a_policy_or_an_address_that_leads_elsewhere() {
    let entry = "9 http fetch GET 200 https://npm.acme.example/left-pad 98ms (cache miss)";
    let archive = debug("GET", "https://npm.acme.example/left-pad/-/left-pad-1.3.0.tgz");
    let ci = "3 verbose title npm ci";
    read(&format!("{ci}\n{entry}\n{archive}"))
        .is_undecided()
        .offers("security-policy license-policy not-on-allowlist lockfile-registry expired-download-url");
    let npm_archive = "https://{npm}/left-pad/-/left-pad-1.3.0.tgz";
    let public = debug("GET", npm_archive);
    let passed = "9 http fetch GET 200 https://{npm}/left-pad 98ms (cache miss)";
    read(&format!("{passed}\n{public}"))
        .is_undecided()
        .offers_in_order("security-policy proxy-block registry-incident sandbox-egress");
    let get = "GET https://npm.acme.example/left-pad/-/left-pad-1.3.0.tgz";
    for (said, cause) in [
        ("Version is younger than the minimum release age", "security-policy"),
        ("Licence GPL-3.0 is not allowed here", "license-policy"),
        ("left-pad is not on the allowlist", "not-on-allowlist"),
    ] {
        read(&npm(&format!("{get} - {said}"))).puts_first(cause).is_not_certain();
    }
    let cache =
        "GET https://acme1-npm.pkg.dev/lovable-core-prod/sandbox-npm-cache/left-pad/-/left-pad-1.3.0.tgz";
    read(&npm(cache)).puts_first("lockfile-registry").is_not_certain();
}

#[test]
fn s15_google_names_a_right_and_the_account_may_still_be_the_wrong_one() {
    let resource = "on resource \"projects/acme/locations/us/repositories/npm\" (or it may not exist)";
    let right = "\"artifactregistry.repositories.downloadArtifacts\"";
    let url = "GET https://acme1-npm.pkg.dev/acme/npm/@acme%2fui";
    let denied = npm(&format!("{url} - Permission {right} denied {resource}"));
    read(&denied).puts_first("registry-read-denied").is_not_certain().offers("credentials-rejected");
    let anonymous = format!(
        "{url} - Unauthenticated request. Unauthenticated requests do not have permission {right} {resource}"
    );
    read(&npm(&anonymous)).puts_first("missing-credentials");
    let perimeter =
        "Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: ab-1";
    read(&npm(&format!("{url} - {perimeter}"))).puts_first("repository-rule");
    read(&npm(url)).is_undecided().offers("registry-read-denied");
}

#[test]
fn s16_cloudflares_page_means_the_text_of_an_upload_or_the_address_of_a_reader() {
    for page in ["<title>Attention Required! | Cloudflare</title>", "<h1>Sorry, you have been blocked</h1>"] {
        read(&format!("{}\n{page}", npm("PUT https://{npm}/my-utils")))
            .puts_first("waf-blocked-content")
            .is_not_certain()
            .offers("ip-blocked registry-incident");
        read(&format!("{}\n{page}", npm("GET https://{npm}/left-pad")))
            .puts_first("ip-blocked")
            .is_not_certain()
            .offers("registry-incident")
            .does_not_offer("waf-blocked-content");
    }
}

#[test]
fn s17_no_public_registration_is_a_mirror_or_a_company_registry_and_the_host_decides() {
    let said = "-/user/org.couchdb.user:alice - [FORBIDDEN] Public registration is not allowed";
    read(&npm(&format!("PUT https://{{cnpm}}/{said}"))).puts_first("publish-to-mirror");
    let own = npm(&format!("PUT https://npm.acme.example/{said}"));
    read(&own).puts_first("registration-closed").is_not_certain().offers("publish-to-mirror");
    let fragment = "[FORBIDDEN] Public registration is not allowed";
    read(&format!("npm error code E403\nnpm error 403 {fragment}"))
        .is_not_certain()
        .offers("publish-to-mirror registration-closed");
}

#[test]
fn s18_a_question_about_the_account_says_nothing_about_publishing() {
    for path in ["-/whoami", "-/npm/v1/user", "-/npm/v1/tokens", "-/org/acme/user"] {
        for host in ["{npm}", "npm.acme.example"] {
            read(&npm(&format!("GET https://{host}/{path}"))).is_not_certain().offers("endpoint-unsupported");
        }
        read(&npm(&format!("GET https://{{npm}}/{path}"))).offers("token-lacks-permission");
    }
    let audit = "npm warn audit 403 Forbidden - POST https://artifactory.acme.example/artifactory/api/npm/npm-virtual/-/npm/v1/security/audits/quick";
    read(&format!("{audit}\nnpm error audit endpoint returned an error")).puts_first("endpoint-unsupported");
    let code_artifact =
        "GET https://acme-111122223333.d.codeartifact.eu-central-1.amazonaws.com/npm/main/-/whoami";
    read(&npm(code_artifact)).puts_first("endpoint-unsupported").is_not_certain();
}

#[test]
fn s19_a_404_on_a_publish_is_no_403() {
    let log = "npm error code E404\nnpm error 404 404 Not Found - PUT https://{npm}/@acme%2fui - Not found";
    let answer = read(log);
    assert!(answer.advice.incidents.is_empty(), "{:?}", answer.ids());
    assert_eq!(answer.advice.related.first().map(|related| related.id.as_str()), Some("E404-publish"));
}

#[test]
fn s20_verdaccios_wording_tells_who_was_refused() {
    let url = "http://127.0.0.1:4873/@acme%2fui";
    for (method, said, cause) in [
        ("GET", "user bob is not allowed to access package @acme/ui", "registry-read-denied"),
        ("PUT", "user bob is not allowed to publish package @acme/ui", "registry-write-denied"),
        ("GET", "unregistered users are not allowed to access package @acme/ui", "missing-credentials"),
    ] {
        read(&npm(&format!("{method} {url} - {said}"))).puts_first(cause);
    }
    let anonymous = "npm error code E401\nnpm error 401 Unauthorized - GET http://127.0.0.1:4873/@acme%2fui - authorization required to access package @acme/ui";
    assert!(read(anonymous).advice.incidents.is_empty());
}

#[test]
fn s21_a_signed_link_refused_is_decided_by_the_storages_own_code() {
    let amazon = npm(
        "GET https://acme-npm.s3.eu-west-1.amazonaws.com/left-pad/-/left-pad-1.3.0.tgz?X-Amz-Date=20261121T080000Z&X-Amz-Expires=30",
    );
    read(&amazon).is_undecided().offers("expired-download-url");
    let cloudsmith = npm(
        "GET https://{cloudsmith}/signed/acme/main/upstream/filename/npm/left-pad/left-pad-1.3.0.tgz?created=1792566000&expires=1792569600",
    );
    read(&cloudsmith).is_undecided().offers("expired-download-url security-policy");
    for code in [
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
        "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message></Error>",
        "<Error><Code>SignatureDoesNotMatch</Code></Error>",
    ] {
        for link in [&amazon, &cloudsmith] {
            read(&format!("{link}\n{code}")).puts_first("expired-download-url");
        }
    }
    let blob = "npm error code E403\nnpm error 403 403 Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. - GET https://acme1.blob.core.windows.net/b-01/left-pad-1.3.0.tgz";
    read(blob).puts_first("expired-download-url").is_not_certain();
}

#[test]
fn s22_an_object_instead_of_words_is_decided_by_host_and_notice() {
    let put = npm("PUT https://{npm}/my-utils - [object Object]");
    read(&put).puts_first("account-restricted").is_not_certain().does_not_offer("waf-blocked-content");
    let notice =
        "npm notice Your account has been temporarily suspended due to a recent security-sensitive action.";
    read(&format!("{notice}\n{put}")).puts_first("account-restricted");
    let google = npm("GET https://acme1-npm.pkg.dev/acme/npm/@acme%2fui - [object Object]");
    read(&google).puts_first("registry-read-denied").is_not_certain();
    let firewall = npm("GET https://npm.acme.example/left-pad/-/left-pad-1.3.0.tgz - [object Object]");
    read(&firewall).is_undecided().offers("security-policy");
    let named = npm("GET https://npm.acme.example/left-pad/-/left-pad-1.3.0.tgz - blocked_by_policy");
    read(&named).puts_first("security-policy").is_not_certain().offers("not-on-allowlist repository-rule");
}

#[test]
fn s23_not_permitted_to_deploy_is_a_write_or_a_read_that_fills_the_cache() {
    let base = "https://artifactory.acme.example/artifactory/api/npm";
    let deploy = |path: &str, repository: &str| {
        format!("User ci is not permitted to deploy '{path}' into '{repository}:{path}'.")
    };
    let put =
        format!("PUT {base}/npm-local/@acme%2fui - {}", deploy("@acme/ui/-/@acme/ui-1.0.0.tgz", "npm-local"));
    read(&npm(&put)).puts_first("registry-write-denied");
    let path = "left-pad/-/left-pad-1.3.0.tgz";
    let said = deploy(path, "npm-remote-cache");
    for prefix in ["Rejected artifact download request: ", ""] {
        read(&npm(&format!("GET {base}/npm-virtual/{path} - {prefix}{said}")))
            .puts_first("registry-read-denied");
    }
}
