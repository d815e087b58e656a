//! What is remembered between runs, and where: `settings.json` in the settings folder.
//!
//! Owns this file and the reading of logs that come in several parts. Never writes any text of a log.
//! A damaged file is put aside and reported, never overwritten unseen; what is whole in it still counts, and what a
//! newer version wrote into it stays in it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::advice::Shell;
use crate::text::{self, OpenError, Text};

const FILE: &str = "settings.json";

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or what the system says.
    pub theme: ThemeChoice,
    /// The shell that commands are quoted for.
    pub shell: Shell,
    /// The client that commands are spelled for; `null` is the log's own.
    pub client: Option<String>,
    /// How strongly things stand out from each other.
    pub contrast: Contrast,
    /// The size of everything, in percent.
    #[serde(deserialize_with = "percent")]
    pub text_size: u16,
    /// Whether anything moves.
    pub motion: Motion,
    /// Whether diagnoses are kept.
    pub history: bool,
    /// Whether the masked log is kept with them.
    pub keep_logs: bool,
    /// Whether npm's folder of logs is watched.
    pub watch: bool,
    /// A folder with own entries.
    pub knowledge_folder: Option<PathBuf>,
    /// Whether the hosts below are ticked the next time.
    pub remember_hosts: bool,
    /// Hosts that the user has agreed to ask.
    pub agreed_hosts: Vec<String>,
    /// What a newer version of this program remembers; it is kept and not looked at.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A size that a window can be used at.
fn percent<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let percent = u16::deserialize(deserializer)?;
    if (50..=400).contains(&percent) { Ok(percent) } else { Err(serde::de::Error::custom("out of range")) }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            shell: Shell::of_this_system(),
            client: None,
            contrast: Contrast::System,
            text_size: 100,
            motion: Motion::System,
            history: true,
            keep_logs: false,
            watch: false,
            knowledge_folder: None,
            remember_hosts: false,
            agreed_hosts: Vec::new(),
            unknown: Map::new(),
        }
    }
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// What the system says; light when it says nothing.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How strongly things stand out from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contrast {
    /// What the system says; normal when it says nothing.
    #[default]
    System,
    /// The usual colours.
    Normal,
    /// Colours that differ as much as they can.
    High,
}

/// Whether anything moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// What the system says.
    #[default]
    System,
    /// Nothing moves.
    Off,
}

impl ThemeChoice {
    /// The next one when the button is pressed.
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

impl Contrast {
    /// The next one when its command is given.
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::High,
            Self::High => Self::Normal,
            Self::Normal => Self::System,
        }
    }
}

/// Why the settings could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not what this program writes.
    #[error(
        "the settings could not be understood, so the usual ones are used; the old file was kept: {}",
        .kept.display()
    )]
    Damaged {
        /// Where the old file is now.
        kept: PathBuf,
    },
    /// Some of it is not what this program writes.
    #[error(
        "some settings could not be understood, so the usual ones are used for {}; the old file was kept: {}",
        .names.join(", "), .kept.display()
    )]
    Partly {
        /// Which settings.
        names: Vec<String>,
        /// Where the old file is now.
        kept: PathBuf,
    },
    /// The system refused.
    #[error("the settings could not be {what}: {source}; check who may write there: {}", .path.display())]
    Io {
        /// `read` or `saved`.
        what: &'static str,
        /// What the system said.
        source: io::Error,
        /// Which file.
        path: PathBuf,
    },
}

impl StoreError {
    fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, source, path }
    }
}

/// Reads the settings of a folder, field by field: one that is bad does not cost the others. None there is no trouble.
pub fn load(folder: &Path) -> (Settings, Option<StoreError>) {
    let path = folder.join(FILE);
    let json = match fs::read(&path) {
        Ok(json) => json,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (Settings::default(), None),
        Err(error) => return (Settings::default(), Some(StoreError::io("read", &path)(error))),
    };
    let understood = serde_json::from_slice::<Map<String, Value>>(&json).ok().map(understand);
    match understood {
        Some((settings, names)) if names.is_empty() => (settings, None),
        other => {
            let kept = folder.join(format!("{FILE}.bad"));
            let (settings, names) = other.unwrap_or_default();
            if let Err(error) = fs::rename(&path, &kept).map_err(StoreError::io("read", &path)) {
                return (settings, Some(error));
            }
            if names.is_empty() {
                return (settings, Some(StoreError::Damaged { kept }));
            }
            // What was whole must still be there the next time.
            match save(folder, &settings) {
                Ok(()) => (settings, Some(StoreError::Partly { names, kept })),
                Err(error) => (settings, Some(error)),
            }
        }
    }
}

/// What can be understood, and the names of what cannot.
fn understand(fields: Map<String, Value>) -> (Settings, Vec<String>) {
    let mut whole = Map::new();
    let mut bad = Vec::new();
    for (name, value) in fields {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        if serde_json::from_value::<Settings>(Value::Object(alone)).is_ok() {
            whole.insert(name, value);
        } else {
            bad.push(name);
        }
    }
    // Each field was understood by itself, and none depends on another.
    let settings = serde_json::from_value(Value::Object(whole)).unwrap_or_default();
    bad.sort();
    (settings, bad)
}

/// Writes the settings of a folder, whole or not at all.
///
/// # Errors
/// The system refused.
pub fn save(folder: &Path, settings: &Settings) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    let failed = || StoreError::io("saved", &path);
    fs::create_dir_all(folder).map_err(failed())?;
    let mut json = serde_json::to_string_pretty(settings).map_err(|error| failed()(error.into()))?;
    json.push('\n');
    write_whole(&path, &json, true).map_err(failed())
}

/// What is this old and was to take a file's name soon was left behind by a program that has ended.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Removes what was left half written in a folder when the program or the machine was stopped while saving.
pub fn tidy(folder: &Path) {
    let ours = |name: &str| {
        name.ends_with(".new") && [FILE, "history.redb"].iter().any(|kept| name.starts_with(kept))
    };
    let is_abandoned = |entry: &fs::DirEntry| {
        let age =
            entry.metadata().and_then(|found| found.modified()).ok().and_then(|time| time.elapsed().ok());
        ours(&entry.file_name().to_string_lossy()) && age.is_some_and(|age| age > ABANDONED)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(is_abandoned) {
        // It harms nobody; the next start tries again.
        fs::remove_file(entry.path()).ok();
    }
}

/// Writes a file, whole or not at all. Unless `may_replace`, a file that is there stays as it is.
///
/// # Errors
/// The system refused, or a file is there that may not be replaced.
pub fn write_whole(path: &Path, text: &str, may_replace: bool) -> io::Result<()> {
    if !may_replace && path.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // Two windows may save at the same moment, so each writes a file of its own before it takes the name.
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let mut file = File::create(&fresh)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    let done = written.and_then(|()| fs::rename(&fresh, path));
    if done.is_err() {
        // What is half written is of no use; that it cannot be removed either changes nothing.
        fs::remove_file(&fresh).ok();
    }
    done
}

/// Reads a log that is one file, or several parts of one.
///
/// # Errors
/// One of them cannot be read.
pub fn open_log(parts: &[PathBuf]) -> Result<Text, OpenError> {
    let [first, rest @ ..] = parts else {
        return Err(OpenError::Missing { path: PathBuf::new() });
    };
    if rest.is_empty() {
        return text::open(first);
    }
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| OpenError::Io { path, source }
    };
    let mut reader: Box<dyn Read> = Box::new(File::open(first).map_err(io(first))?);
    for part in rest {
        reader = Box::new(reader.chain(File::open(part).map_err(io(part))?));
    }
    text::read(reader).map_err(io(first))
}

#[cfg(test)]
mod tests;
