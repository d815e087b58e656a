//! Every kind of secret in the words it is found in, put together when a test runs.

/// `count` letters and digits that look generated; different for each `seed`.
pub fn random(seed: usize, count: usize) -> String {
    let alphabet: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    let mut state = seed;
    let mut next = || {
        state = (state * 7621 + 1) % 32768;
        alphabet[state / 8 % alphabet.len()]
    };
    (0..count).map(|_| next()).collect()
}

pub fn npm_token() -> String {
    ["npm", "_", &random(1, 36)].concat()
}

pub fn web_token() -> String {
    ["ey", "J", &random(2, 30), ".", "ey", "J", &random(3, 50), ".", &random(4, 43)].concat()
}

/// What is written, with `{}` for the secret; the secret; what it is called.
pub fn samples() -> Vec<(&'static str, String, &'static str)> {
    let hex = |count: usize| "0a1b2c3d4e5f6789".chars().cycle().take(count).collect::<String>();
    let base32 = "abcdefg234567hijk".chars().cycle().take(52).collect::<String>();
    let uuid = "0a1b2c3d-4e5f-6789-0a1b-2c3d4e5f6789".to_owned();
    let private_body = ["MII", &random(9, 200)].concat();
    vec![
        (r#""authHeaderValue":"Bearer {}","x":1"#, "lab-secret".to_owned(), "bearer token"),
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
