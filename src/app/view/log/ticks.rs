//! Small marks beside the scroll bar: where in the whole log the evidence is, and what was found.

use egui::{Color32, Painter, Rect, pos2, vec2};

use super::{Grid, PAD};
use crate::app::theme::LOG_ROW;

/// The height of a mark; what was found is told apart no finer than this.
const TICK: f32 = 2.0;

pub(super) fn show(painter: &Painter, grid: &Grid<'_>, content: f32) {
    if content <= grid.body.height() + 1.0 || grid.rows == 0 {
        return;
    }
    let (top, height) = (grid.body.top() + 4.0, grid.body.height() - 8.0);
    let tick = |y: f32, right: f32, width: f32, color: Color32| {
        let rect = Rect::from_center_size(pos2(grid.body.right() - right, y), vec2(width, TICK));
        painter.rect_filled(rect, 1, color);
    };
    if let Some(find) = &grid.case.find {
        let (start, byte_at) = (top, |part: f32| {
            let row = (part * content - PAD) / LOG_ROW;
            byte_about(grid, (row.max(0.0) as usize).min(grid.rows))
        });
        // However much was found, it is looked for mark by mark.
        let marks = (height / TICK).max(0.0) as usize;
        let mut from = 0;
        for mark in 0..marks {
            let part = (mark + 1) as f32 / marks as f32;
            let to = if mark + 1 == marks { usize::MAX } else { byte_at(part) };
            if from < to && find.has_any(&(from..to)) {
                tick(start + (mark as f32 + 0.5) * TICK, 4.5, 5.0, grid.theme.warn.gamma_multiply(0.55));
            }
            from = to;
        }
        if let Some(shown) = find.shown() {
            let part = part_of(grid.case.rows.row_of(grid.log, shown.start), content);
            tick(top + part * height, 5.5, 7.0, grid.theme.accent);
        }
    }
    for &line in &grid.marked {
        let part = part_of(grid.case.rows.first_row(line), content);
        tick(top + part * height, 5.5, 7.0, grid.theme.mark_bar);
    }
}

/// Roughly where a row starts, found without wrapping anything.
fn byte_about(grid: &Grid<'_>, row: usize) -> usize {
    let rows = &grid.case.rows;
    let line = rows.line_at(row);
    let (first, next) = (rows.first_row(line), rows.first_row(line + 1));
    let part = row.saturating_sub(first) as f64 / next.saturating_sub(first).max(1) as f64;
    grid.log.line_start(line) + (grid.log.line(line).len() as f64 * part) as usize
}

fn part_of(row: usize, content: f32) -> f32 {
    (PAD + (row as f32 + 0.5) * LOG_ROW) / content
}
