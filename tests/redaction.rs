//! What must be masked and what must stay readable. Every sample is put together when the test runs, so that
//! nothing that looks like a secret stands in the tree.

#[path = "redaction/any_text.rs"]
mod any_text;
#[path = "redaction/samples.rs"]
mod samples;
#[path = "redaction/wrapped.rs"]
mod wrapped;

use samples::{npm_token, random, samples, web_token};
use unforbid::text::{Redacted, decode, redact};

fn masked(text: &str) -> Redacted {
    redact(decode(text.as_bytes()))
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
fn a_secret_beside_a_placeholder_is_masked_all_the_same() {
    let secret = random(52, 30);
    let long = "a ".repeat(150);
    for line in [
        "cookie: theme=***; session={}".to_owned(),
        "set-cookie: session={}; user=***".into(),
        "NPM_TOKEN={};x=***".into(),
        "{\"password\":\"{} ***\"}".into(),
        "Authorization: Basic {}[hidden]".into(),
        "https://ci:{}***@r.example/".into(),
        // An open quote, and what is in it is no secret: the search goes on inside.
        format!("token=\"*** {long} NPM_TOKEN={{}} "),
        format!("token:/{}NPM_TOKEN={{}}", "a;".repeat(150)),
    ] {
        let shown = masked(&line.replacen("{}", &secret, 1));
        assert!(!shown.as_str().contains(&secret), "{line}");
    }
}

#[test]
fn a_hidden_character_does_not_show_a_secret() {
    let (one, two) = (npm_token(), random(53, 30));
    for hidden in ["\u{200b}", "\u{2060}", "\u{ad}", "\u{200b}\u{feff}"] {
        let (start, end) = one.split_at(9);
        let log = masked(&format!(
            "npm error the token {start}{hidden}{end} was refused\nNPM_TOKEN={hidden}{two}\n"
        ));
        assert!(!log.as_str().contains(end) && !log.as_str().contains(&two), "{}", log.as_str());
        assert_eq!(log.secrets_hidden(), 2);
        assert!(log.as_str().contains("was refused\n"), "{}", log.as_str());
    }
    let log = masked(&format!("the token npm_\u{200b}{}.", &one[4..]));
    assert_eq!(log.as_str(), "the token ‹npm token #1›‹U+200B›‹npm token #1, continued›.");
}

#[test]
fn a_mask_is_never_cut_in_two() {
    // The first pass masks what is inside the braces, which makes the whole look like a secret to the second.
    let log = masked("//r.example/:_authToken=${NPM_TOKEN=abcdefgh:_authToken=${https://EN}");
    let mut masks = 0;
    for part in log.as_str().split('‹').skip(1) {
        assert!(part.contains('›'), "{}", log.as_str());
        masks += 1;
    }
    assert_eq!(log.masks().len(), masks, "{}", log.as_str());
    assert_eq!(log.as_str().matches('›').count(), masks, "{}", log.as_str());
}

#[test]
fn more_secrets_than_can_be_searched_at_once_are_hidden_again() {
    let secrets: Vec<String> = (0..200).map(|seed| random(1000 + seed, 20) + "7").collect();
    let named: String = secrets.iter().map(|secret| format!("NPM_TOKEN={secret}\n")).collect();
    let alone: String = secrets.iter().map(|secret| format!("it was {secret} there\n")).collect();
    let log = masked(&(named + &alone));
    for secret in &secrets {
        assert!(!log.as_str().contains(secret.as_str()), "{secret}");
    }
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
