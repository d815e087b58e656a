//! The version that comes after a version.

use semver::{BuildMetadata, Prerelease, Version};

/// The argument of `npm version` that raises `version`, and the result: `1.0.2` gives `patch` and `1.0.3`,
/// `1.0.0-beta.1` gives `prerelease` and `1.0.0-beta.2`.
///
/// Same rules as `npm version` (<https://docs.npmjs.com/cli/v11/commands/npm-version>): a prerelease is raised within
/// its own line, at its last number, or gets a `.0`; build metadata is dropped.
pub fn next(version: &str) -> Option<(&'static str, String)> {
    let mut next = Version::parse(version.trim_start_matches(['v', '='])).ok()?;
    next.build = BuildMetadata::EMPTY;
    if next.pre.is_empty() {
        next.patch = next.patch.checked_add(1)?;
        return Some(("patch", next.to_string()));
    }
    let mut parts: Vec<String> = next.pre.as_str().split('.').map(str::to_owned).collect();
    let last_number = parts.iter().rposition(|part| part.parse::<u64>().is_ok());
    match last_number {
        Some(place) => parts[place] = parts[place].parse::<u64>().ok()?.checked_add(1)?.to_string(),
        None => parts.push("0".to_owned()),
    }
    next.pre = Prerelease::new(&parts.join(".")).ok()?;
    Some(("prerelease", next.to_string()))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn a_version_is_raised_as_npm_raises_it() {
        let cases = [
            ("1.0.2", "patch", "1.0.3"),
            ("v1.0.2", "patch", "1.0.3"),
            ("1.0.0-beta.1", "prerelease", "1.0.0-beta.2"),
            ("1.0.0-beta", "prerelease", "1.0.0-beta.0"),
            ("1.0.0-1.rc", "prerelease", "1.0.0-2.rc"),
            ("2.3.9+build.5", "patch", "2.3.10"),
        ];
        for (version, bump, expected) in cases {
            assert_eq!(next(version), Some((bump, expected.to_owned())), "{version}");
        }
        for bad in ["", "latest", "1.0", "18446744073709551616.0.0", "0.0.18446744073709551615"] {
            assert_eq!(next(bad), None, "{bad}");
        }
    }
}
