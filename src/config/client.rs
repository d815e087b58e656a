//! Which package manager is meant: family and major version, from the facts of a log.
//!
//! Must not know files.

use super::model::{Client, Family};
use crate::facts::{FactKey, Facts};

/// Tools that run a client, and are no client themselves.
const WRAPPERS: [&str; 6] = ["lerna", "changesets", "semantic-release", "release-it", "np", "nx"];

impl Client {
    /// The client of an incident. A tool that publishes for its user runs npm, unless the command names another.
    pub fn of(facts: &Facts) -> Option<Self> {
        let id = facts.get(FactKey::Client)?;
        let version = facts.get(FactKey::ClientVersion).map(numbers).unwrap_or_default();
        let major = version.first().copied();
        let minor = version.get(1).copied().map(|minor| (minor, version.get(2).copied().unwrap_or(0)));
        if WRAPPERS.contains(&id) {
            // The version is the tool's own.
            let family = facts.get(FactKey::Command).map_or(Family::Npm, family_of_command);
            return Some(Self { family, major: None, minor: None });
        }
        let family = match id {
            "npm" => Family::Npm,
            "pnpm" => Family::Pnpm,
            "yarn1" => Family::Yarn1,
            "berry" => Family::Berry,
            "bun" => Family::Bun,
            "deno" => Family::Deno,
            _ => return None,
        };
        Some(Self { family, major, minor })
    }

    /// The major version, or the one that is most likely met where none is known.
    pub(super) fn version(self) -> u64 {
        self.major.unwrap_or(match self.family {
            Family::Npm => 11,
            Family::Pnpm => 10,
            Family::Yarn1 | Family::Bun => 1,
            Family::Berry => 4,
            Family::Deno => 2,
        })
    }

    /// What it is called in a sentence: `npm 10`, `Yarn 1`, `pnpm`.
    pub fn title(self) -> String {
        match (self.family, self.major) {
            (Family::Yarn1, _) => "Yarn 1".to_owned(),
            (family, Some(major)) => format!("{} {major}", family.title()),
            (family, None) => family.title().to_owned(),
        }
    }
}

impl Family {
    /// What it is called in a sentence, without a version.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pnpm => "pnpm",
            Self::Yarn1 | Self::Berry => "Yarn",
            Self::Bun => "Bun",
            Self::Deno => "Deno",
        }
    }
}

/// The leading numbers of a version.
fn numbers(version: &str) -> Vec<u64> {
    version.trim_start_matches('v').split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}

fn family_of_command(command: &str) -> Family {
    let mut words = command.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let named = words.find_map(|word| match word {
        "pnpm" => Some(Family::Pnpm),
        "yarn" => Some(Family::Yarn1),
        "bun" => Some(Family::Bun),
        "npm" => Some(Family::Npm),
        _ => None,
    });
    named.unwrap_or(Family::Npm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(id: &str, version: &str, command: &str) -> Option<Client> {
        let mut facts = Facts::default();
        facts.set(FactKey::Client, id, None);
        facts.set(FactKey::ClientVersion, version, None);
        facts.set(FactKey::Command, command, None);
        Client::of(&facts)
    }

    #[test]
    fn a_tool_that_publishes_runs_npm_unless_the_command_says_otherwise() {
        let npm = Client { family: Family::Npm, major: None, minor: None };
        assert_eq!(client("lerna", "8.1.2", "lerna publish"), Some(npm));
        assert_eq!(client("changesets", "", "pnpm changeset publish").unwrap().family, Family::Pnpm);
        assert_eq!(client("npm", "10.9.2", "npm i").unwrap().major, Some(10));
        assert_eq!(client("", "10", ""), None);
        assert_eq!(client("cargo", "1", ""), None);
    }
}
