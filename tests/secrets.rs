//! No secret of a log reaches anything that leaves the program.

#[path = "support/planted.rs"]
mod planted;

use std::io::Write as _;
use std::process::{Command, Stdio};

use unforbid::advice::Shell;
use unforbid::knowledge::Knowledge;
use unforbid::output::markdown;
use unforbid::{Preferences, explain, text};

fn assert_clean(place: &str, shown: &str, secrets: &[String]) {
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!shown.contains(secret.as_str()), "secret {number} stands in {place}");
    }
}

#[test]
fn there_are_thirty_and_they_are_told_apart() {
    let (log, secrets) = planted::log();
    assert_eq!(secrets.len(), 30);
    for secret in &secrets {
        assert!(log.contains(secret.as_str()));
    }
    let explained =
        explain(text::decode(log.as_bytes()), "log", Knowledge::bundled(), &Preferences::default());
    assert!(explained.advice.input.secrets_hidden >= 30, "{}", explained.advice.input.secrets_hidden);
}

#[test]
fn no_format_prints_a_secret() {
    let (log, secrets) = planted::log();
    for format in ["text", "json", "markdown", "github"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unforbid"))
            .args(["diagnose", "-", "--format", format])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("piped").write_all(log.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_clean(format, &String::from_utf8_lossy(&output.stdout), &secrets);
        assert_clean(&format!("stderr of {format}"), &String::from_utf8_lossy(&output.stderr), &secrets);
    }
}

#[test]
fn nothing_behind_the_reading_holds_a_secret() {
    let (log, secrets) = planted::log();
    let explained =
        explain(text::decode(log.as_bytes()), "log", Knowledge::bundled(), &Preferences::default());
    assert_clean("the log's view", explained.log.as_str(), &secrets);
    assert_clean("the debug print", &format!("{explained:?}"), &secrets);
    for shell in Shell::ALL {
        assert_clean("the report", &markdown::report(&explained.advice, shell), &secrets);
    }
    let incident = &explained.advice.incidents[0];
    assert_eq!(incident.causes[0].id, "version-exists");
    for cause in &incident.causes {
        assert_clean("the message", &markdown::message_to_admin(incident, cause), &secrets);
    }
}

#[cfg(feature = "app")]
#[allow(dead_code, reason = "this file walks only one way")]
#[path = "support/window.rs"]
mod window;

#[cfg(feature = "app")]
#[test]
fn the_window_its_clipboard_and_its_settings_hold_no_secret() {
    use egui::accesskit::Role;
    use egui::{Key, Modifiers};
    use window::{Fake, Window};

    let (log, secrets) = planted::log();
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    window.paste(&log);
    window.until_result();
    for key in [Key::C, Key::R, Key::M, Key::L] {
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }
    window.click(Role::RadioButton, "PowerShell");
    assert_eq!(window.copied.len(), 4);
    let settings = format!("{:?}", fake.saved().expect("the shell is remembered"));
    assert_clean("the settings", &settings, &secrets);
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!window.shows_part(secret), "secret {number} is shown");
    }
    for copied in &window.copied {
        assert_clean("the clipboard", copied, &secrets);
    }
}
