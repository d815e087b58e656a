//! Looking beyond the log in the window: what is shown before anything is sent, and what the answers change.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use std::fs;
use std::sync::{Arc, Barrier};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use tempfile::TempDir;
use unforbid::advice::{CheckState, Confidence};
use unforbid::app::state::Overlay;
use window::{Fake, Window};

const REGISTRY: &str = "https://npm.acme.example/";
const CHECK: &str = "Check with the registry…";
const WITH_CREDENTIAL: &str = "Also ask with my credential, where the package manager itself would send it";
const PACKAGE: &str = "GET https://npm.acme.example/@acme%2fui";

/// A read that a company's registry refused without a word.
fn refused_read() -> String {
    format!("npm error code E403\nnpm error 403 403 Forbidden - GET {REGISTRY}@acme%2fui\n")
}

/// A home whose configuration names the registry, and a credential for it or for its neighbour.
fn home(key: &str) -> TempDir {
    let home = tempfile::tempdir().expect("a folder for the test");
    let lines = format!("registry={REGISTRY}\n//npm.acme.example/{key}:_authToken=lab-token-one\n");
    fs::write(home.path().join(".npmrc"), lines).expect("a file for the test");
    home
}

/// The window with the sheet open and the configuration read.
fn opened(fake: Fake, log: &str) -> Window {
    let mut window = Window::open(fake);
    window.paste(log);
    window.until_result();
    window.click(Role::Button, CHECK);
    window.until(|window| window.shows("What would be asked"));
    window
}

fn top(window: &Window) -> (String, Confidence) {
    let cause = window.case().cause().expect("a cause");
    (cause.id.clone(), cause.confidence)
}

#[test]
fn nothing_is_sent_before_the_button_is_pressed() {
    let home = home("");
    let fake = Fake::default().at_home(home.path());
    let mut window = opened(fake.clone(), &refused_read());
    assert!(window.shows(
        "Line 1 of ~/.npmrc picks https://npm.acme.example/ for @acme/ui, which is the registry that refused"
    ));
    window.harness.get_by_role_and_label(Role::CheckBox, PACKAGE);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(fake.asked().is_empty());
}

#[test]
fn a_credential_is_offered_only_when_the_user_asks_for_it_and_its_line_is_named() {
    let home = home("");
    let mut window = opened(Fake::default().at_home(home.path()), &refused_read());
    assert!(!window.shows("GET https://npm.acme.example/-/whoami"));
    window.click(Role::CheckBox, WITH_CREDENTIAL);
    assert!(window.shows("GET https://npm.acme.example/-/whoami"));
    assert!(window.shows("Sends your token, 13 characters from ~/.npmrc line 2"));
    assert!(!window.shows("lab-token-one"));
    window.click(Role::CheckBox, WITH_CREDENTIAL);
    assert!(!window.shows("GET https://npm.acme.example/-/whoami"));
}

#[test]
fn answers_turn_a_likely_cause_into_a_proven_one_and_close_the_sheet() {
    let home = home("");
    let log = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - \
        cannot modify pre-existing version: 1.0.1\nnpm notice name: @acme/ui\nnpm notice version: 1.0.1\n";
    let fake = Fake::default().at_home(home.path()).answering(
        "/@acme%2fui",
        200,
        r#"{"name":"@acme/ui","dist-tags":{"latest":"1.0.1"},"versions":{"1.0.1":{}},"time":{"1.0.1":"2026-03-01T10:00:00.000Z"}}"#,
    );
    let mut window = opened(fake.clone(), log);
    window.click(Role::Button, "Ask 2 times");
    window.until(|window| window.harness.state().state().overlay.is_none());
    assert_eq!(top(&window), ("version-exists".to_owned(), Confidence::Certain));
    assert!(window.shows("Proved by"));
    assert!(window.status().contains("certain"), "{}", window.status());
    assert!(window.shows("npm version patch"));
    assert_eq!(fake.asked().len(), 2);
    // In another client's words it is still proven, and nothing is asked again.
    window.click(Role::Button, "Commands for: npm");
    window.click(Role::MenuItemRadio, "pnpm");
    window.until(|window| window.shows("pnpm version patch"));
    assert_eq!(top(&window), ("version-exists".to_owned(), Confidence::Certain));
    assert_eq!(fake.asked().len(), 2);
    assert!(fake.asked().iter().all(|sent| sent.starts_with("GET ") && !sent.ends_with("credential")));
}

#[test]
fn what_is_not_ticked_is_not_sent() {
    let home = home("");
    let fake = Fake::default().at_home(home.path());
    let mut window = opened(fake.clone(), &refused_read());
    window.click(Role::CheckBox, "GET https://npm.acme.example/-/ping");
    window.click(Role::Button, "Ask once");
    window.until(|window| {
        window.shows("What could be asked next") || window.harness.state().state().overlay.is_none()
    });
    assert_eq!(fake.asked(), [PACKAGE]);
}

#[test]
fn a_line_for_another_path_is_corrected_and_the_new_line_can_be_copied() {
    let home = home("other/");
    let mut window = opened(Fake::default().at_home(home.path()), &refused_read());
    window.press(Modifiers::NONE, Key::Escape);
    let cause = window.case().cause().expect("a cause").id.clone();
    assert_eq!(cause, "missing-credentials");
    let name = "Copy new line: //npm.acme.example/:_authToken=";
    let buttons: Vec<_> = window
        .harness
        .get_all_by_role(Role::Button)
        .filter_map(|button| {
            use egui_kittest::kittest::NodeT as _;
            button.accesskit_node().label()
        })
        .collect();
    let button = buttons.iter().find(|label| label.starts_with(name));
    let button = button.unwrap_or_else(|| panic!("no button for the line among {buttons:?}")).clone();
    window.click(Role::Button, &button);
    let copied = window.copied.last().expect("a copied line");
    assert!(copied.starts_with("//npm.acme.example/:_authToken="), "{copied}");
    assert!(!copied.contains("lab-token-one"), "a token is never copied");
}

#[test]
fn asking_can_be_stopped_and_says_so() {
    let home = home("");
    let barrier = Arc::new(Barrier::new(2));
    let fake = Fake::default().at_home(home.path()).answering_at(Arc::clone(&barrier));
    let mut window = opened(fake, &refused_read());
    window.click(Role::Button, "Ask 2 times");
    window.until(|window| window.shows("Stop"));
    window.click(Role::Button, "Stop");
    barrier.wait();
    window.until(|window| !window.shows("Asking the registry"));
    assert_eq!(window.case().observed.len(), 1, "what the configuration says is still known");
}

#[test]
fn a_project_that_is_chosen_is_read() {
    let (home, project) = (home(""), tempfile::tempdir().expect("a folder for the test"));
    fs::write(project.path().join("package.json"), r#"{"name":"app","version":"1.0.0"}"#).expect("a file");
    fs::write(project.path().join(".npmrc"), "@acme:registry=https://other.acme.example/\n").expect("a file");
    let fake = Fake::default().at_home(home.path()).picking_folder(project.path());
    let mut window = opened(fake, &refused_read());
    window.click(Role::Button, "Project folder…");
    window.until(|window| window.shows_part("https://other.acme.example/"));
    assert!(window.case().cause().is_some_and(|cause| cause.id == "wrong-registry"), "{:?}", top(&window));
}

#[test]
fn the_sheet_is_reached_left_and_used_with_the_keyboard_alone() {
    let home = home("");
    let fake = Fake::default().at_home(home.path());
    let mut window = Window::open(fake.clone());
    window.paste(&refused_read());
    window.until_result();
    window.press(Modifiers::COMMAND, Key::E);
    window.until(|window| window.shows("What would be asked"));
    window.steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.until(|_| fake.asked().len() == 2);
    window.press(Modifiers::NONE, Key::Escape);
    window.steps(2);
    assert_ne!(window.harness.state().state().overlay, Some(Overlay::Inquiry));
}

#[test]
fn what_the_configuration_lacks_is_the_first_thing_to_mend_and_a_line_that_is_there_is_not_called_missing() {
    let home = home("");
    let log = format!(
        "yarn install v1.22.22\n[1/4] Resolving packages...\nerror Error: {REGISTRY}ui/-/ui-1.4.0.tgz: \
         Request failed \"403 Forbidden\"\n"
    );
    let mut window = opened(Fake::default().at_home(home.path()), &log);
    window.press(Modifiers::NONE, Key::Escape);
    let cause = window.case().cause().expect("a cause");
    assert_eq!(cause.id, "missing-credentials");
    assert_eq!(cause.fixes[0].title, "Make Yarn 1 send the credentials");
    let key = cause.checklist.iter().find(|check| check.todo.starts_with("Look for the key"));
    assert_eq!(key.expect("the check").state, CheckState::Refuted);
}
