//! Thirty fake secrets, put together when a test runs, so that nothing that looks like one stands in the tree.

/// A log with a refused publish and thirty secrets in the places where people leave them, and the secrets.
pub fn log() -> (String, Vec<String>) {
    let planted = planted();
    let mut log = String::from("$ npm publish --otp=");
    log.push_str(&planted[0].1);
    log.push('\n');
    for (frame, secret) in &planted[1..] {
        log.push_str(&frame.replace("{}", secret));
        log.push('\n');
    }
    // One in the very line that is shown as evidence, one in the refused URL.
    let refused = format!(
        "npm error code E403\nnpm error 403 403 Forbidden - PUT https://ci:{}@artifactory.acme.example/api/npm/npm-local/my-utils \
         - You cannot publish over the previously published versions: 1.0.2. Token {}\n",
        planted[25].1, planted[1].1
    );
    log.push_str(&refused);
    (log, planted.into_iter().map(|(_, secret)| secret).collect())
}

/// `count` letters and digits that look generated; different for each `seed`.
fn random(seed: usize, count: usize) -> String {
    let alphabet: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    let mut state = seed * 7 + 3;
    let mut next = || {
        state = (state * 7621 + 1) % 32768;
        alphabet[state / 8 % alphabet.len()]
    };
    (0..count).map(|_| next()).collect()
}

/// Where people leave them, with `{}` for the secret, and the secret.
pub fn planted() -> Vec<(&'static str, String)> {
    let join = |parts: &[&str]| parts.concat();
    let web_token = |seed| {
        join(&[
            "ey",
            "J",
            &random(seed, 30),
            ".",
            "ey",
            "J",
            &random(seed + 1, 40),
            ".",
            &random(seed + 2, 43),
        ])
    };
    let base32: String = "abcdefg234567hijk".chars().cycle().take(52).collect();
    let hex: String = "0a1b2c3d4e5f6789".chars().cycle().take(32).collect();
    vec![
        ("--otp={}", "493027".into()),
        ("npm error token {} was refused", join(&["npm", "_", &random(1, 36)])),
        ("//registry.acme.example/:_authToken={}", join(&["npm", "_", &random(2, 36)])),
        ("//registry.acme.example/:_authToken={}", hex.clone()),
        ("//registry.acme.example/:_password={}", join(&[&random(3, 24), "=="])),
        ("_auth = {}", join(&[&random(4, 30), "="])),
        ("NODE_AUTH_TOKEN={}", random(5, 40)),
        ("export NPM_TOKEN={}", random(6, 40)),
        ("GITHUB_TOKEN: {}", join(&["gh", "s_", &random(7, 36)])),
        ("using {} as user", join(&["gh", "p_", &random(8, 36)])),
        ("({})", join(&["github", "_pat_", &random(9, 22), "_", &random(10, 59)])),
        ("PRIVATE-TOKEN: {}", join(&["gl", "pat-", &random(11, 20)])),
        ("CI_JOB_TOKEN={}", join(&["gl", "cbt-64_", &random(12, 20)])),
        ("AWS_ACCESS_KEY_ID={}", join(&["AK", "IA", "Q3EGRIUQ2SN7ABCD"])),
        ("AWS_SECRET_ACCESS_KEY={}", random(13, 40)),
        ("CODEARTIFACT_AUTH_TOKEN={}", web_token(14)),
        ("X-JFrog-Art-Api: {}", join(&["AK", "Cp", &random(17, 69)])),
        ("user used {}", join(&["cm", "Vmd", &random(18, 59)])),
        (":_password {}", base32),
        ("found {}", join(&[&random(19, 76), "AZ", "DO", &random(20, 4)])),
        ("Authorization: Bearer {}", web_token(21)),
        ("authorization: Basic {}", join(&[&random(24, 26), "1=="])),
        ("< Authorization: Bearer {}", join(&[&random(25, 39), "7"])),
        ("sent {} to the server", join(&["Npm", "Token.", "0a1b2c3d-4e5f-6789-0a1b-2c3d4e5f6789"])),
        ("gcloud printed {}", join(&["ya", "29.", &random(26, 60)])),
        ("GET https://ci:{}@registry.acme.example/ui", "hunter2-of-ci".into()),
        ("GET https://blob.acme.example/ui.tgz?sv=1&sig={}", join(&[&random(27, 40), "%3D"])),
        ("GET https://bucket.acme.example/ui.tgz?X-Amz-Signature={}", join(&[&hex, &hex])),
        ("npm-otp: {}", "605418".into()),
        ("{\"_authToken\":\"{}\"}", random(28, 40)),
    ]
}
