//! Entries of a folder that the user has named in the window, over those that the program was started with.
//!
//! Owns their loading. Must not know how they are shown or when they are used.

use std::path::{Path, PathBuf};

use crate::knowledge::{self, Knowledge, Severity};

/// More mistakes than this are not listed.
const LISTED: usize = 10;

/// The entries to answer from, and what there is to tell about the own ones.
#[derive(Clone, Debug)]
pub struct OwnEntries {
    /// All entries.
    pub knowledge: &'static Knowledge,
    /// How many own files were understood.
    pub count: usize,
    /// What was left out and why, one line each.
    pub troubles: Vec<String>,
}

/// Puts the entries of a folder over others; without a folder there are only the others.
pub fn load(base: &'static Knowledge, folder: Option<&Path>) -> OwnEntries {
    let Some(folder) = folder else {
        return OwnEntries { knowledge: base, count: 0, troubles: Vec::new() };
    };
    let merged = knowledge::merge(base, &[PathBuf::from(folder)]);
    let errors = merged.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let troubles = errors.take(LISTED).map(knowledge::Problem::in_one_line).collect();
    // Kept until the program ends: pages and answers point into it, and a folder is named a few times at most.
    OwnEntries { knowledge: Box::leak(Box::new(merged.knowledge)), count: merged.files.len(), troubles }
}
