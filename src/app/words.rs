//! Every sentence of the window that is not a command's label.
//!
//! Owns the words. Sentence case, plain words, no exclamation marks; never blames.

pub mod batch;
mod checks;
mod commands;
mod failures;
pub mod find;
pub mod history;
pub mod inquiry;
pub mod library;
pub mod palette;
pub mod report;
pub mod settings;
pub mod watch;

pub use checks::{CONFIRMS, OTHERWISE, answered, answers, check_state};
pub use failures::{cannot_open, engine_failed, no_npm_log, sentence};

use crate::advice::{self, Cause, Confidence, Shell, StepKind};
use crate::knowledge::{Risk, Who};

/// The name of the program.
pub const NAME: &str = "Unforbid";

/// What the window is called while a log is in it.
pub fn window_title(log: &str) -> String {
    format!("{log} - {NAME}")
}

// Start.
/// The heading of the start screen.
pub const START_HEADING: &str = "Why was it forbidden?";
/// What to do, and the promise.
pub const START_LEAD: &str = "Paste what your package manager printed, or open its log.";
/// The same where files can be dropped.
pub const START_LEAD_DROP: &str = "Paste what your package manager printed, or drop its log here.";
/// The promise.
pub const PROMISE: &str = "Nothing leaves this computer unasked.";
/// What the box is called.
pub const BOX_NAME: &str = "Paste the error here";
/// What stands in the empty box.
pub const BOX_HINT: &str =
    "Paste the error here\n\nnpm error code E403\nnpm error 403 403 Forbidden - PUT https://…";
/// Above the examples.
pub const EXAMPLES_HEADING: &str = "Or look at an example";
/// What is read, and what happens to secrets.
pub const START_FOOT: &str = "Reads npm, pnpm, yarn and bun, terminal or CI. Tokens and passwords are hidden before anything is shown.";
/// The command that opens the newest log.
pub const LATEST_NPM_LOG: &str = "Latest npm log";
/// What pasted text is called.
pub const PASTED: &str = "Pasted text";

/// A bundled example.
#[derive(Debug)]
pub struct Example {
    /// What it shows.
    pub title: &'static str,
    /// Where it comes from.
    pub kind: &'static str,
    /// What its log is called.
    pub file: &'static str,
    /// The log, with placeholders for hosts.
    pub log: &'static str,
}

/// The bundled examples.
pub const EXAMPLES: [Example; 3] = [
    Example {
        title: "A release that ran twice",
        kind: "npm publish, terminal",
        file: "published-version.log",
        log: include_str!("../../assets/examples/published-version.log"),
    },
    Example {
        title: "A token that is not enough",
        kind: "npm publish, GitHub Actions",
        file: "ci-token.log",
        log: include_str!("../../assets/examples/ci-token.log"),
    },
    Example {
        title: "A company registry says no",
        kind: "npm install, Artifactory",
        file: "blocked-download.log",
        log: include_str!("../../assets/examples/blocked-download.log"),
    },
];

// Reading, dialogs, dropping.
/// While a log is read.
pub fn reading(name: &str) -> String {
    format!("Reading {name}")
}
/// Below it.
pub const READING_NOTE: &str = "Large logs take a moment. Press Esc to stop.";
/// The title of the file dialog.
pub const PICK_TITLE: &str = "Open a log";
/// Its first filter.
pub const PICK_LOGS: &str = "Logs";
/// Its second filter.
pub const PICK_ALL: &str = "All files";
/// The heading over the path field.
pub const PATH_HEADING: &str = "Which file?";
/// Why there is a path field.
pub const PATH_NOTE: &str = "This system showed no file dialog. Type the path of the log, or paste it.";
/// The same where files can be dropped.
pub const PATH_NOTE_DROP: &str =
    "This system showed no file dialog. Drop the log on this window, or type its path.";
/// What the field is called.
pub const PATH_NAME: &str = "Path of the log";
/// While files hover over the window.
pub fn drop(count: usize) -> String {
    match count {
        0 | 1 => "Drop the log to diagnose it".to_owned(),
        count => format!("Drop {count} logs to look through them"),
    }
}

// Notices.
/// The paste held nothing.
pub const PASTE_EMPTY: &str = "There was no text to paste";
/// The box was emptied.
pub const CLEARED: &str = "The box is empty";
/// No command to copy.
pub const NO_COMMAND: &str = "This answer has no command for this shell";
/// What a copy button says when it was pressed.
pub const COPIED: &str = "Copied";
/// What a screen reader hears then.
pub fn copied(what: &str) -> String {
    format!("Copied {what}")
}
/// Copied things.
pub const THE_REPORT: &str = "the report";
/// Copied things.
pub const THE_MESSAGE: &str = "the message";
/// Copied things.
pub const THE_LOG: &str = "the log";
/// Copied things.
pub const THE_LINES: &str = "the lines";
/// Copied things; `left_out` may break others' work or cannot be said in this shell.
pub fn the_commands(count: usize, left_out: usize) -> String {
    let commands = plural(count, "command", "commands");
    match left_out {
        0 => commands,
        left_out => format!("{commands}; {left_out} left out: copy them one by one"),
    }
}
/// Copied things.
pub fn the_command(command: &str) -> String {
    format!("the command {command}")
}

// The log.
/// How long a log is.
pub fn lines(count: usize) -> String {
    plural(count, "line", "lines")
}
/// Lines of a huge log that are not here; the numbers are those of the log.
pub fn lines_left_out(first: usize, last: usize) -> String {
    match first == last {
        true => format!("Line {} is left out", grouped(first)),
        false => format!("Lines {} to {} are left out", grouped(first), grouped(last)),
    }
}
/// How many secrets were hidden.
pub fn secrets(count: usize) -> String {
    format!("{} hidden", plural(count, "secret", "secrets"))
}
/// The label of an evidence row.
pub fn line(number: usize) -> String {
    format!("Line {}", grouped(number))
}
/// What the button on an evidence row is called.
pub fn show_line(number: usize, text: &str) -> String {
    format!("Show line {number}: {text}")
}
/// What the log is called.
pub fn log_name(name: &str) -> String {
    format!("Log {name}")
}
/// Evidence that is only marked in the log.
pub fn more_evidence(count: usize) -> String {
    format!("{} marked in the log", plural(count, "more line is", "more lines are"))
}
/// The heading of an empty log.
pub const LOG_EMPTY: &str = "This log is empty.";

// The answer.
/// Above the reasons.
pub const WHY: &str = "Why we think so";
/// A cause that did not come with the program.
pub const OWN_ENTRY: &str = "Own entry";
/// A cause that own entries add to.
pub const EXTENDED: &str = "Own entries add to this cause";
/// Above what would decide.
pub const TO_BE_SURE: &str = "What would make it certain";
/// The card with the fixes.
pub const FIX: &str = "Fix it";
/// Beside fixes after the first.
pub const OR: &str = "or";
/// The card with the checks.
pub const CHECK: &str = "Check first";
/// The card with the explanation.
pub const BACKGROUND: &str = "Why this happens";
/// The card with the other causes.
pub const OTHERS: &str = "Also possible";
/// The same while another cause is shown.
pub const OTHERS_SHOWN: &str = "Possible causes";
/// The card with the questions.
pub const QUESTIONS: &str = "Questions people ask";
/// The card with the sources.
pub const SOURCES: &str = "Sources";
/// The card with the near misses.
pub const RELATED: &str = "What the log says instead";
/// The same beside a 403.
pub const RELATED_TOO: &str = "The log also says";
/// What the log was understood as.
pub const UNDERSTOOD: &str = "What was understood";
/// What would decide.
pub const WANTED: &str = "What would help";
/// Above the list of incidents.
pub fn incidents(count: usize) -> String {
    format!("{count} refused requests")
}
/// Where one is in that list.
pub fn nth(index: usize, count: usize) -> String {
    format!("{} of {count}", index + 1)
}
/// An incident that stands in the log more than once.
pub fn occurrences(count: usize) -> String {
    format!("{count} times in the log")
}
/// A cause that was chosen instead of the first.
pub const ANOTHER_CAUSE: &str = "This is another possibility, not the first.";
/// Back to it.
pub const FIRST_CAUSE: &str = "Show the first";
/// When an entry was read by a person.
pub fn reviewed(date: &str) -> String {
    format!("Reviewed {}", day(date))
}
/// When a source was read.
pub fn seen(date: &str) -> String {
    format!("read {}", day(date))
}
/// How sure a cause is.
pub fn confidence(cause: &Cause) -> &'static str {
    if advice::is_fallback(cause) { "Undecided" } else { cause.confidence.word() }
}
/// The same as a sentence.
pub fn confidence_means(cause: &Cause) -> &'static str {
    if advice::is_fallback(cause) {
        return "Several causes look like this; the checks below tell them apart.";
    }
    match cause.confidence {
        Confidence::Certain => "Only this cause writes this.",
        Confidence::Likely => "The usual cause of this, though another one can write the same.",
        Confidence::Possible => "One of several causes that look like this.",
    }
}
/// Who can carry a fix out.
pub const fn who(who: Who) -> &'static str {
    match who {
        Who::You => "You",
        Who::PackageOwner => "Package owner",
        Who::OrgOwner => "Organisation owner",
        Who::RegistryAdmin => "Registry admin",
        Who::NetworkAdmin => "Network admin",
        Who::Vendor => "Registry support",
    }
}
/// What a fix can break.
pub const fn risk(risk: Risk) -> Option<&'static str> {
    match risk {
        Risk::None => None,
        Risk::ChangesConfig => Some("Changes configuration"),
        Risk::BreaksOthers => Some("Can break others"),
    }
}
/// The question before something dangerous is copied.
pub const RISK_NOTE: &str = "This can break other people's work. Press once more to copy it.";
/// The button that asks.
pub const RISK_COPY: &str = "Copy anyway";
/// The name of a shell where there is little room.
pub const fn shell(shell: Shell) -> &'static str {
    match shell {
        Shell::Posix => "sh",
        Shell::PowerShell => "PowerShell",
        Shell::Cmd => "cmd",
    }
}
/// What stands before a command.
pub const fn prompt(shell: Shell) -> &'static str {
    match shell {
        Shell::Posix => "$",
        Shell::PowerShell => "PS>",
        Shell::Cmd => ">",
    }
}
/// The choice of a client when none was made.
pub const OWN_CLIENT: &str = "As in the log";
/// The same with the client's name.
pub fn own_client(client: Option<&str>) -> String {
    client.map_or_else(|| OWN_CLIENT.to_owned(), |client| format!("{OWN_CLIENT} ({client})"))
}
/// What the choice of clients is for.
pub const CLIENT_TIP: &str = "Spells the commands for another package manager";
/// What the choice of clients is called.
pub fn commands_for(client: &str) -> String {
    format!("Commands for: {client}")
}
/// A command that a shell cannot carry.
pub fn cannot_carry(shell: Shell) -> String {
    format!("{} cannot carry this command safely. Choose another shell above.", self::shell(shell))
}
/// A command with gaps.
pub fn fill_in(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("<{name}>")).collect();
    format!("Fill in {} first: the log does not show it.", names.join(", "))
}
/// A command in another client's words.
pub fn spelled_for(client: &str) -> String {
    format!("Spelled for {client}: the log's own client has no such command.")
}
/// Where lines belong.
pub fn lines_for(file: &str) -> String {
    format!("Put into {file}")
}
/// A message to send.
pub const MESSAGE: &str = "Message to send";
/// Buttons.
pub const COPY_COMMAND: &str = "Copy command";
/// Buttons.
pub const COPY: &str = "Copy";
/// Buttons.
pub const COPY_LINES: &str = "Copy lines";
/// Buttons.
pub const COPY_MESSAGE: &str = "Copy message";
/// What a copy button is called.
pub fn copy_name(label: &str, text: &str) -> String {
    format!("{label}: {text}")
}
/// What a link is called.
pub fn open_name(url: &str) -> String {
    format!("Open {url}")
}
/// The verb of a step, for people who cannot see its icon.
pub const fn step(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Run => "Run",
        StepKind::Edit => "Edit",
        StepKind::Open => "Open",
        StepKind::Tell => "Tell",
    }
}

// Help.
/// The heading of the help page.
pub const HELP_HEADING: &str = "Keyboard";
/// Below it.
pub const HELP_NOTE: &str = "Tab moves on, Enter and Space press, arrow keys scroll the log.";
/// The button that closes it.
pub const CLOSE: &str = "Close";
/// What the toolkit does by itself.
pub const HELP_QUIT: &str = "Quit";
/// What the theme button is called.
pub const fn theme(choice: super::store::ThemeChoice) -> &'static str {
    match choice {
        super::store::ThemeChoice::System => "Theme: as the system",
        super::store::ThemeChoice::Light => "Theme: light",
        super::store::ThemeChoice::Dark => "Theme: dark",
    }
}

// Failures.
/// The chip over a failure.
pub const NOT_READ: &str = "Not read";
/// The chip over a log without a refusal.
pub const NO_403: &str = "No registry 403";
/// After a failure: what was pasted is not lost.
pub const DRAFT_KEPT: &str = "The text in the box is still there.";

/// `2026-11-21` as `21 November 2026`; anything else as it is.
pub fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = date.splitn(3, '-');
    let parsed = (|| {
        let year = parts.next()?;
        let month: usize = parts.next()?.parse().ok()?;
        let day: u8 = parts.next()?.parse().ok()?;
        Some(format!("{day} {} {year}", MONTHS.get(month.checked_sub(1)?)?))
    })();
    parsed.unwrap_or_else(|| date.to_owned())
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `160000` as `160 000` with thin spaces.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_written_for_people() {
        assert_eq!(lines(1), "1 line");
        assert_eq!(lines(1234), "1234 lines");
        assert_eq!(grouped(160_000), "160\u{2009}000");
        assert_eq!(grouped(1_234_567), "1\u{2009}234\u{2009}567");
        assert_eq!(day("2026-11-21"), "21 November 2026");
        assert_eq!(day("2026-13-21"), "2026-13-21");
        assert_eq!(day("soon"), "soon");
    }

    #[test]
    fn nothing_shouts_or_blames() {
        let all = include_str!("words.rs");
        let sentences = all.lines().filter(|line| line.contains('"') && !line.trim_start().starts_with("//"));
        for line in sentences.take_while(|line| !line.contains("nothing_shouts")) {
            assert!(!line.contains("!\""), "{line}");
        }
    }
}
