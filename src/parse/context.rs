//! What the log says beside the refusals: versions, command, the package being published, CI.
//!
//! Fed line by line; the package block is remembered until the next one, so that in a monorepo each refusal
//! gets the block before it.
//! Must not know causes.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};

use super::clients::{Clue, FAMILIES};
use super::frame::{Level, Segment};
use super::patterns::literals;
use crate::facts::{FactKey, Facts, Span};

/// What has been read so far.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Facts of the whole run.
    pub run: Facts,
    /// Versions of clients, by the client's id.
    pub versions: BTreeMap<&'static str, Facts>,
    /// What one job says from line to line.
    pub job: Job,
    /// The package that the debug log names, for refusals without a URL.
    pub named: Facts,
    /// Versions of packages that a list names.
    listed: BTreeMap<String, (String, Span)>,
    /// A refusal was seen: commands typed after it are not the refused one.
    settled: bool,
}

/// What is remembered from line to line. Where the output of several jobs is mixed, each has its own.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// The package block in force: `package`, `version`, `registry`.
    pub block: Facts,
    /// The address that npm 3 named just before it told the status.
    failed: Option<(String, Span)>,
    /// The last address that was answered with 200.
    answered: Option<(String, Span)>,
    /// The last request that old npm announced: `http PUT https://…`, whose answer names no method.
    announced: Option<(String, String)>,
    /// The fact that stands on the next line.
    section: Option<FactKey>,
    /// The package of the block was published.
    done: bool,
}

/// Clues that are tried together: the set finds which fit, then only those are run.
struct Clues {
    set: Option<RegexSet>,
    clues: Vec<(&'static str, Clue, OnceLock<Option<Regex>>)>,
}

impl Clues {
    fn compile(clues: impl Iterator<Item = (&'static str, Clue)>) -> Self {
        // One log needs a few of them: each is compiled for itself when the set has found it.
        let clues: Vec<_> = clues.map(|(family, clue)| (family, clue, OnceLock::new())).collect();
        // A word boundary that knows all alphabets makes the set a hundred times slower on lines that are not ASCII.
        // The plain one finds at least as much beside an ASCII letter, and what is found is looked at again.
        let plain = |pattern: &str| pattern.replace(r"\b", r"(?-u:\b)");
        let set = RegexSet::new(clues.iter().map(|(_, (_, pattern, _), _)| plain(pattern))).ok();
        Self { set, clues }
    }

    fn of(pick: impl Fn(&'static super::clients::Family) -> &'static [Clue], more: &'static [Clue]) -> Self {
        let families = FAMILIES.iter().flat_map(|family| {
            let id = family.id;
            pick(family).iter().map(move |clue| (id, *clue))
        });
        Self::compile(families.chain(more.iter().map(|clue| ("", *clue))))
    }

    /// Writes what a segment says: family, fact, value.
    fn read(&self, segment: &Segment<'_>, mut tell: impl FnMut(&'static str, FactKey, &str, Span)) {
        let Some(set) = &self.set else { return };
        for index in set.matches(segment.text) {
            let Some((family, (key, pattern, word), regex)) = self.clues.get(index) else {
                continue;
            };
            let regex = regex.get_or_init(|| Regex::new(pattern).ok());
            let Some(found) = regex.as_ref().and_then(|regex| regex.captures(segment.text)) else {
                continue;
            };
            match (found.get(1), word) {
                (Some(value), _) => {
                    let trimmed = value.as_str().trim();
                    tell(family, *key, trimmed, segment.span_of(trimmed));
                }
                (None, Some(word)) => tell(family, *key, word, segment.whole()),
                (None, None) => {}
            }
        }
    }
}

/// What no client prints: shells and CI systems.
const ANYWHERE: &[Clue] = &[
    (
        FactKey::Command,
        r"^(?:\S+@\S+:\S+)?\s*(?:[$#%>❯➜]|[A-Z]:\\[^>]*>|\$ ?>)\s*(?:sudo )?((?:npm|npx|pnpm|yarn|bun|bunx|lerna|deno|cnpm|tnpm|changeset|semantic-release|release-it|np|nx)(?: [a-z@./-].*)?)$",
        None,
    ),
    (
        FactKey::Command,
        r"^((?:npm|pnpm|yarn|bun) (?:-r |run )?(?:publish|install|i|ci|add|audit|unpublish|login|adduser|whoami|owner|access|dist-tag|deprecate|view|exec|stage|trust)\b[^:]*)$",
        None,
    ),
    (FactKey::Runner, r"^(?:Runner|Agent) name: '([^']{1,80})'", None),
    (FactKey::Runner, r"^(?:  )?Image: ((?:ubuntu|windows|macos|debian)-\S+)$", None),
    // pnpm 7 and 8 show the first letters of a token, and letters tell whose it is.
    (FactKey::TokenKind, r"\bnpm_\[hidden\]", Some("npm token")),
    (FactKey::TokenKind, r"\b(?:gh[poushr]_|gith)\[hidden\]", Some("GitHub token")),
    (FactKey::TokenKind, r"\bglpa\[hidden\]", Some("GitLab token")),
    (FactKey::Runner, r"^Running on (\S{1,80}) (?:via|in) ", None),
];

static RUN: LazyLock<Clues> = LazyLock::new(|| Clues::of(|family| family.run, ANYWHERE));
static BLOCK: LazyLock<Clues> = LazyLock::new(|| Clues::of(|family| family.block, &[]));
static TRAILERS: LazyLock<Clues> = LazyLock::new(|| Clues::of(|family| family.trailers, &[]));
static LISTED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    FAMILIES.iter().flat_map(|family| family.listed).filter_map(|pattern| Regex::new(pattern).ok()).collect()
});
static FAILED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^fetch failed (https?://\S+)$").ok());
static PKGID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^pkgid (?<package>@?[^\s@]+)(?:@(?<version>\d\S*))?").ok());
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^(?:request |verbose [\d.]+ Performing "|[\d.]+ Performing ")?(?<method>[A-Z]+)"? (?:request to ")?(?<url>https?://[^\s"]+)"?\.?$"#).ok()
});
static ARGV: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^argv (".*)$"#).ok());
/// `📦  @acme/ui@2.1.0` or `package: @acme/ui@2.1.0`: the head of a package block.
static PARCEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:package:|\x{1F4E6})\s+(?<package>@?[^\s@]+)@(?<version>\S+)").ok());

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

/// Whether any of them is there, for all the lines in which none is.
static CI_MARK: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| literals(CI_MARKS.iter().map(|(mark, _)| mark)));

impl Context {
    /// Reads one segment.
    pub fn read(&mut self, segment: &Segment<'_>) {
        self.read_run(segment);
        if matches!(segment.level, Level::Detail | Level::Http) {
            self.read_named(segment);
        }
        if segment.level != Level::Http {
            self.read_block(segment);
        }
    }

    fn read_run(&mut self, segment: &Segment<'_>) {
        let (run, versions, settled) = (&mut self.run, &mut self.versions, self.settled);
        RUN.read(segment, |family, key, value, span| match key {
            FactKey::ClientVersion => {
                versions.entry(family).or_default().set_if_missing(key, value, Some(span));
            }
            // yarn and bun print `yarn add v1.22.22` below the prompt that says more.
            FactKey::Command
                if value.contains(" v1.")
                    || value.starts_with("nx run ")
                    || run.get(key).is_some_and(|known| known.starts_with(value)) => {}
            FactKey::Command if !settled => run.set(key, value, Some(span)),
            _ => run.set_if_missing(key, value, Some(span)),
        });
        // Most lines are none of these; their beginnings tell sooner than the patterns do.
        let is_argv = segment.text.starts_with("argv ");
        if let Some(found) = ARGV.as_ref().filter(|_| is_argv).and_then(|argv| argv.captures(segment.text)) {
            let command = command_of(&found[1]);
            // npm 7 and older tell their arguments behind the error.
            // The title of a debug log leaves the options out.
            let known = self.run.get(FactKey::Command).unwrap_or_default();
            let verb = |command: &str| command.split(' ').take(2).collect::<Vec<_>>().join(" ");
            if verb(&command) == verb(known) && !self.settled
                || known.is_empty()
                || command.starts_with(known) && (known.is_empty() || !self.settled)
            {
                self.run.set(FactKey::Command, command, Some(segment.whole()));
            }
        }
        self.read_section(segment);
        if !self.run.has(FactKey::Ci) && CI_MARK.as_ref().is_some_and(|mark| mark.is_match(segment.text)) {
            let mark = CI_MARKS.iter().find(|(mark, _)| segment.text.contains(mark));
            if let Some((mark, name)) = mark {
                let at = segment.text.find(mark).unwrap_or_default();
                self.run.set(FactKey::Ci, *name, Some(segment.span(at..at + mark.len())));
            }
        }
    }

    /// yarn 1's error file: a heading, and the value on the next line.
    fn read_section(&mut self, segment: &Segment<'_>) {
        let value = segment.text.trim();
        match self.job.section.take() {
            Some(FactKey::ClientVersion) => {
                let facts = self.versions.entry("yarn1").or_default();
                facts.set_if_missing(FactKey::ClientVersion, value, Some(segment.whole()));
            }
            Some(key) => self.run.set_if_missing(key, value, Some(segment.whole())),
            None => {}
        }
        self.job.section = match value {
            "Yarn version:" => Some(FactKey::ClientVersion),
            "Node version:" => Some(FactKey::NodeVersion),
            "Platform:" => Some(FactKey::Platform),
            _ => None,
        };
    }

    fn read_named(&mut self, segment: &Segment<'_>) {
        let is_pkgid = segment.text.starts_with("pkgid ");
        if let Some(found) =
            PKGID.as_ref().filter(|_| is_pkgid).and_then(|pkgid| pkgid.captures(segment.text))
        {
            for (key, group) in [(FactKey::Package, "package"), (FactKey::Version, "version")] {
                if let Some(value) = found.name(group) {
                    self.named.set(key, value.as_str(), Some(segment.span(value.range())));
                }
            }
        }
        if let Some(url) = segment.text.strip_prefix("200 ").filter(|url| url.starts_with("http")) {
            self.job.answered = Some((url.to_owned(), segment.span_of(url)));
        }
        // A method, npm's count, or one of two words.
        let may_announce = segment.text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            || ["request ", "verbose "].iter().any(|word| segment.text.starts_with(word));
        if let Some(found) =
            ANNOUNCED.as_ref().filter(|_| may_announce).and_then(|announced| announced.captures(segment.text))
        {
            self.job.announced = Some((found["method"].to_owned(), found["url"].to_owned()));
        }
    }

    /// The facts of the run, with the version of the client if only one was named.
    pub fn run_facts(mut self) -> Facts {
        if let (1, Some(version)) = (self.versions.len(), self.versions.values().next()) {
            self.run.fill_from(version);
        }
        self.run
    }

    /// The version of a package in a list of what is published, and where it stands.
    pub fn listed(&self, package: &str) -> Option<&(String, Span)> {
        self.listed.get(package)
    }

    /// The address whose answer is being looked at.
    pub fn answered(&self) -> Option<&(String, Span)> {
        self.job.answered.as_ref()
    }

    /// The package of a list of one.
    pub fn only_listed(&self) -> Option<(&str, Span)> {
        match self.listed.iter().next() {
            Some((package, (_, span))) if self.listed.len() == 1 => Some((package, *span)),
            _ => None,
        }
    }

    /// The address that npm 3 named before the status, once.
    pub fn take_failed(&mut self) -> Option<(String, Span)> {
        self.job.failed.take()
    }

    /// Says that a refusal was seen: the command before it is the refused one.
    pub fn settle(&mut self) {
        self.settled = true;
    }

    /// The method of the request for this URL, if it was announced just before.
    pub fn method_of(&self, url: &str) -> Option<&str> {
        self.job
            .announced
            .as_ref()
            .filter(|(_, announced)| announced == url)
            .map(|(method, _)| method.as_str())
    }

    fn read_block(&mut self, segment: &Segment<'_>) {
        let text = segment.text;
        if text.starts_with("lerna success published ") {
            self.job.done = true;
        } else if text.starts_with("notice Package failed") {
            self.job.done = false;
        }
        // lerna tells of a success first and prints its block then.
        if self.job.done && segment.level == Level::Notice {
            return;
        }
        let published = text.strip_prefix("+ ").zip(self.job.block.get(FactKey::Package));
        if published.is_some_and(|(spec, package)| spec.starts_with(package)) {
            self.job.block = kept_for_next(&self.job.block);
        }
        if let Some(found) = PARCEL.as_ref().and_then(|parcel| parcel.captures(segment.text)) {
            self.job.block = kept_for_next(&self.job.block);
            for (key, group) in [(FactKey::Package, "package"), (FactKey::Version, "version")] {
                if let Some(value) = found.name(group) {
                    self.job.block.set(key, value.as_str(), Some(segment.span(value.range())));
                }
            }
        }
        for listed in LISTED.iter() {
            if let Some(found) = listed.captures(segment.text)
                && let (Some(package), Some(version)) = (found.name("package"), found.name("version"))
            {
                let place = segment.span(version.range());
                self.listed.insert(package.as_str().to_owned(), (version.as_str().to_owned(), place));
            }
        }
        let may_fail = segment.text.starts_with("fetch failed ");
        if let Some(found) =
            FAILED.as_ref().filter(|_| may_fail).and_then(|failed| failed.captures(segment.text))
            && let Some(url) = found.get(1)
        {
            self.job.failed = Some((url.as_str().to_owned(), segment.span(url.range())));
        }
        let block = &mut self.job.block;
        BLOCK.read(segment, |_, key, value, span| {
            let renamed = key == FactKey::Package && block.get(key).is_some_and(|known| known != value);
            if renamed {
                *block = kept_for_next(block);
            }
            block.set(key, value, Some(span));
        });
    }
}

/// What a run says once for all its packages.
fn kept_for_next(block: &Facts) -> Facts {
    let mut kept = Facts::default();
    for key in [FactKey::Tag, FactKey::Access] {
        kept.set(key, block.get(key).unwrap_or_default(), block.span(key));
    }
    kept
}

/// What a line right behind a refusal adds to it.
pub fn trailing(segment: &Segment<'_>) -> Facts {
    let mut facts = Facts::default();
    TRAILERS.read(segment, |_, key, value, span| facts.set_if_missing(key, value, Some(span)));
    facts
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
