//! The types of a probe: what is asked, what came back, and what failed.
//!
//! Must not know sockets, causes or screens.

use std::time::Duration;

use serde::Serialize;
use url::Url;

/// What could be asked, in the order in which it is asked. Nothing in it has been sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The requests.
    pub asks: Vec<Ask>,
    /// What is not asked and why, one sentence each.
    pub notes: Vec<String>,
}

/// One request, before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Names it among the requests of one diagnosis, through all rounds.
    pub id: usize,
    /// What it is for.
    pub question: Question,
    /// The verb; there are only two.
    pub verb: Verb,
    /// The whole address.
    pub url: Url,
    /// How far the host is trusted.
    pub tier: Tier,
    /// The credential that goes with it; absent: none does.
    pub credential: Option<SentAlong>,
    /// What it can prove or exclude, in one sentence.
    pub why: String,
    /// Whether it is ticked before the user has touched anything.
    pub ticked: bool,
    /// What the user should weigh before ticking it, in one sentence.
    pub caution: Option<String>,
    /// How many bytes of the answer are read at most.
    pub limit: usize,
    /// The `Accept` header.
    pub accept: &'static str,
}

/// A credential as it is announced: never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentAlong {
    /// `npm token, 40 characters`
    pub description: String,
    /// `~/.npmrc line 3`
    pub place: String,
}

/// The verbs of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verb {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
}

impl Verb {
    /// As it stands in a request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
        }
    }
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// `/-/ping`: who answers.
    Ping,
    /// The package's metadata on the refusing registry, without a credential.
    Package,
    /// The same with the credential.
    PackageWithCredential,
    /// One version's metadata, when the package's is too long to be read.
    Manifest,
    /// The refused archive, without a credential.
    Archive,
    /// The same with the credential.
    ArchiveWithCredential,
    /// Another version's archive.
    OtherArchive,
    /// Another package of the same registry.
    OtherPackage,
    /// The refused endpoint itself, when it can be read.
    Endpoint,
    /// `/-/whoami`
    WhoAmI,
    /// `/-/npm/v1/user`
    Account,
    /// `/-/npm/v1/tokens`
    Tokens,
    /// `/-/package/…/collaborators`
    Collaborators,
    /// `/-/org/…/user`
    OrgMembers,
    /// `/-/org/…/package`
    OrgPackages,
    /// The package's metadata on the public registry, to compare.
    PublicPackage,
    /// The metadata of a package with a similar name.
    SimilarName,
    /// The package's metadata with `/` for `%2f`.
    DecodedSlash,
}

impl Question {
    /// All questions, in the order in which they are listed here.
    pub const ALL: [Self; 18] = [
        Self::Ping,
        Self::Package,
        Self::PackageWithCredential,
        Self::Manifest,
        Self::Archive,
        Self::ArchiveWithCredential,
        Self::OtherArchive,
        Self::OtherPackage,
        Self::Endpoint,
        Self::WhoAmI,
        Self::Account,
        Self::Tokens,
        Self::Collaborators,
        Self::OrgMembers,
        Self::OrgPackages,
        Self::PublicPackage,
        Self::SimilarName,
        Self::DecodedSlash,
    ];
}

/// How far a host is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Tier {
    /// A registry that is known by name.
    A,
    /// A host of the user's own configuration or lock file.
    B,
    /// A host that only the log names.
    C,
    /// An address, a local name or an unusual port that only the log names.
    D,
}

/// What came of one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The request's `id`.
    pub ask: usize,
    /// The request's purpose.
    pub question: Question,
    /// The verb that was sent.
    pub verb: Verb,
    /// The address that was asked.
    pub url: Url,
    /// Whether a credential went with it.
    pub credential: bool,
    /// Every redirect that was followed, in order.
    pub hops: Vec<Hop>,
    /// The proxy that it went through, without credentials.
    pub proxy: Option<String>,
    /// The answer.
    pub outcome: Result<Reply, Failure>,
    /// How long it took.
    pub took: Duration,
}

/// A redirect.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// The status of the answer that sent on.
    pub status: u16,
    /// Where to; without query, because signatures stand there.
    pub to: String,
}

/// An answer of a server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The reason phrase, when it is more than the standard one.
    pub phrase: Option<String>,
    /// The headers that are kept, lower case, in the order of the answer; never a cookie.
    pub headers: Vec<(String, String)>,
    /// The body, decoded; cut at the limit.
    pub body: Vec<u8>,
    /// Whether the body was cut.
    pub cut: bool,
    /// The issuer of the certificate, for example `CN=Corporate Root`.
    pub issuer: Option<String>,
    /// When the answer came, by this machine's clock, in seconds since 1970.
    pub received: u64,
}

impl Reply {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, when it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Why no answer came. The words are for the user: what failed, why, what next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The name has no address.
    #[error("the name {host} has no address here; check the spelling, the VPN or the DNS server")]
    Name {
        /// The host.
        host: String,
    },
    /// The connection was refused.
    #[error("{host} refused the connection; check the port, or whether the registry runs")]
    Refused {
        /// The host.
        host: String,
    },
    /// The connection could not be made for another reason.
    #[error("no connection to {host}: {reason}; check the network and the proxy settings")]
    Connect {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The certificate is not trusted.
    #[error(
        "the certificate of {host} is not trusted here ({reason}); a proxy may stand in between, or its authority is missing on this machine"
    )]
    Certificate {
        /// The host.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The proxy refused the tunnel.
    #[error(
        "the proxy {proxy} refused the connection to {host} with {status}; ask whoever runs the proxy to allow the host"
    )]
    Proxy {
        /// The proxy.
        proxy: String,
        /// The host.
        host: String,
        /// The proxy's status.
        status: u16,
    },
    /// It took too long.
    #[error("{host} took longer than {seconds} s; try again, or look at the registry's status page")]
    TimedOut {
        /// The host.
        host: String,
        /// The limit.
        seconds: u64,
    },
    /// The address is not one that a probe may ask.
    #[error("not asked: {reason}")]
    Forbidden {
        /// Why.
        reason: String,
    },
    /// A redirect that is not followed.
    #[error("the answer sends to {to}, which is not followed: {reason}")]
    Redirect {
        /// Where to.
        to: String,
        /// Why not.
        reason: String,
    },
    /// The answer cannot be read.
    #[error("the answer of {host} cannot be read: {reason}")]
    Broken {
        /// The host.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The user stopped it.
    #[error("stopped before it was answered")]
    Cancelled,
    /// Another request made this one needless: a limit was reached, or the registry asked to wait.
    #[error("not asked any more: {reason}")]
    Skipped {
        /// Why.
        reason: String,
    },
}
