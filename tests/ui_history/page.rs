//! What is kept, and the page that lists it.

use std::fs;
use std::path::Path;

use crate::window::{Window, log, two_refusals};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::app::Start;
use unforbid::app::state::Screen;
use unforbid::app::store::Settings;

use crate::desk::*;

#[test]
fn nothing_is_opened_before_a_log_was_read() {
    let desk = Desk::new();
    let mut window = desk.window();
    window.press(Modifiers::COMMAND, Key::B);
    window.press(Modifiers::NONE, Key::Escape);
    drop(window);
    assert_eq!(fs::read_dir(desk.folder.path()).expect("a folder").count(), 0);
}

#[test]
fn what_was_read_is_listed_under_its_day_with_what_people_remember() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    desk.fake.set_moment("2026-11-04T08:00:00Z");
    open_history(&mut window);
    window.until(|window| window.harness.query_by_role_and_label(Role::Heading, "Yesterday").is_some());
    assert_eq!(rows(&window), [format!("{PUBLISHED}, @acme/widgets, Yesterday at 14:02")]);
    assert!(has_keyboard(&window, SEARCH_FIELD));
    window.click(Role::ListBoxOption, &rows(&window)[0]);
    for part in ["@acme/widgets@2.3.0", "npm 10.9.2", "Pasted text", "Yesterday at 14:02"] {
        assert!(window.shows(part), "{part}");
    }
}

#[test]
fn examples_and_logs_without_a_refusal_are_not_kept() {
    let desk = Desk::new();
    let mut window = desk.window();
    window.click(Role::Button, "A release that ran twice: npm publish, terminal");
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    window.paste("added 12 packages in 3s\n");
    window.until_result();
    open_history(&mut window);
    assert!(window.shows("Nothing here yet"));
    assert!(!desk.file().exists());
}

#[test]
fn each_refusal_of_a_log_has_a_line_and_reading_it_again_makes_none() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &two_refusals());
    desk.fake.set_moment("2026-11-03T15:00:00Z");
    read(&mut window, &two_refusals());
    open_history(&mut window);
    assert_eq!(rows(&window).len(), 2);
    window.click(Role::ListBoxOption, &rows(&window)[0]);
    assert!(window.shows("Read 2 times, first today at 14:02, last today at 15:00"));
}

#[test]
fn it_is_walked_opened_and_emptied_with_the_keyboard_alone() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &two_refusals());
    open_history(&mut window);
    window.until(|window| rows(window).len() == 2);
    window.press(Modifiers::NONE, Key::ArrowDown);
    let second = rows(&window)[1].clone();
    assert_eq!(window.status(), second, "the row that one is on is said");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(page(&window).page.is_some());
    let tabs = (0..6).find(|_| {
        window.press(Modifiers::NONE, Key::Tab);
        has_keyboard(&window, LIST)
    });
    assert!(tabs.is_some(), "Tab leads to the list");
    window.press(Modifiers::NONE, Key::Delete);
    window.until(|window| rows(window).len() == 1);
    assert!(!rows(&window).contains(&second));
    assert_eq!(window.status(), "1 diagnosis deleted");
    assert!(has_keyboard(&window, LIST), "the next one can be deleted at once");
    window.click(Role::Button, "Undo");
    window.until(|window| rows(window).len() == 2);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.state().state().history().is_none());
}

#[test]
fn escape_leaves_at_once_while_a_search_is_being_typed() {
    let desk = Desk::new();
    let mut window = desk.window();
    open_history(&mut window);
    type_in(&mut window, "widgets");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.state().state().history().is_none());
}

#[test]
fn everything_is_deleted_after_one_question_and_can_be_brought_back() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &two_refusals());
    open_history(&mut window);
    window.click(Role::Button, "Delete all…");
    assert!(window.shows_part("Delete 2 diagnoses with their notes?"));
    window.click(Role::Button, "Keep them");
    assert_eq!(rows(&window).len(), 2);
    window.click(Role::Button, "Delete all…");
    window.click(Role::Button, "Delete all");
    window.until(|window| past(window).records.is_empty());
    assert!(window.shows("Nothing here yet"));
    assert!(!desk.file().exists(), "nothing of it is on the disk");
    window.click(Role::Button, "Undo");
    window.until(|window| rows(window).len() == 2);
}

#[test]
fn switched_off_it_keeps_nothing_and_says_so() {
    let desk = Desk::new();
    let mut window = desk.window();
    open_history(&mut window);
    window.click(Role::CheckBox, "Keep a history");
    assert!(!desk.fake.saved().expect("it is remembered").history);
    assert!(window.shows("The history is off"));
    window.press(Modifiers::NONE, Key::Escape);
    window.paste(&log());
    window.until_result();
    assert!(window.harness.query_by_role_and_label(Role::MultilineTextInput, NOTE).is_none());
    drop(window);
    assert!(!desk.file().exists());
}

#[test]
fn a_kept_log_is_opened_again_as_it_was_and_not_kept_twice() {
    let desk = Desk::with(Settings { keep_logs: true, ..Settings::default() });
    let mut window = desk.window();
    read(&mut window, &log());
    save_note(&mut window, "bumped it");
    let shown = window.case().explained.log.as_str().to_owned();
    drop(window);
    let mut window = desk.window();
    open_history(&mut window);
    window.until(|window| rows(window).len() == 1);
    window.press(Modifiers::NONE, Key::Enter);
    window.click(Role::Button, "Open the log again");
    window.until(|window| matches!(window.screen(), Screen::Result(_)));
    assert_eq!(window.case().explained.log.as_str(), shown);
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert_eq!(past(&window).records.len(), 1);
    let note = window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).value();
    assert_eq!(note.as_deref(), Some("bumped it"), "its note is there, too");
}

#[test]
fn the_cause_leads_into_the_library() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    open_history(&mut window);
    window.press(Modifiers::NONE, Key::Enter);
    window.click(Role::Button, "Read about this cause");
    let library = window.harness.state().state().library().expect("the library");
    assert_eq!(library.page.as_ref().map(|page| page.title.as_str()), Some(PUBLISHED));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(page(&window).page.is_some(), "the way back leads to the same diagnosis");
}

#[test]
fn nothing_is_cut_off_at_any_size() {
    let desk = Desk::new();
    let mut window = desk.window();
    let long = "a-package-with-a-name-that-does-not-end-".repeat(5);
    read(&mut window, &log().replace("widgets", &long));
    save_note(
        &mut window,
        "Ελληνικά кириллица ✅ and a rather long note that has to wrap somewhere in the middle of it all",
    );
    read(&mut window, &two_refusals());
    for size in [[360.0, 320.0], [640.0, 480.0], [800.0, 600.0], [1280.0, 800.0]] {
        check_size(&desk, size);
    }
}

fn check_size(desk: &Desk, size: [f32; 2]) {
    let mut window = Window::build(desk.fake.clone(), Start::Empty, size, Theme::Light);
    let inside = |window: &Window| {
        for role in [Role::Button, Role::Heading, Role::ListBoxOption, Role::TextInput, Role::CheckBox] {
            for node in window.harness.query_all_by_role(role) {
                let name = node.accesskit_node().label().unwrap_or_default();
                assert!(node.accesskit_node().bounding_box().is_some(), "{size:?} {role:?} {name}");
                let rect = node.rect();
                assert!(rect.left() >= -0.5 && rect.right() <= size[0] + 0.5, "{size:?} {name}: {rect:?}");
            }
        }
    };
    open_history(&mut window);
    window.until(|window| !rows(window).is_empty());
    inside(&window);
    window.click(Role::Button, "Delete all…");
    inside(&window);
    let keep = window.rect(Role::Button, "Keep them");
    assert!(keep.bottom() <= size[1], "{size:?}: {keep:?}");
    window.click(Role::Button, "Keep them");
    window.press(Modifiers::COMMAND, Key::H);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(page(&window).page.is_some());
    inside(&window);
}

#[test]
fn in_a_narrow_window_list_and_diagnosis_take_turns() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    drop(window);
    let mut window = Window::build(desk.fake.clone(), Start::Empty, [640.0, 480.0], Theme::Dark);
    open_history(&mut window);
    window.until(|window| rows(window).len() == 1);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert!(rows(&window).is_empty());
    window.click(Role::Button, "All diagnoses");
    assert!(has_keyboard(&window, SEARCH_FIELD));
    assert_eq!(rows(&window).len(), 1);
}

#[test]
fn the_folder_of_the_history_is_not_that_of_the_settings() {
    // A roaming profile carries settings along; what accumulates stays on the machine.
    let folders = unforbid::app::places::Machine::this().folders().expect("a home folder");
    assert_ne!(folders.state, folders.settings);
    assert!(Path::new(&folders.state).is_absolute());
}
