//! The words of the settings page.

use super::plural;
use crate::advice::Shell;
use crate::app::store::{Contrast, Motion, ThemeChoice};

/// The heading of the page.
pub const HEADING: &str = "Settings";
/// Below it.
pub const LEAD: &str = "Every change takes effect and is saved at once.";
/// The first card.
pub const APPEARANCE: &str = "Appearance";
/// The card about commands.
pub const COMMANDS: &str = "Commands";
/// The card about what is kept.
pub const KEPT: &str = "On this computer";
/// The card about own entries.
pub const OWN: &str = "Own entries";
/// The card about questions to a registry.
pub const ASKING: &str = "Questions to a registry";
/// The card about files.
pub const FILES: &str = "Files";

/// Rows and what they say.
pub const THEME: &str = "Theme";
/// Below it.
pub const THEME_NOTE: &str = "The system's theme is followed as it changes.";
/// Rows.
pub const CONTRAST: &str = "Contrast";
/// Below it.
pub const CONTRAST_NOTE: &str = "High contrast draws stronger text and outlines.";
/// Rows.
pub const TEXT_SIZE: &str = "Text size";
/// Below it.
pub const TEXT_SIZE_NOTE: &str = "Makes everything in the window larger or smaller.";
/// Rows.
pub const MOTION: &str = "Motion";
/// Below it.
pub const MOTION_NOTE: &str = "Off: nothing fades or glides.";
/// Rows.
pub const SHELL: &str = "Shell";
/// Below it.
pub const SHELL_NOTE: &str = "Commands are quoted for it.";
/// Rows.
pub const CLIENT: &str = "Package manager";
/// Below it.
pub const CLIENT_NOTE: &str = "Commands are spelled for it.";
/// Rows.
pub const HISTORY: &str = "Keep a history";
/// Below it.
pub const HISTORY_NOTE: &str = "Remembers which causes were found, never the log itself.";
/// Rows.
pub const KEEP_LOGS: &str = "Keep the logs, too";
/// Below it.
pub const KEEP_LOGS_NOTE: &str = "With secrets hidden, so that an old answer can be opened with its lines.";
/// Rows.
pub const WATCH: &str = "Watch npm's logs";
/// Below it.
pub const WATCH_NOTE: &str = "Offers a new log as soon as npm has written it.";
/// Rows.
pub const FOLDER: &str = "Folder with own entries";
/// Below it.
pub const FOLDER_NOTE: &str = "Causes and registries of your own, used beside those that come with it.";
/// What the field is called.
pub const FOLDER_NAME: &str = "Path of the folder";
/// The button beside it.
pub const FOLDER_USE: &str = "Use folder";
/// The button for the dialog.
pub const FOLDER_PICK: &str = "Choose…";
/// The title of the dialog.
pub const PICK_TITLE: &str = "Choose the folder with own entries";
/// The button that goes without.
pub const FOLDER_CLEAR: &str = "Use none";
/// Said then.
pub const FOLDER_CLEARED: &str = "No own entries are used";
/// While they are read.
pub const FOLDER_LOADING: &str = "Reading own entries";
/// There is no dialog here.
pub const NO_DIALOG: &str = "This system showed no dialog. Type the path of the folder instead";
/// Rows.
pub const REMEMBER: &str = "Remember hosts you agreed to ask";
/// Below it.
pub const REMEMBER_NOTE: &str =
    "Requests to them without a credential are ticked the next time. Nothing is sent before you press Ask.";
/// Above the list of them.
pub const AGREED: &str = "Agreed to";
/// Where the settings are.
pub const SETTINGS_FOLDER: &str = "Folder of the settings";
/// Where what accumulates is.
pub const STATE_FOLDER: &str = "Folder of the history";
/// There is no home folder.
pub const NO_FOLDERS: &str = "This system names no home folder, so nothing is kept.";
/// What is copied there.
pub const THE_PATH: &str = "the path";
/// Rows.
pub const RESET: &str = "All settings";
/// Below it.
pub const RESET_NOTE: &str = "The history and your own entries stay where they are.";
/// The button.
pub const RESET_BUTTON: &str = "Reset all";
/// Said then.
pub const RESET_DONE: &str = "All settings are the usual ones again";
/// The button that takes it back.
pub const UNDO: &str = "Undo reset";
/// Said then.
pub const UNDONE: &str = "The settings are back";
/// Buttons.
pub const SMALLER: &str = "Smaller text";
/// Buttons.
pub const LARGER: &str = "Larger text";

/// Short words of the themes.
pub const fn theme_word(choice: ThemeChoice) -> &'static str {
    match choice {
        ThemeChoice::System => "System",
        ThemeChoice::Light => "Light",
        ThemeChoice::Dark => "Dark",
    }
}

/// Short words of the contrasts.
pub const fn contrast_word(choice: Contrast) -> &'static str {
    match choice {
        Contrast::System => "System",
        Contrast::Normal => "Normal",
        Contrast::High => "High",
    }
}

/// The same in full.
pub const fn contrast(choice: Contrast) -> &'static str {
    match choice {
        Contrast::System => "Contrast: as the system",
        Contrast::Normal => "Contrast: normal",
        Contrast::High => "Contrast: high",
    }
}

/// Short words of the kinds of motion.
pub const fn motion_word(choice: Motion) -> &'static str {
    match choice {
        Motion::System => "System",
        Motion::Off => "Off",
    }
}

/// The same in full.
pub const fn motion(choice: Motion) -> &'static str {
    match choice {
        Motion::System => "Motion: as the system",
        Motion::Off => "Motion: off",
    }
}

/// The text size, shown.
pub fn percent(size: u16) -> String {
    format!("{size} %")
}

/// The text size, said.
pub fn text_size(size: u16) -> String {
    format!("Text size {}", percent(size))
}

/// The shell, said.
pub fn shell(shell: Shell) -> String {
    format!("Commands for {}", shell.title())
}

/// A switch, said.
pub fn switched(what: &str, is_on: bool) -> String {
    format!("{what}: {}", if is_on { "on" } else { "off" })
}

/// How many own entries there are.
pub fn own_count(count: usize) -> String {
    match count {
        0 => "No own entries".to_owned(),
        count => format!("{} in use", plural(count, "own entry", "own entries")),
    }
}

/// The button that agrees no longer.
pub fn forget(host: &str) -> String {
    format!("Forget {host}")
}

/// Said then.
pub fn forgotten(host: &str) -> String {
    format!("{host} is forgotten")
}

/// A button that copies a path.
pub fn copy_path(what: &str) -> String {
    format!("Copy path: {what}")
}
