//! What each command is called, and what it does in one sentence.

use super::{LATEST_NPM_LOG, inquiry, library, settings};
use crate::app::command::Command;
use crate::app::watch;

impl Command {
    /// Its name: the words on its button and on the help page.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Paste => "Paste",
            Self::OpenFile => "Open log…",
            Self::LatestNpmLog => LATEST_NPM_LOG,
            Self::Diagnose => "Diagnose",
            Self::Back => "Back",
            Self::CopyFirstCommand => "Copy first command",
            Self::CopyReport => "Copy report",
            Self::CopyMessage => "Copy message to admin",
            Self::CopyLog => "Copy log",
            Self::CheckRegistry => "Check with the registry…",
            Self::PickProject => inquiry::PICK_PROJECT,
            Self::UseProject(_) => "Use folder",
            Self::AskWithCredentials(_) | Self::TickAsk(_) => "Choose",
            Self::AskRegistry => "Ask",
            Self::StopAsking => inquiry::STOP,
            Self::PreviousIncident => "Previous refused request",
            Self::NextIncident => "Next refused request",
            Self::ShowDiagnosis => "Diagnosis",
            Self::ShowLog => "Log",
            Self::NextTheme => "Theme",
            Self::NextContrast => settings::CONTRAST,
            Self::LargerText => settings::LARGER,
            Self::SmallerText => settings::SMALLER,
            Self::UsualText => "Usual text size",
            Self::Library => library::HEADING,
            Self::InLibrary(_)
            | Self::InHistory(_)
            | Self::InSettings(_)
            | Self::InFind(_)
            | Self::InLog(_) => "Show",
            Self::History => "History",
            Self::Settings => "Settings",
            Self::Watch => "Watch npm’s logs",
            Self::InWatch(watch::Change::Look) => "Look",
            Self::InWatch(watch::Change::NotNow) => "Not now",
            Self::InWatch(watch::Change::Stop) => "Stop watching",
            Self::Find => "Find in log",
            Self::FindNext => "Next place found",
            Self::FindPrevious => "Previous place found",
            Self::CopyAllCommands => "Copy all commands",
            Self::SaveReport => "Save report…",
            Self::Help => "Help",
            Self::Menu => "Menu",
            Self::Palette => "All commands…",
            Self::SetPalette(_) | Self::RunPalette => "Choose a command",
            Self::ClearDraft => "Clear",
            Self::UndoDraft => "Undo",
            Self::Example(_) => "Example",
            Self::OpenPath => "Open",
            Self::Copy(_) => "Copy",
            Self::Confirm(_) => "Copy…",
            Self::OpenUrl(_) => "Open page",
            Self::DismissNotice => "Dismiss",
            Self::SetDraft(_) | Self::SetPath(_) => "Edit",
            Self::SelectIncident(_) | Self::SelectCause(_) | Self::ShowLogOf(_) | Self::Reveal(_) => "Show",
            Self::SetShell(_) => "Shell",
            Self::SetClient(_) => "Client",
            Self::AnswerCheck(..) => "Answer",
            Self::Toggle(_) => "Show or hide",
        }
    }

    /// What it does, in one sentence.
    pub const fn tooltip(&self) -> &'static str {
        match self {
            Self::Paste => "Reads the text on the clipboard at once",
            Self::OpenFile => "Opens a log file",
            Self::LatestNpmLog => "Finds the log that npm wrote last and reads it",
            Self::Diagnose => "Reads the text in the box",
            Self::Back => "Goes back to the start; the text in the box is still there",
            Self::CopyFirstCommand => "Copies the first command under “Fix it”",
            Self::CopyReport => "Copies the whole answer as Markdown, secrets hidden",
            Self::CopyMessage => "Copies a message that you can send to whoever runs the registry",
            Self::CopyLog => "Copies the log as it is shown here, secrets hidden",
            Self::CheckRegistry => {
                "Reads your configuration and shows what could be asked; nothing is sent yet"
            }
            Self::PreviousIncident => "Shows the refused request before this one",
            Self::NextIncident => "Shows the refused request after this one",
            Self::ShowDiagnosis => "Shows the answer, when the window is too narrow for both",
            Self::ShowLog => "Shows the log, when the window is too narrow for both",
            Self::NextTheme => "Switches between light, dark and the system's theme",
            Self::Menu => "Opens the menu",
            Self::NextContrast => "Switches between high contrast, normal and the system's wish",
            Self::LargerText => "Makes everything in the window larger",
            Self::SmallerText => "Makes everything in the window smaller",
            Self::UsualText => "Gives everything in the window its usual size",
            Self::Palette => "Finds a command by a few of its letters",
            Self::Library => "Browses and searches all causes, related codes and registries",
            Self::History => "Shows what was diagnosed on this computer before",
            Self::Settings => "Shows everything that can be set",
            Self::Watch => "Offers a new npm log when it holds a 403; pressed again, it stops",
            Self::InWatch(watch::Change::Look) => "Reads this log",
            Self::Find => "Finds words in the log and counts them",
            Self::FindNext => "Goes to the next place in the log that was found",
            Self::FindPrevious => "Goes to the place in the log that was found before this one",
            Self::CopyAllCommands => "Copies every command of this answer, one on each line",
            Self::SaveReport => "Saves the whole answer as Markdown or JSON, secrets hidden",
            Self::Help => "Lists what can be done with the keyboard",
            Self::ClearDraft => "Empties the box; this can be undone",
            Self::UndoDraft => "Brings back what stood in the box",
            _ => "",
        }
    }
}
