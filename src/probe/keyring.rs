//! What a run needs of the user's configuration: credentials, the proxy and further authorities.

use std::path::PathBuf;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::model::Reply;

/// The user's configuration, as far as a run needs it.
pub trait Keyring {
    /// The credential for this URL, if the user's own client would send it there.
    fn credential_for(&self, url: &Url) -> Option<Header>;
    /// The proxy for this URL, as the configuration spells it; it may hold a user name and a password.
    fn proxy_for(&self, url: &Url) -> Option<String>;
    /// PEM files with authorities that are trusted beside the system's.
    fn extra_roots(&self) -> Vec<PathBuf>;
}

/// Nothing configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeyring;

impl Keyring for NoKeyring {
    fn credential_for(&self, _: &Url) -> Option<Header> {
        None
    }

    fn proxy_for(&self, _: &Url) -> Option<String> {
        None
    }

    fn extra_roots(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// A credential as it is sent: `Bearer` or `Basic`, and the secret. Its `Debug` does not show the secret.
#[derive(Clone, Debug)]
pub struct Header {
    scheme: String,
    secret: SecretString,
}

impl Header {
    /// From the scheme and the secret that follows it.
    pub fn new(scheme: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { scheme: scheme.into(), secret: SecretString::from(secret.into()) }
    }

    /// The value of the header; `None` when the secret holds characters that no header may carry.
    pub(super) fn value(&self) -> Option<HeaderValue> {
        // The reason of a failure is dropped, because it might quote the secret.
        let mut value =
            HeaderValue::try_from(format!("{} {}", self.scheme, self.secret.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes the secret out of an answer that repeats it.
    pub(super) fn hide_in(&self, reply: &mut Reply) {
        for text in reply.headers.iter_mut().map(|(_, value)| value).chain(reply.phrase.as_mut()) {
            *text = self.hidden(text);
        }
        if let Some(clean) = self.without_secret(&reply.body) {
            reply.body = clean;
        }
    }

    /// The text without the secret.
    pub(super) fn hidden(&self, text: &str) -> String {
        match self.without_secret(text.as_bytes()) {
            Some(clean) => String::from_utf8_lossy(&clean).into_owned(),
            None => text.to_owned(),
        }
    }

    /// The bytes without the secret, nor its beginning at the end where a limit cut; `None` when it is not in them.
    fn without_secret(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let secret = self.secret.expose_secret().as_bytes();
        if secret.is_empty() {
            return None;
        }
        let mut clean = Vec::new();
        let mut rest = bytes;
        while let Some(at) = memchr::memmem::find(rest, secret) {
            clean.extend_from_slice(rest.get(..at)?);
            clean.extend_from_slice(HIDDEN);
            rest = rest.get(at + secret.len()..)?;
        }
        let begun = (4..secret.len())
            .rev()
            .find(|length| secret.get(..*length).is_some_and(|start| rest.ends_with(start)));
        if clean.is_empty() && begun.is_none() {
            return None;
        }
        clean.extend_from_slice(rest.get(..rest.len() - begun.unwrap_or(0))?);
        if begun.is_some() {
            clean.extend_from_slice(HIDDEN);
        }
        Some(clean)
    }
}

const HIDDEN: &[u8] = b"<secret>";
