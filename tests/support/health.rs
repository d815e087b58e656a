//! What is wrong with a drawn window, read from what was painted and from where its controls are.
//!
//! Text counts as painted where its glyphs are; what a later opaque ground covers does not count.

use egui::epaint::ClippedShape;
use egui::{Rect, Shape, pos2};
use egui_kittest::kittest::Queryable;

use super::window::Window;

/// How much glyphs may touch: the boxes of letters are a little larger than their ink.
const TOUCH: f32 = 3.0;

/// One row of painted text.
struct Painted {
    text: String,
    rect: Rect,
    clip: Rect,
    /// Its place in the order of painting.
    at: usize,
    /// Which text it is a row of.
    of: usize,
}

/// A ground that covers what was painted before it.
struct Ground {
    rect: Rect,
    at: usize,
}

/// Everything that is wrong, one line each.
pub fn faults(window: &Window) -> Vec<String> {
    let screen = window.harness.ctx.content_rect();
    let mut found = controls(window, screen);
    let (rows, grounds, veil) = painted(&window.harness.output().shapes, screen);
    let visible: Vec<&Painted> = rows
        .iter()
        .filter(|row| veil.is_none_or(|veil| row.at > veil))
        .filter(|row| {
            let seen = row.rect.intersect(row.clip).intersect(screen);
            let is_seen = seen.is_positive() && seen.height() > row.rect.height() * 0.5;
            is_seen && !grounds.iter().any(|ground| ground.at > row.at && ground.rect.contains_rect(seen))
        })
        .collect();
    if visible.len() < 2 {
        found.push(format!("hardly anything is painted: {} rows of text", visible.len()));
    }
    let fields = fields(window);
    for row in &visible {
        // A text field scrolls what is longer than it.
        if fields.iter().any(|field| field.expand(12.0).contains_rect(row.clip)) {
            continue;
        }
        let room = row.clip.intersect(screen);
        if row.rect.left() < room.left() - 1.0 || row.rect.right() > room.right() + 1.0 {
            found.push(format!("cut off at the side: “{}” {:?} in {room:?}", row.text, row.rect));
        }
    }
    // An open menu covers what is below it, and ends in the middle of words.
    let has_menu = egui::Popup::is_any_open(&window.harness.ctx);
    for (nth, row) in visible.iter().enumerate().filter(|_| !has_menu) {
        for other in visible.iter().skip(nth + 1).filter(|other| other.of != row.of) {
            let both = row.rect.intersect(row.clip).intersect(other.rect.intersect(other.clip));
            if both.width() > TOUCH && both.height() > TOUCH {
                found.push(format!(
                    "painted over each other: “{}” and “{}” at {both:?}",
                    row.text, other.text
                ));
            }
        }
    }
    found
}

/// Rows of text, opaque grounds, and the last veil over the whole window.
fn painted(shapes: &[ClippedShape], screen: Rect) -> (Vec<Painted>, Vec<Ground>, Option<usize>) {
    let (mut rows, mut grounds, mut veil) = (Vec::new(), Vec::new(), None);
    let mut at = 0;
    for clipped in shapes {
        collect(&clipped.shape, &mut |shape| {
            at += 1;
            match shape {
                Shape::Rect(ground) if ground.fill.a() == 255 => {
                    grounds.push(Ground { rect: ground.rect.intersect(clipped.clip_rect), at });
                }
                Shape::Rect(ground) if ground.fill.a() > 40 && ground.rect.contains_rect(screen) => {
                    veil = Some(at);
                }
                Shape::Text(text) => {
                    for row in &text.galley.rows {
                        let words = row.text();
                        if words.trim().is_empty() {
                            continue;
                        }
                        // Without the space that a line ends with.
                        let ink = row.glyphs.iter().rev().find(|glyph| !glyph.chr.is_whitespace());
                        let right = ink.map_or(row.size.x, egui::epaint::text::Glyph::max_x);
                        let min = text.pos + row.pos.to_vec2();
                        let rect = Rect::from_min_max(min, pos2(min.x + right, min.y + row.size.y));
                        rows.push(Painted { text: words, rect, clip: clipped.clip_rect, at, of: at });
                    }
                }
                _ => {}
            }
        });
    }
    (rows, grounds, veil)
}

/// Where the text fields of one line are.
fn fields(window: &Window) -> Vec<Rect> {
    window.harness.query_all_by_role(egui::accesskit::Role::TextInput).map(|node| node.rect()).collect()
}

fn collect<'a>(shape: &'a Shape, take: &mut impl FnMut(&'a Shape)) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, take)),
        shape => take(shape),
    }
}

/// What can be pressed: cut off at the side, over each other, too small to hit, or without a name.
fn controls(window: &Window, screen: Rect) -> Vec<String> {
    let top = window.harness.ctx.memory(|memory| memory.top_modal_layer());
    let mut found = Vec::new();
    let dialog = top.and_then(|top| window.harness.ctx.memory(|memory| memory.area_rect(top.id)));
    if let Some(dialog) = dialog.filter(|dialog| !screen.expand(1.0).contains_rect(*dialog)) {
        found.push(format!("a dialog that is larger than the window: {dialog:?}"));
    }
    let all: Vec<(egui::LayerId, Rect, Rect, String)> = window.harness.ctx.viewport(|viewport| {
        let widgets = &viewport.prev_pass.widgets;
        let layers = widgets.layers().filter(|(layer, _)| top.is_none_or(|top| top == **layer));
        let rects = layers.flat_map(|(_, rects)| rects);
        rects
            .filter(|widget| widget.sense.senses_click() && widget.interact_rect.is_positive())
            .filter(|widget| {
                widgets.info(widget.id).is_some_and(|info| info.role != egui::accesskit::Role::Label)
            })
            .map(|widget| {
                let name = widgets.info(widget.id).and_then(|info| info.label.clone()).unwrap_or_default();
                (widget.layer_id, widget.rect, widget.interact_rect, name)
            })
            .collect()
    });
    for (nth, (layer, rect, seen, name)) in all.iter().enumerate() {
        if name.is_empty() {
            found.push(format!("a control without a name at {rect:?}"));
        }
        if rect.left() < seen.left() - 1.0
            || rect.right() > seen.right() + 1.0
            || !screen.expand(1.0).contains_rect(*seen)
        {
            found.push(format!("a control that is cut off: “{name}” {rect:?}, seen {seen:?}"));
        }
        if rect.width() < 18.0 || rect.height() < 18.0 {
            found.push(format!("a control that is hard to hit: “{name}” {rect:?}"));
        }
        for (other_layer, _, other, other_name) in all.iter().skip(nth + 1) {
            let both = seen.intersect(*other);
            if layer == other_layer && both.width() > 1.0 && both.height() > 1.0 {
                found.push(format!("controls over each other: “{name}” and “{other_name}” at {both:?}"));
            }
        }
    }
    found
}

/// Goes through the window with Tab, once round; what has the keyboard must be in sight. Says what is not, and how many
/// stops there were.
pub fn walk(window: &mut Window) -> (usize, Vec<String>) {
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for _ in 0..120 {
        window.press(egui::Modifiers::NONE, egui::Key::Tab);
        let Some(id) = window.harness.ctx.memory(|memory| memory.focused()) else { continue };
        if seen.contains(&id) {
            break;
        }
        seen.push(id);
        let screen = window.harness.ctx.content_rect();
        let fault = window.harness.ctx.viewport(|viewport| {
            let widgets = &viewport.prev_pass.widgets;
            let widget = widgets.get(id)?;
            let shown = widget.interact_rect.intersect(screen);
            let is_seen = shown.width() > widget.rect.width() - 2.0
                && shown.height() > widget.rect.height().min(24.0) - 2.0;
            let name = widgets.info(id).and_then(|info| info.label.clone()).unwrap_or_default();
            (!is_seen)
                .then(|| format!("has the keyboard out of sight: “{name}” {:?}, seen {shown:?}", widget.rect))
        });
        found.extend(fault);
    }
    (seen.len(), found)
}
