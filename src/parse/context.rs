//! What the whole log says about the run: client, versions, command, the package being published, CI.
//!
//! Fed line by line; the package block is remembered until the next one, so that in a monorepo each refusal
//! gets the block before it.
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use super::frame::{Level, Segment};
use crate::facts::{FactKey, Facts, Span};

/// What has been read so far.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Facts of the whole run.
    pub run: Facts,
    /// The package block in force: `package`, `version`, `registry`.
    pub block: Facts,
    /// The package that the debug log names, for refusals without a URL.
    pub named: Facts,
    /// The last request that old npm announced: `http PUT https://…`, whose answer names no method.
    announced: Option<(String, String)>,
    /// A refusal was seen: commands typed after it are not the refused one.
    settled: bool,
}

struct Clue {
    key: FactKey,
    regex: Regex,
}

// Each pattern has one group: the value.
const RUN_CLUES: &[(FactKey, &str)] = &[
    (FactKey::ClientVersion, r"^using npm@(\d+\.\d+\.\d+\S*)"),
    (FactKey::ClientVersion, r"^npm  ?v(\d+\.\d+\.\d+\S*)"),
    (FactKey::ClientVersion, r"^npm -v (\d+\.\d+\.\d+\S*)"),
    (FactKey::ClientVersion, r"\bnpm/(\d+\.\d+\.\d+) node/"),
    (FactKey::NodeVersion, r"^using node@v(\d+\.\d+\.\d+\S*)"),
    (FactKey::NodeVersion, r"^node v(\d+\.\d+\.\d+\S*)$"),
    (FactKey::NodeVersion, r"\bnode/v(\d+\.\d+\.\d+)"),
    (FactKey::Command, r"^title (npm \S.*)$"),
    (
        FactKey::Command,
        r"^(?:\S+@\S+:\S+)?\s*(?:[$#%>❯➜]|[A-Z]:\\[^>]*>|\$ ?>)\s*(?:sudo )?((?:npm|npx|pnpm|yarn|bun|lerna|deno|cnpm|tnpm) [a-z].*)$",
    ),
    (
        FactKey::Command,
        r"^((?:npm|pnpm|yarn|bun) (?:publish|install|i|ci|add|audit|unpublish|login|adduser|whoami|owner|access|dist-tag|deprecate|view|exec|stage|trust)\b[^:]*)$",
    ),
    (FactKey::Command, r"^RUN ((?:npm|pnpm|yarn) [a-z].*)$"),
];

const BLOCK_CLUES: &[(FactKey, &str)] = &[
    (FactKey::Package, r"^name:\s+(\S+)$"),
    (FactKey::Version, r"^version:\s+(\S+)$"),
    (FactKey::Registry, r"^Publishing to (https?://\S+)"),
    (FactKey::Version, r"^info Current version: (\S+)$"),
];

fn compile(clues: &[(FactKey, &str)]) -> Vec<Clue> {
    clues
        .iter()
        .filter_map(|(key, pattern)| Some(Clue { key: *key, regex: Regex::new(pattern).ok()? }))
        .collect()
}

static RUN: LazyLock<Vec<Clue>> = LazyLock::new(|| compile(RUN_CLUES));
static BLOCK: LazyLock<Vec<Clue>> = LazyLock::new(|| compile(BLOCK_CLUES));
static PKGID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^pkgid (?<package>@?[^\s@]+)(?:@(?<version>\d\S*))?").ok());
static ANNOUNCED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:request )?(?<method>[A-Z]+) (?<url>https?://\S+)$").ok());
static ARGV: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^argv (".*)$"#).ok());
// `📦  @acme/ui@2.1.0` (npm), `📦 @acme/ui@2.1.0 → https://…` (pnpm).
static PARCEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:package:|\x{1F4E6})\s+(?<package>@?[^\s@]+)@(?<version>\S+)(?: → (?<registry>https?://\S+))?",
    )
    .ok()
});

const CI_MARKS: &[(&str, &str)] = &[
    ("/home/runner/work", "GitHub Actions"),
    ("/opt/hostedtoolcache", "GitHub Actions"),
    ("GITHUB_ACTIONS", "GitHub Actions"),
    ("/home/runner/.npm", "GitHub Actions"),
    ("source and build information from GitHub Actions", "GitHub Actions"),
    ("CI_JOB_TOKEN", "GitLab CI"),
    ("/builds/", "GitLab CI"),
    ("/home/vsts/work", "Azure Pipelines"),
    ("/var/jenkins_home", "Jenkins"),
    ("/var/lib/jenkins", "Jenkins"),
    ("/home/circleci", "CircleCI"),
    ("/var/lib/buildkite", "Buildkite"),
    ("/codebuild/output", "AWS CodeBuild"),
];

impl Context {
    /// Reads one segment.
    pub fn read(&mut self, segment: &Segment<'_>) {
        let span = Some(Span::new(segment.start, segment.start + segment.text.len()));
        self.read_run(segment, span);
        if matches!(segment.level, Level::Detail | Level::Http) {
            self.read_named(segment.text, span);
        }
        if segment.level == Level::Notice || segment.level == Level::Plain {
            self.read_block(segment, span);
        }
    }

    fn read_run(&mut self, segment: &Segment<'_>, span: Option<Span>) {
        for clue in RUN.iter() {
            let Some(value) = clue.regex.captures(segment.text).and_then(|found| found.get(1)) else {
                continue;
            };
            if clue.key == FactKey::Command && !self.settled {
                self.run.set(clue.key, value.as_str().trim(), span);
            } else {
                self.run.set_if_missing(clue.key, value.as_str().trim(), span);
            }
        }
        if let Some(found) = ARGV.as_ref().and_then(|argv| argv.captures(segment.text)) {
            self.run.set_if_missing(FactKey::Command, command_of(&found[1]), span);
        }
        if !self.run.has(FactKey::Ci) {
            let mark = CI_MARKS.iter().find(|(mark, _)| segment.text.contains(mark));
            if let Some((_, name)) = mark {
                self.run.set(FactKey::Ci, *name, span);
            }
        }
    }

    fn read_named(&mut self, text: &str, span: Option<Span>) {
        if let Some(found) = PKGID.as_ref().and_then(|pkgid| pkgid.captures(text)) {
            self.named.set(FactKey::Package, &found["package"], span);
            if let Some(version) = found.name("version") {
                self.named.set(FactKey::Version, version.as_str(), span);
            }
        }
        if let Some(found) = ANNOUNCED.as_ref().and_then(|announced| announced.captures(text)) {
            self.announced = Some((found["method"].to_owned(), found["url"].to_owned()));
        }
    }

    /// Says that a refusal was seen: the command before it is the refused one.
    pub fn settle(&mut self) {
        self.settled = true;
    }

    /// The method of the request for this URL, if it was announced just before.
    pub fn method_of(&self, url: &str) -> Option<&str> {
        self.announced.as_ref().filter(|(_, announced)| announced == url).map(|(method, _)| method.as_str())
    }

    fn read_block(&mut self, segment: &Segment<'_>, span: Option<Span>) {
        if let Some(found) = PARCEL.as_ref().and_then(|parcel| parcel.captures(segment.text)) {
            self.block = Facts::default();
            let pairs = [
                (FactKey::Package, "package"),
                (FactKey::Version, "version"),
                (FactKey::Registry, "registry"),
            ];
            for (key, group) in pairs {
                if let Some(value) = found.name(group) {
                    self.block.set(key, value.as_str(), span);
                }
            }
            return;
        }
        for clue in BLOCK.iter() {
            let Some(value) = clue.regex.captures(segment.text).and_then(|found| found.get(1)) else {
                continue;
            };
            let renamed =
                clue.key == FactKey::Package && self.block.get(FactKey::Package) != Some(value.as_str());
            if renamed && self.block.has(FactKey::Package) {
                self.block = Facts::default();
            }
            self.block.set(clue.key, value.as_str(), span);
        }
    }
}

/// `"/usr/bin/node" "/usr/bin/npm" "publish"` or `"publish" "--tag" "next"` as a readable command.
fn command_of(argv: &str) -> String {
    let words: Vec<&str> = argv.split('"').skip(1).step_by(2).collect();
    let is_program = |word: &&str| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        matches!(name, "node" | "node.exe" | "npm" | "npm-cli.js" | "iojs" | "npx-cli.js" | "nodejs")
    };
    let rest: Vec<&str> = words.into_iter().skip_while(is_program).collect();
    if rest.is_empty() { String::new() } else { format!("npm {}", rest.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::command_of;

    #[test]
    fn a_debug_logs_argv_becomes_the_command() {
        assert_eq!(command_of(r#""publish" "--tag" "next""#), "npm publish --tag next");
        assert_eq!(command_of(r#""C:\\nodejs\\node.exe" "C:\\nodejs\\npm-cli.js" "install""#), "npm install");
    }
}
