//! What secrets look like: one table row per shape, and the literals that tell where to look at all.
//!
//! Group 1 is the secret; where it is empty, `judge::value_at` says how far the secret reaches. Must not know rows, masks or numbers.
//! Shapes are those that the issuers document or that secret scanners use
//! (<https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns>,
//! <https://docs.gitlab.com/security/tokens/#token-prefixes>).

use super::judge::{self, Candidate};

/// One shape of a secret.
pub(super) struct Shape {
    /// What it is called on the mask.
    pub kind: &'static str,
    /// Finds it.
    pub pattern: &'static str,
    /// How many bytes of what was found are secret, or `None` if it is none after all.
    pub judge: fn(&Candidate<'_>) -> Option<usize>,
}

const fn shape(
    kind: &'static str,
    pattern: &'static str,
    judge: fn(&Candidate<'_>) -> Option<usize>,
) -> Shape {
    Shape { kind, pattern, judge }
}

/// `name`, an optional quote, `=` or `:`, and the start of a value, marked by an empty group.
macro_rules! named {
    ($names:literal) => {
        concat!(r"(?i-u:", $names, r#")\\*["']?[ \t]{0,3}(?:=>|[=:])[ \t]{0,3}(?:\\*["'])?()"#)
    };
}

/// All shapes. The first that fits names the secret, so the telling ones come first.
pub(super) const SHAPES: &[Shape] = &[
    shape("npm token", r"(npms?_[A-Za-z0-9]{20,}[A-Za-z0-9_]*)", judge::always),
    shape(
        "GitHub token",
        r"(gh[pousr]_(?:[A-Za-z0-9]{20,}[A-Za-z0-9_]*|[0-9]+_eyJ[A-Za-z0-9_.-]{20,}))",
        judge::always,
    ),
    shape("GitHub token", r"(github_pat_[A-Za-z0-9_]{22,})", judge::always),
    shape(
        "GitLab token",
        r"(?:^|[^A-Za-z0-9])(gl(?:pat|dt|cbt|ptt|rt|rtr|ft|soat|imt|oas|ffct|agent)-[A-Za-z0-9_.-]{19,}[A-Za-z0-9_-])",
        judge::always,
    ),
    shape(
        "AWS key",
        r"(?:^|[^A-Za-z0-9])((?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?:[^A-Za-z0-9]|$)",
        judge::always,
    ),
    // A checksum's Base64 may hold these letters too, so what stands before must not be part of one.
    shape("Artifactory key", r"(?:^|[^A-Za-z0-9+/_-])(AKCp[A-Za-z0-9]{16,})", judge::always),
    shape(
        "Artifactory token",
        r"(?:^|[^A-Za-z0-9+/_-])(cmVmd[A-Za-z0-9]{59})(?:[^A-Za-z0-9+/=]|$)",
        judge::always,
    ),
    shape(
        "web token",
        r"(?:^|[^A-Za-z0-9])(eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*){0,3})",
        judge::always,
    ),
    shape(
        "Azure token",
        r"(?:^|[^A-Za-z0-9])([A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})(?:[^A-Za-z0-9]|$)",
        judge::always,
    ),
    shape(
        "Azure token",
        r#"(?:(?i-u:_password|token)|[^A-Za-z](?i-u:pat))["'\\=: \t]{1,6}([a-z2-7]{52})(?:[^A-Za-z0-9]|$)"#,
        judge::always,
    ),
    shape("Nexus token", r"(NpmToken\.[0-9A-Fa-f-]{36})", judge::always),
    shape("Google token", r"(?:^|[^A-Za-z0-9])(ya29\.[A-Za-z0-9_-]{16,})", judge::always),
    shape("Google key", r"(?:^|[^A-Za-z0-9_-])(AIza[A-Za-z0-9_-]{35})", judge::always),
    shape("Slack token", r"(xox[a-z]-[A-Za-z0-9-]{10,})", judge::always),
    shape("Docker token", r"(dckr_pat_[A-Za-z0-9_-]{20,})", judge::always),
    shape("key", r"((?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,})", judge::always),
    shape("key", r"(?:^|[^A-Za-z0-9_-])(sk-[A-Za-z0-9_-]{20,})", judge::random),
    shape("private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(.+?)(?:-----END|$)", judge::long),
    shape("password", r#"//[^/\s:@"'<>?#]*:([^/\s"'<>?#]+)@"#, judge::given),
    shape("token", r"//([A-Za-z0-9._~%+-]{16,})(?::|:x-oauth-basic)?@", judge::random),
    // In a header there is nothing but a credential; pnpm 8 prints the header as JSON.
    shape(
        "bearer token",
        r#"(?i-u:authorization|authheadervalue)\\*["']?[ \t]{0,3}[=:][ \t]{0,3}\\*["']?(?i-u:bearer|token)(?:[ \t]+|%20)([A-Za-z0-9+/=._~*-]{4,})"#,
        judge::given,
    ),
    shape(
        "bearer token",
        r"(?:^|[^A-Za-z])(?i-u:bearer)(?:[ \t]+|%20)([A-Za-z0-9+/=._~*-]{4,})",
        judge::authorization,
    ),
    shape(
        "password",
        r"(?:^|[^A-Za-z])(?i-u:basic)(?:[ \t]+|%20)([A-Za-z0-9+/=._~*-]{4,})",
        judge::authorization,
    ),
    shape(
        "one-time password",
        r#"(?:(?:^|[^A-Za-z])(?i-u:otp)|(?i-u:one-time pass(?:word|code)))[ \t=:,"'\\]{1,8}([0-9]{6,8})(?:[^0-9]|$)"#,
        judge::always,
    ),
    shape(
        "signature",
        r#"(?:[?&;]|%26|%3[fF])(?i-u:x-(?:amz|goog)-(?:signature|credential)|signature|sig)(?:=|%3[dD])([^&#\s"'<>‹]+)"#,
        judge::given,
    ),
    shape("token", named!("(?:token|x-jfrog-art-api)"), judge::named),
    shape("password", named!("(?:_auth|authident|password|passwd|passphrase)"), judge::named),
    shape("key", named!("(?:secret|(?:api|access|private|secret|account|license)[_-]?key)"), judge::named),
    // The same without a sign between name and value: arguments of commands.
    shape(
        "token",
        r#"(?:_auth(?i-u:Token)?|_password|--(?i-u:(?:auth-?)?token|password|secret|api-?key))[ \t]+["']?([^\s"'‹-][^\s"']{7,})"#,
        judge::random,
    ),
    shape("password", r#"(?:[ \t]-u|--user)[ =]["']?[^\s:"'/]+:([^\s"'‹][^\s"']*)"#, judge::given),
    shape("cookie", r#"(?i-u:cookie)["']?:[ \t]*["']?[^=;\s"']{1,80}=([^"'‹]+)"#, judge::given),
    shape("masked value", r"(?i-u:add-mask)(?:::|\])([^\s‹].*)", judge::given),
];

/// A row without any of these holds no secret. One pass over the whole text looks for all of them at once.
pub(super) const ANCHORS: &str = concat!(
    r"(?i-u:token|secret|passw|passphrase|passcode|_auth|authident|(?:api|access|private|account|license)[_-]?key|",
    r"otp|basic|bearer|cookie|add-mask|x-jfrog|[?&;]sig|signature|credential|--user)|[^A-Za-z](?i-u:pat)[^A-Za-z]|",
    r"npms?_[A-Za-z0-9]{8}|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|A(?:KIA|SIA|BIA|CCA|3T)|AKCp|cmVmd|eyJ|AZDO|",
    r"ya29|AIza|xox[a-z]-|dckr_|[srp]k_|sk-|[ \t]-u |PRIVATE KEY|//[^/\s?#@]*@|",
    // A hidden character may stand in the middle of any other.
    r"‹U\+"
);

/// What may stand at the end of a row as the start of a secret.
pub(super) const OPENERS: &str = concat!(
    r"(?:npms?_[A-Za-z0-9]*|gh[pousr]_[A-Za-z0-9_.-]*|github_pat_[A-Za-z0-9_]*|gl[a-z]{2,5}-[A-Za-z0-9_.-]*|",
    r"(?:AKIA|ASIA|ABIA|ACCA|AKCp|cmVmd)[A-Za-z0-9]*|eyJ[A-Za-z0-9_.-]*|NpmToken\.[0-9A-Fa-f-]*|",
    r"ya29\.[A-Za-z0-9_-]*|xox[a-z]-[A-Za-z0-9-]*|sk-[A-Za-z0-9_-]*|",
    r#"(?i-u:token|secret|passwd|password|passphrase|_auth|authident|[_-]key|apikey)\\*["']?[ \t]{0,3}[=:][ \t]{0,3}\\*["']?[A-Za-z0-9_./+=~%-]*|"#,
    r"(?i-u:bearer|basic)[ \t]+[A-Za-z0-9_./+=~-]*|",
    r"(?i-u:authorization)[^A-Za-z]{0,6}(?i-u:bearer|basic)|",
    r#"//[^/\s:@"'<>]*:[^/\s@"'<>]*|"#,
    r"[?&;](?i-u:x-(?:amz|goog)-(?:signature|credential)|signature|sig)=[A-Za-z0-9_./+=~%-]*)$"
);

/// Secrets whose length is known, so that a piece of one is known to be a piece.
pub(super) const EXACT: &str = concat!(
    r"npms?_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82}|",
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59}|NpmToken\.[0-9A-Fa-f-]{36}|",
    r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}"
);
