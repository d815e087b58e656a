//! The veil while a file hovers over the window.

use egui::{Align2, CornerRadius, Id, LayerId, Order, Stroke, StrokeKind, Ui, vec2};

use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::words;

pub(super) fn show(ui: &Ui) {
    let hovering = ui.input(|input| input.raw.hovered_files.len());
    let strength = ui.ctx().animate_bool(Id::unique("drop veil"), hovering > 0);
    if strength <= 0.0 {
        return;
    }
    let theme = Theme::of(ui);
    let mut painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("drop")));
    painter.set_opacity(strength);
    let window = ui.ctx().content_rect();
    painter.rect_filled(window, 0, theme.canvas.gamma_multiply(0.94));
    let rect = window.shrink(20.0);
    let corner = CornerRadius::same(theme::RADIUS_CARD + 4);
    painter.rect(rect, corner, theme.drop_veil(), Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    Icon::File.paint(&painter, rect.center() - vec2(0.0, 28.0), 40.0, theme.accent);
    let at = rect.center() + vec2(0.0, 18.0);
    painter.text(at, Align2::CENTER_CENTER, words::drop(hovering), Type::Title.font(), theme.text);
}
