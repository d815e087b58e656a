//! The help page: every command with its shortcut.

use egui::{
    Align2, CornerRadius, Frame, Id, Key, KeyboardShortcut, Margin, Modal, Modifiers, Sense, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

use super::View;
use crate::app::command::{Command, keys};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().size();
    let modal = Modal::new(Id::unique("help")).frame(frame(theme)).backdrop_color(theme.veil()).show(
        ui.ctx(),
        |ui| {
            ui.set_width((room.x - 80.0).min(520.0));
            ui.set_max_height(room.y - 100.0);
            let is_low = is_low(ui);
            if !is_low {
                head(ui);
            }
            let height = room.y - if is_low { 150.0 } else { 250.0 };
            egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
                if is_low {
                    head(ui);
                }
                ui.spacing_mut().item_spacing.y = 2.0;
                for command in Command::LISTED {
                    let keys: Vec<String> =
                        command.shortcuts().iter().map(|shortcut| keys(ui.ctx(), shortcut)).collect();
                    row(ui, command.label(), command.tooltip(), &keys);
                }
                let quit = KeyboardShortcut::new(Modifiers::COMMAND, Key::Q);
                row(ui, words::HELP_QUIT, "", &[keys(ui.ctx(), &quit)]);
            });
            ui.add_space(8.0);
            let close = ui.add(Button::new(words::CLOSE).look(Look::Primary));
            if ui.memory(|memory| memory.focused().is_none()) {
                close.request_focus();
            }
            close.clicked()
        },
    );
    if modal.inner || modal.should_close() {
        view.push(Command::Back);
    }
}

fn head(ui: &mut Ui) {
    widgets::heading(ui, Type::Title, 1, words::HELP_HEADING);
    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, words::HELP_NOTE);
    ui.add_space(8.0);
}

/// Whether the window is so low that the head of a dialog has to scroll with what is below it.
pub(super) fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < theme::LOW
}

/// The frame of a dialog.
pub(super) fn frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(CornerRadius::same(theme::RADIUS_CARD))
        .inner_margin(Margin::same(24))
        .shadow(theme.shadow_high())
}

fn row(ui: &mut Ui, label: &str, tip: &str, keys: &[String]) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let painter = ui.painter();
    painter.text(rect.left_center(), Align2::LEFT_CENTER, label, Type::Item.font(), theme.text);
    let mut right = rect.right() - 14.0;
    for key in keys.iter().rev() {
        let galley = painter.layout_job(widgets::job(Type::Chip, theme.text_quiet, key));
        let size = galley.size() + vec2(14.0, 8.0);
        let cap = egui::Rect::from_min_size(pos2(right - size.x, rect.center().y - size.y / 2.0), size);
        let corner = CornerRadius::same(theme::RADIUS_SMALL);
        painter.rect(cap, corner, theme.sunken, Stroke::new(1.0, theme.border), StrokeKind::Inside);
        painter.galley(cap.center() - galley.size() / 2.0, galley, theme.text_quiet);
        right = cap.left() - 6.0;
    }
    let spoken = format!("{label}: {}", keys.join(", "));
    widgets::name(&response, egui::accesskit::Role::Label, &spoken);
    if !tip.is_empty() {
        response.on_hover_text(tip);
    }
}
