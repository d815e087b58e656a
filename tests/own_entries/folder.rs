//! A folder of own entries, and the program run beside it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A log that the entry of [`Folder::with_entry`] recognises.
pub const LOG: &str = "npm error code E403\n\
    npm error 403 403 Forbidden - GET https://npm.acme.example/left-pad - Connect to the Acme VPN first\n";

/// What the program did.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.home()).unwrap();
        folder
    }

    /// With one finished entry in `acme`, made as an author makes it.
    pub fn with_entry(id: &str) -> Self {
        let folder = Self::new();
        folder.add(id);
        folder
    }

    pub fn add(&self, id: &str) {
        let made = self.run(&["knowledge", "new", id, "--in", "acme"]);
        assert_eq!(made.code, 0, "{}", made.stderr);
        self.change(&format!("acme/causes/{id}.json"), |entry| {
            let mut text = entry.to_string().replace("Write here", "This says");
            text = text.replace(&format!("The words that only this refusal has ({id})"), &said(id));
            text = text.replace(&format!("the words that only this refusal has \\\\({id}\\\\)"), &said(id));
            *entry = serde_json::from_str(&text).unwrap();
            entry["title"] = json!("The VPN is off");
        });
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    pub fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub fn write(&self, path: &str, value: &Value) {
        self.write_text(path, serde_json::to_string_pretty(value).unwrap().as_bytes());
    }

    pub fn write_text(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn change(&self, path: &str, change: impl FnOnce(&mut Value)) {
        let mut entry = serde_json::from_str(&self.read(path)).unwrap();
        change(&mut entry);
        self.write(path, &entry);
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    pub fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Ran {
        finish(&mut self.program(arguments), stdin)
    }

    pub fn run_env(&self, arguments: &[&str], name: &str, value: &OsStr) -> Ran {
        self.run_env_with(arguments, name, value, b"")
    }

    pub fn run_env_with(&self, arguments: &[&str], name: &str, value: &OsStr, stdin: &[u8]) -> Ran {
        finish(self.program(arguments).env(name, value), stdin)
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unforbid"));
        command.args(arguments).current_dir(self.0.path()).env("UNFORBID_HOME", self.home());
        for name in ["UNFORBID_KNOWLEDGE", "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
            command.env_remove(name);
        }
        command
    }
}

/// What the registry says; the first entry has words of its own.
fn said(id: &str) -> String {
    if id == "acme-vpn" { "Connect to the Acme VPN first".to_owned() } else { format!("refused by {id}") }
}

fn finish(command: &mut Command, stdin: &[u8]) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A program that does not read its input closes the pipe, which is fine.
    child.stdin.take().unwrap().write_all(stdin).ok();
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: text(&output.stdout).to_owned(),
        stderr: text(&output.stderr).to_owned(),
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The day, as an entry has it.
pub fn today() -> String {
    unforbid::knowledge::Day::today().to_string()
}
