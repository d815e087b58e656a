//! The window itself, as assistive technology knows it.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui_kittest::kittest::NodeT;
use window::{Fake, Window, log};

fn name(window: &Window) -> Option<String> {
    window.harness.root().accesskit_node().label()
}

#[test]
fn the_window_is_called_what_its_title_says() {
    let mut window = Window::open(Fake::default().with_file("npm.log", &log()));
    assert_eq!(name(&window).as_deref(), Some("Unforbid"));
    window.drop_file("npm.log");
    window.until_result();
    window.steps(2);
    assert_eq!(name(&window).as_deref(), Some("npm.log - Unforbid"));
}
