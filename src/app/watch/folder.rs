//! Watching npm's folders of logs, on a thread of its own.
//!
//! Owns what counts as a new log and when it is read. Must not know the window: what it notices is told to a function.
//!
//! npm writes a log in pieces, so a log is read once it has been left alone for a moment, and read again if it goes on
//! later. Logs that were there before are never told of.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::app::places::npm_log;
use crate::app::store;
use crate::facts::FactKey;
use crate::knowledge::Knowledge;
use crate::{Preferences, explain};

/// How long npm must have left a log alone before it is read.
pub const QUIET: Duration = Duration::from_millis(500);

/// What a watch tells.
#[derive(Debug)]
pub enum Noticed {
    /// From now on new logs are seen.
    Watching,
    /// A new log holds a refusal.
    Refused(Refused),
    /// The watch has ended.
    Trouble(WatchError),
}

/// A new log with a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The parts of the log.
    pub parts: Vec<PathBuf>,
    /// The package that was refused, if the log names it.
    pub package: Option<String>,
}

/// Why npm's logs cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The system's limit is reached.
    #[error(
        "cannot watch npm's logs: programs on this computer watch too many files already; \
         close some, then turn this off and on again"
    )]
    TooMany,
    /// The folder is closed to this user.
    #[error("cannot watch npm's logs: this folder may not be read; check who may read it: {}", .path.display())]
    Closed {
        /// Which folder.
        path: PathBuf,
    },
    /// Something else stands where the folder should be.
    #[error("cannot watch npm's logs: this is no folder; move it away or set npm's cache: {}", .path.display())]
    NoFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// No rule leads to a folder.
    #[error(
        "cannot watch npm's logs: there is no home folder to find them in; set the variable npm_config_cache"
    )]
    Nowhere,
    /// The system refused.
    #[error("cannot watch npm's logs: {why}; open them by hand, or turn this off and on again")]
    System {
        /// What it said.
        why: String,
    },
}

impl WatchError {
    fn of(error: notify::Error) -> Self {
        use std::io::ErrorKind;

        /// The system's number for too many open files; inotify says it when a user has too many watchers.
        const TOO_MANY_OPEN: i32 = 24;
        match error.kind {
            notify::ErrorKind::MaxFilesWatch => Self::TooMany,
            notify::ErrorKind::Io(source) if source.raw_os_error() == Some(TOO_MANY_OPEN) => Self::TooMany,
            notify::ErrorKind::Io(source) => match (source.kind(), error.paths.into_iter().next()) {
                (ErrorKind::PermissionDenied, Some(path)) => Self::Closed { path },
                _ => Self::System { why: source.to_string() },
            },
            other => Self::System { why: notify::Error::new(other).to_string() },
        }
    }
}

/// A watch that goes on until this is dropped.
#[must_use = "the watch ends when this is dropped"]
pub struct Watching(Option<Box<dyn FnOnce() + Send>>);

impl Watching {
    /// Something that `stop` ends.
    pub fn until(stop: impl FnOnce() + Send + 'static) -> Self {
        Self(Some(Box::new(stop)))
    }

    /// Nothing is watched.
    pub const fn nothing() -> Self {
        Self(None)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        if let Some(stop) = self.0.take() {
            stop();
        }
    }
}

enum Signal {
    Changed(notify::Result<notify::Event>),
    Stop,
}

/// Watches the folders that `folders` finds, which may not be there yet, and tells `tell` from its own thread.
pub fn start(
    folders: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
    knowledge: &'static Knowledge,
    quiet: Duration,
    tell: impl Fn(Noticed) + Send + 'static,
) -> Watching {
    let (signals, inbox) = mpsc::channel();
    let changes = signals.clone();
    thread::spawn(move || {
        let watch = || {
            // A change that comes after the watch has ended interests nobody.
            let watcher = notify::recommended_watcher(move |change| {
                changes.send(Signal::Changed(change)).ok();
            });
            let watcher = watcher.map_err(WatchError::of)?;
            Folders::new(watcher, folders(), knowledge, quiet)?.watch(&inbox, &tell)
        };
        if let Err(error) = watch() {
            tell(Noticed::Trouble(error));
        }
    });
    Watching::until(move || {
        // A watch that has ended by itself needs no stopping.
        signals.send(Signal::Stop).ok();
    })
}

/// The folders under watch, and what is known about the logs in them.
struct Folders {
    watcher: RecommendedWatcher,
    /// Where npm's logs are, or will be.
    folders: Vec<PathBuf>,
    /// What is watched: those of them that are there, and for each other what is nearest above it.
    watched: BTreeSet<PathBuf>,
    /// Runs of npm that are not told of any more: they were there before, or were told of.
    known: BTreeSet<String>,
    /// Runs whose log has changed, and when it may be read.
    changed: BTreeMap<String, Instant>,
    /// How long the log of a run was when it was read.
    lengths: BTreeMap<String, u64>,
    knowledge: &'static Knowledge,
    quiet: Duration,
}

impl Folders {
    fn new(
        watcher: RecommendedWatcher,
        folders: Vec<PathBuf>,
        knowledge: &'static Knowledge,
        quiet: Duration,
    ) -> Result<Self, WatchError> {
        if folders.is_empty() {
            return Err(WatchError::Nowhere);
        }
        let (known, changed, lengths) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        let watched = BTreeSet::new();
        let mut this = Self { watcher, folders, watched, known, changed, lengths, knowledge, quiet };
        this.known = this.runs().into_iter().map(|(run, _)| run).collect();
        this.settle()?;
        Ok(this)
    }

    fn watch(mut self, inbox: &mpsc::Receiver<Signal>, tell: &dyn Fn(Noticed)) -> Result<(), WatchError> {
        tell(Noticed::Watching);
        loop {
            let next = self.changed.values().min().copied();
            let signal = match next {
                Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match signal {
                Ok(Signal::Changed(change)) => self.take(&change.map_err(WatchError::of)?)?,
                Err(RecvTimeoutError::Timeout) => self.read_quiet(tell),
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    /// Watches each folder, or what is nearest above it while it is missing, until nothing more appears.
    fn settle(&mut self) -> Result<(), WatchError> {
        loop {
            let file = self.folders.iter().find(|folder| folder.exists() && !folder.is_dir());
            if let Some(path) = file {
                return Err(WatchError::NoFolder { path: path.clone() });
            }
            let nearest =
                |folder: &PathBuf| folder.ancestors().find(|path| path.is_dir()).map(Path::to_owned);
            let wanted: BTreeSet<PathBuf> = self.folders.iter().filter_map(nearest).collect();
            if wanted.is_empty() {
                return Err(WatchError::Nowhere);
            }
            if wanted == self.watched {
                return Ok(());
            }
            for path in self.watched.difference(&wanted) {
                // What was removed has taken its watch along.
                self.watcher.unwatch(path).ok();
            }
            self.watched.retain(|path| wanted.contains(path));
            for path in wanted {
                if self.watched.contains(&path) {
                    continue;
                }
                match self.watcher.watch(&path, RecursiveMode::NonRecursive) {
                    Ok(()) => _ = self.watched.insert(path),
                    // It was removed in between; what is above it will be found.
                    Err(_) if !path.is_dir() => {}
                    Err(error) => return Err(WatchError::of(error.add_path(path))),
                }
            }
            // What was written before the watch began has made no sound.
            let runs: Vec<_> = self.runs().into_iter().map(|(run, _)| run).collect();
            runs.into_iter().for_each(|run| self.note(run));
        }
    }

    fn take(&mut self, change: &notify::Event) -> Result<(), WatchError> {
        // Reading a log is an access, too, and must not make it look changed.
        if matches!(change.kind, EventKind::Access(_)) {
            return Ok(());
        }
        for path in &change.paths {
            let name = path.file_name().and_then(|name| name.to_str());
            match name.and_then(npm_log::run_named) {
                Some(run) => self.note(run.to_owned()),
                // A folder that is moved or removed takes its watch along; another may have its name by now.
                None if !matches!(change.kind, EventKind::Create(_)) && self.watched.remove(path) => {
                    self.watcher.unwatch(path).ok();
                }
                None => {}
            }
        }
        if change.need_rescan() {
            let runs: Vec<_> = self.runs().into_iter().map(|(run, _)| run).collect();
            runs.into_iter().for_each(|run| self.note(run));
        }
        self.settle()
    }

    /// The log of a run has changed.
    fn note(&mut self, run: String) {
        if !self.known.contains(&run) {
            self.changed.insert(run, Instant::now() + self.quiet);
        }
    }

    /// All runs and the parts of their logs.
    fn runs(&self) -> Vec<(String, Vec<PathBuf>)> {
        self.folders.iter().flat_map(|folder| npm_log::runs(folder)).collect()
    }

    /// Reads the logs that were left alone long enough, oldest first.
    fn read_quiet(&mut self, tell: &dyn Fn(Noticed)) {
        let now = Instant::now();
        let runs = self.runs();
        let due: Vec<_> = self.changed.extract_if(.., |_, at| *at <= now).map(|(run, _)| run).collect();
        for run in due {
            let Some((_, parts)) = runs.iter().find(|(name, _)| *name == run) else { continue };
            let length = parts.iter().filter_map(|part| part.metadata().ok()).map(|about| about.len()).sum();
            if self.lengths.insert(run.clone(), length) == Some(length) {
                continue;
            }
            if let Some(refused) = refusal(parts, self.knowledge) {
                self.known.insert(run);
                tell(Noticed::Refused(refused));
            }
        }
    }
}

/// The refusal in a log. One that cannot be read is none of the user's, and what makes the engine panic is said when
/// the user opens it.
fn refusal(parts: &[PathBuf], knowledge: &'static Knowledge) -> Option<Refused> {
    let explained = catch_unwind(AssertUnwindSafe(|| {
        let text = store::open_log(parts).ok()?;
        Some(explain(text, "", knowledge, &Preferences::default()))
    }));
    let explained = explained.ok().flatten()?;
    let incident = explained.advice.incidents.first()?;
    let package = incident.facts.get(FactKey::Package).map(str::to_owned);
    Some(Refused { parts: parts.to_owned(), package })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: notify::Error) -> String {
        WatchError::of(error.add_path("/home/alice/.npm/_logs".into())).to_string()
    }

    #[test]
    fn each_refusal_of_the_system_says_what_and_what_next() {
        let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        let instances = notify::Error::io(std::io::Error::from_raw_os_error(24));
        for error in [limit, instances] {
            let said = said(error);
            assert!(said.contains("too many files already; close some"), "{said}");
        }
        let closed = said(notify::Error::io(std::io::ErrorKind::PermissionDenied.into()));
        assert!(closed.ends_with("check who may read it: /home/alice/.npm/_logs"), "{closed}");
        let other = said(notify::Error::generic("out of luck"));
        assert!(other.contains("out of luck") && other.contains("by hand"), "{other}");
    }

    #[test]
    fn a_watch_is_stopped_once_and_nothing_is_stopped_never() {
        let (sender, stops) = mpsc::channel();
        drop(Watching::until(move || sender.send(()).expect("the test listens")));
        drop(Watching::nothing());
        assert_eq!(stops.iter().count(), 1);
    }
}
