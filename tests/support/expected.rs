//! The expectations beside the captures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The captures of one client and major version.
pub struct Folder {
    /// `npm-12`.
    pub name: String,
    pub captures: Vec<Capture>,
}

impl Folder {
    /// `npm` of `npm-12`.
    pub fn family(&self) -> &str {
        self.name.rsplit_once('-').map_or(self.name.as_str(), |(family, _)| family)
    }
}

/// One log and what is to be read from it.
pub struct Capture {
    pub name: String,
    pub path: PathBuf,
    pub operation: String,
    pub incidents: Vec<Expected>,
    pub related: Vec<String>,
    /// Nobody has looked at the expectation yet.
    pub is_draft: bool,
}

#[derive(Deserialize)]
struct File {
    captures: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    operation: String,
    incidents: Vec<Expected>,
    #[serde(default)]
    related: Vec<String>,
    review: Option<String>,
}

/// One refusal.
#[derive(Deserialize)]
pub struct Expected {
    pub facts: BTreeMap<String, String>,
    #[serde(default)]
    pub unknown: Vec<String>,
    pub reason_state: Option<String>,
    #[serde(default)]
    pub reason_contains: Vec<String>,
}

/// Every folder with captures, sorted by name. Fails when a log has no expectation or the reverse.
pub fn folders(root: &Path) -> Vec<Folder> {
    let mut folders: Vec<Folder> = fs::read_dir(root)
        .expect("the captures can be listed")
        .map(|entry| entry.expect("the captures can be listed").path())
        .filter(|path| path.is_dir())
        .map(|path| folder(&path))
        .collect();
    folders.sort_by(|one, other| one.name.cmp(&other.name));
    folders
}

fn folder(path: &Path) -> Folder {
    let name = path.file_name().expect("a folder has a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(path.join("expected.json")).expect("every folder has its expectations");
    let file: File = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let logs = fs::read_dir(path)
        .expect("the captures can be listed")
        .filter(|entry| {
            entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "log"))
        })
        .count();
    assert_eq!(logs, file.captures.len(), "{name}: as many logs as expectations");
    let captures = file.captures.into_iter().map(|(id, entry)| {
        let path = path.join(format!("{id}.log"));
        let is_draft = entry.review.is_some();
        let Entry { operation, incidents, related, .. } = entry;
        Capture { name: id, path, operation, incidents, related, is_draft }
    });
    let captures = captures.collect();
    Folder { name, captures }
}
