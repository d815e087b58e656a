//! Something that is on or off.

use egui::accesskit::Role;
use egui::{CornerRadius, Sense, Stroke, StrokeKind, Ui, Vec2, lerp, pos2, vec2};

use super::{name_selected, paint_focus_ring};
use crate::app::icons::Icon;
use crate::app::theme::Theme;

/// How large a switch is.
pub const SWITCH: Vec2 = vec2(44.0, 26.0);

/// A switch; where its knob stands and the tick on it say what its colour says. Says whether it was pressed.
pub fn switch(ui: &mut Ui, is_on: bool, name: &str) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(SWITCH, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let way = ui.ctx().animate_bool(response.id.with("way"), is_on);
        let round = (rect.height() / 2.0) as u8;
        let (fill, line) = match (is_on, response.hovered()) {
            (true, false) => (theme.accent, theme.accent),
            (true, true) => (theme.accent_hover, theme.accent_hover),
            (false, false) => (theme.sunken, theme.border_firm),
            (false, true) => (theme.hover, theme.border_strong),
        };
        painter.rect(rect, CornerRadius::same(round), fill, Stroke::new(1.5, line), StrokeKind::Inside);
        let inset = rect.height() / 2.0;
        let knob = pos2(lerp((rect.left() + inset)..=(rect.right() - inset), way), rect.center().y);
        painter.circle_filled(knob, inset - 5.0, if is_on { theme.on_accent } else { theme.border_strong });
        if is_on {
            Icon::Check.paint(painter, knob, 12.0, theme.accent);
        }
        if response.has_focus() {
            paint_focus_ring(painter, theme, rect, round);
        }
    }
    name_selected(&response, Role::Switch, is_on, name);
    response.clicked()
}
