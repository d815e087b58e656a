//! What is remembered between runs, and where: `settings.json` in the settings folder.
//!
//! Owns this file and the reading of logs that come in several parts. Never writes any text of a log.
//! A damaged file is put aside and reported, never overwritten unseen.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::advice::Shell;
use crate::text::{self, OpenError, Text};

const FILE: &str = "settings.json";

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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

/// Reads the settings of a folder. None there is no error.
///
/// # Errors
/// The file cannot be read, or is damaged; then it has been put aside.
pub fn load(folder: &Path) -> Result<Settings, StoreError> {
    let path = folder.join(FILE);
    let json = match fs::read(&path) {
        Ok(json) => json,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(StoreError::io("read", &path)(error)),
    };
    if let Ok(settings) = serde_json::from_slice(&json) {
        return Ok(settings);
    }
    let kept = folder.join(format!("{FILE}.bad"));
    fs::rename(&path, &kept).map_err(StoreError::io("read", &path))?;
    Err(StoreError::Damaged { kept })
}

/// Writes the settings of a folder, whole or not at all.
///
/// # Errors
/// The system refused.
pub fn save(folder: &Path, settings: &Settings) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    let failed = || StoreError::io("saved", &path);
    fs::create_dir_all(folder).map_err(failed())?;
    let mut json = serde_json::to_vec_pretty(settings).map_err(|error| failed()(error.into()))?;
    json.push(b'\n');
    // Two windows may save at the same moment, so each writes a file of its own before it takes the name.
    let fresh = folder.join(format!("{FILE}.{}.new", std::process::id()));
    let mut file = File::create(&fresh).map_err(failed())?;
    file.write_all(&json).and_then(|()| file.sync_all()).map_err(failed())?;
    drop(file);
    fs::rename(&fresh, &path).map_err(failed())
}

/// Writes a file, whole or not at all. Unless `may_replace`, a file that is there stays as it is.
///
/// # Errors
/// The system refused, or a file is there that may not be replaced.
pub fn write_whole(path: &Path, text: &str, may_replace: bool) -> io::Result<()> {
    if !may_replace && path.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
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
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("not there yet");
        assert_eq!(load(&inside).unwrap(), Settings::default());
        let settings = Settings {
            theme: ThemeChoice::Dark,
            shell: Shell::Cmd,
            client: Some("pnpm".to_owned()),
            ..Settings::default()
        };
        save(&inside, &settings).unwrap();
        assert_eq!(load(&inside).unwrap(), settings);
        let files: Vec<_> = fs::read_dir(&inside).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, [FILE], "nothing is left behind");
    }

    #[test]
    fn a_damaged_file_is_kept_aside_and_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{ \"theme\": \"pink\" }").unwrap();
        let error = load(folder.path()).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        let kept = fs::read_to_string(folder.path().join("settings.json.bad")).unwrap();
        assert_eq!(kept, "{ \"theme\": \"pink\" }");
        assert_eq!(load(folder.path()).unwrap(), Settings::default());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_with_its_path_last() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("a file");
        fs::write(&blocked, "").unwrap();
        let error = save(&blocked.join("inside"), &Settings::default()).unwrap_err().to_string();
        assert!(error.ends_with(FILE), "{error}");
    }

    #[test]
    fn the_parts_of_one_log_are_read_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let parts = [folder.path().join("0.log"), folder.path().join("1.log")];
        fs::write(&parts[0], "first\n").unwrap();
        fs::write(&parts[1], "second\n").unwrap();
        let log = text::redact(open_log(&parts).unwrap());
        assert_eq!(log.as_str().trim_end(), "first\nsecond");
        let missing = [parts[0].clone(), folder.path().join("2.log")];
        assert!(open_log(&missing).is_err());
        assert!(open_log(&[]).is_err());
    }
}
