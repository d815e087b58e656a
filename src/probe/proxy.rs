//! The proxy on the way, as the configuration names it. Must not know sockets.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use url::Url;

use super::model::Failure;

/// A proxy that HTTP can go through.
pub(super) struct Proxy {
    pub(super) url: Url,
}

impl Proxy {
    /// From a setting like `http://user:password@proxy.example:3128` or `proxy.example:3128`.
    pub(super) fn parse(setting: &str) -> Result<Self, Failure> {
        let setting = setting.trim();
        let whole = if setting.contains("://") { setting.to_owned() } else { format!("http://{setting}") };
        // Neither failure quotes the setting, because it may hold a password.
        let failure =
            |reason: &str| Failure::Connect { host: "the proxy".to_owned(), reason: reason.to_owned() };
        let url = Url::parse(&whole).map_err(|_| failure("the configured address is no URL"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failure(&format!("a {} proxy cannot be used by this program yet", url.scheme())));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(failure("the configured address has no host"));
        }
        Ok(Self { url })
    }

    /// How it is shown: without user name and password.
    pub(super) fn shown(&self) -> String {
        let port = self.url.port_or_known_default().map_or_else(String::new, |port| format!(":{port}"));
        format!("{}://{}{port}", self.url.scheme(), self.url.host_str().unwrap_or_default())
    }

    /// For the client: the address, and apart from it what the proxy is told of the user.
    pub(super) fn setting(&self) -> reqwest::Result<reqwest::Proxy> {
        let proxy = reqwest::Proxy::all(self.shown())?;
        Ok(match self.authorization() {
            Some(authorization) => proxy.custom_http_auth(authorization),
            None => proxy,
        })
    }

    /// `Proxy-Authorization`, when the setting holds a user name.
    fn authorization(&self) -> Option<HeaderValue> {
        if self.url.username().is_empty() && self.url.password().is_none() {
            return None;
        }
        let mut pair: Vec<u8> = percent_decode_str(self.url.username()).collect();
        pair.push(b':');
        pair.extend(percent_decode_str(self.url.password().unwrap_or_default()));
        // Base64 is always a valid value.
        let mut value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}
