//! The command line: arguments in, exit code out.
//!
//! Owns what the program does before and instead of a window, its streams and its exit codes.
//! Must not know how an answer is found or how it looks.

mod args;
mod examples;
mod knowledge;
mod look;
mod own;
mod run;
mod streams;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::knowledge::{FolderError, SkeletonError};
use crate::text::OpenError;

/// The exit codes. `1` is not a failure: the log was read, and it holds no 403 of a registry.
pub mod exit {
    /// A cause is named.
    pub const DIAGNOSED: u8 = 0;
    /// Read, but nothing recognised.
    pub const NOTHING: u8 = 1;
    /// Could not run.
    pub const FAILED: u8 = 2;
}

/// Why the program could not do what was asked.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// No file was named, and nothing is piped in.
    #[error("cannot read a log: none is named and none is piped in; name one: unforbid diagnose FILE")]
    NoInput,
    /// The project folder is none.
    #[error("cannot read the configuration: this is no folder; name that of your project: {}", .path.display())]
    NoProject {
        /// What was named.
        path: PathBuf,
    },
    /// The program was built without its probe.
    #[error(
        "cannot ask the registry: this build has no probe; leave out --probe, or see what it would ask: --dry-run"
    )]
    Probeless,
    /// The log cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A folder of own entries cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No new entry was written.
    #[error(transparent)]
    Skeleton(#[from] SkeletonError),
    /// There is no usual place for own entries.
    #[error("cannot find a place for the entry: there is no home folder; name one: --in DIR")]
    NoConfigFolder,
    /// The window was asked for with a file that is not there.
    #[error("cannot open the log: there is no such file{hint}: {}", .path.display())]
    NoSuchFile {
        /// The file.
        path: PathBuf,
        /// Empty, or what else may be meant.
        hint: String,
    },
    /// Standard input broke off.
    #[error("cannot read the log: {0}; save it and name the file: standard input")]
    Read(#[source] std::io::Error),
    /// The result cannot be written.
    #[error("cannot write the result: {0}; check where the output goes: standard output")]
    Write(#[source] std::io::Error),
    /// No cause and no code has this name.
    #[error("cannot explain this: no cause or code has this id; {hint}: {id}")]
    UnknownId {
        /// What was typed.
        id: String,
        /// What may be meant.
        hint: String,
    },
    /// No client has this id.
    #[error("cannot spell commands for this client; known are {known}: {id}")]
    UnknownClient {
        /// What was typed.
        id: String,
        /// The ids that exist.
        known: String,
    },
    /// There is no window, for a reason in plain words.
    #[error("cannot open a window: {reason}; {needs}use instead: unforbid diagnose {file}")]
    NoWindow {
        /// Why.
        reason: String,
        /// What a window needs, if the system lacks it.
        needs: &'static str,
        /// The log that was to be shown, or a word for it.
        file: String,
    },
    /// The program was built without its window.
    #[error("this build has no window; use `unforbid diagnose {file}`")]
    Windowless {
        /// The log that was to be shown, or a word for it.
        file: String,
    },
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let result = match args::Args::try_parse() {
        Ok(args) => run::run(args),
        Err(usage) => streams::usage(&usage),
    };
    ExitCode::from(result.unwrap_or_else(|error| {
        streams::complain("error", &error.to_string());
        exit::FAILED
    }))
}
