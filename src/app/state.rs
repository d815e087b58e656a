//! What the window shows: one screen, at most one overlay, and what the user has typed, ticked and chosen.
//!
//! Owns plain data. `update.rs` is the only place that changes it; `view/` only reads it.

mod case;

use std::path::PathBuf;

use super::batch::Batch;
use super::history::{History, Past};
use super::library::Library;
use super::look::SystemLook;
use super::palette::Palette;
use super::settings::{Own, SettingsPage};
use super::store::Settings;
use super::watch::Watch;
use crate::Preferences;
use crate::knowledge::Knowledge;

pub use case::{Case, Reveal, Tab};

/// Names one piece of background work. Results that carry an old one are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// Everything the window shows.
#[derive(Debug, Default)]
pub struct State {
    /// Which screen.
    pub screen: Screen,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// What has taken the screen's place for a while.
    pub section: Option<Section>,
    /// The list of logs that were opened at once, while one of them or the list is shown.
    pub batch: Option<Batch>,
    /// The box on the start screen; it outlives the screens that follow.
    pub draft: Draft,
    /// What is remembered between runs.
    pub settings: Settings,
    /// The entries that answers come from.
    pub entries: Entries,
    /// What is known about the own ones among them.
    pub own: Own,
    /// How the system wants windows to look.
    pub system_look: SystemLook,
    /// What is known of earlier diagnoses.
    pub past: Past,
    /// Whether the file dialog is open.
    pub dialog: Option<Dialog>,
    /// A line at the bottom that goes away by itself.
    pub notice: Option<Notice>,
    /// What the watch over npm's logs has to say.
    pub watch: Watch,
    /// Which copy button was pressed last.
    pub copied: Option<Copied>,
    /// What a screen reader is told; changes are announced.
    pub announcement: String,
    /// The last job that was started.
    pub last_job: JobId,
    /// When the clipboard was asked for text.
    pub paste_asked: Option<f64>,
    /// Seconds since the start, as egui counts them.
    pub now: f64,
}

/// The entries that answers come from: the bundled ones, perhaps with own ones over them.
#[derive(Clone, Copy)]
pub struct Entries(pub &'static Knowledge);

impl Default for Entries {
    fn default() -> Self {
        Self(Knowledge::bundled())
    }
}

impl std::fmt::Debug for Entries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entries({})", self.0.causes().len())
    }
}

impl State {
    /// A new job; all older ones are stale from now on.
    pub fn next_job(&mut self) -> JobId {
        self.last_job.0 += 1;
        self.last_job
    }

    /// The log that is shown, if one is.
    pub fn case(&self) -> Option<&Case> {
        match &self.screen {
            Screen::Result(case) => Some(case),
            _ => None,
        }
    }

    /// How answers are worded, and what the user knows beyond the shown log.
    pub fn preferences(&self) -> Preferences {
        let answers = self.case().map(|case| case.answers.clone()).unwrap_or_default();
        Preferences { client: self.settings.client.clone(), answers }
    }

    /// The library, while it is open.
    pub fn library(&self) -> Option<&Library> {
        match &self.section {
            Some(Section::Library(library)) => Some(library),
            _ => None,
        }
    }

    /// The library, to change what is chosen in it.
    pub fn library_mut(&mut self) -> Option<&mut Library> {
        match &mut self.section {
            Some(Section::Library(library)) => Some(library),
            _ => None,
        }
    }

    /// The history, while it is open.
    pub fn history(&self) -> Option<&History> {
        match &self.section {
            Some(Section::History(history)) => Some(history),
            _ => None,
        }
    }

    /// The log that is shown, to change what is chosen in it.
    pub fn case_mut(&mut self) -> Option<&mut Case> {
        match &mut self.screen {
            Screen::Result(case) => Some(case),
            _ => None,
        }
    }

    /// Shows a line at the bottom for a while.
    pub fn notify(&mut self, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        self.announcement.clone_from(&text);
        let until = self.now + if tone == Tone::Trouble { 8.0 } else { 4.0 };
        self.notice = Some(Notice { tone, text, can_undo: false, until });
    }
}

/// What may take a screen's place for a while; the screen is still there when it goes.
#[derive(Debug)]
pub enum Section {
    /// All causes, related codes and registries.
    Library(Box<Library>),
    /// What was diagnosed before.
    History(Box<History>),
    /// What can be set.
    Settings(Box<SettingsPage>),
}

/// What fills the window.
#[derive(Debug, Default)]
pub enum Screen {
    /// Waiting for a log.
    #[default]
    Start,
    /// A log is being read.
    Reading(Reading),
    /// Several logs are listed.
    Several,
    /// A log was read.
    Result(Box<Case>),
    /// A log could not be read.
    Failed(Failure),
}

/// A log that is being read.
#[derive(Debug)]
pub struct Reading {
    /// The work.
    pub job: JobId,
    /// What is read.
    pub name: String,
    /// Since when.
    pub since: f64,
}

/// What may lie over a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The list of commands and shortcuts.
    Help,
    /// The field for a path, for systems without a file dialog.
    Path(PathField),
    /// What would be read and asked beyond the log.
    Inquiry,
    /// Every command by a few of its letters.
    Palette(Palette),
}

/// A path that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathField {
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in it.
    pub text: String,
}

/// What a path is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A log to read.
    Open,
    /// A report to write.
    Save,
}

/// The text box on the start screen.
#[derive(Debug, Default)]
pub struct Draft {
    /// What stands in it.
    pub text: String,
    /// What stood in it before it was cleared or replaced.
    pub before: Option<String>,
    /// Set while a paste goes into the box by way of egui; it is read as soon as it has arrived.
    pub read_when_changed: bool,
}

/// An open file dialog.
#[derive(Clone, Copy, Debug)]
pub struct Dialog {
    /// The work that waits for it.
    pub job: JobId,
    /// Since when.
    pub since: f64,
}

/// A line at the bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What kind.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// Whether it offers to bring back what was in the box.
    pub can_undo: bool,
    /// When it goes away.
    pub until: f64,
}

/// What kind of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something is to be known.
    Plain,
    /// Something did not work.
    Trouble,
}

/// The copy button that was pressed last.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// Which one: the same key that the button was drawn with.
    pub key: String,
    /// Until when it says so.
    pub until: f64,
}

/// Where a log comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file, or the parts of one.
    Files(Vec<PathBuf>),
    /// The newest log of npm on this machine.
    LatestNpmLog,
    /// Text that was pasted or typed.
    Pasted(String),
    /// One of the bundled examples.
    Example(usize),
    /// Text that was read before the window opened.
    Given {
        /// What it is called.
        name: String,
        /// The text.
        text: crate::text::Text,
    },
    /// A log that was kept in the history.
    Kept {
        /// The number of its diagnosis.
        record: u64,
        /// What it is called.
        name: String,
        /// The text, masked when it was kept.
        text: crate::text::Text,
    },
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What did not work.
    pub title: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub next: String,
    /// What the places below are, for example `Looked in`.
    pub places_name: &'static str,
    /// Files and folders that have to do with it.
    pub places: Vec<String>,
}
