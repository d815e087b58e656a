//! Files that are damaged, in use, too new or not writable cost no answer.

use std::fs;

use crate::window::{Fake, Window, log};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::desk::*;

#[test]
fn a_damaged_file_costs_no_answer_and_is_kept_aside() {
    let desk = Desk::new();
    fs::write(desk.file(), "not a history").expect("a file");
    let mut window = desk.window();
    read(&mut window, &log());
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert!(window.shows_part("history.redb.bad"), "where the old one is");
    assert_eq!(
        fs::read_to_string(desk.folder.path().join("history.redb.bad")).expect("kept"),
        "not a history"
    );
    assert_eq!(past(&window).records.len(), 1);
}

#[test]
fn while_another_window_has_the_file_it_says_so_once_and_trying_again_helps() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    let other = redb::Database::create(desk.file()).expect("another window");
    read_answer(&mut window);
    assert!(window.shows_part("in use by another window"));
    drop(other);
    desk.fake.set_moment(LATER);
    let mut second = desk.window();
    let other = redb::Database::create(desk.file()).expect("another window");
    open_history(&mut second);
    assert!(second.shows("The history is not available"));
    drop(other);
    second.click(Role::Button, "Try again");
    second.until(|window| rows(window).len() == 1);
}

/// Reads a log that cannot be kept.
fn read_answer(window: &mut Window) {
    window.paste(&format!("npm info once more\n{}", log()));
    window.until_result();
    window.until(|window| window.harness.state().state().notice.is_some());
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
}

#[test]
fn a_note_that_could_not_be_saved_stays_in_its_field_and_is_saved_when_asked_again() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    let other = redb::Database::create(desk.file()).expect("another window");
    write_note(&mut window, "asked the proxy team");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.until(|window| window.harness.state().state().notice.is_some());
    drop(other);
    let note = window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).value();
    assert_eq!(note.as_deref(), Some("asked the proxy team"));
    window.click(Role::Button, "Save the note");
    window.until(|window| past(window).records[0].note == "asked the proxy team");
}

#[test]
fn a_file_of_a_newer_release_is_left_alone_and_said_so() {
    let desk = Desk::new();
    let newer = |schema: Option<u64>| {
        let database = redb::Database::create(desk.file()).expect("a file");
        let writing = database.begin_write().expect("a transaction");
        let table = redb::TableDefinition::<&str, u64>::new("meta");
        let mut meta = writing.open_table(table).expect("a table");
        if let Some(schema) = schema {
            meta.insert("schema", schema).expect("room");
        }
        let found = redb::ReadableTable::get(&meta, "schema").expect("read").map(|found| found.value());
        drop(meta);
        writing.commit().expect("room");
        found
    };
    newer(Some(99));
    let mut window = desk.window();
    read_answer(&mut window);
    assert!(window.shows_part("newer version"));
    open_history(&mut window);
    window.harness.get_by_role_and_label(Role::Heading, "The history is not available");
    assert!(window.harness.query_by_role_and_label(Role::Button, "Try again").is_none());
    drop(window);
    assert_eq!(newer(None), Some(99));
}

#[test]
fn a_folder_that_cannot_be_written_costs_no_answer() {
    let desk = Desk::new();
    let blocked = desk.folder.path().join("a file");
    fs::write(&blocked, "").expect("a file");
    let fake = Fake::default().with_history(&blocked.join("state")).at(NOVEMBER);
    let mut window = Window::open(fake);
    read_answer(&mut window);
    assert!(window.shows_part("the history could not be") || window.shows_part("The history could not be"));
}

#[test]
fn without_any_place_the_page_says_so() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    assert!(window.harness.state().state().notice.is_none(), "nobody asked");
    open_history(&mut window);
    assert!(window.shows_part("UNFORBID_HOME"));
}
