//! What must be masked and what must stay readable. Every sample is put together when the test runs, so that
//! nothing that looks like a secret stands in the tree.

#[path = "redaction/any_text.rs"]
mod any_text;
#[path = "redaction/wrapped.rs"]
mod wrapped;

use unforbid::text::{Redacted, decode, redact};

fn masked(text: &str) -> Redacted {
    redact(decode(text.as_bytes()))
}

/// `count` letters and digits that look generated; different for each `seed`.
fn random(seed: usize, count: usize) -> String {
    let alphabet: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    let mut state = seed;
    let mut next = || {
        state = (state * 7621 + 1) % 32768;
        alphabet[state / 8 % alphabet.len()]
    };
    (0..count).map(|_| next()).collect()
}

fn npm_token() -> String {
    ["npm", "_", &random(1, 36)].concat()
}

fn web_token() -> String {
    ["ey", "J", &random(2, 30), ".", "ey", "J", &random(3, 50), ".", &random(4, 43)].concat()
}

/// What is written, with `{}` for the secret; the secret; what it is called.
fn samples() -> Vec<(&'static str, String, &'static str)> {
    let hex = |count: usize| "0a1b2c3d4e5f6789".chars().cycle().take(count).collect::<String>();
    let base32 = "abcdefg234567hijk".chars().cycle().take(52).collect::<String>();
    let uuid = "0a1b2c3d-4e5f-6789-0a1b-2c3d4e5f6789".to_owned();
    let private_body = ["MII", &random(9, 200)].concat();
    vec![
        // Shapes that tell what they are wherever they stand.
        ("npm error the token {} was refused", npm_token(), "npm token"),
        ("npm error the token {}.", ["npm", "s_", &random(5, 42)].concat(), "npm token"),
        ("cloning with {} as user", ["gh", "p_", &random(6, 36)].concat(), "GitHub token"),
        ("{}", ["gh", "s_", &random(7, 36)].concat(), "GitHub token"),
        ("({})", ["github", "_pat_", &random(8, 22), "_", &random(9, 59)].concat(), "GitHub token"),
        ("PRIVATE-TOKEN: {}", ["gl", "pat-", &random(10, 20)].concat(), "GitLab token"),
        ("using {} from the job", ["gl", "cbt-64_", &random(10, 20)].concat(), "GitLab token"),
        ("credential {} is not active", ["AK", "IA", "Q3EGRIUQ2SN7ABCD"].concat(), "AWS key"),
        ("credential {}, temporary", ["AS", "IA", "Q3EGRIUQ2SN7ABCD"].concat(), "AWS key"),
        ("X-JFrog-Art-Api: {}", ["AK", "Cp", &random(11, 69)].concat(), "Artifactory key"),
        ("user used {}", ["cm", "Vmd", &random(12, 59)].concat(), "Artifactory token"),
        ("the token {} has expired", web_token(), "web token"),
        ("found {}!", [&random(13, 76), "AZ", "DO", &random(14, 4)].concat(), "Azure token"),
        (":_password {}", base32.clone(), "Azure token"),
        ("my PAT: {}", base32, "Azure token"),
        ("sent {} to the server", ["Npm", "Token.", &uuid].concat(), "Nexus token"),
        ("gcloud printed {}", ["ya", "29.", &random(15, 60)].concat(), "Google token"),
        ("key {} is restricted", ["AI", "za", &random(16, 35)].concat(), "Google key"),
        ("slack {}", ["xo", "xb-", &random(17, 24)].concat(), "Slack token"),
        ("stripe {}", ["sk", "_live_", &random(18, 24)].concat(), "key"),
        ("model key {}", ["sk", "-", &random(19, 40)].concat(), "key"),
        // URLs.
        ("GET https://ci:{}@registry.acme.example/ui", "hunter2".into(), "password"),
        ("error https://ci:{}@registry.acme.example:8443/ui: Forbidden", "p@ss-w0rd".into(), "password"),
        ("GET https://{}@github.com/acme/ui.git", ["gh", "o_", &random(20, 36)].concat(), "GitHub token"),
        ("GET https://{}@registry.acme.example/ui", random(21, 32), "token"),
        ("GET https://{}:x-oauth-basic@github.com/ui", random(21, 32), "token"),
        ("PUT https://b.s3.example/ui.tgz?X-Amz-Signature={}&x-id=PutObject", hex(64), "signature"),
        ("PUT https://b.s3.example/ui.tgz?a=1&X-Amz-Security-Token={} 403", random(22, 90), "token"),
        (
            "GET https://b.s3.example/ui.tgz?X-Amz-Credential={}&a=1",
            "someone%2F20261121%2Feu".into(),
            "signature",
        ),
        ("GET https://acc.blob.example/c/ui.tgz?se=2026-11-22&sig={}&sp=r", "aB1%2Bc%3D".into(), "signature"),
        ("GET https://gcs.example/ui.tgz?Expires=1&Signature={}", "aB1%2Bc%3D".into(), "signature"),
        ("GET https://r.example/ui?access_token={}&a=1", random(23, 20), "token"),
        ("GET https://r.example/ui?token={}", "abcdefgh".into(), "token"),
        (
            "[![build](https://r.example/badge.svg?token={})](https://r.example/ui)",
            "ABCDEFGH".into(),
            "token",
        ),
        // Headers.
        ("authorization: Bearer {}", "opaque-thing".into(), "bearer token"),
        ("'Authorization': 'Basic {}'", "Y2k6aHVudGVyMg==".into(), "password"),
        ("{\"Authorization\":\"Bearer {}\"}", "opaque".into(), "bearer token"),
        ("> Proxy-Authorization: Basic {}", "Y2k6aHVudGVyMg==".into(), "password"),
        ("An authorization header was used: Bearer {}", "abcd1234".into(), "bearer token"),
        ("the server saw Bearer {} and refused", random(24, 24), "bearer token"),
        ("x-api-key: {}", random(25, 24), "key"),
        ("< set-cookie: session={}", random(26, 24), "cookie"),
        // Names and values.
        ("//registry.acme.example/:_authToken={}", uuid.clone(), "token"),
        ("//registry.acme.example/:_authToken = \"{}\"", uuid, "token"),
        ("//registry.acme.example/:_auth={}", "Y2k6aHVudGVyMg==".into(), "password"),
        ("//registry.acme.example/:_password=\"{}\"", "aHVudGVyMg==".into(), "password"),
        ("npm config set //r.example/:_authToken {}", random(27, 30), "token"),
        ("NPM_TOKEN={}", "abc".into(), "token"),
        ("export NODE_AUTH_TOKEN='{}'", "with blank".into(), "token"),
        ("  NPM_TOKEN: {}", "abcdefgh".into(), "token"),
        ("  npmAuthToken: {}", random(28, 20), "token"),
        ("  npmAuthIdent: \"{}\"", "ci:hunter2".into(), "password"),
        ("DB_PASSWORD={}", "a&b;c!".into(), "password"),
        ("password: {}", "correcthorse".into(), "password"),
        ("{\"user\":\"ci\",\"password\":\"{}\"}", "correct horse".into(), "password"),
        ("{\"msg\":\"sent {\\\"token\\\":\\\"{}\\\"}\"}", "abcdef".into(), "token"),
        ("{ token: '{}', x: 1 }", "abcdef".into(), "token"),
        ("CLIENT_SECRET={}", "s3cr3t".into(), "key"),
        ("MY_APIKEY={}", "k3y".into(), "key"),
        ("aws_secret_access_key = {}", ["wJalr", "/K7MDENG+", &random(29, 26)].concat(), "key"),
        ("  secretAccessKey: '{}',", random(30, 40), "key"),
        ("npm_config__password={}", "aHVudGVyMg==".into(), "password"),
        ("$ curl -u admin:{} https://r.example/ui", "hunter2".into(), "password"),
        ("yarn npm publish --token {}", random(31, 24), "token"),
        ("::add-mask::{}", "hunter2".into(), "masked value"),
        // One-time passwords.
        ("npm publish --otp={}", "123456".into(), "one-time password"),
        ("npm publish --otp {} --tag next", "12345678".into(), "one-time password"),
        ("35 verbose argv \"publish\" \"--otp\" \"{}\"", "123456".into(), "one-time password"),
        ("npm-otp: {}", "123456".into(), "one-time password"),
        ("Enter one-time password: {}", "123456".into(), "one-time password"),
        // Private keys on one line.
        ("key=\"-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----\"", private_body, "private key"),
    ]
}

#[test]
fn every_kind_of_secret_is_masked_and_named() {
    for (line, secret, kind) in samples() {
        let line = line.replacen("{}", &secret, 1);
        let log = masked(&line);
        let shown = log.as_str();
        assert!(!shown.contains(&secret), "{line}\n{shown}");
        let url_kind = kind.replace(' ', "-");
        assert!(
            shown.contains(&format!("‹{kind} #1›")) || shown.contains(&format!("‹{url_kind}-1›")),
            "{kind}: {line}\n{shown}"
        );
        assert_eq!(log.secrets_hidden(), 1, "{line}\n{shown}");
        assert_eq!(log.masks().len(), 1, "{line}\n{shown}");
    }
}

#[test]
fn what_stands_around_a_secret_stays() {
    for (line, secret, _) in samples() {
        if line.contains("-----BEGIN") {
            continue;
        }
        let (before, after) = line.split_once("{}").unwrap();
        let log = masked(&line.replacen("{}", &secret, 1));
        assert!(log.as_str().starts_with(before), "{line}\n{}", log.as_str());
        assert!(log.as_str().ends_with(after), "{line}\n{}", log.as_str());
        let mask = log.masks()[0];
        let words = &log.as_str()[mask.span.start..mask.span.end];
        assert!(words.starts_with('‹') && words.ends_with('›'), "{words}");
        assert_eq!(log.place(mask.span.start).column, before.chars().count() + 1, "{line}");
        assert_eq!(
            log.place(mask.span.end).column,
            (before.chars().count() + secret.chars().count()) + 1,
            "{line}"
        );
    }
}

#[test]
fn ordinary_text_is_not_masked() {
    let sha512 =
        ["sha512-", &random(40, 40), "+AKCp", &random(41, 20), "/cmVmd", &random(42, 17), "=="].concat();
    let commit = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
    let lines = [
        format!("  \"integrity\": \"{sha512}\","),
        format!("npm notice integrity: {sha512}"),
        format!("npm notice shasum:        {commit}"),
        format!("HEAD is now at {commit} release"),
        format!("gitHead: {commit}"),
        "WWW-Authenticate: Basic realm=\"Sonatype Nexus Repository Manager\"".into(),
        "www-authenticate: Bearer realm=\"https://gitlab.example/jwt/auth\",service=\"packages\"".into(),
        "npm error Basic authentication is not supported for this user".into(),
        "npm error code ENEEDAUTH: Bearer authentication required".into(),
        "npm error 403 403 Forbidden - PUT https://r.example/@acme%2fui - You do not have permission".into(),
        "npm http fetch GET 403 https://r.example:8081/repository/npm/@types%2fnode 31ms".into(),
        "npm http fetch GET 403 http://localhost:4873/@types/node 31ms".into(),
        "npm error 401 Incorrect or missing password.".into(),
        "npm error Invalid token: expired".into(),
        "npm error token: the token has no write permission".into(),
        "npm error If you were trying to log in, your password: check it again".into(),
        "npm error 403 This token does not have the secret scope".into(),
        "SyntaxError: Unexpected token: }".into(),
        "npm-session: 7e5a3c1b9d8f6a42".into(),
        "npm notice Your one-time password was sent to someone@acme.example".into(),
        "git clone ssh://git@github.com/acme/ui.git".into(),
        "git+ssh://git@github.com:acme/ui.git#v1.0.2".into(),
        "npm owner add someone@acme.example @acme/ui".into(),
        "https://my-organisation-of-2026@dev.azure.example/acme/_git/ui".into(),
        "npm warn config always-auth = true".into(),
        "//registry.acme.example/:always-auth=true".into(),
        "@types/token@1.0.0: secret-agent@2.0.0 basic-auth@2.0.1 bearer-token-parser@1.2.3".into(),
        "npm_config_registry=https://r.example/ npm_lifecycle_event=publish".into(),
        "max_tokens: 4096, tokens=5, useToken=true".into(),
        "    const token = getToken(options)".into(),
        "npm error ERR_PNPM_FETCH_403  GET https://r.example/x: Forbidden - 403".into(),
        "An authorization header was used: Bearer ghp_[hidden]".into(),
        "https://r.example/ui?se=2026-11-22&sp=r&sr=b".into(),
        "disk-usage-report-of-the-last-quarter task-runner-with-a-long-name-2026".into(),
        "hash AKIA and ASIA, eyJ and ya29 and npm_ and ghp_".into(),
    ];
    for line in lines {
        assert_eq!(masked(&line).as_str(), line);
        assert_eq!(masked(&line).secrets_hidden(), 0);
    }
}

#[test]
fn a_placeholder_is_evidence_and_stays() {
    let values = [
        "${NPM_TOKEN}",
        "$NPM_TOKEN",
        "***",
        "******",
        "npm_***",
        "(protected)",
        "[REDACTED]",
        "[hidden]",
        "<token>",
        "%NPM_TOKEN%",
        "$env:NPM_TOKEN",
        "${{ secrets.NPM_TOKEN }}",
        "{{ npm_token }}",
        "XXXXX-XXXXX-XXXXX-XXXXX",
        "undefined",
        "null",
        "‹npm token #1›",
        "",
    ];
    let lines = [
        "//r.example/:_authToken={}",
        "NODE_AUTH_TOKEN={}",
        "  NODE_AUTH_TOKEN: {}",
        "{\"token\":\"{}\"}",
        "_password = {}",
        "Authorization: Bearer {}",
        "https://r.example/?token={}&a=1",
        "SECRET='{}'",
    ];
    for value in values {
        for line in lines {
            let line = line.replacen("{}", value, 1);
            assert_eq!(masked(&line).as_str(), line);
        }
    }
    let url = "https://ci:***@r.example/ui https://ci:${PASS}@r.example/ui";
    assert_eq!(masked(url).as_str(), url);
}

#[test]
fn equal_secrets_have_equal_numbers() {
    let (one, two) = (npm_token(), random(50, 30));
    let text = format!(
        "NPM_TOKEN={one}\nnpm error Bearer {two}\nused {one}\nTOKEN: {two}\nhttps://r.example/?token={one}&x=1\nand {two} alone\n"
    );
    let log = masked(&text);
    assert_eq!(
        log.as_str(),
        "NPM_TOKEN=‹npm token #1›\nnpm error Bearer ‹bearer token #2›\nused ‹npm token #1›\nTOKEN: ‹bearer token #2›\n\
         https://r.example/?token=‹npm-token-1›&x=1\nand ‹bearer token #2› alone\n"
    );
    assert_eq!(log.secrets_hidden(), 2);
    assert_eq!(log.masks().iter().map(|mask| mask.number).collect::<Vec<_>>(), [1, 2, 1, 2, 1, 2]);
}

#[test]
fn several_secrets_on_one_line_are_masked_one_by_one() {
    let log = masked("a=1&token=abcdef&password=ghijkl&x=2 NPM_TOKEN=mnopqr https://u:stuvwx@r.example/");
    assert_eq!(
        log.as_str(),
        "a=1&token=‹token #1›&password=‹password #2›&x=2 NPM_TOKEN=‹token #3› https://u:‹password-4›@r.example/"
    );
}

#[test]
fn a_masked_url_is_still_one_word() {
    let url = format!("https://ci:hunter2@r.example/ui?X-Amz-Signature={}&x=1", random(51, 64));
    let log = masked(&format!("npm error 403 403 Forbidden - GET {url} - no"));
    assert_eq!(
        log.as_str(),
        "npm error 403 403 Forbidden - GET https://ci:‹password-1›@r.example/ui?X-Amz-Signature=‹signature-2›&x=1 - no"
    );
}

#[test]
fn places_after_a_mask_are_those_of_the_original() {
    let text = format!("é NPM_TOKEN={} ü PASSWORD=x end\nnext", npm_token());
    let log = masked(&text);
    for word in ["NPM_TOKEN", "ü", "PASSWORD", "end", "next"] {
        let place = log.place(log.as_str().find(word).unwrap());
        let line = text.lines().nth(place.line - 1).unwrap();
        let there: String = line.chars().skip(place.column - 1).take(word.chars().count()).collect();
        assert_eq!(there, word);
    }
}

#[test]
fn masking_the_masked_changes_nothing() {
    let all: String =
        samples().into_iter().map(|(line, secret, _)| line.replacen("{}", &secret, 1) + "\n").collect();
    let once = masked(&all);
    let twice = masked(once.as_str());
    assert_eq!(twice.as_str(), once.as_str());
    assert_eq!(twice.secrets_hidden(), 0);
}
