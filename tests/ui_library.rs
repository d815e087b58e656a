//! The library: browsing, searching and reading all entries, by pointer and by keyboard alone.
#![cfg(feature = "app")]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use unforbid::advice::{self, Shell};
use unforbid::app::Start;
use unforbid::app::library::{Entry, Library};
use unforbid::app::state::Screen;
use unforbid::knowledge::{Group, Knowledge};
use window::{Fake, Window, log, two_refusals};

const SEARCH: &str = "Search the library";
const PUBLISHED: &str = "This version is already published";
const SEARCH_FIELD: &str = "the search field of the library";
const LIST: &str = "the list of the library";
const BURNED: &str = "version-burned";

fn opened() -> Window {
    let mut window = Window::open(Fake::default());
    window.press(Modifiers::COMMAND, Key::B);
    window
}

fn library(window: &Window) -> &Library {
    window.harness.state().state().library().expect("the library is open")
}

fn page(window: &Window) -> Option<&Entry> {
    library(window).page.as_ref().map(|page| &page.entry)
}

fn cause(id: &str) -> Entry {
    Entry::Cause(id.to_owned())
}

fn title(id: &str) -> String {
    advice::describe_title(Knowledge::bundled(), id).expect("a cause")
}

fn type_in(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.run();
}

fn has_keyboard(window: &Window, id: &str) -> bool {
    window.harness.ctx.memory(|memory| memory.has_focus(Id::unique(id)))
}

/// The names of the rows of the list.
fn rows(window: &Window) -> Vec<String> {
    let options = window.harness.query_all_by_role(Role::ListBoxOption);
    options.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn one_key_opens_it_with_the_keyboard_in_the_search_field() {
    let window = opened();
    assert!(has_keyboard(&window, SEARCH_FIELD));
    let row = window.focused().expect("a screen reader is told the row as well");
    assert_eq!(row, (Role::ListBoxOption, rows(&window)[0].clone()));
    window.harness.get_by_role_and_label(Role::Heading, "Library");
    assert!(window.status().starts_with("Library, "), "{}", window.status());
}

#[test]
fn the_button_in_the_bar_opens_it_and_back_leads_to_the_start() {
    let mut window = Window::open(Fake::default());
    window.click(Role::Button, "Library");
    library(&window);
    window.click(Role::Button, "Back");
    assert!(window.harness.state().state().library().is_none());
    assert_eq!(window.focused().map(|(role, _)| role), Some(Role::MultilineTextInput));
}

#[test]
fn everything_is_listed_under_its_group() {
    let window = opened();
    let knowledge = Knowledge::bundled();
    for group in Group::ALL {
        if knowledge.causes().iter().any(|cause| cause.group == group) {
            window.harness.get_by_role_and_label(Role::Heading, group.title());
        }
    }
    for heading in ["Related codes", "Registries"] {
        window.harness.get_by_role_and_label(Role::Heading, heading);
    }
    let all = knowledge.causes().len() + knowledge.related().len() + knowledge.providers().len();
    assert_eq!(rows(&window).len(), all);
}

#[test]
fn a_word_of_a_title_finds_it_and_the_number_is_said() {
    let mut window = opened();
    type_in(&mut window, "already published");
    assert!(rows(&window)[0].starts_with(PUBLISHED), "{:?}", rows(&window));
    let said = format!("{} entries, the first is {PUBLISHED}", rows(&window).len());
    assert!(window.status().starts_with(&said), "{}", window.status());
}

#[test]
fn another_name_finds_the_cause() {
    let mut window = opened();
    type_in(&mut window, "E403 when publishing the same version twice");
    assert!(rows(&window)[0].starts_with(PUBLISHED), "{:?}", rows(&window));
}

#[test]
fn a_pasted_sentence_is_recognised_and_stands_first() {
    let mut window = opened();
    window.paste("You cannot publish over the previously published versions: 2.3.0.");
    assert_eq!(rows(&window)[0], format!("{PUBLISHED}, recognised from the words"));
    assert!(matches!(window.screen(), Screen::Start), "it is searched for, not diagnosed");
    assert!(window.shows("Recognised from the words"));
}

#[test]
fn a_whole_pasted_log_is_recognised_and_its_secrets_are_not_shown() {
    let mut window = opened();
    let secret = format!("npm_{}", "a1B2c3D4e5F6".repeat(3));
    window.paste(&format!("{}npm verbose //registry.acme.example/:_authToken={secret}\n", log()));
    assert_eq!(rows(&window)[0], format!("{PUBLISHED}, recognised from the words"));
    assert!(!library(&window).query.contains(&secret));
    assert!(!window.shows_part(&secret));
}

#[test]
fn a_code_finds_its_page_with_the_next_step_and_the_cause_that_tells_more() {
    let mut window = opened();
    type_in(&mut window, "E404");
    let first = rows(&window)[0].clone();
    assert!(first.contains("E404"), "{first}");
    window.press(Modifiers::NONE, Key::Enter);
    let related = advice::describe_related(Knowledge::bundled(), "E404").expect("a related code");
    assert!(window.shows(&related.advice));
    window.click(Role::Link, &title("registry-read-denied"));
    assert_eq!(page(&window), Some(&cause("registry-read-denied")));
}

#[test]
fn a_typing_mistake_finds_what_was_meant() {
    let mut window = opened();
    type_in(&mut window, "pubished verison");
    assert!(rows(&window).iter().any(|row| row.starts_with(PUBLISHED)), "{:?}", rows(&window));
}

#[test]
fn nothing_found_says_what_to_try() {
    let mut window = opened();
    type_in(&mut window, "zzqqxx");
    assert!(rows(&window).is_empty());
    window.harness.get_by_role_and_label(Role::Heading, "Nothing fits");
    assert_eq!(window.status(), "Nothing fits");
    assert!(window.shows_part("Try fewer or other words"));
    window.click(Role::Button, "Clear the search");
    assert!(rows(&window).len() > 100);
}

#[test]
fn a_registry_and_an_operation_leave_out_what_does_not_happen_there() {
    let mut window = opened();
    let all = rows(&window).len();
    window.click(Role::Button, "Registry: Any registry");
    window.click(Role::MenuItemRadio, "GitHub Packages");
    let there = rows(&window).len();
    assert!(there < all, "{there} of {all}");
    window.harness.get_by_role_and_label(Role::Button, "Registry: GitHub Packages");
    window.click(Role::Button, "Operation: Any operation");
    window.click(Role::MenuItemRadio, "Installing");
    assert!(rows(&window).len() < there);
    assert!(!rows(&window).iter().any(|row| row == PUBLISHED), "nobody publishes by installing");
    assert!(window.status().contains("entries"), "{}", window.status());
}

#[test]
fn a_page_tells_all_that_the_entry_knows() {
    let mut window = opened();
    window.click(Role::ListBoxOption, PUBLISHED);
    let knowledge = Knowledge::bundled();
    let described = advice::describe(knowledge, "version-exists").expect("a cause");
    let entry = knowledge.cause("version-exists").expect("a cause");
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    let texts = [&described.id, &described.summary, &described.questions[0].ask];
    let checks = described.checklist.iter().map(|check| &check.todo);
    let fixes = described.fixes.iter().map(|fix| &fix.title);
    for text in
        texts.into_iter().chain(&described.explanation).chain(&entry.also_known_as).chain(checks).chain(fixes)
    {
        assert!(window.shows(text), "{text}");
    }
    for source in &described.sources {
        window.harness.get_by_role_and_label(Role::Link, &format!("{}: {}", source.title, source.url));
    }
    assert!(window.shows_part("Reviewed "));
}

#[test]
fn what_differs_on_a_registry_opens_on_demand_and_by_the_filter() {
    let knowledge = Knowledge::bundled();
    let entry = knowledge.cause("version-exists").expect("a cause");
    let place = entry.providers.iter().find(|(_, overlay)| !overlay.explanation.is_empty());
    let (provider, _) = place.expect("an entry with a paragraph about one registry");
    let special =
        advice::describe_on(knowledge, &entry.id, provider, &Default::default()).expect("a difference");
    let name = advice::capitalised(&knowledge.provider(provider).expect("a provider").title);
    let mut window = opened();
    window.click(Role::ListBoxOption, PUBLISHED);
    assert!(!window.shows(&special.explanation[0]));
    window.click(Role::Button, &name);
    assert!(window.shows(&special.explanation[0]));

    let mut window = opened();
    window.click(Role::Button, "Registry: Any registry");
    window.click(Role::MenuItemRadio, &name);
    window.click(Role::ListBoxOption, PUBLISHED);
    assert!(window.shows(&special.explanation[0]), "the chosen registry's part is open");
}

#[test]
fn every_entry_has_a_page() {
    let mut window = opened();
    for row in rows(&window) {
        window.click_first(Role::ListBoxOption, &row);
        let page = library(&window).page.as_ref().expect("a page");
        window.harness.get_by_role_and_label(Role::Heading, &page.title.clone());
    }
}

#[test]
fn a_link_leads_to_another_cause_and_both_ways_lead_back() {
    let mut window = opened();
    window.click(Role::ListBoxOption, PUBLISHED);
    window.click_first(Role::Link, &title(BURNED));
    assert_eq!(page(&window), Some(&cause(BURNED)));
    assert_eq!(
        window.focused().map(|(role, _)| role),
        Some(Role::Article),
        "the keyboard is on the new page"
    );
    window.click(Role::Button, "Previous page");
    assert_eq!(page(&window), Some(&cause("version-exists")));
    window.click_first(Role::Link, &title(BURNED));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(page(&window), Some(&cause("version-exists")));
}

#[test]
fn a_command_is_copied_as_it_is_shown_for_the_chosen_shell_and_client() {
    let mut window = opened();
    window.click(Role::ListBoxOption, PUBLISHED);
    window.click_first(Role::Button, "Copy command: npm version patch");
    assert_eq!(window.copied, ["npm version patch"]);
    window.click(Role::RadioButton, Shell::Cmd.title());
    assert!(window.shows_part("npm view \"<package>"), "cmd knows other quotes");
    window.click(Role::Button, "Commands for: npm");
    window.click(Role::MenuItemRadio, "pnpm");
    assert!(window.shows("pnpm publish"));
}

#[test]
fn what_can_break_others_is_copied_with_the_second_press_only() {
    let knowledge = Knowledge::bundled();
    let pages = knowledge.causes().iter().filter_map(|cause| advice::describe(knowledge, &cause.id));
    let (id, fix, command) = pages
        .flat_map(|page| page.fixes.into_iter().map(move |fix| (page.id.clone(), fix)))
        .filter(|(_, fix)| fix.risk == unforbid::knowledge::Risk::BreaksOthers)
        .find_map(|(id, fix)| {
            let command = fix.steps.iter().find_map(|step| step.command.clone())?;
            Some((id, fix, command.posix?))
        })
        .expect("a dangerous fix");
    let mut window = opened();
    window.click(Role::ListBoxOption, &title(&id));
    window.click(Role::Button, &fix.title);
    let name = format!("Copy command: {command}");
    window.click_first(Role::Button, &name);
    assert!(window.copied.is_empty());
    window.click_first(Role::Button, &name);
    assert_eq!(window.copied, [command]);
}

#[test]
fn escape_returns_to_the_result_as_it_was_left() {
    let mut window = Window::open(Fake::default());
    window.paste(&two_refusals());
    window.until_result();
    let check = window.case().cause().expect("a cause").checklist[0].todo.clone();
    window.click(Role::RadioButton, &format!("Yes: {check}"));
    window.until(|window| window.case().hearing.is_none());
    window.press(Modifiers::ALT, Key::ArrowRight);
    let state = |window: &Window| {
        let case = window.case();
        format!(
            "{:?}",
            (case.id, case.incident, &case.causes, &case.answers, &case.opened, case.reveal, case.tab)
        )
    };
    let before = state(&window);
    let shown = window.case().cause().expect("a cause").title.clone();
    window.press(Modifiers::COMMAND, Key::B);
    window.click(Role::ListBoxOption, PUBLISHED);
    window.click_first(Role::Link, &title(BURNED));
    // What belongs to the log below is out of reach.
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    assert!(window.copied.is_empty());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.state().state().library().is_none());
    assert_eq!(state(&window), before);
    window.harness.get_by_role_and_label(Role::Heading, &shown);
}

#[test]
fn escape_leaves_at_once_while_a_search_is_being_typed() {
    let mut window = opened();
    type_in(&mut window, "proxy");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.state().state().library().is_none());
}

#[test]
fn a_log_that_is_dropped_on_it_is_read() {
    let mut window = opened();
    window.drop_file("/logs/none.log");
    window.until(|window| matches!(window.screen(), Screen::Failed(_)));
    assert!(window.harness.state().state().library().is_none());
}

#[test]
fn it_is_searched_read_and_left_with_the_keyboard_alone() {
    let mut window = opened();
    let second = rows(&window)[1].clone();
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.status(), second, "the row that one is on is said");
    window.press(Modifiers::NONE, Key::ArrowUp);
    type_in(&mut window, "already published");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(page(&window), Some(&cause("version-exists")));
    let tabs = (0..6).find(|_| {
        window.press(Modifiers::NONE, Key::Tab);
        has_keyboard(&window, LIST)
    });
    assert!(tabs.is_some(), "Tab leads to the list");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    assert_ne!(page(&window), Some(&cause("version-exists")));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.tab_to(Role::Link, &title(BURNED));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(page(&window), Some(&cause(BURNED)));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.harness.state().state().library().is_none());
}

#[test]
fn in_a_narrow_window_list_and_page_take_turns() {
    let mut window = Window::build(Fake::default(), Start::Empty, [640.0, 480.0], Theme::Dark);
    window.press(Modifiers::COMMAND, Key::B);
    type_in(&mut window, "already published");
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.get_by_role_and_label(Role::Heading, PUBLISHED);
    assert!(window.harness.query_by_role_and_label(Role::TextInput, SEARCH).is_none());
    window.click(Role::Button, "All entries");
    assert!(has_keyboard(&window, SEARCH_FIELD));
    assert!(rows(&window)[0].starts_with(PUBLISHED), "the search is still there");
}

#[test]
fn nothing_is_cut_off_at_any_size() {
    for size in [[360.0, 320.0], [640.0, 480.0], [800.0, 600.0], [1280.0, 800.0]] {
        let mut window = Window::build(Fake::default(), Start::Empty, size, Theme::Light);
        window.press(Modifiers::COMMAND, Key::B);
        let inside = |window: &Window| {
            for role in [Role::Button, Role::Link, Role::Heading, Role::ListBoxOption, Role::TextInput] {
                for node in window.harness.query_all_by_role(role) {
                    let rect = node.rect();
                    let name = node.accesskit_node().label().unwrap_or_default();
                    assert!(
                        rect.left() >= -0.5 && rect.right() <= size[0] + 0.5,
                        "{size:?} {name}: {rect:?}"
                    );
                }
            }
        };
        inside(&window);
        for words in ["already published", "E404", "GitHub Packages", "endor"] {
            window.click(Role::Button, "Library");
            window.paste(words);
            window.press(Modifiers::NONE, Key::Enter);
            inside(&window);
            if size[0] < 900.0 {
                window.click(Role::Button, "All entries");
            }
            if !library(&window).query.is_empty() {
                window.click(Role::Button, "Clear the search");
            }
        }
    }
}
