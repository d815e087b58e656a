//! The mark: a prohibition ring whose bar is on its way out.

use egui::{CornerRadius, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::app::theme::Theme;

/// Paints the mark into a square. The proportions are those of `assets/icon/unforbid.svg`.
pub fn mark(painter: &Painter, theme: &Theme, square: Rect) {
    let unit = square.width() / 240.0;
    let at = |x: f32, y: f32| square.min + vec2(x - 8.0, y - 8.0) * unit;
    painter.rect_filled(square, CornerRadius::same((58.0 * unit) as u8), theme.brand_ground);

    let (center, radius, width) = (at(117.0, 139.0), 60.0 * unit, 22.0 * unit);
    let steps = 40_u8;
    let (from, sweep) = (-13.0_f32, 296.0_f32);
    let ring: Vec<Pos2> = (0..=steps)
        .map(|step| {
            let angle = (from + sweep * f32::from(step) / f32::from(steps)).to_radians();
            center + Vec2::angled(angle) * radius
        })
        .collect();
    let bar = [at(109.0, 147.0), at(195.0, 61.0)];
    for end in [ring.first(), ring.last()].into_iter().flatten() {
        painter.circle_filled(*end, width / 2.0, theme.brand_ring);
    }
    painter.add(Shape::line(ring, Stroke::new(width, theme.brand_ring)));
    for end in bar {
        painter.circle_filled(pos2(end.x, end.y), width / 2.0, theme.brand_bar);
    }
    painter.line_segment(bar, Stroke::new(width, theme.brand_bar));
}
