//! Versions as npm reads them, and the next one that is free.
//!
//! The `semver` crate only orders them: npm's own reading is looser at the front and stricter in the numbers, and
//! drops build metadata. Must not know answers.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use semver::{BuildMetadata, Version};

/// The largest number that npm accepts in a version.
const LARGEST: u64 = (1 << 53) - 1;
/// The longest version that npm accepts.
const LONGEST: usize = 256;
/// A run of taken versions that is longer is not a history but an attack.
const MOST_STEPS: usize = 100_000;

/// A version as npm sends it: blanks, `v` and `=` in front and build metadata behind are gone
/// (`semver.clean`, <https://github.com/npm/node-semver>). `None` when npm would refuse it.
pub fn clean(text: &str) -> Option<String> {
    parse(text).map(|version| version.to_string())
}

/// The same, to compare.
pub fn parse(text: &str) -> Option<Version> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim().trim_start_matches(['=', 'v']).trim();
    let mut version = Version::parse(text).ok()?;
    version.build = BuildMetadata::EMPTY;
    let numbers = [version.major, version.minor, version.patch];
    let small = |part: &str| part.parse::<u64>().is_ok_and(|number| number <= LARGEST);
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = numbers.iter().all(|number| *number <= LARGEST)
        && version.pre.as_str().split('.').filter(digits).all(small);
    fits.then_some(version)
}

/// Whether a version carries build metadata, which npm drops before it publishes.
pub fn has_build(text: &str) -> bool {
    parse(text).is_some() && text.contains('+')
}

/// The later of two versions by precedence.
pub fn compare(one: &str, other: &str) -> Option<Ordering> {
    Some(parse(one)?.cmp_precedence(&parse(other)?))
}

/// A version that is free, and how to get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Free {
    /// The version.
    pub version: String,
    /// The argument of `npm version`: `patch` or `prerelease` when one step leads there, else the version itself.
    pub bump: String,
}

/// The free version closest behind `wanted`: the next patch of its line, or the next prerelease of its own.
///
/// Without `wanted`, the next patch of the highest version that was ever taken.
pub fn next_free(wanted: Option<&str>, taken: &BTreeSet<String>) -> Option<Free> {
    let start = match wanted {
        Some(text) => parse(text)?,
        None => highest(taken)?,
    };
    let mut next = step(&start)?;
    let mut steps = 1;
    while taken.contains(&next.to_string()) {
        if steps >= MOST_STEPS {
            return None;
        }
        next = step(&next)?;
        steps += 1;
    }
    let one_step = steps == 1 && wanted.is_some();
    let version = next.to_string();
    let bump = match (one_step, next.pre.is_empty()) {
        (true, true) => "patch".to_owned(),
        (true, false) => "prerelease".to_owned(),
        (false, _) => version.clone(),
    };
    Some(Free { version, bump })
}

fn highest(taken: &BTreeSet<String>) -> Option<Version> {
    let stable = taken.iter().filter_map(|text| parse(text)).filter(|version| version.pre.is_empty());
    stable.max_by(Version::cmp_precedence)
}

/// The next patch; of a prerelease the next one, raised at its last number or begun with `.0`, as npm does it.
fn step(version: &Version) -> Option<Version> {
    let text = if version.pre.is_empty() {
        format!("{}.{}.{}", version.major, version.minor, version.patch.checked_add(1)?)
    } else {
        let mut parts: Vec<String> = version.pre.as_str().split('.').map(str::to_owned).collect();
        let number = |part: &String| part.parse::<u64>().ok();
        match parts.iter_mut().rev().find(|part| number(part).is_some()) {
            Some(last) => *last = number(last)?.checked_add(1)?.to_string(),
            None => parts.push("0".to_owned()),
        }
        format!("{}.{}.{}-{}", version.major, version.minor, version.patch, parts.join("."))
    };
    parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(versions: &[&str]) -> BTreeSet<String> {
        versions.iter().map(|version| (*version).to_owned()).collect()
    }

    #[test]
    fn a_version_is_cleaned_as_npm_cleans_it() {
        for (text, cleaned) in [
            ("v1.2.3", Some("1.2.3")),
            (" =1.2.3 ", Some("1.2.3")),
            ("1.0.0+b5", Some("1.0.0")),
            ("1.0.0-rc.1+b5", Some("1.0.0-rc.1")),
            ("9007199254740991.0.0", Some("9007199254740991.0.0")),
            ("9007199254740992.0.0", None),
            ("1.0.0-99999999999999999999999", None),
            ("01.2.3", None),
            ("1.2", None),
            ("1.2.3.4", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(clean(text).as_deref(), cleaned, "{text}");
        }
        assert_eq!(clean(&format!("1.0.0-{}", "a".repeat(300))), None);
        assert!(has_build("1.0.0+b5") && !has_build("1.0.0"));
    }

    #[test]
    fn the_next_free_version_steps_over_what_was_ever_taken() {
        let free = |wanted, versions: &[&str]| {
            next_free(wanted, &taken(versions)).map(|free| (free.version, free.bump))
        };
        let some = |version: &str, bump: &str| Some((version.to_owned(), bump.to_owned()));
        assert_eq!(free(Some("1.0.2"), &["1.0.2"]), some("1.0.3", "patch"));
        assert_eq!(free(Some("1.0.2"), &["1.0.2", "1.0.3", "1.0.4"]), some("1.0.5", "1.0.5"));
        assert_eq!(free(Some("1.0.0-rc.1"), &["1.0.0-rc.1"]), some("1.0.0-rc.2", "prerelease"));
        assert_eq!(free(Some("1.0.0-rc.1"), &["1.0.0-rc.1", "1.0.0-rc.2"]), some("1.0.0-rc.3", "1.0.0-rc.3"));
        assert_eq!(free(Some("1.0.0-rc"), &["1.0.0-rc"]), some("1.0.0-rc.0", "prerelease"));
        assert_eq!(free(None, &["1.9.0", "1.10.0", "2.0.0-rc.1"]), some("1.10.1", "1.10.1"));
        assert_eq!(free(Some("0.0.9007199254740991"), &[]), None);
        assert_eq!(free(Some("latest"), &[]), None);
        assert_eq!(free(None, &[]), None);
    }
}
