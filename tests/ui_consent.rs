//! Hosts that the user has agreed to ask: remembered only when that is wanted, ticked the next time, never asked unasked.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::app::store::Settings;
use window::{Fake, Window};

/// A host that only the log names, so that no request to it is ticked by itself.
const LOG: &str = "npm error code E403\nnpm error 403 403 Forbidden - GET https://npm.acme.example/left-layout\n\
    npm notice name: left-layout\n";
const HOST: &str = "npm.acme.example";

fn sheet(settings: Settings) -> (Fake, Window) {
    let fake = Fake::default().with_settings(settings);
    let mut window = Window::open(fake.clone());
    window.paste(LOG);
    window.until_result();
    window.press(Modifiers::COMMAND, Key::E);
    window.until(|window| window.shows("What would be asked"));
    (fake, window)
}

/// The requests to the host: their names, and whether they are ticked.
fn requests(window: &Window) -> Vec<(String, bool)> {
    let boxes = window.harness.query_all_by_role(Role::CheckBox).map(|node| {
        let node = node.accesskit_node();
        (node.label().unwrap_or_default(), node.toggled() == Some(Toggled::True))
    });
    boxes.filter(|(name, _)| name.contains(HOST)).collect()
}

fn remembering(agreed: &[&str]) -> Settings {
    let agreed_hosts = agreed.iter().map(|host| (*host).to_owned()).collect();
    Settings { remember_hosts: true, agreed_hosts, ..Settings::default() }
}

#[test]
fn a_stranger_is_not_ticked_and_after_one_consent_it_is_the_next_time_but_nothing_is_sent() {
    let (fake, mut window) = sheet(remembering(&[]));
    assert!(requests(&window).iter().all(|(_, is_ticked)| !is_ticked), "{:?}", requests(&window));
    let (first, _) = requests(&window).first().cloned().expect("a request");
    window.click(Role::CheckBox, &first);
    window.click(Role::Button, "Ask once");
    window.until(|_| !fake.asked().is_empty());
    assert_eq!(fake.saved().map(|saved| saved.agreed_hosts), Some(vec![HOST.to_owned()]));

    let (fake, window) = sheet(remembering(&[HOST]));
    assert!(requests(&window).iter().any(|(_, is_ticked)| *is_ticked), "{:?}", requests(&window));
    assert_eq!(fake.asked(), Vec::<String>::new(), "nothing before the button is pressed");
}

#[test]
fn without_the_wish_nothing_is_remembered_and_what_was_remembered_ticks_nothing() {
    let (fake, mut window) = sheet(Settings { remember_hosts: false, ..remembering(&[HOST]) });
    assert!(requests(&window).iter().all(|(_, is_ticked)| !is_ticked));
    let (first, _) = requests(&window).first().cloned().expect("a request");
    window.click(Role::CheckBox, &first);
    window.click(Role::Button, "Ask once");
    window.until(|_| !fake.asked().is_empty());
    assert_eq!(fake.saved(), None, "the settings are as they were");
}

#[test]
fn another_host_is_not_ticked_by_an_earlier_consent() {
    let (_, window) = sheet(remembering(&["npm.other.example", "acme.example"]));
    assert!(requests(&window).iter().all(|(_, is_ticked)| !is_ticked), "{:?}", requests(&window));
}
