//! The types of a configuration that was read: values with the place each comes from, and secrets that cannot be printed.
//!
//! Must not know how a file is read, nor causes.

use std::fmt;
use std::path::PathBuf;

use crate::facts::Origin;

/// A package manager and its version, as far as known: each reads its configuration in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Which one.
    pub family: Family,
    /// Its major version.
    pub major: Option<u64>,
    /// Its minor version and patch, as far as known; a few behaviours changed inside of a major version.
    pub minor: Option<(u64, u64)>,
}

/// The families of package managers that read their configuration alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// npm.
    Npm,
    /// pnpm.
    Pnpm,
    /// Yarn 1.
    Yarn1,
    /// Yarn 2 and later.
    Berry,
    /// Bun.
    Bun,
    /// Deno.
    Deno,
}

/// A value, the place that decides it, and the places that would if that one were not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub origin: Origin,
    /// Where other values of the same key stand that do not count, nearest first.
    pub shadowed: Vec<(T, Origin)>,
}

/// A secret. It has no way to be printed, compared in public or written; only the sender of a request sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one header that it was made for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} characters)", self.0.chars().count())
    }
}

/// A credential as a client would send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// `Bearer` or `Basic`.
    pub scheme: Scheme,
    /// What follows the scheme in the header: the token, or base64 of `user:password`.
    pub secret: Secret,
    /// The address that it is configured for: scheme, host, port and path, ending in `/`.
    pub scope: String,
    /// What the reader sees instead of it: `npm token, 40 characters`.
    pub description: String,
    /// Where it stands.
    pub origin: Origin,
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
}

/// What a client would send with a request, by its own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The credential.
    Credential(Credential),
    /// Nothing.
    Anonymous,
    /// The client stops before it asks; why, in one sentence.
    Stops(String),
}

/// A file that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visited {
    /// The path.
    pub path: PathBuf,
    /// The path as it is shown: below the home folder it starts with `~`.
    pub shown: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of looking for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read.
    Read,
    /// It is not there.
    Missing,
    /// It is there and this client does not read it, or not here; why, in one sentence.
    Ignored(String),
    /// It could not be read; what failed and what to do, in one sentence.
    Unreadable(String),
}
