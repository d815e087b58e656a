//! The rows about own entries: which folder, and what came of it.

use egui::{Id, Key, Margin, TextEdit, Ui};

use super::super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::settings::{Change, SettingsPage};
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::{sentence, settings as said};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, page: &SettingsPage) {
    let theme = Theme::of(ui);
    let heading = widgets::text(ui, Type::Item, theme.text, said::FOLDER);
    widgets::mark_heading(&heading, 3, said::FOLDER);
    widgets::text(ui, Type::Note, theme.text_quiet, said::FOLDER_NOTE);
    field(ui, view, page);
    ui.horizontal_wrapped(|ui| {
        let can_use = !page.folder.trim().is_empty();
        if ui.add_enabled(can_use, Button::new(said::FOLDER_USE).icon(Icon::Check)).clicked() {
            view.push(Command::InSettings(Change::UseFolder));
        }
        if ui.add(Button::new(said::FOLDER_PICK).icon(Icon::Folder)).clicked() {
            view.push(Command::InSettings(Change::PickFolder));
        }
        if view.state.settings.knowledge_folder.is_some()
            && ui.add(Button::new(said::FOLDER_CLEAR).look(Look::Ghost)).clicked()
        {
            view.push(Command::InSettings(Change::ClearFolder));
        }
    });
    found(ui, view);
}

fn field(ui: &mut Ui, view: &mut View<'_>, page: &SettingsPage) {
    let theme = Theme::of(ui);
    let mut text = page.folder.clone();
    let edit = TextEdit::singleline(&mut text)
        .id(Id::unique("the field for the folder of own entries"))
        .font(Type::Mono.font())
        .text_color(theme.text)
        .margin(Margin::symmetric(10, 8))
        .desired_width(f32::INFINITY);
    let field = ui.add(edit).accessible_name(said::FOLDER_NAME);
    widgets::follow_focus(&field);
    if field.changed() {
        view.push(Command::InSettings(Change::FolderText(text)));
    }
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        view.push(Command::InSettings(Change::UseFolder));
    }
}

/// How many there are, and what was left out.
fn found(ui: &mut Ui, view: &View<'_>) {
    let theme = Theme::of(ui);
    let own = &view.state.own;
    if own.loading.is_some() {
        ui.horizontal(|ui| {
            widgets::spinner(ui, 14.0, theme.text_faint);
            widgets::line(ui, Type::Note, theme.text_faint, said::FOLDER_LOADING);
        });
        return;
    }
    if view.state.settings.knowledge_folder.is_none() {
        return;
    }
    let (icon, color) = if own.count == 0 { (Icon::Info, theme.text_quiet) } else { (Icon::Check, theme.ok) };
    widgets::note(ui, icon, color, said::own_count(own.count));
    for trouble in &own.troubles {
        widgets::note(ui, Icon::Warning, theme.warn, sentence(trouble));
    }
}
