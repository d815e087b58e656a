//! The watch over npm's logs, on a real folder with the real system telling of changes.
#![cfg(feature = "app")]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use unforbid::app::watch::folder::{self, Noticed, Refused, WatchError, Watching};
use unforbid::knowledge::Knowledge;

/// How long npm must leave a log alone here.
const QUIET: Duration = Duration::from_millis(200);
/// How long a test waits before it has failed.
const LONG: Duration = Duration::from_secs(30);
const CALM: &str = "0 verbose cli /usr/bin/node /usr/bin/npm\n1 info using npm@10.9.2\n";

/// The log of a refused publish of a package.
fn refused(package: &str) -> String {
    let log = format!(
        "{CALM}\
         2 verbose stack HttpErrorGeneral: 403 Forbidden - PUT https://{{npm}}/{package} - You do not have permission to publish \"{package}\". Are you logged in as the correct user?\n\
         3 error code E403\n\
         4 error 403 403 Forbidden - PUT https://{{npm}}/{package} - You do not have permission to publish \"{package}\". Are you logged in as the correct user?\n"
    );
    Knowledge::bundled().expand(&log)
}

/// The file of the run that started in this minute.
fn file(folder: &Path, minute: u8, part: u8) -> PathBuf {
    folder.join(format!("2026-08-01T10_{minute:02}_00_000Z-debug-{part}.log"))
}

fn append(path: &Path, text: &str) {
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("a log can be written");
    file.write_all(text.as_bytes()).expect("a log can be written");
}

struct Watch {
    watching: Option<Watching>,
    told: Receiver<Noticed>,
}

impl Watch {
    fn over(folder: &Path) -> Self {
        Self::over_all(vec![folder.to_owned()])
    }

    fn over_all(folders: Vec<PathBuf>) -> Self {
        let (sender, told) = mpsc::channel();
        let tell = move |noticed| sender.send(noticed).expect("the test listens as long as the watch is on");
        let watching = Some(folder::start(move || folders, Knowledge::bundled(), QUIET, tell));
        Self { watching, told }
    }

    fn next(&self) -> Noticed {
        self.told.recv_timeout(LONG).expect("the watch tells something")
    }

    fn begun(self) -> Self {
        assert!(matches!(self.next(), Noticed::Watching));
        self
    }

    fn refused(&self) -> Refused {
        match self.next() {
            Noticed::Refused(refused) => refused,
            other => panic!("not a refusal: {other:?}"),
        }
    }

    fn trouble(&self) -> WatchError {
        match self.next() {
            Noticed::Trouble(error) => error,
            other => panic!("no trouble: {other:?}"),
        }
    }

    fn package(&self) -> String {
        self.refused().package.expect("the log names the package")
    }
}

#[test]
fn a_new_log_with_a_refusal_is_told_once_with_its_package() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::over(folder.path()).begun();
    let path = file(folder.path(), 1, 0);
    append(&path, &refused("@acme%2fwidgets"));
    let told = watch.refused();
    assert_eq!((told.package.as_deref(), &*told.parts), (Some("@acme/widgets"), &[path.clone()][..]));
    append(&path, "5 verbose exit 1\n");
    append(&file(folder.path(), 2, 0), &refused("left-layout"));
    assert_eq!(watch.package(), "left-layout", "the first is not told again");
}

#[test]
fn a_log_that_is_written_in_pieces_is_read_when_npm_has_finished() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::over(folder.path()).begun();
    let log = refused("left-layout");
    for piece in log.as_bytes().chunks(64) {
        append(&file(folder.path(), 1, 0), std::str::from_utf8(piece).unwrap());
    }
    assert_eq!(watch.package(), "left-layout");
}

#[test]
fn a_run_that_goes_on_after_a_pause_is_read_again_with_all_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::over(folder.path()).begun();
    append(&file(folder.path(), 1, 0), CALM);
    append(&file(folder.path(), 2, 0), &refused("other"));
    assert_eq!(watch.package(), "other", "both were left alone for as long");
    append(&file(folder.path(), 1, 1), &refused("left-layout"));
    let told = watch.refused();
    assert_eq!(told.package.as_deref(), Some("left-layout"));
    assert_eq!(told.parts, [file(folder.path(), 1, 0), file(folder.path(), 1, 1)]);
}

#[test]
fn logs_that_were_there_before_and_logs_without_a_refusal_are_never_told() {
    let folder = tempfile::tempdir().unwrap();
    let old = file(folder.path(), 1, 0);
    append(&old, &refused("old"));
    let watch = Watch::over(folder.path()).begun();
    append(&old, &refused("old-again"));
    append(&file(folder.path(), 2, 0), CALM);
    append(&folder.path().join("notes.log"), &refused("notes"));
    append(&file(folder.path(), 3, 0), &refused("new"));
    assert_eq!(watch.package(), "new");
}

#[test]
fn several_logs_at_once_are_all_told_the_newest_last() {
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::over(folder.path()).begun();
    for (minute, package) in ["a", "b", "c"].into_iter().enumerate() {
        append(&file(folder.path(), minute as u8, 0), &refused(package));
    }
    assert_eq!([watch.package(), watch.package(), watch.package()], ["a", "b", "c"]);
}

#[test]
fn a_folder_that_is_not_there_yet_is_waited_for() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("cache").join("_logs");
    let watch = Watch::over(&folder).begun();
    fs::create_dir_all(&folder).unwrap();
    append(&file(&folder, 1, 0), &refused("left-layout"));
    assert_eq!(watch.package(), "left-layout");
}

#[test]
fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("cache").join("_logs");
    fs::create_dir_all(&folder).unwrap();
    let watch = Watch::over(&folder).begun();
    for (minute, package) in ["a", "b", "c"].into_iter().enumerate() {
        fs::remove_dir_all(root.path().join("cache")).unwrap();
        fs::create_dir_all(&folder).unwrap();
        append(&file(&folder, minute as u8, 0), &refused(package));
        assert_eq!(watch.package(), package);
    }
}

#[test]
fn each_of_several_folders_is_watched() {
    let root = tempfile::tempdir().unwrap();
    let folders = ["there", "not there yet"].map(|name| root.path().join(name));
    fs::create_dir(&folders[0]).unwrap();
    let watch = Watch::over_all(folders.to_vec()).begun();
    append(&file(&folders[0], 1, 0), &refused("a"));
    assert_eq!(watch.package(), "a");
    fs::create_dir(&folders[1]).unwrap();
    append(&file(&folders[1], 2, 0), &refused("b"));
    assert_eq!(watch.package(), "b");
}

#[test]
fn a_file_where_the_folder_should_be_is_said_with_what_to_do() {
    let root = tempfile::tempdir().unwrap();
    let blocked = root.path().join("_logs");
    fs::write(&blocked, "").unwrap();
    let error = Watch::over(&blocked).trouble();
    assert!(matches!(error, WatchError::NoFolder { .. }), "{error}");
    assert!(error.to_string().contains("move it away"), "{error}");
    assert!(matches!(Watch::over_all(Vec::new()).trouble(), WatchError::Nowhere));
}

#[test]
fn dropping_the_watch_ends_its_thread() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::over(folder.path()).begun();
    watch.watching = None;
    let ended = watch.told.recv_timeout(LONG);
    assert!(matches!(ended, Err(mpsc::RecvTimeoutError::Disconnected)), "{ended:?}");
}
