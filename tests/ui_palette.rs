//! The palette: every command by a few of its letters, with the keyboard alone.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use unforbid::app::state::Screen;
use window::{Fake, Window, log};

const FIELD: &str = "Find a command";

fn opened(log: Option<&str>) -> Window {
    let mut window = Window::open(Fake::default());
    if let Some(log) = log {
        window.paste(log);
        window.until_result();
    }
    window.press(Modifiers::COMMAND, Key::K);
    window
}

fn type_in_palette(window: &mut Window, text: &str) {
    window.harness.get_by_role_and_label(Role::TextInput, FIELD).type_text(text);
    window.run();
}

fn offered(window: &Window) -> Vec<String> {
    use egui_kittest::kittest::NodeT as _;
    let options = window.harness.query_all_by_role(Role::ListBoxOption);
    options.filter_map(|option| option.accesskit_node().label()).collect()
}

#[test]
fn a_few_letters_and_enter_copy_the_report() {
    let mut window = opened(Some(&log()));
    type_in_palette(&mut window, "crep");
    assert!(offered(&window)[0].starts_with("Copy report"), "{:?}", offered(&window));
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.copied.last().is_some_and(|copied| copied.contains("## E403 on publish")));
    assert!(window.harness.query_by_role_and_label(Role::TextInput, FIELD).is_none());
}

#[test]
fn the_arrows_choose_and_the_chosen_line_is_carried_out() {
    let mut window = opened(Some(&log()));
    type_in_palette(&mut window, "copy");
    let second = offered(&window)[1].clone();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    let what = second.split(':').next().unwrap_or_default().to_lowercase();
    let said = window.status().to_lowercase();
    let last = what.rsplit(' ').next().unwrap_or_default();
    assert!(said.contains("copied") && (said.contains(last) || what.contains("command")), "{what}: {said}");
}

#[test]
fn only_what_can_be_done_now_is_offered() {
    let on_start = offered(&opened(None));
    assert!(on_start.iter().any(|line| line.starts_with("Open log…")));
    assert!(!on_start.iter().any(|line| line.starts_with("Copy report")), "{on_start:?}");
    let with_answer = offered(&opened(Some(&log())));
    assert!(with_answer.iter().any(|line| line.starts_with("Copy report")));
    assert!(with_answer.iter().any(|line| line.starts_with("Check with the registry…")));
}

#[test]
fn letters_that_fit_nothing_say_so_and_enter_does_nothing() {
    let mut window = opened(None);
    type_in_palette(&mut window, "qqqq");
    assert!(window.shows("No command fits. Try fewer letters."));
    window.press(Modifiers::NONE, Key::Enter);
    assert!(matches!(window.screen(), Screen::Start));
}

#[test]
fn escape_closes_it_and_leaves_the_screen_below_as_it_was() {
    let mut window = Window::open(Fake::default());
    window.type_text("half a log");
    window.press(Modifiers::COMMAND, Key::K);
    type_in_palette(&mut window, "theme");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, FIELD).is_none());
    assert_eq!(window.box_text(), "half a log");
}

#[test]
fn a_click_on_a_line_carries_it_out() {
    let mut window = opened(Some(&log()));
    let line = offered(&window).into_iter().find(|line| line.starts_with("Copy log")).expect("the line");
    window.click(Role::ListBoxOption, &line);
    assert!(window.copied.last().is_some_and(|copied| copied.contains("npm error code E403")));
}

#[test]
fn the_library_that_it_opens_has_the_keyboard() {
    let mut window = opened(Some(&log()));
    type_in_palette(&mut window, "libr");
    window.press(Modifiers::NONE, Key::Enter);
    window.steps(3);
    window.harness.input_mut().events.push(egui::Event::Text("E401".to_owned()));
    window.run();
    let library = window.harness.state().state().library().expect("the library");
    assert_eq!(library.query, "E401", "what is typed goes into its field");
}
