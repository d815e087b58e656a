//! Pictures of every screen and state in the themes, sizes and scales that the other pictures do not show.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test pictures_look -- --include-ignored` accepts what is drawn now.
#![cfg(feature = "app")]

#[path = "support/scenes.rs"]
mod scenes;
#[path = "support/window.rs"]
mod window;

use egui::Theme;
use egui_kittest::SnapshotResults;
use scenes::Opening;
use unforbid::app::look::SystemLook;

/// A look by its name.
const LOOKS: [(&str, bool, bool); 4] =
    [("light", false, false), ("dark", true, false), ("high-light", false, true), ("high-dark", true, true)];

/// A size by its name; the tiny one is 800x600 at 200 % text size.
const SIZES: [(&str, [f32; 2], f32); 5] = [
    ("tiny", [400.0, 300.0], 2.0),
    ("small", [640.0, 480.0], 1.0),
    ("narrow", [800.0, 600.0], 1.0),
    ("wide", [1280.0, 800.0], 1.0),
    ("tall", [800.0, 1700.0], 1.0),
];

/// Which pictures there are of a scene: sizes with looks.
fn wanted(scene: usize, name: &str) -> Vec<(usize, usize)> {
    // Each screen once in each size and once in each look, the pairs in turn, as in a Latin square.
    let mut pictures = vec![(1, scene % 4), (2, (scene + 1) % 4), (0, (scene + 2) % 4), (3, (scene + 3) % 4)];
    if name == "settings" {
        pictures.extend([(3, 0), (2, 1)]);
    }
    if name == "settings-filled" {
        pictures = vec![(4, 0), (4, 3)];
    }
    if matches!(name, "start" | "result" | "sheet" | "settings") {
        pictures.extend([(2, 2), (2, 3)]);
    }
    pictures.sort_unstable();
    pictures.dedup();
    pictures
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn every_screen_looks_as_it_did_in_small_windows_and_in_high_contrast() {
    let mut results = SnapshotResults::new();
    for (at, (name, open)) in scenes::ALL.iter().enumerate() {
        for (size, look) in wanted(at, name) {
            let ((size_name, size, scale), (look_name, dark, high_contrast)) = (SIZES[size], LOOKS[look]);
            let mut scene = open(Opening { size, scale, theme: Theme::Light });
            let look = SystemLook { dark: Some(dark), high_contrast, ..SystemLook::default() };
            scene.fake.desktop_wants(look);
            scene.window.steps(4);
            scene.window.harness.snapshot(format!("look/{name}-{size_name}-{look_name}"));
            results.extend(scene.window.harness.take_snapshot_results());
        }
    }
}
