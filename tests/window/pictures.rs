//! Pictures of the screens that people see most. They need a software GL or Vulkan driver.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test window -- --ignored` writes them.

use std::sync::Arc;

use egui::Theme;
use egui_kittest::SnapshotResults;
use unforbid::app::Start;

use super::desk::{Desk, Shared, Window};
use super::stories::EXISTS;

const SIZES: [(&str, [f32; 2]); 2] = [("wide", [1280.0, 800.0]), ("narrow", [800.0, 600.0])];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

fn pictures(name: &str, log: Option<&str>, start: fn() -> Start) {
    let mut results = SnapshotResults::new();
    for (size_name, size) in SIZES {
        for (theme_name, theme) in THEMES {
            let desk = Shared(Arc::new(Desk::default()));
            let mut window = Window::open(size, theme, &desk, start());
            if let Some(log) = log {
                window.paste(log);
            }
            results.add(window.harness.try_snapshot(format!("{name}-{size_name}-{theme_name}")));
        }
    }
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_start_screen_looks_as_it_should() {
    pictures("start", None, || Start::Empty);
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_answer_looks_as_it_should() {
    pictures("answer", Some(EXISTS), || Start::Empty);
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn an_answer_without_an_incident_looks_as_it_should() {
    pictures(
        "nothing",
        Some("$ npm install\nnpm error code E401\nnpm error 401 Unauthorized - GET https://{npm}/-/whoami\n"),
        || Start::Empty,
    );
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn a_failure_looks_as_it_should() {
    pictures("failed", None, || Start::File("no-such-folder/build.log".into()));
}
