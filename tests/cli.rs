//! The program from outside: arguments and streams in, streams and exit code out.
//!
//! `cli/*.toml` hold what a table can say; here is what needs a pipe, a broken file or a missing display.
//! `TRYCMD=overwrite` accepts what the program prints; read the difference before you believe it.

// Clippy takes the helpers below for code outside of tests.
#![allow(clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::process::{Command, Output, Stdio};

const LOG: &str = "npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - \
    You cannot publish over the previously published versions: 1.0.2.\n";

/// The program without a display and without colour.
fn unforbid(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unforbid"));
    command.args(arguments);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "UNFORBID_KNOWLEDGE"] {
        command.env_remove(name);
    }
    // Entries of whoever runs the tests must not answer.
    command.env("UNFORBID_HOME", std::env::temp_dir().join("unforbid-tests-have-no-settings"));
    command
}

fn run_with(arguments: &[&str], stdin: &[u8]) -> Output {
    finish(&mut unforbid(arguments), stdin)
}

fn finish(command: &mut Command, stdin: &[u8]) -> Output {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A program that does not read its input closes the pipe, which is fine.
    child.stdin.take().unwrap().write_all(stdin).ok();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn every_case_in_the_folder() {
    // Entries of whoever runs the tests must not answer.
    let nowhere = std::env::temp_dir().join("unforbid-tests-have-no-settings");
    let cases = trycmd::TestCases::new();
    cases.env("UNFORBID_HOME", nowhere.to_string_lossy()).env("UNFORBID_KNOWLEDGE", "");
    cases.case("tests/cli/*.toml");
}

#[test]
fn a_file_is_named_without_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("npm-debug.log");
    std::fs::write(&path, LOG).unwrap();
    let output = run_with(&["diagnose", "--json", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["input"]["name"], "npm-debug.log");
    assert!(!text(&output.stdout).contains(folder.path().to_str().unwrap()));
}

#[test]
fn a_file_named_like_a_subcommand_is_read_when_its_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list"), LOG).unwrap();
    let output =
        unforbid(&["diagnose", "./list"]).current_dir(&folder).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("E403 on publish: "));
}

/// Permissions do not stop the administrator, under whom some build machines run; a path through a file stops all.
#[test]
fn a_path_that_leads_through_a_file_is_exit_2_with_the_path_last() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.txt");
    std::fs::write(&file, LOG).unwrap();
    let path = file.join("x");
    let output = run_with(&["diagnose", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    let stderr = text(&output.stderr);
    assert!(stderr.starts_with("error: cannot read the log: "), "{stderr}");
    assert!(stderr.trim_end().ends_with(&path.display().to_string()), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission_is_exit_2_for_everybody_but_the_administrator() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.log");
    std::fs::write(&path, LOG).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    let may_read = std::fs::read(&path).is_ok();
    let output = run_with(&["diagnose", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(if may_read { 0 } else { 2 }));
}

#[test]
fn bytes_that_are_no_text_are_read_and_not_recognised() {
    let noise: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let output = run_with(&["diagnose"], &noise);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(!output.stdout.is_empty());
}

#[test]
fn a_log_in_utf_16_is_read_like_any_other() {
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(LOG.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let output = run_with(&["diagnose", "--json"], &bytes);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["input"]["encoding"], "UTF-16LE");
    assert_eq!(json["incidents"][0]["causes"][0]["id"], "version-exists");
}

#[test]
fn a_reader_that_closes_the_pipe_early_is_no_failure() {
    for arguments in [&["list"][..], &["explain", "version-exists", "--json"], &["--help"]] {
        let mut child = unforbid(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_reader_that_takes_one_line_of_a_diagnosis_is_no_failure() {
    let mut child = unforbid(&["diagnose"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Many incidents, so that the answer is larger than a pipe.
    for nth in 0..2_000 {
        let log = LOG.replace("%2fui", &format!("%2fui-{nth}"));
        stdin.write_all(log.as_bytes()).unwrap();
    }
    drop(stdin);
    let mut first = [0; 20];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_pipe_gets_no_escape_sequences() {
    for arguments in [&["diagnose"][..], &["list"], &["--help"], &["diagnose", "--nonsense"]] {
        let output = run_with(arguments, LOG.as_bytes());
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.contains(&0x1b), "{arguments:?}");
    }
}

#[test]
fn a_hostile_file_name_cannot_command_an_agent_through_stderr() {
    for name in ["::error::owned", "##vso[task.complete]owned", "a\n::error::owned"] {
        for arguments in [&["diagnose", name][..], &["diagnose", "a.log", name]] {
            let output = run_with(arguments, b"");
            assert_eq!(output.status.code(), Some(2));
            let stderr = text(&output.stderr);
            assert!(!stderr.contains("##"), "{stderr}");
            let mut lines = stderr.lines().map(str::trim_start);
            assert!(!lines.any(|line| line.starts_with("::")), "{stderr}");
        }
    }
}

// Without a display. macOS and Windows always have one, so that there is nothing to try.
#[cfg(all(unix, not(target_os = "macos")))]
mod without_a_display {
    use super::{LOG, finish, run_with, text, unforbid};

    #[test]
    fn text_that_is_piped_in_is_diagnosed_right_here() {
        for arguments in [&[][..], &["-"]] {
            let output = run_with(arguments, LOG.as_bytes());
            assert_eq!(output.status.code(), Some(0));
            assert!(text(&output.stdout).starts_with("E403 on publish: "));
            assert_eq!(text(&output.stderr), "");
        }
    }

    #[test]
    fn nothing_piped_in_gives_one_sentence_with_the_way_out() {
        let output = run_with(&[], b"");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        refusal(text(&output.stderr), "unforbid diagnose FILE");
    }

    #[test]
    fn a_file_is_named_in_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("npm-debug.log");
        std::fs::write(&path, LOG).unwrap();
        let output = run_with(&[path.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(2));
        refusal(text(&output.stderr), &format!("unforbid diagnose {}", path.display()));
    }

    /// Libraries may be missing here, or there is no X server with this number; neither may show.
    #[test]
    fn a_display_that_does_not_answer_is_told_in_one_sentence_or_answered_right_here() {
        let dead = |stdin: &[u8]| finish(unforbid(&[]).env("DISPLAY", ":6339"), stdin);
        let output = dead(b"");
        assert_eq!(output.status.code(), Some(2));
        refusal(text(&output.stderr), "unforbid diagnose FILE");
        let output = dead(LOG.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).starts_with("E403 on publish: "));
    }

    /// One line, the packages if a window could be had, the command, and nothing of the machine it was built on.
    fn refusal(stderr: &str, way_out: &str) {
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains(way_out), "{stderr}");
        if cfg!(feature = "app") {
            for package in
                ["libx11-6", "libx11-xcb1", "libxcursor1", "libxi6", "libxkbcommon-x11-0", "libgl1"]
            {
                assert!(stderr.contains(package), "{package} is missing in {stderr}");
            }
        } else {
            assert!(stderr.contains("this build has no window"), "{stderr}");
        }
        for trace in ["panicked", ".rs:", "RUST_BACKTRACE", "Error("] {
            assert!(!stderr.contains(trace), "{stderr}");
        }
    }
}
