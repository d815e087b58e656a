//! The files of an own folder: which are read, and how much of them.
//!
//! Only the four known folders, only `*.json` in them, only regular files, and never more than the limits. A link is
//! followed, but what it leads to has to be a regular file, too.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::super::check::{Problem, Severity};
use super::locate;

/// The folders that are looked into.
pub(super) const FOLDERS: [&str; 4] = ["causes", "providers", "clients", "related"];
/// The largest file; a long entry takes a twentieth of it.
const LARGEST: u64 = 1024 * 1024;
/// The most files, in all folders together.
const MOST: usize = 2_000;
/// The most names that are looked at in one folder.
const MOST_NAMES: usize = 20_000;

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is none.
    #[error("cannot read own entries: there is no such folder; check the name, or make it with `unforbid knowledge new ID --in DIR`: {}", .0.display())]
    Missing(PathBuf),
    /// It is something else.
    #[error("cannot read own entries: this is a file and not a folder; name the folder that holds `causes`: {}", .0.display())]
    NotAFolder(PathBuf),
    /// It has none of the folders that entries are in.
    #[error("cannot read own entries: there is no folder named causes, providers, clients or related in it; name the folder above them: {}", .0.display())]
    NoEntries(PathBuf),
    /// Anything else the system says.
    #[error("cannot read own entries: {source}; check who may read the folder: {}", .path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Whether a folder of own entries can be read.
///
/// # Errors
/// It is not there, is no folder, or is none of own entries.
pub fn usable(folder: &Path) -> Result<(), FolderError> {
    let path = || folder.to_owned();
    let about = fs::metadata(folder).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => FolderError::Missing(path()),
        io::ErrorKind::NotADirectory => FolderError::NotAFolder(path()),
        _ => FolderError::Io { path: path(), source },
    })?;
    if !about.is_dir() {
        return Err(FolderError::NotAFolder(path()));
    }
    match FOLDERS.iter().any(|name| folder.join(name).is_dir()) {
        true => Ok(()),
        false => Err(FolderError::NoEntries(path())),
    }
}

/// A file that was read.
pub(super) struct Found {
    /// Its path.
    pub path: String,
    /// One of [`FOLDERS`].
    pub folder: &'static str,
    /// Its name without `.json`.
    pub stem: String,
    /// What is in it.
    pub text: String,
}

/// How many files may still be read.
pub(super) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(MOST)
    }
}

/// The files of a folder, by kind and name. What cannot be read becomes a problem.
pub(super) fn read(folder: &Path, room: &mut Room, problems: &mut Vec<Problem>) -> Vec<Found> {
    let mut found = Vec::new();
    if let Err(error) = usable(folder) {
        let told = error.to_string();
        let told = told.trim_end_matches(&format!(": {}", folder.display()));
        let (what, hint) = told.split_once("; ").unwrap_or((told, "check its name"));
        problems.push(*problem(folder, what, hint, None));
        return found;
    }
    for kind in FOLDERS {
        for path in names(&folder.join(kind), problems) {
            if room.0 == 0 {
                let hint = "split the folder, or remove what is not needed";
                problems.push(*problem(
                    &path,
                    &format!("not read, because there are over {MOST} files"),
                    hint,
                    None,
                ));
                return found;
            }
            room.0 -= 1;
            match content(&path) {
                Ok(text) => found.push(Found {
                    folder: kind,
                    stem: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                    path: path.display().to_string(),
                    text,
                }),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    found
}

fn problem(path: &Path, what: &str, hint: &str, place: Option<(usize, usize)>) -> Box<Problem> {
    Box::new(Problem {
        file: path.display().to_string(),
        place,
        severity: Severity::Error,
        what: what.to_owned(),
        hint: hint.to_owned(),
        near: String::new(),
    })
}

/// The entries of one kind, by name. Hidden files are an editor's or the system's.
fn names(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let list = match fs::read_dir(folder) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let what = format!("cannot be listed: {error}");
            problems.push(*problem(folder, &what, "check that it is a folder and who may read it", None));
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = list
        .take(MOST_NAMES)
        // An entry that vanishes while the folder is listed is not there.
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            !hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        })
        .collect();
    paths.sort();
    paths
}

/// The text of one file, if it is small, regular, and text.
fn content(path: &Path) -> Result<String, Box<Problem>> {
    let refuse = |what: &str, hint: &str| problem(path, what, hint, None);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => refuse("leads to a file that is not there", "mend or remove the link"),
        // The kind for links that lead in a circle is not stable in Rust.
        _ if path.is_symlink() && !path.exists() => {
            refuse(&format!("is a link that leads nowhere: {error}"), "mend or remove the link")
        }
        _ => refuse(&format!("cannot be read: {error}"), "check who may read it"),
    };
    // Before it is opened: a pipe would wait for ever.
    let about = fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        let what = if about.is_dir() { "is a folder" } else { "is a device or a pipe and no file" };
        return Err(refuse(what, "put a regular file there; folders inside are not read"));
    }
    let too_large = || {
        let hint = "an entry is a few kilobytes; shorten it, or move what is no entry out of this folder";
        refuse("is larger than 1 MiB", hint)
    };
    if about.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let hint = "save the file as UTF-8";
        problem(path, "is not UTF-8", hint, Some(locate::place(&before, before.len())))
    })?;
    // An editor of Windows may put a mark at the start.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() {
        let hint = "`unforbid knowledge new ID` writes an entry to start from";
        return Err(refuse("is empty", hint));
    }
    Ok(text)
}
