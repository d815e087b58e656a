//! Pictures of the library, pixel by pixel, for what no role or name can tell.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test pictures_library -- --include-ignored` accepts what is drawn now.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::SnapshotResults;
use unforbid::app::Start;
use window::{Fake, Window};

const WIDE: [f32; 2] = [1280.0, 800.0];
const NARROW: [f32; 2] = [800.0, 600.0];

fn in_both_themes_and_sizes(name: &str, walk: impl Fn(&mut Window)) {
    let mut results = SnapshotResults::new();
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (size, size_name) in [(WIDE, "wide"), (NARROW, "narrow")] {
            let mut window = Window::build(Fake::default(), Start::Empty, size, theme);
            window.press(Modifiers::COMMAND, Key::B);
            walk(&mut window);
            window.steps(6);
            window.harness.snapshot(format!("{name}-{size_name}-{theme_name}"));
            results.extend(window.harness.take_snapshot_results());
        }
    }
}

fn search(window: &mut Window, words: &str) {
    window.harness.input_mut().events.push(Event::Text(words.to_owned()));
    window.run();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_library_looks_as_it_did() {
    in_both_themes_and_sizes("library", |_| {});
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn a_page_of_the_library_looks_as_it_did() {
    in_both_themes_and_sizes("library-page", |window| {
        search(window, "You cannot publish over the previously published versions: 2.3.0.");
        window.press(Modifiers::NONE, Key::Enter);
    });
}
