//! The window, walked through by roles and names, as a person or a screen reader would find things.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use unforbid::advice::Shell;
use unforbid::app::state::Screen;
use unforbid::app::store::{Settings, ThemeChoice};
use window::{Fake, Window, log, two_refusals};

const BOX: &str = "Paste the error here";
const PUBLISHED: &str = "This version is already published";

#[test]
fn a_pasted_error_leads_to_a_verdict_and_a_copied_command() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    window.click(Role::Button, "Copy command: npm version patch");
    assert_eq!(window.copied, ["npm version patch"]);
    // The button says so, under the same name, and a screen reader hears it.
    assert!(window.status().contains("Copied the command npm version patch"), "{}", window.status());
}

#[test]
fn what_is_copied_is_what_is_shown_in_every_shell() {
    for shell in Shell::ALL {
        let mut window = Window::open(Fake::default());
        window.paste(&log());
        window.until_result();
        window.click(Role::RadioButton, shell.title());
        let case = window.case();
        let cause = case.cause().expect("a cause");
        let mut commands: Vec<String> = Vec::new();
        for step in &cause.fixes[0].steps {
            commands.extend(step.command.as_ref().and_then(|c| c.for_shell(shell)).map(str::to_owned));
        }
        assert!(!commands.is_empty());
        for command in commands {
            let name = format!("Copy command: {command}");
            let button = window.harness.get_all_by_role_and_label(Role::Button, &name).next();
            assert!(button.is_some(), "{name}");
            window.click_first(Role::Button, &name);
            assert_eq!(window.copied.last(), Some(&command));
            assert!(window.shows(&command), "{command} is shown as it is copied");
        }
    }
}

#[test]
fn another_shell_is_remembered_and_changes_the_quotes() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    window.paste(&log());
    window.until_result();
    let posix = "npm view '@acme/widgets' versions --json";
    let cmd = "npm view \"@acme/widgets\" versions --json";
    assert!(window.shows(posix));
    window.click(Role::RadioButton, Shell::Cmd.title());
    assert!(window.shows(cmd), "cmd.exe knows no single quotes");
    assert!(!window.shows(posix));
    assert_eq!(fake.saved().map(|settings| settings.shell), Some(Shell::Cmd));
}

#[test]
fn another_client_is_remembered_and_changes_the_words() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    window.paste(&log());
    window.until_result();
    let check = window.case().cause().expect("a cause").checklist[0].todo.clone();
    window.click(Role::RadioButton, &format!("Yes: {check}"));
    window.until(|window| window.case().hearing.is_none());
    assert!(window.shows("npm version patch"));
    window.click(Role::Button, "Commands for: npm");
    window.click(Role::MenuItemRadio, "pnpm");
    window.until(|window| window.shows("pnpm publish"));
    assert!(window.is_answered(&check, "Yes"), "what was answered stays answered");
    assert_eq!(fake.saved().and_then(|settings| settings.client).as_deref(), Some("pnpm"));
}

#[test]
fn several_refused_requests_are_stepped_through() {
    let mut window = Window::open(Fake::default());
    window.paste(&two_refusals());
    window.until_result();
    assert!(window.shows("2 refused requests"));
    let titles: Vec<String> =
        window.case().advice().incidents.iter().map(|incident| incident.causes[0].title.clone()).collect();
    assert_ne!(titles[0], titles[1]);
    window.harness.get_by_role_and_label(Role::Heading, &titles[0]);
    window.press(Modifiers::ALT, Key::ArrowRight);
    window.harness.get_by_role_and_label(Role::Heading, &titles[1]);
    window.press(Modifiers::NONE, Key::OpenBracket);
    window.harness.get_by_role_and_label(Role::Heading, &titles[0]);
    window.click(Role::Button, "Next refused request");
    window.harness.get_by_role_and_label(Role::Heading, &titles[1]);
}

#[test]
fn answers_stay_while_stepping_and_belong_to_their_request() {
    let mut window = Window::open(Fake::default());
    window.paste(&two_refusals());
    window.until_result();
    let check = window.case().cause().expect("a cause").checklist[0].todo.clone();
    assert!(window.is_answered(&check, "Not checked"));
    window.click(Role::RadioButton, &format!("Yes: {check}"));
    assert!(window.is_answered(&check, "Yes"));
    window.press(Modifiers::NONE, Key::CloseBracket);
    window.press(Modifiers::NONE, Key::OpenBracket);
    assert!(window.is_answered(&check, "Yes"));
}

#[test]
fn another_possible_cause_can_be_looked_at() {
    let mut window = Window::open(Fake::default());
    window.paste(&log());
    window.until_result();
    let other = window.case().advice().incidents[0].causes[1].clone();
    let name = format!("{}, {}", other.title, other.confidence.word().to_lowercase());
    window.click(Role::Button, &name);
    window.harness.get_by_role_and_label(Role::Heading, &other.title);
    window.click(Role::Button, "Show the first");
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
}

#[test]
fn a_row_of_evidence_shows_its_line_in_the_log() {
    let mut window = Window::open(Fake::default());
    let filler = "npm http fetch GET 200 https://{npm}/left-pad 12ms\n".repeat(500);
    window.paste(&window::expand(&format!("{}{filler}", window::LOG)));
    window.until_result();
    let evidence = window.case().cause().expect("a cause").evidence[0].clone();
    let name = format!("Show line {}: {}", evidence.line, evidence.text.trim());
    window.click(Role::Button, &name);
    let reveal = window.case().reveal.expect("a jump");
    assert_eq!((reveal.row, reveal.outline), (evidence.row, true));
    assert!(window.shows_part(evidence.text.trim()));
}

#[test]
fn a_log_without_a_403_gets_an_answer_of_its_own() {
    let mut window = Window::open(Fake::default());
    window.paste("npm error code E404\nnpm error 404 Not Found - GET https://registry.acme.example/nothing");
    window.until_result();
    let nothing = window.case().advice().nothing.clone().expect("an answer without an incident");
    window.harness.get_by_role_and_label(Role::Heading, &nothing.title);
    assert!(window.shows(&nothing.wanted));
    let related = window.case().advice().related[0].clone();
    window.harness.get_by_role_and_label(Role::Heading, &related.title);
}

#[test]
fn everything_can_be_done_without_a_mouse() {
    let mut window = Window::open(Fake::default());
    // The box has the keyboard from the start.
    assert_eq!(window.focused(), Some((Role::MultilineTextInput, BOX.to_owned())));
    window.paste(&log());
    window.until_result();
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    assert_eq!(window.copied, ["npm version patch"]);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert!(window.copied[1].contains(PUBLISHED), "the report: {}", window.copied[1]);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    assert!(window.copied[2].contains("@acme/widgets"), "the message: {}", window.copied[2]);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert!(window.copied[3].contains("npm error code E403"), "the log: {}", window.copied[3]);

    // Tab reaches the first command, and Enter presses it.
    let name = "Copy command: npm version patch";
    window.tab_to(Role::Button, name);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.copied.last().map(String::as_str), Some("npm version patch"));

    window.press(Modifiers::NONE, Key::F1);
    window.harness.get_by_role_and_label(Role::Heading, "Keyboard");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::Heading, "Keyboard").is_none());
    assert!(matches!(window.screen(), Screen::Result(_)), "Escape closes one thing at a time");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(matches!(window.screen(), Screen::Start));
}

#[test]
fn the_keyboard_takes_what_it_reaches_into_sight() {
    let mut window = Window::open_sized(Fake::default(), [1280.0, 800.0]);
    window.paste(&log());
    window.until_result();
    let source = window.case().cause().expect("a cause").sources.last().expect("a source").clone();
    let name = format!("{}: {}", source.title, source.url);
    assert!(window.rect(Role::Link, &name).top() > 800.0, "it is far down");
    window.tab_to(Role::Link, &name);
    window.run();
    let rect = window.rect(Role::Link, &name);
    assert!(rect.top() >= 56.0 && rect.bottom() <= 800.0, "{rect:?}");
}

#[test]
fn the_log_scrolls_with_the_keyboard() {
    let mut window = Window::open(Fake::default());
    window.paste(&window::expand(&format!("{}{}", window::LOG, "npm verbose line\n".repeat(400))));
    window.until_result();
    assert!(window.shows("npm error code E403"));
    window.harness.get_by_role(Role::Log).focus();
    window.run();
    window.press(Modifiers::NONE, Key::End);
    assert!(!window.shows("npm error code E403"), "the first lines are out of sight");
    window.press(Modifiers::NONE, Key::Home);
    assert!(window.shows("npm error code E403"));
}

#[test]
fn the_theme_button_goes_round_and_is_remembered() {
    let fake = Fake::default();
    let mut window = Window::open(fake.clone());
    for (name, next) in [
        ("Theme: as the system", ThemeChoice::Light),
        ("Theme: light", ThemeChoice::Dark),
        ("Theme: dark", ThemeChoice::System),
    ] {
        window.click(Role::Button, name);
        assert_eq!(fake.saved().map(|settings| settings.theme), Some(next));
    }
    let dark = Settings { theme: ThemeChoice::Dark, ..Settings::default() };
    let mut window = Window::open(Fake::default().with_settings(dark));
    window.run();
    assert_eq!(window.harness.ctx.theme(), Theme::Dark);
}

#[test]
fn settings_that_cannot_be_saved_are_reported() {
    let mut window = Window::open(Fake::default().refusing_to_save());
    window.click(Role::Button, "Theme: as the system");
    assert!(window.shows_part("settings could not be saved"));
    window.click(Role::Button, "Dismiss");
    assert!(!window.shows_part("settings could not be saved"));
}

#[test]
fn a_second_press_is_asked_for_before_something_dangerous_is_copied() {
    let mut window = Window::open(Fake::default());
    window.paste(&window::dangerous_log());
    window.until_result();
    let (cause, fix) = window.dangerous_fix().expect("the entry that the log was taken from has one");
    if cause > 0 {
        window.select_cause(cause);
    }
    window.click(Role::Button, &fix.title);
    let shell = Shell::of_this_system();
    let command =
        fix.steps.iter().find_map(|step| step.command.as_ref()?.for_shell(shell)).expect("a command");
    let name = format!("Copy command: {command}");
    window.click_first(Role::Button, &name);
    assert!(window.copied.is_empty(), "nothing is copied at the first press");
    assert!(window.shows("This can break other people's work. Press once more to copy it."));
    window.click_first(Role::Button, &name);
    assert_eq!(window.copied, [command]);
}

#[test]
fn secrets_are_never_shown_or_copied() {
    let secret = format!("npm_{}", "a1B2c3D4e5F6g7H8i9".repeat(2));
    let mut window = Window::open(Fake::default());
    window.paste(&format!("//registry.acme.example/:_authToken={secret}\n{}", log()));
    window.until_result();
    assert!(window.shows("1 secret hidden"));
    assert!(!window.shows_part(&secret));
    for key in [Key::R, Key::M, Key::L] {
        window.press(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }
    assert_eq!(window.copied.len(), 3);
    assert!(window.copied.iter().all(|copied| !copied.contains(&secret)));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.box_text().contains("npm error code E403"));
    assert!(!window.box_text().contains(&secret), "nor in the box on the way back");
}

#[test]
fn twenty_megabytes_are_read_without_the_text_box_and_drawn_at_once() {
    let mut window = Window::open(Fake::default());
    let line = "npm http fetch GET 200 https://registry.acme.example/some-package-with-a-long-name 123ms (cache miss)\n";
    let huge = format!("{}{}", line.repeat(20_000_000 / line.len()), log());
    window.paste(&huge);
    assert_eq!(window.harness.state().state().draft.text, "", "the box never holds it");
    let started = std::time::Instant::now();
    window.until_result();
    println!("read, explained and wrapped in {:?}", started.elapsed());
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    let frame = window.slowest_of(20);
    println!("slowest of 20 frames: {frame:?}");
    assert!(frame.as_millis() < 400, "{frame:?}");
}

#[test]
fn a_narrow_window_shows_one_half_at_a_time() {
    let mut window = Window::open_sized(Fake::default(), [800.0, 600.0]);
    window.paste(&log());
    window.until_result();
    assert!(window.shows(PUBLISHED));
    assert!(window.harness.query_by_role(Role::Log).is_none());
    window.click(Role::Tab, "Log");
    window.harness.get_by_role(Role::Log);
    window.press(Modifiers::COMMAND, Key::Num1);
    assert!(window.harness.query_by_role(Role::Log).is_none());
}

#[test]
fn a_huge_log_shows_the_refusal_in_its_middle_and_says_which_lines_are_left_out() {
    let filler = "10 silly placeDep ROOT lodash@4.17.21 OK for: shop@1.0.0 want: ^4.17.21\n".repeat(500_000);
    let text = format!("{filler}{}{filler}", log());
    let mut window = Window::open(Fake::default().with_file("/logs/huge.log", &text));
    window.drop_file("/logs/huge.log");
    window.until_result();
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    let case = window.case();
    let refused = case.incident().expect("an incident").lines.0;
    assert!((500_000..500_100).contains(&refused), "line {refused}");
    assert_eq!(case.advice().input.lines, 1_000_000 + log().lines().count());
    window.harness.get_by_role(Role::Log).focus();
    window.run();
    for _ in 0..200 {
        if window.shows_part("are left out") {
            return;
        }
        window.press(Modifiers::NONE, Key::PageUp);
        window.run();
    }
    panic!("no row says which lines are left out");
}
