//! The machine's own npm, refused by a registry on loopback: what it prints is what the program has to understand.
//!
//! The wordings are those of the public registry. Each case reads npm's output as a terminal shows it, and the debug
//! log that npm left behind.

#[path = "support/registry.rs"]
mod registry;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use registry::{Registry, Rule};
use serde_json::{Value, json};

const NEEDS_NPM: &str =
    "npm is not on PATH; install Node.js with npm (on Debian: apt-get install npm) and run again";

/// One refusal, and what has to be made of it.
struct Case {
    package: &'static str,
    version: &'static str,
    /// The versions that the registry shows; without any, the package does not exist for it.
    shown: &'static [&'static str],
    /// What the registry says.
    says: &'static str,
    cause: &'static str,
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_over_an_existing_version_is_named() {
    // npm itself refuses a version that it can see; this registry shows an older state, as a cache in front of it may.
    publish(&Case {
        package: "acme-widgets",
        version: "1.0.2",
        shown: &["1.0.0", "1.0.1"],
        says: "You cannot publish over the previously published versions: 1.0.2.",
        cause: "version-exists",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_under_a_foreign_name_is_named() {
    publish(&Case {
        package: "acme-widgets",
        version: "3.1.0",
        shown: &["2.0.0"],
        says: "You do not have permission to publish \"acme-widgets\". Are you logged in as the correct user?",
        cause: "name-not-yours",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_without_a_second_factor_is_named() {
    publish(&Case {
        package: "@acme/widgets",
        version: "0.4.0",
        shown: &["0.3.0"],
        says: "Two-factor authentication or granular access token with bypass 2fa enabled is required to publish packages.",
        cause: "two-factor-required",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_with_a_read_only_token_is_named() {
    publish(&Case {
        package: "acme-widgets",
        version: "1.2.3",
        shown: &["1.2.2"],
        says: "You may not perform that action with these credentials.",
        cause: "token-lacks-permission",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_again_within_a_day_of_unpublishing_is_named() {
    publish(&Case {
        package: "acme-widgets",
        version: "1.0.3",
        shown: &[],
        says: "acme-widgets cannot be republished until 24 hours have passed.",
        cause: "republish-cooldown",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn publishing_under_a_name_too_similar_to_another_is_named() {
    publish(&Case {
        package: "acmewidgets",
        version: "1.0.0",
        shown: &[],
        says: "Package name too similar to existing package acme-widgets; try renaming your package to '@alice/acmewidgets' and publishing with 'npm publish --access=public' instead",
        cause: "name-too-similar",
    });
}

#[test]
#[ignore = "needs npm; .ci/run installs it and runs this with --include-ignored"]
fn a_refused_tarball_without_a_word_stays_undecided() {
    let project = Project::new(&json!({ "name": "shop", "version": "1.0.0" }));
    let tarball = "{registry}acme-widgets/-/acme-widgets-1.3.0.tgz";
    let registry = Registry::start(vec![
        Rule::json("GET", "/acme-widgets", 200, "OK", &packument("acme-widgets", &["1.3.0"], tarball)),
        Rule {
            headers: vec![("content-type", "text/html")],
            body: "<html>\n<head><title>403 Forbidden</title></head>\n<body>\n<center><h1>403 Forbidden</h1></center>\n</body>\n</html>\n".into(),
            ..Rule::json("GET", "/acme-widgets/-/.*", 403, "Forbidden", &Value::Null)
        },
    ]);
    let printed = project.npm(&registry, "C", &["install", "acme-widgets", "--no-audit"]);
    assert!(
        registry.requests().iter().any(|request| request.target.ends_with(".tgz")),
        "npm asked for the tarball:\n{printed}"
    );
    for (what, log) in [("the terminal", printed), ("the debug log", project.debug_log())] {
        let incident = diagnose(&log, what);
        assert_eq!(incident["facts"]["method"], "GET", "{what}\n{log}");
        assert_eq!(incident["facts"]["package"], "acme-widgets", "{what}\n{log}");
        assert_eq!(incident["facts"]["version"], "1.3.0", "{what}\n{log}");
        assert_eq!(incident["facts"]["operation"], "install", "{what}\n{log}");
        assert_ne!(
            incident["causes"][0]["confidence"], "certain",
            "nothing in this answer decides, so nothing may be certain: {what}\n{log}"
        );
    }
}

/// Publishes for real, and checks what is made of the refusal.
fn publish(case: &Case) {
    // npm frames its notices differently for a terminal that cannot show more than ASCII.
    for locale in ["C", "C.UTF-8"] {
        publish_in(locale, case);
    }
}

fn publish_in(locale: &str, case: &Case) {
    let project = Project::new(&json!({ "name": case.package, "version": case.version }));
    let registry = refusing(case);
    let printed = project.npm(&registry, locale, &["publish", "--access", "public"]);
    let uploads: Vec<_> = registry.requests().into_iter().filter(|request| request.method == "PUT").collect();
    assert_eq!(uploads.len(), 1, "npm tried to publish once:\n{printed}");
    assert!(uploads[0].authorized, "npm sent the token");
    let sent = String::from_utf8_lossy(&uploads[0].body);
    assert!(sent.contains(case.version), "npm sent the version");

    for (what, log) in [("the terminal", printed), ("the debug log", project.debug_log())] {
        let incident = diagnose(&log, what);
        assert_eq!(incident["causes"][0]["id"], case.cause, "{what}\n{log}");
        assert_eq!(incident["facts"]["package"], case.package, "{what}\n{log}");
        assert_eq!(incident["facts"]["version"], case.version, "{what}\n{log}");
        assert_eq!(incident["facts"]["method"], "PUT", "{what}\n{log}");
        assert_eq!(incident["facts"]["operation"], "publish", "{what}\n{log}");
        assert_eq!(incident["facts"]["client"], "npm", "{what}\n{log}");
    }
}

/// A registry that shows what the case says, and refuses every upload.
fn refusing(case: &Case) -> Registry {
    // npm writes `%2f`; the case of the digits is nothing to rely on.
    let name = regex::escape(&case.package.replace('/', "%2f"));
    let path = format!("(?i)/{name}(?:\\?.*)?");
    let says = json!({ "error": case.says });
    let mut rules = vec![Rule::json("PUT", &path, 403, "Forbidden", &says)];
    if !case.shown.is_empty() {
        let shown = packument(case.package, case.shown, "{registry}x.tgz");
        rules.push(Rule::json("GET", &path, 200, "OK", &shown));
    }
    Registry::start(rules)
}

/// What a registry says about a package that exists.
fn packument(package: &str, versions: &[&str], tarball: &str) -> Value {
    let about = |version: &&str| {
        json!({
            "name": package,
            "version": version,
            "dist": { "tarball": tarball, "shasum": "0".repeat(40) },
        })
    };
    let all: serde_json::Map<String, Value> =
        versions.iter().map(|version| ((*version).to_owned(), about(version))).collect();
    json!({ "name": package, "dist-tags": { "latest": versions.last() }, "versions": all })
}

/// Runs the program on a log, and answers with its one incident.
fn diagnose(log: &str, what: &str) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unforbid"))
        .args(["diagnose", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    stdin.write_all(log.as_bytes()).expect("the program reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let answer = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{what}: {complaint}\n{answer}\n{log}");
    assert!(!answer.contains(&token()), "the token is masked: {what}\n{answer}");
    let mut answer: Value = serde_json::from_str(&answer).expect("the answer is JSON");
    let incidents = answer["incidents"].as_array_mut().expect("incidents are a list");
    assert_eq!(incidents.len(), 1, "{what} shows one refusal:\n{log}");
    incidents.remove(0)
}

/// Looks like a token and is none. Put together here, so that no file holds anything of the kind.
fn token() -> String {
    format!("npm_{}", "aB3".repeat(12))
}

/// A project and a home of its own, both empty but for what npm needs.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new(manifest: &Value) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for inside in ["home", "project"] {
            fs::create_dir(folder.path().join(inside)).expect("a new folder");
        }
        let project = Self { folder };
        project.write("package.json", &manifest.to_string());
        project.write("index.js", "module.exports = 1;\n");
        project
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("project").join(name), text).expect("a new file");
    }

    /// Runs npm against a registry, and answers with all that it printed.
    fn npm(&self, registry: &Registry, locale: &str, arguments: &[&str]) -> String {
        let url = registry.url();
        let key = url.strip_prefix("http:").expect("the registry speaks http");
        self.write(".npmrc", &format!("{key}:_authToken={}\n", token()));
        let path = std::env::var_os("PATH").expect("PATH is set");
        let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let npm = std::env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|file| file.is_file())
            .unwrap_or_else(|| panic!("{NEEDS_NPM}"));
        // Nothing of the machine's own settings: a developer's .npmrc or a CI's variables would change everything.
        let output = Command::new(npm)
            .args(arguments)
            .args(["--registry", &url, "--fetch-retries", "0"])
            .current_dir(self.folder.path().join("project"))
            .env_clear()
            .env("PATH", &path)
            .env("LC_ALL", locale)
            .env("HOME", self.home())
            .env("USERPROFILE", self.home())
            .env("LOCALAPPDATA", self.home())
            .env("NPM_CONFIG_GLOBALCONFIG", self.home().join("no-global-npmrc"))
            .env("NPM_CONFIG_FUND", "false")
            .env("NPM_CONFIG_UPDATE_NOTIFIER", "false")
            .env("NO_UPDATE_NOTIFIER", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{NEEDS_NPM} ({error})"));
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).expect("npm prints UTF-8");
        assert!(!output.status.success(), "npm was refused:\n{printed}");
        assert!(printed.contains("E403"), "npm was refused with a 403:\n{printed}");
        printed
    }

    /// The log that npm wrote of its one run.
    fn debug_log(&self) -> String {
        let cache = if cfg!(windows) { "npm-cache" } else { ".npm" };
        let folder = self.home().join(cache).join("_logs");
        let logs: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("npm wrote a log")
            .map(|entry| entry.expect("an entry of a folder").path())
            .filter(|path| is_log(path))
            .collect();
        assert_eq!(logs.len(), 1, "npm ran once in this home");
        self.is_what_the_program_would_open(&logs[0]);
        fs::read_to_string(&logs[0]).expect("npm's log is text")
    }

    /// `Latest npm log` has to find what this npm has just written.
    #[cfg(feature = "app")]
    fn is_what_the_program_would_open(&self, log: &Path) {
        use unforbid::app::places::{Machine, Os, npm_log};

        let machine = Machine {
            os: Os::this(),
            env: [("LOCALAPPDATA".to_owned(), self.home().into())].into(),
            home: Some(self.home()),
            working_folder: None,
            portable: None,
        };
        let search = npm_log::find(&machine);
        assert_eq!(search.latest(), Some([log.to_owned()].as_slice()));
    }

    #[cfg(not(feature = "app"))]
    fn is_what_the_program_would_open(&self, _log: &Path) {}
}

fn is_log(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "log")
}
