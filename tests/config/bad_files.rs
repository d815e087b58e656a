//! Files that are no files, too large, closed or strange: a clear word for each, and never a wait.

use std::fs;
use std::path::Path;

use unforbid::config::{self, Client, Configuration, Family, Machine, Outcome};

use super::layout::knowledge;

fn read(root: &Path) -> Configuration {
    let npm = Client { family: Family::Npm, major: Some(11), minor: None };
    let machine = Machine { home: Some(root.join("home")), ..Machine::default() };
    config::read(&root.join("project"), npm, &machine, knowledge())
}

fn outcome(make: impl FnOnce(&Path)) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for name in ["home", "project"] {
        fs::create_dir(folder.path().join(name)).expect("a folder can be made");
    }
    make(&folder.path().join("home/.npmrc"));
    let configuration = read(folder.path());
    let visited = configuration
        .files()
        .iter()
        .find(|visited| visited.shown == "~/.npmrc")
        .expect("the file was looked for");
    visited.outcome.clone()
}

#[track_caller]
fn is_unreadable(outcome: Outcome, words: &str) {
    match outcome {
        Outcome::Unreadable(why) => assert!(why.contains(words), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_file_is_missing() {
    assert_eq!(outcome(|_| {}), Outcome::Missing);
}

#[test]
fn a_folder_is_not_a_file() {
    is_unreadable(outcome(|path| fs::create_dir(path).unwrap()), "it is a folder");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_device_is_not_opened() {
    is_unreadable(outcome(|path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()), "a device");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let make =
        |path: &Path| assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    is_unreadable(outcome(make), "a pipe");
}

#[cfg(unix)]
#[test]
fn a_link_into_the_void_is_no_missing_file() {
    is_unreadable(
        outcome(|path| std::os::unix::fs::symlink("nowhere", path).unwrap()),
        "a link to a file that is not there",
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_told() {
    is_unreadable(outcome(|path| std::os::unix::fs::symlink(path, path).unwrap()), "cannot read it");
}

#[cfg(unix)]
#[test]
fn a_closed_file_says_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    let found = outcome(|path| {
        fs::write(path, "registry=https://npm.acme.example/\n").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o0)).unwrap();
    });
    // The superuser may read everything.
    if found != Outcome::Read {
        is_unreadable(found, "permissions");
    }
}

#[test]
fn a_file_of_more_than_four_mebibytes_is_something_else() {
    is_unreadable(outcome(|path| fs::write(path, "x".repeat((4 << 20) + 1)).unwrap()), "the limit is 4 MiB");
}

#[test]
fn a_file_of_ten_thousand_lines_is_read_and_its_last_line_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("home")).unwrap();
    fs::create_dir_all(folder.path().join("project")).unwrap();
    let lines: String = (0..10_000).map(|n| format!("registry=https://r{n}.example/\n")).collect();
    fs::write(folder.path().join("home/.npmrc"), lines).unwrap();
    let registry = read(folder.path()).registry_for(Some("ui"), false);
    assert_eq!(registry.value, "https://r9999.example/");
    assert_eq!(registry.shadowed.len(), 10_000);
}

#[test]
fn a_project_is_the_nearest_folder_with_a_manifest_or_a_lock_file() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    fs::create_dir_all(&deep).unwrap();
    fs::write(folder.path().join("a/yarn.lock"), "").unwrap();
    assert_eq!(config::find_project(&deep), Some(folder.path().join("a")));
    fs::write(folder.path().join("a/b/package.json"), "{}").unwrap();
    assert_eq!(config::find_project(&deep), Some(folder.path().join("a/b")));
}
