//! The words of one row: their colours, what lies under them, and where each character is put.
//!
//! Every stretch starts at its column, whatever widths other fonts have, so that clicks, highlights and letters agree.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use egui::text::LayoutJob;
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::app::rows::{Cells, Kind, Run, TAB_COLUMNS};
use crate::app::theme::{LOG_ROW, Theme, Type};
use crate::app::tint::Tint;
use crate::app::widgets;

/// What lies under some bytes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// A secret was hidden here.
    Mask,
    /// It is selected.
    Selected,
    /// It was searched for.
    Found,
    /// It was searched for, and this is the place that is shown.
    Shown,
}

/// A row of a line and where it stands.
pub(super) struct RowText<'a> {
    pub text: &'a str,
    pub cells: Cells<'a>,
    pub at: Pos2,
    /// The width of a column.
    pub glyph: f32,
}

impl<'a> RowText<'a> {
    pub fn new(text: &'a str, at: Pos2, glyph: f32) -> Self {
        Self { text, cells: Cells::new(text), at, glyph }
    }

    /// Where some of its bytes stand.
    pub fn rects(&self, bytes: &Range<usize>) -> impl Iterator<Item = Rect> {
        let (at, glyph) = (self.at, self.glyph);
        self.cells.columns_of(bytes).into_iter().map(move |span| {
            let left = pos2(at.x + span.start as f32 * glyph, at.y);
            Rect::from_min_size(left, vec2(span.len() as f32 * glyph, LOG_ROW))
        })
    }

    /// Draws what lies under the words.
    pub fn ground(&self, painter: &Painter, theme: &Theme, bytes: &Range<usize>, ground: Ground) {
        for rect in self.rects(bytes) {
            let chip = rect.shrink2(vec2(0.0, 1.5));
            match ground {
                Ground::Mask => {
                    let line = Stroke::new(1.0, theme.ok.gamma_multiply(0.35));
                    painter.rect(chip, CornerRadius::same(5), theme.ok_soft, line, StrokeKind::Inside);
                }
                Ground::Selected => {
                    painter.rect_filled(rect, 0, theme.selection);
                }
                Ground::Found => {
                    painter.rect_filled(chip, 3, theme.warn.gamma_multiply(0.24));
                }
                Ground::Shown => {
                    let line = Stroke::new(1.5, theme.warn);
                    let fill = theme.warn.gamma_multiply(0.42);
                    painter.rect(chip.expand(1.0), CornerRadius::same(3), fill, line, StrokeKind::Inside);
                }
            }
        }
    }

    /// Draws the words. `colors` cover the row in order.
    pub fn words(&self, painter: &Painter, colors: &[(Range<usize>, Color32)]) {
        let row = Rect::from_min_size(self.at, vec2(f32::INFINITY, LOG_ROW)).expand(1.0);
        for run in self.cells.runs() {
            if run.kind == Kind::Plain && self.text[run.bytes.clone()].is_ascii() {
                let galley = painter.layout_job(self.job(&run.bytes, colors, 0.0));
                painter.galley(self.place(run.column, 0.0), galley, Color32::PLACEHOLDER);
            } else {
                // Accents can be piled up as high as somebody likes; they stay in their row.
                self.fitted(&painter.with_clip_rect(painter.clip_rect().intersect(row)), run, colors);
            }
        }
    }

    /// Characters that another font draws, stretched or pressed into their columns.
    fn fitted(&self, painter: &Painter, run: &Run, colors: &[(Range<usize>, Color32)]) {
        let natural = painter.layout_job(self.visible_job(painter, &run.bytes, colors, 0.0)).size().x;
        let spare = run.columns as f32 * self.glyph - natural;
        // Letters that join must not be pulled apart.
        let spacing =
            if run.kind == Kind::Mirrored { spare.min(0.0) } else { spare } / run.count.max(1) as f32;
        let galley = painter.layout_job(self.visible_job(painter, &run.bytes, colors, spacing));
        painter.galley(self.place(run.column, spacing.max(0.0) / 2.0), galley, Color32::PLACEHOLDER);
    }

    fn place(&self, column: usize, shift: f32) -> Pos2 {
        pos2(self.at.x + column as f32 * self.glyph + shift, self.at.y)
    }

    fn job(&self, bytes: &Range<usize>, colors: &[(Range<usize>, Color32)], spacing: f32) -> LayoutJob {
        let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
        job.wrap.max_width = f32::INFINITY;
        for (range, color) in colors {
            let part = range.start.max(bytes.start)..range.end.min(bytes.end);
            let Some(text) = self.text.get(part).filter(|text| !text.is_empty()) else { continue };
            let mut format = widgets::format(Type::Mono, *color);
            format.extra_letter_spacing = spacing;
            if text.contains('\t') {
                job.append(&text.replace('\t', TAB), 0.0, format);
            } else {
                job.append(text, 0.0, format);
            }
        }
        job
    }

    /// The same, with a box for every character that no font has: nothing may stand there unseen.
    fn visible_job(
        &self,
        painter: &Painter,
        bytes: &Range<usize>,
        colors: &[(Range<usize>, Color32)],
        spacing: f32,
    ) -> LayoutJob {
        let job = self.job(bytes, colors, spacing);
        let font = Type::Mono.font();
        let is_missing = |c: char| !c.is_ascii() && c.width().unwrap_or(0) > 0;
        let missing: Vec<char> = painter.fonts_mut(|fonts| {
            job.text.chars().filter(|&c| is_missing(c) && !fonts.has_glyph(&font, c)).collect()
        });
        if missing.is_empty() {
            return job;
        }
        let mut boxed = LayoutJob { wrap: job.wrap, break_on_newline: false, ..LayoutJob::default() };
        for section in job.sections {
            let text = job.text.get(section.byte_range.start.0..section.byte_range.end.0).unwrap_or_default();
            let text = text.replace(|c| missing.contains(&c), BOX);
            boxed.append(&text, 0.0, section.format);
        }
        boxed
    }
}

/// Stands for what no font has.
const BOX: &str = "□";
const TAB: &str = match TAB_COLUMNS {
    4 => "    ",
    _ => panic!("as many blanks as a tab takes columns"),
};

/// The colour of each part of a row; they cover it without gaps.
pub(super) fn colors(
    theme: &Theme,
    length: usize,
    parts: &[(Range<usize>, Tint)],
    plain: Color32,
) -> Vec<(Range<usize>, Color32)> {
    let mut all = Vec::with_capacity(2 * parts.len() + 1);
    let mut at = 0;
    let mut add = |range: Range<usize>, color: Color32| {
        if !range.is_empty() {
            all.push((range, color));
        }
    };
    for (range, tint) in parts {
        let color = match tint {
            Tint::Prefix => theme.text_faint,
            Tint::ErrorPrefix | Tint::Error => theme.danger,
            Tint::Url => theme.accent,
            Tint::Package => theme.package,
            Tint::Mask => theme.ok,
        };
        add(at..range.start.max(at), plain);
        add(range.start.max(at)..range.end, color);
        at = range.end.max(at);
    }
    add(at..length, plain);
    all
}

/// Gives some bytes another colour.
pub(super) fn recolour(colors: &mut Vec<(Range<usize>, Color32)>, bytes: &Range<usize>, color: Color32) {
    let old = std::mem::take(colors);
    for (range, own) in old {
        let inside = range.start.max(bytes.start)..range.end.min(bytes.end);
        if inside.is_empty() {
            colors.push((range, own));
            continue;
        }
        let pieces =
            [(range.start..inside.start, own), (inside.clone(), color), (inside.end..range.end, own)];
        colors.extend(pieces.into_iter().filter(|(piece, _)| !piece.is_empty()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_cover_the_row_and_what_is_found_gets_its_own() {
        let theme = Theme::get(false, crate::app::theme::Strength::Usual);
        let mut all = colors(theme, 20, &[(3..6, Tint::Url), (6..9, Tint::Mask)], theme.text);
        recolour(&mut all, &(5..12), theme.danger);
        let ranges: Vec<_> = all.iter().map(|(range, _)| range.clone()).collect();
        assert_eq!(ranges, [0..3, 3..5, 5..6, 6..9, 9..12, 12..20]);
        assert!(all[2..5].iter().all(|(_, color)| *color == theme.danger));
    }
}
