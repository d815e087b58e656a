//! The field for a file's path, for systems that show no file dialog.

use egui::{Id, Key, Margin, Modal, TextEdit, Ui, vec2};

use super::{View, help};
use crate::app::command::Command;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, path: &str) {
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().width();
    let frame = help::frame(theme);
    let modal =
        Modal::new(Id::unique("path")).frame(frame).backdrop_color(theme.veil()).show(ui.ctx(), |ui| {
            ui.set_width((room - 80.0).min(520.0));
            widgets::heading(ui, Type::Title, 1, words::PATH_HEADING);
            let note = if view.can_drop { words::PATH_NOTE_DROP } else { words::PATH_NOTE };
            widgets::text(ui, Type::Body, theme.text_quiet, note);
            ui.add_space(6.0);
            let mut text = path.to_owned();
            let edit = TextEdit::singleline(&mut text)
                .id(Id::unique("the path field"))
                .font(Type::Mono.font())
                .text_color(theme.text)
                .margin(Margin::symmetric(10, 8))
                .desired_width(f32::INFINITY);
            let field = ui.add(edit).accessible_name(words::PATH_NAME);
            if field.changed() {
                view.push(Command::SetPath(text));
            }
            if ui.memory(|memory| memory.focused().is_none()) && !field.lost_focus() {
                field.request_focus();
            }
            let is_sent = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                let open = Button::new(Command::OpenPath.label()).look(Look::Primary);
                let can_open = !path.trim().is_empty();
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
