//! The history in the window: what is kept, found again, annotated and deleted, by pointer and by keyboard.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use unforbid::app::Start;
use unforbid::app::history::{History, Past};
use unforbid::app::state::Screen;
use unforbid::app::store::Settings;
use window::{Fake, Window, log, two_refusals};

const PUBLISHED: &str = "This version is already published";
const NOTE: &str = "What fixed it";
const SEARCH_FIELD: &str = "the search field of the history";
const LIST: &str = "the list of the history";
const NOVEMBER: &str = "2026-11-03T14:02:00Z";
const LATER: &str = "2026-11-21T09:30:00Z";

/// A system with a history in a folder of its own.
struct Desk {
    folder: TempDir,
    fake: Fake,
}

impl Desk {
    fn new() -> Self {
        Self::with(Settings::default())
    }

    fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let fake = Fake::default().with_history(folder.path()).at(NOVEMBER).with_settings(settings);
        Self { folder, fake }
    }

    fn window(&self) -> Window {
        Window::open(self.fake.clone())
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("history.redb")
    }
}

fn past(window: &Window) -> &Past {
    &window.harness.state().state().past
}

fn page(window: &Window) -> &History {
    window.harness.state().state().history().expect("the history is open")
}

/// Reads a log and waits until it is kept.
fn read(window: &mut Window, log: &str) {
    window.paste(log);
    window.until_result();
    window.until(|window| {
        let case = window.case();
        past(window).own(case.id, case.incident).is_some()
    });
}

/// Reads a log whose refusal is the same while its text is another.
fn read_like(window: &mut Window) {
    read(window, &format!("npm info run again\n{}", log()));
}

fn open_history(window: &mut Window) {
    window.press(Modifiers::COMMAND, Key::H);
    window.until(|window| past(window).status != unforbid::app::history::Status::Unread);
}

fn rows(window: &Window) -> Vec<String> {
    let options = window.harness.query_all_by_role(Role::ListBoxOption);
    options.filter_map(|node| node.accesskit_node().label()).collect()
}

fn type_in(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.run();
}

/// Writes into the note's field and leaves the keyboard there.
fn write_note(window: &mut Window, text: &str) {
    window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).focus();
    window.run();
    type_in(window, text);
}

fn save_note(window: &mut Window, text: &str) {
    write_note(window, text);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.until(|window| past(window).records.iter().any(|record| record.note.starts_with(text)));
    window.press(Modifiers::NONE, Key::Escape);
}

fn has_keyboard(window: &Window, id: &str) -> bool {
    window.harness.ctx.memory(|memory| memory.has_focus(Id::unique(id)))
}

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
    assert!(window.shows("2 times, first Today at 14:02, last Today at 15:00"));
}

#[test]
fn the_same_refusal_later_shows_what_fixed_it_and_leads_there() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    save_note(&mut window, "raised the version in CI");
    drop(window);
    desk.fake.set_moment(LATER);
    let mut window = desk.window();
    read_like(&mut window);
    let hint = "Same as on 3 November: your note says “raised the version in CI”";
    assert!(window.shows(hint));
    assert!(window.status().ends_with(hint), "{}", window.status());
    window.click(Role::Button, "Open in history");
    assert!(window.shows("3 November at 14:02"));
    assert_eq!(window.focused().map(|(role, _)| role), Some(Role::Article));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Result(_)), "the answer is still there");
}

#[test]
fn without_a_note_it_says_when_it_was_and_with_another_reason_that_it_is_alike() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    assert!(!window.shows_part("You had this"), "the first time is no second one");
    desk.fake.set_moment(LATER);
    read_like(&mut window);
    assert!(window.shows("You had this on 3 November"));
    save_note(&mut window, "npm version patch");
    let other_version = log().replace("2.3.0", "2.4.0");
    read(&mut window, &other_version);
    assert!(window.shows("Like today: your note says “npm version patch”"));
}

#[test]
fn another_package_or_another_cause_is_not_the_same() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    desk.fake.set_moment(LATER);
    read(&mut window, &log().replace("widgets", "gadgets"));
    assert!(!window.shows_part("You had this"));
    let denied =
        "You do not have permission to publish \"@acme/widgets\". Are you logged in as the correct user?";
    let other_cause =
        log().replace("You cannot publish over the previously published versions: 2.3.0.", denied);
    read(&mut window, &other_cause);
    assert!(!window.shows_part("You had this"));
}

#[test]
fn the_hint_stays_while_the_answer_is_said_for_another_client() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    desk.fake.set_moment(LATER);
    read_like(&mut window);
    window.click(Role::Button, "Commands for: npm");
    window.click(Role::MenuItemRadio, "pnpm");
    window.until(|window| window.case().renewal.is_none());
    assert!(window.shows("You had this on 3 November"));
    assert_eq!(past(&window).records.len(), 2, "it was not kept again");
}

#[test]
fn a_note_is_saved_without_secrets_and_is_there_the_next_time() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    let secret = ["npm", "_", &"a1B2c3D4".repeat(5)[..36]].concat();
    save_note(&mut window, "new token");
    write_note(&mut window, &format!(" was {secret}"));
    window.click(Role::Button, "Save the note");
    window.until(|window| past(window).records[0].note.contains("was"));
    assert!(!window.shows_part(&secret), "the field shows what is kept");
    drop(window);
    let mut window = desk.window();
    open_history(&mut window);
    window.until(|window| rows(window).len() == 1);
    assert!(rows(&window)[0].ends_with("has a note"), "{:?}", rows(&window));
    window.click(Role::ListBoxOption, &rows(&window)[0]);
    let note = window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).value();
    assert!(note.is_some_and(|note| note.starts_with("new token") && !note.contains(&secret)));
}

#[test]
fn what_was_typed_a_moment_ago_survives_the_window() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    write_note(&mut window, "half a sent");
    drop(window);
    let mut window = desk.window();
    open_history(&mut window);
    window.until(|window| past(window).records.iter().any(|record| record.note == "half a sent"));
}

#[test]
fn a_note_is_saved_when_the_keyboard_leaves_its_field() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    write_note(&mut window, "asked the org owner");
    window.press(Modifiers::NONE, Key::Escape);
    window.until(|window| past(window).records[0].note == "asked the org owner");
    assert!(matches!(window.screen(), Screen::Result(_)), "Escape left the field only");
}

#[test]
fn text_that_is_pasted_into_a_note_is_no_new_log() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).focus();
    window.run();
    window.paste("see the wiki, page 403");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.until(|window| past(window).records[0].note == "see the wiki, page 403");
}

#[test]
fn the_search_looks_at_packages_registries_and_notes() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &two_refusals());
    save_note(&mut window, "bumped it");
    open_history(&mut window);
    for (words, expected) in [("acme widgets", 1), ("artifactory", 1), ("BUMPED", 1), ("e403", 2)] {
        type_in(&mut window, words);
        assert_eq!(rows(&window).len(), expected, "{words}");
        window.click(Role::Button, "Clear the search");
    }
    type_in(&mut window, "nowhere");
    assert!(window.shows("Nothing fits"));
    assert_eq!(window.status(), "Nothing fits");
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
}

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
                let rect = node.rect();
                let name = node.accesskit_node().label().unwrap_or_default();
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
