//! A line that opens and closes the part below it.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Color32, Galley, Pos2, Response, Sense, Ui, pos2, vec2};

use super::{clipped, job, name, paint_focus_ring};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};

/// A line that opens and closes the part below it: a title, a note, and a few tags.
pub struct Disclosure<'a> {
    title: &'a str,
    note: &'a str,
    tags: Vec<(Icon, Color32, &'a str)>,
}

/// What was laid out for one tag.
struct Tag {
    icon: Icon,
    color: Color32,
    galley: Arc<Galley>,
}

const ICON: f32 = 13.0;
const GAP: f32 = 14.0;

impl<'a> Disclosure<'a> {
    /// With a title.
    pub fn new(title: &'a str) -> Self {
        Self { title, note: "", tags: Vec::new() }
    }

    /// A note below the title.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// A word with an icon, at the end of the line.
    pub fn tag(mut self, icon: Icon, color: Color32, word: &'a str) -> Self {
        self.tags.push((icon, color, word));
        self
    }

    /// Draws it, open or closed.
    pub fn show(self, ui: &mut Ui, is_open: bool) -> Response {
        let theme = Theme::of(ui);
        let room = ui.available_width() - 26.0;
        let lay_out = |kind, color, text: &str| clipped(ui, job(kind, color, text), room, usize::MAX, false);
        let title = lay_out(Type::Item, theme.text, self.title);
        let note = (!self.note.is_empty()).then(|| lay_out(Type::Note, theme.text_quiet, self.note));
        let tags: Vec<Tag> = self
            .tags
            .iter()
            .map(|&(icon, color, word)| Tag { icon, color, galley: lay_out(Type::Chip, color, word) })
            .collect();
        let tags_width: f32 = tags.iter().map(|tag| ICON + 5.0 + tag.galley.size().x + GAP).sum();
        // Beside the title if there is room, else in a row of their own.
        let is_beside = title.size().x + 20.0 + tags_width <= room;
        let note_height = note.as_ref().map_or(0.0, |note| note.size().y + 1.0);
        let tags_height = if is_beside || tags.is_empty() { 0.0 } else { 22.0 };
        let height = title.size().y + note_height + tags_height + 16.0;

        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let wide = rect.expand2(vec2(8.0, 0.0));
            super::hover(ui, rect, &response);
            let icon = if is_open { Icon::Down } else { Icon::Right };
            icon.paint(painter, pos2(rect.left() + 8.0, rect.top() + 18.0), 16.0, theme.text_faint);
            let at = pos2(rect.left() + 26.0, rect.top() + 8.0);
            let below = pos2(at.x, at.y + title.size().y + 1.0);
            painter.galley(at, title, theme.text);
            if let Some(note) = note {
                painter.galley(below, note, theme.text_quiet);
            }
            let tags_at = if is_beside {
                pos2(rect.right() - tags_width + GAP, rect.top() + 18.0)
            } else {
                pos2(at.x, rect.bottom() - 17.0)
            };
            paint_tags(ui, tags, tags_at);
            if response.has_focus() {
                paint_focus_ring(painter, theme, wide, theme::RADIUS);
            }
        }
        self.describe(&response, is_open);
        response
    }

    fn describe(&self, response: &Response, is_open: bool) {
        name(response, Role::Button, self.title);
        let words: Vec<&str> = self.tags.iter().map(|&(_, _, word)| word).chain([self.note]).collect();
        response.ctx.accesskit_node_builder(response.id, |node| {
            node.set_expanded(is_open);
            node.set_description(words.join(", ").trim_end_matches(", ").to_owned());
        });
    }
}

/// Paints tags from left to right, their middle line at a height.
fn paint_tags(ui: &Ui, tags: Vec<Tag>, from: Pos2) {
    let mut left = from.x;
    for Tag { icon, color, galley } in tags {
        icon.paint(ui.painter(), pos2(left + ICON / 2.0, from.y), ICON, color);
        let size = galley.size();
        ui.painter().galley(pos2(left + ICON + 5.0, from.y - size.y / 2.0), galley, color);
        left += ICON + 5.0 + size.x + GAP;
    }
}
