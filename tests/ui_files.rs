//! Several logs at once, the report as a file, and all commands in one copy.

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;
use unforbid::app::batch::Found;
use unforbid::app::state::Screen;
use window::{Fake, Window, log};

const NOTHING: &str = "npm info using npm@10.9.2\nadded 3 packages in 2s\n";

fn three_logs() -> Fake {
    Fake::default().with_file("/logs/a.log", &log()).with_file("/logs/b.log", NOTHING)
}

/// Two that can be read and one that is not there.
const PATHS: [&str; 3] = ["/logs/a.log", "/logs/b.log", "/logs/none.log"];

fn until_read(window: &mut Window) {
    window.until(|window| {
        window.harness.state().state().batch.as_ref().is_some_and(unforbid::app::batch::Batch::is_done)
    });
}

fn found(window: &Window) -> Vec<Option<Found>> {
    let batch = window.harness.state().state().batch.as_ref().expect("a list of logs");
    batch.logs.iter().map(|log| log.found.clone()).collect()
}

#[test]
fn several_dropped_logs_are_listed_with_what_is_in_each() {
    let mut window = Window::open(three_logs());
    window.drop_files(&PATHS);
    until_read(&mut window);
    let found = found(&window);
    assert!(matches!(&found[0], Some(Found::Refused { about, count: 1, .. }) if about == "@acme/widgets"));
    assert!(matches!(found[1], Some(Found::Nothing(_))), "{found:?}");
    assert!(matches!(found[2], Some(Found::Failed(_))), "{found:?}");
    window.harness.get_by_role_and_label(Role::Heading, "3 logs");
    assert!(window.shows_part("a.log: This version is already published"));
    assert!(window.shows("1 of 3 logs holds a refused request"));
    assert!(window.status().contains("1 of 3"), "{}", window.status());
}

#[test]
fn one_of_several_is_read_and_escape_leads_back_to_the_list_and_then_to_the_start() {
    let mut window = Window::open(three_logs());
    window.drop_files(&PATHS);
    until_read(&mut window);
    let name = window.name_with("a.log: ");
    window.click(Role::Button, &name);
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_role_and_label(Role::Heading, "3 logs");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start));
    assert!(window.harness.state().state().batch.is_none());
}

#[test]
fn a_log_of_the_list_that_cannot_be_read_says_why_and_leads_back() {
    let mut window = Window::open(three_logs());
    window.drop_files(&PATHS);
    until_read(&mut window);
    let name = window.name_with("none.log: ");
    window.click(Role::Button, &name);
    window.until(|window| matches!(window.screen(), Screen::Failed(_)));
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_role_and_label(Role::Heading, "3 logs");
}

#[test]
fn several_files_picked_in_the_dialog_or_named_at_the_start_are_listed_too() {
    let mut window = Window::open(three_logs().picking_several(&PATHS[..2]));
    window.press(Modifiers::COMMAND, Key::O);
    until_read(&mut window);
    window.harness.get_by_role_and_label(Role::Heading, "2 logs");
    let start = Start::Files(PATHS[..2].iter().map(Into::into).collect());
    let mut window = Window::open_with(three_logs(), start);
    until_read(&mut window);
    window.harness.get_by_role_and_label(Role::Heading, "2 logs");
}

#[test]
fn a_paste_over_the_list_forgets_it() {
    let mut window = Window::open(three_logs());
    window.drop_files(&PATHS);
    until_read(&mut window);
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start));
}

fn result(fake: Fake) -> Window {
    let mut window = Window::open(fake);
    window.paste(&log());
    window.until_result();
    window
}

#[test]
fn a_report_is_saved_as_markdown_where_the_dialog_says() {
    let fake = Fake::default().picking_new("/reports/a.md");
    let mut window = result(fake.clone());
    window.press(Modifiers::COMMAND, Key::S);
    window.until(|_| fake.report("/reports/a.md").is_some());
    window.until(|window| window.status() == "Saved a.md");
    let saved = fake.report("/reports/a.md").expect("a report");
    window.click_first(Role::Button, "Copy report");
    assert_eq!(Some(&saved), window.copied.last(), "what is saved is what is copied");
}

#[test]
fn a_name_that_ends_with_json_is_saved_as_the_json_contract() {
    let fake = Fake::default().picking_new("/reports/a.json");
    let mut window = result(fake.clone());
    window.click_first(Role::Button, "Save report…");
    window.until(|_| fake.report("/reports/a.json").is_some());
    let saved: serde_json::Value =
        serde_json::from_str(&fake.report("/reports/a.json").expect("a report")).expect("JSON");
    assert_eq!(saved["schema"], 1);
    assert_eq!(saved["incidents"][0]["causes"][0]["id"], "version-exists");
}

#[test]
fn without_a_dialog_the_path_is_typed_and_an_old_file_stays() {
    let fake = Fake::default().with_file("/reports/old.md", "precious");
    let mut window = result(fake.clone());
    window.press(Modifiers::COMMAND, Key::S);
    window.harness.get_by_role_and_label(Role::Heading, "Save the report where?");
    window.fill("Path of the report", "/reports/old.md");
    window.click(Role::Button, "Save");
    window.until(|window| window.status().contains("there is a file already"));
    assert_eq!(fake.report("/reports/old.md"), None);
    window.press(Modifiers::COMMAND, Key::S);
    window.fill("Path of the report", "/reports/new");
    window.click(Role::Button, "Save");
    window.until(|_| fake.report("/reports/new.md").is_some());
}

#[test]
fn a_report_that_cannot_be_saved_says_why_and_the_answer_is_still_there() {
    let fake = Fake::default().picking_new("/reports/a.md").refusing_to_save();
    let mut window = result(fake);
    window.press(Modifiers::COMMAND, Key::S);
    window.until(|window| window.status().starts_with("Not saved"));
    assert!(window.status().contains("the disk is full"), "{}", window.status());
    assert!(matches!(window.screen(), Screen::Result(_)));
}

#[test]
fn all_commands_are_copied_one_on_each_line_without_the_dangerous_ones() {
    let mut window = result(Fake::default());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let copied = window.copied.last().expect("the commands").clone();
    let lines: Vec<&str> = copied.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 1, "{copied}");
    assert_eq!(lines[0], "npm version patch");
    assert!(!copied.ends_with('\n'), "a line break at the end would run the last one");
    let fixes = &window.case().cause().expect("a cause").fixes;
    for fix in fixes {
        let commands = fix.steps.iter().filter_map(|step| step.command.as_ref()?.posix.as_deref());
        for command in commands {
            let is_dangerous = fix.risk == unforbid::knowledge::Risk::BreaksOthers;
            assert_eq!(lines.contains(&command), !is_dangerous, "{command}");
        }
    }
    assert!(window.status().contains("Copied"), "{}", window.status());
}
