//! Names, versions and checksums as registries have them, from a generator that always starts the same.

/// A stream of numbers without a clock in it (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
pub struct Random(u64);

const FIRST: [&str; 24] = [
    "react", "babel", "eslint", "webpack", "rollup", "jest", "lodash", "string", "array", "object", "fs",
    "path", "stream", "parse", "glob", "ansi", "color", "is", "has", "get", "micro", "postcss", "safe",
    "tiny",
];
const SECOND: [&str; 24] = [
    "utils", "core", "plugin", "loader", "helper", "width", "match", "flat", "merge", "walk", "regex",
    "buffer", "cache", "queue", "types", "config", "runtime", "template", "styles", "number", "extra",
    "visitor", "scope", "map",
];
const SCOPES: [&str; 6] = ["babel", "types", "jest", "acme", "rollup", "eslint"];

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// `react-utils`, now and then `@babel/core-map`.
    pub fn package(&mut self) -> String {
        let name = format!("{}-{}", self.one(&FIRST), self.one(&SECOND));
        if self.below(4) == 0 { format!("@{}/{name}", self.one(&SCOPES)) } else { name }
    }

    /// `4.17.21`.
    pub fn version(&mut self) -> String {
        format!("{}.{}.{}", self.below(20), self.below(30), self.below(40))
    }

    /// One of some words.
    pub fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// So many hexadecimal digits.
    pub fn hex(&mut self, count: usize) -> String {
        self.letters(b"0123456789abcdef", count)
    }

    /// A checksum as lock files have it.
    pub fn integrity(&mut self) -> String {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        format!("sha512-{}==", self.letters(letters, 86))
    }

    fn letters(&mut self, alphabet: &[u8], count: usize) -> String {
        (0..count).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }
}

/// The address of a package's metadata.
pub fn metadata(package: &str) -> String {
    format!("https://{{npm}}/{}", package.replace('/', "%2f"))
}

/// The address of a package's file.
pub fn tarball(package: &str, version: &str) -> String {
    let file = package.rsplit('/').next().unwrap_or(package);
    format!("https://{{npm}}/{package}/-/{file}-{version}.tgz")
}
