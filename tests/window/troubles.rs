//! What goes wrong: each has a designed state, and nothing is lost.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;

use super::desk::{Desk, Shared, Window};
use super::stories::EXISTS;

#[test]
fn an_empty_paste_says_so_and_stays_at_the_start() {
    let mut window = Window::empty();
    window.paste("");
    window.must_tell("There was no text to paste");
    window.must_tell("Paste the error here");
}

#[test]
fn a_log_without_403_says_what_was_understood_and_what_would_help() {
    let mut window = Window::empty();
    window.paste("$ npm install\nadded 12 packages in 4s\n");
    window.must_tell("Nothing to diagnose");
    window.must_tell("npm install");
    window.must_tell("_logs");
}

#[test]
fn a_near_miss_is_named_with_its_next_step() {
    let mut window = Window::empty();
    window.paste("npm error code E404\nnpm error 404 Not Found - PUT https://{npm}/my-utils - Not found");
    window.must_tell("Not a registry's 403");
    window.must_tell("E404");
    assert!(!window.buttons("Copy command: npm whoami").is_empty());
}

#[test]
fn a_file_that_vanished_is_told_and_the_box_keeps_its_text() {
    let gone = PathBuf::from("no-such-folder/build.log");
    let mut window = Window::on(&Shared(Arc::new(Desk { picked: Some(gone), ..Desk::default() })));
    window.harness.get_by_role(Role::MultilineTextInput).type_text("half of my error");
    window.settle();
    window.click(Role::Button, "Open log…");
    window.must_tell("no-such-folder");
    window.press(egui::Modifiers::NONE, egui::Key::Escape);
    let typed = window.harness.get_by_role(Role::MultilineTextInput).value();
    assert_eq!(typed.as_deref(), Some("half of my error"));
}

#[test]
fn a_folder_is_told_apart_from_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Shared(Arc::new(Desk::default()));
    let window = Window::open([1280.0, 800.0], Theme::Dark, &desk, Start::File(folder.path().to_owned()));
    window.must_tell("folder");
}

#[test]
fn without_a_file_dialog_there_is_a_field_for_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("build.log");
    std::fs::write(&path, EXISTS.replace("{npm}", "registry.acme.example")).unwrap();
    let mut window = Window::empty();
    // The faked dialog answers at once that nothing was chosen, as a system without dialogs does.
    window.click(Role::Button, "Open log…");
    window.must_tell("This system showed no file dialog");
    window
        .harness
        .get_by_role_and_label(Role::TextInput, "Path of the log")
        .type_text(&path.to_string_lossy());
    window.settle();
    window.click(Role::Button, "Open");
    window.must_tell("This version is already published");
}

#[test]
fn a_narrow_window_shows_the_answer_first_and_the_log_behind_a_tab() {
    let desk = Shared(Arc::new(Desk::default()));
    let mut window = Window::open([800.0, 600.0], Theme::Light, &desk, Start::Empty);
    window.paste(EXISTS);
    window.must_tell("This version is already published");
    window.click(Role::Tab, "Log");
    window.must_tell("npm notice name: my-utils");
}

#[test]
fn a_hostile_name_is_shown_but_never_becomes_a_command() {
    let mut window = Window::empty();
    window.paste(
        "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/$(id) - You do not have permission to publish \"$(id)\". Are you logged in as the correct user?",
    );
    window.must_tell("The package name belongs to somebody else");
    for name in window.buttons("Copy command: ") {
        assert!(!name.contains("$("), "{name}");
    }
}
