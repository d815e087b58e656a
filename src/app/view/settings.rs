//! The settings page: cards in one column, one row for each thing that can be set.

mod entries;
mod row;

use egui::accesskit::Role;
use egui::{Popup, ScrollArea, Ui, vec2};

use super::{View, shelf};
use crate::advice::Shell;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::look::TEXT_SIZES;
use crate::app::settings::{Change, SettingsPage};
use crate::app::store::{Contrast, Motion, ThemeChoice};
use crate::app::theme::{COLUMN, MARGIN, MARGIN_NARROW, NARROW, SPACE, SPACE_CARDS, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;
use crate::app::words::settings as said;

/// The height of choices.
const CHOICE: f32 = 32.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, page: &SettingsPage) {
    let height = ui.available_height();
    ScrollArea::vertical().id_salt("settings").auto_shrink(false).show(ui, |ui| {
        shelf::scroll_unless_busy(ui, height);
        let margin = if ui.available_width() < NARROW { MARGIN_NARROW } else { MARGIN };
        let side = ((ui.available_width() - COLUMN) / 2.0).max(margin);
        ui.add_space(margin);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            let inner = ui.available_width() - side;
            ui.vertical(|ui| {
                ui.set_width(inner);
                ui.spacing_mut().item_spacing = vec2(SPACE, SPACE_CARDS);
                ui.scope(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    widgets::heading(ui, Type::Title, 1, said::HEADING);
                    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, said::LEAD);
                });
                cards(ui, view, page);
            });
        });
        ui.add_space(margin);
    });
}

fn cards(ui: &mut Ui, view: &mut View<'_>, page: &SettingsPage) {
    row::card(ui, Icon::Light, said::APPEARANCE, |ui| appearance(ui, view));
    row::card(ui, Icon::Terminal, said::COMMANDS, |ui| commands(ui, view));
    row::card(ui, Icon::History, said::KEPT, |ui| kept(ui, view));
    row::card(ui, Icon::Book, said::OWN, |ui| entries::show(ui, view, page));
    row::card(ui, Icon::Network, said::ASKING, |ui| asking(ui, view));
    row::card(ui, Icon::Folder, said::FILES, |ui| files(ui, view));
    row::card(ui, Icon::Undo, said::RESET, |ui| reset(ui, view, page));
}

/// A few options side by side; the words in full are what assistive technology reads.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    view: &mut View<'_>,
    (title, note): (&str, &str),
    all: &[(T, &str, &str)],
    chosen: T,
    change: impl FnOnce(T) -> Change,
) {
    let options: Vec<(&str, &str)> = all.iter().map(|(_, short, long)| (*short, *long)).collect();
    let at = all.iter().position(|(option, _, _)| *option == chosen).unwrap_or(0);
    let width = widgets::segmented_width(ui, &options, CHOICE);
    let pressed = row::show(ui, title, note, width, |ui| {
        widgets::segmented(ui, Role::RadioButton, &options, at, CHOICE)
    });
    if let Some((option, _, _)) = pressed.and_then(|at| all.get(at)) {
        view.push(Command::InSettings(change(*option)));
    }
}

fn appearance(ui: &mut Ui, view: &mut View<'_>) {
    let set = &view.state.settings;
    let (theme, contrast, motion) = (set.theme, set.contrast, set.motion);
    let all = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark]
        .map(|choice| (choice, said::theme_word(choice), words::theme(choice)));
    choice(ui, view, (said::THEME, said::THEME_NOTE), &all, theme, Change::Theme);
    row::line(ui);
    let all = [Contrast::System, Contrast::Normal, Contrast::High]
        .map(|choice| (choice, said::contrast_word(choice), said::contrast(choice)));
    choice(ui, view, (said::CONTRAST, said::CONTRAST_NOTE), &all, contrast, Change::Contrast);
    row::line(ui);
    text_size(ui, view);
    row::line(ui);
    let all =
        [Motion::System, Motion::Off].map(|choice| (choice, said::motion_word(choice), said::motion(choice)));
    choice(ui, view, (said::MOTION, said::MOTION_NOTE), &all, motion, Change::Motion);
}

fn text_size(ui: &mut Ui, view: &mut View<'_>) {
    let size = view.state.settings.text_size;
    let [smallest, .., largest] = TEXT_SIZES;
    let (number, gap) = (64.0, 8.0);
    let width = 2.0 * CHOICE + number + 2.0 * gap;
    row::show(ui, said::TEXT_SIZE, said::TEXT_SIZE_NOTE, width, |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let smaller = View::button(ui, &Command::SmallerText).words(false);
        if ui.add_enabled(size > smallest, smaller).clicked() {
            view.push(Command::SmallerText);
        }
        let shown = Button::new(said::percent(size)).look(Look::Ghost).wide(number);
        let shown = shown.name(said::text_size(size)).tip(Command::UsualText.tooltip());
        if ui.add(shown).clicked() {
            view.push(Command::UsualText);
        }
        let larger = View::button(ui, &Command::LargerText).words(false);
        if ui.add_enabled(size < largest, larger).clicked() {
            view.push(Command::LargerText);
        }
    });
}

fn commands(ui: &mut Ui, view: &mut View<'_>) {
    let all = Shell::ALL.map(|shell| (shell, words::shell(shell), shell.title()));
    let shell = view.state.settings.shell;
    choice(ui, view, (said::SHELL, said::SHELL_NOTE), &all, shell, Change::Shell);
    row::line(ui);
    client(ui, view);
}

fn client(ui: &mut Ui, view: &mut View<'_>) {
    let chosen = view.state.settings.client.clone();
    let known = view.state.entries.0.clients().iter();
    let mut all: Vec<(String, Option<String>)> =
        known.map(|client| (client.title.clone(), Some(client.id.clone()))).collect();
    all.sort_by_key(|(title, _)| title.to_lowercase());
    all.insert(0, (words::OWN_CLIENT.to_owned(), None));
    let title = all.iter().find(|(_, id)| *id == chosen).map_or(words::OWN_CLIENT, |(title, _)| title);
    let button = Button::new(title.to_owned()).icon_after(Icon::Down).name(words::commands_for(title));
    let width = button.width(ui);
    row::show(ui, said::CLIENT, said::CLIENT_NOTE, width, |ui| {
        let response = ui.add(button);
        Popup::menu(&response).gap(4.0).show(|ui| {
            ui.set_width(200.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for (title, id) in &all {
                if widgets::menu_item(ui, title, *id == chosen) {
                    view.push(Command::SetClient(id.clone()));
                }
            }
        });
    });
}

/// A row with a switch.
fn switch(
    ui: &mut Ui,
    view: &mut View<'_>,
    (title, note): (&str, &str),
    is_on: bool,
    change: impl FnOnce(bool) -> Change,
) {
    let pressed = row::show(ui, title, note, widgets::SWITCH.x, |ui| widgets::switch(ui, is_on, title));
    if pressed {
        view.push(Command::InSettings(change(!is_on)));
    }
}

fn kept(ui: &mut Ui, view: &mut View<'_>) {
    let set = &view.state.settings;
    let (history, logs, watch) = (set.history, set.keep_logs, set.watch);
    switch(ui, view, (said::HISTORY, said::HISTORY_NOTE), history, Change::History);
    row::line(ui);
    ui.add_enabled_ui(history, |ui| {
        switch(ui, view, (said::KEEP_LOGS, said::KEEP_LOGS_NOTE), logs, Change::KeepLogs);
    });
    row::line(ui);
    switch(ui, view, (said::WATCH, said::WATCH_NOTE), watch, Change::Watch);
}

fn asking(ui: &mut Ui, view: &mut View<'_>) {
    let is_on = view.state.settings.remember_hosts;
    switch(ui, view, (said::REMEMBER, said::REMEMBER_NOTE), is_on, Change::RememberHosts);
    let hosts = &view.state.settings.agreed_hosts;
    if hosts.is_empty() {
        return;
    }
    row::line(ui);
    let heading = widgets::text(ui, Type::Label, Theme::of(ui).text_faint, said::AGREED);
    widgets::mark_heading(&heading, 3, said::AGREED);
    for host in hosts {
        let forget = Button::new(said::forget(host)).icon(Icon::Close).words(false).look(Look::Ghost);
        if row::value(ui, host, Type::Mono, forget) {
            view.push(Command::InSettings(Change::ForgetHost(host.clone())));
        }
    }
}

fn files(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let Some(folders) = view.folders else {
        widgets::text(ui, Type::Note, theme.text_quiet, said::NO_FOLDERS);
        return;
    };
    let all = [(said::SETTINGS_FOLDER, &folders.settings), (said::STATE_FOLDER, &folders.state)];
    for (nth, (what, path)) in all.into_iter().enumerate() {
        if nth > 0 {
            row::line(ui);
        }
        let path = path.display().to_string();
        let key = format!("path {what}");
        let heading = widgets::text(ui, Type::Item, theme.text, what);
        widgets::mark_heading(&heading, 3, what);
        let copy = match view.was_copied(&key) {
            true => Button::new(words::COPIED).icon(Icon::Check).look(Look::Done),
            false => Button::new(words::COPY).icon(Icon::Copy),
        };
        if row::value(ui, &path, Type::Mono, copy.small().name(said::copy_path(what))) {
            view.push(View::clip(path, said::THE_PATH, key));
        }
    }
}

fn reset(ui: &mut Ui, view: &mut View<'_>, page: &SettingsPage) {
    let theme = Theme::of(ui);
    widgets::text(ui, Type::Note, theme.text_quiet, said::RESET_NOTE);
    let (button, change) = match page.before {
        Some(_) => {
            widgets::note(ui, Icon::Check, theme.ok, said::RESET_DONE);
            (Button::new(said::UNDO), Change::UndoReset)
        }
        None => (Button::new(said::RESET_BUTTON), Change::Reset),
    };
    if ui.add(button.icon(Icon::Undo)).clicked() {
        view.push(Command::InSettings(change));
    }
}
