//! Reading one file safely: ordinary files of a sensible size only, decoded, with words for what went wrong.
//!
//! Owns how a path is shown. Writes nothing. Must not know what a file means.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// A configuration file is a few lines; one of more than this is something else.
pub(super) const LARGEST: u64 = 4 << 20;

/// A file that was read.
pub(super) struct Content {
    /// Its text, without a byte order mark.
    pub text: String,
    /// Whether it was in UTF-16.
    pub is_utf16: bool,
    /// When it was last written, in seconds since 1970.
    pub written: Option<u64>,
}

/// Why a file was not read.
pub(super) enum Failure {
    /// It is not there.
    Missing,
    /// It is there; what is wrong with it and what to do, in one sentence.
    Unreadable(String),
}

/// Reads a file of at most [`LARGEST`] bytes.
pub(super) fn read(path: &Path) -> Result<Content, Failure> {
    let (file, size, written) = open(path, LARGEST)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // The file may grow while it is read.
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| failure(&error))?;
    let (text, is_utf16) = decode(&bytes);
    Ok(Content { text, is_utf16, written })
}

/// Opens an ordinary file of at most `largest` bytes.
pub(super) fn open(path: &Path, largest: u64) -> Result<(File, u64, Option<u64>), Failure> {
    // Looked at before it is opened: to open a pipe or a device may wait for ever.
    let metadata = fs::metadata(path).map_err(|error| match fs::symlink_metadata(path) {
        Ok(_) if error.kind() == io::ErrorKind::NotFound => Failure::Unreadable(
            "it is a link to a file that is not there; mend or remove the link".to_owned(),
        ),
        _ => failure(&error),
    })?;
    if metadata.is_dir() {
        return Err(Failure::Unreadable("it is a folder, not a file; remove or rename it".to_owned()));
    }
    if !metadata.is_file() {
        let what = "it is a device, a pipe or a socket, not a file; put an ordinary file in its place";
        return Err(Failure::Unreadable(what.to_owned()));
    }
    if metadata.len() > largest {
        let (size, limit) = (metadata.len() >> 20, largest >> 20);
        let what = format!("it is {size} MiB, the limit is {limit} MiB; look whether it is the right file");
        return Err(Failure::Unreadable(what));
    }
    let file = File::open(path).map_err(|error| failure(&error))?;
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((file, metadata.len(), written.map(|time| time.as_secs())))
}

pub(super) fn failure(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::Missing,
        io::ErrorKind::PermissionDenied => Failure::Unreadable(
            "its permissions forbid to read it; give yourself the right to read it".to_owned(),
        ),
        _ => Failure::Unreadable(format!("the system cannot read it ({error}); try again or replace it")),
    }
}

fn decode(bytes: &[u8]) -> (String, bool) {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        (String::from_utf16_lossy(&units), true)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => units(bytes, u16::from_le_bytes),
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => units(bytes, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            (String::from_utf8_lossy(bytes).into_owned(), false)
        }
    }
}

/// A path as it is shown: below the home folder it starts with `~`, separators are `/`.
pub(super) fn shown(path: &Path, home: Option<&Path>) -> String {
    let below = home.and_then(|home| path.strip_prefix(home).ok());
    let text = match below {
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    };
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_powershell_is_recognised_with_and_without_its_mark() {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(decode(&units("\u{feff}a=1")), ("a=1".into(), true));
        assert_eq!(decode(&units("a=1")), ("a=1".into(), true));
        assert_eq!(decode(b"\xEF\xBB\xBFa=1"), ("a=1".into(), false));
        assert_eq!(decode(b"a"), ("a".into(), false));
    }

    #[test]
    fn a_path_in_the_home_folder_is_shown_without_its_owner() {
        let home = Path::new("/home/alice");
        assert_eq!(shown(Path::new("/home/alice/.npmrc"), Some(home)), "~/.npmrc");
        assert_eq!(shown(Path::new("/home/alicent/.npmrc"), Some(home)), "/home/alicent/.npmrc");
    }
}
