//! Drawing: each screen in its own file. Drawing code reads the state and returns commands; it changes nothing.

mod answer;
mod batch;
mod drop;
mod failed;
mod fixes;
mod footnotes;
mod help;
mod history;
mod inquiry;
mod library;
mod log;
mod looked;
mod menu;
mod nothing;
mod notice;
mod once;
mod palette;
mod path;
mod reading;
mod remembered;
mod result;
mod settings;
mod shelf;
mod start;
mod top_bar;
mod verdict;
mod watch;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, ScrollArea, Ui, vec2};

use super::command::{Clip, Command, keys};
use super::places::Folders;
use super::state::{Case, Overlay, Screen, Section, State};
use super::theme::Theme;
use super::widgets::{self, Button};
use crate::facts::FactKey;

pub use history::{page_id as history_page, search_id as history_search};
pub use library::{page_id as library_page, search_id as library_search};
pub use log::{body_id as log_id, field_id as find_field};
pub use menu::toggle as toggle_menu;
pub use remembered::note_id;
pub use start::box_id;

/// What drawing is given and gives back.
pub struct View<'a> {
    /// What to draw.
    pub state: &'a State,
    /// What the user did.
    pub commands: Vec<Command>,
    /// Whether files can be dropped on the window.
    pub can_drop: bool,
    /// Where the program keeps its files.
    pub folders: Option<&'a Folders>,
}

impl View<'_> {
    /// The user did something.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// A button for a command, with its words, tooltip and shortcut.
    pub fn button(ui: &Ui, command: &Command) -> Button<'static> {
        let shortcut = command.shortcuts().first().map(|shortcut| keys(ui.ctx(), shortcut));
        let tip = match (command.tooltip(), shortcut) {
            ("", _) => String::new(),
            (tip, Some(shortcut)) => format!("{tip} ({shortcut})"),
            (tip, None) => tip.to_owned(),
        };
        Button::new(command.label()).icon(command.icon()).tip(tip)
    }

    /// Draws a button for a command and notes when it is pressed.
    pub fn press(
        &mut self,
        ui: &mut Ui,
        command: Command,
        change: impl FnOnce(Button<'static>) -> Button<'static>,
    ) {
        let button = change(Self::button(ui, &command));
        let enabled = command.is_available(self.state);
        if ui.add_enabled(enabled, button).clicked() {
            self.push(command);
        }
    }

    /// Whether the copy button with this key was pressed a moment ago.
    pub fn was_copied(&self, key: &str) -> bool {
        self.state.copied.as_ref().is_some_and(|copied| copied.key == key && copied.until > self.state.now)
    }

    /// What a copy button puts on the clipboard.
    pub fn clip(text: impl Into<String>, what: impl Into<String>, key: impl Into<String>) -> Command {
        Command::Copy(Clip { text: text.into(), what: what.into(), key: key.into() })
    }
}

/// What is opened and asked for on a page about a cause, with a log or without.
pub struct Folds<'a> {
    /// What is opened that starts closed, by key.
    pub opened: &'a BTreeSet<String>,
    /// The copy button that waits for a second press.
    pub confirming: Option<&'a str>,
    /// The client that commands are spelled for when none is chosen, by id.
    pub client: Option<&'a str>,
}

impl<'a> Folds<'a> {
    /// Those of a log.
    pub fn of(case: &'a Case) -> Self {
        let client = case.incident().and_then(|incident| incident.facts.get(FactKey::Client));
        Self { opened: &case.opened, confirming: case.confirming.as_deref(), client }
    }
}

/// Draws the window and returns what the user did.
pub fn window(ui: &mut Ui, state: &State, can_drop: bool, folders: Option<&Folders>) -> Vec<Command> {
    let theme = Theme::of(ui);
    let mut view = View { state, commands: Vec::new(), can_drop, folders };
    top_bar::show(ui, &mut view);
    watch::show(ui, &mut view);
    let ground = Frame::new().fill(theme.canvas);
    CentralPanel::default().frame(ground).show(ui, |ui| match (&state.section, &state.screen) {
        (Some(Section::Library(library)), _) => library::show(ui, &mut view, library),
        (Some(Section::History(history)), _) => history::show(ui, &mut view, history),
        (Some(Section::Settings(page)), _) => settings::show(ui, &mut view, page),
        (None, Screen::Start) => start::show(ui, &mut view),
        (None, Screen::Reading(reading)) => reading::show(ui, &mut view, reading),
        (None, Screen::Several) => {
            if let Some(batch) = &state.batch {
                batch::show(ui, &mut view, batch);
            }
        }
        (None, Screen::Result(case)) => result::show(ui, &mut view, case),
        (None, Screen::Failed(failure)) => failed::show(ui, &mut view, failure),
    });
    match &state.overlay {
        Some(Overlay::Help) => help::show(ui, &mut view),
        Some(Overlay::Path(path)) => path::show(ui, &mut view, path),
        Some(Overlay::Palette(shown)) => palette::show(ui, &mut view, shown),
        Some(Overlay::Inquiry) => {
            if let Some(case) = state.case() {
                inquiry::show(ui, &mut view, case);
            }
        }
        None => {}
    }
    notice::show(ui, &mut view);
    drop::show(ui);
    widgets::announce(ui, &state.announcement);
    view.commands
}

/// A page that scrolls when the window is low, its content centred and at most `width` wide.
fn page(ui: &mut Ui, id: &str, width: f32, content: impl FnOnce(&mut Ui)) {
    let height = ui.available_height();
    ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
        shelf::scroll_unless_busy(ui, height);
        let side = ((ui.available_width() - width) / 2.0).max(20.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            let inner = ui.available_width() - side;
            ui.vertical(|ui| {
                ui.set_width(inner);
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                content(ui);
            });
        });
    });
}

/// The package of the shown request, to colour it in the log.
fn package_of(case: &Case) -> Option<&str> {
    let incident = case.incident().or_else(|| case.advice().incidents.first());
    incident.and_then(|incident| incident.facts.get(FactKey::Package))
}
