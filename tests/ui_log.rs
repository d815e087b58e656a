//! The log: finding, selecting, copying, hidden secrets, and jumps there and back, by pointer and by keyboard alone.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Theme, pos2, vec2};
use egui_kittest::kittest::Queryable;
use unforbid::app::Start;
use unforbid::app::state::{Screen, Tab};
use window::{Fake, Window, expand};

const FIELD: &str = "Find in log";
const NONE: Modifiers = Modifiers::NONE;
/// The height of a row.
const ROW: f32 = 20.0;

fn opened(text: &str) -> Window {
    sized(text, [1280.0, 800.0])
}

fn sized(text: &str, size: [f32; 2]) -> Window {
    let mut window = Window::build(Fake::default(), Start::Empty, size, Theme::Light);
    window.paste(&expand(text));
    window.until_result();
    window
}

/// A refused publish in the middle of a long log. Lines are numbered, so that they can be told apart.
fn long_log(lines: usize) -> String {
    let filler = |from: usize| -> String {
        (from..from + lines / 2).map(|n| format!("npm http fetch GET 200 line {n} done\n")).collect()
    };
    format!("{}{}{}", filler(0), window::LOG, filler(lines / 2))
}

fn find(window: &mut Window, words: &str) {
    window.press(Modifiers::COMMAND, Key::F);
    type_in(window, words);
}

fn type_in(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.run();
}

/// What the search shows now, in the log's own letters.
fn shown(window: &Window) -> Option<String> {
    let case = window.case();
    let range = case.find.as_ref()?.shown()?;
    Some(case.explained.log.as_str()[range].to_owned())
}

fn selected(window: &Window) -> String {
    let case = window.case();
    case.reader.selected().map_or_else(String::new, |range| case.explained.log.as_str()[range].to_owned())
}

fn copy(window: &mut Window) -> Option<String> {
    window.harness.input_mut().events.push(Event::Copy);
    window.run();
    window.copied.pop()
}

/// The place of a line that can be seen.
fn line_rect(window: &Window, text: &str) -> egui::Rect {
    window.rect(Role::Label, text)
}

/// Where a column of a line stands, in the middle of its first row. Lines are drawn behind their numbers.
fn at(window: &Window, line: &str, column: f32) -> Pos2 {
    let rect = line_rect(window, line);
    let glyph = glyph(window);
    let case = window.case();
    let digits = case.explained.log.original_lines().to_string().len().max(2) as f32;
    let left = rect.left() + 12.0 + glyph * digits + 4.0 + 14.0;
    pos2(left + column * glyph, rect.top() + ROW / 2.0)
}

fn glyph(window: &Window) -> f32 {
    let font = egui::FontId::new(12.5, egui::FontFamily::Monospace);
    window.harness.ctx.fonts_mut(|fonts| fonts.glyph_width(&font, '0'))
}

fn pointer(window: &mut Window, pos: Pos2, pressed: Option<bool>, modifiers: Modifiers) {
    window.harness.input_mut().events.push(Event::ModifiersChanged(modifiers));
    let events = &mut window.harness.input_mut().events;
    events.push(Event::PointerMoved(pos));
    if let Some(pressed) = pressed {
        events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    }
    window.run();
    window.harness.input_mut().events.push(Event::ModifiersChanged(NONE));
    window.run();
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    pointer(window, from, Some(true), NONE);
    pointer(window, from + (to - from) * 0.5, None, NONE);
    pointer(window, to, None, NONE);
    pointer(window, to, Some(false), NONE);
}

fn click_at(window: &mut Window, pos: Pos2, times: usize, modifiers: Modifiers) {
    // Clicks that belong together come within one frame of each other; a frame of the tests takes a quarter second.
    window.harness.input_mut().events.push(Event::ModifiersChanged(modifiers));
    for _ in 0..times {
        for pressed in [true, false] {
            let button = Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
            window.harness.input_mut().events.extend([Event::PointerMoved(pos), button]);
        }
    }
    window.run();
    window.harness.input_mut().events.push(Event::ModifiersChanged(NONE));
    window.run();
}

fn focus_log(window: &mut Window) {
    window.harness.get_by_role(Role::Log).focus();
    window.run();
}

/// The lines that can be seen, from the top.
fn seen(window: &Window) -> Vec<String> {
    let body = window.harness.get_by_role(Role::Log).rect();
    let mut lines: Vec<_> = window
        .harness
        .query_all_by_role(Role::Label)
        .filter(|node| {
            let rect = node.rect();
            rect.left() == body.left() && rect.right() == body.right() && body.expand(1.0).contains_rect(rect)
        })
        .map(|node| (node.rect().top(), node.value().unwrap_or_default()))
        .collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn words_are_found_counted_and_said() {
    let mut window = opened(&long_log(200));
    focus_log(&mut window);
    window.press(NONE, Key::Home);
    find(&mut window, "line 19");
    window.harness.get_by_role_and_label(Role::TextInput, FIELD);
    assert!(window.shows("1 of 11"), "line 19 and lines 190 to 199");
    assert_eq!(window.status(), "1 of 11");
    assert_eq!(shown(&window).as_deref(), Some("line 19"));
    window.press(NONE, Key::Enter);
    assert!(window.shows("2 of 11"));
    assert!(
        seen(&window).iter().any(|line| line.contains("line 190 ")),
        "it is scrolled to: {:?}",
        seen(&window)
    );
}

#[test]
fn the_search_goes_round_both_ways() {
    let mut window = opened("npm error code E403\nnpm error one\nnpm error two\n");
    find(&mut window, "npm error");
    assert!(window.shows("1 of 3"));
    window.press(Modifiers::SHIFT, Key::Enter);
    assert!(window.shows("3 of 3"));
    window.press(NONE, Key::F3);
    assert!(window.shows("1 of 3"));
    window.press(Modifiers::COMMAND, Key::G);
    assert!(window.shows("2 of 3"));
    window.press(Modifiers::SHIFT, Key::F3);
    window.click(Role::Button, "Previous place found");
    assert!(window.shows("3 of 3"));
    window.click(Role::Button, "Next place found");
    assert!(window.shows("1 of 3"));
}

#[test]
fn capitals_matter_when_they_are_wanted_to() {
    let mut window = opened("npm error code E403\nnpm ERROR code\nnpm Error\n");
    find(&mut window, "ERROR");
    assert!(window.shows("1 of 3"));
    window.click(Role::CheckBox, "Match case");
    assert!(window.shows("1 of 1"));
    assert_eq!(shown(&window).as_deref(), Some("ERROR"));
    assert!(window.is_ticked("Match case"));
}

#[test]
fn nothing_found_is_said_in_words() {
    let mut window = opened(window::LOG);
    find(&mut window, "no such words");
    assert!(window.shows("No match"));
    assert_eq!(window.status(), "No match");
    window.press(NONE, Key::Enter);
    assert!(window.shows("No match"));
}

#[test]
fn escape_closes_the_search_once_and_leaves_the_keyboard_in_the_log() {
    let mut window = opened(window::LOG);
    find(&mut window, "E403");
    window.press(NONE, Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, FIELD).is_none());
    assert_eq!(window.focused().map(|(role, _)| role), Some(Role::Log));
    assert_eq!(selected(&window), "E403", "what was found can be copied");
    assert_eq!(copy(&mut window).as_deref(), Some("E403"));
    window.press(NONE, Key::Escape);
    assert_eq!(selected(&window), "");
    assert!(matches!(window.screen(), Screen::Result(_)));
    window.press(NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start), "then it means back, as everywhere");
}

#[test]
fn selected_words_are_what_is_searched_for() {
    let mut window = opened(&long_log(60));
    focus_log(&mut window);
    window.press(NONE, Key::Home);
    let line = "npm http fetch GET 200 line 5 done";
    let place = at(&window, line, 20.0);
    click_at(&mut window, place, 2, NONE);
    assert_eq!(selected(&window), "200");
    window.press(Modifiers::COMMAND, Key::F);
    assert!(window.shows("6 of 60"), "the search begins where the selection is");
    assert_eq!(window.case().find.as_ref().map(|find| find.query.as_str()), Some("200"));
}

#[test]
fn the_search_begins_at_what_can_be_seen() {
    let mut window = opened(&long_log(400));
    focus_log(&mut window);
    window.press(NONE, Key::End);
    let top = seen(&window)[0].clone();
    find(&mut window, "npm http");
    let case = window.case();
    let range = case.find.as_ref().and_then(|find| find.shown()).expect("a place");
    assert!(seen(&window).contains(&top), "nothing had to be scrolled");
    assert!(case.explained.log.row_at(range.start) > 300);
}

#[test]
fn a_long_log_is_searched_in_the_background_up_to_the_true_number() {
    let mut window = opened(&long_log(40_000));
    find(&mut window, "line 1");
    let expected = (0..40_000).filter(|n| n.to_string().starts_with('1')).count();
    window.until(|window| window.case().find.as_ref().is_some_and(|find| !find.is_counting));
    assert_eq!(window.case().find.as_ref().map(|find| find.found.len()), Some(expected));
    assert!(
        window.shows_part(" of 11\u{2009}111"),
        "{:?}",
        window.case().find.as_ref().and_then(|f| f.says())
    );
}

#[test]
fn in_a_narrow_window_the_search_opens_the_log() {
    let mut window = sized(window::LOG, [640.0, 480.0]);
    assert_eq!(window.case().tab, Tab::Diagnosis);
    find(&mut window, "e403");
    assert_eq!(window.case().tab, Tab::Log);
    assert!(window.shows("1 of 1"));
}

#[test]
fn a_selection_is_dragged_over_lines_and_copied_with_its_breaks() {
    let mut window = opened("npm error code E403\nnpm error\tsecond\nnpm error third line\n");
    let from = at(&window, "npm error code E403", 10.0);
    let to = at(&window, "npm error third line", 9.0);
    drag(&mut window, from, to);
    assert_eq!(copy(&mut window).as_deref(), Some("code E403\nnpm error\tsecond\nnpm error"));
    assert!(window.status().contains("Copied the selection"), "{}", window.status());
}

#[test]
fn a_selection_is_dragged_backwards_too() {
    let mut window = opened("npm error code E403\nnpm error second\n");
    let from = at(&window, "npm error second", 3.0);
    let to = at(&window, "npm error code E403", 15.0);
    drag(&mut window, from, to);
    assert_eq!(selected(&window), "E403\nnpm");
}

#[test]
fn two_clicks_select_a_word_and_three_a_line() {
    let mut window = opened(window::LOG);
    let place = at(&window, "npm notice name: @acme/widgets", 20.0);
    click_at(&mut window, place, 2, NONE);
    assert_eq!(selected(&window), "acme");
    window.steps(4);
    click_at(&mut window, place, 3, NONE);
    assert_eq!(copy(&mut window).as_deref(), Some("npm notice name: @acme/widgets"));
}

#[test]
fn shift_and_a_click_extend_the_selection() {
    let mut window = opened("npm error code E403\nnpm error second\nnpm error third\n");
    let place = at(&window, "npm error code E403", 4.0);
    click_at(&mut window, place, 1, NONE);
    let place = at(&window, "npm error second", 9.0);
    click_at(&mut window, place, 1, Modifiers::SHIFT);
    assert_eq!(selected(&window), "error code E403\nnpm error");
    let place = at(&window, "npm error third", 3.0);
    click_at(&mut window, place, 1, Modifiers::SHIFT);
    assert_eq!(selected(&window), "error code E403\nnpm error second\nnpm");
}

#[test]
fn the_keyboard_alone_selects_and_copies() {
    let mut window = opened("npm error code E403\nnpm error second\nnpm error third\n");
    window.tab_to(Role::Log, "Log Pasted text");
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    for _ in 0..3 {
        window.press(Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(copy(&mut window).as_deref(), Some("npm error code E403\nnpm"));
    assert_eq!(window.focused().map(|(role, _)| role), Some(Role::Log));
    window.press(Modifiers::SHIFT, Key::End);
    window.press(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(selected(&window), "npm error code E403\nnpm error second\nnpm error third");
    window.press(Modifiers::SHIFT, Key::PageUp);
    assert_eq!(selected(&window), "");
}

#[test]
fn everything_is_selected_with_one_key_and_as_it_is_copied() {
    let mut window = opened(&long_log(300));
    focus_log(&mut window);
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.status(), "The whole log is selected");
    let all = window.case().explained.log.as_str().to_owned();
    assert_eq!(copy(&mut window), Some(all));
}

#[test]
fn a_wrapped_line_is_copied_without_its_wraps_and_a_selection_outlives_them() {
    let long = format!("npm error 403 {}end", "some words of a long line ".repeat(12));
    let mut window = opened(&format!("npm error code E403\n{long}\nnpm error end\n"));
    let place = at(&window, &long, 5.0);
    click_at(&mut window, place, 3, NONE);
    assert_eq!(selected(&window), long);
    window.harness.set_size(vec2(1000.0, 700.0));
    window.run();
    assert_eq!(copy(&mut window).as_deref(), Some(long.as_str()));
}

#[test]
fn dragging_beyond_the_edge_scrolls() {
    let mut window = opened(&long_log(400));
    focus_log(&mut window);
    window.press(NONE, Key::Home);
    let from = at(&window, "npm http fetch GET 200 line 2 done", 0.0);
    let body = window.harness.get_by_role(Role::Log).rect();
    pointer(&mut window, from, Some(true), NONE);
    let below = pos2(from.x + 40.0, body.bottom() + 30.0);
    for _ in 0..20 {
        window.harness.input_mut().events.push(Event::PointerMoved(below));
        window.steps(1);
    }
    assert!(!window.shows("npm http fetch GET 200 line 2 done"), "it has scrolled away");
    let lines = selected(&window).lines().count();
    assert!(lines > 40, "{lines}");
    window.harness.input_mut().events.push(Event::PointerButton {
        pos: below,
        button: PointerButton::Primary,
        pressed: false,
        modifiers: NONE,
    });
    window.run();
}

#[test]
fn a_menu_copies_selects_and_finds() {
    let mut window = opened("npm error code E403\nnpm error second\n");
    let place = at(&window, "npm error code E403", 12.0);
    click_at(&mut window, place, 2, NONE);
    let secondary = |window: &mut Window| {
        for pressed in [true, false] {
            let button = PointerButton::Secondary;
            let event = Event::PointerButton { pos: place, button, pressed, modifiers: NONE };
            window.harness.input_mut().events.extend([Event::PointerMoved(place), event]);
        }
        window.run();
    };
    secondary(&mut window);
    window.click(Role::MenuItem, "Copy");
    assert_eq!(window.copied, ["code"]);
    secondary(&mut window);
    window.click(Role::MenuItem, "Select all");
    assert_eq!(selected(&window), window.case().explained.log.as_str());
    window.press(NONE, Key::Escape);
    secondary(&mut window);
    window.click(Role::MenuItem, FIELD);
    window.harness.get_by_role_and_label(Role::TextInput, FIELD);
}

#[test]
fn words_are_pasted_into_the_search_and_not_read_as_a_log() {
    let mut window = opened(&long_log(60));
    window.press(Modifiers::COMMAND, Key::F);
    window.paste("line 42");
    assert!(matches!(window.screen(), Screen::Result(_)));
    assert_eq!(shown(&window).as_deref(), Some("line 42"));
}

#[test]
fn escape_on_the_other_half_does_not_touch_the_search() {
    let mut window = sized(window::LOG, [640.0, 480.0]);
    find(&mut window, "e403");
    window.press(Modifiers::COMMAND, Key::Num1);
    window.press(NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start), "the answer is left as ever");
}
