//! Chips: small words on a tinted ground.

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{focus_ring, job, name};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};

/// What a chip's colour says. Its words and icon say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The refusal.
    Danger,
    /// Attention.
    Warn,
    /// Good.
    Ok,
    /// The accent.
    Accent,
    /// Nothing in particular.
    Plain,
}

impl Tone {
    /// Words and ground.
    pub fn colors(self, theme: &Theme) -> (Color32, Color32) {
        match self {
            Self::Danger => (theme.danger, theme.danger_soft),
            Self::Warn => (theme.warn, theme.warn_soft),
            Self::Ok => (theme.ok, theme.ok_soft),
            Self::Accent => (theme.accent, theme.accent_soft),
            Self::Plain => (theme.text_quiet, theme.sunken),
        }
    }
}

/// A chip.
pub fn chip(ui: &mut Ui, tone: Tone, icon: Icon, text: &str) -> Response {
    draw(ui, tone.colors(Theme::of(ui)), icon, text)
}

/// A chip that does something when it is pressed.
pub fn pressable_chip(ui: &mut Ui, tone: Tone, icon: Icon, text: &str) -> Response {
    draw_with(ui, tone.colors(Theme::of(ui)), icon, text, Sense::click())
}

/// A chip without a ground, for a row of several.
pub fn plain_chip(ui: &mut Ui, icon: Icon, color: Color32, text: &str) -> Response {
    draw(ui, (color, Color32::TRANSPARENT), icon, text)
}

/// How wide a chip will be.
pub fn chip_width(ui: &Ui, text: &str) -> f32 {
    plain_chip_width(ui, text) + 16.0
}

/// How wide a chip without a ground will be.
pub fn plain_chip_width(ui: &Ui, text: &str) -> f32 {
    ui.painter().layout_job(job(Type::Chip, Color32::PLACEHOLDER, text)).size().x + 19.0
}

fn draw(ui: &mut Ui, colors: (Color32, Color32), icon: Icon, text: &str) -> Response {
    draw_with(ui, colors, icon, text, Sense::hover())
}

fn draw_with(
    ui: &mut Ui,
    (ink, ground): (Color32, Color32),
    icon: Icon,
    text: &str,
    sense: Sense,
) -> Response {
    let pad = if ground == Color32::TRANSPARENT { 0.0 } else { 8.0 };
    let room = (ui.available_width() - 2.0 * pad - 19.0).max(24.0);
    let galley = super::clipped(ui, job(Type::Chip, ink, text), room, 1, true);
    let size = vec2(2.0 * pad + 13.0 + 6.0 + galley.size().x, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS_SMALL), ground);
        icon.paint(painter, pos2(rect.left() + pad + 6.5, rect.center().y), 13.0, ink);
        let at = pos2(rect.left() + pad + 19.0, rect.center().y - galley.size().y / 2.0);
        painter.galley(at, galley.clone(), ink);
    }
    if sense.interactive() {
        if response.hovered() {
            let line = Stroke::new(1.0, ink);
            let corner = CornerRadius::same(theme::RADIUS_SMALL);
            ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
        }
        focus_ring(ui, &response, theme::RADIUS_SMALL);
    }
    name(&response, if sense.interactive() { Role::Button } else { Role::Label }, text);
    if galley.elided { response.on_hover_text(text) } else { response }
}
