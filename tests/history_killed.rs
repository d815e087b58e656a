//! What was said to be saved is there after the program was killed, at any moment, two hundred times.
#![cfg(feature = "app")]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

#[path = "history/support.rs"]
#[allow(dead_code, reason = "this file needs only some of it")]
mod support;

use support::{folder, seen, store};
use unforbid::app::store::{self as settings, Settings};

const KILLS: usize = 200;
/// So often the folder is a new one, because the first moments of a file are moments, too.
const KILLS_IN_A_FOLDER: usize = 20;
const FOLDER: &str = "UNFORBID_TEST_FOLDER";
const FIRST: &str = "UNFORBID_TEST_FIRST";
const SAID: &str = "saved ";

/// Says that a number is saved.
fn say(number: u64) {
    writeln!(stdout(), "\n{SAID}{number}").expect("somebody listens");
    stdout().flush().expect("somebody listens");
}

/// What this process saves when it is one that will be killed: its folder and its first number.
fn place() -> Option<(String, u64)> {
    let first = env::var(FIRST).ok()?.parse().expect("a number");
    Some((env::var(FOLDER).expect("a folder"), first))
}

/// Started by the test below; there is nothing to do without it.
#[test]
fn a_child_that_keeps_diagnoses() {
    let Some((folder, first)) = place() else { return };
    let store = store(Path::new(&folder));
    for number in first.. {
        store.keep(&seen(number), i64::try_from(number).expect("a small number")).expect("kept");
        say(number);
    }
}

/// Started by the test below; there is nothing to do without it.
#[test]
fn a_child_that_saves_settings() {
    let Some((folder, first)) = place() else { return };
    for number in first.. {
        let client = Some(number.to_string());
        settings::save(Path::new(&folder), &Settings { client, ..Settings::default() }).expect("saved");
        say(number);
    }
}

/// Started by the test below; there is nothing to do without it.
#[cfg(unix)]
#[test]
fn a_child_on_a_full_disk() {
    use unforbid::app::history::store::HistoryError;

    let Some((folder, first)) = place() else { return };
    let store = store(Path::new(&folder));
    store.keep(&seen(first), 1).expect("there is room for the first");
    // Text that hardly packs.
    let mut dice = Dice(first);
    let mut noise = || -> String { (0..300_000).map(|_| char::from(b'!' + dice.roll(64) as u8)).collect() };
    let mut rounds = 100..120;
    let full = rounds.find_map(|round| store.keep(&support::seen_with_log(round, &noise()), 2).err());
    let full = full.expect("the disk is full");
    assert!(matches!(full, HistoryError::Io { .. }), "{full}");
    let found = store.list().expect("what was kept can still be read");
    assert!(found.iter().any(|record| record.digest == first));
    assert!(fs::read_dir(&folder).expect("a folder").count() == 1, "it is not taken for a damaged one");
    say(first);
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_kept() {
    let folder = folder();
    // No file may be longer than this many blocks of 512 bytes; a write beyond that fails as on a full disk.
    let limited = "trap '' XFSZ; ulimit -f 2100; exec \"$0\" --exact a_child_on_a_full_disk --nocapture";
    let output = Command::new("sh")
        .args(["-c", limited])
        .arg(env::current_exe().expect("this program"))
        .env(FOLDER, folder.path())
        .env(FIRST, "7")
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("saved 7"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        store(folder.path()).list().expect("room again").iter().filter(|it| it.digest == 7).count(),
        1
    );
}

/// Random enough, and the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Starts a child, kills it at some moment after it has saved a few times, and returns the last number it spoke of.
fn killed(child: &str, folder: &Path, first: u64, dice: &mut Dice) -> Option<u64> {
    let mut process = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", child, "--nocapture", "--test-threads", "1"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program starts");
    let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
    let mut said = None;
    for _ in 0..dice.roll(4) {
        said = next(&mut lines).or(said);
    }
    let wait = Duration::from_micros(dice.roll(4000));
    let since = Instant::now();
    while since.elapsed() < wait {
        std::hint::spin_loop();
    }
    end(&mut process);
    // It may have said more before it died.
    while let Some(number) = next(&mut lines) {
        said = Some(number);
    }
    said
}

fn next(lines: &mut std::io::Lines<BufReader<ChildStdout>>) -> Option<u64> {
    lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix(SAID)?.parse().ok())
}

fn end(process: &mut Child) {
    process.kill().expect("it runs for ever");
    let status = process.wait().expect("it is dead");
    assert!(!status.success(), "it was killed and did not end by itself");
}

#[test]
fn the_history_holds_everything_that_was_said_to_be_kept() {
    let mut dice = Dice(7);
    let mut spoke = 0;
    for _ in 0..KILLS / KILLS_IN_A_FOLDER {
        let folder = folder();
        let store = store(folder.path());
        let mut expected: Vec<u64> = Vec::new();
        for _ in 0..KILLS_IN_A_FOLDER {
            let first = expected.last().map_or(1, |last| last + 1);
            let said = killed("a_child_that_keeps_diagnoses", folder.path(), first, &mut dice);
            spoke += usize::from(said.is_some());
            expected.extend(said.into_iter().flat_map(|last| first..=last));
            let mut found: Vec<u64> =
                store.list().expect("the file opens").iter().map(|record| record.digest).collect();
            found.sort_unstable();
            // The last one may have been kept without that it could be said.
            if found.len() > expected.len() {
                expected.push(expected.last().map_or(1, |last| last + 1));
            }
            assert_eq!(found, expected);
            let files: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().collect();
            let is_bad = |file: &fs::DirEntry| file.file_name().to_string_lossy().contains(".bad");
            assert!(!files.iter().any(is_bad), "nothing was put aside: {files:?}");
        }
    }
    assert!(spoke > KILLS / 2, "most were killed while they worked: {spoke}");
}

#[test]
fn the_settings_are_the_last_that_were_said_to_be_saved() {
    let mut dice = Dice(11);
    let folder = folder();
    let (mut last, mut spoke) = (0, 0);
    for _ in 0..KILLS {
        let said = killed("a_child_that_saves_settings", folder.path(), last + 1, &mut dice);
        spoke += usize::from(said.is_some());
        last = said.unwrap_or(last);
        let (found, trouble) = settings::load(folder.path());
        assert!(trouble.is_none(), "the file is whole: {trouble:?}");
        let found = found.client.map_or(0, |number| number.parse().expect("a number"));
        assert!(found == last || found == last + 1, "saved {last}, found {found}");
        last = found;
    }
    assert!(spoke > KILLS / 2, "most were killed while they worked: {spoke}");
}
