//! The words of a list of logs.

use crate::app::batch::{Found, Log};

/// How many there are.
pub fn heading(count: usize) -> String {
    format!("{count} logs")
}

/// Below it, while they are read.
pub fn reading(done: usize, all: usize) -> String {
    format!("Reading: {done} of {all}")
}

/// Below it, when they were read.
pub fn summary(refused: usize, all: usize) -> String {
    match refused {
        0 => format!("None of {all} logs holds a refused request"),
        1 => format!("1 of {all} logs holds a refused request"),
        refused => format!("{refused} of {all} logs hold a refused request"),
    }
}

/// More than can be read at once.
pub fn left_out(count: usize) -> String {
    let (logs, are) = if count == 1 { ("log", "is") } else { ("logs", "are") };
    format!("{count} more {logs} {are} left out, because there are too many; open them by themselves")
}

/// While a log was not read.
pub const WAITING: &str = "Not read yet";

/// What is in a log: in short, and beside it.
pub fn found(log: &Log) -> (String, String) {
    match &log.found {
        None => (WAITING.to_owned(), String::new()),
        Some(Found::Nothing(title) | Found::Failed(title)) => (title.clone(), String::new()),
        Some(Found::Refused { title, about, count }) => {
            let more = match count - 1 {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            (title.clone(), format!("{about}{more}"))
        }
    }
}
