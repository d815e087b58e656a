//! A sign that something goes on.

use std::f64::consts::TAU;

use egui::{Color32, Sense, Stroke, Ui, pos2, vec2};

/// How often it moves in a second. The work that is waited for needs the machine more than the picture does.
const STEPS: f64 = 8.0;
/// How many dots there are.
const DOTS: usize = 8;

/// A ring of dots, one step further eight times a second; where nothing may move, three dots stand still.
/// It has no name: what is done is said beside it.
pub fn spinner(ui: &mut Ui, size: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    if ui.style().animation_time <= 0.0 {
        for step in [-1.0, 0.0, 1.0] {
            let at = pos2(rect.center().x + step * size * 0.36, rect.center().y);
            ui.painter().circle_filled(at, size * 0.12, color);
        }
        return;
    }
    let step = (ui.input(|input| input.time) * STEPS) as usize;
    let (ring, dot) = (size / 2.0 - 3.0, size / 12.0);
    for at in 0..DOTS {
        // The dot in front is whole, the ones behind it fade.
        let behind = (step + DOTS - at) % DOTS;
        let strength = 1.0 - behind as f32 / DOTS as f32;
        let angle = at as f64 / DOTS as f64 * TAU;
        let place =
            pos2(rect.center().x + ring * angle.sin() as f32, rect.center().y - ring * angle.cos() as f32);
        ui.painter().circle(place, dot, color.gamma_multiply(strength), Stroke::NONE);
    }
    ui.ctx().request_repaint_after_secs((1.0 / STEPS) as f32);
}
