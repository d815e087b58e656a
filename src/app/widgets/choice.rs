//! Things to choose from: check boxes, a few options side by side, lines of a menu.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Galley, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{clipped, focus_ring, job, name_selected, paint_focus_ring};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};

/// A box to tick with words that wrap beside it. Says whether it was pressed.
pub fn check_box(ui: &mut Ui, is_ticked: bool, text: &str, kind: Type) -> bool {
    const BOX: f32 = 18.0;
    let theme = Theme::of(ui);
    let ink = theme.text;
    let galley = clipped(ui, job(kind, ink, text), ui.available_width() - BOX - 12.0, usize::MAX, true);
    let size = vec2(ui.available_width(), galley.size().y.max(24.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let square = Rect::from_min_size(pos2(rect.left(), rect.top() + 1.0), vec2(BOX, BOX));
        let corner = CornerRadius::same(theme::RADIUS_BOX);
        let fullness = ui.ctx().animate_bool(response.id.with("fullness"), is_ticked);
        let line = if response.hovered() { theme.accent } else { theme.border_strong };
        painter.rect(square, corner, theme.surface, Stroke::new(1.5, line), StrokeKind::Inside);
        if fullness > 0.0 {
            painter.rect_filled(square, corner, theme.accent.gamma_multiply(fullness));
            Icon::Check.paint(painter, square.center(), 14.0, theme.on_accent.gamma_multiply(fullness));
        }
        painter.galley(pos2(square.right() + 12.0, rect.top()), galley, ink);
        if response.has_focus() {
            paint_focus_ring(painter, theme, square, theme::RADIUS_BOX);
        }
    }
    name_selected(&response, Role::CheckBox, is_ticked, text);
    response.clicked()
}

const INSET: f32 = 3.0;

fn segments(ui: &Ui, options: &[(&str, &str)], height: f32) -> Vec<(Arc<Galley>, f32)> {
    let (kind, pad) = if height < theme::CONTROL { (Type::Chip, 9.0) } else { (Type::Button, 13.0) };
    let galley = |word: &str| ui.painter().layout_job(job(kind, Color32::PLACEHOLDER, word));
    let segment = |(word, _): &(&str, &str)| {
        let galley = galley(word);
        let width = (galley.size().x + 2.0 * pad).ceil();
        (galley, width)
    };
    options.iter().map(segment).collect()
}

/// How wide a choice will be.
pub fn segmented_width(ui: &Ui, options: &[(&str, &str)], height: f32) -> f32 {
    segments(ui, options, height).iter().map(|(_, width)| width).sum::<f32>() + 2.0 * INSET
}

/// A few options side by side, one of them chosen: short word, long name. Returns the one that was pressed.
pub fn segmented(
    ui: &mut Ui,
    role: Role,
    options: &[(&str, &str)],
    chosen: usize,
    height: f32,
) -> Option<usize> {
    let theme = Theme::of(ui);
    let segments = segments(ui, options, height);
    let base = ui.next_auto_id();
    let (rect, _) =
        ui.allocate_exact_size(vec2(segmented_width(ui, options, height), height), Sense::hover());
    let (ground, line) = (theme.sunken, Stroke::new(1.0, theme.border));
    ui.painter().rect(rect, CornerRadius::same(theme::RADIUS), ground, line, StrokeKind::Inside);
    let mut pressed = None;
    let mut left = rect.left() + INSET;
    for (at, ((_, long), (galley, width))) in options.iter().zip(segments).enumerate() {
        let part = Rect::from_min_size(pos2(left, rect.top() + INSET), vec2(width, height - 2.0 * INSET));
        left += width;
        let response = ui.interact(part, base.with(("segment", at)), Sense::click());
        let painter = ui.painter();
        let corner = CornerRadius::same(theme::RADIUS_SMALL);
        let ink = if at == chosen { theme.text } else { theme.text_quiet };
        if at == chosen {
            painter.add(theme.shadow_low().as_shape(part, corner));
            painter.rect(part, corner, theme.raised, Stroke::new(1.0, theme.border_firm), StrokeKind::Inside);
        } else if response.hovered() {
            painter.rect_filled(part, corner, theme.hover);
        }
        painter.galley(part.center() - galley.size() / 2.0, galley, ink);
        focus_ring(ui, &response, theme::RADIUS_SMALL);
        name_selected(&response, role, at == chosen, long);
        if response.clicked() {
            pressed = Some(at);
        }
    }
    pressed
}

/// A line of a menu; the chosen one has a tick. Says whether it was pressed.
pub fn menu_item(ui: &mut Ui, text: &str, is_chosen: bool) -> bool {
    let theme = Theme::of(ui);
    let galley = ui.painter().layout_job(job(Type::Button, theme.text, text));
    let width = (galley.size().x + 46.0).max(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, 30.0), Sense::click());
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS_SMALL), theme.hover);
    }
    if is_chosen {
        Icon::Check.paint(painter, pos2(rect.left() + 16.0, rect.center().y), 15.0, theme.accent);
    }
    painter.galley(pos2(rect.left() + 32.0, rect.center().y - galley.size().y / 2.0), galley, theme.text);
    focus_ring(ui, &response, theme::RADIUS_SMALL);
    name_selected(&response, Role::MenuItemRadio, is_chosen, text);
    response.clicked()
}
