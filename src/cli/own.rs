//! Where own entries are, and the knowledge with them.
//!
//! Owns the folders that are looked into and their order. Must not know what an entry says.

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy as _;

use super::CliError;
use crate::knowledge::{self, FolderError, Knowledge, Merged, Problem, Severity};

/// Folders of own entries, as `PATH` lists folders.
const VARIABLE: &str = "UNFORBID_KNOWLEDGE";
/// More mistakes than this are not listed beside an answer.
const LISTED: usize = 10;

/// What the program knows in this run.
#[derive(Clone, Debug)]
pub struct Known {
    /// All entries.
    pub knowledge: &'static Knowledge,
    /// Own entries that are left out, one line each.
    pub warnings: Vec<String>,
}

/// The bundled entries, with those of the usual folders and of `named` over them.
pub fn known(named: &[PathBuf]) -> Result<Known, CliError> {
    for folder in named {
        knowledge::usable(folder)?;
    }
    let mut folders = usual_folders();
    folders.extend(named.iter().cloned());
    if folders.is_empty() {
        return Ok(Known { knowledge: Knowledge::bundled(), warnings: Vec::new() });
    }
    let merged = knowledge::merge(Knowledge::bundled(), &folders);
    let warnings = warnings(&merged);
    // Once in a run, and used until its end, also by the threads of the window.
    Ok(Known { knowledge: Box::leak(Box::new(merged.knowledge)), warnings })
}

fn warnings(merged: &Merged) -> Vec<String> {
    let errors = merged.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let mut lines: Vec<String> = errors.map(in_one_line).collect();
    if let Some(more) = lines.len().checked_sub(LISTED).filter(|more| *more > 1) {
        lines.truncate(LISTED);
        lines.push(format!("{more} more mistakes in own entries; see them with `unforbid knowledge check`"));
    }
    lines
}

fn in_one_line(problem: &Problem) -> String {
    let told = problem.in_one_line();
    // What is wrong with a whole folder says so itself.
    if told.starts_with("cannot ") { told } else { format!("own entry left out: {told}") }
}

/// The folders that are used without being named: that of the configuration, if it is there, then those of the
/// variable, which are missed if they are not.
pub fn usual_folders() -> Vec<PathBuf> {
    // One that is empty was made to be filled, which is no mistake.
    let in_use = |folder: &PathBuf| {
        folder.exists() && !matches!(knowledge::usable(folder), Err(FolderError::NoEntries(_)))
    };
    let mut folders: Vec<PathBuf> = config_folder().into_iter().filter(in_use).collect();
    if let Some(listed) = env::var_os(VARIABLE) {
        folders.extend(env::split_paths(&listed).filter(|folder| !folder.as_os_str().is_empty()));
    }
    folders
}

/// Where own entries are kept if nothing else is said: `knowledge` beside the window's settings.
pub fn config_folder() -> Option<PathBuf> {
    let chosen = env::var_os("UNFORBID_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    Some(chosen.or_else(portable).or_else(of_the_system)?.join("knowledge"))
}

/// The folder beside an executable that is carried around, if the file that says so is there.
fn portable() -> Option<PathBuf> {
    let executable = env::current_exe().ok()?;
    let beside = executable.parent()?;
    beside.join("unforbid.portable").is_file().then(|| beside.join("data"))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn of_the_system() -> Option<PathBuf> {
    Some(etcetera::base_strategy::Xdg::new().ok()?.config_dir().join("unforbid"))
}

#[cfg(target_os = "macos")]
fn of_the_system() -> Option<PathBuf> {
    Some(etcetera::base_strategy::Apple::new().ok()?.data_dir().join("Unforbid"))
}

#[cfg(windows)]
fn of_the_system() -> Option<PathBuf> {
    Some(etcetera::base_strategy::Windows::new().ok()?.config_dir().join("Unforbid"))
}
