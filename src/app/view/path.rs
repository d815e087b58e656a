//! The field for a file's path, for systems that show no file dialog.

use egui::{Id, Key, Margin, Modal, TextEdit, Ui, vec2};

use super::{View, help};
use crate::app::command::Command;
use crate::app::state::{PathField, Purpose};
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, field: &PathField) {
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().width();
    let frame = help::frame(theme).inner_margin(Margin::same(if help::is_low(ui) { 16 } else { 24 }));
    let modal =
        Modal::new(Id::unique("path")).frame(frame).backdrop_color(theme.veil()).show(ui.ctx(), |ui| {
            ui.set_width((room - 80.0).min(520.0));
            let (heading, note, name, button) = words_for(field.purpose, view.can_drop);
            widgets::heading(ui, Type::Title, 1, heading);
            widgets::text(ui, Type::Body, theme.text_quiet, note);
            ui.add_space(6.0);
            let mut text = field.text.clone();
            let edit = TextEdit::singleline(&mut text)
                .id(Id::unique("the path field"))
                .font(Type::Mono.font())
                .text_color(theme.text)
                .margin(Margin::symmetric(10, 8))
                .desired_width(f32::INFINITY);
            let edit = ui.add(edit).accessible_name(name);
            if edit.changed() {
                view.push(Command::SetPath(text));
            }
            if ui.memory(|memory| memory.focused().is_none()) && !edit.lost_focus() {
                edit.request_focus();
            }
            let is_sent = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                let open = Button::new(button).look(Look::Primary);
                let can_open = !field.text.trim().is_empty();
                if (ui.add_enabled(can_open, open).clicked() || is_sent) && can_open {
                    view.push(Command::OpenPath);
                }
                if ui.add(Button::new(words::CLOSE).look(Look::Ghost)).clicked() {
                    view.push(Command::Back);
                }
            });
        });
    if modal.should_close() {
        view.push(Command::Back);
    }
}

/// Heading, note, the field's name, the button.
const fn words_for(
    purpose: Purpose,
    can_drop: bool,
) -> (&'static str, &'static str, &'static str, &'static str) {
    use words::report as saving;
    match purpose {
        Purpose::Save => (saving::PATH_HEADING, saving::PATH_NOTE, saving::PATH_NAME, saving::SAVE),
        Purpose::Open => {
            let note = if can_drop { words::PATH_NOTE_DROP } else { words::PATH_NOTE };
            (words::PATH_HEADING, note, words::PATH_NAME, Command::OpenPath.label())
        }
    }
}
