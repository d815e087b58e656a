//! The words of the look beyond the log.

use std::time::Duration;

use super::{confidence, plural};
use crate::advice::Cause;
use crate::probe::{Ask, Reply};

/// The heading of the sheet.
pub const HEADING: &str = "Check with the registry";
/// What happens, and what does not.
pub const LEAD: &str = "Reads your configuration, then asks the registry what you tick. It only reads; nothing is sent before you press Ask.";
/// The part about files.
pub const CONFIGURATION: &str = "Your configuration";
/// The part about requests.
pub const REQUESTS: &str = "What would be asked";
/// The same after the first answers.
pub const MORE_REQUESTS: &str = "What could be asked next";
/// What the answers show so far.
pub fn so_far(verdict: &str) -> String {
    format!("So far: {verdict}.")
}
/// While files are read.
pub const LOOKING: &str = "Reading the configuration";
/// While requests are under way.
pub const ASKING: &str = "Asking the registry";
/// No project was chosen.
pub const NO_PROJECT: &str = "No project chosen: only your own settings are read.";
/// The button that chooses one.
pub const PICK_PROJECT: &str = "Project folder…";
/// The title of that dialog.
pub const PICK_TITLE: &str = "Choose the project's folder";
/// The configuration says nothing against this request.
pub const NOTHING_FOUND: &str = "Nothing in it speaks for or against a cause.";
/// Nothing can be asked.
pub const NOTHING_TO_ASK: &str = "There is nothing that a read could answer here.";
/// The choice about credentials.
pub const WITH_CREDENTIALS: &str =
    "Also ask with my credential, where the package manager itself would send it";
/// A request without one.
pub const ANONYMOUS: &str = "Sends no credential";
/// The button that stops.
pub const STOP: &str = "Stop";
/// The card in the answer.
pub const LOOKED: &str = "What was looked at";
/// The part of it about causes that are out.
pub const RULED_OUT: &str = "Ruled out";
/// Above the findings that prove a cause.
pub const PROVED_BY: &str = "Proved by";
/// A line for a file.
pub const COPY_LINE: &str = "Copy new line";
/// What was copied.
pub const THE_LINE: &str = "the new line";
/// A line that has to go.
pub const REMOVE_LINE: &str = "Remove this line";

/// A project that the log names.
pub fn use_folder(folder: &str) -> String {
    format!("Use {folder}, which the log names")
}

/// Whose files are read.
pub fn project(folder: &str) -> String {
    format!("Project: {folder}")
}

/// How many files were read.
pub fn files(count: usize) -> String {
    format!("{} read", plural(count, "file", "files"))
}

/// The button that sends.
pub fn ask(count: usize) -> String {
    match count {
        0 => "Ask".to_owned(),
        1 => "Ask once".to_owned(),
        count => format!("Ask {count} times"),
    }
}

/// What a request is, for assistive technology and beside the box.
pub fn request(ask: &Ask) -> String {
    format!("{} {}", ask.verb.name(), ask.url)
}

/// What goes with it.
pub fn sends(ask: &Ask) -> String {
    match &ask.credential {
        Some(sent) => format!("Sends your {} from {}", sent.description, sent.place),
        None => ANONYMOUS.to_owned(),
    }
}

/// What came back.
pub fn answered(reply: &Reply, took: Duration) -> String {
    let phrase = reply.phrase.as_deref().map(|phrase| format!(" {phrase}")).unwrap_or_default();
    format!("Answered {}{phrase} in {} ms", reply.status, took.as_millis())
}

/// The verdict after a round.
pub fn verdict(cause: &Cause, excluded: usize) -> String {
    let title = &cause.title;
    let sure = confidence(cause).to_lowercase();
    match excluded {
        0 => format!("{title}: {sure}"),
        count => format!("{title}: {sure}; {} ruled out", plural(count, "cause", "causes")),
    }
}
