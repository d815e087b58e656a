//! The checklist: a reader answers, and the answer follows.

#[path = "support/window.rs"]
mod window;

use std::sync::{Arc, Barrier};

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use window::{Fake, Window, expand};

const OPEN: &str =
    "npm error code E403\nnpm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - Forbidden\n";

fn undecided() -> Window {
    undecided_on(Fake::default())
}

fn undecided_on(fake: Fake) -> Window {
    let mut window = Window::open(fake);
    window.paste(&expand(OPEN));
    window.until_result();
    assert!(window.shows("Undecided"), "the log alone does not decide");
    window
}

/// Shows the first possible cause with a check, and gives its title and the check.
fn look_at_a_possible_cause(window: &mut Window) -> (String, String) {
    let causes = &window.case().incident().expect("a refusal").causes;
    let (at, cause) =
        causes.iter().enumerate().skip(1).find(|(_, cause)| !cause.checklist.is_empty()).expect("a cause");
    let (title, check) = (cause.title.clone(), cause.checklist[0].todo.clone());
    assert!(at > 0);
    window.click(Role::Button, &format!("{title}, possible"));
    (title, check)
}

fn answer(window: &mut Window, answer: &str, check: &str) {
    window.click(Role::RadioButton, &format!("{answer}: {check}"));
    window.until(|window| window.case().hearing.is_none());
}

#[test]
fn a_yes_makes_a_possible_cause_the_likely_one_and_says_so() {
    let mut window = undecided();
    let (title, check) = look_at_a_possible_cause(&mut window);
    answer(&mut window, "Yes", &check);
    assert!(window.is_answered(&check, "Yes"));
    assert_eq!(window.case().cause_index(), 0, "it is the best now");
    window.harness.get_by_role_and_label(Role::Heading, &title);
    assert!(window.status().contains(&title), "{}", window.status());
    assert!(window.shows_part("Your answer to a check speaks for it"), "{:?}", window.case().cause());
    assert!(window.shows("Likely"));
}

#[test]
fn a_no_to_what_is_shown_first_leads_to_the_next_cause() {
    let mut window = undecided();
    let (title, check) = look_at_a_possible_cause(&mut window);
    answer(&mut window, "Yes", &check);
    answer(&mut window, "No", &check);
    let shown = window.case().cause().expect("a cause").title.clone();
    assert_ne!(shown, title, "what was ruled out is no longer the answer");
}

#[test]
fn an_answer_can_be_taken_back() {
    let mut window = undecided();
    let before: Vec<String> = titles(&window);
    let (_, check) = look_at_a_possible_cause(&mut window);
    answer(&mut window, "Yes", &check);
    assert_ne!(titles(&window), before);
    answer(&mut window, "Not checked", &check);
    assert_eq!(titles(&window), before);
}

fn titles(window: &Window) -> Vec<String> {
    window.case().incident().expect("a refusal").causes.iter().map(|cause| cause.title.clone()).collect()
}

#[test]
fn the_report_tells_what_was_answered() {
    let mut window = undecided();
    let (_, check) = look_at_a_possible_cause(&mut window);
    answer(&mut window, "Yes", &check);
    window.click(Role::Button, "Copy report");
    let report = window.copied.last().expect("a report").clone();
    let line = report.lines().find(|line| line.contains(&check)).expect("the check");
    assert!(line.contains("confirmed") || line.contains("[x]"), "{line}");
}

/// As assistive technology does, wherever the control stands by then.
fn press(window: &mut Window, role: Role, name: &str) {
    window.harness.get_by_role_and_label(role, name).click_accesskit();
    window.run();
}

#[test]
fn another_client_right_after_an_answer_keeps_both() {
    let fake = Fake::default();
    let mut window = undecided_on(fake.clone());
    let (_, check) = look_at_a_possible_cause(&mut window);
    // The weighing of the answer, the answer in the other client's words, and this test.
    let gate = Arc::new(Barrier::new(3));
    fake.think_at(Some(Arc::clone(&gate)));
    press(&mut window, Role::RadioButton, &format!("Yes: {check}"));
    assert!(window.case().hearing.is_some());
    press(&mut window, Role::Button, "Commands for: npm");
    press(&mut window, Role::MenuItemRadio, "pnpm");
    assert!(window.case().hearing.is_none(), "it would come late and in the old words");
    gate.wait();
    fake.think_at(None);
    window.until(|window| window.case().renewal.is_none());
    let best = &window.case().incident().expect("a refusal").causes[0];
    assert!(best.checklist.iter().any(|shown| shown.todo == check), "the answer counts: {}", best.title);
    assert!(window.shows("Commands for: pnpm"));
}

#[test]
fn an_answer_right_after_another_client_counts() {
    let fake = Fake::default();
    let mut window = undecided_on(fake.clone());
    let (_, check) = look_at_a_possible_cause(&mut window);
    let gate = Arc::new(Barrier::new(3));
    fake.think_at(Some(Arc::clone(&gate)));
    press(&mut window, Role::Button, "Commands for: npm");
    press(&mut window, Role::MenuItemRadio, "pnpm");
    assert!(window.case().renewal.is_some());
    press(&mut window, Role::RadioButton, &format!("Yes: {check}"));
    assert!(window.case().renewal.is_none(), "it does not know the answer");
    gate.wait();
    fake.think_at(None);
    window.until(|window| window.case().hearing.is_none());
    let best = &window.case().incident().expect("a refusal").causes[0];
    assert!(best.checklist.iter().any(|shown| shown.todo == check), "the answer counts: {}", best.title);
}
