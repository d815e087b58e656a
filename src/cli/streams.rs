//! The three streams: what stdout can show, and words on stderr.
//!
//! Owns every write to a stream. Must not know what is written.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal, Write};
use std::time::SystemTime;
use std::{env, process};

use super::{CliError, exit};
use crate::advice::Shell;
use crate::output::{Style, safe};

/// Wider lines are hard to read, whatever the terminal offers.
const MAX_WIDTH: usize = 100;

/// How to print on this stdout.
pub fn style(shell: Option<Shell>) -> Style {
    let terminal = io::stdout().is_terminal();
    let width = terminal_size::terminal_size_of(io::stdout())
        .map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns));
    Style {
        width: width.min(MAX_WIDTH),
        color: terminal && wants_color(),
        shell: shell.unwrap_or(Shell::of_this_system()),
        // A pipe on Windows is read in whatever code page the reader believes in.
        ascii: cfg!(windows) && !terminal,
        salt: salt(),
    }
}

/// <https://no-color.org>. Older Windows consoles print escape sequences as they are; those that set one of these
/// variables do not.
fn wants_color() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    !set("NO_COLOR") && !dumb && (!cfg!(windows) || set("WT_SESSION") || set("TERM"))
}

/// A number that nobody outside of this process can foresee: the hasher's own keys come from the system.
fn salt() -> u64 {
    RandomState::new().hash_one((process::id(), SystemTime::now()))
}

/// Writes the result. Whoever closes the pipe early has read enough, so that is success.
pub fn print(result: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(result.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Write(error)),
        _ => Ok(()),
    }
}

/// Prints help or version on stdout, and a mistake in the arguments on stderr.
pub fn usage(usage: &clap::Error) -> Result<u8, CliError> {
    if usage.use_stderr() {
        // An unexpected argument is quoted in the message; with `*.log` it is a file's name.
        let lines = safe::lines(&usage.render().to_string());
        alert(&format!("{}\n", lines.join("\n")));
        return Ok(exit::FAILED);
    }
    match usage.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Write(error)),
        _ => Ok(exit::DIAGNOSED),
    }
}

/// One line on stderr.
pub fn complain(kind: &str, message: &str) {
    alert(&format!("{kind}: {}\n", safe::line(message)));
}

/// Lines on stderr, harmless to a CI agent: it reads that stream, too, and a file's name can be hostile.
fn alert(lines: &str) {
    // Without stderr there is nobody left to tell.
    let stderr = io::stderr();
    stderr.lock().write_all(safe::defused(lines).as_bytes()).ok();
}
