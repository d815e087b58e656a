//! A box with something to copy: a command, lines for a file, a message.

use egui::text::LayoutJob;
use egui::{
    CornerRadius, Label, Layout, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::{Button, format, job};
use crate::app::theme::{self, Theme, Type};

/// In a box narrower than this, a text that does not fit beside the button gets the whole width.
const STACKED_BELOW: f32 = 420.0;

/// What stands before the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt<'a> {
    /// A shell's prompt; the text is set in the fixed-width font.
    Shell(&'a str),
    /// Nothing; the text is set in the fixed-width font.
    Code,
    /// Nothing; the text is prose.
    Prose,
}

/// A box with text and the button that copies it.
pub struct CommandBox<'a> {
    text: &'a str,
    prompt: Prompt<'a>,
    gaps: &'a [String],
}

impl<'a> CommandBox<'a> {
    /// A box.
    pub fn new(prompt: Prompt<'a>, text: &'a str) -> Self {
        Self { text, prompt, gaps: &[] }
    }

    /// Words that are to be filled in by the user and stand out.
    pub fn gaps(mut self, gaps: &'a [String]) -> Self {
        self.gaps = gaps;
        self
    }

    /// Draws it with its button and returns the button's response.
    pub fn show(self, ui: &mut Ui, button: Button<'_>) -> Response {
        let theme = Theme::of(ui);
        let full = ui.available_width();
        let (pad, gap) = (12.0, 10.0);
        let button_width = button.width(ui);
        let lead = match self.prompt {
            Prompt::Shell(prompt) => Some(ui.painter().layout_job(job(Type::Mono, theme.text_faint, prompt))),
            Prompt::Code | Prompt::Prose => None,
        };
        let lead_width = lead.as_ref().map_or(0.0, |lead| lead.size().x + 8.0);
        let beside = full - 2.0 * pad - lead_width - button_width - gap + 6.0;
        let natural = ui.painter().layout_job(self.job(theme)).size().x;
        let is_stacked = full < STACKED_BELOW && natural > beside;
        let text_width = if is_stacked { full - 2.0 * pad - lead_width } else { beside };

        let mut job = self.job(theme);
        job.wrap.max_width = text_width;
        let text_height = ui.painter().layout_job(job.clone()).size().y;
        let row = theme::CONTROL + 12.0;
        let height =
            if is_stacked { 12.0 + text_height + 8.0 + row - 6.0 } else { (text_height + 24.0).max(row) };

        let (rect, _) = ui.allocate_exact_size(vec2(full, height), Sense::hover());
        let corner = CornerRadius::same(theme::RADIUS);
        ui.painter().rect(rect, corner, theme.sunken, Stroke::new(1.0, theme.border), StrokeKind::Inside);
        let top = rect.top() + 12.0;
        if let Some(lead) = lead {
            ui.painter().galley(pos2(rect.left() + pad, top), lead, theme.text_faint);
        }
        let text_rect =
            Rect::from_min_size(pos2(rect.left() + pad + lead_width, top), vec2(text_width, text_height));
        let layout = Layout::top_down(egui::Align::Min);
        // Children of their own: the place for all of this is taken, and the layout must not go back into it.
        ui.new_child(UiBuilder::new().max_rect(text_rect).layout(layout)).add(Label::new(job).wrap());
        let button_top = if is_stacked { rect.bottom() - 6.0 - theme::CONTROL } else { rect.top() + 6.0 };
        let button_rect = Rect::from_min_size(
            pos2(rect.right() - 6.0 - button_width, button_top),
            vec2(button_width, theme::CONTROL),
        );
        ui.new_child(UiBuilder::new().max_rect(button_rect).layout(layout)).add(button)
    }

    /// The text with its gaps in another colour.
    fn job(&self, theme: &Theme) -> LayoutJob {
        let kind = if self.prompt == Prompt::Prose { Type::Note } else { Type::Mono };
        let plain = format(kind, theme.text);
        let gap = format(kind, theme.warn);
        let mut job = LayoutJob::default();
        let mut rest = self.text;
        while let Some((at, word)) = self.next_gap(rest) {
            if at > 0 {
                job.append(&rest[..at], 0.0, plain.clone());
            }
            job.append(
                &rest[at..at + word],
                0.0,
                egui::TextFormat { background: theme.warn_soft, ..gap.clone() },
            );
            rest = &rest[at + word..];
        }
        job.append(rest, 0.0, plain);
        job.break_on_newline = true;
        job
    }

    fn next_gap(&self, text: &str) -> Option<(usize, usize)> {
        self.gaps.iter().filter_map(|gap| Some((text.find(gap.as_str())?, gap.len()))).min()
    }
}
