//! Reading a log from a file or a pipe: the only place of the engine that opens one.
//!
//! Must not know what a log says.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::decode::decode_kept;
use super::scan::Limits;
use super::{Text, intake};

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file.
    #[error("cannot read the log: there is no such file; check its name and folder: {}", shown(.path))]
    Missing {
        /// What was to be read.
        path: PathBuf,
    },
    /// The file may not be read.
    #[error("cannot read the log: permission denied; copy it to a place you may read: {}", shown(.path))]
    Permission {
        /// What was to be read.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("cannot read the log: it is a folder; open the file inside it instead: {}", shown(.path))]
    IsDirectory {
        /// What was to be read.
        path: PathBuf,
    },
    /// It was there, and then it was not.
    #[error("cannot read the log: it disappeared while it was read; open it again: {}", shown(.path))]
    Vanished {
        /// What was to be read.
        path: PathBuf,
    },
    /// Anything else the system says.
    #[error("cannot read the log: {source}; copy it elsewhere and open the copy: {}", shown(.path))]
    Io {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    fn when_opening(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        // Windows refuses to open a folder with the same error as a file one may not read.
        if path.is_dir() {
            return Self::IsDirectory { path };
        }
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::Permission { path },
            _ => Self::Io { path, source },
        }
    }

    fn when_reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            ErrorKind::NotFound | ErrorKind::StaleNetworkFileHandle => Self::Vanished { path },
            _ => Self::Io { path, source },
        }
    }
}

/// A path that cannot write to the terminal more than its name.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(|c: char| c.is_control(), "\u{fffd}")
}

/// Reads, decodes and cleans a file of any size.
///
/// Of more than 64 MiB the start, the end and the surroundings of what looks like an error are kept; a warning says how
/// much was not.
pub fn open(path: &Path) -> Result<Text, OpenError> {
    let file = File::open(path).map_err(|error| OpenError::when_opening(path, error))?;
    // Only a hint: the file may be a pipe, and it may grow or shrink while it is read.
    let size = file.metadata().ok().filter(|about| about.is_file()).map(|about| about.len());
    let kept = intake::read(file, size, Limits::DEFAULT);
    Ok(decode_kept(kept.map_err(|error| OpenError::when_reading(path, error))?))
}

/// Reads, decodes and cleans what a pipe delivers until its end, as [`open`] does.
pub fn read(reader: impl Read) -> io::Result<Text> {
    Ok(decode_kept(intake::read(reader, None, Limits::DEFAULT)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_fail_says_what_to_do_and_ends_with_the_path() {
        let path = Path::new("build\u{1b}.log");
        let cases = [
            OpenError::when_opening(path, ErrorKind::NotFound.into()),
            OpenError::when_opening(path, ErrorKind::PermissionDenied.into()),
            OpenError::when_opening(path, ErrorKind::Other.into()),
            OpenError::when_reading(path, ErrorKind::IsADirectory.into()),
            OpenError::when_reading(path, ErrorKind::NotFound.into()),
            OpenError::when_reading(path, ErrorKind::TimedOut.into()),
        ];
        let kinds = ["Missing", "Permission", "Io", "IsDirectory", "Vanished", "Io"];
        for (error, kind) in cases.iter().zip(kinds) {
            let message = error.to_string();
            assert!(format!("{error:?}").starts_with(kind), "{error:?}");
            assert!(message.starts_with("cannot read the log: "), "{message}");
            assert!(message.ends_with(": build\u{fffd}.log"), "{message}");
        }
    }
}
