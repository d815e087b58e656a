//! A sign that something goes on.

use egui::{Color32, Sense, Ui, pos2, vec2};

/// Turns while something goes on; where nothing may move, three dots stand still.
pub fn spinner(ui: &mut Ui, size: f32, color: Color32) {
    if ui.style().animation_time > 0.0 {
        ui.add(egui::Spinner::new().size(size).color(color));
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    for step in [-1.0, 0.0, 1.0] {
        let at = pos2(rect.center().x + step * size * 0.36, rect.center().y);
        ui.painter().circle_filled(at, size * 0.12, color);
    }
}
