//! Pictures of the screens, pixel by pixel, for what no role or name can tell.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test pictures -- --include-ignored` accepts what is drawn now.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::Theme;
use egui::accesskit::Role;
use egui_kittest::SnapshotResults;
use unforbid::app::Start;
use window::{Fake, Window, log, two_refusals};

const WITH_CREDENTIAL: &str = "Also ask with my credential, where the package manager itself would send it";
const WIDE: [f32; 2] = [1280.0, 800.0];
const NARROW: [f32; 2] = [800.0, 600.0];

fn picture(name: &str, size: [f32; 2], theme: Theme, walk: impl FnOnce(&mut Window)) -> SnapshotResults {
    picture_on(Fake::default(), name, size, theme, walk)
}

fn picture_on(
    fake: Fake,
    name: &str,
    size: [f32; 2],
    theme: Theme,
    walk: impl FnOnce(&mut Window),
) -> SnapshotResults {
    let mut window = Window::build(fake, Start::Empty, size, theme);
    walk(&mut window);
    // Not until it rests: a hovering file keeps the window awake.
    window.steps(6);
    window.harness.snapshot(name);
    window.harness.take_snapshot_results()
}

fn in_both_themes_and_sizes(name: &str, walk: impl Fn(&mut Window)) {
    let mut results = SnapshotResults::new();
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (size, size_name) in [(WIDE, "wide"), (NARROW, "narrow")] {
            results.extend(picture(&format!("{name}-{size_name}-{theme_name}"), size, theme, &walk));
        }
    }
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_start_screen_looks_as_it_did() {
    in_both_themes_and_sizes("start", |_| {});
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_result_looks_as_it_did() {
    in_both_themes_and_sizes("result", |window| {
        window.paste(&log());
        window.until_result();
    });
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn several_refused_requests_look_as_they_did() {
    picture("several-wide-dark", WIDE, Theme::Dark, |window| {
        window.paste(&two_refusals());
        window.until_result();
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_log_of_a_narrow_window_looks_as_it_did() {
    picture("log-narrow-light", NARROW, Theme::Light, |window| {
        window.paste(&two_refusals());
        window.until_result();
        window.click(Role::Tab, "Log");
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn a_log_without_a_403_looks_as_it_did() {
    picture("nothing-wide-light", WIDE, Theme::Light, |window| {
        window.paste(
            "npm error code E404\nnpm error 404 Not Found - GET https://registry.acme.example/nothing",
        );
        window.until_result();
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn a_failure_looks_as_it_did() {
    picture("failed-narrow-dark", NARROW, Theme::Dark, |window| {
        window.drop_file("/logs/none.log");
        window.until(|window| matches!(window.screen(), unforbid::app::state::Screen::Failed(_)));
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn a_hovering_file_looks_as_it_did() {
    picture("drop-narrow-light", NARROW, Theme::Light, |window| {
        window.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_help_page_looks_as_it_did() {
    picture("help-wide-light", WIDE, Theme::Light, |window| {
        window.press(egui::Modifiers::NONE, egui::Key::F1);
    })
    .unwrap();
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_sheet_before_anything_is_sent_and_the_verdict_after_it_look_as_they_did() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let lines = "registry=https://npm.acme.example/\n//npm.acme.example/:_authToken=lab-token-one\n";
    std::fs::write(home.path().join(".npmrc"), lines).expect("a file for the test");
    let exists = r#"{"versions":{"1.0.1":{}},"time":{"1.0.1":"2026-03-01T10:00:00.000Z"}}"#;
    let log = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - \
        cannot modify pre-existing version: 1.0.1\nnpm notice name: @acme/ui\nnpm notice version: 1.0.1\n";
    let mut results = SnapshotResults::new();
    for (theme, theme_name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (size, size_name) in [(WIDE, "wide"), (NARROW, "narrow")] {
            let fake = || Fake::default().at_home(home.path()).answering("/@acme%2fui", 200, exists);
            let open = |window: &mut Window| {
                window.paste(log);
                window.until_result();
                window.press(egui::Modifiers::COMMAND, egui::Key::E);
                window.until(|window| window.shows("What would be asked"));
                window.click(Role::CheckBox, WITH_CREDENTIAL);
            };
            let name = format!("sheet-{size_name}-{theme_name}");
            results.extend(picture_on(fake(), &name, size, theme, open));
            let name = format!("proven-{size_name}-{theme_name}");
            results.extend(picture_on(fake(), &name, size, theme, |window| {
                open(window);
                window.click(Role::CheckBox, WITH_CREDENTIAL);
                window.click(Role::Button, "Ask 2 times");
                window.until(|window| window.harness.state().state().overlay.is_none());
            }));
        }
    }
}

#[test]
#[ignore = "needs a software GL or Vulkan driver; .ci/run installs one"]
fn the_palette_looks_as_it_did() {
    in_both_themes_and_sizes("palette", |window| {
        window.paste(&log());
        window.until_result();
        window.press(egui::Modifiers::COMMAND, egui::Key::K);
    });
}
