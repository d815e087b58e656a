//! The line at the bottom that goes away by itself.

use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::state::Tone;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Look};

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let Some(notice) = &view.state.notice else { return };
    let left = notice.until - view.state.now;
    if left <= 0.0 {
        return;
    }
    ui.ctx().request_repaint_after_secs(left as f32);
    let theme = Theme::of(ui);
    let (icon, color) = match notice.tone {
        Tone::Done => (Icon::Check, theme.ok),
        Tone::Plain => (Icon::Info, theme.accent),
        Tone::Trouble => (Icon::Warning, theme.warn),
    };
    let frame = Frame::new()
        .fill(theme.raised)
        .stroke(Stroke::new(1.0, theme.border_firm))
        .corner_radius(CornerRadius::same(theme::RADIUS_CARD))
        .inner_margin(Margin { left: 16, right: 8, top: 6, bottom: 6 })
        .shadow(theme.shadow_high());
    let room = ui.ctx().content_rect().width();
    Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -20.0))
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_max_width((room - 80.0).min(560.0));
                ui.horizontal(|ui| {
                    widgets::icon_here(ui, icon, 16.0, color);
                    let buttons = if notice.can_undo { 120.0 } else { 44.0 };
                    ui.scope(|ui| {
                        ui.set_max_width(ui.available_width() - buttons);
                        widgets::text(ui, Type::Note, theme.text, &notice.text);
                    });
                    if notice.can_undo {
                        view.press(ui, Command::UndoDraft, |button| button.look(Look::Ghost).small());
                    }
                    view.press(ui, Command::DismissNotice, |button| {
                        button.look(Look::Ghost).small().words(false)
                    });
                });
            });
        });
}
