//! A system with a history of its own, and what people do at it.

use crate::window::{Fake, Window, log};
use egui::accesskit::Role;
use egui::{Event, Id, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use unforbid::app::history::{History, Past};
use unforbid::app::store::Settings;

pub const PUBLISHED: &str = "This version is already published";
pub const NOTE: &str = "What fixed it";
pub const SEARCH_FIELD: &str = "the search field of the history";
pub const LIST: &str = "the list of the history";
pub const NOVEMBER: &str = "2026-11-03T14:02:00Z";
pub const LATER: &str = "2026-11-21T09:30:00Z";

/// A system with a history in a folder of its own.
pub struct Desk {
    pub folder: TempDir,
    pub fake: Fake,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let fake = Fake::default().with_history(folder.path()).at(NOVEMBER).with_settings(settings);
        Self { folder, fake }
    }

    pub fn window(&self) -> Window {
        Window::open(self.fake.clone())
    }

    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("history.redb")
    }
}

pub fn past(window: &Window) -> &Past {
    &window.harness.state().state().past
}

pub fn page(window: &Window) -> &History {
    window.harness.state().state().history().expect("the history is open")
}

/// Reads a log and waits until it is kept.
pub fn read(window: &mut Window, log: &str) {
    window.paste(log);
    window.until_result();
    window.until(|window| {
        let case = window.case();
        past(window).own(case.id, case.incident).is_some()
    });
}

/// Reads a log whose refusal is the same while its text is another.
pub fn read_like(window: &mut Window) {
    read(window, &format!("npm info run again\n{}", log()));
}

pub fn open_history(window: &mut Window) {
    window.press(Modifiers::COMMAND, Key::H);
    window.until(|window| past(window).status != unforbid::app::history::Status::Unread);
}

pub fn rows(window: &Window) -> Vec<String> {
    let options = window.harness.query_all_by_role(Role::ListBoxOption);
    options.filter_map(|node| node.accesskit_node().label()).collect()
}

pub fn type_in(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(Event::Text(text.to_owned()));
    window.run();
}

/// Writes into the note's field and leaves the keyboard there.
pub fn write_note(window: &mut Window, text: &str) {
    window.harness.get_by_role_and_label(Role::MultilineTextInput, NOTE).focus();
    window.run();
    type_in(window, text);
}

pub fn save_note(window: &mut Window, text: &str) {
    write_note(window, text);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.until(|window| past(window).records.iter().any(|record| record.note.starts_with(text.trim_end())));
    window.press(Modifiers::NONE, Key::Escape);
}

pub fn has_keyboard(window: &Window, id: &str) -> bool {
    window.harness.ctx.memory(|memory| memory.has_focus(Id::unique(id)))
}
