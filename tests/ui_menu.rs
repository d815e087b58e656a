//! The menu: everything that can be done, by mouse and by key.

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use window::{Fake, Window, log};

fn items(window: &Window) -> Vec<(String, bool)> {
    let nodes = window.harness.get_all_by_role(Role::MenuItem);
    nodes
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.accesskit_node().is_disabled()))
        .collect()
}

#[test]
fn the_menu_opens_with_its_button_and_what_cannot_be_done_is_shown_as_such() {
    let mut window = Window::open(Fake::default());
    window.click(Role::Button, "Menu");
    let items = items(&window);
    assert!(items.contains(&("Open log…".to_owned(), false)), "{items:?}");
    assert!(items.contains(&("Copy report".to_owned(), true)), "there is nothing to report: {items:?}");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_all_by_role(Role::MenuItem).next().is_none());
}

#[test]
fn a_key_opens_it_and_arrows_and_enter_choose_from_it() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::NONE, Key::F10);
    assert_eq!(window.focused(), Some((Role::MenuItem, "Paste".to_owned())));
    for _ in 0..40 {
        if window.focused() == Some((Role::MenuItem, "Copy report".to_owned())) {
            break;
        }
        window.press(Modifiers::NONE, Key::ArrowDown);
    }
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.copied.last().is_some_and(|copied| copied.contains("## E403 on publish")));
    assert!(window.harness.query_all_by_role(Role::MenuItem).next().is_none(), "the menu has closed");
    window.press(Modifiers::NONE, Key::F10);
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.focused(), Some((Role::MenuItem, "Help".to_owned())), "up from the first is the last");
    window.press(Modifiers::NONE, Key::F10);
    assert!(window.harness.query_all_by_role(Role::MenuItem).next().is_none());
}
