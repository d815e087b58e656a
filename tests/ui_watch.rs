//! The watch over npm's logs, as the user meets it: off unless asked for, quiet, and never in the way.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;
use unforbid::app::state::Screen;
use unforbid::app::store::Settings;
use unforbid::app::watch::folder::{Noticed, Refused, WatchError};
use window::{Fake, Window, log};

const LOOK: &str = "Look";
const NOT_NOW: &str = "Not now";
const STOP: &str = "Stop watching";
const WIDGETS: &str = "npm just failed with 403: @acme/widgets";

fn watching() -> Fake {
    Fake::default().with_settings(Settings { watch: true, ..Settings::default() })
}

fn refused(path: &str, package: Option<&str>) -> Noticed {
    Noticed::Refused(Refused { parts: vec![path.into()], package: package.map(str::to_owned) })
}

fn offer(fake: &Fake, window: &mut Window, path: &str, package: &str) {
    fake.notice(refused(path, Some(package)));
    window.run();
}

fn has_button(window: &Window, name: &str) -> bool {
    window.harness.query_by_role_and_label(Role::Button, name).is_some()
}

#[test]
fn nothing_is_watched_unless_the_user_wants_it() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    assert!(!fake.is_watching());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    assert!(fake.is_watching());
    assert!(fake.saved().is_some_and(|saved| saved.watch), "it is remembered");
    assert!(window.status().contains("offered here"), "{}", window.status());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    assert!(!fake.is_watching());
    assert!(fake.saved().is_some_and(|saved| !saved.watch));
}

#[test]
fn it_goes_on_where_it_was_on_and_ends_with_the_window() {
    let fake = watching();
    let window = Window::open(fake.clone());
    assert!(fake.is_watching());
    drop(window);
    assert!(!fake.is_watching());
}

#[test]
fn a_refusal_is_offered_and_announced_without_taking_the_keyboard_or_the_screen() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    let had_keyboard = window.focused();
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    assert!(window.shows(WIDGETS));
    assert_eq!(window.status(), WIDGETS);
    assert_eq!(window.focused(), had_keyboard);
    assert!(matches!(window.screen(), Screen::Start));
    window.harness.input_mut().events.push(Event::Text("typed on".to_owned()));
    window.run();
    assert_eq!(window.box_text(), "typed on");
}

#[test]
fn the_bar_covers_nothing_of_what_is_read() {
    let fake = watching();
    let mut window = Window::open_sized(fake.clone(), [800.0, 600.0]);
    window.paste(&log());
    window.until_result();
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    assert!(matches!(window.screen(), Screen::Result(_)));
    let bar = window.rect(Role::Button, LOOK);
    let below = window.rect(Role::Heading, "This version is already published");
    assert!(below.top() > bar.bottom(), "{below:?} is below {bar:?}");
}

#[test]
fn looking_reads_the_log_and_the_offer_is_gone() {
    let fake = watching().with_file("a.log", &log());
    let mut window = Window::open(fake.clone());
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    window.click(Role::Button, LOOK);
    window.until_result();
    assert_eq!(window.case().advice().input.name, "a.log");
    assert!(!window.shows(WIDGETS) && !has_button(&window, LOOK));
}

#[test]
fn of_several_the_newest_is_offered_and_the_others_are_counted() {
    let fake = watching().with_file("c.log", &log());
    let mut window = Window::open(fake.clone());
    for (path, package) in [("a.log", "a"), ("b.log", "b"), ("c.log", "c")] {
        offer(&fake, &mut window, path, package);
    }
    assert!(window.shows("npm just failed with 403: c") && window.shows("and 2 more"));
    assert_eq!(window.status(), "npm just failed with 403: c, and 2 more");
    window.click(Role::Button, LOOK);
    window.until_result();
    assert!(window.shows("Before that, npm failed with 403: b") && window.shows("and 1 more"));
    window.click(Role::Button, NOT_NOW);
    assert!(!has_button(&window, LOOK), "all of them are put away");
}

#[test]
fn a_log_without_a_package_is_offered_as_well() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    fake.notice(refused("a.log", None));
    window.run();
    assert!(window.shows("npm just failed with 403"));
}

#[test]
fn after_the_second_dismissal_it_can_be_stopped_right_there() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    for path in ["a.log", "b.log"] {
        offer(&fake, &mut window, path, "@acme/widgets");
        assert!(!has_button(&window, STOP));
        window.click(Role::Button, NOT_NOW);
        assert!(!window.shows(WIDGETS));
    }
    offer(&fake, &mut window, "c.log", "@acme/widgets");
    window.click(Role::Button, STOP);
    assert!(!fake.is_watching() && !window.shows(WIDGETS));
    assert!(fake.saved().is_some_and(|saved| !saved.watch));
}

#[test]
fn the_log_that_is_open_already_is_not_offered() {
    let fake = watching().with_file("a.log", &log()).with_latest(&["a.log"]);
    let mut window = Window::open(fake.clone());
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    window.press(Modifiers::COMMAND, Key::L);
    window.until_result();
    assert!(!window.shows(WIDGETS), "it was opened another way");
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    assert!(!window.shows(WIDGETS), "it was opened before it was told of");
}

#[test]
fn trouble_is_said_once_with_what_to_do() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    fake.notice(Noticed::Trouble(WatchError::TooMany));
    window.run();
    assert!(window.shows_part("Cannot watch npm's logs") && window.shows_part("close some"));
    window.click(Role::Button, "Dismiss");
    window.steps(3);
    assert!(!window.shows_part("Cannot watch npm's logs"));
}

#[test]
fn what_a_stopped_watch_still_says_is_dropped() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    let tell = fake.outlet();
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    tell(refused("a.log", Some("@acme/widgets")));
    window.run();
    assert!(!window.shows(WIDGETS));
}

#[test]
fn the_keyboard_reaches_the_offer_between_the_top_bar_and_the_screen() {
    let fake = watching();
    let mut window = Window::open(fake.clone());
    offer(&fake, &mut window, "a.log", "@acme/widgets");
    window.tab_to(Role::Button, "Menu");
    for name in [LOOK, NOT_NOW] {
        window.press(Modifiers::NONE, Key::Tab);
        assert_eq!(window.focused(), Some((Role::Button, name.to_owned())));
    }
    window.press(Modifiers::NONE, Key::Tab);
    assert_ne!(window.focused().map(|(role, _)| role), Some(Role::Button));
    window.tab_to(Role::Button, NOT_NOW);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!has_button(&window, LOOK));
}

#[test]
fn nothing_is_cut_off_at_any_size_with_the_longest_name() {
    let long = format!("@acme/{}", "a-very-long-name-".repeat(12));
    for size in [[400.0, 300.0], [640.0, 480.0], [800.0, 600.0], [1280.0, 800.0]] {
        let fake = watching();
        let mut window = Window::build(fake.clone(), Start::Empty, size, Theme::Dark);
        for path in ["a.log", "b.log"] {
            offer(&fake, &mut window, path, &long);
            window.click(Role::Button, NOT_NOW);
        }
        for path in ["a.log", "b.log", "c.log"] {
            offer(&fake, &mut window, path, &long);
        }
        let inside = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into()).shrink(8.0);
        let mut last = window.rect(Role::Label, "and 2 more");
        assert!(inside.contains_rect(last), "{size:?}: {last:?}");
        for name in [LOOK, NOT_NOW, STOP] {
            let rect = window.rect(Role::Button, name);
            assert!(inside.contains_rect(rect), "{size:?}, {name}: {rect:?}");
            assert!(!rect.intersects(last), "{size:?}, {name}: {rect:?} on {last:?}");
            last = rect;
        }
    }
}
