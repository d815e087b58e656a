//! A real Squid that refuses: the tunnel for https, and the page for http.
//!
//! `.ci/registries` installs Squid and runs this.
#![cfg(unix)]

#[allow(dead_code)]
#[path = "support/wire.rs"]
mod wire;

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use wire::{Server, answer};

const NEEDS_SQUID: &str =
    "squid is missing; run .ci/registries, which installs it (on Debian: apt-get install squid)";

/// A Squid on a free port that lets nobody through.
struct Squid {
    address: SocketAddr,
    child: Child,
    folder: tempfile::TempDir,
}

impl Squid {
    fn start() -> Self {
        let program = ["/usr/sbin/squid", "/usr/local/sbin/squid", "/usr/local/squid/sbin/squid"];
        let program = program.into_iter().map(PathBuf::from).find(|file| file.is_file());
        let program = program.unwrap_or_else(|| panic!("{NEEDS_SQUID}"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        drop(listener);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let here = folder.path().display();
        // Started by the administrator, Squid becomes another user, who has to write here.
        let everybody = fs::Permissions::from_mode(0o777);
        fs::set_permissions(folder.path(), everybody).expect("the folder is ours");
        let config = format!(
            "http_port {address}\nhttp_access deny all\ncache deny all\naccess_log none\ncache_log {here}/cache.log\n\
             pid_filename {here}/squid.pid\ncoredump_dir {here}\nvisible_hostname proxy.acme.example\n\
             shutdown_lifetime 0 seconds\npinger_enable off\n"
        );
        let file = folder.path().join("squid.conf");
        fs::write(&file, config).expect("a new file");
        let child = Command::new(program)
            .args(["-N", "-n", &format!("unforbid{}", address.port()), "-f"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{NEEDS_SQUID}: {error}"));
        let mut squid = Self { address, child, folder };
        squid.wait_until_it_listens();
        squid
    }

    fn wait_until_it_listens(&mut self) {
        let start = Instant::now();
        while TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_err() {
            let ended = self.child.try_wait().expect("the process can be looked at");
            let log = fs::read_to_string(self.folder.path().join("cache.log")).unwrap_or_default();
            assert!(
                ended.is_none() && start.elapsed() < Duration::from_secs(60),
                "squid does not listen: {log}"
            );
            std::thread::yield_now();
        }
    }
}

impl Drop for Squid {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The first incident that the built program makes of a refusal by this registry, asked through the proxy.
fn looked(squid: &Squid, registry: &str) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("home")).expect("a new folder");
    fs::create_dir(folder.path().join("project")).expect("a new folder");
    let proxy = format!("http://{}/", squid.address);
    let settings =
        format!("registry={registry}\nproxy={proxy}\nhttps-proxy={proxy}\nnoproxy=nowhere.example\n");
    fs::write(folder.path().join("home/.npmrc"), settings).expect("a new file");
    let log = format!("npm error code E403\nnpm error 403 403 Forbidden - GET {registry}my-utils\n");
    let mut child = Command::new(env!("CARGO_BIN_EXE_unforbid"))
        .args(["diagnose", "-", "--json", "--config", ".", "--probe"])
        .current_dir(folder.path().join("project"))
        .env_clear()
        .env("HOME", folder.path().join("home"))
        .env("UNFORBID_HOME", folder.path().join("none"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("stdin is a pipe").write_all(log.as_bytes()).expect("it reads its input");
    let output = child.wait_with_output().expect("the program ends");
    let mut answer: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    answer["incidents"].as_array_mut().expect("a list").remove(0)
}

/// The proxy is proved to be it, by this finding.
fn proves(incident: &Value, sign: &str) {
    let top = &incident["causes"][0];
    let shown = format!("{:#}\n{:#}", top["id"], incident["observations"]);
    assert_eq!(top["id"], "proxy-block", "{shown}");
    assert_eq!(top["confidence"], "certain", "{shown}");
    let places = top["proved_by"].as_array().expect("it is proved");
    let signs: Vec<&Value> = places
        .iter()
        .map(|place| {
            &incident["observations"]
                [place.as_u64().and_then(|at| usize::try_from(at).ok()).expect("a place")]
        })
        .map(|found| &found["observed"])
        .collect();
    assert!(signs.iter().any(|found| *found == sign), "{signs:?}\n{shown}");
}

#[test]
#[ignore = "needs Squid; .ci/registries installs it and runs this"]
fn a_tunnel_that_squid_refuses_is_proved_to_be_the_proxy() {
    let squid = Squid::start();
    // Nobody may reach it: the proxy refuses before the registry is asked.
    let registry = Server::answering(answer("200 OK", &[], b"{}"));
    let incident = looked(&squid, &format!("https://{}/", registry.address));
    proves(&incident, "proxy-refused");
    assert!(registry.lines().is_empty(), "the registry is not reached");
}

#[test]
#[ignore = "needs Squid; .ci/registries installs it and runs this"]
fn a_page_that_squid_puts_in_the_place_of_the_registry_is_proved_to_be_the_proxy() {
    let squid = Squid::start();
    let registry = Server::answering(answer("200 OK", &[], b"{}"));
    let incident = looked(&squid, &format!("http://{}/", registry.address));
    proves(&incident, "middle-box");
    assert!(registry.lines().is_empty(), "the registry is not reached");
}
