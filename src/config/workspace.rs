//! Where a project starts, and which workspace it is a member of.

use std::fs;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use super::files;
use super::manifest::Manifest;

/// The lock files, by name.
pub(super) const LOCKFILES: [&str; 7] = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "bun.lock",
    "bun.lockb",
    "deno.lock",
];

/// The nearest folder upwards with a `package.json` or a lock file.
pub fn find_project(folder: &Path) -> Option<PathBuf> {
    let is_project = |folder: &&Path| {
        let names = std::iter::once("package.json").chain(LOCKFILES);
        names.into_iter().any(|name| is_file(&folder.join(name)))
    };
    folder.ancestors().find(is_project).map(Path::to_owned)
}

/// The root of the workspace that a folder is a member of, by the patterns of a `package.json` above it.
pub(super) fn root_of(project: &Path) -> Option<PathBuf> {
    project.ancestors().skip(1).find(|folder| is_member(project, folder)).map(Path::to_owned)
}

/// The nearest folder upwards with a `pnpm-workspace.yaml`.
pub(super) fn pnpm_root(project: &Path) -> Option<PathBuf> {
    project.ancestors().find(|folder| is_file(&folder.join("pnpm-workspace.yaml"))).map(Path::to_owned)
}

fn is_member(project: &Path, folder: &Path) -> bool {
    let path = folder.join("package.json");
    let Ok(content) = files::read(&path) else {
        return false;
    };
    let Ok(manifest) = Manifest::parse(&content.text, "package.json") else {
        return false;
    };
    let Ok(below) = project.strip_prefix(folder) else {
        return false;
    };
    let mut is_member = false;
    for pattern in &manifest.workspaces {
        let (pattern, counts) = match pattern.strip_prefix('!') {
            Some(pattern) => (pattern, false),
            None => (pattern.as_str(), true),
        };
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
        // A pattern that is none names no member.
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        if glob.is_ok_and(|glob| glob.compile_matcher().is_match(below)) {
            is_member = counts;
        }
    }
    is_member
}

fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}
