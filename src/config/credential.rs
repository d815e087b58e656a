//! From settings to a credential: which keys belong together, what the header would be, and what may be said of it.
//!
//! Must not know registries or requests.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::entries::{Entry, Settings};
use super::model::{Credential, Scheme, Secret};
use crate::text;

/// As lenient as Node.js: padding may be missing, left-over bits are dropped.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The settings below one key that make a credential.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    pub token: Option<&'a Entry>,
    pub auth: Option<&'a Entry>,
    pub login: Option<(&'a Entry, &'a Entry)>,
    /// Whether the password's bytes go as they are.
    pub keeps_bytes: bool,
}

impl<'a> Holder<'a> {
    /// What stands below a key, of the settings that are accepted; `None` if that is no credential.
    pub fn at(settings: &'a Settings, prefix: &str, accepts: impl Fn(&Entry) -> bool) -> Option<Self> {
        let part = |name: &str| {
            let key = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") };
            settings.winner(&key).filter(|entry| accepts(entry))
        };
        let holder = Self {
            token: part("_authToken"),
            auth: part("_auth"),
            login: part("username").zip(part("_password")),
            keeps_bytes: false,
        };
        (holder.token.is_some() || holder.auth.is_some() || holder.login.is_some()).then_some(holder)
    }

    /// The setting that holds the secret.
    pub fn secret(&self) -> Option<&'a Entry> {
        self.token.or(self.auth).or(self.login.map(|(_, password)| password))
    }

    /// The credential that a client makes of it, for an address.
    pub fn credential(&self, scope: String) -> Option<Credential> {
        let (scheme, secret, described, entry) = if let Some(token) = self.token {
            (Scheme::Bearer, token.value.clone(), describe(&token.value, "token"), token)
        } else if let Some(auth) = self.auth {
            (Scheme::Basic, auth.value.clone(), describe(&auth.value, "login"), auth)
        } else {
            let (username, password) = self.login?;
            let decoded = decode(&password.value);
            let text = String::from_utf8_lossy(&decoded).into_owned();
            // Node.js makes a text of the password first, Bun does not.
            let bytes = if self.keeps_bytes { decoded } else { text.clone().into_bytes() };
            let pair = [username.value.as_bytes(), b":", &bytes].concat();
            (Scheme::Basic, encode(&pair), describe(&text, "password"), password)
        };
        let origin = entry.origin.clone();
        Some(Credential { scheme, secret: Secret::new(secret), scope, description: described, origin })
    }
}

/// What the reader sees instead of a secret: `npm token, 40 characters`.
pub(super) fn describe(secret: &str, what: &str) -> String {
    if secret.contains("${") {
        return format!("the text {}, not a {what}", visible(secret));
    }
    let length = secret.chars().count();
    let kind = kind(secret).unwrap_or(what);
    format!("{kind}, {length} character{}", if length == 1 { "" } else { "s" })
}

/// The kind of a token by its shape: `npm token`, `GitHub token`.
pub(super) fn kind(secret: &str) -> Option<&'static str> {
    let row = format!("//host.example/:_authToken={secret}");
    text::redact(text::decode(row.as_bytes())).token_kind().filter(|kind| *kind != "bearer token")
}

/// A text that holds a reference to a variable: only the references may be shown.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let Some(end) = rest[start..].find('}') else {
            break;
        };
        if start > 0 {
            shown.push('…');
        }
        shown.push_str(&rest[start..start + end + 1]);
        rest = &rest[start + end + 1..];
    }
    if !rest.is_empty() {
        shown.push('…');
    }
    shown
}

/// Bytes in base64.
pub(super) fn encode(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Base64 as Node.js decodes it: what does not belong is skipped, both alphabets count.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut letters: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'+' | b'/' => Some(byte),
            _ => byte.is_ascii_alphanumeric().then_some(byte),
        })
        .collect();
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    LENIENT.decode(letters).unwrap_or_default()
}

/// Whether a password is base64 of readable text, as `_password` has to be.
pub(super) fn is_encoded_text(text: &str) -> bool {
    let text = text.trim();
    let is_alphabet =
        text.trim_end_matches('=').bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_".contains(&b));
    let length = text.trim_end_matches('=').len();
    let padded = text.len() - length;
    let fits = length % 4 != 1 && (padded == 0 || (length + padded).is_multiple_of(4));
    let decoded = String::from_utf8(decode(text));
    is_alphabet && fits && decoded.is_ok_and(|text| !text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_as_node_does() {
        assert_eq!(decode("cHc="), b"pw");
        assert_eq!(decode("cHc"), b"pw");
        assert_eq!(decode("c H c"), b"pw");
        assert_eq!(decode("_-8="), decode("/+8="));
        assert_eq!(decode("A"), b"");
        assert_eq!(decode("é"), b"");
    }

    #[test]
    fn a_plain_password_is_told_from_an_encoded_one() {
        for good in ["cGFzc3dvcmQ=", "cGFzc3dvcmQ", "aHVudGVyMg=="] {
            assert!(is_encoded_text(good), "{good}");
        }
        for bad in ["pass word", "hunter!", "hunter222", "s3cr3tpassword=", "cGFzc3dvcmQ==="] {
            assert!(!is_encoded_text(bad), "{bad}");
        }
    }

    #[test]
    fn a_description_holds_nothing_of_the_secret() {
        let secret = format!("npm_{}", "a1B2".repeat(9));
        assert_eq!(describe(&secret, "token"), "npm token, 40 characters");
        assert_eq!(describe("hunter2", "password"), "password, 7 characters");
        assert_eq!(describe("${NPM_TOKEN}", "token"), "the text ${NPM_TOKEN}, not a token");
        assert_eq!(describe("hidden${A}behind", "token"), "the text …${A}…, not a token");
    }
}
