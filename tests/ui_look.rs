//! How the window looks, whatever its size, scale, theme and text: nothing is cut off, nothing covers anything.
#![cfg(feature = "app")]

#[path = "support/health.rs"]
mod health;
#[path = "support/scenes.rs"]
mod scenes;
#[path = "support/window.rs"]
mod window;

use egui::Theme;
use egui::accesskit::Role;
use scenes::Opening;
use unforbid::app::look::SystemLook;
use window::{Fake, Window, log};

/// 640x480 and 800x600 at 200 % text size are half as many points; the last is a screen of 3840x2160 pixels.
const SIZES: [([f32; 2], f32); 10] = [
    ([400.0, 300.0], 2.0),
    ([640.0, 480.0], 1.0),
    ([800.0, 600.0], 1.0),
    ([1280.0, 800.0], 1.0),
    ([3840.0, 2160.0], 1.0),
    ([1280.0, 720.0], 3.0),
    // What has to be scrolled to in a low window.
    ([400.0, 4000.0], 1.0),
    // The smallest window, and what is left of 640x480 at 200 % text size.
    ([360.0, 320.0], 1.0),
    ([320.0, 240.0], 2.0),
    ([940.0, 4000.0], 1.0),
];

fn all_looks() -> impl Iterator<Item = SystemLook> {
    [false, true].into_iter().flat_map(|dark| {
        [false, true].map(|high_contrast| SystemLook {
            dark: Some(dark),
            high_contrast,
            ..SystemLook::default()
        })
    })
}

/// What is wrong with a scene in each size and each of the four looks.
fn faults(name: &str, open: scenes::Way) -> Vec<String> {
    let mut found = Vec::new();
    for (size, scale) in SIZES {
        let mut scene = open(Opening { size, scale, theme: Theme::Light });
        for look in all_looks() {
            scene.fake.desktop_wants(look);
            scene.window.steps(3);
            let [width, height] = size;
            let what = format!(
                "{name} {width}x{height} dark {:?} high {}",
                look.dark == Some(true),
                look.high_contrast
            );
            found.extend(health::faults(&scene.window).into_iter().map(|fault| format!("{what}: {fault}")));
        }
    }
    found
}

#[test]
fn nothing_is_cut_off_and_nothing_covers_anything_on_any_screen() {
    let mut found = Vec::new();
    for (name, open) in scenes::ALL {
        found.extend(faults(name, *open));
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_control_of_every_screen_comes_into_sight_with_the_keyboard() {
    let mut found = Vec::new();
    for (name, open) in scenes::ALL.iter().filter(|(name, _)| *name != "drop") {
        for (size, scale) in SIZES.into_iter().take(2).chain([([320.0, 240.0], 2.0)]) {
            let mut scene = open(Opening { size, scale, theme: Theme::Light });
            let (stops, faults) = health::walk(&mut scene.window);
            let [width, height] = size;
            // The palette and the help page have one stop of their own.
            if stops < 1 {
                found.push(format!("{name} {width}x{height}: Tab leads to {stops} controls"));
            }
            found.extend(faults.into_iter().map(|fault| format!("{name} {width}x{height}: {fault}")));
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn page_down_scrolls_the_answer_while_nothing_has_the_keyboard() {
    let mut window = Window::open_sized(Fake::default(), [800.0, 600.0]);
    window.paste(&log());
    window.until_result();
    window.harness.ctx.memory_mut(|memory| memory.stop_text_input());
    let title = window.case().cause().expect("a cause").title.clone();
    let before = window.rect(Role::Heading, &title).top();
    window.press(egui::Modifiers::NONE, egui::Key::PageDown);
    assert!(window.rect(Role::Heading, &title).top() < before - 100.0);
    window.press(egui::Modifiers::NONE, egui::Key::Home);
    assert!((window.rect(Role::Heading, &title).top() - before).abs() < 1.0);
}
