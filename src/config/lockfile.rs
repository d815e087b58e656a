//! The hosts that a lock file names, found line by line without reading the file as a whole.
//!
//! Must not know which host should be there.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use url::Url;

use super::configuration::Configuration;
use super::files::{self, Failure};
use super::levels::Reader;
use super::model::{Decided, Outcome, Visited};
use super::nerf;
use crate::facts::Origin;

/// A lock file of more than this is not read.
const LARGEST: u64 = 64 << 20;
/// A longer line is read in pieces of this size.
const LONGEST_LINE: u64 = 1 << 20;
/// More hosts than this are noise, and each costs a comparison per line.
const MOST_HOSTS: usize = 256;

/// A host that a lock file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockHost {
    /// `host[:port]`.
    pub host: String,
    /// The address without its path: `https://host/`.
    pub origin: String,
    /// How many packages come from there.
    pub count: usize,
    /// The first line that names it, counted from 1.
    pub line: usize,
    /// The lock file as it is shown.
    pub file: String,
}

/// The lock files that name addresses, and what stands before an address in each.
const KINDS: [(&str, &[&str]); 6] = [
    ("package-lock.json", &["\"resolved\": \"", "\"resolved\":\""]),
    ("npm-shrinkwrap.json", &["\"resolved\": \"", "\"resolved\":\""]),
    ("yarn.lock", &["resolved \"", "__archiveUrl="]),
    ("pnpm-lock.yaml", &["tarball: "]),
    ("bun.lock", &["\", \"http", "\",\"http"]),
    ("deno.lock", &["\"tarball\": \""]),
];

impl Configuration {
    /// The hosts that the project's lock file names, the most frequent first.
    pub fn lockfile_hosts(&self) -> &[LockHost] {
        &self.lockfile_hosts
    }

    pub(super) fn lockfile_origins(&self) -> impl Iterator<Item = Decided<String>> {
        self.lockfile_hosts.iter().map(|host| Decided {
            value: host.origin.clone(),
            origin: Origin::File { file: host.file.clone(), line: host.line, column: 1 },
            shadowed: Vec::new(),
        })
    }
}

impl Reader<'_> {
    /// Reads the lock files of a folder.
    pub fn lockfiles(&mut self, folder: &Path) {
        for (name, needles) in KINDS {
            let path = folder.join(name);
            let shown = self.shown(&path);
            let outcome = match files::open(&path, LARGEST) {
                Err(Failure::Missing) => continue,
                Err(Failure::Unreadable(why)) => Outcome::Unreadable(why),
                Ok((file, ..)) => match hosts(BufReader::new(file.take(LARGEST)), needles, &shown) {
                    Ok(found) => {
                        self.configuration.lockfile_hosts.extend(found);
                        Outcome::Read
                    }
                    Err(error) => match files::failure(&error) {
                        Failure::Missing => Outcome::Missing,
                        Failure::Unreadable(why) => Outcome::Unreadable(why),
                    },
                },
            };
            self.configuration.files.push(Visited { path, shown, outcome });
        }
        self.configuration
            .lockfile_hosts
            .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.host.cmp(&b.host)));
    }
}

fn hosts(mut reader: impl BufRead, needles: &[&str], file: &str) -> std::io::Result<Vec<LockHost>> {
    let mut found: Vec<LockHost> = Vec::new();
    let mut piece = Vec::new();
    let mut line = 1;
    loop {
        piece.clear();
        if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut piece)? == 0 {
            return Ok(found);
        }
        let text = String::from_utf8_lossy(&piece);
        for needle in needles {
            for (at, _) in text.match_indices(needle) {
                // For Bun the needle already holds the start of the address.
                let start = at + needle.trim_end_matches("http").len();
                note(&mut found, &text[start..], line, file);
            }
        }
        line += usize::from(piece.ends_with(b"\n"));
    }
}

fn note(found: &mut Vec<LockHost>, text: &str, line: usize, file: &str) {
    let end = text.find(['"', '\'', ' ', ',', '}', '\n', '\r', '#']).unwrap_or(text.len());
    // Yarn writes an address inside of another one with its signs encoded.
    let address = text[..end].replace("%3A", ":").replace("%2F", "/");
    let Some(url) = Url::parse(&address).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return;
    };
    let host = nerf::host(&url);
    let origin = format!("{}://{host}/", url.scheme());
    if let Some(known) = found.iter_mut().find(|known| known.origin == origin) {
        known.count += 1;
    } else if found.len() < MOST_HOSTS {
        found.push(LockHost { host, origin, count: 1, line, file: file.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, text: &str) -> Vec<(String, usize, usize)> {
        let needles = KINDS.iter().find(|(kind, _)| *kind == name).unwrap().1;
        let found = hosts(text.as_bytes(), needles, name).unwrap();
        found.into_iter().map(|host| (host.host, host.count, host.line)).collect()
    }

    #[test]
    fn every_kind_of_lock_file_names_its_hosts() {
        let one = |host: &str, line| vec![(host.to_owned(), 1, line)];
        assert_eq!(
            seen("package-lock.json", "{\n\"resolved\": \"https://a.example/x/-/x-1.tgz\",\n"),
            one("a.example", 2)
        );
        assert_eq!(
            seen("yarn.lock", "x@1:\n  resolved \"https://a.example:4873/x.tgz#abc\"\n"),
            one("a.example:4873", 2)
        );
        assert_eq!(
            seen(
                "yarn.lock",
                "  resolution: \"x@npm:1.0.0::__archiveUrl=https%3A%2F%2Fa.example%2Fx.tgz\"\n"
            ),
            one("a.example", 1)
        );
        assert_eq!(
            seen(
                "pnpm-lock.yaml",
                "    resolution: {integrity: sha512-x, tarball: https://a.example/x.tgz}\n"
            ),
            one("a.example", 1)
        );
        assert_eq!(
            seen("bun.lock", "  \"x\": [\"x@1.0.0\", \"https://a.example/x.tgz\", {}, \"sha512-x\"],\n"),
            one("a.example", 1)
        );
        assert_eq!(seen("package-lock.json", "\"resolved\": \"git+ssh://git@code.example/x.git\"\n"), vec![]);
    }

    #[test]
    fn a_lock_file_on_one_line_is_read_in_pieces() {
        let entry = "\"resolved\":\"https://a.example/x.tgz\",";
        let text = entry.repeat(100_000);
        let found = seen("package-lock.json", &text);
        assert!(found[0].1 > 99_990 && found[0].2 == 1, "{found:?}");
    }
}
