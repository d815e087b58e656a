//! A new own entry to start from: valid, with a positive and a negative example, its texts saying what to write.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::super::{Day, Knowledge, check, schema};

/// The entry. Its id and its days are replaced.
const TEMPLATE: &str = include_str!("skeleton.json");
/// The id that stands in the template.
const ID: &str = "skeleton-id";
/// The day that stands in the template.
const DAY: &str = "1970-01-01";
/// How a text begins that is still to be written.
pub const TODO: &str = "Write here";

/// Why no entry was written.
#[derive(Debug, thiserror::Error)]
pub enum SkeletonError {
    /// The id is no plain word.
    #[error(
        "cannot make an entry with this id: it has to be small letters, digits and single hyphens, at most 60; for example acme-vpn: {0}"
    )]
    BadId(String),
    /// The id is taken.
    #[error(
        "cannot make an entry with this id: it exists; choose another one, or look at it with `unforbid explain {0}`: {0}"
    )]
    Exists(String),
    /// The file is there.
    #[error("cannot write the entry: the file exists, and is left as it is; choose another id or remove it: {}", .0.display())]
    FileExists(PathBuf),
    /// The system refused.
    #[error("cannot write the entry: {source}; check who may write there, or name another folder with --in: {}", .path.display())]
    Io {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A new entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    /// The file that was written.
    pub path: PathBuf,
}

/// Writes `causes/<id>.json` into `folder`, which is made if it is not there; nothing is overwritten.
///
/// # Errors
/// The id is bad or taken, or the system refused.
pub fn skeleton(id: &str, folder: &Path, known: &Knowledge) -> Result<Skeleton, SkeletonError> {
    if !check::is_id(id) || id.contains(|c: char| c.is_ascii_uppercase()) {
        return Err(SkeletonError::BadId(id.to_owned()));
    }
    if known.has("causes", id) || known.has("related", id) {
        return Err(SkeletonError::Exists(id.to_owned()));
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => SkeletonError::FileExists(path),
            _ => SkeletonError::Io { path, source },
        }
    };
    let text = TEMPLATE.replace(ID, id).replace(DAY, &Day::today().to_string());
    let (causes, schemas) = (folder.join("causes"), folder.join("schema"));
    fs::create_dir_all(&causes).map_err(failed(&causes))?;
    let path = causes.join(format!("{id}.json"));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed(&path))?;
    file.write_all(text.as_bytes()).map_err(failed(&path))?;
    // The schemas are for editors only: an entry works without them.
    fs::create_dir_all(&schemas).map_err(failed(&schemas))?;
    for name in ["causes", "extensions"] {
        let schema = schema(name).and_then(|schema| serde_json::to_string_pretty(&schema).ok());
        let path = schemas.join(format!("{name}.json"));
        fs::write(&path, schema.unwrap_or_default() + "\n").map_err(failed(&path))?;
    }
    Ok(Skeleton { path })
}
