//! A Verdaccio that runs for all stories, projects with a home of their own, npm, and the built program.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Value, json};

use crate::gate::Gate;
use crate::registry::{Registry, Rule};

/// A Verdaccio on a free port, with the users alice and dev.
pub struct Lab {
    pub url: String,
    address: SocketAddr,
    // Both live as long as Verdaccio does.
    _folder: tempfile::TempDir,
    _beyond: Registry,
    child: Mutex<Child>,
}

static LAB: OnceLock<Lab> = OnceLock::new();

impl Lab {
    /// The one that runs; started when the first story needs it.
    pub fn running() -> &'static Self {
        LAB.get_or_init(Self::start)
    }

    /// Ends it, if it was started.
    pub fn stop() {
        if let Some(lab) = LAB.get() {
            let mut child = lab.child.lock().unwrap_or_else(PoisonError::into_inner);
            child.kill().ok();
            child.wait().ok();
        }
    }

    fn start() -> Self {
        let program = installed();
        let beyond = Registry::start(vec![Rule::json("GET", "/lodash", 200, "OK", &lodash())]);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let users = "alice:{SHA}LnNEJV8jKtmfFq9Xj5SGUhsNZSU=\ndev:{SHA}BNSbJp/A+/z+Uc65KAtMAFXCGeQ=\n";
        fs::write(folder.path().join("htpasswd"), users).expect("a new file");
        let config = format!(
            "storage: {here}/storage\nauth:\n  htpasswd:\n    file: {here}/htpasswd\n    max_users: -1\n\
             uplinks:\n  beyond:\n    url: {beyond}\npackages:\n\
             \x20 '@secret/*':\n    access: alice\n    publish: alice\n    unpublish: alice\n\
             \x20 '@acme/*':\n    access: $all\n    publish: alice\n    unpublish: alice\n\
             \x20 '**':\n    access: $all\n    publish: $authenticated\n    proxy: beyond\n\
             log: {{ type: stdout, format: json, level: info }}\n",
            here = folder.path().display(),
            beyond = beyond.url(),
        );
        fs::write(folder.path().join("config.yaml"), config).expect("a new file");
        let port = free_port();
        let address: SocketAddr = ([127, 0, 0, 1], port).into();
        let mut child = Command::new(program)
            .args(["--config", "config.yaml", "--listen", &address.to_string()])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Verdaccio starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is a pipe")).lines();
        let mut said = String::new();
        loop {
            match lines.next() {
                Some(Ok(line)) if line.contains("http address") => break,
                Some(Ok(line)) => said.push_str(&line),
                _ => panic!("Verdaccio ended before it listened: {said}"),
            }
        }
        // Whoever does not read a pipe stops the writer.
        std::thread::spawn(move || lines.for_each(drop));
        let child = Mutex::new(child);
        Self { url: format!("http://{address}/"), address, _folder: folder, _beyond: beyond, child }
    }

    /// A gate before it that refuses one kind of request.
    pub fn gate(&self, method: &'static str, path: &'static str, says: &'static str) -> Gate {
        Gate::before(self.address, method, path, says)
    }

    /// A package that only alice may read is published; the project that would install it.
    pub fn secret(&self, name: &str) -> Result<Project, String> {
        let source = Project::new(&json!({ "name": name, "version": "1.0.0" }));
        source.use_registry(&self.url, "alice");
        source.npm_succeeds(&["publish"])?;
        Ok(Project::new(&json!({ "name": "shop", "version": "1.0.0" })))
    }
}

/// The package that every registry of public packages has.
fn lodash() -> Value {
    json!({
        "name": "lodash", "dist-tags": { "latest": "4.17.21" },
        "versions": { "4.17.21": {
            "name": "lodash", "version": "4.17.21",
            "dist": { "tarball": "{registry}lodash/-/lodash-4.17.21.tgz", "shasum": "0".repeat(40) },
        } },
    })
}

fn installed() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let program = cache.expect("HOME is set").join("unforbid-lab/verdaccio@6/node_modules/.bin/verdaccio");
    assert!(
        program.is_file(),
        "Verdaccio is not installed at {}; run .ci/registries, which installs it",
        program.display()
    );
    program
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
    listener.local_addr().expect("a bound address").port()
}

/// A project and a home of its own.
pub struct Project {
    folder: tempfile::TempDir,
}

/// What npm printed when it was refused.
pub struct Refused(String);

/// What the program made of it.
pub struct Looked {
    incident: Value,
}

impl Project {
    pub fn new(manifest: &Value) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for inside in ["home", "project"] {
            fs::create_dir(folder.path().join(inside)).expect("a new folder");
        }
        let project = Self { folder };
        project.write("package.json", &manifest.to_string());
        project
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("project").join(name), text).expect("a new file");
    }

    /// The registry with the login of a user.
    pub fn use_registry(&self, url: &str, user: &str) {
        self.use_registry_with(url, "", user);
    }

    /// The same, the login for a path below.
    pub fn use_registry_with(&self, url: &str, path: &str, user: &str) {
        let login = match user {
            "alice" => "YWxpY2U6YWxpY2UtcGFzc3dvcmQ=",
            _ => "ZGV2OmRldi1wYXNzd29yZA==",
        };
        let key = url.strip_prefix("http:").expect("the registry speaks http");
        self.settings(&format!("registry={url}\n{key}{path}:_auth={login}\n"));
    }

    pub fn use_nobody(&self, url: &str) {
        self.settings(&format!("registry={url}\n"));
    }

    fn settings(&self, text: &str) {
        fs::write(self.folder.path().join("home/.npmrc"), text).expect("a new file");
    }

    /// A program in the project, with nothing of this machine's own settings.
    fn run(&self, program: &str) -> Command {
        let home = self.folder.path().join("home");
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path().join("project"))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").expect("PATH is set"))
            .env("HOME", &home)
            .env("UNFORBID_HOME", home.join("none"))
            .env("NPM_CONFIG_GLOBALCONFIG", home.join("no-global-npmrc"))
            .env("NPM_CONFIG_FUND", "false")
            .env("NPM_CONFIG_FETCH_RETRIES", "0")
            .env("NPM_CONFIG_UPDATE_NOTIFIER", "false");
        command
    }

    fn npm(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.run("npm").args(arguments).stdin(Stdio::null()).output();
        let output = output.expect("npm is on PATH; on Debian: apt-get install npm");
        (
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )
    }

    pub fn npm_succeeds(&self, arguments: &[&str]) -> Result<(), String> {
        let (ok, printed) = self.npm(arguments);
        if ok { Ok(()) } else { Err(format!("npm {arguments:?} failed:\n{printed}")) }
    }

    pub fn npm_fails(&self, arguments: &[&str]) -> Result<String, String> {
        let (ok, printed) = self.npm(arguments);
        if ok { Err(format!("npm {arguments:?} succeeded:\n{printed}")) } else { Ok(printed) }
    }

    /// npm, refused with a 403.
    pub fn refused(&self, arguments: &[&str]) -> Result<Refused, String> {
        let printed = self.npm_fails(arguments)?;
        if printed.contains("403") { Ok(Refused(printed)) } else { Err(format!("no 403:\n{printed}")) }
    }
}

/// Runs the built program on a log in a project.
pub fn diagnose(log: &str, project: &Project, arguments: &[&str]) -> Result<Value, String> {
    let mut child = project
        .run(env!("CARGO_BIN_EXE_unforbid"))
        .args(["diagnose", "-", "--json"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("stdin is a pipe").write_all(log.as_bytes()).expect("it reads its input");
    let output = child.wait_with_output().expect("the program ends");
    let complaint = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{error}: {complaint}"))
}

impl Refused {
    /// Looks at the configuration and asks the registry: `anonymous` or `auth`.
    pub fn look(&self, project: &Project, how: &str) -> Result<Looked, String> {
        let before = diagnose(&self.0, project, &[])?;
        let mut answer = diagnose(&self.0, project, &["--config", ".", &format!("--probe={how}")])?;
        let incidents = answer["incidents"].as_array_mut().ok_or("no list of incidents")?;
        if incidents.is_empty() || before["incidents"].as_array().map_or(0, Vec::len) != incidents.len() {
            return Err(format!("looking changed the incidents, or there is none:\n{}", self.0));
        }
        Ok(Looked { incident: incidents.remove(0) })
    }
}

impl Looked {
    fn claim(&self, holds: bool, what: &str) -> Result<(), String> {
        let causes: Vec<String> = self
            .list("causes")
            .iter()
            .map(|cause| format!("{} {}", cause["id"], cause["confidence"]))
            .collect();
        let found: Vec<String> = self
            .list("observations")
            .iter()
            .map(|found| format!("{}: {}", found["observed"], found["text"]))
            .collect();
        if holds {
            Ok(())
        } else {
            Err(format!("{what}\n  {causes:?}\n  {}\n  {}", found.join("\n  "), self.incident["facts"]))
        }
    }

    fn list(&self, key: &str) -> &[Value] {
        self.incident[key].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    fn has(&self, sign: &str) -> bool {
        self.list("observations").iter().any(|found| found["observed"] == sign)
    }

    pub fn verdict(&self, id: &str, confidence: &str) -> Result<(), String> {
        let top = &self.incident["causes"][0];
        self.claim(top["id"] == id && top["confidence"] == confidence, &format!("not {id} {confidence}"))
    }

    pub fn proved_by(&self, sign: &str) -> Result<(), String> {
        let places = self.incident["causes"][0]["proved_by"].as_array().cloned().unwrap_or_default();
        let signs = places
            .iter()
            .filter_map(|place| self.list("observations").get(usize::try_from(place.as_u64()?).ok()?));
        let proved = signs.clone().any(|found| found["observed"] == sign);
        self.claim(proved, &format!("{sign} does not prove it"))
    }

    pub fn found(&self, sign: &str) -> Result<(), String> {
        self.claim(self.has(sign), &format!("{sign} is not found"))
    }

    pub fn not_found(&self, sign: &str) -> Result<(), String> {
        self.claim(!self.has(sign), &format!("{sign} is found"))
    }

    pub fn does_not_name(&self, id: &str) -> Result<(), String> {
        let named = self.list("causes").iter().any(|cause| cause["id"] == id);
        self.claim(!named, &format!("{id} is named"))
    }

    pub fn fact(&self, name: &str, value: &str) -> Result<(), String> {
        let told = &self.incident["facts"][name];
        self.claim(told == value || told["value"] == value, &format!("{name} is {told}"))
    }

    pub fn checks(&self, state: &str, least: usize) -> Result<(), String> {
        let checks = self.incident["causes"][0]["checklist"].as_array().cloned().unwrap_or_default();
        let count = checks.iter().filter(|check| check["state"] == state).count();
        self.claim(count >= least, &format!("{count} checks are {state}"))
    }

    /// What came last at the gate is the program's own: nothing but reads.
    pub fn only_reads(&self, gate: &Gate) -> Result<(), String> {
        let seen = gate.take_seen();
        let refused = seen.iter().rposition(|line| !line.starts_with("GET ") && !line.starts_with("HEAD "));
        let after = seen.len() - refused.map_or(0, |at| at + 1);
        let writes =
            seen.iter().filter(|line| !line.starts_with("GET ") && !line.starts_with("HEAD ")).count();
        self.claim(writes <= 2 && after >= 2, &format!("{seen:?}"))
    }
}
