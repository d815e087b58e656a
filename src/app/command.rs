//! Everything the user can do, as one enum.
//!
//! Owns the label, the tooltip, the icon and the shortcut of each; buttons, shortcuts and the help page are drawn
//! from it. Drawing code returns commands; `update.rs` carries them out.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::icons::Icon;
use super::library::Change;
use super::palette::Palette;
use super::state::{Screen, State, Tab};
use super::store::ThemeChoice;
use crate::advice::Shell;

/// Something the user can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take the text of the clipboard.
    Paste,
    /// Open a file with the system's dialog.
    OpenFile,
    /// Open the newest npm log of this machine.
    LatestNpmLog,
    /// Read what stands in the box.
    Diagnose,
    /// Back to the start screen, or close what lies over this one.
    Back,
    /// Copy the first command that mends it.
    CopyFirstCommand,
    /// Copy the whole answer as Markdown.
    CopyReport,
    /// Copy a message to whoever runs the registry.
    CopyMessage,
    /// Copy the log as it is shown.
    CopyLog,
    /// Look beyond the log: the configuration, then the registry.
    CheckRegistry,
    /// Show the refused request before this one.
    PreviousIncident,
    /// Show the refused request after this one.
    NextIncident,
    /// In a narrow window: show the answer.
    ShowDiagnosis,
    /// In a narrow window: show the log.
    ShowLog,
    /// Light, dark, or what the system says.
    NextTheme,
    /// Open the menu, or close it.
    Menu,
    /// High contrast, normal, or what the system says.
    NextContrast,
    /// Make everything larger.
    LargerText,
    /// Make everything smaller.
    SmallerText,
    /// Give everything its usual size.
    UsualText,
    /// Find a command by a few of its letters.
    Palette,
    /// Browse and search all causes, related codes and registries.
    Library,
    /// Look at what was diagnosed before.
    History,
    /// Look at what can be set.
    Settings,
    /// Watch npm's logs, or no longer.
    Watch,
    /// Find text in the log.
    Find,
    /// Go to the next place that was found.
    FindNext,
    /// Go to the place before.
    FindPrevious,
    /// Copy every command of the shown fixes.
    CopyAllCommands,
    /// Save the whole answer to a file.
    SaveReport,
    /// Show what can be done and how.
    Help,

    /// Empty the box.
    ClearDraft,
    /// Bring back what stood in the box.
    UndoDraft,
    /// The text in the box changed.
    SetDraft(String),
    /// Read one of the examples.
    Example(usize),
    /// The path in the field changed.
    SetPath(String),
    /// Read the file in the field.
    OpenPath,
    /// Show this refused request.
    SelectIncident(usize),
    /// Show this possible cause of it.
    SelectCause(usize),
    /// Show this one of several logs.
    ShowLogOf(usize),
    /// Show this row of the log.
    Reveal(usize),
    /// Put text on the clipboard.
    Copy(Clip),
    /// The first press of a button that copies something dangerous.
    Confirm(String),
    /// Quote commands for this shell.
    SetShell(Shell),
    /// Spell commands for this client; `None` is the log's own.
    SetClient(Option<String>),
    /// Say whether a check of the shown cause holds, or take it back.
    AnswerCheck(usize, Option<bool>),
    /// Open or close a part that starts closed.
    Toggle(String),
    /// Open a page in the browser.
    OpenUrl(String),
    /// Choose the project whose configuration is read.
    PickProject,
    /// Read the configuration of this project.
    UseProject(PathBuf),
    /// Offer requests with the user's credential, or no longer.
    AskWithCredentials(bool),
    /// Agree to a request, or no longer.
    TickAsk(usize),
    /// Send what is agreed to.
    AskRegistry,
    /// Stop that.
    StopAsking,
    /// Something was typed into the palette, or another line chosen in it.
    SetPalette(Palette),
    /// Carry out what is chosen in the palette.
    RunPalette,
    /// Something in the library.
    InLibrary(Change),
    /// Something in the history.
    InHistory(super::history::Change),
    /// Something in the settings.
    InSettings(super::settings::Change),
    /// Something in the search in the log.
    InFind(super::find::Change),
    /// Something with a log that the watch offers.
    InWatch(super::watch::Change),
    /// Something in the log.
    InLog(super::reader::Change),
    /// Put the line at the bottom away.
    DismissNotice,
}

/// Text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// The text.
    pub text: String,
    /// What it is, for the announcement: `the command`.
    pub what: String,
    /// The key of the button, so that it can say that it was pressed.
    pub key: String,
}

impl Command {
    /// The commands that the help page lists, in its order.
    pub const LISTED: &'static [Self] = &[
        Self::Paste,
        Self::OpenFile,
        Self::LatestNpmLog,
        Self::Diagnose,
        Self::CopyFirstCommand,
        Self::CopyAllCommands,
        Self::CopyReport,
        Self::CopyMessage,
        Self::CopyLog,
        Self::SaveReport,
        Self::CheckRegistry,
        Self::Find,
        Self::FindNext,
        Self::FindPrevious,
        Self::PreviousIncident,
        Self::NextIncident,
        Self::ShowDiagnosis,
        Self::ShowLog,
        Self::Library,
        Self::History,
        Self::Settings,
        Self::Watch,
        Self::NextTheme,
        Self::NextContrast,
        Self::LargerText,
        Self::SmallerText,
        Self::UsualText,
        Self::Back,
        Self::Menu,
        Self::Palette,
        Self::Help,
    ];

    /// Its icon.
    pub const fn icon(&self) -> Icon {
        match self {
            Self::Paste => Icon::Paste,
            Self::OpenFile | Self::OpenPath => Icon::Folder,
            Self::LatestNpmLog => Icon::LatestLog,
            Self::Diagnose => Icon::Checklist,
            Self::Back => Icon::Back,
            Self::CopyMessage => Icon::Send,
            Self::CopyReport => Icon::Scroll,
            Self::CheckRegistry | Self::AskRegistry => Icon::Network,
            Self::PickProject => Icon::Folder,
            Self::PreviousIncident => Icon::Left,
            Self::NextIncident => Icon::Right,
            Self::NextTheme => Icon::System,
            Self::Menu => Icon::Menu,
            Self::NextContrast => Icon::Contrast,
            Self::LargerText => Icon::Plus,
            Self::SmallerText => Icon::Minus,
            Self::UsualText => Icon::TextSize,
            Self::Palette => Icon::List,
            Self::Library => Icon::Book,
            Self::History => Icon::History,
            Self::Settings => Icon::Settings,
            Self::Watch => Icon::Bell,
            Self::InWatch(super::watch::Change::Look) => Icon::Eye,
            Self::InWatch(_) => Icon::Close,
            Self::Find => Icon::Search,
            Self::FindNext => Icon::Down,
            Self::FindPrevious => Icon::Up,
            Self::SaveReport => Icon::Save,
            Self::Help => Icon::Keyboard,
            Self::ClearDraft => Icon::Eraser,
            Self::UndoDraft => Icon::Undo,
            Self::OpenUrl(_) => Icon::External,
            Self::DismissNotice => Icon::Close,
            Self::ShowLog => Icon::File,
            Self::ShowDiagnosis => Icon::Wrench,
            _ => Icon::Copy,
        }
    }

    /// Its shortcuts, the one to show first. The one for pasting is the system's own and only shown.
    pub fn shortcuts(&self) -> Vec<KeyboardShortcut> {
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let command_shift = |key| KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, key);
        let alt = |key| KeyboardShortcut::new(Modifiers::ALT, key);
        match self {
            Self::Paste => vec![command(Key::V)],
            Self::OpenFile => vec![command(Key::O)],
            Self::LatestNpmLog => vec![command(Key::L)],
            Self::Diagnose => vec![command(Key::Enter)],
            Self::Back => vec![plain(Key::Escape)],
            Self::CopyFirstCommand => vec![command_shift(Key::C)],
            Self::CopyReport => vec![command_shift(Key::R)],
            Self::CopyMessage => vec![command_shift(Key::M)],
            Self::CopyLog => vec![command_shift(Key::L)],
            Self::CheckRegistry => vec![command(Key::E)],
            Self::PreviousIncident => vec![alt(Key::ArrowLeft), plain(Key::OpenBracket)],
            Self::NextIncident => vec![alt(Key::ArrowRight), plain(Key::CloseBracket)],
            Self::ShowDiagnosis => vec![command(Key::Num1)],
            Self::ShowLog => vec![command(Key::Num2)],
            Self::NextTheme => vec![command(Key::T)],
            Self::Menu => vec![plain(Key::F10)],
            Self::NextContrast => vec![command_shift(Key::T)],
            Self::LargerText => vec![command(Key::Plus), command(Key::Equals)],
            Self::SmallerText => vec![command(Key::Minus)],
            Self::UsualText => vec![command(Key::Num0)],
            Self::Palette => vec![command(Key::K)],
            Self::Library => vec![command(Key::B)],
            // macOS hides the window with Cmd+H.
            Self::History if cfg!(target_os = "macos") => vec![command(Key::Y)],
            Self::History => vec![command(Key::H)],
            Self::Settings => vec![command(Key::Comma)],
            Self::Watch => vec![command_shift(Key::W)],
            Self::Find => vec![command(Key::F)],
            Self::FindNext => vec![plain(Key::F3), command(Key::G)],
            Self::FindPrevious => {
                vec![KeyboardShortcut::new(Modifiers::SHIFT, Key::F3), command_shift(Key::G)]
            }
            Self::CopyAllCommands => vec![command_shift(Key::A)],
            Self::SaveReport => vec![command(Key::S)],
            Self::Help => vec![plain(Key::F1)],
            _ => Vec::new(),
        }
    }

    /// Whether it works whatever lies over the window.
    pub const fn is_everywhere(&self) -> bool {
        matches!(self, Self::Back | Self::LargerText | Self::SmallerText | Self::UsualText)
    }

    /// Whether it can do anything right now.
    pub fn is_available(&self, state: &State) -> bool {
        // What is below the library cannot be seen.
        let case = state.case().filter(|_| state.section.is_none());
        let incidents = case.map_or(0, |case| case.advice().incidents.len());
        match self {
            Self::Diagnose => {
                let is_start = matches!(state.screen, Screen::Start) && state.section.is_none();
                is_start && !state.draft.text.trim().is_empty()
            }
            Self::Back => {
                let is_covered = state.overlay.is_some() || state.section.is_some();
                is_covered || !matches!(state.screen, Screen::Start)
            }
            Self::CopyFirstCommand | Self::CopyAllCommands | Self::CopyMessage | Self::CheckRegistry => {
                incidents > 0
            }
            Self::CopyReport | Self::CopyLog | Self::SaveReport | Self::Find => case.is_some(),
            Self::FindNext | Self::FindPrevious => case.is_some_and(|case| case.find.is_some()),
            Self::PreviousIncident => case.is_some_and(|case| case.incident > 0),
            Self::NextIncident => case.is_some_and(|case| case.incident + 1 < incidents),
            Self::ShowDiagnosis => case.is_some_and(|case| case.tab == Tab::Log),
            Self::ShowLog => case.is_some_and(|case| case.tab == Tab::Diagnosis),
            Self::ClearDraft => !state.draft.text.is_empty(),
            Self::UndoDraft => state.draft.before.is_some() || state.past.removed.is_some(),
            _ => true,
        }
    }
}

/// A shortcut as it is written on keys.
pub fn keys(ctx: &egui::Context, shortcut: &KeyboardShortcut) -> String {
    let key = match shortcut.logical_key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Escape => "Esc",
        Key::Plus => "+",
        Key::Equals => "=",
        Key::Minus => "-",
        Key::Comma => ",",
        key => key.name(),
    };
    let is_mac = ctx.os() == egui::os::OperatingSystem::Mac;
    let modifiers = egui::ModifierNames::NAMES.format(&shortcut.modifiers, is_mac);
    if modifiers.is_empty() { key.to_owned() } else { format!("{modifiers}+{key}") }
}

/// The icon of the theme that is chosen.
pub const fn theme_icon(choice: ThemeChoice) -> Icon {
    match choice {
        ThemeChoice::System => Icon::System,
        ThemeChoice::Light => Icon::Light,
        ThemeChoice::Dark => Icon::Dark,
    }
}

#[cfg(test)]
mod tests;
