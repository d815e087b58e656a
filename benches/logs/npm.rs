//! npm's own log files: every line that a large install writes, and one refusal near the end.

use super::random::{Random, metadata, tarball};

/// A debug log of an install of thousands of packages.
pub fn debug_log(size: usize) -> String {
    let mut random = Random::new(1);
    let mut log = Counted::with_capacity(size);
    head(&mut log);
    while log.text.len() < size {
        let package = random.package();
        let version = random.version();
        let range = random.version();
        let line = match random.below(12) {
            0 | 1 => format!(
                "http fetch GET 200 {} {}ms (cache {})",
                metadata(&package),
                random.below(900),
                random.one(&["hit", "miss", "revalidated", "stale"])
            ),
            2 => format!("http fetch GET 200 {} {}ms (cache miss)", tarball(&package, &version), random.below(900)),
            3 => format!("silly fetch manifest {package}@^{range}"),
            4 => format!("silly packumentCache full:{} cache-miss", metadata(&package)),
            5 => format!(
                "silly placeDep ROOT {package}@{version} OK for: {}@{} want: ^{range}",
                random.package(),
                random.version()
            ),
            6 => format!(
                "silly tarball no local data for {package}@{}. Extracting by manifest.",
                tarball(&package, &version)
            ),
            7 => format!("silly reify mark retired [ '/home/dev/app/node_modules/{package}' ]"),
            8 => format!("silly ADD node_modules/{package}"),
            9 => format!("timing reifyNode:node_modules/{package} Completed in {}ms", random.below(4000)),
            10 => format!("info run {package}@{version} postinstall {{ code: 0, signal: null }}"),
            _ => match random.below(20) {
                0 => format!("warn deprecated {package}@{version}: This version is no longer supported."),
                1 => format!("warn ERESOLVE overriding peer dependency of {package}@\"{range}\""),
                2 => "verbose stack     at process.processTicksAndRejections (node:internal/process/task_queues:105:5)"
                    .to_owned(),
                3 => format!("silly integrity {}", random.integrity()),
                4 => format!("silly audit   '{package}': [ '{version}' ],"),
                _ => format!("silly idealTree   edge out {package} spec ^{range} -> node_modules/{package}"),
            },
        };
        log.line(&line);
    }
    refusal(&mut log);
    log.text
}

/// A silly log in which 403 stands everywhere and means nothing.
pub fn digits(size: usize) -> String {
    let mut random = Random::new(2);
    let mut log = Counted::with_capacity(size);
    head(&mut log);
    while log.text.len() < size {
        let package = random.package();
        let line = match random.below(12) {
            0 => format!("http fetch GET 200 {} 403ms (cache miss)", metadata(&package)),
            1 => format!(
                "http fetch GET 200 http://localhost:4039/{package} {}ms (cache miss)",
                random.below(403)
            ),
            2 => format!("silly tarball sha1-{}403{} for {package}@4.0.3", random.hex(20), random.hex(17)),
            3 => format!("silly integrity {}", random.integrity()),
            4 => format!("notice {}.403kB dist/{package}/403.js", random.below(900)),
            5 => format!("timing reifyNode:node_modules/{package} Completed in 403ms"),
            6 => format!(
                "silly placeDep ROOT {package}@403.0.{} OK for: app@4.0.3 want: ^403.0.0",
                random.below(403)
            ),
            7 => format!("info run {package}@{} install: 403 files, 403 bytes", random.version()),
            8 => "added 403 packages, and audited 404 packages in 4.03s".to_owned(),
            9 => format!("silly unfinished npm timer reify 17322{:06}403", random.below(1_000_000)),
            10 => format!("http cache {} 0ms (cache hit)", tarball(&package, "4.0.3")),
            _ => format!("silly gitHead {} commit e403{}", random.hex(40), random.hex(8)),
        };
        log.line(&line);
    }
    refusal(&mut log);
    log.text
}

fn head(log: &mut Counted) {
    for line in [
        "verbose cli /usr/local/bin/node /usr/local/bin/npm",
        "info using npm@10.9.2",
        "info using node@v22.11.0",
        "verbose title npm install",
        "verbose argv \"install\"",
        "silly config load:file:/home/dev/app/.npmrc",
        "silly idealTree buildDeps",
    ] {
        log.line(line);
    }
}

fn refusal(log: &mut Counted) {
    let url = tarball("@acme/ui", "2.1.0");
    let said = format!("403 403 Forbidden - GET {url} - Package @acme/ui is quarantined by policy");
    log.line(&format!("http fetch GET 403 {url} 31ms (cache skip)"));
    log.line(&format!("verbose stack HttpErrorGeneral: {said}"));
    for line in [
        "verbose statusCode 403",
        "verbose pkgid @acme/ui@2.1.0",
        "verbose cwd /home/dev/app",
        "error code E403",
    ] {
        log.line(line);
    }
    log.line(&format!("error {said}"));
    log.line("error 403 In most cases, you or one of your dependencies are requesting");
    log.line("error 403 a package version that is forbidden by your security policy, or");
    log.line("error 403 on a server you do not have access to.");
    log.line("verbose exit 1");
    log.line("verbose code 1");
}

/// Text whose lines are numbered as npm does.
struct Counted {
    text: String,
    next: usize,
}

impl Counted {
    fn with_capacity(size: usize) -> Self {
        Self { text: String::with_capacity(size + size / 8), next: 0 }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(&format!("{} {line}\n", self.next));
        self.next += 1;
    }
}
