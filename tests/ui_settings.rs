//! The settings page: everything that can be set, by pointer and by keyboard alone; every change at once and for good.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use std::fs;
use std::path::Path;

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::advice::Shell;
use unforbid::app::Start;
use unforbid::app::look::SystemLook;
use unforbid::app::state::{Section, State};
use unforbid::app::store::{Contrast, Motion, Settings, ThemeChoice};
use unforbid::knowledge::Knowledge;
use window::{Fake, Window, log};

fn opened(fake: Fake) -> Window {
    let mut window = Window::open(fake);
    window.press(Modifiers::COMMAND, Key::Comma);
    window
}

fn state(window: &Window) -> &State {
    window.harness.state().state()
}

fn settings(window: &Window) -> &Settings {
    &state(window).settings
}

/// Whether the page is open.
fn is_open(window: &Window) -> bool {
    matches!(state(window).section, Some(Section::Settings(_)))
}

fn is_on(window: &Window, role: Role, name: &str) -> bool {
    let node = window.harness.get_by_role_and_label(role, name);
    node.accesskit_node().toggled() == Some(Toggled::True)
}

fn is_dark(window: &Window) -> bool {
    window.harness.ctx.theme() == egui::Theme::Dark
}

fn ground(window: &Window) -> egui::Color32 {
    window.harness.ctx.global_style().visuals.panel_fill
}

fn type_path(window: &mut Window, path: &Path) {
    window.harness.get_by_role_and_label(Role::TextInput, "Path of the folder").focus();
    window.run();
    window.harness.input_mut().events.push(Event::Text(path.display().to_string()));
    window.run();
}

/// A folder with one own cause: a bundled one, made one's own.
fn own_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let causes = folder.path().join("causes");
    fs::create_dir(&causes).expect("a folder for the test");
    let (_, json) = unforbid::knowledge::bundled_files()
        .find(|(path, _)| path.ends_with("causes/version-burned.json"))
        .expect("a bundled cause");
    let mut cause: serde_json::Value = serde_json::from_str(json).expect("JSON");
    cause["id"] = "acme-burned".into();
    cause["title"] = "The number was burned at Acme".into();
    fs::write(causes.join("acme-burned.json"), cause.to_string()).expect("a file for the test");
    folder
}

fn until_read(window: &mut Window) {
    window.until(|window| state(window).own.loading.is_none());
}

#[test]
fn one_key_opens_the_page_and_escape_leads_back_to_where_one_was() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::COMMAND, Key::Comma);
    assert!(is_open(&window));
    window.harness.get_by_role_and_label(Role::Heading, "Settings");
    assert_eq!(window.status(), "Settings");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!is_open(&window));
    assert!(window.harness.state().state().case().is_some(), "the log is still there");
}

#[test]
fn the_button_in_the_bar_opens_it_and_back_closes_it() {
    let mut window = Window::open(Fake::default());
    window.click(Role::Button, "Settings");
    assert!(is_open(&window));
    window.click(Role::Button, "Back");
    assert!(!is_open(&window));
}

#[test]
fn a_theme_is_chosen_shown_said_and_saved_at_once() {
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    assert!(!is_dark(&window));
    window.click(Role::RadioButton, "Theme: dark");
    assert!(is_dark(&window));
    assert!(is_on(&window, Role::RadioButton, "Theme: dark"));
    assert_eq!(window.status(), "Theme: dark");
    assert_eq!(fake.saved().map(|saved| saved.theme), Some(ThemeChoice::Dark));
}

#[test]
fn the_system_decides_until_something_is_chosen() {
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    let dark = SystemLook { dark: Some(true), ..SystemLook::default() };
    fake.desktop_wants(dark);
    window.run();
    assert!(is_dark(&window), "at once, without a restart");
    fake.desktop_wants(SystemLook { dark: Some(false), ..dark });
    window.run();
    assert!(!is_dark(&window));
    window.click(Role::RadioButton, "Theme: light");
    fake.desktop_wants(dark);
    window.run();
    assert!(!is_dark(&window), "the choice wins");
    assert_eq!(fake.saved().map(|saved| saved.theme), Some(ThemeChoice::Light), "only the choice is saved");
}

#[test]
fn high_contrast_comes_by_choice_by_key_and_by_the_systems_wish() {
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    let usual = ground(&window);
    window.click(Role::RadioButton, "Contrast: high");
    let high = ground(&window);
    assert_ne!(high, usual);
    assert_eq!(fake.saved().map(|saved| saved.contrast), Some(Contrast::High));
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!((settings(&window).contrast, ground(&window)), (Contrast::Normal, usual));
    assert_eq!(window.status(), "Contrast: normal");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    assert_eq!((settings(&window).contrast, ground(&window)), (Contrast::System, usual));
    fake.desktop_wants(SystemLook { high_contrast: true, ..SystemLook::default() });
    window.run();
    assert_eq!(ground(&window), high);
}

#[test]
fn the_text_size_goes_up_and_down_by_keys_in_any_place_and_is_said_and_saved() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    window.press(Modifiers::COMMAND, Key::Plus);
    assert_eq!(window.status(), "Text size 110 %");
    // An English keyboard has the plus on the key of the equals sign.
    window.press(Modifiers::COMMAND, Key::Equals);
    assert_eq!(fake.saved().map(|saved| saved.text_size), Some(125));
    assert!((window.harness.ctx.zoom_factor() - 1.25).abs() < 0.001);
    window.press(Modifiers::NONE, Key::F1);
    window.press(Modifiers::COMMAND, Key::Minus);
    assert_eq!(settings(&window).text_size, 110, "also while a dialog is open");
    window.press(Modifiers::COMMAND, Key::Num0);
    assert_eq!(window.status(), "Text size 100 %");
    assert!((window.harness.ctx.zoom_factor() - 1.0).abs() < 0.001);
}

#[test]
fn the_text_size_on_the_page_stops_at_the_smallest_and_the_largest() {
    let mut window = opened(Fake::default().with_settings(Settings { text_size: 90, ..Settings::default() }));
    window.click(Role::Button, "Smaller text");
    assert_eq!(settings(&window).text_size, 80);
    let smaller = window.harness.get_by_role_and_label(Role::Button, "Smaller text");
    assert!(smaller.accesskit_node().is_disabled());
    window.click(Role::Button, "Text size 80 %");
    assert_eq!(settings(&window).text_size, 100, "the number itself leads back to the usual size");
}

#[test]
fn a_saved_text_size_is_there_from_the_first_frame() {
    let saved = Settings { text_size: 150, ..Settings::default() };
    let window = Window::open(Fake::default().with_settings(saved));
    assert!((window.harness.ctx.zoom_factor() - 1.5).abs() < 0.001);
}

#[test]
fn motion_off_stops_everything_that_moves() {
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    let moves = |window: &mut Window| {
        let style = window.harness.ctx.global_style();
        style.animation_time > 0.0
            || style.visuals.text_cursor.blink
            || style.scroll_animation.duration.max > 0.0
    };
    // The harness has stopped everything; as in a real window, it moves until somebody wishes otherwise.
    window.harness.ctx.all_styles_mut(|style| {
        style.animation_time = 0.1;
        style.scroll_animation = egui::style::ScrollAnimation::default();
    });
    assert!(moves(&mut window));
    window.click(Role::RadioButton, "Motion: off");
    assert!(!moves(&mut window));
    assert_eq!(fake.saved().map(|saved| saved.motion), Some(Motion::Off));
    window.click(Role::RadioButton, "Motion: as the system");
    assert!(moves(&mut window));
    fake.desktop_wants(SystemLook { less_motion: true, ..SystemLook::default() });
    window.steps(2);
    assert!(!moves(&mut window));
}

#[test]
fn shell_and_package_manager_change_the_commands_of_the_log_below() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::COMMAND, Key::Comma);
    window.click(Role::RadioButton, Shell::PowerShell.title());
    assert_eq!(settings(&window).shell, Shell::PowerShell);
    window.click(Role::Button, "Commands for: As in the log");
    window.click(Role::MenuItemRadio, "pnpm");
    assert_eq!(fake.saved().and_then(|saved| saved.client), Some("pnpm".to_owned()));
    window.press(Modifiers::NONE, Key::Escape);
    window.until(|window| window.case().renewal.is_none());
    let spelled = serde_json::to_string(window.case().advice()).expect("an answer");
    assert!(spelled.contains("pnpm"), "{spelled}");
}

#[test]
fn switches_say_what_they_are_and_are_saved() {
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    let history = "Keep a history";
    assert!(is_on(&window, Role::Switch, history));
    window.click(Role::Switch, history);
    assert!(!is_on(&window, Role::Switch, history));
    assert_eq!(window.status(), "Keep a history: off");
    let logs = window.harness.get_by_role_and_label(Role::Switch, "Keep the logs, too");
    assert!(logs.accesskit_node().is_disabled(), "without a history there is nothing to keep them with");
    window.click(Role::Switch, "Watch npm's logs");
    window.click(Role::Switch, "Remember hosts you agreed to ask");
    let saved = fake.saved().expect("saved");
    assert_eq!(
        (saved.history, saved.watch, saved.remember_hosts, saved.keep_logs),
        (false, true, true, false)
    );
}

#[test]
fn a_switch_is_pressed_with_the_keyboard_alone() {
    let mut window = opened(Fake::default());
    window.tab_to(Role::Switch, "Watch npm's logs");
    window.press(Modifiers::NONE, Key::Space);
    assert!(settings(&window).watch);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!settings(&window).watch);
}

#[test]
fn own_entries_of_a_typed_folder_are_used_at_once_and_counted() {
    let folder = own_folder();
    let fake = Fake::default();
    let mut window = opened(fake.clone());
    type_path(&mut window, folder.path());
    window.press(Modifiers::NONE, Key::Enter);
    until_read(&mut window);
    assert!(window.shows("1 own entry in use"), "{:?}", state(&window).own);
    assert_eq!(state(&window).entries.0.causes().len(), Knowledge::bundled().causes().len() + 1);
    assert_eq!(fake.saved().and_then(|saved| saved.knowledge_folder).as_deref(), Some(folder.path()));
    window.click(Role::Button, "Use none");
    until_read(&mut window);
    assert_eq!(state(&window).entries.0.causes().len(), Knowledge::bundled().causes().len());
    assert_eq!(fake.saved().and_then(|saved| saved.knowledge_folder), None);
}

#[test]
fn own_entries_of_the_last_time_are_there_when_the_window_opens() {
    let folder = own_folder();
    let saved = Settings { knowledge_folder: Some(folder.path().to_owned()), ..Settings::default() };
    let mut window = Window::open(Fake::default().with_settings(saved));
    until_read(&mut window);
    assert_eq!(state(&window).entries.0.causes().len(), Knowledge::bundled().causes().len() + 1);
}

#[test]
fn what_is_wrong_with_own_entries_is_told_and_the_rest_works_on() {
    let mut window = opened(Fake::default());
    type_path(&mut window, Path::new("/home/alice/no/such/folder"));
    window.click(Role::Button, "Use folder");
    until_read(&mut window);
    assert!(window.shows_part("/home/alice/no/such/folder"));
    assert!(!state(&window).own.troubles.is_empty());
    assert_eq!(state(&window).entries.0.causes().len(), Knowledge::bundled().causes().len());
}

#[test]
fn the_folder_is_chosen_with_the_systems_dialog_and_without_one_the_field_is_named() {
    let folder = own_folder();
    let mut window = opened(Fake::default().picking_folder(folder.path()));
    window.click(Role::Button, "Choose…");
    until_read(&mut window);
    assert_eq!(settings(&window).knowledge_folder.as_deref(), Some(folder.path()));
    let mut window = opened(Fake::default());
    window.click(Role::Button, "Choose…");
    assert!(window.status().starts_with("This system showed no dialog"), "{}", window.status());
}

#[test]
fn a_path_is_pasted_into_the_field_and_not_diagnosed() {
    let mut window = opened(Fake::default());
    window.harness.get_by_role_and_label(Role::TextInput, "Path of the folder").focus();
    window.run();
    window.paste("/home/alice/entries");
    assert!(is_open(&window));
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Path of the folder");
    assert_eq!(field.value().as_deref(), Some("/home/alice/entries"));
}

#[test]
fn a_host_that_was_agreed_to_is_forgotten_with_its_button() {
    let host = "npm.acme.example".to_owned();
    let fake = Fake::default().with_settings(Settings {
        remember_hosts: true,
        agreed_hosts: vec![host],
        ..Settings::default()
    });
    let mut window = opened(fake.clone());
    window.click(Role::Button, "Forget npm.acme.example");
    assert!(!window.shows("npm.acme.example"));
    assert_eq!(fake.saved().map(|saved| saved.agreed_hosts), Some(Vec::new()));
}

#[test]
fn where_files_are_kept_is_shown_and_copied() {
    let mut window = opened(Fake::default());
    window.click(Role::Button, "Copy path: Folder of the settings");
    window.click(Role::Button, "Copy path: Folder of the history");
    assert_eq!(window.copied, ["/home/alice/.config/unforbid", "/home/alice/.local/state/unforbid"]);
}

#[test]
fn a_reset_sets_everything_back_keeps_what_is_not_ours_and_can_be_taken_back() {
    let before = Settings {
        theme: ThemeChoice::Dark,
        text_size: 125,
        client: Some("pnpm".to_owned()),
        agreed_hosts: vec!["npm.acme.example".to_owned()],
        unknown: [("newer".to_owned(), serde_json::json!(1))].into_iter().collect(),
        ..Settings::default()
    };
    let fake = Fake::default().with_settings(before.clone());
    let mut window = opened(fake.clone());
    window.click(Role::Button, "Reset all");
    assert_eq!(window.status(), "All settings are the usual ones again");
    assert!(!is_dark(&window));
    let usual = Settings { unknown: before.unknown.clone(), ..Settings::default() };
    assert_eq!(fake.saved(), Some(usual));
    window.click(Role::Button, "Undo reset");
    assert_eq!(fake.saved(), Some(before));
    assert!(is_dark(&window));
}

#[test]
fn a_full_disk_is_told_and_the_choice_counts_while_the_window_is_open() {
    let mut window = opened(Fake::default().refusing_to_save());
    window.click(Role::RadioButton, "Theme: dark");
    assert!(is_dark(&window));
    assert!(window.status().contains("the disk is full"), "{}", window.status());
}

#[test]
fn the_page_lies_over_a_log_that_is_being_read_and_does_not_disturb_it() {
    let mut window =
        Window::open_with(Fake::default().with_file("/a.log", &log()), Start::Files(vec!["/a.log".into()]));
    window.press(Modifiers::COMMAND, Key::Comma);
    window.until(|window| state(window).case().is_some());
    assert!(is_open(&window));
    window.click(Role::RadioButton, "Motion: off");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.shows("This version is already published"));
}

#[test]
fn settings_that_could_not_be_understood_are_told_also_when_a_log_is_opened_at_once() {
    let fake = Fake::default().with_bad_settings().with_file("/a.log", &log());
    let window = Window::open_with(fake, Start::Files(vec!["/a.log".into()]));
    let said = "the usual ones are used for theme; the old file was kept: settings.json.bad";
    assert!(window.shows_part(said));
}
