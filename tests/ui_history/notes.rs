//! Notes, and what is said of earlier refusals beside an answer.

use crate::window::{Window, log, two_refusals};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use unforbid::app::state::Screen;

use crate::desk::*;

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
fn a_long_note_is_a_short_word_beside_an_answer() {
    let desk = Desk::new();
    let mut window = desk.window();
    read(&mut window, &log());
    save_note(&mut window, &"again and ".repeat(100));
    desk.fake.set_moment(LATER);
    read_like(&mut window);
    let said = window.harness.query_all_by_role(Role::Label);
    let said: Vec<_> =
        said.filter_map(|node| node.value()).filter(|text| text.contains("your note says")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].chars().count() < 220 && said[0].ends_with("…”"), "{said:?}");
}

#[test]
fn a_cause_that_the_configuration_corrects_is_kept_as_corrected() {
    let desk = Desk::new();
    let home = tempfile::tempdir().expect("a home");
    let lines = "registry=https://npm.acme.example/\n//npm.acme.example/other/:_authToken=lab-token-one\n";
    std::fs::write(home.path().join(".npmrc"), lines).expect("a file");
    let mut window = Window::open(desk.fake.clone().at_home(home.path()));
    let refused =
        "npm error code E403\nnpm error 403 403 Forbidden - GET https://npm.acme.example/@acme%2fui\n";
    read(&mut window, refused);
    assert_eq!(past(&window).records[0].cause, "unknown-403");
    window.click(Role::Button, "Check with the registry…");
    window.until(|window| window.shows("What would be asked"));
    window.until(|window| past(window).records[0].cause == "missing-credentials");
    drop(window);
    let mut window = desk.window();
    open_history(&mut window);
    window.until(|window| past(window).records.iter().any(|record| record.cause == "missing-credentials"));
}
