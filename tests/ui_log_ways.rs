//! The log: hidden secrets, places that are kept, jumps there and back, and what a hostile log may try.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;
use unforbid::app::state::{Screen, Tab};
use window::{Fake, Window, expand, log, two_refusals};

const NONE: Modifiers = Modifiers::NONE;
const BACK: &str = "Back to the answer";

fn opened(text: &str, size: [f32; 2]) -> Window {
    let mut window = Window::build(Fake::default(), Start::Empty, size, Theme::Light);
    window.paste(&expand(text));
    window.until_result();
    window
}

/// Long lines that wrap differently at every width, with a refusal in the middle.
fn long_log() -> String {
    let filler = |from: usize| -> String {
        (from..from + 300)
            .map(|n| format!("npm http line {n} {}\n", "of many words that wrap ".repeat(n % 9)))
            .collect()
    };
    format!("{}{}{}", filler(0), window::LOG, filler(300))
}

fn secrets() -> String {
    let token = |seed: &str| format!("npm_{}", seed.repeat(2));
    let (one, two) = (token("a1B2c3D4e5F6g7H8i9"), token("z9Y8x7W6v5U4t3S2r1"));
    format!(
        "//r.acme.example/:_authToken={one}\nnpm info nothing\n//r.acme.example/:_authToken={two}\n\
        //other.example/:_authToken={one}\n{}",
        log()
    )
}

fn evidence(window: &Window) -> (usize, String) {
    let evidence = &window.case().cause().expect("a cause").evidence[0];
    (evidence.row, format!("Show line {}: {}", evidence.line, evidence.text.trim()))
}

/// The first line that can be seen.
fn top(window: &Window) -> String {
    let body = window.harness.get_by_role(Role::Log).rect();
    let lines = window.harness.query_all_by_role(Role::Label).filter(|node| {
        let rect = node.rect();
        (rect.left() - body.left()).abs() < 0.1
            && (rect.right() - body.right()).abs() < 0.1
            && rect.top() >= body.top() - 0.1
    });
    let top = lines.min_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    top.and_then(|node| node.value()).expect("a line")
}

fn focus_log(window: &mut Window) {
    window.harness.get_by_role(Role::Log).focus();
    window.run();
}

#[test]
fn hidden_secrets_are_numbered_and_visited_one_after_the_other() {
    let mut window = opened(&secrets(), [1280.0, 800.0]);
    assert!(window.shows_part("‹npm token #1›"));
    let mut said = Vec::new();
    for _ in 0..4 {
        window.click(Role::Button, "2 secrets hidden");
        said.push(window.status());
    }
    assert_eq!(
        said,
        [
            "Secret 1, npm token, line 1, 1 of 3 places",
            "Secret 2, npm token, line 3, 2 of 3 places",
            "Secret 1, npm token, line 4, 3 of 3 places",
            "Secret 1, npm token, line 1, 1 of 3 places",
        ]
    );
}

#[test]
fn a_hidden_secret_says_what_it_was_and_where_it_stands_again() {
    let mut window = opened(&secrets(), [1280.0, 800.0]);
    let rect = window.rect(Role::Label, "//r.acme.example/:_authToken=‹npm token #1›");
    let pos = rect.left_center() + vec2(46.0 + 33.0 * 7.5, 0.0);
    window.harness.input_mut().events.push(egui::Event::PointerMoved(pos));
    window.run();
    window.until(|window| window.shows_part("Hidden before it was shown"));
    assert!(window.shows_part("npm token, secret 1 of this log. The same secret stands in line 4."));
}

#[test]
fn the_line_on_top_stays_there_when_the_window_is_made_narrower_and_wider() {
    let mut window = opened(&long_log(), [1280.0, 800.0]);
    focus_log(&mut window);
    for _ in 0..4 {
        window.press(NONE, Key::PageDown);
    }
    let before = top(&window);
    let offset = window.case().rows.place().offset;
    assert!(before.contains("npm http line"), "{before}");
    for size in [[1000.0, 800.0], [1600.0, 700.0], [1100.0, 900.0], [1280.0, 800.0]] {
        window.harness.set_size(size.into());
        window.run();
        assert_eq!(top(&window), before, "{size:?}");
    }
    assert!((window.case().rows.place().offset - offset).abs() < 1.0, "and the way back is exact");
}

#[test]
fn the_line_on_top_outlives_the_search_the_narrow_layout_and_larger_text() {
    let mut window = opened(&long_log(), [1280.0, 800.0]);
    focus_log(&mut window);
    for _ in 0..5 {
        window.press(NONE, Key::PageDown);
    }
    let before = top(&window);
    window.press(Modifiers::COMMAND, Key::F);
    assert_eq!(top(&window), before, "the search bar takes its room from below");
    window.press(NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Num2);
    window.harness.set_size(vec2(700.0, 600.0));
    window.run();
    assert_eq!(top(&window), before, "in the narrow layout");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.press(Modifiers::COMMAND, Key::Num2);
    assert_eq!(top(&window), before, "after a look at the other half");
    window.harness.set_size(vec2(1280.0, 800.0));
    window.run();
    window.harness.ctx.set_zoom_factor(1.5);
    window.run();
    window.press(Modifiers::COMMAND, Key::Num2);
    assert_eq!(top(&window), before, "with larger text");
}

#[test]
fn in_a_narrow_window_a_jump_leads_back_to_the_row_it_came_from() {
    for way in ["button", "escape", "alt"] {
        let mut window = opened(&long_log(), [700.0, 600.0]);
        let (row, name) = evidence(&window);
        window.click(Role::Button, &name);
        assert_eq!(window.case().tab, Tab::Log);
        assert!(window.case().reveal.is_some_and(|reveal| reveal.row == row && reveal.outline));
        match way {
            "button" => window.click(Role::Button, BACK),
            "escape" => window.press(NONE, Key::Escape),
            _ => window.press(Modifiers::ALT, Key::ArrowLeft),
        }
        assert_eq!(window.case().tab, Tab::Diagnosis, "{way}");
        assert_eq!(window.focused(), Some((Role::Button, name)), "{way}");
        window.press(NONE, Key::Escape);
        assert!(matches!(window.screen(), Screen::Start), "{way}: then Escape means back");
    }
}

#[test]
fn in_a_wide_window_the_keyboard_goes_along_with_a_jump_and_comes_back() {
    let mut window = opened(&long_log(), [1280.0, 800.0]);
    let (_, name) = evidence(&window);
    window.tab_to(Role::Button, &name);
    window.press(NONE, Key::Enter);
    assert_eq!(window.focused().map(|(role, _)| role), Some(Role::Log));
    assert!(window.harness.query_by_role_and_label(Role::Button, BACK).is_none(), "the answer is in sight");
    window.press(NONE, Key::Escape);
    assert_eq!(window.focused(), Some((Role::Button, name)));
    assert!(matches!(window.screen(), Screen::Result(_)));
}

#[test]
fn alt_and_left_still_means_the_request_before_when_nothing_was_jumped_to() {
    let mut window = opened(&two_refusals(), [1280.0, 800.0]);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.case().incident, 1);
    let (_, name) = evidence(&window);
    window.click(Role::Button, &name);
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.case().incident, 0, "in a wide window nothing has to be returned to");
}

#[test]
fn a_click_on_a_marked_line_shows_it_in_the_answer_and_leaves_the_log_where_it_is() {
    let mut window = opened(&long_log(), [1280.0, 800.0]);
    let (row, _) = evidence(&window);
    let text = window.case().explained.log.line(row).to_owned();
    let rect = window.rect(Role::Label, &text);
    let before = window.case().rows.place().offset;
    for pressed in [true, false] {
        let pos = rect.left_center() + vec2(200.0, 0.0);
        let button = egui::PointerButton::Primary;
        let event = egui::Event::PointerButton { pos, button, pressed, modifiers: NONE };
        window.harness.input_mut().events.extend([egui::Event::PointerMoved(pos), event]);
        window.run();
    }
    assert_eq!(window.case().reader.in_answer.map(|(row, _)| row), Some(row));
    assert!(window.case().reveal.is_some_and(|reveal| reveal.outline && reveal.row == row));
    assert_eq!(window.case().rows.place().offset, before);
}

#[test]
fn the_line_that_was_jumped_to_is_copied_when_nothing_is_selected() {
    let mut window = opened(&long_log(), [1280.0, 800.0]);
    let (row, name) = evidence(&window);
    window.tab_to(Role::Button, &name);
    window.press(NONE, Key::Enter);
    window.harness.input_mut().events.push(egui::Event::Copy);
    window.run();
    assert_eq!(window.copied, [window.case().explained.log.line(row)]);
}

#[test]
fn a_hostile_log_cannot_turn_its_letters_round_unseen() {
    let mut window = opened(
        &format!("npm error \u{202e}txet neddih\u{202c} and \u{200b}nothing\u{7} {}\n", window::LOG),
        [1280.0, 800.0],
    );
    assert!(window.shows_part("‹U+202E›txet neddih‹U+202C› and ‹U+200B›nothing"));
    focus_log(&mut window);
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.input_mut().events.push(egui::Event::Copy);
    window.run();
    assert!(!window.copied[0].contains(['\u{202e}', '\u{202c}', '\u{200b}', '\u{7}']));
}

#[test]
fn a_line_of_a_megabyte_is_walked_through_and_selected() {
    let line = format!("npm error 403 {}", "a/long?line=of&parts ".repeat(50_000));
    let mut window = opened(&format!("npm error code E403\n{line}\nlast line\n"), [1280.0, 800.0]);
    focus_log(&mut window);
    window.press(NONE, Key::End);
    assert!(window.shows("last line"));
    window.press(NONE, Key::Home);
    window.press(Modifiers::SHIFT, Key::End);
    window.press(Modifiers::SHIFT, Key::ArrowUp);
    let selected = window.case().reader.selected().expect("a selection");
    assert!(selected.len() > 1_000_000);
    let slowest = window.slowest_of(10);
    assert!(slowest.as_millis() < 200, "{slowest:?}");
}
