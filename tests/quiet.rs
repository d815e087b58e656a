//! No flag, no socket: what the built program asks of the system, as `strace` sees it.
//!
//! Only Linux can be asked so; elsewhere `tests/layers.rs` still holds that no module but the probe knows sockets.
#![cfg(target_os = "linux")]

#[allow(dead_code)]
#[path = "support/wire.rs"]
mod wire;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use wire::{Server, answer};

const NEEDS_STRACE: &str =
    "strace is missing; it shows that the program opens no socket (on Debian: apt-get install strace)";

/// A folder with a log, a project, and a home that maps everything to a registry.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(registry: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for inside in ["home", "project"] {
            fs::create_dir(folder.path().join(inside)).expect("a new folder");
        }
        let log = format!(
            "npm notice name: my-utils\nnpm notice version: 1.0.2\nnpm error code E403\n\
             npm error 403 403 Forbidden - PUT {registry}my-utils - \
             You cannot publish over the previously published versions: 1.0.2.\n"
        );
        let key = registry.split_once(':').map_or(registry, |(_, rest)| rest);
        let files = [
            ("project/npm-debug.log", log),
            ("project/package.json", r#"{"name":"my-utils","version":"1.0.2"}"#.to_owned()),
            ("home/.npmrc", format!("registry={registry}\n{key}:_authToken=aB3dE5fG7hJ9kL2mN4\n")),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a new file");
        }
        Self { folder }
    }

    /// Every address family of every socket that the program made, and what it printed.
    fn sockets(&self, arguments: &[&str]) -> (Vec<String>, String) {
        let trace = self.folder.path().join("trace");
        let project = self.folder.path().join("project");
        let home = self.folder.path().join("home");
        let mut child = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=%network", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_unforbid"))
            .args(arguments)
            .current_dir(project)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").expect("PATH is set"))
            .env("HOME", &home)
            .env("UNFORBID_HOME", home.join("none"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{NEEDS_STRACE}: {error}"));
        let log = fs::read(self.folder.path().join("project/npm-debug.log")).expect("the log is there");
        // A program that does not read its input closes the pipe, which is fine.
        child.stdin.take().expect("stdin is a pipe").write_all(&log).ok();
        let output = child.wait_with_output().expect("the program ends");
        let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!printed.contains("ptrace"), "strace may not look at programs here: {printed}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {printed}");
        (calls(&trace), printed)
    }
}

/// The calls that make a socket or use one.
fn calls(trace: &Path) -> Vec<String> {
    let trace = fs::read_to_string(trace).expect("strace has written what it saw");
    trace.lines().filter(|line| line.contains('(')).map(str::to_owned).collect()
}

fn leave_the_machine(calls: &[String]) -> Vec<&String> {
    let inet = |call: &&String| call.contains("AF_INET") || call.contains("AF_NETLINK");
    calls.iter().filter(inet).collect()
}

#[test]
fn without_a_probe_the_program_makes_no_socket() {
    // Whoever would be asked: if anything were, it would be heard here.
    let registry = Server::answering(answer("200 OK", &[], b"{}"));
    let place = Place::new(&format!("http://{}/", registry.address));
    let runs: [(&[&str], &str); 9] = [
        (&["diagnose", "npm-debug.log"], "my-utils"),
        (&["diagnose", "-", "--json"], "version-exists"),
        (&["diagnose", "npm-debug.log", "--format", "markdown"], "my-utils"),
        (&["explain", "version-exists"], "version"),
        (&["explain", "E401"], "E401"),
        (&["list"], "version-exists"),
        (&["diagnose", "npm-debug.log", "--config", "."], ".npmrc"),
        (&["diagnose", "npm-debug.log", "--probe", "--dry-run"], "GET"),
        (&["diagnose", "npm-debug.log", "--config", ".", "--probe=auth", "--dry-run"], "GET"),
    ];
    for (arguments, word) in runs {
        let (calls, printed) = place.sockets(arguments);
        assert!(printed.contains(word), "{arguments:?} did its work: {printed}");
        let found = leave_the_machine(&calls);
        assert!(found.is_empty(), "{arguments:?} made a socket: {found:#?}");
    }
    assert_eq!(registry.lines(), Vec::<String>::new());
}

#[test]
fn with_a_probe_it_does_so_that_strace_is_known_to_see_it() {
    let registry = Server::answering(answer("200 OK", &["content-type: application/json"], b"{}"));
    let place = Place::new(&format!("http://{}/", registry.address));
    let (calls, printed) = place.sockets(&["diagnose", "npm-debug.log", "--probe"]);
    assert!(!leave_the_machine(&calls).is_empty(), "strace saw no socket: {calls:#?}\n{printed}");
    let port = registry.address.port().to_string();
    let elsewhere: Vec<&String> = calls
        .iter()
        .filter(|call| call.contains("connect(") && call.contains("AF_INET") && !call.contains(&port))
        .collect();
    assert!(elsewhere.is_empty(), "nobody else is connected to: {elsewhere:#?}");
    assert!(registry.lines().iter().all(|line| line.starts_with("GET ")), "{:?}", registry.lines());
    assert!(!registry.lines().is_empty(), "the registry was asked");
    let sent = registry.seen().iter().any(|seen| seen.header("authorization").is_some());
    assert!(!sent, "a probe without auth sends no credential");
}
