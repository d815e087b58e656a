//! How the clients differ, as data: one table per behaviour, one row per family and first major version.
//!
//! Every row was measured with the real client or read in its source; a new version is a new row.
//! Must not know files.

use super::model::{Client, Family};
use Family::{Berry, Bun, Deno, Npm, Pnpm, Yarn1};

/// A behaviour by family and the first major version that has it; later rows of a family replace earlier ones.
type Table<T> = &'static [(Family, u64, T)];

/// What is done with `${NAME}` when the variable is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unset {
    /// The client stops.
    Stops,
    /// The text stays as it is.
    Literal,
    /// The whole file does not count.
    FileSkipped,
    /// The value does not count.
    ValueDropped,
    /// The value is empty, and is sent all the same.
    Emptied,
}

const UNSET: Table<Unset> = &[
    (Npm, 0, Unset::Stops),
    (Npm, 7, Unset::Literal),
    (Pnpm, 0, Unset::FileSkipped),
    (Pnpm, 11, Unset::ValueDropped),
    (Pnpm, 12, Unset::Emptied),
    (Yarn1, 0, Unset::Stops),
    (Berry, 0, Unset::Stops),
    (Bun, 0, Unset::Literal),
    (Deno, 0, Unset::Literal),
];

/// What becomes of `_authToken`, `_auth` or `username` without a registry in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TopLevel {
    /// Sent to whatever registry is asked.
    AnyRegistry,
    /// Sent to the default registry.
    DefaultRegistry,
    /// Refused before any request.
    Stops,
    /// Not looked at.
    Ignored,
}

const TOP_LEVEL: Table<TopLevel> = &[
    (Npm, 0, TopLevel::AnyRegistry),
    (Npm, 7, TopLevel::DefaultRegistry),
    (Npm, 9, TopLevel::Stops),
    (Pnpm, 0, TopLevel::DefaultRegistry),
    (Yarn1, 0, TopLevel::AnyRegistry),
    (Berry, 0, TopLevel::AnyRegistry),
    (Bun, 0, TopLevel::Ignored),
    (Deno, 0, TopLevel::Ignored),
];

/// How a credential is looked up for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    /// The folder of the registry's address, exactly.
    RegistryFolder,
    /// From the request's address upwards, by segment and by slash; then the same from the registry's.
    Upwards,
    /// From the request's address upwards, by segment, keys ending in a slash only.
    UpwardsBySegment,
    /// The same, and a key without the slash at its end counts as well.
    UpwardsAnySlash,
    /// The registry's address with and without its scheme.
    RegistryKey,
    /// The registry's address or the scope, in the terms of `.yarnrc.yml`.
    RegistryEntry,
    /// Upwards from the registry's address; then for every request to its host.
    RegistryUpwards,
}

const LOOKUP: Table<Lookup> = &[
    (Npm, 0, Lookup::RegistryFolder),
    (Npm, 7, Lookup::Upwards),
    (Pnpm, 0, Lookup::UpwardsBySegment),
    (Pnpm, 11, Lookup::UpwardsAnySlash),
    (Yarn1, 0, Lookup::RegistryKey),
    (Berry, 0, Lookup::RegistryEntry),
    (Bun, 0, Lookup::RegistryUpwards),
    (Deno, 0, Lookup::UpwardsBySegment),
];

/// What a publish does without a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// The request goes out all the same.
    Sends,
    /// The client stops before it asks.
    Stops,
}

const PUBLISH_WITHOUT: Table<Without> = &[
    (Npm, 0, Without::Sends),
    (Npm, 7, Without::Stops),
    (Pnpm, 0, Without::Stops),
    (Pnpm, 11, Without::Sends),
    (Yarn1, 0, Without::Stops),
    (Berry, 0, Without::Stops),
    (Bun, 0, Without::Stops),
    (Deno, 0, Without::Stops),
];

/// Which line decides where a scoped package is published to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The scope's line comes before `publishConfig.registry`.
    ScopeFirst,
    /// `publishConfig.registry` comes before the scope's line.
    PublishConfigFirst,
}

const TARGET: Table<Target> = &[
    (Npm, 0, Target::ScopeFirst),
    (Pnpm, 0, Target::ScopeFirst),
    (Pnpm, 11, Target::PublishConfigFirst),
    (Yarn1, 0, Target::PublishConfigFirst),
    (Berry, 0, Target::PublishConfigFirst),
    (Bun, 0, Target::ScopeFirst),
    (Deno, 0, Target::ScopeFirst),
];

/// Which requests carry the login that stands in a registry's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// Metadata and uploads, not archives.
    Metadata,
    /// Every request to that host.
    Everything,
    /// None: the client stops.
    Stops,
}

const LOGIN: Table<Login> = &[
    (Npm, 0, Login::Metadata),
    (Pnpm, 0, Login::Metadata),
    (Pnpm, 11, Login::Stops),
    (Yarn1, 0, Login::Metadata),
    (Berry, 0, Login::Metadata),
    (Bun, 0, Login::Everything),
    (Deno, 0, Login::Metadata),
];

/// A yes or no by family and version.
type Flags = Table<bool>;

const READS_UTF16: Flags = &[(Bun, 0, true)];
const CHECKS_PASSWORD: Flags = &[(Pnpm, 11, true)];
const REFUSES_OTHER_ADDRESS: Flags = &[(Npm, 12, true)];
const SENDS_EMPTY_TOKEN: Flags = &[(Pnpm, 0, true), (Pnpm, 11, false), (Pnpm, 12, true)];
const OPTION_BEFORE_MANIFEST: Flags =
    &[(Npm, 0, false), (Npm, 9, true), (Pnpm, 0, true), (Pnpm, 11, false), (Yarn1, 0, false)];
const OPTIONAL_VARIABLES: Flags = &[(Npm, 11, true), (Bun, 0, true)];
const KEYS_AS_VARIABLES: Flags = &[(Npm, 0, false), (Npm, 7, true), (Pnpm, 0, true)];
const PLAIN_LINES: Flags = &[(Pnpm, 12, true)];
const PUBLISHES_WITH_NPM: Flags = &[(Pnpm, 0, true), (Pnpm, 11, false)];
const ROOT_FILE_ONLY: Flags = &[(Npm, 0, false), (Npm, 7, true), (Bun, 0, true)];

fn row<T: Copy>(table: &[(Family, u64, T)], client: Client) -> Option<T> {
    let fits =
        |(family, first, _): &&(Family, u64, T)| *family == client.family && *first <= client.version();
    table.iter().rev().find(fits).map(|(_, _, value)| *value)
}

impl Client {
    pub(super) fn unset(self) -> Unset {
        row(UNSET, self).unwrap_or(Unset::Literal)
    }

    pub(super) fn top_level(self) -> TopLevel {
        row(TOP_LEVEL, self).unwrap_or(TopLevel::Ignored)
    }

    pub(super) fn lookup(self) -> Lookup {
        row(LOOKUP, self).unwrap_or(Lookup::Upwards)
    }

    pub(super) fn publish_without(self) -> Without {
        row(PUBLISH_WITHOUT, self).unwrap_or(Without::Stops)
    }

    pub(super) fn target(self) -> Target {
        row(TARGET, self).unwrap_or(Target::ScopeFirst)
    }

    pub(super) fn login(self) -> Login {
        row(LOGIN, self).unwrap_or(Login::Metadata)
    }

    /// Whether a file in UTF-16 is read at all.
    pub(super) fn reads_utf16(self) -> bool {
        row(READS_UTF16, self).unwrap_or(false)
    }

    /// Whether a password that is not base64 stops it.
    pub(super) fn checks_password(self) -> bool {
        row(CHECKS_PASSWORD, self).unwrap_or(false)
    }

    /// Whether an archive outside of the registry's address is refused before it is asked for.
    pub(super) fn refuses_other_address(self) -> bool {
        row(REFUSES_OTHER_ADDRESS, self).unwrap_or(false)
    }

    /// Whether a workspace member's own `.npmrc` does not count.
    pub(super) fn reads_root_file_only(self) -> bool {
        row(ROOT_FILE_ONLY, self).unwrap_or(false)
    }

    /// Whether npm sends the upload: pnpm 10 and older leave it to npm.
    pub(super) fn publishes_with_npm(self) -> bool {
        row(PUBLISHES_WITH_NPM, self).unwrap_or(false)
    }

    /// Whether `--registry` of the command comes before `publishConfig.registry`.
    pub(super) fn option_before_manifest(self) -> bool {
        row(OPTION_BEFORE_MANIFEST, self).unwrap_or(true)
    }

    /// Whether `${NAME?}` is empty when the variable is not set.
    pub(super) fn knows_optional_variables(self) -> bool {
        row(OPTIONAL_VARIABLES, self).unwrap_or(false)
    }

    /// Whether a variable may name a credential: `npm_config_//host/:_authToken`.
    pub(super) fn takes_keys_from_variables(self) -> bool {
        row(KEYS_AS_VARIABLES, self).unwrap_or(false)
    }

    /// Whether a line of an `.npmrc` is a key and the rest: no section counts, and `#` cuts nothing.
    pub(super) fn reads_plain_lines(self) -> bool {
        row(PLAIN_LINES, self).unwrap_or(false)
    }

    /// Whether an empty token is sent as one.
    pub(super) fn sends_empty_token(self) -> bool {
        row(SENDS_EMPTY_TOKEN, self).unwrap_or(false)
    }

    /// Whether registries and credentials of a project's own file that hold `${NAME}` do not count, set or not
    /// (pnpm 10.34.2 and 11.5.3, <https://pnpm.io/npmrc>).
    pub(super) fn refuses_project_variables(self) -> bool {
        let since = match (self.family, self.version()) {
            (Pnpm, 10) => Some((34, 2)),
            (Pnpm, 11) => Some((5, 3)),
            (Pnpm, 12..) => return true,
            _ => None,
        };
        // Without the minor version the older behaviour is assumed: it claims less.
        since.zip(self.minor).is_some_and(|(since, minor)| minor >= since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_from_its_version_on() {
        let npm = |major| Client { family: Npm, major: Some(major), minor: None };
        assert_eq!(npm(6).top_level(), TopLevel::AnyRegistry);
        assert_eq!(npm(8).top_level(), TopLevel::DefaultRegistry);
        assert_eq!(npm(12).top_level(), TopLevel::Stops);
        assert_eq!(
            Client { family: Pnpm, major: Some(13), minor: None }.target(),
            Target::PublishConfigFirst
        );
        assert_eq!(Client { family: Pnpm, major: None, minor: None }.target(), Target::ScopeFirst);
    }

    #[test]
    fn every_family_has_a_first_row_in_every_table() {
        for family in [Npm, Pnpm, Yarn1, Berry, Bun, Deno] {
            let client = Client { family, major: Some(0), minor: None };
            assert!(row(UNSET, client).is_some() && row(TOP_LEVEL, client).is_some(), "{family:?}");
            assert!(row(LOOKUP, client).is_some() && row(PUBLISH_WITHOUT, client).is_some(), "{family:?}");
            assert!(row(TARGET, client).is_some() && row(LOGIN, client).is_some(), "{family:?}");
        }
    }
}
