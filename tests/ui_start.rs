//! The ways into the window: pasting, typing, opening, dropping, and what happens when one of them is closed.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;
use unforbid::app::state::Screen;
use window::{Fake, Window, log, two_refusals};

const PUBLISHED: &str = "This version is already published";

#[test]
fn typed_text_is_diagnosed_with_the_button_or_the_keyboard() {
    for by_keyboard in [false, true] {
        let mut window = Window::open(Fake::default());
        assert!(window.harness.query_by_role_and_label(Role::Button, "Diagnose").is_none());
        window.type_text(&log());
        if by_keyboard {
            window.press(Modifiers::COMMAND, Key::Enter);
        } else {
            window.click(Role::Button, "Diagnose");
        }
        window.until_result();
        window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    }
}

#[test]
fn the_text_in_the_box_survives_the_way_there_and_back() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start));
    assert_eq!(window.box_text(), log());
    window.click(Role::Button, "Clear");
    assert_eq!(window.box_text(), "");
    window.click(Role::Button, "Undo");
    assert_eq!(window.box_text(), log());
}

#[test]
fn a_paste_without_text_says_so_and_stays() {
    let mut window = Window::open(Fake::default());
    window.paste("  \n\t ");
    assert!(matches!(window.screen(), Screen::Start));
    assert!(window.shows("There was no text to paste"));
}

#[test]
fn an_empty_clipboard_is_noticed() {
    let mut window = Window::open(Fake::default());
    window.click(Role::Button, "Paste");
    // A step of the harness is a quarter of a second.
    window.steps(4);
    assert!(window.shows("There was no text to paste"));
}

#[test]
fn a_paste_over_other_text_can_be_undone() {
    let mut window = Window::open(Fake::default());
    window.type_text("my notes");
    window.press(Modifiers::NONE, Key::Tab);
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.box_text(), log());
    window.click(Role::Button, "Undo");
    assert_eq!(window.box_text(), "my notes");
    window.click(Role::Button, "Undo");
    assert_eq!(window.box_text(), log());
}

#[test]
fn an_error_can_be_put_together_from_pieces() {
    let mut window = Window::open(Fake::default());
    let log = log();
    let (first, second) = log.split_at(log.find("npm error code").expect("the first line of the error"));
    window.paste(first);
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::End);
    window.paste(second);
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
}

#[test]
fn a_file_is_opened_with_the_dialog() {
    let fake = Fake::default().with_file("/logs/build.log", &log()).picking(Some("/logs/build.log"));
    let mut window = Window::open(fake);
    window.click(Role::Button, "Open log…");
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert!(window.shows("build.log"));
}

#[test]
fn without_a_dialog_a_path_can_be_typed() {
    let mut window = Window::open(Fake::default().with_file("/logs/build.log", &log()).picking(None));
    window.press(Modifiers::COMMAND, Key::O);
    window.until(|window| window.harness.query_by_label("Path of the log").is_some());
    window.harness.get_by_label("Path of the log").focus();
    window.run();
    window.harness.get_by_label("Path of the log").type_text("/logs/build.log");
    window.run();
    window.click(Role::Button, "Open");
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
}

#[test]
fn a_dialog_that_was_closed_after_a_while_is_no_missing_dialog() {
    let fake = Fake::default().picking_later();
    let mut window = Window::open(fake.clone());
    window.click(Role::Button, "Open log…");
    // A step of the harness is a quarter of a second.
    window.steps(4);
    fake.close_dialog(None);
    window.steps(2);
    assert!(window.harness.query_by_label("Path of the log").is_none());
    assert!(matches!(window.screen(), Screen::Start));
}

#[test]
fn a_newer_npm_log_without_a_refusal_is_passed_over() {
    let logs = Fake::default()
        .with_file("/home/alice/.npm/_logs/2.log", "0 verbose cli npm whoami\n1 info ok\n")
        .with_latest(&["/home/alice/.npm/_logs/2.log"])
        .with_file("/home/alice/.npm/_logs/1.log", &log())
        .with_latest(&["/home/alice/.npm/_logs/1.log"]);
    let mut window = Window::open(logs);
    window.press(Modifiers::COMMAND, Key::L);
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert!(window.shows("1.log"));
}

#[test]
fn the_latest_npm_log_is_found_or_the_places_are_named() {
    let found = Fake::default()
        .with_file("/home/alice/.npm/_logs/0.log", &log())
        .with_latest(&["/home/alice/.npm/_logs/0.log"]);
    let mut window = Window::open(found);
    window.press(Modifiers::COMMAND, Key::L);
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);

    let mut window = Window::open(Fake::default().with_latest(&[]));
    window.click(Role::Button, "Latest npm log");
    window.until(|window| matches!(window.screen(), Screen::Failed(_)));
    window.harness.get_by_role_and_label(Role::Heading, "No npm log was found");
    assert!(window.shows("/home/alice/.npm/_logs"));
}

#[test]
fn a_file_that_cannot_be_read_is_explained_and_nothing_is_lost() {
    let mut window = Window::open_with(Fake::default(), Start::Files(vec!["/logs/none.log".into()]));
    window.until(|window| matches!(window.screen(), Screen::Failed(_)));
    window.harness.get_by_role_and_label(Role::Heading, "This log could not be read");
    assert!(window.shows_part("/logs/none.log"));
    window.click(Role::Button, "Back");
    window.type_text("npm error code E403");
    window.drop_file("/logs/none.log");
    window.until(|window| matches!(window.screen(), Screen::Failed(_)));
    assert!(window.shows("The text in the box is still there."));
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.box_text(), "npm error code E403");
}

#[test]
fn a_dropped_file_is_read() {
    let mut window = Window::open(Fake::default().with_file("/logs/build.log", &log()));
    window.drop_file("/logs/build.log");
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
}

#[test]
fn every_example_leads_to_an_answer() {
    for example in &unforbid::app::words::EXAMPLES {
        let mut window = Window::open(Fake::default());
        window.click(Role::Button, &format!("{}: {}", example.title, example.kind));
        window.until_result();
        assert!(!window.case().advice().incidents.is_empty(), "{}", example.title);
    }
}

#[test]
fn a_stale_answer_does_not_come_back() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.press(Modifiers::NONE, Key::Escape);
    window.steps(1);
    assert!(matches!(window.screen(), Screen::Start));
    window.paste(&two_refusals());
    window.until_result();
    assert_eq!(window.case().advice().incidents.len(), 2);
}
