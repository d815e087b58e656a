//! Things to choose from: check boxes, a few options side by side, parts that open.

use egui::accesskit::Role;
use egui::{CornerRadius, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{clipped, focus_ring, job, paint_focus_ring};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};

/// A box to tick with words that wrap beside it. Says whether it was pressed.
pub fn check_box(ui: &mut Ui, is_ticked: bool, text: &str) -> bool {
    const BOX: f32 = 18.0;
    let theme = Theme::of(ui);
    let ink = if is_ticked { theme.text_faint } else { theme.text };
    let galley =
        clipped(ui, job(Type::Item, ink, text), ui.available_width() - BOX - 12.0, usize::MAX, false);
    let size = vec2(ui.available_width(), galley.size().y.max(24.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let square = Rect::from_min_size(pos2(rect.left(), rect.top() + 1.0), vec2(BOX, BOX));
        let corner = CornerRadius::same(5);
        let fullness = ui.ctx().animate_bool(response.id.with("fullness"), is_ticked);
        let line = if response.hovered() { theme.accent } else { theme.border_strong };
        painter.rect(square, corner, theme.surface, Stroke::new(1.5, line), StrokeKind::Inside);
        if fullness > 0.0 {
            painter.rect_filled(square, corner, theme.accent.gamma_multiply(fullness));
            Icon::Check.paint(painter, square.center(), 14.0, theme.on_accent.gamma_multiply(fullness));
        }
        painter.galley(pos2(square.right() + 12.0, rect.top()), galley, ink);
        if response.has_focus() {
            paint_focus_ring(painter, theme, square, 5);
        }
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_ticked, text));
    response.clicked()
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
    let inset = 3.0;
    let kind = if height < theme::CONTROL { Type::Chip } else { Type::Button };
    let galleys: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(at, (word, _))| {
            let ink = if at == chosen { theme.text } else { theme.text_quiet };
            ui.painter().layout_job(job(kind, ink, *word))
        })
        .collect();
    let pad = if height < theme::CONTROL { 9.0 } else { 13.0 };
    let widths: Vec<f32> = galleys.iter().map(|galley| (galley.size().x + 2.0 * pad).ceil()).collect();
    let size = vec2(widths.iter().sum::<f32>() + 2.0 * inset, height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        theme.sunken,
        Stroke::new(1.0, theme.border),
        StrokeKind::Inside,
    );
    let base: Id = ui.next_auto_id();
    let mut pressed = None;
    let mut left = rect.left() + inset;
    for (at, ((_, long), galley)) in options.iter().zip(galleys).enumerate() {
        let part =
            Rect::from_min_size(pos2(left, rect.top() + inset), vec2(widths[at], height - 2.0 * inset));
        left += widths[at];
        let response = ui.interact(part, base.with(("segment", at)), Sense::click());
        let painter = ui.painter();
        let corner = CornerRadius::same(theme::RADIUS_SMALL);
        if at == chosen {
            painter.add(theme.shadow_low().as_shape(part, corner));
            painter.rect(part, corner, theme.raised, Stroke::new(1.0, theme.border_firm), StrokeKind::Inside);
        } else if response.hovered() {
            painter.rect_filled(part, corner, theme.hover);
        }
        let ink = if at == chosen { theme.text } else { theme.text_quiet };
        painter.galley(part.center() - galley.size() / 2.0, galley, ink);
        focus_ring(ui, &response, theme::RADIUS_SMALL);
        response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), at == chosen, long));
        if response.clicked() {
            pressed = Some(at);
        }
    }
    pressed
}

/// The line that opens and closes a part. Says whether it was pressed.
pub fn disclosure(ui: &mut Ui, is_open: bool, text: &str) -> Response {
    let theme = Theme::of(ui);
    let galley =
        clipped(ui, job(Type::Item, theme.text, text), ui.available_width() - 30.0, usize::MAX, false);
    let size = vec2(ui.available_width(), galley.size().y + 12.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() {
            painter.rect_filled(rect.expand2(vec2(8.0, 0.0)), CornerRadius::same(theme::RADIUS), theme.hover);
        }
        let icon = if is_open { Icon::Down } else { Icon::Right };
        icon.paint(painter, pos2(rect.left() + 8.0, rect.top() + 16.0), 16.0, theme.text_faint);
        painter.galley(pos2(rect.left() + 26.0, rect.top() + 6.0), galley, theme.text);
        focus_ring(ui, &response, theme::RADIUS);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    response.ctx.accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    response
}
