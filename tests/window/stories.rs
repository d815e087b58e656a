//! What people come for: paste, open, read, copy.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::app::state::Screen;
use unforbid::knowledge::Knowledge;

use super::desk::{Desk, Shared, Window};
use super::planted;

pub const EXISTS: &str = "npm notice name: my-utils\nnpm notice version: 1.0.2\nnpm error code E403\n\
    npm error 403 403 Forbidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.\n";
const TWO: &str = "npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://{npm}/my-utils - You cannot publish over the previously published versions: 1.0.2.\n\
    npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://{npm}/react-application - Package name triggered spam detection; if you believe this is in error, please contact support at https://npmjs.com/support\n";

fn file(name: &str, log: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, Knowledge::bundled().expand(log)).unwrap();
    (folder, path)
}

#[test]
fn a_paste_anywhere_leads_to_the_verdict_and_the_command_that_is_shown_is_copied() {
    let mut window = Window::empty();
    window.paste(EXISTS);
    window.must_tell("This version is already published");
    window.must_tell("Likely");
    window.click(Role::Button, "Copy command: npm version patch");
    assert_eq!(window.copied(), Some("npm version patch"));
    window.must_tell("Copied");
}

#[test]
fn every_copy_button_copies_exactly_what_its_name_says() {
    let mut window = Window::empty();
    window.paste(EXISTS);
    let names = window.buttons("Copy command: ");
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let command = name.trim_start_matches("Copy command: ").to_owned();
        let found =
            window.harness.query_all_by_role_and_label(Role::Button, &name).next().map(|node| node.click());
        assert!(found.is_some(), "{name}");
        window.settle();
        assert_eq!(window.copied(), Some(command.as_str()));
        assert!(!command.contains('\n'));
    }
}

#[test]
fn a_log_is_opened_through_the_dialog() {
    let (_folder, path) = file("build.log", EXISTS);
    let mut window = Window::on(&Shared(Arc::new(Desk { picked: Some(path), ..Desk::default() })));
    window.click(Role::Button, "Open log…");
    window.must_tell("This version is already published");
    window.must_tell("build.log");
}

#[test]
fn the_latest_npm_log_is_one_press_away() {
    let (_folder, path) = file("2026-11-21T20_04_14_878Z-debug-0.log", EXISTS);
    let mut window = Window::on(&Shared(Arc::new(Desk { npm_log: vec![path], ..Desk::default() })));
    window.press(Modifiers::COMMAND, Key::L);
    window.must_tell("This version is already published");
    window.must_tell("2026-11-21T20_04_14_878Z-debug-0.log");
}

#[test]
fn without_an_npm_log_the_window_says_where_it_looked() {
    let mut window = Window::empty();
    window.click(Role::Button, "Latest npm log");
    window.must_tell("_logs");
}

#[test]
fn several_refusals_are_stepped_through_in_the_order_of_the_log() {
    let mut window = Window::empty();
    window.paste(TWO);
    window.must_tell("2 refused requests");
    window.must_tell("This version is already published");
    window.click(Role::Button, "Next refused request");
    window.must_tell("The registry's spam filter refused this name");
    window.must_tell("2 of 2");
    window.click(Role::Button, "Previous refused request");
    window.must_tell("1 of 2");
}

#[test]
fn everything_goes_by_keyboard_alone() {
    let mut window = Window::empty();
    let text = Knowledge::bundled().expand(EXISTS);
    // The box has the keyboard from the start.
    window.harness.get_by_role(Role::MultilineTextInput).type_text(&text);
    window.settle();
    window.press(Modifiers::COMMAND, Key::Enter);
    window.must_tell("This version is already published");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    assert_eq!(window.copied(), Some("npm version patch"));
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert!(window.copied().is_some_and(|report| report.contains("This version is already published")));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.harness.state().state().screen, Screen::Start));
    // Nothing is lost: what was typed is still there.
    let typed = window.harness.get_by_role(Role::MultilineTextInput).value();
    assert!(typed.is_some_and(|typed| typed.contains("previously published")));
}

#[test]
fn the_tab_key_reaches_the_copy_button() {
    let mut window = Window::empty();
    window.paste(EXISTS);
    for _ in 0..60 {
        window.press(Modifiers::NONE, Key::Tab);
        let here = window
            .harness
            .get_by_role_and_label(Role::Button, "Copy command: npm version patch")
            .is_focused();
        if here {
            window.press(Modifiers::NONE, Key::Enter);
            assert_eq!(window.copied(), Some("npm version patch"));
            return;
        }
    }
    panic!("sixty presses of Tab did not reach the button");
}

#[test]
fn another_shell_quotes_the_commands_anew_and_is_remembered() {
    let desk = Shared(Arc::new(Desk::default()));
    let mut window = Window::on(&desk);
    window.paste(
        "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - You cannot publish over the previously published versions: 1.0.2.",
    );
    assert!(!window.buttons("Copy command: npm view '@acme/ui'").is_empty());
    window.click(Role::RadioButton, "cmd");
    assert!(!window.buttons("Copy command: npm view \"@acme/ui\"").is_empty());
    assert!(window.buttons("Copy command: npm view '@acme/ui'").is_empty());
    assert_eq!(desk.0.last_saved().map(|settings| settings.shell), Some(unforbid::advice::Shell::Cmd));
}

#[test]
fn a_check_stays_ticked_while_stepping_between_refusals() {
    let mut window = Window::empty();
    window.paste(TWO);
    let tick = |window: &Window| {
        let mut boxes = window.harness.query_all_by_role(Role::CheckBox);
        let node = boxes.next()?;
        Some((node.accesskit_node().label(), node.accesskit_node().toggled()))
    };
    let (name, before) = tick(&window).expect("there is a check");
    assert_eq!(before, Some(egui::accesskit::Toggled::False));
    window.click(Role::CheckBox, &name.clone().unwrap_or_default());
    window.click(Role::Button, "Next refused request");
    window.click(Role::Button, "Previous refused request");
    assert_eq!(tick(&window), Some((name, Some(egui::accesskit::Toggled::True))));
}

#[test]
fn an_example_shows_what_an_answer_looks_like() {
    for example in ["A release that ran twice", "A token that is not enough", "A company registry says no"] {
        let mut window = Window::empty();
        let name = window.buttons(example).remove(0);
        window.click(Role::Button, &name);
        window.must_tell("Fix it");
    }
}

#[test]
fn the_theme_changes_and_is_remembered() {
    let desk = Shared(Arc::new(Desk::default()));
    let mut window = Window::on(&desk);
    let name = window.buttons("Theme").remove(0);
    window.click(Role::Button, &name);
    assert!(
        desk.0
            .last_saved()
            .is_some_and(|settings| settings.theme != unforbid::app::store::ThemeChoice::System)
    );
}

#[test]
fn a_paste_of_twenty_megabytes_is_read_without_the_box_seeing_it() {
    let mut window = Window::empty();
    let line = "9 silly fetch manifest some-package@^1.2.3 from the cache, which is a line like any other\n";
    let mut log = line.repeat(20 * 1024 * 1024 / line.len());
    log.push_str(EXISTS);
    window.paste(&log);
    window.must_tell("This version is already published");
    assert!(window.harness.query_by_role(Role::MultilineTextInput).is_none());
    window.press(Modifiers::NONE, Key::Escape);
    let typed = window.harness.get_by_role(Role::MultilineTextInput).value().unwrap_or_default();
    assert!(typed.len() <= 64 * 1024, "{} bytes in the box", typed.len());
}

#[test]
fn no_secret_of_a_log_reaches_the_window_the_clipboard_or_the_settings() {
    let desk = Shared(Arc::new(Desk::default()));
    let mut window = Window::on(&desk);
    let (log, secrets) = planted::log();
    window.paste(&log);
    window.must_tell("This version is already published");
    for key in [Key::C, Key::R, Key::M, Key::L] {
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }
    window.click(Role::RadioButton, "PowerShell");
    assert!(window.all_copied().len() >= 3, "{}", window.all_copied().len());
    let shown = window.told().join("\n");
    let saved = format!("{:?}", desk.0.last_saved());
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!shown.contains(secret.as_str()), "secret {number} is shown");
        assert!(!saved.contains(secret.as_str()), "secret {number} is saved");
        for copied in window.all_copied() {
            assert!(!copied.contains(secret.as_str()), "secret {number} is copied");
        }
    }
}
