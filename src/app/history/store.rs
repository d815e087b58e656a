//! The file of the history: `history.redb` in the folder for what accumulates.
//!
//! Owns when the file is opened, what is done when that fails, and who may read it. `tables` knows what is in it,
//! `migrate` how it came to be. Must not know screens.
//!
//! The file is opened for each piece of work and closed at once, so that two windows can share it. A damaged file is
//! put aside under a name of its own; one of a newer release is not touched.

mod migrate;
mod tables;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use redb::backends::FileBackend;
use redb::{Builder, Database, StorageError};

use super::record::{Record, Seen};
pub use tables::{MOST, MOST_LOGS, Removed, SCHEMA};

/// The name of the file.
const FILE: &str = "history.redb";
/// How long to wait before the file is tried again while another window has it.
const PAUSE: Duration = Duration::from_millis(20);
/// How often to try.
const TRIES: u32 = 100;
/// The largest part of the file that is held in memory.
const CACHE: usize = 8 * 1024 * 1024;

/// Why the history could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// The file is not what this program writes.
    #[error("the history was damaged, so a new one was begun; the old file was kept: {}", .kept.display())]
    Damaged {
        /// Where the old file is now.
        kept: PathBuf,
    },
    /// The file is of a newer release.
    #[error(
        "the history was written by a newer version of this program, so it is left alone and nothing is kept; use that version, or move the file away: {}",
        .path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// Another process has the file.
    #[error(
        "the history is in use by another window, so nothing was kept just now; close that window, or try again: {}",
        .path.display()
    )]
    Busy {
        /// Which file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("the history could not be read or saved: {why}; check that the disk has room and that you may write there: {}", .path.display())]
    Io {
        /// What the system said.
        why: String,
        /// Which file.
        path: PathBuf,
    },
}

/// What went wrong inside the file.
enum Fault {
    Busy,
    Damaged,
    Newer,
    Io(String),
}

impl From<redb::Error> for Fault {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::DatabaseAlreadyOpen | redb::Error::LockProtocolMismatch => Self::Busy,
            redb::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Self::Damaged,
            redb::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => Self::Damaged,
            redb::Error::Io(error) => error.into(),
            redb::Error::PreviousIo | redb::Error::LockPoisoned(_) => Self::Io(error.to_string()),
            _ => Self::Damaged,
        }
    }
}

/// One for each error of the database; all of them are known to [`redb::Error`].
macro_rules! faults {
    ($($error:ty),+) => {
        $(impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                redb::Error::from(error).into()
            }
        })+
    };
}

faults!(redb::DatabaseError, redb::TransactionError, redb::TableError, StorageError, redb::CommitError);

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<serde_json::Error> for Fault {
    fn from(_: serde_json::Error) -> Self {
        Self::Damaged
    }
}

/// The history's file. It need not exist yet.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    tries: u32,
}

impl Store {
    /// The one in a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(FILE), tries: TRIES }
    }

    /// Gives up at once when another window has the file.
    pub fn impatient(mut self) -> Self {
        self.tries = 1;
        self
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything that is kept, newest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn list(&self) -> Result<Vec<Record>, HistoryError> {
        self.read(tables::list)
    }

    /// Keeps what was read at `now`. Returns the number of each record, and everything that is kept now.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn keep(&self, seen: &Seen, now: i64) -> Result<(Vec<u64>, Vec<Record>), HistoryError> {
        self.write(|database| tables::keep(database, seen, now))
    }

    /// Keeps what the user wrote about a diagnosis.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn note(&self, id: u64, note: &str) -> Result<Vec<Record>, HistoryError> {
        self.write(|database| tables::change(database, id, |record| note.clone_into(&mut record.note)))
    }

    /// Keeps another cause for a diagnosis, because more is known now.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn amend(&self, id: u64, better: &Record) -> Result<Vec<Record>, HistoryError> {
        self.write(|database| {
            tables::change(database, id, |record| {
                record.cause.clone_from(&better.cause);
                record.title.clone_from(&better.title);
                record.confidence = better.confidence;
            })
        })
    }

    /// Deletes one diagnosis.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn delete(&self, id: u64) -> Result<(Removed, Vec<Record>), HistoryError> {
        self.write(|database| tables::remove(database, |record| record == id))
    }

    /// Deletes everything.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn clear(&self) -> Result<(Removed, Vec<Record>), HistoryError> {
        let cleared = self.write(|database| tables::remove(database, |_| true))?;
        // What was deleted may still stand in the file's free pages. When the file cannot be removed, its tables
        // are empty all the same.
        fs::remove_file(&self.path).ok();
        Ok(cleared)
    }

    /// Brings back what was deleted.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn restore(&self, removed: &Removed) -> Result<Vec<Record>, HistoryError> {
        self.write(|database| tables::restore(database, removed))
    }

    /// A log that was kept.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn log(&self, digest: u64) -> Result<Option<String>, HistoryError> {
        self.read(|database| tables::log(database, digest))
    }

    /// Reads; nothing is made for that.
    fn read<R: Default>(&self, work: impl FnOnce(&Database) -> Result<R, Fault>) -> Result<R, HistoryError> {
        if !self.path.exists() {
            return Ok(R::default());
        }
        self.with(work)
    }

    fn write<R>(&self, work: impl FnOnce(&Database) -> Result<R, Fault>) -> Result<R, HistoryError> {
        let folder = self.path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(|error| self.error(error.into()))?;
        self.with(work)
    }

    fn with<R>(&self, work: impl FnOnce(&Database) -> Result<R, Fault>) -> Result<R, HistoryError> {
        // The database may panic on a file that something else has written into.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let database = self.open()?;
            migrate::to_this_schema(&database)?;
            work(&database)
        }));
        done.unwrap_or(Err(Fault::Damaged)).map_err(|fault| self.error(fault))
    }

    /// Makes the file under another name first: a program that is killed meanwhile leaves no half of one.
    fn create(&self) -> Result<(), Fault> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let nth = COUNT.fetch_add(1, Ordering::Relaxed);
        let fresh = self.path.with_file_name(format!("{FILE}.{}-{nth}.new", std::process::id()));
        drop(open_file(&fresh)?);
        // A link, unlike a new name, never takes the place of what another window has made in the meantime. Some
        // disks know no links.
        match fs::hard_link(&fresh, &self.path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(&fresh, &self.path)?,
            _ => fs::remove_file(&fresh)?,
        }
        Ok(())
    }

    fn open(&self) -> Result<Database, Fault> {
        if !self.path.exists() {
            self.create()?;
        }
        let mut tries = 1;
        loop {
            match open_file(&self.path) {
                Err(Fault::Busy) if tries < self.tries => {
                    tries += 1;
                    thread::sleep(PAUSE);
                }
                other => return other,
            }
        }
    }

    fn error(&self, fault: Fault) -> HistoryError {
        let path = self.path.clone();
        match fault {
            Fault::Busy => HistoryError::Busy { path },
            Fault::Newer => HistoryError::Newer { path },
            Fault::Io(why) => HistoryError::Io { why, path },
            Fault::Damaged => match self.put_aside() {
                Ok(kept) => HistoryError::Damaged { kept },
                Err(error) => HistoryError::Io { why: error.to_string(), path },
            },
        }
    }

    /// Gives a damaged file a name that no file has yet.
    fn put_aside(&self) -> io::Result<PathBuf> {
        let name = |number: u32| match number {
            1 => self.path.with_file_name(format!("{FILE}.bad")),
            _ => self.path.with_file_name(format!("{FILE}.bad.{number}")),
        };
        let free = (1..10_000).map(name).find(|path| !path.exists());
        let kept = free.ok_or_else(|| io::Error::other("there are too many damaged files already"))?;
        fs::rename(&self.path, &kept)?;
        Ok(kept)
    }
}

fn open_file(path: &Path) -> Result<Database, Fault> {
    let backend = FileBackend::new(private_file(path)?)?;
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE).set_check_integrity_on_open(true);
    Ok(builder.create_with_backend(backend)?)
}

/// The file, made when it is not there; only its owner may read it.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
