//! What was found by looking: in the configuration of this machine, or in a registry's answer.
//!
//! Owns the closed list of findings. What a finding says about a cause stands in that cause's entry
//! (`observed`), so that a new cause needs no new code. Must not know how a finding was made.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Facts;

/// One finding, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What was found.
    pub sign: Sign,
    /// The same in one sentence, filled in, without a secret: `line 3 of ~/.npmrc holds a token for /other/, not for /npm/`.
    pub text: String,
    /// Where it was found.
    pub origin: Origin,
    /// Facts that only looking could tell: `next_version`, `owner`, `published_at` and the like.
    pub learned: Facts,
    /// What a registry said in a refusal, for the entries' patterns: body message or reason phrase, cleaned and masked.
    pub said: Option<String>,
    /// The line that would mend it.
    pub correction: Option<Correction>,
}

impl Observation {
    /// A finding without anything beside it.
    pub fn new(sign: Sign, text: impl Into<String>, origin: Origin) -> Self {
        Self { sign, text: text.into(), origin, learned: Facts::default(), said: None, correction: None }
    }
}

/// Where a finding comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Origin {
    /// A line of a file.
    File {
        /// The path as it is shown: below the home folder it starts with `~`.
        file: String,
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
    },
    /// A file as a whole, or one that is missing.
    WholeFile {
        /// The path as it is shown.
        file: String,
    },
    /// An environment variable.
    Variable {
        /// Its name.
        name: String,
    },
    /// The rules of the client itself, without a line that says so.
    Client,
    /// A registry's answer.
    Request {
        /// `GET` or `HEAD`.
        method: String,
        /// The address, without credentials.
        url: String,
        /// The HTTP status; absent when no answer came.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// Whether a credential went with it.
        credential: bool,
    },
}

/// A line to change in a file of the user's; never written by this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The path as it is shown.
    pub file: String,
    /// The line, counted from 1; absent for a line to be added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The line as it is, its secret masked; absent for a line to be added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The line as it should be; a secret stands as `${NPM_TOKEN}` or as the old line's mask. Absent: remove the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

macro_rules! signs {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The closed list of findings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Sign {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Sign {
            /// Every finding there is.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name used in JSON and in knowledge entries.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

signs! {
    // The configuration of this machine.
    /// The refused host is the one that the configuration picks for this package.
    RegistryAsConfigured = "registry-as-configured",
    /// The refused host is not the one that the configuration picks for this package.
    RegistryDiffers = "registry-differs",
    /// `publishConfig.registry` does not count, because a line for the scope comes before it, or the reverse.
    PublishConfigShadowed = "publish-config-shadowed",
    /// This client would send a credential with the refused request.
    CredentialMatches = "credential-matches",
    /// This client would send the refused request without a credential.
    NoCredential = "no-credential",
    /// A credential stands in the configuration for the same host, but with another path, port or spelling.
    CredentialElsewhere = "credential-elsewhere",
    /// A variable in the configuration is not set here.
    VariableUnset = "variable-unset",
    /// A variable in the project's own file is not filled in, because this client does not trust that file with it.
    VariableRefused = "variable-refused",
    /// Yarn 1 does not send the token with an unscoped package unless told to.
    AlwaysAuthMissing = "always-auth-missing",
    /// Credentials stand only in a file that this client does not read.
    FileNotRead = "file-not-read",
    /// A token without a registry in front, which newer clients refuse.
    TopLevelToken = "top-level-token",
    /// A password that is not base64.
    PasswordNotBase64 = "password-not-base64",
    /// A value that an unquoted `#` or `;` cuts, a section heading that swallows the keys below, a line without `=`.
    ValueCut = "value-cut",
    /// A file in UTF-16, which this client cannot read.
    FileUtf16 = "file-utf16",
    /// An `.npmrc` of a workspace member, which does not count.
    MemberFileIgnored = "member-file-ignored",
    /// A token whose shape belongs to another registry.
    ForeignToken = "foreign-token",
    /// A fine-grained GitHub token, which GitHub Packages does not take.
    FineGrainedToken = "fine-grained-token",
    /// A token that says of itself that it has expired.
    TokenExpired = "token-expired",
    /// A short-lived token that was written longer ago than it lives.
    TokenProbablyExpired = "token-probably-expired",
    /// The registry's address starts with `http:`.
    RegistryPlainHttp = "registry-plain-http",
    /// The refused address comes from the lock file, which names another host than the configuration.
    LockfileOtherHost = "lockfile-other-host",
    /// The lock file names no host but the configured one.
    LockfileSameHost = "lockfile-same-host",
    /// The configured registry is a mirror or a read-only view of another.
    RegistryIsMirror = "registry-is-mirror",
    /// The owner in `package.json`'s `repository` is not the scope.
    RepositoryOwnerDiffers = "repository-owner-differs",
    /// `package.json` says `private: true`.
    PackagePrivate = "package-private",
    /// The version has build metadata, which is dropped before publishing.
    BuildMetadata = "build-metadata",
    /// The name or version in `package.json` is not valid.
    ManifestInvalid = "manifest-invalid",
    /// A token is configured where trusted publishing was meant, and goes first.
    TokenBeforeTrustedPublishing = "token-before-trusted-publishing",
    /// The address of GitHub's registry has an owner's path behind it.
    GithubOwnerPath = "github-owner-path",
    /// A proxy is configured for this host.
    ProxyConfigured = "proxy-configured",
    /// The registry's address holds a user and a password, which do not reach tarballs.
    LoginInAddress = "login-in-address",
    /// Several places set the same key; one wins.
    KeySetTwice = "key-set-twice",
    /// A file could not be read.
    FileUnreadable = "file-unreadable",

    // The package and its versions, as the registry of record tells.
    /// The package exists.
    PackageExists = "package-exists",
    /// The registry of record does not know the package.
    PackageAbsent = "package-absent",
    /// The version is listed.
    VersionListed = "version-listed",
    /// The version is not listed and was published once.
    VersionBurned = "version-burned",
    /// The version was never published.
    VersionFree = "version-free",
    /// The bytes that were to be published are those that are there: this publish has already succeeded.
    SameBytes = "same-bytes",
    /// The whole package was unpublished less than 24 hours ago.
    CooldownRunning = "cooldown-running",
    /// The whole package was unpublished, more than 24 hours ago.
    CooldownOver = "cooldown-over",
    /// npm holds the name.
    HoldingPackage = "holding-package",
    /// A package exists whose name is equal but for its punctuation, or that the registry itself called too similar.
    SimilarNameExists = "similar-name-exists",
    /// The version is younger than usual waiting times.
    VersionYoung = "version-young",
    /// The version is on the public registry and not in the private one's list.
    VersionStripped = "version-stripped",
    /// Both registries hold the same bytes.
    PublicSameBytes = "public-same-bytes",
    /// The public registry holds other bytes under this name and version.
    PublicOtherBytes = "public-other-bytes",
    /// The public registry does not know the package.
    PublicAbsent = "public-absent",

    // The account and its token.
    /// The credential is alive; the account's name is learned.
    LoggedIn = "logged-in",
    /// The registry does not know the credential.
    LoginDead = "login-dead",
    /// The account is among the package's maintainers.
    IsMaintainer = "is-maintainer",
    /// The account is not among the package's maintainers.
    NotMaintainer = "not-maintainer",
    /// The account may write the package.
    MayWrite = "may-write",
    /// The account may only read the package.
    MayOnlyRead = "may-only-read",
    /// The account's address is not verified.
    EmailUnverified = "email-unverified",
    /// The account's address is verified.
    EmailVerified = "email-verified",
    /// Two-factor authentication is on.
    TwoFactorOn = "two-factor-on",
    /// Two-factor authentication is off.
    TwoFactorOff = "two-factor-off",
    /// The token may only read.
    TokenReadOnly = "token-read-only",
    /// The token counts only from listed addresses.
    TokenBoundToAddresses = "token-bound-to-addresses",
    /// The token may not list tokens: it is a granular one.
    TokenGranular = "token-granular",
    /// GitHub wants the token to be authorised for the organisation's single sign-on.
    SsoRequired = "sso-required",
    /// The scope is the account's own.
    ScopeIsAccount = "scope-is-account",
    /// The account is a member of the scope's organisation.
    ScopeMember = "scope-member",
    /// The scope's organisation answers, and the account is no member.
    ScopeNotMember = "scope-not-member",

    // The refused request, asked again.
    /// Without a credential: allowed.
    AnonymousAllowed = "anonymous-allowed",
    /// Without a credential: 401, or 404 where the registry hides what it has.
    AnonymousRefused = "anonymous-refused",
    /// Without a credential: 403.
    AnonymousForbidden = "anonymous-forbidden",
    /// With the credential: allowed.
    CredentialAllowed = "credential-allowed",
    /// With the credential: 401.
    CredentialRefused = "credential-refused",
    /// With the credential: 403.
    CredentialForbidden = "credential-forbidden",
    /// With the credential: 404.
    CredentialNotFound = "credential-not-found",
    /// The metadata is readable and this version's archive is refused.
    ArchiveForbidden = "archive-forbidden",
    /// The archive is readable.
    ArchiveAllowed = "archive-allowed",
    /// Another version's archive is readable.
    OtherVersionAllowed = "other-version-allowed",
    /// Other versions' archives are refused as well.
    OtherVersionForbidden = "other-version-forbidden",
    /// Another package of the same registry is readable.
    OtherPackageAllowed = "other-package-allowed",
    /// Other packages of the same registry are refused as well.
    OtherPackageForbidden = "other-package-forbidden",
    /// The registry sent the download to a storage host, which refused.
    StorageRefused = "storage-refused",
    /// The storage says that the link has expired or that its signature is wrong.
    LinkExpired = "link-expired",
    /// `%2f` in the address is refused and `/` is not.
    EncodedSlashRefused = "encoded-slash-refused",
    /// Package metadata is readable and this endpoint is refused.
    OnlyEndpointRefused = "only-endpoint-refused",

    // Who answers.
    /// The software that answers is the one that the address promises.
    KindAsExpected = "kind-as-expected",
    /// Another software answers than the address promises.
    KindDiffers = "kind-differs",
    /// The registry that answers is a mirror.
    MirrorAnswers = "mirror-answers",
    /// Something between here and the registry answered instead of it.
    MiddleBox = "middle-box",
    /// The proxy refused to open the connection.
    ProxyRefused = "proxy-refused",
    /// A web page came where JSON was due.
    PageInsteadOfJson = "page-instead-of-json",
    /// The certificate was made by a private authority on the way.
    TlsIntercepted = "tls-intercepted",
    /// The registry's edge refuses this address altogether.
    EdgeRefuses = "edge-refuses",
    /// The clocks differ by more than five minutes.
    ClockSkewed = "clock-skewed",
    /// The registry answers with an error of its own.
    RegistryUnwell = "registry-unwell",
    /// The registry answers as it should.
    RegistryWell = "registry-well",
    /// What was refused is allowed now.
    AllowedNow = "allowed-now",
    /// The registry asks to wait.
    RateLimited = "rate-limited",
    /// No answer came.
    NoAnswer = "no-answer",
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_is_written_as_it_is_called() {
        for sign in Sign::ALL {
            assert_eq!(serde_json::to_value(sign).unwrap(), sign.name());
        }
    }
}
